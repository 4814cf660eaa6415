"""Families on digital roots."""

from __future__ import annotations

from hornbook.curriculum.family import Family, Raw


def _root(number: int, base: int) -> int:
    """Add digits in `base` until one is left, by casting out base - 1."""
    return number and (number - 1) % (base - 1) + 1


def _rounds(text: str) -> int:
    return 0 if len(text) == 1 else 1 + _rounds(str(sum(map(int, text))))


FAMILIES: tuple[Family, ...] = (
    Family(
        name="digital_root_in_base",
        concepts=("digital_roots", "modular_arithmetic", "while_loops"),
        difficulty=2,
        names="root_in_base repeated_digit_sum reduce_digits final_digit boil_down",
        arguments=("number|n|value|start: int; a whole number, 0 or more",),
        returns="int",
        phrasings=(
            "Write $number in base $base and add up its digits; do the same with the sum, again in base $base, until a number with a single digit (less than $base) is left. Return it.",
            "Return the digital root of $number in base $base: replace the number by the sum of its base-$base digits until it is smaller than $base.",
            "Martians count with $base fingers, so their digits run from 0 to $last. A Martian child adds up the Martian digits of $number, then those of the result, and so on, until only one digit remains. Which value has this digit?",
            "Let s(n) be the sum of the digits of n in base $base. Return the first member of the sequence $number, s($number), s(s($number)), ... that is less than $base.",
        ),
        solutions=(
            """
while $number >= $base:
    digit_sum = 0
    while $number > 0:
        digit_sum += $number % $base
        $number //= $base
    $number = digit_sum
return $number
""",
            """
if $number == 0:
    return 0
remainder = $number % ($base - 1)
return remainder if remainder > 0 else $base - 1
""",
            """
if $number < $base:
    return $number
rest, digit = divmod($number, $base)
return $self(rest + digit)
""",
        ),
        reference=lambda number, base, **_: _root(number, base),
        parameters=lambda rng: (lambda base: {"base": base, "last": base - 1})(
            rng.choice((4, 5, 6, 7, 8, 12))
        ),
        inputs=lambda rng, base, **_: (
            rng.choice((rng.randint(1, 60), rng.randint(50, 5000), (base - 1) * rng.randint(1, 30))),
        ),
        edges=((0,), (1,), (3,), (4,), (11,), (12,), (420,), (9999,)),
        idea="A number and its digit sum leave the same remainder by $base - 1, so the remainder nearly is the answer.",
        pitfall="A remainder of 0 stands for $base - 1, except for the number 0 itself.",
    ),
    Family(
        name="numbers_by_root",
        concepts=("digital_roots", "grouping", "dictionaries"),
        difficulty=3,
        names="group_by_root by_root numbers_by_final_digit sort_into_roots root_groups",
        arguments=("numbers|values|tickets|codes: list[int]; whole numbers, 0 or more",),
        returns="dict[int, list[int]]",
        phrasings=(
            "The root of a number is found by adding up its decimal digits again and again until a single digit is left. Group $numbers by their roots: return a dictionary from root to the list of its numbers in their original order, with the roots in $order order and only for numbers for which the count of such additions is $words $k.",
            "For each of the $numbers, replace the number by the sum of its digits as long as it has more than one digit; the final digit is its root, and the replacements are counted. Keep only the numbers whose count of replacements is $words $k, and return them as a dictionary root -> list, roots in $order order, lists in the order of the input.",
            "Fortune tellers add up the digits of a ticket's number, then those of the sum, until one digit remains, the number of fate. Take those of the tickets $numbers for which the number of such additions is $words $k, and sort them by their numbers of fate, in $order order; within a group the tickets keep their order. Return a dictionary.",
            "For n >= 0 let t(n) be the least i such that applying the decimal digit sum i times to n gives a value below 10, and r(n) that value. Return {d: [n in $numbers with r(n) = d and t(n) $op $k]} for all d with a non-empty list, keys in $order order.",
        ),
        solutions=(
            """
$groups = {}
for number in $numbers:
    root, rounds = number, 0
    while root > 9:
        root = sum(int(digit) for digit in str(root))
        rounds += 1
    if rounds $op $k:
        $groups.setdefault(root, []).append(number)
return {root: $groups[root] for root in sorted($groups, reverse=$falling)}
""",
            """
def fate(number):
    if number < 10:
        return number, 0
    root, rounds = fate(sum(map(int, str(number))))
    return root, rounds + 1

fates = [(fate(number), number) for number in $numbers]
$result = {}
for digit in range(10)$turn:
    members = [number for (root, rounds), number in fates if root == digit and rounds $op $k]
    if members:
        $result[digit] = members
return $result
""",
        ),
        reference=lambda numbers, k, op, falling, **_: {
            d: found
            for d in sorted(range(10), reverse=falling)
            if (
                found := [
                    n
                    for n in numbers
                    if _root(n, 10) == d and (_rounds(str(n)) >= k if op == ">=" else _rounds(str(n)) == k)
                ]
            )
        },
        parameters=lambda rng: {
            "k": rng.randint(1, 2),
            **dict(
                zip(
                    ("op", "words"),
                    map(Raw, rng.choice(((">=", "at least"), ("==", "exactly")))),
                    strict=True,
                )
            ),
            **dict(
                zip(
                    ("order", "turn", "falling"),
                    rng.choice(
                        ((Raw("ascending"), Raw(""), False), (Raw("descending"), Raw("[::-1]"), True))
                    ),
                    strict=True,
                )
            ),
        },
        inputs=lambda rng, **_: (
            [
                rng.choice((7, 10, 19, 28, 49, 88, 99, 199, 235, rng.randint(0, 999)))
                for _ in range(rng.randint(4, 7))
            ],
        ),
        edges=(([],), ([0],), ([10, 19, 28],), ([199, 9],), ([38, 38, 83],), ([5, 55, 555, 5555],)),
        idea="Find the root of each number once, together with the number of rounds, and let a dictionary collect the groups.",
        pitfall="Counting the rounds after the number has been overwritten loses the number that has to be stored.",
    ),
    Family(
        name="check_by_casting_out",
        concepts=("digital_roots", "digits", "booleans"),
        difficulty=2,
        names="casting_out suspicious_sums wrong_results check_additions test_products",
        arguments=(
            "claims|results|sums|homework: list[tuple[int, int, int]]; two numbers, 0 or more, and a claimed result",
        ),
        returns="list[int]",
        phrasings=(
            "Each element of $claims holds two numbers and what somebody says is their $name. Return the indices (from $start) of the claims that are certainly wrong because the $name of the digital roots of the two has another digital root than the claimed result. The digital root is found by repeated adding of digits.",
            "Test the claimed ${name}s in $claims, tuples (a, b, c), by casting out nines: replace a, b and c by their digital roots, work out the $name of the first two, and take its digital root too. Where this differs from the root of c the claim is wrong; return the positions of these claims, counted from $start, in ascending order.",
            "A teacher checks homework quickly: for a claim (a, b, c) that a $op b is c, she adds up digits again and again until each number has become one digit, calculates $name with the two digits, reduces the answer in the same way, and compares. Which exercises, numbered from $start, does she mark in $claims?",
            "Let r(n) be the digital root of n in base 10 (r(0) = 0). Return the ascending list of i + $start for all indices i of $claims with claim (a, b, c) such that r(r(a) $op r(b)) is not r(c).",
        ),
        setup="""
def root(number):
    while number > 9:
        number = sum(int(digit) for digit in str(number))
    return number
""",
        solutions=(
            """
wrong = []
for $i, (a, b, c) in enumerate($claims, $start):
    if root(root(a) $op root(b)) != root(c):
        wrong.append($i)
return wrong
""",
            """
checks = [root(root(a) $op root(b)) == root(c) for a, b, c in $claims]
return [$i + $start for $i, fine in enumerate(checks) if not fine]
""",
        ),
        reference=lambda claims, op, start, name: [
            i
            for i, (a, b, c) in enumerate(claims, start)
            if (a + b - c if op == "+" else a * b - c) % 9
            or ((c == 0) != ((a + b if op == "+" else a * b) == 0))
        ],
        parameters=lambda rng: {
            "start": rng.randint(0, 1),
            **dict(zip(("op", "name"), map(Raw, rng.choice((("+", "sum"), ("*", "product")))), strict=True)),
        },
        inputs=lambda rng, op, **_: (
            [
                (lambda a, b: (a, b, (a + b if op == "+" else a * b) + rng.choice((0, 0, 1, 9, 10))))(
                    rng.randint(0, 99), rng.randint(1, 99)
                )
                for _ in range(rng.randint(2, 4))
            ],
        ),
        edges=(
            ([],),
            ([(0, 0, 0)],),
            ([(1, 1, 1), (2, 2, 4)],),
            ([(9, 9, 18), (9, 9, 81)],),
            ([(18, 27, 9)],),
            ([(12, 34, 47)],),
        ),
        idea="Numbers and their digital roots agree up to multiples of nine, so a right result must pass the test with the roots.",
        pitfall="A result that passes may still be wrong: swapped digits keep the root.",
    ),
)
