"""`hornbook exec-check` after a kill, beside another one, and on files that do not fit into memory."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from test_cli import hornbook
from test_exec_check import BODY, HUMAN_EVAL, check, needs_sandbox, read, write

from hornbook.errors import UsageError


def slow_rows(path: Path, count: int = 48) -> Path:
    body = "    import time\n    time.sleep(0.05)\n" + BODY
    bodies = [body if i % 7 else "    return 1\n" for i in range(count)]
    rows: list[Any] = [HUMAN_EVAL | {"completion": each, "n": i} for i, each in enumerate(bodies)]
    rows[10::9] = [{"n": i} for i in range(len(rows[10::9]))]
    return write(path, rows)


def without_seconds(path: Path) -> list[Any]:
    return [{column: value for column, value in row.items() if column != "seconds"} for row in read(path)]


def kill_at(lines: int, source: Path, out: Path, number: int) -> bytes:
    """Start the command, end it once so many rows are written, and return what it left."""
    command = [
        sys.executable,
        "-m",
        "hornbook",
        "exec-check",
        str(source),
        "--out",
        str(out),
        "--workers",
        "1",
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    deadline = time.monotonic() + 60
    while not (partials := list(out.parent.glob(f"{out.name}.*.partial"))) or (
        partials[0].read_bytes().count(b"\n") < lines
    ):
        assert process.poll() is None, "it ended too early"
        assert time.monotonic() < deadline
        time.sleep(0.01)
    process.send_signal(number)
    said = process.communicate()[1].decode()
    assert process.returncode in (-signal.SIGKILL, 130)
    if number == signal.SIGINT:
        assert said.strip().endswith("the same command continues")
    return partials[0].read_bytes()


@needs_sandbox
def test_a_killed_check_goes_on_where_it_was_and_ends_as_if_it_had_not_been(tmp_path: Path) -> None:
    source, whole, broken = (
        slow_rows(tmp_path / "r.jsonl"),
        tmp_path / "whole.jsonl",
        tmp_path / "broken.jsonl",
    )
    assert hornbook("exec-check", source, "--out", whole).returncode == 0
    clock = random.Random(7)
    kept = b""
    for at, number in ((3, signal.SIGKILL), (14, signal.SIGINT), (30, signal.SIGKILL)):
        left = kill_at(at + clock.randrange(5), source, broken, number)
        assert left.startswith(kept), "a finished row was done again"
        kept = left[: left.rindex(b"\n") + 1]
        if number == signal.SIGKILL:  # as if it had been torn in the middle of a row
            (partial,) = tmp_path.glob("broken.*.partial")
            partial.write_bytes(kept + b'{"task_id": "T/0", "verd')
    done = hornbook("exec-check", source, "--out", broken, "--format", "json")
    assert done.returncode == 0, done.stderr
    assert broken.read_bytes().startswith(kept)
    # CPU seconds are measured anew; everything else is the same.
    assert without_seconds(broken) == without_seconds(whole)
    assert json.loads(done.stdout)["rows"] == 48, "the summary counts the rows of every attempt"


@needs_sandbox
def test_a_partial_file_of_another_input_or_of_other_limits_is_refused_with_a_way_out(tmp_path: Path) -> None:
    source, out = slow_rows(tmp_path / "r.jsonl", 20), tmp_path / "o.jsonl"
    kill_at(5, source, out, signal.SIGKILL)
    (partial,) = tmp_path.glob("*.partial")
    with pytest.raises(UsageError, match="give the same --cpu-seconds"):
        check(source, out, cpu_seconds=9)
    kept = source.read_bytes()
    source.write_bytes(kept.replace(b'"n": 2}', b'"n": 99}'))
    with pytest.raises(
        UsageError, match=rf"{partial} holds a row that does not come from line 3 of .*: delete it"
    ):
        check(source, out)
    source.write_bytes(kept.splitlines(keepends=True)[0])
    with pytest.raises(UsageError, match="does not come from any line"):
        check(source, out)
    partial.unlink()
    assert check(source, out).verdicts == {"fail": 1}


@needs_sandbox
def test_two_checks_do_not_write_the_same_file(tmp_path: Path) -> None:
    import fcntl

    source, out = slow_rows(tmp_path / "r.jsonl", 2), tmp_path / "o.jsonl"
    with (tmp_path / "o.jsonl.3s-512MB.partial").open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with pytest.raises(UsageError, match="another hornbook is writing"):
            check(source, out)


@needs_sandbox
def test_rows_that_are_skipped_leave_while_a_program_runs(tmp_path: Path) -> None:
    """A file of unfit rows behind one slow program must not pile up in memory."""
    import tracemalloc

    slow = HUMAN_EVAL | {"completion": "    import time\n    time.sleep(0.5)\n" + BODY}
    source = write(tmp_path / "r.jsonl", [slow, *({"n": i, "pad": "x" * 4000} for i in range(5_000))])
    tracemalloc.start()
    summary = check(source, tmp_path / "o.jsonl")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert summary.verdicts == {"pass": 1, "skipped": 5_000}
    assert peak < 8e6 < 20e6 < source.stat().st_size
