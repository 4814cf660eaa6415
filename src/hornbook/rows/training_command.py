"""What `hornbook train` does, apart from how it is typed: it builds the steps, or joins in another process's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from hornbook.commands import context_of, print_json
from hornbook.errors import UsageError
from hornbook.rows.training import OwnData, own_data
from hornbook.run import run
from hornbook.screen import Screen
from hornbook.settings import override
from hornbook.step import Step, StepRecord, plan
from hornbook.writable import refuse_unwritable


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the command line says."""

    cfg: OwnData
    data: Sequence[str]
    """`path` or `name=path`, each."""
    dev: Path | None
    tokenizer: Path | None
    settings: Mapping[str, str]
    out: Path

    def steps(self) -> list[Step]:
        """Return the steps with their settings. Raises UsageError for what does not exist or fit."""
        steps = own_data(self.cfg, _named(self.data), dev=self.dev, tokenizer=self.tokenizer)
        return override(steps, self.settings)


def train_on_rows(asked: Asked, *, spread: bool, workers: int | None, form: str) -> None:
    """Bring the run up to date and print where the model is; join in training where another process leads."""
    from hornbook.lm.train import follow
    from hornbook.lm.world import joined, launched

    if spread and not launched():
        raise UsageError(
            "--spread shares the weights between processes, and there is one; start several: "
            "torchrun --nproc-per-node 2 -m hornbook train ..."
        )
    with joined(spread=spread) as world:
        if not world.first:
            follow(world)
            return
        records = _built(asked, workers)
        world.tell(None)
    if form == "json":
        print_json({name: asdict(record) for name, record in records.items()})
        return
    print(f"model: {asked.out / 'trained' / 'model'}")


def _built(asked: Asked, workers: int | None) -> dict[str, StepRecord]:
    refuse_unwritable(asked.out)
    steps = asked.steps()
    with Screen(len(plan(steps, asked.out))) as screen:
        ctx = context_of(workers, screen)
        return run(steps, asked.out, ctx, started=screen.started, finished=screen.finished)


_TAKEN = {"dev", "tokenizer", "init", "out", "ctx", "cfg", "records"}
"""Names of inputs that a source may not have."""


def _named(words: Sequence[str]) -> dict[str, Path]:
    """Read `path` and `name=path`; a path without a name is called by its file's or folder's.

    Raises UsageError for a path that does not exist, and for names that are taken or no plain words.
    """
    sources: dict[str, Path] = {}
    for word in words:
        name, equals, rest = word.partition("=")
        path = Path(rest if equals else word)
        name = name if equals else path.name.partition(".")[0].replace("-", "_")
        if not path.exists():
            raise UsageError(f"{str(path)!r} does not exist; give a file of rows or a folder with records")
        if not name.isidentifier() or name in _TAKEN:
            raise UsageError(
                f"{word}: {name!r} is taken or no plain word; name the source, as in code={path}"
            )
        if name in sources:
            raise UsageError(f"two sources are named {name!r}; give one another name, as in other={path}")
        sources[name] = path
    return sources
