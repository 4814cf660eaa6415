"""Families about cutting texts into pieces, joining pieces, and finding one text inside another."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from typing import Any

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _listed(rng: random.Random, sep: str) -> str:
    return (sep + rng.choice(("", " "))).join(rng.choice((w, w, "", " ")) for w in draws.words(rng, 3, 6))


def _full_name(rng: random.Random, k: int) -> str:
    return " ".join(rng.sample(draws.FIRST_NAMES, rng.randint(1, 4)))


def _letter(word: str) -> str:
    return f"{word[0]}."


def _signed(numbers: Sequence[int]) -> str:
    text = " ".join(f"{'-' if n < 0 else '+'} {abs(n)}" for n in numbers)
    return re.sub(r"^\+ ", "", re.sub("^- ", "-", text)) or "0"


def _repetitive(rng: random.Random) -> tuple[str, str]:
    part = rng.choice(("aa", "aba", "ana", "b", "abab", "na"))
    return "".join(rng.choice((part, "a", "b", "n")) for _ in range(rng.randint(4, 7))), part


def _sides(rng: random.Random) -> dict[str, Any]:
    opening, closing = rng.choice((("[", "]"), ("<", ">"), ("{", "}"), ("(", ")")))
    return {"opening": Raw(opening), "closing": Raw(closing)}


def _noted(rng: random.Random, opening: str, closing: str) -> str:
    return " ".join(
        rng.choice((w, w, opening + w + closing, opening + w, w + closing)) for w in draws.words(rng, 3, 5)
    )


def _between(text: str, opening: str, closing: str) -> list[str]:
    return re.findall(rf"\{opening}([^\{closing}]*)\{closing}", text)


def _shared(first: str, second: str, k: int) -> list[str]:
    found = re.findall(f"(?=(.{{{k}}}))", first, re.DOTALL)
    return [part for i, part in enumerate(found) if second.count(part) and part not in found[:i]]


def _related(rng: random.Random) -> tuple[str, str]:
    first, second = draws.word(rng), draws.word(rng)
    return first + rng.choice(("", first[:3])), rng.choice(
        (second + first[1:], first[2:] + second, first[:4] + second[:2] + first[-3:])
    )


def _block(rng: random.Random) -> str:
    return draws.word(rng)[: rng.randint(1, 3)] * rng.randint(1, 4) + rng.choice(("", "", "x"))


def _chain(words: Sequence[str], k: int) -> str:
    result = ""
    for word in words:
        size = max(n for n in range(min(len(result), len(word)) + 1) if result.endswith(word[:n]))
        result += word[size if size >= k else 0 :]
    return result


FAMILIES: tuple[Family, ...] = (
    Family(
        name="cleaned_entries",
        concepts=("splitting_joining", "string_methods", "filtering"),
        difficulty=1,
        names="clean_list tidy_entries normalize_list clean_entries rejoin",
        arguments=("text|line|entries|tags: str; entries with a separator between them",),
        returns="str",
        phrasings=(
            'Return $text, whose entries are separated by "$sep", without blanks around the entries, without empty entries, and with "$glue" as the new separator.',
            'Given $text, cut it at every "$sep", strip the blanks from both ends of each piece, drop the pieces of which nothing is left, and join the others with "$glue" in their order.',
            'Readers of a blog type the keywords of an article with "$sep" between them, sometimes with blanks around them or with nothing at all between two separators. Tidy up $text: keep the keywords that are not empty, in order, and put exactly "$glue" between them.',
            'The entries of $text are the parts between occurrences of "$sep" (and before the first and behind the last one), without blanks at their ends. Return the non-empty ones concatenated with "$glue" in between; repeats stay, and without entries the result is "".',
        ),
        solutions=(
            'return "$glue".join(filter(None, ($item.strip() for $item in $text.split("$sep"))))',
            """
$result = []
for $item in $text.split("$sep"):
    $item = $item.strip()
    if $item:
        $result.append($item)
return "$glue".join($result)
""",
            """
$result = ""
for $item in $text.split("$sep"):
    if not $item.strip():
        continue
    if $result:
        $result += "$glue"
    $result += $item.strip()
return $result
""",
        ),
        reference=lambda text, sep, glue: glue.join(
            re.findall(rf"[^\s\{sep}](?:[^\{sep}]*[^\s\{sep}])?", text)
        ),
        parameters=lambda rng: {
            "sep": Raw(rng.choice(",;|/")),
            "glue": Raw(rng.choice((", ", " + ", "-", " & "))),
        },
        inputs=lambda rng, sep, glue: (_listed(rng, sep),),
        edges=(("",), ("  ",), ("tea",), (",;|/",), (" a b , , c|| d ; e/ /f ",), ("é,É;é|é/",)),
        idea="Cut, clean and filter the pieces first; join then puts the separator only where two pieces meet.",
        pitfall="Filtering before stripping keeps the pieces that consist of blanks.",
    ),
    Family(
        name="shortened_first_names",
        concepts=("splitting_joining", "list_slicing", "string_formatting"),
        difficulty=2,
        names="short_name abbreviate_name initials_and_surname cite_name author_name",
        arguments=("text|author|person|full: str; a full name, its parts separated by blanks",),
        returns="str",
        phrasings=(
            'Write the name in $text the way a list of books does: the last part first, then "$sep", then the initials of all other parts, each with a dot, without blanks between them. A name of one part is returned alone.',
            'Given $text, a full name such as "Ada Eva Jun", return "Jun${sep}A.E.": the last part, "$sep", and the first letter of every other part followed by a dot. With a single part, or none, return it (or "") as it is.',
            'A library sorts its cards by family names. The last word of $text is the family name and goes to the front; behind it and "$sep" come the first letters of the other names, every one with a dot. Someone with only one name gets a card with just this name.',
            'Split $text at blanks. If there are two words or more, return the last word, the text "$sep", and for every earlier word its first character and "." (in order, nothing in between); if there is one word, return that word; if there is none, return "".',
        ),
        solutions=(
            """
*first_names, surname = $text.split() or [""]
initials = "".join(f"{$word[0]}." for $word in first_names)
return f"{surname}$sep{initials}" if initials else surname
""",
            """
$stack = $text.split()
if len($stack) < 2:
    return "".join($stack)
$result = $stack.pop() + "$sep"
for $word in $stack:
    $result += $word[:1] + "."
return $result
""",
        ),
        reference=lambda text, sep: re.sub(
            r"^(\S.*) (\S+)$",
            lambda m: m[2] + sep + "".join(map(_letter, m[1].split())),
            " ".join(text.split()),
        ),
        parameters=lambda rng: {"sep": Raw(rng.choice((", ", " ", "; ", "_")))},
        inputs=lambda rng, sep: (_full_name(rng, 4),),
        edges=(("",), ("Ada",), (" Élan  B  Öz ",)),
        idea="A star in an assignment takes all but the last word, however many there are.",
        pitfall="Without a case of its own, a single name ends in a separator with nothing behind it.",
    ),
    Family(
        name="sum_written_out",
        concepts=("splitting_joining", "conditionals", "string_building"),
        difficulty=2,
        names="written_sum show_terms sum_as_text format_terms spell_sum",
        arguments=("numbers|terms|steps|amounts: list[int]; the terms of the sum",),
        returns="str",
        phrasings=(
            'Write $numbers as a sum: "3 + 4 - 5" for [3, 4, -5]. Between two terms stands " + " or, before a negative one, " - "; a negative first term has its sign directly in front of it ("-3 + 4"). Zero counts as positive, and no terms give "0".',
            'Given the integers $numbers, return the text of their sum, with a sign and a blank on both sides of it before every term but the first. The sign is - for negative terms, which are then written without their own sign. The first term is written as it is, and an empty list as "0".',
            'A till prints how the amount in it changed. For the changes [20, -5, 0] the slip says "20 - 5 + 0". What does it say for $numbers? The first change keeps its own minus directly before the number; without changes the slip says "0".',
            'Return the first element of $numbers as str() writes it, followed for each further element v by " + v" if v is 0 or more and by " - " and the absolute value if it is less. Return "0" if $numbers is empty.',
        ),
        solutions=(
            """
if not $numbers:
    return "0"
$result = str($numbers[0])
for $item in $numbers[1:]:
    sign = "-" if $item < 0 else "+"
    $result += f" {sign} {abs($item)}"
return $result
""",
            """
return " + ".join(map(str, $numbers)).replace("+ -", "- ") or "0"
""",
        ),
        reference=_signed,
        inputs=lambda rng: (draws.ints(rng, 2, 4, -12, 20),),
        edges=(([],), ([-7],), ([0, 0, -1, 1],)),
        idea="The sign of a term becomes the operator in front of it; only the first term keeps its own.",
        pitfall='Joining the numbers with " + " alone gives "3 + -5".',
    ),
    Family(
        name="places_of_overlapping_part",
        concepts=("substrings", "while_loops", "string_slicing"),
        difficulty=2,
        names="find_all all_places occurrences where_is overlapping_places",
        arguments=(
            "text|source|dna|long_text: str; the text to search",
            "part|pattern|piece|short: str; the text to look for, not empty",
        ),
        returns="list[int]",
        phrasings=(
            "Return all positions at which $part begins in $text, in ascending order. Occurrences may overlap; positions count from 0.",
            "Given $text and a non-empty $part, at which indices does $part occur? Overlapping occurrences all count. List the indices from left to right; the list is empty if there is none.",
            "A biologist looks for every place where the sequence $part starts within $text, also where one occurrence begins before the last has ended. Report the places (the first character has number 0) in order.",
            "Return the list of all i, ascending, for which the characters of $text from index i on begin with $part, which has at least one character. Case matters, and occurrences are allowed to share characters.",
        ),
        solutions=(
            """
$result = []
$i = $text.find($part)
while $i >= 0:
    $result.append($i)
    $i = $text.find($part, $i + 1)
return $result
""",
            "return [$i for $i in range(len($text)) if $text.startswith($part, $i)]",
            """
size = len($part)
$result = []
for $i in range(len($text) - size + 1):
    if $text[$i:$i + size] == $part:
        $result.append($i)
return $result
""",
        ),
        reference=lambda text, part: [m.start() for m in re.finditer(f"(?={re.escape(part)})", text)],
        inputs=_repetitive,
        edges=(
            ("", "a"),
            ("a", "a"),
            ("aaaa", "aa"),
            ("abc", "abcd"),
            ("abab", "ab"),
            ("xa", "a"),
            ("Aa", "a"),
            ("ééé", "éé"),
        ),
        idea="After a hit the search goes on one place further, not behind the hit: the next one may overlap it.",
        pitfall="count and re.findall go on behind each hit and miss those that overlap.",
    ),
    Family(
        name="fragments_in_both",
        concepts=("substrings", "sets", "string_slicing"),
        difficulty=3,
        names="fragments_in_both shared_fragments common_pieces matching_windows copied_parts",
        arguments=("first|a|one|left_text: str; a text", "second|b|two|right_text: str; another text"),
        returns="list[str]",
        phrasings=(
            "Return the different substrings of exactly $k characters that occur in both $first and $second, in the order in which they first appear in $first.",
            "Given $first and $second, which stretches of $k neighbouring characters do they share? List every such stretch once, from the one furthest left in $first to the one furthest right. Texts with fewer than $k characters share none.",
            "To find out whether an essay was copied, a program cuts both texts into all stretches of $k characters, overlapping ones included, and compares them. Which stretches of $first are also in $second? Each is named once, in the order of $first.",
            "Let W(t) be the list of t[i:i + $k] for all i from 0 to len(t) - $k. Return the elements of W($first) that are in W($second), keeping only the first occurrence of each; the list is empty if either text is too short. Case matters.",
        ),
        solutions=(
            """
$seen = {$second[$i:$i + $k] for $i in range(len($second) - $k + 1)}
$result = []
for $i in range(len($first) - $k + 1):
    $item = $first[$i:$i + $k]
    if $item in $seen:
        $result.append($item)
        $seen.remove($item)
return $result
""",
            """
windows = ($first[$i:$i + $k] for $i in range(len($first) - $k + 1))
return [$item for $item in dict.fromkeys(windows) if $item in $second]
""",
        ),
        reference=_shared,
        parameters=lambda rng: {"k": rng.randint(2, 3)},
        inputs=lambda rng, k: _related(rng),
        edges=(
            ("", ""),
            ("ab", "ab"),
            ("abc", "abc"),
            ("aaaa", "aaaaa"),
            ("abXab", "xabab"),
            ("abc", "bcab"),
            ("éaé", "aéa"),
        ),
        idea="A text of n characters has n - k + 1 stretches of length k, and the stretches of the other text are looked up in a set.",
        pitfall="range(len(text)) also takes the short pieces at the end, which have fewer characters.",
    ),
    Family(
        name="smallest_repeated_block",
        concepts=("substrings", "string_slicing", "number_theory"),
        difficulty=3,
        names="repeated_block smallest_block tile pattern_of find_period",
        arguments=("text|pattern|melody|s: str; the text to look at",),
        returns="str",
        phrasings=(
            "Return the shortest text that gives $text when it is repeated a whole number of times. That is $text itself if nothing shorter will do; an empty $text gives an empty text.",
            'Given $text, find the shortest block of characters of which $text is made by repetition: "ab" for "ababab", "aba" for "aba". The block must fit a whole number of times. For "" return "".',
            "Every row of a wallpaper shows $text. Which is the shortest stamp that prints the row when it is put side by side with itself, with nothing left over? If only the whole row will do, return the whole row.",
            "Let d be the smallest divisor of the length n of $text for which the first d characters, written n // d times, equal $text. Return these d characters; for n = 0 return the empty string.",
        ),
        solutions=(
            """
for size in range(1, len($text) + 1):
    if $text[:size] * (len($text) // size) == $text:
        return $text[:size]
return $text
""",
            """
if not $text:
    return ""
return $text[:($text + $text).index($text, 1)]
""",
            """
$count = len($text)
for size in range(1, $count):
    if $count % size == 0 and all($text[$i] == $text[$i - size] for $i in range(size, $count)):
        return $text[:size]
return $text
""",
        ),
        reference=lambda text: m[1] if (m := re.fullmatch(r"(.+?)\1*", text, re.DOTALL)) else "",
        inputs=lambda rng: (_block(rng),),
        edges=(("",), ("abcabcab",), ("aabaab",)),
        idea="Shifted by the length of the block, the text lies on top of itself again.",
        pitfall="A block that fits almost to the end is not enough: its length must divide that of the text.",
    ),
    Family(
        name="words_between_signs",
        concepts=("substrings", "while_loops", "parsing"),
        difficulty=3,
        names="between_signs marked_parts extract_marked find_notes inner_texts",
        arguments=("text|source|line|script: str; the text to search",),
        returns="list[str]",
        phrasings=(
            'Return all parts of $text that stand between "$opening" and the next "$closing", in order and without these signs. A further "$opening" inside a part is an ordinary character, and a part that is never closed is left out.',
            'Given $text, list what is enclosed: go to the next "$opening", take everything up to the first "$closing" behind it, and go on behind that. Stop when one of the two signs is no longer found. Enclosed texts may be empty.',
            'In the script of a play the stage directions are enclosed in "$opening" and "$closing". List the directions of $text in their order. A direction ends at the first "$closing", whatever stands inside; one without an end does not count.',
            'Scan $text from the left. Each "$opening" met outside a part starts one, the next "$closing" ends it; the characters in between, perhaps none, are added to the result, a list of strings. A "$closing" outside a part and an unfinished part are ignored.',
        ),
        solutions=(
            """
$result = []
$left = $text.find("$opening")
while $left >= 0:
    $right = $text.find("$closing", $left)
    if $right < 0:
        break
    $result.append($text[$left + 1:$right])
    $left = $text.find("$opening", $right)
return $result
""",
            """
$result = []
$current = None
for $char in $text:
    if $current is None:
        if $char == "$opening":
            $current = ""
    elif $char == "$closing":
        $result.append($current)
        $current = None
    else:
        $current += $char
return $result
""",
            """
*closed, _ = $text.split("$closing")
$groups = [$item.partition("$opening") for $item in closed]
return [inside for _, found, inside in $groups if found]
""",
        ),
        reference=_between,
        parameters=_sides,
        inputs=lambda rng, opening, closing: (_noted(rng, opening, closing),),
        edges=(
            ("",),
            ("[]<>{}()",),
            ("[a<b{c(d",),
            ("]a[b]<c>{d}(e)",),
            ("[[a]]<<b>>{{c}}((d))",),
            ("é[é]<é>{é}(é)",),
            ("a]b>c}d)",),
        ),
        idea="Always look for the closing sign behind the opening one, and for the next opening sign behind the closing one.",
        pitfall="Looking for the closing sign from the start of the text may find one that stands before the opening sign.",
    ),
)
