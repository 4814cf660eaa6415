"""Families on simulation: robots, elevators, machines with coins, counters."""

from __future__ import annotations

import itertools
from collections import Counter, deque

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family

FAMILIES: tuple[Family, ...] = (
    Family(
        name="robot_position",
        concepts=("simulation", "tuples", "conditionals"),
        difficulty=3,
        names="robot_position drive_robot where_is_robot follow_orders run",
        arguments=("orders|commands|program|moves: str; the letters F, L and R",),
        returns="tuple[int, int]",
        phrasings=(
            "A robot stands at (0, 0) and looks north. 'L' and 'R' turn it left or right by 90 degrees, 'F' moves it $step forward. Return its position (x, y) after $orders, x growing to the east and y to the north.",
            "Carry out $orders letter by letter: F goes $step in the present direction, L turns a quarter to the left, R a quarter to the right. The robot starts at x = 0, y = 0 heading north (larger y; east is larger x). Return the tuple (x, y).",
            "Compute where a robot ends that begins at (0, 0) facing north and follows the string $orders. Each F takes it $step units ahead, each L or R only changes its direction. North adds to y, east adds to x.",
            "At which point (x, y) does a robot arrive by $orders? It sets out from the origin towards positive y, F stands for $step units straight on, L and R for left and right turns on the spot (right of positive y is positive x).",
        ),
        solutions=(
            """
x, y = 0, 0
dx, dy = 0, 1
for $char in $orders:
    if $char == "L":
        dx, dy = -dy, dx
    elif $char == "R":
        dx, dy = dy, -dx
    else:
        x += $step * dx
        y += $step * dy
return x, y
""",
            """
directions = [(0, 1), (1, 0), (0, -1), (-1, 0)]
heading = x = y = 0
for $char in $orders:
    if $char == "F":
        x += directions[heading][0] * $step
        y += directions[heading][1] * $step
    else:
        heading = (heading + (1 if $char == "R" else -1)) % 4
return (x, y)
""",
            """
place, heading = 0j, 1j
for $char in $orders:
    if $char == "F":
        place += heading * $step
    else:
        heading *= 1j if $char == "L" else -1j
return int(place.real), int(place.imag)
""",
        ),
        reference=lambda orders, step: (
            step * (_heading_counts(orders)[1] - _heading_counts(orders)[3]),
            step * (_heading_counts(orders)[0] - _heading_counts(orders)[2]),
        ),
        parameters=lambda rng: {"step": rng.choice((1, 2, 3, 10))},
        inputs=lambda rng, step: ("".join(rng.choices("FFFLR", k=rng.randint(4, 9))),),
        edges=(("",), ("LLLL",), ("F",), ("FFRFFRFFRFF",), ("LLF",)),
        idea="Keep position and direction apart: turns change only the direction, F changes only the position.",
        pitfall="A right turn of (dx, dy) is (dy, -dx); with the sign in the wrong place left and right are exchanged.",
    ),
    Family(
        name="elevator_distance",
        concepts=("simulation", "enumerate_zip", "accumulation"),
        difficulty=2,
        names="elevator_distance floors_travelled lift_distance ride run",
        arguments=("floors|calls|stops|requests: list[int]; the floors in the order of the calls",),
        returns="int",
        phrasings=(
            "An elevator waits on floor $begin and serves the calls in $floors one after another. Calls outside the floors 0 to $top are ignored. Return how many floors it travels in total.",
            "Starting on floor $begin, go to each floor of $floors in turn and add up the distances. The house has the floors 0 to $top; skip every number that is not one of them.",
            "Compute the length of the ride $begin -> first call -> second call -> ... in floors, where only the entries of $floors between 0 and $top (inclusive) are calls.",
            "How many floors does an elevator pass that leaves floor $begin and visits the floors in $floors in this order, leaving out those below 0 or above $top?",
        ),
        solutions=(
            """
$total = 0
$current = $begin
for $item in $floors:
    if 0 <= $item <= $top:
        $total += abs($item - $current)
        $current = $item
return $total
""",
            """
$result = [$begin] + [$item for $item in $floors if 0 <= $item <= $top]
return sum(abs($right - $left) for $left, $right in zip($result, $result[1:]))
""",
            """
from itertools import pairwise
$seen = [$begin, *filter(lambda $item: 0 <= $item <= $top, $floors)]
$total = 0
for $left, $right in pairwise($seen):
    $total += max($left, $right) - min($left, $right)
return $total
""",
        ),
        reference=lambda floors, begin, top: _floors_passed(
            [begin, *(f for f in floors if f in range(top + 1))]
        ),
        parameters=lambda rng: {"begin": rng.randint(0, 3), "top": rng.randint(6, 12)},
        inputs=lambda rng, begin, top: (draws.ints(rng, 3, 6, -1, 13),),
        edges=(([],), ([0],), ([3, 3, 3],), ([-5, 99],), ([6, 0, 6],)),
        idea="Remember the floor where the elevator is; each call adds the distance from there and becomes the new floor.",
        pitfall="An ignored call must not move the elevator: update the floor only for calls that are served.",
    ),
    Family(
        name="vending_machine",
        concepts=("simulation", "arithmetic", "filtering"),
        difficulty=2,
        names="vending_machine sell_drinks drinks_and_change insert_coins run",
        arguments=("coins|inserted|money|input_coins: list[int]; values of the coins in cents",),
        returns="tuple[int, int]",
        phrasings=(
            "A machine takes only coins with a value in $accepted and gives out a drink each time at least $price cents are paid in, keeping the rest as credit. Return the number of drinks and the remaining credit after $coins.",
            "Insert $coins one by one into a machine. Values other than $accepted fall through; whenever the credit reaches $price, a drink comes out and $price is subtracted, several times if necessary. Return (drinks, credit).",
            "Given $coins, compute a tuple: how many drinks for $price cents each can be had from the valid coins (those in $accepted), and how many cents are left over.",
            "How many drinks at $price cents does a machine sell for $coins, and what credit is left in the end, if it refuses every coin that is not one of $accepted? Answer with the tuple (drinks, credit).",
        ),
        solutions=(
            """
drinks = 0
credit = 0
for $item in $coins:
    if $item in $accepted:
        credit += $item
    while credit >= $price:
        credit -= $price
        drinks += 1
return drinks, credit
""",
            """
return divmod(sum($item for $item in $coins if $item in $accepted), $price)
""",
            """
$total = 0
for $item in $accepted:
    $total += $item * $coins.count($item)
return $total // $price, $total % $price
""",
        ),
        reference=lambda coins, accepted, price: next(
            (sold, paid - sold * price)
            for paid in [sum(map(sum, ([c] for c in coins if c in accepted)))]
            for sold in range(paid + 1)
            if paid < (sold + 1) * price
        ),
        parameters=lambda rng: {
            "accepted": rng.choice(((10, 20, 50), (5, 10, 20, 50), (20, 50, 100), (10, 50, 100))),
            "price": rng.choice((60, 70, 80, 90, 120)),
        },
        inputs=lambda rng, accepted, price: (
            rng.choices((5, 10, 20, 50, 50, 100, 100), k=rng.randint(5, 9)),
        ),
        edges=(([],), ([3],), ([50],), ([100, 100, 100, 100],), ([50, 1, 50, 2],)),
        idea="Since the rest is kept, only the sum of the valid coins matters: dividing by the price gives drinks and credit at once.",
        pitfall="With `if` in place of `while`, a large coin that pays for two drinks gives out only one.",
    ),
    Family(
        name="pay_with_coins",
        concepts=("greedy", "while_loops", "list_building"),
        difficulty=2,
        names="pay_with_coins make_change coins_for change break_down",
        arguments=("amount|sum_due|cents|price: int; the amount to pay, not negative",),
        returns="list[int]",
        phrasings=(
            "Pay $amount with coins of the values $values, always taking the largest coin that still fits. Return the list of coins, largest first.",
            "Break $amount down into coins: again and again choose the biggest value from $values that does not exceed what is left. List the chosen coins in the order of choice; 0 needs no coins.",
            "Return the coins that a cashier hands out for $amount who has any number of coins of $values and goes from the largest value to the smallest, giving as many of each as possible.",
            "Which coins from $values make up $amount, if at every step the largest possible one is used? Answer with a list in falling order that is empty for the amount 0.",
        ),
        solutions=(
            """
$result = []
for $item in $values:
    while $amount >= $item:
        $result.append($item)
        $amount -= $item
return $result
""",
            """
$result = []
for $item in $values:
    $count, $amount = divmod($amount, $item)
    $result += [$item] * $count
return $result
""",
            """
for $item in $values:
    if $item <= $amount:
        return [$item] + $self($amount - $item)
return []
""",
        ),
        reference=lambda amount, values: _paid(amount, sorted(values)),
        parameters=lambda rng: {
            "values": rng.choice(
                ((50, 20, 10, 5, 2, 1), (25, 10, 5, 1), (10, 5, 1), (20, 8, 3, 1), (12, 4, 1))
            )
        },
        inputs=lambda rng, values: (rng.randint(3, 99),),
        edges=((0,), (1,), (24,), (50,)),
        idea="Going through the values from large to small and taking each as often as it fits is the greedy method: never look back.",
        pitfall="Greedy need not give the fewest coins for every set of values, so do not promise that.",
    ),
    Family(
        name="counter_with_turnover",
        concepts=("simulation", "conditionals", "arithmetic"),
        difficulty=2,
        names="counter_value run_counter press_buttons dial_position run",
        arguments=("presses|buttons|commands|keys: str; the characters '+', '-' and '0'",),
        returns="int",
        phrasings=(
            "A counter shows the numbers 0 to $last and starts at 0. '+' adds 1, '-' subtracts 1, '0' resets it; after $last comes 0 and before 0 comes $last. Return what it shows after $presses.",
            "Run a counter with the $size values 0 to $last through the characters of $presses: + goes one up (from $last to 0), - one down (from 0 to $last), 0 sets it back to 0. Return its final value; it begins at 0.",
            "Compute the value of a counter that turns over like an odometer. It has the values 0 to $last, begins with 0, and each character of $presses raises it ('+'), lowers it ('-') or clears it ('0').",
            "What does a display with the cyclic values 0, 1, ..., $last show at the end of $presses, starting at 0, if '+' is one forward, '-' one back and '0' a jump to 0?",
        ),
        solutions=(
            """
$current = 0
for $char in $presses:
    if $char == "+":
        $current = ($current + 1) % $size
    elif $char == "-":
        $current = ($current - 1) % $size
    else:
        $current = 0
return $current
""",
            """
$word = $presses.split("0")[-1]
return ($word.count("+") - $word.count("-")) % $size
""",
            """
$current = 0
for $char in $presses:
    if $char == "0":
        $current = 0
    elif $char == "+":
        $current = 0 if $current == $last else $current + 1
    else:
        $current = $last if $current == 0 else $current - 1
return $current
""",
        ),
        reference=lambda presses, size, last: _shown(presses, size),
        parameters=lambda rng: (lambda size: {"size": size, "last": size - 1})(rng.randint(3, 8)),
        inputs=lambda rng, size, last: ("".join(rng.choices("+++--0", k=rng.randint(3, 10))),),
        edges=(("",), ("0",), ("-",), ("++++++++++",), ("+++0",), ("0--",)),
        idea="The remainder of a division by $size makes the counter turn over in both directions, because Python's % is never negative here.",
        pitfall="Only the part after the last reset matters, but the turnover at both ends still has to be handled there.",
    ),
)


def _heading_counts(orders: str) -> Counter[int]:
    """How many F go north (0), east (1), south (2) and west (3)."""
    return Counter(
        (orders[:at].count("R") - orders[:at].count("L")) % 4
        for at, order in enumerate(orders)
        if order == "F"
    )


def _floors_passed(stops: list[int]) -> int:
    return sum(len(range(min(a, b), max(a, b))) for a, b in itertools.pairwise(stops))


def _paid(amount: int, values: list[int]) -> list[int]:
    coins: list[int] = []
    while sum(coins) < amount:
        coins.append(max(value for value in values if value <= amount - sum(coins)))
    return coins


def _shown(presses: str, size: int) -> int:
    """Turn a wheel with the numbers on it."""
    wheel = deque(range(size))
    for press in presses:
        wheel.rotate({"+": -1, "-": 1, "0": wheel.index(0) * -1}[press])
    return wheel[0]
