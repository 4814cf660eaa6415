"""Money, calls and hours: what was spent, and what may still be.

What a call may cost is reserved before it is sent, so that calls in flight are counted. Every attempt is
counted, failed ones too. A price that nobody knows is never zero: without one dollars are None, and a cap on
dollars is refused.
"""

from __future__ import annotations

import errno
import math
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import orjson

from hornbook.errors import UsageError
from hornbook.teacher.exchange import Reply
from hornbook.teacher.price import Price, dollars
from hornbook.teacher.protocol import Usage

_SEEN_ENOUGH = 20
"""Answers after which the longest seen says more about the next than `max_tokens` does."""
_HEADROOM = 1.5
"""Times the longest answer so far: what is reserved for the next one."""
_LONGEST_LEDGER = 4096
"""Lines from which on a ledger is written anew as one."""
_SECONDS_PER_HOUR = 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What was spent so far, earlier runs with the same ledger included."""

    calls: int = 0
    """Attempts that a server may have worked on, failed ones too."""
    failed: int = 0
    """Those of `calls` that gave no answer."""
    refused: int = 0
    """429s: not among `calls`, since nobody works on them or bills them."""
    tokens_in: int = 0
    tokens_out: int = 0
    hours: float = 0.0
    """By the clock, while calls are in flight."""
    call_hours: float = 0.0
    """Of all calls together, each from sending it to its end: divided by `hours`, the calls in flight."""
    usd: float | None = None
    """None where no price is known."""

    def per(self, records: int) -> float | None:
        """Return the dollars per accepted record; None without a price or a record."""
        return self.usd / records if self.usd is not None and records else None


@dataclass(frozen=True, slots=True)
class Reservation:
    """What a call in flight may cost at the most that is likely."""

    tokens_in: int
    tokens_out: int
    usd: float


class Budget:
    """Caps, and what was spent under them.

    With a `ledger` (a file of a run's folder) what earlier attempts of the run spent counts too, so a run that
    stopped at its cap goes on under a higher one. Raises UsageError for `max_usd` without a price, for a cap that
    is not above zero, and for a ledger that cannot be read. Methods may be called from several threads.
    """

    def __init__(
        self,
        *,
        price: Price | None = None,
        max_usd: float | None = None,
        max_calls: int | None = None,
        max_hours: float | None = None,
        ledger: Path | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        for name, cap in (("max_usd", max_usd), ("max_calls", max_calls), ("max_hours", max_hours)):
            if cap is not None and not cap > 0:
                raise UsageError(f"{name} is {cap}; a cap is above zero, and no cap is None")
        if max_usd is not None and price is None:
            raise UsageError(
                f"max_usd is {max_usd}, but the price is not known, and unknown is not zero; "
                "give Price(usd_per_million_in=..., usd_per_million_out=...) or Price(usd_per_hour=...)"
            )
        self._price = price
        self._max_usd, self._max_calls, self._max_hours = max_usd, max_calls, max_hours
        self._clock = clock
        self._lock = threading.Lock()
        self._ledger = None if ledger is None else _Ledger(ledger)
        self._sums = _Sums() if self._ledger is None else self._ledger.read()
        self._written = replace(self._sums)
        self._in_flight = 0
        self._counted_until = 0.0
        self._busy_since = 0.0
        self._reserved_usd = 0.0
        self._refused_usd = 0.0
        """What the last call that a cap refused could have cost."""
        self._answers = 0
        self._longest = 0

    @property
    def price(self) -> Price | None:
        """What is paid; None where nobody knows."""
        return self._price

    @property
    def spent(self) -> Spent:
        """What was spent until now."""
        with self._lock:
            self._count_time()
            sums = self._sums
            return Spent(
                calls=sums.calls,
                failed=sums.failed,
                refused=sums.refused,
                tokens_in=sums.tokens_in,
                tokens_out=sums.tokens_out,
                hours=self._hours(),
                call_hours=sums.call_hours,
                usd=None if self._price is None else self._usd(),
            )

    def reserve(self, tokens_in: int, max_tokens: int) -> Reservation | None:
        """Set aside what a call is likely to cost at most; None where that could break a cap.

        `tokens_in` is an estimate; the answer is taken to be `max_tokens` long until some were seen.
        """
        with self._lock:
            tokens_out = max_tokens
            if self._answers >= _SEEN_ENOUGH:
                tokens_out = min(max_tokens, math.ceil(_HEADROOM * self._longest))
            usage = Usage(tokens_in=tokens_in, tokens_out=tokens_out)
            usd = 0.0 if self._price is None else self._price.of(usage)
            if self._over(usd):
                self._refused_usd = usd
                return None
            if not self._in_flight:
                self._busy_since = self._clock()
            self._count_time()
            self._in_flight += 1
            self._reserved_usd += usd
            return Reservation(tokens_in, tokens_out, usd)

    def settle(self, reservation: Reservation, usage: Usage | None, *, failed: bool = False) -> None:
        """Count a call that came home. Without usage it may have been billed, and what was reserved is counted."""
        with self._lock:
            self._free(reservation)
            if usage is None:
                usage = Usage(
                    tokens_in=reservation.tokens_in, tokens_out=reservation.tokens_out, estimated=True
                )
            elif not failed:
                self._answers += 1
                self._longest = max(self._longest, usage.tokens_out)
            self._sums.calls += 1
            self._sums.failed += failed
            self._sums.tokens_in += usage.tokens_in
            self._sums.tokens_out += usage.tokens_out
            if self._price is None:
                self._sums.unpriced_in += usage.tokens_in
                self._sums.unpriced_out += usage.tokens_out
            else:
                self._sums.usd += self._price.of(usage)

    def refund(self, reservation: Reservation, *, refused: bool) -> None:
        """Take back a call that nobody worked on: `refused` by a 429, or one that reached no server."""
        with self._lock:
            self._free(reservation)
            self._sums.refused += refused

    def close(self, reservation: Reservation, reply: Reply) -> None:
        """Settle a call by what came of it, or take it back where nobody worked on it."""
        if reply.kind == "busy" or not reply.reached:
            self.refund(reservation, refused=reply.kind == "busy")
        else:
            self.settle(reservation, reply.usage, failed=reply.kind != "answer")

    def flush(self) -> None:
        """Write what was spent since the last flush into the ledger."""
        if self._ledger is None:
            return
        with self._lock:
            self._count_time()
            now = replace(self._sums, hours=self._hours())
            news = now.since(self._written)
            if news != _Sums(hours=news.hours, call_hours=news.call_hours):
                self._ledger.add(news)
                self._written = now

    def explain(self) -> str:
        """Say which cap stands in the way, what was spent, and how to go on."""
        spent = self.spent
        caps = [
            f"{name} {cap:g}"
            for name, cap in (
                ("--max-usd", self._max_usd),
                ("--max-calls", self._max_calls),
                ("--max-hours", self._max_hours),
            )
            if cap is not None
        ]
        money = "" if spent.usd is None else f", {dollars(spent.usd, 4)}"
        one = f" One call could cost ${self._refused_usd:.4g}." if self._refused_usd else ""
        return (
            f"the next call could break {' or '.join(caps)}: {spent.calls} calls, {spent.hours:.2f} hours{money} "
            f"are spent.{one} Every answer is kept; the same command with a higher cap goes on from here"
        )

    def _over(self, usd: float) -> bool:
        if self._max_calls is not None and self._sums.calls + self._in_flight + 1 > self._max_calls:
            return True
        if self._max_hours is not None and self._hours() >= self._max_hours:
            return True
        return self._max_usd is not None and self._usd() + self._reserved_usd + usd > self._max_usd

    def _usd(self) -> float:
        assert self._price is not None, "dollars are counted only with a price"
        unpriced = Usage(tokens_in=self._sums.unpriced_in, tokens_out=self._sums.unpriced_out)
        return self._sums.usd + self._price.of(unpriced) + self._hours() * self._price.usd_per_hour

    def _hours(self) -> float:
        seconds = self._clock() - self._busy_since if self._in_flight else 0.0
        return self._sums.hours + seconds / _SECONDS_PER_HOUR

    def _count_time(self) -> None:
        """Add the time since it was last counted, once for each call in flight."""
        now = self._clock()
        self._sums.call_hours += self._in_flight * (now - self._counted_until) / _SECONDS_PER_HOUR
        self._counted_until = now

    def _free(self, reservation: Reservation) -> None:
        self._count_time()
        if self._in_flight == 1:
            self._sums.hours = self._hours()
        self._in_flight -= 1
        self._reserved_usd -= reservation.usd


@dataclass(slots=True, kw_only=True)
class _Sums:
    """Changed in place: it is counted at each call."""

    calls: int = 0
    failed: int = 0
    refused: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    hours: float = 0.0
    call_hours: float = 0.0
    usd: float = 0.0
    """For tokens; hours are priced when asked for."""
    unpriced_in: int = 0
    """Those of `tokens_in` that were read while no price was known: they cost what is given later."""
    unpriced_out: int = 0

    def add(self, other: _Sums) -> None:
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def since(self, other: _Sums) -> _Sums:
        return _Sums(**{name: getattr(self, name) - getattr(other, name) for name in self.__slots__})


class _Ledger:
    """What was spent since the line before, one JSON line a flush; a kill loses the last one at most."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> _Sums:
        sums = _Sums()
        if not self._path.exists():
            return sums
        lines = self._path.read_bytes().splitlines(keepends=True)
        for number, line in enumerate(lines, start=1):
            if line.endswith(b"\n") and line.strip():
                sums.add(self._line(number, line))
        if len(lines) > _LONGEST_LEDGER or (lines and not lines[-1].endswith(b"\n")):
            partial = self._path.with_name(f"{self._path.name}.partial")
            partial.write_bytes(orjson.dumps(sums) + b"\n")
            partial.replace(self._path)
        return sums

    def _line(self, number: int, line: bytes) -> _Sums:
        try:
            found = _Sums(**orjson.loads(line))
            found.add(_Sums())  # where a number is none
        except (orjson.JSONDecodeError, TypeError):
            # What was spent must not be forgotten in silence.
            raise UsageError(
                f"line {number} of {str(self._path)!r} does not say what was spent, and caps count it; mend that "
                "line, or delete the file to count from zero (answers stay paid: they are in the journal)"
            ) from None
        return found

    def add(self, news: _Sums) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("ab", buffering=0) as file:
            end, line, written = file.tell(), orjson.dumps(news) + b"\n", 0
            try:
                written = file.write(line)
            finally:
                # Half a line, on a full disk, and the next one would be one line that nobody can read.
                if written < len(line):
                    file.truncate(end)
            if written < len(line):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self._path))
