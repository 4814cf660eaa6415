"""Which records copy one that was accepted before: exactly, or with other names and numbers.

Cheap, and so only what is plain: near copies that changed a word are found by the dedup step, in all records.
"""

from __future__ import annotations

import hashlib

from hornbook.quality.words import words_of
from hornbook.record import Record


class Copies:
    """The accepted records so far, 100 bytes for each."""

    def __init__(self) -> None:
        """Start with none."""
        self._ids: set[str] = set()
        self._by_words: dict[bytes, str] = {}

    def __contains__(self, record: Record) -> bool:
        """Say whether an accepted record has the same text."""
        return record.id in self._ids

    def add(self, record: Record) -> tuple[str, str] | None:
        """Note an accepted record; where it copies an earlier one, return reason and detail instead.

        A near copy has the same words in the same order, its function's name and all numbers aside.
        """
        if record in self:
            return exact(record)
        if (known := self._by_words.setdefault(_words_key(record), record.id)) != record.id:
            return "near_duplicate", f"of {known}: the same words in the same order"
        self._ids.add(record.id)
        return None


def exact(record: Record) -> tuple[str, str]:
    """Return reason and detail of a record whose text was accepted before."""
    return "exact_duplicate", f"of {record.id}"


def _words_key(record: Record) -> bytes:
    text = record.text
    if record.exercise is not None:
        text = text.replace(f"{record.exercise.entry_point}(", "f(")
    words = " ".join(words_of(text)).encode("utf-8", "replace")
    return hashlib.blake2b(words, digest_size=12).digest()
