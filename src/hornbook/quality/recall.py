"""How many copies of the problems are found again, by variant and channel: measured with canaries in every run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence, Set
from typing import TYPE_CHECKING

from hornbook.benchmarks.problem import Problem
from hornbook.draw import rng
from hornbook.errors import QualityGate
from hornbook.quality.canaries import VARIANTS, canary
from hornbook.quality.findings import Seen
from hornbook.record import Record
from hornbook.step import Metrics

if TYPE_CHECKING:
    from hornbook.quality.decontaminate import Decontaminate

Look = Callable[[Sequence[Record], Sequence[int]], Sequence[Set[str]]]
"""Canaries and the numbers of the problems that they copy, to the channels that found each of them."""


def measured_recall(cfg: Decontaminate, problems: Sequence[Problem], seen: Seen, look: Look) -> Metrics:
    """Plant copies of problems that a deciding channel sees; return recall per variant and channel.

    Raises QualityGate when a channel misses a verbatim copy of a problem that it sees: a blind detector says
    nothing.
    """
    guarded = sorted(set().union(*(seen[channel] for channel in cfg.deciding)))
    drawn = rng(cfg.seed, "canaries").sample(guarded, min(cfg.num_canaries, len(guarded)))
    chosen = {number: problems[number] for number in sorted(drawn)}
    _refuse_blind(chosen, seen, look)
    # Bodies like `return x + y` are no one's: a renamed copy of one cannot count as missed.
    solved = set().union(*(seen[channel] for channel in cfg.deciding if channel != "words"))
    by_solution = {number: p for number, p in chosen.items() if number in solved or not solved}
    reported = (*cfg.channels, *(["words_13"] if "words" in cfg.channels else []))
    return {
        variant: _recall_of(
            variant,
            by_solution if variant in ("renamed", "solution_only", "reordered") else chosen,
            look,
            cfg.deciding,
            reported,
        )
        for variant in VARIANTS
    }


def _refuse_blind(chosen: Mapping[int, Problem], seen: Seen, look: Look) -> None:
    found = _looked(chosen, "verbatim", look)
    for channel, numbers in seen.items():
        missed = [i for i, channels in found.items() if i in numbers and channel not in channels]
        if missed:
            raise QualityGate(
                f"decontaminate: the channel {channel!r} did not find {len(missed)} verbatim copies of "
                f"benchmark problems, first {chosen[missed[0]].id}; a detector that misses them must "
                "not stamp data. Loosen its threshold, or leave the channel out"
            )


def _recall_of(
    variant: str,
    problems: Mapping[int, Problem],
    look: Look,
    deciding: Collection[str],
    reported: Sequence[str],
) -> Metrics:
    """Return how many copies of the problems (by number) are found, and which are missed.

    A copy is found when one of the `deciding` channels finds it; what each of the `reported` ones finds is counted
    too. `recall` is None where no copy can be made.
    """
    found = _looked(problems, variant, look)
    by_channel = Counter(channel for channels in found.values() for channel in channels)
    missed = [problems[number].id for number, channels in found.items() if not channels & set(deciding)]
    num_found = len(found) - len(missed)
    return {
        "planted": len(found),
        "found": num_found,
        "recall": round(num_found / len(found), 4) if found else None,
        **{f"found_by_{channel}": by_channel[channel] for channel in reported},
        "missed": missed,
    }


def _looked(problems: Mapping[int, Problem], variant: str, look: Look) -> dict[int, Set[str]]:
    """Return, for each problem of which a copy can be made, the channels that find it."""
    copies = {number: copy for number, p in problems.items() if (copy := canary(p, variant)) is not None}
    return dict(zip(copies, look([*copies.values()], [*copies]), strict=True))
