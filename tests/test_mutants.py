"""Tests graded by mutants: what counts as killed, what is offered against survivors, and what never ends."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import pytest
from test_inputs import STEPS

from hornbook.curriculum.offline import OfflineTeacher
from hornbook.lessons.answer import ask
from hornbook.lessons.exercise import read_exercise
from hornbook.lessons.plan import requests
from hornbook.quality.mutants import Grade, graded, why_ungraded
from hornbook.record import Record
from hornbook.sandbox import Job, Limits, Sandbox, Verdict, probe
from hornbook.sandbox.mutation import mutations

needs_sandbox = pytest.mark.skipif(not probe().level, reason="this machine cannot isolate programs")

LONGEST_RUN = """
def f(items, least=1):
    best, run = 0, 0
    for at, item in enumerate(items):
        if at > 0 and item == items[at - 1]:
            run += 1
        else:
            run = 1
        if run > best and run >= least:
            best = run
    return best
"""
THREE_TESTS = "assert f([1, 1, 2, 2, 2]) == 3\nassert f([]) == 0\nassert f([5]) == 1\n"


def judged(program: str, tests: str, **options: Any) -> Verdict:
    job = Job(id="", blocks=(program,), tests=tests, entry_point="f", **{"mutants": 200, **options})
    with Sandbox(workers=1) as sandbox:
        (verdict,) = sandbox.run([job])
    return verdict


def grade(program: str, tests: str, **options: Any) -> Grade:
    verdict = judged(program, tests, **options)
    assert why_ungraded(verdict) == ""
    return graded(verdict.mutants)


def changes(program: str) -> list[tuple[str, str]]:
    return [(mutation.kind, mutation.change) for mutation in mutations(program, 1000)[1]]


# What the mistakes are


def test_every_kind_of_mistake_is_made() -> None:
    program = LONGEST_RUN.replace("return best", "return g(items[1:best], best)")
    found = {kind for kind, _ in changes(program)}
    assert found == {
        *("operator", "comparison", "boundary", "constant", "condition", "statement", "argument"),
    }


def test_a_mistake_says_where_it_is_and_what_was_done() -> None:
    assert changes("def f(a, b):\n    return a + b < 2\n") == [
        ("statement", "return a + b < 2: left out"),
        ("comparison", "a + b < 2: < -> >="),
        ("boundary", "a + b < 2: < -> <="),
        ("operator", "a + b: + -> -"),
        ("constant", "2: -> 3"),
        ("constant", "2: -> 1"),
    ]


def test_what_no_run_depends_on_is_left_alone() -> None:
    source = (
        '"""Text 1."""\nimport math\ndef f(a: "int" = 1) -> "str":\n    """Text 2."""\n    return f"{a} 3"\n'
    )
    assert changes(source) == [
        ("constant", "1: -> 2"),
        ("constant", "1: -> 0"),
        ("statement", 'return f"{a} 3": left out'),
    ]


def test_fewer_mutants_are_drawn_from_all_and_always_the_same() -> None:
    every, some = changes(LONGEST_RUN), mutations(LONGEST_RUN, 7)[1]
    drawn = [(mutation.kind, mutation.change) for mutation in some]
    assert len(drawn) == 7 < len(every) and set(drawn) <= set(every)
    assert [mutation.change for mutation in mutations(LONGEST_RUN, 7)[1]] == [change for _, change in drawn]


def test_two_mistakes_that_come_to_the_same_count_once_and_none_that_changes_nothing() -> None:
    found = [
        change for _, change in changes("def f(xs):\n    if not xs:\n        return 1e17\n    return xs\n")
    ]
    assert "not xs: without it" in found and "not xs: negated" not in found
    assert not [change for change in found if "1e17" in change and "left out" not in change]


def test_a_moved_boundary_is_not_another_constant_too() -> None:
    assert changes("def f(xs): return [xs[1:n] for n in range(1, 5)]\n")[1:] == [
        ("boundary", "1:n: from one later"),
        ("boundary", "1:n: to one earlier"),
        ("constant", "1: -> 0"),
        ("argument", "range(1, 5): arguments 1 and 2 exchanged"),
        ("boundary", "range(1, 5): to one later"),
        ("boundary", "range(1, 5): to one earlier"),
        ("constant", "1: -> 2"),
        ("constant", "1: -> 0"),
    ]


# What the tests are told


@needs_sandbox
def test_a_mutant_that_a_test_fails_is_killed_and_one_that_nothing_tells_is_equivalent() -> None:
    found = grade(LONGEST_RUN, THREE_TESTS)
    assert "run += 1: + -> -" in [mutant.change for mutant in found.killed]
    # items[-1] is compared with the only item there is before it, itself.
    assert "run > best: > -> >=" in [mutant.change for mutant in found.equivalent]
    assert found.kill_rate is not None and 0.5 < found.kill_rate < 1


EVERY_PLACE = """
LEAST = 2

def f(items, *, step=1):
    def add(a, b): return a * 10 + b
    total = 0
    for at in range(0, len(items), step):
        if not items[at]: continue
        total = add(total, items[at]) if at < LEAST or items[at] in (7, 8) else -total
    total -= sum([x ** 2 for x in items[1:] if x > 3])
    return total, f"{total + 1}", items[-1:]
"""


@needs_sandbox
def test_a_mistake_anywhere_shows_where_tests_look_everywhere() -> None:
    tests = """
assert f([1, 2, 7, 0, 4, 5]) == (37, '38', [5])
assert f([0, 3]) == (3, '4', [3])
assert f([8]) == (8, '9', [8])
assert f([4, 4, 4, 4], step=2) == (-52, '-51', [4])
assert f([1, 2, 8]) == (64, '65', [8])
"""
    found = grade(EVERY_PLACE, tests)
    assert (found.survived, len(found.killed)) == ((), 50)


@needs_sandbox
def test_equal_values_written_otherwise_do_not_kill() -> None:
    program = (
        "from collections import Counter\ndef g(a, b): return Counter([a, b])\ndef f(a, b): return g(a, b)\n"
    )
    found = grade(program, "assert f(1, 2) == {1: 1, 2: 1}\n")
    assert "g(a, b): arguments 1 and 2 exchanged" in [mutant.change for mutant in found.equivalent]


@needs_sandbox
def test_one_weak_test_kills_less_than_three() -> None:
    weak, strong = grade(LONGEST_RUN, "assert f([5]) == 1\n"), grade(LONGEST_RUN, THREE_TESTS)
    assert weak.kill_rate is not None and strong.kill_rate is not None
    assert weak.kill_rate < strong.kill_rate


@needs_sandbox
def test_tests_that_leave_an_answer_open_let_the_mutant_live_and_are_told_by_it() -> None:
    found = grade("def f(x): return x + 1\n", "assert f(3) > 0\nassert f(5) > 0\n")
    assert "x + 1: + -> -" in [mutant.change for mutant in found.survived]
    assert "assert f(3) == 4" in found.more_tests


@needs_sandbox
def test_the_asserts_that_are_offered_hold_and_kill_what_they_are_written_against() -> None:
    asked = requests("exercise", 0, range(40), programs=0.3)
    written = ask(OfflineTeacher(), asked, read_exercise, "exercises")
    records = [record for record in written if isinstance(record, Record) and record.exercise]
    offered = 0
    with Sandbox(workers=2) as sandbox:
        # One test each: weak on purpose.
        jobs = [as_job(record, record.exercise.tests[:1]) for record in records if record.exercise]
        weak = list(sandbox.run(jobs))
        more = [graded(verdict.mutants).more_tests for verdict in weak]
        stronger = [
            replace(job, tests=(job.tests or "") + "\n".join(added) + "\n")
            for job, added in zip(jobs, more, strict=True)
        ]
        for before, verdict in zip(weak, sandbox.run(stronger), strict=True):
            assert verdict.outcome == "pass"
            told = [at for at, mutant in enumerate(before.mutants) if mutant.told_by]
            assert [verdict.mutants[at] for at in told if verdict.mutants[at].outcome == "pass"] == []
            offered += len(told)
    assert offered > 20


def as_job(record: Record, tests: tuple[str, ...]) -> Job:
    exercise = record.exercise
    assert exercise is not None
    blocks, text = (exercise.prompt + exercise.solution,), "\n".join(tests) + "\n"
    return Job(id=record.id, blocks=blocks, tests=text, entry_point=exercise.entry_point, mutants=200)


# What goes wrong


@needs_sandbox
def test_a_mistake_that_never_ends_is_stopped_by_its_steps() -> None:
    begun = time.monotonic()
    found = grade(
        "def f(n):\n    while n > 0:\n        n -= 2\n    return n\n", "assert f(7) == -1\nassert f(4) == 0\n"
    )
    assert {"n -= 2: - -> +", "n -= 2: left out"} <= {
        mutant.change for mutant in found.killed if mutant.outcome == "timeout_cpu"
    }
    assert time.monotonic() - begun < 3


ENDINGS = ("exit", "crash", "timeout_cpu", "timeout_wall")


@needs_sandbox
def test_a_program_of_which_no_mutant_can_be_made_says_so() -> None:
    verdict = judged("class f(int): pass\n", "assert f(1) == 1\n")
    assert (verdict.mutants, why_ungraded(verdict)) == ((), "no mutant: none can be made")


@needs_sandbox
@pytest.mark.parametrize(
    "body",
    [
        "    import os\n    if n < 0: os._exit(3)\n    return n\n",
        "    if n < 0: return sum(range(10 ** 12))\n    return n\n",
        "    if n < 0: import ctypes; ctypes.string_at(0)\n    return n\n",
    ],
    ids=["leaves", "computes for ever", "crashes"],
)
def test_a_mutant_that_ends_the_process_costs_the_grade_not_the_verdict(body: str) -> None:
    verdict = judged(f"def f(n):\n{body}", "assert f(1) == 1\nassert f(3) == 3\n")
    assert (verdict.outcome, verdict.mutants) == ("pass", ())
    assert why_ungraded(verdict) in {f"no mutant: together they end as {end}" for end in ENDINGS}


SLOW = """
def f(n):
    k = 0 if n * 0 > 5 else 7
    return sum([i % 7 for i in range(n)]) + k - 7
"""


@needs_sandbox
def test_a_solution_that_takes_its_time_gives_its_mutants_as_much() -> None:
    found = grade(SLOW, "assert f(4000000) > 0\nassert f(10) == 24\n", limits=Limits(cpu_seconds=60))
    assert "n * 0 > 5: > -> >=" in [mutant.change for mutant in found.equivalent]


@needs_sandbox
@pytest.mark.parametrize(
    ("program", "tests", "change"),
    [
        (
            "def f(a, b): return a / b",
            "assert f(1, 1) == 1\nassert f(4, 1) == 4\nassert f(0, 3) == 0",
            "a / b: / -> *",
        ),
        ("def f(n): return [i * 3 for i in range(n)]", "assert len(f(200)) == 200", "i * 3: * -> //"),
        ("s = []\ndef f(x):\n    s.append(x)\n    return len(s) * 2 + x * 0", "assert f(1) > 1", "2: -> 3"),
    ],
    ids=["equal in other bytes", "too long for an assert", "never the same again"],
)
def test_a_mutant_known_to_differ_is_never_equivalent(program: str, tests: str, change: str) -> None:
    found = grade(program, tests + "\n")
    assert change in [mutant.change for mutant in found.survived]


@needs_sandbox
@pytest.mark.parametrize(
    "program",
    [
        f"def f(x): return x{' + 0' * 1200} + 1",
        f"def f(x): return x + 1 + 0 * 0x1{'0' * 5000}",
        "import decimal\ndef f(x): return x + 1 if x < 4 else decimal.Decimal('sNaN')",
        "def f(x): return x + 1 if x != 5 else 10 ** 5000",
    ],
    ids=["deep", "long number", "signalling", "too many digits"],
)
def test_what_cannot_be_mutated_or_written_costs_neither_verdict_nor_lane(
    program: str, caplog: pytest.LogCaptureFixture
) -> None:
    tests = "assert f(1) == 2\nassert f(3) == 4\nassert f(5) is not None\n"
    first, second = judged(program, tests), judged(program, tests, mutants=0)
    assert (first.outcome, first.lane) == (second.outcome, second.lane) == ("pass", "plan")
    assert not caplog.records


@needs_sandbox
def test_long_inputs_do_not_keep_the_judge_busy(caplog: pytest.LogCaptureFixture) -> None:
    verdict = judged(
        "def f(xs): return sum(xs) + 1", f"assert f({list(range(20000))}) == {sum(range(20000)) + 1}\n"
    )
    assert verdict.outcome == "pass" and verdict.mutants and not caplog.records


@needs_sandbox
def test_a_mutant_changes_nothing_for_those_behind_it() -> None:
    program = "seen = []\ndef f(xs):\n    seen.append(1)\n    xs.append(len(seen) + 0)\n    return xs\n"
    found = grade(program, "assert f([]) == [1]\nassert f([7]) == [7, 2]\n")
    assert "seen = []: left out" in [mutant.change for mutant in found.killed]
    assert "len(seen) + 0: + -> -" in [mutant.change for mutant in found.equivalent]


@needs_sandbox
def test_a_wrong_solution_and_tests_that_must_be_run_are_not_graded() -> None:
    assert "does not pass: fail" in why_ungraded(judged("def f(x): return 1\n", "assert f(1) == 2\n"))
    split = judged("class f:\n    x = 1\n", "c = f()\nassert c.x == 1\n")
    assert "have to be run" in why_ungraded(split)


@needs_sandbox
@pytest.mark.parametrize(
    "program",
    [
        "seen = []\ndef f(x):\n    seen.append(x)\n    return x + len(seen) * 0 + (1 if len(seen) > 2 else 0)\n",
        "import random\ndef f(x):\n    return x if x < 3 else x + random.randint(0, 10 ** 9)\n",
    ],
    ids=["state", "chance"],
)
def test_no_assert_is_offered_about_a_value_that_does_not_come_again(program: str) -> None:
    found = grade(program, "assert f(1) == 1\nassert f(2) == 2\n")
    verdict = judged(program, "assert f(1) == 1\nassert f(2) == 2\n" + "\n".join(found.more_tests) + "\n")
    assert verdict.outcome == "pass"


# Further inputs

TEXTS = """
def f(s):
    if not s:
        return "empty"
    if s.isupper():
        return s.lower()
    if len(s) > 8:
        return s[:8] + "..."
    return s + "!"
"""


@needs_sandbox
@pytest.mark.parametrize(
    ("program", "tests"),
    [
        (STEPS, ["f(1) == 2", "f(2) == 4", "f(200) == 197", "f(60) == 77"]),
        (TEXTS, ["f('ab') == 'ab!'", "f('cd') == 'cd!'", "f('AB') == 'ab'", "f('') == 'empty'"]),
    ],
    ids=["numbers", "texts"],
)
def test_a_corner_that_no_test_looks_into_is_no_reason_for_a_better_rate(
    program: str, tests: list[str]
) -> None:
    rates = [
        grade(program, "".join(f"assert {test}\n" for test in tests[:count])).kill_rate for count in (2, 3, 4)
    ]
    known = [rate for rate in rates if rate is not None]
    assert len(known) == 3 and known == sorted(set(known)) and known[0] < 0.4


# The command
