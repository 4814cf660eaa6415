"""The written rubric for the educational value of code, 0 to 5, and the points that a judge gives by it.

phi-1 asked a large model for the "educational value for a student whose goal is to learn basic coding
concepts" (arXiv 2306.11644, section 2.1), which gave most of the criteria: clear, self-contained,
instructive, balanced. The additive form, one point per criterion, is FineWeb-Edu's (arXiv 2406.17557).
Nothing here judges; `labels.py` does, and says for each point how it decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import indent
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


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a label looks like."""

    label: int
    means: str
    example: str
    """A short unit that deserves the label; ends in a newline."""


ANCHORS = (
    Anchor(
        0,
        "Nothing can be learnt: it works nothing out, explains nothing, and needs what is not shown.",
        """\
class RequestMixin(BaseMixin):
    handler = registry.lookup(DEFAULT_HANDLER, fallback=settings.HANDLERS[PRIMARY], strict=STRICT_MODE)
    schema = SchemaFactory(handler.options, overrides=OVERRIDES, validators=VALIDATORS).build_for(handler, s=1)
""",
    ),
    Anchor(
        1,
        "One thing is right, mostly that it can be followed; it still teaches nothing.",
        """\
def close(self, force=False):
    self._pool.release(self._connection, force)
    self._state = State.CLOSED
""",
    ),
    Anchor(
        2,
        "It does a little, or much of it in a way that a beginner could not use: bookkeeping of an object that is "
        "not shown, or a declaration that is neat and complete but works nothing out.",
        """\
LIMITS = {"small": 10, "large": 1000}


def limit_name(kind):
    \"\"\"Return the name under which the limit of a kind is known.\"\"\"
    return kind
""",
    ),
    Anchor(
        3,
        "Worth reading: a whole, clear computation over plain data, but no explanation and not much of an idea.",
        """\
def fare(kilometres, is_child):
    price = 2.5 + 0.3 * kilometres
    if is_child:
        price = price / 2
    return round(price, 2)
""",
    ),
    Anchor(
        4,
        "Good: the same with an idea that is used elsewhere too, or with an explanation that says what it does.",
        """\
def longest_rise(heights):
    best = run = 0
    for before, after in zip(heights, heights[1:]):
        run = run + 1 if after > before else 0
        if run > best:
            best = run
    return best
""",
    ),
    Anchor(
        5,
        "What a teacher would show: an algorithm over plain data, named in words, explained in proportion, and "
        "with an example of what comes out.",
        """\
def merge_shifts(shifts):
    \"\"\"Join working shifts, given as (start, end), that touch or overlap.

    >>> merge_shifts([(9, 12), (11, 14), (20, 22)])
    [(9, 14), (20, 22)]
    \"\"\"
    merged = []
    for start, end in sorted(shifts):
        if merged and start <= merged[-1][1]:
            # It begins before the last one ends, so the last one grows.
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
""",
    ),
)
"""One for each label, 0 to 5; written for this rubric."""

GUIDE = f"{RUBRIC}\nWhat each label means, with an example:\n\n" + "\n".join(
    f"{anchor.label}  {anchor.means}\n\n{indent(anchor.example, '    ')}" for anchor in ANCHORS
)
"""The rubric with its anchors: what a person or a model that judges is given."""


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
