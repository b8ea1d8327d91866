"""The flow for a company's own duties: titles and dates of this turn join those of the thread, the rules list what is
due, the answer gives it by date and asks for one thing that is missing."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from assistant.duties.evaluate import duties as run
from assistant.duties.model import MISSED, RANK, Duty, DutyList, Profile
from assistant.duties.profile import HELD, holding
from assistant.duties.words import SaidDate, month_of, said_dates
from assistant.errors import BadInput
from assistant.facts.describe import describe
from assistant.policy.draft import Draft, Sentence
from assistant.statuses import Stop
from assistant.steps.eligibility import merge
from corpus.models import Title
from corpus.validity import chinese_date

if TYPE_CHECKING:
    from assistant.conversation import Turn
    from assistant.house import House

ABOUT = "称号的期限和要办的事"
STILL = ("overdue", "due_soon", "upcoming", "unconfirmed", "open", "running")
DATES = ("granted", "expires")
MOST = 8
GIVEN = re.compile(r"到期日\d{4}年\d{1,2}月\d{1,2}日是您给的")
"""What the asker said themselves is not told back."""
FOLLOW_UPS = ["更名或者搬迁多久之内要报？", "复核要准备什么？"]


def duties(turn: Turn, house: House) -> None:
    """Sets ``turn.draft``. Stops with a question where no title is known."""
    memory = turn.memory
    merge(turn)
    turn.understood = [describe(statement) for statement in turn.extraction.statements]
    said = said_dates(turn.text, as_of=turn.as_of, title=_only(turn))
    for one in said:
        known = memory.held.setdefault(one.title, {})
        known.update({one.what: one.day} if one.day else {f"{one.what}_year": str(one.year)})
    _complete_dates(turn)
    titles = _titles(turn, said)
    if not titles:
        memory.question = ABOUT
        raise Stop("needs_title", "您手里有哪个称号（创新型、科技型、专精特新、小巨人），是哪年哪月认定的？")
    try:
        held = tuple(holding({"title": title, **_days(memory.held.get(title, {}))}) for title in titles)
        found = run(Profile(titles=held, place=turn.place), as_of=turn.as_of, corpus=house.corpus)
    except BadInput as error:
        for title in titles:
            memory.held.pop(title, None)
        raise Stop("needs_facts", f"{error}请再说一遍认定的年月，或者有效期到哪一天。") from error
    memory.question, memory.title = ABOUT, titles[0]
    turn.log("duties", listed=[duty.id for duty in found.duties], days=days_by_rule(found))
    turn.draft = draft(found, said)


def _days(known: dict[str, str]) -> dict[str, str]:
    return {what: day for what, day in known.items() if what in DATES}


def _complete_dates(turn: Turn) -> None:
    """8月20号认定的: the day told for a title of which only the year was told before."""
    for known in turn.memory.held.values():
        for what in DATES:
            year = known.get(f"{what}_year")
            if year and what not in known and (day := month_of(turn.text, int(year))):
                known[what] = day


def _only(turn: Turn) -> Title | None:
    """The title meant by a date that stands alone: the one of the message, else the thread's."""
    named = turn.titles or ([turn.memory.title] if turn.memory.title else [])
    return next((title for title in RANK if title in named), None)


def _titles(turn: Turn, said: list[SaidDate]) -> list[Title]:
    """The titles held, the highest first: said to be held, dated, or named by someone who asks for their own."""
    flags = {title for fact, title in HELD.items() if (value := turn.facts.get(fact)) and value.flag}
    denied = {title for fact, title in HELD.items() if (value := turn.facts.get(fact)) and value.flag is False}
    named: set[str | None] = {*flags, *turn.memory.held, *(one.title for one in said)}
    named = named or {*turn.titles, turn.memory.title}
    return [title for title in RANK if title in named and title not in denied]


def draft(found: DutyList, said: list[SaidDate]) -> Draft:
    """The list in words: the next date, then each duty by date, what is open, one question."""
    todo = [duty for duty in found.duties if duty.status in STILL and duty.date]
    sentences = [Sentence(headline(found, todo), (), "conclusion", own=True)]
    sentences += [Sentence(point(same), tuple(same[0].refs[:2]), own=True) for same in by_matter(todo)[:MOST]]
    cautions = [text for duty in found.duties for text in duty.confirm]
    cautions += [state.basis for state in found.titles if state.basis and not GIVEN.fullmatch(state.basis)]
    cautions += found.notes
    if any(duty.verify for duty in found.duties):
        cautions.append("科技型的日期是一般的说法，正文没有收录，待核对原文。")
    sentences += [Sentence(_ended(text), (), "caution", own=True) for text in dict.fromkeys(cautions)]
    if found.questions:
        sentences.append(Sentence(_question(found, said), (), "next", own=True))
    sentences.append(Sentence(found.disclaimer, (), "next", own=True))
    return Draft(sentences=sentences, reason="answered" if todo else "needs_facts", follow_ups=FOLLOW_UPS)


def days_by_rule(found: DutyList) -> dict[str, list[str]]:
    """The days (ISO) of every rule, for the trace."""
    days: dict[str, list[str]] = {}
    for duty in found.duties:
        if duty.date:
            days.setdefault(duty.rule, []).append(duty.date.isoformat())
    return days


def headline(found: DutyList, todo: list[Duty]) -> str:
    """The conclusion in one sentence."""
    names = "、".join(state.title for state in found.titles)
    coming = [duty for duty in todo if duty.date and duty.date >= found.as_of]
    if not coming or coming[0].date is None:
        if found.titles and all(state.state == "expired" for state in found.titles):
            return f"**{names}称号已经到期，现在没有要按期办的事。**"
        return f"**{names}：还算不出往后的日子，先要知道称号的认定日或到期日。**"
    first = coming[0].date
    several = len(found.titles) > 1
    due = [f"{duty.title}的" * several + duty.summary for duty in coming if duty.date == first]
    same = "、".join(dict.fromkeys(due))
    return f"**{names}：最近的日子是{chinese_date(first)}，要办的是：{same}。**"


def by_matter(todo: list[Duty]) -> list[list[Duty]]:
    """The same matter in one group, with all its days; the group of the next day first, what is over last."""
    groups: dict[tuple[str, str], list[Duty]] = {}
    for duty in todo:
        groups.setdefault((duty.rule, duty.title), []).append(duty)
    return sorted(groups.values(), key=lambda same: (all(d.status == "unconfirmed" for d in same), _next(same)))


def _next(same: list[Duty]) -> date:
    days = [duty.date for duty in same if duty.date and duty.status != "unconfirmed"]
    return min(days or [duty.date for duty in same if duty.date])


def point(same: list[Duty]) -> str:
    """One matter in a sentence: its days with their status, what to do and where, what follows when it is missed."""
    duty = same[-1]
    days = [f"{chinese_date(one.date)}（{one.status_label}）" for one in same if one.date]
    where = f"在{duty.where}办。" if duty.where else ""
    return f"{duty.title}，{'、'.join(days)}：{duty.what}{where}{MISSED[duty.kind]}：{duty.missed}"


def _question(found: DutyList, said: list[SaidDate]) -> str:
    """The first open question; where only the year was said, for the month."""
    first = found.questions[0]
    year = next((one.year for one in said if one.title == first.about and one.day is None), None)
    if year is None:
        return first.question
    return f"{first.about}是{year}年几月认定（或到期）的？说到月份就能推算到期日。"


def _ended(text: str) -> str:
    return text if text.endswith(("。", "！", "？")) else f"{text}。"
