"""Numbers of rights of which one or the other holds: 三件还是四件, 要么3个要么4个, 好像四个又好像三个."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from assistant.facts.amounts import Amount
from assistant.facts.ip_count import Kind, Lot
from assistant.facts.polarity import unknown
from assistant.facts.reading import Reading
from assistant.facts.text import Clause

_EITHER = re.compile(
    r"(?:[件个项吧呢啊嘛]|来着)*(?:还是|抑或|或者?|要么|要不|也?说不定|又?(?:好像|似乎)|也?(?:可能|也许|大概)|就是)(?:是|只?有|得)*"
)
_VAGUE = re.compile(r"[件个项吧呢啊，]*(?:又|也)?")
_OR_NONE = re.compile(r"(?:就是|要么|或者?|还是)(?:一[个件项]都|根本|压根)*没有?(?=$|[，。；])")
_UNSURE = re.compile(
    r"不(?:知|晓|清楚|确定|好说)|[说讲记拿吃][不勿](?:准|清|得|住|上)|[搞弄]不清|可能|也许|好像|没准|说不定|没查|[要得](?:查|翻|问)"
)
_ONLY_SO_MANY = re.compile(
    r"(?:我们|公司|实际|目前|现在|眼下|手[里上头]|总共|一共|也|就|只|仅|才|有|是|到手|拢共|统共|满打满算)*"
)
_DOUBT = re.compile(r"到底|究竟|来着|还是|要么|好像|似乎|或者?|可能|也许|大概")


def alternatives(reading: Reading, amounts: list[Amount]) -> list[Amount]:
    """The amounts of a clause, with those put as alternatives as one that spans them all."""
    found: list[Amount] = []
    for amount in amounts:
        before = found[-1] if found else None
        if before is not None and _counts(before) and _counts(amount):
            vague = amount.start < amount.at and _VAGUE.fullmatch(reading.text, before.end, amount.start)
            if vague or _EITHER.fullmatch(reading.text, before.end, amount.start):
                found[-1] = _spanning(before, amount)
                continue
        if _counts(amount) and (none := _OR_NONE.match(reading.text, amount.end)):
            found.append(replace(amount, lo=Fraction(0), end=none.end()))
        else:
            found.append(amount)
    return found


def told_again(reading: Reading, clause: Clause, lots: list[Lot], amount: Amount) -> list[Lot] | None:
    """The lots where a clause in doubt only tells the last number again, perhaps as another; None where it does not."""
    words = reading.words(clause)
    doubted = unknown(words)
    if not lots or amount.is_exact or not (doubted or _DOUBT.search(words)):
        return None
    if doubted:
        reading.hear(clause.start, clause.end)
    last = lots[-1]
    if amount.lo is None or amount.hi is None or amount.lo > last.high or amount.hi < last.low:
        return None
    return [*lots[:-1], replace(last, amount=_spanning(last.amount, amount))]


def surely(kind: Kind, words: str) -> Kind:
    """A number that may or may not be one's own: 有一件年费没交，不知道还有没有效."""
    return "unclear" if kind in ("pending", "bought") and _UNSURE.search(words) else kind


def _counts(amount: Amount) -> bool:
    return amount.kind in ("count", "number") and amount.lo is not None and amount.hi is not None


def _spanning(one: Amount, other: Amount) -> Amount:
    low = min(one.lo or Fraction(0), other.lo or Fraction(0))
    high = max(one.hi or Fraction(0), other.hi or Fraction(0))
    return replace(one, end=max(one.end, other.end), lo=low, hi=high, lo_closed=True, hi_closed=True)


def narrows(one: Amount, other: Amount, lead: str) -> bool:
    """Whether a number says how many there are of what was only said to be fewer."""
    below = one.lo == 0 and one.hi is not None and not one.hi_closed
    return below and other.hi is not None and other.hi < (one.hi or 0) and bool(_ONLY_SO_MANY.fullmatch(lead.strip()))
