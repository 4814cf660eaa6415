"""Families on caches: remembered results, entries that expire, what is thrown out."""

from __future__ import annotations

import random

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw

REMEMBER = """
def remember(function):
    known = {}

    def wrapper(argument):
        if argument not in known:
            known[argument] = function(argument)
        return known[argument]

    return wrapper
"""


def _requests(rng: random.Random) -> list[tuple[int, str]]:
    times = sorted(rng.sample(range(30), rng.randint(4, 7)))
    return [(time, rng.choice("abc")) for time in times]


def _steps(number: int, divisor: int) -> int:
    steps = 0
    while number != 1:
        number = number // divisor if number % divisor == 0 else number + 1
        steps += 1
    return steps


FAMILIES: tuple[Family, ...] = (
    Family(
        name="hits_of_small_cache",
        concepts=("caching", "list_building", "simulation"),
        difficulty=3,
        names="hits_of_small_cache cache_hits count_hits simulate_cache found_at_hand",
        arguments=("requests|pages|keys|calls: list[str]; what is asked for, in order",),
        returns="int",
        phrasings=(
            "A cache has room for $room entries and is empty at first. Each of $requests is a hit if it is in the cache; otherwise it is put in, and if the cache was full, the entry $victim is thrown out. Return the number of hits.",
            "How many of $requests are found in a cache that holds up to $room entries? Whatever is not found is stored, in exchange for the entry $victim if there is no room.",
            "On a small desk there is room for $room books. Whoever needs a book, as listed in $requests, looks on the desk first (a hit); if it is not there, it is fetched from the shelf and, on a full desk, replaces the book $victim. Count the hits.",
            "Simulate a cache of capacity $room on the sequence $requests with the rule that a miss inserts the key and, at full capacity, first evicts the key $victim. Return how often a requested key was present.",
        ),
        solutions=(
            """
cache = []
$count = 0
for $item in $requests:
    if $item in cache:
        $count += 1
        cache.remove($item)
    elif len(cache) == $room:
        cache.pop(0)
    cache.append($item)
return $count
""",
            """
from collections import OrderedDict
cache = OrderedDict()
$count = 0
for $item in $requests:
    if $item in cache:
        $count += 1
        cache.move_to_end($item)
    else:
        cache[$item] = True
        if len(cache) > $room:
            cache.popitem(last=False)
return $count
""",
            """
last_use = {}
$count = 0
for $i, $item in enumerate($requests):
    $count += $item in last_use
    if $item not in last_use and len(last_use) == $room:
        oldest = min(last_use, key=last_use.get)
        del last_use[oldest]
    last_use[$item] = $i
return $count
""",
        ),
        reference=lambda requests, room, victim: sum(
            any(requests[back] == requests[at] and len(set(requests[back:at])) <= room for back in range(at))
            for at in range(len(requests))
        ),
        parameters=lambda rng: {
            "room": rng.choice((2, 3)),
            "victim": Raw("whose last request lies furthest back"),
        },
        inputs=lambda rng, room, victim: (rng.choices("abcd", k=rng.randint(6, 9)),),
        edges=(
            ([],),
            (["a"],),
            (["a", "a", "a"],),
            (["a", "b", "a", "c", "a", "b"],),
            (["a", "b", "c", "d", "a", "b", "c", "d"],),
        ),
        idea="Keep the entries in the order of their last use: a hit moves its entry to the back, and the front is what has to go.",
        pitfall="A hit changes the order as well; without moving the entry, the oldest instead of the least used one is thrown out.",
    ),
    Family(
        name="fresh_or_stale",
        concepts=("caching", "dictionaries", "conditionals"),
        difficulty=2,
        names="fresh_or_stale served_from_cache label_requests check_freshness answers",
        arguments=(
            "requests|log|queries|calls: list[tuple[int, str]]; pairs (time in seconds, what is asked for), in order of time",
        ),
        returns="list[str]",
        phrasings=(
            "An answer is kept for $life seconds after it was computed. For each (time, key) in $requests return '$hit' if an answer for this key was computed at most $life seconds before, otherwise '$miss'; at a '$miss' the answer is computed and kept.",
            "Which of $requests can be answered from memory? The first request for a key is a '$miss' and stores its time; a later one is a '$hit' if it comes no more than $life seconds after the stored time, and otherwise again a '$miss' that stores its own time. List the words.",
            "A weather site computes a forecast when a town is asked for and shows the same one for the next $life seconds (this limit included); later it computes a new one. Given the requests (second, town) in $requests, say for each whether the old forecast was shown ('$hit') or a new one computed ('$miss').",
            "Label every pair (t, key) of $requests. It is '$hit' if some earlier pair with the same key was labelled '$miss' at a time s with t - s <= $life, and '$miss' if not. Return the list of labels.",
        ),
        solutions=(
            """
computed = {}
$result = []
for time, $key in $requests:
    if $key in computed and time - computed[$key] <= $life:
        $result.append("$hit")
    else:
        computed[$key] = time
        $result.append("$miss")
return $result
""",
            """
valid_until = {}
$result = []
for time, $key in $requests:
    fresh = valid_until.get($key, time - 1) >= time
    if not fresh:
        valid_until[$key] = time + $life
    $result.append("$hit" if fresh else "$miss")
return $result
""",
        ),
        reference=lambda requests, life, hit, miss: _labels(requests, life, hit, miss),
        parameters=lambda rng: {
            "life": rng.choice((3, 5, 10)),
            **rng.choice(
                (
                    {"hit": Raw("hit"), "miss": Raw("miss")},
                    {"hit": Raw("old"), "miss": Raw("new")},
                    {"hit": Raw("kept"), "miss": Raw("computed")},
                )
            ),
        },
        inputs=lambda rng, life, hit, miss: (_requests(rng),),
        edges=(
            ([],),
            ([(0, "a")],),
            ([(0, "a"), (0, "a"), (1, "b")],),
            ([(0, "a"), (3, "a"), (4, "a"), (5, "a"), (10, "a")],),
            ([(2, "a"), (7, "a"), (12, "a"), (13, "a")],),
        ),
        idea="The dictionary keeps the time of the last computation of each key; the age of an answer is a difference of two times.",
        pitfall="A hit must not renew the stored time, or an answer that is asked for often would never get old.",
    ),
    Family(
        name="remembered_steps",
        concepts=("caching", "recursion", "mapping"),
        difficulty=3,
        names="remembered_steps steps_for_all path_lengths count_steps analyze",
        arguments=("numbers|starts|values|items: list[int]; positive numbers",),
        returns="list[int]",
        phrasings=(
            "A number that is divisible by $divisor is divided by $divisor, any other number is raised by 1, and so on until 1 is reached. Return for each of $numbers how many steps this takes (0 for 1). Use `remember`, so that no number is worked out twice.",
            "How many steps lead from each of $numbers to 1, if one step divides a multiple of $divisor by $divisor and adds 1 to every other number? Let `remember` keep the answers already known; return a list.",
            "In a card game, a pile whose size is divisible by $divisor shrinks to this size divided by $divisor, and any other pile gets one more card; a pile of one card is done. Tell for every pile size in $numbers after how many turns it is done, and use the helper `remember` to save work.",
            "Let s(1) = 0, s(n) = 1 + s(n / $divisor) if $divisor divides n, and s(n) = 1 + s(n + 1) for other n > 1. Return the values of s for $numbers in their order, computing s with the help of `remember`.",
        ),
        setup=REMEMBER,
        solutions=(
            """
@remember
def steps(n):
    if n == 1:
        return 0
    if n % $divisor == 0:
        return 1 + steps(n // $divisor)
    return 1 + steps(n + 1)

return [steps($item) for $item in $numbers]
""",
            """
def walk($item):
    $count = 0
    while $item > 1:
        quotient, rest = divmod($item, $divisor)
        $item = $item + 1 if rest else quotient
        $count += 1
    return $count

return list(map(remember(walk), $numbers))
""",
        ),
        reference=lambda numbers, divisor: [_steps(number, divisor) for number in numbers],
        parameters=lambda rng: {"divisor": rng.choice((2, 3, 4, 5))},
        inputs=lambda rng, divisor: (draws.ints(rng, 3, 5, 1, 60),),
        edges=(([],), ([1],), ([1, 1, 2],), ([3, 9, 27, 3],), ([16, 15, 25, 24],)),
        idea="Different starts soon run into the same numbers, and a remembered answer is then as good as a computed one.",
        pitfall="The wrapper has to be made once, outside of the loop; a new one for each number remembers nothing.",
    ),
    Family(
        name="served_from_memory",
        concepts=("caching", "sets", "counting"),
        difficulty=1,
        names="served_from_memory count_reused repeated_requests saved_work reuse",
        arguments=("requests|questions|queries|calls: list[str]; what is asked for, in order",),
        returns="tuple[int, int]",
        phrasings=(
            "The answer to a request is computed when it comes for the first time and taken from memory when it comes again; $same. Return (computed, remembered): how many of $requests were computed and how many were answered from memory.",
            "How often must an answer be worked out, and how often can an old one be used, if every answer to $requests is kept and $same? Return both numbers as a tuple in this order.",
            "A waiter learns the price of a dish when someone asks for it and then knows it by heart. Guests ask for the dishes in $requests, where $same. Return a tuple: how often the waiter had to ask in the kitchen, and how often not.",
            "Return the pair (d, n - d), where n is the length of $requests and d the number of its different elements, if $same.",
        ),
        solutions=(
            """
known_answers = set()
computed = 0
for request in $requests:
    if request$fold not in known_answers:
        computed += 1
        known_answers.add(request$fold)
return (computed, len($requests) - computed)
""",
            """
different = {request$fold for request in $requests}
return (len(different), len($requests) - len(different))
""",
            """
cache = {}
remembered = 0
for request in $requests:
    remembered += request$fold in cache
    cache[request$fold] = True
return len(cache), remembered
""",
        ),
        reference=lambda requests, same, fold: (
            sum(not _known(requests, at, bool(fold)) for at in range(len(requests))),
            sum(_known(requests, at, bool(fold)) for at in range(len(requests))),
        ),
        parameters=lambda rng: rng.choice(
            (
                {"same": Raw("upper and lower case make no difference"), "fold": Raw(".lower()")},
                {"same": Raw("upper and lower case make a difference"), "fold": Raw("")},
            )
        ),
        inputs=lambda rng, same, fold: (
            rng.choices(("tea", "Tea", "rice", "soup", "SOUP", "fish"), k=rng.randint(3, 7)),
        ),
        edges=(([],), (["tea"],), (["tea", "TEA", "tea"],), (["É", "é"],), (["a", "b", "c"],)),
        idea="What has been answered once is in the set, so each different request is computed exactly once.",
        pitfall="Adding to the memory only on a hit keeps it empty for ever.",
    ),
)


def _labels(requests: list[tuple[int, str]], life: int, hit: str, miss: str) -> list[str]:
    """Label key by key: within one key, each miss covers the requests up to its end."""
    labels = [""] * len(requests)
    for key in {key for _, key in requests}:
        mine = [at for at, (_, found) in enumerate(requests) if found == key]
        while mine:
            end = requests[mine[0]][0] + life
            labels[mine[0]] = miss
            for at in mine[1:]:
                if requests[at][0] <= end:
                    labels[at] = hit
            mine = [at for at in mine if not labels[at]]
    return labels


def _known(requests: list[str], at: int, fold: bool) -> bool:
    return any(old == requests[at] or (fold and old.lower() == requests[at].lower()) for old in requests[:at])
