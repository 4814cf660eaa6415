"""A mistake that a learner might make in a task's solution, with what comes of it on one of the task's cases.

Only solutions whose loops end whatever a comparison says are changed: `for` loops, no recursion. They are of this
package, and run in its process, for a bounded number of rounds, to see what comes of the mistake; the sandbox runs
the page once more.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hornbook.curriculum.bug_kinds import KINDS, PLAIN, Bug, bugs_of
from hornbook.curriculum.family import Task, copied
from hornbook.curriculum.set_order import depends_on_a_set
from hornbook.curriculum.watching import Endless, Unwatchable, calls_itself, function_of, may_not_end

_LONGEST_ANSWER = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a mistake does on one case."""

    bug: Bug
    arguments: tuple[Any, ...]
    expected: Any
    got: Any
    error: str
    """Type and text of the exception; "" where there was none."""


def can_go_wrong(task: Task) -> bool:
    """Say whether the solution ends, and does the same in every process, whatever mistake is made in it."""
    return not (calls_itself(task) or may_not_end(task.body) or depends_on_a_set(task))


def draw_bug(task: Task, rng: random.Random, *, plain: bool = False) -> Seen | None:
    """Draw a mistake that shows on one of the task's cases; None where the solution takes none of them.

    Mistakes about the task; with `plain`, a misspelt name or a forgotten `return`.
    """
    if not can_go_wrong(task):
        return None
    kinds = list((PLAIN if plain else KINDS).values())
    rng.shuffle(kinds)
    for kind in kinds:
        bugs = bugs_of(task.body, kind)
        rng.shuffle(bugs)
        for bug in bugs:
            if (seen := _shown(task, bug)) is not None:
                return seen
    return None


def _shown(task: Task, bug: Bug) -> Seen | None:
    """Run the mistake on the cases until it shows; None where it never does."""
    try:
        function = function_of(task, bug.body)
    except (SyntaxError, Unwatchable):
        return None
    for arguments, expected in task.cases:
        if (seen := _tried(function, bug, arguments, expected)) is not None:
            return seen
    return None


def _tried(function: Callable[..., Any], bug: Bug, arguments: tuple[Any, ...], expected: Any) -> Seen | None:
    """Run the mistake on a case; None where it does not show, or not alike in every process and version."""
    got, error = None, ""
    try:
        got = function(*copied(arguments))
    except NameError as failure:
        error = f"NameError: {failure}"
        if not str(failure).startswith("name "):  # a name that is not bound yet: its text differs by version
            return None
    except (Exception, Endless):  # whatever else comes of a mistake: its text may differ, too
        return None
    shown = repr(got)
    if len(shown) > _LONGEST_ANSWER or " at 0x" in shown:
        return None
    if not error and type(got) is type(expected) and got == expected:
        return None
    return Seen(bug=bug, arguments=arguments, expected=expected, got=got, error=error)
