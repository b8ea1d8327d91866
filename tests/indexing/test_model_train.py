"""Training on made pairs: the same seed gives the same model, and no question is judged by a model that has seen it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from assistant.cli import app
from corpus.load import load_corpus
from indexing.embed import StaticEmbeddings
from indexing.learned.beir import read_beir
from indexing.learned.train import Pairs, beir_pairs, own_pairs, titled, train_models
from indexing.learned.train_rank import Examples, fold_of, folds
from indexing.learned.train_static import start
from tests.indexing.made_beir import write_beir

pytestmark = pytest.mark.models
pytest.importorskip("torch", reason="the extra models is not installed")


def _nothing(what: str, done: int, of: int) -> None:
    pass


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_beir(tmp_path_factory.mktemp("beir") / "b", copies=5)


@pytest.fixture(scope="module")
def own(folder: Path) -> Pairs:
    return beir_pairs(read_beir(folder))


def test_same_seed_same_models(folder: Path, own: Pairs) -> None:
    beir = read_beir(folder)
    one, two = (train_models(own, beir, 3, _nothing) for _ in range(2))
    assert np.allclose(one.static.table, two.static.table, atol=1e-3)
    assert one.rank is not None and two.rank is not None  # noqa: PT018
    for a, b in zip(one.rank.networks[0], two.rank.networks[0], strict=True):
        assert np.allclose(a, b, atol=1e-2)
    assert list(one.figures) == ["BM25", "静态向量", "融合", "重排"]
    assert all(0 <= value <= 1 for figures in one.figures.values() for value in figures)
    assert one.pairs == {"own": 20, "beir": 20}


def test_training_brings_questions_to_their_texts(own: Pairs) -> None:
    trained = train_models(own, None, 0, _nothing)
    assert trained.rank is None
    assert trained.figures == {}
    texts = titled(own.passages)
    begun = start(texts, own.queries, 2)
    untrained = StaticEmbeddings(begun.terms, begun.table, begun.weights)
    assert _closer(trained.static, own) > _closer(untrained, own) + 0.01


def _closer(model: StaticEmbeddings, pairs: Pairs) -> float:
    """How much nearer the questions are to their texts than to the others, in cosines."""
    cosines = model.embed(pairs.queries) @ model.embed(titled(pairs.passages)).T
    good = np.array([[n in relevant for n in range(cosines.shape[1])] for relevant in pairs.relevant])
    return float(cosines[good].mean() - cosines[~good].mean())


def test_labels_of_a_fold_never_reach_its_scores() -> None:
    draw = np.random.default_rng(0)
    fold = fold_of([f"q{n}" for n in range(200)])
    relevant = (draw.random((200, 6)) < 0.3).astype(np.float32)
    data = Examples(
        ["a", "b"], draw.normal(size=(200, 6, 2)).astype(np.float32), relevant, draw.integers(0, 3, (200, 6)),
        ["灯塔", "渔船"], np.array([[1, 0], [0, 1], [1, 1]], np.float32),
    )  # fmt: skip
    held = fold == 2
    other = relevant.copy()
    other[held] = 1 - other[held]
    before, after = folds(data, fold, 0, _nothing), folds(replace(data, relevant=other), fold, 0, _nothing)
    assert np.array_equal(before[held], after[held])
    assert not np.array_equal(before[~held], after[~held])


def test_pairs_of_our_corpus() -> None:
    pairs = own_pairs(load_corpus())
    assert len(pairs.queries) == len(pairs.relevant) > 500
    assert all(0 <= n < len(pairs.passages.texts) for good in pairs.relevant for n in good)


def test_info() -> None:
    shown = json.loads(CliRunner().invoke(app, ["model", "info", "--json"]).stdout)
    assert shown["dimensions"] == 96
    assert set(shown["pairs"]) == {"own", "beir"}
    assert "交叉验证" in CliRunner().invoke(app, ["model", "info"]).stdout


def test_info_without_a_model(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["model", "info", str(tmp_path)])
    assert result.exit_code != 0
    assert "找不到" in str(result.exception)
