"""Files of rows in and out: nothing of a row changes, whatever is in it and whatever runs it is read in."""

from __future__ import annotations

import datetime
import gzip
import io
import json
import os
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hornbook.errors import UsageError
from hornbook.row_files import JsonRows, count_rows, json_lines, read_rows
from hornbook.rows.writer import common_schema, row_writer, schema_for, with_columns

json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
json_rows = st.dictionaries(st.text(), json_values, max_size=4) | json_values
spaces = st.text(" \t", max_size=2)


def lines_of(rows: list[Any]) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def write_again(sources: list[Path], out: Path, **new: Any) -> bytes:
    """Read all rows of `sources` and write them to `out`, each with the columns `new`."""
    file = io.BytesIO()
    added = pa.schema([(name, pa.string()) for name in new]) if new else None
    writer = row_writer(out, file, schema_for([out], sources), added)
    for source in sources:
        for rows in read_rows(source):
            writer.write(rows, [new] * len(rows) if new else None)
    writer.close()
    return file.getvalue()


@given(rows=st.lists(st.tuples(json_rows, spaces, spaces, st.booleans())), zipped=st.booleans())
def test_a_line_keeps_its_bytes(tmp_path_factory: Any, rows: list[Any], zipped: bool) -> None:
    source = tmp_path_factory.mktemp("lines") / "rows.jsonl"
    lines = [
        json.dumps(row, ensure_ascii=ascii_).encode("utf-8", "surrogatepass") for row, _, _, ascii_ in rows
    ]
    data = b"".join(
        a.encode() + line + b.encode() + b"\r\n" for line, (_, a, b, _) in zip(lines, rows, strict=True)
    )
    data = b"\xef\xbb\xbf" + data
    source.write_bytes(gzip.compress(data) if zipped else data)
    assert write_again([source], Path("o.jsonl")) == b"".join(line + b"\n" for line in lines)


@given(row=st.dictionaries(st.text(), json_values, max_size=4), reason=st.text())
def test_new_columns_stand_behind_the_old_ones_which_keep_their_bytes(row: Any, reason: str) -> None:
    row.pop("reason", None)
    line = json.dumps(row).encode()
    longer = with_columns(line, {"reason": reason})
    assert longer.startswith(line[:-1])
    assert json.loads(longer)["reason"] == reason
    assert list(json.loads(longer)) == [*row, "reason"]


TABLE = pa.table(
    {
        "text": pa.array(["a", "b", None] * 700, pa.large_string()),
        "n": pa.array(range(2100), pa.int16()),
        "at": pa.array(
            [datetime.datetime(2020, 1, 1), None, datetime.datetime(1999, 9, 9)] * 700, pa.timestamp("us")
        ),
        "kind": pa.array(["x", "y", "x"] * 700).dictionary_encode(),
        "raw": pa.array([b"\xff", b"", None] * 700),
        "turns": pa.array([[{"role": "user", "content": "a"}], [], None] * 700),
        "price": pa.array([None, 1, 2] * 700, pa.decimal128(9, 2)),
    }
).replace_schema_metadata({"about": "kept"})


@given(group=st.integers(1, 3000), data=st.data())
def test_a_parquet_file_keeps_columns_types_and_metadata(
    tmp_path_factory: Any, group: int, data: Any
) -> None:
    names = data.draw(st.lists(st.sampled_from(TABLE.column_names), min_size=1, unique=True))
    table = TABLE.select(names)
    source = tmp_path_factory.mktemp("table") / "rows.parquet"
    pq.write_table(table, source, row_group_size=group)
    again = pq.read_table(pa.BufferReader(write_again([source], Path("o.parquet"))))
    assert again.equals(table)
    assert again.schema.equals(pq.read_table(source).schema, check_metadata=True)
    longer = pq.read_table(pa.BufferReader(write_again([source], Path("o.parquet"), reason="odd")))
    assert longer.drop_columns(["reason"]).equals(table)
    assert longer.column("reason").to_pylist() == ["odd"] * 2100


def test_row_groups_are_of_a_useful_size_whatever_runs_rows_come_in(tmp_path: Path) -> None:
    source = tmp_path / "rows.parquet"
    pq.write_table(pa.table({"n": range(45_000)}), source, row_group_size=100)
    written = pq.ParquetFile(pa.BufferReader(write_again([source], Path("o.parquet"))))
    sizes = [written.metadata.row_group(i).num_rows for i in range(written.num_row_groups)]
    assert sizes == [20_000, 20_000, 5_000]


def test_lines_become_parquet_columns_of_one_type_each(tmp_path: Path) -> None:
    source = tmp_path / "rows.jsonl"
    source.write_bytes(lines_of([{"text": "a", "n": 1}, {"text": None, "n": 1.5}, {"more": ["x"]}]))
    table = pq.read_table(pa.BufferReader(write_again([source], Path("o.parquet"))))
    assert table.to_pylist() == [
        {"text": "a", "n": 1.0, "more": None},
        {"text": None, "n": 1.5, "more": None},
        {"text": None, "n": None, "more": ["x"]},
    ]


def test_a_type_that_changes_after_thousands_of_lines_is_seen_before_anything_is_written(
    tmp_path: Path,
) -> None:
    source = tmp_path / "rows.jsonl"
    source.write_bytes(lines_of([{"n": 1}] * 3000 + [{"n": "one"}]))
    with pytest.raises(UsageError, match=r"rows.jsonl: a column has different types .*\.jsonl"):
        common_schema([source])


def test_lines_that_are_no_objects_are_not_written_as_parquet(tmp_path: Path) -> None:
    source = tmp_path / "rows.jsonl"
    source.write_bytes(b'{"n": 1}\n\n7\n')
    with pytest.raises(UsageError, match="line 3 is no JSON object"):
        common_schema([source])


def test_what_parquet_cannot_hold_is_refused_with_a_way_out(tmp_path: Path) -> None:
    source = tmp_path / "rows.jsonl"
    source.write_bytes(b'{"meta": {}}\n')
    with pytest.raises(UsageError, match=r"no child field .* ends in \.jsonl"):
        schema_for([Path("o.parquet")], [source])
    assert schema_for([Path("o.jsonl")], [source]) is None


def test_a_number_that_would_change_as_a_fraction_is_refused_before_anything_is_written(
    tmp_path: Path,
) -> None:
    source = tmp_path / "rows.jsonl"
    long = {"n": 2**60 + 1}
    source.write_bytes(lines_of([{"n": 1}, long, *[{"n": 2}] * 3000, {"n": 0.5}]))
    with pytest.raises(UsageError, match=r"rows.jsonl, line 2: in column 'n' .*1152921504606846977.*\.jsonl"):
        schema_for([Path("o.parquet")], [source])
    source.write_bytes(lines_of([{"n": 1}, {"n": 2**53}, *[{"n": 2}] * 3000, {"n": 0.5}]))
    assert schema_for([Path("o.parquet")], [source]) == pa.schema({"n": pa.float64()})


def test_numbers_of_two_files_that_one_column_cannot_hold_are_refused(tmp_path: Path) -> None:
    a, b = tmp_path / "a.parquet", tmp_path / "b.jsonl"
    pq.write_table(pa.table({"n": [2**60 + 1]}), a)
    b.write_bytes(lines_of([{"n": 0.5}]))
    with pytest.raises(UsageError, match=r"a.parquet: a column has different types .*\.jsonl"):
        write_again([a, b], Path("o.parquet"))


def test_parquet_rows_become_lines_of_json(tmp_path: Path) -> None:
    source = tmp_path / "rows.parquet"
    pq.write_table(TABLE.slice(0, 2), source)
    first, second = map(json.loads, write_again([source], Path("o.jsonl"), reason="odd").splitlines())
    assert first == {
        **{
            "text": "a",
            "n": 0,
            "at": "2020-01-01T00:00:00",
            "kind": "x",
            "raw": {"hex": "ff"},
            "price": None,
        },
        **{"turns": [{"role": "user", "content": "a"}], "reason": "odd"},
    }
    assert (second["price"], second["at"]) == ("1.00", None)


def test_parquet_files_of_other_columns_are_joined_and_missing_ones_are_null(tmp_path: Path) -> None:
    a, b = tmp_path / "a.parquet", tmp_path / "b.parquet"
    pq.write_table(pa.table({"text": ["a"], "n": pa.array([1], pa.int8())}), a)
    pq.write_table(pa.table({"url": ["u"], "text": ["b"]}), b)
    table = pq.read_table(pa.BufferReader(write_again([a, b], Path("o.parquet"))))
    assert table.schema == pa.schema({"text": pa.string(), "n": pa.int8(), "url": pa.string()})
    assert table.to_pylist() == [{"text": "a", "n": 1, "url": None}, {"text": "b", "n": None, "url": "u"}]


def test_parquet_files_whose_types_differ_are_refused_for_no_value_may_change(tmp_path: Path) -> None:
    a, b = tmp_path / "a.parquet", tmp_path / "b.parquet"
    pq.write_table(pa.table({"n": pa.array([1], pa.int8())}), a)
    pq.write_table(pa.table({"n": pa.array([1], pa.int64())}), b)
    with pytest.raises(UsageError, match="a column has different types"):
        common_schema([a, b])


def test_lines_and_parquet_meet_in_one_file_of_either_format(tmp_path: Path) -> None:
    a, b = tmp_path / "a.jsonl", tmp_path / "b.parquet"
    a.write_bytes(b'{"n": 1.5, "x": "a"}\n')
    pq.write_table(pa.table({"n": pa.array([1], pa.int8())}), b)
    assert write_again([a, b], Path("o.jsonl")) == b'{"n": 1.5, "x": "a"}\n{"n":1}\n'
    table = pq.read_table(pa.BufferReader(write_again([a, b], Path("o.parquet"))))
    assert table.to_pylist() == [{"n": 1.5, "x": "a"}, {"n": 1.0, "x": None}]


def test_rows_know_where_they_stand(tmp_path: Path) -> None:
    source = tmp_path / "rows.jsonl"
    source.write_bytes(b'\n{"n": 1}\n\n\n{"n": 2}')
    (rows,) = read_rows(source)
    assert [rows.where(i) for i in range(2)] == ["line 2", "line 5"]
    assert rows.take([1]).values() == [{"n": 2}]
    assert count_rows(source) == 2
    assert [number for number, _ in json_lines(source)] == [2, 5]


def test_long_files_are_read_in_runs(tmp_path: Path) -> None:
    source, table = tmp_path / "rows.jsonl", tmp_path / "rows.parquet"
    source.write_bytes(lines_of([{"n": i} for i in range(2500)]))
    pq.write_table(TABLE, table)
    for path in (source, table):
        runs = list(read_rows(path))
        assert all(len(rows) <= 1000 for rows in runs)
        assert sum(map(len, runs)) == count_rows(path)
        assert runs[-1].bytes_read == path.stat().st_size


def test_what_cannot_be_read_names_the_file_and_a_way_out(tmp_path: Path) -> None:
    array, torn, zipped = tmp_path / "a.json", tmp_path / "t.parquet", tmp_path / "z.jsonl.gz"
    array.write_text('[\n{"n": 1}\n]\n')
    table = tmp_path / "t.csv"
    table.write_text("n,text\n1,a\n")
    pq.write_table(TABLE, torn)
    torn.write_bytes(torn.read_bytes()[:-100])
    zipped.write_bytes(gzip.compress(lines_of([{"n": 1}]))[:-9])
    wide = tmp_path / "utf16.jsonl"
    wide.write_bytes('{"text": "a"}'.encode("utf-16"))
    os.mkfifo(pipe := tmp_path / "pipe.jsonl")
    for path, said in (
        (pipe, "pipe.jsonl is a pipe, .* write it into a file first"),
        (array, r"line 1 is not JSON .*jq -c"),
        (table, r"line 1 is not JSON .*give a .jsonl, .jsonl.gz or .parquet file"),
        (torn, "the Parquet file is damaged .*make it again"),
        (zipped, "the archive is damaged .*make it again"),
        (wide, "line 1 is not JSON .*utf-8"),
        (tmp_path / "none.jsonl", "no file at .*none.jsonl"),
    ):
        with pytest.raises(UsageError, match=said):
            [rows.values() for rows in read_rows(path)]


def test_two_columns_of_one_name_are_refused(tmp_path: Path) -> None:
    source = tmp_path / "rows.parquet"
    pq.write_table(pa.Table.from_arrays([pa.array([1]), pa.array([2])], names=["n", "n"]), source)
    with pytest.raises(UsageError, match="two columns named 'n'"):
        list(read_rows(source))


def test_numbers_and_characters_that_strict_json_refuses_are_read() -> None:
    rows = JsonRows(Path("x"), [1], [b'{"n": NaN, "u": "\\ud800"}'], 0)
    (value,) = rows.values()
    assert value["n"] != value["n"]
    assert value["u"] == "\ud800"
