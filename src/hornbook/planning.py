"""What `hornbook plan` does: every step's state, and what the answers of an endpoint will cost."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import reduce
from operator import add
from typing import TYPE_CHECKING

from hornbook.commands import Chosen, context_of, print_json, print_table, spending
from hornbook.lessons.answer import Asked, Drafts
from hornbook.lessons.preview import Previewed, first_requests, previewed
from hornbook.record import Rejected
from hornbook.report.table import Table
from hornbook.sandbox import Sandbox
from hornbook.screen import Screen
from hornbook.step import Context, Planned, Progress, plan
from hornbook.teacher.endpoint import Endpoint
from hornbook.teacher.forecast import Forecast, Range, Seen, answers_for, forecast, key_of
from hornbook.teacher.journal import Journal
from hornbook.teacher.price import dollars
from hornbook.teacher.profile import load_profile
from hornbook.teacher.protocol import Completion, Request

if TYPE_CHECKING:
    from hornbook.teacher.access import Access

_NUM_SEEN = 20
"""Answers of each step from which its cost is told."""
_STEP_FIELDS = ("state", "reasons", "last_seconds", "last_dollars", "num_partial", "aside")


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """What one step's answers will cost."""

    step: str
    seen: int
    """Answers that it was told from."""
    accepted: int
    """Those of them that would be accepted."""
    forecast: Forecast | None
    """None where there was no answer to tell from."""


def plan_recipe(chosen: Chosen, form: str, *, pay: bool = False) -> None:
    """Print the state of every step of a recipe, and with a teacher what its answers will cost.

    With `pay` the first answers of each step are asked for, where the journal lacks them; else nothing is spent.
    """
    planned = plan(chosen.steps(), chosen.root)
    estimates: list[Estimate] = []
    if chosen.access is not None:
        with Screen(1) as screen:
            screen.begin("preview")
            estimates = list(estimated(planned, chosen.access, context_of(None, screen), pay=pay))
    if form == "json":
        known = {estimate.step: asdict(estimate) for estimate in estimates}
        fields = [{name: getattr(p, name) for name in _STEP_FIELDS} for p in planned]
        print_json(
            [
                {"step": p.step.name, **shown, "estimate": known.get(p.step.name)}
                for p, shown in zip(planned, fields, strict=True)
            ]
        )
        return
    print_table(_states(planned, str(chosen.root)))
    if chosen.access is not None and estimates:
        print()
        print_table(_costs(estimates, chosen.access))
        if pay:
            print(f"spent: {spending(chosen.access.budget.spent)}")


def estimated(planned: Sequence[Planned], access: Access, ctx: Context, *, pay: bool) -> Iterator[Estimate]:
    """Yield what the answers of each step that is to do will cost.

    Raises BudgetExceeded and TeacherUnavailable, with `pay` alone.
    """
    todo = [one for one in planned if one.state != "fresh" and not one.aside]
    asking = [(one, one.step.config) for one in todo if isinstance(one.step.config, Drafts)]
    for number, (one, cfg) in enumerate(asking):
        if isinstance(cfg.teacher, Asked):
            ctx.progress(Progress(done=number, total=len(asking), unit="steps"))
            yield _estimate(one.step.name, cfg, access, ctx, pay=pay)


def _estimate(name: str, cfg: Drafts, access: Access, ctx: Context, *, pay: bool) -> Estimate:
    first = list(first_requests(cfg, min(cfg.count, _NUM_SEEN)))
    if pay:
        _completions(access, first, ctx.log)
    known = _known(access, first_requests(cfg, cfg.count))
    there = [request for request in first if request.sample in known]
    completions = _completions(access, there, lambda line: None) if there else []
    seen = [
        Seen(usage=one.usage, seconds=known[one.request.sample])
        for one in completions
        if one.usage is not None
    ]
    shown = _judged(cfg, completions, access.endpoint.teacher_name, ctx)
    accepted = sum(one.is_accepted for one in shown)
    return Estimate(
        step=name,
        seen=len(seen),
        accepted=accepted,
        forecast=_forecast(access, seen, _calls(cfg, shown, len(known))) if seen else None,
    )


def _judged(cfg: Drafts, completions: Sequence[Completion], teacher: str, ctx: Context) -> list[Previewed]:
    if cfg.check is None or not completions:
        return previewed(cfg, completions, teacher, sandbox=None)
    with Sandbox(workers=ctx.workers) as sandbox:
        return previewed(cfg, completions, teacher, sandbox=sandbox)


def _calls(cfg: Drafts, shown: Sequence[Previewed], num_known: int) -> Range:
    """Return the calls that are to pay: answers for as many accepted records, and malformed ones once more."""
    refused = [one.result.reason for one in shown if isinstance(one.result, Rejected)]
    again = cfg.reasks * refused.count("malformed_answer") / len(shown)
    most = math.ceil(cfg.most_asked * cfg.count)
    wanted = answers_for(cfg.count, len(shown) - len(refused), len(shown), most)
    return wanted.less(num_known) * Range.exactly(1 + again)


def _forecast(access: Access, seen: Sequence[Seen], calls: Range) -> Forecast:
    profile = load_profile(access.journal, access.endpoint)
    in_flight = _in_flight(access)
    speed = None if profile is None else profile.speed(in_flight)
    return forecast(seen, calls, price=access.budget.price, in_flight=in_flight, tokens_per_second=speed)


def _in_flight(access: Access) -> int:
    """Return how many of the first answers were asked for at once."""
    return min(access.endpoint.concurrency, _NUM_SEEN) if isinstance(access.endpoint, Endpoint) else 1


def _completions(access: Access, requests: Sequence[Request], say: Callable[[str], None]) -> list[Completion]:
    with access.teacher(say) as teacher:
        return list(teacher.complete(requests))


def _known(access: Access, requests: Iterable[Request]) -> dict[int, float]:
    """Return the samples of the requests that the journal has answers to, with the seconds each took."""
    if not access.journal.is_dir():
        return {}
    found: dict[int, float] = {}
    with Journal(access.journal) as journal:
        for request in requests if len(journal) else ():
            if (entry := journal.get(key_of(request, access.endpoint))) is not None:
                found[request.sample] = entry.seconds
    return found


def _states(planned: Sequence[Planned], root: str) -> Table:
    shown = []
    for p in planned:
        seconds, usd = p.last_seconds, p.last_dollars
        last = "" if seconds is None or usd is None else f"{seconds:.1f} s, {dollars(usd, 2)}"
        notes = [*p.reasons]
        notes += [f"continues: {p.num_partial} files kept"] if p.num_partial else []
        notes += ["built before, will be taken back"] if p.aside else []
        shown.append((p.step.name, p.state, last, "; ".join(notes)))
    todo = sum(p.state != "fresh" and not p.aside for p in planned)
    note = f"{len(planned)} steps, {todo} to do, in {root}"
    return Table(headings=("step", "state", "last", "why"), rows=tuple(shown), notes=(note,))


def _costs(estimates: Sequence[Estimate], access: Access) -> Table:
    found = [(one.step, one.forecast) for one in estimates if one.forecast is not None]
    if len(found) > 1:
        found.append(("together", reduce(add, [one for _, one in found])))
    rows = [(name, *_cells(one)) for name, one in found]
    rows += [(one.step, *["?"] * 5) for one in estimates if one.forecast is None]
    headings = ("step", "calls to pay", "tokens read", "tokens written", "dollars", "hours")
    return Table(headings=headings, rows=tuple(rows), notes=tuple(_notes(estimates, access)))


def _cells(one: Forecast) -> Iterator[str]:
    for number in (one.calls, one.tokens_in, one.tokens_out):
        yield _shown(number, "{:,.0f}".format)
    yield "no price" if one.usd is None else _shown(one.usd, lambda usd: dollars(usd, 4))
    yield _shown(one.hours, "{:,.3f}".format)


def _shown(number: Range, said: Callable[[float], str]) -> str:
    likely, low, high = (said(value) for value in (number.likely, number.low, number.high))
    return likely if low == high else f"{likely} ({low} to {high})"


def _notes(estimates: Sequence[Estimate], access: Access) -> Iterator[str]:
    yield "in parentheses from low to high: of twenty such ranges nineteen hold the truth"
    for one in estimates:
        if one.seen:
            yield f"{one.step}: as {one.seen} answers were, of which {one.accepted} are accepted"
        else:
            yield f"{one.step}: the journal has no answer yet; --preview pays for {_NUM_SEEN}"
    profile = load_profile(access.journal, access.endpoint)
    if profile is not None:
        yield f"hours: at the speed that was measured {profile.age}"
    elif any(one.seen for one in estimates):
        yield (
            f"hours: with {_in_flight(access)} calls in flight, as slow as these were; "
            "hornbook doctor --teacher measures it"
        )
