"""总共2000万，里头租金280万、卖废料170万，剩下是自己产品卖的: what is left of the revenue is the main revenue."""

from __future__ import annotations

import re
from fractions import Fraction

from assistant.facts.amounts import Amount
from assistant.facts.reading import Reading
from assistant.facts.values import Statement, Value
from corpus.facts_models import split_key

_REACH = 100
_OF_IT = re.compile(r"其中|里头|里面|当中|包括|包含|含了?|有一块|扣掉|刨掉|刨去|去掉|减去|扣除|除去")
_OTHER = re.compile(
    r"租|边角料|废[料品铁钢]|废旧|下脚料|代买|代购|代理|贸易|转手|倒[手卖]|利息|理财|补[贴助]|处置|卖(?:旧|二手|老)?设备|卖材料|材料销售|水电|物业|停车|过账|走账|代收|非主营|不算主"
)
_LEFT = re.compile(
    r"(?:剩下|其余|余下|其他|别的|剩余)(?:的|才|都|就|全|全部|那些|部分)*(?:才|都|就|全|全部)*(?:是|算|为|属于)(?:我们|公司|真正|实打实)*(?:的)?(?:自己|自家|主营|主业|本行|产品|正经|自产|主打)"
)
_FIGURE = re.compile(r"\d|[一二三四五六七八九十百千]{1,6}[万亿]")


def read_other_income(reading: Reading, found: list[Statement]) -> list[Statement]:
    """The main revenue, where all other income was told in figures and the rest is called the own business."""
    match = _LEFT.search(reading.text)
    if match is None or reading.zone(match.start()) or any(s.key.startswith("main_") for s in found):
        return []
    tail = reading.text[match.end() : reading.clause(match.start()).end]
    whole = [s for s in found if s.key.startswith("revenue@") and 0 < match.start() - s.end <= _REACH]
    if not whole or _FIGURE.search(tail):
        return []
    total = whole[-1]
    parts = [a for a in reading.amounts_in(total.end, match.start()) if a.kind == "money"]
    if (
        not parts
        or not _OF_IT.search(reading.text[total.end : parts[0].start])
        or not all(_other(reading, a) for a in parts)
    ):
        return []
    if total.value.lo is None or total.value.hi is None or any(a.lo is None or a.hi is None for a in parts):
        return []
    least = sum((a.lo or Fraction(0) for a in parts), Fraction(0))
    most = sum((a.hi or Fraction(0) for a in parts), Fraction(0))
    if most > total.value.lo:
        return []
    start, end = total.start, match.end()
    for part in parts:
        reading.hear(reading.clause(part.start).start, part.end)
    reading.hear(match.start(), reading.clause(match.start()).end)
    value = Value.interval(total.value.lo - most, total.value.hi - least, source=reading.message[start:end])
    year = split_key(total.key)[1]
    return [reading.said(f"main_revenue@{year}", value, start, end)]


def _other(reading: Reading, amount: Amount) -> bool:
    """Whether the words of an amount name income that is none of the main business."""
    clause = reading.clause(amount.at)
    return bool(_OTHER.search(reading.text[clause.start : min(clause.end, amount.end + 12)]))
