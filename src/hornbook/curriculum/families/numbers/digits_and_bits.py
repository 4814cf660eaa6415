"""Families on how a number is written: check digits, other bases, single bits."""

from __future__ import annotations

from hornbook.curriculum.family import Family, Raw


def _in_base(number: int, k: int) -> str:
    power = 1
    while power * k <= number:
        power *= k
    text = ""
    while power:
        text += str(number // power)
        number, power = number % power, power // k
    return text


FAMILIES: tuple[Family, ...] = (
    Family(
        name="check_digit",
        concepts=("digits", "accumulation", "while_loops"),
        difficulty=3,
        names="check_digit checksum control_digit weighted_digits compute",
        arguments=("number|code|n|serial: int; a whole number, 0 or more",),
        returns="int",
        phrasings=(
            "Compute a check digit: multiply the digits of $number from right to left by 1, $k, 1, $k and so on, add the products and return the remainder of the sum divided by $modulus.",
            "Weigh the decimal digits of $number alternately with 1 and $k, beginning with 1 at the last digit. Return the weighted sum modulo $modulus.",
            "Going through $number from its last digit to its first, add every digit in an odd place (first, third, ...) once and every digit in an even place $k times; give the total modulo $modulus.",
            "To protect a serial number against typing errors, its units digit counts once, its tens digit $k times, its hundreds digit once, and so on in turns. Return the remainder of this total for $number on division by $modulus.",
        ),
        solutions=(
            """
$total = 0
weight = 1
while $number > 0:
    $number, last_digit = divmod($number, 10)
    $total += weight * last_digit
    weight = $k if weight == 1 else 1
return $total % $modulus
""",
            """
$total = 0
for $i, $char in enumerate(reversed(str($number))):
    if $i % 2 == 0:
        $total += int($char)
    else:
        $total += $k * int($char)
return $total % $modulus
""",
            """
from itertools import cycle
return sum(int($char) * weight for $char, weight in zip(str($number)[::-1], cycle((1, $k)))) % $modulus
""",
        ),
        reference=lambda number, k, modulus: (
            (sum(map(int, str(number)[::-2])) + k * sum(map(int, str(number)[-2::-2]))) % modulus
        ),
        parameters=lambda rng: {"k": rng.choice((2, 3, 7)), "modulus": rng.choice((9, 10, 11, 13))},
        inputs=lambda rng, **_: (rng.randint(10, 99999),),
        edges=((0,), (7,), (10,), (1000,), (99999,)),
        idea="Taking digits from the right with divmod by 10, or from the reversed text, gives them in the order of the weights.",
        pitfall="Starting the weights at the left gives another result whenever the number of digits is even.",
    ),
    Family(
        name="write_in_base",
        concepts=("bits", "digits", "while_loops"),
        difficulty=3,
        names="to_base_$k in_base_$k write_base digits_in_base convert",
        arguments=("number|n|value|decimal: int; a whole number, 0 or more",),
        returns="str",
        phrasings=(
            "Return $number written in base $k, as a string of digits without leading zeros. Zero is written as one 0.",
            "Write $number with the digits 0 to $top only, in the positional system with base $k, and return that string; the most significant digit comes first and 0 gives a single zero.",
            "Convert $number to base $k by repeated division. The result is a string; for zero it is a lone 0 digit, otherwise it does not begin with 0.",
            "How is $number spelled in the number system whose places are worth 1, $k, $k*$k and so on? Give the string of its digits from the highest place down, and a single zero for 0.",
        ),
        solutions=(
            """
if $number == 0:
    return "0"
$result = ""
while $number > 0:
    $number, remainder = divmod($number, $k)
    $result = str(remainder) + $result
return $result
""",
            """
$result = [str($number % $k)]
while $number >= $k:
    $number //= $k
    $result.append(str($number % $k))
return "".join(reversed($result))
""",
            """
def digits_of($item):
    if $item < $k:
        return str($item)
    return digits_of($item // $k) + str($item % $k)

return digits_of($number)
""",
        ),
        reference=lambda number, k, top: _in_base(number, k),
        parameters=lambda rng: (lambda k: {"k": k, "top": k - 1})(rng.randint(2, 9)),
        inputs=lambda rng, **_: (rng.randint(2, 400),),
        edges=((0,), (1,), (2,), (9,), (64,), (81,)),
        idea="The remainder by the base is the last digit, and the quotient holds all digits before it.",
        pitfall="The loop never runs for 0, which then would become an empty string.",
    ),
    Family(
        name="flags_in_mask",
        concepts=("bits", "enumerate_zip", "list_building"),
        difficulty=2,
        names="flags_set decode_mask names_of_bits unpack_flags active_flags transform",
        arguments=("mask|flags|bits|settings: int; a bit mask, 0 or more",),
        returns="list[str]",
        phrasings=(
            "Each bit of $mask switches one of the options $options on: bit 0, the lowest, stands for the first, and so on. Return the options that are on, in that order; ignore higher bits.",
            "Decode $mask, a bit mask. The names of its bits, from the lowest upwards, are $options; return the list of names whose bit is 1 and take no notice of any further bits.",
            "Return which of $options are set in $mask, where the option at position i is set if bit i (worth 2 to the power of i) is 1. Keep the given order.",
            "The integer $mask stores yes-or-no settings, one per binary digit from the right, named $options. List the names with a yes, in the order of the names; digits without a name do not matter.",
        ),
        solutions=(
            """
$result = []
for $i, $key in enumerate($options):
    if $mask & (1 << $i):
        $result.append($key)
return $result
""",
            """
return [$key for $i, $key in enumerate($options) if $mask >> $i & 1]
""",
            """
$result = []
for $key in $options:
    if $mask % 2 == 1:
        $result.append($key)
    $mask //= 2
return $result
""",
            """
binary = bin($mask)[2:]
return [$key for $key, $char in zip($options, reversed(binary)) if $char == "1"]
""",
        ),
        reference=lambda mask, options: [
            option for i, option in enumerate(options) if mask % 2 ** (i + 1) - mask % 2**i > 0
        ],
        parameters=lambda rng: {
            "options": rng.choice(
                (
                    ("read", "write", "run"),
                    ("bold", "italic", "underline"),
                    ("red", "green", "blue"),
                    ("up", "right", "down", "left"),
                    ("door", "window", "gate", "alarm"),
                    ("rain", "wind", "snow", "fog"),
                )
            )
        },
        inputs=lambda rng, **_: (rng.randint(0, 15),),
        edges=((0,), (1,), (4,), (7,), (255,), (16,)),
        idea="Shifting 1 to the left by i gives a number with only bit i set; & with the mask is non-zero exactly when the mask has that bit too.",
        pitfall="Comparing mask & (1 << i) with 1 instead of 0 works for the lowest bit only.",
    ),
    Family(
        name="press_switches",
        concepts=("bits", "simulation", "for_loops"),
        difficulty=3,
        names="press_switches toggle_$noun after_presses toggle apply_switches f",
        arguments=(
            "mask|lit|status|pattern: int; bit p is 1 if number p is on",
            "switches|presses|positions|buttons: list[int]; positions of the switches pressed, 0 or more each",
        ),
        returns="int",
        phrasings=(
            "The bits of $mask say which $noun are on: bit p belongs to number p. Each entry p of $switches toggles number p, from off to on or from on to off. Return the mask after all presses.",
            "Flip, one after another, the bits of $mask at the positions listed in $switches (position 0 is the lowest bit; a position may be listed several times) and return the resulting integer.",
            "A row of $noun is stored as an integer $mask, with a 1 for each that is on, number 0 in the lowest bit. Return this integer after pressing the switches $switches, each of which inverts its bit.",
            "What does $mask become when for every p in $switches its bit p is inverted, so that pressing the same switch twice changes nothing? The bit of number 0 is worth 1, of number 1 it is worth 2, and so on ($noun that are on have a 1).",
        ),
        solutions=(
            """
for $i in $switches:
    $mask ^= 1 << $i
return $mask
""",
            """
from functools import reduce
return reduce(lambda $current, $i: $current ^ (1 << $i), $switches, $mask)
""",
            """
for $i in set($switches):
    if $switches.count($i) % 2 == 1:
        $mask ^= 2 ** $i
return $mask
""",
            """
for $i in $switches:
    if $mask & (1 << $i):
        $mask -= 1 << $i
    else:
        $mask += 1 << $i
return $mask
""",
        ),
        reference=lambda mask, switches, noun: sum(
            2**p for p in range(40) if (mask // 2**p + switches.count(p)) % 2 == 1
        ),
        parameters=lambda rng: {"noun": Raw(rng.choice(("lamps", "fans", "valves", "pumps", "screens")))},
        inputs=lambda rng, noun: (rng.randint(0, 31), [rng.randint(0, 4) for _ in range(rng.randint(1, 5))]),
        edges=((0, []), (5, []), (0, [0]), (7, [1, 1]), (1, [0, 0, 0]), (0, [6, 6, 2])),
        idea="Exclusive or with a single bit inverts exactly that bit and leaves the others alone.",
        pitfall="Setting the bit with | switches on but never off again.",
    ),
)
