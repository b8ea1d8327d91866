"""Facts from a mapping, and standards and dictionary as files."""

from __future__ import annotations

import shutil
from fractions import Fraction
from pathlib import Path

import pytest

from assistant.criteria import FactsError, facts_from_mapping, standards
from assistant.facts.values import Value
from corpus.criteria_models import load_standards
from corpus.criteria_tree import parse_constant, parse_node, parse_operand
from corpus.facts_models import load_dictionary
from corpus.load import ROOT, CorpusError


def test_values_years_and_labels() -> None:
    facts, problems = facts_from_mapping(
        {
            "title": "专精特新", "revenue": {2025: "1480万元", "2024": "0.13亿元"}, "debt_ratio": "45%",
            "class_1_ip": 2, "is_sme": True, "holds_tech": "有", "award_level_l3y": "省部级",
            "award_rank": "不清楚", "营业收入@2023": "900万元",
            "niche_start": "2019-03", "main_share": "80%以上", "rd_ratio": "3%到4%", "market_share": 0.1,
            "title_cancelled_years_ago": "不适用", "revenue_growth@2025": "-20%", "rd_expense@2025": "不超过100万元",
        },
        last_year=2025,
    )  # fmt: skip
    assert problems == []
    assert facts["revenue@2024"].lo == 13_000_000
    assert facts["revenue@2023"].lo == 9_000_000
    assert facts["debt_ratio@2025"].lo == Fraction(45, 100)
    assert facts["class_1_ip"] == Value.exact(2, "2")
    assert (facts["is_sme"].flag, facts["holds_tech"].flag) == (True, True)
    assert facts["award_level_l3y"].choice == "provincial"
    assert facts["award_rank"].state == "uncertain"
    assert facts["niche_start"].lo == 20190300
    assert (facts["main_share@2025"].lo, facts["main_share@2025"].hi) == (Fraction(4, 5), None)
    assert (facts["rd_ratio@2025"].lo, facts["rd_ratio@2025"].hi) == (Fraction(3, 100), Fraction(4, 100))
    assert facts["market_share@2025"].lo == Fraction(1, 10)
    assert facts["title_cancelled_years_ago"].state == "not_applicable"
    assert facts["revenue_growth@2025"].lo == Fraction(-1, 5)
    assert facts["rd_expense@2025"].hi == 1_000_000


def test_the_same_fact_twice_is_a_conflict() -> None:
    _, problems = facts_from_mapping({"revenue": {2025: "1000万元"}, "revenue@2025": "2000万元"})
    assert [problem.keys for problem in problems] == [["revenue@2025"]]
    assert "两个不同的值" in problems[0].sentence
    assert facts_from_mapping({"revenue": {2025: "0.1亿元"}, "revenue@2025": "1000万元"})[1] == []


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"revenu": "1"}, "没有叫“revenu”的事实，是不是revenue"),
        ({"revenue": {"去年": "1万元"}}, "要写成四位数字"),
        ({"class_1_ip": {2025: 2}}, "不分年度"),
        ({"revenue": "很多"}, "例如 1480万元"),
        ({"revenue": "45%"}, "例如 1480万元"),
        ({"debt_ratio": 45}, "例如 45%"),
        ({"is_sme": "也许"}, "true 或 false"),
        ({"award_level_l3y": "世界级"}, "只能是没有、市级、省部级、国家级"),
        ({"niche_start": "2019-13"}, "2019-03"),
        ({"revenue@25": "1万元"}, "四位数字"),
    ],
)
def test_what_cannot_be_read_is_named(data: dict[str, object], words: str) -> None:
    with pytest.raises(FactsError, match=words):
        facts_from_mapping(data)


def test_every_problem_is_named_at_once() -> None:
    with pytest.raises(FactsError) as error:
        facts_from_mapping({"abc": 1, "xyz": 2, "revenue": "多"})
    assert all(word in str(error.value) for word in ("abc", "xyz", "revenue"))


def test_both_standards_are_there_with_their_citations() -> None:
    found = {standard.title: standard for standard in standards() if standard.id.endswith("-2026")}
    assert set(found) == {"专精特新", "小巨人"}
    assert {standard.title for standard in standards()} >= {"科技型", "创新型", *found}
    lower, upper = found["专精特新"], found["小巨人"]
    assert [c.id for c in lower.criteria] == ["art_11", "art_20", *(f"item_{n}" for n in range(1, 7))]
    assert [c.id for c in upper.criteria] == ["art_11", "art_20", *(f"item_{n}" for n in range(1, 8))]
    assert {c.eid for c in upper.criteria} == {"art_11", "art_20", *(f"annex_2__item_{n}" for n in range(1, 8))}
    assert {str(s.in_force.from_) for s in (lower, upper)} == {"2026-04-01"}
    letters = {case.letter for standard in found.values() for case in standard.tests.cases}
    assert letters >= set("FGHIJLNOPQ")


def test_every_fact_can_be_asked_for() -> None:
    for entry in load_dictionary().entries.values():
        assert entry.question, entry.id
        assert entry.evidence, entry.id
        assert entry.who, entry.id
        assert ("{year}" in entry.question) <= (entry.period != "now"), entry.id
        coded = {choice for choice in entry.choices if choice.isascii()}
        assert coded <= set(entry.choice_labels) <= set(entry.choices), entry.id


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ({"ge": ["revenue.Y1", "1500"]}, "带单位"),
        ({"ge": ["revenue.Y9", "1500万元"]}, "事实.期间"),
        ({"most": []}, "没有名叫"),
        ({"flag": "a", "any": []}, "只能有一个名字"),
        ({"flag": "is_sme", "word": "以上"}, "只能写在比较上"),
        ("revenue", "名字: 内容"),
    ],
)
def test_a_wrong_node_is_explained(raw: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parse_node(raw)


def test_operands() -> None:
    assert parse_constant("1项").kind == "count"
    assert [term.period for term in parse_operand({"sum": "rd_expense.L2Y"}).of] == ["Y1", "Y2"]  # type: ignore[union-attr]
    assert parse_operand({"growth": ["revenue.Y1", "revenue.Y3", "2年"]}).years == 2  # type: ignore[union-attr]
    with pytest.raises(ValueError, match="没有名叫"):
        parse_operand({"median": ["a", "b"]})


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("word: 不超过}", "word: 以上}", "与比较符 le 不符"),
        ("revenue.Y1, 1500万元", "turnover.Y1, 1500万元", "turnover 不在 facts"),
        ("revenue.Y1, 1500万元", "revenue.NOW, 1500万元", "期间不能写成 NOW"),
        ("revenue.Y1, 1500万元", "revenue.Y1, 15%", "单位不一样"),
        ("id: item_2", "id: item_1", "item_1 用了两次"),
        ("include: [miit-2026]", "include: [miit-2027]", "miit-2027 不存在"),
        ("basis: declared", "basis: guessed", "不合规格"),
    ],
)
def test_a_wrong_standard_is_refused(tmp_path: Path, old: str, new: str, words: str) -> None:
    shutil.copytree(ROOT / "criteria", tmp_path / "criteria")
    shutil.copytree(ROOT / "facts", tmp_path / "facts")
    shutil.copy(ROOT / "derivations.yaml", tmp_path)
    file = tmp_path / "criteria" / "zjtx" / "2026.yaml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(CorpusError, match=words):
        load_standards(tmp_path)


def test_a_wrong_dictionary_is_refused(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "facts", tmp_path / "facts")
    links = (ROOT / "derivations.yaml").read_text("utf-8")
    (tmp_path / "derivations.yaml").write_text(links.replace("since: niche_start", "since: niche_begin"), "utf-8")
    with pytest.raises(CorpusError, match="niche_begin"):
        load_dictionary(tmp_path)
