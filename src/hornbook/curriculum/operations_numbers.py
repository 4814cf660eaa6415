"""Operations of the program algebra over whole numbers and lists of them."""
# ruff: noqa: E501

from __future__ import annotations

import itertools
import math
import operator
import random
import statistics
from collections import Counter
from functools import reduce
from typing import Any

from hornbook.curriculum.operation import Operation, between, decide, each, fold, keep, whole


def _range(rng: random.Random) -> dict[str, Any]:
    low = rng.randint(-5, 10)
    return {"a": low, "b": low + rng.randint(8, 25)}


def _prime(n: int) -> bool:
    return n > 1 and all(n % d for d in range(2, math.isqrt(n) + 1))


def _labels(rng: random.Random) -> dict[str, Any]:
    yes, no = rng.choice(
        [
            ("big", "small"),
            ("high", "low"),
            ("enough", "too little"),
            ("over", "under"),
            ("yes", "no"),
            ("accept", "reject"),
        ]
    )
    return {"k": rng.randint(5, 40), "a": yes, "b": no}


_k = between("k", 2, 4)

KEEPS = (
    keep("numbers", "keep_even", "even", "are even", "$x % 2 == 0", lambda n: not n & 1, group="parity"),
    keep("numbers", "keep_odd", "odd", "are odd", "$x % 2 == 1", lambda n: bool(n & 1), group="parity"),
    keep("numbers", "keep_positive", "positive", "are positive", "$x > 0", lambda n: n >= 1, group="size"),
    keep("numbers", "keep_negative", "negative", "are negative", "$x < 0", lambda n: n <= -1, group="size"),
    keep("numbers", "keep_nonzero", "non-zero", "are not zero", "$x != 0", bool, group="zero"),
    keep("numbers", "keep_above", "", "are greater than $k", "$x > $k", lambda n, k: n >= k + 1, between("k", 0, 15), "size"),
    keep("numbers", "keep_below", "", "are less than $k", "$x < $k", lambda n, k: not n >= k, between("k", 5, 30), "size"),
    keep("numbers", "keep_at_least", "", "are at least $k", "$x >= $k", lambda n, k: not n < k, between("k", 1, 15), "size"),
    keep("numbers", "keep_at_most", "", "are at most $k", "$x <= $k", lambda n, k: not n > k, between("k", 5, 30), "size"),
    keep("numbers", "keep_between", "", "lie between $a and $b, both included", "$a <= $x <= $b", lambda n, a, b: n in range(a, b + 1), _range, "size"),
    keep("numbers", "keep_multiples", "", "are divisible by $k", "$x % $k == 0", lambda n, k: n // k * k == n, between("k", 3, 5), "parity"),
    keep("numbers", "drop_multiples", "", "are not divisible by $k", "$x % $k != 0", lambda n, k: n // k * k != n, between("k", 2, 5), "parity"),
    keep("numbers", "keep_two_digits", "two-digit", "have exactly two digits", "10 <= abs($x) <= 99", lambda n: len(str(n).lstrip("-")) == 2, group="size"),
    keep("numbers", "keep_ending_in", "", "end in the digit $k", "abs($x) % 10 == $k", lambda n, k: str(n)[-1] == str(k), between("k", 0, 9), "ending"),
    keep("numbers", "keep_primes", "prime", "are prime", "$x > 1 and all($x % d for d in range(2, $x))", _prime, group="prime"),
    keep("numbers", "drop_value", "", "are different from $k", "$x != $k", lambda n, k: bool(n - k), between("k", 0, 9), "zero"),
)  # fmt: skip

EACHES = (
    each("numbers", "square", "square $it", "the squares of $it", "$x ** 2", lambda n: n * n, items="squares", concept="arithmetic", group="power"),
    each("numbers", "cube", "cube $it", "the cubes of $it", "$x ** 3", lambda n: n * n * n, items="cubes", concept="arithmetic", group="power"),
    each("numbers", "multiply", "multiply $it by $k", "", "$x * $k", lambda n, k: sum([n] * k), _k, items="products", concept="arithmetic", group="scale"),
    each("numbers", "double", "double $it", "the doubles of $it", "2 * $x", lambda n: n + n, items="doubled numbers", concept="arithmetic", group="scale"),
    each("numbers", "add", "add $k to $it", "", "$x + $k", lambda n, k: n - -k, between("k", 1, 10), items="sums", concept="arithmetic", group="shift"),
    each("numbers", "subtract", "subtract $k from $it", "", "$x - $k", lambda n, k: n + -k, between("k", 1, 10), items="differences", concept="arithmetic", group="shift"),
    each("numbers", "negate", "flip the sign of $it", "", "-$x", lambda n: 0 - n, concept="arithmetic", group="sign"),
    each("numbers", "absolute", "take the absolute value of $it", "the absolute values of $it", "abs($x)", lambda n: max(n, -n), items="absolute values", concept="arithmetic", group="sign"),
    each("numbers", "remainder", "take the remainder of $it after division by $k", "the remainders of $it after division by $k", "$x % $k", lambda n, k: divmod(n, k)[1], between("k", 3, 7), items="remainders", concept="arithmetic", group="remainder"),
    each("numbers", "halve", "halve $it, rounding down", "", "$x // 2", lambda n: (n - (n & 1)) >> 1, items="halves", concept="rounding", group="scale"),
    each("numbers", "digit_sum", "replace $it by the sum of its digits (without a minus sign)", "the digit sums of $it", "sum(int(d) for d in str(abs($x)))", lambda n: sum(map(int, str(n).lstrip("-"))), items="digit sums", concept="digits", group="digits"),
    each("numbers", "last_digit", "take the last digit of $it", "the last digits of $it", "abs($x) % 10", lambda n: int(str(n)[-1]), items="last digits", concept="digits", group="digits"),
    each("numbers", "count_digits", "count the digits of $it", "the digit counts of $it", "len(str(abs($x)))", lambda n: len(str(n).lstrip("-")), items="digit counts", concept="digits", group="digits"),
    each("numbers", "cap", "limit $it to at most $k", "", "min($x, $k)", lambda n, k: k if n > k else n, between("k", 8, 25), concept="min_max", group="clip"),
    each("numbers", "raise_to", "raise $it to at least $k", "", "max($x, $k)", lambda n, k: k if n < k else n, between("k", 0, 8), concept="min_max", group="clip"),
    each("numbers", "distance", "take the distance of $it from $k", "the distances of $it from $k", "abs($x - $k)", lambda n, k: max(n - k, k - n), between("k", 3, 20), items="distances", concept="arithmetic", group="sign"),
    each("numbers", "halve_or_triple", "halve $it if it is even and triple it otherwise", "", "$x // 2 if $x % 2 == 0 else 3 * $x", lambda n: n * 3 if n & 1 else n >> 1, items="results", concept="conditionals", group="scale"),
    each("numbers", "zero_out", "replace $it by 0 unless it is greater than $k", "", "$x if $x > $k else 0", lambda n, k: n * (n > k), between("k", 0, 12), concept="conditionals", group="clip"),
    each("numbers", "to_text", "turn $it into a string", "", "str($x)", lambda n: format(n, "d"), gives="words", items="strings", concept="string_formatting"),
    each("numbers", "label_parity", "replace $it by 'even' or 'odd'", "", "'even' if $x % 2 == 0 else 'odd'", lambda n: ("even", "odd")[n & 1], gives="words", items="labels", concept="conditionals"),
    each("numbers", "stars", "write $it as a row of that many stars, at most $k", "", "'*' * min($x, $k)", lambda n, k: "".join("*" for _ in range(min(n, k))), between("k", 5, 9), gives="words", items="rows", concept="string_building"),
)  # fmt: skip

WHOLES = (
    whole("numbers", "numbers", "sort_up", "sort $it in ascending order|put $it in order from smallest to largest", "$it in ascending order", "sorted($xs)", lambda xs: sorted(xs, key=operator.neg)[::-1], after="ordered", concept="sorting", group="order"),
    whole("numbers", "numbers", "sort_down", "sort $it in descending order|order $it from largest to smallest", "$it in descending order", "sorted($xs, reverse=True)", lambda xs: sorted(xs, key=operator.neg), after="ordered", concept="sorting", group="order"),
    whole("numbers", "numbers", "reverse", "reverse the order of $it", "$it in reverse order", "$xs[::-1]", lambda xs: list(reversed(xs)), after="backwards", concept="list_slicing", group="order", start="[]", update="$out.insert(0, $x)"),
    whole("numbers", "numbers", "unique", "drop repeated values from $it, keeping the first of each|remove the duplicates from $it, keeping first occurrences", "the distinct values among $it in the order in which they first occur", "list(dict.fromkeys($xs))", lambda xs: sorted(set(xs), key=xs.index), after="unique", concept="sets", start="[]", update="if $x not in $out:\n    $out.append($x)"),
    whole("numbers", "numbers", "first", "take the first $k of $it", "the first $k of $it", "$xs[:$k]", lambda xs, k: list(itertools.islice(xs, k)), _k, after="head", concept="list_slicing", group="cut"),
    whole("numbers", "numbers", "last", "take the last $k of $it", "the last $k of $it", "$xs[-$k:]", lambda xs, k: xs[max(len(xs) - k, 0) :], _k, after="tail", concept="list_slicing", group="cut"),
    whole("numbers", "numbers", "skip", "drop the first $k of $it", "all but the first $k of $it", "$xs[$k:]", lambda xs, k: list(itertools.islice(xs, k, None)), between("k", 2, 3), after="rest", concept="list_slicing", group="cut"),
    whole("numbers", "numbers", "every_other", "take every second one of $it, starting with the first", "every second one of $it", "$xs[::2]", lambda xs: [xs[i] for i in range(0, len(xs), 2)], after="chosen", concept="list_slicing", group="cut"),
    whole("numbers", "numbers", "largest", "take the $k largest of $it, largest first", "the $k largest of $it in descending order", "sorted($xs, reverse=True)[:$k]", lambda xs, k: sorted(xs, key=operator.neg)[:k], _k, after="top", concept="sorting", group="cut"),
    whole("numbers", "numbers", "smallest", "take the $k smallest of $it, smallest first", "the $k smallest of $it in ascending order", "sorted($xs)[:$k]", lambda xs, k: sorted(xs, key=operator.neg)[::-1][:k], _k, after="lowest", concept="sorting", group="cut"),
    whole("numbers", "numbers", "trim", "sort $it and leave out the smallest and the largest", "", "sorted($xs)[1:-1]", lambda xs: [x for i, x in enumerate(sorted(xs)) if 0 < i < len(xs) - 1], after="middle", concept="sorting", group="order"),
    whole("numbers", "numbers", "running_totals", "replace $it by their running totals", "the running totals of $it", "[sum($xs[: i + 1]) for i in range(len($xs))]", lambda xs: list(itertools.accumulate(xs)), items="running totals", after="totals", concept="prefix_sums", start="[]", update="$out.append($x + ($out[-1] if $out else 0))"),
    whole("numbers", "numbers", "running_maximum", "replace each of $it by the largest value up to its position", "", "[max($xs[: i + 1]) for i in range(len($xs))]", lambda xs: list(itertools.accumulate(xs, max)), items="maxima", after="peaks", concept="min_max", start="[]", update="$out.append(max($x, $out[-1]) if $out else $x)"),
    whole("numbers", "numbers", "steps_between", "take the difference of each of $it and the one before it|compute the differences between neighbours among $it", "the differences between neighbours among $it", "[b - a for a, b in zip($xs, $xs[1:])]", lambda xs: [xs[i + 1] - xs[i] for i in range(len(xs) - 1)], items="differences", after="steps", concept="enumerate_zip"),
    whole("numbers", "numbers", "neighbour_sums", "add each of $it to the one that follows it", "the sums of neighbours among $it", "[a + b for a, b in zip($xs, $xs[1:])]", lambda xs: [sum(xs[i : i + 2]) for i in range(len(xs) - 1)], items="sums", after="sums", concept="enumerate_zip"),
    whole("numbers", "numbers", "rotate", "move the first $k of $it to the end", "", "$xs[$k:] + $xs[:$k]", lambda xs, k: list(itertools.chain(itertools.islice(xs, k, None), itertools.islice(xs, k))), between("k", 2, 3), after="rotated", concept="list_slicing", group="order"),
    whole("numbers", "numbers", "times_position", "multiply each of $it by its position, counting from 1", "", "[i * x for i, x in enumerate($xs, 1)]", lambda xs: [(i + 1) * xs[i] for i in range(len(xs))], items="products", after="weighted", concept="enumerate_zip"),
    whole("number", "numbers", "digits_of", "take the digits of $it|split $it into its digits", "the digits of $it", "[int(d) for d in str($xs)]", lambda n: [n // 10**i % 10 for i in reversed(range(len(str(n))))], items="digits", after="digits", concept="digits"),
    whole("number", "numbers", "count_up", "list the numbers from 1 to $it", "the numbers from 1 to $it", "list(range(1, $xs + 1))", lambda n: [i + 1 for i in range(n)], items="numbers", after="numbers", concept="for_loops"),
    whole("number", "numbers", "divisors_of", "list the numbers from 1 to $it that divide it in ascending order", "the numbers from 1 to $it that divide it", "[d for d in range(1, $xs + 1) if $xs % d == 0]", lambda n: sorted(d for d in range(1, n + 1) if n // d * d == n), items="divisors", after="divisors", concept="number_theory"),
    whole("number", "numbers", "bits_of", "write $it in binary and list the bits", "the binary digits of $it", "[int(b) for b in bin($xs)[2:]]", lambda n: [n >> i & 1 for i in reversed(range(max(n.bit_length(), 1)))], items="bits", after="bits", concept="bits"),
)  # fmt: skip

FOLDS = (
    fold("numbers", "number", "total", "their sum", "the sum of $it", "sum($xs)", lambda xs: reduce(operator.add, xs, 0), start="0", update="$out += $x", after="total"),
    fold("numbers", "number", "product", "their product", "the product of $it", "math.prod($xs)", lambda xs: reduce(operator.mul, xs, 1), "The product of no numbers is 1.", start="1", update="$out *= $x", after="product"),
    fold("numbers", "number", "maximum", "the largest of them", "the largest of $it", "max($xs, default=0)", lambda xs: sorted(xs)[-1] if xs else 0, "If there are none, return 0.", start="None", update="if $out is None or $x > $out:\n    $out = $x", finish="0 if $out is None else $out", concept="min_max", after="best"),
    fold("numbers", "number", "minimum", "the smallest of them", "the smallest of $it", "min($xs, default=0)", lambda xs: sorted(xs)[0] if xs else 0, "If there are none, return 0.", start="None", update="if $out is None or $x < $out:\n    $out = $x", finish="0 if $out is None else $out", concept="min_max", after="least"),
    fold("numbers", "number", "how_many", "how many there are", "the number of $it", "len($xs)", lambda xs: sum(1 for _ in xs), start="0", update="$out += 1", concept="counting", after="count"),
    fold("numbers", "number", "how_many_different", "how many different values there are", "the number of distinct values among $it", "len(set($xs))", lambda xs: len(Counter(xs)), concept="sets", after="distinct"),
    fold("numbers", "ratio", "average", "their average", "the average of $it", "sum($xs) / len($xs) if $xs else 0", lambda xs: statistics.fmean(xs) if xs else 0, "The average of no numbers is 0.", concept="arithmetic"),
    fold("numbers", "number", "spread", "the difference between the largest and the smallest", "the difference between the largest and the smallest of $it", "max($xs, default=0) - min($xs, default=0)", lambda xs: sorted(xs)[-1] - sorted(xs)[0] if xs else 0, "If there are none, return 0.", concept="min_max", after="spread"),
    fold("numbers", "number", "get_first", "the first one", "the first of $it", "$xs[0] if $xs else 0", lambda xs: next(iter(xs), 0), "If there is none, return 0.", concept="list_indexing"),
    fold("numbers", "number", "get_last", "the last one", "the last of $it", "$xs[-1] if $xs else 0", lambda xs: next(reversed(xs), 0), "If there is none, return 0.", concept="list_indexing"),
    fold("numbers", "number", "alternating_sum", "their alternating sum (the first minus the second plus the third, and so on)", "the alternating sum of $it", "sum($xs[::2]) - sum($xs[1::2])", lambda xs: sum(-x if i % 2 else x for i, x in enumerate(xs)), concept="list_slicing", after="total"),
    fold("numbers", "number", "sum_of_extremes", "the sum of the largest and the smallest", "", "max($xs, default=0) + min($xs, default=0)", lambda xs: sorted(xs)[-1] + sorted(xs)[0] if xs else 0, "If there are none, return 0.", concept="min_max"),
    fold("numbers", "number", "as_number", "the number formed by writing them one after the other", "", "int(''.join(str(abs(n)) for n in $xs) or 0)", lambda xs: int("0" + "".join(map(str, map(abs, xs)))), "If there are none, return 0.", start="''", update="$out += str(abs($x))", finish="int($out or 0)", concept="digits"),
    fold("numbers", "text", "join_numbers", "them as one string, separated by $s", "", "$s.join(str(n) for n in $xs)", lambda xs, s: s.join(map(str, xs)), draw=lambda rng: {"s": rng.choice([",", ", ", "-", " ", ";", " + ", "/"])}, concept="string_building"),
    fold("numbers", "frequencies", "frequencies", "a dictionary with how often each value occurs", "", "{n: $xs.count(n) for n in $xs}", lambda xs: dict(Counter(xs)), start="{}", update="$out[$x] = $out.get($x, 0) + 1", concept="dictionaries", after="counts"),
    fold("numbers", "flag", "any_above", "whether any of them is greater than $k", "", "any(n > $k for n in $xs)", lambda xs, k: bool([x for x in xs if x > k]), start="False", update="if $x > $k:\n    $out = True", draw=between("k", 8, 40), concept="any_all", after="found"),
    fold("numbers", "flag", "all_below", "whether all of them are less than $k", "", "all(n < $k for n in $xs)", lambda xs, k: max(xs, default=k - 1) < k, start="True", update="if $x >= $k:\n    $out = False", draw=between("k", 10, 45), concept="any_all", after="fits"),
    fold("numbers", "flag", "is_rising", "whether each one is greater than the one before", "", "all(a < b for a, b in zip($xs, $xs[1:]))", lambda xs: xs == sorted(set(xs)), concept="any_all"),
    fold("numbers", "flag", "has_repeats", "whether any value occurs more than once", "", "len(set($xs)) < len($xs)", lambda xs: any(c > 1 for c in Counter(xs).values()), concept="sets"),
)  # fmt: skip

DECIDES = (
    decide("number", "flag", "is_even", "whether $it is even", "$xs % 2 == 0", lambda n: not n & 1),
    decide("number", "flag", "is_over", "whether $it is greater than $k", "$xs > $k", lambda n, k: n >= k + 1, between("k", 3, 30)),
    decide("number", "text", "choose_label", "$a if $it is at least $k, and $b otherwise", "$a if $xs >= $k else $b", lambda n, k, a, b: (b, a)[n >= k], _labels),
    decide("number", "number", "modulo", "$it modulo $k", "$xs % $k", lambda n, k: divmod(n, k)[1], between("k", 3, 10)),
    decide("number", "number", "limit", "$it, but at most $k", "min($xs, $k)", lambda n, k: sorted((n, k))[0], between("k", 10, 40)),
    decide("number", "number", "never_negative", "$it, or 0 if it is negative", "max($xs, 0)", lambda n: n if n > 0 else 0),
)  # fmt: skip

NUMBER_OPERATIONS: tuple[Operation, ...] = (*KEEPS, *EACHES, *WHOLES, *FOLDS, *DECIDES)
