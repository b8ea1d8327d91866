"""Is this really a workbook, and may it be unpacked? Looked at before any reader opens it.

A workbook is a ZIP container. Its table of contents is compared with limits, then every part that will be read is
unpacked once in a stream that stops at its announced size, so a container that lies about its sizes is found as well.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from assistant.errors import BadInput

MOST_PARTS = 5_000
MOST_BYTES = 700 * 2**20
MOST_RATIO = 250
RATIO_FROM = 8 * 2**20
"""A part this small may be packed as tightly as it likes."""
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BLOCK = 2**20
INSTEAD = "请另存为 CSV 或 Parquet（多大都能逐批读），或者拆成几个文件"


def open_container(path: Path) -> zipfile.ZipFile:
    """The workbook's container, once it is known to be harmless. Raises BadInput with a sentence for each danger."""
    with path.open("rb") as file:
        start = file.read(8)
    if start == COMPOUND:
        raise BadInput(
            f"{path.name} 是旧版 .xls 格式，或者加了打开密码。请在 Excel 或 WPS 里去掉密码，另存为 .xlsx 或 .csv 再试。"
        )
    if not start:
        raise BadInput(f"{path.name} 是空文件。")
    if not start.startswith(b"PK"):
        raise BadInput(
            f"{path.name} 不是 .xlsx 工作簿（内容不是 ZIP 压缩格式）。如果它其实是文本，请把扩展名改成 .csv。"
        )
    try:
        container = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise BadInput(f"{path.name} 不完整或已损坏，打不开。请重新下载，或在 Excel 里打开后另存一份。") from error
    try:
        _check(container, path.name)
    except BaseException:
        container.close()
        raise
    return container


def _check(container: zipfile.ZipFile, name: str) -> None:
    parts = container.infolist()
    if len(parts) > MOST_PARTS:
        raise BadInput(f"{name} 里有 {len(parts):,} 个部件，正常的工作簿只有几十个，没有读。请另存一份再试。")
    total = sum(part.file_size for part in parts)
    if total > MOST_BYTES:
        raise BadInput(
            f"{name} 解开以后有 {total / 2**20:,.0f} MB，超过工作簿的上限 {MOST_BYTES / 2**20:,.0f} MB，没有读。{INSTEAD}。"
        )
    for part in parts:
        if part.flag_bits & 1:
            raise BadInput(f"{name} 加了密码。请去掉密码另存一份再试。")
        path = PurePosixPath(part.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in part.filename:
            raise BadInput(f"{name} 里有指向工作簿外面的路径，不像正常的工作簿，没有读。")
        if part.file_size > RATIO_FROM and part.file_size > MOST_RATIO * max(part.compress_size, 1):
            raise BadInput(
                f"{name} 里有一个部件压缩了 {part.file_size // max(part.compress_size, 1):,} 倍，"
                f"像是压缩炸弹，没有读。如果确实是正常的表，{INSTEAD}。"
            )
    names = set(container.namelist())
    if len(names) != len(parts):
        raise BadInput(f"{name} 里有重名的部件，不像正常的工作簿，没有读。请另存一份再试。")
    if "xl/workbook.xml" not in names:
        what = "OpenDocument 表格（.ods）" if "content.xml" in names else "别的压缩文件"
        raise BadInput(f"{name} 不是 .xlsx 工作簿，而是{what}。请在表格软件里另存为 .xlsx 或 .csv。")


def blocks(container: zipfile.ZipFile, part: str, name: str) -> Iterator[bytes]:
    """The unpacked bytes of a part, block by block. Raises BadInput where it is damaged or not as long as announced."""
    try:
        with container.open(part) as file:
            while block := file.read(BLOCK):
                yield block
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, KeyError) as error:
        raise BadInput(f"{name} 里的 {part} 损坏或不完整，读不了。请重新下载，或在 Excel 里打开后另存一份。") from error


def whole(container: zipfile.ZipFile, part: str, name: str, *, most: int = 32 * 2**20) -> bytes:
    """All of a small part. Raises BadInput where it is damaged, larger than ``most`` bytes or declares entities."""
    if container.getinfo(part).file_size > most:
        raise BadInput(f"{name} 里的 {part} 大得不正常，没有读。{INSTEAD}。")
    data = b"".join(blocks(container, part, name))
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise BadInput(f"{name} 里的 {part} 带有实体声明，正常的工作簿没有，为安全起见没有读。")
    return data
