"""What comes out: the workbook with its sheets, CSV, Parquet; nothing in it runs as a formula."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from sheets_made import DAY, HEADINGS, company, screened, text_table, workbook
from typer.testing import CliRunner

from assistant.commands.screen import summary
from assistant.errors import BadInput
from assistant.sheets import write_xlsx
from assistant.sheets.job import Settings, look
from assistant.sheets.mapping import load_mapping
from assistant.sheets.preview import as_dict, column_rows

EVIL = ['=HYPERLINK("http://x")', "+1+cmd|' /C calc'!A0", "@SUM(1)", "-2+3+cmd", "\t=1+1"]


def sample(tmp_path: Path) -> Path:
    rows = [company(企业名称=name) for name in ("甲公司", *"ABCDE")]
    rows += [
        company(企业名称="乙公司", 负债率="见附件"),
        company(企业名称="丙公司", 负债率=-3),
        company(企业名称="丁公司", 细分市场年限="两年"),
    ]
    return workbook(tmp_path / "企业.xlsx", HEADINGS, *rows)


def test_the_workbook_of_results(tmp_path: Path) -> None:
    done = screened(sample(tmp_path), tmp_path / "结果.xlsx", titles=("zjtx", "xjr"))
    book = openpyxl.load_workbook(done.target)
    assert book.sheetnames == ["结果", "汇总", "读数报告", "列对照"]
    rows = list(book["结果"].iter_rows(values_only=True))
    assert rows[0][:4] == ("行号", "企业名称", "统一社会信用代码", "专精特新：结论")
    assert [row[0] for row in rows[1:]] == list(range(2, 11))
    outcomes = dict(zip([row[1] for row in rows[1:]], [row[3] for row in rows[1:]], strict=True))
    assert (outcomes["甲公司"], outcomes["乙公司"], outcomes["丁公司"]) == ("符合", "还不能判断", "不符合")
    assert outcomes["丙公司"] == "还不能判断"
    report = [row for row in book["读数报告"].iter_rows(values_only=True) if row[0] == "企业"]
    assert [(row[1], row[3], row[4], row[5]) for row in report] == [
        (8, "2025年末资产负债率（%）", "见附件", "读不懂"), (9, "2025年末资产负债率（%）", "-3", "不可能的数"), (10, "细分市场年限", "两年", "已换算"),
    ]  # fmt: skip
    columns = list(book["列对照"].iter_rows(values_only=True))
    assert ("企业", "C", "2025年营业收入（万元）", "营业收入（2025年）", "万元", "revenue@2025", None) in columns
    assert len(book["汇总"]._charts) == 4  # type: ignore[attr-defined]


def test_no_text_in_the_workbook_is_a_formula(tmp_path: Path) -> None:
    rows = [company(企业名称=name, 负债率=name) for name in EVIL]
    done = screened(text_table(tmp_path / "企业.csv", HEADINGS, *rows), tmp_path / "结果.xlsx")
    assert EVIL[0] in [row[1] for row in openpyxl.load_workbook(done.target)["结果"].iter_rows(values_only=True)]
    with zipfile.ZipFile(done.target) as book:
        for name in book.namelist():
            if name.startswith("xl/worksheets/sheet"):
                assert not re.search(r"<f[ >]|<hyperlink ", book.read(name).decode()), name


def test_no_text_in_the_csv_is_a_formula(tmp_path: Path) -> None:
    rows = [company(企业名称=name, 负债率="-3") for name in ("甲公司", *EVIL)]
    done = screened(text_table(tmp_path / "企业.csv", HEADINGS, *rows), tmp_path / "结果.csv")
    raw = done.target.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    frame = pl.read_csv(done.target)
    names = frame["企业名称"].to_list()
    assert [name for name in names if name[0] in "=+-@\t"] == []
    assert names[1] == "'" + EVIL[0]
    cells = pl.read_csv(done.report, infer_schema=False) if done.report else pl.DataFrame()
    assert "-3" in cells["写的是"].to_list()


def test_the_lines_that_do_not_fit_the_workbook_stand_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write_xlsx, "LINES_SHOWN", 2)
    done = screened(sample(tmp_path), tmp_path / "结果.xlsx")
    texts = [row[0] for row in openpyxl.load_workbook(done.target)["读数报告"].iter_rows(values_only=True)]
    assert any(text and "其余 1 个" in str(text) for text in texts)
    assert texts.count("企业") == 2
    assert done.report is not None
    assert pl.read_csv(done.report).height == 3


def test_many_rows_go_on_in_another_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write_xlsx, "ROWS_A_SHEET", 4)
    book = openpyxl.load_workbook(screened(sample(tmp_path), tmp_path / "结果.xlsx").target)
    assert [book[name].max_row for name in ("结果", "结果2", "结果3")] == [5, 5, 2]


def test_every_row_comes_out_once_and_in_order(tmp_path: Path) -> None:
    rows = [company(企业名称=f"第{n}家", 评价得分=n % 100) for n in range(997)]
    whole = screened(text_table(tmp_path / "企业.csv", HEADINGS, *rows), tmp_path / "a.parquet")
    pieces = screened(tmp_path / "企业.csv", tmp_path / "b.parquet", rows=10)
    one, many = pl.read_parquet(whole.target), pl.read_parquet(pieces.target)
    assert one.equals(many)
    assert one["row"].to_list() == list(range(2, 999))
    assert whole.tally.titles["zjtx"].outcomes.total() == 997
    assert not list(tmp_path.glob(".*"))


def test_the_summary_counts_what_came_out(tmp_path: Path) -> None:
    done = screened(sample(tmp_path), tmp_path / "结果.parquet")
    told = json.loads(json.dumps(summary(done), ensure_ascii=False))
    assert told["rows"] == 9
    assert told["titles"][0]["outcomes"] == {"eligible": 6, "not_eligible": 1, "needs_info": 2, "invalid_input": 0}
    assert (told["cells_repaired"], told["cells_not_readable"], told["cells_impossible"]) == (1, 1, 1)
    assert told["titles"][0]["failing"] == {"附件1（一） 科技和创新型称号；细分市场年限": 1}


def test_the_preview_names_every_column(tmp_path: Path) -> None:
    source = workbook(
        tmp_path / "企业.xlsx",
        ["公司名称", "营收", "上年研发投入（元）", "研发占比", "流动资金", "2025年得分", "2025年评价得分", "负债率"],
        *[["甲", 3000 + n, 1_300_000, 0.04, 5, 1, 2, [45, 0.5][n % 2]] for n in range(6)],
    )
    _, survey = look(source, Settings(as_of=DAY))
    rows = {row[2]: row for row in column_rows(survey.parts[0])}
    assert rows["公司名称"][3] == "企业名称"
    assert rows["营收"][3:6] == ("营业收入（2025年）", "元", "revenue@2025")
    assert "没有写年份" in rows["营收"][6]
    assert "都是元" in rows["营收"][6]
    assert rows["上年研发投入（元）"][3:6] == ("研发费用（2025年）", "元", "rd_expense@2025")
    assert rows["研发占比"][4] == "小数"
    assert "没有使用" in rows["流动资金"][3]
    assert "分不清" in rows["2025年得分"][3]
    assert (rows["负债率"][4], "分不清是百分数还是小数" in rows["负债率"][6]) == ("", True)
    assert as_dict(survey)["tables"][0]["columns"][1]["fact"] == "revenue@2025"


@pytest.mark.parametrize(
    ("amounts", "unit"),
    [((3000, 5200, 800), "万元"), ((30_000_000, 52_000_000, 8_000_000), "元"), ((300_000, 520_000, 80_000), "")],
)
def test_a_money_unit_that_nobody_wrote_is_told_by_size_or_left_open(
    tmp_path: Path, amounts: tuple[int, ...], unit: str
) -> None:
    rows = [[f"第{n}家", amount, amount // 20] for n, amount in enumerate(amounts)]
    source = text_table(tmp_path / "企业.csv", ["企业名称", "2025年营业收入", "2025年研发费用"], *rows)
    _, survey = look(source, Settings(as_of=DAY))
    columns = survey.parts[0].layout.columns
    assert [c.unit.name if c.unit else "" for c in columns[1:]] == [unit, unit]
    assert all("没有写金额单位" in "".join(c.notes) for c in columns[1:])


def test_a_mapping_file_settles_what_headers_leave_open(tmp_path: Path) -> None:
    source = text_table(
        tmp_path / "企业.csv",
        ["户名", "甲项", "乙项", "营收", "营业额"],
        *[[f"第{n}家", 3000, 90, 2800, 1] for n in range(3)],
    )
    mapping = tmp_path / "对照.yaml"
    mapping.write_text(
        "header_rows: [1]\nmoney_unit: 万元\nyear: 2024\ncolumns:\n  A: 企业名称\n  甲项: {fact: revenue, year: 2025}\n"
        "  乙项: {fact: 研发费用, year: 2025, unit: 万元}\n  营业额: 不用\n  D: revenue\n",
        "utf-8",
    )
    _, survey = look(source, Settings(as_of=DAY, mapping=mapping))
    columns = survey.parts[0].layout.columns
    assert [c.role for c in columns] == ["name", "fact", "fact", "fact", "passed_over"]
    assert [c.key for c in columns[1:4]] == ["revenue@2025", "rd_expense@2025", "revenue@2024"]
    assert {c.unit.name for c in columns[1:4] if c.unit} == {"万元"}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("columns: {Z: revenue}", "找不到"), ("columns: {A: 营业总额收入}", "不是事实字典"), ("money_unit: 斤", "不能用在|不是金额单位"), ("列: 3", "写得不对"),
     
     ("columns: {B: {fact: revenue, unit: '%'}}", "不能用在"), ("columns: {A: 营业收入, B: 营业收入}", "同一项"),
     ("sheets: [没有]", "没有叫"), (": [", "读不懂")],
)  # fmt: skip
def test_a_mapping_file_that_is_wrong_is_told(tmp_path: Path, text: str, sentence: str) -> None:
    source = text_table(tmp_path / "企业.csv", ["企业名称", "2025年营业收入", "2025年研发费用"], ["甲", 1, 2])
    path = tmp_path / "对照.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(BadInput, match=sentence):
        look(source, Settings(as_of=DAY, mapping=path))
    with pytest.raises(BadInput, match="找不到对照文件"):
        load_mapping(tmp_path / "没有.yaml")


def test_the_command(tmp_path: Path) -> None:
    import typer

    from assistant.commands.screen import screen

    app = typer.Typer()
    app.command()(screen)
    source = str(sample(tmp_path))
    options = ["--as-of", "2026-11-21", "--track", "first", "--title", "专精特新"]
    told = CliRunner().invoke(app, [source, "-o", str(tmp_path / "结果.xlsx"), "--json", *options])
    assert told.exit_code == 0, told.output
    assert json.loads(told.stdout)["titles"][0]["outcomes"]["eligible"] == 6
    said = CliRunner().invoke(app, [source, "-o", str(tmp_path / "结果.csv"), *options])
    assert "专精特新：符合 6，不符合 1" in said.stdout
    seen = CliRunner().invoke(app, [source, "--preview", *options])
    assert "revenue@2025" in seen.stdout
    for wrong in (["--track", "x"], ["--engine", "x"], ["--title", "没有"], []):
        failed = CliRunner().invoke(app, [source, "-o", "结果.csv", *wrong] if wrong else [source])
        assert isinstance(failed.exception, BadInput)
