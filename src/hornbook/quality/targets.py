"""The problems that decontamination looks for: most of them anywhere in a record, some only as they stand.

Of every benchmark given, all. Of the ladder that a recipe made, rung 4, whose families no training data has; its
rungs 1 to 3 ask about families that are meant to be seen, so that only an identical prompt and solution counts.
What a file says of rungs exempts nothing: the ladder is known by the input it came in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from hornbook.benchmarks.problem import Benchmark, Problem
from hornbook.errors import QualityGate, UsageError

LADDER = "ladder"
"""Name of the benchmark that a recipe made."""
_SEEN_RUNGS, _HELD_OUT_RUNG = ("1", "2", "3"), "4"


@dataclass(frozen=True, slots=True)
class Targets:
    """Problems, numbered through all benchmarks."""

    benchmarks: tuple[Benchmark, ...]
    """With the problems that are searched for anywhere."""
    names: tuple[str, ...]
    """Of the benchmark of each problem."""
    problems: tuple[Problem, ...]
    identical: Mapping[str, tuple[str, str]]
    """Whole text -> names of the benchmark and of the problem; the ladder's rungs 1 to 3 too."""
    num_only_identical: Mapping[str, int]
    """Problems of a benchmark that are known only by their whole text; they do not count as checked."""

    @classmethod
    def of(cls, given: Sequence[Benchmark], ladder: Benchmark | None = None) -> Targets:
        """Return what is looked for.

        Raises UsageError for two benchmarks of one name, or one that is named as the recipe's ladder; QualityGate
        when the ladder has an unknown rung.
        """
        names = [benchmark.name for benchmark in given]
        if LADDER in names or len(set(names)) < len(names):
            raise UsageError(
                f"the benchmarks are named {', '.join(names)}: give each a name of its own, and none "
                f"{LADDER!r}, which stands for the ladder that a recipe made"
            )
        everything = [*given, *([ladder] if ladder else [])]
        benchmarks = (*given, *([_held_out(ladder)] if ladder else []))
        numbered = [(b.name, p) for b in benchmarks for p in b.problems]
        return cls(
            benchmarks=benchmarks,
            names=tuple(name for name, _ in numbered),
            problems=tuple(problem for _, problem in numbered),
            identical={whole(p.prompt + p.reference): (b.name, p.id) for b in everything for p in b.problems},
            num_only_identical={
                b.name: len(b.problems) - len(searched.problems)
                for b, searched in zip(everything, benchmarks, strict=True)
            },
        )

    def identical_to(self, text: str) -> tuple[str, str] | None:
        """Return the names of the benchmark and of the problem that a text is, line ends aside."""
        return self.identical.get(whole(text))


def _held_out(ladder: Benchmark) -> Benchmark:
    for problem in ladder.problems:
        if problem.rung not in (*_SEEN_RUNGS, _HELD_OUT_RUNG):
            raise QualityGate(
                f"the ladder's problem {problem.id} has the rung {problem.rung!r}; known are the strings "
                f"{', '.join((*_SEEN_RUNGS, _HELD_OUT_RUNG))}. Make the ladder anew, or give the file as a "
                "benchmark, of which every problem is searched for"
            )
    return replace(ladder, problems=tuple(p for p in ladder.problems if p.rung == _HELD_OUT_RUNG))


def whole(text: str) -> str:
    """Return a text as it is compared whole: without the space around it, its line ends alike."""
    return text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff").strip()
