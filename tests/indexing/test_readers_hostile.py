"""Broken files and files built to break a reader: a sentence on what is wrong, within the limits, and nothing else."""

from __future__ import annotations

import io
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_pdf import text_pdf
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

from indexing.errors import DocumentError
from indexing.peak import peak_with_children
from indexing.readers import Reading, ocr, read
from indexing.readers.sandbox import messages

LINES = [f"第{n}条灯塔企业按期报告灯油的数量。" for n in "一二三四五六七八九"]
MOST_SECONDS = 60
MOST_MEMORY = 2 * 2**30


@pytest.fixture
def no_images(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are not read from their images here, so that a case costs no more than its own damage."""
    monkeypatch.setattr(ocr, "NEEDED", ("no_such_module",))


def outcome(path: Path) -> Reading | None:
    """What reading gives; None where it ends with a sentence that names the file."""
    try:
        return read(path)
    except DocumentError as error:
        sentence = str(error)
    assert sentence.startswith(f"{path.name} ")
    assert sentence.endswith("。")
    assert len(sentence) > len(path.name) + 8
    return None


def made(objects: list[bytes], path: Path) -> Path:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    out = io.BytesIO(b"")
    out.write(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    path.write_bytes(out.getvalue())
    return path


def stream(data: bytes, filters: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), filters, data)


CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"
FONT = b"<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> /XObject << /X 5 0 R >> >>"

FORM = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>"


def page_with(content: bytes, *more: bytes) -> list[bytes]:
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources " + FONT + b" >>"
    return [CATALOGUE, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, content, *more]


@cache
def bomb(size: int) -> bytes:
    """So many bytes, packed."""
    packer = zlib.compressobj(1)
    chunk = b" " * 2**20
    return b"".join([*(packer.compress(chunk) for _ in range(size // len(chunk))), packer.flush()])


HOSTILE: dict[str, Callable[[], list[bytes]]] = {
    "a page tree that loops": lambda: [CATALOGUE, b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"],
    "a tree that loops over two nodes": lambda: [
        CATALOGUE, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>",
    ],
    "a million pages declared": lambda: [CATALOGUE, b"<< /Type /Pages /Kids [] /Count 1000000 >>"],
    "a million pages that are one": lambda: [
        CATALOGUE, b"<< /Type /Pages /Kids [" + b"3 0 R " * 1_000_000 + b"] /Count 1000000 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
    ],
    "a gigabyte in one stream": lambda: page_with(stream(bomb(2**30), b"/Filter /FlateDecode")),
    "a gigabyte packed twice": lambda: page_with(
        stream(zlib.compress(bomb(2**30)), b"/Filter [/FlateDecode /FlateDecode]")
    ),
    "a form that contains itself": lambda: [*page_with(stream(b"/X Do")), stream(b"/X Do", FORM)],
    "brackets in brackets": lambda: page_with(stream(b"[" * 100_000)),
    "graphics states without end": lambda: page_with(stream(b"q " * 500_000)),
    "no page at all": lambda: [CATALOGUE],
    "a length that refers to itself": lambda: page_with(b"<< /Length 4 0 R >>\nstream\nBT ET\nendstream"),
}  # fmt: skip


@pytest.fixture(scope="module")
def small_process() -> Iterator[ProcessPoolExecutor]:
    """A process that has done nothing yet: what those it starts are said to have held at most begins with its own size."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        yield pool


def read_apart(path: Path) -> tuple[str, int]:
    """The text that was read from a file without its images, and the most memory in bytes that any reader has held."""
    ocr.NEEDED = ("no_such_module",)
    found = outcome(path)
    return "".join(line.text for line in found.lines) if found else "", peak_with_children()


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pdf(tmp_path: Path, small_process: ProcessPoolExecutor, name: str) -> None:
    path = made(HOSTILE[name](), tmp_path / "坏.pdf")
    started = time.monotonic()
    text, peak = small_process.submit(read_apart, path).result()
    assert text.strip("[q") == ""
    assert time.monotonic() - started < MOST_SECONDS + 10
    assert peak < MOST_MEMORY


@pytest.mark.usefixtures("no_images")
def test_truncated_pdf(tmp_path: Path) -> None:
    whole = text_pdf(tmp_path / "a.pdf", LINES * 9).read_bytes()
    for share in (0.02, 0.3, 0.6, 0.9, 0.99):
        path = tmp_path / "断.pdf"
        path.write_bytes(whole[: int(len(whole) * share)])
        found = outcome(path)
        assert found is None or any("末尾不完整" in doubt for doubt in found.doubts)


def test_encrypted_pdf(tmp_path: Path) -> None:
    source = text_pdf(tmp_path / "a.pdf", LINES)
    for name, password in {"锁.pdf": "secret", "限.pdf": ""}.items():
        writer = PdfWriter(clone_from=PdfReader(source))
        writer.encrypt(password, owner_password="owner", algorithm="AES-256")
        writer.write(tmp_path / name)
    with pytest.raises(DocumentError, match=r"锁\.pdf 加了打开密码"):
        read(tmp_path / "锁.pdf")
    assert [line.text for line in read(tmp_path / "限.pdf").lines] == LINES


def test_too_many_pages(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "多.pdf"))
    for _ in range(3001):
        canvas.showPage()
    canvas.save()
    with pytest.raises(DocumentError, match="有 3001 页，超过 3000 页"):
        read(tmp_path / "多.pdf")


def test_a_reader_that_takes_too_long_or_too_much(tmp_path: Path) -> None:
    path = text_pdf(tmp_path / "慢.pdf", LINES * 30)
    with pytest.raises(DocumentError, match=r"慢\.pdf 在 0 秒内没有读完"):
        list(messages("pdf", path, "0", "9", seconds=0.01))
    with pytest.raises(DocumentError, match=r"慢\.pdf 读"):
        list(messages("pdf", path, "0", "9", memory=40 * 2**20))


def archive(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return path


def test_word_files_that_are_none(tmp_path: Path) -> None:
    cases = {
        "不是 Word": archive(tmp_path / "a.docx", {"xl/workbook.xml": b"<x/>"}),
        "解压后超过": archive(tmp_path / "b.docx", {"word/document.xml": b" " * (401 * 2**20)}),
        "不是完整的": archive(tmp_path / "c.docx", {"word/document.xml": b"<w:document"}),
    }
    (tmp_path / "d.docx").write_bytes(b"PK\x03\x04" + b"\x00" * 90)
    cases["打不开"] = tmp_path / "d.docx"
    for part, path in cases.items():
        with pytest.raises(DocumentError, match=part):
            read(path)


ENTITIES = "".join(f'<!ENTITY c{i + 1} "{f"&c{i};" * 10}">' for i in range(8))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("深.html", "<div>" * 200_000 + "第一条"),
        ("深.md", "> " * 50_000 + "第一条"),
        ("括.md", "[" * 100_000),
        ("星.md", "*a " * 50_000),
        ("表.html", "<table><tr><td>" * 20_000),
        ("空.html", "<html><!-- 没有字 --></html>"),
        ("实.html", f"<!DOCTYPE a [{ENTITIES}]><html>&c8;</html>"),
    ],
)  # fmt: skip
def test_deep_and_endless_marks(tmp_path: Path, name: str, content: str) -> None:
    path = tmp_path / name
    path.write_text(content, "utf-8")
    started = time.monotonic()
    outcome(path)
    assert time.monotonic() - started < MOST_SECONDS + 10


def mutated(raw: bytes, changes: list[tuple[float, int]], cut: float) -> bytes:
    data = bytearray(raw)
    for place, value in changes:
        data[int(place * (len(data) - 1))] = value
    return bytes(data[: int(len(data) * cut)])


CHANGES = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=30)


@pytest.mark.usefixtures("no_images")
@pytest.mark.parametrize("kind", ["pdf", "docx", "html", "md", "txt"])
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=CHANGES, cut=st.sampled_from([1.0, 1.0, 0.97, 0.5]))
def test_any_change_of_bytes_gives_lines_or_a_sentence(
    tmp_path: Path, kind: str, changes: list[tuple[float, int]], cut: float
) -> None:
    source = tmp_path / f"source.{kind}"
    if not source.exists():
        if kind == "pdf":
            text_pdf(source, LINES)
        elif kind == "docx":
            document = Document()
            for line in LINES:
                document.add_paragraph(line)
            document.save(str(source))
        else:
            source.write_text("\n".join(LINES), "utf-8")
    path = tmp_path / f"变.{kind}"
    path.write_bytes(mutated(source.read_bytes(), changes, cut))
    found = outcome(path)
    if found:
        assert all(line.text.strip() == line.text and line.text for line in found.lines)
        assert all(1 <= line.page <= found.pages for line in found.lines)
        "\n".join(line.text for line in found.lines).encode()


@pytest.mark.usefixtures("no_images")
def test_one_bad_file_does_not_disturb_the_next(tmp_path: Path) -> None:
    good = text_pdf(tmp_path / "好.pdf", LINES)
    bad = made(HOSTILE["no page at all"](), tmp_path / "坏.pdf")
    with pytest.raises(DocumentError):
        read(bad)
    assert [line.text for line in read(good).lines] == LINES
