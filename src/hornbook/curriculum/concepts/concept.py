"""A concept: what a teacher says about it, and what comes before it."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """One node of the curriculum graph."""

    name: str
    difficulty: int
    """1 (first week) to 5 (needs an idea)."""
    prerequisites: tuple[str, ...]
    """Names of concepts that a learner should have met before."""
    sentence: str
    """The one sentence a teacher would write on the board."""
    reasons: tuple[str, ...]
    """Two or three more sentences: why it works and when to use it."""
    mistake: str
    """What learners get wrong most often, and what to do instead."""
    spoken: str = ""
    """The name in words, where it is not the name with blanks."""

    @property
    def title(self) -> str:
        """The name in words: `list_slicing` is "list slicing"."""
        return self.spoken or self.name.replace("_", " ")


_BAR = re.compile(r"\|(?=(?:[^`]*`[^`]*`)*[^`]*$)")
"""A bar with an even number of backquotes behind it, so not one inside them."""


def concept(
    name: str, difficulty: int, before: str, sentence: str, reasons: str, mistake: str, spoken: str = ""
) -> Concept:
    """Build a concept; `reasons` separates its sentences by a bar (one inside backquotes is code: `a | b`).

    Raises ValueError for a name that answers could not be read back by.
    """
    if not re.fullmatch("[a-z_]+", name):
        raise ValueError(
            f"concept {name!r}: a name has only letters a-z and _, since answers are read back by it; "
            "write numbers as words"
        )
    return Concept(
        name=name,
        difficulty=difficulty,
        prerequisites=tuple(before.split()),
        sentence=sentence,
        reasons=tuple(reason.strip() for reason in re.split(_BAR, reasons)),
        mistake=mistake,
        spoken=spoken,
    )
