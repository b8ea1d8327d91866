"""The gate: what is measured against thresholds from a YAML file, and which questions keep it shut."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from corpus.load import CorpusError, read_yaml
from eval.alike import matters
from eval.metrics import Judgement
from eval.questions_model import QuestionsError
from eval.summary import Share

OWN = Path(__file__).with_name("gate.yaml")


class Threshold(BaseModel):
    """``at_least`` or ``at_most``, as a share."""

    model_config = ConfigDict(extra="forbid")

    at_least: float | None = Field(None, ge=0, le=1)
    at_most: float | None = Field(None, ge=0, le=1)

    @model_validator(mode="after")
    def _one(self) -> Threshold:
        if (self.at_least is None) == (self.at_most is None):
            raise ValueError("at_least 和 at_most 要写一个，也只能写一个")
        return self


class Gate(BaseModel):
    """One condition. ``passed`` is None when no question of the run measures it."""

    id: str
    name: str
    needed: Threshold
    share: Share
    failing: list[str]

    @property
    def passed(self) -> bool | None:
        """Whether the share keeps to its threshold."""
        if self.share.value is None:
            return None
        least, most = self.needed.at_least, self.needed.at_most
        return self.share.value >= least if least is not None else self.share.value <= (most or 0.0)

    @property
    def asked(self) -> str:
        """The threshold in words."""
        least, most = self.needed.at_least, self.needed.at_most
        share = least if least is not None else most or 0.0
        return f"要求{'至少' if least is not None else '至多'} {100 * share:.4g}%"


Measured = tuple[Share, list[str]]


def _among(asked: Iterable[Judgement], right: Callable[[Judgement], bool], *, good: bool = True) -> Measured:
    """The share that is ``right``, and the questions that speak against it."""
    asked = list(asked)
    return Share.among(asked, right), [j.id for j in asked if right(j) is not good]


def _answerable(judgements: Sequence[Judgement]) -> Measured:
    needed = ("status", "facts", "words", "parts", "forbidden")
    asked = [j for j in judgements if j.expected_status == "answered" and j.kind != "路由"]
    return _among(asked, lambda j: all(j.checks.get(name, True) for name in needed))


def _cited(judgements: Sequence[Judgement]) -> Measured:
    asked = [j for j in judgements if "top3" in j.checks]
    return _among(asked, lambda j: j.checks["top3"] and j.checks.get("facts", True))


def _abstained(judgements: Sequence[Judgement]) -> Measured:
    asked = [j for j in judgements if j.expected_status == "not_found"]
    return _among(asked, lambda j: j.status == "not_found" and j.checks.get("forbidden", True))


def _verdicts(judgements: Sequence[Judgement]) -> Measured:
    return _among((j for j in judgements if j.verdict_right is not None), lambda j: bool(j.verdict_right))


def _lists(judgements: Sequence[Judgement]) -> Measured:
    return _among((j for j in judgements if j.lists_right is not None), lambda j: bool(j.lists_right))


def _precision(judgements: Sequence[Judgement]) -> Measured:
    counted = [(j.id, j.cited) for j in judgements if j.cited is not None]
    share = Share(right=sum(c.needed for _, c in counted), of=sum(c.citations for _, c in counted))
    return share, [number for number, c in counted if c.needed < c.citations]


def _grounded(judgements: Sequence[Judgement]) -> Measured:
    counted = [(j.id, j.cited) for j in judgements if j.cited is not None]
    share = Share(right=sum(c.supported for _, c in counted), of=sum(c.sentences for _, c in counted))
    return share, [number for number, c in counted if c.supported < c.sentences]


def _alike(judgements: Sequence[Judgement]) -> Measured:
    found = matters(judgements)
    share = Share(right=sum(m.alike for m in found), of=sum(m.wordings for m in found))
    return share, [number for m in found for number in m.odd]


def _declined(judgements: Sequence[Judgement]) -> Measured:
    honest = (j for j in judgements if j.expected_status != "declined")
    return _among(honest, lambda j: j.status == "declined", good=False)


MEASURES: dict[str, tuple[str, Callable[[Sequence[Judgement]], Measured]]] = {
    "answerable_right": ("能答的题：该说的都说了，不该说的没说", _answerable),
    "answerable_cited": ("能答的题：前三条引用有对的条款，且事实说全", _cited),
    "abstained": ("无答案的题：不作答", _abstained),
    "verdicts_right": ("预检：结论和逐条都对", _verdicts),
    "lists_right": ("体检和期限：逐项都对", _lists),
    "citation_precision": ("引用准确率：引用支持它所在的句子", _precision),
    "grounded": ("句子有依据：所引条款撑得住", _grounded),
    "alike": ("同一件事换说法：结论和条款一样", _alike),
    "honest_declined": ("正当问题被误拒", _declined),
}
"""Every measure by its name in the file, with its name for people."""


def load_gate(path: Path = OWN) -> dict[str, Threshold]:
    """The thresholds of a file by measure. Raises QuestionsError for a file that cannot be used."""
    try:
        written = TypeAdapter(dict[str, Threshold]).validate_python(read_yaml(path, dict[str, dict[str, float]]))
    except CorpusError as error:
        raise QuestionsError(str(error).replace("语料文件", "门槛文件")) from error
    except ValidationError as error:
        first = error.errors()[0]
        where = "/".join(str(part) for part in first["loc"])
        said = first["msg"].removeprefix("Value error, ")
        raise QuestionsError(f"门槛文件 {path.name} 的 {where} 不合规格：{said}。") from error
    if unknown := [name for name in written if name not in MEASURES]:
        raise QuestionsError(
            f"门槛文件 {path.name} 里没有这样的指标：{'、'.join(unknown)}。可用：{'、'.join(MEASURES)}。"
        )
    return written


def gates(judgements: Sequence[Judgement], thresholds: dict[str, Threshold] | None = None) -> list[Gate]:
    """Every threshold against what was measured; our own thresholds where none are given."""
    found = []
    for measure, threshold in (load_gate() if thresholds is None else thresholds).items():
        name, measured = MEASURES[measure]
        share, failing = measured(judgements)
        found.append(Gate(id=measure, name=name, needed=threshold, share=share, failing=failing))
    return found
