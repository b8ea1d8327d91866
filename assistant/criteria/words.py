"""Values, thresholds and differences in words: 1480万元, 2.4%, 差20万元, 高出0.5个百分点."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

from assistant.criteria.intervals import Range
from assistant.facts.values import Value
from corpus.criteria_tree import Compare, Operator, Score, Term
from corpus.facts_models import Dictionary, FactEntry, split_key

WAN, YI = 10_000, 100_000_000
COMPARED: dict[Operator, str] = {"ge": "不低于", "gt": "超过", "le": "不超过", "lt": "低于"}


def decimal(number: Fraction, places: int = 2) -> str:
    """A decimal without trailing zeros, rounded half to even at ``places``."""
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    text = f"{exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def money(number: Fraction) -> str:
    """元 below 一万, 亿元 for round hundreds of millions, else 万元."""
    if abs(number) < WAN:
        return f"{decimal(number)}元"
    if abs(number) >= YI and (number / YI * 100).denominator == 1:
        return f"{decimal(number / YI)}亿元"
    return f"{decimal(number / WAN, 4 if (number / WAN * 10_000).denominator == 1 else 2)}万元"


def percent(number: Fraction, apart_from: Fraction | None = None) -> str:
    """A percentage of two decimals; more where it would otherwise look like ``apart_from``, which it is not."""
    for places in (2, 3, 4, 6, 10):
        text = decimal(number * 100, places)
        if apart_from is None or number == apart_from or text != decimal(apart_from * 100, places):
            break
    return f"{text}%"


def amount(number: Fraction, kind: str, unit: str = "", apart_from: Fraction | None = None) -> str:
    """A number of a fact's type, with its unit."""
    match kind:
        case "money":
            return money(number)
        case "ratio":
            return percent(number, apart_from)
        case "years":
            return f"{decimal(number, 1)}年"
        case "points":
            return f"{decimal(number)}分"
        case "date":
            return day(number)
    return f"{decimal(number)}{unit}"


def day(number: Fraction) -> str:
    """``2019``, ``20190300`` or ``20190315`` → 2019年, 2019年3月, 2019年3月15日."""
    packed = int(number)
    if packed < 10_000:
        return f"{packed}年"
    year, month, date = packed // 10_000, packed // 100 % 100, packed % 100
    return f"{year}年" + (f"{month}月" if month else "") + (f"{date}日" if date else "")


def say(value: Value, entry: FactEntry, apart_from: Fraction | None = None) -> str:
    """A value in words, for people."""
    if value.state == "uncertain":
        return "还不清楚"
    if value.state == "not_applicable":
        return "不适用"
    if value.choice is not None:
        label = entry.choice_labels.get(value.choice, value.choice)
        return f"不是{label}" if value.flag is False else label
    if value.flag is not None:
        return "是" if value.flag else "否"
    ends = [None if end is None else amount(end, entry.type, entry.unit, apart_from) for end in (value.lo, value.hi)]
    low, high = ends
    if value.is_exact:
        return low or ""
    if low is None or high is None:
        if low is None:
            return f"{'不超过' if value.hi_closed else '不到'}{high}" if high else "不清楚"
        return f"{'不低于' if value.lo_closed else '超过'}{low}"
    if low == high:
        return f"约{low}"
    return f"{low}到{high}之间" if value.lo_closed else f"超过{low}、不超过{high}"


def name_of(key: str, dictionary: Dictionary) -> str:
    """``"revenue@2025"`` → 营业收入（2025年）; a span names both years."""
    fact, year = split_key(key)
    entry = dictionary[fact]
    if year is None:
        return entry.label
    first = year - entry.span + 1 if entry.period == "span" else year
    return f"{entry.label}（{f'{first}—{year}年' if first < year else f'{year}年'}）"


def question_of(key: str, dictionary: Dictionary) -> str:
    """The question that asks for a key."""
    fact, year = split_key(key)
    question = dictionary[fact].question
    if year is None:
        return question
    return question.format(year=year, prev=year - 1, first=year - 2)


def threshold(leaf: Compare, dictionary: Dictionary, *, with_year: bool = True) -> str:
    """营业收入（2025年）不低于1500万元."""
    if isinstance(leaf.left, Term):
        key = leaf.left.key
        name = name_of(key, dictionary) if with_year else dictionary.of_key(key).label
    else:
        name = label_of(leaf)
    return f"{name}{COMPARED[leaf.op]}{leaf.right.text}"


def label_of(leaf: Compare) -> str:
    """What a calculation or score that is compared is called."""
    return leaf.left.label if isinstance(leaf.left, Score) else getattr(leaf.left, "op", "")


def difference(number: Fraction, leaf: Compare, entry: FactEntry) -> str:
    """How far a number is from the leaf's threshold: 差20万元, 高出0.5个百分点, 正好在线上."""
    gap = number - leaf.right.value
    if gap == 0:
        return "正好等于" + leaf.right.text
    size = f"{_points(abs(gap))}个百分点" if entry.type == "ratio" else amount(abs(gap), entry.type, entry.unit)
    if leaf.op in ("ge", "gt"):
        return f"高出{size}" if gap > 0 else f"差{size}"
    return f"超出{size}" if gap > 0 else f"低{size}"


def say_points(points: Range) -> str:
    """15分, or 5到20分 where part of it is not known."""
    low, high = decimal(points.lo or Fraction(0)), decimal(points.hi or Fraction(0))
    return f"{low}分" if low == high else f"{low}到{high}分"


def score_margin(leaf: Compare, points: Range) -> str:
    """总得分55分，差5分; 总得分40到70分 where it is not settled."""
    assert isinstance(leaf.left, Score)
    words = f"{leaf.left.label}{say_points(points)}"
    best = points.hi or Fraction(0)
    return f"{words}，差{decimal(leaf.right.value - best)}分" if best < leaf.right.value else words


def _points(gap: Fraction) -> str:
    for places in (2, 4, 6, 10):
        text = decimal(gap * 100, places)
        if text != "0":
            return text
    return "不到0.0000000001"
