"""Two chains over one argument, joined: the difference of two sums, what one list has and another has not, a pair.

Chains alone are used up after some ten thousand programs; of pairs of short chains there are millions, and each of
the two is as easy to read as before.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from hornbook.curriculum.family import Argument, Task, are_telling, fill, is_reserved
from hornbook.curriculum.naming import VAGUE_FUNCTIONS
from hornbook.curriculum.operation import ANNOTATIONS, Members
from hornbook.curriculum.programs import (
    RESERVED_ONE_IN,
    Applied,
    Case,
    draw_argument,
    draw_input,
    evaluate,
    imports_of,
)
from hornbook.curriculum.programs_chains import PRACTISED, draw_operations
from hornbook.curriculum.programs_code import by_steps, filled
from hornbook.curriculum.programs_grown import Grown, grow, grow_along
from hornbook.curriculum.programs_inputs import EDGES, MEANINGS
from hornbook.curriculum.programs_styles import two_bodies
from hornbook.curriculum.programs_words import clauses_of, is_unclear, say

Steps = tuple[Applied, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """How two answers, $a and $b, become one."""

    name: str
    words: str
    code: str
    run: Callable[[Any, Any], Any]
    annotation: str
    """Of the result; "" stands for that of the two answers."""


def _join(name: str, words: str, code: str, run: Callable[[Any, Any], Any], annotation: str = "") -> Join:
    return Join(name=name, words=words, code=code, run=run, annotation=annotation)


_AMOUNTS = (
    _join("minus", "$a minus $b", "$a - $b", lambda a, b: a + -b),
    _join("plus", "the sum of $a and $b", "$a + $b", lambda a, b: a - -b),
    _join("gap", "how far $a and $b are apart", "abs($a - $b)", lambda a, b: max(a, b) - min(a, b)),
    _join("larger", "the larger one of $a and $b", "max($a, $b)", lambda a, b: sorted((a, b))[1]),
    _join("exceeds", "whether $a is greater than $b", "$a > $b", lambda a, b: not a <= b, "bool"),
)
_COMMON, _REST = "[x for x in $a if x in $b]", "[x for x in $a if x not in $b]"
_LISTS = (
    _join("beside", "$a followed by $b", "$a + $b", lambda a, b: [*a, *b]),
    _join("common", "what in $a also occurs in $b", _COMMON, lambda a, b: [*filter(b.count, a)]),
    _join("rest", "what in $a does not occur in $b", _REST, lambda a, b: [x for x in a if not b.count(x)]),
    _join("longer", "whether $a is longer than $b", "len($a) > len($b)", lambda a, b: bool(a[len(b) :]), "bool"),
)  # fmt: skip
_COMMON_MEMBERS = "the set of what $a and $b have in common"
_OWN_MEMBERS = "the set of what is in $a but not in $b"
_SETS = (
    _join("merged", "the set of all members of $a and $b", "$a | $b", lambda a, b: Members((*a, *b))),
    _join("shared", _COMMON_MEMBERS, "$a & $b", lambda a, b: Members({*a}.intersection(b))),
    _join("without", _OWN_MEMBERS, "$a - $b", lambda a, b: Members({*a}.difference(b))),
    _join("within", "whether every member of $a is in $b", "$a <= $b", lambda a, b: len(a | b) == len(b), "bool"),
)  # fmt: skip
_JOINS: dict[str, tuple[Join, ...]] = {
    "number": _AMOUNTS,
    "ratio": _AMOUNTS,
    "numbers": _LISTS,
    "words": _LISTS,
    "characters": _LISTS,
    "number_set": _SETS,
    "word_set": _SETS,
    "text": (
        _join("with", "$a and $b with a dash in between", "$a + '-' + $b", lambda a, b: "-".join((a, b))),
        _join("same", "whether $a and $b are equal", "$a == $b", lambda a, b: len({a, b}) == 1, "bool"),
    ),
    "flag": (
        _join("both", "whether both $a and $b are true", "$a and $b", lambda a, b: a & b),
        _join("either", "whether $a or $b (or both) are true", "$a or $b", lambda a, b: a | b),
        _join("one_of", "whether exactly one of $a and $b is true", "$a != $b", lambda a, b: a ^ b),
    ),
}
"""By the type of both answers."""
_PAIR = _join("and", "the pair of $a and $b", "($a, $b)", lambda a, b: (a, b))
_ALIKE = 0.6
"""Share of programs whose answers are to be of one type, so that more can be made of them than a pair."""
_PAIRED = 0.2
"""Share of programs that return both answers, where they could be joined otherwise."""
_NAMES = (
    ("first", "second"),
    ("one", "other"),
    ("left", "right"),
    ("a", "b"),
    ("before", "after"),
)
_TEMPLATES = (
    "Let {a} be what you get when you {A}. Let {b} be what you get when you {B}. Return {said}.",
    "Two results are wanted of {argument}, {meaning}. For {a}, {A}. For {b}, {B}. Return {said}.",
    "From {argument}, {meaning}, work out {a} and {b}.\n- {a}: {A}\n- {b}: {B}\nReturn {said}.",
    "Return {said}. Here {a} is what you get when you {A}, and {b} what you get when you {B}.",
    "Given {argument}, {meaning}, return {said}. To find {a}, {A}. To find {b}, {B}.",
    "To get {a}, {A}. To get {b}, {B}. The answer is {said}.",
)
_LONGEST_CASE = 170
_VAGUE = 0.2
"""Share of functions whose name says nothing."""
_SHORT = 40
"""Characters up to which both answers may stand in the expression that joins them."""
_FIRSTS = 40
"""First chains of `least_steps` that are tried; then shorter ones will do."""
_TRIES = 5
_SECONDS = 4
"""Second chains that are tried for a first one."""


def draw_joined(
    rng: random.Random, *, concept: str = "composition", num_steps: int = 3, least_steps: int = 2
) -> Task:
    """Draw a program of two chains of at most `num_steps` operations each; the first practises `concept`.

    The first has `least_steps`, where such a chain tells something. Raises ValueError for a concept that no
    operation practises.
    """
    if concept not in PRACTISED:
        raise ValueError(f"no operation practises {concept!r}; known: {', '.join(sorted(PRACTISED))}")
    tried = 0
    while True:
        tried += 1
        least = least_steps if tried <= _FIRSTS else 2
        begun = _draw_first(rng, concept, rng.randint(least, num_steps))
        if begun is None:
            continue
        for _ in range(_SECONDS):
            if task := _with_second(*begun, rng, num_steps):
                return task


def _with_second(inputs: Sequence[Any], first: Grown, rng: random.Random, num_steps: int) -> Task | None:
    """Draw a second chain for a first one, and join them; None where the two together do not tell anything."""
    second = _draw_second(first, inputs, rng, num_steps)
    if second is None or is_reserved(f"{_named(first.steps)}&{_named(second.steps)}", one_in=RESERVED_ONE_IN):
        return None
    join = _draw_join(first.steps[-1][0].gives, second.steps[-1][0].gives, rng)
    answers = [join.run(a, b) for a, b in zip(first.values, second.values, strict=True)]
    cases = tuple(((value,), answer) for value, answer in zip(inputs, answers, strict=True))
    if not _tell(cases, join) or not _every_step_matters(first.steps, second.steps, join, cases):
        return None
    return _task(first.steps, second.steps, join, cases, rng)


def _named(steps: Steps) -> str:
    return ">".join(operation.name for operation, _ in steps)


def _same_start(first: Steps, second: Steps) -> bool:
    """Say whether the shorter chain is the beginning of the longer one: its answer is there already."""
    return all(one[0] is other[0] for one, other in zip(first, second, strict=False))


def _draw_first(rng: random.Random, concept: str, num_steps: int) -> tuple[list[Any], Grown] | None:
    """Draw inputs, and a chain that tells something of them; None where the first one drawn does not."""
    operations = draw_operations(rng, concept, num_steps, roomy=True)
    if not operations or any(operation.group == "other" for operation in operations):
        return None
    steps = tuple((operation, operation.draw(rng)) for operation in operations)
    if len(steps) > 1 and is_reserved(_named(steps), one_in=RESERVED_ONE_IN) or is_unclear(steps):
        return None
    inputs = [draw_input(steps, rng) for _ in range(rng.randint(3, 5))]
    inputs.append(rng.choice(EDGES[steps[0][0].takes]))
    grown = grow_along(steps, inputs, least_different=2)
    return (inputs, grown) if grown else None


def _draw_second(first: Grown, inputs: Sequence[Any], rng: random.Random, num_steps: int) -> Grown | None:
    """Draw a chain over the same inputs, in most cases one with an answer of the same type."""
    gives = first.steps[-1][0].gives if rng.random() < _ALIKE else ""
    for _ in range(_TRIES):
        wanted = rng.randint(2, num_steps)
        begun, takes = Grown(steps=(), values=inputs), first.steps[0][0].takes
        grown = grow(rng, begun, takes, wanted, least_different=2, gives=gives)
        if grown and not _same_start(first.steps, grown.steps):
            return grown
    return None


def _draw_join(one: str, other: str, rng: random.Random) -> Join:
    if one != other or one not in _JOINS or rng.random() < _PAIRED:
        return _PAIR
    return rng.choice(_JOINS[one])


def _answer(first: Steps, second: Steps, join: Join, argument: Any) -> Any:
    return join.run(evaluate(first, (argument,)), evaluate(second, (argument,)))


def _tell(cases: Sequence[Case], join: Join) -> bool:
    """Say whether the cases are short enough to be shown, and tell the program from a constant."""
    if max(len(repr(case)) for case in cases[:2]) > _LONGEST_CASE or not are_telling(cases):
        return False
    is_flag = join.annotation == "bool" or isinstance(cases[0][1], bool)
    return len({repr(answer) for _, answer in cases}) > (1 if is_flag else 2)


def _every_step_matters(first: Steps, second: Steps, join: Join, cases: Sequence[Case]) -> bool:
    """Say whether the cases tell the program from those without one step, or with one chain in both places."""
    others = [(less, second) for less in _shortened(first)] + [(first, less) for less in _shortened(second)]
    others += [(first, first), (second, second)] if first[-1][0].gives == second[-1][0].gives else []
    return not any(all(_answer(a, b, join, xs[0]) == answer for xs, answer in cases) for a, b in others)


def _shortened(steps: Steps) -> list[Steps]:
    without = [steps[:i] + steps[i + 1 :] for i, (o, _) in enumerate(steps) if o.takes == o.gives]
    return [less for less in without if less]


def _task(first: Steps, second: Steps, join: Join, cases: tuple[Case, ...], rng: random.Random) -> Task:
    operations = [operation for operation, _ in (*first, *second)]
    argument = draw_argument(operations, rng)
    names = rng.choice([pair for pair in _NAMES if argument not in pair])
    bodies = _bodies(first, second, join, argument, names, rng)
    source = first[0][0].takes
    types = [ANNOTATIONS[steps[-1][0].gives] for steps in (first, second)]
    paired = f"tuple[{', '.join(types)}]" if join is _PAIR else types[0]
    return Task(
        family=f"program:{_named(first)}&{_named(second)}",
        concepts=("composition", *dict.fromkeys(operation.concept for operation in operations)),
        difficulty=min(len(operations), 5),
        name=_function_name(first, second, join, argument, bodies, rng),
        arguments=(Argument(name=argument, annotation=ANNOTATIONS[source], meaning=MEANINGS[source]),),
        returns=join.annotation or paired,
        sentence=_sentence(first, second, join, argument, names, rng),
        imports=imports_of(bodies[0]),
        body=bodies[0],
        other_body=bodies[1],
        other_imports=imports_of(bodies[1]),
        cases=cases,
        idea=f"Neither part needs the other; each can be checked alone. {say(first, argument, rng).idea}",
        pitfall="",
    )


def _bodies(
    first: Steps, second: Steps, join: Join, argument: str, names: tuple[str, str], rng: random.Random
) -> tuple[str, str]:
    """Return two bodies, each the two chains one after the other."""
    parts = [_parts(steps, argument, names, rng) for steps in (first, second)]
    one, other = (_joined(join, names, a, b, rng) for a, b in zip(*parts, strict=True))
    return one, other


def _parts(steps: Steps, argument: str, names: tuple[str, str], rng: random.Random) -> tuple[str, str]:
    """Return two bodies of a chain that return in their last line alone and use none of the names."""
    fitting: list[str] = []
    for _ in range(_TRIES):
        bodies = (body for body in two_bodies(steps, argument, rng) if _is_plain(body, names))
        fitting += [body for body in bodies if body not in fitting]
        if len(fitting) > 1:
            break
    one, other = [*fitting, by_steps(steps, argument, rng), by_steps(steps, argument, rng)][:2]
    return one, other


def _is_plain(body: str, names: tuple[str, str]) -> bool:
    returns = len(re.findall(r"\breturn\b", body))
    return (returns == 1 or body.startswith("def ")) and not set(names) & set(re.findall(r"\w+", body))


def _joined(join: Join, names: tuple[str, str], one: str, other: str, rng: random.Random) -> str:
    values = [body.removeprefix("return ") for body in (one, other)]
    short = all("\n" not in value and len(value) < _SHORT for value in values)
    if short and "[" not in join.code and rng.random() < 0.5:
        return f"return {filled(join.code, {}, a=values[0], b=values[1])}"
    lines = []
    for name, body in zip(names, (one, other), strict=True):
        before, _, last = body.rpartition("\n")
        lines += [before] if before else []
        lines.append(f"{name} = {last.removeprefix('return ')}")
    return "\n".join([*lines, f"return {filled(join.code, {}, a=names[0], b=names[1])}"])


def _sentence(
    first: Steps, second: Steps, join: Join, argument: str, names: tuple[str, str], rng: random.Random
) -> str:
    said = [_said(steps, argument, rng) for steps in (first, second)]
    a, b = names
    return rng.choice(_TEMPLATES).format(
        a=a, b=b, A=said[0], B=said[1], argument=argument, meaning=MEANINGS[first[0][0].takes],
        said=fill(join.words, {"a": a, "b": b}),
    )  # fmt: skip


def _said(steps: Steps, argument: str, rng: random.Random) -> str:
    """Say a chain as what is done to get its answer, and what that is when nothing is left."""
    clauses = clauses_of(steps, argument, rng)
    if clauses[-1] in ("return the result", "return what you get"):
        clauses.pop()
    else:
        asked = re.sub(r"^(?:return|report|give back) ", "", clauses[-1])
        clauses[-1] = f"{_verb(asked)} {asked}"
    text = clauses[0] if len(clauses) == 1 else f"{', then '.join(clauses[:-1])} and {clauses[-1]}"
    empty = " ".join(operation.empty for operation, _ in steps if operation.empty)
    if not empty:
        return text
    empty = re.sub(r"\breturn (.+)\.", r"take \1.", empty).removesuffix(".")
    return f"{text} ({empty[0].lower()}{empty[1:]})"


def _verb(asked: str) -> str:
    if asked.startswith(("whether ", "how ")):
        return "see"
    return "make" if asked.startswith(("a dictionary", "them as")) else "take"


def _function_name(
    first: Steps, second: Steps, join: Join, argument: str, bodies: Sequence[str], rng: random.Random
) -> str:
    """Draw a name that none of the solutions uses for something else."""
    one, other = first[-1][0].name, second[-1][0].name
    choices = [f"compare_{argument}", f"two_of_{argument}"]
    if one != other:
        choices += [f"{one}_{join.name}_{other}", f"{one}_and_{other}"]
    if rng.random() < _VAGUE:
        choices = VAGUE_FUNCTIONS
    taken = set(re.findall(r"\w+", "\n".join(bodies)))
    free = [name for name in choices if name not in taken and len(name) <= 40]
    return rng.choice(free or [f"join_{argument}"])
