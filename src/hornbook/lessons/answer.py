"""What exercises and textbooks share: asking a teacher, and turning a completion into a record or a rejection."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self

import orjson
import pyarrow.parquet as pq
from pydantic import Field, ValidationInfo, field_validator, model_validator

from hornbook.curriculum.offline import LICENSE, OfflineTeacher
from hornbook.errors import UsageError
from hornbook.lessons import plan, prompt
from hornbook.lessons.topics import topics_of
from hornbook.quality.check import Check
from hornbook.record import Origin, Record, Rejected, shards
from hornbook.step import Config, Metrics
from hornbook.teacher.protocol import Completion, Teacher

if TYPE_CHECKING:
    from hornbook.teacher.protocol import Model

_HEADLINE = re.compile(
    r"<!-- family: ([^;]+); difficulty: ([1-5]); concepts: ([a-z_ ]+)(?:; form: ([a-z_]+))? -->\n"
)
_BATCH = 256
"""Requests that are made, then answered, then read. One by one, each kind of work pushes the code and data of the
others out of the processor's caches, and making and reading them take half as long again."""


class Malformed(ValueError):
    """An answer that does not have the form that was asked for; its message says what is missing."""


class Asked(Config):
    """Which teacher behind an endpoint is asked, and how: what shapes its answers, and so is identity."""

    name: str
    """The teacher's name, mostly `model@revision`; never an address or a key."""
    api: Literal["chat", "completions"] = "chat"
    parameters: dict[str, Any] = Field(default_factory=dict)
    """Temperature, most tokens and the like, as `Endpoint.parameters` has them."""

    @classmethod
    def of(cls, endpoint: Model) -> Self:
        """Return the identity of a model's teacher."""
        return cls(name=endpoint.teacher_name, api=endpoint.api, parameters=endpoint.parameters)

    @field_validator("name")
    @classmethod
    def _is_not_ours(cls, name: str) -> str:
        if name.startswith("offline"):
            raise UsageError(
                f"teacher {name!r} would pass for the offline teacher; name it otherwise: --teacher-set name=..."
            )
        return name


class Drafts(Config):
    """What a step asks of which teacher, and what it accepts."""

    VERSION: ClassVar[int] = 200 + Check.VERSION  # another check accepts other records

    KIND: ClassVar[Literal["exercise", "textbook"]]

    count: int = Field(1000, ge=1)
    """Records wanted: accepted ones, which could be read, passed the check and copy none before them. A longer
    step begins with the same ones."""
    most_asked: float = Field(5.0, ge=1)
    """Answers asked for at most, for each record wanted; then the step stops and says what was wrong. 5 fits
    the guard, which stops at the beginning where less than a fifth is accepted."""
    check: Check | None = Check()
    """How records are executed; none accepts whatever can be read."""
    diversity: Literal["fixed", "slots", "loop"] = "loop"
    """What makes answers differ: nothing but chance (`fixed`), the cells of a plan (`slots`), or a plan that
    asks more for cells whose accepted records were new, and bans openings that were used too often (`loop`)."""
    least_novelty: float = Field(0.05, ge=0, le=1)
    """Share of a round's accepted records that must be new, in syntax tree and opening on average."""
    low_novelty: Literal["warn", "stop"] = "warn"
    """What happens below `least_novelty`."""
    seed: int = 0
    """Seed of the plan and of the offline teacher."""
    programs: float = Field(0.3, ge=0, le=1)
    """Share of composed programs, which are more varied; the rest are families, which are more instructive."""
    teacher: str | Asked = "offline"
    """Who answers; `offline` is completed with a digest of what that teacher knows, for the step's identity."""
    slips: float = Field(plan.SLIPS, ge=0, le=1)
    """Share of exercises whose statement has slips of grammar or spelling, as people make them."""
    deepen: float = Field(0.0, ge=0, le=1)
    """Share of exercises of which the offline teacher's later ones take more steps, as codes of fewer are used up.
    Families then go on from a helper, and plain tasks get rare among them: 1 is for sets of tens of thousands."""
    breadth: int = Field(0, ge=0)
    """Families that the offline teacher draws from: the first of its curriculum; 0 means all, and another
    teacher, who knows no families, always has 0."""
    template: str = ""
    """Text of a prompt template of your own, in the place of hornbook's; for a teacher behind an endpoint."""
    topics: str = ""
    """Topics of your own, one a line, in the place of the curriculum's concepts; likewise."""
    reasks: int = Field(1, ge=0, le=5)
    """How often a malformed answer is asked for again, at most. Each costs a call with the whole conversation; the
    first is worth it, since most models mend what they are told, and who fails twice mostly goes on failing."""
    plan: str = ""
    """Digest of plan, concepts and prompts; filled in, never set."""

    @field_validator("teacher")
    @classmethod
    def _installed(cls, name: str | Asked) -> str | Asked:
        if isinstance(name, Asked):
            return name
        known = OfflineTeacher().name
        if name in ("offline", known):
            return known
        raise ValueError(
            f"teacher {name!r} is not installed; use 'offline' (now {known}), or an endpoint (Asked)"
        )

    @model_validator(mode="after")
    def _own_prompts(self) -> Self:
        if self.template or self.topics:
            if not isinstance(self.teacher, Asked):
                raise UsageError(
                    "the offline teacher reads no prompts, so template and topics are for a teacher behind an "
                    "endpoint: give --teacher URL"
                )
            if self.template:
                prompt.check_template(self.KIND, self.template)
            if self.topics:
                topics_of(self.topics)
        return self

    @field_validator("breadth")
    @classmethod
    def _of_the_offline_teacher(cls, breadth: int, others: ValidationInfo) -> int:
        # `others` are the fields above this one.
        return 0 if isinstance(others.data.get("teacher"), Asked) else breadth

    @field_validator("plan")
    @classmethod
    def _of_this_version(cls, given: str) -> str:
        known = plan.digest()
        if given in ("", known):
            return known
        raise ValueError(f"plan {given!r} is not the one installed ({known}); leave the field empty")


def read_headline(text: str) -> tuple[str, Mapping[str, str]]:
    """Take the comment in which the offline teacher says what it wrote from off an answer, if it is there."""
    match = _HEADLINE.match(text)
    if match is None:
        return text, {}
    found = {"family": match[1], "difficulty": match[2], "concepts": match[3], "form": match[4] or ""}
    return text[match.end() :], found


def ask(
    teacher: Teacher, requests: Iterable[Any], read: Callable[[Completion, str], Record], stage: str
) -> Iterator[Record | Rejected]:
    """Yield one record or rejection per request, in order; `_BATCH` of them are asked and read at a time."""
    waiting = iter(requests)
    while batch := list(islice(waiting, _BATCH)):
        completions = list(teacher.complete(batch))
        yield from [read_or_reject(completion, teacher.name, read, stage) for completion in completions]


def read_or_reject(
    completion: Completion, teacher: str, read: Callable[[Completion, str], Record], stage: str
) -> Record | Rejected:
    """Read a completion; what cannot be read is rejected as teacher_error, answer_cut or malformed_answer."""
    reason, detail = "", ""
    if completion.finish == "error":
        reason, detail = "teacher_error", completion.error
    elif completion.finish == "length":
        reason, detail = "answer_cut", "the answer reached the teacher's token limit"
    else:
        try:
            return read(completion, teacher)
        except Malformed as error:
            reason, detail = "malformed_answer", str(error)
    return Rejected(_unread(completion, teacher), stage, reason, detail)


def origin(completion: Completion, teacher: str) -> Origin:
    """Return the provenance of an answer."""
    request = completion.request
    return Origin(
        teacher=teacher,
        model=completion.model,
        prompt_hash=request.prompt_hash,
        slots=request.slots,
        seed=request.seed,
        journal_key=completion.journal_key,
    )


def tags(completion: Completion, found: Mapping[str, str]) -> dict[str, str]:
    """Return what was asked for, and the family and the form of a page where the teacher named them."""
    slots = completion.request.slots
    asked = {
        key: str(slots[key])
        for key in ("concept", "form", "style", "audience", "difficulty")
        if slots.get(key, "") != ""
    }
    return asked | {key: found[key] for key in ("family", "form") if found.get(key)}


def licence(teacher: str) -> str:
    """Return the licence of a teacher's texts."""
    return LICENSE if teacher.startswith("offline@") else "unknown"


def _unread(completion: Completion, teacher: str) -> Record:
    return Record(
        text=completion.text or f"(no answer to {completion.request.seed})",
        kind=completion.request.kind,
        source=teacher,
        license=licence(teacher),
        origin=origin(completion, teacher),
        tags=tags(completion, {}),
    )


def coverage(out: Path, column: Literal["form", "style", "audience"]) -> Metrics:
    """Count the kept records of each concept by `column`, from the tags alone."""
    counts: Counter[tuple[str, str]] = Counter()
    for shard in shards(out):
        for text in pq.read_table(shard, columns=["tags"])["tags"].to_pylist():
            found = orjson.loads(text)
            counts[found.get("concept", ""), found.get(column, "")] += 1
    table: dict[str, dict[str, int]] = {}
    for (concept, value), number in sorted(counts.items()):
        table.setdefault(concept, {})[value] = number
    return table
