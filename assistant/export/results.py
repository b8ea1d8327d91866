"""Check-up and deadlines on paper, as sections of a larger one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from assistant.checkup.models import BenefitRow, CheckUp, TitleRow
from assistant.checkup.report import OUTCOME, ROUTE, STATUS, deadline
from assistant.duties.model import Duty, DutyList
from assistant.export.paper import Block, Cell, Column, Heading, Item, Listing, Paragraph, Span, Table
from assistant.export.sources import Sources
from corpus.validity import chinese_date

CAN = tuple(
    Column(name=name, weight=weight)
    for name, weight in (("结论", 12), ("优惠", 24), ("金额", 20), ("您的情况", 34), ("怎么办理", 24), ("截止", 14))
)
OPEN = tuple(
    Column(name=name, weight=weight)
    for name, weight in (("优惠", 40), ("金额", 26), ("问谁", 42), ("要回答第几问", 18))
)
TITLE_ROWS = tuple(
    Column(name=name, weight=weight)
    for name, weight in (("称号", 18), ("结论", 12), ("没有达到", 34), ("还不能判断", 34), ("最早哪一轮", 16))
)
DUTIES = tuple(
    Column(name=name, weight=weight)
    for name, weight in (("日期", 18), ("称号", 12), ("要做什么", 40), ("没做会怎样", 30), ("依据", 20))
)
MOST_REFS = 3
TONE = {"entitled": "good", "likely": "good", "needs_info": "open", "eligible": "good", "not_eligible": "bad"}
SETTLED = ("done", "lifted", "covered", "past")
"""Duties with which nothing is left to do."""


def checkup_blocks(report: CheckUp, sources: Sources) -> list[Block]:
    """The check-up: what can be had, what would take a few more answers, the titles, what to watch."""
    day = date.fromisoformat(report.as_of)
    can = tuple(_benefit(row, sources, day) for row in report.of("entitled", "likely"))
    found: list[Block] = [
        Heading(text="政策体检"),
        *(Paragraph(text=f"先核对：{sentence}") for sentence in report.conflicts),
        Heading(text="能享受的优惠", level=2),
        Table(name="能享受的优惠", columns=CAN, rows=can, empty="按现在知道的情况，还没有能确定享受的。"),
    ]
    if open_ := report.of("needs_info"):
        asked = {m.fact: n for n, m in enumerate(report.questions, 1)}
        items = tuple(Item(text=m.question, mark=f"{n}.") for n, m in enumerate(report.questions, 1))
        name = "再说几件事就能判断的优惠"
        found += [
            Heading(text=name, level=2),
            Table(name=name, columns=OPEN, rows=tuple(_open(row, asked, sources, day) for row in open_)),
            Heading(text="要回答的问题", level=2),
            Listing(items=items),
        ]
    if rest := report.of("no", "expired"):
        items = tuple(Item(text=f"{row.name}：{STATUS[row.status]}，{'；'.join(row.reasons)}") for row in rest)
        found += [Heading(text="不符合或已结束", level=2), Listing(items=items)]
    titles = tuple(_title(row, sources, day) for row in report.titles)
    found += [Heading(text="称号", level=2), Table(name="称号", columns=TITLE_ROWS, rows=titles)]
    return [*found, *(Paragraph(text=text, role="small") for text in (*report.notes, report.disclaimer))]


def _benefit(row: BenefitRow, sources: Sources, day: date) -> tuple[Cell, ...]:
    name = (Span(text=row.name, bold=True), *sources.marks([row.ref], day), Span(text=f"\n{row.gives}"))
    amount = row.amount + (f"\n{row.how}" if row.how else "")
    open_ = [f"没有写明：{text}" for text in row.undefined]
    return (
        Cell(text=STATUS[row.status], tone=TONE[row.status]),
        Cell(text=name),
        Cell(text=amount),
        Cell(text="\n".join([*row.reasons, *open_])),
        Cell(text=f"{ROUTE[row.route]}\n{row.department}"),
        Cell(text=deadline(row)),
    )


def _open(row: BenefitRow, asked: Mapping[str, int], sources: Sources, day: date) -> tuple[Cell, ...]:
    """A benefit that needs more answers; ``asked``: fact → number of its question."""
    needed = sorted({asked[m.fact] for m in row.missing if m.fact in asked})
    return (
        Cell(text=(Span(text=row.name, bold=True), *sources.marks([row.ref], day))),
        Cell(text=row.amount),
        Cell(text=row.department),
        Cell(text="、".join(map(str, needed)) or "–"),
    )


def _title(row: TitleRow, sources: Sources, day: date) -> tuple[Cell, ...]:
    return (
        Cell(text=(Span(text=row.name), *sources.marks(row.refs[:MOST_REFS], day))),
        Cell(text=OUTCOME[row.outcome], tone=TONE.get(row.outcome, "plain")),
        Cell(text="\n".join(row.failing) or "–"),
        Cell(text="\n".join(line.partition("：")[0] for line in row.open) or "–"),
        Cell(text=row.next_round or "–"),
    )


def duty_blocks(found: DutyList, sources: Sources) -> list[Block]:
    """The deadlines by date."""
    todo = [duty for duty in found.duties if duty.status not in SETTLED]
    rows = tuple(_duty(duty, sources, found.as_of) for duty in todo)
    asked = tuple(Item(text=question.question, mark="□") for question in found.questions)
    notes = [*dict.fromkeys(text for duty in todo for text in duty.confirm), *found.notes, found.disclaimer]
    listed: list[Block] = [Heading(text="还要了解", level=2), Listing(items=asked)] if asked else []
    return [
        Heading(text="期限"),
        Table(name="期限", columns=DUTIES, rows=rows, empty="现在没有要按期办的事。"),
        *listed,
        *(Paragraph(text=text, role="small") for text in notes if text),
    ]


def _duty(duty: Duty, sources: Sources, day: date) -> tuple[Cell, ...]:
    when = f"{chinese_date(duty.date)}\n" if duty.date else ""
    return (
        Cell(text=f"{when}{duty.status_label}", tone="open" if duty.status in ("overdue", "due_soon") else "plain"),
        Cell(text=duty.title),
        Cell(
            text="\n".join(
                text for text in (duty.what, f"在{duty.where}办。" if duty.where else "", f"问：{duty.whom}") if text
            )
        ),
        Cell(text=duty.missed),
        Cell(text=(Span(text="、".join(duty.clauses)), *sources.marks(duty.refs, day))),
    )
