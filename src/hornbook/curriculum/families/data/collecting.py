"""Families on collecting under keys: groups, places, counts.

Dictionaries that are returned may hold their keys in any order, for they are compared as dictionaries.
"""

from __future__ import annotations

from hornbook.curriculum import draws
from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family, Raw

FAMILIES: tuple[Family, ...] = (
    Family(
        name="group_words_by_letters",
        concepts=("grouping", "dictionaries", "strings"),
        difficulty=2,
        names="group_words words_by_letter sort_into_boxes build_index organize",
        arguments=("words|names|tokens|terms: list[str]; non-empty words",),
        returns="dict[str, list[str]]",
        phrasings=(
            "Group $words by their $what: return a dictionary from the $what to the list of words that have it, in the order given.",
            "Build a dictionary whose keys are the different $plural of $words and whose values are lists of the words with that key. Inside a list the words keep their order, repeats included.",
            "Sort the strings of $words into lists, one for each $what that occurs, and return these lists in a dictionary with the $what as key. Do not reorder or drop words.",
            "For each $what found in $words, gather the words that have it, in their original order with duplicates. Answer with a dictionary; it is empty for an empty list.",
        ),
        solutions=(
            """
$groups = {}
for $word in $words:
    $groups.setdefault($word$cut, []).append($word)
return $groups
""",
            """
from collections import defaultdict
$groups = defaultdict(list)
for $word in $words:
    $groups[$word$cut].append($word)
return dict($groups)
""",
            """
$groups = {}
for $word in $words:
    $key = $word$cut
    if $key not in $groups:
        $groups[$key] = []
    $groups[$key].append($word)
return $groups
""",
            """
from itertools import groupby
$result = sorted($words, key=lambda $word: $word$cut)
return {$key: list($item) for $key, $item in groupby($result, key=lambda $word: $word$cut)}
""",
        ),
        reference=lambda words, cut, what, plural: {
            edge: [word for word in words if _edge(word, what) == edge]
            for edge in dict.fromkeys(_edge(w, what) for w in words)
        },
        parameters=lambda rng: part(
            rng,
            {"cut": "[0]", "what": "first letter", "plural": "first letters"},
            {"cut": "[-1]", "what": "last letter", "plural": "last letters"},
            {"cut": "[:2]", "what": "first two letters", "plural": "pairs of first letters"},
        ),
        inputs=lambda rng, cut, what, plural: (
            rng.choices(
                ("ant", "axe", "arm", "bee", "bat", "banana", "tea", "tree", "ten", "toe"),
                k=rng.randint(2, 6),
            ),
        ),
        edges=(([],), (["sun"],), (["sea", "sea"],), (["moon", "noon", "moss"],)),
        idea="Use the $what of a word as its key: every word is appended to the list under that key, which is made when the key is met for the first time.",
        pitfall="Writing groups[key] = [word] in the loop forgets the words that came before.",
    ),
    Family(
        name="invert_assignment",
        concepts=("dictionaries", "grouping", "sorting"),
        difficulty=2,
        names="invert_assignment names_per_$noun members who_sits_where flip",
        arguments=("place_of|seats|assignment|placed: dict[str, int]; the number given to each person",),
        returns="dict[int, list[str]]",
        phrasings=(
            "The dictionary $place_of gives each person a $noun number. Return the opposite view: from each $noun number, in ascending order, to the alphabetical list of its people.",
            "Invert $place_of. The keys of the result are the $noun numbers that occur, smallest first, the values are lists of the names with that number, sorted alphabetically.",
            "Collect who belongs to each $noun, given $place_of from name to $noun number; return a dictionary of sorted name lists, with the $noun numbers in ascending order and no entry for a $noun without people.",
            "For every $noun number found among the values of $place_of, which people have it? Build a dictionary that answers this with alphabetically sorted lists, its keys in ascending order.",
        ),
        solutions=(
            """
$groups = {}
for $key, $i in sorted($place_of.items()):
    $groups.setdefault($i, []).append($key)
return dict(sorted($groups.items()))
""",
            """
numbers = sorted(set($place_of.values()))
return {$i: sorted($key for $key in $place_of if $place_of[$key] == $i) for $i in numbers}
""",
            """
from collections import defaultdict
$groups = defaultdict(list)
for $key, $i in $place_of.items():
    $groups[$i].append($key)
return {$i: sorted($groups[$i]) for $i in sorted($groups)}
""",
        ),
        reference=lambda place_of, noun: {
            number: [name for name in sorted(place_of) if place_of[name] == number]
            for number in range(-99, 100)
            if number in place_of.values()
        },
        parameters=lambda rng: {"noun": Raw(rng.choice(("table", "team", "bus", "room", "boat")))},
        inputs=lambda rng, noun: (
            {name: rng.randint(1, 3) for name in rng.sample(draws.FIRST_NAMES, rng.randint(2, 5))},
        ),
        edges=(({},), ({"Uma": 4},), ({"Max": 2, "Eva": 2, "Ada": 2},), ({"Kai": 0, "Jun": -1},)),
        idea="Several people may share a number, so each $noun number needs a list; visiting the names in order or sorting at the end makes the lists alphabetical.",
        pitfall="The short form {value: key for key, value in ...} keeps only the last name of each $noun.",
    ),
    Family(
        name="histogram_buckets",
        concepts=("counting", "dictionaries", "arithmetic"),
        difficulty=2,
        names="histogram bucket_counts count_by_$width spread group_numbers",
        arguments=("numbers|values|readings|data: list[int]; the numbers to sort into buckets",),
        returns="dict[int, int]",
        phrasings=(
            "Count the numbers in $numbers by buckets of width $width. The keys of the result are the smallest multiples of $width of the buckets that occur (a bucket with key k holds the numbers from k up to, but not including, k + $width), in ascending order; the values are the counts.",
            "Return a histogram of $numbers: round each number down to a multiple of $width and count how often each multiple comes up. The multiples are in ascending order; buckets without numbers do not appear.",
            "Put every number of $numbers in the bucket of its next lower (or equal) multiple of $width, negative numbers too, and return a dictionary from each multiple that occurs, smallest first, to how many numbers fell into it.",
            "How many elements of $numbers lie in each span of $width whole numbers that begins at a multiple of $width? Return a dictionary from the beginning of a span to its count, in ascending order and without empty spans.",
        ),
        solutions=(
            """
$groups = {}
for $item in $numbers:
    $key = $item // $width * $width
    $groups[$key] = $groups.get($key, 0) + 1
return dict(sorted($groups.items()))
""",
            """
from collections import Counter
$groups = Counter($item - $item % $width for $item in $numbers)
return {$key: $groups[$key] for $key in sorted($groups)}
""",
            """
$result = [$width * ($item // $width) for $item in $numbers]
return {$key: $result.count($key) for $key in sorted(set($result))}
""",
        ),
        reference=lambda numbers, width: {
            low: count
            for low in range(-2 * width, 13 * width, width)
            if (count := sum(low <= number < low + width for number in numbers))
        },
        parameters=lambda rng: {"width": rng.choice((5, 10, 20, 25))},
        inputs=lambda rng, width: (draws.ints(rng, 4, 8, -10, 60),),
        edges=(([],), ([0],), ([-1, 1],), ([20, 20, 19, 21],)),
        idea="Floor division by $width and multiplication by $width again move each number down to the beginning of its bucket, which serves as the key to count under.",
        pitfall="int(x / $width) rounds towards zero and puts -1 into the bucket of 0.",
    ),
    Family(
        name="positions_of_words",
        concepts=("dictionaries", "enumerate_zip", "grouping"),
        difficulty=2,
        names="positions_of_words index_words where_is build_index locate",
        arguments=("words|tokens|names|pages: list[str]; the words in order",),
        returns="dict[str, list[int]]",
        phrasings=(
            "Return a dictionary from each word of $words to the list of its positions in rising order, where the first word has position $first.",
            "Build an index of $words: for every different word, the rising list of the places where it stands, counted from $first.",
            "Number the entries of $words beginning with $first and collect, for each distinct entry, all its numbers in a list, smallest first. Return the lists in a dictionary with the entries as keys.",
            "At which positions does each word occur in $words, if counting starts at $first? Answer with a dictionary from word to ascending list of positions; an empty list gives an empty dictionary.",
        ),
        solutions=(
            """
$groups = {}
for $i, $word in enumerate($words, start=$first):
    $groups.setdefault($word, []).append($i)
return $groups
""",
            """
return {$word: [$i for $i, $item in enumerate($words, $first) if $item == $word] for $word in $words}
""",
            """
from collections import defaultdict
$groups = defaultdict(list)
$count = $first
for $word in $words:
    $groups[$word].append($count)
    $count += 1
return dict($groups)
""",
        ),
        reference=lambda words, first: {
            word: [at + first for at in range(len(words)) if words[at] == word]
            for word in dict.fromkeys(words)
        },
        parameters=lambda rng: {"first": rng.choice((0, 1, 1, 10))},
        inputs=lambda rng, first: (rng.choices(rng.sample(draws.WORDS, 3), k=rng.randint(3, 6)),),
        edges=(([],), (["sun"],), (["go", "go", "go"],), (["Go", "go"],)),
        idea="enumerate with start=$first numbers the words while looping, and each number is appended to the list of its word.",
        pitfall="words.index(word) always gives the first position, so repeated words would get the same number again and again.",
    ),
)


def _edge(word: str, what: str) -> str:
    return {"first letter": word[:1], "last letter": word[-1:]}.get(what, word[0:2])
