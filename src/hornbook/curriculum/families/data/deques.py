"""Families on deques, which work at both ends."""

from __future__ import annotations

from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family


def _after_commands(commands: list[str]) -> list[str]:
    line: list[str] = []
    for command in commands:
        if command in ("<", ">"):
            line = line[1:] if command == "<" else line[:-1]
        else:
            line = [command[1:], *line] if command[0] == "+" else [*line, command[:-1]]
    return line


def _war(first: list[int], second: list[int], rounds: int) -> tuple[int, int]:
    for _ in range(rounds):
        if not (first and second):
            break
        (a, *first), (b, *second) = first, second
        first, second = first + [a, b] * (a > b), second + [b, a] * (b > a)
    return len(first), len(second)


FAMILIES: tuple[Family, ...] = (
    Family(
        name="line_with_two_ends",
        concepts=("deques", "string_slicing", "simulation"),
        difficulty=2,
        names="line_after_commands two_ended_line carry_out train_cars play_commands",
        arguments=("commands|moves|orders|steps: list[str]; what is done, in order of time",),
        returns="list[str]",
        phrasings=(
            "Start with an empty line. In $commands, '+x' adds x at the $front, 'x+' adds x at the $back, '<' removes from the $front and '>' from the $back; removing from an empty line does nothing. Return the line from $front to $back.",
            "Follow $commands and return the resulting list, $front first: a name with '+' before it is put at the $front, a name with '+' after it at the $back, '<' takes the first one away and '>' the last one, if there is any.",
            "Cars of a train are coupled at both ends. '+x' couples car x at the $front, 'x+' at the $back, '<' uncouples the car at the $front, '>' that at the $back. Which cars, $front to $back, make up the train after $commands? Uncoupling is ignored when there is no car.",
            "Beginning with [], apply each entry of $commands: '+name' inserts name at index 0, 'name+' appends it, '<' deletes index 0, '>' deletes the last index, deletions having no effect on an empty list. Index 0 is the $front. Return the final list.",
        ),
        solutions=(
            """
from collections import deque
$stack = deque()
for $item in $commands:
    if $item == "<":
        if $stack:
            $stack.popleft()
    elif $item == ">":
        if $stack:
            $stack.pop()
    elif $item.startswith("+"):
        $stack.appendleft($item[1:])
    else:
        $stack.append($item[:-1])
return list($stack)
""",
            """
$result = []
for $item in $commands:
    match $item:
        case "<":
            $result = $result[1:]
        case ">":
            $result = $result[:-1]
        case _ if $item[0] == "+":
            $result = [$item[1:]] + $result
        case _:
            $result = $result + [$item[:-1]]
return $result
""",
        ),
        reference=lambda commands, front, back: _after_commands(commands),
        parameters=lambda rng: part(
            rng,
            {"front": "front", "back": "back"},
            {"front": "left", "back": "right"},
            {"front": "head", "back": "tail"},
        ),
        inputs=lambda rng, **_: (
            [
                rng.choice(("+{}", "+{}", "{}+", "{}+", "<", ">")).format(rng.choice("abcdefgh"))
                for _ in range(rng.randint(5, 8))
            ],
        ),
        edges=(
            ([],),
            (["<", ">", "a+"],),
            (["+a", "<", ">"],),
            (["+a", "+b", "c+", ">"],),
            (["+é", "tea+", "<"],),
        ),
        idea="A deque takes and gives at both ends at the same small price; each command is one of its four methods.",
        pitfall="Calling popleft on an empty deque raises IndexError, so ask first whether anything is there.",
    ),
    Family(
        name="records_against_recent",
        concepts=("deques", "sliding_window", "min_max"),
        difficulty=3,
        names="recent_records stand_out_days above_recent peaks_of_memory find_records",
        arguments=("values|prices|readings|distances: list[int]; numbers in order of time",),
        returns="list[int]",
        phrasings=(
            "Return the indices of all numbers in $values that are $word than each of the $k numbers before them. A number with fewer than $k predecessors is never reported.",
            "Find the positions (from 0, ascending) at which $values holds a number $word than all of the last $k ones before it; the first $k positions do not qualify.",
            "A shop notes one number a day in $values and remembers the last $k days. On which days, by index, is the new number $word than everything remembered? Days before the memory is full do not count.",
            "Return in ascending order every index i >= $k of $values such that $values[i] is strictly $word than each of the $k entries directly in front of it.",
        ),
        solutions=(
            """
from collections import deque
recent = deque(maxlen=$k)
$result = []
for $i, $item in enumerate($values):
    if len(recent) == $k and $item $op $fn(recent):
        $result.append($i)
    recent.append($item)
return $result
""",
            """
$result = []
for $i in range($k, len($values)):
    if all($values[$i] $op $other for $other in $values[$i - $k : $i]):
        $result.append($i)
return $result
""",
        ),
        reference=lambda values, k, op, fn, word: [
            i
            for i, v in enumerate(values)
            if i >= k
            and v != sorted([*values[i - k : i], v], reverse=op == "<")[k - 1]
            and v == sorted([*values[i - k : i], v], reverse=op == "<")[k]
        ],
        parameters=lambda rng: {
            "k": rng.randint(2, 3),
            **part(
                rng, {"op": ">", "fn": "max", "word": "larger"}, {"op": "<", "fn": "min", "word": "smaller"}
            ),
        },
        inputs=lambda rng, **_: ([rng.randint(1, 9) for _ in range(rng.randint(6, 9))],),
        edges=(([],), ([5, 5, 5, 5],), ([1, 2, 3, 4],), ([4, 3, 2, 1],), ([1, 2],), ([-1, -2, -3, 0, -4],)),
        idea="A deque with maxlen is a memory of fixed size: each append pushes out the oldest value by itself.",
        pitfall="Appending the value before comparing makes it compete with itself, and nothing is ever larger.",
    ),
    Family(
        name="higher_card_takes_both",
        concepts=("deques", "simulation", "while_loops"),
        difficulty=4,
        names="play_cards higher_card_wins cards_left duel card_battle",
        arguments=(
            "first|deck|mine|ours: list[int]; the first player's cards, top card first",
            "second|other_deck|theirs|rival: list[int]; the second player's cards, top card first",
        ),
        returns="tuple[int, int]",
        phrasings=(
            "Two players turn over their top cards. The higher one wins, and its owner puts it and then the lower one at the bottom of their own deck; equal cards are both removed. Return how many cards $first and $second have when a deck is empty or after $rounds rounds.",
            "Play at most $rounds rounds and stop early when $first or $second is empty. In a round both top cards (index 0) are taken; the player with the higher one adds it and then the other one at the end of their own cards, and with equal cards both are lost. Return the two numbers of cards.",
            "In a children's game the higher of two top cards takes both: the winner places first their own card and then the captured one at the bottom. Cards of equal value leave the game. How many cards do the owners of $first and $second hold after $rounds rounds, or when one of them runs out before?",
            "Simulate up to $rounds rounds with copies of $first and $second. Each round removes both first elements a and b; if a > b, then a, b are appended to the first list, if b > a, then b, a to the second, else to neither. No round is played with an empty list. Return the pair of final lengths.",
        ),
        solutions=(
            """
from collections import deque
$left, $right = deque($first), deque($second)
$count = 0
while $left and $right and $count < $rounds:
    a, b = $left.popleft(), $right.popleft()
    if a > b:
        $left.extend((a, b))
    elif b > a:
        $right.extend((b, a))
    $count += 1
return len($left), len($right)
""",
            """
$left, $right = list($first), list($second)
for $i in range($rounds):
    if min(len($left), len($right)) == 0:
        break
    a = $left.pop(0)
    b = $right.pop(0)
    if a != b:
        $current = $left if a > b else $right
        $current += sorted((a, b), reverse=True)
return (len($left), len($right))
""",
        ),
        reference=lambda first, second, rounds: _war(first, second, rounds),
        parameters=lambda rng: {"rounds": rng.randint(3, 7)},
        inputs=lambda rng, rounds: (
            rng.sample(range(1, 12), rng.randint(2, 5)),
            rng.sample(range(1, 12), rng.randint(2, 5)),
        ),
        edges=(([], [3]), ([3], [3]), ([9], [1, 2, 3]), ([2, 8, 1], [5, 8, 7]), ([5, 1, 9, 3], [5, 7, 2, 8])),
        idea="Cards leave at the front and come back at the end, which is what a deque does cheaply at both ends.",
        pitfall="Without the limit of rounds the game may go round in circles and never end.",
    ),
)
