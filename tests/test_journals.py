"""`hornbook journal`: what was paid for, by teacher, and one file instead of many."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

from fake_server import serving
from teaching import ask, endpoint, requests
from test_cli import fails, hornbook

from hornbook.journals import held


def filled(folder: Path) -> Path:
    """A journal with 30 answers of `m`, 10 of `o` with a failure, and 10 of `m` twice."""
    with serving(tokens=7) as server:
        ask(endpoint(server), folder, requests(30))
        ask(endpoint(server), folder / "twin", requests(10))
        ask(endpoint(server, name="o", max_tokens=50), folder, requests(10))
        server.set(status=400)
        ask(endpoint(server, name="o"), folder, requests(1, about="nothing"))
    for path in (folder / "twin" / "journal").glob("*.jsonl"):
        shutil.copy(path, folder / "journal" / path.name)
    return folder / "journal"


def test_what_is_held_is_counted_by_teacher_and_each_answer_once(tmp_path: Path) -> None:
    found = held(filled(tmp_path))
    m, o = found.teachers["m"], found.teachers["o"]
    assert (m.answers, m.failed, m.repeated) == (30, 0, 10)
    assert (o.answers, o.failed, o.repeated) == (10, 1, 0)
    assert (o.tokens_in, o.tokens_out) == (200, 70)
    assert (m.tokens_in, m.tokens_out) == (800, 280)  # what is there twice was paid twice
    assert found.files == 2
    assert len(m.addresses) == 1 and m.addresses[0].startswith("http://127.0.0.1")
    assert 0 < m.first <= m.last


def test_compacting_keeps_every_answer_once_in_one_file(tmp_path: Path) -> None:
    folder = filled(tmp_path)
    shown = hornbook("journal", "stats", folder).stdout
    assert "40 answers in 2 files" in shown
    assert "10 are there twice" in shown
    done = hornbook("journal", "compact", folder)
    assert done.returncode == 0, done.stderr
    assert "40 answers: 2 files" in done.stdout
    assert ", 1 file with" in done.stdout
    found = json.loads(hornbook("journal", "stats", folder, "--format", "json").stdout)
    assert (found["answers"], found["files"], found["teachers"]["m"]["repeated"]) == (40, 1, 0)
    assert found["teachers"]["o"]["failed"] == 1


def test_a_folder_that_is_no_journal_is_refused_and_not_made(tmp_path: Path) -> None:
    for command in ("stats", "compact"):
        fails(hornbook("journal", command, tmp_path / "none"), 2, "no journal at")
    assert not (tmp_path / "none").exists()


def test_help_shows_how_duckdb_reads_it() -> None:
    shown = hornbook("journal", "--help", env=os.environ | {"COLUMNS": "130"}).stdout
    assert "read_json_auto('runs/.journal/*.jsonl')" in shown
    assert "messages[0].content" in shown
