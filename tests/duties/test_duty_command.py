"""``tiaoli duties``: a file in, a list or a calendar out, and one sentence for what cannot be read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import icalendar
import pytest
import yaml
from typer.testing import CliRunner

from assistant.cli import app
from assistant.errors import BadInput

FACTS: dict[str, Any] = {
    "name": "样例公司",
    "place": "青浦",
    "revenue": {2025: "3000万元"},
    "titles": [{"title": "专精特新中小企业", "granted": "2024-06-15"}],
    "events": [{"kind": "更名", "date": "2026-10-08"}],
}


def run(tmp_path: Path, facts: object, *options: str) -> Any:
    """The outcome of the command on these facts."""
    path = tmp_path / "企业.yaml"
    path.write_text(yaml.safe_dump(facts, allow_unicode=True), "utf-8")
    return CliRunner().invoke(app, ["duties", "--facts", str(path), "--as-of", "2026-11-21", *options])


def test_the_list_for_people(tmp_path: Path) -> None:
    result = run(tmp_path, FACTS)
    assert result.exit_code == 0, result.output
    assert "专精特新：有效，2024-06-15至2027-06-14" in result.output
    for line in ("2027-01-08 专精特新 办名称变更", "2027-04-30", "2027-05-31", "向区里确认", "2026年国家办法第十九条"):
        assert line in result.output


def test_json_and_calendar_hold_the_same(tmp_path: Path) -> None:
    ics = tmp_path / "期限.ics"
    result = run(tmp_path, FACTS, "--json", "--ics", str(ics))
    found = json.loads(result.output)
    assert found["place"] == "上海市青浦区"
    assert found["as_of"] == "2026-11-21"
    days = [duty["date"] for duty in found["duties"]]
    assert days == sorted(days)
    events = icalendar.Calendar.from_ical(ics.read_bytes()).walk("VEVENT")
    assert [event.decoded("dtstart").isoformat() for event in events] == days


def test_titles_from_plain_facts(tmp_path: Path) -> None:
    found = json.loads(run(tmp_path, {"holds_innovative": True, "holds_xjr": False}, "--json").output)
    assert [state["title"] for state in found["titles"]] == ["创新型"]
    assert "哪年哪月认定" in found["questions"][0]["question"]


def test_the_place_of_the_option_goes_first(tmp_path: Path) -> None:
    found = json.loads(run(tmp_path, FACTS, "--json", "--place", "苏州").output)
    assert found["place"] == "江苏省"
    assert all(duty["rule"] != "update-shanghai-zjtx" for duty in found["duties"])


def bad(path: str, value: object) -> dict[str, Any]:
    """The facts with one thing replaced."""
    section, _, name = path.partition(".")
    if not name:
        return {**FACTS, section: value}
    return {**FACTS, section: [{**FACTS[section][0], name: value}]}


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (bad("titles.title", "独角兽"), "独角兽"),
        (bad("titles.granted", 2024), "至少到月"),
        (bad("titles.granted", "2024-02-30"), "没有30日"),
        (bad("titles.expires", "2024-01-01"), "不能早于"),
        (bad("titles.exprires", "2027-06-14"), "exprires"),
        (bad("titles", ["专精特新"]), "写成列表"),
        (bad("titles", "专精特新"), "写成列表"),
        (bad("events.kind", "改了名"), "是不是：改名"),
        (bad("events.date", None), "date"),
        (bad("events.date", "上个月"), "上个月"),
        (bad("events.reported", "2026-09-01"), "早于发生日期"),
        (bad("events.cause", "更名"), "取消认定的原因"),
        (bad("events.grade", "很大"), "很大"),
        ({**FACTS, "titles": FACTS["titles"] * 2}, "写了两次"),
        ({"events": [{"kind": "取消认定", "date": "2026-06-01"}]}, "哪个称号"),
        ({**FACTS, "revenu": 3}, "revenu"),
        (bad("place", "月球"), "月球"),
    ],
)
def test_bad_input_is_one_sentence(tmp_path: Path, facts: dict[str, Any], said: str) -> None:
    result = run(tmp_path, facts)
    assert isinstance(result.exception, BadInput)
    assert said in str(result.exception)
    assert "\n" not in str(result.exception)


def test_a_calendar_that_cannot_be_written(tmp_path: Path) -> None:
    result = run(tmp_path, FACTS, "--ics", str(tmp_path / "没有这个目录" / "a.ics"))
    assert isinstance(result.exception, BadInput)
    assert "写不进" in str(result.exception)


def test_without_a_file() -> None:
    assert "要写明企业情况文件" in str(CliRunner().invoke(app, ["duties"]).exception)
