from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from conftest import TESTS
from taught_model import teach

from hornbook.errors import UsageError
from hornbook.lm import memory
from hornbook.lm.device import working_dtype
from hornbook.lm.memory import available_bytes, num_parameters, parts_that_fit, training_bytes
from hornbook.lm.model import Llama, ModelConfig, preset
from hornbook.lm.train import Train, train
from hornbook.step import Context

CPU = torch.device("cpu")
FACTOR = 1.5
"""How far the estimate may be from the measured peak, either way; equal runs differ by a quarter."""
MEASURE = """
import sys
from pathlib import Path
import torch
from hornbook.lm.memory import training_bytes
from hornbook.lm.train import Train, train
from hornbook.lm.model import preset
from hornbook.step import Context

def peak():
    # Not ru_maxrss, which a process has from the one that started it.
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(status["VmHWM"].removesuffix("kB")) * 1024

folder, size, context = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
inputs = {"tokenizer": folder / "tokenizer", "code": folder / "tokens", "ctx": Context(workers=1)}
for name, chosen, length in (("warm", "smoke", 16), ("measured", size, context)):
    cfg = Train(size=chosen, context=length, budget_tokens=10**6 * length, stop=2e-6 * 8)
    (folder / f"{size}-{name}").mkdir()
    before = peak()
    metrics = train(cfg, out=folder / f"{size}-{name}", **inputs)
assert metrics["updates"] == 2, metrics
print(cfg.batch_tokens, peak() - before)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    teach(folder)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize(("size", "context"), [("3M", 512), ("15M", 8)])  # activations weigh most, then state
def test_the_estimate_is_near_the_peak_of_a_real_run(folder: Path, size: str, context: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(folder), size, str(context)],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(TESTS), *sys.path]), "OMP_NUM_THREADS": "1"},
    )
    assert done.returncode == 0, done.stderr
    batch_tokens, peak = map(int, done.stdout.split())
    cfg = preset(size, 400, context)
    estimate = training_bytes(cfg, batch_tokens, dtype=torch.float32, device=CPU)
    print(f"{size}: estimate {estimate / 1e6:.0f} MB, measured {peak / 1e6:.0f} MB")
    assert peak / FACTOR < estimate < peak * FACTOR


@pytest.mark.parametrize("name", ["smoke", "3M"])
def test_parameters_are_counted_as_the_model_has_them(name: str) -> None:
    cfg = preset(name, 300, 64)
    assert num_parameters(cfg) == sum(weight.numel() for weight in Llama(cfg).parameters())


def bytes_of(
    cfg: ModelConfig, tokens: int = 4096, dtype: torch.dtype = torch.float32, on: str = "cpu"
) -> int:
    return training_bytes(cfg, tokens, dtype=dtype, device=torch.device(on))


def test_more_of_anything_takes_more() -> None:
    cfg = preset("8M", 2048, 256)
    assert bytes_of(cfg) < bytes_of(cfg, tokens=8192)
    assert bytes_of(cfg) < bytes_of(preset("15M", 2048, 256))
    assert bytes_of(cfg) < bytes_of(preset("8M", 32768, 256))
    assert bytes_of(cfg, dtype=torch.bfloat16) < bytes_of(cfg)


def test_only_a_cpus_bfloat16_attention_grows_with_the_context() -> None:
    short, long = preset("8M", 2048, 256), preset("8M", 2048, 2048)
    assert bytes_of(short) == bytes_of(long)
    assert bytes_of(short, dtype=torch.bfloat16, on="cuda") == bytes_of(long, dtype=torch.bfloat16, on="cuda")
    assert bytes_of(short, dtype=torch.bfloat16) < bytes_of(long, dtype=torch.bfloat16)


GIB = 2**30


def machine(root: Path, groups: str, files: dict[str, str]) -> int:
    """What is available on a machine with 8 GiB free, these control groups and these files."""
    (root / "proc" / "self").mkdir(parents=True)
    (root / "proc" / "meminfo").write_text("MemTotal: 9 kB\nMemAvailable:    8388608 kB\n")
    (root / "proc" / "self" / "cgroup").write_text(groups)
    for name, text in files.items():
        path = root / "cgroup" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return available_bytes(CPU, proc=root / "proc", cgroups=root / "cgroup")


def group(name: str, limit: str, used: int, cached: int) -> dict[str, str]:
    stat = f"anon 1\ninactive_file {cached}\n"
    return {f"{name}/memory.max": limit, f"{name}/memory.current": str(used), f"{name}/memory.stat": stat}


def test_without_a_limit_the_machines_memory_counts(tmp_path: Path) -> None:
    assert machine(tmp_path, "0::/a/b\n", group("a/b", "max\n", GIB, 0)) == 8 * GIB


def test_the_tightest_group_above_the_process_counts_less_what_it_uses(tmp_path: Path) -> None:
    files = group("a/b", f"{6 * GIB}\n", GIB, GIB // 2) | group("a", f"{5 * GIB}\n", 2 * GIB, GIB)
    assert machine(tmp_path, "0::/a/b\n", files) == 4 * GIB


def test_a_containers_own_group_counts_though_its_path_means_nothing_inside(tmp_path: Path) -> None:
    assert machine(tmp_path, "0::/system.slice/x.scope\n", group(".", f"{3 * GIB}\n", GIB, 0)) == 2 * GIB


def test_groups_of_the_first_kind_count_too(tmp_path: Path) -> None:
    files = {
        "memory/a/memory.limit_in_bytes": f"{2 * GIB}\n",
        "memory/a/memory.usage_in_bytes": f"{GIB}\n",
        "memory/a/memory.stat": f"inactive_file 0\ntotal_inactive_file {GIB // 4}\n",
        "memory/memory.limit_in_bytes": "9223372036854771712\n",
        "memory/memory.usage_in_bytes": f"{4 * GIB}\n",
        "memory/memory.stat": "total_inactive_file 0\n",
    }
    lines = "9:name=systemd:/a\n4:cpu,memory:/a\n3:cpuset:/\n0::/\n"
    assert machine(tmp_path, lines, files) == GIB + GIB // 4


def test_here_there_is_some_memory_and_no_more_than_the_machine_has() -> None:
    machine_bytes = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    assert 0 < available_bytes(CPU) <= machine_bytes


@pytest.mark.parametrize("parts", [1, 2, 4, 8])
def test_a_batch_is_cut_into_the_fewest_parts_that_fit(monkeypatch: pytest.MonkeyPatch, parts: int) -> None:
    cfg = preset("15M", vocab_size=2048, context=1024)
    dtype = working_dtype()
    free = training_bytes(cfg, 8 * 1024 // parts, dtype=dtype, device=CPU)
    monkeypatch.setattr(memory, "available_bytes", lambda device: free)
    assert parts_that_fit(cfg, 8 * 1024, 1, CPU) == parts


def test_processes_on_one_machine_share_its_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    cfg = preset("15M", vocab_size=2048, context=1024)
    free = training_bytes(cfg, 8 * 1024, dtype=working_dtype(), device=CPU)
    monkeypatch.setattr(memory, "available_bytes", lambda device: 2 * free)
    assert parts_that_fit(cfg, 8 * 1024, 1, CPU, 2) == 1
    assert parts_that_fit(cfg, 8 * 1024, 1, CPU, 3) == 2


def test_training_that_no_memory_suffices_for_is_refused_before_it_begins(
    monkeypatch: pytest.MonkeyPatch, folder: Path, tmp_path: Path
) -> None:
    monkeypatch.setattr(memory, "available_bytes", lambda device: 3_000_000_000)
    cfg = Train(size="350M", context=256)
    with pytest.raises(UsageError, match=r"33.\.\dM parameters .* takes \d\.\d\d GB .* 3\.00 GB are free"):
        inputs = {"tokenizer": folder / "tokenizer", "code": folder / "tokens"}
        train(cfg, out=tmp_path, ctx=Context(workers=1), **inputs)
    assert list(tmp_path.iterdir()) == []


def test_weights_spread_over_processes_need_less_of_each(monkeypatch: pytest.MonkeyPatch) -> None:
    cfg = preset("350M", vocab_size=2048, context=256)
    alone = training_bytes(cfg, 256, dtype=working_dtype(), device=CPU)
    monkeypatch.setattr(memory, "available_bytes", lambda device: 9 * alone // 10)
    with pytest.raises(UsageError, match="spread the weights"):
        parts_that_fit(cfg, 256, 1, CPU)
    assert parts_that_fit(cfg, 256, 8, CPU) == 1
