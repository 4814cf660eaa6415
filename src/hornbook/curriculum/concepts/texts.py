"""Texts: their characters, patterns, encodings and formats."""

from __future__ import annotations

from hornbook.curriculum.concepts.concept import Concept

TEXTS: tuple[Concept, ...] = ()
