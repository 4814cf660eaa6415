from __future__ import annotations

import itertools
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hornbook.errors import QualityGate, UsageError
from hornbook.lm.batches import Batch, Batches, held_out
from hornbook.lm.tokens import Documents

END = 0
CONTEXT, BATCH = 10, 40


def documents(first: int, lengths: list[int], prompts: list[int] | None = None) -> Documents:
    """Documents of numbers that rise by one from token to token, so that a piece names its place."""
    ids, starts = [END], [1]
    for length in lengths:
        ids += [*range(first + len(ids), first + len(ids) + length - 1), END]
        starts.append(len(ids))
    return Documents(
        np.array(ids, dtype=np.uint16), np.array(starts), np.array(prompts or [0] * len(lengths), np.int32)
    )


LENGTHS = [3, 7, 10, 11, 25, 4, 5, 6, 9, 9, 2, 30] * 20
A, B = documents(1000, LENGTHS), documents(20_000, [5] * 300)


def mixed(
    mix: dict[str, float] | None = None, seed: int = 0, num_drawn: Counter[str] | None = None
) -> Batches:
    return Batches(
        {"a": A, "b": B},
        mix or {},
        context=CONTEXT,
        batch_tokens=BATCH,
        seed=seed,
        num_drawn=Counter(num_drawn),
    )


def rows_of(batch: Batch) -> list[tuple[list[int], list[float]]]:
    """The rows without their padding, each as its tokens (the first only foretells) and weights."""
    found = []
    for ids, weights in zip(batch.ids.tolist(), batch.weights.tolist(), strict=True):
        length = sum(weight > 0 for weight in weights)
        assert not any(weights[length:]), "padding stands on the right"
        found.append((ids[: length + 1], weights[:length]))
    return found


def test_the_share_of_documents_that_the_context_cuts_is_told_by_source() -> None:
    assert mixed().longer() == {"a": 3 / 12, "b": 0.0}


def test_a_short_document_is_one_row_that_begins_with_the_separator() -> None:
    only = Batches({"b": B}, {}, context=CONTEXT, batch_tokens=BATCH, seed=0)
    for batch in only.draw(0, 20):
        assert batch.ids.shape == (BATCH // 5, 6) and batch.weights.all()
        for ids, _ in rows_of(batch):
            assert ids[0] == ids[-1] == END
            assert ids[1:-1] == list(range(ids[1], ids[1] + 4))


@given(
    lengths=st.lists(st.integers(1, 45), min_size=1, max_size=60),
    seed=st.integers(0, 5),
    batch_tokens=st.integers(CONTEXT, 60),
)
def test_every_token_is_a_target_once_an_epoch_and_rows_fit(
    lengths: list[int], seed: int, batch_tokens: int
) -> None:
    source = documents(100, lengths)
    drawn = Batches({"x": source}, {}, context=CONTEXT, batch_tokens=batch_tokens, seed=seed)
    seen: Counter[int] = Counter()
    for batch in drawn.draw(0, 40):
        assert batch.weights.shape[1] <= CONTEXT
        assert batch.weights.size <= batch_tokens
        for ids, _ in rows_of(batch):
            seen.update(ids[1:])
    counts = [seen[int(token)] for token in source.ids if token != END]
    assert not counts or max(counts) - min(counts) <= 1
    assert drawn.epochs()["x"] == pytest.approx(seen.total() / source.num_tokens)


def test_a_long_document_is_cut_into_equal_pieces_that_remember_the_token_before() -> None:
    source = documents(100, [25])
    drawn = Batches({"x": source}, {}, context=CONTEXT, batch_tokens=CONTEXT, seed=0)
    rows = [row for batch in drawn.draw(0, 3) for row in rows_of(batch)]
    by_place = sorted((ids for ids, _ in rows), key=lambda ids: ids[1])
    assert sorted(len(ids) - 1 for ids in by_place) == [8, 8, 9]
    for before, after in itertools.pairwise(by_place):
        assert before[-1] == after[0]


def test_a_prompts_tokens_count_less_even_where_the_prompt_is_cut() -> None:
    source = documents(100, [20, 6], prompts=[13, 4])
    drawn = Batches({"x": source}, {}, context=CONTEXT, batch_tokens=20, seed=0, prompt_weight=0.25)
    weight_of = {
        token: weight
        for batch in drawn.draw(0, 8)
        for ids, weights in rows_of(batch)
        for token, weight in zip(ids[1:], weights, strict=True)
    }
    first = [weight_of[101 + i] for i in range(19)]
    second = [weight_of[121 + i] for i in range(5)]
    assert first == [0.25] * 13 + [1.0] * 6
    assert second == [0.25] * 4 + [1.0]


@given(first=st.integers(0, 30), skip=st.integers(0, 10))
def test_going_on_or_skipping_changes_no_batch(first: int, skip: int) -> None:
    whole = list(mixed().draw(0, 45))
    trunk = mixed()
    list(trunk.draw(0, first))
    late = list(mixed(num_drawn=trunk.num_drawn).draw(first, 45, skip=skip))
    assert len(late) == 45 - first - skip
    for one, two in zip(late, whole[first + skip :], strict=True):
        assert np.array_equal(one.ids, two.ids) and np.array_equal(one.weights, two.weights)


@given(first=st.integers(0, 30))
def test_a_later_part_reads_a_new_source_from_its_beginning(first: int) -> None:
    trunk = Batches({"a": A}, {}, context=CONTEXT, batch_tokens=BATCH, seed=0)
    list(trunk.draw(0, first))
    finish = Batches({"b": B}, {}, context=CONTEXT, batch_tokens=BATCH, seed=0, num_drawn=trunk.num_drawn)
    alone = Batches({"b": B}, {}, context=CONTEXT, batch_tokens=BATCH, seed=0)
    for one, two in zip(finish.draw(first, first + 20), alone.draw(0, 20), strict=True):
        assert np.array_equal(one.ids, two.ids)


def test_other_tokens_under_the_same_name_are_read_from_their_beginning() -> None:
    trunk = Batches({"x": A}, {}, context=CONTEXT, batch_tokens=BATCH, seed=0)
    list(trunk.draw(0, 9))
    finish = Batches({"x": B}, {}, context=CONTEXT, batch_tokens=BATCH, seed=0, num_drawn=trunk.num_drawn)
    list(finish.draw(9, 9 + 300 * 5 // BATCH))
    assert finish.epochs() == {"x": pytest.approx(1.0, abs=0.05)}
    assert trunk.num_drawn.total() == 9


@given(weights=st.tuples(st.floats(0.01, 1), st.floats(0.01, 1)))
def test_sources_keep_their_share_within_one_batch(weights: tuple[float, float]) -> None:
    share = weights[0] / sum(weights)
    read = 0
    for step, batch in enumerate(mixed(dict(zip("ab", weights, strict=True))).draw(0, 40), start=1):
        read += int(batch.ids.max() < 20_000)
        assert abs(read - share * step) <= 1.0


def test_documents_of_every_length_leave_little_padding() -> None:
    drawn = Batches({"a": A}, {}, context=CONTEXT, batch_tokens=BATCH, seed=0)
    batches = list(drawn.draw(0, 100))
    slots = sum(batch.weights.size for batch in batches)
    assert drawn.read.total() > 0.9 * slots


def test_equal_seeds_read_alike_and_others_do_not() -> None:
    one, two, three = ([b.ids.tolist() for b in mixed(seed=s).draw(0, 9)] for s in (0, 0, 1))
    assert one == two != three


def test_a_mix_that_does_not_fit_is_refused() -> None:
    with pytest.raises(UsageError, match="mix names c, but the sources are a, b"):
        mixed({"c": 1.0})
    with pytest.raises(UsageError, match="a positive sum"):
        mixed({"a": 0.0})
    with pytest.raises(UsageError, match="no tokens"):
        Batches({}, {}, context=10, batch_tokens=40, seed=0)
    with pytest.raises(QualityGate, match="b holds no tokens"):
        Batches({"b": documents(0, [])}, {}, context=10, batch_tokens=40, seed=0)


@given(
    st.lists(st.tuples(st.integers(2, 30), st.integers(0, 30)), min_size=1, max_size=30), st.integers(1, 60)
)
def test_a_dev_set_counts_every_token_that_is_no_prompt_once(
    shapes: list[tuple[int, int]], batch_tokens: int
) -> None:
    lengths = [length for length, _ in shapes]
    prompts = [min(prompt, length) for length, prompt in shapes]
    source = documents(1000, lengths, prompts)
    counted: list[int] = []
    for batch in held_out(source, CONTEXT, batch_tokens):
        counted += batch.ids[:, 1:][batch.weights > 0].tolist()
    wanted = [
        id for (start, stop, prompt) in source.spans() for id in source.ids[start + prompt : stop].tolist()
    ]
    assert Counter(counted) == Counter(wanted)


@given(st.integers(1, 9), st.integers(1, 5), st.integers(1, 3))
def test_the_shares_of_a_batch_hold_every_row_once(rows: int, shares: int, at_least: int) -> None:
    ids = np.arange(rows * 4).reshape(rows, 4)
    batch = Batch(ids, np.ones((rows, 3), np.float32))
    found = [batch.every(shares, share, at_least) for share in range(shares)]
    assert all(len(share.ids) >= at_least for share in found)
    counting = [row.tolist() for share in found for row in share.ids[share.weights.sum(axis=1) > 0]]
    assert sorted(counting) == ids.tolist()


def test_in_order_reads_early_documents_before_late_ones_and_each_once_an_epoch() -> None:
    source = documents(1000, [5] * 2000)
    drawn = Batches({"x": source}, {}, context=CONTEXT, batch_tokens=BATCH, seed=0, in_order=True)
    batches = [batch.ids[:, 1].tolist() for batch in drawn.draw(0, 250)]
    first, last = itertools.chain(*batches[:60]), itertools.chain(*batches[-60:])
    assert max(first) < min(last)
    assert len({start for batch in batches for start in batch}) == 2000
