"""Collections, and what the standard library does with them."""

from __future__ import annotations

from hornbook.curriculum.concepts.concept import Concept

DATA: tuple[Concept, ...] = ()
