"""Questions as JSONL: what is read, what is left out, what is wrong."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from eval.jsonl import load_jsonl
from eval.questions_model import Gold, QuestionsError

MEASURE = "优质中小企业梯度培育管理办法（工信部企业〔2026〕2号）"


def _load(tmp_path: Path, *records: dict[str, Any]) -> list[Gold]:
    path = tmp_path / "asked.jsonl"
    path.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in records), "utf-8")
    return load_jsonl([path])


def test_a_policy_question(tmp_path: Path) -> None:
    record = {
        "id": "A02", "persona": "服务专员", "question": "要多少？", "region": "青浦", "type": "current",
        "gold": [{"file": "f.txt", "doc": MEASURE, "clause": "附件2（二）"}, {"doc": "没有的文件", "clause": "第一条"}],
        "answer_facts": ["5000万元以上"], "must_not": ["70%", "一项（别处的口径）"],
    }  # fmt: skip
    (found,) = _load(tmp_path, record)
    assert (found.id, found.set, found.persona, found.place) == ("a-02", "asked", "specialist", "上海市青浦区")
    assert found.gold == [["cn/miit/2026/2#annex_2__item_2"]]
    assert (found.words, found.forbidden, found.status, found.kind) == (
        ["5000万元以上"],
        ["70%"],
        "answered",
        "current",
    )


def test_a_thread_is_judged_on_the_facts_of_its_last_turn(tmp_path: Path) -> None:
    record = {"id": "G1", "question": "丙？", "turns": ["甲？", "丙？"], "answer_facts": ["第1轮：5%", "第2轮：75%"]}
    (found,) = _load(tmp_path, record | {"region": "国家", "type": "multi-turn", "gold": []})
    assert (found.turns, found.words, found.place) == (["甲？", "丙？"], ["75%"], None)


@pytest.mark.parametrize(("kind", "status"), [("abstain", "not_found"), ("adversarial", "declined")])
def test_what_is_not_to_be_answered(tmp_path: Path, kind: str, status: str) -> None:
    (found,) = _load(tmp_path, {"id": "E1", "question": "问？", "type": kind, "answer_facts": ["没有收录"]})
    assert (found.status, found.words) == (status, [])


def test_a_precheck(tmp_path: Path) -> None:
    record = {
        "id": "X26", "level": "专精特新小巨人（附件2）", "apply_type": "复核", "question": "能过吗？",
        "expected_verdict": "not_eligible", "failing": ["四", "第二十条", "基本条件"], "missing": ["三（研发）", "数据异常"],
        "as_of": "2026-11",
    }  # fmt: skip
    only_asked, precheck = _load(tmp_path, record | {"id": "Z30", "expected_verdict": "qa_only"}, record)
    assert (only_asked.route, only_asked.verdict) == ("policy", None)
    assert (precheck.title, precheck.track, precheck.verdict) == ("小巨人", "review", "not_eligible")
    assert (precheck.failing, precheck.missing) == (["item_4", "art_20"], ["item_3"])
    assert precheck.as_of == date(2026, 11, 21)


@pytest.mark.parametrize(("said", "day"), [("2025-06", date(2025, 6, 30)), ("2025-06-03", date(2025, 6, 3))])
def test_days(tmp_path: Path, said: str, day: date) -> None:
    record = {"id": "Z1", "question": "问？", "expected_verdict": "eligible", "as_of": said}
    assert _load(tmp_path, record)[0].as_of == day


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "第 1 行不是 JSON"), ('{"id": "A1", "type": "current"}', "第 1 行缺了要有的一项"), ("[]", "写法不对"),
        ('\n{"id": "A1", "question": "问？", "expected_verdict": "maybe"}', "第 2 行不合规格"), ("", "没有题目"),
    ],
)  # fmt: skip
def test_a_wrong_line_is_named(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "asked.jsonl"
    path.write_text(text, "utf-8")
    with pytest.raises(QuestionsError, match=says):
        load_jsonl([path])


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(QuestionsError, match=r"nothing\.jsonl 读不了"):
        load_jsonl([tmp_path / "nothing.jsonl"])
