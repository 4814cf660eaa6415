"""Operations of the program algebra over texts, words, characters and dictionaries of counts."""
# ruff: noqa: E501

from __future__ import annotations

import itertools
import random
from collections import Counter
from typing import Any

from hornbook.curriculum.operation import Operation, between, each, fold, keep, whole


def _letter(rng: random.Random) -> dict[str, Any]:
    return {"c": rng.choice("aeiorstlnpbm")}


def _ending(rng: random.Random) -> dict[str, Any]:
    return {"s": rng.choice(["!", "s", "?", "...", "_", "-x", "ing", "er"])}


def _separator(rng: random.Random) -> dict[str, Any]:
    return {"s": rng.choice([", ", "-", " ", "/", "_", " and ", "; ", "+"])}


def _grouped(xs: list[str], key: Any) -> dict[Any, list[str]]:
    return {k: [x for x in xs if key(x) == k] for k in dict.fromkeys(map(key, xs))}


def _most_common(xs: list[str]) -> str:
    return Counter(xs).most_common(1)[0][0] if xs else ""


_k = between("k", 2, 4)

WORDS = (
    keep("words", "keep_longer", "", "have more than $k characters", "len($x) > $k", lambda w, k: bool(w[k:]), between("k", 3, 5), "length"),
    keep("words", "keep_shorter", "", "have fewer than $k characters", "len($x) < $k", lambda w, k: not w[k - 1 :], between("k", 4, 7), "length"),
    keep("words", "keep_even_length", "", "have an even number of characters", "len($x) % 2 == 0", lambda w: not len(w) & 1, group="length"),
    keep("words", "keep_starting", "", "start with $c", "$x.startswith($c)", lambda w, c: w[:1] == c, _letter, "start"),
    keep("words", "keep_ending", "", "end with $c", "$x.endswith($c)", lambda w, c: w[-1:] == c, _letter, "end"),
    keep("words", "keep_containing", "", "contain the letter $c", "$c in $x", lambda w, c: w.find(c) >= 0, _letter, "contains"),
    keep("words", "drop_containing", "", "do not contain the letter $c", "$c not in $x", lambda w, c: w.count(c) == 0, _letter, "contains"),
    keep("words", "keep_vowel_start", "", "start with a vowel", "$x[:1].lower() in tuple('aeiou')", lambda w: w.lower().startswith(("a", "e", "i", "o", "u")), group="start"),
    keep("words", "keep_palindromes", "", "read the same forwards and backwards", "$x == $x[::-1]", lambda w: list(w) == list(reversed(w)), group="palindrome"),
    keep("words", "keep_capitalised", "capitalised", "start with a capital letter", "$x[:1].isupper()", lambda w: bool(w) and w[0] in "ABCDEFGHIJKLMNOPQRSTUVWXYZ", group="start"),
    keep("words", "keep_double_letter", "", "contain the same letter twice in a row", "any(a == b for a, b in zip($x, $x[1:]))", lambda w: any(w[i] == w[i + 1] for i in range(len(w) - 1)), group="double"),
    keep("words", "keep_before", "", "come before $w in the alphabet", "$x.lower() < $w", lambda w_, w: sorted([w_.lower(), w])[0] != w, lambda rng: {"w": rng.choice(["lamp", "noon", "garden", "market", "paper"])}, "before"),
    each("words", "upper", "write $it in capitals", "", "$x.upper()", lambda w: "".join(c.upper() for c in w), concept="string_methods", group="case"),
    each("words", "lower", "write $it in small letters", "", "$x.lower()", lambda w: "".join(c.lower() for c in w), concept="string_methods", group="case"),
    each("words", "capitalise", "capitalise $it", "", "$x.capitalize()", lambda w: w[:1].upper() + w[1:].lower(), concept="string_methods", group="case"),
    each("words", "mirror", "spell $it backwards", "", "$x[::-1]", lambda w: "".join(reversed(w)), concept="string_slicing"),
    each("words", "first_letter", "take the first letter of $it", "the first letters of $it", "$x[:1]", lambda w: "".join(itertools.islice(w, 1)), items="first letters", concept="string_slicing", group="cut_word"),
    each("words", "last_letter", "take the last letter of $it", "the last letters of $it", "$x[-1:]", lambda w: "".join(reversed(w))[:1], items="last letters", concept="string_slicing", group="cut_word"),
    each("words", "shorten", "cut $it to its first $k characters", "", "$x[:$k]", lambda w, k: "".join(itertools.islice(w, k)), _k, items="shortened words", concept="string_slicing", group="cut_word"),
    each("words", "behead", "remove the first character of $it", "", "$x[1:]", lambda w: "".join(itertools.islice(w, 1, None)), concept="string_slicing", group="cut_word"),
    each("words", "repeat", "repeat $it $k times", "", "$x * $k", lambda w, k: "".join([w] * k), between("k", 2, 3), concept="strings"),
    each("words", "append", "append $s to $it", "", "$x + $s", lambda w, s: f"{w}{s}", _ending, concept="string_building", group="affix"),
    each("words", "prepend", "put $s in front of $it", "", "$s + $x", lambda w, s: f"{s}{w}", lambda rng: {"s": rng.choice(["re", "un", "* ", "#", "my-", "x_"])}, concept="string_building", group="affix"),
    each("words", "pad", "pad $it with dots on the right to $k characters", "", "$x.ljust($k, '.')", lambda w, k: w + "." * (k - len(w)), between("k", 6, 8), concept="string_formatting", group="affix"),
    each("words", "drop_vowels_each", "remove the vowels from $it", "", "''.join(c for c in $x if c not in 'aeiouAEIOU')", lambda w: w.translate(dict.fromkeys(map(ord, "aeiouAEIOU"))), concept="strings"),
    each("words", "swap_letter", "replace every $c in $it by $s", "", "$x.replace($c, $s)", lambda w, c, s: s.join(w.split(c)), lambda rng: {**_letter(rng), "s": rng.choice("*_#-")}, concept="string_methods"),
    each("words", "length", "take the length of $it", "the lengths of $it", "len($x)", lambda w: sum(1 for _ in w), gives="numbers", items="lengths", concept="strings"),
    each("words", "vowels_in", "count the vowels in $it", "the vowel counts of $it", "sum(c in 'aeiou' for c in $x.lower())", lambda w: sum(map(w.lower().count, "aeiou")), gives="numbers", items="vowel counts", concept="counting"),
    each("words", "count_letter", "count how often $c occurs in $it", "", "$x.count($c)", lambda w, c: len(w.split(c)) - 1, _letter, gives="numbers", items="counts", concept="counting"),
    each("words", "distinct_letters", "count the different letters in $it", "", "len(set($x))", lambda w: len(Counter(w)), gives="numbers", items="counts", concept="sets"),
    whole("words", "words", "sort_words", "sort $it alphabetically|put $it into alphabetical order", "$it in alphabetical order", "sorted($xs)", lambda xs: sorted(xs, reverse=True)[::-1], after="ordered", concept="sorting", group="order"),
    whole("words", "words", "sort_words_down", "sort $it in reverse alphabetical order", "$it in reverse alphabetical order", "sorted($xs, reverse=True)", lambda xs: sorted(xs)[::-1], after="ordered", concept="sorting", group="order"),
    whole("words", "words", "sort_by_length", "sort $it by length, leaving equally long ones in their order", "$it from shortest to longest", "sorted($xs, key=len)", lambda xs: [x for n in sorted({len(x) for x in xs}) for x in xs if len(x) == n], after="by_length", concept="sorting_with_key", group="order"),
    whole("words", "words", "sort_by_length_then_name", "sort $it by length and equally long ones alphabetically", "", "sorted($xs, key=lambda w: (len(w), w))", lambda xs: sorted(sorted(xs), key=len), after="by_length", concept="sorting_with_key", group="order"),
    whole("words", "words", "sort_by_last_letter", "sort $it by their last letter, leaving ties in their order", "", "sorted($xs, key=lambda w: w[-1:])", lambda xs: [x for c in sorted({x[-1:] for x in xs}) for x in xs if x[-1:] == c], after="ordered", concept="sorting_with_key", group="order"),
    whole("words", "words", "reverse_words", "reverse the order of $it", "$it in reverse order", "$xs[::-1]", lambda xs: list(reversed(xs)), after="backwards", concept="list_slicing", group="order", start="[]", update="$out.insert(0, $x)"),
    whole("words", "words", "unique_words", "drop repetitions from $it, keeping the first of each|remove the duplicates from $it, keeping first occurrences", "the distinct ones among $it in the order in which they first occur", "list(dict.fromkeys($xs))", lambda xs: sorted(set(xs), key=xs.index), after="unique", concept="sets", group="unique", start="[]", update="if $x not in $out:\n    $out.append($x)"),
    whole("words", "words", "first_words", "take the first $k of $it", "the first $k of $it", "$xs[:$k]", lambda xs, k: list(itertools.islice(xs, k)), _k, after="head", concept="list_slicing", group="cut"),
    whole("words", "words", "last_words", "take the last $k of $it", "the last $k of $it", "$xs[-$k:]", lambda xs, k: xs[max(len(xs) - k, 0) :], _k, after="tail", concept="list_slicing", group="cut"),
    whole("words", "words", "skip_words", "leave out the first $k of $it", "all but the first $k of $it", "$xs[$k:]", lambda xs, k: list(itertools.islice(xs, k, None)), between("k", 2, 3), after="rest", concept="list_slicing", group="cut"),
    whole("words", "words", "every_other_word", "take every second one of $it, starting with the first", "every second one of $it", "$xs[::2]", lambda xs: [xs[i] for i in range(0, len(xs), 2)], after="chosen", concept="list_slicing", group="cut"),
    whole("words", "words", "number_them", "put the position of each of $it and a colon in front of it, counting from 1", "", "[f'{i}:{w}' for i, w in enumerate($xs, 1)]", lambda xs: [str(i + 1) + ":" + xs[i] for i in range(len(xs))], after="numbered", concept="enumerate_zip"),
    whole("words", "table", "count_words", "count how often each of $it occurs", "", "{w: $xs.count(w) for w in $xs}", lambda xs: dict(Counter(xs)), after="counts", concept="counting", start="{}", update="$out[$x] = $out.get($x, 0) + 1"),
    whole("words", "table", "map_lengths", "map each of $it to its length", "", "{w: len(w) for w in $xs}", lambda xs: dict(zip(xs, map(len, xs), strict=True)), after="lengths", concept="dictionaries", start="{}", update="$out[$x] = len($x)"),
    fold("words", "text", "join", "them as one string, joined by $s", "", "$s.join($xs)", lambda xs, s: "".join(x if i == 0 else s + x for i, x in enumerate(xs)), draw=_separator, concept="string_building"),
    fold("words", "number", "count_them", "how many there are", "the number of $it", "len($xs)", lambda xs: sum(1 for _ in xs), start="0", update="$out += 1", concept="counting", after="count"),
    fold("words", "number", "total_length", "their total length", "the total length of $it", "sum(len(w) for w in $xs)", lambda xs: len("".join(xs)), start="0", update="$out += len($x)", after="total"),
    fold("words", "text", "longest", "the longest of them", "the longest of $it", "max($xs, key=len, default='')", lambda xs: sorted(xs, key=lambda w: -len(w))[0] if xs else "", "Of several equally long ones take the first; if there are none, return an empty string.", start="''", update="if len($x) > len($out):\n    $out = $x", concept="min_max", after="longest"),
    fold("words", "text", "shortest", "the shortest of them", "the shortest of $it", "min($xs, key=len, default='')", lambda xs: sorted(xs, key=len)[0] if xs else "", "Of several equally short ones take the first; if there are none, return an empty string.", concept="min_max", after="shortest"),
    fold("words", "text", "alphabetically_first", "the one that comes first in alphabetical order", "", "min($xs, default='')", lambda xs: sorted(xs)[0] if xs else "", "If there are none, return an empty string.", start="None", update="if $out is None or $x < $out:\n    $out = $x", finish="$out or ''", concept="min_max"),
    fold("words", "groups", "group_by_initial", "a dictionary from each first letter to the list of those that start with it", "", "{c: [w for w in $xs if w[:1] == c] for c in [w[:1] for w in $xs]}", lambda xs: _grouped(xs, lambda w: w[:1]), start="{}", update="$out.setdefault($x[:1], []).append($x)", concept="grouping", after="groups"),
    fold("words", "lengths", "group_by_length", "a dictionary from each length to the list of those that have it", "", "{n: [w for w in $xs if len(w) == n] for n in map(len, $xs)}", lambda xs: _grouped(xs, len), start="{}", update="$out.setdefault(len($x), []).append($x)", concept="grouping", after="groups"),
    fold("words", "flag", "any_long", "whether any of them has more than $k characters", "", "any(len(w) > $k for w in $xs)", lambda xs, k: max(map(len, xs), default=0) > k, draw=between("k", 5, 7), start="False", update="if len($x) > $k:\n    $out = True", concept="any_all", after="found"),
    fold("words", "flag", "all_contain", "whether all of them contain the letter $c", "", "all($c in w for w in $xs)", lambda xs, c: not [w for w in xs if c not in w], draw=_letter, start="True", update="if $c not in $x:\n    $out = False", concept="any_all", after="fits"),
    fold("words", "text", "most_common", "the one that occurs most often", "", "max($xs, key=$xs.count, default='')", _most_common, "In a tie the first one wins; if there are none, return an empty string.", concept="counting", after="favourite"),
)  # fmt: skip

CHARACTERS = (
    keep("characters", "keep_vowels", "", "are vowels", "$x in 'aeiouAEIOU'", lambda c: c.lower() in set("aeiou"), group="class"),
    keep("characters", "drop_vowels", "", "are not vowels", "$x not in 'aeiouAEIOU'", lambda c: c.lower() not in set("aeiou"), group="class"),
    keep("characters", "keep_after", "", "come after $c in the alphabet", "$x.lower() > $c", lambda x, c: sorted([x.lower(), c])[-1] != c, lambda rng: {"c": rng.choice("dfhkmp")}, "after"),
    each("characters", "upper_each", "turn $it into a capital", "", "$x.upper()", lambda c: c.swapcase() if c.islower() else c, concept="string_methods", group="case"),
    each("characters", "double_each", "double $it", "", "$x * 2", lambda c: c + c, gives="words", items="doubled letters", concept="strings"),
    each("characters", "codes", "replace $it by its character code", "the character codes of $it", "ord($x)", lambda c: int.from_bytes(c.encode("utf-32-be"), "big"), gives="numbers", items="codes", concept="ciphers"),
    each("characters", "alphabet_position", "replace $it by its position in the alphabet (a is 1, capitals alike)", "", "ord($x.lower()) - ord('a') + 1", lambda c: ord(c.lower()) - 96, gives="numbers", items="positions", concept="ciphers"),
    whole("characters", "characters", "sort_characters", "sort $it by character code", "", "sorted($xs)", lambda xs: sorted(xs, reverse=True)[::-1], after="ordered", concept="sorting", group="order"),
    whole("characters", "characters", "reverse_characters", "reverse the order of $it", "$it in reverse order", "$xs[::-1]", lambda xs: list(reversed(xs)), after="backwards", concept="list_slicing", group="order"),
    whole("characters", "characters", "unique_characters", "drop repeated ones from $it, keeping the first of each", "", "list(dict.fromkeys($xs))", lambda xs: sorted(set(xs), key=xs.index), after="unique", concept="sets", group="unique", start="[]", update="if $x not in $out:\n    $out.append($x)"),
    whole("characters", "table", "count_characters", "count how often each of $it occurs", "", "{c: $xs.count(c) for c in $xs}", lambda xs: dict(Counter(xs)), after="counts", concept="counting", start="{}", update="$out[$x] = $out.get($x, 0) + 1"),
    fold("characters", "text", "glue", "them as one string", "", "''.join($xs)", lambda xs: "".join(itertools.chain.from_iterable(xs)), start="''", update="$out += $x", concept="string_building"),
    fold("characters", "number", "count_characters_left", "how many there are", "the number of $it", "len($xs)", lambda xs: sum(1 for _ in xs), start="0", update="$out += 1", concept="counting", after="count"),
    fold("characters", "text", "most_frequent_character", "the one that occurs most often", "", "max($xs, key=$xs.count, default='')", _most_common, "In a tie the first one wins; if there are none, return an empty string.", concept="counting"),
)  # fmt: skip

TEXTS = (
    whole("text", "words", "split_words", "split $it into words|take the words of $it", "the words of $it", "$xs.split()", lambda s: [w for w in s.split(" ") if w], items="words", after="words", concept="parsing"),
    whole("text", "characters", "letters_of", "take the letters of $it, leaving out everything else", "the letters of $it", "[c for c in $xs if c.isalpha()]", lambda s: list(filter(str.isalpha, s)), items="letters", after="letters", concept="strings"),
    whole("text", "numbers", "digits_in", "collect the digits in $it as numbers", "the digits in $it", "[int(c) for c in $xs if c.isdigit()]", lambda s: [ord(c) - 48 for c in s if "0" <= c <= "9"], items="digits", after="digits", concept="parsing"),
    whole("text", "text", "lower_text", "turn $it into lower case", "", "$xs.lower()", lambda s: "".join(c.lower() for c in s), after="lowered", concept="string_methods", group="case"),
    whole("text", "text", "swap_case", "swap capital and small letters in $it", "", "$xs.swapcase()", lambda s: "".join(c.lower() if c.isupper() else c.upper() for c in s), after="swapped", concept="string_methods", group="case"),
    whole("text", "text", "mirror_text", "write $it backwards", "", "$xs[::-1]", lambda s: "".join(reversed(s)), after="mirrored", concept="string_slicing"),
    whole("text", "text", "drop_blanks", "remove the blanks from $it", "", "$xs.replace(' ', '')", lambda s: "".join(s.split(" ")), after="packed", concept="string_methods"),
    whole("text", "text", "drop_digits", "remove the digits from $it", "", "''.join(c for c in $xs if not c.isdigit())", lambda s: s.translate(dict.fromkeys(range(48, 58))), after="cleaned", concept="strings"),
    whole("text", "text", "second_characters", "take every second character of $it, starting with the first", "", "$xs[::2]", lambda s: "".join(s[i] for i in range(0, len(s), 2)), after="halved", concept="string_slicing"),
    fold("text", "number", "text_length", "how many characters it has", "", "len($xs)", lambda s: sum(1 for _ in s), concept="strings", after="length"),
    fold("text", "number", "text_vowels", "the number of vowels in it", "", "sum(c in 'aeiou' for c in $xs.lower())", lambda s: sum(map(s.lower().count, "aeiou")), concept="counting", after="vowels"),
)  # fmt: skip

TABLES = (
    whole("table", "table", "keep_values_from", "keep the entries of $it whose value is at least $k", "", "{key: value for key, value in $xs.items() if value >= $k}", lambda d, k: dict(filter(lambda e: not e[1] < k, d.items())), between("k", 2, 6), after="kept", concept="filtering", group="values"),
    whole("table", "table", "keep_values_below", "keep the entries of $it whose value is less than $k", "", "{key: value for key, value in $xs.items() if value < $k}", lambda d, k: dict(filter(lambda e: not e[1] >= k, d.items())), between("k", 5, 10), after="kept", concept="filtering", group="values"),
    whole("table", "table", "keep_long_keys", "keep the entries of $it whose key has more than $k characters", "", "{key: value for key, value in $xs.items() if len(key) > $k}", lambda d, k: dict(filter(lambda e: bool(e[0][k:]), d.items())), between("k", 3, 4), after="kept", concept="filtering", group="keys"),
    whole("table", "table", "scale_values", "multiply every value of $it by $k", "", "{key: value * $k for key, value in $xs.items()}", lambda d, k: dict(zip(d, [sum([v] * k) for v in d.values()], strict=True)), between("k", 2, 5), after="scaled", concept="mapping"),
    whole("table", "table", "raise_values", "add $k to every value of $it", "", "{key: value + $k for key, value in $xs.items()}", lambda d, k: dict(zip(d, [v - -k for v in d.values()], strict=True)), between("k", 1, 10), after="raised", concept="mapping"),
    whole("table", "words", "names_sorted", "list the keys of $it in alphabetical order", "the keys of $it in alphabetical order", "sorted($xs)", lambda d: sorted(d.keys(), reverse=True)[::-1], items="keys", after="names", concept="sorting"),
    whole("table", "words", "names_by_value", "list the keys of $it by falling value, ties in alphabetical order", "", "sorted($xs, key=lambda key: (-$xs[key], key))", lambda d: sorted(sorted(d), key=lambda k: d[k], reverse=True), items="keys", after="ranking", concept="sorting_with_key"),
    whole("table", "words", "names_only", "list the keys of $it in their order", "the keys of $it", "list($xs)", lambda d: [k for k, _ in d.items()], items="keys", after="names", concept="dictionaries"),
    whole("table", "words", "entries_as_text", "write each entry of $it as key=value", "", "[f'{key}={value}' for key, value in $xs.items()]", lambda d: [k + "=" + str(d[k]) for k in d], items="entries", after="entries", concept="string_formatting"),
    whole("table", "numbers", "values_of", "take the values of $it", "the values of $it", "list($xs.values())", lambda d: [d[k] for k in d], items="values", after="values", concept="dictionaries"),
    fold("table", "number", "sum_values", "the sum of the values", "", "sum($xs.values())", lambda d: sum(d[k] for k in d), concept="dictionaries", after="total"),
    fold("table", "text", "best_key", "the key with the largest value", "", "max($xs, key=$xs.get, default='')", lambda d: next((k for k in d if d[k] == max(d.values())), ""), "In a tie the first key wins; if there is no entry, return an empty string.", concept="min_max", after="best"),
    fold("table", "number", "count_entries", "the number of entries", "", "len($xs)", lambda d: sum(1 for _ in d), concept="counting", after="count"),
    fold("table", "groups", "keys_by_initial", "a dictionary from each first letter to the sorted list of the keys that start with it", "", "{c: sorted(key for key in $xs if key[:1] == c) for c in sorted(key[:1] for key in $xs)}", lambda d: _grouped(sorted(d), lambda w: w[:1]), concept="grouping"),
)  # fmt: skip

TEXT_OPERATIONS: tuple[Operation, ...] = (*WORDS, *CHARACTERS, *TEXTS, *TABLES)
