"""Errors of this room. Each message says what is wrong and what to do.

IndexingError
├── IndexMissing     nothing was built yet
├── IndexBroken      files of the index are damaged
├── StorageFull      the disk has no room, or may not be written
└── DocumentError    a file cannot be taken in
"""

from __future__ import annotations

import errno
import re


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


REASONS = {
    errno.EACCES: "没有权限", errno.EPERM: "没有权限", errno.EROFS: "磁盘是只读的", errno.ENOTDIR: "路径里有一段不是文件夹",
    errno.EEXIST: "那里已有同名的文件", errno.EFBIG: "超过了单个文件的大小限制", errno.EIO: "磁盘读写出错",
    errno.ENAMETOOLONG: "路径太长",
}  # fmt: skip
NO_ROOM = re.compile(r"no space left|disk is full|quota exceeded|code: 13\b|errno 28\b", re.I)


def storage_error(error: Exception, what: str) -> StorageFull:
    """A sentence for a full disk or a folder without the right to write, whoever noticed it."""
    number = getattr(error, "errno", None)
    if number in (errno.ENOSPC, errno.EDQUOT) or NO_ROOM.search(str(error)):
        return StorageFull(f"磁盘满了，{what}没有写成，原来的内容没有动。请腾出空间后再试。")
    why = REASONS.get(number or 0) or getattr(error, "strerror", None) or type(error).__name__
    return StorageFull(f"{what}写不进去：{why}。请检查 TIAOLI_HOME 指向的文件夹是否可写。")


def no_room(error: BaseException) -> bool:
    """Whether an error of any library means that the disk is full."""
    return bool(NO_ROOM.search(str(error)))
