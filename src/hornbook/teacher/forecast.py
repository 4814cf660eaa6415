"""What a run will cost, from some of its answers: calls, tokens, dollars and hours, each low, likely and high."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, stdev

from hornbook.teacher.journal import canonical, request_key
from hornbook.teacher.price import Price
from hornbook.teacher.protocol import Model, Request, Usage

_ERRORS = 2.0
"""Standard errors on either side: of twenty forecasts nineteen hold."""
_SECONDS_PER_HOUR = 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """A number that is not known yet."""

    low: float
    likely: float
    high: float

    @classmethod
    def exactly(cls, number: float) -> Range:
        """Return a number that is known."""
        return cls(low=number, likely=number, high=number)

    @classmethod
    def of_mean(cls, values: Sequence[float]) -> Range:
        """Return the mean of what values like these will be, none of them below zero; of one it is a guess.

        >>> Range.of_mean([1.0, 2.0, 3.0])
        Range(low=0.8452994616207483, likely=2.0, high=3.1547005383792515)
        """
        likely = fmean(values)
        error = stdev(values) / math.sqrt(len(values)) if len(values) > 1 else likely / _ERRORS
        return cls(low=max(likely - _ERRORS * error, 0.0), likely=likely, high=likely + _ERRORS * error)

    def __add__(self, other: Range) -> Range:
        """Return the sum; as if all were low at once, or all high."""
        return Range(low=self.low + other.low, likely=self.likely + other.likely, high=self.high + other.high)

    def __mul__(self, other: Range) -> Range:
        """Return the product of numbers above zero."""
        return Range(low=self.low * other.low, likely=self.likely * other.likely, high=self.high * other.high)

    def less(self, number: float) -> Range:
        """Return what is left when `number` of it is there already, which is not below zero."""
        left = (max(value - number, 0.0) for value in (self.low, self.likely, self.high))
        return Range(**dict(zip(("low", "likely", "high"), left, strict=True)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """An answer that the calls to come are taken to be like."""

    usage: Usage
    seconds: float
    """From sending it to its answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What calls will cost."""

    calls: Range
    tokens_in: Range
    tokens_out: Range
    hours: Range
    usd: Range | None
    """None where no price is known."""

    def __add__(self, other: Forecast) -> Forecast:
        """Return what both cost."""
        return Forecast(
            calls=self.calls + other.calls,
            tokens_in=self.tokens_in + other.tokens_in,
            tokens_out=self.tokens_out + other.tokens_out,
            hours=self.hours + other.hours,
            usd=None if self.usd is None or other.usd is None else self.usd + other.usd,
        )


def forecast(
    seen: Sequence[Seen],
    calls: Range,
    *,
    price: Price | None,
    in_flight: int,
    tokens_per_second: float | None = None,
) -> Forecast:
    """Return what calls cost that are like those `seen`, of which there is one at least.

    Hours are by `tokens_per_second` where that was measured; else those of `in_flight` calls at a time, each as
    long as it took when it was seen.
    """
    tokens_out = calls * Range.of_mean([one.usage.tokens_out for one in seen])
    if tokens_per_second:
        hours = tokens_out * Range.exactly(1 / tokens_per_second / _SECONDS_PER_HOUR)
    else:
        hours = calls * Range.of_mean([one.seconds / _SECONDS_PER_HOUR / in_flight for one in seen])
    usd = None
    if price is not None:
        usd = calls * Range.of_mean([price.of(one.usage) for one in seen])
        usd += hours * Range.exactly(price.usd_per_hour)
    return Forecast(
        calls=calls,
        tokens_in=calls * Range.of_mean([one.usage.tokens_in for one in seen]),
        tokens_out=tokens_out,
        hours=hours,
        usd=usd,
    )


def answers_for(count: int, accepted: int, seen: int, most: int) -> Range:
    """Return how many answers `count` accepted ones take, where `accepted` of `seen` were; `most` at the most.

    The share's interval is Wilson's (1927), which is sound for few answers, and for none accepted.
    """
    z, n, share = _ERRORS, seen, accepted / seen
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    spread = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    shares = (min(middle + spread, 1.0), share, middle - spread)
    low, likely, high = (min(count / one, most) if one > 0 else most for one in shares)
    return Range(low=low, likely=likely, high=high)


def key_of(request: Request, endpoint: Model) -> str:
    """Return the key under which a journal has the answer to a request, if it has it."""
    return request_key(
        canonical(
            teacher=endpoint.teacher_name,
            api=endpoint.api,
            messages=request.messages,
            parameters=endpoint.parameters,
            sample=request.sample,
        )
    )
