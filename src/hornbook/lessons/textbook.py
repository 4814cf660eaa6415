"""Textbook pages: from a teacher's Markdown to records, and the step that asks for them.

Nothing is executed here; the check stage runs every block and compares the stated output.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from hornbook.curriculum.offline import OfflineTeacher
from hornbook.lessons import plan
from hornbook.lessons.answer import (
    Asked,
    Drafts,
    Malformed,
    ask,
    coverage,
    licence,
    origin,
    read_headline,
    split_indices,
    tags,
)
from hornbook.lessons.asking import ask_endpoint
from hornbook.lessons.parts import bare
from hornbook.pool import Stage, map_shards
from hornbook.quality.markdown import UnreadableBlock, parse_page
from hornbook.record import Record, Rejected
from hornbook.step import Context, Metrics
from hornbook.teacher.protocol import Completion

_SHORTEST_PAGE = 300
"""Characters; Cosmopedia drops generations below 150 tokens, and a page with code is denser than prose."""


class Textbooks(Drafts):
    """What the textbooks step asks of which teacher; traces are always about composed programs."""

    KIND = "textbook"


def textbooks(cfg: Textbooks, *, out: Path, ctx: Context) -> Metrics:
    """Ask the teacher for `cfg.count` pages and write them as records.

    Raises what `ask_endpoint` raises where the teacher is behind an endpoint.

    Metrics: `num_in`, `num_kept`, `num_rejected`, `reasons`, `pages_per_second` over all workers, `coverage`
    (concept -> form -> count), `audiences` (concept -> audience -> count), and of an endpoint what was spent.
    """
    # Speed is a metric for people; it enters neither records nor identity.
    start = time.perf_counter()
    if isinstance(cfg.teacher, Asked):
        metrics = ask_endpoint("textbook", cfg, read_page, out, ctx)
    else:
        metrics = map_shards(make_textbooks, cfg, split_indices(cfg.count), out, ctx)
    seconds = time.perf_counter() - start
    metrics["pages_per_second"] = round(metrics["num_in"] / max(seconds, 1e-6))
    return metrics | {"coverage": coverage(out, "form"), "audiences": coverage(out, "audience")}


def make_textbooks(cfg: Textbooks) -> Stage:
    """Return the stage that turns indices into pages of the offline teacher."""
    teacher = OfflineTeacher()

    def stage(indices: Iterator[int]) -> Iterable[Record | Rejected]:
        asked = plan.requests("textbook", cfg.seed, indices, programs=cfg.programs, breadth=cfg.breadth)
        return ask(teacher, asked, read_page, "textbooks")

    return stage


def read_page(completion: Completion, teacher: str) -> Record:
    """Read a page from a completion's Markdown; raises Malformed when it is short or its blocks cannot be read."""
    text, found = read_headline(bare(completion.text))
    text = text.strip() + "\n"
    if len(text) < _SHORTEST_PAGE:
        raise Malformed(f"{len(text)} characters, fewer than {_SHORTEST_PAGE}")
    try:
        blocks = parse_page(text).blocks
    except UnreadableBlock as error:
        raise Malformed(str(error)) from None
    if not blocks:
        raise Malformed("no Python block")
    return Record(
        text=text,
        kind="textbook",
        source=teacher,
        license=licence(teacher),
        origin=origin(completion, teacher),
        tags=tags(completion, found),
    )
