"""Families on inverting dictionaries: values become keys."""

from __future__ import annotations

import random

from hornbook.curriculum import draws
from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family, Raw


def _staff(rng: random.Random) -> dict[str, str]:
    names = rng.sample(draws.FIRST_NAMES, rng.randint(4, 6))
    return {name: rng.choice(names[:i]) for i, name in enumerate(names) if i}


def _below(boss_of: dict[str, str], name: str) -> int:
    """Count those whose way up leads through `name`."""
    total = 0
    for person in boss_of:
        while person in boss_of:
            person = boss_of[person]
            if person == name:
                total += 1
                break
    return total


FAMILIES: tuple[Family, ...] = (
    Family(
        name="dictionary_the_other_way",
        concepts=("inverting_dictionaries", "grouping", "sorting"),
        difficulty=2,
        names="other_way_round invert_dictionary reverse_lexicon translate_back swap_languages",
        arguments=(
            "meanings|lexicon|entries|translations: dict[str, list[str]]; for each word its translations",
        ),
        returns="dict[str, list[str]]",
        phrasings=(
            "Turn $meanings around: return a dictionary from each translation to the list of words that have it, both in alphabetical order. Translations with $rare are left out, and a word appears once even if its list repeats a translation.",
            "The dictionary $meanings leads from words to lists of translations. Build the one that leads from translations to words, with sorted keys and sorted lists without repeats, but without the translations that have $rare.",
            "A publisher has a lexicon $meanings and wants the other direction. Under each translation stand the words that mean it, alphabetically, each once; translations with $rare are not printed. What does the new lexicon look like, in alphabetical order of its keys?",
            "For every t that occurs in some list of $meanings let w be the sorted list of the keys whose list contains t. Return {t: w} in ascending order of t, leaving out every t with $rare.",
        ),
        solutions=(
            """
$groups = {}
for $word, row in sorted($meanings.items()):
    for $key in set(row):
        $groups.setdefault($key, []).append($word)
return {$key: $groups[$key] for $key in sorted($groups) if len($groups[$key]) >= $k}
""",
            """
targets = sorted({$key for row in $meanings.values() for $key in row})
$result = {}
for $key in targets:
    found = [$word for $word, row in $meanings.items() if $key in row]
    if len(found) >= $k:
        $result[$key] = sorted(found)
return $result
""",
        ),
        reference=lambda meanings, k, rare: {
            t: words
            for t in sorted(x for row in meanings.values() for x in row)
            if len(words := [w for w in sorted(meanings) if meanings[w].count(t)]) >= k
        },
        parameters=lambda rng: (
            lambda k: {"k": k, "rare": Raw("fewer than two words" if k == 2 else "fewer than three words")}
        )(rng.choice((2, 2, 3))),
        inputs=lambda rng, **_: (
            {
                word: rng.choices(("dom", "haus", "bau", "heim"), k=rng.randint(1, 3))
                for word in rng.sample(("house", "home", "building", "flat"), rng.randint(3, 4))
            },
        ),
        edges=(
            ({},),
            ({"a": []},),
            ({"b": ["x"], "a": ["x"]},),
            ({"c": ["y", "y"], "a": ["x"], "b": ["y", "x"]},),
            ({"c": ["é"], "b": ["é", "z"], "a": ["z", "é"]},),
        ),
        idea="Every pair of a word and a translation is met once and entered under the translation.",
        pitfall="{t: w for w, row in ... for t in row} keeps only one word for each translation.",
    ),
    Family(
        name="one_to_one_part",
        concepts=("inverting_dictionaries", "frequencies", "tuples"),
        difficulty=3,
        names="one_to_one_part unique_owners invert_if_unique split_conflicts find_clashes",
        arguments=("number_of|keys_of|lockers|codes: dict[str, int]; the number that each person has",),
        returns="tuple[dict[int, str], list[int]]",
        phrasings=(
            "Invert $number_of as far as the numbers are unique: return a tuple of the dictionary from each number that belongs to one person to this person, with its keys ascending, and the $order list of the numbers that more than one person has.",
            "Split the values of $number_of. Numbers that occur once go, in ascending order, into a dictionary from number to name; all others are listed once each in $order order. Return (dictionary, list).",
            "Every member should have an own locker, but $number_of may contain mistakes. Who can be found by the number alone, and which numbers were given to several people? Return a dictionary (number: name) in ascending order and the list of the doubtful numbers in $order order.",
            "Let c(n) be how many keys of $number_of have the value n. Return ({n: the key with value n} for c(n) = 1 in ascending order of n, [n with c(n) > 1] in $order order).",
        ),
        solutions=(
            """
$groups = {}
for $key, number in $number_of.items():
    $groups.setdefault(number, []).append($key)
owners = {number: $groups[number][0] for number in sorted($groups) if len($groups[number]) == 1}
return owners, sorted(($groups.keys() - owners.keys())$down)
""",
            """
owner = {}
shared = set()
for $key, number in sorted($number_of.items(), key=lambda $pair: $pair[1]):
    if number in owner or number in shared:
        owner.pop(number, None)
        shared.add(number)
    else:
        owner[number] = $key
return owner, sorted(shared$down)
""",
        ),
        reference=lambda number_of, order, **_: (
            {
                n: k
                for n in sorted(number_of.values())
                for k in number_of
                if number_of[k] == n and list(number_of.values()).count(n) == 1
            },
            [
                n
                for n in sorted(range(-50, 200), reverse=order == "descending")
                if list(number_of.values()).count(n) > 1
            ],
        ),
        parameters=lambda rng: part(
            rng, {"order": "ascending", "down": ""}, {"order": "descending", "down": ", reverse=True"}
        ),
        inputs=lambda rng, **_: (
            {name: rng.randint(1, 5) for name in rng.sample(draws.FIRST_NAMES, rng.randint(4, 6))},
        ),
        edges=(
            ({},),
            ({"Ada": 7},),
            ({"Ada": 7, "Ben": 7},),
            ({"c": 3, "b": -1, "a": 2},),
            ({"a": 4, "b": 4, "c": 9, "d": 9, "e": 4},),
        ),
        idea="The number of owners of each value decides on which side it belongs, so all owners are collected before anything is decided.",
        pitfall="Deleting a number when it comes a second time lets it slip back in at the third.",
    ),
    Family(
        name="people_below_each",
        concepts=("inverting_dictionaries", "recursion", "counting"),
        difficulty=4,
        names="people_below_each team_sizes count_subordinates staff_below leadership",
        arguments=(
            "boss_of|manager|leader_of|reports_to: dict[str, str]; the direct boss of everyone who has one, without circles",
        ),
        returns="dict[str, int]",
        phrasings=(
            "Return for each person who is somebody's boss in $boss_of the number of people below, $says, in alphabetical order of the names. Leave out bosses with fewer than $k people below.",
            "The dictionary $boss_of gives the boss of each person. For everyone who is a boss count the people under them, $says; return the counts of at least $k in a dictionary with sorted names.",
            "In a company $boss_of tells who reports to whom. How many people does each boss lead, $says? List only bosses who lead at least $k people, alphabetically, as a dictionary.",
            "For every value b of $boss_of let n(b) be the number of keys p for which following $boss_of from p reaches b in one or more steps ($says). Return {b: n(b)} in ascending order of b for n(b) >= $k.",
        ),
        solutions=(
            """
team = {}
for $key, boss in $boss_of.items():
    team.setdefault(boss, []).append($key)
def below(boss):
    return sum(1 + below($key) for $key in team.get(boss, []))
return {boss: below(boss) for boss in sorted(team) if below(boss) >= $k}
""",
            """
$count = {}
for $key in $boss_of:
    boss = $boss_of.get($key)
    while boss is not None:
        $count[boss] = $count.get(boss, 0) + 1
        boss = $boss_of.get(boss)
return {boss: $count[boss] for boss in sorted($count) if $count[boss] >= $k}
""",
        ),
        reference=lambda boss_of, k, **_: {
            b: n for b in sorted(boss_of.values()) if (n := _below(boss_of, b)) >= k
        },
        parameters=lambda rng: {
            "k": rng.randint(2, 3),
            "says": Raw(
                rng.choice(("at any level", "directly or over several levels", "at all levels together"))
            ),
        },
        inputs=lambda rng, **_: (_staff(rng),),
        edges=(
            ({},),
            ({"Ben": "Ada"},),
            ({"c": "b", "b": "a"},),
            ({"d": "c", "c": "b", "b": "a", "e": "a"},),
            ({"x": "z", "y": "z", "w": "z", "q": "p"},),
        ),
        idea="Turned around, the dictionary lists everybody's direct team; each member counts once and brings the people below along.",
        pitfall="Counting the values of the dictionary gives the direct team only.",
    ),
)
