"""The gallery shows every form and executes what it shows."""

import re
from pathlib import Path

from typer.testing import CliRunner

from hornbook.cli import app
from hornbook.curriculum.pages import FORMS


def shown(*words: str) -> str:
    result = CliRunner().invoke(app, ["gallery", *words])
    assert result.exit_code == 0, result.output
    return result.output


def test_forty_samples_have_every_form_and_are_the_same_for_the_same_seed() -> None:
    text = shown()
    assert len(re.findall(r"^## (?:Exercise|Textbook) \d+$", text, re.M)) == 40
    assert set(re.findall(r"form (\w+)", text)) >= set(FORMS)
    assert text == shown()
    assert text != shown("--seed", "1")


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").touch()
    result = CliRunner().invoke(app, ["gallery", "--out", str(tmp_path / "taken" / "all.md")])
    assert result.exit_code != 0
    assert str(tmp_path / "taken") in result.output + str(result.exception)
