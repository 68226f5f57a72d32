"""Calls that nobody should make: a typed error or a right answer, never a wrong number, never an abort.

100,000 of them with COUNTYPLAN_LAWS=full, a hundredth otherwise; the same ones each time.
"""

import contextlib
import datetime
import decimal
import fractions
import inspect
import multiprocessing
import os
import resource
import subprocess
import sys
import textwrap
import threading

import pytest
from test_solve import small_problems

import countyplan
from countyplan import solve

hypothesis = pytest.importorskip("hypothesis")
numpy = pytest.importorskip("numpy")
from hypothesis import strategies as st  # noqa: E402

calls = 50_000 if os.environ.get("COUNTYPLAN_LAWS") == "full" else 500  # of each of the two laws
law = hypothesis.settings(
    max_examples=calls,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(hypothesis.HealthCheck),
)
refusals = (TypeError, ValueError, OverflowError, MemoryError)  # InvalidPlan, InvalidProblem … are ValueErrors
problems = small_problems()
is_sanitized = "asan" in os.environ.get("LD_PRELOAD", "")


class Gone(Exception):
    """What a broken iterable raises."""


def broken(good):
    yield from good
    raise Gone


class Lying:
    """Says that it is longer than it is."""

    def __len__(self):
        return 5

    def __iter__(self):
        return iter([1])


dtypes = ["int8", "uint8", ">i2", "<u4", "int64", ">u8", "float16", "float32", ">f8", "longdouble", "complex64", "bool"]
dtypes += ["object", "U3", "S2", "M8[D]", "m8[s]", "V4"]
edges = [2**31, -(2**31) - 1, 2**32, 2**40 + 1, 2**63 - 1, 2**63, -(2**63), 2**64, 10**30]
whole_numbers = st.integers(-3, 9) | st.sampled_from(edges)
scalars = st.one_of(
    whole_numbers,
    st.floats(),
    st.booleans(),
    st.none(),
    st.text(max_size=3),
    st.sampled_from(["\ud800", "1", "auction", "return", b"1", b"", 1j, ..., int, print, object(), Lying()]),
    st.sampled_from([decimal.Decimal("1"), decimal.Decimal("NaN"), fractions.Fraction(1, 3), datetime.date(2024, 2, 29)]),
    st.sampled_from([numpy.int8(3), numpy.uint64(2**63), numpy.float32(1.5), numpy.bool_(True), numpy.datetime64("NaT")]),
    st.sampled_from([datetime.datetime(2024, 1, 1, 12), datetime.timedelta(seconds=-1), numpy.datetime64("2024-01-01")]),
)


@st.composite
def arrays(draw):
    """Arrays of every type, order, stride and number of dimensions, and things that are nearly arrays."""
    shape = draw(st.sampled_from([(), (0,), (1,), (2,), (3,), (4,), (5,), (9,), (2, 2), (3, 1), (1, 2, 2)]))
    values = numpy.array(draw(st.lists(st.integers(0, 9), min_size=9, max_size=9)))
    size = int(numpy.prod(shape))
    with numpy.errstate(all="ignore"):
        made = values[:size].astype(draw(st.sampled_from(dtypes))).reshape(shape)
    how = draw(st.integers(0, 7))
    if how == 1:
        made = numpy.asfortranarray(made)
    elif how == 2 and made.ndim:
        made = made[::-1]
    elif how == 3 and made.ndim:
        made = numpy.repeat(made, 2, 0)[::2]
    elif how == 4:
        made.setflags(write=False)
    elif how == 5:
        return made.tolist()
    elif how == 6 and made.ndim == 1:
        return numpy.ma.masked_array(made, mask=draw(st.booleans()))
    elif how == 7 and made.ndim == 1:
        return broken(made.tolist())
    return made


hostile = scalars | arrays() | st.lists(scalars, max_size=4) | st.dictionaries(st.text(max_size=2), scalars, max_size=2)


def exact(given):
    """The numbers as Python knows them, or None where it is not clear what they are."""
    with contextlib.suppress(Exception):
        if isinstance(given, Lying):
            given = list(iter(given))
        return [int(one) if float(one).is_integer() else float(one) for one in numpy.asarray(given, dtype=object).ravel()]
    return None


@pytest.fixture(scope="module")
def little_memory():
    """A problem of 2^31 nodes is legal; here it shall end in a MemoryError at once, not in the machine's death."""
    before = resource.getrlimit(resource.RLIMIT_AS)
    with open("/proc/self/statm", encoding="ascii") as statm:
        size = int(statm.read().split()[0]) * resource.getpagesize()
    if not is_sanitized:  # the shadow is larger than any limit
        resource.setrlimit(resource.RLIMIT_AS, (size + (2 << 30), before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_AS, before)


@law
@hypothesis.given(st.sampled_from(sorted(problems)), st.data())
def test_a_problem_made_of_anything_is_refused_or_answered_rightly(little_memory, kind, data):
    good = problems[kind]
    fields = {name: getattr(good, name) for name in good._fields}
    names = data.draw(st.lists(st.sampled_from(good._fields), min_size=1, max_size=2, unique=True))
    given = {name: data.draw(hostile) for name in names}
    try:
        problem = type(good)(**{**fields, **given})
    except (*refusals, Gone):
        return
    sizes = [value for value in (getattr(problem, name) for name in problem._fields) if isinstance(value, int)]
    hypothesis.assume(not is_sanitized or max(sizes, default=0) < 2**20)
    for name, value in given.items():
        held = getattr(problem, name)
        if hasattr(held, "dtype") and not hasattr(value, "__next__"):
            assert held.tolist() == exact(value), (name, value)
        elif isinstance(held, int) and not isinstance(held, bool):
            assert held == value and not isinstance(value, bool), (name, value)
    try:
        result = solve.solve(problem, step_limit=100_000)
    except refusals:
        return
    verdict = solve.verify(problem, result)
    assert verdict, (problem, result, str(verdict))


@pytest.fixture(scope="module")
def functions(small):
    """Public functions with what they take when all is well."""
    allocation = countyplan.allocate(small)
    return {
        countyplan.allocate: (small,),
        countyplan.allocate_from: (small, allocation),
        countyplan.track: (small, "2026-03-01"),
        countyplan.verify: (small, allocation),
        countyplan.audit: (small, allocation),
        countyplan.explain: (small, allocation),
        countyplan.report: (small, allocation),
        countyplan.trade_off: (small, allocation),
        countyplan.pair: (small,),
        countyplan.check: (small,),
        countyplan.generate: (),
        countyplan.Plan.from_frames: (),
        solve.solve: (problems["assignment"],),
        solve.verify: (problems["assignment"], solve.solve(problems["assignment"])),
        solve.AssignmentProblem.from_array: ([[1, 2], [3, 4]],),
        solve.AssignmentProblem.from_floats: ([[1.0, 2.0], [3.0, 4.0]],),
        solve.LinearProgram.from_arrays: ([1.0], [[1.0]], 0.0, 1.0),
    }


def test_a_function_given_anything_refuses_or_answers(functions, small):
    ways = sorted(functions, key=lambda function: function.__qualname__)

    @law
    @hypothesis.given(st.sampled_from(range(len(ways))), st.data())
    def holds(which, data):
        function = ways[which]
        positional = list(functions[function])
        known = [
            name
            for name, parameter in inspect.signature(function).parameters.items()
            if parameter.kind is parameter.KEYWORD_ONLY and name not in ("progress", "rules")
        ]
        options = {}
        if function is countyplan.Plan.from_frames:
            options = {"period": small.period}
            known += ["counties", "posts", "experts"]
        elif function is countyplan.generate:
            options = {"base": "invented", "counties": 1}
            known = ["base", "policy", "local_teachers"]
        elif "step_limit" in known:
            options = {"step_limit": 1000}
        for name in data.draw(st.lists(st.sampled_from([*known, "no_such"]), max_size=2, unique=True)):
            value = data.draw(hostile)
            if not (function is countyplan.generate and isinstance(value, int) and value > 99):
                options[name] = value
        if positional and data.draw(st.booleans()):
            positional[data.draw(st.integers(0, len(positional) - 1))] = data.draw(hostile)
        with contextlib.suppress(*refusals, Gone, OSError):  # a text is a path
            function(*positional, **options)

    holds()
    assert countyplan.verify(small, countyplan.allocate(small))  # nothing was broken by all that


def finish(number, plan, results):
    results.put((number, len(countyplan.allocate(plan).staffing)))


@pytest.mark.parametrize("method", ("fork", "spawn"))
def test_processes_work_after_a_fork_and_from_a_pickle(small, method):
    answer = len(countyplan.allocate(small).staffing)  # its thread has ended before the fork
    context = multiprocessing.get_context(method)
    results = context.Queue()
    workers = [context.Process(target=finish, args=(number, small, results)) for number in range(2)]
    for worker in workers:
        worker.start()
    assert sorted(results.get(timeout=120) for _ in workers) == [(0, answer), (1, answer)]
    for worker in workers:
        worker.join()
        assert worker.exitcode == 0


def run(code):
    return subprocess.run(
        [sys.executable, "-B", "-c", textwrap.dedent(code)], capture_output=True, text=True, timeout=120
    )


@pytest.mark.parametrize("daemon", (False, True))
def test_the_interpreter_may_end_while_a_solver_runs(daemon):
    answer = run(
        f"""
        import threading, time, numpy
        from countyplan import solve
        cost = numpy.random.default_rng(1).integers(0, 1 << 30, (1500, 1500))
        problem = solve.AssignmentProblem.from_array(cost)
        thread = threading.Thread(target=lambda: solve.solve(problem, progress=lambda tick: None), daemon={daemon})
        thread.start()
        time.sleep(0.05)
        """
    )
    assert (answer.returncode, answer.stderr) == (0, "")


@pytest.mark.skipif(is_sanitized, reason="the sanitizer keeps its shadow in the address space")
def test_without_memory_there_is_a_memory_error():
    answer = run(
        """
        import resource, numpy
        from countyplan import solve
        cost = numpy.zeros(100_000_000, "int64")
        resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
        try:
            solve.AssignmentProblem(rows=1, columns=len(cost), cost=cost)
        except MemoryError:
            print("refused")
        print(solve.solve(solve.AssignmentProblem.from_array([[2, 1], [1, 2]])).objective)
        """
    )
    assert (answer.stdout, answer.returncode) == ("refused\n2\n", 0), answer.stderr


def test_a_plan_may_go_while_threads_read_it(small):
    found, plans = [], [countyplan.generate(base="invented", counties=2, seed=3)]
    wanted = countyplan.allocate(small).tiers

    def work():
        found.append(countyplan.allocate(plans[0]).tiers)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rows = plans.pop().rows("posts")
    assert found == [wanted] * 4 and rows == small.rows("posts")
