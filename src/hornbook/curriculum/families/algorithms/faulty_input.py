"""Families on input that may be wrong: forms checked field by field, defaults in place of exceptions."""

from __future__ import annotations

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw

NUMERALS = {str(number): number for number in range(-999, 1000)}

FAMILIES: tuple[Family, ...] = (
    Family(
        name="check_order_form",
        concepts=("validation", "early_return", "dictionaries"),
        difficulty=2,
        names="check_order validate_order order_problem first_error check",
        arguments=("order|form|entry|request: dict; an order as it was entered",),
        returns="str",
        phrasings=(
            "Check $order, a dictionary that should hold 'product' and 'count'. Return 'no product' if the product is missing or an empty text, else 'no count' if the count is missing or below 1, else '$many' if it is above $most, else 'ok'.",
            "Return the first problem of the dictionary $order, testing in this order: 'no product' (key 'product' absent or ''), 'no count' (key 'count' absent, or count less than 1), '$many' (count greater than $most). Return 'ok' if there is none.",
            "Validate $order. A missing or empty 'product' gives 'no product'; then a 'count' that is missing or smaller than 1 gives 'no count', and one larger than $most gives '$many'. A correct order gives 'ok'.",
            "What is wrong with $order? Only the first fault is reported: 'no product' for a product that is not there or is '', 'no count' for a count that is not there or is under 1, '$many' for one over $most; answer 'ok' when nothing is wrong.",
        ),
        solutions=(
            """
if not $order.get("product"):
    return "no product"
if "count" not in $order or $order["count"] < 1:
    return "no count"
if $order["count"] > $most:
    return "$many"
return "ok"
""",
            """
$result = "ok"
if $order.get("product", "") == "":
    $result = "no product"
elif $order.get("count", 0) < 1:
    $result = "no count"
elif $order["count"] > $most:
    $result = "$many"
return $result
""",
            """
$count = $order.get("count", 0)
checks = [
    (bool($order.get("product")), "no product"),
    ($count >= 1, "no count"),
    ($count <= $most, "$many"),
]
return next((message for fine, message in checks if not fine), "ok")
""",
        ),
        reference=lambda order, most, many: [
            message
            for message, wrong in {
                "no product": order.get("product") in (None, ""),
                "no count": order.get("count") not in range(1, 10**6),
                str(many): order.get("count") in range(most + 1, 10**6),
                "ok": True,
            }.items()
            if wrong
        ][0],
        parameters=lambda rng: {
            "most": rng.choice((5, 10, 20)),
            "many": Raw(rng.choice(("too many", "count too large"))),
        },
        inputs=lambda rng, most, many: (
            rng.choice(
                (
                    {"count": rng.randint(1, 9)},
                    *({"product": rng.choice(draws.GOODS), "count": n} for n in (0, 1, most, most + 1)),
                )
            ),
        ),
        edges=(({},), ({"product": "tea"},), ({"product": "", "count": 5},)),
        idea="Each test that fails returns at once, so the later tests can rely on everything that was tested before.",
        pitfall="Testing the count before checking that it is there raises KeyError.",
    ),
    Family(
        name="numbers_or_default",
        concepts=("exceptions", "parsing", "list_building"),
        difficulty=2,
        names="numbers_or_default parse_numbers to_ints read_amounts convert",
        arguments=("texts|cells|fields|inputs: list[str]; texts without blanks",),
        returns="list[int]",
        phrasings=(
            "Convert each text in $texts to an integer. A text that is not an integer (digits, perhaps with a minus sign in front) becomes $default.",
            "Return a list as long as $texts: the number where a text is written as a whole number such as '12' or '-3', and $default in all other places.",
            "Read the strings of $texts as integers without ever failing: use $default for every string that is not an optional minus sign followed by digits.",
            "Which integers stand in $texts? Give one number per text, in the same order, and put $default where the text cannot be read as an integer (an optional minus sign and at least one digit).",
        ),
        solutions=(
            """
$result = []
for $word in $texts:
    try:
        $result.append(int($word))
    except ValueError:
        $result.append($default)
return $result
""",
            """
import re
return [int($word) if re.fullmatch(r"-?[0-9]+", $word) else $default for $word in $texts]
""",
            """
def to_int($word):
    try:
        return int($word)
    except ValueError:
        return $default

return [to_int($word) for $word in $texts]
""",
            """
$result = [$default] * len($texts)
for $i, $word in enumerate($texts):
    if $word.removeprefix("-").isdigit():
        $result[$i] = int($word)
return $result
""",
        ),
        reference=lambda texts, default: [NUMERALS.get(text, default) for text in texts],
        parameters=lambda rng: {"default": rng.choice((0, -1, 1, 999))},
        inputs=lambda rng, default: (
            [
                rng.choice(
                    (str(rng.randint(-20, 99)), str(rng.randint(0, 9)), draws.word(rng), "3.5", "x7", "--2")
                )
                for _ in range(rng.randint(3, 6))
            ],
        ),
        edges=(([],), ([""],), (["-"],), (["0", "-1", "1-"],), (["twelve", "12"],)),
        idea="int() raises ValueError for a text that is no integer; catching just this error around the single conversion gives the default.",
        pitfall="A try around the whole loop stops at the first bad text and loses the good ones after it.",
    ),
    Family(
        name="items_at_positions",
        concepts=("exceptions", "list_indexing", "validation"),
        difficulty=2,
        names="items_at_positions pick_or_default take_positions read_places fetch",
        arguments=(
            "items|values|shelf|boxes: list[int]; the list to read from",
            "positions|places|indices|wanted: list[int]; indices, negative ones count from the end",
        ),
        returns="list[int]",
        phrasings=(
            "Return the elements of $items at the indices in $positions, in the order of $positions. Negative indices count from the end as usual; where an index is out of range, put $default.",
            "For each number p in $positions give $items[p] by Python's rules (so -1 is the last element), but $default when there is no such element.",
            "Look up every index of $positions in the list $items and collect the results. An index that would raise IndexError yields $default.",
            "What stands at $positions in $items? Answer with a list of the same length as $positions that has $default wherever a position, from the front or (if negative) from the back, does not exist.",
        ),
        solutions=(
            """
$result = [$default] * len($positions)
for place, $i in enumerate($positions):
    try:
        $result[place] = $items[$i]
    except IndexError:
        continue
return $result
""",
            """
$count = len($items)
return [$items[$i] if -$count <= $i < $count else $default for $i in $positions]
""",
            """
$groups = {}
for $i, $item in enumerate($items):
    $groups[$i] = $item
    $groups[$i - len($items)] = $item
return [$groups.get($i, $default) for $i in $positions]
""",
        ),
        reference=lambda items, positions, default: [
            next(
                (
                    item
                    for at, item in zip(range(-len(items), len(items)), items * 2, strict=True)
                    if at == wanted
                ),
                default,
            )
            for wanted in positions
        ],
        parameters=lambda rng: {"default": rng.choice((0, -1, 100))},
        inputs=lambda rng, default: (draws.ints(rng, 2, 5, 1, 60), draws.ints(rng, 2, 5, -6, 6)),
        edges=(([], [0]), ([5], []), ([5], [0, -1, 1, -2]), ([1, 2, 3], [2, 2, -3])),
        idea="Asking for forgiveness is easy here: try the index, and replace the IndexError of a missing one by the default.",
        pitfall="The test `i < len(items)` alone lets indices such as -10 through, which still fail.",
    ),
)
