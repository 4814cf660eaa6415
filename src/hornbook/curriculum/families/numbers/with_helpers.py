"""Families whose prompt already holds a helper: a function or a class that the solution can build on."""

from __future__ import annotations

import random
from datetime import date
from math import gcd

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _prime(number: int) -> bool:
    return number > 1 and sum(1 for d in range(1, number + 1) if number % d == 0) == 2


def _plots(rng: random.Random) -> tuple[list[tuple[int, int, int, int]], int, int]:
    plots = []
    for _ in range(rng.randint(2, 4)):
        x, y = rng.randint(-3, 3), rng.randint(-3, 3)
        plots.append((x, y, x + rng.randint(1, 6), y + rng.randint(1, 6)))
    first = plots[0]
    return (plots, rng.choice((first[0], first[2], 1)), rng.choice((first[1], first[3], 0)))


def _actions(rng: random.Random, fee: int) -> tuple[int, list[int]]:
    return rng.randint(0, 9) * 100, [rng.choice((100, 250, -100, -300, -400 - fee, 50)) for _ in range(4)]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="total_at_prime_places",
        concepts=("primes", "accumulation", "functions"),
        difficulty=1,
        names="prime_total sum_of_prime_places prime_pages add_prime_places total_by_position",
        arguments=("values|pages|amounts|numbers: list[int]; whole numbers",),
        returns="int",
        phrasings=(
            "Return the sum of the numbers in $values at the positions that are prime numbers, where the first position has the number $start. The helper is_prime is given.",
            "Number the elements of $values from $start and add up those whose position number is prime; is_prime says whether a number is. The sum of no elements is 0.",
            "On days with a prime number a shop gives its takings to charity. $values lists the takings day by day, and the first day has the number $start. How much goes to charity? Use the given function is_prime.",
            "With is_prime as given, return the sum of $values[i] over all indices i (from 0) for which is_prime(i + $start) is true.",
        ),
        setup="""
def is_prime(number):
    if number < 2:
        return False
    for divisor in range(2, number):
        if number % divisor == 0:
            return False
    return True
""",
        solutions=(
            """
$total = 0
for place, value in enumerate($values, $start):
    if is_prime(place):
        $total += value
return $total
""",
            """
places = [$i for $i in range(len($values)) if is_prime($i + $start)]
return sum($values[$i] for $i in places)
""",
        ),
        reference=lambda values, start: sum(v * _prime(i) for i, v in enumerate(values, start)),
        parameters=lambda rng: {"start": rng.randint(0, 2)},
        inputs=lambda rng, start: (draws.ints(rng, 5, 9, -5, 30),),
        edges=(([],), ([7],), ([1, 2],), ([1, 10, 100, 1000],), ([0, 0, 5, 5, 5, 5],)),
        idea="The helper answers the hard question, so that only an ordinary sum with a condition is left.",
        pitfall="Testing the value instead of its position.",
    ),
    Family(
        name="common_small_divisors",
        concepts=("divisors", "list_comprehensions", "functions"),
        difficulty=1,
        names="shared_divisors both_divide divisors_of_one common_or_not compare_divisors",
        arguments=(
            "a|first|m|apples: int; a positive whole number",
            "b|second|k|pears: int; another positive whole number",
        ),
        returns="list[int]",
        phrasings=(
            "Return in ascending order the divisors of $a that $rule divisors of $b. The helper divisors lists all divisors of a number.",
            "Which divisors of $a $rule divisors of $b? Use the given function divisors, and return them from small to large.",
            "There are $a apples and $b pears. List the numbers of children among whom the apples can be shared evenly while the pears $story, smallest first; the function divisors is given.",
            "With divisors as given, return the ascending list of all elements of divisors($a) that $rule elements of divisors($b).",
        ),
        setup="""
def divisors(number):
    return [d for d in range(1, number + 1) if number % d == 0]
""",
        solutions=(
            """
others = divisors($b)
return [d for d in divisors($a) if d $op others]
""",
            """
mine, others = set(divisors($a)), set(divisors($b))
return sorted(mine $set_op others)
""",
            """
$result = divisors($a)
for d in divisors($a):
    if $b % d $test 0:
        $result.remove(d)
return $result
""",
        ),
        reference=lambda a, b, op, **_: [
            d for d in range(1, a + 1) if gcd(a, d) == d and (gcd(b, d) == d) == (op == "in")
        ],
        parameters=lambda rng: {
            key: Raw(text)
            for key, text in zip(
                ("rule", "story", "op", "set_op", "test"),
                rng.choice(
                    (
                        ("are also", "can be shared evenly, too", "in", "&", "!="),
                        ("are not", "cannot", "not in", "-", "=="),
                    )
                ),
                strict=True,
            )
        },
        inputs=lambda rng, **_: (rng.choice((12, 18, 24, 30, 36, 20)), rng.choice((8, 12, 16, 27, 36, 45))),
        edges=((1, 1), (7, 7), (12, 5), (1, 10), (36, 6), (6, 36)),
        idea="Two lists of divisors are compared like any other lists; whether they were hard to find does not matter any more.",
        pitfall="Changing a list while looping over it skips elements; loop over a fresh one.",
    ),
    Family(
        name="plots_with_tree",
        concepts=("geometry", "filtering", "accumulation"),
        difficulty=2,
        names="area_with_tree plots_containing owners_area covered_at_point sum_areas_at",
        arguments=(
            "plots|rectangles|fields|boxes: list[tuple[int, int, int, int]]; left, bottom, right, top of each",
            "x|tree_x|px|across: int; the x coordinate of the point",
            "y|tree_y|py|upwards: int; its y coordinate",
        ),
        returns="int",
        phrasings=(
            "Return the total area of the rectangles in $plots that contain the point ($x, $y); points on the border $border. The class Rectangle is given and takes left, bottom, right and top.",
            "Make a Rectangle (the given class) from each tuple of $plots and add up the areas of those in which the point ($x, $y) lies. The border $border. Without such a rectangle the sum is 0.",
            "A tree stands at ($x, $y) on a map of $plots, given as (left, bottom, right, top); they may overlap. How large are the plots together that have the tree on them, if a tree on the border $border? Build on the class Rectangle.",
            "Return the sum of the areas of all rectangles (l, b, r, t) in $plots with l $op $x $op r and b $op $y $op t; a point on the border $border.",
        ),
        setup="""
class Rectangle:
    def __init__(self, left, bottom, right, top):
        self.left, self.bottom = left, bottom
        self.right, self.top = right, top

    def area(self):
        return (self.right - self.left) * (self.top - self.bottom)

    def contains(self, x, y):
        return self.left $op x $op self.right and self.bottom $op y $op self.top
""",
        solutions=(
            """
$total = 0
for corners in $plots:
    plot = Rectangle(*corners)
    if plot.contains($x, $y):
        $total += plot.area()
return $total
""",
            """
shapes = [Rectangle(*corners) for corners in $plots]
return sum(shape.area() for shape in shapes if shape.contains($x, $y))
""",
        ),
        reference=lambda plots, x, y, op, border: sum(
            (r - a) * (t - b)
            for a, b, r, t in plots
            if (x in range(a, r + 1) and y in range(b, t + 1))
            and (op == "<=" or (x not in (a, r) and y not in (b, t)))
        ),
        parameters=lambda rng: {
            key: Raw(text)
            for key, text in zip(
                ("op", "border"),
                rng.choice((("<=", "counts as inside"), ("<", "counts as outside"))),
                strict=True,
            )
        },
        inputs=lambda rng, **_: _plots(rng),
        edges=(
            ([], 0, 0),
            ([(0, 0, 1, 1)], 1, 1),
            ([(0, 0, 4, 4)], 2, 2),
            ([(0, 0, 4, 4), (0, 0, 4, 4)], 2, 0),
            ([(-2, -2, 2, 2), (5, 5, 6, 6)], 0, -1),
        ),
        idea="The class knows what a rectangle can answer; the function only asks every one and adds up.",
        pitfall="Forgetting the star: Rectangle(corners) passes one tuple instead of four numbers.",
    ),
    Family(
        name="purse_after_actions",
        concepts=("money", "exceptions", "for_loops"),
        difficulty=3,
        names="refused_actions final_state run_purse pay_and_fill purse_history",
        arguments=(
            "start|opening|balance|first: int; the balance at the beginning in cents, not negative",
            "actions|bookings|changes|amounts: list[int]; positive amounts are paid in, others are paid out",
        ),
        returns="tuple[int, int]",
        phrasings=(
            "Apply $actions in order to a Purse (the given class) that begins with $start cents: a positive number is paid in, a number of 0 or less is paid out as its absolute value. Payments that the purse refuses with ValueError are skipped. Return the final balance and how many were refused.",
            "Carry out the bookings $actions on a new Purse with $start cents. Positive ones are deposits, the others withdrawals of the amount without the sign. The purse raises ValueError if it cannot pay; go on with the next one then. Return (balance at the end, number of refusals).",
            "Mia has $start cents on her card, an object of the given class Purse, which takes a fee of $fee cents for paying out. $actions lists what she does, positive for paying in and negative (or 0) for paying out. Whatever the card refuses does not happen. How much is on it in the end, and how often was she refused?",
            "Let b = $start. For each v of $actions: if v > 0, b becomes b + v; else if b >= -v + $fee, b becomes b + v - $fee; else count a refusal. Return (b, refusals); the given class Purse does this.",
        ),
        setup="""
class Purse:
    fee = $fee

    def __init__(self, cents):
        self.cents = cents

    def pay_in(self, amount):
        self.cents += amount

    def pay_out(self, amount):
        if amount + self.fee > self.cents:
            raise ValueError(f"cannot pay {amount} cents, only {self.cents} left")
        self.cents -= amount + self.fee
""",
        solutions=(
            """
purse = Purse($start)
refused = 0
for amount in $actions:
    try:
        if amount > 0:
            purse.pay_in(amount)
        else:
            purse.pay_out(-amount)
    except ValueError:
        refused += 1
return purse.cents, refused
""",
            """
balance = $start
refused = 0
for amount in $actions:
    needed = 0 if amount > 0 else Purse.fee - amount
    if needed > balance:
        refused += 1
        continue
    balance += amount if amount > 0 else -needed
return balance, refused
""",
        ),
        reference=lambda start, actions, fee: _purse(start, actions, fee),
        parameters=lambda rng: {"fee": rng.choice((5, 10, 20))},
        inputs=lambda rng, fee: _actions(rng, fee),
        edges=((0, []), (0, [0]), (20, [0]), (105, [-100]), (99, [-100, 50]), (120, [-100, -100, 100])),
        idea="The class guards its own rule and reports a violation by an exception; the loop decides what that means for the whole.",
        pitfall="A try around the whole loop ends everything at the first refusal.",
    ),
    Family(
        name="day_number_of_year",
        concepts=("calendars", "accumulation", "functions"),
        difficulty=2,
        names="day_of_year day_number running_day days_passed days_remaining",
        arguments=(
            "year|y|the_year|which_year: int; a year from 1 to 9999",
            "month|m|the_month|which_month: int; the month, 1 to 12",
            "day|d|the_day|which_day: int; the day of the month",
        ),
        returns="int",
        phrasings=(
            "Return $what the date $year, $month, $day. The helper days_in_month is given.",
            "Given a date as $year, $month and $day, work out $what it. Use days_in_month, which knows the leap years.",
            "A calendar for the wall shows next to each date $what it. What does it show for day $day of month $month in $year? Use the given function days_in_month.",
            "With days_in_month as given, compute $what the date with the year $year, the month $month and the day $day; January 1 is the first day of the year, December 31 the last.",
        ),
        setup="""
from calendar import monthrange


def days_in_month(year, month):
    return monthrange(year, month)[1]
""",
        solutions=(
            """
$total = $sign$day
for $item in range($lower$month$upper):
    $total += days_in_month($year, $item)
return $total
""",
            """
months = range($lower$month$upper)
return $sign$day + sum(days_in_month($year, $item) for $item in months)
""",
        ),
        reference=lambda year, month, day, kind, **_: (
            date(year, month, day).timetuple().tm_yday
            if kind == "number"
            else date(year, 12, 31).toordinal() - date(year, month, day).toordinal()
        ),
        parameters=lambda rng: {
            key: Raw(text)
            for key, text in zip(
                ("kind", "what", "sign", "lower", "upper"),
                rng.choice(
                    (
                        ("number", "the number within its year (from 1) of", "", "1, ", ""),
                        ("left", "how many days of the year come after", "-", "", ", 13"),
                    )
                ),
                strict=True,
            )
        },
        inputs=lambda rng, **_: (
            rng.choice((1900, 2000, 2023, 2024)),
            rng.choice((1, 2, 3, 5, 8, 10, 12)),
            rng.randint(1, 28),
        ),
        edges=((2024, 1, 1), (2023, 12, 31), (2024, 12, 31), (1900, 3, 1), (2000, 3, 1), (2024, 2, 29)),
        idea="Whole months are added as they are; only the month of the date itself is counted in part.",
        pitfall="Adding the length of the date's own month counts days that have not come yet.",
    ),
)


def _purse(start: int, actions: list[int], fee: int) -> tuple[int, int]:
    refused = 0
    for value in actions:
        after = start + value - (fee if value <= 0 else 0)
        if value <= 0 and after < 0:
            refused += 1
        else:
            start = after
    return start, refused
