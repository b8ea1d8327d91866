"""The quiz: every question of many seeds is solved again on a way of its own."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest

from assistant.criteria.check import check
from assistant.criteria.facts_file import facts_from_mapping
from assistant.errors import BadInput
from assistant.workshop.models import RESULTS, TOPICS, QuizQuestion
from assistant.workshop.quiz import key_of, make_quiz
from assistant.workshop.samples import made
from corpus.load import Corpus
from corpus.models import split_ref
from corpus.quantities import find_quantities
from corpus.support import same, unsupported
from corpus.validity import validity

DAY = date(2026, 11, 21)
WANTED = 500


@pytest.fixture(scope="module")
def questions(corpus: Corpus) -> list[QuizQuestion]:
    """Questions of many seeds, each way of asking once."""
    found: dict[str, QuizQuestion] = {}
    count = 0
    for seed in range(100):
        for one in make_quiz(corpus, as_of=DAY, seed=seed, number=50).questions:
            count += 1
            found.setdefault(f"{one.question.stem} {[option.text for option in one.question.options]}", one)
        if count >= WANTED and seed >= 11:
            break
    assert count >= WANTED
    return list(found.values())


def test_each_has_one_right_option_and_a_clause_in_force(questions: list[QuizQuestion], corpus: Corpus) -> None:
    for one in questions:
        texts = [option.text for option in one.question.options]
        assert 3 <= len(texts) == len(set(texts)) <= 4
        assert one.key.right in {option.id for option in one.question.options}
        assert one.key.citation in corpus.clauses, one.question.stem
        assert validity(one.key.citation, DAY, corpus).state == "in_force"
        assert corpus.documents[split_ref(one.key.citation)[0]].confidence == "H"
        assert one.key.explanation
    assert {one.question.topic for one in questions} == set(TOPICS)


def test_the_clause_holds_the_figure_and_none_of_the_others(questions: list[QuizQuestion], corpus: Corpus) -> None:
    seen: Counter[str] = Counter()
    for one in questions:
        clause = corpus.clauses[one.key.citation].digest
        right, wrong = split(one)
        if one.question.topic in ("threshold", "amount", "deadline"):
            assert not unsupported(right, [clause]), one.question.stem
            there = find_quantities(clause)
            if one.question.topic != "threshold":
                assert not any(same(a, b) for text in wrong for a in find_quantities(text) for b in there)
            seen[one.question.topic] += 1
        if one.question.topic == "body":
            assert right in clause
            assert not any(text in clause for text in wrong)
        if one.question.topic == "clause":
            figure = re.search("：(.+)”写在哪一条", one.question.stem)
            assert figure is not None
            assert not unsupported(figure[1], [clause])
            document = split_ref(one.key.citation)[0]
            by_label = {c.label: c for ref, c in corpus.clauses.items() if split_ref(ref)[0] == document}
            figures = find_quantities(figure[1])
            for text in wrong:
                assert not any(same(a, b) for a in figures for b in find_quantities(by_label[text].digest))
    assert min(seen.values()) > 3


def split(one: QuizQuestion) -> tuple[str, list[str]]:
    """The text of the right option, and the others."""
    texts = {option.id: option.text for option in one.question.options}
    return texts[one.key.right], [text for id_, text in texts.items() if id_ != one.key.right]


def test_companies_are_judged_again_from_what_the_question_shows(questions: list[QuizQuestion]) -> None:
    """Only the table under the question is read, as a person would type it in, and given to the checker."""
    count = 0
    for one in questions:
        if one.question.topic not in ("qualifies", "failing"):
            continue
        company = made(one.recipe.subject).company
        said = {fact.key: fact.value for fact in one.question.facts}
        facts, problems = facts_from_mapping(said, last_year=company.round - 1)
        assert not problems
        verdict = check(company.title, facts, track=company.track, as_of=DAY, round_year=company.round)
        assert not any("您没有提到的" in note for note in verdict.notes), "nothing may hang on an assumption"
        if one.question.topic == "qualifies":
            assert split(one)[0] == RESULTS[verdict.outcome]
        else:
            outcomes = {f"{row.clause} {row.label}": row.outcome for row in verdict.criteria}
            assert outcomes[split(one)[0]] == "not_met"
            assert all(outcomes[text] in ("met", "exempt", "declared", "manual") for text in split(one)[1])
        count += 1
    assert count > 60


def test_versions_by_the_day(questions: list[QuizQuestion]) -> None:
    found = [one for one in questions if one.question.topic == "version"]
    for one in found:
        day = date.fromisoformat(one.recipe.detail)
        assert ("〔2026〕2号" if day >= date(2026, 4, 1) else "〔2022〕63号") in split(one)[0]
        assert split(one)[0].startswith(one.recipe.subject)
    assert {date.fromisoformat(one.recipe.detail) >= date(2026, 4, 1) for one in found} == {True, False}


def test_grading_works_the_answer_out_again(corpus: Corpus, questions: list[QuizQuestion]) -> None:
    for one in questions[:60]:
        forged = one.key.model_copy(update={"right": "a"})
        assert key_of(one.question, one.recipe, corpus) == one.key
        assert forged.right == "a"  # what is kept beside the question plays no part


def test_a_question_without_a_single_right_answer_counts_for_nobody(corpus: Corpus) -> None:
    one = make_quiz(corpus, as_of=DAY, seed=1, number=1, topics=["threshold"]).questions[0]
    right, _ = split(one)
    gone = [option.model_copy(update={"text": "不低于7万元" if option.text == right else option.text})
            for option in one.question.options]  # fmt: skip
    key = key_of(one.question.model_copy(update={"options": gone}), one.recipe, corpus)
    assert key.right == ""
    assert "不计分" in key.explanation
    unknown = one.recipe.model_copy(update={"subject": "none"})
    assert key_of(one.question, unknown, corpus).right == ""


def test_the_same_seed_gives_the_same_quiz(corpus: Corpus) -> None:
    first, again = (make_quiz(corpus, as_of=DAY, seed=9, number=9) for _ in range(2))
    assert first == again
    assert make_quiz(corpus, as_of=DAY, seed=10, number=9) != first


def test_topics_levels_and_numbers(corpus: Corpus) -> None:
    found = make_quiz(corpus, as_of=DAY, seed=2, number=8, topics=["body", "change"])
    assert {one.question.topic for one in found.questions} == {"body", "change"}
    easy = make_quiz(corpus, as_of=DAY, seed=2, number=12, level=1)
    assert {one.question.level for one in easy.questions} == {1}
    few = make_quiz(corpus, as_of=DAY, seed=2, number=50, topics=["version"])
    assert few.short_of == 50 - len(few.questions) > 0
    with pytest.raises(BadInput):
        make_quiz(corpus, as_of=DAY, seed=2, number=51)


def test_another_place_is_not_asked_about_shanghai(corpus: Corpus) -> None:
    found = make_quiz(corpus, as_of=DAY, seed=2, number=30, place="天津市")
    assert found.questions
    assert not any(split_ref(one.key.citation)[0].startswith("cn-sh") for one in found.questions)
