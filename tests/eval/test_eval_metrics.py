"""Single judgements on hand-made answers: each check can pass and can fail."""

from __future__ import annotations

from typing import Any

import pytest
from eval_made import answer, gold, verdict

from assistant.answer import Missing, Verdict
from eval.metrics import first_line, judge, reached
from eval.questions_model import Gold
from eval.ranks import ranks_of

A, B, C, D = (f"cn/miit/2026/2#art_{n}" for n in range(1, 5))


@pytest.fixture
def precheck() -> Gold:
    return gold(title="专精特新", track="first", verdict="not_eligible", failing=["item_2"], not_failing=["item_4"])


@pytest.mark.parametrize(
    ("groups", "ranks", "k", "hit"),
    [
        ([[A]], [A], 1, True), ([[A]], [B, A], 1, False), ([[A]], [B, A], 3, True), ([[A]], [B, C, D, A], 3, False),
        ([[A, B]], [B], 1, True), ([[A], [B]], [B, C], 1, True), ([[A], [B]], [A, C, D], 3, False),
        ([[A], [B]], [A, C, B], 3, True), ([[A]], [], 10, False), ([[A]], [f"{A}__para_2"], 1, True),
        ([[f"{A}__para_2"]], [A], 1, False), ([[A]], [A.replace("art_1", "art_11")], 1, False),
    ],
)  # fmt: skip
def test_reached(groups: list[list[str]], ranks: list[str], k: int, hit: bool) -> None:
    assert reached(ranks_of(groups, [[ref] for ref in ranks]), k) is hit


def test_a_topic_reaches_all_its_clauses_at_its_rank() -> None:
    assert reached(ranks_of([[A], [B]], [[C, A], [B]]), 3)
    assert not reached(ranks_of([[A], [B]], [[C, A]]), 3)


def test_a_right_answer_passes() -> None:
    question = gold(
        route="policy", status="answered", gold=[[A]], facts=["50万元", ["一次性", "一笔"]], forbidden=["40万元"]
    )
    result = judge(question, answer("最高五十万元，**一次性**[1]。\n\n还有", (A,)), [[B], [A]], [12.5])
    assert result.passed
    assert result.wrong == []
    assert result.checks == dict.fromkeys(["route", "status", "top1", "top3", "top10", "facts", "forbidden"], True)
    assert result.first_line == "最高五十万元，**一次性**[1]。"


@pytest.mark.parametrize(
    ("more", "reply", "failed", "says"),
    [
        ({"route": "policy"}, answer(route="eligibility"), "route", "eligibility"),
        ({"status": "answered"}, answer(status="not_found", reason="nothing_near"), "status", "nothing_near"),
        ({"gold": [[A]]}, answer(refs=(B, C, D, A)), "top3", "art_1"),
        ({"facts": ["40万元"]}, answer(), "facts", "40万元"),
        ({"facts": [["一项", "1项"]]}, answer("要11项"), "facts", "一项 / 1项"),
        ({"forbidden": ["50万元"], "route": "policy"}, answer("不是五十万元"), "forbidden", "50万元"),
        ({"forbidden": ["50万元"], "route": "policy"}, answer("有", notes=["以前是50万元"]), "forbidden", "50万元"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(more: dict[str, Any], reply: Any, failed: str, says: str) -> None:
    result = judge(gold(**more), reply, [])
    assert result.checks[failed] is False
    assert not result.passed
    assert any(says in why for why in result.wrong)


def test_a_fact_in_a_note_is_not_stated_by_the_answer() -> None:
    assert not judge(gold(facts=["50万元"]), answer("有奖", notes=["50万元"]), []).passed


def test_first_and_tenth_place_only_inform() -> None:
    result = judge(gold(gold=[[A]]), answer(refs=(B, A)), [])
    assert (result.checks["top1"], result.checks["top3"], result.checks["top10"]) == (False, True, False)
    assert result.passed


def test_an_eligibility_question_has_to_go_to_the_checker(precheck: Gold) -> None:
    result = judge(precheck, answer(), [])
    assert result.checks["route"] is False
    assert result.checks["verdict"] is False
    assert result.checks["failing"] is False
    assert result.verdict_right is False


def test_a_right_verdict(precheck: Gold) -> None:
    found = verdict("not_eligible", {"annex_1__item_2": "not_met", "annex_1__item_4": "exempt"})
    result = judge(precheck, answer(route="eligibility", verdict=found), [])
    assert result.passed
    assert result.verdict_right
    assert result.checks["exact"]


@pytest.mark.parametrize(
    ("found", "failed"),
    [
        (verdict("eligible", {"item_2": "met"}), {"verdict", "failing"}),
        (verdict("not_eligible", {"item_2": "unknown", "item_4": "not_met"}), {"failing", "not_failing", "exact"}),
        (verdict("not_eligible", {"item_2": "not_met", "item_4": "not_met"}), {"not_failing", "exact"}),
        (verdict("not_eligible", {"item_2": "not_met", "item_6": "not_met"}), {"exact"}),
        (verdict("not_eligible", {"item_2": "not_met"}, title="小巨人"), {"verdict"}),
        (verdict("not_eligible", {"item_2": "not_met"}, track="review"), {"verdict"}),
        (verdict("not_eligible", {"item_2": "not_met"}, track="unknown"), set()),
        (verdict("not_eligible", {"item_21": "not_met"}), {"failing", "exact"}),
    ],
)  # fmt: skip
def test_verdicts(precheck: Gold, found: Verdict, failed: set[str]) -> None:
    result = judge(precheck, answer(route="eligibility", verdict=found), [])
    assert {name for name, ok in result.checks.items() if not ok} == failed
    assert result.passed is (failed <= {"exact"})


@pytest.mark.parametrize(
    ("found", "listed"),
    [
        (verdict("needs_info", {"item_3": "unknown"}), True),
        (verdict("needs_info", {"item_3": "met"}), False),
        (verdict("needs_info", {}, (Missing(fact="rd_expense@2025", question="？", criteria=["item_3"]),)), True),
        (verdict("needs_info", {}, (Missing(fact="item_3x", question="？"),)), False),
    ],
)  # fmt: skip
def test_missing_by_criterion(found: Verdict, listed: bool) -> None:
    result = judge(gold(verdict="needs_info", missing=["item_3"]), answer(verdict=found), [])
    assert result.checks["missing"] is listed


def test_missing_by_fact_with_or_without_its_year() -> None:
    found = verdict("needs_info", {}, (Missing(fact="rd_expense@2025", question="？"),))
    for name, listed in (("rd_expense", True), ("rd_expense@2025", True), ("revenue", False)):
        result = judge(gold(verdict="needs_info", missing=[name]), answer(verdict=found), [])
        assert result.checks["missing"] is listed


def test_first_line() -> None:
    assert first_line("\n\n  第一行\n第二行") == "第一行"
    assert first_line("字" * 100) == "字" * 89 + "…"
    assert first_line("") == ""


PARTS = {"parts": [{"gold": [A], "facts": ["50万元"]}, {"gold": [B], "facts": [["三年", "3年"]]}], "status": "answered"}


@pytest.mark.parametrize(
    ("text", "refs", "silent"),
    [
        ("最高50万元[1]。管3年[2]。", (A, B), ""),
        ("最高50万元[1]。", (A, B), "第 2 问"),
        ("最高50万元[1]。管三年[1]。", (A,), "第 2 问"),
        ("不清楚[1]。", (A, B), "第 1、2 问"),
    ],
)
def test_every_part_of_a_message_is_answered(text: str, refs: tuple[str, ...], silent: str) -> None:
    result = judge(gold(**PARTS), answer(text, refs), [[A], [B]])
    assert result.checks["parts"] is (silent == "")
    assert "top3" not in result.checks
    assert result.ranks == [1, 2]
    assert silent in "".join(result.wrong)


def test_facts_in_free_words() -> None:
    question = gold(words=["主占比不低于90%", "不一样"], status="answered")
    assert judge(question, answer("小巨人主营占比不能低于90%，两档不一样[1]。"), []).passed
    wrong = judge(question, answer("小巨人主营占比不能低于80%，两档不一样[1]。"), [])
    assert wrong.wrong == ["没有说到 主占比不低于90%"]


def test_the_outcome_of_a_matter_is_status_verdict_and_leading_clauses() -> None:
    asked = gold(gold=[[A, B], [C]], same="甲")
    first = judge(asked, answer(refs=(A, D, C)), [])
    assert first.outcome == judge(asked, answer(refs=(C, B)), []).outcome
    assert first.outcome != judge(asked, answer(refs=(A, D)), []).outcome
    assert first.outcome != judge(asked, answer(refs=(A, C), status="not_found"), []).outcome
    assert (first.gold_cited, first.cites_gold, first.cites) == (2, 2, [A, D, C])
    assert judge(asked, answer(refs=(D,)), []).outcome.endswith("art_4")


def test_the_outcome_of_a_precheck_is_its_verdict(precheck: Gold) -> None:
    failing = verdict("not_eligible", {"item_2": "not_met", "item_4": "met"})
    other = verdict("not_eligible", {"item_2": "met", "item_4": "not_met"})
    results = [judge(precheck, answer(route="eligibility", verdict=v), []) for v in (failing, other)]
    assert results[0].outcome == "eligibility answered x not_eligible item_2"
    assert results[0].outcome != results[1].outcome
