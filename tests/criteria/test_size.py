"""The size of a company: the cases beside the floors, every floor from below, on and above, gaps, words that disagree."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from criteria_made import asked, outcomes, row, run, table
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from typer.testing import CliRunner

from assistant.cli import app
from assistant.criteria.derive import build
from assistant.criteria.exact import NO, UNKNOWN, YES, evaluate
from assistant.criteria.size import sizing, sme_tree
from assistant.facts.values import Facts, Value
from corpus.facts_models import load_dictionary
from corpus.size_models import CLASSES, LINES, Line, SizeCase, Trade, load_size

SIZE = load_size()
KEYS = {"staff": "staff@2025", "revenue": "revenue@2025", "assets": "total_assets@2025"}
TRADES = {trade.trade: trade for trade in SIZE.trades}
FLOORS = [(t, line, name) for t in SIZE.trades for line in LINES for name in t.floors(line)]

# Staff, revenue and assets of the line "large" (万元), put down a second time to catch a slip in the data.
LARGE: dict[str, tuple[int | None, int | None, int | None]] = {
    "农林牧渔业": (None, 20000, None), "工业": (1000, 40000, None), "建筑业": (None, 80000, 80000),
    "批发业": (200, 40000, None), "零售业": (300, 20000, None), "交通运输业": (1000, 30000, None),
    "仓储业": (200, 30000, None), "邮政业": (1000, 30000, None), "住宿业": (300, 10000, None),
    "餐饮业": (300, 10000, None), "信息传输业": (2000, 100000, None), "软件和信息技术服务业": (300, 10000, None),
    "房地产开发经营": (None, 200000, 10000), "物业管理": (1000, 5000, None), "租赁和商务服务业": (300, None, 120000),
    "其他未列明行业": (300, None, None),
}  # fmt: skip


def company(trade: str | None, figures: dict[str, Fraction]) -> Facts:
    """Facts of a company of the year before the round."""
    facts = {KEYS[name]: Value.exact(number) for name, number in figures.items()}
    return {**facts, **({"industry": Value.one_of(trade)} if trade else {})}


def classes(facts: Facts) -> tuple[str, ...]:
    """The classes that are possible."""
    return sizing(build(facts, load_dictionary(), round_year=2026), 2026).classes


def plain_class(trade: Trade, figures: dict[str, Fraction]) -> str:
    """The class by counting down the lines, for a company of which everything is known."""
    for line in LINES:
        if all(figures[name] >= floor.value for name, floor in trade.floors(line).items()):
            return line
    return "micro"


def test_the_large_floors_are_those_of_the_standard() -> None:
    found = {}
    for trade in SIZE.trades:
        scale = {"staff": 1, "revenue": 10_000, "assets": 10_000}
        values = {n: int(f.value) // scale[n] for n, f in trade.large.items()}
        found[trade.trade] = tuple(values.get(name) for name in KEYS)
    assert found == LARGE


def test_floors_that_were_not_read_in_the_original_are_marked() -> None:
    marked = {(t.trade, line): mark for t in SIZE.trades for line, mark in t.confidence.items()}
    assert marked == {
        ("房地产开发经营", "medium"): "M", ("物业管理", "medium"): "K", ("租赁和商务服务业", "medium"): "K",
        ("其他未列明行业", "medium"): "K",
    }  # fmt: skip
    verdict = run("sme", {"industry": "物业管理", "staff": 320, "revenue": "1100万元"})
    assert "待核对原文" in row(verdict, "medium").note
    assert "待核对原文" in verdict.notes[0]
    assert "待核对原文" not in run("sme", {"industry": "物业管理", "staff": 20, "revenue": "100万元"}).notes[0]
    assert "待核对原文" not in row(run("sme", {"industry": "工业", "staff": 320}), "medium").note


@pytest.mark.parametrize("case", SIZE.tests.cases, ids=[case.name for case in SIZE.tests.cases])
def test_case_beside_the_floors(case: SizeCase) -> None:
    verdict = run("sme", case.given)
    assert verdict.outcome == case.outcome
    found = sizing(table(case.given), 2026)
    assert found.classes == case.classes
    assert set(case.asks) <= set(asked(verdict))
    assert bool(verdict.missing) == (case.outcome == "needs_info")
    wanted = {"eligible": {"met", "exempt"}, "not_eligible": {"not_met", "met", "exempt"}}
    assert set(outcomes(verdict).values()) <= wanted.get(case.outcome, {"unknown", "met", "exempt"})
    assert ("not_met" in outcomes(verdict).values()) == (case.outcome == "not_eligible")
    for one in found.classes:
        label = load_dictionary()["size_class"].choice_labels[one]
        assert label in verdict.notes[0]


@pytest.mark.parametrize(("trade", "line", "name"), FLOORS, ids=[f"{t.trade}-{line}-{n}" for t, line, n in FLOORS])
def test_below_equal_above_missing(trade: Trade, line: Line, name: str) -> None:
    """Everything else of the line is reached; the one figure decides between the line and what is below it."""
    floor = trade.floors(line)[name].value
    others = {n: trade.large[n].value for n in trade.large if n != name}
    below = CLASSES[CLASSES.index(line) + 1]
    assert classes(company(trade.trade, {**others, name: floor - 1})) == (below,)
    assert classes(company(trade.trade, {**others, name: floor})) == (line,)
    assert classes(company(trade.trade, {**others, name: floor + 1})) == (line,)
    assert set(classes(company(trade.trade, others))) == set(CLASSES)


def figures_of(trade: Trade) -> st.SearchStrategy[dict[str, Fraction]]:
    """Figures on the floors, a hair beside them, or anywhere."""
    near = {
        name: [f.value + d for line in LINES for f in (trade.floors(line)[name],) for d in (-1, 0, 1)]
        for name in trade.large
    }
    anywhere = {"staff": 4_000, "revenue": 30 * 10**8, "assets": 20 * 10**8}
    return st.fixed_dictionaries(
        {
            name: st.one_of(st.sampled_from(ns), st.integers(0, anywhere[name]).map(Fraction))
            for name, ns in near.items()
        }
    )


COMPANIES = st.sampled_from(SIZE.trades).flatmap(lambda t: st.tuples(st.just(t), figures_of(t)))


@settings(max_examples=60, deadline=None)
@given(COMPANIES, st.data())
def test_a_gap_only_widens_what_is_possible(one: tuple[Trade, dict[str, Fraction]], data: st.DataObject) -> None:
    trade, figures = one
    full = company(trade.trade, figures)
    assert classes(full) == (plain_class(trade, figures),)
    gone = data.draw(st.sets(st.sampled_from(sorted(full))))
    partly = {key: value for key, value in full.items() if key not in gone}
    assert set(classes(full)) <= set(classes(partly))
    before, after = (sizing(build(f, load_dictionary(), round_year=2026), 2026).sme for f in (partly, full))
    assert before in (UNKNOWN, after)


@settings(max_examples=40, deadline=None)
@given(st.fixed_dictionaries({}, optional={n: st.integers(0, 3 * 10**9).map(Fraction) for n in KEYS}))
def test_without_a_trade_all_trades_are_possible(figures: dict[str, Fraction]) -> None:
    by_trade = [classes(company(trade, figures)) for trade in TRADES]
    assert set(classes(company(None, figures))) == {c for found in by_trade for c in found}
    tree = evaluate(sme_tree(2026), build(company(None, figures), load_dictionary(), round_year=2026)).value
    if all("large" not in found for found in by_trade):
        assert tree == YES
    elif all(found == ("large",) for found in by_trade):
        assert tree == NO
    else:
        assert tree == UNKNOWN


def test_a_range_across_the_floor_leaves_both_classes() -> None:
    facts = {"industry": Value.one_of("零售业"), "revenue@2025": Value.exact(600 * 10**4)}
    about = {**facts, "staff@2025": Value.interval(Fraction(45), Fraction(55))}
    assert classes(about) == ("medium", "small")
    assert classes({**facts, "staff@2025": Value.interval(Fraction(50), Fraction(55))}) == ("medium",)
    assert classes({**facts, "staff@2025": Value.interval(Fraction(45), Fraction(50), hi_closed=False)}) == ("small",)


def test_sme_follows_from_the_size() -> None:
    known = table({"industry": "工业", "staff": 1200, "revenue": "5亿元"})
    assert known.values["is_sme"].value.flag is False
    assert known.values["size_class"].value.choice == "large"
    assert known.values["is_sme"].used == ("industry", "staff@2025", "revenue@2025")
    assert table({"industry": "工业", "staff": 80}).values["is_sme"].value.flag is True
    assert table({"staff": 80, "revenue": "3000万元"}).values["is_sme"].value.flag is True
    assert "is_sme" not in table({"revenue": "3000万元"}).values
    assert table({"size_class": "小型"}).values["is_sme"].value.flag is True
    assert table({"size_class": "大型"}).values["is_sme"].value.flag is False


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"is_sme": True, "industry": "工业", "staff": 1200, "revenue": "5亿元"}, ["是中小企业", "工业", "大型"]),
        ({"is_sme": False, "staff": 80, "revenue": "3000万元"}, ["不是中小企业", "各行业", "80人"]),
        ({"size_class": "微型", "industry": "工业", "staff": 400, "revenue": "1亿元"}, ["微型", "中型企业"]),
    ],
)
def test_a_word_that_the_figures_contradict_is_a_conflict(data: dict[str, Any], words: list[str]) -> None:
    [problem] = table(data).conflicts
    assert all(word in problem.sentence for word in words)
    verdict = run("专精特新", data, track="first")
    assert problem.sentence in verdict.conflicts
    assert run("sme", data).outcome == "needs_info"


def test_a_figure_said_in_round_is_no_conflict_on_the_line() -> None:
    data = {"is_sme": True, "industry": "工业", "staff": 1000, "revenue": "4亿元"}
    known = table(data)
    assert known.conflicts == []
    assert known.values["is_sme"].value.flag is True
    assert table({**data, "revenue": "40010万元"}).conflicts != []


def test_the_figure_that_is_missing_is_asked_for() -> None:
    assert "staff@2025" in asked(run("专精特新", {"industry": "工业", "revenue": "5亿元"}, track="first"))
    assert "industry" in asked(run("专精特新", {"staff": 250, "revenue": "5亿元"}, track="first"))
    plain = asked(run("专精特新", {"revenue": "5000万元"}, track="first"))
    assert "is_sme" in plain
    assert "staff@2025" not in plain
    unsure = {"industry": "工业", "revenue": "5亿元", "staff": "不清楚"}
    assert "is_sme" in asked(run("专精特新", unsure, track="first"))


def test_rows_and_absurd_figures() -> None:
    verdict = run("划型", {"industry": "工业", "staff": 19, "revenue": "1000万元"})
    assert outcomes(verdict) == {"large": "met", "medium": "exempt", "small": "exempt"}
    assert "没有达到" in row(verdict, "small").note
    assert "从业人员（2025年）差1人" in row(verdict, "small").margin
    assert outcomes(run("划型", {"industry": "工业"})) == {"large": "unknown", "medium": "exempt", "small": "exempt"}
    assert run("划型", {"staff": -3}).outcome == "invalid_input"
    assert run("划型", {"industry": "工业", "staff": -3}).outcome == "needs_info"


def test_trades_have_to_descend_and_to_be_known() -> None:
    raw = {"trade": "工业", "clause": "一", "eid": "art_4", "large": {"staff": "10人"}, "medium": {"staff": "10人"}}
    with pytest.raises(ValidationError, match="下一档要比上一档低"):
        Trade.model_validate({**raw, "small": {"staff": "1人"}})
    with pytest.raises(ValidationError, match="同样的指标"):
        Trade.model_validate({**raw, "medium": {"revenue": "10元"}, "small": {"staff": "1人"}})


def test_the_command_lists_and_checks_the_size(tmp_path: Path) -> None:
    listed = CliRunner().invoke(app, ["check", "--list"])
    assert listed.exit_code == 0
    assert "中小企业划型" in listed.output
    facts = tmp_path / "company.yaml"
    facts.write_text("industry: 软件和信息技术服务业\nstaff: 95人\nrevenue: 900万元\n", "utf-8")
    said = CliRunner().invoke(app, ["check", "SME", "--facts", str(facts), "--as-of", "2026-11-21"])
    assert said.exit_code == 0
    assert "划为小型企业" in said.output
