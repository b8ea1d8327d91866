"""Run as a program: imports the files after the second argument against the corpus in the first. At the step that the
second argument names (a progress step, or ``switch``: all is written, nothing is in use yet) it says so and waits."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path


def main() -> None:
    root, step, *paths = sys.argv[1:]

    from corpus.load import load_corpus
    from indexing import originals
    from indexing.originals import store

    def stop(*args: object) -> None:
        sys.stdout.write(f"{step}\n")
        sys.stdout.flush()
        time.sleep(60)

    if step == "switch":
        store.os.replace = stop  # type: ignore[attr-defined]
    assert os.environ["TIAOLI_HOME"]
    originals.add(
        [Path(p) for p in paths],
        load_corpus(Path(root)),
        progress=lambda what, done, total: stop() if what == step else None,
    )


if __name__ == "__main__":
    main()
