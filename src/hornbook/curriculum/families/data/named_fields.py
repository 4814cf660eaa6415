"""Families on dictionaries of named fields: settings, forms, new names.

Every function returns a new value and leaves its arguments as they were.
"""

from __future__ import annotations

from hornbook.curriculum import draws
from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family

FAMILIES: tuple[Family, ...] = (
    Family(
        name="lookup_setting",
        concepts=("nested_data", "dictionaries", "exceptions"),
        difficulty=2,
        names="lookup_setting get_option read_setting setting_or_default fetch",
        arguments=(
            "settings|config|options|preferences: dict[str, dict[str, int]]; sections, each with its own options",
            "section|group|part|area: str; name of the section",
            "option|entry|field|setting: str; name of the option",
        ),
        returns="int",
        phrasings=(
            "Return the value of $option in the $section part of the nested dictionary $settings, or $default if the section or the option is missing.",
            "Look up $settings[$section][$option]. When one of the two keys does not exist, return $default instead of raising an error.",
            "The dictionary $settings maps section names to dictionaries of options. Give the number stored under $section and then $option; give $default when there is no such entry.",
            "Which value does $option have within $section? Search the two-level dictionary $settings, and fall back to $default for an unknown section or an unknown option.",
        ),
        solutions=(
            """
return $settings.get($section, {}).get($option, $default)
""",
            """
try:
    return $settings[$section][$option]
except KeyError:
    return $default
""",
            """
if $section not in $settings:
    return $default
if $option not in $settings[$section]:
    return $default
return $settings[$section][$option]
""",
        ),
        reference=lambda settings, section, option, default: {
            (outer, inner): value for outer, options in settings.items() for inner, value in options.items()
        }.get((section, option), default),
        parameters=lambda rng: {"default": rng.choice((0, -1, 1, 10))},
        inputs=lambda rng, default: (
            {part: {o: rng.randint(0, 9) for o in ("size", "speed")} for part in ("screen", "sound")},
            rng.choice(("screen", "screen", "sound", "mouse")),
            rng.choice(("size", "size", "speed", "color")),
        ),
        edges=(
            ({}, "screen", "size"),
            ({"screen": {}}, "screen", "size"),
            ({"screen": {"size": 0}}, "screen", "size"),
            ({"size": {"screen": 4}}, "screen", "size"),
        ),
        idea="The first key leads to an inner dictionary, the second to the number; an empty dictionary as a stand-in for a missing section lets the second look-up fail softly too.",
        pitfall="Testing `if value:` to see whether an option exists treats a stored 0 as missing.",
    ),
    Family(
        name="fill_form",
        concepts=("dictionaries", "mapping", "conditionals"),
        difficulty=1,
        names="fill_form complete_record with_defaults answers_for prepare",
        arguments=(
            "answers|given|entries|known_values: dict[str, str]; the answers that were given",
            "fields|questions|wanted|columns: list[str]; names of the fields of the form",
        ),
        returns="dict[str, str]",
        phrasings=(
            "Return a dictionary that has exactly the names in $fields as keys. Its values come from $answers, or are $blank where $answers has nothing for a field.",
            "Fill in the form: for each name in $fields take the text from the dictionary $answers, using $blank when it is missing. Entries of $answers that are not in $fields are dropped.",
            "Restrict $answers to the keys listed in $fields and add each listed key that is absent with the value $blank. Return this as a new dictionary.",
            "Build a complete record from $answers: every field named in $fields must be present (missing ones as $blank) and no other field may be.",
        ),
        solutions=(
            """
return {$key: $answers.get($key, $blank) for $key in $fields}
""",
            """
$result = {}
for $key in $fields:
    if $key in $answers:
        $result[$key] = $answers[$key]
    else:
        $result[$key] = $blank
return $result
""",
            """
$result = dict.fromkeys($fields, $blank)
for $key, $item in $answers.items():
    if $key in $result:
        $result[$key] = $item
return $result
""",
        ),
        reference=lambda answers, fields, blank: dict(
            [(field, blank) for field in fields] + [pair for pair in answers.items() if pair[0] in fields]
        ),
        parameters=lambda rng: {"blank": rng.choice(("", "n/a", "unknown", "-"))},
        inputs=lambda rng, blank: (
            {f: draws.word(rng) for f in rng.sample(("color", "size", "pet", "town"), rng.randint(1, 3))},
            rng.sample(("color", "size", "pet", "town", "drink"), rng.randint(2, 4)),
        ),
        edges=(({}, []), ({}, ["size"]), ({"pet": "cat"}, []), ({"pet": "", "town": "Rome"}, ["pet", "pet"])),
        idea="The list of fields decides which keys exist, so the loop runs over it, and get() supplies the text for a missing answer.",
        pitfall="Looping over the answers instead of the fields loses the fields nobody answered.",
    ),
    Family(
        name="rename_fields",
        concepts=("dictionaries", "mapping"),
        difficulty=2,
        names="rename_fields rename_keys translate_keys relabel convert",
        arguments=(
            "record|row|entry|data: dict[str, int]; the record with its present keys",
            "new_names|renamed|mapping|labels: dict[str, str]; new name for some of the keys",
        ),
        returns="dict[str, int]",
        phrasings=(
            "Return a copy of $record in which each key that $new_names mentions is replaced by its new name. Other keys keep their name $extra.",
            "Rename the keys of $record as the dictionary $new_names (old name to new name) says; keys it does not mention stay as they are $extra. Do not modify $record. New names never clash.",
            "Build a dictionary with the values of $record, stored under the new names from $new_names; a key without a new name is kept $extra.",
            "What does $record look like after its keys are translated with $new_names? Keys without a translation are taken over $extra, and names in $new_names that $record lacks are ignored.",
        ),
        solutions=(
            """
$result = {}
for $key, $item in $record.items():
    if $key in $new_names:
        $result[$new_names[$key]] = $item
    else:
        $result[$key$method] = $item
return $result
""",
            """
return {$new_names.get($key, $key$method): $item for $key, $item in $record.items()}
""",
            """
$result = [$new_names[$key] if $key in $new_names else $key$method for $key in $record]
return dict(zip($result, $record.values()))
""",
        ),
        reference=lambda record, new_names, extra, method: {
            ({**{k: k.upper() if "capital" in extra else k for k in record}, **new_names})[key]: record[key]
            for key in record
        },
        parameters=lambda rng: part(
            rng,
            {"extra": "unchanged", "method": ""},
            {"extra": "but in capital letters", "method": ".upper()"},
        ),
        inputs=lambda rng, extra, method: (
            {
                key: rng.randint(0, 9)
                for key in rng.sample(("w", "h", "size", "qty", "cost"), rng.randint(2, 4))
            },
            dict(rng.sample((("w", "width"), ("h", "height"), ("qty", "quantity"), ("no", "number")), 2)),
        ),
        edges=(
            ({}, {"w": "width"}),
            ({"w": 1}, {}),
            ({"w": 1}, {"w": "w"}),
            ({"h": 0, "w": 0}, {"w": "h2", "h": "w2"}),
        ),
        idea="Build a new dictionary: the key is looked up in the table of new names, with the old key as the default, and the value is taken over.",
        pitfall="Inserting and deleting keys while looping over the same dictionary raises RuntimeError.",
    ),
)
