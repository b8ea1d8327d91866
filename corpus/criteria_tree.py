"""The tree that criteria are written in: pure data, read from YAML, so that any evaluator can be built over it.

A node is a mapping with one key (plus what belongs to it)::

    all: [node, …]              any: [node, …]              not: node
    ge|gt|le|lt: [operand, 1500万元]      word: 以上         # the word of the clause, checked against its convention
    flag: fact                  flag_not: fact
    choice_at_least: [fact, provincial]      choice_in: [fact, [a, b]]
    each: {over: L2Y, test: node}            # in ``test`` the period is written YEAR
    by_track: {first: node, review: node}
    not_examined: why           unsettled: why              # the source leaves it open: always unknown
    reading: {of: node, other: node, note: text}            # a second reading of the words; the first one decides

Operands are ``fact.PERIOD`` (``fact`` alone is NOW), ``ratio: [a, b]``, ``product: [a, b]``, ``difference: [a, b]``,
``sum: fact.L2Y`` or ``sum: [a, b]``, ``mean: [a, b]``, ``growth: [last, first, 2年]`` (compound, per year) and
``compound: [g, h]`` (the yearly rate that yearly rates amount to), ``score: name`` (points of a score item, of a group
of items, or ``total``; see ``ScoreItem``). Periods count from the year of the round: THIS is the round's own year, Y1 (and END, its close) the
accounting year before, Y2, Y3 and Y4 those before, L2Y and L3Y the spans of two and three years that end with Y1.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SerializeAsAny

from corpus.quantities import find_quantities

OFFSETS: dict[str, int | None] = {
    "NOW": None, "THIS": 0, "Y1": -1, "END": -1, "L2Y": -1, "L3Y": -1, "Y2": -2, "Y3": -3, "Y4": -4, "YEAR": 0,
    "Y": 0, "Y-1": -1, "Y-2": -2, "Y+1": 1,
}  # fmt: skip
"""Years between the base year (of the round; for the ``Y…`` periods of a derivation, of the fact) and the period."""
SPANS = {"L2Y": ("Y1", "Y2"), "L3Y": ("Y1", "Y2", "Y3")}
KINDS = {"money": "money", "percent": "ratio", "years": "years", "points": "points", "count": "count"}
Operator = Literal["ge", "gt", "le", "lt"]
OPERATORS: tuple[Operator, ...] = ("ge", "gt", "le", "lt")
FLIPPED: dict[Operator, Operator] = {"ge": "lt", "gt": "le", "le": "gt", "lt": "ge"}


class Part(BaseModel):
    """Base of every operand and node."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Term(Part):
    """A fact in a period. ``year`` is filled in when the tree is bound to a round."""

    fact: str
    period: str = "NOW"
    year: int | None = None

    @property
    def key(self) -> str:
        """``fact`` or ``fact@year``, as company facts are keyed."""
        return self.fact if self.year is None else f"{self.fact}@{self.year}"

    def at(self, base: int) -> Term:
        """The term with its year, counted from ``base``."""
        offset = OFFSETS[self.period]
        return self if offset is None else self.model_copy(update={"year": base + offset})


class Constant(Part):
    """A threshold: its words and its exact value in base units (元, fraction, years, points, pieces)."""

    text: str
    value: Fraction
    kind: str


class Calculation(Part):
    """An operand that is calculated from others."""

    op: Literal["ratio", "product", "difference", "sum", "mean", "growth", "compound"]
    of: tuple[Operand, ...]
    years: int = 1


class Score(Part):
    """Points of a score table: of one item, of a group, or of all. ``items`` and ``label`` come with the standard, and
    ``told``: the facts in which a company may tell the points of a group or the total themselves."""

    name: str
    label: str = ""
    items: tuple[ScoreItem, ...] = ()
    told: tuple[tuple[str, str], ...] = ()


Operand = Annotated[Term | Calculation | Score, BeforeValidator(lambda raw: parse_operand(raw))]  # noqa: PLW0108 - defined below


Limit = Annotated[Constant, BeforeValidator(lambda raw: parse_constant(raw))]  # noqa: PLW0108 - defined below


class Compare(Part):
    """``left op right``; ``window`` is the number of years over which the clause repeats the test."""

    op: Operator
    left: Operand
    right: Constant
    word: str = ""
    window: int = 1


class Flag(Part):
    """The fact has to be yes (``holds``) or no."""

    term: Term
    holds: bool = True


class ChoiceAtLeast(Part):
    """An ordered choice has to reach ``level`` (or, negated, stay below it)."""

    term: Term
    level: str
    holds: bool = True


class ChoiceIn(Part):
    """The choice has to be (or, negated, must not be) one of ``choices``."""

    term: Term
    choices: tuple[str, ...]
    holds: bool = True


class All(Part):
    """Every part has to hold."""

    of: tuple[Node, ...] = Field(min_length=1)


class AnyOf(Part):
    """One part has to hold: alternatives."""

    of: tuple[Node, ...] = Field(min_length=1)


class Not(Part):
    """The part must not hold."""

    of: Node


class Each(Part):
    """The test has to hold in every year of ``over``."""

    over: str
    test: Node


class ByTrack(Part):
    """Another test for a first application than for a review (复核)."""

    first: Node
    review: Node


class NotExamined(Part):
    """Not looked at here (不考察): never stands in the way, and is not "met" either."""

    why: str


class Unsettled(Part):
    """The source leaves it open: unknown, whatever the facts."""

    why: str


class Reading(Part):
    """``of`` decides; where ``other``, a second reading of the same words, decides otherwise, ``note`` says so."""

    of: Node
    other: Node
    note: str


Node = Annotated[SerializeAsAny[Part], BeforeValidator(lambda raw: parse_node(raw))]  # noqa: PLW0108 - defined below


class Band(Part):
    """``points`` where ``when`` holds."""

    points: Limit
    when: Node


class Per(Part):
    """``points`` for every part that holds."""

    points: Limit
    of: tuple[Node, ...] = Field(min_length=1)


class ScoreItem(Part):
    """One line of a score table: the first of ``bands`` that holds counts (else ``otherwise``), or so much ``per`` part
    that holds; never more than ``max``."""

    id: str
    label: str
    max: Limit
    group: str = ""
    bands: tuple[Band, ...] = ()
    per: Per | None = None
    otherwise: Limit = Field(default_factory=lambda: parse_constant("0分"))
    note: str = ""
    confidence: str = "H"

    @property
    def conditions(self) -> tuple[Part, ...]:
        """The trees that the item looks at."""
        return self.per.of if self.per else tuple(band.when for band in self.bands)


def parse_constant(text: Any) -> Constant:
    """``"1500万元"`` → its exact value. ValueError where it is no single quantity with a unit."""
    if isinstance(text, Constant):
        return text
    found = find_quantities(str(text))
    if len(found) != 1 or found[0].text != str(text) or found[0].kind not in KINDS:
        raise ValueError(f"门槛“{text}”要写成一个带单位的数，例如 1500万元、80%、3年、50分、1项")
    return Constant(text=str(text), value=found[0].value, kind=KINDS[found[0].kind])


def parse_term(raw: Any) -> Term:
    """``"revenue.Y1"`` → fact and period; ``"class_1_ip"`` is NOW."""
    if isinstance(raw, Term):
        return raw
    fact, _, period = str(raw).partition(".")
    if not fact.isidentifier() or (period or "NOW") not in OFFSETS:
        raise ValueError(f"“{raw}”不是“事实.期间”的写法，例如 revenue.Y1")
    return Term(fact=fact, period=period or "NOW")


def parse_operand(raw: Any) -> Term | Calculation | Score:
    """A term, or a mapping with one calculation or score."""
    if isinstance(raw, Term | Calculation | Score):
        return raw
    if not isinstance(raw, dict):
        return parse_term(raw)
    if len(raw) != 1:
        raise ValueError(f"一个算式只能有一个名字，这里有 {'、'.join(map(str, raw))}")
    op, of = next(iter(raw.items()))
    if op == "score":
        return Score(name=str(of))
    if op == "growth":
        years = parse_constant(of[2]).value
        return Calculation(op="growth", of=(parse_operand(of[0]), parse_operand(of[1])), years=int(years))
    if op == "sum" and isinstance(of, str):
        term = parse_term(of)
        of = [Term(fact=term.fact, period=period) for period in SPANS[term.period]]
    if op not in ("ratio", "product", "difference", "sum", "mean", "compound"):
        raise ValueError(f"没有名叫“{op}”的算式")
    parts = tuple(parse_operand(part) for part in of)
    return Calculation(op=op, of=parts, years=len(parts) if op == "compound" else 1)


def parse_node(raw: Any) -> Part:
    """A mapping as in the module's docstring → the node. ValueError says what is wrong."""
    if isinstance(raw, Part):
        return raw
    if not isinstance(raw, dict):
        raise ValueError(f"条件要写成“名字: 内容”的形式，这里是“{raw}”")
    fields = dict(raw)
    word = str(fields.pop("word", ""))
    if len(fields) != 1:
        raise ValueError(f"一个条件只能有一个名字，这里有 {'、'.join(map(str, fields)) or '零个'}")
    name, body = next(iter(fields.items()))
    for op in OPERATORS:
        if name == op:
            return Compare(op=op, left=parse_operand(body[0]), right=parse_constant(body[1]), word=word)
    if word:
        raise ValueError(f"“word”只能写在比较上，不能写在“{name}”上")
    if name not in NODES:
        raise ValueError(f"没有名叫“{name}”的条件")
    return NODES[name](body)


NODES: dict[str, Callable[[Any], Part]] = {
    "all": lambda body: All(of=body),
    "any": lambda body: AnyOf(of=body),
    "not": lambda body: Not(of=body),
    "flag": lambda body: Flag(term=parse_term(body)),
    "flag_not": lambda body: Flag(term=parse_term(body), holds=False),
    "choice_at_least": lambda body: ChoiceAtLeast(term=parse_term(body[0]), level=body[1]),
    "choice_in": lambda body: ChoiceIn(term=parse_term(body[0]), choices=tuple(body[1])),
    "each": lambda body: Each(**body),
    "by_track": lambda body: ByTrack(**body),
    "not_examined": lambda body: NotExamined(why=body),
    "unsettled": lambda body: Unsettled(why=body),
    "reading": lambda body: Reading(**body),
}


Leaf = Compare | Flag | ChoiceAtLeast | ChoiceIn


def children(node: Part) -> tuple[Part, ...]:
    """The parts of a node, in order; none for a leaf."""
    match node:
        case All(of=of) | AnyOf(of=of):
            return of
        case Not(of=one):
            return (one,)
        case Each(test=test):
            return (test,)
        case ByTrack(first=first, review=review):
            return (first, review)
        case Reading(of=one, other=other):
            return (one, other)
    return ()


def leaves(node: Part) -> list[Leaf]:
    """Every leaf under ``node`` that looks at a fact or a score, in order; the leaves of a score come after it."""
    if isinstance(node, Compare) and isinstance(node.left, Score):
        return [node, *(leaf for item in node.left.items for part in item.conditions for leaf in leaves(part))]
    if isinstance(node, Leaf):
        return [node]
    return [leaf for child in children(node) for leaf in leaves(child)]


def terms(part: Part) -> list[Term]:
    """Every term that a node or operand looks at, in order."""
    match part:
        case Term():
            return [part]
        case Calculation(of=of):
            return [term for one in of for term in terms(one)]
        case Score(items=items):
            return [term for item in items for one in item.conditions for term in terms(one)]
        case Compare(left=left):
            return terms(left)
        case Flag(term=term) | ChoiceAtLeast(term=term) | ChoiceIn(term=term):
            return [term]
    return [term for child in children(part) for term in terms(child)]


def with_scores(
    node: Part, items: tuple[ScoreItem, ...], labels: dict[str, str], told: tuple[tuple[str, str], ...] = ()
) -> Part:
    """``node`` with the items of every score that it compares, and with the facts in which points may be ``told``.

    ValueError for a score that the table does not have.
    """

    def within(part: Part) -> Part:
        return with_scores(part, items, labels, told)

    match node:
        case Compare(left=Score(name=name) as score):
            chosen = tuple(item for item in items if name in ("total", item.id, item.group))
            if not chosen:
                raise ValueError(f"评分表里没有“{name}”这一项或这一组")
            label = labels.get(name) or next((item.label for item in chosen if item.id == name), "总得分")
            full = score.model_copy(update={"items": chosen, "label": label, "told": told})
            return node.model_copy(update={"left": full})
        case All(of=of) | AnyOf(of=of):
            return node.model_copy(update={"of": tuple(within(part) for part in of)})
        case Not(of=one):
            return Not(of=within(one))
        case ByTrack(first=first, review=review):
            return ByTrack(first=within(first), review=within(review))
        case Reading(of=one, other=other):
            return node.model_copy(update={"of": within(one), "other": within(other)})
    return node


for model in (Score, Band, Per, ScoreItem, Calculation, Compare, All, AnyOf, Not, Each, ByTrack, Reading):
    model.model_rebuild()
