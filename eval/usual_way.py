"""The usual way with documents, to measure ours against: pypdf's text, or the file's, cut by LangChain's splitter."""

from __future__ import annotations

from pathlib import Path

SIZE, OVERLAP = 1000, 200
"""Characters of a piece and of its overlap, as in LangChain's own introduction to retrieval."""
CHINESE_ENDS = ["\n\n", "\n", "。", "；", "，", "", ]
"""Where the splitter's documentation says to cut texts written without blanks."""


class SplitterMissing(Exception):
    """langchain-text-splitters is not installed."""


def pieces_of(path: Path, *, chinese: bool = False) -> tuple[int, list[str]]:
    """Pages and pieces of a PDF or a UTF-8 text. ``chinese``: cut at Chinese punctuation too.

    Raises SplitterMissing without the package.
    """
    try:
        from langchain_text_splitters import RecursiveCharacterTextSplitter
    except ImportError as error:
        raise SplitterMissing("没有安装 langchain-text-splitters，通常的做法没有测。") from error
    pages, text = _read(path)
    separators = CHINESE_ENDS if chinese else None
    splitter = RecursiveCharacterTextSplitter(separators=separators, chunk_size=SIZE, chunk_overlap=OVERLAP)
    return pages, splitter.split_text(text)


def _read(path: Path) -> tuple[int, str]:
    if path.suffix.lower() == ".pdf":
        from pypdf import PdfReader

        pages = PdfReader(path).pages
        return len(pages), "\n".join(page.extract_text() for page in pages)
    text = path.read_text("utf-8")
    return text.count("\f") + 1, text
