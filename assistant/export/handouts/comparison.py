"""Standards side by side on paper: what each demands, matter by matter, and what differs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from assistant.export.paper import Block, Cell, Chart, Column, Heading, Paper, Paragraph, Span, Table
from assistant.export.sources import Sources
from assistant.policy.evidence import Library
from assistant.words import TRACK
from assistant.workshop.models import CHANGES, Comparison, Demand, Difference, Line, Row, ScoreCell, Subject
from corpus.validity import chinese_date

ALIKE = ("same", "absent")
FIGURE = re.compile(r"\d")
SCORED = "只在评分表里计分"
NOTHING = "没有这一条"
CLOSING = "对照按收录的标准逐条得出；更严、更宽是从规则推出的，推不出的只写不同。认定以主管部门的通知和审核为准。"


def comparison_paper(found: Comparison, library: Library, *, as_of: date, slides: bool = False) -> Paper:
    """The sheet. ``slides``: every matter under a heading of its own, so that each gets a slide."""
    sources = Sources(library)
    names = [_name(subject, found.subjects) for subject in found.subjects]
    blocks: list[Block] = [Heading(text="总的变化"), Paragraph(text=found.summary)]
    bars = tuple((CHANGES[kind], count) for kind, count in found.counts.items())
    blocks.append(Chart(name="变化的项数", bars=bars, unit="项"))
    blocks.append(Heading(text="逐项对照", new_page=True))
    rows = [_row(row, names, sources, as_of) for row in found.rows]
    if slides:
        for row, cells in zip(found.rows, rows, strict=True):
            blocks += [Heading(text=row.label, level=2), _table("对照", names, [cells[1:]], first="")]
    else:
        blocks.append(_table("逐项对照", names, rows, first="事项"))
    figures = [one for row in found.rows for line in row.lines if (one := _line(line, names, sources, as_of))]
    if figures:
        blocks += [Heading(text="单项门槛的数"), _table("单项门槛", names, figures, first="指标")]
    if found.scores:
        scores = [
            (Cell(text=row.label), *map(_score, row.cells), _differences(row.differences, names))
            for row in found.scores
        ]  # fmt: skip
        blocks += [Heading(text="评分表"), _table("评分表", names, scores, first="项目")]
    meta = [(name, _about(subject)) for name, subject in zip(names, found.subjects, strict=True)]
    return Paper(
        title=f"标准对照：{'、'.join(names)}", day=as_of,
        meta=(*meta, ("哪一种", TRACK[found.track]), ("整理日期", chinese_date(as_of))),
        blocks=tuple(blocks), sources=sources.all(), closing=CLOSING, footer=f"条理整理，{chinese_date(as_of)}",
        landscape=True,
    )  # fmt: skip


def _name(subject: Subject, all_: Sequence[Subject]) -> str:
    """A short name that tells the columns apart."""
    standard = subject.standard
    year = f"（{standard.from_.year}年）" if standard.from_ else ""
    same = [other for other in all_ if other.standard.id == standard.id]
    return f"{standard.title}{year}" + (f" {subject.place}" if len(same) > 1 else "")


def _about(subject: Subject) -> str:
    standard = subject.standard
    start = f"{chinese_date(standard.from_)}起" if standard.from_ else ""
    end = f"到{chinese_date(standard.until)}" if standard.until else ""
    now = "现行" if standard.in_force else "不是现行标准"
    parts = [standard.name, f"{start}{end}", now, f"按{subject.place}", subject.left_out]
    return "，".join(part.rstrip("。") for part in parts if part) + "。"


def _table(name: str, names: Sequence[str], rows: Sequence[Sequence[Cell]], *, first: str) -> Table:
    columns = [Column(name=one, weight=36) for one in names]
    head = [Column(name=first, weight=14)] if first else []
    return Table(
        name=name, columns=(*head, *columns, Column(name="怎么变的", weight=18)), rows=tuple(tuple(row) for row in rows)
    )


def _row(row: Row, names: Sequence[str], sources: Sources, as_of: date) -> tuple[Cell, ...]:
    cells = [
        Cell(text=_demands(demands, scored, sources, as_of))
        for demands, scored in zip(row.cells, row.scored, strict=True)
    ]
    return (Cell(text=(Span(text=row.label, bold=True),)), *cells, _differences(row.differences, names))


def _demands(demands: Sequence[Demand], scored: bool, sources: Sources, as_of: date) -> tuple[Span, ...]:
    if not demands:
        return (Span(text=SCORED if scored else NOTHING),)
    found: list[Span] = []
    for n, one in enumerate(demands):
        found += [
            Span(text=f"{chr(10) if n else ''}{one.words}（{one.clause}）"),
            *sources.marks([one.citation], as_of),
        ]
        if one.exempt:
            found.append(Span(text=f"\n不考察：{one.exempt}"))
        if one.place and one.note:
            found.append(Span(text=f"\n{one.note}"))
    return tuple(found)


def _differences(differences: Sequence[Difference], names: Sequence[str]) -> Cell:
    """From each column to the next one; of three columns also from the first to the last."""
    several = len(names) > 2
    lines = []
    for one in differences:
        words = one.label + (f"：{one.words}" if one.words else "")
        lines.append(f"{names[one.of]} → {names[one.to]}：{words}" if several else words)
    changed = any(one.kind not in ALIKE for one in differences)
    return Cell(text="\n".join(lines), tone="changed" if changed else "plain")


def _line(line: Line, names: Sequence[str], sources: Sources, as_of: date) -> tuple[Cell, ...] | None:
    """A threshold across the columns; None where it is no figure."""
    if not any(cell is not None and FIGURE.search(cell.text) for cell in line.cells):
        return None
    cells = []
    for cell in line.cells:
        if cell is None:
            cells.append(Cell(text="不看"))
            continue
        way = "" if cell.must else "（几种情形之一）"
        cells.append(Cell(text=(Span(text=f"{cell.text}{way}"), *sources.marks([cell.citation], as_of))))
    return (Cell(text=line.label), *cells, _differences(line.differences, names))


def _score(cell: ScoreCell | None) -> Cell:
    if cell is None:
        return Cell(text="没有这一项")
    lines = [f"{cell.label}，满分{cell.max}", *cell.bands, *([cell.note] if cell.note else [])]
    return Cell(text="\n".join(lines))
