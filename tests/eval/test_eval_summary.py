"""Figures over many judgements, the gates, and the page made of them."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from eval.metrics import Judgement
from eval.report import Report, Setting, cell, markdown
from eval.summary import TOTAL, Latency, Share, gates, rates, rows

SETTING = Setting(documents=4, clauses=126, topics=25, entries=900, embedding="static", originals=0, model=None)


def judgement(number: int, **more: Any) -> Judgement:
    fields: dict[str, Any] = {
        "id": f"tt-{number:02}", "set": "a", "question": "问", "expected_status": "answered", "answerable": True,
        "route": "policy", "status": "answered", "reason": "answered", "checks": {"top3": True, "facts": True},
        "wrong": [], "first_line": "答", "ms": [10.0 * number],
    }  # fmt: skip
    return Judgement(**{**fields, **more})


def report(judgements: list[Judgement], unknown: tuple[str, ...] = ()) -> Report:
    return Report(
        judged_on=date(2026, 11, 21), setting=SETTING, rows=rows(judgements), rates=rates(judgements),
        gates=gates(judgements), questions=judgements, unknown_references=list(unknown),
    )  # fmt: skip


def test_rows_per_set_and_in_total() -> None:
    items = [judgement(1), judgement(2, checks={"top3": False}), judgement(3, set="b", checks={"verdict": True})]
    first, second, total = rows(items)
    assert [r.name for r in (first, second, total)] == ["a", "b", TOTAL]
    assert (first.passed.right, first.passed.of) == (1, 2)
    assert (total.checks["top3"].right, total.checks["top3"].of) == (1, 2)
    assert total.checks["route"].value is None
    assert total.latency.p50 == 20.0
    assert total.latency.turns == 3


def test_latency_of_nothing_and_of_many() -> None:
    assert Latency.of([]).turns == 0
    found = Latency.of([float(n) for n in range(1, 101)])
    assert [found.p50, found.p95, found.p99] == pytest.approx([50.5, 95.0, 99.0], abs=0.1)


def test_gates_pass_and_fail() -> None:
    good = [judgement(n) for n in range(1, 10)]
    silent = judgement(20, expected_status="not_found", answerable=False, status="not_found", checks={"status": True})
    right = judgement(30, expected_status=None, answerable=False, checks={"verdict": True, "failing": True})
    assert [g.passed for g in gates([*good, judgement(10, checks={"top3": True, "facts": False}), silent, right])] == [
        True, True, True, None,
    ]  # fmt: skip
    listed = judgement(40, expected_status=None, answerable=False, checks={"rows": True})
    assert gates([listed])[3].passed
    assert gates([listed.model_copy(update={"checks": {"duties": False}})])[3].passed is False
    assert gates([*good[:8], judgement(10, checks={"top3": True, "facts": False})])[0].passed is False
    assert gates([*good[:8], judgement(10, checks={"top3": False})])[0].failing == ["tt-10"]
    leak = silent.model_copy(update={"checks": {"status": True, "forbidden": False}})
    assert gates([leak])[1].passed is False
    answered = silent.model_copy(update={"status": "answered"})
    assert gates([silent, answered])[1].passed is False
    wrong = right.model_copy(update={"checks": {"verdict": True, "missing": False}})
    assert gates([wrong])[2].passed is False
    assert gates(good)[1].passed is None
    assert gates([])[0].passed is None


def test_an_answerable_question_without_required_facts_needs_its_clause_only() -> None:
    assert gates([judgement(1, checks={"top3": True})])[0].passed


def test_rates() -> None:
    items = [
        judgement(1, status="declined"), judgement(2, status="not_found"), judgement(3, status="failed"),
        judgement(4, expected_status="not_found", status="not_found"), judgement(5, expected_status="declined"),
        judgement(6, expected_status="not_found", status="answered"),
    ]  # fmt: skip
    found = {name: (share.right, share.of) for name, share in rates(items).items()}
    assert found == {
        "无答案的题如实说没有": (1, 2), "该拒绝的都拒绝了": (0, 1), "正当问题被误拒": (1, 5),
        "能答的题误说没有": (1, 3), "出错": (1, 6),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("right", "of", "shown"),
    [
        (0, 0, "—"),
        (1, 1, "100%（1/1）"),
        (999, 1000, "99%（999/1000）"),
        (2, 3, "67%（2/3）"),
        (0, 2, "0%（0/2）"),
        (2, 419, "不到1%（2/419）"),
    ],
)
def test_a_share_is_never_rounded_to_all_or_none(right: int, of: int, shown: str) -> None:
    assert cell(Share(right=right, of=of)) == shown


def test_page_and_json_list_what_failed() -> None:
    bad = judgement(
        2, checks={"top3": False}, wrong=["引用前 3 条里缺 art_1"], first_line="<b>别的|答案</b>", question="甲\n乙"
    )
    found = report([judgement(1), bad], ("tt-02：cn/a#art_9",))
    page = markdown(found)
    assert "没答对的题（1）" in page
    assert "- **tt-02** 甲 乙" in page
    assert "引用前 3 条里缺 art_1" in page
    assert "&lt;b&gt;别的\\|答案" in page
    assert "<b>" not in page
    assert "未通过 · 能答的题" in page
    assert "要求 90%；没达到的：tt-02" in page
    assert "没有相应的题 · 预检" in page
    assert "tt-02：cn/a#art_9" in page
    head, rule, *body = [line for line in page.splitlines() if line.startswith("|")]
    assert len(body) == 2
    assert all(line.count(" | ") == head.count(" | ") for line in (rule, *body))
    data = json.loads(found.to_json())
    assert data["failures"] == ["tt-02"]
    assert data["gates"][0]["passed"] is False
    assert data["questions"][0]["passed"] is True


def test_a_page_without_failures_says_so() -> None:
    page = markdown(report([judgement(1)]))
    assert "没答对的题（0）\n\n没有。" in page
    assert "语料里没有的引用" not in page
