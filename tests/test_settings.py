import pytest
from test_step import recipe

from hornbook.errors import UsageError
from hornbook.settings import override
from hornbook.step import in_order


def configs(settings: dict[str, str]) -> dict[str, object]:
    return {step.name: step.config for step in in_order(override(recipe(), settings))}


def test_an_override_changes_one_field_and_keeps_its_type() -> None:
    changed, plain = configs({"odd.divisor": "5"}), configs({})
    assert changed["odd"].divisor == 5  # type: ignore[attr-defined]
    assert {name for name in plain if plain[name] != changed[name]} == {"odd"}


def test_an_unknown_step_is_named_with_the_nearest_known_one() -> None:
    with pytest.raises(UsageError, match=r"no step is named 'od'; did you mean 'odd'\?"):
        configs({"od.divisor": "5"})


def test_an_unknown_field_is_named_with_the_nearest_known_one() -> None:
    with pytest.raises(UsageError, match=r"no field 'divsor'; did you mean 'divisor'\?"):
        configs({"odd.divsor": "5"})


def test_a_value_of_the_wrong_type_is_refused_with_the_rule() -> None:
    with pytest.raises(UsageError, match=r"odd\.divisor=many: Input should be a valid integer"):
        configs({"odd.divisor": "many"})
