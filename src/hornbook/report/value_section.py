"""The section about the educational-value filter: labels, the classifier that learnt them, what was kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hornbook.report import bias_exhibits, pictures
from hornbook.report.run_folder import Run
from hornbook.report.section import CUT, FIT, KEEP, LABEL, LABEL_BY_TEACHER, Exhibit, Sample, Section, made_by
from hornbook.report.table import Table
from hornbook.value.judges import PROGRAM
from hornbook.value.rubric import GOOD

_LABELS = [i - 0.5 for i in range(7)]
_TICKS = {float(i): str(i) for i in range(6)}


def educational_value(run: Run) -> Section | None:
    """How the part of the raw code that is worth learning from was found."""
    exhibits: list[Exhibit] = []
    says = "Which raw code is worth learning from?"
    for name, record in made_by(run, LABEL, LABEL_BY_TEACHER).items():
        says += _labelled_by(record.metrics)
        exhibits += _labels(name, record.metrics)
    for name, record in made_by(run, FIT).items():
        exhibits += _classifier(name, record.metrics)
    for name, record in made_by(run, KEEP, CUT).items():
        exhibits += _kept(name, record.metrics)
    return Section(title="Educational value", says=says, exhibits=exhibits) if exhibits else None


def _labelled_by(metrics: Mapping[str, Any]) -> str:
    who = metrics["labelled_by"]
    number = f" {sum(metrics['label_histogram'].values()):,} of {metrics['num_available']:,} records"
    if who != PROGRAM:
        return f"{number} were labelled 0 to 5 by {who}; a classifier learnt those labels."
    return (
        f"{number} were labelled 0 to 5 by a program, which was fitted to what language models said of other code "
        "by a written rubric: no person judged them. The classifier learns the program's taste, and the scores "
        "below say how well it does that, not how good the taste is."
    )


def _labels(name: str, metrics: Mapping[str, Any]) -> Iterator[Exhibit]:
    counts = [metrics["label_histogram"][str(value)] for value in range(6)]
    yield Exhibit(
        heading="Labels by the judge",
        picture=pictures.histogram(
            _LABELS,
            counts,
            title=f"Labels of {name}",
            x_label="label",
            ticks=_TICKS,
            cut=GOOD - 0.5,
            cut_says=f"good from {GOOD} on",
        ),
        tells=f"{100 * metrics['share_good']:.0f} % of the labelled records earn {GOOD} points or more: most "
        "real code was not written to teach.",
    )
    if metrics["labelled_by"] == PROGRAM:
        yield _criteria(name, metrics)
    if metrics.get("kappa") is not None:
        yield _agreement(name, metrics)


def _criteria(name: str, metrics: Mapping[str, Any]) -> Exhibit:
    """Show what the program's rules saw; other judges say why in words, beside each label."""
    shares = {criterion: 100 * share for criterion, share in metrics["criteria_shares"].items()}
    hardest = min(shares, key=lambda criterion: shares[criterion])
    return Exhibit(
        heading="How often each criterion holds",
        picture=pictures.bars(shares, title=f"Criteria of {name}", unit=" %"),
        tells=f"The rubric's five criteria, as rules see them. Rarest: {hardest}.",
    )


def _agreement(name: str, metrics: Mapping[str, Any]) -> Exhibit:
    rows = (("kappa", f"{metrics['kappa']:.2f}"), ("same label", f"{100 * metrics['passes_equal']:.0f} %"))
    return Exhibit(
        heading="Does the judge agree with itself?",
        table=Table(headings=(name, "two passes"), rows=rows, notes=()),
        tells="Each unit was judged twice. Kappa is 1 when both passes always agree, 0 when only by chance.",
    )


def _classifier(name: str, metrics: Mapping[str, Any]) -> Iterator[Exhibit]:
    rows = [
        ("F1", f"{metrics['f1']:.3f}", f"{metrics['f1_of_all_good']:.3f} (calling all good)"),
        ("precision", f"{metrics['precision']:.3f}", ""),
        ("recall", f"{metrics['recall']:.3f}", ""),
        ("accuracy", f"{metrics['accuracy']:.3f}", f"{metrics['accuracy_of_majority']:.3f} (larger class)"),
        ("mean absolute error, points", f"{metrics['mean_absolute_error']:.3f}", ""),
        *((key.replace("_", " "), f"{number:,}", "") for key, number in metrics["confusion"].items()),
    ]
    yield Exhibit(
        heading="Does the classifier know good code?",
        table=Table(headings=("held-out files", "classifier", "without looking"), rows=tuple(rows), notes=()),
        tells=f"Trained on {metrics['num_train']:,} labels, tested on {metrics['num_held_out']:,} from files it "
        f"never saw. F1 {metrics['f1']:.2f} against {metrics['f1_of_all_good']:.2f} for calling all good.",
    )
    yield from _learnt(name, metrics)
    yield from bias_exhibits.probes(metrics["probes"])


def _learnt(name: str, metrics: Mapping[str, Any]) -> Iterator[Exhibit]:
    """Thresholds, calibration, what the trees look at, and units at the border; of old runs nothing."""
    if "calibration" not in metrics:
        return
    points = [(part["mean_chance"], part["share_good"]) for part in metrics["calibration"]]
    yield Exhibit(
        heading="Does a chance mean what it says?",
        picture=pictures.curves(
            [
                pictures.Curve(label="held-out units", points=points),
                pictures.Curve(
                    label="as it should be", points=[(0, 0), (1, 1)], color=pictures.MUTED, dashed=True
                ),
            ],
            title=f"Calibration of {name}",
            x_label="chance to be good, as the classifier says",
            y_label="share that is good",
        ),
        tells=f"Each point is a tenth of the units. The chances are off by {metrics['calibration_error']:.3f} on "
        "average.",
    )
    headings = ("threshold", "share_called_good", "precision", "recall", "f1")
    rows = [tuple(f"{of[key]:.3f}" for key in headings) for of in metrics["at_thresholds"]]
    shown = tuple(heading.replace("_", " ") for heading in headings)
    yield Exhibit(
        heading="Other thresholds",
        table=Table(headings=shown, rows=tuple(rows), notes=()),
        tells="A lower threshold keeps more, and more that is poor.",
        folded=True,
    )
    if "top_features" in metrics:
        shares = {column: 100 * share for column, share in metrics["top_features"].items()}
        yield Exhibit(
            heading="What the trees look at",
            picture=pictures.bars(shares, title=f"Splits of {name}", unit=" %"),
            tells="Share of all splits that look at a count.",
            folded=True,
        )
    yield Exhibit(
        heading="At the border",
        samples=[
            Sample(summary=f"{unit['score']:.2f}: {unit['source']}", texts=[unit["text"]])
            for unit in metrics["border"]
        ],
        tells=f"Units just below and just above the threshold, {metrics['threshold']:.2f}.",
    )


def _called_good(metrics: Mapping[str, Any]) -> str:
    """Say what the classifier thinks of all; nothing where only its scores were at hand."""
    if "share_called_good" not in metrics:
        return ""
    share = f"{100 * metrics['share_called_good']:.0f} % good"
    return f" The classifier calls {share} (score {metrics['threshold_of_good']:.2f} or more)."


def _kept(name: str, metrics: Mapping[str, Any]) -> Iterator[Exhibit]:
    histogram, judged = metrics["score_histogram"], metrics["judged"]
    yield Exhibit(
        heading=f"Scores of all records ({name})",
        picture=pictures.histogram(
            histogram["edges"],
            histogram["counts"],
            title=f"Scores of {name}",
            x_label="score by the classifier",
            ticks=_TICKS,
            cut=metrics["threshold"],
            cut_says=f"kept from {metrics['threshold']:.2f}",
        ),
        tells=f"The best {metrics['num_kept']:,} of {metrics['num_in']:,} records stay.{_called_good(metrics)}",
    )
    kept, rejected = judged["kept"], judged["rejected"]
    rows = [
        ("records judged", *(f"{side['num_judged']:,}" for side in (kept, rejected))),
        ("mean label", *(f"{side['mean_label']:.2f}" for side in (kept, rejected))),
        ("share good", *(f"{100 * side['share_good']:.0f} %" for side in (kept, rejected))),
        *(
            (f"label {value}", *(f"{side['label_histogram'][str(value)]:,}" for side in (kept, rejected)))
            for value in range(6)
        ),
    ]
    yield Exhibit(
        heading="What the judge says of both sides",
        table=Table(headings=("drawn by seed", "kept", "rejected"), rows=tuple(rows), notes=()),
        tells=f"Of what was kept the judge calls {100 * kept['share_good']:.0f} % good, of what was rejected "
        f"{100 * rejected['share_good']:.0f} %. The further apart, the more the filter does.",
    )
    yield from bias_exhibits.topics(name, metrics["topics"])
