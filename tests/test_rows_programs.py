"""`hornbook exec-check` and `grade-tests` on Parquet: in, out, and going on after a kill."""

from __future__ import annotations

import json
import signal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from test_cli import fails, hornbook
from test_exec_check import BODY, HUMAN_EVAL, MBPP, needs_sandbox
from test_rows_dedup import kill_when

from hornbook.errors import UsageError
from hornbook.rows.exec_check import COLUMNS, check_file
from hornbook.sandbox import Limits
from hornbook.step import Context

ROWS: list[dict[str, Any]] = [
    HUMAN_EVAL | {"completion": BODY},
    HUMAN_EVAL | {"completion": "    return 1\n"},
    HUMAN_EVAL | {"completion": None},
    MBPP | {"task_id": "601", "completion": MBPP["code"]},
]
VERDICTS = ["pass", "fail", "skipped", "pass"]


def table_of(rows: list[dict[str, Any]]) -> pa.Table:
    columns = {name: [row.get(name) for row in rows] for row in rows for name in row}
    numbers = pa.array(range(len(rows)), pa.uint16())
    return pa.table(columns).append_column("n", numbers).replace_schema_metadata({"about": "kept"})


@needs_sandbox
def test_columns_and_types_stay_and_verdicts_stand_beside_them(tmp_path: Path) -> None:
    source, out = tmp_path / "r.parquet", tmp_path / "o.parquet"
    table = table_of(ROWS)
    pq.write_table(table, source, row_group_size=2)
    done = hornbook("exec-check", source, "--out", out, "--format", "json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["verdicts"] == {"pass": 2, "fail": 1, "skipped": 1}
    checked = pq.read_table(out)
    assert checked.column("verdict").to_pylist() == VERDICTS
    assert checked.drop_columns(list(COLUMNS)).equals(table)
    assert checked.schema.metadata == {b"about": b"kept"}
    assert checked.schema.field("seconds").type == pa.float64()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["o.parquet", "r.parquet"]


@needs_sandbox
def test_lines_may_become_parquet_and_parquet_lines(tmp_path: Path) -> None:
    lines, table = tmp_path / "r.jsonl", tmp_path / "r.parquet"
    lines.write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    pq.write_table(table_of(ROWS), table)
    assert hornbook("exec-check", lines, "--out", tmp_path / "a.parquet").returncode == 0
    assert hornbook("exec-check", table, "--out", tmp_path / "b.jsonl").returncode == 0
    a = pq.read_table(tmp_path / "a.parquet").to_pylist()
    b = [json.loads(line) for line in (tmp_path / "b.jsonl").read_text().splitlines()]
    assert [row["verdict"] for row in a] == [row["verdict"] for row in b] == VERDICTS
    assert [row["n"] for row in b] == [0, 1, 2, 3]


@needs_sandbox
def test_a_killed_check_of_parquet_goes_on_where_it_was(tmp_path: Path) -> None:
    slow = "    import time\n    time.sleep(0.05)\n" + BODY
    rows = [HUMAN_EVAL | {"completion": slow if i % 5 else "    return 1\n"} for i in range(40)]
    source, out = tmp_path / "r.parquet", tmp_path / "o.parquet"
    pq.write_table(table_of(rows), source)
    words = ("exec-check", source, "--out", out, "--workers", 1)
    code, _ = kill_when(tmp_path, "o.parquet.*.partial", signal.SIGKILL, *words)
    assert code == -signal.SIGKILL
    (partial,) = tmp_path.glob("*.partial")
    finished = [
        json.loads(line) for line in partial.read_bytes().splitlines(keepends=True) if line.endswith(b"\n")
    ]
    done = hornbook(*words, "--format", "json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["verdicts"] == {"pass": 32, "fail": 8}
    seconds = pq.read_table(out).column("seconds").to_pylist()
    assert seconds[: len(finished)] == [row["seconds"] for row in finished], "a finished row was judged again"
    assert list(tmp_path.glob("*.partial")) == []


def test_what_would_not_fit_is_refused_before_anything_runs(tmp_path: Path) -> None:
    mixed, array = tmp_path / "m.jsonl", tmp_path / "a.jsonl"
    mixed.write_text('{"n": 1}\n{"n": "one"}\n')
    array.write_text("[1]\n")
    for source, said in ((mixed, "a column has different types"), (array, "line 1 is no JSON object")):
        with pytest.raises(UsageError, match=said):
            check_file(source, tmp_path / "o.parquet", Limits(), Context(workers=1))
    assert sorted(tmp_path.iterdir()) == [array, mixed]


@needs_sandbox
def test_a_column_that_would_be_overwritten_is_refused_with_its_row(tmp_path: Path) -> None:
    source = tmp_path / "r.parquet"
    pq.write_table(table_of([HUMAN_EVAL | {"completion": BODY, "level": "easy"}]), source)
    done = hornbook("exec-check", source, "--out", tmp_path / "o.parquet")
    fails(done, 2, "row 1 has a column 'level' already")


@needs_sandbox
def test_tests_of_parquet_rows_are_graded(tmp_path: Path) -> None:
    source, out = tmp_path / "r.parquet", tmp_path / "o.parquet"
    double = {"code": "def double(x):\n    return x * 2\n", "test_list": ["assert double(0) == 0"]}
    table = table_of([double])
    pq.write_table(table, source)
    done = hornbook("grade-tests", source, "--out", out, "--mutants", 20)
    assert done.returncode == 0, done.stderr
    (row,) = pq.read_table(out).to_pylist()
    assert 0 < row["kill_rate"] < 1
    assert "assert double(" in row["more_tests"][0]
    assert row["survivors"][0]["line"] == 2
    assert {name: row[name] for name in table.column_names} == table.to_pylist()[0]
    kinds = pq.read_schema(out)
    assert kinds.field("survivors").type == pa.list_(
        pa.struct({"line": pa.int64(), "kind": pa.string(), "change": pa.string()})
    )
