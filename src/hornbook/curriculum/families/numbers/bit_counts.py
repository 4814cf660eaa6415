"""Families on counting bits."""

from __future__ import annotations

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _ones(number: int) -> int:
    return format(number, "b").count("1")


FAMILIES: tuple[Family, ...] = (
    Family(
        name="bits_apart",
        concepts=("bit_counting", "enumerate_zip", "accumulation"),
        difficulty=1,
        names="bits_apart differing_bits count_changes bit_distance total_flips",
        arguments=(
            "first|a|sent|before: list[int]; whole numbers, not negative",
            "second|b|received|after: list[int]; as many whole numbers, not negative",
        ),
        returns="tuple[int, int]",
        phrasings=(
            "Compare $first and $second, which are equally long, place by place in binary. Return a tuple: in how many bits they differ altogether, and how many places differ in $words $k bits.",
            "For the numbers at the same place of $first and $second, count the binary digits in which they differ (shorter numbers are padded with zeros). Return the sum of these counts, and how many of the counts are $words $k, as a tuple.",
            "A radio link sent the numbers $first and received $second. How many bits were changed in all, and in how many of the numbers were $words $k bits changed? Answer with a tuple of both counts; empty lists give (0, 0).",
            "Let d(i) be the number of ones in the binary form of $first[i] XOR $second[i]. Return (the sum of all d(i), the number of i for which d(i) is $words $k).",
        ),
        solutions=(
            """
$total = places = 0
for x, y in zip($first, $second):
    changed = (x ^ y).bit_count()
    $total += changed
    if changed $op $k:
        places += 1
return $total, places
""",
            """
counts = [bin(x ^ y).count("1") for x, y in zip($first, $second)]
return sum(counts), len([$count for $count in counts if $count $op $k])
""",
            """
def differing(x, y):
    bits = 0
    while x != y:
        bits += x % 2 != y % 2
        x, y = x // 2, y // 2
    return bits

counts = list(map(differing, $first, $second))
return sum(counts), sum($count $op $k for $count in counts)
""",
        ),
        reference=lambda first, second, k, op, words: (
            lambda ds: (sum(ds), sum(d >= k if op == ">=" else d == k for d in ds))
        )([_ones(a | b) - _ones(a & b) for a, b in zip(first, second, strict=True)]),
        parameters=lambda rng: {
            "k": rng.randint(1, 2),
            **dict(
                zip(
                    ("op", "words"),
                    map(Raw, rng.choice(((">=", "at least"), ("==", "exactly")))),
                    strict=True,
                )
            ),
        },
        inputs=lambda rng, **_: (lambda a: (a, [x ^ rng.choice((0, 1, 2, 4, 3, 5, 6, 8, 7)) for x in a]))(
            draws.ints(rng, 3, 5, 0, 31)
        ),
        edges=(([], []), ([0], [0]), ([7], [8]), ([1, 1], [1, 0]), ([255, 0], [0, 3]), ([5, 6], [4, 5])),
        idea="x ^ y has a 1 exactly where the two numbers differ, so counting its ones counts the differences.",
        pitfall="Subtracting the counts of ones: 5 and 6 both have two, yet they differ in two places.",
    ),
    Family(
        name="sorted_by_bits",
        concepts=("bit_counting", "sorting_with_key", "dictionaries"),
        difficulty=2,
        names="sort_by_bits order_by_ones arrange_by_bits bit_order by_ones",
        arguments=("numbers|values|codes|masks: list[int]; whole numbers, not negative",),
        returns="list[int]",
        phrasings=(
            "Return $numbers sorted by how many ones they have in binary, $bits first; numbers with equally many ones come in $order order. Repeats stay.",
            "Sort the whole numbers $numbers: those with $bits binary ones come first, and among numbers with the same count of ones the order is $order. Return a new list.",
            "The punch cards $numbers are ordered by their holes: a card has a hole for every 1 in the binary form of its number, the cards with the $bits holes lie in front, and cards with equally many holes are in $order order of their numbers. In which order do they lie?",
            "Return the list of the elements of $numbers ordered by the key (number of 1 bits: $bits first; value: $order).",
        ),
        solutions=(
            """
return sorted($numbers, key=lambda number: (${sign_bits}number.bit_count(), ${sign_value}number))
""",
            """
by_count = {}
for number in $numbers:
    ones, rest = 0, number
    while rest:
        rest &= rest - 1
        ones += 1
    by_count.setdefault(ones, []).append(number)
ordered = []
for ones in sorted(by_count, reverse=$reverse_bits):
    ordered += sorted(by_count[ones], reverse=$reverse_value)
return ordered
""",
            """
ordered = sorted($numbers, reverse=$reverse_value)
ordered.sort(key=lambda number: bin(number).count("1"), reverse=$reverse_bits)
return ordered
""",
        ),
        reference=lambda numbers, bits, order, **_: [
            n
            for ones in (range(11) if bits == "fewest" else range(10, -1, -1))
            for n in (range(1024) if order == "ascending" else range(1023, -1, -1))
            for m in numbers
            if m == n and _ones(m) == ones
        ],
        parameters=lambda rng: (
            lambda many, falling: {
                "bits": Raw("most" if many else "fewest"),
                "order": Raw("descending" if falling else "ascending"),
                "sign_bits": Raw("-" if many else ""),
                "sign_value": Raw("-" if falling else ""),
                "reverse_bits": many,
                "reverse_value": falling,
            }
        )(rng.random() < 0.5, rng.random() < 0.5),
        inputs=lambda rng, **_: (draws.ints(rng, 4, 7, 0, 20),),
        edges=(([],), ([0],), ([8, 4, 2, 1],), ([7, 7, 8],), ([0, 255, 256, 3],)),
        idea="A tuple as key sorts by the number of ones first and breaks ties by the number itself.",
        pitfall="reverse=True turns both parts of the key around, although only one of them may be meant.",
    ),
    Family(
        name="longest_run_of_bits",
        concepts=("bit_counting", "while_loops", "min_max"),
        difficulty=3,
        names="longest_run_of_$word run_of_bits longest_block bit_run widest_block",
        arguments=("number|n|mask|value: int; a whole number, not negative",),
        returns="tuple[int, int]",
        phrasings=(
            "Look at the binary digits of $number without leading zeros (0 is just '0'). Return the length of the longest block of neighbouring ${word}s, and how many blocks of that length there are, as a tuple; (0, 0) if there is no $word.",
            "In the binary form of $number, how long is the longest run of ${word}s, and how many runs are that long? Leading zeros are not written, and 0 has the single digit 0. Without any $word return (0, 0).",
            "The bits of $number, written from its highest 1 on, are the seats of a row: 1 is a taken seat, 0 a free one (the number 0 is one free seat). What is the largest number of $seats seats side by side, and how often does a block of exactly this length occur? Return both, (0, 0) if there are none.",
            "Let w be the binary representation of $number ('0' for 0) and B the multiset of the lengths of its maximal blocks of the digit $digit. Return (max B, multiplicity of max B), or (0, 0) if B is empty.",
        ),
        solutions=(
            """
blocks = bin($number)[2:].split(str(1 - $digit))
longest = max(map(len, blocks))
if longest == 0:
    return 0, 0
return longest, sum(len(block) == longest for block in blocks)
""",
            """
longest = times = run = 0
rest = $number
while True:
    run = run + 1 if rest % 2 == $digit else 0
    if run > longest:
        longest, times = run, 0
    if run == longest and run > 0:
        times += 1
    rest //= 2
    if rest == 0:
        return longest, times
""",
            """
from itertools import groupby
lengths = [len(list(same)) for digit, same in groupby(f"{$number:b}") if digit == "$digit"]
longest = max(lengths, default=0)
return longest, lengths.count(longest)
""",
        ),
        reference=lambda number, digit, **_: (
            lambda text: next(
                (
                    (n, sum(block == str(digit) * n for block in text))
                    for n in range(40, 0, -1)
                    if str(digit) * n in text
                ),
                (0, 0),
            )
        )(format(number, "b").replace("01", "0 1").replace("10", "1 0").split()),
        parameters=lambda rng: {
            **dict(
                zip(
                    ("digit", "word", "seats"),
                    rng.choice(((1, Raw("one"), Raw("taken")), (0, Raw("zero"), Raw("free")))),
                    strict=True,
                )
            )
        },
        inputs=lambda rng, **_: (rng.choice((rng.randint(1, 255), rng.randint(200, 4000))),),
        edges=((0,), (1,), (2,), (7,), (8,), (54,), (0b110110,), (0b1001001,), (0b10101,)),
        idea="A run either grows by one or starts afresh at 0; the longest one so far is remembered together with how often it was seen.",
        pitfall="A run that reaches the last bit must be counted too.",
    ),
)
