"""Operations of the program algebra that make sets, change them and ask about them.

Nothing here depends on the order in which a set is walked: a list is made of one by sorting alone.
"""
# ruff: noqa: E501

from __future__ import annotations

import itertools
import operator
import random
from collections import Counter
from functools import reduce
from typing import Any

from hornbook.curriculum.operation import Members, Operation, between, fold, initial, whole


def _separator(rng: random.Random) -> dict[str, Any]:
    return {"s": rng.choice((", ", "-", "/", " "))}


def _no_set_yet(rng: random.Random) -> dict[str, Any]:
    return {"other": ()}


MADE = (
    whole("numbers", "number_set", "set_of_numbers", "put $it into a set", "the set of $it", "set($xs)", lambda xs: Members(dict.fromkeys(xs)), after="different", concept="sets", group="unique", start="set()", update="$out.add($x)"),
    whole("numbers", "number_set", "repeated_numbers", "collect in a set which of $it occur more than once", "the set of those of $it that occur more than once", "{n for n in $xs if $xs.count(n) > 1}", lambda xs: Members(n for i, n in enumerate(xs) if n in xs[:i]), after="repeated", concept="set_comprehensions", group="unique"),
    whole("numbers", "number_set", "last_digits", "collect the last digits of $it in a set, leaving out signs", "the set of the last digits of $it", "{abs(n) % 10 for n in $xs}", lambda xs: Members(int(str(n)[-1]) for n in xs), after="digits", concept="set_comprehensions", start="set()", update="$out.add(abs($x) % 10)"),
    whole("words", "word_set", "set_of_words", "put $it into a set", "the set of $it", "set($xs)", lambda xs: Members(dict.fromkeys(xs)), after="different", concept="sets", group="unique", start="set()", update="$out.add($x)"),
    whole("words", "word_set", "repeated_words", "collect in a set which of $it occur more than once", "the set of those of $it that occur more than once", "{w for w in $xs if $xs.count(w) > 1}", lambda xs: Members(w for i, w in enumerate(xs) if w in xs[:i]), after="repeated", concept="set_comprehensions", group="unique"),
    whole("words", "word_set", "initials", "collect the first letters of $it in a set", "the set of the first letters of $it", "{w[:1] for w in $xs}", lambda xs: Members("".join(itertools.islice(w, 1)) for w in xs), after="initials", concept="set_comprehensions", start="set()", update="$out.add($x[:1])"),
    whole("words", "number_set", "different_lengths", "collect the lengths of $it in a set", "the set of the lengths of $it", "{len(w) for w in $xs}", lambda xs: Members(map(len, xs)), after="lengths", concept="set_comprehensions", start="set()", update="$out.add(len($x))"),
    whole("characters", "word_set", "set_of_letters", "put $it into a set", "the set of $it", "set($xs)", lambda xs: Members(dict.fromkeys(xs)), after="letters", concept="sets", group="unique", start="set()", update="$out.add($x)"),
    whole("text", "word_set", "words_used", "collect the different words of $it in a set", "the set of the words of $it", "set($xs.split())", lambda s: Members(w for w in s.split(" ") if w), after="used", concept="sets"),
    whole("text", "word_set", "letters_used", "collect the letters that occur in $it in a set, capitals as small letters", "", "{c for c in $xs.lower() if c.isalpha()}", lambda s: Members(filter(str.isalpha, map(str.lower, s))), after="letters", concept="set_comprehensions"),
    whole("table", "word_set", "key_set", "collect the keys of $it in a set", "the set of the keys of $it", "set($xs)", lambda d: Members(k for k, _ in d.items()), after="keys", concept="sets"),
    whole("table", "number_set", "value_set", "collect the different values of $it in a set", "the set of the values of $it", "set($xs.values())", lambda d: Members(d[k] for k in d), after="values", concept="sets"),
    whole("pairs", "word_set", "names_seen", "collect the names in $it in a set", "the set of the names in $it", "{name for name, _ in $xs}", lambda xs: Members(map(operator.itemgetter(0), xs)), after="seen", concept="set_comprehensions", start="set()", update="$out.add($x[0])"),
    whole("rows", "number_set", "numbers_seen", "collect all numbers that occur in $it in a set", "the set of all numbers in $it", "{n for r in $xs for n in r}", lambda xs: Members(itertools.chain.from_iterable(xs)), after="seen", concept="set_comprehensions", start="set()", update="$out.update($x)"),
    whole("number", "number_set", "digits_used", "collect the digits of $it in a set", "the set of the digits of $it", "{int(c) for c in str($xs)}", lambda n: Members(ord(c) - 48 for c in str(n)), after="digits", concept="digits", group="digits"),
    whole("number", "number_set", "divisor_set", "collect the numbers from 1 to $it that divide it in a set", "the set of the numbers from 1 to $it that divide it", "{d for d in range(1, $xs + 1) if $xs % d == 0}", lambda n: Members(itertools.chain.from_iterable((d, n // d) for d in range(1, int(n**0.5) + 1) if not n % d)), after="divisors", concept="number_theory"),
)  # fmt: skip

NUMBER_SETS = (
    whole("number_set", "number_set", "even_members", "keep the even members of $it", "the even members of $it", "{x for x in $xs if x % 2 == 0}", lambda s: Members(m for m in s if not m & 1), after="kept", concept="set_comprehensions", group="parity", start="set()", update="if $x % 2 == 0:\n    $out.add($x)"),
    whole("number_set", "number_set", "odd_members", "keep the odd members of $it", "the odd members of $it", "{x for x in $xs if x % 2 == 1}", lambda s: Members(m for m in s if m & 1), after="kept", concept="set_comprehensions", group="parity", start="set()", update="if $x % 2 == 1:\n    $out.add($x)"),
    whole("number_set", "number_set", "members_above", "keep the members of $it that are greater than $k", "", "{x for x in $xs if x > $k}", lambda s, k: Members(m for m in s if not m <= k), between("k", 0, 12), after="kept", concept="set_comprehensions", group="size", start="set()", update="if $x > $k:\n    $out.add($x)"),
    whole("number_set", "number_set", "members_below", "keep the members of $it that are less than $k", "", "{x for x in $xs if x < $k}", lambda s, k: Members(m for m in s if not m >= k), between("k", 8, 25), after="kept", concept="set_comprehensions", group="size", start="set()", update="if $x < $k:\n    $out.add($x)"),
    whole("number_set", "number_set", "shift_members", "add $k to every member of $it", "", "{x + $k for x in $xs}", lambda s, k: Members(m - -k for m in s), between("k", 1, 9), after="shifted", concept="set_comprehensions", group="scale", start="set()", update="$out.add($x + $k)"),
    whole("number_set", "number_set", "square_members", "square every member of $it, so that members that become equal count once", "the squares of the members of $it", "{x * x for x in $xs}", lambda s: Members(abs(m) ** 2 for m in s), after="squares", concept="set_comprehensions", group="scale", start="set()", update="$out.add($x * $x)"),
    whole("number_set", "number_set", "remainders", "replace every member of $it by its remainder when divided by $k, so that members that become equal count once", "", "{x % $k for x in $xs}", lambda s, k: Members(m - m // k * k for m in s), between("k", 3, 7), after="remainders", concept="set_comprehensions", group="scale", start="set()", update="$out.add($x % $k)"),
    whole("number_set", "number_set", "missing_up_to", "collect the whole numbers from 1 to $k that are not members of $it", "", "set(range(1, $k + 1)) - $xs", lambda s, k: Members(n for n in range(1, k + 1) if n not in s), between("k", 8, 20), after="missing", concept="set_operations"),
    whole("number_set", "numbers", "members_rising", "list the members of $it in ascending order", "the members of $it in ascending order", "sorted($xs)", lambda s: sorted(s, reverse=True)[::-1], items="numbers", after="ordered", concept="sorting", group="order"),
    whole("number_set", "numbers", "members_falling", "list the members of $it from largest to smallest", "the members of $it from largest to smallest", "sorted($xs, reverse=True)", lambda s: sorted(s)[::-1], items="numbers", after="ordered", concept="sorting", group="order"),
    fold("number_set", "number", "sum_of_members", "the sum of the members", "", "sum($xs)", lambda s: reduce(operator.add, s, 0), start="0", update="$out += $x", concept="sets", after="total"),
    fold("number_set", "number", "largest_member", "the largest member", "", "max($xs, default=0)", lambda s: sorted(s)[-1] if s else 0, "If there is none, return 0.", concept="min_max", after="largest"),
    fold("number_set", "number", "smallest_member", "the smallest member", "", "min($xs, default=0)", lambda s: sorted(s)[0] if s else 0, "If there is none, return 0.", concept="min_max", after="smallest"),
    fold("number_set", "flag", "holds", "whether $k is one of the members", "", "$k in $xs", lambda s, k: len(s | {k}) == len(s), draw=between("k", 1, 9), concept="sets", after="found"),
    fold("number_set", "flag", "holds_opposites", "whether there is a member other than 0 whose negative is a member, too", "", "any(-x in $xs for x in $xs if x != 0)", lambda s: any(a + b == 0 for a, b in itertools.combinations(s, 2)), concept="sets", after="found"),
)  # fmt: skip

WORD_SETS = (
    whole("word_set", "word_set", "long_members", "keep the members of $it that have more than $k characters", "", "{x for x in $xs if len(x) > $k}", lambda s, k: Members(m for m in s if m[k:]), between("k", 3, 5), after="kept", concept="set_comprehensions", group="length", start="set()", update="if len($x) > $k:\n    $out.add($x)"),
    whole("word_set", "word_set", "members_with", "keep the members of $it that contain the letter $c", "", "{x for x in $xs if $c in x}", lambda s, c: Members(m for m in s if m.count(c)), initial, after="kept", concept="set_comprehensions", group="contains", start="set()", update="if $c in $x:\n    $out.add($x)"),
    whole("word_set", "word_set", "capital_members", "write every member of $it in capitals", "", "{x.upper() for x in $xs}", lambda s: Members("".join(map(str.upper, m)) for m in s), after="capitals", concept="set_comprehensions", group="case", start="set()", update="$out.add($x.upper())"),
    whole("word_set", "word_set", "member_endings", "cut every member of $it to its last two characters, so that members that become equal count once", "", "{x[-2:] for x in $xs}", lambda s: Members(m[max(len(m) - 2, 0) :] for m in s), after="endings", concept="set_comprehensions", start="set()", update="$out.add($x[-2:])"),
    whole("word_set", "number_set", "member_lengths", "replace every member of $it by its length, so that equal lengths count once", "the lengths of the members of $it", "{len(x) for x in $xs}", lambda s: Members(map(len, s)), after="lengths", concept="set_comprehensions", start="set()", update="$out.add(len($x))"),
    whole("word_set", "words", "members_alphabetical", "list the members of $it in alphabetical order", "the members of $it in alphabetical order", "sorted($xs)", lambda s: sorted(s, reverse=True)[::-1], items="words", after="ordered", concept="sorting", group="order"),
    whole("word_set", "words", "members_by_length", "list the members of $it from shortest to longest, equally long ones in alphabetical order", "", "sorted($xs, key=lambda x: (len(x), x))", lambda s: sorted(sorted(s), key=len), items="words", after="ordered", concept="sorting_with_key", group="order"),
    fold("word_set", "number", "total_of_lengths", "the number of characters of all members together", "", "sum(len(x) for x in $xs)", lambda s: len("".join(s)), start="0", update="$out += len($x)", concept="sets", after="total"),
    fold("word_set", "text", "first_member", "the member that comes first in alphabetical order", "", "min($xs, default='')", lambda s: sorted(s)[0] if s else "", "If there is none, return an empty string.", concept="min_max", after="first"),
    fold("word_set", "text", "longest_member", "the longest member, of equally long ones the first in alphabetical order", "", "max(sorted($xs), key=len, default='')", lambda s: min(s, key=lambda m: (-len(m), m), default=""), "If there is none, return an empty string.", concept="min_max", after="longest"),
    fold("word_set", "text", "joined_members", "the members in alphabetical order as one string, joined by $s", "", "$s.join(sorted($xs))", lambda s_, s: reduce(lambda a, b: a + s + b, sorted(s_)) if s_ else "", draw=_separator, concept="string_building"),
    fold("word_set", "flag", "holds_start", "whether any member starts with $c", "", "any(x.startswith($c) for x in $xs)", lambda s, c: c in {m[:1] for m in s}, start="False", update="if $x.startswith($c):\n    $out = True", draw=initial, concept="any_all", after="found"),
)  # fmt: skip


def _on_both(kind: str, suffix: str) -> tuple[Operation, ...]:
    """Make the operations that do not look into a set's members; the names of those on words have a suffix."""
    return (
        whole(kind, kind, f"union{suffix}", "add the members of $other to $it", "", "$xs | $other", lambda s, other: Members((*s, *other)), _no_set_yet, after="together", concept="set_operations", group="other"),
        whole(kind, kind, f"intersection{suffix}", "keep the members of $it that are in $other, too", "", "$xs & $other", lambda s, other: Members(m for m in s if m in other), _no_set_yet, after="common", concept="set_operations", group="other"),
        whole(kind, kind, f"difference{suffix}", "remove the members of $other from $it", "", "$xs - $other", lambda s, other: Members(m for m in s if m not in other), _no_set_yet, after="rest", concept="set_operations", group="other"),
        whole(kind, kind, f"in_one_only{suffix}", "collect what is a member of exactly one of the two, $it and $other", "", "$xs ^ $other", lambda s, other: Members(m for m, times in Counter((*s, *other)).items() if times == 1), _no_set_yet, after="single", concept="set_operations", group="other"),
        fold(kind, "flag", f"is_subset{suffix}", "whether all members are in $other", "", "$xs <= $other", lambda s, other: len(s | other) == len(other), draw=_no_set_yet, concept="set_operations", after="inside", group="other"),
        fold(kind, "number", f"num_shared{suffix}", "the number of members that are also in $other", "", "len($xs & $other)", lambda s, other: sum(m in other for m in s), draw=_no_set_yet, concept="set_operations", after="shared", group="other"),
        fold(kind, "number", f"num_members{suffix}", "the number of members", "", "len($xs)", lambda s: sum(1 for _ in s), start="0", update="$out += 1", concept="sets", after="count"),
    )  # fmt: skip


SET_OPERATIONS: tuple[Operation, ...] = (
    *MADE,
    *NUMBER_SETS,
    *_on_both("number_set", ""),
    *WORD_SETS,
    *_on_both("word_set", "_of_words"),
)
