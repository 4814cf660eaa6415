"""What `hornbook preview` does: a few prompts with their answers, what becomes of them, and what that costs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hornbook.commands import context_of, print_json, spending
from hornbook.curriculum.offline import OfflineTeacher
from hornbook.errors import HornbookError
from hornbook.lessons.answer import Asked, Drafts
from hornbook.lessons.exercise import Exercises
from hornbook.lessons.preview import Previewed, first_requests, previewed
from hornbook.lessons.textbook import Textbooks
from hornbook.pool import write_atomically
from hornbook.record import Rejected
from hornbook.sandbox import Sandbox
from hornbook.screen import Screen
from hornbook.step import Context, Progress
from hornbook.teacher.price import dollars
from hornbook.teacher.protocol import Completion, Teacher
from hornbook.writable import refuse_taken

if TYPE_CHECKING:
    from hornbook.teacher.access import Access

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""What a terminal might obey."""


def preview(
    kind: str,
    count: int,
    seed: int,
    *,
    check: bool,
    out: Path | None,
    workers: int | None,
    access: Access | None,
    form: str,
    template: str = "",
    topics: str = "",
) -> None:
    """Print, or write to `out`, the first prompts of a step with their answers, and the share that is accepted.

    Raises what the teacher raises, after showing the answers that came.
    """
    if out is not None:
        refuse_taken(out)
    teacher = "offline" if access is None else Asked.of(access.endpoint)
    cls = Exercises if kind == "exercises" else Textbooks
    cfg = cls(count=count, seed=seed, teacher=teacher, template=template, topics=topics)
    with Screen(1) as screen:
        screen.begin("preview")
        ctx = context_of(workers, screen, access=access)
        completions: list[Completion] = []
        failure = _ask(cfg, ctx, completions)
        shown = _judged(cfg, ctx, completions, check)
    said = list(summary(shown, access, executed=check))
    if form == "json":
        print_json({"summary": said, "items": [_row(one) for one in shown]})
    elif out is None:
        print("\n".join([*items(shown), *said]))
    else:
        title = f"# The first {count} {kind} by {_name(cfg)}"
        text = "\n".join([title, "", *(f"- {line}" for line in said), "", *items(shown)])
        write_atomically(out, text.encode())
        print("\n".join([*said, f"prompts, answers and verdicts: {out}"]))
    if failure is not None:
        raise failure


def summary(shown: Sequence[Previewed], access: Access | None, *, executed: bool) -> Iterator[str]:
    """Yield what a preview comes to, a line each: acceptance, why not, what it cost and what more would cost."""
    accepted = sum(one.is_accepted for one in shown)
    share = f" ({100 * accepted / len(shown):.0f} %)" if shown else ""
    yield f"{accepted} of {len(shown)} accepted{share}" + ("" if executed else "; nothing was executed")
    reasons = Counter(one.result.reason for one in shown if isinstance(one.result, Rejected))
    if reasons:
        yield "rejected: " + ", ".join(f"{number} {reason}" for reason, number in reasons.most_common())
    if access is None:
        return
    replayed = sum(one.completion.replayed for one in shown)
    known = f"; {replayed} answers were in the journal" if replayed else ""
    yield f"spent: {spending(access.budget.spent)}{known}"
    if access.budget.price is not None and accepted:
        paid = sum(access.budget.price.of(one.completion.usage) for one in shown if one.completion.usage)
        yield f"at this rate 1,000 accepted cost about {dollars(1000 * paid / accepted, 2)}"


def _ask(cfg: Drafts, ctx: Context, into: list[Completion]) -> HornbookError | None:
    """Ask, and return what ended it before the last answer; what came is in `into`."""
    try:
        if ctx.access is None:
            _collect(OfflineTeacher(), cfg, ctx, into)
        else:
            with ctx.access.teacher(ctx.log) as teacher:
                _collect(teacher, cfg, ctx, into)
    except HornbookError as error:
        return error
    return None


def _collect(teacher: Teacher, cfg: Drafts, ctx: Context, into: list[Completion]) -> None:
    for completion in teacher.complete(first_requests(cfg, cfg.count)):
        into.append(completion)
        ctx.progress(Progress(done=len(into), total=cfg.count, unit="answers"))


def _judged(cfg: Drafts, ctx: Context, completions: Sequence[Completion], check: bool) -> list[Previewed]:
    if not check:
        return previewed(cfg, completions, _name(cfg), sandbox=None)
    with Sandbox(workers=ctx.workers) as sandbox:
        return previewed(cfg, completions, _name(cfg), sandbox=sandbox)


def _name(cfg: Drafts) -> str:
    return cfg.teacher if isinstance(cfg.teacher, str) else cfg.teacher.name


def items(shown: Sequence[Previewed]) -> Iterator[str]:
    """Yield the lines of all items, in Markdown that a terminal shows as well."""
    for number, one in enumerate(shown, start=1):
        yield f"## {number}. {_verdict(one)}"
        for message in one.completion.request.messages:
            yield from ("", "### Prompt" if message.role == "user" else f"### Prompt ({message.role})", "")
            yield from _fenced(message.content)
        yield from ("", "### Answer", "")
        yield from _fenced(one.completion.text)
        yield ""


def _verdict(one: Previewed) -> str:
    if isinstance(one.result, Rejected):
        return _plain(f"rejected: {one.result.reason}: {one.result.detail}").replace("\n", " ")
    rate = one.result.scores.get("kill_rate")
    return "accepted" + ("" if rate is None else f", its tests notice {100 * rate:.0f} % of small mistakes")


def _fenced(text: str) -> Iterator[str]:
    """Yield a text between fences that are longer than any in it."""
    plain = _plain(text).rstrip("\n")
    longest = max(map(len, re.findall("`+", plain)), default=0)
    fence = "`" * max(3, longest + 1)
    yield from (fence, plain, fence)


def _plain(text: str) -> str:
    return _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", text)


def _row(one: Previewed) -> dict[str, Any]:
    refused = one.result if isinstance(one.result, Rejected) else None
    record = one.result.record if isinstance(one.result, Rejected) else one.result
    return {
        "accepted": one.is_accepted,
        "reason": refused.reason if refused else "",
        "detail": refused.detail if refused else "",
        "scores": dict(record.scores),
        "messages": [{"role": m.role, "content": m.content} for m in one.completion.request.messages],
        "answer": one.completion.text,
        "finish": one.completion.finish,
        "replayed": one.completion.replayed,
        "journal_key": one.completion.journal_key,
    }
