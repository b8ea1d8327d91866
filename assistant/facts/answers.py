"""Bare answers to what was just asked: 有, 没有, 不知道, 省级的, 第二, 5年."""

from __future__ import annotations

import re
from fractions import Fraction

from assistant.facts.lexicon import fact_types, lexicon
from assistant.facts.polarity import unknown
from assistant.facts.reading import Reading
from assistant.facts.text import normalise
from assistant.facts.values import Statement, Value
from corpus.facts_models import load_dictionary, split_key

_SIGNS = r"[，。！？；：、 \n~～…]*"
_SOFT = (
    r"(?:嗯+|哦|啊|那个|这个|应该|好像|我们|公司|目前|现在|肯定|当然|确实|其实|暂时|一直|从来|这些|这几[个项样]"
    r"|的确|呃|额)*+"
)
_END = r"(?:的|了|啊|呀|哈|呢|吧|噢|哦|嘛|过|的话|喔|这个|这些|这种事|这方面|这类|任何一[项种个])*"
_NO = re.compile(
    rf"^{_SIGNS}{_SOFT}(?:都|全都?|一个都|一项都|一样都|均|也)?(?:没有?|不是|否|无|不属于|不在|未|没出过|没发生"
    rf"|没进|没被列|没上|没拿|没得|没获|不符合|不算|不具备|不涉及"
    rf"|没得|没融|不存在|no|木有|冇|没啥|不){_END}{_SIGNS}$"
)
_YES = re.compile(
    rf"^{_SIGNS}{_SOFT}(?:都|全都?|均|也)?(?:是|有|对|没错|符合|属于|在|满足|具备|嗯|可以|yes|ok|有效|达标|在的|算"
    rf"|拿到|移出|完成|做了|通过了?|没问题"
    rf"|好){_END}{_SIGNS}$"
)
_UNSURE = re.compile(rf"^{_SIGNS}{_SOFT}(?:都|这个|我|也|还|真|是|暂时|目前|一时|具体|、)*")
_LEVELS = (
    ("national", r"国家级?|国"),
    ("provincial", r"省部?级?|部级|省"),
    ("municipal", r"区级?|县级?|园区"),
    ("city", r"市级?"),
)
_REASONS = (
    ("falsification", r"造假|作假|虚假"),
    ("dishonesty", r"失信"),
    ("incident", r"事故|违法|处罚|环保"),
    ("other", r"更新|报告|其他|别的"),
)
_ALL = re.compile(r"都|全|均|一个|一项|任何")


def bare_yes_no(text: str) -> bool:
    """Whether a message is a yes or a no and nothing else."""
    said = normalise(text)
    return bool(_YES.match(said) or _NO.match(said))


def read_answers(reading: Reading, taken: set[str]) -> list[Statement]:
    """What a short message answers of the keys just asked that no other reader took."""
    open_ = [k for k in reading.expecting if k not in taken and split_key(k)[0] in fact_types()]
    if not open_ or not reading.clauses:
        return []
    first, last = reading.clauses[0], reading.clauses[-1]
    whole = reading.text[: last.end]
    if len(whole) <= 24 and unknown(whole) and _UNSURE.match(whole) and not reading.amounts:
        return [_say(reading, k, Value.uncertain(reading.message.strip()), 0, last.end) for k in open_]
    found = _yes_no(reading, open_, taken)
    for fact_key in open_:
        if any(s.key == fact_key for s in found):
            continue
        statement = _one(reading, fact_key, reading.text[first.start : first.end] if len(open_) > 1 else whole)
        if statement:
            found.append(statement)
    return found


def _yes_no(reading: Reading, open_: list[str], taken: set[str]) -> list[Statement]:
    says: list[tuple[bool, int, int]] = []
    for clause in reading.clauses[:8]:
        words = reading.words(clause)
        if _NO.match(words):
            says.append((False, clause.start, clause.end))
        elif _YES.match(words):
            says.append((True, clause.start, clause.end))
        elif clause is reading.clauses[0]:
            return []
    if not says:
        return []
    bad = set(lexicon().bad)
    if len(says) == len(open_) > 1:
        pairs = list(zip(open_, says, strict=True))
    elif len(open_) == 1:
        pairs = [(open_[0], says[0])]
    elif _ALL.search(reading.text[says[0][1] : says[0][2]]) or (
        not says[0][0] and all(split_key(k)[0] in bad for k in open_)
    ):  # 都没有, or 没有 to what is all bad news; a bare 有 leaves open which of them is meant
        pairs = [(k, says[0]) for k in open_]
    else:
        return []
    return [s for k, (yes, start, end) in pairs if (s := _meaning(reading, k, yes, start, end))]


def _meaning(reading: Reading, fact_key: str, yes: bool, start: int, end: int) -> Statement | None:
    kind = fact_types()[split_key(fact_key)[0]]
    words = reading.message[start:end]
    if kind == "flag":
        return _say(reading, fact_key, Value.yes(yes, words), start, end)
    if kind == "choice" and not yes and "none" in load_dictionary().of_key(fact_key).choices:
        return _say(reading, fact_key, Value.one_of("none", words), start, end)
    if kind in ("count", "money") and split_key(fact_key)[0] not in (
        "award_rank",
        "market_rank",
        "revenue",
        "staff",
    ):
        if not yes:
            return _say(reading, fact_key, Value.exact(0, words), start, end)
        if kind == "count":
            return _say(reading, fact_key, Value.interval(Fraction(1), None, source=words), start, end)
    return None


def _one(reading: Reading, fact_key: str, words: str) -> Statement | None:
    """A level, a reason or a number with nothing beside it."""
    fact = split_key(fact_key)[0]
    if len(words) > 24:
        return None
    if fact in ("award_level_l3y", "rd_institution"):
        for name, pattern in _LEVELS:
            match = re.search(pattern, words)
            if match:
                city = "provincial" if reading.place[:2] in ("上海", "北京", "天津", "重庆") else "municipal"
                choice = city if name == "city" else name
                return _say(reading, fact_key, Value.one_of(choice, match[0]), match.start(), match.end())
    if fact == "cancelled_for":
        for name, pattern in _REASONS:
            match = re.search(pattern, words)
            if match:
                return _say(reading, fact_key, Value.one_of(name, match[0]), match.start(), match.end())
    wanted = {"title_cancelled_years_ago": "years", "award_rank": "number", "market_rank": "number"}.get(fact)
    ip = fact in ("class_1_ip", "ip_transferred_in", "class_1_ip_total")
    for amount in reading.amounts:
        if (
            amount.kind == wanted
            or (ip and amount.kind == "number" and len(words) <= 6)
            or (wanted == "number" and amount.kind == "rank")
        ):
            return reading.number(fact_key, amount, amount.start, amount.end)
    if fact == "niche_start" and reading.times:
        time = reading.times[0]
        value = Value.exact(time.years[0] * 10000 + (time.month or 0) * 100 if time.years else 0, words)
        return _say(reading, fact_key, value, time.start, time.end) if time.years else None
    return None


def _say(reading: Reading, fact_key: str, value: Value, start: int, end: int) -> Statement:
    return reading.said(fact_key, value, start, end)
