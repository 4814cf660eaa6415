"""The table that the whole recipe is for: every arm's score beside the others', on the same problems.

Arms are compared in pairs over problems, which is far sharper than comparing two intervals. Each score is
also split by similarity, as in phi-1's section 5 and its table 3: a problem is "similar" when a training record
matches its reference solution at an AST rate of at least tau. The split that counts is one for all arms, by the
data of any arm, so that its two parts hold the same problems for each of them and their scores compare; a second
one, by what each arm itself was trained on, says how much of that arm's score may be memory.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, ClassVar

import orjson
from pydantic import Field, model_validator

from hornbook.errors import UsageError
from hornbook.evaluate.pass_at_k import estimate, paired_difference, pass_at_k, ratio_difference
from hornbook.evaluate.score import Row, read_rows
from hornbook.evaluate.similar import read_similarity
from hornbook.step import Config, Context, Metrics

Rates = Mapping[str, Mapping[str, float]]
"""Each problem's highest match rate with each data set, as `read_similarity` gives them."""


class Compare(Config):
    """Which arms there are, and against which one they are measured."""

    VERSION: ClassVar[int] = 5

    arms: dict[str, tuple[str, ...]]
    """Names of the arms, in the order of the table, with the data sets each one was trained on."""
    baseline: str = "raw"
    """The arm that all others are measured against."""
    controls: dict[str, str] = Field(default_factory=dict)
    """For an arm, another one that asks what a part of its data was worth."""
    taus: tuple[Annotated[float, Field(ge=0.5, le=1.0)], ...] = (0.95, 0.90, 0.85, 0.80)
    """AST match rates from which a problem counts as similar: those of phi-1's table 3."""
    tau: float = 0.9
    """The one of `taus` that the score table shows."""
    seed: int = 0

    @model_validator(mode="after")
    def _tau_is_one_of_taus(self) -> Compare:
        if self.tau not in self.taus:
            raise ValueError(f"tau {self.tau} is not one of taus {self.taus}; name it there too")
        return self

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
    rates = read_similarity(similarity)
    _require_rates(rows[cfg.baseline], rates, cfg)
    table = {
        "arms": {arm: _arm(rows[arm], cfg) for arm in cfg.arms},
        "splits": _splits(rows, rates, cfg),
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


def _require_rates(rows: Sequence[Row], rates: Rates, cfg: Compare) -> None:
    """Raise UsageError unless every problem was compared with every data set that an arm was trained on."""
    for row in rows:
        found = rates.get(_key(row), {})
        for arm, sources in cfg.arms.items():
            if missing := [source for source in sources if source not in found]:
                raise UsageError(
                    f"arm {arm!r} was trained on {missing[0]!r}, but problem {row.id!r} of {row.benchmark} was "
                    "not compared with it; give the similarity step this data set and this benchmark"
                )


def _arm(rows: Sequence[Row], cfg: Compare) -> Metrics:
    return {
        name: {
            "pass@1": asdict(estimate(_passes(group), seed=cfg.seed)),
            "bits_per_byte": sum(r.bits for r in group) / sum(r.num_bytes for r in group),
            "num_shortened": sum(r.shortened for r in group),
        }
        for name, group in _grouped(rows).items()
    }


def _splits(rows: Mapping[str, Sequence[Row]], rates: Rates, cfg: Compare) -> dict[str, list[Metrics]]:
    """Return for each benchmark and rung one entry per tau: pass@1 of every arm, split in both ways."""
    grouped = {arm: _grouped(answered) for arm, answered in rows.items()}
    any_arm = _highest(rates, [source for sources in cfg.arms.values() for source in sources])
    own = {arm: _highest(rates, sources) for arm, sources in cfg.arms.items()}

    def entry(group: str, tau: float) -> Metrics:
        arms = {
            arm: {
                "any_arm": _split(grouped[arm][group], any_arm, tau, cfg.seed),
                "own": _split(grouped[arm][group], own[arm], tau, cfg.seed),
            }
            for arm in cfg.arms
        }
        return {"tau": tau, "arms": arms}

    return {group: [entry(group, tau) for tau in cfg.taus] for group in grouped[cfg.baseline]}


def _highest(rates: Rates, sources: Collection[str]) -> dict[str, float]:
    """Return the highest match rate of each problem with any record of `sources`; 0 without sources."""
    return {key: max((found[source] for source in sources), default=0.0) for key, found in rates.items()}


def _split(rows: Sequence[Row], highest: Mapping[str, float], tau: float, seed: int) -> Metrics:
    similar, others = (
        estimate(_passes([row for row in rows if (highest[_key(row)] >= tau) == wanted]), seed=seed)
        for wanted in (True, False)
    )
    return {"similar": asdict(similar), "not_similar": asdict(others)}


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


def _key(row: Row) -> str:
    """Return the name of a row's problem in `similarity.json`."""
    return f"{row.benchmark}/{row.id}"


def _passes(rows: Sequence[Row]) -> list[float]:
    return [pass_at_k(row.num_samples, row.num_correct, 1) for row in rows]
