"""What the classifier sees of a unit: hashed 1- and 2-grams of its code tokens, and counts by regex.

Cheap on purpose: no ast, so text that does not parse has features too. Comments and docstrings are taken out
before the n-grams are made, because a classifier of code is known to fall for comments (the card of Stack-Edu
warns of it); they reach it only through three of the counts. The counts overlap with what the judge looks at,
but know neither its scopes nor its thresholds.
"""

from __future__ import annotations

import builtins
import keyword
import math
import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from hornbook.errors import TrainingUnavailable

Floats = npt.NDArray[np.float64]

NUM_HASHED = 2**16
"""Columns of the hashed n-grams: 10,000 units have about 90,000 different ones, most of them once."""

_QUOTED = r"(?:\"\"\"(?s:.*?)\"\"\"|'''(?s:.*?)''')"
_TEXT = re.compile(
    rf"(?P<doc>^[ \t]*[rRuU]?{_QUOTED}[ \t]*$)"
    rf"|(?P<string>[rRbBuUfF]{{0,2}}(?:{_QUOTED}|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'))"
    r"|(?P<comment>\#[^\n]*)",
    re.MULTILINE,
)
_TOKEN = r"[A-Za-z_]\w*|\d+|[^\w\s]"
_NUMBER = re.compile(r"\b\d[\w.]*")
_WORD = re.compile(r"[A-Za-z]{2,}")
_NAME = re.compile(r"[A-Za-z_]\w*")
_FREE_NAME = re.compile(r"(?<![\w.])[A-Za-z_]\w*")
_LOOPS = ("for", "while")
_BRANCHES = ("if", "elif", "else", "try", "except", "case")
_RESULT = re.compile(r"\b(?:return|yield) +[^\s]|\] *=[^=]|[-+*/]=")
_OPERATOR = re.compile(r"[-+*/%<>]=?|[=!]=|\b(?:and|or|not|in)\b")
_COLLECT = re.compile(r"\.(?:append|add|extend|pop|update|setdefault)\(|\+=|\] = | if ")
_DEFINITION = re.compile(r"\s*(?:async +)?(?:def|class) ")
_PLAIN_LINE = re.compile(r"\s*(?:return\b|[\w., :]+=|)\s*[\w.]*(?:\([\w., =*'\"]*\))?\s*")
_IMPORT = re.compile(r"^[ \t]*(?:from|import) +\.*(\w*)", re.MULTILINE)
_PARAMETERS = re.compile(r"\bdef +\w+\(((?:[^()]|\([^()]*\))*)\)")
_PARAMETER = re.compile(r"(?:^|,)\s*\*{0,2}(\w+)")
_ASSIGNED = re.compile(r"^[ \t]*([A-Za-z_][\w, ]*?) *(?::[^=\n]+)?[-+*/|&%]?=[^=]", re.MULTILINE)
_TARGET = re.compile(r"\b(?:for +([\w, ()]+?) +in\b|(?:as|def|class) +(\w+)|(?:lambda|import) +([\w, ]+))")
_KEYWORD = re.compile(r"[(,]\s*(\w+)=[^=]")
_KNOWN = frozenset(dir(builtins)) | frozenset(keyword.kwlist) | {"self", "cls", "s", "match", "case"}


@dataclass(frozen=True, slots=True)
class Parts:
    """A unit's code apart from what is said about it."""

    code: str
    """Without comments and docstrings; every string is `"s"`, every number 0."""
    doc: str
    num_comments: int
    num_string_characters: int


def split(text: str) -> Parts:
    """Take a unit apart by regex; text that is no Python is split as well as it goes.

    >>> split("x = 12  # twelve")
    Parts(code='x = 0  ', doc='', num_comments=1, num_string_characters=0)
    """
    docs: list[str] = []
    num_comments = num_string_characters = 0

    def without(match: re.Match[str]) -> str:
        nonlocal num_comments, num_string_characters
        if match.lastgroup == "string":
            num_string_characters += len(match[0])
            return '"s"'
        if match.lastgroup == "doc":
            docs.append(match[0])
        num_comments += match.lastgroup == "comment"
        return ""

    code = _NUMBER.sub("0", _TEXT.sub(without, text))
    return Parts(code, "\n".join(docs), num_comments, num_string_characters)


def structure(parts: Parts) -> dict[str, float]:
    """Return the counts by name; most are per line of code, or the logarithm of one plus a count."""
    code = parts.code
    lines = [line for line in code.split("\n") if line.strip()] or [""]
    names = _NAME.findall(code)
    distinct = Counter(names)
    indents = [(len(line) - len(line.lstrip())) / 4 for line in lines]
    uses, foreign = _names_used(code)
    return {
        "code_characters": math.log1p(len(code)),
        "code_lines": math.log1p(len(lines)),
        "line_length": sum(map(len, lines)) / len(lines),
        "deepest_indent": max(indents),
        "mean_indent": sum(indents) / len(lines),
        "longest_piece": math.log1p(_longest_piece(lines)),
        "doc_words": math.log1p(len(_WORD.findall(parts.doc)) / len(lines)),
        "examples": math.log1p(parts.doc.count(">>>")),
        "comments": parts.num_comments / len(lines),
        "definitions": math.log1p(sum(_DEFINITION.match(line) is not None for line in lines)),
        "loops": sum(distinct[word] for word in _LOOPS) / len(lines),
        "branches": sum(distinct[word] for word in _BRANCHES) / len(lines),
        "blocks": sum(line.endswith(":") for line in lines) / len(lines),
        "results": len(_RESULT.findall(code)) / len(lines),
        "collecting": math.log1p(len(_COLLECT.findall(code))),
        "plain_lines": sum(_PLAIN_LINE.fullmatch(line) is not None for line in lines) / len(lines),
        "state": (code.count("self.") + code.count("cls.")) / len(lines),
        "foreign_imports": math.log1p(sum(m not in sys.stdlib_module_names for m in _IMPORT.findall(code))),
        "foreign_names": math.log1p(foreign),
        "foreign_share": foreign / max(uses, 1),
        "operators": len(_OPERATOR.findall(code)) / len(lines),
        "subscripts": code.count("[") / len(lines),
        "calls": code.count("(") / len(lines),
        "attributes": code.count(".") / len(lines),
        "string_characters": parts.num_string_characters / len(lines),
        "capital_names": sum(name[0].isupper() for name in names) / max(len(names), 1),
        "distinct_names": len(distinct) / max(len(names), 1),
        "name_length": sum(map(len, distinct)) / max(len(distinct), 1),
        "parameters": max((p.count(",") + 1 for p in _PARAMETERS.findall(code)), default=0),
    }


def _names_used(code: str) -> tuple[int, int]:
    """Count the names read, and those of them that nothing in the code seems to bind."""
    bound = set(_KEYWORD.findall(code))
    for assigned in _ASSIGNED.findall(code):
        bound.update(_NAME.findall(assigned))
    for targets in _TARGET.findall(code):
        for target in targets:
            bound.update(_NAME.findall(target))
    for parameters in _PARAMETERS.findall(code):
        bound.update(_PARAMETER.findall(parameters))
    uses = [name for name in _FREE_NAME.findall(code) if name not in _KNOWN]
    return len(uses), sum(name not in bound for name in uses)


def _longest_piece(lines: Sequence[str]) -> int:
    """Most lines from one definition's head to the next."""
    longest = current = 0
    for line in lines:
        current = 1 if _DEFINITION.match(line) else current + 1
        longest = max(longest, current)
    return longest


NUM_STRUCTURE = len(structure(split("")))


SAID = tuple(list(structure(split(""))).index(name) for name in ("doc_words", "examples", "comments"))
"""Columns that comments and docstrings reach: for the same code without them these are 0, the rest equal."""


@dataclass(frozen=True, slots=True)
class Features:
    """Features of n texts."""

    structure: Floats
    """Shape (n, NUM_STRUCTURE)."""
    ngrams: Any
    """scipy CSR matrix of shape (n, NUM_HASHED), rows of Euclidean length 1 (0 for a text without code)."""


def features(texts: Sequence[str]) -> Features:
    """Return the features of texts. Raises TrainingUnavailable without scikit-learn."""
    hashing = _hashing()
    parts = [split(text) for text in texts]
    rows = [list(structure(part).values()) for part in parts]
    return Features(
        np.array(rows, dtype=np.float64).reshape(-1, NUM_STRUCTURE),
        hashing.transform([part.code for part in parts]),
    )


def _hashing() -> Any:
    try:
        from sklearn.feature_extraction.text import HashingVectorizer
    except ImportError as error:
        raise TrainingUnavailable(
            "the value filter needs scikit-learn: pip install 'hornbook[train]'"
        ) from error
    return HashingVectorizer(
        n_features=NUM_HASHED,
        ngram_range=(1, 2),
        token_pattern=_TOKEN,
        lowercase=False,
        alternate_sign=False,
        norm="l2",
    )
