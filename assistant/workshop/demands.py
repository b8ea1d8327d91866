"""What a standard demands, taken apart by matter: every condition that has to hold by itself, with its clause.

A criterion is split where all of its parts have to hold; what stands between alternatives stays together, and what
exempts from a criterion exempts from each of its parts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.criteria.tree import bind
from assistant.criteria_authoring.table_words import condition
from corpus.criteria_models import Criterion, Standard, Track
from corpus.criteria_tree import (
    All,
    AnyOf,
    ByTrack,
    Compare,
    Each,
    Leaf,
    Not,
    NotExamined,
    Part,
    Reading,
    Score,
    Term,
    Unsettled,
    leaves,
    terms,
)
from corpus.facts_models import Dictionary
from corpus.load import documents_with_text, read_yaml
from corpus.models import Model

ROUND = 2026
"""The round to which every tree is bound before two are compared, so that their years mean the same."""
SCORE = "score"
SPAN_WORDS = {"L2Y": "近两年每年：", "L3Y": "近三年每年："}


class Theme(Model):
    """A matter that standards are put side by side by, with the facts that belong to it."""

    id: str
    label: str
    facts: tuple[str, ...]


@cache
def themes() -> tuple[Theme, ...]:
    """Every matter in the order of a comparison."""
    return tuple(read_yaml(Path(__file__).with_name("themes.yaml"), list[Theme]))


@cache
def theme_of_fact() -> dict[str, str]:
    """Fact → the id of its matter."""
    return {fact: theme.id for theme in themes() for fact in theme.facts}


@dataclass(frozen=True)
class Conjunct:
    """One condition that has to hold by itself. ``node`` is bound (with what exempts), ``part`` as it is written."""

    criterion: Criterion
    part: Part
    node: Part
    examined: bool

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts that the condition itself looks at, each once; those of a score table are not among them."""
        return tuple(dict.fromkeys(term.fact for leaf in self.leaves for term in terms(leaf)))

    @property
    def leaves(self) -> list[Leaf]:
        """The single conditions, without those of a score table and without the scores themselves."""
        found = leaves(self.part)
        inside = {id(leaf) for one in found if _is_score(one) for leaf in leaves(one)}
        return [leaf for leaf in found if id(leaf) not in inside]

    @property
    def themes(self) -> tuple[str, ...]:
        """The matters that the condition is about; one with a score is about the evaluation, with all its other ways in."""
        if self.scored:
            return (SCORE,)
        return tuple(dict.fromkeys(theme_of_fact()[fact] for fact in self.facts))

    @property
    def scored(self) -> bool:
        """Whether points of a score table decide (some of) it."""
        return any(map(_is_score, leaves(self.part)))

    @property
    def alone(self) -> bool:
        """Whether it is one threshold that has to be reached, with no way round it."""
        inner = self.part.test if isinstance(self.part, Each) else self.part
        return isinstance(inner, Leaf) and self.criterion.exempt_if is None


def _is_score(leaf: Leaf) -> bool:
    return isinstance(leaf, Compare) and isinstance(leaf.left, Score)


def conjuncts(standard: Standard, track: Track) -> list[Conjunct]:
    """Every condition of the standard in its own order, as it holds for one track."""
    found = []
    for criterion in standard.criteria:
        exempt = criterion.exempt_if
        bound = None if exempt is None else bind(exempt, track=track, round_year=ROUND)
        for part in split(criterion.test, track):
            node = bind(part, track=track, round_year=ROUND)
            whole = node if bound is None else AnyOf(of=(node, bound))
            found.append(Conjunct(criterion, part, whole, not isinstance(part, NotExamined)))
    return found


def split(node: Part, track: Track) -> Iterator[Part]:
    """The parts of a test that each have to hold, for one track, as they are written."""
    match node:
        case All(of=of):
            for part in of:
                yield from split(part, track)
        case ByTrack(first=first, review=review):
            yield from split(first if track == "first" else review, track)
        case Each(over=over, test=All(of=of)):
            for part in of:
                yield Each(over=over, test=part)
        case _:
            yield node


def in_words(node: Part, dictionary: Dictionary, *, inside: bool = False) -> str:
    """A condition as it is written, in words: 上年度营业收入不低于1500万元，或近两年新增股权投资（机构实缴）不低于2000万元."""
    match node:
        case All(of=of):
            words = ("，并且" if inside else "；").join(in_words(part, dictionary, inside=True) for part in of)
            return f"（{words}）" if inside and len(of) > 1 else words
        case AnyOf(of=of):
            shown = [w for part in of if (w := in_words(part, dictionary, inside=True))]
            words = "，或".join(shown)
            return f"（{words}）" if inside and len(shown) > 1 else words
        case Each(over=over, test=test):
            return SPAN_WORDS[over] + in_words(test, dictionary, inside=True)
        case ByTrack(first=first, review=review):
            return f"首次：{in_words(first, dictionary)}；复核：{in_words(review, dictionary)}"
        case Not(of=one):
            return f"不能是：{in_words(one, dictionary)}"
        case Reading(of=one):
            return in_words(one, dictionary, inside=inside)
        case NotExamined(why=why):
            return why
        case Unsettled():
            return "其他情形文件没有写明"
        case _ if isinstance(node, Leaf):
            return leaf_words(node, dictionary)
    return ""


def leaf_words(leaf: Leaf, dictionary: Dictionary) -> str:
    """One condition with its period: 上年度营业收入不低于1500万元; 没有“产品属于…”."""
    if isinstance(leaf, Compare):
        return when(leaf, dictionary) + condition(leaf, dictionary)
    label = dictionary[leaf.term.fact].label
    said = condition(leaf, dictionary)
    if said.endswith("：是"):
        return label
    return f"没有“{label}”" if said.endswith("：否") else said


def when(leaf: Leaf, dictionary: Dictionary) -> str:
    """The period before a fact's name, where the name does not say it already."""
    found = terms(leaf)
    if len(found) != 1 or (isinstance(leaf, Compare) and not isinstance(leaf.left, Term)):
        return ""
    term = found[0]
    label = dictionary[term.fact].label
    if "上年" in label:
        return ""
    if term.period == "END" and label.startswith("年末"):
        return "上"
    words = {"Y1": "上年度", "END": "上年度末", "THIS": "申报当年", "Y2": "上年度的前一年", "Y3": "上年度的前两年"}
    return words.get(term.period, "")


def citation_of(criterion: Criterion, standard: Standard) -> str:
    """``document#eId`` of the clause behind a criterion; empty where the collection does not hold its text."""
    document = criterion.document or standard.document
    return f"{document}#{criterion.eid}" if document in documents_with_text() else ""
