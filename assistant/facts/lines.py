"""Figures that are quoted as a line of the rule: 50分那个线早过了, 离1500万的门槛还差20万, 75%的红线没碰."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.facts.amounts import Amount
from assistant.facts.reading import Reading

_LINE = re.compile(
    r"(?:元|分|以上|以下|整)?(?:的|[这那](?:[个条道根]|一[个条道根])?|一?[条道](?=线|杠|坎|槛|门槛))*+"
    r"(?:及格|合格|达标|最低|申报|准入|入围|标准|硬|红|底)?(?:线(?![上下路缆束材圈性切条体])|门槛|杠(?!杆)|坎|槛)|(?:的|[这那]个)(?:最低|硬)?(?:标准|要求|规定)(?!书)"
)
_OVER = re.compile(
    r"^[^，。；不没未]{0,5}(?:[过够](?!不|得去吗|吗|么)|到了|达到|达标|守住|满足|站稳)|^[^，。；不没未]{0,3}以上"
)
_OVER_BEFORE = re.compile(
    r"(?<![没未不])(?:过了?|够|达到了?|到了?|跨过了?|迈过了?|踩在了?)(?:专精特新|小巨人|的|企业)*$"
)


def line_end(reading: Reading, amount: Amount) -> int | None:
    """Where the words end that make the amount a line of the rule; None where it is a figure of the company."""
    match = _LINE.match(reading.text, amount.end)
    return match.end() if match else None


def passed(reading: Reading, amount: Amount, end: int) -> Amount | None:
    """The amount as a bound, where the message says that this line is reached."""
    clause = reading.clause(amount.at)
    before, after = reading.text[clause.start : amount.start], reading.text[end : clause.end]
    if amount.lo is None or not (_OVER.search(after) or _OVER_BEFORE.search(before) or not amount.is_exact):
        return None
    return replace(amount, hi=None) if amount.is_exact else amount
