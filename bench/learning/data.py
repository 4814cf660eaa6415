"""What the contestants read and are examined on: made by the recipe's own steps, kept in a folder for later runs.

The dev set is a ladder of another seed than the recipe's, and the data are kept free of its problems as the recipe
keeps them free of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hornbook.benchmarks.ladder import read_ladder
from hornbook.lm.tokens import Documents, read_tokens
from hornbook.recipes.laptop import laptop
from hornbook.run import run
from hornbook.settings import override
from hornbook.step import Context, in_order

SHARES = {"exercises": 0.7, "filtered": 0.3}
"""Part of what is read that comes from each source."""
STEPS = ("ladder", "tokenizer", *(f"tokens_{source}" for source in SHARES))
SETTINGS = {"ladder.seed": 1, "ladder.per_rung": 75, "textbooks_accepted.count": 300}
LAPTOP = {
    "corpus.num_records": 8000,
    "exercises_accepted.count": 10_000,
    "exercises_accepted.check.mutant_share": 0,
}
SMOKE = {
    "corpus.num_records": 500,
    "labels.num_labels": 200,
    "exercises_accepted.count": 300,
    "ladder.per_rung": 15,
}


@dataclass(frozen=True, slots=True)
class Data:
    folder: Path
    dev: list[tuple[str, str]]
    """(prompt, reference) of every problem of the dev set."""

    @property
    def tokenizer(self) -> Path:
        return self.folder / "tokenizer"

    def paths(self) -> dict[str, Path]:
        return {source: self.folder / f"tokens_{source}" for source in SHARES}

    def documents(self) -> dict[str, Documents]:
        return {source: read_tokens(path) for source, path in self.paths().items()}


def make(folder: Path, *, smoke: bool) -> Data:
    """Bring the data in `folder` up to date, which takes minutes the first time."""
    settings = SETTINGS | (SMOKE if smoke else LAPTOP)
    steps = override(
        laptop(size="smoke" if smoke else "laptop"), {path: str(value) for path, value in settings.items()}
    )
    wanted = [step for step in in_order(steps) if step.name in STEPS]
    run(wanted, folder, Context(workers=1, log=print))
    problems = read_ladder(folder / "ladder").problems
    return Data(folder, [(problem.prompt, problem.reference) for problem in problems])
