"""SPDX licence expressions: what one names, and whether it may be used under an allow-list.

An expression joins licence ids by OR (the user chooses) and AND (all bind), with parentheses; WITH names an
exception that only ever allows more (SPDX specification 2.3, annex D). Nothing here reads files.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

_WORD = re.compile(r"\(|\)|[^\s()]+")
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+:-]*")
_OLD_NAMES = re.compile(r"(a?gpl|lgpl)-(\d\.\d)(\+?)", re.IGNORECASE)
_DEPTH = 50
"""Of parentheses; a deeper one is no licence."""


class NotSpdx(ValueError):
    """The text is no SPDX licence expression; the message says why."""


def canonical(expression: str) -> str:
    """Return an expression as SPDX's list spells its licences, with today's names of the GPL family.

    Raises NotSpdx for what is no expression, and for licences that the list does not have (only `LicenseRef-...`
    is anybody's to name).

    >>> canonical("mit  or (GPL-2.0+ and BSD-3-Clause)")
    'MIT OR (GPL-2.0-or-later AND BSD-3-Clause)'
    """
    words = _words(expression)
    _Parser(words, frozenset()).allowed()
    return _listed(words, expression)


def is_allowed(expression: str, allowed: Collection[str]) -> bool:
    """Say whether a text under `expression` may be used by somebody who accepts the licences in `allowed`.

    No id in `allowed` means that all are accepted. What is no expression is allowed only if it stands there
    itself, as "unknown" may. Case does not matter.

    >>> is_allowed("GPL-3.0-only OR MIT", ["MIT"]), is_allowed("GPL-3.0-only AND MIT", ["MIT"])
    (True, False)
    """
    accepted = frozenset(_new_name(name).lower() for name in allowed)
    if not accepted or expression.lower() in accepted:
        return True
    try:
        return _Parser(_words(expression), accepted).allowed()
    except NotSpdx:
        return False


def known_license(name: str) -> str:
    """Return one licence as SPDX's list spells it, with its exception where it has one.

    Raises NotSpdx for what the list does not have (only `LicenseRef-...` is anybody's to name), and for several
    licences in one expression.

    >>> known_license("gpl-2.0+"), known_license("GPL-2.0-only with classpath-exception-2.0")
    ('GPL-2.0-or-later', 'GPL-2.0-only WITH Classpath-exception-2.0')
    """
    words = _words(name)
    if joined := {"AND", "OR"}.intersection(words):
        raise NotSpdx(f"{name!r} joins licences by {min(joined)}; give each of them by itself")
    return _listed(words, name)


def _listed(words: list[str], said: str) -> str:
    try:
        return canonicalize_license_expression(" ".join(words))
    except InvalidLicenseExpression:
        raise NotSpdx(
            f"{said!r} is no SPDX licence, such as MIT or Apache-2.0; https://spdx.org/licenses has all"
        ) from None


def _words(expression: str) -> list[str]:
    operators = {"and", "or", "with"}
    return [w.upper() if w.lower() in operators else _new_name(w) for w in _WORD.findall(expression)]


def _new_name(name: str) -> str:
    """Return the name that SPDX gives since version 3.0 of its list: GPL-2.0 is GPL-2.0-only."""
    if (old := _OLD_NAMES.fullmatch(name)) is None:
        return name
    return f"{old[1]}-{old[2]}-{'or-later' if old[3] else 'only'}"


class _Parser:
    """Recursive descent: OR binds least, then AND, then WITH."""

    def __init__(self, words: list[str], accepted: frozenset[str]) -> None:
        self._words = words
        self._accepted = accepted
        self._next = self._depth = 0

    def allowed(self) -> bool:
        """Return whether the whole expression is. Raises NotSpdx."""
        answer = self._any()
        if self._next < len(self._words):
            raise NotSpdx(f"{self._words[self._next]!r} follows what is complete already")
        return answer

    def _any(self) -> bool:
        answers = [self._all()]
        while self._takes("OR"):
            answers.append(self._all())
        return any(answers)

    def _all(self) -> bool:
        answers = [self._one()]
        while self._takes("AND"):
            answers.append(self._one())
        return all(answers)

    def _one(self) -> bool:
        if self._takes("("):
            self._depth += 1
            if self._depth > _DEPTH:
                raise NotSpdx(f"more than {_DEPTH} parentheses in one another")
            answer = self._any()
            if not self._takes(")"):
                raise NotSpdx("a parenthesis is not closed")
            self._depth -= 1
            return answer
        name = self._name()
        answer = name.lower() in self._accepted
        if self._takes("WITH"):
            return f"{name} WITH {self._name()}".lower() in self._accepted or answer
        return answer

    def _takes(self, word: str) -> bool:
        found = self._next < len(self._words) and self._words[self._next] == word
        self._next += found
        return found

    def _name(self) -> str:
        word = self._words[self._next] if self._next < len(self._words) else ""
        if word in ("AND", "OR", "WITH") or not _PLAIN.fullmatch(word):
            raise NotSpdx(f"{word or 'the end'!r} stands where a licence should")
        self._next += 1
        return word
