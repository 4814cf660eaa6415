"""The table that the whole recipe is for: every arm's score beside the others', on the same problems.

Arms are compared in pairs over problems, which is far sharper than comparing two intervals. Each score is
also split by similarity, as in phi-1's section 5: a problem is "similar" when some training record of any
arm matches its reference solution at an AST rate of at least `tau`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import ClassVar

import orjson
from pydantic import Field, model_validator

from hornbook.errors import UsageError
from hornbook.evaluate.pass_at_k import estimate, paired_difference, pass_at_k, ratio_difference
from hornbook.evaluate.score import Row, read_rows
from hornbook.evaluate.similar import read_similarity
from hornbook.step import Config, Context, Metrics


class Compare(Config):
    """Which arms there are, and against which one they are measured."""

    VERSION: ClassVar[int] = 4

    arms: dict[str, tuple[str, ...]]
    """Names of the arms, in the order of the table, with the data sets each one was trained on."""
    baseline: str = "raw"
    """The arm that all others are measured against."""
    controls: dict[str, str] = Field(default_factory=dict)
    """For an arm, another one that asks what a part of its data was worth."""
    tau: float = Field(default=0.9, ge=0.0, le=1.0)
    """AST match rate from which a problem counts as similar (phi-1, section 5, tries 0.80 to 0.95)."""
    seed: int = 0

    @model_validator(mode="after")
    def _names_are_arms(self) -> Compare:
        for name in (self.baseline, *self.controls, *self.controls.values()):
            if name not in self.arms:
                raise ValueError(f"{name!r} is not one of the arms {', '.join(self.arms)}")
        return self


def compare(cfg: Compare, *, similarity: Path, out: Path, ctx: Context, **scores: Path) -> Metrics:
    """Return one row per arm and the paired differences to the baseline and the controls; write `table.json`.

    `scores` are folders of `evaluate` steps by arm name; an arm's training metrics come with its score.
    """
    rows = {arm: read_rows(scores[arm]) for arm in cfg.arms}
    _require_one_exam(rows)
    similar = read_similarity(similarity)
    table = {
        "arms": {arm: _arm(rows[arm], similar, cfg) for arm in cfg.arms},
        "paired_to_baseline": {
            arm: _paired(rows[arm], rows[cfg.baseline], cfg) for arm in cfg.arms if arm != cfg.baseline
        },
        "paired_to_control": {
            arm: {control: _paired(rows[arm], rows[control], cfg)} for arm, control in cfg.controls.items()
        },
        "tau": cfg.tau,
        "baseline": cfg.baseline,
    }
    (out / "table.json").write_bytes(orjson.dumps(table, option=orjson.OPT_INDENT_2))
    return table


def _require_one_exam(rows: Mapping[str, Sequence[Row]]) -> None:
    """Raise UsageError unless every arm answered the same problems with as many samples."""
    exams = {arm: [(r.benchmark, r.id, r.num_samples) for r in answered] for arm, answered in rows.items()}
    first = next(iter(exams))
    for arm, exam in exams.items():
        if exam != exams[first]:
            raise UsageError(
                f"arms {first!r} and {arm!r} sat different exams; give both the same Evaluate config"
            )


def _arm(rows: Sequence[Row], similar: Mapping[str, Mapping[str, float]], cfg: Compare) -> Metrics:
    sources = {source for data_sets in cfg.arms.values() for source in data_sets}

    def is_similar(row: Row) -> bool:
        # One split for all arms, so that its two columns hold the same problems for each of them.
        rates = similar.get(f"{row.benchmark}/{row.id}", {})
        return max((rates.get(source, 0.0) for source in sources), default=0.0) >= cfg.tau

    groups = _grouped(rows)
    return {
        name: {
            "pass@1": asdict(estimate(_passes(group), seed=cfg.seed)),
            "pass@1_similar": asdict(estimate(_passes([r for r in group if is_similar(r)]), seed=cfg.seed)),
            "pass@1_not_similar": asdict(
                estimate(_passes([r for r in group if not is_similar(r)]), seed=cfg.seed)
            ),
            "bits_per_byte": sum(r.bits for r in group) / sum(r.num_bytes for r in group),
            "num_shortened": sum(r.shortened for r in group),
        }
        for name, group in groups.items()
    }


def _paired(ours: Sequence[Row], theirs: Sequence[Row], cfg: Compare) -> Metrics:
    base = _grouped(theirs)
    return {
        name: {
            "pass@1": asdict(paired_difference(_passes(group), _passes(base[name]), seed=cfg.seed)),
            "bits_per_byte": asdict(
                ratio_difference(
                    [r.bits for r in group],
                    [r.bits for r in base[name]],
                    [r.num_bytes for r in group],
                    seed=cfg.seed,
                )
            ),
        }
        for name, group in _grouped(ours).items()
    }


def _grouped(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """Group rows by benchmark and rung; the whole ladder is a group of its own."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        names = ["ladder", f"rung {row.rung}"] if row.rung else [row.benchmark]
        for name in names:
            groups.setdefault(name, []).append(row)
    return groups


def _passes(rows: Sequence[Row]) -> list[float]:
    return [pass_at_k(row.num_samples, row.num_correct, 1) for row in rows]
