"""phi-1's figure 2.1 in miniature: four data mixes, one small model, equal compute, one table.

    ladder ───────────────────────────────┐
    corpus ─ unique ─ raw ─ labels ─ classifier ─ filtered
    textbooks:  accepted ─ unique ─ decontaminated
    exercises:  accepted ─ unique ─ decontaminated
    tokenizer ─ tokens ─ trunks (0.2 of the budget) ─ arms (the rest) ─ scores ─ table

An arm is a trunk and a finish. One learning-rate schedule runs over both, so arms that share a trunk differ
only in what their finish reads, and every arm has made the same number of updates of the same model, each with
room for the same number of tokens.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from hornbook.benchmarks.ladder import DevSet, Ladder, dev_set, ladder
from hornbook.benchmarks.readers import read_benchmark
from hornbook.corpus.installed import Installed, collect, find_manifest
from hornbook.errors import UsageError
from hornbook.evaluate.compare import Compare, compare
from hornbook.evaluate.score import Evaluate, evaluate
from hornbook.evaluate.similar import Similar, similarity
from hornbook.lessons.answer import Asked
from hornbook.lessons.exercise import Exercises, exercises
from hornbook.lessons.textbook import Textbooks, textbooks
from hornbook.quality.check import Check
from hornbook.quality.decontaminate import Decontaminate, decontaminate
from hornbook.quality.dedup import Dedup, dedup
from hornbook.quality.diversity import Diversity, measure
from hornbook.step import Step
from hornbook.value.classifier import Fit, fit
from hornbook.value.keeping import Keep, keep
from hornbook.value.labels import Label, label

Size = Literal["smoke", "laptop", "full"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dial:
    """What one size means; everything else follows."""

    model: str
    """Preset of `lm.model`."""
    million_tokens: float
    """Training budget of every arm."""
    num_code: int
    num_labels: int
    num_textbooks: int
    num_exercises: int
    problems_per_rung: int
    raw_control: bool
    """Whether a fifth arm fine-tunes the raw model on exercises."""


DIALS: Mapping[Size, Dial] = {
    "smoke": Dial(
        model="smoke",
        million_tokens=0.1,
        num_code=1200,
        num_labels=600,
        num_textbooks=300,
        num_exercises=600,
        problems_per_rung=20,
        raw_control=False,
    ),
    "laptop": Dial(
        model="1M",
        million_tokens=1.3,
        num_code=8000,
        num_labels=3000,
        num_textbooks=3000,
        num_exercises=7500,
        problems_per_rung=250,
        raw_control=False,
    ),
    "full": Dial(
        model="1M",
        million_tokens=6.6,
        num_code=20000,
        num_labels=5000,
        num_textbooks=12000,
        num_exercises=30000,
        problems_per_rung=300,
        raw_control=True,
    ),
}


MOST_GRADED = 3000
"""About so many exercises have their tests graded by mutants, at 9 CPU milliseconds each: 27 seconds."""

TRUNK = 0.2
"""Share of an arm's budget that its trunk takes; the finish, where the exercises are, takes the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arm:
    """Which share of its batches the trunk and the finish of an arm read of which data set."""

    trunk: Mapping[str, float]
    finish: Mapping[str, float]

    def data(self) -> tuple[str, ...]:
        """Return every data set that the arm reads, in the order of reading."""
        return tuple(dict.fromkeys([*self.trunk, *self.finish]))


BOOKISH = {"filtered": 0.5, "textbooks": 0.5}
ARMS: dict[str, Arm] = {
    "raw": Arm(trunk={"raw": 1.0}, finish={"raw": 1.0}),
    "filtered": Arm(trunk={"filtered": 1.0}, finish={"filtered": 1.0}),
    "textbooks": Arm(trunk=BOOKISH, finish=BOOKISH),
    "exercises": Arm(trunk=BOOKISH, finish={"exercises": 0.9, "filtered": 0.07, "textbooks": 0.03}),
}
"""The last arm goes on reading a little of what its trunk read, so that less of it is forgotten.

At laptop size a finish with 0.85 exercises solved 4.0 % of rung 1 and needed 1.45 bits per byte on the families
held out of training; exercises alone 2.8 % and 1.67. At full size it costs more (LOG.md), hence 0.9."""
RAW_EXERCISES = "raw_exercises"
CONTROL: dict[str, Arm] = {RAW_EXERCISES: Arm(trunk={"raw": 1.0}, finish={"exercises": 0.9, "raw": 0.1})}
"""Asks whether exercises alone, without the filter and the textbooks, would have done it."""


def laptop(
    *,
    size: Size = "laptop",
    seed: int = 0,
    benchmarks: Mapping[str, Path] | None = None,
    teacher: str | Asked = "offline",
    diversity: Literal["fixed", "slots", "loop"] = "loop",
    exclude_similar: float | None = None,
) -> list[Step]:
    """Return the steps of the whole recipe; `benchmarks` are HumanEval- or MBPP-format files by name.

    `teacher` writes textbooks and exercises; one behind an endpoint (`Asked`) needs `Context.access` to run.
    `diversity` says what makes its answers differ, as in `Drafts`. `exclude_similar` drops textbooks and exercises
    whose syntax tree matches a problem's solution at that rate or more, as phi-1 does in section 5.
    """
    dial = DIALS[size]
    given = readable(benchmarks or {}, RESERVED_NAMES)
    held_out = Step("ladder", ladder, Ladder(per_rung=dial.problems_per_rung, seed=seed))

    # 1. Raw code, without copies and without benchmark problems.
    manifest = find_manifest()
    corpus = Step(
        "corpus", collect, Installed(num_records=dial.num_code, manifest=manifest.digest, seed=seed)
    )
    raw = _clean("raw", corpus, held_out, given)

    # 2. The part worth learning from.
    labels = Step("labels", label, Label(num_labels=dial.num_labels, seed=seed), {"corpus": raw})
    classifier = Step("classifier", fit, Fit(), {"labels": labels})
    filtered = Step("filtered", keep, Keep(), {"corpus": raw, "classifier": classifier})

    # 3. Textbooks and exercises, every line of them executed before it is accepted.
    wanted: dict[str, Any] = {"seed": seed, "teacher": teacher, "diversity": diversity}
    pages = Textbooks(count=dial.num_textbooks, **wanted)
    tests = Check(mutant_share=min(1.0, MOST_GRADED / dial.num_exercises))
    tasks = Exercises(count=dial.num_exercises, check=tests, **wanted)
    book = _clean("textbooks", Step("textbooks_accepted", textbooks, pages), held_out, given, exclude_similar)
    drill = _clean(
        "exercises", Step("exercises_accepted", exercises, tasks), held_out, given, exclude_similar
    )
    sets = {"raw": raw, "filtered": filtered, "textbooks": book, "exercises": drill}
    gates = {step.name: step for data in (filtered, book, drill) for step in _way(data)}
    varied = Step("diversity", measure, Diversity(seed=seed), gates, one_core=True)

    # 4. Train every arm, examine it, and lay the scores side by side.
    arms = ARMS | (CONTROL if dial.raw_control else {})
    models = _trained(dial, seed, arms, sets, _dev_records(dial, seed))
    return [varied, _compared(seed, arms, models, held_out, sets, given)]


def _dev_records(dial: Dial, seed: int) -> Step:
    """Return the problems by which every arm chooses among its weights; the exam has none of them."""
    return Step("dev", dev_set, DevSet(after=dial.problems_per_rung, seed=seed))


def _trained(
    dial: Dial, seed: int, arms: Mapping[str, Arm], sets: Mapping[str, Step], dev: Step
) -> dict[str, Step]:
    """Return the last training step of every arm: one tokenizer and one schedule for all, trunks shared."""
    from hornbook.lm.tokens import TokenizeConfig, TokenizerConfig, tokenize, train_tokenizer
    from hornbook.lm.train import Train, train

    texts = {name: sets[name] for name in ("raw", "textbooks", "exercises")}
    tokenizer = Step("tokenizer", train_tokenizer, TokenizerConfig(seed=seed), texts)
    tokens = {
        name: Step(f"tokens_{name}", tokenize, TokenizeConfig(), {"tokenizer": tokenizer, "records": data})
        for name, data in {**sets, "dev": dev}.items()
    }
    schedule = {"size": dial.model, "budget_tokens": round(1e6 * dial.million_tokens), "seed": seed}

    def part(name: str, data: Mapping[str, float], init: Step | None = None) -> Step:
        mix = {f"tokens_{source}": share for source, share in data.items()}
        cfg = Train(**schedule, mix=mix, start=TRUNK) if init else Train(**schedule, mix=mix, stop=TRUNK)
        inputs = {"tokenizer": tokenizer, **{f"tokens_{source}": tokens[source] for source in data}}
        last = {"init": init, "dev": tokens["dev"]} if init else {}
        return Step(name, train, cfg, inputs | last, one_core=True)

    def mixed(arm: Arm) -> tuple[tuple[str, float], ...]:
        return tuple(arm.trunk.items())

    trunks = {mixed(arm): part(f"trunk_{[*arm.trunk][-1]}", arm.trunk) for arm in arms.values()}
    return {name: part(f"arm_{name}", arm.finish, trunks[mixed(arm)]) for name, arm in arms.items()}


def _compared(
    seed: int,
    arms: Mapping[str, Arm],
    models: Mapping[str, Step],
    held_out: Step,
    sets: Mapping[str, Step],
    benchmarks: Mapping[str, Path],
) -> Step:
    """Return the step that lays the scores of all arms side by side."""
    exam: dict[str, Step | Path] = {"ladder": held_out, **benchmarks}
    scores = {
        name: Step(f"score_{name}", evaluate, Evaluate(seed=seed), {"model": model, **exam}, one_core=True)
        for name, model in models.items()
    }
    near = Step("similarity", similarity, Similar(), {**sets, **exam})
    seen = {name: arm.data() for name, arm in arms.items()}
    cfg = Compare(arms=seen, controls={"exercises": RAW_EXERCISES} if RAW_EXERCISES in arms else {})
    return Step("table", compare, cfg, {"similarity": near, **scores})


RESERVED_NAMES = {
    "cfg",
    "ctx",
    "out",
    "dev",
    "ladder",
    "model",
    "records",
    "raw",
    "filtered",
    "textbooks",
    "exercises",
}
"""Names of inputs that a benchmark may not take."""


def readable(benchmarks: Mapping[str, Path], reserved: Collection[str]) -> dict[str, Path]:
    """Read every benchmark once, before anything is spent, and return them all.

    Raises QualityGate for one that cannot be read, UsageError for one whose name is `reserved` or no plain word.
    """
    for name, path in benchmarks.items():
        if not name.isidentifier() or name in reserved:
            raise UsageError(
                f"--benchmark {name}={path}: this name is taken or no plain word; use one such as humaneval"
            )
        read_benchmark(name, path)
    return dict(benchmarks)


def _way(data: Step) -> list[Step]:
    """Return the steps that the records of `data` went through, first one first, and itself."""
    before = data.inputs.get("records", data.inputs.get("corpus"))
    return [*(_way(before) if isinstance(before, Step) else ()), data]


def _clean(
    name: str,
    records: Step,
    held_out: Step,
    benchmarks: Mapping[str, Path],
    exclude_similar: float | None = None,
) -> Step:
    """Dedup, then decontaminate against the ladder and every benchmark given."""
    unique = Step(f"{name}_unique", dedup, Dedup(), {"records": records})
    cfg = Decontaminate(exclude_similar=exclude_similar)
    return Step(name, decontaminate, cfg, {"records": unique, "ladder": held_out, **benchmarks})
