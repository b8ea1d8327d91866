"""The tests beside the rules, and that they would notice any rule being dropped, turned round or moved by a hair."""

from __future__ import annotations

import pytest
from criteria_made import STANDARDS

from assistant.criteria.cases import complaints
from assistant.criteria.mutate import changed, changed_item, mutants, survivors
from corpus.criteria_models import Case, Standard
from corpus.criteria_tree import ScoreItem, leaves, parse_node

CASES = [(standard, case) for standard in STANDARDS.values() for case in standard.tests.cases]


@pytest.mark.parametrize(("standard", "case"), CASES, ids=[f"{s.id}-{c.name}" for s, c in CASES])
def test_case_beside_the_rules(standard: Standard, case: Case) -> None:
    assert complaints(standard, case) == []


@pytest.mark.parametrize("standard", STANDARDS.values(), ids=list(STANDARDS))
def test_every_changed_rule_fails_a_case(standard: Standard) -> None:
    assert survivors(standard) == []


@pytest.mark.parametrize("standard", STANDARDS.values(), ids=list(STANDARDS))
def test_every_leaf_is_changed_in_more_than_one_way(standard: Standard) -> None:
    count = sum(1 for _ in mutants(standard))
    own = [leaf for c in standard.criteria for leaf in leaves(c.model_copy(update={"remarks": ()}).test)]
    assert count >= 2 * len({id(leaf) for leaf in own})


def test_a_leaf_is_dropped_turned_round_and_moved() -> None:
    node = parse_node({"all": [{"ge": ["revenue.Y1", "5000万元"]}, {"flag": "is_sme"}]})
    assert [what for what, _ in changed(node)] == [
        "删去 revenue.Y1 ge 5000万元", "反过来 revenue.Y1 ge 5000万元", "正好踩线 revenue.Y1 ge 5000万元",
        "删去 flag is_sme", "反过来 flag is_sme",
    ]  # fmt: skip


def test_a_score_line_is_changed_in_its_bands_points_and_cap() -> None:
    banded = ScoreItem.model_validate(
        {"id": "a", "label": "甲", "max": "20分", "bands": [{"points": "20分", "when": {"ge": ["rd_ratio.Y1", "5%"]}}]}
    )
    found = dict(changed_item(banded))
    assert len(found) == 5
    assert found["20分一档 删去 rd_ratio.Y1 ge 5%"].bands == ()
    assert found["20分一档多给1分"].bands[0].points.value == 21
    assert found["都不到的多给1分"].otherwise.value == 1
    counted = ScoreItem.model_validate(
        {
            "id": "b",
            "label": "乙",
            "max": "5分",
            "per": {"points": "3分", "of": [{"flag": "is_sme"}, {"flag": "holds_tech"}]},
        }
    )
    found = dict(changed_item(counted))
    assert found["封顶多1分"].max.value == 6
    assert len(found) == 6
