"""The list of duties of one company on one day. The rules are data; this only reads them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache

from assistant.duties.bans import bans
from assistant.duties.expiry import at_expiry
from assistant.duties.happened import on_events
from assistant.duties.make import Case
from assistant.duties.model import Duty, DutyList, Event, Profile, Question
from assistant.duties.validity import Term, terms
from assistant.duties.yearly import yearly
from assistant.errors import BadInput
from corpus.duty_models import DutyRule, load_duties
from corpus.load import Corpus, load_corpus
from corpus.validity import chinese_date

DISCLAIMER = "日期按收录的文件推算，供提醒用；称号的有效期和办理时间以证书、培育平台和主管部门的通知为准。"
YEARS = range(2000, 2101)


@cache
def _corpus() -> Corpus:
    return load_corpus()


def duties(profile: Profile, *, as_of: date, corpus: Corpus | None = None) -> DutyList:
    """Everything that the company's titles oblige it to, sorted by date, as seen on ``as_of``.

    What the documents leave open is said in ``confirm``; what the profile leaves open is asked in ``questions``.
    ``corpus`` names the clauses (default: the one that ships). Raises BadInput where ``as_of`` is out of reach.
    """
    if as_of.year not in YEARS:
        raise BadInput(f"日期 {as_of} 超出了能推算的范围，请写 {YEARS[0]} 到 {YEARS[-1]} 年之间的日期。")
    rules = load_duties()
    case = Case(profile, as_of, rules, corpus or _corpus(), tuple(terms(profile, rules)))
    found = [duty for term in case.terms for rule in case.rules_of(term) for duty in _of(case, rule, term)]
    return DutyList(
        as_of=as_of,
        place=profile.place,
        titles=[term.state(as_of) for term in case.terms],
        duties=sorted(found, key=lambda d: (d.date or date.max, d.id)),
        questions=list(_questions(case, found)),
        notes=list(_notes(case, found)),
        disclaimer=DISCLAIMER,
    )


def _of(case: Case, rule: DutyRule, term: Term) -> Iterator[Duty]:
    if rule.kind == "ban":
        yield from bans(case, rule, term)
    elif term.over(case.as_of):
        yield from at_expiry(case, rule, term) if rule.kind == "lapse" else ()
    elif rule.on:
        yield from on_events(case, rule, term)
    elif term.cancelled and term.cancelled <= case.as_of:
        return
    elif rule.when.yearly:
        yield from yearly(case, rule, term)
    else:
        yield from at_expiry(case, rule, term)


def _questions(case: Case, found: list[Duty]) -> Iterator[Question]:
    if not case.terms:
        yield Question(
            about="titles", question="手里有哪个称号（创新型、科技型、专精特新、小巨人），是哪年哪月认定的？"
        )
    for term in case.terms:
        if term.end is None and not term.cancelled:
            yield Question(about=term.title, question=f"{term.title}是哪年哪月认定的，或者有效期到哪一天？")
        elif term.over(case.as_of) and not term.holding.expires:
            asked = f"{term.title}按认定日推算已经到期；是不是复核延长过，现在的有效期到哪一天？"
            yield Question(about=term.title, question=asked)
    for event in case.profile.events:
        label, day = case.label(event.kind), chinese_date(event.date)
        if event.kind == "move" and event.scope == "unknown":
            yield Question(about="move", question=f"{day}的迁移是从哪里迁到哪里（写到省、区）？")
        if event.kind == "accident" and event.grade == "unknown":
            yield Question(about="accident", question=f"{day}的{label}定的是哪一级（一般、较大、重大）？")
        if event.kind == "cancellation" and event.cause is None:
            yield Question(about="cancellation", question=f"{day}是因为什么被取消认定的？")


def _notes(case: Case, found: list[Duty]) -> Iterator[str]:
    for term in case.terms:
        yield from _standing(case, term)
    used = {duty.id.rpartition("/")[2] for duty in found}
    for event in case.profile.events:
        if case.rules.events[event.kind].group in ("change", "incident") and not _used(event, used):
            yield (
                f"{chinese_date(event.date)}的{case.label(event.kind)}：收录的文件里没有对这些称号写要办的事，"
                "或者当时称号不在有效期内，请向主管部门核对。"
            )
    if any(e.kind == "cancellation" and e.cause in ("missed_update", "unreported_change", "no_longer_qualified")
           for e in case.profile.events):  # fmt: skip
        yield "因没有更新、没有报告变化或不再符合标准被取消的，不在第二十条列出的情形里，收录的文件没有给它写三年禁报期。"


def _used(event: Event, used: set[str]) -> bool:
    return f"{event.kind}-{event.date.isoformat()}" in used or (event.kind == "accident" and event.grade == "minor")


def _standing(case: Case, term: Term) -> Iterator[str]:
    """A word on a title that is over, and on one that the collection has no rules for."""
    if term.end and term.over(case.as_of) and not term.cancelled:
        yield f"{term.title}称号已在{chinese_date(term.end)}到期，到期以后没有每年的事项；要继续用，得重新认定或复核。"
    if not case.rules_of(term):
        yield f"没有收录{case.profile.place}对{term.title}的规定，列不出每年的事项，请问当地主管部门。"
