"""The Python files of a folder or git checkout as records, one file at a time.

What .gitignore names is left out as if it were not there, and so are .git and __pycache__; every other .py and
.pyw file is a record or rejected with a reason. Nothing is executed and no symbolic link is followed, so a loop of
links ends at once. Memory is that of one file and of the names in one folder.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from hornbook.corpus.decoding import decode
from hornbook.corpus.ignoring import Rules, with_rules_of
from hornbook.corpus.license_files import folder_license, header_license
from hornbook.corpus.licenses import UNKNOWN
from hornbook.corpus.redaction import beginning
from hornbook.errors import UsageError
from hornbook.record import Record, Rejected

STAGE = "corpus"
_SUFFIXES = (".py", ".pyw")
_NEVER_ENTERED = {".git", "__pycache__"}
MAX_BYTES = 1_000_000
"""A longer file is data; it is rejected with its first characters, so that memory does not hang on it."""
_SHOWN = 1000
"""Characters of a file that is too long to be read."""


@dataclass(frozen=True, slots=True)
class _Folder:
    """What the files of one folder have in common."""

    path: Path
    parts: tuple[str, ...]
    """Names from the checkout's top (or the folder that was given) down to it."""
    shown: int
    """How many of them come before the folder that was given, and are no part of `source`."""
    rules: Rules | None
    license: str
    packages: tuple[str, ...]
    """Dotted package that its files are in, part by part; empty outside packages."""


def read_folder(path: Path, *, name: str = "", license: str = "") -> Iterator[Record | Rejected]:
    """Yield every Python file below `path` in the order of the names of each folder, files before folders.

    `name` stands before each file's path in `source`, the folder's own name by default; `license` is for files
    that nothing else gives one. Tags: `sha256` of the bytes, `unit`, `package`, and `encoding` where it is not
    UTF-8, with "guessed" where nothing in the file says so. Raises UsageError when there is no such folder.
    """
    name = name or path.resolve().name or "root"
    for folder, entry in _entries(path, license):
        yield _read(folder, entry, name)


def count_files(path: Path) -> int:
    """Return how many files `read_folder` will yield; reads no file but .gitignore. Raises UsageError."""
    return sum(1 for _ in _entries(path, None))


def _entries(path: Path, license: str | None) -> Iterator[tuple[_Folder, os.DirEntry[str] | OSError]]:
    """Yield Python files with their folders, and why a folder cannot be listed; no `license` looks for none."""
    if not path.is_dir():
        raise UsageError(f"no folder at {str(path)!r}; give a folder or git checkout with Python files")
    pending = [_top(path.resolve(), license)]
    while pending:
        folder = pending.pop()
        try:
            folder, entries = _listed(folder, look=license is not None)
        except OSError as error:
            yield folder, error
            continue
        folders = []
        for entry in entries:
            is_folder = entry.is_dir(follow_symlinks=False)
            if not _is_wanted(folder, entry.name, is_folder):
                continue
            if is_folder:
                inner = replace(folder, path=folder.path / entry.name, parts=(*folder.parts, entry.name))
                folders.append(inner)
            else:
                yield folder, entry
        pending += reversed(folders)


def _is_wanted(folder: _Folder, name: str, is_folder: bool) -> bool:
    if name in _NEVER_ENTERED if is_folder else not name.endswith(_SUFFIXES):
        return False
    rules = folder.rules
    return rules is None or not rules.ignores((*folder.parts, name), is_folder=is_folder)


def _top(path: Path, license: str | None) -> _Folder:
    """Return the folder with what lies above it in its checkout: rules, a licence, packages."""
    above = [path, *path.parents]
    checkout = next((folder for folder in above if (folder / ".git").exists()), path)
    outer = list(reversed(above[1 : above.index(checkout) + 1]))
    rules: Rules | None = None
    found = license or UNKNOWN
    packages: tuple[str, ...] = ()
    for depth, folder in enumerate(outer):
        names = [entry.name for entry in os.scandir(folder)]
        rules = with_rules_of(folder, rules, depth)
        packages = (*packages, folder.name) if "__init__.py" in names else ()
        if license is not None:
            found = folder_license(folder, names) or found
    parts = path.relative_to(checkout).parts
    if rules is not None and rules.ignores(parts, is_folder=True):
        rules = None  # somebody who names such a folder wants what is in it
    return _Folder(path, parts, len(parts), rules, found, packages)


def _listed(folder: _Folder, *, look: bool) -> tuple[_Folder, list[os.DirEntry[str]]]:
    """Return a folder with what its own files say, and its entries by name. Raises OSError."""
    with os.scandir(folder.path) as scan:
        entries = sorted(scan, key=lambda entry: entry.name)
    names = [entry.name for entry in entries]
    in_package = "__init__.py" in names
    return replace(
        folder,
        rules=with_rules_of(folder.path, folder.rules, len(folder.parts)),
        license=(folder_license(folder.path, names) or folder.license) if look else "",
        packages=(*folder.packages, folder.path.name) if in_package else (),
    ), entries


def _read(folder: _Folder, entry: os.DirEntry[str] | OSError, name: str) -> Record | Rejected:
    """Return one file as a record; rejected where it cannot be read."""
    names = [name, *folder.parts[folder.shown :]]
    if isinstance(entry, OSError):
        return Rejected(_blank(folder, [*names, ""]), STAGE, "unreadable", entry.strerror or str(entry))
    blank = _blank(folder, [*names, entry.name])
    try:
        status = entry.stat(follow_symlinks=False)
        if stat.S_ISLNK(status.st_mode):
            return Rejected(
                blank, STAGE, "symbolic_link", "links are not followed; files are read where they lie"
            )
        if not stat.S_ISREG(status.st_mode):
            return Rejected(blank, STAGE, "not_a_file", "a pipe, socket or device")
        with open(entry.path, "rb") as file:  # noqa: PTH123  # half the time of Path.open, for each small file
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        return Rejected(blank, STAGE, "unreadable", error.strerror or str(error))
    record = file_record(
        content, source=blank.source, license=folder.license, package=_printable(".".join(folder.packages))
    )
    if len(content) > MAX_BYTES:
        head = replace(blank, text=beginning(record.text, _SHOWN))
        return Rejected(head, STAGE, "too_long", f"{status.st_size:,} bytes, more than {MAX_BYTES:,}")
    return record


def file_record(content: bytes, *, source: str, license: str, package: str) -> Record:
    """Return a file as a record; `license` is for one whose header states none."""
    decoded = decode(content)
    tags = {"unit": "file", "sha256": hashlib.sha256(content).hexdigest()}
    if package:
        tags["package"] = package
    if decoded.guessed or decoded.encoding not in ("utf-8", "utf-8-sig"):
        tags["encoding"] = f"{decoded.encoding}, guessed" if decoded.guessed else decoded.encoding
    stated = header_license(decoded.text)
    license = license if stated is None else stated
    return Record(text=decoded.text, kind="code", source=source, license=license, tags=tags)


def _blank(folder: _Folder, names: list[str]) -> Record:
    source = _printable("/".join(names))
    return Record(text="", kind="code", source=source, license=folder.license, tags={"unit": "file"})


def _printable(name: str) -> str:
    """Return a file's name without half characters, which no Parquet file takes."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
