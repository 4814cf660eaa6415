"""What a word on the command line stands for: which reader reads it, and how much there is to read.

A word is "python", `installed:NAME`, a prefix with what its reader takes, a folder, or a file known by how its
name ends. A new reader is one line in one of the two tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from hornbook.corpus.checkout import commit_of
from hornbook.corpus.folders import count_files, file_record, read_folder
from hornbook.corpus.hub import read_hub
from hornbook.corpus.manifest import STANDARD_LIBRARY, Manifest, find_manifest
from hornbook.corpus.rows import read_rows
from hornbook.corpus.stackexchange import read_stackexchange
from hornbook.errors import UsageError
from hornbook.record import Record, Rejected


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where records come from."""

    word: str
    """As it was given."""
    read: Callable[[], Iterator[Record | Rejected]]
    count: Callable[[], int] = lambda: 0
    """How many records there are; 0 where only reading tells."""
    left_out: Mapping[str, int] = field(default_factory=dict)
    """Files that are no part of it, by reason."""
    commit: str = ""
    """Which one of a git checkout is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How sources are read, those that it concerns."""

    column: str = ""
    """Of rows: which one holds the text; empty where its name tells."""
    tag: str = "python"
    """Of Stack Exchange: the questions that are wanted."""
    least_score: int = 0
    """Of Stack Exchange: what an answer must have."""


def find_source(word: str, how: Reading) -> Source:
    """Return what `word` stands for; reads as little as possible. Raises UsageError when it is nothing."""
    prefix, colon, rest = word.partition(":")
    if word == STANDARD_LIBRARY:
        return _installed(word, STANDARD_LIBRARY, how)
    if colon and prefix in _BY_PREFIX:
        return _BY_PREFIX[prefix](word, rest, how)
    path = Path(word)
    if path.is_dir():
        return Source(
            word=word,
            read=lambda: read_folder(path),
            count=lambda: count_files(path),
            commit=commit_of(path.resolve()),
        )
    for ending, of_file in _BY_ENDING.items():
        if path.name.endswith(ending) and path.is_file():
            return of_file(word, path, how)
    what = "is a file of another kind" if path.exists() else "does not exist"
    raise UsageError(f"{word!r} {what}; give {', '.join(_KNOWN)}")


def _installed(word: str, package: str, how: Reading) -> Source:
    manifest = find_manifest([package])
    if not manifest.roots:
        raise UsageError(f"{word}: no distribution {package!r} is installed; `pip list` names those that are")
    return Source(
        word=word,
        read=lambda: _read_manifest(manifest),
        count=lambda: manifest.num_files,
        left_out=manifest.skipped,
    )


def _read_manifest(manifest: Manifest) -> Iterator[Record | Rejected]:
    for file in manifest.files:
        license_ = manifest.licenses[file.root]
        yield file_record(file.path.read_bytes(), source=file.name, license=license_, package=file.package)


def _hub(word: str, name: str, how: Reading) -> Source:
    return Source(word=word, read=lambda: read_hub(name, text_column=how.column))


def _rows(word: str, path: Path, how: Reading) -> Source:
    return Source(word=word, read=lambda: read_rows(path, text_column=how.column))


def _posts(word: str, path: Path, how: Reading) -> Source:
    return Source(word=word, read=lambda: read_stackexchange(path, tag=how.tag, least_score=how.least_score))


_BY_PREFIX: Mapping[str, Callable[[str, str, Reading], Source]] = {
    "installed": _installed,
    "hub": _hub,
    "stackexchange": lambda word, name, how: _posts(word, _file(word, name), how),
}
_BY_ENDING: Mapping[str, Callable[[str, Path, Reading], Source]] = {
    **dict.fromkeys((".jsonl", ".jsonl.gz", ".jsonl.bz2", ".jsonl.zst", ".parquet"), _rows),
    **dict.fromkeys(("Posts.xml", "Posts.xml.gz", "Posts.xml.bz2", "Posts.xml.zst"), _posts),
}
_KNOWN = (
    "'python' (the standard library)",
    "installed:NAME (a distribution)",
    "a folder or git checkout",
    "rows (.jsonl, .jsonl.gz, .jsonl.zst, .parquet)",
    "hub:OWNER/NAME (a data set of the Hugging Face hub)",
    "stackexchange:FILE or any Posts.xml",
)


def _file(word: str, name: str) -> Path:
    if not Path(name).is_file():
        raise UsageError(f"{word}: no file at {name!r}; give the Posts.xml of an unpacked dump")
    return Path(name)
