"""What may befall a journal: other people's files, damage, kills and other processes while it is compacted."""

from __future__ import annotations

import errno
import multiprocessing
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from conftest import TESTS
from hypothesis import given
from hypothesis import strategies as st
from test_journal import entry, written

from hornbook.teacher.journal import Journal


def kept(folder: Path, numbers: range, said: list[str] | None = None) -> list[int]:
    with Journal(folder, say=(said if said is not None else []).append) as journal:
        return [number for number in numbers if journal.get(entry(number).key) == entry(number)]


def test_other_peoples_files_in_its_folder_are_left_alone(tmp_path: Path) -> None:
    rows = tmp_path / "my_rows.jsonl"
    rows.write_text('{"text": "a"}\n{"text": "the last line has no end"}')
    for name in ("0-abc.jsonl", "00000000000000000001-12345678.jsonl.gz", "notes.txt"):
        (tmp_path / name).write_text("mine")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    said: list[str] = []
    with Journal(tmp_path, say=said.append) as journal:
        for number in range(3):
            journal.append(entry(number))
            journal.flush()
        journal.compact()
        assert len(list(journal.entries())) == 3
    assert {name: (tmp_path / name).read_bytes() for name in before} == before
    assert said == []


COMPACT_FOR_EVER = """
import sys
from pathlib import Path
from hornbook.teacher.journal import Journal
sys.path.insert(0, sys.argv[2])
from test_journal import entry
number = int(sys.argv[3])
print("begun", flush=True)
while True:
    with Journal(Path(sys.argv[1])) as one, Journal(Path(sys.argv[1])) as other:
        for journal in (one, other):
            journal.append(entry(number))
            journal.flush()
            print(number, flush=True)
            number += 1
        one.compact()
    with Journal(Path(sys.argv[1])) as journal:
        journal.compact()
"""


def test_kills_in_the_middle_of_compaction_lose_no_answer(tmp_path: Path) -> None:
    flushed: list[int] = []
    rng = random.Random(1)
    written(tmp_path, *(entry(number, answer="x" * 5000) for number in range(10_000, 10_200)))
    for kill in range(6):
        arguments = [str(tmp_path), str(TESTS), str(kill * 1000)]
        command = [sys.executable, "-c", COMPACT_FOR_EVER, *arguments]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "begun\n"
            time.sleep(rng.uniform(0.05, 0.3))
            process.kill()
            flushed += [int(line) for line in process.stdout if line.endswith("\n")]
    assert len(flushed) > 12
    with Journal(tmp_path) as journal:
        assert all(journal.get(entry(number).key) == entry(number) for number in flushed)
        assert all(journal.get(entry(number).key) for number in range(10_000, 10_200))
        journal.compact()
        assert len(journal) >= len(flushed) + 200


def write_now_and_then(folder: Path, base: int) -> None:
    for number in range(base, base + 60):
        with Journal(folder) as journal:
            journal.append(entry(number))


def compact_often(folder: Path) -> None:
    for _ in range(60):
        with Journal(folder) as journal:
            journal.compact()


def test_processes_that_write_and_compact_at_once_lose_nothing(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=write_now_and_then, args=(tmp_path, base)) for base in (0, 1000)]
    processes += [context.Process(target=compact_often, args=(tmp_path,)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * 4
    assert kept(tmp_path, range(2000)) == [*range(60), *range(1000, 1060)]


def test_a_new_file_that_another_process_compacts_away_at_once_is_not_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    touch, gone = Path.touch, []

    def touch_and_lose(self: Path, mode: int = 0o666, exist_ok: bool = True) -> None:
        touch(self, mode, exist_ok)
        if not gone:
            gone.append(self.unlink())

    monkeypatch.setattr(Path, "touch", touch_and_lose)
    written(tmp_path, entry(1))
    assert gone and kept(tmp_path, range(3)) == [1]


@given(
    at=st.integers(0, 10_000),
    change=st.sampled_from(["flip", "cut", "insert", "double"]),
    junk=st.binary(min_size=1, max_size=40),
)
def test_damage_costs_no_more_than_the_lines_it_hit(at: int, change: str, junk: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        written(folder, *map(entry, range(12)))
        [path] = folder.glob("*.jsonl")
        content = path.read_bytes()
        at %= len(content)
        changed = {
            "flip": content[:at] + bytes([content[at] ^ junk[0]]) + content[at + 1 :],
            "cut": content[:at] + content[at + len(junk) :],
            "insert": content[:at] + junk + content[at:],
            "double": content[:at] + content,
        }[change]
        path.write_bytes(changed)
        whole = [number for number in range(12) if content.splitlines()[number] in changed.split(b"\n")]
        assert set(kept(folder, range(12))) >= set(whole[:-1])  # a last line without an end is cut
        with Journal(folder, say=lambda line: None) as journal:
            journal.compact()
        assert set(kept(folder, range(12))) >= set(whole[:-1])


@pytest.mark.parametrize("content", ["", "{", "[]", '{"t": 5}', "null", '{"t": {"address": "x"}}'])
def test_a_list_of_teachers_that_cannot_be_read_is_said_and_written_anew(
    content: str, tmp_path: Path
) -> None:
    (tmp_path / "teachers.json").write_text(content)
    said: list[str] = []
    with Journal(tmp_path, say=said.append) as journal:
        for _ in range(2):
            journal.introduce("t", "http://a/v1", "m")
            journal.remember("t", "http://a/v1", "m")
    assert len(said) == 1 and "teachers.json cannot be read" in said[0]


def test_an_entry_that_no_file_can_hold_is_refused_at_once_and_harms_no_other(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        journal.append(entry(1))
        with pytest.raises(TypeError):
            journal.append(entry(2, answer="\ud800"))
        journal.append(entry(3))
    assert kept(tmp_path, range(5)) == [1, 3]


def test_compaction_on_a_full_disk_takes_no_room_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Journal(tmp_path) as one, Journal(tmp_path) as other:
        one.append(entry(1))
        other.append(entry(2))

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with Journal(tmp_path) as journal:
        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            journal.compact()
        monkeypatch.undo()
        assert not list(tmp_path.glob("*.partial"))
        journal.append(entry(3))
    assert kept(tmp_path, range(5)) == [1, 2, 3]
