"""The linter finds every fault that is planted, names its place, and finds none in a sound corpus."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import small_corpus
from small_corpus import HELP, TIANJIN

from corpus.lint import lint
from corpus.load import Corpus, load_corpus
from indexing.faithful import missing_clauses, originals_in, unfaithful


def faults(tmp_path: Path, change: Callable[[dict[str, Any]], object]) -> list[str]:
    files = small_corpus.files()
    change(files)
    return lint(load_corpus(small_corpus.write(tmp_path, files)))


def clauses(files: dict[str, Any]) -> list[dict[str, Any]]:
    return files["digests/cn/help.yaml"]["clauses"]  # type: ignore[no-any-return]


def topic(files: dict[str, Any]) -> dict[str, Any]:
    return files["topics/dates.yaml"][0]  # type: ignore[no-any-return]


def gap(files: dict[str, Any]) -> dict[str, Any]:
    return files["gaps/money.yaml"][0]  # type: ignore[no-any-return]


def test_a_sound_corpus(tmp_path: Path) -> None:
    assert faults(tmp_path, lambda f: None) == []


PLANTED: list[tuple[str, Callable[[dict[str, Any]], object], str]] = [
    ("see also", lambda f: clauses(f)[1]["see_also"][0].update(ref=f"{TIANJIN}#art_9"), f"{HELP}#art_2 的参见：引用的 {TIANJIN}#art_9"),
    ("see itself", lambda f: clauses(f)[1]["see_also"][0].update(ref=f"{HELP}#art_2"), "参见指向了自己"),
    ("displaced by", lambda f: f["digests/cn-tj/rules.yaml"]["clauses"][0]["displaced"][0].update(by="cn/none#art_1"), "cn/none#art_1 不存在"),
    ("displaced early", lambda f: (f["catalogue/cn-tj/rules.yaml"].update(signed="2024-05-01"),
        f["digests/cn-tj/rules.yaml"]["clauses"][0]["displaced"][0].update({"from": "2020-01-01"})), "让位日期 2020-01-01 早于"),
    ("part ends early", lambda f: clauses(f)[2]["ends"][0].update(until="2024-12-31"), "“水费免收”的截止日期 2024-12-31 早于"),
    ("topic ref", lambda f: topic(f)["points"][0].update(refs=[f"{HELP}#art_8"]), f"专题 dates：引用的 {HELP}#art_8 不存在"),
    ("row ref", lambda f: topic(f)["table"]["rows"][0].update(refs=[f"{HELP}#art_8"]), f"专题 dates：引用的 {HELP}#art_8 不存在"),
    ("gap ref", lambda f: gap(f)["nearest"][0].update(refs=[f"{HELP}#art_8"]), f"空白 loans：引用的 {HELP}#art_8 不存在"),
    ("gap document", lambda f: gap(f).update(document="cn/none/1"), "cn/none/1 不在目录里"),
    ("relation", lambda f: f["catalogue/cn/help.yaml"]["relations"][0].update(target="cn/none/1"), "指向的 cn/none/1 不在目录里"),
    ("own relation", lambda f: f["catalogue/cn/help.yaml"]["relations"][0].update(target=HELP), "指向了自己"),
    ("until before from", lambda f: f["catalogue/cn/help.yaml"]["in_force"].update(until="2025-01-31"), "失效日期 2025-01-31 早于施行日期"),
    ("published early", lambda f: f["catalogue/cn/help.yaml"].update(published="2025-01-09"), "公布日期 2025-01-09 早于签发日期"),
    ("in force early", lambda f: f["catalogue/cn/help.yaml"]["in_force"].update({"from": "2025-01-01"}), "施行日期 2025-01-01 早于签发日期"),
    ("last year", lambda f: f["catalogue/cn/help.yaml"].update(last_year=2024), "只管到 2024 年，早于签发的 2025 年"),
    ("displaced by nothing", lambda f: f["catalogue/cn/help.yaml"]["relations"].append({"kind": "displaced_by", "target": TIANJIN}), "没有写清让的是什么"),
    ("same short title", lambda f: f["catalogue/cn-tj/rules.yaml"].update(short_title=f["catalogue/cn/help.yaml"]["short_title"]), "目录里不止一份文件用"),
    ("same number", lambda f: [f[f"catalogue/{name}.yaml"].update(number="甲〔2020〕1号") for name in ("cn-tj/rules", "cn/help")],
        "文号“甲〔2020〕1号”目录里不止一份"),
    ("relation early", lambda f: f["catalogue/cn/help.yaml"]["relations"][0].update({"from": "2024-01-01"}), "起始日期 2024-01-01 早于"),
    ("place", lambda f: f["catalogue/cn/help.yaml"].update(place="云石县"), "地区“云石县”不在地区表里"),
    ("topic place", lambda f: topic(f).update(place="云石县"), "专题 dates：地区“云石县”"),
    ("label", lambda f: clauses(f)[1].update(label="第三条"), f"{HELP}#art_2：标签“第三条”和编号 art_2 对不上"),
    ("number gap", lambda f: clauses(f)[2].update(eid="art_4", label="第四条"),
        f"{HELP}#art：编号断了，缺 3"),
    ("no digest", lambda f: f["catalogue/cn/old.yaml"].update(included=True), "没有任何条款摘要"),
    ("digest of what is not included", lambda f: f["catalogue/cn-tj/rules.yaml"].update(included=False), "却有条款摘要"),
    ("orphan item", lambda f: clauses(f).append(small_corpus.clause("annex_1__item_1", "附件1（一）", "项", "一项。", ["附件项一", "附件首项"], "一项。")),
        f"{HELP}#annex_1：有下级条款，自己却没有摘要"),
    ("item gap", lambda f: clauses(f).extend(small_corpus.clause(e, la, "项", "一项。", [f"{e}甲", f"{e}乙"], "一项。") for e, la in
        (("annex_1", "附件1"), ("annex_1__item_1", "附件1（一）"), ("annex_1__item_3", "附件1（三）"))), "annex_1__item：编号断了，缺 2"),
    ("same wording", lambda f: gap(f)["ask"].append("几月，更新信息？"), f"问法“几月更新信息”写了 2 处：{HELP}#art_2、空白 loans"),
    ("row cells", lambda f: topic(f)["table"]["rows"][0].update(cells=["全国"]), "表格第 1 行：有 1 格，应当是 2 格"),
    ("digest end", lambda f: clauses(f)[0].update(digest="年营收1500万元以上，资产负债率不得高于70%"), f"{HELP}#art_1 摘要：没有以句号结尾"),
    ("answer end", lambda f: clauses(f)[0]["questions"][0].update(answer="1500万元以上，"), f"{HELP}#art_1 短答“灯塔企业要多少营收”：没有以句号结尾"),
    ("topic end", lambda f: topic(f)["points"][0].update(text="每年6月15日前更新"), "要点“每年6月15日前更新”：没有以句号结尾"),
    ("gap end", lambda f: gap(f).update(answer="没有收录"), "空白 loans 回答：没有以句号结尾"),
    ("answer figure", lambda f: clauses(f)[0]["questions"][0].update(answer="年营收1800万元以上。"), "数字“1800万元”不在本条摘要里"),
    ("topic answer figure", lambda f: topic(f)["questions"][0].update(answer="6月16日。"), "短答“到底哪天更新”：数字“6月16日”不在所引"),
    ("topic point figure", lambda f: topic(f)["points"][0].update(text="每年7月15日前。"), "数字“7月15日”不在所引"),
    ("row figure", lambda f: topic(f)["table"]["rows"][0].update(cells=["全国", "5月1日"]), "表格第 1 行：数字“5月1日”"),
    ("gap figure", lambda f: gap(f)["nearest"][0].update(text="1600万元以上可以报。"), "空白 loans 最接近“1600万元以上可以报。”：数字“1600万元”"),
    ("empty", lambda f: clauses(f)[0].update(heading=" "), f"{HELP}#art_1：heading 是空的"),
    ("empty wording", lambda f: clauses(f)[0]["questions"][0]["ask"].append(""), f"{HELP}#art_1：questions/0/ask/2 是空的"),
    ("empty cell", lambda f: topic(f)["table"]["rows"][0].update(cells=["", "6月15日"]), "专题 dates：table/rows/0/cells/0 是空的"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "expected"), [(c, e) for _, c, e in PLANTED], ids=[name for name, _, _ in PLANTED])
def test_planted(tmp_path: Path, change: Callable[[dict[str, Any]], object], expected: str) -> None:
    found = faults(tmp_path, change)
    assert any(expected in fault for fault in found), found
    assert all(fault.endswith("。") for fault in found)
    assert len(found) <= 3, "one fault is reported once, not everywhere"


def test_a_broken_reference_is_reported_where_it_stands_and_the_rest_is_still_checked(tmp_path: Path) -> None:
    def change(files: dict[str, Any]) -> None:
        topic(files)["points"][0].update(refs=[f"{HELP}#art_8"])
        clauses(files)[0].update(heading="")

    assert len(faults(tmp_path, change)) >= 2


def test_items_may_run_on_through_sections_whose_headings_have_no_text(tmp_path: Path) -> None:
    def change(files: dict[str, Any]) -> None:
        files["digests/cn/help.yaml"]["clauses"] = clauses(files) + [
            small_corpus.clause(e, la, "项", "一项。", [f"{e}甲", f"{e}乙"], "一项。")
            for e, la in (
                ("sec_1__item_1", "一（一）"), ("sec_1__item_2", "一（二）"), ("sec_2__item_3", "二（三）"), ("sec_3", "三"),
            )
        ]  # fmt: skip

    assert faults(tmp_path, change) == []


def test_items_must_not_jump_between_sections(tmp_path: Path) -> None:
    def change(files: dict[str, Any]) -> None:
        clauses(files).extend(
            small_corpus.clause(e, la, "项", "一项。", [f"{e}甲", f"{e}乙"], "一项。")
            for e, la in (("sec_1__item_1", "一（一）"), ("sec_2__item_3", "二（三）"))
        )

    assert any("sec_2__item：编号断了，缺 1、2" in fault for fault in faults(tmp_path, change))


def test_the_shipped_corpus_is_sound(corpus: Corpus) -> None:
    assert lint(corpus) == []


def test_the_shipped_corpus_has_every_clause_of_the_four_documents(corpus: Corpus) -> None:
    count = {
        d: sum(ref.startswith(f"{d}#art_") and "__" not in ref for ref in corpus.clauses) for d in corpus.documents
    }
    assert count["cn/miit/2026/2"] == 32
    assert count["cn-sh/jxw/2022/8"] == 30
    items = [ref for ref in corpus.clauses if ref.startswith("cn-sh/gov/2025/zjtx-measures#") and "__item_" in ref]
    assert len(items) == 20
    assert sum(ref.startswith("cn/miit/2026/2#annex_") for ref in corpus.clauses) >= 3 + 6 + 7 + 13
    assert any(ref.startswith("cn-sh-qp/jw/2023/80#") for ref in corpus.clauses)
    assert len(corpus.topics) >= 25
    current = [c for ref, c in corpus.clauses.items() if not corpus.document_of(ref).historical]
    assert sum(len(c.questions) for c in current) / len(current) >= 3


def test_every_document_of_the_compendium_has_digests(corpus: Corpus) -> None:
    then = {d.id for d in corpus.documents.values() if d.historical}
    assert len(then) == 150
    assert then <= set(corpus.digests)
    assert len({corpus.documents[d].place for d in then}) == 37
    assert sum(ref.partition("#")[0] in then for ref in corpus.clauses) >= 1300


def test_every_figure_is_in_the_originals_and_every_clause_has_a_digest(corpus: Corpus, originals: Path) -> None:
    found = originals_in(originals, corpus)
    assert len(found) == sum(d.included for d in corpus.documents.values())
    assert unfaithful(corpus, found) == []
    assert missing_clauses(corpus, found) == []


def test_a_figure_that_its_original_lacks_is_found(corpus: Corpus, originals: Path) -> None:
    found = originals_in(originals, corpus)
    ref = "cn/miit/2026/2#art_17"
    clause = corpus.clauses[ref].model_copy(update={"digest": "每年6月30日前更新，累计三次取消认定。"})
    changed = Corpus(corpus.documents, corpus.digests, corpus.topics, corpus.gaps)
    changed.__dict__["clauses"] = {**corpus.clauses, ref: clause}
    problems = unfaithful(changed, found)
    assert any("6月30日" in p and ref in p for p in problems)
    assert any("三次" in p and ref in p for p in problems)
