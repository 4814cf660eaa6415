from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tokenizers import Encoding, Tokenizer, pre_tokenizers

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
    record = Record(
        text=(CODE + "1000000\n") * 3 + "é 中 '' \n\n  \t", kind="code", source="test", license="CC0-1.0"
    )
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


class Counting:
    """A tokenizer that notes what it is asked to encode."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self.tokenizer = tokenizer
        self.asked: Counter[str] = Counter()

    def encode(self, text: str, **options: bool) -> Encoding:
        self.asked[text] += 1
        return self.tokenizer.encode(text, **options)

    def __getattr__(self, name: str) -> object:
        return getattr(self.tokenizer, name)


def test_a_word_is_given_to_the_tokenizer_once(tokenizer: Tokenizer) -> None:
    counting = Counting(tokenizer)
    encoder = Encoder(counting)
    for _ in range(3):
        encoder.encode(CODE)
    assert set(counting.asked.values()) == {1}
    assert counting.asked.total() < len(re.findall(r"\w+", CODE))


def test_rare_words_are_forgotten_and_common_ones_are_not(
    tokenizer: Tokenizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoder_module, "_KNOWN_CHARS", 100)
    counting = Counting(tokenizer)
    encoder = Encoder(counting)
    texts = [f"common name{chr(97 + n % 26) * (1 + n // 26)}" for n in range(100)]
    for text in [*texts, *texts]:
        assert encoder.encode(text).tolist() == ids_of(tokenizer, text)
        assert len("".join([*encoder._known, *encoder._known._older])) <= 2 * (100 + len(text))
    assert counting.asked.pop("common") == 1
    assert set(counting.asked.values()) == {2}


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
    text = "return 1000000\n    return  x"
    assert Encoder(other).encode(text).tolist() == ids_of(other, text) != ids_of(tokenizer, text)


def test_added_tokens_are_found_before_words_are_cut(tokenizer: Tokenizer) -> None:
    other = Tokenizer.from_str(tokenizer.to_str())
    other.encode_special_tokens = True
    other.add_tokens(["    ", "x = 1"])
    text = "        x = 10"
    assert Encoder(other).encode(text).tolist() == ids_of(other, text) != ids_of(tokenizer, text)


def test_a_separator_that_counts_as_one_is_found(tokenizer: Tokenizer) -> None:
    other = Tokenizer.from_str(tokenizer.to_str())
    text = f"a {END_OF_TEXT} b"
    assert Encoder(other).encode(text).tolist() == ids_of(other, text) != ids_of(tokenizer, text)


def test_ids_take_two_bytes_up_to_65536_tokens_and_four_above(tokenizer: Tokenizer) -> None:
    assert Encoder(tokenizer).dtype == np.uint16
    large = Tokenizer.from_str(tokenizer.to_str())
    large.add_tokens([f"<{n}>" for n in range(65_536 - large.get_vocab_size())])
    assert Encoder(large).dtype == np.uint16
    large.add_tokens(["<last>"])
    assert Encoder(large).dtype == np.uint32
