"""Licences: what expressions allow, what texts are, and which file speaks for which."""

import importlib.metadata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hornbook.corpus.expressions import NotSpdx, canonical, is_allowed, known_license
from hornbook.corpus.folders import read_folder
from hornbook.corpus.license_files import header_license, text_license
from hornbook.corpus.licenses import UNKNOWN
from hornbook.record import Record

MIT = (
    "Permission is hereby granted, free of charge, to any person obtaining\na copy of this software ... publish, "
    "distribute, sublicense, and/or sell\ncopies of the Software"
)
BSD = "Redistribution and use in source and binary forms ... redistributions in binary form must reproduce"
BSD_3 = BSD + " ... nor the names of its contributors may be used to endorse or promote products"
APACHE = "Apache License\n   Version 2.0, January 2004 ... 3. Grant of Patent License."
GPL = "GNU GENERAL PUBLIC LICENSE\nVersion {}, June ... When we speak of free software, we refer to freedom"
LGPL = (
    "GNU LESSER GENERAL PUBLIC LICENSE\nVersion 3, 29 June 2007 ... the additional permissions listed below"
)


@pytest.mark.parametrize(
    ("expression", "allowed", "answer"),
    [
        ("MIT", ["MIT"], True),
        ("mit", ["MIT"], True),
        ("MIT", [], True),
        ("MIT", ["Apache-2.0"], False),
        ("MIT OR GPL-3.0-only", ["MIT"], True),
        ("MIT AND GPL-3.0-only", ["MIT"], False),
        ("MIT AND Apache-2.0", ["MIT", "Apache-2.0"], True),
        ("MIT AND (GPL-2.0-only OR BSD-3-Clause)", ["MIT", "BSD-3-Clause"], True),
        ("GPL-3.0-only OR MIT AND Apache-2.0", ["MIT"], False),  # AND binds closer
        ("GPL-2.0", ["GPL-2.0-only"], True),
        ("GPL-2.0+", ["GPL-2.0-or-later"], True),
        ("GPL-2.0-only WITH Classpath-exception-2.0", ["GPL-2.0-only"], True),
        ("GPL-2.0-only WITH Classpath-exception-2.0", ["GPL-2.0-only WITH Classpath-exception-2.0"], True),
        ("unknown", ["MIT"], False),
        ("unknown", ["MIT", "unknown"], True),
        ("see file", ["MIT"], False),
        ("MIT OR", ["MIT"], False),
        ("(MIT", ["MIT"], False),
        ("(" * 3000 + "MIT" + ")" * 3000, ["MIT"], False),
    ],
)
def test_an_expression_is_allowed_as_its_operators_say(
    expression: str, allowed: list[str], answer: bool
) -> None:
    assert is_allowed(expression, allowed) is answer


@pytest.mark.parametrize(
    "name", ["GPLv9", "MIT License", "BSD", "Apache-2", "", "MIT OR ISC", "(MIT AND ISC)", "unknown"]
)
def test_what_spdx_does_not_list_is_no_licence_to_choose(name: str) -> None:
    with pytest.raises(NotSpdx, match="is no SPDX licence|joins licences"):
        known_license(name)


@pytest.mark.parametrize("name", ["MIT", "apache-2.0", "GPL-2.0", "GPL-3.0+", "LicenseRef-Ours"])
def test_a_listed_licence_is_known_by_any_of_its_spellings(name: str) -> None:
    assert is_allowed(known_license(name), [name])


EXPRESSIONS = st.recursive(
    st.sampled_from(["MIT", "ISC", "Zlib"]),
    lambda inner: st.tuples(inner, st.sampled_from(["AND", "OR"]), inner).map(
        lambda t: f"({t[0]} {t[1]} {t[2]})"
    ),
    max_leaves=8,
)


@given(expression=EXPRESSIONS, allowed=st.sets(st.sampled_from(["MIT", "ISC", "Zlib"]), min_size=1))
def test_an_expression_means_what_python_would_make_of_it(expression: str, allowed: set[str]) -> None:
    as_python = expression.replace("AND", "and").replace("OR", "or")
    values = {name: name in allowed for name in ("MIT", "ISC", "Zlib")}
    assert is_allowed(expression, allowed) is eval(as_python, values)  # made of three names above
    assert canonical(expression) == expression


def test_text_that_is_no_expression_says_why() -> None:
    with pytest.raises(NotSpdx, match="follows what is complete"):
        canonical("see LICENSE.txt")


@pytest.mark.parametrize(
    ("text", "license_"),
    [
        (MIT, "MIT"),
        (BSD, "BSD-2-Clause"),
        (BSD_3, "BSD-3-Clause"),
        (APACHE, "Apache-2.0"),
        (GPL.format(2), "GPL-2.0-only"),
        (GPL.format(3), "GPL-3.0-only"),
        (LGPL, "LGPL-3.0-only"),
        ("GNU AFFERO GENERAL PUBLIC LICENSE\nVersion 3, 19 November 2007", "AGPL-3.0-only"),
        ("Mozilla Public License Version 2.0\n1.4. “Covered Software”", "MPL-2.0"),
        ("This is free and unencumbered software released into the public domain.", "Unlicense"),
        ("CC0 1.0 Universal", "CC0-1.0"),
        (
            "Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee "
            "is hereby granted, provided that the above",
            "ISC",
        ),
        (MIT + BSD_3, UNKNOWN),
        ("All rights reserved.", UNKNOWN),
    ],
)
def test_a_licence_is_known_by_its_text(text: str, license_: str) -> None:
    assert text_license(text) == license_
    assert text_license(text.upper().replace(" ", "\n  ")) == license_


def test_the_licences_of_installed_packages_are_known_by_their_texts() -> None:
    checked = 0
    for distribution in importlib.metadata.distributions():
        stated = distribution.metadata.get_all("License-Expression") or [""]
        texts = [f for f in distribution.files or [] if f.match("*.dist-info/licenses/LICENSE*")]
        if stated[0] in ("MIT", "BSD-3-Clause", "Apache-2.0", "MPL-2.0") and len(texts) == 1:
            found = text_license(texts[0].read_text("utf-8"))
            assert found in (stated[0], UNKNOWN), distribution.name
            checked += found != UNKNOWN
    assert checked >= 5


@pytest.mark.parametrize(
    ("text", "license_"),
    [
        ("# SPDX-License-Identifier: MIT\n", "MIT"),
        ("#!/bin/python\n# SPDX-License-Identifier:  GPL-2.0+ \n", "GPL-2.0-or-later"),
        ('"""SPDX-License-Identifier: (MIT OR Apache-2.0)"""\n', "(MIT OR Apache-2.0)"),
        ("# SPDX-License-Identifier: MIT OR ISC\n# SPDX-License-Identifier: Zlib\n", "(MIT OR ISC) AND Zlib"),
        ("# SPDX-License-Identifier: mit or apache-2.0\n", "MIT OR Apache-2.0"),
        ("# SPDX-License-Identifier: LicenseRef-Ours\n", "LicenseRef-Ours"),
        ("# SPDX-License-Identifier: GPLv9\n", UNKNOWN),
        ("SPDX-License-Identifier: GPLv9\n", UNKNOWN),
        ("# SPDX-License-Identifier: MIT OR GPLv9\n", UNKNOWN),
        ("# SPDX-License-Identifier: MIT\n# SPDX-License-Identifier: GPLv9\n", UNKNOWN),
        ("# SPDX-License-Identifier: NOASSERTION\n", UNKNOWN),
        ("# SPDX-License-Identifier: whatever we say\n", UNKNOWN),
        ("find = re.compile(r'SPDX-License-Identifier: (.*)')\n", None),
        ("# Copyright Us. SPDX-License-Identifier: MIT\n", "MIT"),
        ("x = 1\n", None),
    ],
)
def test_a_header_is_read(text: str, license_: str | None) -> None:
    assert header_license(text) == license_


def license_in(folder: Path, files: dict[str, str]) -> dict[str, str]:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    found = [r for r in read_folder(folder, name="r") if isinstance(r, Record)]
    return {r.source.removeprefix("r/"): r.license for r in found}


def test_the_header_counts_before_the_nearest_file_and_that_before_metadata(tmp_path: Path) -> None:
    header = "# SPDX-License-Identifier: ISC\n"
    project = '[project]\nname = "x"\nlicense = {}\n'
    files = {
        "LICENSE": MIT,
        "pyproject.toml": project.format('"Zlib"'),
        "a.py": "x = 1\n",
        "b.py": header,
        "unlisted.py": "# SPDX-License-Identifier: GPLv9\n",
        "inner/COPYING": GPL.format(3),
        "inner/deep/c.py": "x = 1\n",
        "inner/deep/d.py": header,
        "odd/LICENSE": "Ask us.",
        "odd/e.py": "x = 1\n",
        "old/pyproject.toml": project.format('{text = "BSD-3-Clause"}'),
        "old/f.py": "x = 1\n",
        "classified/PKG-INFO": "Name: x\nClassifier: License :: OSI Approved :: Apache Software License\n",
        "classified/g.py": "x = 1\n",
        "newest/pyproject.toml": project.format('"GPLv9"'),
        "newest/j.py": "x = 1\n",
        "newer/PKG-INFO": "Name: x\nLicense-Expression: GPLv9\n",
        "newer/k.py": "x = 1\n",
        "silent/pyproject.toml": '[project]\nname = "x"\nclassifiers = ["Topic :: Education"]\n',
        "silent/l.py": "x = 1\n",
        "two/LICENSE-MIT": MIT,
        "two/LICENSE-APACHE": APACHE,
        "two/h.py": "x = 1\n",
        "lesser/COPYING": GPL.format(3),
        "lesser/COPYING.LESSER": LGPL,
        "lesser/i.py": "x = 1\n",
    }
    assert license_in(tmp_path, files) == {
        "a.py": "MIT",
        "b.py": "ISC",
        "unlisted.py": UNKNOWN,
        "inner/deep/c.py": "GPL-3.0-only",
        "inner/deep/d.py": "ISC",
        "odd/e.py": UNKNOWN,
        "old/f.py": "BSD-3-Clause",
        "classified/g.py": "Apache-2.0",
        "newest/j.py": UNKNOWN,
        "newer/k.py": UNKNOWN,
        "silent/l.py": "MIT",
        "two/h.py": "Apache-2.0 AND MIT",
        "lesser/i.py": "LGPL-3.0-only",
    }


def test_nothing_said_is_unknown(tmp_path: Path) -> None:
    assert license_in(tmp_path, {"a.py": "x = 1\n", "pyproject.toml": "not [toml"}) == {"a.py": UNKNOWN}
