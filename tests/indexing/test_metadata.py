"""What a document says of itself, read from small documents of our own, and where a compendium is cut."""

from __future__ import annotations

from datetime import date

import pytest

from indexing.metadata import Metadata, issuers_of, metadata, place_of
from indexing.pages import lines_of
from indexing.paragraphs import paragraphs_of
from indexing.split import Piece, split

GUIDE = """\
天津市灯塔管理局 天津市财政局
关于印发《灯塔企业点灯办法》的通知
（津灯塔规〔2021〕7号）
各区灯塔所：
按照《海岸灯火通则》（国灯〔2019〕3号）的要求，现将办法印发给你们。
天津市灯塔管理局
2021 年 3 月 5 日
第一条 每盏灯每年查两次，查的结果写进灯簿。
第二条 本办法自 2021年 4月 1日起施行，有效期 3年。原《灯塔试行办法》（津灯塔〔2018〕2号）同时废止。
"""
NOTICE = """\
河北省灯塔厅
关于报送 2021年灯塔名单
（第一批）的通知
各市灯塔局：
按照国灯〔2021〕9号文件和《海岸灯火通则》的要求，请在五月底前报送名单。
附件：
1.海岸灯火通则(国灯〔2021〕9号)
河北省灯塔厅办公室
2021年5月6日
"""


def read(text: str) -> Metadata:
    piece = split(lines_of(text))[0]
    return of(piece)


def of(piece: Piece) -> Metadata:
    paragraphs = [p.text for p in paragraphs_of(piece.lines[piece.body :])]
    return metadata(piece.title, [line.text for line in piece.lines], paragraphs)


def test_all_that_a_guide_says_of_itself() -> None:
    found = read(GUIDE)
    assert found.title == "天津市灯塔管理局天津市财政局关于印发《灯塔企业点灯办法》的通知"
    assert found.number == "津灯塔规〔2021〕7号"
    assert found.issuers == ("天津市灯塔管理局", "天津市财政局")
    assert (found.place, found.signed) == ("天津市", date(2021, 3, 5))
    assert (found.in_force_from, found.until) == (date(2021, 4, 1), date(2024, 3, 31))
    assert found.until_counted
    assert len(found.repeals) == 1
    assert "津灯塔〔2018〕2号" in found.repeals[0]


def test_a_number_that_a_sentence_refers_to_is_not_the_documents_own() -> None:
    found = read(NOTICE)
    assert found.number is None
    assert found.title.endswith("灯塔名单（第一批）的通知")
    assert found.signed == date(2021, 5, 6)
    assert (found.in_force_from, found.until, found.repeals) == (None, None, ())


@pytest.mark.parametrize(
    "written",
    ["（津灯塔规〔2021〕7号 ）", "津灯塔规[2021]7号", "(津灯塔规（2021） 7 号)", "津灯塔规〔2021〕７号\ufffd"],
)
def test_a_number_on_a_line_of_its_own(written: str) -> None:
    assert read(GUIDE.replace("（津灯塔规〔2021〕7号）", written)).number == "津灯塔规〔2021〕7号"


def test_a_number_joined_to_the_text_that_follows_it() -> None:
    """Where nobody is addressed the number and the first sentence look like one paragraph."""
    text = GUIDE.replace("各区灯塔所：\n", "")
    assert read(text).number == "津灯塔规〔2021〕7号"


def test_a_number_in_the_masthead() -> None:
    masthead = "天津市灯塔管理局文件\n津灯塔规〔2021〕7号\n"
    found = read(masthead + GUIDE.replace("（津灯塔规〔2021〕7号）\n", ""))
    assert found.number == "津灯塔规〔2021〕7号"
    assert found.title.startswith("天津市灯塔管理局天津市财政局关于印发")


@pytest.mark.parametrize(
    ("title", "issuers"),
    [
        ("国务院办公厅关于灯塔的通知", ("国务院办公厅",)),
        ("工业和信息化部办公厅关于灯塔的通知", ("工业和信息化部办公厅",)),
        ("工业和信息化部等九部门关于灯塔的通知", ("工业和信息化部",)),
        ("国务院促进灯塔工作领导小组办公室关于印发《灯塔》的通知", ("国务院促进灯塔工作领导小组办公室",)),
        ("天津市灯塔局、市财政局关于灯塔的通知", ("天津市灯塔局", "天津市财政局")),
        ("辽宁省灯塔厅财政厅关于灯塔的通知", ("辽宁省灯塔厅", "辽宁省财政厅")),
        ("广西壮族自治区灯塔厅自治区财政厅关于灯塔的通知", ("广西壮族自治区灯塔厅", "广西壮族自治区财政厅")),
        (
            "中国证券监督管理委员会广东监管局深圳证券交易所关于灯塔的通知",
            ("中国证券监督管理委员会广东监管局", "深圳证券交易所"),
        ),
        ("灯塔的通知", ("灯塔的通知",)),
        ("", ()),
    ],
)
def test_issuers(title: str, issuers: tuple[str, ...]) -> None:
    assert issuers_of(title, place_of(title)) == issuers


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("国务院办公厅关于灯塔的通知", "国家"),
        ("宁波市灯塔局关于灯塔的通知", "宁波市"),
        ("新疆生产建设兵团灯塔局关于天津市灯塔的通知", "新疆生产建设兵团"),
        ("灯塔协会关于灯塔的通知", None),
    ],
)
def test_the_place_is_that_of_who_issued_it(title: str, place: str | None) -> None:
    assert place_of(title) == place


def test_a_compendium_is_cut_where_a_document_begins_at_the_top_of_a_page() -> None:
    preface = "本书收录两份文件。\n编者\n"
    pieces = split(lines_of("\f".join([preface, GUIDE, NOTICE])))
    assert [piece.title[:4] for piece in pieces] == ["", "天津市灯", "河北省灯"]
    assert [piece.pages for piece in pieces] == [(1, 1), (2, 2), (3, 3)]
    assert [of(piece).number for piece in pieces] == [None, "津灯塔规〔2021〕7号", None]


def test_a_title_that_runs_on_after_a_word_that_could_end_it() -> None:
    text = "深圳市灯塔局\n关于发布灯塔培育扶持计划\n改造点灯等项目申请指南的通知\n有关企业：\n请按时申请。\n"
    assert read(text).title == "深圳市灯塔局关于发布灯塔培育扶持计划改造点灯等项目申请指南的通知"


def test_29_february_ends_a_period_on_the_day_before() -> None:
    text = GUIDE.replace("2021年 4月 1日起施行，有效期 3年", "2024年2月29日起施行，有效期2年")
    assert read(text).until == date(2026, 2, 28)


def test_a_day_that_does_not_exist_is_no_date() -> None:
    assert read(GUIDE.replace("2021 年 3 月 5 日", "2021 年 2 月 30 日")).signed is None
