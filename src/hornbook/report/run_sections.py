"""Sections about the run as a whole: what it comes to, cost and time, samples, provenance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from hornbook.draw import rng
from hornbook.record import count, read_records, read_rejected, shards
from hornbook.report import pictures
from hornbook.report.data_sections import chains
from hornbook.report.model_sections import better_in_bits, compared
from hornbook.report.run_folder import Run
from hornbook.report.section import (
    COLLECT,
    DECONTAMINATE,
    EFFECT,
    Exhibit,
    Fact,
    Sample,
    Section,
    executed,
    made_by,
    shown_reason,
)
from hornbook.report.table import Table
from hornbook.teacher.price import dollars

NUM_SAMPLES = 10
_SHOWN = 3000


def glance(run: Run) -> Section:
    """What the run comes to, in a sentence and a few numbers."""
    says = "What this run made."
    if "table" in run.steps:
        metrics = run.steps["table"].metrics
        better = [", ".join(better_in_bits(metrics, rung)) or "no arm" for rung in ("ladder", "rung 4")]
        says = (
            f"Does the data teach? Less surprised by right solutions than {metrics['baseline']}, beyond chance: "
            f"{better[0]}; of families never seen: {better[1]}. "
            f"Solving new problems of families seen (rung 1): {compared(metrics, 'rung 1')}"
        )
    for record in made_by(run, EFFECT).values():
        says = f"Does filtering pay? {record.metrics['verdict']}"
    return Section(title="At a glance", says=says, facts=list(_facts(run)))


def _facts(run: Run) -> Iterator[Fact]:
    for names in chains(run).values():
        yield Fact(value=f"{run.steps[names[-1]].metrics['num_kept']:,}", label=f"records in {names[-1]}")
    for record in executed(run).values():
        for kind, rate in record.metrics["pass_rate"].items():
            total = sum(record.metrics["outcomes"][kind].values())
            yield Fact(value=f"{100 * rate:.1f} %", label=f"of {total:,} {kind}s passed when executed")
    seconds = sum(record.seconds for record in run.steps.values())
    # Steps of one core run side by side, so the run itself was shorter than its steps together.
    yield Fact(value=_minutes(seconds), label=f"of work in {len(run.steps)} steps, {_paid(run)}")


def _minutes(seconds: float) -> str:
    return f"{seconds / 60:.1f} min" if seconds >= 60 else f"{seconds:.1f} s"


def _paid(run: Run) -> str:
    return f"{dollars(_dollars(run), 2)} spent" if _dollars(run) else "no money spent"


def _dollars(run: Run) -> float:
    return sum(record.dollars for record in run.steps.values())


def cost(run: Run) -> Section:
    """Where the time and the money went."""
    slowest = sorted(run.steps.values(), key=lambda record: -record.seconds)
    total = sum(record.seconds for record in slowest)
    checked = executed(run)
    accepted = sum(
        run.steps[names[-1]].metrics["num_kept"]
        for names in chains(run).values()
        if any(name in checked for name in names)
    )
    per_record = f", {dollars(_dollars(run) / accepted, 4)} per accepted synthetic record" if accepted else ""
    return Section(
        title="Cost and time",
        says=f"{_minutes(total)} of computing, {_paid(run)}{per_record if _dollars(run) else ''}.",
        exhibits=[
            Exhibit(
                heading="Seconds per step",
                picture=pictures.bars(
                    {r.name: r.seconds for r in slowest}, title="Seconds per step", digits=1
                ),
                tells=f"The longest step, {slowest[0].name}, takes {slowest[0].seconds:,.1f} of "
                f"{total:,.1f} seconds. A step that is up to date costs nothing in the next run.",
                wide=True,
            ),
            Exhibit(heading="Dollars per step", table=_prices(run), wide=True, folded=True),
        ],
    )


def _prices(run: Run) -> Table:
    rows = tuple((name, f"{r.seconds:,.1f}", dollars(r.dollars, 4)) for name, r in run.steps.items())
    return Table(headings=("step", "seconds", "dollars"), rows=rows, notes=())


def samples(run: Run) -> Section | None:
    """Records drawn by seed, kept ones and rejected ones."""
    ends = [names[-1] for names in chains(run).values()]
    kept = list(_drawn_kept(run, ends))
    rejected = list(_drawn_rejected(run))
    if not kept and not rejected:
        return None
    return Section(
        title="Samples",
        says="Drawn by seed and not chosen, from every step in turn. Tap one to read it.",
        exhibits=[
            Exhibit(heading=f"{len(drawn)} {words}", samples=drawn, wide=True)
            for words, drawn in (("kept records", kept), ("rejected records", rejected))
            if drawn
        ],
    )


def _drawn_kept(run: Run, steps: list[str]) -> Iterator[Sample]:
    for name, shard, row in _draws(run, steps, "records"):
        record = next(islice(read_records(shard), row, None))
        asked = "".join(f", {record.tags[key]}" for key in ("concept", "form", "style") if key in record.tags)
        summary = f"{name}: {record.source}{asked}, {record.license}, {record.id[:12]}"
        yield Sample(summary=summary, texts=[record.text[:_SHOWN]])


def _drawn_rejected(run: Run) -> Iterator[Sample]:
    for name, shard, row in _draws(run, list(run.steps), "rejected"):
        refused = next(islice(read_rejected(shard), row, None))
        record = refused.record
        yield Sample(
            summary=f"{name}: {record.source}, {record.id[:12]}",
            reason=shown_reason(refused),
            texts=[record.text[:_SHOWN]],
        )


def _draws(run: Run, steps: list[str], part: str) -> Iterator[tuple[str, Path, int]]:
    """Yield step, shard and row of different records, the steps in turn: else the largest would fill the list."""
    generator = rng(0, f"report samples {part}")
    left = {name: number for name in steps if (number := count(run.root / name, part))}
    rows = {name: generator.sample(range(n), min(n, NUM_SAMPLES)) for name, n in left.items()}
    turns = [(turn, name) for name in rows for turn in range(len(rows[name]))]
    chosen = sorted(
        sorted(turns, key=lambda pair: pair[0])[:NUM_SAMPLES], key=lambda pair: steps.index(pair[1])
    )
    for turn, name in chosen:
        yield name, *_located(run.root / name, part, rows[name][turn])


def _located(folder: Path, part: str, row: int) -> tuple[Path, int]:
    for shard in shards(folder, part):
        if row < (number := count(shard)):
            return shard, row
        row -= number
    raise AssertionError(f"{folder} has no row {row} in {part}")


def provenance(run: Run) -> Section:
    """What the run was made from and with: enough to make it again, and to see whether two runs compare."""
    made = Table(headings=("what", "which"), rows=tuple(_made_from(run)), notes=())
    exhibits = [Exhibit(heading="Made from", table=made, wide=True)]
    for name, record in made_by(run, COLLECT).items():
        exhibits.append(_licenses(name, record.metrics))
    rows = tuple((r.name, str(r.identity["function"]), r.fingerprint) for r in run.steps.values())
    steps = Table(headings=("step", "function", "fingerprint"), rows=rows, notes=())
    exhibits.append(Exhibit(heading="Steps and fingerprints", table=steps, wide=True, folded=True))
    return Section(
        title="Provenance",
        says="Equal fingerprints mean equal functions, settings and inputs. Two runs whose rows here are equal "
        "made the same data.",
        exhibits=exhibits,
    )


def _made_from(run: Run) -> Iterator[tuple[str, str]]:
    for key in ("recipe", "size", "seed", "settings"):
        if run.about.get(key) not in (None, "", {}):
            yield key, _words(run.about[key])
    records = run.steps.values()
    yield "code", ", ".join(sorted({r.code or "not in git" for r in records})) + _dirty(run)
    yield "machine", "; ".join(sorted({r.machine for r in records}))
    for name in sorted({name for r in records for name in r.packages}):
        versions = {r.packages[name] for r in records if name in r.packages}
        yield f"package {name}", ", ".join(sorted(versions))
    for name, record in made_by(run, COLLECT).items():
        yield f"manifest of {name}", str(record.metrics["manifest"])
    stamps = [record.metrics["stamp"] for record in made_by(run, DECONTAMINATE).values()]
    checked = {(c["name"], c["problems"], c["digest"]) for stamp in stamps for c in stamp["checked"]}
    for name, number, digest in sorted(checked):
        yield f"benchmark {name}", f"{number:,} problems, {digest}"
    for teacher in _teachers(run):
        yield "teacher", teacher


def _dirty(run: Run) -> str:
    changed = any(record.code.endswith("+") for record in run.steps.values())
    return " (+ means with changes that were not committed)" if changed else ""


def _words(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key}={item}" for key, item in value.items())
    return str(value)


def _teachers(run: Run) -> list[str]:
    found = set()
    for names in chains(run).values():
        first = next(read_records(run.root / names[0]), None)
        if first is not None and first.origin is not None:
            found.add(f"{first.origin.teacher} {first.origin.model}".rstrip())
    return sorted(found)


def _licenses(name: str, metrics: Mapping[str, Any]) -> Exhibit:
    drawn = metrics["num_units_drawn_by_package"]
    rows = tuple(
        (root, license_, f"{drawn.get(root, 0):,}") for root, license_ in metrics["licenses"].items()
    )
    return Exhibit(
        heading=f"Licences of {name}",
        table=Table(headings=("package", "licence", "units drawn"), rows=rows, notes=()),
        tells=f"{metrics['num_files_drawn']:,} of {metrics['num_files_available']:,} files were read "
        f"({metrics['megabytes_available']:,.0f} MB).",
        wide=True,
        folded=True,
    )
