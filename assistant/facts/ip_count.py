"""How the numbers of rights told in a message go together: a whole, its parts, the same again, and what comes on top.

Numbers add up only where plainly different rights are listed. What may be the same rights told again, or may not, is
counted as a span ("4 to 5"), so that nothing is decided on it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from assistant.facts import ip_words as w
from assistant.facts.amounts import Amount
from assistant.facts.lexicon import Mention
from assistant.facts.polarity import unknown
from assistant.facts.reading import Reading
from assistant.facts.text import Clause
from assistant.facts.values import Value

Kind = Literal["own", "bought", "pending", "plain", "joint", "unclear"]
Relation = Literal["whole", "part", "same", "either"]

COUNTING = ("own", "plain", "joint")
_ZERO = Fraction(0)
_THESE = re.compile(r"(?:[这那该此]|上述|前述|以上|所有|全部)(?:的)?$")
_OF_IT = re.compile(r"(?:其中|(?:^|，|里|内|当)[里中]|里[头面]|之中|里有|(?:^|，)(?:但|不过)?有)[^，。；\d]{0,10}$")
_LEFT = re.compile(r"(?:剩下?|余下?|其余|剩余|另外?|还|此外|再有)(?:的|有|外|那|这)*$")
_ON_TOP = re.compile(r"(?:另外?|还|又|再|此外|加上|外加|新增|新近?|后来|后头|接着)[^，。；\d]{0,6}$")
_TOGETHER = re.compile(r"(?:一共|总共|合计|总计|加起来|拢共|合起来|统共|共|总数|总量)(?:就|也|是|有|为|正好|刚好|：)*$")
SOLE = re.compile(r"独有|独家|单独|独立(?:所有|持有)")
_PAIR = re.compile(
    r"(?<![们咱兄弟妻子父母女哥姐])(?P<two>俩|一[对双](?![一于比]))(?![手头口人])|(?P<three>仨)(?![人口])"
)
_SOME = re.compile(
    r"其中|里[头面]|当中|之中|几[个件项]|有的(?!是)|有些|一些|一部分|部分|大半|大部分|大多数?|多数|多半|少数|个别|若干|一半|小半|不少|好些"
)
_OWN_NUMBER = re.compile(
    r"(?:自己|自家|自有|自主|自研|原始|我们)[^，。；]{0,10}?(?:有|到底|究竟|占|是|算|的|能算)*(?:几|多少)[个件项]?"
    r"|(?:几|多少)[个件项]?(?:是|算|真正|属于)*(?:自己|自家|自有|自主|自研|原始)"
)
_LIST = re.compile(r"[、，；（）：/]")
_ORIGIN = re.compile("|".join((w.OWN.pattern, w.BOUGHT.pattern, w.PENDING.pattern)))
_OTHERS = re.compile(r"别的|其[余他它]|剩[下余的]|余下|另外的")
_RIGHT = re.compile(r"品种|布图|新药|中药|国防")


@dataclass(frozen=True)
class Lot:
    """A number of rights told at once, and how it stands to the lots before it."""

    amount: Amount
    kind: Kind
    relation: Relation
    granted: bool
    start: int
    end: int
    sole: bool = False

    @property
    def part(self) -> bool:
        """Whether it is a part of the whole before it."""
        return self.relation == "part"

    @property
    def low(self) -> Fraction:
        """The least that it is."""
        return self.amount.lo or _ZERO

    @property
    def high(self) -> Fraction:
        """The most that it is, as far as told."""
        return self.amount.hi if self.amount.hi is not None else self.low


def pairs(reading: Reading, clause: Clause, *, named: bool) -> list[Amount]:
    """俩发明, 发明仨, 一对发明: numbers that carry no measure word."""
    if not named:
        return []
    found = _PAIR.finditer(reading.text, clause.start, clause.end)
    numbers = [(m, Fraction(2 if m["two"] else 3)) for m in found]
    return [Amount(m.start(), m.end(), m.start(), "count", n, n) for m, n in numbers]


def told_of(reading: Reading, clause: Clause, amounts: list[Amount], amount: Amount) -> str:
    """Where a clause counts several times, what it tells of one count: 4件（1件受让、3件自主）, 自己的2件、买的1件."""
    counted = [a for a in amounts if a.kind == "count" and not a.bare]
    if len(counted) < 2 or amount not in counted:
        return ""
    at = counted.index(amount)
    before = counted[at - 1].end if at else clause.start
    after = counted[at + 1].start if at + 1 < len(counted) else clause.end
    lead = _LIST.split(reading.text[before : amount.start])[-1]
    tail = _LIST.split(reading.text[amount.end : after])[0]
    first = reading.text[clause.start : counted[0].start]
    told_before = bool(_ORIGIN.search(first)) and bool(_ORIGIN.search(lead))
    return (lead if told_before else tail) or "，"


def right_named(reading: Reading, clause: Clause, amounts: list[Amount], amount: Amount) -> Mention | None:
    """The right that a clause names with a count; what another count before it names is not named again."""
    ours = [m for m in reading.mentions_in(clause.start, clause.end) if "class_1_ip" in m.facts]
    before = max((a.end for a in amounts if a.end <= amount.start and not a.bare), default=clause.start)
    after = min((a.start for a in amounts if a.start >= amount.end and not a.bare), default=clause.end)
    behind = [m for m in ours if amount.end <= m.start < after]
    opened = before == clause.start
    near = [
        m for m in ours if before <= m.start < amount.start and (opened or _LIST.search(reading.text[before : m.start]))
    ]
    return behind[0] if behind else near[-1] if near else None


def some(words: str) -> bool:
    """有些是买的, 一部分是转来的: said of an unknown part."""
    return bool(_SOME.search(words) or _OTHERS.search(words))


def of_the_others(lots: list[Lot], words: str) -> bool:
    """自有3件，别的都是买的: of those that are left, where the own ones were counted."""
    return bool(_OTHERS.search(words)) and any(lot.part and lot.kind == "own" for lot in lots)


def own_number_unknown(reading: Reading) -> tuple[int, int] | None:
    """自己的到底有几个还没理清: where it is said that the own number is not known."""
    for clause in reading.clauses:
        match = _OWN_NUMBER.search(reading.words(clause))
        if match is None or reading.zone(clause.start):
            continue
        index = reading.clause_index(clause.start)
        near = [c for c in reading.clauses[index : index + 3] if c.sentence == clause.sentence]
        told = [c for c in near if unknown(reading.words(c))]
        if told:
            return clause.start, told[0].end
    return None


def relation(
    reading: Reading, clause: Clause, lots: list[Lot], amount: Amount, kind: Kind, *, named: Mention | None
) -> Relation:
    """How a number stands to the lots before it. ``named``: the right that the clause names, if any."""
    whole = next((lot for lot in reversed(lots) if not lot.part), None)
    if whole is None:
        return "whole"
    before = max((a.end for a in reading.amounts_in(clause.start, amount.start) if a.end <= amount.start), default=0)
    lead = reading.text[max(clause.start, before) : amount.start]
    total = whole.low
    parts = lots[lots.index(whole) + 1 :]
    left = sum((p.low for p in parts), _ZERO) + amount.lo if amount.lo is not None else _ZERO
    counts, indefinite = kind in COUNTING, not amount.is_exact
    if _TOGETHER.search(lead):
        return "same" if amount.lo is not None and amount.lo <= _sum(lots) else "whole"
    if _of_other_years(reading, clause, whole) or (named is not None and _other_sort(reading, named, whole)):
        return "whole"
    if _THESE.search(lead) and not parts:
        return "same" if amount.lo == total else "part"
    smaller = amount.lo is not None and amount.lo < whole.high
    if _OF_IT.search(lead) and amount.lo is not None and amount.lo <= whole.high:
        return "part"
    if parts and left == total:
        return "part"
    if parts and any(p.amount.lo == amount.lo and p.end >= clause.start - 1 for p in parts) and _THESE.search(lead):
        return "same"
    if amount.lo == total and not indefinite and not _ON_TOP.search(lead):
        return _again(reading, clause, whole, kind, lead)
    if _ON_TOP.search(lead):
        within = parts and left <= total and (counts or not whole.granted)
        return "part" if within and _LEFT.search(lead) else "whole"
    if named is not None:
        differs = counts != (whole.kind in COUNTING) or (whole.sole and kind == "joint")
        return "whole" if differs else "either"
    if smaller:
        return "part" if counts or not whole.granted or indefinite else "whole"
    return "either" if counts and whole.kind in COUNTING else "whole"


def _again(reading: Reading, clause: Clause, whole: Lot, kind: Kind, lead: str) -> Relation:
    """发明4件，4件都在用; but 自有2件，受让2件 are four, and so are 独有2件，共有2件."""
    every = bool(w.ALL.search(reading.words(clause))) and not _TOGETHER.search(lead)
    if whole.kind == "own" and kind not in COUNTING and not every:
        return "whole"
    if kind == "own" and whole.kind not in COUNTING:
        return "whole"
    return "whole" if whole.sole and kind == "joint" else "same"


def _other_sort(reading: Reading, named: Mention, whole: Lot) -> bool:
    return _sort_of(named.word) != _sort_of(_named_at(reading, whole))


def _sort_of(words: str) -> str:
    """The sort of right in words: 布图设计 and 发明 are plainly different ones."""
    match = _RIGHT.search(words)
    return match[0] if match and "发明" not in words else ""


def _named_at(reading: Reading, lot: Lot) -> str:
    clause = reading.clause(lot.start)
    return reading.text[clause.start : clause.end]


def _of_other_years(reading: Reading, clause: Clause, whole: Lot) -> bool:
    """2023年授权2件，2025年授权2件: both dated, and not of the same year."""
    here = {y for t in reading.times_in(clause.start, clause.end) for y in t.years}
    first = reading.clause(whole.start)
    there = {y for t in reading.times_in(first.start, first.end) for y in t.years}
    return bool(here and there and not here & there and first.start != clause.start)


def _sum(lots: list[Lot]) -> Fraction:
    return sum((lot.low for lot in lots if not lot.part), _ZERO)


def merged(lots: list[Lot], amount: Amount, kind: Kind) -> list[Lot]:
    """The lots after the last whole was told again: 4件都是买来的 says what they are."""
    index = next(i for i in range(len(lots) - 1, -1, -1) if not lots[i].part)
    whole = lots[index]
    if kind == "plain" or (kind == "joint" and whole.kind == "own") or whole.kind == kind:
        return lots
    if kind == "own" and whole.kind not in COUNTING:
        return lots
    if whole.low != amount.lo:
        return lots
    replaced = Lot(whole.amount, kind, whole.relation, whole.granted, whole.start, amount.end, whole.sole)
    return [*lots[:index], replaced, *lots[index + 1 :]]


def own_of(lots: list[Lot]) -> tuple[Fraction, Fraction]:
    """The least and the most of one's own rights."""
    low = high = _ZERO
    groups: list[list[Lot]] = []
    for lot in lots:
        if lot.part and groups:
            groups[-1].append(lot)
        else:
            groups.append([lot])
    for whole, *parts in groups:
        least, most = _of_group(whole, parts)
        if whole.relation == "either" and whole.kind in COUNTING:
            least = _ZERO
        low, high = low + least, high + most
    return low, max(low, high)


def _of_group(whole: Lot, parts: list[Lot]) -> tuple[Fraction, Fraction]:
    own = [p for p in parts if p.kind == "own"]
    joint = sum((p.low for p in parts if p.kind == "joint"), _ZERO)
    unclear = sum((p.high for p in parts if p.kind == "unclear"), _ZERO)
    off = [p for p in parts if p.kind in ("bought", "pending")]
    if whole.kind == "unclear":
        return _ZERO, whole.high
    counts = whole.kind in COUNTING
    if own:
        least, most = sum((p.low for p in own), _ZERO), sum((p.high for p in own), _ZERO)
        rest = whole.low - sum((p.low for p in off), _ZERO) - unclear
        if counts and least + joint == rest:
            return rest, rest + unclear
        return min(least, whole.high), min(most + joint + unclear, whole.high)
    if not counts:
        plain = sum((p.low for p in parts if p.kind in COUNTING), _ZERO)
        return plain, plain
    least = whole.low - sum((p.high for p in off), _ZERO) - unclear
    most = whole.high - sum((p.low for p in off), _ZERO)
    return max(least, _ZERO), max(most, _ZERO)


def bought_of(lots: list[Lot], source: str) -> Value:
    """How many were bought: no more than the whole that they are a part of."""
    low = high = _ZERO
    whole: Lot | None = None
    for lot in lots:
        whole = whole if lot.part else lot
        if lot.kind == "bought":
            low += lot.low
            high += min(lot.high, whole.high) if whole is not None and lot.part else lot.high
    return Value.interval(low, max(low, high), source=source)
