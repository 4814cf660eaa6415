"""What a verdict says of claims: which hold, and what is wrong with the first that does not.

All comparing is done here, outside of the process that ran the code.
"""

from __future__ import annotations

import doctest
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hornbook.corpus.importable import REASONS
from hornbook.quality.claims import NOTES, Claim
from hornbook.quality.outputs import output_difference, shown
from hornbook.sandbox import Verdict

PASS, NOT_RUN, NOT_COMPARED = "pass", "not_run", "not_compared"
_NOTHING_RAN = ("syntax_error", "sandbox_error")


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of one claim."""

    claim: Claim
    outcome: str
    """pass; not_run; not_compared (it ran, and what it printed was lost with the process); else a reason."""
    detail: str = ""

    @property
    def is_fault(self) -> bool:
        """Whether the claim does not hold, or what it is about could not be run to its end."""
        return self.outcome not in (PASS, NOT_RUN, NOT_COMPARED)


def judged(claims: Sequence[Claim], verdict: Verdict) -> Iterator[Judgement]:
    """Yield what became of each claim, where the blocks of the job were the claims' sources in order."""
    end = 0
    for claim in claims:
        first, end = end, end + len(claim.sources)
        yield Judgement(claim, *_outcome(claim, verdict, first, end))


def _outcome(claim: Claim, verdict: Verdict, first: int, end: int) -> tuple[str, str]:
    if verdict.outcome != "pass" and first <= verdict.block < end:
        named = REASONS.get(verdict.outcome, "doctest_failed" if claim.kind == "docstring" else "block_error")
        return named, f"{claim.where}: {verdict.detail}"
    if verdict.outcome != "pass" and (first > verdict.block or verdict.outcome in _NOTHING_RAN):
        return NOT_RUN, ""
    if len(verdict.outputs) < end:
        return NOT_COMPARED, ""
    fault = _difference(claim, *verdict.outputs[first:end])
    if fault is None:
        return PASS, ""
    reason, detail = fault
    return "doctest_failed" if claim.kind == "docstring" else reason, f"{claim.where}: {detail}"


def _difference(claim: Claim, printed: str, raised: str = "") -> tuple[str, str] | None:
    """Return reason and detail of where a claim is not what happened; None where it is."""
    stated = claim.output
    if claim.exception and not raised and not claim.is_traceback:
        stated += claim.exception + "\n"  # as a line of output it may have been meant to be printed
    elif not _is_raised(claim.exception, raised):
        message = raised.partition(NOTES)[0].rstrip()
        return "exception_differs", f"stated {shown(claim.exception)}, raised {shown(message or None)}"
    difference = output_difference(stated, printed)
    if not difference or (claim.flags and _is_alike(stated, printed, claim.flags)):
        return None
    return "output_differs", difference


def _is_raised(stated: str, raised: str) -> bool:
    """Say whether an exception is the one stated, with its notes or without any of them.

    Its name may be stated without its module, as a handler names it; a module that is stated must be right.
    """
    stated = stated.removeprefix("__main__.")  # the interpreter shows it, the traceback module does not
    name, colon, message = raised.partition(":")
    module, _, bare = name.rpartition(".")
    if module and "." not in stated.partition(":")[0]:
        raised = f"{bare}{colon}{message}"
    accepted = (raised.partition(NOTES)[0], raised.replace(NOTES, ""))
    return any(not output_difference(stated, one) for one in accepted)


def _is_alike(stated: str, printed: str, flags: int) -> bool:
    flags |= doctest.DONT_ACCEPT_TRUE_FOR_1
    return doctest.OutputChecker().check_output(stated, printed, flags)


def first_fault(found: Sequence[Judgement], verdict: Verdict) -> tuple[str, str] | None:
    """Return reason and detail of the first claim that does not hold; None where all are known to hold."""
    for judgement in found:
        if judgement.is_fault:
            return judgement.outcome, judgement.detail
    for judgement in found:
        if judgement.outcome != PASS:
            reason = REASONS.get(verdict.outcome, "never_compared")
            return reason, f"{judgement.claim.where} was never compared: {verdict.outcome} {verdict.detail}"
    return None


def block_outcomes(found: Sequence[Judgement]) -> list[str]:
    """Return one word for each block: the outcome of its first claim that did not pass, else `pass`."""
    outcomes: dict[int, str] = {}
    for judgement in found:
        if outcomes.get(judgement.claim.block, PASS) == PASS:
            outcomes[judgement.claim.block] = judgement.outcome
    return list(outcomes.values())


def facts(found: Sequence[Judgement]) -> dict[str, float]:
    """Return what was run and compared: `outputs_compared`, `exceptions_compared`, `doctests_run`.

    An output counts where one is stated; that a silent block printed nothing is compared too, and not counted.
    """
    compared = [one for one in found if one.outcome not in (NOT_RUN, NOT_COMPARED)]
    return {
        "outputs_compared": float(sum(bool(one.claim.output) for one in compared)),
        "exceptions_compared": float(sum(bool(one.claim.exception) for one in compared)),
        "doctests_run": float(sum(one.claim.kind != "block" for one in compared)),
    }
