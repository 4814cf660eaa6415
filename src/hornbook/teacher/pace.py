"""How many calls may be in flight, and when a server is left alone for a while.

Both know neither clock nor network: whoever uses them says what happened and when.
"""

from __future__ import annotations

from collections.abc import Callable

_WINDOW = 100
"""Successes after a refusal that earn the first slot back; half as many the second, and so on."""
_SHORTEST_WINDOW = 4
_IN_A_ROW = 20
"""Failures without a success at which a server counts as down."""
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0
"""Seconds."""


class Pace:
    """The number of slots: one fewer for each refusal, slowly more on success.

    A burst of refusals so leaves as many slots as calls were accepted, which is what the server carries,
    where a fixed factor per burst takes several bursts to get there.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._window = _WINDOW
        self._successes = 0
        self.slots = most

    def success(self) -> None:
        """Count a call that was answered."""
        self._successes += 1
        if self._successes >= self._window and self.slots < self._most:
            self.slots += 1
            self._successes = 0
            self._window = max(self._window // 2, _SHORTEST_WINDOW)

    def refusal(self) -> None:
        """Count a call that the server had no room for: a 429, or no answer in time."""
        self.slots = max(self.slots - 1, 1)
        self._successes = 0
        self._window = _WINDOW

    def restart(self) -> None:
        """Begin anew after an outage, which said nothing about what the server carries: at half of the most."""
        self.slots = max(self.slots, self._most // 2)


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

    def success(self) -> bool:
        """Count a call that was answered; True where that ends an outage."""
        ended = self.open_until is not None
        if ended:
            self._say("answers again")
        self._failures, self._pause, self.open_until = 0, _FIRST_PAUSE, None
        return ended

    def failure(self, now: float, reason: str, wait: float = 0.0, *, counts: bool = True) -> bool:
        """Count a call that failed; `wait` is how long the server wants to be left alone.

        `counts` is False for a refusal while there are slots to take away. Returns False when patience is at
        its end.
        """
        if not self._failures:
            self._since = now
        self._failures += int(counts)
        if self.open_until is None:
            if self._failures < _IN_A_ROW:
                return True
        elif now < self.open_until:  # sent before the pause began
            return True
        pause = max(self._pause, wait)
        if now - self._since + pause > self._patience:
            return False
        self._say(
            f"{self._failures} calls in a row failed, the last: {reason}; pausing {pause:.0f} s, then trying one"
        )
        self.open_until = now + pause
        self._pause = min(2 * self._pause, _LONGEST_PAUSE)
        return True

    def room(self, now: float, slots: int) -> int:
        """Return how many calls may be in flight now."""
        if self.open_until is None:
            return slots
        return 1 if now >= self.open_until else 0
