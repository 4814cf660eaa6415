"""Two new files, whole or not there, whatever was left behind and whoever else writes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from test_rows_dedup import NEAR, OTHER, read, write

from hornbook.errors import UsageError
from hornbook.quality.dedup import Dedup
from hornbook.quality.dedup_index import DedupIndex
from hornbook.rows.dedup import dedup_files
from hornbook.rows.outputs import Outputs
from hornbook.rows.records import RowReader
from hornbook.rows.split import Follow, Split
from hornbook.step import Progress


def divide(
    sources: list[Path],
    outputs: Outputs,
    follow: Follow = lambda progress: None,
    index: Path | None = None,
) -> Split:
    return dedup_files(sources, outputs, RowReader(), Dedup(), follow, index=index)


@pytest.fixture
def outputs(tmp_path: Path) -> Outputs:
    return Outputs(tmp_path / "k.jsonl", tmp_path / "r.jsonl")


@pytest.mark.parametrize("after", ['{"text": "a"}\n', '{"text": "a"}\n{"text": "b"}\n{"text": "c"}\n'])
def test_a_file_that_changes_while_it_is_read_is_refused(
    after: str, outputs: Outputs, tmp_path: Path
) -> None:
    source = write(tmp_path / "rows.jsonl", [{"text": "a"}, {"text": "b"}])

    def change(progress: Progress) -> None:
        if progress.step == "writing" and progress.done == 0:
            source.write_text(after)

    with pytest.raises(UsageError, match="has changed while it was read"):
        divide([source], outputs, change)
    assert list(tmp_path.iterdir()) == [source]


def test_evidence_names_the_right_file_after_files_without_rows(outputs: Outputs, tmp_path: Path) -> None:
    empty = write(tmp_path / "empty.jsonl", [])
    a, b = (write(tmp_path / f"{name}.jsonl", [{"text": NEAR}]) for name in "ab")
    c = write(tmp_path / "c.parquet", [{"text": OTHER}, {"text": OTHER}])
    assert divide([empty, a, empty, empty, b, c], outputs).reasons == {"exact_duplicate": 2}
    details = [row["detail"] for row in read(outputs.rejected)]
    assert [detail.partition(", ")[0] for detail in details] == [f"of line 1 of {a}", f"of row 1 of {c}"]


@pytest.mark.parametrize("ending", ["jsonl", "parquet"])
def test_a_longer_file_that_a_killed_attempt_left_is_written_anew(ending: str, tmp_path: Path) -> None:
    source = write(tmp_path / "rows.jsonl", [{"text": NEAR}, {"text": NEAR}])
    outputs = Outputs(tmp_path / f"k.{ending}", tmp_path / f"r.{ending}")
    for path in (outputs.kept, outputs.rejected):
        path.with_name(f".{path.name}.partial").write_bytes(b"left" * 100_000)
    divide([source], outputs)
    assert [row["text"] for row in read(outputs.kept) + read(outputs.rejected)] == [NEAR, NEAR]
    assert outputs.kept.stat().st_size < 100_000 > outputs.rejected.stat().st_size


def test_a_mark_of_a_finished_command_lets_nothing_be_overwritten(outputs: Outputs, tmp_path: Path) -> None:
    source = write(tmp_path / "rows.jsonl", [{"text": NEAR}])
    divide([source], outputs)
    mark = tmp_path / ".k.jsonl.pending"  # as if it had been killed before it could remove its mark
    mark.write_text(json.dumps({"rejected": str(outputs.rejected)}))
    with pytest.raises(UsageError, match="--out .* exists already"):
        divide([source], outputs)
    outputs.kept.unlink()
    with pytest.raises(UsageError, match="--rejected .* exists already"):
        divide([source], outputs)


def test_a_mark_of_other_files_lets_nothing_be_overwritten(outputs: Outputs, tmp_path: Path) -> None:
    source = write(tmp_path / "rows.jsonl", [{"text": NEAR}])
    outputs.rejected.write_text("mine")
    (tmp_path / ".k.jsonl.pending").write_text(json.dumps({"rejected": str(tmp_path / "other.jsonl")}))
    with pytest.raises(UsageError, match="--rejected .* exists already"):
        divide([source], outputs)
    assert outputs.rejected.read_text() == "mine"


def test_a_file_that_another_process_finishes_meanwhile_is_not_overwritten(
    outputs: Outputs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = write(tmp_path / "rows.jsonl", [{"text": NEAR}])
    monkeypatch.setattr("hornbook.rows.outputs.hold", lambda file, doing: outputs.kept.write_text("theirs"))
    with pytest.raises(UsageError, match="--out .* exists already"):
        divide([source], outputs)
    assert outputs.kept.read_text() == "theirs"


def test_two_commands_do_not_write_the_same_file(outputs: Outputs, tmp_path: Path) -> None:
    source = write(tmp_path / "rows.jsonl", [{"text": NEAR}])
    with outputs.opened([source]), pytest.raises(UsageError, match="another hornbook is writing"):
        divide([source], outputs)


class Killed(BaseException):
    """As if the process had died."""


def killed_at_the_commit(
    outputs: Outputs, index: Path, monkeypatch: pytest.MonkeyPatch, *, after: bool
) -> Path:
    """Dedup two rows against an index and die just before, or just after, they are added; returns their file."""
    commit = DedupIndex.commit

    def die(opened: DedupIndex, batch: str) -> None:
        if after:
            commit(opened, batch)
        raise Killed

    source = write(outputs.kept.with_name("rows.jsonl"), [{"text": NEAR}, {"text": OTHER}])
    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(DedupIndex, "commit", die)
        divide([source], outputs, index=index)
    return source


@pytest.mark.parametrize("index", [None, "other"])
@pytest.mark.parametrize("rejected", ["r.jsonl", "other.jsonl"])
def test_rows_that_only_an_index_knows_of_are_not_written_over(
    index: str | None, rejected: str, outputs: Outputs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = killed_at_the_commit(outputs, tmp_path / "index", monkeypatch, after=True)
    other = write(tmp_path / "other_rows.jsonl", [{"text": "x = 1"}])
    again = Outputs(outputs.kept, tmp_path / rejected)
    with pytest.raises(UsageError, match=f"added to the index .*its rows were of {source}.* another --out"):
        divide([other], again, index=tmp_path / index if index else None)
    assert divide([source], outputs, index=tmp_path / "index").num_kept == 2
    assert [row["text"] for row in read(outputs.kept)] == [NEAR, OTHER]


def test_a_file_that_is_whole_stays_locked_until_it_has_its_name(
    outputs: Outputs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = write(tmp_path / "rows.jsonl", [{"text": NEAR}])
    commit = DedupIndex.commit

    def meanwhile(opened: DedupIndex, batch: str) -> None:
        (tmp_path / ".k.jsonl.pending").rename(tmp_path / "mark")  # the lock alone must do
        with pytest.raises(UsageError, match="another hornbook is writing"):
            divide([source], outputs)
        (tmp_path / "mark").rename(tmp_path / ".k.jsonl.pending")
        commit(opened, batch)

    monkeypatch.setattr(DedupIndex, "commit", meanwhile)
    assert divide([source], outputs, index=tmp_path / "index").num_kept == 1
    assert [row["text"] for row in read(outputs.kept)] == [NEAR]


def test_a_command_killed_before_it_added_to_the_index_begins_again(
    outputs: Outputs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed_at_the_commit(outputs, tmp_path / "index", monkeypatch, after=False)
    other = write(tmp_path / "other_rows.jsonl", [{"text": "x = 1"}])
    assert divide([other], outputs, index=tmp_path / "index").num_kept == 1
    assert [row["text"] for row in read(outputs.kept)] == ["x = 1"]
