"""What the caller says: heard, answered, typed in, dropped; and what to ask next."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.desk.caller import Told, chips, drop, hear, put, understood, verdict_of
from assistant.desk.next_questions import next_questions, spoken
from assistant.errors import BadInput

TODAY = date(2026, 11, 21)


def say(told: Told, words: str, *asked: str, title: str | None = "专精特新") -> Told:
    return hear(told, words, as_of=TODAY, place="上海市", title=title, track=None, asked=list(asked))[0]


def test_words_become_chips_with_the_words_behind_them() -> None:
    told, heard = hear(
        Told(),
        "我们想报专精特新，去年营收4800万，研发占6%",
        as_of=TODAY,
        place="上海市",
        title=None,
        track=None,
        asked=[],
    )
    assert heard.title == "专精特新"
    shown = {chip.key: chip for chip in chips(told)}
    assert shown["revenue@2025"].value == "4800万元"
    assert shown["revenue@2025"].said == "营收4800万"
    assert shown["rd_ratio@2025"].value == "6%"


def test_a_bare_answer_answers_what_was_asked() -> None:
    told = say(Told(), "4500万", "revenue@2025")
    assert chips(told)[0].value == "4500万元"
    assert chips(say(told, "不是", "is_sme"))[-1].value == "否"


def test_a_changed_figure_is_said() -> None:
    told = say(Told(), "去年营收4800万")
    again, heard = hear(told, "去年营收是4600万", as_of=TODAY, place="上海市", title=None, track=None, asked=[])
    assert heard.changed == ["2025年营业收入由4800万元改为4600万元。"]
    assert len(chips(again)) == 1


def test_personal_data_are_not_kept() -> None:
    told = say(Told(), "去年营收4800万，我电话13812345678")
    assert "138" not in told.model_dump_json()


def test_typed_facts_are_read_and_refused_with_a_sentence() -> None:
    told, heard = put(Told(), "营业收入", "4800万元", as_of=TODAY)
    assert heard.keys == ["revenue@2025"]
    with pytest.raises(BadInput, match="看不懂"):
        put(told, "revenue@2025", "很多", as_of=TODAY)
    with pytest.raises(BadInput, match="没有叫"):
        put(told, "幸福指数", "3", as_of=TODAY)
    assert drop(told, "revenue@2025").facts == {}
    assert drop(told, "staff@2025") == told


def test_questions_come_in_the_order_of_the_checker() -> None:
    assert next_questions(Told(), None)[0].fact == "title"
    told = say(Told(), "去年营收4800万，研发占6%")
    verdict = verdict_of(told, title="专精特新", track=None, as_of=TODAY, place="上海市")
    assert verdict is not None
    asked = next_questions(told, verdict)
    assert [q.fact for q in asked] == [m.fact for m in verdict.missing]
    assert asked[0].say.startswith("请问")
    assert not any("（" in q.say for q in asked)
    assert all(q.answers for q in asked)
    assert all(q.why for q in asked)


def test_a_failing_company_is_asked_nothing_more() -> None:
    told = say(Told(), "去年营收1000万，没有融资，股权投资0元")
    told, _ = put(told, "new_equity_l2y", "0元", as_of=TODAY)
    verdict = verdict_of(told, title="专精特新", track="first", as_of=TODAY, place="上海市")
    assert verdict is not None
    assert verdict.outcome == "not_eligible"
    assert next_questions(told, verdict) == []


def test_contradictions_come_first() -> None:
    told = say(Told(), "去年营收4800万，研发费用9000万")
    verdict = verdict_of(told, title="专精特新", track="first", as_of=TODAY, place="上海市")
    assert verdict is not None
    assert verdict.conflicts
    assert next_questions(told, verdict)[0].kind == "clash"


def test_what_was_not_understood_stays_until_it_is_cleared_up() -> None:
    told = say(Told(), "专利这块情况比较特别")
    assert told.not_understood
    assert understood(told, told.not_understood[0]).not_understood == told.not_understood[1:]


def test_no_standard_of_that_day_is_said() -> None:
    with pytest.raises(BadInput):
        verdict_of(Told(), title="专精特新", track=None, as_of=date(2001, 1, 1), place="上海市")
    assert verdict_of(Told(), title=None, track=None, as_of=TODAY, place="上海市") is None


def test_nobody_speaks_brackets() -> None:
    assert spoken("2025年末（或全年平均）从业人员有多少人？") == ("请问2025年末从业人员有多少人？", "或全年平均")
