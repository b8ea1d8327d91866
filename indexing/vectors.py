"""Chroma, embedded and persistent, through LangChain's interface. Telemetry off; vectors always come from us."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from langchain_core.embeddings import Embeddings

from indexing.entries import Entry
from indexing.errors import IndexBroken, IndexingError, no_room, storage_error

COLLECTION = "clauses"
SPACE: Any = {"hnsw": {"space": "cosine"}}
BATCH = 1000
HARDLY_ANY_ROOM = 2**20


@contextmanager
def _damage(writing: Path | None = None) -> Iterator[None]:
    """Chroma raises bare, foreign and (from Rust) base exceptions for damaged files and full disks, and does not
    always say which: a failed write where the disk has hardly any room left counts as a full disk."""
    try:
        yield
    except (IndexingError, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:
        if no_room(error) or (writing and shutil.disk_usage(writing).free < HARDLY_ANY_ROOM):
            raise storage_error(OSError(errno.ENOSPC, str(error)), "向量索引") from error
        raise IndexBroken("向量索引坏了。请运行 tiaoli index build --full 重建。") from error


class Vectors:
    """The vector collection of one index generation."""

    def __init__(self, path: Path, embedding: Embeddings) -> None:
        from chromadb import PersistentClient
        from chromadb.config import Settings

        self.path, self.embedding = path, embedding
        with _damage(path.parent):
            self.client: Any = PersistentClient(str(path), Settings(anonymized_telemetry=False))
            self.collection: Any = self.client.get_or_create_collection(
                COLLECTION, embedding_function=None, configuration=SPACE
            )

    @cached_property
    def store(self) -> Any:
        """LangChain's view of the collection, for writing. Reading goes without it: its import takes longer than
        everything else that a question needs."""
        from langchain_chroma import Chroma

        return Chroma(
            collection_name=COLLECTION,
            embedding_function=self.embedding,
            client=self.client,
            collection_configuration=SPACE,
        )

    def upsert(self, entries: Sequence[Entry], progress: Callable[[int], None] = lambda n: None) -> None:
        """Add or replace entries; ``progress`` is told how many are done."""
        for start in range(0, len(entries), BATCH):
            part = entries[start : start + BATCH]
            with _damage(self.path):
                self.store.add_documents([e.as_document() for e in part], ids=[e.id for e in part])
            progress(start + len(part))

    def delete(self, ids: Sequence[str]) -> None:
        """Remove entries by id."""
        for start in range(0, len(ids), BATCH):
            with _damage(self.path):
                self.store.delete(ids=list(ids[start : start + BATCH]))

    def count(self) -> int:
        """How many entries the collection holds."""
        with _damage():
            return int(self.collection.count())

    def nearest(self, vector: list[float], k: int, where: dict[str, Any] | None) -> list[tuple[str, float]]:
        """Ids of the ``k`` nearest entries that ``where`` admits, with their cosine similarity, best first."""
        if not any(vector):
            return []
        with _damage():  # ids and distances are all that is needed; texts and metadata would cost three times as much
            found = self.collection.query(query_embeddings=[vector], n_results=k, where=where, include=["distances"])
        return [(i, 1.0 - float(d)) for i, d in zip(found["ids"][0], found["distances"][0], strict=True)]


def where(places: Sequence[str] | None, day: int | None) -> dict[str, Any] | None:
    """Chroma's filter for a set of places and a day (yyyymmdd)."""
    parts: list[dict[str, Any]] = []
    if places is not None:
        parts.append({"place": {"$in": list(places)}})
    if day is not None:
        parts += [{"valid_from": {"$lte": day}}, {"valid_until": {"$gte": day}}]
    return None if not parts else parts[0] if len(parts) == 1 else {"$and": parts}
