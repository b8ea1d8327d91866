"""The two lower titles: their score tables against a reckoning of our own, direct ways in, and what Shanghai adds."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from criteria_made import STANDARDS, asked, outcomes, passing, row, run
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.criteria import StandardNotFound
from assistant.criteria.derive import build
from assistant.criteria.exact import NO, UNKNOWN, YES
from assistant.criteria.intervals import Range
from assistant.criteria.judge import Judged, judge_all
from assistant.facts.values import Facts, Value
from corpus.criteria_models import Standard, load_standards
from corpus.criteria_tree import ScoreItem
from corpus.facts_models import load_dictionary
from corpus.load import documents_with_text, load_corpus

if TYPE_CHECKING:
    from assistant.conversation import Assistant

CXX, KJX = STANDARDS["cxx-2022"], STANDARDS["kjx-2017"]
BOTH = pytest.mark.parametrize("standard", [CXX, KJX], ids=["cxx", "kjx"])
DICTIONARY = load_dictionary()
LEVELS = ["none", "municipal", "provincial", "national"]


def cxx(**facts: object) -> dict[str, Any]:
    return {**passing("cxx-2022"), **facts}


def kjx(**facts: object) -> dict[str, Any]:
    return {**passing("kjx-2017"), **facts}


# -- against a reckoning of our own ------------------------------------------------------------------------------------

EDGES = [0, 1, 2, 3, 4, 5, 6, 9, 10, 14, 15, 20, 25, 30, 49, 50, 54, 55, 60, 70, 75, 76, 90]
shares, percents = st.sampled_from(EDGES), st.sampled_from([-5, *EDGES])
numbers = st.integers(0, 5)


@st.composite
def companies(draw: st.DrawFn) -> Facts:
    """A company of which everything that the two tables look at is known."""
    facts = Facts()
    for fact in ("rd_ratio", "debt_ratio", "main_share", "rd_cost_ratio"):
        facts[f"{fact}@2025"] = Value.exact(Fraction(draw(shares), 100))
    facts["main_revenue_growth@2025"] = Value.exact(Fraction(draw(percents), 100))
    own, bought, recent = draw(numbers), draw(numbers), draw(numbers)
    facts["class_1_ip"], facts["ip_transferred_in"] = Value.exact(own), Value.exact(bought + recent)
    facts["ip_transferred_recent"] = Value.exact(recent)
    facts["class_1_ip_high_value"] = Value.exact(draw(st.integers(0, 1)))
    facts["class_2_ip"], facts["class_2_ip_recent"] = Value.exact(draw(numbers)), Value.exact(draw(numbers))
    people = draw(st.sampled_from([10, 499, 500, 501]))
    facts["staff@2025"] = Value.exact(people)
    facts["sci_tech_staff@2025"] = Value.exact(people * draw(st.sampled_from([9, 10, 15, 20, 25, 30])) // 100)
    for money in ("revenue@2025", "total_assets@2025"):
        facts[money] = Value.exact(draw(st.sampled_from([30_000_000, 200_000_000, 200_000_001])))
    facts["new_equity_l2y@2025"] = Value.exact(draw(st.sampled_from([0, 4_000_000])))
    facts["new_equity@2023"] = Value.exact(draw(st.sampled_from([0, 990_000, 1_000_000])))
    for fact in ("award_level_l3y", "award_level_l5y", "rd_institution"):
        facts[fact] = Value.one_of(draw(st.sampled_from(LEVELS)))
    facts["award_rank_l5y"] = Value.exact(draw(st.integers(2, 4)))
    for flag in ("high_tech_valid", "tech_demo", "led_standard_l5y", "strategic_industry"):
        facts[flag] = Value.yes(draw(st.integers(0, 5)) == 0)
    for flag in ("place_registered_sh", "legal_person", "established_in_china"):
        facts[flag] = Value.yes(draw(st.integers(0, 9)) > 0)
    for flag in ("listed_now", "prohibited_product", "local_violations_l3y", "violations_2y"):
        facts[flag] = Value.yes(draw(st.integers(0, 9)) == 0)
    facts["title_cancelled"] = Value.yes(draw(st.booleans()))
    if facts["title_cancelled"].flag:
        reasons = ["incident", "dishonesty", "falsification", "other"]
        facts["title_cancelled_years_ago"] = Value.exact(draw(st.integers(1, 4)))
        facts["cancelled_for"] = Value.one_of(draw(st.sampled_from(reasons)))
    for flag in ("update_missed", "change_unreported"):
        facts[flag] = Value.yes(draw(st.booleans()))
    return facts


def number(facts: Facts, key: str) -> Fraction:
    found = facts[key].lo
    assert found is not None
    return found


def level(facts: Facts, key: str) -> int:
    return LEVELS.index(str(facts[key].choice))


def step(value: Fraction, *steps: tuple[int, int]) -> int:
    """Points of the first step (in percent, or pieces where ``value`` is whole) that the value reaches."""
    return next((points for limit, points in steps if value * 100 >= limit), 0)


def points_cxx(facts: Facts) -> dict[str, int]:
    own = number(facts, "class_1_ip")
    counted = own + number(facts, "ip_transferred_in") - number(facts, "ip_transferred_recent")
    if counted >= 1 and number(facts, "class_1_ip_high_value") >= 1:
        ip = 20
    elif own >= 1:
        ip = 15
    else:
        ip = 10 if counted >= 1 else 5 if number(facts, "class_2_ip") >= 1 else 0
    debt = number(facts, "debt_ratio@2025") * 100
    return {
        "ip": ip,
        "rd": step(number(facts, "rd_ratio@2025"), (5, 20), (3, 15), (2, 10), (1, 5)),
        "main_growth": step(number(facts, "main_revenue_growth@2025"), (15, 20), (10, 15), (5, 10), (0, 5)),
        "debt": 10 if debt <= 55 else 5 if debt <= 75 else 0,
        "field": 10 if facts["strategic_industry"].flag else 5,
        "main": step(number(facts, "main_share@2025"), (70, 20), (60, 15), (55, 10), (50, 5)),
    }


def points_kjx(facts: Facts) -> dict[str, int]:
    share = number(facts, "sci_tech_staff@2025") / number(facts, "staff@2025")
    sales = step(number(facts, "rd_ratio@2025"), (6, 50), (5, 40), (4, 30), (3, 20), (2, 10))
    cost = step(number(facts, "rd_cost_ratio@2025"), (30, 50), (25, 40), (20, 30), (15, 20), (10, 10))
    first = number(facts, "class_1_ip") + number(facts, "ip_transferred_in")
    second = number(facts, "class_2_ip") + number(facts, "class_2_ip_recent")
    return {
        "staff": step(share, (30, 20), (25, 16), (20, 12), (15, 8), (10, 4)),
        "rd": max(sales, cost),
        "results": 30 if first >= 1 else 6 * min(int(second), 4),
    }


def announced(facts: Facts) -> bool:
    p = points_cxx(facts)
    enough = (
        p["ip"] + p["rd"] >= 20
        and p["main_growth"] + p["debt"] >= 15
        and p["field"] + p["main"] >= 15
        and sum(p.values()) >= 60
    )
    equity = number(facts, "new_equity_l2y@2025") + number(facts, "new_equity@2023")
    return (
        enough
        or bool(facts["high_tech_valid"].flag or facts["tech_demo"].flag)
        or max(level(facts, "award_level_l3y"), level(facts, "rd_institution")) >= 2
        or equity >= 5_000_000
    )


def entered(facts: Facts) -> bool:
    p = points_kjx(facts)
    return (
        (p["staff"] > 0 and sum(p.values()) >= 60)
        or bool(facts["high_tech_valid"].flag or facts["led_standard_l5y"].flag)
        or level(facts, "rd_institution") >= 2
        or (level(facts, "award_level_l5y") == 3 and number(facts, "award_rank_l5y") <= 3)
    )


def judged(standard: Standard, facts: Facts) -> dict[str, Judged]:
    table = build(facts, DICTIONARY, assume=standard.assume, round_year=2026)
    return judge_all(standard, table, track="first", round_year=2026)


def score_ranges(one: Judged) -> dict[str, Range]:
    items = [item for test in one.test.tests() for item in test.children]
    return {item.node.id: item.points for item in items if isinstance(item.node, ScoreItem)}


@given(company=companies())
@settings(max_examples=80, deadline=None)
def test_innovative_is_decided_as_by_hand(company: Facts) -> None:
    found = judged(CXX, company)
    assert found["announcement"].value == (YES if announced(company) else NO)
    assert {i: r.lo for i, r in score_ranges(found["announcement"]).items()} == points_cxx(company)
    clean = not any(company[f].flag for f in ("listed_now", "prohibited_product", "local_violations_l3y"))
    local = clean and company["place_registered_sh"].flag and company["legal_person"].flag
    assert found["shanghai__art_3"].value == (YES if local else NO)
    barred = (
        company["title_cancelled"].flag
        and number(company, "title_cancelled_years_ago") < 3
        and company["cancelled_for"].choice != "other"
    )
    assert found["shanghai__art_16"].value == (NO if barred else YES)


@given(company=companies())
@settings(max_examples=80, deadline=None)
def test_technology_is_decided_as_by_hand(company: Facts) -> None:
    found = judged(KJX, company)
    assert found["evaluation"].value == (YES if entered(company) else NO)
    assert {i: r.lo for i, r in score_ranges(found["evaluation"]).items()} == points_kjx(company)
    small = number(company, "staff@2025") <= 500 and all(
        number(company, key) <= 200_000_000 for key in ("revenue@2025", "total_assets@2025")
    )
    assert found["limits"].value == (YES if small else NO)


@BOTH
@given(company=companies(), data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_gap_widens_the_points_and_never_turns_a_decision(
    standard: Standard, company: Facts, data: st.DataObject
) -> None:
    dropped = data.draw(st.lists(st.sampled_from(sorted(set(company) - {"cancelled_for"})), unique=True))
    full = judged(standard, company)
    partly = judged(standard, {key: value for key, value in company.items() if key not in dropped})
    for i, one in full.items():
        if not any(leaf.known and leaf.known.assumed for leaf in partly[i].leaves):
            assert partly[i].value in (UNKNOWN, one.value), i
        for item, points in score_ranges(one).items():
            wider = score_ranges(partly[i])[item]
            assert wider.lo is not None and wider.hi is not None and points.lo is not None  # noqa: PT018
            assert wider.lo <= points.lo <= wider.hi, (i, item)


# -- which standard, and where -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("started", [date(2026, 3, 1), date(2026, 4, 1), date(2026, 11, 21)])
def test_a_the_lower_titles_keep_their_old_standards(started: date) -> None:
    assert "63号" in run("创新型", cxx(), track="first", started=started).standard.replace("〔2022〕63号", "63号")
    assert "115号" in run("科技型", kjx(), track="first", started=started).standard
    verdict = run("创新型", cxx(), track="review", started=started)
    assert (verdict.outcome, verdict.beside) == ("eligible", [])


def test_a_before_the_first_standard_there_is_none() -> None:
    with pytest.raises(StandardNotFound, match="2022年5月31日"):
        run("创新型", cxx(), started=date(2022, 5, 31))
    assert run("创新型", cxx(), started=date(2022, 6, 1), round_year=2026).standard == CXX.name
    with pytest.raises(StandardNotFound, match="2017年5月2日"):
        run("科技型", kjx(), started=date(2017, 5, 2))


@pytest.mark.parametrize("name", ["cxx", "innovative", "创新型", "创新型中小企业", "创新型企业"])
def test_innovative_goes_by_several_names(name: str) -> None:
    assert run(name, cxx()).title == "创新型"


@pytest.mark.parametrize("name", ["kjx", "tech", "科技型", "科技型中小企业", "科小"])
def test_technology_goes_by_several_names(name: str) -> None:
    assert run(name, kjx()).title == "科技型"


LOCAL = ["shanghai__art_3", "shanghai__art_16", "shanghai__art_14", "shanghai__art_15"]


@pytest.mark.parametrize("place", [None, "上海市", "上海市青浦区"])
def test_shanghai_conditions_hold_in_shanghai(place: str | None) -> None:
    verdict = run("创新型", cxx(local_violations_l3y=True), track="first", place=place)
    assert set(LOCAL) < set(outcomes(verdict))
    assert (verdict.outcome, outcomes(verdict)["shanghai__art_3"]) == ("not_eligible", "not_met")


@pytest.mark.parametrize("place", ["江苏省", "国家", "深圳市"])
def test_shanghai_conditions_do_not_hold_elsewhere(place: str) -> None:
    verdict = run("创新型", cxx(local_violations_l3y=True), track="first", place=place)
    assert set(outcomes(verdict)) == {"sme", "announcement"}
    assert verdict.outcome == "eligible"
    assert any("地方条件" in note and "上海市" in note for note in verdict.notes)
    assert not any("按在上海登记注册处理" in note for note in verdict.notes)


# -- citations and notes -----------------------------------------------------------------------------------------------


def test_no_citation_leads_nowhere() -> None:
    clauses = load_corpus().clauses
    for standard in load_standards():
        for criterion in standard.criteria:
            document = criterion.document or standard.document
            if document in documents_with_text():
                assert f"{document}#{criterion.eid}" in clauses, (standard.id, criterion.id)
    rows = {c.id: c for c in run("创新型", cxx()).criteria}
    assert rows["shanghai__art_3"].citation == "cn-sh/jxw/2022/8#art_3"
    assert rows["announcement"].citation == ""
    assert "63号" in rows["announcement"].clause
    assert {c.citation for c in run("科技型", kjx()).criteria} == {""}


def test_d_a_new_name_alone_is_a_major_change_in_shanghai() -> None:
    verdict = run("创新型", cxx(name_changed=True, change_unreported=True), track="review")
    assert outcomes(verdict)["shanghai__art_15"] == "not_met"
    assert "光是改名也算重大变化" in row(verdict, "shanghai__art_15").note
    assert "光是改名" not in row(run("创新型", cxx(), track="review"), "shanghai__art_15").note


def test_f_repair_shortens_the_ban_upstairs_and_not_here() -> None:
    cancelled = {"title_cancelled_years_ago": "2年", "cancelled_for": "dishonesty", "credit_repaired": True}
    here = run("创新型", cxx(**cancelled, listed_now=False), track="first")
    assert outcomes(here)["shanghai__art_16"] == "not_met"
    assert "国家办法" in row(here, "shanghai__art_16").note
    upstairs = run("专精特新", {**passing("zjtx-2026"), **cancelled}, track="first")
    assert outcomes(upstairs)["art_20"] == "met"


def test_f_a_larger_accident_counts_upstairs_and_only_the_largest_here() -> None:
    facts = cxx(safety_accident_l3y=True, major_safety_accident_l3y=False, quality_problem_l3y=False)
    facts |= {"data_incident_l3y": False, "major_pollution_accident_l3y": False, "tax_evasion_l3y": False}
    facts.pop("local_violations_l3y")
    here = run("创新型", facts, track="first")
    assert outcomes(here)["shanghai__art_3"] == "met"
    assert "较大" in row(here, "shanghai__art_3").note
    upstairs = passing("zjtx-2026")
    upstairs.pop("incidents_l3y")
    assert outcomes(run("专精特新", {**upstairs, "safety_accident_l3y": True}, track="first"))["art_11"] == "not_met"


def test_h_one_bought_patent_in_three_standards() -> None:
    bought = {"class_1_ip_total": 1, "ip_transferred_in": 1}
    for title, sample in (("创新型", cxx()), ("科技型", kjx(class_2_ip_total=0)), ("专精特新", passing("zjtx-2026"))):
        facts = {k: v for k, v in sample.items() if k not in ("class_1_ip", "class_1_ip_total")} | bought
        verdict = run(title, {**facts, "ip_transferred_recent": 0}, track="first")
        assert verdict.outcome == ("not_eligible" if title == "专精特新" else "eligible"), title
    assert "满一年可以算" in row(run("创新型", {**cxx(), **bought}, track="first"), "announcement").note


def test_growth_of_all_sales_is_no_growth_of_main_business() -> None:
    facts = cxx(revenue_growth={2025: "12%"})
    facts.pop("main_revenue_growth")
    verdict = run("创新型", facts, track="first")
    assert asked(verdict) == ["main_revenue_growth@2025"]
    assert "不能直接代替" in row(verdict, "announcement").note


# -- questions and gaps ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("title", ["创新型", "科技型"])
def test_the_certificate_is_asked_first_and_ends_the_score(title: str) -> None:
    assert asked(run(title, {}, track="first"))[0] == "high_tech_valid"
    later = asked(run(title, {"high_tech_valid": True}, track="first"))
    assert not {"rd_ratio@2025", "main_revenue_growth@2025", "rd_institution", "class_1_ip_total"} & set(later)
    without = asked(run(title, {"high_tech_valid": False}, track="first"))
    assert "rd_institution" in without
    assert without.index("rd_institution") > without.index("listed_now")


def test_what_cannot_matter_is_not_asked() -> None:
    facts = cxx()
    for fact in ("strategic_industry", "class_1_ip_high_value", "new_equity_l3y", "rd_institution"):
        facts.pop(fact)
    assert run("创新型", facts, track="first").missing == []
    bound_to_fail = {"rd_ratio": {2025: "1%"}, "class_1_ip": 0, "class_1_ip_transferred_1y": 0}
    only_routes = asked(run("创新型", {**bound_to_fail, "is_sme": True}, track="first"))
    assert not {"main_revenue_growth@2025", "debt_ratio@2025", "class_2_ip"} & set(only_routes)
    assert {"high_tech_valid", "new_equity_l3y@2025"} <= set(only_routes)


def test_the_gap_names_the_cheap_way_in() -> None:
    verdict = run("创新型", cxx(class_1_ip=0, class_1_ip_transferred_1y=0), track="first")
    assert verdict.outcome == "not_eligible"
    gap = next(g for g in verdict.gaps if g.criterion == "announcement")
    assert "有效期内的高新技术企业" in gap.action
    assert "“指标1 知识产权”提高到5分" in gap.action
    assert "2024—2026年新增股权投资（机构实缴）达到500万元" in gap.action
    short = row(verdict, "announcement")
    assert "创新能力得分15分，差5分" in short.margin


@pytest.mark.parametrize(
    ("title", "fact", "words"),
    [
        ("创新型", "local_violations_l3y", "要等满三年"),
        ("创新型", "update_missed", "按首次重新申报"),
        ("创新型", "change_unreported", "按首次重新申报"),
        ("科技型", "violations_2y", "上一年和当年"),
    ],
)
def test_the_past_cannot_be_undone(title: str, fact: str, words: str) -> None:
    facts = (cxx() if title == "创新型" else kjx()) | {fact: True}
    verdict = run(title, facts, track="review")
    assert verdict.outcome == "not_eligible"
    assert [words in gap.action for gap in verdict.gaps] == [True]


def test_bad_figures_of_the_new_facts_are_refused() -> None:
    verdict = run("科技型", kjx(sci_tech_staff={2025: "90人"}), track="first")
    assert any("比职工总数" in sentence for sentence in verdict.conflicts)
    clash = run("科技型", kjx(sci_tech_staff_share={2025: "50%"}), track="first")
    assert clash.outcome == "needs_info"
    assert any("对不上" in sentence for sentence in clash.conflicts)


# -- in conversation ---------------------------------------------------------------------------------------------------


def test_a_conversation_asks_the_decisive_thing_and_ends_in_a_verdict(assistant: Assistant) -> None:
    first = assistant.ask("我们公司想评创新型，研发占比4%，营收增长12%，负债率50%，主营占比90%，有1个发明专利，够不够")
    assert (first.reason, first.verdict is not None) == ("needs_facts", True)
    assert "高新技术企业证书" in first.answer
    assert "指标2 研发费用占比15分（满分20分）" in first.answer
    assert {c.document for c in first.citations} == {"cn-sh/jxw/2022/8"}
    gate = "是中小企业，没有被列入经营异常名录和失信名单，产品不属于限制淘汰类"
    later = assistant.ask(gate, thread=first.thread)
    assert later.verdict is not None
    assert outcomes(later.verdict)["sme"] == "met"
    growth = assistant.ask("2025年主营业务收入1100万，2024年1000万", thread=first.thread)
    assert growth.verdict is not None
    assert outcomes(growth.verdict)["announcement"] == "met"


def test_a_company_elsewhere_is_not_asked_for_a_shanghai_licence(assistant: Assistant) -> None:
    answer = assistant.ask("我们有高企证书，想评创新型中小企业，能评上吗", place="江苏省")
    assert answer.verdict is not None
    assert set(outcomes(answer.verdict)) == {"sme", "announcement"}
    assert "江苏省自己的条件没有收录" in answer.answer


def test_technology_is_checked_in_conversation(assistant: Assistant) -> None:
    answer = assistant.ask("想评科技型中小企业，去年研发占比6%，发明专利1项，科技人员占职工30%")
    assert answer.verdict is not None
    assert answer.verdict.title == "科技型"
    assert "科技型中小企业" in answer.answer
