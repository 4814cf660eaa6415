"""Ctrl-C in `label`, `train-filter` and `score`: one line that says what there is, 130, and nothing half made."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from asking_records import answer, code
from fake_server import serving
from test_ask_command import teacher

NUM_ROWS = 1500
GIVEN = "tmp/hornbook-*/given/records"
"""Written when the work begins."""


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rows") / "rows.jsonl"
    texts = (code(i).text + f"\n\nclass Kept{i}:\n    size = {i}\n" for i in range(NUM_ROWS))
    path.write_text("".join(f"{json.dumps({'code': text})}\n" for text in texts))
    return path


def interrupted(folder: Path, seen: str, *words: object) -> str:
    """Run a command until there is a folder, or a file with content, `seen`; send Ctrl-C; return its last line."""
    temporary = folder / "tmp"
    temporary.mkdir()
    command = [sys.executable, "-m", "hornbook", *map(str, words)]
    environment = os.environ | {"TMPDIR": str(temporary)}
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment, cwd=folder
    ) as process:
        while process.poll() is None:
            if any(path.is_dir() or path.stat().st_size for path in folder.glob(seen)):
                break
            time.sleep(0.005)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=100)
    assert process.returncode == signal.SIGINT + 128 and "Traceback" not in said, said
    assert not list(temporary.iterdir())
    temporary.rmdir()
    return said.strip().splitlines()[-1]


def done(*words: object) -> None:
    command = [sys.executable, "-m", "hornbook", *map(str, words)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)
    assert ended.returncode == 0, ended.stderr


@pytest.mark.parametrize("out", ["labels", "labels.jsonl"])
def test_label_by_a_program_leaves_nothing_and_says_so(rows: Path, tmp_path: Path, out: str) -> None:
    said = interrupted(tmp_path, GIVEN, "label", rows, "--out", tmp_path / out)
    assert said == "hornbook: interrupted; nothing was written, and the same command begins again"
    assert not list(tmp_path.iterdir())


def test_label_by_a_model_keeps_every_answer_and_goes_on(tmp_path: Path) -> None:
    source = tmp_path / "rows.jsonl"
    source.write_text("".join(f"{json.dumps({'code': code(i).text})}\n" for i in range(40)))
    words = ["label", source, "--by", "endpoint", "--out", tmp_path / "labels.jsonl"]
    with serving() as server:
        answer(server, tmp_path)
        server.set(latency=0.3)
        options = [*teacher(server, tmp_path), "--teacher-set", "concurrency=4"]
        said = interrupted(tmp_path, "journal/*.jsonl", *words, *options)
        assert said == (
            f"hornbook: interrupted; every answer is kept in {tmp_path / 'journal'}, and the same command goes on"
        )
        assert not list(tmp_path.glob("labels*"))
        asked = server.counts()["requests"]
        done(*words, *options)
        assert server.counts()["repeated"] <= 4 and server.counts()["requests"] <= 40 + 4, asked


@pytest.fixture(scope="module")
def trained(rows: Path) -> Path:
    pytest.importorskip("sklearn")
    labelled = rows.with_name("labelled.jsonl")
    lines = (
        f'{line[:-1]}, "value_label": {i % 6}}}\n' for i, line in enumerate(rows.read_text().splitlines())
    )
    labelled.write_text("".join(lines))
    out = rows.parent / "filter"
    said = interrupted(rows.parent, GIVEN, "train-filter", labelled, "--out", out)
    assert said == "hornbook: interrupted; nothing was written, and the same command begins again"
    assert {path.name for path in rows.parent.iterdir()} == {"rows.jsonl", "labelled.jsonl"}
    done("train-filter", labelled, "--out", out)
    return out


def test_train_filter_and_score_leave_nothing_and_begin_again(
    rows: Path, trained: Path, tmp_path: Path
) -> None:
    for name in ("scored", "scored.jsonl"):
        words = ("score", rows, "--filter", trained, "--out", tmp_path / name)
        said = interrupted(tmp_path, GIVEN, *words)
        assert said == "hornbook: interrupted; nothing was written, and the same command begins again"
        assert not list(tmp_path.iterdir())
    done(*words)
    assert len((tmp_path / "scored.jsonl").read_text().splitlines()) == NUM_ROWS


@pytest.mark.parametrize("command", ["label", "score", "train-filter"])
def test_ctrl_c_while_a_command_starts_is_said_as_well(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\n"
        "class Pressed:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'hornbook.rows.given': raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Pressed())\n"
    )
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")]))
    words = [sys.executable, "-m", "hornbook", command, "rows.jsonl", "--out", "out"]
    ended = subprocess.run(words, capture_output=True, text=True, timeout=100, check=False, cwd=tmp_path)
    assert ended.returncode == signal.SIGINT + 128
    assert ended.stderr == (
        "hornbook: interrupted; no file is left unfinished, and the same command begins again\n"
    )
