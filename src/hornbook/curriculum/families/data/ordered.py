"""Families on dictionaries that keep the order of their keys."""

from __future__ import annotations

import random
from itertools import pairwise

from hornbook.curriculum import draws
from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family, Raw


def _moved(rng: random.Random) -> dict[str, int]:
    return {name: rng.randint(1, 9) for name in rng.sample("abcdef", rng.randint(3, 5))}


FAMILIES: tuple[Family, ...] = (
    Family(
        name="favourites_in_front",
        concepts=("ordered_dictionaries", "dictionaries", "for_loops"),
        difficulty=1,
        names="reorder_menu arrange_menu menu_order sort_menu place_favourites",
        arguments=(
            "menu|prices|dishes|offers: dict[str, int]; dishes with their prices",
            "wanted|favourites|starred|liked: list[str]; different names, some of which may not be on the menu",
        ),
        returns="list[tuple[str, int]]",
        phrasings=(
            "Return the (name, price) pairs of $menu with the dishes of $wanted at the $where, in the order of $wanted; all others keep their order. Names that are not in $menu are ignored.",
            "List the items of the dictionary $menu as pairs, but move those whose key is in $wanted to the $where and put them in the order that $wanted has. Skip wanted names that $menu lacks.",
            "A guest's favourites, $wanted, are to be printed at the $where of the menu. In which order do the pairs (name, price) of $menu then appear, if favourites follow $wanted, the others stay in menu order, and unknown names are left out?",
            "Return a list with every (key, value) of $menu exactly once: the keys that are also in $wanted stand at the $where in the order of $wanted, the remaining ones keep the order of $menu.",
        ),
        solutions=(
            """
chosen = [($key, $menu[$key]) for $key in $wanted if $key in $menu]
others = [$pair for $pair in $menu.items() if $pair[0] not in $wanted]
return $order
""",
            """
$current = dict($menu)
chosen = []
for $key in $wanted:
    if $key in $current:
        chosen.append(($key, $current.pop($key)))
others = list($current.items())
return $order
""",
        ),
        reference=lambda menu, wanted, where, order: sorted(
            menu.items(),
            key=lambda item: (
                (item[0] in wanted) == (where == "end"),
                wanted.index(item[0]) if item[0] in wanted else 0,
            ),
        ),
        parameters=lambda rng: part(
            rng,
            {"where": "beginning", "order": "chosen + others"},
            {"where": "end", "order": "others + chosen"},
        ),
        inputs=lambda rng, **_: (draws.counts(rng, 3, 5), rng.sample(draws.GOODS[:10], rng.randint(2, 5))),
        edges=(
            ({}, ["tea"]),
            ({"tea": 3}, []),
            ({"b": 1, "a": 2}, ["a", "b"]),
            ({"x": 1, "y": 2, "z": 3}, ["z", "w", "x"]),
        ),
        idea="A dictionary remembers its order, so the favourites are taken out first, in the wished order, and the rest follows as it is.",
        pitfall="Sorting by name would destroy the order of the menu, which the other dishes have to keep.",
    ),
    Family(
        name="chats_by_latest_message",
        concepts=("ordered_dictionaries", "counting", "simulation"),
        difficulty=3,
        names="chats_by_latest chat_list recent_chats inbox_order update_inbox",
        arguments=(
            "messages|events|incoming|log: list[str]; names in order of time, a name after '$mark' means that the chat was read",
        ),
        returns="list[tuple[str, int]]",
        phrasings=(
            "Each name in $messages is a new message from that person. '$mark' followed by a name sets the person's unread messages to 0 without moving the chat; it is ignored for unknown people. Return (name, unread) pairs, the chat with the latest message first.",
            "Keep a list of chats: a message moves the sender's chat to the top and adds 1 to its unread messages, while an entry such as '${mark}Ada' sets Ada's count to 0 and leaves the order alone (nothing happens if there is no such chat). Return the pairs (name, unread) from top to bottom after $messages.",
            "A phone shows chats with the most recent message on top. Which (name, number of unread messages) pairs does it show after all $messages? '${mark}name' marks a chat as read, keeps its place and does nothing for a name without a chat.",
            "Process $messages in order. A plain name increments its counter and makes it the most recent; '$mark' plus a name resets an existing counter to 0 and changes no order. Return the (name, counter) tuples from the most to the least recent.",
        ),
        solutions=(
            """
from collections import OrderedDict
chats = OrderedDict()
for $item in $messages:
    if $item.startswith("$mark"):
        if $item[1:] in chats:
            chats[$item[1:]] = 0
    else:
        chats[$item] = chats.get($item, 0) + 1
        chats.move_to_end($item, last=False)
return list(chats.items())
""",
            """
chats = {}
for $item in $messages:
    $key = $item.removeprefix("$mark")
    if $key == $item:
        chats[$key] = chats.pop($key, 0) + 1
    elif $key in chats:
        chats[$key] = 0
return list(chats.items())[::-1]
""",
        ),
        reference=lambda messages, mark: [
            (
                name,
                messages[len(messages) - messages[::-1].index(mark + name) :].count(name)
                if mark + name in messages
                else messages.count(name),
            )
            for name in dict.fromkeys(m for m in messages[::-1] if m[0] != mark)
        ],
        parameters=lambda rng: {"mark": Raw(rng.choice("!-*~"))},
        inputs=lambda rng, mark: (
            [
                rng.choice(("", "", mark)) + rng.choice(("Ada", "Ben", "Cleo"))
                for _ in range(rng.randint(4, 7))
            ],
        ),
        edges=(
            ([],),
            (["Uma"],),
            (["Ada", "Ben", "Ada"],),
            (["Ben", "Eva", "Eva"],),
            (["b", "a", "c", "a", "b"],),
        ),
        idea="Taking a key out and putting it in again makes it the newest of the dictionary; giving it a new value in place does not move it.",
        pitfall="Assigning to an existing key keeps its old position, so the order of first messages would remain.",
    ),
    Family(
        name="insert_behind_key",
        concepts=("ordered_dictionaries", "conditionals", "dictionary_comprehensions"),
        difficulty=3,
        names="insert_next_to place_next_to with_step_added add_stop splice",
        arguments=(
            "stops|steps|chapters|stages: dict[str, int]; names with a number each, in order",
            "anchor|neighbour|marker|position: str; the name next to which the new one goes",
            "name|new_name|extra|addition: str; the new name",
        ),
        returns="list[tuple[str, int]]",
        phrasings=(
            "Insert $name with the number $k directly $where $anchor into $stops and return all pairs in the new order. If $anchor is missing, the pair comes at the end; an old entry for $name, which is never $anchor, is removed first.",
            "Return the items of $stops as a list of pairs in which ($name, $k) stands right $where the entry of $anchor. Drop any former entry of $name; without an entry for $anchor append the new pair. $name and $anchor differ.",
            "A bus line is a dictionary $stops from stop to minutes. A stop $name with $k minutes is added immediately $where $anchor, or at the end if there is no such stop; had the line stopped at $name before, that stop is given up. Which pairs describe the new line? $name is never equal to $anchor.",
            "Given $stops in order, and $name different from $anchor, return the list of (key, value) tuples without the key $name, with ($name, $k) added immediately $where the tuple of $anchor, or as the last one when $anchor is not a key.",
        ),
        solutions=(
            """
$result = [$pair for $pair in $stops.items() if $pair[0] != $name]
$left = [$pair[0] for $pair in $result]
$i = $left.index($anchor)$plus if $anchor in $left else len($left)
$result.insert($i, ($name, $k))
return $result
""",
            """
$result = []
for $pair in $stops.items():
    if $pair[0] == $anchor:
        $result.extend([($name, $k), $pair]$turn)
    elif $pair[0] != $name:
        $result.append($pair)
if $anchor not in $stops:
    $result.append(($name, $k))
return $result
""",
        ),
        reference=lambda stops, anchor, name, k, where, plus, turn: (
            lambda rest: (
                [
                    pair
                    for key in rest
                    for pair in (
                        [(key, stops[key])]
                        if key != anchor
                        else [(key, stops[key]), (name, k)]
                        if where == "behind"
                        else [(name, k), (key, stops[key])]
                    )
                ]
                + [(name, k)] * (anchor not in rest)
            )
        )([key for key in stops if key != name]),
        parameters=lambda rng: {
            "k": rng.randint(2, 9),
            **part(
                rng,
                {"where": "behind", "plus": " + 1", "turn": "[::-1]"},
                {"where": "before", "plus": "", "turn": ""},
            ),
        },
        inputs=lambda rng, **_: (_moved(rng), *rng.sample("abcdefg", 2)),
        edges=(
            ({}, "a", "b"),
            ({"a": 1}, "a", "b"),
            ({"a": 1, "b": 2}, "b", "a"),
            ({"a": 1, "b": 2}, "x", "a"),
            ({"b": 5, "c": 3, "a": 2}, "c", "a"),
        ),
        idea="A dictionary has no insert, so the pairs are copied into a new one and the extra pair is written at the moment its neighbour passes.",
        pitfall="Assigning to the dictionary itself puts a new key at the end, or leaves an old one where it was.",
    ),
    Family(
        name="keys_in_same_order",
        concepts=("ordered_dictionaries", "early_return", "list_indexing"),
        difficulty=2,
        names="keys_in_same_order order_conflict first_swap compare_orders check_order",
        arguments=(
            "plan|first|mine|draft: dict[str, int]; the order to keep",
            "done|second|yours|final: dict[str, int]; the order to check",
        ),
        returns="tuple[str, str] | None",
        phrasings=(
            "Consider only the keys that $plan and $done share. Return the first two neighbouring ones in the order of $done that stand the other way round in $plan, as a tuple, or None if there are none.",
            "Take the common keys of both dictionaries in the order in which $done holds them. Find the first pair of neighbours (a, b) among them for which $plan has b before a; return it, or None.",
            "A cook wanted to follow the steps of $plan but worked as recorded in $done. Which two successive steps (leaving out those that are not in both) were first done in the wrong order? Give them as they were done, or None if the order was right.",
            "Let c be the list of keys of $done that are keys of $plan too, in the order of $done. Return the tuple (c[i], c[i + 1]) with the smallest i such that c[i] comes later in $plan than c[i + 1], and None when no such i exists. The values do not matter.",
        ),
        solutions=(
            """
place = {$key: $i for $i, $key in enumerate($plan)}
common = [$key for $key in $done if $key in place]
for $left, $right in zip(common, common[1:]):
    if place[$left] > place[$right]:
        return $left, $right
return None
""",
            """
$previous = None
names = list($plan)
for $key in $done:
    if $key not in $plan:
        continue
    if $previous is not None and names.index($key) < names.index($previous):
        return ($previous, $key)
    $previous = $key
return None
""",
        ),
        reference=lambda plan, done: next(
            (
                (a, b)
                for a, b in pairwise(k for k in done if k in plan)
                if [k for k in plan if k in (a, b)] == [b, a]
            ),
            None,
        ),
        inputs=lambda rng: (
            dict.fromkeys(sorted(rng.sample("abcdef", rng.randint(3, 5))), 1),
            (lambda keys: dict.fromkeys(keys if rng.random() < 0.6 else sorted(keys), 1))(
                rng.sample("abcdef", rng.randint(3, 5))
            ),
        ),
        edges=(
            ({}, {}),
            ({"a": 1}, {"a": 1}),
            ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
            ({"a": 1, "b": 2}, {"a": 5, "x": 6, "b": 7}),
            ({"b": 0, "a": 0, "c": 0}, {"c": 0, "d": 0, "b": 0, "a": 0}),
        ),
        idea="A table from key to position answers at once which of two keys comes first in the plan.",
        pitfall="Comparing the dictionaries with == says nothing about order: it looks only at keys and values.",
    ),
)
