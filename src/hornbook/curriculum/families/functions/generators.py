"""Families on functions that yield, and on comprehensions that hand out one value at a time."""

from __future__ import annotations

import random
from typing import Any

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _wave(n: int, low: int, high: int) -> list[int]:
    up = list(range(low, high))
    ring = up + [high] + [high - i for i in range(1, high - low)]
    return [ring[i % len(ring)] for i in range(n)]


def _groups(weights: list[int], most: int, people: int) -> list[list[int]]:
    if not weights:
        return []
    size = 1
    while size < min(len(weights), people) and sum(weights[: size + 1]) <= most:
        size += 1
    return [weights[:size], *_groups(weights[size:], most, people)]


def _tree(rng: random.Random, depth: int) -> Any:
    if depth == 0 or rng.random() < 0.2:
        return None
    return (_tree(rng, depth - 1), rng.randint(0, 30), _tree(rng, depth - 1))


def _inner(tree: Any, k: int) -> list[int]:
    if tree is None:
        return []
    values = [*_inner(tree[0], 0), tree[1], *_inner(tree[2], 0)]
    return values[:k] if k else values


def _letters(words: list[str], starts: str) -> int:
    inside = "".join(word for word in words if word and word[0] in starts)
    outside = "".join(word for word in words if not word or word[0] not in starts)
    return len(inside) - len(outside)


def _late(trains: list[tuple[str, int, int]], most: int, nobody: str) -> str:
    late = [f"{name} +{real - plan}" for name, plan, real in trains if real - plan > most]
    return (late or [nobody])[0]


def _trains(rng: random.Random, most: int) -> tuple[list[tuple[str, int, int]]]:
    def one() -> tuple[str, int, int]:
        plan = rng.randint(0, 50)
        return (
            rng.choice("ABCDR") + str(rng.randint(1, 40)),
            plan,
            plan + rng.choice((-1, 0, most, most, most + 1, most + 4)),
        )

    return ([one() for _ in range(rng.randint(2, 5))],)


def _saved(offers: list[tuple[int, int, int]]) -> int:
    sums = [0]
    for pieces, single, together in offers:
        sums.append(pieces * single - together)
    return max(sums)


def _echo(words: list[str], k: int) -> list[str]:
    return [word for i, word in enumerate(words) for _ in range(1 + (i % k == k - 1))]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="numbers_up_and_down",
        concepts=("generators", "iterators", "range_steps"),
        difficulty=3,
        names="up_and_down wave bounce zigzag swing first_of_wave",
        arguments=("n|count|length|how_many: int; how many numbers are wanted, not negative",),
        returns="list[int]",
        phrasings=(
            "Return the first $n numbers of the endless sequence that climbs by ones from $low to $high, comes down again to $low, and so on. The two turning points are not repeated.",
            "Given $n, list the first $n terms of the sequence that starts at $low, rises by 1 until it is $high, falls by 1 until it is $low, and begins again from there without saying $low or $high twice in a row.",
            "A lift in a model house goes from floor $low to floor $high and back all day and calls at every floor on the way. At which floors are its first $n stops, if the first one is at $low?",
            "Return a list of $n integers with first element $low, in which neighbouring elements differ by 1 and the direction changes exactly at $low and at $high; it goes up at the beginning. For $n = 0 the list is empty.",
        ),
        solutions=(
            """
from itertools import islice

def wave():
    while True:
        yield from range($low, $high)
        yield from range($high, $low, -1)

return list(islice(wave(), $n))
""",
            """
$result = []
place, step = $low, 1
for _ in range($n):
    $result.append(place)
    if place + step > $high or place + step < $low:
        step = -step
    place += step
return $result
""",
        ),
        reference=_wave,
        inputs=lambda rng, low, high: (rng.randint(high - low, 4 * (high - low)),),
        edges=((0,), (1,), (2,), (3,), (7,), (16,)),
        idea="The generator never ends, since the caller takes only as many numbers as it wants.",
        pitfall="Using `range(high, low - 1, -1)` on the way down says the turning points twice.",
        parameters=lambda rng: (lambda low: {"low": low, "high": low + rng.randint(2, 4)})(
            rng.randint(-2, 3)
        ),
    ),
    Family(
        name="rides_of_the_cable_car",
        concepts=("generators", "greedy", "list_building"),
        difficulty=3,
        names="rides_of make_groups split_into_rides load_groups group_by_weight batches",
        arguments=("weights|people|loads|queue: list[int]; the weights in the order of the queue",),
        returns="list[list[int]]",
        phrasings=(
            "Return $weights cut into groups, in order: a group takes the next weight as long as it then has at most $people members and weighs at most $most in all. A single weight above $most makes a group of its own.",
            "Given the list $weights, divide it from left to right into lists. Start a new list whenever the next weight would make the current one heavier than $most or longer than $people. A list never stays empty, so one weight is always taken, however large.",
            "A small cable car carries at most $people persons and $most kg. People get in one after the other in the order $weights, and the car leaves when the next person would be too much; somebody heavier than that rides alone. Who rides together? Return the list of the rides.",
            "Return a list of non-empty lists whose concatenation is $weights. Each of them is as long as possible, from the left, under two conditions: at most $people elements, and a sum of at most $most unless it has one element.",
        ),
        solutions=(
            """
def rides():
    ride = []
    for weight in $weights:
        if ride and (len(ride) == $people or sum(ride) + weight > $most):
            yield ride
            ride = []
        ride.append(weight)
    if ride:
        yield ride

return list(rides())
""",
            """
$result = []
$total = 0
for weight in $weights:
    if not $result or len($result[-1]) >= $people or $total + weight > $most:
        $result.append([])
        $total = 0
    $result[-1].append(weight)
    $total += weight
return $result
""",
        ),
        reference=_groups,
        inputs=lambda rng, most, people: (
            [rng.choice((rng.randint(20, 100), most // 2, 10)) for _ in range(rng.randint(4, 8))],
        ),
        edges=(([],), ([500],), ([10] * 9,), ([500, 10, 500],), ([100, 100, 100, 100],)),
        idea="The group that is being filled is yielded when the next weight does not fit, and the last one after the loop.",
        pitfall="Forgetting the group that is still open when the queue ends loses the last ride.",
        parameters=lambda rng: {"most": rng.choice((160, 200, 240)), "people": rng.randint(3, 4)},
    ),
    Family(
        name="first_of_sorted_tree",
        concepts=("generators", "recursion", "tuples"),
        difficulty=4,
        names="first_in_tree smallest_in_tree tree_values in_order leftmost_values read_tree",
        arguments=("tree|node|root: tuple | None; (left, value, right) with None for a missing part",),
        returns="list[int]",
        phrasings=(
            "Return the first $k values of $tree, read from left to right: of every node first its left part, then its own value, then its right part. A tree is None or a triple (left, value, right); with fewer than $k values return them all.",
            "Given nested triples (left, value, right), in which left and right are such triples or None, list the values so that everything in the left part comes before the value and everything in the right part after it, and stop after $k values.",
            "A family draws its tree with the elders in the middle: a person is (left branch, age, right branch), and a missing branch is None. Read the ages from left to right and return the first $k of them, or all if there are no more.",
            "Let r(None) be the empty sequence and r((a, v, b)) the sequence r(a), v, r(b). Return the list of the first $k elements of r($tree), or of all of them if it is shorter.",
        ),
        solutions=(
            """
from itertools import islice

def walk(node):
    if node is not None:
        left, value, right = node
        yield from walk(left)
        yield value
        yield from walk(right)

return list(islice(walk($tree), $k))
""",
            """
values = []
stack = []
node = $tree
while (stack or node is not None) and len(values) < $k:
    if node is not None:
        stack.append(node)
        node = node[0]
    else:
        node = stack.pop()
        values.append(node[1])
        node = node[2]
return values
""",
        ),
        reference=_inner,
        inputs=lambda rng, k: ((_tree(rng, 3), rng.randint(0, 30), _tree(rng, 3)),),
        edges=(
            (None,),
            ((None, 5, None),),
            ((None, 1, (None, 2, (None, 3, (None, 4, None)))),),
            ((((None, 1, None), 2, None), 3, (None, 9, None)),),
            (((None, 7, None), 7, (None, 7, None)),),
        ),
        idea="`yield from` hands on what the smaller trees give, and the caller stops asking after enough values, so the rest is never visited.",
        pitfall="A recursive call without `yield from` makes a generator that nobody asks, and its values are lost.",
        parameters=lambda rng: {"k": rng.randint(2, 4)},
    ),
    Family(
        name="repeat_every_kth",
        concepts=("generators", "enumerate_zip", "lists"),
        difficulty=2,
        names="repeat_kth double_every with_echo echo_words say_again repeated",
        arguments=("words|items|lines|names: list[str]; the words in order",),
        returns="list[str]",
        phrasings=(
            "Return $words with every $kth one said twice in a row, as a new list.",
            "Given a list $words, make a new list in which the words number $k, 2 * $k, 3 * $k and so on, counted from 1, stand twice one after the other, and all others once.",
            "In a singing lesson the teacher says the $words one by one, and the class repeats every $kth of them. What is heard, word for word?",
            "Return the concatenation, for i = 0, 1, ..., of [w, w] if (i + 1) is divisible by $k and [w] otherwise, where w is $words[i].",
        ),
        solutions=(
            """
def spoken():
    for $i, word in enumerate($words, 1):
        yield word
        if $i % $k == 0:
            yield word

return list(spoken())
""",
            """
$result = []
for start in range(0, len($words), $k):
    block = $words[start : start + $k]
    $result += block
    if len(block) == $k:
        $result.append(block[-1])
return $result
""",
        ),
        reference=lambda words, k, kth: _echo(words, k),
        inputs=lambda rng, k, kth: (draws.words(rng, k, k + 5),),
        edges=(([],), (["a"],), (["a", "b"],), (["a", "a", "a", "a"],), (["é", "", "x", "y", "z", "u"],)),
        idea="A generator may yield more often than its loop goes round, once or twice for each word.",
        pitfall="Counting from 0 repeats the first word and shifts all the others.",
        parameters=lambda rng: rng.choice(
            ({"k": 2, "kth": Raw("second")}, {"k": 3, "kth": Raw("third")}, {"k": 4, "kth": Raw("fourth")})
        ),
    ),
    Family(
        name="letters_by_first_letter",
        concepts=("generator_expressions", "accumulation", "strings"),
        difficulty=2,
        names="letter_difference letters_balance compare_letters surplus letter_surplus difference",
        arguments=("words|names|texts|items: list[str]; lower-case words",),
        returns="int",
        phrasings=(
            "Return how many letters more the elements of $words that begin with one of '$starts' have together than all the others. The result is negative if the others have more; an empty word belongs to the others.",
            "Given the list $words, add up the lengths of the words whose first letter is one of '$starts', subtract the lengths of all other words and return the difference.",
            "Two teams share a stack of word cards: team one gets those that begin with one of the letters '$starts', team two the rest, and each letter on a card is a point. By how many points is team one ahead? Team two being ahead makes the number negative.",
            "Return the sum of len(w) over the words w of $words that are not empty and have w[0] in '$starts', minus the sum of len(w) over the remaining ones.",
        ),
        solutions=(
            """
ours = sum(len(word) for word in $words if word and word[0] in "$starts")
everything = sum(len(word) for word in $words)
return 2 * ours - everything
""",
            """
difference = 0
for word in $words:
    if word.startswith(tuple("$starts")):
        difference += len(word)
    else:
        difference -= len(word)
return difference
""",
        ),
        reference=lambda words, starts: _letters(words, str(starts)),
        inputs=lambda rng, starts: (draws.words(rng, 3, 6),),
        edges=(
            ([],),
            ([""],),
            (["apple"],),
            (["", "sun", "tea"],),
            (["ox", "owl", "ox"],),
            (["élan", "ice"],),
        ),
        idea="As the only argument of `sum`, a generator expression adds the lengths one by one and no list is built.",
        pitfall="`word[0]` fails for an empty word; test for the empty word first.",
        parameters=lambda rng: {"starts": Raw(rng.choice(("aeiou", "st", "abcde", "mpt")))},
    ),
    Family(
        name="first_late_train",
        concepts=("generator_expressions", "searching", "string_formatting"),
        difficulty=1,
        names="first_late first_delay late_train find_late first_delayed warn",
        arguments=("trains|buses|arrivals|rows: list[tuple[str, int, int]]; name, planned and real minute",),
        returns="str",
        phrasings=(
            "Return the first of $trains, triples (name, planned, real), that is more than $most minutes late, as a text such as 'R7 +12' with its delay. If there is none, return '$nobody'.",
            "Given a list $trains of tuples (name, planned minute, real minute), find the first one whose real minute is more than $most after the planned one and return its name, a blank, '+' and the delay in minutes. Return '$nobody' when no train is that late.",
            "A board at the station shows one line: the first train on the list with a delay of more than $most minutes, like 'A3 +9', or '$nobody'. Being early is no delay. What does it show for $trains?",
            "Let (n, p, r) be the first triple of $trains with r - p > $most. Return n + ' +' + str(r - p), or '$nobody' if no triple is like that.",
        ),
        solutions=(
            """
late = (f"{name} +{real - plan}" for name, plan, real in $trains if real - plan > $most)
return next(late, "$nobody")
""",
            """
for name, plan, real in $trains:
    delay = real - plan
    if delay > $most:
        return f"{name} +{delay}"
return "$nobody"
""",
        ),
        reference=lambda trains, most, nobody: _late(trains, most, str(nobody)),
        inputs=lambda rng, most, nobody: _trains(rng, most),
        edges=(
            ([],),
            ([("A1", 10, 10)],),
            ([("A1", 10, 5), ("B2", 0, 99)],),
            ([("C3", 5, 20), ("D4", 5, 40)],),
        ),
        idea="`next` takes the first value of the generator expression; the trains behind it are not looked at any more.",
        pitfall="`next` without a default raises StopIteration when nothing fits.",
        parameters=lambda rng: {
            "most": rng.randint(3, 8),
            "nobody": Raw(rng.choice(("all on time", "no delay", "on time"))),
        },
    ),
    Family(
        name="largest_saving",
        concepts=("generator_expressions", "min_max", "unpacking"),
        difficulty=1,
        names="largest_saving best_saving most_saved top_discount best_offer max_saving",
        arguments=(
            "offers|packs|deals|bundles: list[tuple[int, int, int]]; pieces, price of one and price of the pack",
        ),
        returns="int",
        phrasings=(
            "Return the largest saving among $offers, triples (pieces, single, pack): what the pieces would cost singly minus what the pack costs. It is 0 if no pack saves anything.",
            "Given a list $offers of packs, each with the number of pieces, the price of a single piece and the price of the whole pack, work out how much a pack saves against buying its pieces one by one. Return the best of these amounts, but at least 0, also for an empty list.",
            "A shop sells $things in packs, but some packs are dearer than the pieces in them. What is the most that a customer can save with one of the $offers, given as (pieces, price of one, price of the pack)? Nobody has to buy, so it is never less than 0.",
            "Return the maximum of 0 and all n * s - p for the triples (n, s, p) in $offers.",
        ),
        solutions=(
            """
best = max((pieces * single - pack for pieces, single, pack in $offers), default=0)
return max(best, 0)
""",
            """
$best = 0
for pieces, single, pack in $offers:
    saving = pieces * single - pack
    if saving > $best:
        $best = saving
return $best
""",
        ),
        reference=lambda offers, things: _saved(offers),
        inputs=lambda rng, things: (
            [
                (n := rng.randint(2, 6), s := rng.randint(2, 9), n * s - rng.randint(-3, 6))
                for _ in range(rng.randint(2, 4))
            ],
        ),
        edges=(([],), ([(2, 3, 6)],), ([(2, 3, 9)],), ([(1, 5, 4), (3, 2, 5)],), ([(0, 5, 0), (4, 1, 1)],)),
        idea="The expression in brackets gives the savings one by one to `max`, whose default covers the empty list.",
        pitfall="With a default, the generator expression needs brackets of its own, as it is no longer the only argument.",
        parameters=lambda rng: {"things": Raw(rng.choice(("batteries", "pens", "bulbs", "yoghurts")))},
    ),
)
