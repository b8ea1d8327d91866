"""A verdict on paper: the outcome, every criterion with its reasons, what is lacking and when it can be had."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from assistant.answer import CriterionResult, Gap, Verdict
from assistant.export.paper import Block, Callout, Cell, Column, Heading, Item, Listing, Paragraph, Span, Table
from assistant.words import CHANGEABLE, OUTCOME, OUTCOME_ORDER, TITLES, TRACK, VERDICT

Tone = Literal["plain", "good", "bad", "open"]
TONE: dict[str, Tone] = {
    "eligible": "good", "not_eligible": "bad", "needs_info": "open", "invalid_input": "open",
    "met": "good", "not_met": "bad", "unknown": "open",
}  # fmt: skip
COLUMNS = tuple(
    Column(name=name, weight=weight) for name, weight in (("条款", 22), ("结果", 12), ("您的情况", 36), ("要求", 38))
)
GAP_COLUMNS = tuple(
    Column(name=name, weight=weight)
    for name, weight in (("条款", 22), ("要补什么", 56), ("能不能补", 14), ("最早哪一轮", 16))
)


def verdict_blocks(verdict: Verdict, numbers: Mapping[str, int]) -> list[Block]:
    """The blocks of a verdict and of those that may be used instead. ``numbers``: clause ``document#eId`` → citation."""
    found = _one(verdict, numbers)
    for other in verdict.beside:
        found.append(Heading(text=f"也可以按{other.standard}", level=2))
        found += _one(other, numbers)
    return found


def _one(verdict: Verdict, numbers: Mapping[str, int]) -> list[Block]:
    mark, words = VERDICT[verdict.outcome]
    counts = {name: sum(c.outcome == name for c in verdict.criteria) for name in OUTCOME_ORDER}
    counted = "，".join(f"{OUTCOME[name][1]} {n} 项" for name, n in counts.items() if n)
    lines = [f"{verdict.standard}，{TRACK[verdict.track]}", counted, *verdict.conflicts]
    title = f"{mark} {words}：{TITLES.get(verdict.title, verdict.title)}"
    ordered = sorted(verdict.criteria, key=lambda c: OUTCOME_ORDER.index(c.outcome))
    found: list[Block] = [
        Callout(title=title, lines=tuple((Span(text=line),) for line in lines if line), tone=TONE[verdict.outcome]),
        Heading(text="逐条结果", level=2),
        Table(name="逐条结果", columns=COLUMNS, rows=tuple(_row(c, numbers) for c in ordered)),
    ]
    if verdict.gaps:
        labels = {c.id: c for c in verdict.criteria}
        rows = tuple(_gap(gap, labels.get(gap.criterion)) for gap in verdict.gaps)
        found += [
            Heading(text="还差什么，最早哪一轮", level=2),
            Table(name="还差什么", columns=GAP_COLUMNS, rows=rows),
        ]
    if verdict.missing:
        items = tuple(Item(text=(Span(text=m.question),), mark="□") for m in verdict.missing)
        found += [Heading(text="还要了解", level=2), Listing(items=items)]
    found += [Paragraph(text=note, role="small") for note in verdict.notes]
    return found


def _row(c: CriterionResult, numbers: Mapping[str, int]) -> tuple[Cell, ...]:
    n = numbers.get(c.citation)
    clause = (Span(text=c.clause, bold=True), *([Span(cite=n)] if n else []), Span(text=f"\n{c.label}"))
    own = "\n".join([*(f"{name}：{value}" for name, value in c.values.items()), *([c.margin] if c.margin else [])])
    wanted = "\n".join(text for text in (c.threshold or "–", c.note) if text)
    return (
        Cell(text=clause),
        Cell(text=" ".join(OUTCOME[c.outcome]), tone=TONE.get(c.outcome, "plain")),
        Cell(text=own or "没有说到"),
        Cell(text=wanted),
    )


def _gap(gap: Gap, criterion: CriterionResult | None) -> tuple[Cell, ...]:
    where = f"{criterion.clause} {criterion.label}" if criterion else ""
    return tuple(Cell(text=text) for text in (where, gap.action, CHANGEABLE[gap.changeable], gap.earliest or "–"))
