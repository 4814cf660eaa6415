"""How good families are: whether their exercises hold, what their tests catch, and how far apart they stand.

    python bench/families.py                  all families, one line each
    python bench/families.py word_ladder ...  these
    python bench/families.py texts.layout ...   those of a file under curriculum/families
    python bench/families.py --show NAME      three exercises as a learner reads them

Exercises are drawn as the teacher draws them, executed in the sandbox, and their tests graded by mutants before
any are added. `like` is the family whose closest sample is most alike as a syntax tree (1.00 is the same code with
other names; from 0.90 on they are too alike). What is wrong is listed below, and
the exit code says whether anything is.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field

from hornbook.curriculum import families
from hornbook.curriculum.family import Family, draw_task
from hornbook.curriculum.offline import exercise_text
from hornbook.lessons.exercise import read_exercise
from hornbook.quality.apart import DRAWINGS, TOO_ALIKE, Alike, most_alike
from hornbook.quality.check import Check, checked
from hornbook.record import Record, Rejected
from hornbook.sandbox import Sandbox
from hornbook.teacher.protocol import Completion, Request

WEAK = 0.8
"""Kill rate of a family's median exercise below which its cases want more edges."""


@dataclass
class Report:
    family: Family
    kill_rates: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    alike: Alike = Alike("", 0.0)

    def line(self) -> str:
        rate = f"{statistics.median(self.kill_rates):.2f}" if self.kill_rates else "   -"
        held = "held out" if self.family.reserved else ""
        return (
            f"{self.family.name:32} kill {rate}  like {self.alike.similarity:.2f} {self.alike.name:32} {held}"
        )

    def wrong(self) -> list[str]:
        found = list(dict.fromkeys(self.faults))[:3]
        if self.alike.similarity >= TOO_ALIKE:
            found.append(f"{self.alike.similarity:.2f} like {self.alike.name}")
        if self.kill_rates and statistics.median(self.kill_rates) < WEAK:
            found.append(f"its tests kill {statistics.median(self.kill_rates):.0%} of the mutants")
        return found


def module_of(family: Family) -> str:
    return next(
        name.removeprefix("hornbook.curriculum.families.")
        for name, module in sys.modules.items()
        if name.count(".") == 4 and family in getattr(module, "FAMILIES", ())
    )


def chosen(names: Sequence[str]) -> list[Family]:
    wanted = [
        f
        for f in families.ALL
        if not names or f.name in names or {module_of(f), module_of(f).partition(".")[0]} & {*names}
    ]
    if not wanted:
        raise SystemExit(f"no family and no file is named {' or '.join(names)}")
    return wanted


def draft(family: Family, number: int) -> Record:
    rng = random.Random(f"{family.name}/{number}")
    task = draw_task(family, rng)
    request = Request(kind="exercise", seed=f"{family.name}/{number}", slots={}, messages=())
    completion = Completion(request=request, text=exercise_text(task, rng, {}), finish="stop")
    return read_exercise(completion, "bench")


def grade(reports: dict[str, Report]) -> None:
    """Execute the drawings of every family and grade their tests as they are drawn."""
    owner = {}
    for report in reports.values():
        for number in range(DRAWINGS):
            try:
                record = draft(report.family, number)
            except ValueError as error:
                report.faults.append(f"drawing {number}: {error}")
            else:
                owner[record.id] = (report, record)
    cfg = Check(mutant_share=1.0, min_kill_rate=0.0, most_tests_added=0)
    with Sandbox(workers=2) as sandbox:
        for result in checked(cfg, [record for _, record in owner.values()], sandbox):
            record = result.record if isinstance(result, Rejected) else result
            report = owner[record.id][0]
            if isinstance(result, Rejected):
                report.faults.append(f"{result.reason}: {result.detail}")
            elif "kill_rate" in record.scores:
                report.kill_rates.append(record.scores["kill_rate"])


def compare(reports: dict[str, Report]) -> None:
    """Find for each family the other one with the most similar sample."""
    found = most_alike([report.family for report in reports.values()], families.ALL)
    for name, report in reports.items():
        report.alike = found[name]


def show(names: Sequence[str]) -> None:
    for family in chosen(names):
        for number in range(3):
            record = draft(family, number)
            assert record.exercise is not None, "drafts are exercises"
            print(f"{'-' * 100}\n{record.text}\n" + "\n".join(record.exercise.tests))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", help="families or files; all when left out")
    parser.add_argument("--show", action="store_true", help="print three exercises of each instead")
    given = parser.parse_args()
    if given.show:
        show(given.names)
        return
    reports = {family.name: Report(family) for family in chosen(given.names)}
    grade(reports)
    compare(reports)
    for report in reports.values():
        print(report.line())
    rates = [rate for report in reports.values() for rate in report.kill_rates]
    wrong = {name: found for name, report in reports.items() if (found := report.wrong())}
    print(
        f"{len(reports)} families, median kill rate {statistics.median(rates):.3f}, "
        f"{len(wrong)} with something wrong"
    )
    for name, found in wrong.items():
        print(f"{name}:\n    " + "\n    ".join(found))
    raise SystemExit(bool(wrong))


if __name__ == "__main__":
    main()
