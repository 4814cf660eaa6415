"""The licence of an installed distribution as an SPDX expression, or "unknown".

Reads what the package says about itself and nothing else: first `License-Expression` (PEP 639), then the
`License` field, then the trove classifiers; the classifier "BSD License" is settled by the licence's text.
It does not look into single files.
"""

from __future__ import annotations

import importlib.metadata
from collections.abc import Iterable

from hornbook.corpus.expressions import NotSpdx, canonical

UNKNOWN = "unknown"

_BY_FIELD = {
    "mit": "MIT",
    "mit license": "MIT",
    "apache 2.0": "Apache-2.0",
    "apache-2.0": "Apache-2.0",
    "apache license 2.0": "Apache-2.0",
    "bsd-2-clause": "BSD-2-Clause",
    "bsd-3-clause": "BSD-3-Clause",
    "mpl-2.0": "MPL-2.0",
    "isc": "ISC",
}
_BY_CLASSIFIER = {
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "License :: OSI Approved :: Python Software Foundation License": "PSF-2.0",
    "License :: OSI Approved :: ISC License (ISCL)": "ISC",
}
_BSD = "License :: OSI Approved :: BSD License"


def license_of(distribution: importlib.metadata.Distribution) -> str:
    """Return the SPDX expression that a distribution's metadata states, "unknown" when it states none.

    >>> license_of(importlib.metadata.distribution("pydantic"))
    'MIT'
    """
    if expression := _field(distribution, "License-Expression"):
        return _expression(expression)
    field = _field(distribution, "License")
    classifiers = distribution.metadata.get_all("Classifier") or []
    if (stated := stated_license(field, classifiers)) != UNKNOWN:
        return stated
    return _bsd(field + _license_text(distribution)) if _BSD in classifiers else UNKNOWN


def stated_license(field: str, classifiers: Iterable[str]) -> str:
    """Return the SPDX expression that a `License` field names, else the trove classifiers, else "unknown"."""
    if spdx := _BY_FIELD.get(field.strip().lower()):
        return spdx
    if found := [_BY_CLASSIFIER[c] for c in classifiers if c in _BY_CLASSIFIER]:
        # Several classifiers do not say whether they are joined by AND or by OR; AND is the careful reading.
        return " AND ".join(sorted(set(found)))
    return UNKNOWN


def _expression(stated: str) -> str:
    try:
        return canonical(stated)
    except NotSpdx:
        return UNKNOWN


def _field(distribution: importlib.metadata.Distribution, name: str) -> str:
    # get_all, because the older metadata protocol promises no `get` for a key that may be missing.
    return " ".join(distribution.metadata.get_all(name) or []).strip()


def _bsd(text: str) -> str:
    flat = " ".join(text.split()).lower()
    if "redistributions of source code" not in flat:
        return UNKNOWN
    return "BSD-3-Clause" if "may be used to endorse" in flat else "BSD-2-Clause"


def _license_text(distribution: importlib.metadata.Distribution) -> str:
    for file in distribution.files or []:
        if file.parent.name.endswith((".dist-info", "licenses")) and file.name.startswith("LICENSE"):
            try:
                return file.read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError):
                continue  # a listed file that cannot be read says nothing about the licence
    return ""
