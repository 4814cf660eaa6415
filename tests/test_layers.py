"""Imports point downward, and heavy packages stay in their one place."""

import ast
from pathlib import Path

import hornbook

PACKAGE = Path(hornbook.__file__).parent
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
