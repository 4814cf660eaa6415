"""Slips of grammar change a sentence and never what it names."""

import random
import re

from hypothesis import given
from hypothesis import strategies as st

from hornbook.curriculum.families import TAUGHT
from hornbook.curriculum.family import draw_task
from hornbook.curriculum.phrasing import write_prompt
from hornbook.curriculum.slips import slipped


@given(st.integers(0, len(TAUGHT) - 1), st.integers(0, 2**32))
def test_names_numbers_and_quoted_words_stay(which: int, seed: int) -> None:
    rng = random.Random(seed)
    task = draw_task(TAUGHT[which], rng)
    names = [argument.name for argument in task.arguments]
    after = slipped(task.sentence, names, rng)
    for kept in (*names, *re.findall(r"\d+|'[^']*'", task.sentence)):
        shape = rf"(?<!\w){re.escape(kept)}(?!\w)"
        assert len(re.findall(shape, after)) == len(re.findall(shape, task.sentence)), (task.sentence, after)


def test_most_sentences_get_a_slip() -> None:
    tasks = [draw_task(family, random.Random(family.name)) for family in TAUGHT]
    changed = [
        slipped(t.sentence, [a.name for a in t.arguments], random.Random(t.name)) != t.sentence for t in tasks
    ]
    assert sum(changed) > 0.95 * len(changed)


def test_a_prompt_has_slips_only_when_they_are_asked_for() -> None:
    task = draw_task(TAUGHT[0], random.Random(0))
    plain, again = (write_prompt(task, (), random.Random(1), style="sentence") for _ in range(2))
    assert plain == again
    assert write_prompt(task, (), random.Random(1), style="sentence", slips=True) != plain
