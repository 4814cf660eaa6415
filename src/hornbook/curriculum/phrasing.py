"""What stands before a solution: imports, signature and a docstring in one of the styles that real code uses."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from hornbook.curriculum.family import Task
from hornbook.curriculum.sentences import as_description, as_wish, edge_note, examples, restate
from hornbook.curriculum.signatures import described, signature
from hornbook.curriculum.slips import slipped

Paragraphs = list[list[str]]
_SEVERAL = re.compile(r"[.?] \S|\n")
"""What parts sentences or lines."""
_CONTEXTS = (
    "Used by the {} module.", "Part of the {} report.", "Helper for the {} page.", "Needed for the {} export.",
    "Called once per {}.", "See also the notes on {}.", "Comes from the {} script.", "Belongs to the {} tools.",
)  # fmt: skip


def write_prompt(
    task: Task,
    imports: Sequence[str],
    rng: random.Random,
    *,
    style: str = "",
    audience: str = "",
    words: Sequence[str] = (),
    slips: bool = False,
) -> str:
    """Return imports, what is set up, signature and docstring of `task`, ending in a newline.

    `style` names a docstring style (drawn for the audience when empty); `words` must occur in the docstring; with
    `slips` its sentence has one or two mistakes of grammar or typing.
    Raises KeyError for an unknown style.
    """
    style = style or rng.choice(FOR_AUDIENCE.get(audience, FOR_AUDIENCE["student"]))
    if slips:
        names = (task.name, *(argument.name for argument in task.arguments))
        task = replace(task, sentence=slipped(task.sentence, names, rng))
    width = rng.choice((68, 72, 76, 84, 92, 100))
    paragraphs = STYLES[style](task, rng, width)
    if words:
        paragraphs.append([rng.choice(_CONTEXTS).format(" ".join(words))])
    return signature(task, imports, rng) + _docstring(paragraphs, rng, tight=style in _TIGHT)


def helper_source(task: Task, rng: random.Random) -> str:
    """Return the task solved, as a helper of another function: it says what it does, and no more.

    Imports are left out.
    """
    shown = ", ".join(a.name for a in task.arguments)
    returns = ""
    if rng.random() < 0.4 and not re.search("Callable|Iter|Sequence|Mapping|Any", str(task.arguments)):
        shown = ", ".join(f"{a.name}: {a.annotation}" for a in task.arguments)
        returns = f" -> {task.returns}"
    docstring = _docstring([wrap(task.sentence, rng.choice((72, 84, 96)))], rng, tight=True)
    body = "\n".join(f"    {line}" if line else "" for line in task.body.split("\n"))
    return f"def {task.name}({shown}){returns}:\n{docstring}{body}"


def wrap(text: str, width: int) -> list[str]:
    """Break text into lines of at most `width` characters at blanks; line breaks in the text stay."""
    lines: list[str] = []
    for part in text.split("\n"):
        start = 0
        while len(part) - start > width:
            end = part.rfind(" ", start, start + width + 1)
            if end <= start:  # a word that is longer than a line
                end = part.find(" ", start + width)
            if end < 0:
                break
            lines.append(part[start:end])
            start = end + 1
        lines.append(part[start:])
    return lines


def _docstring(paragraphs: Paragraphs, rng: random.Random, *, tight: bool) -> str:
    """Lay paragraphs out between quotes, indented by four blanks, ending in a newline."""
    lines: list[str] = []
    gap = [] if tight and rng.random() < 0.4 else [""]
    for before, paragraph in zip([[], *paragraphs], paragraphs, strict=False):
        # What stands directly under an example is its output, to a reader and to doctest.
        under_example = any(line.startswith(">>>") for line in before)
        lines += [*([""] if under_example else gap), *paragraph] if lines else paragraph
    text = "\n".join(lines)
    quotes = "'''" if '"""' in text or rng.random() < 0.1 and "'''" not in text else '"""'
    opening = f"r{quotes}" if "\\" in text else quotes
    at_end = text[-1] in "\\'\""
    if len(lines) == 1 and not at_end and rng.random() < 0.7:
        return f"    {opening}{text}{quotes}\n"
    choice = rng.random()
    first = "\n    " if choice < 0.3 else " " if choice < 0.4 else ""
    body = "\n".join([f"    {line}" if line else "" for line in lines]).lstrip(" ")
    last = "" if not at_end and rng.random() < 0.07 else "\n    "
    return f"    {opening}{first}{body}{last}{quotes}\n"


def _terse_text(text: str) -> str:
    """Return the text without capital and final stop, where it is a single sentence."""
    if _SEVERAL.search(text):
        return text
    first = text.partition(" ")[0]
    lowered = text[0].lower() + text[1:] if first[1:].islower() else text
    return lowered.removesuffix(".")


def _sentence(task: Task, rng: random.Random, width: int) -> Paragraphs:
    paragraphs = [wrap(restate(task, rng), width)]
    if rng.random() < 0.15 and (note := edge_note(task, rng)):
        paragraphs.append(wrap(note, width))
    return paragraphs


def _terse(task: Task, rng: random.Random, width: int) -> Paragraphs:
    return [wrap(_terse_text(restate(task, rng)), 100)]


def _doctest(task: Task, rng: random.Random, width: int) -> Paragraphs:
    lines = _session(task, rng)
    paragraphs = _sentence(task, rng, width)
    if rng.random() < 0.15:
        lines.insert(0, rng.choice(("Examples:", "Example:", "Usage:")))
    return [*paragraphs, lines]


def _session(task: Task, rng: random.Random) -> list[str]:
    """Return examples as they are typed at the prompt."""
    return [line for source, expected in examples(task, rng) for line in _typed(source, expected)]


def _typed(source: str, expected: Any) -> list[str]:
    """Return a call and what the prompt shows, which is nothing for None and a set in any order."""
    if expected is None:
        return [f">>> {source} is None", "True"]
    if isinstance(expected, set) and len(expected) > 1:
        return [f">>> sorted({source})", repr(sorted(expected))]
    if isinstance(expected, tuple) and any(isinstance(part, set) for part in expected):
        return [f">>> {source} == {expected!r}", "True"]
    return [f">>> {source}", repr(expected)]


_HEADINGS = (
    "Example:",
    "Examples:",
    "For example:",
    "Example usage:",
    "E.g.",
    "Some examples:",
    "e.g.:",
    "EXAMPLES",
)
_ARROWS = ("->", "=>", "-->", "➞", "returns", "gives", "=")


def _listed_examples(form: str) -> Callable[[Task, random.Random, int], Paragraphs]:
    """Make the style whose examples are lines like `f(1) -> 2`; `{a}` in the form is a drawn arrow."""

    def style(task: Task, rng: random.Random, width: int) -> Paragraphs:
        shown = form.replace("{a}", rng.choice(_ARROWS))
        indent = rng.choice(("", "", "    ", "  ", "- ", "* "))
        lines = [
            f"{indent}{shown.replace('{call}', source).replace('{value}', repr(expected))}"
            for source, expected in examples(task, rng)
        ]
        heading = [rng.choice(_HEADINGS)] if indent.isspace() or rng.random() < 0.7 else []
        paragraphs = _sentence(task, rng, width)
        return [*paragraphs, [*heading, *lines]]

    return style


def _in_prose(task: Task, rng: random.Random, width: int) -> Paragraphs:
    source, expected = examples(task, rng)[0]
    template = rng.choice((
        "For example, {c} returns {v}.", "For instance, {c} is {v}.", "So {c} gives {v}.", "Thus {c} == {v}.",
        "As an example, the result of {c} is {v}.",
    ))  # fmt: skip
    said = template.replace("{c}", source).replace("{v}", repr(expected))
    text = restate(task, rng)
    if "\n" in text or rng.random() < 0.3:
        return [wrap(text, width), [said]]
    # A call that is broken between its arguments could not be copied.
    return [wrap(f"{text} {said}", width)] if len(said) < 40 else [[*wrap(text, width), said]]


def _input_output(task: Task, rng: random.Random, width: int) -> Paragraphs:
    before, after = rng.choice((("Input", "Output"), ("input", "output"), ("In", "Out"), ("Given", "Answer")))
    blocks: Paragraphs = []
    for arguments, expected in task.cases[: rng.randint(1, 2)]:
        given = [f"{a.name} = {value!r}" for a, value in zip(task.arguments, arguments, strict=True)]
        blocks.append([f"{before}: {', '.join(given)}", f"{after}: {expected!r}"])
    return [*_sentence(task, rng, width), *blocks]


def _returned(task: Task) -> str:
    """Say what comes back: the noun phrase of "Return the ...", or the type."""
    sentence = task.sentence
    if sentence.startswith("Return the ") and ". " not in sentence and "\n" not in sentence:
        return f"T{sentence[8:]}"
    said = described(task.returns)
    return f"{said[0].upper()}{said[1:]}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _hanging(text: str) -> list[str]:
    """Wrap one entry of a section; its further lines are indented four blanks more than its first."""
    first, *more = wrap(text.lstrip(" "), 84)
    indent = " " * (len(text) - len(text.lstrip(" ")))
    return [indent + first, *(f"{indent}    {line}" for line in more)]


def _google(task: Task, rng: random.Random, width: int) -> Paragraphs:
    typed = rng.random() < 0.5
    lines = ["Args:"]
    for a in task.arguments:
        shown = f"{a.name} ({a.annotation})" if typed else a.name
        lines += _hanging(f"    {shown}: {_capital(a.meaning)}.")
    returned = _returned(task)
    if typed:
        returned = f"{task.returns}: {returned}"
    returns = ["Returns:", *(f"    {line}" for line in wrap(returned, 84))]
    paragraphs = [*_sentence(task, rng, width), lines, returns]
    if rng.random() < 0.35:
        doctest = [f"    {line}" for line in _session(task, rng)]
        paragraphs.append([rng.choice(("Example:", "Examples:")), *doctest])
    return paragraphs


def _numpy(task: Task, rng: random.Random, width: int) -> Paragraphs:
    lines = ["Parameters", "----------"]
    for a in task.arguments:
        lines += [
            f"{a.name} : {a.annotation}",
            *(f"    {line}" for line in wrap(f"{_capital(a.meaning)}.", 84)),
        ]
    returns = ["Returns", "-------", task.returns, *(f"    {line}" for line in wrap(_returned(task), 84))]
    paragraphs = [*_sentence(task, rng, width), lines, returns]
    if rng.random() < 0.5:
        paragraphs.append(["Examples", "--------", *_session(task, rng)])
    return paragraphs


def _rest(task: Task, rng: random.Random, width: int) -> Paragraphs:
    typed = rng.random() < 0.4
    lines = []
    for a in task.arguments:
        lines += _hanging(f":param {a.name}: {a.meaning}")
        lines += [f":type {a.name}: {a.annotation}"] if typed else []
    lines += _hanging(f":{rng.choice(('return', 'returns'))}: {_returned(task).removesuffix('.')}")
    return [*_sentence(task, rng, width), [*lines, f":rtype: {task.returns}"] if typed else lines]


def _question(task: Task, rng: random.Random, width: int) -> Paragraphs:
    wish = as_wish(task.sentence)
    first, stop, more = wish.partition(". ")
    if wish and "\n" not in wish and ";" not in first:  # what stands behind a semicolon is no question
        asked = (
            rng.choice(("Can you", "Could you", "How do you", "How would you", "How can one")) + f" {first}"
        )
        text = f"{asked.removesuffix('.')}?{' ' + more if stop else ''}"
    else:
        text = restate(task, rng)
    paragraphs = [wrap(text, width)]
    if rng.random() < 0.6:
        arrow = rng.choice(_ARROWS)
        paragraphs.append([f"{c} {arrow} {v!r}" for c, v in examples(task, rng)])
    return paragraphs


def _notes(task: Task, rng: random.Random, width: int) -> Paragraphs:
    """Write a longer statement: the task, its arguments in prose, and what to note."""
    meanings = [
        rng.choice(("{0}: {1}.", "`{0}` - {1}.", "{0} = {1}.")).format(a.name, a.meaning)
        for a in task.arguments
    ]
    paragraphs = [wrap(restate(task, rng), width), wrap(" ".join(meanings), width)]
    # A program's pitfall is advice on writing it, not a part of what it does.
    pitfall = "" if task.family.startswith("program:") or rng.random() < 0.4 else task.pitfall
    notes = [note for note in (edge_note(task, rng), pitfall, _constraint(task, rng)) if note]
    if notes:
        mark = rng.choice(("Note: ", "NOTE: ", "Hint: ", "", "Remark: "))
        paragraphs.append(wrap(mark + " ".join(notes), width))
    if rng.random() < 0.5:
        arrow = rng.choice(_ARROWS)
        paragraphs.append([f"{c} {arrow} {v!r}" for c, v in examples(task, rng)])
    return paragraphs


def _constraint(task: Task, rng: random.Random) -> str:
    """State what holds for every task: arguments stay as they are, and what the edge cases show; often nothing."""
    choice = rng.random()
    changeable = [a.name for a in task.arguments if a.annotation.startswith(("list", "dict", "set"))]
    if choice < 0.2 and changeable:
        return rng.choice(("Do not change {}.", "{} must not be modified.", "Leave {} as it is.")).format(
            changeable[0]
        )
    empty = [a.name for i, a in enumerate(task.arguments) if any(c[0][i] in ("", [], {}) for c in task.cases)]
    if choice < 0.4 and empty:
        return rng.choice(
            ("{} may be empty.", "Constraint: {} can be empty.", "Mind that {} may be empty.")
        ).format(empty[0])
    return ""


def _assertion(task: Task, rng: random.Random, width: int) -> Paragraphs:
    return [*_sentence(task, rng, width), [f"assert {c} == {v!r}" for c, v in examples(task, rng)]]


def _name_first(task: Task, rng: random.Random, width: int) -> Paragraphs:
    """Start with the call as a headline, as older documentation does."""
    said = as_description(task.sentence) or task.sentence
    headline = f"{task.name}({', '.join(a.name for a in task.arguments)}) -> {task.returns}"
    return [[headline], wrap(_capital(said), width)]


Style = Callable[[Task, random.Random, int], Paragraphs]
STYLES: Mapping[str, Style] = {
    "sentence": _sentence,
    "terse": _terse,
    "doctest": _doctest,
    "arrow": _listed_examples("{call} {a} {value}"),
    "equals": _listed_examples("{call} == {value}"),
    "comment": _listed_examples("{call}  # {a} {value}"),
    "should": _listed_examples("{call} should return {value}"),
    "in_prose": _in_prose,
    "input_output": _input_output,
    "google": _google,
    "numpy": _numpy,
    "rest": _rest,
    "question": _question,
    "notes": _notes,
    "assertion": _assertion,
    "name_first": _name_first,
}
"""Docstring styles by name."""
_TIGHT = frozenset({"doctest", "arrow", "equals", "comment", "should", "assertion", "name_first", "rest"})

_FOR_AUDIENCE = {
    "beginner": (
        "sentence sentence doctest doctest doctest arrow arrow equals in_prose in_prose notes notes "
        "input_output question should comment"
    ),
    "student": (
        "sentence sentence sentence terse doctest doctest doctest arrow equals comment in_prose input_output "
        "question notes notes assertion google should"
    ),
    "practitioner": (
        "sentence sentence terse terse doctest google google numpy numpy rest rest name_first comment assertion"
    ),
    "contest": (
        "sentence terse doctest arrow equals input_output input_output assertion question notes should in_prose"
    ),
    "teacher": (
        "sentence sentence doctest doctest arrow in_prose question question notes notes input_output equals google"
    ),
}
FOR_AUDIENCE = {audience: styles.split() for audience, styles in _FOR_AUDIENCE.items()}
"""Which styles each audience meets, more often where named more often."""
