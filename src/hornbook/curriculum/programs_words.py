"""English for a chain of operations: said as a whole, not operator by operator."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hornbook.curriculum.family import fill
from hornbook.curriculum.operation import ELEMENTS, Given, Operation
from hornbook.curriculum.programs_inputs import MEANINGS, SHORT_MEANINGS

Steps = Sequence[tuple[Operation, Mapping[str, Any]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What is said about one program."""

    sentence: str
    idea: str
    pitfall: str


_KEEP_VERBS = (
    "keep",
    "select",
    "pick out",
    "take",
    "find",
    "consider only",
    "pick",
    "look only at",
    "collect",
)
_KEEP_LATER = (
    "keep those that $that",
    "keep the ones that $that",
    "keep only those that $that",
    "of these keep the ones that $that",
)
_LONG = (
    "$First, $middle, and $last.",
    "$First, then $middle, and finally $last.",
    "First $first, then $middle, and $last.",
    "Given $short called $source, $first, $middle, and $last.",
    "Given $source, which is $meaning, $first, then $middle, and $last.",
    "From $source, $meaning: $first, $middle, and $last.",
    "$First. Then $middle. Finally, $last.",
    "Start with $source, $meaning. $First, then $middle, and $last.",
    "The argument $source is $meaning. $First. Next, $middle. $Last.",
    "Take $source, $meaning; $first; $middle; then $last.",
    "You get $short named $source. $First, $middle, and $last.",
    "The input $source is $meaning: $first, $middle, and then $last.",
)
_SHORT = (
    "$First and $last.",
    "$First, then $last.",
    "First $first, then $last.",
    "Given $short called $source, $first and $last.",
    "Given $source, which is $meaning, $first and then $last.",
    "From $source, $meaning: $first and $last.",
    "$First. Then $last.",
    "Start with $source, $meaning. $First, then $last.",
    "The argument $source is $meaning. $First and $last.",
    "Take $source, $meaning; $first; then $last.",
    "You get $short named $source. $First and $last.",
    "The input $source is $meaning: $first, then $last.",
)
_OF_PHRASE = (
    "Return $phrase.",
    "Compute $phrase.",
    "Find $phrase.",
    "Determine $phrase.",
    "Given $source, $meaning, return $phrase.",
    "Given $short called $source, return $phrase.",
    "What $are $phrase?",
    "Calculate and return $phrase.",
)
_IDEAS = (
    "Cut the task into $number: $plan. Each step uses only what the one before it returned.",
    "The task already names the order of work: $plan. Giving every result a name keeps the steps apart.",
    "$Plan. No step has to know how the others do their work, so each can be checked alone.",
    "Solve it as a chain of $number: $plan. The result of one step is the input of the next.",
    "Read the task from left to right and find its parts: $plan.",
)
_REASONS: Mapping[str, tuple[str, ...]] = {
    "keep": (
        "Whether one of the $items stays does not depend on the others, so each can be tested by itself.",
        "The filter never changes any of the $items; it only decides which of them stay.",
    ),
    "each": ("Each of the $items is changed by itself, so their number and their order stay the same.",),
    "retype": (
        "The $nth step turns $items into $result, one for one.",
        "After the $nth step there are $result instead of $items, as many as before and in the same order.",
    ),
    "sorting": (
        "Sorting needs all of the $items at once, so it cannot happen inside a loop that visits them one by one.",
        "`sorted` builds a new list, so the argument of the function stays as it was.",
    ),
    "sorting_with_key": (
        "The key says what is compared; the $items themselves are not changed by it.",
        "Sorting is stable: what has the same key keeps its old order.",
    ),
    "cut": (
        "A slice may ask for more than there is and then gives what there is, so short inputs need no extra case.",
    ),
    "cut_sorted": ("The slice has to come after the sorting: before it, the first places mean nothing.",),
    "unique": (
        "A repetition is recognised because the values kept so far are remembered.",
        "Dictionary keys are unique and keep the order in which they came, just as the task wants it.",
    ),
    "sets": (
        "A set holds each value once, so repetitions need no care.",
        "Which values there are is all that counts, not how often or where: that is what a set knows.",
    ),
    "set_operations": (
        "The operator between two sets looks members up directly; no list has to be searched.",
    ),
    "set_comprehensions": ("What is built is a set, so values that become equal are there once.",),
    "parsing": ("Once the text is cut into pieces, the rest is work on a list.",),
    "string_methods": ("A string cannot be changed in place, so this step builds a new one.",),
    "enumerate_zip": (
        "Pairing by position replaces the index arithmetic in which off-by-one mistakes live.",
    ),
    "prefix_sums": ("Each running total is the one before plus the new element.",),
    "digits": ("Written as a string, a number hands out its digits one by one.",),
    "number_theory": ("A number divides another exactly when the remainder is 0.",),
    "0": (
        "The total starts at 0, which is also the right answer when nothing is left.",
        "One pass is enough: the running value always covers the elements seen so far.",
    ),
    "{}": (
        "The dictionary has one entry for each different key, and every element lands in exactly one of them.",
    ),
    "''": ("The text grows from left to right, so the order of the elements is the order in the answer.",),
    "empty": (
        "An empty list has no such value, which is why an answer for it is named in the code.",
        "The case in which nothing is left is settled beforehand, so the last step cannot fail.",
    ),
    "True": ("One counterexample settles the answer; without elements there is none.",),
    "False": ("A single hit settles the answer; without elements there is none.",),
    "decide": (
        "The comparison is made once, on the finished number, not inside the loop.",
        "Only the finished number is judged; the steps before need not know about it.",
    ),
}
"""Why a step may be done as it is done, by its kind or concept."""
_RETURN = re.compile(r"\breturn (.+)\.")
_OF_MANY = re.compile(r"\bof \$it|\btheir\b")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")
_COUNTS = (
    "no steps",
    "one step",
    "two small steps",
    "three small steps",
    "four small steps",
    "five small steps",
    "six small steps",
)


def say(steps: Steps, argument: str, rng: random.Random, *, introduced: bool = False) -> Words:
    """Say a program as a chain, as a numbered list or as one noun phrase, and why it works.

    An `argument` that is `introduced` needs no word on what it is. Parameters that are arguments
    stand in backticks.
    """
    clauses = clauses_of(steps, argument, rng)
    empty = " ".join(operation.empty for operation, _ in steps if operation.empty)
    if steps[-1][0].kind == "decide":  # what is returned then is decided about the value for nothing
        empty = _RETURN.sub(r"take \1 instead.", empty)
    sentence = _sentence(steps, clauses, argument, rng, introduced)
    if empty:
        sentence += "\n" if "\n" in sentence else " "
    return Words(
        sentence=f"{sentence}{empty}",
        idea=_idea(steps, clauses, rng),
        pitfall=f"It is easy to forget the case in which nothing is left. {empty}" if empty else "",
    )


def _idea(steps: Steps, clauses: Sequence[str], rng: random.Random) -> str:
    """Give one or two reasons why the chain works, in the order of its steps; the plan where there is none."""
    found = dict(filter(None, (_reason(steps, i, rng) for i in range(len(steps)))))
    if reasons := list(found.values()):  # one of each kind
        chosen = sorted(rng.sample(range(len(reasons)), min(len(reasons), 2)))
        return " ".join(reasons[i] for i in chosen)
    plan = " and ".join(clauses) if len(clauses) < 3 else f"{', then '.join(clauses[:-1])}, and {clauses[-1]}"
    return fill(rng.choice(_IDEAS), {"plan": plan, "Plan": _capital(plan), "number": _COUNTS[len(clauses)]})


def _reason(steps: Steps, i: int, rng: random.Random) -> tuple[str, str] | None:
    """Say why step `i` may be done as it is done, from its kind alone, behind the kind; None where nothing is."""
    operation, items = steps[i][0], _items(steps, i)
    before = steps[i - 1][0] if i else None
    key: str = operation.kind
    if operation.kind == "each" and operation.takes != operation.gives:
        key = "retype"
    elif operation.kind == "whole":
        listed = operation.takes == operation.gives and operation.group in ("cut", "unique")
        key = operation.group if listed else operation.concept
        if key == "cut" and before is not None and before.concept.startswith("sorting"):
            key = "cut_sorted"
    elif operation.kind == "fold":
        key = "empty" if operation.empty else operation.start or operation.concept
    choices = _REASONS.get(key, ())
    if not choices:
        return None
    names = {
        "items": items,
        "result": operation.items or f"{ELEMENTS.get(operation.gives, 'value')}s",
        "nth": "last" if i == len(steps) - 1 else _ORDINALS[i],
    }
    return key, fill(rng.choice(choices), names)


def is_unclear(steps: Steps) -> bool:
    """Say whether the words of a chain leave open what they are about: "how many there are", alone."""
    return len(steps) == 1 and steps[0][0].kind == "fold" and not steps[0][0].of


def clauses_of(steps: Steps, argument: str, rng: random.Random) -> list[str]:
    """Return the program as imperative clauses, the last one saying what is returned.

    A step that decides about the answer of the one before it shares a clause with it; a last step that
    changes a whole list takes two: "reverse the order of them", "return the result".
    """
    spoken = len(steps) - (2 if steps[-1][0].kind == "decide" else 1)
    clauses = [_clause(steps, i, argument, rng) for i in range(spoken)]
    return clauses + _closing(steps, argument, rng)


def _sentence(
    steps: Steps, clauses: Sequence[str], argument: str, rng: random.Random, introduced: bool
) -> str:
    takes = steps[0][0].takes
    names = {"meaning": MEANINGS[takes], "short": SHORT_MEANINGS[takes], "source": argument}
    choice = rng.random()
    if choice < 0.4 and (phrase := _phrase(steps, argument)):
        names["are"] = "is" if steps[-1][0].kind == "fold" else "are"
        return fill(rng.choice(_usable(_OF_PHRASE, introduced)), {**names, "phrase": phrase})
    if choice > 0.92 and len(clauses) > 2:
        return _numbered(clauses, argument, rng)
    if len(clauses) == 1:
        return _capital(f"{clauses[0]}.")
    *middle, last = clauses[1:]
    names |= {
        "first": clauses[0],
        "First": _capital(clauses[0]),
        "middle": ", then ".join(middle),
        "last": last,
        "Last": _capital(last),
    }
    template = rng.choice(_usable(_LONG if middle else _SHORT, introduced))
    if "," in clauses[0] and not middle:
        template = template.replace("$First and", "$First, and").replace("$first and", "$first, and")
    return fill(template, names)


def _usable(templates: tuple[str, ...], introduced: bool) -> tuple[str, ...]:
    return tuple(t for t in templates if "$source" not in t) if introduced else templates


def _numbered(clauses: Sequence[str], argument: str, rng: random.Random) -> str:
    head = rng.choice(("Do the following:", f"Steps for {argument}:", "The result is built in steps:"))
    mark = rng.choice(("{}. ", "{}) ", "- "))
    lines = [mark.format(i) + _capital(clause) + "." for i, clause in enumerate(clauses, 1)]
    return "\n".join([head, *lines])


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _items(steps: Steps, i: int) -> str:
    """Return the plural noun for the elements that step `i` receives."""
    for operation, _ in reversed(steps[:i]):
        if operation.items:
            return operation.items
        if operation.takes != operation.gives and operation.gives in ELEMENTS:
            return f"{ELEMENTS[operation.gives]}s"
    return f"{ELEMENTS.get(steps[0][0].takes, 'value')}s"


def _prose(parameters: Mapping[str, Any]) -> dict[str, str]:
    """Spell parameters; one that is an argument of the function as code."""
    return {key: f"`{v}`" if isinstance(v, Given) else repr(v) for key, v in parameters.items()}


def _clause(steps: Steps, i: int, argument: str, rng: random.Random) -> str:
    operation, parameters = steps[i]
    names = {**_prose(parameters), "it": _object(steps, i, argument, rng)}
    words = fill(rng.choice(operation.words.split("|")), names)
    if operation.kind != "keep":
        return words
    if i:
        if operation.of and rng.random() < 0.5:
            return f"keep {rng.choice(('', 'only '))}the {operation.of} ones"
        return fill(rng.choice(_KEEP_LATER), {"that": words})
    verb, items = rng.choice(_KEEP_VERBS), _items(steps, i)
    if operation.of and rng.random() < 0.6:
        return f"{verb} the {operation.of} {items} in {argument}"
    return f"{verb} the {items} in {argument} that {words}"


def _object(steps: Steps, i: int, argument: str, rng: random.Random) -> str:
    """Return what the words of step `i` call the value they work on."""
    operation, before = steps[i][0], steps[i - 1][0] if i else None
    items = _items(steps, i)
    if operation.kind == "each":
        single = items[:-1] if items[:-1] in ELEMENTS.values() else ""
        if before is None:  # "the numbers in each row in table" would have one "in" too many
            within = "of" if single == "row" else "in"
            return f"{rng.choice(('every', 'each'))} {single} {within} {argument}"
        if before.kind == "keep" and single and rng.random() < 0.3:
            return f"each remaining {single}"
        return rng.choice(("each of them", "each of these", f"each of the {items}"))
    if before is None:
        plural = _OF_MANY.search(operation.words) is not None
        among = operation.takes in ELEMENTS and (plural or rng.random() < 0.5)
        return f"the {items} in {argument}" if among else argument
    if operation.takes not in ELEMENTS:
        return rng.choice(("the result", "what you get"))
    if before.kind == "keep" and rng.random() < 0.3:
        return f"the remaining {items}"
    return rng.choice(("them", f"the {items}"))


def _closing(steps: Steps, argument: str, rng: random.Random) -> list[str]:
    """Say the last step as what is returned, in one clause or two."""
    operation, parameters = steps[-1]
    prose = _prose(parameters)
    if operation.kind == "decide":
        fold, fold_parameters = steps[-2]
        amount = _answer(fold, fold_parameters, steps[:-1], argument, rng)
        return [f"return {fill(operation.words, {**prose, 'it': amount})}"]
    if operation.kind == "fold":
        answer = _answer(operation, parameters, steps, argument, rng)
        give = rng.choice(("return", "return", "return", "return", "report", "give back"))
        return [f"{'return' if answer.startswith('them') else give} {answer}"]
    if operation.kind == "keep" and len(steps) > 1:
        if operation.of and rng.random() < 0.5:
            return [f"return the {operation.of} ones"]
        return [f"return {rng.choice(('those', 'the ones'))} that {fill(operation.words, prose)}"]
    if operation.of and len(steps) > 1 and operation.takes in ELEMENTS and rng.random() < 0.6:
        return [f"return {fill(operation.of, {**prose, 'it': _plural(steps, rng)})}"]
    ending = "return the result" if rng.random() < 0.7 else "return what you get"
    return [_clause(steps, len(steps) - 1, argument, rng), ending]


def _answer(
    operation: Operation, parameters: Mapping[str, Any], steps: Steps, argument: str, rng: random.Random
) -> str:
    """Return a fold as a noun phrase: "their sum", "the sum of the squares"."""
    prose = _prose(parameters)
    if operation.of and len(steps) > 1 and operation.takes in ELEMENTS and rng.random() < 0.5:
        return fill(operation.of, {**prose, "it": _plural(steps, rng)})
    if len(steps) == 1 and operation.of:
        return fill(operation.of, {**prose, "it": f"the {_items(steps, 0)} in {argument}"})
    return fill(operation.words, prose)


def _plural(steps: Steps, rng: random.Random) -> str:
    """Name what the last step works on: "the squares", "the remaining words"."""
    items = _items(steps, len(steps) - 1)
    before = steps[-2][0].kind
    last = {"keep": f"the remaining {items}", "each": "the results"}.get(before, f"the resulting {items}")
    return rng.choice((f"the {items}", f"these {items}", last))


def _phrase(steps: Steps, argument: str) -> str:
    """Return the whole program as one noun phrase, or nothing where that would be clumsy or ambiguous."""
    items = _items(steps, 0)
    phrase = f"the {items} in {argument}" if steps[0][0].takes in ELEMENTS else argument
    for i, (operation, parameters) in enumerate(steps):
        last = i == len(steps) - 1
        ordered = operation.group == "order" or " order" in operation.of
        if not operation.of or len(steps) > 3 or ordered and not last:
            return ""
        if operation.kind == "keep":
            if i:
                return ""
            phrase = f"the {operation.of} {items} in {argument}"
        else:
            phrase = fill(operation.of, {**_prose(parameters), "it": phrase})
    return phrase
