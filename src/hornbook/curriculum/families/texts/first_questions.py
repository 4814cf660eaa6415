"""Families for the first weeks that answer one question about a text or two: a part, a value, what is shared."""

from __future__ import annotations

import random

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _notes(rng: random.Random) -> list[str]:
    return [rng.choice((w, w + "é", w.title(), "€ " + w, w + "\t")) for w in draws.words(rng, 2, 5)]


def _marked(rng: random.Random, mark: str) -> str:
    return "".join(rng.choice((mark, draws.word(rng)[:4], " ")) for _ in range(rng.randint(2, 6)))


def _jumble(rng: random.Random) -> tuple[str, str]:
    word = draws.word(rng)
    other = "".join(rng.sample(word, len(word)))
    return word.title(), rng.choice((other, other.upper(), other + word[0], draws.word(rng)))


def _half(rng: random.Random) -> str:
    return draws.word(rng)[: rng.randint(1, 5)]


def _roman_added(rng: random.Random) -> str:
    return "".join(sign * rng.randint(0, 3) for sign in "MCXI")


def _page(rng: random.Random) -> str:
    return "".join(
        rng.choice((draws.word(rng), "<b>", "</b>", "<br>", " ", "<p>")) for _ in range(rng.randint(3, 6))
    )


def _tag_names(text: str) -> list[str]:
    names = [piece.split(">")[0] for piece in text.split("<")[1:]]
    return [name for i, name in enumerate(names) if name[0] != "/" and name not in names[:i]]


def _rooms(rng: random.Random) -> list[str]:
    return [rng.choice("ABCD") + str(rng.randint(1, 120)) for _ in range(rng.randint(3, 5))]


def _beside(text: str, mark: str, none: str, side: str, which: str, **_: object) -> str:
    places = [i for i, char in enumerate(text) if char == mark]
    if not places:
        return none
    at = places[0] if which == "first" else places[-1]
    return text[:at] if side == "before" else text[at + 1 :]


def _short_jumble(rng: random.Random, k: int) -> tuple[str, str]:
    """Draw a word that is as long as needed or one letter too short, and its letters in another order."""
    word = "".join(rng.sample("aehlnorst", rng.choice((k - 1, k))))
    return word, "".join(rng.sample(word, len(word))).upper()


FAMILIES: tuple[Family, ...] = (
    Family(
        name="texts_too_long_in_bytes",
        concepts=("bytes", "counting", "filtering"),
        difficulty=1,
        names="too_long count_too_long over_limit oversized messages_over",
        arguments=("texts|messages|names|notes: list[str]; texts to be stored",),
        returns="int",
        phrasings=(
            "Return how many of $texts take more than $k bytes in UTF-8.",
            "Given $texts, encode each of them as UTF-8. How many of the results have a length greater than $k?",
            "A database keeps names in fields of $k bytes, in UTF-8, where é takes two bytes and € three. Count those of $texts that do not fit into such a field.",
            'Count the elements t of $texts for which len(t.encode("utf-8")) > $k; an empty list gives 0.',
        ),
        solutions=(
            """
$count = 0
for $item in $texts:
    size = len($item.encode())
    if size > $k:
        $count += 1
return $count
""",
            """
sizes = [len($item.encode("utf-8")) for $item in $texts]
return len([size for size in sizes if size > $k])
""",
            """
def fits($item):
    return len(bytes($item, "utf-8")) <= $k

return len($texts) - sum(map(fits, $texts))
""",
        ),
        reference=lambda texts, k: sum(
            sum(1 + (c > "\x7f") + (c > "\u07ff") + (c > "\uffff") for c in text) > k for text in texts
        ),
        parameters=lambda rng: {"k": rng.randint(4, 7)},
        inputs=lambda rng, k: (_notes(rng),),
        edges=(([],), (["éééé", "€€", "ééé", "€é"],), (["abcd", "abcde", "abcdef", "abcdefg", "abcdefgh"],)),
        idea="The length of the encoded form is the number of bytes; the length of the text is that of its characters.",
        pitfall="Comparing len(text) with the limit lets texts with accents pass that do not fit.",
    ),
    Family(
        name="part_beside_mark",
        concepts=("substrings", "string_methods", "conditionals"),
        difficulty=1,
        names="after_last_mark part_behind tail_of last_part rest_of_text",
        arguments=("text|line|entry|record: str; the text to cut",),
        returns="str",
        phrasings=(
            'Return the part of $text $side its $which "$mark". If there is no "$mark" in it, return "$none".',
            'Given $text, find the $which "$mark" in it and return everything $side it; without any "$mark" the answer is "$none".',
            'A program gets lines in which "$mark" separates a remark from the rest, and it needs what stands $side the $which "$mark". What is that for $text? Where there is no "$mark", use "$none".',
            'Let i be the index of the $which occurrence of "$mark" in $text. Return the characters $side position i, in order, which may be none; return "$none" if there is no occurrence.',
        ),
        solutions=(
            """
if "$mark" not in $text:
    return "$none"
place = $text.$search("$mark")
return $text[$cut]
""",
            """
pieces = $text.$split("$mark", 1)
return pieces[$number] if len(pieces) == 2 else "$none"
""",
        ),
        reference=_beside,
        parameters=lambda rng: {
            "mark": Raw(rng.choice("#@;|")),
            "none": Raw(rng.choice(("-", "none", "?"))),
            **rng.choice(
                (
                    {
                        "side": Raw("behind"),
                        "which": Raw("first"),
                        "search": Raw("index"),
                        "split": Raw("split"),
                        "cut": Raw("place + 1:"),
                        "number": 1,
                    },
                    {
                        "side": Raw("behind"),
                        "which": Raw("last"),
                        "search": Raw("rindex"),
                        "split": Raw("rsplit"),
                        "cut": Raw("place + 1:"),
                        "number": 1,
                    },
                    {
                        "side": Raw("before"),
                        "which": Raw("last"),
                        "search": Raw("rindex"),
                        "split": Raw("rsplit"),
                        "cut": Raw(":place"),
                        "number": 0,
                    },
                )
            ),
        },
        inputs=lambda rng, mark, **_: (_marked(rng, mark),),
        edges=(("",), ("none",), ("#@;|",), ("a#b#c@d@e;f;g|h|i",), ("##@@;;||",)),
        idea="index finds the first place and rindex the last; the slice leaves the mark itself out.",
        pitfall="Searching a mark that is not there with index raises ValueError.",
    ),
    Family(
        name="same_letters_in_both",
        concepts=("anagrams", "booleans", "sorting"),
        difficulty=1,
        names="same_letters are_anagrams uses_same_letters letters_match is_rearranged",
        arguments=("first|a|word|one: str; a word", "second|b|other|two: str; another word"),
        returns="bool",
        phrasings=(
            "Return True if $first and $second consist of the same letters, each equally often, in any order; case is ignored, and the words must have at least $k letters. Otherwise return False.",
            "Given $first and $second, can the one be turned into the other by moving its letters around? Capital and small letters count as equal, and words of fewer than $k letters are never accepted.",
            "In a word game a player answers $first with $second. The answer is good if it uses exactly the letters of the first word, no matter in which order or case, and if there are $k of them or more. Is it good?",
            "Return whether sorted($first.lower()) == sorted($second.lower()) and len($first) >= $k.",
        ),
        solutions=(
            """
if len($first) < $k:
    return False
return sorted($first.lower()) == sorted($second.lower())
""",
            """
from collections import Counter
$left, $right = Counter($first.lower()), Counter($second.lower())
return $left == $right and sum($left.values()) >= $k
""",
            """
$left, $right = $first.lower(), $second.lower()
enough = len($left) == len($right) and len($left) >= $k
return enough and all($left.count($char) == $right.count($char) for $char in $left)
""",
        ),
        reference=lambda first, second, k: (
            len(first) == len(second) >= k
            and not [c for c in first.lower() if first.lower().count(c) != second.lower().count(c)]
        ),
        parameters=lambda rng: {"k": rng.randint(2, 4)},
        inputs=lambda rng, k: rng.choice((_jumble(rng), _short_jumble(rng, k))),
        edges=(
            ("", ""),
            ("a", "A"),
            ("ab", "BA"),
            ("aab", "abb"),
            ("tea", "Eat"),
            ("four", "four"),
            ("tea", "teaa"),
        ),
        idea="Sorting removes the order, which is the only thing that may differ.",
        pitfall="Comparing sets of letters forgets how often each of them occurs.",
    ),
    Family(
        name="word_with_its_mirror",
        concepts=("palindromes", "string_slicing", "string_building"),
        difficulty=1,
        names="add_mirror mirror_word make_symmetric both_ways double_back",
        arguments=("text|half|word|beads: str; the left half",),
        returns="str",
        phrasings=(
            'Return $text followed by "$middle" and then by $text in reversed order; the result reads the same from both ends.',
            'Given $text, make a text that is its own mirror image: first $text, then "$middle" in the centre, then the characters of $text from the last to the first.',
            'A chain is made of beads, one letter for each. Its left half is $text, the bead in the middle is "$middle", and the right half mirrors the left one. Write down the whole chain.',
            'Let n be the length of $text. Return the string of length 2 * n + 1 whose characters i and 2 * n - i are both $text[i] for i < n and whose character n is "$middle".',
        ),
        solutions=(
            'return $text + "$middle" + $text[::-1]',
            """
$result = "$middle"
for $char in reversed($text):
    $result = $char + $result + $char
return $result
""",
            """
$result = list($text)
$result.append("$middle")
$result.extend(reversed($text))
return "".join($result)
""",
        ),
        reference=lambda text, middle: "".join([*text, middle, *(text[-1 - i] for i in range(len(text)))]),
        parameters=lambda rng: {"middle": Raw(rng.choice("x*|o-+#"))},
        inputs=lambda rng, middle: (_half(rng),),
        edges=(("",), ("a",), ("ab",), ("éa",)),
        idea="A slice with step -1 is the text from its end; what stands in the middle is its own partner.",
        pitfall="reversed() gives an iterator, not a text: join it before adding it to one.",
    ),
    Family(
        name="value_of_added_letters",
        concepts=("roman_numerals", "dictionaries", "accumulation"),
        difficulty=1,
        names="add_letters simple_roman value_of_letters tally_value old_numeral",
        arguments=("text|numeral|letters|marks: str; a numeral that only adds",),
        returns="int",
        phrasings=(
            "In $text every letter stands for a number: $table. Return the sum of these numbers; an empty text has the sum 0.",
            "Given $text, whose letters are worth $table, add up what all its letters are worth. The order of the letters does not matter.",
            "Shepherds carve the number of their sheep into wood, with the letters $table. How many sheep are meant by $text, if the values are simply added? Nothing carved means no sheep.",
            "Let v be the mapping $table. Return the sum of v(c) over the characters c of $text, counting repeated characters each time; there are no other characters.",
        ),
        solutions=(
            """
worth = $values
$total = 0
for $char in $text:
    $total += worth[$char]
return $total
""",
            "return sum(number * $text.count(sign) for sign, number in $values.items())",
        ),
        reference=lambda text, values, table: sum([values[c] for c in sorted(text)]),
        parameters=lambda rng: (
            lambda v: {"values": v, "table": Raw(", ".join(f"{key} = {value}" for key, value in v.items()))}
        )(
            rng.choice(
                (
                    {"I": 1, "X": 10, "C": 100, "M": 1000},
                    {"I": 1, "X": 5, "C": 20, "M": 100},
                    {"I": 1, "X": 12, "C": 144, "M": 1728},
                )
            )
        ),
        inputs=lambda rng, **_: (_roman_added(rng),),
        edges=(("",), ("I",), ("IXCM",), ("XXXX",)),
        idea="The dictionary says what each letter is worth, and the sum collects it letter by letter.",
        pitfall="Setting the sum to 0 inside the loop leaves only the value of the last letter.",
    ),
    Family(
        name="names_of_tags",
        concepts=("regular_expressions", "list_building", "substrings"),
        difficulty=2,
        names="tag_names tags_used list_tags element_names used_elements",
        arguments=("text|source|page|fragment: str; a text with tags",),
        returns="list[str]",
        phrasings=(
            "Return the names of the opening tags in $text, each once, in order of first appearance. An opening tag is a name of small letters between < and >; closing tags such as </b> do not count. < and > occur only in tags.",
            "Given $text, which elements are opened in it? List the names in tags like <p>, without repeats and in the order in which they first occur; tags with a slash are to be ignored.",
            "An editor shows which kinds of elements a page uses: for <p>a<b>c</b></p> these are p and b. Find them for $text, every name once and in the order of the page. Names consist of letters a-z, and closing tags begin with </.",
            'Return the list of the different texts n such that "<" + n + ">" occurs in $text and n consists of letters a-z, sorted by the position of the first such occurrence.',
        ),
        solutions=(
            """
import re
names = re.findall("<([a-z]+)>", $text)
return list(dict.fromkeys(names))
""",
            """
$result = []
for $item in $text.split("<")[1:]:
    $key = $item[:$item.index(">")]
    if not $key.startswith("/") and $key not in $result:
        $result.append($key)
return $result
""",
        ),
        reference=_tag_names,
        inputs=lambda rng: (_page(rng),),
        edges=(("",), ("</b>",), ("<b><b></b>",), ("x<p>y<b>z</b></p><br>",)),
        idea="The pattern keeps the name only; a closing tag does not fit because of its slash.",
        pitfall="A set would forget the order in which the names appear.",
    ),
    Family(
        name="first_by_number",
        concepts=("string_comparison", "min_max", "list_indexing"),
        difficulty=1,
        names="${which}_room ${which}_label pick_${which} find_${which} ${which}_place",
        arguments=("names|rooms|places|labels: list[str]; a capital letter and a number each",),
        returns="str",
        phrasings=(
            "Return the $which of $names, which consist of one letter and a whole number: compare first the letters and then the numbers by value. For an empty list return an empty text.",
            "Given $names such as B7 and B12, which one is the $which? Letters are compared before numbers, and B7 comes before B12, because 7 is less than 12. No names give an empty text.",
            "The rooms of a school are called A1, A2, ..., A10, ..., B1 and so on. Which of $names comes $which in this order? Answer with its name, or with an empty text if the list is empty.",
            'Return the element x of $names for which the pair (x[0], int(x[1:])) is $least; "" if there is no element.',
        ),
        solutions=(
            """
def place($item):
    return $item[0], int($item[1:])

return $function($names, key=place, default="")
""",
            """
$best = ""
for $item in $names:
    if not $best or ($item[0], int($item[1:])) $op ($best[0], int($best[1:])):
        $best = $item
return $best
""",
        ),
        reference=lambda names, function, **_: (sorted(names, key=lambda x: x[0] + x[1:].zfill(9)) or [""])[
            0 if function == "min" else -1
        ],
        parameters=lambda rng: rng.choice(
            (
                {"which": Raw("first"), "least": Raw("smallest"), "function": Raw("min"), "op": Raw("<")},
                {"which": Raw("last"), "least": Raw("greatest"), "function": Raw("max"), "op": Raw(">")},
            )
        ),
        inputs=lambda rng, **_: (_rooms(rng),),
        edges=(([],), (["A1"],), (["B7", "B12"],), (["B12", "B7", "A100", "C1"],), (["Z9", "A9"],)),
        idea="The key turns a name into a pair of a letter and a number, and pairs compare from the left.",
        pitfall="As texts, B12 comes before B7.",
    ),
)
