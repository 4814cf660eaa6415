"""Finding the parts of an answer whose form is not quite what was asked for, as small models write them.

Nothing is guessed and no code is changed: what is found here is executed by the check like any other draft.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping

import orjson

PARTS = ("Task", "Solution", "Tests")
_THINKING = "</think>"
_ANNOUNCED = re.compile(r"\A\s*[^\n]{1,200}:[ \t]*\n\s*(?=#{1,6} |```(?:markdown|md)[ \t]*\n)")
_WRAPPED = re.compile(r"\A\s*```(?:markdown|md)[ \t]*\n(.*)\n```\s*\Z", re.S)
_EXACT = re.compile(
    r"^## (Task|Solution|Tests)[ \t]*\n+```(?:python|py)?[ \t]*\n(.*?)^```[ \t]*$", re.M | re.S
)
_HEADING = re.compile(
    r" {0,3}(?:#{1,6}[ \t]*)?[*_]*(?:\d+[.)][ \t]*)?[*_]*(task|solution|tests?)[*_]*:?[*_]*[ \t]*#*[ \t]*",
    re.I,
)
_FENCE = re.compile(r" {0,3}```[ \t]*([\w+-]*)[^`]*")
_PYTHON = ("", "python", "py", "python3")
_FENCED = re.compile(r"\A\s*```[ \t]*\w*[ \t]*\n(.*?)\n?```\s*\Z", re.S)


def bare(text: str) -> str:
    """Return an answer without what surrounds it: a model's thinking, an announcement, a fence around all.

    >>> bare("<think>Hm.</think>Here is the page:\\n\\n# Sets\\n")
    '# Sets\\n'
    """
    text = text.rpartition(_THINKING)[2]
    text = text[match.end() :] if (match := _ANNOUNCED.match(text)) else text
    return f"{match[1]}\n" if (match := _WRAPPED.match(text)) else text


def exercise_parts(text: str) -> Mapping[str, str]:
    """Return the code of an exercise's parts by name, as far as they are there.

    Read are the form that was asked for; headings of another level, in bold, numbered or with a colon, with
    prose before a block whose language is Python or not given; and a JSON object with `task`, `solution` and
    `tests`, whose tests may be a list.
    """
    exact = {match[1]: match[2] for match in _EXACT.finditer(text)}
    if all(exact.get(name, "").strip() for name in PARTS):
        return exact
    return _from_json(text) or _from_sections(text)


def body_of(solution: str, prompt: str) -> str:
    """Return the body where a solution repeats the function's definition as the prompt has it, else all of it."""
    try:
        asked, given = ast.parse(prompt).body, ast.parse(solution).body
    except SyntaxError:  # a body alone is indented, and no module
        return solution
    if not (
        asked and given and isinstance(asked[-1], ast.FunctionDef) and isinstance(given[-1], ast.FunctionDef)
    ):
        return solution
    wanted, found = asked[-1], given[-1]
    known = {ast.dump(statement) for statement in asked}
    same = (wanted.name, ast.dump(wanted.args)) == (found.name, ast.dump(found.args))
    if not same or found.decorator_list or any(ast.dump(statement) not in known for statement in given[:-1]):
        return solution
    start = found.body[0].lineno - 1
    if ast.get_docstring(found, clean=False) is not None:
        start = found.body[0].end_lineno or start
    return "\n".join(solution.split("\n")[start : found.end_lineno]) + "\n"


def _from_sections(text: str) -> dict[str, str]:
    """Take the first Python block below each heading; headings inside of blocks are comments."""
    parts: dict[str, str] = {}
    name, is_python = "", False
    block: list[str] | None = None
    for line in text.splitlines():
        if block is not None:
            if line.strip() != "```":
                block.append(line)
                continue
            if name and is_python:
                parts.setdefault(name, "\n".join(block) + "\n")
            block = None
        elif fence := _FENCE.fullmatch(line):
            block, is_python = [], fence[1].lower() in _PYTHON
        elif heading := _HEADING.fullmatch(line):
            found = heading[1].capitalize()
            name = "Tests" if found == "Test" else found
    return parts


def _from_json(text: str) -> dict[str, str]:
    inside = _FENCED.match(text)
    try:
        found = orjson.loads(inside[1] if inside else text)
    except orjson.JSONDecodeError:
        return {}
    if not isinstance(found, dict):
        return {}
    given = {name.capitalize(): _code(value) for name, value in found.items()}
    return {name: given[name] for name in PARTS if given.get(name)}


def _code(value: object) -> str:
    """Return the code in a JSON value: a text, in a fence or not, or a list of them; empty for anything else."""
    if isinstance(value, list):
        return "".join(map(_code, value))
    if not isinstance(value, str) or not value.strip():
        return ""
    fenced = _FENCED.match(value)
    return (fenced[1] if fenced else value).strip("\n") + "\n"
