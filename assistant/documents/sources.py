"""The imported files, without their documents; and the folder where uploaded files are kept.

An uploaded file lies under its hash, so that two files of one name never take each other's place. It is kept because
the store reads it again after a change of the parser, and its pages are shown; it goes when nothing of it is stored.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from indexing.errors import IndexingError
from indexing.home import room
from indexing.originals import Source, store

LONGEST_NAME = 120


def sources() -> dict[str, Source]:
    """Every imported file by its key; empty where nothing was imported or the table cannot be read."""
    try:
        path = store.current()
        return store.SOURCE_TABLE.validate_json((path / store.SOURCES).read_bytes()) if path else {}
    except (IndexingError, OSError, ValidationError):
        return {}


def uploads() -> Path:
    """Where uploaded files lie."""
    return room("uploads")


def keep(upload: Path, name: str) -> Path:
    """Move an uploaded file to its place; ``name`` is what its owner calls it. The same file twice is one."""
    with upload.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()[:16]
    target = uploads() / digest / safe_name(name)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(upload, target)
    return target


def safe_name(name: str) -> str:
    """The last part of a name, without signs that mean something to a file system; never empty, never hidden."""
    last = re.split(r"[/\\]", name)[-1]
    clean = re.sub(r'[\x00-\x1f\x7f<>:"|?*]', "", last).strip(" .")
    stem, dot, suffix = clean.rpartition(".")
    if dot and len(suffix) < 10:
        return f"{stem[:LONGEST_NAME] or '文件'}.{suffix}"
    return clean[:LONGEST_NAME] or "文件"


def forget(before: Mapping[str, Source]) -> None:
    """Delete uploaded files of which something was stored ``before`` and nothing is any more."""
    used, ours = {Path(source.path).parent for source in sources().values()}, uploads()
    for source in before.values():
        folder = Path(source.path).parent
        if folder.parent == ours and folder not in used:
            shutil.rmtree(folder, ignore_errors=True)


def sweep() -> None:
    """Delete uploaded files of which nothing is stored any more."""
    used = {Path(source.path).parent for source in sources().values()}
    for folder in uploads().iterdir():
        if folder.is_dir() and folder not in used:
            shutil.rmtree(folder, ignore_errors=True)
