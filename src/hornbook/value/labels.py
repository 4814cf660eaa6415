"""The offline judge: labels units of code 0 to 5 by the rubric, from what an ast walk says about them.

These labels are a program's, deterministic and the same on every machine: `fitted_judge` weighs the facts as
language models did that read the gold set's tuning part. This file's rules, thresholds over counts written down
beside each criterion, only say why (tags). The labels stand in for the 100,000 that phi-1 bought from GPT-4
(arXiv 2306.11644, section 2.1); a classifier that learns them learns this program's taste, and its F1 says how
well it does that; `gold` says how well either agrees with readers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from hornbook.corpus.units import NotPython
from hornbook.step import Context, Metrics
from hornbook.value.facts import Facts, find_facts
from hornbook.value.fitted_judge import shipped_judge
from hornbook.value.judges import PROGRAM, Judged, Unjudged, label_with
from hornbook.value.rubric import CRITERIA, GOOD, Criterion, Points
from hornbook.value.sampling import Sample, draw_sample

_WINDOWS = {"tkinter", "turtle", "curses", "idlelib", "wx", "PyQt5", "PyQt6", "PySide2", "PySide6", "gi"}
_TESTS = {"unittest", "pytest", "doctest"}
_OPTIONS = {"argparse", "optparse", "getopt", "click", "typer"}
_SHIM_DECORATORS = re.compile(r"property|setter|overload|deprecat|abstractmethod|fixture")
_DUNDER = re.compile(r"__\w+__")


class Label(Sample):
    """Which units the offline judge labels."""

    VERSION: ClassVar[int] = 4


def label(cfg: Label, *, corpus: Path, out: Path, ctx: Context, classifier: Path | None = None) -> Metrics:
    """Judge a sample of the corpus: records with `scores["value_label"]` and tags that say why.

    `classifier` is for `sampling` by its scores. Metrics: those of `label_with`, and the share of the units for
    which each criterion holds. Raises what `draw_sample` raises.
    """
    offline = OfflineJudge()
    metrics = label_with(offline, draw_sample(cfg, corpus, classifier, ctx), corpus=corpus, out=out, ctx=ctx)
    num_judged = metrics["num_kept"]
    shares = {c: round(offline.held[c] / num_judged, 4) if num_judged else 0.0 for c in CRITERIA}
    return metrics | {"criteria_shares": shares}


class OfflineJudge:
    """Static analysis as a judge: labels by the fitted judge; the tags say what this file's rules saw.

    A label of 3 or more is one whose chance to be good is a half or more.
    """

    name = PROGRAM

    def __init__(self) -> None:
        """Nothing was judged yet."""
        self.held = Counter[str]()
        """How many units each criterion held for."""

    def judge(self, texts: Sequence[str]) -> list[Judged | Unjudged]:
        """Return the label of each unit; `not_python` for what does not parse."""
        ruled = [self._ruled(text) for text in texts]
        parsed = [i for i, of in enumerate(ruled) if isinstance(of, Points)]
        labels, chances = shipped_judge().judge([texts[i] for i in parsed])
        found = {
            i: (label, good) for i, label, good in zip(parsed, labels.tolist(), chances.tolist(), strict=True)
        }
        return [of if isinstance(of, Unjudged) else _judged(of, *found[i]) for i, of in enumerate(ruled)]

    def _ruled(self, text: str) -> Points | Unjudged:
        try:
            points = points_of(text)
        except NotPython as error:
            return Unjudged(reason="not_python", detail=str(error))
        self.held.update(points.earned)
        return points


def _judged(points: Points, label: float, good: float) -> Judged:
    tags = {f"value_{criterion}": reason for criterion, reason in points.reasons}
    if points.capped:
        tags["value_capped"] = points.capped
    label = max(label, float(GOOD)) if good >= 0.5 else min(label, GOOD - 0.01)
    return Judged(label=round(label, 4), reason="", tags=tags, good=good)


def points_of(text: str) -> Points:
    """Return what the rules see in one unit, which explains a label and is none. Raises NotPython.

    >>> points_of("x = 1").capped
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
