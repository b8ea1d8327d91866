"""The checks on a pre-check: its outcome, and criterion by criterion what fails and what is still open."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.answer import Verdict
from eval.questions_model import Gold


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
