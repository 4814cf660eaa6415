"""First families on collections: each takes one idea and little more."""

from __future__ import annotations

import random

from hornbook.curriculum import draws
from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family, Raw


def _with_a_stop(numbers: list[int], rng: random.Random) -> list[int]:
    """Write one of the numbers twice."""
    place = rng.randrange(len(numbers))
    return [*numbers[: place + 1], *numbers[place:]]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="spread_of_counts",
        concepts=("counters", "strings", "min_max"),
        difficulty=1,
        names="spread_of_counts count_gap letter_gap frequency_spread compare_counts",
        arguments=("text|word|line|message: str; any characters",),
        returns="int",
        phrasings=(
            "Count how often each character of $text occurs, leaving out '$mark', and return the largest count minus the smallest. Without characters the result is 0.",
            "Return the difference between the number of occurrences of the most frequent and of the rarest character of $text, where '$mark' is ignored; 0 if nothing else is there.",
            "A printer sets $text with loose letters, except for '$mark', which he has in plenty. How many more pieces does he need of the most common character than of the least common one that occurs? The answer is 0 for a text without characters to set.",
            "Let c(x) be the number of times the character x stands in $text. Return max c(x) - min c(x) over all x in $text other than '$mark', and 0 if there is no such x.",
        ),
        solutions=(
            """
from collections import Counter
counts = Counter($text.replace("$mark", ""))
if not counts:
    return 0
return max(counts.values()) - min(counts.values())
""",
            """
counts = [$text.count($char) for $char in $text if $char != "$mark"]
return max(counts, default=0) - min(counts, default=0)
""",
        ),
        reference=lambda text, mark: (lambda sizes: sizes[-1] - sizes[0])(
            sorted(text.count(c) for c in {*text} - {str(mark)}) or [0]
        ),
        parameters=lambda rng: {"mark": Raw(rng.choice(("-", ".", "_", "e")))},
        inputs=lambda rng, mark: (
            "".join(rng.choices("aabn", k=rng.randint(3, 6))) + mark * rng.choice((0, 4, 5)),
        ),
        edges=(("",),),
        idea="A Counter turns the text into counts, and only these are needed for the answer.",
        pitfall="max and min of nothing raise ValueError, so the empty text needs an answer of its own.",
    ),
    Family(
        name="three_weight_classes",
        concepts=("histograms", "conditionals", "counting"),
        difficulty=1,
        names="three_classes count_classes class_sizes weigh_in sort_by_size",
        arguments=("weights|sizes|lengths|ages: list[int]; the numbers to classify",),
        returns="list[int]",
        phrasings=(
            "Return a list of three numbers: how many of $weights are below $low, how many are from $low to $high, both included, and how many are above $high.",
            "Count the values of $weights in three classes: less than $low, $low to $high (limits included), more than $high. Give the three counts as a list in this order.",
            "Parcels are light below $low, heavy above $high and normal otherwise. How many light, normal and heavy ones are there among $weights? Answer with a list of three counts.",
            "Return [a, b, c], where a, b and c are the numbers of elements x of $weights with x < $low, $low <= x <= $high and x > $high, in this order.",
        ),
        solutions=(
            """
counts = [0, 0, 0]
for $item in $weights:
    if $item < $low:
        counts[0] += 1
    elif $item <= $high:
        counts[1] += 1
    else:
        counts[2] += 1
return counts
""",
            """
light = len([$item for $item in $weights if $item < $low])
heavy = len([$item for $item in $weights if $item > $high])
return [light, len($weights) - light - heavy, heavy]
""",
        ),
        reference=lambda weights, low, high: [
            sum((w >= low) + (w > high) == kind for w in weights) for kind in range(3)
        ],
        parameters=lambda rng: (lambda low: {"low": low, "high": low + rng.randint(3, 10)})(
            rng.randint(4, 12)
        ),
        inputs=lambda rng, low, high: (
            [
                rng.choice((low - 1, low, high, high + 1, rng.randint(0, 30)))
                for _ in range(rng.randint(4, 7))
            ],
        ),
        edges=(([],), ([0],), ([100, 100],), ([8, 9, 10, 11, 12, 13],), ([-1, 4, 5, 6, 7],)),
        idea="The tests are asked in order, so the second one may rely on the first having failed.",
        pitfall="A value on a limit must be counted exactly once; decide which class owns it.",
    ),
    Family(
        name="newest_messages_first",
        concepts=("lists", "deques", "list_slicing"),
        difficulty=1,
        names="newest_first latest_messages recent_entries short_inbox show_recent",
        arguments=("messages|entries|events|news: list[str]; the oldest message first",),
        returns="list[str]",
        phrasings=(
            "Return the last $k of $messages, the newest one first. If older messages had to be left out, add '$more' at the end.",
            "Turn $messages around so that the newest comes first and keep only the first $k; put '$more' behind them when something was cut off.",
            "A phone shows the $k newest of its $messages, newest on top, and the line '$more' below if there are others. Which lines does it show?",
            "Return the last min($k, n) elements of $messages in reverse order, where n is their number, followed by '$more' if n is greater than $k.",
        ),
        solutions=(
            """
from collections import deque
shown = deque(maxlen=$k)
for $item in $messages:
    shown.append($item)
shown.reverse()
return list(shown) + ["$more"] * (len($messages) > $k)
""",
            """
$result = $messages[::-1][:$k]
if len($messages) > $k:
    $result.append("$more")
return $result
""",
        ),
        reference=lambda messages, k, more: (
            [messages[-i] for i in range(1, len(messages) + 1) if i <= k]
            + ([str(more)] if messages[k:] else [])
        ),
        parameters=lambda rng: {"k": rng.randint(2, 4), "more": Raw(rng.choice(("...", "more", "(older)")))},
        inputs=lambda rng, k, more: (draws.words(rng, k - 1, k + 2),),
        edges=(([],), (["a"],), (["a", "a"],), (["a", "b", "c"],), (["a", "b", "c", "d", "e", "f"],)),
        idea="A deque with maxlen forgets the oldest message by itself whenever a new one is appended.",
        pitfall="messages[-k:] with k larger than the list is fine, but reversing before cutting and cutting from the wrong end is not.",
    ),
    Family(
        name="swap_the_halves",
        concepts=("rotating", "list_slicing", "arithmetic"),
        difficulty=1,
        names="swap_halves exchange_halves second_half_first turn_around halves",
        arguments=("items|cards|numbers|row: list[int]; any numbers",),
        returns="list[int]",
        phrasings=(
            "Exchange the two halves of $items and return the new list. With an odd number of elements the middle one $middle.",
            "Return a list with the second half of $items in front of the first half. If there is a middle element, it $middle.",
            "A pack of cards, $items, is cut in the middle, and the lower half is put on top. What is the new order, if with an odd number of cards the middle card $middle?",
            "Let h be half the length of $items, rounded down. Return the last h elements and the first h elements, in this order, where the middle element of an odd list $middle.",
        ),
        solutions=(
            """
half = len($items) // 2
first, second = $items[:half], $items[len($items) - half:]
middle = $items[half:len($items) - half]
return $order
""",
            """
first, middle, second = [], [], []
for $i, $item in enumerate($items):
    if 2 * $i + 1 == len($items):
        middle.append($item)
    elif 2 * $i < len($items):
        first.append($item)
    else:
        second.append($item)
return $order
""",
        ),
        reference=lambda items, middle, order: [
            items[i]
            for part in order.split(" + ")
            for i in range(len(items))
            if (i > len(items) - 1 - i) - (i < len(items) - 1 - i)
            == {"first": -1, "middle": 0, "second": 1}[part]
        ],
        parameters=lambda rng: part(
            rng,
            {"middle": "stays in the middle", "order": "second + middle + first"},
            {"middle": "goes to the front", "order": "middle + second + first"},
            {"middle": "goes to the end", "order": "second + first + middle"},
        ),
        inputs=lambda rng, **_: (draws.ints(rng, 4, 7, 1, 30),),
        edges=(([],), ([5],), ([1, 2],), ([1, 2, 3],), ([4, 4, 4, 7],)),
        idea="Three slices cut the list, and putting them together in another order is all that is left to do.",
        pitfall="With an odd length, half rounded down and half rounded up are different cuts; the middle element lies between them.",
    ),
    Family(
        name="prizes_for_places",
        concepts=("lookup_tables", "list_indexing", "conditionals"),
        difficulty=1,
        names="prizes_for_places prize_list rewards name_prizes award",
        arguments=("places|ranks|results|finishers: list[int]; places from 1 on; 0 for those who gave up",),
        returns="list[str]",
        phrasings=(
            "Return the prize for each of $places: the places 1, 2, 3 ... get $prizes in this order, later places '$other', and 0 gives '$none'.",
            "Translate every place of $places into its prize. $prizes lists the prizes from place 1 on; places behind them get '$other', and those who gave up (0) get '$none'.",
            "At a village race the first ones win $prizes, by place, everyone else who arrives gets '$other', and whoever gives up, written as 0, gets '$none'. What do runners with $places receive, in this order?",
            "Return the list with '$none' for each 0 in $places, the element with index p - 1 of $prizes for each p from 1 to $size, and '$other' for each p above $size.",
        ),
        solutions=(
            """
prizes = $prizes
$result = []
for place in $places:
    if place == 0:
        $result.append("$none")
    elif place <= len(prizes):
        $result.append(prizes[place - 1])
    else:
        $result.append("$other")
return $result
""",
            """
table = dict(enumerate(["$none"] + $prizes))
return [table.get(place, "$other") for place in $places]
""",
        ),
        reference=lambda places, prizes, size, other, none: [
            [str(none), *prizes, *[str(other)] * 99][place] for place in places
        ],
        parameters=lambda rng: (
            lambda prizes: {
                "prizes": prizes,
                "size": len(prizes),
                "other": Raw(rng.choice(("medal", "pen", "applause"))),
                "none": Raw(rng.choice(("nothing", "-", "hug"))),
            }
        )(rng.choice((["cup", "cake"], ["gold", "silver", "bronze"], ["bike", "ball", "book", "tea"]))),
        inputs=lambda rng, size, **_: ([rng.randint(0, size + 2) for _ in range(rng.randint(4, 6))],),
        edges=(([],), ([0],), ([1, 1],), ([99, 5, 4],), ([3, 2, 1, 0],)),
        idea="The prize stands in a list at the index of the place minus 1; only the places outside need conditions.",
        pitfall="prizes[place - 1] for place 0 reads index -1 and hands out the last prize.",
    ),
    Family(
        name="best_attempt_so_far",
        concepts=("running_results", "min_max", "list_building"),
        difficulty=1,
        names="best_so_far record_after_each running_best track_record follow_record",
        arguments=("attempts|jumps|scores|throws: list[int]; results in order of time, $foul for a foul",),
        returns="list[int]",
        phrasings=(
            "Return after each of $attempts the $best valid result so far. The number $foul marks a foul and does not count; as long as there is no valid result, write $foul.",
            "For every position of $attempts give the $best number up to and including it, ignoring entries equal to $foul. Where only such entries have come up, the value is $foul.",
            "An athlete's $attempts are shown one by one, and beside each stands the $best result until then. A foul is written as $foul and changes nothing; before the first valid attempt the board shows $foul. What stands on the board?",
            "Return the list whose entry i is the $best element different from $foul among the first i + 1 elements of $attempts, or $foul if there is none.",
        ),
        solutions=(
            """
best = $foul
$result = []
for $item in $attempts:
    if $item != $foul and (best == $foul or $item $op best):
        best = $item
    $result.append(best)
return $result
""",
            """
$result = []
for $i in range(1, len($attempts) + 1):
    valid = [$item for $item in $attempts[:$i] if $item != $foul]
    $result.append($fn(valid) if valid else $foul)
return $result
""",
        ),
        reference=lambda attempts, foul, best, **_: [
            sorted([a for a in attempts[: i + 1] if a != foul] or [foul], reverse=best == "largest")[0]
            for i in range(len(attempts))
        ],
        parameters=lambda rng: {
            "foul": rng.choice((0, -1)),
            **part(
                rng, {"best": "largest", "op": ">", "fn": "max"}, {"best": "smallest", "op": "<", "fn": "min"}
            ),
        },
        inputs=lambda rng, foul, **_: (
            [rng.choice((foul, rng.randint(1, 20), rng.randint(1, 9))) for _ in range(rng.randint(4, 7))],
        ),
        edges=(([],), ([0],), ([-1, -1],), ([5, 5],), ([1, 2, 3, 2, 1],), ([3, 2, 1, 2, 3],), ([0, -1, 7],)),
        idea="One variable carries the best result from attempt to attempt and is written down each time.",
        pitfall="Starting with the best as 0 is wrong when smaller numbers are better: 0 would never be beaten.",
    ),
    Family(
        name="steps_in_words",
        concepts=("neighbouring_pairs", "string_formatting", "conditionals"),
        difficulty=1,
        names="steps_in_words describe_changes tell_story changes_as_text narrate",
        arguments=("levels|values|floors|temperatures: list[int]; numbers in order of time",),
        returns="list[str]",
        phrasings=(
            "Describe each step from one number of $levels to the next: '$up 3' if it grows by 3, '$down 3' if it falls by 3, '$same' if it does not change. Return the list of texts.",
            "Return a text for every two neighbouring numbers of $levels: '$up' or '$down', a blank and by how much the second is larger or smaller than the first, or '$same' where they are equal.",
            "A lift stops at the floors $levels. What does it say on the way from each stop to the next, if it says '$up' or '$down' with the number of floors, such as '$up 2', and '$same' when it stays?",
            "For all i return '$up d' if d = $levels[i + 1] - $levels[i] is positive, '$down d' with d = $levels[i] - $levels[i + 1] if that is positive, and '$same' if both are 0; a list with fewer than two numbers gives [].",
        ),
        solutions=(
            """
$result = []
for $previous, $current in zip($levels, $levels[1:]):
    change = $current - $previous
    if change > 0:
        $result.append(f"$up {change}")
    elif change < 0:
        $result.append(f"$down {-change}")
    else:
        $result.append("$same")
return $result
""",
            """
def say(change):
    if change == 0:
        return "$same"
    return ("$up " if change > 0 else "$down ") + str(abs(change))
return [say($levels[$i + 1] - $levels[$i]) for $i in range(len($levels) - 1)]
""",
        ),
        reference=lambda levels, up, down, same: [
            str(same) if a == b else f"{up if a < b else down} {max(a, b) - min(a, b)}"
            for a, b in zip(levels, levels[1:], strict=False)
        ],
        parameters=lambda rng: part(
            rng,
            {"up": "up", "down": "down", "same": "stay"},
            {"up": "rise", "down": "fall", "same": "steady"},
            {"up": "+", "down": "-", "same": "="},
        ),
        inputs=lambda rng, **_: (_with_a_stop([rng.randint(-2, 5) for _ in range(rng.randint(4, 6))], rng),),
        edges=(([],), ([3],), ([3, 3],), ([0, 5, -5],), ([1, 2, 1],)),
        idea="Each text needs two numbers, a number and the one before it, and zip with the list shifted by one pairs them.",
        pitfall="n numbers have only n - 1 steps; an index that goes up to n - 1 runs past the end.",
    ),
    Family(
        name="pages_of_all_chapters",
        concepts=("pagination", "arithmetic", "accumulation"),
        difficulty=1,
        names="pages_of_all_chapters total_pages page_count book_length sheets_needed",
        arguments=("chapters|lengths|articles|texts: list[int]; lines of each chapter, 0 or more",),
        returns="int",
        phrasings=(
            "A page has $size lines, and each of $chapters begins on a new page. Return how many pages are needed in all; a chapter without lines $empty.",
            "Return the total number of pages for chapters with $chapters lines, when $size lines fit on a page and no page holds lines of two chapters. A chapter of 0 lines $empty.",
            "A printer sets a book with $size lines per page. Its chapters have $chapters lines and each starts on a fresh page. How many pages does the book have, if an empty chapter $empty?",
            "Return the sum over n in $chapters of n / $size rounded up to a whole number, where a chapter with n = 0 $empty.",
        ),
        solutions=(
            """
$total = 0
for lines in $chapters:
    pages = (lines + $size - 1) // $size
    $total += max($least, pages)
return $total
""",
            """
from math import ceil
return sum(ceil(lines / $size) if lines else $least for lines in $chapters)
""",
            """
pages = 0
for lines in $chapters:
    pages += lines // $size
    if lines % $size > 0 or lines < $least:
        pages += 1
return pages
""",
        ),
        reference=lambda chapters, size, least, empty: sum(len(range(0, n, size)) or least for n in chapters),
        parameters=lambda rng: {
            "size": rng.choice((10, 20, 25, 30)),
            **rng.choice(
                ({"least": 1, "empty": Raw("takes one page")}, {"least": 0, "empty": Raw("takes no page")})
            ),
        },
        inputs=lambda rng, size, **_: (
            [rng.choice((size, size + 1, 0, rng.randint(1, 4 * size))) for _ in range(rng.randint(3, 5))],
        ),
        edges=(([],), ([0],), ([1],), ([20, 25, 30, 10],), ([0, 0, 60],), ([11, 21, 26, 31],)),
        idea="Dividing and rounding up counts a page that is only partly filled, and each chapter is rounded on its own.",
        pitfall="Adding up all lines first and dividing once lets chapters share a page.",
    ),
)
