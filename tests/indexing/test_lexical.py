"""BM25 against a plain reference, overlap measures, terms, and the static table of vectors."""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexing.embed import StaticEmbeddings, train_static
from indexing.errors import IndexBroken
from indexing.grams import bigrams, grams
from indexing.lexical import K1, B, Bm25, Overlap

TEXTS = [
    "专精特新企业的营收要1500万元以上",
    "小巨人企业近两年研发费用合计1200万元以上",
    "更新信息每年5月31日前",
    "更新更新更新信息",
    "",
    "水费",
]


def reference(texts: list[str], query: str) -> list[float]:
    """Lucene's BM25, as in Kamphuis et al. 2020, written down plainly."""
    bags = [Counter(grams(t) or ("",)) for t in texts]
    lengths = [sum(bag.values()) for bag in bags]
    mean = sum(lengths) / len(lengths)
    scores = []
    for bag, length in zip(bags, lengths, strict=True):
        score = 0.0
        for term in grams(query):
            df = sum(term in other for other in bags)
            tf = bag[term]
            if tf:
                idf = math.log(1 + (len(bags) - df + 0.5) / (df + 0.5))
                score += idf * tf / (tf + K1 * (1 - B + B * length / mean))
        scores.append(score)
    return scores


@pytest.mark.parametrize("query", ["更新信息", "1500万", "企业营收和研发费用", "更新更新", "没有的字眼xyz", ""])
def test_bm25_equals_the_reference(query: str) -> None:
    assert Bm25.build(TEXTS).scores(query).tolist() == pytest.approx(reference(TEXTS, query), abs=1e-5)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.text(alphabet="专精特新企业营收12a ", max_size=12), min_size=2, max_size=6),
    st.text(alphabet="专精特新业9a", max_size=6),
)
def test_bm25_equals_the_reference_on_any_texts(texts: list[str], query: str) -> None:
    assert Bm25.build(texts).scores(query).tolist() == pytest.approx(reference(texts, query), abs=1e-5)


def test_bm25_saved_and_loaded(tmp_path: Path) -> None:
    built = Bm25.build(TEXTS)
    built.save(tmp_path / "bm25")
    loaded = Bm25.load(tmp_path / "bm25")
    assert loaded.size == len(TEXTS)
    assert loaded.scores("更新信息").tolist() == built.scores("更新信息").tolist()


def test_grams() -> None:
    assert grams("奖50万元") == ("奖", "50", "万", "元", "万元")
    assert grams("ＩＳＯ９００１ ISO") == ("iso", "9001", "iso")
    assert grams("占3.5%") == ("占", "3.5%")
    assert grams("专\u200b精") == grams("专精")
    assert grams("，。!") == ()
    assert bigrams("奖50万元a") == {"50", "万元"}


def test_overlap() -> None:
    overlap = Overlap.build(["更新信息", "更新", "水费"], ["a", "a", "b"])
    wording = overlap.wording("更新信息")
    assert wording[0] == pytest.approx(1.0)
    assert 0 < wording[1] < wording[0]
    assert wording[2] == 0
    assert overlap.coverage("更新信息").tolist() == pytest.approx([1.0, 0.0])
    assert overlap.wording("").tolist() == [0, 0, 0]
    assert overlap.coverage("完全陌生").tolist() == [0, 0]


def test_an_unknown_term_lowers_wording_and_coverage() -> None:
    overlap = Overlap.build(["更新信息", "水费减免"], ["a", "b"])
    assert overlap.wording("更新信息 xyzzy")[0] < overlap.wording("更新信息")[0]
    assert overlap.coverage("更新信息 xyzzy")[0] < 1


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


def test_overlap_is_read_as_it_was_written(tmp_path: Path) -> None:
    overlap = Overlap.build(TEXTS, ["a", "a", "b", "b", "c", "d"])
    overlap.save(tmp_path / "terms.npz")
    again = Overlap.load(tmp_path / "terms.npz")
    for query in ("更新信息", "专精特新 营收", "没有的词", ""):
        assert again.wording(query).tolist() == overlap.wording(query).tolist()
        assert again.coverage(query).tolist() == overlap.coverage(query).tolist()
