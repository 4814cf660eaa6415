"""Code blocks of a textbook page: definitions, and calls with the output that the trusted evaluator expects.

The stated output is written from the expected value, never by running the code; the check stage runs the block
and compares. Values whose printed form is not settled by their meaning (the order of a set, of a dictionary
built another way) are printed in a form that is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from hornbook.curriculum.family import Argument, Task
from hornbook.curriculum.programs import Case
from hornbook.curriculum.sentences import call


def fenced(*lines: str) -> str:
    """Return a Python block."""
    return "\n".join(["```python", *lines, "```"])


def definition(
    name: str,
    arguments: Sequence[Argument],
    body: str,
    imports: Sequence[str] = (),
    *,
    returns: str = "",
    docstring: str = "",
    setup: str = "",
) -> str:
    """Return the source of a function below `setup`; with `returns`, annotated."""
    shown = ", ".join(f"{a.name}: {a.annotation}" if returns else a.name for a in arguments)
    arrow = f" -> {returns}" if returns else ""
    lines = [*imports, ""] if imports else []
    lines += [setup, ""] if setup else []
    lines.append(f"def {name}({shown}){arrow}:")
    if docstring:
        lines.append(f'    """{docstring}"""')
    lines += [f"    {line}" if line else "" for line in body.split("\n")]
    return "\n".join(lines)


def renamed(task: Task, name: str) -> Task:
    """Return the task with another function name, also where its solutions call themselves."""
    body, other_body = (
        _with_name(text, task.name, name) if task.name in text else text
        for text in (task.body, task.other_body)
    )
    return replace(task, name=name, body=body, other_body=other_body)


def _with_name(body: str, old: str, new: str) -> str:
    # Before a quote it is the `f` of an f-string, behind a point a method: not a function of that name.
    return re.sub(rf"(?<![.\w]){old}\b(?!['\"])", new, body)


def printed(source: str, value: Any) -> list[str]:
    """Return the lines that print the expression `source`, whose value is `value`, and the output they state."""
    if isinstance(value, str):
        plain = value.isprintable() and value and value == value.strip() and not value.startswith("#>")
        return [f"print({source})", f"#> {value}"] if plain else [f"print(repr({source}))", f"#> {value!r}"]
    if isinstance(value, dict) and len(value) > 1 and not _unsettled([*value.values()]) and _same_type(value):
        return [
            f"print(sorted({source}.items()))",
            f"#> {sorted(value.items(), key=lambda entry: entry[0])!r}",
        ]
    if isinstance(value, (set, frozenset)) and len(value) > 1 and _same_type(value):
        return [f"print(sorted({source}))", f"#> {sorted(value)!r}"]
    if _unsettled(value):
        return [f"print({source} == {value!r})", "#> True"]
    return [f"print({source})", f"#> {value!r}"]


def _same_type(values: Any) -> bool:
    return len({type(v) for v in values}) == 1 and isinstance(next(iter(values)), (int, str))


def _unsettled(value: Any) -> bool:
    """Say whether equal values may print differently: sets, dictionaries of several keys, negative zero."""
    if isinstance(value, (dict, set, frozenset)):
        return len(value) > 1 or any(map(_unsettled, value.values() if isinstance(value, dict) else ()))
    if isinstance(value, (list, tuple)):
        return any(map(_unsettled, value))
    return isinstance(value, float) and value == 0


def shown_calls(name: str, cases: Sequence[Case]) -> list[str]:
    """Return print lines with their output for each case."""
    return [line for arguments, expected in cases for line in printed(call(name, arguments), expected)]


def asserted_calls(name: str, cases: Sequence[Case]) -> list[str]:
    """Return one assert line for each case."""
    return [assertion(name, arguments, expected) for arguments, expected in cases]


def assertion(name: str, arguments: Sequence[Any], expected: Any) -> str:
    """Return the assert statement of one case."""
    comparison = "is None" if expected is None else f"== {expected!r}"
    return f"assert {call(name, arguments)} {comparison}"


def table(task: Task, cases: Sequence[Case]) -> str:
    """Return the cases as a Markdown table: one column for each argument, one for the result."""
    names = [argument.name for argument in task.arguments]
    rows = [f"| {' | '.join(names)} | result |", f"|{'---|' * (len(names) + 1)}"]
    for arguments, expected in cases:
        cells = [repr(value).replace("|", "\\|") for value in (*arguments, expected)]
        rows.append(f"| {' | '.join(f'`{cell}`' for cell in cells)} |")
    return "\n".join(rows)
