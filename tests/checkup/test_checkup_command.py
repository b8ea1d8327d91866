"""``tiaoli checkup`` from the outside."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

COMPANY = """
name: 样例公司
place: 青浦区
holds_zjtx: true
digital_contract: 60万元
revenue: {2024: 2500万元, 2025: 3200万元}
"""


def tiaoli(*words: str) -> subprocess.CompletedProcess[str]:
    code = "from assistant.cli import main; main()"
    return subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture
def company(tmp_path: Path) -> str:
    path = tmp_path / "company.yaml"
    path.write_text(COMPANY, "utf-8")
    return str(path)


def as_json(*words: str) -> dict[str, Any]:
    done = tiaoli("checkup", *words, "--json")
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_it_prints_benefits_titles_and_questions(company: str) -> None:
    done = tiaoli("checkup", "--facts", company, "--as-of", "2026-11-21")
    assert done.returncode == 0, done.stderr
    for words in (
        "样例公司",
        "可以享受（",
        "最高18万元",
        "四（十二）",
        "专精特新“小巨人”企业",
        "还要了解",
        "不是审批结论",
    ):
        assert words in done.stdout


def test_json_carries_everything_and_the_place_of_the_file_or_the_option(company: str) -> None:
    report = as_json("--facts", company, "--as-of", "2026-11-21")
    assert (report["company"], report["place"], report["as_of"]) == ("样例公司", "上海市青浦区", "2026-11-21")
    contract = next(b for b in report["benefits"] if b["id"] == "digital-contract")
    assert (contract["status"], contract["amount_max"]) == ("likely", 180_000)
    assert [t["title"] for t in report["titles"]] == ["科技型", "创新型", "专精特新", "小巨人"]
    assert as_json("--facts", company, "--place", "江苏")["benefits"] == []


def test_it_writes_reports(company: str, tmp_path: Path) -> None:
    book, document = tmp_path / "r.xlsx", tmp_path / "r.docx"
    assert "r.xlsx" in tiaoli("checkup", "--facts", company, "--out", str(book)).stdout
    assert load_workbook(book).sheetnames[0] == "总览"
    assert tiaoli("checkup", "--facts", company, "--json", "--out", str(document)).returncode == 0
    assert Document(str(document)).tables


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--facts", "nowhere.yaml"], "找不到文件"),
        (["--out", "r.odt"], "格式认不得"),
        (["--out", "no/such/folder/r.xlsx"], "不存在"),
        (["--place", "火星"], "认不得"),
        (["--as-of", "明天"], "认不得"),
    ],
)
def test_errors_are_one_line_and_code_2(company: str, words: list[str], said: str) -> None:
    facts = [] if "--facts" in words else ["--facts", company]
    done = tiaoli("checkup", *facts, *words)
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_an_unknown_fact_is_named(tmp_path: Path) -> None:
    path = tmp_path / "odd.yaml"
    path.write_text("digital_contrct: 60万元\n", "utf-8")
    done = tiaoli("checkup", "--facts", str(path))
    assert done.returncode == 2
    assert "digital_contract" in done.stderr
