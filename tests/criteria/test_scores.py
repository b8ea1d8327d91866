"""Score tables: the first band that holds, so much per condition, ranges where something is not known."""

from __future__ import annotations

from typing import Any

import pytest
from criteria_made import table
from hypothesis import given
from hypothesis import strategies as st

from assistant.criteria.exact import NO, UNKNOWN, YES, evaluate
from assistant.criteria.tree import bind
from corpus.criteria_tree import Compare, Score, ScoreItem, leaves, parse_node, terms, with_scores

ITEMS = (
    ScoreItem.model_validate(
        {
            "id": "rd", "label": "研发强度", "group": "innovation", "max": "20分",
            "bands": [
                {"points": "20分", "when": {"ge": ["rd_ratio.Y1", "5%"]}},
                {"points": "10分", "when": {"any": [{"ge": ["rd_ratio.Y1", "3%"]}, {"ge": ["rd_expense.Y1", "500万元"]}]}},
                {"points": "5分", "when": {"ge": ["rd_ratio.Y1", "1%"]}},
            ],
        }
    ),
    ScoreItem.model_validate(
        {
            "id": "marks", "label": "资质", "group": "quality", "max": "5分",
            "per": {"points": "3分", "of": [{"flag": "holds_tech"}, {"flag": "holds_innovative"}]},
        }
    ),
)  # fmt: skip


def compare(name: str, limit: str, op: str = "ge") -> Compare:
    node = with_scores(parse_node({op: [{"score": name}, limit]}), ITEMS, {"total": "总分"})
    bound = bind(node, track="first", round_year=2026)
    assert isinstance(bound, Compare)
    return bound


def points(data: dict[str, Any], name: str = "total") -> tuple[int, int]:
    trace = evaluate(compare(name, "1分"), table(data))
    low, high = trace.points.lo, trace.points.hi
    assert low is not None
    assert high is not None
    return int(low), int(high)


@pytest.mark.parametrize(
    ("ratio", "wanted"), [("5%", 20), ("4.99%", 10), ("3%", 10), ("2.99%", 5), ("1%", 5), ("0.99%", 0)]
)
def test_the_first_band_that_holds_counts(ratio: str, wanted: int) -> None:
    assert points({"rd_ratio": {2025: ratio}, "rd_expense": {2025: "1万元"}}, "rd") == (wanted, wanted)


def test_what_is_not_known_gives_a_range() -> None:
    assert points({}, "rd") == (0, 20)
    assert points({"rd_expense": {2025: "600万元"}}, "rd") == (10, 20)  # the ratio may still be 5 %
    assert points({"rd_ratio": {2025: "2%"}}, "rd") == (5, 10)  # the amount is not known
    assert points({"rd_ratio": {2025: "不低于3%"}}, "rd") == (10, 20)


def test_so_much_for_each_and_never_more_than_the_maximum() -> None:
    assert points({"holds_tech": True, "holds_innovative": True}, "marks") == (5, 5)
    assert points({"holds_tech": True}, "marks") == (3, 5)
    assert points({"holds_tech": False, "holds_innovative": False}, "quality") == (0, 0)


def test_fails_even_at_best_and_passes_even_at_worst() -> None:
    poor = table({"rd_ratio": {2025: "1%"}, "rd_expense": {2025: "30万元"}})
    assert evaluate(compare("total", "11分"), poor).value == NO
    assert evaluate(compare("total", "10分"), poor).value == UNKNOWN
    assert evaluate(compare("total", "5分"), poor).value == YES
    assert evaluate(compare("rd", "0分", "gt"), poor).value == YES


def test_a_score_is_one_test_and_its_conditions_are_found() -> None:
    node = compare("total", "10分")
    assert isinstance(node.left, Score)
    assert {term.fact for term in terms(node)} == {"rd_ratio", "rd_expense", "holds_tech", "holds_innovative"}
    assert len(leaves(node)) == 1 + 4 + 2
    trace = evaluate(node, table({"rd_ratio": {2025: "6%"}}))
    assert [test.node for test in trace.tests()] == [node]


def test_a_score_that_the_table_does_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="没有“growth”"):
        with_scores(parse_node({"ge": [{"score": "growth"}, "1分"]}), ITEMS, {})


@given(
    ratio=st.none() | st.integers(0, 800), expense=st.none() | st.integers(0, 900),
    tech=st.none() | st.booleans(), innovative=st.none() | st.booleans(), data=st.data(),
)  # fmt: skip
def test_filling_a_gap_only_narrows_the_points(
    ratio: int | None, expense: int | None, tech: bool | None, innovative: bool | None, data: st.DataObject
) -> None:
    def company(full: bool) -> dict[str, Any]:
        said: dict[str, Any] = {}
        for name, value, unit in (("rd_ratio", ratio, "bp"), ("rd_expense", expense, "万元")):
            number = data.draw(st.integers(0, 800)) if value is None and full else value
            if number is not None:
                said[name] = {2025: f"{number / 100}%" if unit == "bp" else f"{number}万元"}
        for name, flag in (("holds_tech", tech), ("holds_innovative", innovative)):
            known = data.draw(st.booleans()) if flag is None and full else flag
            if known is not None:
                said[name] = known
        return said

    partly, full = points(company(False)), points(company(True))
    assert partly[0] <= full[0] == full[1] <= partly[1]
