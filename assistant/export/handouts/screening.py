"""A class's companies screened in one go: outcomes, what fails most often, what is missing, title by title."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from assistant.export.paper import Block, Chart, Column, Heading, Paper, Paragraph, Table
from assistant.sheets.results import OUTCOMES, Screened
from assistant.sheets.tally import Tally, TitleTally
from assistant.words import TRACK
from corpus.validity import chinese_date

MOST = 15
CLOSING = "这是按表里的数做的预检，不是认定结论；以主管部门审核认定为准。表里没有的情况没有猜。"


def screening_paper(tally: Tally, screened: Sequence[Screened], *, as_of: date, source: str = "") -> Paper:
    """The summary of a run over ``source`` (the name of the table)."""
    meta = [("企业", f"{tally.rows} 家"), ("表格", source), ("按哪天的规定", chinese_date(as_of))]
    return Paper(
        title="企业批量预检：汇总", day=as_of, meta=tuple((name, value) for name, value in meta if value),
        blocks=tuple(block for one in screened for block in _title(one, tally.titles[one.name])),
        closing=CLOSING, footer=f"条理整理，{chinese_date(as_of)}",
    )  # fmt: skip


def _title(one: Screened, counts: TitleTally) -> Iterator[Block]:
    title = one.standard.title
    yield Heading(text=title)
    yield Paragraph(text=f"对照{one.standard.name}，{TRACK[one.track or 'unknown']}，{one.round_year}年这一轮。")
    bars = tuple((words, counts.outcomes.get(outcome, 0)) for outcome, words in OUTCOMES.items())
    yield Chart(name=f"{title}：结论", bars=bars)
    yield from _most(f"{title}：没有达到的条款", "条款", counts.failing)
    yield from _most(f"{title}：还缺的情况", "情况", counts.missing)


def _most(name: str, what: str, counted: Counter[str]) -> Iterator[Block]:
    if counted:
        columns = (Column(name=what, weight=60), Column(name="企业数", weight=12))
        rows = tuple((text, f"{count} 家") for text, count in counted.most_common(MOST))
        yield Heading(text=name, level=2)
        yield Table(name=name, columns=columns, rows=rows)
