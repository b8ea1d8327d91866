"""What earlier versions stored: one JSON file per document right in the folder of originals, with nothing masked.

Read once, masked, and put among the records of today; the old file goes when its record is stored.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from pydantic import BaseModel, ValidationError

from indexing.clauses import OriginalClause
from indexing.originals.records import Record
from indexing.redact import redact

DOUBT = "由旧版本的原文库转来，只有文字。重新导入原文件，就能看到页面、附件和表格。"


class EarlierClause(BaseModel):
    """A clause as it was stored."""

    eid: str
    label: str
    path: list[str] = []
    text: str = ""


class Earlier(BaseModel):
    """A document as it was stored; ``source`` is the name of its file."""

    document: str
    source: str
    clauses: list[EarlierClause]


def files_in(folder: Path) -> list[Path]:
    """The files of earlier versions."""
    return sorted(path for path in folder.glob("*.json") if path.is_file())


def record_of(path: Path) -> Record | None:
    """One document of an earlier version, masked; None where the file cannot be read as one."""
    try:
        found = Earlier.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None
    masked: Counter[str] = Counter()

    def clean(text: str) -> str:
        words, redactions = redact(text)
        masked.update(r.kind for r in redactions)
        return words

    clauses = {
        c.eid: OriginalClause(
            c.eid, clean(c.label), [clean(name) for name in c.path], clean(c.text), parent=c.eid.rpartition("__")[0]
        )
        for c in found.clauses
    }
    return Record(
        id=found.document, source="", matched="text", title=clean(Path(found.source).stem), clauses=list(clauses.values()),
        doubts=[DOUBT], redacted=dict(sorted(masked.items())),
    )  # fmt: skip
