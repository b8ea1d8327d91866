"""What a workbook says of its cells beside their values: percent formats, formulas without a result, errors, merges.

The fast reader gives values alone. Here the sheets' XML is scanned once, block by block, for the rest.
Source: ECMA-376, part 1, 18.3 (worksheets) and 18.8 (styles).
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

from assistant.errors import BadInput
from assistant.sheets.raw import ERROR, NO_RESULT, Merge, column_index
from assistant.sheets.zip_guard import blocks, whole

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINKS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
LINK_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
PERCENT_FORMATS = {9, 10}  # 0% and 0.00%, built in
MOST_CELLS = 60_000_000
LONGEST_ROW = 64 * 2**20
WORKSHEET = re.compile(rb"<(\w+:)?worksheet")


class Patterns:
    """What is looked for, with the prefix that the file's elements have (mostly none: a literal start is found fast)."""

    def __init__(self, prefix: bytes, percent_styles: list[int]) -> None:
        p = prefix
        formula = rb"<%bf(?: [^>]*)?(?:/>|>[^<]*</%bf>)" % (p, p)
        value = rb"<%bv(?: ?/>|></%bv>)" % (p, p)
        cell = rb'<%bc r="([A-Z]{1,3})(\d+)"' % p
        self.columns = re.compile(rb'<%bc r="([A-Z]{1,3})' % p)
        self.row = re.compile(rb'<%brow r="(\d{1,7})"' % p)
        self.far = re.compile(rb'<%bc r="[A-Z]{1,3}(\d{6,7})"' % p)
        self.merge = re.compile(rb'<%bmergeCell ref="([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)"' % p)
        self.unsolved = re.compile(rb"%b([^>]*)>%b(?:%b)?</%bc>" % (cell, formula, value, p))
        self.failed = re.compile(rb'%b[^>]*? t="e"[^>]*>(?:%b)?<%bv>([^<]{1,20})</%bv>' % (cell, formula, p, p))
        styles = b"|".join(str(style).encode() for style in percent_styles)
        self.percent = re.compile(rb'%b s="(?:%b)"[^>]*>' % (cell, styles)) if styles else None
        self.formula_sign, self.merge_sign = b"<%bf" % p, b"<%bmergeCell " % p
        self.row_end = b"</%brow>" % p


@dataclass
class Marks:
    """Marks of one sheet, rows from 1 and columns from 0. ``percent``: the rows of each column that are shown as
    percentages; ``instead``: what stands for a cell that holds no value."""

    percent: dict[int, list[int]] = field(default_factory=dict)
    instead: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[Merge] = field(default_factory=list)
    columns: int = 0
    last_row: int = 0


def sheet_parts(container: zipfile.ZipFile, name: str) -> dict[str, str]:
    """Each worksheet's name → its part of the container."""
    try:
        book = ElementTree.fromstring(whole(container, "xl/workbook.xml", name))
        links = ElementTree.fromstring(whole(container, "xl/_rels/workbook.xml.rels", name))
    except (ElementTree.ParseError, KeyError) as error:
        raise BadInput(f"{name} 的目录损坏，读不了。请在 Excel 里打开后另存一份。") from error
    targets = {link.get("Id", ""): link.get("Target", "") for link in links.iter(f"{LINKS}Relationship")}
    parts: dict[str, str] = {}
    for sheet in book.iter(f"{MAIN}sheet"):
        target = targets.get(sheet.get(LINK_ID, ""), "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part in container.namelist():
            parts[sheet.get("name", "")] = part
    return parts


def percent_styles(container: zipfile.ZipFile, name: str) -> list[int]:
    """The cell styles that show a number as a percentage."""
    if "xl/styles.xml" not in container.namelist():
        return []
    try:
        root = ElementTree.fromstring(whole(container, "xl/styles.xml", name))
    except ElementTree.ParseError as error:
        raise BadInput(f"{name} 的格式表损坏，读不了。请在 Excel 里打开后另存一份。") from error
    formats = set(PERCENT_FORMATS)
    for entry in root.iter(f"{MAIN}numFmt"):
        if "%" in re.sub(r'"[^"]*"|\\.', "", entry.get("formatCode", "")):
            formats.add(int(entry.get("numFmtId", "0")))
    styles = root.find(f"{MAIN}cellXfs")
    return [i for i, xf in enumerate(styles if styles is not None else ()) if int(xf.get("numFmtId", "0")) in formats]


def scan(container: zipfile.ZipFile, part: str, name: str, styles: list[int]) -> Marks:
    """The marks of a sheet. Raises BadInput where it is damaged, or where its cells lie impossibly far apart."""
    marks, found = Marks(), Patterns(_prefix(container, part, name), styles)
    columns: set[bytes] = set()
    for text in _whole_rows(container, part, name, found.row_end):
        columns.update(found.columns.findall(text))
        rows = [*found.row.findall(text), *found.far.findall(text)]
        marks.last_row = max(marks.last_row, max(map(int, rows), default=0))
        for m in found.percent.finditer(text) if found.percent else ():
            marks.percent.setdefault(column_index(m[1].decode()), []).append(int(m[2]))
        if b't="e"' in text:
            for m in found.failed.finditer(text):
                marks.instead[int(m[2]), column_index(m[1].decode())] = ERROR + m[3].decode("utf-8", "replace")
        if found.formula_sign in text:
            for m in found.unsolved.finditer(text):
                if b't="str"' not in m[3]:  # an empty text is a result
                    marks.instead[int(m[2]), column_index(m[1].decode())] = NO_RESULT
        if found.merge_sign in text:
            for m in found.merge.finditer(text):
                left, right = column_index(m[1].decode()), column_index(m[3].decode())
                marks.merged.append(Merge(int(m[2]), left, int(m[4]), right))
    marks.columns = 1 + max((column_index(c.decode()) for c in columns), default=-1)
    if marks.columns * marks.last_row > MOST_CELLS:
        raise BadInput(
            f"{name} 里有一张表铺到了第 {marks.last_row:,} 行、第 {marks.columns:,} 列，格子太多，没有读。"
            "多半是表格边上很远的地方误填了东西：请删掉多余的行和列，或者另存为 CSV 再试。"
        )
    return marks


def _prefix(container: zipfile.ZipFile, part: str, name: str) -> bytes:
    match = WORKSHEET.search(next(iter(blocks(container, part, name)), b""))
    return (match[1] or b"") if match else b""


def _whole_rows(container: zipfile.ZipFile, part: str, name: str, row_end: bytes) -> Iterator[bytes]:
    """The sheet's XML in stretches that end between rows."""
    rest = b""
    for block in blocks(container, part, name):
        rest += block
        cut = rest.rfind(row_end) + len(row_end)
        if cut < len(row_end) and len(rest) > LONGEST_ROW:
            raise BadInput(f"{name} 里有一行长得不正常，没有读。请另存为 CSV 再试。")
        if cut >= len(row_end):
            yield rest[:cut]
            rest = rest[cut:]
    yield rest
