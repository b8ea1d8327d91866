"""PDF files: text layers, tables, columns, turned pages, scans and broken character maps."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from damaged import ARTICLES
from made_pdf import (
    HEIGHT,
    MARGIN,
    SIZE,
    broken,
    canvas_of,
    font,
    scan,
    share_right,
    swapped,
    text_pdf,
    without_map,
    wrapped,
)
from pypdf import PdfReader, PdfWriter
from small_corpus import ORIGINALS
from test_noise import LONG, SECOND
from test_pairs import MORE

from indexing.clauses import clauses_of
from indexing.clean import fold_widths
from indexing.pages import lines_of
from indexing.paragraphs import paragraphs_of
from indexing.readers import Reading, ocr, read
from indexing.readers.layout import Piece, arranged
from indexing.readers.pdf import merged
from indexing.readers.rulings import Rulings

LINES = [line.text for line in lines_of(ARTICLES)]
NAMES = [
    "miit-2026-2-measure",
    "shanghai-2022-8-implementing-rules",
    "shanghai-2025-measures",
    "qingpu-2023-80-work-plan",
]
PROSE = wrapped([LONG, SECOND, MORE])
SMALLEST = "qingpu-2023-80-work-plan"
FROM_IMAGES = NAMES if os.environ.get("TIAOLI_EVERY_SCAN") else [SMALLEST]
"""Text recognition takes minutes for all four."""
LONGEST_LINE = 60
needs_ocr = pytest.mark.skipif(bool(ocr.unavailable()), reason="没有装可选的 ocr")
needs_originals = pytest.mark.skipif(not ORIGINALS.is_dir(), reason="没有原文文件夹")


def words(reading: Reading) -> list[str]:
    return [line.text for line in reading.lines]


def right(wanted: list[str], got: Reading) -> float:
    """The share of characters that are right; full and half width count as the same."""
    return share_right(fold_widths("\n".join(wanted)), fold_widths("\n".join(words(got))))


def printed(reading: Reading) -> list[str]:
    """The lines of a document as an office program prints them."""
    lines = words(reading)
    if max(map(len, lines)) <= LONGEST_LINE:
        return lines
    return wrapped([paragraph.text for paragraph in paragraphs_of(reading.lines)])


def clauses(reading: Reading) -> list[str]:
    return [clause.eid for clause in clauses_of(paragraphs_of(reading.lines))]


def test_text_pages_positions_and_no_furniture(tmp_path: Path) -> None:
    lines = [f"写的是灯塔的事，编号{n % 33}之{n}。" if n % 33 % 32 > 1 else f"附件{n}" for n in range(1, 100)]
    found = read(text_pdf(tmp_path / "a.pdf", lines, header="灯塔文件汇编"))
    assert (found.kind, found.pages, found.doubts) == ("pdf", 3, [])
    assert words(found) == lines
    first = found.lines[0]
    assert first.box is not None
    left, bottom, end, top = first.box
    assert left == pytest.approx(MARGIN, abs=1)
    assert end == pytest.approx(MARGIN + 2.5 * SIZE, abs=SIZE)
    assert HEIGHT - MARGIN - SIZE * 1.3 < bottom < top < HEIGHT - MARGIN + SIZE * 0.3
    assert [line.page for line in found.lines] == sorted(line.page for line in found.lines)
    assert found.lines[-1].page == 3


def test_the_same_clauses_as_in_plain_text(tmp_path: Path) -> None:
    plain = tmp_path / "a.txt"
    plain.write_text(ARTICLES, "utf-8")
    found = read(text_pdf(tmp_path / "a.pdf", LINES))
    assert clauses(found) == clauses(read(plain))
    assert right(LINES, found) >= 0.99


def test_lines_are_read_from_top_to_bottom_however_they_are_drawn(tmp_path: Path) -> None:
    canvas = canvas_of(tmp_path / "a.pdf")
    canvas.setFont(font("".join(LINES)), SIZE)
    for row in sorted(range(len(LINES)), key=lambda i: (i * 7) % len(LINES)):
        canvas.drawString(MARGIN, HEIGHT - MARGIN - 20 * row, LINES[row])
    canvas.save()
    assert words(read(tmp_path / "a.pdf")) == LINES


def test_a_line_in_two_sizes_and_bold_by_printing_twice(tmp_path: Path) -> None:
    canvas = canvas_of(tmp_path / "a.pdf")
    name = font("第一条灯塔每年报两次灯油。")
    for offset in (0, 0.4):
        canvas.setFont(name, 16)
        canvas.drawString(MARGIN + offset, 700, "第一条")
    canvas.setFont(name, 12)
    canvas.drawString(MARGIN + 52, 701, "灯塔每年报两次灯油。")
    canvas.save()
    assert [line.replace(" ", "") for line in words(read(tmp_path / "a.pdf"))] == ["第一条灯塔每年报两次灯油。"]


def test_two_columns_one_after_the_other(tmp_path: Path) -> None:
    left, right_side = ([f"{side}栏第{n}行写着灯塔的事" for n in range(1, 9)] for side in "左右")
    canvas = canvas_of(tmp_path / "a.pdf")
    canvas.setFont(font("".join(left + right_side)), 10)
    for row, (one, other) in enumerate(zip(left, right_side, strict=True)):
        canvas.drawString(60, 700 - 20 * row, one)
        canvas.drawString(330, 700 - 20 * row, other)
    canvas.save()
    assert words(read(tmp_path / "a.pdf")) == left + right_side


def test_the_rows_of_a_ruled_table_are_kept_together(tmp_path: Path) -> None:
    canvas = canvas_of(tmp_path / "a.pdf")
    canvas.setFont(font("评分表如下项目说明分值高度灯塔的从基座算起亮度完"), 12)
    canvas.drawString(80, 740, "评分表如下")
    canvas.grid([80, 160, 320, 380], [720, 690, 640, 610])
    for x, y, text in [
        (85, 700, "项目"), (165, 700, "说明"), (325, 700, "分值"),
        (85, 660, "高度"), (165, 670, "灯塔的高度"), (165, 650, "从基座算起"), (325, 660, "6分"),
        (85, 620, "亮度"), (325, 620, "9分"),
        (80, 580, "完"),
    ]:  # fmt: skip
        canvas.drawString(x, y, text)
    canvas.save()
    assert words(read(tmp_path / "a.pdf")) == [
        "评分表如下", "项目 | 说明 | 分值", "高度 | 灯塔的高度从基座算起 | 6分", "亮度 | 9分", "完",
    ]  # fmt: skip


def test_a_page_that_was_turned(tmp_path: Path) -> None:
    canvas = canvas_of(tmp_path / "a.pdf")
    canvas.setFont(font("".join(LINES)), SIZE)
    canvas.translate(300, 400)
    canvas.rotate(90)
    for row, line in enumerate(LINES[:8]):
        canvas.drawString(-200, -20 * row, line)
    canvas.save()
    found = read(tmp_path / "a.pdf")
    assert words(found) == LINES[:8]
    box = found.lines[1].box
    assert box is not None
    assert box[0] < 320 < box[2]
    assert box[1] == pytest.approx(200, abs=2)


def test_empty_pages_are_no_doubt(tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=PdfReader(text_pdf(tmp_path / "a.pdf", LINES)))
    writer.add_blank_page(300, 300)
    writer.write(tmp_path / "b.pdf")
    found = read(tmp_path / "b.pdf")
    assert (found.pages, found.doubts, words(found)) == (2, [], LINES)


@needs_ocr
@pytest.mark.parametrize("damage", ["scan", "shifted map", "no map", "swapped map", "scan with a line of text"])
def test_own_document_from_its_image(tmp_path: Path, damage: str) -> None:
    lines = [*LINES, *PROSE] if damage == "swapped map" else LINES
    source = text_pdf(tmp_path / "a.pdf", lines, header="灯塔文件汇编")
    target = tmp_path / "b.pdf"
    if damage.startswith("scan"):
        scan(target, source, words="扫描件" if "with" in damage else "")
    else:
        {"shifted map": broken, "swapped map": swapped, "no map": without_map}[damage](target, source)
    found = read(target)
    wanted = ["扫描件"] * ("with" in damage) + ["灯塔文件汇编", *lines]
    assert right(wanted, found) >= 0.97
    assert clauses(found)[1:] == clauses(read(source))[1:]
    assert all(line.box and 0 < line.box[0] < line.box[2] < 600 for line in found.lines)
    assert any("第 1 页" in doubt and "图片" in doubt for doubt in found.doubts)


@needs_ocr
def test_only_the_lines_with_a_broken_font_come_from_the_image(tmp_path: Path) -> None:
    canvas = canvas_of(tmp_path / "a.pdf")
    rest = [f"第{n}条灯塔企业按期报告灯油的数量，由管理部门核对。" for n in "一二三四五六七八"]
    other = font("灯塔企业帮扶管理暂行办法")
    canvas.setFont(other, 20)
    canvas.drawString(150, 760, "灯塔企业帮扶管理暂行办法")
    canvas.setFont(font("".join(rest)), SIZE)
    for row, line in enumerate(rest):
        canvas.drawString(MARGIN, 700 - 24 * row, line)
    canvas.save()
    writer = PdfWriter(clone_from=PdfReader(tmp_path / "a.pdf"))
    fonts = [f.get_object() for f in writer.pages[0]["/Resources"]["/Font"].values() if "/ToUnicode" in f.get_object()]
    stream = next(f for f in fonts if other in str(f["/BaseFont"]))["/ToUnicode"].get_object()
    from made_pdf import _shifted

    stream.set_data(_shifted(stream.get_data(), 0x1357))
    writer.write(tmp_path / "b.pdf")
    found = read(tmp_path / "b.pdf")
    assert words(found) == ["灯塔企业帮扶管理暂行办法", *rest]
    assert found.lines[1].box == read(tmp_path / "a.pdf").lines[1].box


def test_without_the_extra_pages_are_reported_and_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "NEEDED", ("no_such_module",))
    source = text_pdf(tmp_path / "a.pdf", LINES)
    writer = PdfWriter(clone_from=PdfReader(source))
    writer.append(PdfReader(broken(tmp_path / "b.pdf", text_pdf(tmp_path / "c.pdf", LINES, numbered=False))))
    writer.write(tmp_path / "d.pdf")
    found = read(tmp_path / "d.pdf")
    assert words(found) == LINES
    assert len(found.doubts) == 2
    assert f"第 2 页字体损坏，{len(LINES)} 行乱码没有收进来" in found.doubts[0]
    assert "tiaoli[ocr]" in found.doubts[1]


@needs_originals
@pytest.mark.parametrize("name", NAMES)
def test_the_documents_with_a_text_layer(tmp_path: Path, name: str) -> None:
    plain = read(ORIGINALS / f"{name}.txt")
    found = read(text_pdf(tmp_path / "a.pdf", printed(plain)))
    assert right(printed(plain), found) >= 0.99
    assert clauses(found) == clauses(plain)


@needs_ocr
@needs_originals
@pytest.mark.parametrize("damage", ["scan", "broken"])
@pytest.mark.parametrize("name", FROM_IMAGES)
def test_a_document_from_its_images(tmp_path: Path, name: str, damage: str) -> None:
    plain = read(ORIGINALS / f"{name}.txt")
    source = text_pdf(tmp_path / "a.pdf", printed(plain))
    found = read((scan if damage == "scan" else broken)(tmp_path / "b.pdf", source))
    assert right(printed(plain), found) >= 0.97
    assert clauses(found) == clauses(plain)


def test_progress_tells_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[int, int]] = []
    page = ocr.Recognised(1, [("灯塔", (70.0, 700.0, 94.0, 712.0))], 1)
    monkeypatch.setattr(ocr, "unavailable", lambda: "")
    monkeypatch.setattr(ocr, "recognised", lambda path, numbers: iter([page]))
    found = read(broken(tmp_path / "b.pdf", text_pdf(tmp_path / "a.pdf", LINES)), lambda *done: seen.append(done))
    assert seen == [(1, 1)]
    assert words(found) == ["灯塔"]
    assert "1 行识别得不太有把握" in found.doubts[1]


def test_merging_keeps_the_sound_lines() -> None:
    sound = [("正文一", (70.0, 600.0, 200.0, 612.0)), ("正文二", (70.0, 580.0, 200.0, 592.0))]
    seen = [
        ("标题", (90.0, 700.0, 180.0, 720.0)),
        ("正文1", (71.0, 601.0, 199.0, 613.0)),
        ("旁注", (300.0, 600.0, 330.0, 612.0)),
    ]
    assert [text for text, _ in merged(sound, seen)] == ["标题", "正文一", "旁注", "正文二"]


def test_layout_of_nothing_and_of_one_piece() -> None:
    assert arranged([]) == []
    assert [line.text for line in arranged([Piece("灯", 1, 1, 12, 13)], Rulings())] == ["灯"]
