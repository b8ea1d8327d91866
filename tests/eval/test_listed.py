"""Check-ups and duties are judged by what the trace recorded."""

from __future__ import annotations

from datetime import date

import pytest

from eval.listed import NOTHING, Listed, list_checks, listed
from eval.questions_model import Gold


def gold(**more: object) -> Gold:
    return Gold.model_validate({"id": "tt-1", "persona": "owner", "ask": "问", **more})


def test_the_trace_says_what_was_listed() -> None:
    trace = [
        {"step": "checkup", "statuses": {"guarantee": "likely"}},
        {"step": "duties", "days": {"update-national": ["2026-05-31", "2027-05-31"]}},
    ]
    assert listed(trace) == Listed(
        rows={"guarantee": "likely"}, days={"update-national": [date(2026, 5, 31), date(2027, 5, 31)]}
    )
    assert listed([{"step": "routed"}]) == NOTHING


def test_rows_are_right_with_any_of_their_statuses() -> None:
    question = gold(route="checkup", rows={"guarantee": ["no", "needs_info"], "other": "absent"})
    assert [ok for _, ok, _ in list_checks(question, Listed(rows={"guarantee": "no"}))] == [True]
    ((name, ok, why),) = list_checks(question, Listed(rows={"guarantee": "entitled", "other": "no"}))
    assert (name, ok) == ("rows", False)
    assert all(word in why for word in ("guarantee", "entitled", "other"))


def test_a_day_has_to_be_listed_and_none_to_come_where_none_should() -> None:
    found = Listed(days={"update-national": [date(2026, 5, 31)], "review-zjtx": [date(2027, 6, 30)]})
    assert list_checks(gold(route="duties", duties={"review-zjtx": "2027-06-30"}), found)[0][1]
    assert not list_checks(gold(route="duties", duties={"review-zjtx": "2027-06-29"}), found)[0][1]
    assert list_checks(gold(route="duties", no_duties=["update-national"]), found)[0][1]
    assert not list_checks(gold(route="duties", no_duties=["review-zjtx"]), found)[0][1]


@pytest.mark.parametrize(
    "wrong", [{"rows": {"x": "no"}}, {"duties": {"x": "2027-01-01"}}, {"beside": "eligible", "route": "eligibility"}]
)
def test_a_list_needs_its_route(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"只用于|一起写|没有写"):
        gold(**wrong)
