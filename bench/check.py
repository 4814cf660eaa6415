"""What the check finds in the offline teacher's lessons, what their tests notice, and what finding it costs.

The same exercises are checked without mutants, with all of them graded, and with asserts added against the mutants
that survive; CPU is user + system time of this process and all its descendants. Then the tests that were
strengthened are graded again, and the pages are checked.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from statistics import fmean

from judging.cost import cpu_seconds
from mutants import as_job

from hornbook.curriculum.offline import OfflineTeacher
from hornbook.lessons.answer import ask
from hornbook.lessons.exercise import read_exercise
from hornbook.lessons.plan import requests
from hornbook.lessons.textbook import read_page
from hornbook.quality.check import Check, checked
from hornbook.quality.check_jobs import MOST_MUTANTS
from hornbook.quality.check_metrics import kill_rate_in_the_end
from hornbook.quality.mutants import graded
from hornbook.record import Record, Rejected
from hornbook.sandbox import Sandbox
from hornbook.teacher.protocol import Completion

WORKERS = 2
THRESHOLDS = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
Results = list[Record | Rejected]


def lessons(kind: str, count: int, read: Callable[[Completion, str], Record], breadth: int) -> list[Record]:
    asked = requests(kind, 0, range(count), programs=0.3, breadth=breadth)
    return [record for record in ask(OfflineTeacher(), asked, read, kind) if isinstance(record, Record)]


def run(cfg: Check, records: Sequence[Record]) -> tuple[Results, float]:
    """Return what the check yields and the CPU seconds that it took."""
    before = cpu_seconds()
    with Sandbox(workers=WORKERS) as sandbox:
        results = list(checked(cfg, records, sandbox))
    return results, cpu_seconds() - before


def outcomes(results: Results) -> str:
    counts = Counter(one.reason if isinstance(one, Rejected) else "kept" for one in results)
    return ", ".join(f"{what} {count:,}" for what, count in counts.most_common())


def exercises(count: int, breadth: int) -> None:
    records = lessons("exercise", count, read_exercise, breadth)
    _, bare = run(Check(mutant_share=0), records)
    _, with_mutants = run(Check(most_tests_added=0), records)
    results, whole = run(Check(), records)
    print(f"{count:,} exercises: {outcomes(results)}")
    every = [one.record if isinstance(one, Rejected) else one for one in results]
    found = [record for record in every if "kill_rate" in record.scores]
    before = [record.scores["kill_rate"] for record in found]
    after = [kill_rate_in_the_end(record.scores) for record in found]
    print(
        f"graded {len(found):,}, tests added to {sum('tests_added' in r.scores for r in found):,}", end=": "
    )
    print(f"{sum(r.scores.get('tests_added', 0) for r in found):,.0f}")
    print(f"mean kill rate {fmean(before):.2%}, with the tests that were added {fmean(after):.2%}")
    for threshold in THRESHOLDS:
        weak = [sum(rate < threshold for rate in rates) for rates in (before, after)]
        print(f"  below {threshold:.0%}: {weak[0]:,} before, {weak[1]:,} after")
    print(
        f"CPU seconds: {bare:.1f} without mutants, {with_mutants:.1f} with them, {whole:.1f} with tests added"
    )
    print(f"  {1000 * (whole - bare) / count:.1f} ms an exercise for mutants and tests")
    again(found)


def again(found: Sequence[Record]) -> None:
    """Print how the tests that were strengthened do on mutants that are made and told anew."""
    stronger = [record for record in found if "tests_added" in record.scores]
    with Sandbox(workers=WORKERS) as sandbox:
        jobs = (replace(as_job(record), mutants=MOST_MUTANTS) for record in stronger)
        grades = [graded(verdict.mutants) for verdict in sandbox.run(jobs)]
    rates = [grade.kill_rate for grade in grades if grade.kill_rate is not None]
    if rates:
        stated = fmean(kill_rate_in_the_end(record.scores) for record in stronger)
        print(
            f"of those with tests added: stated {stated:.2%}, graded again with other inputs {fmean(rates):.2%}"
        )


def pages(count: int, breadth: int) -> None:
    results, spent = run(Check(), lessons("textbook", count, read_page, breadth))
    print(f"{count:,} pages: {outcomes(results)}; {spent:.1f} CPU seconds")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--exercises", type=int, default=500)
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--breadth", type=int, default=0, help="families taught; 0 means all")
    options = parser.parse_args()
    exercises(options.exercises, options.breadth)
    pages(options.pages, options.breadth)


if __name__ == "__main__":
    main()
