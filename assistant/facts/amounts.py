"""The amounts of a normalised text, each with its unit and with what the words around it make of it.

"不到100万", "3%以上", "1500万左右", "两三千万", "9成2", "三个点", "前三": an amount is an interval of exact numbers,
a point where it is said exactly. About (左右, 大概, 来) is taken as ten percent either way, close to (接近) as the last
ten percent below.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from assistant.facts.idioms import ASKED, FRACTION, hidden
from assistant.facts.numerals import Numeral, product, read

Kind = Literal[
    "money", "percent", "people", "count", "years", "months", "points", "number", "rank", "ordinal", "times", "other"
]

_DIG = r"(?<![\d.a-z])(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,15})(?:\.\d{1,8})?(?!\d)"
_CN = r"[零〇一二两三四五六七八九十百千万亿几]{1,16}(?:点[零〇一二三四五六七八九几]{1,6})?"
_COUNTER = r"[个项件人年家名台条次位种批篇枚月天%％成分]"
_ROUND = (
    r"(?:\d{1,4}(?:\.\d{1,4})?|[一二两三四五六七八九十百]{1,5})个亿(?:零?(?:[一二两三四五六七八九十百千]{1,7}万|\d{1,4}[百千]?万)"
    rf"|[一二两三四五六七八九]千|[一二三四五六七八九\d](?![\d.万千百十]|{_COUNTER}))"
)
"""一个亿二, 1个亿2000万, 三个亿五千."""
_PHRASE = re.compile(
    rf"(?P<neg>负(?:的|了)? ?(?=[\d一二三四五六七八九十]|百分之)|(?<![\d%万亿元年个分a-z\0]) ?[-−](?=\d))?(?P<of>百分之|千分之)?"
    rf"(?P<head>{_ROUND}|{_DIG}(?:(?:[十千万亿]|百(?!分)){{1,3}}(?:(?:\d{{1,4}}[十百千万]{{1,3}})"
    rf"|(?:[一二三四五六七八九\d](?![\d.]|{_COUNTER}))))?"
    rf"|{_CN}|(?<!个)半(?=个?[亿年数]|$)|百分百)"
    r"(?P<fuzz>[多来余把]|几(?!乎))?(?:个(?P<fuzz2>[多来半])?(?=[亿万千]|百(?!分)|w(?![a-z])))? {0,2}(?P<mult>(?:[十千万亿w]"
    r"|百(?!分)){0,3})"
    r"(?P<half>(?<=[亿万])半(?![个年导径]))?(?:(?P<more>[多余来](?![少个家项件点成年人些丢那\1]))(?P<mult2>[百千万亿w]{0,2}))?"
)
_UNIT = re.compile(
    r" ?(?:(?P<other>(?:美元|美金|欧元|日元|港[币元]|英镑|美刀|平方?米?|吨|台|亩|辆|次|小时|公里|款|股(?!权)|页|层|章"
    r"|用户|客户|瓶|只|片|支|颗|双|箱|张|份|粉丝|条|期|批|笔|拨|趟|桩|宗|号(?!人)|日|天|[kk]?m|mm|nm|套|元/|岁|档|类|等|级|星|轮))"
    r"|(?P<money>元|块钱?)"
    r"|(?P<percent>%|个?百分点|个(?P<pmore>多)?点|点(?=[，。、；！？]|左右|多|以上|$))"
    r"|(?P<tenth>成(?![立本功长员果套交为品绩效熟]|都(?:市|分|区|的|那|本地))(?P<tenth2>[1-9一二三四五六七八九半](?![\d个家项件年]))?)"
    r"|(?P<years>个?(?P<ymore>多)?年头|周年|多?年(?![度底末初报销产级营收]))"
    r"|(?P<months>个(?P<mmore>多)?月)"
    r"|(?P<people>(?:个|来号|号|口)?(?:员工|职工|同事|工人)|(?:个|来号|来|号|口)?人(?!民|均|才)|名(?!气)|位)"
    r"|(?P<points>分(?![之钟公别厂布类为店期支散红析成给行校部局院]))"
    r"|(?P<times>倍|番)"
    r"|(?P<count>[个项件篇枚家种]))"
)
_HALF_POINT = re.compile(r"个半(?:百分)?点(?![都也没])|个点半")
_LATER = re.compile(
    r"(?P<more>[多余](?![少家个项件\1]|那么|一?[点些丢])|来(?=年|个))?(?P<rest>半(?!年|个)"
    r"|[零又带]?(?P<m>[\d一二两三四五六七八九十]{1,2})个?月)?"
)
_TENTH_OF_POINT = re.compile(r"[1-9一二三四五六七八九](?=[，。；！？、 ]|$)")
_BEFORE = re.compile(
    r"(?:(?P<le>不超过|没有?超过?|未超过?|不高于|不大于|不多于|最多|至多|顶多|最高|<=|≤)"
    r"|(?P<ge>不低于|不少于|不小于|至少|最少|起码|不下于?|满|>=|≥|保底)"
    r"|(?P<lt>[不没未]到|[没未]上过?|够不上|没有?达到|未达到?|[没未](?:有|能)?(?:攒|凑|积|达|做|搞|弄|拿|办|挣|申请)+(?:够|满|到|齐|成|足|上)|(?:攒|凑|达|做|拿|摸|够|挣)不(?:够|满|到|齐|足|出|上)|达不到|没有到|低于|少于|小于|不足|不够|没够|[未没不]满|没过|没有?|差(?:了)?(?:那么)?(?:一|半|几|两|1|2)?(?:点|丢丢|眼眼)儿?(?:没)?到|<)"
    r"|(?P<justover>刚刚?过)|(?P<gt>超过了?|突破了?|大于|高于|多于|不止|远超|超了?|破了?|[都均也已全]过了?|>)"
    r"|(?P<over>[过上逾])"
    r"|(?P<near>(?<=[收入有是了做卖到近额约])小(?=[一二两三四五六七八九十百\d]|$)|接近|将近|逼近|差一?点就?到?|快[要到]?|(?<![最附远])近)"
    r"|(?P<about>四舍五入(?:下来|一下|后|完|算)?|大约|大概|大致|大体|差不多|估计|左右|约|好像|可能|估摸着?))"
    r"(?:[了到有是约]|只有|也就|接近|在|占|能有){0,2} ?$"
)
_SLIGHTLY = r"(?:还|就|要|也|都|是|略|稍微?|偏|再){0,3}"
_LITTLE = r"(?:一?(?:点点?|丢丢|些些?|眼眼|咪咪)|一线)儿?"
_AFTER = re.compile(
    r"(?:元|人民币|的?发明(?:专利)?|的)?(?:(?P<lt>[都也还]?(?:[没未](?:有|能)?(?:攒|凑|积)|(?:攒|凑)不)(?:够|满|到|齐|足|出)|(?:还)?差(?:个|了|那么)?(?:尾数|零头|一?点点?|一丢丢|一口气|一丝丝?|一线|一眼眼)|都不到|都没到|还不到|也不到|不到|没到|不足|都没有)"
    r"|(?P<ge>以上|及以上|或以上|开外|往上|打底|起步)|(?P<le>以下|以内|之内|封顶|顶天)"
    r"|(?P<about>左右|上下|前后|的?样子|这样子?|光景)|(?P<just>出点?头|出个头|挂点?零|刚出头)"
    rf"|(?P<higher>{_SLIGHTLY}(?:多|高|超|大)(?:出|了|那么|上)?{_LITTLE}|(?:略|稍|稍微)(?:多|高|超)(?:些|点)?)"
    rf"|(?P<lower>{_SLIGHTLY}(?:少|低|小)(?:了|那么)?{_LITTLE}|(?:略|稍|稍微)(?:少|低)(?:些|点)?))"
)
_THAN_A_YEAR = re.compile(r"[比较跟和][^，。；\0]{0,3}\0+[^，。；\0]{0,6}$")
_SHORT = re.compile(r"(?:差|缺|少)(?:了|着|个)?$")
_SHORT_OF_WAN = re.compile(r"零?(?:[一二两三四五六七八九\d][千百]){1,2}")
_BARE: dict[str, Fraction] = {"money": Fraction(10_000), "points": Fraction(1), "percent": Fraction(1, 100)}
_GOAL = re.compile(r"(?:就|才|没|不|未|还没|，)*(?:到|够|满|达到|过|有|上)")
_TIED = re.compile(r"[、，和与及跟到 \0]{1,14}")
_RANGE = re.compile(r" ?(?:到|至|-|~|—{1,2}|–) ?")
_EITHER = re.compile(r"，?(?:还是|或者?是?|要么)(?:说|是)?")
_ALONE = re.compile(r"[过上近超破几逾达]了?$")
_LONE = frozenset("一两二三几")
_NOT_RANK = "次条款项个年期批季轮方步代张章节部分档点时类产本手家件"


@dataclass(frozen=True)
class Amount:
    """``text[start:end]`` with its qualifiers; the number itself begins at ``at``. Ends that are None are open."""

    start: int
    end: int
    at: int
    kind: Kind
    lo: Fraction | None
    hi: Fraction | None
    lo_closed: bool = True
    hi_closed: bool = True
    outer: Fraction = Fraction(1)
    bare: bool = False

    @property
    def is_exact(self) -> bool:
        """Whether the amount is one point."""
        return self.lo is not None and self.lo == self.hi

    def scaled(self, factor: Fraction, kind: Kind) -> Amount:
        """The same numeral read with another unit."""
        lo, hi = (None if end is None else end * factor for end in (self.lo, self.hi))
        return replace(self, lo=lo, hi=hi, kind=kind, bare=False)


def find_amounts(text: str) -> list[Amount]:
    """Every amount of a normalised ``text`` in which times are blanked with NUL, left to right."""
    found: list[Amount] = []
    at, whole = 0, text
    for fraction in FRACTION.finditer(text):
        part = read(fraction["n"]).lo / read(fraction["d"]).lo
        found.append(Amount(*fraction.span(), fraction.start(), "percent", part, part))
    text = hidden(text)
    while match := _PHRASE.search(text, at):
        amount = _amount(text, match)
        at = max(match.end(), amount.end if amount else 0)
        if amount:
            found.append(amount)
    found.sort(key=lambda a: a.start)
    return _short_of(whole, [_qualify(whole, a) for a in _share_units(text, _join_ranges(text, found))])


def _short_of(text: str, found: list[Amount]) -> list[Amount]:
    """差1分到50, 差8万没到1500万: the goal is not reached, and the difference is no amount of its own."""
    kept: list[Amount] = []
    for amount in found:
        before = kept[-1] if kept else None
        if before and before.kind in ("money", "points", "percent") and (before.kind == amount.kind or amount.bare):
            short = _SHORT.search(text[max(0, before.start - 4) : before.start])
            if short and _GOAL.fullmatch(text[before.end : amount.at]) and amount.hi is not None:
                same = before.kind == amount.kind
                goal = amount if same else amount.scaled(_BARE[before.kind], before.kind)
                kept[-1] = replace(goal, start=before.start, lo=Fraction(0), lo_closed=True, hi_closed=False)
                continue
        kept.append(amount)
    return kept


def _amount(text: str, m: re.Match[str]) -> Amount | None:
    head, end, mult = m["head"], m.end(), m["mult"]
    if _no_number(text, m):
        return None
    if head == "一" and not mult and text[end : end + 1] == "半" and text[end : end + 2] not in ("半年", "半个"):
        half = Fraction(1, 2)
        return Amount(m.start(), end + 1, m.start(), "percent", half, half)
    try:
        numeral = _numeral(head, mult, m)
    except ValueError:
        return None
    half_point = _HALF_POINT.match(text, end)
    if half_point and not mult:  # 三个半点
        numeral = numeral.plus(Fraction(1, 2)).times(Fraction(1, 100))
        return Amount(m.start(), half_point.end(), m.start(), "percent", numeral.lo, numeral.hi)
    kind: Kind = "number"
    unit = _UNIT.match(text, end)
    trimmed = re.search(r"[万亿]([一二三四五六七八九])$", head) if unit and not mult else None
    if trimmed and unit and unit.lastgroup != "money":  # 三千万一年: the digit belongs to what follows
        head = head[:-1]
        numeral, unit, end = read(head), None, m.start("head") + len(head)
    if m["of"] or head == "百分百":
        kind, numeral = "percent", numeral.times(Fraction(1, 1000 if m["of"] == "千分之" else 100))
        if head == "百分百":
            numeral = read("1")
    elif unit:
        kind, numeral, end = _with_unit(numeral, unit)
    elif re.search("[万亿w]", head + mult + (m["mult2"] or "")):
        kind = "money"
    bare = kind == "number"
    if kind in ("years", "percent", "points"):
        numeral, end = _with_more(text, kind, numeral, end)
    kind = _ranked(text, m.start("head"), end, kind)
    if m["neg"]:
        numeral = replace(numeral, lo=-numeral.hi, hi=-numeral.lo)
    return Amount(
        m.start(), end, m.start(), kind, numeral.lo, numeral.hi, True, not numeral.open_end, numeral.outer, bare
    )


def _no_number(text: str, m: re.Match[str]) -> bool:
    """单位都是万, 千万别, 一共, 一直: signs of numbers that count nothing."""
    if m["head"] in _LONE and not m["mult"] and text[m.end() : m.end() + 1] in ("大", "小", "栏", "处", "行", "页"):
        return True  # 融了两大笔, 一小部分, 填错了两栏
    if m["head"] == "一" and not m["mult"]:
        return bool(re.match(r"[共起直般定样些下致律切向堆截部整]", text[m.end() : m.end() + 1]))
    if m["head"] == "几" and not m["mult"]:
        after = text[m.end() : m.end() + 1]
        return after in ("分", "成", "%") or bool(ASKED.search(text[max(0, m.start() - 8) : m.end() + 8]))
    some = m["fuzz"] in ("多", "来", "把", "余") and m["mult"] and m["head"] in ("千", "百")  # 百把万
    bare = m["head"] in ("万", "亿", "千", "百", "千万", "百万") and not m["of"] and not some
    return bare and not _ALONE.search(text[max(0, m.start() - 3) : m.start()])


def _with_more(text: str, kind: Kind, numeral: Numeral, end: int) -> tuple[Numeral, int]:
    """What follows the unit: 4%多, 两年半, 2年11个月."""
    tenth = _TENTH_OF_POINT.match(text, end) if kind == "points" else None
    if tenth:  # 四十九分五
        return numeral.plus(read(tenth[0]).lo / 10), tenth.end()
    later = _LATER.match(text, end)
    if later is None or not later[0]:
        return numeral, end
    if later["more"]:
        numeral = numeral.more()
    if kind == "years" and later["rest"]:
        numeral = numeral.plus(read(later["m"]).lo / 12 if later["m"] else Fraction(1, 2))
    return numeral, later.end()


def _numeral(head: str, mult: str, m: re.Match[str]) -> Numeral:
    if head == "百分百":
        return read("100")
    if head == "半":
        return _half(m.string[max(0, m.start() - 1) : m.start()]).times(product(mult))
    head = head.replace("个亿", "亿")
    big, _, small = head.rpartition("亿")
    if big and small and not mult and _SHORT_OF_WAN.fullmatch(small) and m["fuzz"] not in ("来", "把"):
        head = head + "万"  # 一亿两千 is 1.2亿
    if big and small and mult and set(mult) <= set("十百千万w"):  # 一亿三千多万
        low, rest = read(big + "亿").lo, read(small).times(product(mult))
        numeral = replace(rest, lo=low + rest.lo, hi=low + rest.hi)
    else:
        numeral = read(head).times(product(mult))
    if m["fuzz2"] == "半":  # 两个半亿
        return numeral.plus(product(mult) / 2)
    if m["half"]:
        place = product(mult) if mult else read(head).outer
        numeral = numeral.plus(place / 2)
    if m["more"] and m["mult2"]:
        numeral = numeral.more() if m["more"] != "来" else _around(numeral)
        return numeral.times(product(m["mult2"]))  # 6千多万
    if m["fuzz"] in ("多", "余", "几") or m["fuzz2"] == "多" or m["more"] in ("多", "余"):
        return numeral.more()
    if m["fuzz"] in ("来", "把") or "来" in (m["fuzz2"], m["more"]):
        return _around(numeral)
    return numeral


def _half(before: str) -> Numeral:
    """半个亿, and with 大 or 小 before it more or less than that."""
    half, zero = Fraction(1, 2), Fraction(0)
    low, high = {"大": (half, 2 * half), "小": (zero, half)}.get(before, (half, half))
    return Numeral(low, high, low != high, half, Fraction(1))


def _around(numeral: Numeral) -> Numeral:
    return replace(numeral, lo=numeral.lo * Fraction(9, 10), hi=numeral.hi * Fraction(11, 10))


def _with_unit(numeral: Numeral, unit: re.Match[str]) -> tuple[Kind, Numeral, int]:
    end = unit.end()
    if unit["percent"]:
        numeral = numeral.times(Fraction(1, 100))
        return "percent", replace(numeral, step=Fraction(1, 100)).more() if unit["pmore"] else numeral, end
    if unit["tenth"]:
        numeral = numeral.times(Fraction(1, 10))
        second = unit["tenth2"]
        if second:
            numeral = numeral.plus(Fraction(1, 20) if second == "半" else read(second).lo / 100)
        return "percent", numeral, end
    if unit["months"]:
        return "years", numeral.times(Fraction(1, 12)), end
    if unit["years"]:
        more = unit["ymore"] or unit["years"].startswith("多")
        return "years", numeral.more() if more else numeral, end
    plain: tuple[Kind, ...] = ("other", "money", "people", "points", "times", "count")
    kind = next(k for k in plain if unit[k])
    return kind, numeral, end


_SCORE_BEFORE = re.compile(r"分(?:项)?前$")  # 加分前49.8


def _ranked(text: str, start: int, end: int, kind: Kind) -> Kind:
    before = text[max(0, start - 3) : start]
    if before.endswith("第"):
        return "ordinal" if text[end : end + 1] in tuple(_NOT_RANK) or kind not in ("number", "people") else "rank"
    if before.endswith(("前", "top", "top ")) and kind in ("number", "people") and not _SCORE_BEFORE.search(before):
        return "rank"
    return kind


def _join_ranges(text: str, found: list[Amount]) -> list[Amount]:
    """3000-4000万, 三千到四千万, 2%至3% → one amount."""
    joined: list[Amount] = []
    for amount in found:
        first = joined[-1] if joined else None
        if first and _EITHER.fullmatch(text, first.end, amount.at) and (either := _either(first, amount)):
            joined[-1] = either
            continue
        if first and _RANGE.fullmatch(text, first.end, amount.at) and None not in (first.lo, amount.hi):
            if first.bare and not amount.bare:
                per = {"percent": Fraction(1, 100)}.get(amount.kind, Fraction(1))
                first = first.scaled(per, amount.kind)
            if first.outer == 1 and amount.outer > 1 and first.lo is not None:
                first = first.scaled(amount.outer, amount.kind)
            low, high = first.lo, amount.hi
            if low is not None and high is not None and first.kind == amount.kind and low < high:
                joined[-1] = replace(amount, start=first.start, at=first.at, lo=first.lo)
                continue
        joined.append(amount)
    return joined


def _either(one: Amount, other: Amount) -> Amount | None:
    """48还是52记不清: one of the two, so anything from the one to the other."""
    if one.kind != other.kind or one.kind not in ("points", "number") or one.lo == other.lo:
        return None  # of money that is a contradiction, which is put to the asker
    if None in (one.lo, one.hi, other.lo, other.hi):
        return None
    low, high = sorted((one, other), key=lambda amount: amount.lo or Fraction(0))
    return replace(other, start=one.start, at=one.at, lo=low.lo, hi=high.hi)


def _share_units(text: str, found: list[Amount]) -> list[Amount]:
    """120、130万: the first takes the unit of the last."""
    shared = list(found)
    for i in range(len(shared) - 2, -1, -1):
        one, following = shared[i], shared[i + 1]
        gap = text[one.end : following.at]
        if not one.bare or one.kind != "number" or following.bare or not _TIED.fullmatch(gap):
            continue
        if "，" in gap and "\0" not in gap:
            continue
        if following.kind == "money" and following.outer > 1:
            shared[i] = replace(one.scaled(following.outer, "money"), outer=following.outer)
        elif following.kind == "percent":
            shared[i] = one.scaled(Fraction(1, 100), "percent")
        elif following.kind == "points":
            shared[i] = one.scaled(Fraction(1), "points")
    return shared


def _words_after(text: str, amount: Amount) -> re.Match[str] | None:
    """What is said right behind; 比前年的3000万多一点 says it of another figure."""
    after = _AFTER.match(text, amount.end)
    slight = after is not None and after.lastgroup in ("higher", "lower")
    return None if slight and _THAN_A_YEAR.search(text[max(0, amount.at - 12) : amount.at]) else after


def _qualify(text: str, amount: Amount) -> Amount:
    """What the words before and after make of the number: bounds and roundness."""
    if amount.kind == "rank":
        # 前三 is first to third; 第三 is third
        lo = Fraction(1) if not text[: amount.at].endswith("第") else amount.lo
        return replace(amount, lo=lo, start=amount.at - 1)
    before = _BEFORE.search(text[max(0, amount.at - 12) : amount.at])
    after = _words_after(text, amount)
    start = max(0, amount.at - 12) + before.start() if before else amount.start
    amount = replace(amount, start=start, end=after.end() if after else amount.end)
    word = (before.lastgroup if before else None) or (after.lastgroup if after else None)
    if word == "over":  # 过亿, 上千万: only before a bare multiplier
        word = "gt" if text[amount.at] in "百千万亿" else None
    if before and after and after.lastgroup == "about" and before.lastgroup != "about":
        word = before.lastgroup
    lo, hi = amount.lo, amount.hi
    if lo is None or hi is None or word is None:
        return amount
    low, high = sorted((lo * Fraction(9, 10), hi * Fraction(11, 10)))
    zero = Fraction(0)
    match word:
        case "ge":
            return replace(amount, hi=None, lo_closed=True)
        case "gt":
            return replace(amount, hi=None, lo_closed=not amount.is_exact)
        case "le":
            return replace(amount, lo=zero, lo_closed=True)
        case "lt" | "lower":
            return replace(amount, lo=zero, hi=lo if amount.is_exact else hi, lo_closed=True, hi_closed=False)
        case "near":
            return replace(amount, lo=low, hi=lo, hi_closed=False)
        case "about":
            return replace(amount, lo=low, hi=high) if amount.is_exact else amount
        case "justover" | "higher":
            return replace(amount, hi=high, lo_closed=False, hi_closed=True)
        case _:
            return replace(amount, hi=high, hi_closed=True)
