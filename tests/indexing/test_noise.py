"""Every kind of damage that policy files carry, each in a small invented document, and where each is tested.

| damage | tests |
| --- | --- |
| blank lines between all lines, wraps inside sentences | test_blank_lines_between_lines_and_wraps_inside_sentences |
| text set to any width | test_any_width_gives_the_same_words |
| pages that begin with a blank | test_pages_that_begin_with_a_blank_and_headers_with_numbers |
| pages without that mark, with header and number | test_pages_that_begin_with_a_blank_and_headers_with_numbers |
| lines of one to three digits | test_a_number_inside_a_page_is_a_cell_and_one_at_its_edge_a_page_number |
| document numbers cut by a wrap | test_mending |
| figures cut from their unit | test_mending |
| blanks between characters and figures | test_mending |
| forms flattened into fragments | test_a_flattened_form_is_one_clause_and_no_condition_is_read_from_it, test_a_form_amid_the_text_is_set_apart |
| annexes left out | test_an_annex_left_out_is_said_to_be_missing |
| characters missing inside words | test_mending |
| a formula whose signs got out of order | test_a_scrambled_formula_stays_as_it_is_and_opens_no_clause |
| misread characters | test_misread_characters_are_kept_and_still_found |
| Kangxi radicals | test_mending |
| ratio signs for colons | test_mending |
| straight beside curly quotation marks, pairs the wrong way round | test_mending |
| full-width figures and percent signs | test_mending |
| mixed, lone and doubled brackets | test_mending |
| a blank after every character | test_mending |
| doubled punctuation | test_mending |
| addresses and mailto below a page | test_what_links_left_below_a_page_is_no_text, test_an_address_inside_the_text_stays |
| links to the machine itself | test_what_links_left_below_a_page_is_no_text |
| mailboxes, telephones and names | test_contacts_and_a_default_password_are_masked |
| a printed default password | test_contacts_and_a_default_password_are_masked |
| one paragraph in many documents | test_one_paragraph_in_two_documents_is_told_as_one_text |
| titles and chapters in a broken font | test_titles_and_chapters_in_a_broken_font |
| dates with blanks, addresses in two halves | test_mending, test_an_address_in_two_halves_is_one_again |
| half-width punctuation, guillemets | test_mending |
| Markdown marks | test_markdown_marks_and_pages_that_cut_a_sentence |
| traditional lines, addresses in brackets | test_traditional_lines_and_addresses_in_angle_brackets |
| pages that cut a sentence | test_markdown_marks_and_pages_that_cut_a_sentence |
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.load import load_corpus
from indexing.clauses import OriginalClause, clauses_of
from indexing.originals.take import take
from indexing.pages import lines_of
from indexing.paragraphs import paragraphs, paragraphs_of
from indexing.postings import Postings
from indexing.twins import twins

LONG = (
    "各镇灯塔站要在每年三月底前把上一年点灯的天数、用掉的灯油和修灯的花费一并报到灯塔局，逾期不报的，"
    "灯塔局派人上门核对，核对的结果写进当年的灯塔档案。"
)
SECOND = "灯塔档案由灯塔局和各镇各存一份，保存二十年，任何人都可以来查看，查看时不收钱。"


def set_to(text: str, signs: int = 30, gap: str = "\n\n") -> str:
    """The paragraphs of a text as lines of so many Chinese signs, with blank lines between all of them."""
    rows = [row[i : i + signs] for row in text.splitlines() for i in range(0, len(row), signs)]
    return gap.join(rows)


def document(*rows: str) -> str:
    """Enough full lines that the width shows, then ``rows``."""
    return "\n".join(["关于管好灯塔的通知", "各镇：", LONG, LONG, LONG, *rows])


def clauses(text: str) -> dict[str, OriginalClause]:
    return {c.eid: c for c in clauses_of(paragraphs_of(lines_of(text)))}


def test_blank_lines_between_lines_and_wraps_inside_sentences() -> None:
    assert paragraphs(set_to(document(LONG)))[2:] == [LONG] * 4


def test_a_short_line_ends_its_paragraph_even_without_a_full_stop() -> None:
    found = paragraphs(set_to(document("（一）把灯塔档案建起来保存好", LONG)))
    assert found[-2:] == ["（一）把灯塔档案建起来保存好", LONG]


def test_a_sentence_that_ends_with_its_line_does_not_end_the_paragraph() -> None:
    first = LONG[:59] + "。"
    assert len(first) == 60
    assert paragraphs(set_to(document(first + SECOND)))[-1] == first + SECOND


def test_a_reference_at_the_beginning_of_a_line_begins_no_article() -> None:
    head = "灯塔档案的保管和查看，灯油的发放和登记，修灯的派工和验收，坏灯的上报和更换，一律按照本办法的"
    row = f"{head}{'、' * (60 - len(head))}第三条办理，不得另立规矩。"
    rows = [f"第{n}条 {SECOND}" for n in "一二三四"]
    found = clauses(set_to(document(*rows, row)))
    assert [eid for eid in found if eid.startswith("art_") and "para" not in eid] == [
        "art_1",
        "art_2",
        "art_3",
        "art_4",
    ]


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("灯塔站一年的维护费最高不超过8000\n万元，由镇里出。", "最高不超过8000万元"),
        ("依照灯塔局去年发出的那一份文件（青灯发〔2024〕\n18号）办理。", "青灯发〔2024〕18号"),
        ("依照灯塔局去年发出的那一份文件（青灯发[2024]\n18号）办理。", "青灯发〔2024〕18号"),
        ("自2021 年 3 月 15 日起点灯。", "自2021年3月15日起"),
        ("点 灯 满 三 年 的 站。", "点灯满三年的站。"),
        ("占比不低于３０％，每年１２月报。", "占比不低于30%，每年12月报。"),
        ("时间∶每年三月。", "时间：每年三月。"),
        ("⼩灯塔和⼤灯塔都算⼈⼯点灯。", "小灯塔和大灯塔都算人工点灯。"),
        ('支持"灯塔新星”和“老灯塔"企业。', "支持“灯塔新星”和“老灯塔”企业。"),
        ("支持”灯塔新星“和”老灯塔“企业。", "支持“灯塔新星”和“老灯塔”企业。"),
        ("进入省级”灯塔新星“库，叫“老灯塔”。", "进入省级“灯塔新星”库，叫“老灯塔”。"),
        ("落实«灯塔办法»,按时点灯;不得拖延.", "落实《灯塔办法》，按时点灯；不得拖延。"),
        ("（一）灯塔站(含值班室)要有人。", "灯塔站（含值班室）要有人。"),
        ("资金要用好，，不得挪用。。", "资金要用好，，不得挪用。。"),
        ("符合业划型标的灯塔。", "符合业划型标的灯塔。"),
        ("①点灯；②修灯。", "①点灯；②修灯。"),
        ("灯塔站(含值班室）要有人。", "灯塔站（含值班室）要有人。"),
        ("灯塔站（（含值班室）要有人。", "含值班室"),
        ("灯塔站要有人（含值班室。", "含值班室。"),
        ("站长由镇里任命(任期\n三年)。", "站长由镇里任命（任期三年）。"),
    ],
)
def test_mending(text: str, joined: str) -> None:
    assert joined in "".join(paragraphs(text))


def test_pages_that_begin_with_a_blank_and_headers_with_numbers() -> None:
    rows = [f"第{n}页说的是灯塔的第{n}件事，要办好。\n" for n in range(1, 5)]
    pages = "".join(f" {row}" for row in rows)
    assert [line.page for line in lines_of(pages)] == [1, 2, 3, 4]
    printed = "".join(f"灯塔文件汇编\n{n}\n{row}" for n, row in enumerate(rows, start=1))
    assert [line.text for line in lines_of(printed)] == [row.strip() for row in rows]
    assert [line.page for line in lines_of(printed)] == [2, 3, 4, 5]


def test_a_number_inside_a_page_is_a_cell_and_one_at_its_edge_a_page_number() -> None:
    inside = "灯塔名单\n序号\n1\n2\n灯塔名称\n7\f下一页说的是别的事。\n8"
    assert paragraphs(inside) == ["灯塔名单", "序号", "1", "2", "灯塔名称", "下一页说的是别的事。"]


@pytest.mark.parametrize(
    "stray",
    [
        "http://lights.example.cn/files/2021/1.doc",
        "mailto:（四）请各镇把材料报来",
        "http://localhost:8080/main/home?role=",
        "http://lights.example.cn/x/javascript:void(0);",
    ],
)
def test_what_links_left_below_a_page_is_no_text(stray: str) -> None:
    found = paragraphs(f"请各镇按时点灯。\n{stray}\n{stray}\f第二页接着说修灯的事。")
    assert found == ["请各镇按时点灯。", "第二页接着说修灯的事。"]


def test_an_address_inside_the_text_stays() -> None:
    text = "申报的网址是\nhttps://lights.example.cn/apply\n请在三月底前登录。\f第二页。"
    assert "https://lights.example.cn/apply" in "".join(paragraphs(text))


def test_a_flattened_form_is_one_clause_and_no_condition_is_read_from_it() -> None:
    cells = ["灯塔名称", "建成时间", "站长", "电话", "灯油", "存量", "单位", "公斤", "类型", "□新 □旧", "一、基本情况",
             "高度", "1", "2", "盖章", "年月日"]  # fmt: skip
    text = "关于报送灯塔情况的通知\n各镇：\n一、时间\n三月底前。\n附件：\n1.灯塔情况表\n\f附件1\n灯塔情况表\n"
    found = clauses(text + "\n".join(cells))
    assert found["annex_1"].kind == "form"
    assert [eid for eid in found if eid.startswith("annex_1")] == ["annex_1"]
    assert all(cell in found["annex_1"].text for cell in cells)
    assert found["sec_1"].kind == "text"


def test_a_form_amid_the_text_is_set_apart() -> None:
    cells = ["灯塔名称", "建成时间", "站长", "电话", "灯油", "存量", "单位", "公斤", "类型", "□新 □旧", "高度", "盖章"]
    found = clauses("一、填表\n站长填写下面的表，填好后交给镇里。\n" + "\n".join(cells) + "\n二、期限\n三月底前。")
    assert found["sec_1__form_1"].kind == "form"
    assert found["sec_1"].text == "填表\n站长填写下面的表，填好后交给镇里。"
    assert found["sec_2"].kind == "text"


def test_a_table_is_a_clause_of_rows() -> None:
    rows = ["灯塔 | 高度 | 灯油", "青石 | 12米 | 300公斤", "白沙 | 9米 | 200公斤"]
    found = clauses("第一条 标准见表。\n" + "\n".join(rows) + "\n第二条 按表办。\n第三条 完。")
    assert found["art_1__table_1"].kind == "table"
    assert found["art_1__table_1"].text.splitlines() == rows
    assert found["art_1__table_1"].parent == "art_1"
    assert "白沙 | 9米" in found["art_1"].text


def test_markdown_marks_and_pages_that_cut_a_sentence() -> None:
    text = "# 灯塔办法\n\n**第一条** 点灯的人要在每天日落之前到岗，\n\f天亮之后\n才能离开。\n\n- **第二条** 完。\n第三条 完。"
    found = clauses(text)
    assert found["art_1"].text == "点灯的人要在每天日落之前到岗，天亮之后才能离开。"


def test_the_title_stays_apart_from_what_follows() -> None:
    text = "青石镇关于管好灯塔的通知\n（青灯发〔2024〕18号）各村、各灯塔站、各修灯队和各灯油库：\n请照办。"
    assert paragraphs(text)[0] == "青石镇关于管好灯塔的通知"


@given(
    st.integers(20, 45), st.lists(st.sampled_from([LONG, SECOND, "一、点灯", "（一）修灯。"]), min_size=8, max_size=20)
)
def test_any_width_gives_the_same_words(signs: int, rows: list[str]) -> None:
    text = "\n".join(rows)
    assert "".join(paragraphs(set_to(text, signs))) == "".join(paragraphs(text))


def test_an_annex_left_out_is_said_to_be_missing() -> None:
    found = clauses(
        "一、材料\n填写附件1，三月底前报来。\n附件：1.灯塔情况表（略）\n2.灯油表\n\f附件2\n灯油表\n一、数量\n写清公斤数。"
    )
    assert any("附件1" in paper for paper in found["sec_1"].not_included)
    assert "annex_2" in found


def test_a_scrambled_formula_stays_as_it_is_and_opens_no_clause() -> None:
    rows = ["增长率＝（", "2021年灯油", "2020年灯油", "－1）×100％", "3", "√"]
    found = clauses("第一条 增长率按下式算。\n" + "\n".join(rows) + "\n第二条 算完报来。\n第三条 完。")
    assert [eid for eid in found if "__" not in eid] == ["art_1", "art_2", "art_3"]
    text = re.sub(r"\s", "", found["art_1"].text)
    assert text == "增长率按下式算。增长率=(2021年灯油2020年灯油-1)×100%√", (
        "a figure alone on its line is a page number"
    )


def test_misread_characters_are_kept_and_still_found() -> None:
    wrong = "符今条件的国安级灯塔企业每年可以领取修灯补助。"
    text = f"第一条 {wrong}\n第二条 {SECOND}\n第三条 {LONG}"
    found = clauses(text)
    assert found["art_1"].text == wrong
    terms = Postings.build([found[f"art_{n}"].text for n in (1, 2, 3)], [0, 1, 2])
    matches = terms.matches("符合条件的国家级灯塔企业领取补助", None, np.zeros(0, np.int64))
    assert int(matches.rows[matches.bm25.argmax()]) == 0


def test_contacts_and_a_default_password_are_masked(tmp_path: Path, own_home: Path) -> None:
    text = (
        "第一条 系统里的账号由灯塔局发放，默认密码为：\nDeng@1234。\n第二条 联系人：李点灯；联系电话：245\n38803；"
        "手机138\n12345678；邮箱deng_ta@163.com。\n第三条 咨询热线12345。\n"
    )
    (tmp_path / "灯塔.txt").write_text("灯塔局关于账号的通知\n灯发〔2024〕1号\n" + text, "utf-8")
    (record,) = take(tmp_path / "灯塔.txt", "灯塔.txt", load_corpus()).records
    stored = record.model_dump_json()
    assert not any(secret in stored for secret in ("Deng@1234", "李点灯", "38803", "12345678", "deng_ta"))
    assert record.redacted == {"email": 1, "landline": 1, "mobile": 1, "name": 1, "password": 1}
    assert "咨询热线12345" in stored


def test_one_paragraph_in_two_documents_is_told_as_one_text() -> None:
    found = twins({"甲#art_1": LONG, "乙#art_3": f"（二）{LONG}", "丙#art_1": SECOND})
    assert [sorted(group) for group in found] == [["乙#art_3", "甲#art_1"]]


def test_titles_and_chapters_in_a_broken_font(tmp_path: Path, own_home: Path) -> None:
    title, chapter = "ᙣྜଥ࿕༱ဩཔᛀ", "\ufffd\ufffd\ufffd ༱ဩཔᛀ\ufffd"
    text = f"{title}\n青灯发〔2024〕18号\n第一条 {SECOND}\n{chapter}\n第二条 {LONG}\n第三条 完。\n"
    (tmp_path / "灯塔.txt").write_text(text, "utf-8")
    taken = take(tmp_path / "灯塔.txt", "灯塔.txt", load_corpus())
    (record,) = taken.records
    stored = record.model_dump_json()
    assert title not in stored
    assert "\ufffd" not in stored
    assert record.number == "青灯发〔2024〕18号"
    assert [c.eid for c in record.clauses if c.eid.startswith("art")] == ["art_1", "art_2", "art_3"]
    assert "第 1、4 行是损坏的字体留下的乱码（共 2 行）" in taken.reading.doubts[0]


def test_an_address_in_two_halves_is_one_again() -> None:
    head = "灯塔站长要在每年三月底以前登录灯塔局的灯塔云平台，把灯油的数量如实填好（"
    for text in (f"{head}http://\nwww.lights.example.cn/a）。", f"{head}http:// www.lights.example.cn/a）。"):
        assert "http://www.lights.example.cn/a" in "".join(paragraphs(text))


def test_traditional_lines_and_addresses_in_angle_brackets() -> None:
    text = "燈塔企業幫扶辦法轉載自灯塔局的網站。\n\n**第一条** 登录灯塔云（<https://lights.example.cn/>，以下叫灯塔云）。\n\n"
    text += "第二条 Ⅰ类和 I 类灯塔都算。\n第三条 完。"
    found = clauses(text)
    assert found["intro"].text == "燈塔企業幫扶辦法轉載自灯塔局的網站。"
    assert "https://lights.example.cn/，以下" in found["art_1"].text.replace(",", "，")
    assert found["art_2"].text.replace(" ", "").count("I类") == 2


def test_every_row_of_the_table_names_its_tests() -> None:
    rows = [line for line in (__doc__ or "").splitlines() if line.startswith("| ")][2:]
    assert len(rows) == 31
    for row in rows:
        named = re.findall(r"test_\w+", row)
        assert named, row
        assert all(callable(globals().get(name)) for name in named), row
