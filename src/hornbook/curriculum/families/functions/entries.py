"""First families that go through a list once: converting, stopping in time, filling gaps."""

from __future__ import annotations

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _digit_sum(number: int, sign: str) -> str:
    digits: list[int] = []
    while number > 9:
        number, digit = divmod(number, 10)
        digits.insert(0, digit)
    digits.insert(0, number)
    return sign.join(map(str, digits)) + "=" + str(sum(digits))


def _mirrored(digits: list[int]) -> int:
    return sum(d * (10 ** (len(digits) - 1 - i) - 10**i) for i, d in enumerate(digits))


def _played(lengths: list[int], minutes: int) -> tuple[int, int]:
    sums = [sum(lengths[:i]) for i in range(len(lengths) + 1) if sum(lengths[:i]) <= minutes]
    return len(sums) - 1, minutes - sums[-1]


def _guests(names: list[str | None], word: str) -> list[str]:
    unknown = [i for i, name in enumerate(names) if name is None]
    return [f"{word} {unknown.index(i) + 1}" if name is None else name for i, name in enumerate(names)]


def _clothes(days: list[tuple[int, bool]], cold: int, warm: int) -> list[str]:
    dry = ["coat" if t < cold else "shirt" if t >= warm else "sweater" for t, _ in days]
    return [("boots" if t < cold else "umbrella") if wet else dry[i] for i, (t, wet) in enumerate(days)]


def _listed(people: list[tuple[str, str, int]]) -> list[str]:
    return [person[1].upper() + ", " + person[0] + " (" + str(person[2]) + ")" for person in people]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="digits_added_in_writing",
        concepts=("type_conversion", "digits", "string_building"),
        difficulty=1,
        names="digit_sum_text show_digit_sum write_out sum_in_writing digits_written added_digits",
        arguments=("number|n|value|code: int; a whole number, not negative",),
        returns="str",
        phrasings=(
            "Return the digits of $number with '$sign' between them, then '=' and their sum, as one text: 305 gives '3${sign}0${sign}5=8'.",
            "Given $number, a whole number that is not negative, write out the addition of its digits. The digits are joined by '$sign' and followed by '=' and the sum, without blanks around the '='. A single digit stands alone in front of the '='.",
            "In arithmetic class the children add up the digits of a number and write it like '3${sign}0${sign}5=8' on the board. What do they write for $number?",
            "Let d1 ... dn be the decimal digits of $number, which is 0 or more. Return the string of d1, ..., dn joined by '$sign', then '=', then d1 + ... + dn in decimal.",
        ),
        solutions=(
            """
digits = str($number)
total = sum(int(digit) for digit in digits)
return "$sign".join(digits) + f"={total}"
""",
            """
digits = [int(digit) for digit in str($number)]
text = str(digits[0])
for digit in digits[1:]:
    text += "$sign" + str(digit)
return text + "=" + str(sum(digits))
""",
        ),
        reference=lambda number, sign: _digit_sum(number, str(sign)),
        inputs=lambda rng, sign: (rng.choice((rng.randint(10, 99), rng.randint(100, 99999))),),
        edges=((0,), (7,), (10,), (999,), (100200,)),
        idea="As a text the number can be taken apart digit by digit, and `int` turns each digit back into a number.",
        pitfall="Adding the characters without converting them glues them together instead.",
        parameters=lambda rng: {"sign": Raw(rng.choice(("+", " + ", " and ")))},
    ),
    Family(
        name="number_minus_its_mirror",
        concepts=("type_conversion", "list_slicing", "arithmetic"),
        difficulty=1,
        names="minus_mirror mirror_difference forward_minus_backward difference_to_mirror number_and_mirror mirrored",
        arguments=("digits|cards|numerals|figures: list[int]; digits from 0 to 9, at least one",),
        returns="int",
        phrasings=(
            "Return the number that $digits make from left to right minus the number that they make from right to left. Leading zeros do not matter.",
            "Given a non-empty list $digits of integers from 0 to 9, read it as a decimal number forwards and backwards and return the first minus the second, which may be negative.",
            "Digit cards lie in a row on the table. Ada reads the number from her side, Ben, opposite, from the other side (all cards look right to both). By how much is Ada's number larger than Ben's? $digits are the cards as Ada sees them.",
            "For $digits = [d1, ..., dn] with n >= 1 return the value of the numeral d1...dn minus the value of dn...d1, both in base 10.",
        ),
        solutions=(
            """
text = "".join(str(digit) for digit in $digits)
return int(text) - int(text[::-1])
""",
            """
forwards = backwards = 0
for digit in $digits:
    forwards = 10 * forwards + digit
for digit in reversed($digits):
    backwards = 10 * backwards + digit
return forwards - backwards
""",
        ),
        reference=_mirrored,
        inputs=lambda rng: (draws.small_ints(rng, 2, 5),),
        edges=(([0],), ([7],), ([1, 0],), ([0, 1],), ([1, 2, 1],), ([0, 0, 5],)),
        idea="Joined to a text, the digits become a number with one call of `int`, in either direction.",
        pitfall="`str(digits)` gives the list with brackets and commas, which `int` cannot read.",
    ),
    Family(
        name="songs_played_in_full",
        concepts=("loop_control", "accumulation", "counting"),
        difficulty=1,
        names="songs_played full_songs count_songs songs_and_rest play_until fit_in_time",
        arguments=("lengths|songs|minutes|tasks: list[int]; the minutes that each one takes, in order",),
        returns="tuple[int, int]",
        phrasings=(
            "Return how many of the $things with the given $lengths are done in full within $limit minutes, one after the other from the first, and how many minutes are left then, as a pair. The first that does not fit any more ends it, even if a later one would fit.",
            "Given a list $lengths in minutes, go through it from the left and subtract each length from $limit as long as the rest is large enough. Return the tuple (number of lengths used, rest).",
            "There are $limit minutes until the bus leaves. The $things take the minutes in $lengths, and they come in this order; when the next one would take too long, nobody begins with it or anything after it. How many are finished, and how much time remains?",
            "Let m be the largest number such that the first m elements of $lengths, none of which is negative, have a sum s of at most $limit. Return (m, $limit - s).",
        ),
        solutions=(
            """
left = $limit
done = 0
for length in $lengths:
    if length > left:
        break
    left -= length
    done += 1
return done, left
""",
            """
from itertools import accumulate, takewhile

ends = list(takewhile(lambda end: end <= $limit, accumulate($lengths)))
return len(ends), $limit - (ends[-1] if ends else 0)
""",
        ),
        reference=lambda lengths, limit, things: _played(lengths, limit),
        inputs=lambda rng, limit, things: (
            [
                rng.choice((limit // 3, limit // 2, rng.randint(1, limit), 2))
                for _ in range(rng.randint(3, 6))
            ],
        ),
        edges=(([],), ([99, 1],), ([10, 10, 10],), ([1, 1, 1],), ([12],)),
        idea="The loop stops at the first that is too long; `break` makes sure that no later one slips in.",
        pitfall="With `continue` instead of `break` a short song behind a long one would be counted.",
        parameters=lambda rng: {
            "limit": rng.choice((10, 12, 15, 20, 30)),
            "things": Raw(rng.choice(("songs", "tasks", "riddles", "chapters"))),
        },
    ),
    Family(
        name="names_for_unknown_guests",
        concepts=("none_values", "counting", "list_building"),
        difficulty=1,
        names="fill_names name_guests without_gaps name_unknown complete_names label_guests",
        arguments=("names|guests|people|entries: list[str | None]; names, or None where nobody knows one",),
        returns="list[str]",
        phrasings=(
            "Return $names with every None replaced by '$word 1', '$word 2' and so on, numbered in the order in which they occur. Everything else, '' included, stays.",
            "Given a list of strings and None, make a new list in which the first None has become '$word 1', the second '$word 2', etc. The strings of $names are kept as they are, even empty ones.",
            "At a party the host knows some of the people and calls the others '$word 1', '$word 2', ... in the order they come in. Whom does the host greet, if $names holds the name of each, or None for a stranger?",
            "Return a list of the length of $names: at a position with a string, this string; at the position of the i-th None, i counted from 1, the string '$word ' followed by i.",
        ),
        solutions=(
            """
unknown = 0
$result = []
for name in $names:
    if name is None:
        unknown += 1
        name = f"$word {unknown}"
    $result.append(name)
return $result
""",
            """
from itertools import count

numbers = count(1)
return [f"$word {next(numbers)}" if name is None else name for name in $names]
""",
        ),
        reference=lambda names, word: _guests(names, str(word)),
        inputs=lambda rng, word: (
            [rng.choice((None, rng.choice(draws.FIRST_NAMES))) for _ in range(rng.randint(2, 5))],
        ),
        edges=(([],), ([None],), ([""],), ([None, None, "Zoë", None],), (["Ada", "Ada"],)),
        idea="None marks exactly the unknown ones, so a test with `is` finds them and nothing else.",
        pitfall="`if not name` would also rename somebody whose name is the empty text.",
        parameters=lambda rng: {"word": Raw(rng.choice(("guest", "stranger", "visitor", "person")))},
    ),
    Family(
        name="what_to_wear",
        concepts=("nested_conditionals", "conditionals", "mapping"),
        difficulty=1,
        names="what_to_wear clothes_for choose_clothes advice_for_days wear pack_for",
        arguments=("days|forecast|weather|trip: list[tuple[int, bool]]; degrees, and whether it rains",),
        returns="list[str]",
        phrasings=(
            "Return what to wear on each of $days, pairs of the degrees and whether it rains. In the rain it is 'boots' below $cold degrees and 'umbrella' otherwise; on a dry day 'coat' below $cold, 'shirt' from $warm on, and 'sweater' in between.",
            "Given a list of pairs $days (temperature, rain), choose a word for each: if it rains, 'boots' for temperatures below $cold and 'umbrella' for others; if not, 'coat' below $cold, 'sweater' from $cold to below $warm and 'shirt' from $warm on. Return the list of words.",
            "A weather page for children has one picture a day. On wet days it is the boots if it is colder than $cold degrees and the umbrella if not; on dry days the coat if it is colder than $cold, the shirt if it has $warm degrees or more, and the sweater for all others. Which pictures ('boots', 'umbrella', 'coat', 'sweater', 'shirt') go with $days?",
            "For each (t, r) of $days the result has, if r is True, 'boots' when t < $cold and 'umbrella' when t >= $cold; if r is False, 'coat' when t < $cold, 'sweater' when $cold <= t < $warm, and 'shirt' when t >= $warm.",
        ),
        solutions=(
            """
words = []
for degrees, rains in $days:
    if rains:
        words.append("boots" if degrees < $cold else "umbrella")
    elif degrees < $cold:
        words.append("coat")
    elif degrees < $warm:
        words.append("sweater")
    else:
        words.append("shirt")
return words
""",
            """
def wear(degrees, rains):
    if degrees < $cold:
        return "boots" if rains else "coat"
    if rains:
        return "umbrella"
    return "shirt" if degrees >= $warm else "sweater"

return [wear(degrees, rains) for degrees, rains in $days]
""",
        ),
        reference=_clothes,
        inputs=lambda rng, cold, warm: (
            [
                (rng.choice((cold, cold - 1, warm, warm - 1, rng.randint(-5, 30))), rng.random() < 0.4)
                for _ in range(rng.randint(3, 5))
            ],
        ),
        edges=(([],), ([(0, True), (0, False)],), ([(35, True), (35, False)],), ([(-9, True), (14, False)],)),
        idea="The rain decides which question about the temperature is asked, so that question stands inside.",
        pitfall="Asking for the temperature first and forgetting the rain in one branch gives a coat to somebody who needs boots.",
        parameters=lambda rng: {"cold": rng.randint(3, 9), "warm": rng.randint(17, 23)},
    ),
    Family(
        name="members_for_the_list",
        concepts=("unpacking", "string_formatting", "tuples"),
        difficulty=1,
        names="member_lines list_members format_members name_list lines_for_members roster",
        arguments=(
            "people|members|pupils|rows: list[tuple[str, str, int]]; first name, last name and $number",
        ),
        returns="list[str]",
        phrasings=(
            "Return a line for each of $people, tuples of first name, last name and $number, in the form 'LAST, First ($number)': the last name in capitals, a comma, the first name as it is, and the $number in brackets.",
            "Given a list of triples $people (first name, last name, $number), write each as its last name in capital letters, then ', ', the first name, a blank and the $number in round brackets. Return the lines in the same order.",
            "A $club prints its list of members. Ada Lovelace with the $number 36 is printed as 'LOVELACE, Ada (36)'. What is printed for $people?",
            "Return the list of the strings l.upper() + ', ' + f + ' (' + n + ')' for the triples (f, l, n) in $people, n being written in decimal.",
        ),
        solutions=(
            """
lines = []
for first, last, number in $people:
    lines.append(f"{last.upper()}, {first} ({number})")
return lines
""",
            """
def line(first, last, number):
    return last.upper() + ", " + first + " (" + str(number) + ")"

return [line(*person) for person in $people]
""",
        ),
        reference=lambda people, number, club: _listed(people),
        inputs=lambda rng, number, club: (
            [
                (rng.choice(draws.FIRST_NAMES), rng.choice(draws.WORDS).capitalize(), rng.randint(1, 99))
                for _ in range(rng.randint(1, 3))
            ],
        ),
        edges=(
            ([],),
            ([("", "", 0)],),
            ([("Zoë", "Möller", 7)],),
            ([("Jo", "van Os", 12), ("Jo", "van Os", 12)],),
        ),
        idea="Three names in the head of the loop take each tuple apart, and the line can be written as it will look.",
        pitfall="Taking the parts in another order than they stand in the tuple exchanges them without any error.",
        parameters=lambda rng: {
            "number": Raw(rng.choice(("age", "shirt number", "room number"))),
            "club": Raw(rng.choice(("chess club", "choir", "hiking club", "school"))),
        },
    ),
)
