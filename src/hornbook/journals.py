"""What `hornbook journal` does: says what a journal holds, and makes one file of many."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import orjson

from hornbook.commands import print_json, print_table
from hornbook.errors import UsageError
from hornbook.report.table import Table
from hornbook.teacher.exchange import Unreadable, read_answer
from hornbook.teacher.journal import Entry, Journal
from hornbook.teacher.protocol import Usage


@dataclass(slots=True, kw_only=True)
class Teacher:
    """What a journal holds of one teacher; changed in place while its entries are read."""

    answers: int = 0
    failed: int = 0
    """Calls without an answer, whether or not one came later."""
    repeated: int = 0
    """Answers to a request that had one already, as two processes may ask at once; `compact` drops them."""
    tokens_in: int = 0
    tokens_out: int = 0
    first: float = 0.0
    """When its first call ended, in seconds since 1970; `last` likewise."""
    last: float = 0.0
    addresses: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What a journal holds."""

    files: int
    bytes: int
    teachers: dict[str, Teacher]

    @property
    def answers(self) -> int:
        """Requests that have an answer."""
        return sum(teacher.answers for teacher in self.teachers.values())


def held(folder: Path) -> Held:
    """Read a whole journal. Raises UsageError where there is none."""
    paths = _files(folder)
    teachers: dict[str, Teacher] = {}
    seen: set[bytes] = set()
    with Journal(folder) as journal:
        for entry in journal.entries():
            _count(teachers.setdefault(entry.teacher, Teacher()), entry, seen)
    return Held(files=len(paths), bytes=sum(path.stat().st_size for path in paths), teachers=teachers)


def show_stats(folder: Path, form: str) -> None:
    """Print what a journal holds."""
    found = held(folder)
    if form == "json":
        print_json(asdict(found) | {"answers": found.answers})
        return
    rows = tuple(_row(name, teacher) for name, teacher in found.teachers.items())
    headings = ("teacher", "answers", "failed", "tokens read", "written", "first", "last", "asked at")
    repeated = sum(teacher.repeated for teacher in found.teachers.values())
    note = f"{found.answers:,} answers in {_counted(found.files)}, {found.bytes / 1e6:,.1f} MB"
    more = f"; {repeated:,} are there twice: hornbook journal compact {folder}" if repeated else ""
    print_table(Table(headings=headings, rows=rows, notes=(note + more,)))


def compact(folder: Path) -> None:
    """Make one file of those that no process writes to, and print what that saved."""
    before = _files(folder)
    size = sum(path.stat().st_size for path in before)
    with Journal(folder, say=print) as journal:
        journal.compact()
        number = len(journal)
    after = _files(folder)
    now = sum(path.stat().st_size for path in after)
    print(
        f"{number:,} answers: {_counted(len(before))} with {size / 1e6:,.1f} MB before, "
        f"{_counted(len(after))} with {now / 1e6:,.1f} MB now"
    )


def _counted(files: int) -> str:
    return "1 file" if files == 1 else f"{files} files"


def _files(folder: Path) -> list[Path]:
    paths = sorted(folder.glob("*.jsonl"))
    if not paths:
        raise UsageError(f"no journal at {str(folder)!r}: a folder of .jsonl files, as --journal makes it")
    return paths


def _count(teacher: Teacher, entry: Entry, seen: set[bytes]) -> None:
    if entry.address and entry.address not in teacher.addresses:
        teacher.addresses.append(entry.address)
    teacher.first = min(teacher.first or entry.finished, entry.finished)
    teacher.last = max(teacher.last, entry.finished)
    if not entry.answered:
        teacher.failed += 1
        return
    usage = _usage(entry)
    teacher.tokens_in += usage.tokens_in
    teacher.tokens_out += usage.tokens_out
    key = bytes.fromhex(entry.key)
    teacher.repeated += key in seen
    teacher.answers += key not in seen
    seen.add(key)


def _usage(entry: Entry) -> Usage:
    """Return what an answer cost; nothing where this version reads no answer in it."""
    most = orjson.loads(entry.request)["parameters"].get("max_tokens", 0)
    try:
        return read_answer(entry.answer, prompt_bytes=len(entry.request.encode()), max_tokens=most).usage
    except Unreadable:
        return Usage(tokens_in=0, tokens_out=0)


def _row(name: str, teacher: Teacher) -> tuple[str, ...]:
    counts = (teacher.answers, teacher.failed, teacher.tokens_in, teacher.tokens_out)
    dates = (
        datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d") for seconds in (teacher.first, teacher.last)
    )
    return (name, *(f"{number:,}" for number in counts), *dates, ", ".join(teacher.addresses))
