"""The store of imported originals: one JSON file per document, outside version control."""

from __future__ import annotations

import json
import logging
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

from corpus.load import Corpus
from corpus.models import Document
from indexing.clauses import OriginalClause, clauses_of
from indexing.errors import DocumentError, IndexingError, storage_error
from indexing.home import room
from indexing.identify import identify
from indexing.paragraphs import paragraphs
from indexing.readers.text import read_text

log = logging.getLogger(__name__)
LEAST_SHARE = 0.5


@dataclass
class Originals:
    """All imported originals: document id → eId → clause."""

    clauses: dict[str, dict[str, OriginalClause]] = field(default_factory=dict)

    def text(self, ref: str) -> str | None:
        """The wording of a clause, where its document was imported."""
        document, _, eid = ref.partition("#")
        clause = self.clauses.get(document, {}).get(eid)
        return clause.text if clause and clause.text else None


@dataclass(frozen=True)
class Import:
    """What became of one file: the document that it was recognised as, and how many clauses it holds."""

    document: Document
    clauses: int
    changed: bool


def folder() -> Path:
    """Where the originals lie."""
    return room("originals")


def file_of(document: str) -> Path:
    """The file of one document."""
    return folder() / (document.replace("/", "__") + ".json")


def load_originals() -> Originals:
    """Everything imported so far. A file that cannot be read is left out with a warning; the rest still serves."""
    found = Originals()
    try:
        paths = sorted(folder().glob("*.json"))
    except IndexingError as error:
        log.warning("%s", error)
        return found
    for path in paths:
        try:
            data = json.loads(path.read_text("utf-8"))
            found.clauses[str(data["document"])] = {str(c["eid"]): OriginalClause(**c) for c in data["clauses"]}
        except (OSError, ValueError, KeyError, TypeError) as error:
            log.warning("已导入的原文 %s 坏了（%s），先不用它。请重新导入这份文件。", path.name, type(error).__name__)
    return found


def add_original(path: Path, corpus: Corpus) -> Import:
    """Take one plain-text file in. Adding the same file twice changes nothing. The file appears whole or not at all.

    Raises DocumentError when the file cannot be read or matches no entry of the catalogue, StorageFull when it
    cannot be stored.
    """
    parts = paragraphs(read_text(path))
    document = identify(parts, corpus)
    if document is None:
        raise DocumentError(f"{path.name} 的标题和文号在文件目录里都没有，暂时不能导入。请确认它是目录里的某份文件。")
    clauses: dict[str, OriginalClause] = {}
    for clause in clauses_of(parts):
        clauses.setdefault(clause.eid, clause)
    _check_whole(path, document, clauses, corpus)
    data = {"document": document.id, "source": path.name, "clauses": [asdict(c) for c in clauses.values()]}
    text = json.dumps(data, ensure_ascii=False, indent=1)
    target = file_of(document.id)
    draft = target.with_suffix(".draft")
    try:
        if target.exists() and target.read_bytes() == text.encode():
            return Import(document, len(clauses), False)
        draft.write_text(text, "utf-8")
        os.replace(draft, target)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise storage_error(error, "原文") from error
    return Import(document, len(clauses), True)


def _check_whole(path: Path, document: Document, clauses: dict[str, OriginalClause], corpus: Corpus) -> None:
    """A file that merely mentions a document, or holds a small part of it, must not take the original's place."""
    digest = corpus.digests.get(document.id)
    known = {c.eid for c in digest.clauses} if digest else set()
    found = len(known & clauses.keys())
    if found < LEAST_SHARE * len(known):
        raise DocumentError(
            f"{path.name} 提到了《{document.title}》，但 {len(known)} 条里只认出 {found} 条，不像是全文，没有导入。"
            "请确认文件是这份文件的完整文本。"
        )


def remove_original(document: str) -> bool:
    """Forget an imported original; False when there was none. Raises StorageFull when it cannot be deleted."""
    path = file_of(document)
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise storage_error(error, "原文") from error
    return True
