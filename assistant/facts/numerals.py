"""Spoken numerals: exact ones, and those that only bound a value (十几, 两三千, 三点几, 几百)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from corpus.quantities import MULTIPLIERS, number

_DIGIT = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"两": 2}
_PAIR = re.compile(r"([一二两三四五六七八九])([二两三四五六七八九])")


@dataclass(frozen=True)
class Numeral:
    """Between ``lo`` and ``hi`` (``open_end``: hi itself excluded); ``step`` is the place of the last digit said."""

    lo: Fraction
    hi: Fraction
    open_end: bool
    step: Fraction
    outer: Fraction

    def times(self, factor: Fraction) -> Numeral:
        """The same numeral in a unit ``factor`` times as large."""
        outer = self.outer * factor if factor >= 10**4 else self.outer
        return Numeral(self.lo * factor, self.hi * factor, self.open_end, self.step * factor, outer)

    def more(self) -> Numeral:
        """四千八百多: from the value up to the next step of its last place."""
        return Numeral(self.lo, self.lo + self.step, True, self.step, self.outer)

    def plus(self, part: Fraction) -> Numeral:
        """The numeral with ``part`` added (三亿半, 两年半)."""
        return Numeral(self.lo + part, self.hi + part, self.open_end, part, self.outer)


def product(signs: str) -> Fraction:
    """``"千万"`` → 10,000,000; w stands for 万."""
    value = Fraction(1)
    for sign in signs:
        value *= MULTIPLIERS["万" if sign == "w" else sign]
    return value


def ten_to(power: int) -> Fraction:
    """A power of ten that is no float."""
    return Fraction("1" + "0" * power)


def _outer(signs: str) -> Fraction:
    return product("".join(sign for sign in signs if sign in "万亿"))


def read(head: str) -> Numeral:
    """``"4,800"``, ``"三千五百万"``, ``"十几"``, ``"两三千万"``, ``"三点几"``. ValueError where it is no numeral."""
    head = head.replace("〇", "零")
    if "几" in head:
        return _some(head)
    pair = _PAIR.search(head)
    if pair and "点" not in head and not (len(head) > 2 and set(head) <= set(_DIGIT)):
        first, second = _DIGIT[pair[1]], _DIGIT[pair[2]]
        if second - first == 1 or (first, second) == (3, 5):
            before, after = head[: pair.start()], head[pair.end() :]
            low, high = number(before + pair[1] + after), number(before + pair[2] + after)
            return Numeral(low, high, False, high - low, _tail(after))
    value = number(head)
    return Numeral(value, value, False, _step(head), _tail(head))


def _tail(head: str) -> Fraction:
    match = re.search(r"[十百千万亿]+$", head)
    return _outer(match[0]) if match else Fraction(1)


def _step(head: str) -> Fraction:
    match = re.fullmatch(r"([\d,]+)(?:\.(\d+))?([十百千万亿]*)", head)
    if match:
        if match[2]:
            return product(match[3]) / ten_to(len(match[2]))
        digits = match[1].replace(",", "")
        zeros = len(digits) - len(digits.rstrip("0")) if not match[3] or len(digits) > 1 else 0
        return product(match[3]) * ten_to(zeros)
    whole, _, decimals = head.partition("点")
    if decimals:
        return 1 / ten_to(len(decimals))
    match = re.search(r"[十百千万亿]+$", whole)
    if match:
        return product(match[0])
    match = re.search(r"([十百千万亿])[一二三四五六七八九\d]$", whole)
    return product(match[1]) / 10 if match else Fraction(1)


def _some(head: str) -> Numeral:
    """A numeral with 几 in the place of a digit."""
    before, _, after = head.partition("几")
    if before.endswith("点"):
        low = number(before[:-1])
        return Numeral(low, low + 1, True, Fraction(1), Fraction(1))
    if "点" in before:
        return read(before).more()
    if set(after) - set(MULTIPLIERS):
        raise ValueError(f"“{head}”不是一个数。")
    outer, step = _outer(after), product(after)
    if not before:
        return Numeral(2 * step, 10 * step, True, step, outer)
    low = number(before) * outer
    return Numeral(low, low + 10 * step, True, step, outer)
