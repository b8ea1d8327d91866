"""Which standard is chosen for which title, track and day on which the procedure started."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from criteria_made import STANDARDS, TODAY, run
from hypothesis import given
from hypothesis import strategies as st

from assistant.criteria import StandardNotFound
from assistant.criteria.select import select
from corpus.criteria_models import Track

LAST_OLD_DAY, FIRST_NEW_DAY = date(2026, 3, 31), date(2026, 4, 1)
TITLES = {"专精特新": "zjtx", "小巨人": "xjr"}


def chosen(title: str, track: Track | None, started: date | None, as_of: date = TODAY) -> tuple[str, list[str]]:
    """Ids of the standard that applies and of those beside it."""
    choice = select(title, track, as_of=as_of, started=started, standards=tuple(STANDARDS.values()))
    return choice.standard.id, [one.id for one in choice.beside]


@pytest.mark.parametrize(
    ("title", "track", "started", "standard", "beside"),
    [
        ("专精特新", "first", date(2026, 3, 1), "zjtx-2022", []),
        ("小巨人", "first", date(2026, 3, 1), "xjr-2022", []),
        ("专精特新", "review", date(2026, 3, 1), "zjtx-2026", ["zjtx-2022"]),
        ("小巨人", "review", date(2026, 3, 1), "xjr-2026", ["xjr-2022"]),
        ("专精特新", "first", LAST_OLD_DAY, "zjtx-2022", []),
        ("专精特新", "review", LAST_OLD_DAY, "zjtx-2026", ["zjtx-2022"]),
        ("专精特新", "first", FIRST_NEW_DAY, "zjtx-2026", []),
        ("专精特新", "review", FIRST_NEW_DAY, "zjtx-2026", []),
        ("小巨人", "first", FIRST_NEW_DAY, "xjr-2026", []),
        ("小巨人", "review", FIRST_NEW_DAY, "xjr-2026", []),
        ("小巨人", "first", date(2021, 6, 1), "xjr-2021", []),
        ("小巨人", "review", date(2021, 6, 1), "xjr-2021", []),
        ("小巨人", None, date(2021, 6, 1), "xjr-2021", []),
        ("小巨人", "first", date(2023, 5, 1), "xjr-2022", []),
        ("重点小巨人", "first", date(2021, 3, 1), "zdxjr-2021", []),
        ("创新型", "first", date(2026, 3, 1), "cxx-2022", []),
        ("创新型", "review", date(2026, 3, 1), "cxx-2022", []),
        ("创新型", "first", FIRST_NEW_DAY, "cxx-2022", []),
        ("科技型", "first", FIRST_NEW_DAY, "kjx-2017", []),
        ("专精特新", "first", None, "zjtx-2026", []),
        ("小巨人", "review", None, "xjr-2026", []),
    ],
)
def test_title_track_and_day_choose_the_standard(
    title: str, track: Track | None, started: date | None, standard: str, beside: list[str]
) -> None:
    assert chosen(title, track, started) == (standard, beside)


def test_an_unsaid_track_goes_by_the_day_and_names_the_other_standard() -> None:
    standards = tuple(STANDARDS.values())
    choice = select("小巨人", None, as_of=TODAY, started=date(2026, 3, 1), standards=standards)
    assert (choice.standard.id, [one.id for one in choice.beside]) == ("xjr-2022", ["xjr-2026"])
    assert "没有说明是首次申报还是复核" in choice.notes[0]


def test_the_later_standard_is_not_offered_before_it_was_in_force() -> None:
    asked_then = date(2026, 3, 20)
    assert chosen("小巨人", "review", date(2026, 3, 1), as_of=asked_then) == ("xjr-2022", [])


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("小巨人", date(2021, 4, 18)),
        ("小巨人", date(2022, 1, 1)),
        ("小巨人", date(2022, 5, 31)),
        ("专精特新", date(2022, 11, 10)),
        ("重点小巨人", date(2026, 1, 1)),
        ("科技型", date(2017, 1, 1)),
    ],
)
@pytest.mark.parametrize("track", ["first", "review", None])
def test_a_day_that_no_version_covers_is_refused_with_what_is_there(title: str, day: date, track: Track | None) -> None:
    with pytest.raises(StandardNotFound) as refused:
        chosen(title, track, day)
    words = str(refused.value)
    assert words.startswith(f"{day.year}年{day.month}月{day.day}日启动的“{title}”")
    assert all(standard.name in words for standard in STANDARDS.values() if standard.title == title)


@given(day=st.dates(date(2015, 1, 1), date(2030, 12, 31)), title=st.sampled_from(sorted(TITLES)))
def test_a_standard_is_never_used_for_a_first_application_outside_its_days(day: date, title: str) -> None:
    try:
        name, beside = chosen(title, "first", day)
    except StandardNotFound:
        return
    force = STANDARDS[name].in_force
    assert force.from_ is not None
    assert force.from_ <= day
    assert force.until is None or day <= force.until
    assert beside == []


def test_versions_of_a_title_do_not_overlap() -> None:
    for title in {standard.title for standard in STANDARDS.values()}:
        versions = [s.in_force for s in STANDARDS.values() if s.title == title]
        for one, following in pairwise(versions):
            assert one.until is not None
            assert following.from_ is not None
            assert one.until < following.from_, title


def test_the_chain_of_versions_has_no_gap_at_the_change_of_2026() -> None:
    for short in TITLES.values():
        old, new = STANDARDS[f"{short}-2022"], STANDARDS[f"{short}-2026"]
        assert new.supersedes == old.document
        assert old.in_force.until is not None
        assert old.in_force.until + timedelta(days=1) == new.in_force.from_
        assert new.transition is not None
        assert new.transition.review_started_before == new.in_force.from_


def test_both_verdicts_stand_side_by_side_and_may_differ() -> None:
    """Two invention patents, both bought years ago: enough for the old standard, nothing for the new one."""
    company = {
        "class_1_ip": 0, "ip_transferred_in": 2, "ip_transferred_recent": 0, "rd_institution_own": True,
        "revenue": {2024: "11000万元", 2025: "12000万元"}, "rd_expense": {2024: "600万元", 2025: "700万元"},
        "award_level_l3y": "none", "class_1_ip_in_use": True, "maker_contest_l3y": "none",
    }  # fmt: skip
    verdict = run("小巨人", company, rest=True, track="review", started=date(2026, 3, 1))
    assert verdict.standard == STANDARDS["xjr-2026"].name
    assert [one.standard for one in verdict.beside] == [STANDARDS["xjr-2022"].name]
    assert (verdict.outcome, verdict.beside[0].outcome) == ("not_eligible", "eligible")
    assert any("两套标准都核对" in note for note in verdict.notes)
    assert any("旧标准" in note for note in verdict.beside[0].notes)
