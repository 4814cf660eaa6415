"""The outline of a record: all that a parser sees of its text, from one tree, and small enough to travel.

The check counts functions, the closed loop looks at openings and shapes; a tree for each cost as much as either. A
process that has a record in hand makes its outline once and sends that along. Nothing is executed.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass

from hornbook.quality.markdown import python_blocks
from hornbook.quality.syntax import functions, parsed, preorder, statements
from hornbook.quality.words import words_of
from hornbook.record import Record

_OPENING_WORDS = 3
_OPENING_CHARACTERS = 400
_MOST_NODES = 1000


@dataclass(frozen=True, slots=True)
class Outline:
    """What a parser sees of one record."""

    opening: str
    """The first three words that it says, in lower case: of a page, or of the first docstring of code."""
    shape: str
    """The node types of one function, cut after 1,000; "" without one. One of each record, so that sets of pages
    and of functions compare: the one that an exercise asks for, the first of any other text."""
    num_functions: int | None
    """Of all its code, methods included; None where that is no Python."""
    num_documented: int | None
    """Of those, the ones with a docstring."""

    @property
    def code_facts(self) -> dict[str, float]:
        """The scores `functions` and `docstrings`; {} of what is no Python."""
        if self.num_functions is None or self.num_documented is None:
            return {}
        return {"functions": float(self.num_functions), "docstrings": float(self.num_documented)}


def outline_of(record: Record) -> Outline:
    """Return the outline of a record; whatever its text is, it has one."""
    text = parsed(record.text)
    is_page = record.kind == "textbook"
    has_blocks = "```" in record.text and text is None
    blocks = parsed("\n".join(python_blocks(record.text))) if is_page or has_blocks else None
    tree = blocks if has_blocks else text
    counts = _counted(blocks if is_page else text)
    return Outline(_first_words(_said(record, tree)), _shape(record, tree), *counts)


class Outlines:
    """Outlines of the records under way: those that another process sent along, the others made when asked for."""

    def __init__(self) -> None:
        """Start with none."""
        self._known: dict[tuple[str, str, str], Outline] = {}

    def give(self, record: Record, outline: Outline) -> None:
        """Keep the outline of a record for whoever asks."""
        self._known[_key(record)] = outline

    def of(self, record: Record) -> Outline:
        """Return the outline of a record, and keep it for whoever asks next."""
        key = _key(record)
        if (known := self._known.get(key)) is None:
            known = self._known[key] = outline_of(record)
        return known

    def forget(self, record: Record) -> None:
        """Nobody asks for this one any more."""
        self._known.pop(_key(record), None)


def _key(record: Record) -> tuple[str, str, str]:
    """Return all that an outline depends on."""
    return record.kind, record.text, record.exercise.entry_point if record.exercise is not None else ""


def _counted(tree: ast.Module | None) -> tuple[int, int] | tuple[None, None]:
    """Return the number of functions and of documented ones."""
    if tree is None:
        return None, None
    found = [node for node in statements(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return len(found), sum(ast.get_docstring(node, clean=False) is not None for node in found)


def _shape(record: Record, tree: ast.Module | None) -> str:
    wanted = record.exercise.entry_point if record.exercise is not None else ""
    found = [node for node in (functions(tree) if tree else ()) if not wanted or node.name == wanted]
    return preorder(found[-1 if wanted else 0])[:_MOST_NODES] if found else ""


def _first_words(text: str) -> str:
    return " ".join(words_of(text)[:_OPENING_WORDS])


def _said(record: Record, tree: ast.Module | None) -> str:
    """Return the docstring of a text's first function, class or module that has one, or its first prose."""
    if record.kind == "textbook":
        lines = record.text.split("\n")
        return next((line for line in lines if line.strip() and not line.startswith("#")), "")
    for node in statements(tree) if tree else ():
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Module) and (doc := ast.get_docstring(node)):
            return doc
    return record.text[:_OPENING_CHARACTERS]
