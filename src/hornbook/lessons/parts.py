"""Finding the parts of an answer whose form is not quite what was asked for, as small models write them.

Nothing is guessed and no code is changed: what is found here is executed by the check like any other draft.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from json import JSONDecoder

import orjson

from hornbook.corpus.units import NotPython, parse

PARTS = ("Task", "Solution", "Tests")
_THINKING = "</think>"
_ANNOUNCED = re.compile(r"\A\s*[^\n]{1,200}:[ \t]*\n\s*(?=#{1,6} |```(?:markdown|md)[ \t]*\n)")
_WRAPPED = re.compile(r"\A\s*```(?:markdown|md)[ \t]*\n(.*)\n```\s*\Z", re.S)
_EXACT = re.compile(
    # Whole lines are taken: looking for the fence behind each letter takes three times as long.
    r"^## (Task|Solution|Tests)[ \t]*\n+```(?:python|py)?[ \t]*\n((?:[^\n]*+\n)*?)```[ \t]*$",
    re.M,
)
_HEADING = re.compile(
    # Bounded: a model that repeats itself writes lines of a hundred thousand asterisks.
    r" {0,3}(?:#{1,6}[ \t]*)?[*_]{0,3}(?:\d+[.)][ \t]*)?[*_]{0,3}(task|solution|(?:unit )?tests?(?: cases)?)"
    r"[*_]{0,3}:?[*_]{0,3}[ \t]*#*[ \t]*",
    re.I,
)
_FENCE = re.compile(r" {0,3}(`{3,})[ \t]*([\w+-]*)[^`]*")
_PYTHON = ("", "python", "py", "python3")
_LISTED_ASSERT = re.compile(r"\s*(?:[-*]|\d+[.)])?\s*`?(assert [^`]*?)`?\s*")
_JSON_FENCED = re.compile(r"^```json[ \t]*\n(.*?)^```[ \t]*$", re.M | re.S)
_DECODER = JSONDecoder(strict=False)
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
    prose before a block whose language is Python or not given; and, alone or in prose, a JSON object with
    `task`, `solution` and `tests`, whose tests may be a list.
    """
    exact = {match[1]: match[2] for match in _EXACT.finditer(text)}
    if all(exact.get(name, "").strip() for name in PARTS):
        return exact
    return _from_json(text) or _from_sections(text)


def body_of(solution: str, prompt: str) -> str:
    """Return the body where a solution repeats the function's definition as the prompt has it, else all of it."""
    if solution[:1].isspace():  # a body alone, as it was asked for; no module begins so
        return solution
    try:
        asked, given = parse(prompt).body, parse(solution).body
    except NotPython:  # a body alone is indented, and no module
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


def task_part(text: str) -> str:
    """Return the code of the Task section, or of the answer's only block; empty where there is neither."""
    return _one_part(text, "Task")


def asserts_part(text: str) -> str:
    """Return the code of the Tests section, of the only block, or the lines that are asserts; else nothing.

    >>> asserts_part("1. `assert one() == 1`")
    'assert one() == 1\\n'
    """
    listed = json_in(text)
    if isinstance(listed, list):
        return _code(listed)
    if found := _one_part(text, "Tests"):
        return found
    lines = (match[1] for match in map(_LISTED_ASSERT.fullmatch, text.splitlines()) if match)
    return "".join(f"{line}\n" for line in lines)


def _one_part(text: str, name: str) -> str:
    if (exact := {match[1]: match[2] for match in _EXACT.finditer(text)}).get(name, "").strip():
        return exact[name]
    if found := (_from_json(text) or _from_sections(text)).get(name):
        return found
    blocks = [code for _, code in _python_blocks(text)]
    return blocks[0] if len(blocks) == 1 else ""


def _from_sections(text: str) -> dict[str, str]:
    """Take the first Python block below each heading."""
    parts: dict[str, str] = {}
    for name, code in _python_blocks(text):
        if name:
            parts.setdefault(name, code)
    return parts


def _python_blocks(text: str) -> Iterator[tuple[str, str]]:
    """Yield each Python block and the part that it stands under; headings inside of blocks are comments."""
    name, is_python, fence = "", False, ""
    block: list[str] = []
    for line in text.splitlines():
        if fence:
            if not (line.strip().startswith(fence) and not line.strip().strip("`")):
                block.append(line)
                continue
            if is_python:
                yield name, "\n".join(block) + "\n"
            fence = ""
        elif opened := _FENCE.fullmatch(line):
            fence, block, is_python = opened[1], [], opened[2].lower() in _PYTHON
        elif heading := _HEADING.fullmatch(line):
            name = "Tests" if "test" in heading[1].lower() else heading[1].capitalize()


def _from_json(text: str) -> dict[str, str]:
    found = json_in(text)
    if not isinstance(found, dict):
        return {}
    given = {name.capitalize(): _code(value) for name, value in found.items()}
    return {name: given[name] for name in PARTS if given.get(name)}


def json_in(text: str) -> object:
    """Return the JSON that an answer is, or the first object in it; None where there is none.

    New lines inside of texts are let pass: small models write code into JSON as it stands. What could not be
    written into a file, such as half a character, or is nested beyond all reason, is none.
    """
    fenced = _JSON_FENCED.search(text)
    text = (fenced[1] if fenced else text).strip()
    start = re.match(r"[\[{]", text) or (re.search(r"^[ \t]*\{", text, re.M) if "```" not in text else None)
    if start is None:
        return None
    try:
        found = _DECODER.raw_decode(text, start.end() - 1)[0]
        orjson.dumps(found)
    except (ValueError, TypeError, RecursionError):
        return None
    return found


def _code(value: object) -> str:
    """Return the code in a JSON value: a text, in a fence or not, or a list of them; empty for anything else."""
    if isinstance(value, list):
        return "".join(map(_code, value))
    if not isinstance(value, str) or not value.strip():
        return ""
    fenced = _FENCED.match(value)
    return (fenced[1] if fenced else value).strip("\n") + "\n"
