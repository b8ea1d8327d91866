"""What clauses refer to is found where it is, and what the file lacks is named."""

from __future__ import annotations

import pytest

from indexing.clauses import OriginalClause, clauses_of
from indexing.pages import lines_of
from indexing.paragraphs import paragraphs_of


def clauses(text: str) -> dict[str, OriginalClause]:
    return {c.eid: c for c in clauses_of(paragraphs_of(lines_of(text)))}


ARTICLES = """第一条 灯塔归镇里管。
第二条 灯塔分两类。
大灯塔归镇里。
第三条 奖励如下：
（一）大灯塔10万元；
（二）小灯塔5万元。
第四条 {words}
第五条 完。
"""


@pytest.mark.parametrize(
    ("words", "refs"),
    [
        ("按照第二条办理。", ["art_2"]),
        ("按照本办法第三条第（二）项办理。", ["art_3__item_2"]),
        ("按照第三条第二项办理。", ["art_3__item_2"]),
        ("符合第三条（一）的，", ["art_3__item_1"]),
        ("按照第二条第二款办理。", ["art_2__para_2"]),
        ("按照第二条第五款办理。", ["art_2"]),
        ("第一条至第三条的灯塔，", ["art_1", "art_2", "art_3"]),
        ("按照第一、第二条办理。", ["art_1", "art_2"]),
        ("按照第二条和第一条办理。", ["art_2", "art_1"]),
        ("按照第一、三条办理。", ["art_1", "art_3"]),
        ("按照前条办理。", ["art_3"]),
        ("按照前两条办理。", ["art_2", "art_3"]),
        ("按照《灯油法》第二条办理。", []),
        ("按照《灯油办法》（青灯发〔2020〕3号）第二条办理。", []),
        ("按照中小企业促进法第二条办理。", []),
        ("《灯油办法》作废，按照本办法第二条办理。", ["art_2"]),
        ("按照第九条办理。", []),
        ("前款的灯塔，", []),
    ],
)
def test_articles(words: str, refs: list[str]) -> None:
    assert clauses(ARTICLES.format(words=words))["art_4"].refs == refs


def test_the_paragraph_before() -> None:
    found = clauses(ARTICLES.replace("大灯塔归镇里。", "前款的大灯塔归镇里。").format(words="完。"))
    assert found["art_2__para_2"].refs == ["art_2__para_1"]


def test_paragraphs_and_items_of_the_same_article() -> None:
    found = clauses(ARTICLES.format(words="甲。\n乙。\n第二款的灯塔，按本条第一款办。"))
    assert found["art_4__para_3"].refs == ["art_4__para_2", "art_4__para_1"]
    found = clauses(ARTICLES.replace("小灯塔5万元", "第（一）项以外的5万元").format(words="完。"))
    assert found["art_3__item_2"].refs == ["art_3__item_1"]


def test_references_stay_inside_their_container() -> None:
    text = "一、甲\n二、乙\n灯塔申报指南\n一、条件\n二、材料见第一部分。\n"
    assert clauses(text)["att_2__sec_2"].refs == ["att_2__sec_1"]


ANNEXED = """通知
各镇：
一、{words}
附件：
1.灯塔名单
2.灯塔申报表（略）
3.修灯指南
\f附件1
灯塔名单
1.青石灯塔
\f附件3
修灯指南
一、工具见附件1。
"""


@pytest.mark.parametrize(
    ("words", "refs", "gone"),
    [
        ("见附件1。", ["annex_1"], []),
        ("详见附件 1 和附件3。", ["annex_1", "annex_3"], []),
        ("见附件1、3。", ["annex_1", "annex_3"], []),
        ("见附件1-3。", ["annex_1", "annex_3"], ["附件2"]),
        ("见附件1至3。", ["annex_1", "annex_3"], ["附件2"]),
        ("填写申报表（附件2）。", [], ["附件2"]),
        ("名额见附件7。", [], ["附件7"]),
        ("按照《灯油办法》附件1办理。", [], []),
    ],
)
def test_annexes(words: str, refs: list[str], gone: list[str]) -> None:
    found = clauses(ANNEXED.format(words=words))
    assert found["sec_1"].refs == refs
    assert found["sec_1"].not_included == gone


def test_a_list_of_annexes_says_which_are_missing() -> None:
    found = clauses(ANNEXED.format(words="照办。"))
    assert found["annexes"].not_included == ["附件2 灯塔申报表（略）"]
    assert found["annexes"].refs == []
    assert found["annex_3__sec_1"].refs == ["annex_1"]


def test_an_annex_without_a_number() -> None:
    text = "通知\n各镇：\n一、条件见附件。\n{}"
    assert clauses(text.format("附件：灯塔指南\n\f附件：\n灯塔指南\n1.有灯。"))["sec_1"].refs == ["annex_1"]
    assert clauses(text.format("二、完。"))["sec_1"].not_included == ["附件"]


def test_annexes_of_an_annex_by_either_number() -> None:
    text = "通知\n一、照办。\n\f附件1\n项目指南\n一、填附件2。\n二、填附件1-3。\n\f附件1-2\n甲\n\f附件1-3\n乙\n"
    found = clauses(text)
    assert found["annex_1__sec_1"].refs == ["annex_1_2"]
    assert found["annex_1__sec_2"].refs == ["annex_1_3"]


@pytest.mark.parametrize(
    ("words", "gone"),
    [
        ("应符合《灯塔评定办法》第三条规定的条件。", ["《灯塔评定办法》"]),
        ("应符合《灯塔评定办法》（青灯发〔2020〕3号）的要求。", ["《灯塔评定办法》"]),
        ("按照《灯塔评定标准》确定的条件评定。", ["《灯塔评定标准》"]),
        ("按照《灯塔评定办法》做好宣传。", []),
        ("符合《中华人民共和国灯塔法》的规定。", []),
        ("属于《灯塔重点目录》所列领域。", []),
        ("评分办法另行制定。", ["另行制定"]),
    ],
)
def test_conditions_that_another_paper_holds(words: str, gone: list[str]) -> None:
    assert clauses(f"通知\n各镇：\n一、{words}")["sec_1"].not_included == gone


def test_a_paper_that_the_file_itself_holds_is_not_missing() -> None:
    text = "关于印发《灯塔评定办法》的通知\n各镇：\n一、应符合《灯塔评定办法》规定的条件。\n灯塔评定办法\n第一条 甲。\n第二条 乙。\n第三条 丙。"
    assert clauses(text)["sec_1"].not_included == []


def test_forms_refer_to_nothing() -> None:
    text = "通知\n一、照办。\n\f附件1\n灯塔申报表\n□见附件2 □另行通知"
    assert clauses(text)["annex_1"].not_included == []
