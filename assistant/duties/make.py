"""What every rule is read with, and how one of its duties is put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.duties.model import Duty, Event, Profile, Status
from assistant.duties.validity import Term
from corpus.duty_models import Duties, DutyRule
from corpus.load import Corpus
from corpus.models import split_ref
from corpus.places import chain
from corpus.validity import chinese_date

SOON = 30
"""Days before its date from which a duty is due soon."""


@dataclass(frozen=True)
class Case:
    """One company on one day, with everything that its duties are read from."""

    profile: Profile
    as_of: date
    rules: Duties
    corpus: Corpus
    terms: tuple[Term, ...]

    def events_of(self, term: Term, *kinds: str) -> list[Event]:
        """The events of these kinds that are about this title, the earliest first."""
        found = [e for e in self.profile.events if e.kind in kinds and e.title in (None, term.title)]
        return sorted(found, key=lambda e: (e.date, e.kind))

    def label(self, kind: str) -> str:
        """The Chinese name of a kind of event."""
        return self.rules.events[kind].label

    def rules_of(self, term: Term) -> list[DutyRule]:
        """The rules of this title where the company is."""
        places = chain(self.profile.place)
        return [rule for rule in self.rules.rules if term.title in rule.titles and rule.place in places]

    def due(self, day: date) -> Status:
        """The status of something that is still to be done by ``day``."""
        if day < self.as_of:
            return "overdue"
        return "due_soon" if (day - self.as_of).days <= SOON else "upcoming"


def ruled(rule: DutyRule, day: date) -> bool:
    """Whether the rule held on ``day``."""
    return (rule.in_force.from_ or date.min) <= day <= (rule.in_force.until or date.max)


def make(
    case: Case,
    rule: DutyRule,
    term: Term,
    *,
    key: str,
    day: date | None,
    status: Status,
    basis: str,
    notes: Sequence[str] = (),
    confirm: Sequence[str] = (),
    summary: str = "",
    what: str = "",
    from_date: date | None = None,
) -> Duty:
    """A duty of ``rule`` for one title. ``key`` tells it from others of the same rule; what the rule leaves open and
    the end of its document come along."""
    asked = [rule.open] if rule.open else []
    asked += [rule.overlap.note] if rule.overlap else []
    return Duty(
        id=f"{rule.id}/{term.title}/{key}",
        rule=rule.id,
        kind=rule.kind,
        title=term.title,
        date=day,
        from_date=from_date,
        status=status,
        summary=summary or rule.summary,
        what=what or rule.what,
        where=rule.where,
        whom=rule.whom,
        missed=rule.missed,
        basis=basis,
        confirm=[*asked, *confirm],
        notes=[*notes, *_ending(case, rule, day)],
        refs=list(rule.refs),
        clauses=_clauses(case, rule),
        confidence=rule.confidence,
        verify=rule.confidence != "H",
    )


def _clauses(case: Case, rule: DutyRule) -> list[str]:
    found = []
    for ref in rule.refs:
        document = case.corpus.document_of(ref)
        found.append(f"{document.short_title}{case.corpus.clauses[ref].label}")
    if rule.document:
        document = case.corpus.documents[rule.document]
        found.append(f"《{document.title}》（{document.number}，正文没有收录）")
    return found


def _ending(case: Case, rule: DutyRule, day: date | None) -> list[str]:
    """A word on a duty that falls after the end of the document that it rests on."""
    if day is None or not rule.refs:
        return []
    document = case.corpus.documents[split_ref(rule.refs[0])[0]]
    until = document.in_force.until
    if until is None or day <= until:
        return []
    return [f"所依据的{document.short_title}有效期到{chinese_date(until)}，之后按届时的文件办，到时先核对。"]
