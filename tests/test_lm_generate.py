from __future__ import annotations

from pathlib import Path

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from hornbook.errors import UsageError
from hornbook.lm import generate
from hornbook.lm.export import load_model, save_model
from hornbook.lm.generate import Generator
from hornbook.lm.healing import boundary
from hornbook.lm.model import Llama, ModelConfig
from hornbook.lm.sampling import Sampling, choose
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


def naive(folder: Path, prompt: str, count: int) -> str:
    """Greedy completion one full pass per token, without cache, batch or early stop."""
    model, tokenizer = load_model(folder), load_tokenizer(folder)
    texts, separator = token_bytes(tokenizer), end_of_text(tokenizer)
    cut = boundary(tokenizer, texts, prompt)
    ids, written = [separator, *cut.ids], b""
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
        if choice == separator:
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
    assert answers == [[naive(folder, prompt, 20)] for prompt in PROMPTS]
    assert len({answer[0] for answer in answers}) == len(PROMPTS)


def test_a_full_batch_lets_waiting_samples_in_and_keeps_the_order(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prompts = PROMPTS * 3
    alone = list(Generator(folder, threads=1).complete(prompts, max_new_tokens=12, num_samples=2))
    monkeypatch.setattr(generate, "_ROWS", 3)
    monkeypatch.setattr(generate, "_SORTED", 5)
    assert list(Generator(folder, threads=1).complete(prompts, max_new_tokens=12, num_samples=2)) == alone


def test_a_long_prompt_loses_its_beginning_and_still_completes(folder: Path) -> None:
    generator = Generator(folder, threads=1)
    [[answer]] = generator.complete([CODE * 3], max_new_tokens=200, stop="end")
    assert 10 <= len(load_tokenizer(folder).encode(answer, add_special_tokens=False).ids) <= 40


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


def test_a_sample_ends_before_the_first_stop_string_even_inside_a_token(folder: Path) -> None:
    generator = Generator(folder, threads=1)
    for prompt in PROMPTS:
        [[plain]] = generator.samples([prompt], Sampling(max_new_tokens=20, stop="end"))
        spelled = plain.text.split("\ufffd")[0]
        for stop in {spelled[1:3], spelled[-2:]} - {""}:
            sampling = Sampling(max_new_tokens=20, stop="end", stop_strings=("never\0", stop))
            [[cut]] = generator.samples([prompt], sampling)
            assert cut.text == plain.text[: plain.text.index(stop)]
            assert cut.finish == "stop"
            assert cut.num_tokens <= plain.num_tokens


def test_a_sample_says_why_it_ended_and_how_many_tokens_it_has(folder: Path, tmp_path: Path) -> None:
    text = CODE + "\nprint(total([1, 2]))\n"
    generator = Generator(memorised(folder, text, tmp_path), threads=1)
    prompt = CODE[: CODE.index("    for")]
    [[whole]] = generator.samples([prompt], Sampling(stop="end"))
    [[cut]] = generator.samples([prompt], Sampling(stop="end", max_new_tokens=5))
    assert (whole.finish, cut.finish, cut.num_tokens) == ("stop", "length", 5)
    assert whole.text.startswith(cut.text)
    [[full]] = generator.samples([text[2:] * 3], Sampling(stop="end", max_new_tokens=150))
    assert full.finish in ("stop", "length")


def test_log_probabilities_are_those_of_a_full_pass(folder: Path) -> None:
    generator = Generator(folder, threads=1)
    model, tokenizer = load_model(folder), load_tokenizer(folder)
    sampling = Sampling(max_new_tokens=10, stop="end", temperature=1.0, logprobs=2)
    [[sample]] = generator.samples([""], sampling, seed=3)
    texts = token_bytes(tokenizer)
    assert b"".join(token.text for token in sample.tokens).decode(errors="replace") == sample.text
    ids = [end_of_text(tokenizer)]
    for token in sample.tokens:
        with torch.no_grad():
            logprobs = torch.log_softmax(model.logits(model.hidden(torch.tensor([ids])))[0, -1], dim=-1)
        ids.append(texts.index(token.text))
        assert token.logprob == pytest.approx(logprobs[ids[-1]].item(), abs=1e-4)
        values, best = logprobs.topk(2)
        assert [text for text, _ in token.top] == [texts[id] for id in best.tolist()]
        assert [value for _, value in token.top] == pytest.approx(values.tolist(), abs=1e-4)


def test_samples_follow_the_distribution() -> None:
    logits = torch.tensor([[0.5, 0.25, 0.125, 0.125]]).log()

    def shares(sampling: Sampling) -> list[float]:
        settings, draws = [sampling] * 1000, [(n + 0.5) / 1000 for n in range(1000)]
        ids = [choice.id for choice in choose(logits.expand(1000, -1).clone(), settings, draws)]
        return [ids.count(id) / 1000 for id in range(4)]

    assert shares(Sampling(temperature=1.0)) == [0.5, 0.25, 0.125, 0.125]
    assert shares(Sampling(temperature=1.0, top_p=0.7)) == pytest.approx([2 / 3, 1 / 3, 0, 0], abs=0.001)
    assert shares(Sampling(temperature=0.5)) == pytest.approx([8 / 11, 2 / 11, 0.5 / 11, 0.5 / 11], abs=0.001)
    assert shares(Sampling(temperature=0.0, top_p=0.5)) == [1, 0, 0, 0]


def test_rows_of_different_settings_are_chosen_side_by_side() -> None:
    logits = torch.randn(3, 300, generator=torch.Generator().manual_seed(0))
    settings = [Sampling(), Sampling(temperature=1.0, top_p=0.999), Sampling(temperature=2.0, logprobs=1)]
    draws = [0.9, 0.2, 0.999999]
    together = choose(logits.clone(), settings, draws)
    apart = [choose(logits[[n]], settings[n : n + 1], draws[n : n + 1])[0] for n in range(3)]
    assert [choice.id for choice in together] == [choice.id for choice in apart]
    assert [choice.logprob is None for choice in together] == [True, True, False]


@pytest.mark.parametrize(
    "wrong", [{"max_new_tokens": 0}, {"temperature": -1.0}, {"top_p": 0.0}, {"top_p": 1.5}, {"logprobs": -1}]
)
def test_settings_outside_their_range_are_refused_by_name(wrong: dict[str, float]) -> None:
    with pytest.raises(UsageError, match=next(iter(wrong))):
        Sampling(**wrong)
