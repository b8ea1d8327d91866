"""The embeddings of the baselines: the one that Chroma takes by default where it can be had, and our own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from langchain_core.embeddings import Embeddings

if TYPE_CHECKING:
    from assistant.house import House

DEFAULT = "all-MiniLM-L6-v2"


class Embedding(Embeddings):
    """Another embedding under a name for tables."""

    def __init__(self, name: str, inner: Embeddings) -> None:
        self.name, self._inner = name, inner

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Vectors of stored texts."""
        return self._inner.embed_documents(texts)

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        return self._inner.embed_query(text)


class _Onnx(Embeddings):
    """Chroma's own embedding function behind LangChain's interface."""

    def __init__(self, function: Any) -> None:
        self._function = function

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [[float(x) for x in row] for row in self._function(texts)]

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


def static_of(house: House) -> Embedding | None:
    """The embedding of the index in use; None where search goes on without vectors."""
    inner = house.searcher.embedding if house.searcher else None
    return Embedding("条理的静态向量", inner) if inner is not None else None


def chroma_default(folder: Path | None) -> tuple[Embedding | None, str]:
    """Chroma's default embedding from its own store, or the same model from ``folder``; else None and a sentence why.

    Nothing is fetched: Chroma would download the model at the first use. Raises IndexingError for a folder that holds
    no usable model.
    """
    if folder is not None:
        from indexing.embed import SentenceTransformerEmbeddings

        return Embedding(DEFAULT, SentenceTransformerEmbeddings(str(folder))), ""
    from chromadb.utils.embedding_functions import ONNXMiniLM_L6_V2

    stored = ONNXMiniLM_L6_V2.DOWNLOAD_PATH / ONNXMiniLM_L6_V2.EXTRACTED_FOLDER_NAME / "model.onnx"
    if stored.is_file():
        return Embedding(DEFAULT, _Onnx(ONNXMiniLM_L6_V2())), ""
    why = (
        f"Chroma 默认的向量模型 {DEFAULT} 不在本机（要联网下载），这一行改用条理的静态向量。"
        "想用它：先让 Chroma 下载一次，或用 --minilm 指出模型文件夹。"
    )
    return None, why
