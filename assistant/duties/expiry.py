"""What hangs on the last day of a title: the review before it, and the lapse on it."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.duties.dates import quarter_before
from assistant.duties.make import Case, make
from assistant.duties.model import RANK, Duty, Status
from assistant.duties.validity import Term
from corpus.duty_models import DutyRule


def at_expiry(case: Case, rule: DutyRule, term: Term) -> Iterator[Duty]:
    """The duty on the last day of validity; without that day, the question for it."""
    if rule.granted_before and (term.start is None or term.start >= rule.granted_before):
        return
    if term.end is None:
        if rule.kind == "review":
            yield make(
                case, rule, term, key="expiry", day=None, status="needs_info", basis="有效期还不知道，算不出日期"
            )
        return
    lower = bool(rule.lower) and _higher(case, term)
    status: Status = "past" if term.over(case.as_of) else "covered" if lower and rule.replaced else case.due(term.end)
    first, basis = None, term.basis
    if rule.when.quarter:
        first, closing = quarter_before(term.end, rule.when.quarter)
        basis += f"；到期前最后一个第二季度是{first.year}年{first.month}月到{closing.month}月"
        if closing < case.as_of:
            basis += "，已经过去，请马上问主管部门还能不能赶上"
    yield make(
        case, rule, term, key="expiry", day=term.end, from_date=first, status=status, basis=basis,
        notes=term.notes, confirm=[rule.lower] if lower else [],
    )  # fmt: skip


def _higher(case: Case, term: Term) -> bool:
    """Whether the company holds a higher title on the day asked about, among those that are reviewed."""
    above = RANK[: RANK.index(term.title)]
    return any(other.title in above and other.holds_on(case.as_of) for other in case.terms)
