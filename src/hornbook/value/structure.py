"""Counts over the tokens of many texts at once: size, layout, what is computed, where names come from.

Each column is a count per line, a share, or the logarithm of one plus a count. All are right for code as it is
usually written and wrong now and then (a name that only a `match` binds counts as foreign): a classifier that
learns from thousands of units forgives that.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hornbook.value.scan import Flags, Integers, Kind, Mark, Scan

Floats = npt.NDArray[np.float64]

_OPERATORS = (Kind.ARITHMETIC, Kind.STAR, Kind.COMPARE, Kind.BOOLEAN, Kind.AUGMENTED, Kind.IN)
_WORKING = (*_OPERATORS, Kind.FOR, Kind.WHILE, Kind.IF, Kind.YIELD, Kind.LAMBDA)
_NAMES = (Kind.NAME, Kind.BUILTIN, Kind.SELF)
_OPENING = (Kind.PAREN, Kind.SQUARE, Kind.CURLY)
_LONG_LINE = 100


class Counter:
    """Counts tokens, or sums numbers of them, by text."""

    def __init__(self, tokens: Scan) -> None:
        """Count in these tokens."""
        self.text, self.num_texts = tokens.text, tokens.num_texts

    def __call__(self, chosen: Flags, numbers: Integers | None = None) -> Floats:
        """Return how many tokens are chosen, or the sum of their numbers; shape (texts,)."""
        weights = None if numbers is None else numbers[chosen]
        return np.bincount(self.text[chosen], weights, minlength=self.num_texts).astype(np.float64)

    def largest(self, chosen: Flags, numbers: Integers) -> Floats:
        """Return each text's largest of the chosen numbers; 0 where there is none above it."""
        found = np.zeros(self.num_texts)
        np.maximum.at(found, self.text[chosen], numbers[chosen])
        return found


def before(values: npt.NDArray[np.generic], edge: int) -> npt.NDArray[np.generic]:
    """Return the value of the token before each, `edge` for the first."""
    return np.concatenate([np.array([edge], values.dtype), values[:-1]])


def after(values: npt.NDArray[np.generic], edge: int) -> npt.NDArray[np.generic]:
    """Return the value of the token after each, `edge` for the last."""
    return np.concatenate([values[1:], np.array([edge], values.dtype)])


def depths(tokens: Scan) -> Integers:
    """Return how many brackets are open before each token, within its text."""
    steps = np.isin(tokens.kind, _OPENING).astype(np.int64) - (tokens.kind == Kind.CLOSE)
    opened = np.cumsum(steps) - steps
    starts = np.flatnonzero(np.diff(tokens.text, prepend=-1))
    result: Integers = np.maximum(opened - opened[starts][tokens.text], 0)
    return result


@dataclass(frozen=True, slots=True)
class Said:
    """What is said about the code, by text."""

    doc_words: Floats
    num_docs: Floats
    """Docstrings of five words or more."""
    num_examples: Floats
    """Doctest lines."""
    num_comments: Floats
    """Comments of three words or more."""


def take_said(tokens: Scan) -> tuple[Scan, Said]:
    """Part the code from its comments and docstrings: strings that stand alone in a line, outside brackets."""
    is_line = tokens.kind == Kind.LINE
    ends_here = after(is_line | (tokens.kind == Kind.COMMENT), 1)
    docs = (tokens.kind == Kind.STRING) & before(is_line, 1) & ends_here
    docs[docs] = depths(tokens)[docs] == 0
    comments = tokens.kind == Kind.COMMENT
    per = Counter(tokens)
    said = Said(
        doc_words=per(docs, tokens.length),
        num_docs=per(docs & (tokens.length >= 5)),
        num_examples=per(docs, tokens.says >> 16),
        num_comments=per(comments & (tokens.length >= 3)),
    )
    code = tokens.take(~(docs | comments))
    is_line = code.kind == Kind.LINE
    is_empty = is_line & after(is_line, 0) & (after(code.text, -1) == code.text)
    return code.take(~is_empty), said


class _View:
    """Code tokens with what stands around each; lines' ends inside brackets are left out."""

    def __init__(self, tokens: Scan) -> None:
        deep = depths(tokens)
        keep = (tokens.kind != Kind.LINE) | (deep == 0)
        self.tokens = tokens.take(keep)
        self.depth = deep[keep]
        self.kind = self.tokens.kind
        self.before = before(self.kind, Kind.LINE)
        self.after = after(self.kind, Kind.LINE)
        self.is_line = self.kind == Kind.LINE
        self.line = np.cumsum(self.is_line) - 1
        # What the line begins with, for every token of it.
        self.begins = self.after[self.is_line][self.line]
        self.is_first = self.before == Kind.LINE
        self.places = np.arange(len(self.kind))

    def any_of(self, kinds: tuple[Kind, ...]) -> Flags:
        return _TABLES[kinds][self.kind]

    def since(self, chosen: Flags) -> Integers:
        """Return the place of the last chosen token up to each, -1 before the first."""
        result: Integers = np.maximum.accumulate(np.where(chosen, self.places, -1))
        return result

    def by_line(self, chosen: Flags, numbers: Integers | None = None) -> Floats:
        """Count chosen tokens, or sum their numbers, by line."""
        weights = None if numbers is None else numbers[chosen]
        counts = np.bincount(self.line[chosen], weights, minlength=int(self.is_line.sum()))
        return counts.astype(np.float64)


def _table(kinds: tuple[Kind, ...]) -> Flags:
    return np.isin(np.arange(len(Kind)), kinds)


_TABLES: dict[tuple[Kind, ...], Flags] = {
    kinds: _table(kinds) for kinds in (_OPERATORS, _WORKING, _NAMES, _OPENING)
}


def structure(code: Scan, said: Said) -> dict[str, Floats]:
    """Return the columns by name, each of shape (texts,)."""
    per = Counter(code)
    num_lines = np.maximum(per(code.kind == Kind.LINE) - 1, 1)
    view = _View(code)
    view_per = Counter(view.tokens)
    columns = _said_columns(said, view, view_per, num_lines)
    columns |= _layout(view, view_per, num_lines)
    columns |= _work(view, view_per, num_lines)
    columns |= _forms(view, view_per, num_lines)
    columns |= _names(view, view_per, num_lines)
    return columns


def _said_columns(said: Said, view: _View, per: Counter, num_lines: Floats) -> dict[str, Floats]:
    definitions = per((view.kind == Kind.DEF) | (view.kind == Kind.CLASS))
    return {
        "doc_words": np.log1p(said.doc_words / num_lines),
        "docs": np.minimum(said.num_docs / np.maximum(definitions, 1), 1.5),
        "examples": np.log1p(said.num_examples),
        "comments": said.num_comments / num_lines,
    }


SAID = (0, 1, 2, 3)
"""Columns that comments and docstrings reach: for the same code without them these are 0, the rest equal."""


def _layout(view: _View, per: Counter, num_lines: Floats) -> dict[str, Floats]:
    is_line, length = view.is_line, view.tokens.length
    indents = np.where(is_line, length, 0)
    widths = view.by_line(~is_line, length + (view.before != Kind.DOT)) + indents[is_line]
    lines_text = view.tokens.text[is_line]
    wide = np.bincount(lines_text, widths > _LONG_LINE, minlength=per.num_texts)
    heads = view.is_first & ((view.kind == Kind.DEF) | (view.kind == Kind.CLASS) | (view.kind == Kind.AT))
    # Lines from the last head, or the start of the text, up to this line.
    piece = view.line - view.line[np.maximum(view.since(heads | (view.places == 0)), 0)]
    starts = view.line[np.flatnonzero(np.diff(view.tokens.text, prepend=-1))]
    piece = np.minimum(piece, view.line - starts[view.tokens.text])
    return {
        "lines": np.log1p(num_lines),
        "statements": np.log1p(per(is_line)),
        "characters": np.log1p(per(~is_line, length)),
        "line_width": np.bincount(lines_text, widths, minlength=per.num_texts) / num_lines,
        "long_lines": wide / num_lines,
        "deepest_indent": per.largest(is_line, indents) / 4,
        "mean_indent": per(is_line, indents) / num_lines / 4,
        "longest_piece": np.log1p(per.largest(is_line, piece)),
    }


def _work(view: _View, per: Counter, num_lines: Floats) -> dict[str, Floats]:
    kind = view.kind
    calls = (kind == Kind.PAREN) & ((view.before == Kind.NAME) | (view.before == Kind.BUILTIN))
    indexed = (kind == Kind.SQUARE) & ((view.before == Kind.NAME) | (view.before == Kind.CLOSE))
    gives = (view.before == Kind.RETURN) & (kind != Kind.LINE)
    loops = (kind == Kind.FOR) | (kind == Kind.WHILE)
    collects = view.tokens.has(Mark.COLLECTS) & (view.before == Kind.DOT)
    stores = (kind == Kind.ASSIGN) & (view.before == Kind.CLOSE) & (view.depth == 0)
    augmented = kind == Kind.AUGMENTED
    working = view.by_line(view.any_of(_WORKING) | indexed)
    plain = (working == 0) & (view.by_line(kind == Kind.PAREN) <= 1)
    heads = _HEADS[view.after[view.is_line]]
    is_plain = (plain & ~heads)[view.line] & view.is_line & (view.after != Kind.LINE)
    statements = per(view.is_first & ~_HEADS[kind] & ~view.is_line)
    return {
        "loops": per(loops) / num_lines,
        "loop_lines": np.log1p(per(loops & view.is_first)),
        "comprehensions": np.log1p(per((kind == Kind.FOR) & ~view.is_first)),
        "branches": per((kind == Kind.IF) | (kind == Kind.TRY)) / num_lines,
        "num_branches": np.log1p(per((kind == Kind.IF) | (kind == Kind.TRY))),
        "operators": per(view.any_of(_OPERATORS)) / num_lines,
        "num_operators": np.log1p(per(view.any_of(_OPERATORS) | indexed)),
        "subscripts": per(indexed) / num_lines,
        "results": per(gives | (kind == Kind.YIELD) | augmented | stores) / num_lines,
        "num_results": np.log1p(per(gives | (kind == Kind.YIELD) | augmented | stores)),
        "collecting": np.log1p(per(collects | augmented | stores)),
        "plain_statements": per(is_plain) / np.maximum(statements, 1),
        "busy_statements": np.log1p(np.maximum(statements - per(is_plain), 0)),
        "calls": per(calls) / num_lines,
        "attributes": per(kind == Kind.DOT) / num_lines,
        "strings": per(kind == Kind.STRING) / num_lines,
        "numbers": per(kind == Kind.NUMBER) / num_lines,
    }


_HEADS = _table((Kind.DEF, Kind.CLASS, Kind.IMPORT, Kind.FROM, Kind.AT, Kind.LINE))


def _forms(view: _View, per: Counter, num_lines: Floats) -> dict[str, Floats]:
    """What kind of unit it is: its definitions, and the marks of boilerplate."""
    kind, tokens = view.kind, view.tokens
    defined = (view.before == Kind.DEF) & ~view.is_line
    num_functions = per(defined)
    each = np.maximum(num_functions, 1)
    imports = (view.begins == Kind.IMPORT) | (view.begins == Kind.FROM)
    decorators = (view.begins == Kind.AT) & ~view.is_line
    num_classes = per(kind == Kind.CLASS)
    is_method = per((kind == Kind.SELF) & (view.before == Kind.PAREN) & (view.begins == Kind.DEF)) > 0
    state = per((kind == Kind.SELF) & (view.after == Kind.DOT))
    return {
        "functions": np.log1p(num_functions),
        "classes": np.log1p(num_classes),
        "bare_state": np.where(is_method & (num_classes == 0), state / num_lines, 0.0),
        "state": state / num_lines,
        "special": per(defined & tokens.has(Mark.DUNDER)) / each,
        "tests": per(defined & tokens.has(Mark.TEST)) / each,
        "shims": per(decorators & tokens.has(Mark.SHIM)) / each,
        "decorators": per((kind == Kind.AT) & view.is_first) / each,
        "windows": per(imports & tokens.has(Mark.WINDOW)),
        "testing": per(imports & tokens.has(Mark.TESTING)),
        "options": per(imports & tokens.has(Mark.OPTION)),
        "passes": per(kind == Kind.PASS) / num_lines,
    }


def _names(view: _View, per: Counter, num_lines: Floats) -> dict[str, Floats]:
    """Where the names come from that are read, and what those look like that are bound."""
    tokens, kind = view.tokens, view.kind
    is_name = view.any_of(_NAMES)
    imports = (view.begins == Kind.IMPORT) | (view.begins == Kind.FROM)
    free = is_name & (view.before != Kind.DOT) & ~imports
    parameters = _parameters(view, is_name)
    bound = _bound(view, is_name, parameters) | (is_name & imports)
    key = tokens.text << 32 | tokens.says
    foreign_bound = is_name & imports & _foreign_lines(view)[view.line]
    keyword = free & (view.after == Kind.ASSIGN) & (view.depth > 0)
    reads = free & ~keyword & ~parameters & (kind != Kind.SELF)
    targets = free & (view.after == Kind.ASSIGN) & (view.depth == 0)
    reads &= ~targets & (view.before != Kind.DEF) & (view.before != Kind.CLASS)
    own = np.unique(key[bound & ~foreign_bound])
    others = np.unique(key[foreign_bound])
    is_own = _among(key, own) & ~_among(key, others)
    foreign = reads & ~is_own & (kind != Kind.BUILTIN)
    foreign |= reads & _among(key, others)
    num_reads, num_foreign = per(reads), per(foreign)
    names = _firsts(key, bound & ~imports)
    num_names = np.maximum(per(names), 1)
    defined = np.unique(key[view.before == Kind.DEF])
    called = (view.after == Kind.PAREN) & is_name & (view.before != Kind.DEF) & _among(key, defined)
    bases = foreign & (view.begins == Kind.CLASS)
    return {
        "foreign": np.log1p(num_foreign),
        "foreign_share": num_foreign / np.maximum(num_reads, 1),
        "foreign_names": np.log1p(per(_firsts(key, foreign))),
        "foreign_imports": np.log1p(per(foreign_bound)),
        "foreign_bases": np.log1p(per(bases)),
        "reads": num_reads / num_lines,
        "own_calls": np.log1p(per(called)),
        "short_names": per(names & tokens.has(Mark.SHORT)) / num_names,
        "name_length": per(names, tokens.length) / num_names,
        "names": np.log1p(num_names),
        "capitals": per(is_name & tokens.has(Mark.CAPITAL)) / np.maximum(per(is_name), 1),
        "parameters": _most_parameters(view, per, parameters),
    }


def _foreign_lines(view: _View) -> Flags:
    """Whether each line imports from a module that is not of the standard library, told by the first it names."""
    found = np.zeros(int(view.is_line.sum()), dtype=bool)
    places = np.flatnonzero(view.is_line & ((view.after == Kind.IMPORT) | (view.after == Kind.FROM)))
    inside = np.minimum(places + 2, len(view.kind) - 1)
    is_named = after(view.after, Kind.LINE)[places] != Kind.LINE
    found[view.line[places]] = ~view.tokens.has(Mark.STANDARD)[inside] & is_named
    return found


def _firsts(key: Integers, chosen: Flags) -> Flags:
    """Whether each place is the first of those chosen that has its key."""
    found = np.zeros(len(key), dtype=bool)
    found[np.unique(np.where(chosen, key, -1), return_index=True)[1]] = True
    return found & chosen


def _among(keys: Integers, known: Integers) -> Flags:
    """Whether each key is one of the sorted `known`."""
    if not len(known):
        return np.zeros(len(keys), dtype=bool)
    found: Flags = known[np.minimum(np.searchsorted(known, keys), len(known) - 1)] == keys
    return found


_BEFORE_PARAMETER = _table((Kind.PAREN, Kind.COMMA, Kind.STAR, Kind.LAMBDA))
_AFTER_PARAMETER = _table((Kind.COMMA, Kind.CLOSE, Kind.COLON, Kind.ASSIGN))
_BEFORE_TARGET = _table((Kind.LINE, Kind.COMMA, Kind.PAREN, Kind.STAR, Kind.SQUARE))


def _parameters(view: _View, is_name: Flags) -> Flags:
    """Whether a name is a parameter in the head of a function."""
    in_head = (view.begins == Kind.DEF) & (view.depth == 1)
    in_lambda = view.since(view.kind == Kind.LAMBDA) > view.since(view.kind == Kind.COLON)
    around = _BEFORE_PARAMETER[view.before] & _AFTER_PARAMETER[view.after]
    found: Flags = is_name & around & (in_head | in_lambda)
    return found


def _bound(view: _View, is_name: Flags, parameters: Flags) -> Flags:
    """Whether a name is bound where it stands: defined, assigned, a loop's target, or after `as`."""
    kind = view.kind
    follows = (view.before == Kind.DEF) | (view.before == Kind.CLASS) | (view.before == Kind.AS)
    assigned = (view.after == Kind.ASSIGN) | (view.after == Kind.WALRUS) | (view.after == Kind.AUGMENTED)
    annotated = view.is_first & (view.after == Kind.COLON)
    in_for = view.since(kind == Kind.FOR) > view.since((kind == Kind.IN) | view.is_line)
    equals = (kind == Kind.ASSIGN) & (view.depth == 0)
    has_equals = (view.by_line(equals) > 0)[view.line]
    in_target = has_equals & (view.since(equals) < view.since(view.is_line)) & _BEFORE_TARGET[view.before]
    anywhere = follows | assigned | annotated | in_for | in_target | parameters
    found: Flags = is_name & anywhere & (view.before != Kind.DOT)
    return found


def _most_parameters(view: _View, per: Counter, parameters: Flags) -> Floats:
    counted = parameters & (view.begins == Kind.DEF) & (view.kind != Kind.SELF)
    by_line = view.by_line(counted).astype(np.int64)
    return per.largest(view.is_line, by_line[view.line])
