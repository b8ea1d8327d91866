"""A conversation on paper: what is known of the company, the results so far, every question with its answer, the clauses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from assistant.answer import Answer, Verdict
from assistant.checkup.run import checkup
from assistant.duties.evaluate import duties
from assistant.duties.profile import profile_from_mapping
from assistant.errors import BadInput
from assistant.export.markdown import blocks as markdown_blocks
from assistant.export.paper import Block, Callout, Column, Heading, Paper, Paragraph, Span, Table
from assistant.export.results import checkup_blocks, duty_blocks
from assistant.export.sources import Sources
from assistant.export.verdict import verdict_blocks
from assistant.profile.precheck import verdict_of
from assistant.profile.view import FactChip, facts_of, memory_of, profile, store_of, titles_held
from assistant.words import TITLES, TRACK
from corpus.validity import chinese_date

if TYPE_CHECKING:
    from assistant.conversation import Assistant, Memory
    from assistant.store import TurnRecord

TITLE, TITLE_CHECKED = "政策问答记录", "政策问答与预检结果"
CLOSING = "条理按收录的文件整理，供参考；能不能享受、能不能通过，以主管部门当年的通知和审核认定为准。"
FACTS = tuple(Column(name=name, weight=weight) for name, weight in (("项目", 34), ("情况", 30), ("从哪里来", 36)))
LONGEST_HEADING = 40
CRITERION_LINES = ("- ✗ ", "- ? ", "- ✓ ")
"""How an answer lists the criteria, which the table beside it tells in full."""


class UnknownConversation(BadInput):
    """There is no such conversation, or no such answer in it."""


def conversation_paper(assistant: Assistant, thread: str, turn: str | None = None) -> Paper:
    """The whole conversation, or the one answer ``turn``.

    Raises UnknownConversation, and StoreUnavailable where conversations cannot be read.
    """
    house = assistant.house
    turns = list(store_of(assistant).turns(thread))
    if not turns:
        raise UnknownConversation("没有这个编号的对话，可能已经删除。")
    answers = {one.id: Answer.model_validate(one.answer) for one in turns}
    if turn is None:
        return _whole(assistant, thread, turns, answers)
    if turn not in answers:
        raise UnknownConversation("这个对话里没有这个编号的回答。")
    sources, answer = Sources(house.library), answers[turn]
    one = next(one for one in turns if one.id == turn)
    return _paper(
        [*_understood(answer), *_turn(one.number, one.message, answer, sources, answer.verdict)],
        sources, answer.place, date.fromisoformat(answer.as_of), house.today(),
        count="", checked=answer.verdict is not None,
    )  # fmt: skip


def _whole(assistant: Assistant, thread: str, turns: Sequence[TurnRecord], answers: dict[str, Answer]) -> Paper:
    house, memory = assistant.house, memory_of(store_of(assistant), thread)
    sources, today = Sources(house.library), house.today()
    day, facts = memory.as_of or today, facts_of(memory)
    verdict = _current(memory, day)
    found: list[Block] = _facts(profile(assistant, thread).facts)
    if verdict is not None:
        cited = {c.citation: mark[0].cite for c in verdict.criteria if (mark := sources.marks([c.citation], day))}
        known = {ref: n for ref, n in cited.items() if n is not None}
        name = f"{TITLES.get(verdict.title, verdict.title)}（{TRACK[verdict.track]}）"
        found += [Heading(text=f"预检结果：{name}"), *verdict_blocks(verdict, known)]
    routes = {answer.route for answer in answers.values()}
    if "checkup" in routes:
        report = checkup(
            facts, as_of=day, place=memory.place, problems=memory.problems, assumed_years=memory.assumed_years,
            corpus=house.corpus,
        )  # fmt: skip
        found += checkup_blocks(report, sources)
    if "duties" in routes and (held := titles_held(memory, facts)):
        company = profile_from_mapping({"titles": held}, as_of=day, place=memory.place)
        found += duty_blocks(duties(company, as_of=day, corpus=house.corpus), sources)
    last = {a.verdict.title: turn for turn, a in answers.items() if a.verdict is not None}
    if verdict is not None:  # told above, with all that is known by now
        last.pop(verdict.title, None)
    for one in turns:
        answer = answers[one.id]
        found += _turn(one.number, one.message, answer, sources, answer.verdict if one.id in last.values() else None)
    checked = verdict is not None or bool(last)
    return _paper(found, sources, memory.place, day, today, count=f"{len(turns)} 问", checked=checked)


def _current(memory: Memory, day: date) -> Verdict | None:
    """The verdict on everything known; None where none is under way or no standard of that day is encoded."""
    try:
        return verdict_of(memory, facts_of(memory), as_of=day, place=memory.place)
    except BadInput:
        return None


def _paper(
    found: Sequence[Block], sources: Sources, place: str, day: date, today: date, *, count: str, checked: bool
) -> Paper:
    meta = [
        ("地区", place),
        ("按哪天的规定", chinese_date(day)),
        ("问答", count),
        ("整理日期", chinese_date(today)),
    ]
    return Paper(
        title=TITLE_CHECKED if checked else TITLE,
        day=today,
        meta=tuple((name, value) for name, value in meta if value),
        blocks=tuple(found),
        sources=sources.all(),
        closing=CLOSING,
        footer=f"条理整理，{chinese_date(today)}",
    )


def _facts(chips: Sequence[FactChip]) -> list[Block]:
    rows = tuple((chip.label, chip.value, chip.source) for chip in chips)
    return [Heading(text="企业情况"), Table(name="企业情况", columns=FACTS, rows=rows)] if rows else []


def _understood(answer: Answer) -> list[Block]:
    rows = tuple((u.label, u.value, f"您说：{u.said}") for u in answer.understood)
    return [Heading(text="企业情况"), Table(name="企业情况", columns=FACTS, rows=rows)] if rows else []


def _turn(number: int, message: str, answer: Answer, sources: Sources, verdict: Verdict | None) -> Iterator[Block]:
    """One question with its answer; ``verdict`` is the one to be told in full here."""
    question = " ".join(message.split())
    cut = question if len(question) <= LONGEST_HEADING else question[:LONGEST_HEADING] + "…"
    yield Heading(text=f"第{number}问：{cut}")
    if cut != question:
        yield Paragraph(text=message.strip(), role="question")
    day = chinese_date(date.fromisoformat(answer.as_of))
    yield Paragraph(text=f"{answer.place}，按{day}的规定", role="small")
    numbers = {c.n: sources.add(c) for c in answer.citations}
    text = answer.answer
    if verdict is not None:
        text = "\n".join(line for line in text.split("\n") if not line.startswith(CRITERION_LINES))
    yield from markdown_blocks(text, numbers)
    if verdict is not None:
        yield from verdict_blocks(verdict, {c.ref: numbers[c.n] for c in answer.citations})
    if answer.notes:
        yield Callout(title="提示", lines=tuple((Span(text=note),) for note in answer.notes))
