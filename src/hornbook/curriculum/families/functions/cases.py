"""Families on questions inside questions: every path from top to bottom is one case."""

from __future__ import annotations

from hornbook.curriculum.family import Family, Raw


def _fee(hours: int, weekend: bool, member: bool, rate: int, free: int, most: int) -> int:
    tariff = {(False, False): rate, (False, True): rate - 1, (True, False): 1, (True, True): 0}[
        weekend, member
    ]
    return min(most, max(0, hours - free) * tariff)


def _loan(member: bool, borrowed: int, overdue: int, reserved: bool, most: int) -> str:
    tests = [
        (not member, "no member"),
        (overdue > 0, "bring back"),
        (borrowed >= most, "too many"),
        (reserved, "reserved"),
    ]
    return next((answer for refused, answer in tests if refused), "lend")


def _place(x: int, y: int) -> str:
    if x * y == 0:
        return "origin" if x == y else "x axis" if y == 0 else "y axis"
    return ("upper" if y > 0 else "lower") + " " + ("right" if x > 0 else "left")


def _compared(mine: tuple[int, int], yours: tuple[int, int]) -> str:
    a, b = (mine[0] * 1000 + mine[1], yours[0] * 1000 + yours[1])
    return "same" if a == b else "first" if a > b else "second"


def _crossing(light: str, button: bool, gap: int, need: int) -> str:
    safe = gap >= need
    return {
        "green": "walk",
        "yellow": "wait",
        "red": "wait" if button else "press",
        "off": "walk" if safe else "wait",
    }[light]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="parking_fee_by_tariff",
        concepts=("nested_conditionals", "booleans", "arithmetic"),
        difficulty=2,
        names="parking_fees fees_of_stays sum_of_fees parking_total charge_all parking_bill",
        arguments=(
            "stays|visits|cars|tickets: list[tuple[int, bool, bool]]; full hours, whether it was a weekend, whether the driver has a card",
        ),
        returns="int",
        phrasings=(
            "Return the sum of the parking fees for $stays, triples (hours, weekend, card). The first $free hours of a stay are free. Each further hour costs $rate, or $less with a card; on a weekend it costs 1, or nothing with a card. The fee for one stay is never more than $most.",
            "Given a list of triples $stays, each with the hours, whether it was a weekend and whether the driver has a card, work out what parking costs in all. Beyond $free free hours, card holders pay $less an hour and others $rate on weekdays; on weekends card holders pay nothing and others 1. At most $most is charged for one stay.",
            "A car park asks two questions. On weekends card holders park free and all others pay 1 euro an hour; on weekdays card holders pay $less and all others $rate. In every case $free hours are free of charge and the bill of one stay stops at $most euros. How much do $stays, given as (hours, weekend, card), bring in?",
            "For each triple (hours, weekend, card) of $stays let h be the larger of 0 and hours - $free, and r the rate: 0 if weekend and card are both true, 1 if only weekend is, $less if only card is, and $rate if neither is. Return the sum of the smaller ones of h * r and $most; it is 0 for an empty list.",
        ),
        solutions=(
            """
$total = 0
for hours, weekend, card in $stays:
    if weekend:
        rate = 0 if card else 1
    else:
        rate = $less if card else $rate
    paid = max(0, hours - $free)
    $total += min($most, paid * rate)
return $total
""",
            """
def fee(hours, weekend, card):
    if hours <= $free or (weekend and card):
        return 0
    if weekend:
        rate = 1
    elif card:
        rate = $less
    else:
        rate = $rate
    return min($most, rate * (hours - $free))

return sum(fee(*stay) for stay in $stays)
""",
        ),
        reference=lambda stays, rate, free, most, less: sum(
            [_fee(h, w, m, rate, free, most) for h, w, m in stays]
        ),
        inputs=lambda rng, free, **_: (
            [
                (rng.choice((free + 1, free + 2, rng.randint(0, 9))), rng.random() < 0.4, rng.random() < 0.5)
                for _ in range(rng.randint(2, 4))
            ],
        ),
        edges=(
            ([],),
            ([(0, False, False), (24, False, True)],),
            ([(9, True, True), (4, True, False)],),
            ([(3, False, False), (3, False, True)],),
        ),
        idea="The first question, weekend or not, decides what the second one means, so the second stands inside the first.",
        pitfall="An `else` with the wrong indentation answers the other question; read each path from top to bottom once.",
        parameters=lambda rng: (
            lambda rate: {
                "rate": rate,
                "less": rate - 1,
                "free": rng.randint(1, 2),
                "most": rng.randint(15, 20),
            }
        )(rng.randint(3, 5)),
    ),
    Family(
        name="may_borrow_book",
        concepts=("nested_conditionals", "early_return", "validation"),
        difficulty=2,
        names="loan_answers answer_readers check_readers lending_desk decide_loans desk_answers",
        arguments=(
            "readers|people|wishes|queue: list[tuple[bool, int, int, bool]]; card, number overdue, number at home, reserved by somebody else",
        ),
        returns="list[str]",
        phrasings=(
            "Return the library's answers to $readers, tuples (card, overdue, at home, reserved). Without a card it is 'no member'; otherwise 'bring back' if overdue is more than 0, else 'too many' if $most or more are at home, else 'reserved' if that is true, else 'lend'.",
            "Given a list of tuples $readers, decide on the loan that each one asks for. A tuple says whether the reader has a card, how many $things are overdue, how many are at home, and whether the wanted one is reserved. The first obstacle is the answer: no card 'no member', anything overdue 'bring back', $most or more at home 'too many', a reservation 'reserved'; without any it is 'lend'.",
            "At the desk of a library only readers with a card may borrow, and only with nothing overdue and fewer than $most $things at home; one that somebody else has reserved is not lent either. The clerk asks in this order and says 'no member', 'bring back', 'too many' or 'reserved' at the first obstacle, and 'lend' if there is none. What do the $readers, given as (card, overdue, at home, reserved), hear?",
            "Return a list with one string for each (card, overdue, home, reserved) of $readers: 'no member' if card is False; if it is True, 'bring back' when overdue > 0; if overdue = 0, 'too many' when home >= $most; if home < $most, 'reserved' when reserved is True and 'lend' when it is False.",
        ),
        solutions=(
            """
def answer(card, overdue, home, reserved):
    if not card:
        return "no member"
    if overdue > 0:
        return "bring back"
    if home >= $most:
        return "too many"
    return "reserved" if reserved else "lend"

return [answer(*reader) for reader in $readers]
""",
            """
$result = []
for card, overdue, home, reserved in $readers:
    answer = "no member"
    if card:
        if overdue:
            answer = "bring back"
        elif home < $most:
            answer = "reserved" if reserved else "lend"
        else:
            answer = "too many"
    $result.append(answer)
return $result
""",
        ),
        reference=lambda readers, most, things: [
            _loan(card, home, overdue, reserved, most) for card, overdue, home, reserved in readers
        ],
        inputs=lambda rng, most, things: (
            [
                (
                    rng.random() < 0.85,
                    rng.choice((0, 0, 0, 1)),
                    most + rng.choice((-2, -1, -1, 0, 1)),
                    rng.random() < 0.5,
                )
                for _ in range(rng.randint(2, 4))
            ],
        ),
        edges=(
            ([],),
            ([(False, 0, 0, False), (True, 0, 0, False)],),
            ([(True, 0, 0, True), (True, 1, 9, True)],),
            ([(True, 0, 9, False), (False, 2, 9, True)],),
        ),
        idea="Each question is asked only after all earlier ones were answered well, so every return stands for exactly one case.",
        pitfall="Asking the questions in another order gives another answer to a reader with two obstacles.",
        parameters=lambda rng: {
            "most": rng.randint(3, 6),
            "things": Raw(rng.choice(("books", "films", "games"))),
        },
    ),
    Family(
        name="where_the_point_lies",
        concepts=("nested_conditionals", "comparison_chains", "strings"),
        difficulty=1,
        names="locate_points point_places describe_points places_on_map quadrant_names name_places",
        arguments=("points|places|positions|houses: list[tuple[int, int]]; the coordinates",),
        returns="list[str]",
        phrasings=(
            "Return where each (x, y) of $points lies: 'origin', 'x axis' or 'y axis' if a coordinate is 0, and otherwise 'upper right', 'upper left', 'lower left' or 'lower right'. Upper means that y is positive, right that x is.",
            "Given a list of pairs $points, name the place of every point (x, y). Both zero is the 'origin'; only y zero is the 'x axis'; only x zero is the 'y axis'; all other points are 'upper' or 'lower' by the sign of y, followed by a blank and 'right' or 'left' by the sign of x. Return the list of names in the same order.",
            "On a map the market is at (0, 0); a house at (x, y) lies x blocks to the right of it and y blocks up, negative numbers being the other way. In which quarter is each of $points: 'upper right', 'upper left', 'lower left' or 'lower right'? On the street along the map it is 'x axis', on the street up and down 'y axis', and at the market 'origin'.",
            "Return a list with one string for each pair (x, y) of $points. If x = y = 0: 'origin'. If exactly one coordinate is 0: 'x axis' for y = 0, 'y axis' for x = 0. Else: 'upper ' for y > 0 or 'lower ' for y < 0, plus 'right' for x > 0 or 'left' for x < 0.",
        ),
        solutions=(
            """
def place(x, y):
    if x == 0:
        return "origin" if y == 0 else "y axis"
    if y == 0:
        return "x axis"
    if y > 0:
        return "upper right" if x > 0 else "upper left"
    return "lower right" if x > 0 else "lower left"

return [place(x, y) for x, y in $points]
""",
            """
$result = []
for x, y in $points:
    if x == 0 == y:
        $result.append("origin")
    elif 0 in (x, y):
        $result.append("y axis" if x == 0 else "x axis")
    else:
        height = "upper" if y > 0 else "lower"
        side = "right" if x > 0 else "left"
        $result.append(f"{height} {side}")
return $result
""",
        ),
        reference=lambda points: [_place(x, y) for x, y in points],
        inputs=lambda rng: (
            [
                (rng.randint(-9, 9) * (rng.random() < 0.7), rng.randint(-9, 9))
                for _ in range(rng.randint(2, 5))
            ],
        ),
        edges=(
            ([],),
            ([(0, 0)],),
            ([(1, 0), (0, -1)],),
            ([(-3, 0), (0, 4), (0, 0)],),
            ([(1, 1), (-1, 1), (-1, -1), (1, -1)],),
        ),
        idea="Dealing with the zeros first leaves four cases in which each sign answers one half of the question.",
        pitfall="Starting with `if x > 0 ... else` puts the points on the axes among the left ones.",
    ),
    Family(
        name="what_to_do_at_the_crossing",
        concepts=("nested_conditionals", "dictionaries", "booleans"),
        difficulty=2,
        names="at_the_crossing pedestrian_actions what_to_do advise crossing_rules next_actions",
        arguments=(
            "situations|moments|cases|states: list[tuple[str, bool, int]]; light, button pressed already, seconds until the next car",
        ),
        returns="list[str]",
        phrasings=(
            "Return what a pedestrian does, 'walk', 'wait' or 'press', in each of $situations (light, pressed, gap). At 'green' you walk and at 'yellow' you wait; at 'red' you wait if the button was pressed and press otherwise; with the light 'off' you walk if the gap is at least $need and wait otherwise.",
            "Given a list $situations of the light, whether the button was pressed and the seconds before the next car, give the advice 'walk', 'wait' or 'press' for each. Only at 'red' does the button matter, and only at 'off' the gap, which must be $need seconds or more to walk; 'green' is always 'walk' and 'yellow' always 'wait'.",
            "A child learns to cross the street. Green: walk. Yellow: wait. Red: press the button, but if somebody has pressed it, just wait. Light off: walk if there are $need seconds or more until the next car, else wait. What should the child do in $situations, given as (light, pressed, seconds)?",
            "For every triple (light, pressed, gap) of $situations the result list holds 'walk' if light is 'green', or if it is 'off' and gap >= $need; 'press' if light is 'red' and pressed is False; and 'wait' in every other case. The only lights are 'red', 'yellow', 'green' and 'off'.",
        ),
        solutions=(
            """
$result = []
for light, pressed, gap in $situations:
    if light == "red":
        $result.append("wait" if pressed else "press")
    elif light == "off":
        $result.append("walk" if gap >= $need else "wait")
    else:
        $result.append("walk" if light == "green" else "wait")
return $result
""",
            """
def action(light, pressed, gap):
    if light == "green" or (light == "off" and gap >= $need):
        return "walk"
    if light == "red" and not pressed:
        return "press"
    return "wait"

return [action(*moment) for moment in $situations]
""",
        ),
        reference=lambda situations, need: [
            _crossing(light, pressed, gap, need) for light, pressed, gap in situations
        ],
        inputs=lambda rng, need: (
            [
                (
                    rng.choice(("red", "red", "green", "off", "off", "yellow")),
                    rng.random() < 0.5,
                    need + rng.choice((-1, 0, 1, -6, 12)),
                )
                for _ in range(rng.randint(2, 4))
            ],
        ),
        edges=(
            ([],),
            ([("off", True, 8), ("green", False, 0)],),
            ([("red", False, 60), ("red", True, 60)],),
            ([("yellow", False, 60), ("yellow", True, 0)],),
        ),
        idea="Each colour opens its own small question; a table of answers works as well, because all of them are cheap.",
        pitfall="Asking about the button first mixes it into cases where it plays no part.",
        parameters=lambda rng: {"need": rng.randint(9, 15)},
    ),
    Family(
        name="better_record",
        concepts=("nested_conditionals", "tuples", "comparison_chains"),
        difficulty=2,
        names="better_record compare_teams who_leads leading_team compare_results ahead",
        arguments=(
            "first|mine|ours: tuple[int, int]; points and $extra of one team",
            "second|yours|theirs: tuple[int, int]; those of the other",
        ),
        returns="str",
        phrasings=(
            "Return 'first' or 'second' for the team that is ahead, or 'same'. Each team is a pair of points and $extra: more points are better, and with equal points $better $extra are better; two equal pairs are the 'same'.",
            "Given two pairs $first and $second of points and $extra, which team stands higher in the table? Points decide; only if they are equal does the team with $better $extra lead. Answer 'first', 'second' or, when both numbers agree, 'same'.",
            "Two neighbours in a league table compare their seasons, points first. If the points are level, $better $extra count, and if these are level too they share the place. Who is ahead? Return 'first', 'second' or 'same'.",
            "Let (p, g) = $first and (q, h) = $second. Return 'first' if p > q, or if p = q and g $op h; return 'same' if p = q and g = h; return 'second' in all other cases.",
        ),
        solutions=(
            """
points, goals = $first
other_points, other_goals = $second
if points == other_points:
    if goals == other_goals:
        return "same"
    return "first" if goals $op other_goals else "second"
return "first" if points > other_points else "second"
""",
            """
if $first == $second:
    return "same"
ahead = $first[1] $op $second[1]
if $first[0] != $second[0]:
    ahead = $first[0] > $second[0]
return "first" if ahead else "second"
""",
        ),
        reference=lambda first, second, op, **_: _compared(
            (first[0], first[1] if op == ">" else -first[1]),
            (second[0], second[1] if op == ">" else -second[1]),
        ),
        inputs=lambda rng, **_: rng.choice(
            (
                ((rng.randint(20, 22), rng.randint(0, 9)), (rng.randint(20, 22), rng.randint(0, 9))),
                ((21, rng.randint(2, 4)), (21, rng.randint(2, 4))),
                ((20, 3), (20, 3)),
            )
        ),
        edges=(
            ((0, 0), (0, 0)),
            ((3, 1), (3, 2)),
            ((3, 2), (3, 1)),
            ((4, 0), (3, 9)),
            ((3, 9), (4, 0)),
            ((-1, 5), (-2, 5)),
        ),
        idea="The second number is only asked about when the first ones are equal, so its question stands inside that case.",
        pitfall="Joining both comparisons with `and` calls nobody better when one team has more points and the other more goals.",
        parameters=lambda rng: {
            key: Raw(text)
            for key, text in rng.choice(
                (
                    {"extra": "goals", "better": "more", "op": ">"},
                    {"extra": "penalties", "better": "fewer", "op": "<"},
                )
            ).items()
        },
    ),
)
