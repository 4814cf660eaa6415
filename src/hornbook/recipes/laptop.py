"""phi-1's figure 2.1 in miniature: four data mixes, one small model, equal compute, one table.

    ladder ───────────────────────────────┐
    corpus ─ unique ─ raw ─ labels ─ classifier ─ filtered
    textbooks:  drafts ─ checked ─ unique ─ decontaminated
    exercises:  drafts ─ checked ─ unique ─ decontaminated
    tokenizer ─ tokens ─ trunks (first half of the budget) ─ arms (second half) ─ scores ─ table

An arm is a trunk and a finish. One learning-rate schedule runs over both, so arms that share a trunk differ
only in the data of their second half, and every arm has trained on the same number of tokens of the same model.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from hornbook.benchmarks.ladder import Ladder, ladder
from hornbook.corpus.installed import Installed, collect, find_manifest
from hornbook.evaluate.compare import Compare, compare
from hornbook.evaluate.score import Evaluate, evaluate
from hornbook.evaluate.similar import Similar, similarity
from hornbook.lessons.exercise import Exercises, exercises
from hornbook.lessons.textbook import Textbooks, textbooks
from hornbook.quality.check import Check, check
from hornbook.quality.decontaminate import Decontaminate, decontaminate
from hornbook.quality.dedup import Dedup, dedup
from hornbook.quality.diversity import Diversity, measure
from hornbook.step import Step
from hornbook.value.classifier import Fit, Keep, fit, keep
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
        model="3M",
        million_tokens=1.5,
        num_code=8000,
        num_labels=3000,
        num_textbooks=3000,
        num_exercises=8000,
        problems_per_rung=300,
        raw_control=False,
    ),
    "full": Dial(
        model="3M",
        million_tokens=6.0,
        num_code=20000,
        num_labels=5000,
        num_textbooks=12000,
        num_exercises=30000,
        problems_per_rung=300,
        raw_control=True,
    ),
}


def laptop(
    *, size: Size = "laptop", seed: int = 0, benchmarks: Mapping[str, Path] | None = None
) -> list[Step]:
    """Return the steps of the whole recipe; `benchmarks` are HumanEval- or MBPP-format files by name."""
    dial = DIALS[size]
    given = dict(benchmarks or {})
    held_out = Step("ladder", ladder, Ladder(per_rung=dial.problems_per_rung, seed=seed))

    # 1. Raw code, without copies and without benchmark problems.
    manifest = find_manifest()
    corpus = Step(
        "corpus", collect, Installed(num_records=dial.num_code, manifest=manifest.digest, seed=seed)
    )
    raw = _clean("raw", corpus, held_out, given)

    # 2. The part worth learning from.
    labels = Step("labels", label, Label(count=dial.num_labels, seed=seed), {"corpus": raw})
    classifier = Step("classifier", fit, Fit(), {"labels": labels})
    filtered = Step("filtered", keep, Keep(), {"corpus": raw, "classifier": classifier})

    # 3. Textbooks and exercises, every line of them executed.
    pages = Step("textbooks_drafts", textbooks, Textbooks(count=dial.num_textbooks, seed=seed))
    tasks = Step("exercises_drafts", exercises, Exercises(count=dial.num_exercises, seed=seed))
    book = _clean("textbooks", _checked("textbooks", pages), held_out, given)
    drill = _clean("exercises", _checked("exercises", tasks), held_out, given)
    sets = {"raw": raw, "filtered": filtered, "textbooks": book, "exercises": drill}
    diversity = Step("diversity", measure, Diversity(), sets)

    # 4. One tokenizer for all arms, so that bits per byte and compute compare.
    return [diversity, *_train_and_score(dial, seed, sets, held_out, given)]


def _checked(kind: str, drafts: Step) -> Step:
    return Step(f"{kind}_checked", check, Check(), {"records": drafts})


def _clean(name: str, records: Step, held_out: Step, benchmarks: Mapping[str, Path]) -> Step:
    """Dedup, then decontaminate against the ladder and every benchmark given."""
    unique = Step(f"{name}_unique", dedup, Dedup(), {"records": records})
    return Step(name, decontaminate, Decontaminate(), {"records": unique, "ladder": held_out, **benchmarks})
