"""What ordinary files hold and Python, JSON or Parquet have no place for: never a traceback."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from test_cli import fails, hornbook
from test_row_files import write_again
from test_rows_dedup import NEAR, dedup, read

from hornbook.errors import UsageError
from hornbook.row_files import read_rows
from hornbook.rows.describe import describe_files
from hornbook.rows.exec_check import check_file
from hornbook.rows.writer import common_schema
from hornbook.sandbox import Limits, probe
from hornbook.step import Context


def table(path: Path, **columns: Any) -> Path:
    pq.write_table(pa.table(columns), path)
    return path


def texts(*values: bytes) -> pa.Array:
    """A column of strings that need not be UTF-8."""
    return pa.array(values, pa.binary()).view(pa.string())


def lines(path: Path) -> list[Any]:
    return [json.loads(line) for line in write_again([path], Path("o.jsonl")).splitlines()]


TIMES = [
    (pa.timestamp("ns"), 1, "1970-01-01T00:00:00.000000001"),
    (pa.timestamp("ns"), 1000, "1970-01-01T00:00:00.000001000"),
    (pa.timestamp("ns", "Europe/Berlin"), 1, "1970-01-01T01:00:00.000000001+0100"),
    (pa.time64("ns"), 1, "00:00:00.000000001"),
    (pa.duration("ns"), 1, "1 duration[ns]"),
    (pa.timestamp("ms"), 10**15, "1000000000000000 timestamp[ms]"),
    (pa.date32(), 10**7, "10000000 date32[day]"),
]


@pytest.mark.parametrize(("kind", "number", "told"), TIMES, ids=str)
def test_times_become_texts_whatever_their_unit_and_year(
    kind: Any, number: int, told: str, tmp_path: Path
) -> None:
    column = pa.array([number, None], kind)
    nested = pa.array([[number], None], pa.list_(kind))
    both = pa.StructArray.from_arrays([column], ["at"])
    path = table(tmp_path / "r.parquet", at=column, nested=nested, both=both)
    assert lines(path) == [
        {"at": told, "nested": [told], "both": {"at": told}},
        {"at": None, "nested": None, "both": {"at": None}},
    ]


def test_times_in_dictionaries_and_maps_become_texts_too(tmp_path: Path) -> None:
    far = pa.array([10**15], pa.timestamp("ms"))
    path = table(
        tmp_path / "r.parquet",
        kind=far.dictionary_encode(),
        by=pa.MapArray.from_arrays([0, 1], ["a"], far),
    )
    assert lines(path) == [
        {"kind": "1000000000000000 timestamp[ms]", "by": [["a", "1000000000000000 timestamp[ms]"]]}
    ]


@pytest.mark.skipif(not probe().level, reason="this machine cannot isolate untrusted code")
def test_nanoseconds_do_not_stop_a_check(tmp_path: Path) -> None:
    path = table(
        tmp_path / "r.parquet",
        code=["def f(): return 1"],
        test_list=[["assert f() == 1"]],
        at=pa.array([1], pa.timestamp("ns")),
    )
    for out in (tmp_path / "o.jsonl", tmp_path / "o.parquet"):
        assert check_file(path, out, Limits(), Context(workers=1)).verdicts == {"pass": 1}
    assert pq.read_schema(tmp_path / "o.parquet").field("at").type == pa.timestamp("ns")


def test_texts_that_are_not_utf8_are_no_texts(tmp_path: Path) -> None:
    path = table(tmp_path / "r.parquet", text=texts(b"fine", b"a\xff b"), tags=texts(b"\xfe", b"x"))
    for ending in ("parquet", "jsonl"):
        out = tmp_path / f"k.{ending}"
        assert dedup(path, out)["reasons"] == {"no_text": 1}
    (gone,) = read(tmp_path / "k.rejected.jsonl")
    assert gone["text"] == {"hex": b"a\xff b".hex()} and gone["detail"] == "column 'text' is not text"
    assert read(tmp_path / "k.jsonl") == [{"text": "fine", "tags": {"hex": "fe"}}]
    (found,) = describe_files([path], "", lambda progress: None).as_json()
    assert found["without_text"] == {"column 'text' is not text": 1}


@pytest.mark.parametrize("kind", [pa.string_view(), pa.list_(pa.string_view())], ids=str)
def test_types_that_arrow_cannot_take_rows_of_are_written(kind: Any, tmp_path: Path) -> None:
    more = pa.array(["u", "v"], pa.string_view())
    more = more if kind == pa.string_view() else pa.ListArray.from_arrays([0, 1, 2], more)
    path = table(tmp_path / "r.parquet", text=[NEAR, NEAR], more=more)
    dedup(path, tmp_path / "k.parquet")
    assert pq.read_table(tmp_path / "k.parquet").equals(pq.read_table(path).slice(0, 1))


def test_a_column_that_may_not_be_null_may_be_where_another_file_lacks_it(tmp_path: Path) -> None:
    strict = pa.schema(
        [pa.field("text", pa.string(), nullable=False), pa.field("n", pa.int8(), nullable=False)]
    )
    a, b = tmp_path / "a.parquet", table(tmp_path / "b.parquet", text=["b"])
    pq.write_table(pa.table({"text": ["a"], "n": [1]}, schema=strict), a)
    again = pq.read_table(pa.BufferReader(write_again([a, b], Path("o.parquet"))))
    assert again.to_pylist() == [{"text": "a", "n": 1}, {"text": "b", "n": None}]
    assert common_schema([a, a]) == strict


def test_half_characters_in_names_and_labels_are_shown_as_escapes(tmp_path: Path) -> None:
    source = tmp_path / "r.jsonl"
    source.write_bytes(b'{"\\ud800": 1, "text": "a", "license": "\\udfff"}\n{"\\ud801": 1}\n')
    for form in ("human", "json"):
        done = hornbook("stats", source, "--format", form)
        assert done.returncode == 0, done.stderr
        for name in ("ud800", "udfff", "it has \\" + "\\" * (form == "json") + "ud801"):
            assert name in done.stdout


def test_what_parquet_cannot_hold_is_named_for_what_it_is(tmp_path: Path) -> None:
    source = tmp_path / "r.jsonl"
    source.write_bytes(b'{"text": "\\u00e9"}\n{"text": "a", "more": [{"x": "\\ud800"}]}\n')
    with pytest.raises(UsageError, match=r"line 2 holds half a character .* ends in \.jsonl"):
        common_schema([source])


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b'{"text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "line 1 is nested too deep to be read: mend"),
        (b'{"text": "a", "n": 1' + b"0" * 5000 + b"}", "whole number of more than 4,300 digits: mend"),
        (b'{"text": "a", "n": 1' + b"0" * 400 + b"}", "'n' is larger than 1.8e308, which is too large"),
    ],
    ids=["deep", "5,000 digits", "400 digits"],
)
def test_a_line_that_python_cannot_hold_is_refused_in_plain_words(
    line: bytes, said: str, tmp_path: Path
) -> None:
    source = tmp_path / "r.jsonl"
    source.write_bytes(line + b"\n")
    fails(hornbook("dedup", source, "--out", tmp_path / "k.jsonl", "--prefer", "n"), 2, said)


@pytest.mark.parametrize("text", ["different", "repeated"])
def test_memory_does_not_grow_with_the_rows_of_a_row_group(text: str, tmp_path: Path) -> None:
    peaks = []
    for count in (20, 80):
        rows = [f"{i if text == 'different' else 0} " + "x y" * 100_000 for i in range(count)]
        path = tmp_path / f"{count}.parquet"
        pq.write_table(pa.table({"text": rows, "n": range(count)}), path, compression="none")
        assert pq.ParquetFile(path).num_row_groups == 1
        tracemalloc.start()
        sizes = [sum(len(row["text"]) for row in rows.values()) for rows in read_rows(path)]
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert max(sizes) < 1_000_000 + 300_010 and sum(sizes) > count * 300_000
    assert max(peaks) < 3e6


def test_small_row_groups_are_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "r.parquet"
    pq.write_table(pa.table({"n": range(2_500)}), path, row_group_size=2_000)
    assert [len(rows) for rows in read_rows(path)] == [1000, 1000, 500]
