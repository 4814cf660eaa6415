"""Where tests do not run in the program: each case once let a wrong program pass, or a right one fail."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from hornbook.benchmarks.sample import job_of
from hornbook.sandbox import Job, Sandbox, Verdict, probe

pytestmark = pytest.mark.skipif(not probe().level, reason="this machine cannot isolate untrusted code")


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(workers=1) as opened:
        yield opened


def judged(sandbox: Sandbox, program: str, tests: str, entry_point: str = "f", setup: str = "") -> Verdict:
    (verdict,) = sandbox.run(
        [Job(id="", blocks=(program,), tests=tests, entry_point=entry_point, setup=setup)]
    )
    return verdict


WRONG = {
    "a method that returns its own object": (
        "class Solution:\n    __eq__ = lambda s, o: True\n    solve = lambda s, *a: s",
        "def check(candidate):\n    assert candidate(2) == 4\ncheck(Solution().solve)",
    ),
    "an object that is evidently a class's, elsewhere": (
        "class f:\n    year = 2020\n    __init__ = lambda s, x: None\n    __eq__ = lambda s, o: True",
        "d = f(1)\nassert d.year == 2020\nfor x in [1]:\n    assert f(x) == 7",
    ),
    "a manager that swallows any error": (
        "class Acc:\n    __enter__ = lambda s: s\n    __exit__ = lambda s, *e: True\n"
        "    def total(self): raise KeyError",
        "with Acc() as a:\n    assert a.total() == 5",
    ),
    "a function that is a class with answers": (
        "class f:\n    __init__ = lambda s, x: None\n    startswith = lambda s, x: True",
        "for x in ['h']:\n    assert f(x).startswith('hello')",
    ),
    "an object that compares by method": (
        "class Liar:\n    equals = isclose = lambda s, x: True\ndef f(x): return Liar()",
        "for x in [1]:\n    assert f(x).equals([1, 2])",
    ),
    "an object that compares by special method": (
        "class Liar:\n    __eq__ = lambda s, x: True\ndef f(x): return Liar()",
        "for x in [1]:\n    assert f(x).__eq__(4)",
    ),
    "a program that leaves where the tests catch everything": (
        "import os\ndef f(x): os._exit(0)",
        "ok = False\ntry:\n    f(-1)\nexcept:\n    ok = True\nassert ok",
    ),
    "a variable that is named as answers are": ("def f(x): return 7", "_0 = 3\nassert f(1) == _0"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_program_does_not_pass(sandbox: Sandbox, name: str) -> None:
    program, tests = WRONG[name]
    assert judged(sandbox, program, tests).outcome != "pass"


def test_a_program_is_not_the_built_in_that_its_tests_use(sandbox: Sandbox) -> None:
    row = {
        "code": "def similar(a, b): return ()\ndef set(x): return 0",
        "test_list": ["assert set(similar((1, 4, 5), (4, 5))) == set((4, 5))"],
    }
    (verdict,) = sandbox.run([job_of(row, "one")])
    assert verdict.outcome == "fail"


def test_a_job_that_cannot_be_sent_disturbs_no_other(sandbox: Sandbox) -> None:
    class Text(str):
        pass

    with pytest.raises(ValueError, match="unmarshallable"):
        list(sandbox.run([Job(id="odd", blocks=(Text("def f(x): return x"),), tests="assert f(1) == 1")]))
    assert judged(sandbox, "def f(x): return x", "assert f(1) == 1.0").outcome == "pass"


def test_a_slow_maker_of_jobs_has_its_verdicts_as_it_goes(sandbox: Sandbox) -> None:
    import time

    waits = []

    def slowly() -> Iterator[Job]:
        for index in range(6):
            time.sleep(0.3)
            waits.append(time.monotonic())
            yield Job(id=str(index), blocks=("x = 1",))

    first = next(iter(sandbox.run(slowly())))
    assert (first.outcome, len(waits) < 6) == ("pass", True)


def test_tests_that_are_too_much_for_the_judge_are_run_beside_the_program(sandbox: Sandbox) -> None:
    tests = "assert f(3) == 3 or True\nassert len(str(2 ** f(3))) == 1\nassert sum(range(f(3) * 10**9)) > 1"
    verdict = judged(sandbox, "def f(x): return x", tests)
    assert (verdict.outcome, verdict.lane) == ("timeout_cpu", "split")


def test_what_a_program_answered_before_it_failed_is_judged_first(sandbox: Sandbox) -> None:
    tests = "assert f(1) == 9\nassert f(0) == 1"
    assert judged(sandbox, "def f(x): return 1 // x", tests).outcome == "fail"
    assert judged(sandbox, "def f(x): return 9 // x", tests).detail == (
        "ZeroDivisionError at line 1, in test 2 at line 2"
    )


def test_the_names_of_stubs_that_pass_are_told_in_both_lanes(sandbox: Sandbox) -> None:
    same = "def f(x): return x"
    for tests in ("assert f(1) == 1", "for x in [1]:\n    assert f(x) == x"):
        (verdict,) = sandbox.run([Job(id="", blocks=(same,), tests=tests, entry_point="f", stubs=True)])
        assert "the first argument" in verdict.weak
        assert "None" not in verdict.weak


def test_helpers_of_the_prompt_are_out_of_the_programs_reach(sandbox: Sandbox) -> None:
    setup = "def poly(xs, x):\n    return sum(c * x**i for i, c in enumerate(xs))\n"
    tests = "def check(candidate):\n    assert abs(poly([1, 2], candidate([1, 2]))) < 1e-6\ncheck(f)"
    cheat = f"{setup}def f(xs): return 0\ndef poly(xs, x): return 0"
    assert judged(sandbox, cheat, tests, setup=setup).outcome == "fail"
    assert judged(sandbox, f"{setup}def f(xs): return -0.5", tests, setup=setup).outcome == "pass"


def test_a_judge_that_was_sent_nothing_is_not_taken_for_silent(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    # While zygotes have enough to do, requests wait until there are eight: here for longer than a second.
    monkeypatch.setattr("hornbook.sandbox.sandbox._JUDGE_SECONDS", 1.0)
    slow = "def f(x):\n    return sum([i % 7 for i in range(4000000)]) * 0 + x\n"
    jobs = [Job(id="", blocks=(slow,), tests=f"assert f({n}) == {n}\n", entry_point="f") for n in range(44)]
    with Sandbox(workers=1) as sandbox:
        assert {verdict.outcome for verdict in sandbox.run(jobs)} == {"pass"}
    assert not caplog.records


@pytest.mark.parametrize(
    "print_", ["print('ok')", "print('x' * 10_000_000)", "import sys; sys.stdout.flush()"]
)
@pytest.mark.parametrize("assert_", ["assert f(3, 3) == 0", "for x in [3]:\n    assert f(x, 3) == 0"])
def test_tests_may_print(sandbox: Sandbox, assert_: str, print_: str) -> None:
    program = "def f(a, b):\n    return a - b"
    assert judged(sandbox, program, f"{assert_}\n{print_}").outcome == "pass"
    assert judged(sandbox, program, f"{print_}\n{assert_.replace('0', '1')}").outcome == "fail"


@pytest.mark.parametrize(
    "tests", ["assert f(x=1, x=1) == 1", "assert f(1) == round(number=1, ndigits=0, ndigits=0)"]
)
def test_tests_that_only_a_compiler_refuses_are_no_python(sandbox: Sandbox, tests: str) -> None:
    assert judged(sandbox, "def f(x): return 1", tests).outcome == "syntax_error"


@pytest.mark.parametrize(
    ("tests", "lane"),
    [
        ("assert f([{'a': (-1, None)}, 2.5]) == [{'a': (-1, None)}, 2.5]", "plan"),
        ("assert f((..., 1)) == (..., 1)", "split"),
        ("assert f({[]: 1}) == 1", "split"),
    ],
)
def test_a_literal_is_planned_if_it_arrives_as_it_is(sandbox: Sandbox, tests: str, lane: str) -> None:
    assert judged(sandbox, "def f(x): return x", tests).lane == lane
