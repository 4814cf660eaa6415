"""A run folder of the whole recipe's shape, made in a second or two.

Dedup, decontamination, diversity and the comparison of arms are the real steps. The others are stand-ins that
bear the real functions' names, write the real files and report the real metrics' keys; that the real steps still
report these is held by the tests that run the whole recipe.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import orjson

from hornbook.benchmarks.problem import Problem
from hornbook.draw import rng
from hornbook.evaluate.compare import Compare, compare
from hornbook.evaluate.score import Row
from hornbook.pool import stream
from hornbook.quality.decontaminate import Decontaminate, decontaminate
from hornbook.quality.dedup import Dedup, dedup
from hornbook.quality.diversity import Diversity, measure
from hornbook.record import Exercise, Origin, Record, Rejected, read_records, write_shard
from hornbook.run import run
from hornbook.step import Config, Context, Metrics, Step

EVIL = "<script>alert(1)</script>"
ARMS = {
    "raw": ("raw",),
    "filtered": ("filtered",),
    "textbooks": ("filtered", "textbooks"),
    "exercises": ("filtered", "textbooks", "exercises"),
}
SKILL = {"raw": 0.01, "filtered": 0.03, "textbooks": 0.12, "exercises": 0.55}
CONCEPTS = ("arithmetic", "for_loops", "strings", "lists", "recursion", "greedy", "sorting_with_key")


class Nothing(Config):
    """A stand-in has no settings."""


def stands_for(function: str, work: Callable[..., Metrics]) -> Callable[..., Metrics]:
    """Return `work` under the name of a real function of hornbook."""

    def stand_in(cfg: Nothing, *, out: Path, ctx: Context, **inputs: Path) -> Metrics:
        return work(out=out, ctx=ctx, **inputs)

    stand_in.__module__, _, stand_in.__qualname__ = f"hornbook.{function}".rpartition(".")
    return stand_in


def step(name: str, function: str, work: Callable[..., Metrics], **inputs: Step) -> Step:
    return Step(name, stands_for(function, work), Nothing(), inputs)


def code(i: int) -> Record:
    """Code that looks real; the last ones are near copies, and one holds a held-out problem."""
    words = rng(0, "code", i % 200).sample(("total", "item", "left", "right", "names", "value", "seen"), 4)
    a, b, c, d = words
    lines = [f"    {a} += {d} * {(i % 200) * j} - {b}_{j}" for j in range(12)]
    lines[0] += "" if i < 200 else " + 1"
    text = f"def {a}_of_{b}({c}s):\n    # {EVIL}\n" + "\n".join(lines) + "\n"
    if i == 7:
        text = problems()[-1].prompt + problems()[-1].reference
    source = f"somelib-1.0/{b}.py:{EVIL}{a}_{i}"
    return Record(text=text, kind="code", source=source, license="MIT", tags={"note": EVIL})


def exercise(i: int) -> Record:
    draws = rng(0, "exercise", i)
    concept, style = draws.choice(CONCEPTS), draws.choice(("doctest", "terse", "google", "arrow"))
    prompt = f'def {concept}_{i}(numbers):\n    """Return {concept} number {i} of {EVIL}.\n    """\n'
    solution = "    result = []\n" + "".join(
        f"    result.append(numbers[{draws.randrange(9)}] {draws.choice('+-*')} {i + j})\n" for j in range(4)
    )
    solution += "    return result\n"
    task = Exercise(
        prompt=prompt,
        solution=solution,
        entry_point=f"{concept}_{i}",
        tests=("assert True",),
        concepts=(concept,),
    )
    return Record(
        text=prompt + solution,
        kind="exercise",
        source="offline-teacher@1",
        license="CC0-1.0",
        exercise=task,
        origin=origin(i),
        tags={"concept": concept, "style": style},
    )


def origin(i: int) -> Origin:
    return Origin(teacher="offline-teacher@1 0123abcd", prompt_hash="00", seed=f"0/drafts/{i}")


def textbook(i: int) -> Record:
    draws = rng(0, "textbook", i)
    concept, form = draws.choice(CONCEPTS), draws.choice(("lesson", "walkthrough", "mistake", "dialogue"))
    lines = [f"x{j} = {draws.randrange(1000)} + {j}\nprint(x{j})\n#> {draws.randrange(99)}" for j in range(6)]
    text = f"# About {concept}, {i}\n\n{EVIL}\n\n```python\n" + "\n".join(lines) + "\n```\n"
    return Record(
        text=text,
        kind="textbook",
        source="offline-teacher@1",
        license="CC0-1.0",
        origin=origin(i),
        tags={"concept": concept, "form": form},
    )


def writes(make: Callable[[int], Record], number: int, **more: Any) -> Callable[..., Metrics]:
    def work(out: Path, ctx: Context) -> Metrics:
        write_shard(out / "records" / "00000.parquet", [make(i) for i in range(number)])
        return {"num_in": number, "num_kept": number, "num_rejected": 0, "reasons": {}} | more

    return work


CORPUS = {
    "manifest": "ab" * 32,
    "num_files_available": 900,
    "num_files_drawn": 240,
    "megabytes_available": 12.5,
    "files_skipped": {"test": 4},
    "licenses": {"somelib-1.0": "MIT", "otherlib-2.3": "unknown"},
    "num_units_drawn_by_package": {"somelib-1.0": 240},
}


def check(out: Path, ctx: Context, records: Path) -> Metrics:
    def stage(given: Any) -> Any:
        for i, record in enumerate(given):
            refused = Rejected(record, "check", "tests_failed", f"tests: AssertionError {EVIL}")
            yield refused if i % 29 == 0 else record

    counts = stream(stage, read_records(records), out, ctx)
    kind = next(read_records(records)).kind
    outcomes = {"pass": counts["num_kept"], "tests_failed": counts["num_rejected"]}
    return counts | {
        "outcomes": {kind: outcomes},
        "pass_rate": {kind: counts["num_kept"] / counts["num_in"]},
        "sandbox_level": "namespaces+landlock+seccomp",
    }


LABELS = {
    "num_in": 200,
    "num_kept": 200,
    "num_rejected": 0,
    "reasons": {},
    "labelled_by": "program",
    "num_available": 240,
    "label_histogram": {"0": 9, "1": 61, "2": 70, "3": 38, "4": 16, "5": 6},
    "share_good": 0.3,
    "criteria_shares": {
        "computes": 0.42,
        "self_contained": 0.3,
        "clear": 0.8,
        "explained": 0.4,
        "instructive": 0.2,
    },
}


def moves(change: float, flipped: float) -> Metrics:
    def around(value: float) -> dict[str, float]:
        return {"mean": value, "low": value - 0.04, "high": value + 0.04}

    return {
        "mean_change": around(change),
        "mean_absolute_change": around(abs(change)),
        "share_flipped": around(flipped),
    }


FIT: Metrics = {
    "f1": 0.81,
    "precision": 0.78,
    "recall": 0.84,
    "accuracy": 0.88,
    "accuracy_of_majority": 0.7,
    "f1_of_all_good": 0.46,
    "mean_absolute_error": 0.55,
    "confusion": {
        "good_called_good": 10,
        "good_called_poor": 2,
        "poor_called_good": 3,
        "poor_called_poor": 25,
    },
    "num_train": 160,
    "num_held_out": 40,
    "threshold": 2.61,
    "label_histogram": LABELS["label_histogram"],
    "probes": {
        "comments_and_docstrings": {**moves(-0.31, 0.1), "num_probed": 30, "beside": moves(-0.55, 0.2)},
        "docstrings": {**moves(-0.2, 0.07), "num_probed": 21, "beside": moves(-0.4, 0.13)},
        "names": {**moves(0.02, 0.03), "num_probed": 38, "beside": moves(0.0, 0.0)},
        "whitespace": {"num_probed": 0},
    },
    "calibration_error": 0.02,
    "calibration": [
        {"mean_chance": 0.1, "share_good": 0.08, "num_units": 20, "weight": 0.5},
        {"mean_chance": 0.7, "share_good": 0.75, "num_units": 20, "weight": 0.5},
    ],
    "at_thresholds": [
        {"threshold": 2.61, "share_called_good": 0.3, "precision": 0.78, "recall": 0.84, "f1": 0.81}
    ],
    "top_features": {"reads": 0.2, "n-grams": 0.1},
    "border": [{"source": "a.py:f", "score": 2.6, "label": 3.0, "text": "def f():\n    return 1\n"}],
}


def keep(out: Path, ctx: Context, corpus: Path, classifier: Path) -> Metrics:
    def stage(given: Any) -> Any:
        for i, record in enumerate(given):
            scored = replace(record, scores={"value": i % 50 / 10})
            low = Rejected(scored, "value", "low_value", "score 1.10 is below 2.50")
            yield scored if i % 50 >= 25 else low

    side = {
        "num_judged": 50,
        "mean_label": 3.1,
        "share_good": 0.71,
        "label_histogram": dict(FIT["label_histogram"]),
    }
    heights = [round(60 * math.exp(-((i - 9) ** 2) / 18)) for i in range(24)]
    return stream(stage, read_records(corpus), out, ctx) | {
        "threshold": 2.5,
        "threshold_of_good": 2.61,
        "share_called_good": 0.27,
        "score_histogram": {"edges": [-0.5 + 0.25 * i for i in range(25)], "counts": heights},
        "judged": {"kept": side, "rejected": side | {"mean_label": 1.4, "share_good": 0.06}},
        "topics": {
            "num_units": {"before": 200, "without_filling": 100, "after": 104},
            "entropy_bits": {"before": 1.9, "without_filling": 1.61, "after": 1.7},
            "counts": {
                "for_loops": {"before": 90, "without_filling": 61, "after": 61},
                "classes": {"before": 70, "without_filling": 4, "after": 8},
                "heaps": {"before": 3, "without_filling": 1, "after": 1},
            },
        },
    }


def ladder(out: Path, ctx: Context) -> Metrics:
    lines = [orjson.dumps(asdict(problem)) for problem in problems()]
    (out / "ladder.jsonl").write_bytes(b"\n".join(lines) + b"\n")
    return {"num_problems": len(lines), "digest": "cd" * 32}


def problems() -> list[Problem]:
    return [
        Problem(
            id=f"{rung}/{i:04d}",
            prompt=f"def held_{rung}_{i}(values):\n    '''Fold {i} values of rung {rung} from the far end, "
            f"keeping every one that the earlier ones did not outweigh, and give the total back.'''\n",
            entry_point=f"held_{rung}_{i}",
            tests="assert True\n",
            reference=f"    total = {i}\n    for value in reversed(values):\n        if value >= total:\n"
            f"            total += value % {i + 2}\n        else:\n            total -= {i}\n    return total\n",
            rung=rung,
        )
        for rung in "1234"
        for i in range(30)
    ]


def trained(loss: float, begun: float, tokens: int = 750_000) -> Callable[..., Metrics]:
    def work(out: Path, ctx: Context, **inputs: Path) -> Metrics:
        lines = [
            {"step": i, "tokens": begun + tokens * i // 200, "loss": loss + 4 / (1 + i / 9 + begun / 1e5)}
            for i in range(1, 201)
        ]
        (out / "losses.jsonl").write_bytes(b"".join(orjson.dumps(line) + b"\n" for line in lines))
        return {
            "tokens": tokens,
            "updates": 200,
            "padding": 0.06,
            "seconds": 61.0,
            "tokens_per_second": tokens / 61,
            "final_loss": lines[-1]["loss"],
            "parameters": 3_100_000,
            "flops": 6 * 3_100_000 * tokens,
            "epochs": {"tokens_raw": 0.31, "tokens_textbooks": 1.2},
            "longer_than_context": {"tokens_raw": 0.125, "tokens_textbooks": 0.0},
            "precision": "bfloat16",
            "threads": 2,
            "compiled": False,
            "mode_changed_on_resume": "",
            "utilization": 0.47,
            "energy_kwh": 0.00021,
            "energy_method": "CPU seconds at an assumed 10 W per busy core",
            "dev_bits_per_byte": loss / 2,
            "chosen_update": 180,
            "last_update": 200,
        }

    return work


def evaluated(arm: str) -> Callable[..., Metrics]:
    def work(out: Path, ctx: Context, **inputs: Path) -> Metrics:
        draws = rng(0, f"scores {arm}")
        asked = [("ladder", problem.id, problem.rung) for problem in problems()]
        asked += [("humaneval", f"HumanEval/{i}", "") for i in range(40)]
        with (out / "results.jsonl").open("wb") as file:
            for benchmark, id_, rung in asked:
                right = draws.random() < SKILL[arm] / (int(rung or 5))
                row = Row(
                    benchmark=benchmark,
                    id=id_,
                    rung=rung,
                    num_samples=1,
                    num_correct=int(right),
                    outcome="pass" if right else "fail",
                    completion="",
                    bits=200 - 100 * SKILL[arm] + 20 * draws.random(),
                    shortened=id_ in ("HumanEval/3", "HumanEval/4"),
                    num_bytes=100,
                )
                file.write(orjson.dumps(asdict(row)) + b"\n")
        return {}

    return work


def similarity(out: Path, ctx: Context, **inputs: Path) -> Metrics:
    draws = rng(0, "similarity")
    keys = [f"ladder/{problem.id}" for problem in problems()] + [
        f"humaneval/HumanEval/{i}" for i in range(40)
    ]
    rates = {key: {name: round(draws.random() ** 0.3, 4) for name in ARMS} for key in keys}
    (out / "similarity.json").write_bytes(orjson.dumps(rates))
    return {
        "num_problems": len(keys),
        "share_at_least_0.9": {name: 0.1 * i for i, name in enumerate(ARMS)},
        "near_families": {
            "humaneval": [near_family("count_vowels", 0.97), near_family("middle_of_three", 0.82)]
        },
    }


def near_family(name: str, rate: float) -> Metrics:
    at = {str(tau): int(rate >= tau) for tau in (0.95, 0.9, 0.85, 0.8)}
    return {"family": name, "problems": ["HumanEval/7"], "rate": rate, "at": at}


def clean(name: str, records: Step, held_out: Step) -> Step:
    unique = Step(f"{name}_unique", dedup, Dedup(), {"records": records})
    return Step(name, decontaminate, Decontaminate(num_canaries=10), {"records": unique, "ladder": held_out})


def recipe() -> list[Step]:
    held_out = step("ladder", "benchmarks.ladder.ladder", ladder)
    corpus = step("corpus", "corpus.installed.collect", writes(code, 240, **CORPUS))
    raw = clean("raw", corpus, held_out)
    labels = step("labels", "value.labels.label", lambda out, ctx, corpus: dict(LABELS), corpus=raw)
    fit = step("classifier", "value.classifier.fit", lambda out, ctx, labels: dict(FIT), labels=labels)
    gates = {}
    sets = {
        "raw": raw,
        "filtered": step("filtered", "value.keeping.keep", keep, corpus=raw, classifier=fit),
    }
    for kind, make, number in (("textbook", textbook, 150), ("exercise", exercise, 300)):
        name = f"{kind}s"
        drafts = step(f"{name}_drafts", f"lessons.{kind}.{name}", writes(make, number))
        checked = step(f"{name}_checked", "quality.check.check", check, records=drafts)
        sets[name] = clean(name, checked, held_out)
        gates |= {made.name: made for made in (drafts, checked)}
    scores = {arm: exam(arm, sets, held_out) for arm in ARMS}
    near = step("similarity", "evaluate.similar.similarity", similarity, **sets)
    table = Step(
        "table",
        compare,
        Compare(arms=ARMS, controls={"exercises": "textbooks"}),
        {"similarity": near, **scores},
    )
    return [Step("diversity", measure, Diversity(), {"corpus": corpus, **gates, **sets}), table]


def exam(arm: str, sets: dict[str, Step], held_out: Step) -> Step:
    loss = 3 - 2 * SKILL[arm]
    inputs = {name: sets[name] for name in ARMS[arm]}
    trunk = step(f"trunk_{arm}", "lm.train.train", trained(loss, 0), **inputs)
    finish = step(f"arm_{arm}", "lm.train.train", trained(loss, 750_000), init=trunk)
    return step(f"score_{arm}", "evaluate.score.evaluate", evaluated(arm), model=finish, ladder=held_out)


def make_run(root: Path, steps: Sequence[Step]) -> Path:
    run(steps, root, Context(workers=1, engine="inline"))
    about = {"recipe": "laptop", "size": "smoke", "seed": 0, "settings": {"raw.seed": EVIL}, "benchmarks": {}}
    (root / "run.json").write_bytes(orjson.dumps(about))
    return root
