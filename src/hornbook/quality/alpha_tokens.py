"""Python as tokens that neither new names nor another layout change: what the code channel compares.

Strings are one symbol; comments, docstrings, parentheses, semicolons, trailing commas and layout are gone, since
formatters add and remove them; a name counts only by where it was last seen (the "previous occurrence" encoding of
parameterized matching, Baker 1993, doi.org/10.1145/167088.167115). Keywords, built-in names and attributes (a dot
and the name after it are one token) stay as they are. Broken code has tokens too: nothing is parsed.
"""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from hornbook.quality.byte_tokens import MARK, U8, Mask, Spans, hashes, hashes_of, joined, offsets_of
from hornbook.quality.shingles import I64, U64, Flat, rolling

COLUMN_ZERO = "\n"
"""The token before every line that starts in column 0: by it the end of a function is known without parsing."""

# Each alternative starts with a character of its own, so that the search jumps from one to the next; what it
# captures, the closing quote, is what `split` leaves of a string. No text makes it read on and on: a quote that
# nothing closes hides the rest of its line.
_COMMENT_OR_STRING = re.compile(
    r"#[^\n]*+"
    r'|"(?:""[^"\\]*+(?:(?:\\.|"(?!""))[^"\\]*+)*+""(")|[^"\\\n]*+(?:\\.[^"\\\n]*+)*+("?))'
    r"|'(?:''[^'\\]*+(?:(?:\\.|'(?!''))[^'\\]*+)*+''(')|[^'\\\n]*+(?:\\.[^'\\\n]*+)*+('?))",
    re.DOTALL,
)
_SPACE, _WORD, _OPERATOR, _QUOTE, _LINE = range(5)
_KEPT_NAMES = frozenset(keyword.kwlist) | frozenset(dir(builtins))
_JOINED = ("**", "//", ">>", "<<", "->", ":=", "*=", "/=", "%=", "&=", "|=", "^=", "@=", "<=", ">=", "==") + (
    *("!=", "+=", "-=", ".."),
)
_OPENING, _CLOSING, _DROPPED = b"([{", b")]}", b"();\\"
_NEVER = np.iinfo(np.int64).max


def _table(characters: bytes) -> Mask:
    table = np.zeros(256, dtype=np.bool_)
    table[list(characters)] = True
    return table


def _classes() -> bytes:
    """Return the class of every byte; beyond ASCII every byte is part of a name."""
    of_word = [b for b in range(256) if b >= 0x80 or chr(b).isalnum() or b == ord("_")]
    classes = bytearray([_OPERATOR]) * 256
    for some, class_ in ((b" \t\r\f\v\0", _SPACE), (of_word, _WORD), (b"\"'", _QUOTE), (b"\n", _LINE)):
        for byte in some:
            classes[byte] = class_
    return bytes(classes)


_CLASS = np.frombuffer(_classes(), dtype=np.uint8)
_IS_CLOSING, _IS_DROPPED = _table(_CLOSING), _table(_DROPPED)
_BEGINS_ARGUMENT = _table(b"(,")
_IS_PREFIX, _IS_DIGIT = _table(b"rbfuRBFU"), _table(b"0123456789")
_NO_COLUMN_ZERO = _table(b" \t\r\f\v\0\n\"'" + _CLOSING + bytes([MARK]))
_DEPTH = np.zeros(256, dtype=np.int64)
_DEPTH[list(_OPENING)], _DEPTH[list(_CLOSING)] = 1, -1
_PAIR = np.zeros(65536, dtype=np.bool_)
_PAIR[[ord(pair[0]) << 8 | ord(pair[1]) for pair in _JOINED]] = True


@dataclass(frozen=True, slots=True)
class AlphaTokens:
    """Tokens of several texts, ready to be compared whatever their names are."""

    data: U8
    """The texts without comments and with each string as its quote."""
    spans: Spans
    """Where each token stands in `data`; the dot before an attribute's name is not part of it."""
    tokens: Flat
    """Hash of each token as it stands."""
    since: I64
    """For a name: how many tokens ago it was seen (a huge number when never); else -1."""

    def windows(self, sizes: Sequence[int]) -> Iterator[tuple[int, U64]]:
        """Yield (n, hashes of all windows of n tokens), as `rolling` does; names count by last occurrence."""
        return rolling(self._column(), sizes)

    def num_distinct(self, n: int) -> I64:
        """Return how many different tokens each window of n tokens has, names by last occurrence."""
        size = max(len(self.since) - n + 1, 0)
        column = self._column()
        table = np.sort([column(j)[:size] for j in range(n)], axis=0)
        distinct: I64 = 1 + (table[1:] != table[:-1]).sum(axis=0)
        return distinct

    def num_words(self, n: int) -> I64:
        """Return how many names and keywords each window of n tokens has."""
        first = self.data[self.spans.starts]
        sums = np.concatenate([[0], np.cumsum((_CLASS[first] == _WORD) & ~_IS_DIGIT[first])])
        found: I64 = sums[n:] - sums[: max(len(sums) - n, 0)]
        return found

    def _column(self) -> Callable[[int], U64]:
        """Return what gives position j of each window."""
        codes = np.where(self.since >= 0, self.since.astype(np.uint64), self.tokens.values)
        # A name last seen before its window began is new in this window: 0.
        return lambda j: np.where(self.since[j:] <= j, codes[j:], np.uint64(0))

    def text(self, first: int, end: int) -> str:
        """Return the source of the tokens from `first` to before `end`, in one line."""
        last = end - 1
        part = self.data[self.spans.starts[first] : self.spans.starts[last] + self.spans.lengths[last]]
        return " ".join(part.tobytes().decode("utf-8", "replace").split())


def alpha_tokens(texts: Sequence[str]) -> AlphaTokens:
    """Return the tokens of several texts."""
    data = joined([_without_comments(text) for text in texts])
    spans, is_attribute, is_keyword = _names(data, *_statements(data, _all_tokens(data)))
    values = hashes(data, spans)
    first = data[spans.starts]
    values[_CLASS[first] == _QUOTE] = _ANY_STRING
    values[is_attribute] ^= _ATTRIBUTE
    values[is_keyword] ^= _KEYWORD
    _write_alike(data, spans, values)
    is_mark = first == MARK
    is_name = (_CLASS[first] == _WORD) & ~_IS_DIGIT[first] & ~is_attribute & ~is_keyword & ~_are_kept(values)
    inside = ~is_mark
    kept = values[inside]
    since = _last_seen(kept, is_name[inside])
    return AlphaTokens(data, spans.where(inside), Flat(kept, offsets_of(is_mark)), since)


def shown_tokens(text: str) -> list[str]:
    """Return the tokens of a text as they stand; an attribute's name without its dot.

    >>> shown_tokens("    return (xs.pop(),)  # last")
    ['return', 'xs', 'pop']
    """
    found = alpha_tokens([text])
    return [found.text(i, i + 1) or COLUMN_ZERO for i in range(len(found.spans))]


def token_hash(token: str) -> np.uint64:
    """Return the hash of one token, as it stands in `AlphaTokens.tokens`."""
    return np.uint64(hashes_of([token.encode()])[0])


def without_shadows(code: str, bound: set[str]) -> str:
    """Return the code with those names of `bound` that hide a built-in (`sum = 0`) made ordinary names."""
    for name in sorted(bound & _KEPT_NAMES):
        code = re.sub(rf"(?<![.\w]){name}\b", f"own_{name}", code)
    return code


def _without_comments(text: str) -> bytes:
    """Return the text without comments and with each string as its quote."""
    return "".join(filter(None, _COMMENT_OR_STRING.split(text))).encode("utf-8", "replace")


def _all_tokens(data: U8) -> Spans:
    """Return words, operators, quotes, line ends and marks; operators of two and three characters are one."""
    classes = _CLASS[data]
    is_word = classes == _WORD
    edges = np.flatnonzero(is_word[1:] != is_word[:-1]) + 1
    others = np.flatnonzero(classes > _WORD)
    continues = _PAIR[data[others - 1].astype(np.uint16) << 8 | data[others]]
    others_begin = np.flatnonzero(~continues)
    begins = np.zeros(len(data), dtype=np.bool_)
    begins[edges[::2]] = True
    begins[others[others_begin]] = True
    starts = np.flatnonzero(begins)
    lengths = np.empty(len(starts), dtype=np.int64)
    words = is_word[starts]
    lengths[words] = edges[1::2] - edges[::2]
    lengths[~words] = np.diff(others_begin, append=len(others))
    return Spans(starts, lengths)


def _statements(data: U8, spans: Spans) -> tuple[Spans, Mask]:
    """Return the tokens without docstrings, string prefixes and most line ends, and which stand in brackets.

    The line ends before lines in column 0 stay.
    """
    first = data[spans.starts]
    is_line = first == ord("\n")
    begins_line = is_line & ~_NO_COLUMN_ZERO[data[spans.starts + 1]]
    # Depth is counted anew from every line in column 0: what one statement left open must not reach the next.
    depth = np.cumsum(_DEPTH[first])
    anchors = np.where(begins_line | (first == MARK), np.arange(len(first)), 0)
    inside = depth > depth[np.maximum.accumulate(anchors)]
    kept = ~is_line | begins_line
    quotes = np.flatnonzero(_CLASS[first] == _QUOTE)
    before = quotes - 1
    lengths = spans.lengths[before]
    is_prefix = (spans.starts[before] + lengths == spans.starts[quotes]) & _IS_PREFIX[first[before]]
    is_prefix &= (lengths == 1) | ((lengths == 2) & _IS_PREFIX[data[spans.starts[before] + 1]])
    kept[before[is_prefix]] = False
    # A string that is a whole line outside of brackets is a docstring.
    alone = is_line[before - is_prefix] & is_line[quotes + 1]
    kept[quotes[alone & ~inside[quotes]]] = False
    return spans.where(kept), inside[kept]


def _names(data: U8, spans: Spans, inside: Mask) -> tuple[Spans, Mask, Mask]:
    """Return the tokens that count, which of them are attributes, and which keywords of arguments.

    Parentheses, trailing commas and dots before names are gone, and strings that follow each other are one.
    """
    first = data[spans.starts]
    following = np.append(first[1:], np.uint8(MARK))
    class_, next_class = _CLASS[first], _CLASS[following]
    is_dot = (first == ord(".")) & (spans.lengths == 1) & (next_class == _WORD) & (following != MARK)
    is_attribute = np.concatenate([[False], is_dot[:-1]])
    # `width=width` renamed is `width=w`: the keyword stays, so it must not count as the variable's last place.
    assigned = (following == ord("=")) & (np.append(spans.lengths[1:], 0) == 1)
    begins = _BEGINS_ARGUMENT[np.append(np.uint8(0), first[:-1])]
    is_keyword = inside & (class_ == _WORD) & assigned & begins
    asked = np.flatnonzero(is_keyword)
    is_keyword[asked[_in_definition(data, spans, asked)]] = False
    kept = ~_IS_DROPPED[first] & ~is_dot
    kept &= ~((first == ord(",")) & _IS_CLOSING[following])
    kept &= ~((class_ == _QUOTE) & (next_class == _QUOTE))
    return spans.where(kept), is_attribute[kept], is_keyword[kept]


def _in_definition(data: U8, spans: Spans, asked: I64) -> Mask:
    """Return which of the tokens asked for stand right between the parentheses of a `def`."""
    first = data[spans.starts]
    depth = np.cumsum(_DEPTH[first])
    openings = np.flatnonzero(_DEPTH[first] > 0)
    if not len(openings):
        return np.zeros(len(asked), dtype=np.bool_)
    openings = openings[np.argsort(depth[openings], kind="stable")]
    # The bracket around a token is the last one before it that opened to the token's depth.
    place = np.searchsorted(depth[openings] * len(first) + openings, depth[asked] * len(first) + asked)
    around = openings[np.maximum(place - 1, 0)]
    word = np.maximum(around - 2, 0)
    is_def = (
        (first[word] == ord("d")) & (spans.lengths[word] == 3) & (data[spans.starts[word] + 2] == ord("f"))
    )
    found: Mask = is_def & (around >= 2)
    return found


def _write_alike(data: U8, spans: Spans, values: U64) -> None:
    """Give whole numbers in other bases the hash of the decimal: formatters that print trees write decimals."""
    second = data[spans.starts + 1]
    based = np.flatnonzero((data[spans.starts] == ord("0")) & (spans.lengths > 2) & (second > ord("9")))
    numbers = (
        data[start : start + length].tobytes()
        for start, length in zip(spans.starts[based].tolist(), spans.lengths[based].tolist(), strict=True)
    )
    values[based] = hashes_of([_decimal(number) for number in numbers])


def _decimal(number: bytes) -> bytes:
    try:
        return str(int(number, 0)).encode()
    except ValueError:  # no number after all, or one of thousands of digits
        return number


_ATTRIBUTE, _KEYWORD = np.uint64(0xA5A5A5A5A5A5A5A5), np.uint64(0x5A5A5A5A5A5A5A5A)
_ANY_STRING = token_hash('""')
_KEPT_HASHES = np.sort(hashes_of([name.encode() for name in _KEPT_NAMES]))
_MAYBE_KEPT = np.zeros(65536, dtype=np.bool_)
_MAYBE_KEPT[_KEPT_HASHES & np.uint64(65535)] = True


def _are_kept(values: U64) -> Mask:
    kept: Mask = _MAYBE_KEPT[values & np.uint64(65535)]
    maybe = np.flatnonzero(kept)
    found = np.minimum(np.searchsorted(_KEPT_HASHES, values[maybe]), len(_KEPT_HASHES) - 1)
    kept[maybe] = _KEPT_HASHES[found] == values[maybe]
    return kept


def _last_seen(values: U64, is_name: Mask) -> I64:
    """Return for every name how many tokens ago the same name stood; beyond a text's start nobody looks."""
    positions = np.flatnonzero(is_name)
    last_seen = np.full(len(values), -1, dtype=np.int64)
    if not len(positions):
        return last_seen
    order = positions[np.argsort(values[positions], kind="stable")]
    distance = np.diff(order)
    distance[values[order[1:]] != values[order[:-1]]] = _NEVER
    last_seen[order[0]] = _NEVER
    last_seen[order[1:]] = distance
    return last_seen
