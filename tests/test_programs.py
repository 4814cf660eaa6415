"""The program algebra: code, words and meaning agree, every step matters, the reserved part stays reserved."""

from __future__ import annotations

import ast
import os
import random
import re
import subprocess
import sys

import pytest
from judged import assert_all_pass

from hornbook.curriculum.family import Task, is_reserved
from hornbook.curriculum.operation import Members, Operation
from hornbook.curriculum.programs import (
    RESERVED_ONE_IN,
    draw_cases,
    draw_program,
    every_step_matters,
    program_task,
    values_along,
    walk,
)
from hornbook.curriculum.programs_chains import OPERATIONS, PRACTISED
from hornbook.sandbox import Job


def _drawn(number: int, *, reserved: bool = False) -> list[Task]:
    return [draw_program(random.Random(f"{i}/{reserved}"), reserved=reserved) for i in range(number)]


def _source(task: Task, body: str, imports: tuple[str, ...]) -> str:
    arguments = ", ".join(argument.name for argument in task.arguments)
    indented = "\n".join(f"    {line}" for line in body.split("\n"))
    return "\n".join([*imports, f"def {task.name}({arguments}):", indented])


def _jobs(tasks: list[Task]) -> list[Job]:
    jobs = []
    for i, task in enumerate(tasks):
        calls = [f"{task.name}({', '.join(map(repr, arguments))})" for arguments, _ in task.cases]
        # Types are compared too: True == 1, and a page would print them differently.
        tests = [
            f"assert {c} == {expected!r} and type({c}).__name__ == {_type_name(expected)!r}, {c}"
            for c, (_, expected) in zip(calls, task.cases, strict=True)
        ]
        for body, imports in ((task.body, task.imports), (task.other_body, task.other_imports)):
            jobs.append(Job(id=f"{task.family} {i}", blocks=(_source(task, body, imports), "\n".join(tests))))
    return jobs


def _type_name(value: object) -> str:
    return "set" if isinstance(value, set) else type(value).__name__


def test_both_implementations_agree_with_the_evaluator() -> None:
    jobs = _jobs(_drawn(250))
    assert_all_pass(jobs)


def test_every_operation_is_used_and_right() -> None:
    """Draw until each operation occurred once: a wrong template cannot hide behind its rarity."""
    wanted = {operation.name for operation in OPERATIONS}
    tasks = []
    for i in range(12_000):
        program, cases = draw_cases(random.Random(f"cover/{i}"))
        new = wanted & set(program.name.split(">"))
        if new:
            wanted -= new
            tasks.append(program_task(program, cases, random.Random(i)))
        if not wanted:
            break
    assert not wanted, f"never drawn: {sorted(wanted)}"
    jobs = _jobs(tasks)
    assert_all_pass(jobs)


def test_the_two_implementations_differ() -> None:
    assert all(task.body != task.other_body for task in _drawn(200))


def test_leaving_out_a_step_changes_an_answer() -> None:
    for i in range(100):
        program, cases = draw_cases(random.Random(i))
        for k, (operation, _) in enumerate(program.steps):
            if operation.takes == operation.gives:
                less = type(program)(
                    source=program.source,
                    argument=program.argument,
                    steps=program.steps[:k] + program.steps[k + 1 :],
                    given=program.given,
                )
                answers = [values_along(less, arguments) for arguments, _ in cases]
                assert [a[-1] if a else None for a in answers] != [expected for _, expected in cases]


def test_a_constant_answer_fails_the_cases() -> None:
    assert all(len({repr(expected) for _, expected in task.cases}) > 1 for task in _drawn(200))


def test_reserved_sequences_appear_only_when_asked_for() -> None:
    for reserved in (False, True):
        for task in _drawn(150, reserved=reserved):
            assert is_reserved(task.family.removeprefix("program:"), one_in=RESERVED_ONE_IN) is reserved


def test_same_generator_gives_the_same_program() -> None:
    assert [task.sentence for task in _drawn(20)] == [task.sentence for task in _drawn(20)]


def test_there_are_at_least_forty_operations_with_names_of_their_own() -> None:
    names = [operation.name for operation in OPERATIONS]
    assert len(set(names)) == len(names) >= 40


@pytest.mark.parametrize("concept", sorted(PRACTISED))
def test_a_program_practises_the_concept_it_was_asked_for(concept: str) -> None:
    assert concept in draw_program(random.Random(concept), concept=concept).concepts


def test_an_unknown_concept_is_named() -> None:
    with pytest.raises(ValueError, match="'juggling'"):
        draw_program(random.Random(0), concept="juggling")


def test_no_sentence_has_leftover_placeholders_or_doubled_blanks() -> None:
    for task in _drawn(400):
        assert "$" not in task.sentence
        assert "  " not in task.sentence
        assert task.sentence[0].isupper() or task.sentence.startswith(task.arguments[0].name)
        assert task.sentence[-1] in ".?"


def test_a_harder_program_has_more_steps() -> None:
    def steps(difficulty: int) -> float:
        drawn = [draw_cases(random.Random(i), difficulty=difficulty)[0] for i in range(60)]
        return sum(len(program.steps) for program in drawn) / len(drawn)

    assert steps(1) == 2 < steps(3) < steps(5)


@pytest.mark.parametrize("concept", sorted(PRACTISED))
def test_a_concept_without_long_chains_gets_shorter_ones(concept: str) -> None:
    for num_steps, difficulty in ((0, 5), (4, 0)):
        program, _ = draw_cases(random.Random(1), concept=concept, difficulty=difficulty, num_steps=num_steps)
        assert 2 <= len(program.steps) <= 4


def test_a_parameter_may_be_an_argument_of_the_function() -> None:
    given = [p for i in range(200) if (p := draw_cases(random.Random(i))[0]).given]
    assert 20 < len(given) < 100
    for program in given[:20]:
        task = program_task(program, draw_cases(random.Random(0))[1], random.Random(0))
        assert program.given in task.sentence
        assert program.given in task.body
        assert [argument.name for argument in task.arguments] == [program.argument, program.given]


def test_no_docstring_promises_an_answer_that_the_decision_changes() -> None:
    deciding = [t for t in _drawn(400) if "decide" in {o.kind for o in _operations(t)}]
    assert len(deciding) > 10
    assert [
        t.sentence for t in deciding if re.search(r"none, return|none, give|entry, return", t.sentence)
    ] == []


def _operations(task: Task) -> list[Operation]:
    names = task.family.removeprefix("program:").split(">")
    return [operation for operation in OPERATIONS if operation.name in names]


def test_no_program_only_hands_its_argument_back() -> None:
    for task in _drawn(400):
        for i in range(len(task.arguments)):
            assert any(arguments[i] != expected for arguments, expected in task.cases), task.sentence


def test_a_function_is_not_called_like_a_variable_in_it() -> None:
    for task in _drawn(600):
        for body in (task.body, task.other_body):
            assert not re.search(rf"\b{task.name}\b", body), (task.name, body)


def test_hundredths_of_a_mean_are_cut_off() -> None:
    operation = next(o for o in OPERATIONS if o.name == "hundredths")
    assert [operation.run(v) for v in (3.125, -3.125, 0.25)] == [312, -312, 25]


def _drawn_on_sets(number: int) -> list[Task]:
    concepts = ("sets", "set_operations", "set_comprehensions")
    return [draw_program(random.Random(i), concept=concepts[i % 3]) for i in range(number)]


def test_programs_take_and_return_sets_of_numbers_and_of_words() -> None:
    tasks = _drawn_on_sets(150)
    assert {"set[int]", "set[str]"} <= {task.returns for task in tasks}
    assert {"set[int]", "set[str]"} <= {a.annotation for task in tasks for a in task.arguments[:1]}
    assert any(len(task.arguments) == 2 and task.arguments[1].annotation == "set[str]" for task in tasks)


def test_sets_of_words_are_written_alike_in_every_process() -> None:
    code = (
        "import random; from hornbook.curriculum.programs import draw_program as draw\n"
        "print([draw(random.Random(i), concept='set_operations') for i in range(60)])"
    )
    texts = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(texts) == 1 and "{'" in texts.pop()


def test_no_program_works_on_two_second_values() -> None:
    for i in range(300):
        program, _ = draw_cases(random.Random(i), concept=("set_operations", "filtering")[i % 2])
        assert sum("other" in parameters for _, parameters in program.steps) < 2, program.name


def test_what_the_words_say_of_nothing_is_tested() -> None:
    told = [task for task in _drawn(300) if re.search(r"[Ii]f there (?:is|are) no", task.sentence)]
    assert len(told) > 10
    assert all(any(not given[0] for given, _ in task.cases) for task in told)


def test_a_text_whose_digits_are_asked_for_has_some() -> None:
    found = [draw_cases(random.Random(i), concept="parsing") for i in range(400)]
    ordinary = [
        case[0][0] for program, cases in found if program.name.startswith("digits_in") for case in cases[:2]
    ]
    assert len(ordinary) > 20
    assert all(any(map(str.isdigit, text)) for text in ordinary)


def test_a_set_is_listed_only_where_the_order_of_its_members_tells() -> None:
    by_name = {operation.name: operation for operation in OPERATIONS}
    first = by_name["members_rising"], {}
    nexts = ("total", "minimum", "set_of_numbers", "frequencies", "neighbour_sums", "alternating_sum")
    matters = {
        name: every_step_matters(
            steps, [walk(steps, (Members({3, 1, 2, 9}),)), walk(steps, (Members({5, 9}),))]
        )
        for name in nexts
        for steps in [(first, (by_name[name], {}))]
    }
    assert [name for name in nexts if matters[name]] == ["neighbour_sums", "alternating_sum"]


def test_no_comprehension_hides_an_argument() -> None:
    concepts = ("dictionaries", "grouping", "digits", "number_theory", "composition")
    for i in range(1000):
        task = draw_program(random.Random(i), concept=concepts[i % 5])
        arguments = {argument.name for argument in task.arguments}
        for body in (task.body, task.other_body):
            targets = [
                node.target for node in ast.walk(ast.parse(body)) if isinstance(node, ast.comprehension)
            ]
            names = {node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)}
            assert not names & arguments, (task.family, body)


def test_a_count_of_members_is_said_as_a_number_that_can_be_decided_about() -> None:
    tasks = [draw_program(random.Random(i), concept=("sets", "set_operations")[i % 2]) for i in range(600)]
    counted = [task for task in tasks if re.search(r">(?:num_|total_of_)\w+>", task.family)]
    assert len(counted) > 10
    for task in counted:
        assert re.search(r"the number of \w+", task.sentence), task.sentence
        assert not re.search(r"how many|too (?:is|modulo)", task.sentence), task.sentence
