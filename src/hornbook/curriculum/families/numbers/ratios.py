"""Families on ratios: shortening, sharing, scaling."""

from __future__ import annotations

from fractions import Fraction

from hornbook.curriculum.family import Family, Raw

FOODS = ("flour", "milk", "eggs", "butter", "rice", "salt", "pears", "nuts")


def _simplest(parts: list[int]) -> list[int]:
    for d in range(max(parts, default=0), 1, -1):
        if not any(part % d for part in parts):
            return [part // d for part in parts]
    return parts


FAMILIES: tuple[Family, ...] = (
    Family(
        name="ratio_in_simplest_form",
        concepts=("ratios", "greatest_common_divisor", "string_building"),
        difficulty=2,
        names="ratio_text simplest_ratio show_ratio write_ratio shortened",
        arguments=("parts|amounts|numbers|counts: list[int]; whole numbers, not negative",),
        returns="str",
        phrasings=(
            "Divide all numbers in $parts by their greatest common divisor and return them as text, joined by '$colon'. If all are 0, or the list is empty, return '$none'.",
            "Write the ratio of $parts in its simplest whole numbers, in the same order, with '$colon' between them; '$none' stands for a ratio without any part that is greater than 0.",
            "A paint shop mixes colours in the amounts $parts and writes the recipe on the tin with numbers as small as possible: '2${colon}3${colon}1'. Which recipe does it write? If no colour is used at all, the tin says '$none'.",
            "Let g be the gcd of all elements of $parts (gcd(0, n) = n). Return '$none' if g is 0 or there are no elements, otherwise the decimal forms of p // g for p in $parts, joined with '$colon'.",
        ),
        solutions=(
            """
from math import gcd
common = gcd(*$parts)
if common == 0:
    return "$none"
return "$colon".join(str(part // common) for part in $parts)
""",
            """
common = max($parts, default=0)
while common > 0 and any(part % common for part in $parts):
    common -= 1
if not common:
    return "$none"
text = ""
for part in $parts:
    text += f"$colon{part // common}"
return text.removeprefix("$colon")
""",
            """
common = 0
for part in $parts:
    while part:
        common, part = part, common % part
pieces = [f"{part // common}" for part in $parts if common]
return "$colon".join(pieces) or "$none"
""",
        ),
        reference=lambda parts, colon, none: (
            colon.join(map(str, _simplest(parts))) if sum(parts) else str(none)
        ),
        parameters=lambda rng: {
            "colon": Raw(rng.choice((":", " : ", " to "))),
            "none": Raw(rng.choice(("none", "-", "nothing"))),
        },
        inputs=lambda rng, **_: (lambda g: ([g * rng.randint(0, 6) for _ in range(rng.randint(2, 4))],))(
            rng.randint(1, 8)
        ),
        edges=(([],), ([0, 0],), ([5],), ([4, 6],), ([3, 0, 9],), ([7, 5],), ([10, 10, 10],)),
        idea="Dividing every part by the same number leaves the ratio as it is, and the greatest common divisor makes the parts as small as possible.",
        pitfall="Dividing by the smallest part only works if it divides all the others.",
    ),
    Family(
        name="shares_in_ratio",
        concepts=("ratios", "list_building", "money"),
        difficulty=2,
        names="divide_in_ratio share_out split_by_ratio distribute prize_shares",
        arguments=(
            "total|amount|prize|sum_of_all: int; what is shared out, in cents, 0 or more",
            "parts|ratio|weights|shares: list[int]; positive whole numbers",
        ),
        returns="list[int]",
        phrasings=(
            "Share $total out in the ratio of $parts: everybody gets $total times the own part divided by the sum of the parts, rounded down, and what remains goes to the $who. Return the list of the amounts, empty if there are no parts.",
            "Divide $total into whole numbers in proportion to $parts, rounding each share down. The rest that rounding leaves over is added to the $who of the shares. Return the shares in the order of $parts; no parts give an empty list.",
            "A prize of $total cents is shared by a team whose members worked $parts hours: everyone gets the share of the hours worked, in whole cents rounded down, and the $who on the list also gets the cents that are left. List what each member gets. Without members the list is empty.",
            "Let S = sum($parts) and x_i = floor($total * $parts[i] / S). Return the list of the x_i after adding $total - sum(x) to its $who element, and [] if $parts is empty.",
        ),
        solutions=(
            """
if not $parts:
    return []
whole = sum($parts)
shares = [$total * part // whole for part in $parts]
shares[$place] += $total - sum(shares)
return shares
""",
            """
shares = []
rest = $total
for part in $parts:
    share = int($total * part // sum($parts))
    shares.append(share)
    rest -= share
if shares:
    shares[$place] += rest
return shares
""",
        ),
        reference=lambda total, parts, place, who: [
            int(Fraction(total * p, sum(parts)))
            + (i == place % len(parts)) * (total - sum(int(Fraction(total * q, sum(parts))) for q in parts))
            for i, p in enumerate(parts)
        ],
        parameters=lambda rng: dict(
            zip(("place", "who"), rng.choice(((0, Raw("first")), (-1, Raw("last")))), strict=True)
        ),
        inputs=lambda rng, **_: (
            rng.randint(50, 2000),
            [rng.randint(1, 9) for _ in range(rng.randint(2, 4))],
        ),
        edges=((100, []), (0, [1, 2]), (77, [5]), (100, [1, 1, 1]), (7, [3, 4]), (1, [1, 1])),
        idea="One part is worth the whole divided by the sum of the parts; multiplying before dividing keeps the shares exact.",
        pitfall="Forgetting the rest: shares that are rounded down add up to less than the total.",
    ),
    Family(
        name="recipe_for_guests",
        concepts=("ratios", "dictionaries", "fractions"),
        difficulty=3,
        names="scale_recipe for_guests shopping_list adapt_recipe amounts_for",
        arguments=(
            "recipe|amounts|ingredients|list_of_goods: dict[str, int]; ingredient and amount, not negative",
            "guests|people|persons|portions: int; for how many people, 0 or more",
        ),
        returns="dict[str, int]",
        phrasings=(
            "The amounts in $recipe are for $k people. Return a dictionary with the amounts for $guests people, each rounded $way to a whole number, in the same order and without the ingredients whose amount becomes 0.",
            "Scale $recipe, which serves $k, to $guests portions: multiply each amount by $guests / $k and round it $way to an integer. Leave out what becomes 0; the order of the ingredients stays.",
            "The dictionary $recipe says what a cook needs for $k people, in grams and pieces. Now she expects $guests guests. How much of everything is needed, if each amount is rounded $way to a whole number? Ingredients of which nothing is needed do not appear, the others keep their order.",
            "Return {name: r(amount * $guests / $k)} over the items of $recipe in order, where r rounds the exact quotient $way, without the entries whose value is 0.",
        ),
        solutions=(
            """
scaled = {}
served = $k
for $key, amount in $recipe.items():
    product = amount * $guests
    needed = $formula
    if needed > 0:
        scaled[$key] = needed
return scaled
""",
            """
from fractions import Fraction
from math import $function
factor = Fraction($guests, $k)
needed = {$key: $function($recipe[$key] * factor) for $key in $recipe}
return {$key: amount for $key, amount in needed.items() if amount}
""",
        ),
        reference=lambda recipe, guests, k, way, **_: {
            name: n
            for name, amount in recipe.items()
            if (n := len(range(0 if way == "up" else k, amount * guests + (way == "down"), k)))
        },
        parameters=lambda rng: {
            "k": rng.choice((2, 3, 4, 6)),
            **{
                key: Raw(text)
                for key, text in zip(
                    ("way", "formula", "function"),
                    rng.choice(
                        (("up", "-(-product // served)", "ceil"), ("down", "product // served", "floor"))
                    ),
                    strict=True,
                )
            },
        },
        inputs=lambda rng, **_: (
            {food: rng.randint(0, 12) for food in rng.sample(FOODS, rng.randint(2, 4))},
            rng.randint(1, 9),
        ),
        edges=(
            ({}, 3),
            ({"salt": 0}, 5),
            ({"egg": 1}, 1),
            ({"flour": 12, "milk": 6}, 0),
            ({"egg": 4, "pear": 7}, 6),
        ),
        idea="The same factor, guests divided by $k, belongs to every ingredient; keep it exact and round only the results.",
        pitfall="Rounding the factor first makes all amounts wrong by the same proportion.",
    ),
)
