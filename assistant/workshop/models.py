"""What the workshop shows, as plain models, for the API, the pages and the handouts."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel

from assistant.answer import Gap, Outcome
from corpus.criteria_models import Basis, Track

Change = Literal["same", "stricter", "looser", "new", "gone", "unit", "different", "absent"]
CHANGES: dict[Change, str] = {
    "same": "一样", "stricter": "更严", "looser": "更宽", "new": "新增", "gone": "取消", "unit": "口径不同", "different": "不同",
    "absent": "都没有",
}  # fmt: skip
Result = Literal["eligible", "not_eligible", "needs_info", "invalid_input"]
RESULTS: dict[Result, str] = {
    "eligible": "符合", "not_eligible": "不符合", "needs_info": "还不能判断", "invalid_input": "数据有误",
}  # fmt: skip
SampleKind = Literal["eligible", "one_reason", "several", "needs_info", "boundary", "near_miss", "review", "exempt"]
SAMPLE_KINDS: dict[SampleKind, str] = {
    "eligible": "全部达到", "one_reason": "只差一项", "several": "差好几项", "needs_info": "情况不全", "boundary": "正好踩线",
    "near_miss": "差一点点", "review": "到期复核", "exempt": "有豁免",
}  # fmt: skip


class StandardInfo(BaseModel):
    """One version of a title's standard. ``in_force``: on the asked day; ``citation``: where its document begins, or
    empty where the collection does not hold its text."""

    id: str
    title: str
    name: str
    document: str
    document_title: str
    number: str
    from_: date | None
    until: date | None
    in_force: bool
    confidence: str
    criteria: int
    scores: int
    places: list[str] = []
    notes: list[str] = []


class Subject(BaseModel):
    """One column of a comparison: a standard as it holds in a place. ``left_out`` says which local criteria fell away."""

    standard: StandardInfo
    place: str
    left_out: str = ""


class Demand(BaseModel):
    """What one standard asks in a row: the condition in words with its clause. ``shared``: a condition that reaches over
    several matters and stands in the row of each; ``citation`` is ``document#eId`` or empty."""

    criterion: str
    clause: str
    label: str
    words: str
    exempt: str = ""
    citation: str = ""
    basis: Basis = "computed"
    confidence: str = "H"
    place: str = ""
    note: str = ""
    shared: bool = False


class Difference(BaseModel):
    """How column ``to`` differs from column ``of``. A direction is only given where it follows from the rules."""

    of: int
    to: int
    kind: Change
    label: str
    words: str = ""


class LineCell(BaseModel):
    """One threshold. ``must``: it has to be reached by itself, not as one way among several."""

    text: str
    must: bool
    clause: str
    citation: str = ""


class Line(BaseModel):
    """One fact of one period across the columns; None where a standard does not look at it."""

    fact: str
    label: str
    cells: list[LineCell | None]
    differences: list[Difference]


class Row(BaseModel):
    """One matter across the columns: what each standard demands, what differs, and the single thresholds.

    ``scored``: per column, whether the matter only earns points there.
    """

    theme: str
    label: str
    cells: list[list[Demand]]
    scored: list[bool]
    differences: list[Difference]
    lines: list[Line]


class ScoreCell(BaseModel):
    """One item of a score table: its maximum and its bands in words, the highest first."""

    item: str
    label: str
    group: str
    max: str
    bands: list[str]
    note: str = ""
    confidence: str = "H"


class ScoreRow(BaseModel):
    """Items about the same matter across the columns."""

    label: str
    cells: list[ScoreCell | None]
    differences: list[Difference]


class Comparison(BaseModel):
    """Two or three standards side by side for one track. ``counts``: rows by kind of difference, first column against
    the last; ``summary``: the same in a sentence."""

    subjects: list[Subject]
    track: Track
    rows: list[Row]
    scores: list[ScoreRow]
    counts: dict[Change, int]
    summary: str


class SizeRow(BaseModel):
    """One line of the size classes: a class and indicator across trades; empty where a trade does not have it."""

    label: str
    cells: list[str]


class SizeComparison(BaseModel):
    """The size classes of two or more trades side by side."""

    name: str
    trades: list[str]
    clauses: list[str]
    rows: list[SizeRow]
    notes: list[str]


class SampleFact(BaseModel):
    """One figure of a made company."""

    key: str
    label: str
    value: str


class SampleCompany(BaseModel):
    """A made company with its task; the solution is not in it. ``id`` is enough to make it again."""

    id: str
    name: str
    trade: str
    place: str
    standard: str
    standard_name: str
    title: str
    track: Track
    round: int
    kind: SampleKind
    kind_label: str
    facts: list[SampleFact]
    steps: int
    fictitious: Literal[True] = True


class StepPart(BaseModel):
    """One condition inside a step: what is asked, what the company has, and what comes of it."""

    condition: str
    value: str
    result: Literal["yes", "no", "open"]


class Step(BaseModel):
    """One criterion worked through."""

    number: int
    criterion: str
    clause: str
    label: str
    citation: str
    threshold: str
    values: dict[str, str]
    parts: list[StepPart]
    outcome: Outcome
    outcome_label: str
    reason: str


class Solution(BaseModel):
    """The steps revealed so far; ``result`` comes with the last one."""

    company: str
    revealed: int
    steps: list[Step]
    total: int
    done: bool
    result: Result | None = None
    result_label: str = ""
    conclusion: str = ""
    gaps: list[Gap] = []
    missing: list[str] = []
    disclaimer: str = ""


Topic = Literal["threshold", "qualifies", "failing", "version", "change", "clause", "amount", "deadline", "body"]
TOPICS: dict[Topic, str] = {
    "threshold": "门槛是多少", "qualifies": "符合不符合", "failing": "哪一条不够", "version": "按哪一版", "change": "新旧变化",
    "clause": "哪一条规定", "amount": "多少钱、多少比例", "deadline": "什么时候以前", "body": "哪个部门",
}  # fmt: skip


class Option(BaseModel):
    """One option to choose: ``id`` is a, b, c or d."""

    id: str
    text: str


class Recipe(BaseModel):
    """From what a question is made, so that its answer can be worked out again: the topic with its own parameters."""

    topic: Topic
    subject: str
    detail: str = ""
    place: str
    as_of: date


class Question(BaseModel):
    """A question as it is asked. ``facts`` describe a made company, where the question is about one."""

    topic: Topic
    topic_label: str
    level: int
    stem: str
    facts: list[SampleFact] = []
    options: list[Option]


class Key(BaseModel):
    """The answer to a question, worked out from the rules or the clauses: the right option with clause and reason.

    ``right`` is empty where no option is right any more (the collection has changed): such a question counts for nobody.
    """

    right: str
    answer: str
    clause: str
    citation: str
    explanation: str


class QuizQuestion(BaseModel):
    """A question with its recipe and its key: for trainers and handouts only."""

    number: int
    question: Question
    recipe: Recipe
    key: Key


class Quiz(BaseModel):
    """A quiz for trainers. ``short_of``: how many questions fewer than wanted could be made."""

    place: str
    as_of: date
    seed: int
    level: int | None
    questions: list[QuizQuestion]
    short_of: int = 0
