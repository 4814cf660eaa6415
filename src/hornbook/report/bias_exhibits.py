"""What the value filter falls for and which topics it likes: probes and balance as pictures and tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hornbook.report import pictures
from hornbook.report.pictures import ARM_COLORS, Interval
from hornbook.report.section import Exhibit, percent_of
from hornbook.report.table import Table

_FEWEST_UNITS = 20
"""Of fewer units a share says nothing."""
_NUM_SHOWN = 8
_WITHOUT = {
    "comments_and_docstrings": "no comments or docstrings",
    "docstrings": "no docstrings",
    "names": "names like v1, f1",
    "whitespace": "another layout",
}


def probes(found: Mapping[str, Mapping[str, Any]]) -> Iterator[Exhibit]:
    """Show how far the classifier's score moves when only the writing changes, and the judge's beside it."""
    reached = {change: moves for change, moves in found.items() if moves["num_probed"]}
    if not reached:
        yield Exhibit(heading="What does it fall for?", tells="No held-out record could be changed.")
        return
    rows = [row for change, moves in reached.items() for row in _intervals(change, moves)]
    yield Exhibit(
        heading="What does it fall for?",
        picture=pictures.intervals(
            rows,
            title="Score changes of the same programs written otherwise",
            low=min(-0.5, *(row.low for row in rows)),
            high=max(0.5, *(row.high for row in rows)),
            digits=2,
            signed=True,
        ),
        tells="The same programs written otherwise, change of the mean score of 5 with 95 % intervals: classifier "
        "in blue, the judge that it learnt from in grey. Where the judge does not move, neither should the "
        "classifier; for missing words it should move no further.",
    )
    yield Exhibit(heading="Probes of the classifier", table=_probe_table(reached), tells=_worst(reached))


def _intervals(change: str, moves: Mapping[str, Any]) -> Iterator[Interval]:
    yield Interval(label=_WITHOUT[change], **moves["mean_change"])
    yield Interval(label="– the judge", color=ARM_COLORS[0], **moves["beside"]["mean_change"])


def _probe_table(found: Mapping[str, Mapping[str, Any]]) -> Table:
    rows = [
        (
            _WITHOUT[change],
            f"{moves['num_probed']:,}",
            f"{moves['mean_absolute_change']['mean']:.2f}",
            f"{moves['beside']['mean_absolute_change']['mean']:.2f}",
            _percent(moves["share_flipped"]),
            _percent(moves["beside"]["share_flipped"]),
        )
        for change, moves in found.items()
    ]
    headings = ("written with", "records", "absolute change", "judge's", "decisions that flip", "judge's")
    return Table(headings=headings, rows=tuple(rows), notes=())


def _percent(share: Mapping[str, float]) -> str:
    mean, low, high = (100 * share[key] for key in ("mean", "low", "high"))
    return f"{mean:.0f} % [{low:.0f}, {high:.0f}]"


def _worst(found: Mapping[str, Mapping[str, Any]]) -> str:
    worst = max(found, key=lambda change: found[change]["share_flipped"]["mean"])
    return f"Most decisions flip with {_WITHOUT[worst]}: {_percent(found[worst]['share_flipped'])} of them."


def topics(name: str, found: Mapping[str, Any]) -> Iterator[Exhibit]:
    """Show which topics of the curriculum the kept code shows more, and less, than the raw code did."""
    counts: Mapping[str, Mapping[str, int]] = found["counts"]
    shares = {
        topic: 100 * count["after"] / count["before"]
        for topic, count in counts.items()
        if count["before"] >= _FEWEST_UNITS
    }
    ranked = sorted(shares, key=lambda topic: (-shares[topic], topic))
    if len(ranked) >= 2:
        shown = ranked if len(ranked) <= 2 * _NUM_SHOWN else ranked[:_NUM_SHOWN] + ranked[-_NUM_SHOWN:]
        yield Exhibit(
            heading=f"Topics that the filter favours and starves ({name})",
            picture=pictures.bars(
                {topic.replace("_", " "): shares[topic] for topic in shown},
                title=f"Share of each topic's records in {name}",
                unit=" %",
            ),
            tells=_balance_says(found) + f" Of the records with {_words(ranked[0])} it keeps "
            f"{shares[ranked[0]]:.0f} %, of those with {_words(ranked[-1])} {shares[ranked[-1]]:.0f} %.",
        )
    yield Exhibit(
        heading=f"Every topic before and after ({name})", table=_topic_table(counts, ranked), folded=True
    )


def _words(topic: str) -> str:
    return topic.replace("_", " ")


def _balance_says(found: Mapping[str, Any]) -> str:
    units, bits = found["num_units"], found["entropy_bits"]
    says = (
        f"The filter keeps {percent_of(units['after'], units['before'])} of the records; the topics "
        f"that they show vary by {bits['before']:.2f} bits before and {bits['after']:.2f} after."
    )
    added = units["after"] - units["without_filling"]
    if added:
        says += (
            f" {added:,} records are kept only to fill a topic; without them it would be "
            f"{bits['without_filling']:.2f}."
        )
    return says


def _topic_table(counts: Mapping[str, Mapping[str, int]], ranked: list[str]) -> Table:
    rest = [topic for topic in counts if topic not in ranked]
    rows = [
        (
            _words(topic),
            f"{counts[topic]['before']:,}",
            f"{counts[topic]['after']:,}",
            f"{counts[topic]['after'] - counts[topic]['without_filling']:,}",
            percent_of(counts[topic]["after"], counts[topic]["before"]),
        )
        for topic in [*ranked, *rest]
    ]
    headings = ("topic that a record shows", "before", "after", "of these to fill it", "kept")
    note = "A record may show many topics; those of fewer than 20 records stand last."
    return Table(headings=headings, rows=tuple(rows), notes=(note,))
