"""Families on stacks: taking back, postfix formulas, boxes in boxes."""

from __future__ import annotations

import random
import re

from hornbook.curriculum import draws
from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family, Raw


def _postfix(rng: random.Random, extra: str) -> list[str]:
    if rng.random() < 0.1:
        return [str(rng.randint(0, 9))]
    tokens = [str(rng.randint(1, 9)), str(rng.randint(1, 9)), rng.choice(("+", "-", extra))]
    for _ in range(rng.randint(0, 2)):
        tokens += [str(rng.randint(1, 9)), rng.choice(("+", "-", extra))]
    if rng.random() < 0.5:
        tokens = [str(rng.randint(1, 9)), *tokens, rng.choice(("+", "-", extra))]
    return tokens


def _boxes(rng: random.Random, depth: int = 3) -> str:
    text = ""
    for _ in range(rng.randint(0, 2)):
        letter = rng.choice("ABC")
        text += letter + (_boxes(rng, depth - 1) if depth > 1 else "") + letter.lower()
    return text


def _ends_of_packing(most: int) -> tuple[str, ...]:
    """Boxes as deep as allowed, one deeper, one that stays open, two that cross, one closed too often."""
    return "ABCcba"[3 - most : 3 + most], "ABCDdcba"[3 - most : 5 + most], "A", "CBcb", "b"


FAMILIES: tuple[Family, ...] = (
    Family(
        name="typed_with_undo",
        concepts=("stacks", "lists", "conditionals"),
        difficulty=2,
        names="typed_with_undo apply_undo final_words replay process",
        arguments=("commands|inputs|typed|events: list[str]; words in the order in which they are typed",),
        returns="list[str]",
        phrasings=(
            "Each entry of $commands is a word to write down, except '$undo', which deletes the last word that is still there (if any). Return the words that remain, in order.",
            "Replay $commands: an ordinary word is put at the end of a list, the word '$undo' takes the last one off again and does nothing when the list is empty. Return the final list.",
            "Compute the text left by $commands, as a list of words, where '$undo' takes back the latest word that has not been taken back yet. Superfluous '$undo' entries are ignored.",
            "Which words are left after $commands, if '$undo' removes the most recent remaining word and all other entries add themselves? Give them in the order in which they were typed.",
        ),
        solutions=(
            """
$stack = []
for $word in $commands:
    if $word != "$undo":
        $stack.append($word)
    elif $stack:
        $stack.pop()
return $stack
""",
            """
$result = []
$count = 0
for $word in reversed($commands):
    if $word == "$undo":
        $count += 1
    elif $count > 0:
        $count -= 1
    else:
        $result.append($word)
return $result[::-1]
""",
            """
$result = []
for $word in $commands:
    $result = $result[:-1] if $word == "$undo" else $result + [$word]
return $result
""",
        ),
        reference=lambda commands, undo: _without_undo(list(commands), str(undo)),
        parameters=lambda rng: {"undo": Raw(rng.choice(("undo", "back", "oops", "<")))},
        inputs=lambda rng, undo: (
            [rng.choice((str(undo), draws.word(rng))) for _ in range(rng.randint(4, 8))],
        ),
        edges=(
            ([],),
            (["undo"],),
            (["oops", "back", "sun"],),
            (["a", "undo", "undo", "b"],),
            (["<", "<", "x", "<"],),
        ),
        idea="The word to take back is always the one written last, which is what a stack gives: append to write, pop to undo.",
        pitfall="pop on an empty list raises IndexError, so an undo with nothing to undo needs a test.",
    ),
    Family(
        name="postfix_value",
        concepts=("stacks", "parsing", "higher_order"),
        difficulty=3,
        names="postfix_value evaluate_postfix run_calculator result_of calc",
        arguments=("tokens|symbols|program|formula: list[str]; a correct postfix formula",),
        returns="int",
        phrasings=(
            "Evaluate the postfix formula $tokens: a number is pushed on a stack, and '+', '-' or '$extra' takes the two topmost numbers off and pushes their sum, difference (lower minus upper) or $meaning. Return the last number on the stack, 0 for an empty list.",
            "Compute the value of $tokens, in which each operator follows its two operands. There are integers and the operators '+', '-' (first operand minus second) and '$extra' ($meaning of both). An empty formula is worth 0.",
            "A calculator reads $tokens one by one, keeping numbers on a stack. The tokens '+', '-' and '$extra' replace the two uppermost numbers a, b (b on top) by a + b, a - b or the $meaning of a and b. Return what is left in the end, or 0 without tokens.",
            "What is the result of the formula $tokens, written with operators after their operands? Besides '+' and '-' it may use '$extra', which stands for the $meaning of its two operands. Answer 0 if there are no tokens.",
        ),
        solutions=(
            """
$stack = []
for $word in $tokens:
    if $word in ("+", "-", "$extra"):
        $right = $stack.pop()
        $left = $stack.pop()
        if $word == "+":
            $stack.append($left + $right)
        elif $word == "-":
            $stack.append($left - $right)
        else:
            $stack.append($func($left, $right))
    else:
        $stack.append(int($word))
return $stack[-1] if $stack else 0
""",
            """
import operator
actions = {"+": operator.add, "-": operator.sub, "$extra": $func}
$stack = [0]
for $word in $tokens:
    if $word in actions:
        $right, $left = $stack.pop(), $stack.pop()
        $stack.append(actions[$word]($left, $right))
    else:
        $stack.append(int($word))
return $stack[-1]
""",
            """
def value():
    $word = $stack.pop()
    if $word not in ("+", "-", "$extra"):
        return int($word)
    $right = value()
    $left = value()
    if $word == "+":
        return $left + $right
    if $word == "-":
        return $left - $right
    return $func($left, $right)

$stack = list($tokens)
return value() if $stack else 0
""",
        ),
        reference=lambda tokens, extra, meaning, func: _reduced(tokens, str(extra)),
        parameters=lambda rng: part(
            rng,
            {"extra": "max", "meaning": "larger one", "func": "max"},
            {"extra": "min", "meaning": "smaller one", "func": "min"},
        ),
        inputs=lambda rng, extra, meaning, func: (_postfix(rng, str(extra)),),
        edges=(([],), (["7"],), (["2", "5", "-"],), (["1", "2", "3", "+", "-"],), (["0", "0", "+"],)),
        idea="When an operator comes, its operands are the two results that were finished last, and these lie on top of the stack.",
        pitfall="The first pop gives the right operand; taking it for the left one turns a difference round.",
    ),
    Family(
        name="boxes_well_packed",
        concepts=("stacks", "validation", "early_return"),
        difficulty=3,
        names="boxes_well_packed is_nested valid_packing check_boxes is_valid",
        arguments=("actions|log|text|steps: str; letters, a capital opens a box, a small one closes it",),
        returns="bool",
        phrasings=(
            "In $actions a capital letter opens a box and the same letter in lower case closes it. Return True if every box is closed, always the one opened last first, and never more than $most boxes are open at once.",
            "Check the string $actions: each small letter must close the most recently opened box that is still open (the matching capital), nothing may stay open, and at no time may more than $most boxes be open. Return True or False.",
            "Decide whether $actions is correct. Boxes are opened by capitals, closed by the matching small letters in the reverse order of their opening, all of them are closed in the end, and the depth never exceeds $most. An empty string is correct.",
            "Is $actions a proper sequence of opening (capital letters) and closing (same letters, small) in which boxes are nested without crossing, none remains open, and at most $most are open at the same time?",
        ),
        solutions=(
            """
$stack = []
for $char in $actions:
    if $char.isupper():
        $stack.append($char)
        if len($stack) > $most:
            return False
    elif not $stack or $stack.pop() != $char.upper():
        return False
return not $stack
""",
            """
$stack = ""
for $char in $actions:
    if $char.isupper():
        $stack += $char
    elif $stack.endswith($char.upper()):
        $stack = $stack[:-1]
    else:
        return False
    if len($stack) > $most:
        return False
return $stack == ""
""",
            """
$stack = []
try:
    for $char in $actions:
        if $char == $char.upper():
            $stack.append($char.lower())
        elif $stack.pop() != $char:
            return False
        if len($stack) > $most:
            return False
except IndexError:
    return False
return len($stack) == 0
""",
        ),
        reference=lambda actions, most: (
            _collapsed(actions) == ""
            and all(
                sum(1 if char.isupper() else -1 for char in actions[:end]) <= most
                for end in range(len(actions) + 1)
            )
        ),
        parameters=lambda rng: {"most": rng.randint(2, 3)},
        inputs=lambda rng, most: (_boxes(rng, most) + rng.choice(("", "", *_ends_of_packing(most))),),
        edges=(("",), ("A",), ("a",), ("ABab",), ("AaBbCc",), ("AAAAaaaa",), ("ABba",)),
        idea="A stack remembers the open boxes; a closing letter must match the top of it, and at the end it must be empty.",
        pitfall="Counting openings and closings alone accepts boxes that cross each other.",
    ),
)


def _without_undo(words: list[str], undo: str) -> list[str]:
    """Strike out the first undo and the word before it until no undo is left."""
    while undo in words:
        at = words.index(undo)
        words = words[: max(at - 1, 0)] + words[at + 1 :]
    return words


def _reduced(tokens: list[str], extra: str) -> int:
    """Replace the first "number number operator" by its value until one number is left."""
    for at in range(2, len(tokens)):
        if tokens[at] in ("+", "-", extra):
            a, b = int(tokens[at - 2]), int(tokens[at - 1])
            value = {"+": a + b, "-": a - b, "max": sorted((a, b))[1], "min": sorted((a, b))[0]}[tokens[at]]
            return _reduced([*tokens[: at - 2], str(value), *tokens[at + 1 :]], extra)
    return int(tokens[0]) if tokens else 0


def _collapsed(text: str) -> str:
    """Delete neighbours such as Aa until none is left."""
    shorter = re.sub(r"Aa|Bb|Cc", "", text)
    return text if shorter == text else _collapsed(shorter)
