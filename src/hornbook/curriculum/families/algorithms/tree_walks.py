"""Families on walks through trees: level by level, in order, from leaf to leaf."""

from __future__ import annotations

import random
import re
from typing import Any

from hornbook.curriculum.family import Family, Raw

SEARCH_TREE = """
class Node:
    def __init__(self, value):
        self.value = value
        self.left = None
        self.right = None


def insert(node, value):
    if node is None:
        return Node(value)
    if value < node.value:
        node.left = insert(node.left, value)
    elif value > node.value:
        node.right = insert(node.right, value)
    return node
"""


def _binary(rng: random.Random, depth: int = 3) -> Any:
    if depth == 0 or (depth < 3 and rng.random() < 0.25):
        return None
    return (_binary(rng, depth - 1), rng.randint(-4, 9), _binary(rng, depth - 1))


def _with_depths(tree: Any) -> list[tuple[int, int]]:
    """Values with their depths from left to right, read from the text of the nested tuples."""
    found = []
    depth = 0
    for token in re.findall(r"[()]|-?\d+", repr(tree)):
        if token in "()":
            depth += 1 if token == "(" else -1
        else:
            found.append((int(token), depth))
    return found


def _search_depths(values: list[int]) -> dict[int, int]:
    """Depth of each value of a search tree: one more than the deeper of the closest values that came before."""
    depths: dict[int, int] = {}
    for value in dict.fromkeys(values):
        below = max((v for v in depths if v < value), default=None)
        above = min((v for v in depths if v > value), default=None)
        depths[value] = 1 + max(depths[v] if v is not None else 0 for v in (below, above))
    return depths


def _evaluated(func: str, numbers: list[int]) -> int:
    ordered = sorted(numbers)
    return {"sum": sum(ordered), "max": ordered[-1], "min": ordered[0]}[func]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="values_on_each_level",
        concepts=("tree_traversal", "recursion", "accumulation"),
        difficulty=3,
        names="values_on_each_level level_results per_level summarize_levels levels",
        arguments=("tree|node|root|plant: tuple | None; None, or (left subtree, number, right subtree)",),
        returns="list[int]",
        phrasings=(
            "A binary tree is None if it is empty, otherwise a tuple (left subtree, number, right subtree). Return a list with the $what of the numbers on each level of $tree, from the root downwards; it is empty for the empty tree.",
            "For every level of the binary tree $tree, beginning with the root, give the $what of its numbers. A tree is either None or a triple of left tree, number and right tree.",
            "What is the $what of the numbers that lie equally deep in $tree? Answer with a list, the root's level first. An inner node or leaf is written (left, number, right), where a missing side is None.",
            "Given $tree, nested tuples (left, number, right) with None for nothing, return the list whose element d is the $what of all numbers that are d steps away from the root, for d from 0 to the largest depth there is.",
        ),
        solutions=(
            """
$result = []
level = [$tree] if $tree else []
while level:
    $result.append($func(number for $left, number, $right in level))
    level = [side for $left, number, $right in level for side in ($left, $right) if side]
return $result
""",
            """
def visit(node, depth):
    if node is None:
        return
    if depth == len($groups):
        $groups.append([])
    $left, number, $right = node
    $groups[depth].append(number)
    visit($left, depth + 1)
    visit($right, depth + 1)

$groups = []
visit($tree, 0)
return [$func(numbers) for numbers in $groups]
""",
        ),
        reference=lambda tree, what, func: [
            _evaluated(func, [number for number, at in _with_depths(tree) if at == depth])
            for depth in sorted({at for _, at in _with_depths(tree)})
        ],
        parameters=lambda rng: rng.choice(
            tuple(
                {"what": Raw(what), "func": Raw(func)}
                for what, func in (("sum", "sum"), ("largest", "max"), ("smallest", "min"))
            )
        ),
        inputs=lambda rng, what, func: (_binary(rng),),
        edges=(
            (None,),
            ((None, 7, None),),
            ((((None, 1, None), 2, None), -3, (None, 2, None)),),
            ((None, 0, (None, 4, (None, -4, (None, 4, None)))),),
        ),
        idea="All nodes of one level are handled together, and their children make up the next level.",
        pitfall="A missing child is None and has no number; leave it out before the level is evaluated.",
    ),
    Family(
        name="depth_in_search_tree",
        concepts=("tree_traversal", "linked_structures", "recursion"),
        difficulty=3,
        names="depth_in_search_tree levels_of_tree tree_depths shape_of_tree inspect",
        arguments=("values|numbers|keys|entries: list[int]; the numbers in the order of insertion",),
        returns="list[tuple[int, int]]",
        phrasings=(
            "Insert $values one after the other into a search tree with `insert`, beginning with None, and return the pairs (number, depth) of its nodes, the root having depth $first. Numbers stand in $order order; repeats are stored once.",
            "Which numbers does the search tree hold that `insert` makes from $values (in their order, into an empty tree, which is None), and how deep does each lie? List (number, depth) in $order order of the numbers; the root lies at depth $first and its children at the next.",
            "A shop files its order numbers $values in a search tree by calling `insert` for each, starting with None. Walk through the tree and list every stored number in $order order together with its depth, as tuples. The root has depth $first.",
            "Build the binary search tree of $values (smaller to the left, larger to the right, equal ones ignored) with the given `insert`; then return its numbers in $order order, each in a tuple with its depth, counted from $first at the root. No values give an empty list.",
        ),
        setup=SEARCH_TREE,
        solutions=(
            """
def walk(node, depth):
    if node is None:
        return []
    here = [(node.value, depth)]
    return walk(node.$near, depth + 1) + here + walk(node.$far, depth + 1)

root = None
for $item in $values:
    root = insert(root, $item)
return walk(root, $first)
""",
            """
root = None
for $item in $values:
    root = insert(root, $item)
$result = []
$stack = []
node, depth = root, $first
while node or $stack:
    while node:
        $stack.append((node, depth))
        node, depth = node.$near, depth + 1
    node, depth = $stack.pop()
    $result.append((node.value, depth))
    node, depth = node.$far, depth + 1
return $result
""",
        ),
        reference=lambda values, first, order, near, far: [
            (value, depth - 1 + first)
            for value, depth in sorted(_search_depths(values).items(), reverse=near == "right")
        ],
        parameters=lambda rng: {
            "first": rng.choice((0, 1)),
            **rng.choice(
                (
                    {"order": Raw("rising"), "near": Raw("left"), "far": Raw("right")},
                    {"order": Raw("falling"), "near": Raw("right"), "far": Raw("left")},
                )
            ),
        },
        inputs=lambda rng, first, order, near, far: ([rng.randint(1, 30) for _ in range(rng.randint(3, 6))],),
        edges=(([],), ([5],), ([5, 5],), ([1, 2, 3],), ([2, 1, 3, 2],), ([3, -1, 2, 0],)),
        idea="In a search tree everything smaller lies to the left, so visiting left, node, right meets the numbers in order.",
        pitfall="The depth belongs to the call, not to the node: pass it on one larger to both sides.",
    ),
    Family(
        name="leaves_from_left",
        concepts=("tree_traversal", "nested_data", "recursion"),
        difficulty=2,
        names="leaves_from_left tree_leaves outer_numbers collect_leaves gather",
        arguments=("tree|node|root|branch: tuple | None; None, or (left subtree, number, right subtree)",),
        returns="list[int]",
        phrasings=(
            "Return the numbers in the leaves of the binary tree $tree from left to right, but only those $words $limit. A tree is None or a tuple (left subtree, number, right subtree); a leaf has None on both sides.",
            "List from left to right all numbers of $tree that are $words $limit and stand in a node without children. Nodes are tuples (left, number, right), and None stands for no node.",
            "On the tree $tree, written as (left branch, number, right branch) with None for a missing branch, a node with two missing branches is a tip. Which numbers $words $limit are on its tips? Give them from left to right.",
            "Given nested tuples (left, number, right), in which left and right are None or such tuples, collect in their order of appearance the numbers that are $words $limit and stand between two None. For None itself the list is empty.",
        ),
        solutions=(
            """
if $tree is None:
    return []
$left, number, $right = $tree
if $left is None and $right is None:
    return [number] if number $op $limit else []
return $self($left) + $self($right)
""",
            """
$result = []
$stack = [$tree]
while $stack:
    node = $stack.pop()
    if node is None:
        continue
    $left, number, $right = node
    if $left or $right:
        $stack += [$right, $left]
    elif number $op $limit:
        $result.append(number)
return $result
""",
        ),
        reference=lambda tree, op, words, limit: [
            int(number)
            for number in re.findall(r"\(None, (-?\d+), None\)", repr(tree))
            if (int(number) > limit if op == ">" else int(number) < limit)
        ],
        parameters=lambda rng: {
            "limit": rng.choice((2, 3, 4)),
            **rng.choice(
                (
                    {"op": Raw(">"), "words": Raw("larger than")},
                    {"op": Raw("<"), "words": Raw("smaller than")},
                )
            ),
        },
        inputs=lambda rng, op, words, limit: (_binary(rng),),
        edges=(
            ((None, 9, None),),
            ((None, 9, (None, -9, (None, 7, None))),),
            (((None, 2, None), 3, (None, 3, None)),),
            (((None, 4, None), 0, ((None, 8, None), 1, None)),),
        ),
        idea="A leaf answers for itself; any other node only passes on what its left and its right side found.",
        pitfall="A node with one child is not a leaf, and the missing side must not count as one.",
    ),
)
