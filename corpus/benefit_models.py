"""Benefits as data: one file per measure that gives a company money, a waiver, a share, a service or a preference.

``benefits/<place>/*.yaml`` hold the benefits, ``benefits/holders.yaml`` the condition behind "for holders of this
title". Conditions are written in the language of ``criteria_tree``; targets and totals of a document are no benefits.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from corpus.criteria_models import PERIODS
from corpus.criteria_tree import (
    All,
    ChoiceIn,
    Compare,
    Constant,
    Node,
    Part,
    Term,
    leaves,
    parse_constant,
    parse_term,
    terms,
)
from corpus.facts_models import Dictionary, load_dictionary
from corpus.load import ROOT, CorpusError, read_yaml
from corpus.models import Confidence, Model, Ref, Title, split_ref

Kind = Literal["grant", "subsidy", "interest", "guarantee", "waiver", "quota", "investment", "service", "priority"]
Route = Literal["automatic", "apply", "unstated"]
Paid = Literal["once", "yearly", "unstated"]
Quantity = Annotated[Constant, BeforeValidator(parse_constant)]
BaseFact = Annotated[Term, BeforeValidator(parse_term)]


class Amount(Model):
    """How much: ``rate`` of the fact ``base`` (``of`` names it in words), at most ``cap``; without a rate, the whole base.

    ``at_most``: the clause gives the rate as an upper bound. A ``limit`` is a line of credit or guarantee and no money
    that the company receives. A cap alone says only what it cannot exceed; a rate without a base cannot be worked out.
    """

    rate: Quantity | None = None
    base: BaseFact | None = None
    of: str = ""
    cap: Quantity | None = None
    at_most: bool = False
    limit: bool = False

    @model_validator(mode="after")
    def _sound(self) -> Amount:
        if self.rate is not None and (self.rate.kind != "ratio" or not self.of):
            raise ValueError("rate 要写成百分数，并用 of 写明按什么算")
        if self.cap is not None and self.cap.kind != "money":
            raise ValueError("cap 要写成金额，例如 50万元")
        if self.rate is None and self.base is None and self.cap is None:
            raise ValueError("rate、base、cap 至少写一个；文件没有写金额的，整项 amount 不写")
        return self


class Benefit(Model):
    """One benefit. ``holder``: only for companies with this title; ``who``: what else has to hold.

    ``undefined`` is what the document leaves open about the right itself (who, whether, how much), so that nobody can
    be sure of it; ``find_out`` is what it does not say about getting it (contact, place, day). ``whom`` says in words
    who may have it, ``until`` the last day.
    """

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+$")]
    name: str
    gives: str
    ref: Ref
    clause: str
    place: str
    kind: Kind
    whom: str
    holder: Title | None = None
    who: Node | None = None
    amount: Amount | None = None
    paid: Paid = "unstated"
    route: Route = "unstated"
    department: str
    from_: date | None = Field(default=None, alias="from")
    until: date | None = None
    undefined: tuple[str, ...] = ()
    find_out: tuple[str, ...] = ()
    note: str = ""
    confidence: Confidence = "H"

    @property
    def document(self) -> str:
        """The id of the document that grants it."""
        return split_ref(self.ref)[0]

    def condition(self, holders: dict[Title, Part]) -> Part | None:
        """The whole condition tree; None where every company of the place may have it."""
        parts = [*([holders[self.holder]] if self.holder else []), *([self.who] if self.who else [])]
        if not parts:
            return None
        return parts[0] if len(parts) == 1 else All(of=tuple(parts))


class Benefits(Model):
    """Every benefit, narrowest place last, and the conditions of the titles."""

    all: tuple[Benefit, ...]
    holders: dict[Title, Node]

    def tree(self, benefit: Benefit) -> Part | None:
        """The condition tree of a benefit."""
        return benefit.condition(self.holders)


@cache
def load_benefits(root: Path = ROOT) -> Benefits:
    """Read every benefit. Raises CorpusError for an id that is used twice and for facts, periods or units that do not
    fit the dictionary."""
    folder, dictionary = root / "benefits", load_dictionary()
    holders: dict[Title, Part] = read_yaml(folder / "holders.yaml", dict[Title, Node])
    found: dict[str, Benefit] = {}
    for path in sorted(folder.glob("*/*.yaml")):
        benefit: Benefit = read_yaml(path, Benefit)
        if benefit.id in found:
            raise CorpusError(f"语料文件 benefits/{path.name} 里的编号 {benefit.id} 已经用过，每个编号只能出现一次。")
        if benefit.holder and benefit.holder not in holders:
            raise CorpusError(f"语料文件 benefits/{path.name}：称号 {benefit.holder} 不在 holders.yaml 里。")
        found[benefit.id] = benefit
        for part in [*([benefit.who] if benefit.who else []), *_base(benefit)]:
            _check(part, dictionary, path)
    for part in holders.values():
        _check(part, dictionary, folder / "holders.yaml")
    return Benefits(all=tuple(found.values()), holders=holders)


def _base(benefit: Benefit) -> list[Term]:
    return [benefit.amount.base] if benefit.amount and benefit.amount.base else []


def _check(part: Part, dictionary: Dictionary, path: Path) -> None:
    """Every fact is known, its period is one it has, and thresholds have its unit."""
    for term in terms(part):
        if term.fact not in dictionary:
            raise CorpusError(f"语料文件 benefits/{path.name} 用到的事实 {term.fact} 不在 facts 里。")
        if term.period not in PERIODS[dictionary[term.fact].period]:
            name = dictionary[term.fact].label
            raise CorpusError(f"语料文件 benefits/{path.name}：{name} 的期间不能写成 {term.period}。")
    if isinstance(part, Term):
        if dictionary[part.fact].type != "money":
            raise CorpusError(
                f"语料文件 benefits/{path.name}：{dictionary[part.fact].label} 不是金额，不能作计算基数。"
            )
        return
    for leaf in leaves(part):
        if isinstance(leaf, Compare) and isinstance(leaf.left, Term):
            entry = dictionary[leaf.left.fact]
            if entry.type != leaf.right.kind:
                raise CorpusError(f"语料文件 benefits/{path.name}：{entry.label} 不能同 {leaf.right.text} 比较。")
        if isinstance(leaf, ChoiceIn) and (wrong := set(leaf.choices) - set(dictionary[leaf.term.fact].choices)):
            names = "、".join(sorted(wrong))
            raise CorpusError(
                f"语料文件 benefits/{path.name}：{dictionary[leaf.term.fact].label} 没有“{names}”这一项。"
            )
