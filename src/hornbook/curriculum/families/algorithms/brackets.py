"""Families on matching brackets: depths, repairs, the first error."""

from __future__ import annotations

from hornbook.curriculum.family import Family, Raw


def _may_go_on(text: str, pair: str) -> str:
    """Say "open" or "closed" if brackets match so far, "" if something is wrong."""
    kept = "".join(char for char in text if char in "()" + pair)
    for _ in text:
        kept = kept.replace("()", "").replace(pair, "")
    if ")" in kept or pair[1] in kept:
        return ""
    return "open" if kept else "closed"


FAMILIES: tuple[Family, ...] = (
    Family(
        name="deepest_open",
        concepts=("bracket_matching", "counting", "strings"),
        difficulty=2,
        names="unclosed_depths depth_changes bracket_depths depth_of_each trace_depth",
        arguments=("text|line|formula|code: str; any text",),
        returns="list[int]",
        phrasings=(
            "Return the depth of nesting at each character of $text that is not '$open' or '$close': the number of '$open' minus the number of '$close' before it.",
            "For every character of $text other than '$open' and '$close', in order, by how many do the '$open' before it outnumber the '$close' before it? Where more have been closed than opened, the number is negative.",
            "An editor shades code by depth. For all characters of $text except the brackets '$open' and '$close', list how deep they lie: each '$open' on the way adds 1 and each '$close' takes 1 away, below zero if need be.",
            "Scan $text from left to right with a counter that starts at 0, goes up at '$open' and down at '$close', and return the values that the counter has at all the other characters.",
        ),
        solutions=(
            """
$result = []
depth = 0
for $char in $text:
    if $char == "$open":
        depth += 1
    elif $char == "$close":
        depth -= 1
    else:
        $result.append(depth)
return $result
""",
            """
from itertools import accumulate
step = {"$open": 1, "$close": -1}
depths = accumulate(step.get($char, 0) for $char in $text)
return [depth for depth, $char in zip(depths, $text) if $char not in step]
""",
        ),
        reference=lambda text, open, close: [
            text[:at].count(open) - text[:at].count(close)
            for at in range(len(text))
            if not {text[at]} & {open, close}
        ],
        parameters=lambda rng: rng.choice(
            tuple({"open": Raw(a), "close": Raw(b)} for a, b in ("()", "[]", "{}", "<>"))
        ),
        inputs=lambda rng, open, close: (
            "".join(rng.choices(open * 2 + close + "ab1", k=rng.randint(5, 10))),
        ),
        edges=(("",), ("a",), ("(a)",), ("]b[",), ("<<x>>",), ("é{ü}",)),
        idea="One counter is enough for one kind of bracket: it always holds how many are open.",
        pitfall="The bracket itself is not listed; it only changes the counter for what follows.",
    ),
    Family(
        name="repairs_of_brackets",
        concepts=("bracket_matching", "while_loops", "string_methods"),
        difficulty=3,
        names="repairs_of_brackets missing_brackets fixes_needed count_unmatched add_brackets",
        arguments=("text|line|formula|brackets: str; any text",),
        returns="int",
        phrasings=(
            "Return the smallest number of brackets '$open' or '$close' that must be added anywhere in $text to make them match. Other characters do not matter.",
            "How many brackets have no partner in $text, if every '$close' is the partner of the nearest '$open' before it that is still free? Only '$open' and '$close' are brackets here.",
            "Somebody typed $text and forgot some of the brackets '$open' and '$close'. How many have to be inserted at least so that each one that is opened is closed later and none is closed that was not opened? Ignore all other characters.",
            "Delete from $text everything except '$open' and '$close', then delete the pair '$open$close' as long as there is one, and return the length of what remains.",
        ),
        solutions=(
            """
opened = 0
unmatched = 0
for $char in $text:
    if $char == "$open":
        opened += 1
    elif $char == "$close" and opened:
        opened -= 1
    elif $char == "$close":
        unmatched += 1
return opened + unmatched
""",
            """
$stack = []
for $char in $text:
    if $char == "$close" and $stack[-1:] == ["$open"]:
        $stack.pop()
    elif $char in "$open$close":
        $stack.append($char)
return len($stack)
""",
            """
kept = "".join($char for $char in $text if $char in "$open$close")
while "$open$close" in kept:
    kept = kept.replace("$open$close", "")
return len(kept)
""",
        ),
        reference=lambda text, open, close: (
            (depths := [text[:at].count(open) - text[:at].count(close) for at in range(len(text) + 1)])[-1]
            - 2 * min(depths)
        ),
        parameters=lambda rng: rng.choice(
            tuple({"open": Raw(a), "close": Raw(b)} for a, b in ("()", "[]", "{}", "<>"))
        ),
        inputs=lambda rng, open, close: (
            "".join(rng.choices(open * 2 + close * 2 + "x+", k=rng.randint(5, 9))),
        ),
        edges=(("",), ("x",), (")(",), ("(())",), ("]][[",), ("{}}{",), ("<<<",), (">>",)),
        idea="An opening bracket waits for a closing one; whatever has no partner in the end needs one added.",
        pitfall="Comparing the two totals says that '$close$open' is in order, although neither of them has a partner.",
    ),
    Family(
        name="place_of_first_error",
        concepts=("bracket_matching", "stacks", "dictionaries"),
        difficulty=3,
        names="place_of_first_error first_mismatch wrong_bracket find_error error_position",
        arguments=("text|line|source|formula: str; any text",),
        returns="int",
        phrasings=(
            "Return the position of the first closing bracket in $text that does not close the bracket opened last, or that has nothing to close. Without one, the answer is the length of the text if a bracket is still open at its end, and -1 otherwise. Brackets are () and $pair; positions count from 0.",
            "Where is the first mistake in the brackets () and $pair of $text? A mistake is a closing bracket that does not fit the innermost open one, or for which none is open. Without one, the answer is the length of the text if a bracket is still open at its end, and -1 otherwise. Count from 0.",
            "A compiler reads $text from left to right and stops at the first of the characters ')' and '$last' that does not belong to the most recent bracket still open. Tell the position, counted from 0, at which it stops. Without one, the answer is the length of the text if a bracket is still open at its end, and -1 otherwise. The brackets are () and $pair.",
            "Using the bracket pairs () and $pair, find the smallest index i of $text such that no correctly nested text begins with its first i + 1 characters; other characters are allowed anywhere. Without one, return the length of the text if a bracket is still open at its end, and -1 otherwise.",
        ),
        solutions=(
            """
partner = {")": "(", "$last": "$first"}
$stack = []
for $i, $char in enumerate($text):
    if $char in partner.values():
        $stack.append($char)
    elif $char in partner:
        if not $stack or $stack.pop() != partner[$char]:
            return $i
return len($text) if $stack else -1
""",
            """
expected = ""
for $i, $char in enumerate($text):
    if $char == "(":
        expected = ")" + expected
    elif $char == "$first":
        expected = "$last" + expected
    elif $char in ")$last":
        if not expected.startswith($char):
            return $i
        expected = expected[1:]
return len($text) if expected else -1
""",
        ),
        reference=lambda text, pair, first, last: next(
            (at for at in range(len(text)) if not _may_go_on(text[: at + 1], pair)),
            -1 if _may_go_on(text, pair) == "closed" else len(text),
        ),
        parameters=lambda rng: rng.choice(
            tuple({"pair": Raw(p), "first": Raw(p[0]), "last": Raw(p[1])} for p in ("[]", "{}", "<>"))
        ),
        inputs=lambda rng, pair, first, last: (
            rng.choice(("(a", "(", "x" + first, first + "(", f"({first}{last}"))
            + "".join(rng.choices("(a" + first + ")" * 2 + last * 2, k=rng.randint(2, 6))),
        ),
        edges=(("",), ("a",), (")",), ("(",), ("()",), ("(])",), ("[()]",), ("{(})",), ("<(>",), ("((a)",)),
        idea="The stack holds the open brackets, and a closing one must fit the one on top.",
        pitfall="Two separate counters for the two kinds accept brackets that cross each other.",
    ),
    Family(
        name="still_open_at_end",
        concepts=("bracket_matching", "conditionals", "for_loops"),
        difficulty=1,
        names="still_open_at_end doors_left_open unclosed count_open open_count",
        arguments=("text|log|line|signs: str; any text",),
        returns="int",
        phrasings=(
            "Return how many '$open' are still open at the end of $text: each '$open' opens one and each '$close' closes one, except that a '$close' is ignored when nothing is open. Other characters do not count.",
            "Reading $text from left to right, '$open' opens something and '$close' closes something, if anything is open. How many remain open in the end? All other characters are skipped.",
            "A caretaker notes in $text when a window is opened ('$open') and when one is closed ('$close'); a '$close' with all windows closed is a slip of the pen and changes nothing, like all other signs. How many windows are open after the last sign?",
            "Let d be 0; for each character of $text, add 1 to d at '$open', and subtract 1 at '$close' unless d is 0. Return d.",
        ),
        solutions=(
            """
depth = 0
for $char in $text:
    if $char == "$open":
        depth += 1
    elif $char == "$close" and depth > 0:
        depth -= 1
return depth
""",
            """
depth = 0
for $char in $text:
    change = ($char == "$open") - ($char == "$close")
    depth = max(depth + change, 0)
return depth
""",
        ),
        reference=lambda text, open, close: max(
            text[at:].count(open) - text[at:].count(close) for at in range(len(text) + 1)
        ),
        parameters=lambda rng: rng.choice(
            tuple({"open": Raw(a), "close": Raw(b)} for a, b in ("()", "<>", "{}", "oc", "+-"))
        ),
        inputs=lambda rng, open, close: (
            "".join(rng.choices(open * 3 + close * 2 + "x", k=rng.randint(4, 9))),
        ),
        edges=(("",), ("x",), (")(",), ("(((",), ("oocc",), ("c-o+",), ("}{{",), ("<é>>",)),
        idea="A counter that never falls below zero holds what is open at each moment.",
        pitfall="Counting all of both signs and subtracting lets a closing sign at the start cancel an opening one behind it.",
    ),
)
