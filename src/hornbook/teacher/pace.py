"""How many calls may be in flight, and when a server is left alone for a while.

Both know neither clock nor network: whoever uses them says what happened and when.
"""

from __future__ import annotations

from collections.abc import Callable

_TOLERATED = 0.1
"""Share of refusals at which a server is not overloaded: some refuse at random, and a few cost little."""
_WINDOW, _SHORTEST_WINDOW = 100, 4
"""Successes that earn the first seat after a cut; half as many the second, and so on down to the shortest."""
_WINDOW_PER_SEAT = 10
"""The first window where seats are few."""
_LONGEST_WINDOW = 800
"""The first window where seats were tried in vain several times: each time doubles it."""
_IN_A_ROW = 20
"""Failures without a success at which a server counts as down."""
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0
"""Seconds."""


class Pace:
    """The number of seats, cut once per burst of refusals.

    A burst lasts as long as the server asked for. While it does, a refused call's seat stays empty and an
    answered call's is filled again, so that what is in flight is soon what the server accepts; this many
    seats are left afterwards, where a fixed factor per burst needs several bursts to get there.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._seats = most
        self._frozen = 0
        self._burst_ends: float | None = None
        self._answered = self._refused = 0
        self._successes = 0
        self._first_window = self._window = _WINDOW
        self._grown = False

    def room(self, now: float, in_flight: int) -> int:
        """Return how many calls may be in flight now; `in_flight` are."""
        if self._burst_ends is not None and now >= self._burst_ends:
            self._end_burst(in_flight)
        return self._seats - self._frozen

    @property
    def burst_ends(self) -> float | None:
        """When empty seats may be filled again; None where none is."""
        return self._burst_ends

    def success(self) -> None:
        """Count a call that was answered."""
        if self._burst_ends is not None:
            self._answered += 1
            return
        self._successes += 1
        if self._successes >= self._window and self._seats < self._most:
            self._seats += 1
            self._grown = True
            self._successes = 0
            self._window = max(self._window // 2, _SHORTEST_WINDOW)

    def refusal(self, now: float, wait: float) -> None:
        """Count a call that the server had no room for: a 429, or no answer in time."""
        if self._burst_ends is None:
            self._burst_ends = now + wait
        self._refused += 1
        self._frozen = min(self._frozen + 1, self._seats)

    def _end_burst(self, in_flight: int) -> None:
        accepted = self._answered + in_flight
        if self._refused > _TOLERATED * (self._refused + accepted):
            # Where nothing at all was accepted, nothing was learnt but that it was too much.
            left = self._seats - self._frozen if accepted > 1 else self._seats // 2
            self._seats = max(left, 1)
            self._first_window = min(_WINDOW, _WINDOW_PER_SEAT * self._seats)
        elif self._grown:
            # The last seat was one too many; it is tried again after twice as many successes.
            self._seats -= 1
            self._first_window = min(2 * self._first_window, _LONGEST_WINDOW)
        self._successes, self._window, self._grown = 0, self._first_window, False
        self._burst_ends = None
        self._frozen = self._answered = self._refused = 0


class Breaker:
    """Pauses when calls only fail, tries one call after each pause, and gives up after `patience` seconds."""

    def __init__(self, patience: float, say: Callable[[str], None]) -> None:
        self._patience = patience
        self._say = say
        self._failures = 0
        self._since = 0.0
        self._pause = _FIRST_PAUSE
        self.open_until: float | None = None
        """When the next call may be tried; None while all is well."""

    def success(self) -> None:
        """Count a call that was answered."""
        if self.open_until is not None:
            self._say("answers again")
        self._failures, self._pause, self.open_until = 0, _FIRST_PAUSE, None

    def failure(self, now: float, reason: str, wait: float = 0.0, *, counts: bool = True) -> bool:
        """Count a call that failed; `wait` is how long the server wants to be left alone.

        `counts` is False for a refusal while other calls are accepted. Returns False when patience is at
        its end.
        """
        if not self._failures:
            self._since = now
        self._failures += int(counts)
        if counts and wait and now - self._since + wait > self._patience:
            return False
        if self.open_until is None:
            if self._failures < _IN_A_ROW:
                return True
        elif now < self.open_until:  # sent before the pause began
            return True
        pause = max(wait, _FIRST_PAUSE) if wait else self._pause
        if now - self._since + pause > self._patience:
            return False
        self._say(
            f"{self._failures} calls in a row failed, the last: {reason}; pausing {pause:.0f} s, then trying one"
        )
        self.open_until = now + pause
        self._pause = min(2 * self._pause, _LONGEST_PAUSE)
        return True

    def room(self, now: float, seats: int) -> int:
        """Return how many calls may be in flight now."""
        if self.open_until is None:
            return seats
        return 1 if now >= self.open_until else 0
