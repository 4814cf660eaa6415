"""More inputs than those that tests use: in turn such as they show, and such as they leave out.

Like theirs: numbers between the smallest and a little above the largest, texts of the characters seen, lists of
the items seen; what a program answers there is likely to be meant. At the edges (see `edges`): next to the
program's own constants, empty, long, negative. Without those, tests that look at one corner of a program only
would be asked only about that corner, and rated best.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import Any

from hornbook.sandbox import wire
from hornbook.sandbox.edges import Constant, edges, in_turn

_MOST_TRIES = 2
_WIDER = 3
_MOST_SAMPLES = 50
_MOST_BYTES = 1 << 18
_TURNS = 4
"""Of so many calls one is like those of the tests, the others are at edges."""

Asked = tuple[str, list[Any], dict[str, Any]]
"""A call as it is sent: the function's name, its arguments, those with a keyword."""
_Key = tuple[str, int]
"""A function, and how many arguments without a keyword it is given."""


def further_calls(calls: Sequence[Asked], number: int, near: Sequence[Constant] = ()) -> list[Asked]:
    """Up to `number` calls that are not among these, all different; the same ones each time and everywhere.

    `near`: the constants of the program that is asked.
    """
    rng = random.Random(0)
    seen = set(map(wire.encode, calls))
    found: list[Asked] = []
    room = _MOST_BYTES
    samples = _Samples(calls)
    at_edges = samples.at_edges(near, rng)
    for turn in range(_MOST_TRIES * number if calls else 0):
        if len(found) == number or room < 0:
            break
        call = next(at_edges, None) if turn % _TURNS else None
        call = call or samples.one_like(rng.choice(calls), rng)
        key = wire.encode(call)
        room -= len(key)
        if key not in seen:
            seen.add(key)
            found.append(call)
    return found


class _Samples:
    """What the calls give each parameter of their functions."""

    def __init__(self, calls: Sequence[Asked]) -> None:
        self._calls: dict[_Key, list[Asked]] = {}
        self._places: dict[_Key, dict[int | str, list[Any]]] = {}
        for call in calls:
            function, args, kwargs = call
            self._calls.setdefault((function, len(args)), []).append(call)
            places = self._places.setdefault((function, len(args)), {})
            given: list[tuple[int | str, Any]] = [*enumerate(args), *kwargs.items()]
            for place, value in given:
                places.setdefault(place, []).append(value)

    def one_like(self, call: Asked, rng: random.Random) -> Asked:
        """Like this call and the others of its function."""
        function, args, kwargs = call
        places = self._places[function, len(args)]
        # One argument or all: a change in one place finds what hides behind the others.
        chosen = rng.choice([None, *range(len(args))])
        made = [
            value_like(places[at], rng) if chosen in (None, at) else given for at, given in enumerate(args)
        ]
        return function, made, {name: value_like(places[name], rng) for name in kwargs}

    def at_edges(self, near: Sequence[Constant], rng: random.Random) -> Iterator[Asked]:
        """Calls with one argument at an edge, or all of its type, each parameter in turn."""
        return in_turn(
            *(
                self._with(key, place, edges(values, near), rng)
                for key, places in self._places.items()
                for place, values in places.items()
            )
        )

    def _with(
        self, key: _Key, place: int | str, values: Iterator[Any], rng: random.Random
    ) -> Iterator[Asked]:
        for value in values:
            function, args, kwargs = rng.choice(self._calls[key])
            if isinstance(place, str):
                yield function, args, {**kwargs, place: value}
                continue
            yield function, [*args[:place], value, *args[place + 1 :]], kwargs
            if _is_shared(value, args):
                yield function, [value if type(arg) is type(value) else arg for arg in args], kwargs


def _is_shared(value: Any, args: Sequence[Any]) -> bool:
    """Whether several arguments could be this one: programs turn where two are equal."""
    return sum(type(arg) is type(value) for arg in args) > 1


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
