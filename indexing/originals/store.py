"""The store on disk: a folder per state, and a file ``CURRENT`` that names the one in use.

A change writes a new folder (what stays is linked, not copied), then replaces ``CURRENT`` in one step and deletes the
old folder. A change that is killed or fails leaves everything as it was.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from indexing.errors import IndexingError, storage_error
from indexing.home import room
from indexing.originals import earlier
from indexing.originals.records import Originals, Record, Source

log = logging.getLogger(__name__)
SOURCES = "sources.json"
ATTEMPTS = 3
SOURCE_TABLE = TypeAdapter(dict[str, Source])


@dataclass
class State:
    """Everything that is stored: documents by id, files by key. ``damaged`` names what could not be read."""

    records: dict[str, Record] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    damaged: list[str] = field(default_factory=list)


def folder() -> Path:
    """Where the originals lie."""
    return room("originals")


def current() -> Path | None:
    """The folder in use; None when nothing was imported."""
    pointer = folder() / "CURRENT"
    try:
        name = pointer.read_text("utf-8").strip()
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise storage_error(OSError(5, str(error)), "原文") from error
    return folder() / name if name.startswith("gen-") and (folder() / name).is_dir() else None


def files() -> list[Path]:
    """The file of every stored document; their names, sizes and times tell whether anything changed."""
    path = current()
    return sorted(p for p in path.glob("*.json") if p.name != SOURCES) if path else []


def file_of(document: str) -> str:
    """The name of one document's file."""
    return document.replace("/", "__") + ".json"


def load() -> State:
    """Everything stored. What cannot be read is left out with a warning; the rest still serves."""
    for _ in range(ATTEMPTS):  # another process may switch folders while this one reads
        path = current()
        found = _read(path) if path else State()
        if path == current():
            break
    for name in found.damaged:
        log.warning("已导入的原文 %s 坏了，先不用它。请重新导入这份文件。", name)
    return found


def load_originals() -> Originals:
    """Everything imported so far, as answers and the index use it; what an earlier version stored is taken over first."""
    try:
        if earlier.files_in(folder()):
            with alone():
                pass
    except IndexingError as error:
        log.warning("%s", error)
    try:
        records = load().records
    except IndexingError as error:
        log.warning("%s", error)
        return Originals()
    return Originals(
        {name: {c.eid: c for c in record.clauses} for name, record in records.items()},
        {name: record.as_document() for name, record in records.items() if not record.catalogued},
        records,
    )


def write(state: State, changed: Mapping[str, Record]) -> None:
    """Make ``state`` what is stored; ``changed`` are its records that differ from the folder in use.

    Raises StorageFull; the store is then as it was.
    """
    old = current()
    path = folder() / f"gen-{time.time_ns():x}"
    try:
        path.mkdir()
        for name, record in state.records.items():
            target = path / file_of(name)
            if name in changed or old is None or not (old / target.name).exists():
                target.write_text(record.model_dump_json(), "utf-8")
            else:
                os.link(old / target.name, target)
        table = {key: source.model_dump() for key, source in state.sources.items()}
        (path / SOURCES).write_text(json.dumps(table, ensure_ascii=False), "utf-8")
        draft = folder() / "CURRENT.draft"
        draft.write_text(path.name, "utf-8")
        os.replace(draft, folder() / "CURRENT")
    except BaseException as error:
        shutil.rmtree(path, ignore_errors=True)
        (folder() / "CURRENT.draft").unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise storage_error(error, "原文") from error
        raise
    _sweep()


@contextmanager
def alone() -> Iterator[None]:
    """One change at a time, across processes; what a killed one left behind is removed first, and what an earlier
    version stored is taken over."""
    import fcntl

    try:
        with (folder() / "lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            _sweep()
            _take_over()
            yield
    except OSError as error:
        raise storage_error(error, "原文") from error


def _take_over() -> None:
    """Documents of an earlier version become records, unless they were imported again since; their files go."""
    found = {path: earlier.record_of(path) for path in earlier.files_in(folder())}
    for path in [path for path, record in found.items() if record is None]:
        log.warning("原文库里的 %s 读不出来，没有用它，里面可能有没隐去的个人信息。请删掉它，再重新导入原文件。", path)
    records = {path: record for path, record in found.items() if record}
    if not records:
        return
    state = load()
    new = {record.id: record for record in records.values() if record.id not in state.records}
    state.records.update(new)
    if new:
        write(state, new)
    for path in records:
        path.unlink()
    log.warning("旧版本存的 %d 份原文已经转存，密码和个人联系方式已隐去，旧的副本已删除。", len(records))


def _sweep() -> None:
    keep = current()
    for path in folder().glob("gen-*"):
        if path != keep:
            shutil.rmtree(path, ignore_errors=True)


def _read(path: Path) -> State:
    found = State()
    for file in sorted(path.glob("*.json")):
        try:
            raw = file.read_bytes()
            if file.name == SOURCES:
                found.sources = SOURCE_TABLE.validate_json(raw)
            else:
                record = Record.model_validate_json(raw)
                found.records[record.id] = record
        except (OSError, ValidationError):
            found.damaged.append(file.name)
    return found
