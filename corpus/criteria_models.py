"""Standards of recognition as data: one file per title and version, its rules and, beside them, its tests."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, field_validator

from corpus.criteria_tree import Compare, Node, Operator, ScoreItem, Term, leaves, parse_term, terms, with_scores
from corpus.facts_models import Dictionary, FactEntry, load_dictionary
from corpus.load import ROOT, CorpusError, read_yaml
from corpus.models import Confidence, DocumentId, EId, InForce, Model, Title
from corpus.places import places

Basis = Literal["computed", "declared", "declared_unless_said", "manual"]
Track = Literal["first", "review"]
TermField = Annotated[Term, BeforeValidator(parse_term)]


class Remark(Model):
    """A sentence shown with the criterion where ``when`` definitely holds."""

    when: Node
    note: str


class Criterion(Model):
    """One criterion. ``basis`` says who settles it: figures, the company's own word, or a judge.

    ``words`` stands for the threshold where the tree is too long to read.
    ``declared_unless_said``: the company's word suffices, and figures that were said are looked at all the same.
    ``document`` stands where the clause is not one of the standard's own document, ``place`` (a full name) where the
    criterion only holds there.
    """

    id: EId
    clause: str
    eid: EId
    document: DocumentId | None = None
    place: str = ""
    label: str
    test: Node
    exempt_if: Node | None = None
    words: str = ""
    basis: Basis = "computed"
    confidence: Confidence = "H"
    note: str = ""
    remarks: tuple[Remark, ...] = ()

    @field_validator("place")
    @classmethod
    def _known(cls, place: str) -> str:
        if place and place not in places():
            raise ValueError(f"没有叫“{place}”的地区，要写全称，如 上海市")
        return place

    @property
    def parts(self) -> list[Any]:
        """The trees of the criterion."""
        return [self.test, *([self.exempt_if] if self.exempt_if else []), *(r.when for r in self.remarks)]

    @property
    def test_facts(self) -> frozenset[str]:
        """The facts that the test looks at."""
        return frozenset(term.fact for term in terms(self.test))


class Assumption(Model):
    """Taken for granted as long as nothing was said of it; ``note`` tells the asker.

    ``is`` is yes or no; ``above`` and ``most`` give a range. With ``unless_said`` and ``unless_yes`` a word on another
    fact is enough to ask instead; with ``only_if`` it is only assumed where facts are known to be these choices, with
    ``only_if_no`` where these facts are known to be none.
    """

    fact: TermField
    is_: bool | None = Field(default=None, alias="is")
    above: str | None = None
    most: str | None = None
    unless_said: tuple[str, ...] = ()
    unless_yes: tuple[str, ...] = ()
    only_if: dict[str, str] = Field(default_factory=dict)
    only_if_no: tuple[str, ...] = ()
    note: str


class Transition(Model):
    """Reviews started before ``review_started_before`` may be judged by the older standard."""

    eid: EId
    review_started_before: date
    note: str


class Rounds(Model):
    """When in the year the rounds are held (months, both included)."""

    from_month: int = Field(ge=1, le=12)
    until_month: int = Field(ge=1, le=12)
    eid: EId


class Case(Model):
    """A test beside the rules: the sample company, changed by ``given`` and ``without``, and what has to come out.

    ``points`` are those of score items by their id, as the verdict shows them: 15分, or 5到20分.
    """

    name: str
    letter: str = ""
    track: Track | None = "first"
    fresh: bool = False
    given: dict[str, Any] = Field(default_factory=dict)
    without: tuple[str, ...] = ()
    rest: bool = False
    excluded: tuple[str, ...] = ()
    outcome: Literal["eligible", "not_eligible", "needs_info", "invalid_input"]
    criteria: dict[str, str] = Field(default_factory=dict)
    points: dict[str, str] = Field(default_factory=dict)
    asks: tuple[str, ...] = ()


class Tests(Model):
    """Year of the round, a company that passes, and the cases."""

    round: int
    base: dict[str, Any]
    cases: list[Case] = Field(min_length=1)


class Gate(Model):
    """Criteria that several standards share; ``assume`` comes with them."""

    id: str
    criteria: list[Criterion]
    assume: tuple[Assumption, ...] = ()


class Standard(Model):
    """One version of one title's standard. ``convention`` says which operator each word of the source stands for.

    ``score_labels`` names the groups of ``scores`` and their total, ``score_facts`` the facts in which a company may
    tell their points. A ``draft`` is checked by the linter and used for
    nothing else.
    """

    id: str
    draft: bool = False
    title: Title
    names: list[str]
    name: str
    document: DocumentId
    held: str
    in_force: InForce
    supersedes: DocumentId | None = None
    transition: Transition | None = None
    rounds: Rounds | None = None
    convention: dict[str, Operator]
    include: tuple[str, ...] = ()
    scores: tuple[ScoreItem, ...] = ()
    score_labels: dict[str, str] = Field(default_factory=dict)
    score_facts: dict[str, str] = Field(default_factory=dict)
    criteria: list[Criterion]
    assume: tuple[Assumption, ...] = ()
    notes: tuple[str, ...] = ()
    tests: Tests

    def wrong_words(self) -> str:
        """What is wrong with the ids or with the words of the comparisons; empty where all is well."""
        seen: set[str] = set()
        for criterion in self.criteria:
            if criterion.id in seen:
                return f"条件编号 {criterion.id} 用了两次"
            seen.add(criterion.id)
            for part in [criterion.test, *([criterion.exempt_if] if criterion.exempt_if else [])]:
                for leaf in leaves(part):
                    if isinstance(leaf, Compare) and self.convention.get(leaf.word) != leaf.op:
                        said = f"“{leaf.word}”" if leaf.word else "没有写明用词（word）"
                        return f"{criterion.id} 的门槛 {leaf.right.text}：{said}，与比较符 {leaf.op} 不符"
        return ""


NOT_STANDARDS = {"gate", "size"}
"""Folders beside the standards: criteria that several share, and the size classes, which have a form of their own."""


def standard_files(root: Path = ROOT) -> list[Path]:
    """The file of every standard, drafts too."""
    return sorted(path for path in (root / "criteria").rglob("*.yaml") if path.parent.name not in NOT_STANDARDS)


def load_gates(root: Path = ROOT) -> dict[str, Gate]:
    """The criteria that several standards share, by id."""
    found: list[Gate] = [read_yaml(path, Gate) for path in sorted((root / "criteria").glob("gate/*.yaml"))]
    return {gate.id: gate for gate in found}


def complete(standard: Standard, gates: dict[str, Gate]) -> Standard:
    """The standard as read, with its shared criteria and score table put in.

    ValueError for a gate or a score that is not there.
    """
    missing = [name for name in standard.include if name not in gates]
    if missing:
        raise ValueError(f"引用的共同条件 {'、'.join(missing)} 不存在")
    shared = [gates[name] for name in standard.include]
    criteria = [*(c for gate in shared for c in gate.criteria), *standard.criteria]
    assume = (*(a for gate in shared for a in gate.assume), *standard.assume)
    return standard.model_copy(update={"criteria": [_scored(c, standard) for c in criteria], "assume": assume})


@cache
def load_standards(root: Path = ROOT) -> tuple[Standard, ...]:
    """Every standard with its shared criteria, oldest first; drafts are left out. Raises CorpusError where one cannot
    be used."""
    dictionary, gates = load_dictionary(root), load_gates(root)
    found: list[Standard] = []
    for path in standard_files(root):
        standard: Standard = read_yaml(path, Standard)
        if standard.draft:
            continue
        try:
            standard = complete(standard, gates)
        except ValueError as error:
            raise CorpusError(f"语料文件 {path.name} 不合规格：{error}。") from error
        if wrong := standard.wrong_words():
            raise CorpusError(f"语料文件 {path.name} 不合规格：{wrong}。")
        _check_facts(standard, dictionary, path)
        found.append(standard)
    return tuple(sorted(found, key=lambda s: (s.in_force.from_ or date.min, s.id)))


def _scored(criterion: Criterion, standard: Standard) -> Criterion:
    def scored(part: Any) -> Any:
        return with_scores(part, standard.scores, standard.score_labels, tuple(standard.score_facts.items()))

    changed = {"test": scored(criterion.test)}
    if criterion.exempt_if is not None:
        changed["exempt_if"] = scored(criterion.exempt_if)
    return criterion.model_copy(update=changed)


PERIODS = {"now": {"NOW"}, "span": {"L2Y", "L3Y"}, "year": {"Y1", "Y2", "Y3", "Y4", "END", "THIS", "YEAR"}}


def _check_facts(standard: Standard, dictionary: Dictionary, path: Path) -> None:
    for fact in standard.score_facts.values():
        if fact not in dictionary or dictionary[fact].type != "points":
            raise CorpusError(f"语料文件 {path.name} 的 score_facts：{fact} 不是 facts 里的一个分数。")
    for criterion in standard.criteria:
        for part in criterion.parts:
            for term in terms(part):
                if term.fact not in dictionary:
                    where = f"语料文件 {path.name} 的 {criterion.id}"
                    raise CorpusError(f"{where} 用到的事实 {term.fact} 不在 facts 里。")
                _check_period(term, dictionary[term.fact], criterion, path)
            for leaf in leaves(part):
                if isinstance(leaf, Compare) and isinstance(leaf.left, Term):
                    entry = dictionary[leaf.left.fact]
                    if entry.type != leaf.right.kind:
                        where = f"语料文件 {path.name} 的 {criterion.id}"
                        raise CorpusError(f"{where}：{entry.label} 不能同 {leaf.right.text} 比较，单位不一样。")


def _check_period(term: Term, entry: FactEntry, criterion: Criterion, path: Path) -> None:
    if term.period not in PERIODS[entry.period]:
        raise CorpusError(f"语料文件 {path.name} 的 {criterion.id}：{entry.label} 的期间不能写成 {term.period}。")
