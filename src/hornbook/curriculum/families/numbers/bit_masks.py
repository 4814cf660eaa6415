"""Families on bit masks."""

from __future__ import annotations

import itertools
import random

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _changes(rng: random.Random, flip: str) -> tuple[int, list[str]]:
    signs = [*rng.choices("+-", k=rng.randint(1, 4)), flip]
    return rng.randint(0, 15), [sign + rng.choice("01234") for sign in signs]


def _positions(mask: int, ops: list[str]) -> int:
    on = {i for i in range(8) if mask >> i & 1}
    for op in ops:
        on = on | {int(op[1])} if op[0] == "+" else on - {int(op[1])} if op[0] == "-" else on ^ {int(op[1])}
    return sum(2**i for i in on)


FAMILIES: tuple[Family, ...] = (
    Family(
        name="apply_mask_commands",
        concepts=("bit_masks", "parsing", "conditionals"),
        difficulty=3,
        names="apply_commands update_mask set_switches run_commands new_mask",
        arguments=(
            "mask|state|flags|lamps: int; a row of bits, 0 or more",
            "commands|orders|changes|steps: list[str]; a sign and a bit position, such as '+3'",
        ),
        returns="int",
        phrasings=(
            "Carry out the $commands on the bits of $mask and return the new mask. '+i' switches bit i on, '-i' switches it off and '$flip' followed by i flips it; bit 0 is the lowest. A command that changes nothing is allowed.",
            "$mask is a whole number whose bits are switches, bit 0 being the last one. Each element of $commands names a bit after a sign: '+' turns it on, '-' turns it off, '$flip' reverses it. What is the number after all commands?",
            "The lamps of a stage are the bits of $mask. A technician follows the $commands one after the other: '+2' means lamp 2 on, '-2' off, '${flip}2' the other way than it was. Return the mask of the lamps at the end; lamp 0 is the bit of value 1.",
            "For each command c in $commands, in order, let i be the integer after its first character and replace m (at first $mask) by m OR 2^i for '+', by m AND NOT 2^i for '-', and by m XOR 2^i for '$flip'. Return m.",
        ),
        solutions=(
            """
for command in $commands:
    bit = 1 << int(command[1:])
    if command[0] == "+":
        $mask |= bit
    elif command[0] == "-":
        $mask &= ~bit
    else:
        $mask ^= bit
return $mask
""",
            """
from operator import or_, xor
actions = {"+": or_, "-": lambda bits, bit: bits & ~bit, "$flip": xor}
for sign, *digits in $commands:
    $mask = actions[sign]($mask, 2 ** int("".join(digits)))
return $mask
""",
            """
on = {$i for $i in range($mask.bit_length()) if $mask >> $i & 1}
for command in $commands:
    position = int(command[1:])
    if command.startswith("+") or (command.startswith("$flip") and position not in on):
        on.add(position)
    else:
        on.discard(position)
return sum(2**position for position in on)
""",
        ),
        reference=lambda mask, commands, flip: _positions(mask, commands),
        parameters=lambda rng: {"flip": Raw(rng.choice("~!^/"))},
        inputs=lambda rng, flip: _changes(rng, flip),
        edges=(
            (0, []),
            (5, ["+0", "-2"]),
            (0, ["-3", "+3", "+3"]),
            (255, ["-7", "-0"]),
            (8, ["+1", "-1", "-1"]),
        ),
        idea="1 << i has exactly bit i set; |, & ~ and ^ then switch on, off and over without touching the other bits.",
        pitfall="Adding 1 << i to switch a bit on is wrong when it is on already.",
    ),
    Family(
        name="packed_date",
        concepts=("bit_masks", "tuples", "arithmetic"),
        difficulty=3,
        names="unpack_$noun split_fields read_packed decode_packed unpack",
        arguments=("packed|code|number|word: int; the packed number, 0 or more",),
        returns="tuple[int, int, int]",
        phrasings=(
            "A $noun is packed into one whole number: the lowest $low bits hold the $c, the next $mid bits the $b, and all bits above them the $a. Return ($a, $b, $c) for $packed, after adding $plus to the $a.",
            "Take $packed apart: its last $low binary digits are the $c, the $mid digits before them the $b, the rest is the $a without its first $plus (so add $plus). Return the tuple ($a, $b, $c).",
            "An old camera stores a $noun in a single number to save space. From the low end, $low bits are for the $c and $mid bits for the $b; what stands above is the $a, counted from $plus. Which ($a, $b, $c) does the number $packed stand for?",
            "Let $packed = (x * 2^$mid + y) * 2^$low + z with 0 <= y < 2^$mid and 0 <= z < 2^$low. Return (x + $plus, y, z), which are the $a, the $b and the $c.",
        ),
        solutions=(
            """
third = $packed & (1 << $low) - 1
second = $packed >> $low & (1 << $mid) - 1
first = $packed >> $low + $mid
return first + $plus, second, third
""",
            """
rest, third = divmod($packed, 2**$low)
first, second = divmod(rest, 2**$mid)
return $plus + first, second, third
""",
            """
digits = f"{$packed:0${width}b}"
first, second, third = digits[:-$width], digits[-$width:-$low], digits[-$low:]
return int(first or "0", 2) + $plus, int(second, 2), int(third, 2)
""",
        ),
        reference=lambda packed, low, mid, plus, **_: (
            len(range(2 ** (low + mid), packed + 1, 2 ** (low + mid))) + plus,
            packed % 2 ** (low + mid) // 2**low,
            packed % 2**low,
        ),
        parameters=lambda rng: (
            lambda kind: {
                **{key: Raw(text) for key, text in zip(("noun", "a", "b", "c"), kind[:4], strict=True)},
                "mid": kind[4],
                "low": kind[5],
                "width": kind[4] + kind[5],
                "plus": kind[6],
            }
        )(
            rng.choice(
                (
                    ("date", "year", "month", "day", 4, 5, 1980),
                    ("date", "year", "month", "day", 4, 5, 2000),
                    ("time", "day", "hour", "minute", 5, 6, 1),
                    ("seat", "hall", "row", "chair", 6, 5, 1),
                )
            )
        ),
        inputs=lambda rng, low, mid, **_: (
            rng.randint(1, 40) << (low + mid) | rng.randrange(1 << (low + mid)),
        ),
        edges=((0,), (1,), (31,), (32,), (512,), (2047,), (2048,), (21505,)),
        idea="Shifting right drops the fields below, and a mask of ones keeps only the field's own bits.",
        pitfall="Without the mask, the second field still carries the bits of the first one.",
    ),
    Family(
        name="subsets_with_sum_as_masks",
        concepts=("bit_masks", "nested_loops", "list_building"),
        difficulty=4,
        names="masks_with_sum find_masks subset_masks exact_choices choices_for_total",
        arguments=(
            "weights|values|prices|numbers: list[int]; positive whole numbers, at most eight",
            "target|total|goal|wanted: int; the sum that is wanted, 0 or more",
        ),
        returns="list[int]",
        phrasings=(
            "A choice of elements of $weights is written as a mask in which bit i says whether element i is chosen. Return in ascending order all masks whose chosen elements have the sum $target and number $words $k.",
            "Each number from 0 to 2 ** n - 1 stands for a selection from the n elements of $weights: element i is in it if bit i (value 2 ** i) is set. List, smallest first, the numbers of all selections that add up to $target and have $words $k elements.",
            "Parcels with the $weights are numbered from 0, and a loading plan is a number whose bit i is 1 if parcel i comes along. Which plans use $words $k parcels and weigh exactly $target? Return them as an ascending list.",
            "Return the sorted list of all m with 0 <= m < 2^n, n = len($weights), for which the elements $weights[i] with bit i of m equal to 1 sum to $target and the number of these bits is $words $k.",
        ),
        solutions=(
            """
masks = []
for mask in range(1 << len($weights)):
    chosen = [weight for $i, weight in enumerate($weights) if mask >> $i & 1]
    if sum(chosen) == $target and len(chosen) $op $k:
        masks.append(mask)
return masks
""",
            """
from itertools import combinations
masks = []
for size in range(len($weights) + 1):
    for places in combinations(range(len($weights)), size):
        if size $op $k and sum($weights[$i] for $i in places) == $target:
            masks.append(sum(1 << $i for $i in places))
return sorted(masks)
""",
            """
sums = {0: 0}
for $i, weight in enumerate($weights):
    sums |= {mask | 1 << $i: $total + weight for mask, $total in sums.items()}
return [mask for mask in sums if sums[mask] == $target and mask.bit_count() $op $k]
""",
        ),
        reference=lambda weights, target, k, op, words: sorted(
            sum(2**i for i, used in enumerate(row) if used)
            for row in itertools.product((0, 1), repeat=len(weights))
            if sum(w * used for w, used in zip(weights, row, strict=True)) == target
            and (sum(row) <= k if op == "<=" else sum(row) >= k)
        ),
        parameters=lambda rng: {
            "k": rng.randint(2, 3),
            **dict(
                zip(
                    ("op", "words"),
                    map(Raw, rng.choice((("<=", "at most"), (">=", "at least")))),
                    strict=True,
                )
            ),
        },
        inputs=lambda rng, **_: (draws.ints(rng, 4, 6, 1, 6), rng.randint(5, 10)),
        edges=(([], 0), ([5], 5), ([1, 1, 1], 2), ([3, 4], 1), ([1, 2, 3, 4], 6), ([2, 2, 2, 2], 6)),
        idea="Counting from 0 to 2 ** n - 1 runs through all selections, each exactly once.",
        pitfall="`mask & i` is not a test of bit i; shift the mask by i and look at the last bit.",
    ),
)
