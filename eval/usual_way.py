"""The usual way with documents, to measure ours against: pypdf's text, or the file's, cut by LangChain's splitter."""

from __future__ import annotations

from pathlib import Path

USUAL = (1000, 200, None)
"""Characters of a piece and of its overlap, as in LangChain's own introduction to retrieval; its own separators."""
CHINESE = (500, 50, ["\n\n", "\n", "。", "；", "，", ""])
"""Smaller pieces, cut at Chinese punctuation, which the splitter's documentation advises for texts without blanks."""
Setting = tuple[int, int, list[str] | None]


class SplitterMissing(Exception):
    """langchain-text-splitters is not installed."""


def pieces_of(path: Path, setting: Setting = USUAL) -> list[str]:
    """The pieces of a PDF or a UTF-8 text. Raises SplitterMissing without the package."""
    return split_text(_read(path), setting)


def split_text(text: str, setting: Setting = USUAL) -> list[str]:
    """The pieces of a text. Raises SplitterMissing without the package."""
    try:
        from langchain_text_splitters import RecursiveCharacterTextSplitter
    except ImportError as error:
        raise SplitterMissing("没有安装 langchain-text-splitters，通常的做法没有测。") from error
    size, overlap, separators = setting
    splitter = RecursiveCharacterTextSplitter(separators=separators, chunk_size=size, chunk_overlap=overlap)
    return splitter.split_text(text)


def _read(path: Path) -> str:
    """The text as pypdf, or the file, gives it."""
    if path.suffix.lower() == ".pdf":
        from pypdf import PdfReader

        return "\n".join(page.extract_text() for page in PdfReader(path).pages)
    return path.read_text("utf-8")
