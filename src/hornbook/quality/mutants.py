"""How much tests notice: the share of a solution's mutants that they fail.

A mutant is the solution with one small mistake. Killed: the tests fail on it. Survived: they pass, though on some
input it answers differently; as an assert that kills it. Equivalent: they pass, and no input tried tells it from
the solution, so it counts neither way; inputs on which the solution itself raises tell nothing. The kill rate is
killed / (killed + survived): an upper bound, by the inputs tried, as equivalence is not proved; read it with the
number of the equivalent. A mutant that uses up its steps (about ten times the solution's) on the tests' own calls
counts as killed, though it may be slow and right, as one that lost its memo is; on a further input that tells
nothing, and no assert is written. Mutation testing: DeMillo, Lipton, Sayward 1978,
https://doi.org/10.1109/C-M.1978.218136.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hornbook.sandbox import Mutant, Verdict

UNJUDGED = "could not be judged"
MUTANTS = ("killed", "survived", "equivalent")
"""What becomes of a mutant."""


@dataclass(frozen=True, slots=True)
class Grade:
    """What the mutants of one solution say of its tests."""

    killed: tuple[Mutant, ...]
    survived: tuple[Mutant, ...]
    equivalent: tuple[Mutant, ...]

    @property
    def kill_rate(self) -> float | None:
        """From 0 to 1; None where every mutant is equivalent, or there is none."""
        told = len(self.killed) + len(self.survived)
        return len(self.killed) / told if told else None

    @property
    def counts(self) -> dict[str, int]:
        """How many mutants there are of each sort, by the names in MUTANTS."""
        sorts = (self.killed, self.survived, self.equivalent)
        return {name: len(mutants) for name, mutants in zip(MUTANTS, sorts, strict=True)}

    @property
    def more_tests(self) -> tuple[str, ...]:
        """Asserts that hold for the solution and kill survivors, as far as such can be written."""
        return tuple(dict.fromkeys(mutant.told_by for mutant in self.survived if mutant.told_by))


def graded(mutants: Sequence[Mutant]) -> Grade:
    """Sort mutants by what became of them."""
    passing = [mutant for mutant in mutants if mutant.outcome == "pass"]
    return Grade(
        killed=tuple(mutant for mutant in mutants if mutant.outcome != "pass"),
        survived=tuple(mutant for mutant in passing if mutant.is_told),
        equivalent=tuple(mutant for mutant in passing if not mutant.is_told),
    )


def why_ungraded(verdict: Verdict) -> str:
    """Say why a verdict tells nothing of its tests; "" where it gives a kill rate.

    >>> why_ungraded(Verdict(id="", outcome="fail", detail="test 1 at line 1"))
    'the solution itself does not pass: fail, test 1 at line 1'
    """
    if verdict.outcome == "sandbox_error":
        return f"{UNJUDGED}: {verdict.detail}"
    if verdict.outcome != "pass":
        return (
            f"the solution itself does not pass: {verdict.outcome}{verdict.detail and f', {verdict.detail}'}"
        )
    if verdict.lane == "split":
        return "the tests have to be run, not only their calls: mutants are tried on asserts over calls"
    if not verdict.mutants:
        return f"no mutant: {verdict.ungraded or 'none was asked for'}"
    return "every mutant answers as the solution does" if graded(verdict.mutants).kill_rate is None else ""
