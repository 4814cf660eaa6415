"""Exercises: from a teacher's Markdown to records, and the step that asks for them.

Nothing is executed in this process; the check runs the tests in the sandbox.
"""

from __future__ import annotations

import ast
import re
import time
from pathlib import Path

from pydantic import Field

from hornbook.corpus.units import NotPython, parse
from hornbook.lessons.accepting import accept
from hornbook.lessons.answer import (
    Drafts,
    Malformed,
    coverage,
    licence,
    origin,
    read_headline,
    tags,
)
from hornbook.lessons.parts import PARTS, bare, body_of, exercise_parts
from hornbook.record import Exercise, Record
from hornbook.step import Context, Metrics
from hornbook.teacher.protocol import Completion

# It begins with letters, not with a line's start: letters are looked for without trying the pattern at each place.
_DEF = re.compile(r"def (?<![^\n]def )([A-Za-z_]\w*)\(")

_UNINDENTED = re.compile(r"\n(?!    |[)\]}\"'#\n]|\Z)")


class Exercises(Drafts):
    """What the exercises step asks of which teacher, and what it accepts."""

    KIND = "exercise"

    count: int = Field(2000, ge=1)
    """Exercises wanted: accepted ones. A longer step begins with the same ones."""


def exercises(cfg: Exercises, *, out: Path, ctx: Context) -> Metrics:
    """Ask the teacher until `cfg.count` exercises are accepted, and write them as records.

    Raises what `accept` raises, and has its metrics; further `exercises_per_second`, answers over all workers,
    `coverage` (concept -> form -> count of accepted) and `styles` (concept -> style -> count).
    """
    # Speed is a metric for people; it enters neither records nor identity.
    start = time.perf_counter()
    metrics = accept("exercise", cfg, read_exercise, out, ctx)
    seconds = time.perf_counter() - start
    metrics["exercises_per_second"] = round(metrics["num_in"] / max(seconds, 1e-6))
    return metrics | {"coverage": coverage(out, "form"), "styles": coverage(out, "style")}


def read_exercise(completion: Completion, teacher: str) -> Record:
    """Read an exercise from a completion's Markdown; raises Malformed when a part is missing or misshapen."""
    text, found = read_headline(bare(completion.text))
    parts = exercise_parts(text)
    if missing := [name for name in PARTS if not parts.get(name, "").strip()]:
        raise Malformed(f"no {missing[0]} section with a Python block")
    prompt, entry_point = read_prompt(parts["Task"])
    solution = _solution(body_of(parts["Solution"], prompt))
    slots = completion.request.slots
    exercise = Exercise(
        prompt=prompt,
        solution=solution,
        entry_point=entry_point,
        tests=read_tests(parts["Tests"], entry_point),
        concepts=tuple(found["concepts"].split()) if found else tuple(filter(None, (slots.get("concept"),))),
        difficulty=int(found["difficulty"] if found else slots["difficulty"]),
    )
    return Record(
        text=prompt + solution,
        kind="exercise",
        source=teacher,
        license=licence(teacher),
        origin=origin(completion, teacher),
        exercise=exercise,
        tags=tags(completion, found),
    )


def read_prompt(block: str) -> tuple[str, str]:
    """Return the prompt, ending in one newline after the docstring, and the function's name; raises Malformed."""
    prompt = block.rstrip() + "\n"
    names = _DEF.findall(prompt)
    if not names:
        raise Malformed("the task defines no function")
    if not prompt.endswith(('"""\n', "'''\n")):
        raise Malformed("the task does not end with its docstring")
    return prompt, names[-1]


def _solution(block: str) -> str:
    solution = block.strip("\n").rstrip() + "\n"
    if _UNINDENTED.search(f"\n{solution}"):
        raise Malformed("the solution is not indented by four spaces")
    return solution


def read_tests(block: str, entry_point: str) -> tuple[str, ...]:
    """Return the assert statements, one per item; raises Malformed."""
    lines = [line for line in block.split("\n") if line.strip() and not line.startswith("#")]
    for line in lines:
        if not line.startswith("assert ") or line.count("(") != line.count(")"):
            lines = _statements(block)
            break
    for line in lines:
        if entry_point not in line:
            raise Malformed(f"a test does not call {entry_point}")
    return tuple(lines)


def _statements(block: str) -> list[str]:
    """Split tests that span lines; raises Malformed for anything but assert statements."""
    try:
        tree = parse(block)
    except NotPython as error:
        raise Malformed(f"the tests are not Python ({error})") from error
    if not tree.body or not all(isinstance(statement, ast.Assert) for statement in tree.body):
        raise Malformed("the tests hold something other than assert statements")
    return [ast.unparse(statement) for statement in tree.body]
