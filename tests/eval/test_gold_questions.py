"""The files of gold questions: readable, of one form, with references that exist; errors that name the place."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from eval_made import gold

from corpus.load import load_corpus
from eval.questions_model import QuestionsError, load_questions, unknown_references


def test_all_questions_load_and_point_into_the_corpus() -> None:
    questions = load_questions()
    assert len(questions) >= 80
    assert unknown_references(questions, load_corpus()) == []


def test_sets_by_name_and_by_prefix() -> None:
    assert {q.set for q in load_questions(["time"])} == {"time"}
    found = {q.set for q in load_questions(["eligibility"])}
    assert len(found) > 1
    assert all(name.startswith("eligibility_") for name in found)
    with pytest.raises(QuestionsError, match=r"没有叫“tim”的题集。现有：.*time"):
        load_questions(["tim"])


def test_single_entries_become_groups() -> None:
    question = gold(facts=["50万元", ["一项", "1项"]], gold=[["cn/a#art_1"], "cn/a#art_2"])
    assert question.facts == [["50万元"], ["一项", "1项"]]
    assert question.gold == [["cn/a#art_1"], ["cn/a#art_2"]]
    assert question.turns == ["能奖多少？"]


def test_wordings_stand_for_questions_of_one_matter(tmp_path: Path) -> None:
    text = "- {id: wo-07, same: 更新, persona: owner, status: answered, facts: [5月31日], asks: [甲, 乙]}"
    (tmp_path / "a.yaml").write_text(text, "utf-8")
    found = load_questions(root=tmp_path)
    assert [(q.id, q.turns, q.same) for q in found] == [("wo-0701", ["甲"], "更新"), ("wo-0702", ["乙"], "更新")]


def test_our_matters_have_ten_wordings_each() -> None:
    matters = Counter(q.same for q in load_questions(["wordings"]))
    assert len(matters) >= 40
    assert set(matters.values()) == {10}
    assert len({turn for q in load_questions(["wordings"]) for turn in q.turns}) == sum(matters.values())


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ({"status": "answered", "facts": ["甲"]}, "政策问答"), ({"status": "not_found"}, "没有答案"),
        ({"turns": ["甲", "乙"], "facts": ["甲"]}, "政策问答，多轮"), ({"verdict": "eligible"}, "资格预检"),
        ({"status": "declined"}, "应当拒绝"), ({"route": "policy"}, "路由"), ({"route": "policy", "kind": "新题"}, "新题"),
        ({"parts": [{"facts": ["甲"]}, {"facts": ["乙"]}]}, "一次问几件事"),
        ({"route": "checkup", "rows": {"x": "absent"}}, "体检"), ({"route": "duties", "no_duties": ["x"]}, "期限"),
    ],
)  # fmt: skip
def test_kinds(more: dict[str, Any], kind: str) -> None:
    assert gold(**more).kind == kind


@pytest.mark.parametrize(
    ("record", "says"),
    [
        ("{id: qq-01, persona: owner, route: policy}", r"a.yaml 的第 1 题（qq-01）.*ask 和 turns"),
        ("{id: qq-01, persona: owner, ask: 问, turns: [问], route: policy}", "ask 和 turns"),
        ("{id: qq-01, persona: owner, ask: 问}", "没有写怎样算对"),
        ("{id: qq-01, persona: owner, ask: 问, route: polcy}", "route 不合规格：不在允许的取值里"),
        ("{id: qq-01, persona: owner, ask: 问, rout: policy}", "rout 不合规格：没有这一项"),
        ("{id: qq-01, ask: 问, route: policy}", "persona 不合规格：缺了这一项"),
        ("{id: qq-01, persona: owner, ask: 问, gold: [[art_17]]}", "gold/0/0 不合规格：写法不对"),
        ("{id: qq-01, persona: owner, ask: 问, gold: [[]]}", "空的一项"),
        ("{id: qq-01, persona: owner, ask: 问, status: not_found, facts: [50万元]}", "status 应当是 answered"),
        ("{id: qq-01, persona: owner, ask: 问, verdict: eligible, gold: [cn/a#art_1]}", "预检题"),
        ("{id: qq-01, persona: owner, ask: 问, route: policy, set: b}", "题集就是文件名"),
        ("{id: qq-01, persona: owner, ask: 问, parts: [{facts: [甲]}]}", "parts 至少两部分"),
        ("{id: qq-01, persona: owner, ask: 问, facts: [甲], parts: [{facts: [甲]}, {facts: [乙]}]}", "不再写 gold 和 facts"),
        ("{id: qq-01, persona: owner, ask: 问, parts: [{gold: [cn/a#art_1]}, {facts: [乙]}]}", "每一部分都要有 facts"),
        ("只有文字", "一组"),
    ],
)  # fmt: skip
def test_a_wrong_question_is_named(tmp_path: Path, record: str, says: str) -> None:
    (tmp_path / "a.yaml").write_text(f"- {record}\n", "utf-8")
    with pytest.raises(QuestionsError, match=says):
        load_questions(root=tmp_path)


def test_a_number_may_be_used_once(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.yaml").write_text("- {id: qq-01, persona: owner, ask: 问, route: policy}\n", "utf-8")
    with pytest.raises(QuestionsError, match="题号 qq-01 在 a 和 b 里重复"):
        load_questions(root=tmp_path)


def test_broken_and_missing_files(tmp_path: Path) -> None:
    with pytest.raises(QuestionsError, match="没有找到题目文件"):
        load_questions(root=tmp_path)
    (tmp_path / "a.yaml").write_text("- {id: [", "utf-8")
    with pytest.raises(QuestionsError, match=r"题目文件 .*a\.yaml 读不了"):
        load_questions(root=tmp_path)
