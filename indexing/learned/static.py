"""The shipped static model: the table that ``tiaoli model train`` made, and the same as a sentence-transformers model.

On disk every row is eight bits with a scale of its own, which keeps the file small and changes no ranking that we
measured. In memory it is the same ``StaticEmbeddings`` that the index trains for itself.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from indexing.embed import StaticEmbeddings
from indexing.errors import IndexBroken, IndexingError
from indexing.grams import grams

SHIPPED = Path(__file__).with_name("data") / "static.npz"
STEPS = 127
UNKNOWN = "[UNK]"


def save(model: StaticEmbeddings, path: Path, made_of: dict[str, Any], asked: Iterable[str] = ()) -> None:
    """Write the table with what it was made of (JSON). The weights go into the rows, so a mean is all that is left.

    ``asked``: the questions it was trained on; only a checksum of each is kept, for ``seen``.
    """
    rows = model.table * model.weights[:, None]
    scale = np.maximum(np.abs(rows).max(axis=1), 1e-12) / STEPS
    np.savez_compressed(
        path, terms=np.array("\n".join(model.terms)), rows=np.round(rows / scale[:, None]).astype(np.int8),
        scale=scale.astype(np.float32), made_of=np.array(json.dumps(made_of, ensure_ascii=False)),
        asked=np.unique(np.array([_checksum(question) for question in asked], np.uint32)),
    )  # fmt: skip


def load(path: Path) -> tuple[StaticEmbeddings, dict[str, Any]]:
    """The table that ``save`` wrote and what it was made of. Raises IndexBroken when it is damaged."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as data:
            terms = str(data["terms"]).split("\n")
            table = data["rows"].astype(np.float32) * data["scale"][:, None]
            made_of = dict(json.loads(str(data["made_of"])))
    except (OSError, ValueError, KeyError, TypeError, EOFError, BadZipFile, zlib.error) as error:
        raise IndexBroken(
            f"静态模型 {path.name} 读不出来。请重新安装 tiaoli，或用 tiaoli model train 训练。"
        ) from error
    if len(terms) != len(table):
        raise IndexBroken(f"静态模型 {path.name} 的词和向量对不上。请重新安装 tiaoli，或用 tiaoli model train 训练。")
    return StaticEmbeddings(terms, table, np.ones(len(terms), np.float32)), made_of


def seen(path: Path, questions: Iterable[str]) -> int:
    """How many of these questions the model of ``path`` was trained on, on which it therefore looks too good."""
    with np.load(path, allow_pickle=False) as data:
        known = set(data["asked"].tolist())
    return sum(_checksum(question) in known for question in questions)


def _checksum(question: str) -> int:
    return zlib.crc32(question.encode("utf-8", "replace"))


@cache
def shipped() -> StaticEmbeddings:
    """The model in the package, read once."""
    return load(SHIPPED)[0]


def as_sentence_transformer(model: StaticEmbeddings) -> Any:
    """The same vectors as a ``SentenceTransformer`` of one ``StaticEmbedding`` and a normalisation.

    Its tokenizer splits at spaces, so texts go in as ``spaced`` makes them. Raises IndexingError where the extra
    ``models`` is not installed.
    """
    try:
        from sentence_transformers import SentenceTransformer
        from sentence_transformers.models import Normalize, StaticEmbedding
        from tokenizers import Tokenizer
        from tokenizers.models import WordLevel
        from tokenizers.pre_tokenizers import WhitespaceSplit
    except ImportError as error:
        raise IndexingError("没有装 sentence-transformers。请先安装 tiaoli[models]。") from error
    rows = {UNKNOWN: 0} | {term: n for n, term in enumerate(model.terms, 1)}
    tokenizer = Tokenizer(WordLevel(rows, unk_token=UNKNOWN))
    tokenizer.pre_tokenizer = WhitespaceSplit()
    weighted = model.table * model.weights[:, None]
    table = np.vstack([np.zeros((1, weighted.shape[1]), np.float32), weighted])
    return SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=table), Normalize()])


def spaced(text: str) -> str:
    """A text as its terms with spaces between, for the tokenizer of ``as_sentence_transformer``."""
    return " ".join(grams(text))
