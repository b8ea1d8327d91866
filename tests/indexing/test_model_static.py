"""The shipped models: read, damaged, and the same as a sentence-transformers model."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from indexing.embed import StaticEmbeddings
from indexing.errors import IndexBroken
from indexing.learned.rank import SHIPPED as RANK
from indexing.learned.rank import RankModel, title_terms
from indexing.learned.static import SHIPPED, as_sentence_transformer, load, save, seen, shipped, spaced

TEXTS = ["专精特新中小企业的营收要多少", "研发费用占比 3.5% 以上", "没有见过的字：龘", ""]


def test_saved_and_loaded(tmp_path: Path) -> None:
    model = StaticEmbeddings(
        ["塔", "灯", "灯塔"], np.array([[1, 0], [0.3, 0.7], [0, -2]], np.float32), np.array([1, 0.5, 2], np.float32)
    )
    save(model, tmp_path / "static.npz", {"seed": 3}, ["灯塔亮吗", "灯塔高吗"])
    loaded, made_of = load(tmp_path / "static.npz")
    assert made_of == {"seed": 3}
    assert seen(tmp_path / "static.npz", ["灯塔高吗", "灯塔远吗"]) == 1
    assert np.allclose(loaded.embed(["灯塔", "灯"]), model.embed(["灯塔", "灯"]), atol=0.01)


def test_shipped_models_are_small_and_whole() -> None:
    assert SHIPPED.stat().st_size + RANK.stat().st_size < 6 * 2**20
    model, made_of = load(SHIPPED)
    assert len(model.terms) > 5000
    assert made_of["pairs"]["own"] > 500
    vectors = model.embed(TEXTS[:2])
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    ranker = RankModel.load()
    assert "dense" in ranker.names
    assert np.isfinite(ranker.title_prior(["中华人民共和国民法典", ""])).all()


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 and no more", b"{}"])
def test_damaged_models_are_told(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "model.npz"
    path.write_bytes(damage)
    with pytest.raises(IndexBroken, match="读不出来"):
        load(path)
    with pytest.raises(IndexBroken, match="读不出来"):
        RankModel.load(path)


def test_rank_model_saved_and_loaded(tmp_path: Path) -> None:
    model = RankModel.load()
    model.save(tmp_path / "rank.npz")
    again = RankModel.load(tmp_path / "rank.npz")
    values = np.random.default_rng(0).normal(size=(2, 3, len(model.mean))).astype(np.float32)
    assert np.allclose(model.forward(values), again.forward(values))
    assert again.title_terms == model.title_terms


def test_title_terms() -> None:
    assert title_terms("灯塔法2024") == ["灯塔", "塔法", "2024"]


@pytest.mark.models
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_same_vectors_as_sentence_transformers() -> None:
    pytest.importorskip("sentence_transformers", reason="the extra models is not installed")
    ours = shipped().embed(TEXTS)
    theirs = as_sentence_transformer(shipped()).encode([spaced(text) for text in TEXTS])
    assert np.abs(ours - theirs).max() < 1e-6
