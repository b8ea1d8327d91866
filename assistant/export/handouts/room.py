"""What came out of a quiz room on paper: who scored what, and how each question went."""

from __future__ import annotations

from datetime import date

from assistant.export.paper import Block, Cell, Chart, Column, Heading, Paper, Span, Table
from assistant.export.sources import Sources
from assistant.policy.evidence import Library
from assistant.workshop.room_models import QuestionResult, TrainerView
from corpus.validity import chinese_date

PEOPLE = (Column(name="昵称", weight=40), Column(name="答对", weight=20), Column(name="作答", weight=20))
QUESTIONS = tuple(
    Column(name=name, weight=weight)
    for name, weight in (("题", 8), ("题目", 44), ("答案", 30), ("作答", 10), ("答对", 10))
)
CLOSING = "题目和答案按收录的标准和条文得出。"


def room_paper(view: TrainerView, library: Library, *, as_of: date) -> Paper:
    """The sheet of a room as it stands."""
    sources = Sources(library)
    ranked = sorted(view.participants, key=lambda one: (-one.score, one.nickname))
    people = tuple((one.nickname, f"{one.score} 题", f"{one.answered} 题") for one in ranked)
    rows = tuple(_row(one, sources, as_of) for one in view.results)
    graded = tuple((f"第{one.number}题", one.right) for one in view.results if one.right is not None)
    blocks: list[Block] = [Heading(text="每一题"), Table(name="每一题", columns=QUESTIONS, rows=rows)]
    if graded:
        blocks[:0] = [Heading(text="每题答对人数"), Chart(name="每题答对人数", bars=graded, unit="人")]
    blocks += [Heading(text="成绩"), Table(name="成绩", columns=PEOPLE, rows=people, empty="还没有人加入。")]
    room = view.room
    meta = [
        ("房间", f"{room.title}（{room.code}）" if room.title else room.code),
        ("人数", f"{len(view.participants)} 人"),
        ("题数", f"{room.total} 题"),
        ("状态", room.state_label),
        ("整理日期", chinese_date(as_of)),
    ]
    return Paper(
        title="测验结果", day=as_of, meta=tuple(meta), blocks=tuple(blocks), sources=sources.all(), closing=CLOSING,
        footer=f"条理整理，{chinese_date(as_of)}",
    )  # fmt: skip


def _row(one: QuestionResult, sources: Sources, as_of: date) -> tuple[Cell, ...]:
    key, right = one.key, "–" if one.right is None else str(one.right)
    answer: tuple[Span, ...] = (Span(text="还没有公布"),)
    if key is not None:
        said = f"{key.right.upper()}．{key.answer}" if key.right else "不计分"
        answer = (Span(text=said), *sources.marks([key.citation], as_of))
    cells = (str(one.number), one.question.stem, answer, str(one.answered), right)
    return tuple(Cell(text=text) for text in cells)
