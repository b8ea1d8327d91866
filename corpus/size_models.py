"""The size of a company by its trade (中小企业划型) as data: floors per trade and class, and the tests beside them.

Source: 工信部联企业〔2011〕300号, trades by 国统字〔2017〕213号.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from corpus.criteria_tree import All, AnyOf, ChoiceIn, Compare, Constant, Operator, Part, Term, parse_constant
from corpus.facts_models import Dictionary, load_dictionary
from corpus.load import ROOT, CorpusError, read_yaml
from corpus.models import DocumentId, EId, Model

SizeClass = Literal["large", "medium", "small", "micro"]
Line = Literal["large", "medium", "small"]
LINES: tuple[Line, ...] = ("large", "medium", "small")
CLASSES: tuple[SizeClass, ...] = (*LINES, "micro")
Floors = dict[str, Annotated[Constant, BeforeValidator(parse_constant)]]
TRADE = Term(fact="industry")


class Trade(Model):
    """One trade: the least figures of its classes, by indicator. ``confidence`` names the lines that are not H."""

    trade: str
    clause: str
    eid: EId
    large: Floors = Field(min_length=1)
    medium: Floors
    small: Floors
    confidence: dict[Line, Literal["M", "K"]] = Field(default_factory=dict)

    def floors(self, line: Line) -> Floors:
        """The least figures of a class, by indicator."""
        found: Floors = getattr(self, line)
        return found

    @model_validator(mode="after")
    def _descending(self) -> Trade:
        for upper, lower in pairwise(LINES):
            high, low = self.floors(upper), self.floors(lower)
            if high.keys() != low.keys():
                raise ValueError(f"{self.trade}的各档要看同样的指标")
            if any(low[name].value >= high[name].value for name in high):
                raise ValueError(f"{self.trade}的下一档要比上一档低")
        return self


class SizeCase(Model):
    """A test beside the floors: a company, the classes that are possible, and whether it is an SME."""

    name: str
    given: dict[str, Any]
    classes: tuple[SizeClass, ...]
    outcome: Literal["eligible", "not_eligible", "needs_info"]
    asks: tuple[str, ...] = ()


class SizeTests(Model):
    """Year of the round, and the cases."""

    round: int
    cases: list[SizeCase] = Field(min_length=1)


class SizeStandard(Model):
    """The size standard. ``indicators``: the term that each indicator is read from."""

    id: str
    title: str
    names: tuple[str, ...]
    name: str
    document: DocumentId
    convention: dict[str, Operator]
    indicators: dict[str, Annotated[Term, BeforeValidator(lambda raw: Term(**_term(raw)))]]
    notes: tuple[str, ...] = ()
    trades: list[Trade] = Field(min_length=1)
    tests: SizeTests

    def reached(self, trade: Trade, line: Line) -> All:
        """Every figure of the line is reached (and it is not one class down)."""
        return All(of=tuple(self._compare(name, "及以上", floor) for name, floor in trade.floors(line).items()))

    def below_large(self, trade: Trade) -> AnyOf:
        """One figure is below the line of the large: an SME."""
        return AnyOf(of=tuple(self._compare(name, "以下", floor) for name, floor in trade.large.items()))

    def sme(self) -> All:
        """Whether a company is an SME, in one tree, decided as soon as it comes out the same in every possible trade."""
        tests = [self.below_large(trade) for trade in self.trades]
        in_its_trade = [
            AnyOf(of=(ChoiceIn(term=TRADE, choices=(trade.trade,), holds=False), test))
            for trade, test in zip(self.trades, tests, strict=True)
        ]
        return All(of=(*in_its_trade, AnyOf(of=tuple(tests))))

    def _compare(self, indicator: str, word: str, floor: Constant) -> Compare:
        return Compare(op=self.convention[word], left=self.indicators[indicator], right=floor, word=word)


def _term(raw: str) -> dict[str, str]:
    fact, _, period = str(raw).partition(".")
    return {"fact": fact, "period": period}


@cache
def load_size(root: Path = ROOT) -> SizeStandard:
    """The size standard. Raises CorpusError where its trades or indicators are not those of the fact dictionary."""
    path = root / "criteria" / "size" / "2017.yaml"
    standard: SizeStandard = read_yaml(path, SizeStandard)
    if wrong := _wrong(standard, load_dictionary(root)):
        raise CorpusError(f"语料文件 size/{path.name} 不合规格：{wrong}。")
    return standard


def _wrong(standard: SizeStandard, dictionary: Dictionary) -> str:
    trades = tuple(trade.trade for trade in standard.trades)
    if trades != dictionary[TRADE.fact].choices:
        return "行业与事实 industry 的选项不一致"
    for trade in standard.trades:
        for name, floor in trade.large.items():
            if name not in standard.indicators:
                return f"{trade.trade}的指标 {name} 没有写明看哪个事实"
            if dictionary[standard.indicators[name].fact].type != floor.kind:
                return f"{trade.trade}的 {floor.text} 与 {name} 的单位不一样"
    return ""


def parts_of(standard: SizeStandard, trade: str | None) -> list[Part]:
    """The indicators that decide in a trade (of all trades where it is not known)."""
    names = dict.fromkeys(n for t in standard.trades if trade in (None, t.trade) for n in t.large)
    return [standard.indicators[name] for name in names]
