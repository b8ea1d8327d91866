"""Citations against the real clauses: what supports, what is superfluous, what is missing."""

from __future__ import annotations

from datetime import date

import pytest
from eval_made import answer

from assistant.policy.evidence import Library
from corpus.load import load_corpus
from eval.cited import Statement, cited, statements

DAY = date(2026, 11, 21)
UPDATE, REVIEW, MEASURE = "cn/miit/2026/2#art_17", "cn/miit/2026/2#art_16", "cn-sh/gov/2025/zjtx-measures#sec_1__item_2"
UPDATED, VALID = "专精特新和小巨人企业每年最迟5月31日更新企业信息", "专精特新和小巨人企业称号的有效期是3年"


@pytest.fixture(scope="module")
def library() -> Library:
    class NoOriginals:
        def text(self, ref: str) -> None:
            return None

    return Library(load_corpus(), NoOriginals())  # type: ignore[arg-type]


def test_statements_of_an_answer() -> None:
    page = (
        "甲事。乙事[1][2]丙事[3]\n\n- **丁事**！戊事[1]。\n没有引用的话\n\n**要留意**\n\n"
        "| 项 | 数 | 依据 |\n| --- | --- | --- |\n| 研发 | 100万元 | [2][1] |"
    )
    assert list(statements(page)) == [
        Statement("甲事。", (1, 2)), Statement("乙事", (1, 2)), Statement("丙事", (3,)), Statement("丁事！", (1,)),
        Statement("戊事", (1,)), Statement("没有引用的话", ()), Statement("要留意", ()), Statement("研发，100万元", (2, 1)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "refs", "counts"),
    [
        (f"{UPDATED}。[1]", (UPDATE,), (1, 1, 1, 1)),
        (f"{UPDATED}。[1]", (MEASURE,), (1, 0, 1, 0)),
        (f"{UPDATED}。[1][2]", (UPDATE, MEASURE), (1, 1, 2, 1)),
        (f"{UPDATED}，{VALID}。[1][2]", (UPDATE, REVIEW), (1, 1, 2, 2)),
        (f"{UPDATED.replace('5月31日', '6月30日')}。[1]", (UPDATE,), (1, 0, 1, 0)),
        (f"{UPDATED}。", (), (1, 0, 0, 0)),
        ("您可以再问得具体一点。", (), (0, 0, 0, 0)),
        (f"{UPDATED}。[3]", (UPDATE,), (1, 0, 1, 0)),
    ],
)  # fmt: skip
def test_counts(library: Library, text: str, refs: tuple[str, ...], counts: tuple[int, ...]) -> None:
    found = cited(answer(text, refs), library, DAY)
    assert (found.sentences, found.supported, found.citations, found.needed) == counts
    assert len(found.faults) == found.sentences - found.supported


def test_what_repeats_the_question_needs_no_citation(library: Library) -> None:
    page = answer("**2. 营收3000万元够不够**\n\n要1500万元。")
    assert cited(page, library, DAY, "管几年？营收3000万够不够？").faults == ["没有引用：要1500万元。"]
    assert cited(page, library, DAY).sentences == 2


def test_an_answer_that_gives_none_needs_no_citation(library: Library) -> None:
    silent = answer("《某指标体系》没有收录。", status="not_found")
    assert cited(silent, library, DAY).sentences == 0
