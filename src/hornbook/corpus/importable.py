"""Runs every unit of code once in the sandbox, as an import would, and rejects what fails.

A unit that defines a function is not called: to run at import means that its imports exist, its decorators,
defaults and base classes can be made, and its constants computed. What it would do when it is called stays
unknown. Programs go to `hornbook.sandbox`; nothing is executed here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import tee
from pathlib import Path
from typing import ClassVar, Protocol

from pydantic import Field

from hornbook.pool import map_here
from hornbook.record import Record, Rejected, shards
from hornbook.sandbox import Job, Limits, Sandbox, Verdict
from hornbook.step import Config, Context, Metrics

STAGE = "importable"
REASONS = {
    "syntax_error": "syntax_error",
    "timeout_cpu": "timeout",
    "timeout_wall": "timeout",
    "memory": "out_of_memory",
    "crash": "crashed",
    "exit": "exited_early",
    "forbidden": "forbidden_call",
    "output_limit": "printed_too_much",
    "tamper": "tampered",
    "unsupported": "cannot_be_judged",
    "sandbox_error": "sandbox_error",
}
"""Why a record is rejected, by the outcome of a verdict; those that are missing depend on what was run."""
_ERRORS = {
    "NameError": "name_error",
    "ImportError": "import_error",
    "ModuleNotFoundError": "import_error",
    "AttributeError": "attribute_error",
    "TypeError": "type_error",
}
"""Reasons by the exception that ended an import; any other is `raises_at_import`."""


class Importable(Config):
    """What a unit may use while it is imported."""

    VERSION: ClassVar[int] = 2
    cpu_seconds: float = Field(default=2.0, gt=0)
    """CPU seconds; nearly all units need a few milliseconds beside their imports."""
    memory_megabytes: int = Field(default=512, ge=64)
    """Address space; enough for anything that does not import numpy."""


class Runs(Protocol):
    """What `imported` needs of a sandbox."""

    def run(self, jobs: Iterable[Job]) -> Iterator[Verdict]:
        """Yield one verdict per job, in order."""
        ...


def is_code(record: Record) -> bool:
    """Say whether a record is code."""
    return record.kind == "code"


def is_lifted(record: Record) -> bool:
    """Say whether a record is a definition, lifted out of its file."""
    return record.kind == "code" and record.tags.get("unit") in ("function", "method", "class")


def importable(
    cfg: Importable, *, corpus: Path, out: Path, ctx: Context, runs: Callable[[Record], bool] = is_code
) -> Metrics:
    """Write the records of code that run at import, tagged `imported` with the sandbox's level.

    The others are rejected: `name_error`, `import_error`, `attribute_error`, `type_error`, `raises_at_import`,
    `timeout`, `out_of_memory` and the like, with the exception and its line as detail. Records of which `runs`
    says no pass untouched. Metrics: those of `map_shards`, `share_importable` and `sandbox_level`. Raises
    SandboxUnavailable when this machine cannot isolate programs.
    """
    limits = Limits(cpu_seconds=cfg.cpu_seconds, memory_megabytes=cfg.memory_megabytes)
    with Sandbox(workers=ctx.workers, limits=limits) as sandbox:
        level = sandbox.level
        metrics = map_here(lambda given: imported(given, sandbox, level, runs), shards(corpus), out, ctx)
    share = metrics["num_kept"] / metrics["num_in"] if metrics["num_in"] else 0.0
    return metrics | {"share_importable": round(share, 4), "sandbox_level": level}


def imported(
    records: Iterable[Record], sandbox: Runs, level: str, runs: Callable[[Record], bool] = is_code
) -> Iterator[Record | Rejected]:
    """Yield every record in order, run once where `runs` says so; holds as many as the sandbox does."""
    to_run, to_judge = tee(records)
    verdicts = sandbox.run(Job(id=r.id, blocks=(r.text,)) for r in to_run if runs(r))
    for record in to_judge:
        if not runs(record):
            yield record
            continue
        verdict = next(verdicts)
        if verdict.outcome == "pass":
            yield replace(record, tags={**record.tags, "imported": level})
        else:
            yield Rejected(record, STAGE, _reason(verdict), verdict.detail)


def _reason(verdict: Verdict) -> str:
    if verdict.outcome in REASONS:
        return REASONS[verdict.outcome]
    return _ERRORS.get(verdict.detail.partition(" ")[0], "raises_at_import")
