"""Words and signs that vary together, as parameters of a family."""

from __future__ import annotations

import random

from hornbook.curriculum.family import Raw


def part(rng: random.Random, *choices: dict[str, str]) -> dict[str, Raw]:
    """Draw one of the choices; its values stand in prose and code as they are, without quotes."""
    return {key: Raw(text) for key, text in rng.choice(choices).items()}
