"""Bytes of a source file as text, whatever their encoding, with how sure that is.

What a file says of itself counts: a byte order mark, or a coding cookie as Python reads it (PEP 263). A file that
says nothing and is not UTF-8 is read as Windows-1252, or Latin-1 where that has a gap, and marked as a guess. No
detector is asked: charset-normalizer 3.5 took "Joerg" with an umlaut in Latin-1 for Big5, and was wrong about
four of nine short files in common encodings.
"""

from __future__ import annotations

import codecs
import io
import tokenize
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark is the start of this one
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """The text of a file."""

    text: str
    """With "\\n" at the ends of lines."""
    encoding: str
    """Name of the codec: "utf-8", "latin-1"."""
    guessed: bool
    """Whether nothing in the file says so."""


def decode(content: bytes) -> Decoded:
    """Return the text of a file; every byte string has one.

    >>> decode("name = 'J\\xf6rg'".encode("latin-1"))
    Decoded(text="name = 'J\\xf6rg'", encoding='cp1252', guessed=True)
    """
    for encoding, guessed in (*((name, False) for name in _stated(content)), ("cp1252", True)):
        if (text := _decoded(content, encoding)) is not None:
            return Decoded(text=text, encoding=encoding, guessed=guessed)
    return Decoded(text=_with_plain_ends(content.decode("latin-1")), encoding="latin-1", guessed=True)


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        text = content.decode(encoding)
        if not encoding.startswith("utf"):
            text.encode()  # raw_unicode_escape makes half characters, which no file of ours can hold
    except (UnicodeError, LookupError):  # LookupError: the cookie names no codec of texts, such as rot13
        return None
    return _with_plain_ends(text)


def _stated(content: bytes) -> list[str]:
    """List the encodings that the file states or that a file without a statement has."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            return [name]
    try:
        cookie, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
    except SyntaxError:  # an unknown codec is stated, or the first lines are not UTF-8
        return ["utf-8"]
    return [cookie, "utf-8"] if _writes_ascii(cookie) else ["utf-8"]


def _writes_ascii(encoding: str) -> bool:
    """Say whether the line that states an encoding can be in it: it was read as ASCII, so not one of UTF-16."""
    try:
        return b"coding".decode(encoding) == "coding"
    except (UnicodeError, LookupError):
        return False


def _with_plain_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
