"""One answer against its gold question: every check with its result, and in words what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pydantic import BaseModel

from assistant.answer import Answer, Verdict
from eval.listed import NOTHING, Listed, list_checks
from eval.questions_model import Gold
from eval.stated import Said

CHECKS = {
    "top1": "首条", "top3": "前三", "top10": "检索前十", "facts": "事实", "forbidden": "无错事实", "route": "路由",
    "status": "状态", "verdict": "预检结论", "failing": "不达标项", "not_failing": "未误判", "missing": "缺项",
    "exact": "不多判", "beside": "另一套标准", "rows": "体检结论", "duties": "期限",
}  # fmt: skip
"""Every check by its id, with its name in tables."""
INFORMATIVE = frozenset({"top1", "top10", "exact"})
"""Measured and shown; an answer is right without them."""
VERDICT_CHECKS = frozenset({"verdict", "failing", "not_failing", "missing", "beside"})
LIST_CHECKS = frozenset({"rows", "duties"})


class Judgement(BaseModel):
    """How one question went. ``checks`` holds only what the question asks for; ``ms`` has one time per turn."""

    id: str
    set: str
    question: str
    expected_status: str | None
    answerable: bool
    route: str
    status: str
    reason: str
    checks: dict[str, bool]
    wrong: list[str]
    first_line: str
    ms: list[float] = []

    @property
    def passed(self) -> bool:
        """Whether every check that counts is met."""
        return all(ok for name, ok in self.checks.items() if name not in INFORMATIVE)

    @property
    def verdict_right(self) -> bool | None:
        """Whether outcome and criteria of a pre-check are right; None for other questions."""
        if "verdict" not in self.checks:
            return None
        return all(ok for name, ok in self.checks.items() if name in VERDICT_CHECKS)

    @property
    def lists_right(self) -> bool | None:
        """Whether a check-up or a list of duties holds what it should; None for other questions."""
        if LIST_CHECKS.isdisjoint(self.checks):
            return None
        return all(ok for name, ok in self.checks.items() if name in LIST_CHECKS)


def judge(
    question: Gold,
    answer: Answer,
    ranking: Sequence[Iterable[str]],
    ms: Sequence[float] = (),
    listed: Listed = NOTHING,
) -> Judgement:
    """Judge the answer to the last turn.

    ``ranking`` is the retrieval ranking, best first; each rank holds the references that it leads to. ``listed`` is what
    a check-up or a list of duties came to.
    """
    checks: dict[str, bool] = {}
    wrong: list[str] = []

    def check(name: str, ok: bool, why: str) -> None:
        checks[name] = ok
        if not ok and why:
            wrong.append(why)

    if question.expected_route:
        same = answer.route == question.expected_route
        check("route", same, f"路由应为 {question.expected_route}，实为 {answer.route}")
    if question.status:
        same = answer.status == question.status
        check("status", same, f"状态应为 {question.status}，实为 {answer.status}（{answer.reason}）")
    if question.gold:
        cited = [[c.ref] for c in answer.citations]
        check("top1", reached(question.gold, cited, 1), "")
        check("top3", reached(question.gold, cited, 3), f"引用前 3 条里缺 {_lost(question.gold, cited[:3])}")
        check("top10", reached(question.gold, ranking, 10), f"检索前 10 名里缺 {_lost(question.gold, ranking[:10])}")
    text = Said(answer.answer)
    if question.facts:
        unsaid = [" / ".join(group) for group in question.facts if not any(text.states(fact) for fact in group)]
        check("facts", not unsaid, f"没有说到 {'；'.join(unsaid)}")
    if question.forbidden:
        everything = Said("\n".join([answer.answer, *answer.notes]))
        said = [fact for fact in question.forbidden if everything.states(fact)]
        check("forbidden", not said, f"出现了不该有的 {'；'.join(said)}")
    if question.verdict:
        for name, ok, why in verdict_checks(question, answer.verdict):
            check(name, ok, why)
    for name, ok, why in list_checks(question, listed):
        check(name, ok, why)
    return Judgement(
        id=question.id, set=question.set, question=" → ".join(question.turns), expected_status=question.status,
        answerable=question.answerable, route=answer.route, status=answer.status, reason=answer.reason, checks=checks,
        wrong=wrong, first_line=first_line(answer.answer), ms=list(ms),
    )  # fmt: skip


def reached(gold: Sequence[Sequence[str]], ranks: Sequence[Iterable[str]], k: int) -> bool:
    """Whether the first ``k`` ranks hit every group of ``gold``, or ``k`` of them where there are more than ``k``."""
    return len(gold) - len(_missed(gold, ranks[:k])) >= min(k, len(gold))


def _missed(gold: Sequence[Sequence[str]], ranks: Sequence[Iterable[str]]) -> list[Sequence[str]]:
    refs = {re.sub(r"__para_\d+$", "", ref) for rank in ranks for ref in rank} | {ref for rank in ranks for ref in rank}
    return [group for group in gold if refs.isdisjoint(group)]


def _lost(gold: Sequence[Sequence[str]], ranks: Sequence[Iterable[str]]) -> str:
    return "；".join(" / ".join(group) for group in _missed(gold, ranks))


def verdict_checks(question: Gold, verdict: Verdict | None) -> list[tuple[str, bool, str]]:
    """Name, result and complaint of each check of a pre-check."""
    if verdict is None:
        asked = [n for n in ("failing", "not_failing", "missing", "beside") if getattr(question, n)]
        return [("verdict", False, "没有给出预检结论"), *((name, False, "") for name in asked)]
    checks = [("verdict", not (why := _outcome(question, verdict)), why)]
    failing = [c.id for c in verdict.criteria if c.outcome == "not_met"]
    if question.beside:
        other = verdict.beside[0].outcome if verdict.beside else "none"
        checks.append(("beside", other == question.beside, f"另一套标准应为 {question.beside}，实为 {other}"))
    if question.failing:
        lost = [x for x in question.failing if not _named(x, failing)]
        checks.append(("failing", not lost, f"没有判为不达标：{'、'.join(lost)}"))
        extra = [x for x in failing if not any(_named(gold, [x]) for gold in question.failing)]
        checks.append(("exact", not extra, ""))
    if question.not_failing:
        false = [x for x in question.not_failing if _named(x, failing)]
        checks.append(("not_failing", not false, f"误判为不达标：{'、'.join(false)}"))
    if question.missing:
        listed = [c.id for c in verdict.criteria if c.outcome == "unknown"]
        listed += [x for m in verdict.missing for x in (m.fact, m.fact.partition("@")[0], *m.criteria)]
        lost = [x for x in question.missing if not _named(x, listed)]
        checks.append(("missing", not lost, f"没有列为还缺：{'、'.join(lost)}"))
    return checks


def _outcome(question: Gold, verdict: Verdict) -> str:
    """What is wrong with outcome, title or procedure; empty when right. An open procedure contradicts none."""
    if verdict.outcome != question.verdict:
        failing = "、".join(c.id for c in verdict.criteria if c.outcome == "not_met")
        unknown = "、".join(c.id for c in verdict.criteria if c.outcome in ("unknown", "manual"))
        parts = (failing and f"不达标 {failing}", unknown and f"未定 {unknown}", *verdict.conflicts)
        details = "；".join(part for part in parts if part)
        return f"结论应为 {question.verdict}，实为 {verdict.outcome}" + (f"（{details}）" if details else "")
    if question.title and question.title not in verdict.title:
        return f"称号应为 {question.title}，实为 {verdict.title}"
    if question.track and verdict.track not in (question.track, "unknown"):
        return f"程序应为 {question.track}，实为 {verdict.track}"
    return ""


def _named(wanted: str, ids: Iterable[str]) -> bool:
    """Whether ``wanted`` is one of the ids, or a part of one (``item_2`` in ``annex_1__item_2``)."""
    return any(wanted == x or wanted in re.split(r"__|[./#:]", x) for x in ids)


def first_line(text: str, most: int = 90) -> str:
    """The first line with words, cut to ``most`` characters."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return line if len(line) <= most else f"{line[: most - 1]}…"
