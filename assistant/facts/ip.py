"""Intellectual property of class I: how many of one's own, how many bought, whether in use.

Applications that are not granted yet, licences and transfers do not count as own. A part ("其中2件是受让的") is taken
off the total told before it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from assistant.facts import ip_words as w
from assistant.facts.amounts import Amount
from assistant.facts.ip_count import (
    COUNTING,
    SOLE,
    Kind,
    Lot,
    bought_of,
    merged,
    of_the_others,
    own_number_unknown,
    own_of,
    pairs,
    relation,
    right_named,
    some,
    told_of,
)
from assistant.facts.ip_either import alternatives, narrows, surely, told_again
from assistant.facts.ip_joint import counts_holders, held_jointly, place_among_holders
from assistant.facts.ip_lesser import foreign
from assistant.facts.ip_rule import of_the_rule, single_sign
from assistant.facts.ip_use import Part, in_use, part_in_use, use_of
from assistant.facts.polarity import polarity, unknown
from assistant.facts.reading import Reading
from assistant.facts.scope import rule_question
from assistant.facts.text import Clause
from assistant.facts.values import Statement, Value

_SUMMED = re.compile(r"(?:凑|加起来|加一[起块]|合起来|拢共|合计)(?:够|成|到|了|有|是|也|就|正好|刚好)*$")
_COUNTED = ("count", "number")
_OF_WHOLE = re.compile(r"(?:里|中|当中|之中|里面|里头)(?!心|国)")
_ONLY_THIS = re.compile(r"(?:就|只|仅)有?[这那]?$")
_OF_THINGS = re.compile(r"[数人工客老员厂车机设项条]")
_OF_OTHERS = re.compile(r"[职员]?工人?|客户|材料|机器|设备|厂房|车间|宿舍|死|伤|摔|塌|罚|事故|出过|丢|走了")
"""Words behind and before a number that is none of rights, where the clause names no right."""
_LAPSED = re.compile(
    r"(?:唯一|仅有|就|只有|只)(?:有|的|那|这|一|1)*[件项个]?的?(?:自有|自主|自己的)?发明(?:专利)?[^，。；\d]{0,14}?(?:失效|作废|终止|无效|放弃)"
    r"|发明(?:专利)?[^，。；\d]{0,12}?(?:都|全部?|均|统统)[^，。；\d]{0,8}?(?:失效|作废|终止|无效|放弃)"
)
"""The only right, or all of them, ran out: none is left."""


def read_ip(reading: Reading) -> list[Statement]:
    """class_1_ip, ip_transferred_in and class_1_ip_in_use."""
    lots: list[Lot] = []
    topic: int | None = None
    used: Statement | None = None
    bare: Statement | None = None
    parts: list[Part] = []
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
        told = len(parts)
        lots = _lots(reading, clause, words, lots, parts, bool(named), topic)
        used = (_used(reading, clause, words) if len(parts) == told else _used_in_part(reading, parts[told:])) or used
        bare = _nothing(reading, clause, words) or bare or _some(reading, clause, words, lots)
    if not lots and not bare and in_context:
        bare = _all_of_them(reading)
    return _statements(reading, lots, parts, bare, used)


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
        if _kind(words) in ("bought", "pending") and w.ALL.search(words) and "class_1_ip" in reading.known:
            zero = Value.exact(0, reading.message[clause.start : clause.end])
            return reading.said("class_1_ip", zero, clause.start, clause.end)
    return None


def _lots(
    reading: Reading, clause: Clause, words: str, lots: list[Lot], parts: list[Part], named: bool, topic: int | None
) -> list[Lot]:
    """The lots with those of one clause; what is only said of the use of some goes to ``parts``."""
    lots = list(lots)
    found = False
    amounts = sorted(
        [*reading.amounts_in(clause.start, clause.end), *pairs(reading, clause, named=named or topic is not None)],
        key=lambda a: a.start,
    )
    single = w.SINGLE.search(words) if named and not any(a.kind in _COUNTED for a in amounts) else None
    if single:
        at = clause.start + single.start(), clause.start + single.end()
        amounts = [Amount(*at, at[0], "count", Fraction(1), Fraction(1))]
    amounts = alternatives(reading, amounts)
    for amount in amounts:
        if _passed_over(reading, clause, words, lots, amount, named=named):
            continue
        found = True
        local = words[max(0, amount.start - clause.start - 12) :]
        if not lots and topic is not None and _ONLY_THIS.search(words[: amount.start - clause.start]):
            local = reading.text[topic : clause.end]  # 发明上月被无效了，就这一件
        segment = told_of(reading, clause, amounts, amount)
        kind = surely(_kind(segment or (local if not lots or not named else words)), words)
        if kind in COUNTING and (again := told_again(reading, clause, lots, amount)) is not None:
            lots = again
            reading.hear(amount.start, amount.end)
            continue
        plain = kind in ("plain", "own") and len(lots) == 1
        if plain and narrows(lots[0].amount, amount, words[: max(0, amount.start - clause.start)]):
            lots[0] = replace(lots[0], amount=amount, kind=kind, end=clause.end)
            continue  # 没攒够4件，只有2件
        using = part_in_use(reading, clause, amount, _whole(reading, lots)) if kind == "plain" else None
        if using is not None:
            parts.append(using)
            continue
        split = any(
            a.start >= amount.end and a.kind in _COUNTED and not a.bare and not counts_holders(reading, a)
            for a in amounts
        )
        opened = topic if topic is not None and not lots else clause.start
        place = "inside" if split else place_among_holders(reading, clause, opened)
        if kind == "plain" and place == "inside" and not split and held_jointly(reading, clause):
            kind = "joint"
        kind = "pending" if place == "outside" else "unclear" if place == "unclear" else kind
        if lots and _left_open(reading, clause, amount):
            reading.hear(amount.start, amount.end)
            continue  # 具体几件没数过
        stands = relation(reading, clause, lots, amount, kind, named=right_named(reading, clause, amounts, amount))
        if stands == "same":
            lots = merged(lots, amount, kind)
            reading.hear(amount.start, amount.end)
            continue
        granted = bool(w.GRANTED.search(segment or words))
        sole = bool(SOLE.search(words))
        lots.append(Lot(amount, kind, stands, granted, amount.start, clause.end, sole))
    if lots and not found:
        _without_number(reading, clause, words, lots)
    return lots


def _without_number(reading: Reading, clause: Clause, words: str, lots: list[Lot]) -> None:
    """What a clause that counts nothing says of the ``lots`` before it, which it changes."""
    kind = _kind(words)
    if w.NOT_BOUGHT.search(words):
        reading.hear(clause.start, clause.end)
    if kind not in ("bought", "pending"):
        return
    if of_the_others(lots, words):
        reading.hear(clause.start, clause.end)
    elif some(words) and not w.NOT_BOUGHT.search(words):
        lots.append(_some_of(lots, kind, clause))
    elif not re.search(r"没有?(?:买|受让|转)|不是(?:买|受让|转)", words) and (
        w.ALL.search(words) or len(words) < 8 or w.OF_IT.match(_undated(reading, clause))
    ):
        lots[-1] = replace(lots[-1], kind=kind)


def _some_of(lots: list[Lot], kind: Kind, clause: Clause) -> Lot:
    """有些是转让来的: an unknown part of the whole, at least one and not all."""
    whole = next((lot for lot in reversed(lots) if not lot.part), lots[-1])
    most = max(whole.high - 1, Fraction(1))
    amount = Amount(clause.start, clause.end, clause.start, "count", Fraction(1), most)
    return Lot(amount, kind, "part", whole.granted, clause.start, clause.end)


def _passed_over(reading: Reading, clause: Clause, words: str, lots: list[Lot], amount: Amount, *, named: bool) -> bool:
    """Whether an amount tells no further rights: of other things, of the rule, of none, or the same ones again."""
    counted = amount.kind in _COUNTED or single_sign(reading, amount, named)
    if not counted or not _of_ip(reading, clause, amount, named, bool(lots)):
        return True
    if reading.zone(amount.at) or of_the_rule(reading, clause, amount):
        return True
    if (none := w.NOTHING.search(words)) and none.start() <= amount.at - clause.start < none.end():
        return True  # 一个发明都没有
    if lots and _SUMMED.search(words[: max(0, amount.start - clause.start)]):
        reading.hear(amount.start, amount.end)
        return True  # 发明3件加软著1件，凑4件
    return bool(lots and _OF_WHOLE.match(reading.text, amount.end) and amount.lo == lots[0].amount.lo)  # 6件里3件独有


def _whole(reading: Reading, lots: list[Lot]) -> Fraction | None:
    """How many rights were told before, of which some may be in use."""
    wholes = [lot.amount for lot in lots if not lot.part]
    if not lots:
        return _said_before(reading)
    return wholes[0].lo if wholes and wholes[0].is_exact else None


def _undated(reading: Reading, clause: Clause) -> str:
    """The clause without the time that opens it: 2024年从大学买过来的."""
    if ago := w.AGO.match(reading.text, clause.start, clause.end):
        return reading.text[ago.end() : clause.end]
    times = reading.times_in(clause.start, clause.start + 1)
    return reading.text[times[0].end : clause.end].lstrip("底初末年的，") if times else reading.words(clause)


def _of_ip(reading: Reading, clause: Clause, amount: Amount, named: bool, told: bool) -> bool:
    if counts_holders(reading, amount):
        return False
    if any(start <= amount.end + 8 and amount.start <= end + 6 for start, end in foreign(reading, clause)):
        return False  # 美国发明专利2件
    if amount.bare and reading.text[amount.end : amount.end + 1] in "，。、；" and not named:
        return False
    if amount.bare and reading.text[amount.end : amount.end + 1] in ("月", "日", "号"):
        return False  # 今年8月买来的
    for mention in reading.mentions_in(amount.end, min(clause.end, amount.end + 14)):
        ours = "class_1_ip" in mention.facts
        if w.GAP.match(reading.text[amount.end : mention.start]) and (mention.decoy or ours):
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
    others = [
        m
        for m in reading.mentions_in(clause.start, amount.start)
        if not m.facts <= {"class_1_ip_in_use", "ip_transferred_in"}
    ]
    if others or reading.text[amount.end - 1] in "家名位种":
        return False
    asked = any(k.startswith(("class_1_ip", "ip_")) for k in reading.expecting)
    listed = reading.text[max(0, clause.start - 1) : clause.start] == "：" and any(
        "class_1_ip" in m.facts for m in reading.mentions_in(max(0, clause.start - 12), clause.start)
    )  # 发明：自主申请4件
    asked = asked or listed or _in_context(reading) or bool(_ONLY_THIS.search(lead))
    if not asked and (_OF_THINGS.match(reading.text, amount.end) or _OF_OTHERS.search(lead)):
        return False  # 工人摔死一个, 材料里有几个数没对上
    return not named and (told or asked) and (not amount.bare or asked) and len(lead) <= 12


def _kind(words: str) -> Kind:
    if w.NOT_COUNTED.search(words) or w.PENDING.search(words):
        return "pending"
    if w.BOUGHT.search(words) and not re.search(r"(?:没有?|不是|非|无|未)(?:一[个项件])?(?:买|受让|转|购|外购)", words):
        return "bought"
    return "own" if w.OWN.search(words) else "plain"


def _left_open(reading: Reading, clause: Clause, amount: Amount) -> bool:
    """具体几件没数过: asks how many, and the clause or the one behind it says that nobody knows."""
    if amount.is_exact or "几" not in reading.text[amount.at : amount.end]:
        return False
    words = reading.words(clause)
    return bool(unknown(words)) and _kind(words) not in ("bought", "pending")


def _nothing(reading: Reading, clause: Clause, words: str) -> Statement | None:
    match = w.NOTHING.search(words) or w.ONLY_LESSER.search(words) or _LAPSED.search(words)
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
    if not reading.zone(clause.start) and use_of(reading, clause, words) == "doubtful":
        return reading.said("class_1_ip_in_use", Value.uncertain(words), clause.start, clause.end)
    if reading.zone(clause.start) or re.search(r"吗|是否|有没有|才能", words):
        return None
    match = w.NOT_IN_USE.search(words)
    if match:
        return reading.flag("class_1_ip_in_use", False, clause.start + match.start(), clause.start + match.end())
    match = w.IN_USE.search(words)
    if match and not re.search(r"实用新型|软著", words[: match.start()]):
        return reading.flag("class_1_ip_in_use", True, clause.start + match.start(), clause.start + match.end())
    return None


def _used_in_part(reading: Reading, parts: list[Part]) -> Statement | None:
    """Some are in use: that is what the count is of."""
    used = [part for part in parts if part.use == "used"]
    return reading.flag("class_1_ip_in_use", True, used[0].start, used[0].end) if used else None


def _statements(
    reading: Reading, lots: list[Lot], parts: list[Part], bare: Statement | None, used: Statement | None
) -> list[Statement]:
    found: list[Statement] = []
    if lots or parts:
        found.append(_in_use(reading, lots, parts))
        bought = [lot for lot in lots if lot.kind == "bought"]
        if bought:
            start, end = bought[0].start, bought[-1].end
            value = bought_of(lots, reading.message[start:end])
            found.append(reading.said("ip_transferred_in", value, start, end))
        if bare:
            reading.hear(bare.start, bare.end)
    elif bare:
        found.append(bare)
    if (lots or "class_1_ip" in reading.known) and (doubt := _origin_unknown(reading)):
        found = [s for s in found if s.key not in ("class_1_ip", "ip_transferred_in")] + [doubt]
        for lot in lots:
            reading.hear(lot.start, lot.end)
    return [*found, *([used] if used else [])]


def _origin_unknown(reading: Reading) -> Statement | None:
    """自己申请的，还是当年转来的，没人记得: how many are one's own is not known."""
    for match in w.EITHER.finditer(reading.text):
        clause = reading.clause(match.start())
        near = reading.clauses[max(0, reading.clause_index(clause.start) - 1) :][:6]
        told = [c for c in near if c.sentence == clause.sentence and unknown(reading.words(c))]
        if told and not reading.zone(match.start()):
            start, end = min(clause.start, told[0].start), max(told[-1].end, match.end())
            return reading.said("class_1_ip", Value.uncertain(reading.message[start:end]), start, end)
    if span := own_number_unknown(reading):
        return reading.said("class_1_ip", Value.uncertain(reading.message[slice(*span)]), *span)
    if (guess := w.PERHAPS.search(reading.text)) and not reading.zone(guess.start()):
        clause = reading.clause(guess.start())
        return reading.said("class_1_ip", Value.uncertain(reading.words(clause)), clause.start, clause.end)
    return None


def _in_use(reading: Reading, lots: list[Lot], parts: list[Part]) -> Statement:
    """One's own rights, less those of which it is said that they are not in use."""
    own = _own(reading, lots) if lots else None
    for part in parts:
        reading.hear(part.start, part.end)
    value = own.value if own else reading.known["class_1_ip"]
    if not parts or value.lo is None or value.hi is None:
        assert own is not None
        return own
    least, most = in_use(reading, parts, (value.lo, value.hi))
    start, end = own.start if own else parts[0].start, max(part.end for part in parts)
    counted = Value.interval(least, most, source=reading.message[start:end])
    return reading.said("class_1_ip", counted, start, end, correction=own is None)


def _own(reading: Reading, lots: list[Lot]) -> Statement:
    """The own lots together: wholes that count, less the parts that do not."""
    if len(lots) == 1 and lots[0].kind in COUNTING and not lots[0].amount.is_exact:
        amount = lots[0].amount
        if amount.hi == 1 and not amount.hi_closed:  # 没有一个
            amount = replace(amount, lo=Fraction(0), hi=Fraction(0), hi_closed=True)
        return reading.number("class_1_ip", amount, amount.start, amount.end)
    lo, hi = own_of(lots)
    before = _said_before(reading)
    if before is not None and lots[0].kind in ("bought", "pending") and not any(x.kind in COUNTING for x in lots):
        off = sum((x.amount.lo or Fraction(0) for x in lots), Fraction(0))  # 有1件其实是买来的, of those said before
        lo = hi = before - off
    elif before is not None and w.MORE.match(reading.text[reading.clause(lots[0].start).start :]) and len(lots) == 1:
        lo, hi = before + lo, before + hi
    start, end = lots[0].start, lots[-1].end
    value = Value.interval(max(lo, Fraction(0)), max(hi, Fraction(0)), source=reading.message[start:end])
    unclear = before is not None and any(lot.kind == "unclear" for lot in lots)
    return reading.said("class_1_ip", value, start, end, correction=unclear)
