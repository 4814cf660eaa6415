"""Further inputs: what they are made of, that a few hold some of each, and that they are always the same."""

from __future__ import annotations

import ast
import itertools
import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from hornbook.sandbox import wire
from hornbook.sandbox.edges import constants, edges
from hornbook.sandbox.inputs import Asked, further_calls, value_like

STEPS = """
def f(x):
    if x > 100:
        return x - 3
    if x > 50:
        return x + 17
    return x * 2
"""

values = st.recursive(
    st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text() | st.booleans() | st.none(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.tuples(inner, inner)
        | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.lists(values, min_size=1, max_size=4), st.integers(0, 99))
@settings(max_examples=200)
def test_a_further_input_has_the_type_of_one_that_was_seen(samples: list[Any], seed: int) -> None:
    made = value_like(samples, random.Random(seed))
    assert type(made) in {type(sample) for sample in samples}


@given(st.lists(st.integers(), min_size=1, max_size=5), st.integers(0, 99))
def test_a_further_number_is_not_below_those_seen_and_little_above(samples: list[int], seed: int) -> None:
    assert min(samples) <= value_like(samples, random.Random(seed)) <= max(samples) + 3


def test_a_few_inputs_already_hold_some_of_each_kind() -> None:
    calls: list[Asked] = [("f", [3], {}), ("f", [5], {})]
    near = constants(ast.parse(STEPS))
    asked = [args[0] for _, args, _ in further_calls(calls, 8, near)]
    assert {101, 51} <= set(asked) and {0, -1} <= set(asked) and any(3 < value <= 8 for value in asked)


def test_what_a_program_compares_with_stands_before_its_other_constants() -> None:
    program = '"""Text."""\ndef f(x):\n    """Text."""\n    y = 7\n    return "no" if x < -5 else y\n'
    assert constants(ast.parse(program)) == [-5, 7, "no"]


@given(st.lists(values, min_size=1, max_size=4), st.lists(st.integers() | st.text(min_size=1), max_size=4))
@settings(max_examples=200)
def test_a_value_at_an_edge_has_the_type_of_one_that_was_seen(samples: list[Any], near: list[Any]) -> None:
    made = list(itertools.islice(edges(samples, near), 60))
    assert {type(value) for value in made} <= {type(sample) for sample in samples}


@given(st.lists(st.tuples(values, values), min_size=1, max_size=3), st.integers(0, 40))
@settings(max_examples=50, deadline=None)
def test_further_calls_are_new_all_different_and_always_the_same(
    given_args: list[tuple[Any, Any]], number: int
) -> None:
    calls: list[Asked] = [("f", list(args), {}) for args in given_args]
    made = list(map(wire.encode, further_calls(calls, number, [3, "ab", 2.5])))
    assert len(made) == len(set(made)) <= number and set(made).isdisjoint(map(wire.encode, calls))
    assert made == list(map(wire.encode, further_calls(calls, number, [3, "ab", 2.5])))


def test_numbers_somewhat_above_the_largest_seen_are_among_those_like_it() -> None:
    made = {value_like([2, 4], random.Random(seed)) for seed in range(60)}
    assert made == {2, 3, 4, 5, 6, 7}


def test_texts_and_lists_reach_the_lengths_that_a_program_names() -> None:
    calls: list[Asked] = [("f", ["ab"], {}), ("g", [[1, 2]], {})]
    asked = further_calls(calls, 32, [8])
    sizes = {name: {len(args[0]) for function, args, _ in asked if function == name} for name in "fg"}
    assert {0, 1, 7, 8, 9} <= sizes["f"] and {0, 1, 7, 8, 9} <= sizes["g"]


def test_arguments_of_one_type_are_equal_in_some_calls() -> None:
    asked = further_calls([("f", [1, 9], {})], 16)
    assert any(args[0] == args[1] for _, args, _ in asked)
