"""Algorithms: structures, searches, and ways to find the best."""

from __future__ import annotations

from hornbook.curriculum.concepts.concept import Concept

ALGORITHMS: tuple[Concept, ...] = ()
