"""Families on divisors."""

from __future__ import annotations

from hornbook.curriculum.family import Family, Raw


def _common(numbers: list[int]) -> list[int]:
    return [d for d in range(1, max(numbers, default=0) + 1) if not any(n % d for n in numbers)]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="group_sizes_for_classes",
        concepts=("divisors", "any_all", "list_comprehensions"),
        difficulty=2,
        names="group_sizes possible_sizes common_sizes sizes_for_all find_sizes",
        arguments=("classes|groups|counts|numbers: list[int]; positive whole numbers, at least one",),
        returns="list[int]",
        phrasings=(
            "Return all whole numbers of at least $k that divide every number in $classes without a remainder, in $order order.",
            "Given a non-empty list of positive whole numbers $classes, find their common divisors, leave out those below $k, and return the others in $order order.",
            "Every class of a school is to be divided into teams of the same size, the same for all classes, and nobody may be left over. Which team sizes of at least $k are possible if the classes have $classes pupils? List them in $order order.",
            "Return the list, in $order order, of the integers d >= $k with n % d == 0 for every n in $classes; the list is empty if there are none.",
        ),
        solutions=(
            """
sizes = []
for $item in range($k, min($classes) + 1):
    if all($count % $item == 0 for $count in $classes):
        sizes.append($item)
return sizes$turned
""",
            """
from math import gcd
largest = gcd(*$classes)
return [$item for $item in range($k, largest + 1) if largest % $item == 0]$turned
""",
            """
possible = set(range($k, $classes[0] + 1))
for $count in $classes:
    possible = {$item for $item in possible if $count % $item == 0}
return sorted(possible)$turned
""",
        ),
        reference=lambda classes, k, order, turned: sorted(
            (d for d in _common(classes) if not d < k), reverse=order == "descending"
        ),
        parameters=lambda rng: (
            lambda pair: {"k": rng.randint(2, 3), "order": Raw(pair[0]), "turned": Raw(pair[1])}
        )(rng.choice((("ascending", ""), ("descending", "[::-1]")))),
        inputs=lambda rng, **_: (
            [n * rng.choice((6, 12, 24)) for n in rng.choices((1, 2, 3, 4, 5), k=rng.randint(2, 4))],
        ),
        edges=(([1],), ([12],), ([7, 7],), ([5, 9],), ([2, 4],), ([3, 9, 6],)),
        idea="A size fits all classes exactly when it divides the number of pupils of each of them.",
        pitfall="Stopping the search before the smallest class misses the case in which a whole class is one team.",
    ),
    Family(
        name="kind_by_divisor_sum",
        concepts=("divisors", "conditionals", "accumulation"),
        difficulty=2,
        names="kind_of_number divisor_kind classify compare_with_divisors name_kind",
        arguments=("number|n|value|whole: int; a positive whole number",),
        returns="str",
        phrasings=(
            "Add up the divisors of $number that are smaller than $number itself. Return '$poor' if the sum is less than $number, '$rich' if it is greater, and '$even' if they are equal.",
            "Is $number smaller than, equal to or greater than the sum of its divisors other than itself? Return '$rich' when the sum is greater, '$poor' when it is less, and '$even' otherwise.",
            "In an old book numbers have characters: one whose smaller divisors add up to more than itself is called '$rich', to less '$poor', to exactly itself '$even'. What is $number called? The number 1 has no smaller divisor, and its sum is 0.",
            "Let s be the sum of all d with 1 <= d < $number and $number % d == 0. Return '$poor', '$even' or '$rich' according to s < $number, s == $number or s > $number.",
        ),
        solutions=(
            """
$total = sum(d for d in range(1, $number) if $number % d == 0)
if $total > $number:
    return "$rich"
if $total < $number:
    return "$poor"
return "$even"
""",
            """
$total = 1 if $number > 1 else 0
divisor = 2
while divisor * divisor <= $number:
    if $number % divisor == 0:
        $total += divisor
        if divisor != $number // divisor:
            $total += $number // divisor
    divisor += 1
if $total == $number:
    return "$even"
return "$rich" if $total > $number else "$poor"
""",
            """
missing = $number
for d in range(1, $number // 2 + 1):
    if $number % d == 0:
        missing -= d
if missing == 0:
    return "$even"
elif missing < 0:
    return "$rich"
else:
    return "$poor"
""",
        ),
        reference=lambda number, poor, even, rich: (
            lambda s: {True: str(even)}.get(s == number, str(rich if s > number else poor))
        )(sum(set(_common([number])) - {number})),
        parameters=lambda rng: {
            key: Raw(text)
            for key, text in zip(
                ("poor", "even", "rich"),
                rng.choice(
                    (
                        ("deficient", "perfect", "abundant"),
                        ("poor", "balanced", "rich"),
                        ("below", "equal", "above"),
                    )
                ),
                strict=True,
            )
        },
        inputs=lambda rng, **_: (
            rng.choice((6, 28, 12, 18, 36, 16, 25, 9, rng.randint(2, 60), 12 * rng.randint(1, 8))),
        ),
        edges=((1,), (2,), (6,), (28,), (496,), (20,), (25,), (36,)),
        idea="Sum the divisors, then compare once with the number: three outcomes, three returns.",
        pitfall="Including the number itself among its divisors makes every number look rich.",
    ),
    Family(
        name="most_divisors_in_range",
        concepts=("divisors", "min_max", "nested_loops"),
        difficulty=3,
        names="most_divisors richest_number most_divisible best_in_range pick_size",
        arguments=(
            "low|first|start|begin: int; the smallest candidate, at least 1",
            "high|last|stop|end: int; the largest candidate, at least as large as the first",
        ),
        returns="tuple[int, int]",
        phrasings=(
            "Return the number from $low to $high, both included, that has the most divisors, and how many it has, as a tuple. Of several, take the $which.",
            "Look at all whole numbers n with $low <= n <= $high. Which has the largest number of divisors (1 and n count)? Return (n, number of divisors); a tie goes to the $which number.",
            "A box is to hold between $low and $high chocolates, and it should be possible to share them evenly among as many different numbers of people as possible. Return the best number of chocolates and for how many numbers of people it works; if several are equally good, the $which.",
            "For n >= 1 let d(n) be the number of positive divisors of n. Return the tuple (n, d(n)) for the n in the closed range from $low to $high with the greatest d(n), for the $which such n.",
        ),
        solutions=(
            """
$best = ($low, 0)
for $item in range($low, $high + 1):
    divisors = sum(1 for d in range(1, $item + 1) if $item % d == 0)
    if divisors $op $best[1]:
        $best = ($item, divisors)
return $best
""",
            """
counts = {$item: 0 for $item in range($low, $high + 1)}
for d in range(1, $high + 1):
    for multiple in range(d, $high + 1, d):
        if multiple >= $low:
            counts[multiple] += 1
most = max(counts.values())
return $pick($item for $item in counts if counts[$item] == most), most
""",
            """
def divisors($item):
    return len([d for d in range(1, $item + 1) if $item % d == 0])

$best = max(range($low, $high + 1), key=lambda $item: (divisors($item), $sign$item))
return $best, divisors($best)
""",
        ),
        reference=lambda low, high, which, pick, **_: (
            lambda table: (lambda m: ((min if pick == "min" else max)(n for n, c in table if c == m), m))(
                max(c for _, c in table)
            )
        )([(n, len([d for d in range(1, n + 1) if n % d == 0])) for n in range(low, high + 1)]),
        parameters=lambda rng: dict(
            zip(
                ("which", "pick", "op", "sign"),
                map(Raw, rng.choice((("smallest", "min", ">", "-"), ("largest", "max", ">=", "")))),
                strict=True,
            )
        ),
        inputs=lambda rng, **_: (lambda a: (a, a + rng.randint(2, 25)))(rng.randint(1, 40)),
        edges=((1, 1), (1, 2), (2, 3), (60, 72), (13, 13), (6, 10), (5, 6)),
        idea="Count the divisors of each candidate and remember the best so far; the kind of comparison decides ties.",
        pitfall="With the wrong one of > and >= a tie goes to the other end of the range.",
    ),
)
