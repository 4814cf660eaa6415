"""How fast, how small and how right curation is, beside its peers: `quality.py dedup` or `decontamination`.

Peers are installed beside, not into, hornbook: see bench/peers.txt. Each part prints what it measures with --help.
"""

from __future__ import annotations

import sys

from curation import decontamination, dedup

PARTS = {"dedup": dedup.main, "decontamination": decontamination.main}


def main() -> None:
    part, *arguments = sys.argv[1:] or [""]
    if part in PARTS:
        PARTS[part](arguments)
    elif part in ("", "all"):
        for run in PARTS.values():
            run([])
    else:
        print(__doc__)
        sys.exit(0 if part in ("-h", "--help") else f"{part!r} is none of: {', '.join(PARTS)}, all")


if __name__ == "__main__":
    main()
