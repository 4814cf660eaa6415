from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer, pre_tokenizers

from hornbook.lm import encoder as encoder_module
from hornbook.lm.encoder import Encoder
from hornbook.lm.tokens import END_OF_TEXT, TokenizerConfig, load_tokenizer, train_tokenizer
from hornbook.record import Record, write_shard
from hornbook.step import Context

CODE = Path(encoder_module.__file__).read_text(encoding="utf-8")
TEXTS = st.one_of(
    st.text(),
    st.text(alphabet="ab0 '\"\n\r\t\v\f\x00\x1c\x1f\x7f\x85\xa0\u3000_.re中é²٣🙂\u0301"),
    st.integers(0, len(CODE)).map(lambda n: CODE[n : n + 200]),
)


@pytest.fixture(scope="module")
def tokenizer(tmp_path_factory: pytest.TempPathFactory) -> Tokenizer:
    root = tmp_path_factory.mktemp("tokenizer")
    record = Record(text=CODE * 3 + "é 中 '' \n\n  \t", kind="code", source="test", license="CC0-1.0")
    write_shard(root / "records" / "00000.parquet", [record])
    train_tokenizer(TokenizerConfig(vocab_size=500), out=root, ctx=Context(workers=1), code=root)
    return load_tokenizer(root)


def ids_of(tokenizer: Tokenizer, text: str) -> list[int]:
    return tokenizer.encode(text, add_special_tokens=False).ids


@given(text=TEXTS)
@example(text=CODE)
@example(text=f"{END_OF_TEXT}it's we'll 'é '\u0301 \xa0 x")
@settings(max_examples=500, deadline=None)
def test_tokens_are_those_of_the_tokenizer(tokenizer: Tokenizer, text: str) -> None:
    assert Encoder(tokenizer).encode(text).tolist() == ids_of(tokenizer, text)


@given(text=TEXTS)
@settings(max_examples=300, deadline=None)
def test_a_long_text_is_encoded_part_by_part(tokenizer: Tokenizer, text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encoder_module, "_PART_CHARS", 5)
        assert Encoder(tokenizer).encode(text).tolist() == ids_of(tokenizer, text)


def test_words_are_forgotten_when_they_are_too_many(
    tokenizer: Tokenizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoder_module, "_KNOWN_CHARS", 100)
    encoder = Encoder(tokenizer)
    for line in CODE.splitlines(keepends=True):
        assert encoder.encode(line).tolist() == ids_of(tokenizer, line)
        assert encoder._known.num_chars <= 100 + len(line)


def test_a_word_is_given_to_the_tokenizer_once(tokenizer: Tokenizer) -> None:
    encoder = Encoder(tokenizer)
    encoder.encode(CODE)
    known = dict(encoder._known)
    assert len(known) < len(re.findall(r"\w+", CODE))
    encoder.encode(CODE + CODE)
    assert encoder._known == known


@pytest.mark.parametrize(
    "rule",
    [
        pre_tokenizers.Sequence(
            [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(False)]
        ),
        pre_tokenizers.ByteLevel(add_prefix_space=True),
        pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
    ],
)
def test_another_rule_for_words_is_kept(tokenizer: Tokenizer, rule: pre_tokenizers.PreTokenizer) -> None:
    other = Tokenizer.from_str(tokenizer.to_str())
    other.pre_tokenizer = rule
    text = "x = 1234 + values[10]\n    return  x"
    assert Encoder(other).encode(text).tolist() == ids_of(other, text) != ids_of(tokenizer, text)


def test_ids_take_two_bytes_up_to_65536_tokens_and_four_above(tokenizer: Tokenizer) -> None:
    assert Encoder(tokenizer).dtype == np.uint16
    large = Tokenizer.from_str(tokenizer.to_str())
    large.add_tokens([f"<{n}>" for n in range(65_536 - large.get_vocab_size())])
    assert Encoder(large).dtype == np.uint16
    large.add_tokens(["<last>"])
    assert Encoder(large).dtype == np.uint32
