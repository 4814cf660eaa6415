"""Outputs compared: what is forgiven, and what never is."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hornbook.quality.outputs import RELATIVE_TOLERANCE, output_difference

words = st.from_regex(r"[A-Za-z_]{1,6}[:,;]?", fullmatch=True)
integers = st.integers(-(10**6), 10**6)
floats = st.floats(-1e6, 1e6, allow_nan=False)
quoted = st.text(st.sampled_from("a1.0 e"), max_size=6).map(repr)
tokens = st.one_of(words, integers.map(str), floats.map(repr), quoted)
lines = st.lists(tokens, min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("stated", "real"),
    [
        ("0.3", "0.30000000000000004"),
        ("[0.1, {'a': 0.3}]", "[0.1, {'a': 0.30000000000000004}]"),
        ("total:  12   of 20", "total: 12 of 20"),
        ("a\tb", "a b"),
        ("a  \nb\n\n", "a\nb"),
        ("a\r\nb", "a\nb"),
        ("1e-05", "1.0000000000000003e-05"),
        ("it's  0.3 o'clock", "it's 0.30000000000000004 o'clock"),
        ("It is 0.3.", "It is 0.30000000000000004."),
        ("", "\n"),
    ],
)
def test_blanks_that_do_not_matter_and_last_digits_are_forgiven(stated: str, real: str) -> None:
    assert output_difference(stated, real) == ""


@pytest.mark.parametrize(
    ("stated", "real"),
    [
        ("4", "5"),
        ("4", "4.0"),
        ("4.0", "4"),
        ("I have 3.", "I have 3.0"),
        ("0.3", "0.3001"),
        ("3.14", "3.141592653589793"),
        ("0.0", "5.551115123125783e-17"),
        ("0.5", "-0.5"),
        ("10000000000.0", "10000000001.0"),
        ("'1.0'", "'1.00'"),
        ("'a  b'", "'a b'"),
        ("b'1.0'", "b'1.00'"),
        ("v1.5", "v1.50"),
        ("1.2.3", "1.2.30"),
        ("Python 3.1", "Python 3.10"),
        ("12.3", "12.30"),
        ("10:30.5", "10:30.50"),
        ("1e0", "1.0"),
        ("1e-05", "0.00001"),
        ("10000000000000000.0", "1e+16"),
        ("3.0000000000000001", "3.0"),
        ("'1.5", "'1.50"),
        ("'a  b", "'a b"),
        ("a", " a"),
        ("  *", " *"),
        ("a b", "ab"),
        ("a\n\nb", "a\nb"),
        ("1e999", "2e999"),
        ("nan", "inf"),
        ("True", "1"),
    ],
)
def test_what_a_reader_would_see_is_compared_as_it_is_written(stated: str, real: str) -> None:
    assert output_difference(stated, real) != ""


@pytest.mark.parametrize(
    "made",
    [
        lambda n: "'" + "\\'" * (n // 2),
        lambda n: "'" + "\\'" * (n // 2) + "\\",
        lambda n: "'" + "\\'" * (n // 2) + "'a",
        lambda n: "'a" * (n // 2),
        lambda n: "\"'" * (n // 2),
        lambda n: " b" * (n // 2),
        lambda n: "1" * n,
        lambda n: "1." * (n // 2),
        lambda n: "1" * n + ".5",
        lambda n: "1e" * (n // 2),
        lambda n: " " * n + "x",
    ],
)
def test_time_grows_with_the_length_of_an_output(made: Callable[[int], str]) -> None:
    def seconds(output: str) -> float:
        start = time.process_time()
        assert output_difference("x\n2.5", output)
        assert output_difference("2" + output, output)
        return time.process_time() - start

    short, long = (min(seconds(made(n)) for _ in range(3)) for n in (100_000, 400_000))
    assert short < 0.2
    assert long < 10 * short + 0.01, "four times the length, and not sixteen times the time"


def test_the_difference_names_the_line_and_both_outputs() -> None:
    assert output_difference("1\na\n", "1\nb\n") == "line 2: stated 'a', real 'b'"
    assert output_difference("", "a") == "line 1: stated nothing, real 'a'"
    assert output_difference("x" * 70, "") == f"line 1: stated '{'x' * 60}...', real nothing"


@given(
    lines,
    st.lists(st.text(" \t", min_size=1, max_size=3), min_size=6, max_size=6),
    st.text(" \t", max_size=2),
)
def test_blanks_between_and_behind_never_differ(line: list[str], gaps: list[str], end: str) -> None:
    spaced = "".join(f"{token}{gap}" for token, gap in zip(line, gaps, strict=False)) + end
    assert output_difference(" ".join(line), spaced) == ""


@given(lines, integers, integers, st.integers(0, 6))
def test_another_integer_always_differs(line: list[str], ours: int, theirs: int, at: int) -> None:
    assume(ours != theirs)
    stated, real = ([*line[:at], str(number), *line[at:]] for number in (ours, theirs))
    assert output_difference(" ".join(stated), " ".join(real)) != ""


@given(integers, floats)
def test_an_integer_is_never_a_float(number: int, value: float) -> None:
    assert output_difference(str(number), repr(value)) != ""


@given(floats, floats)
def test_floats_are_equal_exactly_within_the_tolerance(ours: float, theirs: float) -> None:
    is_whole = ours.is_integer() and theirs.is_integer()
    is_close = ours == theirs if is_whole else math.isclose(ours, theirs, rel_tol=RELATIVE_TOLERANCE)
    is_same_sign = math.copysign(1, ours) == math.copysign(1, theirs)
    assert (output_difference(repr(ours), repr(theirs)) == "") == (is_close and is_same_sign)


@given(floats)
def test_the_next_float_is_the_same_float(value: float) -> None:
    after = math.nextafter(value, math.inf)
    assume(abs(value) > 1e-300 and not (value.is_integer() and after.is_integer()))
    assert output_difference(f"x = {value!r};", f"x = {after!r};") == ""


@given(st.text(st.sampled_from("a1.0e '"), max_size=8), st.text(st.sampled_from("a1.0e '"), max_size=8))
def test_texts_in_quotes_are_equal_only_when_they_are_the_same(ours: str, theirs: str) -> None:
    assume(repr(ours) != repr(theirs))
    assert output_difference(repr(ours), repr(theirs)) != ""


@given(lines, lines)
def test_differing_does_not_depend_on_the_side(ours: list[str], theirs: list[str]) -> None:
    a, b = " ".join(ours), " ".join(theirs)
    assert bool(output_difference(a, b)) == bool(output_difference(b, a))
