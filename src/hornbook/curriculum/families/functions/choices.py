"""Families on values as conditions and on choosing between two values."""

from __future__ import annotations

import random
from typing import Any

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw

_COUNTABLE = ("lamp", "pen", "cup", "hat", "shoe", "book", "ball", "kite", "drum", "ring", "coat", "chair")
_FIELDS = (
    ("nickname", "name", "email"),
    ("mobile", "phone", "office"),
    ("title", "subject", "file"),
    ("street", "box", "town"),
)
_MIXED: tuple[Any, ...] = (0, 1, 7, -3, "", "a", "0", None, True, False, [], [0], "no", 2.5, 0.0)


def _record(rng: random.Random, first: str, second: str, third: str) -> dict[str, str | None]:
    keys = [key for key in (first, second, third) if rng.random() < 0.75]
    return {key: rng.choice(("", None, draws.word(rng), draws.word(rng))) for key in keys}


def _filled(record: dict[str, str | None], keys: tuple[str, ...], otherwise: str) -> str:
    found = [value for key in keys for value in [record.get(key)] if value is not None and len(value) > 0]
    return [*found, otherwise][0]


def _chain(values: list[Any], stops: bool) -> tuple[Any, int]:
    for i, value in enumerate(values):
        if bool(value) is stops or i == len(values) - 1:
            return value, i + 1
    return (not stops), 0


def _mixed(rng: random.Random, likely: bool) -> list[Any]:
    pool = [value for value in _MIXED if bool(value) is likely] * 3 + list(_MIXED)
    return [rng.choice(pool) for _ in range(rng.randint(1, 6))]


def _fares(ages: list[int], young: int, old: int, half: int, full: int, saved: int) -> int:
    table = [half if age < young else saved if age >= old else full for age in range(130)]
    return sum(table[age] for age in ages)


def _follow(start: int, targets: list[int], k: int) -> list[int]:
    places = []
    for target in targets:
        start = max(start - k, min(start + k, target))
        places.append(start)
    return places


def _amounts(counts: dict[str, int]) -> str:
    said = [("no" if n == 0 else str(n)) + " " + noun + "s"[: n != 1] for noun, n in counts.items()]
    return ", ".join(said)


def _stopping(rng: random.Random, kind: bool) -> list[Any]:
    going = [value for value in _MIXED if bool(value) is not kind]
    parts = [rng.choice(going) for _ in range(rng.randint(0, 3))]
    if rng.random() < 0.6:
        parts.append(rng.choice([value for value in _MIXED if bool(value) is kind]))
    return parts + [rng.choice(_MIXED) for _ in range(rng.randint(0, 2))]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="first_filled_field",
        concepts=("truthiness", "dictionaries", "none_values"),
        difficulty=2,
        names="display_name first_filled best_field shown_text pick_field label_for",
        arguments=(
            "record|entry|person|form: dict[str, str | None]; the fields; each may be absent, None or ''",
        ),
        returns="str",
        phrasings=(
            "Return the first of the fields '$first', '$second' and '$third' of $record that holds a text. A field that is absent, None or '' is passed over; if no field is left, return '$otherwise'.",
            "Given the dictionary $record, look at its keys '$first', '$second' and '$third' in this order and return the first value that is not empty. Missing keys, None and '' are all empty; '$otherwise' is the answer when everything is.",
            "A program shows one text for each entry of a list: the $first if there is one, else the $second, else the $third, else '$otherwise'. Fields may be missing, None or the empty text. Which text is shown for $record?",
            "Return $record['$first'] if that key exists and its value is neither None nor ''; else the same for '$second' and then '$third'; and '$otherwise' if none of the three will do.",
        ),
        solutions=(
            """
return $record.get("$first") or $record.get("$second") or $record.get("$third") or "$otherwise"
""",
            """
for $key in ("$first", "$second", "$third"):
    if $record.get($key):
        return $record[$key]
return "$otherwise"
""",
            """
texts = [$record.get("$first"), $record.get("$second"), $record.get("$third")]
return next(filter(None, texts), "$otherwise")
""",
        ),
        reference=lambda record, first, second, third, otherwise: _filled(
            record, (first, second, third), otherwise
        ),
        inputs=lambda rng, first, second, third, otherwise: (_record(rng, first, second, third),),
        edges=(
            ({},),
            ({"name": None, "phone": None, "subject": None, "box": None},),
            ({"email": "ö@x.org", "office": "12", "file": "a.txt", "town": "Bonn"},),
            (
                {
                    "name": "Ada",
                    "phone": "7",
                    "subject": "tea",
                    "box": "9",
                    "nickname": "",
                    "mobile": "",
                    "title": "",
                    "street": "",
                },
            ),
        ),
        idea="None and the empty string both count as false, so `or` moves on to the next field until one counts as true.",
        pitfall="`record.get(key, default)` uses its default only when the key is absent, not when the value is None or empty.",
        parameters=lambda rng: (
            lambda keys: {
                "first": Raw(keys[0]),
                "second": Raw(keys[1]),
                "third": Raw(keys[2]),
                "otherwise": Raw(rng.choice(("unknown", "nobody", "none", "-"))),
            }
        )(rng.choice(_FIELDS)),
    ),
    Family(
        name="drop_blank_answers",
        concepts=("truthiness", "filtering", "none_values"),
        difficulty=2,
        names="drop_blanks real_answers without_blanks keep_answers clean remove_empty",
        arguments=("answers|values|replies|entries: list; texts, numbers, truth values, lists and None",),
        returns="list",
        phrasings=(
            "Return the elements of $answers without the blanks, in their old order. None, the empty string and the empty list are blanks; 0 and False are proper answers and stay.",
            "Given a mixed list $answers, drop every element that is None, '' or [] and return the rest as a new list. Numbers and truth values stay, whatever their value.",
            "A questionnaire stores the $replies of a guest in a list. Questions without an answer hold None, '' or []; a 0 or a False was typed in on purpose. Return the list of what was really answered, in order; $answers itself must not change.",
            "Return a new list of all elements x of $answers, in order and with repeats, for which x is not None, not the empty string and not the empty list. Note that 0, 0.0 and False are kept.",
        ),
        solutions=(
            """
return [$item for $item in $answers if $item or $item in (0, False)]
""",
            """
$result = []
for $item in $answers:
    if $item is None or $item == "" or $item == []:
        continue
    $result.append($item)
return $result
""",
            """
return [$item for $item in $answers if $item is not None and (not isinstance($item, (str, list)) or len($item) > 0)]
""",
        ),
        reference=lambda answers, replies: [a for a in answers if repr(a) not in ("None", "''", "[]")],
        inputs=lambda rng, replies: (_mixed(rng, False) + _mixed(rng, True)[:3],),
        edges=(
            ([],),
            ([None],),
            ([0],),
            ([False, None, ""],),
            ([[], [0], [None]],),
            (["", " ", "0"],),
            ([0.0, True],),
        ),
        idea="Being false is not the same as being blank: zero is false as a condition and still an answer, so the blanks are named one by one.",
        pitfall="`if answer:` alone also throws away 0 and False.",
        parameters=lambda rng: {"replies": Raw(rng.choice(("replies", "answers", "choices")))},
    ),
    Family(
        name="value_of_a_chain",
        concepts=("truthiness", "booleans", "loop_control"),
        difficulty=3,
        names="chain_value evaluate_chain short_circuit value_and_looks work_out_chain chain_result",
        arguments=("values|operands|parts|items: list; the values of the chain from left to right",),
        returns="tuple",
        phrasings=(
            "Return the value of the Python expression that joins all $values with `$word`, and the number of values that are looked at until it is known, as a pair. For an empty list return ($neutral, 0).",
            "Given the list $values, work out what `v1 $word v2 $word ... $word vn` gives in Python. The chain ends at the first value that counts as $kind, or at the last one. Return the tuple (that value, how many values were looked at), and ($neutral, 0) for no values.",
            "An inspector tries the entries of $values from the left and stops at the first that counts as $kind; if there is none, the last one decides. Return what decided and how many entries were tried. Without entries the answer is ($neutral, 0).",
            "Return the pair (v, n): v is the first element of $values whose truth value is $kind, or the last element if there is no such element, and n is its position counted from 1. For the empty list it is ($neutral, 0).",
        ),
        solutions=(
            """
if not $values:
    return $neutral, 0
for $i, $item in enumerate($values, 1):
    if $test$item:
        break
return $item, $i
""",
            """
value = $neutral
looked = 0
for value in $values:
    looked += 1
    if ${test}value:
        break
return value, looked
""",
        ),
        reference=lambda values, kind, **_: _chain(values, kind),
        inputs=lambda rng, kind, **_: (_stopping(rng, kind),),
        edges=(([],), ([[], 0],)),
        idea="`and` stops at the first false value, `or` at the first true one, and the value of the whole is the value at which it stopped.",
        pitfall="Expecting True or False: the result is one of the values themselves, such as 0 or 'x'.",
        parameters=lambda rng: rng.choice(
            (
                {"word": Raw("and"), "kind": False, "neutral": True, "test": Raw("not ")},
                {"word": Raw("or"), "kind": True, "neutral": False, "test": Raw("")},
            )
        ),
    ),
    Family(
        name="fares_by_age",
        concepts=("conditional_expressions", "accumulation", "for_loops"),
        difficulty=1,
        names="total_fare fares group_price family_ticket price_for_ages sum_fares",
        arguments=("ages|travellers|group|people: list[int]; the ages in years",),
        returns="int",
        phrasings=(
            "Return the sum of the fares for people of the given $ages. Those under $young pay $half, those of $old or more pay $saved, and all others pay $full.",
            "Given a list of $ages, what does the whole group pay? The fare is $half below the age of $young, $saved from the age of $old on, and $full in between. Nobody pays nothing: an empty list gives 0.",
            "On a ferry children under $young pay $half euros, seniors from $old on pay $saved and everyone else $full. Add up what a party with these $ages has to pay.",
            "Add for every age a of $ages the amount $half if a < $young, $full if $young <= a < $old, and $saved if a >= $old. Return the total as an integer.",
        ),
        solutions=(
            """
$total = 0
for age in $ages:
    fare = $half if age < $young else $full
    $total += $saved if age >= $old else fare
return $total
""",
            """
children = sum(1 for age in $ages if age < $young)
seniors = sum(1 for age in $ages if age >= $old)
others = len($ages) - children - seniors
return children * $half + seniors * $saved + others * $full
""",
        ),
        reference=_fares,
        inputs=lambda rng, young, old, **_: (
            [
                rng.choice((young - 1, young, old - 1, old, rng.randint(1, 90)))
                for _ in range(rng.randint(2, 6))
            ],
        ),
        edges=(([],), ([0],), ([5, 6, 7, 8],), ([60, 62, 64, 65, 67],), ([30, 30, 30],), ([99],)),
        idea="A conditional expression gives the one fare that fits, so the sum needs a single line for each person.",
        pitfall="`<=` instead of `<` charges somebody who has just reached the limit the child's fare.",
        parameters=lambda rng: {
            "young": rng.choice((6, 7, 12, 14)),
            "old": rng.choice((60, 65, 67)),
            "half": rng.randint(2, 4),
            "full": rng.randint(7, 12),
            "saved": rng.randint(5, 6),
        },
    ),
    Family(
        name="follow_with_limited_steps",
        concepts=("conditional_expressions", "simulation", "list_building"),
        difficulty=3,
        names="follow chase positions_of_follower track_targets steps_towards follow_targets",
        arguments=(
            "start|position|place: int; where the follower stands at first",
            "targets|goals|places: list[int]; where the target is in each round",
        ),
        returns="list[int]",
        phrasings=(
            "Return the positions of a follower after each round. It begins at $start and in every round moves towards that round's element of $targets, by at most $k and never past it.",
            "Given $start and the list $targets, move a number in rounds: in each round it becomes equal to the target if that is at most $k away, and otherwise it goes $k in the direction of the target. Return the list of its values after the rounds (empty for no rounds).",
            "The heating of a greenhouse is at $start degrees and can change by at most $k degrees an hour. $targets holds the wanted temperature for each hour. Which temperature is reached in each hour, if the heating always comes as close to the wish as it can?",
            "Let p be $start. For each t of $targets in turn replace p by t if |t - p| <= $k, by p + $k if t is larger, and by p - $k if it is smaller. Return all values of p after the first replacement, the second, and so on.",
        ),
        solutions=(
            """
$result = []
for target in $targets:
    gap = target - $start
    step = min(abs(gap), $k)
    $start += step if gap > 0 else -step
    $result.append($start)
return $result
""",
            """
$current = $start
$result = []
for target in $targets:
    if abs(target - $current) <= $k:
        $current = target
    else:
        $current = $current + $k if target > $current else $current - $k
    $result.append($current)
return $result
""",
        ),
        reference=_follow,
        inputs=lambda rng, k: (rng.randint(-5, 10), draws.ints(rng, 3, 6, -10, 20)),
        edges=((0, []), (0, [0]), (3, [100, -100]), (5, [9, 9, 9]), (0, [-2, 2, -2]), (-4, [-5, 1])),
        idea="Only the direction depends on the sign of the gap; the length of the step is the smaller of the gap and the limit.",
        pitfall="Always moving by the full step jumps past a target that is near and swings around it for ever.",
        parameters=lambda rng: {"k": rng.randint(2, 5)},
    ),
    Family(
        name="counts_in_words",
        concepts=("conditional_expressions", "string_formatting", "dictionaries"),
        difficulty=1,
        names="counts_in_words say_counts inventory_text list_counts describe_counts shopping_text",
        arguments=(
            "counts|stock|numbers|basket: dict[str, int]; how many there are of each thing, not negative",
        ),
        returns="str",
        phrasings=(
            "Return one text that says every count of $counts, such as '1 cup, no pens, 3 hats', in the order of the dictionary. The noun gets an s except for a count of 1, and 0 is written as 'no'.",
            "Given $counts, a dictionary from nouns to numbers, write each entry as number and noun and join the entries with a comma and a blank. Use 'no' for 0, and add an 's' to the noun unless the number is 1. An empty dictionary gives ''.",
            "A shop prints what is on its shelves: '2 lamps, 1 coat, no drums'. Every plural is made by adding s, nothing at all is called 'no', and only exactly one thing stays in the singular. What is printed for $counts?",
            "Return the entries of $counts, in order, as '<number> <noun>' joined by ', '. The number is in digits, or 'no' if it is 0; the noun is the key, followed by 's' if the number is different from 1.",
        ),
        solutions=(
            """
parts = []
for noun, number in $counts.items():
    amount = str(number) if number else "no"
    ending = "" if number == 1 else "s"
    parts.append(f"{amount} {noun}{ending}")
return ", ".join(parts)
""",
            """
return ", ".join(
    f"{number or 'no'} {noun if number == 1 else noun + 's'}" for noun, number in $counts.items()
)
""",
        ),
        reference=_amounts,
        inputs=lambda rng: (
            {
                good: rng.choice((0, 1, 1, 2, rng.randint(3, 20)))
                for good in rng.sample(_COUNTABLE, rng.randint(2, 4))
            },
        ),
        edges=(({},), ({"cup": 0},), ({"pen": 1},), ({"hat": 2, "ball": 1, "kite": 0},), ({"crêpe": 11},)),
        idea="Two small choices are made for each entry, the number's word and the noun's ending, and each is one expression.",
        pitfall="Adding the s for every number above 1 forgets that zero takes the plural too.",
    ),
)
