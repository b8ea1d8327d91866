"""A transformer by configuration: one that the test makes, no download. Changing the model rebuilds the index."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
import small_corpus
from small_corpus import HELP

from corpus.load import load_corpus
from indexing import build, embed
from indexing.errors import IndexingError
from indexing.search import Searcher

pytestmark = [
    pytest.mark.models,
    pytest.mark.filterwarnings("ignore:Importing from 'sentence_transformers.models':DeprecationWarning"),
]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a sentence-transformers model of two small layers over single characters."""
    pytest.importorskip("sentence_transformers", reason="the extra models is not installed", exc_type=ImportError)
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Pooling, Transformer
    from torch import manual_seed
    from transformers import BertConfig, BertModel, BertTokenizerFast

    manual_seed(0)
    bare = tmp_path_factory.mktemp("bert")
    text = "".join(str(value) for value in small_corpus.files().values())
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *sorted({ch for ch in text if not ch.isspace()})]
    (bare / "vocab.txt").write_text("\n".join(vocabulary), "utf-8")
    BertTokenizerFast(vocab=str(bare / "vocab.txt")).save_pretrained(bare)
    config = BertConfig(
        vocab_size=len(vocabulary), hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64,
    )  # fmt: skip
    BertModel(config).save_pretrained(bare)
    words = Transformer(str(bare), max_seq_length=64)
    folder = tmp_path_factory.mktemp("tiny")
    SentenceTransformer(modules=[words, Pooling(32)], device="cpu").save(str(folder))
    return folder


def test_vectors_have_length_one_and_differ(tiny: Path) -> None:
    model = embed.open_transformer(f"st:{tiny}")
    one, other = model.embed_documents(["资产负债率不得高于70%", "天津一次性奖励"])
    assert len(one) == 32
    assert math.hypot(*one) == pytest.approx(1, abs=1e-4)
    assert one != other
    assert model.embed_query("天津一次性奖励") == pytest.approx(other, abs=1e-5)


def test_changing_the_model_builds_a_new_generation(
    tiny: Path, own_home: Path, small_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = load_corpus(small_root)
    static = build.build(corpus=corpus)
    before = build.current()
    monkeypatch.setenv("TIAOLI_EMBEDDING", f"st:{tiny}")
    assert not build.is_fresh()
    manifest = build.build(corpus=corpus)
    assert manifest.changed == len(manifest.entries) == len(static.entries)
    assert manifest.model.startswith("st-")
    assert build.current() != before
    found = Searcher.open()
    assert not found.degraded
    assert found.search("灯塔企业要多少营收", 1)[0].target == f"{HELP}#art_1"
    assert found.search("灯塔企业要多少营收", 1)[0].features["dense"] > 0.9

    files = small_corpus.files()
    files["digests/cn/help.yaml"]["clauses"][1].update(digest="灯塔企业每年6月16日前更新信息。")
    small_corpus.write(small_root, files)
    assert build.build(corpus=load_corpus(small_root)).changed == 1

    monkeypatch.delenv("TIAOLI_EMBEDDING")
    assert build.build(corpus=corpus).model.startswith("static-")
    assert not Searcher.open().degraded


def test_a_failing_switch_keeps_the_old_index(
    tiny: Path, own_home: Path, small_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = load_corpus(small_root)
    build.build(corpus=corpus)
    monkeypatch.setenv("TIAOLI_EMBEDDING", f"st:{tiny}")

    def out_of_memory(self: object, texts: list[str], **options: object) -> None:
        raise RuntimeError("out of memory")

    monkeypatch.setattr("sentence_transformers.SentenceTransformer.encode", out_of_memory)
    with pytest.raises(IndexingError, match="向量模型算不出来（RuntimeError）"):
        build.build(corpus=corpus)
    found = Searcher.open()
    assert not found.degraded
    assert found.search("灯塔企业要多少营收", 1)[0].target == f"{HELP}#art_1"


def test_a_model_that_fails_while_searching_leaves_the_words(
    tiny: Path, own_home: Path, small_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIAOLI_EMBEDDING", f"st:{tiny}")
    build.build(corpus=load_corpus(small_root))
    found = Searcher.open()

    def fail(self: object, texts: list[str], **options: object) -> None:
        raise RuntimeError("out of memory")

    monkeypatch.setattr("sentence_transformers.SentenceTransformer.encode", fail)
    assert found.search("灯塔企业要多少营收", 1)[0].target == f"{HELP}#art_1"
    assert found.degraded


def test_a_model_that_is_not_there(tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(IndexingError, match=r"装不进来.*请检查名字或文件夹"):
        embed.open_transformer(f"st:{tmp_path / 'none'}")


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "sentence_transformers", None)
    with pytest.raises(IndexingError, match=r"没有装 sentence-transformers。请先安装 tiaoli\[models\]"):
        embed.open_transformer("st:any")
