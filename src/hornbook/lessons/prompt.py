"""Prompts: what slots stand for, spelled out, and the messages that a template makes of them.

Audiences, styles and forms say how format and content differ, since one-word audiences do not remove
duplicates (Cosmopedia). A template is Jinja, in a sandbox: hornbook's own stand in `prompts/`, and a user's takes
the place of one of them, with the same names to fill in (`NAMES`). A name that is not known is an error before
anything is asked.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import (
    Environment,
    PackageLoader,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateSyntaxError,
    UndefinedError,
    meta,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment

from hornbook.curriculum.concepts import CONCEPTS
from hornbook.errors import UsageError
from hornbook.settings import did_you_mean
from hornbook.teacher.protocol import Message

Slots = dict[str, Any]
FOLDER = Path(__file__).parent / "prompts"

READERS = {
    "beginner": (
        "somebody in the first weeks of programming. Short sentences, everyday words, concrete numbers, "
        "examples before rules; at the end a small question with its answer."
    ),
    "student": (
        "a student of computer science. Name what is needed beforehand, argue with invariants and cases, "
        "give a table of cases where it helps."
    ),
    "practitioner": (
        "a working programmer. Annotated code, terse and exact text, tests, what a reviewer would remark."
    ),
    "contest": (
        "somebody who solves puzzles against the clock. Bare statement of input and output first, then the "
        "idea in one sentence, then the code."
    ),
    "teacher": (
        "a teacher who will give this lesson. Aim, what the class must know before, what to write on the board; "
        "questions to ask with the answers to expect, the mistake to expect, homework."
    ),
}
"""Audiences of a page, and how format and content differ for each."""

SOLVERS = {
    "beginner": (
        "somebody in the first weeks of programming. A task of one or two steps with things from daily life; "
        "short sentences, everyday words, small numbers, lists or texts that are not nested."
    ),
    "student": (
        "a student of computer science. The terms of the field, what is given and what is guaranteed, each case "
        "in a sentence of its own; nested data and a classic idea are welcome."
    ),
    "practitioner": (
        "a working programmer. A task from real work, such as logs, paths, versions, prices, records or "
        "schedules; terse and exact text, and data as they come, with gaps and odd entries."
    ),
    "contest": (
        "somebody who solves puzzles against the clock. What is given, what is returned, within which bounds, and "
        "no word more; the difficulty is in the idea, not in the reading."
    ),
    "teacher": (
        "a teacher who will set this in class. A task around one idea and the mistake that learners make with it, "
        "in words that a class knows, with a case among its tests that shows the mistake."
    ),
}
"""The same audiences, of an exercise."""

DOCSTRINGS = {
    "sentence": "one or two plain sentences, no examples",
    "terse": "one lower-case line without a final stop",
    "doctest": "a sentence, then one to three doctests with >>>",
    "arrow": "a sentence, then example lines with an arrow such as `f(1) -> 2`",
    "equals": "a sentence, then example lines such as `f(1) == 2`",
    "comment": "a sentence, then example lines such as `f(1)  # => 2`",
    "should": "a sentence, then lines such as `f(1) should return 2`",
    "in_prose": "two or three sentences, the last of which gives an example in prose",
    "input_output": "a statement, then Input: and Output: lines",
    "google": "Google style with Args and Returns sections",
    "numpy": "numpy style with underlined Parameters and Returns sections",
    "rest": "reStructuredText fields, :param x: and :return:",
    "question": "the task as a question, with or without examples",
    "notes": "several paragraphs: the task, the arguments, a note on edge cases",
    "assertion": "a sentence, then assert lines",
    "name_first": "the call with its result type as a headline, then a sentence",
}
"""Docstring styles, as an endpoint is told them."""
SHAPES = {
    "lecture": "a lecture: the idea, one function, its output, why it works, the usual mistake.",
    "trace": "a worked example: one input followed through every step, each intermediate value printed.",
    "comparison": "two different solutions of one task, run on the same input, and when to prefer which.",
    "predict": "a function and three calls whose results the reader predicts, a hint, then the outputs.",
    "mistake": "a wrong attempt with its real output, what is missing, and the repaired version.",
    "exercise": "an exercise with a hint and a complete solution.",
    "dialogue": "a conversation between a learner and a teacher, with code in between.",
    "reading": "code first without explanation, then calls with output, then what the function is for.",
    "edge_cases": "start from what goes wrong, then code that handles it, run on ordinary and unusual inputs.",
    "worked": "a function whose loop prints its variables at the start of each round, then a table of the rounds.",
    "invariant": "what stays true in every round of a loop, shown on each beginning of an input, then why.",
    "debugging": "a debugging story: wrong code, its real output or exception, the line to blame, the repair.",
    "refactoring": "working code that is too long, the shorter version, and the same calls made of both.",
    "workbook": "two or three exercises from easy to hard, and all the solutions at the end of the page.",
}
"""Forms of a textbook page, as an endpoint is told them."""

_SUBJECT = {
    "title": "what it is about, in a few words: a concept of the curriculum, or your topic",
    "sentence": "one sentence on that; may be empty",
    "concept": "its name: that of a concept, or your topic's title",
    "difficulty": "from 1 (first week) to 5 (needs an idea)",
    "audience": f"{', '.join(READERS)}",
    "reader": "the audience spelled out: how format and content differ for it",
}
_DRAWN = {
    "form": "which of the forms",
    "shape": "the form of a page, spelled out; empty for an exercise",
    "program": "whether it is about a chain of small steps",
    "words": "words that must occur, a list that is mostly empty",
    "name_word": "a word that the function's name must contain; mostly empty",
    "banned": "openings that were used too often, a list that may be empty",
    "docstring": "the style of the docstring, spelled out; empty for a page",
}
_SNIPPET = {
    "snippet": "the code; {{ snippet|fenced }} puts it into a Markdown block",
    **{name: _SUBJECT[name] for name in ("difficulty", "audience", "reader")},
    "docstring": _DRAWN["docstring"],
}
_EXERCISE = {
    "prompt": "imports, signature and docstring",
    "solution": "the body; empty where it is not shown",
    "tests": "the asserts there are, a list",
    "entry_point": "the function's name",
}
NAMES: Mapping[str, Mapping[str, str]] = {
    "exercise": {
        **_SUBJECT,
        **_DRAWN,
        "style": "the name of the docstring's style",
        "slips": "whether the statement has slips of grammar",
    },
    "textbook": {**_SUBJECT, **_DRAWN},
    "rephrase": {**_SNIPPET, "form": "page or exercise: what the code becomes"},
    "inspired": {
        **_SNIPPET,
        "topic": "what the exercise shall be about as well; empty without topics of your own",
        "sentence": "one sentence on the topic; may be empty",
    },
    "tests": {**_EXERCISE, "number": "how many tests to write"},
    "story": {
        **_EXERCISE,
        "setting": "where the story plays",
        "sentence": "one sentence on the setting; may be empty",
    },
    "judge": {
        "text": "what is judged; {{ text|fenced }} puts it into a Markdown block",
        "kind": "code, textbook or exercise",
        "tests": "the asserts of an exercise, a list",
        "rubric": "the rubric for code, in words",
    },
}
"""What a template of each kind may fill in."""
FRAGMENTS = ("answer_exercise.md.j2", "answer_page.md.j2", "exercise_rules.md.j2", "page_rules.md.j2")
"""What any template may include: the forms that the parser reads, and the rules that the check enforces."""
_REASK = "reask"
_INCLUDED = re.compile(r'\{% include "([^"]+)" %\}')


def messages(kind: str, fields: Mapping[str, Any], own: str = "") -> tuple[Message, ...]:
    """Return the messages that ask for something of that kind, by hornbook's template or the text of one's own.

    Raises UsageError for a template of one's own that fails.
    """
    template = _own_template(own) if own else _template(kind)
    try:
        content = template.render(fields)
    except UndefinedError as error:
        raise UsageError(f"the template for {kind}: {error.message}{_names(kind)}") from None
    except (TemplateError, ArithmeticError, LookupError, RecursionError, TypeError, ValueError) as error:
        if not own:
            raise
        raise UsageError(f"the template for {kind} fails: {error}") from None
    if not content.strip():
        raise UsageError(f"the template for {kind} gives an empty prompt{_names(kind)}")
    return (Message(role="user", content=content),)


def follow_up(asked: tuple[Message, ...], answer: str, complaint: str) -> tuple[Message, ...]:
    """Return the conversation that asks again for what could not be read: what was asked, the answer, why."""
    said = Message(role="assistant", content=answer)
    again = Message(role="user", content=_template(_REASK).render(complaint=complaint))
    return (*asked, said, again)


def check_template(kind: str, own: str) -> None:
    """Raise UsageError for a template of one's own that cannot be rendered, whatever the slots will be."""
    try:
        tree = _environment().parse(own)
    except TemplateSyntaxError as error:
        raise UsageError(f"the template for {kind}, line {error.lineno}: {error.message}") from None
    if unknown := sorted(meta.find_undeclared_variables(tree) - NAMES[kind].keys()):
        raise UsageError(f"the template for {kind}: {unknown[0]!r} is not known{_names(kind, unknown[0])}")
    for name in meta.find_referenced_templates(tree):
        if name not in FRAGMENTS:
            raise UsageError(
                f"the template for {kind} includes {name!r}; it can include {', '.join(FRAGMENTS)}"
            )


def source(kind: str) -> str:
    """Return hornbook's own template of a kind, as a beginning for one's own."""
    return (FOLDER / f"{kind}.md.j2").read_text(encoding="utf-8")


def digest(*kinds: str) -> str:
    """Return twelve hex digits over the templates of those kinds, what they include and what is put into them."""
    parts = [Path(__file__).read_text(encoding="utf-8"), *(_whole(kind) for kind in sorted({*kinds, _REASK}))]
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=6).hexdigest()


def fields(slots: Mapping[str, Any]) -> Slots:
    """Return the slots of a plan with what they stand for spelled out, as the templates need it."""
    spelled = {
        "words": (),
        "name_word": "",
        "banned": (),
        "slips": False,
        "docstring": DOCSTRINGS.get(slots.get("style", ""), ""),
        "reader": (READERS if slots["form"] in SHAPES else SOLVERS)[slots["audience"]],
        "shape": SHAPES.get(slots["form"], ""),
    }
    concept = CONCEPTS.get(slots["concept"])
    if concept is not None:
        spelled |= {"title": concept.title, "sentence": concept.sentence}
    return spelled | dict(slots)


def fenced(code: str, language: str = "python") -> str:
    """Return code in a Markdown block that it cannot end itself.

    >>> print(fenced("x = 1"))
    ```python
    x = 1
    ```
    """
    longest = max(map(len, re.findall("`{3,}", code)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}{language}\n{code.rstrip()}\n{fence}"


def _names(kind: str, unknown: str = "") -> str:
    near = did_you_mean(unknown, NAMES[kind]) if unknown else ""
    return f"{near if near.endswith('?') else '.'} It can use {', '.join(NAMES[kind])}"


def _whole(kind: str) -> str:
    """Return hornbook's own template of a kind, its fragments in place: including takes Jinja as long again."""
    return _INCLUDED.sub(
        lambda match: (FOLDER / match[1]).read_text(encoding="utf-8").rstrip("\n"), source(kind)
    )


@cache
def _environment() -> Environment:
    environment = ImmutableSandboxedEnvironment(
        loader=PackageLoader("hornbook.lessons", "prompts"), undefined=StrictUndefined, autoescape=False
    )
    environment.filters["fenced"] = fenced
    return environment


@cache
def _template(kind: str) -> Template:
    return _own_template(_whole(kind))


@cache
def _own_template(text: str) -> Template:
    template = _environment().from_string(text)
    # Rendering copies them, from Jinja's own chain of mappings at half the cost of all the rest.
    template.globals = dict(template.globals)
    return template
