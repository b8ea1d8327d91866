"""Incremental build of the index into a new generation, switched to when it is complete.

A generation is a folder; the file ``CURRENT`` names the one in use and is replaced atomically, so a build that is
killed or runs out of disk leaves the old generation serving. Entries are compared by content hash: only what changed
is embedded again, unless the embedding model changed.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from corpus.load import ROOT, Corpus, load_corpus
from indexing import embed, originals
from indexing.entries import Entry, entries, original_entries, wordings
from indexing.errors import IndexBroken, IndexingError, IndexMissing, storage_error
from indexing.home import room
from indexing.shelf import Filled, Old, Progress, fill
from indexing.twins import twins

log = logging.getLogger(__name__)
VERSION = 6
"""Layout of a generation; a change here means a full build."""
ORIGINALS, TWINS = "originals", "twins.json"
"""Inside a generation: the shelf of imported originals, and there the groups of clauses that read alike."""
WORDING_DIMENSIONS = 64
"""Of the table of the originals: half the corpus's, a quarter of its time; what is found stays the same."""


@dataclass(frozen=True)
class Manifest:
    """What a generation was made of. ``entries`` and ``originals``: id → hash of every entry of the two shelves."""

    version: int
    setting: str
    model: str
    source: str
    entries: dict[str, str]
    built_at: str
    seconds: float
    changed: int
    originals: dict[str, str] = field(default_factory=dict)


def root() -> Path:
    """The folder of all generations."""
    return room("index")


def source_fingerprint() -> str:
    """Changes whenever a file of the corpus or an imported original does; read from names, sizes and times only."""
    files = [(str(p), p) for p in ROOT.rglob("*.yaml")] + [(p.name, p) for p in originals.files()]
    facts = sorted((name, (s := p.stat()).st_size, s.st_mtime_ns) for name, p in files)
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]


def current() -> Path:
    """The generation in use. Raises IndexMissing when there is none, IndexBroken when it lost its files."""
    pointer = root() / "CURRENT"
    if not pointer.exists():
        raise IndexMissing("还没有建索引。请运行 tiaoli index build。")
    try:
        path = root() / pointer.read_text("utf-8").strip()
    except (OSError, ValueError) as error:
        raise IndexBroken("索引的指针文件坏了。请运行 tiaoli index build --full 重建。") from error
    if not (path / "manifest.json").exists():
        raise IndexBroken("索引文件不全。请运行 tiaoli index build --full 重建。")
    return path


def read_manifest(generation: Path) -> Manifest:
    """The manifest of a generation. Raises IndexBroken when it cannot be read."""
    try:
        return Manifest(**json.loads((generation / "manifest.json").read_text("utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise IndexBroken("索引的清单文件坏了。请运行 tiaoli index build --full 重建。") from error


def is_fresh() -> bool:
    """Whether the generation in use matches corpus, originals and configured model."""
    try:
        manifest = read_manifest(current())
    except IndexingError:
        return False
    return (manifest.version, manifest.setting, manifest.source) == (VERSION, embed.configured(), source_fingerprint())


def build(
    *, full: bool = False, progress: Progress = lambda what, done, total: None, corpus: Corpus | None = None
) -> Manifest:
    """Bring the index up to date and return its manifest; nothing is done when it already is.

    Raises StorageFull, IndexingError or CorpusError; the old generation then stays in use.
    """
    try:
        with _lock():
            return _build(full, progress, corpus or load_corpus())
    except OSError as error:
        raise storage_error(error, "索引") from error


def _build(full: bool, progress: Progress, corpus: Corpus) -> Manifest:
    started = time.monotonic()
    source, setting = source_fingerprint(), embed.configured()
    old_path, old = _previous(full, setting)
    if old and old.source == source:
        return old
    _sweep()
    imported = original_entries(corpus, originals.load_originals())
    work = _Work(entries(corpus), imported, setting, progress)
    path = root() / f"gen-{time.time_ns():x}"
    try:
        ours, theirs = _fill(path, old_path, old, work)
        seconds, built_at = round(time.monotonic() - started, 2), time.strftime("%Y-%m-%dT%H:%M:%S%z")
        manifest = Manifest(
            VERSION, setting, ours.model, source, _hashes(work.wanted), built_at, seconds, ours.changed + theirs.changed,
            _hashes(imported),
        )  # fmt: skip
        (path / "manifest.json").write_text(json.dumps(asdict(manifest)), "utf-8")
        _switch(path, forget=theirs.forgot or (old is None and any(map(_may_tell, root().glob("gen-*")))))
    except IndexBroken:
        shutil.rmtree(path, ignore_errors=True)
        if old is None:
            raise
        log.warning("原来的索引不能接着用，改为从头重建。")
        return _build(True, progress, corpus)
    except BaseException:
        shutil.rmtree(path, ignore_errors=True)
        raise
    progress("完成", 1, 1)
    return manifest


@dataclass(frozen=True)
class _Work:
    """What a build has to do: the entries of the two shelves."""

    wanted: list[Entry]
    imported: list[Entry]
    setting: str
    progress: Progress


def _hashes(wanted: Sequence[Entry]) -> dict[str, str]:
    return {e.id: e.digest for e in wanted}


def _fill(path: Path, old_path: Path | None, old: Manifest | None, work: _Work) -> tuple[Filled, Filled]:
    """Everything of a generation but its manifest: the shelf of the corpus, and that of the originals."""
    before = Old(old_path, old.entries) if old else Old()
    ours = fill(path, work.wanted, before, work.setting, work.progress)
    before = Old(old_path / ORIGINALS, old.originals) if old and old_path else Old()
    if not work.imported:
        return ours, Filled("", len(before.entries), bool(before.entries))
    shelf = path / ORIGINALS
    said = _of_originals(work.progress)
    theirs = fill(shelf, work.imported, before, work.setting, said, dimensions=WORDING_DIMENSIONS, forgetful=True)
    (shelf / TWINS).write_text(json.dumps(twins(wordings(work.imported))), "utf-8")
    return ours, theirs


def _of_originals(progress: Progress) -> Progress:
    return lambda what, done, total: progress(f"原文的{what}", done, total)


def _sweep() -> None:
    """Remove what killed builds left behind: generations without a manifest."""
    for path in root().glob("gen-*"):
        if not (path / "manifest.json").exists():
            shutil.rmtree(path, ignore_errors=True)


def _previous(full: bool, setting: str) -> tuple[Path | None, Manifest | None]:
    if full:
        return None, None
    try:
        path = current()
        manifest = read_manifest(path)
    except IndexingError:
        return None, None
    usable = (manifest.version, manifest.setting) == (VERSION, setting)
    return (path, manifest) if usable else (None, None)


def _may_tell(generation: Path) -> bool:
    """Whether a generation may hold wording of originals: it has a shelf of them, or an earlier version made it."""
    try:
        return (generation / ORIGINALS).exists() or read_manifest(generation).version != VERSION
    except IndexBroken:
        return True


def _switch(path: Path, *, forget: bool) -> None:
    """Serve from ``path``. The generation before stays for those that have it open, unless it holds what is to be
    forgotten."""
    draft = root() / "CURRENT.draft"
    draft.write_text(path.name, "utf-8")
    pointer = root() / "CURRENT"
    previous = pointer.read_text("utf-8", "replace").strip() if pointer.exists() and not forget else ""
    os.replace(draft, pointer)
    for other in root().glob("gen-*"):
        if other.name not in (path.name, previous):
            shutil.rmtree(other, ignore_errors=True)


@contextmanager
def _lock() -> Iterator[None]:
    """One build at a time, across processes; released by the system when the process ends."""
    import fcntl

    with (root() / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
