"""Word files (.docx): paragraphs with their automatic numbers, tables, text boxes. Runs in the sandbox."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml import etree

from indexing.errors import DocumentError
from indexing.pages import CELLS
from indexing.readers.docx_numbers import Numbers

MOST_UNPACKED = 400 * 2**20
MOST_PARTS = 10_000
WORD = "word/document.xml"
SKIPPED = {qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), qn("w:rPr"), qn("w:sectPr"), qn("w:instrText")}
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
BREAKS = {qn("w:br"), qn("w:cr")}
BOX = qn("w:txbxContent")
RENDERED = qn("w:lastRenderedPageBreak")


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """Messages ``{"text", "page"}`` for every paragraph and every row of a table, and doubts. Pages are those that the
    program that saved the file last had seen. Raises DocumentError for what is no Word file."""
    _check(path)
    try:
        document = Document(str(path))
    except (PackageNotFoundError, KeyError, ValueError, etree.XMLSyntaxError, zipfile.BadZipFile) as error:
        raise DocumentError("不是完整的 Word 文件，打不开。请用 Word 或 WPS 打开另存一份再试。") from error
    body = document.element.body
    reader = _Reader(Numbers(document), counted=next(body.iter(RENDERED), None) is not None)
    for text in reader.blocks(body):
        yield {"text": text, "page": reader.begun or reader.page}
    if any(name.endswith("/footnotes") for name in (rel.reltype for rel in document.part.rels.values())):
        notes = _footnotes(document)
        if notes:
            yield {"doubt": f"有 {notes} 条脚注没有收进来，请对照原件查看。"}


def _check(path: Path) -> None:
    """Refuse archives that unpack to far more than any document, and those of other programs."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise DocumentError("不是完整的 Word 文件，打不开。请重新下载，或用 Word、WPS 打开另存一份再试。") from error
    if WORD not in {part.filename for part in parts}:
        raise DocumentError("不是 Word 文件（里面没有正文）。能导入的有 PDF、DOCX、HTML、Markdown 和纯文本。")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise DocumentError(f"解压后超过 {MOST_UNPACKED // 2**20} MB，不像正常的文件，没有导入。")


def _footnotes(document: Any) -> int:
    """How many footnotes of its own the file has (two are always there for the separating lines)."""
    for rel in document.part.rels.values():
        if rel.reltype.endswith("/footnotes"):
            root = etree.fromstring(rel.target_part.blob, etree.XMLParser(resolve_entities=False, no_network=True))
            return sum(note.get(qn("w:type")) is None for note in root)
    return 0


class _Reader:
    """Walks through the body. ``page`` is the page reached, ``begun`` the one on which the last line began.

    ``counted``: the program that saved the file marked where pages ended; else only breaks set by hand are known.
    """

    def __init__(self, numbers: Numbers, *, counted: bool) -> None:
        self.numbers, self.counted = numbers, counted
        self.page, self.begun = 1, 0

    def blocks(self, parent: Any) -> Iterator[str]:
        """The lines of a body, a cell or a text box."""
        for child in parent:
            if child.tag == qn("w:p"):
                yield from self._paragraph(child)
            elif child.tag == qn("w:tbl"):
                yield from self._table(child)
            elif child.tag not in SKIPPED and isinstance(child.tag, str):
                yield from self.blocks(child)

    def _paragraph(self, paragraph: Any) -> Iterator[str]:
        boxes: list[Any] = []
        self.begun = 0
        text = "".join(self._runs(paragraph, boxes))
        if text.strip():
            yield self.numbers.of(paragraph) + text.strip()
        for box in boxes:
            yield from self.blocks(box)

    def _runs(self, parent: Any, boxes: list[Any]) -> Iterator[str]:
        for child in parent:
            if child.tag == qn("w:t"):
                self.begun = self.begun or self.page
                yield child.text or ""
            elif child.tag == qn("w:tab"):
                yield " "
            elif child.tag == qn("w:noBreakHyphen"):
                yield "-"
            elif child.tag == RENDERED:
                self.page += 1
            elif child.tag in BREAKS:
                if child.get(qn("w:type")) == "page":
                    self.page += not self.counted
                elif child.get(qn("w:type")) != "column":
                    yield "\n"
            elif child.tag == BOX:
                boxes.append(child)
            elif child.tag not in SKIPPED and child.tag != FALLBACK and isinstance(child.tag, str):
                yield from self._runs(child, boxes)

    def _table(self, table: Any) -> Iterator[str]:
        """One line per row; a frame of a single column is read as the paragraphs it holds."""
        for row in table.iterchildren(qn("w:tr")):
            cells = [cell for cell in row.iter(qn("w:tc")) if cell.getparent() in (row, *row.iter(qn("w:sdtContent")))]
            if len(cells) == 1:
                yield from self.blocks(cells[0])
                continue
            page = self.page
            texts = [" ".join(self.blocks(cell)).replace("\n", " ") for cell in cells if not _continues(cell)]
            self.begun = page
            if any(text.strip() for text in texts):
                yield CELLS.join(text for text in texts if text.strip())


def _continues(cell: Any) -> bool:
    """Whether a cell is the lower part of one that spans several rows."""
    merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return merge is not None and merge.get(qn("w:val")) != "restart"
