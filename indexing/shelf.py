"""One shelf of a generation: entries with their BM25 index, their vectors and the table that the vectors come from.

There are two: what the project wrote (digests, questions, topics, gaps), which answers rest on, and the wording of
imported originals, which people search. They are apart so that no import changes how a question is answered.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from indexing import embed
from indexing.embed import DIMENSIONS, StaticEmbeddings, train_static
from indexing.entries import Entry
from indexing.errors import IndexBroken
from indexing.lexical import Bm25, Overlap
from indexing.vectors import Vectors

RETRAIN_SHARE = 0.1
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
    vectors = Vectors(path / "chroma", model)
    vectors.delete(gone)
    vectors.upsert(changed, lambda done: progress("向量", done, len(changed)))
    if vectors.count() != len(wanted):
        raise IndexBroken("索引没有建完整，原来的索引照常使用。请再运行一次 tiaoli index build --full。")
    progress("字面索引", 0, 1)
    shutil.rmtree(path / "bm25", ignore_errors=True)
    Bm25.build([e.text for e in wanted]).save(path / "bm25")
    Overlap.build([e.text for e in wanted], [e.target for e in wanted]).save(path / "terms.npz")
    (path / "entries.json").write_text(json.dumps([asdict(e) for e in wanted], ensure_ascii=False), "utf-8")
    return Filled(model.name, len(changed) + len(gone), forgot)


def _model(
    setting: str, path: Path, wanted: list[Entry], dimensions: int | None
) -> StaticEmbeddings | embed.SentenceTransformerEmbeddings:
    if setting != "static":
        return embed.open_transformer(setting)
    if dimensions:
        table = train_static(((e.target, e.text) for e in wanted), dimensions)
        table.save(path / "static.npz")
        return table
    return StaticEmbeddings.load(path / "static.npz")
