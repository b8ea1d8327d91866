"""Whole questions in free words: a company that fails is never called eligible, one that passes is."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.criteria.check import check
from assistant.facts.extract import extract
from assistant.facts.unread import unread

TODAY = date(2026, 11, 21)
QUESTIONS: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("questions.yaml").read_text("utf-8"))


def verdict(ask: str, title: str) -> str:
    """The outcome as the product gives it: not eligible while a part was not understood."""
    text = ask if title in ask else f"{ask}，能报{title}吗"
    found = extract(text, as_of=TODAY)
    assert found.title == title
    result = check(
        title,
        found.facts,
        track=found.track or "first",
        as_of=TODAY,
        round_year=found.round,
        rest_affirmed=found.rest_affirmed,
        excluded=found.excluded,
        problems=found.problems,
        assumed_years=[s.key for s in found.statements if s.year_assumed],
    )
    return "needs_info" if result.outcome == "eligible" and unread(text, found) else result.outcome


@pytest.mark.parametrize("case", QUESTIONS, ids=lambda case: str(case["ask"])[:40])
def test_question(case: dict[str, Any]) -> None:
    outcome = verdict(case["ask"], case["title"])
    if case["says"] is True:
        assert outcome == "eligible"
    else:
        assert outcome != "eligible"


def test_most_failures_are_named_rather_than_asked_about() -> None:
    failing = [case for case in QUESTIONS if case["says"] is False]
    named = [case for case in failing if verdict(case["ask"], case["title"]) == "not_eligible"]
    assert len(failing) > 150
    assert len(named) > 0.9 * len(failing)


@pytest.mark.parametrize(
    ("ask", "parts"),
    [
        ("其他都达标，只是前阵子市场上出了点处罚的事", ["只是前阵子市场上出了点处罚的事"]),
        ("大前年8000万，其他都达标", ["大前年8000万"]),
        ("注册资本500万，其他都达标", []),
        ("听说负债率70%以内就行，其他都达标", []),
        ("负债率是72%，不是82%，其他都达标", []),
        ("没有境外分支机构，其他都达标", []),
        ("称号好像有点问题，其他都达标", ["称号好像有点问题"]),
    ],
)
def test_what_was_not_understood_is_named(ask: str, parts: list[str]) -> None:
    assert unread(ask, extract(ask, as_of=TODAY)) == parts
