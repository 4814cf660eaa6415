"""Families on shops: price lists, orders, sales, stock in several places."""

from __future__ import annotations

import random
from collections import Counter

from hornbook.curriculum import draws
from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family, Raw

CITIES = ("Oslo", "Rome", "Lima", "Bern")


def _sales(rng: random.Random) -> list[dict[str, str | int]]:
    return [
        {
            "seller": rng.choice(("Ada", "Ben", "Cleo")),
            "city": rng.choice(CITIES[:3]),
            "amount": rng.randint(1, 30),
            "hours": rng.randint(1, 8),
        }
        for _ in range(rng.randint(2, 5))
    ]


def _shops(rng: random.Random) -> dict[str, dict[str, int]]:
    return {
        city: {
            good: rng.randint(1, 6) for good in rng.sample(("tea", "rice", "soap", "milk"), rng.randint(1, 4))
        }
        for city in rng.sample(CITIES, rng.randint(2, 4))
    }


FAMILIES: tuple[Family, ...] = (
    Family(
        name="total_per_field",
        concepts=("grouping", "nested_data", "accumulation"),
        difficulty=2,
        names="total_per_$who sum_by_$who summarize_sales ${what}_totals compute",
        arguments=(
            "sales|records|rows|visits: list[dict]; records with the keys seller, city, amount and hours",
        ),
        returns="dict[str, int]",
        phrasings=(
            "Each record in $sales is a dictionary with the keys 'seller', 'city', 'amount' and 'hours'. Return a dictionary from each $who to the sum of its $what.",
            "Add up the '$what' of the records in $sales separately for each '$who', and return the sums in a dictionary.",
            "Given the list of dictionaries $sales, compute the total $what per $who. Only a $who that occurs gets an entry, so an empty list gives an empty dictionary.",
            "How much is the field '$what' in total for every different value of the field '$who' in $sales? Answer with a dictionary from that value to the total.",
        ),
        solutions=(
            """
$groups = {}
for $row in $sales:
    $key = $row["$who"]
    $groups[$key] = $groups.get($key, 0) + $row["$what"]
return $groups
""",
            """
from collections import defaultdict
$groups = defaultdict(int)
for $row in $sales:
    $groups[$row["$who"]] += $row["$what"]
return dict($groups)
""",
            """
$seen = dict.fromkeys($row["$who"] for $row in $sales)
return {$key: sum($row["$what"] for $row in $sales if $row["$who"] == $key) for $key in $seen}
""",
        ),
        reference=lambda sales, who, what: dict(
            sum((Counter({sale[str(who)]: sale[str(what)]}) for sale in sales), Counter())
        ),
        parameters=lambda rng: {
            "who": Raw(rng.choice(("seller", "city"))),
            "what": Raw(rng.choice(("amount", "hours"))),
        },
        inputs=lambda rng, who, what: (_sales(rng),),
        edges=(
            ([],),
            ([{"seller": "Ada", "city": "Oslo", "amount": 4, "hours": 1}],),
            ([{"seller": "Ada", "city": "Oslo", "amount": 5, "hours": 2}] * 2,),
        ),
        idea="Keep one running sum per $who in a dictionary; each record adds its $what to the sum of its own $who.",
        pitfall="The first record of a $who has no sum to add to yet: start it at zero.",
    ),
    Family(
        name="price_changes",
        concepts=("dictionaries", "filtering", "sets"),
        difficulty=2,
        names="price_changes changed_prices compare_prices price_differences diff",
        arguments=(
            "old|before|last_week|first: dict[str, int]; earlier price of each product",
            "new|after|this_week|second: dict[str, int]; later price of each product",
        ),
        returns="dict[str, int]",
        phrasings=(
            "Compare the price lists $old and $new. Return a dictionary with the difference (later minus earlier price) of each product that is in both and whose price $moved.",
            "For every product that occurs in $old as well as in $new and whose price $moved, give the later price minus the earlier one. Leave out all other products.",
            "Find the products listed in both dictionaries whose price $moved between $old and $new, and map each of them to the amount, negative for a fall.",
            "Which products $moved in price from $old to $new, and by how much? Answer with a dictionary of later minus earlier price; products that are in one of the lists only do not count.",
        ),
        solutions=(
            """
$result = {}
for $key in $old:
    if $key in $new and $new[$key] $op $old[$key]:
        $result[$key] = $new[$key] - $old[$key]
return $result
""",
            """
return {$key: $new[$key] - $old[$key] for $key in $old.keys() & $new.keys() if $new[$key] $op $old[$key]}
""",
            """
$result = {}
for $key, $item in $new.items():
    $current = $item - $old.get($key, $item)
    if $current $op 0:
        $result[$key] = $current
return $result
""",
        ),
        reference=lambda old, new, moved, op: {
            good: price - old[good]
            for good, price in new.items()
            if good in old
            and {"rose": price > old[good], "fell": price < old[good]}.get(moved, price != old[good])
        },
        parameters=lambda rng: part(
            rng, {"moved": "rose", "op": ">"}, {"moved": "fell", "op": "<"}, {"moved": "changed", "op": "!="}
        ),
        inputs=lambda rng, moved, op: (
            {good: rng.randint(2, 6) for good in rng.sample(draws.GOODS[:6], rng.randint(3, 5))},
            {good: rng.randint(2, 6) for good in rng.sample(draws.GOODS[:6], rng.randint(3, 5))},
        ),
        edges=(
            ({}, {}),
            ({"tea": 2}, {"tea": 2}),
            ({"tea": 2}, {"pen": 3}),
            ({"a": 1, "b": 9}, {"a": 9, "b": 1}),
        ),
        idea="Only keys found in both dictionaries can be compared; for those, subtract and keep the ones that $moved.",
        pitfall="Reading the second dictionary without checking that the key is there raises KeyError for a product that was withdrawn.",
    ),
    Family(
        name="order_total",
        concepts=("dictionaries", "accumulation", "conditionals"),
        difficulty=2,
        names="order_total bill_total cost_of_order total_price evaluate",
        arguments=(
            "order|basket|cart|shopping: dict[str, int]; number of pieces of each product",
            "prices|price_list|tariff|costs: dict[str, int]; price of one piece in cents",
        ),
        returns="int",
        phrasings=(
            "Return the price of $order: the number of pieces of each product times its price in $prices, added up. A product without a price costs $usual a piece.",
            "Add up quantity times unit price for all products of $order, taking the unit prices from $prices and $usual for products that $prices does not list. An empty order costs 0.",
            "Compute what the customer pays for $order, a dictionary from product to quantity. Unit prices stand in $prices; where a product is missing there, charge $usual per piece.",
            "How much does $order cost altogether? Multiply every quantity by the price given in $prices, or by $usual if there is none, and return the sum.",
        ),
        solutions=(
            """
$total = 0
for $key, $count in $order.items():
    $total += $count * $prices.get($key, $usual)
return $total
""",
            """
return sum($count * $prices.get($key, $usual) for $key, $count in $order.items())
""",
            """
$total = 0
for $key in $order:
    try:
        $item = $prices[$key]
    except KeyError:
        $item = $usual
    $total += $order[$key] * $item
return $total
""",
        ),
        reference=lambda order, prices, usual: sum(
            order[good] * ({good: usual} | prices)[good] for good in sorted(order)
        ),
        parameters=lambda rng: {"usual": rng.choice((50, 99, 100, 250))},
        inputs=lambda rng, usual: (
            {good: rng.randint(1, 5) for good in rng.sample(draws.GOODS[:7], rng.randint(1, 4))},
            {good: rng.randint(2, 40) * 10 for good in rng.sample(draws.GOODS[:7], rng.randint(3, 5))},
        ),
        edges=(
            ({}, {"tea": 120}),
            ({"tea": 2}, {}),
            ({"tea": 0}, {"tea": 80}),
            ({"tea": 3, "pen": 1}, {"pen": 0}),
        ),
        idea="Each product adds quantity times price to the total, and get() with a default gives the usual price where the list has none.",
        pitfall="`prices.get(product) or $usual` would charge $usual for a product whose price is 0.",
    ),
    Family(
        name="shop_with_extreme_price",
        concepts=("nested_data", "min_max", "dictionaries"),
        difficulty=3,
        names="${extreme}_shop find_shop where_to_buy best_offer look_up",
        arguments=(
            "shops|offers|markets|catalog: dict[str, dict[str, int]]; the price list of each shop",
            "product|good|article|thing: str; the product that is wanted",
        ),
        returns="str",
        phrasings=(
            "Return the name of the $extreme shop for $product, given $shops from shop name to price list. If several have the same price, return the alphabetically first; if no shop sells it, return ''.",
            "In the nested dictionary $shops find where $product is $extreme. Shops that do not list it are skipped, equal prices are decided by the alphabetical order of the shops, and '' means that nobody sells it.",
            "Each value of $shops is a dictionary from product to price. Give the key of the shop whose price for $product is $extreme (alphabetically first on a tie), or the empty string when none has it.",
            "Where does $product have the $extreme price? Consider only the shops in $shops that offer it, let the alphabetically first shop win a tie, and answer '' if there is no offer.",
        ),
        solutions=(
            """
$best = ""
for $key in sorted($shops):
    if $product not in $shops[$key]:
        continue
    if not $best or $shops[$key][$product] $op $shops[$best][$product]:
        $best = $key
return $best
""",
            """
$result = {$key: $row[$product] for $key, $row in $shops.items() if $product in $row}
return min($result, key=lambda $key: (${sign}$result[$key], $key), default="")
""",
            """
$result = sorted((${sign}$row[$product], $key) for $key, $row in $shops.items() if $product in $row)
return $result[0][1] if $result else ""
""",
        ),
        reference=lambda shops, product, extreme, op, sign: next(
            (
                shop
                for price in (range(200) if extreme == "cheapest" else range(200, -1, -1))
                for shop in sorted(shops)
                if shops[shop].get(product) == price
            ),
            "",
        ),
        parameters=lambda rng: part(
            rng,
            {"extreme": "cheapest", "op": "<", "sign": ""},
            {"extreme": "dearest", "op": ">", "sign": "-"},
        ),
        inputs=lambda rng, extreme, op, sign: (_shops(rng), rng.choice(("tea", "rice", "soap"))),
        edges=(
            ({}, "tea"),
            ({"Oslo": {}}, "tea"),
            ({"Rome": {"tea": 3}, "Bern": {"tea": 3}}, "tea"),
            ({"Lima": {"tea": 0}, "Oslo": {"tea": 1}}, "tea"),
        ),
        idea="Keep only the shops that sell the product, then choose by price and, among equal prices, by name.",
        pitfall="A shop that does not list the product must be skipped, not treated as if it sold it for nothing.",
    ),
    Family(
        name="totals_over_warehouses",
        concepts=("nested_data", "accumulation", "nested_loops"),
        difficulty=3,
        names="total_stock totals_over_all merge_counts stock_everywhere combine",
        arguments=("warehouses|places|depots|branches: dict[str, dict[str, int]]; the stock of each place",),
        returns="dict[str, int]",
        phrasings=(
            "Add up the stock of all places in $warehouses and return the total of each product. Leave out products with a total below $least.",
            "The values of $warehouses are dictionaries from product to count. Merge them into one dictionary of sums that holds only the products whose sum is at least $least.",
            "For each product found anywhere in $warehouses compute how many pieces there are in all places together; return those products that reach $least, with their sums.",
            "Of which products are there $least or more pieces if all places in $warehouses are taken together? Return a dictionary from such a product to its total count.",
        ),
        solutions=(
            """
$groups = {}
for $row in $warehouses.values():
    for $key, $count in $row.items():
        $groups[$key] = $groups.get($key, 0) + $count
return {$key: $count for $key, $count in $groups.items() if $count >= $least}
""",
            """
from collections import Counter
$total = Counter()
for $row in $warehouses.values():
    $total.update($row)
return {$key: $count for $key, $count in $total.items() if $count >= $least}
""",
            """
$seen = dict.fromkeys($key for $row in $warehouses.values() for $key in $row)
$groups = {$key: sum($row.get($key, 0) for $row in $warehouses.values()) for $key in $seen}
return {$key: $groups[$key] for $key in $seen if $groups[$key] >= $least}
""",
        ),
        reference=lambda warehouses, least: {
            good: amount
            for good in dict.fromkeys(g for stock in warehouses.values() for g in stock)
            if (amount := sum(n for stock in warehouses.values() for g, n in stock.items() if g == good))
            > least - 1
        },
        parameters=lambda rng: {"least": rng.randint(2, 6)},
        inputs=lambda rng, least: (_shops(rng),),
        edges=(
            ({},),
            ({"Oslo": {}},),
            ({"Oslo": {"tea": 3}, "Rome": {"tea": 3}},),
            ({"Bern": {"tea": 0, "soap": 9}},),
        ),
        idea="The outer loop visits the places, the inner one their products; one dictionary of sums is shared by all of them, and the filter comes last.",
        pitfall="dict.update replaces counts instead of adding them, unlike Counter.update.",
    ),
)
