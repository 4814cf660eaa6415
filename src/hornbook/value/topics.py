"""Which topics of the curriculum a unit of code shows, by one regex each over the code without its strings.

A topic is a concept of the curriculum's graph whose use can be seen in the text: `for_loops` can, `greedy` cannot.
To show is not to teach: a unit shows sorting when it sorts. Nothing is parsed, so text that is no Python has
topics too, and a file of 10 kB costs a millisecond or two; how often the regexes and the syntax tree agree is
held by tests/test_topics.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Masks = npt.NDArray[np.uint64]
"""The topics of n texts, shape (n,): bit i stands for the i-th of TOPICS."""


@dataclass(frozen=True, slots=True)
class Rule:
    """When code shows a topic: one of the words is in it, and the search finds something, where there are such."""

    words: frozenset[str]
    search: Callable[[str], object] | None


def _rule(words: str = "", pattern: str = "") -> Rule:
    return Rule(frozenset(words.split()), re.compile(pattern, re.MULTILINE).search if pattern else None)


def _inside(words: str, head: str, inner: str) -> Rule:
    """Rule for a line that begins with `inner` in the block of a line that begins with `head`.

    In `inner`, NAME stands for the head's group `name`.
    """
    heads = re.compile(rf"^(?P<indentation>[ \t]*){head}", re.MULTILINE)

    def search(code: str) -> bool:
        for found in heads.finditer(code):
            name, block = found.groupdict().get("name", ""), _block(code, found)
            # Most names are not in the block, and compiling a pattern for each takes longer than all searches.
            if name in block and re.search(inner.replace("NAME", name), block, re.MULTILINE):
                return True
        return False

    return Rule(frozenset(words.split()), search)


def _block(code: str, head: re.Match[str]) -> str:
    """Return what is indented below a line, up to the first line that is not; closing brackets aside."""
    width = len(head["indentation"])
    end = re.compile(rf"^[ \t]{{0,{width}}}[^\s)\]}}]", re.MULTILINE).search(code, head.end())
    return code[head.end() : end.start() if end else len(code)]


_GROUP = r"\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)|\[(?:[^\[\]]|\[[^\[\]]*\])*\]|\{[^{}]*\}"
_WITHIN = rf"(?:[^()\[\]{{}}]|{_GROUP})*?"
"""What may stand between a bracket and the `for` of its comprehension: no open bracket, groups three deep."""
_KEY = rf"(?:[^()\[\]{{}}:]|{_GROUP})*?"
"""The same without a colon."""
_AFTER_VALUE = r"(?:(?<=[\w)\]]%s)|(?<=[\w)\]] %s))"
"""What stood before a sign is a value. The sign comes first, since a regex finds it faster than any letter."""
_DEF = r"(?:async +)?def"

TOPICS: Mapping[str, Rule] = {
    # What a program does.
    "arithmetic": _rule("", r"[\w)\]](?: [-+*/]{1,2} |[-+*/])[\w(]"),
    "integer_division": _rule("", "//"),
    "modular_arithmetic": _rule("", rf"%{_AFTER_VALUE % ('%', '%')}=? ?[\w(]|\bdivmod\("),
    "rounding": _rule("round floor ceil", r"\b(?:round|floor|ceil)\("),
    "bits": _rule("", rf"<<|(?<!>)>>(?!>)|[&^]{_AFTER_VALUE % ('[&^]', '[&^]')} ?[\w(~]"),
    "accumulation": _rule("", r"\+="),
    "booleans": _rule("and or"),
    "conditionals": _rule("if", r"^[ \t]*if\b"),
    "conditional_expressions": _rule("else", r"\S[ \n]+if\b[^:\n]*\n?[^:\n]*\belse\b(?!:)"),
    "comparison_chains": _rule("", r"[\w)\]] <=? [\w.()\[\]]+ <=? [\w(]"),
    "none_values": _rule("None", r"\bis (?:not )?None\b"),
    "type_conversion": _rule("int float str bool", r"(?<![.\w])(?:int|float|str|bool)\("),
    "pattern_matching": _rule("case", r"^[ \t]*case\b[^\n]*:"),
    "unpacking": _rule("", r"^[ \t]*\(?[\w.]+(?:, *\*?[\w.]+)+\)? = |\bfor \(?\w+, "),
    # Loops and what replaces them.
    "for_loops": _rule("for", r"^[ \t]*(?:async +)?for\b"),
    "while_loops": _rule("while"),
    "nested_loops": _inside("for while", r"(?:for|while)\b", r"^[ \t]*(?:for|while)\b"),
    "loop_control": _rule("break continue"),
    "range_steps": _rule("range", r"\brange\([^,]+,[^,]+,"),
    "enumerate_zip": _rule("enumerate zip", r"\b(?:enumerate|zip)\("),
    "any_all": _rule("any all", r"(?<![.\w])(?:any|all)\("),
    "min_max": _rule("min max", r"(?<![.\w])(?:min|max)\("),
    "list_comprehensions": _rule("for", rf"\[{_WITHIN}\bfor\b"),
    "set_comprehensions": _rule("for", rf"\{{{_KEY}\bfor\b"),
    "dictionary_comprehensions": _rule("for", rf"\{{{_KEY}:{_WITHIN}\bfor\b"),
    "generator_expressions": _rule("for", rf"\({_WITHIN}\bfor\b"),
    "recursion": _inside("def", rf"{_DEF} (?P<name>\w+)", r"(?<![\w.])(?<!def )NAME\("),
    # Texts.
    "string_formatting": _rule("", r"\b[rR]?[fF][rR]?\"\"|\.format\(|\"\" %"),
    "string_methods": _rule("", r"\.(?:[lr]?strip|startswith|endswith|replace|find|isdigit|isalpha|count)\("),
    "splitting_joining": _rule("", r"\.(?:r?split|splitlines|r?partition)\(|(?<!path)\.join\("),
    "case_conversion": _rule("lower upper title casefold capitalize swapcase"),
    "text_alignment": _rule("ljust rjust center zfill"),
    "regular_expressions": _rule("re", r"\bre\.[a-z]+\("),
    "regex_substitution": _rule("sub subn", r"\.subn?\("),
    "bytes": _rule("bytes bytearray encode decode memoryview"),
    "unicode": _rule("ord chr unicodedata"),
    "json": _rule("json", r"\bjson\."),
    "paths_and_urls": _rule("path pathlib Path urllib", r"\bos\.path\b|\bPath\(|\bpathlib\b|\burllib\b"),
    # Collections.
    "list_building": _rule("append extend insert", r"\.(?:append|extend|insert)\("),
    "list_slicing": _rule("", r"[\w)\]]\[[^\[\],{}]*:[^\[\],{}]*\]"),
    "dictionaries": _rule("", r"\{[^{}]*?:|(?<![.\w])dict\(|\.(?:items|keys|values)\("),
    "sets": _rule("set frozenset", r"(?<![.\w])(?:frozen)?set\("),
    "sorting": _rule("sorted sort", r"\bsort(?:ed)?\("),
    "sorting_with_key": _rule("key", r"\bsort(?:ed)?\((?:[^()]|\([^()]*\))*?\bkey ?="),
    "counters": _rule("Counter"),
    "default_dictionaries": _rule("defaultdict setdefault"),
    "deques": _rule("deque"),
    "heaps": _rule("heapq heappush heappop heapify nlargest nsmallest"),
    "bisecting": _rule("bisect bisect_left bisect_right insort"),
    "copying": _rule("copy deepcopy", r"\b(?:deep)?copy\("),
    # Functions and objects.
    "default_arguments": _rule("def", r"\bdef \w+\([^)]*?="),
    "variable_arguments": _rule("def", r"\bdef \w+\((?:[^)]*?[\s,])?\*{1,2}\w"),
    "lambdas": _rule("lambda"),
    "closures": _inside("def", rf"{_DEF}\b", rf"^[ \t]*{_DEF}\b"),
    "decorators": _rule("", r"^[ \t]*@"),
    "generators": _rule("yield"),
    "iterators": _rule("iter next __iter__ __next__ itertools"),
    "classes": _rule("class", r"^[ \t]*class \w"),
    "inheritance": _rule("class", r"^[ \t]*class \w+\((?!object\))\w"),
    "special_methods": _rule("def", r"\bdef __\w+__\("),
    "exceptions": _rule("try raise"),
    "exception_cleanup": _rule("finally"),
    "context_managers": _rule(
        "with contextmanager", r"^[ \t]*(?:async +)?with\b|@(?:contextlib\.)?contextmanager"
    ),
    "dates": _rule("datetime timedelta strftime strptime"),
}
"""Every topic by the name of its concept, with its rule. At most 64, the bits of a mask."""

_SAID = re.compile(
    r"([rRbBuUfF]{0,2})(?:\"\"\"(?:[^\\]|\\.)*?\"\"\"|'''(?:[^\\]|\\.)*?'''"
    r"|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*')|\#[^\n]*",
    re.DOTALL,
)
_WORD = re.compile(r"[^\W\d]\w*")


def topics_of(text: str) -> list[str]:
    """Return the topics that a text shows, in the order of TOPICS.

    >>> topics_of("print(sorted(set(names)))  # for all of them")
    ['sets', 'sorting']
    """
    code = _SAID.sub(r'\1""', text)
    words = frozenset(_WORD.findall(code))
    return [name for name, rule in TOPICS.items() if _shows(rule, code, words)]


def _shows(rule: Rule, code: str, words: frozenset[str]) -> bool:
    if rule.words and rule.words.isdisjoint(words):
        return False
    return rule.search is None or bool(rule.search(code))


def masks_of(texts: Sequence[str]) -> Masks:
    """Return the topics of each text as the bits of a number."""
    return np.array([sum(_BITS[name] for name in topics_of(text)) for text in texts], dtype=np.uint64)


_BITS = {name: 1 << i for i, name in enumerate(TOPICS)}


def shown(masks: Masks) -> dict[str, npt.NDArray[np.bool_]]:
    """Say for each topic which of the texts show it; arrays of shape (n,)."""
    return {name: masks & np.uint64(bit) != 0 for name, bit in _BITS.items()}
