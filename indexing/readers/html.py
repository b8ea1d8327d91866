"""Web pages: the main text, without menus, scripts and what is not shown. Runs in the sandbox."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree
from lxml import html as parser

from indexing.errors import DocumentError
from indexing.pages import CELLS
from indexing.readers.text import MARKS, decode

LEFT_OUT = {
    "script", "style", "noscript", "template", "iframe", "object", "svg", "canvas", "video", "audio", "select",
    "button", "input", "textarea", "nav", "header", "footer", "aside", "head", "meta", "link",
}  # fmt: skip
BLOCKS = {
    "p", "div", "section", "article", "main", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr",
    "blockquote", "pre", "dl", "dt", "dd", "form", "fieldset", "center", "body", "hr", "figure", "figcaption",
}  # fmt: skip
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([\w.-]{2,40})""", re.I)
TITLES = ("ArticleTitle", "og:title")
MOST_OF_IT = 0.7
SAME_AS_GB = {"gb2312", "gbk", "x-gbk", "gb_2312-80"}
DEEPEST = 200


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """Messages ``{"text"}`` for every paragraph and every row of a table of the page's main text, the title first.

    Raises DocumentError for what holds no text.
    """
    yield from ({"text": text} for text in text_lines(_text(path.read_bytes())))


def text_lines(text: str) -> list[str]:
    """The same for a page at hand."""
    # An XML declaration may name an encoding that no longer holds for decoded text.
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    if not text.strip():
        raise DocumentError("里没有文字，没有可导入的内容。")
    try:
        root = parser.document_fromstring(text, parser=parser.HTMLParser(huge_tree=False, remove_comments=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise DocumentError("里没有文字，没有可导入的内容。") from error
    title = _title(root)
    body = root.find("body") if root.find("body") is not None else root
    _drop(body)
    found = [line for line in _Lines().of(_main(body)) if line]
    if title and not any(_bare(title) in _bare("".join(found[i : i + 3])) for i in range(min(4, len(found)))):
        found.insert(0, title)
    return found


def _text(raw: bytes) -> str:
    """Decoded by the byte order mark, by what the page declares, else by what it looks like."""
    declared = DECLARED.search(raw[:4096])
    if declared and not raw.startswith(tuple(MARKS)):
        name = declared[1].decode("ascii").lower()
        try:
            return raw.decode("gb18030" if name in SAME_AS_GB else name)
        except (LookupError, UnicodeDecodeError):
            pass  # the declaration is wrong: the bytes decide
    return decode(raw, "")


def _title(root: Any) -> str:
    """The document's title where the page names it, as the sites of authorities do in ``ArticleTitle``."""
    for name in TITLES:
        for meta in root.xpath("//meta[@name=$name or @property=$name]", name=name):
            if (meta.get("content") or "").strip():
                return " ".join(meta.get("content").split())
    heading = root.find(".//h1")
    return " ".join(heading.text_content().split()) if heading is not None else ""


def _drop(body: Any) -> None:
    for element in list(body.iter()):
        if not isinstance(element.tag, str) or element is body:
            continue
        hidden = HIDDEN.search(element.get("style") or "") or element.get("hidden") is not None
        if (element.tag in LEFT_OUT or hidden) and element.getparent() is not None:
            element.drop_tree()


def _main(body: Any) -> Any:
    """The smallest element that holds most of the text that is no link."""
    weights: dict[Any, int] = {}
    for element in reversed(list(body.iter(etree.Element))):
        own = len((element.text or "").strip()) if element.tag != "a" else 0
        inside = sum(weights[child] + len((child.tail or "").strip()) for child in element if child in weights)
        weights[element] = own + (inside if element.tag != "a" else 0)
    best = body
    for _ in range(DEEPEST):
        child = max(best, key=lambda c: weights.get(c, 0), default=None)
        if child is None or child.tag in ("p", "table", "tbody", "tr", "td", "span", "font", "li", "ul", "ol"):
            break
        if weights.get(child, 0) < MOST_OF_IT * weights[body]:
            break
        best = child
    return best


class _Lines:
    """Goes through the elements in order and breaks lines at blocks."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.now = ""

    def of(self, element: Any) -> list[str]:
        """The lines of an element."""
        self._walk(element, 0)
        self._end()
        return self.found

    def _end(self) -> None:
        text = " ".join(self.now.split())
        if text:
            self.found.append(text)
        self.now = ""

    def _walk(self, element: Any, depth: int) -> None:
        block = element.tag in BLOCKS
        if block or element.tag == "br":
            self._end()
        if element.tag == "table" and _is_data(element):
            self._rows(element)
        elif depth < DEEPEST:
            self.now += element.text or ""
            for child in element:
                if isinstance(child.tag, str):
                    self._walk(child, depth + 1)
                self.now += child.tail or ""
        if block:
            self._end()

    def _rows(self, table: Any) -> None:
        for row in table.iter("tr"):
            cells = [" ".join(cell.text_content().split()) for cell in row if cell.tag in ("td", "th")]
            if any(cells):
                self.found.append(CELLS.join(cell for cell in cells if cell))


def _is_data(table: Any) -> bool:
    """Whether a table holds data; one that only arranges the page has other tables, many paragraphs or one column."""
    rows = table.findall("./tr") + table.findall("./tbody/tr") + table.findall("./thead/tr")
    widest = max((sum(cell.tag in ("td", "th") for cell in row) for row in rows), default=0)
    return widest > 1 and table.find(".//table") is None


def _bare(text: str) -> str:
    return re.sub(r"\W", "", text)
