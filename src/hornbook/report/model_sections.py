"""Sections about the models: scores of the arms and learning curves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import orjson

from hornbook.report import pictures
from hornbook.report.pictures import ARM_COLORS, Curve, Interval
from hornbook.report.run_folder import Run
from hornbook.report.section import TRAIN, Exhibit, Section, made_by
from hornbook.report.table import Table, score_table
from hornbook.step import StepRecord

RUNGS = {
    "rung 1": "Rung 1: families seen in training",
    "rung 2": "Rung 2: new compositions",
    "rung 3": "Rung 3: new words for seen families",
    "rung 4": "Rung 4: families never seen",
}
_MOST_POINTS = 40


def scores(run: Run) -> Section | None:
    """pass@1 and bits per byte of every arm, with intervals, and the table."""
    table = score_table(run)
    if table is None:
        return None
    metrics = run.steps["table"].metrics
    arms = metrics["arms"]
    groups = [name for name in next(iter(arms.values())) if name != "ladder"]
    return Section(
        title="Scores",
        says="The same model and the same number of training tokens on each mix of data: which mix teaches "
        "most? First how much less a right solution surprises each model, which shows before any problem is "
        "solved; then the share solved at the first try, every one executed. Lines are 95 % intervals.",
        exhibits=[
            *_bits(metrics, ["ladder", "rung 4", *(g for g in groups if g not in RUNGS)]),
            *(_passes(metrics, group) for group in groups),
            Exhibit(heading="The table", table=table.transposed(), wide=True),
        ],
    )


def _passes(metrics: Mapping[str, Any], group: str) -> Exhibit:
    arms = metrics["arms"]
    highest = max(values[g]["pass@1"]["high"] for values in arms.values() for g in values)
    rows = [arm_interval(arm, arms[arm][group]["pass@1"], i) for i, arm in enumerate(arms)]
    number = next(iter(arms.values()))[group]["pass@1"]["num_problems"]
    heading = RUNGS.get(group, group)
    return Exhibit(
        heading=heading,
        picture=pictures.intervals(
            rows,
            title=f"pass@1 in percent, {heading}, {number} problems",
            low=0,
            high=scale_end(100 * highest),
        ),
        tells=f"Percent of {number:,} problems solved. {compared(metrics, group)}",
    )


def scale_end(percent: float) -> float:
    """Return a round end of the scale, the same for all pictures beside each other."""
    return next(top for top in (5.0, 10.0, 20.0, 40.0, 60.0, 80.0, 100.0) if percent <= top + 1e-6)


def arm_interval(arm: str, estimate: Mapping[str, float], i: int, scale: float = 100) -> Interval:
    """Return an arm's estimate to draw, in the color of the arm at place `i`."""
    mean, low, high = (scale * estimate[key] for key in ("mean", "low", "high"))
    return Interval(label=arm, mean=mean, low=low, high=high, color=ARM_COLORS[i % len(ARM_COLORS)])


def compared(metrics: Mapping[str, Any], group: str) -> str:
    """Say in words which arms differ from the baseline on the same problems by more than chance explains."""
    baseline = metrics["baseline"]
    differences = {arm: found[group]["pass@1"] for arm, found in metrics["paired_to_baseline"].items()}
    sure = {arm: d for arm, d in differences.items() if d["low"] > 0 or d["high"] < 0}
    if not sure:
        return f"Chance alone could explain every difference from {baseline}."
    said = [
        f"{arm} {100 * d['mean']:+.1f} points [{100 * d['low']:+.1f}, {100 * d['high']:+.1f}]"
        for arm, d in sure.items()
    ]
    return f"Against {baseline}, problem by problem: {', '.join(said)}; more than chance explains."


def better_in_bits(metrics: Mapping[str, Any], group: str) -> list[str]:
    """Return the arms that the reference solutions surprise less than the baseline, beyond chance."""
    found = {arm: d[group]["bits_per_byte"] for arm, d in metrics["paired_to_baseline"].items()}
    return [arm for arm, d in found.items() if d["high"] < 0]


def _bits(metrics: Mapping[str, Any], groups: Sequence[str]) -> Iterator[Exhibit]:
    names = list(metrics["arms"])
    for group in groups:
        found = {arm: d[group]["bits_per_byte"] for arm, d in metrics["paired_to_baseline"].items()}
        if not found:
            return
        rows = [arm_interval(arm, found[arm], names.index(arm), scale=1) for arm in found]
        reach = max(abs(x) for row in rows for x in (row.low, row.high)) or 1.0
        name = RUNGS.get(group, group)
        heading = f"Bits per byte, {name[0].lower()}{name[1:]}: difference from {metrics['baseline']}"
        base = metrics["arms"][metrics["baseline"]][group]["bits_per_byte"]
        yield Exhibit(
            heading=heading,
            picture=pictures.intervals(
                rows, title=heading, low=-1.1 * reach, high=1.1 * reach, digits=3, signed=True
            ),
            tells="How surprised each model is by the reference solutions, against "
            f"{metrics['baseline']} ({base:.3f}); further left is better. {beyond_chance(found)}",
        )


def beyond_chance(found: Mapping[str, Mapping[str, float]]) -> str:
    """Say which arms are better in bits, and which worse, by more than chance explains."""
    better = [arm for arm, d in found.items() if d["high"] < 0]
    worse = [arm for arm, d in found.items() if d["low"] > 0]
    said = [
        f"{how} by more than chance: {', '.join(a)}."
        for how, a in (("Better", better), ("Worse", worse))
        if a
    ]
    return " ".join(said) or "Chance could explain it all."


def learning(run: Run) -> Section | None:
    """Training loss against tokens, one line per training step."""
    steps = made_by(run, TRAIN)
    if not steps:
        return None
    arms = list(run.steps["table"].metrics["arms"]) if "table" in run.steps else []
    order = list(dict.fromkeys([*arms, *(_arm_of(name) for name in steps)]))
    steps = dict(sorted(steps.items(), key=lambda item: (order.index(_arm_of(item[0])), item[0][::-1])))
    return Section(
        title="Learning",
        says="Training loss, smoothed. A trunk (dashed) is the first part of an arm's budget, the arm the rest.",
        exhibits=[
            Exhibit(
                heading="Loss against tokens",
                picture=_loss_curves(run, steps, order),
                tells="Lines that still fall at their end would gain from more tokens. Losses on different data "
                "do not compare with each other; the scores above do.",
                wide=True,
            ),
            Exhibit(
                heading="Every training step",
                table=Table(
                    headings=_TRAINED,
                    rows=tuple((name, *_trained(record.metrics)) for name, record in steps.items()),
                    notes=(),
                ),
                tells="Equal tokens of an equal model are equal computing, and padding counts as tokens. Reading "
                "the same text up to about four times is nearly as good as new text (arXiv 2305.16264); more "
                "adds little. Documents longer than the context are read in pieces. The share of the matrix rate "
                "is of what plain products reached when the step began, so other work on the machine moves it. "
                f"{_energy(steps.values())}",
                wide=True,
            ),
        ],
    )


def _loss_curves(run: Run, steps: Iterable[str], order: Sequence[str]) -> str:
    lines = []
    for name in steps:
        logged = [orjson.loads(line) for line in (run.root / name / "losses.jsonl").read_bytes().splitlines()]
        points = _thinned([(point["tokens"] / 1e6, point["loss"]) for point in logged])
        color = ARM_COLORS[order.index(_arm_of(name)) % len(ARM_COLORS)]
        lines.append(Curve(label=name, points=points, color=color, dashed=name.startswith("trunk")))
    return pictures.curves(
        [line for line in lines if line.points],
        title="Training loss",
        x_label="million tokens of the arm's budget",
        y_label="loss, nats per token",
    )


_TRAINED = (
    *("step", "tokens", "padding, %", "seconds", "tokens/s", "matrix rate, %", "Wh"),
    *("parameters", "loss", "dev bits/byte", "epochs", "longer than context, %", "mode"),
)


def _trained(metrics: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        f"{metrics['tokens']:,}",
        f"{100 * metrics['padding']:.1f}",
        f"{metrics['seconds']:,.0f}",
        f"{metrics['tokens_per_second']:,.0f}",
        f"{100 * metrics['utilization']:.0f}",
        f"{1000 * metrics['energy_kwh']:.2f}",
        f"{metrics['parameters']:,}",
        f"{metrics['final_loss']:.3f}",
        _dev(metrics),
        ", ".join(
            f"{name.removeprefix('tokens_')} {epochs:.2f}" for name, epochs in metrics["epochs"].items()
        ),
        # Steps of before this was noted have none.
        ", ".join(
            f"{name.removeprefix('tokens_')} {100 * share:.1f}"
            for name, share in metrics.get("longer_than_context", {}).items()
        ),
        f"{metrics['precision']}, {metrics['threads']} threads, {'compiled' if metrics['compiled'] else 'eager'}"
        + (f"; resumed with {changed}" if (changed := metrics["mode_changed_on_resume"]) else ""),
    )


def _energy(records: Iterable[StepRecord]) -> str:
    found = [record.metrics for record in records]
    methods = ", ".join(sorted({metrics["energy_method"] for metrics in found}))
    return f"All of it took {1000 * sum(m['energy_kwh'] for m in found):.1f} Wh ({methods})."


def _dev(metrics: Mapping[str, Any]) -> str:
    """Say how well the dev set was foretold, and by which update if not the last."""
    if "dev_bits_per_byte" not in metrics:
        return ""
    bits, chosen = metrics["dev_bits_per_byte"], metrics["chosen_update"]
    return f"{bits:.3f}" + ("" if chosen == metrics["last_update"] else f" (update {chosen:,})")


def _arm_of(step: str) -> str:
    """Return "raw" for "trunk_raw" and "arm_raw": both have the arm's color."""
    return step.partition("_")[2] or step


def _thinned(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Average neighbouring points down to a number that a phone can show."""
    width = max(1, -(-len(points) // _MOST_POINTS))
    chunks = [points[i : i + width] for i in range(0, len(points), width)]
    return [(chunk[-1][0], sum(loss for _, loss in chunk) / len(chunk)) for chunk in chunks]
