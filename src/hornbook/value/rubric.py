"""The written rubric for the educational value of code, 0 to 5, and the points that a judge gives by it.

phi-1 asked a large model for the "educational value for a student whose goal is to learn basic coding
concepts" (arXiv 2306.11644, section 2.1), which gave most of the criteria: clear, self-contained,
instructive, balanced. The additive form, one point per criterion, is FineWeb-Edu's (arXiv 2406.17557).
Nothing here judges; `labels.py` does, and says for each point how it decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Criterion = Literal["computes", "self_contained", "clear", "explained", "instructive"]
CRITERIA: tuple[Criterion, ...] = ("computes", "self_contained", "clear", "explained", "instructive")

GOOD = 3
"""A unit with this label or more counts as worth learning from; FineWeb-Edu's threshold (F1 0.82 there)."""

CAP = 2
"""A unit that computes nothing, is boilerplate, or leans on unseen code gets at most this."""

RUBRIC = """\
How much would a student whose goal is to learn basic coding concepts gain from reading this code?
Start at 0 and add one point for each criterion that holds.

computes         It works something out: loops, conditions, arithmetic, comparisons or data being taken
                 apart and put together, with a result that is returned, yielded or stored. Constants,
                 configuration, declarations, and code that only hands its arguments on do not compute.
self_contained   It can be understood as it stands: the names it uses are defined in it, built in, or from
                 the standard library. State of an object that is not shown, the module's own helpers, and
                 other packages all have to be known from elsewhere.
clear            It can be followed by reading: pieces of moderate length, shallow nesting, few parameters,
                 lines that fit, names that are words.
explained        It says what it does, and where it helps why: a docstring that describes, or comments. The
                 words stay in proportion: three lines of code under a page of text explain nothing.
instructive      It shows an idea worth knowing, in a beginner's size: an algorithm over plain data (search,
                 count, collect, accumulate, transform, recursion), best with an example of what comes out.

Code that computes nothing, code more than a third of whose names come from elsewhere, and boilerplate (special
methods, properties, tests, windows and widgets, option parsing, deprecation shims, overload stubs) get at most
2 points.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """What a judge gave one unit."""

    earned: frozenset[Criterion]
    """The criteria that hold."""
    capped: str = ""
    """Why the label is at most CAP, in snake_case; empty when it is not."""
    reasons: tuple[tuple[Criterion, str], ...] = ()
    """For each criterion, in rubric order, what decided it."""

    @property
    def label(self) -> int:
        """0 to 5: the number of criteria that hold, at most CAP when capped."""
        return min(len(self.earned), CAP) if self.capped else len(self.earned)
