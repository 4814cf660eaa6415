"""Families on state machines: gates, tables of transitions, comments in code."""

from __future__ import annotations

import functools
import random
import re

from hornbook.curriculum.family import Family, Raw

MODES = """
from enum import Enum


class Mode(Enum):
    OFF = 0
    DIM = 1
    BRIGHT = 2

    def following(self):
        return Mode((self.value + 1) % 3)
"""


def _table(rng: random.Random) -> dict[str, dict[str, str]]:
    states = ["idle", "busy", "done", "error"][: rng.randint(3, 4)]
    return {state: {s: rng.choice(states) for s in rng.sample("abc", rng.randint(1, 3))} for state in states}


FAMILIES: tuple[Family, ...] = (
    Family(
        name="people_through_gate",
        concepts=("state_machines", "counting", "conditionals"),
        difficulty=1,
        names="people_through_gate count_passed turnstile run_gate passages",
        arguments=("actions|events|log|steps: str; a text of the letters '$pay' and '$push'",),
        returns="int",
        phrasings=(
            "A $gate is locked at first. '$pay' (a payment) unlocks it, '$push' (a push) lets one person through and locks it if it is unlocked, and does nothing if it is locked. Return how many people get through in the course of $actions. Paying while it is unlocked changes nothing.",
            "Given the actions '$pay' (pay) and '$push' (push) in $actions, count the pushes that find the $gate unlocked. It begins locked; each payment unlocks it, and each successful push locks it again. Paying while it is unlocked changes nothing.",
            "At the $gate of a swimming pool, visitors pay ('$pay') or push ('$push'). Only a push after a payment opens the way, and for one person only. How many persons pass in the course of $actions, if the $gate is locked in the beginning? Paying while it is unlocked changes nothing.",
            "Simulate a machine with the states 'locked' (initial) and 'unlocked'. Input '$pay' leads to 'unlocked'; input '$push' leads to 'locked'. Return how often '$push' in $actions is read in the state 'unlocked'. Paying while it is unlocked changes nothing.",
        ),
        solutions=(
            """
unlocked = False
$count = 0
for action in $actions:
    if action == "$pay":
        unlocked = True
    elif unlocked:
        $count += 1
        unlocked = False
return $count
""",
            """
state = "locked"
passed = []
for action in $actions:
    if action == "$push" and state == "unlocked":
        passed.append(action)
    state = "unlocked" if action == "$pay" else "locked"
return len(passed)
""",
        ),
        reference=lambda actions, pay, push, gate: len(re.findall(pay + "+" + push, actions)),
        parameters=lambda rng: {
            "gate": Raw(rng.choice(("turnstile", "gate", "barrier"))),
            **rng.choice(
                (
                    {"pay": Raw("c"), "push": Raw("p")},
                    {"pay": Raw("P"), "push": Raw("G")},
                    {"pay": Raw("t"), "push": Raw("x")},
                )
            ),
        },
        inputs=lambda rng, pay, push, gate: (
            "".join(rng.choices((pay, push, pay + push), k=rng.randint(4, 7))),
        ),
        edges=(("",),),
        idea="One variable remembers whether the gate is unlocked; nothing else about the past matters.",
        pitfall="Counting payments is not enough, because two payments in a row let only one person through.",
    ),
    Family(
        name="states_of_run",
        concepts=("state_machines", "nested_data", "list_building"),
        difficulty=2,
        names="states_of_run run_machine trace_states visited_states follow",
        arguments=(
            "table|rules|transitions|machine: dict[str, dict[str, str]]; maps each state to {input: next state}",
            "inputs|signals|symbols|text: str; the inputs, one character each",
        ),
        returns="list[str]",
        phrasings=(
            "Run the state machine $table from the state '$first' on the characters of $inputs and return the list of its states, beginning with '$first'. `$table[state][input]` is the next state. If there is no entry for an input, $missing.",
            "Which states does a machine go through that begins in '$first' and reads $inputs? The table $table gives for each state the next one for every input it knows. If an input has no entry, $missing. List all states in order, '$first' included.",
            "A $device starts as '$first'. At each signal of $inputs it changes as $table says, which maps a condition to the conditions that follow it, by signal. If a signal is not listed there, $missing. Note its condition at the beginning and after each signal.",
            "Given a partial transition function $table, return the run of the automaton on the word $inputs from '$first' as a list of states, the first one included. Where the function is not defined, $missing.",
        ),
        solutions=(
            """
$current = "$first"
$result = [$current]
for $char in $inputs:
    rules_here = $table.get($current, {})
    if $char in rules_here:
        $current = rules_here[$char]
        $result.append($current)
    else:
        $action
return $result
""",
            """
$result = ["$first"]
for $char in $inputs:
    following = $table.get($result[-1], {}).get($char)
    if following is None:
        $other_action
    else:
        $result.append(following)
return $result
""",
        ),
        reference=lambda table, inputs, first, missing, action, other_action, device: _run(
            table, inputs, str(first), "skipped" in missing
        ),
        parameters=lambda rng: {
            "first": Raw("idle"),
            "device": Raw(rng.choice(("printer", "robot", "washing machine"))),
            **rng.choice(
                (
                    {
                        "missing": Raw("the run ends and later inputs are not read"),
                        "action": Raw("break"),
                        "other_action": Raw("break"),
                    },
                    {
                        "missing": Raw(
                            "the input is skipped: the state stays and nothing is added to the list"
                        ),
                        "action": Raw("continue"),
                        "other_action": Raw("continue"),
                    },
                )
            ),
        },
        inputs=lambda rng, first, missing, action, other_action, device: (
            _table(rng),
            "".join(rng.choices("abc", k=rng.randint(3, 6))),
        ),
        edges=(
            ({}, ""),
            ({}, "a"),
            ({"idle": {"a": "idle"}}, "aab"),
            ({"idle": {"a": "busy"}, "busy": {"b": "idle"}}, "abba"),
            ({"idle": {"a": "busy"}}, "aa"),
        ),
        idea="The present state selects a row of the table, the input selects the entry, and this entry is the new state.",
        pitfall="A state without rules has no row; `get` with an empty dictionary avoids the KeyError.",
    ),
    Family(
        name="lamp_after_presses",
        concepts=("state_machines", "functions", "for_loops"),
        difficulty=1,
        names="lamp_after_presses final_mode press_button lamp_modes last_mode",
        arguments=(
            "presses|seconds|gaps|times: list[int]; how long the button is held each time, in tenths of a second",
        ),
        returns="str",
        phrasings=(
            "A lamp starts in the mode `Mode.$begin`. Each press shorter than $long switches to the following mode, a press of $long or more switches it to `Mode.$home`. Return the name of the mode after $presses (the name of `Mode.DIM` is 'DIM').",
            "Which mode does the lamp have after the presses in $presses? It begins with `Mode.$begin`; holding the button for $long or longer leads to `Mode.$home`, a shorter press goes on to the mode given by `following`. Answer with the name of the mode.",
            "The button of a desk lamp was pressed with the durations $presses, in this order. Short presses (below $long) go through the modes with `following`, long ones (from $long on) always set `Mode.$home`. It was in `Mode.$begin` before. Return the `name` of its mode now.",
            "Fold $presses into a state, beginning with `Mode.$begin`: a value of at least $long gives `Mode.$home`, any other value gives `mode.following()`. Return the attribute `name` of the final state.",
        ),
        setup=MODES,
        solutions=(
            """
mode = Mode.$begin
for held in $presses:
    if held >= $long:
        mode = Mode.$home
    else:
        mode = mode.following()
return mode.name
""",
            """
from functools import reduce

def switch(mode, held):
    return mode.following() if held < $long else Mode.$home

return reduce(switch, $presses, Mode.$begin).name
""",
        ),
        reference=lambda presses, begin, home, long: functools.reduce(
            lambda at, held: (
                {"OFF": "DIM", "DIM": "BRIGHT", "BRIGHT": "OFF"}[at] if held < long else str(home)
            ),
            presses,
            str(begin),
        ),
        parameters=lambda rng: {
            "begin": Raw(rng.choice(("OFF", "DIM", "BRIGHT"))),
            "home": Raw(rng.choice(("OFF", "BRIGHT"))),
            "long": rng.choice((5, 10, 20)),
        },
        inputs=lambda rng, begin, home, long: (
            [rng.choice((1, 2, long - 1, long, long + 3, 3)) for _ in range(rng.randint(2, 5))],
        ),
        edges=(([],), ([1],), ([30],), ([4, 5],), ([9, 10],), ([19, 20],), ([1, 1, 1],)),
        idea="An enumeration gives the states names, and one variable holds the present one.",
        pitfall="`Mode.DIM` is a member and not a text; its text is in the attribute `name`.",
    ),
    Family(
        name="line_without_comment",
        concepts=("state_machines", "strings", "early_return"),
        difficulty=3,
        names="line_without_comment strip_comment remove_comment code_part clean_line",
        arguments=("line|text|source|code: str; one line of text",),
        returns="str",
        phrasings=(
            "Return $line up to the first '$mark' that is not inside quotes, without that mark and what follows. The character $quote begins a quoted part and the next $quote ends it; a quoted part that is not ended goes on to the end. Blanks are kept.",
            "Cut the comment off $line: it begins with the first '$mark' outside of quotation marks (the character $quote both opens and closes a quotation). Without such a mark the line is returned unchanged.",
            "A program reads a settings line in which '$mark' begins a remark, unless it stands between two $quote characters. Return the line without the remark and without the mark; everything else stays, blanks at the end included.",
            "Return the longest beginning of $line that contains no '$mark' preceded by an even number of $quote characters in $line.",
        ),
        solutions=(
            """
quoted = False
for $i, $char in enumerate($line):
    if $char == $quote_code:
        quoted = not quoted
    elif $char == "$mark" and not quoted:
        return $line[:$i]
return $line
""",
            """
parts = $line.split($quote_code)
for $i, part_text in enumerate(parts):
    if $i % 2 == 0 and "$mark" in part_text:
        before = part_text[: part_text.index("$mark")]
        return $quote_code.join([*parts[:$i], before])
return $line
""",
            """
kept = ""
for $char in $line:
    if $char == "$mark" and kept.count($quote_code) % 2 == 0:
        break
    kept += $char
return kept
""",
        ),
        reference=lambda line, mark, quote, quote_code: next(
            (
                line[:at]
                for at in range(len(line))
                if line[at] == mark and line[:at].count(str(quote)[0]) % 2 == 0
            ),
            line,
        ),
        parameters=lambda rng: {
            "mark": Raw(rng.choice("#;%")),
            **rng.choice(({"quote": Raw('"'), "quote_code": '"'}, {"quote": Raw("'"), "quote_code": "'"})),
        },
        inputs=lambda rng, mark, quote, quote_code: (
            "".join(rng.choices(("a", "b ", quote + mark + quote, "x"), k=rng.randint(2, 4)))
            + rng.choice(("", "", quote))
            + mark
            + rng.choice(("z", quote, mark)),
        ),
        edges=(("",), ("#",), ("ab ; c",), ("'%'%",), ('"#";x',), ("a'#",), ("é % ü",)),
        idea="Reading from left to right, one switch says whether the reader is inside a quotation.",
        pitfall="Searching for the mark alone also finds one that stands inside quotes.",
    ),
    Family(
        name="light_at_second",
        concepts=("state_machines", "dictionaries", "while_loops"),
        difficulty=1,
        names="light_at_second colour_after signal_at traffic_light current_phase",
        arguments=("second|time|t|elapsed: int; seconds since the start, not negative",),
        returns="str",
        phrasings=(
            "A traffic light shows '$first' for $one seconds, then '$other' for $two seconds, then '$last' for $three seconds, and begins again. Return what it shows at second $second, if it begins with '$first' at second 0 and a new colour shows from the second on at which the old one's time is over.",
            "Which colour does a light show after $second whole seconds, if it goes round through '$first' ($one seconds), '$other' ($two seconds) and '$last' ($three seconds), beginning with '$first'? At the moment of a change the new colour counts.",
            "At a crossing the light is '$first' for $one seconds from second 0 on, then '$other' for $two seconds, then '$last' for $three seconds, and so on in the same way. What colour does a driver see who arrives at second $second?",
            "Let the word w consist of $one times '$first', $two times '$other' and $three times '$last', repeated without end. Return the element of w with the index $second (from 0).",
        ),
        solutions=(
            """
duration = {"$first": $one, "$other": $two, "$last": $three}
following = {"$first": "$other", "$other": "$last", "$last": "$first"}
colour = "$first"
while $second >= duration[colour]:
    $second -= duration[colour]
    colour = following[colour]
return colour
""",
            """
rest = $second % $cycle
if rest < $one:
    return "$first"
if rest < $both:
    return "$other"
return "$last"
""",
            """
round_trip = ["$first"] * $one + ["$other"] * $two + ["$last"] * $three
return round_trip[$second % len(round_trip)]
""",
        ),
        reference=lambda second, first, other, last, one, two, three, both, cycle: [
            str(colour)
            for _ in range(second + 1)
            for colour, seconds in ((first, one), (other, two), (last, three))
            for _ in range(seconds)
        ][second],
        parameters=lambda rng: {
            "one": (one := rng.choice((4, 5, 8))),
            "two": (two := rng.choice((2, 3))),
            "three": (three := rng.choice((4, 6))),
            "both": one + two,
            "cycle": one + two + three,
            **{
                key: Raw(word)
                for key, word in zip(
                    ("first", "other", "last"),
                    rng.choice(
                        (("green", "yellow", "red"), ("go", "wait", "stop"), ("walk", "blink", "halt"))
                    ),
                    strict=True,
                )
            },
        },
        inputs=lambda rng, first, other, last, one, two, three, both, cycle: (
            rng.choice((one - 1, one, both - 1, both, cycle, rng.randint(0, 60))),
        ),
        edges=((0,), (5,), (9,), (100,), (7,)),
        idea="The state is the colour shown; as long as time is left, it passes to the next colour.",
        pitfall="At second $one the first colour is over: compare with `>=`, because the seconds are counted from 0.",
    ),
)


def _run(table: dict[str, dict[str, str]], inputs: str, state: str, go_on: bool) -> list[str]:
    if not inputs:
        return [state]
    if inputs[0] in table.get(state, {}):
        return [state, *_run(table, inputs[1:], table[state][inputs[0]], go_on)]
    return _run(table, inputs[1:], state, go_on) if go_on else [state]
