"""Intellectual property of class I: how many of one's own, how many bought, whether in use.

Applications that are not granted yet, licences and transfers do not count as own. A part ("其中2件是受让的") is taken
off the total told before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from assistant.facts.amounts import Amount
from assistant.facts.polarity import polarity, unknown
from assistant.facts.reading import Reading
from assistant.facts.scope import rule_question
from assistant.facts.text import Clause
from assistant.facts.values import Statement, Value

Kind = Literal["own", "bought", "pending", "plain"]

_BOUGHT = re.compile(
    r"买来|买的|购买|购入|受让|转让(?:来|过来|得|取得|进)|转入|收购|外购|转过来|从.{1,8}(?:买|转|受让)|买断"
    r"|不是自己(?:申请|研发)|别人(?:的|转)|许可(?:来|使用)|独占许可|专利许可|别人授权|盘过来|接手|拍下来?的|买入|买进|买了"
)
_NOT_COUNTED = re.compile(
    r"(?:主导产品|主营产品|主打产品|主业|主营|核心产品|我们产品|现在的产品|公司产品|产品)[^，。；]{0,6}?(?:不搭|无关|没(?:有|啥|什么)?(?:多大)?关[系联]|不相关|不沾|无关联"
    r"|两码事|关系不大|挂不上|对不上|不对口|扯不上|不挨着|没联系|不是一回事)|不搭界|八竿子|(?:别的|其他|老|非主导|非主营|另外?一个)产品(?:的|上)"
    r"|(?:跟|和|与|同)(?:主导产品|主营产品|主打产品|主业|主营|产品)(?:都|也|是|并|完全|根本|八竿子)*(?:不|没|无)"
    r"|(?:在|挂在?|登记在|写的?是?|归|属于|是)(?:我们|咱们?|公司)?(?:的)?(?:老板|法人|法定代表人|大?股东|母公司|集团|总公司|子公司|高校|学校|大学|研究所|个人|创始人|别的公司|关联公司|总经理)[^，。；]{0,4}(?:名下|名字|所有|持有|头上|的(?=$|[，。；]))"
)
_PENDING = re.compile(
    r"在审|实审|审查中|审核中|申请中|受理|没授权|未授权|没有授权|还没(?:有)?(?:授权|下证|下来|批|拿证)|没下证"
    r"|没下来|待授权|公开阶段|没拿到证|在申请|正在申请|刚申请|刚提交|没批下来|尚未授权|进入实质|(?:证书?|授权)还?(?:没|未)|才受理|刚受理|受理通知书|没发证|等授权|等着授权|审着呢?|还在审|还在排队|还在公示|走流程|刚报上去|递上去"
)
_OWN = re.compile(r"自己(?:申请|研发|的)|自主|自有|自研|原始取得|授权了|已授权|已经授权|都授权|获得授权|下证了|拿到证")
_GRANTED = re.compile(r"授权(?!中)|下证|自主|自有|自己")
_PART = re.compile(r"其中|里面|当中|里有|(?:^|，)(?:但|不过)?有")
_OF_IT = re.compile(
    r"(?:还|但|不过|而且|其实|就|可|都|全|可惜|不巧|都是)*(?:是|跟|和|与|同|从|向|问|证|在|没|未|权利人|专利权人|归|挂|登记)|这[个项件些]|那[个项件些]"
)
_SINGLE = re.compile(
    r"(?:唯一|仅有|那|这)(?:的)?[个件项]?(?:一[个件项])?(?:的)?(?=[^，。；]{0,8}(?:发明|专利|布图设计))"
)
_ALL = re.compile(r"都|全|均|也")
_MORE = re.compile(r"(?:对了|哦|另外|后来)?，?(?:我们)?(?:另外|还|又|再)(?:有|拿到?|授权|下来|新增)了?")
_IN_USE = re.compile(
    r"在用|用在|用于(?!申报)|用到|(?:已经?|都|正)?应用(?!软件|程序)|在.{1,8}[上里中]用|用着|投产|产业化|有收益"
    r"|有效益|见(?:了)?效|出效益|落地了?|装在|卖着|(?:产生"
    r"|带来|有)了?(?:经济)?(?:效益|收益)|转化了|在?使用|用上了?|量产"
)
_NOT_IN_USE = re.compile(
    r"没(?:有)?(?:在|能|真正)?(?:用(?!.{0,3}(?:的|过))|使用|应用|产业化|转化|投产|产生|带来|收益|效益)"
    r"|未(?:曾)?(?:应用|使用|产业化|转化|投产|产生)|闲置"
    r"|还没(?:有)?(?:用|产业化|投|转化|应用)|没啥(?:收益|效益)|放着没用|束之高阁|停产|不用了|下架|不卖了|不生产了|锁在抽屉|吃灰|没落地|没变现|没转成|没派上用场|派不上用场|摆设|用不上"
)
_NOTHING = re.compile(
    r"(?:一[个项件])?(?:发明(?:专利)?|专利|知识产权|i类知识产权|ⅰ类知识产权|一类知识产权)(?:一[个项件])?(?:：|数量|情况|也|都|还"
    r"|是)*(?:没有?(?:申请|拿到?|得|获得?|授权|过)*(?:呢|啊|的|哦)?(?=$"
    r"|[，。；、！？但 ])|无(?=$|[，。；])|为零|为0|是零)"
    r"|(?:没有?|无|零)(?:任何|自己的|自有|一个|一项|什么)*(?:发明专利|发明|专利|知识产权|i类知识产权|ⅰ类知识产权"
    r"|一类知识产权)(?!产业)"
)
_ONLY_LESSER = re.compile(
    r"(?:只有|仅有|都是|全是|就|只是|清一色)(?:一些|几个|\d+[个项件])?(?:的)?(?:实用新型|软著|外观|商标|软件著作权)"
)
_GAP = re.compile(
    r"^(?:自己申请|自主申请|自主研发|自主|自有|自研|申请|有效|授权|已授权|已|的|国内|核心|相关|主导产品|产品|i类"
    r"|ⅰ类|一类|和|自己|原始取得|中国|国家|高价值)*$"
)
_COUNTED = ("count", "number")


@dataclass(frozen=True)
class Lot:
    """A number of rights told at once. ``part``: of the lots before it."""

    amount: Amount
    kind: Kind
    part: bool
    granted: bool
    start: int
    end: int


def read_ip(reading: Reading) -> list[Statement]:
    """class_1_ip, ip_transferred_in and class_1_ip_in_use."""
    lots: list[Lot] = []
    topic: int | None = None
    used: Statement | None = None
    bare: Statement | None = None
    in_context = _in_context(reading)
    for clause in reading.clauses:
        words = reading.words(clause)
        named = [m for m in reading.mentions_in(clause.start, clause.end) if "class_1_ip" in m.facts]
        if named:
            topic = named[-1].end
        elif topic is not None and clause.start - topic > 60:
            topic = None
        if not named and topic is None and not in_context:
            bare = bare or _nothing(reading, clause, words)
            continue
        lots = _lots(reading, clause, words, lots, bool(named))
        used = _used(reading, clause, words) or used
        bare = _nothing(reading, clause, words) or bare or _some(reading, clause, words, lots)
    if not lots and not bare and in_context:
        bare = _all_of_them(reading)
    return _statements(reading, lots, bare, used)


def _in_context(reading: Reading) -> bool:
    """Whether the talk is of rights: asked for, said before, or what the question before was about."""
    asked = any(k.startswith(("class_1_ip", "ip_")) for k in reading.expecting)
    about = any("class_1_ip" in m.facts for m in reading.about_mentions)
    return asked or about or "class_1_ip" in reading.known


def _said_before(reading: Reading) -> Fraction | None:
    """How many were said in an earlier turn, where that is exact."""
    known = reading.known.get("class_1_ip")
    return known.lo if known is not None and known.is_exact else None


def _all_of_them(reading: Reading) -> Statement | None:
    """都是买来的, of the rights said before."""
    for clause in reading.clauses:
        words = reading.words(clause)
        if reading.zone(clause.start) or re.search(r"吗|没有?(?:买|受让|转)|不是(?:买|受让|转)", words):
            continue
        if _kind(words) in ("bought", "pending") and _ALL.search(words) and "class_1_ip" in reading.known:
            zero = Value.exact(0, reading.message[clause.start : clause.end])
            return reading.said("class_1_ip", zero, clause.start, clause.end)
    return None


def _lots(reading: Reading, clause: Clause, words: str, lots: list[Lot], named: bool) -> list[Lot]:
    lots = list(lots)
    found = False
    amounts = reading.amounts_in(clause.start, clause.end)
    single = _SINGLE.search(words) if named and not any(a.kind in _COUNTED for a in amounts) else None
    if single:
        at = clause.start + single.start(), clause.start + single.end()
        amounts = [Amount(*at, at[0], "count", Fraction(1), Fraction(1))]
    for amount in amounts:
        if amount.kind not in _COUNTED or not _of_ip(reading, clause, amount, named, bool(lots)):
            continue
        if reading.zone(amount.at) or rule_question(reading.text, clause, amount.start, amount.end):
            continue
        if (none := _NOTHING.search(words)) and none.start() <= amount.at - clause.start < none.end():
            continue  # 一个发明都没有
        found = True
        local = words[max(0, amount.start - clause.start - 12) :]
        kind = _kind(local if len(lots) == 0 or not named else words)
        part = bool(lots) and (not named or bool(re.search("其中", words))) and _is_part(words, lots, amount, clause)
        if kind == "plain" and part:
            continue  # 其中2个在用
        if _outside_first_three(reading, clause):
            kind = "pending"
        lots.append(Lot(amount, kind, part, bool(_GRANTED.search(words)), amount.start, clause.end))
    if (
        not found
        and lots
        and _kind(words) in ("bought", "pending")
        and not re.search(r"没有?(?:买|受让|转)|不是(?:买|受让|转)", words)
        and (_ALL.search(words) or len(words) < 8 or _OF_IT.match(words))
    ):
        lots[-1] = replace(lots[-1], kind=_kind(words))
    return lots


def _outside_first_three(reading: Reading, clause: Clause) -> bool:
    """Whether the right is shared and the company's place among its holders is the fourth or later."""
    index = reading.clause_index(clause.start)
    near = reading.clauses[index : index + 3]
    words = "".join(reading.words(c) for c in near)
    if not re.search(r"共有|权利人|专利权人|共同申请|联合申请|合作申请|共同持有|一起申请|合作的|联名", words):
        return False
    ranks = [
        a for a in reading.amounts_in(near[0].start, near[-1].end) if a.kind in ("rank", "ordinal") and a.lo is not None
    ]
    for rank in ranks:
        reading.hear(rank.start, rank.end)
    return any(a.lo is not None and a.lo > 3 for a in ranks if a.kind == "rank" or reading.text[a.end - 1] in "位名个")


def _of_ip(reading: Reading, clause: Clause, amount: Amount, named: bool, told: bool) -> bool:
    if amount.bare and reading.text[amount.end : amount.end + 1] in "，。、；" and not named:
        return False
    for mention in reading.mentions_in(amount.end, min(clause.end, amount.end + 14)):
        ours = "class_1_ip" in mention.facts
        if _GAP.match(reading.text[amount.end : mention.start]) and (mention.decoy or ours):
            return ours
        break
    for mention in reading.mentions_before(amount.start):
        if mention.end <= clause.start or mention.start < clause.start:
            break
        if "class_1_ip" in mention.facts:
            return not amount.bare or amount.start - mention.end <= 6
        if mention.decoy:
            return False
    lead = reading.text[clause.start : amount.start]
    if reading.mentions_in(clause.start, amount.start) or reading.text[amount.end - 1] in "家名位种":
        return False
    asked = any(k.startswith(("class_1_ip", "ip_")) for k in reading.expecting)
    asked = asked or _in_context(reading)
    return not named and (told or asked) and (not amount.bare or asked) and len(lead) <= 12


def _kind(words: str) -> Kind:
    if _NOT_COUNTED.search(words) or _PENDING.search(words):
        return "pending"
    if _BOUGHT.search(words) and not re.search(r"(?:没有?|不是|非|无|未)(?:一[个项件])?(?:买|受让|转|购|外购)", words):
        return "bought"
    return "own" if _OWN.search(words) else "plain"


def _is_part(words: str, lots: list[Lot], amount: Amount, clause: Clause) -> bool:
    if _PART.search(words[: max(0, amount.start - clause.start) + 2]):
        return True
    whole = next((lot for lot in reversed(lots) if not lot.part), lots[-1])
    total = whole.amount
    smaller = amount.hi is not None and total.hi is not None and amount.hi < total.hi
    return bool(smaller) and not whole.granted


def _nothing(reading: Reading, clause: Clause, words: str) -> Statement | None:
    match = _NOTHING.search(words) or _ONLY_LESSER.search(words)
    if not match or reading.zone(clause.start + match.start()) or re.search(r"吗|才能|是否|有没有", words):
        return None
    start, end = clause.start + match.start(), clause.start + match.end()
    if re.match(r"(?:专利|知识产权)(?:侵权|纠纷|问题)", reading.text[end : end + 4]):
        return None
    zero = Value.exact(0, reading.message[start:end])
    return reading.said("class_1_ip", zero, start, end)


def _some(reading: Reading, clause: Clause, words: str, lots: list[Lot]) -> Statement | None:
    """有发明专利, without a number."""
    kind = _kind(words)
    if lots or not (kind in ("bought", "pending") or re.search(r"有(?!没)|拿到|授权|获得", words)):
        return None
    for mention in reading.mentions_in(clause.start, clause.end):
        if "class_1_ip" not in mention.facts or reading.zone(mention.start):
            continue
        if rule_question(reading.text, clause, mention.start, mention.end) or unknown(words):
            continue
        if polarity(reading.text, clause, mention.start, mention.end) == "yes":
            none = kind in ("bought", "pending")
            value = Value.exact(0, words) if none else Value.interval(Fraction(1), None, source=mention.word)
            return reading.said("class_1_ip", value, mention.start, mention.end)
    return None


def _used(reading: Reading, clause: Clause, words: str) -> Statement | None:
    if reading.zone(clause.start) or re.search(r"吗|是否|有没有|才能", words):
        return None
    match = _NOT_IN_USE.search(words)
    if match:
        return reading.flag("class_1_ip_in_use", False, clause.start + match.start(), clause.start + match.end())
    match = _IN_USE.search(words)
    if match and not re.search(r"实用新型|软著", words[: match.start()]):
        return reading.flag("class_1_ip_in_use", True, clause.start + match.start(), clause.start + match.end())
    return None


def _statements(reading: Reading, lots: list[Lot], bare: Statement | None, used: Statement | None) -> list[Statement]:
    found: list[Statement] = []
    if lots:
        found.append(_own(reading, lots))
        bought = [lot for lot in lots if lot.kind == "bought"]
        if bought:
            total = sum((lot.amount.lo or Fraction(0) for lot in bought), Fraction(0))
            start, end = bought[0].start, bought[-1].end
            found.append(reading.said("ip_transferred_in", Value.exact(total, reading.message[start:end]), start, end))
        if bare:
            reading.hear(bare.start, bare.end)
    elif bare:
        found.append(bare)
    return [*found, *([used] if used else [])]


def _own(reading: Reading, lots: list[Lot]) -> Statement:
    """The own lots together: wholes that count, less the parts that do not."""
    if len(lots) == 1 and lots[0].kind in ("own", "plain") and not lots[0].amount.is_exact:
        amount = lots[0].amount
        if amount.hi == 1 and not amount.hi_closed:  # 没有一个
            amount = replace(amount, lo=Fraction(0), hi=Fraction(0), hi_closed=True)
        return reading.number("class_1_ip", amount, amount.start, amount.end)
    lo = hi = Fraction(0)
    own_part: Fraction | None = None
    for lot in lots:
        low, high = (
            lot.amount.lo or Fraction(0),
            lot.amount.hi if lot.amount.hi is not None else lot.amount.lo or Fraction(0),
        )
        counts = lot.kind in ("own", "plain")
        if lot.part:
            if counts:
                own_part = low
            else:
                lo, hi = lo - high, hi - low
        elif counts:
            lo, hi = lo + low, hi + high
    before = _said_before(reading)
    if (
        before is not None
        and lots[0].kind in ("bought", "pending")
        and not any(x.kind in ("own", "plain") for x in lots)
    ):
        off = sum((x.amount.lo or Fraction(0) for x in lots), Fraction(0))  # 有1件其实是买来的, of those said before
        lo = hi = before - off
    elif before is not None and _MORE.match(reading.text[reading.clause(lots[0].start).start :]) and len(lots) == 1:
        lo, hi = before + lo, before + hi
    if own_part is not None:
        lo = hi = own_part
    start, end = lots[0].start, lots[-1].end
    value = Value.interval(max(lo, Fraction(0)), max(hi, Fraction(0)), source=reading.message[start:end])
    return reading.said("class_1_ip", value, start, end)
