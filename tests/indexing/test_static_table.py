"""The table of vectors that the index trains on its own texts: kept, read back, and told apart."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from indexing.embed import StaticEmbeddings, train_static
from indexing.errors import IndexBroken

GROUPS = [
    ("a", "更新信息要在五月"),
    ("a", "哪天更新信息"),
    ("b", "水费免收"),
    ("b", "水费要交吗"),
    ("c", "研发费用占比"),
    ("c", "研发费用要多少"),
]


def test_static_table_saved_and_loaded_equal(tmp_path: Path) -> None:
    table = train_static(GROUPS)
    table.save(tmp_path / "t.npz")
    loaded = StaticEmbeddings.load(tmp_path / "t.npz")
    assert loaded.name == table.name
    assert loaded.terms == table.terms
    texts = ["更新信息", "水费", "没见过的话", ""]
    assert np.array_equal(loaded.embed(texts), table.embed(texts))
    assert loaded.embed_query("水费") == loaded.embed_documents(["水费"])[0]


def test_static_vectors() -> None:
    table = train_static(GROUPS)
    update, when, water = table.embed(["更新信息", "更新信息要在五月", "水费要交吗"])
    assert np.linalg.norm(update) == pytest.approx(1.0, abs=1e-5)
    assert update @ when > update @ water
    assert not table.embed(["xyz"]).any()
    assert table.embed([]).shape == (0, table.table.shape[1])


def test_training_is_deterministic_and_its_name_tells_tables_apart() -> None:
    assert train_static(GROUPS).name == train_static(GROUPS).name
    assert train_static(GROUPS).name != train_static(GROUPS[:4]).name


@pytest.mark.parametrize("groups", [[], [("a", "更新")], [("a", "更新更新"), ("b", "")], [("a", "x"), ("b", "y")]])
def test_training_on_next_to_nothing(groups: list[tuple[str, str]]) -> None:
    vector = train_static(groups).embed_query("更新")
    assert all(math.isfinite(x) for x in vector)


@pytest.mark.parametrize("content", [b"", b"garbage", b"PK\x03\x04broken"])
def test_a_damaged_table(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "t.npz"
    path.write_bytes(content)
    with pytest.raises(IndexBroken, match="向量表读不出来"):
        StaticEmbeddings.load(path)


def test_a_cut_table(tmp_path: Path) -> None:
    path = tmp_path / "t.npz"
    train_static(GROUPS).save(path)
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(IndexBroken, match="index build"):
        StaticEmbeddings.load(path)
