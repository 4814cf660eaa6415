"""What raw code must pass before anybody asks what it is worth: redacted, allowed, and written by a person.

Secrets go first, so that not even a rejected record keeps one. Then the cheap rules, from the most certain to the
least, and the parser last: the first rule that refuses a file names the reason.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import Self

from pydantic import Field, field_validator, model_validator

from hornbook.corpus.expressions import NotSpdx, is_allowed, known_license
from hornbook.corpus.licenses import UNKNOWN
from hornbook.corpus.manifest import VENDORED_FOLDERS
from hornbook.corpus.redaction import redact
from hornbook.corpus.secrets_found import find_secrets
from hornbook.corpus.units import MIN_CHARACTERS, NotPython, parse
from hornbook.record import Record, Rejected
from hornbook.step import Config

STAGE = "screening"
REDACTED = "redacted_"
"""Before the kind, in the names of scores that count what was replaced."""


class Screening(Config):
    """Which files stay."""

    licenses: tuple[str, ...] = ()
    """SPDX ids that are accepted, "unknown" for files without one; empty accepts all. In an expression, either
    side of OR is enough and both of AND are needed."""
    least_characters: int = Field(default=MIN_CHARACTERS, ge=0)
    """Shorter files have nothing to teach: 80, as for a lifted definition."""
    most_characters: int = Field(default=100_000, ge=1)
    """Longer files are mostly tables and catalogues: 12 of the standard library's 649 files, 154 of 5,638 with the
    packages of `manifest.PACKAGES`."""
    longest_line: int = Field(default=1000, ge=80)
    """In characters; a file with a longer one was likely written by a program (Codex, arXiv 2107.03374, 3.1)."""
    longest_mean_line: int = Field(default=100, ge=20)
    """In characters, over all lines of a file of 1,000 characters or more (from the same paper). Of the 5,638
    files one has more, a table."""

    @model_validator(mode="after")
    def _leave_something(self) -> Self:
        if self.least_characters > self.most_characters:
            raise ValueError(
                f"least_characters {self.least_characters} is more than most_characters {self.most_characters}, "
                "so nothing could stay; lower the first or raise the second"
            )
        return self

    @field_validator("licenses")
    @classmethod
    def _are_spdx(cls, licenses: tuple[str, ...]) -> tuple[str, ...]:
        for license_ in licenses:
            if license_.lower() == UNKNOWN:
                continue
            try:
                known_license(license_)
            except NotSpdx as error:
                raise ValueError(f"{error}; {UNKNOWN!r} is for files without one") from None
        return licenses


def screened(item: Record | Rejected, cfg: Screening) -> Record | Rejected:
    """Return a record without secrets, or rejected with the first rule that it breaks.

    A record that was changed names what it was as its parent, keeps the `sha256` of the original in its tags, and
    has a score `redacted_<kind>` for each kind that was replaced. One that its reader rejected stays rejected.
    """
    record = item.record if isinstance(item, Rejected) else item
    clean, was_python = _redacted(record)
    if isinstance(item, Rejected):
        return replace(item, record=clean)
    if reason := _refusal(clean, cfg, was_python=was_python):
        return Rejected(clean, STAGE, *reason)
    return clean


def _redacted(record: Record) -> tuple[Record, bool]:
    """Return a record without secrets, and whether it was a program that parses (False if nobody had to ask)."""
    if not find_secrets(record.text):
        return record, False
    is_python = record.kind == "code" and _parses(record.text)
    redacted = redact(record.text, is_python=is_python)
    if not redacted.counts:
        return record, is_python
    digest = hashlib.sha256(record.text.encode()).hexdigest()
    return replace(
        record,
        text=redacted.text,
        parents=(record.id,),
        tags={"sha256": digest} | dict(record.tags),
        scores=dict(record.scores) | {REDACTED + kind: n for kind, n in redacted.counts.items()},
    ), is_python


def _parses(text: str) -> bool:
    try:
        parse(text)
    except NotPython:
        return False
    return True


def _refusal(record: Record, cfg: Screening, *, was_python: bool) -> tuple[str, str] | None:
    """Return reason and detail of the first rule that a record breaks; None when it breaks none."""
    text = record.text
    if not is_allowed(record.license, cfg.licenses):
        return "license_not_allowed", record.license
    if len(text) < cfg.least_characters:
        return "too_short", f"{len(text)} characters, fewer than {cfg.least_characters}"
    if len(text) > cfg.most_characters:
        return "too_long", f"{len(text):,} characters, more than {cfg.most_characters:,}"
    if record.kind != "code":
        return None
    for rule in (_vendored, _generated, _minified, _data_table):
        if (found := rule(record, cfg)) is not None:
            return rule.__name__.removeprefix("_"), found
    try:
        parse(text)
    except NotPython as error:
        return ("broken_by_redaction" if was_python else "not_python"), str(error)
    return None


_COPIED_FOLDERS = VENDORED_FOLDERS | {
    *("site-packages", "dist-packages", ".venv", ".tox", ".nox", ".eggs"),
    *("node_modules", "bower_components", "third-party", "thirdparty", "extern"),
}


def _vendored(record: Record, cfg: Screening) -> str | None:
    """Find a folder that holds copies of other projects; the first part of a source is the name of its root."""
    folders = record.source.split("/")[1:-1]
    return next((f"lies in {folder}/" for folder in folders if folder.lower() in _COPIED_FOLDERS), None)


_GENERATED_NAMES = ("_pb2.py", "_pb2_grpc.py")
_HEAD = 1000
"""Characters in which a generator says that it was one."""
_GENERATED = re.compile(
    r"@generated\b|do not (?:edit|modify)\b"
    r"|\bthis (?:file|code|module) (?:was |is |has been )?(?:\w+[ -])?(?:auto)?generated\b"
    r"|\bfile (?:was |is |has been )?(?:\w+[ -])?(?:auto)?generated (?:by|from)\b"
    r"|^(?:#[#\s]*|[\"']{3}\s*)(?:code )?(?:auto[ -]?|automatically |machine[ -])?generated "
    r"(?:by|from|with|using|file|code)\b",
    re.IGNORECASE | re.MULTILINE,
)
"""Said of the file, or where a comment or the docstring begins: a sentence about generated things is none."""


def _generated(record: Record, cfg: Screening) -> str | None:
    if record.source.endswith(_GENERATED_NAMES):
        return "protobuf's compiler names its files so"
    found = _GENERATED.search(record.text, 0, _HEAD)
    return f"says {' '.join(found[0].split())!r}" if found else None


_LEAST_SPACE = 0.05
"""Share of blanks and line ends: the least of those 5,638 files has 0.07, of the standard library's 0.11."""
_FEW_CHARACTERS = 1000


def _minified(record: Record, cfg: Screening) -> str | None:
    text = record.text
    lengths = [len(line) for line in text.rstrip("\n").split("\n")]
    if (longest := max(lengths)) > cfg.longest_line:
        return f"a line of {longest:,} characters, more than {cfg.longest_line:,}"
    if len(text) < _FEW_CHARACTERS:
        return None
    if (mean := len(text) / len(lengths)) > cfg.longest_mean_line:
        return f"lines of {mean:.0f} characters on average, more than {cfg.longest_mean_line}"
    space = sum(text.count(blank) for blank in " \n\t")
    if space < _LEAST_SPACE * len(text):
        return f"{100 * space / len(text):.1f} % white space, less than {100 * _LEAST_SPACE:.0f} %"
    return None


_DATA_LINE = re.compile(r"^[\[({ \t]*(?:[-+]?\d|[rbu]?[\"'](?![\"']{2}))[^\n=]*[,\])}]$", re.MULTILINE)
"""Begins with a number or a string, ends as an item of a list does, and assigns nothing."""
_FEW_LINES = 40
_SHARE_OF_DATA = 0.6


def _data_table(record: Record, cfg: Screening) -> str | None:
    num_lines = record.text.count("\n") + 1
    if num_lines < _FEW_LINES:
        return None
    share = len(_DATA_LINE.findall(record.text)) / num_lines
    return f"{100 * share:.0f} % of its lines are data" if share > _SHARE_OF_DATA else None
