"""Families in which helper functions stand ready: cipher steps, stems of words, stretched lines."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Sequence
from string import ascii_lowercase as _ABC

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _recipe(rng: random.Random) -> tuple[str, str]:
    steps = [rng.choice((f"s{rng.randint(0, 30)}", "m", "r", "s-1")) for _ in range(rng.randint(2, 4))]
    return draws.word(rng) + rng.choice(("", " ok")), " ".join(steps)


def _enciphered(text: str, steps: str) -> str:
    for step in steps.split():
        if step == "r":
            text = "".join(reversed(text))
            continue
        k = 0 if step == "m" else int(step[1:])
        ring = [_ABC[25 - i] if step == "m" else _ABC[(i + k) % 26] for i in range(26)]
        text = text.translate(str.maketrans(_ABC, "".join(ring)))
    return text


def _plurals(rng: random.Random) -> str:
    pool = rng.sample(draws.WORDS, 3)
    return " ".join(
        rng.choice((w, w + "s", w.title(), w.upper() + "S", w + "s,", w + "!"))
        for w in rng.choices(pool, k=rng.randint(4, 7))
    )


def _stems(text: str, k: int) -> dict[str, int]:
    found = [re.sub(r"(?<=...)s$", "", re.sub("[.,!?]", "", w).lower()) for w in text.split()]
    return {w: found.count(w) for w in dict.fromkeys(found) if w and found.count(w) >= k}


def _block(words: Sequence[str], width: int) -> list[str]:
    if not words:
        return []
    size = max(n for n in range(1, len(words) + 1) if n == 1 or len(" ".join(words[:n])) <= width)
    if size == len(words):
        return [" ".join(words)]
    gaps, missing = size - 1, width - sum(map(len, words[:size]))
    ends = [missing * i // gaps for i in range(size)] if gaps else [0]
    blanks = [0, *(b - a for a, b in itertools.pairwise(ends))]
    line = "".join(" " * blank + word for blank, word in zip(blanks, words, strict=False))
    return [line, *_block(words[size:], width)]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="steps_of_a_cipher",
        concepts=("caesar_cipher", "substitution_ciphers", "splitting_joining"),
        difficulty=3,
        names="apply_cipher run_steps encrypt_in_steps cipher_chain follow_recipe",
        arguments=(
            "text|message|plain|note: str; the text to encrypt",
            "steps|recipe|plan|key: str; the steps, separated by blanks",
        ),
        returns="str",
        phrasings=(
            'Apply $steps to $text one after the other and return the result. A step is "m" for mirrored(), "r" for reversing the text, or "s" and a whole number, perhaps negative, for shifted() by this number.',
            'Given $text and $steps, such as "s3 r m", encrypt the text in stages: each step works on what the one before it has produced. "s" with a number behind it moves the letters, see shifted(); "m" exchanges them, see mirrored(); "r" turns the order of the characters round. Without steps nothing changes.',
            'Two friends have agreed on a recipe for their messages. It is a row of steps: s5 says "move all letters by 5" (shifted), m "mirror the alphabet" (mirrored), r "write it backwards". Follow the recipe in $steps, from left to right, for $text.',
            "Let f be the composition of the functions that $steps.split() names, the first applied first: shifted(t, int(w[1:])) for a word w that begins with s, mirrored(t) for m, t[::-1] for r. Return f($text).",
        ),
        setup='''
def shifted(s: str, k: int) -> str:
    """Move the letters a to z of s by k places in a circle."""
    return "".join(chr((ord(c) - 97 + k) % 26 + 97) if "a" <= c <= "z" else c for c in s)


def mirrored(s: str) -> str:
    """Exchange a and z, b and y, and so on."""
    return "".join(chr(219 - ord(c)) if "a" <= c <= "z" else c for c in s)
''',
        solutions=(
            """
for step in $steps.split():
    if step == "m":
        $text = mirrored($text)
    elif step == "r":
        $text = $text[::-1]
    else:
        $text = shifted($text, int(step[1:]))
return $text
""",
            """
if not $steps.strip():
    return $text
first, *$other = $steps.split()
if first[0] == "s":
    $text = shifted($text, int(first[1:]))
else:
    $text = mirrored($text) if first == "m" else "".join(reversed($text))
return $self($text, " ".join($other))
""",
        ),
        reference=_enciphered,
        inputs=_recipe,
        edges=(("", "m"), ("abc", ""), ("abc", "r"), ("az y", "m"), ("xyz", "s3 s-3 r r"), ("A é", "s1 m")),
        idea="The result of every step is the input of the next, so one variable carries the text along.",
        pitfall="The order matters: mirroring and then shifting is not shifting and then mirroring.",
    ),
    Family(
        name="counts_of_stems",
        concepts=("word_counting", "dictionaries", "functions"),
        difficulty=2,
        names="count_stems stem_counts frequent_stems count_normal_forms count_by_stem",
        arguments=("text|speech|review|message: str; words separated by blanks",),
        returns="dict[str, int]",
        phrasings=(
            "Count the words of $text by their stem(), leaving out empty stems, and return a dictionary of those that occur $times or more often. The stems come in order of first appearance.",
            "Given $text, how often does each stem occur, where stem() brings words such as Trees, tree, and TREE! into one form? Return stems and counts in order of first appearance, but only stems that are not empty and were counted at least $times.",
            "A shop wants to know what its customers write about. It counts the words of a review, $text, with plural and singular, capitals and small letters taken together, which is what stem() is for. Report what was mentioned $times or more often, first mentioned first; a word of nothing but signs has an empty stem and is no word.",
            "Let s be the list of stem(w) for w in $text.split(), without empty texts. Return {x: s.count(x)} for all x in s with s.count(x) >= $k, ordered by the index of their first occurrence.",
        ),
        setup='''
def stem(w: str) -> str:
    """Lower w, drop the signs . , ! ? and, from words of four letters on, a final s."""
    for sign in ".,!?":
        w = w.replace(sign, "")
    w = w.lower()
    return w[:-1] if len(w) > 3 and w.endswith("s") else w
''',
        solutions=(
            """
$groups = {}
for $word in $text.split():
    $key = stem($word)
    if $key:
        $groups[$key] = $groups.get($key, 0) + 1
return {$key: $count for $key, $count in $groups.items() if $count >= $k}
""",
            """
from collections import Counter
stems = list(filter(None, map(stem, $text.split())))
$result = {}
for $key, $count in Counter(stems).items():
    if $count >= $k:
        $result[$key] = $count
return $result
""",
        ),
        reference=lambda text, k, times: _stems(text, k),
        parameters=lambda rng: rng.choice(
            (
                {"k": 2, "times": Raw("twice")},
                {"k": 3, "times": Raw("three times")},
            )
        ),
        inputs=lambda rng, **_: (_plurals(rng) + " " + _plurals(rng).split()[0],),
        edges=(("",), ("! ?",), ("a a a bus Buses gas gas, gas!",), ("Trees tree TREE! trees.",)),
        idea="The helper decides what counts as the same word; the counting itself stays the usual loop.",
        pitfall="Counting first and taking the stem afterwards overwrites counts of words with the same stem.",
    ),
    Family(
        name="block_with_straight_edges",
        concepts=("text_wrapping", "text_alignment", "functions"),
        difficulty=5,
        names="justify_text block_lines newspaper_column set_text straight_edges",
        arguments=("text|article|content|words: str; words separated by blanks",),
        returns="list[str]",
        phrasings=(
            "Write $text in lines of at most $width characters, each with as many words as fit, and stretch every line but the last to $width characters with stretched(). The last line has single blanks and is not filled up; no words give no lines, and no word is longer than a line.",
            "Given $text, distribute its words over lines: a word goes on the current line if this stays within $width characters (one blank between two words). Then widen all lines except the last one with stretched() so that both edges are straight. Return the lines.",
            "A newspaper sets its articles in columns $width characters wide, with straight edges left and right, except for the last line of an article, which ends where its words end. Set $text in this way. stretched() spreads the blanks within a line; lines take as many words as they can, and every word fits on a line.",
            "Split $text.split() greedily into groups whose words, joined by single blanks, have at most $width characters. Return stretched(g, $width) for each group g but the last and the last group joined by single blanks; [] if there are no words.",
        ),
        setup='''
def stretched(line: list[str], width: int) -> str:
    """Join the words of a line and widen the gaps as evenly as possible to reach the width; a single word stays as it is."""
    gaps, missing = len(line) - 1, width - sum(map(len, line))
    done = line[0]
    for number, w in enumerate(line[1:]):
        done += " " * (missing * (number + 1) // gaps - missing * number // gaps) + w
    return done
''',
        solutions=(
            """
words = $text.split()
$result = []
while words:
    $count = 1
    while $count < len(words) and len(" ".join(words[:$count + 1])) <= $width:
        $count += 1
    $current, words = words[:$count], words[$count:]
    $result.append(stretched($current, $width) if words else " ".join($current))
return $result
""",
            """
import textwrap
lines = [$row.split() for $row in textwrap.wrap($text, $width)]
$result = [stretched($row, $width) for $row in lines[:-1]]
for $row in lines[-1:]:
    $result.append(" ".join($row))
return $result
""",
        ),
        reference=lambda text, width: _block(text.split(), width),
        parameters=lambda rng: {"width": rng.randint(10, 16)},
        inputs=lambda rng, width: (draws.sentence(rng, 4, 8),),
        edges=(("",), ("a",), ("a bb ccc dddd eeeee ffffff ggggg",), ("aaaaaaaaaa bbbbbbbbbb",)),
        idea="Take as many words as fit; whether any are left then decides if the line is the last one.",
        pitfall="Stretching every line as soon as it is full also stretches a last line that happens to be full.",
    ),
)
