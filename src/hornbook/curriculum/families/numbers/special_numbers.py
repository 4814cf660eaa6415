"""Families on numbers with special properties."""

from __future__ import annotations

import random

from hornbook.curriculum.family import Family, Raw


def _power_sum(number: int, power: int) -> int:
    return sum(int(c) ** power for c in str(number))


def _chain(number: int, power: int) -> list[int]:
    row = [number]
    while row.count(row[-1]) < 2:
        row.append(_power_sum(row[-1], power))
    return row


def _square_grid(rng: random.Random) -> tuple[list[list[int]]]:
    grid = rng.choice(
        (
            [[2, 7, 6], [9, 5, 1], [4, 3, 8]],
            [[8, 1, 6], [3, 5, 7], [4, 9, 2]],
            [[4, 14, 15, 1], [9, 7, 6, 12], [5, 11, 10, 8], [16, 2, 3, 13]],
            [[1, 2], [3, 4]],
        )
    )
    step, shift = rng.randint(1, 2), rng.randint(0, 3)
    grid = [[step * value + shift for value in row] for row in grid]
    if rng.random() < 0.5:
        r, c = rng.randrange(len(grid)), rng.randrange(len(grid))
        grid[r][c] += rng.choice((1, -1, 2))
    if rng.random() < 0.25:
        grid[0], grid[-1] = grid[-1], grid[0]
    if rng.random() < 0.2:
        grid[0], grid[1] = grid[1], grid[0]
    return (grid,)


def _gap_steps(number: int, width: int) -> list[int]:
    row = [number]
    while row[-1] not in row[:-1]:
        digits = sorted(f"{row[-1]:0{width}d}")
        row.append(int("".join(reversed(digits))) - int("".join(digits)))
    return row[:-1]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="numbers_tied_to_digits",
        concepts=("magic_numbers", "digits", "list_comprehensions"),
        difficulty=3,
        names="special_numbers numbers_like_that find_special search_numbers collectors_numbers",
        arguments=(
            "low|first|start|begin: int; the smallest candidate, 0 or more",
            "high|last|stop|end: int; the largest candidate",
        ),
        returns="list[int]",
        phrasings=(
            "Return all whole numbers from $low to $high, both included, that are $rule, in ascending order.",
            "Which n with $low <= n <= $high are $rule? List them from small to large; the list is empty if $high is smaller than $low.",
            "A collector looks for number plates with the numbers $low to $high (both included) that are $rule. Which plates does she want, in ascending order?",
            "Return the ascending list of the integers n in [$low, $high] that are $rule; digits are decimal, and the digit sum of n is called s, the digit product p.",
        ),
        solutions=(
            """
found = []
for n in range($low, $high + 1):
    s, p = 0, 1
    rest = n
    while True:
        s += rest % 10
        p *= rest % 10
        rest //= 10
        if rest == 0:
            break
    if $test:
        found.append(n)
return found
""",
            """
from math import prod

def special(n):
    digits = [int(digit) for digit in str(n)]
    s, p = sum(digits), prod(digits)
    return $test

return [n for n in range($low, $high + 1) if special(n)]
""",
        ),
        reference=lambda low, high, kind, **_: [n for n in range(low, high + 1) if _special(n, kind)],
        parameters=lambda rng: dict(
            zip(
                ("kind", "rule", "test"),
                rng.choice(
                    (
                        (
                            "both",
                            Raw("equal to the sum of their digits plus the product of their digits"),
                            Raw("n == s + p"),
                        ),
                        (
                            "divided",
                            Raw("positive and divisible by the sum of their digits"),
                            Raw("n > 0 and n % s == 0"),
                        ),
                        (
                            "product",
                            Raw("divisible by the product of their digits, none of which is 0"),
                            Raw("p > 0 and n % p == 0"),
                        ),
                        ("equal", Raw("written with digits whose sum equals their product"), Raw("s == p")),
                        ("square", Raw("less than the square of the sum of their digits"), Raw("n < s * s")),
                    )
                ),
                strict=True,
            )
        ),
        inputs=lambda rng, **_: (lambda a: (a, a + rng.randint(20, 60)))(
            rng.choice((0, 5, 10, 80, 100, rng.randint(0, 150)))
        ),
        edges=((0, 0), (1, 1), (9, 9), (10, 12), (19, 19), (5, 4), (99, 124), (0, 40)),
        idea="The test looks at one number, the loop goes through the candidates; keeping the two apart makes both easy to read.",
        pitfall="The loop that takes digits off destroys the number, so compare with a copy.",
    ),
    Family(
        name="chain_of_digit_powers",
        concepts=("magic_numbers", "sets", "while_loops"),
        difficulty=2,
        names="power_chain chain_end digit_power_walk where_it_ends chain_report",
        arguments=("number|start|n|first: int; a positive whole number",),
        returns="tuple[int, int]",
        phrasings=(
            "Replace $number again and again by the sum of the ${ordinal} powers of its decimal digits until a number appears for the second time. Return that number and how many different numbers were seen, $number included, as a tuple.",
            "Starting with $number, form the sum of all digits raised to the power $power, then do the same with the sum, and so on. Return a tuple of the first value that has occurred before and the number of values before it.",
            "A number game begins with $number. Each player raises the digits of the last number to the power $power and says their sum; whoever says a number that was said before (the start counts as said) loses. Which number is that, and how many had been said until then?",
            "Let x(0) = $number and let x(i + 1) be the sum of d^$power over the decimal digits d of x(i). For the least j > 0 with x(j) in {x(0), ..., x(j - 1)} return (x(j), j).",
        ),
        solutions=(
            """
$seen = set()
while $number not in $seen:
    $seen.add($number)
    $number = sum(int(digit) ** $power for digit in str($number))
return $number, len($seen)
""",
            """
chain = []
while $number not in chain:
    chain.append($number)
    following = 0
    while $number > 0:
        $number, digit = divmod($number, 10)
        following += digit**$power
    $number = following
return $number, len(chain)
""",
            """
def walk(number, said):
    if number in said:
        return number, len(said)
    powers = [int(digit) ** $power for digit in str(number)]
    return walk(sum(powers), [*said, number])

return walk($number, [])
""",
        ),
        reference=lambda number, power, ordinal: (_chain(number, power)[-1], len(_chain(number, power)) - 1),
        parameters=lambda rng: dict(
            zip(
                ("power", "ordinal"),
                rng.choice(((2, Raw("second")), (3, Raw("third")), (4, Raw("fourth")))),
                strict=True,
            )
        ),
        inputs=lambda rng, **_: (rng.randint(2, 200),),
        edges=((1,), (10,), (153,), (7,), (4,), (89,)),
        idea="The sums stay small, so sooner or later one of finitely many values must come again.",
        pitfall="Waiting for the chain to reach 1 never ends for most starting numbers.",
    ),
    Family(
        name="errors_in_magic_square",
        concepts=("magic_numbers", "matrices", "counting"),
        difficulty=4,
        names="square_report check_square lines_with_sum magic_check count_good_lines",
        arguments=("square|grid|table|board: list[list[int]]; as many rows as columns, at least one",),
        returns="tuple[int, int]",
        phrasings=(
            "In a magic square all rows, all columns and both diagonals have the same sum. Take the $place of $square as the right sum and return how many rows and columns (together) and how many diagonals have another sum, as a tuple.",
            "Compare the sums of all lines of the square table $square with the $place. Return (number of rows and columns with a different sum, number of the two diagonals with a different sum); in a 1 x 1 square both diagonals consist of its only cell.",
            "A child has filled in the number puzzle $square, in which every row, column and diagonal should have the same sum as the $place. How many rows and columns are wrong, counted together, and how many of the two diagonals? Return both counts.",
            "Let n be the size of $square and m the $place. Return (r + c, d), where r, c and d count the rows, columns and main diagonals (from top left and from top right) whose sum is not m.",
        ),
        solutions=(
            """
size = len($square)
lines = $square + [list(column) for column in zip(*$square)]
right_sum = $target
falling = sum($square[$i][$i] for $i in range(size))
rising = sum($square[$i][size - 1 - $i] for $i in range(size))
wrong = sum(sum(line) != right_sum for line in lines)
return wrong, (falling != right_sum) + (rising != right_sum)
""",
            """
size = len($square)
rows, columns, diagonals = [0] * size, [0] * size, [0, 0]
for r in range(size):
    for c in range(size):
        value = $square[r][c]
        rows[r] += value
        columns[c] += value
        if r == c:
            diagonals[0] += value
        if r + c == size - 1:
            diagonals[1] += value
right_sum = $sums
wrong_lines = [line for line in rows + columns if line != right_sum]
return len(wrong_lines), 2 - diagonals.count(right_sum)
""",
        ),
        reference=lambda square, target, **_: _square_errors(square, str(target)),
        parameters=lambda rng: {
            key: Raw(text)
            for key, text in zip(
                ("place", "target", "sums"),
                rng.choice(
                    (
                        ("sum of the first row", "sum(lines[0])", "rows[0]"),
                        ("sum of the last row", "sum(lines[size - 1])", "rows[-1]"),
                        ("sum of the first column", "sum(lines[size])", "columns[0]"),
                    )
                ),
                strict=True,
            )
        },
        inputs=lambda rng, **_: _square_grid(rng),
        edges=(
            ([[5]],),
            ([[1, 1], [1, 1]],),
            ([[1, 2], [3, 4]],),
            ([[2, 7, 6], [9, 5, 1], [4, 3, 8]],),
            ([[1, 0, 0], [0, 1, 0], [0, 0, 1]],),
        ),
        idea="Collect the sums of all lines by the same rule and compare each with the one that counts as right.",
        pitfall="The second diagonal runs through the columns size - 1, size - 2, ..., 0; size - i is one too far.",
    ),
    Family(
        name="largest_minus_smallest_order",
        concepts=("magic_numbers", "sorting", "list_building"),
        difficulty=3,
        names="digit_gap_chain reorder_and_subtract chain_of_gaps order_game subtract_orders",
        arguments=("number|start|n|first: int; a whole number with at most $width digits, 0 or more",),
        returns="list[int]",
        phrasings=(
            "Write $number with $width digits (zeros in front), sort the digits in descending and in ascending order, and subtract the smaller of these two numbers from the larger. Repeat with the result. Return all numbers in order, $number first, until one would come for the second time.",
            "Apply this rule again and again to $number: padded to $width digits, arrange the digits to the largest and to the smallest possible number and take the difference. Collect $number and the results in a list and stop before the first repetition.",
            "In a puzzle club everybody starts with a $width-digit number such as $number (leading zeros allowed), puts its digits in falling order and in rising order, and subtracts. With the difference, again written with $width digits, they go on. Which numbers appear, beginning with the first, before one comes back?",
            "For 0 <= n < 10^$width let f(n) be the largest minus the smallest number that can be formed from the $width digits of n (leading zeros included). Return the longest list [$number, f($number), f(f($number)), ...] of distinct numbers.",
        ),
        setup="""
def difference(number):
    digits = []
    for _ in range($width):
        number, digit = divmod(number, 10)
        digits.append(digit)
    digits.sort()
    return sum(digit * (10**$i - 10 ** ($width - 1 - $i)) for $i, digit in enumerate(digits))
""",
        solutions=(
            """
chain = []
while $number not in chain:
    chain.append($number)
    digits = sorted(str($number).zfill($width))
    smallest = int("".join(digits))
    largest = int("".join(digits[::-1]))
    $number = largest - smallest
return chain
""",
            """
chain = {$number: None}
while (following := difference(list(chain)[-1])) not in chain:
    chain[following] = None
return list(chain)
""",
        ),
        reference=_gap_steps,
        parameters=lambda rng: {"width": rng.randint(3, 5)},
        inputs=lambda rng, width: (rng.randint(10, 10**width - 1),),
        edges=((0,), (1,), (111,), (495,), (100,), (998,)),
        idea="Only finitely many numbers have $width digits, so a number must come again, and with it everything that followed it.",
        pitfall="Without padding, 099 becomes 99 and loses a digit.",
    ),
)


def _special(number: int, kind: str) -> bool:
    product = 1
    for c in str(number):
        product *= int(c)
    total = sum(int(c) for c in str(number))
    return {
        "both": total + product == number,
        "divided": number > 0 and number in range(0, number + 1, max(1, total)),
        "product": "0" not in str(number) and number in range(0, number + 1, max(1, product)),
        "equal": total == product,
        "square": total**2 > number,
    }[kind]


def _square_errors(square: list[list[int]], target: str) -> tuple[int, int]:
    n = len(square)
    rows = [sum(row) for row in square]
    columns = [sum(square[r][c] for r in range(n)) for c in range(n)]
    right = columns[0] if target.endswith("[size])") else rows[0] if "[0]" in target else rows[n - 1]
    falling = sum(square[r][c] for r in range(n) for c in range(n) if r == c)
    rising = sum(square[r][c] for r in range(n) for c in range(n) if r + c + 1 == n)
    return sum(s != right for s in rows + columns), [falling == right, rising == right].count(False)
