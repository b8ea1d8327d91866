"""The record of a call in words, without a model: who called, what was told, what was shown, how it stands, what is left."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

from pydantic import BaseModel

from assistant.answer import Verdict
from assistant.desk.call_models import Call, Promise
from assistant.desk.caller import chips
from assistant.desk.next_questions import next_questions
from assistant.steps.eligibility import FULL, TRACKS, reason
from corpus.validity import chinese_date

HERE = timezone(timedelta(hours=8))
"""China has one time."""
OUTCOMES = {
    "eligible": "预检符合",
    "not_eligible": "预检不符合",
    "needs_info": "还不能判断",
    "invalid_input": "有数据对不上，先核实",
}
MOST_OPEN = 5


class Part(BaseModel):
    """One part of the record: its heading and its lines."""

    heading: str
    lines: list[str]


class Summary(BaseModel):
    """The record: parts with something in them, and all of it as plain text."""

    parts: list[Part]
    text: str


def summary(call: Call, verdict: Verdict | None, *, today: date) -> Summary:
    """The record of ``call``; ``verdict`` is the checker's on what was told."""
    draft = call.draft
    parts = [
        Part(heading="来电", lines=_who(call, today)),
        Part(
            heading="企业情况",
            lines=[f"{c.label}：{c.value}" + (f"（{c.note}）" if c.note else "") for c in chips(call.told)],
        ),
        Part(heading="预检", lines=verdict_lines(verdict) if verdict else []),
        Part(
            heading="告知的条款", lines=[f"{one.source}" + (f"——{one.read}" if one.read else "") for one in draft.shown]
        ),
        Part(heading="答应的事", lines=[promise_line(one) for one in draft.promises]),
        Part(
            heading="还要问的", lines=[q.say for q in next_questions(call.told, verdict)][:MOST_OPEN] if verdict else []
        ),
        Part(heading="记录", lines=[line for line in draft.notes.splitlines() if line.strip()]),
    ]
    parts = [part for part in parts if part.lines]
    return Summary(parts=parts, text="\n\n".join(f"【{p.heading}】\n" + "\n".join(p.lines) for p in parts) + "\n")


def verdict_lines(verdict: Verdict) -> list[str]:
    """Outcome, what fails with its reason, what is open, the disclaimer."""
    name = FULL.get(verdict.title, verdict.title)
    lines = [f"{name}（{TRACKS[verdict.track]}）：{OUTCOMES[verdict.outcome]}，按{verdict.standard}。"]
    lines += reasons(verdict)
    open_ = [c.clause for c in verdict.criteria if c.outcome == "unknown"]
    if open_ and verdict.outcome != "not_eligible":
        lines.append(f"还差：{'、'.join(dict.fromkeys(open_))}。")
    return [*lines, verdict.disclaimer]


def reasons(verdict: Verdict) -> list[str]:
    """Why each failing criterion fails: values, how far they are off, what is required."""
    return [reason(one).removeprefix("✗ ") for one in verdict.criteria if one.outcome == "not_met"]


def promise_line(promise: Promise) -> str:
    """What, by when, and whether it is done."""
    due = f"{chinese_date(promise.due)}前" if promise.due else "没有定日期"
    return f"{promise.text}（{due}{'，已办' if promise.done else ''}）"


def _who(call: Call, today: date) -> list[str]:
    draft = call.draft
    who = "，".join(part for part in (draft.company, draft.caller, draft.contact) if part)
    lines = [_when(call.started, call.finished)]
    return [*lines, *([who] if who else []), f"按{draft.place}、{chinese_date(draft.as_of or today)}的规定"]


def _when(started: datetime, finished: datetime | None) -> str:
    begin = started.astimezone(HERE)
    said = f"{chinese_date(begin.date())}{begin:%H:%M}"
    if finished is None:
        return f"{said}开始，还没有结束"
    end = finished.astimezone(HERE)
    return f"{said}到{'' if end.date() == begin.date() else chinese_date(end.date())}{end:%H:%M}"
