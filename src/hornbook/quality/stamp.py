"""The stamp of decontamination: what was looked for, how, how well that works, and what it may be called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from hornbook.benchmarks.problem import Benchmark
from hornbook.errors import QualityGate
from hornbook.quality.contamination import FEWEST_TOKENS, FEWEST_WORDS, LONG_WORDS, NUM_TOKENS, NUM_WORDS
from hornbook.quality.findings import Channel, Seen
from hornbook.quality.targets import LADDER, Targets
from hornbook.step import Metrics

if TYPE_CHECKING:
    from hornbook.quality.decontaminate import Decontaminate


def stamp(
    cfg: Decontaminate,
    targets: Targets,
    seen: Seen,
    unguarded: Mapping[str, int],
    canaries: Metrics,
    unread: int,
) -> Metrics:
    """Return the stamp. `unguarded` counts the problems of each benchmark that no channel which removes can see.

    `unread` counts the records with a function that cannot be read as Python, which syntax trees cannot compare.
    `decontaminated` is true only if every row of every benchmark was read and nothing speaks against it.
    """
    benchmarks = targets.benchmarks
    why_not = "; ".join([*_skipped(benchmarks), *objections(cfg, targets, seen, canaries)])
    checked_against = ", ".join(benchmark.name for benchmark in benchmarks)
    says = "ladder only" if checked_against == LADDER else f"checked against {checked_against}"
    if unread and "ast" in cfg.removing and "code" not in cfg.removing:
        says += f"; syntax trees could not read functions of {unread:,} records"
    return {
        "decontaminated": not why_not,
        "says": f"not decontaminated: {why_not}" if why_not else says,
        "channels": [
            _channel(cfg, channel, len(seen[channel])) | ({"unread": unread} if channel == "ast" else {})
            for channel in cfg.channels
        ],
        "checked": [
            {
                "name": benchmark.name,
                "digest": benchmark.digest,
                "problems": len(benchmark.problems),
                "only_identical": targets.num_only_identical[benchmark.name],
                "skipped": len(benchmark.skipped),
                "skipped_rows": list(benchmark.skipped),
                "unguarded": unguarded.get(benchmark.name, 0),
            }
            for benchmark in benchmarks
        ],
        "num_canaries": canaries.get("verbatim", {}).get("planted", 0),
        "recall": {variant: found["recall"] for variant, found in canaries.items()},
    }


def refuse_skipped(cfg: Decontaminate, benchmarks: Sequence[Benchmark]) -> None:
    """Raise QualityGate for a benchmark of which more rows could not be read than the config allows."""
    for benchmark in benchmarks:
        if len(benchmark.skipped) > cfg.allow_skipped:
            raise QualityGate(
                f"benchmark {benchmark.name!r}: {len(benchmark.skipped)} of its rows cannot be read as problems, "
                f"first {benchmark.skipped[0]}; what is not read is not looked for. Mend the rows, or set "
                f"allow_skipped to {len(benchmark.skipped)} and do without the stamp"
            )


def _skipped(benchmarks: Sequence[Benchmark]) -> Iterator[str]:
    names = [
        f"{len(benchmark.skipped)} rows of {benchmark.name}" for benchmark in benchmarks if benchmark.skipped
    ]
    if names:
        yield f"{', '.join(names)} could not be read"


def objections(cfg: Decontaminate, targets: Targets, seen: Seen, canaries: Metrics) -> Iterator[str]:
    """Yield why data must not be called decontaminated, unreadable rows aside.

    Nothing was given; nothing removes; a channel that removes is blind; copies were not planted.
    """
    if not targets.benchmarks:
        yield "nothing was given"
        return
    if not cfg.removing:
        yield f"{' and '.join(cfg.channels)} only annotated"
    yield from _blind(cfg, targets, seen)
    if not canaries:
        yield "planted copies were not looked for"
    elif not canaries["verbatim"]["planted"]:
        yield "no copies were planted"


def _blind(cfg: Decontaminate, targets: Targets, seen: Seen) -> Iterator[str]:
    """Yield which channel sees no problem of a benchmark, unless the others that remove see all of them."""
    guarded = set().union(*(seen[channel] for channel in cfg.removing))
    for benchmark in targets.benchmarks:
        numbers = {number for number, name in enumerate(targets.names) if name == benchmark.name}
        if not numbers:
            yield f"no problem of {benchmark.name} is searched for"
        elif not numbers <= guarded:
            blind = [channel for channel in cfg.removing if not seen[channel] & numbers]
            yield from (f"{channel} sees no problem of {benchmark.name}" for channel in blind)


def _channel(cfg: Decontaminate, channel: Channel, num_guarded: int) -> Metrics:
    """Return a channel with the settings that decide in it."""
    settings: Mapping[Channel, Metrics] = {
        "words": {
            "ngram": NUM_WORDS,
            "reported_ngram": LONG_WORDS,
            "shortest_phrase": FEWEST_WORDS,
            "statement_containment": cfg.statement_containment,
            "boilerplate_share": cfg.boilerplate_share,
            "boilerplate_count": cfg.boilerplate_count,
        },
        "code": {
            "window": NUM_TOKENS,
            "shortest_body": FEWEST_TOKENS,
            "code_containment": cfg.code_containment,
        },
        "ast": {"exclude_similar": cfg.exclude_similar},
        "embedding": {"exclude_near": cfg.exclude_near},
    }
    return {
        "name": channel,
        "removes": channel in cfg.removing,
        "guarded": num_guarded,
        "settings": settings[channel],
    }
