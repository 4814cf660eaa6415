"""Training as one of several processes under `torchrun`: who this one is, and what must be shared.

Every process draws the same global batch and takes every n-th row of it, so that n processes train as one would
on the same batch, within float noise. Weights are whole in each process (DistributedDataParallel) or spread over
all of them (fully_shard, https://docs.pytorch.org/docs/stable/distributed.fsdp.fully_shard.html); the latter when
asked for, as it waits more and holds less. One process alone is a world of size 1, where nothing is shared.
"""

from __future__ import annotations

import datetime
import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeGuard

import torch
import torch.distributed as dist
from torch import Tensor, nn

from hornbook.errors import HornbookError
from hornbook.lm.device import device, working_dtype
from hornbook.lm.model import Llama

if TYPE_CHECKING:
    from torch.distributed.tensor import DTensor

_PATIENCE = datetime.timedelta(days=7)
"""How long the others wait while the first process prepares data."""


@dataclass(frozen=True, slots=True)
class World:
    """The processes that train one model together."""

    rank: int = 0
    size: int = 1
    spread: bool = False
    """Whether the weights are spread over the processes."""

    @property
    def first(self) -> bool:
        """Whether this process is the one that writes and speaks."""
        return self.rank == 0

    @property
    def local_size(self) -> int:
        """Processes of the world on this machine, which share its cores."""
        return int(os.environ.get("LOCAL_WORLD_SIZE", "1")) if self.size > 1 else 1

    @property
    def first_here(self) -> bool:
        """Whether this process is the first one of the world on its machine."""
        return self.size == 1 or os.environ.get("LOCAL_RANK", "0") == "0"

    def spread_weights(self, model: Llama) -> None:
        """Spread the model's float32 weights over the processes, if that is wanted; its optimizer comes after."""
        if not self.spread:
            return
        from torch.distributed.fsdp import MixedPrecisionPolicy, fully_shard  # seconds that few runs need

        policy = MixedPrecisionPolicy(param_dtype=working_dtype(), reduce_dtype=torch.float32)
        for layer in model.model.layers:
            fully_shard(layer, mp_policy=policy)
        fully_shard(model, mp_policy=policy)

    def shared(self, model: Llama) -> nn.Module:
        """Return what to call for a loss: the model, made to average its gradients over all processes."""
        if self.spread or self.size == 1:
            return model
        from torch.nn.parallel import DistributedDataParallel

        # The tables of rotary angles are the same everywhere and never change.
        buffers = [name for name, _ in model.named_buffers()]
        ignore = DistributedDataParallel._set_params_and_buffers_to_ignore_for_model
        ignore(model, buffers)  # type: ignore[no-untyped-call]
        return DistributedDataParallel(model)

    def added_up(self, values: Tensor) -> Tensor:
        """Return the sum over all processes."""
        if self.size > 1:
            dist.all_reduce(values)
        return values

    def most(self, mine: int) -> int:
        """Return the greatest of what the processes say, in all of them."""
        if self.size == 1:
            return mine
        said = torch.tensor(mine, device=device())
        dist.all_reduce(said, dist.ReduceOp.MAX)
        return int(said)

    def agreed(self, mine: bool) -> bool:
        """Return what the first process says, in all of them: their clocks differ."""
        if self.size == 1:
            return mine
        said = torch.tensor(mine, dtype=torch.uint8, device=device())
        dist.broadcast(said, 0)
        return bool(said)

    def tell(self, what: Any) -> Any:
        """Return what the first process tells, in all of them; the others wait for it, however long.

        Raises HornbookError when the first one has ended.
        """
        if self.size == 1:
            return what
        told = [what]
        try:
            dist.broadcast_object_list(told, 0)
        except RuntimeError as error:  # gloo has no narrower one for a connection that broke
            raise HornbookError(
                f"process {self.rank} stops: the first one has ended, and says why"
            ) from error
        return told[0]


ALONE = World()
_joined = ALONE
"""A process is in one world at a time, as torch's process group is."""


def current() -> World:
    """Return the world that this process is in."""
    return _joined


def launched() -> bool:
    """Say whether torchrun started this process as one of several."""
    return int(os.environ.get("WORLD_SIZE", "1")) > 1


@contextmanager
def joined(*, spread: bool) -> Iterator[World]:
    """Join the processes that torchrun started, until the block ends; alone, just yield `ALONE`."""
    if not launched():
        yield ALONE
        return
    if torch.cuda.is_available():
        torch.cuda.set_device(device())
    dist.init_process_group("nccl" if torch.cuda.is_available() else "gloo", timeout=_PATIENCE)
    global _joined
    try:
        _joined = World(dist.get_rank(), dist.get_world_size(), spread)
        yield _joined
        # What still holds the groups (spread weights do) goes before them, and nobody leaves before the others:
        # else their threads are sometimes torn down half way, and the process aborts at its very end.
        gc.collect()
        dist.barrier()
    finally:
        _joined = ALONE
        dist.destroy_process_group()


def whole(tensor: Tensor) -> Tensor:
    """Return all of a tensor that may be spread over the processes; all of them must ask."""
    return tensor.full_tensor() if _is_spread(tensor) else tensor


def own_part(tensor: Tensor) -> Tensor:
    """Return the part that this process holds, sharing its memory; all of it where nothing is spread."""
    return tensor.to_local() if _is_spread(tensor) else tensor


def cut_like(full: Tensor, other: Tensor) -> Tensor:
    """Return this process's part of a whole tensor, cut as `other` is."""
    if not _is_spread(other):
        return full
    from torch.distributed.tensor import distribute_tensor

    # Every process has the whole tensor, so nothing is sent.
    spread = distribute_tensor(full.to(other.device), other.device_mesh, other.placements, src_data_rank=None)
    return spread.to_local()


def joined_like(part: Tensor, other: Tensor) -> Tensor:
    """Return the whole tensor that the processes' parts make up, cut as `other` is; all of them must ask."""
    if not _is_spread(other):
        return part
    from torch.distributed.tensor import DTensor

    spread = DTensor.from_local(
        part, other.device_mesh, other.placements, shape=other.shape, stride=other.stride()
    )
    return spread.full_tensor()


def _is_spread(tensor: Tensor) -> TypeGuard[DTensor]:
    return hasattr(tensor, "placements")
