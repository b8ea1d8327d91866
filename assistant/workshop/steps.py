"""The way to a verdict, one criterion at a time: what the company has, what is asked, the clause, and why."""

from __future__ import annotations

from assistant.answer import CriterionResult, Outcome, Verdict
from assistant.criteria.exact import NO, YES, Trace
from assistant.criteria.explain import describe
from assistant.criteria.judge import Judged
from assistant.criteria.table import Table
from assistant.criteria.words import say, say_points
from assistant.workshop.models import RESULTS, Solution, Step, StepPart
from assistant.workshop.samples import Made, made
from assistant.workshop.verdicts import judged_of
from corpus.criteria_tree import Compare, NotExamined, Score, Unsettled, terms
from corpus.facts_models import Dictionary

OUTCOMES: dict[Outcome, str] = {
    "met": "达到", "not_met": "没有达到", "unknown": "还不能判断", "exempt": "不考察", "declared": "如实说明即可", "manual": "由专家判断",
}  # fmt: skip


def solution(company: str, upto: int) -> Solution:
    """The first ``upto`` steps of a made company's solution; the result comes with the last one. Raises BadInput for an
    unknown company."""
    one = made(company)
    steps = all_steps(one)
    count = max(0, min(upto, len(steps)))
    found = Solution(company=company, revealed=count, steps=steps[:count], total=len(steps), done=count == len(steps))
    if not found.done:
        return found
    verdict = one.verdict
    return found.model_copy(
        update={
            "result": verdict.outcome, "result_label": RESULTS[verdict.outcome], "conclusion": conclusion(verdict),
            "gaps": verdict.gaps, "missing": [missing.question for missing in verdict.missing],
            "disclaimer": "这是虚构的企业，用来练习；真实的企业以主管部门审核认定为准。",
        }
    )  # fmt: skip


def all_steps(one: Made) -> list[Step]:
    """Every criterion in the standard's own order: what everybody needs first, then the title's own conditions."""
    judged, table = judged_of(one.facts, one.setting)
    return [_step(n, row, judged[row.id], table) for n, row in enumerate(one.verdict.criteria, 1)]


def conclusion(verdict: Verdict) -> str:
    """The result with the clauses that decide it, in a sentence."""
    deciding = {"not_eligible": "not_met", "needs_info": "unknown"}.get(verdict.outcome)
    rows = [f"{row.clause}（{row.label}）" for row in verdict.criteria if row.outcome == deciding]
    if verdict.outcome == "eligible":
        return f"{len(verdict.criteria)}项都没有问题，符合。"
    if verdict.outcome == "not_eligible":
        return f"不符合，没有达到的是：{'；'.join(rows)}。"
    return f"还不能判断，要补充情况的是：{'；'.join(rows)}。"


def _step(number: int, row: CriterionResult, judged: Judged, table: Table) -> Step:
    return Step(
        number=number, criterion=row.id, clause=row.clause, label=row.label, citation=row.citation,
        threshold=row.threshold, values=row.values, parts=_parts(judged, table), outcome=row.outcome,
        outcome_label=OUTCOMES[row.outcome], reason=_reason(row),
    )  # fmt: skip


def _parts(judged: Judged, table: Table) -> list[StepPart]:
    found = [_part(trace, table, "") for trace in judged.test.tests()]
    if judged.exemption is not None:
        found += [_part(trace, table, "豁免情形：") for trace in judged.exemption.tests()]
    return [part for part in found if part is not None]


def _part(trace: Trace, table: Table, before: str) -> StepPart | None:
    if isinstance(trace.node, NotExamined | Unsettled):
        return None
    result = {YES: "yes", NO: "no"}.get(trace.value, "open")
    condition = before + describe(trace.node, table.dictionary)
    return StepPart.model_validate({"condition": condition, "value": _value(trace, table.dictionary), "result": result})


def _value(trace: Trace, dictionary: Dictionary) -> str:
    node = trace.node
    if trace.known is None:
        return "没有提供"
    if isinstance(node, Compare) and isinstance(node.left, Score):
        return say_points(trace.points)
    entry = dictionary[terms(node)[0].fact]
    return say(trace.known.value, entry, node.right.value if isinstance(node, Compare) else None)


def _reason(row: CriterionResult) -> str:
    said = [OUTCOMES[row.outcome]]
    if row.outcome == "unknown" and row.missing:
        said.append("还要知道" + "、".join(row.missing))
    elif row.margin:
        said.append(row.margin)
    return "：".join(said) + "。" + row.note
