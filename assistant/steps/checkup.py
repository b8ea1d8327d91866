"""The flow for policy check-ups: facts of this turn join those of the thread, rules decide, the answer names what can
be had, the best first, and asks for at most three things."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from assistant.checkup import BenefitRow, CheckUp, TitleRow
from assistant.checkup import checkup as run
from assistant.checkup.report import OUTCOME, ROUTE, STATUS
from assistant.checkup.run import NO_MONEY
from assistant.facts.describe import describe
from assistant.policy.draft import Draft, Sentence
from assistant.steps.eligibility import merge, merge_bare_titles, note_open_answer, remember
from corpus.validity import chinese_date

if TYPE_CHECKING:
    from assistant.conversation import Turn
    from assistant.house import House

MOST_QUESTIONS = 3
BEST = 3
NAMED = 6
ABOUT = "能享受的政策"


def checkup(turn: Turn, house: House) -> None:
    """Sets ``turn.draft``."""
    memory = turn.memory
    merge(turn)
    note_open_answer(turn)
    merge_bare_titles(None, turn)
    remember(turn)
    turn.understood = [describe(statement) for statement in turn.extraction.statements]
    report = run(
        turn.facts,
        as_of=turn.as_of,
        place=turn.place,
        problems=memory.problems,
        assumed_years=memory.assumed_years,
        corpus=house.corpus,
    )
    turn.log("checkup", statuses={row.id: row.status for row in report.benefits})
    memory.asked = [m.fact for m in report.questions[:MOST_QUESTIONS]]
    memory.question = ABOUT
    turn.draft = draft(report)


def draft(report: CheckUp) -> Draft:
    """The check-up in words: how much there is, the best, the rest by name, the titles, what to ask."""
    can = best_first(report.of("entitled", "likely"))
    said = [Sentence(headline(report), (), "conclusion", own=True)]
    said += [Sentence(benefit_point(row), (row.ref,), own=True) for row in can[:BEST]]
    for status in ("entitled", "likely"):
        said += others([row for row in can[BEST:] if row.status == status], f"{STATUS[status]}的还有")
    said += others(report.of("needs_info"), "再说几件事就能判断的")
    said += others(report.of("expired"), "已经结束的")
    said += [Sentence(title_point(row), tuple(row.refs[:1]), own=True) for row in report.titles]
    said += [Sentence(text, (), "caution", own=True) for text in (*report.conflicts, *report.notes, report.disclaimer)]
    said += [Sentence(m.question, (), "next", own=True) for m in report.questions[:MOST_QUESTIONS]]
    reason = "answered" if can or not report.questions else "needs_facts"
    asks = [f"{can[0].name}怎么办理？"] if can else []
    return Draft(sentences=said, reason=reason, follow_ups=[*asks, "专精特新中小企业的条件有哪些？"])


def headline(report: CheckUp) -> str:
    """The conclusion in one sentence."""
    day = chinese_date(date.fromisoformat(report.as_of))
    if not report.benefits:
        return f"**政策体检（{report.place}，{day}）：这里没有可以对照的本地措施，只看了称号。**"
    counts = [f"{STATUS[s]}的{len(report.of(s))}项" for s in ("entitled", "likely", "needs_info") if report.of(s)]
    return f"**政策体检（{report.place}，{day}）：{'，'.join(counts) or '没有能享受的'}。**"


def best_first(rows: list[BenefitRow]) -> list[BenefitRow]:
    """Money first, the most first; otherwise as sorted."""
    return sorted(rows, key=lambda row: (row.limit or row.amount_max is None, -(row.amount_max or 0)))


def benefit_point(row: BenefitRow) -> str:
    """One benefit in a sentence: status, amount and how it is worked out, route, whom to ask, what is not written."""
    how = f"（{row.how}）" if row.how else ""
    amount = row.gives if row.amount == NO_MONEY else f"{row.amount}{how}"
    parts = [f"{row.name}：{STATUS[row.status]}，{amount}", f"办理方式：{ROUTE[row.route]}；责任单位：{row.department}"]
    if row.undefined:
        parts.append(f"没有写明的：{'；'.join(row.undefined)}")
    return "。".join(parts) + "。"


def others(rows: list[BenefitRow], lead: str) -> list[Sentence]:
    """The names of further benefits in one sentence; the first few carry their clauses."""
    if not rows:
        return []
    named = rows[:NAMED]
    more = f"等{len(rows)}项" if len(rows) > NAMED else ""
    text = f"{lead}：{'、'.join(row.name for row in named)}{more}。"
    return [Sentence(text, tuple(dict.fromkeys(row.ref for row in named)), own=True)]


def title_point(row: TitleRow) -> str:
    """One title in a sentence."""
    if row.outcome == "not_encoded":
        return f"{row.name}：{OUTCOME[row.outcome]}。"
    count = f"（差{len(row.open)}项）" if row.open and row.outcome == "needs_info" else ""
    failing = f"，没过的是{'、'.join(row.failing_clauses)}" if row.failing_clauses else ""
    held = "（现在有这个称号）" if row.held else ""
    return f"{row.name}{held}：{OUTCOME[row.outcome]}{failing}{count}。"
