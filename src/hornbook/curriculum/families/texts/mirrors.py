"""Families about texts that read the same from both ends."""

from __future__ import annotations

import random
import re

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family


def _phrase(rng: random.Random) -> str:
    half = draws.word(rng)
    mirrored = half + rng.choice(("", rng.choice("aeo"))) + half[::-1]
    cut = rng.randint(1, len(mirrored) - 1)
    spoilt = mirrored[:-1] + rng.choice((mirrored[-1], "q"))
    text = rng.choice((mirrored, spoilt))
    return f"{text[:cut].capitalize()}{rng.choice((' ', ', ', '-'))}{text[cut:]}{rng.choice(('', '!', '?'))}"


def _same_both_ways(text: str) -> bool:
    letters = re.sub(r"[\W\d_]", "", text).casefold()
    return list(letters) == list(reversed(letters))


def _around(text: str, i: int) -> str:
    sizes = range(min(i, len(text) - 1 - i) + 1)
    good = [
        text[i - n : i + n + 1] for n in sizes if text[i - n : i + n + 1] == text[i - n : i + n + 1][::-1]
    ]
    return good[-1]


def _with_place(rng: random.Random) -> tuple[str, int]:
    text = "".join(rng.choices("abn", weights=(3, 1, 1), k=rng.randint(5, 9)))
    return text, rng.randrange(1, len(text) - 1)


def _verse(rng: random.Random) -> list[str]:
    words = draws.words(rng, 2, 3)
    return [*words, *reversed(words[:-1])] if rng.random() < 0.7 else [*words, draws.word(rng)]


def _poem(rng: random.Random) -> list[str]:
    return [" ".join(w.capitalize() if i == 0 else w for i, w in enumerate(_verse(rng))) for _ in range(3)]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="phrase_same_both_ways",
        concepts=("palindromes", "character_classes", "two_pointers"),
        difficulty=2,
        names="same_both_ways is_mirror reads_back mirror_phrase check_phrase",
        arguments=("text|phrase|saying|line: str; the phrase to test",),
        returns="bool",
        phrasings=(
            "Decide whether the letters of $text read the same forwards and backwards. Case is ignored, and so is every character that is not a letter; a text without letters counts as the same.",
            "Given $text, leave out blanks, digits and signs and treat capital and small letters as equal. Is what remains the same from left to right as from right to left? For nothing at all the answer is True.",
            'A radio quiz asks for sentences that are their own mirror image, such as "Never odd or even". Does the entry $text qualify? Only the letters count, in either case; an entry without any letter qualifies.',
            "Return True if and only if the sequence of letters in $text, each in lower case, equals its own reverse. Characters c for which c.isalpha() is False do not belong to the sequence, which may be empty.",
        ),
        solutions=(
            """
letters = [$char.lower() for $char in $text if $char.isalpha()]
return letters == letters[::-1]
""",
            """
$left, $right = 0, len($text) - 1
while $left < $right:
    if not $text[$left].isalpha():
        $left += 1
    elif not $text[$right].isalpha():
        $right -= 1
    elif $text[$left].lower() != $text[$right].lower():
        return False
    else:
        $left += 1
        $right -= 1
return True
""",
        ),
        reference=_same_both_ways,
        inputs=lambda rng: (_phrase(rng),),
        edges=(("",), ("7!",), ("a1b",), ("é, É",), ("Ab",), ("x--y-x",)),
        idea="Remove what does not count first; the comparison with the reverse is then one line.",
        pitfall="Reversing the sentence with its blanks and commas compares letters with signs.",
    ),
    Family(
        name="widest_mirror_at_place",
        concepts=("palindromes", "while_loops", "string_slicing"),
        difficulty=3,
        names="mirror_around widest_mirror expand_from grow_from_center symmetric_part",
        arguments=(
            "text|s|row|beads: str; the text to look at",
            "i|center|middle|position: int; a position in it",
        ),
        returns="str",
        phrasings=(
            "Return the longest stretch of $text that has the character number $i (from 0) in its middle and reads the same both ways. It has at least one character.",
            "Given $text and $i, a valid index, grow a stretch from there by one character on each side as long as the two new characters are equal. Return the stretch that is reached when they differ or when one side has no more characters.",
            "A chain of beads is written as $text, a letter for each colour. How far is it symmetric around bead number $i (counting from 0)? Return the largest part of the chain that has this bead exactly in the middle and looks the same from both ends.",
            "Let n be the largest number with n <= $i and $i + n < len($text) such that $text[$i - m] equals $text[$i + m] for all m up to n. Return the 2 * n + 1 characters around position $i, which is a valid index.",
        ),
        solutions=(
            """
$count = 0
while $count < min($i, len($text) - 1 - $i) and $text[$i - $count - 1] == $text[$i + $count + 1]:
    $count += 1
return $text[$i - $count:$i + $count + 1]
""",
            """
$left = $right = $i
while $left > 0 and $right < len($text) - 1:
    if $text[$left - 1] != $text[$right + 1]:
        break
    $left -= 1
    $right += 1
return $text[$left:$right + 1]
""",
            """
$best = $text[$i]
for $left, $right in zip(reversed($text[:$i]), $text[$i + 1:]):
    if $left != $right:
        return $best
    $best = $left + $best + $right
return $best
""",
        ),
        reference=_around,
        inputs=_with_place,
        edges=(("a", 0), ("aaa", 0), ("aaaa", 3), ("xabax", 2), ("abcba", 1)),
        idea="The stretch grows from its middle; both ends move by one, and nothing inside has to be looked at again.",
        pitfall="A negative index does not fail in Python, it reads from the other end; stop at 0 yourself.",
    ),
    Family(
        name="lines_same_word_by_word",
        concepts=("palindromes", "splitting_joining", "filtering"),
        difficulty=2,
        names="mirror_verses word_mirrors symmetric_lines word_by_word select_verses",
        arguments=("lines|verses|poem|sentences: list[str]; lines of words",),
        returns="list[str]",
        phrasings=(
            'Return those of $lines whose words are the same in reversed order, as in "all for one for All". Words are separated by blanks and compared without regard to case; lines need at least $k words.',
            "Given $lines, keep a line if its first word equals its last, its second word the last but one, and so on, ignoring case, and if it has $k words or more. Return the lines that are kept, unchanged and in order.",
            "A poet collects verses that can be read word by word from either end. Which of $lines can be read like that? Capital letters do not matter, the blanks between words do not either, and a verse of fewer than $k words is too short to count.",
            "For each of $lines consider the list of its words in small letters, as split() gives it. Return, in order, the original lines for which this list has a length of at least $k and equals its reverse.",
        ),
        solutions=(
            """
$result = []
for $row in $lines:
    words = $row.lower().split()
    if len(words) >= $k and words == words[::-1]:
        $result.append($row)
return $result
""",
            """
def mirrored($row):
    words = $row.lower().split()
    pairs = zip(words, reversed(words))
    return len(words) >= $k and all($left == $right for $left, $right in pairs)

return list(filter(mirrored, $lines))
""",
        ),
        reference=lambda lines, k: [
            x
            for x in lines
            if len(x.split()) >= k and " ".join(reversed(x.lower().split())) == " ".join(x.lower().split())
        ],
        parameters=lambda rng: {"k": rng.randint(2, 4)},
        inputs=lambda rng, k: (_poem(rng),),
        edges=(([],), (["", "a"],), (["a b A", "a b a B", "a b b a"],), (["Tea  tea", "tea pot", "ab ba"],)),
        idea="The words of a line form a list, and a list can be reversed just like a text.",
        pitfall="Reversing the whole line also turns the letters inside the words.",
    ),
)
