"""The exact solvers by themselves: problems made of numbers, results with proofs, and a checker.

A problem is built from arrays, `solve` answers it, `verify` checks the answer without a solver:

>>> import numpy
>>> from countyplan import solve
>>> problem = solve.AssignmentProblem.from_array(numpy.array([[4, 1, 3], [2, 0, 5], [3, 2, 2]]))
>>> result = solve.solve(problem)
>>> result.column_of.tolist(), result.objective
([1, 0, 2], 5)
>>> bool(solve.verify(problem, result))
True

Problems and results are immutable; they compare, copy and pickle. Arrays in them are read-only views that keep their
owner alive; totals of 128 bits are Python ints. Numbers given are taken exactly or refused: TypeError for floats where
whole numbers are due, for bools, objects and masked entries, OverflowError for what does not fit, and `InvalidProblem`
from `solve` where the fields do not belong together. The formulae are in docs/math.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from . import _core
from ._answer import _run_options
from ._arrays import array
from ._options import keyword_options, one_of, real
from ._progress import finished
from ._values import Tick, Verdict

AssignmentProblem = _core.AssignmentProblem
AssignmentProblem32 = _core.AssignmentProblem32
SparseAssignmentProblem = _core.SparseAssignmentProblem
MinCostFlowProblem = _core.MinCostFlowProblem
ConvexFlowProblem = _core.ConvexFlowProblem
MaxFlowProblem = _core.MaxFlowProblem
LeximinProblem = _core.LeximinProblem
LongestPathProblem = _core.LongestPathProblem
MatchingProblem = _core.MatchingProblem
NestedQuotas = _core.NestedQuotas
NestedFlowProblem = _core.NestedFlowProblem
StableMatchingProblem = _core.StableMatchingProblem
SchoolChoiceProblem = _core.SchoolChoiceProblem
LinearProgram = _core.LinearProgram

AssignmentResult = _core.AssignmentResult
SparseAssignmentResult = _core.SparseAssignmentResult
MinCostFlowResult = _core.MinCostFlowResult
ConvexFlowResult = _core.ConvexFlowResult
MaxFlowResult = _core.MaxFlowResult
LeximinResult = _core.LeximinResult
LongestPathResult = _core.LongestPathResult
MatchingResult = _core.MatchingResult
NestedFlowResult = _core.NestedFlowResult
StableMatchingResult = _core.StableMatchingResult
SchoolChoiceResult = _core.SchoolChoiceResult
LinearProgramResult = _core.LinearProgramResult

_result_of = {
    AssignmentProblem: AssignmentResult,
    AssignmentProblem32: AssignmentResult,
    SparseAssignmentProblem: SparseAssignmentResult,
    MinCostFlowProblem: MinCostFlowResult,
    ConvexFlowProblem: ConvexFlowResult,
    MaxFlowProblem: MaxFlowResult,
    LeximinProblem: LeximinResult,
    LongestPathProblem: LongestPathResult,
    MatchingProblem: MatchingResult,
    NestedFlowProblem: NestedFlowResult,
    StableMatchingProblem: StableMatchingResult,
    SchoolChoiceProblem: SchoolChoiceResult,
    LinearProgram: LinearProgramResult,
}
_methods_of = {
    AssignmentProblem: "AssignmentMethod",
    AssignmentProblem32: "AssignmentMethod",
    SparseAssignmentProblem: "SparseAssignmentMethod",
    MinCostFlowProblem: "FlowMethod",
    ConvexFlowProblem: "FlowMethod",
    NestedFlowProblem: "NestedFlowMethod",
}

_ending = "``termination``, ``cause``, ``claim`` and ``steps`` as everywhere"
_texts = {
    "AssignmentProblem": """Every row of a table of costs gets a column of its own (or the other way round where rows outnumber columns).

    Fields: ``rows``, ``columns``, ``cost`` (int64, rows * columns of them, row after row, each at most 2^40 in size, or
    `no_pair` for a pair that may not be). `from_array` takes a two-dimensional array.""",
    "AssignmentProblem32": "`AssignmentProblem` with costs of 32 bits: half the memory, and faster.",
    "SparseAssignmentProblem": """Rows and columns matched at most once, along listed pairs, at the least total.

    Fields: ``rows``, ``columns``; ``first`` (uint64, rows + 1), ``column`` (uint32) and ``cost`` (int64) in compressed
    rows; ``unmatched_row`` and ``unmatched_column``: what it costs to leave one unmatched (one number for all, one
    each, or none: rows must, columns need not be matched), or `must_match`. `from_scipy` takes a sparse matrix.""",
    "MinCostFlowProblem": """A flow that meets all supplies, within the arcs' bounds, at the least cost.

    Fields: ``nodes``; ``tiers`` (1 to 16); ``supply`` (int64, per node, negative for a need); per arc ``tail``, ``head``
    (uint32), ``lower``, ``upper`` (int64, `unlimited` for no bound); ``cost`` (int64, arcs * tiers of them: the vector
    of arc 0, of arc 1 …, compared lexicographically).""",
    "ConvexFlowProblem": """`MinCostFlowProblem` where each further unit on an arc may cost more than the one before.

    Fields: ``nodes``, ``tiers``, ``supply``, ``tail``, ``head``, ``lower``, ``upper``; ``first_piece`` (uint64,
    arcs + 1); per piece ``from_`` (int64: where it begins) and ``slope`` (int64, pieces * tiers).""",
    "MaxFlowProblem": """As much flow as possible from ``source`` to ``sink``.

    Fields: ``nodes``, ``source``, ``sink``; per arc ``tail``, ``head`` (uint32) and ``capacity`` (int64).""",
    "LeximinProblem": """A flow whose worst-off group is as well off as can be, then the next worst, and so on.

    Fields: ``nodes``, ``supply``, ``tail``, ``head``, ``lower``, ``upper`` as in `MinCostFlowProblem`; ``group_arc``
    (uint32: each group's arc); ``first`` (uint64, groups + 1); per step ``threshold`` and ``value`` (int64).""",
    "LongestPathProblem": """Earliest and latest times of nodes under least distances between them.

    Fields: ``nodes``; per arc ``tail``, ``head`` (uint32) and ``length`` (int64); per node ``release`` and, or
    empty, ``deadline`` and ``span`` (int64); ``horizon`` (int or None).""",
    "MatchingProblem": """As many pairs as possible of rows and columns that may be paired.

    Fields: ``rows``, ``columns``; ``first`` (uint64, rows + 1) and ``column`` (uint32) in compressed rows. `from_scipy`
    takes a sparse matrix.""",
    "NestedQuotas": """Groups in groups, with bounds on how many units each holds.

    Fields, per group: ``parent`` (uint32, of a lower number, or `outermost`), ``lower``, ``upper`` (int64, `unlimited`
    for no bound); for convex costs of totals ``first_piece``, ``from_``, ``slope``.""",
    "NestedFlowProblem": """Items on the left paired with groups on the right under nested quotas, at the least cost.

    Fields: ``tiers``, ``pair_tier`` (the first tier in which pairs cost anything); ``left``, ``right`` (`NestedQuotas`);
    ``group`` (uint32: each item's left group); pairs in compressed rows ``first``, ``to`` (uint32: right group) and
    ``cost`` (int64, pairs * (tiers - pair_tier)).""",
    "StableMatchingProblem": """Pairs that both sides rank, under nested quotas: a choice that no pair blocks.

    Fields: ``left``, ``right`` (`NestedQuotas`); per pair ``left_group``, ``right_group`` (uint32), ``left_rank``,
    ``right_rank`` (int64, the lower the better).""",
    "SchoolChoiceProblem": """Agents rank places, places give agents priorities: top trading cycles.

    Fields: ``capacity`` (int64, per place); agents' lists, best first, in compressed rows ``first`` (uint64) and
    ``place`` (uint32); ``wanted`` (uint64, per agent: only so many of the list; empty: all); ``priority`` (int64, per
    pair, the lower the earlier).""",
    "LinearProgram": """Minimise ``cost`` x subject to ``row_lower`` <= A x <= ``row_upper`` and ``lower`` <= x <= ``upper``.

    Fields (float64): per column ``cost``, ``lower``, ``upper``; per row ``row_lower``, ``row_upper``; A by columns:
    ``first`` (uint64), ``row`` (uint32), ``value``. Bounds may be infinite. `from_arrays` takes a matrix.""",
    "AssignmentResult": f"""Fields: ``column_of`` (uint32, per row, `unmatched` for none), ``objective`` and ``bound`` (int),
    ``certificate`` (``AssignmentPrices`` with ``row`` and ``column``, ``HallShortage`` with ``rows`` or ``columns``, or
    None), {_ending}.""",
    "SparseAssignmentResult": f"""Fields: ``column_of`` (uint32, per row, `unmatched` for none), ``objective`` and ``bound``
    (int), ``certificate`` (``SparseAssignmentPrices``, ``SparseAssignmentShortage`` or None), {_ending}.""",
    "MinCostFlowResult": f"""Fields: ``flow`` (int64, per arc), ``cost`` (a tuple of ints, per tier), ``certificate``
    (``Potentials`` with ``value``, ``ViolatedCut`` with ``nodes``, ``NegativeCycle`` with ``arcs``, or None), {_ending}.""",
    "ConvexFlowResult": "As `MinCostFlowResult`.",
    "MaxFlowResult": f"Fields: ``flow`` (int64, per arc), ``value`` and ``bound`` (int), ``cut`` (uint32), {_ending}.",
    "LeximinResult": f"""Fields: ``flow`` (int64, per arc), ``levels`` (a tuple with ``value`` and how many ``groups`` have
    it), ``settled`` (tiers that are proved), ``proof``, {_ending}.""",
    "LongestPathResult": f"""Fields: ``earliest``, ``latest`` (int64, per node), ``horizon``, ``certificate`` (``Drivers``
    with ``early`` and ``late``, ``PositiveCycle`` with ``arcs``, or None), {_ending}.""",
    "MatchingResult": f"""Fields: ``column_of`` (uint32, per row, `unmatched` for none), ``size``, ``bound``,
    ``cover_rows``, ``cover_columns``, {_ending}.""",
    "NestedFlowResult": f"""Fields: ``pair_of`` (uint32, per item, `unpaired` for none), ``cost`` (a tuple of ints, per
    tier), ``certificate`` (``NestedFlowPotentials``, ``NestedFlowCut`` or None), {_ending}.""",
    "StableMatchingResult": f"Fields: ``chosen`` (uint32, pairs ascending), {_ending}.",
    "SchoolChoiceResult": f"""Fields: ``pair_of`` (uint32, per agent, `unassigned` for none), ``order`` (the certificate),
    {_ending}.""",
    "LinearProgramResult": f"""Fields: ``x``, ``reduced_cost`` (float64, per column), ``objective``, ``bound`` (float or
    None), ``certificate`` (``RowDuals``, ``FarkasRay``, ``PrimalRay`` or None), ``basis``, {_ending}.""",
}
_constants = {
    "AssignmentProblem": {"no_pair": 2**63 - 1, "max_cost": 2**40},
    "AssignmentProblem32": {"no_pair": 2**31 - 1},
    "SparseAssignmentProblem": {"must_match": 2**63 - 1, "max_cost": 2**40},
    "MinCostFlowProblem": {"unlimited": 2**63 - 1, "max_cost": 2**40},
    "LeximinProblem": {"unlimited": 2**63 - 1},
    "NestedQuotas": {"unlimited": 2**63 - 1, "outermost": 2**32 - 1},
    "AssignmentResult": {"unmatched": 2**32 - 1},
    "SparseAssignmentResult": {"unmatched": 2**32 - 1},
    "MatchingResult": {"unmatched": 2**32 - 1},
    "NestedFlowResult": {"unpaired": 2**32 - 1},
    "SchoolChoiceResult": {"unassigned": 2**32 - 1},
}
for _name, _text in _texts.items():
    _class = getattr(_core, _name)
    _class.__module__ = "countyplan.solve"
    _class.__doc__ = _text
    for _constant, _value in _constants.get(_name, {}).items():
        setattr(_class, _constant, _value)


def _assignment_from_array(cost: Any, allowed: Any = None) -> AssignmentProblem | AssignmentProblem32:
    """From a two-dimensional array of whole numbers; of 32 bits where it is.

    ``allowed``: an array of bools of the same shape; False where a pair may not be. Costs equal to `no_pair` mean the
    same. TypeError for floats: see `from_floats`.
    """
    import numpy

    narrow = getattr(cost, "dtype", None) is not None and numpy.dtype(cost.dtype).kind == "i"
    narrow = narrow and numpy.dtype(cost.dtype).itemsize <= 4
    table = array(cost, "cost", "int32" if narrow else "int64", 2)
    kind = AssignmentProblem32 if narrow else AssignmentProblem
    if allowed is not None:
        mask = numpy.asarray(allowed)
        if mask.dtype != bool or mask.shape != table.shape:
            raise TypeError(f"allowed must be an array of bools of shape {table.shape}")
        table = numpy.where(mask, table, numpy.array(kind.no_pair, table.dtype))
    rows, columns = table.shape
    return kind(rows=rows, columns=columns, cost=table.reshape(-1))


def _assignment_from_floats(cost: Any, scale: float = 1.0) -> AssignmentProblem:
    """From a two-dimensional array of floats, infinity for a pair that may not be: each times ``scale``, rounded.

    A best assignment of k pairs is then within k / scale of the best. `InvalidProblem` for NaN, -infinity, a scaled
    cost above 2^40 in size, or a scale that is not positive.
    """
    return _core.assignment_from_doubles(array(cost, "cost", "float64", 2), real(scale, "scale"))


def _csr(matrix: Any, name: str) -> Any:
    if not hasattr(matrix, "tocsr"):
        raise TypeError(f"{name} must be a scipy.sparse matrix, not {type(matrix).__name__}")
    return matrix.tocsr()


def _sparse_from_scipy(matrix: Any, unmatched_row: Any = (), unmatched_column: Any = ()) -> SparseAssignmentProblem:
    """From a scipy.sparse matrix of whole numbers: its stored entries, zeros among them, are the pairs."""
    rows = _csr(matrix, "matrix")
    return SparseAssignmentProblem(
        rows=rows.shape[0],
        columns=rows.shape[1],
        first=rows.indptr,
        column=rows.indices,
        cost=rows.data,
        unmatched_row=unmatched_row,
        unmatched_column=unmatched_column,
    )


def _matching_from_scipy(matrix: Any) -> MatchingProblem:
    """From a scipy.sparse matrix: its stored entries, zeros among them, are the pairs."""
    rows = _csr(matrix, "matrix")
    return MatchingProblem(rows=rows.shape[0], columns=rows.shape[1], first=rows.indptr, column=rows.indices)


def _program_from_arrays(
    cost: Any, matrix: Any, row_lower: Any, row_upper: Any, lower: Any = 0.0, upper: Any = float("inf")
) -> LinearProgram:
    """From a matrix of rows * columns, dense or of scipy.sparse; each bound is one number for all, or one each."""
    import numpy

    costs = array(cost, "cost", "float64")
    if hasattr(matrix, "tocsc"):
        columns = matrix.tocsc().copy()
        columns.sum_duplicates()
        shape, first, row, value = columns.shape, columns.indptr, columns.indices, columns.data
    else:
        table = array(matrix, "matrix", "float64", 2)
        shape = table.shape
        column, row = numpy.nonzero(table.T)
        value = table.T[column, row]
        first = numpy.searchsorted(column, numpy.arange(shape[1] + 1))

    def bounds(given: Any, size: int, name: str) -> Any:
        if numpy.ndim(given) > 0:
            return array(given, name, "float64")
        if isinstance(given, (bool, str)) or not isinstance(given, (int, float, numpy.number)):
            raise TypeError(f"{name} must be numbers, not {type(given).__name__}")
        return numpy.full(size, float(given))

    return LinearProgram(
        cost=costs,
        lower=bounds(lower, len(costs), "lower"),
        upper=bounds(upper, len(costs), "upper"),
        row_lower=bounds(row_lower, shape[0], "row_lower"),
        row_upper=bounds(row_upper, shape[0], "row_upper"),
        first=first,
        row=row,
        value=value,
    )


for _class, _name, _method in (
    (AssignmentProblem, "from_array", _assignment_from_array),
    (AssignmentProblem, "from_floats", _assignment_from_floats),
    (SparseAssignmentProblem, "from_scipy", _sparse_from_scipy),
    (MatchingProblem, "from_scipy", _matching_from_scipy),
    (LinearProgram, "from_arrays", _program_from_arrays),
):
    _method.__name__ = _name
    _method.__qualname__ = f"{_class.__name__}.{_name}"
    setattr(_class, _name, staticmethod(_method))


@keyword_options
def solve(
    problem: Any,
    /,
    *,
    method: str | None = None,
    proposing: str = "left",
    time_limit: float | datetime.timedelta | None = None,
    step_limit: int | None = None,
    progress: Callable[[Tick], object] | bool | None = None,
    on_interrupt: str = "return",
) -> Any:
    """The best answer to a problem, with its certificate; the kind of result belongs to the kind of problem.

    ``method``: how (`AssignmentMethod`, `SparseAssignmentMethod`, `FlowMethod`, `NestedFlowMethod`); None chooses, and
    other problems have but one. ``proposing``: the side that makes the offers, ``"left"`` or ``"right"``, of a
    `StableMatchingProblem`. The other options are those of `countyplan.allocate`. Runs without the GIL; stopped early it
    gives back the best so far. `InvalidProblem` where the fields do not belong together, never for infeasibility.
    """
    kind = _problem(problem)
    word = ""
    if method is not None:
        if kind not in _methods_of:
            raise ValueError(f"a {kind.__name__} has no choice of method")
        word = one_of(method, getattr(_core, _methods_of[kind]).__members__, "method")
    side = one_of(proposing, _core.ProposingSide.__members__, "proposing")
    if kind is StableMatchingProblem:
        word = side
    elif side != "left":
        raise ValueError(f"a {kind.__name__} has no proposing side")
    options = _run_options(time_limit, step_limit, progress, on_interrupt)
    return finished(kind.__name__, _core.solve_problem(problem, word, options))


def verify(problem: Any, result: Any, /) -> Verdict:
    """Whether a result shows what it says about a problem, from the definitions alone; runs no solver.

    Accepts anything of the right classes; the verdict names the first field that fails and why.
    """
    wanted = _result_of[_problem(problem)]
    if not isinstance(result, wanted):
        raise TypeError(f"result must be a {wanted.__name__}, not {type(result).__name__}")
    return _core.examine_problem(problem, result)


def blocking_pairs(problem: StableMatchingProblem, chosen: Any, /) -> Any:
    """The pairs (uint32, ascending) that block a choice of pairs, however it was made; `InvalidProblem` where it breaks a
    quota."""
    if not isinstance(problem, StableMatchingProblem):
        raise TypeError(f"problem must be a StableMatchingProblem, not {type(problem).__name__}")
    return _core.blocking_pairs(problem, chosen)


def _problem(problem: Any) -> type:
    if type(problem) not in _result_of:
        known = ", ".join(kind.__name__ for kind in _result_of)
        raise TypeError(f"problem must be one of {known}, not {type(problem).__name__}")
    return type(problem)


__all__ = [*_texts, "blocking_pairs", "solve", "verify"]
