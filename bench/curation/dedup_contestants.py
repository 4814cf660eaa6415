"""One way to find near-copies, run once in a process of its own: its cost, its memory and what it would remove.

Peers get word 5-grams of lower-cased text, 112 permutations in 14 bands of 8, as their own examples do. Where a
peer only groups candidates, the first of each group (union-find) stays; where it only flags, what it flags goes.
Reading the files is part of everybody's work.

    python bench/curation/dedup_contestants.py NAME LIST_OF_FILES
"""

from __future__ import annotations

import json
import re
import resource
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

WORD = re.compile(r"\w+")
PERMUTATIONS, BANDS, ROWS = 112, 14, 8
BATCH = 1000
Removed = set[int]


def texts(paths: Iterable[Path]) -> Iterator[str]:
    return (path.read_text(encoding="utf-8") for path in paths)


def word_shingles(text: str) -> list[str]:
    words = WORD.findall(text.lower())
    return [" ".join(words[i : i + 5]) for i in range(max(len(words) - 4, 1))]


class Groups:
    """Union-find over positions; the first member of a group is its root."""

    def __init__(self) -> None:
        self._parent: dict[int, int] = {}

    def root(self, item: int) -> int:
        while (parent := self._parent.get(item, item)) != item:
            item = parent
        return item

    def join(self, a: int, b: int) -> None:
        a, b = sorted((self.root(a), self.root(b)))
        self._parent[b] = a

    def removed(self) -> Removed:
        return {item for item in self._parent if self.root(item) != item}


def hornbook(paths: Sequence[Path]) -> Removed:
    from hornbook.quality.dedup import Dedup, find_duplicates
    from hornbook.record import Record

    records = (Record(text=text, kind="code", source="bench", license="unknown") for text in texts(paths))
    return set(find_duplicates(Dedup(), records).removals)


def datasketch(paths: Sequence[Path]) -> Removed:
    import xxhash
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(num_perm=PERMUTATIONS, params=(BANDS, ROWS))
    groups = Groups()
    for position, text in enumerate(texts(paths)):
        sketch = MinHash(num_perm=PERMUTATIONS, hashfunc=xxhash.xxh32_intdigest)
        sketch.update_batch([shingle.encode() for shingle in set(word_shingles(text))])
        for other in index.query(sketch):
            groups.join(position, other)
        index.insert(position, sketch)
    return groups.removed()


def rensa(paths: Sequence[Path]) -> Removed:
    from rensa import RMinHash

    return _flagged(paths, RMinHash.digest_matrix_from_token_sets)


def rensa_rho(paths: Sequence[Path]) -> Removed:
    from rensa import RMinHash

    return _flagged(paths, RMinHash.digest_matrix_from_token_sets_rho)


def _flagged(paths: Sequence[Path], sketches: Callable[..., object]) -> Removed:
    """Give rensa batches, and take what it flags as sharing a band with something before."""
    from rensa import RMinHashLSH

    index = RMinHashLSH(threshold=0.7, num_perm=PERMUTATIONS, num_bands=BANDS)
    removed: Removed = set()
    remaining = texts(paths)
    start = 0
    while batch := [word_shingles(text) for text in islice(remaining, BATCH)]:
        matrix = sketches(batch, PERMUTATIONS, 42)
        flags = index.insert_matrix_and_query_duplicate_flags(matrix, start)
        removed.update(start + i for i, flag in enumerate(flags) if flag)
        start += len(batch)
    return removed


def datatrove(paths: Sequence[Path]) -> Removed:
    """Run its four stages over one reader that yields the files; what its last stage drops is removed."""
    from datatrove.data import Document
    from datatrove.pipeline.dedup import MinhashDedupBuckets, MinhashDedupCluster, MinhashDedupSignature
    from datatrove.pipeline.dedup.minhash import MinhashConfig
    from datatrove.utils.logging import logger
    from datatrove.utils.word_tokenizers import WordTokenizer

    class Words(WordTokenizer):  # its English one needs spaCy
        def word_tokenize(self, text: str) -> list[str]:
            return WORD.findall(text)

        def sent_tokenize(self, text: str) -> list[str]:
            return [text]

        def span_tokenize(self, text: str) -> list[tuple[int, int]]:
            return [(0, len(text))]

    logger.remove()
    config = MinhashConfig(n_grams=5, num_buckets=BANDS, hashes_per_bucket=ROWS)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        documents = (Document(text=text, id=str(i)) for i, text in enumerate(texts(paths)))
        MinhashDedupSignature(str(folder / "signatures"), config, language=Words()).run(documents)
        for bucket in range(BANDS):
            MinhashDedupBuckets(str(folder / "signatures"), str(folder / "pairs"), config=config).run(
                rank=bucket, world_size=BANDS
            )
        MinhashDedupCluster(str(folder / "pairs"), str(folder / "removed"), config=config).run(world_size=1)
        content = b"".join(path.read_bytes() for path in (folder / "removed").glob("*.remove"))
    return {int.from_bytes(content[i : i + 4], "little") for i in range(0, len(content), 4)}


CONTESTANTS = {f.__name__: f for f in (hornbook, rensa, rensa_rho, datasketch, datatrove)}


def cpu_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def peak_megabytes() -> float:
    # Not ru_maxrss: a process inherits the peak of the one that started it.
    (line,) = (
        line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")
    )
    return int(line.split()[1]) / 1024


def main(name: str, listing: str) -> None:
    paths = [Path(line) for line in Path(listing).read_text().splitlines()]
    CONTESTANTS[name](paths[:20])  # what is imported, compiled or made once is not the work
    begun = cpu_seconds()
    removed = CONTESTANTS[name](paths)
    spent = cpu_seconds() - begun
    print(json.dumps({"cpu_seconds": spent, "peak_mb": peak_megabytes(), "removed": sorted(removed)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
