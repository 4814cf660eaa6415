"""Trains as torchrun starts it: `world_recipe.py DATA OUT whole|spread|uneven [UPDATE]`, killed at that update.

Uneven: each process finds memory for fewer rows at once than the one before.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from hornbook.lm import train as training
from hornbook.lm.learner import Learner
from hornbook.lm.train import Train, follow, train
from hornbook.lm.world import joined
from hornbook.step import Context

CFG = Train(size="smoke", context=32, budget_tokens=2048, learning_rate=0.02, batch_contexts=4)


def main(data: Path, out: Path, weights: str, kill_at: str = "") -> None:
    out.mkdir(parents=True, exist_ok=True)
    if kill_at:
        training._CHECKPOINT_SECONDS = 0.0
        apply = Learner.apply

        def dying(self: Learner, rate: float, logged: dict[str, float]) -> None:
            if self.step == int(kill_at) and self.world.rank == self.world.size - 1:
                os.kill(os.getpid(), signal.SIGKILL)
            apply(self, rate, logged)

        Learner.apply = dying  # type: ignore[method-assign]
    if weights == "uneven":
        training.parts_that_fit = lambda *args: 1 + int(os.environ["RANK"])
    with joined(spread=weights == "spread") as world:
        if not world.first:
            follow(world)
            return
        sources = {name: data / f"tokens_{name}" for name in ("tens", "hundreds")}
        ctx = Context(workers=1, log=print)
        train(CFG, tokenizer=data / "tokenizer", dev=data / "tokens_tens", out=out, ctx=ctx, **sources)
        world.tell(None)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:])
