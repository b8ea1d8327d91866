"""Rights beside those of class I: class II (实用新型, 外观, 软著), high-value ones, and patents of other countries.

A patent of another country is no granted Chinese one: it is not counted, and how many of class I there are stays open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from assistant.facts import ip_words as w
from assistant.facts.amounts import Amount
from assistant.facts.reading import Reading
from assistant.facts.scope import rule_question
from assistant.facts.text import Clause
from assistant.facts.values import Statement, Value

_NOUN = re.compile(
    r"(?P<second>(?:ii|ⅱ|二)类(?:知识产权|知产|专利|ip))"
    r"|(?P<total>实用新型(?:专利)?|外观设计(?:专利)?|外观专利|外观|软件著作权|软著|计算机软件著作权)"
)
_NEAR = re.compile(
    r"^(?:专利权?|证书?|登记|登记证书?|授权|已授权|一共|总共|共|有|了|也|还|都|大概|约|大约|差不多|拿到?|取得|获得|是|：|数量|合计|的|个|只有|就"
    r"|目前|现在|\0| )*+$"
)
_BEHIND = re.compile(
    r"^(?:的|(?:[跟与和]|同)?(?:我们)?(?:的)?(?:主导|主打|自己的?)?产品(?:有关|相关|挂钩)的?|(?:已经?)?(?:授权)?(?:已)?(?:满了?|超过)(?:两|二|2)年的?|授权的?|已授权的?|有效的?|自有的?|自主的?|自己的?|左右的?)*+$"
)
_MATURE = re.compile(r"(?:满了?|超过)(?:两|二|2)年")
_NO_IP = re.compile(
    r"(?:没有?|无|零)(?:任何|什么|一[个项件])*的?知识产权(?!产业|纠纷|侵权|示范|优势)"
    r"|(?P<kinds>[^，。；]{0,8}?)知识产权(?:方面)?(?:一[个项件])?(?:都|也|全|还|均|：)*(?:没有?(?=$|[，。；])|无(?=$|[，。；])|(?:为|是)?零|为0|是0)"
)
_SOFTWARE = r"(?:软著|软件著作权)"
_AND = r"(?:，|和|、|及|跟|与|或|也|都|没有?|任何|什么|专利)*"
_NO_LESSER = re.compile(
    r"(?:发明(?:专利)?|专利)(?:、|和|跟|与)(?:[^，。；没有]{0,10}(?:、|和))?(?:软著|软件著作权|实用新型|外观)"
    r"(?:都|全|也|统统|通通|一[个件项]|是|为)*(?:没有?|零|空白)(?=$|[，。；！？ ])|"
    rf"一[个项件](?:的)?(?:发明(?:专利)?|专利|实用新型)(?:、|和|跟|与|或)?{_SOFTWARE}(?:都|也)(?:没有?|无)|"
    rf"没有?(?:任何|什么)?(?:专利|实用新型){_AND}{_SOFTWARE}|没有?(?:任何|什么)?{_SOFTWARE}{_AND}实用新型"
)
_UNDER_A_YEAR = re.compile(r"(?:不满|不到|没满|没到|未满)(?:一|1)年|上个?月|这个?月|上周|刚刚?(?:从|买|转|受让|过户)")
_OVER_A_YEAR = re.compile(
    r"(?<![不没未])(?:早就?|已经?|都)?(?:满了?|超过|过了?)(?:一|1)年|[两二三四五\d]年(?:多)?(?:之?前|以前)"
)
_OWN_ONLY = re.compile(r"自己|自有|自主|自研")
_REST = re.compile(
    r"(?:其余|其他|剩下|剩余|余下)(?:的|[个项件])?(?:都|全|均|就)*是(?:一些)?(?:实用新型|外观|软著|软件著作权)"
)
_NONE = re.compile(r"(?:专利|证书?|也|都|还|是|：)*(?:没有?|无|为零|为0|是零)")
_WHOLE = re.compile(r"(?:专利|知识产权)[^，。；\d]{0,6}$")
_WRONG = re.compile(r"不对|[说写打记搞弄讲报填数]错|更正|纠正|口误")
_HIGH = re.compile(r"高价值(?:的)?(?:发明专利|发明|专利|知识产权|i类知识产权|一类知识产权)?")
_NO_HIGH = re.compile(r"(?:没有?|无|不是|一[个项件]都没有?)(?:任何|什么|一[个项件])?$")
_PLACE = r"(?:美国|日本|欧洲|欧盟|德国|英国|法国|韩国|印度|俄罗斯|海外|国外|境外|外国|老外|国际|pct)"
FOREIGN = re.compile(
    rf"{_PLACE}(?:的|那边|申请|授权|注册|获得|国际)*(?:发明专利|专利|发明)|(?:发明)?专利[^，。；]{{0,4}}(?:在|是){_PLACE}(?:的|申请|授权|注册)"
)


@dataclass(frozen=True)
class Lot:
    """An amount of lesser rights, and whether it was said of class II as such."""

    amount: Amount
    second: bool
    end: int
    correction: bool = False


def foreign(reading: Reading, clause: Clause) -> list[tuple[int, int]]:
    """Where a clause speaks of patents of other countries."""
    words = reading.words(clause)
    return [(clause.start + m.start(), clause.start + m.end()) for m in FOREIGN.finditer(words)]


def read_foreign(reading: Reading) -> list[str]:
    """The facts that patents of other countries leave open."""
    spans = [span for clause in reading.clauses if not reading.zone(clause.start) for span in foreign(reading, clause)]
    for start, _ in spans:
        reading.hear(start, reading.clause(start).end)
    return ["class_1_ip"] if spans else []


def read_lesser_ip(reading: Reading, class_1: list[Statement]) -> list[Statement]:
    """class_2_ip_total (class_2_ip where it was said of the class itself), class_1_ip_high_value, and for the lower
    titles, where bought rights count too, that none were bought."""
    lots: list[Lot] = []
    for clause in reading.clauses:
        lots = _lots(reading, clause, lots)
    rest = _the_rest(reading, class_1)
    found = [*_sums(reading, lots), *([rest] if rest and not lots else []), *_high_value(reading)]
    if not any(s.key.startswith("class_2") for s in found):
        found += _none_of_class_2(reading)
    return [*found, *_none_bought(reading, class_1), *_bought_when(reading, class_1)]


def _none_of_class_2(reading: Reading) -> list[Statement]:
    """没有知识产权, 没有专利也没有软著."""
    match = _NO_LESSER.search(reading.text) or _NO_IP.search(reading.text)
    if match is None or reading.zone(match.start()) or reading.text[match.end() : match.end() + 1] in ("？", "吗"):
        return []
    kinds = match["kinds"] if "kinds" in match.re.groupindex and match["kinds"] else ""
    if re.search(r"[一iⅰ]类$", kinds) and not re.search(r"(?:二|ii|ⅱ)类", kinds):
        return []
    start, end = match.start() + len(kinds), match.end()
    reading.hear(start, end)
    return [reading.said("class_2_ip_total", Value.exact(0, reading.message[start:end]), start, end)]


def _none_bought(reading: Reading, class_1: list[Statement]) -> list[Statement]:
    """没有发明 says that none were bought either; 自己的一件没有 does not."""
    none = next((s for s in class_1 if s.key == "class_1_ip" and s.value.is_exact and s.value.lo == 0), None)
    if none is None or reading.title not in ("创新型", "科技型") or any(s.key == "ip_transferred_in" for s in class_1):
        return []
    words = reading.words(reading.clause(none.start))
    if _OWN_ONLY.search(words) or w.BOUGHT.search(reading.text) or w.PENDING.search(words):
        return []
    return [reading.said("ip_transferred_in", Value.exact(0, none.text), none.start, none.end)]


def _bought_when(reading: Reading, class_1: list[Statement]) -> list[Statement]:
    """How many of the bought rights were bought less than a year ago, where the message tells it of all of them."""
    bought = next((s for s in class_1 if s.key == "ip_transferred_in" and s.value.is_exact and s.value.lo), None)
    if bought is None or reading.title != "创新型":
        return []
    words = reading.text[reading.clause(bought.start).start : bought.end + 40]
    years = [year for time in reading.times_in(bought.start, bought.end + 24) for year in time.years]
    young, old = _UNDER_A_YEAR.search(words), _OVER_A_YEAR.search(words)
    last = reading.as_of.year - 1
    if young or (years and min(years) > last and not old):
        recent = bought.value
    elif old or (years and max(years) < last):
        recent = Value.exact(0, bought.text)
    else:
        return []
    return [reading.said("ip_transferred_recent", recent, bought.start, bought.end)]


def _lots(reading: Reading, clause: Clause, lots: list[Lot]) -> list[Lot]:
    words = reading.words(clause)
    nouns = list(_NOUN.finditer(words))
    amounts = [a for a in reading.amounts_in(clause.start, clause.end) if a.kind in ("count", "number")]
    lots = list(lots)
    if not nouns:
        alone = len(amounts) == 1 and not reading.mentions_in(clause.start, clause.end)
        if lots and alone and _WRONG.search(reading.text[lots[-1].end : amounts[0].start]):
            lots[-1] = Lot(amounts[0], lots[-1].second, amounts[0].end, correction=True)
        return lots
    for noun in nouns:
        start, end = clause.start + noun.start(), clause.start + noun.end()
        amount = _beside(reading, amounts, start, end, clause)
        if amount is None or reading.zone(amount.at) or _pending(reading, clause, end):
            continue
        if _NONE.match(reading.text, end) is not None and amount.end <= start:
            continue  # 一个软著都没有 says nothing of the other kinds
        if rule_question(reading.text, clause, amount.start, amount.end):
            continue
        amounts.remove(amount)
        mature = amount.end <= start and _MATURE.search(reading.text[amount.end : start])
        lots.append(Lot(amount, bool(noun["second"] or mature), max(end, amount.end)))
    return lots


def _beside(reading: Reading, amounts: list[Amount], start: int, end: int, clause: Clause) -> Amount | None:
    """The amount just before the noun (6个实用新型), or just behind it (软著8个)."""
    for amount in amounts:
        if amount.end <= start and _BEHIND.match(reading.text[amount.end : start]) and not amount.bare:
            return amount
    for amount in amounts:
        if end <= amount.start and _NEAR.match(reading.text[end : amount.start]):
            following = reading.text[amount.end : min(clause.end, amount.end + 4)]
            return None if _NOUN.match(following) and not amount.bare else amount
    return None


def _pending(reading: Reading, clause: Clause, at: int) -> bool:
    """还在申请, told behind it in this clause or the next."""
    index = reading.clause_index(clause.start)
    following = reading.clauses[index + 1] if index + 1 < len(reading.clauses) else None
    near = reading.text[at : clause.end]
    if following is not None and not _NOUN.search(reading.words(following)):
        near += reading.words(following)
    return bool(w.PENDING.search(near))


def _sums(reading: Reading, lots: list[Lot]) -> list[Statement]:
    found = []
    for second, fact in ((False, "class_2_ip_total"), (True, "class_2_ip")):
        own = [lot for lot in lots if lot.second == second]
        if not own:
            continue
        lo = sum((lot.amount.lo or Fraction(0) for lot in own), Fraction(0))
        ends = [lot.amount.hi for lot in own]
        hi = None if None in ends else sum((end for end in ends if end is not None), Fraction(0))
        start, end = min(lot.amount.start for lot in own), max(lot.end for lot in own)
        value = Value.interval(
            lo, hi, hi_closed=all(lot.amount.hi_closed for lot in own), source=reading.message[start:end]
        )
        correction = any(lot.correction for lot in own)
        found.append(reading.said(fact, value, start, end, correction=correction))
    return found


def _the_rest(reading: Reading, class_1: list[Statement]) -> Statement | None:
    """专利一共12件，其中发明2件，其余都是实用新型: what is left of the whole."""
    match = _REST.search(reading.text)
    ours = next((s.value for s in class_1 if s.key == "class_1_ip"), None)
    if match is None or ours is None or not ours.is_exact or ours.lo is None or reading.zone(match.start()):
        return None
    for amount in reading.amounts_in(0, match.start()):
        lead = reading.text[reading.clause(amount.at).start : amount.start]
        if amount.kind == "count" and amount.is_exact and amount.lo and _WHOLE.search(lead) and amount.lo >= ours.lo:
            words = reading.message[amount.start : match.end()]
            left = Value.exact(amount.lo - ours.lo, words)
            return reading.said("class_2_ip_total", left, amount.start, match.end())
    return None


def _high_value(reading: Reading) -> list[Statement]:
    for clause in reading.clauses:
        words = reading.words(clause)
        match = _HIGH.search(words)
        if match is None or reading.zone(clause.start + match.start()):
            continue
        start, end = clause.start + match.start(), clause.start + match.end()
        amounts = [a for a in reading.amounts_in(clause.start, clause.end) if a.kind in ("count", "number")]
        amount = _beside(reading, amounts, start, end, clause)
        if amount is not None and not rule_question(reading.text, clause, amount.start, amount.end):
            low, high = min(amount.start, start), max(amount.end, end)
            return [reading.number("class_1_ip_high_value", amount, low, high)]
        if none := _NO_HIGH.search(words[: match.start()]):
            low = clause.start + none.start()
            return [reading.said("class_1_ip_high_value", Value.exact(0, reading.message[low:end]), low, end)]
    return []
