from __future__ import annotations

import math
from pathlib import Path

import pytest
import torch
from small_model import save_small_model
from torch.nn import functional as F

from hornbook.lm import score
from hornbook.lm.export import load_model
from hornbook.lm.score import bits_per_byte
from hornbook.lm.tokens import end_of_text, load_tokenizer

CODE = 'def f(x):\n    """Return x."""\n    return x\n'
PROMPT, REFERENCE = CODE[: CODE.index("    return")], "    return x\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_small_model(tmp_path_factory.mktemp("step"), CODE, sharpness=20)


@pytest.fixture(autouse=True)
def float32(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(score, "working_dtype", lambda: torch.float32)


def by_hand(folder: Path, prompt: str, reference: str) -> float:
    """Bits of the tokens that end after the prompt, from one plain pass."""
    tokenizer, model = load_tokenizer(folder), load_model(folder)
    encoding = tokenizer.encode(prompt + reference, add_special_tokens=False)
    ids = torch.tensor([[end_of_text(tokenizer), *encoding.ids]])
    with torch.no_grad():
        log_weights = F.log_softmax(model.logits(model.hidden(ids))[0].double(), -1)
    counted = [t for t, (_, end) in enumerate(encoding.offsets) if end > len(prompt)]
    return -sum(float(log_weights[t, encoding.ids[t]]) for t in counted) / math.log(2)


def test_bits_are_those_of_the_reference_alone(folder: Path) -> None:
    pairs = [(PROMPT, REFERENCE), ("", CODE), ("x = 1\n", "y"), (PROMPT, "")]
    scores = bits_per_byte(folder, pairs, threads=1)
    assert [s.num_bytes for s in scores] == [len(reference) for _, reference in pairs]
    assert [s.bits for s in scores] == pytest.approx([by_hand(folder, *pair) for pair in pairs], rel=1e-4)
    assert scores[3].bits == 0.0 < scores[0].bits


def test_a_straddling_token_counts_whole(folder: Path) -> None:
    whole, cut = bits_per_byte(folder, [("", "return"), ("ret", "urn")], threads=1)
    tokenizer = load_tokenizer(folder)
    assert len(tokenizer.encode("return", add_special_tokens=False).ids) == 1
    assert cut.bits == pytest.approx(whole.bits) and cut.num_bytes == 3


def test_the_batch_does_not_change_a_score(folder: Path) -> None:
    pairs = [(PROMPT, REFERENCE), (PROMPT * 2, REFERENCE), ("", "x" * 30)]
    together = [s.bits for s in bits_per_byte(folder, pairs, threads=1)]
    alone = [bits_per_byte(folder, [pair], threads=1)[0].bits for pair in pairs]
    assert together == pytest.approx(alone, rel=1e-4)


@pytest.mark.parametrize("before", [0, 1, 10, 47, 48, 60, 149])
def test_windows_count_every_token_of_the_reference_once(before: int) -> None:
    ids = list(range(150))
    counted: list[int] = []
    for window in score._windows(0, ids, max(before, 1), 48):
        assert len(window.ids) <= 48 and window.first >= 1
        if window.ids[0] > 0:
            assert window.first >= 24
        counted += window.ids[window.first :]
    assert counted == ids[max(before, 1) :]


def test_a_text_longer_than_the_context_is_scored_whole(folder: Path) -> None:
    [long] = bits_per_byte(folder, [(CODE, CODE * 6)], threads=1)
    assert long.num_bytes == len(CODE) * 6
    assert long.bits > bits_per_byte(folder, [(CODE, CODE)], threads=1)[0].bits
