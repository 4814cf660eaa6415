import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hornbook.quality.dedup import Dedup, dedup, find_duplicates
from hornbook.quality.minhash import estimated_jaccard, shortened, signatures
from hornbook.quality.shingle_sets import exact_jaccard, shingle_sets
from hornbook.quality.shingles import TokenHashes, flat_hashes, ngrams
from hornbook.record import Record, read_records, read_rejected, write_shard
from hornbook.step import Context

WORDS = [f"w{i}" for i in range(400)]


def record(text: str, kind: str = "code", **scores: float) -> Record:
    return Record(text=text, kind=kind, source="t", license="CC0-1.0", scores=scores)


def clusters(seed: int, num: int) -> list[Record]:
    """Documents with copies at every distance: each copy changes a few words of its original."""
    rng = random.Random(seed)
    texts = []
    for _ in range(num):
        words = rng.choices(WORDS, k=rng.randint(20, 120))
        texts.append(" ".join(words))
        for _ in range(rng.choice([0, 0, 1, 3])):
            changed = list(words)
            for _ in range(rng.randint(0, 6)):
                changed[rng.randrange(len(changed))] = rng.choice(WORDS)
            texts.append(" ".join(changed))
    rng.shuffle(texts)
    return [record(text) for text in texts]


def brute_force(records: list[Record], threshold: float) -> set[int]:
    """Positions that a greedy keep by exact Jaccard over all pairs removes; equal texts included."""
    sets = [set(text.tolist()) for text in shingle_sets([r.text for r in records])]
    kept: list[int] = []
    removed = set()
    for i, shingles in enumerate(sets):
        if any(len(shingles & sets[j]) / len(shingles | sets[j]) >= threshold for j in kept):
            removed.add(i)
        else:
            kept.append(i)
    return removed


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_decisions_equal_those_of_exact_jaccard_over_all_pairs(seed):
    records = clusters(seed, 150)
    removed = brute_force(records, 0.7)
    assert len(removed) > 30
    assert set(find_duplicates(Dedup(), records).removals) == removed


def test_every_removal_names_a_kept_record_that_is_that_alike():
    records = clusters(4, 100)
    assert len({r.id for r in records}) < len(records)
    decisions = find_duplicates(Dedup(), records)
    kept = {r.id: r for i, r in enumerate(records) if i not in decisions.removals}
    for i, removal in decisions.removals.items():
        a, b = shingle_sets([records[i].text, kept[removal.kept_id].text])
        assert removal.jaccard == pytest.approx(exact_jaccard(a, b))
        assert removal.jaccard >= 0.7


def test_operators_count():
    body = "def f(a, b):\n    return a {} b\n"
    plus, minus = shingle_sets([body.format("+"), body.format("-")])
    assert exact_jaccard(plus, minus) < 0.7


def test_equal_texts_of_different_kinds_both_stay():
    assert not find_duplicates(Dedup(), [record("same text"), record("same text", "textbook")]).removals


def test_the_best_score_stays():
    text = " ".join(WORDS[:50])
    given = [record(text, q=1.0), record(text + " end", q=3.0), record(text, q=2.0)]
    decisions = find_duplicates(Dedup(prefer="q"), given)
    assert {i: r.reason for i, r in decisions.removals.items()} == {
        0: "near_duplicate",
        2: "near_duplicate",
    }
    assert sorted(find_duplicates(Dedup(), given).removals) == [1, 2]


def pages(distinct: bool) -> list[Record]:
    rng = random.Random(0)
    frame = " ".join(rng.choices(WORDS, k=300))
    topics = [" ".join(rng.choices(WORDS, k=30)) if distinct else f"topic{i}" for i in range(60)]
    return [record(f"{frame} {topic}", "textbook") for topic in topics]


def test_pages_that_share_only_their_frame_all_stay():
    given = pages(distinct=True)
    assert not find_duplicates(Dedup(), given).removals
    as_code = [record(r.text) for r in given]
    assert len(find_duplicates(Dedup(), as_code).removals) > 50


def test_pages_that_are_nothing_but_frame_are_still_copies():
    assert len(find_duplicates(Dedup(), pages(distinct=False)).removals) == 59


def test_the_step_removes_across_sources_with_evidence(tmp_path):
    text = " ".join(WORDS[:60])
    for name, records in {
        "a": [record(text)],
        "b": [record(text + " x"), record("other"), record(text)],
    }.items():
        write_shard(tmp_path / name / "records" / "00000.parquet", records)
    metrics = dedup(Dedup(), out=tmp_path / "out", ctx=Context(), b=tmp_path / "b", a=tmp_path / "a")
    assert [r.text for r in read_records(tmp_path / "out")] == [text, "other"]
    rejected = list(read_rejected(tmp_path / "out"))
    assert [(r.stage, r.reason) for r in rejected] == [
        ("dedup", "near_duplicate"),
        ("dedup", "exact_duplicate"),
    ]
    assert rejected[0].detail == f"of {record(text).id}, jaccard 0.982 of their shingles"
    assert metrics["num_in"] == metrics["num_kept"] + metrics["num_rejected"] == 4


def test_nothing_in_nothing_out():
    assert not find_duplicates(Dedup(), []).removals
    assert not find_duplicates(Dedup(), [record(""), record("", "textbook")]).removals


@given(st.lists(st.lists(st.sampled_from("abcdef"), max_size=9), max_size=6), st.integers(1, 6))
def test_ngrams_never_cross_from_one_text_into_the_next(texts, n):
    hashes = TokenHashes()
    together = ngrams(flat_hashes(texts, hashes), n)
    for i, tokens in enumerate(texts):
        alone = ngrams(flat_hashes([tokens], hashes), n).values
        assert np.array_equal(together.part(i), alone)
        assert len(alone) == max(len(tokens) - n + 1, 0)
    short = ngrams(flat_hashes(texts, hashes), n, whole_if_short=True)
    assert [len(short.part(i)) for i in range(len(texts))] == [
        max(len(t) - n + 1, 1) if t else 0 for t in texts
    ]


def test_equal_minima_estimate_jaccard():
    rng = np.random.default_rng(0)
    values = np.unique(rng.integers(0, 2**64, size=3000, dtype=np.uint64))
    short = shortened(signatures([values[:2000], values[1000:]]))
    (estimate,) = estimated_jaccard(short[0], short[1:])
    assert abs(estimate - 1 / 3) < 4 * (1 / 3 * 2 / 3 / 112) ** 0.5
