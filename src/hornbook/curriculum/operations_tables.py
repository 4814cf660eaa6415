"""Operations of the program algebra over pairs, rows, measurements, and readings of which some are missing."""
# ruff: noqa: E501

from __future__ import annotations

import itertools
import math
import operator
import statistics
from collections import defaultdict
from functools import reduce

from hornbook.curriculum.operation import Operation, between, each, fold, initial, keep, whole


def _totals(pairs: list[tuple[str, int]]) -> dict[str, int]:
    totals: defaultdict[str, int] = defaultdict(int)
    for name, number in pairs:
        totals[name] += number
    return dict(totals)


def _collected(pairs: list[tuple[str, int]]) -> dict[str, list[int]]:
    return {name: [n for m, n in pairs if m == name] for name in dict.fromkeys(m for m, _ in pairs)}


def _filled(readings: list[int | None]) -> list[int]:
    return list(itertools.accumulate(readings, lambda known, new: known if new is None else new, initial=0))[
        1:
    ]


_k = between("k", 2, 4)

PAIRS = (
    keep("pairs", "keep_pairs_above", "", "have a number greater than $k", "$x[1] > $k", lambda p, k: p[1] >= k + 1, between("k", 2, 15), "pair_size"),
    keep("pairs", "keep_pairs_below", "", "have a number less than $k", "$x[1] < $k", lambda p, k: not p[1] >= k, between("k", 6, 25), "pair_size"),
    keep("pairs", "keep_even_pairs", "", "have an even number", "$x[1] % 2 == 0", lambda p: not p[1] & 1, group="pair_parity"),
    keep("pairs", "keep_odd_pairs", "", "have an odd number", "$x[1] % 2 == 1", lambda p: bool(p[1] & 1), group="pair_parity"),
    keep("pairs", "keep_long_names", "", "have a name of at least $k letters", "len($x[0]) >= $k", lambda p, k: bool(p[0][k - 1 :]), between("k", 3, 5), "pair_name"),
    keep("pairs", "keep_pairs_starting", "", "have a name that starts with $c", "$x[0].startswith($c)", lambda p, c: p[0][:1] == c, initial, "pair_name"),
    each("pairs", "names_in_pairs", "take the name from $it", "the names in $it", "$x[0]", operator.itemgetter(0), gives="words", items="names", concept="tuples"),
    each("pairs", "numbers_in_pairs", "take the number from $it", "the numbers in $it", "$x[1]", operator.itemgetter(1), gives="numbers", items="numbers", concept="tuples"),
    each("pairs", "raise_numbers", "add $k to the number in $it", "", "($x[0], $x[1] + $k)", lambda p, k: (p[0], p[1] - -k), between("k", 1, 9), concept="tuples", group="pair_change"),
    each("pairs", "scale_numbers", "multiply the number in $it by $k", "", "($x[0], $x[1] * $k)", lambda p, k: (p[0], sum([p[1]] * k)), _k, concept="tuples", group="pair_change"),
    each("pairs", "capital_names", "write the name in $it in capitals", "", "($x[0].upper(), $x[1])", lambda p: ("".join(c.upper() for c in p[0]), p[1]), concept="string_methods", group="pair_case"),
    each("pairs", "initial_names", "cut the name in $it to its first letter", "", "($x[0][:1], $x[1])", lambda p: ("".join(itertools.islice(p[0], 1)), p[1]), concept="string_slicing", group="pair_case"),
    each("pairs", "write_pairs", "write $it as 'name: number'", "", "f'{$x[0]}: {$x[1]}'", lambda p: f"{p[0]}: " + format(p[1], "d"), gives="words", items="lines", concept="string_formatting"),
    each("pairs", "repeat_names", "repeat the name in $it as often as the number says, at most $k times", "", "$x[0] * min($x[1], $k)", lambda p, k: "".join(p[0] for _ in range(min(p[1], k))), between("k", 2, 3), gives="words", items="texts", concept="string_building"),
    whole("pairs", "pairs", "sort_by_number", "sort $it by their numbers, smallest first, and by name where the numbers are equal", "", "sorted($xs, key=lambda p: (p[1], p[0]))", lambda xs: sorted(sorted(xs), key=operator.itemgetter(1)), after="ordered", concept="sorting_with_key", group="order"),
    whole("pairs", "pairs", "sort_by_name", "sort $it by name, and by number where the names are equal", "", "sorted($xs)", lambda xs: sorted(sorted(xs, key=operator.itemgetter(1)), key=operator.itemgetter(0)), after="ordered", concept="sorting", group="order"),
    whole("pairs", "pairs", "best_pairs", "of $it take the $k with the largest numbers, largest first and earlier ones first among equals", "", "sorted($xs, key=lambda p: -p[1])[:$k]", lambda xs, k: sorted(xs, key=operator.itemgetter(1), reverse=True)[:k], _k, after="top", concept="sorting_with_key", group="cut"),
    whole("pairs", "pairs", "later_pairs", "drop the first $k of $it", "all but the first $k of $it", "$xs[$k:]", lambda xs, k: list(itertools.islice(xs, k, None)), between("k", 2, 3), after="rest", concept="list_slicing", group="cut"),
    whole("pairs", "table", "totals_by_name", "add up the numbers in $it by name", "", "{name: sum(n for m, n in $xs if m == name) for name, _ in $xs}", _totals, after="totals", concept="dictionaries", start="{}", update="$out[$x[0]] = $out.get($x[0], 0) + $x[1]"),
    fold("pairs", "number", "sum_of_numbers", "the sum of their numbers", "the sum of the numbers in $it", "sum(n for _, n in $xs)", lambda xs: reduce(operator.add, (p[1] for p in xs), 0), start="0", update="$out += $x[1]", after="total"),
    fold("pairs", "number", "count_pairs", "how many there are", "the number of $it", "len($xs)", lambda xs: sum(1 for _ in xs), start="0", update="$out += 1", concept="counting", after="count"),
    fold("pairs", "text", "name_of_largest", "the name with the largest number (the first one where several share it)", "", "max($xs, key=lambda p: p[1], default=('', 0))[0]", lambda xs: sorted(xs, key=lambda p: -p[1])[0][0] if xs else "", "If there are none, return an empty string.", concept="min_max"),
    fold("pairs", "text", "name_of_smallest", "the name with the smallest number (the first one where several share it)", "", "min($xs, key=lambda p: p[1], default=('', 0))[0]", lambda xs: sorted(xs, key=operator.itemgetter(1))[0][0] if xs else "", "If there are none, return an empty string.", concept="min_max"),
    fold("pairs", "collections", "collect_by_name", "a dictionary from each name to the list of its numbers", "", "{name: [n for m, n in $xs if m == name] for name, _ in $xs}", _collected, start="{}", update="$out.setdefault($x[0], []).append($x[1])", concept="grouping", after="groups"),
    fold("pairs", "flag", "any_number_over", "whether any of them has a number greater than $k", "", "any(n > $k for _, n in $xs)", lambda xs, k: bool([p for p in xs if p[1] > k]), start="False", update="if $x[1] > $k:\n    $out = True", draw=between("k", 10, 30), concept="any_all", after="found"),
    fold("pairs", "flag", "names_differ", "whether all their names are different", "", "len({name for name, _ in $xs}) == len($xs)", lambda xs: len(dict(xs)) == len(xs), concept="sets"),
)  # fmt: skip

ROWS = (
    keep("rows", "keep_long_rows", "", "hold at least $k numbers", "len($x) >= $k", lambda r, k: bool(r[k - 1 :]), between("k", 2, 3), "row_length"),
    keep("rows", "keep_heavy_rows", "", "add up to more than $k", "sum($x) > $k", lambda r, k: reduce(operator.add, r, 0) >= k + 1, between("k", 3, 18), "row_sum"),
    keep("rows", "keep_rows_with", "", "contain the number $k", "$k in $x", lambda r, k: r.count(k) > 0, between("k", 0, 6), "row_with"),
    keep("rows", "keep_rising_rows", "", "are in ascending order", "$x == sorted($x)", lambda r: all(r[i] <= r[i + 1] for i in range(len(r) - 1)), group="row_order"),
    keep("rows", "keep_even_rows", "", "hold only even numbers", "all(n % 2 == 0 for n in $x)", lambda r: not any(n & 1 for n in r), group="row_parity"),
    each("rows", "row_sums", "add up the numbers in $it", "the sums of $it", "sum($x)", lambda r: reduce(operator.add, r, 0), gives="numbers", items="sums", concept="nested_data"),
    each("rows", "row_maxima", "take the largest number in $it, or 0 where there is none", "", "max($x, default=0)", lambda r: sorted(r)[-1] if r else 0, gives="numbers", items="maxima", concept="min_max"),
    each("rows", "row_lengths", "count the numbers in $it", "the lengths of $it", "len($x)", lambda r: sum(1 for _ in r), gives="numbers", items="lengths", concept="nested_data"),
    each("rows", "mirror_rows", "reverse $it", "", "$x[::-1]", lambda r: list(reversed(r)), concept="list_slicing", group="row_order"),
    each("rows", "sort_rows", "sort the numbers in $it", "", "sorted($x)", lambda r: sorted(r, key=operator.neg)[::-1], concept="sorting", group="row_order"),
    each("rows", "shorten_rows", "drop the first number of $it", "", "$x[1:]", lambda r: list(itertools.islice(r, 1, None)), concept="list_slicing", group="row_cut"),
    each("rows", "even_in_rows", "leave only the even numbers in $it", "", "[n for n in $x if n % 2 == 0]", lambda r: [n for n in r if not n & 1], concept="nested_loops", group="row_parity"),
    each("rows", "scale_rows", "multiply every number in $it by $k", "", "[$k * n for n in $x]", lambda r, k: [sum([n] * k) for n in r], _k, concept="nested_loops", group="row_scale"),
    whole("rows", "numbers", "flatten_rows", "put the numbers of $it into one list, one after the other", "", "[n for r in $xs for n in r]", lambda xs: list(itertools.chain.from_iterable(xs)), items="numbers", after="flat", concept="nested_loops", start="[]", update="$out.extend($x)"),
    whole("rows", "rows", "columns_of_rows", "turn $it into columns, as many as the shortest row allows", "", "[list(column) for column in zip(*$xs)]", lambda xs: [[r[i] for r in xs] for i in range(min(map(len, xs), default=0))], items="columns", after="columns", concept="matrices"),
    whole("rows", "rows", "sort_by_sum", "sort $it by their sums, smallest first", "", "sorted($xs, key=sum)", lambda xs: [xs[i] for i in sorted(range(len(xs)), key=lambda i: (sum(xs[i]), i))], after="ordered", concept="sorting_with_key", group="order"),
    whole("rows", "rows", "upper_rows", "take the first $k of $it", "the first $k of $it", "$xs[:$k]", lambda xs, k: list(itertools.islice(xs, k)), between("k", 2, 3), after="head", concept="list_slicing", group="cut"),
    fold("rows", "number", "grand_total", "the sum of all numbers in them", "the sum of all numbers in $it", "sum(map(sum, $xs))", lambda xs: reduce(operator.add, itertools.chain.from_iterable(xs), 0), start="0", update="$out += sum($x)", concept="nested_data", after="total"),
    fold("rows", "number", "count_rows", "how many there are", "the number of $it", "len($xs)", lambda xs: sum(1 for _ in xs), start="0", update="$out += 1", concept="counting", after="count"),
    fold("rows", "number", "longest_length", "the length of the longest of them", "", "max(map(len, $xs), default=0)", lambda xs: sorted(map(len, xs))[-1] if xs else 0, "If there are none, return 0.", concept="min_max"),
    fold("rows", "numbers", "longest_row", "the longest of them (the first one where several are)", "", "max($xs, key=len, default=[])", lambda xs: sorted(xs, key=len, reverse=True)[0] if xs else [], "If there are none, return an empty list.", concept="min_max"),
    fold("rows", "flag", "all_same_length", "whether all of them have the same length", "", "len({len(r) for r in $xs}) <= 1", lambda xs: all(len(r) == len(xs[0]) for r in xs), concept="sets"),
)  # fmt: skip

MEASUREMENTS = (
    keep("measurements", "keep_over", "", "are greater than $k", "$x > $k", lambda v, k: not v <= k, between("k", 0, 15), "level"),
    keep("measurements", "keep_under", "", "are less than $k", "$x < $k", lambda v, k: not v >= k, between("k", 8, 30), "level"),
    keep("measurements", "keep_whole", "", "have no digits after the point", "$x == int($x)", lambda v: math.floor(v) == math.ceil(v), group="whole_value"),
    each("measurements", "round_down", "round $it down to a whole number", "", "math.floor($x)", lambda v: int(v // 1), gives="numbers", items="whole numbers", concept="rounding", group="level_round"),
    each("measurements", "round_up", "round $it up to a whole number", "", "math.ceil($x)", lambda v: -int(-v // 1), gives="numbers", items="whole numbers", concept="rounding", group="level_round"),
    each("measurements", "hundredths", "multiply $it by 100 and drop the digits after the point", "", "int($x * 100)", lambda v: math.trunc(100 * v), gives="numbers", items="hundredths", concept="arithmetic"),
    each("measurements", "raise_level", "add $k to $it", "", "$x + $k", lambda v, k: v - -k, between("k", 1, 8), concept="arithmetic", group="level_shift"),
    each("measurements", "double_level", "double $it", "the doubles of $it", "2 * $x", lambda v: v + v, concept="arithmetic", group="level_scale"),
    each("measurements", "cap_level", "limit $it to at most $k", "", "min($x, $k)", lambda v, k: k if v > k else v, between("k", 8, 25), concept="min_max", group="level_clip"),
    each("measurements", "write_level", "write $it with two digits after the point", "", "f'{$x:.2f}'", lambda v: format(v, ".2f"), gives="words", items="texts", concept="string_formatting"),
    whole("measurements", "measurements", "sort_levels", "sort $it in ascending order", "$it in ascending order", "sorted($xs)", lambda xs: sorted(xs, key=operator.neg)[::-1], after="ordered", concept="sorting", group="order"),
    whole("measurements", "measurements", "level_steps", "take the difference of each of $it and the one before it", "the differences between neighbours among $it", "[b - a for a, b in zip($xs, $xs[1:])]", lambda xs: [xs[i + 1] - xs[i] for i in range(len(xs) - 1)], items="differences", after="steps", concept="enumerate_zip"),
    whole("measurements", "measurements", "without_extremes", "sort $it and leave out the smallest and the largest", "", "sorted($xs)[1:-1]", lambda xs: [x for i, x in enumerate(sorted(xs)) if 0 < i < len(xs) - 1], after="middle", concept="sorting", group="order"),
    whole("measurements", "measurements", "pair_means", "take the mean of each of $it and the one that follows it", "", "[(a + b) / 2 for a, b in zip($xs, $xs[1:])]", lambda xs: [sum(xs[i : i + 2]) / 2 for i in range(len(xs) - 1)], items="means", after="means", concept="sliding_window"),
    fold("measurements", "ratio", "sum_levels", "their sum", "the sum of $it", "sum($xs)", lambda xs: reduce(operator.add, xs, 0), start="0", update="$out += $x", after="total"),
    fold("measurements", "ratio", "mean_level", "their mean", "the mean of $it", "sum($xs) / len($xs) if $xs else 0", lambda xs: statistics.fmean(xs) if xs else 0, "The mean of nothing is 0.", concept="arithmetic"),
    fold("measurements", "ratio", "highest_level", "the largest of them", "the largest of $it", "max($xs, default=0)", lambda xs: sorted(xs)[-1] if xs else 0, "If there are none, return 0.", concept="min_max"),
    fold("measurements", "number", "count_levels", "how many there are", "the number of $it", "len($xs)", lambda xs: sum(1 for _ in xs), start="0", update="$out += 1", concept="counting", after="count"),
)  # fmt: skip

READINGS = (
    whole("readings", "numbers", "drop_missing", "leave out the missing entries (None) of $it", "the entries of $it that are not missing", "[r for r in $xs if r is not None]", lambda xs: list(itertools.compress(xs, (r is not None for r in xs))), items="numbers", after="present", concept="filtering", group="missing", start="[]", update="if $x is not None:\n    $out.append($x)"),
    whole("readings", "numbers", "missing_as_zero", "replace the missing entries (None) of $it by 0", "", "[0 if r is None else r for r in $xs]", lambda xs: [*map({None: 0}.get, xs, xs)], items="numbers", after="filled", concept="conditionals", group="missing", start="[]", update="$out.append(0 if $x is None else $x)"),
    whole("readings", "numbers", "repeat_last_known", "replace each missing entry (None) of $it by the last known one before it, or by 0 where there is none", "", "[next((r for r in reversed($xs[: i + 1]) if r is not None), 0) for i in range(len($xs))]", _filled, items="numbers", after="filled", concept="accumulation", group="missing", start="[]", update="$out.append($x if $x is not None else ($out[-1] if $out else 0))"),
    whole("readings", "readings", "later_readings", "drop the first $k of $it", "", "$xs[$k:]", lambda xs, k: list(itertools.islice(xs, k, None)), between("k", 2, 3), after="rest", concept="list_slicing", group="cut"),
    whole("readings", "readings", "readings_backwards", "reverse the order of $it", "", "$xs[::-1]", lambda xs: list(reversed(xs)), after="backwards", concept="list_slicing", group="order"),
    fold("readings", "number", "count_missing", "how many of them are missing (None)", "", "$xs.count(None)", lambda xs: sum(r is None for r in xs), start="0", update="if $x is None:\n    $out += 1", concept="counting", after="missing"),
    fold("readings", "maybe", "first_known", "the first of them that is not missing, or None where all are", "", "next((r for r in $xs if r is not None), None)", lambda xs: [*filter(lambda r: r is not None, xs), None][0], concept="searching"),
)  # fmt: skip

AMONG = (
    keep("numbers", "keep_in_other", "", "also occur in $other", "$x in $other", lambda n, other: other.count(n) > 0, lambda rng: {"other": ()}, "other"),
    keep("numbers", "drop_in_other", "", "do not occur in $other", "$x not in $other", lambda n, other: not other.count(n), lambda rng: {"other": ()}, "other"),
    keep("words", "keep_words_in_other", "", "also occur in $other", "$x in $other", lambda w, other: other.count(w) > 0, lambda rng: {"other": ()}, "other"),
    keep("words", "drop_words_in_other", "", "do not occur in $other", "$x not in $other", lambda w, other: not other.count(w), lambda rng: {"other": ()}, "other"),
)  # fmt: skip

TABLE_OPERATIONS: tuple[Operation, ...] = (*PAIRS, *ROWS, *MEASUREMENTS, *READINGS, *AMONG)
