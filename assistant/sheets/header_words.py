"""One header cell taken apart: the years and the unit it names, and the fact that the rest is a name of."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from assistant.sheets.units import FOREIGN, Unit, take_unit
from corpus.facts_models import Dictionary, FactEntry, load_dictionary
from corpus.load import read_yaml
from corpus.models import Model

Role = Literal["fact", "name", "code", "passed_over", "unknown"]


class Words(Model):
    """``headers.yaml``."""

    name: list[str]
    code: list[str]
    passed_over: list[str]
    before: list[str]
    after: list[str]
    spoils: list[str]
    needs: dict[str, str]
    more: dict[str, list[str]]
    share: list[str]


@cache
def words() -> Words:
    """The words of headers. Raises CorpusError where the file cannot be used."""
    found: Words = read_yaml(Path(__file__).with_name("headers.yaml"), Words)
    return found


@dataclass(frozen=True)
class Told:
    """What a header says beside the name. ``year`` is written out, ``back`` counts back from this year (1: last
    year), ``years`` is the length of a span (1: one year, or not said); ``rest`` is the name, ``short`` the name
    without what stands in brackets."""

    rest: str
    short: str
    unit: Unit | None = None
    year: int | None = None
    back: int | None = None
    years: int = 1
    partial: bool = False
    foreign: bool = False

    @property
    def timed(self) -> bool:
        """Whether it names a year."""
        return self.year is not None or self.back is not None


_RANGE = re.compile(r"((?:19|20)\d{2})年?度?(?:-|—|–|~|至|到|、|/|和|与|\+|,)((?:19|20)\d{2})(?:年度?|会计年度)?")
_PART = re.compile(
    r"(?:19|20)\d{2}[年.\-/]?(?:q[1-4]|h[12]|[一二三四1-4]季度|[上下]半年|\d{1,2}-\d{1,2}月|(?:0?[1-9]|1[01])月)"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?:[-年./]?12[-月./]?31日?|年?12月(?:末|底)?|年度?|会计年度|fy)?(?!\d)")
_SHORT_YEAR = re.compile(r"(?<!\d)([12]\d)年度?(?!\d)")
_SPANS = [(re.compile(r"(?:最近|近|过去|前)(?:两|二|2)个?(?:会计)?年度?|两年(?=.*(?:合计|累计|总|之和|相加))"), 2),
          (re.compile(r"(?:最近|近|过去|前)(?:三|3)个?(?:会计)?年度?|三年(?=.*(?:合计|累计|总|之和|相加))"), 3)]  # fmt: skip
_BACK = [
    (re.compile(r"大前年"), 3), (re.compile(r"上上年度?|前年度?"), 2),
    (re.compile(r"上一?个?会计年度|上一?个?年度?|去年度?|前一年度?"), 1), (re.compile(r"本年度?|今年度?|当年度?"), 0),
]  # fmt: skip
_NUMBERING = re.compile(r"^(?:[*※★☆●]|[(]?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[).、](?!\d))+")
_BRACKETS = re.compile(r"[(\[{<【〔「“][^)\]}>】〕」”]*[)\]}>】〕」”]")
_SIGNS = re.compile(r"[^\w\u4e00-\u9fff%‰ⅰ]|_")
_OF_REVENUE = re.compile(r"占(?:同期|当年|全年)?(?:营业收入|营收|销售收入)(?:总额)?的?(?:比重|比例|比率|百分比|比)?")
_KEY = re.compile(r"([a-z][a-z0-9_]*?)(?:[@._\- ]?((?:19|20)\d{2})|[@._\- ](y1|y2|y3|end|this|l2y|l3y))?")
_PERIODS = {"y1": 1, "end": 1, "l2y": 1, "l3y": 1, "y2": 2, "y3": 3, "this": 0}


def normal(text: str) -> str:
    """Half-width, lower case, without spaces and numbering."""
    text = re.sub(r"[\s\u200b\ufeff①-⑳]+", "", text)
    return _NUMBERING.sub("", unicodedata.normalize("NFKC", text).lower())


@lru_cache(maxsize=8192)
def told(text: str) -> Told:
    """A header cell taken apart, names not yet looked up."""
    text = _OF_REVENUE.sub("占比", normal(text))
    partial = bool(_PART.search(text))
    foreign = bool(FOREIGN.search(text))
    body, unit = take_unit(text)
    year, back, years = None, None, 1
    if match := _RANGE.search(body):
        year, years = int(match[2]), int(match[2]) - int(match[1]) + 1
        body = body[: match.start()] + body[match.end() :]
    else:
        for pattern, length in _SPANS:
            if match := pattern.search(body):
                years = length
                body = body[: match.start()] + body[match.end() :]
        if match := _YEAR.search(body):
            year = int(match[1])
            body = body[: match.start()] + body[match.end() :]
        elif match := _SHORT_YEAR.search(body):
            year = 2000 + int(match[1])
            body = body[: match.start()] + body[match.end() :]
        else:
            for pattern, count in _BACK:
                if match := pattern.search(body):
                    back = count
                    body = body[: match.start()] + body[match.end() :]
                    break
    return Told(
        rest=_SIGNS.sub("", body), short=_SIGNS.sub("", _BRACKETS.sub("", body)), unit=unit, year=year, back=back,
        years=years, partial=partial, foreign=foreign,
    )  # fmt: skip


@cache
def names() -> dict[str, dict[str, int]]:
    """A name, as ``told`` leaves it → the facts that go by it, with 2 for an id or label and 1 for another name."""
    table: dict[str, dict[str, int]] = {}

    def add(name: str, fact: str, weight: int) -> None:
        parts = told(name)
        for form in {parts.rest, parts.short, _SIGNS.sub("", normal(name))} - {""}:
            facts = table.setdefault(form, {})
            facts[fact] = max(weight, facts.get(fact, 0))

    for fact, entry in load_dictionary().entries.items():
        add(entry.label, fact, 2)
        table.setdefault(normal(fact), {})[fact] = 3
        for alias in entry.aliases or ():
            add(str(alias), fact, 1)
    for fact, more in words().more.items():
        for name in more:
            add(name, fact, 2)
    return table


def role_of(parts: Told) -> Role:
    """Whether the name is that of a column that is no fact."""
    roles: list[tuple[Role, list[str]]] = [
        ("name", words().name), ("code", words().code), ("passed_over", words().passed_over)
    ]  # fmt: skip
    for role, known in roles:
        if parts.rest in known or parts.short in known:
            return role
    return "unknown"


def facts_of(parts: Told, text: str) -> list[str]:
    """The facts that a header may mean, the likeliest kind only; none where it names no fact, or spoils it."""
    if key := key_of(text):
        return [key]
    found: dict[str, int] = {}
    used = ""
    for form in dict.fromkeys((parts.rest, parts.short)):
        for shorter in _stripped(form):
            if shorter in names():
                found, used = names()[shorter], shorter
                break
        if found:
            break
    whole = normal(text)
    if parts.partial or parts.foreign or any(s in whole and s not in used for s in words().spoils):
        return []
    kept = [fact for fact in found if words().needs.get(fact, "") in whole]
    return _fitting(kept, found, parts, whole)


def key_of(text: str) -> str | None:
    """The fact of a header that is written as a key: ``revenue@2025``, ``revenue_2025``, ``rd_ratio.Y1``."""
    match = _KEY.fullmatch(take_unit(unicodedata.normalize("NFKC", text).strip().lower())[0])
    return match[1] if match and match[1] in load_dictionary() else None


def _stripped(name: str) -> list[str]:
    """The name, then without the harmless words around it, one after the other."""
    found = [name]
    for form in found:
        if len(found) > 24:
            break
        found += [form[len(w) :] for w in words().before if form.startswith(w) and len(form) > len(w)]
        found += [form[: -len(w)] for w in words().after if form.endswith(w) and len(form) > len(w)]
    return list(dict.fromkeys(found))


def _fitting(facts: list[str], weights: dict[str, int], parts: Told, whole: str) -> list[str]:
    dictionary: Dictionary = load_dictionary()
    entries: list[FactEntry] = [dictionary[fact] for fact in facts]
    entries = [e for e in entries if _span_fits(e, parts)]
    if parts.unit is not None:
        entries = [e for e in entries if parts.unit.factor(e.type) is not None]
    elif len({e.type == "ratio" for e in entries}) > 1:
        share = any(sign in whole for sign in words().share)
        entries = [e for e in entries if (e.type == "ratio") == share]
    best = max((weights[e.id] for e in entries), default=0)
    return [e.id for e in entries if weights[e.id] == best]


def span_of(entry: FactEntry) -> int:
    """Over how many years a fact runs: 1, or as its id says (_l2y, _l3y)."""
    return int(match[1]) if entry.period == "span" and (match := re.search(r"_l(\d)y$", entry.id)) else 1


def _span_fits(entry: FactEntry, parts: Told) -> bool:
    if entry.period == "year":
        return parts.years == 1
    if entry.period == "span":
        rate = entry.type == "ratio"
        return parts.years == span_of(entry) or (parts.years == 1 and rate and parts.year is None)
    return True
