"""Families about ciphers that keep the letters and change their places: columns, rails and blocks."""

from __future__ import annotations

import random
import re

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family


def _joined(rng: random.Random, low: int = 1, high: int = 2) -> str:
    return "".join(draws.words(rng, low, high))


def _by_columns(text: str, k: int) -> str:
    rows = re.findall(f".{{1,{k}}}", text, re.DOTALL)
    return "".join(row[i : i + 1] for i in range(k) for row in rows)


def _back_from_columns(text: str, k: int) -> str:
    order = _by_columns("".join(chr(i + 0x4E00) for i in range(len(text))), k)
    places = {ord(mark) - 0x4E00: char for mark, char in zip(order, text, strict=True)}
    return "".join(places[i] for i in range(len(text)))


def _blocks_turned(text: str, k: int) -> str:
    return text[:k][::-1] + _blocks_turned(text[k:], k) if text else ""


def _zigzag(text: str, k: int) -> str:
    period = 2 * k - 2
    rails = [min(i % period, period - i % period) for i in range(len(text))]
    return "".join(char for _, char in sorted(zip(rails, text, strict=True), key=lambda pair: pair[0]))


def _keyed(rng: random.Random) -> tuple[str, str]:
    key = "".join(rng.sample("abcdeikmorst", rng.randint(3, 4)))
    return _joined(rng), rng.choice((key, key + key[0]))


def _keyed_columns(text: str, key: str) -> str:
    columns = [text[i :: len(key)] for i in range(len(key))]
    return "".join(column for _, _, column in sorted(zip(key, range(len(key)), columns, strict=True)))


FAMILIES: tuple[Family, ...] = (
    Family(
        name="read_by_columns",
        concepts=("transposition_ciphers", "string_slicing", "nested_loops"),
        difficulty=2,
        names="read_by_columns column_cipher encrypt_columns rearrange scramble",
        arguments=("text|message|plain|note: str; the text to encrypt",),
        returns="str",
        phrasings=(
            "Write $text into rows of $k characters, from left to right and top to bottom, and return what is read column by column: the first column from top to bottom, then the second, and so on. The last row may be shorter.",
            "Given $text, return its characters in another order: first those at the positions 0, $k, ${twice}, ..., then those at 1, 1 + $k, 1 + ${twice}, ..., and so on up to the ones that begin with position $last.",
            "A scout writes his message on squared paper with $k squares in each line, filling line after line; then he sends the columns, one after the other, each read downwards. What is sent for $text? Blanks take a square, too.",
            "Return the concatenation of the slices of $text that start at 0, 1, ..., $last and take every ${k}th character from there to the end. Slices that start behind the end are empty.",
        ),
        solutions=(
            'return "".join($text[$i::$k] for $i in range($k))',
            """
columns = [""] * $k
for $i, $char in enumerate($text):
    columns[$i % $k] += $char
return "".join(columns)
""",
            """
$result = ""
for column in range($k):
    for place in range(column, len($text), $k):
        $result += $text[place]
return $result
""",
        ),
        reference=lambda text, k, **_: _by_columns(text, k),
        parameters=lambda rng: (lambda k: {"k": k, "twice": 2 * k, "last": k - 1})(rng.randint(4, 6)),
        inputs=lambda rng, **_: (draws.sentence(rng, 1, 2),),
        edges=(("",), ("ab",), ("abcdefghijklmnopq",), ("éüöàè ñ",)),
        idea="Neighbours in a column are k places apart in the text, so a slice with step k is one column.",
        pitfall="Indexing into the last row as if it were full fails; a slice simply ends.",
    ),
    Family(
        name="undo_reading_by_columns",
        concepts=("transposition_ciphers", "list_building", "arithmetic"),
        difficulty=4,
        names="undo_columns decrypt_columns restore_rows rebuild unscramble",
        arguments=("text|secret|encrypted|scrambled: str; the text read by columns",),
        returns="str",
        phrasings=(
            "A text was written into rows of $k characters (the last row perhaps shorter) and read column by column, each from top to bottom; the result is $text. Return the original text.",
            "Given $text, which lists the characters of a text at positions 0, $k, ... first, then those at 1, 1 + $k, ..., up to those from position $last on, put the characters back into their old order.",
            "A scout has got the message $text. It was made on squared paper: filled in line by line, $k squares to a line, and sent column by column; the last line need not be full. Which message was it?",
            'Return the string s with "".join(s[i::$k] for i in range($k)) == $text. It has the same length as $text; if that is not a multiple of $k, the first columns are one character longer than the others.',
        ),
        solutions=(
            """
$result = [""] * len($text)
left_over = iter($text)
for column in range($k):
    for place in range(column, len($text), $k):
        $result[place] = next(left_over)
return "".join($result)
""",
            """
from itertools import zip_longest
size, longer = divmod(len($text), $k)
columns = []
$left = 0
for $i in range($k):
    $right = $left + size + ($i < longer)
    columns.append($text[$left:$right])
    $left = $right
return "".join("".join(row) for row in zip_longest(*columns, fillvalue=""))
""",
        ),
        reference=lambda text, k, last: _back_from_columns(text, k),
        parameters=lambda rng: (lambda k: {"k": k, "last": k - 1})(rng.randint(3, 5)),
        inputs=lambda rng, k, last: (_by_columns(draws.sentence(rng, 1, 2), k),),
        edges=(("",), ("ab",), ("abcdefghijk",), ("abcdefghijklmnopqrst",)),
        idea="The places are visited in the order in which the columns were read, and the characters are put there one by one.",
        pitfall="Cutting the text into columns of equal length is wrong when the last row was not full.",
    ),
    Family(
        name="turn_blocks_round",
        concepts=("transposition_ciphers", "string_slicing", "recursion"),
        difficulty=2,
        names="turn_blocks reverse_blocks flip_groups block_cipher mix_blocks",
        arguments=("text|message|line|code: str; the text to rewrite",),
        returns="str",
        phrasings=(
            "Cut $text into blocks of $k characters and return it with every block reversed in itself; the blocks keep their order. A shorter block at the end is reversed as well.",
            "Given $text, write its first $k characters backwards, then the next $k backwards, and so on to the end, where fewer may be left; those are written backwards, too.",
            "To puzzle curious readers, a diary is written in groups of $k characters, each group from right to left. Only the last group may be smaller. How does the diary write $text? Doing it again gives the plain text.",
            "Return the concatenation of $text[i:i + $k][::-1] over i = 0, $k, 2 * $k, ... as long as i is less than the length of $text.",
        ),
        solutions=(
            """
$result = ""
for $i in range(0, len($text), $k):
    $result += $text[$i:$i + $k][::-1]
return $result
""",
            """
if len($text) <= $k:
    return $text[::-1]
return $text[:$k][::-1] + $self($text[$k:])
""",
            """
$result = []
block = ""
for $char in $text:
    block = $char + block
    if len(block) == $k:
        $result.append(block)
        block = ""
return "".join($result) + block
""",
        ),
        reference=_blocks_turned,
        parameters=lambda rng: {"k": rng.randint(2, 6)},
        inputs=lambda rng, k: (draws.sentence(rng, 1, 2),),
        edges=(("",), ("a",), ("abcdefghijklm",), ("éaöeü",)),
        idea="Putting each new character in front of the block reverses it while it grows.",
        pitfall="Only whole blocks in the loop: the rest behind the last full block must be added, too.",
    ),
    Family(
        name="zigzag_over_rails",
        concepts=("transposition_ciphers", "simulation", "lists"),
        difficulty=4,
        names="zigzag rail_fence fence_cipher wave_cipher rails",
        arguments=("text|message|plain|word: str; the text to encrypt",),
        returns="str",
        phrasings=(
            "Write $text in a zigzag over $k rows: the first character on row 1, the next on row 2, down to row $k, then up again to row 1, and so on. Return the rows one after the other, from the first to the last.",
            "Given $text, distribute its characters over $k rails, going down rail by rail to the last, back up to the first, down again, with one character on each visit. Then join what stands on the rails, top rail first.",
            "A rail fence has $k rails. The letters of $text are hung on it in a wave that runs down and up between the top and the bottom rail, one letter per step, starting at the top. Read the rails from the top to the bottom, each from left to right.",
            "Let the row of the character at index i be r = i % (2 * $k - 2), or 2 * $k - 2 - r if that is smaller. Return the characters of $text ordered by row; within a row they keep their order.",
        ),
        solutions=(
            """
rails = [""] * $k
rail, step = 0, 1
for $char in $text:
    rails[rail] += $char
    if rail + step not in range($k):
        step = -step
    rail += step
return "".join(rails)
""",
            """
from itertools import cycle
path = cycle([*range($k), *range($k - 2, 0, -1)])
rails = [[] for _ in range($k)]
for $char, rail in zip($text, path):
    rails[rail].append($char)
return "".join("".join(rail) for rail in rails)
""",
        ),
        reference=_zigzag,
        parameters=lambda rng: {"k": rng.randint(2, 5)},
        inputs=lambda rng, k: (_joined(rng),),
        edges=(("",), ("a",), ("abcdefghijklm",), ("ab ab é",)),
        idea="A direction of +1 or -1 is turned round at the first and at the last rail.",
        pitfall="Visiting the end rails twice in a row breaks the wave: they are the turning points, each visited once.",
    ),
    Family(
        name="columns_in_key_order",
        concepts=("transposition_ciphers", "sorting_with_key", "enumerate_zip"),
        difficulty=4,
        names="keyed_columns columnar_cipher encrypt_by_key key_order shuffle_columns",
        arguments=(
            "text|message|plain|letter: str; the text to encrypt",
            "key|keyword|password|secret: str; the key, not empty",
        ),
        returns="str",
        phrasings=(
            "Write $text in rows below $key, one character under each letter of the key, and read the columns in the alphabetical order of their letters; for equal letters the left column comes first. Return the columns joined together. The last row may be shorter.",
            "Given $text and $key, column i holds the characters of $text at i, i + n, i + 2n, ..., where n is the length of $key. Return all columns one after the other, sorted by the letter of $key at their index; columns with the same letter keep their order.",
            "Officers wrote a message in lines under a keyword, as long as the keyword each. They sent the column below the letter that comes first in the alphabet, then the next, and so on, and of two equal letters the one further left first. What did they send for $text with $key at the top?",
            "Let n = len($key). Sort the indices 0 to n - 1 by ($key[i], i) and return the concatenation of $text[i::n] in this order. $key has at least one character; $text may be empty.",
        ),
        solutions=(
            """
order = sorted(range(len($key)), key=lambda $i: $key[$i])
return "".join($text[$i::len($key)] for $i in order)
""",
            """
columns = [[$char, ""] for $char in $key]
for $i, $char in enumerate($text):
    columns[$i % len($key)][1] += $char
columns.sort(key=lambda column: column[0])
return "".join(content for _, content in columns)
""",
        ),
        reference=_keyed_columns,
        inputs=_keyed,
        edges=(("", "key"), ("abc", "x"), ("abcdefg", "bab"), ("ab", "zebra"), ("abcdef", "cba")),
        idea="Sorting the column numbers by their letters gives the order of reading; sorted is stable, so equal letters stay in order.",
        pitfall="Looking columns up by their letter fails when the key contains a letter twice.",
    ),
)
