"""Prompts: every style gives valid Python whose docstring says the task, and the words are turned correctly."""

from __future__ import annotations

import ast
import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hornbook.curriculum.families import TAUGHT
from hornbook.curriculum.family import Task, draw_task
from hornbook.curriculum.phrasing import FOR_AUDIENCE, STYLES, wrap, write_prompt
from hornbook.curriculum.programs import draw_program
from hornbook.curriculum.sentences import as_description, as_wish
from hornbook.curriculum.signatures import described, with_typing


def _task(seed: str) -> Task:
    rng = random.Random(seed)
    return draw_program(rng) if rng.random() < 0.3 else draw_task(rng.choice(TAUGHT), rng)


@pytest.mark.parametrize("style", sorted(STYLES))
def test_every_style_ends_in_a_docstring_that_python_reads(style: str) -> None:
    for i in range(60):
        task = _task(f"{style}/{i}")
        prompt = write_prompt(task, task.imports, random.Random(i), style=style)
        assert prompt.endswith(('"""\n', "'''\n"))
        function = ast.parse(prompt).body[-1]
        assert isinstance(function, ast.FunctionDef)
        assert function.name == task.name
        assert [a.arg for a in function.args.args] == [a.name for a in task.arguments]
        assert ast.get_docstring(function)


def test_annotations_of_a_prompt_are_imported() -> None:
    for i in range(300):
        task = _task(f"annotations/{i}")
        tree = ast.parse(write_prompt(task, task.imports, random.Random(i)))
        function = tree.body[-1]
        assert isinstance(function, ast.FunctionDef)
        imported = {n.name for node in tree.body if isinstance(node, ast.ImportFrom) for n in node.names}
        annotations = [a.annotation for a in function.args.args] + [function.returns]
        used = {n.id for a in annotations if a is not None for n in ast.walk(a) if isinstance(n, ast.Name)}
        builtin = {
            "int",
            "str",
            "float",
            "bool",
            "bytes",
            "list",
            "dict",
            "set",
            "tuple",
            "frozenset",
            "object",
        }
        assert used - builtin <= imported


def test_doctests_state_the_expected_values() -> None:
    for i in range(100):
        task = _task(f"doctest/{i}")
        tree = ast.parse(write_prompt(task, task.imports, random.Random(i), style="doctest"))
        function = tree.body[-1]
        assert isinstance(function, ast.FunctionDef)
        arguments, _ = task.cases[0]
        stated = f"{task.name}({', '.join(map(repr, arguments))})"
        assert stated in (ast.get_docstring(function) or "") or len(repr(task.cases[0])) >= 140


def test_the_prompt_shows_sets_so_that_their_order_does_not_matter() -> None:
    tasks = [draw_program(random.Random(i), concept="set_operations") for i in range(60)]
    shown = [
        write_prompt(task, (), random.Random(1), style="doctest") for task in tasks if "set" in task.returns
    ]
    assert len(shown) > 10
    assert not any(re.search(r"^ *\{.*,", prompt, re.MULTILINE) for prompt in shown)
    assert any(">>> sorted(" in prompt for prompt in shown)


def test_words_that_must_occur_do() -> None:
    for i in range(50):
        task = _task(f"words/{i}")
        assert "velvet kettle" in write_prompt(task, (), random.Random(i), words=("velvet", "kettle"))


def test_one_task_is_written_in_many_ways() -> None:
    task = _task("many")
    prompts = {
        write_prompt(task, (), random.Random(f"{audience}/{i}"), audience=audience)
        for audience in FOR_AUDIENCE
        for i in range(50)
    }
    assert len(prompts) > 150


def test_an_imperative_becomes_a_description() -> None:
    assert as_description("Count the vowels in text.") == "counts the vowels in text."
    assert as_description("Search the list for n.") == "searches the list for n."
    assert as_wish("Apply the discount to price.") == "apply the discount to price."


def test_a_sentence_with_two_commands_is_not_turned_into_a_description() -> None:
    assert as_description("Sort the words and return the first.") == ""
    assert as_description("Sort the words. Then return the first.") == ""
    assert as_description("How many vowels are in text?") == ""


@pytest.mark.parametrize(
    ("annotation", "said"),
    [
        ("int", "an integer"),
        ("list[int]", "a list of integers"),
        ("list[list[str]]", "a list of lists of strings"),
        ("dict[str, list[int]]", "a dictionary from strings to lists of integers"),
        ("int | None", "an integer or None"),
    ],
)
def test_annotations_are_said_in_english(annotation: str, said: str) -> None:
    assert described(annotation) == said


@given(
    st.text(alphabet=st.characters(categories=("L", "N")) | st.just(" "), max_size=300), st.integers(20, 90)
)
def test_wrapping_keeps_the_text_and_its_order(text: str, width: int) -> None:
    text = " ".join(text.split())
    lines = wrap(text, width)
    assert " ".join(lines) == text
    assert all(len(line) <= width or " " not in line for line in lines)


@pytest.mark.parametrize(
    ("modern", "typed"),
    [
        ("list[int | None]", "List[Optional[int]]"),
        ("dict[str, list[tuple[int, str]]]", "Dict[str, List[Tuple[int, str]]]"),
        ("int | str", "Union[int, str]"),
        ("tuple[int, ...]", "Tuple[int, ...]"),
        ("Callable[[int, str], bool]", "Callable[[int, str], bool]"),
        ("float", "float"),
    ],
)
def test_annotations_of_typing_reach_into_brackets(modern: str, typed: str) -> None:
    assert with_typing(modern) == typed


@pytest.mark.parametrize("sentence", ["Sort xs, then cube each of them.", "Sort xs, and finally weigh them."])
def test_a_sentence_of_two_steps_is_not_said_in_the_third_person(sentence: str) -> None:
    assert as_description(sentence) == ""
