"""What stands above a fact-check table: the document, its dates and conventions, and how to use the table."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.criteria_models import Standard
from corpus.criteria_tree import Operator
from corpus.load import Corpus
from corpus.validity import chinese_date

CONVENTION: dict[Operator, str] = {"ge": "含本数", "gt": "不含本数", "le": "含本数", "lt": "不含本数"}
HOW_TO = (
    "这张表由程序从规则文件生成，一行是程序判断时用的一个条件。请对照原文逐行核对：数字、含不含本数、期间、口径。",
    "“踩线举例”是程序对门槛上下三个数的实际判断，写“待定”的是文件没有写明、程序不下结论的地方。",
    "“可信度”是录入时的把握：高是看过原文或几份副本一致，中和低是转引，都要对照原文。",
    "核对无误的在“核对意见”里写“无误”，有出入的写明应当怎样，并在最后一栏签字、写日期。",
)


@dataclass(frozen=True)
class Head:
    """Title, named lines and the sentences on how to use the table."""

    title: str
    lines: list[tuple[str, str]]
    how_to: tuple[str, ...] = HOW_TO


def head(standard: Standard, corpus: Corpus) -> Head:
    """The head of a standard's table."""
    document = corpus.documents.get(standard.document)
    start, end = standard.in_force.from_, standard.in_force.until
    lines = [
        ("称号", standard.title),
        ("依据", f"《{document.title}》（{document.number or '未印文号'}）" if document else standard.document),
        ("施行", f"{chinese_date(start) if start else '日期不详'}起{f'，到{chinese_date(end)}止' if end else ''}"),
        ("用词约定", "、".join(f"{word}（{CONVENTION[op]}）" for word, op in standard.convention.items())),
    ]
    if document and document.confidence != "H":
        lines.append(("文件来源", "转引，待核对原文"))
    if standard.supersedes:
        older = corpus.documents.get(standard.supersedes)
        lines.append(("取代", (older.number or older.title) if older else standard.supersedes))
    if standard.transition:
        lines.append(("过渡", standard.transition.note))
    if standard.rounds:
        lines.append(("申报时间", f"每年{standard.rounds.from_month}月至{standard.rounds.until_month}月组织"))
    lines.append(("规则里的用例", f"{len(standard.tests.cases)}个，按{standard.tests.round}年这一轮计算"))
    lines += [("说明", note) for note in standard.notes]
    return Head(standard.name, lines)
