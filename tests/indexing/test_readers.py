"""Plain text, web pages, Markdown and Word files: their words in order, nothing of their furniture."""

from __future__ import annotations

from pathlib import Path

import pytest
from damaged import ARTICLES
from docx import Document
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st

from indexing.clauses import clauses_of
from indexing.errors import DocumentError
from indexing.paragraphs import paragraphs_of
from indexing.readers import Reading, kind_of, read
from indexing.readers.docx_numbers import roman, written
from indexing.readers.furniture import without_furniture
from indexing.readers.html import text_lines
from indexing.readers.quality import is_broken, is_broken_page
from indexing.readers.reading import page_list


def words(reading: Reading) -> list[str]:
    return [line.text for line in reading.lines]


def file(tmp_path: Path, name: str, content: bytes | str) -> Path:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "big5"])
def test_text_in_each_encoding(tmp_path: Path, encoding: str) -> None:
    text = "第一條　企業的規定如下，以上。\n第二條　小企業可以報。\n" * 3
    found = read(file(tmp_path, "a.txt", text.encode(encoding)))
    assert (found.kind, found.pages, found.source, found.doubts) == ("text", 1, "a.txt", [])
    assert words(found)[:2] == ["第一條　企業的規定如下，以上。", "第二條　小企業可以報。"]
    assert [line.number for line in found.lines] == [1, 2, 3, 4, 5, 6]


def test_garbled_lines_of_a_text_are_left_out_and_named(tmp_path: Path) -> None:
    found = read(file(tmp_path, "a.txt", "灯塔办法说明如下。\nʼ๑ࣉፂ฿֖ζോӐށտ͗\n\ufffd\n第一条 点灯。\n"))
    assert words(found) == ["灯塔办法说明如下。", "第一条 点灯。"]
    assert "第 2、3 行" in found.doubts[0]


PAGE = """<!DOCTYPE html><html><head><meta charset="gb2312"><meta name="ArticleTitle" content="灯塔 帮扶办法">
<title>灯塔帮扶办法_灯塔网</title><style>p{color:red}</style></head><body>
<header>首页 | 政务公开</header><nav><ul><li><a href="/">导航一</a></li><li><a href="/">导航二</a></li></ul></nav>
<div class="wrap"><div class="side"><a href="#">相关链接</a></div>
<div id="content"><p>第一条　每年六月十五日以前<b>把灯油</b>报一遍&nbsp;，<span>两次不报的灭灯。</span></p>
<p>第二条 标准如下：<br>（一）高十米以上；<br/>（二）亮。</p>
<table><thead><tr><th>项目</th><th>分值</th></tr></thead><tbody><tr><td><p>高度</p></td><td>6</td></tr></tbody></table>
<p style="display: none">看不见的字</p><script>var 脚本 = "不该出现";</script>
<p>第三条 本办法自发布之日起施行，由灯塔管理部门负责解释，有问题打电话。</p></div></div>
<footer>版权所有 灯塔网</footer></body></html>"""


def test_html_main_text_tables_and_no_scripts(tmp_path: Path) -> None:
    found = read(file(tmp_path, "a.html", PAGE.encode("gb2312", "xmlcharrefreplace")))
    assert found.kind == "html"
    assert words(found) == [
        "灯塔 帮扶办法",
        "第一条 每年六月十五日以前把灯油报一遍 ，两次不报的灭灯。",
        "第二条 标准如下：",
        "（一）高十米以上；",
        "（二）亮。",
        "项目 | 分值",
        "高度 | 6",
        "第三条 本办法自发布之日起施行，由灯塔管理部门负责解释，有问题打电话。",
    ]


def test_html_with_a_wrong_declaration_and_without_an_ending(tmp_path: Path) -> None:
    wrong = "<html><meta charset=utf-8><body><p>第一条 企业的规定，以上。".encode("gb18030")
    assert words(read(file(tmp_path, "a.htm", wrong))) == ["第一条 企业的规定，以上。"]
    assert words(read(file(tmp_path, "b.txt", "\n<HTML><p>第一条 灯。"))) == ["第一条 灯。"]


def test_a_table_that_arranges_a_page_is_no_table() -> None:
    page = "<table><tr><td><p>左边一段话。</p><p>又一段。</p></td></tr></table>"
    assert text_lines(page) == ["左边一段话。", "又一段。"]


MARKDOWN = """# 灯塔办法

## 第一章 总则

**第一条** 点灯
要[早](http://example.com)。

3. 先买油；
4. 再点灯\\_一盏。

- 第二条 灯塔。

| 项目 | 分值 |
|---|---|
| 高度 | 6 |

<table><tr><td>亮度</td><td>9</td></tr></table>

    第三条 收尾。
"""


def test_markdown_without_its_marks(tmp_path: Path) -> None:
    found = read(file(tmp_path, "a.md", MARKDOWN))
    assert found.kind == "markdown"
    assert words(found) == [
        "灯塔办法", "第一章 总则", "第一条 点灯", "要早。", "3. 先买油；", "4. 再点灯_一盏。", "第二条 灯塔。",
        "项目 | 分值", "高度 | 6", "亮度 | 9", "第三条 收尾。",
    ]  # fmt: skip


def numbered(document: Document, levels: list[tuple[str, str]]) -> int:
    """A list with these levels (form, pattern); its number in the file."""
    numbering = document.part.numbering_part.element
    entries = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="nothing"/>'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
        for i, (form, pattern) in enumerate(levels)
    )
    abstract = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{entries}</w:abstractNum>')
    numbering.insert(0, abstract)
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="91"><w:abstractNumId w:val="90"/></w:num>'))
    return 91


def in_list(document: Document, text: str, number: int, level: int) -> None:
    paragraph = document.add_paragraph(text)
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
    )


def test_word_numbers_that_stand_in_no_text(tmp_path: Path) -> None:
    document = Document()
    number = numbered(
        document, [("chineseCountingThousand", "第%1条 "), ("chineseCounting", "（%2）"), ("decimal", "%3.")]
    )
    for level, text in [(0, "点灯。"), (1, "买油；"), (1, "擦灯。"), (2, "用布。"), (0, "灭灯。"), (1, "吹。")]:
        in_list(document, text, number, level)
    for _ in range(9):
        in_list(document, "又一条。", number, 0)
    document.save(str(tmp_path / "a.docx"))
    found = words(read(tmp_path / "a.docx"))
    assert found[:6] == ["第一条 点灯。", "（一）买油；", "（二）擦灯。", "1.用布。", "第二条 灭灯。", "（一）吹。"]
    assert found[-2:] == ["第十条 又一条。", "第十一条 又一条。"]


def test_word_tables_breaks_deletions_and_boxes(tmp_path: Path) -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.add_paragraph("第一条 灯塔。").add_run().add_break(WD_BREAK.PAGE)
    changed = document.add_paragraph("第二条 灯高")._p
    space = nsdecls("w")
    changed.append(parse_xml(f'<w:del {space} w:id="1"><w:r><w:delText>八</w:delText></w:r></w:del>'))
    changed.append(parse_xml(f'<w:ins {space} w:id="2"><w:r><w:t>十</w:t></w:r></w:ins>'))
    changed.append(parse_xml(f"<w:r {space}><w:t>米。</w:t></w:r>"))
    changed.append(
        parse_xml(
            f"<w:r {space}><w:pict><w:txbxContent><w:p><w:r><w:t>框里的话。</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
        )
    )
    table = document.add_table(3, 3)
    for row, texts in zip(table.rows, [("项目", "内容", "分"), ("高度", "十米", "6"), ("", "八米", "4")], strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    frame = document.add_table(1, 1)
    frame.cell(0, 0).text = "第三条 框架里的一条。"
    document.save(str(tmp_path / "a.docx"))
    found = read(tmp_path / "a.docx")
    assert words(found) == [
        "第一条 灯塔。", "第二条 灯高十米。", "框里的话。", "项目 | 内容 | 分", "高度 | 十米 | 6", "八米 | 4",
        "第三条 框架里的一条。",
    ]  # fmt: skip
    assert [line.page for line in found.lines] == [1, 2, 2, 2, 2, 2, 2]
    assert found.pages == 2


@pytest.mark.parametrize("kind", ["docx", "html", "md"])
def test_the_same_clauses_in_every_format(tmp_path: Path, kind: str) -> None:
    plain = read(file(tmp_path, "a.txt", ARTICLES))
    path = tmp_path / f"b.{kind}"
    lines = words(plain)
    if kind == "docx":
        document = Document()
        for line in lines:
            document.add_paragraph(line)
        document.save(str(path))
    else:
        marks = ("<p>", "</p>") if kind == "html" else ("", "\n")
        path.write_text("\n".join(f"{marks[0]}{line}{marks[1]}" for line in lines), "utf-8")
    wanted, got = ([(c.eid, c.text) for c in clauses_of(paragraphs_of(r.lines))] for r in (plain, read(path)))
    assert got == wanted


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"", "空文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "另存为 .docx"),
        (b"{\\rtf1\\ansi hello}", "RTF"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "PNG 图片"),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 50, "JPEG 图片"),
        (bytes(range(256)) * 8, "不是纯文本"),
    ],
)
def test_formats_that_are_not_read(tmp_path: Path, content: bytes, part: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read(file(tmp_path, "坏.txt", content))
    assert str(caught.value).startswith("坏.txt ")
    assert part in str(caught.value)
    assert str(caught.value).endswith("。")


def test_the_format_is_told_by_what_a_file_holds(tmp_path: Path) -> None:
    assert kind_of(file(tmp_path, "a.txt", b"%PDF-1.7\n")) == "pdf"
    assert kind_of(file(tmp_path, "b.pdf", "只是文字。")) == "text"
    assert kind_of(file(tmp_path, "c.MD", "只是文字。")) == "markdown"
    assert kind_of(file(tmp_path, "d", b"PK\x03\x04")) == "docx"
    with pytest.raises(DocumentError, match="找不到文件 没有"):
        kind_of(tmp_path / "没有")


SOUND = "灯塔企业每年六月十五日以前把灯油的数量报一遍，累计两次不报的，由管理部门取消认定，并在网站上公布。" * 3


@pytest.mark.parametrize("shift", [0x157, 0x1357, 0x2A00, -0x1000, 0x8000])
def test_a_shifted_character_map_is_noticed(shift: int) -> None:
    damaged = "".join(chr(ord(c) + shift) if c > "\u3000" else c for c in SOUND)
    assert is_broken_page(damaged)
    assert not is_broken_page(SOUND)
    assert not is_broken(SOUND)


@pytest.mark.parametrize(
    "text",
    [
        "企業燈塔幫扶辦法，第一條的規定如下：小企業可以報，有關部門應當審核。" * 4,
        "1 2 3 2021 3.5% 12,000 80 45 2022 2023 2024 19.5 3.25 78 12 5 100%",
        "SMEs that apply for recognition shall submit their annual reports to the office in charge of them.",
        "序号 企业名称\n1 某某灯塔科技有限公司\n2 灯油化工股份公司\n3 晶电子材料有限公司",
        "□是 □否　√　①②③　ISO9001　㎡　≥3%",
        "",
        "灯",
    ],
)
def test_sound_text_is_not_taken_for_broken(text: str) -> None:
    assert not is_broken_page(text)
    assert not any(is_broken(line) for line in text.splitlines())


@pytest.mark.parametrize(
    "text", ["!%&#$@^*()" * 6, "ÖÐÐ¡ÆóÒµ" * 8, "\ue001\ue7ab" * 20, "\ufffd" * 9, "TGHJKLQWRTZXCVBNM" * 4]
)
def test_codes_of_glyphs_are_broken(text: str) -> None:
    assert is_broken_page(text)


@given(st.text(max_size=300))
def test_the_measure_takes_any_text(text: str) -> None:
    assert isinstance(is_broken(text), bool)
    assert isinstance(is_broken_page(text), bool)


def test_headers_footers_and_page_numbers_go_and_table_headers_stay_once() -> None:
    from indexing.pages import Line

    def page(n: int) -> list[Line]:
        texts = [
            ("灯塔文件汇编", 800),
            ("项目 | 分值", 780),
            (f"第{n}页的正文。", 500),
            (f"灯 {n} | 6", 480),
            (f"- {n} -", 40),
        ]
        return [Line(text, n, n * 10 + i, (70, y, 300, y + 10)) for i, (text, y) in enumerate(texts)]

    kept = [line.text for line in without_furniture([page(n) for n in range(1, 5)])]
    assert kept[:3] == ["项目 | 分值", "第1页的正文。", "灯 1 | 6"]
    assert kept[3:] == ["第2页的正文。", "灯 2 | 6", "第3页的正文。", "灯 3 | 6", "第4页的正文。", "灯 4 | 6"]


@given(st.integers(1, 3999))
def test_roman_numerals_read_back(n: int) -> None:
    values = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
    digits = [values[c] for c in roman(n)]
    assert sum(-d if any(d < e for e in digits[i + 1 :]) else d for i, d in enumerate(digits)) == n


def test_numbers_as_word_writes_them() -> None:
    forms = [
        "decimal",
        "chineseCounting",
        "upperLetter",
        "lowerRoman",
        "decimalEnclosedCircle",
        "none",
        "chineseCounting",
    ]
    assert [written(n, form) for n, form in zip([3, 12, 28, 4, 2, 5, 0], forms, strict=True)] == [
        "3", "十二", "BB", "iv", "②", "", "0",
    ]  # fmt: skip
    assert page_list([3, 1, 2, 7]) == "1–3、7"
