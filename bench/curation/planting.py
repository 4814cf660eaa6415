"""A pretend benchmark and files with copies of it, made of the installed Python, always the same for one seed.

The problems are 164 functions of the standard library (module level, a docstring of more than 40 characters, 6
to 28 lines without it). In few of them anything can change places, so the benchmark has as many further
functions as the library offers in which something can; they are planted reordered only. The files are Python
files of the installed packages. A file that defines a function of the same name as a problem, or that holds the
first line of its docstring, is left out: it may be a real copy. The variants are made here and not by
`quality/canaries.py`, with which the detector measures itself; only the exchange of statements is shared.
"""

from __future__ import annotations

import ast
import io
import random
import re
import sysconfig
import textwrap
import tokenize
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hornbook.benchmarks.problem import Benchmark, Problem
from hornbook.quality.reordering import reorder
from hornbook.record import Record

NUM_PROBLEMS = 164
FEWEST_LINES, MOST_LINES = 6, 28
FEWEST_DOCSTRING = 40
FILE_SIZES = range(1_000, 32_000)
"""Characters of a file that takes part: about 9 kB on average."""
_SYLLABLES = (
    "ba",
    "co",
    "di",
    "fe",
    "gu",
    "ha",
    "jo",
    "ki",
    "lu",
    "me",
    "no",
    "pa",
    "qui",
    "ro",
    "su",
    "ta",
    "xo",
)


@dataclass(frozen=True, slots=True)
class Function:
    """One function of the standard library."""

    module: str
    name: str
    source: str

    @property
    def node(self) -> ast.FunctionDef:
        """A fresh tree of it, to be changed."""
        (node,) = ast.parse(self.source).body
        assert isinstance(node, ast.FunctionDef), self.name
        return node

    @property
    def docstring(self) -> str:
        """Its docstring, without indentation."""
        return ast.get_docstring(self.node) or ""


@dataclass(frozen=True, slots=True)
class Corpus:
    """The pretend benchmark, files that hold copies of it by variant, and files that hold none."""

    functions: Sequence[Function]
    """The 164, then the further ones that can be reordered."""
    benchmark: Benchmark
    planted: Mapping[str, Sequence[Record]]
    clean: Sequence[Record]
    num_left_out: int
    """Files that may hold a real copy."""
    num_reordered: int
    """Functions that were planted reordered."""


def make_corpus(*, seed: int = 0, per_variant: int = 200, num_clean: int = 1000) -> Corpus:
    """Return the corpus: `per_variant` planted files of each of the five variants, and the clean ones."""
    draws = random.Random(f"{seed}/planting")
    others = sorted(_functions(), key=lambda function: (function.module, function.name))
    sample = [others.pop(draws.randrange(len(others))) for _ in range(NUM_PROBLEMS)]
    further = [function for function in others if _reordered(function, (), draws)]
    functions = sample + further
    others = [function for function in others if function not in further]
    files, num_left_out = _files(functions, draws, per_variant * len(VARIANTS) + num_clean)
    hosts = iter(files)
    planted: dict[str, list[Record]] = {}
    num_reordered = 0
    for variant, make in VARIANTS.items():
        chosen = functions if make is _reordered else sample
        copies = [copy for function in chosen if (copy := make(function, others, draws))]
        draws.shuffle(copies)
        num_reordered = len(copies) if make is _reordered else num_reordered
        planted[variant] = [
            _record(_planted(text, copies[i % len(copies)], draws), f"{variant}/{i}/{path}")
            for i, (path, text) in zip(range(per_variant), hosts, strict=False)
        ]
    clean = [_record(text, path) for path, text in hosts]
    return Corpus(functions, _benchmark(functions), planted, clean, num_left_out, num_reordered)


def _record(text: str, source: str) -> Record:
    return Record(text=text, kind="code", source=source, license="unknown")


def _functions() -> Iterator[Function]:
    library = Path(sysconfig.get_paths()["stdlib"])
    for path in sorted([*library.glob("*.py"), *library.glob("[a-z]*/*.py")]):
        if path.parts[-2] in ("test", "tests", "site-packages", "lib2to3", "idlelib", "__pycache__"):
            continue
        text = path.read_text(errors="replace")
        tree = _parsed(text)
        seen: set[str] = set()
        for node in tree.body if tree else []:
            if not isinstance(node, ast.FunctionDef) or node.decorator_list or node.name in seen:
                continue
            seen.add(node.name)
            source = ast.get_source_segment(text, node) or ""
            docstring = node.body[0]
            num_lines = source.count("\n") + docstring.lineno - (docstring.end_lineno or 0)
            long_enough = len(ast.get_docstring(node) or "") > FEWEST_DOCSTRING
            if long_enough and FEWEST_LINES <= num_lines <= MOST_LINES:
                yield Function(path.stem, node.name, source)


def _parsed(text: str) -> ast.Module | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except (SyntaxError, ValueError):
        return None


def _benchmark(functions: Sequence[Function]) -> Benchmark:
    problems = []
    for function in functions:
        lines = function.source.split("\n")
        end = function.node.body[0].end_lineno
        assert end is not None, "a parsed statement has an end"
        prompt, reference = "\n".join(lines[:end]) + "\n", "\n".join(lines[end:]) + "\n"
        problems.append(
            Problem(
                id=f"{function.module}.{function.name}",
                prompt=prompt,
                entry_point=function.name,
                tests="",
                reference=reference,
            )
        )
    return Benchmark(name="standard_library", problems=tuple(problems), digest="")


def _files(
    functions: Sequence[Function], draws: random.Random, count: int
) -> tuple[list[tuple[str, str]], int]:
    """Draw files of the installed packages that hold no copy, as (relative path, text)."""
    packages = Path(sysconfig.get_paths()["purelib"])
    paths = sorted(packages.rglob("*.py"))
    draws.shuffle(paths)
    names = {function.name for function in functions}
    first_lines = {" ".join(function.docstring.split("\n")[0].split()) for function in functions}
    pattern = re.compile("|".join(re.escape(line) for line in sorted(first_lines)))
    files: list[tuple[str, str]] = []
    num_left_out = 0
    for path in paths:
        text = path.read_text(errors="replace")
        if len(text) not in FILE_SIZES or not _boundaries(text):
            continue
        if names & set(re.findall(r"\bdef (\w+)", text)) or pattern.search(" ".join(text.split())):
            num_left_out += 1
            continue
        files.append((path.relative_to(packages).as_posix(), text))
        if len(files) == count:
            return files, num_left_out
    raise SystemExit(f"only {len(files)} of {count} files: install more packages, or ask for fewer")


def _boundaries(text: str) -> list[int]:
    return [match.start() for match in re.finditer(r"^(?:def|class) ", text, re.MULTILINE)]


def _planted(host: str, copy: str, draws: random.Random) -> str:
    at = draws.choice(_boundaries(host))
    # Above a decorator and not below it.
    while host[:at].rstrip("\n").rpartition("\n")[2].startswith("@"):
        at = host[:at].rstrip("\n").rfind("\n") + 1
    return f"{host[:at]}{copy.rstrip()}\n\n\n{host[at:]}"


def _verbatim(function: Function, others: Sequence[Function], draws: random.Random) -> str:
    return function.source


def _renamed(function: Function, others: Sequence[Function], draws: random.Random) -> str:
    """Return it without docstring and comments, with other names, indented by three, broken after commas."""
    node = function.node
    node.body = node.body[1:]
    node.name = _new_name(draws)
    bound = {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    bound |= {n.arg for n in ast.walk(node) if isinstance(n, ast.arg)}
    bound -= {name for n in ast.walk(node) if isinstance(n, ast.Global | ast.Nonlocal) for name in n.names}
    names = {name: _new_name(draws) for name in sorted(bound)}
    for n in ast.walk(node):
        if isinstance(n, ast.Name):
            n.id = names.get(n.id, n.id)
        elif isinstance(n, ast.arg):
            n.arg = names.get(n.arg, n.arg)
        elif isinstance(n, ast.FunctionDef):
            n.name = names.get(n.name, n.name)
    return _laid_out_anew(ast.unparse(node), draws)


def _new_name(draws: random.Random) -> str:
    return "".join(draws.choices(_SYLLABLES, k=draws.randint(2, 4))) + draws.choice(["", "_", "_2"])


def _laid_out_anew(source: str, draws: random.Random) -> str:
    """Return the program with comments, blank lines and line breaks inside brackets that it did not have."""
    lines: list[str] = []
    inside_string = _lines_inside_strings(source)
    for number, line in enumerate(source.split("\n"), start=1):
        if number in inside_string:
            lines.append(line)
            continue
        body = line.lstrip(" ")
        indent = " " * (3 * ((len(line) - len(body)) // 4))
        if draws.random() < 0.2:
            lines.append(f"{indent}# {_new_name(draws)} {_new_name(draws)}")
        lines.append(indent + _broken(body, indent, draws))
        if draws.random() < 0.1 and not body.endswith(":"):
            lines.append("")
    return "\n".join(lines)


def _lines_inside_strings(source: str) -> set[int]:
    """Return the numbers of the lines that begin inside a string: they cannot be indented anew."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {n for t in tokens if t.type == tokenize.STRING for n in range(t.start[0] + 1, t.end[0] + 1)}


def _broken(line: str, indent: str, draws: random.Random) -> str:
    """Return a line with breaks after some commas inside its brackets."""
    pieces, depth, begun = [], 0, 0
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(line).readline))
    except (tokenize.TokenError, IndentationError, SyntaxError):
        return line  # the line opens a string or a bracket that another one closes
    for token in tokens:
        depth += (token.string in "([{" and token.string != "") - (
            token.string in ")]}" and token.string != ""
        )
        if token.string == "," and depth > 0 and draws.random() < 0.3:
            pieces.append(line[begun : token.end[1]])
            begun = token.end[1]
    return f"\n{indent}      ".join([*(piece.strip() for piece in pieces), line[begun:].strip()])


def _docstring_only(function: Function, others: Sequence[Function], draws: random.Random) -> str:
    """Return its docstring over the body of a function that is no problem."""
    other = draws.choice(others)
    node = other.node
    body = textwrap.indent("\n".join(map(ast.unparse, node.body[1:])), "    ")
    docstring = textwrap.indent(function.docstring, "    ").lstrip()
    quotes = '"""' if '"""' not in docstring else "'''"
    head = f"def {_new_name(draws)}({ast.unparse(node.args)}):"
    return f"{head}\n    r{quotes}{docstring}\n    {quotes}\n{body}\n"


def _solution_only(function: Function, others: Sequence[Function], draws: random.Random) -> str:
    """Return its body, comments included, under another name."""
    node = function.node
    end = node.body[0].end_lineno
    body = "\n".join(function.source.split("\n")[end:])
    return f"def {_new_name(draws)}({ast.unparse(node.args)}):\n{body}\n"


def _reordered(function: Function, others: Sequence[Function], draws: random.Random) -> str:
    """Return it without docstring and with independent neighbours exchanged; "" where nothing can be."""
    node = function.node
    node.body = node.body[1:]
    return ast.unparse(node) if reorder(node) else ""


VARIANTS: Mapping[str, Callable[[Function, Sequence[Function], random.Random], str]] = {
    "verbatim": _verbatim,
    "renamed and reformatted": _renamed,
    "docstring only": _docstring_only,
    "solution only": _solution_only,
    "reordered statements": _reordered,
}
"""Each makes a copy of a function, or "" where it cannot; the targets for recall are in decontamination.py."""
