"""The section about similarity: how much of each score stands on near twins in the training data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hornbook.report import pictures
from hornbook.report.model_sections import RUNGS, arm_interval, scale_end
from hornbook.report.run_folder import Run
from hornbook.report.section import SIMILARITY, Exhibit, Section, made_by
from hornbook.report.table import Table, percent, split_at

_PARTS = {"similar": "similar", "not_similar": "not similar"}
_FEWEST_PROBLEMS = 5
"""Problems below which an arm's interval says nothing, and would only stretch the scale for the others."""


def similar(run: Run) -> Section | None:
    """Scores apart for problems with and without a near twin in the training data."""
    near = made_by(run, SIMILARITY)
    if not near:
        return None
    exhibits = [_shares(name, record.metrics) for name, record in near.items()]
    for record in near.values():
        exhibits += _near_families(record.metrics)
    if "table" in run.steps:
        metrics = run.steps["table"].metrics
        exhibits += [*_ladder(metrics), *_by_tau(metrics), *_by_own_data(metrics)]
    return Section(
        title="Similarity",
        says="A problem is similar when the syntax tree of its solution matches some training record at a rate "
        "of tau or more, names aside. A score that stands only on similar problems is memory; one that also "
        "stands on the others is skill. phi-1's paper has such a table (arXiv 2306.11644, table 3).",
        exhibits=exhibits,
    )


def _shares(name: str, metrics: Mapping[str, Any]) -> Exhibit:
    shares = {data: 100 * share for data, share in metrics["share_at_least_0.9"].items()}
    return Exhibit(
        heading="Problems with a twin in each data set",
        picture=pictures.bars(
            shares, title=f"Share of problems with a match from 0.9 on ({name})", unit=" %"
        ),
        tells=f"Of all {metrics['num_problems']:,} problems, the share whose solution matches a record of the "
        "data set at 0.9 or more. Rung 1 is made of seen families, so many are expected here.",
    )


_SHOWN_FAMILIES = 25


def _near_families(metrics: Mapping[str, Any]) -> Iterator[Exhibit]:
    """Name the teacher's families that come near problems of each benchmark, and which problems."""
    for benchmark, entries in metrics["near_families"].items():
        if not entries:
            continue
        taus = list(entries[0]["at"])
        rows = tuple(
            (e["family"], f"{e['rate']:.2f}", *(str(e["at"][tau]) for tau in taus), ", ".join(e["problems"]))
            for e in entries[:_SHOWN_FAMILIES]
        )
        yield Exhibit(
            heading=f"Families that come near problems of {benchmark}",
            table=Table(
                headings=("family", "highest", *(f"at {tau}" for tau in taus), "nearest problems"),
                rows=rows,
                notes=(f"{len(entries)} families in all; a run with --exclude-similar drops their records",),
            ),
            tells="Families are written from what courses teach, never from a benchmark; where their syntax trees "
            "come near a problem all the same, it is counted here, as phi-1 does in section 5.",
            wide=True,
            folded=True,
        )


def _ladder(metrics: Mapping[str, Any]) -> Iterator[Exhibit]:
    """Draw the two parts of the ladder at the tau of the score table."""
    arms = list(metrics["arms"])
    split = split_at(metrics, "ladder")
    shown = {
        part: {arm: split[arm]["any_arm"][part] for arm in arms}
        for part in _PARTS
        if split[arms[0]]["any_arm"][part]["num_problems"] >= _FEWEST_PROBLEMS
    }
    highest = max((e["high"] for part in shown.values() for e in part.values()), default=0.0)
    for part, held in shown.items():
        heading = f"Ladder, {_PARTS[part]} problems, tau {metrics['tau']}"
        rows = [arm_interval(arm, estimate, arms.index(arm)) for arm, estimate in held.items()]
        yield Exhibit(
            heading=heading,
            picture=pictures.intervals(rows, title=heading, low=0, high=scale_end(100 * highest)),
            tells=f"Percent solved of the {held[arms[0]]['num_problems']:,} problems that are {_PARTS[part]} to "
            "the data of any arm: the same problems for every arm.",
        )


def _by_tau(metrics: Mapping[str, Any]) -> Iterator[Exhibit]:
    """Show every score split at every tau, one table per benchmark; those of the rungs are folded."""
    for group, entries in metrics["splits"].items():
        arms = list(metrics["arms"])
        rows = [
            (f"{entry['tau']:.2f} {words}", *_part(entry["arms"], "any_arm", part))
            for entry in entries
            for part, words in _PARTS.items()
        ]
        total = [metrics["arms"][arm][group]["pass@1"] for arm in arms]
        rows.append(("all problems", f"{total[0]['num_problems']:,}", *map(percent, total)))
        yield Exhibit(
            heading=f"{RUNGS.get(group, group)}: pass@1, %, by tau",
            table=Table(headings=("tau", "problems", *arms), rows=tuple(rows), notes=()),
            tells="" if group in RUNGS else _TELLS,
            wide=True,
            folded=group in RUNGS,
        )


_TELLS = (
    "One split for all arms, by the data of any of them: each row holds the same problems for every arm, so its "
    "numbers compare. An arm that never read a twin is in the similar rows too; what is left of its score in the "
    "other rows is what no arm could have copied."
)


def _part(split: Mapping[str, Any], whose: str, part: str) -> tuple[str, ...]:
    held = [found[whose][part] for found in split.values()]
    return (f"{held[0]['num_problems']:,}", *map(percent, held))


def _by_own_data(metrics: Mapping[str, Any]) -> Iterator[Exhibit]:
    """Show the same scores split by what each arm itself read; problems then differ from arm to arm."""
    rows = tuple(
        (
            f"{group}, {entry['tau']:.2f} {words}",
            *(_counted(entry["arms"][arm]["own"][part]) for arm in metrics["arms"]),
        )
        for group, entries in metrics["splits"].items()
        if group not in RUNGS
        for entry in entries
        for part, words in _PARTS.items()
    )
    yield Exhibit(
        heading="By what each arm itself was trained on: pass@1, %, of its problems",
        table=Table(headings=("tau", *metrics["arms"]), rows=rows, notes=()),
        tells="How much of an arm's score may be memory: similar means similar to a record that this arm was "
        "trained on. The problems of a row differ from arm to arm, so its numbers do not compare.",
        wide=True,
        folded=True,
    )


def _counted(estimate: Mapping[str, float]) -> str:
    return f"{percent(estimate)} of {estimate['num_problems']:,}"
