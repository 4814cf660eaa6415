"""Sums of constants in code whose parameters were filled in: `(100 + 5)` is 105, `size - 2 + 1` is `size - 1`."""

from __future__ import annotations

import re

# `\d [-+] \d|\b0 \+ `, but sought by its operator: that takes a third of the time of trying each digit.
_ANY = re.compile(r" [-+] (?<=\d...)(?:\d|(?<=\b0 \+ ))")
_SUM = re.compile(r"(?<![\w)\].])\((\d+) ([-+]) (\d+)\)")
_MOVED = re.compile(r"(?<=[\w)\]]) ([-+]) (\d+) ([-+]) (\d+)(?![\w.]| *[*/%@])")
_NOTHING_ADDED = re.compile(r"(?:(?<=[\[(])|(?<=[,=] )|(?<=\breturn ))0 \+ (?=[a-z(])")


def worked_out(code: str) -> str:
    """Work out sums of numbers that parameters leave behind, as nobody writes them.

    >>> worked_out("return balance * (100 + 5) // 100, size - 2 + 1, [0 + i for i in range(3)]")
    'return balance * 105 // 100, size - 1, [i for i in range(3)]'
    """
    if " + " not in code and " - " not in code or not _ANY.search(code):
        return code
    code = _SUM.sub(_sum, code)
    code = _MOVED.sub(_moved, code)
    return _NOTHING_ADDED.sub("", code)


def _sum(match: re.Match[str]) -> str:
    value = int(match[1]) + int(match[2] + match[3])
    return f"{value}" if value >= 0 else f"({value})"


def _moved(match: re.Match[str]) -> str:
    value = int(match[1] + match[2]) + int(match[3] + match[4])
    return f" {'-' if value < 0 else '+'} {abs(value)}" if value else ""
