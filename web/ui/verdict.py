"""The verdict of a pre-check: a banner and a table of criteria. Marks always come with words."""

from __future__ import annotations

from html import escape

from assistant.answer import Answer, CriterionResult, Verdict
from assistant.words import OUTCOME_ORDER as ORDER
from web.ui.markdown import chip
from web.ui.words import CHANGEABLE, OUTCOME, TITLES, TRACK, VERDICT

DECIDING = ("not_met", "unknown")
"""What stands in the way is shown at once; the rest can be opened."""


def verdict_table(answer: Answer, turn: str) -> str:
    """Banner, count of outcomes and table; empty without a verdict."""
    verdict = answer.verdict
    if verdict is None:
        return ""
    numbers = {c.ref: c.n for c in answer.citations}
    ordered = sorted(verdict.criteria, key=lambda c: ORDER.index(c.outcome))
    deciding = [c for c in ordered if c.outcome in DECIDING]
    rest = [c for c in ordered if c not in deciding]
    caption = f"{verdict.standard} · {TRACK[verdict.track]}"
    tables = _table(deciding or rest, caption, numbers, turn)
    if deciding and rest:
        more = _table(rest, "其余各项", numbers, turn)
        tables += f'<details class="tl-rest"><summary>其余 {len(rest)} 项没有拦着，点开看</summary>{more}</details>'
    return f'<section class="tl-verdict tl-verdict-{verdict.outcome}" aria-label="预检结果">{_banner(verdict)}{gap_table(verdict)}{tables}</section>'


def _table(criteria: list[CriterionResult], caption: str, numbers: dict[str, int], turn: str) -> str:
    head = "".join(f'<th scope="col">{name}</th>' for name in ("条款", "结果", "您的情况", "要求"))
    rows = "".join(_row(c, numbers, turn) for c in criteria)
    return (
        f'<table class="tl-criteria"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _banner(verdict: Verdict) -> str:
    mark, words = VERDICT[verdict.outcome]
    title = TITLES.get(verdict.title, verdict.title)
    counts = {name: sum(c.outcome == name for c in verdict.criteria) for name in ORDER}
    parts = [f"{OUTCOME[name][0]} {OUTCOME[name][1]} {n}" for name, n in counts.items() if n]
    return (
        f'<div class="tl-banner"><span class="tl-banner-mark" aria-hidden="true">{mark}</span>'
        f'<div><p class="tl-banner-text">{words} · {escape(title)}</p><p class="tl-counts">{"　".join(parts)}</p></div></div>'
    )


def _row(c: CriterionResult, numbers: dict[str, int], turn: str) -> str:
    mark, words = OUTCOME[c.outcome]
    values = "".join(
        f'<li><span class="tl-value-name">{escape(name)}</span><b>{escape(value)}</b></li>'
        for name, value in c.values.items()
    )
    margin = f'<p class="tl-margin">{escape(c.margin)}</p>' if c.margin else ""
    note = f'<p class="tl-note">{escape(c.note)}</p>' if c.note else ""
    own = (f"<ul>{values}</ul>" if values else '<span class="tl-none">没有说到</span>') + margin
    n = numbers.get(c.citation)
    source = chip(turn, n, known=numbers.values()) if n else ""
    return (
        f'<tr class="tl-{c.outcome}"><th scope="row"><span class="tl-criterion">{escape(c.clause)}{source}</span>'
        f'<span class="tl-criterion-label">{escape(c.label)}</span></th>'
        f'<td data-label="结果"><span class="tl-outcome"><span aria-hidden="true">{mark}</span> {words}</span></td>'
        f'<td data-label="您的情况">{own}</td><td data-label="要求">{escape(c.threshold) or "–"}{note}</td></tr>'
    )


def gap_table(verdict: Verdict) -> str:
    """What is missing: for which clause, what would have to change, the earliest round; empty where nothing is."""
    if not verdict.gaps:
        return ""
    clauses = {c.id: c.clause for c in verdict.criteria}
    rows = "".join(
        f'<tr><th scope="row">{escape(clauses.get(gap.criterion, ""))}</th><td>{escape(gap.action)}</td>'
        f"<td>{escape(gap.earliest or CHANGEABLE[gap.changeable])}</td></tr>"
        for gap in verdict.gaps
    )
    head = "".join(f'<th scope="col">{name}</th>' for name in ("条款", "怎么补", "最早哪一轮"))
    return (
        f'<table class="tl-gap-table"><caption>还差什么</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def without_gaps(verdict: Verdict | None, text: str) -> str:
    """The lines of a text that say no gap, which the table says."""
    gaps = [gap.action for gap in verdict.gaps] if verdict else []
    return "\n".join(line for line in text.split("\n") if not any(line.startswith(f"- {gap}") for gap in gaps))


def open_questions(verdict: Verdict | None, answered: str) -> str:
    """The questions still open that the answer's text has not asked."""
    rest = [m.question for m in verdict.missing if m.question not in answered] if verdict else []
    if not rest:
        return ""
    items = "".join(f"<li>{escape(question)}</li>" for question in rest)
    return f'<details class="tl-open"><summary>后面可能还要了解 {len(rest)} 项</summary><ul>{items}</ul></details>'
