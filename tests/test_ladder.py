import re
from collections import Counter
from pathlib import Path

import pytest

from hornbook.benchmarks.ladder import RUNGS, DevSet, Ladder, dev_set, make_ladder
from hornbook.benchmarks.problem import Benchmark
from hornbook.curriculum.families import TAUGHT
from hornbook.curriculum.naming import VAGUE_FUNCTIONS
from hornbook.evaluate.score import first_of_each_rung
from hornbook.record import read_records
from hornbook.sandbox import Sandbox
from hornbook.sandbox.verdict import Job
from hornbook.step import Context


@pytest.fixture(scope="module")
def made() -> Benchmark:
    return make_ladder(Ladder(per_rung=60))


def test_every_rung_has_as_many_problems_as_asked_with_different_prompts(made: Benchmark) -> None:
    assert {rung: sum(p.rung == rung for p in made.problems) for rung in RUNGS} == dict.fromkeys("1234", 60)
    assert len({p.prompt for p in made.problems}) == len({p.id for p in made.problems}) == 240


def test_every_reference_passes_its_tests_and_a_stub_does_not(made: Benchmark) -> None:
    stub = "    return None\n"
    jobs = [
        Job(id=f"{p.id} {name}", blocks=(p.prompt + body, p.tests))
        for p in made.problems
        for name, body in (("reference", p.reference), ("stub", stub))
    ]
    with Sandbox(workers=2) as sandbox:
        outcomes = {verdict.id: verdict.outcome for verdict in sandbox.run(jobs)}
    assert [key for key, outcome in outcomes.items() if key.endswith("reference") and outcome != "pass"] == []
    assert [key for key, outcome in outcomes.items() if key.endswith("stub") and outcome == "pass"] == []


def test_one_seed_makes_one_ladder_and_another_seed_another(made: Benchmark) -> None:
    assert make_ladder(Ladder(per_rung=60)) == made
    other = make_ladder(Ladder(per_rung=60, seed=1))
    shared = {p.prompt for p in made.problems} & {p.prompt for p in other.problems}
    assert len(shared) <= 2


def test_prompts_end_in_a_newline_and_references_are_indented(made: Benchmark) -> None:
    for problem in made.problems:
        assert problem.prompt.endswith('"""\n') or problem.prompt.endswith("'''\n")
        assert problem.reference.startswith("    ")
        assert f"def {problem.entry_point}(" in problem.prompt


def test_a_shorter_exam_takes_the_first_problems_of_every_rung(made: Benchmark) -> None:
    short = first_of_each_rung(made, 5)
    assert [p.id for p in short.problems] == [f"{rung}/{i:04d}" for rung in RUNGS for i in range(5)]


def test_a_narrow_ladder_asks_only_for_the_first_families() -> None:
    names = [re.sub(r"\$\{?\w+\}?", r"\\w+", name) for f in TAUGHT[:2] for name in f.names.split()]
    names += VAGUE_FUNCTIONS
    for problem in make_ladder(Ladder(per_rung=60, breadth=2)).problems:
        if problem.rung in "13":
            assert any(re.fullmatch(name, problem.entry_point) for name in names)


def test_the_dev_set_has_other_prompts_than_the_exam_and_nothing_held_out(
    made: Benchmark, tmp_path: Path
) -> None:
    dev_set(DevSet(per_rung=20, after=60), out=tmp_path, ctx=Context(workers=1))
    records = list(read_records(tmp_path))
    assert Counter(record.tags["rung"] for record in records) == {"1": 20, "2": 20, "3": 20}
    prompts = {record.exercise.prompt for record in records if record.exercise}
    assert len(prompts) == 60 and prompts.isdisjoint(problem.prompt for problem in made.problems)
