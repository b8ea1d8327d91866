"""Write a check-up to a file; the ending of its name says how."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from assistant.checkup.export_html import to_html
from assistant.checkup.models import CheckUp
from assistant.checkup.report import paper
from assistant.errors import BadInput
from assistant.export.write import write

WRITERS: dict[str, Callable[[CheckUp], bytes]] = {
    ".xlsx": lambda report: write(paper(report), "xlsx"),
    ".docx": lambda report: write(paper(report), "docx"),
    ".pdf": lambda report: write(paper(report), "pdf"),
    ".html": lambda report: to_html(report).encode("utf-8"),
}


def writer(path: Path) -> Callable[[CheckUp], bytes]:
    """What makes the bytes of a file with this name. Raises BadInput for another ending or a folder that is missing."""
    found = WRITERS.get(path.suffix.lower())
    if found is None:
        raise BadInput(f"“{path.name}”的格式认不得，请用 {'、'.join(WRITERS)} 中的一种结尾。")
    if not path.parent.is_dir():
        raise BadInput(f"文件夹 {path.parent} 不存在，请先建好，或者换一个位置。")
    return found


def export(report: CheckUp, path: Path) -> None:
    """Write the report. Raises BadInput as ``writer``, OSError where the file cannot be written."""
    path.write_bytes(writer(path)(report))
