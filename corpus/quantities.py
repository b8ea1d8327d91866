"""Numbers as Chinese texts write them: 50万元 = 五十万元 = 500,000元; 30% = 百分之三十 = 三成; 05-31 = 5月31日.

``find_quantities`` returns every quantity of a text with its span, so that two texts can be compared by value and
facts can be read out of a sentence. Money is in 元, percentages are fractions (3% is 3/100), dates are
``(year or 0, month, day or 0)`` packed into one number; all values are exact.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction

import cn2an

MULTIPLIERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
DIGITS = "零〇一二两三四五六七八九十百千万亿"
ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
CHINESE = f"[{DIGITS}]+(?:点[零〇一二三四五六七八九]+)?"
NUMBER = re.compile(rf"(?:{ARABIC})[十百千万亿]*|{CHINESE}|半")

UNITS: dict[str, tuple[str, Fraction]] = {
    "元": ("money", Fraction(1)), "块": ("money", Fraction(1)), "块钱": ("money", Fraction(1)),
    "人民币": ("money", Fraction(1)),
    "%": ("percent", Fraction(1, 100)), "个百分点": ("percent", Fraction(1, 100)), "个点": ("percent", Fraction(1, 100)),
    "成": ("percent", Fraction(1, 10)),
    "个月": ("months", Fraction(1)), "天": ("days", Fraction(1)), "日内": ("days", Fraction(1)),
    "个工作日": ("workdays", Fraction(1)), "周年": ("years", Fraction(1)), "年": ("years", Fraction(1)),
    "分": ("points", Fraction(1)), "条": ("articles", Fraction(1)), "款": ("articles", Fraction(1)),
    "公里": ("km", Fraction(1)), "次": ("times", Fraction(1)), "周": ("days", Fraction(7)),
    "小时": ("hours", Fraction(1)), "平方米": ("area", Fraction(1)),
}
COUNTERS = "家项个户人名种类件篇批期轮档次级层场位张本套台条"
UNIT = re.compile("|".join(sorted((re.escape(u) for u in UNITS), key=len, reverse=True)) + f"|[{COUNTERS}]")
DATE = re.compile(
    r"(?P<y>(?:19|20)\d{2})\s*[年./-]\s*(?P<m>1[0-2]|0?[1-9])\s*[月./-]\s*(?P<d>3[01]|[12]\d|0?[1-9])?\s*日?"
    r"|(?P<m2>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月(?:份)?(?:(?P<d2>3[01]|[12]\d|0?[1-9]|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])[日号])?"
    r"|(?P<y3>(?:19|20)\d{2})\s*年(?!以上|以下|期|内)"
)
PERCENT_OF = re.compile(rf"百分之(?P<n>(?:{ARABIC})|{CHINESE})")


@dataclass(frozen=True)
class Quantity:
    """One quantity: ``text[start:end]`` says it, ``value`` is exact, in the base unit of ``kind``."""

    start: int
    end: int
    text: str
    kind: str
    value: Fraction
    unit: str


def fold(text: str) -> str:
    """Full-width digits, signs and ％ to their half-width forms; the length stays the same."""
    return "".join(
        folded if len(folded := unicodedata.normalize("NFKC", ch)) == 1 else ch for ch in text
    )


def number(text: str) -> Fraction:
    """``"4,800"``, ``"1.5万"``, ``"四千八百万"``, ``"两"`` → its exact value; ValueError where it is no number."""
    text = text.replace(",", "").replace("〇", "零")
    if text == "半":
        return Fraction(1, 2)
    match = re.fullmatch(r"(\d+(?:\.\d+)?)([十百千万亿]*)", text)
    if match:
        value = Fraction(match[1])
        for sign in match[2]:
            value *= MULTIPLIERS[sign]
        return value
    whole, _, decimals = text.partition("点")
    tail = whole[-1:] if whole[-1:] in "万亿" and decimals == "" else ""
    try:
        value = Fraction(int(cn2an.cn2an(whole.replace("两", "二"), "smart")))
    except ValueError:
        if not tail:
            raise
        value = number(whole[:-1]) * MULTIPLIERS[tail]
    if decimals:
        value += Fraction(int(cn2an.cn2an(decimals, "smart")), 10 ** len(decimals))
    return value


def find_quantities(text: str) -> list[Quantity]:
    """Every quantity of ``text``, left to right, spans not overlapping. Plain numbers have the kind ``number``."""
    folded = fold(text)
    found: list[Quantity] = []
    taken = [False] * (len(folded) + 1)

    def add(start: int, end: int, kind: str, value: Fraction, unit: str) -> None:
        if not any(taken[start:end]):
            taken[start:end] = [True] * (end - start)
            found.append(Quantity(start, end, text[start:end], kind, value, unit))

    for m in PERCENT_OF.finditer(folded):
        add(m.start(), m.end(), "percent", number(m["n"]) / 100, "%")
    for m in DATE.finditer(folded):
        if m["y3"]:
            add(m.start(), m.end(), "year", Fraction(int(m["y3"])), "年")
            continue
        year = int(m["y"] or 0)
        month = number(m["m"] or m["m2"])
        day = number(m["d"] or m["d2"]) if (m["d"] or m["d2"]) else Fraction(0)
        add(m.start(), m.end(), "date", Fraction(year * 10000) + month * 100 + day, "日")
    for m in NUMBER.finditer(folded):
        try:
            value = number(m[0])
        except ValueError:
            continue
        rest = folded[m.end() :]
        gap = len(rest) - len(rest.lstrip(" "))
        # 万分之/百万元: a multiplier may stand apart from its number ("1500 万元")
        apart = re.match(r" *([十百千]?[万亿])(?=元|块)", rest)
        end = m.end()
        if apart:
            for sign in apart[1]:
                value *= MULTIPLIERS[sign]
            end += apart.end()
            rest, gap = folded[end:], 0
        unit = UNIT.match(rest, gap)
        if unit and gap <= 1:
            kind, scale = UNITS.get(unit[0], ("count", Fraction(1)))
            add(m.start(), end + unit.end(), kind, value * scale, unit[0])
        else:
            add(m.start(), end, "number", value, "")
    return sorted(found, key=lambda q: q.start)
