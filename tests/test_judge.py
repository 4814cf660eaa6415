"""What a judge says: read in many forms, refused where it contradicts itself."""

from __future__ import annotations

import json

import pytest
from asking_records import JUDGED
from hypothesis import given
from hypothesis import strategies as st

from hornbook.lessons.answer import Malformed
from hornbook.lessons.judge import judgement_parts
from hornbook.value.agreement import MOST_POINTS

POINTS = st.integers(0, MOST_POINTS)
REASON = "It shows one idea."


@pytest.mark.parametrize(
    "text",
    [
        f"{REASON}\nScore: 3",
        f"{REASON}\n\n**Score: 3/5**\n",
        f"{REASON}\n**Total score:** 3 out of 5.",
        f"{REASON}\nFinal score = 3 points",
        f"{REASON}\n### Score: <3>",
        f"{REASON}\n- Rating: `3`",
        f"{REASON}\nScore: 3.0\nThat is all.",
        json.dumps({"reason": REASON, "score": 3}),
        json.dumps({"Reasoning": [REASON], "total_score": "3/5"}),
        f"```json\n{json.dumps({'reasons': REASON, 'Score': '3'})}\n```",
        f"My judgement:\n{json.dumps({'explanation': REASON, 'score': 3.0})}",
        f"{{a set}} begins it. {REASON}\nScore: 3",
    ],
)
def test_a_judgement_in_another_form_is_the_same_judgement(text: str) -> None:
    score, reason = judgement_parts(text)
    assert score == 3
    assert REASON in reason


def test_the_last_score_counts_and_all_before_it_is_the_reason() -> None:
    score, reason = judgement_parts("Score: 1\nOn second thoughts it is clear.\nScore: 4\n")
    assert (score, reason) == (4, "Score: 1\nOn second thoughts it is clear.")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (REASON, "no line `Score"),
        ("Score: 4", "no reason before the score"),
        ("Score: 4\nIt is clear.", "no reason before the score"),
        (json.dumps({"score": 4}), "no reason before the score"),
        (f"{REASON}\nScore: 6", "the score is 6; it must be a whole number from 0 to 5"),
        (f"{REASON}\nScore: -1", "the score is -1"),
        (f"{REASON}\nScore: 3.5", "the score is 3.5"),
        (f"{REASON}\nScore: 75", "the score is 75"),
        (json.dumps({"reason": REASON, "score": True}), "the score is True"),
        (JUDGED.replace("Score: 3", "Score: 4"), "the score is 4, but the criteria give 3"),
    ],
)
def test_a_judgement_without_reason_or_off_the_scale_or_above_its_own_points_is_refused(
    text: str, complaint: str
) -> None:
    with pytest.raises(Malformed) as refused:
        judgement_parts(text)
    assert complaint in str(refused.value)


def test_a_score_may_be_capped_below_the_points() -> None:
    assert judgement_parts(JUDGED.replace("Score: 3", "Score: 2"))[0] == 2


@given(st.text(alphabet="Score: \n0123456789/.-*#=<>{}\"reason'[],\\ud8", max_size=200))
def test_any_text_is_a_score_with_a_reason_or_refused(text: str) -> None:
    try:
        score, reason = judgement_parts(text)
    except Malformed:
        return
    assert 0 <= score <= MOST_POINTS
    assert reason.strip()


@given(POINTS, st.text(max_size=50).filter(lambda text: text.strip()))
def test_what_was_written_in_the_asked_form_is_read(score: int, reason: str) -> None:
    found = judgement_parts(f"r {reason}\nScore: {score}")
    assert found[0] == score
