"""The section about copies and contamination: what was looked for, how well, and what was removed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from hornbook.record import Record, read_records, read_rejected
from hornbook.report import pictures
from hornbook.report.run_folder import Run
from hornbook.report.section import (
    DECONTAMINATE,
    DEDUP,
    Exhibit,
    Sample,
    Section,
    made_by,
    percent_of,
    shown_reason,
)
from hornbook.report.table import Table
from hornbook.step import StepRecord

NUM_PAIRS = 3
"""Near copies shown beside what stayed, per dedup step."""
_SHOWN = 1500


def evidence(run: Run) -> Section | None:
    """Copies that were removed, and what the data was checked against."""
    copies, stamped = made_by(run, DEDUP), made_by(run, DECONTAMINATE)
    if not copies and not stamped:
        return None
    exhibits: list[Exhibit] = []
    if stamped:
        exhibits += [_stamps(stamped), _channels(stamped), _canaries(stamped), *_found(stamped)]
        exhibits += [e for name, record in stamped.items() for e in _shapes(name, record.metrics)]
    return Section(
        title="Duplicates and contamination",
        says="A data set that holds the exam's questions, or the same page twice, proves nothing. Here is what "
        "was looked for, how well the search works, and what was removed.",
        exhibits=[*exhibits, *_copies(run, copies)],
    )


def _stamps(stamped: Mapping[str, StepRecord]) -> Exhibit:
    rows = [
        (
            name,
            c["name"],
            f"{c['problems']:,}",
            f"{c['only_identical']:,}",
            f"{c['skipped']:,}",
            f"{c['unguarded']:,}",
            str(c["digest"])[:16],
        )
        for name, record in stamped.items()
        for c in record.metrics["stamp"]["checked"]
    ]
    says = {str(record.metrics["stamp"]["says"]) for record in stamped.values()}
    headings = (
        *("data set", "checked against", "problems", "only if identical"),
        *("rows not read", "too short to see", "sha-256"),
    )
    return _tabled(
        "The stamp",
        headings,
        rows,
        f"Which exams the data was checked against. The stamp says: {'; '.join(sorted(says))}.",
    )


def _tabled(
    heading: str,
    headings: tuple[str, ...],
    rows: Iterable[tuple[str, ...]],
    tells: str,
    *,
    folded: bool = False,
) -> Exhibit:
    table = Table(headings=headings, rows=tuple(rows), notes=())
    return Exhibit(heading=heading, table=table, tells=tells, wide=True, folded=folded)


_CHANNELS = {
    "words": "words of the statement",
    "words_13": "13 words in a row",
    "code": "code of the solution",
    "ast": "syntax tree",
    "embedding": "embedding",
}
"""Channels in words; `words_13` is the rule of GPT-3, counted beside ours."""


def _channels(stamped: Mapping[str, StepRecord]) -> Exhibit:
    rows = [
        (
            name,
            _CHANNELS[channel["name"]],
            "removes" if channel["removes"] else "is written down",
            f"{channel['guarded']:,}",
            _settings(channel["settings"]),
        )
        for name, record in stamped.items()
        for channel in record.metrics["stamp"]["channels"]
    ]
    headings = ("data set", "what is compared", "what is found", "problems it can see", "settings")
    return _tabled(
        "How it was searched",
        headings,
        rows,
        "Each line looks for another kind of copy. A problem is too short for one when nearly every program "
        "would hold it.",
    )


def _settings(settings: Mapping[str, Any]) -> str:
    given = [f"{name.replace('_', ' ')} {value}" for name, value in settings.items() if value is not None]
    return ", ".join(given) or "no threshold"


def _canaries(stamped: Mapping[str, StepRecord]) -> Exhibit:
    found = [
        (name, variant, recall)
        for name, record in stamped.items()
        for variant, recall in record.metrics["canaries"].items()
    ]
    channels = [c for c in _CHANNELS if any(f"found_by_{c}" in recall for _, _, recall in found)]
    rows = [
        (
            name,
            variant.replace("_", " "),
            f"{recall['planted']:,}",
            percent_of(recall["found"], recall["planted"]),
            *(_share(recall, channel) for channel in channels),
        )
        for name, variant, recall in found
    ]
    headings = ("data set", "variant", "planted", "found", *(f"by {_CHANNELS[c]}" for c in channels))
    return _tabled(
        "Planted copies",
        headings,
        rows,
        "Copies of real problems were shown to the search. What it finds of them is what it would find "
        "of a leak; a verbatim copy that is missed stops the run.",
    )


def _share(recall: Mapping[str, Any], channel: str) -> str:
    number = recall.get(f"found_by_{channel}")
    return "-" if number is None else percent_of(number, recall["planted"])


def _found(stamped: Mapping[str, StepRecord]) -> Iterator[Exhibit]:
    rows = [
        (name, e["benchmark"], e["problem"], e["channel"], f"{e['overlap']:.2f}", e["source"], e["excerpt"])
        for name, record in stamped.items()
        for e in record.metrics["evidence"]
    ]
    num_stay = sum(record.metrics["boilerplate_only"] for record in stamped.values())
    stay = f" {num_stay:,} records stay though they share words with a statement, since many share the same ones."
    hits = [channels for record in stamped.values() for channels in record.metrics["hits"].values()]
    total = sum(number for channels in hits for number in channels.values())
    headings = ("data set", "benchmark", "problem", "channel", "overlap", "source", "excerpt")
    if not rows:
        nothing = f"Nothing: no record held one.{stay}"
        yield Exhibit(heading="Removed for holding a problem", tells=nothing, wide=True)
        return
    yield _tabled(
        f"Removed for holding a problem: {total:,} findings",
        headings,
        rows,
        "The first records of each data set in which a problem of an exam was found, with what gave it "
        f"away. All of them are in the data set's evidence.jsonl.{stay}",
        folded=True,
    )


def _shapes(name: str, metrics: Mapping[str, Any]) -> Iterator[Exhibit]:
    found = {float(edge): n for edge, n in metrics["ast_similarity_histogram"].items()}
    if not found:
        return
    edges = [i / 20 for i in range(10, 22)]
    counts = [found.get(edge, 0) for edge in edges[:-1]]
    close, total = sum(counts[8:]), sum(found.values())
    yield Exhibit(
        heading=f"{name}: likeness to held-out solutions",
        picture=pictures.histogram(
            edges,
            counts,
            title=f"Highest syntax-tree similarity of records of {name} with a held-out solution",
            x_label=f"syntax-tree similarity; {total - sum(counts):,} below 0.5",
            ticks={0.5: "0.5", 0.6: "0.6", 0.7: "0.7", 0.8: "0.8", 0.9: "0.9", 1: "1"},
            cut=0.9,
            cut_says=f"{close:,} from 0.9 on",
        ),
        tells=f"{close:,} of {total:,} records have the shape of a held-out solution, names aside. Short "
        "functions often do, so this is written down and removes nothing unless exclude_similar is set.",
    )


def _copies(run: Run, copies: Mapping[str, StepRecord]) -> Iterator[Exhibit]:
    if not copies:
        return
    rows = []
    for name, record in copies.items():
        reasons = record.metrics["reasons"]
        numbers = [reasons.get("exact_duplicate", 0), reasons.get("near_duplicate", 0)]
        numbers += [record.metrics["pairs_verified"], record.metrics["frame_shingles"]]
        rows.append((name, *(f"{number:,}" for number in numbers)))
    headings = ("step", "exact copies", "near copies", "pairs verified", "frame shingles")
    yield _tabled(
        "Copies removed",
        headings,
        rows,
        "A record goes only if one that stays shares most of its five-token pieces, counted exactly. "
        "Pieces that many textbooks share are their frame and do not count.",
    )
    pairs = [sample for name in copies for sample in _pairs(run, name)]
    if pairs:
        yield Exhibit(heading="Near copies beside what stayed", samples=pairs, wide=True)


def _pairs(run: Run, name: str) -> Iterator[Sample]:
    """Show the first near-copies beside the record that stayed."""
    near = (r for r in read_rejected(run.root / name) if r.reason == "near_duplicate")
    removed = {r.detail.split(",")[0].removeprefix("of "): r for r in islice(near, NUM_PAIRS)}
    stayed = _by_id(run.root / name, set(removed))
    for id_, refused in removed.items():
        if id_ in stayed:
            texts = [f"STAYED: {stayed[id_].source}\n\n{stayed[id_].text[:_SHOWN]}"]
            texts.append(f"REMOVED: {refused.record.source}\n\n{refused.record.text[:_SHOWN]}")
            yield Sample(
                summary=f"{name}: {refused.record.source}",
                reason=shown_reason(refused),
                texts=texts,
            )


def _by_id(folder: Path, ids: set[str]) -> dict[str, Record]:
    if not ids:
        return {}
    return {record.id: record for record in read_records(folder) if record.id in ids}
