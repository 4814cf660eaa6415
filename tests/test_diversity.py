import math
import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hornbook.quality.diversity import (
    Diversity,
    concept_entropy,
    distinct_n,
    entropy,
    gzip_ratio,
    measure,
    opening_entropy,
    unique_skeletons,
)
from hornbook.record import Exercise, Record, write_shard
from hornbook.step import Context


def exercise(body: str, doc: str = "Return it.", concepts: tuple[str, ...] = ("lists",)) -> Record:
    prompt = f'def f(a):\n    """{doc}"""\n'
    made = Exercise(prompt=prompt, solution=body, entry_point="f", tests=("assert True",), concepts=concepts)
    return Record(text=prompt + body, kind="exercise", source="t", license="CC0-1.0", exercise=made)


def test_repetition_raises_the_gzip_ratio():
    rng = random.Random(0)
    noise = ["".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=400)) for _ in range(200)]
    assert gzip_ratio(noise) < 1.8
    assert gzip_ratio(noise[:1] * 200) > 50


def test_only_the_first_400_characters_of_2000_texts_count():
    rng = random.Random(0)
    texts = ["".join(rng.choices("ab", k=400)) for _ in range(50)]
    assert gzip_ratio([text + "tail" * 99 for text in texts]) == gzip_ratio(texts)
    assert gzip_ratio(["x" * 400] * 5000) == gzip_ratio(["x" * 400] * 2000)


def test_the_gzip_ratio_of_nothing_is_an_error():
    with pytest.raises(ValueError, match="at least one text"):
        gzip_ratio([])


def test_distinct_n_counts_different_ngrams():
    assert distinct_n(["a b a b"], 1) == 0.5
    assert distinct_n(["a b a b"], 2) == pytest.approx(2 / 3)
    assert distinct_n(["a"], 2) == 0.0


def test_skeletons_differ_by_structure_not_by_names():
    same = [exercise("    return a + 1\n"), exercise("    return a + 2\n")]
    assert unique_skeletons(same) == 0.5
    assert unique_skeletons([*same, exercise("    return [a]\n"), exercise("    return a[1]\n")]) == 0.75


def test_openings_and_concepts_have_entropy():
    records = [
        exercise("    return a\n", doc, (doc.split()[0],)) for doc in ("Add one to a", "Take one off a")
    ]
    assert opening_entropy(records) == concept_entropy(records) == 1.0
    assert opening_entropy(records[:1] * 9) == 0.0


@given(st.dictionaries(st.integers(0, 9), st.integers(1, 100), min_size=1))
def test_entropy_lies_between_zero_and_that_of_equal_shares(counts):
    assert -1e-9 <= entropy(Counter(counts)) <= math.log2(len(counts)) + 1e-9


def test_the_step_measures_every_set_and_writes_no_records(tmp_path):
    write_shard(
        tmp_path / "a" / "records" / "00000.parquet", [exercise(f"    return {i}\n") for i in range(9)]
    )
    write_shard(tmp_path / "b" / "records" / "00000.parquet", [])
    out = tmp_path / "out"
    out.mkdir()
    found = measure(Diversity(sample=5), out=out, ctx=Context(), a=tmp_path / "a", b=tmp_path / "b")
    assert found["a"]["num_records"] == 9
    assert found["a"]["num_sampled"] == 5
    assert found["a"]["unique_skeletons"] == 0.2
    assert found["b"] == {"num_records": 0}
    assert list(out.iterdir()) == []
