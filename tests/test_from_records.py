"""A teacher asked about records: rephrase, inspired, tests, story, judge; against a real server."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from asking_records import ADD, ANSWERS, EXERCISE, JUDGED, answer, code, exercise, given
from fake_server import Served, serving
from served_lessons import access

from hornbook.errors import BudgetExceeded, QualityGate, UsageError
from hornbook.lessons.answer import Asked
from hornbook.lessons.judge import Judge, judge
from hornbook.lessons.more_tests import MoreTests, more_tests
from hornbook.lessons.rephrase import Inspired, Rephrase, inspired, rephrase
from hornbook.lessons.story import Story, story
from hornbook.quality.check import Check, check
from hornbook.record import Record, count, read_records, read_rejected
from hornbook.run import run
from hornbook.step import Context, Step
from hornbook.teacher.access import Access
from hornbook.teacher.budget import Budget

TEACHER = Asked.of(access(Served(1), Path()).endpoint)


@pytest.fixture(scope="module")
def running() -> Iterator[Served]:
    with serving() as served:
        yield served


@pytest.fixture
def server(running: Served, tmp_path: Path) -> Served:
    answer(running, tmp_path)
    return running


def inline(lent: Access) -> Context:
    return Context(workers=1, engine="inline", access=lent)


def codes(folder: Path, number: int = 6) -> Path:
    return given(
        folder / "given", [code(i) for i in range(number // 2)], [code(i) for i in range(number // 2, number)]
    )


def test_rephrased_code_becomes_lessons_that_pass_the_check_and_name_their_parent(
    server: Served, tmp_path: Path
) -> None:
    ctx = inline(access(server, tmp_path))
    records = codes(tmp_path, 20)
    asked = Step("rephrased", rephrase, Rephrase(teacher=TEACHER), {"records": records})
    steps = run([Step("checked", check, Check(), {"records": asked})], tmp_path / "run", ctx)
    parents = {record.id: record for record in read_records(records)}
    kept = list(read_records(tmp_path / "run" / "checked"))
    assert steps["checked"].metrics["num_kept"] == len(kept) == 20
    assert {record.kind for record in kept} == {"textbook", "exercise"}
    assert {record.parents[0] for record in kept} == parents.keys()
    assert all(record.license == parents[record.parents[0]].license for record in kept)
    assert all(record.source == "m" and record.origin and record.origin.journal_key for record in kept)
    assert steps["rephrased"].metrics["calls"] == 20


@pytest.mark.parametrize(("pages", "kinds"), [(0.0, {"exercise"}), (1.0, {"textbook"})])
def test_the_share_of_pages_is_a_dial(server: Served, tmp_path: Path, pages: float, kinds: set[str]) -> None:
    cfg = Rephrase(teacher=TEACHER, pages=pages)
    rephrase(cfg, records=codes(tmp_path), out=tmp_path / "out", ctx=inline(access(server, tmp_path)))
    assert {record.kind for record in read_records(tmp_path / "out")} == kinds


def test_inspired_exercises_show_some_lines_and_a_topic(server: Served, tmp_path: Path) -> None:
    long = Record(
        text="".join(f"line_{i} = {i}\n" for i in range(100)), kind="code", source="s", license="MIT"
    )
    cfg = Inspired(teacher=TEACHER, answers=8, most_lines=5, topics="leap years")
    records = given(tmp_path / "given", [long])
    metrics = inspired(cfg, records=records, out=tmp_path / "out", ctx=inline(access(server, tmp_path)))
    assert (metrics["num_in"], metrics["num_kept"], metrics["calls"]) == (1, 8, 8)
    made = list(read_records(tmp_path / "out"))
    assert {one.parents for one in made} == {(long.id,)} and {one.license for one in made} == {"MIT"}
    slots = [one.origin.slots for one in made if one.origin]
    assert len({(s["first_line"], s["lines"]) for s in slots}) > 4
    assert all(1 <= s["lines"] <= 5 and s["concept"] == "leap years" for s in slots)
    shown = server.counts()["last_body"]["messages"][0]["content"]
    assert shown.count("line_") <= 5 and "is about leap years as well" in shown


def test_code_that_is_too_long_or_empty_costs_nothing(server: Served, tmp_path: Path) -> None:
    records = given(
        tmp_path / "given", [code(1), replace(code(2), text=" \n"), replace(code(3), text="x" * 99)]
    )
    cfg = Rephrase(teacher=TEACHER, most_characters=80)
    metrics = rephrase(cfg, records=records, out=tmp_path / "out", ctx=inline(access(server, tmp_path)))
    assert metrics["reasons"] == {"no_code": 1, "too_long": 1}
    assert server.counts()["requests"] == metrics["calls"] == 1


def test_new_tests_are_added_where_the_solution_passes_them(server: Served, tmp_path: Path) -> None:
    records = given(tmp_path / "given", [exercise(0), code(1), exercise(2)])
    cfg = MoreTests(teacher=TEACHER)
    asked = Step("tested", more_tests, cfg, {"records": records})
    steps = run(
        [Step("checked", check, Check(), {"records": asked})],
        tmp_path / "run",
        inline(access(server, tmp_path)),
    )
    metrics = steps["tested"].metrics
    assert (metrics["tests_written"], metrics["tests_refuted"]) == (4, 2)
    assert metrics["reasons"] == {"no_exercise": 1}
    for record in read_records(tmp_path / "run" / "tested"):
        assert record.exercise is not None
        assert record.exercise.tests == (*ADD.tests, "assert add(1, 2) == 3", "assert add(-1, 1) == 0")
        assert record.scores == {"kill_rate": 0.5, "tests_written": 2.0, "tests_refuted": 1.0}
        assert (record.source, record.license, record.tags["tests_by"]) == ("somebody", "CC0-1.0", "m")
    assert steps["checked"].metrics["num_kept"] == 2


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_the_solution_is_shown_as_the_dial_says(server: Served, tmp_path: Path, share: float) -> None:
    cfg = MoreTests(teacher=TEACHER, solution_shown=share)
    records = given(tmp_path / "given", [exercise()])
    more_tests(cfg, records=records, out=tmp_path / "out", ctx=inline(access(server, tmp_path)))
    shown = server.counts()["last_body"]["messages"][0]["content"]
    assert ("return a + b" in shown) == bool(share)
    assert "assert add(2, 2) == 4" in shown


def test_a_test_that_only_runs_away_costs_that_test_alone(server: Served, tmp_path: Path) -> None:
    tests = "assert add(1, 1) == 2\nassert add('', '') == 0 or exec('while True: pass')\n"
    answer(server, tmp_path, tests=tests)
    cfg = MoreTests(teacher=TEACHER, cpu_seconds=0.5)
    records = given(tmp_path / "given", [exercise()])
    metrics = more_tests(cfg, records=records, out=tmp_path / "out", ctx=inline(access(server, tmp_path)))
    assert (metrics["tests_written"], metrics["tests_refuted"]) == (1, 1)


def test_a_story_changes_the_docstring_and_nothing_else(server: Served, tmp_path: Path) -> None:
    records = given(tmp_path / "given", [exercise(), code(1)])
    asked = Step("stories", story, Story(teacher=TEACHER), {"records": records})
    ctx = inline(access(server, tmp_path))
    lenient = Check(mutant_share=0.0, stubs=False)  # one test only
    steps = run([Step("checked", check, lenient, {"records": asked})], tmp_path / "run", ctx)
    assert steps["stories"].metrics["reasons"] == {"no_exercise": 1}
    (record,) = read_records(tmp_path / "run" / "checked")
    assert record.exercise is not None
    assert "A baker" in record.exercise.prompt
    assert record.exercise.solution == "    return a + b  # 0\n"
    assert record.text == record.exercise.prompt + record.exercise.solution
    assert (record.parents, record.source, record.license) == ((exercise().id,), "m", "CC0-1.0")
    assert record.tags["setting"] and record.tags["concept"] == "arithmetic"


@pytest.mark.parametrize(
    ("task", "complaint"),
    [
        ('def add(b, a):\n    """A baker bakes."""\n', "not those of the task"),
        ('import os\ndef add(a, b):\n    """A baker bakes."""\n', "not those of the task"),
        (ADD.prompt, "the docstring is the old one"),
        ('def add(a, b)\n    """A baker bakes."""\n', "not Python"),
        ('def add(a, b):\n    x = """A baker bakes."""\n', "and its docstring"),
    ],
)
def test_a_story_that_changes_the_task_is_refused(
    server: Served, tmp_path: Path, task: str, complaint: str
) -> None:
    answer(server, tmp_path, story=f"## Task\n```python\n{task}```\n")
    cfg = Story(teacher=TEACHER, reasks=0)
    lent = access(server, tmp_path, least_read=0.0)
    story(cfg, records=given(tmp_path / "given", [exercise()]), out=tmp_path / "out", ctx=inline(lent))
    (rejected,) = read_rejected(tmp_path / "out")
    assert complaint in rejected.detail
    assert rejected.record.parents == (exercise().id,)


def test_a_judge_scores_records_and_keeps_its_reasons(server: Served, tmp_path: Path) -> None:
    records = given(tmp_path / "given", [exercise(), code(1)], [code(2)])
    metrics = judge(
        Judge(teacher=TEACHER), records=records, out=tmp_path / "out", ctx=inline(access(server, tmp_path))
    )
    assert (metrics["num_kept"], metrics["judge_mean"], metrics["judge_histogram"]["3"]) == (3, 3.0, 3)
    before = list(read_records(records))
    after = list(read_records(tmp_path / "out"))
    assert [one.id for one in after] == [one.id for one in before]
    for record in after:
        assert record.scores["judge"] == 3.0
        assert record.tags["judge_reason"].startswith("computes: it adds = 1")
        assert record.tags["judge_by"] == "m" and record.tags["judge_key"]
    assert after[0].exercise == exercise().exercise


def test_two_passes_are_two_answers_and_their_agreement(server: Served, tmp_path: Path) -> None:
    records = codes(tmp_path, 10)
    cfg = Judge(teacher=TEACHER, passes=2)
    metrics = judge(cfg, records=records, out=tmp_path / "out", ctx=inline(access(server, tmp_path)))
    assert metrics["calls"] == 20
    assert (metrics["kappa"], metrics["passes_equal"]) == (None, 1.0)
    (scores, *_) = (record.scores for record in read_records(tmp_path / "out"))
    assert scores == {"judge": 3.0, "judge_1": 3.0, "judge_2": 3.0}


def test_a_judgement_that_cannot_be_read_costs_its_record_with_a_reason(
    server: Served, tmp_path: Path
) -> None:
    answer(server, tmp_path, judge="It is fine.", again="Score: 9")
    lent = access(server, tmp_path, least_read=0.0)
    records = codes(tmp_path)
    metrics = judge(Judge(teacher=TEACHER, passes=2), records=records, out=tmp_path / "out", ctx=inline(lent))
    assert (metrics["num_rejected"], metrics["reasked"]) == (6, 6)
    rejected = list(read_rejected(tmp_path / "out"))
    assert [one.record.id for one in rejected] == [record.id for record in read_records(records)]
    assert rejected[0].detail == "no reason before the score; the answer begins 'Score: 9'"


def test_asking_again_mends_answers_about_records_too(server: Served, tmp_path: Path) -> None:
    answer(server, tmp_path, judge="Hm.", again=JUDGED)
    lent = access(server, tmp_path, least_read=0.0)
    cfg = Judge(teacher=TEACHER, passes=2)
    metrics = judge(cfg, records=codes(tmp_path), out=tmp_path / "out", ctx=inline(lent))
    assert (metrics["num_kept"], metrics["calls"], metrics["reasked"]) == (6, 24, 12)
    again = judge(cfg, records=tmp_path / "out", out=tmp_path / "again", ctx=inline(lent))
    assert (again["num_kept"], again["calls"], again["reasked"]) == (6, 0, 12)


def test_more_records_cost_what_is_new_and_no_order_changes_a_prompt(server: Served, tmp_path: Path) -> None:
    ctx = inline(access(server, tmp_path))
    first = given(tmp_path / "a", [code(i) for i in range(10)])
    more = given(tmp_path / "b", [code(i) for i in reversed(range(14))])
    for records, calls in ((first, 10), (more, 4)):
        cfg = Rephrase(teacher=TEACHER)
        metrics = rephrase(cfg, records=records, out=tmp_path / f"out-{records.name}", ctx=ctx)
        assert metrics["calls"] == calls
    small, large = ({r.parents: r.id for r in read_records(tmp_path / f"out-{n}")} for n in "ab")
    assert small.items() <= large.items()


def test_a_step_at_its_cap_goes_on_where_it_stood(server: Served, tmp_path: Path) -> None:
    records = codes(tmp_path, 20)
    out = tmp_path / "out"
    small = access(server, tmp_path, Budget(max_calls=13), least_read=0.0)
    with pytest.raises(BudgetExceeded):
        judge(Judge(teacher=TEACHER), records=records, out=out, ctx=inline(small))
    assert count(out) == 10  # the first shard
    metrics = judge(Judge(teacher=TEACHER), records=records, out=out, ctx=inline(access(server, tmp_path)))
    assert (server.counts()["requests"], metrics["calls"], metrics["num_kept"]) == (20, 20, 20)


def test_a_teacher_that_cannot_be_read_is_stopped(server: Served, tmp_path: Path) -> None:
    answer(server, tmp_path, judge="It is good.")
    records = given(tmp_path / "given", [code(i) for i in range(300)])
    cfg = Judge(teacher=TEACHER, reasks=0)
    with pytest.raises(QualityGate, match="of the first 60 answers 0 could be read") as stopped:
        judge(cfg, records=records, out=tmp_path / "out", ctx=inline(access(server, tmp_path)))
    assert "It is good." in str(stopped.value)
    assert server.counts()["requests"] < 300


def test_the_offline_teacher_is_not_asked_about_records(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="give --teacher URL"):
        judge(Judge(teacher=TEACHER), records=tmp_path, out=tmp_path / "out", ctx=Context(workers=1))


def test_a_template_of_ones_own_is_what_is_asked(server: Served, tmp_path: Path) -> None:
    own = "make an exercise of it: {{ snippet }}"
    cfg = Rephrase(teacher=TEACHER, template=own, pages=0.0)
    rephrase(cfg, records=codes(tmp_path), out=tmp_path / "out", ctx=inline(access(server, tmp_path)))
    assert server.counts()["last_body"]["messages"][0]["content"].startswith(
        "make an exercise of it: def scaled"
    )
    assert ANSWERS["exercise"] == EXERCISE
