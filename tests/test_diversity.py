import math
import random
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hornbook.quality.diversity import (
    FEWEST,
    MEASURES,
    Diversity,
    concept_counts,
    diversity_of,
    drawn,
    entropy,
    measure,
)
from hornbook.record import Exercise, Record, write_shard
from hornbook.step import Context


def exercise(body: str, doc: str = "Return it.", concepts: tuple[str, ...] = ("lists",)) -> Record:
    prompt = f'def f(a):\n    """{doc}"""\n'
    made = Exercise(prompt=prompt, solution=body, entry_point="f", tests=("assert True",), concepts=concepts)
    return Record(text=prompt + body, kind="exercise", source="t", license="CC0-1.0", exercise=made)


def code(text: str, **tags: str) -> Record:
    return Record(text=text, kind="code", source="t", license="CC0-1.0", tags=tags)


def several(number: int) -> list[Record]:
    """Exercises that differ in words, values and shapes."""
    rng = random.Random(number)
    return [
        exercise(
            "".join(f"    a {rng.choice('+-*')}= {rng.randrange(99)}\n" for _ in range(rng.randrange(1, 9))),
            " ".join(rng.choices(("add", "take", "one", "list", "of", "words"), k=9)),
            (rng.choice(("lists", "loops", "sets")),),
        )
        for _ in range(number)
    ]


def test_skeletons_differ_by_structure_not_by_names():
    same = [exercise("    return a + 1\n"), exercise("    return a + 2\n")]
    assert skeletons(same) == 0.5
    assert skeletons([*same, exercise("    return [a]\n"), exercise("    return a[1]\n")]) == 0.75


def skeletons(records: list[Record]) -> float:
    return diversity_of(records)["unique_skeletons"]


def test_each_record_gives_one_skeleton_so_that_pages_and_functions_compare():
    both = "def f(a):\n    return a\n\n\ndef g(a):\n    return [a]\n"
    page = replace(code(f"# Page\n\n```python\n{both}```\n"), kind="textbook")
    assert skeletons([code(both), page]) == 0.5
    assert skeletons([code("x = 1\n"), code(both)]) == 1.0
    assert "unique_skeletons" not in diversity_of([code("x = 1\n")]), "0 would say that all are alike"


def test_an_exercise_is_the_function_that_it_asks_for():
    made = exercise("    return a\n")
    helped = replace(made, text=f"{made.text}\n\ndef helper(a):\n    return [a, a]\n")
    twice = replace(made, text=f"def f(a):\n    return [a, a]\n\n\n{made.text}")  # the last one counts
    assert skeletons([made, helped]) == skeletons([made, twice]) == 0.5


def test_a_text_opens_with_its_first_docstring_or_its_first_prose():
    function = 'def f(a):\n    b = a\n\n\nclass C:\n    """Say the very same words."""\n'
    page = replace(code("# Title\n\nSay the very first words.\n"), kind="textbook")
    assert openings([code(function), page, code("say the very = 1")]) == 0.0
    assert openings([code(function), code("say = 1")]) == 1.0


def openings(records: list[Record]) -> float:
    return diversity_of(records)["opening_entropy_bits"]


def test_openings_and_concepts_have_entropy():
    records = [
        exercise("    return a\n", doc, (doc.split()[0],)) for doc in ("Add one to a", "Take one off a")
    ]
    assert openings(records) == entropy(concept_counts(records)) == 1.0
    assert openings(records[:1] * 9) == 0.0


def test_a_gate_that_removes_few_records_leaves_nearly_the_same_sample():
    records = [code(f"x = {i}\n") for i in range(1000)]
    before = {record.id for record in drawn(records, 200, seed=0)}
    after = {record.id for record in drawn(records[:30] + records[60:], 200, seed=0)}
    assert len(before) == len(after) == 200
    removed = {record.id for record in records[30:60]}
    assert len(before - after) == len(before & removed) < 20


def test_copies_of_a_text_are_drawn_apart_and_no_record_is_favoured():
    records = [code(f"x = {i // 2}\n") for i in range(2000)]
    counts = Counter(record.id for record in drawn(records, 200, seed=0))
    assert 1 <= sum(number == 2 for number in counts.values()) < 30  # 10 are expected
    places = [int(record.text.split()[-1]) for record in drawn(records, 200, seed=1)]
    assert 400 < sum(places) / 200 < 600


def test_concepts_are_those_of_exercises_and_the_tag_of_other_texts():
    records = [
        exercise("    return a\n", concepts=("lists", "loops")),
        code("a", concept="lists"),
        code("b", concept="sets"),
    ]
    assert concept_counts(records) == {"lists": 2, "loops": 1, "sets": 1}
    found = diversity_of(records)
    assert found["num_concepts"] == 3
    assert found["concept_entropy_bits"] == 1.5
    assert found["concept_evenness"] == pytest.approx(1.5 / math.log2(3), abs=1e-4)


def test_one_concept_is_not_even_and_texts_without_concepts_have_no_such_measure():
    assert diversity_of([code("a", concept="lists")])["concept_evenness"] == 0.0
    assert "num_concepts" not in diversity_of([code("a")])


def test_nearest_similarity_is_reported_as_mean_and_quantiles():
    # Overlaps to the nearest: 1, 1 and 0 for nine others.
    twins = [code("a b c d e f"), code("a b  c d e f")]
    found = diversity_of([*twins, *(code(f"x{i} y{i}") for i in range(9))])
    assert found["nearest_mean"] == pytest.approx(2 / 11, abs=1e-4)
    assert (found["nearest_median"], found["nearest_p90"]) == (0.0, 1.0)


def test_every_measure_has_a_heading_and_a_sentence_in_the_order_in_which_it_is_returned():
    found = diversity_of(several(60))
    assert list(found) == ["num_sampled", *MEASURES]
    assert all(heading and says.endswith(".") for heading, says in MEASURES.values())
    assert all(isinstance(value, int | float) for value in found.values())


@given(st.dictionaries(st.integers(0, 9), st.integers(1, 100), min_size=1))
def test_entropy_lies_between_zero_and_that_of_equal_shares(counts):
    assert -1e-9 <= entropy(Counter(counts)) <= math.log2(len(counts)) + 1e-9


@given(st.integers(2, 40), st.randoms(use_true_random=False))
def test_the_order_of_the_records_changes_nothing(number, order):
    records = several(number)
    assert diversity_of(order.sample(records, number)) == diversity_of(records)
    assert diversity_of(order.sample(records, number), sample=9) == diversity_of(records, sample=9)


def test_twice_the_same_records_are_less_varied_by_every_measure_that_compares_them():
    once, twice = diversity_of(several(100)), diversity_of(several(100) * 2)
    for key in ("gzip_ratio", "self_bleu", "nearest_mean", "nearest_median"):
        assert twice[key] > once[key]
    for key in ("distinct_3", "unique_skeletons"):
        assert twice[key] < once[key]
    for key in ("opening_entropy_bits", "num_concepts", "concept_entropy_bits", "concept_evenness"):
        assert twice[key] == once[key]


def write(folder, records):
    write_shard(folder / "records" / "00000.parquet", records)
    return folder


def measured(tmp_path, cfg=None, **sets):
    out = tmp_path / "out"
    out.mkdir(exist_ok=True)
    found = measure(
        cfg or Diversity(),
        out=out,
        ctx=Context(),
        **{name: write(tmp_path / name, records) for name, records in sets.items()},
    )
    assert list(out.iterdir()) == []
    return found


def test_the_step_measures_every_set_at_the_size_of_the_smallest(tmp_path):
    found = measured(tmp_path, a=several(200), b=several(80), none=[], few=several(FEWEST - 1))
    enough = measured(tmp_path, a=several(200), c=several(FEWEST))
    assert enough["a"]["num_sampled"] == enough["c"]["num_sampled"] == FEWEST
    assert [found[name].get("num_sampled") for name in ("a", "b", "none", "few")] == [80, 80, None, None]
    assert found["none"] == {"num_records": 0}
    assert found["few"] == {"num_records": FEWEST - 1}
    assert found["a"]["num_records"] == 200
    assert found["b"] == {"num_records": 80} | diversity_of(several(80))


def test_the_step_measures_no_more_than_its_sample(tmp_path):
    found = measured(tmp_path, Diversity(sample=60), a=several(90), b=several(80))
    assert found["a"]["num_sampled"] == found["b"]["num_sampled"] == 60


def test_a_larger_sample_is_measured_whole(tmp_path):
    found = measured(tmp_path, Diversity(sample=1100), a=several(1200))
    assert found["a"]["num_sampled"] == 1100


def test_no_text_at_all_is_an_error():
    for nothing in ([], [code("")]):
        with pytest.raises(ValueError, match="at least one text"):
            diversity_of(nothing)
