"""Each measure against a case worked out by hand, and against a slow program that says what it means."""

import gzip
import math
import random
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hornbook.quality.repetition import distinct_n, gzip_ratio, nearest_similarity, self_bleu


def words(*texts):
    return [text.split() for text in texts]


TEXTS = st.lists(st.text("ab c\n", max_size=30), min_size=2, max_size=8)


def test_repetition_raises_the_gzip_ratio():
    rng = random.Random(0)
    noise = ["".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=400)) for _ in range(200)]
    assert gzip_ratio(noise) < 1.8
    assert gzip_ratio(noise[:1] * 200) > 50
    assert gzip_ratio(noise[:100] * 2) > 1.2 * gzip_ratio(
        noise[:100]
    )  # 80 kB apart at most, gzip sees some pairs


def test_the_gzip_ratio_is_plain_over_compressed_size():
    assert gzip_ratio(["x" * 400]) == pytest.approx(400 / len(gzip.compress(b"x" * 400, 6)))


def test_only_the_first_400_characters_of_2000_texts_count():
    rng = random.Random(0)
    texts = ["".join(rng.choices("ab", k=400)) for _ in range(50)]
    assert gzip_ratio([text + "tail" * 99 for text in texts]) == gzip_ratio(texts)
    assert gzip_ratio(["x" * 400] * 5000) == gzip_ratio(["x" * 400] * 2000)


def test_the_gzip_ratio_of_nothing_is_an_error():
    with pytest.raises(ValueError, match="at least one text"):
        gzip_ratio([])


def test_distinct_n_counts_different_ngrams():
    assert distinct_n(words("a b a b"), 1) == 0.5
    assert distinct_n(words("a b a b"), 2) == pytest.approx(2 / 3)
    assert distinct_n(words("a"), 2) == 0.0


def test_distinct_n_is_the_mean_over_whole_segments_so_that_more_texts_do_not_lower_it():
    assert distinct_n(words("a b c c", "d d e"), 1, segment=2) == pytest.approx(
        (1 + 0.5 + 0.5) / 3
    )  # "e" is a rest
    texts = [[a, b] for a in "abcdefgh" for b in "ijklmnop"]
    assert distinct_n(texts * 9, 1, segment=16) == pytest.approx(distinct_n(texts, 1, segment=16))
    assert distinct_n(texts * 9, 1) < distinct_n(texts, 1)


def test_self_bleu_is_the_geometric_mean_of_the_precisions_of_one_to_four_words():
    expected = (4 / 5 * 3 / 4 * 2 / 3 * 1 / 2) ** 0.25
    assert self_bleu(words("a b c d e", "a b c d f")) == pytest.approx(expected)
    assert self_bleu(words("one two three four", "five six seven eight")) == 0.0
    assert self_bleu(words("a b c d e") * 3) == pytest.approx(1.0)


def test_self_bleu_clips_a_word_by_the_one_text_that_has_most_of_it():
    # "a" stands twice in the first and once in each other: 3 of 4 words match, and no longer run does.
    first = (3 / 4 * 0.1 / 3 * 0.1 / 2 * 0.1 / 1) ** 0.25
    second = (2 / 4 * 0.1 / 3 * 0.1 / 2 * 0.1 / 1) ** 0.25
    third = (2 / 4 * 0.1 / 3 * 0.1 / 2 * 0.1 / 1) ** 0.25
    assert self_bleu(words("a b a c", "a x b y", "c p a q")) == pytest.approx((first + second + third) / 3)


def test_self_bleu_takes_off_for_a_text_shorter_than_the_nearest_other():
    long = (4 / 8 * 3 / 7 * 2 / 6 * 1 / 5) ** 0.25
    assert self_bleu(words("a b c d", "a b c d e f g h")) == pytest.approx((math.exp(1 - 8 / 4) + long) / 2)


def test_self_bleu_looks_at_the_first_forty_words():
    same = " ".join(["word"] * 40)
    assert self_bleu(words(f"{same} left", f"{same} right other")) == pytest.approx(1.0)


def test_fewer_than_two_texts_with_words_have_no_self_bleu():
    assert self_bleu([]) == self_bleu(words("a b")) == self_bleu(words("a b", "")) == 0.0


@given(TEXTS)
def test_self_bleu_is_what_the_definition_says(texts):
    there = [found for found in words(*texts) if found]
    expected = [slow_bleu(own, there[:i] + there[i + 1 :]) for i, own in enumerate(there)]
    assert self_bleu(words(*texts)) == pytest.approx(sum(expected) / len(expected) if len(there) > 1 else 0.0)


def slow_bleu(own, others):
    if not others:
        return 0.0
    logs = []
    for n in range(1, 5):
        ours, theirs = grams(own, n), [grams(other, n) for other in others]
        matched = sum(min(k, max(other[gram] for other in theirs)) for gram, k in ours.items())
        if n == 1 and not matched:
            return 0.0
        logs.append(math.log((matched or 0.1) / max(ours.total(), 1)) / 4)
    closest = min((len(other) for other in others), key=lambda size: (abs(size - len(own)), size))
    return math.exp(sum(logs)) * min(1.0, math.exp(1 - closest / len(own)))


def grams(tokens, n):
    return Counter(tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1))


def test_nearest_similarity_is_the_highest_jaccard_of_runs_of_five_tokens():
    texts = ["a b c d e f", "a b c d e g", "a b c d e f h", "x"]
    # Runs: {abcde, bcdef}, {abcde, bcdeg}, {abcde, bcdef, cdefh}, {x}.
    assert nearest_similarity(texts).tolist() == pytest.approx([2 / 3, 1 / 3, 2 / 3, 0.0])


def test_operators_count_for_the_nearest_and_layout_does_not():
    assert nearest_similarity(["a + b * c", "a  +  b * c"]).tolist() == [1.0, 1.0]
    assert nearest_similarity(["a + b * c", "a - b * c"]).tolist() == [0.0, 0.0]


def test_a_single_text_has_no_neighbour_and_empty_texts_are_alike():
    assert nearest_similarity(["a b c d e"]).tolist() == [0.0]
    assert nearest_similarity(["", "", "a"]).tolist() == [1.0, 1.0, 0.0]
    assert nearest_similarity([]).tolist() == []


@given(TEXTS)
def test_nearest_similarity_is_what_all_pairs_say(texts):
    shingles = [runs_of_five(text.split()) for text in texts]
    for i, found in enumerate(nearest_similarity(texts)):
        assert found == pytest.approx(max(jaccard(shingles[i], s) for j, s in enumerate(shingles) if j != i))


def runs_of_five(tokens):
    return {tuple(tokens[i : i + 5]) for i in range(max(1, len(tokens) - 4))} if tokens else set()


def jaccard(a, b):
    return len(a & b) / len(a | b) if a | b else 1.0


def test_more_shingles_than_one_matrix_holds_are_counted_too():
    # Two texts of 10,000 tokens that share their first half: 5,000 columns, in two blocks.
    common = [f"w{i}" for i in range(5004)]
    texts = [" ".join(common + [f"{name}{i}" for i in range(5000)]) for name in "xy"]
    assert nearest_similarity(texts).tolist() == pytest.approx([5000 / 15000] * 2)


@pytest.mark.parametrize("number", range(2, 14))
def test_shingles_of_few_and_of_many_texts_are_counted_alike(number):
    common = " ".join(f"c{i}" for i in range(14))  # 10 shingles that all hold, and 5 of their own
    texts = [f"{common} p{i} q{i} r{i} s{i} t{i}" for i in range(number)]
    assert nearest_similarity(texts).tolist() == pytest.approx([10 / 20] * number)


@given(TEXTS, st.randoms(use_true_random=False))
def test_measures_lie_between_zero_and_one_whatever_the_order(texts, order):
    shuffled = order.sample(texts, len(texts))
    for measure in (lambda ts: self_bleu(words(*ts)), lambda ts: float(np.mean(nearest_similarity(ts)))):
        assert 0.0 <= measure(texts) <= 1.0 + 1e-9
        assert measure(shuffled) == pytest.approx(measure(texts))
    assert 0.0 <= distinct_n(words(*texts), 2) <= 1.0
    assert distinct_n(words(*shuffled), 2) == pytest.approx(distinct_n(words(*texts), 2))
    if any(texts):
        assert gzip_ratio(shuffled) == gzip_ratio(texts)


@given(st.lists(st.text("abcdefg ", min_size=12, max_size=60).filter(str.strip), min_size=2, max_size=8))
def test_a_data_set_given_twice_repeats_itself(texts):
    once, twice = words(*texts), words(*texts * 2)
    assert nearest_similarity(texts * 2).min() == 1.0
    assert self_bleu(twice) >= self_bleu(once) - 1e-9
    assert distinct_n(twice, 1) == pytest.approx(distinct_n(once, 1) / 2)
    assert gzip_ratio(texts * 2) >= gzip_ratio(texts)
