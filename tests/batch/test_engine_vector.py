"""The dataframe expressions say what the row evaluator says, step by step, and the frame says what the checker says."""

from __future__ import annotations

import random
from datetime import date

import engine_made as made
import polars as pl
import pytest

from assistant.batch import vector
from assistant.batch.columns import schema
from assistant.batch.plan import compile_plan
from assistant.batch.rows import Cell, RowEvaluator
from assistant.batch.screen import APART, JOIN, OUTCOME, RESULTS, VERDICT, screen_frame
from assistant.batch.settle import exact_verdict
from assistant.errors import BadInput
from corpus.criteria_models import Standard, Track, load_standards

STANDARDS = {standard.id: standard for standard in load_standards()}
ROWS = 120
WAN = 1_000_000


def frame_of(rows: list[dict[str, Cell]], keys: list[str]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=schema(keys, made.DICTIONARY))


def companies(standard: Standard, seed: int, share: float) -> tuple[list[str], list[dict[str, Cell]]]:
    chance = random.Random(seed)
    keys = [key for key in made.keys_of(standard) if chance.random() < share]
    rows = [made.row(standard, keys, chance, gaps=chance.choice([0.2, 0.6, 0.9])) for _ in range(ROWS)]
    return keys, rows


@pytest.mark.parametrize("name", list(STANDARDS))
@pytest.mark.parametrize(
    ("track", "rest", "share"), [("first", False, 0.3), ("review", True, 0.15), (None, False, 0.1)]
)
def test_expressions_and_rows_agree(name: str, track: Track | None, rest: bool, share: float) -> None:
    standard = STANDARDS[name]
    keys, rows = companies(standard, 11, share)
    plan = compile_plan(standard, track, made.ROUND, keys, rest=rest)
    evaluator = RowEvaluator(plan)
    found = vector.run(frame_of(rows, keys), plan)
    for row, cells in zip(rows, found.iter_rows(named=True), strict=True):
        verdict = evaluator.of(row)
        for ref in plan.results():
            assert cells[vector.name_of(ref)] == verdict.value(ref), (plan.steps[ref], row)


@pytest.mark.parametrize("name", list(STANDARDS))
def test_the_frame_says_what_the_checker_says(name: str) -> None:
    standard = STANDARDS[name]
    keys, rows = companies(standard, 5, 0.3)
    frame = frame_of(rows, keys).head(25).with_columns(pl.int_range(25).alias("number"))
    plan = compile_plan(standard, "first", made.ROUND, keys)
    clauses = {criterion.id: criterion.clause for criterion in plan.standard.criteria}
    for row in screen_frame(frame, standard, track="first", round_year=made.ROUND).iter_rows(named=True):
        exact = exact_verdict(row, plan)
        outcomes = {one.id: str(one.outcome) for one in exact.criteria}
        assert row["outcome"] == exact.outcome
        assert {i: row[i] for i in outcomes} == outcomes
        for name, outcome in (("failing", "not_met"), ("unknown", "unknown")):
            assert row[name] == JOIN.join(clauses[i] for i, one in outcomes.items() if one == outcome)
        missing = {name for one in exact.criteria for name in one.missing} if exact.outcome == "needs_info" else set()
        assert set(filter(None, row["missing"].split(APART))) == missing


def test_rows_keep_their_order_and_columns_and_lazy_frames_stay_lazy() -> None:
    standard = STANDARDS["zjtx-2026"]
    keys, rows = companies(standard, 9, 0.2)
    frame = frame_of(rows, keys).with_columns(pl.int_range(ROWS).alias("number"))
    found = screen_frame(frame, standard, track="first", round_year=made.ROUND)
    assert found.select(frame.columns).equals(frame)
    assert found.columns[len(frame.columns) :] == [*RESULTS, *(c.id for c in standard.criteria)]
    assert found.schema["outcome"] == VERDICT
    assert found.schema["item_1"] == OUTCOME
    lazy = screen_frame(frame.lazy(), standard, track="first", round_year=made.ROUND)
    assert lazy.collect_schema() == found.schema
    assert lazy.collect(engine="streaming").sort("number").equals(found)


def test_choices_may_be_enumerations() -> None:
    standard = STANDARDS["zjtx-2026"]
    keys, rows = companies(standard, 21, 0.5)
    frame = frame_of(rows, keys)
    choices = [key for key in keys if made.DICTIONARY.of_key(key).type == "choice"]
    assert choices
    as_enum = [pl.col(key).cast(pl.Enum(made.DICTIONARY.of_key(key).choices)) for key in choices]
    found = screen_frame(frame.with_columns(as_enum), standard, track="first", round_year=made.ROUND)
    assert found.drop(keys).equals(screen_frame(frame, standard, track="first", round_year=made.ROUND).drop(keys))
    wrong = frame.with_columns(pl.lit(None, pl.Enum(["甲", "乙"])).alias(choices[0]))
    with pytest.raises(BadInput, match=choices[0]):
        screen_frame(wrong, standard, track="first", round_year=made.ROUND)


def test_a_frame_without_rows_and_one_without_facts() -> None:
    standard = STANDARDS["zjtx-2026"]
    empty = pl.DataFrame({"revenue@2025": []}, schema={"revenue@2025": pl.Int64})
    assert screen_frame(empty, standard, track="first", round_year=made.ROUND).height == 0
    names = pl.DataFrame({"name": ["甲", "乙"]})
    assert (
        screen_frame(names, standard, track="first", round_year=made.ROUND)["outcome"].to_list() == ["needs_info"] * 2
    )


def test_what_is_said_of_a_row() -> None:
    standard = STANDARDS["zjtx-2026"]
    base = made.sample(standard)
    rows = [base, {**base, "development_score@2026": 40.0}, {**base, "development_score@2026": None}]
    found = screen_frame(frame_of(rows, list(base)), standard, track="first", round_year=2026, as_of=date(2026, 11, 21))
    assert found["outcome"].to_list() == ["eligible", "not_eligible", "needs_info"]
    assert found["failing"].to_list() == ["", "附件1（六）", ""]
    assert found["unknown"].to_list() == ["", "", "附件1（六）"]
    assert found["missing"].to_list() == ["", "", "专精特新发展评价得分（2026年）"]
    assert found["exact"].to_list() == [False] * 3


def test_rows_in_doubt_are_settled_and_marked() -> None:
    standard = STANDARDS["xjr-2026"]
    base = made.sample(standard)
    contradiction = {**base, "rd_ratio@2025": 0.5}
    impossible = {**base, "debt_ratio@2025": -0.1}
    found = screen_frame(
        frame_of([base, contradiction, impossible], [*base, "rd_ratio@2025"]), standard, track="first", round_year=2026
    )
    assert found["exact"].to_list() == [False, True, True]
    assert found["outcome"].to_list() == ["eligible", "needs_info", "needs_info"]


def test_columns_of_another_type_or_name_are_refused() -> None:
    standard = STANDARDS["zjtx-2026"]
    with pytest.raises(BadInput, match="revenue@2025"):
        screen_frame(pl.DataFrame({"revenue@2025": ["1500万"]}), standard, track="first", round_year=2026)
    with pytest.raises(BadInput, match="outcome"):
        screen_frame(pl.DataFrame({"outcome": [1]}), standard, track="first", round_year=2026)


@pytest.mark.parametrize(("fen", "met"), [(1500 * WAN - 1, "not_met"), (1500 * WAN, "met"), (1500 * WAN + 1, "met")])
def test_a_hair_beside_the_line(fen: int, met: str) -> None:
    standard = STANDARDS["zjtx-2026"]
    rows = [{**made.sample(standard), "revenue@2025": fen, "main_share@2025": 0.8, "debt_ratio@2025": 0.8}]
    rows[0] |= {"rd_expense@2025": 100 * WAN}
    found = screen_frame(frame_of(rows, list(rows[0])), standard, track="first", round_year=2026)
    assert found["item_2"].to_list() == [met]
    assert found["exact"].to_list() == [False]


@pytest.mark.parametrize(("spent", "outcome"), [(89_999_999, "not_met"), (90_000_000, "met"), (90_000_001, "met")])
def test_a_ratio_of_amounts_a_hair_beside_the_line(spent: int, outcome: str) -> None:
    """3% of 3 000 000 000 分 is 90 000 000 分; the floors of 100万元 are out of the way in annex 2."""
    standard = STANDARDS["xjr-2026"]
    row = made.sample(standard) | {
        "revenue@2025": 9_000 * WAN,
        "rd_expense@2025": 3 * spent,
        "rd_expense@2024": 1200 * WAN,
    }
    found = screen_frame(frame_of([row], list(row)), standard, track="first", round_year=2026)
    assert found["item_3"].to_list() == [outcome]
