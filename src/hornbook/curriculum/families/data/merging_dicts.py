"""Families on merging dictionaries: what happens to keys that meet."""

from __future__ import annotations

import random
from typing import Any

from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family, Raw


def _options(rng: random.Random, gaps: bool) -> dict[str, int | None]:
    return {
        name: None if gaps and rng.random() < 0.3 else rng.randint(1, 9)
        for name in rng.sample(("size", "font", "zoom", "theme"), rng.randint(1, 3))
    }


def _nested(rng: random.Random) -> dict[str, Any]:
    return {
        key: {inner: rng.randint(1, 9) for inner in rng.sample("xyz", rng.randint(1, 2))}
        if rng.random() < 0.6
        else rng.randint(1, 9)
        for key in rng.sample("abc", rng.randint(2, 3))
    }


def _deep(first: dict[str, Any], second: dict[str, Any], rule: str) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for key in [*first, *(k for k in second if k not in first)]:
        if key not in first or key not in second:
            merged[key] = first[key] if key in first else second[key]
        elif isinstance(first[key], dict) and isinstance(second[key], dict):
            merged[key] = _deep(first[key], second[key], rule)
        elif isinstance(first[key], dict) or isinstance(second[key], dict):
            merged[key] = second[key]
        else:
            pair = sorted((first[key], second[key]))
            merged[key] = {"sum": sum(pair), "larger": pair[1], "smaller": pair[0]}[rule]
    return merged


FAMILIES: tuple[Family, ...] = (
    Family(
        name="settings_in_layers",
        concepts=("dictionary_merging", "missing_values", "for_loops"),
        difficulty=2,
        names="settings_in_layers effective_settings combine_layers final_options resolve",
        arguments=(
            "layers|sources|configs|levels: list[dict[str, int | None]]; settings, the most $adjective layer first",
        ),
        returns="dict[str, int]",
        phrasings=(
            "Merge the dictionaries in $layers, where $rule. A value None means that the layer says nothing about the key. Return the result with keys in alphabetical order; keys without any number are left out.",
            "Combine all $layers into one dictionary: $rule, and None counts as if the key were missing in that layer. Sort the keys alphabetically.",
            "A program takes its settings from several sources, $layers, and None stands for 'not set here'. As $rule, which settings are valid in the end? Answer with a dictionary in alphabetical order, without settings that are set nowhere.",
            "For each key k that has a value other than None in some dictionary of $layers, let v be the one from the $end such dictionary. Return {k: v} with sorted keys.",
        ),
        solutions=(
            """
$result = {}
for layer in $layers$turn:
    for $key, $item in layer.items():
        if $item is not None:
            $result[$key] = $item
return dict(sorted($result.items()))
""",
            """
from collections import ChainMap
known = [{$key: $item for $key, $item in layer.items() if $item is not None} for layer in $layers]
merged = ChainMap(*known$reverse)
return {$key: merged[$key] for $key in sorted(merged)}
""",
            """
names = sorted(set().union(*$layers))
$result = {}
for $key in names:
    found = [layer[$key] for layer in $layers if layer.get($key) is not None]
    if found:
        $result[$key] = found[$index]
return $result
""",
        ),
        reference=lambda layers, end, **_: {
            key: values[0 if end == "first" else -1]
            for key in sorted({k for layer in layers for k in layer})
            if (values := [v for layer in layers for k, v in layer.items() if k == key and v is not None])
        },
        parameters=lambda rng: part(
            rng,
            {
                "adjective": "general",
                "rule": "later layers win over earlier ones",
                "end": "last",
                "turn": "",
                "reverse": "[::-1]",
                "index": "-1",
            },
            {
                "adjective": "important",
                "rule": "earlier layers win over later ones",
                "end": "first",
                "turn": "[::-1]",
                "reverse": "",
                "index": "0",
            },
        ),
        inputs=lambda rng, **_: ([_options(rng, True) for _ in range(rng.randint(2, 3))],),
        edges=(
            ([],),
            ([{}],),
            ([{"b": 1, "a": None}],),
            ([{"a": 1}, {"a": None}, {"a": 2, "b": None}],),
            ([{"z": 0}, {"y": 0, "z": None}],),
        ),
        idea="Going from the weakest to the strongest layer, each one may simply overwrite what is there already.",
        pitfall="update also copies the None values, which would delete settings made elsewhere.",
    ),
    Family(
        name="merge_trees_of_numbers",
        concepts=("dictionary_merging", "recursion", "nested_dictionaries"),
        difficulty=4,
        names="merge_trees deep_merge combine_nested join_trees unite",
        arguments=(
            "first|left_tree|old|ours: dict; numbers and further dictionaries of this kind",
            "second|right_tree|new|theirs: dict; a dictionary of the same kind",
        ),
        returns="dict",
        phrasings=(
            "Merge two nested dictionaries into a new one. Where both have a number under the same key, keep $what; where both have dictionaries, merge them in the same way; where the kinds differ, take the entry of $second. Keys of $first come first, in order.",
            "Return a dictionary with all keys of $first and then the new ones of $second. For a common key take $what if both values are numbers, their merged dictionary (by the same rules) if both are dictionaries, and the value in $second otherwise.",
            "Two branches of a shop keep their counts in nested dictionaries, $first and $second. What does the common dictionary look like if numbers under the same keys become $what, dictionaries are joined level by level, and $second is right when one has a number and the other a dictionary? The order is that of $first, followed by what only $second has.",
            "Define m(a, b) for dictionaries: its keys are those of a, then those only in b; a key in one of them keeps its value, and for a key in both with values x, y it is m(x, y) if both are dictionaries, $what of x and y if both are integers, and y otherwise. Return m($first, $second) without changing the arguments.",
        ),
        solutions=(
            """
$result = dict($first)
for $key, new in $second.items():
    old = $result.get($key)
    if isinstance(old, dict) and isinstance(new, dict):
        $result[$key] = $self(old, new)
    elif isinstance(old, int) and isinstance(new, int):
        $result[$key] = $formula
    else:
        $result[$key] = new
return $result
""",
            """
def join(old, new):
    if isinstance(old, dict) != isinstance(new, dict):
        return new
    if isinstance(old, int):
        return $formula
    return {$key: join(old[$key], new[$key]) if $key in old and $key in new else (old | new)[$key] for $key in old | new}
return join($first, $second)
""",
        ),
        reference=lambda first, second, what, **_: _deep(first, second, what.split()[1]),
        parameters=lambda rng: part(
            rng,
            {"what": "the sum", "formula": "old + new"},
            {"what": "the larger one", "formula": "max(old, new)"},
            {"what": "the smaller one", "formula": "min(old, new)"},
        ),
        inputs=lambda rng, **_: (_nested(rng), _nested(rng)),
        edges=(
            ({}, {}),
            ({"a": 1}, {}),
            ({}, {"a": {"b": 1}}),
            ({"a": 2}, {"a": 3}),
            ({"a": 1}, {"a": {"x": 1}}),
            ({"a": {"x": 1, "y": 2}, "b": 5}, {"b": 6, "a": {"y": 3, "z": 4}, "c": 0}),
        ),
        idea="The rule for two dictionaries is the rule for their values, so the function calls itself for dictionaries inside.",
        pitfall="`first | second` replaces a whole inner dictionary and loses the keys that only the first one has.",
    ),
    Family(
        name="collect_from_forms",
        concepts=("dictionary_merging", "default_dictionaries", "string_building"),
        difficulty=2,
        names="collect_answers merge_forms gather_fields combine_forms summarize_forms",
        arguments=(
            "forms|replies|cards|records: list[dict[str, str]]; for each form its fields with what was written there",
        ),
        returns="dict[str, str]",
        phrasings=(
            "Merge all $forms into one dictionary: the value of a field is every different non-empty answer to it, in the order of the forms, joined by '$sep'. Fields come in the order of first appearance, fields without any answer have the value '$none'.",
            "For each field in $forms collect the answers that are not '', each once, in order, and join them by '$sep'; if there are none, write '$none'. Return a dictionary with the fields in the order in which they first occur.",
            "Several people filled in $forms about the same thing. What has been said about each field? Give a dictionary from field to the different answers, earlier forms first, joined by '$sep', or to '$none' if nobody wrote anything there. The fields keep the order in which they come up.",
            "Return {f: s} for all keys f of the dictionaries in $forms in order of first occurrence, where s joins the distinct values of f other than the empty text, in order of first occurrence, by '$sep', or is '$none' when there are no such values.",
        ),
        solutions=(
            """
$groups = {}
for form in $forms:
    for $key, answer in form.items():
        answers = $groups.setdefault($key, [])
        if answer and answer not in answers:
            answers.append(answer)
return {$key: "$sep".join(answers) or "$none" for $key, answers in $groups.items()}
""",
            """
fields = dict.fromkeys($key for form in $forms for $key in form)
$result = {}
for $key in fields:
    answers = dict.fromkeys(form.get($key, "") for form in $forms)
    answers.pop("", None)
    $result[$key] = "$sep".join(answers) if answers else "$none"
return $result
""",
        ),
        reference=lambda forms, sep, none: {
            f: str(sep).join(given) if given else str(none)
            for i, form in enumerate(forms)
            for f in form
            if not any(f in earlier for earlier in forms[:i])
            for given in [list(dict.fromkeys(x[f] for x in forms if f in x and x[f] != ""))]
        },
        parameters=lambda rng: {
            "sep": Raw(rng.choice(("; ", " / ", " or ", "+"))),
            "none": Raw(rng.choice(("?", "-", "nothing"))),
        },
        inputs=lambda rng, **_: (
            [
                {
                    field: rng.choice(("", "red", "blue", "oak"))
                    for field in rng.sample(("colour", "wood", "shape"), rng.randint(1, 3))
                }
                for _ in range(rng.randint(2, 3))
            ],
        ),
        edges=(
            ([],),
            ([{}],),
            ([{"a": ""}],),
            ([{"a": "x"}, {"a": "x"}],),
            ([{"b": "y"}, {"a": "", "b": "x"}, {"a": "é", "b": "y"}],),
        ),
        idea="Each field needs a list of its own, made when the field is met for the first time; joining comes at the very end.",
        pitfall="Merging with | keeps one answer per field and silently drops the others.",
    ),
)
