"""What "everything else is met" covers, and what it does not."""

from __future__ import annotations

import pytest
from criteria_made import asked, outcomes, row, run

from assistant.criteria import check
from assistant.facts.values import Problem, Value


def test_it_covers_what_was_never_said() -> None:
    verdict = run("专精特新", {}, rest=True)
    assert verdict.outcome == "eligible"
    assert outcomes(verdict)["item_5"] == "declared"
    assert "其他都达标" in row(verdict, "item_3").note
    upper = run("小巨人", {}, rest=True, track="first")
    assert outcomes(upper)["item_5"] == "declared"
    assert outcomes(upper)["item_6"] == "manual"


@pytest.mark.parametrize(
    ("said", "outcome", "questions"),
    [
        ({"revenue": {2025: "1480万元"}}, "needs_info", ["new_equity_l2y@2025"]),
        ({"revenue": {2025: "1480万元"}, "new_equity_l2y": {2025: "0元"}}, "not_eligible", []),
        ({"new_equity_l2y": {2025: "0元"}}, "needs_info", ["revenue@2025"]),
        ({"revenue": {2025: "1500万元"}}, "eligible", []),
        ({"class_1_ip": 0}, "needs_info", ["rd_institution", "award_level_l3y", "award_rank"]),
        ({"class_1_ip": 0, "rd_institution": "none"}, "needs_info", ["award_level_l3y", "award_rank"]),
        ({"class_1_ip": 0, "rd_institution": "none", "award_level_l3y": "none"}, "not_eligible", []),
        ({"holds_innovative": False}, "needs_info", ["holds_tech"]),
        ({"holds_innovative": True}, "eligible", []),
        ({"rd_expense": {2025: "150万元"}}, "eligible", []),
        ({"rd_expense_l2y": {2025: "220万元"}}, "needs_info", ["rd_expense@2025", "rd_expense@2024"]),
        ({"revenue": {2025: "1400万元到1600万元"}}, "needs_info", ["revenue@2025", "new_equity_l2y@2025"]),
        ({"rd_ratio": {2025: "3%到4%"}}, "eligible", []),
        ({"rd_ratio": {2025: "2.5%到3.5%"}}, "needs_info", ["rd_ratio@2025"]),
    ],
)
def test_lower_tier(said: dict[str, object], outcome: str, questions: list[str]) -> None:
    verdict = run("专精特新", said, rest=True, track="first")
    assert verdict.outcome == outcome
    assert sorted(asked(verdict)) == sorted(questions)


def test_it_covers_neither_the_uncertain_nor_the_excluded() -> None:
    unsure = run("专精特新", {"development_score": {2026: "不清楚"}}, rest=True, track="first")
    assert (unsure.outcome, outcomes(unsure)["item_6"], asked(unsure)) == ("needs_info", "unknown", [])
    assert any("要先查清" in note for note in unsure.notes)
    left_open = run("专精特新", {}, rest=True, track="first", excluded=["rd_expense", "rd_ratio"])
    assert outcomes(left_open)["item_3"] == "unknown"
    assert set(asked(left_open)) >= {"rd_expense@2024", "rd_expense@2025"}
    assert outcomes(left_open)["item_2"] == "met"


def test_one_uncertain_incident_keeps_the_gate_open() -> None:
    verdict = run("专精特新", {"environmental_violation_l3y": "不清楚"}, rest=True, track="first")
    assert (verdict.outcome, outcomes(verdict)["art_11"]) == ("needs_info", "unknown")


def test_an_uncertain_share_of_a_sum_is_not_covered() -> None:
    verdict = run("小巨人", {"rd_expense": {2024: "不清楚", 2025: "900万元"}}, rest=True, track="first")
    assert outcomes(verdict)["item_3"] == "unknown"


def test_a_problem_from_reading_is_not_covered(as_of_today: object) -> None:
    problem = Problem(kind="conflict", keys=["revenue@2025"], sentence="说了两个营业收入，请核对。")
    facts = {"revenue@2025": Value.exact(50_000_000)}
    verdict = check("小巨人", facts, track="first", as_of=as_of_today, rest_affirmed="其他都够", problems=[problem])  # type: ignore[arg-type]
    assert (verdict.outcome, verdict.conflicts) == ("needs_info", [problem.sentence])
    assert outcomes(verdict)["item_2"] == "unknown"


def test_an_estimate_with_unsaid_years_asks_instead_of_failing() -> None:
    said = {"revenue": {2025: "2600万元"}, "rd_ratio": {2025: "3.5%"}}
    assumed = run("专精特新", said, track="first", assumed_years=["revenue@2025", "rd_ratio@2025"])
    assert (assumed.outcome, outcomes(assumed)["item_3"]) == ("needs_info", "unknown")
    assert "rd_expense@2025" in asked(assumed)
    assert "按比例估算" in row(assumed, "item_3").note
    plain = run("专精特新", said, track="first")
    assert outcomes(plain)["item_3"] == "not_met"
