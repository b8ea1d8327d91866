"""A check-up as plain tables of text: what the command line and every export show, in the same words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from assistant.checkup.models import STATUSES, BenefitRow, CheckUp, Status, TitleOutcome, TitleRow
from assistant.export.paper import Block, Column, Heading, Paper, Table
from corpus.benefit_models import Kind, Paid, Route
from corpus.validity import chinese_date

STATUS: dict[Status, str] = {
    "entitled": "可以享受",
    "likely": "可能可以享受",
    "needs_info": "还缺信息",
    "no": "不符合",
    "expired": "已结束",
}
OUTCOME: dict[TitleOutcome, str] = {
    "eligible": "符合",
    "not_eligible": "现在不符合",
    "needs_info": "还不能判断",
    "invalid_input": "数据有误",
    "not_encoded": "标准还没有录入",
}
KIND: dict[Kind, str] = {
    "grant": "奖励",
    "subsidy": "补贴",
    "interest": "贴息",
    "guarantee": "担保",
    "waiver": "减免",
    "quota": "预留份额",
    "investment": "股权投资",
    "service": "服务",
    "priority": "优先或便利",
}
ROUTE: dict[Route, str] = {"automatic": "免申即享", "apply": "要申请", "unstated": "文件未写明"}
PAID: dict[Paid, str] = {"once": "一次性", "yearly": "每年", "unstated": ""}
TRACK = {"first": "首次申报", "review": "到期复核", "unknown": "首次或复核"}
HELD = {True: "有", False: "没有", None: "没有说"}


def heading(report: CheckUp) -> str:
    """The title of the report."""
    return f"政策体检：{report.company}" if report.company else "政策体检"


def overview(report: CheckUp) -> list[tuple[str, str]]:
    """Name and value of what the first page says."""
    counts = "，".join(f"{STATUS[s]} {len(report.of(s))} 项" for s in STATUSES if report.of(s)) or "没有本地措施"
    titles = "；".join(f"{row.name}：{OUTCOME[row.outcome]}" for row in report.titles)
    return [
        ("企业", report.company or "没有填名称"),
        ("地区", report.place),
        ("按哪天的规定", chinese_date(date.fromisoformat(report.as_of))),
        ("优惠", counts),
        ("称号", titles),
        ("还要了解", f"{len(report.questions)} 件事"),
        *(("先核对", sentence) for sentence in report.conflicts),
        *(("说明", note) for note in report.notes),
        ("声明", report.disclaimer),
    ]


def paper(report: CheckUp) -> Paper:
    """The report as a file says it, broad enough for its tables."""
    blocks: list[Block] = []
    for table in tables(report):
        blocks += [Heading(text=table.name), table]
    return Paper(
        title=heading(report),
        day=date.fromisoformat(report.as_of),
        meta=tuple(overview(report)),
        blocks=tuple(blocks),
        closing=report.disclaimer,
        footer=f"{report.place}，{chinese_date(date.fromisoformat(report.as_of))}",
        landscape=True,
    )


def tables(report: CheckUp) -> list[Table]:
    """Benefits, titles and open questions."""
    names: dict[str, str] = {row.id: row.name for row in report.benefits}
    names |= {row.title: row.name for row in report.titles}
    asked = [(m.question, "、".join(names.get(i, i) for i in m.criteria)) for m in report.questions]
    return [
        _table("优惠", BENEFIT_COLUMNS, [_benefit(row) for row in report.benefits]),
        _table("称号", TITLE_COLUMNS, [_title(row) for row in report.titles]),
        _table("还要了解", (("问题", 50), ("用在哪里", 70)), asked),
    ]


def _table(name: str, columns: Sequence[tuple[str, int]], rows: Sequence[Sequence[str]]) -> Table:
    return Table(
        name=name,
        columns=tuple(Column(name=column, weight=weight) for column, weight in columns),
        rows=tuple(tuple(row) for row in rows),
    )


BENEFIT_COLUMNS = (
    ("结论", 12), ("优惠", 22), ("金额", 20), ("怎么算", 26), ("谁可以", 26), ("您的情况", 34), ("怎么办理", 14),
    ("责任单位", 24), ("截止", 13), ("文件没有写明", 34), ("还要了解", 34), ("依据", 26),
)  # fmt: skip
TITLE_COLUMNS = (
    ("称号", 20), ("结论", 14), ("现在有没有", 10), ("按哪种核对", 12), ("没有达到", 40), ("还不能判断", 40),
    ("可以怎么补", 36), ("最早哪一轮", 18), ("说明", 40), ("依据", 34),
)  # fmt: skip


def _benefit(row: BenefitRow) -> list[str]:
    paid = PAID[row.paid]
    return [
        STATUS[row.status],
        f"{row.name}（{KIND[row.kind]}）\n{row.gives}",
        row.amount + (f"（{paid}）" if paid and row.amount_max is not None else ""),
        row.how,
        row.whom,
        _lines(row.reasons),
        ROUTE[row.route],
        row.department,
        deadline(row),
        _lines([*row.undefined, *row.find_out, *([row.note] if row.note else [])]),
        _lines(m.question for m in row.missing),
        f"{row.document} {row.clause}\n{row.ref}",
    ]


def _title(row: TitleRow) -> list[str]:
    return [
        row.name,
        OUTCOME[row.outcome],
        HELD[row.held],
        TRACK[row.track] if row.standard else "",
        _lines(row.failing),
        _lines(row.open),
        _lines(row.actions),
        row.next_round,
        _lines([*row.notes, *([row.duties] if row.duties else [])]),
        _lines([row.standard, *row.refs] if row.standard else row.refs),
    ]


def deadline(row: BenefitRow) -> str:
    """The last day in words, or that none is written."""
    return f"{chinese_date(date.fromisoformat(row.deadline))}止" if row.deadline else "没有写截止日期"


def _lines(parts: Iterable[str]) -> str:
    return "\n".join(parts)
