"""Which operations follow each other: a walk along their types in which no step makes another one pointless."""

from __future__ import annotations

import random
from collections.abc import Sequence

from hornbook.curriculum.operation import ANNOTATIONS, Operation
from hornbook.curriculum.operations_numbers import NUMBER_OPERATIONS
from hornbook.curriculum.operations_sets import SET_OPERATIONS
from hornbook.curriculum.operations_tables import TABLE_OPERATIONS
from hornbook.curriculum.operations_texts import TEXT_OPERATIONS
from hornbook.curriculum.programs_inputs import SOURCES

OPERATIONS: tuple[Operation, ...] = (
    *NUMBER_OPERATIONS,
    *TEXT_OPERATIONS,
    *TABLE_OPERATIONS,
    *SET_OPERATIONS,
)
_COUNTS = ("how_many", "count_them", "count_characters_left", "count_entries")
"""Folds for which nothing before them matters but what drops or adds elements."""

_POINTLESS = tuple(
    map(
        frozenset,
        (
            ("drop_vowels_each", "vowels_in"),
            ("names_only", "most_common"),
            ("names_sorted", "most_common"),
            ("names_by_value", "most_common"),
            ("number_them", "most_common"),
            ("unique_words", "most_common"),
            ("members_alphabetical", "most_common"),
            ("members_by_length", "most_common"),
            ("members_rising", "is_rising"),
            ("members_falling", "is_rising"),
            ("key_set", "num_members_of_words"),
            ("unique_words", "count_words"),
            ("unique_characters", "most_frequent_character"),
            ("unique_characters", "count_characters"),
            ("unique", "has_repeats"),
            ("unique", "how_many_different"),
            ("unique", "frequencies"),
            ("count_up", "how_many_different"),
            ("digits_of", "as_number"),
            ("keep_even", "halve_or_triple"),
            ("keep_odd", "halve_or_triple"),
            ("keep_positive", "absolute"),
            ("keep_negative", "absolute"),
        ),
    )
)
"""Pairs of which one makes the other say nothing."""

_NEXT: dict[tuple[str, str], tuple[Operation, ...]] = {
    (kind, takes): tuple(o for o in OPERATIONS if o.kind == kind and o.takes == takes)
    for kind in ("keep", "each", "whole", "fold", "decide")
    for takes in ANNOTATIONS
}
_PRACTISING: dict[str, tuple[Operation, ...]] = {
    concept: tuple(o for o in OPERATIONS if o.concept == concept)
    for concept in {o.concept for o in OPERATIONS}
}
_SOURCES_OF: dict[str, list[str]] = {
    o.name: [s for s in SOURCES if s == o.takes and o.kind not in ("fold", "decide")]
    + [s for s in SOURCES if any(p.takes == s and p.gives == o.takes for p in OPERATIONS)]
    or list(SOURCES)
    for o in OPERATIONS
}
"""From which arguments a program can soon reach an operation."""


def _num_chains(length: int) -> dict[str, int]:
    """Count the chains of so many operations from each type, as the types alone allow them."""
    if not length:
        return dict.fromkeys(ANNOTATIONS, 1)
    after = _num_chains(length - 1)
    ends = dict.fromkeys(ANNOTATIONS, int(length == 1))
    return {
        takes: sum((ends if o.kind == "fold" else after)[o.gives] for o in OPERATIONS if o.takes == takes)
        for takes in ANNOTATIONS
    }


_NUM_CHAINS = _num_chains(3)
PRACTISED = frozenset({"composition", *_PRACTISING})
"""Concepts that programs can be asked to practise."""


def draw_operations(
    rng: random.Random, concept: str, wanted: int, takes: str = "", *, roomy: bool = False
) -> tuple[Operation, ...]:
    """Draw operations whose types fit; empty when the walk ran into a dead end or misses the concept.

    The first one works on a value of type `takes`; "" leaves that open, and `roomy` then draws each type as often
    as there are chains from it, so that many programs repeat each other as seldom as they can.
    """
    target = rng.choice(_PRACTISING[concept]) if concept in _PRACTISING else None
    kind_now = takes or _draw_source(rng, SOURCES if target is None else _SOURCES_OF[target.name], roomy)
    drawn: list[Operation] = []
    while len(drawn) < wanted and not (drawn and drawn[-1].kind == "decide"):
        kinds = _kinds(drawn, last=len(drawn) == wanted - 1)
        if target is not None and target.takes == kind_now and target.kind in kinds:
            choices = [target] if all(o.group != target.group for o in drawn) else []
            target = None
        else:
            choices = _choices(rng, kinds, kind_now, drawn)
            if target is not None:
                choices = [o for o in choices if o.gives == target.takes] or choices
        if not choices:
            return ()
        drawn.append(rng.choice(choices))
        kind_now = drawn[-1].gives
    if has_pointless_step(drawn) or concept != "composition" and all(o.concept != concept for o in drawn):
        return ()
    return tuple(drawn)


def following(rng: random.Random, drawn: Sequence[Operation], takes: str, more: int) -> Sequence[Operation]:
    """Return operations of one kind of which any can follow those drawn, with `more` to come after it.

    They work on a value of type `takes`; there are none where no operation can follow. A fold comes last, or
    before a decision about it.
    """
    kinds = _kinds(drawn, last=not more)
    choices = _choices(rng, [kind for kind in kinds if kind != "fold" or more < 2], takes, drawn)
    return [o for o in choices if not more or o.kind != "fold" or _NEXT["decide", o.gives]]


def has_pointless_step(drawn: Sequence[Operation]) -> bool:
    """Say whether one of the operations makes another one say nothing."""
    last, before = drawn[-1], drawn[-2] if len(drawn) > 1 else None
    if last.name in _COUNTS and before and before.kind != "keep" and before.takes != before.gives:
        return True
    names = {operation.name for operation in drawn}
    return any(map(names.issuperset, _POINTLESS))


def _draw_source(rng: random.Random, sources: Sequence[str], roomy: bool) -> str:
    if not roomy:
        return rng.choice(sources)
    different = tuple(dict.fromkeys(sources))
    return rng.choices(different, [_NUM_CHAINS[source] for source in different])[0]


def _choices(
    rng: random.Random, kinds: Sequence[str], kind_now: str, drawn: Sequence[Operation]
) -> list[Operation]:
    groups = {operation.group for operation in drawn}
    for kind in (rng.choice(kinds), *kinds):
        if fitting := [o for o in _NEXT[kind, kind_now] if o.group not in groups]:
            return fitting
    return []


def _kinds(drawn: Sequence[Operation], *, last: bool) -> Sequence[str]:
    """Return the kinds that may come next, likelier ones more often."""
    if drawn and drawn[-1].kind == "fold":
        return ("decide",)
    if last:
        return ("fold", "fold", "fold", "keep", "each", "whole")
    if not drawn:
        return ("keep", "each", "whole")
    return ("keep", "keep", "each", "each", "whole", "whole", "fold")
