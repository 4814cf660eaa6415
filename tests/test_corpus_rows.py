"""Rows of data sets as records: every row is one, or is rejected with a reason."""

from __future__ import annotations

import bz2
import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hornbook.corpus.redaction import beginning
from hornbook.corpus.rows import read_rows
from hornbook.corpus.screening import Screening, screened
from hornbook.corpus.spdx import spdx_of
from hornbook.errors import UsageError
from hornbook.record import Record, Rejected

PACKED: dict[str, Callable[[bytes], bytes]] = {
    "plain": lambda content: content,
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "zst": lambda content: pa.compress(content, "zstd", asbytes=True),
    "zst in two frames": lambda c: PACKED["zst"](c[: len(c) // 2]) + PACKED["zst"](c[len(c) // 2 :]),
}
ROWS: list[dict[str, Any]] = [
    {"code": "x = 1\n", "license": "mit", "repo_name": "ada/engine", "path": "a/b.py", "stars": 3},
    {"code": "y = 'é'\n", "license": None, "repo_name": "ada/engine", "path": None, "stars": 4},
]


def lines_of(rows: list[Any]) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def write(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("pack", PACKED)
def test_packed_lines_and_parquet_give_what_plain_lines_give(tmp_path: Path, pack: str) -> None:
    path = write(tmp_path, "rows", PACKED[pack](lines_of(ROWS)))
    table = tmp_path / "table" / "rows"
    table.parent.mkdir()
    pq.write_table(pa.Table.from_pylist(ROWS), table)
    found = list(read_rows(path))
    assert found == list(read_rows(table))
    assert [(r.text, r.source, r.license, r.tags) for r in found if isinstance(r, Record)] == [
        ("x = 1\n", "ada/engine/a/b.py", "MIT", {"row": "rows:1"}),
        ("y = 'é'\n", "rows/2", "unknown", {"row": "rows:2", "repository": "ada/engine"}),
    ]


@pytest.mark.parametrize("pack", ["gz", "bz2", "zst"])
def test_a_damaged_archive_is_one_clear_line(tmp_path: Path, pack: str) -> None:
    packed = PACKED[pack](lines_of([{"text": f"x = {n}"} for n in range(2000)]))
    for content in (packed[: len(packed) // 2], packed[:20] + b"\xff" * 9 + packed[29:]):
        with pytest.raises(UsageError, match="the archive is damaged"):
            list(read_rows(write(tmp_path, "rows", content)))


def test_an_archive_of_files_says_how_to_unpack_it(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="7z x"):
        list(read_rows(write(tmp_path, "rows.7z", b"7z\xbc\xaf\x27\x1c" + b"\0" * 90)))


@given(
    lines=st.lists(
        st.one_of(
            st.text().map(lambda text: json.dumps({"text": text}).encode()),
            st.sampled_from([b'{"text": null}', b'{"text": 3}', b"[1]", b'{"text": "a', b"\xff", b"7"]),
            st.binary(max_size=9),
        ),
        max_size=12,
    )
)
def test_every_line_that_holds_something_is_a_record_or_rejected(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes]
) -> None:
    folder = tmp_path_factory.mktemp("lines")
    content = b"\n".join([b'{"text": "first"}', *lines])
    found = list(read_rows(write(folder, "rows.jsonl", content)))
    assert len(found) == sum(1 for line in content.split(b"\n") if line.removeprefix(b"\xef\xbb\xbf").strip())
    for result in found:
        record = result.record if isinstance(result, Rejected) else result
        record.text.encode()


@pytest.mark.parametrize(
    ("line", "reason", "detail"),
    [
        (b'{"text": null}', "no_text", "null or missing"),
        (b'{"code": "x"}', "no_text", "null or missing"),
        (b'{"text": ["x"]}', "no_text", "not text"),
        (b'{"text": "\\ud800"}', "not_encodable", "lone surrogate"),
        (b"[1, 2]", "not_json", "no JSON object"),
        (b'{"text": "x"', "not_json", "is not JSON"),
        (b"\xff\xfe", "not_json", "is not JSON"),
        (b"[" * 100_000, "not_json", "nested too deep"),
    ],
)
def test_a_row_without_a_text_is_rejected_with_its_reason(
    tmp_path: Path, line: bytes, reason: str, detail: str
) -> None:
    good = b'{"text": "x = 1"}\n'
    found = list(read_rows(write(tmp_path, "rows.jsonl", good + line + b"\n" + good)))
    assert [isinstance(result, Record) for result in found] == [True, False, True]
    refused = found[1]
    assert isinstance(refused, Rejected)
    assert (refused.stage, refused.reason) == ("corpus", reason)
    assert detail in refused.detail
    assert refused.record.tags["row"] == "rows.jsonl:2"


def test_what_is_no_text_is_kept_as_it_stood(tmp_path: Path) -> None:
    rows = [{"text": ["x = 1", "y = 2"]}, {"text": {"a": "\ud800"}}, {"text": 7}, {"text": None}]
    found = list(read_rows(write(tmp_path, "rows.jsonl", lines_of(rows))))
    texts = [one.record.text for one in found if isinstance(one, Rejected)]
    assert texts == ['["x = 1", "y = 2"]', '{"a": "\\ud800"}', "7", ""]


def test_a_row_that_is_nested_deeper_than_it_could_be_written_is_rejected(tmp_path: Path) -> None:
    rows = b'{"text": "x = 1"}\n{"text": ' + b"[" * 1000 + b"]" * 1000 + b"}\n"
    _, refused = read_rows(write(tmp_path, "rows.jsonl", rows))
    assert isinstance(refused, Rejected)
    assert refused.reason in ("not_json", "no_text")  # how deep json writes depends on the Python
    assert refused.record.text.count("[") == 1000


KEY = "AKIAIOSFODNN7QWERTYU"
PEM = "-----BEGIN PRIVATE KEY-----\n{}-----END PRIVATE KEY-----\n".format((f"{KEY}4vQd0sZ9y1bcDE\n") * 40)


@pytest.mark.parametrize("line", [{"text": ["{}"]}, ["{}"]], ids=["no text", "no object"])
@pytest.mark.parametrize(
    ("said", "secret"),
    [
        ("\uff1a" + KEY, "AKIA"),
        ("\u90aeann@acme.io", "acme"),
        ("x " * 4980 + PEM, "AKIA"),
        ("x " * 4980 + KEY, "AKIA"),
    ],
    ids=["key behind a letter", "address behind a letter", "key of lines that is cut", "key that is cut"],
)
def test_a_rejected_row_keeps_no_secret_of_what_stood_there(
    tmp_path: Path, line: Any, said: str, secret: str
) -> None:
    row = json.dumps(line, ensure_ascii=False).replace("{}", json.dumps(said, ensure_ascii=False)[1:-1])
    path = write(tmp_path, "rows.jsonl", b'{"text": "x = 1"}\n' + row.encode())
    _, refused = (screened(one, Screening()) for one in read_rows(path))
    assert isinstance(refused, Rejected)
    assert refused.record.text and secret not in refused.record.text and len(refused.record.text) <= 10_000


def test_a_text_of_parquet_that_is_not_utf_8_is_rejected(tmp_path: Path) -> None:
    column = pa.array([b"x = 1", b"\xff"]).view(pa.string())
    path = tmp_path / "rows.parquet"
    pq.write_table(pa.table({"content": column}), path)
    kept, refused = read_rows(path)
    assert isinstance(kept, Record)
    assert isinstance(refused, Rejected)
    assert refused.reason == "no_text"


def test_any_column_can_be_the_text_and_a_missing_one_names_those_there_are(tmp_path: Path) -> None:
    path = write(tmp_path, "rows.jsonl", lines_of([{"body": "x = 1", "n": 2}]))
    (record,) = read_rows(path, text_column="body", kind="textbook")
    assert isinstance(record, Record)
    assert (record.text, record.kind) == ("x = 1", "textbook")
    with pytest.raises(UsageError, match=r"name the text's column \(--column\): it has body, n"):
        list(read_rows(path))
    with pytest.raises(UsageError, match="no column 'txt'; it has body, n"):
        list(read_rows(path, text_column="txt"))
    with pytest.raises(UsageError, match="no kind of record; give one of code"):
        list(read_rows(path, text_column="body", kind="prose"))


def test_columns_of_code_go_before_a_description(tmp_path: Path) -> None:
    (record,) = read_rows(write(tmp_path, "rows.jsonl", lines_of([{"text": "Add one.", "code": "x += 1"}])))
    assert isinstance(record, Record)
    assert record.text == "x += 1"


@pytest.mark.parametrize(
    ("column", "stated", "spdx"),
    [
        ("max_stars_repo_licenses", ["MIT"], "MIT"),
        ("detected_licenses", ["MIT", "GPL-3.0-only", "MIT"], "GPL-3.0-only AND MIT"),
        ("detected_licenses", [], "unknown"),
        ("license_type", "permissive", "unknown"),
        ("license", "bsd-3-clause", "BSD-3-Clause"),
        ("licenses", "our own", "LicenseRef-our-own"),
    ],
)
def test_licences_are_found_in_the_columns_of_known_data_sets(
    tmp_path: Path, column: str, stated: object, spdx: str
) -> None:
    (record,) = read_rows(write(tmp_path, "rows.jsonl", lines_of([{"content": "x", column: stated}])))
    assert isinstance(record, Record)
    assert record.license == spdx


@pytest.mark.parametrize(
    ("stated", "spdx"),
    [
        (None, "unknown"),
        ("", "unknown"),
        ("no_license", "unknown"),
        ({"name": "MIT"}, "unknown"),
        ("Apache 2.0", "Apache-2.0"),
        ("mit or apache-2.0", "LicenseRef-mit-or-apache-2.0"),
        ("mit OR apache-2.0", "MIT OR Apache-2.0"),
        ("(mit OR isc) AND zlib", "(MIT OR ISC) AND Zlib"),
        ("GPL-2.0-only WITH Classpath-exception-2.0", "GPL-2.0-only WITH Classpath-exception-2.0"),
        (["MIT OR ISC", "Zlib"], "(MIT OR ISC) AND Zlib"),
        (["MIT", "other"], "MIT AND LicenseRef-unknown"),
        (["MIT", None, ""], "MIT"),
        ("LicenseRef-scancode-proprietary", "LicenseRef-scancode-proprietary"),
        ("MIT AND", "LicenseRef-MIT-AND"),
        ("BSL-2.7+", "BSL-2.7+"),
    ],
)
def test_what_is_stated_of_a_licence_becomes_spdx(stated: object, spdx: str) -> None:
    assert spdx_of(stated) == spdx


@given(st.one_of(st.text(), st.lists(st.text(max_size=8), max_size=4), st.none(), st.integers()))
def test_a_licence_is_never_empty_and_stays_what_it_is(stated: object) -> None:
    found = spdx_of(stated)
    assert found
    assert spdx_of(found) == found


def test_a_file_that_is_not_there_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no file at"):
        list(read_rows(tmp_path / "nothing.jsonl"))


@pytest.mark.parametrize("most", [1_000, 10_000])
@pytest.mark.parametrize("room", [1, 40, 200, 700])
def test_no_beginning_holds_half_a_key(most: int, room: int) -> None:
    text = "x" * (most - room - 1) + "\n" + PEM
    assert KEY not in beginning(text, most)
    assert len(beginning(text, most)) <= most
