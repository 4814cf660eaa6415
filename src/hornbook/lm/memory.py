"""How much memory a training run will take, and how much there is, so that a run is refused before it begins.

The estimate counts the tensors that hornbook's own model, optimizer and attention hold at their two peaks, the
backward pass and the update, without torch.compile. It was 0.81 to 1.17 times the peak of 14 runs on a CPU
(tests/test_lm_memory.py does two; the heap makes equal runs differ by a quarter); none on a GPU is measured yet:
bench/gpu.py prints both. What the process holds before a run begins is no part of it.

N tokens of a batch, T context, D width, I inner width, H heads, V vocabulary, as in model.py.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import torch

from hornbook.errors import UsageError
from hornbook.lm.device import working_dtype
from hornbook.lm.model import ModelConfig

_HEAD_ROWS = 512
"""Rows whose logits are held at once (`_CrossEntropy` in model.py)."""
_FLOAT32 = 4
_FRAGMENTS = {"cpu": 1.3, "cuda": 1.1}
"""What the allocator takes for tensors that come and go, to what they hold. On a CPU that is glibc's heap: runs
took 1.1 to 1.5 times as much as with each tensor in pages of its own (MALLOC_MMAP_THRESHOLD_=65536)."""


def num_parameters(cfg: ModelConfig) -> int:
    """Return the parameters of a model, its embedding (which is its head) among them.

    >>> from hornbook.lm.model import preset
    >>> num_parameters(preset("350M", vocab_size=0, context=2048))
    335586304
    """
    width, layers = cfg.hidden_size, cfg.num_hidden_layers
    norms = (2 * layers + 1) * width
    return _num_in_matrices(cfg) + norms + cfg.vocab_size * width


def training_bytes(cfg: ModelConfig, batch_tokens: int, *, dtype: torch.dtype, device: torch.device) -> int:
    """Return the bytes that training takes at `batch_tokens` an update, in rows of the context, on `device`.

    `dtype` is the type the model computes in; its master copies are float32.
    """
    size = dtype.itemsize
    parameters = num_parameters(cfg)
    between = _bytes_between_updates(cfg, size)
    passing = (
        _activation_bytes(cfg, batch_tokens, size)
        + _head_bytes(cfg, batch_tokens, size)
        + _layer_bytes(cfg, batch_tokens, dtype, device)
    )
    backward = max(passing, size * parameters)
    update = _FLOAT32 * parameters + max(_muon_bytes(*stack, size) for stack in _stacks(cfg))
    return between + int(_FRAGMENTS[device.type] * max(backward, update))


def parts_that_fit(
    cfg: ModelConfig, batch_tokens: int, processes: int, device: torch.device, beside: int = 1
) -> int:
    """Return the fewest parts (1, 2, 4, ...) to cut a batch into so that an update fits into free memory.

    Weights and memory of the optimizer are spread over `processes`, and `beside` of them share this machine, whose
    memory is divided where there is no GPU. Raises UsageError when not even one row fits.
    """
    dtype, free = working_dtype(), available_bytes(device) // (beside if device.type == "cpu" else 1)
    rows = max(1, batch_tokens // cfg.max_position_embeddings)
    parts = 1
    while True:
        tokens = -(-rows // parts) * cfg.max_position_embeddings
        needed = training_bytes(cfg, tokens, dtype=dtype, device=device)
        needed -= _bytes_between_updates(cfg, dtype.itemsize) * (processes - 1) // processes
        if needed <= free:
            return parts
        if parts >= rows:
            raise UsageError(
                f"training {num_parameters(cfg) / 1e6:,.1f}M parameters in rows of "
                f"{cfg.max_position_embeddings:,} tokens takes {_gigabytes(needed)} of memory, and "
                f"{_gigabytes(free)} are free; take a smaller size or context, or spread the weights over "
                "more GPUs (torchrun, --spread)"
            )
        parts *= 2


def _gigabytes(number: int) -> str:
    return f"{number / 1e9:,.2f} GB"


def _num_in_matrices(cfg: ModelConfig) -> int:
    per_layer = 4 * cfg.hidden_size**2 + 3 * cfg.hidden_size * cfg.intermediate_size
    return cfg.num_hidden_layers * per_layer


def _bytes_between_updates(cfg: ModelConfig, size: int) -> int:
    """Return the bytes of weights, masters, Muon's one momentum of each matrix and Adam's two of the rest."""
    parameters, in_matrices = num_parameters(cfg), _num_in_matrices(cfg)
    kept = parameters + in_matrices + 2 * (parameters - in_matrices)
    weights = 0 if size == _FLOAT32 else size * parameters  # a float32 model is its own master copy
    return weights + _FLOAT32 * kept


def _activation_bytes(cfg: ModelConfig, batch_tokens: int, size: int) -> int:
    """Return what forward keeps for backward.

    Each layer keeps two norms' results and outputs (4 D), queries, keys, values and their mixture (4 D), gate, its
    silu, up and their product (4 I).
    """
    per_layer = 8 * cfg.hidden_size + 4 * cfg.intermediate_size
    return batch_tokens * size * (cfg.num_hidden_layers * per_layer + 3 * cfg.hidden_size)


def _head_bytes(cfg: ModelConfig, batch_tokens: int, size: int) -> int:
    """Return what the loss holds: a block's logits and three float32 copies, gradients of states and embedding."""
    rows = min(batch_tokens, _HEAD_ROWS)
    block = rows * cfg.vocab_size * (2 * size + 3 * _FLOAT32)
    embedding = cfg.vocab_size * cfg.hidden_size * (_FLOAT32 + 2 * size)
    return block + embedding + 2 * batch_tokens * cfg.hidden_size * size


def _layer_bytes(cfg: ModelConfig, batch_tokens: int, dtype: torch.dtype, device: torch.device) -> int:
    """Return what the backward pass of one layer holds beside what was kept for it."""
    gradients = batch_tokens * 4 * (cfg.hidden_size + cfg.intermediate_size) * dtype.itemsize
    if device.type == "cuda" or dtype is not torch.bfloat16:
        return gradients  # torch's fused attention holds no scores
    scores = batch_tokens * cfg.max_position_embeddings * cfg.num_attention_heads
    return gradients + 4 * scores * dtype.itemsize


def _stacks(cfg: ModelConfig) -> Iterator[tuple[int, int, int]]:
    """Yield (matrices, rows, columns) of what Muon updates at once."""
    layers, width, inner = cfg.num_hidden_layers, cfg.hidden_size, cfg.intermediate_size
    yield 4 * layers, width, width
    yield 2 * layers, inner, width
    yield layers, width, inner


def _muon_bytes(matrices: int, rows: int, columns: int, size: int) -> int:
    """Return what updating a stack holds: the direction twice in float32, or five of its like and two grams."""
    elements, in_grams = matrices * rows * columns, matrices * min(rows, columns) ** 2
    return max(2 * _FLOAT32 * elements, 5 * size * elements + 2 * size * in_grams)


def available_bytes(
    device: torch.device, *, proc: Path = Path("/proc"), cgroups: Path = Path("/sys/fs/cgroup")
) -> int:
    """Return the bytes that a run can still take on `device`: what is free of a GPU, or of this process's limits.

    On a CPU the least of the machine's available memory and what every control group above the process allows
    (docs.kernel.org/admin-guide/cgroup-v2.html, memory.max, and cgroup-v1/memory.html). On a system without
    /proc it is the memory there is, used or not.
    """
    if device.type == "cuda":
        return torch.cuda.mem_get_info(device)[0]
    if not (proc / "meminfo").exists():
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    limits = (_left_in(folder) for folder in _groups(proc, cgroups))
    return min([_available_of(proc / "meminfo"), *(left for left in limits if left is not None)])


def _available_of(meminfo: Path) -> int:
    rows = dict(line.split(":", 1) for line in meminfo.read_text().splitlines())
    return int(rows["MemAvailable"].removesuffix("kB")) * 1024


def _groups(proc: Path, cgroups: Path) -> Iterator[Path]:
    """Yield the folders of the memory groups that hold this process, innermost first.

    Inside a container the path of a group often means nothing, and the container's own is the outermost.
    """
    for line in (proc / "self" / "cgroup").read_text().splitlines():
        _, controllers, path = line.split(":", 2)
        if controllers and "memory" not in controllers.split(","):
            continue
        root = cgroups / "memory" if controllers else cgroups
        group = root / path.lstrip("/")
        yield from (folder for folder in (group, *group.parents) if folder.is_relative_to(root))


def _left_in(group: Path) -> int | None:
    """Return what a group still allows, its cached files counted as free; None where it sets no limit."""
    for limit, usage, cached in (
        ("memory.max", "memory.current", "inactive_file"),
        ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"),
    ):
        if (group / limit).exists() and (allowed := (group / limit).read_text().strip()) != "max":
            rows = dict(line.split() for line in (group / "memory.stat").read_text().splitlines())
            return int(allowed) - int((group / usage).read_text()) + int(rows[cached])
    return None
