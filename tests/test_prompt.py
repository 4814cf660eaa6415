"""Prompt templates, hornbook's and people's own, and topics."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_lessons import ANSWER, _completion

from hornbook.errors import UsageError
from hornbook.lessons import plan, prompt
from hornbook.lessons.answer import Asked
from hornbook.lessons.exercise import Exercises, read_exercise
from hornbook.lessons.judge import Judge
from hornbook.lessons.textbook import Textbooks
from hornbook.lessons.topics import topic_at, topics_of
from hornbook.quality.markdown import parse_page

TEACHER = Asked(name="m")
WORDS = st.text("abc `\n#", max_size=60)


@pytest.mark.parametrize("kind", sorted(prompt.NAMES))
def test_hornbooks_templates_use_the_names_that_people_are_told_and_no_others(kind: str) -> None:
    prompt.check_template(kind, prompt.source(kind))


@pytest.mark.parametrize("kind", ["exercise", "textbook"])
def test_a_plan_fills_in_every_name_that_people_are_told(kind: str) -> None:
    everything = "".join(f"{{{{ {name} }}}}" for name in prompt.NAMES[kind])
    for request in plan.requests(kind, 0, range(50), template=everything):  # type: ignore[arg-type]
        assert request.messages[0].content.startswith(request.messages[0].content.strip()[:3])


@given(WORDS)
def test_code_cannot_end_the_block_that_it_stands_in(code: str) -> None:
    block = prompt.fenced(code)
    fence = block.partition("python")[0]
    assert block.count(fence) == 2
    assert block.startswith(fence) and block.endswith(f"\n{fence}")
    if "```" not in code:
        assert len(parse_page(f"{block}\n").blocks) == 1


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("About {{ titel }}", "'titel' is not known; did you mean 'title'\\? It can use title, sentence"),
        ("{% if x %}", "line 1: Unexpected end of template"),
        ("{% include 'mine.md' %}", "includes 'mine.md'; it can include answer_exercise.md.j2"),
    ],
)
def test_a_template_that_cannot_be_rendered_is_refused_before_anything_is_asked(
    template: str, message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        Exercises(teacher=TEACHER, template=template)
    with pytest.raises(UsageError, match="template for judge"):
        Judge(teacher=TEACHER, template=template)


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{{ words.first }}", "has no attribute 'first'"),
        ("{{ difficulty / 0 }}", "division by zero"),
        ("{% if difficulty > 9 %}x{% endif %}", "gives an empty prompt"),
        ("{{ title.__class__.__mro__ }}", "unsafe"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "recursion"),
        ("{% for i in range(10 ** 9) %}{% endfor %}", "too big"),
    ],
)
def test_a_template_that_fails_or_reaches_out_is_a_clear_error(template: str, message: str) -> None:
    prompt.check_template("exercise", template)
    with pytest.raises(UsageError, match=message):
        list(plan.requests("exercise", 0, [0], template=template))


def test_a_template_of_ones_own_can_include_the_form_and_the_rules() -> None:
    own = 'About {{ title }}.\n{% include "exercise_rules.md.j2" %}\n\n{% include "answer_exercise.md.j2" %}'
    (request,) = plan.requests("exercise", 0, [0], template=own)
    content = request.messages[0].content
    assert content.startswith("About ") and "Write 3 to 6 tests" in content
    assert content.endswith("assert function_name(arguments) == expected\n```")


def test_templates_and_topics_are_identity_and_nothing_that_the_offline_teacher_reads() -> None:
    plain, own = Exercises(teacher=TEACHER), Exercises(teacher=TEACHER, template="Write {{ title }}.")
    assert plain.model_dump() != own.model_dump()
    assert Exercises.model_validate(own.model_dump()) == own
    for changes in ({"template": "x"}, {"topics": "x"}):
        with pytest.raises(UsageError, match="the offline teacher reads no prompts"):
            Textbooks.model_validate(changes)


def test_a_digest_covers_what_a_template_includes(monkeypatch: pytest.MonkeyPatch) -> None:
    before = {kind: prompt.digest(kind) for kind in prompt.NAMES}
    real = Path.read_text

    def changed(path: Path, encoding: str) -> str:
        return real(path, encoding) + ("." if path.name == "exercise_rules.md.j2" else "")

    monkeypatch.setattr(Path, "read_text", changed)
    differs = {kind for kind in prompt.NAMES if prompt.digest(kind) != before[kind]}
    assert differs == {"exercise", "rephrase", "inspired"}


def test_topics_take_the_place_of_concepts_in_prompts_slots_and_records() -> None:
    topics = 'the tax on a basket\n\n# not one\n{"title": "leap years", "sentence": "Two exceptions."}\n'
    requests = list(plan.requests("exercise", 0, range(20), topics=topics))
    for request in requests:
        assert request.slots["concept"] in ("the tax on a basket", "leap years")
        assert f"Concept: {request.slots['concept']}." in request.messages[0].content
    assert {request.slots["difficulty"] for request in requests} == {1, 2, 3, 4, 5}
    assert any("leap years. Two exceptions.\n" in r.messages[0].content for r in requests)
    assert any("the tax on a basket.\n" in r.messages[0].content for r in requests)
    record = read_exercise(_completion(ANSWER), "m")
    assert record.exercise is not None and record.exercise.concepts == (record.tags["concept"],)


@given(st.integers(1, 40), st.integers(0, 5), st.integers(0, 3))
def test_every_topic_comes_once_before_any_comes_again(number: int, seed: int, turn: int) -> None:
    topics = "\n".join(f"topic {i}" for i in range(number))
    drawn = [topic_at(topics, seed, turn * number + i) for i in range(number)]
    assert sorted(drawn, key=lambda one: one.title) == sorted(topics_of(topics), key=lambda one: one.title)


@pytest.mark.parametrize(
    ("topics", "message"),
    [
        ("# nothing\n\n", "no topic"),
        ('fine\n{"title": }', "line 2 .* not JSON"),
        ('{"sentence": "s", "n": 1}', 'line 1 of the topics is {"sentence": "s", "n": 1}: write it as'),
        ('fine\n{"title": 3}', 'line 2 of the topics is {"title": 3}: write it as .* both of them texts'),
        ("x" * 400, "line 1 .* 400 characters"),
    ],
)
def test_what_is_no_topic_is_named_with_its_line(topics: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        Exercises(teacher=TEACHER, topics=topics)


def test_plans_without_topics_and_templates_are_what_they_were() -> None:
    for kind in ("exercise", "textbook"):
        for request in plan.requests(kind, 7, range(20)):
            assert not {"title", "sentence"} & request.slots.keys()
            assert "topics" not in json.dumps(dict(request.slots))
