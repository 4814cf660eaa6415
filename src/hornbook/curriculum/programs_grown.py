"""Chains that grow along values: a step is kept only where what it makes of the values still tells something.

Chains of three and four steps that are drawn by their types alone fail nine times in ten: they empty the list, or
end in the same answer for every case. Here that shows at the step that does it, and another one is drawn.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from hornbook.curriculum.family import is_reserved
from hornbook.curriculum.operation import Operation
from hornbook.curriculum.programs import RESERVED_ONE_IN, Applied, apply
from hornbook.curriculum.programs_chains import following, has_pointless_step
from hornbook.curriculum.programs_words import is_unclear

_EMPTY: tuple[Any, ...] = ([], "", {}, set())
_TRIES = 8
"""Operations that are tried as one step."""
_MOST_ELEMENTS = 60
"""Longer values nobody follows with a pencil, and they take long to compute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grown:
    """A chain and what it makes of each of the values that it grew along."""

    steps: tuple[Applied, ...]
    values: Sequence[Any]
    num_before: int = 0
    """Of the steps, those before the chain: a helper, or what opens its answer."""

    @property
    def chain(self) -> tuple[Operation, ...]:
        """The operations of the chain itself."""
        return tuple(operation for operation, _ in self.steps[self.num_before :])


def grow(
    rng: random.Random,
    begun: Grown,
    takes: str,
    num_steps: int,
    *,
    least_different: int = 3,
    gives: str = "",
) -> Grown | None:
    """Draw `num_steps` operations that follow the steps of `begun` on its values, which are of type `takes`.

    After every step the first two values differ (or are flags) and are not empty, `least_different` are different
    (two where the answer is yes or no), and a step that keeps the type changes a value. No chain is held out from
    training. The last step gives a value of type `gives`; "" leaves that open. None where no step was found.
    """
    grown = begun
    for more in reversed(range(num_steps)):
        longer = _longer(rng, grown, takes, more, least_different, gives)
        if longer is None:
            return None
        grown = longer
        takes = grown.steps[-1][0].gives
        if grown.steps[-1][0].kind == "decide":
            break
    return None if is_unclear(grown.steps) else grown


def grow_along(steps: Sequence[Applied], values: Sequence[Any], *, least_different: int = 3) -> Grown | None:
    """Let steps that are known grow along values; None as soon as one fails what `grow` asks of a step."""
    grown = Grown(steps=(), values=values)
    for step in steps:
        longer = _with_step(grown, step, least_different)
        if longer is None:
            return None
        grown = longer
    return grown


def _longer(
    rng: random.Random, grown: Grown, takes: str, more: int, least_different: int, gives: str
) -> Grown | None:
    drawn = [operation for operation, _ in grown.steps]
    for _ in range(_TRIES):
        choices = following(rng, drawn, takes, more)
        if not choices:
            return None
        operation = rng.choice(choices)
        # A second list would be an argument of its own.
        if operation.group == "other" or not more and gives not in ("", operation.gives):
            continue
        ends = not more or operation.kind == "decide"
        if has_pointless_step([*drawn, operation]) or ends and _is_held_out((*grown.chain, operation)):
            continue
        longer = _with_step(grown, (operation, operation.draw(rng)), least_different)
        if longer is not None:
            return longer
    return None


def _is_held_out(chain: Sequence[Operation]) -> bool:
    """Say whether the ladder's second rung holds these operations."""
    name = ">".join(operation.name for operation in chain)
    return len(chain) > 1 and is_reserved(name, one_in=RESERVED_ONE_IN)


def _with_step(grown: Grown, step: Applied, least_different: int) -> Grown | None:
    operation, parameters = step
    values = [apply(operation, parameters, value) for value in grown.values]
    if operation.takes == operation.gives and values == grown.values:
        return None
    two_valued = operation.gives == "flag" or operation.kind == "decide"
    if not tell(values, 2 if two_valued else least_different):
        return None
    return replace(grown, steps=(*grown.steps, step), values=values)


def tell(values: Sequence[Any], least_different: int) -> bool:
    """Say whether the first two values differ (or are flags) and are not empty, and so many are different.

    None may be long. Where the first two are lists, one has two elements at least: else its element says as much.
    """
    first, second = values[:2]
    if first in _EMPTY or second in _EMPTY or first == second and not isinstance(first, bool):
        return False
    if all(isinstance(value, list | dict | set) and len(value) == 1 for value in (first, second)):
        return False
    if any(isinstance(value, list | str | dict | set) and len(value) > _MOST_ELEMENTS for value in values):
        return False
    return different(values) >= least_different


def different(values: Sequence[Any]) -> int:
    """Count the values that are different, 1 and True among them."""
    return len({repr(value) for value in values})
