"""What was imported, and whether the files are still as they were."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Literal

from pydantic import BaseModel

from corpus.load import Corpus
from indexing.originals import store
from indexing.originals.take import made_by


class SourceStatus(BaseModel):
    """One imported file. ``state``: current, or changed (the file reads differently now), missing (it is no longer
    there; its documents still serve) or outdated (read with an earlier parser or catalogue)."""

    file: str
    path: str
    kind: str
    pages: int
    documents: int
    catalogued: int
    clauses: int
    doubtful: int
    state: Literal["current", "changed", "missing", "outdated"]


def status(corpus: Corpus) -> list[SourceStatus]:
    """Every imported file, by name."""
    state, now = store.load(), made_by(corpus)
    found = []
    for source in sorted(state.sources.values(), key=lambda s: s.name):
        records = [state.records[i] for i in source.documents if i in state.records]
        found.append(
            SourceStatus(
                file=source.name, path=source.path, kind=source.kind, pages=source.pages, documents=len(records),
                catalogued=sum(r.catalogued for r in records), clauses=sum(len(r.clauses) for r in records),
                doubtful=sum(bool(r.doubts) for r in records),
                state=_state(Path(source.path), source.sha256, outdated=source.made_by != now),
            )
        )  # fmt: skip
    return found


def _state(path: Path, sha256: str, *, outdated: bool) -> Literal["current", "changed", "missing", "outdated"]:
    try:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return "missing"
    return "changed" if digest != sha256 else "outdated" if outdated else "current"
