"""Gold questions as the files of ``eval/questions`` hold them: policy questions and pre-checks.

A question is a list of messages and is judged on the answer to the last. Errors name the file, the question and
what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from assistant.answer import Family, Route
from assistant.checkup.models import Status
from corpus.load import Corpus, CorpusError, read_yaml
from corpus.models import Ref

ROOT = Path(__file__).with_name("questions")
JUDGED_ON = date(2026, 11, 21)
"""The day on which the gold questions were written; they are asked as if it were today."""
MESSAGES = {
    "missing": "缺了这一项",
    "extra_forbidden": "没有这一项，看看是不是写错了",
    "literal_error": "不在允许的取值里",
    "string_pattern_mismatch": "写法不对",
    "string_type": "应当是文字",
    "list_type": "应当是列表",
    "too_short": "至少要有一项",
}


VerdictOutcome = Literal["eligible", "not_eligible", "needs_info", "invalid_input"]


class QuestionsError(Exception):
    """The gold questions cannot be used; the message says which file, which question and why."""


class Part(BaseModel):
    """What one of several questions in a message needs: its clauses and facts as in Gold, or that nothing is found."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)

    gold: list[list[Ref]] = []
    facts: list[list[str]] = []

    @model_validator(mode="before")
    @classmethod
    def _as_written(cls, data: Any) -> Any:
        return _grouped(data) if isinstance(data, dict) else data

    @model_validator(mode="after")
    def _judgeable(self) -> Part:
        if not self.facts or any(not group for group in (*self.gold, *self.facts)):
            raise ValueError("parts 的每一部分都要有 facts，gold 和 facts 里不能有空的一项")
        return self


class Gold(BaseModel):
    """One gold question with what a right answer holds.

    ``gold`` lists groups of references: each group has to be hit, by any one of its alternatives. ``facts`` have to be
    stated (a list: any one of them), ``forbidden`` must not be. ``verdict``, ``failing``, ``not_failing`` and
    ``missing`` judge a pre-check by criterion ids (or, for ``missing``, fact ids); ``beside`` is its outcome by the
    standard that may be used instead. ``rows`` names the statuses that a benefit of a check-up may have (``absent``: it
    is not listed), ``duties`` the day of a rule, ``no_duties`` rules without any day to come. ``parts`` judge a message
    that asks several things, each part by itself. ``same`` names the matter that several wordings ask about. ``words``
    are facts in free words, judged by their figures and key words. What is left out is not judged.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)

    id: str = Field(pattern=r"^[a-z]+-\d+$")
    set: str = ""
    kind_of: str = Field("", alias="kind")
    same: str | None = None
    persona: Literal["owner", "specialist", "trainer"]
    place: str | None = None
    as_of: date | None = None
    turns: list[str] = Field(min_length=1)
    route: Route | None = None
    status: Family | None = None
    gold: list[list[Ref]] = []
    facts: list[list[str]] = []
    words: list[str] = []
    parts: list[Part] = []
    forbidden: list[str] = []
    title: str | None = None
    track: Literal["first", "review"] | None = None
    verdict: VerdictOutcome | None = None
    beside: VerdictOutcome | Literal["none"] | None = None
    failing: list[str] = []
    not_failing: list[str] = []
    missing: list[str] = []
    rows: dict[str, list[Status | Literal["absent"]]] = {}
    duties: dict[str, date] = {}
    no_duties: list[str] = []
    pair: str | None = None
    tags: list[str] = []
    note: str = ""

    @model_validator(mode="before")
    @classmethod
    def _as_written(cls, data: Any) -> Any:
        """``ask`` is one turn; a fact, a reference or a status outside a list is the only one of its group."""
        if not isinstance(data, dict):
            raise ValueError("一道题应当是“名称: 内容”的一组")
        data = dict(data)
        if ("ask" in data) == ("turns" in data):
            raise ValueError("ask 和 turns 要写一个，也只能写一个")
        if "ask" in data:
            data["turns"] = [data.pop("ask")]
        data = _grouped(data)
        if isinstance(rows := data.get("rows"), dict):
            data["rows"] = {name: part if isinstance(part, list) else [part] for name, part in rows.items()}
        return data

    @model_validator(mode="after")
    def _judgeable(self) -> Gold:
        if self.verdict and self.gold:
            raise ValueError("预检题看 verdict，不写 gold")
        if not (self.verdict or self.route or self.status or self.gold or self.facts or self.parts or self.words):
            raise ValueError("没有写怎样算对：route、status、gold、facts、verdict 至少写一个")
        if (self.gold or self.facts or self.parts or self.words) and self.status not in (None, "answered"):
            raise ValueError("有 gold、facts、parts 或 words 的题，status 应当是 answered")
        if self.parts and (self.gold or self.facts or len(self.parts) < 2):
            raise ValueError("parts 至少两部分，写了 parts 就不再写 gold 和 facts")
        if self.beside and not self.verdict:
            raise ValueError("beside 要和 verdict 一起写")
        if (self.rows and self.route != "checkup") or ((self.duties or self.no_duties) and self.route != "duties"):
            raise ValueError("rows 只用于 checkup 的题，duties 和 no_duties 只用于 duties 的题")
        if any(not group for group in (*self.gold, *self.facts)) or any(not turn.strip() for turn in self.turns):
            raise ValueError("gold、facts、turns 里有空的一项")
        return self

    @property
    def answerable(self) -> bool:
        """Whether the collection answers it, by a clause that is named."""
        return self.status == "answered" and bool(self.groups)

    @property
    def groups(self) -> list[list[Ref]]:
        """Every group of references, those of the parts included."""
        return [*self.gold, *(group for part in self.parts for group in part.gold)]

    @property
    def kind(self) -> str:
        """What sort of question it is: as the file says, else by what is judged."""
        if self.kind_of:
            return self.kind_of
        if self.verdict:
            return "资格预检" if len(self.turns) == 1 else "资格预检，多轮"
        if self.rows or self.duties or self.no_duties:
            return "体检" if self.rows else "期限"
        if self.status in ("not_found", "declined"):
            return "没有答案" if self.status == "not_found" else "应当拒绝"
        if self.parts:
            return "一次问几件事"
        if self.gold or self.facts or self.words:
            return "政策问答" if len(self.turns) == 1 else "政策问答，多轮"
        return "路由"

    @property
    def expected_route(self) -> str | None:
        """A pre-check goes to the checker even where the file does not repeat it."""
        return self.route or ("eligibility" if self.verdict else None)


def _grouped(data: dict[str, Any]) -> dict[str, Any]:
    """``gold`` and ``facts`` with what stands outside a list as the only one of its group."""
    written = {name: data[name] for name in ("gold", "facts") if isinstance(data.get(name), list)}
    return data | {name: [x if isinstance(x, list) else [x] for x in groups] for name, groups in written.items()}


def load_questions(sets: Sequence[str] = (), root: Path = ROOT) -> list[Gold]:
    """The questions of these sets (all when none is named), in file order.

    A set is a file's name without its ending, or what the names of several begin with (``eligibility``). Raises
    QuestionsError for a file that cannot be used and for a set that does not exist.
    """
    questions: list[Gold] = []
    for path in _files(sets, root):
        try:
            records = read_yaml(path, list[Any])
        except CorpusError as error:
            raise QuestionsError(str(error).replace("语料文件", "题目文件")) from error
        for number, record in enumerate(records, 1):
            questions += [_question(path, number, one) for one in _wordings(record)]
    seen: dict[str, str] = {}
    for question in questions:
        if question.id in seen:
            both = f"{seen[question.id]} 和 {question.set}"
            raise QuestionsError(f"题号 {question.id} 在 {both} 里重复了，每个题号只能用一次。")
        seen[question.id] = question.set
    return questions


def _wordings(record: Any) -> list[Any]:
    """A record with ``asks`` stands for one question per wording, numbered on: ``wo-07`` gives ``wo-0701``, …"""
    if not isinstance(record, dict) or not isinstance(record.get("asks"), list):
        return [record]
    shared = {name: value for name, value in record.items() if name != "asks"}
    return [{**shared, "id": f"{record.get('id')}{n:02}", "ask": ask} for n, ask in enumerate(record["asks"], 1)]


def _files(sets: Sequence[str], root: Path) -> list[Path]:
    files = sorted(root.glob("*.yaml"))
    if not files:
        raise QuestionsError(f"没有找到题目文件，请检查文件夹 {root.name} 里有没有 .yaml 文件。")
    chosen: set[Path] = set()
    for name in sets:
        found = [f for f in files if f.stem == name] or [f for f in files if f.stem.startswith(f"{name}_")]
        if not found:
            raise QuestionsError(f"没有叫“{name}”的题集。现有：{'、'.join(f.stem for f in files)}。")
        chosen.update(found)
    return [f for f in files if f in chosen] if sets else files


def _question(path: Path, number: int, record: Any) -> Gold:
    name = record.get("id") if isinstance(record, dict) else None
    where = f"题目文件 {path.name} 的第 {number} 题" + (f"（{name}）" if name else "")
    if isinstance(record, dict) and "set" in record:
        raise QuestionsError(f"{where}不用写 set，题集就是文件名。")
    try:
        return Gold.model_validate({**record, "set": path.stem} if isinstance(record, dict) else record)
    except ValidationError as error:
        first = error.errors()[0]
        field = "/".join(str(part) for part in first["loc"])
        message = MESSAGES.get(first["type"], first["msg"].removeprefix("Value error, "))
        raise QuestionsError(f"{where}{f'的 {field} ' if field else ''}不合规格：{message}。") from error


def unknown_references(questions: Iterable[Gold], corpus: Corpus) -> list[str]:
    """``题号：引用`` for every gold reference that the corpus does not hold."""
    found = ((q.id, ref) for q in questions for group in q.groups for ref in group)
    return [f"{number}：{ref}" for number, ref in found if ref not in corpus.clauses]
