"""The document that a message or a further question goes on with."""

from __future__ import annotations

import pytest

from assistant.understanding.papers import Paper, frame_of, in_frame, paper_meant

OLD = Paper("江苏2021年入库", "江苏省关于2021年度企业入库工作的通知", historical=True)
PLAN = Paper("某区工作方案", "某区梯度培育工作方案", historical=False)
RULES = Paper("国家办法", "梯度培育管理办法", historical=False)


@pytest.mark.parametrize(
    ("message", "cited", "meant"),
    [
        ("里面单项冠军有几家", [PLAN], PLAN),
        ("其中小巨人多少家", [PLAN], PLAN),
        ("那份办法管到哪年", [PLAN, RULES], RULES),
        ("这个方案里督导归谁", [PLAN, RULES], PLAN),
        ("文号多少", [OLD], OLD),
        ("准确是几月几号，文号念一下", [PLAN], PLAN),
        ("不进这个库，直接报行不行", [OLD], OLD),
        ("这些企业由谁推荐", [OLD], OLD),
        ("这些企业由谁推荐", [PLAN], None),
        ("那份细则管到哪年", [PLAN], None),
        ("现在这种企业还认吗", [OLD], None),
        ("那个小巨人呢", [OLD], None),
        ("那负债率呢", [OLD], None),
        ("这样行不行", [OLD], None),
        ("那2022年的通知呢", [OLD], None),
        ("那份浙江的通知呢", [OLD], None),
        ("这个办法第几条写的", [RULES], None),
        ("里面有几家", [], None),
    ],
)
def test_the_document_that_is_meant(message: str, cited: list[Paper], meant: Paper | None) -> None:
    assert paper_meant(message, cited) == meant


@pytest.mark.parametrize(
    ("message", "frame"),
    [
        ("2021年云南省级那批，营收要多少？市场排名呢", "2021年云南省级那批"),
        ("贵州旧的认定办法，2020年出的，研发占几成，负债率呢", "贵州旧的认定办法,2020年出的"),
        ("比一比：2021年沪经信企539号那轮，营收多少；现在又是多少", "2021年沪经信企539号那轮"),
        ("第三批小巨人，要融资多少、研发占几成", "第三批小巨人"),
        ("我们2021年在青浦成立，能报吗，要什么材料", ""),
        ("专精特新多少分，小巨人呢", ""),
        ("2021年云南要多少营收？排名呢", ""),
    ],
)
def test_what_all_questions_of_a_message_are_about(message: str, frame: str) -> None:
    assert frame_of(message) == frame


@pytest.mark.parametrize(
    ("question", "framed"),
    [
        ("市场排名呢", "2021年云南那批专精特新 市场排名呢"),
        ("小巨人的呢", "2021年云南那批 小巨人的呢"),
        ("现在又是多少", "现在又是多少"),
        ("贵州呢", "贵州呢"),
        ("2022年那次呢", "2022年那次呢"),
    ],
)
def test_a_further_question_takes_it_along(question: str, framed: str) -> None:
    assert in_frame("2021年云南那批专精特新", question) == framed
