"""A paper as a PDF, set by Typst from a template of our own: tagged, with the Chinese fonts of the system embedded.

The text goes to Typst as data beside the template, so that nothing in it can be Typst markup. Where a character has no
glyph in any font, PDF/A is not possible; the file is then an ordinary tagged PDF.
"""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path

import typst

from assistant.errors import AssistantError
from assistant.export.paper import Paper

TEMPLATE = Path(__file__).with_name("template.typ")
SANS = (
    "Noto Sans CJK SC", "Source Han Sans SC", "Source Han Sans CN", "Noto Sans SC", "PingFang SC", "Microsoft YaHei",
    "Hiragino Sans GB", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "SimHei", "Droid Sans Fallback",
)  # fmt: skip
SERIF = ("Noto Serif CJK SC", "Source Han Serif SC", "Source Han Serif CN", "Noto Serif SC", "Songti SC", "SimSun")
WORDS = {
    "author": "条理", "page": ["第 ", " 页，共 ", " 页"], "meta": ["项目", "内容"], "sources": "依据",
}  # fmt: skip
SIGNS = str.maketrans("✓✗☐◌", "√×□○")
"""Signs that Chinese fonts lack, and those that every one of them has."""
NO_FONT = (
    "这台服务器上没有中文字体，做不出 PDF。请管理员安装思源黑体（如 fonts-noto-cjk）后重启服务，或者先改用 Word 格式。"
)
ONE_AT_A_TIME = threading.Lock()
"""Setting a long file takes much memory and a whole core."""


class FontMissing(AssistantError):
    """The system has no Chinese font that a PDF could embed."""


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts()


def families() -> tuple[list[str], list[str]]:
    """The families for headings and for text, the best first. Raises FontMissing where there is none."""
    known = set(_fonts().families())
    sans = [name for name in SANS if name in known]
    serif = [name for name in SERIF if name in known]
    if not sans and not serif:
        raise FontMissing(NO_FONT)
    return sans or serif, serif or sans


def to_pdf(paper: Paper) -> bytes:
    """The file's bytes. Raises FontMissing with a sentence for whoever runs the service."""
    sans, serif = families()
    words = {**WORDS, "year": paper.day.year, "month": paper.day.month, "day": paper.day.day}
    inputs = {"paper": paper.model_dump_json().translate(SIGNS), **{
        name: json.dumps(value) for name, value in (("words", words), ("sans", sans), ("serif", serif))
    }}  # fmt: skip
    with ONE_AT_A_TIME:
        compiler = typst.Compiler(TEMPLATE, root=TEMPLATE.parent, font_paths=_fonts(), sys_inputs=inputs)
        stamp = datetime.combine(paper.day, time(), UTC)
        try:
            made = compiler.compile(format="pdf", pdf_standards="a-2a", timestamp=stamp)
        except typst.TypstError:
            made = compiler.compile(format="pdf", timestamp=stamp)
    assert isinstance(made, bytes)
    return made
