"""Run as a program: builds the index of the corpus in the first argument. With a stage as the second argument it
says so on stdout when it reaches it and waits there to be killed; with a number, files may not grow beyond it."""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path


def main() -> int:
    root, *rest = sys.argv[1:]
    stage = rest[0] if rest else ""

    from corpus.load import load_corpus
    from indexing import build
    from indexing.errors import IndexingError

    build.ROOT = Path(root)
    corpus = load_corpus(build.ROOT)
    if stage.isdigit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(stage), int(stage)))

    def progress(what: str, done: int, total: int) -> None:
        if what == stage:
            sys.stdout.write(f"{what}\n")
            sys.stdout.flush()
            time.sleep(60)

    try:
        manifest = build.build(full=stage != "", progress=progress, corpus=corpus)
    except IndexingError as error:
        sys.stdout.write(f"{type(error).__name__} {error}\n")
        return 2
    sys.stdout.write(f"built {manifest.changed}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
