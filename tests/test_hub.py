"""Data sets of the hub, read by the real library from a server on loopback."""

from __future__ import annotations

import gzip
import io
import json
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from fake_hub import SHA, Hub, serving

from hornbook.corpus.hub import read_hub
from hornbook.errors import HornbookError, UsageError
from hornbook.record import Record, read_records

pytest.importorskip("huggingface_hub")
NAME = "bigcode/the-stack"


def parquet(rows: list[dict[str, object]], group: int = 1000) -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), file, row_group_size=group, compression="none")
    return file.getvalue()


def stack_row(number: int) -> dict[str, object]:
    return {
        "hexsha": f"{number:040x}",
        "content": f"x = {number}\n",
        "max_stars_repo_name": "ada/engine",
        "max_stars_repo_path": f"src/m{number}.py",
        "max_stars_repo_head_hexsha": "c" * 40,
        "max_stars_repo_licenses": ["MIT", "Apache-2.0"],
        "max_issues_count": None,
    }


FILES = {
    "README.md": b"# The Stack\n",
    "data/python/train-00001-of-00002.parquet": parquet([stack_row(n) for n in range(4, 6)]),
    "data/python/train-00000-of-00002.parquet": parquet([stack_row(n) for n in range(1, 4)], group=1),
    "data/python/test-00000-of-00001.parquet": parquet([stack_row(9)]),
    "data/java/train-00000-of-00001.parquet": parquet([stack_row(99)]),
}


@pytest.fixture
def stack() -> Iterator[Hub]:
    with serving(Hub(NAME, FILES)) as hub:
        yield hub


def texts(found: Iterator[object]) -> list[str]:
    return [record.text for record in found if isinstance(record, Record)]


def test_rows_come_with_their_licence_place_and_the_commit_they_were_read_at(stack: Hub) -> None:
    first, *rest = read_hub(f"{NAME}/data/python", split="train", endpoint=stack.url)
    assert isinstance(first, Record)
    assert (first.text, first.kind, first.license) == ("x = 1\n", "code", "Apache-2.0 AND MIT")
    assert first.source == "ada/engine/src/m1.py"
    assert first.tags == {
        "dataset": f"{NAME}@{SHA}",
        "row": "data/python/train-00000-of-00002.parquet:1",
        "commit": "c" * 40,
        "file_hash": f"{1:040x}",
    }
    assert texts(iter(rest)) == [f"x = {n}\n" for n in (2, 3, 4, 5)]


def test_without_split_and_folder_every_file_is_read_in_the_order_of_paths(stack: Hub) -> None:
    assert texts(read_hub(NAME, endpoint=stack.url)) == [f"x = {n}\n" for n in (99, 9, 1, 2, 3, 4, 5)]


def test_a_reading_goes_on_at_a_row_without_fetching_what_was_before() -> None:
    texts_ = [
        f"# {random.Random(n).randbytes(100_000).hex()}\n" for n in range(10)
    ]  # no dictionary shortens them
    table = parquet([{"content": text} for text in texts_], group=1)
    with serving(Hub(NAME, {"a.parquet": b"", "b.parquet": table, "c.parquet": table})) as hub:
        assert texts(read_hub(NAME, begin_at=("b.parquet", 9), endpoint=hub.url)) == texts_[8:] + texts_
        fetched = sum(last + 1 - first for path, first, last in hub.ranges if path == "b.parquet")
        assert fetched < 0.4 * len(table)


def test_columns_that_nobody_looks_at_are_not_fetched() -> None:
    rows = [{"content": f"x = {n}\n", "embedding": "e" * 100_000 + str(n)} for n in range(50)]
    table = parquet(rows)
    with serving(Hub(NAME, {"a.parquet": table})) as hub:
        assert len(texts(read_hub(NAME, endpoint=hub.url))) == 50
        assert sum(last + 1 - first for _, first, last in hub.ranges) < len(table) / 10


@pytest.mark.parametrize("name", ["data.jsonl", "data.json.gz", "data.jsonl.zst"])
def test_lines_are_read_packed_or_plain(name: str) -> None:
    lines = b"".join(
        json.dumps({"text": f"x = {n}\n", "license": "mit"}).encode() + b"\n" for n in range(3000)
    )
    packed = {
        "data.jsonl": lines,
        "data.json.gz": gzip.compress(lines),
        "data.jsonl.zst": pa.compress(lines, "zstd", asbytes=True),
    }
    with serving(Hub(NAME, {name: packed[name]})) as hub:
        found = list(read_hub(NAME, endpoint=hub.url))
        assert len(texts(iter(found))) == 3000
        assert len(hub.ranges) < 5


def test_a_gated_data_set_names_the_page_and_the_token() -> None:
    with (
        serving(Hub(NAME, FILES, gated=True)) as hub,
        pytest.raises(UsageError, match=rf"accept its terms on \S+/datasets/{NAME},.*HF_TOKEN"),
    ):
        list(read_hub(NAME, endpoint=hub.url))


def test_a_hub_that_fails_is_not_called_a_damaged_file() -> None:
    with (
        serving(Hub(NAME, FILES, broken=True)) as hub,
        pytest.raises(HornbookError, match="does not answer .*501"),
    ):
        list(read_hub(NAME, endpoint=hub.url))


def test_a_hub_that_is_away_is_one_clear_line() -> None:
    with serving(Hub(NAME, FILES)) as hub:
        url = hub.url
    with pytest.raises(HornbookError, match="does not answer"):
        list(read_hub(NAME, endpoint=url))


@pytest.mark.parametrize(
    ("name", "wanted", "message"),
    [
        ("bigcode/nothing", {}, "no data set bigcode/nothing"),
        (f"{NAME}@v9", {}, "no such revision"),
        (NAME, {"split": "validation"}, "of split 'validation'; it has README.md, data/java"),
        (f"{NAME}/data/rust", {}, "in 'data/rust'; it has"),
        ("the-stack", {}, "write OWNER/NAME"),
        (NAME, {"text_column": "body"}, "no column 'body'; it has hexsha, content"),
    ],
)
def test_what_is_not_there_is_named(stack: Hub, name: str, wanted: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        list(read_hub(name, **wanted, endpoint=stack.url))  # type: ignore[arg-type]


def test_the_second_stack_says_that_it_has_no_contents_and_where_they_are() -> None:
    rows = [{"blob_id": "a" * 40, "path": "/a.py", "detected_licenses": ["MIT"]}]
    with (
        serving(Hub("bigcode/the-stack-v2", {"data/Python/train-0.parquet": parquet(rows)})) as hub,
        pytest.raises(UsageError, match="holds no contents.*s3://softwareheritage/content/"),
    ):
        list(read_hub("bigcode/the-stack-v2", endpoint=hub.url))


def test_without_the_library_the_way_to_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "huggingface_hub", None)
    with pytest.raises(UsageError, match=r"pip install 'hornbook\[hub\]'"):
        list(read_hub(NAME))


class Breaking(Hub):
    """Fails at every file whose name stands in `broken_files`."""

    broken_files: tuple[str, ...] = ()

    def _file(self, name: str, path: str, range_: str) -> tuple[int, dict[str, str], bytes]:
        return (501, {}, b"") if path in self.broken_files else super()._file(name, path, range_)


def test_a_hub_that_fails_on_the_way_leaves_no_corpus_and_the_same_command_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = "    return value + {0} * value\n" * 4
    texts = [f"def f{i}(value):\n" + body.format(i) for i in range(1200)]
    lines = [f"{json.dumps({'content': text})}\n".encode() for text in texts]
    hub = Breaking("own/code", {"0.jsonl": b"".join(lines[:1100]), "1.jsonl": b"".join(lines[1100:])})
    out = tmp_path / "corpus"

    def add(*broken: str) -> subprocess.CompletedProcess[str]:
        hub.broken_files = broken
        command = [sys.executable, "-m", "hornbook", "corpus", "add", "hub:own/code", "--out", str(out)]
        return subprocess.run([*command, "--workers", "1"], capture_output=True, text=True, check=False)

    with serving(hub):
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        at_once = add("0.jsonl")
        assert at_once.returncode == 1 and "nothing was written" in at_once.stderr, at_once.stderr
        assert not list(tmp_path.iterdir())
        later = add("1.jsonl")
        assert later.returncode == 1 and "the hub does not answer" in later.stderr, later.stderr
        assert f"kept in {tmp_path / '.corpus.partial'}" in later.stderr and not out.exists()
        whole = add()
    assert whole.returncode == 0, whole.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["corpus"]
    assert sum(1 for _ in read_records(out)) == len(texts)
