"""The example companies come out as their table says, through the command that the page shows."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.cli import app

FOLDER = Path(__file__).parents[2] / "examples" / "companies"
ROW = re.compile(
    r"^\| (?P<file>\S+\.yaml) \| (?P<outcome>\w+) \| (?P<points>[^|]+) \| (?P<why>[^|]+) \|$", re.MULTILINE
)
TABLE = [match.groupdict() for match in ROW.finditer((FOLDER / "README.md").read_text("utf-8"))]


@pytest.mark.parametrize("row", TABLE, ids=[row["file"] for row in TABLE])
def test_an_example_comes_out_as_its_table_says(row: dict[str, str]) -> None:
    ran = CliRunner().invoke(
        app, ["check", "xjr", "--facts", str(FOLDER / row["file"]), "--as-of", "2026-11-21", "--json"]
    )
    assert ran.exit_code == 0, ran.output
    verdict = json.loads(ran.output)
    outcomes = {one["id"]: one["outcome"] for one in verdict["criteria"]}
    asked = {one["fact"] for one in verdict["missing"]}
    assert verdict["outcome"] == row["outcome"]
    for point in row["points"].split():
        name, _, wanted = point.partition("=")
        if name in ("问", "不问"):
            assert (wanted in asked) is (name == "问")
        elif name == "冲突":
            assert any(wanted in sentence for sentence in verdict["conflicts"])
        else:
            assert outcomes[name] == wanted


def test_every_example_is_in_the_table_and_says_what_it_shows() -> None:
    files = sorted(path.name for path in FOLDER.glob("*.yaml"))
    assert sorted(row["file"] for row in TABLE) == files
    assert len(files) >= 10
    for name in files:
        assert re.match(r"# .*[。]\n", (FOLDER / name).read_text("utf-8")), name
    assert {row["outcome"] for row in TABLE} == {"eligible", "not_eligible", "needs_info", "invalid_input"}
