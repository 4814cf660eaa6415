"""Families on set operations: union, intersection, difference, and the questions they answer."""

from __future__ import annotations

import random
from fractions import Fraction

from hornbook.curriculum import draws
from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family, Raw

INGREDIENTS = ("milk", "egg", "nuts", "fish", "rice", "soy")


def _card(rng: random.Random) -> dict[str, list[str]]:
    return {
        dish: sorted(rng.sample(INGREDIENTS, rng.randint(1, 2)))
        for dish in rng.sample(("soup", "cake", "curry", "salad", "stew"), rng.randint(3, 4))
    }


FAMILIES: tuple[Family, ...] = (
    Family(
        name="came_stayed_left",
        concepts=("set_operations", "tuples", "sorting"),
        difficulty=2,
        names="came_stayed_left compare_members changes_in_list attendance_change movements",
        arguments=(
            "before|old_list|yesterday|last_year: list[str]; names, perhaps repeated",
            "after|new_list|today|this_year: list[str]; names, perhaps repeated",
        ),
        returns="tuple[list[str], list[str], list[str]]",
        phrasings=(
            "Return three lists in a tuple: the names that are only in $before, those in both lists, and those only in $after. Each list is in $order order without repeats, and names starting with '$mark' are ignored.",
            "Compare $before and $after. Give a tuple of the names that have gone, stayed and come, each as a list in $order order in which no name occurs twice. Leave out all names with '$mark' in front.",
            "A club compares the member lists $before and $after. Who has left, who is still there, and who is new? Return the three lists in $order order; repeated names count once, names beginning with '$mark' are tests and do not count at all.",
            "Let A and B be the sets of names in $before and $after that do not begin with '$mark'. Return the tuple of A - B, A & B and B - A, each as a list in $order order.",
        ),
        solutions=(
            """
old = {$key for $key in $before if not $key.startswith("$mark")}
new = {$key for $key in $after if not $key.startswith("$mark")}
return sorted(old - new$down), sorted(old & new$down), sorted(new - old$down)
""",
            """
gone, kept, fresh = [], [], []
for $key in sorted(set($before) | set($after)$down):
    if $key[:1] == "$mark":
        continue
    if $key not in $after:
        gone.append($key)
    elif $key in $before:
        kept.append($key)
    else:
        fresh.append($key)
return gone, kept, fresh
""",
        ),
        reference=lambda before, after, mark, order, down: tuple(
            sorted(
                dict.fromkeys(
                    n for n in before + after if n[:1] != mark and (n in before, n in after) == place
                ),
                reverse=order.startswith("reverse"),
            )
            for place in ((True, False), (True, True), (False, True))
        ),
        parameters=lambda rng: {
            "mark": Raw(rng.choice("_.#")),
            **part(
                rng,
                {"order": "alphabetical", "down": ""},
                {"order": "reverse alphabetical", "down": ", reverse=True"},
            ),
        },
        inputs=lambda rng, mark, **_: (
            rng.choices(("Ada", "Ben", "Cleo", "Dan", mark + "x"), k=rng.randint(3, 4)),
            rng.choices(("Ada", "Ben", "Cleo", "Eva", mark + "y"), k=rng.randint(3, 4)),
        ),
        edges=(
            ([], []),
            (["Ada"], []),
            ([], ["Ben", "Ben"]),
            (["b", "a", "c"], ["c", "b", "a"]),
            (["_x", ".x", "#x"], ["_x", ".y"]),
            (["b", "a", "d", "c"], ["d", "f", "e", "c"]),
        ),
        idea="Differences in both directions and the intersection split all names into three groups, and none is lost.",
        pitfall="The difference of sets is not symmetric: a - b and b - a answer different questions.",
    ),
    Family(
        name="in_one_list_only",
        concepts=("set_operations", "list_building", "filtering"),
        difficulty=2,
        names="in_one_list_only unshared_words differing_entries exclusive_items symmetric_difference",
        arguments=(
            "first|mine|left_side|ours: list[str]; any texts",
            "second|yours|right_side|theirs: list[str]; any texts",
        ),
        returns="list[str]",
        phrasings=(
            "Return the texts of at least $k characters that occur in exactly one of the two lists, those of $first first and then those of $second, each once and in the order of first appearance.",
            "List everything that $first and $second do not share: the texts found only in $first, then the ones found only in $second. Repeats appear once, in the order in which they first come up; texts shorter than $k characters are left out.",
            "Two friends compare their shopping lists $first and $second. Which entries does only one of them have? Begin with those of $first, keep the order of the lists, mention each entry once and skip entries with fewer than $k letters.",
            "Return the list of all distinct x with len(x) >= $k that belong to the symmetric difference of the elements of $first and $second, ordered by first position in the concatenation of $first and $second.",
        ),
        solutions=(
            """
different = set($first) ^ set($second)
$result = []
for $item in $first + $second:
    if $item in different and len($item) >= $k:
        $result.append($item)
        different.remove($item)
return $result
""",
            """
$result = {}
for own, rival in (($first, $second), ($second, $first)):
    for $item in own:
        if $item not in rival and len($item) >= $k:
            $result[$item] = True
return list($result)
""",
        ),
        reference=lambda first, second, k: [
            x
            for x in dict.fromkeys(first + second)
            if (first.count(x) > 0) + (second.count(x) > 0) == 1 and x[k - 1 :]
        ],
        parameters=lambda rng: {"k": rng.randint(2, 4)},
        inputs=lambda rng, k: (
            rng.choices(("oil", "tea", "rice", "egg", "ham", "x"), k=rng.randint(3, 4)),
            rng.choices(("oil", "tea", "rice", "bread", "ham", "kiwi"), k=rng.randint(3, 4)),
        ),
        edges=(
            ([], []),
            (["tea"], []),
            ([], ["rice", "rice", "a"]),
            (["salt", "tea"], ["tea", "salt"]),
            (["abc", "ab", "abcd"], ["xyz", "xy"]),
        ),
        idea="The operator ^ keeps what is in exactly one of two sets; walking over the lists brings back the order that sets do not have.",
        pitfall="Converting the set to a list gives an order that may change from run to run.",
    ),
    Family(
        name="dishes_for_guests",
        concepts=("any_all", "set_operations", "dictionaries"),
        difficulty=2,
        names="dishes_for_guests safe_dishes suitable_meals menu_without allowed_dishes",
        arguments=(
            "dishes|card|recipes|meals: dict[str, list[str]]; the ingredients of each dish",
            "avoid|allergies|excluded|forbidden: list[str]; what the guests do not eat",
            "wanted|needed|wishes|liked: list[str]; what the guests want",
        ),
        returns="list[str]",
        phrasings=(
            "Return the names of the $dishes that contain $no of $avoid and $some of $wanted, in alphabetical order.",
            "Which $dishes have $no of $avoid among their ingredients, but $some of $wanted? Give their names sorted alphabetically.",
            "Guests must not eat $avoid and would like $wanted. A dish suits them if it contains $no of the former and $some of the latter. Return the suitable names out of $dishes in alphabetical order.",
            "Let D be the set of ingredients of a dish. Return the sorted list of the keys of $dishes for which D contains $no of the elements of $avoid and $some of the elements of $wanted; with $wanted empty, 'all' is true and 'at least one' is false.",
        ),
        solutions=(
            """
$result = []
for $key, $row in $dishes.items():
    contents = set($row)
    if contents.isdisjoint($avoid) and contents $op set($wanted):
        $result.append($key)
return sorted($result)
""",
            """
def suits(contents):
    if any($item in contents for $item in $avoid):
        return False
    return $fn($item in contents for $item in $wanted)
return [$key for $key in sorted($dishes) if suits($dishes[$key])]
""",
        ),
        reference=lambda dishes, avoid, wanted, some, **_: sorted(
            name
            for name, row in dishes.items()
            if not [x for x in row if x in avoid]
            and (len({x for x in wanted if x in row}) >= (len(set(wanted)) if some == "all" else 1))
        ),
        parameters=lambda rng: {
            "no": Raw("none"),
            **part(
                rng,
                {"some": "all", "op": ">=", "fn": "all"},
                {"some": "at least one", "op": "&", "fn": "any"},
            ),
        },
        inputs=lambda rng, **_: (
            _card(rng),
            rng.sample(INGREDIENTS, rng.randint(1, 2)),
            rng.sample(INGREDIENTS, rng.randint(1, 2)),
        ),
        edges=(
            ({}, ["egg"], ["rice"]),
            ({"soup": ["rice"]}, [], []),
            ({"cake": ["egg", "milk"], "rice": ["rice"]}, ["fish"], ["milk", "egg"]),
            ({"b": ["x", "y"], "a": ["x", "y", "z"], "c": ["x", "w"]}, ["w"], ["x"]),
            ({"p": []}, ["x"], ["y"]),
        ),
        idea="isdisjoint says that nothing forbidden is there, and the comparison of sets says whether the wishes are covered.",
        pitfall="For an empty list of wishes `all` is True and `any` is False; decide which one is meant.",
    ),
    Family(
        name="free_numbers",
        concepts=("set_operations", "while_loops", "list_building"),
        difficulty=2,
        names="free_numbers smallest_free next_free_ids unused_numbers available",
        arguments=("taken|used|reserved|seats: list[int]; numbers in use, in any order, perhaps repeated",),
        returns="list[int]",
        phrasings=(
            "Return the $k smallest integers from $low on that are not in $taken and whose $says not in $taken either, in ascending order.",
            "Find the first $k numbers n, starting the search at $low, such that neither n nor $with_n occurs in $taken. Return them in ascending order.",
            "Lockers are numbered from $low on, and those in $taken are in use. Somebody looks for the $k lowest free lockers whose $says not in use. Which ones are they, in ascending order?",
            "Return the ascending list of the $k least integers n >= $low with n and $with_n both absent from $taken.",
        ),
        solutions=(
            """
used = set($taken)
$result = []
number = $low
while len($result) < $k:
    if not used & {number, $formula}:
        $result.append(number)
    number += 1
return $result
""",
            """
candidates = range($low, $low + 2 * len($taken) + $k)
free = [number for number in candidates if number not in $taken and $formula not in $taken]
return free[:$k]
""",
        ),
        reference=lambda taken, low, k, formula, **_: sorted(
            set(range(low, low + 200))
            - set(taken)
            - {t - (1 if "+ 1" in formula else -1 if "- 1" in formula else 2) for t in taken}
        )[:k],
        parameters=lambda rng: {
            "low": rng.randint(1, 3),
            "k": rng.randint(2, 3),
            **part(
                rng,
                {"formula": "number + 1", "with_n": "n + 1", "says": "right neighbour (one more) is"},
                {"formula": "number - 1", "with_n": "n - 1", "says": "left neighbour (one less) is"},
                {"formula": "number + 2", "with_n": "n + 2", "says": "number plus two is"},
            ),
        },
        inputs=lambda rng, **_: (rng.sample(range(0, 14), rng.randint(3, 7)),),
        edges=(
            ([],),
            ([1],),
            ([4, 4, 5],),
            ([2, 4, 6, 8, 10, 12],),
            ([-1, 0, 100],),
            ([1, 2, 3, 4, 5, 6, 7],),
        ),
        idea="A set answers at once whether a number is taken, so the numbers can simply be tried one after the other.",
        pitfall="Removing used numbers from a range of fixed size may leave too few; the search must go on until there are enough.",
    ),
    Family(
        name="most_similar_lists",
        concepts=("set_operations", "combinations", "min_max"),
        difficulty=4,
        names="most_similar_pair closest_tastes best_match similar_shelves match_people",
        arguments=(
            "tastes|shelves|tags|collections: dict[str, list[str]]; for each name a list without repeats",
        ),
        returns="tuple[str, str, int] | None",
        phrasings=(
            "The similarity of two lists is 100 times the number of common elements divided by the number of $base, rounded down, and 0 if there are none of these. Return (a, b, similarity) for the two names of $tastes with the greatest similarity, a before b in the dictionary, or None if it is below $least.",
            "For every two keys of $tastes compute how many percent (rounded down) the elements they have in common are of $base; without such elements it is 0. Return the pair with the highest percentage as (first, second, percentage) in dictionary order. Of equal pairs the one that comes first when pairs are listed by positions is taken; return None when there is no pair with at least $least percent.",
            "An app wants to bring people of like taste together. Two tastes agree by the share of common things in $base, in whole percent, rounded down (0 where that would be a division by zero). Which two people of $tastes agree most, and by how many percent? Earlier people in the dictionary come first, also on ties, and agreement of less than $least percent gives None.",
            "Over all pairs i < j of positions in $tastes let s = 100 * |A & B| // n, where n is the number of $base of both sets A and B (s = 0 if n is 0). Return (key i, key j, s) for the largest s, the lexicographically smallest (i, j) on ties, or None if no s reaches $least.",
        ),
        solutions=(
            """
from itertools import combinations
$best = None
most = $least - 1
for (a, first), (b, second) in combinations($tastes.items(), 2):
    common = set(first) & set(second)
    size = $size
    share = 100 * len(common) // size if size else 0
    if share > most:
        $best, most = (a, b, share), share
return $best
""",
            """
def share(first, second):
    common = [$item for $item in first if $item in second]
    size = $size
    return len(common) * 100 // max(1, size)
names = list($tastes)
pairs = [(a, b, share($tastes[a], $tastes[b])) for $i, a in enumerate(names) for b in names[$i + 1 :]]
$result = max(pairs, key=lambda $pair: $pair[2], default=None)
return $result if $result and $result[2] >= $least else None
""",
        ),
        reference=lambda tastes, least, base, **_: (
            lambda ranked: (
                (ranked[0][2][0], ranked[0][2][1], -ranked[0][0])
                if ranked and -ranked[0][0] >= least
                else None
            )
        )(
            sorted(
                (
                    -int(Fraction(100 * len([x for x in tastes[a] if x in tastes[b]]), n)) if n else 0,
                    (i, j),
                    (a, b),
                )
                for i, a in enumerate(tastes)
                for j, b in enumerate(tastes)
                if i < j
                for n in [
                    len(dict.fromkeys(tastes[a] + tastes[b]))
                    if base.startswith("all")
                    else min(len(tastes[a]), len(tastes[b]))
                ]
            )
        ),
        parameters=lambda rng: {
            "least": rng.choice((20, 25, 34, 50)),
            **part(
                rng,
                {"base": "all different elements", "size": "len(set(first) | set(second))"},
                {"base": "elements of the shorter list", "size": "min(len(first), len(second))"},
            ),
        },
        inputs=lambda rng, **_: (
            {
                name: rng.sample(("jazz", "rock", "folk", "pop"), rng.randint(1, 3))
                for name in rng.sample(draws.FIRST_NAMES, rng.randint(3, 4))
            },
        ),
        edges=(
            ({},),
            ({"Ada": ["pop"]},),
            ({"Ada": [], "Ben": []},),
            ({"Ada": ["x", "y"], "Ben": ["y", "x"]},),
            ({"a": ["x"], "b": ["y"], "c": ["x", "y"]},),
            ({"a": ["p", "q", "r"], "b": ["r", "s", "t"], "c": ["r"]},),
        ),
        idea="Intersection and size say how much two sets agree; each pair is looked at once, and a strict comparison keeps the first of equal ones.",
        pitfall="Dividing by the size of one of the lists makes the similarity depend on which list is named first.",
    ),
)
