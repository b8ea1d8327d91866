"""What the baselines search: the originals where they are at hand, else our digests; and where the gold clauses stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from corpus.load import Corpus
from eval.gold_clauses import bare
from eval.usual_way import pieces_of, split_text
from indexing.errors import DocumentError
from indexing.originals.take import take

USUAL_PLACE = Path(__file__).parents[2] / "shared" / "corpus"
SHINGLE = 5
MOST = 0.5
"""A piece holds a clause when it has at least this share of the clause's runs of five characters."""


@dataclass
class Texts:
    """``pieces`` are cut by length, ``clauses`` by clause; ``gold`` has the words of a clause by its reference."""

    name: str
    pieces: list[str] = field(default_factory=list)
    clauses: list[str] = field(default_factory=list)
    gold: dict[str, str] = field(default_factory=dict)

    def holds(self, piece: str, ref: str) -> bool:
        """Whether a piece holds most of a clause."""
        wanted = shingles(self.gold[ref])
        return bool(wanted) and len(wanted & shingles(piece)) >= MOST * len(wanted)


@lru_cache(maxsize=16384)
def shingles(text: str) -> frozenset[str]:
    """Every run of five letters, digits and ideographs; of a shorter text the whole."""
    words = bare(text)
    return frozenset(words[n : n + SHINGLE] for n in range(max(1, len(words) - SHINGLE + 1))) if words else frozenset()


def texts_of(corpus: Corpus, folder: Path | None) -> Texts:
    """The originals in ``folder`` (where none is named: beside the repository, where they are), else the digests.

    Raises DocumentError for a folder without readable files, SplitterMissing without the splitter.
    """
    if folder is None and not USUAL_PLACE.is_dir():
        return _digests(corpus)
    found = sorted(path for path in (folder or USUAL_PLACE).glob("*") if path.suffix.lower() in (".txt", ".pdf"))
    if not found:
        raise DocumentError(f"{folder} 里没有 .txt 或 .pdf 文件。请检查 --originals 的文件夹。")
    return _originals(corpus, found)


def _originals(corpus: Corpus, paths: Iterable[Path]) -> Texts:
    texts = Texts("原文")
    for path in paths:
        texts.pieces += pieces_of(path)
        for record in take(path, path.stem, corpus).records:
            below = {clause.eid: clause.text for clause in record.clauses if clause.text.strip()}
            texts.clauses += below.values()
            texts.gold |= {f"{record.id}#{eid}": _whole(eid, below) for eid in below}
    return texts


def _whole(eid: str, below: dict[str, str]) -> str:
    """An article's words with those of its items."""
    inside = [text for other, text in below.items() if other.startswith(f"{eid}__")]
    return "\n".join([below[eid], *inside]) if eid.startswith("art_") else below[eid]


def _digests(corpus: Corpus) -> Texts:
    texts = Texts("摘要")
    for document in corpus.documents.values():
        digest = corpus.digests.get(document.id)
        if digest is None:
            continue
        said = [f"{clause.label} {clause.heading}\n{clause.digest}" for clause in digest.clauses]
        texts.pieces += split_text(f"{document.title}\n\n" + "\n\n".join(said))
        texts.clauses += said
        texts.gold |= {f"{document.id}#{clause.eid}": clause.digest for clause in digest.clauses}
    return texts
