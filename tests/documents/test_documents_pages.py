"""A page is shown only where personal data on it can be covered, and only while the file is the one that was read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from small_corpus import HELP
from small_house import as_pdf, small_house

from assistant.documents.pages import NoPicture, has_pages, page_info, page_png
from indexing.originals import add

if TYPE_CHECKING:
    from assistant.house import House

pytest.importorskip("pypdfium2", reason="the extra ocr is not installed")


@pytest.fixture
def own_house(tmp_path: Path) -> Iterator[House]:
    with small_house(tmp_path) as house:
        yield house


def take_in(house: House, path: Path) -> None:
    from assistant.policy.evidence import Library
    from indexing.originals import load_originals

    report = add([path], house.corpus)
    assert not report.failed
    house.library = Library(house.corpus, load_originals())


def scan(source: Path, target: Path) -> Path:
    """The same pages as pictures without a text layer."""
    import pypdfium2
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    document = pypdfium2.PdfDocument(source)
    canvas = Canvas(str(target), pagesize=A4)
    for page in document:
        canvas.drawInlineImage(page.render(scale=2.5, grayscale=True).to_pil(), 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    document.close()
    return target


def test_a_scan_is_shown_but_not_its_page_with_personal_data(own_house: House, tmp_path: Path) -> None:
    pytest.importorskip("rapidocr", reason="the extra ocr is not installed")
    take_in(own_house, scan(as_pdf(tmp_path / "text.pdf"), tmp_path / "灯塔办法.pdf"))
    assert own_house.library.originals.records[HELP].redacted
    first = page_info(own_house, HELP, 1, "art_1")
    assert len(first.marks) == 2
    assert page_png(own_house, HELP, 1).startswith(b"\x89PNG")
    with pytest.raises(NoPicture, match="隐去的个人信息"):
        page_png(own_house, HELP, 2)


def test_a_file_that_changed_or_went_away_is_not_shown(own_house: House, tmp_path: Path) -> None:
    path = as_pdf(tmp_path / "灯塔办法.pdf")
    take_in(own_house, path)
    assert has_pages(own_house, HELP)
    assert page_info(own_house, HELP, 1).marks == []
    path.write_bytes(path.read_bytes() + b"\n")
    with pytest.raises(NoPicture, match="在导入以后改过"):
        page_info(own_house, HELP, 1)
    path.unlink()
    assert not has_pages(own_house, HELP)
    with pytest.raises(NoPicture, match="不在原来的地方"):
        page_info(own_house, HELP, 1)


def test_pages_outside_the_document_are_not_shown(own_house: House, tmp_path: Path) -> None:
    take_in(own_house, as_pdf(tmp_path / "灯塔办法.pdf"))
    with pytest.raises(NoPicture, match="没有第 3 页"):
        page_info(own_house, HELP, 3)
    with pytest.raises(KeyError):
        page_info(own_house, "cn-tj/test/2024/2", 1)
