"""The licence of a source file: by its own header, by the nearest licence file, by the project's metadata.

A licence file is known by phrases that stand in that licence and in no other of the list, white space, case and
punctuation aside; a file that holds several licences names none of them, since only a person can say how they are
joined. Texts of licences that are not in the list are "unknown".
"""

from __future__ import annotations

import email.parser
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

from hornbook.corpus.expressions import NotSpdx, canonical
from hornbook.corpus.licenses import UNKNOWN, stated_license

_HEADER_CHARACTERS = 4000
"""Of a file, where a header may stand."""
_LICENSE_BYTES = 200_000
"""Of a licence file that are read; the longest of the list, GPL-3.0, has 35,149."""
_TAG = "SPDX-License-Identifier:"
_HEADER = re.compile(rf"(?m)(?P<begins>^[^\w\n]*)?\b{_TAG}[ \t]*(?P<said>[^\r\n]+)")
_HEADER_ENDS = re.compile(r"""\s*(?:\*/|-->|["']{1,3})?\s*$""")
_NAME = re.compile(r"(?:un)?licen[cs]e|copying", re.IGNORECASE)
_PLAIN_NAME = re.compile(r"(?:(?:un)?licen[cs]e|copying)(?:\.(?:txt|md|rst))?", re.IGNORECASE)
"""A file of that name speaks for all that lies beside it, as LICENSE-third-party.txt does not."""
_OTHER_SUFFIXES = {".py", ".html", ".json", ".toml", ".yml", ".yaml", ".spdx", ".tmpl"}
_METADATA = ("pyproject.toml", "PKG-INFO", "METADATA")

# Each licence with phrases that must all stand in its text and, after "-", some that must not.
_PHRASES: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("AGPL-3.0-only", ("gnu affero general public license version 3",), ()),
    ("LGPL-3.0-only", ("gnu lesser general public license version 3", "additional permissions"), ()),
    ("LGPL-2.1-only", ("gnu lesser general public license version 2 1",), ()),
    ("LGPL-2.0-only", ("gnu library general public license version 2",), ()),
    (
        "GPL-3.0-only",
        ("gnu general public license version 3", "when we speak of free software"),
        ("gnu affero general public license version 3",),
    ),
    ("GPL-2.0-only", ("gnu general public license version 2", "when we speak of free software"), ()),
    ("MPL-2.0", ("mozilla public license version 2 0", "covered software"), ()),
    ("Apache-2.0", ("apache license version 2 0", "grant of patent license"), ()),
    ("Apache-2.0", ("licensed under the apache license version 2 0",), ("grant of patent license",)),
    ("PSF-2.0", ("python software foundation license version 2", "psf is making python available"), ()),
    ("Unlicense", ("this is free and unencumbered software released into the public domain",), ()),
    ("CC0-1.0", ("cc0 1 0 universal",), ()),
    (
        "ISC",
        ("distribute this software for any purpose with or without fee is hereby granted provided that",),
        (),
    ),
    (
        "MIT",
        (
            "permission is hereby granted free of charge to any person obtaining a copy",
            "sublicense and or sell",
        ),
        ("except as contained in this notice",),
    ),
    (
        "BSD-3-Clause",
        ("redistribution and use in source and binary forms", "may be used to endorse or promote"),
        ("all advertising materials mentioning",),
    ),
    (
        "BSD-2-Clause",
        (
            "redistribution and use in source and binary forms",
            "redistributions in binary form must reproduce",
        ),
        ("to endorse or promote", "all advertising materials mentioning"),
    ),
)


def header_license(text: str) -> str | None:
    """Return what `SPDX-License-Identifier:` says in the first 4,000 characters of a file; None where it is not.

    Several such lines are joined by AND: each is for a part of the file. One that says anything but licences of
    SPDX's list makes it "unknown", whatever stands around the file; in the midst of a line it is prose, no header.

    >>> header_license("# SPDX-License-Identifier: MIT OR Apache-2.0")
    'MIT OR Apache-2.0'
    """
    if text.find(_TAG, 0, _HEADER_CHARACTERS) < 0:
        return None
    found = [
        (_canonical(_HEADER_ENDS.sub("", line["said"])), line["begins"] is not None)
        for line in _HEADER.finditer(text, 0, _HEADER_CHARACTERS)
    ]
    stated = list(dict.fromkeys(one for one, begins_line in found if begins_line or one != UNKNOWN))
    if UNKNOWN in stated:
        return UNKNOWN
    if len(stated) < 2:
        return stated[0] if stated else None
    return " AND ".join(f"({one})" if " OR " in one else one for one in stated)


def text_license(text: str) -> str:
    """Return the SPDX id of the only known licence whose text this is or holds; else "unknown"."""
    flat = " ".join(re.findall(r"[a-z0-9]+", text.lower()))
    found = {
        name
        for name, needed, barred in _PHRASES
        if all(phrase in flat for phrase in needed) and not any(phrase in flat for phrase in barred)
    }
    return found.pop() if len(found) == 1 else UNKNOWN


def folder_license(folder: Path, names: list[str]) -> str | None:
    """Return the licence that a folder's own files name: "unknown" for one that is not known, None for none.

    `names` are the files in the folder. The licence's text counts before the metadata of a project. Several known
    texts are joined by AND, the careful reading: nothing says that a user may choose.
    """
    texts = {name: text_license(_start(folder / name)) for name in sorted(names) if _is_license_file(name)}
    known = {license_ for license_ in texts.values() if license_ != UNKNOWN}
    if known >= {"LGPL-3.0-only", "GPL-3.0-only"}:
        known.remove("GPL-3.0-only")  # the LGPL 3 is written as exceptions to it, so both texts are shipped
    if known and not any(_PLAIN_NAME.fullmatch(name) and texts[name] == UNKNOWN for name in texts):
        return " AND ".join(sorted(known))
    found = (_metadata_license(folder / name) for name in _METADATA if name in names)
    stated = [license_ for license_ in found if license_ is not None]
    if expressions := [license_ for license_ in stated if license_ != UNKNOWN]:
        return expressions[0]
    return UNKNOWN if texts or stated else None


def _is_license_file(name: str) -> bool:
    suffix = Path(name).suffix.lower()
    return bool(_NAME.match(name)) and suffix not in _OTHER_SUFFIXES


def _start(path: Path) -> str:
    """Return what can be read of a file; one that cannot be read names no licence."""
    if path.is_symlink() or not path.is_file():
        return ""
    try:
        with path.open("rb") as file:
            return file.read(_LICENSE_BYTES).decode("utf-8", "replace")
    except OSError:
        return ""


def _metadata_license(path: Path) -> str | None:
    """Return the licence that a project's metadata state, "unknown" for one not listed; None for none."""
    text = _start(path)
    if path.name == "pyproject.toml":
        return _pyproject_license(text)
    headers = email.parser.HeaderParser().parsestr(text)
    field = headers.get("License-Expression") or headers.get("License")
    return _stated(field, map(str, headers.get_all("Classifier", [])))


def _pyproject_license(text: str) -> str | None:
    try:
        project = tomllib.loads(text).get("project")
    except tomllib.TOMLDecodeError:
        return None
    if not isinstance(project, dict):
        return None
    field, classifiers = project.get("license"), project.get("classifiers")
    # An SPDX expression since PEP 639; before it, {text = "MIT"} or {file = "LICENSE"}.
    field = field.get("text", "in a file") if isinstance(field, dict) else field
    return _stated(field, map(str, classifiers) if isinstance(classifiers, list) else ())


def _stated(field: object, classifiers: Iterable[str]) -> str | None:
    licenses = [classifier for classifier in classifiers if classifier.startswith("License ::")]
    if not field and not licenses:
        return None
    expression = _canonical(str(field or ""))
    return stated_license(str(field or ""), licenses) if expression == UNKNOWN else expression


def _canonical(expression: str) -> str:
    try:
        return canonical(expression)
    except NotSpdx:
        return UNKNOWN
