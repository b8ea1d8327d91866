"""How invented notices fall into containers, levels and lists; ids are unique and stable."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexing.clauses import OriginalClause, clauses_of
from indexing.numbers import ordinal
from indexing.pages import lines_of
from indexing.paragraphs import paragraphs_of

NOTICE = """青石镇关于印发《灯塔扶持办法》的通知
各村：
一、请照办。
二、有事报镇里。
青石镇灯塔局
2024年3月1日
（此件公开发布）
灯塔扶持办法
第一章 总则
第一条 为了点灯，定这个办法。
第二条 灯塔分两类。
大灯塔归镇里管。
小灯塔归村里管。
第二章 奖励
第三条 奖励如下：
（一）大灯塔10万元；
1.第一年给6万元；
2.第二年给4万元。
（二）小灯塔5万元。
第四条 本办法自2024年4月1日起施行。
"""


def clauses(text: str) -> dict[str, OriginalClause]:
    found = clauses_of(paragraphs_of(lines_of(text)))
    assert len({c.eid for c in found}) == len(found)
    return {c.eid: c for c in found}


def test_the_document_that_a_notice_with_sections_issues_has_a_container() -> None:
    found = clauses(NOTICE)
    assert list(found) == [
        "intro", "sec_1", "sec_2", "signature", "att_2", "att_2__art_1", "att_2__art_2", "att_2__art_2__para_1",
        "att_2__art_2__para_2", "att_2__art_2__para_3", "att_2__art_3", "att_2__art_3__item_1",
        "att_2__art_3__item_1__point_1", "att_2__art_3__item_1__point_2", "att_2__art_3__item_2", "att_2__art_4",
    ]  # fmt: skip
    assert found["att_2"].text == "灯塔扶持办法"
    assert found["att_2__art_1"].path == ["灯塔扶持办法", "第一章总则"]
    assert found["att_2__art_1"].label == "第一条"
    assert found["signature"].text.splitlines() == ["青石镇灯塔局", "2024年3月1日", "（此件公开发布）"]


def test_the_document_that_a_bare_notice_issues_keeps_plain_ids() -> None:
    found = clauses(NOTICE.replace("一、请照办。\n二、有事报镇里。\n", "请照办。\n"))
    assert "art_3__item_1__point_2" in found
    assert not any(eid.startswith("att_") for eid in found)


def test_paragraphs_of_an_article() -> None:
    found = clauses(NOTICE)
    assert found["att_2__art_2__para_3"].label == "第二条第三款"
    assert found["att_2__art_2__para_3"].text == "小灯塔归村里管。"
    assert found["att_2__art_2__para_3"].parent == "att_2__art_2"
    assert found["att_2__art_2"].text == "灯塔分两类。\n大灯塔归镇里管。\n小灯塔归村里管。"


def test_words_that_lead_in_are_no_paragraph_of_their_own() -> None:
    found = clauses("第一条 灯塔局的事：\n管好灯塔。\n第二条 完。\n第三条 完。")
    assert list(found) == ["art_1", "art_2", "art_3"]


def test_a_guideline_inside_a_notice_that_numbers_anew() -> None:
    text = "各镇：\n一、把好关。\n二、按时报。\n2024年灯塔项目申报指南\n一、条件\n（一）有灯。\n二、材料\n1.照片。"
    found = clauses(text)
    assert list(found) == [
        "intro", "sec_1", "sec_2", "att_2", "att_2__sec_1", "att_2__sec_1__item_1", "att_2__sec_2",
        "att_2__sec_2__point_1",
    ]  # fmt: skip
    assert found["att_2__sec_1__item_1"].path == ["2024年灯塔项目申报指南", "一、条件"]


def test_a_second_list_of_one_clause() -> None:
    text = "一、条件\n1.有灯。\n2.有油。\n有下列情形之一的，不得申报：\n1.灯灭过；\n2.油洒过。\n二、完。"
    found = clauses(text)
    assert [e for e in found if "point" in e] == [
        "sec_1__point_1", "sec_1__point_2", "sec_1__list_2__point_1", "sec_1__list_2__point_2",
    ]  # fmt: skip
    assert found["sec_1__list_2__point_2"].parent == "sec_1"
    assert "不得申报" in found["sec_1__point_2"].text


@pytest.mark.parametrize(
    ("rows", "ids"),
    [
        (["1.甲", "（1）乙", "（2）丙", "2.丁"], ["point_1", "point_1__sub_1", "point_1__sub_2", "point_2"]),
        (["（1）甲", "1.乙", "2.丙", "（2）丁"], ["sub_1", "sub_1__point_1", "sub_1__point_2", "sub_2"]),
        (["1.甲", "①乙", "②丙", "2.丁"], ["point_1", "point_1__mark_1", "point_1__mark_2", "point_2"]),
        (["1.2024年起算。", "2.2025年停。"], ["point_1", "point_2"]),
        (["1.甲。", "2办法如下。", "3.丙。"], ["point_1", "point_2", "point_3"]),
        (["2年内不灭灯。", "3.5%以上。"], []),
    ],
)
def test_levels(rows: list[str], ids: list[str]) -> None:
    found = clauses("一、点灯\n" + "\n".join(rows))
    assert list(found)[1:] == [f"sec_1__{eid}" for eid in ids]


def test_a_clause_holds_the_text_of_what_stands_below_it() -> None:
    found = clauses("一、点灯\n（一）怎么点\n1.先上油。\n（1）要用新油。\n2.后点火。")
    assert found["sec_1__item_1"].text == "怎么点\n1.先上油。\n(1)要用新油。\n2.后点火。"
    assert found["sec_1__item_1__point_1"].text == "先上油。\n(1)要用新油。"


ANNEXED = """灯塔通知
各镇：
一、请按附件办。
附件：
1.灯塔名单
2.《灯塔申报表》（略）
3.修灯指南
青石镇灯塔局
2024年3月1日
\f附件1：灯塔名单
1.青石灯塔
2.白沙灯塔
附件2：灯塔申报表（略）
\f附件3
修灯指南
一、工具
二、步骤
附表1：用料表（略）
\f模板附1
修灯单子
工人
"""


def test_annexes_on_lines_of_their_own_with_titles_and_left_out() -> None:
    found = clauses(ANNEXED)
    assert list(found) == [
        "intro", "sec_1", "annexes", "signature", "annex_1", "annex_1__point_1", "annex_1__point_2", "annex_2",
        "annex_3", "annex_3__sec_1", "annex_3__sec_2", "schedule_1", "annex_3__annex_1",
    ]  # fmt: skip
    assert found["annex_1"].text == "灯塔名单"
    assert found["annex_1__point_2"].label == "附件1第2项"
    assert found["annex_3__sec_2"].label == "附件3二"
    assert found["annex_3__annex_1"].parent == "annex_3"
    assert (found["annex_3__sec_1"].page, found["annex_3__sec_1"].lines) == (3, (16, 16))


def test_an_only_annex_without_a_number() -> None:
    found = clauses("通知\n各镇：\n一、见附件。\n附件：灯塔指南\n\f附件：\n灯塔指南\n一、条件\n二、材料")
    assert list(found) == ["intro", "sec_1", "annexes", "annex_1", "annex_1__sec_1", "annex_1__sec_2"]


def test_an_annex_that_only_its_title_tells() -> None:
    text = "通知\n各镇：\n一、照办。\n附件：\n1.灯塔名单\n2.修灯工作指南\n\f附件1\n灯塔名单\n\f修灯工作指南\n一、工具"
    assert list(clauses(text)) == ["intro", "sec_1", "annexes", "annex_1", "annex_2", "annex_2__sec_1"]


def test_an_annex_of_an_annex_that_uses_a_number_again() -> None:
    found = clauses("通知\n一、照办。\n\f附件1\n甲\n\f附件2\n乙\n\f附件1\n丙\n1.丁")
    assert list(found)[2:] == ["annex_1", "annex_2", "annex_2__annex_1", "annex_2__annex_1__point_1"]


def test_sections_between_articles_are_headings() -> None:
    found = clauses("一、总则\n第一条 甲。\n第二条 乙。\n二、附则\n第三条 丙。")
    assert list(found) == ["art_1", "art_2", "art_3"]
    assert found["art_3"].path == ["二、附则"]


def test_a_signature_is_no_part_of_the_last_clause() -> None:
    found = clauses("一、照办。\n青石镇灯塔局\n青石镇油料局\n2024年3月1日")
    assert found["sec_1"].text == "照办。"
    assert found["signature"].text.endswith("2024年3月1日")


def test_a_date_inside_the_text_is_no_signature() -> None:
    assert "signature" not in clauses("一、照办。\n青石镇灯塔局\n负责点灯。")


@pytest.mark.parametrize(("words", "n"), [("二十", 20), ("③", 3), ("12", 12), ("百百", None)])
def test_ordinals(words: str, n: int | None) -> None:
    assert ordinal(words) == n


ROWS = ["一、甲", "二、乙", "（一）丙", "（二）丁", "1.戊", "2.己", "（1）庚", "①辛", "第一条 壬", "第二条 癸", "附件1",
        "附件：", "\f附件2：子", "第一章 丑", "寅指南", "2024年3月1日", "青石镇灯塔局", "□是", "甲 | 乙"]  # fmt: skip


@given(st.lists(st.sampled_from(ROWS), max_size=40))
def test_ids_are_unique_and_parents_are_there(rows: list[str]) -> None:
    found = clauses("\n".join(rows))
    for clause in found.values():
        assert re.fullmatch(r"[a-z]+(?:_\d+)*(?:~\d+)?(?:__[a-z]+(?:_\d+)*(?:~\d+)?)*", clause.eid)
        assert not clause.parent or clause.parent in found
        assert all(ref in found and ref != clause.eid for ref in clause.refs)
