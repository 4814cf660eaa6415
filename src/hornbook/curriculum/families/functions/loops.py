"""Families on leaving a loop early, going on with the next round, and the else of a loop."""

from __future__ import annotations

import random

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _until(numbers: list[int], stop: int, skip: int) -> tuple[int, int]:
    part = numbers[: numbers.index(stop)] if stop in numbers else numbers
    used = [n for n in part if n % skip != 0]
    return sum(used), len(used)


def _packed(parcels: list[int], boxes: list[int]) -> list[int]:
    room = list(boxes)
    places = []
    for parcel in parcels:
        place = min((i for i, r in enumerate(room) if r >= parcel), default=-1)
        if place >= 0:
            room[place] -= parcel
        places.append(place)
    return places


def _tries(guesses: list[int], secret: int, most: int) -> int:
    valid = list(dict.fromkeys(guesses))
    return valid.index(secret) + 1 if secret in valid[:most] else 0


def _guesses(rng: random.Random, most: int) -> tuple[list[int], int]:
    different = rng.sample(range(1, 10), rng.randint(most, most + 2))
    guesses = list(different)
    for _ in range(rng.randint(0, 2)):
        guesses.insert(rng.randint(1, len(guesses)), guesses[0])
    return guesses, rng.choice((different[most - 1], different[most - 1], different[-1], different[1], 0))


def _first_gap(numbers: list[int], k: int) -> int:
    return sorted(set(range(1, max([0, *numbers]) + k + 1, k)) - set(numbers))[0]


def _blocked(rows: list[str], mark: str) -> list[int]:
    return [row.index(mark) if mark in row else -1 for row in rows]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="sum_until_stop_number",
        concepts=("loop_control", "accumulation", "filtering"),
        difficulty=1,
        names="sum_until add_until_stop read_until total_before_stop sum_inputs process_numbers",
        arguments=("numbers|values|inputs|entries: list[int]; the numbers in the order they come",),
        returns="tuple[int, int]",
        phrasings=(
            "Return the sum of $numbers up to the first $stop, and how many numbers were added, as a pair. The $stop itself is not added, and multiples of $skip are passed over without being counted.",
            "Given the list $numbers, go through it from the left and stop at the first $stop. Add up the numbers before it that are not divisible by $skip and return (sum, how many were added). Without a $stop the whole list counts.",
            "A game adds up the numbers that a player draws. The number $stop ends the turn; multiples of $skip, 0 included, are worth nothing. Return the points of the turn for $numbers and how many draws brought points.",
            "Let p be the part of $numbers before the first element equal to $stop, or the whole list if there is none. Return a tuple of the sum and the number of those elements of p that are no multiples of $skip; 0 is a multiple, and (0, 0) is the answer for the empty list.",
        ),
        solutions=(
            """
$total = $count = 0
for $item in $numbers:
    if $item == $stop:
        break
    if $item % $skip == 0:
        continue
    $total += $item
    $count += 1
return $total, $count
""",
            """
from itertools import takewhile

before = takewhile(lambda $item: $item != $stop, $numbers)
used = [$item for $item in before if $item % $skip]
return sum(used), len(used)
""",
        ),
        reference=_until,
        inputs=lambda rng, stop, skip: (
            [
                rng.choice((rng.randint(1, 20), skip * rng.randint(0, 4), rng.randint(-9, 9)))
                for _ in range(rng.randint(2, 5))
            ]
            + [stop] * rng.randint(0, 1)
            + draws.ints(rng, 1, 2, 1, 9),
        ),
        edges=(([],), ([-1, 5],), ([-7, 5],), ([99, 4],), ([0],), ([4, 7],), ([15, 12, 1],)),
        idea="`break` ends the whole loop at the stop number, `continue` only ends the round of a number that does not count.",
        pitfall="Testing for the stop number after adding puts it into the sum.",
        parameters=lambda rng: {"stop": rng.choice((-1, -7, 99)), "skip": rng.randint(2, 5)},
    ),
    Family(
        name="first_box_with_room",
        concepts=("loop_control", "nested_loops", "copying"),
        difficulty=3,
        names="place_parcels first_fit assign_boxes load_boxes choose_boxes put_away",
        arguments=(
            "parcels|pieces|loads|weights: list[int]; the weights in the order they arrive",
            "boxes|capacities|limits|rooms: list[int]; how much each box can hold",
        ),
        returns="list[int]",
        phrasings=(
            "Return for every one of $parcels the number of the box it goes into, or -1 if it fits nowhere. Each parcel in turn is put into the first of the $boxes, counted from 0, that still has room for its weight; $boxes itself must not change.",
            "Given the weights $parcels and the capacities $boxes, place one parcel after the other into the first box whose remaining capacity is large enough, and report -1 for a parcel that no box can take. Return the list of box numbers, from 0, in the order of the parcels.",
            "At a post office the $parcels arrive one by one. The clerk tries the boxes from the first on and puts the parcel into the one where the weights stay within the limit; parcels that fit nowhere are sent back (-1). In which box does each one end up? The limits in $boxes stay unchanged for the next day.",
            "For i = 0, 1, ... let r[i] be the smallest j such that $parcels[i] plus the weights of all earlier parcels with the result j is at most $boxes[j], and -1 if there is no such j. Return the list r.",
        ),
        solutions=(
            """
room = list($boxes)
$result = []
for weight in $parcels:
    for $i, free in enumerate(room):
        if weight <= free:
            room[$i] -= weight
            $result.append($i)
            break
    else:
        $result.append(-1)
return $result
""",
            """
loads = [0] * len($boxes)

def place(weight):
    for $i, limit in enumerate($boxes):
        if loads[$i] + weight <= limit:
            loads[$i] += weight
            return $i
    return -1

return [place(weight) for weight in $parcels]
""",
        ),
        reference=_packed,
        inputs=lambda rng: (draws.ints(rng, 3, 6, 1, 9), draws.ints(rng, 2, 3, 4, 14)),
        edges=(
            ([], [5]),
            ([3], []),
            ([5], [5]),
            ([6], [5]),
            ([5, 5, 5], [5, 10]),
            ([2, 2, 2], [3, 3]),
            ([4, 1, 4], [4, 5]),
        ),
        idea="The `else` of a loop runs exactly when no `break` happened, which is the case of a parcel that fits nowhere.",
        pitfall="Indenting the `else` under the `if` reports -1 for every box that is too full instead of once for the parcel.",
    ),
    Family(
        name="tries_until_guessed",
        concepts=("loop_control", "sets", "counting"),
        difficulty=2,
        names="tries_needed count_guesses attempts guess_game tries_until_found valid_tries",
        arguments=(
            "guesses|attempts|numbers|calls: list[int]; the guesses in order",
            "secret|target|hidden|goal: int; the number to guess",
        ),
        returns="int",
        phrasings=(
            "Return with which try $secret is guessed, where only different $guesses count as tries, or 0 if it is not among the first $most tries. A guess that was made before is ignored.",
            "Given the list $guesses and the number $secret, count the tries up to the right one. Guesses that repeat an earlier one are no tries, and a player has at most $most tries. Return the number of the winning try, from 1, or 0 for a lost game.",
            "In a party game everybody calls out numbers. A number that was called already does not count, and after $most calls that count the game is over. Which call that counts hits $secret? Answer 0 if none does.",
            "Remove from $guesses every element that is equal to an earlier one and keep the first $most of the rest. Return the position of $secret in what remains, counted from 1, or 0 if it is missing.",
        ),
        solutions=(
            """
$seen = set()
for guess in $guesses:
    if guess in $seen:
        continue
    $seen.add(guess)
    if len($seen) > $most:
        break
    if guess == $secret:
        return len($seen)
return 0
""",
            """
tries = 0
for $i, guess in enumerate($guesses):
    if guess in $guesses[:$i]:
        continue
    tries += 1
    if guess == $secret or tries == $most:
        return tries if guess == $secret else 0
return 0
""",
        ),
        reference=_tries,
        inputs=lambda rng, most: _guesses(rng, most),
        edges=(([], 3), ([3], 3), ([2, 2, 3], 3), ([1, 2, 3, 4, 5, 6], 6)),
        idea="`continue` passes over what does not count, so below it every guess is a real try.",
        pitfall="Counting before the test for repeats lets a repeated guess use up a try.",
        parameters=lambda rng: {"most": rng.randint(3, 5)},
    ),
    Family(
        name="smallest_free_number",
        concepts=("loop_control", "while_loops", "searching"),
        difficulty=2,
        names="free_number first_free next_number smallest_missing lowest_unused assign_number",
        arguments=("numbers|taken|used|occupied: list[int]; the numbers in use, in any order",),
        returns="int",
        phrasings=(
            "Return the smallest of the numbers $first, $second, $third and so on, always $k further, that is not in $numbers. The list is in no order and may have repeats and numbers that are out of the question.",
            "Given the list $numbers of $things in use, which is the first of $first, $second, $third, ... (steps of $k) that is still free? For an empty list it is $first.",
            "At a fair the $things go $first, $second, $third, ..., each $k more than the last. A newcomer gets the smallest that nobody has. Which one is it if $numbers are taken?",
            "Find the least n >= 0 such that 1 + $k * n does not occur in $numbers, and return 1 + $k * n. Elements that are not of this form do not matter.",
        ),
        solutions=(
            """
taken = set($numbers)
number = 1
while True:
    if number not in taken:
        break
    number += $k
return number
""",
            """
number = 1
for $item in sorted($numbers):
    if $item < number:
        continue
    if $item == number:
        number += $k
return number
""",
            """
from itertools import count

return next(number for number in count(1, $k) if number not in $numbers)
""",
        ),
        reference=lambda numbers, k, **_: _first_gap(numbers, k),
        inputs=lambda rng, k, **_: (
            rng.sample([1 + k * i for i in range(rng.randint(2, 6))], k=2)
            + [1] * rng.randint(0, 1)
            + [1 + k * rng.randint(0, 3) for _ in range(3)],
        ),
        edges=(
            ([],),
            ([1],),
            ([2, 3],),
            ([1, 1, 1],),
            ([1, 4, 7, 3, 10, 5],),
            ([9, 7, 5, 3, 1],),
            ([-1, 0, 1],),
        ),
        idea="Trying the candidates in ascending order, the first one that is free is the smallest, and the loop can be left.",
        pitfall="`max(numbers) + k` is free, but there may be a gap below it.",
        parameters=lambda rng: (
            lambda k: {
                "k": k,
                "first": 1,
                "second": 1 + k,
                "third": 1 + 2 * k,
                "things": Raw(
                    rng.choice(("stand numbers", "house numbers", "locker numbers", "start numbers"))
                ),
            }
        )(rng.randint(2, 4)),
    ),
    Family(
        name="first_mark_in_each_row",
        concepts=("loop_control", "nested_loops", "enumerate_zip"),
        difficulty=1,
        names="first_marks mark_columns first_obstacles where_blocked columns_of_marks scan_rows",
        arguments=("rows|lines|field|lanes: list[str]; the rows of the plan",),
        returns="list[int]",
        phrasings=(
            "Return for each of $rows the position of its first '$mark', from 0, or -1 for a row that has none. Rows may have different lengths and may be empty.",
            "Given a plan as a list of strings $rows, find in every row the column of the leftmost '$mark'. Return the list of columns, counted from 0, in the order of the rows, with -1 where there is no '$mark'.",
            "A swimming pool has its lanes drawn as texts, with '$mark' for a float in the way. How far can you swim in each lane of $rows before you meet one? Lanes without any get -1.",
            "Return the list that holds for every string s of $rows the least i with s[i] == '$mark', and -1 if no such i exists.",
        ),
        solutions=(
            """
$result = []
for $row in $rows:
    for $i, $char in enumerate($row):
        if $char == "$mark":
            $result.append($i)
            break
    else:
        $result.append(-1)
return $result
""",
            """
return [$row.find("$mark") for $row in $rows]
""",
        ),
        reference=_blocked,
        inputs=lambda rng, mark: (
            [
                "".join(rng.choices(".o" + mark, weights=(5, 2, 2), k=rng.randint(2, 7)))
                for _ in range(rng.randint(2, 5))
            ],
        ),
        edges=(([],), ([""],), (["x#o*"],), (["....", "#*x"],), (["*", "x", "#"],), (["ü#", "ü*x"],)),
        idea="The inner loop is left at the first mark; its `else` answers for rows in which nothing was found.",
        pitfall="Without the `break` every mark of a row adds a position, and the list gets too long.",
        parameters=lambda rng: {"mark": Raw(rng.choice("#*x"))},
    ),
)
