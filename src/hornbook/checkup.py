"""What `hornbook doctor --teacher` does: measures an endpoint once, shows it, and says what to do about it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from hornbook.commands import print_json, print_table, spending
from hornbook.errors import UsageError
from hornbook.report.table import Table
from hornbook.teacher.budget import Budget
from hornbook.teacher.endpoint import Endpoint
from hornbook.teacher.price import dollars
from hornbook.teacher.probe import ahead, look, measure
from hornbook.teacher.profile import Profile, Rate, load_profile, save_profile
from hornbook.writable import refuse_unwritable

_PROMPT = 1500
"""Tokens of hornbook's longest prompts, about."""
_MODELS_SHOWN = 10
_SHARE_OF_TIMEOUT = 0.8


def only_model(endpoint: Endpoint) -> str:
    """Return the one model that a server lists. Raises UsageError where it lists none, or several."""
    served = look(endpoint)
    if served.models is None:
        raise UsageError(
            f"{endpoint.address} gives no list of models ({served.error}); give --model, the name under which "
            "the server knows it"
        )
    if len(served.models) != 1:
        shown = ", ".join(served.models[:_MODELS_SHOWN])
        more = f" and {len(served.models) - _MODELS_SHOWN} more" if len(served.models) > _MODELS_SHOWN else ""
        raise UsageError(
            f"{endpoint.address} has {len(served.models)} models; give --model, one of: {shown}{more}"
        )
    return served.models[0]


def check_endpoint(endpoint: Endpoint, journal: Path, budget: Budget, refresh: bool, form: str) -> None:
    """Print what is known of an endpoint, which is asked where nothing is or `refresh` says so.

    Raises TeacherUnavailable where it gives no answer, BudgetExceeded at a cap.
    """
    refuse_unwritable(journal, "--journal")
    profile = None if refresh else load_profile(journal, endpoint)
    if profile is None:
        _tell(f"asks {endpoint.teacher_name!r} at {endpoint.address}: {_ahead(budget)}")
        profile = measure(endpoint, budget, _tell)
        save_profile(journal, profile)
        _tell(f"spent: {spending(budget.spent)}")
    else:
        _tell(f"measured {profile.age}; --refresh measures it again")
    if form == "json":
        print_json(asdict(profile) | {"concurrency": profile.concurrency})
        return
    advice = tuple(f"- {line}" for line in advise(profile, endpoint))
    print_table(Table(headings=("what", "found", "detail"), rows=tuple(_rows(profile)), notes=advice))


def advise(profile: Profile, endpoint: Endpoint) -> Iterator[str]:
    """Yield what to do about what was found, a sentence each."""
    yield (
        f"{profile.concurrency} calls at once are worth while; run, generate and preview keep to that unless you "
        "give --teacher-set concurrency=..."
    )
    needed = endpoint.max_tokens + _PROMPT
    if profile.context is not None and profile.context < needed:
        yield (
            f"prompts of up to {_PROMPT:,} tokens and answers of {endpoint.max_tokens:,} (max_tokens) need "
            f"{needed:,} tokens of context, and there are {profile.context:,}: serve more, or set max_tokens lower"
        )
    if (seconds := _longest_answer(profile, endpoint)) > _SHARE_OF_TIMEOUT * endpoint.timeout_seconds:
        yield (
            f"an answer of {endpoint.max_tokens:,} tokens may take {seconds:,.0f} s with {profile.concurrency} "
            f"calls in flight, and {endpoint.timeout_seconds:g} s are allowed: "
            f"--teacher-set timeout_seconds={2 * seconds:.0f}"
        )
    if profile.models is not None and endpoint.model not in profile.models:
        yield f"the server's list has no {endpoint.model!r}, though something answers: is it the one you mean?"
    for ability in profile.abilities:
        if ability.found in ("ignored", "refused") and ability.name in _WITHOUT:
            yield _WITHOUT[ability.name]


_WITHOUT = {
    "usage": "tokens are not counted by the server: hornbook takes four characters for one, and a cap in dollars "
    "is as good as that",
    "max_tokens": "answers are as long as the server likes, and a cap in dollars may be passed: "
    "give --max-calls as well",
    "stop": "answers go on after a --teacher-set stop=...: hornbook cuts them there, and the rest is paid for",
    "seed": "a seed makes no answer again; the journal keeps them all the same",
    "JSON mode": "JSON must be asked for in the prompt; hornbook reads what comes either way",
}
"""What it means that a server lacks something. `n` is not here: hornbook asks for each answer by itself."""


def _longest_answer(profile: Profile, endpoint: Endpoint) -> float:
    """Return the seconds that the longest answer allowed takes among as many as are worth while."""
    rate = min(profile.rates, key=lambda rate: abs(rate.in_flight - profile.concurrency))
    if not (rate.answered and rate.tokens_per_second):
        return 0.0
    return endpoint.max_tokens * rate.answered / rate.tokens_per_second


def _rows(profile: Profile) -> Iterator[tuple[str, str, str]]:
    if profile.models is None:
        yield "list of models", "none", profile.no_models
    else:
        there = "this one is" if profile.model in profile.models else "this one is not"
        yield "list of models", f"{len(profile.models):,}", f"{there} among them"
    context = "unknown" if profile.context is None else f"{profile.context:,} tokens"
    yield "context", context, profile.context_source
    for ability in profile.abilities:
        yield ability.name, ability.found, ability.detail
    if profile.at_once is not None:
        yield "at once", f"{profile.at_once} calls", "as the server says"
    for rate in profile.rates:
        yield f"{rate.in_flight} in flight", f"{rate.tokens_per_second:,.0f} tokens/s", _came(rate)


def _came(rate: Rate) -> str:
    refused = f", {rate.refused} refused" if rate.refused else ""
    failed = rate.in_flight - rate.answered - rate.refused
    return f"{rate.answered} answered in {rate.seconds:.1f} s{refused}" + (
        f", {failed} failed" if failed else ""
    )


def _ahead(budget: Budget) -> str:
    most = ahead()
    said = (
        f"at most about {most.calls} calls, {most.usage.tokens_in:,} tokens read and "
        f"{most.usage.tokens_out:,} written"
    )
    if budget.price is None:
        return said
    by_hour = " and the hours" if budget.price.usd_per_hour else ""
    return f"{said}: {dollars(budget.price.of(most.usage), 4)}{by_hour}"


def _tell(line: str) -> None:
    print(f"         {line}", file=sys.stderr)
