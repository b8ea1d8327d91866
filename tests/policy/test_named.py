"""What a question names by name decides which documents may answer it."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answer import Answer
from assistant.conversation import Assistant
from assistant.policy.history import asks_of_now
from assistant.policy.named import (
    asks_of_country,
    asks_of_own,
    months_named,
    programmes,
    unknown_edition,
    with_its_province,
    without_round,
)
from assistant.policy.question import Question
from corpus.load import Corpus
from corpus.places import lies_within

DAY = date(2026, 11, 21)


def question(text: str, place: str = "青海省") -> Question:
    return Question(text, place, DAY)


def ask(assistant: Assistant, text: str, place: str | None = None) -> Answer:
    return assistant.ask(text, place=place, as_of=DAY)


def documents(answer: Answer) -> list[str]:
    return [citation.document for citation in answer.citations]


def test_programmes_beside_the_titles() -> None:
    assert programmes("重点“小巨人”的研发") == {"重点小巨人"}
    assert programmes("隐形冠军和示范企业") == {"隐形冠军", "示范企业"}
    assert not programmes("小巨人的研发")


def test_the_measure_of_a_title_is_no_new_measure() -> None:
    assert not asks_of_now(question("按宁夏的专精特新办法，更名几天内报"))
    assert asks_of_now(question("按新办法，更名几天内报"))


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("工信部那次的通知里一个省能推多少家", True),
        ("国家的清单里走访到哪一年", True),
        ("省里转发工信部通知，几号截止", False),
        ("国家小巨人的研发占比", False),
    ],
)
def test_documents_of_the_country(text: str, country: bool) -> None:
    assert asks_of_country(question(text)) is country


def test_rules_of_a_place_that_has_only_historical_ones(corpus: Corpus) -> None:
    assert asks_of_own(question("青海那个认定办法，研发人员要占多少"), corpus)
    assert not asks_of_own(question("青海的企业研发人员要占多少"), corpus)
    assert not asks_of_own(question("上海那个认定办法，研发人员要占多少", "上海市"), corpus)


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("5月截止那次", {5}),
        ("秋季那批（10月开始报的）", {10}),
        ("2021年上半年那回", {1, 2, 3, 4, 5, 6}),
        ("材料5月31日前报", set()),
    ],
)
def test_the_time_of_the_year_of_a_round(text: str, months: set[int]) -> None:
    assert months_named(text) == months


def test_words_for_a_round_are_not_what_is_asked() -> None:
    assert "秋季" not in without_round("秋季那批的负债率")
    assert "负债率" in without_round("秋季那批的负债率")


def test_a_city_that_stands_apart_and_its_province() -> None:
    assert with_its_province("厦门市", "厦门的企业走福建省厅行不行") == ["福建省"]
    assert with_its_province("厦门市", "厦门的企业找谁") == []


def test_the_ministry_is_no_town() -> None:
    assert lies_within("工信部一个省给几家") == []
    assert lies_within("襄阳能推几家") == ["襄阳"]


def test_an_edition_that_does_not_exist(corpus: Corpus) -> None:
    assert unknown_edition(question("上海2025年修订的实施细则怎么说", "上海市"), corpus)
    assert not unknown_edition(question("上海2022年发布的实施细则怎么说", "上海市"), corpus)
    assert not unknown_edition(question("2026年出台的国家办法怎么说", "上海市"), corpus)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("河南2023年认定了多少家专精特新", None),
        ("2019年全国评了多少家小巨人", None),
        ("上海2025年修订的细则第几条写了复核", None),
    ],
)
def test_counts_of_other_years_and_editions_that_do_not_exist_are_not_made_up(
    assistant: Assistant, text: str, place: str | None
) -> None:
    assert ask(assistant, text, place).status == "not_found"


def test_a_number_of_a_neighbour_is_not_named_beside_a_not_found(assistant: Assistant) -> None:
    answer = ask(assistant, "湖北2021年省级小巨人，襄阳能推荐几家")
    assert answer.status == "not_found"
    assert "家”" not in answer.answer


def test_a_year_gone_by_is_answered_from_its_own_documents(assistant: Assistant) -> None:
    answer = ask(assistant, "2021年评市级专精特新，前一年营业收入要达到多少", "北京市")
    assert documents(answer)[0].endswith("bj-02")
    assert not any(name == "cn/miit/2026/2" for name in documents(answer))


def test_the_round_of_the_season_answers(assistant: Assistant) -> None:
    spring = ask(assistant, "湖北2021年春季那次省级小巨人的资产负债率上限")
    autumn = ask(assistant, "湖北2021年秋季那次省级小巨人的资产负债率上限")
    assert documents(spring)[0].endswith("hb-01")
    assert "80%" not in spring.answer
    assert documents(autumn)[0].endswith("hb-06")


def test_the_title_of_a_place_is_not_joined_with_that_of_the_country(assistant: Assistant) -> None:
    answer = ask(assistant, "云南省级小巨人2020年度营业收入要多少")
    assert documents(answer)
    assert all("yn-02" in name for name in documents(answer))


def test_how_long_a_document_named_by_its_number_holds(assistant: Assistant, corpus: Corpus) -> None:
    number = corpus.documents["cn/compendium-2021/sc-05"].number
    answer = ask(assistant, f"{number}从哪天起执行，管几年", "四川省")
    assert answer.status == "answered"
    assert answer.citations[0].eid == "art_18"


def test_that_a_document_does_not_say_how_long_it_holds_is_an_answer(assistant: Assistant) -> None:
    answer = ask(assistant, "兵团专精特新认定办法写了管到哪年吗", "新疆生产建设兵团")
    assert answer.status == "answered"
    assert "没有写" in answer.answer
