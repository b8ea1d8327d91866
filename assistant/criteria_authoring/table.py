"""The fact-check table of a standard: every rule as the checker uses it, for a lawyer to compare with the document.

Rows come from the tree itself, examples from the checker, so the table can never say something else than the rules do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.criteria_authoring import table_words as words
from assistant.criteria_authoring.table_head import Head, head
from corpus.criteria_models import Criterion, Standard
from corpus.criteria_tree import (
    All,
    AnyOf,
    ByTrack,
    Compare,
    Each,
    Leaf,
    Not,
    NotExamined,
    Part,
    Reading,
    Score,
    ScoreItem,
    Unsettled,
    terms,
)
from corpus.facts_models import Dictionary
from corpus.load import Corpus

COLUMNS = (
    "编号", "条款", "内容", "原文用词与比较", "期间", "事实的口径和证明", "踩线举例（由程序算出）", "可信度", "说明和我们的理解",
    "核对意见", "签字／日期",
)  # fmt: skip
CONFIDENCE = {"H": "高", "M": "中，待核对原文", "L": "低，待核对原文"}
BASIS = {
    "computed": "",
    "declared": "由企业如实说明即可。",
    "declared_unless_said": "由企业如实说明即可；说了数字的照样核对数字。",
    "manual": "要由专家判断，程序不下结论。",
}


@dataclass(frozen=True)
class Row:
    """One line of the table. ``kind``: criterion and item head their group, group says how parts combine, leaf is one
    condition."""

    kind: str
    number: str
    clause: str = ""
    content: str = ""
    operator: str = ""
    period: str = ""
    meaning: str = ""
    examples: str = ""
    confidence: str = ""
    notes: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        """The row in the order of ``COLUMNS``, with the two empty ones that are filled in by hand."""
        return (
            self.number, self.clause, self.content, self.operator, self.period, self.meaning, self.examples,
            self.confidence, self.notes, "", "",
        )  # fmt: skip


@dataclass(frozen=True)
class Table:
    """A standard's table with what stands above it."""

    id: str
    head: Head
    rows: list[Row]


def fact_check_table(standard: Standard, dictionary: Dictionary, corpus: Corpus) -> Table:
    """The table of a standard as ``load_standards`` gives it."""
    writer = _Writer(standard, dictionary, corpus)
    rows = [row for n, c in enumerate(standard.criteria, 1) for row in writer.criterion(str(n), c)]
    rows += [row for n, item in enumerate(standard.scores, 1) for row in writer.item(f"评{n}", item)]
    return Table(standard.id, head(standard, corpus), rows)


@dataclass(frozen=True)
class _Writer:
    standard: Standard
    dictionary: Dictionary
    corpus: Corpus

    def criterion(self, number: str, criterion: Criterion) -> Iterator[Row]:
        notes = [BASIS[criterion.basis], criterion.note, *self._assumed(criterion)]
        if criterion.place:
            notes.insert(0, f"只在{criterion.place}适用。")
        confidence = CONFIDENCE[criterion.confidence]
        text = "".join(note for note in notes if note)
        yield Row("criterion", number, criterion.clause, criterion.label, confidence=confidence, notes=text)
        yield from self.node(f"{number}.1", criterion.test, None)
        if criterion.exempt_if is not None:
            yield Row("group", f"{number}.免", content="有下面的情形，这一条不考察（结果是“不考察”，不是“达标”）")
            yield from self.node(f"{number}.免.1", criterion.exempt_if, None)
        for n, remark in enumerate(criterion.remarks, 1):
            facts = "、".join(self._label(term.fact) for term in dict.fromkeys(terms(remark.when)))
            yield Row("group", f"{number}.提{n}", content=f"提示（看{facts}）", notes=remark.note)

    def item(self, number: str, item: ScoreItem) -> Iterator[Row]:
        group = self.standard.score_labels.get(item.group, item.group)
        content = f"评分项：{item.label}（满分{item.max.text}{'，计入' + group if group else ''}）"
        yield Row("item", number, content=content, confidence=CONFIDENCE[item.confidence], notes=item.note)
        if item.per:
            words_ = f"下面每有一项得{item.per.points.text}，最多{item.max.text}"
            yield Row("group", f"{number}.1", content=words_)
            for n, part in enumerate(item.per.of, 1):
                yield from self.node(f"{number}.1.{n}", part, None)
            return
        for n, band in enumerate(item.bands, 1):
            yield Row("group", f"{number}.{n}", content=f"得{band.points.text}（从上往下，先够上的一档算数）")
            yield from self.node(f"{number}.{n}.1", band.when, None)
        yield Row("group", f"{number}.{len(item.bands) + 1}", content=f"都不够：得{item.otherwise.text}")

    def node(self, number: str, node: Part, each: Each | None) -> Iterator[Row]:
        """The rows of a condition; the parts of a group are numbered below it."""
        match node:
            case All(of=of):
                yield from self.group(number, "下面各项都要成立", of, each)
            case AnyOf(of=of):
                yield from self.group(number, "下面有一项成立即可", of, each)
            case Not(of=one):
                yield from self.group(number, "下面的情形不能成立", (one,), each)
            case Each(test=test):
                yield from self.group(number, words.span_years(node), (test,), node)
            case ByTrack(first=first, review=review):
                yield from self.group(f"{number}首", "首次申报", (first,), each)
                yield from self.group(f"{number}复", "到期复核", (review,), each)
            case Reading(of=one, other=other, note=note):
                yield Row("group", number, content="用语有两种读法，按第一种判断", notes=note)
                yield from self.node(f"{number}.1", one, each)
                yield from self.node(f"{number}.2", other, each)
            case NotExamined(why=why):
                yield Row("group", number, content="不考察", notes=why)
            case Unsettled(why=why):
                yield Row("group", number, content="文件没有写明，一律判为“待定”", notes=why)
            case _ if isinstance(node, Leaf):
                yield self.leaf(number, node, each)

    def group(self, number: str, content: str, of: tuple[Part, ...], each: Each | None) -> Iterator[Row]:
        yield Row("group", number, content=content)
        for n, part in enumerate(of, 1):
            yield from self.node(f"{number}.{n}", part, each)

    def leaf(self, number: str, leaf: Leaf, each: Each | None) -> Row:
        score = isinstance(leaf, Compare) and isinstance(leaf.left, Score)
        return Row(
            "leaf",
            number,
            content=words.condition(leaf, self.dictionary),
            operator=words.operator_words(leaf),
            period=words.periods(leaf),
            meaning=words.meaning(leaf, self.dictionary, self.corpus),
            examples=words.examples(leaf, each, self.dictionary, self.standard.tests.round),
            notes="各项得分见后面的评分表。" if score else "",
        )

    def _assumed(self, criterion: Criterion) -> list[str]:
        looked_at = {term.fact for part in criterion.parts for term in terms(part)}
        found = [one.note for one in self.standard.assume if one.fact.fact in looked_at]
        return [f"企业没有提到时：{'；'.join(found)}。"] if found else []

    def _label(self, fact: str) -> str:
        return self.dictionary[fact].label
