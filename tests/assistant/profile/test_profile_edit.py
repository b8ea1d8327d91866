"""The profile of a thread: what was said and what was filled in are one memory; changes that collide are refused."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pytest

from assistant.profile.edit import Change, EditConflict, EditErrors, ThreadGone, change
from assistant.profile.follows import checkup_of, duties_of
from assistant.profile.view import Profile, profile, said_in

if TYPE_CHECKING:
    from assistant.conversation import Assistant


@pytest.fixture
def thread() -> str:
    return f"profile-{uuid.uuid4().hex}"


def facts(found: Profile) -> dict[str, tuple[str, str]]:
    return {one.key: (one.value, one.source) for one in found.facts}


def test_the_form_may_come_first_and_the_chat_goes_on_from_it(assistant: Assistant, thread: str) -> None:
    assert profile(assistant, thread).version == 0
    begun = change(
        assistant,
        thread,
        Change(version=0, title="专精特新", set={"revenue@2025": "4800", "rd_expense@2024": "不清楚"}),
    )
    assert begun.check is not None
    assert begun.check.progress == f"还差 {begun.check.open} 项就能判断"
    assert begun.check.questions[0].fact in {field.key for group in begun.check.groups for field in group.fields}
    said = assistant.ask("去年研发费用300万，能报吗？", thread=thread)
    assert said.verdict is not None
    assert any("4800万元" in value for c in said.verdict.criteria for value in c.values.values())
    now = facts(profile(assistant, thread))
    assert now["revenue@2025"] == ("4800万元", "表单填写")
    assert now["rd_expense@2025"] == ("300万元", "您说：去年研发费用300万")
    assert now["rd_expense@2024"] == ("不清楚", "表单填写")


def test_what_was_said_can_be_corrected_and_taken_out_by_hand(assistant: Assistant, thread: str) -> None:
    assistant.ask("去年营收1480万，没拿过投资，别的都达标，专精特新能报不？", thread=thread)
    seen = profile(assistant, thread)
    assert seen.check is not None
    assert (seen.check.outcome, seen.check.progress) == ("not_eligible", "现在不符合：差在 1 项")
    assert seen.check.gaps[0].earliest == "2027年这一轮"
    assert facts(seen)["rest_affirmed"] == ("按达标算", "您说：别的都达标")
    better = change(assistant, thread, Change(version=seen.version, set={"revenue@2025": "1600"}))
    assert better.check is not None
    assert better.check.outcome == "eligible"
    less = change(assistant, thread, Change(version=better.version, remove=["rest_affirmed"]))
    assert less.check is not None
    assert less.check.outcome == "needs_info"
    assert less.check.open > 3
    answer = assistant.ask("那现在能报吗？", thread=thread)
    assert answer.verdict is not None
    assert answer.verdict.outcome == "needs_info"


def test_matters_called_met_by_name_are_shown_and_taken_out_together(assistant: Assistant, thread: str) -> None:
    assistant.ask("做零部件的，去年营收4800万，研发投入和专利都达标，专精特新能报吗？", thread=thread)
    seen = profile(assistant, thread)
    named = [one for one in seen.facts if one.key.startswith("affirmed:")]
    assert [(one.value, one.source, one.editable) for one in named] == [
        ("按达标算", "您说：研发投入和专利都达标", False)
    ]
    assert seen.check is not None
    removed = [one.key for one in named]
    less = change(assistant, thread, Change(version=seen.version, remove=removed))
    assert not [one for one in less.facts if one.key.startswith("affirmed:")]
    assert less.check is not None
    assert less.check.open > seen.check.open
    with pytest.raises(EditConflict, match="“点名说到的”在另一个页面刚改过，已经去掉"):
        change(assistant, thread, Change(version=seen.version, remove=removed))


def test_a_short_answer_in_the_chat_is_about_what_the_form_left_open(assistant: Assistant, thread: str) -> None:
    begun = change(assistant, thread, Change(version=0, title="专精特新"))
    assert begun.check is not None
    first = begun.check.questions[0].fact
    changed = change(assistant, thread, Change(version=begun.version, set={first: "是"}))
    assert changed.check is not None
    assert changed.check.questions[0].fact != first


def test_only_the_fact_that_changed_meanwhile_is_refused(assistant: Assistant, thread: str) -> None:
    old = change(assistant, thread, Change(version=0, set={"revenue@2025": "4800"})).version
    change(assistant, thread, Change(version=old, set={"debt_ratio@2025": "45"}))
    with pytest.raises(EditConflict, match=r"年末资产负债率.*45%"):
        change(assistant, thread, Change(version=old, set={"debt_ratio@2025": "50", "revenue@2025": "1"}))
    kept = change(assistant, thread, Change(version=old, set={"revenue@2025": "5000"}))
    assert facts(kept)["revenue@2025"][0] == "5000万元"
    change(assistant, thread, Change(version=kept.version, remove=["debt_ratio@2025"]))
    with pytest.raises(EditConflict, match="已经去掉"):
        change(assistant, thread, Change(version=kept.version, set={"debt_ratio@2025": "50"}))


def test_a_message_counts_as_a_change(assistant: Assistant, thread: str) -> None:
    seen = change(assistant, thread, Change(version=0, title="专精特新", set={"revenue@2025": "4800"}))
    assistant.ask("去年营收其实是5200万", thread=thread)
    with pytest.raises(EditConflict, match="对话里刚说过，现在是5200万元"):
        change(assistant, thread, Change(version=seen.version, set={"revenue@2025": "4900"}))


def test_all_or_nothing(assistant: Assistant, thread: str) -> None:
    with pytest.raises(EditErrors) as wrong:
        change(assistant, thread, Change(version=0, set={"revenue@2025": "4800", "debt_ratio@2025": "高", "x": 1}))
    assert set(wrong.value.errors) == {"debt_ratio@2025", "x"}
    assert profile(assistant, thread).facts == []


def test_a_deleted_thread_does_not_come_back(assistant: Assistant, thread: str) -> None:
    seen = change(assistant, thread, Change(version=0, set={"revenue@2025": "4800"}))
    assert assistant.house.store is not None
    assistant.house.store.forget(thread)
    with pytest.raises(ThreadGone):
        change(assistant, thread, Change(version=seen.version, set={"revenue@2025": "5000"}))
    assert assistant.house.store.state(thread) is None


def test_the_dates_of_titles_give_the_deadlines(assistant: Assistant, thread: str) -> None:
    seen = change(assistant, thread, Change(version=0, set={"holds_zjtx": "是"}))
    assert [field.key for field in seen.dates if field.open] == ["held:专精特新:granted"]
    with pytest.raises(EditErrors, match="看不懂"):
        change(assistant, thread, Change(version=seen.version, set={"held:专精特新:granted": "前年"}))
    dated = change(assistant, thread, Change(version=seen.version, set={"held:专精特新:granted": "2024-03-01"}))
    assert facts(dated)["held:专精特新:granted"] == ("2024年3月1日", "表单填写")
    assert any(duty.date for duty in duties_of(assistant, thread).duties)
    gone = change(assistant, thread, Change(version=dated.version, remove=["held:专精特新:granted"]))
    assert "held:专精特新:granted" not in facts(gone)


def test_a_checkup_under_way_says_what_it_has_to_know(assistant: Assistant, thread: str) -> None:
    assistant.ask("给我们做个政策体检", thread=thread)
    seen = profile(assistant, thread)
    assert seen.checkup
    assert seen.more
    key = seen.more[0].key
    then = change(assistant, thread, Change(version=seen.version, set={key: "是"}))
    assert key not in {field.key for field in then.more if field.open}
    assert {row.status for row in checkup_of(assistant, thread).benefits} >= {"needs_info"}


@pytest.mark.parametrize(
    ("words", "message", "shown"),
    [
        ("300万", "去年营收4800万，研发300万", "研发300万"),
        ("300万", "别的话", "300万"),
        ("", "去年营收4800万", ""),
    ],
)
def test_a_source_is_the_part_of_the_message_that_said_it(words: str, message: str, shown: str) -> None:
    assert said_in(words, message) == shown
