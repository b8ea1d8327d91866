"""The flow for eligibility questions: facts of this turn join those of the thread, the checker decides, the answer
says why and what is still needed. No model and no search result has a part in the verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.answer import CriterionResult, Understood, Verdict
from assistant.criteria.check import check
from assistant.errors import BadInput
from assistant.facts.describe import describe
from assistant.policy.draft import Draft, DraftRow, Sentence
from assistant.statuses import Stop

if TYPE_CHECKING:
    from assistant.conversation import Turn
    from assistant.house import House

MARKS = {
    "met": "✓ 符合",
    "not_met": "✗ 不符合",
    "unknown": "? 待确认",
    "exempt": "– 不考察",
    "declared": "✓ 按您的说明",
    "manual": "? 需评审判断",
}
FULL = {
    "专精特新": "专精特新中小企业",
    "小巨人": "专精特新“小巨人”企业",
    "创新型": "创新型中小企业",
    "科技型": "科技型中小企业",
}
TRACKS = {"first": "首次申报", "review": "到期复核", "unknown": "首次或复核"}
MOST_QUESTIONS = 3


def eligibility(turn: Turn, house: House) -> None:
    """Sets ``turn.draft`` and ``turn.verdict``. Stops to ask which title is meant."""
    memory, extraction = turn.memory, turn.extraction
    merge(turn)
    title = extraction.title or memory.title or (turn.titles[0] if turn.titles else None)
    memory.checking = True
    memory.title, memory.track = title, extraction.track or memory.track
    memory.rest_affirmed = extraction.rest_affirmed or memory.rest_affirmed
    memory.excluded = sorted(
        {*memory.excluded, *extraction.excluded} - {s.key.partition("@")[0] for s in extraction.statements}
    )
    turn.understood = [describe(statement) for statement in extraction.statements]
    if title is None:
        raise Stop("needs_title")
    try:
        verdict = check(
            title,
            turn.facts,
            track=memory.track,  # type: ignore[arg-type]
            as_of=turn.as_of,
            rest_affirmed=memory.rest_affirmed,
            excluded=memory.excluded,
            problems=extraction.problems,
        )
    except BadInput as error:
        raise Stop("not_in_collection", str(error)) from error
    memory.asked = [m.fact for m in verdict.missing[:MOST_QUESTIONS]]
    memory.question = f"{FULL.get(title, title)}的条件"
    memory.checking = verdict.outcome != "eligible"
    turn.verdict = verdict
    turn.draft = draft(verdict, turn)


def merge(turn: Turn) -> None:
    """Facts of this turn replace earlier ones of the same key; a changed one is said aloud."""
    for statement in turn.extraction.statements:
        before = turn.facts.get(statement.key)
        if before is not None and before.state == "known" and (before.lo, before.hi, before.flag, before.choice) != (
            statement.value.lo, statement.value.hi, statement.value.flag, statement.value.choice,
        ):  # fmt: skip
            now: Understood = describe(statement)
            turn.notes.append(f"{now.label}改按{now.value}算。")
        turn.facts[statement.key] = statement.value


def draft(verdict: Verdict, turn: Turn) -> Draft:
    """The verdict in words: conclusion, what fails, what is open, what to do; all criteria as a table."""
    name = f"{FULL.get(verdict.title, verdict.title)}（{TRACKS[verdict.track]}）"
    failing = [c for c in verdict.criteria if c.outcome == "not_met"]
    said = [Sentence(headline(verdict, name, failing), (), "conclusion", own=True)]
    said += [Sentence(reason(c), _refs(c), "point", own=True) for c in failing]
    said += [Sentence(text, (), "caution", own=True) for text in (*verdict.conflicts, *verdict.notes)]
    if turn.memory.rest_affirmed:
        text = f"您说“{turn.memory.rest_affirmed}”，没有具体数字的各项先按达标算，请申报前逐项核实。"
        said.append(Sentence(text, (), "caution", own=True))
    said += [
        Sentence(f"{gap.action}" + (f"（最早{gap.earliest}）" if gap.earliest else ""), (), "next", own=True)
        for gap in verdict.gaps[:3]
    ]
    if verdict.outcome == "needs_info":
        said += [Sentence(m.question, (), "next", own=True) for m in verdict.missing[:MOST_QUESTIONS]]
    said.append(Sentence(verdict.disclaimer, (), "next", own=True))
    rows = [DraftRow((c.clause, MARKS[c.outcome], _values(c), c.threshold), _refs(c)) for c in verdict.criteria]
    reason_name = "needs_facts" if verdict.outcome in ("needs_info", "invalid_input") else "verdict_given"
    return Draft(
        sentences=said,
        columns=("条款", "结果", "您的情况", "要求"),
        rows=rows,
        reason=reason_name,
        follow_ups=follow_ups(verdict),
        checked_by_rule=True,
    )


def headline(verdict: Verdict, name: str, failing: list[CriterionResult]) -> str:
    """The conclusion in one sentence."""
    if verdict.outcome == "eligible":
        return f"**预检结论：按您说的情况，符合{name}的现行标准。**"
    if verdict.outcome == "not_eligible":
        clauses = "、".join(c.clause for c in failing)
        return f"**预检结论：按您说的情况，现在还不符合{name}的现行标准**，没过的是{clauses}。"
    if verdict.outcome == "invalid_input":
        return "**有数据对不上，先核实再判断。**"
    open_ = [c for c in verdict.criteria if c.outcome in ("unknown", "manual")]
    clash = "有数据互相矛盾，先核实；" if verdict.conflicts else ""
    return (
        f"**预检结论：现在还不能判断是否符合{name}。**{clash}还差{len(open_)}项：{'、'.join(c.clause for c in open_)}。"
    )


def reason(criterion: CriterionResult) -> str:
    """Why a criterion fails: values, threshold, margin."""
    parts = [
        f"{criterion.clause}不符合",
        _values(criterion),
        f"要求{criterion.threshold}" if criterion.threshold else "",
        criterion.margin,
    ]
    return "：".join(parts[:1]) + "：" + "；".join(p for p in parts[1:] if p) + "。"


def _values(criterion: CriterionResult) -> str:
    return "；".join(f"{label}{value}" for label, value in criterion.values.items()) or (
        "没有说到" if criterion.outcome == "unknown" else ""
    )


def _refs(criterion: CriterionResult) -> tuple[str, ...]:
    return (criterion.citation,) if criterion.citation else ()


def follow_ups(verdict: Verdict) -> list[str]:
    """What people ask next."""
    full = FULL.get(verdict.title, verdict.title)
    asks = [f"{full}的条件有哪些？", f"{full}怎么申报？"]
    if verdict.outcome == "eligible":
        return [f"{full}材料交到哪里？", "认定后每年要做什么？"]
    return asks
