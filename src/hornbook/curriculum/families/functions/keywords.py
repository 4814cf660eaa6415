"""Families on arguments that are given by name."""

from __future__ import annotations

import random
from typing import Any

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _labels(rng: random.Random) -> tuple[list[dict[str, Any]]]:
    def one() -> dict[str, Any]:
        row: dict[str, Any] = {"text": rng.choice(draws.GOODS)}
        if rng.random() < 0.6:
            row["width"] = rng.randint(3, 9)
        if rng.random() < 0.5:
            row["fill"] = rng.choice("-_+")
        if rng.random() < 0.5:
            row["right"] = rng.random() < 0.7
        return row

    return ([one() for _ in range(rng.randint(1, 3))],)


def _label(text: str, width: int, fill: str, right: bool = False) -> str:
    padding = fill * max(0, width - len(text))
    return padding + text if right else text + padding


def _call(name: str, values: list[Any], options: dict[str, Any]) -> str:
    named = sorted((key, value) for key, value in options.items() if value is not None)
    shown = ", ".join(repr(v) for v in values)
    more = ", ".join(f"{key}={value!r}" for key, value in named)
    return name + "(" + ", ".join(part for part in (shown, more) if part) + ")"


def _call_input(rng: random.Random) -> tuple[str, list[Any], dict[str, Any]]:
    keys = rng.sample(("width", "color", "height", "label", "speed"), rng.randint(0, 3))
    values = [rng.choice((draws.word(rng), rng.randint(0, 9))) for _ in range(rng.randint(0, 2))]
    return (
        rng.choice(("draw", "resize", "move", "paint")),
        values,
        {key: rng.choice((None, 5, 0, "red", True)) for key in keys},
    )


def _options(rng: random.Random) -> tuple[dict[str, int], dict[str, int]]:
    names = rng.sample(("size", "speed", "volume", "light", "level"), 4)
    defaults = {name: rng.randint(0, 9) for name in names[: rng.randint(2, 3)]}
    return defaults, {name: rng.randint(0, 9) for name in rng.sample(names, rng.randint(1, 3))}


def _merged(defaults: dict[str, int], changes: dict[str, int]) -> tuple[dict[str, int], list[str]]:
    return {k: changes.get(k, v) for k, v in defaults.items()}, sorted(set(changes) - set(defaults))


def _tickets(rng: random.Random) -> tuple[list[dict[str, int]]]:
    keys = ("adults", "children", "dogs")
    return (
        [
            {key: rng.randint(0, 4) for key in rng.sample(keys, rng.randint(1, 3))}
            for _ in range(rng.randint(2, 4))
        ],
    )


def _cheapest(groups: list[dict[str, int]], adult: int, child: int, dog: int) -> tuple[int, int]:
    prices = {"adults": adult, "children": child, "dogs": dog}
    costs = [sum(prices[key] * number for key, number in group.items()) for group in groups]
    return (costs.index(min(costs)), min(costs)) if costs else (-1, 0)


FAMILIES: tuple[Family, ...] = (
    Family(
        name="labels_with_options",
        concepts=("keyword_arguments", "default_arguments", "string_formatting"),
        difficulty=3,
        names="label_strip print_labels labels_line render_rows label_row write_labels",
        arguments=("rows|entries|orders|items: list[dict]; the named arguments of one label each",),
        returns="str",
        phrasings=(
            "Return what `label` gives for each of $rows, joined by '|'. The rows are dictionaries of its named arguments: 'text' always, and 'width', 'fill' and 'right' where they differ from the defaults.",
            "Given a list $rows of dictionaries, call `label` once for each with the entries as named arguments, and return the resulting strings as one, with '|' between them. Keys other than text, width, fill and right do not occur; no rows give ''.",
            "A printer for shelf labels takes a text and three options. Customers write down only the options they want changed; the others are a width of $width, the sign '$fill' for filling and text at the left. Return the strip of labels for $rows, each a dictionary of what was written down, with '|' where it is to be cut.",
            "For every dictionary of $rows take its 'text' padded to the length 'width' ($width if missing) with the character 'fill' ('$fill' if missing), which is put in front of the text if 'right' is present and True and behind it otherwise. Longer texts stay as they are. Return all of these joined by '|'.",
        ),
        solutions=(
            """
return "|".join(label(**$row) for $row in $rows)
""",
            """
parts = []
for $row in $rows:
    options = {"width": $width, "fill": "$fill", "right": False} | $row
    pad = options["fill"] * (options["width"] - len(options["text"]))
    parts.append(pad + options["text"] if options["right"] else options["text"] + pad)
return "|".join(parts)
""",
        ),
        setup="""
def label(text, *, width=$width, fill="$fill", right=False):
    return text.rjust(width, fill) if right else text.ljust(width, fill)
""",
        reference=lambda rows, width, fill: "|".join(
            _label(**({"width": width, "fill": str(fill)} | row)) for row in rows
        ),
        inputs=lambda rng, **_: _labels(rng),
        edges=(
            ([],),
            ([{"text": ""}],),
            ([{"text": "lamp", "width": 2}],),
            ([{"text": "öl", "right": True}],),
            ([{"fill": "x", "width": 5, "text": "ab"}],),
        ),
        idea="Two stars spread a dictionary over the named parameters; what it does not name keeps its default.",
        pitfall="`label(*row)` spreads the keys of the dictionary, not its values.",
        parameters=lambda rng: {"width": rng.randint(5, 8), "fill": Raw(rng.choice((".", "*", "=")))},
    ),
    Family(
        name="source_of_a_call",
        concepts=("keyword_arguments", "variable_arguments", "sorting"),
        difficulty=3,
        names="call_text write_call show_call call_as_text source_of format_call",
        arguments=(
            "name|function|command: str; the name of the function",
            "values|positional|given: list; the positional arguments",
            "options|named|settings: dict[str, object]; the named arguments",
        ),
        returns="str",
        phrasings=(
            "Return a call as Python source: $name, then in brackets the repr of all $values and behind them the $options as key=value with the repr of the value, sorted by key. Options that are None are left out, and everything is separated by ', '.",
            "Given the name of a function, a list of positional arguments $values and a dictionary of named ones $options, write the call as in draw(3, 'red', width=5). Use `repr` for all values, leave out named arguments with the value None, and put the named ones in alphabetical order.",
            "A $what keeps a log of the calls it makes, in the form resize('cat', height=2, width=0). First come the positional $values in their order, then the named $options in alphabetical order; those that are None were not given and do not appear. Return the line for one call; without any arguments it ends in ().",
            "Return the string $name + '(' + a1, ..., an, k1=v1, ..., km=vm + ')', where the a's are the reprs of $values in order and the k=v those entries of $options, ordered by key, whose value is not None, v being its repr. Parts are separated by a comma and a blank.",
        ),
        solutions=(
            """
parts = [repr(value) for value in $values]
for key in sorted($options):
    if $options[key] is not None:
        parts.append(f"{key}={$options[key]!r}")
return f"{$name}({', '.join(parts)})"
""",
            """
def shown(*args, **kwargs):
    first = map(repr, args)
    second = (f"{key}={value!r}" for key, value in sorted(kwargs.items()))
    return ", ".join([*first, *second])

set_options = {key: value for key, value in $options.items() if value is not None}
return $name + "(" + shown(*$values, **set_options) + ")"
""",
        ),
        reference=lambda name, values, options, what: _call(name, values, options),
        inputs=lambda rng, what: _call_input(rng),
        edges=(
            ("go", [], {}),
            ("go", ["a'b"], {}),
            ("go", [], {"z": 0, "a": ""}),
            ("go", [None, 2.5], {"k": None}),
            ("go", ["é"], {"b": False, "a": [1]}),
        ),
        idea="Positional arguments keep their order because it matters; named ones may be sorted because it does not.",
        pitfall="Testing `if value` instead of `is not None` also drops 0, False and the empty string.",
        parameters=lambda rng: {
            "what": Raw(rng.choice(("drawing program", "robot", "game engine", "test tool")))
        },
    ),
    Family(
        name="settings_over_defaults",
        concepts=("keyword_arguments", "dictionaries", "sets"),
        difficulty=2,
        names="apply_options merge_settings settings_and_unknown with_changes configure update_known",
        arguments=(
            "defaults|standard|base: dict[str, int]; all $things with their usual values",
            "changes|wishes|options: dict[str, int]; the values that are asked for",
        ),
        returns="tuple[dict[str, int], list[str]]",
        phrasings=(
            "Return $defaults with the values of $changes put in, and the sorted list of the keys in $changes that $defaults does not have, as a pair. Such keys change nothing, and the first dictionary keeps the order of $defaults; neither argument is altered.",
            "Given two dictionaries, build a new one with the keys of $defaults in their order: the value comes from $changes where that has the key, and from $defaults otherwise. Return it together with an alphabetical list of all keys that occur only in $changes.",
            "A radio has $things with usual values. Somebody asks for $changes, perhaps with names that this radio does not know. Return the pair of what it is now set to and of the unknown names from A to Z. The usual values must still be there for the next user.",
            "Return (d, u): d has exactly the keys of $defaults, in that order, with d[k] = $changes[k] if k is in $changes and $defaults[k] otherwise; u lists in ascending order the keys of $changes that are not in $defaults. Both arguments stay unchanged.",
        ),
        solutions=(
            """
$result = dict($defaults)
unknown = []
for key, value in $changes.items():
    if key in $result:
        $result[key] = value
    else:
        unknown.append(key)
return $result, sorted(unknown)
""",
            """
def known_only(**options):
    return {key: options[key] for key in options if key in $defaults}

unknown = sorted($changes.keys() - $defaults.keys())
return {**$defaults, **known_only(**$changes)}, unknown
""",
        ),
        reference=lambda defaults, changes, things: _merged(defaults, changes),
        inputs=lambda rng, things: _options(rng),
        edges=(
            ({}, {}),
            ({"a": 1}, {}),
            ({}, {"b": 2, "a": 1}),
            ({"a": 1, "b": 2}, {"b": 0}),
            ({"b": 1, "a": 2}, {"z": 9, "y": 8, "a": 7}),
        ),
        idea="In `{**first, **second}` the later value wins but the place of the key stays, which is what overriding a default means.",
        pitfall="Updating the dictionary of defaults itself changes them for every later call.",
        parameters=lambda rng: {"things": Raw(rng.choice(("settings", "options", "channels")))},
    ),
    Family(
        name="cheapest_group",
        concepts=("keyword_arguments", "min_max", "default_arguments"),
        difficulty=2,
        names="cheapest_group lowest_price best_offer cheapest which_is_cheapest index_of_cheapest",
        arguments=(
            "groups|offers|bookings|parties: list[dict[str, int]]; how many 'adults', 'children' and 'dogs', where there are any",
        ),
        returns="tuple[int, int]",
        phrasings=(
            "Return the position, from 0, of the group in $groups that pays least according to `price`, and what it pays, as a pair. Each group is a dictionary of arguments for `price`; of several that pay the same the first counts, and without groups the answer is (-1, 0).",
            "Given a list of dictionaries $groups whose keys are among 'adults', 'children' and 'dogs', work out the price of each with `price` and return the tuple (index of the lowest one, lowest price). The smallest index among equals counts; an empty list gives (-1, 0).",
            "On a $boat adults pay $adult, children $child and dogs $dog, as `price` computes it. Of several parties on the list $groups, each noted as the numbers of those who are there, which one pays the least, and how much? Return its place counted from 0 and the price; the earlier party wins a tie, and (-1, 0) stands for an empty list.",
            "Let c(g) = $adult * adults + $child * children + $dog * dogs for a dictionary g, a missing key counting as 0. Return (i, c($groups[i])) for the least i with minimal c($groups[i]), or (-1, 0) if $groups is empty.",
        ),
        solutions=(
            """
if not $groups:
    return -1, 0
prices = [price(**group) for group in $groups]
lowest = min(prices)
return prices.index(lowest), lowest
""",
            """
place, lowest = -1, 0
for $i, group in enumerate($groups):
    asked = price(**group)
    if place < 0 or asked < lowest:
        place, lowest = $i, asked
return place, lowest
""",
        ),
        setup="""
def price(*, adults=0, children=0, dogs=0):
    return $adult * adults + $child * children + $dog * dogs
""",
        reference=lambda groups, adult, child, dog, boat: _cheapest(groups, adult, child, dog),
        inputs=lambda rng, **_: (rng.sample(_tickets(rng)[0] * 2, k=4),),
        edges=(([],), ([{"adults": 1}, {"adults": 1}],)),
        idea="The names in the dictionaries are the names of the parameters, so two stars make a call of each group.",
        pitfall="`<=` instead of `<` in the search gives the last of several cheapest groups.",
        parameters=lambda rng: {
            "adult": rng.randint(8, 12),
            "child": rng.randint(4, 6),
            "dog": rng.randint(1, 3),
            "boat": Raw(rng.choice(("ferry", "boat trip", "cable car", "steam train"))),
        },
    ),
)
