"""Handouts of the workshop: what they say is what the engine says, and an exercise does not give its solution away."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook
from papers_made import DAY, docx_text, pptx_text, xlsx_text
from pptx import Presentation

from assistant.export.handouts.comparison import comparison_paper
from assistant.export.handouts.quiz import quiz_paper
from assistant.export.handouts.room import room_paper
from assistant.export.handouts.samples import samples_paper
from assistant.export.handouts.screening import screening_paper
from assistant.export.write import write
from assistant.policy.evidence import Library
from assistant.workshop.compare import compare
from assistant.workshop.models import Comparison, Quiz
from assistant.workshop.quiz import make_quiz
from assistant.workshop.room_models import QuestionResult, RoomView, Standing, TrainerView
from assistant.workshop.samples import sample
from assistant.workshop.screening_models import Counted, NearMiss, Screening, ScreeningResult, TitleResult
from assistant.workshop.steps import solution
from corpus.load import Corpus
from indexing.originals import Originals


@pytest.fixture(scope="module")
def library(corpus: Corpus) -> Library:
    return Library(corpus, Originals({}))


@pytest.fixture(scope="module")
def compared(corpus: Corpus) -> Comparison:
    return compare([("zjtx-2022", None), ("zjtx-2026", None)], corpus, as_of=DAY, track="first")


@pytest.fixture(scope="module")
def quiz(corpus: Corpus) -> Quiz:
    return make_quiz(corpus, as_of=DAY, seed=3, number=5)


def test_a_comparison_has_every_matter_with_its_clauses_and_what_changed(
    compared: Comparison, library: Library
) -> None:
    data = write(comparison_paper(compared, library, as_of=DAY), "docx")
    rows = {row.cells[0].text: [cell.text for cell in row.cells] for row in Document(BytesIO(data)).tables[2].rows}
    assert next(iter(rows)) == "事项"
    for row in compared.rows:
        assert row.differences[0].label in rows[row.label][3]
        for said, demands in zip(rows[row.label][1:3], row.cells, strict=True):
            assert all(demand.words in said and demand.clause in said for demand in demands)
    text = docx_text(data)
    assert compared.summary in text
    assert "《优质中小企业梯度培育管理办法》附件1" in text
    assert "不是现行标准" in text


def test_slides_of_a_comparison_have_one_matter_each(compared: Comparison, library: Library) -> None:
    show = Presentation(BytesIO(write(comparison_paper(compared, library, as_of=DAY, slides=True), "pptx")))
    titles = [slide.shapes.title.text for slide in show.slides]
    assert {row.label for row in compared.rows} <= set(titles)
    spoken = next(s.notes_slide.notes_text_frame.text for s in show.slides if s.shapes.title.text == "研发投入")
    assert "附件1（三）" in spoken


def test_an_exercise_keeps_the_solution_to_itself(library: Library) -> None:
    ids = [sample("zjtx-2026", kind, 7).company.id for kind in ("one_reason", "eligible")]
    task, solved = (docx_text(write(samples_paper(ids, library, as_of=DAY, solved=s), "docx")) for s in (False, True))
    for id_ in ids:
        whole = solution(id_, 100)
        assert whole.conclusion in solved
        assert whole.conclusion not in task
        for step in whole.steps:
            assert step.clause in task
            assert step.reason in solved
            assert step.reason not in task
    assert "（虚构）" in task
    assert "□没达到" in task
    assert "依据" not in task


def test_a_quiz_sheet_keeps_its_answers_to_itself(quiz: Quiz, library: Library) -> None:
    sheet = docx_text(write(quiz_paper(quiz, library, with_key=False), "docx"))
    keyed = quiz_paper(quiz, library, with_key=True)
    key = docx_text(write(keyed, "docx"))
    for one in quiz.questions:
        assert one.question.stem in sheet
        assert one.question.stem in key
        assert all(option.text in sheet for option in one.question.options)
        assert f"答案：{one.key.right.upper()}．{one.key.answer}" in key
        assert one.key.explanation.split("\n")[0] not in sheet
    assert "答案：" not in sheet
    assert len(keyed.sources) >= 1


def test_an_answer_comes_on_the_slide_after_its_question(quiz: Quiz, library: Library) -> None:
    show = Presentation(BytesIO(write(quiz_paper(quiz, library, with_key=True, slides=True), "pptx")))
    titles = [slide.shapes.title.text for slide in show.slides]
    for n in range(1, 6):
        question = next(i for i, title in enumerate(titles) if title.startswith(f"第{n}题（"))
        assert titles.index(f"第{n}题：答案") > question


def test_a_screened_class_is_counted_by_title() -> None:
    outcomes = [("eligible", "符合", 3), ("not_eligible", "不符合", 5), ("needs_info", "还不能判断", 0)]
    one = TitleResult(
        title="专精特新", standard="2026年标准", near=[NearMiss(name="=乙公司", row=3, failing="附件1（三）", gap="差10万元")],
        outcomes=[Counted(id=name, label=label, count=count) for name, label, count in outcomes],
        failing=[Counted(id="r", label="附件1（三） 研发", count=4)], missing=[Counted(id="m", label="=研发费用", count=2)],
    )  # fmt: skip
    job = Screening(
        id="0" * 32, owner="t", file="班级.xlsx", titles=["zjtx"], track=None, as_of=DAY, started=DAY_TIME, until=DAY_TIME,
        result=ScreeningResult(companies=8, titles=[one], cells=[], notes=[], seconds=0.1),
    )  # fmt: skip
    paper = screening_paper(job)
    for data in (xlsx_text(write(paper, "xlsx")), docx_text(write(paper, "docx")), pptx_text(write(paper, "pptx"))):
        for words in ("附件1（三） 研发", "4 家", "=研发费用", "还不能判断", "=乙公司", "差10万元"):
            assert words in data
    sheet = load_workbook(BytesIO(write(paper, "xlsx")))["专精特新：结论"]
    assert [[c.value for c in row] for row in sheet["A2:B4"]] == [
        ["符合", 3],
        ["不符合", 5],
        ["还不能判断", 0],
    ]


def test_the_results_of_a_room_are_ranked(quiz: Quiz, library: Library) -> None:
    one = quiz.questions[0]
    view = TrainerView(
        room=RoomView(code="AB12", title="一班", state="ended", state_label="已经结束", number=1, total=1, may_change=False, stage=2),
        version=1, created=DAY_TIME, answered=2,
        participants=[
            Standing(nickname="乙", score=0, answered=1, answered_now=True),
            Standing(nickname="=甲", score=1, answered=1, answered_now=True),
        ],
        results=[QuestionResult(number=1, question=one.question, counts={}, answered=2, key=one.key, right=1)],
    )  # fmt: skip
    paper = room_paper(view, library, as_of=DAY)
    scores = list(paper.tables())[-1]
    assert [row[0].text[0].text for row in scores.rows] == ["=甲", "乙"]
    assert one.key.answer in docx_text(write(paper, "docx"))


DAY_TIME = date(2026, 11, 21).isoformat() + "T09:00:00+08:00"
