"""Families on tries: words stored along paths of letters."""

from __future__ import annotations

import random

from hornbook.curriculum.family import Family, Raw

KIN = ("car", "card", "care", "cat", "do", "dog", "door", "dot", "tea", "team", "ten", "tent", "to", "tone")

TRIE = """
def build(words):
    root = {}
    for word in words:
        node = root
        for letter in word:
            node = node.setdefault(letter, {})
        node["end"] = True
    return root
"""


def _kin(rng: random.Random) -> list[str]:
    return rng.sample(KIN, rng.randint(3, 6))


FAMILIES: tuple[Family, ...] = (
    Family(
        name="words_below_prefix",
        concepts=("tries", "recursion", "dictionaries"),
        difficulty=3,
        names="words_below_prefix count_completions complete suggestions lookup",
        arguments=(
            "words|terms|names|entries: list[str]; different words in small letters",
            "prefix|typed|begin|given: str; the letters typed so far",
        ),
        returns="int",
        phrasings=(
            "Build a trie with `build($words)` and return how many of the words begin with $prefix and are at most $most letters longer than it (the word $prefix itself included, if present). Every word begins with the empty text.",
            "A search box knows $words and has got $prefix. How many words can it suggest that continue $prefix by 0 to $most further letters? Walk down the nested dictionaries made by `build`, where the key 'end' marks the end of a word.",
            "Given different words $words, count those that start with $prefix and have no more than $most letters after it. Use the trie that `build` returns.",
            "In the trie of $words, follow the letters of $prefix; if the path is missing, return 0, otherwise the number of ends of words in the nodes that lie 0 to $most levels below the node reached.",
        ),
        setup=TRIE,
        solutions=(
            """
node = build($words)
for $char in $prefix:
    if $char not in node:
        return 0
    node = node[$char]

def ends(node, depth):
    $count = int("end" in node)
    if depth > 0:
        $count += sum(ends(below, depth - 1) for $char, below in node.items() if $char != "end")
    return $count

return ends(node, $most)
""",
            """
node = build($words)
for $char in $prefix:
    node = node.get($char, {})
$count = 0
level = [node]
for $i in range($levels):
    $count += sum("end" in node for node in level)
    level = [below for node in level for $char, below in node.items() if $char != "end"]
return $count
""",
        ),
        reference=lambda words, prefix, most, levels: len(
            [word for word in words if word[: len(prefix)] == prefix and len(word) <= len(prefix) + most]
        ),
        parameters=lambda rng: rng.choice(({"most": 1, "levels": 2}, {"most": 2, "levels": 3})),
        inputs=lambda rng, most, levels: (
            _kin(rng),
            rng.choice(("c", "ca", "do", "te", "to", "t", "d", "car")),
        ),
        edges=(
            ([], "a"),
            (["ten"], "ten"),
            (["ten"], "tent"),
            (["a", "ab", "abc", "abcd"], "a"),
            (["a", "b", "to", "tea"], ""),
        ),
        idea="All words with the same beginning lie below one node of the trie, so it is enough to walk to this node and to look around below it.",
        pitfall="The mark for the end of a word is an entry of the dictionary too and must not be followed like a letter.",
    ),
    Family(
        name="shortest_abbreviations",
        concepts=("tries", "strings", "counting"),
        difficulty=4,
        names="shortest_abbreviations unique_prefixes abbreviate short_forms solve",
        arguments=("words|commands|names|titles: list[str]; different words that are not empty",),
        returns="list[str]",
        phrasings=(
            "For each word of $words return the shortest beginning of at least $many that no other word of the list shares, or the whole word if there is none. Keep the order of $words; words that are too short for this stay whole.",
            "A program accepts its commands in short form. Given the commands $words, list for each the shortest prefix of $many or more that begins no other command; where every prefix begins another one, or the command has fewer letters, give the full command.",
            "Abbreviate each of the different words in $words as far as it stays unmistakable within the list, but to no fewer than $many. A word that is the beginning of another one, or that is too short, is not abbreviated.",
            "Which prefix identifies each word of $words? For every word, in order, give its shortest prefix with a length of $least or more that is not a prefix of any other word in the list; the word itself if it has no such prefix.",
        ),
        solutions=(
            """
from collections import Counter
$count = Counter($word[:length] for $word in $words for length in range(1, len($word) + 1))
$result = []
for $word in $words:
    length = $least
    while length < len($word) and $count[$word[:length]] > 1:
        length += 1
    $result.append($word[:length])
return $result
""",
            """
root = {}
for $word in $words:
    node = root
    for $char in $word:
        node = node.setdefault($char, {"size": 0})
        node["size"] += 1
$result = []
for $word in $words:
    node = root
    short = ""
    for $char in $word:
        node = node[$char]
        short += $char
        if node["size"] == 1 and len(short) >= $least:
            break
    $result.append(short)
return $result
""",
            """
def short_form($word):
    for end in range($least, len($word)):
        if sum($other.startswith($word[:end]) for $other in $words) == 1:
            return $word[:end]
    return $word

return [short_form($word) for $word in $words]
""",
        ),
        reference=lambda words, least, many: [
            min(
                (
                    word[:n]
                    for n in range(least, len(word) + 1)
                    if not [o for o in words if o != word and o[:n] == word[:n]]
                ),
                key=len,
                default=word,
            )
            for word in words
        ],
        parameters=lambda rng: rng.choice(
            ({"least": 1, "many": Raw("one letter")}, {"least": 2, "many": Raw("two letters")})
        ),
        inputs=lambda rng, least, many: (_kin(rng),),
        edges=(
            ([],),
            (["a"],),
            (["stop"],),
            (["to", "tone", "ton"],),
            (["ab", "ac", "b"],),
            (["élan", "été"],),
        ),
        idea="Count how many words pass through each prefix; the first prefix with a count of one belongs to its word alone.",
        pitfall="A word such as 'to' next to 'tone' has no prefix of its own; the search must stop at its end.",
    ),
    Family(
        name="nodes_of_trie",
        concepts=("tries", "sets", "strings"),
        difficulty=2,
        names="nodes_of_trie trie_size count_nodes shared_letters measure",
        arguments=("words|terms|names|entries: list[str]; the words to store, perhaps with repeats",),
        returns="int",
        phrasings=(
            "A trie stores words so that equal beginnings of at most $most letters share their nodes: there is one node for each different beginning with 1 to $most letters of a word in $words. Return the number of nodes.",
            "How many different prefixes with a length from 1 to $most do $words have altogether? A word with fewer than $most letters counts as one of its own prefixes; the empty prefix does not count.",
            "Given a list of words $words, count the nodes of the tree in which a word is a path of its first $most letters (all of them, if it is shorter) and words with the same beginning share the path. The root is not counted.",
            "Return the number of distinct non-empty strings with a length of $most at most that at least one of $words starts with.",
        ),
        solutions=(
            """
$seen = set()
for $word in $words:
    for length in range(1, min(len($word), $most) + 1):
        $seen.add($word[:length])
return len($seen)
""",
            """
root = {}
$count = 0
for $word in $words:
    node = root
    for $char in $word[:$most]:
        if $char not in node:
            node[$char] = {}
            $count += 1
        node = node[$char]
return $count
""",
            """
from itertools import accumulate
$seen = set()
for $word in $words:
    $seen.update(accumulate($word[:$most]))
return len($seen)
""",
        ),
        reference=lambda words, most: sum(
            len({word[:length] for word in words if len(word) >= length}) for length in range(1, most + 1)
        ),
        parameters=lambda rng: {"most": rng.randint(2, 4)},
        inputs=lambda rng, most: ([*_kin(rng), rng.choice(KIN)],),
        edges=(([],), ([""],), (["a", "a"],), (["abcdef"],), (["to", "ton", "tone"],), (["né", "ne"],)),
        idea="Each node of a trie stands for one beginning, so counting different beginnings counts nodes.",
        pitfall="The same beginning of two words must be counted once: collect the beginnings in a set.",
    ),
)
