"""The closed loop of diversity: what was accepted says which cells are asked for more, and which openings less.

A cell is a combination of concept, difficulty, form, audience and style. There are more cells than records in a
round, so what is learnt is learnt of each value of each of these axes, and a cell weighs the product. A record is
new as far as its syntax tree and its opening words are unlike those of all records accepted before it.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import orjson

from hornbook.quality.outline import Outline, outline_of
from hornbook.record import Record

AXES = ("concept", "difficulty", "form", "audience", "style")
LEAST_WEIGHT, MOST_WEIGHT = 0.25, 4.0
"""Bounds of a cell's weight: no cell dries up, none takes over."""
_PRIOR = 10.0
"""Records of mean novelty that each value starts with: a few records say little."""
_KEPT = 0.8
"""How much less each round makes the earlier ones count in the weights: novelty falls as the data set grows."""
_OVERUSED = 0.02
"""Share of the accepted records that one opening may have."""
_FEWEST_OVERUSED = 10
_MOST_BANNED = 8
"""Openings that a prompt bans: a longer list is not heeded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Steering:
    """What one round asks for more and less often; an empty one leaves the plan as it is."""

    weights: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """Of each value of each axis; what is missing weighs 1."""
    banned: tuple[str, ...] = ()
    """First words, in lower case, with which no more docstrings or pages should begin."""

    @property
    def highest(self) -> float:
        """A bound on the weight of every cell; 1 when nothing is weighed."""
        product = math.prod(max([1.0, *values.values()]) for values in self.weights.values())
        return min(product, MOST_WEIGHT)

    def weight(self, slots: Mapping[str, Any]) -> float:
        """Return the weight of the cell that slots ask for, 0.25 to 4."""
        product = math.prod(
            values.get(str(slots.get(axis, "")), 1.0) for axis, values in self.weights.items()
        )
        return _bounded(product)

    def to_json(self) -> bytes:
        """Return it as JSON."""
        return orjson.dumps(asdict(self), option=orjson.OPT_INDENT_2)

    @classmethod
    def from_json(cls, text: bytes) -> Steering:
        """Read what `to_json` wrote."""
        found = orjson.loads(text)
        return cls(weights=found["weights"], banned=tuple(found["banned"]))


UNSTEERED = Steering()
"""What the first two rounds are asked with, and all of them without the loop."""


@dataclass(slots=True)
class _Tally:
    """How many records were accepted, and how new they were."""

    records: float = 0.0
    novelty: float = 0.0


class Novelty:
    """How new the accepted records are, by the values of their slots; a round at a time."""

    def __init__(self) -> None:
        """Start with nothing accepted."""
        self._shapes: set[bytes] = set()
        self._openings: Counter[str] = Counter()
        self._concepts: Counter[str] = Counter()
        self._tallies: dict[str, dict[str, _Tally]] = {axis: {} for axis in AXES}
        self._round = _Tally()

    def add(self, record: Record, outline: Callable[[Record], Outline] = outline_of) -> None:
        """Note one accepted record; the order counts. `outline` may know what another process saw of it."""
        seen = outline(record)
        opening, shape = seen.opening, hashlib.blake2b(seen.shape.encode(), digest_size=8).digest()
        # A page without any function, or a record without a word, is new in what is left.
        news = [float(opening not in self._openings)] if opening else []
        news += [float(shape not in self._shapes)] if seen.shape else []
        novelty = sum(news) / len(news) if news else 0.0
        self._openings[opening] += 1
        self._shapes.add(shape)
        slots = record.origin.slots if record.origin is not None else {}
        self._concepts[str(slots.get("concept", ""))] += 1
        tallies = [
            self._tallies[axis].setdefault(str(slots[axis]), _Tally()) for axis in AXES if axis in slots
        ]
        for tally in (self._round, *tallies):
            tally.records += 1
            tally.novelty += novelty

    def end_round(self) -> float:
        """Return the novelty of the round's accepted records, 0 to 1 (0 of none), and begin another round."""
        share = self._round.novelty / self._round.records if self._round.records else 0.0
        self._round = _Tally()
        for tally in (tally for tallies in self._tallies.values() for tally in tallies.values()):
            tally.records *= _KEPT
            tally.novelty *= _KEPT
        return share

    def steering(self) -> Steering:
        """Return what a later round should ask for more often, and what it should no longer begin with."""
        weights = {axis: _relative(tallies) for axis, tallies in self._tallies.items() if tallies}
        for concept, balance in self._balance().items():
            weights["concept"][concept] = round(weights["concept"][concept] * balance, 4)
        return Steering(weights=weights, banned=self._overused())

    def _balance(self) -> dict[str, float]:
        """Return for each concept the root of how far it is behind an equal share of the accepted records."""
        equal = self._concepts.total() / max(len(self._concepts), 1)
        return {
            concept: math.sqrt(_bounded((equal + _PRIOR) / (number + _PRIOR)))
            for concept, number in sorted(self._concepts.items())
            if concept in self._tallies["concept"]
        }

    def _overused(self) -> tuple[str, ...]:
        most = max(_OVERUSED * self._openings.total(), _FEWEST_OVERUSED)
        found = [
            (-number, opening) for opening, number in self._openings.items() if opening and number > most
        ]
        return tuple(opening for _, opening in sorted(found)[:_MOST_BANNED])


def _relative(tallies: Mapping[str, _Tally]) -> dict[str, float]:
    """Return the square of each value's novelty over that of all, drawn towards 1 where little is known.

    Squared, because values differ little and it takes much to move what a teacher writes (bench/steering.py).
    """
    records = sum(tally.records for tally in tallies.values())
    mean = sum(tally.novelty for tally in tallies.values()) / records if records else 0.0
    if not mean:
        return dict.fromkeys(sorted(tallies), 1.0)
    return {
        value: round(_bounded(((tally.novelty + _PRIOR * mean) / (tally.records + _PRIOR) / mean) ** 2), 4)
        for value, tally in sorted(tallies.items())
    }


def _bounded(weight: float) -> float:
    return min(max(weight, LEAST_WEIGHT), MOST_WEIGHT)
