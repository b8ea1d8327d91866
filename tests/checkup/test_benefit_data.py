"""The benefits as data: every clause, figure, fact and day is real, and the checks find what is not."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from checkup_made import shipped

from corpus.benefit_lint import lint_benefits
from corpus.benefit_models import Amount, Benefit, Benefits, load_benefits
from corpus.criteria_tree import terms
from corpus.facts_models import load_dictionary
from corpus.load import ROOT, CorpusError
from corpus.support import unsupported

LOADED = load_benefits()
BENEFITS = LOADED.all
MEASURES = "cn-sh/gov/2025/zjtx-measures"
PLAN = "cn-sh-qp/jw/2023/80"
NOTHING_FOR_A_COMPANY = {
    f"{MEASURES}#sec_1__item_1",  # targets of the city
    f"{MEASURES}#sec_6__item_18",  # rates the districts
    f"{MEASURES}#closing",
    f"{PLAN}#intro",
    f"{PLAN}#sec_1",  # targets of the district
    f"{PLAN}#sec_2__item_1",  # how the district fills its pool
}


def test_the_shipped_benefits_have_no_fault() -> None:
    assert lint_benefits(shipped(), LOADED) == []


def test_every_measure_that_gives_a_company_something_is_there() -> None:
    clauses = {ref for ref in shipped().clauses if ref.startswith((f"{MEASURES}#", f"{PLAN}#"))}
    assert clauses - {benefit.ref for benefit in BENEFITS} == NOTHING_FOR_A_COMPANY


def test_each_file_is_named_after_its_benefit_and_lies_with_its_document() -> None:
    found = {path.stem: path.parent.name for path in (ROOT / "benefits").glob("*/*.yaml")}
    assert found == {b.id: b.document.split("/")[0] for b in BENEFITS}


@pytest.mark.parametrize("benefit", BENEFITS, ids=lambda b: b.id)
def test_amounts_and_thresholds_occur_in_the_clause(benefit: Benefit) -> None:
    clause = shipped().clauses[benefit.ref]
    tree = LOADED.tree(benefit)
    figures = [part.text for part in _constants(benefit) if part.value]
    assert not [q.text for text in figures for q in unsupported(text, [clause.digest])]
    assert all(term.fact in load_dictionary() for term in (terms(tree) if tree else []))


def _constants(benefit: Benefit) -> list[Any]:
    from corpus.criteria_tree import Compare, leaves

    tree = LOADED.tree(benefit)
    found = [leaf.right for leaf in (leaves(tree) if tree else []) if isinstance(leaf, Compare)]
    amount = benefit.amount
    return [*found, *(part for part in (amount and amount.rate, amount and amount.cap) if part)]


@pytest.mark.parametrize("benefit", BENEFITS, ids=lambda b: b.id)
def test_every_department_is_one_of_the_clause_or_the_issuer(benefit: Benefit) -> None:
    clause, document = shipped().clauses[benefit.ref], shipped().documents[benefit.document]
    known = clause.digest + "".join(document.issuers)
    assert [body for body in benefit.department.split("、") if body.removeprefix("青浦区") not in known] == []


@pytest.mark.parametrize("figure", ["2万家", "1000亿元", "4000亿元", "2000亿元", "200亿元", "500家", "1200家"])
def test_targets_of_the_city_are_no_benefits(figure: str) -> None:
    words = "".join(b.model_dump_json(exclude={"note"}) for b in BENEFITS)
    assert figure not in words


def test_what_the_document_ends_is_written_down() -> None:
    ends = {b.id: b.until for b in BENEFITS if b.until}
    assert ends == {"procurement-reserve": date(2026, 12, 31), "water-surcharge": date(2025, 12, 31)}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"ref": f"{MEASURES}#sec_9__item_1"}, "不存在"),
        ({"clause": "一（三）"}, "标签"),
        ({"place": "上海市青浦区"}, "文件是上海市的"),
        ({"until": date(2027, 1, 1)}, "截止日期"),
        ({"from_": date(2024, 1, 1)}, "早于文件施行"),
        ({"amount": Amount(cap="60万元")}, "60万元"),  # type: ignore[arg-type]
        ({"undefined": ("要增长15%",)}, "15%"),
        ({"gives": "给一次性奖励。"}, "句号"),
        ({"note": "没有句号"}, "说明"),
    ],
)
def test_the_linter_finds_what_is_wrong(change: dict[str, Any], said: str) -> None:
    good = next(b for b in BENEFITS if b.id == "first-above-scale")
    bad = good.model_copy(update=change)
    faults = lint_benefits(shipped(), Benefits(all=(bad,), holders=LOADED.holders))
    assert faults
    assert any(said in fault for fault in faults)


def test_the_linter_finds_a_name_used_twice() -> None:
    one = BENEFITS[0]
    both = (one, one.model_copy(update={"id": "other"}))
    assert len([f for f in lint_benefits(shipped(), Benefits(all=both, holders={})) if "用了两次" in f]) == 2


GOOD = {
    "id": "sample", "name": "样例", "gives": "给点支持", "ref": f"{MEASURES}#sec_1__item_2", "clause": "一（二）",
    "place": "上海市", "kind": "grant", "whom": "企业", "department": "市财政局",
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"who": {"flag": "no_such_fact"}}, "no_such_fact"),
        ({"who": {"flag": "holds_zjtx.Y1"}}, "期间"),
        ({"who": {"ge": ["digital_contract", "30%"]}}, "不能同"),
        ({"who": {"choice_in": ["industry", ["做梦"]]}}, "做梦"),
        ({"amount": {"rate": "30%", "base": "holds_zjtx", "of": "合同"}}, "不是金额"),
        ({"amount": {"rate": "30%"}}, "of"),
        ({"amount": {"cap": "30%"}}, "金额"),
        ({"amount": {"at_most": True}}, "至少写一个"),
        ({"holder": "小巨人"}, "holders.yaml"),
        ({"kinds": "grant"}, "没有这个名字的项"),
        ({"kind": "gift"}, "不是允许的写法"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_its_name(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    _write(tmp_path, {**GOOD, **change})
    with pytest.raises(CorpusError) as error:
        load_benefits(tmp_path)
    assert "sample.yaml" in str(error.value)
    assert said in str(error.value)


def test_a_good_file_is_read_and_an_id_may_not_be_used_twice(tmp_path: Path) -> None:
    _write(tmp_path, GOOD)
    assert [b.id for b in load_benefits(tmp_path).all] == ["sample"]
    twice = tmp_path / "twice"
    _write(twice, GOOD)
    _write(twice, GOOD, "again")
    with pytest.raises(CorpusError, match="sample"):
        load_benefits(twice)


def _write(root: Path, data: dict[str, Any], name: str = "sample") -> None:
    folder = root / "benefits" / "cn-sh"
    folder.mkdir(parents=True, exist_ok=True)
    (folder.parent / "holders.yaml").write_text("专精特新: {flag: holds_zjtx}\n", "utf-8")
    (folder / f"{name}.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
