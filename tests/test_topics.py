"""Topics are seen in code by regexes that agree with the syntax tree; thin ones are filled from the refused."""

import ast
import importlib.util
import math
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hornbook.corpus.units import Module
from hornbook.curriculum.concepts import CONCEPTS
from hornbook.value.balance import balance, filled
from hornbook.value.topics import TOPICS, masks_of, shown, topics_of

MODULES = "argparse bisect calendar configparser csv difflib heapq inspect logging random statistics textwrap"

EXAMPLES = {
    "arithmetic": ("y = a + b", "y = -b"),
    "integer_division": ("y = a // b", "y = a / b  # not //"),
    "modular_arithmetic": ("y = a % 3", "y = '%d' % a"),
    "rounding": ("y = round(a)", "y = a.round"),
    "bits": ("y = a & 7", "y = a | None"),
    "accumulation": ("y += a", "y = a"),
    "booleans": ("y = a and b", "y = 'a and b'"),
    "conditionals": ("if a:\n    b()", "y = a if b else c"),
    "conditional_expressions": ("y = a if b else c", "if a:\n    b()\nelse:\n    c()"),
    "comparison_chains": ("y = 0 <= a < n", "y = a < n"),
    "none_values": ("y = a is not None", "y = None"),
    "type_conversion": ("y = int(a)", "def f(a: int): pass"),
    "pattern_matching": ("match a:\n    case 1:\n        b()", "case = 1"),
    "unpacking": ("a, b = c", "f(a, b)"),
    "for_loops": ("for a in b:\n    c()", "y = [a for a in b]"),
    "while_loops": ("while a:\n    b()", "y = 'while'"),
    "nested_loops": (
        "for a in b:\n    if a:\n        for c in a:\n            d()",
        "for a in b:\n    d()\nfor c in b:\n    d()",
    ),
    "loop_control": ("for a in b:\n    break", "for a in b:\n    pass"),
    "range_steps": ("y = range(0, 9, 2)", "y = range(0, 9)"),
    "enumerate_zip": ("y = zip(a, b)", "y = zip"),
    "any_all": ("y = any(a)", "y = a.all()"),
    "min_max": ("y = max(a, b)", "y = a.max()"),
    "list_comprehensions": ("y = [f(a)\n     for a in b]", "y = [1, 2]"),
    "set_comprehensions": ("y = {a for a in b}", "y = {a: 1 for a in b}"),
    "dictionary_comprehensions": ("y = {a: 1 for a in b}", "y = {'a': [b for b in c]}"),
    "generator_expressions": ("y = sum(a for a in b)", "y = sum([a for a in b])"),
    "recursion": ("def f(n):\n    return n * f(n - 1)", "def f(n):\n    return n.f(n)\n\n\nf(1)"),
    "string_formatting": ("y = f'{a}'", "y = 'f'"),
    "string_methods": ("y = a.strip()", "y = a.strip"),
    "splitting_joining": ("y = a.split()", "y = os.path.join(a, b)"),
    "case_conversion": ("y = a.lower()", "y = 'lower'"),
    "text_alignment": ("y = a.ljust(3)", "y = a"),
    "regular_expressions": ("y = re.sub(a, b, c)", "import re"),
    "regex_substitution": ("y = a.sub(b, c)", "y = a - b"),
    "bytes": ("y = a.encode()", "y = a"),
    "unicode": ("y = ord(a)", "y = a"),
    "json": ("y = json.loads(a)", "y = 'json.loads'"),
    "paths_and_urls": ("y = Path(a)", "y = self.path"),
    "list_building": ("a.append(b)", "a.pop()"),
    "list_slicing": ("y = a[1:]", "y = a[1]\nz: dict[int, str] = {1: b}"),
    "dictionaries": ("y = {1: a}", "y = {1, 2}"),
    "sets": ("y = set(a)", "y = a.set(b)"),
    "sorting": ("y = sorted(a)", "y = 'sorted'"),
    "sorting_with_key": ("y = sorted(f(a), key=g)", "y = sorted(a)\nkey = 1"),
    "counters": ("y = Counter(a)", "y = counter"),
    "default_dictionaries": ("y = defaultdict(list)", "y = dict()"),
    "deques": ("y = deque(a)", "y = []"),
    "heaps": ("heappush(a, b)", "a.push(b)"),
    "bisecting": ("y = bisect_left(a, b)", "y = a"),
    "copying": ("y = copy.deepcopy(a)", "import copy"),
    "default_arguments": ("def f(a, b=1): pass", "def f(a): b = 1"),
    "variable_arguments": ("def f(a, *b): pass", "def f(a, *, b): pass\nf(*a)"),
    "lambdas": ("y = lambda a: a", "y = 'lambda'"),
    "closures": (
        "def f():\n    def g():\n        pass\n    return g",
        "def f():\n    pass\n\n\ndef g():\n    pass",
    ),
    "decorators": ("@f\ndef g(): pass", "y = a @ b"),
    "generators": ("def f():\n    yield 1", "y = 'yield'"),
    "iterators": ("y = next(a)", "y = a"),
    "classes": ("class A: pass", "y = A()"),
    "inheritance": ("class A(B): pass", "class A(object): pass"),
    "special_methods": ("class A:\n    def __len__(self): pass", "y = a.__len__()"),
    "exceptions": ("raise A", "y = 'raise'"),
    "exception_cleanup": ("try:\n    a()\nfinally:\n    b()", "try:\n    a()\nexcept B:\n    pass"),
    "context_managers": ("with a:\n    b()", "y = 'with'"),
    "dates": ("y = datetime.now()", "y = a"),
}


def test_every_topic_is_a_concept_of_the_curriculum_and_has_a_bit() -> None:
    assert set(TOPICS) <= set(CONCEPTS)
    assert len(TOPICS) <= 64
    assert set(EXAMPLES) == set(TOPICS)


@pytest.mark.parametrize("topic", EXAMPLES)
def test_a_topic_is_seen_where_it_is_and_only_there(topic: str) -> None:
    shows, shows_not = EXAMPLES[topic]
    ast.parse(shows)
    ast.parse(shows_not)
    assert topic in topics_of(shows + "\n")
    assert topic not in topics_of(shows_not + "\n")


def test_what_strings_and_comments_say_shows_nothing() -> None:
    assert topics_of('x = """for a in sorted(b):\n    yield f(a)"""  # while try class\n') == []


@cache
def units() -> tuple[str, ...]:
    specs = [importlib.util.find_spec(name) for name in MODULES.split()]
    modules = [Module(Path(spec.origin).read_text(), "") for spec in specs if spec and spec.origin]
    return tuple(module.lift(candidate).text for module in modules for candidate in module.candidates())


def has(*types: type[ast.AST]) -> Callable[[ast.Module], bool]:
    return lambda tree: any(isinstance(node, types) for node in ast.walk(tree))


def calls(*names: str) -> Callable[[ast.Module], bool]:
    return lambda tree: any(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names
        for node in ast.walk(tree)
    )


def recurses(tree: ast.Module) -> bool:
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return any(calls(node.name)(ast.Module(node.body, [])) for node in functions)


def nests(outer: tuple[type[ast.AST], ...]) -> Callable[[ast.Module], bool]:
    return lambda tree: any(
        isinstance(inner, outer) and inner is not node
        for node in ast.walk(tree)
        if isinstance(node, outer)
        for inner in ast.walk(node)
    )


def operator(*types: type[ast.operator]) -> Callable[[ast.Module], bool]:
    return lambda tree: any(
        isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, types) for node in ast.walk(tree)
    )


@pytest.mark.parametrize(
    ("topic", "by_tree"),
    [
        ("for_loops", has(ast.For, ast.AsyncFor)),
        ("while_loops", has(ast.While)),
        ("nested_loops", nests((ast.For, ast.While))),
        ("closures", nests((ast.FunctionDef, ast.AsyncFunctionDef))),
        ("list_comprehensions", has(ast.ListComp)),
        ("dictionary_comprehensions", has(ast.DictComp)),
        ("generator_expressions", has(ast.GeneratorExp)),
        ("conditional_expressions", has(ast.IfExp)),
        ("lambdas", has(ast.Lambda)),
        ("list_slicing", has(ast.Slice)),
        ("recursion", recurses),
        ("generators", has(ast.Yield, ast.YieldFrom)),
        ("exceptions", has(ast.Try, ast.Raise)),
        ("context_managers", has(ast.With, ast.AsyncWith)),
        ("classes", has(ast.ClassDef)),
        ("any_all", calls("any", "all")),
        ("integer_division", operator(ast.FloorDiv)),
    ],
)
def test_regex_and_syntax_tree_agree_on_real_code(topic: str, by_tree: Callable[[ast.Module], bool]) -> None:
    seen = np.array([topic in topics_of(text) for text in units()])
    true = np.array([by_tree(ast.parse(text)) for text in units()])
    assert true.any()
    agreement = 2 * (seen & true).sum() / (seen.sum() + true.sum())
    assert agreement >= 0.95, (
        agreement,
        [text for text, s, t in zip(units(), seen, true, strict=True) if s != t],
    )


def test_masks_hold_the_topics() -> None:
    texts = units()[:50]
    by_topic = shown(masks_of(texts))
    assert [[t for t in TOPICS if by_topic[t][i]] for i in range(50)] == [topics_of(text) for text in texts]


def test_the_best_of_a_thin_topic_are_kept_below_the_threshold() -> None:
    texts = ["for a in b:\n    c()\n"] * 4 + ["class A: pass\n"] * 4
    scores = np.array([4.0, 3.0, 3.5, 3.0, 1.0, 2.0, 0.5, 1.5])
    kept_for_a_topic = filled(masks_of(texts), scores, threshold=3.0, least=0.5)
    assert kept_for_a_topic.tolist() == [False] * 5 + [True, False, True]
    assert not filled(masks_of(texts), scores, threshold=3.0, least=0.0).any()


@settings(max_examples=50, deadline=None)
@given(
    bits=st.lists(st.integers(0, 2**64 - 1), min_size=1, max_size=60),
    least=st.floats(0.01, 0.99),
    data=st.data(),
)
def test_filling_reaches_its_share_of_every_topic_in_any_order(
    bits: list[int], least: float, data: st.DataObject
) -> None:
    masks = np.array(bits, dtype=np.uint64)
    scores = np.array(
        data.draw(st.lists(st.sampled_from([0.5, 1.0, 2.0, 3.5]), min_size=len(bits), max_size=len(bits)))
    )
    added = filled(masks, scores, 2.0, least)
    kept = added | (scores >= 2.0)
    assert not (added & (scores >= 2.0)).any()
    for shows in shown(masks).values():
        assert (kept & shows).sum() >= math.floor(least * shows.sum())
        if (shows & ~kept).any() and (shows & kept).any():
            assert scores[shows & ~kept].max() <= scores[shows].max()
    order = np.array(data.draw(st.permutations(range(len(bits)))))
    assert filled(masks[order], scores[order], 2.0, least).tolist() == added[order].tolist()


def test_balance_agrees_with_a_case_counted_by_hand() -> None:
    texts = ["class A: pass\n", "y = 'x'.strip()\n", "y = any(a)\n", "y = any(b)\n"]
    kept = np.array([True, False, True, True])
    found = balance(masks_of(texts), np.array([False, False, True, True]), kept)
    assert found["counts"]["any_all"] == {"before": 2, "without_filling": 2, "after": 2}
    assert found["counts"]["classes"] == {"before": 1, "without_filling": 0, "after": 1}
    assert found["counts"]["string_methods"] == {"before": 1, "without_filling": 0, "after": 0}
    # Shares 1/2, 1/4, 1/4; then one topic; then 2/3 and 1/3.
    assert found["entropy_bits"] == {"before": 1.5, "without_filling": 0.0, "after": 0.9183}
    assert found["num_units"] == {"before": 4, "without_filling": 2, "after": 3}
