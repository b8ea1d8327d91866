"""What ``tiaoli extract`` shows: every fact with unit, year, span and precision, in JSON and in sentences."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from typer.testing import CliRunner

from assistant.cli import app
from assistant.facts.details import details, lines
from assistant.facts.extract import extract

TODAY = date(2026, 11, 21)


def read(message: str) -> dict[str, dict[str, Any]]:
    """The statements of a message by key."""
    return {one["key"]: one for one in details(extract(message, as_of=TODAY))["statements"]}


@pytest.mark.parametrize(
    ("message", "key", "unit", "year", "precision"),
    [
        ("去年营收3000万", "revenue@2025", "元", 2025, "exact"),
        ("研发占比3%以上", "rd_ratio@2025", "1", 2025, "at_least"),
        ("前年员工30来号人", "staff@2024", "人", 2024, "range"),
        ("研发不到100万", "rd_expense@2025", "元", 2025, "at_most"),
        ("发明专利3项", "class_1_ip", "项", None, "exact"),
        ("我们是高企", "high_tech_valid", "", None, "stated"),
        ("得分还没出来", "development_score@2026", "分", 2026, "uncertain"),
    ],
)
def test_unit_year_span_and_precision(message: str, key: str, unit: str, year: int | None, precision: str) -> None:
    one = read(message)[key]
    assert (one["unit"], one["year"], one["precision"]) == (unit, year, precision)
    assert message[one["start"] : one["end"]] == one["text"] != ""


def test_the_command_prints_sentences_and_json() -> None:
    message = "想第一次报专精特新，员工120人，说错了，130人，美国发明专利2件，如果营收做到8000万呢"
    said = CliRunner().invoke(app, ["extract", message, "--as-of", "2026-11-21"]).output
    for words in ("问的是：专精特新（首次申报）", "（已按更正）", "还没有定", "“如果”里说的"):
        assert words in said
    assert "120人" not in said
    found = json.loads(CliRunner().invoke(app, ["extract", message, "--as-of", "2026-11-21", "--json"]).output)
    assert [one["fact"] for one in found["statements"]] == ["staff"]
    assert found["excluded"] == ["class_1_ip"]


def test_nothing_read_says_how_to_write() -> None:
    assert "没有读出" in lines(extract("你好", as_of=TODAY))[0]


def test_the_place_decides_what_a_city_is() -> None:
    arguments = ["extract", "有市级企业技术中心", "--json", "--place"]
    levels = [
        json.loads(CliRunner().invoke(app, [*arguments, place]).output)["statements"][0]["value"]["choice"]
        for place in ("上海市", "江苏省")
    ]
    assert levels == ["provincial", "municipal"]
