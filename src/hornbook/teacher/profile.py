"""What is known of an endpoint by measuring it, and where that is kept: beside the journal of its answers."""

from __future__ import annotations

import math
import os
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

import orjson

from hornbook.teacher.protocol import Model

_FILE = "profiles.json"
_WORTH_IT = 1.2
"""Times the tokens per second: from here on more calls in flight are worth their memory and their waiting."""
_STILL_GROWING = 2.0
"""The same between the last two measurements: from here on the server can take more than was tried."""
_PLENTY = 64
"""Calls in flight where measuring found no end of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ability:
    """Something that a server may be able to do, as its answers show and not as its status says."""

    name: str
    found: Literal["works", "ignored", "refused", "unclear"]
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """How fast a server answers with some calls in flight."""

    in_flight: int
    answered: int
    refused: int
    """429s and the like: calls that it had no room for."""
    seconds: float
    """From the first call to the last answer."""
    tokens_per_second: float
    """Tokens of all answers together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What was measured of one endpoint."""

    teacher: str
    model: str
    address: str
    api: str
    measured: float
    """Seconds since 1970."""
    models: tuple[str, ...] | None
    """What the server lists; None where it gave no list."""
    no_models: str
    """Why it gave none."""
    context: int | None
    """Tokens of prompt and answer together; None where nobody knows."""
    context_source: str
    """Who said so, or what was seen."""
    at_once: int | None
    """Calls that the server says it works on at once; None where it does not say."""
    abilities: tuple[Ability, ...]
    rates: tuple[Rate, ...]

    @property
    def concurrency(self) -> int:
        """Calls in flight that are worth while: what the server says, else what was measured."""
        return self.at_once or _worth_while(self.rates)

    def speed(self, in_flight: int) -> float:
        """Return the tokens per second that were measured nearest to so many calls in flight."""
        return min(self.rates, key=lambda rate: abs(rate.in_flight - in_flight)).tokens_per_second

    @property
    def age(self) -> str:
        """How long ago it was measured, in words."""
        return in_words(time.time() - self.measured)


def in_words(seconds: float) -> str:
    """Return an age in words, in the largest unit that fits.

    >>> in_words(7300.0)
    '2 hours ago'
    """
    for unit, length in (("day", 86_400), ("hour", 3600), ("minute", 60)):
        if seconds >= length:
            number = int(seconds // length)
            return f"{number} {unit}{'s' * (number > 1)} ago"
    return "just now"


def load_profile(journal: Path, endpoint: Model) -> Profile | None:
    """Return what was measured of an endpoint; None where nothing was, by another version, or is damaged."""
    found = _stored(journal).get(_name(endpoint.teacher_name, endpoint.address, endpoint.api))
    if not isinstance(found, dict):
        return None
    try:
        abilities = tuple(Ability(**ability) for ability in found.pop("abilities"))
        rates = tuple(Rate(**rate) for rate in found.pop("rates"))
        models = found.pop("models")
        return Profile(**found, models=models and tuple(models), abilities=abilities, rates=rates)
    except (KeyError, TypeError):
        return None


def save_profile(journal: Path, profile: Profile) -> None:
    """Keep what was measured, in the place of what was measured before."""
    journal.mkdir(parents=True, exist_ok=True)
    now = {_name(profile.teacher, profile.address, profile.api): asdict(profile)}
    partial = journal / f"{_FILE}.{os.getpid()}.partial"
    partial.write_bytes(orjson.dumps(_stored(journal) | now, option=orjson.OPT_INDENT_2))
    partial.replace(journal / _FILE)


def _stored(journal: Path) -> dict[str, dict[str, Any]]:
    """Return all that can be read; a power cut may leave the file empty, and then it is measured again."""
    path = journal / _FILE
    try:
        found = orjson.loads(path.read_bytes()) if path.exists() else {}
    except orjson.JSONDecodeError:
        return {}
    return found if isinstance(found, dict) else {}


def _name(teacher: str, address: str, api: str) -> str:
    return f"{teacher} at {address} ({api})"


def _worth_while(rates: Sequence[Rate]) -> int:
    """Return the calls in flight from which on more brought little, or were refused."""
    best = rates[0]
    for rate in rates[1:]:
        if rate.refused:
            return max(best.in_flight, rate.answered)
        if rate.tokens_per_second < _WORTH_IT * best.tokens_per_second:
            return best.in_flight
        growth = rate.tokens_per_second / max(best.tokens_per_second, math.ulp(1.0))
        best = rate
    return _PLENTY if len(rates) > 1 and growth >= _STILL_GROWING else best.in_flight
