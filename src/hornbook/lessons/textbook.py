"""Textbook pages: from a teacher's Markdown to records, and the step that asks for them.

Nothing is executed in this process; the check runs every block in the sandbox and compares the stated output.
"""

from __future__ import annotations

import time
from pathlib import Path

from hornbook.lessons.accepting import accept
from hornbook.lessons.answer import (
    Drafts,
    Malformed,
    coverage,
    licence,
    origin,
    read_headline,
    tags,
)
from hornbook.lessons.parts import bare
from hornbook.quality.markdown import UnreadableBlock, parse_page
from hornbook.record import Record
from hornbook.step import Context, Metrics
from hornbook.teacher.protocol import Completion

_SHORTEST_PAGE = 300
"""Characters; Cosmopedia drops generations below 150 tokens, and a page with code is denser than prose."""


class Textbooks(Drafts):
    """What the textbooks step asks of which teacher, and what it accepts; traces are about programs."""

    KIND = "textbook"


def textbooks(cfg: Textbooks, *, out: Path, ctx: Context) -> Metrics:
    """Ask the teacher until `cfg.count` pages are accepted, and write them as records.

    Raises what `accept` raises, and has its metrics; further `pages_per_second`, answers over all workers,
    `coverage` (concept -> form -> count of accepted) and `audiences` (concept -> audience -> count).
    """
    # Speed is a metric for people; it enters neither records nor identity.
    start = time.perf_counter()
    metrics = accept("textbook", cfg, read_page, out, ctx)
    seconds = time.perf_counter() - start
    metrics["pages_per_second"] = round(metrics["num_in"] / max(seconds, 1e-6))
    return metrics | {"coverage": coverage(out, "form"), "audiences": coverage(out, "audience")}


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
