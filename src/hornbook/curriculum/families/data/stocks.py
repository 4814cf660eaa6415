"""Families on dictionaries that count goods: what is in stock, delivered, sold, missing.

Every function returns a new value and leaves its arguments as they were.
"""

from __future__ import annotations

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family

FAMILIES: tuple[Family, ...] = (
    Family(
        name="goods_by_stock_level",
        concepts=("dictionaries", "filtering", "list_building"),
        difficulty=1,
        names="goods_in_range stock_report select_goods names_by_count process",
        arguments=(
            "stock|inventory|shelf|pieces: dict[str, int]; how many pieces of each product there are",
        ),
        returns="list[str]",
        phrasings=(
            "Return the names of the products in $stock whose count is $words $limit, in the order of the dictionary.",
            "List every key of $stock that has a value of $words $limit. Do not change the order; the list is empty when no key fits.",
            "Given the dictionary $stock from product to number of pieces, collect the products of which there are $words $limit pieces, keeping their order.",
            "Which products does $stock hold in a number of $words $limit? Answer with a list of names in the dictionary's own order.",
        ),
        solutions=(
            """
$result = []
for $key, $count in $stock.items():
    if $count $op $limit:
        $result.append($key)
return $result
""",
            """
return [$key for $key, $count in $stock.items() if $count $op $limit]
""",
            """
return list(filter(lambda $key: $stock[$key] $op $limit, $stock))
""",
        ),
        reference=lambda stock, op, words, limit: [
            name
            for name, count in zip(stock.keys(), stock.values(), strict=True)
            if draws.COMPARISONS[op][1](count, limit)
        ],
        parameters=lambda rng: {**draws.comparison(rng), "limit": rng.randint(3, 9)},
        inputs=lambda rng, op, words, limit: (
            {**draws.counts(rng, 3, 5), rng.choice(("oil", "jam")): limit}
            if rng.random() < 0.5
            else draws.counts(rng),
        ),
        edges=(({},), ({"tea": 0},), ({"tea": 5, "rice": 5},), ({"pen": -1, "cup": 100},)),
        idea="items() gives each product together with its count, so the count can be tested and the name kept.",
        pitfall="Looping over the dictionary alone gives the keys, and comparing a name with a number fails.",
    ),
    Family(
        name="deliver_up_to_capacity",
        concepts=("dictionaries", "accumulation", "min_max"),
        difficulty=2,
        names="add_delivery restock fill_shelves stock_after_delivery update",
        arguments=(
            "stock|inventory|shelf|store: dict[str, int]; pieces already there",
            "delivery|arrived|incoming|new_goods: dict[str, int]; pieces that arrive",
        ),
        returns="dict[str, int]",
        phrasings=(
            "Return a new dictionary with the counts of $stock and $delivery added up per product. No product goes above $cap pieces; the surplus is thrown away.",
            "Merge the dictionaries $stock and $delivery: each product of either one gets the sum of its two counts, cut down to $cap when the sum is larger. A missing product counts as 0.",
            "The goods in $delivery are put beside those in $stock. Compute the new count of each product, with a limit of $cap pieces per product, and return it as a new dictionary.",
            "What is on the shelf once $delivery has been added to $stock, if there is room for at most $cap pieces of each product? Include the products that occur in only one of the two dictionaries and leave both arguments unchanged.",
        ),
        solutions=(
            """
$result = dict($stock)
for $key, $count in $delivery.items():
    $result[$key] = $result.get($key, 0) + $count
for $key in $result:
    $result[$key] = min($result[$key], $cap)
return $result
""",
            """
return {$key: min($cap, $stock.get($key, 0) + $delivery.get($key, 0)) for $key in $stock | $delivery}
""",
            """
from collections import Counter
$total = Counter($stock)
$total.update($delivery)
return {$key: $count if $count < $cap else $cap for $key, $count in $total.items()}
""",
        ),
        reference=lambda stock, delivery, cap: {
            good: sorted([cap, sum(n for pile in (stock, delivery) for g, n in pile.items() if g == good)])[0]
            for good in dict.fromkeys([*stock, *delivery])
        },
        parameters=lambda rng: {"cap": rng.choice((8, 10, 12, 15, 20))},
        inputs=lambda rng, cap: (
            {good: rng.randint(0, cap) for good in rng.sample(draws.GOODS[:5], 3)},
            {good: rng.randint(1, 9) for good in rng.sample(draws.GOODS[:6], rng.randint(1, 3))},
        ),
        edges=(
            ({}, {}),
            ({"tea": 3}, {}),
            ({}, {"tea": 30}),
            ({"tea": 0}, {"tea": 0}),
            ({"pen": 7}, {"pen": 1}),
        ),
        idea="Go through the products of both dictionaries and let get(product, 0) stand in for the one that is missing; min then cuts the sum at the limit.",
        pitfall="Assigning into the first dictionary itself would change the caller's stock; work on a copy.",
    ),
    Family(
        name="sell_single_pieces",
        concepts=("dictionaries", "simulation", "conditionals"),
        difficulty=2,
        names="sell_goods stock_after_sales left_in_stock serve_customers run",
        arguments=(
            "stock|inventory|shelf|store: dict[str, int]; pieces of each product, none negative",
            "wishes|orders|sold|requests: list[str]; products asked for, one piece each",
        ),
        returns="dict[str, int]",
        phrasings=(
            "Each entry of $wishes asks for one piece of a product. Return what is left of $stock after all of them; ignore requests for unknown products and for products that have run out.",
            "Take one piece out of a copy of $stock for every name in $wishes, unless the product is missing or already at 0. Return the copy, including the products that are sold out.",
            "Given $stock (product to number of pieces) and the list $wishes, compute the remaining number of each product. A count never drops below 0 and products that are not in $stock do not appear.",
            "Sell the products named in $wishes one by one. Which counts does $stock have in the end, as a new dictionary with the same keys, when nothing can be sold that is not there?",
        ),
        solutions=(
            """
$result = dict($stock)
for $item in $wishes:
    if $result.get($item, 0) > 0:
        $result[$item] -= 1
return $result
""",
            """
return {$key: max(0, $count - $wishes.count($key)) for $key, $count in $stock.items()}
""",
            """
from collections import Counter
$total = Counter($wishes)
$result = {}
for $key in $stock:
    $result[$key] = $stock[$key] - min($stock[$key], $total[$key])
return $result
""",
        ),
        reference=lambda stock, wishes: {
            good: len(range(sum(1 for wish in wishes if wish == good), count))
            for good, count in stock.items()
        },
        inputs=lambda rng: (
            {good: rng.randint(0, 3) for good in rng.sample(draws.GOODS[:5], rng.randint(2, 4))},
            rng.choices(draws.GOODS[:6], k=rng.randint(2, 6)),
        ),
        edges=(
            ({}, ["tea"]),
            ({"tea": 2}, []),
            ({"tea": 1}, ["tea", "tea", "tea"]),
            ({"pen": 0, "cup": 4}, ["pen"]),
        ),
        idea="Copy the dictionary, then take a piece away for each request, but only while the product's count is above zero.",
        pitfall="Subtracting without the test makes counts negative, or raises KeyError for an unknown product.",
    ),
    Family(
        name="missing_ingredients",
        concepts=("dictionaries", "filtering", "arithmetic"),
        difficulty=2,
        names="missing_ingredients shopping_list what_to_buy lacking check",
        arguments=(
            "recipe|needed|per_portion|formula: dict[str, int]; amount of each ingredient for one portion",
            "pantry|cupboard|in_stock|on_hand: dict[str, int]; amounts that are at home",
        ),
        returns="dict[str, int]",
        phrasings=(
            "Return what must be bought to cook $portions portions of $recipe: each ingredient of which $pantry has too little, with the missing amount.",
            "Multiply every amount of $recipe by $portions and subtract what $pantry holds. Return a dictionary of the ingredients for which something is lacking and how much; others are left out.",
            "You cook $portions portions of $recipe with the supplies in $pantry. Compile a shopping list as a dictionary from ingredient to the amount you still need, without ingredients that suffice.",
            "Which ingredients do not suffice for $portions portions, and how much of each is missing? $recipe gives the amounts for one portion, $pantry the supplies; an ingredient absent from $pantry counts as 0.",
        ),
        solutions=(
            """
$result = {}
for $key, $count in $recipe.items():
    $current = $count * $portions - $pantry.get($key, 0)
    if $current > 0:
        $result[$key] = $current
return $result
""",
            """
$groups = {$key: $portions * $count - $pantry.get($key, 0) for $key, $count in $recipe.items()}
return {$key: $count for $key, $count in $groups.items() if $count > 0}
""",
            """
from collections import Counter
$total = Counter({$key: $count * $portions for $key, $count in $recipe.items()})
return dict($total - Counter($pantry))
""",
        ),
        reference=lambda recipe, pantry, portions: {
            food: len(range(pantry.get(food, 0), amount * portions))
            for food, amount in recipe.items()
            if range(pantry.get(food, 0), amount * portions)
        },
        parameters=lambda rng: {"portions": rng.randint(2, 6)},
        inputs=lambda rng, portions: (
            {food: rng.randint(1, 5) for food in rng.sample(("egg", "flour", "milk", "sugar", "salt"), 3)},
            {food: rng.randint(0, 20) for food in rng.sample(("egg", "flour", "milk", "sugar"), 3)},
        ),
        edges=(
            ({}, {"egg": 2}),
            ({"egg": 1}, {}),
            ({"egg": 0}, {}),
            ({"egg": 1, "milk": 2}, {"egg": 90, "milk": 90}),
        ),
        idea="For each ingredient the missing amount is need minus supply; only positive results go on the list.",
        pitfall="An ingredient that is not in the pantry at all needs the default 0, or the look-up fails.",
    ),
)
