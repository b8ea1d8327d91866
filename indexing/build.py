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
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.load import ROOT, Corpus, load_corpus
from indexing import embed, originals
from indexing.embed import StaticEmbeddings, train_static
from indexing.entries import Entry, entries
from indexing.errors import IndexBroken, IndexingError, IndexMissing, storage_error
from indexing.home import room
from indexing.lexical import Bm25
from indexing.vectors import Vectors

log = logging.getLogger(__name__)
VERSION = 3
"""Layout of a generation; a change here means a full build."""
RETRAIN_SHARE = 0.1
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Manifest:
    """What a generation was made of."""

    version: int
    setting: str
    model: str
    source: str
    entries: dict[str, str]
    built_at: str
    seconds: float
    changed: int


def root() -> Path:
    """The folder of all generations."""
    return room("index")


def source_fingerprint() -> str:
    """Changes whenever a file of the corpus or an imported original does; read from names, sizes and times only."""
    files = [*ROOT.rglob("*.yaml"), *originals.folder().glob("*.json")]
    facts = sorted((str(p), (s := p.stat()).st_size, s.st_mtime_ns) for p in files)
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
    wanted = entries(corpus, originals.load_originals())
    path = root() / f"gen-{time.time_ns():x}"
    try:
        model, changed = _fill(path, wanted, old_path, old, setting, progress)
        seconds, built_at = round(time.monotonic() - started, 2), time.strftime("%Y-%m-%dT%H:%M:%S%z")
        hashes = {e.id: e.digest for e in wanted}
        manifest = Manifest(VERSION, setting, model, source, hashes, built_at, seconds, changed)
        (path / "manifest.json").write_text(json.dumps(asdict(manifest)), "utf-8")
        _switch(path)
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


def _fill(
    path: Path, wanted: list[Entry], old_path: Path | None, old: Manifest | None, setting: str, progress: Progress
) -> tuple[str, int]:
    """Everything of a generation but its manifest; the model's name and the number of entries that changed."""
    before = old.entries if old else {}
    changed = [e for e in wanted if before.get(e.id) != e.digest]
    ids = {e.id for e in wanted}
    gone = [i for i in before if i not in ids]
    retrain = old is None or (setting == "static" and len(changed) + len(gone) > RETRAIN_SHARE * len(wanted))
    if old_path and not retrain:
        shutil.copytree(old_path, path)
        (path / "manifest.json").unlink()  # a generation is complete when it has one
    else:
        path.mkdir()
        changed, gone = wanted, []
    progress("向量模型", 0, 1)
    model = _model(setting, path, wanted, retrain=retrain)
    vectors = Vectors(path / "chroma", model)
    vectors.delete(gone)
    vectors.upsert(changed, lambda done: progress("向量", done, len(changed)))
    if vectors.count() != len(wanted):
        raise IndexBroken("索引没有建完整，原来的索引照常使用。请再运行一次 tiaoli index build --full。")
    progress("字面索引", 0, 1)
    shutil.rmtree(path / "bm25", ignore_errors=True)
    Bm25.build([e.text for e in wanted]).save(path / "bm25")
    (path / "entries.json").write_text(json.dumps([asdict(e) for e in wanted], ensure_ascii=False), "utf-8")
    return model.name, len(changed) + len(gone)


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


def _model(
    setting: str, path: Path, wanted: list[Entry], *, retrain: bool
) -> StaticEmbeddings | embed.SentenceTransformerEmbeddings:
    if setting != "static":
        return embed.open_transformer(setting)
    if retrain:
        table = train_static((e.target, e.text) for e in wanted)
        table.save(path / "static.npz")
        return table
    return StaticEmbeddings.load(path / "static.npz")


def _switch(path: Path) -> None:
    draft = root() / "CURRENT.draft"
    draft.write_text(path.name, "utf-8")
    pointer = root() / "CURRENT"
    previous = pointer.read_text("utf-8", "replace").strip() if pointer.exists() else ""
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
