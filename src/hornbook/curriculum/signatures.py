"""Signatures as real code writes them: without annotations, with modern ones, or with those of `typing`."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from functools import cache

from hornbook.curriculum.family import Argument, Task

_TYPING = {"list": "List", "dict": "Dict", "tuple": "Tuple", "set": "Set", "frozenset": "FrozenSet"}
_ABSTRACT = ("Callable", "Iterable", "Iterator", "Sequence", "Mapping", "Generator")
_NOUNS = {
    "int": ("an integer", "integers"),
    "str": ("a string", "strings"),
    "float": ("a number", "numbers"),
    "bool": ("a truth value", "truth values"),
    "list": ("a list", "lists"),
    "dict": ("a dictionary", "dictionaries"),
    "set": ("a set", "sets"),
    "tuple": ("a tuple", "tuples"),
    "None": ("None", "None"),
}
_LONGEST_LINE = 96


def signature(task: Task, imports: Sequence[str], rng: random.Random) -> str:
    """Return the imports, what is set up, and the `def` line (or lines) of a task, ending in a newline."""
    choice = rng.random()
    if choice < 0.38:
        needed: tuple[str, ...] = ()
        shown = [argument.name for argument in task.arguments]
        returns = ""
    else:
        kind = "modern" if choice < 0.75 else "typing"
        needed, annotations = _annotations((*(a.annotation for a in task.arguments), task.returns), kind)
        shown = [f"{a.name}: {t}" for a, t in zip(task.arguments, annotations, strict=False)]
        returns = f" -> {annotations[-1]}" if rng.random() < 0.93 else ""
    lines = [*dict.fromkeys((*needed, *imports))]
    head = "\n".join(lines) + ("\n\n\n" if rng.random() < 0.7 else "\n\n") if lines else ""
    line = f"def {task.name}({', '.join(shown)}){returns}:"
    if len(line) > _LONGEST_LINE:
        line = f"def {task.name}(\n    {', '.join(shown)},\n){returns}:"
    setup = f"{task.setup}\n\n\n" if task.setup else ""
    return f"{head}{setup}{line}\n"


@cache
def _annotations(annotations: tuple[str, ...], kind: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the import lines that annotations need, and the annotations, modern or with `typing`."""
    if kind == "typing":
        annotations = tuple(with_typing(annotation) for annotation in annotations)
    words = sorted(set(re.findall(r"[A-Za-z_]\w*", " ".join(annotations))))
    typed = {*_TYPING.values(), "Any", "Optional", "Union"}
    from_typing = [w for w in words if w in typed or kind == "typing" and w in _ABSTRACT]
    from_abc = [w for w in words if kind == "modern" and w in _ABSTRACT]
    lines = []
    if from_abc:
        lines.append(f"from collections.abc import {', '.join(from_abc)}")
    if from_typing:
        lines.append(f"from typing import {', '.join(from_typing)}")
    return tuple(lines), annotations


def with_typing(annotation: str) -> str:
    """Return an annotation in the names of `typing`: `list[int | None]` is `List[Optional[int]]`."""
    parts = [part.strip() for part in _split(annotation, "|")]
    if len(parts) > 1:
        options = [with_typing(part) for part in parts if part != "None"]
        union = options[0] if len(options) == 1 else f"Union[{', '.join(options)}]"
        return f"Optional[{union}]" if "None" in parts else union
    outer, bracket, inner = annotation.partition("[")
    if not bracket:
        return annotation
    held = ", ".join(with_typing(part.strip()) for part in _split(inner.removesuffix("]"), ","))
    return f"{_TYPING.get(outer, outer)}[{held}]"


def _split(text: str, separator: str) -> list[str]:
    """Split at separators that stand outside all brackets."""
    pieces, depth, start = [], 0, 0
    for i, c in enumerate(text):
        depth += (c in "[(") - (c in "])")
        if c == separator and depth == 0:
            pieces.append(text[start:i])
            start = i + 1
    return [*pieces, text[start:]]


@cache
def described(annotation: str, *, plural: bool = False) -> str:
    """Say an annotation in English.

    >>> described("list[tuple[str, int]]")
    'a list of tuples'
    """
    options = [part.strip() for part in _split(annotation, "|")]
    if len(options) > 1:
        return " or ".join(described(option, plural=plural) for option in options)
    outer, _, inner = annotation.partition("[")
    noun = _NOUNS.get(outer, ("a value", "values"))[plural]
    if outer in ("list", "set") and inner:
        return f"{noun} of {described(inner[:-1], plural=True)}"
    if outer == "dict" and inner and not plural:
        key, value = (described(part.strip(), plural=True) for part in _split(inner[:-1], ","))
        return f"{noun} from {key} to {value}"
    return noun


def listed(arguments: Sequence[Argument], rng: random.Random) -> str:
    """Return the arguments in prose: "a string text and an integer k"."""
    naming = rng.choice(("{} {}", "{} {}", "{} `{}`", "{} called {}", "{} named {}"))
    said = [naming.format(described(a.annotation), a.name) for a in arguments]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
