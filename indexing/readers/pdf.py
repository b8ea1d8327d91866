"""PDF files: the text layer where it is sound, text recognition for pages where it is missing or broken."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from indexing.errors import DocumentError
from indexing.pages import Line
from indexing.readers import ocr
from indexing.readers.furniture import without_furniture
from indexing.readers.quality import is_broken, is_broken_page
from indexing.readers.reading import Reading, page_list
from indexing.readers.sandbox import SMALL_MEMORY, messages

LARGEST = 200 * 1024 * 1024
CHUNK = 150
FIRST_CHUNK = 40
MOST_WORKERS = 2
LITTLE_TEXT = 50
TAIL = 2048

Progress = Callable[[int, int], None]
Box = tuple[float, float, float, float]


@dataclass
class Sheet:
    """One page: its lines with their boxes. ``need`` says why its text layer is not enough, where it is not."""

    number: int
    lines: list[tuple[str, Box]] = field(default_factory=list)
    need: str = ""
    left_out: int = 0
    recognised: bool = False
    unsure: int = 0


def read_pdf(path: Path, progress: Progress | None = None) -> Reading:
    """The lines of a PDF with their pages and positions.

    ``progress`` is called with the pages recognised from their image and how many there are. Raises DocumentError with a
    sentence for a file that cannot be read within the limits.
    """
    if path.stat().st_size > LARGEST:
        raise DocumentError(f"{path.name} 超过 {LARGEST // 2**20} MB，请拆开后再导入。")
    sheets, problems = _text_layers(path)
    wanting = [sheet for sheet in sheets if sheet.need]
    doubts = [f"第 {page_list(problems)} 页的内容有损坏，读到的文字可能不全。"] if problems else []
    if not _is_whole(path):
        doubts.append("文件的末尾不完整，可能缺页，请对照原件核对，或重新下载后再导入。")
    if wanting:
        doubts += _recognise(path, wanting, progress)
    number = 0
    pages = []
    for sheet in sheets:
        pages.append([Line(text, sheet.number, number + i, box) for i, (text, box) in enumerate(sheet.lines, start=1)])
        number += len(sheet.lines)
    return Reading(without_furniture(pages), "pdf", len(sheets), doubts, path.name)


def _is_whole(path: Path) -> bool:
    """Whether a PDF has its end mark (ISO 32000-1, 7.5.5); programs put a few bytes after it at most."""
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - TAIL, 0))
        return b"%%EOF" in file.read()


def _text_layers(path: Path) -> tuple[list[Sheet], list[int]]:
    """All pages by their text layer, and the numbers of those whose content is damaged. A long file is read in parts,
    two at a time, each within the limits of its own."""
    first = list(messages("pdf", path, "0", str(FIRST_CHUNK), memory=SMALL_MEMORY))
    total = int(first[0]["pages"])
    starts = range(FIRST_CHUNK, total, CHUNK)

    def part(start: int) -> list[dict[str, Any]]:
        return list(messages("pdf", path, str(start), str(start + CHUNK), memory=SMALL_MEMORY))

    found = first[1:]
    if starts:
        with ThreadPoolExecutor(min(MOST_WORKERS, os.cpu_count() or 1)) as pool:
            for more in pool.map(part, starts):
                found += more[1:]
    return [_sheet(page) for page in found], [page["page"] for page in found if page["problem"]]


def _sheet(page: dict[str, Any]) -> Sheet:
    """A page as read: broken lines are left out, and ``need`` tells whether its image has to be read."""
    lines = [(str(text), (x0, y0, x1, y1)) for text, x0, y0, x1, y1 in page["lines"]]
    text = "\n".join(words for words, _ in lines)
    if not lines:
        return Sheet(page["page"], need="" if page["blank"] and not page["problem"] else "没有文字层")
    if is_broken_page(text):
        return Sheet(page["page"], need="字体损坏", left_out=len(lines))
    sound = [(words, box) for words, box in lines if not is_broken(words)]
    if len(sound) < len(lines):
        return Sheet(page["page"], sound, "部分文字的字体损坏", len(lines) - len(sound))
    picture = page["picture"] and sum(len(words) for words, _ in lines) < LITTLE_TEXT
    return Sheet(page["page"], lines, "大部分是图片" if picture else "")


def _recognise(path: Path, sheets: list[Sheet], progress: Progress | None) -> list[str]:
    """Read the images of these pages, fill in what their text layers lack, and say what to check."""
    numbers = [sheet.number for sheet in sheets]
    reason = ocr.unavailable()
    if reason:
        return [*_reasons(sheets), reason]
    by_number = {sheet.number: sheet for sheet in sheets}
    problem = ""
    try:
        for done, page in enumerate(ocr.recognised(path, numbers[: ocr.MOST_PAGES]), start=1):
            sheet = by_number[page.number]
            sheet.lines = merged(sheet.lines, page.lines)
            sheet.recognised, sheet.unsure = True, page.unsure
            if progress:
                progress(done, len(numbers))
    except DocumentError as error:
        problem = str(error)
    read = [sheet.number for sheet in sheets if sheet.recognised and sheet.lines]
    doubts = [f"第 {page_list(read)} 页的文字是从图片识别的，请对照原件核对。"] if read else []
    unsure = [sheet.number for sheet in sheets if sheet.unsure]
    if unsure:
        doubts.append(f"第 {page_list(unsure)} 页有 {sum(s.unsure for s in sheets)} 行识别得不太有把握。")
    missed = [sheet for sheet in sheets if not sheet.recognised]
    if missed:
        doubts += [*_reasons(missed), problem or f"一份文件最多识别 {ocr.MOST_PAGES} 页图片，其余请拆开后再导入。"]
    return doubts


def merged(sound: Iterable[tuple[str, Box]], seen: Iterable[tuple[str, Box]]) -> list[tuple[str, Box]]:
    """The sound lines of a text layer, and of the image's lines those that stand where the text layer has none."""
    kept = list(sound)
    added = [(text, box) for text, box in seen if not any(_same_place(box, other) for _, other in kept)]
    return sorted([*kept, *added], key=lambda line: -line[1][3]) if added and kept else kept or added


def _same_place(one: Box, other: Box) -> bool:
    middle = (one[1] + one[3]) / 2
    return other[1] <= middle <= other[3] and one[0] < other[2] and other[0] < one[2]


def _reasons(sheets: list[Sheet]) -> list[str]:
    """Which pages lack text, and why; one sentence for each kind of damage."""
    found = []
    for need in dict.fromkeys(sheet.need for sheet in sheets):
        these = [sheet for sheet in sheets if sheet.need == need]
        lost = sum(sheet.left_out for sheet in these)
        left_out = f"，{lost} 行乱码没有收进来" if lost else ""
        found.append(f"第 {page_list([s.number for s in these])} 页{need}{left_out}，这几页的内容不全。")
    return found
