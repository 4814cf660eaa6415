"""Families on names that move from value to value, and on whole numbers divided with a remainder."""

from __future__ import annotations

import random
from typing import Any

from hornbook.curriculum.family import Family, Raw


def _swaps(rng: random.Random) -> tuple[list[str]]:
    pairs = ("ab", "bc", "ac", "ba", "cb", "ca")
    return ([rng.choice(pairs) for _ in range(rng.randint(1, 5))],)


def _ball(swaps: list[str], cup: str) -> str:
    """Follow the ball instead of the cups' contents."""
    for pair in swaps:
        cup = {pair[0]: pair[1], pair[1]: pair[0]}.get(cup, cup)
    return cup


def _poured(left: int, right: int, size: int) -> tuple[int, int]:
    while left > 0 and right < size:
        left, right = left - 1, right + 1
    return left, right


def _invoice(price: int, pieces: int, k: int, off: int, tax: int) -> int:
    goods = sum(price for _ in range(pieces))
    reduction = [0, goods * off // 100][pieces >= k]
    return (goods - reduction) + (goods - reduction) * tax // 100


def _seat(ticket: int, k: int) -> tuple[int, int]:
    row, seat, step = 1, 0, 1
    for _ in range(ticket):
        seat += step
        if seat == k + 1:
            row, seat, step = row + 1, k, -1
        elif seat == 0:
            row, seat, step = row + 1, 1, 1
    return row, seat


def _dial(position: int, steps: int, k: int) -> tuple[int, int]:
    turns = 0
    for _ in range(abs(steps)):
        position += 1 if steps > 0 else -1
        if position == k:
            position, turns = 0, turns + 1
        elif position < 0:
            position, turns = k - 1, turns - 1
    return position, turns


def _boxes(eggs: int, big: int, small: int) -> tuple[int, int]:
    full = 0
    while eggs >= big:
        eggs, full = eggs - big, full + 1
    return full, len(range(0, eggs, small))


def _sizes(rng: random.Random) -> dict[str, Any]:
    return {
        "big": rng.randint(10, 15),
        "small": rng.randint(3, 6),
        "thing": Raw(rng.choice(("eggs", "rolls", "bulbs", "jars"))),
    }


FAMILIES: tuple[Family, ...] = (
    Family(
        name="ball_under_the_cups",
        concepts=("names_and_values", "tuples", "for_loops"),
        difficulty=2,
        names="find_ball cup_with_ball follow_ball ball_position track where_is_it",
        arguments=("swaps|moves|exchanges|pairs: list[str]; two letters each, the cups that change places",),
        returns="str",
        phrasings=(
            "Return the letter of the place where the ball ends up. Three cups stand at the places 'a', 'b' and 'c', the ball is under the one at '$start', and each string of $swaps names two places whose cups change places, in this order.",
            "Given $swaps, a list of strings such as 'ab', exchange the contents of the two named places one after the other and return the place ('a', 'b' or 'c') that then holds the ball. It starts at '$start'; with no swaps it stays there.",
            "In a game at the fair a ball lies under cup '$start' of the cups 'a', 'b' and 'c'. The player swaps two cups at a time: 'ab' means that the cups at places 'a' and 'b' change places. Under which place is the ball after all $swaps?",
            "Three variables a, b and c hold False, except that '$start' holds True. For each two-letter string in $swaps the values of the two variables with these letters are exchanged, from left to right. Return the name of the variable that holds True at the end.",
        ),
        solutions=(
            """
a, b, c = $holds
for pair in $swaps:
    if pair in ("ab", "ba"):
        a, b = b, a
    elif pair in ("bc", "cb"):
        b, c = c, b
    else:
        a, c = c, a
if a:
    return "a"
return "b" if b else "c"
""",
            """
place = "$start"
for first, second in $swaps:
    if place == first:
        place = second
    elif place == second:
        place = first
return place
""",
        ),
        reference=lambda swaps, start, holds: _ball(swaps, str(start)),
        inputs=lambda rng, **_: _swaps(rng),
        edges=(
            ([],),
            (["ab"],),
            (["bc"],),
            (["ca"],),
            (["ab", "ba"],),
            (["ab", "bc", "ca"],),
            (["ac", "cb"],),
        ),
        idea="The right side of `a, b = b, a` is worked out before any name moves, so no value is lost in the exchange.",
        pitfall="Writing `a = b` and then `b = a` loses the first value: after the first line both names have the second one.",
        parameters=lambda rng: rng.choice(
            (
                {"start": Raw("a"), "holds": (True, False, False)},
                {"start": Raw("b"), "holds": (False, True, False)},
                {"start": Raw("c"), "holds": (False, False, True)},
            )
        ),
    ),
    Family(
        name="pour_into_jug",
        concepts=("names_and_values", "min_max", "conditionals"),
        difficulty=1,
        names="pour pour_over fill_jug after_pouring transfer pour_water",
        arguments=(
            "left|source|first: int; the litres in the jug that is emptied, not negative",
            "right|target|second: int; the litres in the other jug, at most its size",
        ),
        returns="tuple[int, int]",
        phrasings=(
            "Return what two jugs hold, as a pair, after pouring from the first into the second until the first is empty or the second is full. They hold $left and $right litres at the start, and the second has room for $size litres in all.",
            "Given the contents $left and $right of two jugs in whole litres, pour as much as possible from the first into the second, which overflows above $size litres. What do they hold then? Answer with the tuple (first, second).",
            "In a kitchen one jug holds $left litres, another one $right litres and at most $size. The cook pours the first into the second and stops before anything is spilt. Return the pair of the amounts afterwards.",
            "Move the largest possible whole number m of litres with m <= $left and $right + m <= $size from a first to a second container. Return the tuple of the two contents after that, first container first; it is unchanged if nothing can be moved.",
        ),
        solutions=(
            """
poured = min($left, $size - $right)
return $left - poured, $right + poured
""",
            """
room = $size - $right
if $left <= room:
    return 0, $left + $right
return $left - room, $size
""",
        ),
        reference=_poured,
        inputs=lambda rng, size: (rng.randint(0, 15), rng.randint(0, size)),
        edges=((0, 0), (0, 3), (20, 0), (5, 5), (1, 5), (7, 2)),
        idea="Two things limit the amount: what is there and how much room is left. The smaller of the two moves.",
        pitfall="Changing the first amount before the second is worked out uses the new value where the old one is meant; name the amount that moves.",
        parameters=lambda rng: {"size": rng.randint(5, 10)},
    ),
    Family(
        name="invoice_in_steps",
        concepts=("names_and_values", "integer_division", "conditional_expressions"),
        difficulty=1,
        names="invoice_total amount_due final_price total_with_tax bill compute_total",
        arguments=(
            "price|unit_price|each: int; the price of one piece in cents",
            "quantity|count|number: int; how many are bought, not negative",
        ),
        returns="int",
        phrasings=(
            "Return the amount to pay in cents for $quantity pieces of an article at $price cents each. From $k pieces on, $off percent of the value of the goods are taken off, rounded down to a cent; then $tax percent tax on what remains, rounded down too, are added.",
            "What does an order cost, in cents? The goods cost $price times $quantity; an order of at least $k pieces is reduced by $off percent of that (rounded down), and the tax of $tax percent (rounded down) comes on top of the reduced value.",
            "A wholesale shop sells an article at $price cents. Customers who take $k pieces or more get $off percent off, and everyone pays $tax percent tax on the reduced value; both the reduction and the tax are rounded down to whole cents. Find the final amount for $quantity pieces.",
            "Compute in this order, with whole cents: the value of the goods, $quantity times $price; the reduction, $off percent of the value rounded down, or 0 below $k pieces; the tax, $tax percent of value minus reduction, rounded down. Return value minus reduction plus tax.",
        ),
        solutions=(
            """
value = $price * $quantity
reduction = value * $off // 100 if $quantity >= $k else 0
reduced = value - reduction
tax = reduced * $tax // 100
return reduced + tax
""",
            """
amount = $price * $quantity
if $quantity >= $k:
    amount -= amount * $off // 100
amount += amount * $tax // 100
return amount
""",
        ),
        reference=_invoice,
        inputs=lambda rng, k, **_: (rng.randint(5, 999), k + rng.randint(-3, 6)),
        edges=((0, 50), (333, 0), (199, 1), (999, 12), (250, 5), (777, 20)),
        idea="Give each intermediate amount a name; then every line is one sentence of the rule and can be checked by itself.",
        pitfall="Taking the tax from the full value instead of the reduced one: the order of the steps matters.",
        parameters=lambda rng: {
            "k": rng.randint(5, 12),
            "off": rng.choice((5, 10, 15, 20)),
            "tax": rng.choice((7, 8, 19, 21)),
        },
    ),
    Family(
        name="seat_in_winding_rows",
        concepts=("integer_division", "conditionals", "tuples"),
        difficulty=3,
        names="seat_of_ticket find_seat row_and_seat seat_position place_of locate",
        arguments=("n|serial|number: int; the number of the ticket, at least 1",),
        returns="tuple[int, int]",
        phrasings=(
            "Return the pair (row, seat) for the ticket with number $n, all counted from 1. A row has $k seats; odd rows are filled from seat 1 up to seat $k and even rows back from seat $k down to seat 1.",
            "Given the number $n of a ticket (from 1 on), find its place in a theatre with $k seats in each row. Tickets wind through the rows: in row 1 from seat 1 to $k, in row 2 from seat $k to 1, in row 3 from 1 to $k again, and so on. Return (row, seat).",
            "A cinema numbers its tickets like a snake: the first $k go to row 1 from left to right, the next $k to row 2 from right to left, and so on in turn. Seats count from the left, from 1. Which row and seat belong to ticket $n? Return them as a tuple.",
            "Tickets 1, 2, 3, ... fill rows of $k seats; the direction changes with every row, and row 1 runs from seat 1 to seat $k. Return a tuple of two integers: the row of ticket $n and its seat in that row, both numbered from 1.",
        ),
        solutions=(
            """
row, place = divmod($n - 1, $k)
seat = place + 1 if row % 2 == 0 else $k - place
return row + 1, seat
""",
            """
row = ($n + $k - 1) // $k
seat = $n - (row - 1) * $k
if row % 2 == 0:
    seat = $k + 1 - seat
return row, seat
""",
        ),
        reference=_seat,
        inputs=lambda rng, k: (rng.randint(1, 5 * k),),
        edges=((1,), (4,), (5,), (8,), (9,), (10,), (16,), (24,)),
        idea="Counting from 0, the quotient by the length of a row is the row and the remainder is the place in it; the remainder is turned round in every second row.",
        pitfall="Dividing the number itself instead of the number minus one puts the last seat of each row into the next row.",
        parameters=lambda rng: {"k": rng.randint(4, 9)},
    ),
    Family(
        name="dial_with_full_turns",
        concepts=("integer_division", "simulation", "tuples"),
        difficulty=3,
        names="turn_dial dial_after spin rotate_dial position_and_turns move_pointer",
        arguments=(
            "position|pointer|current: int; where the dial stands, from 0 to the last mark",
            "steps|amount|clicks: int; how far it is turned, negative for backwards",
        ),
        returns="tuple[int, int]",
        phrasings=(
            "Return the new position of a dial and how many times it passed from $last to 0, as a pair. The dial has the marks 0 to $last, stands at $position and is turned by $steps marks; negative steps turn it backwards, and each pass from 0 to $last counts as -1.",
            "Given a dial with $k marks, 0 to $last, that stands at $position: turn it by $steps (backwards if negative). Return the tuple (position, turns), where turns goes up by 1 at each step from $last to 0 and down by 1 at each step from 0 to $last.",
            "The wheel of an old clock has $k teeth, numbered 0 to $last. It shows $position and moves by $steps teeth, to the left if that is negative. Whenever it goes from $last to 0 a second wheel moves up by one, and down by one the other way round. Where does the first wheel stop, and how far has the second one moved? Return both numbers.",
            "Add $steps to $position on a circle of the numbers 0 to $last. Return (p, t) with 0 <= p < $k and p + $k * t equal to the plain sum; t is negative if the sum is.",
        ),
        solutions=(
            """
turns, place = divmod($position + $steps, $k)
return place, turns
""",
            """
$total = $position + $steps
turns = 0
while $total >= $k:
    $total -= $k
    turns += 1
while $total < 0:
    $total += $k
    turns -= 1
return $total, turns
""",
        ),
        reference=lambda position, steps, k, last: _dial(position, steps, k),
        inputs=lambda rng, k, last: (rng.randint(0, last), rng.randint(-3 * k, 3 * k)),
        edges=((0, 0), (0, -1), (5, 1), (4, 20), (3, -30), (0, 12), (2, -2)),
        idea="Quotient and remainder of the sum are the turns and the position; with `//` rounding down they fit for negative sums as well.",
        pitfall="`int(total / k)` rounds towards zero, so a small step backwards from 0 would count as no turn.",
        parameters=lambda rng: (lambda k: {"k": k, "last": k - 1})(rng.choice((6, 8, 10, 12))),
    ),
    Family(
        name="big_and_small_boxes",
        concepts=("integer_division", "arithmetic"),
        difficulty=1,
        names="boxes_needed count_boxes pack_boxes boxes_for packing num_boxes",
        arguments=("amount|items|total|count: int; how many pieces there are, not negative",),
        returns="tuple[int, int]",
        phrasings=(
            "Return how many big and how many small boxes are needed for $amount $thing, as a pair. First as many boxes of $big as can be filled completely are used; the rest goes into boxes of $small, the last of which may be partly empty.",
            "Given $amount $thing, how many boxes are used? Big boxes hold $big and must be full; what remains is put into small boxes of $small, and the last small one need not be full. Return the tuple (big boxes, small boxes).",
            "A shop packs $amount $thing. It fills boxes of $big as long as there are enough for a full one and takes boxes of $small for the remainder, however few are left for the last. Count the boxes of each size and return the two numbers, the big ones first.",
            "Divide $amount into as many groups of exactly $big as possible and the remainder into groups of at most $small, as few as possible. Return the pair of the two numbers of groups; both are 0 for 0 $thing.",
        ),
        solutions=(
            """
full, rest = divmod($amount, $big)
return full, (rest + $small - 1) // $small
""",
            """
full = $amount // $big
rest = $amount % $big
extra = rest // $small
if rest % $small:
    extra += 1
return full, extra
""",
        ),
        reference=lambda amount, big, small, thing: _boxes(amount, big, small),
        inputs=lambda rng, big, **_: (rng.randint(1, 6 * big),),
        edges=((0,), (1,), (6,), (12,), (15,), (29,), (60,)),
        idea="`//` counts the full boxes and `%` is what remains; one box more is needed exactly when a remainder is left over.",
        pitfall="`rest // small + 1` gives one box too many when the rest fills its boxes exactly, and one box for no rest at all.",
        parameters=_sizes,
    ),
)
