"""The words of a text, and their hashes for many texts at once: what the words channel compares.

A word is a run of letters in lower case. Punctuation is dropped, and whatever stands between two words and holds a
digit becomes one 0, so that examples with other numbers are one text. What is seen alike is alike: letters of full
width and ligatures (NFKC), text with invisible characters, HTML's hard space; not letters of other scripts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import numpy as np

from hornbook.quality.byte_tokens import MARK, Spans, hashes, hashes_of, joined, offsets_of
from hornbook.quality.shingles import U64, Flat

_NUMBERS = re.compile(r"\d[\d\W_]*")
_WORD = re.compile(r"[^\W\d_]+|0")
# What str calls a digit or no letter beyond ASCII; beyond ASCII every other byte is part of a letter.
_FOREIGN_DIGIT = re.compile(r"(?![0-9])\d")
_FOREIGN_MARK = re.compile(r"(?:(?![^\W\d_])[^\x00-\x7f])+")
# Soft hyphens, zero width, marks of direction, variation selectors, tags: nothing that is seen.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e007f]+"
)
_BYTE = bytes(
    b if b >= 0x80 else ord(chr(b).lower()) if chr(b).isalpha() else ord("0" if chr(b).isdigit() else " ")
    for b in range(256)
)
_NUMBER_HASH = hashes_of([b"0"])[0]


def words_of(text: str) -> list[str]:
    """Return lower-case words; punctuation is dropped and a run of numbers becomes one 0.

    >>> words_of("Return max_value of [1.5, 2, 3].")
    ['return', 'max', 'value', 'of', '0']
    """
    return _WORD.findall(_NUMBERS.sub(" 0 ", _seen(text).lower()))


def word_hashes(texts: Sequence[str]) -> Flat:
    """Return the hashes of `words_of` of every text, as one flat array."""
    data = joined([_plain(text).translate(_BYTE) for text in texts])
    is_letter = data > ord("0")
    edges = np.flatnonzero(is_letter[1:] != is_letter[:-1]) + 1
    starts, ends = edges[::2], edges[1::2]
    values = hashes(data, Spans(starts, ends - starts))
    is_mark = data[starts] == MARK
    # A digit belongs to the gap before the next word; each gap gives one 0, however many it holds.
    gaps = np.searchsorted(starts, np.flatnonzero(data == ord("0")))
    gaps = gaps[np.concatenate([[True], gaps[1:] != gaps[:-1]])] if len(gaps) else gaps
    values = np.insert(values, gaps, _NUMBER_HASH)
    is_mark = np.insert(is_mark, gaps, False)
    kept: U64 = values[~is_mark]
    return Flat(kept, offsets_of(is_mark))


def _plain(text: str) -> bytes:
    """Return the text in UTF-8, where every byte beyond ASCII is part of a lower-case letter."""
    text = _seen(text)
    if not text.isascii():
        text = _FOREIGN_MARK.sub(" ", _FOREIGN_DIGIT.sub("0", text.lower()))
    return text.encode("utf-8", "replace")


def _seen(text: str) -> str:
    """Return the text as it is seen, one form for each character."""
    text = text.replace("&nbsp;", " ")
    return text if text.isascii() else unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))
