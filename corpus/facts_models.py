"""The fact dictionary: what is known of a company, how to ask for it, how one fact follows from others.

``facts/*.yaml`` name the facts, ``derivations.yaml`` says how they hang together.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from corpus.criteria_tree import Calculation, Term, parse_operand, parse_term
from corpus.load import ROOT, CorpusError, read_yaml
from corpus.models import Model, Ref

FactType = Literal["money", "ratio", "count", "years", "points", "flag", "choice", "date"]
Changeable = Literal["now", "this_year", "next_year", "never"]
Bound = Annotated[float | int | None, Field()]


class FactEntry(Model):
    """One fact. ``bounds`` are in base units (元, fraction); the question's {year}, {prev}, {first} are filled in.

    ``span`` is the number of years of a fact over a span.
    """

    id: str
    label: str
    type: FactType
    period: Literal["year", "span", "now"]
    choices: tuple[str, ...] = ()
    choice_labels: dict[str, str] = Field(default_factory=dict)
    unit: str = ""
    bounds: tuple[Bound, Bound] = (None, None)
    whole: bool = False
    question: str = ""
    evidence: str = ""
    who: str = ""
    definition: Ref | None = None
    group: str | None = None
    ask: Literal["direct", "first", "first_number", "normal", "costly"] = "normal"
    changeable: Changeable = "next_year"
    effort: int = 3
    span: int = 2
    hinted_by: tuple[str, ...] = ()
    aliases: Any = None

    def key(self, year: int | None) -> str:
        """The key of this fact in ``year`` (which facts of now do not have)."""
        return self.id if self.period == "now" else f"{self.id}@{year}"


class Derivation(Model):
    """``fact`` calculated from others of the same (Y) or neighbouring years. With ``partial``, a part that is not
    known counts as anything that is possible. ``check`` makes a said value that disagrees a conflict."""

    fact: str
    from_: Annotated[Calculation, BeforeValidator(parse_operand)] = Field(alias="from")
    partial: bool = False
    check: bool = False


class Implication(Model):
    """``fact`` is ``is`` where all that is named holds: facts said at all, facts that are yes, facts that are no."""

    fact: str
    is_: bool | str = Field(alias="is")
    if_said: tuple[str, ...] = ()
    if_yes: tuple[str, ...] = ()
    if_no: tuple[str, ...] = ()

    @property
    def needs(self) -> tuple[str, ...]:
        """The facts that it looks at."""
        return (*self.if_said, *self.if_yes, *self.if_no)


class Union(Model):
    """``fact`` (a flag) is yes where one of ``any_of`` is, no where all are no."""

    fact: str
    any_of: list[str]


class Since(Model):
    """``fact`` in years: from the date ``since`` to the end of its year."""

    fact: str
    since: str


class Limit(Model):
    """``part`` cannot be more than ``whole`` in the same year; ``sentence`` tells the asker."""

    part: Annotated[Term, BeforeValidator(parse_term)]
    whole: Annotated[Term, BeforeValidator(parse_term)]
    sentence: str


class Links(Model):
    """How the facts hang together."""

    calculated: list[Derivation]
    united: list[Union]
    implied: list[Implication]
    since: list[Since]
    limits: list[Limit]

    @model_validator(mode="after")
    def _once(self) -> Links:
        names = [u.fact for u in self.united]
        if len(set(names)) != len(names):
            raise ValueError("一个事实只能由一组事实合成一次")
        return self


@dataclass(frozen=True)
class Dictionary:
    """Every fact by id, and their links."""

    entries: dict[str, FactEntry]
    links: Links

    @cached_property
    def derivations(self) -> dict[str, list[Derivation]]:
        """The calculations of each fact."""
        table: dict[str, list[Derivation]] = {}
        for one in self.links.calculated:
            table.setdefault(one.fact, []).append(one)
        return table

    @cached_property
    def by_year(self) -> dict[int, Any]:
        """Room for the calculations bound to a year, which the checker keeps from one company to the next."""
        return {}

    @cached_property
    def unions(self) -> dict[str, list[str]]:
        """The parts of each united flag."""
        return {one.fact: one.any_of for one in self.links.united}

    def __getitem__(self, fact: str) -> FactEntry:
        return self.entries[fact]

    def __contains__(self, fact: str) -> bool:
        return fact in self.entries

    def of_key(self, key: str) -> FactEntry:
        """The entry of ``revenue@2025``. Raises KeyError where the fact is not in the dictionary."""
        return self.entries[split_key(key)[0]]


def split_key(key: str) -> tuple[str, int | None]:
    """``"revenue@2025"`` → ``("revenue", 2025)``; ``"class_1_ip"`` → ``("class_1_ip", None)``."""
    fact, _, year = key.partition("@")
    return fact, int(year) if year else None


@cache
def load_dictionary(root: Path = ROOT) -> Dictionary:
    """Read the dictionary. Raises CorpusError for an id that is used twice or used and not there."""
    entries: dict[str, FactEntry] = {}
    for path in sorted((root / "facts").glob("*.yaml")):
        for entry in read_yaml(path, list[FactEntry]):
            if entry.id in entries:
                raise CorpusError(f"语料文件 facts/{path.name} 里的事实 {entry.id} 写了两次，只能留一个。")
            entries[entry.id] = entry
    links: Links = read_yaml(root / "derivations.yaml", Links)
    for fact in _used(links, entries):
        if fact not in entries:
            raise CorpusError(f"语料文件 derivations.yaml 用到的事实 {fact} 不在 facts 里。")
    return Dictionary(entries, links)


def _used(links: Links, entries: dict[str, FactEntry]) -> list[str]:
    found = [name for entry in entries.values() for name in (*entry.hinted_by, *([entry.group] if entry.group else []))]
    for one in links.calculated:
        found += [one.fact, *(part.fact for part in one.from_.of if isinstance(part, Term))]
    for union in links.united:
        found += [union.fact, *union.any_of]
    for implication in links.implied:
        found += [implication.fact, *implication.needs]
    for since in links.since:
        found += [since.fact, since.since]
    return [*found, *(t.fact for limit in links.limits for t in (limit.part, limit.whole))]
