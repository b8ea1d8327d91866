"""Search over everything: places and years stay apart, what reads alike is one hit, and history is called history."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import made_compendium
import pytest
import small_corpus
from made_compendium import SHARED, TIANJIN, XIAMEN
from patience import patience
from small_corpus import HELP

from assistant.house import House
from assistant.policy.evidence import Library
from assistant.searching import SearchHit, search
from corpus.load import Corpus, load_corpus
from indexing import build, originals
from indexing.originals import load_originals
from indexing.search import Searcher
from indexing.wording import search_all

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The small corpus with the invented compendium imported."""
    folder = tmp_path_factory.mktemp("wording")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TIAOLI_HOME", str(folder / "home"))
        root = small_corpus.write(folder / "corpus", {**small_corpus.files(), **made_compendium.catalogue()})
        patch.setattr("indexing.build.ROOT", root)
        corpus = load_corpus(root)
        path = folder / "汇编.txt"
        path.write_text(made_compendium.TEXT, "utf-8")
        originals.add([path], corpus)
        build.build(corpus=corpus)
        yield House(corpus, Library(corpus, load_originals()), Searcher.open(), None, today=lambda: TODAY)


def first(house: House, query: str, **filters: object) -> SearchHit:
    return search(house, query, **filters)[0]  # type: ignore[arg-type]


def test_the_place_named_in_the_query(house: House) -> None:
    assert first(house, "天津 灯塔种子企业 营业收入").ref == f"{TIANJIN}#sec_1__item_1"
    assert {h.place for h in search(house, "天津 灯油投入占营业收入的比重")} <= {"天津市", "国家"}
    assert first(house, "厦门 灯油投入占营业收入的比重").ref == f"{XIAMEN}#art_2__item_2"
    assert first(house, "福建 成立年限").place == "福建省"
    assert first(house, "成立三年以上", place="福建省").document.startswith("cn/imported/")


def test_a_city_that_stands_apart_is_not_answered_from_its_province(house: House) -> None:
    assert {h.place for h in search(house, "厦门 点灯能力")} <= {"厦门市", "国家"}
    assert "厦门市" not in {h.place for h in search(house, "福建 点灯能力")}


def test_a_document_that_names_no_place_is_found_without_one(house: House) -> None:
    assert "编者" in first(house, "编者的话都是编出来的").text
    assert all("编者" not in h.text for h in search(house, "编者的话都是编出来的", place="天津市"))


def test_what_reads_alike_is_one_hit_that_names_the_others(house: House) -> None:
    hits = [h for h in search(house, SHARED, k=20) if SHARED in h.text]
    assert len(hits) == 1
    places = [(hits[0].place, hits[0].year), *((a.place, a.year) for a in hits[0].also_in)]
    assert sorted(places) == [("厦门市", 2021), ("天津市", 2021), ("福建省", 2021)]
    in_xiamen = first(house, SHARED, place="厦门市")
    assert in_xiamen.ref == f"{XIAMEN}#art_2__item_1"
    assert {a.place for a in in_xiamen.also_in} == {"天津市", "福建省"}


def test_another_figure_stays_a_rule_of_its_own(house: House) -> None:
    hits = [h for h in search(house, "灯油投入占营业收入的比重不低于", k=20) if "比重不低于" in h.text]
    assert {h.place for h in hits} == {"天津市", "厦门市"}
    assert all(not h.also_in for h in hits)


def test_what_only_history_says_is_called_so(house: House) -> None:
    old = first(house, "厦门 灯油投入占营业收入的比重")
    assert (old.validity, old.year) == ("expired", 2021)
    assert old.historical == "只见于已经不再执行的文件（厦门市，2021年），不能当作现行规定"
    assert "福建省" in [a.place for a in first(house, SHARED, place="厦门市").also_in]
    assert first(house, SHARED, place="厦门市").historical == "", (
        "what a document says that may still hold is no history"
    )
    assert first(house, "几月更新信息").historical == ""


def test_date_filter(house: House) -> None:
    def found(day: date) -> bool:
        return any(h.document == XIAMEN for h in search(house, "厦门 灯油投入", as_of=day))

    assert found(date(2024, 9, 14))
    assert not found(date(2024, 9, 15))
    assert not found(date(2021, 8, 31))


def test_the_item_comes_first_and_brings_its_context(house: House) -> None:
    hit = first(house, "厦门 灯油投入占营业收入的比重")
    assert [p.ref for p in hit.parents] == [f"{XIAMEN}#art_2"]
    assert hit.before is not None
    assert hit.before.ref == f"{XIAMEN}#art_2__item_1"
    assert hit.after is None
    assert hit.text_kind == "original"
    refs = [h.ref for h in search(house, "厦门 灯油投入占营业收入的比重", k=30)]
    assert f"{XIAMEN}#art_2" not in refs, "the article only repeats its item"
    assert len(refs) == len(set(refs))


def test_digests_and_topics_are_still_found(house: House) -> None:
    assert first(house, "几月更新信息").ref == f"{HELP}#art_2"
    assert "topic" in {h.kind for h in search(house, "两个日期到底听谁的")}
    hits = search(house, "灯塔企业", k=50)
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)
    assert search(house, "灯塔企业", k=3) == hits[:3]
    assert search(house, "xyzzy") == []


def test_without_originals_it_is_the_search_over_digests(own_home: Path, small_root: Path) -> None:
    build.build(corpus=load_corpus(small_root))
    searcher = Searcher.open()
    assert searcher.originals is None
    plain = [h.target for h in searcher.search("几月更新信息", 5, kinds=["clause", "topic"])]
    assert [f.target for f in search_all(searcher, "几月更新信息", 5)][:1] == plain[:1]


def test_damaged_groups_only_cost_the_grouping(house: House, tmp_path: Path) -> None:
    assert house.searcher
    assert house.searcher.originals
    damaged = Searcher(house.searcher.generation, build.ORIGINALS)
    damaged.folder = tmp_path
    (tmp_path / build.TWINS).write_text("{", "utf-8")
    assert damaged.twins == {}


# Over the user's own files, where they are there.

QUERIES = {
    "天津 种子企业 营业收入": "tj-0[15]", "厦门 成长型中小企业 营业收入 认定条件": "xm-", "宁波 专精特新 申报条件 营业收入": "nb-",
    "兵团 专精特新 认定 专项条件": "xjbt-", "青海省 专精特新 认定管理办法 有效期": "qh-", "山东 股权投资 专精特新 财政资金 退出": "sd-04",
    "山东省 贷款风险补偿 比例": "sd-05", "湖南 小巨人 培育计划 目标 数量": "hn-", "四川 专精特新 认定 有效期": "sc-",
    "深圳 专精特新 遴选 资助": "sz-", "青岛 专精特新 示范企业 奖励": "qd-", "北京 小巨人 申报 自荐": "bj-", "河北 专精特新 培育工作指南 复核": "he-01",
    "江西 专业化小巨人 认定 条件": "jx-", "海南 专精特新 实施方案 奖励": "hi-01", "西藏 专精特新 第二批 申报": "xz-01",
    "宁夏 专精特新 培育认定 有效期": "nx-01", "上海 科技小巨人 资助额度": "sh-03", "广西 专精特新 培育 认定": "gx-", "贵州 专精特新 奖励 资金": "gz-",
    "福建 小巨人 研发经费 营业收入": "fj-", "十四五 促进中小企业发展规划 专精特新 一万家": "cn-07", "办实事清单 上市 小巨人": "(cn-06|he-07)",
    "云南 成长型 小巨人 资产负债率": "yn-", "新疆 自治区 专精特新 专项条件": "xj-", "吉林 专精特新 认定 营业收入 增长率": "jl-",
    "黑龙江 专精特新 遴选": "hl-01",
}  # fmt: skip


@pytest.fixture(scope="module")
def compendium(tmp_path_factory: pytest.TempPathFactory, originals: Path, corpus: Corpus) -> Iterator[House]:
    """All files of the user's folder imported and indexed."""
    from indexing.originals import add

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TIAOLI_HOME", str(tmp_path_factory.mktemp("compendium")))
        report = add([originals], corpus)
        documents = [d for f in report.files for d in f.documents]
        assert report.failed == []
        assert len(documents) == 155
        assert sum(d.catalogued for d in documents) == 154, "all but the preface"
        assert sum(bool(d.number) for d in documents) >= 86
        assert sum(bool(d.signed) for d in documents) >= 130
        with patience():  # A second run reads nothing.
            assert not add([originals], corpus).changed
        build.build(corpus=corpus)
        yield House(corpus, Library(corpus, load_originals()), Searcher.open(), None, today=lambda: TODAY)


def test_right_document_and_place_over_the_compendium(compendium: House) -> None:
    import re

    wrong = []
    for query, wanted in QUERIES.items():
        best = search(compendium, query, k=5)[0]
        if not re.search(f"cn/compendium-2021/{wanted}", best.document):
            wrong.append((query, best.ref))
    assert wrong == []


def test_figures_of_the_four_documents_stay_findable(compendium: House) -> None:
    for query, document in {
        "每年最晚几月几号前要把企业信息填报更新": "cn/miit/2026/2",
        "上海 首次上规模 奖励": "cn-sh/gov/2025/zjtx-measures",
        "青浦 培育目标": "cn-sh-qp/jw/2023/80",
    }.items():
        assert document in [h.document for h in search(compendium, query, k=3)]


def test_a_paragraph_of_a_dozen_provinces_is_one_hit(compendium: House) -> None:
    hit = search(compendium, "持续创新能力 研发投入 设计 制造 营销 内部管理 各方面创新 专项条件", k=3)[0]
    places = {a.place for a in hit.also_in} | {hit.place}
    assert len(places) >= 6
    assert len({a.ref for a in hit.also_in}) == len(hit.also_in)


def test_no_secret_of_the_files_is_kept(compendium: House) -> None:
    import re

    kept = "".join(p.read_text("utf-8") for p in store_files())
    assert not re.search(r"[\w.+-]+@[\w-]+\.\w+|(?<!\d)1[3-9]\d{9}(?!\d)|密码为[:：][^〔]", kept)


def store_files() -> list[Path]:
    from indexing.originals import files

    return files()
