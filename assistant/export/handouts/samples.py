"""Made companies on paper: as an exercise to work through, or with the solution, a page each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import zip_longest

from assistant.answer import Gap
from assistant.export.paper import (
    Blank,
    Block,
    Callout,
    Cell,
    Column,
    Heading,
    Item,
    Listing,
    Paper,
    Paragraph,
    Span,
    Table,
)
from assistant.export.sources import Sources
from assistant.export.verdict import TONE
from assistant.policy.evidence import Library
from assistant.words import TRACK
from assistant.workshop.models import SampleCompany, SampleFact, Solution, Step
from assistant.workshop.samples import made
from assistant.workshop.steps import solution
from corpus.validity import chinese_date

FACTS = tuple(Column(name=name, weight=weight) for name, weight in (("情况", 38), ("数值", 12)) * 2)
TASK = tuple(
    Column(name=name, weight=weight)
    for name, weight in (("步骤", 9), ("条款", 14), ("看什么", 27), ("您的判断", 31), ("理由", 25))
)
SOLVED = tuple(
    Column(name=name, weight=weight)
    for name, weight in (("步骤", 9), ("条款", 20), ("要求", 33), ("企业的情况", 34), ("结果和理由", 28))
)
BOXES = "□达到　□没达到　□不能判断"
RESULT = ("□ 符合", "□ 不符合", "□ 还不能判断")
NAME = "姓名：＿＿＿＿＿＿＿＿＿＿　单位：＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿"
CLOSING = "企业都是虚构的，用来练习；真实的企业以主管部门审核认定为准。"
EVERY = 1_000


def samples_paper(ids: Sequence[str], library: Library, *, as_of: date, solved: bool) -> Paper:
    """The companies of ``ids``: exercise, or solution where ``solved``. Raises BadInput for an unknown id."""
    sources = Sources(library)
    blocks: list[Block] = [] if solved else [Paragraph(text=NAME)]
    for n, id_ in enumerate(ids):
        company = made(id_).company
        blocks.append(Heading(text=f"{n + 1}. {company.name}", new_page=n > 0))
        blocks += _company(company)
        whole = solution(id_, EVERY)
        blocks += _solved(whole, sources, as_of) if solved else _task(whole)
    return Paper(
        title="示例企业：" + ("练习和答案" if solved else "练习"),
        day=as_of,
        meta=(("企业", f"{len(ids)} 家，都是虚构的"),) if solved else (),
        blocks=tuple(blocks), sources=sources.all(), closing=CLOSING, footer=f"条理整理，{chinese_date(as_of)}",
    )  # fmt: skip


def facts_table(facts: Sequence[SampleFact]) -> Table:
    """The figures of a company, in two columns."""
    half = -(-len(facts) // 2)
    left, right = [[(fact.label, fact.value) for fact in part] for part in (facts[:half], facts[half:])]
    rows = tuple(one + other for one, other in zip_longest(left, right, fillvalue=("", "")))
    return Table(name="企业情况", columns=FACTS, rows=rows)


def _company(company: SampleCompany) -> Iterator[Block]:
    about = f"{company.place}，{company.trade}。对照{company.standard_name}，{TRACK[company.track]}，{company.round}年这一轮。"
    yield Paragraph(text=about)
    yield facts_table(company.facts)


def _task(whole: Solution) -> Iterator[Block]:
    yield Heading(text="逐条判断", level=2)
    rows = tuple((str(step.number), step.clause, step.label, BOXES, "") for step in whole.steps)
    yield Table(name="逐条判断", columns=TASK, rows=rows)
    yield Paragraph(text="结论：" + "　".join(RESULT))
    yield Paragraph(text="没有达到、还要问的是哪几条？最早哪一轮能再报？")
    yield Blank(lines=2)


def _solved(whole: Solution, sources: Sources, as_of: date) -> Iterator[Block]:
    tone = TONE.get(whole.result or "", "plain")
    yield Callout(title=f"结论：{whole.result_label}", lines=((Span(text=whole.conclusion),),), tone=tone)
    yield Heading(text="逐条核对", level=2)
    yield Table(name="逐条核对", columns=SOLVED, rows=tuple(_step(step, sources, as_of) for step in whole.steps))
    if whole.gaps:
        yield Heading(text="还差什么，最早哪一轮", level=2)
        yield Listing(items=tuple(Item(text=_gap(gap)) for gap in whole.gaps))
    if whole.missing:
        yield Heading(text="还要问", level=2)
        yield Listing(items=tuple(Item(text=question) for question in whole.missing))


def _step(step: Step, sources: Sources, as_of: date) -> tuple[Cell, ...]:
    values = "\n".join(f"{name}：{value}" for name, value in step.values.items())
    return (
        Cell(text=str(step.number)),
        Cell(
            text=(
                Span(text=step.clause, bold=True),
                *sources.marks([step.citation], as_of),
                Span(text=f"\n{step.label}"),
            )
        ),
        Cell(text=step.threshold or "–"),
        Cell(text=values or "没有给出"),
        Cell(text=step.reason, tone=TONE.get(step.outcome, "plain")),
    )


def _gap(gap: Gap) -> str:
    return gap.action + (f"（最早{gap.earliest}）" if gap.earliest else "")
