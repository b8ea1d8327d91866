"""Damage of plain text is mended and nothing is reworded."""

from __future__ import annotations

import sys

import pytest
from damaged import ARTICLES
from hypothesis import given
from hypothesis import strategies as st
from patience import patience

from indexing.clean import fold_widths, strip_invisible
from indexing.pages import Line
from indexing.paragraphs import _mended, mend, paragraphs, paragraphs_of


@pytest.mark.parametrize(
    ("raw", "mended"),
    [
        ("营收１５００万元，占８０％", "营收1500万元，占80%"),
        ("工信部企业[2026]2号", "工信部企业〔2026〕2号"),
        ("沪经信规范(2022) 8 号", "沪经信规范〔2022〕8号"),
        ("沪经信规范﹝2022﹞8号", "沪经信规范〔2022〕8号"),
        ("企业(以下简称甲)", "企业（以下简称甲）"),
        ("f(x) = y", "f(x) = y"),
        ("标准:如下", "标准：如下"),
        ("12:30开门", "12:30开门"),
        ("占3.5%以上", "占3.5%以上"),
        ("1,500万元", "1,500万元"),
        ("«办法»∶甲", "《办法》：甲"),
        ("⼀⼆三", "一二三"),
        ("第一条.", "第一条。"),
    ],
)
def test_fold_widths(raw: str, mended: str) -> None:
    assert fold_widths(raw) == mended


def test_traditional_quotes_and_chinese_quotes_stay() -> None:
    assert fold_widths("「小巨人」和“小巨人”") == "「小巨人」和“小巨人”"


def test_strip_invisible() -> None:
    assert strip_invisible("专\u200b精\ufeff特\u202e新\x07\u2066。\U000e0041") == "专精特新。"
    assert strip_invisible("一\n二\t三") == "一\n二\t三"
    assert strip_invisible("半个字\ud83d符") == "半个字符"
    assert strip_invisible("emoji😀 和𠮷") == "emoji😀 和𠮷"


def test_wraps_page_numbers_and_items() -> None:
    lines = paragraphs(ARTICLES)
    assert "第二条灯塔企业按点灯的年头分为以下两类：" in lines
    assert "（二）老灯塔，点灯三年以上。" in lines
    assert any(line.endswith("每年6月15日前要把灯油数量报一遍；累计两次不报的，灭灯。") for line in lines)
    assert "- 2 -" not in "\n".join(lines)
    assert "（二）灯油存量不少于30%。" in lines
    assert lines.count("附件1") == 1


@pytest.mark.parametrize("line", ["12", "- 12 -", "—12—", "– 3 –", "  7  ", "１２"])
def test_page_numbers_go(line: str) -> None:
    assert paragraphs(f"上一句说完了。\n{line}\n下一句也说完了。") == ["上一句说完了。", "下一句也说完了。"]


def test_numbers_that_are_text_stay() -> None:
    assert paragraphs("到那时要点亮的灯的总盏数一共为\n2027\n盏。") == ["到那时要点亮的灯的总盏数一共为2027盏。"]


def test_markdown_marks_go_and_words_stay() -> None:
    raw = "# 办法\n\n**第一条** 要点*灯*。\n\n## 附注\n\n5\\_6"
    assert paragraphs(raw) == ["办法", "第一条要点*灯*。", "附注", "5_6"]


def test_spaces_inside_chinese_go_and_those_of_other_scripts_stay() -> None:
    assert paragraphs("专 精 特 新 企业 2026 年用 ISO 标准。") == ["专精特新企业2026年用 ISO 标准。"]


def test_a_heading_does_not_swallow_the_next_line() -> None:
    assert paragraphs("点灯标准\n（一）高。\n第一条 灯。") == ["点灯标准", "（一）高。", "第一条灯。"]
    assert paragraphs("短标题\n正文从这里开始。") == ["短标题", "正文从这里开始。"]


@pytest.mark.parametrize("text", ["", "\n\n \t\n", "\u200b\ufeff", "12\n13"])
def test_nothing(text: str) -> None:
    assert paragraphs(text) == []


@given(st.text(max_size=200))
def test_any_text_is_taken(text: str) -> None:
    lines = paragraphs(text)
    assert all(line.strip() == line and line for line in lines)


@given(st.text(alphabet="灯塔企业一二三（）。，；：第条章\n 12-—", max_size=120))
def test_mending_twice_changes_nothing_more(text: str) -> None:
    once = fold_widths(strip_invisible(text))
    assert fold_widths(strip_invisible(once)) == once


@given(st.text(alphabet="灯塔企业。、，：！“”《》（）()〔〕2021年% \t.#*<>-号①１Ａ，⼩/:h", max_size=40))
def test_sound_text_is_left_alone_as_mending_would_leave_it(text: str) -> None:
    assert mend(text) == _mended(text)


@pytest.mark.parametrize("row", ["点灯，修灯，", "灯塔名称", "http://a.example.cn/x", "（点灯"])
def test_work_grows_with_the_number_of_lines(row: str) -> None:
    def steps(times: int) -> int:
        """How many calls reading so many lines takes: a measure that does not depend on the machine."""
        count = 0

        def counted(_frame: object, event: str, _arg: object) -> None:
            nonlocal count
            count += event in ("call", "c_call")

        lines = [Line(row, 1 + n // 100, n) for n in range(times)]
        sys.setprofile(counted)
        try:
            paragraphs_of(lines)
        finally:
            sys.setprofile(None)
        return count

    assert steps(2000) < 2.5 * steps(1000)


PIECES = [" ", "-", "12 ", "(", "（中", "中 ", "[2026]", "#", "**", "\u3000", "1", "第一条", "。", "——1"]
LINKS = ["%AA%BB", "javascript:", "javascript: ", "://  ", "<http://a>"]
QUOTED = ["关于", "“”", "”灯塔“", "“"]


@pytest.mark.parametrize("piece", [*PIECES, *LINKS, *QUOTED])
def test_no_time_is_lost_on_hostile_runs(piece: str) -> None:
    with patience():
        paragraphs(piece * (200_000 // len(piece)) + " x")


def test_no_time_is_lost_on_many_lines_that_could_be_a_title() -> None:
    lines = [Line("关于点灯的人印发关于发布在每天日落之前到岗", 1, n) for n in range(20_000)]
    with patience():
        paragraphs_of(lines)
