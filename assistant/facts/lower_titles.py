"""What only the lower titles and the older standards ask for: direct routes denied in one breath, the place of
registration, how grave an accident was and when, awards of five years, 创客中国."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache

from assistant.facts.honours import level
from assistant.facts.polarity import polarity
from assistant.facts.reading import Reading
from assistant.facts.scope import asks
from assistant.facts.text import Clause
from assistant.facts.values import Statement, Value, key
from corpus.criteria_models import load_standards
from corpus.criteria_tree import Compare, Term, leaves
from corpus.places import chain, find_places

LOWER = ("创新型", "科技型")

_ROUTE = (
    r"直(?:接|通)(?:确认|认定|公告|通过|过|评)?的?(?:条件|情形|路径|通道|路子|门路|渠道|情况|资格|办法|条款|口子|路)"
    r"|直通(?:的|车|项|类)?"
)
_NONE_OF = r"(?:没有?|无|不(?:具备|符合|满足|占|沾|挨)|[沾够搭挨]不[上着到])"
_NO_ROUTE = re.compile(
    rf"{_NONE_OF}(?:走|有|占|沾|任何|什么|啥|别的|其他|其它|一[条个项样])*的?(?:{_ROUTE})"
    rf"|(?:{_ROUTE})(?:的话|我们|公司|企业|，|这?[几四五六]?[条项个样])*(?:都|也|全|均|侪|一概|统统|[一哪半][条个项样])*(?:{_NONE_OF}|未)(?!问题)"
)
_DEMO = re.compile(r"(?:(?:国家级?|技术创新|知识产权|优势|示范)[、和及或]?){0,5}(?:优势|示范)企业")
_IN_SHANGHAI = re.compile(r"(?:我们|公司|企业|是|在)*(?:上海|本市)(?:本地)?(?:市)?(?:登记|注册)+(?:的|企业|公司)*")
_REGISTERED_IN = re.compile(
    r"(?:注册地|注册|登记)(?:地址|地)?(?:都|也|就|是|并|登记|注册)*(?:在|(?<=注册地)|(?<=注册地是)|(?<=注册地址)|(?<=注册地址是))(?P<where>[^，。；]{2,10})"
    r"|(?P<at>[\u4e00-\u9fff]{2,6}?)(?:登记)?注册的(?:公司|企业|主体|独立法人|法人|$)"
)
_NOT_IN_SHANGHAI = re.compile(
    r"(?:注册地|注册|登记)(?:地址|地)?[^，。；]{0,4}(?:不|没|没有|并非|未)(?:是)?在(?:上海|本市)"
    r"|(?:不|没|没有|并非|未)(?:是)?在(?:上海|本市)(?:登记|注册)"
)
_MISCONDUCT = re.compile(r"科研[^，。；]{0,10}?(?:失信|不端|诚信问题)(?:行为)?|学术(?:不端|造假)")
_ACCIDENT = re.compile(
    r"(?P<grade>特别重大|重大|特大|较大|一般)的?(?P<what>安全生产|生产安全|安全|产品质量|质量|环境污染|污染|环境|环保)(?:生产)?(?:责任)?"
    r"(?:事故|违法)"
)
_NOT_GRAVE = re.compile(r"(?:没有?|未|不)(?:到|达到?|构成|算|够)(?:上)?(?:是|了)?(?:特别)?重大")
_NEVER_SINCE = re.compile(
    r"(?:以后|之后|此后|后来|那以后|那之后)[^，。；]{0,6}(?:没有?|未|再没|再也没|太平)|再(?:也)?没(?:有)?(?:出|发生)"
)
_ALL_ACCIDENTS = re.compile(
    r"(?:没有?|未|无|从没|从未)(?:有|出|发生|过|任何)*重大的?安全(?:生产)?、?质量[、和及]?(?:和|、)?(?:环境)?污染(?:等)?(?:方面)?的?事故"
)
_ANY_ACCIDENT = re.compile(r"(?:没有?|未|从没|从未)(?:有|出|发生)过?(?:任何|什么|啥|一次|一起|大|重大|各类)*事故")
_CONTEST = re.compile(r"创客中国")
_TOP = {
    "top50": re.compile(r"(?:前|全国)?50强|前五十|五十强"),
    "top500": re.compile(r"(?:前|全国)?500强|前五百|五百强"),
}
_SAFE = ("安全生产", "生产安全", "安全")
_GRADED = {
    "safety": ("major_safety_accident_l3y", "major_safety_accident_2y"),
    "quality": ("major_quality_accident_l3y", "major_quality_accident_2y"),
    "pollution": ("major_pollution_accident_l3y", "serious_environmental_violation_2y"),
}


def read_lower_titles(reading: Reading, known: set[str]) -> list[Statement]:
    """Statements of facts that nobody read before (``known`` are the keys read)."""
    found: list[Statement] = []
    for clause in reading.clauses:
        words = reading.words(clause)
        if reading.zone(clause.start) or asks(reading.text, clause):
            continue
        for one in _of_clause(reading, clause, words):
            reading.hear(one.start, one.end)
            found.append(one)
    kept = {one.key: one for one in reversed(found) if one.key not in known}
    for one in _direct_routes(reading, known | set(kept)):
        kept[one.key] = one
    return list(kept.values())


def _of_clause(reading: Reading, clause: Clause, words: str) -> Iterator[Statement]:
    yield from _demo(reading, clause, words)
    yield from _registered(reading, clause, words)
    yield from _contest(reading, clause, words)
    if reading.title in LOWER:
        yield from _misconduct(reading, clause, words)
        yield from _accidents(reading, clause, words)
    if reading.title == "科技型":
        yield from _five_years(reading, clause)


def _at(clause: Clause, match: re.Match[str]) -> tuple[int, int]:
    return clause.start + match.start(), clause.start + match.end()


def _direct_routes(reading: Reading, known: set[str]) -> list[Statement]:
    """直接条件一条都没有: each route of the title asked about is denied, unless something else was said of it."""
    match = _NO_ROUTE.search(reading.text)
    if match is None or reading.zone(match.start()) or reading.title not in LOWER:
        return []
    start, end = match.span()
    reading.hear(start, end)
    source, last = reading.message[start:end], reading.as_of.year - 1
    denied = {
        "high_tech_valid": Value.yes(False, source),
        "rd_institution": Value.one_of("none", source),
    }
    if reading.title == "创新型":
        denied |= {
            "tech_demo": Value.yes(False, source),
            "award_level_l3y": Value.one_of("none", source),
        }
        asked = _least_asked("new_equity_l3y")
        if asked is not None:
            denied[key("new_equity_l3y", last)] = Value.interval(Fraction(0), asked, hi_closed=False, source=source)
    else:
        denied |= {
            "led_standard_l5y": Value.yes(False, source),
            "award_level_l5y": Value(choice="national", flag=False, source=source),
        }
    if "new_equity_l3y" in {k.partition("@")[0] for k in known} or key("new_equity_l2y", last) in known:
        denied.pop(key("new_equity_l3y", last), None)
    return [reading.said(name, value, start, end) for name, value in denied.items() if name not in known]


@lru_cache
def _least_asked(fact: str) -> Fraction | None:
    """The smallest amount of a fact, in base units, that any standard of a lower title asks for: who has no direct route
    has less. None where no standard names one."""
    amounts = [
        leaf.right.value
        for standard in load_standards()
        if standard.title in LOWER
        for criterion in standard.criteria
        for leaf in leaves(criterion.test)
        if isinstance(leaf, Compare)
        and isinstance(leaf.left, Term)
        and leaf.left.fact == fact
        and leaf.op in ("ge", "gt")
    ]
    return min(amounts, default=None)


def _demo(reading: Reading, clause: Clause, words: str) -> Iterator[Statement]:
    """也不是示范企业 denies all of them; that one kind is not held says nothing of the others."""
    match = _DEMO.search(words)
    if match is None or re.search(r"[省市区县]级?$", words[: match.start()]):
        return
    several = "技术创新" in words and "知识产权" in match[0]
    if not several and re.search("技术创新|知识产权", match[0]):
        return
    if polarity(reading.text, clause, *_at(clause, match)) == "no":
        yield reading.flag("tech_demo", False, *_at(clause, match))


def _registered(reading: Reading, clause: Clause, words: str) -> Iterator[Statement]:
    if match := _NOT_IN_SHANGHAI.search(words):
        yield reading.flag("place_registered_sh", False, *_at(clause, match))
    elif match := _IN_SHANGHAI.fullmatch(words):
        yield reading.flag("place_registered_sh", True, *_at(clause, match))
    elif match := _REGISTERED_IN.search(words):
        named = find_places(match["where"] or match["at"])
        asked = reading.title == "创新型" or "place_registered_sh" in reading.expecting
        if named and asked:
            yield reading.flag("place_registered_sh", "上海市" in chain(named[0]), *_at(clause, match))


def _contest(reading: Reading, clause: Clause, words: str) -> Iterator[Statement]:
    match = _CONTEST.search(words)
    if match is None:
        return
    at = clause.start + match.start(), clause.end
    if re.search(r"没|未|无", words):
        yield reading.choice("maker_contest_l3y", "none", *at)
        return
    years = [year for time in reading.times_in(clause.start, clause.end) for year in time.years]
    recent = not years or max(years) >= reading.as_of.year - 3
    for name, pattern in _TOP.items():
        if pattern.search(words):
            yield reading.choice("maker_contest_l3y", name if recent else "none", *at)
            return


def _misconduct(reading: Reading, clause: Clause, words: str) -> Iterator[Statement]:
    match = _MISCONDUCT.search(words)
    if match is None:
        return
    says = polarity(reading.text, clause, *_at(clause, match))
    times = [time for time in reading.times_in(clause.start, clause.end) if time.kind in ("year", "date")]
    years = [year for time in times for year in time.years]
    if says == "no" or (says == "yes" and years and max(years) < reading.as_of.year - 1):
        yield reading.flag("research_misconduct_2y", False, *_at(clause, match))
    elif says == "yes":
        value = Value.yes(True, words) if years else Value.uncertain(words)
        yield reading.said("research_misconduct_2y", value, *_at(clause, match))


def _accidents(reading: Reading, clause: Clause, words: str) -> Iterator[Statement]:
    """重大 ones by their years; a 较大 one is no 重大 one. 没有重大安全、质量、污染事故 denies them all."""
    if match := _ALL_ACCIDENTS.search(words):
        for fact in ("major_pollution_accident_l3y", "data_incident_l3y"):
            yield reading.flag(fact, False, *_at(clause, match))
        return
    if match := _ANY_ACCIDENT.search(words):
        yield reading.flag("major_pollution_accident_l3y", False, *_at(clause, match))
        return
    match = _ACCIDENT.search(words)
    if match is None or polarity(reading.text, clause, *_at(clause, match)) != "yes":
        return
    kind = "safety" if match["what"] in _SAFE else "quality" if "质量" in match["what"] else "pollution"
    three, two = _GRADED[kind]
    rest = reading.text[clause.end : clause.end + 40]
    if match["grade"] in ("较大", "一般") or _NOT_GRAVE.search(rest[:16]):
        yield from (reading.flag(fact, False, *_at(clause, match)) for fact in (three, two))
        return
    years = [year for time in reading.times_in(clause.start, clause.end) for year in time.years]
    if not years:
        return
    alone = bool(_NEVER_SINCE.search(rest))
    for fact, first in ((three, reading.as_of.year - 3), (two, reading.as_of.year - 1)):
        if max(years) >= first or alone:
            yield reading.flag(fact, max(years) >= first, *_at(clause, match))


def _five_years(reading: Reading, clause: Clause) -> Iterator[Statement]:
    """Awards as 科技型 counts them: national ones of the last five years, with their rank."""
    for mention in reading.mentions_in(clause.start, clause.end):
        if "award_level_l3y" not in mention.facts:
            continue
        at = mention.start, mention.end
        says, told = polarity(reading.text, clause, *at), level(reading, clause, mention)
        if says == "no" and told in (None, "national"):
            value = Value.one_of("none", mention.word) if told is None else Value(choice="national", flag=False)
            yield reading.said("award_level_l5y", value, *at)
        years = [year for time in reading.times_in(clause.start, clause.end) for year in time.years]
        if says != "yes" or not told or not years:
            continue
        recent = max(years) >= reading.as_of.year - 5
        yield reading.choice("award_level_l5y", told if recent else "none", *at)
        ranks = [a for a in reading.amounts_in(mention.end, mention.end + 40) if a.kind == "rank"]
        if recent and ranks:
            yield reading.number("award_rank_l5y", ranks[0], ranks[0].start, ranks[0].end)
