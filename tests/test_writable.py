"""What a command is to write is refused before the work begins, not when there is something to lose."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hornbook.cli import app
from hornbook.errors import UsageError
from hornbook.writable import refuse_taken, refuse_unwritable

ROWS = "no_such_rows.jsonl"
"""Not there: a command that reads before it looks at its output says so, and fails the test."""
ENDPOINT = ("--teacher", "http://127.0.0.1:9/v1", "--model", "m", "--price", "1,1")
COMMANDS = {
    "run": (("run", "laptop"), "run"),
    "train": (("train", ROWS), "run"),
    "generate": (("generate", "exercises", "-n", "1"), "x.jsonl"),
    "preview": (("preview", "exercises", "-n", "1"), "x.md"),
    "gallery": (("gallery",), "x.md"),
    "ask": (("ask", "judge", ROWS, *ENDPOINT), "x.jsonl"),
    "label": (("label", ROWS), "labels"),
    "label to a file": (("label", ROWS), "labels.parquet"),
    "label to a sheet": (("label", ROWS, "--by", "csv"), "sheet.csv"),
    "train-filter": (("train-filter", "python"), "filter"),
    "score": (("score", ROWS, "--filter", "no_such_filter"), "scored.jsonl"),
    "corpus add": (("corpus", "add", "python"), "corpus"),
    "dedup": (("dedup", ROWS), "kept.jsonl"),
    "decontaminate": (("decontaminate", ROWS, "--benchmark", "a=no_such_benchmark.jsonl"), "kept.jsonl"),
    "exec-check": (("exec-check", ROWS), "checked.jsonl"),
    "grade-tests": (("grade-tests", ROWS), "graded.parquet"),
}


def refused(*words: str | Path) -> str:
    """Return what a command refuses in one line, as `main` would print it."""
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert isinstance(result.exception, UsageError), result.output
    return str(result.exception)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_file_in_the_way_is_said_before_anything_is_read(name: str, tmp_path: Path) -> None:
    words, out = COMMANDS[name]
    (tmp_path / "way").write_text("mine")
    message = refused(*words, "--out", tmp_path / "way" / "deeper" / out)
    assert f"{tmp_path / 'way'} is no folder, and in the way" in message and "--out" in message
    assert [path.read_text() for path in tmp_path.iterdir()] == ["mine"]


@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in ("run", "train", "gallery")])
def test_nothing_that_is_there_is_written_over(name: str, tmp_path: Path) -> None:
    words, out = COMMANDS[name]
    (tmp_path / out).write_text("mine")
    assert "exists already; nothing was written" in refused(*words, "--out", tmp_path / out)
    assert (tmp_path / out).read_text() == "mine"


def test_the_second_file_is_looked_at_as_well(tmp_path: Path) -> None:
    (tmp_path / "way").write_text("")
    second = ("--out", tmp_path / "kept.jsonl", "--rejected", tmp_path / "way" / "x.jsonl")
    for words in (("dedup", ROWS), ("label", ROWS), ("ask", "judge", ROWS, *ENDPOINT)):
        assert refused(*words, *second).startswith(f"--rejected {tmp_path / 'way'}")


@pytest.mark.parametrize(
    "words",
    [
        ("run", "laptop"),
        ("generate", "exercises", "-n", "1"),
        ("label", ROWS, "--by", "endpoint"),
        ("doctor",),
    ],
)
def test_a_journal_that_takes_no_answers_is_said_before_one_is_paid_for(
    words: tuple[str, ...], tmp_path: Path
) -> None:
    (tmp_path / "way").write_text("")
    out = () if words == ("doctor",) else ("--out", tmp_path / ("x.jsonl" if words[0] != "run" else "run"))
    message = refused(*words, *ENDPOINT, *out, "--journal", tmp_path / "way")
    assert message.startswith(f"--journal {tmp_path / 'way'}: ")


def test_a_link_to_nowhere_is_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    with pytest.raises(UsageError, match="link exists already"):
        refuse_taken(tmp_path / "link")
    with pytest.raises(UsageError, match="link is no folder"):
        refuse_taken(tmp_path / "link" / "out")


def test_folders_that_are_still_to_be_made_are_no_obstacle(tmp_path: Path) -> None:
    refuse_taken(tmp_path / "one" / "two" / "out.jsonl")
    refuse_unwritable(tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(
    not hasattr(os, "setuid") or os.getuid() != 0, reason="needs root to become somebody else"
)
def test_a_folder_of_somebody_else_takes_no_files(tmp_path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from hornbook.writable import refuse_taken\n"
        "os.setuid(65534)\n"
        "try: refuse_taken(Path('/etc/hornbook/out'))\n"
        "except Exception as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd="/")
    assert "/etc takes no files (permissions)" in done.stdout, done
