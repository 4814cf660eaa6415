"""Definitions lifted with all that they need, and run as an import would run them."""

import ast
import importlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hornbook.corpus.importable import Importable, importable
from hornbook.corpus.installed import Installed, collect, find_manifest
from hornbook.corpus.self_contained import Lifted, Lifter, NeedsTooMuch
from hornbook.corpus.units import Module, NotPython
from hornbook.record import Record, read_records, read_rejected, write_shard
from hornbook.sandbox import Job, Sandbox
from hornbook.step import Context

INLINE = Context(workers=1, engine="inline")
MODULE = '''\
"""Prices."""

from __future__ import annotations

import os, sys
import os.path
from typing import TYPE_CHECKING
from .siblings import aid
from decimal import *

if TYPE_CHECKING:
    from collections.abc import Iterable

RATE = 0.2
# Rates by country.
RATES = {"de": 0.19}
RATES["at"] = RATE
UNUSED = "never needed by anything below"
if sys.maxsize > 2**32:
    def size_of(word):
        return 8
else:
    def size_of(word):
        return 4


# Adds the tax.
def taxed(price: float, country: str) -> float:
    """Return the price with the tax of a country, in euros."""
    return price * (1 + RATES[country])


class Basket:
    """Things that somebody wants to buy, with their prices."""

    limit = limit_of("basket") if UNUSED == "" else 3

    def total(self, country: str) -> float:
        """Return what all the things in this basket cost together, taxes included."""
        return sum(taxed(price, country) for price in self.prices)

    def rounded(price: float) -> float:
        """Return a price, rounded to whole cents, as a person would pay it at the counter."""
        return round(taxed(price, "de") * 100) / 100


def all_taxed(prices: Iterable[float]) -> list[float]:
    """Return each of some prices with the German tax, in the order in which they were given."""
    return [taxed(price, "de") + size_of(price) * 0 for price in prices]


def countdown(number):
    """Return the numbers from the given one down to one, by calling itself again and again."""
    return [number, *countdown(number - 1)] if number else []


def helped(number):
    """Return what the sibling makes of a number, which only the whole package could tell us."""
    return aid(Decimal(number), os.path.join("a", "b"))


def here():
    """Return the folder of this module, where its data files are expected to lie beside it."""
    return os.path.dirname(__file__), UNKNOWN, [UNUSED for UNUSED in "abc"]


def limit_of(name):
    """Return a limit by its name, which is as long as the name is, as a rule and without exception."""
    return len(name)


if __name__ == "__main__":
    RATE = float(sys.argv[1])
'''


def lifted(name: str, text: str = MODULE, *, most_helpers: int = 12, most_characters: int = 6000) -> Lifted:
    module = Module(text, "shop")
    candidate = next(c for c in module.candidates() if c.name == name)
    return Lifter(module, most_helpers=most_helpers, most_characters=most_characters).lift(candidate)


def test_a_definition_brings_its_helpers_in_the_order_of_the_file_and_nothing_else() -> None:
    found = lifted("all_taxed")
    assert found.helpers == ("RATE", "RATES", "size_of", "taxed")
    assert found.is_self_contained
    head = "from __future__ import annotations\n\nimport sys\nfrom collections.abc import Iterable\n\n\nRATE"
    assert found.unit.text.startswith(head)
    assert '# Rates by country.\nRATES = {"de": 0.19}\nRATES["at"] = RATE\n' in found.unit.text
    assert "\n\n\n# Adds the tax.\ndef taxed(" in found.unit.text
    assert "UNUSED" not in found.unit.text and "__main__" not in found.unit.text


def test_a_lifted_definition_works_as_in_its_module() -> None:
    jobs = [
        Job(id="", blocks=(lifted("all_taxed").unit.text,), tests="assert all_taxed([100.0]) == [119.0]"),
        Job(id="", blocks=(lifted("countdown").unit.text,), tests="assert countdown(3) == [3, 2, 1]"),
    ]
    with Sandbox(workers=1) as sandbox:
        assert [verdict.outcome for verdict in sandbox.run(jobs)] == ["pass", "pass"]


def test_a_recursion_is_no_helper() -> None:
    assert lifted("countdown").helpers == ()
    assert lifted("countdown").is_self_contained


def test_a_helper_below_the_definition_stays_below_it() -> None:
    found = lifted("Basket")
    assert found.helpers == ("RATE", "RATES", "UNUSED", "taxed", "limit_of")
    assert found.unit.text.index("class Basket") < found.unit.text.index("def limit_of")


def test_names_that_stay_free_are_reported_and_so_are_foreign_imports() -> None:
    found = lifted("helped")
    assert found.unresolved == ("Decimal",)  # a star import names nothing
    assert found.foreign == ("shop.siblings",)
    assert "import os\nimport os.path\n" in found.unit.text
    assert found.why_not == "unresolved: Decimal; not standard library: shop.siblings"
    assert lifted("here").unresolved == ("UNKNOWN", "__file__")


def test_packages_can_be_allowed() -> None:
    module = Module(MODULE, "shop")
    candidate = next(c for c in module.candidates() if c.name == "helped")
    assert Lifter(module, packages=["shop"]).lift(candidate).foreign == ()


def test_a_method_lacks_the_object_that_it_uses() -> None:
    assert lifted("Basket.total").unresolved == ("self.prices",)
    assert lifted("Basket.rounded").unresolved == ("price",)  # its first parameter is the object


@pytest.mark.parametrize(
    ("body", "missing"),
    [
        ("@staticmethod\n    def go(box):\n        return box.width", ()),
        ("def go(self):\n        return super().go()", ("__class__",)),
        ("def go(self):\n        return len(self)", ("self",)),
        ("@classmethod\n    def go(cls):\n        return cls.made + 1", ("cls.made",)),
        ("def go(self):\n        return 3", ()),
    ],
)
def test_what_a_method_uses_of_its_object(body: str, missing: tuple[str, ...]) -> None:
    text = f"class Box:\n    {body}\n        # {'padding ' * 12}\n        x = 0\n"
    assert lifted("Box.go", text).unresolved == missing


def test_a_class_that_reads_the_global_name_it_binds_gets_it() -> None:
    body = f"class Coder:\n    codec = codec\n    # {'x' * 80}\n    y = 1\n"
    text = f"import codecs\ncodec = codecs.lookup('utf-8')\n\n\n{body}"
    assert lifted("Coder", text).helpers == ("codec",)


def test_what_changes_an_imported_module_is_no_helper() -> None:
    text = f"import sys\nsys.path.append('.')\n\n\ndef go():\n    # {'x' * 80}\n    return sys.path\n"
    assert lifted("go", text).helpers == ()


def test_too_many_helpers_or_characters_are_refused_with_the_bound() -> None:
    with pytest.raises(NeedsTooMuch, match="more than 3 helpers"):
        lifted("all_taxed", most_helpers=3)
    with pytest.raises(NeedsTooMuch, match="characters with its helpers, more than 300"):
        lifted("all_taxed", most_characters=300)


def test_what_does_not_compile_on_its_own_is_no_python() -> None:
    # It parses, and compiles in its class alone.
    text = (
        f"class Box:\n    def go(self):\n        # {'x' * 80}\n        nonlocal __class__\n        return 1\n"
    )
    with pytest.raises(NotPython, match="nonlocal"):
        lifted("Box.go", text)


@st.composite
def graphs(draw: st.DrawFn) -> list[set[int]]:
    """For each definition of a module, those that it uses."""
    num = draw(st.integers(1, 8))
    return [draw(st.sets(st.integers(0, num - 1), max_size=3)) for _ in range(num)]


@settings(deadline=None)
@given(uses=graphs(), styles=st.lists(st.booleans(), min_size=8, max_size=8))
def test_exactly_what_is_reached_comes_along_whatever_uses_what(
    uses: list[set[int]], styles: list[bool]
) -> None:
    def piece(i: int) -> str:
        called = " + ".join(f"f{j}(x)" for j in sorted(uses[i])) or "x"
        if styles[i]:
            return f"f{i} = lambda x: {called}"
        return f"def f{i}(x):\n    # {'long enough to be lifted ' * 4}\n    return {called}"

    module = Module("\n\n\n".join(map(piece, range(len(uses)))) + "\n", "")
    for candidate in module.candidates():
        start = int(candidate.name[1:])
        reached, pending = set[int](), [start]
        while pending:
            fresh = uses[pending.pop()] - reached
            reached |= fresh
            pending += fresh
        found = Lifter(module).lift(candidate)
        assert found.is_self_contained
        assert found.helpers == tuple(f"f{i}" for i in sorted(reached - {start}))


@pytest.mark.parametrize("name", ["heapq", "textwrap", "json.decoder", "difflib", "statistics", "shlex"])
def test_lifting_with_helpers_changes_no_definition(name: str) -> None:
    path = importlib.import_module(name).__file__
    assert path is not None
    module = Module(Path(path).read_text(), name.rpartition(".")[0])
    originals = {ast.dump(node) for node in module.tree.body}
    lifter, num = Lifter(module), 0
    for candidate in module.candidates():
        if candidate.kind == "method":
            continue
        try:
            found = lifter.lift(candidate)
        except NeedsTooMuch:
            continue
        body = ast.parse(found.unit.text).body
        pieces = [node for node in body if not isinstance(node, ast.Import | ast.ImportFrom)]
        assert {ast.dump(node) for node in pieces} <= originals
        assert ast.dump(candidate.node) in {ast.dump(node) for node in pieces}
        num += 1
    assert num >= 2


def test_the_corpus_of_self_contained_units_says_why_others_are_left_out(tmp_path: Path) -> None:
    cfg = Installed(
        packages=("python",),
        manifest=find_manifest(["python"]).digest,
        num_records=200,
        share_functions=1.0,
        lifting="self_contained",
    )
    metrics = collect(cfg, out=tmp_path, ctx=INLINE)
    assert {"not_self_contained", "needs_too_much"} <= set(metrics["reasons"])
    kept = [r for r in read_records(tmp_path) if r.tags["unit"] != "file"]
    assert any("helpers" in record.tags for record in kept)
    assert all(r.detail for r in read_rejected(tmp_path))
    for record in kept:
        module = Module(record.text, "")
        name = record.source.rpartition(":")[2].rpartition(".")[2]
        assert name in {getattr(node, "name", "") for node in module.tree.body}


UNITS = {
    "def f(x):\n    return UNKNOWN\n": "",
    "def f(x=UNKNOWN):\n    return x\n": "name_error",
    "import no_such_module_anywhere\n": "import_error",
    "from os import no_such_name\n": "import_error",
    "import os\nos.no_such_thing\n": "attribute_error",
    "1 + ''\n": "type_error",
    "1 / 0\n": "raises_at_import",
    "def f(:\n": "syntax_error",
    "while True: pass\n": "timeout",
    "import sys\nsys.exit()\n": "exited_early",
    "x = 'x' * 10**10\n": "out_of_memory",
}


def test_a_unit_that_fails_at_import_is_rejected_with_the_exception(tmp_path: Path) -> None:
    records = [Record(text=text, kind="code", source="here", license="MIT") for text in UNITS]
    prose = Record(text="def f(:", kind="textbook", source="here", license="MIT")
    write_shard(tmp_path / "in" / "records" / "00000.parquet", [*records[:1], prose])
    write_shard(tmp_path / "in" / "records" / "00001.parquet", records[1:])
    cfg = Importable(cpu_seconds=0.3)
    metrics = importable(cfg, corpus=tmp_path / "in", out=tmp_path / "out", ctx=INLINE)
    assert [r.text for r in read_records(tmp_path / "out")] == [records[0].text, prose.text]
    assert next(read_records(tmp_path / "out")).tags["imported"] == metrics["sandbox_level"]
    rejected = list(read_rejected(tmp_path / "out"))
    assert {r.record.text: r.reason for r in rejected} == {t: why for t, why in UNITS.items() if why}
    assert next(r for r in rejected if r.reason == "name_error").detail == "NameError at line 1"
    assert metrics["share_importable"] == round(2 / len([*UNITS, prose]), 4)
