"""Textbook pages: from a teacher's Markdown to records, and the step that asks for them.

Nothing is executed here; the check stage runs every block and compares the stated output.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import Field, field_validator

from hornbook.curriculum.offline import OfflineTeacher
from hornbook.lessons import plan
from hornbook.lessons.answer import (
    Malformed,
    ask,
    coverage,
    licence,
    origin,
    read_headline,
    resolve_plan,
    resolve_teacher,
    split_indices,
    tags,
)
from hornbook.pool import Stage, map_shards
from hornbook.record import Record, Rejected
from hornbook.step import Config, Context, Metrics
from hornbook.teacher.protocol import Completion

_BLOCK = re.compile(r"^```python[ \t]*\n(.*?)^```[ \t]*$", re.M | re.S)
_FENCE = re.compile(r"^```", re.M)
_SHORTEST_PAGE = 300
"""Characters; Cosmopedia drops generations below 150 tokens, and a page with code is denser than prose."""


class Textbooks(Config):
    """What the textbooks step asks of which teacher."""

    count: int = Field(1000, ge=1)
    """Pages asked for; a longer step begins with the same ones."""
    seed: int = 0
    """Seed of the plan and of the offline teacher."""
    programs: float = Field(0.3, ge=0, le=1)
    """Share of pages about composed programs, on top of the traces, which always are."""
    breadth: int = Field(0, ge=0)
    """Families that the offline teacher draws from: the first of its curriculum; 0 means all."""
    teacher: str = "offline"
    """Who answers; the name is completed with a digest of what the teacher knows, for the step's identity."""
    plan: str = ""
    """Digest of plan, concepts and prompts; filled in, never set."""

    _teacher = field_validator("teacher")(resolve_teacher)
    _plan = field_validator("plan")(resolve_plan)


def textbooks(cfg: Textbooks, *, out: Path, ctx: Context) -> Metrics:
    """Ask the teacher for `cfg.count` pages and write them as records.

    Metrics: `num_in`, `num_kept`, `num_rejected`, `reasons`, `pages_per_second` over all workers, `coverage`
    (concept -> form -> count) and `audiences` (concept -> audience -> count).
    """
    # Speed is a metric for people; it enters neither records nor identity.
    start = time.perf_counter()
    metrics = map_shards(make_textbooks, cfg, split_indices(cfg.count), out, ctx)
    seconds = time.perf_counter() - start
    metrics["pages_per_second"] = round(metrics["num_in"] / max(seconds, 1e-6))
    return metrics | {"coverage": coverage(out, "form"), "audiences": coverage(out, "audience")}


def make_textbooks(cfg: Textbooks) -> Stage:
    """Return the stage that turns indices into pages."""
    teacher = OfflineTeacher()

    def stage(indices: Iterator[int]) -> Iterable[Record | Rejected]:
        asked = plan.requests("textbook", cfg.seed, indices, programs=cfg.programs, breadth=cfg.breadth)
        return ask(teacher, asked, read_page, "textbooks")

    return stage


def read_page(completion: Completion, teacher: str) -> Record:
    """Read a page from a completion's Markdown; raises Malformed when it is short or its blocks are not closed."""
    text, found = read_headline(completion.text)
    text = text.strip() + "\n"
    if len(text) < _SHORTEST_PAGE:
        raise Malformed(f"{len(text)} characters, fewer than {_SHORTEST_PAGE}")
    if len(_FENCE.findall(text)) % 2:
        raise Malformed("a code block is not closed")
    if not python_blocks(text):
        raise Malformed("no Python block")
    return Record(
        text=text,
        kind="textbook",
        source=teacher,
        license=licence(teacher),
        origin=origin(completion, teacher),
        tags=tags(completion, found),
    )


def python_blocks(text: str) -> list[str]:
    """Return the Python blocks of a page in order, which share one namespace."""
    return _BLOCK.findall(text)
