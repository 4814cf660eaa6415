"""Imports point downward, heavy packages stay in their one place, and no file is long."""

import ast
from pathlib import Path

import pytest

import hornbook

PACKAGE = Path(hornbook.__file__).parent
PROJECT = Path(__file__).parents[1]
MOST_LINES = 400
# From the ground up: a file imports only from its own layer's folder or from layers above it in this list.
LAYERS = [
    *("__init__", "errors", "writable", "draw", "unpacked", "row_files"),
    *("teacher", "record", "step", "settings", "processes", "pool", "batches", "run"),
    *("sandbox", "curriculum"),
    *("corpus", "benchmarks", "lm", "value", "quality", "lessons", "evaluate", "recipes", "report"),
    *("doctor", "screen", "commands", "generation", "preview", "checkup", "journals", "planning", "rows"),
    "corpus_command",
    *("cli_options", "cli_teacher", "cli_rows", "cli_ask", "cli_curriculum", "cli_models", "cli_journal"),
    *("cli_corpus", "cli_value", "cli_filter"),
    *("cli", "__main__"),
]
ONLY_IN = {"torch": "lm", "ray": "pool", "sklearn": "value"}


def imports(path: Path) -> list[tuple[str, bool]]:
    """Every imported module of a file, and whether the import stands at the top of the file."""
    tree = ast.parse(path.read_text())
    found = []
    for node in ast.walk(tree):
        top = node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module:
            found.append((node.module, top))
        elif isinstance(node, ast.Import):
            found += [(alias.name, top) for alias in node.names]
    return found


def layer(module: str) -> int:
    parts = module.split(".")
    return LAYERS.index(parts[1] if len(parts) > 1 else "__init__")


def modules() -> list[tuple[str, Path]]:
    return [
        (".".join(["hornbook", *path.relative_to(PACKAGE).with_suffix("").parts]), path)
        for path in PACKAGE.rglob("*.py")
    ]


def test_every_import_points_downward() -> None:
    wrong = [
        f"{name} imports {target}"
        for name, path in modules()
        for target, _ in imports(path)
        if target.startswith("hornbook") and layer(target) > layer(name)
    ]
    assert wrong == []


def test_heavy_packages_are_imported_only_in_their_layer() -> None:
    wrong = [
        f"{name} imports {target}"
        for name, path in modules()
        for target, _ in imports(path)
        if (home := ONLY_IN.get(target.partition(".")[0])) and name.split(".")[1] != home
    ]
    assert wrong == []


def test_only_the_learner_imports_heavy_packages_or_itself_at_the_top_of_a_file() -> None:
    heavy = {"torch", "ray", "sklearn"}
    wrong = [
        f"{name} imports {target} at its top"
        for name, path in modules()
        for target, top in imports(path)
        if top
        and name.split(".")[1] != "lm"
        and (target.partition(".")[0] in heavy or target.startswith("hornbook.lm"))
    ]
    assert wrong == []


@pytest.mark.parametrize("folder", ["src", "tests", "bench"])
def test_no_file_is_longer_than_400_lines(folder: str) -> None:
    lengths = {
        path.relative_to(PROJECT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in (PROJECT / folder).rglob("*.py")
    }
    assert lengths, f"no Python in {PROJECT / folder}"
    assert {path: lines for path, lines in lengths.items() if lines > MOST_LINES} == {}
