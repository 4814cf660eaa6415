"""Does the filter pay? Raw, filtered and dropped code at equal tokens, each trained anew for every seed.

    corpus ─ unique ─ aside ─ raw ─ labels ─ classifier ─ scored ─ kept_50, kept_30, kept_15 ─ dropped
                        └ exams
    tokenizer (of raw) ─ tokens ─ 5 arms x 2 seeds ─ scores ─ effect

Files put aside before anything is learnt give the exams of real functions (evaluate/aside.py says how they are
chosen); the ladder and every benchmark given are the others. All arms make the same number of updates of the same
model on the same tokenizer's tokens. What a filter keeps is less than raw, so it may be read more often: the table
says how often.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hornbook.benchmarks.ladder import Ladder, ladder
from hornbook.corpus.installed import Installed, collect, find_manifest
from hornbook.evaluate.aside import EXAMS, Aside, put_aside
from hornbook.evaluate.effect import Effect, effect
from hornbook.evaluate.foretell import Foretell, foretell
from hornbook.quality.decontaminate import Decontaminate, decontaminate
from hornbook.quality.dedup import Dedup, dedup
from hornbook.recipes.laptop import RESERVED_NAMES, Size, readable
from hornbook.step import Step
from hornbook.value.classifier import Fit, fit
from hornbook.value.dropped import Dropped, draw_dropped
from hornbook.value.keeping import Keep, Score, cut, score
from hornbook.value.labels import Label, label
from hornbook.value.survey import Survey, survey

NUM_SEEDS = 2
SHARES = (50, 30, 15)
"""Percent of the units that the filters keep, by score."""
MAIN = 30
"""The filter whose rejects are an arm, and whose verdict comes first: laptop's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dial:
    """What one size means."""

    model: str
    """Preset of `lm.model`."""
    million_tokens: float
    """Training budget of every arm and seed."""
    num_code: int
    """Units to draw. All that is installed (23,700) leaves the strictest filter 2.2M tokens: at laptop size no arm
    reads anything twice."""
    num_labels: int
    share_aside: float
    """Share of the source files that become exams."""
    num_texts: int
    """Most functions of each of their exams."""
    problems_per_rung: int


DIALS: Mapping[Size, Dial] = {
    "smoke": Dial(
        model="smoke",
        million_tokens=0.06,
        num_code=1500,
        num_labels=600,
        share_aside=0.15,
        num_texts=40,
        problems_per_rung=10,
    ),
    "laptop": Dial(
        model="1M",
        million_tokens=1.3,
        num_code=30000,
        num_labels=5000,
        share_aside=0.08,
        num_texts=300,
        problems_per_rung=100,
    ),
    "full": Dial(
        model="1M",
        million_tokens=4.0,
        num_code=30000,
        num_labels=5000,
        share_aside=0.08,
        num_texts=300,
        problems_per_rung=100,
    ),
}


def filter_effect(
    *, size: Size = "laptop", seed: int = 0, benchmarks: Mapping[str, Path] | None = None
) -> list[Step]:
    """Return the steps of the experiment; `benchmarks` are HumanEval- or MBPP-format files by name.

    Raises QualityGate for a benchmark that cannot be read, UsageError for one with a name that is taken.
    """
    dial = DIALS[size]
    given = readable(benchmarks or {}, {*RESERVED_NAMES, *EXAMS, "aside"})
    held_out = Step("ladder", ladder, Ladder(per_rung=dial.problems_per_rung, seed=seed))

    # 1. Raw code without copies; exams put aside before anything is learnt; no benchmark problems.
    manifest = find_manifest()
    drawn = Installed(num_records=dial.num_code, manifest=manifest.digest, seed=seed)
    unique = Step("unique", dedup, Dedup(), {"records": Step("corpus", collect, drawn)})
    chosen = Aside(share_files=dial.share_aside, num_texts=dial.num_texts, seed=seed)
    aside = Step("aside", put_aside, chosen, {"records": unique})
    # Likeness by syntax tree removes nothing here, and costs more than all other channels.
    copies = Decontaminate(channels=("words", "code"))
    raw = Step("raw", decontaminate, copies, {"records": aside, "ladder": held_out, **given})

    # 2. The arms' data, and what it is made of.
    sets = _sets(dial, seed, raw)
    made_of = Step("made_of", survey, Survey(seed=seed), sets, one_core=True)

    # 3. Train every arm once a seed, examine it, and say what the filter was worth.
    models = _trained(dial, seed, sets)
    exams: dict[str, Step | Path] = {"aside": aside, "ladder": held_out, **given}
    scores = {
        name: Step(f"score_{name}", foretell, Foretell(), {"model": model, **exams}, one_core=True)
        for name, model in models.items()
    }
    cfg = Effect(arms=ARMS, num_seeds=NUM_SEEDS, main=f"kept_{MAIN}", seed=seed)
    return [made_of, Step("effect", effect, cfg, scores)]


ARMS = {
    "raw": "raw code",
    **{f"kept_{share}": f"filtering at {share} %" for share in SHARES},
    "dropped": f"what filtering at {MAIN} % drops",
}
"""The arms in words, in the order of the table."""


def _sets(dial: Dial, seed: int, raw: Step) -> dict[str, Step]:
    """Return every arm's data."""
    labels = Step("labels", label, Label(num_labels=dial.num_labels, seed=seed), {"corpus": raw})
    classifier = Step("classifier", fit, Fit(), {"labels": labels})

    scored = Step("scored", score, Score(), {"corpus": raw, "classifier": classifier}, one_core=True)

    def kept(share: int) -> Step:
        cfg = Keep(keep_share=share / 100, seed=seed)
        return Step(f"kept_{share}", cut, cfg, {"scored": scored}, one_core=True)

    filtered = {f"kept_{share}": kept(share) for share in SHARES}
    rejects = {"kept": filtered[f"kept_{MAIN}"]}
    dropped = Step("dropped", draw_dropped, Dropped(seed=seed), rejects, one_core=True)
    return {"raw": raw, **filtered, "dropped": dropped}


def _trained(dial: Dial, seed: int, sets: Mapping[str, Step]) -> dict[str, Step]:
    """Return the trainings, named `ARM_0`, `ARM_1`, ...; those of one number begin with the same weights."""
    from hornbook.lm.tokens import TokenizeConfig, TokenizerConfig, tokenize, train_tokenizer
    from hornbook.lm.train import Train, train

    tokenizer = Step("tokenizer", train_tokenizer, TokenizerConfig(seed=seed), {"raw": sets["raw"]})
    tokens = {
        arm: Step(
            f"tokens_{arm}",
            tokenize,
            TokenizeConfig(),
            {"tokenizer": tokenizer, "records": data},
            one_core=True,
        )
        for arm, data in sets.items()
    }
    budget = round(1e6 * dial.million_tokens)

    def trained(arm: str, number: int) -> Step:
        # Runs of neighbouring seeds share no training.
        cfg = Train(size=dial.model, budget_tokens=budget, seed=NUM_SEEDS * seed + number)
        inputs = {"tokenizer": tokenizer, f"tokens_{arm}": tokens[arm]}
        return Step(f"arm_{arm}_{number}", train, cfg, inputs, one_core=True)

    return {f"{arm}_{number}": trained(arm, number) for number in range(NUM_SEEDS) for arm in sets}
