"""Errors of this room. Each message says what is wrong and what to do.

IndexingError
├── IndexMissing     nothing was built yet
├── IndexBroken      files of the index are damaged
├── StorageFull      the disk has no room, or may not be written
└── DocumentError    a file cannot be taken in
"""

from __future__ import annotations

import errno


class IndexingError(Exception):
    """Base of all errors of indexing and search."""


class IndexMissing(IndexingError):
    """Nothing was built yet."""


class IndexBroken(IndexingError):
    """Files of the index are damaged."""


class StorageFull(IndexingError):
    """The disk has no room, or the folder may not be written."""


class DocumentError(IndexingError):
    """A file cannot be taken in."""


def storage_error(error: OSError, what: str) -> StorageFull:
    """A sentence for a full disk or a folder without the right to write."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StorageFull(f"磁盘满了，{what}没有写成，原来的内容没有动。请腾出空间后再试。")
    return StorageFull(f"{what}写不进去：{error.strerror or error}。请检查 TIAOLI_HOME 指向的文件夹是否可写。")
