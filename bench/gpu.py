"""What one GPU does with the learner, and the best small model that some minutes of it allow.

    python bench/gpu.py                     the card, its matrix products, and training speed of 125M and 350M
    python bench/gpu.py --minutes 25 --out runs/gpu --benchmark humaneval=HumanEval.jsonl.gz
                                            and then: data from the offline teacher, executed and cleaned, a model
                                            trained on it, and its pass@1; the same command continues after a kill
    python bench/gpu.py --cpu-smoke         all of it, tiny, on a CPU: whether the script works, and no more

Model-flops utilisation counts 6 operations a parameter and token, the head's among them, and 12·layers·D·T for
attention (PaLM, arXiv:2204.02311, appendix B).
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
import torch

from hornbook.benchmarks.ladder import Ladder, ladder
from hornbook.evaluate.score import Evaluate, evaluate
from hornbook.lessons.exercise import Exercises, exercises
from hornbook.lessons.textbook import Textbooks, textbooks
from hornbook.lm.compiled import compile_layers
from hornbook.lm.device import device, working_dtype
from hornbook.lm.memory import available_bytes, num_parameters, training_bytes
from hornbook.lm.model import Llama, ModelConfig, preset
from hornbook.lm.optimizer import Optimizer
from hornbook.lm.tokens import TokenizeConfig, TokenizerConfig, read_tokens, tokenize, train_tokenizer
from hornbook.lm.train import Train, train
from hornbook.pool import write_atomically
from hornbook.quality.decontaminate import Decontaminate, decontaminate
from hornbook.quality.dedup import Dedup, dedup
from hornbook.run import run
from hornbook.step import Context, Progress, Step, StepRecord

DATA_SHEET = {"H100": 989e12, "H200": 989e12, "A100": 312e12, "L40S": 362e12, "L4": 121e12, "T4": 65e12}
"""Dense bfloat16 operations per second (float16 for the T4) by NVIDIA's data sheets."""
TOKENS_PER_PARAMETER, MOST_EPOCHS = 20, 16
"""As many tokens as a parameter pays for (arXiv:2203.15556), and how often reading the same data still
helps (arXiv:2305.16264)."""
SHARES = {"data": 0.3, "training": 0.5}
"""Of the minutes; the rest is for tokens, compiling and the exam."""
TEXTBOOK_SHARE = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How large everything is."""

    timed: tuple[str, ...]
    """Sizes whose speed is measured."""
    rows: int
    """Most rows of a batch; halved until the update fits into memory."""
    context: int
    vocab_size: int
    updates: int
    """Updates that are timed."""
    candidates: tuple[str, ...]
    """Sizes to train, best first."""
    model_context: int
    model_vocab_size: int
    batch_contexts: int
    num_probe: int
    """Exercises made to learn how fast they are made."""
    most_exercises: int
    per_rung: int
    workers: int = field(default_factory=lambda: Context().workers)


GPU = Scale(
    timed=("125M", "350M"),
    rows=64,
    context=1024,
    vocab_size=32_768,
    updates=20,
    candidates=("125M", "45M", "15M", "8M", "3M"),
    model_context=512,
    model_vocab_size=4096,
    batch_contexts=64,
    num_probe=2000,
    most_exercises=400_000,
    per_rung=250,
)
SMOKE = Scale(
    timed=("smoke",),
    rows=4,
    context=64,
    vocab_size=512,
    updates=2,
    candidates=("smoke",),
    model_context=128,
    model_vocab_size=400,
    batch_contexts=4,
    num_probe=40,
    most_exercises=120,
    per_rung=2,
    workers=1,
)


def main(words: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--minutes", type=float, default=0.0, help="train the best model that they allow")
    parser.add_argument("--out", type=Path, default=Path("runs/gpu"), help="run folder of that model")
    parser.add_argument("--benchmark", action="append", default=[], metavar="NAME=PATH")
    parser.add_argument("--cpu-smoke", action="store_true", help="everything, tiny, whatever the machine")
    given = parser.parse_args(words)
    if not (torch.cuda.is_available() or given.cpu_smoke):
        print("no GPU here: nothing was measured (--cpu-smoke tries the script without one)")
        return
    scale = SMOKE if given.cpu_smoke else GPU
    print(described())
    speeds = {name: speed(name, scale) for name in scale.timed}
    minutes = given.minutes or (0.5 if given.cpu_smoke else 0.0)
    if minutes:
        benchmarks = {name: Path(path) for name, _, path in (word.partition("=") for word in given.benchmark)}
        best_model(scale, minutes, given.out, benchmarks, speeds)


def described() -> str:
    """Return what computes here, in one line."""
    type_ = str(working_dtype()).removeprefix("torch.")
    if device().type == "cpu":
        return f"CPU, {torch.get_num_threads()} threads, {type_}, torch {torch.__version__}"
    free, total = torch.cuda.mem_get_info(device())
    memory = f"{free / 2**30:.0f} of {total / 2**30:.0f} GiB free"
    return f"{torch.cuda.get_device_name(device())}, {memory}, {type_}, torch {torch.__version__}"


def speed(name: str, scale: Scale) -> float:
    """Print and return the tokens per second of whole updates of a preset: forward, backward, optimizer."""
    if device().type == "cuda":  # what the size before held is free again
        torch.cuda.empty_cache()
        torch.cuda.reset_peak_memory_stats(device())
    cfg = preset(name, scale.vocab_size, scale.context)
    rows = rows_that_fit(cfg, scale.rows)
    products = product_rate(cfg, rows * scale.context)
    model = Llama(cfg).to(device())
    optimizer = Optimizer(model, learning_rate=0.001, weight_decay=0.1)
    model.to(working_dtype())
    begun = time.perf_counter()
    # On a CPU compiling takes 25 s, more than the smoke run itself.
    compiled = device().type == "cuda" and compile_layers(model, (7, scale.context - 3), print)
    for _ in range(3):
        update(model, optimizer, rows)
    ready = time.perf_counter() - begun
    seconds = timed(lambda: update(model, optimizer, rows), scale.updates)
    rate = rows * scale.context / seconds
    flops = rate * (
        6 * num_parameters(cfg) + 12 * cfg.num_hidden_layers * cfg.hidden_size * cfg.max_position_embeddings
    )
    print(
        f"{name}: {rate:,.0f} tokens/s, {rows} x {scale.context} tokens an update, {flops / 1e12:.3g} TFLOP/s, "
        f"{flops / products:.0%} of the {products / 1e12:.3g} that plain products reach at its shapes"
        f"{of_data_sheet(flops)}; {'compiled' if compiled else 'not compiled'}, ready after {ready:.0f} s"
        f"{memory_used(cfg, rows)}"
    )
    return rate


def rows_that_fit(cfg: ModelConfig, most: int) -> int:
    """Return the largest halving of `most` rows whose update fits into nine tenths of the free memory."""
    rows, free = most, 0.9 * available_bytes(device())
    while rows > 1 and bytes_of(cfg, rows) > free:
        rows //= 2
    return rows


def bytes_of(cfg: ModelConfig, rows: int) -> int:
    tokens = rows * cfg.max_position_embeddings
    return training_bytes(cfg, tokens, dtype=working_dtype(), device=device())


def memory_used(cfg: ModelConfig, rows: int) -> str:
    """Say what the GPU held at most, beside the estimate; empty on a CPU."""
    if device().type == "cpu":
        return ""
    peak = torch.cuda.max_memory_reserved(device())
    return f"; memory at most {peak / 2**30:.1f} GiB, estimated {bytes_of(cfg, rows) / 2**30:.1f}"


def of_data_sheet(flops: float) -> str:
    name = torch.cuda.get_device_name(device()) if device().type == "cuda" else ""
    sheet = next(
        (rate for card, rate in DATA_SHEET.items() if card in name.replace(" ", "-").split("-")), None
    )
    return f", {flops / sheet:.0%} of the data sheet's {sheet / 1e12:.0f}" if sheet else ""


def update(model: Llama, optimizer: Optimizer, rows: int) -> None:
    shape = rows, model.cfg.max_position_embeddings + 1
    ids = torch.randint(0, model.cfg.vocab_size, shape, device=device())
    weights = torch.full_like(ids[:, 1:], 1.0 / ids[:, 1:].numel(), dtype=torch.float32)
    model(ids[:, :-1], ids[:, 1:], weights).backward()
    optimizer.step(1.0)


def product_rate(cfg: ModelConfig, tokens: int) -> float:
    """Return the operations per second of one layer's plain products; on zeros they would be 13 % faster."""
    width, inner = cfg.hidden_size, cfg.intermediate_size
    shapes = [*[(width, width)] * 4, *[(width, inner)] * 2, (inner, width)]
    kind = {"device": device(), "dtype": working_dtype()}
    pairs = [(torch.randn(tokens, k, **kind), torch.randn(k, n, **kind)) for k, n in shapes]

    def layer() -> None:
        for left, right in pairs:
            torch.mm(left, right)

    layer()
    return sum(2 * tokens * k * n for k, n in shapes) / timed(layer, 10)


def timed(work: Callable[[], None], repeats: int) -> float:
    """Return the mean seconds of `work`, the GPU's queue emptied before and after."""
    synchronize()
    begun = time.perf_counter()
    for _ in range(repeats):
        work()
    synchronize()
    return (time.perf_counter() - begun) / repeats


def synchronize() -> None:
    if device().type == "cuda":
        torch.cuda.synchronize(device())


def best_model(
    scale: Scale, minutes: float, out: Path, benchmarks: Mapping[str, Path], speeds: Mapping[str, float]
) -> None:
    """Make data, train on it, and print the exam's result; what was finished before is taken over."""
    out.mkdir(parents=True, exist_ok=True)
    begun = time.monotonic()
    count = kept(out / "count.json", lambda: num_exercises(scale, 60 * minutes * SHARES["data"], out))
    data, tokenizer, held = tokens_of(scale, int(count), benchmarks)
    bring(scale, out, *data.values())
    num_tokens = sum(read_tokens(out / step.name).num_tokens for step in data.values())
    print(f"{num_tokens:,} tokens from {int(count):,} exercises after {time.monotonic() - begun:.0f} s")
    plan = kept(
        out / "plan.json", lambda: planned(scale, num_tokens, 60 * minutes * SHARES["training"], speeds)
    )
    print(f"training {plan['size']} on {plan['budget_tokens']:,} tokens, {plan['why']}")
    cfg = Train(
        size=plan["size"],
        context=scale.model_context,
        budget_tokens=plan["budget_tokens"],
        batch_contexts=scale.batch_contexts,
        mix={"exercises": 1 - TEXTBOOK_SHARE, "textbooks": TEXTBOOK_SHARE},
    )
    model = Step("model", train, cfg, {"tokenizer": tokenizer, **data})
    exam = Step(
        "exam", evaluate, Evaluate(per_rung=scale.per_rung), {"model": model, "ladder": held, **benchmarks}
    )
    records = bring(scale, out, exam)
    report(records["model"], records["exam"], time.monotonic() - begun)


def num_exercises(scale: Scale, seconds: float, out: Path) -> int:
    """Return how many exercises, a fifth as many pages with them, can be made and cleaned in the seconds."""
    begun = time.monotonic()
    data, _, _ = tokens_of(scale, scale.num_probe, {})
    bring(scale, out / "probe", *data.values())
    each = (time.monotonic() - begun) / scale.num_probe
    print(f"making and cleaning an exercise takes {1000 * each:.1f} ms here")
    return max(scale.num_probe, min(scale.most_exercises, int(seconds / each)))


def tokens_of(scale: Scale, count: int, benchmarks: Mapping[str, Path]) -> tuple[dict[str, Step], Step, Step]:
    """Return the steps of the tokens by source, of their tokenizer, and of the ladder that they were kept from."""
    held = Step("ladder", ladder, Ladder(per_rung=scale.per_rung))
    accepted = {
        "exercises": Step("exercises_accepted", exercises, Exercises(count=count)),
        "textbooks": Step("textbooks_accepted", textbooks, Textbooks(count=max(10, count // 5))),
    }
    records: dict[str, Step] = {}
    for name, step in accepted.items():
        unique = Step(f"{name}_unique", dedup, Dedup(), {"records": step})
        inputs = {"records": unique, "ladder": held, **benchmarks}
        records[name] = Step(name, decontaminate, Decontaminate(), inputs)
    tokenizer = Step(
        "tokenizer", train_tokenizer, TokenizerConfig(vocab_size=scale.model_vocab_size), records
    )
    tokens = {
        name: Step(f"tokens_{name}", tokenize, TokenizeConfig(), {"tokenizer": tokenizer, "records": record})
        for name, record in records.items()
    }
    return tokens, tokenizer, held


def planned(scale: Scale, num_tokens: int, seconds: float, speeds: Mapping[str, float]) -> dict[str, Any]:
    """Return the largest size that can read all the tokens it should in the seconds, and how many it reads."""
    measured, rate = next(iter(speeds.items()))
    known = num_parameters(preset(measured, scale.vocab_size, scale.context))
    for size in scale.candidates:
        parameters = num_parameters(preset(size, scale.model_vocab_size, scale.model_context))
        # Small models use less of a GPU, and batches of real documents hold some padding.
        affordable = int(0.5 * seconds * rate * min(known / parameters, 4.0))
        wanted = min(TOKENS_PER_PARAMETER * parameters, MOST_EPOCHS * num_tokens)
        if affordable >= wanted:
            break
    budget = max(scale.batch_contexts * scale.model_context, min(affordable, MOST_EPOCHS * num_tokens))
    why = f"{budget / num_tokens:.1f} times the data, {budget / parameters:.1f} a parameter"
    return {"size": size, "budget_tokens": budget, "why": why}


def kept(path: Path, make: Callable[[], Any]) -> Any:
    """Return what the file holds, made and written first where it is not there yet."""
    if not path.exists():
        write_atomically(path, orjson.dumps(make()))
    return orjson.loads(path.read_bytes())


def bring(scale: Scale, out: Path, *steps: Step) -> Mapping[str, StepRecord]:
    """Bring the steps up to date, and print the seconds of those that were not."""
    finished = {path.parent.name for path in out.glob("*/step.json")}

    def shown(record: StepRecord) -> None:
        if record.name not in finished:
            print(f"  {record.name}: {record.seconds:.1f} s", flush=True)

    ctx = Context(workers=scale.workers, log=print, progress=spoken_every(20.0))
    return run(list(steps), out, ctx, finished=shown)


def spoken_every(seconds: float) -> Callable[[Progress], None]:
    """Return what prints how far a step is, no more often than that."""
    last = time.monotonic()

    def speak(progress: Progress) -> None:
        nonlocal last
        if time.monotonic() - last >= seconds:
            last = time.monotonic()
            print(
                f"  {progress.step}: {progress.done:,.0f} of {progress.total:,.0f} {progress.unit} {progress.note}"
            )

    return speak


def report(model: StepRecord, exam: StepRecord, seconds: float) -> None:
    parts = ("parameters", "tokens", "tokens_per_second", "final_loss", "compiled", "device")
    print("  ".join(f"{name} {model.metrics[name]}" for name in parts if name in model.metrics))
    for name, group in exam.metrics.items():
        estimate = group["pass@1"]
        print(
            f"{name}: pass@1 {estimate['mean']:.1%} [{estimate['low']:.1%}, {estimate['high']:.1%}] of "
            f"{group['num_problems']}, {group['bits_per_byte']:.3f} bits/byte"
        )
    print(f"all of it took {seconds / 60:.1f} minutes")


if __name__ == "__main__":
    main()
