"""The offline judge: labels units of code 0 to 5 by the rubric, from what an ast walk says about them.

These labels are a program's, not a person's and not a language model's: thresholds over counts, written down
below beside each criterion, deterministic and the same on every machine. They stand in for the 100,000 labels
that phi-1 bought from GPT-4 (arXiv 2306.11644, section 2.1); a classifier that learns them learns this
program's taste, and its F1 says how well it does that, not how well either agrees with a teacher.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import compress
from pathlib import Path

from pydantic import Field

from hornbook.corpus.units import NotPython
from hornbook.draw import rng
from hornbook.errors import QualityGate
from hornbook.pool import stream
from hornbook.record import Record, Rejected, count, read_records
from hornbook.step import Config, Context, Metrics
from hornbook.value.facts import Facts, find_facts
from hornbook.value.rubric import CRITERIA, GOOD, Criterion, Points

STAGE = "label"
_WINDOWS = {"tkinter", "turtle", "curses", "idlelib", "wx", "PyQt5", "PyQt6", "PySide2", "PySide6", "gi"}
_TESTS = {"unittest", "pytest", "doctest"}
_OPTIONS = {"argparse", "optparse", "getopt", "click", "typer"}
_SHIM_DECORATORS = re.compile(r"property|setter|overload|deprecat|abstractmethod|fixture")
_DUNDER = re.compile(r"__\w+__")


class Label(Config):
    """How many units the offline judge labels."""

    seed: int = 0
    """Seed of the sample."""
    num_labels: int = Field(default=4000, ge=10)
    """Units to label; 4,000 take about ten seconds, and held-out F1 gains little beyond."""


def label(cfg: Label, *, corpus: Path, out: Path, ctx: Context) -> Metrics:
    """Judge a seeded sample of the corpus: records with `scores["value_label"]` and tags that say why.

    Only the sample is written. Units that do not parse are rejected. Metrics hold the label histogram and
    the share of units for which each criterion holds. Raises QualityGate when the corpus is empty.
    """
    available = count(corpus)
    if not available:
        raise QualityGate(f"no records to label in {corpus}: the corpus step kept nothing")
    num_labels = min(cfg.num_labels, available)
    if num_labels < cfg.num_labels:
        ctx.log(f"label: the corpus has only {available:,} units, all are labelled")
    drawn = set(rng(cfg.seed, STAGE).sample(range(available), num_labels))
    sample = compress(read_records(corpus), (i in drawn for i in range(available)))
    tally = _Tally(Counter(), Counter())
    counts = stream(lambda records: _judged(records, tally), sample, out, ctx, total=num_labels)
    labels = tally.labels
    return counts | {
        "labelled_by": "program",
        "num_available": available,
        "label_histogram": {str(value): labels[value] for value in range(6)},
        "share_good": _share(sum(n for value, n in labels.items() if value >= GOOD), labels.total()),
        "criteria_shares": {c: _share(tally.criteria[c], labels.total()) for c in CRITERIA},
    }


@dataclass(frozen=True, slots=True)
class _Tally:
    labels: Counter[int]
    criteria: Counter[str]


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def _judged(records: Iterator[Record], tally: _Tally) -> Iterable[Record | Rejected]:
    for record in records:
        try:
            points = judge(record.text)
        except NotPython as error:
            yield Rejected(record, STAGE, "not_python", str(error))
            continue
        tally.labels[points.label] += 1
        tally.criteria.update(points.earned)
        tags = {f"value_{criterion}": reason for criterion, reason in points.reasons}
        if points.capped:
            tags["value_capped"] = points.capped
        yield replace(
            record,
            tags={**record.tags, **tags},
            scores={**record.scores, "value_label": float(points.label)},
        )


def judge(text: str) -> Points:
    """Return the points of one unit of code by the rubric. Raises NotPython when it does not parse.

    >>> judge("x = 1").capped
    'computes_nothing'
    """
    facts = find_facts(text)
    verdicts: dict[Criterion, _Verdict] = {
        "computes": _computes(facts),
        "self_contained": _self_contained(facts),
        "clear": _clear(facts),
        "explained": _explained(facts),
        "instructive": _instructive(facts),
    }
    computes = verdicts["computes"].holds
    return Points(
        earned=frozenset(c for c in CRITERIA if verdicts[c].holds),
        capped=_cap(facts) if computes else "computes_nothing",
        reasons=tuple((c, verdicts[c].reason) for c in CRITERIA),
    )


@dataclass(frozen=True, slots=True)
class _Verdict:
    holds: bool
    reason: str


def _computes(facts: Facts) -> _Verdict:
    """A result, and at least two of: loop, branch, three operations; most statements are not inert."""
    signs = (facts.num_loops > 0) + (facts.num_branches > 0) + (facts.num_operations >= 3)
    alive = facts.num_statements - facts.num_inert
    holds = facts.num_results > 0 and signs >= 2 and alive >= max(2, 0.3 * facts.num_statements)
    reason = (
        f"{facts.num_loops} loops, {facts.num_branches} branches, {facts.num_operations} operations, "
        f"{facts.num_results} results; {facts.num_inert} of {facts.num_statements} statements inert"
    )
    return _Verdict(holds, reason)


def _self_contained(facts: Facts) -> _Verdict:
    """No hidden object, no foreign base class; foreign names are two uses and 8 % at most, or else 3 %."""
    foreign = facts.num_foreign
    share = foreign / max(facts.num_uses, 1)
    few = share <= 0.03 or (foreign <= 2 and share <= 0.08)
    holds = few and not facts.num_state and facts.bases.isdisjoint(facts.outside)
    names = [name for name, _ in facts.outside.most_common(4)] + ["self"] * (facts.num_state > 0)
    reason = f"{foreign} of {facts.num_uses} name uses come from outside"
    return _Verdict(holds, f"{reason}: {', '.join(names)}" if names else reason)


def _clear(facts: Facts) -> _Verdict:
    """Functions of at most 40 lines, nested 4 deep, with 6 parameters; few long lines or one-letter names."""
    longest = max(facts.function_lines, default=facts.num_code_lines)
    short = sum(len(name) == 1 for name in facts.names) / max(len(facts.names), 1)
    faults = {
        f"a function of {longest} lines": longest > 40,
        f"{facts.num_code_lines} lines of code": not 3 <= facts.num_code_lines <= 120,
        f"nested {facts.max_nesting} deep": facts.max_nesting > 4,
        f"{facts.max_parameters} parameters": facts.max_parameters > 6,
        f"{facts.num_long_lines} long lines": facts.num_long_lines > 0.05 * facts.num_code_lines + 1,
        f"{short:.0%} one-letter names": short > 0.6 and len(facts.names) > 4,
    }
    found = [fault for fault, holds in faults.items() if holds]
    return _Verdict(not found, ", ".join(found) or f"{longest} lines, nested {facts.max_nesting} deep")


def _explained(facts: Facts) -> _Verdict:
    """Half of the definitions have a docstring, or every tenth line a comment; words at most 12 per line."""
    num_definitions = max(len(facts.functions), 1)
    documented = facts.num_documented / num_definitions >= 0.5
    commented = facts.num_comments >= max(2, 0.1 * facts.num_code_lines)
    flood = facts.num_doc_words > 12 * facts.num_code_lines + 30
    reason = (
        f"{facts.num_documented} docstrings of {facts.num_doc_words} words and {facts.num_comments} comments "
        f"for {facts.num_code_lines} lines of code"
    )
    return _Verdict((documented or commented) and not flood, reason)


def _instructive(facts: Facts) -> _Verdict:
    """A loop that collects or decides, a recursion, worked examples, or many decisions, every 40 lines.

    Few foreign names, and a beginner's size: 4 to 80 lines.
    """
    algorithm = facts.num_active_loops + facts.num_recursions >= max(1, facts.num_code_lines / 40)
    worked = facts.num_examples > 0 and facts.num_branches + facts.num_loops > 0
    single = len(facts.functions) == 1 and facts.max_nesting <= 4
    decides = single and facts.num_branches >= 2 and facts.num_operations >= 5
    few_strangers = facts.num_foreign <= max(3, 0.15 * facts.num_uses)
    size = 4 <= facts.num_code_lines <= 80
    holds = (algorithm or worked or decides) and few_strangers and size
    reason = (
        f"{facts.num_active_loops} loops that collect or decide, {facts.num_recursions} recursions, "
        f"{facts.num_examples} examples, {facts.num_code_lines} lines"
    )
    return _Verdict(holds, reason)


def _cap(facts: Facts) -> str:
    """Say why a unit is capped: more than a third of its name uses foreign, or boilerplate; "" for no cap."""
    functions = facts.functions
    if facts.num_foreign > facts.num_uses / 3:
        return "leans_on_unseen_code"
    if facts.imported & _WINDOWS:
        return "windows"
    if facts.imported & _TESTS or (functions and all(name.startswith("test") for name in functions)):
        return "tests"
    if facts.imported & _OPTIONS:
        return "option_parsing"
    if len(functions) == 1 and _DUNDER.fullmatch(functions[0]):
        return "special_method"
    if len(functions) == 1 and any(_SHIM_DECORATORS.search(d) for d in facts.decorators):
        return "shim"
    return ""
