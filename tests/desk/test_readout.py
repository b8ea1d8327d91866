"""What is read out: grounded, with where it stands, and with a warning where it no longer holds."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from assistant.desk.readout import read_out, read_outs, read_topic, spoken_label, spoken_number
from corpus.support import unsupported

if TYPE_CHECKING:
    from assistant.house import House

TODAY = date(2026, 11, 21)
RD = "cn/miit/2026/2#annex_1__item_3"


def test_the_short_answer_and_where_it_stands(house: House) -> None:
    known = house.corpus.clauses[RD]
    asked = known.questions[0].ask[1]
    said = read_out(house, RD, TODAY, asked)
    assert said.answer == known.questions[0].answer
    assert said.question == known.questions[0].ask[0]
    assert said.source.startswith("依据是《优质中小企业梯度培育管理办法》，工信部企业2026年2号，附件1第三项")
    assert "2026年4月1日起施行" in said.source
    assert said.text == said.answer + said.source
    assert "（工信部企业〔2026〕2号）附件1（三）" in said.copied


def test_without_a_question_its_beginning_is_read(house: House) -> None:
    said = read_out(house, RD, TODAY)
    assert said.question == ""
    assert house.corpus.clauses[RD].digest.startswith(said.answer[:40])
    assert said.answer.endswith("。")


def test_what_does_not_hold_is_announced_first(house: House) -> None:
    before = read_out(house, RD, date(2026, 1, 10))
    assert before.text.startswith("先说明一下：这一条尚未施行")
    assert "起施行，" not in before.source


def test_every_sentence_of_every_clause_states_only_its_figures(house: House) -> None:
    for ref, known in list(house.corpus.clauses.items())[::40]:
        for said in read_outs(house, ref, TODAY):
            assert said.answer
            of_clause = [
                known.digest,
                known.heading,
                known.label,
                said.source,
                said.warning,
                house.library.originals.text(ref) or "",
            ]
            assert unsupported(said.answer, [*of_clause, *house.corpus.document_of(ref).notes]) == [], ref


def test_a_topic_names_each_document_once(house: House) -> None:
    said = read_topic(house, house.corpus.topics["apply-path-shanghai"], TODAY)
    assert said.source.count("《优质中小企业梯度培育管理办法》") <= 1
    assert said.ref == "topic:apply-path-shanghai"
    giant = house.corpus.topics["giant-conditions"]
    asked = next(qa for qa in giant.questions if "1200万元" in qa.answer and "七项" not in qa.answer)
    assert "附件2第三项、附件2第四项" in read_topic(house, giant, TODAY, asked.ask[0]).source


def test_an_unknown_clause(house: House) -> None:
    with pytest.raises(KeyError):
        read_out(house, "cn/miit/2026/2#art_99", TODAY)


def test_numbers_and_labels_as_they_are_spoken() -> None:
    assert spoken_number("沪经信规范〔2022〕8号") == "沪经信规范2022年8号"
    assert spoken_number("第 63 号令") == "第 63 号令"
    assert spoken_number(None) == ""
    assert spoken_label("附件1（三）") == "附件1第三项"
    assert spoken_label("一（二）、第十条") == "第一部分第二项、第十条"
    assert spoken_label("第十七条") == "第十七条"
