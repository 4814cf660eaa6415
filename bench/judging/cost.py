"""What judging costs."""

from __future__ import annotations

import resource


def cpu_seconds() -> float:
    """User and system time so far of this process and of all its descendants that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)
