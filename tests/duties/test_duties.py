"""Clause by clause: which duty follows from which title, date and event, and what stays open."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from duties_made import HELD, INNOVATIVE, TODAY, XJR, ZJTX, listed, of_rule, one, rules

from assistant.errors import BadInput

NATIONAL, LOCAL = "cn/miit/2026/2#art_17", "cn-sh/jxw/2022/8#art_14"


def test_b_both_dates_are_shown_for_a_national_title_held_in_shanghai() -> None:
    for title, local in ((ZJTX, "update-shanghai-zjtx"), (XJR, "update-shanghai-xjr")):
        found = listed(title)
        april = [duty.date for duty in of_rule(found, local)]
        may = [duty.date for duty in of_rule(found, "update-national")]
        assert date(2027, 4, 30) in april
        assert date(2027, 5, 31) in may
        overlap = of_rule(found, local)[-1]
        assert any("向区里确认" in text and "5月31日" in text for text in overlap.confirm)
        assert {NATIONAL, LOCAL} <= set(overlap.refs)


def test_b_innovative_has_the_local_date_alone() -> None:
    found = listed(INNOVATIVE)
    assert rules(found) == {"update-innovative", "review-innovative"}
    updates = of_rule(found, "update-innovative")
    assert [duty.date for duty in updates] == [date(2026, 4, 30), date(2027, 4, 30), date(2028, 4, 30)]
    assert all("取消复核资格" in duty.missed and not duty.confirm for duty in updates)


def test_b_elsewhere_only_the_national_date() -> None:
    found = listed(ZJTX, INNOVATIVE, place="江苏省")
    assert {duty.date for duty in of_rule(found, "update-national")} == {date(2026, 5, 31), date(2027, 5, 31)}
    assert not [duty for duty in found.duties if duty.title == "创新型" or duty.rule.startswith("update-shanghai")]
    assert any("没有收录江苏省对创新型的规定" in note for note in found.notes)


def test_the_status_of_an_update() -> None:
    found = listed(ZJTX, events=[{"kind": "已更新", "date": "2026-05-10"}])
    national, local = of_rule(found, "update-national")[0], of_rule(found, "update-shanghai-zjtx")[0]
    assert (national.date, national.status) == (date(2026, 5, 31), "done")
    assert (local.date, local.status) == (date(2026, 4, 30), "overdue")
    assert "2026年5月10日才更新" in local.notes[0]
    assert of_rule(listed(ZJTX), "update-national")[0].status == "unconfirmed"
    assert of_rule(listed(ZJTX, as_of=date(2026, 5, 1)), "update-national")[0].status == "due_soon"
    assert of_rule(listed(ZJTX, as_of=date(2026, 4, 30)), "update-national")[0].status == "upcoming"


def test_the_year_of_the_grant_is_asked_about() -> None:
    found = listed({"title": "专精特新", "granted": "2026-05-01"})
    first = of_rule(found, "update-national")[0]
    assert first.date == date(2026, 5, 31)
    assert any("当年要不要更新" in note for note in first.notes)


@pytest.mark.parametrize(
    ("missed", "what", "confirmed"),
    [
        (["2027-05-31"], "再漏一次就累计两次", False),
        (["2027-05-31", "2028-05-31"], "累计两次没有更新", False),
        (["2026-05-31"], "再漏一次就累计两次", False),
        (["2025-05-31"], "后果要向主管部门确认", True),
        (["2025-05-31", "2026-05-31"], "再漏一次就累计两次", True),
    ],
)
def test_misses_within_one_validity(missed: list[str], what: str, confirmed: bool) -> None:
    title = {"title": "专精特新", "granted": "2025-01-10" if "2028-05-31" not in missed else "2026-04-10"}
    events = [{"kind": "missed_update", "date": day} for day in missed]
    found = listed(title, events=events, as_of=date(2028, 7, 1) if "2028-05-31" in missed else date(2027, 7, 1))
    (duty,) = [d for d in of_rule(found, "update-national") if "missed" in d.id]
    assert what in duty.what
    assert any("算不算进累计次数" in text for text in duty.confirm) is confirmed


def test_misses_of_an_earlier_validity_do_not_count() -> None:
    reviewed = {"title": "专精特新", "granted": "2023-06-20", "expires": "2029-06-19"}
    found = listed(reviewed, events=[{"kind": "missed_update", "date": "2026-05-31"}], as_of=date(2026, 11, 21))
    assert not [d for d in found.duties if "missed" in d.id]


def test_one_miss_costs_innovative_the_review() -> None:
    found = listed(INNOVATIVE, events=[{"kind": "漏更新", "date": "2026-04-30"}])
    (duty,) = [d for d in found.duties if "missed" in d.id]
    assert "取消复核资格" in duty.what
    assert duty.status == "open"


def test_review_before_expiry_and_the_second_quarter() -> None:
    zjtx, xjr = one(listed(ZJTX), "review-zjtx"), one(listed(XJR), "review-xjr")
    assert (zjtx.date, zjtx.from_date) == (date(2027, 6, 14), None)
    assert (xjr.date, xjr.from_date) == (date(2028, 6, 30), date(2028, 4, 1))
    assert "第二季度" in xjr.confirm[0]
    assert "有效期3年" in zjtx.basis
    assert "条文没有写" in zjtx.basis
    early = one(listed({"title": "小巨人", "granted": "2024-04-20"}), "review-xjr")
    assert (early.date, early.from_date) == (date(2027, 4, 19), date(2026, 4, 1))
    assert "已经过去" in early.basis


def test_only_the_highest_title_is_reviewed() -> None:
    found = listed(XJR, ZJTX, INNOVATIVE)
    assert one(found, "review-zjtx").status == "covered"
    assert any("只按最高" in text for text in one(found, "review-zjtx").confirm)
    innovative = one(found, "review-innovative")
    assert innovative.status == "upcoming"
    assert any("条文没有写" in text and "过期" in text for text in innovative.confirm)
    lost = {"title": "小巨人", "granted": "2022-07-01"}
    assert one(listed(lost, ZJTX), "review-zjtx").status == "upcoming"


def test_c_titles_of_before_april_2026_lapse_by_themselves() -> None:
    assert one(listed(ZJTX), "lapse-before-2026").date == date(2027, 6, 14)
    assert not of_rule(listed({"title": "专精特新", "granted": "2026-04-01"}), "lapse-before-2026")
    assert of_rule(listed({"title": "专精特新", "expires": "2029-03-30"}), "lapse-before-2026")
    assert not of_rule(listed({"title": "专精特新", "expires": "2029-03-31"}), "lapse-before-2026")
    over = listed({"title": "专精特新", "granted": "2023-03-01"})
    assert [(d.rule, d.status) for d in over.duties] == [("lapse-before-2026", "past")]
    assert over.titles[0].state == "expired"
    assert "是不是复核延长过" in over.questions[0].question


def test_k_an_old_standard_announced_later_is_asked_about() -> None:
    old = {"title": "专精特新", "granted": "2026-04-20", "standard": "2022年标准"}
    assert any("旧标准" in note for note in listed(old).titles[0].notes)
    assert not listed({**old, "standard": "2026"}).titles[0].notes


CHANGES: list[tuple[str, str, dict[str, Any], str, str, str]] = [
    ("专精特新", "合并", {}, "report-change-national", "art_18", ""),
    ("小巨人", "重组", {}, "report-change-national", "art_18", ""),
    ("专精特新", "分立", {}, "report-condition-change-national", "art_18", "拿不准就先报"),
    ("专精特新", "主导产品变化", {}, "report-condition-change-national", "annex_3__item_12", "拿不准就先报"),
    ("小巨人", "更名", {}, "rename-simple-national", "art_19", "简单更名"),
    ("专精特新", "更名", {"also": ["合并"]}, "rename-major-national", "art_18", ""),
    ("专精特新", "更名", {"also": ["主导产品变化"]}, "rename-major-national", "annex_3__item_12", ""),
    ("专精特新", "更名", {"also": ["经营异常"]}, "rename-major-national", "annex_3__item_12", ""),
    ("专精特新", "迁移", {"to": "江苏省苏州市"}, "move-national", "art_19", ""),
    ("专精特新", "迁移", {"from": "青浦", "to": "浦东"}, "move-unsettled-national", "art_19", "没有解释"),
    ("专精特新", "迁移", {}, "move-unsettled-national", "art_19", "没有解释"),
    ("专精特新", "境外分支", {}, "overseas-national", "art_18", "没有点名"),
    ("创新型", "更名", {}, "report-change-innovative", "art_15", ""),
    ("创新型", "更名", {"also": ["合并"]}, "report-change-innovative", "art_15", ""),
    ("创新型", "境外分支", {}, "report-change-innovative", "art_15", ""),
    ("创新型", "合并", {}, "report-change-innovative", "art_15", ""),
    ("创新型", "迁移", {"to": "合肥"}, "move-innovative", "art_15", "由谁接着管"),
    ("创新型", "迁移", {"from": "青浦", "to": "浦东"}, "move-unsettled-innovative", "art_15", "没有点名"),
    ("创新型", "主导产品变化", {}, "report-other-change-innovative", "art_15", "没有点名"),
]


@pytest.mark.parametrize(("title", "kind", "more", "rule", "clause", "open_"), CHANGES)
def test_d_e_reports_by_kind_of_change(
    title: str, kind: str, more: dict[str, Any], rule: str, clause: str, open_: str
) -> None:
    found = listed(HELD[title], events=[{"kind": kind, "date": "2026-10-08", **more}])
    (duty,) = [d for d in found.duties if d.kind == "report"]
    assert (duty.rule, duty.date, duty.status) == (rule, date(2027, 1, 8), "upcoming")
    assert any(ref.endswith(f"#{clause}") for ref in duty.refs)
    assert open_ in "".join(duty.confirm)
    assert bool(duty.confirm) == bool(open_)


def test_d_a_change_on_the_same_day_spoils_a_simple_renaming() -> None:
    together = listed(
        ZJTX, events=[{"kind": "更名", "date": "2026-10-08"}, {"kind": "重组", "date": "2026-10-08"}]
    )  # fmt: skip
    assert {"rename-major-national", "report-change-national"} <= rules(together)
    apart = listed(ZJTX, events=[{"kind": "更名", "date": "2026-10-08"}, {"kind": "重组", "date": "2026-10-20"}])
    assert "rename-simple-national" in rules(apart)


def test_e_a_move_away_also_contacts_the_destination() -> None:
    duty = one(listed(ZJTX, events=[{"kind": "move", "date": "2026-10-08", "to": "江苏"}]), "move-national")
    assert "迁入地" in duty.what
    assert "迁入地" in duty.whom
    asked = listed(ZJTX, events=[{"kind": "move", "date": "2026-10-08"}])
    assert any("从哪里迁到哪里" in question.question for question in asked.questions)


def test_a_change_before_the_national_measure_goes_by_the_local_rule() -> None:
    event = {"kind": "更名", "date": "2026-03-20"}
    duty = one(listed(ZJTX, events=[event]), "report-before-2026-zjtx")
    assert (duty.date, duty.status) == (date(2026, 6, 20), "overdue")
    assert "没有收录" in duty.confirm[0]
    away = listed(XJR, events=[{"kind": "迁移", "date": "2026-03-20", "to": "合肥"}])
    assert one(away, "move-before-2026-zjtx").date == date(2026, 6, 20)
    elsewhere = listed(ZJTX, events=[event], place="江苏省")
    assert not [d for d in elsewhere.duties if d.kind == "report"]
    assert any("更名" in note and "主管部门核对" in note for note in elsewhere.notes)


def test_reported_late_or_not_at_all() -> None:
    event = {"kind": "合并", "date": "2026-06-10"}
    missed = one(listed(ZJTX, events=[event]), "report-change-national")
    assert missed.status == "overdue"
    assert "补办" in missed.notes[0]
    done = one(listed(ZJTX, events=[{**event, "reported": "2026-09-01"}]), "report-change-national")
    assert (done.status, "晚于" in done.notes[0]) == ("done", False)
    late = one(listed(ZJTX, events=[{**event, "reported": "2026-09-11"}]), "report-change-national")
    assert (late.status, "晚于" in late.notes[0]) == ("done", True)


def test_a_report_is_due_before_the_title_ends() -> None:
    ending = {"title": "专精特新", "expires": "2026-12-31"}
    duty = one(listed(ending, events=[{"kind": "合并", "date": "2026-11-01"}]), "report-change-national")
    assert duty.date == date(2026, 12, 31)
    assert any("到期前办" in note for note in duty.notes)


def test_a_duty_beyond_the_local_rules_own_end_is_marked() -> None:
    last = of_rule(listed(INNOVATIVE), "update-innovative")
    assert not last[1].notes
    assert "2027年11月10日" in last[2].notes[0]


@pytest.mark.parametrize(
    ("title", "event", "rule"),
    [
        ("专精特新", {"kind": "事故", "grade": "较大"}, "risk-accident-national"),
        ("专精特新", {"kind": "事故", "grade": "一般"}, None),
        ("创新型", {"kind": "事故", "grade": "较大"}, "risk-larger-accident-innovative"),
        ("创新型", {"kind": "事故", "grade": "重大"}, "risk-accident-innovative"),
        ("创新型", {"kind": "事故"}, "risk-accident-innovative"),
        ("小巨人", {"kind": "失信"}, "risk-national"),
        ("小巨人", {"kind": "造假"}, "risk-national"),
        ("创新型", {"kind": "偷漏税"}, "risk-innovative"),
        ("专精特新", {"kind": "偷漏税"}, None),
        ("专精特新", {"kind": "经营异常"}, None),
    ],
)
def test_f_events_for_which_a_title_is_taken_away(title: str, event: dict[str, str], rule: str | None) -> None:
    found = listed(HELD[title], events=[{"date": "2026-09-01", **event}])
    risks = [d for d in found.duties if d.kind == "risk"]
    assert [d.rule for d in risks] == ([rule] if rule else [])
    assert all(d.status == "open" for d in risks)


def cancelled(
    cause: str | None, *repairs: str, title: str = "专精特新", day: str = "2026-05-06"
) -> list[dict[str, Any]]:
    """A cancellation, and what was put right a month before these tests."""
    return [
        {"kind": "取消认定", "date": day, "title": title, **({"cause": cause} if cause else {})},
        *({"kind": kind, "date": "2026-10-20", "title": title} for kind in repairs),
    ]


@pytest.mark.parametrize(
    ("cause", "repairs", "status", "said"),
    [
        ("失信", (), "running", ""),
        ("失信", ("信用修复",), "running", "还差：移出严重失信主体名单"),
        ("失信", ("移出名单",), "running", "还差：完成信用修复"),
        ("失信", ("信用修复", "移出名单"), "lifted", "3年内可以再次申报"),
        ("事故", ("整改",), "running", "还差：整改获行业主管部门认可"),
        ("事故", ("整改", "整改认可"), "lifted", "3年内可以再次申报"),
        ("事故", ("信用修复", "移出名单"), "running", "对不对得上"),
        ("造假", (), "running", ""),
        ("造假", ("整改", "整改认可"), "open", "由认定部门的人来判断"),
        ("造假", ("信用修复", "移出名单"), "open", "由认定部门的人来判断"),
        (None, (), "needs_info", "因为什么被取消"),
    ],
)
def test_f_the_national_bar_and_its_two_ways_out(
    cause: str | None, repairs: tuple[str, ...], status: str, said: str
) -> None:
    found = listed(ZJTX, events=cancelled(cause, *repairs))
    duty = one(found, "ban-national")
    assert (duty.date, duty.status) == (date(2029, 5, 6), status)
    assert said in "".join([*duty.notes, *duty.confirm])
    assert [d.kind for d in found.duties] == ["ban"]
    assert found.titles[0].state == "cancelled"


@pytest.mark.parametrize("repairs", [(), ("信用修复", "移出名单"), ("整改", "整改认可")])
def test_f_the_local_bar_has_no_way_out(repairs: tuple[str, ...]) -> None:
    duty = one(listed(INNOVATIVE, events=cancelled("失信", *repairs, title="创新型")), "ban-innovative")
    assert duty.status == "running"
    assert "至少" in duty.what
    assert "没有写任何例外" in duty.missed
    assert any("2029年5月7日" in text and "至少" in text for text in duty.confirm)


@pytest.mark.parametrize(("cause", "title"), [("漏更新", "专精特新"), ("偷漏税", "专精特新"), ("漏更新", "创新型")])
def test_f_other_causes_bring_no_written_bar(cause: str, title: str) -> None:
    found = listed(HELD[title], events=cancelled(cause, title=title))
    assert found.duties == []
    if cause == "漏更新":
        assert any("没有给它写三年禁报期" in note for note in found.notes)


def test_f_a_bar_that_is_over() -> None:
    found = listed(events=cancelled("失信", day="2026-05-06"), as_of=date(2029, 5, 7))
    assert one(found, "ban-national").status == "past"
    assert one(listed(events=cancelled("失信"), as_of=date(2029, 5, 6)), "ban-national").status == "running"


def test_a_repair_before_the_cancellation_is_none() -> None:
    events = [*cancelled("失信", "移出名单"), {"kind": "信用修复", "date": "2026-01-01", "title": "专精特新"}]
    assert one(listed(ZJTX, events=events), "ban-national").status == "running"


def test_g_an_abnormal_listing_is_no_reason_for_cancellation() -> None:
    found = listed(ZJTX, events=[{"kind": "经营异常", "date": "2026-09-01"}])
    assert not [d for d in found.duties if d.kind in ("risk", "ban")]


def test_the_number_of_a_technology_firm_is_general_knowledge() -> None:
    duty = one(listed({"title": "科技型", "granted": "2026-05-20"}), "renew-tech")
    assert (duty.date, duty.verify, duty.refs) == (date(2027, 3, 31), True, [])
    assert "正文没有收录" in duty.clauses[0]
    assert all(not d.verify for d in listed(ZJTX, INNOVATIVE).duties)


def test_without_dates_only_the_next_update_and_a_question() -> None:
    found = listed({"title": "专精特新"})
    assert [d.date for d in of_rule(found, "update-national")] == [date(2026, 5, 31), date(2027, 5, 31)]
    assert one(found, "review-zjtx").status == "needs_info"
    assert found.duties[-1].date is None
    assert "哪年哪月认定" in found.questions[0].question


def test_no_titles_at_all_is_a_question() -> None:
    found = listed()
    assert found.duties == []
    assert "哪个称号" in found.questions[0].question


def test_a_month_stands_for_its_first_day_and_says_so() -> None:
    found = listed({"title": "创新型", "granted": "2025年9月"})
    assert found.titles[0].end == date(2028, 8, 31)
    assert "按当月1日算" in found.titles[0].basis


def test_a_day_out_of_reach_is_refused() -> None:
    with pytest.raises(BadInput, match="9999"):
        listed(ZJTX, as_of=date(9999, 1, 1))
    assert listed(ZJTX, as_of=TODAY).as_of == TODAY
