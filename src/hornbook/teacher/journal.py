"""The journal: every answer that was paid for, under the hash of the whole request that it answers.

A folder of plain JSON lines, one object per finished call, which DuckDB reads as it is:

    select teacher, request ->> '$.messages[0].content', answer ->> '$.choices[0].message.content'
    from read_json_auto('journal/*.jsonl')

`request` and `answer` are the exact texts: the key can be checked, and whoever reads answers anew pays nothing.
"""

from __future__ import annotations

import hashlib
import os
import re
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from hornbook.errors import UsageError
from hornbook.teacher.key_table import KeyTable
from hornbook.teacher.protocol import Message
from hornbook.teacher.segment import NAME, Segment, sync_folder

KEY_VERSION = 1
"""Part of every request, bumped when the same fields must mean another call."""
_LARGEST_SEGMENT = 1 << 30
"""Bytes from which on a new file is begun."""
_OFFSET_BITS = 40
_LOOK_AGAIN_SECONDS = 0.5
"""How old the view of other processes' files may be when an answer is missed."""
_NAMES = "teachers.json"


def canonical(
    *, teacher: str, api: str, messages: Sequence[Message], parameters: Mapping[str, Any], sample: int
) -> bytes:
    """Return the request as sorted-key JSON: all that shapes an answer, and nothing else.

    Left out, since it cannot change the answer: address, key, the name under which a server knows the model
    (where a teacher's name is given), time limits, concurrency, retries, `stream`.
    Raises TypeError for what JSON cannot say, a lone surrogate for one.
    """
    request = {
        "api": api,
        "messages": [{"content": m.content, "role": m.role} for m in messages],
        "parameters": parameters,
        "sample": sample,
        "teacher": teacher,
        "version": KEY_VERSION,
    }
    return orjson.dumps(request, option=orjson.OPT_SORT_KEYS)


def request_key(request: bytes) -> str:
    """Return the 32 hex digits under which the answer to a canonical request is stored."""
    return hashlib.blake2b(request, digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One finished call."""

    key: str
    answered: bool
    """False for a call that failed for good, which a later run asks again."""
    teacher: str
    request: str
    """Canonical request, as JSON; the key is its hash."""
    answer: str
    """Body of the response, as it came; of the last attempt where all failed."""
    error: str = ""
    """Why there is no answer."""
    status: int = 200
    """HTTP status of the last attempt; 0 where no response came."""
    attempts: int = 1
    seconds: float = 0.0
    """From sending the last attempt to its answer."""
    finished: float = 0.0
    """Seconds since 1970."""
    address: str = ""
    """Where it was asked, without credentials and query."""


_ANSWERED = b'"answered":true'
_HEX = re.compile("[0-9a-f]{32}")
_KEY = re.compile(rb'\{"key":"[0-9a-f]{32}"')
_HEAD = len('{"key":"') + 32 + len('",')
"""Bytes of a line before `answered`: what a start must look at is in front."""


class Journal:
    """Answers by key, on disk; many processes may share one folder, each of which appends to a file of its own.

    An answer survives `kill -9` once `flush` has returned. A line that a kill tore is cut off at the next
    opening, and `say` told so. Methods may be called from several threads.
    """

    def __init__(self, folder: Path, *, say: Callable[[str], None] = lambda line: None) -> None:
        self.folder = folder
        self._say = say
        self._lock = threading.RLock()
        # Held while writing, and taken before `_lock`: `get` must not wait for the disk.
        self._writing = threading.RLock()
        self._table = KeyTable()
        self._segments: list[Segment] = []
        self._own: Segment | None = None
        self._pending: list[tuple[Entry, bytes]] = []
        self._looked = -_LOOK_AGAIN_SECONDS
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except FileExistsError:
            raise UsageError(f"a journal is a folder, and {str(folder)!r} is a file") from None
        for path in _files(folder):
            _mend(path, say)
        self._look()

    def __len__(self) -> int:
        """Return the number of answers."""
        return len(self._table)

    def __enter__(self) -> Journal:
        """Return the journal."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the journal."""
        self.close()

    def get(self, key: str) -> Entry | None:
        """Return the answer stored under `key` by this process or another; None where there is none."""
        with self._lock:
            found = self._find(key)
            if found is None and time.monotonic() - self._looked > _LOOK_AGAIN_SECONDS:
                self._look()
                found = self._find(key)
            return found

    def append(self, entry: Entry) -> None:
        """Take an entry, which `get` finds, and is on disk, after the next `flush`.

        Raises TypeError for one that JSON cannot say, here, where whoever made it hears of it.
        """
        line = orjson.dumps(entry) + b"\n"
        with self._lock:
            self._pending.append((entry, line))

    def flush(self) -> None:
        """Write what was appended, and wait until the disk has it: one fsync for all.

        Raises OSError where the disk refuses; what was appended is kept for another try.
        """
        with self._writing:
            with self._lock:
                pending = list(self._pending)
                segment = self._writable() if pending else None
            if segment is None:
                return
            offset = segment.append(b"".join(line for _, line in pending))
            with self._lock:
                del self._pending[: len(pending)]
                for entry, line in pending:
                    if entry.answered:
                        self._table.add(_short(entry.key), self._place(segment, offset))
                    offset += len(line)
                segment.scanned = offset

    def entries(self) -> Iterator[Entry]:
        """Yield all entries on disk, failures and repetitions included, oldest file first."""
        segments = _opened(self.folder)
        try:
            for segment in segments:
                for _, line in segment.new_lines():
                    if (entry := _entry(line)) is not None:
                        yield entry
        finally:
            for segment in segments:
                segment.close()

    def introduce(self, teacher: str, address: str, model: str) -> None:
        """Say so where the same name answered at another address, or was another model, before.

        The name is identity, so answers of both places are one teacher's.
        """
        now = {"address": address, "model": model}
        before = self._known(self._say).get(teacher, now)
        if before != now:
            self._say(
                f"teacher {teacher!r} was model {before['model']!r} at {before['address']} and is now "
                f"{model!r} at {address}; its earlier answers are used all the same. "
                "If it is another model, give it another name or revision"
            )

    def remember(self, teacher: str, address: str, model: str) -> None:
        """Note where a teacher answered, for `introduce`."""
        known = self._known(lambda line: None)  # `introduce` said it
        now = {"address": address, "model": model}
        if known.get(teacher) != now:
            path = self.folder / _NAMES
            partial = path.with_suffix(f".{os.getpid()}.partial")
            partial.write_bytes(orjson.dumps(known | {teacher: now}, option=orjson.OPT_INDENT_2))
            partial.replace(path)

    def _known(self, say: Callable[[str], None]) -> dict[str, Any]:
        path = self.folder / _NAMES
        try:
            found = orjson.loads(path.read_bytes()) if path.exists() else {}
            return {name: {"address": at["address"], "model": at["model"]} for name, at in found.items()}
        except (orjson.JSONDecodeError, TypeError, KeyError, AttributeError):
            # A power cut may leave it empty; it only serves a warning.
            say(f"{path} cannot be read, so a teacher that moved is not noticed; it is written anew")
            return {}

    def compact(self) -> None:
        """Make one file of those that no process writes to: each answer once, failures only where none came.

        A kill in between loses nothing: the new file takes the oldest one's place, then the others go.
        """
        with self._writing, self._lock:
            self.flush()
            self._release()
            taken = [segment for path in _files(self.folder) if (segment := Segment.taken(path))]
            try:
                if taken:
                    self._merge(taken)
            finally:
                for segment in taken:
                    segment.close()
            self._forget()
            self._look()

    def close(self) -> None:
        """Flush, and let go of the files."""
        with self._writing, self._lock:
            self.flush()
            self._release()
            self._forget()

    def _merge(self, taken: Sequence[Segment]) -> None:
        partial = self.folder / f"{taken[0].path.stem}.partial"
        seen: set[tuple[str, bool]] = set()
        try:
            with partial.open("wb") as out:
                for segment in taken:
                    for _, line in segment.new_lines():
                        entry = _entry(line)
                        if entry is None or (entry.key, entry.answered) in seen or self._superseded(entry):
                            continue
                        seen.add((entry.key, entry.answered))
                        out.write(line)
                out.flush()
                os.fsync(out.fileno())
        except OSError:
            partial.unlink(missing_ok=True)  # a full disk needs the room
            raise
        partial.replace(taken[0].path)
        sync_folder(self.folder)
        for segment in taken[1:]:
            segment.path.unlink()

    def _superseded(self, entry: Entry) -> bool:
        return not entry.answered and self._find(entry.key) is not None

    def _find(self, key: str) -> Entry | None:
        for place in self._table.find(_short(key)):
            segment = self._segments[place >> _OFFSET_BITS]
            entry = _entry(segment.line(place & ((1 << _OFFSET_BITS) - 1)))
            if entry is not None and entry.key == key:
                return entry
        return None

    def _look(self) -> None:
        """Read what other processes wrote since the last look."""
        self._looked = time.monotonic()
        self._segments += _opened(self.folder, {segment.inode for segment in self._segments})
        for segment in self._segments:
            if segment is not self._own and segment.size > segment.scanned:
                self._scan(segment)

    def _scan(self, segment: Segment) -> None:
        for offset, line in segment.new_lines():
            if line.startswith(_ANSWERED, _HEAD) and _KEY.match(line):
                self._table.add(int(line[8:24], 16), self._place(segment, offset))
            elif (entry := _entry(line)) is None:
                self._say(
                    f"{segment.path}: the line at byte {offset} is no entry of a journal and is left out"
                )
            elif entry.answered:
                self._table.add(_short(entry.key), self._place(segment, offset))

    def _place(self, segment: Segment, offset: int) -> int:
        return self._segments.index(segment) << _OFFSET_BITS | offset

    def _writable(self) -> Segment:
        """Return the file that this process appends to: one that a finished process left, or a new one."""
        if self._own is None or self._own.size > _LARGEST_SEGMENT:
            self._release()
            self._own = self._adopted() or Segment.new(self.folder)
            self._replace(self._own)
        return self._own

    def _adopted(self) -> Segment | None:
        for path in _files(self.folder):
            segment = Segment.taken(path)
            if segment is not None and segment.size <= _LARGEST_SEGMENT:
                segment.cut_torn_line(self._say)
                return segment
            if segment is not None:
                segment.close()
        return None

    def _release(self) -> None:
        """Let others append to the file that this process appended to; it stays readable here."""
        if self._own is not None:
            self._replace(Segment.open(self._own.path))
            self._own = None

    def _replace(self, segment: Segment) -> None:
        """Take a segment in the place of the one that has the same file open, or as a further one."""
        for index, old in enumerate(self._segments):
            if old.inode == segment.inode:
                segment.scanned = old.scanned
                self._segments[index] = segment
                old.close()
                break
        else:
            self._segments.append(segment)
        self._scan(segment)

    def _forget(self) -> None:
        for segment in self._segments:
            segment.close()
        self._segments, self._table = [], KeyTable()


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.jsonl") if NAME.fullmatch(path.name))


def _opened(folder: Path, known: Collection[int] = ()) -> list[Segment]:
    """Open all files but those whose inodes are known; what another process compacts meanwhile is not missed."""
    while True:
        found: list[Segment] = []
        try:
            for path in _files(folder):
                if path.stat().st_ino not in known:
                    found.append(Segment.open(path))
        except FileNotFoundError:  # its lines are in another file by now, which may have been passed already
            for segment in found:
                segment.close()
        else:
            return found


def _short(key: str) -> int:
    return int(key[:16], 16)


def _entry(line: bytes) -> Entry | None:
    """Read a line; None where it is no entry."""
    try:
        entry = Entry(**orjson.loads(line))
    except (orjson.JSONDecodeError, TypeError):
        return None
    texts = (entry.key, entry.request, entry.answer, entry.error)
    whole = all(isinstance(text, str) for text in texts) and _HEX.fullmatch(entry.key)
    return entry if whole else None


def _mend(path: Path, say: Callable[[str], None]) -> None:
    """Cut the torn last line of a file that no process writes to."""
    segment = Segment.taken(path)
    if segment is not None:
        segment.cut_torn_line(say)
        segment.close()
