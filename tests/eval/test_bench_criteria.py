"""The bench of the criteria: its reference decides by itself, and every way is counted against it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from fractions import Fraction

import numpy as np
import polars as pl
import pytest
from typer.testing import CliRunner

from assistant.batch.columns import facts_of_row
from assistant.criteria.check import check_against
from corpus.facts_models import load_dictionary
from eval.bench_criteria import run, ways
from eval.bench_criteria.companies import MISSING, companies
from eval.bench_criteria.reference import verdict, verdicts
from eval.bench_criteria.rule import ROUND, TRACK, annex_1
from eval.bench_criteria.ways import Measured, Unable
from eval.cli import bench_app

ROWS = 3000
OUTCOMES = ["not_eligible", "needs_info", "eligible"]


@pytest.fixture(scope="module")
def frame() -> pl.DataFrame:
    return companies(ROWS)


@pytest.fixture(scope="module")
def exact(frame: pl.DataFrame) -> np.ndarray:
    return verdicts(frame)


def test_companies_have_gaps_stand_on_thresholds_and_come_out_every_way(frame: pl.DataFrame, exact: np.ndarray) -> None:
    gaps = np.array(frame.null_count().row(0)) / ROWS
    assert np.all(abs(gaps - MISSING) < 0.03)
    share = frame.filter(pl.col("rd_expense@2025") * 100 == pl.col("revenue@2025") * 3)
    assert share.height > ROWS / 50
    assert frame.filter(pl.col("revenue@2025") == 1_500_000_000).height > ROWS / 20
    assert set(exact) == {0, 1, 2}
    assert companies(ROWS).equals(frame)


def test_the_reference_agrees_with_the_checker(frame: pl.DataFrame) -> None:
    for row in frame.head(60).iter_rows(named=True):
        facts = facts_of_row(row, load_dictionary())
        found = check_against(annex_1(), facts, track=TRACK, as_of=date(ROUND, 12, 31), round_year=ROUND)
        assert found.outcome == OUTCOMES[verdict(row)]


@pytest.mark.parametrize("way", [ways.scalar, ways.polars, ways.polars_reasons, ways.end_to_end])
def test_our_ways_are_never_wrong(way: Callable[..., Measured], frame: pl.DataFrame, exact: np.ndarray) -> None:
    measured = way(frame, 1, lambda done: None)
    assert np.array_equal(measured.codes, exact)
    assert measured.seconds > 0
    assert (measured.peak_bytes is not None) is (way is ways.end_to_end)


def test_rows_in_doubt_are_counted_in_every_way(frame: pl.DataFrame) -> None:
    """A part above its whole is a contradiction, which the exact evaluator settles."""
    absurd = (
        frame.head(3)
        .with_columns(pl.col("revenue@2025").fill_null(10**9))
        .with_columns((pl.col("revenue@2025") + 1).alias("main_revenue@2025"))
    )
    found = [way(absurd, 1, lambda done: None).codes for way in (ways.scalar, ways.polars, ways.polars_reasons)]
    assert np.array_equal(found[0], found[1])
    assert np.array_equal(found[0], found[2])
    assert 2 not in found[0]


def test_openfisca_knows_no_unknown(frame: pl.DataFrame, exact: np.ndarray) -> None:
    measured = ways.openfisca(frame, 1, lambda done: None)
    assert set(measured.codes) == {0, 2}
    line = run._line("OpenFisca-core", measured, exact)
    assert line.unknown_refused is not None
    assert line.unknown_granted is not None
    decided = exact != 1
    wrong = int((measured.codes != exact)[decided].sum())
    assert line.wrong == wrong + line.unknown_refused + line.unknown_granted == wrong + int((exact == 1).sum())
    assert wrong < decided.sum() / 200


def test_plain_numpy_has_three_values(frame: pl.DataFrame, exact: np.ndarray) -> None:
    measured = ways.plain_numpy(frame, 1, lambda done: None)
    assert (measured.codes != exact).mean() < 0.005


def test_without_java_spark_is_skipped_with_a_sentence(frame: pl.DataFrame, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_HOME", "/nowhere")
    with pytest.raises(Unable, match="Java"):
        ways.spark(frame, 1, lambda done: None)


def test_the_command_prints_one_object(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_HOME", "/nowhere")
    done = CliRunner().invoke(bench_app, ["criteria", "--rows", "500", "--repeats", "1", "--json"])
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert found["rows"] == sum(found["outcomes"].values()) == 500
    assert [line["name"] for line in found["lines"]] == list(ways.WAYS)
    assert set(found["reached"]) == set(found["goals"])
    by_name = {line["name"]: line for line in found["lines"]}
    assert by_name["PySpark"]["rows_per_s"] is None
    assert "Java" in by_name["PySpark"]["why"]
    assert by_name["Polars"]["wrong"] == by_name["Parquet 到结论"]["wrong"] == 0
    text = run.as_text(run.CriteriaBench.model_validate(found))
    assert "没有测" in text
    assert "目标" in text


def test_the_line_of_three_per_cent_is_exact() -> None:
    """One 分 beside 3% of a large turnover, where floats of 32 bits see no difference."""
    row = dict.fromkeys(companies(1).columns)
    row |= {"revenue@2025": 300_000_000_000, "rd_expense@2025": 9_000_000_000 - 1}
    assert verdict(row) == 0
    assert verdict(row | {"rd_expense@2025": 9_000_000_000}) == 1
    assert Fraction(9_000_000_000 - 1, 300_000_000_000) < Fraction(3, 100)
