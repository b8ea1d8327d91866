"""How long each title is valid, and how that is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from assistant.duties.dates import last_day, same_day
from assistant.duties.model import Event, Holding, Profile, Standing, TitleState
from corpus.duty_models import Duties, Validity
from corpus.models import Title
from corpus.places import chain
from corpus.validity import chinese_date

OLD_STANDARD = ("2022", "旧", "63号", "原标准")


@dataclass(frozen=True)
class Term:
    """One title's running validity: both days are included, None is not known. ``cancelled``: the day from which the
    title is gone."""

    holding: Holding
    start: date | None
    end: date | None
    basis: str
    notes: tuple[str, ...] = ()
    cancelled: date | None = None

    @property
    def title(self) -> Title:
        """The title."""
        return self.holding.title

    def holds_on(self, day: date) -> bool:
        """Whether the title was held on ``day``, as far as is known."""
        return (
            (self.start is None or self.start <= day)
            and (self.end is None or day <= self.end)
            and (self.cancelled is None or day <= self.cancelled)
        )

    def state(self, as_of: date) -> TitleState:
        """The state on ``as_of``."""
        return TitleState(
            title=self.title,
            state=self._standing(as_of),
            start=self.start,
            end=self.end,
            basis=self.basis,
            notes=list(self.notes),
        )

    def over(self, as_of: date) -> bool:
        """Whether the validity ended before ``as_of``."""
        return self.end is not None and self.end < as_of

    def _standing(self, as_of: date) -> Standing:
        if self.cancelled and self.cancelled <= as_of:
            return "cancelled"
        if self.over(as_of):
            return "expired"
        if self.start and as_of < self.start:
            return "not_yet"
        return "valid" if self.end else "unknown"


def terms(profile: Profile, rules: Duties) -> list[Term]:
    """The running validity of every title of the profile, in its order."""
    return [_term(holding, profile, rules) for holding in profile.titles]


def _term(holding: Holding, profile: Profile, rules: Duties) -> Term:
    rule = _rule(holding.title, profile.place, rules)
    start, end, basis = holding.granted, holding.expires, holding.how
    if end is not None:
        basis = _and(basis, f"到期日{chinese_date(end)}是您给的")
        if rule and rule.years:
            start = _running_start(start, end, rule.years)
    elif start is not None and rule and rule.years:
        counted = last_day(start, rule.years)
        end = counted.day
        basis = _and(basis, f"{counted.how}；从哪天起算条文没有写，以证书或平台上的有效期为准")
    elif start is not None and rule and rule.until:
        month, day = (int(part) for part in rule.until.split("-"))
        end = date(start.year + 1, month, day)
        basis = _and(basis, f"按一般的说法推算到{chinese_date(end)}，待核对原文")
    notes = _notes(holding, start, rule)
    return Term(holding, start, end, basis, notes, _cancelled(holding.title, profile.events))


def _running_start(start: date | None, end: date, years: int) -> date:
    """The first day of the validity that ends on ``end``: a title that was extended began its running term later."""
    first, _ = same_day(end + timedelta(days=1), -12 * years)
    return max(start, first) if start else first


def _notes(holding: Holding, start: date | None, rule: Validity | None) -> tuple[str, ...]:
    notes = []
    if rule is None:
        notes.append(f"没有收录{holding.title}在当地的有效期规定，请以证书为准。")
    elif rule.changed and start and start < rule.changed and rule.earlier and not holding.expires:
        notes.append(rule.earlier)
    old = any(word in holding.standard for word in OLD_STANDARD)
    if rule and rule.changed and old and start and start >= rule.changed:
        notes.append(
            f"按旧标准评、{chinese_date(rule.changed)}以后才公布的称号，算不算“实施前认定”办法没有写清，请向主管部门确认。"
        )
    return tuple(notes)


def _rule(title: Title, place: str, rules: Duties) -> Validity | None:
    return next((v for v in rules.validity if title in v.titles and v.place in chain(place)), None)


def _cancelled(title: Title, events: tuple[Event, ...]) -> date | None:
    days = [e.date for e in events if e.kind == "cancellation" and e.title in (None, title)]
    return min(days, default=None)


def _and(first: str, second: str) -> str:
    return f"{first}；{second}" if first else second
