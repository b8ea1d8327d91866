"""Made-up clauses, the index of them, and the figures of searching it."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path

import pytest
from typer.testing import CliRunner

from corpus.places import places
from eval.bench_scale import Built, Scale, Searched, Size, as_text, build_made, search_made
from eval.cli import bench_app
from eval.made_clauses import PER_DOCUMENT, Making
from eval.summary import Latency


def test_the_same_seed_makes_the_same_clauses() -> None:
    first, again, other = (list(Making(seed).entries(90)) for seed in (3, 3, 4))
    assert first == again != other
    assert len({e.id for e in first}) == 90
    assert {e.place for e in first} <= set(places())
    assert len({e.target.partition("#")[0] for e in first}) == -(-90 // PER_DOCUMENT)
    for entry in first:
        assert entry.valid_from < entry.valid_until
        assert entry.place in entry.text


def test_a_question_has_words_of_its_clause() -> None:
    making = Making(3)
    for entry in islice(making.entries(20), 20):
        asked = making.question(entry.text, entry.place)
        words = [asked.text[n : n + 2] for n in range(0, len(asked.text), 2)]
        assert sum(word in entry.text.replace("，", "") for word in words) >= 6
        assert asked.place == entry.place


def test_built_and_searched(tmp_path: Path) -> None:
    built = build_made(300, tmp_path)
    assert built.disk_mb > 0
    assert built.peak_mb > 0
    searched = search_made(300, tmp_path)
    assert searched.alike == 1
    assert searched.everywhere.turns == searched.in_place.turns == 200


def test_growth_is_a_ratio() -> None:
    sizes = [
        Size(
            clauses=1000 * n,
            build=Built(seconds=n, cpu_seconds=2.0 * n, peak_mb=1, disk_mb=1),
            search=Searched(
                open_seconds=1, peak_mb=1, cpu_ms=1, alike=1,
                everywhere=Latency(p50=2.0 + n, p95=1, p99=1, turns=1), in_place=Latency(p50=4, p95=1, p99=1, turns=1),
            ),
        )
        for n in (1, 4)
    ]  # fmt: skip
    result = Scale(processors=2, dimensions=64, questions=1, sizes=sizes)
    assert result.growth() == [{"clauses": 4, "everywhere_p50": 2, "in_place_p50": 1, "build": 4}]
    assert "条款多 4 倍：检索用时变为 2 倍（限地区 1 倍），建索引 4 倍" in as_text(result)


def test_the_command_in_processes_of_its_own() -> None:
    done = CliRunner().invoke(bench_app, ["scale", "--sizes", "200", "--json"])
    assert done.exit_code == 0, done.output
    shown = json.loads(done.stdout)
    assert [size["clauses"] for size in shown["sizes"]] == [200]


@pytest.mark.parametrize("words", ["0", "1万", "", "1,,2"])
def test_sizes_that_are_none(words: str) -> None:
    done = CliRunner().invoke(bench_app, ["scale", "--sizes", words])
    assert done.exit_code == 2
    assert "--sizes 要写" in done.stderr
