"""A class's companies screened in one go: outcomes, what fails most often, what is missing, the nearest misses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.export.paper import Block, Chart, Column, Heading, Paper, Paragraph, Table
from assistant.words import TRACK
from assistant.workshop.screening_models import Counted, Screening, TitleResult
from corpus.validity import chinese_date

MOST = 15
CLOSING = "这是按表里的数做的预检，不是认定结论；以主管部门审核认定为准。表里没有的情况没有猜。"


def screening_paper(job: Screening) -> Paper:
    """The summary of a screening. Raises ValueError where it has no result yet."""
    if job.result is None:
        raise ValueError("a screening without a result has no summary")
    meta = [("企业", f"{job.result.companies} 家"), ("表格", job.file), ("按哪天的规定", chinese_date(job.as_of))]
    return Paper(
        title="企业批量预检：汇总", day=job.as_of, meta=tuple((name, value) for name, value in meta if value),
        blocks=tuple(block for one in job.result.titles for block in _title(one, job)),
        closing=CLOSING, footer=f"条理整理，{chinese_date(job.as_of)}",
    )  # fmt: skip


def _title(one: TitleResult, job: Screening) -> Iterator[Block]:
    yield Heading(text=one.title)
    track = f"，{TRACK[job.track]}" if job.track else ""
    yield Paragraph(text=f"对照{one.standard}{track}。")
    yield Chart(name=f"{one.title}：结论", bars=tuple((bar.label, bar.count) for bar in one.outcomes))
    yield from _most(f"{one.title}：没有达到的条款", "条款", one.failing)
    yield from _most(f"{one.title}：还缺的情况", "情况", one.missing)
    if one.near:
        columns = (Column(name="企业", weight=30), Column(name="没过的", weight=30), Column(name="差多少", weight=30))
        rows = tuple((near.name, near.failing, near.gap) for near in one.near[:MOST])
        yield Heading(text=f"{one.title}：只差一项的企业", level=2)
        yield Table(name=f"{one.title}：只差一项", columns=columns, rows=rows)


def _most(name: str, what: str, counted: Sequence[Counted]) -> Iterator[Block]:
    if counted:
        columns = (Column(name=what, weight=60), Column(name="企业数", weight=12))
        yield Heading(text=name, level=2)
        yield Table(name=name, columns=columns, rows=tuple((one.label, f"{one.count} 家") for one in counted[:MOST]))
