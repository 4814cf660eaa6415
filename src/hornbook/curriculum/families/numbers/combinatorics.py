"""Families on counting choices."""

from __future__ import annotations

import itertools

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _menus(courses: list[int], optional: list[bool]) -> int:
    plates = [range(-1 if maybe else 0, n) for n, maybe in zip(courses, optional, strict=True)]
    return len(list(itertools.product(*plates)))


def _committees(first: int, second: int, size: int, least: int) -> int:
    people = ["a"] * first + ["b"] * second
    return sum(chosen.count("a") >= least for chosen in itertools.combinations(people, size))


FAMILIES: tuple[Family, ...] = (
    Family(
        name="menus_with_optional_courses",
        concepts=("combinatorics", "accumulation", "enumerate_zip"),
        difficulty=1,
        names="count_menus possible_orders number_of_choices combinations_of menu_count",
        arguments=(
            "choices|courses|options|counts: list[int]; how many things there are to choose from, each 0 or more",
            "optional|may_skip|can_be_left_out|flags: list[bool]; whether it may be left out, one for each",
        ),
        returns="int",
        phrasings=(
            "A $noun consists of one choice for each entry of $choices, which says how many possibilities there are; where $optional is True at the same position, leaving it out is one more possibility. Return how many different $nouns can be put together; without entries there is 1.",
            "Multiply the numbers in $choices, after adding 1 to each number for which the entry of $optional at the same position is True. Return the product, 1 for empty lists.",
            "Given $choices, the number of options for each part of a $noun, and $optional, whether that part may be skipped (lists of equal length), how many different $nouns are there? For no parts at all, the empty $noun is the only one.",
            "Let c_i and o_i be the elements of $choices and $optional. Return the product over i of c_i + 1 (where o_i is True) or c_i (where it is False), the empty product being 1: the number of ways to compose a $noun.",
        ),
        solutions=(
            """
ways = 1
for $count, skip in zip($choices, $optional):
    if skip:
        ways *= $count + 1
    else:
        ways *= $count
return ways
""",
            """
from math import prod
return prod($count + skip for $count, skip in zip($choices, $optional))
""",
            """
if not $choices:
    return 1
ways = $choices[0]
if $optional[0]:
    ways += 1
return ways * $self($choices[1:], $optional[1:])
""",
        ),
        reference=lambda choices, optional, **_: _menus(choices, optional),
        parameters=lambda rng: {
            key: Raw(text)
            for key, text in zip(
                ("noun", "nouns"),
                rng.choice(
                    (("menu", "menus"), ("pizza", "pizzas"), ("costume", "costumes"), ("outfit", "outfits"))
                ),
                strict=True,
            )
        },
        inputs=lambda rng, **_: (
            lambda n: ([rng.randint(1, 5) for _ in range(n)], [rng.random() < 0.5 for _ in range(n)])
        )(rng.randint(2, 4)),
        edges=(
            ([], []),
            ([0], [False]),
            ([0], [True]),
            ([3], [True]),
            ([2, 2], [False, False]),
            ([4, 0, 2], [True, False, True]),
        ),
        idea="Every possibility for one part can be combined with every possibility for the others, so the numbers multiply.",
        pitfall="Starting the product at 0 gives 0 for everything.",
    ),
    Family(
        name="committees_with_enough_from_first",
        concepts=("combinatorics", "accumulation", "for_loops"),
        difficulty=4,
        names="count_committees ways_to_choose number_of_teams team_count choose_team",
        arguments=(
            "first|group_a|many_a|left_group: int; size of the first group, 0 or more",
            "second|group_b|many_b|right_group: int; size of the second group, 0 or more",
            "size|members|places|seats: int; how many are chosen, 0 or more",
        ),
        returns="int",
        phrasings=(
            "Return the number of ways to choose $size people from $first $a and $second $b so that at least $least of the chosen are $a. All people are different, and the order of choosing does not matter.",
            "A team of $size is formed from two groups of $first and $second different people. How many teams have $least or more members from the first group? The order within a team does not matter; if there are too few people, the answer is 0.",
            "Given $first $a and $second $b, how many different committees of $size people have at least $least $a in them? Two committees differ if somebody belongs to only one of them.",
            "Compute the sum of C($first, i) * C($second, $size - i) over all i from $least to $size, where C(n, r), the number of ways to choose r of n people ($a or $b), is 0 for r > n.",
        ),
        solutions=(
            """
from math import comb
$total = 0
for chosen in range($least, $size + 1):
    $total += comb($first, chosen) * comb($second, $size - chosen)
return $total
""",
            """
from math import comb
too_few = sum(comb($first, $i) * comb($second, $size - $i) for $i in range(min($least, $size + 1)))
return comb($first + $second, $size) - too_few
""",
            """
def ways(people, others, places, wanted):
    if places == 0:
        return 1 if wanted <= 0 else 0
    if people > 0:
        return ways(people - 1, others, places - 1, wanted - 1) + ways(people - 1, others, places, wanted)
    if others > 0:
        return ways(people, others - 1, places - 1, wanted) + ways(people, others - 1, places, wanted)
    return 0

return ways($first, $second, $size, $least)
""",
        ),
        reference=lambda first, second, size, a, b, least: _committees(first, second, size, least),
        parameters=lambda rng: {
            **dict(
                zip(
                    ("a", "b"),
                    map(
                        Raw,
                        rng.choice(
                            (("pupils", "teachers"), ("players", "substitutes"), ("nurses", "doctors"))
                        ),
                    ),
                    strict=True,
                )
            ),
            "least": rng.randint(1, 3),
        },
        inputs=lambda rng, **_: (rng.randint(2, 6), rng.randint(1, 5), rng.randint(2, 5)),
        edges=((0, 0, 0), (3, 0, 3), (0, 4, 2), (2, 2, 5), (5, 3, 0), (4, 4, 1), (4, 4, 4)),
        idea="Split by the exact number from the first group: these cases exclude each other, so their counts add up, while within a case the two choices multiply.",
        pitfall="Choosing $least from the first group and then the rest from everybody counts many committees several times.",
    ),
    Family(
        name="arrangements_of_letters",
        concepts=("combinatorics", "counting", "dictionaries"),
        difficulty=3,
        names="arrangements count_orders different_orders ways_to_arrange rearrangements",
        arguments=("tiles|letters|beads|pieces: str; the letters that are laid out in a row",),
        returns="int",
        phrasings=(
            "Return the number of different words, meaningful or not, that can be made from all letters of $tiles. Equal letters cannot be told apart, and the letter '$fixed' must not stand first. The empty text has one arrangement.",
            "How many different orders are there for the letters in $tiles, if exchanging equal letters makes no new order and no order may begin with '$fixed'? Return 1 for an empty string and 0 if nothing is possible.",
            "All letters of $tiles lie on tiles of a word game. The tiles are laid in a row, and the first must not be '$fixed'. In how many ways that look different can it be done? No tiles at all can be laid in exactly one way.",
            "Count the distinct strings that are permutations of $tiles and do not start with '$fixed'; the empty string counts as one such permutation of itself.",
        ),
        solutions=(
            """
from collections import Counter
from math import factorial
if not $tiles:
    return 1
$total = 0
for start in set($tiles) - {"$fixed"}:
    ways = factorial(len($tiles) - 1)
    for $count in Counter($tiles.replace(start, "", 1)).values():
        ways //= factorial($count)
    $total += ways
return $total
""",
            """
def orders(rest):
    if not rest:
        return 1
    return sum(orders(rest.replace($char, "", 1)) for $char in set(rest))

if $tiles == "":
    return 1
return sum(orders($tiles.replace($char, "", 1)) for $char in set($tiles) if $char != "$fixed")
""",
            """
from itertools import permutations
words = {"".join(order) for order in permutations($tiles)}
return sum(1 for $word in words if not $word.startswith("$fixed"))
""",
        ),
        reference=lambda tiles, fixed: len(
            {order for order in itertools.permutations(tiles) if order[:1] != (str(fixed),)}
        ),
        parameters=lambda rng: {"fixed": Raw(rng.choice("abe"))},
        inputs=lambda rng, fixed: ("".join(rng.choices("aabbceen", k=rng.randint(3, 5))),),
        edges=(("",), ("a",), ("b",), ("aab",), ("eee",), ("abe",), ("Aab",)),
        idea="For each allowed first letter, all orders of the rest are possible, divided by the orders of equal letters among themselves.",
        pitfall="The factorial alone counts words several times that look the same.",
    ),
    Family(
        name="row_of_triangle_with_rule",
        concepts=("combinatorics", "list_building", "for_loops"),
        difficulty=3,
        names="triangle_row next_rows row_of_triangle build_row sums_of_neighbours",
        arguments=("row|number|depth|level: int; the number of the row, from 0",),
        returns="list[int]",
        phrasings=(
            "A triangle of numbers starts with row 0, which is [$edge]. Every further row begins and ends with $edge, and each number in between is the sum of the two above it, reduced to its remainder by $k. Return row $row.",
            "Build row number $row of a triangle: row 0 is [$edge]; the next row has one number more, $edge at both ends, and between them the sums of neighbouring numbers of the row before, modulo $k.",
            "Children build a wall of number cards. The top row (number 0) has one card with a $edge. In each row below, the outermost cards are a $edge, and every other card shows what remains of the sum of the two cards above it on division by $k. Return the cards in row $row from left to right.",
            "Let T(0) = [$edge] and let T(n) have n + 1 entries: T(n)[0] = T(n)[n] = $edge, and T(n)[j] = (T(n - 1)[j - 1] + T(n - 1)[j]) mod $k otherwise. Return T($row) as a list.",
        ),
        solutions=(
            """
$current = [$edge]
for _ in range($row):
    inner = [(a + b) % $k for a, b in zip($current, $current[1:])]
    $current = [$edge, *inner, $edge]
return $current
""",
            """
if $row == 0:
    return [$edge]
above = $self($row - 1)
cells = [$edge]
for $i in range(1, $row):
    cells.append((above[$i - 1] + above[$i]) % $k)
return cells + [$edge]
""",
            """
cells = [$edge] * ($row + 1)
for length in range(2, $row + 1):
    for $i in range(length - 1, 0, -1):
        cells[$i] = (cells[$i] + cells[$i - 1]) % $k
return cells
""",
        ),
        reference=lambda row, edge, k: [_triangle(row, column, edge, k) for column in range(row + 1)],
        parameters=lambda rng: {"edge": rng.randint(1, 2), "k": rng.choice((5, 7, 10, 100))},
        inputs=lambda rng, **_: (rng.randint(2, 8),),
        edges=((0,), (1,), (2,), (3,), (7,)),
        idea="A row depends only on the one before, so one list is enough; its neighbouring pairs give the next row.",
        pitfall="Updating a single list from left to right adds numbers that have already been changed.",
    ),
    Family(
        name="orders_with_pair_apart",
        concepts=("combinatorics", "functions", "arithmetic"),
        difficulty=3,
        names="seatings count_seatings row_orders ways_to_sit line_ups",
        arguments=("people|guests|n|persons: int; how many people there are, at least 2",),
        returns="int",
        phrasings=(
            "In how many orders can $people different people $verb if two of them, $first and $second, must not be next to each other? Return the number; $people includes the two.",
            "Return the number of ways in which $people people, $first and $second among them, can $verb such that these two are not next to each other.",
            "A group of $people friends wants to $verb. $first and $second must not be next to each other; otherwise every order is allowed. How many orders are there? Orders that are mirror images of each other count as different.",
            "Count the permutations of $people distinct persons, two of whom are $first and $second, in which these two persons are not neighbours (they $verb); $people is at least 2.",
        ),
        solutions=(
            """
from math import factorial
together = 2 * factorial($people - 1)
every = factorial($people)
return every - together
""",
            """
every = 1
for $item in range(2, $people + 1):
    every *= $item
together = every * 2 // $people
return every - together
""",
            """
from itertools import permutations
$count = 0
for order in permutations(range($people)):
    gap = abs(order.index(0) - order.index(1))
    if gap > 1:
        $count += 1
return $count
""",
        ),
        reference=lambda people, **_: (
            sum(abs(a - b) != 1 for a in range(people) for b in range(people) if a != b) * _fact(people - 2)
        ),
        parameters=lambda rng: {
            **dict(zip(("first", "second"), map(Raw, rng.sample(draws.FIRST_NAMES, 2)), strict=True)),
            "verb": Raw(rng.choice(("sit in a row", "stand in a line", "line up for a photo"))),
        },
        inputs=lambda rng, **_: (rng.randint(3, 6),),
        edges=((2,), (3,), (4,), (5,)),
        idea="Tie the two together and count them as one person: that gives the orders of one person fewer, twice, because the two can change places.",
        pitfall="Forgetting the factor 2 for the two orders within the pair.",
    ),
)


def _triangle(row: int, column: int, edge: int, k: int) -> int:
    if column in (0, row):
        return edge
    return (_triangle(row - 1, column - 1, edge, k) + _triangle(row - 1, column, edge, k)) % k


def _fact(number: int) -> int:
    return len(list(itertools.permutations(range(number))))
