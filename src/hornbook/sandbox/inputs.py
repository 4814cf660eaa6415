"""More inputs like those that tests use: values of the same shapes, made of the same parts.

Within what the tests show a function: numbers between the smallest and a little above the largest, texts of the
characters seen, lists of the items seen. So a function that is given no negative number in its tests gets none
here, and what it answers is likely to be meant.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from hornbook.sandbox import wire

_MOST_TRIES = 2
_WIDER = 3
_MOST_SAMPLES = 50
_MOST_BYTES = 1 << 18

Asked = tuple[str, list[Any], dict[str, Any]]
"""A call as it is sent: the function's name, its arguments, those with a keyword."""


def further_calls(calls: Sequence[Asked], number: int) -> list[Asked]:
    """Up to `number` calls that are not among these, all different; the same ones each time and everywhere."""
    rng = random.Random(0)
    seen = set(map(wire.encode, calls))
    found: list[Asked] = []
    room = _MOST_BYTES
    samples = _Samples(calls)
    for _ in range(_MOST_TRIES * number if calls else 0):
        if len(found) == number or room < 0:
            break
        call = samples.one_like(rng.choice(calls), rng)
        key = wire.encode(call)
        room -= len(key)
        if key not in seen:
            seen.add(key)
            found.append(call)
    return found


class _Samples:
    """What the calls give each parameter of their functions."""

    def __init__(self, calls: Sequence[Asked]) -> None:
        self._places: dict[tuple[str, int], list[list[Any]]] = {}
        self._keywords: dict[tuple[str, int], dict[str, list[Any]]] = {}
        for function, args, kwargs in calls:
            key = function, len(args)
            places = self._places.setdefault(key, [[] for _ in args])
            for samples, value in zip(places, args, strict=True):
                samples.append(value)
            keywords = self._keywords.setdefault(key, {})
            for name, value in kwargs.items():
                keywords.setdefault(name, []).append(value)

    def one_like(self, call: Asked, rng: random.Random) -> Asked:
        function, args, kwargs = call
        key = function, len(args)
        # One argument or all: a change in one place finds what hides behind the others.
        chosen = rng.choice([None, *range(len(args))])
        made = [
            value_like(samples, rng) if chosen in (None, at) else given
            for at, (samples, given) in enumerate(zip(self._places[key], args, strict=True))
        ]
        return function, made, {name: value_like(self._keywords[key][name], rng) for name in kwargs}


def value_like(samples: Sequence[Any], rng: random.Random) -> Any:
    """A value of the type of one of the samples, made of what they are made of."""
    sample = rng.choice(samples)
    samples = samples if len(samples) <= _MOST_SAMPLES else rng.sample(samples, _MOST_SAMPLES)
    kind = type(sample)
    same = [sample, *[value for value in samples if type(value) is kind]]
    match sample:
        case bool():
            return rng.random() < 0.5
        case int():
            return rng.randint(min(same), max(same) + _WIDER)
        case float():
            return round(rng.uniform(min(same), max(same) + _WIDER), 2)
        case str():
            return "".join(_items_like(list(sample), same, rng, is_flat=True))
        case list():
            return _items_like(sample, same, rng)
        case tuple() if type(sample) is tuple:
            same = [value for value in same if len(value) == len(sample)]
            return tuple(value_like([value[at] for value in same], rng) for at in range(len(sample)))
        case set() | frozenset():
            return type(sample)(
                _items_like(sorted(sample, key=repr), [sorted(v, key=repr) for v in same], rng)
            )
        case dict():
            pairs = _items_like(list(sample.items()), [list(value.items()) for value in same], rng)
            return dict(pairs)
    return sample


def _items_like(
    sample: list[Any], samples: Sequence[Sequence[Any]], rng: random.Random, *, is_flat: bool = False
) -> list[Any]:
    """A list with the items of a sample moved, lost or repeated, or a new one of what all samples hold."""
    if not any(samples):
        return []
    if sample and rng.random() < 0.5:
        items = list(sample)
        at, other = rng.randrange(len(items)), rng.randrange(len(items))
        match rng.randrange(4):
            case 0:
                del items[at]
            case 1:
                items.insert(at, items[other])
            case 2:
                items[at], items[other] = items[other], items[at]
            case 3:
                pool = _pool(samples)
                items[at] = rng.choice(pool) if is_flat else value_like(pool, rng)
        return items
    size = rng.randint(min(map(len, samples)), max(map(len, samples)) + 1)
    is_flat = is_flat or size > _MOST_SAMPLES
    pool = _pool(samples)
    return [rng.choice(pool) if is_flat or rng.random() < 0.5 else value_like(pool, rng) for _ in range(size)]


def _pool(samples: Sequence[Sequence[Any]]) -> Sequence[Any]:
    """The items of all samples; of texts, their characters."""
    if isinstance(samples[0], str):
        return "".join(samples)  # type: ignore[arg-type]
    return [item for items in samples for item in items]
