"""Honest classes under test."""

from __future__ import annotations

from benign_programs import Benign, good

POINT = """
class Vector:
    zero = 0
    def __init__(self, x, y):
        self.x, self.y = x, y
    def __eq__(self, other):
        return isinstance(other, Vector) and (self.x, self.y) == (other.x, other.y)
    def __hash__(self): return hash((self.x, self.y))
    def __lt__(self, other): return self.x < other.x
    def __add__(self, other): return Vector(self.x + other.x, self.y + other.y)
    def __mul__(self, k): return Vector(self.x * k, self.y * k)
    __rmul__ = __mul__
    def __neg__(self): return Vector(-self.x, -self.y)
    def __abs__(self): return (self.x ** 2 + self.y ** 2) ** 0.5
    def __getitem__(self, i): return (self.x, self.y)[i]
    def __len__(self): return 2
    def __iter__(self): return iter((self.x, self.y))
    def __contains__(self, k): return k in (self.x, self.y)
    def __bool__(self): return bool(self.x or self.y)
    def __call__(self, k): return self.x * k
    def __repr__(self): return f"Vector({self.x}, {self.y})"
"""
SHAPES = """
class Shape:
    count = 0
    def __init__(self): Shape.count += 1
    def area(self): raise NotImplementedError
    def describe(self): return f"{type(self).__name__} {self.area()}"
class Square(Shape):
    def __init__(self, a):
        super().__init__()
        self.a = a
    def area(self): return self.a * self.a
    @classmethod
    def unit(cls): return cls(1)
    @staticmethod
    def sides(): return 4
"""
ACCOUNT = """
class Broke(Exception): pass
class Account:
    def __init__(self, balance=0): self._balance = balance
    @property
    def balance(self): return self._balance
    @balance.setter
    def balance(self, value):
        if value < 0: raise ValueError("negative")
        self._balance = value
    def withdraw(self, n):
        if n > self._balance: raise Broke(f"{n} > {self._balance}")
        self._balance -= n
        return self
"""
BAG = """
class Bag:
    def __init__(self, items=()): self.items = list(items)
    def __len__(self): return len(self.items)
    def __contains__(self, x): return x in self.items
    def __getitem__(self, i): return self.items[i]
    def __setitem__(self, i, x): self.items[i] = x
    def __delitem__(self, i): del self.items[i]
    def __iter__(self): return iter(self.items)
    def __iadd__(self, x):
        self.items.append(x)
        return self
"""


def cls(name: str, program: str, tests: str, mistake: tuple[str, str]) -> Benign:
    return good(name, program, tests, mistake, entry_point="")


CLASSES = [
    cls(
        "methods",
        "class Stack:\n    def __init__(self): self.xs = []\n    def push(self, x): self.xs.append(x)\n"
        "    def pop(self): return self.xs.pop()\n    def empty(self): return not self.xs",
        "s = Stack()\nassert s.empty()\ns.push(1)\ns.push((2, [3]))\nassert s.pop() == (2, [3])\n"
        "assert s.pop() == 1\nassert s.empty()",
        ("pop()", "pop(0)"),
    ),
    cls(
        "attributes",
        POINT,
        "v = Vector(1, 2)\nassert (v.x, v.y) == (1, 2)\nv.x = 5\nassert v.x == 5\nv.x += 1\n"
        "assert v[0] == 6\n"
        "assert hasattr(v, 'y') and not hasattr(v, 'z')\nassert Vector.zero == 0",
        ("self.x, self.y = x, y", "self.x, self.y = y, x"),
    ),
    cls(
        "equality-of-instances",
        POINT,
        "assert Vector(1, 2) == Vector(1, 2)\nassert Vector(1, 2) != Vector(2, 1)\n"
        "assert not Vector(1, 2) == Vector(1, 3)",
        ("(self.x, self.y) == (other.x, other.y)", "True"),
    ),
    cls(
        "operators",
        POINT,
        "a, b = Vector(1, 2), Vector(3, 4)\nassert a + b == Vector(4, 6)\nassert a * 3 == Vector(3, 6)\n"
        "assert 3 * a == Vector(3, 6)\n"
        "assert -a == Vector(-1, -2)\nassert abs(b) == 5.0\nassert a < b and sorted([b, a])[0] == a",
        ("self.y * k", "self.y + k"),
    ),
    cls(
        "attributes-of-a-sum",
        POINT,
        "c = Vector(1, 2) + Vector(3, 4)\nassert c.x == 4 and c.y == 6",
        ("self.x + other.x", "self.x"),
    ),
    cls(
        "text-of-an-instance",
        POINT,
        "assert repr(Vector(1, 2)) == 'Vector(1, 2)'\nassert str(Vector(0, 0)) == 'Vector(0, 0)'\n"
        "assert f'{Vector(1, 2)}' == 'Vector(1, 2)'",
        ('f"Vector(', 'f"Vector ('),
    ),
    cls(
        "length-item-iteration",
        POINT,
        "v = Vector(3, 4)\nassert len(v) == 2\nassert v[1] == 4\nassert list(v) == [3, 4]\nx, y = v\n"
        "assert x + y == 7\n"
        "try:\n    v[2]\n    assert False\nexcept IndexError:\n    pass",
        ("(self.x, self.y)[i]", "(self.y, self.x)[i]"),
    ),
    cls(
        "truth-and-call-of-an-instance",
        POINT,
        "assert Vector(1, 0)\nassert not Vector(0, 0)\nassert Vector(3, 4)(2) == 6",
        ("self.x * k\n    def __repr", "k\n    def __repr"),
    ),
    cls(
        "hash-of-an-instance",
        POINT,
        "assert len({Vector(1, 2), Vector(1, 2), Vector(2, 1)}) == 2\nd = {Vector(1, 2): 'a'}\n"
        "assert d[Vector(1, 2)] == 'a'",
        ("hash((self.x, self.y))", "id(self)"),
    ),
    cls(
        "container",
        BAG,
        "b = Bag([1, 2])\nassert len(b) == 2\nassert b[0] == 1\nb[0] = 7\nassert b[0] == 7\ndel b[0]\n"
        "assert list(b) == [2]",
        ("self.items[i] = x", "pass"),
    ),
    cls(
        "slice-of-a-container",
        BAG,
        "b = Bag([1, 2, 3])\nassert b[1:] == [2, 3]\nassert b[::-1] == [3, 2, 1]\nassert b[-1] == 3",
        ("return self.items[i]", "return self.items[0]"),
    ),
    cls(
        "instances-given-to-a-function",
        POINT + "def total(vs):\n    return sum(vs[1:], vs[0])\n",
        "assert total([Vector(1, 2), Vector(3, 4)]) == Vector(4, 6)\nassert total([Vector(1, 2)]).x == 1",
        ("vs[1:]", "vs"),
    ),
    cls("membership", BAG, "b = Bag([1, 2])\nassert 1 in b\nassert 5 not in b", ("x in self.items", "True")),
    cls(
        "in-place-operator",
        BAG,
        "b = Bag([1])\nb += 2\nassert list(b) == [1, 2]\nassert len(b) == 2",
        ("append(x)", "append(0)"),
    ),
    cls(
        "inheritance",
        SHAPES,
        "s = Square(3)\nassert s.area() == 9\nassert s.describe() == 'Square 9'\n"
        "assert isinstance(s, Shape) and isinstance(s, Square)\n"
        "assert issubclass(Square, Shape) and not issubclass(Shape, Square)\n"
        "assert Square.__name__ == 'Square'",
        ("self.a * self.a", "self.a"),
    ),
    cls(
        "class-attributes-and-methods",
        SHAPES,
        "before = Shape.count\nassert Square.unit().area() == 1\nassert Shape.count == before + 1\n"
        "assert Square.sides() == 4\n"
        "assert Square(2).sides() == 4",
        ("return 4", "return 3"),
    ),
    cls(
        "abstract-method",
        SHAPES,
        "try:\n    Shape().area()\nexcept NotImplementedError:\n    pass\nelse:\n    assert False",
        ("raise NotImplementedError", "return 0"),
    ),
    cls(
        "type-of-an-instance",
        SHAPES,
        "assert type(Square(1)) is Square\nassert Square(1).__class__.__name__ == 'Square'\n"
        "assert type(Square(1)).__name__ == 'Square'",
        (
            "class Square(Shape):",
            "class Square(Shape):\n    def __new__(cls, a): return Shape.__new__(Sq)\nclass Sq(Shape):\n"
            "    def __init__(self, a): pass\n"
            "    @staticmethod\n    def sides(): pass\nclass Other:",
        ),
    ),
    cls(
        "properties",
        ACCOUNT,
        "a = Account(10)\nassert a.balance == 10\na.balance = 4\nassert a.balance == 4\n"
        "try:\n    a.balance = -1\nexcept ValueError as error:\n    assert str(error) == 'negative'\n"
        "else:\n    assert False\nassert a.balance == 4",
        ("if value < 0", "if value < -9"),
    ),
    cls(
        "exception-of-a-class",
        ACCOUNT,
        "a = Account(10)\ntry:\n    a.withdraw(11)\n    assert False, 'too much'\n"
        "except Broke as error:\n    assert '11' in str(error)\n"
        "assert a.withdraw(4).withdraw(6).balance == 0",
        ("n > self._balance", "n > 99"),
    ),
    cls(
        "context-manager",
        "class Log:\n    def __init__(self): self.events = []\n    def __enter__(self):\n"
        "        self.events.append('in')\n        return self\n"
        "    def __exit__(self, kind, error, trace):\n"
        "        self.events.append('out' if kind is None else kind.__name__)\n"
        "        return kind is KeyError",
        "log = Log()\nwith log as same:\n    assert same is log\nassert log.events == ['in', 'out']\n"
        "with log:\n    raise KeyError('x')\n"
        "assert log.events[-1] == 'KeyError'\ntry:\n    with log:\n        raise ValueError\n"
        "    assert False\nexcept ValueError:\n    pass",
        ("'out' if", "'end' if"),
    ),
    cls(
        "context-manager-of-contextlib",
        "from contextlib import contextmanager\nseen = []\n@contextmanager\ndef noted(x):\n"
        "    seen.append(x)\n    try:\n        yield x * 2\n"
        "    finally:\n        seen.append('end')\ndef log(): return list(seen)",
        "with noted(3) as y:\n    assert y == 6\nassert log() == [3, 'end']",
        ("x * 2", "x"),
    ),
    cls(
        "iterator-class",
        "class Count:\n    def __init__(self, n): self.n = n\n    def __iter__(self): return self\n"
        "    def __next__(self):\n"
        "        if self.n <= 0: raise StopIteration\n        self.n -= 1\n        return self.n",
        "assert list(Count(3)) == [2, 1, 0]\nassert sum(x for x in Count(4)) == 6\nc = Count(1)\n"
        "assert next(c) == 0\nassert next(c, None) is None",
        ("<= 0", "<= 1"),
    ),
    cls(
        "data-class",
        "from dataclasses import dataclass, field\n@dataclass(order=True)\nclass Item:\n"
        "    price: float\n    name: str = 'x'\n    tags: list = field(default_factory=list)",
        "a = Item(1.5)\nassert a == Item(1.5, 'x', [])\nassert a < Item(2.0)\na.tags.append(1)\n"
        "assert Item(1.5).tags == []\nassert repr(Item(1.0)) == \"Item(price=1.0, name='x', tags=[])\"",
        ("'x'", "'y'"),
    ),
    cls(
        "enumeration",
        "from enum import Enum\nclass Colour(Enum):\n    RED = 1\n    BLUE = 2\n"
        "    def other(self): return Colour.BLUE if self is Colour.RED else Colour.RED",
        "assert Colour.RED.value == 1\nassert Colour.RED.other() is Colour.BLUE\n"
        "assert Colour(2) == Colour.BLUE\nassert Colour['RED'].name == 'RED'\n"
        "assert [c.name for c in Colour] == ['RED', 'BLUE']",
        ("BLUE = 2", "BLUE = 3"),
    ),
    cls(
        "integer-enumeration",
        "from enum import IntEnum\nclass Level(IntEnum):\n    LOW = 1\n    HIGH = 2\n"
        "def level(n): return Level(1 + n // 50)",
        "assert level(3) is Level.LOW\nassert Level.HIGH.name == 'HIGH'\nassert level(70) == 2\n"
        "assert Level.LOW < Level.HIGH",
        ("n // 50", "n // 99"),
    ),
    cls(
        "linked-list",
        "class Node:\n    def __init__(self, value, after=None): self.value, self.after = value, after\n"
        "def reverse(node):\n    before = None\n"
        "    while node: node.after, before, node = before, node, node.after\n    return before",
        "def values(node):\n    found = []\n    while node is not None:\n"
        "        found.append(node.value)\n        node = node.after\n    return found\n"
        "assert values(reverse(Node(1, Node(2, Node(3))))) == [3, 2, 1]\nassert reverse(None) is None",
        ("return before", "return node"),
    ),
    cls(
        "tree",
        "class Tree:\n    def __init__(self): self.root = None\n    def insert(self, x):\n"
        "        self.root = self._put(self.root, x)\n"
        "    def _put(self, node, x):\n        if node is None: return [None, x, None]\n"
        "        side = 0 if x < node[1] else 2\n        node[side] = self._put(node[side], x)\n"
        "        return node\n"
        "    def walk(self):\n        def go(n):\n"
        "            return [] if n is None else go(n[0]) + [n[1]] + go(n[2])\n"
        "        return go(self.root)",
        "t = Tree()\nfor x in [5, 2, 8, 1]:\n    t.insert(x)\nassert t.walk() == [1, 2, 5, 8]",
        ("x < node[1]", "x > node[1]"),
    ),
    cls(
        "singleton",
        "class One:\n    _it = None\n    def __new__(cls):\n"
        "        if cls._it is None: cls._it = super().__new__(cls)\n        return cls._it",
        "assert One() is One()",
        ("if cls._it is None: ", ""),
    ),
    cls(
        "methods-that-take-functions",
        "class Events:\n    def __init__(self): self.heard = []\n"
        "    def on(self, act): self.heard.append(act)\n"
        "    def fire(self, *a): return [act(*a) for act in self.heard]",
        "e = Events()\nlog = []\ne.on(log.append)\ne.on(lambda x: x * 2)\nassert e.fire(4) == [None, 8]\n"
        "assert log == [4]",
        ("append(act)", "insert(0, act)"),
    ),
]
