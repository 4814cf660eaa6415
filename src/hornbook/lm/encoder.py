"""Texts to tokens, each distinct pre-token merged once and looked up from then on.

Byte-pair merges never cross a pre-token, so a text's tokens are those of its pre-tokens, one after another, and in
code 49 of 50 were seen before. Python's regular expressions do not know Unicode's classes: a stretch with
anything beyond ASCII goes to the tokenizer whole, cut only where a pre-token surely ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import orjson
from numpy.typing import NDArray
from tokenizers import Tokenizer

Ids = NDArray[np.uint16 | np.uint32]
IdType = np.dtype[np.uint16 | np.uint32]

_GPT2 = {"type": "ByteLevel", "add_prefix_space": False, "use_regex": True}
_ASCII_WORD = r"""(?>'(?:[stmd]|re|ve|ll)
    |[ ]?[A-Za-z]+
    |[ ]?[0-9]+
    |[ ]?[!-/:-@\[-`{-~\x00-\x08\x0e-\x1f\x7f]+
    |(?!\s+[^\x00-\x7f])(?:\s+(?!\S)|\s+)
    )(?![^\x00-\x7f])"""
"""GPT-2's pre-tokens, where ASCII alone decides: with "caf" before "é" it does not."""
_CUT = r"(?<=[!-~])(?=\s)"
"""Where a pre-token ends whatever stands around: between a visible character and a space."""
_WORD = re.compile(rf"{_ASCII_WORD}|[\s\S]+?(?:{_CUT}|\Z)", re.ASCII | re.VERBOSE)
_PART = re.compile(_CUT, re.ASCII)
_PART_CHARS = 1_000_000
"""Longest stretch split into words at once: the list of its words takes fifty times its memory."""
_KNOWN_CHARS = 500_000
"""Characters of a generation of words: 50,000 words of code, which take 15 MB with their tokens."""


class _Known(dict[str, bytes]):
    """Words with their tokens, as the bytes of an array; a word not met before is encoded and kept.

    A generation that is full makes room for the next, which takes over what is asked for again: memory is that of
    two, and a common word is never forgotten.
    """

    def __init__(self, tokenizer: Tokenizer, dtype: IdType, older: dict[str, bytes]) -> None:
        super().__init__()
        self._encode = tokenizer.encode
        self._dtype = dtype
        self._older = older
        self.num_chars = 0

    def __missing__(self, word: str) -> bytes:
        ids = self._older.get(word)
        if ids is None:
            ids = np.array(self._encode(word, add_special_tokens=False).ids, self._dtype).tobytes()
        self[word] = ids
        self.num_chars += len(word)
        return ids


class Encoder:
    """A tokenizer that remembers words: the same tokens as its own `encode`, five times as fast on code."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        """Prepare; a tokenizer that cuts words in another way than GPT-2's encodes its texts itself."""
        self.dtype: IdType = np.dtype(np.uint16 if tokenizer.get_vocab_size() <= 65_536 else np.uint32)
        self._tokenizer = tokenizer
        self._by_words = _cuts_as_gpt2(tokenizer)
        self._known = _Known(tokenizer, self.dtype, {})

    def encode(self, text: str) -> Ids:
        """Return the text's tokens, without a separator."""
        if not self._by_words:
            return np.array(self._tokenizer.encode(text, add_special_tokens=False).ids, self.dtype)
        return np.frombuffer(b"".join(map(self._encode_part, _parts(text))), self.dtype)

    def _encode_part(self, part: str) -> bytes:
        if self._known.num_chars > _KNOWN_CHARS:
            self._known = _Known(self._tokenizer, self.dtype, dict(self._known))
        return b"".join(map(self._known.__getitem__, _WORD.findall(part)))


def _cuts_as_gpt2(tokenizer: Tokenizer) -> bool:
    """Say whether texts become tokens pre-token by pre-token, cut by GPT-2's pattern and nothing before it."""
    settings = orjson.loads(tokenizer.to_str())
    rule = settings["pre_tokenizer"] or {}
    is_text = tokenizer.encode_special_tokens and all(added["special"] for added in settings["added_tokens"])
    return is_text and settings["normalizer"] is None and _GPT2.items() <= rule.items()


def _parts(text: str) -> Iterator[str]:
    """Yield the text in stretches of about `_PART_CHARS` that no pre-token crosses."""
    start = 0
    while start < len(text):
        cut = _PART.search(text, start + _PART_CHARS)
        stop = cut.end() if cut else len(text)
        yield text[start:stop]
        start = stop
