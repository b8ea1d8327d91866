"""Embedding models behind LangChain's interface.

``static`` (the default) is a table of vectors for characters and bigrams, trained on the corpus itself in seconds:
positive pointwise mutual information of terms and the texts they stand in, reduced by a truncated SVD (Levy and
Goldberg 2014), averaged with smooth inverse frequency weights (Arora et al. 2017). ``st:NAME`` is any
sentence-transformers model, by name or folder, from the extra ``models``.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from indexing.errors import IndexBroken, IndexingError
from indexing.grams import grams

Vectors = NDArray[np.float32]
DIMENSIONS = 128
SMOOTHING = 1e-3
TINY = np.float32(1e-12)


class StaticEmbeddings(Embeddings):
    """A table term → vector. Texts are weighted means, of length 1 (or 0 when no term is known)."""

    def __init__(self, terms: list[str], table: Vectors, weights: Vectors) -> None:
        self.row = {term: n for n, term in enumerate(terms)}
        self.terms, self.table, self.weights = terms, table, weights

    @property
    def name(self) -> str:
        """Identifies this very table, for the index to notice a change of model."""
        return f"static-{hashlib.sha256(self.table.tobytes()).hexdigest()[:12]}"

    def embed(self, texts: Iterable[str]) -> Vectors:
        """``n`` texts → an array of shape (n, dimensions)."""
        from scipy.sparse import csr_matrix

        columns, ends = array("i"), [0]
        for text in texts:
            columns.extend([row for g in grams(text) if (row := self.row.get(g)) is not None])
            ends.append(len(columns))
        found = np.frombuffer(columns, np.int32)
        weights = csr_matrix((self.weights[found], found, ends), (len(ends) - 1, len(self.terms)))
        sums = np.asarray(weights @ self.table, np.float32)
        return np.asarray(sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), TINY), np.float32)

    def _one(self, text: str) -> Vectors:
        rows = [self.row[g] for g in grams(text) if g in self.row]
        if not rows:
            return np.zeros(self.table.shape[1], np.float32)
        mean: Vectors = self.weights[rows] @ self.table[rows]
        norm = float(np.linalg.norm(mean))
        return mean / norm if norm else mean

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """LangChain's way in for stored texts."""
        return [[float(x) for x in row] for row in self.embed(texts)]

    def embed_query(self, text: str) -> list[float]:
        """LangChain's way in for a question."""
        return [float(x) for x in self._one(text)]

    def save(self, path: Path) -> None:
        """Write the table as one ``.npz`` file."""
        np.savez(path, terms=np.array(self.terms), table=self.table, weights=self.weights)

    @classmethod
    def load(cls, path: Path) -> StaticEmbeddings:
        """Read what ``save`` wrote. Raises IndexBroken when it is damaged."""
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as data:
                return cls([str(t) for t in data["terms"]], data["table"], data["weights"])
        except (OSError, ValueError, KeyError, EOFError, BadZipFile, zlib.error) as error:
            raise IndexBroken("向量表读不出来。请运行 tiaoli index build --full 重建。") from error


def train_static(groups: Iterable[tuple[str, str]], dimensions: int = DIMENSIONS) -> StaticEmbeddings:
    """Train the table on ``(target, text)`` pairs; all texts of one target form one context, so that words people
    use for the same clause come to lie near each other. Deterministic."""
    from scipy.sparse import csr_matrix
    from scipy.sparse.linalg import svds

    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for target, text in groups:
        counts[target].update(grams(text))
    totals: Counter[str] = Counter()
    for counter in counts.values():
        totals.update(counter)
    terms = sorted(t for t, n in totals.items() if n > 1)
    row = {t: n for n, t in enumerate(terms)}
    total = float(sum(totals[t] for t in terms)) or 1.0
    rows, columns, values = [], [], []
    for column, counter in enumerate(counts.values()):
        size = sum(n for t, n in counter.items() if t in row)
        for term, n in counter.items():
            if term in row and (pmi := float(np.log(n * total / (totals[term] * size)))) > 0:
                rows.append(row[term])
                columns.append(column)
                values.append(pmi)
    matrix = csr_matrix((values, (rows, columns)), shape=(len(terms), len(counts)), dtype=np.float64)
    smaller = min(matrix.shape)
    if smaller < 2 or not values:  # too little text to have dimensions; lexical search carries it
        u, s = np.ones((len(terms), 1)), np.ones(1)
    else:
        u, s, _ = svds(matrix, k=min(dimensions, smaller - 1), v0=np.ones(smaller))
    table = (u * np.sqrt(s)).astype(np.float32)
    weights = np.array([SMOOTHING / (SMOOTHING + totals[t] / total) for t in terms], np.float32)
    return StaticEmbeddings(terms, table, weights)


class SentenceTransformerEmbeddings(Embeddings):
    """Any sentence-transformers model. Needs the extra ``models``."""

    def __init__(self, model: str) -> None:
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise IndexingError(
                "没有装 sentence-transformers。请先安装 tiaoli[models]，或把 TIAOLI_EMBEDDING 去掉。"
            ) from error
        try:
            self.model: Any = SentenceTransformer(model, local_files_only=os.environ.get("HF_HUB_OFFLINE") == "1")
        except (OSError, ValueError) as error:
            raise IndexingError(
                f"向量模型 {model} 装不进来：{str(error)[:120]}。请检查名字或文件夹，或先下载好。"
            ) from error
        self.name = f"st-{model}-{len(self.embed_query('维'))}"

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """LangChain's way in for stored texts; vectors have length 1. Raises IndexingError when the model fails."""
        try:
            found = self.model.encode(texts, normalize_embeddings=True, show_progress_bar=False)
        except (RuntimeError, ValueError, IndexError, MemoryError) as error:  # torch's ways of failing
            raise IndexingError(
                f"向量模型算不出来（{type(error).__name__}）。请换一个模型，或去掉 TIAOLI_EMBEDDING。"
            ) from error
        return [[float(x) for x in row] for row in found]

    def embed_query(self, text: str) -> list[float]:
        """LangChain's way in for a question."""
        return self.embed_documents([text])[0]


def configured() -> str:
    """The configured model: ``static`` or ``st:NAME`` (environment variable ``TIAOLI_EMBEDDING``)."""
    return os.environ.get("TIAOLI_EMBEDDING", "static").strip() or "static"


def open_transformer(setting: str) -> SentenceTransformerEmbeddings:
    """The model that ``st:NAME`` names. Raises IndexingError for any other setting."""
    kind, _, model = setting.partition(":")
    if kind != "st" or not model:
        raise IndexingError(f"TIAOLI_EMBEDDING={setting} 认不得。可以用 static，或 st:模型名（或本地文件夹）。")
    return SentenceTransformerEmbeddings(model)
