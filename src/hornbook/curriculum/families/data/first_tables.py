"""First families on tables and pairs: dictionaries inside dictionaries, outfits, lists poured together."""

from __future__ import annotations

from hornbook.curriculum import draws
from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family, Raw

FAMILIES: tuple[Family, ...] = (
    Family(
        name="all_the_outfits",
        concepts=("products", "nested_loops", "string_formatting"),
        difficulty=1,
        names="all_outfits list_outfits combinations_of_clothes dress_up make_pairs",
        arguments=(
            "shirts|tops|first|shirt_colours: list[str]; colours of the shirts",
            "trousers|bottoms|second|trouser_colours: list[str]; colours of the trousers",
        ),
        returns="list[str]",
        phrasings=(
            "Return all ways to combine a colour of $shirts with a colour of $trousers as texts with '$glue' between them, except for two $bad colours. The combinations of the first shirt come first, each in the order of $trousers.",
            "List every pair of a shirt from $shirts and trousers from $trousers, joined by '$glue', shirt by shirt and for each shirt in the order of $trousers. Pairs of $bad colours are left out.",
            "Somebody has $shirts and $trousers in these colours and never wears $bad colours together. Which outfits, written with '$glue' between shirt and trousers, are possible? Begin with all outfits for the first shirt.",
            "Return the list of s + '$glue' + t for all s in $shirts and t in $trousers, s varying slowest, without those in which s and t are $bad.",
        ),
        solutions=(
            """
outfits = []
for shirt in $shirts:
    for pair in $trousers:
        if $allowed:
            outfits.append(f"{shirt}$glue{pair}")
return outfits
""",
            """
from itertools import product
allowed = []
for shirt, pair in product($shirts, $trousers):
    if $test:
        continue
    allowed.append(shirt + "$glue" + pair)
return allowed
""",
        ),
        reference=lambda shirts, trousers, glue, bad, **_: [
            str(glue).join((shirts[i // len(trousers)], trousers[i % len(trousers)]))
            for i in range(len(shirts) * len(trousers))
            if (
                shirts[i // len(trousers)] != trousers[i % len(trousers)]
                if bad == "equal"
                else len(shirts[i // len(trousers)]) != len(trousers[i % len(trousers)])
            )
        ],
        parameters=lambda rng: {
            "glue": Raw(rng.choice((" + ", "/", " with ", "-"))),
            **part(
                rng,
                {"bad": "equal", "test": "shirt == pair", "allowed": "shirt != pair"},
                {
                    "bad": "equally long",
                    "test": "len(shirt) == len(pair)",
                    "allowed": "len(shirt) != len(pair)",
                },
            ),
        },
        inputs=lambda rng, **_: (
            rng.sample(("red", "blue", "grey", "black"), rng.randint(2, 3)),
            rng.sample(("red", "blue", "grey", "green"), rng.randint(2, 3)),
        ),
        edges=(
            ([], ["red"]),
            (["red"], []),
            (["red"], ["red"]),
            (["blue", "red"], ["grey"]),
            (["a", "a"], ["b", "a"]),
        ),
        idea="For each shirt the inner loop goes through all trousers, so every pair comes up exactly once.",
        pitfall="zip pairs the first shirt with the first trousers only.",
    ),
    Family(
        name="opening_hours_of_day",
        concepts=("nested_dictionaries", "conditionals", "dictionaries"),
        difficulty=1,
        names="opening_hours hours_of_day ask_opening_time find_hours look_up_hours",
        arguments=(
            "shops|places|museums|offices: dict[str, dict[str, int]]; for each place the days it opens, with the hour",
            "place|shop|name|where: str; the place asked for",
            "day|weekday|date|when: str; the day asked for",
        ),
        returns="str",
        phrasings=(
            "Return 'opens at h' with the hour h from $shops for $place on $day, '$closed' if $place is listed but not open on $day, and '$unknown' if it is not listed.",
            "Look up in the nested dictionary $shops at what hour $place opens on $day. The answer is a text such as 'opens at 9', or '$closed' if there is no entry for the day, or '$unknown' if there is none for the place.",
            "A visitor wants to go to $place on $day. What does the information desk say, using the table $shops: 'opens at' and the hour, '$closed' when that day is missing in the table of the place, or '$unknown' when the place itself is missing?",
            "Return '$unknown' if $place is no key of $shops, otherwise '$closed' if $day is no key of $shops[$place], otherwise 'opens at ' followed by $shops[$place][$day].",
        ),
        solutions=(
            """
if $place not in $shops:
    return "$unknown"
hours = $shops[$place]
if $day in hours:
    return f"opens at {hours[$day]}"
return "$closed"
""",
            """
hours = $shops.get($place)
if hours is None:
    return "$unknown"
hour = hours.get($day, -1)
return "$closed" if hour == -1 else "opens at " + str(hour)
""",
        ),
        reference=lambda shops, place, day, closed, unknown: str(
            [f"opens at {h}" for p, days in shops.items() for d, h in days.items() if (p, d) == (place, day)][
                0
            ]
            if (place, day) in [(p, d) for p, days in shops.items() for d in days]
            else closed
            if place in list(shops)
            else unknown
        ),
        parameters=lambda rng: {
            "closed": Raw(rng.choice(("closed", "not open", "shut"))),
            "unknown": Raw(rng.choice(("unknown", "no such place", "?"))),
        },
        inputs=lambda rng, **_: (
            {
                place: {day: rng.randint(7, 11) for day in rng.sample(("Mon", "Tue"), rng.randint(1, 2))}
                for place in rng.sample(("zoo", "pool", "bank"), 2)
            },
            rng.choice(("zoo", "pool", "bank")),
            rng.choice(("Mon", "Tue")),
        ),
        edges=(
            ({}, "zoo", "Mon"),
            ({"zoo": {}}, "zoo", "Mon"),
            ({"zoo": {"Mon": 0}}, "zoo", "Mon"),
            ({"bar": {"Sat": 10}}, "zoo", "Sat"),
        ),
        idea="There are two levels to ask, and a missing key can happen on each, so there are two tests before the answer.",
        pitfall="Testing `if hours.get(day)` takes the hour 0, midnight, for closed.",
    ),
    Family(
        name="pour_lists_together",
        concepts=("flattening", "for_loops", "list_building"),
        difficulty=1,
        names="pour_together join_lists one_long_list collect_rows flatten_rows",
        arguments=("rows|lists|boxes|parts: list[list[int]]; lists of numbers, some perhaps empty",),
        returns="list[int]",
        phrasings=(
            "Join the lists in $rows into one list, with $mark between the numbers of two lists. Empty lists are skipped.",
            "Pour all numbers of $rows into one list in their order and put a $mark wherever one list ends and the next one that is not empty begins.",
            "A scale records one list of numbers per day, $rows. For sending they are put into a single list, with $mark as the sign for a new day between them; days without numbers leave no trace. What is sent?",
            "Return the concatenation of the non-empty lists of $rows in order, separated by a single $mark; [] if there is none.",
        ),
        solutions=(
            """
$result = []
for $row in $rows:
    if not $row:
        continue
    if $result:
        $result.append($mark)
    $result.extend($row)
return $result
""",
            """
$result = [$item for $row in $rows if $row for $item in [$mark, *$row]]
return $result[1:]
""",
        ),
        reference=lambda rows, mark: sum(
            (([mark] if any(rows[:i]) and row else []) + row for i, row in enumerate(rows)), []
        ),
        parameters=lambda rng: {"mark": rng.choice((0, -1, 99))},
        inputs=lambda rng, mark: ([draws.ints(rng, 0, 3, 1, 9) for _ in range(rng.randint(2, 4))],),
        edges=(([],), ([[]],), ([[], [5]],), ([[5], []],), ([[1], [], [2, 3], [4]],)),
        idea="extend adds the numbers of a list one by one, and the mark is due whenever something stands in front already.",
        pitfall="append would put the whole list into the result as one element.",
    ),
    Family(
        name="even_and_odd_places",
        concepts=("partitioning", "list_slicing", "enumerate_zip"),
        difficulty=1,
        names="even_and_odd_places split_by_place left_and_right two_rows divide_line",
        arguments=("items|guests|names|line: list[str]; elements in order",),
        returns="tuple[list[str], list[str]]",
        phrasings=(
            "Split $items by position: every ${k}th element, counted from 1, goes into the first list of the result, all others into the second. Return a tuple of both lists in their original order.",
            "Return two lists as a tuple: the elements of $items at the places $k, 2 * $k, 3 * $k and so on (the first place is 1), and the remaining elements.",
            "Of the $items in a line every ${k}th one, counting from 1, steps forward. Who stands in front and who stays behind? Give both rows in the order of the line.",
            "Return ([x at index i with (i + 1) % $k == 0], [x at all other indices i]) for $items, both in ascending order of i.",
        ),
        solutions=(
            """
chosen, others = [], []
for place, $item in enumerate($items, 1):
    if place % $k == 0:
        chosen.append($item)
    else:
        others.append($item)
return chosen, others
""",
            """
chosen = $items[$before :: $k]
others = list($items)
del others[$before :: $k]
return chosen, others
""",
        ),
        reference=lambda items, k, **_: (
            [items[i] for i in range(k - 1, len(items), k)],
            [x for i in range(0, len(items), k) for x in items[i : i + k - 1]],
        ),
        parameters=lambda rng: (lambda k: {"k": k, "before": k - 1})(rng.randint(4, 5)),
        inputs=lambda rng, k, **_: (list("abcdefghijkl"[: rng.randint(k, 12)]),),
        edges=(([],), (["a"],), (["a", "b", "c", "d"],), (["a", "b", "c", "d", "e"],), (["x"] * 6,)),
        idea="The remainder of the place by $k says to which list an element belongs.",
        pitfall="enumerate counts from 0 unless it is told otherwise, and then the very first element would be chosen.",
    ),
    Family(
        name="zip_two_words",
        concepts=("interleaving", "strings", "enumerate_zip"),
        difficulty=1,
        names="zip_two_words mix_words braid letter_by_letter weave_words",
        arguments=(
            "first|left_word|upper|word: str; any characters",
            "second|right_word|lower|partner: str; any characters",
        ),
        returns="str",
        phrasings=(
            "Take a letter of $first and $k letters of $second in turn until one of the two words cannot give its share any more. Return the letters taken as one text, followed by '$mark' if $first has letters left.",
            "Build a text from rounds of one letter of $first and the next $k letters of $second; a round takes place only if both words have enough letters left. Append '$mark' at the end when letters of $first remain.",
            "A beaded band needs one bead of $first and then $k beads of $second, over and over, in complete groups only. Which beads, written one after the other, are on the band? Add '$mark' if beads of $first are left over.",
            "Let r be the smaller of len($first) and len($second) // $k. Return $first[0] + $second[0:$k] + $first[1] + ... with r such groups, plus '$mark' if len($first) > r.",
        ),
        solutions=(
            """
rounds = min(len($first), len($second) // $k)
$result = ""
for $i in range(rounds):
    $result += $first[$i] + $second[$i * $k : ($i + 1) * $k]
if len($first) > rounds:
    $result += "$mark"
return $result
""",
            """
groups = [$second[$i : $i + $k] for $i in range(0, len($second) - $k + 1, $k)]
pieces = [$char + group for $char, group in zip($first, groups)]
return "".join(pieces) + ("$mark" if len(groups) < len($first) else "")
""",
        ),
        reference=lambda first, second, k, mark: "".join(
            c + second[i * k : i * k + k]
            if second[i * k + k - 1 : i * k + k]
            else str(mark) * (i == len(second) // k)
            for i, c in enumerate(first)
        ),
        parameters=lambda rng: {"k": rng.randint(2, 3), "mark": Raw(rng.choice(("+", "*", "...")))},
        inputs=lambda rng, k, mark: (
            rng.choice(("tea", "sun", "ab", "door")),
            "".join(rng.choices("xyz", k=rng.randint(2 * k, 4 * k + 1))),
        ),
        edges=(("", ""), ("a", ""), ("", "xyz"), ("ab", "xyzxyz"), ("é", "üöä"), ("abc", "xy")),
        idea="The number of complete groups is known before the loop: whichever word runs out first decides.",
        pitfall="A slice past the end is shorter without any error, so an incomplete group must be excluded on purpose.",
    ),
    Family(
        name="long_words_with_length",
        concepts=("dictionary_comprehensions", "strings", "filtering"),
        difficulty=1,
        names="long_words_with_length measure_words word_lengths length_table describe_words",
        arguments=("text|sentence|line|title: str; words separated by blanks",),
        returns="dict[str, int]",
        phrasings=(
            "Return a dictionary from each word of $text with at least $k letters to $what, in the order of first appearance. Capital letters are turned into small ones first.",
            "Lower-case $text, split it at blanks, and map every word of $k or more characters to $what. Words keep the order in which they first occur.",
            "For a spelling test a teacher takes the words of $text that have $k letters or more, in small letters, and notes $what beside each. What does the list look like as a dictionary, in the order of the text?",
            "Return {w: v} for all w in $text.lower().split() with len(w) >= $k, in order of first occurrence, where v is $what.",
        ),
        solutions=(
            """
words = $text.lower().split()
return {word: $formula for word in words if len(word) >= $k}
""",
            """
$result = {}
for word in $text.lower().split():
    if len(word) < $k:
        continue
    $result[word] = $formula
return $result
""",
        ),
        reference=lambda text, k, what, formula: {
            w: {"its": len([*w]), "the": len({*w})}[what[:3]] if "times" not in what else w.count("e")
            for w in dict.fromkeys(text.lower().split())
            if w[k - 1 :]
        },
        parameters=lambda rng: {
            "k": rng.randint(4, 5),
            **part(
                rng,
                {"what": "its length", "formula": "len(word)"},
                {"what": "the number of its different letters", "formula": "len(set(word))"},
                {"what": "how many times it contains an 'e'", "formula": "word.count('e')"},
            ),
        },
        inputs=lambda rng, **_: (draws.sentence(rng, 3, 5),),
        edges=(("",), ("a bb ccc",), ("Letter LETTER letter",), ("eeee tree bees",), ("Émile étés été",)),
        idea="The condition decides which words become keys, the expression in front what stands beside them.",
        pitfall="Splitting first and testing the length of the whole text keeps or drops everything at once.",
    ),
)
