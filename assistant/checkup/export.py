"""Write a check-up to a file; the ending of its name says how."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from assistant.checkup.export_docx import to_docx
from assistant.checkup.export_html import to_html
from assistant.checkup.export_xlsx import to_xlsx
from assistant.checkup.models import CheckUp
from assistant.errors import BadInput

WRITERS: dict[str, Callable[[CheckUp], bytes]] = {
    ".xlsx": to_xlsx,
    ".docx": to_docx,
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
