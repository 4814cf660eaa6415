"""Decoding speed: our generator against transformers' `generate`, on the same checkpoint, prompts and thread.

Both complete ladder problems greedily, 128 new tokens at most, from the same tokens: those before the prompt's
boundary (without the cut the peer's model answers nothing, because it never saw such tokens end a line). The peer
works on 32 prompts at a time, once in the order given and once sorted by length, which pads least. Printed are CPU
seconds, because a busy machine stretches all others, and how many greedy answers agree. "One token each" is what
reading the prompts costs: no way of decoding could be faster.

    PYTHONPATH=DIR python bench/generate.py [--model FOLDER] [--problems 1000]     # see bench/peers.txt
"""

from __future__ import annotations

import argparse
import importlib.util
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from decoding.checkpoint import trained

from hornbook.benchmarks.ladder import Ladder, make_ladder
from hornbook.lm.generate import Generator
from hornbook.lm.sampling import Sampling
from hornbook.lm.tokens import load_tokenizer
from hornbook.lm.writing import Row, Sample
from hornbook.step import Context

BATCH, NEW_TOKENS = 32, 128


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """One way of decoding all prompts."""

    name: str
    seconds: float
    num_tokens: int
    texts: list[bytes]
    """What was written after the tokens before the boundary, in the prompts' order."""


def ours(
    generator: Generator, prompts: Sequence[str], owed: Sequence[bytes], new_tokens: int, name: str
) -> tuple[Timed, list[Sample]]:
    begun = time.process_time()
    sampling = Sampling(max_new_tokens=new_tokens, stop="end")
    samples = [found[0] for found in generator.samples(prompts, sampling)]
    seconds = time.process_time() - begun
    texts = [spelled + sample.text.encode() for spelled, sample in zip(owed, samples, strict=True)]
    num_tokens = sum(sample.num_tokens for sample in samples)
    return Timed(name=name, seconds=seconds, num_tokens=num_tokens, texts=texts), samples


@torch.inference_mode()
def peers(model: Any, rows: Sequence[Row], order: Sequence[int], name: str, folder: Path) -> Timed:
    end, tokenizer = model.config.eos_token_id, load_tokenizer(folder)
    texts, num_tokens, seconds = [b""] * len(rows), 0, 0.0
    for start in range(0, len(order), BATCH):
        chosen = order[start : start + BATCH]
        longest = max(len(rows[i].prompt.ids) for i in chosen)
        gaps = [longest - len(rows[i].prompt.ids) for i in chosen]
        ids = [[end] * gap + rows[i].prompt.ids for gap, i in zip(gaps, chosen, strict=True)]
        begun = time.process_time()
        written = model.generate(
            input_ids=torch.tensor(ids),
            attention_mask=torch.tensor([[0] * gap + [1] * (longest - gap) for gap in gaps]),
            max_new_tokens=NEW_TOKENS,
            do_sample=False,
        )[:, longest:].tolist()
        seconds += time.process_time() - begun
        for i, new in zip(chosen, written, strict=True):
            kept = new[: new.index(end)] if end in new else new
            num_tokens += len(kept)
            texts[i] = tokenizer.decode(kept).encode()
    return Timed(name=name, seconds=seconds, num_tokens=num_tokens, texts=texts)


def agreement(mine: Timed, samples: Sequence[Sample], theirs: Timed, owed: Sequence[bytes]) -> str:
    """Compare answers where the peer's own tokens spell the rest of the prompt, so that nothing was healed."""
    alike = compared = 0
    for own, sample, other, spelled in zip(mine.texts, samples, theirs.texts, owed, strict=True):
        if not other.startswith(spelled) or "\ufffd" in sample.text:
            continue
        compared += 1
        # Ours ends where the context does; the peer goes on beyond it.
        alike += other == own or (sample.finish == "length" and other.startswith(own))
    return f"{alike} of {compared} greedy answers agree; in the other {len(owed) - compared} the boundary matters"


def shown(runs: Sequence[Timed], num_prompts: int) -> Iterator[str]:
    yield f"{'':34} {'CPU s':>8} {'problems/s':>10} {'tokens/s':>9} {'ratio':>6}"
    for one in runs:
        rate, ratio = num_prompts / one.seconds, one.seconds / runs[0].seconds
        yield (
            f"{one.name:34} {one.seconds:8.2f} {rate:10.1f} {one.num_tokens / one.seconds:9,.0f} {ratio:6.2f}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", type=Path, help="a model's folder; without it, one is trained in minutes")
    parser.add_argument("--problems", type=int, default=1000)
    asked = parser.parse_args()
    folder = asked.model or trained(Path("runs/bench-generate"), Context(workers=1, log=print))
    problems = make_ladder(Ladder(per_rung=-(-asked.problems // 4))).problems[: asked.problems]
    prompts = [problem.prompt for problem in problems]
    generator = Generator(folder, threads=1)
    room = generator.context - generator.context // 4 - 1
    rows = [generator.rows(prompt, Sampling(), room=room)[0] for prompt in prompts]
    owed = [row.owed for row in rows]
    mine, samples = ours(generator, prompts, owed, NEW_TOKENS, "hornbook")
    reading, _ = ours(generator, prompts, owed, 1, "hornbook, one token each")
    tokens = sum(len(row.prompt.ids) for row in rows)
    ended = sum(sample.finish == "stop" for sample in samples)
    print(f"{len(prompts)} ladder problems, {tokens:,} tokens of prompts, one thread")
    print(f"{ended} answers end by themselves, {len(prompts) - ended} are cut")
    peer = raced(folder, rows)
    print("\n".join(shown([mine, reading, *peer], len(prompts))))
    if peer:
        print(agreement(mine, samples, peer[0], owed))


def raced(folder: Path, rows: Sequence[Row]) -> list[Timed]:
    """Let the peer decode the rows in both orders; nothing where it is not installed."""
    if importlib.util.find_spec("transformers") is None:
        print("transformers is left out: pip install --target DIR -r bench/peers.txt, then PYTHONPATH=DIR")
        return []
    from transformers import LlamaForCausalLM

    torch.set_num_threads(1)
    model = LlamaForCausalLM.from_pretrained(folder).eval()
    print(f"transformers: {model.num_parameters():,} parameters in {model.dtype}")
    given = range(len(rows))
    by_length = sorted(given, key=lambda i: len(rows[i].prompt.ids))
    return [
        peers(model, rows, given, f"transformers, batch {BATCH}", folder),
        peers(model, rows, by_length, f"transformers, batch {BATCH}, sorted", folder),
    ]


if __name__ == "__main__":
    main()
