"""The interactions A–R once more, for what the retired standards and two documents side by side add to them.

Duties (letters B to F) have their tests in ``tests/duties``. The last test proves that no letter is without one.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from criteria_made import STANDARDS, asked, outcomes, passing, row, run

from assistant.answer import Verdict
from assistant.criteria.check import check_against
from assistant.criteria.facts_file import facts_from_mapping
from corpus.load import load_corpus

LETTERS = "ABCDEFGHIJKLMNOPQR"
DUTIES = "BCDEF"
NAMED = re.compile(r"^def test_((?:[a-r]_)+)", re.MULTILINE)


def old(standard: str, **facts: object) -> Verdict:
    """The sample company of a retired standard, changed, against that standard."""
    known = STANDARDS[standard]
    round_ = known.tests.round
    values, problems = facts_from_mapping({**passing(standard), **facts}, last_year=round_ - 1)
    day = date(round_, 11, 21)
    return check_against(known, values, track="first", as_of=day, round_year=round_, problems=problems)


def test_a_the_lower_titles_keep_their_older_rules() -> None:
    for title, words in (("创新型", "2022〕63号 附件1"), ("科技型", "2017〕115号")):
        for track in ("first", "review"):
            verdict = run(title, {}, track=track, started=date(2026, 6, 1))
            assert words in verdict.standard
            assert verdict.beside == []


def test_c_the_old_standard_is_not_applied_again_to_a_title_that_still_runs() -> None:
    """A title of before the change keeps to its own end; a review begun now is judged by the new standard alone."""
    verdict = run("小巨人", {"holds_xjr": True}, started=date(2026, 9, 1))
    assert verdict.track == "review"
    assert verdict.standard == STANDARDS["xjr-2026"].name
    assert verdict.beside == []


def test_g_a_listing_that_was_lifted_does_not_bar_under_the_old_standards_either() -> None:
    for standard in ("zjtx-2022", "xjr-2022"):
        facts = {**passing(standard), "abnormal_removed": True, "dishonest_listed_now": False}
        facts.pop("listed_now")
        values, _ = facts_from_mapping(facts, last_year=2024)
        verdict = check_against(STANDARDS[standard], values, track="first", as_of=date(2025, 11, 21))
        assert verdict.outcome == "eligible"
        assert "已经移出的不影响" in row(verdict, "shanghai__art_3").note


@pytest.mark.parametrize(("recent", "old_outcome"), [(0, "met"), (2, "not_met")])
def test_h_a_bought_patent_counts_after_a_year_in_the_old_standard_and_never_in_the_new(
    recent: int, old_outcome: str
) -> None:
    facts = {"class_1_ip": 0, "ip_transferred_in": 2, "ip_transferred_recent": recent}
    company = {**passing("xjr-2022"), **facts}
    company.pop("class_1_ip_63")
    values, _ = facts_from_mapping(company, last_year=2024)
    verdict = check_against(STANDARDS["xjr-2022"], values, track="first", as_of=date(2025, 11, 21))
    assert outcomes(verdict)["item_4"] == old_outcome
    now = run("小巨人", {**passing("xjr-2026"), **facts}, track="first")
    assert outcomes(now)["item_4"] == "not_met"


def test_h_two_patents_that_were_bought_raise_the_question_when() -> None:
    company = {**passing("xjr-2022"), "class_1_ip": 0, "ip_transferred_in": 2}
    company.pop("class_1_ip_63")
    values, _ = facts_from_mapping(company, last_year=2024)
    verdict = check_against(STANDARDS["xjr-2022"], values, track="first", as_of=date(2025, 11, 21))
    assert outcomes(verdict)["item_4"] == "unknown"
    assert set(asked(verdict)) & {"class_1_ip_63", "ip_transferred_recent", "class_1_ip_transferred_1y"}


@pytest.mark.parametrize(
    ("share", "points", "old_little_giant"),
    [("9.99%", "4分", "not_met"), ("10%", "4分", "met"), ("10.01%", "6分", "met")],
)
def test_i_over_ten_percent_in_shanghai_and_from_ten_percent_nationally(
    share: str, points: str, old_little_giant: str
) -> None:
    scored = old("zjtx-2022", market_share={2024: share})
    assert row(scored, "item_4").values["得分·上海特色化：细分市场领先地位"].startswith(points)
    assert outcomes(old("xjr-2022", market_share={2024: share}))["item_3"] == old_little_giant


@pytest.mark.parametrize("announced", [date(2026, 4, 20), date(2026, 6, 30), date(2026, 11, 21)])
def test_k_a_batch_filed_before_april_2026_goes_by_the_old_standard_whenever_it_is_announced(announced: date) -> None:
    filed = date(2026, 3, 6)
    verdict = run("专精特新", {}, track="first", as_of=announced, started=filed)
    assert verdict.standard == STANDARDS["zjtx-2022"].name
    assert verdict.round == 2026
    assert run("专精特新", {}, track="first", as_of=announced).standard == STANDARDS["zjtx-2026"].name


def test_l_where_the_old_notice_leaves_each_year_or_together_open_the_outcome_is_unknown() -> None:
    spent = {2019: "200万元", 2020: "400万元"}
    verdict = old("xjr-2021", revenue={2019: "10000万元", 2020: "10000万元"}, rd_expense=spent)
    assert outcomes(verdict)["classes"] == "unknown"
    assert "没有写明" in row(verdict, "classes").note
    assert asked(verdict) == []


def test_r_the_same_article_number_of_two_documents_is_never_mixed_up() -> None:
    corpus = load_corpus()
    local, national = (corpus.clauses[f"{document}#art_29"] for document in ("cn-sh/jxw/2022/8", "cn/miit/2026/2"))
    assert "标准" in local.digest
    assert "标准" not in national.digest
    for standard in STANDARDS.values():
        for criterion in standard.criteria:
            if criterion.document not in (None, standard.document):
                assert criterion.clause.startswith(("上海细则", "划型标准")), (standard.id, criterion.id)
            cited = criterion.document or standard.document
            if corpus.documents[cited].included:
                assert f"{cited}#{criterion.eid}" in corpus.clauses, (standard.id, criterion.id)
    verdict = run("专精特新", {}, track="first", started=date(2026, 3, 1))
    citations = {one.id: one.citation for one in verdict.criteria}
    assert citations["shanghai__art_16"] == "cn-sh/jxw/2022/8#art_16"
    assert citations["item_1"] == ""


def letters_named_in(*files: Path) -> set[str]:
    """The letters with which the names of the tests begin: ``test_d_e_reports`` stands for D and E."""
    found = (name for file in files for name in NAMED.findall(file.read_text("utf-8")))
    return {letter.upper() for name in found for letter in name.split("_") if letter}


def test_no_letter_is_without_a_test() -> None:
    here = Path(__file__)
    checker = letters_named_in(here, here.with_name("test_interactions.py"))
    duties = letters_named_in(*(here.parents[1] / "duties").glob("test_*.py"))
    assert checker | (duties & set(DUTIES)) == set(LETTERS)
    assert duties >= set(DUTIES)
    beside = {case.letter for standard in STANDARDS.values() for case in standard.tests.cases} - {""}
    assert beside <= set(LETTERS)
    assert beside >= set("AFGHIJLNOP")
