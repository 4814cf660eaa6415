"""Families that rewrite a text word by word: initials, lists in words, masks, titles, camel case."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from typing import Any

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _glue(rng: random.Random) -> dict[str, Any]:
    glue, says = rng.choice(
        (
            ("", "with nothing between them"),
            (".", "with a dot between them"),
            ("-", "with a hyphen between them"),
        )
    )
    return {"glue": Raw(glue), "says": Raw(says)}


def _last_word(items: Sequence[str], last: str) -> str:
    return f" {last} ".join(", ".join(items).rsplit(", ", 1))


def _camel_name(rng: random.Random) -> str:
    first, *rest = draws.words(rng, 1, 4)
    return first + "".join(word.capitalize() for word in rest)


def _masked(rng: random.Random) -> tuple[str, list[str]]:
    pool = rng.sample(draws.WORDS, 5)
    text = " ".join(rng.choices(pool, k=rng.randint(3, 6)))
    return text.capitalize(), rng.sample(pool, rng.randint(1, 2))


def _small_title(text: str, small: Sequence[str]) -> str:
    words = text.lower().split(" ")
    raised = [w[:1].upper() + w[1:] if i == 0 or w not in small else w for i, w in enumerate(words)]
    return " ".join(raised)


FAMILIES: tuple[Family, ...] = (
    Family(
        name="acronym_of_long_words",
        concepts=("string_building", "string_methods", "filtering"),
        difficulty=2,
        names="acronym initials make_acronym short_form transform",
        arguments=("text|title|phrase|name: str; words separated by blanks",),
        returns="str",
        phrasings=(
            "Return the initials of the words of $text as capital letters, $says. Words of fewer than $k characters are skipped.",
            "Make an acronym of $text: the first letter of every word that has at least $k characters, in upper case, joined $says.",
            "Leave out the words of $text that are shorter than $k characters, and join the capitalised first letters of the others, $says; no words, no letters, so the result may be empty.",
            "What do the first letters of the words in $text spell when only words with $k or more characters take part? Write the letters as capitals, in order, $says.",
        ),
        solutions=(
            """
$result = []
for $word in $text.split():
    if len($word) >= $k:
        $result.append($word[0].upper())
return "$glue".join($result)
""",
            """
return "$glue".join($word[0] for $word in $text.upper().split() if len($word) >= $k)
""",
            """
words = filter(lambda $word: len($word) >= $k, $text.split())
return "$glue".join(map(lambda $word: $word[:1], words)).upper()
""",
        ),
        reference=lambda text, k, glue, says: glue.join(
            re.findall(rf"(?<!\S)(\S)\S{{{k - 1},}}", text)
        ).upper(),
        parameters=lambda rng: {"k": rng.randint(3, 4), **_glue(rng)},
        inputs=lambda rng, **_: (
            " ".join(rng.choice((w, w, "of", "the", "a")) for w in draws.words(rng, 3, 6)),
        ),
        edges=(("",), ("a of",), ("single",), ("two  blanks  here",), ("état major général",)),
        idea="Split the text, keep the words that are long enough, take the first character of each and join at the end.",
        pitfall="Adding the separator after every letter leaves one too many at the end; join() puts it only between.",
    ),
    Family(
        name="join_as_list_in_words",
        concepts=("string_building", "list_slicing", "early_return"),
        difficulty=2,
        names="join_words in_words enumerate_items list_as_text f",
        arguments=("items|names|things|parts: list[str]; the texts to join",),
        returns="str",
        phrasings=(
            'Join the texts of $items with ", ", but with " $last " before the last one. One text stays as it is and an empty list gives an empty string.',
            'Write the list $items the way people do: commas and blanks between the entries, the word "$last" (and no comma) between the last two. Return an empty string for no entries and the entry itself for just one.',
            'Return one string with all entries of $items, where the final two are joined by " $last " and the earlier ones by ", "; for an empty list return an empty string.',
            'Two entries of $items become "x $last y", three become "x, y $last z", and so on; a single entry is returned unchanged and none at all as an empty string.',
        ),
        solutions=(
            """
if len($items) < 2:
    return "".join($items)
return ", ".join($items[:-1]) + " $last " + $items[-1]
""",
            """
$result = ""
for $i, $item in enumerate($items):
    if $i > 0:
        $result += " $last " if $i == len($items) - 1 else ", "
    $result += $item
return $result
""",
            """
if not $items:
    return ""
*$other, $best = $items
return f"{', '.join($other)} $last {$best}" if $other else $best
""",
        ),
        reference=_last_word,
        parameters=lambda rng: {"last": Raw(rng.choice(("and", "or", "plus", "then")))},
        inputs=lambda rng, last: (rng.sample(draws.GOODS, rng.randint(1, 5)),),
        edges=(([],), (["tea"],), (["tea", "tea"],), (["a", "b", "c", "d"],), (["é", "ü"],)),
        idea="All but the last go together with commas; the last one is special and is attached afterwards. Lists of zero and one have no such pair and are treated first.",
        pitfall="items[-1] fails on an empty list, so the short lists must be handled before it is used.",
    ),
    Family(
        name="reverse_some_words",
        concepts=("string_building", "string_slicing", "conditionals"),
        difficulty=2,
        names="reverse_words flip_words turn_words mirror_long_words transform",
        arguments=("text|sentence|line|phrase: str; words separated by single blanks",),
        returns="str",
        phrasings=(
            "Return $text with every word of at least $k characters written backwards. The order of the words and the single blanks between them stay the same.",
            "Reverse the characters of each word in $text that has $k or more of them; shorter words and the order of words do not change. Words are separated by single blanks.",
            "Words shorter than $k characters stay as they are in $text, all others are spelled from their last character to their first. Give back the whole sentence, words in their places.",
            "Turn around the spelling of the long words in $text (single blanks stand between words). A word is long from $k characters on, and the sentence keeps its word order.",
        ),
        solutions=(
            """
$result = []
for $word in $text.split(" "):
    if len($word) >= $k:
        $word = $word[::-1]
    $result.append($word)
return " ".join($result)
""",
            """
return " ".join($word[::-1] if len($word) >= $k else $word for $word in $text.split(" "))
""",
            """
import re
return re.sub(r"\\S{$k,}", lambda $item: $item.group()[::-1], $text)
""",
            """
def turn($word: str) -> str:
    return "".join(reversed($word)) if len($word) >= $k else $word

return " ".join(map(turn, $text.split(" ")))
""",
        ),
        reference=lambda text, k: " ".join(
            "".join(w[i] for i in (range(len(w) - 1, -1, -1) if len(w) > k - 1 else range(len(w))))
            for w in text.split(" ")
        ),
        parameters=lambda rng: {"k": rng.randint(3, 6)},
        inputs=lambda rng, k: (draws.sentence(rng, 3, 5),),
        edges=(("",), ("a",), ("level noon radar",), ("one sentence of words",), ("öffnen schließen",)),
        idea="Split, decide word by word whether to reverse it with the slice [::-1], and join with the same blank that was used for splitting.",
        pitfall="Reversing the whole text first would also reverse the order of the words.",
    ),
    Family(
        name="split_camel_case",
        concepts=("string_building", "string_methods", "conditionals"),
        difficulty=2,
        names="split_camel from_camel_case separate_words rename_field transform",
        arguments=("name|identifier|label|text: str; letters only, such as maxRowCount",),
        returns="str",
        phrasings=(
            'Turn $name, in which every capital letter begins a new word, into small letters with "$sep" between the words. The result never begins with "$sep".',
            'Put "$sep" in front of each capital letter of $name except at the very start, then make all letters small.',
            'A capital in $name marks the start of a word (the first character starts one anyway). Return the words in lower case, joined by "$sep".',
            'Break $name up before each of its capital letters, lower the pieces and join them using "$sep"; nothing is inserted before the first character, and an empty name stays empty.',
        ),
        solutions=(
            """
$result = ""
for $char in $name:
    if $char.isupper() and $result:
        $result += "$sep"
    $result += $char.lower()
return $result
""",
            """
import re
return re.sub(r"(?<=.)(?=[A-Z])", "$sep", $name).lower()
""",
            """
$result = "".join("$sep" + $char.lower() if $char.isupper() else $char for $char in $name)
return $result.removeprefix("$sep")
""",
            """
words = []
for $char in $name:
    if not words or $char.isupper():
        words.append("")
    words[-1] += $char.lower()
return "$sep".join(words)
""",
        ),
        reference=lambda name, sep: sep.join(re.findall(r"[A-Z][a-z]*|[a-z]+", name)).lower(),
        parameters=lambda rng: {"sep": Raw(rng.choice(("_", "-", " ", ".", "/")))},
        inputs=lambda rng, sep: (_camel_name(rng),),
        edges=(("",), ("plain",), ("Start",), ("aB",), ("parseURL",), ("X",)),
        idea="Every capital letter is a border between two words: write the separator there, then go on in lower case.",
        pitfall="If the name starts with a capital, a careless loop puts a separator in front of the whole name.",
    ),
    Family(
        name="join_as_camel_case",
        concepts=("string_building", "string_methods", "string_slicing"),
        difficulty=2,
        names="camel_case to_camel_case join_camel rename_field f",
        arguments=("name|identifier|label|text: str; small letters, with separators between words",),
        returns="str",
        phrasings=(
            'Join the words of $name, which are separated by "$sep", without the separator; every word except the first starts with a capital letter.',
            'Remove each "$sep" from $name and capitalise the letter that follows it. The other letters are small and stay so; $name neither begins nor ends with "$sep".',
            'Write $name in camel case: split it at "$sep", leave the first word as it is, give every later word a capital first letter, and put them together again.',
            'The words of $name are in lower case and separated by "$sep". Return the words glued together so that capitals show where the second and every later word begins; an empty name stays empty.',
        ),
        solutions=(
            """
$best, *$other = $name.split("$sep")
return $best + "".join($word.capitalize() for $word in $other)
""",
            """
$result = ""
$seen = False
for $char in $name:
    if $char == "$sep":
        $seen = True
    else:
        $result += $char.upper() if $seen else $char
        $seen = False
return $result
""",
            """
$result = $name.replace("$sep", " ").title().replace(" ", "")
return $result[:1].lower() + $result[1:]
""",
        ),
        reference=lambda name, sep: re.sub(re.escape(sep) + "(.)", lambda m: m[1].upper(), name),
        parameters=lambda rng: {"sep": Raw(rng.choice("_-./ +"))},
        inputs=lambda rng, sep: (sep.join(draws.words(rng, 2, 4)),),
        edges=(("",), ("a",), ("plain",)),
        idea="Splitting gives the words; the first is kept and the others are capitalised, so the first has to be taken off the list.",
        pitfall="Capitalising all words makes the first letter a capital, too.",
    ),
    Family(
        name="mask_words",
        concepts=("string_building", "string_methods", "mapping"),
        difficulty=2,
        names="mask_words hide_words censor black_out solve",
        arguments=(
            "text|sentence|message|line: str; words separated by single blanks",
            "hidden|secret|forbidden|blocked: list[str]; words to hide, in small letters",
        ),
        returns="str",
        phrasings=(
            'Return $text with every word that occurs in $hidden replaced by as many "$mark" as it has characters. Case is ignored when comparing; single blanks separate the words and stay.',
            'Hide words of $text: if the lower-case form of a word is in the list $hidden, write "$mark" for each of its characters, otherwise keep the word as it is. Words are separated by single blanks.',
            'Go through the blank-separated words in $text and overwrite each character of those listed in $hidden (in whatever case they are written) with "$mark"; the rest of the sentence does not change.',
            'The words in the list $hidden must not be readable in $text. Cover each of their letters by "$mark", whether a word is written with capitals or not, and leave all other words and the single blanks alone.',
        ),
        solutions=(
            """
$result = []
for $word in $text.split(" "):
    if $word.lower() in $hidden:
        $result.append("$mark" * len($word))
    else:
        $result.append($word)
return " ".join($result)
""",
            """
return " ".join("$mark" * len($word) if $word.lower() in $hidden else $word for $word in $text.split(" "))
""",
            """
import re

def cover($item: re.Match[str]) -> str:
    $word = $item.group()
    return re.sub(".", "$mark", $word) if $word.lower() in $hidden else $word

return re.sub(r"\\S+", cover, $text)
""",
        ),
        reference=lambda text, hidden, mark: " ".join(
            {w.lower(): mark * len(w) for w in hidden}.get(word.lower(), word) for word in text.split(" ")
        ),
        parameters=lambda rng: {"mark": Raw(rng.choice("*#x-."))},
        inputs=lambda rng, mark: _masked(rng),
        edges=(
            ("", ["tea"]),
            ("tea", ["tea"]),
            ("Tea teapot TEA", ["tea"]),
            ("nothing to hide", []),
            ("a b a", ["a", "b"]),
        ),
        idea="Decide for whole words, not for pieces of text: split, compare the lowered word with the list, and join again.",
        pitfall="text.replace() would also cover the word inside longer words, and it misses capitals.",
    ),
    Family(
        name="title_with_small_words",
        concepts=("string_building", "string_methods", "enumerate_zip"),
        difficulty=2,
        names="title_case make_title headline capitalise_words solve",
        arguments=("text|title|heading|phrase: str; words separated by single blanks",),
        returns="str",
        phrasings=(
            "Turn $text into a title: every word in small letters with a capital first letter, except that the words $small stay small unless they come first. Words are separated by single blanks.",
            "Return $text with each word capitalised (first letter large, the others small). The words in $small are written in small letters instead, unless one of them opens the text; words are divided by single blanks.",
            "Lower all letters of $text, then raise the first letter of the first word and of every other word that is not one of $small. Single blanks between words remain.",
            "Write $text as a proper headline. Little words, that is $small, get no capital except at the beginning; all remaining words begin with one, and every other letter is small. The words stay joined by single blanks.",
        ),
        solutions=(
            """
$result = []
for $i, $word in enumerate($text.lower().split(" ")):
    if $i == 0 or $word not in $small:
        $word = $word.capitalize()
    $result.append($word)
return " ".join($result)
""",
            """
words = $text.lower().split(" ")
$other = [$word if $word in $small else $word.capitalize() for $word in words[1:]]
return " ".join([words[0].capitalize(), *$other])
""",
            """
$result = " ".join($word if $word in $small else $word.capitalize() for $word in $text.lower().split(" "))
return $result[:1].upper() + $result[1:]
""",
        ),
        reference=_small_title,
        parameters=lambda rng: {"small": tuple(rng.sample(("of", "the", "and", "a", "in", "to", "on"), 3))},
        inputs=lambda rng, small: (
            " ".join(rng.choice((w, w.upper(), rng.choice(small))) for w in draws.words(rng, 3, 6)),
        ),
        edges=(("",), ("of",), ("THE END",), ("a to z",), ("in and on and of it all",), ("école du ciel",)),
        idea="Lower everything first, so that only the question of which words get a capital is left; the position 0 is the exception to the exception.",
        pitfall="str.title() capitalises every word and, on top of it, letters after an apostrophe.",
    ),
)
