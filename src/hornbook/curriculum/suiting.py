"""Which solutions of a family can give a page of a form, read off their templates before a task is drawn.

What only a run can tell (how many rounds a loop takes on an input) is left to the form, which says nothing then.
"""

from __future__ import annotations

import ast
import random
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import combinations

from hornbook.curriculum.bugs import can_go_wrong
from hornbook.curriculum.families import BY_NAME
from hornbook.curriculum.family import Argument, Family, Raw, Task, fill
from hornbook.curriculum.fitting import shows
from hornbook.curriculum.parsing import nodes_below, parsed
from hornbook.curriculum.watching import Loop, Unwatchable, find_loop

LINES_SAVED = 2
"""Lines that a rewrite takes away at least."""
Pair = tuple[str, str]
"""Two solutions of a family, as the family spells them."""


@dataclass(frozen=True)
class _Specimen:
    """One solution of a family, with made-up names in it."""

    template: str
    task: Task
    """Without cases and without a second solution."""

    @cached_property
    def _shown(self) -> dict[str, bool]:
        return {}

    def shows(self, concept: str) -> bool:
        """Say whether it shows a concept."""
        if concept not in self._shown:
            self._shown[concept] = shows(self.task, concept)
        return self._shown[concept]

    @cached_property
    def loop(self) -> Loop | None:
        """The loop to watch; None where there is none."""
        with suppress(Unwatchable, SyntaxError):
            return find_loop(self.task)
        return None

    @cached_property
    def folds(self) -> bool:
        """Whether it goes through an argument, which it uses for nothing else, and returns what it changed."""
        if self.loop is None or not self.loop.over or self.loop.broken:
            return False
        *before, loop, last = [ast.Pass(), *parsed(self.task.body).body]
        if not isinstance(loop, ast.For) or not isinstance(last, ast.Return):
            return False
        if not isinstance(last.value, ast.Name) or last.value.id not in self.loop.changed:
            return False
        rest = nodes_below([*before, *loop.body])
        return not any(isinstance(node, ast.Name) and node.id == self.loop.over for node in rest)

    @cached_property
    def can_go_wrong(self) -> bool:
        """Whether a mistake may be put into it."""
        return can_go_wrong(self.task)

    @property
    def num_lines(self) -> int:
        """Lines of the body."""
        return self.task.body.count("\n") + 1


class _PlainNames(dict[str, str]):
    """A made-up name for each that is not given: none that a pattern could take for code."""

    def __missing__(self, key: str) -> str:
        self[key] = f"v{len(self)}"
        return self[key]


@cache
def _specimens(name: str) -> tuple[_Specimen, ...]:
    family = BY_NAME[name]
    names = _PlainNames(self="own_name")
    for key, value in family.parameters(random.Random(0)).items():
        names[key] = value if isinstance(value, Raw) else repr(value)
    return tuple(_Specimen(solution, _task(family, solution, names)) for solution in family.solutions)


def _task(family: Family, solution: str, names: Mapping[str, str]) -> Task:
    setup, needed = _source(family.setup, names)
    body, imports = _source(solution, names)
    return Task(
        family=family.name,
        concepts=family.concepts,
        difficulty=family.difficulty,
        name=names["self"],
        arguments=tuple(
            Argument(name=names[spec.aliases[0]], annotation=spec.annotation, meaning="")
            for spec in family.specs
        ),
        returns=family.returns,
        sentence="",
        imports=(*needed, *imports),
        body=body,
        other_body="",
        other_imports=(),
        cases=(),
        idea="",
        setup=setup,
    )


def _source(template: str, names: Mapping[str, str]) -> tuple[str, list[str]]:
    lines = fill(template, names).split("\n")
    imports = [line for line in lines if line.startswith(("import ", "from "))]
    return "\n".join(line for line in lines if line not in imports).strip("\n"), imports


def _is_rewritten(first: _Specimen, second: _Specimen, concept: str) -> bool:
    """Say whether the shorter one saves lines and shows what the page is about."""
    shorter, longer = sorted((first, second), key=lambda s: s.num_lines)
    return longer.num_lines >= shorter.num_lines + LINES_SAVED and shorter.shows(concept)


_OF_ONE: Mapping[str, Callable[[_Specimen], bool]] = {
    "worked": lambda s: s.loop is not None,
    "invariant": lambda s: s.folds,
    "debugging": lambda s: s.can_go_wrong,
}
"""What a form wants of one of the two solutions, of those that show the concept if any does."""

WANTING = frozenset({*_OF_ONE, "refactoring"})
"""Forms that want more of solutions than that one of them shows the concept."""


def _suits(pair: Sequence[_Specimen], form: str, concept: str) -> bool:
    showing = [s for s in pair if s.shows(concept)]
    if form == "refactoring":
        return _is_rewritten(pair[0], pair[1], concept)
    if form in _OF_ONE:
        return any(map(_OF_ONE[form], showing or pair))
    return bool(showing)


def pairs(family: str, form: str, concept: str) -> tuple[Pair, ...]:
    """Return the pairs of a family's solutions that may give a page of a form about a concept.

    For a form that suits every task they are the pairs of which one shows the concept.
    """
    return _pairs(family, form if form in WANTING else "", concept)


@cache
def _pairs(family: str, form: str, concept: str) -> tuple[Pair, ...]:
    both = combinations(_specimens(family), 2)
    return tuple((a.template, b.template) for a, b in both if _suits((a, b), form, concept))
