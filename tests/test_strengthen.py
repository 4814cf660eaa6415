"""Tests graded by mutants inside the check, and made stronger where they may be."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest

from hornbook.quality.check import Check, check, checked
from hornbook.quality.check_jobs import is_sampled
from hornbook.quality.mutants import MUTANTS, Grade
from hornbook.quality.strengthen import is_settled, stronger
from hornbook.record import Exercise, Record, Rejected, read_records, shards, write_shard
from hornbook.sandbox import Job, Mutant, Sandbox, Verdict, probe
from hornbook.step import Context, Metrics, Progress

needs_sandbox = pytest.mark.skipif(not probe().level, reason="this machine cannot isolate programs")

PROMPT = 'def longest(items, least=1):\n    """Return the length of the longest run."""\n'
BODY = """    best, run = 0, 0
    for at, item in enumerate(items):
        run = run + 1 if at > 0 and item == items[at - 1] else 1
        if run > best and run >= least:
            best = run
    return best
"""
FEW = ("assert longest([1, 1, 2, 2, 2]) == 3", "assert longest([]) == 0", "assert longest([5]) == 1")


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(workers=1) as opened:
        yield opened


def exercise(
    tests: Sequence[str] = FEW, body: str = BODY, prompt: str = PROMPT, name: str = "longest"
) -> Record:
    made = Exercise(prompt=prompt, solution=body, entry_point=name, tests=tuple(tests))
    return Record(text=prompt + body, kind="exercise", source="t", license="CC0-1.0", exercise=made)


def judged(record: Record, sandbox: Sandbox, **options: float) -> Record | Rejected:
    (result,) = checked(Check(**options), iter([record]), sandbox)  # type: ignore[arg-type]
    return result


def kept(record: Record, sandbox: Sandbox, **options: float) -> Record:
    result = judged(record, sandbox, **options)
    assert isinstance(result, Record)
    return result


@needs_sandbox
def test_asserts_that_kill_survivors_join_the_tests(sandbox: Sandbox) -> None:
    given = exercise()
    result = kept(given, sandbox)
    assert result.id == given.id
    assert result.exercise is not None
    assert result.exercise.tests[: len(FEW)] == FEW
    added = result.exercise.tests[len(FEW) :]
    assert len(added) == result.scores["tests_added"] > 0
    assert result.scores["kill_rate"] < result.scores["kill_rate_strengthened"] <= 1
    again = kept(result, sandbox, most_tests_added=0)
    assert again.scores["kill_rate"] > result.scores["kill_rate"]


@needs_sandbox
def test_a_record_that_is_checked_again_keeps_nothing_of_the_first_time(sandbox: Sandbox) -> None:
    first = kept(exercise(), sandbox)
    again = kept(first, sandbox, mutant_share=0)
    assert again.scores.keys() == {"functions", "docstrings"}
    assert kept(again, sandbox).exercise == kept(first, sandbox).exercise


@needs_sandbox
def test_no_more_asserts_are_added_than_asked_for(sandbox: Sandbox) -> None:
    one = kept(exercise(), sandbox, most_tests_added=1)
    assert one.exercise is not None
    assert len(one.exercise.tests) == len(FEW) + 1
    none = kept(exercise(), sandbox, most_tests_added=0)
    assert none.exercise is not None
    assert none.exercise.tests == FEW
    assert none.scores["kill_rate"] == one.scores["kill_rate"]
    assert "kill_rate_strengthened" not in none.scores


@needs_sandbox
def test_tests_that_notice_too_few_mutants_are_too_weak(sandbox: Sandbox) -> None:
    result = judged(exercise(), sandbox, most_tests_added=0, min_kill_rate=1)
    assert isinstance(result, Rejected)
    assert result.reason == "tests_too_weak"
    assert result.detail.startswith("they notice ")
    assert "line " in result.detail
    assert isinstance(judged(exercise(), sandbox, most_tests_added=0, min_kill_rate=0), Record)


@needs_sandbox
def test_what_is_not_drawn_is_not_graded(sandbox: Sandbox) -> None:
    assert "kill_rate" not in kept(exercise(), sandbox, mutant_share=0).scores


@needs_sandbox
def test_an_exercise_without_a_kill_rate_says_why(sandbox: Sandbox) -> None:
    prompt = "class Box:\n    def __init__(self, x):\n        self.x = x\n\n"
    prompt += 'def boxed(x):\n    """Return x in a box."""\n'
    tests = ("assert boxed(2).x == 2", "assert boxed(3).x == 3")
    result = kept(exercise(tests, "    return Box(x)\n", prompt, "boxed"), sandbox)
    assert "kill_rate" not in result.scores
    assert "have to be run" in result.tags["ungraded"]


@needs_sandbox
def test_strengthened_tests_hold_whatever_the_hash_seed(sandbox: Sandbox) -> None:
    result = kept(exercise(), sandbox)
    assert result.exercise is not None
    # Trusted code, written above: the only way to another hash seed.
    program = "\n".join((result.text, *result.exercise.tests))
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", program], env={"PYTHONHASHSEED": seed}, capture_output=True
        )
        assert done.returncode == 0, done.stderr


SET_ORDER = "    seen = {word for word in words}\n    return [word for word in seen if len(word) > 2]\n"


@needs_sandbox
def test_programs_that_may_see_the_order_of_a_set_gain_no_tests(sandbox: Sandbox) -> None:
    prompt = 'def long_words(words):\n    """Return the words of three letters or more, in any order."""\n'
    tests = ("assert long_words(['abc', 'a']) == ['abc']", "assert long_words([]) == []")
    result = kept(exercise(tests, SET_ORDER, prompt, "long_words"), sandbox)
    assert result.exercise is not None
    assert result.exercise.tests == tests
    assert result.scores["kill_rate"] < 1


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def f(a): return sorted(a)", True),
        ("import math, re\nfrom collections import Counter\ndef f(a): return Counter(a)", True),
        ("def f(a, b): return a - b", True),
        ("def f(a): return {x for x in a}", False),
        ("def f(a): return list({1, *a})", False),
        ("def f(a): return list(set(a))", False),
        ("def f(a): return sorted(frozenset(a))", False),
        ("def f(a, b): return list(a.keys() & b)", False),
        ("def f(a, b): return [*(b ^ a.items())]", False),
        ("def f(a): return hash(a)", False),
        ("def f(a): return id(a)", False),
        ("import random\ndef f(a): return a", False),
        ("from datetime import date\ndef f(a): return a", False),
        ("from . import math\ndef f(a): return a", False),
        ("import os.path\ndef f(a): return a", False),
        ("def f(:", False),
    ],
)
def test_only_programs_that_depend_on_their_arguments_alone_are_settled(source: str, expected: bool) -> None:
    assert is_settled(source) is expected


def survivor(told_by: str) -> Mutant:
    return Mutant("constant", 1, "1: -> 2", "pass", is_told=True, told_by=told_by)


def grade(*told_by: str, killed: int = 1) -> Grade:
    mutants = tuple(Mutant("constant", 1, "1: -> 2", "fail") for _ in range(killed))
    return Grade(killed=mutants, survived=tuple(map(survivor, told_by)), equivalent=())


def test_asserts_that_kill_most_survivors_come_first() -> None:
    made = exercise().exercise
    assert made is not None
    a, b = "assert longest([1]) == 1", "assert longest([2, 2]) == 2"
    found = stronger(made, grade(a, b, b, "", killed=4), most=1)
    assert found is not None
    assert found.tests == (b,)
    assert found.kill_rate == 6 / 8


@pytest.mark.parametrize(
    "told_by",
    [
        "",
        FEW[0],
        "assert longest({'a', 'b'}) == 1",
        "assert longest([1]) == {'a'}",
        "assert longest([1]) == 0.30000000000000004",
        "assert longest([1]) == 1.2345678901234567e-08",
    ],
)
def test_asserts_that_are_there_or_might_not_hold_elsewhere_are_refused(told_by: str) -> None:
    made = exercise().exercise
    assert made is not None
    assert stronger(made, grade(told_by), most=3) is None


def test_a_share_is_drawn_by_id_and_a_larger_one_holds_the_smaller() -> None:
    records = [Record(text=f"{n}", kind="code", source="t", license="MIT") for n in range(2000)]
    drawn = {share: [r.id for r in records if is_sampled(r.id, share)] for share in (0.0, 0.2, 0.5, 1.0)}
    assert not drawn[0.0]
    assert len(drawn[1.0]) == 2000
    assert 320 < len(drawn[0.2]) < 480
    assert {*drawn[0.2]} < {*drawn[0.5]}


@needs_sandbox
def test_metrics_tell_what_tests_noticed_before_and_after(tmp_path: Path) -> None:
    strong = exercise(
        ("assert twice(2) == 4", "assert twice(3) == 6", "assert twice(-1) == -2", "assert twice(0) == 0"),
        "    return 2 * x\n",
        'def twice(x):\n    """Return twice x."""\n',
        "twice",
    )
    write_shard(tmp_path / "in" / "records" / "00000.parquet", [exercise(), strong])
    metrics = check(Check(), records=tmp_path / "in", out=tmp_path / "out", ctx=Context(workers=1))["mutants"]
    records = list(read_records(tmp_path / "out"))
    assert metrics["graded"] == 2
    counted = {name: sum(r.scores[f"mutants_{name}"] for r in records) for name in MUTANTS}
    assert {name: metrics[name] for name in MUTANTS} == counted
    assert counted["killed"] > counted["survived"] > 0
    assert metrics["mean_kill_rate"] == pytest.approx(
        sum(r.scores["kill_rate"] for r in records) / 2, abs=1e-4
    )
    assert metrics["mean_kill_rate_strengthened"] > metrics["mean_kill_rate"]
    assert metrics["histogram"][-1] == 1
    assert sum(metrics["histogram"]) == sum(metrics["histogram_strengthened"]) == 2
    assert metrics["exercises_strengthened"] == 1
    assert metrics["tests_added"] == records[0].scores["tests_added"]
    assert metrics["ungraded"] == {}


@needs_sandbox
@pytest.mark.parametrize("share", [0.0, 1.0])
def test_every_exercise_that_is_kept_is_graded_or_counted_with_the_reason(
    tmp_path: Path, share: float
) -> None:
    prompt, tests = (
        'def one(x):\n    """Return 1."""\n',
        ("assert one(2) == 1 or one(2) == 2", "assert one(3) == 1"),
    )
    split = exercise(tests, "    return 1 if x else 2\n", prompt, "one")
    wrong = exercise(FEW, BODY.replace("best = run", "best = 7"))
    write_shard(tmp_path / "in" / "records" / "00000.parquet", [exercise(), split, wrong])
    cfg = Check(mutant_share=share, stubs=False)
    metrics = check(cfg, records=tmp_path / "in", out=tmp_path / "out", ctx=Context(workers=1))
    found, outcomes = metrics["mutants"], metrics["outcomes"]["exercise"]
    assert outcomes == {"pass": 2, "tests_failed": 1}
    assert found["kept_graded"] + sum(found["ungraded"].values()) == outcomes["pass"]
    if not share:
        assert found["ungraded"] == {"not sampled": 2}
    else:
        (why,) = found["ungraded"]
        assert "have to be run" in why


@needs_sandbox
def test_an_interrupted_check_ends_with_the_same_records_and_metrics(tmp_path: Path) -> None:
    for number in range(3):
        name = f"longest{number}"
        tests = [test.replace("longest", name) for test in FEW]
        record = exercise(tests, prompt=PROMPT.replace("longest", name, 1), name=name)
        write_shard(tmp_path / "in" / "records" / f"{number:05d}.parquet", [record])

    def interrupt(progress: Progress) -> None:
        if progress.done == 1:
            raise KeyboardInterrupt

    def run(folder: str, ctx: Context) -> Metrics:
        return check(Check(), records=tmp_path / "in", out=tmp_path / folder, ctx=ctx)

    with pytest.raises(KeyboardInterrupt):
        run("out", Context(workers=1, progress=interrupt))
    metrics = run("out", Context(workers=1))
    assert metrics == run("whole", Context(workers=1))
    assert metrics["mutants"]["exercises_strengthened"] == 3
    written, whole = ([path.read_bytes() for path in shards(tmp_path / name)] for name in ("out", "whole"))
    assert written == whole


class Backwards:
    """A sandbox whose verdicts come in the opposite order where they may."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox, self.level = sandbox, sandbox.level

    def run(self, jobs: Iterable[Job], *, ordered: bool = True) -> Iterator[Verdict]:
        verdicts = list(self.sandbox.run(jobs))
        return iter(verdicts if ordered else verdicts[::-1])


@needs_sandbox
def test_results_do_not_depend_on_the_order_in_which_programs_end(sandbox: Sandbox) -> None:
    documented = PROMPT.replace('run."""', 'run.\n\n    >>> longest([1, 1])\n    2\n    """')
    wrong = exercise(body="    return 7\n")
    page = Record(text="# A\n\n```python\nprint(1)\n#> 1\n```\n", kind="textbook", source="t", license="x")
    code = Record(text="x = 1\n", kind="code", source="t", license="x")
    bodies = [BODY.replace("best", name) for name in ("most", "top", "high", "peak")]
    records = [code, exercise(), wrong, page, exercise(), exercise(prompt=documented)]
    records += [*(exercise(body=body) for body in bodies), code]
    cfg = Check(mutant_share=0.5)
    expected = [*checked(cfg, records, sandbox)]
    assert [r.record.text if isinstance(r, Rejected) else r.text for r in expected] == [
        r.text for r in records
    ]
    assert any("tests_added" in r.scores for r in expected if isinstance(r, Record))
    assert [*checked(cfg, records, Backwards(sandbox))] == expected
