"""Plain text in UTF-8, UTF-16, GB18030 or Big5."""

from __future__ import annotations

import re
from pathlib import Path

from indexing.errors import DocumentError
from indexing.pages import lines_of
from indexing.readers.quality import is_broken
from indexing.readers.reading import Reading

LARGEST = 20 * 1024 * 1024
BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
# The commonest characters of Chinese texts that both scripts share, and their punctuation.
COMMON = re.compile("[的一是在不了有和人中大上以及其他本市第由日月年，。、；：（）《》]")
MOST_SHOWN = 5


def read_text_file(path: Path) -> Reading:
    """The lines of a plain-text file. Lines that a broken font left are not taken in and named as a doubt.

    Raises DocumentError with a sentence.
    """
    return reading_of(read_text(path), path.name)


def reading_of(text: str, source: str) -> Reading:
    """The same for a text at hand."""
    found = lines_of(text)
    if not found:
        raise DocumentError(f"{source} 是空文件，没有可导入的内容。")
    broken = [line.number for line in found if is_broken(line.text)]
    doubts = []
    if broken:
        shown = "、".join(map(str, broken[:MOST_SHOWN])) + ("等" if len(broken) > MOST_SHOWN else "")
        doubts.append(f"第 {shown} 行是损坏的字体留下的乱码（共 {len(broken)} 行），没有收进来，请对照原件补看。")
    left_out = set(broken)
    lines = [line for line in found if line.number not in left_out]
    return Reading(lines, "text", found[-1].page, doubts, source)


def read_text(path: Path) -> str:
    """The text of a plain-text file, whatever its usual encoding. Raises DocumentError with a sentence."""
    if not path.is_file():
        raise DocumentError(f"找不到文件 {path.name}，请检查路径。")
    if path.stat().st_size > LARGEST:
        raise DocumentError(f"{path.name} 超过 {LARGEST // 2**20} MB，请拆开后再导入。")
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise DocumentError(f"{path.name} 读不出来（{error.strerror}）。请检查文件和权限。") from error
    if raw.startswith((b"%PDF", b"PK\x03\x04")):
        raise DocumentError(f"{path.name} 不是纯文本（像是二进制文件）。请先另存为 UTF-8 文本再导入。")
    return decode(raw, path.name)


def decode(raw: bytes, source: str) -> str:
    """Bytes → text. Raises DocumentError where they are no text or in no encoding that is known."""
    if not raw.strip():
        raise DocumentError(f"{source} 是空文件，没有可导入的内容。")
    for mark, encoding in MARKS.items():
        if raw.startswith(mark):
            return _decoded(raw, encoding, source)
    if BINARY.search(raw):
        raise DocumentError(f"{source} 不是纯文本（像是二进制文件）。请先另存为 UTF-8 文本再导入。")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded(raw, _chinese_encoding(raw), source)


def _decoded(raw: bytes, encoding: str, source: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise DocumentError(f"{source} 的文字编码认不出来。请另存为 UTF-8 文本再导入。") from error


def _chinese_encoding(raw: bytes) -> str:
    """GB18030 reads almost any bytes without complaint, Big5 too: the one that gives more everyday characters."""
    sample = raw[:20000]
    counts = {e: len(COMMON.findall(sample.decode(e, "ignore"))) for e in ("gb18030", "big5")}
    return max(counts, key=lambda e: counts[e])
