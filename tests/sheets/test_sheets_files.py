"""Real files: workbooks, CSV in several encodings, Parquet, and files that are not what they seem."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import openpyxl
import polars as pl
import pytest
import xlsxwriter
from sheets_made import DAY, GOOD, HEADINGS, company, results, screened, text_table, workbook

from assistant.errors import BadInput
from assistant.sheets import zip_guard
from assistant.sheets.job import Settings, look


def lines_of(target: Path) -> list[dict[str, object]]:
    return pl.read_csv(target.with_name(f"{target.stem}.读数报告.csv"), infer_schema=False).to_dicts()


def test_a_workbook_of_companies(tmp_path: Path) -> None:
    rows = [HEADINGS, GOOD, company(企业名称="乙公司", 负债率=81), company(企业名称="丙公司", 评价得分=None)]
    frame = results(workbook(tmp_path / "企业.xlsx", *rows), tmp_path / "结果.parquet")
    assert frame["name"].to_list() == ["甲公司", "乙公司", "丙公司"]
    assert frame["row"].to_list() == [2, 3, 4]
    assert frame["zjtx.outcome"].to_list() == ["eligible", "not_eligible", "needs_info"]
    assert "附件1（二）" in frame["zjtx.failing"][1]
    assert frame["zjtx.gap"][1] == "年末资产负债率（2025年）为81%，高1个百分点"
    assert "得分" in frame["zjtx.missing"][2]


@pytest.mark.parametrize(
    ("encoding", "name"), [("utf-8", "a.csv"), ("utf-8-sig", "b.csv"), ("gbk", "c.csv"), ("utf-16", "d.csv")]
)
def test_text_in_every_encoding_says_the_same(tmp_path: Path, encoding: str, name: str) -> None:
    source = text_table(tmp_path / name, HEADINGS, GOOD, company(企业名称="乙公司", 负债率="81％"), encoding=encoding)
    frame = results(source, tmp_path / "结果.parquet")
    assert frame["zjtx.outcome"].to_list() == ["eligible", "not_eligible"]
    assert frame["name"].to_list() == ["甲公司", "乙公司"]


def test_other_separators(tmp_path: Path) -> None:
    path = tmp_path / "企业.tsv"
    path.write_text("\n".join("\t".join(map(str, row)) for row in (HEADINGS, GOOD)), "utf-8")
    assert results(path, tmp_path / "结果.parquet")["zjtx.outcome"].to_list() == ["eligible"]


def test_parquet_with_types(tmp_path: Path) -> None:
    frame = pl.DataFrame([GOOD], schema=HEADINGS, orient="row")
    frame.write_parquet(tmp_path / "企业.parquet")
    found = results(tmp_path / "企业.parquet", tmp_path / "结果.parquet")
    assert found["zjtx.outcome"].to_list() == ["eligible"]
    assert found["row"].to_list() == [1]


def test_the_same_companies_as_workbook_text_and_parquet_get_the_same(tmp_path: Path) -> None:
    rows = [company(企业名称=f"第{n}家", 评价得分=n, 负债率=n) for n in range(40, 95)]
    book = results(workbook(tmp_path / "a.xlsx", HEADINGS, *rows), tmp_path / "ra.parquet").drop("sheet", "row")
    text = results(text_table(tmp_path / "b.csv", HEADINGS, *rows), tmp_path / "rb.parquet").drop("sheet", "row")
    pl.DataFrame(rows, schema=HEADINGS, orient="row").write_parquet(tmp_path / "c.parquet")
    typed = results(tmp_path / "c.parquet", tmp_path / "rc.parquet").drop("sheet", "row")
    assert book.equals(text)
    assert book.equals(typed)


def test_percent_formats_dates_and_numbers_kept_as_text(tmp_path: Path) -> None:
    path = tmp_path / "格式.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        percent = book.add_format({"num_format": "0.0%"})
        sheet.write_row(0, 0, ["企业名称", "2025年末资产负债率", "2025年营业收入（万元）", "进入特定细分市场的时间"])
        sheet.write_row(1, 0, ["甲", 0.45])
        sheet.write_number(1, 1, 0.455, percent)
        sheet.write_string(1, 2, "4,800")
        sheet.write_datetime(1, 3, DAY.replace(year=2019), book.add_format({"num_format": "yyyy-mm-dd"}))  # type: ignore[arg-type]
        sheet.write_row(2, 0, ["乙", "60%", 4800])
    _, survey = look(path, Settings(as_of=DAY, titles=("zjtx",)))
    roles = {c.header: c.role for c in survey.parts[0].layout.columns}
    assert set(roles.values()) == {"name", "fact"}
    from assistant.sheets.clean import clean
    from assistant.sheets.tables import open_source

    source = open_source(path)
    part = survey.parts[0]
    [piece] = source.pieces(part.sheet, 100)
    facts = clean(piece.rows(2, 3), part.layout, {}, DAY).facts
    assert facts["debt_ratio@2025"].to_list() == [0.455, 0.6]
    assert facts["revenue@2025"].to_list() == [4_800_000_000, 4_800_000_000]
    assert facts["niche_start"].to_list() == [20191121, None]


def test_formulas_with_and_without_results(tmp_path: Path) -> None:
    path = tmp_path / "公式.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADINGS)
        sheet.write_row(1, 0, GOOD)
        sheet.write_formula(1, 2, "=1000+2000", None, 3000)
        sheet.write_row(2, 0, company(企业名称="乙公司"))
        sheet.write_formula(2, 2, "=1/0", None, "#DIV/0!")
    done = screened(path, tmp_path / "结果.xlsx")
    assert done.tally.titles["zjtx"].outcomes == {"eligible": 1, "needs_info": 1}
    assert [(line["行号"], line["写的是"], line["情况"]) for line in lines_of(done.target)] == [
        ("3", "#DIV/0!", "读不懂")
    ]

    bare = workbook(tmp_path / "没算过.xlsx", HEADINGS, company(**{"2025年营业收入": "=1000+2000"}))
    done = screened(bare, tmp_path / "结果2.xlsx")
    assert done.tally.titles["zjtx"].outcomes == {"needs_info": 1}
    [line] = lines_of(done.target)
    assert (line["列"], line["写的是"]) == ("C", "（公式）")
    assert "公式没有存下计算结果" in str(line["读成什么，或有什么问题"])


def test_merged_headings_and_title_rows_of_a_real_workbook(tmp_path: Path) -> None:
    path = tmp_path / "合并.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["2025年度企业情况表（单位：万元）"])
    sheet.append(["企业名称", "营业收入", None, "研发费用", None, "所在园区"])
    sheet.append([None, 2024, 2025, "2024年", "2025年", None])
    sheet.append(["甲公司", 2800, 3000, 120, 130, "一区"])
    sheet.append(["乙公司", 2800, "3,000万", 120, 80, None])
    for ref in ("A1:F1", "B2:C2", "D2:E2", "A2:A3", "F4:F5"):
        sheet.merge_cells(ref)
    book.save(path)
    frame = results(path, tmp_path / "结果.parquet")
    assert frame["row"].to_list() == [4, 5]
    assert frame["zjtx.item_3"].to_list() == ["met", "not_met"]


def test_a_header_that_stands_again_and_a_second_table(tmp_path: Path) -> None:
    again = ["企业名称", "2025年研发费用（元）", "2024年研发费用（元）", "2025年营业收入（元）", "2024年营业收入（元）"]
    source = workbook(
        tmp_path / "两个表头.xlsx", HEADINGS, GOOD, HEADINGS, company(企业名称="乙公司"), [], again,
        ["丙公司", 800_000, 1_200_000, 20_000_000, 20_000_000], ["合计", 1, 2, 3, 4], ["填表人：某某"],
    )  # fmt: skip
    done = screened(source, tmp_path / "结果.parquet")
    frame = pl.read_parquet(done.target)
    assert frame["name"].to_list() == ["甲公司", "乙公司", "丙公司"]
    assert frame["row"].to_list() == [2, 4, 7]
    assert frame["zjtx.item_3"].to_list() == ["met", "met", "not_met"]
    assert [(row, why) for _, row, why in done.survey.passed_over] == [(3, "是重复的表头"), (6, "是表头")]
    assert done.tally.cells["total"] == 2


def test_several_sheets_and_hidden_ones(tmp_path: Path) -> None:
    path = tmp_path / "多表.xlsx"
    book = openpyxl.Workbook()
    for name, row in (("一", GOOD), ("二", company(企业名称="乙公司")), ("藏", company(企业名称="丙公司"))):
        sheet = book.create_sheet(name)
        sheet.append(HEADINGS)
        sheet.append(row)
    book["藏"].sheet_state = "hidden"
    book["Sheet"].append(["随便写的"])
    book.save(path)
    done = screened(path, tmp_path / "结果.csv")
    frame = pl.read_csv(done.target)
    assert frame.select("工作表", "企业名称").rows() == [("一", "甲公司"), ("二", "乙公司")]
    assert any("“藏”是隐藏的" in note for note in done.survey.notes)
    assert any("“Sheet”" in note for note in done.survey.notes)


def test_an_open_quotation_mark_swallows_nothing(tmp_path: Path) -> None:
    path = text_table(tmp_path / "企业.csv", HEADINGS, GOOD)
    with path.open("a", encoding="utf-8") as file:
        file.write('"乙公司,' + ",".join(map(str, GOOD[1:])) + "\n")
        for n in range(300):
            file.write(f"第{n}家," + ",".join(map(str, GOOD[1:])) + "\n")
    done = screened(path, tmp_path / "结果.parquet")
    frame = pl.read_parquet(done.target)
    assert frame.height == 302
    assert set(frame["zjtx.outcome"]) == {"eligible"}
    assert any("第 3 行" in note and "引号" in note for note in done.survey.notes)


def test_rows_that_are_short_or_long_are_kept(tmp_path: Path) -> None:
    source = text_table(tmp_path / "企业.csv", HEADINGS, GOOD[:3], [*GOOD, "多的"], [], ["丁公司"])
    done = screened(source, tmp_path / "结果.parquet")
    frame = pl.read_parquet(done.target)
    assert frame["row"].to_list() == [2, 3, 5]
    assert frame["zjtx.outcome"].to_list() == ["needs_info", "eligible", "needs_info"]
    assert [line["情况"] for line in lines_of(done.target)] == ["表头外的格子"]


def bomb(path: Path, size: int) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/workbook.xml", "<workbook/>")
        file.writestr("xl/worksheets/sheet1.xml", b" " * size)
    return path


def _wrong(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_files_that_are_not_what_they_seem(tmp_path: Path) -> None:
    book = workbook(tmp_path / "好.xlsx", HEADINGS, GOOD)
    whole = book.read_bytes()
    with zipfile.ZipFile(tmp_path / "路径.xlsx", "w") as file:
        file.writestr("xl/workbook.xml", "<workbook/>")
        file.writestr("../../evil", "x")
    with zipfile.ZipFile(tmp_path / "文档.xlsx", "w") as file:
        file.writestr("content.xml", "x")
    wrong = {
        "压缩炸弹": bomb(tmp_path / "炸弹.xlsx", 64 * 2**20),
        "不完整": _wrong(tmp_path / "断.xlsx", whole[: len(whole) // 2]),
        "不是 .xlsx 工作簿": _wrong(tmp_path / "文本.xlsx", "企业名称,营收".encode()),
        "旧版 .xls": _wrong(tmp_path / "旧.xlsx", zip_guard.COMPOUND + b"\0" * 600),
        "空文件": _wrong(tmp_path / "空.xlsx", b""),
        "工作簿外面": tmp_path / "路径.xlsx",
        "OpenDocument": tmp_path / "文档.xlsx",
        "不是完整的 Parquet": _wrong(tmp_path / "断.parquet", b"PAR1" + b"\0" * 100),
        "改成 .xlsx": _wrong(tmp_path / "名.csv", whole),
        "编码认不出": _wrong(tmp_path / "乱.csv", bytes(range(128, 256)) * 20),
        "扩展名不认识": _wrong(tmp_path / "图.png", b"x"),
        "另存为": _wrong(tmp_path / "旧.xls", zip_guard.COMPOUND),
        "找不到文件": tmp_path / "没有.xlsx",
        "是文件夹": tmp_path,
    }
    for sentence, path in wrong.items():
        with pytest.raises(BadInput, match=sentence):
            screened(path, tmp_path / "结果.xlsx")
    assert not list(tmp_path.glob("结果*"))


def test_limits_of_size_are_told_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_guard, "MOST_BYTES", 1000)
    with pytest.raises(BadInput, match="CSV 或 Parquet"):
        screened(workbook(tmp_path / "大.xlsx", HEADINGS, GOOD), tmp_path / "结果.xlsx")


def test_a_container_that_lies_about_its_size_is_found(tmp_path: Path) -> None:
    path = workbook(tmp_path / "谎.xlsx", HEADINGS, *[GOOD] * 50)
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as file:
        size = file.getinfo("xl/worksheets/sheet1.xml").file_size
    while (at := data.find(size.to_bytes(4, "little"))) >= 0:
        data[at : at + 4] = (100).to_bytes(4, "little")
    path.write_bytes(data)
    with pytest.raises(BadInput, match="损坏"):
        screened(path, tmp_path / "结果.xlsx")


def test_one_cell_far_away_does_not_fill_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "远.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADINGS)
    sheet["XFD1048576"] = 1
    book.save(path)
    with pytest.raises(BadInput, match="格子太多"):
        screened(path, tmp_path / "结果.xlsx")


def test_entities_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "实体.xlsx"
    good = workbook(tmp_path / "好.xlsx", HEADINGS, GOOD)
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(path, "w") as new:
        for part in old.namelist():
            text = old.read(part)
            if part == "xl/workbook.xml":
                text = b'<!DOCTYPE x [<!ENTITY a "b">]>' + text
            new.writestr(part, text)
    with pytest.raises(BadInput, match="实体"):
        screened(path, tmp_path / "结果.xlsx")


def test_the_output_is_refused_where_it_cannot_be(tmp_path: Path) -> None:
    source = text_table(tmp_path / "企业.csv", HEADINGS, GOOD)
    for target, sentence in (
        (source, "同一个"),
        (tmp_path / "结果.pdf", "扩展名"),
        (tmp_path / "没有" / "结果.csv", "没有文件夹"),
    ):
        with pytest.raises(BadInput, match=sentence):
            screened(source, target)
    if os.geteuid():
        locked = tmp_path / "锁"
        locked.mkdir(mode=0o500)
        with pytest.raises(BadInput, match="写不进"):
            screened(source, locked / "结果.csv")


def test_nothing_to_read_is_a_sentence(tmp_path: Path) -> None:
    for source in (workbook(tmp_path / "只有表头.xlsx", HEADINGS), text_table(tmp_path / "只有表头.csv", HEADINGS)):
        for target in ("结果.xlsx", "结果.csv", "结果.parquet"):
            with pytest.raises(BadInput, match="没有企业"):
                screened(source, tmp_path / target)
    assert not list(tmp_path.glob("*结果*"))
    with pytest.raises(BadInput, match="没有找到看得懂的表头"):
        screened(text_table(tmp_path / "别的.csv", ["姓名", "年龄"], ["张", 3]), tmp_path / "结果.csv")
    with pytest.raises(BadInput, match="没有数据"):
        screened(workbook(tmp_path / "空.xlsx"), tmp_path / "结果.csv")
