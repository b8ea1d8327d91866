"""No gold question is answered by a curated answer to something else: each of them stands as a curated question once, and
all are asked."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.desk.curated_match import alike, asked, matches
from assistant.house import House
from assistant.policy.question import Question
from assistant.understanding.titles import titles_in
from assistant.understanding.where import asked_place
from eval.questions_model import Gold, load_questions

DAY = date(2026, 11, 21)
LEAST_FOUND = 30


def place_of(gold: Gold) -> str:
    return asked_place(gold.turns[0], gold.place or "上海市")


def of_one_matter(one: Gold, other: Gold) -> bool:
    """The same matter, or clauses in common; what has no answer only with what has none. A question that is there for its
    route alone says nothing of clauses."""
    if one.same and one.same == other.same:
        return True
    mine, theirs = ({ref for group in gold.groups for ref in group} for gold in (one, other))
    if mine and theirs:
        return bool(mine & theirs)
    return one.status == other.status or "routing" in (one.set, other.set)


def test_gold_questions_match_only_their_own_matter(house: House) -> None:
    golds = {g.id: g for g in load_questions() if len(g.turns) == 1 and not g.as_of}
    by_place: dict[str, list[tuple[str, list[str]]]] = {}
    for gold in golds.values():
        if gold.route in (None, "policy") and not gold.verdict:
            by_place.setdefault(place_of(gold), []).append((gold.id, gold.turns))
    assert house.searcher
    found, wrong = 0, []
    for gold in golds.values():
        question = Question(gold.turns[0], place_of(gold), DAY, tuple(titles_in(gold.turns[0])))
        others = [entry for entry in by_place.get(question.place, []) if entry[0] != gold.id]
        for name, wording in matches(question, others, house.searcher, house.corpus):
            found += 1
            if not of_one_matter(gold, golds[name]):
                wrong.append(f"{question.text} ← {wording}")
    assert wrong == []
    assert found >= LEAST_FOUND


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("小巨人的营收最低要多少", "专精特新的营收最低要多少"),
        ("首次申报小巨人看哪几年的营收", "复核小巨人看哪几年的营收"),
        ("研发费用100万够不够", "研发费用200万够不够"),
        ("材料要交纸质的", "材料不要交纸质的"),
        ("负债率最高能到多少", "负债率最低要到多少"),
        ("第三批小巨人的营收要多少", "第五批小巨人的营收要多少"),
    ],
)
def test_a_word_that_changes_the_question_keeps_them_apart(one: str, other: str) -> None:
    assert alike(asked(one), asked(other)) == 0.0


def test_politeness_and_signs_change_nothing() -> None:
    assert alike(asked("请问小巨人的有效期是几年？"), asked("小巨人有效期是几年呢")) == 1.0
