"""A quiz on paper: the questions to be answered, or with their key, clause and reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from assistant.export.handouts.samples import facts_table
from assistant.export.paper import Block, Callout, Heading, Item, Listing, Paper, Paragraph, Span
from assistant.export.sources import Sources
from assistant.policy.evidence import Library
from assistant.workshop.models import Quiz, QuizQuestion
from corpus.validity import chinese_date

CLOSING = "题目和答案按收录的标准和条文得出；标准更新以后，请重新出题。"


def quiz_paper(quiz: Quiz, library: Library, *, with_key: bool, slides: bool = False) -> Paper:
    """The sheet. ``with_key``: every question with its answer (on slides: on the slide after it)."""
    sources = Sources(library)
    blocks = [block for one in quiz.questions for block in _question(one, sources, quiz.as_of, with_key, slides)]
    meta = [
        ("题数", f"{len(quiz.questions)} 题"),
        ("地区", quiz.place),
        ("按哪天的规定", chinese_date(quiz.as_of)),
        ("编号", str(quiz.seed)),
    ]
    return Paper(
        title="政策测验：题目和答案" if with_key else "政策测验", day=quiz.as_of,
        meta=tuple(meta) + (() if with_key or slides else (("姓名", ""), ("得分", ""))),
        blocks=tuple(blocks), sources=sources.all(), closing=CLOSING,
        footer=f"条理整理，{chinese_date(quiz.as_of)}",
    )  # fmt: skip


def _question(one: QuizQuestion, sources: Sources, as_of: date, with_key: bool, slides: bool) -> Iterator[Block]:
    question = one.question
    yield Heading(text=f"第{one.number}题（{question.topic_label}）", level=2)
    yield Paragraph(text=question.stem, role="question")
    if question.facts:
        yield facts_table(question.facts)
    yield Listing(items=tuple(Item(text=option.text, mark=f"{option.id.upper()}.") for option in question.options))
    if not with_key:
        return
    if slides:
        yield Heading(text=f"第{one.number}题：答案", level=2)
    key = one.key
    answer = f"答案：{key.right.upper()}．{key.answer}" if key.right else "这一题不计分"
    reason = (Span(text=key.explanation), *sources.marks([key.citation], as_of))
    clause = ((Span(text=f"依据：{key.clause}"),) if key.clause else (),)
    yield Callout(title=answer, lines=(reason, *filter(None, clause)), tone="good" if key.right else "open")
