"""A learner on disk: the checkpoint that an interrupted step goes on from, and the files that later steps read.

In a world of processes all of them must call these functions, as weights may be spread; the first one writes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import orjson
from safetensors import safe_open
from safetensors.torch import load_file
from torch import Tensor

from hornbook.errors import UsageError
from hornbook.lm.export import save_model, save_tensors
from hornbook.lm.learner import Learner
from hornbook.lm.model import Llama
from hornbook.lm.tokens import load_tokenizer
from hornbook.step import RESUME

_DRAWN = "drawn.json"


def save_checkpoint(learner: Learner, asked: Mapping[str, Any], seconds: float, out: Path) -> None:
    """Write the whole state as one file, so that no kill leaves halves of two checkpoints.

    `asked` are the settings and inputs that whoever goes on from here must share.
    """
    parts = {"weight": learner.optimizer.weights(), "memory": learner.optimizer.state(), "best": learner.best}
    tensors = {f"{part}/{name}": tensor for part, named in parts.items() for name, tensor in named.items()}
    header = {"step": learner.step, "seconds": seconds, "losses": learner.losses, "asked": asked}
    header |= {"best_step": learner.best_step, "mode": asdict(learner.mode), "resumed": learner.resumed}
    if learner.world.first:
        folder = out / RESUME
        folder.mkdir(exist_ok=True)
        save_tensors(tensors, folder / "state.safetensors", {"run": orjson.dumps(header).decode()})


def resume(learner: Learner, asked: Mapping[str, Any], out: Path, log: Callable[[str], None]) -> float:
    """Take over the checkpoint in `out`, if there is one, and return the seconds that led to it.

    Says so when it was made in another mode. Raises UsageError for one of other settings or inputs.
    """
    path = out / RESUME / "state.safetensors"
    if not path.exists():
        return 0.0
    with safe_open(path, framework="pt") as file:
        header: dict[str, Any] = orjson.loads(file.metadata()["run"])
    if header.get("asked") != asked:
        raise UsageError(f"{path} was made with other settings or inputs; delete it, or use another folder")
    parts: dict[str, dict[str, Tensor]] = {"weight": {}, "memory": {}, "best": {}}
    for key, tensor in load_file(path).items():
        part, name = key.split("/", 1)
        parts[part][name] = tensor
    learner.optimizer.load(parts["weight"], parts["memory"])
    learner.step, learner.losses = header["step"], header["losses"]
    learner.best, learner.best_step = parts["best"], header["best_step"]
    now = asdict(learner.mode)
    changed = [f"{key} {was} -> {now[key]}" for key, was in header["mode"].items() if was != now[key]]
    learner.resumed = ", ".join(filter(None, [header["resumed"], *changed]))
    log(f"training goes on after update {learner.step}")
    if changed:
        log(f"not bit-identical to an uninterrupted run: {', '.join(changed)}")
    return float(header["seconds"])


def save_learner(learner: Learner, num_drawn: Mapping[str, int], tokenizer: Path, out: Path) -> None:
    """Write `model` (the best one, if there is a best), `optimizer`, `losses.jsonl` and `drawn.json`."""
    weights, memory = learner.best or learner.optimizer.weights(), learner.optimizer.state()
    if not learner.world.first:
        return
    model = Llama(learner.model.cfg)
    model.load_state_dict(weights)
    save_model(model, load_tokenizer(tokenizer), out / "model")
    (out / "optimizer").mkdir(exist_ok=True)
    save_tensors(memory, out / "optimizer" / "state.safetensors")
    (out / "losses.jsonl").write_bytes(b"".join(orjson.dumps(loss) + b"\n" for loss in learner.losses))
    (out / _DRAWN).write_bytes(orjson.dumps(num_drawn, option=orjson.OPT_SORT_KEYS))


def num_drawn_before(init: Path) -> Counter[str]:
    """Return how many batches the parts of the budget up to `init` drew, by stream."""
    return Counter(orjson.loads((init / _DRAWN).read_bytes()))


def memory_of(init: Path) -> dict[str, Tensor]:
    """Return what the optimizers of the step `init` remembered."""
    return load_file(init / "optimizer" / "state.safetensors")
