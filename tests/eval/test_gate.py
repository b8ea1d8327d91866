"""The gate: every measure can pass and fail, and files that cannot be used are named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from test_eval_summary import judgement

from eval.alike import matters
from eval.cited import Cited
from eval.gate import MEASURES, Gate, Threshold, gates, load_gate
from eval.metrics import Judgement
from eval.questions_model import QuestionsError


def _gates(judgements: list[Judgement]) -> dict[str, Gate]:
    return {gate.id: gate for gate in gates(judgements)}


def test_our_own_gate_asks_for_what_was_promised() -> None:
    own = load_gate()
    assert set(own) <= set(MEASURES)
    assert own["answerable_right"].at_least == own["alike"].at_least == 0.95
    assert own["abstained"].at_least == own["grounded"].at_least == own["verdicts_right"].at_least == 1
    assert own["citation_precision"].at_least == 0.98
    assert own["honest_declined"].at_most == 0.01


@pytest.mark.parametrize(
    ("measure", "good", "bad"),
    [
        ("answerable_right", {}, {"checks": {"facts": False}}),
        ("answerable_right", {}, {"checks": {"facts": True, "forbidden": False}}),
        ("answerable_right", {}, {"checks": {"parts": False}}),
        ("answerable_cited", {}, {"checks": {"top3": False}}),
        ("abstained", {"expected_status": "not_found", "status": "not_found"}, {"expected_status": "not_found"}),
        ("verdicts_right", {"checks": {"verdict": True}}, {"checks": {"verdict": True, "missing": False}}),
        ("lists_right", {"checks": {"rows": True}}, {"checks": {"duties": False}}),
        ("citation_precision", {"cited": Cited(citations=2, needed=2)}, {"cited": Cited(citations=2, needed=1)}),
        ("grounded", {"cited": Cited(sentences=2, supported=2)}, {"cited": Cited(sentences=2, supported=1)}),
        ("honest_declined", {}, {"status": "declined"}),
    ],
)  # fmt: skip
def test_a_gate_opens_and_shuts(measure: str, good: dict[str, Any], bad: dict[str, Any]) -> None:
    assert _gates([judgement(1, **good)])[measure].passed is True
    shut = _gates([judgement(1, **good), judgement(2, **bad)])[measure]
    assert shut.passed is False
    assert shut.failing == ["tt-02"]


def test_a_forbidden_fact_counts_against_silence() -> None:
    silent = {"expected_status": "not_found", "status": "not_found"}
    assert _gates([judgement(1, **silent, checks={"status": True, "forbidden": False})])["abstained"].passed is False


def test_nothing_measured_is_neither() -> None:
    assert all(gate.passed is None for gate in gates([]))


def test_wordings_of_one_matter() -> None:
    odd = {"same": "甲", "outcome": "b", "cites": ["y"], "checks": {"facts": False}}
    items = [judgement(n, same="甲", outcome="a", cites=["x"]) for n in range(1, 10)] + [judgement(10, **odd)]
    alone = judgement(11, same="乙", outcome="c")
    (matter,) = matters([*items, alone, judgement(12)])
    assert (matter.wordings, matter.alike, matter.same_citations, matter.right) == (10, 9, 9, 9)
    assert matter.odd == ["tt-10"]
    gate = _gates([*items, alone])["alike"]
    assert (gate.share.right, gate.share.of, gate.passed) == (9, 10, False)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{nonsense: {at_least: 1}}", "没有这样的指标：nonsense"),
        ("{alike: {at_least: 1, at_most: 1}}", "只能写一个"),
        ("{alike: {}}", "要写一个"),
        ("{alike: {at_least: 95}}", "alike/at_least 不合规格"),
        ("{alike: 3}", "读不了|不合规格|不对"),
    ],
)
def test_a_wrong_file_is_named(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "gate.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(QuestionsError, match=says):
        load_gate(path)


def test_thresholds_of_ones_own() -> None:
    found = gates([judgement(1), judgement(2, checks={"facts": False})], {"answerable_right": Threshold(at_least=0.5)})
    assert [gate.passed for gate in found] == [True]
    assert found[0].asked == "要求至少 50%"
