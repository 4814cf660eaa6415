"""Families whose solutions are one tree are found, whatever their names."""

from dataclasses import replace

from hornbook.curriculum.families import BY_NAME
from hornbook.curriculum.family import Family
from hornbook.quality.apart import TOO_ALIKE, most_alike, shapes

VOWELS, FOLDERS, INVERTED = (
    BY_NAME[name] for name in ("count_vowels", "way_between_folders", "invert_assignment")
)


def renamed(family: Family) -> Family:
    """The same solutions under other names: of the family, its function and its argument."""
    return replace(
        family,
        name="twin",
        names="quite_different",
        arguments=("passage: str; what to read",),
        phrasings=tuple(text.replace("$text", "$passage") for text in family.phrasings),
        solutions=tuple(text.replace("$text", "$passage") for text in family.solutions),
        idea=family.idea.replace("$text", "$passage"),
        pitfall=family.pitfall.replace("$text", "$passage"),
    )


def test_names_do_not_change_the_shape_of_a_family() -> None:
    assert shapes(renamed(VOWELS)) == shapes(VOWELS)


def test_a_family_is_most_like_its_twin_and_never_like_itself() -> None:
    twin = renamed(VOWELS)
    found = most_alike([VOWELS, FOLDERS], [VOWELS, FOLDERS, INVERTED, twin])
    assert (found[VOWELS.name].name, found[VOWELS.name].similarity) == ("twin", 1.0)
    assert found[FOLDERS.name].name not in ("", FOLDERS.name)
    assert 0.0 < found[FOLDERS.name].similarity < TOO_ALIKE


def test_what_is_less_alike_than_asked_for_does_not_count() -> None:
    found = most_alike([FOLDERS], [VOWELS, INVERTED, FOLDERS], at_least=TOO_ALIKE)
    assert (found[FOLDERS.name].name, found[FOLDERS.name].similarity) == ("", 0.0)
