"""Code in the prose of a page, put between backticks: families write their ideas and pitfalls as plain text."""

from __future__ import annotations

import re
from functools import lru_cache

_KEPT = re.compile(r"(`[^`]*`|(?<!\w)'[^']*'(?!\w)|(?<![\w(])\"[^\"]*\")")
"""What is marked already, or quoted."""
_NAMES = (
    "zip|enumerate|divmod|isalpha|isdigit|isdisjoint|isupper|fullmatch|findall|rindex|startswith|setdefault|groupby|"
    "takewhile|dropwhile|islice|itertools|defaultdict|Counter|OrderedDict|deque|heapq|getattr|bisect|isqrt|"
    "maketrans|fromkeys|nonlocal|lambda|maxlen"
)
_CODE = re.compile(
    r"(?:\.|\b)[A-Za-z_][\w.]*\((?:[^()]|\([^()]*\))*\)(?:\[[^\]]*\])?"  # a call
    r"|\b\w+\[[^\]]+\]"
    r"|\b[a-z]+=\w+\b"
    r"|\b[A-Za-z]\w+\.[a-z]\w+\b"
    r"|(?<!\w)__\w+__|\b[a-z0-9]+(?:_[a-z0-9]+)+\b"
    r"|\b[A-Z]\w+Error\b"
    r"|\\\w"
    rf"|\b(?:{_NAMES})\b"
)
_EACH_NAME = tuple(_NAMES.split("|"))
_EITHER = re.compile(f"{_KEPT.pattern}|{_CODE.pattern}")
_MARK = re.compile(r"[(\[=](?<=\w.)|_|\.[a-z](?<=\w\..)|Error|\\")
"""Every text with code has one of these or one of the names: looking for them is quicker than for the code."""
_BEGUN = re.compile(r"[a-z]\w*\b(?![.(\[=])")
"""The first word of a sentence, if it is no English one: that would have a capital."""


@lru_cache(maxsize=4096)
def marked(text: str) -> str:
    """Return the text with calls, names of functions and errors, and a first word without capital as code.

    >>> marked("range stops before its end; int('') raises ValueError, `max` too.")
    "`range` stops before its end; `int('')` raises `ValueError`, `max` too."
    """
    first = _BEGUN.match(text)
    start = f"`{first[0]}`" if first else ""
    rest = text[first.end() :] if first else text
    if not (_MARK.search(rest) or any(map(rest.__contains__, _EACH_NAME))):
        return start + rest
    return start + _EITHER.sub(lambda found: found[0] if found[1] else f"`{found[0]}`", rest)
