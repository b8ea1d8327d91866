"""Chroma, embedded and persistent, through LangChain's interface. Telemetry off; vectors always come from us."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from langchain_core.embeddings import Embeddings

from indexing.embed import StaticEmbeddings
from indexing.entries import Entry
from indexing.errors import IndexBroken, IndexingError, no_room, storage_error

COLLECTION = "clauses"
LARGE = 50_000
"""Of more entries than this, the graph is made with half its usual links, and written to disk less often: by default
Chroma writes all of it after every thousand entries."""
BY_LINKS: Any = {"space": "cosine"}
BY_FEWER_LINKS: Any = {"space": "cosine", "ef_construction": 50, "max_neighbors": 8, "sync_threshold": 20_000}
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

    def __init__(self, path: Path, embedding: Embeddings, expected: int = 0) -> None:
        """Open the collection, or make one for so many ``expected`` entries."""
        from chromadb import PersistentClient
        from chromadb.config import Settings

        self.path, self.embedding = path, embedding
        with _damage(path.parent):
            self.client: Any = PersistentClient(str(path), Settings(anonymized_telemetry=False))
            self.collection: Any = self.client.get_or_create_collection(
                COLLECTION,
                embedding_function=None,
                configuration={"hnsw": BY_FEWER_LINKS if expected > LARGE else BY_LINKS},
            )

    def upsert(self, entries: Sequence[Entry], progress: Callable[[int], None] = lambda n: None) -> Iterator[Any]:
        """Add or replace entries, batch by batch, and yield the vectors of each batch; ``progress`` is told how many are
        done. The texts stay in the index's own file."""
        for start in range(0, len(entries), BATCH):
            part = entries[start : start + BATCH]
            texts = [e.text for e in part]
            if isinstance(self.embedding, StaticEmbeddings):
                found = self.embedding.embed(texts)
            else:
                found = np.asarray(self.embedding.embed_documents(texts), np.float32)
            with _damage(self.path):
                self.collection.upsert(ids=[e.id for e in part], embeddings=found)
            progress(start + len(part))
            yield found

    def delete(self, ids: Sequence[str]) -> None:
        """Remove entries by id."""
        for start in range(0, len(ids), BATCH):
            with _damage(self.path):
                self.collection.delete(ids=list(ids[start : start + BATCH]))

    def count(self) -> int:
        """How many entries the collection holds."""
        with _damage():
            return int(self.collection.count())

    def nearest(self, vector: list[float], k: int) -> list[tuple[str, float]]:
        """Ids of the ``k`` nearest entries with their cosine similarity, best first."""
        with _damage():  # ids and distances are all that is needed; metadata would cost three times as much
            found = self.collection.query(query_embeddings=[vector], n_results=k, include=["distances"])
        return [(i, 1.0 - float(d)) for i, d in zip(found["ids"][0], found["distances"][0], strict=True)]
