from __future__ import annotations

import os
import re
import tempfile
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer, models

from hornbook.errors import HornbookError, QualityGate, UsageError
from hornbook.lm import tokens
from hornbook.lm.tokens import (
    END_OF_TEXT,
    TokenizeConfig,
    TokenizerConfig,
    end_of_text,
    load_tokenizer,
    read_tokens,
    token_bytes,
    tokenize,
    train_tokenizer,
)
from hornbook.record import Exercise, Record, write_shard
from hornbook.step import Context, Progress

CTX = Context(workers=1)
ARRAYS = ("ids", "starts", "prompts")


def shard(folder: Path, texts: list[str]) -> Path:
    records = [Record(text=text, kind="code", source="test", license="CC0-1.0") for text in texts]
    write_shard(folder / "records" / "00000.parquet", records)
    return folder


@pytest.fixture(scope="module")
def code(tmp_path_factory: pytest.TempPathFactory) -> Path:
    texts = [f"def double_{n}(value):\n    return value * {n}\n" for n in range(100)]
    return shard(tmp_path_factory.mktemp("code"), texts)


@pytest.fixture(scope="module")
def folder(code: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("tokenizer")
    train_tokenizer(TokenizerConfig(vocab_size=290), out=out, ctx=CTX, code=code)
    return out


@given(text=st.one_of(st.text(), st.text(alphabet=f"{END_OF_TEXT} \n\t中🙂é")))
@settings(deadline=None)
def test_any_text_survives_the_round_trip(folder: Path, text: str) -> None:
    tokenizer = load_tokenizer(folder)
    ids = tokenizer.encode(text, add_special_tokens=False).ids
    assert tokenizer.decode(ids, skip_special_tokens=False) == text
    assert b"".join(token_bytes(tokenizer)[id] for id in ids) == text.encode()


def test_a_separator_spelled_out_in_a_text_does_not_end_the_document(folder: Path) -> None:
    tokenizer = load_tokenizer(folder)
    ids = tokenizer.encode(f'END = "{END_OF_TEXT}"\n', add_special_tokens=False).ids
    assert end_of_text(tokenizer) not in ids


def test_a_tokenizer_that_would_cut_texts_off_gives_them_whole(folder: Path, tmp_path: Path) -> None:
    cutting = load_tokenizer(folder)
    cutting.enable_truncation(5)
    cutting.enable_padding(length=5)
    cutting.save(str(tmp_path / "tokenizer.json"))
    text = "def double_7(value):\n    return value * 7\n"
    assert load_tokenizer(tmp_path).encode(text).ids == load_tokenizer(folder).encode(text).ids


def test_a_vocabulary_larger_than_the_data_can_give_is_what_they_give(code: Path, tmp_path: Path) -> None:
    found = []
    for size in (5_000, 10**12):
        (tmp_path / str(size)).mkdir()
        metrics = train_tokenizer(
            TokenizerConfig(vocab_size=size), out=tmp_path / str(size), ctx=CTX, code=code
        )
        found.append((metrics, (tmp_path / str(size) / "tokenizer.json").read_bytes()))
    assert found[0] == found[1] and 257 < found[0][0]["vocab_size"] < 5_000


def test_the_vocabulary_has_the_size_asked_for_and_every_byte(folder: Path) -> None:
    tokenizer = load_tokenizer(folder)
    texts = token_bytes(tokenizer)
    assert tokenizer.get_vocab_size() == len(texts) == 290
    assert {bytes([n]) for n in range(256)} <= set(texts)
    assert texts[end_of_text(tokenizer)] == b""


def test_equal_sources_give_equal_tokenizers(code: Path, folder: Path, tmp_path: Path) -> None:
    train_tokenizer(TokenizerConfig(vocab_size=290), out=tmp_path, ctx=CTX, code=code)
    assert (tmp_path / "tokenizer.json").read_bytes() == (folder / "tokenizer.json").read_bytes()


def test_a_large_source_is_read_up_to_its_share(code: Path, tmp_path: Path) -> None:
    cfg = TokenizerConfig(vocab_size=290, megabytes_per_source=0.001)
    metrics = train_tokenizer(cfg, out=tmp_path, ctx=CTX, code=code)
    assert 1000 <= metrics["bytes"] < 1100


def test_only_the_share_of_a_large_source_stays_in_memory(tmp_path: Path) -> None:
    texts = [f"{n:06}" + "x" * 20_000 for n in range(500)]
    source = shard(tmp_path, texts)
    tracemalloc.start()
    metrics = train_tokenizer(
        TokenizerConfig(vocab_size=260, megabytes_per_source=0.1), out=tmp_path, ctx=CTX, code=source
    )
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert metrics["documents"] == 5
    # read_records holds a batch of rows: the 10 MB of texts once as Arrow, once as Python's strings.
    assert peak < 25_000_000


def test_documents_are_encoded_whole_and_in_order(code: Path, folder: Path, tmp_path: Path) -> None:
    shown: list[Progress] = []
    ctx = Context(workers=1, progress=shown.append)
    metrics = tokenize(TokenizeConfig(), tokenizer=folder, records=code, out=tmp_path, ctx=ctx)
    documents = read_tokens(tmp_path)
    tokenizer = load_tokenizer(folder)
    assert documents.ids[0] == end_of_text(tokenizer)
    found = [documents.ids[start:stop] for start, stop, _ in documents.spans()]
    assert all(ids[-1] == end_of_text(tokenizer) for ids in found)
    texts = [tokenizer.decode(ids[:-1].tolist()) for ids in found]
    given_texts = [f"def double_{n}(value):\n    return value * {n}\n" for n in range(100)]
    assert texts == given_texts
    assert documents.ids.dtype == np.uint16 and documents.num_tokens == metrics["tokens"]
    assert metrics["documents"] == 100 and shown[-1].done == shown[-1].total == 100
    assert metrics["bytes_per_token"] == sum(map(len, texts)) / metrics["tokens"]
    assert not documents.prompts.any()


@given(st.text("ab\n ßä中🙂", max_size=30), st.text("ab\n ßä中🙂", max_size=30))
def test_the_tokens_of_a_prompt_end_within_it(folder: Path, prompt: str, solution: str) -> None:
    exercise = Exercise(
        prompt=prompt, solution=solution, entry_point="f", tests=(), concepts=(), difficulty=1
    )
    record = Record(
        text=prompt + solution, kind="exercise", source="test", license="CC0-1.0", exercise=exercise
    )
    with tempfile.TemporaryDirectory() as name:
        out = Path(name)
        write_shard(out / "in" / "records" / "00000.parquet", [record])
        tokenize(TokenizeConfig(), tokenizer=folder, records=out / "in", out=out, ctx=CTX)
        documents = read_tokens(out)
    [(start, stop, num_prompt)] = documents.spans()
    texts = token_bytes(load_tokenizer(folder))
    ends = np.cumsum([len(texts[id]) for id in documents.ids[start : stop - 1]])
    assert num_prompt == int((ends <= len(prompt.encode())).sum())


def test_batches_and_workers_change_nothing(
    code: Path, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = []
    for chars, workers, num_batches in ((1_000_000, 1, 1), (1, 1, 100), (300, 2, 15)):
        monkeypatch.setattr(tokens, "_BATCH_CHARS", chars)
        monkeypatch.setattr(tokens, "_BYTES_PER_WORKER", 1)
        out, shown = tmp_path / str(num_batches), list[float]()
        out.mkdir()
        ctx = Context(workers=workers, progress=lambda progress, shown=shown: shown.append(progress.done))
        metrics = tokenize(TokenizeConfig(), tokenizer=folder, records=code, out=out, ctx=ctx)
        assert len(shown) == num_batches
        written.append([metrics, *((out / f"{array}.npy").read_bytes() for array in ARRAYS)])
    assert written[0] == written[1] == written[2]


def end_process(batch: object) -> None:
    os._exit(9)


def test_a_killed_worker_ends_the_step_with_advice(
    code: Path, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tokens, "_BYTES_PER_WORKER", 1)
    monkeypatch.setattr(tokens, "_encode_in_worker", end_process)
    with pytest.raises(HornbookError, match="a worker process was killed"):
        tokenize(TokenizeConfig(), tokenizer=folder, records=code, out=tmp_path, ctx=Context(workers=2))


def test_what_cannot_be_is_refused(code: Path, folder: Path, tmp_path: Path) -> None:
    empty = shard(tmp_path / "empty", [])
    with pytest.raises(UsageError, match="vocab_size 100 is below 257"):
        train_tokenizer(TokenizerConfig(vocab_size=100), out=tmp_path, ctx=CTX, code=code)
    with pytest.raises(QualityGate, match="no text to train a tokenizer on in empty"):
        train_tokenizer(TokenizerConfig(), out=tmp_path, ctx=CTX, empty=empty)
    with pytest.raises(QualityGate, match="no records to tokenize"):
        tokenize(TokenizeConfig(), tokenizer=folder, records=empty, out=tmp_path, ctx=CTX)
    with pytest.raises(UsageError, match="no tokenizer in"):
        load_tokenizer(tmp_path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{}", "is not a tokenizer"),
        (
            Tokenizer(models.BPE(vocab={"a": 0}, merges=[])).to_str(),
            "not a tokenizer of bytes with <|endoftext|>",
        ),
        (
            Tokenizer(models.BPE(vocab={END_OF_TEXT: 0, "\u4e2d": 1}, merges=[])).to_str(),
            "not a tokenizer of bytes",
        ),
    ],
)
def test_a_tokenizer_that_we_cannot_train_with_is_refused(tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "tokenizer.json").write_text(content)
    with pytest.raises(UsageError, match=re.escape(said)):
        load_tokenizer(tmp_path)
