"""What a person reads while a run goes on."""

from __future__ import annotations

import pytest

from hornbook import screen
from hornbook.screen import Screen
from hornbook.step import Progress


@pytest.fixture(autouse=True)
def no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)


def test_a_file_gets_a_line_of_progress_after_a_silence_and_not_before(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with Screen(1) as shown:
        shown.begin("arm")
        shown.progress(Progress(done=0, total=1000, unit="tokens", step="arm"))
        assert "arm" not in capsys.readouterr().err
        monkeypatch.setattr(screen, "_SECONDS_OF_SILENCE", 0.0)
        shown.progress(Progress(done=500, total=1000, unit="tokens", note="loss 3.2", step="arm"))
    assert "arm: 500/1,000 tokens, 0 s left  loss 3.2" in capsys.readouterr().err


def test_no_time_is_promised_before_a_twentieth_is_done(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(screen, "_SECONDS_OF_SILENCE", 0.0)
    with Screen(1) as shown:
        shown.begin("arm")
        shown.progress(
            Progress(done=900, total=1000, unit="tokens", step="arm")
        )  # done by an earlier attempt
        shown.progress(Progress(done=920, total=1000, unit="tokens", step="arm"))
        assert "left" not in capsys.readouterr().err
        shown.progress(Progress(done=960, total=1000, unit="tokens", step="arm"))
    assert "left" in capsys.readouterr().err


def test_a_commands_parts_follow_one_another_each_with_its_own_progress(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(screen, "_SECONDS_OF_SILENCE", 0.0)
    with Screen(1) as shown:
        shown.follow(Progress(done=0, total=10, unit="MB", step="reading"))
        shown.follow(Progress(done=10, total=10, unit="MB", note="7 rows", step="reading"))
        shown.follow(Progress(done=1, total=100, unit="rows", step="writing"))
        shown.follow(Progress(done=3, total=100, unit="rows", step="writing"))
    said = [line.strip() for line in capsys.readouterr().err.splitlines()]
    assert said[1] == "reading: 10/10 MB, 0 s left  7 rows"
    assert said[-1] == "writing: 3/100 rows", "what the first part took says nothing about the second"
