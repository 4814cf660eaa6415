"""The concepts of a course in Python, as a graph: what is said about each, and what comes before it.

Prerequisites form an acyclic graph. The textbook pages speak these sentences; they claim nothing about a
particular program, so that every claim on a page that can be executed stands in one of its code blocks.
"""

from __future__ import annotations

from hornbook.curriculum.concepts.algorithms import ALGORITHMS
from hornbook.curriculum.concepts.concept import Concept
from hornbook.curriculum.concepts.data import DATA
from hornbook.curriculum.concepts.foundations import FOUNDATIONS
from hornbook.curriculum.concepts.functions import FUNCTIONS
from hornbook.curriculum.concepts.numbers import NUMBERS
from hornbook.curriculum.concepts.texts import TEXTS

__all__ = ["CONCEPTS", "Concept"]

CONCEPTS = {one.name: one for one in (*FOUNDATIONS, *FUNCTIONS, *TEXTS, *DATA, *NUMBERS, *ALGORITHMS)}
"""All concepts by name, area by area (not the order in which to teach them)."""
