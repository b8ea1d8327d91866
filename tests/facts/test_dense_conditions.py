"""Conditions told one after the other in passing: the record, standing in the market, the title's term, all the rest."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.facts.extract import extract

TODAY = date(2026, 11, 21)
INCIDENTS = {
    "safety_accident_l3y",
    "data_incident_l3y",
    "environmental_violation_l3y",
    "quality_problem_l3y",
    "sector_violation_l3y",
}
GATE = {*INCIDENTS, "abnormal_listed_now", "dishonest_listed_now", "prohibited_product"}


def flags(words: str) -> dict[str, bool | None]:
    found = extract(words, as_of=TODAY, title="专精特新")
    return {s.key.partition("@")[0]: s.value.flag for s in found.statements}


@pytest.mark.parametrize(
    "words",
    ["三年里安全、环保、质量没出过事", "这三年没出过安全环保质量方面的事", "三年来没出过安全质量环保这类事"],
)
def test_the_record_summed_up(words: str) -> None:
    told = flags(words)
    assert all(told.get(fact) is False for fact in INCIDENTS)


@pytest.mark.parametrize(
    ("words", "open_"),
    [
        ("三年里安全环保没出过事", {"quality_problem_l3y", "data_incident_l3y", "sector_violation_l3y"}),
        ("没发生过安全、质量、环保事故", {"data_incident_l3y", "sector_violation_l3y"}),
    ],
)
def test_half_a_record_stays_open(words: str, open_: set[str]) -> None:
    assert not open_ & set(flags(words))


@pytest.mark.parametrize(
    "words", ["基本条件没有任何瑕疵", "准入条件没毛病", "通用条件一条不缺", "门槛那几条都踩得住", "基础条件全部合格"]
)
def test_the_basics_called_met(words: str) -> None:
    told = flags(words)
    assert told.get("is_sme") is True
    assert all(told.get(fact) is False for fact in GATE)


@pytest.mark.parametrize(
    "words", ["基本条件不齐", "基本条件大概都符合", "基本条件有一条不符合", "基本条件都符合吗", "基本条件还没核"]
)
def test_the_basics_in_doubt(words: str) -> None:
    assert not GATE & set(flags(words))


@pytest.mark.parametrize(
    ("words", "fact"),
    [
        ("业内认可度较高", "reputation"),
        ("下游客户都信得过", "reputation"),
        ("提起我们同行没有不知道的", "reputation"),
        ("市场份额处于前列", "market_position_strong"),
        ("份额在全国排得上号", "market_position_strong"),
        ("行业里属于头部", "market_position_strong"),
    ],
)
def test_standing_in_passing(words: str, fact: str) -> None:
    assert flags(words).get(fact) is True


@pytest.mark.parametrize("words", ["技术在国内领先", "客户不认可", "知名度不高", "今年评价高", "客户认可度高不高"])
def test_no_standing(words: str) -> None:
    told = flags(words)
    assert told.get("reputation") is not True
    assert told.get("market_position_strong") is not True


@pytest.mark.parametrize(
    ("words", "held"),
    [
        ("创新型中小企业，2027年到期，首次申报专精特新", True),
        ("创新型中小企业（有效期到2028年），首报专精特新", True),
        ("首报专精特新，创新型证书后年4月才到期", True),
        ("首报专精特新，去年评的创新型", True),
        ("首报专精特新，创新型2025年到期", None),
        ("首报专精特新，创新型今年5月到期", None),
    ],
)
def test_the_term_of_a_lower_title(words: str, held: bool | None) -> None:
    assert flags(words).get("holds_innovative") is held


@pytest.mark.parametrize(
    "words",
    [
        "其余指标没有异议",
        "剩下的条目不存在疑问",
        "别的也没什么变化都符合",
        "别的跟三年前一样，没什么变动，都符合",
        "其余几项没啥变动，都达标",
    ],
)
def test_the_rest_in_other_words(words: str) -> None:
    assert extract(f"专精特新复核，营收3000万。{words}。", as_of=TODAY).rest_affirmed


@pytest.mark.parametrize(
    "words", ["其余指标没有说", "其余没有变化", "其余有异议", "其他没说的都不清楚", "别的变化大，不晓得符不符合"]
)
def test_no_rest(words: str) -> None:
    assert not extract(f"专精特新复核，营收3000万。{words}。", as_of=TODAY).rest_affirmed


def test_years_and_numbers_in_passing() -> None:
    assert "niche_years" not in flags("信用、安全、环保、质量三年干净")
    found = {s.key: s.value for s in extract(
        "专精特新，2025年营收2150万，24年营收1980万；年底资产2600万、负债1400万。工业88人。评价分今年刚好50",
        as_of=TODAY,
    ).statements}  # fmt: skip
    assert {"total_assets@2025", "total_liabilities@2025", "staff@2025", "industry"} <= set(found)
    assert found["development_score@2026"].lo == 50
