"""Numbers, measures, shapes, chances and dates."""

from __future__ import annotations

from hornbook.curriculum.concepts.concept import Concept

NUMBERS: tuple[Concept, ...] = ()
