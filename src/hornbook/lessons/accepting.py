"""The step that exercises and textbooks share: draft, read, check, accept, round by round."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from hornbook.lessons.answer import Asked, Drafts
from hornbook.lessons.asking import EndpointDrafts
from hornbook.lessons.drafting import Kind, OfflineDrafts, Read
from hornbook.lessons.guard import GUARDED, Guard
from hornbook.lessons.rounds import ROUND, Examine, Result, Rounds
from hornbook.quality.check import Check, checked, refuse_without_ruff
from hornbook.quality.check_metrics import written_metrics
from hornbook.quality.outline import Outlines
from hornbook.record import Record
from hornbook.sandbox import Sandbox
from hornbook.step import Context, Metrics, Progress


def accept(kind: Kind, cfg: Drafts, read: Read, out: Path, ctx: Context) -> Metrics:
    """Ask the teacher until `cfg.count` records are accepted, and write them and what was rejected.

    Metrics: `num_in` answers asked for, `num_kept`, `num_rejected`, `reasons`; `rounds`, each with what was
    `asked` and `accepted` and the `novelty` of it; with a check what it counts (`written_metrics`); of an endpoint
    `calls`, `failed_calls`, `tokens_in` and `tokens_out`, which count what this step paid for and not what the
    journal had, `calling_seconds` by the clock while calls were in flight and `call_seconds` of all calls,
    with a price `dollars` and `dollars_per_record`, and `reasked` and `reasked_read`.

    Raises QualityGate where too few answers can be accepted and SandboxUnavailable where nothing can be
    executed; of an endpoint BudgetExceeded, TeacherUnavailable and UsageError. Every paid answer is kept.
    """
    outlines = Outlines()
    drafting = (
        EndpointDrafts(kind, cfg, read, out, ctx)
        if isinstance(cfg.teacher, Asked)
        else OfflineDrafts(kind, cfg, read, outlines, ctx)
    )
    least = ctx.access.least_read if isinstance(cfg.teacher, Asked) and ctx.access else 0.0
    guard = Guard(most=GUARDED, least_read=least, later=ROUND, did="were accepted")
    rounds = Rounds(cfg, f"{kind}s", out, ctx.log, guard, outlines)
    with _examining(cfg.check, outlines, ctx) as (examine, level), drafting:
        waiting: list[Result] = []
        for draft in drafting.drafts(rounds.wanted()):
            waiting.append(draft)
            if rounds.are_due(len(waiting)):
                rounds.decide(waiting, examine)
                waiting = []
            note = f"{len(waiting):,} more are read" if waiting else ""
            ctx.progress(Progress(done=rounds.accepted, total=cfg.count, unit="accepted", note=note))
        metrics = rounds.finish()
    metrics |= drafting.metrics(metrics["num_kept"])
    return metrics | (written_metrics(out, level, cfg.check.mutant_share) if cfg.check else {})


@contextlib.contextmanager
def _examining(cfg: Check | None, outlines: Outlines, ctx: Context) -> Iterator[tuple[Examine, str]]:
    """Give what executes records, and the level of the sandbox."""
    if cfg is None:
        yield (lambda records: records), ""
        return
    refuse_without_ruff(cfg)
    with Sandbox(workers=ctx.workers) as sandbox:

        def examine(records: Sequence[Record]) -> Iterable[Result]:
            return checked(cfg, records, sandbox, outlines.of)

        yield examine, sandbox.level
