"""The solvers by themselves: right answers by second methods, broken answers refused, arrays that never lie."""

import copy
import gc
import itertools
import pickle
import random
import signal
import threading
import time

import pytest

import countyplan
from countyplan import solve

numpy = pytest.importorskip("numpy")


def cheapest(cost):
    rows, columns = cost.shape
    return min(sum(int(cost[r, c]) for r, c in enumerate(p)) for p in itertools.permutations(range(columns), rows))


def small_problems():
    """One problem of each kind, small enough to see through."""
    quotas = solve.NestedQuotas
    top = quotas.outermost
    return {
        "assignment": solve.AssignmentProblem.from_array([[4, 1, 3], [2, 0, 5], [3, 2, 2]]),
        "assignment_32": solve.AssignmentProblem.from_array(numpy.array([[4, 1], [2, 0]], "int16")),
        "sparse_assignment": solve.SparseAssignmentProblem(
            rows=2, columns=2, first=[0, 2, 3], column=[0, 1, 0], cost=[5, 9, 2]
        ),
        "min_cost_flow": solve.MinCostFlowProblem(
            nodes=3, supply=[2, 0, -2], tail=[0, 1, 0], head=[1, 2, 2], lower=[0, 0, 0], upper=[2, 2, 1], cost=[1, 1, 5]
        ),
        "convex_flow": solve.ConvexFlowProblem(
            nodes=2, supply=[3, -3], tail=[0, 0], head=[1, 1], lower=[0, 0], upper=[3, 3],
            first_piece=[0, 2, 3], from_=[0, 1, 0], slope=[1, 9, 4],
        ),
        "max_flow": solve.MaxFlowProblem(nodes=4, source=0, sink=3, tail=[0, 0, 1, 2], head=[1, 2, 3, 3], capacity=[3, 2, 2, 3]),
        "leximin": solve.LeximinProblem(
            nodes=3, supply=[3, 0, -3], tail=[0, 0, 1], head=[1, 2, 2], lower=[0, 0, 0], upper=[3, 3, 3],
            group_arc=[0, 1], first=[0, 4, 8], threshold=[0, 1, 2, 3] * 2, value=[0, 1, 2, 3] * 2,
        ),
        "longest_path": solve.LongestPathProblem(
            nodes=3, tail=[0, 1, 0], head=[1, 2, 2], length=[3, 4, 5], release=[0, 0, 0]
        ),
        "matching": solve.MatchingProblem(rows=3, columns=2, first=[0, 2, 3, 4], column=[0, 1, 0, 0]),
        "nested_flow": solve.NestedFlowProblem(
            left=quotas(parent=[top], lower=[0], upper=[2]), right=quotas(parent=[top, top], lower=[1, 0], upper=[1, 1]),
            group=[0, 0], first=[0, 2, 3], to=[0, 1, 1], cost=[-5, -9, -4],
        ),
        "stable_matching": solve.StableMatchingProblem(
            left=quotas(parent=[top] * 2, lower=[0] * 2, upper=[1] * 2),
            right=quotas(parent=[top] * 2, lower=[0] * 2, upper=[1] * 2),
            left_group=[0, 0, 1, 1], right_group=[0, 1, 0, 1], left_rank=[1, 2, 1, 2], right_rank=[2, 1, 1, 2],
        ),
        "school_choice": solve.SchoolChoiceProblem(
            capacity=[1, 1], first=[0, 2, 4], place=[0, 1, 1, 0], priority=[2, 1, 2, 1]
        ),
        "linear_program": solve.LinearProgram.from_arrays([-3, -5], [[1, 0], [0, 2], [3, 2]], -numpy.inf, [4, 12, 18]),
    }  # fmt: skip


problems = small_problems()


@pytest.mark.parametrize("kind", problems)
def test_every_solver_proves_its_answer_and_everything_pickles(kind):
    problem = problems[kind]
    result = solve.solve(problem)
    assert result.termination is countyplan.Termination.optimal
    assert result.claim is countyplan.Claim.proved and result.cause is countyplan.Cause.proved
    verdict = solve.verify(problem, result)
    assert verdict, str(verdict)
    for value in (problem, result):
        for again in (pickle.loads(pickle.dumps(value)), copy.copy(value), copy.deepcopy(value)):
            assert again == value and type(again) is type(value)
        assert repr(value).startswith(type(value).__name__ + "(")
    assert solve.verify(pickle.loads(pickle.dumps(problem)), pickle.loads(pickle.dumps(result)))


def altered(result):
    """The same result with one number of one array changed, array by array."""
    fields = {field: getattr(result, field) for field in result._fields}
    for name, values in fields.items():
        if hasattr(values, "dtype") and values.size and name not in ("reduced_cost", "order"):
            for at in range(values.size):
                broken = values.copy()
                broken[at] += 1
                yield name, type(result)(**{**fields, name: broken})


@pytest.mark.parametrize("kind", problems)
def test_an_altered_answer_is_refused(kind):
    problem = problems[kind]
    result = solve.solve(problem)
    changed = list(altered(result))
    assert changed
    for name, broken in changed:
        verdict = solve.verify(problem, broken)
        assert not verdict and verdict.place and verdict.why.zh and verdict.why.en, (name, broken)
    fields = {field: getattr(result, field) for field in result._fields}
    worse = type(result)(**{**fields, "termination": "feasible", "claim": "proved"})
    assert not solve.verify(problem, worse)


def test_known_answers():
    answers = {kind: solve.solve(problem) for kind, problem in problems.items()}
    assert answers["assignment"].objective == 5
    assert answers["sparse_assignment"].objective == 11
    assert answers["min_cost_flow"].cost == (4,) and answers["min_cost_flow"].flow.tolist() == [2, 2, 0]
    assert answers["convex_flow"].cost == (9,)
    assert answers["max_flow"].value == answers["max_flow"].bound == 4
    assert [(level.value, level.groups) for level in answers["leximin"].levels] == [(1, 1), (2, 1)]
    assert answers["longest_path"].earliest.tolist() == [0, 3, 7] and answers["longest_path"].horizon == 7
    assert answers["matching"].size == 2
    assert answers["nested_flow"].cost == (-9,)
    assert answers["stable_matching"].chosen.tolist() == [1, 2]
    assert answers["school_choice"].pair_of.tolist() == [0, 2]
    assert answers["linear_program"].objective == -36 and answers["linear_program"].x.tolist() == [2, 6]


def test_assignments_cost_what_exhaustion_says():
    draw = numpy.random.default_rng(7)
    for _ in range(60):
        rows, columns = draw.integers(1, 6, 2)
        rows, columns = min(rows, columns), max(rows, columns)
        cost = draw.integers(-50, 50, (rows, columns))
        for table in (cost, cost.astype("int8"), numpy.asfortranarray(cost), cost[::-1][::-1], cost.astype(">i4")):
            problem = solve.AssignmentProblem.from_array(table)
            result = solve.solve(problem)
            assert result.objective == cheapest(cost)
            assert solve.verify(problem, result)


def test_scipy_agrees():
    optimize = pytest.importorskip("scipy.optimize")
    sparse = pytest.importorskip("scipy.sparse")
    draw = numpy.random.default_rng(3)
    for _ in range(15):
        cost = draw.integers(0, 1000, (40, 60))
        rows, columns = optimize.linear_sum_assignment(cost)
        assert solve.solve(solve.AssignmentProblem.from_array(cost)).objective == cost[rows, columns].sum()
        floats = draw.random((30, 30))
        rows, columns = optimize.linear_sum_assignment(floats)
        found = solve.solve(solve.AssignmentProblem.from_floats(floats, scale=1e9)).objective / 1e9
        assert abs(found - floats[rows, columns].sum()) <= 30 / 1e9
        graph = sparse.random(50, 40, 0.08, "csr", random_state=int(draw.integers(1 << 30)))
        pairs = sparse.csgraph.maximum_bipartite_matching(graph, perm_type="column")
        assert solve.solve(solve.MatchingProblem.from_scipy(graph)).size == (pairs >= 0).sum()
        matrix = draw.integers(1, 9, (6, 8)).astype(float)
        costs, limits = -draw.integers(1, 9, 8).astype(float), draw.integers(20, 60, 6).astype(float)
        peer = optimize.linprog(costs, matrix, limits, method="highs")
        for given in (matrix, sparse.csr_matrix(matrix)):
            program = solve.LinearProgram.from_arrays(costs, given, -numpy.inf, limits)
            assert solve.solve(program).objective == pytest.approx(peer.fun, rel=1e-9)


def test_a_forbidden_pair_is_not_chosen_and_a_shortage_is_named():
    allowed = numpy.array([[True, False], [True, False]])
    problem = solve.AssignmentProblem.from_array([[1, 2], [3, 4]], allowed)
    result = solve.solve(problem)
    assert result.termination is countyplan.Termination.infeasible
    assert sorted(result.certificate.rows.tolist()) == [0, 1] and solve.verify(problem, result)
    floats = solve.AssignmentProblem.from_floats([[1.0, numpy.inf], [0.5, 2.0]])
    assert solve.solve(floats).column_of.tolist() == [0, 1]


def test_views_are_read_only_and_keep_their_owner_alive():
    result = solve.solve(solve.AssignmentProblem.from_array(numpy.arange(250_000).reshape(500, 500) % 997))
    view, prices = result.column_of, result.certificate.row
    again = result.column_of
    assert view.__array_interface__["data"] == again.__array_interface__["data"]  # no copy
    with pytest.raises(ValueError):
        view[0] = 1
    with pytest.raises(ValueError):
        view.setflags(write=True)
    kept, kept_prices = view.tolist(), prices.tolist()
    del result, again
    gc.collect()
    filler = [numpy.full(500, 7, "uint32") for _ in range(2000)]
    assert view.tolist() == kept and prices.tolist() == kept_prices
    del filler


def test_what_a_caller_changes_later_changes_nothing():
    cost = numpy.array([[4, 1], [2, 0]])
    problem = solve.AssignmentProblem.from_array(cost)
    cost[:] = 0
    assert problem.cost.tolist() == [4, 1, 2, 0]


@pytest.mark.parametrize(
    ("field", "given", "error", "words"),
    [
        ("supply", [1.0, -1.0], TypeError, "supply must be whole numbers"),
        ("supply", numpy.array([1.5, -1.5], "float32"), TypeError, "supply must be whole numbers"),
        ("supply", [True, -1], TypeError, r"supply\[0\] must be a number, not a bool"),
        ("supply", numpy.array([True, False]), TypeError, "cannot be an array of bool"),
        ("supply", [2**63, -1], OverflowError, r"supply\[0\] must lie between"),
        ("supply", numpy.array([2**63, 1], "uint64"), OverflowError, "supply must lie between"),
        ("supply", numpy.array([1 + 0j, -1]), TypeError, "complex"),
        ("supply", numpy.array(["1", "-1"]), TypeError, "cannot be an array"),
        ("supply", numpy.array([object(), 1]), TypeError, "cannot be an array of object"),
        ("supply", [None, 1], TypeError, "cannot be an array of object"),
        ("supply", numpy.array([1, 2], "datetime64[D]"), TypeError, "cannot be an array"),
        ("supply", numpy.ma.masked_array([1, -1], [True, False]), TypeError, "masked"),
        ("supply", 5, TypeError, "must be an array of numbers, not int"),
        ("supply", numpy.array(5), ValueError, "dimension"),
        ("supply", numpy.zeros((2, 1, 1), "int64"), ValueError, "must have 1 dimension"),
        ("supply", "12", TypeError, "not str"),
        ("supply", None, TypeError, "not NoneType"),
        ("supply", [[1], [2, 3]], TypeError, "cannot be an array"),
        ("tail", [-1], OverflowError, "tail"),
        ("tail", [2**32], OverflowError, "tail"),
        ("nodes", 2.0, TypeError, "nodes must be a whole number"),
        ("nodes", True, TypeError, "nodes must be a whole number, not a bool"),
        ("nodes", -1, OverflowError, "nodes"),
        ("nodes", 2**64, OverflowError, "nodes"),
        ("suply", [1, -1], TypeError, "did you mean 'supply'"),
    ],
)
def test_wrong_arrays_are_refused_by_name(field, given, error, words):
    fields = {"nodes": 2, "supply": [1, -1], "tail": [0], "head": [1], "lower": [0], "upper": [1], "cost": [1]}
    with pytest.raises(error, match=words):
        solve.MinCostFlowProblem(**{**fields, field: given})


def test_arrays_of_every_width_order_and_stride_give_the_same_problem():
    plain = solve.MinCostFlowProblem(nodes=3, supply=[3, -1, -2])
    values = numpy.array([3, -1, -2])
    for given in (
        values,
        values.astype("int8"),
        values.astype(">i2"),
        values[::-1][::-1],
        numpy.repeat(values, 3)[::3],
        numpy.stack([values, values], 1)[:, 0],
        numpy.asfortranarray(values),
        (3, -1, -2),
        iter([3, -1, -2]),
        [numpy.int64(3), -1, numpy.int8(-2)],
    ):
        assert solve.MinCostFlowProblem(nodes=3, supply=given) == plain
    frozen = values.copy()
    frozen.setflags(write=False)
    assert solve.MinCostFlowProblem(nodes=numpy.int32(3), supply=frozen) == plain
    program = solve.LinearProgram(cost=numpy.array([1, 2], "float16"))
    assert program == solve.LinearProgram(cost=[1, 2]) == solve.LinearProgram(cost=numpy.array([1.0, 2.0], ">f4"))
    with pytest.raises(OverflowError):
        solve.LinearProgram(cost=[2**53 + 1, 0])
    with pytest.raises(OverflowError):
        solve.LinearProgram(cost=[2**53 + 1, 0.5])
    with pytest.raises(TypeError):
        solve.LinearProgram(cost=numpy.array([1.0], "longdouble"))


def test_what_a_generator_raises_comes_out():
    def broken():
        yield 1
        raise LookupError("gone")

    with pytest.raises(LookupError, match="gone"):
        solve.MinCostFlowProblem(nodes=1, supply=broken())


def test_problems_that_do_not_hold_together_are_refused_by_place():
    with pytest.raises(countyplan.InvalidProblem) as caught:
        solve.solve(solve.MinCostFlowProblem(nodes=2, supply=[1], tail=[0], head=[1], lower=[0], upper=[1], cost=[1]))
    assert caught.value.place == "supply" and isinstance(caught.value, ValueError)
    with pytest.raises(countyplan.InvalidProblem):
        solve.AssignmentProblem.from_floats([[float("nan")]])
    huge = solve.AssignmentProblem(rows=1 << 20, columns=1 << 31)
    with pytest.raises(countyplan.InvalidProblem):
        solve.solve(huge)


def test_options_are_checked_by_name():
    problem, match = problems["assignment"], problems["stable_matching"]
    with pytest.raises(ValueError, match="did you mean 'auction'"):
        solve.solve(problem, method="auktion")
    with pytest.raises(TypeError, match="did you mean 'time_limit'"):
        solve.solve(problem, timelimit=1)
    with pytest.raises(ValueError, match="no choice of method"):
        solve.solve(problems["matching"], method="auction")
    with pytest.raises(ValueError, match="no proposing side"):
        solve.solve(problem, proposing="right")
    with pytest.raises(TypeError, match="must be one of"):
        solve.solve([[1, 2]])
    with pytest.raises(TypeError, match="must be a AssignmentResult"):
        solve.verify(problem, solve.solve(match))
    assert solve.solve(match, proposing="right").chosen.tolist() == solve.solve(match).chosen.tolist()
    assert solve.blocking_pairs(match, []).tolist() == [0, 1, 2, 3]
    for method in countyplan.solve._core.AssignmentMethod:
        assert solve.solve(problem, method=method).objective == 5


def dense(side):
    draw = numpy.random.default_rng(side)
    return solve.AssignmentProblem.from_array(draw.integers(0, 1 << 30, (side, side)))


def test_a_stop_gives_back_what_is_proved_by_then():
    problem = dense(400)
    for result in (solve.solve(problem, time_limit=0), solve.solve(problem, step_limit=300)):
        assert result.cause in (countyplan.Cause.time, countyplan.Cause.steps)
        assert result.termination is not countyplan.Termination.optimal
        assert solve.verify(problem, result)


def test_other_threads_run_while_a_solver_does():
    problem, counted, done = dense(1500), [0], threading.Event()

    def count():
        while not done.is_set():
            counted[0] += 1
            time.sleep(0.001)

    thread = threading.Thread(target=count)
    thread.start()
    before = counted[0]
    started = time.perf_counter()
    solve.solve(problem)
    elapsed = time.perf_counter() - started
    during = counted[0] - before
    done.set()
    thread.join()
    assert during >= 2 or elapsed < 0.02


def test_two_threads_share_a_problem():
    problem, found = problems["min_cost_flow"], []
    threads = [threading.Thread(target=lambda: found.append(solve.solve(problem))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8 and all(one == found[0] for one in found)


def test_a_signal_ends_a_solve_with_the_best_so_far_or_raises():
    for wanted in ("return", "raise"):
        problem = dense(3000)
        timer = threading.Timer(0.05, lambda: signal.raise_signal(signal.SIGINT))
        timer.start()
        try:
            result = solve.solve(problem, on_interrupt=wanted)
            assert wanted == "return" or result.termination is countyplan.Termination.optimal
            assert solve.verify(problem, result)
        except KeyboardInterrupt:
            assert wanted == "raise"
        timer.join()


def test_a_callback_may_raise_drop_the_problem_or_solve_another():
    holder = [dense(1200)]

    def meddle(_):
        holder.clear()
        gc.collect()
        assert solve.solve(problems["assignment"]).objective == 5
        raise LookupError("enough")

    try:
        result = solve.solve(holder[0], progress=meddle)
        assert result.termination is countyplan.Termination.optimal  # too fast for a tick
    except LookupError as error:
        assert str(error) == "enough"
    assert solve.solve(problems["assignment"]).objective == 5


def test_random_flows_agree_with_the_matching_of_the_same_pairs():
    draw = random.Random(11)
    for _ in range(40):
        rows, columns = draw.randint(1, 6), draw.randint(1, 6)
        lists = [sorted(draw.sample(range(columns), draw.randint(0, columns))) for _ in range(rows)]
        first = [0, *itertools.accumulate(map(len, lists))]
        pairs = [c for one in lists for c in one]
        size = solve.solve(solve.MatchingProblem(rows=rows, columns=columns, first=first, column=pairs)).size
        source, sink = rows + columns, rows + columns + 1
        tail = [source] * rows + [r for r in range(rows) for _ in lists[r]] + [rows + c for c in range(columns)]
        head = list(range(rows)) + [rows + c for c in pairs] + [sink] * columns
        flow = solve.MaxFlowProblem(
            nodes=rows + columns + 2, source=source, sink=sink, tail=tail, head=head, capacity=[1] * len(tail)
        )
        assert solve.solve(flow).value == size
