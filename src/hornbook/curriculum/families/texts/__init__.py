"""Families about texts: their characters, patterns, encodings and formats; a new file is one more line here."""

from __future__ import annotations

from hornbook.curriculum.families.texts import (
    alignment,
    anagrams,
    building,
    casing,
    characters,
    classes,
    counting,
    distances,
    line_work,
    mirrors,
    ordering,
    parsing,
    pattern_groups,
    patterns,
    pieces,
    replacing,
    run_lengths,
    translation,
    word_statistics,
    wrapping,
)
from hornbook.curriculum.family import Family

FAMILIES: tuple[Family, ...] = (
    *alignment.FAMILIES,
    *anagrams.FAMILIES,
    *building.FAMILIES,
    *casing.FAMILIES,
    *characters.FAMILIES,
    *classes.FAMILIES,
    *counting.FAMILIES,
    *distances.FAMILIES,
    *line_work.FAMILIES,
    *mirrors.FAMILIES,
    *ordering.FAMILIES,
    *parsing.FAMILIES,
    *pattern_groups.FAMILIES,
    *patterns.FAMILIES,
    *pieces.FAMILIES,
    *replacing.FAMILIES,
    *run_lengths.FAMILIES,
    *translation.FAMILIES,
    *word_statistics.FAMILIES,
    *wrapping.FAMILIES,
)
