"""A row of anybody's file as a record: which of its columns are its text, told by their names.

    messages, conversations                 a list of turns: their texts, one after another
    prompt (or question; instruction, input)  with completion, solution, canonical_solution, response, output,
                                            answer or code: both, one after the other
    text with code                          the same (MBPP)
    text, content, code                     the text itself

Hornbook's own records and rejected files have `text`, HumanEval has prompt and canonical_solution.
Formats: https://github.com/openai/human-eval, https://github.com/google-research/google-research/tree/master/mbpp,
https://huggingface.co/docs/trl/dataset_formats.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from hornbook.errors import UsageError
from hornbook.record import KINDS, Exercise, Record
from hornbook.row_files import printable

TURNS = ("messages", "conversations")
PROMPTS = ("prompt", "instruction", "question")
ANSWERS = ("completion", "solution", "canonical_solution", "response", "output", "answer", "code")
_FURTHER = ("kind", "source", "license", "entry_point", "concepts", "tags", "scores", "input")
TEXTS = ("text", "content", "code")
COLUMNS = frozenset({*TURNS, *PROMPTS, *ANSWERS, *TEXTS, *_FURTHER})
"""Every column that is looked at, unless one is named."""

KNOWN = (
    "text, content, code, messages, conversations, or prompt with completion, solution, response or output"
)
_Row = Mapping[str, Any]


class NoText(ValueError):
    """A row whose text is not found; its message says which columns there are, or what is wrong with one."""


class NoColumn(NoText):
    """A row that has none of the columns in which a text is looked for."""


@dataclass(frozen=True, slots=True)
class Found:
    """The text of a row, and where it was found."""

    columns: tuple[str, ...]
    parts: tuple[str, ...]

    @property
    def text(self) -> str:
        """The parts, one after another; a new line between parts that would run into each other."""
        first, *rest = self.parts
        return "".join([first, *(_joint(a, b) + b for a, b in zip(self.parts, rest, strict=False))])

    @property
    def where(self) -> str:
        """The columns' names, for people."""
        return " + ".join(self.columns)


def _joint(before: str, after: str) -> str:
    return "" if not before or before[-1:].isspace() or after[:1].isspace() else "\n"


def find_text(row: object, column: str = "") -> Found:
    """Return the text of a row, of `column` where one is named. Raises NoText.

    >>> find_text({"prompt": "def one():", "completion": "    return 1", "n": 3}).where
    'prompt + completion'
    """
    if not isinstance(row, Mapping):
        raise NoColumn("the row is not a JSON object with columns")
    names = (column,) if column else _columns(row)
    if not names or names[0] not in row:
        raise NoColumn(
            f"{f'no column {column!r}' if column else 'no column with a text'}; it has {_named(row)}"
        )
    return Found(names, tuple(part for name in names for part in _parts(row[name], name)))


def _named(row: _Row) -> str:
    return printable(", ".join(map(str, row))) or "no columns at all"


def _columns(row: _Row) -> tuple[str, ...]:
    """Return the names of the columns that are the row's text; none when no known one holds anything."""
    there = {name for name in row if row[name] is not None}
    if turns := next((name for name in TURNS if name in there), None):
        return (turns,)
    answer = next((name for name in ANSWERS if name in there), None)
    prompt = next((name for name in PROMPTS if name in there), None)
    if prompt and answer:
        more = ("input",) if prompt == "instruction" and "input" in there else ()
        return (prompt, *more, answer)
    if {"text", "code"} <= there:
        return ("text", "code")
    # A column that is there and null is named, so that the row is rejected for what it is.
    known = (*TEXTS, *ANSWERS, *PROMPTS)
    one = next((name for name in known if name in there), None) or next((n for n in known if n in row), None)
    return (one,) if one else ()


def _parts(value: object, name: str) -> list[str]:
    if not isinstance(value, str | list):
        raise NoText(f"column {name!r} is {'null' if value is None else 'not text'}")
    return [_encodable(text, name) for text in ([value] if isinstance(value, str) else _turns(value, name))]


def _encodable(text: str, name: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise NoText(f"column {name!r} holds half a character (a lone surrogate)") from None
    return text


def _turns(turns: Sequence[object], name: str) -> list[str]:
    """Return what is said in every turn: `content` or `value`, a text or a list of parts with `text`."""
    said = []
    for turn in turns:
        if not isinstance(turn, Mapping):
            raise NoText(f"column {name!r} is neither text nor a list of turns")
        content = turn.get("content", turn.get("value"))
        parts = content if isinstance(content, list) else [content]
        said += [part.get("text") if isinstance(part, Mapping) else part for part in parts]
    # A turn that only calls a tool, or shows a picture, says nothing.
    return [text for text in said if isinstance(text, str)] or [""]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowReader:
    """How rows become records."""

    column: str = ""
    """The column of the text; empty: told by the columns' names."""
    kind: str = ""
    """The kind of all records; empty: the row's own, else exercise for a row with `entry_point`, else code."""
    prefer: str = ""
    """A column of numbers that becomes a score; looked up in hornbook's `scores` as well."""

    @property
    def columns(self) -> frozenset[str]:
        """All columns that are looked at."""
        return COLUMNS | {self.column, self.prefer}

    def record(self, row: Any, source: str) -> Record:
        """Return a row as a record from `source`. Raises NoText, and UsageError for a score that is no number."""
        text = find_text(row, self.column).text
        exercise = None if self.column else _exercise(row)
        own = row.get("kind") if row.get("kind") in KINDS else ""
        license_ = row.get("license")
        return Record(
            text=text,
            kind=self.kind or own or ("exercise" if exercise else "code"),
            source=source,
            license=license_ if isinstance(license_, str) and license_ else "unknown",
            exercise=exercise,
            tags={name: str(value) for name, value in _object(row.get("tags")).items()},
            scores=self._score(row, source),
        )

    def _score(self, row: _Row, source: str) -> dict[str, float]:
        if not self.prefer:
            return {}
        value = row.get(self.prefer)
        if value is None:
            value = _object(row.get("scores")).get(self.prefer)
        if isinstance(value, bool) or not isinstance(value, int | float | None):
            raise UsageError(f"{source}: column {self.prefer!r} is {value!r}, and must be a number")
        try:
            # A row without a number, or with NaN, goes before every row that has one.
            return {self.prefer: float("-inf") if value is None or value != value else float(value)}
        except OverflowError:
            raise UsageError(
                f"{source}: the number in column {self.prefer!r} is larger than 1.8e308, which is too large"
            ) from None


def _object(value: object) -> Mapping[str, Any]:
    """Return hornbook's `tags` or `scores`, which are JSON in a text; nothing for somebody else's of that name."""
    try:
        found = orjson.loads(value) if isinstance(value, str) else {}
    except orjson.JSONDecodeError:
        return {}
    return found if isinstance(found, dict) else {}


def _exercise(row: _Row) -> Exercise | None:
    """Return what makes a row an exercise; None for one without prompt, solution or entry point."""
    solution = next((row[name] for name in ANSWERS if row.get(name) is not None), None)
    prompt, entry_point = row.get("prompt"), row.get("entry_point")
    if not (isinstance(prompt, str) and isinstance(solution, str) and isinstance(entry_point, str)):
        return None
    concepts = row.get("concepts")
    return Exercise(
        prompt=prompt,
        solution=solution,
        entry_point=entry_point,
        tests=(),
        concepts=tuple(map(str, concepts)) if isinstance(concepts, list) else (),
    )
