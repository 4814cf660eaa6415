"""The offline teacher: deterministic, broad, never speaking of what is held out, and right about every output."""

from __future__ import annotations

import gzip
import random
from collections.abc import Sequence

import pytest
from judged import assert_all_pass

from hornbook.curriculum.concepts import CONCEPTS
from hornbook.curriculum.families import BY_NAME, HELD_OUT, TAUGHT, concepts_taught
from hornbook.curriculum.family import Family, draw_task, is_reserved
from hornbook.curriculum.offline import OfflineTeacher
from hornbook.curriculum.page_blocks import printed
from hornbook.curriculum.pages import AUDIENCES, FORMS
from hornbook.curriculum.phrasing import FOR_AUDIENCE
from hornbook.lessons import plan, prompt
from hornbook.lessons.answer import read_or_reject
from hornbook.lessons.exercise import read_exercise
from hornbook.lessons.textbook import read_page
from hornbook.quality.markdown import python_blocks
from hornbook.record import Record
from hornbook.sandbox import Job, Sandbox
from hornbook.teacher.protocol import Completion, Request

TEACHER = OfflineTeacher()


def _request(kind: str, seed: str = "0/x/0", **slots: object) -> Request:
    return Request(kind=kind, seed=seed, slots=slots, messages=())  # type: ignore[arg-type]


def _answer(request: Request) -> Completion:
    (completion,) = TEACHER.complete([request])
    return completion


def _exercises(number: int, seed: int = 0) -> list[Record]:
    records = []
    for completion in TEACHER.complete(plan.requests("exercise", seed, range(number))):
        record = read_or_reject(completion, TEACHER.name, read_exercise, "exercises")
        assert isinstance(record, Record), record
        records.append(record)
    return records


def _pages(number: int, seed: int = 0) -> list[Record]:
    completions = TEACHER.complete(plan.requests("textbook", seed, range(number)))
    return [read_page(completion, TEACHER.name) for completion in completions]


def test_the_name_carries_a_digest_and_nothing_else() -> None:
    kind, _, digest = TEACHER.name.partition("@")
    assert kind == "offline"
    assert len(digest) == 12
    assert int(digest, 16) >= 0


def test_same_seed_gives_same_items() -> None:
    assert [r.id for r in _exercises(100)] == [r.id for r in _exercises(100)]
    assert [r.id for r in _pages(50)] == [r.id for r in _pages(50)]


def test_neighbouring_seeds_share_less_than_one_percent() -> None:
    first, second = ({r.id for r in _exercises(1000, seed)} for seed in (1, 2))
    assert len(first & second) < 10


def test_items_of_one_seed_are_nearly_all_different() -> None:
    assert len({r.id for r in _exercises(1500)}) > 1480


def test_exercises_pass_their_own_tests() -> None:
    """A sample; the check stage runs all of them."""
    records = _exercises(300, seed=7)
    jobs = [Job(id=r.id, blocks=(r.text, "\n".join(r.exercise.tests))) for r in records if r.exercise]
    assert_all_pass(jobs)


def test_stated_outputs_of_pages_are_what_the_blocks_print() -> None:
    pages = _pages(300, seed=8)
    jobs = [Job(id=page.id, blocks=tuple(python_blocks(page.text))) for page in pages]
    with Sandbox(workers=2) as sandbox:
        for page, job, verdict in zip(pages, jobs, sandbox.run(jobs), strict=True):
            assert verdict.outcome == "pass", (verdict.detail, page.text)
            for block, output in zip(job.blocks, verdict.outputs, strict=True):
                stated = [line[3:] for line in block.split("\n") if line.startswith("#> ")]
                assert stated == output.splitlines(), page.text


def test_nothing_held_out_appears_in_training_items() -> None:
    held_out = {family.name for family in HELD_OUT}
    for record in (*_exercises(1500), *_pages(300)):
        family = record.tags["family"]
        assert family not in held_out
        if family.startswith("program:"):
            assert not is_reserved(family.removeprefix("program:"), one_in=5)


def test_the_last_phrasing_of_a_family_is_never_taught() -> None:
    def reserved_openings(family: Family) -> set[str]:
        return {draw_task(family, random.Random(i), reserved_phrasing=True).sentence for i in range(40)}

    for family in TAUGHT[::9]:
        reserved = reserved_openings(family)
        for i in range(25):
            text = _answer(_request("exercise", seed=f"{i}", family=family.name, style="sentence")).text
            assert not any(sentence in " ".join(text.split()) for sentence in reserved)


def test_a_held_out_family_is_refused() -> None:
    completion = _answer(_request("exercise", family=HELD_OUT[0].name))
    assert completion.finish == "error"
    assert "held out" in completion.error


@pytest.mark.parametrize(
    "slots",
    [{"concept": "juggling"}, {"family": "no_such"}, {"style": "baroque"}, {"audience": "cats"}],
)
def test_a_slot_nobody_knows_gives_an_error_and_no_text(slots: dict[str, str]) -> None:
    completion = _answer(_request("exercise", **slots))
    assert completion.finish == "error"
    assert completion.text == ""
    assert next(iter(slots.values())) in completion.error


def test_a_family_can_be_asked_for_by_name() -> None:
    family = TAUGHT[0].name
    assert f"<!-- family: {family};" in _answer(_request("exercise", family=family)).text


def test_a_deeper_exercise_of_a_family_has_a_helper_and_one_of_programs_is_longer() -> None:
    family = _answer(_request("exercise", concept="primes", depth=2)).text
    assert family.partition("## Solution")[0].count("\ndef ") > 1
    chain = _answer(_request("exercise", program=True, depth=2)).text
    assert chain.partition("family: program:")[2].partition(";")[0].count(">") == 3
    joined = _answer(_request("exercise", program=True, depth=3)).text
    assert "&" in joined.partition("family: program:")[2].partition(";")[0]


@pytest.mark.parametrize("breadth", [10, 60, 300])
def test_a_narrow_curriculum_asks_only_for_what_its_first_families_teach(breadth: int) -> None:
    first = {family.name for family in TAUGHT[:breadth]}
    families = set()
    for request in plan.requests("exercise", 0, range(1200), programs=0, breadth=breadth):
        completion = _answer(request)
        assert completion.finish == "stop", completion.error
        families.add(completion.text.partition("family: ")[2].partition(";")[0])
    assert families <= first
    assert len(families) > 0.9 * breadth


@pytest.mark.parametrize("concept", concepts_taught())
def test_every_concept_of_the_plan_is_served(concept: str) -> None:
    for kind in ("exercise", "textbook"):
        for i in range(3):
            completion = _answer(_request(kind, seed=f"{i}", concept=concept, difficulty=2))
            assert completion.finish == "stop", completion.error


def test_the_answer_practises_the_concept_that_was_asked_for() -> None:
    for record in _exercises(300):
        assert record.exercise is not None
        assert record.tags["concept"] in record.exercise.concepts


def test_a_name_word_is_part_of_the_name_even_in_recursive_solutions() -> None:
    recursive = [f.name for f in TAUGHT if "recursion" in f.concepts]
    for i, family in enumerate(recursive * 4):
        text = _answer(_request("exercise", seed=f"{i}", family=family, name_word="garden")).text
        tests = text.partition("## Tests")[2]
        assert "_garden(" in tests


def test_audiences_and_forms_of_plan_and_teacher_agree() -> None:
    assert set(prompt.READERS) == set(prompt.SOLVERS) == set(AUDIENCES) == set(FOR_AUDIENCE)
    assert set(prompt.SHAPES) == set(FORMS)


def test_audiences_see_different_pages_of_the_same_task() -> None:
    slots = {"family": TAUGHT[0].name, "form": "lecture", "concept": TAUGHT[0].concepts[0]}
    pages = {a: _answer(_request("textbook", audience=a, **slots)).text for a in AUDIENCES}
    assert "assert " in pages["practitioner"]
    assert "assert " not in pages["beginner"]
    assert "Input:" in pages["contest"]
    assert "| result |" in pages["student"]


def test_pages_have_the_length_of_a_section() -> None:
    lengths = sorted(len(page.text) for page in _pages(300))
    """200 to 1,200 tokens, at about four characters a token."""
    assert lengths[3] > 700
    assert lengths[-3] < 4800


def test_gzip_ratio_of_exercises_stays_near_real_code() -> None:
    """Standard-library functions reach 3.1 and a naive generator 5.5 (reference figures at equal length)."""
    texts = [record.text[:400] for record in _exercises(2000)]
    random.Random(0).shuffle(texts)
    raw = "".join(texts).encode()
    assert len(raw) / len(gzip.compress(raw, 6)) <= 4.5


def test_values_without_a_settled_print_are_printed_in_a_settled_way() -> None:
    assert printed("f()", {2, 1}) == ["print(sorted(f()))", "#> [1, 2]"]
    assert printed("f()", {"b": 1, "a": 2}) == ["print(sorted(f().items()))", "#> [('a', 2), ('b', 1)]"]
    assert printed("f()", [{1, 2}]) == ["print(f() == [{1, 2}])", "#> True"]
    assert printed("f()", "") == ["print(repr(f()))", "#> ''"]
    assert printed("f()", "two words") == ["print(f())", "#> two words"]


def test_prerequisites_are_known_and_have_no_cycle() -> None:
    done: set[str] = set()
    left = dict(CONCEPTS)
    while left:
        ready = [name for name, concept in left.items() if set(concept.prerequisites) <= done]
        assert ready, f"cycle or unknown prerequisite among {sorted(left)}"
        for name in ready:
            done.add(name)
            del left[name]


def test_concepts_of_all_families_are_in_the_graph() -> None:
    assert len(CONCEPTS) >= 40
    missing = {concept for family in BY_NAME.values() for concept in family.concepts} - set(CONCEPTS)
    assert not missing


def test_concepts_say_something() -> None:
    def sentences(texts: Sequence[str]) -> bool:
        return all(text[-1] in ".?!" and len(text) > 25 for text in texts)

    for concept in CONCEPTS.values():
        assert 2 <= len(concept.reasons) <= 3
        assert sentences((concept.sentence, concept.mistake, *concept.reasons)), concept.name


def test_a_depth_beyond_the_deepest_is_answered_by_the_deepest() -> None:
    request = Request(kind="exercise", seed="1", slots={"depth": 9, "program": True}, messages=())
    (completion,) = OfflineTeacher().complete([request])
    assert completion.finish == "stop", completion.error
