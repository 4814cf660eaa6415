"""What a column of a data set says about licences, as one SPDX expression.

Data sets name licences as GitHub or ScanCode do, one or a list of all that were found in a repository. Which of
them holds for the row is not told, so a list is joined by AND, the careful reading. A licence that is no SPDX
identifier stays recognisable as a `LicenseRef-`.
"""

from __future__ import annotations

import re

from hornbook.corpus.licenses import UNKNOWN

_IDS = (
    *("0BSD", "AFL-3.0", "AGPL-3.0", "AGPL-3.0-only", "AGPL-3.0-or-later", "Apache-2.0", "Artistic-2.0"),
    *(
        "BSD-2-Clause",
        "BSD-3-Clause",
        "BSD-3-Clause-Clear",
        "BSD-4-Clause",
        "BSL-1.0",
        "CC-BY-3.0",
        "CC-BY-4.0",
    ),
    *("CC-BY-SA-2.5", "CC-BY-SA-3.0", "CC-BY-SA-4.0", "CC0-1.0", "CDDL-1.0", "ECL-2.0", "EPL-1.0", "EPL-2.0"),
    *("EUPL-1.1", "EUPL-1.2", "GPL-2.0", "GPL-2.0-only", "GPL-2.0-or-later", "GPL-3.0", "GPL-3.0-only"),
    *(
        "GPL-3.0-or-later",
        "HPND",
        "ISC",
        "LGPL-2.0",
        "LGPL-2.1",
        "LGPL-2.1-only",
        "LGPL-2.1-or-later",
        "LGPL-3.0",
    ),
    *("LGPL-3.0-only", "LGPL-3.0-or-later", "MIT", "MIT-0", "MPL-1.1", "MPL-2.0", "MS-PL", "NCSA", "OFL-1.1"),
    *("PSF-2.0", "Python-2.0", "Unlicense", "UPL-1.0", "WTFPL", "Zlib", "ZPL-2.1"),
)
_BY_NAME = {id_.lower(): id_ for id_ in _IDS} | {
    "apache 2.0": "Apache-2.0",
    "apache license 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "bsd": "LicenseRef-BSD",
    "mit license": "MIT",
    "the unlicense": "Unlicense",
}
_NOTHING = frozenset({"none", "null", "n/a", "na", "other", "unknown", "no_license", "noassertion"})
_OPERATORS = frozenset({"AND", "OR", "WITH"})
_ID = r"[A-Za-z0-9][A-Za-z0-9.\-]*\+?"
_EXPRESSION = re.compile(rf"\(*{_ID}\)*(?: (?:AND|OR|WITH) \(*{_ID}\)*)*")


def spdx_of(stated: object) -> str:
    """Return a licence, or a list of them, as an SPDX expression; "unknown" where nothing is stated.

    >>> spdx_of(["mit", "apache-2.0"])
    'Apache-2.0 AND MIT'
    >>> spdx_of("our own terms")
    'LicenseRef-our-own-terms'
    """
    names = stated if isinstance(stated, list | tuple) else [stated]
    found = sorted({_one(name.strip()) for name in names if isinstance(name, str) and name.strip()})
    if len(found) < 2:
        return found[0] if found else UNKNOWN
    # One that is not known is one more whose terms hold.
    parts = (f"LicenseRef-{one}" if one == UNKNOWN else f"({one})" if " OR " in one else one for one in found)
    return " AND ".join(parts)


def _one(name: str) -> str:
    if name.lower() in _NOTHING:
        return UNKNOWN
    if known := _BY_NAME.get(name.lower()):
        return known
    if _EXPRESSION.fullmatch(name) and name.count("(") == name.count(")"):
        return re.sub(_ID, lambda found: _id(found[0]), name)
    return f"LicenseRef-{slug}" if (slug := re.sub(r"[^A-Za-z0-9.]+", "-", name).strip("-.")) else UNKNOWN


def _id(name: str) -> str:
    return name if name in _OPERATORS else _BY_NAME.get(name.lower(), name)
