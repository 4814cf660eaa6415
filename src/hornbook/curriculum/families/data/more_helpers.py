"""More families whose prompt brings helper functions, among them a generator and a tree."""

from __future__ import annotations

from hornbook.curriculum import draws
from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family, Raw


def _paths(lines: list[str], sep: str) -> list[str]:
    return list(
        dict.fromkeys(
            sep.join(line.split(sep)[: n + 1]) for line in lines for n in range(line.count(sep) + 1)
        )
    )


def _machine(number: int, words: list[str], k: int, fallback: str) -> int:
    for word in words:
        unknown = {"current": number, "0": 0, "-current": -number}[fallback]
        results = {"double": number + number, "grow": number + k, "half": (number - number % 2) // 2}
        number = results.get(word, unknown)
    return number


FAMILIES: tuple[Family, ...] = (
    Family(
        name="machine_of_small_steps",
        concepts=("higher_order", "reduce", "lookup_tables"),
        difficulty=2,
        names="run_machine small_steps apply_commands follow_recipe perform",
        arguments=(
            "number|start|value|seed: int; the number to begin with",
            "program|commands|recipe|orders: str; names of steps separated by blanks",
        ),
        returns="int",
        setup="""
def double(n):
    return n * 2

def grow(n):
    return n + $k

def half(n):
    return n // 2

STEPS = {"double": double, "grow": grow, "half": half}
""",
        phrasings=(
            "Apply the steps named in $program, one after the other, to $number and return the result. STEPS leads from name to function; unknown names $unknown.",
            "$program is a text of names separated by blanks. Begin with $number and, for each name, replace it by what the function of this name in STEPS makes of it. A name that is not in STEPS $unknown_it.",
            "A toy machine holds a number, at first $number, and obeys the commands in $program, which are explained by STEPS. Which number does it hold at the end? Commands that it does not know $unknown.",
            "Split $program at whitespace and fold the functions STEPS[w] over $number from left to right, where words w that are no key of STEPS $unknown.",
        ),
        solutions=(
            """
from functools import reduce
def step(current, word):
    action = STEPS.get(word)
    return action(current) if action else $fallback
return reduce(step, $program.split(), $number)
""",
            """
current = $number
for word in $program.split():
    if word in STEPS:
        current = STEPS[word](current)
    else:
        current = $fallback
return current
""",
        ),
        reference=lambda number, program, k, fallback, **_: _machine(number, program.split(), k, fallback),
        parameters=lambda rng: {
            "k": rng.choice((1, 3, 5, 10)),
            **part(
                rng,
                {"unknown": "change nothing", "unknown_it": "changes nothing", "fallback": "current"},
                {"unknown": "set the number to 0", "unknown_it": "sets the number to 0", "fallback": "0"},
                {
                    "unknown": "change the sign of the number",
                    "unknown_it": "changes the sign of the number",
                    "fallback": "-current",
                },
            ),
        },
        inputs=lambda rng, **_: (
            rng.randint(1, 20),
            " ".join(
                rng.choices(("double", "grow", "half", "jump"), weights=(3, 3, 3, 2), k=rng.randint(2, 5))
            ),
        ),
        edges=(
            (5, ""),
            (7, "half"),
            (-3, "half grow"),
            (4, "jump"),
            (6, "jump double stop"),
            (0, "double half"),
        ),
        idea="Functions are values: the dictionary hands out the right one for each word, and the loop calls it.",
        pitfall="Writing STEPS[word](current) for an unknown word raises KeyError.",
    ),
    Family(
        name="tree_from_paths",
        concepts=("nested_dictionaries", "default_dictionaries", "recursion"),
        difficulty=5,
        names="tree_from_paths draw_tree indented_lines folder_view show_structure",
        arguments=("paths|files|lines|addresses: list[str]; names joined by '$sep', the outermost first",),
        returns="list[str]",
        setup="""
from collections import defaultdict

def tree():
    \"\"\"Return a dictionary whose missing values are such dictionaries themselves.\"\"\"
    return defaultdict(tree)
""",
        phrasings=(
            "Put $paths into one tree and return it as lines: each name once below its parent, with $indent for every level above it, a name directly followed by what lies inside it. $order_says",
            "Return an indented view of $paths, which are split at '$sep'. Every different place in the tree gets one line, made of $indent per level and its own name; everything inside a place comes right after it. $order_says The helper tree makes nested dictionaries.",
            "A program lists files with their folders, $paths. How does the tree look if it is drawn with one line per folder or file, indented by $indent per level? $order_says Parts common to several paths are drawn once.",
            "Let T be the set of all non-empty prefixes of the paths in $paths (split at '$sep'). Walk T depth first and return for each prefix with n parts the text of n - 1 times $indent followed by its last part. $order_says",
        ),
        solutions=(
            """
root = tree()
for path in $paths:
    node = root
    for name in path.split("$sep"):
        node = node[name]
def lines(node, depth):
    $result = []
    for name in $names_of_node:
        $result.append("$mark" * depth + name)
        $result += lines(node[name], depth + 1)
    return $result
return lines(root, 0)
""",
            """
root = {}
for path in $paths:
    node = root
    for name in path.split("$sep"):
        node = node.setdefault(name, {})
$result = []
pending = [(0, name, node) for name, node in $items_of_root]
while pending:
    depth, name, node = pending.pop(0)
    $result.append("$mark" * depth + name)
    pending[:0] = [(depth + 1, inner, below) for inner, below in $items_of_node]
return $result
""",
        ),
        reference=lambda paths, sep, mark, order_says, **_: (
            lambda prefixes: [
                str(mark) * p.count(sep) + p.split(sep)[-1]
                for p in sorted(
                    prefixes,
                    key=lambda p: [
                        q.split(sep)[-1] if "alphabetical" in order_says else prefixes.index(q)
                        for n in range(p.count(sep) + 1)
                        for q in [sep.join(p.split(sep)[: n + 1])]
                    ],
                )
            ]
        )(_paths(paths, str(sep))),
        parameters=lambda rng: {
            "sep": Raw(rng.choice("/.:")),
            **part(
                rng,
                {"mark": "  ", "indent": "two blanks"},
                {"mark": "-", "indent": "one '-'"},
                {"mark": "..", "indent": "'..'"},
            ),
            **part(
                rng,
                {
                    "order_says": "Names with the same parent are in alphabetical order.",
                    "names_of_node": "sorted(node)",
                    "items_of_root": "sorted(root.items())",
                    "items_of_node": "sorted(node.items())",
                },
                {
                    "order_says": "Names with the same parent keep the order of their first appearance.",
                    "names_of_node": "node",
                    "items_of_root": "root.items()",
                    "items_of_node": "node.items()",
                },
            ),
        },
        inputs=lambda rng, sep, **_: (
            [str(sep).join(rng.choices("bca", k=rng.randint(1, 3))) for _ in range(rng.randint(2, 4))],
        ),
        edges=(
            ([],),
            (["a"],),
            (["b", "a", "b"],),
            (["a/b/c", "a.b.c", "a:b:c"],),
            (["b/a", "b/c", "a", "b"],),
        ),
        idea="Following a path makes the missing branches by itself, and printing follows the same branches again, one level deeper each time.",
        pitfall="Printing the paths one by one repeats the folders that they share.",
    ),
    Family(
        name="checksums_of_rows",
        concepts=("chunking", "iterators", "arithmetic"),
        difficulty=2,
        names="row_checksums check_blocks checksums_of_rows verify_rows control_numbers",
        arguments=("numbers|data|digits|values: list[int]; the numbers to check",),
        returns="list[int]",
        setup="""
def chunks(items, size):
    \"\"\"Yield the items in lists of the given size; the last one may be shorter.\"\"\"
    for start in range(0, len(items), size):
        yield items[start : start + size]
""",
        phrasings=(
            "Cut $numbers into rows of $k with the helper chunks. The control number of a row is the sum of its numbers, each multiplied by its position in the row, $positions, modulo $modulus. Return the control numbers in order.",
            "For each of the rows that chunks makes of $numbers ($k numbers per row) add up number times position, positions $positions, and take the remainder by $modulus. Return the remainders in order.",
            "A device sends $numbers in rows of $k and adds a control number to each row: the remainder by $modulus of the sum of all numbers times their places in the row, with places $positions. Which control numbers belong to $numbers, in order?",
            "Let the rows be the lists yielded by chunks($numbers, $k). Return the list of (sum of p * x over the elements x of the row at position p, positions $positions) % $modulus for all rows, in order.",
        ),
        solutions=(
            """
$result = []
for $row in chunks($numbers, $k):
    $total = sum(place * $item for place, $item in enumerate($row, $start))
    $result.append($total % $modulus)
return $result
""",
            """
def control($row):
    $total = 0
    place = $start
    for $item in $row:
        $total = ($total + place * $item) % $modulus
        place += 1
    return $total
return list(map(control, chunks($numbers, $k)))
""",
        ),
        reference=lambda numbers, k, modulus, start, **_: [
            divmod(
                sum((i - first + start) * numbers[i] for i in range(first, min(first + k, len(numbers)))),
                modulus,
            )[1]
            for first in range(len(numbers))
            if first % k == 0
        ],
        parameters=lambda rng: {
            "k": rng.randint(2, 4),
            "modulus": rng.choice((7, 10, 11)),
            **rng.choice(
                (
                    {"start": 1, "positions": Raw("beginning with 1")},
                    {"start": 2, "positions": Raw("beginning with 2")},
                )
            ),
        },
        inputs=lambda rng, **_: (draws.ints(rng, 4, 8, 0, 12),),
        edges=(([],), ([5],), ([1, 2, 3],), ([0, 0, 0, 0],), ([-1, 7, 7, 7, 2, 9, 4],)),
        idea="The generator takes care of the cutting, so the loop only has to say what one row is worth.",
        pitfall="Counting the positions through the whole list instead of within each row gives other weights from the second row on.",
    ),
)
