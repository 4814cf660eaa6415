"""Which of a task's two solutions practises a concept, read off its source.

A helper class or function that a solution uses counts as a part of it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from hornbook.curriculum.family import Task

_SHOWN_BY = {
    "for_loops": r"^\s*for ",
    "while_loops": r"^\s*while ",
    "comparison_chains": r"<=? [^<>\n]+ <=? |>=? [^<>\n]+ >=? |== [^=\n]+ == ",
    "early_return": r"^\s+return ",
    "list_comprehensions": r"\[.* for .* in ",
    "list_building": r"\.append\(|\.extend\(",
    "accumulation": r"[+*|]= ",
    "counting": r"\+= 1|\.get\(|Counter|\.count\(",
    "dictionaries": r"\{|dict|\.items\(|\.get\(",
    "grouping": r"setdefault|defaultdict|groupby",
    "sets": r"set\(|\{\w+ for",
    "sorting": r"sort",
    "sorting_with_key": r"key=",
    "string_formatting": r"f\"|f'|format\(|just\(|center\(|zfill",
    "string_building": r"join\(|\+= ",
    "string_slicing": r"\[[^\]]*:[^\]]*\]",
    "list_slicing": r"\[[^\]]*:[^\]]*\]",
    "list_indexing": r"\w\[[^:\]]+\]",
    "any_all": r"\b(?:any|all)\(",
    "enumerate_zip": r"enumerate|zip",
    "min_max": r"\b(?:min|max)\(",
    "nested_loops": r"^\s*for [^\n]*\n(?:[^\n]*\n)*? +for |for .* for ",
    "conditionals": r"\bif\b",
    "two_pointers": r"while ",
    "binary_search": r"while |bisect",
    "stacks": r"\.pop\(\)|\[-1\]",
    "queues": r"popleft|pop\(0\)|rotate",
    "bits": r"[&|^]|<<|>>|bin\(|bit_",
    "iterators": r"\b(?:next|iter|yield|accumulate|pairwise|islice|cycle|chain)\b",
    "higher_order": r"lambda|map\(|filter\(|reduce",
    "exceptions": r"\b(?:try|except|raise)\b",
    "prefix_sums": r"accumulate|append\(.*\[-1\]|\+= ",
    "searching": r"\bfor\b|index\(|find\(|next\(",
    "digits": r"% 10|str\(|divmod",
    "lambdas": r"\blambda\b",
    "closures": r"\bnonlocal\b|^\s*def [^\n]*\n(?:[^\n]*\n)*? +def ",
    "decorators": r"^\s*@\w",
    "generators": r"\byield\b",
    "generator_expressions": r"\((?!\[)[^()\[\]]* for ",
    "memoization": r"cache|known|memo",
    "partial_functions": r"partial\(",
    "pattern_matching": r"^\s*match ",
    "context_managers": r"^\s*with ",
    "exception_cleanup": r"\bfinally\b",
    "loop_control": r"\bbreak\b|\bcontinue\b",
    "conditional_expressions": r" if .* else ",
    "unpacking": r"\*\w+,|, \*\w+|^\s*\w+, \w+ = ",
    "dataclasses": r"dataclass",
    "classes": r"^\s*class ",
    "counters": r"Counter",
    "default_dictionaries": r"defaultdict",
    "deques": r"deque",
    "heaps": r"heap",
    "bisecting": r"bisect",
    "combinations": r"combinations",
    "permutations": r"permutations",
    "products": r"product",
    "consecutive_groups": r"groupby",
    "running_results": r"accumulate",
    "lazy_slicing": r"islice|takewhile|dropwhile",
    "neighbouring_pairs": r"pairwise|zip",
    "reduce": r"reduce",
    "set_operations": r"[&|^-] |union|intersection|difference",
    "dictionary_comprehensions": r"\{[^{}]*:[^{}]* for ",
    "set_comprehensions": r"\{[^{}:]* for ",
    "regular_expressions": r"\bre\.",
    "regex_groups": r"group",
    "regex_substitution": r"re\.sub|\.sub\(",
    "string_translation": r"translate|maketrans",
    "json": r"json\.",
    "backtracking": r"^\s*def |\.pop\(\)",
    "tree_traversal": r"^\s*def |\.pop\(",
    "breadth_first_search": r"deque|popleft|pop\(0\)",
    "depth_first_search": r"\.pop\(\)|^\s*def ",
    "special_methods": r"def __(?!init__)\w+__",
    "methods": r"^\s*class |def \w+\(self",
    "inheritance": r"^\s*class \w+\(",
    "named_tuples": r"namedtuple|NamedTuple",
    "enums": r"Enum\b",
}
"""What the source of a solution shows when it practises a concept."""
_SHOWS = {concept: re.compile(pattern, re.M) for concept, pattern in _SHOWN_BY.items()}
_HELPER = re.compile(r"^(?:class |def )?(\w+)", re.M)
_WORD = re.compile(r"\w+")


def fitted(task: Task, concept: str) -> Task:
    """Return the task with the solution first that practises the concept, where only the second one does."""
    if shows(task, concept):
        return task
    other = swapped(task)
    return other if shows(other, concept) else task


def shows(task: Task, concept: str) -> bool:
    """Say whether the task's first solution shows the concept; True for those that have no form of their own."""
    if concept == "recursion":
        pattern = re.compile(rf"\b{task.name}\(")
    elif concept in _SHOWS:
        pattern = _SHOWS[concept]
    else:
        return True
    if pattern.search(task.body):
        return True
    if not task.setup or not pattern.search(task.setup):
        return False
    return not {*_HELPER.findall(task.setup)}.isdisjoint(_WORD.findall(task.body))


def code_shows(body: str, concept: str) -> bool:
    """Say whether code shows a concept other than recursion; True for those that have no form of their own."""
    return re.search(_SHOWN_BY.get(concept, ""), body, re.M) is not None


def swapped(task: Task) -> Task:
    """Return the task with its second solution in the place of the first."""
    return replace(
        task,
        body=task.other_body,
        imports=task.other_imports,
        other_body=task.body,
        other_imports=task.imports,
    )
