"""Made companies: of every kind, the same for the same seed, with a solution that agrees with the checker."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.criteria.cases import AFTER_THE_DATE
from assistant.criteria.check import check_against
from assistant.errors import BadInput
from assistant.workshop.changes import limits
from assistant.workshop.models import SAMPLE_KINDS
from assistant.workshop.samples import kinds_of, made, sample
from assistant.workshop.steps import all_steps, solution
from corpus.criteria_models import load_standards

RESULT = {
    "eligible": {"eligible"}, "one_reason": {"not_eligible"}, "several": {"not_eligible"}, "needs_info": {"needs_info"},
    "boundary": {"eligible", "not_eligible"}, "near_miss": {"not_eligible"}, "review": {"eligible", "not_eligible"},
    "exempt": {"eligible"},
}  # fmt: skip


@pytest.mark.parametrize("standard", [one.id for one in load_standards()])
def test_every_kind_is_what_it_promises(standard: str) -> None:
    kinds = kinds_of(standard)
    assert {"eligible", "one_reason", "several", "needs_info", "review"} <= {*kinds}
    for kind in kinds:
        one = sample(standard, kind, 11)
        rows = one.verdict.criteria
        assert one.verdict.outcome in RESULT[kind]
        assert not one.verdict.conflicts
        fails = sum(row.outcome == "not_met" for row in rows)
        if kind in ("one_reason", "near_miss"):
            assert fails == 1
        if kind == "several":
            assert fails > 1
        if kind == "exempt":
            assert any(row.outcome == "exempt" for row in rows)
        if kind == "boundary":
            assert any(one.facts[limit.key].lo == limit.leaf.right.value for limit in limits(one.setting))
        assert one.company.name.endswith("（虚构）")
        assert one.company.steps == len(rows)


def test_the_checker_agrees_when_asked_afresh() -> None:
    for seed in range(12):
        one = sample("xjr-2026", "one_reason", seed)
        standard = one.setting.standard
        fresh = check_against(
            standard, one.facts, track="first", as_of=date(one.setting.round, *AFTER_THE_DATE),
            round_year=one.setting.round,
        )  # fmt: skip
        assert fresh == one.verdict


def test_the_same_seed_gives_the_same_company() -> None:
    first = sample("zjtx-2026", "several", 3)
    made.cache_clear()
    again = made(first.company.id)
    assert again.company == first.company
    assert sample("zjtx-2026", "several", 4).company != first.company


def test_the_solution_is_revealed_step_by_step() -> None:
    one = sample("zjtx-2026", "one_reason", 5)
    nothing = solution(one.company.id, 0)
    assert nothing.steps == []
    assert nothing.result is None
    assert nothing.conclusion == ""
    half = solution(one.company.id, 3)
    assert len(half.steps) == 3
    assert half.result is None
    whole = solution(one.company.id, 99)
    assert whole.done
    assert whole.result == "not_eligible"
    failing = next(row for row in one.verdict.criteria if row.outcome == "not_met")
    assert failing.clause in whole.conclusion
    step = next(step for step in whole.steps if step.criterion == failing.id)
    assert any(part.result == "no" for part in step.parts)
    assert all(step.citation.startswith("cn/miit/2026/2#") for step in whole.steps)


def test_an_exemption_is_shown_as_one() -> None:
    one = sample("zjtx-2026", "exempt", 2)
    step = next(step for step in all_steps(one) if step.outcome == "exempt")
    assert any(part.condition.startswith("豁免情形") and part.result == "yes" for part in step.parts)


def test_a_needed_fact_is_named() -> None:
    found = solution(sample("zjtx-2026", "needs_info", 8).company.id, 99)
    assert found.result == "needs_info"
    assert found.missing


@pytest.mark.parametrize("wrong", ["", "x", "zjtx-2026~eligible~1", "zjtx-2026~none~1~上海市", "none~eligible~1~上海市",
                                   "zjtx-2026~eligible~1~火星", "zjtx-2026~eligible~-1~上海市"])  # fmt: skip
def test_wrong_ids_are_refused(wrong: str) -> None:
    with pytest.raises(BadInput):
        made(wrong)


def test_every_kind_has_a_name() -> None:
    assert SAMPLE_KINDS.keys() == RESULT.keys()
