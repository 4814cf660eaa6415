"""What the report shows of a check, from the metrics that a check writes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from hornbook.quality.check import Check, check
from hornbook.record import Exercise, Record, write_shard
from hornbook.report.check_exhibits import measured
from hornbook.report.section import Exhibit
from hornbook.sandbox import probe
from hornbook.step import Context

needs_sandbox = pytest.mark.skipif(not probe().level, reason="this machine cannot isolate programs")

MUTANTS = {
    "share_asked": 0.5,
    "graded": 40,
    "ungraded": {"every mutant answers as the solution does": 3},
    "killed": 1540,
    "survived": 160,
    "equivalent": 75,
    "mean_kill_rate": 0.9012,
    "mean_kill_rate_strengthened": 0.975,
    "edges": [0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0],
    "histogram": [1, 0, 0, 2, 7, 13, 17],
    "histogram_strengthened": [0, 0, 0, 0, 1, 9, 30],
    "exercises_strengthened": 20,
    "tests_added": 31,
}
COMPARED = {
    "outputs_compared": 5,
    "exceptions_compared": 1,
    "doctests_run": 2,
    "functions": 4,
    "docstrings": 3,
}


def shown(**metrics: Any) -> dict[str, Exhibit]:
    return {exhibit.heading: exhibit for exhibit in measured("made", metrics)}


def test_kill_rates_are_shown_before_and_after() -> None:
    found = shown(mutants=MUTANTS)
    before, after = found["made: what tests notice"], found["made: with the tests that were added"]
    assert "Tests of 40 exercises noticed 90.1 % of them" in before.tells
    assert "1,540 were killed and 160 survived. 75 are equivalent" in before.tells
    assert "31 asserts" in after.tells and "20 exercises: 97.50 %" in after.tells
    assert re.findall(r">(\d+)</text>", before.picture) == ["1", "0", "0", "2", "7", "13", "17"]


def test_blocks_are_shown_with_their_outcomes() -> None:
    (exhibit,) = shown(blocks={"output_differs": 1, "pass": 3}).values()
    assert exhibit.tells == "75.0 % of 4 blocks did what their pages state."
    assert "output_differs" in exhibit.picture


def test_a_linter_that_was_not_run_is_called_so() -> None:
    table = shown(compared=COMPARED, lint={"tool": "not run: ruff is not installed"})["made: facts"].table
    assert table is not None
    assert ("lint", "not run: ruff is not installed") in table.rows
    assert ("stated exceptions compared with raised ones", "1") in table.rows


def test_findings_are_shown_by_rule() -> None:
    lint = {"tool": "ruff 1.2", "records": 8, "records_without_findings": 6, "findings": {"F401": 1200}}
    table = shown(compared=COMPARED, lint=lint)["made: facts"].table
    assert table is not None
    assert ("without findings of ruff 1.2, of 8 records", "75.0 %") in table.rows
    assert ("ruff 1.2: F401", "1,200") in table.rows


def test_a_check_that_measured_nothing_shows_nothing() -> None:
    assert shown(outcomes={"exercise": {"pass": 1}}) == {}
    assert shown(mutants=MUTANTS | {"graded": 0, "ungraded": {}}) == {}


@pytest.mark.parametrize("graded", [0, 40])
def test_exercises_kept_without_a_grade_are_counted_by_reason(graded: int) -> None:
    ungraded = {"every mutant answers as the solution does": 3, "not sampled": 1200}
    exhibit = shown(mutants=MUTANTS | {"graded": graded, "ungraded": ungraded})[
        "made: kept without a kill rate"
    ]
    assert "Of 1,203 exercises" in exhibit.tells
    assert exhibit.table is not None
    assert exhibit.table.rows == (
        ("not sampled", "1,200"),
        ("every mutant answers as the solution does", "3"),
    )


@needs_sandbox
def test_the_metrics_of_a_check_can_be_shown(tmp_path: Path) -> None:
    prompt, solution = 'def double(x):\n    """Return twice x."""\n', "    return 2 * x\n"
    tests = ("assert double(2) == 4", "assert double(3) == 6")
    made = Exercise(prompt=prompt, solution=solution, entry_point="double", tests=tests)
    records = [
        Record(text=prompt + solution, kind="exercise", source="t", license="CC0-1.0", exercise=made),
        Record(text="```python\nprint(1)\n#> 1\n```\n", kind="textbook", source="t", license="CC0-1.0"),
    ]
    write_shard(tmp_path / "in" / "records" / "00000.parquet", records)
    metrics = check(Check(), records=tmp_path / "in", out=tmp_path / "out", ctx=Context(workers=1))
    assert len(shown(**metrics)) == 4
