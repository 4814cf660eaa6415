"""Families about upper and lower case."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from typing import Any

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _constant(rng: random.Random) -> dict[str, Any]:
    method, says = rng.choice((("upper", "capital"), ("lower", "small")))
    return {"method": Raw(method), "says": Raw(says), "mark": Raw(rng.choice(("_", ".", "__", "+")))}


def _label(rng: random.Random) -> str:
    return "".join(
        rng.choice((w, w.capitalize())) + rng.choice((" ", "-", "  ", " - ")) for w in draws.words(rng, 2, 4)
    )


def _beaten(text: str, k: int) -> str:
    lowered = list(text.lower())
    lowered[::k] = [char.upper() for char in lowered[::k]]
    return "".join(lowered)


def _in_case_of(model: str, word: str) -> str:
    if re.search("[A-Za-z]", model) and model == model.upper():
        return word.upper()
    head = re.match("[A-Z]", model)
    return word[0].upper() + word[1:].lower() if head else word.lower()


def _sentences(text: str, ends: str) -> str:
    return re.sub(rf"(?:\A|(?<=[{ends}]))\s*\S", lambda m: m[0].upper(), text.lower())


def _shouted(rng: random.Random) -> str:
    return " ".join(
        rng.choice((w, w.upper(), w.capitalize())) + rng.choice(("", "", ".", "!", "?", ","))
        for w in draws.words(rng, 3, 6)
    )


def _first_spellings(names: Sequence[str]) -> list[str]:
    return [n for i, n in enumerate(names) if all(n.lower() != m.lower() for m in names[:i])]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="label_as_constant",
        concepts=("string_methods", "case_conversion", "splitting_joining"),
        difficulty=1,
        names="constant_name make_identifier label_name to_code_name rename",
        arguments=("text|label|title|words: str; words separated by blanks or hyphens",),
        returns="str",
        phrasings=(
            'Return the words of $text in $says letters, joined by "$mark". Words are separated by any number of blanks and hyphens, which may also stand at the ends.',
            'Given $text, a label such as "net price - total", make a name from it: write the words in $says letters and put "$mark" between them. Blanks and hyphens only separate words and never appear in the result.',
            'A form has fields with captions like "Date-of birth". The program calls each field by its caption in $says letters, with "$mark" in place of whatever blanks and hyphens stand between two words. What is the field with caption $text called?',
            'Treat every hyphen in $text as a blank, split at runs of blanks, convert each piece to $says letters and concatenate the pieces with "$mark" in between (nothing at the ends). A text without words gives "".',
        ),
        solutions=(
            'return "$mark".join($text.replace("-", " ").$method().split())',
            """
$result = ""
for $word in $text.replace("-", " ").split():
    if $result:
        $result += "$mark"
    $result += $word.$method()
return $result
""",
            """
import re
words = re.findall("[^- ]+", $text)
return "$mark".join([$word.$method() for $word in words])
""",
        ),
        reference=lambda text, method, says, mark: mark.join(
            w.upper() if says == "capital" else w.lower() for w in re.split("[ -]+", text) if w
        ),
        parameters=_constant,
        inputs=lambda rng, **_: (_label(rng),),
        edges=(("",), (" - ",), ("Total",), ("a--b",), ("-Öl Preis-",), ("x1 Y2",)),
        idea="Turn both separators into one, let split() cut at any run of it, and join the pieces by the new one.",
        pitfall="Replacing blanks by the mark directly keeps double blanks as double marks; split() drops the empty pieces.",
    ),
    Family(
        name="capital_every_kth",
        concepts=("case_conversion", "enumerate_zip", "conditionals"),
        difficulty=1,
        names="wavy_case every_kth_capital beat_case spaced_capitals style_text",
        arguments=("text|word|line|s: str; the text to rewrite",),
        returns="str",
        phrasings=(
            "Return $text with the characters at the positions 0, $k, ${twice} and so on in upper case and all others in lower case.",
            "Given $text, write it in small letters, except that the first character and every ${k}th one after it become capitals. Blanks and signs count as characters.",
            "A poster shows a title with a capital letter at every position divisible by $k (positions count from 0, blanks included) and small letters elsewhere. Return $text in this style.",
            "Build a text of the same length as $text: character i is $text[i].upper() when i is a multiple of $k, 0 included, and $text[i].lower() otherwise.",
        ),
        solutions=(
            'return "".join($char.lower() if $i % $k else $char.upper() for $i, $char in enumerate($text))',
            """
$result = []
for $i in range(len($text)):
    if $i % $k == 0:
        $result.append($text[$i].upper())
    else:
        $result.append($text[$i].lower())
return "".join($result)
""",
            """
$result = ""
for $i in range(0, len($text), $k):
    $result += $text[$i].upper() + $text[$i + 1:$i + $k].lower()
return $result
""",
        ),
        reference=lambda text, k, twice: _beaten(text, k),
        parameters=lambda rng: (lambda k: {"k": k, "twice": 2 * k})(rng.randint(4, 6)),
        inputs=lambda rng, **_: (draws.sentence(rng, 1, 3),),
        edges=(("",), ("a",), ("ABCDEFGHIJKLM",), ("abcde",), ("äöüéèàç",), ("a b c d e f",)),
        idea="The remainder of the position tells which characters are raised; every character gets one of the two cases.",
        pitfall="Leaving the other characters as they are keeps capitals that were there before.",
    ),
    Family(
        name="replace_in_same_case",
        concepts=("case_conversion", "conditionals", "character_classes"),
        difficulty=2,
        names="match_case in_same_case copy_case adapt_case adjust",
        arguments=(
            "model|original|old: str; the word that shows the case, not empty",
            "other|replacement|new: str; the word to write, not empty",
        ),
        returns="str",
        phrasings=(
            "Return $other in the case of $model: all capitals if $model is all capitals, a capital followed by small letters if only its first character says so, and small letters otherwise. A single capital letter counts as all capitals.",
            "A word, $model, is replaced by another, $other. Bring $other into the case of $model: upper case when $model.isupper(), else capitalised when the first character of $model is a capital, else lower case.",
            "An editor replaces words and keeps their looks: where COLOUR stood it writes the new word in capitals, where Colour stood it capitalises it, in all other cases it uses small letters. Return what it writes for $other in place of $model. A word with mixed case, such as cOLOUR, counts as small unless it begins with a capital.",
            "$model is in upper case if it has letters and all of them are capitals: then return $other in upper case. If not, but its first character is a capital letter, return $other with a capital first character and the rest in lower case. Failing both, return $other in lower case. Both words are non-empty.",
        ),
        solutions=(
            """
if $model.isupper():
    return $other.upper()
if $model[0].isupper():
    return $other.capitalize()
return $other.lower()
""",
            """
$result = $other.lower()
if $model[0] != $model[0].lower():
    $result = $result[0].upper() + $result[1:]
return $other.upper() if $model.isupper() else $result
""",
        ),
        reference=_in_case_of,
        inputs=lambda rng: (
            rng.choice((str.upper, str.lower, str.capitalize))(draws.word(rng)),
            rng.choice((str.upper, str.lower, str.capitalize))(draws.word(rng)),
        ),
        edges=(
            ("A", "tea"),
            ("a", "TEA"),
            ("cOLOUR", "Paint"),
            ("7UP", "cola"),
            ("McCoy", "smITH"),
            ("42", "Two"),
            ("AB", "c"),
        ),
        idea="Test the strictest pattern first: a word in capitals also begins with a capital.",
        pitfall="Asking for the first letter before asking for all of them never reaches the case of all capitals.",
    ),
    Family(
        name="capitals_after_stops",
        concepts=("case_conversion", "for_loops", "booleans"),
        difficulty=3,
        names="sentence_case calm_down tidy_case capitals_at_starts normalize_case",
        arguments=("text|message|comment|shout: str; sentences in any case",),
        returns="str",
        phrasings=(
            'Return $text in small letters, but with a capital at the first character that is not whitespace and at the first such character after each of the signs "$ends".',
            'The case of the letters in $text is a mess. Put it in sentence case: lower everything, then raise the first non-blank character of the text and the first non-blank character behind every one of "$ends". If that character is no letter, nothing is raised for it.',
            'People shout in the comments of a game. Calm $text down: all letters become small, except the first visible character of the comment and the first visible one after each "$ends", which become capitals where they can.',
            'Convert $text to lower case and convert to upper case exactly those characters that are the first non-whitespace character of the text or the first non-whitespace character after an occurrence of one of "$ends". Other signs, such as commas, change nothing.',
        ),
        solutions=(
            """
$result = []
fresh = True
for $char in $text.lower():
    if fresh and not $char.isspace():
        $char = $char.upper()
        fresh = False
    if $char in "$ends":
        fresh = True
    $result.append($char)
return "".join($result)
""",
            """
$result = ""
for $char in $text.lower():
    $other = $result.rstrip()
    begins = not $other or $other[-1] in "$ends"
    $result += $char.upper() if begins else $char
return $result
""",
        ),
        reference=_sentences,
        parameters=lambda rng: {"ends": Raw(rng.choice((".!?", ".!", ".?", "!?;")))},
        inputs=lambda rng, ends: (_shouted(rng),),
        edges=(
            ("",),
            ("A",),
            ("  HI. THERE! you? AND; me",),
            ("no,NO!no.no?no;no",),
            ("!..A?B;C",),
            ("1st. ÉTÉ! été?",),
        ),
        idea="A flag remembers that a sentence is about to begin; it is set by a stop and cleared by the next visible character.",
        pitfall="capitalize() on the pieces of a split loses which sign stood between them.",
    ),
    Family(
        name="first_spelling_of_names",
        concepts=("case_conversion", "sets", "filtering"),
        difficulty=2,
        names="first_spellings unique_names without_repeats distinct_names merge_spellings",
        arguments=("names|guests|tags|entries: list[str]; names in any case",),
        returns="list[str]",
        phrasings=(
            "Return $names without repeats, where names that differ only in upper and lower case count as the same. Of each, keep the first spelling, in the order of the list.",
            'From the list in $names, drop every name that equals an earlier one when case is ignored ("ADA" after "Ada"). The others keep their order and their spelling.',
            "A library asks readers for keywords and gets Travel, travel and TRAVEL. Clean up $names: each keyword once, no matter in which case, spelled as it was first given, in the order of first mention.",
            "Return the list of those elements of $names for which no element before them has the same lower-case form. Do not change the spelling or the order; an empty list stays empty.",
        ),
        solutions=(
            """
$groups = {}
for $item in $names:
    $groups.setdefault($item.lower(), $item)
return list($groups.values())
""",
            """
$other = [$item.lower() for $item in $names]
return [$item for $i, $item in enumerate($names) if $other.index($item.lower()) == $i]
""",
        ),
        reference=_first_spellings,
        inputs=lambda rng: (
            [
                rng.choice((str.upper, str.lower, str.title))(n)
                for n in rng.choices(draws.FIRST_NAMES[:4], k=rng.randint(3, 6))
            ],
        ),
        edges=(
            ([],),
            (["Ada"],),
            (["ada", "ADA", "Ada"],),
            (["a", "b", "B", "A", "c"],),
            (["É", "é"],),
            (["", ""],),
        ),
        idea="Compare the lower-case forms, but keep the name as it was written.",
        pitfall="Putting the names themselves into the set treats each spelling as a new name.",
    ),
)
