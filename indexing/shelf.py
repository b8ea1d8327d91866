"""One shelf of a generation: entries with their BM25 index, their vectors and the table that the vectors come from.

There are two: what the project wrote (digests, questions, topics, gaps), which answers rest on, and the wording of
imported originals, which people search. They are apart so that no import changes how a question is answered.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexing import embed
from indexing.embed import DIMENSIONS, StaticEmbeddings, train_static
from indexing.entries import Entry
from indexing.errors import IndexBroken
from indexing.nearest import FILE
from indexing.postings import Postings
from indexing.vectors import Vectors

RETRAIN_SHARE = 0.1
TRAINED_ON = 20_000
"""The table of vectors is trained on at most so many entries, spread evenly; more of them add time and no words."""
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Old:
    """The shelf of the generation before: its folder, and the hash of each of its entries; empty when there is none."""

    path: Path | None = None
    entries: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Filled:
    """The model of a finished shelf, how many entries were embedded or removed, and whether old texts went."""

    model: str
    changed: int
    forgot: bool


def fill(
    path: Path,
    wanted: list[Entry],
    old: Old,
    setting: str,
    progress: Progress,
    *,
    dimensions: int = DIMENSIONS,
    forgetful: bool = False,
) -> Filled:
    """Make a shelf in ``path`` out of ``wanted``; from ``old`` comes what has not changed.

    ``dimensions``: of a table that is trained here. ``forgetful``: where an entry was removed or replaced, everything is
    made anew, so that no file of any library keeps a trace of it. Raises IndexBroken when it did not become complete.
    """
    changed = [e for e in wanted if old.entries.get(e.id) != e.digest]
    ids = {e.id for e in wanted}
    gone = [i for i in old.entries if i not in ids]
    forgot = bool(gone or any(e.id in old.entries for e in changed))
    much = setting == "static" and len(changed) + len(gone) > RETRAIN_SHARE * len(wanted)
    anew = old.path is None or not old.path.is_dir() or much or (forgetful and forgot)
    if old.path and not anew:
        shutil.copytree(old.path, path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("manifest.json", "originals"))
        if not changed and not gone:
            return Filled(_model(setting, path, wanted, None).name, 0, False)
    else:
        path.mkdir(exist_ok=True)
        changed, gone = wanted, []
    progress("向量模型", 0, 1)
    model = _model(setting, path, wanted, dimensions if anew else None)
    vectors = Vectors(path / "chroma", model, len(wanted))
    vectors.delete(gone)
    _write_vectors(path, wanted, changed, vectors, lambda done: progress("向量", done, len(changed)))
    if vectors.count() != len(wanted):
        raise IndexBroken("索引没有建完整，原来的索引照常使用。请再运行一次 tiaoli index build --full。")
    number = {target: n for n, target in enumerate(dict.fromkeys(e.target for e in wanted))}
    terms = Postings.build(
        (e.text for e in wanted),
        [number[e.target] for e in wanted],
        lambda done: progress("字面索引", done, len(wanted)),
    )
    shutil.rmtree(path / "terms", ignore_errors=True)
    terms.save(path / "terms")
    with (path / "entries.json").open("w", encoding="utf-8") as file:
        file.writelines(
            f"{',' if n else '['}{json.dumps(vars(entry), ensure_ascii=False)}\n" for n, entry in enumerate(wanted)
        )
        file.write("]" if wanted else "[]")
    return Filled(model.name, len(changed) + len(gone), forgot)


def _write_vectors(
    path: Path, wanted: list[Entry], changed: list[Entry], vectors: Vectors, progress: Callable[[int], None]
) -> None:
    """Put the vectors of what changed into the collection, and those of all entries, in their order, into one file."""
    row = {e.id: n for n, e in enumerate(wanted)}
    ids, before = _kept(path) if len(changed) < len(wanted) else ([], np.zeros((0, 1), np.float32))
    table = np.zeros((len(wanted), before.shape[1]), np.float32)
    still = [n for n, name in enumerate(ids) if name in row]
    if still:
        table[[row[ids[n]] for n in still]] = before[still]
    done = 0
    for found in vectors.upsert(changed, progress):
        if not done and not len(ids):
            table = np.zeros((len(wanted), found.shape[1]), np.float32)
        table[[row[e.id] for e in changed[done : done + len(found)]]] = found
        done += len(found)
    np.save(path / FILE, table)


def _kept(path: Path) -> tuple[list[str], NDArray[np.float32]]:
    """Ids and vectors of the shelf before, as they were copied. Raises IndexBroken when they are damaged."""
    try:
        ids = [str(e["id"]) for e in json.loads((path / "entries.json").read_text("utf-8"))]
        before = np.load(path / FILE)
        if len(ids) != len(before):
            raise ValueError("ids and vectors are of different builds")
    except (OSError, ValueError, TypeError, KeyError, EOFError) as error:
        raise IndexBroken("原来的向量文件读不出来。请运行 tiaoli index build --full 重建。") from error
    return ids, before


def _model(
    setting: str, path: Path, wanted: list[Entry], dimensions: int | None
) -> StaticEmbeddings | embed.SentenceTransformerEmbeddings:
    if setting != "static":
        return embed.open_transformer(setting)
    if dimensions:
        some = wanted[:: -(-len(wanted) // TRAINED_ON)] if len(wanted) > TRAINED_ON else wanted
        table = train_static(((e.target, e.text) for e in some), dimensions)
        table.save(path / "static.npz")
        return table
    return StaticEmbeddings.load(path / "static.npz")
