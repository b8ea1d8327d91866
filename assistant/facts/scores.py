"""The score that counts: without its bonus. 一共53分，其中3分是加分 is a 50; 含加分53分 is at most a 53."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import islice

from assistant.facts.amounts import Amount
from assistant.facts.reading import Reading, as_value
from assistant.facts.text import Clause
from assistant.facts.values import Statement, Value, key

_BONUS = re.compile(r"加分(?:项目?)?|附加分|奖励分|加的分|额外(?:加|给)的?分")
_NONE = re.compile(
    r"(?:不(?:含|算|计|带|包括|考虑)|没(?:有|算|含|加|计)?|未(?:含|计|算)|无|剔除|去掉|刨掉|刨去|扣掉|扣除|除去|减掉|减去|拿掉|撇开|除开|排除|抛开)(?:了|掉|去|开|任何|什么|这些?)*$"
)
_NONE_AFTER = re.compile(
    r"^(?:项)?(?:的分)?(?:我们|也|都|还|一[分项个]|半分)*(?:没有?|未|不)(?:算|计|含|加|拿|得|有|在内|进去|包括|计入|算进)"
)
_TAKEN_OFF = re.compile(
    r"^(?:项)?(?:的分|的)?(?:全|都|就|给|要是|如果)*(?:剔除|去掉|刨掉|刨去|扣掉|扣除|除去|减掉|减去|拿掉|撇开|除开|排除|抛开)"
)
_BASE = re.compile(
    r"(?:基础|裸|净|原始|本来的?|实际|真正的?|正式)(?:得?分|评?分)(?:数|就|才|只|是|有|为|：|，|其实|只有)*+$"
)
_WITH = re.compile(r"(?:含|连|连着|带|加上|算上|包括|加了|计入|并上)(?:了|着|上)?$")
_LATER = re.compile(r"^(?:项)?(?:的分)?(?:后|以后|之后|完)")
_AGO = re.compile(r"^(?:项)?(?:的分)?(?:前|之前|以前)")
_ONLY = re.compile(
    r"^(?:项目?|的分|的|前|后|之前|之后|以前|以后|完|全|都|就|也|还|给|剔除|去掉|刨掉|刨去|扣掉|扣除|除去|减掉|减去|拿掉|了|只有|只剩|只|才|仅|是|有|为|一共|总共|共|得|剩|：)*+$"
)
_TOTAL = re.compile(r"总分|总共|一共|合计|加起来|总得分")
_OTHER_SCORES = ("创新型", "科技型")
_LOWER_ALONE = re.compile(r"(?![\s\S]*(?:专精特新|小巨人))[\s\S]*(?:创新型|科技型)")
PASS = 60
"""The total asked for by both lower titles."""
_SCORED = ("专精特新", "小巨人")
_OF_BONUS_BEFORE = re.compile(
    r"^[分 ]*(?:多|左右|上下)?(?:的|都|还|全)*(?:是|为|属于|算|来自|靠|是靠|由)*+(?:那[个些]|各种|几个|专精特新|特色|省里|市里)*的?$"
)
_OF_BONUS_AFTER = re.compile(
    r"^(?:项目?)?(?:的分|分|部分|这块)?(?:就|共|一共|总共|占了?|有|是|为|给了?|拿了?|得了?|贡献了?|加了?|补了?|算了?|大概|约|：|了|我们)*+$"
)


def without_bonus(reading: Reading, statements: list[Statement]) -> list[Statement]:
    """The statements, each score with what the message says of its bonus taken off."""
    if reading.title in _OTHER_SCORES or (reading.title is None and _LOWER_ALONE.match(reading.text)):
        return [s for s in statements if not s.key.startswith("development_score@") or _named(reading, s)]
    matches = list(islice(_BONUS.finditer(reading.text), 6))
    scores = [s for s in statements if s.key.startswith("development_score@")]
    if not matches or not (scores or reading.title in _SCORED):
        return statements
    bonus: list[Amount] = []
    base: list[Statement] = []
    mixed: list[Statement] = []
    unclear = False
    for match in matches:
        clause = reading.clause(match.start())
        before, after = reading.text[clause.start : match.start()], reading.text[match.end() : clause.end]
        without = bool(_NONE.search(before) or _TAKEN_OFF.match(after) or _AGO.match(after))
        behind = _behind(reading, clause, match.end())
        if behind and not reading.zone(match.start()) and (without or _WITH.search(before) or _LATER.match(after)):
            (base if without else mixed).append(_score(reading, clause, behind))
        told = [] if behind else _told(reading, clause, match.start(), match.end())
        bonus += told
        denied = without or _NONE_AFTER.match(after)
        unclear = unclear or not (told or denied)
        if told or denied:
            reading.hear(clause.start, clause.end)
    taken = [(a.start, a.end) for a in bonus] + [(s.start, s.end) for s in (*base, *mixed)]
    whole = [s for s in scores if not any(s.start < end and start < s.end for start, end in taken)]
    base += [s for s in whole if _is_base(reading, s)]
    if base:
        keys = {s.key for s in base}
        for one in scores:
            reading.hear(one.start, one.end)
        return [s for s in statements if s.key not in keys] + [
            s.model_copy(update={"correction": any(one.key == s.key and one.value.lo != s.value.lo for one in scores)})
            for s in base
        ]
    whole += mixed
    if bonus and not whole and (earlier := _said_before(reading, bonus)):
        whole = [earlier]
    kept = [s for s in statements if s not in scores]
    if not whole or not (bonus or unclear or mixed):
        return kept + whole
    last = whole[-1].key
    return kept + [s.model_copy(update={"value": _less(s, bonus)}) if s.key == last else s for s in whole]


def _named(reading: Reading, score: Statement) -> bool:
    """Whether a score told in a talk of a lower title is that of 专精特新; one that passes there is heard, no fact."""
    words = reading.words(reading.clause(score.start))
    if "专精特新" in words or "发展评价" in words or score.value.lo is None:
        return True
    if score.value.lo >= PASS and _TOTAL.search(words):
        reading.hear(score.start, score.end)
    return False


def _said_before(reading: Reading, bonus: list[Amount]) -> Statement | None:
    """63里面有5分是加分, where the 63 was said in an earlier turn."""
    name = key("development_score", reading.as_of.year)
    value, start, end = reading.known.get(name), bonus[0].start, bonus[-1].end
    if value is None or value.lo is None or reading.zone(start):
        return None
    return reading.said(name, value, start, end, correction=True)


def _behind(reading: Reading, clause: Clause, at: int) -> Amount | None:
    """The score told right behind the word: 去掉加分只有48, 含加分51分."""
    for amount in reading.amounts_in(at, clause.end)[:1]:
        large = amount.kind in ("points", "number") and amount.lo is not None and 30 < amount.lo <= 100
        if large and _ONLY.match(reading.text[at : amount.start]):
            return amount
    return None


def _score(reading: Reading, clause: Clause, amount: Amount) -> Statement:
    years = [y for t in reading.times_in(clause.start, amount.start) for y in t.years]
    return reading.number(
        key("development_score", (years or [reading.as_of.year])[-1]), amount, amount.start, amount.end
    )


def _told(reading: Reading, clause: Clause, start: int, end: int) -> list[Amount]:
    """The points that the bonus comes to: 3分是加分, 加分项拿了3分, 把两分加分刨掉."""
    small = [
        a
        for a in reading.amounts_in(clause.start, clause.end)
        if a.kind in ("points", "number") and a.hi is not None and a.hi <= 30
    ]
    before = [a for a in small if a.end <= start and _OF_BONUS_BEFORE.match(reading.text[a.end : start])]
    after = [a for a in small if a.at >= end and _OF_BONUS_AFTER.match(reading.text[end : a.start])]
    return before[-1:] or after[:1]


def _is_base(reading: Reading, score: Statement) -> bool:
    clause = reading.clause(score.start)
    at = next((a for a in reading.amounts_in(score.start, score.end)), None)
    lead = reading.text[clause.start : at.start if at else score.start]
    bonus = list(_BONUS.finditer(lead))
    return bool(_BASE.search(lead)) or any(
        _NONE.search(lead[: m.start()]) or _NONE_AFTER.match(lead[m.end() :]) or _TAKEN_OFF.match(lead[m.end() :])
        for m in bonus
    )


def _less(score: Statement, bonus: list[Amount]) -> Value:
    """What is left of a score; where the bonus is not told in points, anything up to the score."""
    value = score.value
    if not bonus or value.lo is None or value.hi is None:
        return value.model_copy(update={"lo": Fraction(0), "lo_closed": True})
    least = sum((as_value(a, "").lo or Fraction(0) for a in bonus), Fraction(0))
    most = sum((as_value(a, "").hi or Fraction(0) for a in bonus), Fraction(0))
    return value.model_copy(update={"lo": max(value.lo - most, Fraction(0)), "hi": max(value.hi - least, Fraction(0))})
