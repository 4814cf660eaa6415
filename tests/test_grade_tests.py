"""`hornbook grade-tests`: which rows it draws, and what it says of trivial functions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from test_cli import hornbook
from test_mutants import LONGEST_RUN, THREE_TESTS

from hornbook.sandbox import probe

pytestmark = pytest.mark.skipif(not probe().level, reason="this machine cannot isolate programs")

ROWS = [{"code": f"def f(x): return x + {k}", "test_list": [f"assert f(1) == {k + 1}"]} for k in range(40)]


def graded(folder: Path, rows: list[dict[str, Any]], *options: str) -> list[dict[str, Any]]:
    source, out = folder / "rows.jsonl", folder / "graded.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows))
    out.unlink(missing_ok=True)
    hornbook("grade-tests", str(source), "--out", str(out), *options)
    return [json.loads(line) for line in out.read_text().splitlines()]


def test_a_sample_is_a_share_of_the_rows_and_the_same_wherever_they_stand(tmp_path: Path) -> None:
    found = graded(tmp_path, ROWS, "--sample", "0.3")
    drawn = {row["code"] for row in found if row["ungraded"] != "not sampled"}
    assert 5 <= len(drawn) <= 19 and all(
        row["kill_rate"] is None for row in found if row["code"] not in drawn
    )
    again = graded(tmp_path, ROWS[::-1][:30], "--sample", "0.3")
    assert [row["code"] in drawn for row in again] == [row["ungraded"] != "not sampled" for row in again]


def test_a_larger_sample_holds_the_smaller_one(tmp_path: Path) -> None:
    drawn = [
        {row["code"] for row in graded(tmp_path, ROWS, "--sample", share) if not row["ungraded"]}
        for share in ("0.2", "0.6")
    ]
    assert drawn[0] < drawn[1]


def test_trivial_functions_that_pass_are_named(tmp_path: Path) -> None:
    rows = [
        {"code": "def f(x): return x", "test_list": ["assert f(1) == 1", "assert f(2) == 2"]},
        {"code": "def f(x): return x * 2 // 2", "test_list": ["assert f(1) == 1"]},
        {"code": "def f(x): return x + 1", "test_list": ["assert f(1) == 2", "assert f(2) == 3"]},
    ]
    said = [row["weak"] for row in graded(tmp_path, rows)]
    assert said == [["the first argument"], ["the first argument", "the first expected value"], []]


def test_asserts_that_hold_only_where_mutants_were_tried_are_not_offered(tmp_path: Path) -> None:
    # A module keeps its count while the program and its mutants take turns.
    counting = "math.k = getattr(math, 'k', 0) + 1"
    counted = f"import math\ndef f(x):\n    {counting}\n    return x * 2 if math.k < 10 else -1\n"
    rows = [
        {"code": counted, "test_list": ["assert f(3) == 6", "assert f(0) == 0"]},
        {"code": "def f(x): return x * 2", "test_list": ["assert f(0) == 0"]},
    ]
    stateful, honest = graded(tmp_path, rows)
    assert stateful["survived"] and stateful["more_tests"] == []
    assert honest["survived"] and honest["more_tests"]


def test_a_row_whose_mutants_are_all_equivalent_says_so(tmp_path: Path) -> None:
    (found,) = graded(tmp_path, [{"code": "def f(x): y = x + 1", "test_list": ["assert f(1) is None"]}])
    assert (found["kill_rate"], found["killed"], found["survived"]) == (None, 0, 0)
    assert found["equivalent"] > 0 and found["ungraded"] == "every mutant answers as the solution does"


def test_rows_keep_their_columns_and_gain_rate_survivors_and_asserts(tmp_path: Path) -> None:
    row = {"task_id": 7, "code": LONGEST_RUN, "test_list": THREE_TESTS.splitlines(), "mine": [1.0, None]}
    rows = [
        row,
        {"task_id": 8, "code": "def f(x): return 1", "test_list": ["assert f(1) == 2"]},
        {"task_id": 9},
    ]
    source, out = tmp_path / "rows.jsonl", tmp_path / "graded.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows))
    said = json.loads(hornbook("grade-tests", str(source), "--out", str(out), "--format", "json").stdout)
    first, wrong, unfit = [json.loads(line) for line in out.read_text().splitlines()]
    assert {name: first[name] for name in row} == row
    assert 0.5 < first["kill_rate"] < 1 and first["survived"] == len(first["survivors"]) > 0
    assert first["more_tests"] and all(test.startswith("assert f(") for test in first["more_tests"])
    assert wrong["kill_rate"] is None and "does not pass" in wrong["ungraded"]
    assert unfit["kill_rate"] is None and "missing" in unfit["ungraded"]
    assert said["graded"] == 1 and said["mutants"]["killed"] == first["killed"]
