"""A family is a parametrised task; a task is one drawing of it, with everything chosen.

The expected values of a task come from the family's `reference`, a plain Python function written apart from
the solutions that are shown to the learner: a solution that is wrong therefore fails its tests.

Templates use `$name`. In a phrasing or a solution, `$text` is an argument (its alias is drawn), `$k` a
parameter (its `repr` in code, plain in prose), and any word of `LOCALS` a local variable whose name is drawn.
In a solution `$self` is the function's own name, for recursion.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from hornbook.curriculum.constants import worked_out
from hornbook.curriculum.naming import PAIRS, VAGUE_ARGUMENT, VAGUE_FUNCTIONS, VAGUE_NAME, vague_arguments

LOCALS: Mapping[str, tuple[str, ...]] = {
    "result": ("result", "out", "output", "res", "answer", "collected"),
    "total": ("total", "acc", "running", "amount", "sum_so_far"),
    "count": ("count", "n", "tally", "num", "hits"),
    "item": ("item", "x", "value", "element", "v"),
    "other": ("other", "y", "candidate", "rest"),
    "i": ("i", "index", "idx", "pos"),
    "j": ("j", "k2", "inner", "stop"),
    "char": ("char", "ch", "c", "letter"),
    "word": ("word", "w", "token", "part"),
    "key": ("key", "name", "label"),
    "best": ("best", "top", "winner", "leader"),
    "seen": ("seen", "known", "visited", "already"),
    "left": ("left", "lo", "start", "low"),
    "right": ("right", "hi", "end", "high"),
    "row": ("row", "line", "record"),
    "pair": ("pair", "entry", "couple"),
    "current": ("current", "cur", "now"),
    "previous": ("previous", "prev", "last", "before"),
    "stack": ("stack", "pending", "open_items"),
    "groups": ("groups", "buckets", "table", "by_key"),
}
"""Local variables that a solution may name as `$word`; one of the words is drawn, never one already in use."""

PARTNERS: Mapping[str, str] = {"right": "left"}
"""A local whose name follows from another's: `start` goes with `end`, not with `hi`."""


class Raw(str):
    """A parameter that is pasted as it stands, in code and in prose (an operator, a noun, a method name)."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """One argument of a task's function."""

    name: str
    annotation: str
    meaning: str
    """A noun phrase: "the text to search"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A family (or a composed program) with everything chosen: what an exercise or a page is made from."""

    family: str
    """Name of the family, or `program:` and the operations it composes."""
    concepts: tuple[str, ...]
    difficulty: int
    name: str
    arguments: tuple[Argument, ...]
    returns: str
    """Annotation of the result."""
    sentence: str
    """What the function does: one or two imperative sentences, "Return the number of vowels in text."."""
    imports: tuple[str, ...]
    body: str
    """Solution, not indented."""
    other_body: str
    """A second, different solution, not indented; may need `other_imports`."""
    other_imports: tuple[str, ...]
    cases: tuple[tuple[tuple[Any, ...], Any], ...]
    """(arguments, expected value) pairs, the first two ordinary, then edge cases and more."""
    idea: str
    """Why the solution works, in one to three sentences."""
    pitfall: str = ""
    """A mistake that learners make here, or the edge case to think of."""
    setup: str = ""
    """Functions or classes that stand before the task's function and that its solutions may use."""
    shown: str = ""
    """The sentence as a page shows it, with the names of arguments between backticks; "" is the sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spec:
    """One entry of a family's `arguments`."""

    aliases: tuple[str, ...]
    annotation: str
    meaning: str
    spelled: frozenset[str]
    """Words that a solution spells out: as an argument's name they would be overwritten there."""
    beside: frozenset[str]
    """Words that stand next to the argument in prose: the list called `list` would make "the list list"."""


@dataclass(frozen=True, kw_only=True)
class Family:
    """A parametrised task. CONTRIBUTING.md shows how to write one in ten minutes."""

    name: str
    concepts: tuple[str, ...]
    """Names from `concepts.py`, the main one first."""
    difficulty: int
    names: str
    """Function names to draw from, separated by blanks; may hold `$parameters`."""
    arguments: tuple[str, ...]
    """Each "alias|alias: annotation; meaning"; templates use the first alias, as in `$text`."""
    returns: str
    phrasings: tuple[str, ...]
    """At least four imperative sentences; the last is reserved for the ladder's third rung."""
    solutions: tuple[str, ...]
    """At least two different implementations; imports stand first and move to the top of the prompt."""
    reference: Callable[..., Any]
    """Trusted evaluator: reference(*arguments, **parameters). Never a copy of a solution."""
    inputs: Callable[..., tuple[Any, ...]]
    """One ordinary input: inputs(rng, **parameters) -> tuple of arguments."""
    edges: tuple[tuple[Any, ...], ...]
    """Edge-case inputs that hold for all parameters: empty, one, ties, negative, unicode."""
    idea: str
    parameters: Callable[[random.Random], dict[str, Any]] = lambda rng: {}
    pitfall: str = ""
    setup: str = ""
    """Helper functions or classes that stand in the prompt before the function, imports first; a template."""

    @property
    def reserved(self) -> bool:
        """Whether the family is held out of training, for the ladder's fourth rung (about one in ten)."""
        return is_reserved(self.name, one_in=10)

    # What every drawing needs of the texts above is read off them once.
    @cached_property
    def specs(self) -> tuple[_Spec, ...]:
        """The arguments, parsed."""
        return tuple(_spec(text, self) for text in self.arguments)

    @cached_property
    def words(self) -> frozenset[str]:
        """The words that solutions and setup spell out."""
        literal = " ".join(part for template in self._templates for part in _parts(template)[0::2])
        return frozenset(re.findall(r"[A-Za-z_]\w*", literal))

    @cached_property
    def locals(self) -> tuple[str, ...]:
        """The names of `LOCALS` that solutions and setup use."""
        names = {name for template in self._templates for name in _parts(template)[1::2]}
        return tuple(sorted(names & set(LOCALS)))

    @property
    def _templates(self) -> tuple[str, ...]:
        return (*self.solutions, self.setup)


def _spec(text: str, family: Family) -> _Spec:
    head, _, meaning = text.partition(";")
    aliases, _, annotation = head.partition(":")
    names = tuple(alias.strip() for alias in aliases.split("|"))
    meanings = (other.partition(";")[2] for other in family.arguments)
    prose = (*family.phrasings, family.idea, family.pitfall, *meanings)
    spelled = family.words - {names[0]}
    return _Spec(
        aliases=names,
        annotation=annotation.strip(),
        meaning=meaning.strip(),
        spelled=spelled,
        beside=spelled | _neighbours(prose, names[0]),
    )


def is_reserved(name: str, *, one_in: int) -> bool:
    """Decide by hash whether `name` is held out, so that adding families never moves another one."""
    return hashlib.blake2b(name.encode(), digest_size=4).digest()[0] % one_in == 0


def draw_task(
    family: Family, rng: random.Random, *, reserved_phrasing: bool = False, pair: Sequence[str] = (), most: int = 7
) -> Task:  # fmt: skip
    """Draw one task of `family`; with `reserved_phrasing`, in the words that training never sees.

    Its solutions are the `pair`, where one is given, and it has 3 to `most` cases. Raises ValueError when 30 of
    the family's inputs give answers that a stub could give, too.
    """
    parameters = family.parameters(rng)
    aliases = _draw_aliases(family, rng)
    prose = aliases | {key: v if isinstance(v, Raw) else repr(v) for key, v in parameters.items()}
    name = _draw_name(family, rng, prose)
    code = _code_names(family, rng, prose, {*aliases.values(), name}) | {"self": name}
    first, second = rng.sample(pair or family.solutions, 2)
    phrasing = rng.choice(family.phrasings[-1:] if reserved_phrasing else family.phrasings[:-1])
    ticked = prose | {alias: f"`{drawn}`" for alias, drawn in aliases.items()}
    needed, setup = _filled_code(family.setup, code)
    imports, body = _filled_code(first, code)
    other_imports, other_body = _filled_code(second, code)
    return Task(
        family=family.name,
        concepts=family.concepts,
        difficulty=family.difficulty,
        name=name,
        arguments=tuple(
            Argument(
                name=aliases[spec.aliases[0]], annotation=spec.annotation, meaning=fill(spec.meaning, prose)
            )
            for spec in family.specs
        ),
        returns=family.returns,
        sentence=fill(phrasing, prose),
        imports=_merged(needed, imports),
        body=body,
        other_body=other_body,
        other_imports=_merged(needed, other_imports),
        cases=_draw_cases(family, rng, parameters, most),
        idea=fill(family.idea, prose),
        pitfall=fill(family.pitfall, prose),
        setup=setup,
        shown=fill(phrasing, ticked),
    )


def _draw_name(family: Family, rng: random.Random, prose: Mapping[str, str]) -> str:
    names = family.names.split()
    # A helper inside the solution that has the function's name would hide it.
    name = fill(rng.choice([name for name in names if name not in family.words] or names), prose)
    if rng.random() >= VAGUE_NAME:
        return name
    taken = family.words | set(prose.values())
    return rng.choice([vague for vague in VAGUE_FUNCTIONS if vague not in taken] or [name])


def fill(template: str, names: Mapping[str, str]) -> str:
    """Replace every `$name` of `template`; raises KeyError for a name that is neither given nor a local."""
    return _format(template) % names


@cache
def _format(template: str) -> str:
    """Return a template in the form that `%` fills in, which is the fastest that Python has."""
    parts = _parts(template)
    return "".join(f"%({part})s" if i % 2 else part.replace("%", "%%") for i, part in enumerate(parts))


@cache
def _parts(template: str) -> tuple[str, ...]:
    """Split a template once into literal, name, literal, name, ..., literal."""
    parts = re.split(r"\$(\{[A-Za-z_]\w*\}|[A-Za-z_]\w*)", template.strip("\n"))
    return tuple(part.strip("{}") if i % 2 else part for i, part in enumerate(parts))


def _draw_aliases(family: Family, rng: random.Random) -> dict[str, str]:
    """Draw a name for every argument, by the first of its aliases."""
    drawn: dict[str, str] = {}
    taken = drawn.values()
    for before, spec in zip((None, *family.specs), family.specs, strict=False):
        aliases = spec.aliases
        if partner := _partner(before, spec, drawn):
            drawn[aliases[0]] = partner
            continue
        vague = rng.random() < VAGUE_ARGUMENT
        choices = (*vague_arguments(spec.annotation), aliases[0]) if vague else aliases
        free = [alias for alias in choices if alias not in spec.beside and alias not in taken]
        free = free or [alias for alias in aliases if alias not in spec.beside and alias not in taken]
        free = free or [alias for alias in aliases if alias not in spec.spelled and alias not in taken]
        drawn[aliases[0]] = rng.choice(free or [aliases[-1]])
    return drawn


def _partner(before: _Spec | None, spec: _Spec, drawn: Mapping[str, str]) -> str:
    """Return the alias that goes with the one drawn for the argument before; "" where none does."""
    if before is None or PAIRS.get(spec.aliases[0]) != before.aliases[0]:
        return ""
    partners = dict(zip(before.aliases, spec.aliases, strict=False))
    alias = partners.get(drawn[before.aliases[0]], "")
    return alias if alias not in spec.beside and alias not in drawn.values() else ""


def _neighbours(texts: tuple[str, ...], name: str) -> frozenset[str]:
    """Return the words directly before or behind `$name`."""
    found: set[str] = set()
    for text in texts:
        parts = _parts(text)
        for i in range(1, len(parts), 2):
            if parts[i] == name:
                before = re.search(r"([A-Za-z]\w*) $", parts[i - 1])
                behind = re.match(r" ([A-Za-z]\w*)", parts[i + 1])
                found |= {match[1] for match in (before, behind) if match}
    return frozenset(found)


def _code_names(
    family: Family, rng: random.Random, given: Mapping[str, str], taken: set[str]
) -> dict[str, str]:
    """Return what a solution's `$names` stand for: what is given, and a drawn name for each local."""
    code = dict(given)
    for local in family.locals:
        if local in code:
            continue
        # A drawn local must not hide an argument, another local or a name that a solution spells out itself.
        choices = _going_with(code.get(PARTNERS.get(local, ""), ""), local)
        free = [name for name in choices if name not in taken and name not in family.words]
        free = free or [name for name in LOCALS[local] if name not in taken and name not in family.words]
        code[local] = rng.choice(free or [f"{local}_"])
        taken.add(code[local])
    return code


def _going_with(partner: str, local: str) -> tuple[str, ...]:
    """Return the names for `local` that go with the one its partner has; all of them when it has no partner."""
    known = LOCALS.get(PARTNERS.get(local, ""), ())
    return (LOCALS[local][known.index(partner)],) if partner in known else LOCALS[local]


def _filled_code(template: str, names: Mapping[str, str]) -> tuple[list[str], str]:
    """Return the imports of a solution or a setup, and the rest."""
    imports, body = _split_imports(template)
    return [fill(line, names) for line in imports], worked_out(fill(body, names))


@cache
def _split_imports(template: str) -> tuple[tuple[str, ...], str]:
    lines = template.split("\n")
    imports = tuple(line for line in lines if line.startswith(("import ", "from ")))
    return imports, "\n".join(line for line in lines if line not in imports)


def _merged(first: Sequence[str], second: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second)))


def _draw_cases(
    family: Family, rng: random.Random, parameters: Mapping[str, Any], most: int
) -> tuple[tuple[tuple[Any, ...], Any], ...]:
    """Draw 3 to `most` cases that neither a constant nor the first argument answers: such stubs must fail.

    Two ordinary cases come first, as they become the docstring's examples, then edge cases, the first of which
    (mostly the empty one) always.
    """
    wanted = rng.randint(3, most)
    first, *others = family.edges
    edges = [first, *rng.sample(others, min(len(others), rng.randint(0, 2)))]
    cases: list[tuple[tuple[Any, ...], Any]] = []
    texts: set[str] = set()
    for attempt in range(30):
        at_edge = bool(edges) and len(cases) >= 2
        arguments = edges.pop(0) if at_edge else family.inputs(rng, **parameters)
        text = repr(arguments)
        if text in texts:
            continue
        texts.add(text)
        expected = family.reference(*copied(arguments), **parameters)
        often = 2 * [answer for _, answer in cases].count(expected) > len(cases)
        if often and not at_edge and attempt < 20:  # four times [] say little
            continue
        # A case that tells more than those before takes the place of the last one where there are enough.
        cases[wanted - 1 :] = [(arguments, expected)]
        if len(cases) == wanted and are_telling(cases):
            return tuple(cases)
    if len(cases) >= 2 and are_telling(cases):
        return tuple(cases)
    raise ValueError(
        f"family {family.name!r}: no 30 inputs tell the answer from a constant or the first argument"
    )


def are_telling(cases: Sequence[tuple[tuple[Any, ...], Any]]) -> bool:
    """Say whether cases fail a function that always returns the same, and one that returns its first argument."""
    constant = cases[0][1]
    return any(expected != constant for _, expected in cases) and any(
        not arguments or expected != arguments[0] for arguments, expected in cases
    )


_UNCHANGING = frozenset({int, str, float, bool, type(None)})


def copied(value: Any) -> Any:
    """Copy nested lists, sets and dicts: neither a reference nor a solution may spoil a case's arguments."""
    if type(value) in _UNCHANGING:
        return value
    if isinstance(value, list):
        return value[:] if _UNCHANGING.issuperset(map(type, value)) else [copied(v) for v in value]
    if isinstance(value, tuple):
        return value if _UNCHANGING.issuperset(map(type, value)) else tuple([copied(v) for v in value])
    if isinstance(value, dict):
        return {k: copied(v) for k, v in value.items()}
    return set(value) if isinstance(value, set) else value
