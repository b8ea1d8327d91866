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
from functools import lru_cache

import cn2an

MULTIPLIERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
DIGITS = "零〇一二两三四五六七八九十百千万亿"
_SIMPLE = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
# Numbers longer than any amount are no numbers; the bounds keep hostile runs of digits linear.
ARABIC = r"(?<![\d.])(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,16})(?:\.\d{1,8})?(?!\d)"
CHINESE = f"(?<![{DIGITS}])[{DIGITS}]{{1,20}}(?![{DIGITS}])(?:点[零〇一二三四五六七八九]{{1,8}})?"
MIXED = rf"(?:{ARABIC})[十百千万亿]{{1,3}}(?:\d{{1,4}}[十百千万]{{1,2}}){{1,3}}"  # 1亿2千万, 1千2百万
NUMBER = re.compile(
    rf"{MIXED}|(?:{ARABIC})(?:[十百千万亿]{{1,3}}|个亿)?|{CHINESE}(?:个亿|(?<=亿)半(?![年个天月]))?|半(?:个亿)?"
)

UNITS: dict[str, tuple[str, Fraction]] = {
    "元": ("money", Fraction(1)),
    "块": ("money", Fraction(1)),
    "块钱": ("money", Fraction(1)),
    "人民币": ("money", Fraction(1)),
    "%": ("percent", Fraction(1, 100)),
    "个百分点": ("percent", Fraction(1, 100)),
    "个点": ("percent", Fraction(1, 100)),
    "成": ("percent", Fraction(1, 10)),
    "个月": ("months", Fraction(1)),
    "天": ("days", Fraction(1)),
    "日内": ("days", Fraction(1)),
    "个工作日": ("workdays", Fraction(1)),
    "周年": ("years", Fraction(1)),
    "年": ("years", Fraction(1)),
    "分": ("points", Fraction(1)),
    "条": ("articles", Fraction(1)),
    "款": ("articles", Fraction(1)),
    "公里": ("km", Fraction(1)),
    "次": ("times", Fraction(1)),
    "周": ("days", Fraction(7)),
    "小时": ("hours", Fraction(1)),
    "平方米": ("area", Fraction(1)),
}
COUNTERS = "家项个户人名种类件篇批期轮档次级层场位张本套台条"
UNIT = re.compile("|".join(sorted((re.escape(u) for u in UNITS), key=len, reverse=True)) + f"|[{COUNTERS}]")
DATE = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d{2})\s*[年./-]\s*(?P<m>1[0-2]|0?[1-9])\s*[月./-]\s*(?P<d>3[01]|[12]\d|0?[1-9])?\s*日?"
    r"|(?<!\d)(?P<m2>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月(?:份)?(?:(?P<d2>3[01]|[12]\d|0?[1-9]"
    r"|[一二三]?十[一二三四五六七八九]?"
    r"|[一二三四五六七八九])[日号])?"
    r"|(?<![\d.-])(?P<m3>0[1-9]|1[0-2])-(?P<d3>0[1-9]|[12]\d|3[01])(?![\d-])"
    r"|(?<!\d)(?P<y3>(?:19|20)\d{2})\s*年(?!以上|以下|期|内)"
)
PERCENT_OF = re.compile(rf"百分之(?P<n>(?:{ARABIC})|{CHINESE})")
TENTHS = re.compile(r"(?P<n>[1-9一二两三四五六七八九])成(?P<m>[1-9一二三四五六七八九])(?![0-9个家])")
APART = re.compile(r" {0,2}([十百千]?[万亿])(?=元|块)")


@dataclass(frozen=True)
class Quantity:
    """One quantity: ``text[start:end]`` says it, ``value`` is exact, in the base unit of ``kind``."""

    start: int
    end: int
    text: str
    kind: str
    value: Fraction
    unit: str


KEPT_BELOW = 0x10000


class _Folded(dict[int, int]):
    """Code point → its compatible form where that is one character, looked up once per character."""

    def __missing__(self, point: int) -> int:
        form = unicodedata.normalize("NFKC", chr(point))
        folded = ord(form) if len(form) == 1 else point
        if point < KEPT_BELOW:
            self[point] = folded
        return folded


_FOLDED = _Folded()


YEAR_NAMED = re.compile(r"(?<!\d)20[0-3]\d年?(?:度|底|初|[春夏秋冬]天?)?(?!\d)|那[拨回次批]")


def undated(text: str) -> str:
    """``text`` without the years that it names, where they say which document is meant and not what is asked."""
    return YEAR_NAMED.sub("", text)


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Full-width digits, signs and ％ to their half-width forms; the length stays the same."""
    return text.translate(_FOLDED)


@lru_cache(maxsize=4096)
def number(text: str) -> Fraction:
    """``"4,800"``, ``"1.5万"``, ``"四千八百万"``, ``"1亿2千万"``, ``"一亿半"``, ``"两"`` → its exact value.

    A digit that trails a multiplier counts in the next lower place, as in speech: 三千五 is 3500, 一亿二 is 1.2亿.
    ValueError where the text is no number.
    """
    text = text.replace(",", "").replace("〇", "零").replace("个亿", "亿")
    if text == "半":
        return Fraction(1, 2)
    match = re.fullmatch(r"(\d+(?:\.\d+)?)([十百千万亿]*)", text)
    if match:
        return Fraction(match[1]) * _product(match[2])
    if text[:1] in MULTIPLIERS and text[0] != "十":
        text = "一" + text  # 百万, 千万
    match = re.fullmatch(r"(.+)([百千万亿])([一二三四五六七八九半1-9])", text)
    if match and match[1][-1] not in "零":
        tail = Fraction(1, 2) if match[3] == "半" else Fraction(_SIMPLE.get(match[3]) or int(match[3]), 10)
        head = number(match[1] + match[2])
        return head + tail * _product(re.search(r"[十百千万亿]+$", match[1] + match[2])[0])  # type: ignore[index]
    match = re.fullmatch(r"半(亿|万)", text)
    if match:
        return Fraction(MULTIPLIERS[match[1]], 2)
    whole, dot, decimals = text.partition("点")
    if dot and not decimals:
        raise ValueError(f"“{text}”不是一个数。")
    value = _whole(whole.replace("两", "二"))
    if decimals:
        value += Fraction(int(cn2an.cn2an(decimals, "smart")), 10 ** len(decimals))
    return value


def _product(signs: str) -> Fraction:
    value = Fraction(1)
    for sign in signs:
        value *= MULTIPLIERS[sign]
    return value


def _whole(text: str) -> Fraction:
    try:
        return Fraction(str(cn2an.cn2an(text, "smart")))
    except (ValueError, KeyError) as error:  # cn2an knows no 百万 and stumbles over some odd runs
        if text[-1:] not in ("万", "亿") or len(text) < 2:
            raise ValueError(f"“{text}”不是一个数。") from error
        return _whole(text[:-1]) * MULTIPLIERS[text[-1]]


def find_quantities(text: str) -> list[Quantity]:
    """Every quantity of ``text``, left to right, spans not overlapping. Plain numbers have the kind ``number``."""
    return list(_quantities(text))


@lru_cache(maxsize=4096)
def _quantities(text: str) -> tuple[Quantity, ...]:
    """A message and the sentences of its answer are read for several purposes."""
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
        month = number(m["m"] or m["m2"] or m["m3"])
        day = number(m["d"] or m["d2"] or m["d3"] or "零")
        add(m.start(), m.end(), "date", Fraction(year * 10000) + month * 100 + day, "日")
    for m in TENTHS.finditer(folded):
        add(m.start(), m.end(), "percent", number(m["n"]) / 10 + number(m["m"]) / 100, "成")
    for m in NUMBER.finditer(folded):
        if taken[m.start()]:
            continue
        try:
            value = number(m[0])
        except ValueError:
            continue
        end = m.end()
        apart = APART.match(folded, end)  # a multiplier may stand apart from its number ("1500 万元")
        if apart:
            value *= _product(apart[1])
            end = apart.end()
        unit = UNIT.match(folded, end) or (UNIT.match(folded, end + 1) if folded[end : end + 1] == " " else None)
        if unit:
            kind, scale = UNITS.get(unit[0], ("count", Fraction(1)))
            add(m.start(), unit.end(), kind, value * scale, unit[0])
        else:
            add(m.start(), end, "number", value, "")
    return tuple(sorted(found, key=lambda q: q.start))
