"""The store of imported originals: one JSON file per document, outside version control."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

from corpus.load import Corpus
from corpus.models import Document
from indexing.clauses import OriginalClause, clauses_of
from indexing.clean import paragraphs
from indexing.errors import DocumentError, storage_error
from indexing.home import home
from indexing.identify import identify

ENCODINGS = ("utf-8-sig", "gb18030", "big5")
LARGEST = 20 * 1024 * 1024


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
    path = home() / "originals"
    path.mkdir(parents=True, exist_ok=True)
    return path


def file_of(document: str) -> Path:
    """The file of one document."""
    return folder() / (document.replace("/", "__") + ".json")


def load_originals() -> Originals:
    """Everything imported so far. A damaged file is an error that names it."""
    found = Originals()
    for path in sorted(folder().glob("*.json")):
        try:
            data = json.loads(path.read_text("utf-8"))
            found.clauses[data["document"]] = {c["eid"]: OriginalClause(**c) for c in data["clauses"]}
        except (ValueError, KeyError, TypeError) as error:
            raise DocumentError(f"已导入的原文 {path.name} 坏了（{type(error).__name__}）。请删掉它再重新导入。") from error
    return found


def read_text(path: Path) -> str:
    """The text of a plain-text file, whatever its usual encoding. Raises DocumentError with a sentence."""
    if not path.is_file():
        raise DocumentError(f"找不到文件 {path.name}，请检查路径。")
    if path.stat().st_size > LARGEST:
        raise DocumentError(f"{path.name} 超过 {LARGEST // 2**20} MB，请拆开后再导入。")
    raw = path.read_bytes()
    if not raw.strip():
        raise DocumentError(f"{path.name} 是空文件，没有可导入的内容。")
    if b"\x00" in raw[:4096]:
        raise DocumentError(f"{path.name} 不是纯文本（像是二进制文件）。请先另存为 UTF-8 文本再导入。")
    for encoding in ENCODINGS:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise DocumentError(f"{path.name} 的文字编码认不出来。请另存为 UTF-8 文本再导入。")


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
    data = {"document": document.id, "source": path.name, "clauses": [asdict(c) for c in clauses.values()]}
    text = json.dumps(data, ensure_ascii=False, indent=1)
    target = file_of(document.id)
    if target.exists() and target.read_text("utf-8") == text:
        return Import(document, len(clauses), False)
    try:
        draft = target.with_suffix(".draft")
        draft.write_text(text, "utf-8")
        os.replace(draft, target)
    except OSError as error:
        raise storage_error(error, "原文") from error
    return Import(document, len(clauses), True)


def remove_original(document: str) -> bool:
    """Forget an imported original; False when there was none."""
    path = file_of(document)
    existed = path.exists()
    path.unlink(missing_ok=True)
    return existed
