"""A model's vectors: what they depend on and what they do not, and the channel that compares them."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import numpy as np
import orjson
import pytest
import torch
from safetensors.torch import load_file, save_file
from small_model import save_small_model
from test_decontaminate import PROBLEM, RENAMED, code, human_eval

from hornbook.errors import TrainingUnavailable, UsageError
from hornbook.lm.embed import Embedder
from hornbook.lm.export import load_model, save_model
from hornbook.lm.tokens import end_of_text, load_tokenizer
from hornbook.quality.decontaminate import Decontaminate, decontaminate
from hornbook.record import read_records, read_rejected, write_shard
from hornbook.step import Context
from hornbook.value.embedded import digests_of

WHOLE = PROBLEM.prompt + PROBLEM.reference
TEXTS = [WHOLE, RENAMED, "x = 1\n", WHOLE + RENAMED * 3]


@pytest.fixture(scope="module")
def step(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a training step leaves: a folder with the model in `model`."""
    return save_small_model(tmp_path_factory.mktemp("step"), WHOLE).parent


def test_a_vector_is_the_mean_state_of_a_texts_tokens_scaled_to_length_one(step: Path) -> None:
    folder = step / "model"
    tokenizer, model = load_tokenizer(folder), load_model(folder)
    ids = tokenizer.encode("x = 1\n", add_special_tokens=False).ids
    with torch.no_grad():
        states = model.hidden(torch.tensor([[end_of_text(tokenizer), *ids]]))[0, 1:].double()
    mean = states.mean(dim=0).numpy()
    (found,) = Embedder(folder).embed(["x = 1\n"])
    assert np.allclose(found, mean / np.linalg.norm(mean), atol=1e-6)


def test_a_text_has_the_same_vector_alone_and_among_others(step: Path) -> None:
    embedder = Embedder(step / "model")
    together = embedder.embed(TEXTS)
    alone = np.concatenate([embedder.embed([text]) for text in TEXTS])
    assert np.allclose(together, alone, atol=1e-5)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-6)


def test_a_text_longer_than_the_context_counts_to_its_end(step: Path) -> None:
    embedder = Embedder(step / "model")
    one, other = embedder.embed([WHOLE * 4 + "x = 1\n", WHOLE * 4 + "raise ValueError\n"])
    assert not np.allclose(one, other, atol=1e-4)
    assert embedder.embed([]).shape == (0, 32)
    assert not embedder.embed([""]).any()


def foreign(step: Path, folder: Path) -> tuple[Path, Path]:
    """Save a model of two equal key heads, as ours and as others do: one head that is shared, and an own table."""
    model, tokenizer = load_model(step / "model"), load_tokenizer(step / "model")
    width = model.cfg.head_dim
    for name, weight in model.named_parameters():
        if name.endswith(("k_proj.weight", "v_proj.weight")):
            with torch.no_grad():
                weight[:] = weight[:width].repeat(model.cfg.num_attention_heads, 1)
    save_model(model, tokenizer, folder / "ours")
    save_model(model, tokenizer, folder / "theirs")
    weights = load_file(folder / "ours" / "model.safetensors")
    shared = {
        n: w[:width].clone() if n.endswith(("k_proj.weight", "v_proj.weight")) else w
        for n, w in weights.items()
    }
    shared["lm_head.weight"] = torch.randn_like(shared["model.embed_tokens.weight"])
    save_file(
        {n: w.bfloat16().contiguous() if n == "lm_head.weight" else w for n, w in shared.items()},
        folder / "theirs" / "model.safetensors",
    )
    settings = orjson.loads((folder / "ours" / "config.json").read_bytes())
    rope = {"rope_theta": settings.pop("rope_theta"), "rope_type": "default"}
    others = {"num_key_value_heads": 1, "tie_word_embeddings": False, "rope_parameters": rope}
    (folder / "theirs" / "config.json").write_bytes(orjson.dumps(settings | others))
    return folder / "ours", folder / "theirs"


def test_a_llama_with_shared_keys_and_an_own_head_has_the_same_vectors(step: Path, tmp_path: Path) -> None:
    ours, theirs = foreign(step, tmp_path)
    assert np.array_equal(Embedder(ours).embed(TEXTS), Embedder(theirs).embed(TEXTS))
    with pytest.raises(UsageError, match="num_key_value_heads is 1"):
        load_model(theirs)


def test_what_stands_before_a_text_is_the_models_own_beginning(step: Path, tmp_path: Path) -> None:
    _, theirs = foreign(step, tmp_path)
    before = Embedder(theirs).embed(TEXTS)
    path = theirs / "tokenizer.json"
    path.write_text(path.read_text().replace("<|endoftext|>", "<s>"))
    assert np.array_equal(Embedder(theirs).embed(TEXTS), before)
    config = theirs / "config.json"
    settings = orjson.loads(config.read_bytes())
    config.write_bytes(
        orjson.dumps({k: v for k, v in settings.items() if k not in ("bos_token_id", "eos_token_id")})
    )
    with pytest.raises(UsageError, match="no bos_token_id"):
        Embedder(theirs)


def test_a_llama_with_other_parts_needs_an_extra_that_the_error_names(
    step: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "transformers", None)  # as where it is not installed
    _, theirs = foreign(step, tmp_path)
    config = theirs / "config.json"
    settings = orjson.loads(config.read_bytes())
    for part, said in (
        ({"attention_bias": True}, "attention_bias is True"),
        ({"rope_scaling": {"rope_type": "llama3"}}, "rope_scaling"),
        ({"model_type": "gpt2"}, "does not describe a llama"),
    ):
        config.write_bytes(orjson.dumps(settings | part))
        with pytest.raises(TrainingUnavailable, match=rf"{said}.*hornbook\[train,transformers\]"):
            Embedder(theirs)


def test_a_llama_whose_heads_cannot_share_its_keys_is_refused(step: Path, tmp_path: Path) -> None:
    _, theirs = foreign(step, tmp_path)
    config = theirs / "config.json"
    config.write_bytes(orjson.dumps(orjson.loads(config.read_bytes()) | {"num_key_value_heads": 3}))
    with pytest.raises(UsageError, match="cannot share"):
        Embedder(theirs)


def in_parts(folder: Path, out: Path) -> Path:
    """Save a model's folder again, with its weights in two files and an index."""
    shutil.copytree(folder, out)
    (out / "model.safetensors").unlink()
    weights = load_file(folder / "model.safetensors")
    names = sorted(weights)
    halves = {"model-00001-of-00002.safetensors": names[::2], "model-00002-of-00002.safetensors": names[1::2]}
    for file, some in halves.items():
        save_file({name: weights[name] for name in some}, out / file)
    weight_map = {name: file for file, some in halves.items() for name in some}
    (out / "model.safetensors.index.json").write_bytes(orjson.dumps({"weight_map": weight_map}))
    return out


def test_weights_in_several_files_are_the_same_weights(step: Path, tmp_path: Path) -> None:
    parts = in_parts(step / "model", tmp_path / "parts")
    assert np.array_equal(Embedder(parts).embed(TEXTS), Embedder(step / "model").embed(TEXTS))
    before = digests_of(parts)
    last = parts / "model-00002-of-00002.safetensors"
    save_file({name: weight + 1 for name, weight in load_file(last).items()}, last)
    assert digests_of(parts) != before
    last.unlink()
    with pytest.raises(UsageError, match=r"is not a model's folder: .*00002-of-00002"):
        Embedder(parts)


def test_an_index_cannot_name_files_of_other_folders(step: Path, tmp_path: Path) -> None:
    parts = in_parts(step / "model", tmp_path / "parts")
    outside = {"weight_map": {"model.norm.weight": "../elsewhere.safetensors"}}
    (parts / "model.safetensors.index.json").write_bytes(orjson.dumps(outside))
    with pytest.raises(UsageError, match=r"'\.\./elsewhere\.safetensors', which is not a file beside it"):
        Embedder(parts)


@pytest.mark.parametrize("index", [b"[]", b"{}", b'{"weight_map": {}}', b'{"weight_map": ["a"]}'])
def test_an_index_that_names_no_files_is_named(step: Path, tmp_path: Path, index: bytes) -> None:
    parts = in_parts(step / "model", tmp_path / "parts")
    (parts / "model.safetensors.index.json").write_bytes(index)
    with pytest.raises(UsageError, match=r"index\.json has no weight_map that names files"):
        Embedder(parts)


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is not a model's folder"):
        Embedder(tmp_path)


def test_the_channel_writes_distances_and_removes_from_its_threshold_on(step: Path, tmp_path: Path) -> None:
    given = [code(WHOLE + "\n\ny = 1\n"), code("x = 1\n")]
    write_shard(tmp_path / "in" / "records" / "00000.parquet", given)
    bench = human_eval(tmp_path / "b.jsonl", PROBLEM)

    def run(out: str, **settings: float) -> dict[str, object]:
        cfg = Decontaminate(channels=("embedding",), **settings)  # type: ignore[arg-type]
        inputs = {"records": tmp_path / "in", "model": step, "bench": bench}
        return decontaminate(cfg, out=tmp_path / out, ctx=Context(workers=1), **inputs)

    run("kept")
    near, far = (r.scores["embedding_distance"] for r in read_records(tmp_path / "kept"))
    assert 0 < near < far
    metrics = run("removed", exclude_near=(near + far) / 2)
    assert [(r.record.id, r.reason) for r in read_rejected(tmp_path / "removed")] == [
        (given[0].id, "embedding_near")
    ]
    assert metrics["canaries"]["verbatim"]["found_by_embedding"] == 1  # type: ignore[index]
    assert metrics["embedding_distance_histogram"] == {f"{int(d * 10) / 10:.1f}": 1 for d in (near, far)}
