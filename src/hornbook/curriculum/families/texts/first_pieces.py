"""Families for the first weeks: letters as numbers, words, lines, suffixes, the number of runs."""

from __future__ import annotations

import random
import re

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _dirty_number(rng: random.Random) -> str:
    return "".join(
        rng.choice((str(rng.randint(0, 99)), " ", "-", ".", "tel", "(", ")"))
        for _ in range(rng.randint(3, 6))
    )


def _poem(rng: random.Random) -> str:
    return "\n".join(
        rng.choice((draws.sentence(rng, 1, 3), draws.sentence(rng, 2, 3), "", "  " + draws.word(rng)))
        for _ in range(rng.randint(2, 4))
    )


def _double_name(rng: random.Random, sep: str) -> str:
    return " ".join(
        sep.join(rng.choice((w, w.upper())) for w in draws.words(rng, 1, 2)) for _ in range(rng.randint(1, 2))
    )


def _file(rng: random.Random) -> str:
    return draws.word(rng) + rng.choice((".txt", ".TXT", ".tar.gz", "", ".Jpg", ".b/c", "/x.md"))


def _raised(text: str, sep: str) -> str:
    return "".join(
        c.upper() if i == 0 or text[i - 1] in {sep, " "} else c.lower() for i, c in enumerate(text)
    )


def _shared_end(first: str, second: str) -> str:
    ends = [first[i:] for i in range(len(first) + 1)]
    return next(end for end in ends if second.endswith(end))


def _rhyme(rng: random.Random) -> tuple[str, str]:
    word, other = draws.word(rng), draws.word(rng)
    return word, rng.choice((other, other[:2] + word[1:], other[:1] + word[-2:], other + word[-1]))


FAMILIES: tuple[Family, ...] = (
    Family(
        name="worth_of_letters",
        concepts=("accumulation", "unicode", "character_classes"),
        difficulty=1,
        names="letter_sum word_value worth_of_word letters_as_numbers name_number",
        arguments=("text|word|name|phrase: str; the text to add up",),
        returns="int",
        phrasings=(
            "Add up the places of the letters of $text in the alphabet, where a has the place $first, b the next number, and so on. Capital and small letters count alike, other characters than a to z count nothing.",
            "Given $text, every letter is worth a number: a or A is $first, b or B one more, up to z or Z with $last. Return the sum over all letters of $text; characters that are not among these letters are worth 0.",
            "In a number game a name is turned into a number: its letters are counted from a = $first to z = $last, in either case, and added. Which number does the name in $text have? Blanks, hyphens and letters with accents do not count.",
            'Return the sum of ord(c) - 97 + $first over all characters c of $text.lower() with "a" <= c <= "z". The sum is 0 if there are none.',
        ),
        solutions=(
            """
$total = 0
for $char in $text.lower():
    if "a" <= $char <= "z":
        $total += ord($char) - ord("a") + $first
return $total
""",
            """
from string import ascii_lowercase
return sum(ascii_lowercase.index($char) + $first for $char in $text.lower() if $char in ascii_lowercase)
""",
        ),
        reference=lambda text, first, last: sum(
            len(re.findall(chr(97 + i), text, re.IGNORECASE | re.ASCII)) * (i + first) for i in range(26)
        ),
        parameters=lambda rng: (lambda n: {"first": n, "last": n + 25})(rng.randint(0, 2)),
        inputs=lambda rng, **_: (
            draws.sentence(rng, 1, 1) + rng.choice(("", "-", " ")) + draws.word(rng)[:3],
        ),
        edges=(("",), ("aAzZ",), ("é-`{@[ 12",)),
        idea="The codes of the letters are consecutive, so a difference of codes is a place in the alphabet.",
        pitfall="isalpha also accepts é, whose code lies far from those of a to z.",
    ),
    Family(
        name="digits_only_number",
        concepts=("character_classes", "filtering", "digits"),
        difficulty=1,
        names="digits_only number_from_text clean_number pure_number read_digits",
        arguments=("text|entry|phone|code: str; a text with digits in it",),
        returns="int",
        phrasings=(
            "Drop everything but the digits 0 to 9 from $text and return the number that they form in their order, or $none if there are no digits.",
            "Given $text, read the digits (0-9) in it from left to right as one whole number; all other characters are ignored. Without digits return $none.",
            "People type the number of their customer card with blanks, dots or hyphens. Which number did somebody mean by $text? Only the digits from 0 to 9 count; when there are none, answer $none.",
            'Let d be the string of all characters c of $text with "0" <= c <= "9". Return int(d), or $none if d is empty.',
        ),
        solutions=(
            """
$result = ""
for $char in $text:
    if "0" <= $char <= "9":
        $result += $char
return int($result) if $result else $none
""",
            """
digits = [$char for $char in $text if $char in "0123456789"]
if not digits:
    return $none
return int("".join(digits))
""",
            """
import re
return int(re.sub("[^0-9]", "", $text) or $none)
""",
        ),
        reference=lambda text, none: int("".join(re.findall("[0-9]", text)) or str(none)),
        parameters=lambda rng: {"none": rng.choice((0, -1))},
        inputs=lambda rng, none: (_dirty_number(rng),),
        edges=(("",), ("- .",), ("007",), ("٣ 5",), ("9a0",)),
        idea="Collect the digits as characters and convert them once, at the end.",
        pitfall='int("") raises ValueError, so a text without digits needs an answer of its own.',
    ),
    Family(
        name="first_words_of_lines",
        concepts=("lines", "splitting_joining", "list_building"),
        difficulty=1,
        names="first_words opening_words line_openers leading_words starts_of_lines",
        arguments=("text|poem|page|letter: str; several lines",),
        returns="list[str]",
        phrasings=(
            "Return the $which word of each line of $text that has any words. Words are separated by blanks; blank lines are skipped.",
            "Given $text, list the $which words of its lines, from top to bottom. A line without words gives nothing.",
            "A poet hides a message in the $which words of the lines of a poem. Read it: return these words of $text in order. Lines on which nothing is written do not count.",
            "For every line of $text whose split() is not empty, take element $i of that list. Return these elements, in the order of the lines, as a new list.",
        ),
        solutions=(
            """
$result = []
for $row in $text.splitlines():
    words = $row.split()
    if words:
        $result.append(words[$i])
return $result
""",
            "return [$row.split()[$i] for $row in $text.splitlines() if $row.strip()]",
        ),
        reference=lambda text, i, which: re.findall(
            r"^[^\S\n]*(\S+)" if i == 0 else r"(\S+)[^\S\n]*$", text, re.MULTILINE
        ),
        parameters=lambda rng: rng.choice(({"i": 0, "which": Raw("first")}, {"i": -1, "which": Raw("last")})),
        inputs=lambda rng, **_: (_poem(rng),),
        edges=(("",), ("\n \n",), ("a",), ("  é b  \n\nc d e",)),
        idea="Splitting a line at blanks gives its words; a line without words gives an empty list and is skipped.",
        pitfall="Taking an element of the words of a blank line raises IndexError.",
    ),
    Family(
        name="fields_in_reverse",
        concepts=("splitting_joining", "list_slicing", "string_methods"),
        difficulty=1,
        names="reverse_fields turn_order fields_backwards reverse_parts last_to_first",
        arguments=("text|date|path|record: str; parts with a separator between them",),
        returns="str",
        phrasings=(
            'Reverse the order of the parts of $text, which are separated by "$sep", and join them by "$glue". The parts themselves do not change.',
            'Given $text, cut it at every "$sep" and return the pieces from the last to the first with "$glue" between them. Without "$sep" the text is returned as it is.',
            'One country writes the largest part of a date first, another one last. Turn $text round: its parts, separated by "$sep", come in the opposite order, with "$glue" as separator.',
            'Let p be $text.split("$sep"). Return the elements of p in reversed order, concatenated with "$glue" between neighbours; pieces may be empty.',
        ),
        solutions=(
            """
pieces = $text.split("$sep")
pieces.reverse()
return "$glue".join(pieces)
""",
            """
$left, found, $right = $text.partition("$sep")
return $self($right) + "$glue" + $left if found else $left
""",
            """
$result = ""
for $i, $item in enumerate($text.split("$sep")):
    $result = $item + "$glue" + $result if $i else $item
return $result
""",
        ),
        reference=lambda text, sep, glue: glue.join(text.split(sep)[::-1]),
        parameters=lambda rng: dict(
            zip(("sep", "glue"), map(Raw, rng.sample(("-", "/", ".", ", ", "_"), 2)), strict=True)
        ),
        inputs=lambda rng, sep, glue: (
            sep.join(
                rng.choice((draws.word(rng), str(rng.randint(1, 2030)))) for _ in range(rng.randint(2, 4))
            ),
        ),
        edges=(("",), ("a",), ("1-2/3.4, 5_6",), ("--//..__",)),
        idea="Cut, turn round, join: each of the three steps is one call.",
        pitfall="Reversing the text itself would also turn the parts round.",
    ),
    Family(
        name="double_names_capitalized",
        concepts=("case_conversion", "splitting_joining", "for_loops"),
        difficulty=1,
        names="capitalize_parts proper_names name_case tidy_names fix_name",
        arguments=("text|name|entry|person: str; a name in any case",),
        returns="str",
        phrasings=(
            'Return $text with a capital letter at the beginning of every part and small letters otherwise. Parts are separated by single blanks or by "$sep"; the separators stay.',
            'Given $text, lower all letters except those that stand at the very beginning, directly behind a blank or directly behind "$sep": these become capitals.',
            'People enter their names in a hurry, as in "ada${sep}eva JUN". Write the name in $text properly: each part, whether it follows a blank or "$sep", begins with a capital and goes on in small letters.',
            'Split $text at single blanks, split each piece at "$sep", put the first character of every part in upper and the rest in lower case, and join everything again with the same separators.',
        ),
        solutions=(
            """
words = []
for $word in $text.split(" "):
    parts = [$item.capitalize() for $item in $word.split("$sep")]
    words.append("$sep".join(parts))
return " ".join(words)
""",
            """
$result = ""
fresh = True
for $char in $text:
    $result += $char.upper() if fresh else $char.lower()
    fresh = $char in " $sep"
return $result
""",
        ),
        reference=_raised,
        parameters=lambda rng: {"sep": Raw(rng.choice("-'_/"))},
        inputs=lambda rng, sep: (_double_name(rng, sep),),
        edges=(("",), ("a",), ("éva-ÖZ o'neil x_y/z",), ("- a",)),
        idea="A flag says that a part is about to begin; it is set by either separator.",
        pitfall="title() also raises the letter behind an apostrophe or a digit, wanted or not.",
    ),
    Family(
        name="suffix_of_file",
        concepts=("paths_and_urls", "string_methods", "conditionals"),
        difficulty=1,
        names="file_suffix extension_of suffix file_type ending_of",
        arguments=("text|path|file|name: str; the path of a file",),
        returns="str",
        phrasings=(
            'Return what stands behind the last "." in $text, a path, in small letters, or "$none" if there is none. Only the part behind the last "/" of the path matters.',
            'Given $text, look only at the part behind its last "/" (all of it if there is none). If it contains a dot, return the text behind its last dot in lower case, and otherwise return "$none".',
            'A program sorts files by their kind, which the end of the name tells: photo.old.JPG is of the kind jpg. Which kind is $text, a path with "/" between folders? Dots in the names of folders do not matter; files without a dot are of the kind "$none".',
            'Let n be the part of $text behind the last slash. If "." in n, return n[n.rindex(".") + 1:].lower(), which may be empty; if not, return "$none".',
        ),
        solutions=(
            """
name = $text.split("/")[-1]
if "." not in name:
    return "$none"
return name.split(".")[-1].lower()
""",
            """
_, dot, ending = $text.rpartition(".")
return ending.lower() if dot and "/" not in ending else "$none"
""",
        ),
        reference=lambda text, none: m[1].lower() if (m := re.search(r"\.([^./]*)\Z", text)) else none,
        parameters=lambda rng: {"none": Raw(rng.choice(("none", "file", "unknown", "?")))},
        inputs=lambda rng, none: (rng.choice(("", "home/", "a.b/")) + _file(rng),),
        edges=(("",), ("a.b/c",), ("x.",), (".hidden",), ("A.Tar.GZ",)),
        idea="Search from the right: the last dot begins the suffix, if no slash follows it.",
        pitfall="split('.')[1] takes the second piece, which is wrong for names with several dots.",
    ),
    Family(
        name="number_of_runs",
        concepts=("run_length_encoding", "counting", "enumerate_zip"),
        difficulty=1,
        names="count_runs runs_in number_of_blocks groups_of_equal count_groups",
        arguments=("text|row|beads|signal: str; the text to look at",),
        returns="int",
        phrasings=(
            "Return the number of runs in $text that are made of $what. A run is a stretch of equal neighbouring characters that is as long as possible.",
            "Given $text, cut it wherever two different characters stand next to each other. How many of the pieces consist of $what?",
            "A necklace is noted as a text with one letter for each bead. Beads of the same colour that lie side by side form a group. How many groups in $text are of the colour $what? There are none on an empty necklace.",
            "Count the positions i of $text at which $text[i] is $what and which are 0 or have a different character at i - 1.",
        ),
        solutions=(
            """
while $sign * 2 in $text:
    $text = $text.replace($sign * 2, $sign)
return $text.count($sign)
""",
            """
from itertools import groupby
return sum($char == $sign for $char, _ in groupby($text))
""",
            """
starts = [$i for $i, $char in enumerate($text) if $char == $sign and $text[$i - 1:$i] != $sign]
return len(starts)
""",
        ),
        reference=lambda text, sign, what: len(re.findall(f"{sign}+", text)),
        parameters=lambda rng: (lambda c: {"sign": c, "what": Raw(f'"{c}"')})(rng.choice("abxz")),
        inputs=lambda rng, sign, what: ("".join(rng.choices(sign + sign + "yc", k=rng.randint(5, 9))),),
        edges=(("",), ("a",), ("aabxzzba",), ("bbbb",), ("AaBbXxZz",)),
        idea="When every run has shrunk to a single character, counting runs is counting characters.",
        pitfall="One pass of replace turns four equal characters into two, not into one; repeat it until none are left together.",
    ),
    Family(
        name="shared_end_of_words",
        concepts=("substrings", "while_loops", "string_slicing"),
        difficulty=2,
        names="shared_end rhyme_of common_ending rhyming_part joint_end",
        arguments=("first|a|word|one: str; a word", "second|b|other|two: str; another word"),
        returns="str",
        phrasings=(
            "Return the longest text with which both $first and $second end. It may be a whole word, or empty if the last letters differ.",
            "Given $first and $second, compare them from the end: how far do they agree? Return the characters in which they agree, in their usual order, from the first of them to the end.",
            "A poet looks for rhymes and wants to know the end that two words share: for river and silver it is ver. What do $first and $second share? If even their last letters differ, the answer is an empty text.",
            "Let n be the largest number, at most the length of the shorter text, for which the last n characters of $first and $second are the same. Return these n characters.",
        ),
        solutions=(
            """
$count = 0
while $count < min(len($first), len($second)) and $first[-1 - $count] == $second[-1 - $count]:
    $count += 1
return $first[len($first) - $count:]
""",
            """
$result = ""
for $left, $right in zip(reversed($first), reversed($second)):
    if $left != $right:
        break
    $result = $left + $result
return $result
""",
            """
import os.path
$result = os.path.commonprefix([$first[::-1], $second[::-1]])
return $result[::-1]
""",
        ),
        reference=_shared_end,
        inputs=_rhyme,
        edges=(("", ""), ("", "a"), ("a", "a"), ("ab", "cab"), ("cab", "ab"), ("xa", "xb"), ("abc", "xbc")),
        idea="Walking backwards with the same negative index in both words compares their ends.",
        pitfall="first[-0:] is the whole text; with no shared letter the slice must be computed from the length.",
    ),
)
