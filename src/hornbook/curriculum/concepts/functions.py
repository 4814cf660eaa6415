"""How functions are called, made and combined, and how classes describe things."""

from __future__ import annotations

from hornbook.curriculum.concepts.concept import Concept

FUNCTIONS: tuple[Concept, ...] = ()
