"""`hornbook dedup --index` after a kill: a mark that was left behind is for its own command alone."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from test_cli import fails, hornbook
from test_rows_dedup import NEAR, OTHER, dedup, read, write

from hornbook.quality.dedup_index import DedupIndex

KILL = """
import os, signal, sys
from hornbook.quality.dedup_index import DedupIndex
from hornbook.rows.outputs import Outputs

def die(*arguments):
    os.kill(os.getpid(), signal.SIGKILL)

{place} = die
from hornbook.cli import main
main()
"""
BEFORE, AFTER = "DedupIndex.commit", "Outputs._give_names"


def killed(place: str, *words: object) -> None:
    """Run the command up to `place`."""
    script = KILL.format(place=place)
    done = subprocess.run([sys.executable, "-c", script, *map(str, words)], capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr


def test_a_command_killed_before_its_commit_is_not_done_because_another_of_its_name_is(
    tmp_path: Path,
) -> None:
    index = tmp_path / "seen"
    folders = {name: tmp_path / name for name in ("monday", "tuesday")}
    for name, text in zip(folders, (NEAR, OTHER), strict=True):
        folders[name].mkdir()
        write(folders[name] / "in.jsonl", [{"text": text}])
    (monday, mondays), (tuesday, tuesdays) = (
        (folder / "in.jsonl", folder / "unique.jsonl") for folder in folders.values()
    )
    killed(BEFORE, "dedup", monday, "--out", mondays, "--index", index)
    assert dedup(tuesday, tuesdays, "--index", index)["kept"] == 1
    assert dedup(monday, mondays, "--index", index)["kept"] == 1
    with DedupIndex(index) as opened:
        assert (len(opened.batches), len(opened)) == (2, 2)
    assert dedup(monday, tmp_path / "again.jsonl", "--index", index)["kept"] == 0


def other_content(source: Path) -> list[Any]:
    source.write_bytes(source.read_bytes().replace(b"bottles", b"BOTTLES"))  # of the same size
    return []


@pytest.mark.parametrize(
    "change",
    [lambda source: ["--threshold", 1], lambda source: ["--kind", "textbook"], other_content],
    ids=["threshold", "kind", "content"],
)
def test_another_command_is_not_answered_with_what_a_killed_one_did(change: Any, tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", [{"text": NEAR}, {"text": NEAR + "\n# the end"}, {"text": OTHER}])
    out, index = tmp_path / "k.jsonl", tmp_path / "seen"
    words = ("dedup", source, "--out", out, "--index", index)
    killed(AFTER, *words)
    fails(hornbook(*words, *change(source)), 2, "Give another --out for this one")
    assert [row["text"] for row in read(out)] == [NEAR, OTHER], (
        "what was added to the index is named all the same"
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "in.jsonl",
        "k.jsonl",
        "k.rejected.jsonl",
        "seen",
    ]


def test_the_same_command_names_what_a_killed_one_did(tmp_path: Path) -> None:
    source, index = write(tmp_path / "in.jsonl", [{"text": NEAR}, {"text": NEAR}]), tmp_path / "seen"
    killed(AFTER, "dedup", source, "--out", tmp_path / "k.jsonl", "--index", index)
    done = hornbook("dedup", source, "--out", tmp_path / "k.jsonl", "--index", index, "--format", "json")
    assert json.loads(done.stdout)["reasons"] == {"exact_duplicate": 1}
    with DedupIndex(index) as opened:
        assert len(opened) == 1
