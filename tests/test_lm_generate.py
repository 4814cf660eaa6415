from __future__ import annotations

from pathlib import Path

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from hornbook.lm import generate
from hornbook.lm.export import save_model
from hornbook.lm.generate import Generator, boundary
from hornbook.lm.model import Llama, ModelConfig
from hornbook.lm.tokens import TokenizerConfig, end_of_text, load_tokenizer, token_bytes, train_tokenizer
from hornbook.record import Record, write_shard
from hornbook.step import Context

CODE = '''def total(values, start=0):
    """Return the sum of the values; it isn't "start" that you're after."""
    for value in values:
        start += value

    if start > 100:
        return 100
    return start
'''
CFG = {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 2, "num_attention_heads": 2}


@pytest.fixture(scope="module", autouse=True)
def float32() -> object:
    """Greedy choices are compared between two ways of computing, so rounding must not decide them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(generate, "working_dtype", lambda: torch.float32)
        yield


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of random weights, wide enough that it does not repeat one token."""
    root = tmp_path_factory.mktemp("model")
    record = Record(text=CODE * 20, kind="code", source="test", license="CC0-1.0")
    write_shard(root / "records" / "00000.parquet", [record])
    train_tokenizer(TokenizerConfig(vocab_size=340), out=root, ctx=Context(workers=1), code=root)
    tokenizer = load_tokenizer(root)
    model = Llama(
        ModelConfig(vocab_size=tokenizer.get_vocab_size(), max_position_embeddings=96, **CFG), seed=1
    )
    with torch.no_grad():
        for weight in model.parameters():
            weight.mul_(8.0 if weight.ndim == 2 else 1.0)
    save_model(model, tokenizer, root / "hf")
    return root / "hf"


TEXTS = st.one_of(
    st.text(max_size=40),
    st.text(alphabet="ab '\"\n\t\\reldvs(1é中🙂", max_size=40),
    st.integers(0, len(CODE)).map(lambda n: CODE[n : n + 60]),
)


@given(text=TEXTS, data=st.data())
@settings(max_examples=300, deadline=None)
def test_every_cut_point_heals_to_the_tokens_of_the_whole_text(
    folder: Path, text: str, data: st.DataObject
) -> None:
    tokenizer = load_tokenizer(folder)
    texts = token_bytes(tokenizer)
    prompt = text[: data.draw(st.integers(0, len(text)))]
    cut = boundary(tokenizer, texts, prompt)
    assert b"".join(texts[id] for id in cut.ids) + cut.owed == prompt.encode()
    whole = tokenizer.encode(text, add_special_tokens=False).ids
    assert cut.ids == whole[: len(cut.ids)]
    rest = b"".join(texts[id] for id in whole[len(cut.ids) :])
    assert rest.startswith(cut.owed)


def naive(generator: Generator, prompt: str, count: int) -> str:
    """Greedy completion one full pass per token, without cache, batch or early stop."""
    model, texts = generator._model, generator._bytes
    cut = boundary(generator._tokenizer, texts, prompt)
    ids, written = [generator._end, *cut.ids], b""
    goal = len(prompt.encode()) - len(cut.owed)
    spelled = prompt.encode()[goal:]
    while count and len(ids) < 96:
        with torch.no_grad():
            logits = model.logits(model.hidden(torch.tensor([ids])))[0, -1]
        owed = spelled[len(written) :]
        order = logits.argsort(descending=True).tolist()
        fits = (
            i for i in order if not owed or (texts[i] and (texts[i] + owed).startswith(owed[: len(texts[i])]))
        )
        choice = next(i for i in fits if not owed or texts[i][: len(owed)] == owed[: len(texts[i])])
        if choice == generator._end:
            break
        ids.append(choice)
        written += texts[choice]
        count -= len(written) > len(spelled)
    assert written.startswith(spelled)
    return written[len(spelled) :].decode(errors="replace")


PROMPTS = ["def f(x):\n", "def total(values, start=0):\n    return st", "x", CODE[:90], "a  \n", "it'", ""]


def test_batched_decoding_with_a_cache_equals_one_full_pass_per_token(folder: Path) -> None:
    generator = Generator(folder, threads=1)
    answers = list(generator.complete(PROMPTS, max_new_tokens=20, stop="end"))
    assert answers == [[naive(generator, prompt, 20)] for prompt in PROMPTS]
    assert len({answer[0] for answer in answers}) == len(PROMPTS)


def test_a_long_prompt_loses_its_beginning_and_still_completes(folder: Path) -> None:
    generator = Generator(folder, threads=1)
    [[answer]] = generator.complete([CODE * 3], max_new_tokens=200, stop="end")
    assert 10 <= len(generator._tokenizer.encode(answer).ids) <= 40


def test_samples_depend_on_the_seed_not_on_the_batch(folder: Path) -> None:
    generator = Generator(folder, threads=1)

    def sampled(prompts: list[str], number: int, seed: int) -> list[list[str]]:
        return list(
            generator.complete(
                prompts, max_new_tokens=12, temperature=0.8, top_p=0.9, num_samples=number, seed=seed
            )
        )

    three, five = sampled(PROMPTS, 3, 7), sampled(PROMPTS[:2], 5, 7)
    assert [answers[:3] for answers in five] == three[:2]
    assert sampled(PROMPTS, 3, 8) != three
    assert all(len(answers) == 3 for answers in three)
    assert len(set(five[0])) > 1


def test_a_tiny_nucleus_is_greedy(folder: Path) -> None:
    generator = Generator(folder, threads=1)
    greedy = list(generator.complete(PROMPTS, max_new_tokens=8))
    assert list(generator.complete(PROMPTS, max_new_tokens=8, temperature=1.0, top_p=1e-6)) == greedy


def memorised(folder: Path, text: str, out: Path) -> Path:
    """A model that answers with `text`: a few updates on nothing else."""
    tokenizer = load_tokenizer(folder)
    ids = [end_of_text(tokenizer), *tokenizer.encode(text, add_special_tokens=False).ids]
    ids = torch.tensor([[*ids, end_of_text(tokenizer)]])
    model = Llama(ModelConfig(vocab_size=tokenizer.get_vocab_size(), max_position_embeddings=160, **CFG))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in range(150):
        optimizer.zero_grad()
        loss = model(ids[:, :-1], ids[:, 1:], torch.ones(ids[:, 1:].shape)) / (ids.numel() - 1)
        loss.backward()
        optimizer.step()
    assert loss.item() < 0.05
    save_model(model, tokenizer, out)
    return out


def test_the_boundary_heals_and_the_function_ends(folder: Path, tmp_path: Path) -> None:
    text = CODE + "\nprint(total([1, 2]))\n"
    generator = Generator(memorised(folder, text, tmp_path), threads=1)
    prompt = CODE[: CODE.index("    for")]
    [[answer]] = generator.complete([prompt])
    assert prompt + answer == CODE + "\n"
    [[answer]] = generator.complete([prompt], stop="end")
    assert prompt + answer == text
    for cut in (len(prompt) - 1, len(prompt) + 2, len(prompt) + 7, len(prompt) + 12):
        [[answer]] = generator.complete([text[:cut]])
        assert text[:cut] + answer == CODE + "\n"
