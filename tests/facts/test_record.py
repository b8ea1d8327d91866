"""A clean record told in one breath, and what a company is in law."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.facts.extract import extract

TODAY = date(2026, 11, 21)
LISTS = {"abnormal_listed_now", "dishonest_listed_now"}
INCIDENTS = {
    "safety_accident_l3y",
    "data_incident_l3y",
    "environmental_violation_l3y",
    "quality_problem_l3y",
    "sector_violation_l3y",
}
POLLUTION, TAX = "major_pollution_accident_l3y", "tax_evasion_l3y"


def denied(message: str) -> set[str]:
    found = extract(message, as_of=TODAY).facts
    return {name for name, value in found.items() if value.flag is False}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("报专精特新，没有失信和事故", LISTS | INCIDENTS),
        ("报专精特新，失信事故都没有", LISTS | INCIDENTS),
        ("报专精特新，没别的处罚", INCIDENTS),
        ("报专精特新，安全、环保都没问题", {"safety_accident_l3y", "environmental_violation_l3y"}),
        ("报创新型，没进异常失信，没事故没偷漏税", LISTS | INCIDENTS | {POLLUTION, TAX}),
        ("报创新型，失信、异常、事故、偷税一样都没有", LISTS | INCIDENTS | {POLLUTION, TAX}),
        ("报创新型，信用、税务、安全都没问题", LISTS | (INCIDENTS - {"sector_violation_l3y"}) | {POLLUTION, TAX}),
        ("报创新型，征信良好，纳税正常", LISTS | {TAX}),
        ("报创新型，名录都查过没我们", LISTS),
        ("报创新型，不做禁限类，税也没问题", {"prohibited_product", TAX}),
    ],
)
def test_what_is_denied_in_one_breath(said: str, expected: set[str]) -> None:
    assert denied(said) == expected


def test_one_list_named_by_itself_says_nothing_of_the_other() -> None:
    assert "abnormal_listed_now" not in denied("报专精特新，没失信")
    assert "abnormal_listed_now" not in denied("报创新型，去年进过异常名录，没失信没事故")


@pytest.mark.parametrize("said", ["失信和事故影响大吗", "如果没有失信和事故", "质量好", "信用贷款没问题", "税负正常"])
def test_no_record_is_read_from_other_words(said: str) -> None:
    assert not denied(f"报创新型，{said}")


@pytest.mark.parametrize(
    ("said", "person"),
    [
        ("我们是苏州总公司在上海的分公司", False),
        ("不具备独立法人资格", False),
        ("在上海注册的独立法人", True),
        ("客户是分公司，我们是独立法人", True),
    ],
)
def test_a_branch_is_no_legal_person(said: str, person: bool) -> None:
    assert extract(f"报创新型，{said}", as_of=TODAY).facts["legal_person"].flag is person


@pytest.mark.parametrize(
    ("said", "valid"),
    [
        ("高企证书还有效到后年", True),
        ("国家高新技术企业，证书2027年到期", True),
        ("高企证书12月到期", True),
        ("高企去年11月到期", False),
        ("高企今年8月到期了", False),
    ],
)
def test_a_certificate_runs_to_the_day_told(said: str, valid: bool) -> None:
    assert extract(f"报创新型，{said}", as_of=TODAY).facts["high_tech_valid"].flag is valid


def test_the_certificate_of_the_head_office_is_not_ours() -> None:
    assert "high_tech_valid" not in extract("报创新型，总部是高企", as_of=TODAY).facts


def test_tax_evasion_is_read_from_the_ruling() -> None:
    assert extract("报创新型，税务的决定书里写了偷税", as_of=TODAY).facts["tax_evasion_l3y"].flag is True


@pytest.mark.parametrize(
    ("said", "flag"),
    [
        ("有没有在失信名单里要下周才能查", None),
        ("是不是被列入失信名单还不清楚", None),
        ("现在还在失信名单里", True),
        ("失信名单里没有我们", False),
    ],
)
def test_whether_one_is_listed_may_be_open(said: str, flag: bool | None) -> None:
    value = extract(f"报专精特新，{said}", as_of=TODAY).facts["dishonest_listed_now"]
    assert value.flag is flag
    assert (value.state == "uncertain") is (flag is None)


def test_a_base_title_that_ran_out_is_no_request() -> None:
    message = "首次报专精特新，创新型到期了，其他都符合"
    assert extract(message, as_of=TODAY).facts["holds_innovative"].flag is False


@pytest.mark.parametrize(("said", "facts"), [("信用方面有点小问题", LISTS), ("异常有一条", {"abnormal_listed_now"})])
def test_a_flaw_of_unknown_weight_is_open(said: str, facts: set[str]) -> None:
    found = extract(f"报专精特新，{said}，其他全部达标", as_of=TODAY).facts
    assert {name for name, value in found.items() if value.state == "uncertain"} == facts


@pytest.mark.parametrize("said", ["注册地苏州", "公司注册在昆山", "我们是嘉兴注册的公司"])
def test_a_company_registered_elsewhere(said: str) -> None:
    assert extract(f"报创新型，{said}", as_of=TODAY).facts["place_registered_sh"].flag is False
