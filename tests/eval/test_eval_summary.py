"""Figures over many judgements, the gates, and the page made of them."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from eval.gate import gates
from eval.metrics import Judgement
from eval.report import Report, Setting, cell, markdown
from eval.summary import TOTAL, Latency, Share, breakdowns, rates, retrieval, rows

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
        judged_on=date(2026, 11, 21), setting=SETTING, rows=rows(judgements), breakdowns=breakdowns(judgements),
        rates=rates(judgements), retrieval=retrieval(judgements), gates=gates(judgements), questions=judgements, unknown_references=list(unknown),
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


def test_rates() -> None:
    items = [
        judgement(1, status="declined"), judgement(2, status="not_found"), judgement(3, status="failed"),
        judgement(4, expected_status="not_found", status="not_found"), judgement(5, expected_status="declined"),
        judgement(6, expected_status="not_found", status="answered"),
    ]  # fmt: skip
    found = {name: (share.right, share.of) for name, share in rates(items).items()}
    assert found == {
        "无答案的题如实说没有": (1, 2), "说没有的都真没有": (1, 2), "该拒绝的都拒绝了": (0, 1), "正当问题被误拒": (1, 5),
        "能答的题误说没有": (1, 3), "该引的条款引到了": (0, 0), "引用的就是该引的条款": (0, 0), "出错": (1, 6),
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
    assert "要求至少 90%；没达到的：tt-02" in page
    assert "没有相应的题 · 预检" in page
    assert "tt-02：cn/a#art_9" in page
    head, rule, *body = [line for line in page.splitlines() if line.startswith("|")]
    assert sum(line.startswith("| a |") for line in body) == 1
    assert all(line.count(" | ") == head.count(" | ") for line in (rule, *body))
    assert "## 按题型" in page
    data = json.loads(found.to_json())
    assert data["failures"] == ["tt-02"]
    assert [gate["id"] for gate in data["gates"] if gate["passed"] is False] == ["answerable_cited"]
    assert data["questions"][0]["passed"] is True


def test_a_page_without_failures_says_so() -> None:
    page = markdown(report([judgement(1)]))
    assert "没答对的题（0）\n\n没有。" in page
    assert "语料里没有的引用" not in page
