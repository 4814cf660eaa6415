"""Every family keeps its promises. Solutions run in the sandbox, like everything that was not typed to run."""

import ast
import random
import re
from dataclasses import replace
from typing import Any

import pytest

from hornbook.curriculum.concepts import CONCEPTS
from hornbook.curriculum.families import ALL, BY_NAME, HELD_OUT, TAUGHT
from hornbook.curriculum.families.order import OLDEST, in_lasting_order
from hornbook.curriculum.family import LOCALS, Family, Task, are_telling, draw_task
from hornbook.quality.apart import TOO_ALIKE, most_alike
from hornbook.sandbox import Sandbox
from hornbook.sandbox.verdict import Job, Limits

DRAWINGS = 8


def drawings(family: Family) -> list[Task]:
    """Draw enough tasks that each solution is all but certain to be shown."""
    return [draw_task(family, random.Random(f"{family.name}/{n}")) for n in range(DRAWINGS)]


def program(task: Task, imports: tuple[str, ...], body: str) -> str:
    signature = f"def {task.name}({', '.join(argument.name for argument in task.arguments)}):"
    return "\n".join([*imports, task.setup, signature, *(f"    {line}" for line in body.splitlines())]) + "\n"


def asserts(task: Task) -> str:
    """Compare value and type: 1 == True and 1 == 1.0 would hide a wrong solution."""
    lines = []
    for arguments, expected in task.cases:
        call = f"{task.name}({', '.join(map(repr, arguments))})"
        lines.append(f"got = {call}\nassert got == {expected!r} and type(got) is type({expected!r})")
    return "\n".join(lines)


def jobs(family: Family) -> list[Job]:
    limits = Limits(cpu_seconds=5.0)
    return [
        Job(
            id=f"{family.name}/{number}/{which}",
            blocks=(program(task, imports, body), asserts(task)),
            limits=limits,
        )
        for number, task in enumerate(drawings(family))
        for which, imports, body in (
            ("first", task.imports, task.body),
            ("second", task.other_imports, task.other_body),
        )
    ]


def test_every_solution_agrees_with_its_familys_reference() -> None:
    with Sandbox(workers=2) as sandbox:
        verdicts = list(sandbox.run(job for family in ALL for job in jobs(family)))
    wrong = [f"{v.id}: {v.outcome} {v.detail}" for v in verdicts if v.outcome != "pass"]
    assert wrong == []
    assert len(verdicts) == 2 * DRAWINGS * len(ALL)


def test_there_are_at_least_700_families_with_names_of_their_own() -> None:
    assert len(ALL) >= 700
    assert len({family.name for family in ALL}) == len(ALL)


def test_no_two_families_are_one_task_with_other_names() -> None:
    found = most_alike(ALL, ALL, at_least=TOO_ALIKE)
    alike = [
        f"{name} and {other.name}: {other.similarity:.2f}" for name, other in found.items() if other.name
    ]
    assert alike == []


def test_every_concept_is_what_some_taught_family_is_about() -> None:
    assert set(CONCEPTS) - {family.concepts[0] for family in TAUGHT} == set()


def test_every_phrasing_ends_as_a_sentence() -> None:
    """Also the last one of each, which only the ladder shows."""
    for family in ALL:
        for kept in (False, True):
            for n in range(DRAWINGS):
                sentence = draw_task(family, random.Random(n), reserved_phrasing=kept).sentence
                assert sentence.rstrip()[-1] in ".?!", f"{family.name}: {sentence}"


def test_an_argument_is_never_called_by_the_word_beside_it() -> None:
    family = BY_NAME["count_vowels"]
    beside = replace(
        family,
        arguments=("text|string|line|s: str; the text",),
        phrasings=("Look at the string $text here.", "The text $text is read.", "Take $text s.", "End."),
    )
    names = {draw_task(beside, random.Random(n)).arguments[0].name for n in range(60)}
    assert names.isdisjoint({"string", "text", "s"})


def test_ends_of_a_stretch_have_names_that_go_together() -> None:
    pairs = set(zip(LOCALS["left"], LOCALS["right"], strict=True))
    family = replace(BY_NAME["count_vowels"], solutions=("$left = 1\n$right = 2", "$right = 2\n$left = 3"))
    for n in range(40):
        names = re.findall(r"(\w+) = ", draw_task(family, random.Random(n)).body)
        assert {tuple(names), tuple(reversed(names))} & pairs


def test_about_a_tenth_of_the_families_is_held_out() -> None:
    assert 0.05 <= len(HELD_OUT) / len(ALL) <= 0.15
    assert {f.name for f in HELD_OUT}.isdisjoint(f.name for f in TAUGHT)


def test_the_oldest_families_keep_their_order_whatever_file_they_are_in() -> None:
    assert set(OLDEST.split()) <= {family.name for family in ALL}
    oldest = [place for place, family in enumerate(ALL) if family.name in OLDEST.split()]
    moved = [*ALL]
    for place, other in zip(oldest, random.Random(0).sample(oldest, len(oldest)), strict=True):
        moved[place] = ALL[other]
    assert moved != [*ALL]
    assert in_lasting_order(moved) == ALL
    assert [ALL[place].name for place in oldest] == OLDEST.split()


@pytest.mark.parametrize("family", ALL, ids=lambda family: family.name)
def test_a_family_has_phrasings_solutions_and_known_concepts(family: Family) -> None:
    assert len(set(family.phrasings)) >= 4
    assert len(set(family.solutions)) >= 2
    assert set(family.concepts) <= set(CONCEPTS)
    assert 1 <= family.difficulty <= 5
    assert family.edges


@pytest.mark.parametrize("family", ALL, ids=lambda family: family.name)
def test_a_drawn_task_is_whole(family: Family) -> None:
    for task in drawings(family):
        meanings = [argument.meaning for argument in task.arguments]
        for text in (
            task.sentence,
            task.body,
            task.other_body,
            task.name,
            task.idea,
            task.pitfall,
            *meanings,
        ):
            assert not re.search(r"\$[A-Za-z_{]", text), f"unfilled template: {text}"
        assert task.name.isidentifier()
        assert task.sentence.rstrip()[-1] in ".?!"
        assert task.name not in {argument.name for argument in task.arguments}
        assert len({repr(expected) for _, expected in task.cases}) > 1, "a constant would pass these tests"


@pytest.mark.parametrize("family", ALL, ids=lambda family: family.name)
def test_expected_values_have_a_literal_form(family: Family) -> None:
    for task in drawings(family):
        for arguments, expected in task.cases:
            assert ast.literal_eval(repr(expected)) == expected
            assert ast.literal_eval(repr(arguments)) == arguments


def test_the_last_phrasing_never_serves_training() -> None:
    for family in ALL:
        kept = draw_task(family, random.Random(0), reserved_phrasing=True).sentence
        taught = {draw_task(family, random.Random(n)).sentence for n in range(30)}
        assert kept not in taught, family.name


def test_one_seed_draws_one_task() -> None:
    for family in ALL[:20]:
        assert draw_task(family, random.Random("7")) == draw_task(family, random.Random("7"))


@pytest.mark.parametrize(
    ("cases", "telling"),
    [
        ([((1,), 2), ((2,), 3)], True),
        ([((1,), 2), ((2,), 2)], False),
        ([((1,), 1), ((2,), 2)], False),
        ([((5, 1), 1), ((5, 2), 3)], True),
    ],
)
def test_cases_that_a_stub_passes_are_not_telling(cases: list[Any], telling: bool) -> None:
    assert are_telling(cases) == telling


def test_a_case_that_tells_nothing_gives_its_place_to_another() -> None:
    values = iter([1, 2, 3, 4, 5, 6, 7, -8] + [9] * 50)
    family = replace(
        TAUGHT[0], arguments=("n: int; the number",), names="size", setup="", parameters=lambda rng: {},
        phrasings=("Return the size of $n.",) * 4, solutions=("return abs($n)", "return max($n, -$n)"),
        reference=abs, inputs=lambda rng: (next(values),), edges=((0,),), idea="", pitfall="",
    )  # fmt: skip
    cases = draw_task(family, random.Random(0)).cases
    assert len(cases) <= 7 and cases[-1] == ((-8,), 8)
