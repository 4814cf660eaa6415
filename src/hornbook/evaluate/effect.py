"""What a filter was worth: every arm's bits per byte on every exam, against one arm, over texts and seeds.

An arm is a data set; it was trained once per seed, and the n-th training of each arm began with the same weights.
A change is a ratio of sums over the same texts, in which a long text counts by its bytes. Its interval comes from
drawing groups of texts and, apart from them, trainings anew with replacement: with two seeds there are only three
different draws of trainings, so the interval shows that seeds differ, and little of how much they might.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from pydantic import Field, model_validator

from hornbook.errors import UsageError
from hornbook.evaluate.foretell import Bits, by_exam, read_bits
from hornbook.evaluate.pass_at_k import REPEATS, Estimate
from hornbook.step import Config, Context, Metrics

Floats = npt.NDArray[np.float64]


class Effect(Config):
    """Which arms there are, and which question they answer."""

    arms: dict[str, str]
    """What each arm is in words ("filtering at 30 %"), by name and in the order of the table."""
    num_seeds: int = Field(ge=1)
    """Trainings of every arm."""
    baseline: str = "raw"
    """The arm that all others are measured against."""
    main: str
    """The arm whose verdict stands first."""
    seed: int = 0
    """Seed of the bootstrap."""

    @model_validator(mode="after")
    def _names_are_arms(self) -> Effect:
        for name in (self.baseline, self.main):
            if name not in self.arms:
                raise ValueError(f"{name!r} is not one of the arms {', '.join(self.arms)}")
        if self.main == self.baseline:
            raise ValueError(f"main is {self.main!r}, the arm that it is measured against; name another")
        return self


@dataclass(frozen=True, slots=True)
class Amounts:
    """What the trainings of an arm needed for one exam."""

    bits: Floats
    """Shape (seeds, groups)."""
    num_bytes: Floats
    """Shape (groups,)."""
    num_texts: int


def effect(cfg: Effect, *, out: Path, ctx: Context, **scores: Path) -> Metrics:
    """Return each exam's bits per byte by arm, the change against the baseline in percent, and the verdicts.

    `scores` are folders of `foretell` steps, named `ARM_0`, `ARM_1`, ... by training. Raises UsageError when they
    did not sit the same exams.
    """
    rows = {arm: [read_bits(scores[f"{arm}_{i}"]) for i in range(cfg.num_seeds)] for arm in cfg.arms}
    _require_one_exam(rows)
    exams = {exam: _exam(cfg, exam, rows) for exam in by_exam(rows[cfg.baseline][0])}
    verdicts = {arm: verdict(cfg, arm, exams) for arm in cfg.arms if arm != cfg.baseline}
    return {
        "baseline": cfg.baseline,
        "main": cfg.main,
        "says": cfg.arms,
        "num_seeds": cfg.num_seeds,
        "exams": exams,
        "verdict": verdicts[cfg.main],
        "verdicts": verdicts,
    }


def _require_one_exam(rows: Mapping[str, Sequence[Sequence[Bits]]]) -> None:
    exams = {
        f"{arm}_{i}": [(row.exam, row.id, row.num_bytes) for row in found]
        for arm, trainings in rows.items()
        for i, found in enumerate(trainings)
    }
    first = next(iter(exams))
    for name, exam in exams.items():
        if exam != exams[first]:
            raise UsageError(f"{first!r} and {name!r} sat different exams; give both the same inputs")


def _exam(cfg: Effect, exam: str, rows: Mapping[str, Sequence[Sequence[Bits]]]) -> Metrics:
    found = {arm: amounts([by_exam(r)[exam] for r in trainings]) for arm, trainings in rows.items()}
    base = found[cfg.baseline]
    return {
        "num_texts": base.num_texts,
        "num_groups": len(base.num_bytes),
        "arms": {
            arm: {
                "bits_per_byte": asdict(per_byte(of_arm, seed=cfg.seed)),
                "by_seed": (of_arm.bits.sum(axis=1) / of_arm.num_bytes.sum()).tolist(),
            }
            for arm, of_arm in found.items()
        },
        "change_percent": {
            arm: asdict(change(of_arm, base, seed=cfg.seed))
            for arm, of_arm in found.items()
            if arm != cfg.baseline
        },
    }


def amounts(trainings: Sequence[Sequence[Bits]]) -> Amounts:
    """Add up each training's bits by group of texts; all have the same texts in the same order."""
    groups = {group: i for i, group in enumerate(dict.fromkeys(row.group for row in trainings[0]))}
    owners = [groups[row.group] for row in trainings[0]]

    def added(values: Sequence[float]) -> Floats:
        return np.bincount(owners, weights=values, minlength=len(groups)).astype(np.float64)

    bits = np.stack([added([row.bits for row in rows]) for rows in trainings])
    return Amounts(bits, added([row.num_bytes for row in trainings[0]]), num_texts=len(owners))


def per_byte(found: Amounts, *, seed: int = 0) -> Estimate:
    """Return bits per byte over all trainings, with a 95 % interval over groups of texts and trainings."""
    of_texts, of_seeds = _draws(found, seed)
    bits = ((of_seeds @ found.bits) * of_texts).sum(axis=1) / len(found.bits)
    return _estimate(
        found, found.bits.mean(axis=0).sum() / found.num_bytes.sum(), bits / (of_texts @ found.num_bytes)
    )


def change(ours: Amounts, theirs: Amounts, *, seed: int = 0) -> Estimate:
    """Return by how many percent our bits differ from theirs on the same texts; below 0 is better."""
    of_texts, of_seeds = _draws(ours, seed)
    our, their = (((of_seeds @ found.bits) * of_texts).sum(axis=1) for found in (ours, theirs))
    mean = 100 * (ours.bits.sum() / theirs.bits.sum() - 1)
    return _estimate(ours, mean, 100 * (our / their - 1))


def _draws(found: Amounts, seed: int) -> tuple[Floats, Floats]:
    """Return how often each draw takes each group (REPEATS, groups) and each training (REPEATS, seeds)."""
    generator = np.random.Generator(np.random.PCG64(seed))
    num_seeds, num_groups = found.bits.shape
    of_texts, of_seeds = (
        generator.multinomial(size, np.full(size, 1 / size), size=REPEATS).astype(np.float64)
        for size in (num_groups, num_seeds)
    )
    return of_texts, of_seeds


def _estimate(found: Amounts, mean: float, draws: Floats) -> Estimate:
    low, high = np.quantile(draws, [0.025, 0.975])
    return Estimate(mean=float(mean), low=float(low), high=float(high), num_problems=found.num_texts)


def verdict(cfg: Effect, arm: str, exams: Mapping[str, Metrics]) -> str:
    """Say in one sentence what an arm's data did to bits per byte, exam by exam, as far as chance allows."""
    said: dict[str, list[str]] = {"lowers": [], "raises": [], "does not settle": []}
    for exam, found in exams.items():
        by = found["change_percent"][arm]
        low, high = by["low"], by["high"]
        if low <= 0 <= high:
            said["does not settle"].append(
                f"{exam} ({_signed(by['mean'])} % [{_signed(low)}, {_signed(high)}])"
            )
        elif high < 0:
            said["lowers"].append(f"{exam} by {-by['mean']:.1f} % [{-high:.1f}, {-low:.1f}]")
        else:
            said["raises"].append(f"{exam} by {by['mean']:.1f} % [{low:.1f}, {high:.1f}]")
    parts = [f"{verb} bits per byte on {_listed(found)}" for verb, found in said.items() if found]
    parts = [part.replace("settle bits per byte on", "settle whether it helps on") for part in parts]
    seeds = f"{cfg.num_seeds} seed" + "s" * (cfg.num_seeds > 1)
    sentence = (
        f"{cfg.arms[arm]} {_listed(parts)}, against {cfg.arms[cfg.baseline]} at equal tokens ({seeds})."
    )
    return sentence[0].upper() + sentence[1:]


def _signed(value: float) -> str:
    return f"{value:+.1f}"


def _listed(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1])] * (len(words) > 1) + [words[-1]])
