"""Whether an idea fits the code beside it: it is written for a family, and may be that of another solution."""

from __future__ import annotations

import re
from functools import lru_cache

from hornbook.curriculum.family import Task

_LOOP = r"^\s*(?:for|while)\b"
_NEEDS = (
    (r"recursi|calls? itself|same function|inner call", r"\bdef |\bSELF\("),
    (r"[Cc]hained comparison|chain (?:asks|such|of comparisons)|comparison chain", r"<=? [^<>\n]+ <=? "),
    (r"\b[Ss]lic", r"\[[^\]\n]*:[^\]\n]*\]|islice"),
    (r"\b[Dd]ictionar|defaultdict", r"\{|dict|Counter|\.items\("),
    (r"\b(?:[Aa]|[Tt]he|of|two|their|members of) sets?\b|\bSets\b", r"set\(|\{"),
    (r"\b[Ss]ort(?:ing)?\b|\bsorted (?:turns|needs|builds)", r"sort"),
    (r"\b[Ll]oop(?:s|ing)?\b|\b(?:[Ee]very|[Ee]ach) round\b", _LOOP),
    (r"(?:[Oo]uter|[Ii]nner) loop", r"^\s*for [^\n]*\n(?:[^\n]*\n)*? +(?:for|while) |for .* for "),
    (r"[Ee]ntering|\b[Ww]ith statement|\bthe manager\b|\bits block\b", r"^\s*with "),
    (r"\b[Ss]tacks?\b|on the top", r"\.pop\(|\[-1\]"),
    (r"\bqueue\b", r"deque|pop\(0\)|queue"),
    (r"\b[Hh]eap (?:holds|gives)|of the heap", r"heap"),
    (r"\b[Gg]enerator\b|\byield", r"\byield\b|\(.* for "),
    (r"[Cc]omprehension", r"[\[({].* for "),
    (r"sort(?:ing)? key\b|[Tt]he key (?:turns|says|tells|puts)|\bmax with a key", r"key="),
    (r"[Rr]unning (?:sum|total|value|number|extreme)", r"[-+*]= |accumulate|reduce|\[-1\]|= (?:max|min)\("),
    (r"[Rr]egular expression", r"\bre\."),
    (r"[Rr]emainder|[Ww]hole division|[Ff]loor division", r"%|//|divmod"),
    (r"[Bb]inary search", r"bisect|// 2"),
    (r"\bpointers?\b", r"\bwhile\b"),
    (r"\b[Ss]tep back|\bsteps? back\b", r"\bdef |\bSELF\(|\.pop\("),
    (r"\b[Ff]orgiveness\b|\bexception\b", r"\btry\b|\braise\b"),
    (r"\bwrapper\b|\bdecorator\b", r"\bdef |@"),
    (r"[Ww]ritten as a (?:string|text)|[Aa]s a text the number", r"\bstr\(|f\"|f'"),
    (r"[Ss]hifting", r"<<|>>"),
    (r"[Aa]n empty list has no such value", r"if|default|\bor\b"),
    (r"The total starts at 0", r"= 0$"),
    (r"The text grows", r"\+= "),
    (r"values kept so far are remembered", r" in "),
    (r"settled beforehand", r"\bif\b"),
    (r"not inside the loop", _LOOP),
)
"""What an idea says, and what code has that it says it of; SELF is the function."""
_RULES = tuple((re.compile(said), re.compile(code, re.M)) for said, code in _NEEDS)
_CODE_WORDS = re.compile(
    r"\b(?:enumerate|zip|divmod|isdisjoint|fullmatch|rindex|getattr|groupby|setdefault|isqrt|accumulate|islice|"
    r"maxlen|combinations|permutations|maketrans|Counter|deque|fromkeys|lambda|ord|_\w+)\b|\b\w+(?=\()"
)
"""Words that are code, never English."""
_WORD, _LONG_WORD, _QUOTED = re.compile(r"\w+"), re.compile(r"[A-Za-z_]{3,}"), re.compile(r"`([^`]*)`")
_HELPER = re.compile(r"^(?:class |def )(\w+)", re.M)


def fits(task: Task, *, both: bool = False) -> bool:
    """Say whether the solution (or, with `both`, one of the two) and its helpers have what the idea speaks of.

    >>> from hornbook.curriculum.families import BY_NAME
    >>> from hornbook.curriculum.family import draw_task
    >>> task = draw_task(BY_NAME["linear_sequence"], __import__("random").Random(0))
    >>> import dataclasses
    >>> fits(dataclasses.replace(task, idea="Each round adds one.", body="return terms(n)"))
    False
    """
    words, needed = _spoken_of(task.idea) if "`" in task.idea else _spoken(task.idea)
    if not (words or needed):
        return True
    other = (*task.other_imports, task.other_body) if both else ()
    bodies = "\n".join((task.body, *other))
    shown = "\n".join((*task.imports, _used(task.setup, bodies), bodies))
    if words and not words <= {*_WORD.findall(shown)}:
        return False
    calling = shown.replace(f"{task.name}(", "SELF(")
    return all(code.search(calling) for code in needed)


def _spoken(idea: str) -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """Return what the sentences of an idea speak of: programs put theirs together from a few."""
    first, *others = map(_spoken_of, idea.split(". "))
    if not others:
        return first
    patterns = dict.fromkeys(code for _, needed in (first, *others) for code in needed)
    return first[0].union(*(words for words, _ in others)), tuple(patterns)


@lru_cache(maxsize=4096)  # few ideas name an argument
def _spoken_of(idea: str) -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """Return the words of code in an idea, and the patterns of what it speaks of."""
    quoted = " ".join(_QUOTED.findall(idea)) if "`" in idea else ""
    words = frozenset((*_LONG_WORD.findall(quoted), *_CODE_WORDS.findall(idea)))
    return words, tuple(code for said, code in _RULES if said.search(idea))


def _used(setup: str, bodies: str) -> str:
    """Return the helpers where a solution uses one of them; "" otherwise."""
    return "" if not setup or {*_HELPER.findall(setup)}.isdisjoint(_WORD.findall(bodies)) else setup
