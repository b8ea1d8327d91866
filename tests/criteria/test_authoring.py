"""``tiaoli criteria``: a template that is clean but for its gaps, tests, tables that say what the rules say."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from assistant.cli import app
from assistant.criteria_authoring.lint import lint
from assistant.criteria_authoring.table import COLUMNS, Table, fact_check_table
from assistant.criteria_authoring.table_files import markdown, workbook
from assistant.criteria_authoring.template import Answers, new_standard
from assistant.errors import BadInput
from corpus.criteria_lint import read_shelf
from corpus.criteria_models import load_standards
from corpus.criteria_tree import All, AnyOf, ByTrack, Each, Leaf, Not, Part, Reading
from corpus.load import ROOT

SHELF, _ = read_shelf()
DRAFTS = {draft.standard.id: draft for draft in SHELF.drafts}
DOCS = Path(__file__).parents[2] / "docs" / "criteria"


def run(*arguments: str) -> tuple[int, str]:
    ran = CliRunner().invoke(app, ["criteria", *arguments])
    return ran.exit_code, ran.output


def table(standard: str) -> Table:
    return fact_check_table(DRAFTS[standard].standard, SHELF.dictionary, SHELF.corpus)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A copy of the corpus to write into."""
    return Path(shutil.copytree(ROOT, tmp_path / "corpus", ignore=shutil.ignore_patterns("*.py", "__pycache__")))


def test_a_new_standard_is_a_draft_with_named_gaps(corpus: Path) -> None:
    arguments = ["new", "小巨人", "--document", "cn/miit/2026/2", "--from", "2027-04-01", "--root", str(corpus)]
    code, said = run(*arguments)
    path = corpus / "criteria" / "xjr" / "2027.yaml"
    assert (code, path.is_file(), "tiaoli criteria lint" in said) == (0, True, True)
    found = lint([path], root=corpus)
    assert len(found) >= 5
    assert all(finding.todo and finding.where.startswith("第") for finding in found), found
    assert "xjr-2027" not in {standard.id for standard in load_standards(corpus)}
    before = path.read_text("utf-8")
    ran = CliRunner().invoke(app, ["criteria", *arguments])
    assert isinstance(ran.exception, BadInput)
    assert "已经有了" in str(ran.exception)
    assert path.read_text("utf-8") == before


def test_a_draft_that_is_filled_in_is_used(corpus: Path) -> None:
    path = new_standard(Answers("xjr", "cn/miit/2026/2", date(2027, 4, 1), version="2027-a"), corpus)
    text = path.read_text("utf-8").replace("draft: true\n", "")
    path.write_text("\n".join(line.partition("  # TODO")[0] for line in text.splitlines()), "utf-8")
    standard = next(one for one in load_standards(corpus) if one.id == "xjr-2027-a")
    assert (standard.title, standard.held, standard.tests.round) == ("小巨人", "holds_xjr", 2027)
    assert [finding.where for finding in lint([path], root=corpus)] == ["in_force"]  # the version before has no end


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (Answers("大巨人", "cn/miit/2026/2", date(2027, 1, 1)), "没有叫“大巨人”的称号"),
        (Answers("小巨人", "cn/miit/2030/1", date(2027, 1, 1)), "先在 corpus/catalogue"),
        (Answers("小巨人", "cn/miit/2026/2", date(2027, 1, 1), held="holds_it"), "没有叫“holds_it”的事实"),
        (Answers("小巨人", "cn/miit/2026/2", date(2027, 1, 1), version="../x"), "字母、数字和连字符"),
        (Answers("小巨人", "cn/miit/2026/2", date(2026, 1, 1)), "已经有了"),
    ],
)
def test_what_a_new_standard_needs(corpus: Path, answers: Answers, said: str) -> None:
    before = sorted(corpus.rglob("*.yaml"))
    with pytest.raises(BadInput, match=said):
        new_standard(answers, corpus)
    assert sorted(corpus.rglob("*.yaml")) == before


def test_list_and_test() -> None:
    code, said = run("list", "--json")
    rows = {row["id"]: row for row in json.loads(said)}
    assert code == 0
    assert rows["xjr-2026"]["criteria"] == len(DRAFTS["xjr-2026"].standard.criteria)
    code, said = run("test", str(ROOT / "criteria" / "xjr" / "2026.yaml"))
    assert (code, said.startswith("✓ xjr-2026")) == (0, True)


def test_a_failing_case_and_an_unreadable_file_end_with_one(tmp_path: Path) -> None:
    text = (ROOT / "criteria" / "xjr" / "2026.yaml").read_text("utf-8").replace("id: xjr-2026", "id: probe", 1)
    path = tmp_path / "probe.yaml"
    path.write_text(text.replace("revenue.Y1, 5000万元], word", "revenue.Y1, 5001万元], word", 1), "utf-8")
    code, said = run("test", str(path))
    assert code == 1
    assert "✗ probe" in said
    assert "营收正好五千万" in said
    code, said = run("lint", str(path))
    assert code == 1
    assert "门槛 5001万元 不在这一条的摘要里" in said
    path.write_text("id: [", "utf-8")
    code, said = run("test", str(path), "--json")
    assert code == 1
    assert "读不了" in json.loads(said)["unread"][0]


def _leaves(node: Part) -> int:
    """The leaves of an unbound condition, both tracks and both readings."""
    match node:
        case All(of=of) | AnyOf(of=of):
            return sum(map(_leaves, of))
        case Not(of=one) | Each(test=one):
            return _leaves(one)
        case ByTrack(first=first, review=review):
            return _leaves(first) + _leaves(review)
        case Reading(of=one, other=other):
            return _leaves(one) + _leaves(other)
    return isinstance(node, Leaf)


@pytest.mark.parametrize("standard", DRAFTS)
def test_every_leaf_has_a_row_with_its_examples(standard: str) -> None:
    one, made = DRAFTS[standard].standard, table(standard)
    trees = [tree for c in one.criteria for tree in (c.test, c.exempt_if) if tree is not None]
    trees += [part for item in one.scores for part in item.conditions]
    rows = [row for row in made.rows if row.kind == "leaf"]
    assert len(rows) == sum(map(_leaves, trees))
    assert all("→" in row.examples and row.content for row in rows)
    assert len({row.number for row in made.rows}) == len(made.rows)
    heads = [row for row in made.rows if row.kind in ("criterion", "item")]
    assert len(heads) == len(one.criteria) + len(one.scores)
    assert all(row.confidence for row in heads)


def test_examples_are_what_the_checker_decides() -> None:
    rows = {row.content: row for row in table("xjr-2026").rows}
    assert rows["营业收入不低于5000万元"].examples == "4999.9999万元 → 不成立；5000万元 → 成立；5000.0001万元 → 成立"
    assert rows["主导产品收入占营业收入比重超过50%"].examples == "49.99% → 不成立；50% → 不成立；50.01% → 成立"
    assert rows[f"{SHELF.dictionary['debt_ratio'].label}不超过75%"].operator == "不超过（≤ 含本数）"
    assert "国家级 → 成立" in rows["近三年科技奖的级别：国家级及以上"].examples
    assert "口径见工信部企业〔2026〕2号附件3（一）" in rows["营业收入不低于5000万元"].meaning
    notes = "".join(row.notes for row in table("xjr-2026").rows)
    assert "复合增长从哪一年算起" in notes
    assert "专家" in notes


def test_the_workbook_can_be_printed_and_signed(tmp_path: Path) -> None:
    path = tmp_path / "xjr.xlsx"
    made = table("xjr-2026")
    workbook(made, path)
    book = openpyxl.load_workbook(path)
    sheet = book["核对表"]
    cells = [["" if cell is None else cell for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert tuple(cells[0]) == COLUMNS
    assert [tuple(row) for row in cells[1:]] == [row.cells for row in made.rows]
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows in ("1:1", "$1:$1")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet["C2"].alignment.wrap_text
    assert book["说明"]["A1"].value == made.head.title


def test_table_command(tmp_path: Path) -> None:
    code, said = run("table", "小巨人", "-o", str(tmp_path), "--format", "both", "--json")
    assert code == 0
    names = {Path(name).name for name in json.loads(said)}
    assert {"xjr-2026.md", "xjr-2026.xlsx"} <= names
    assert all(name.startswith("xjr") for name in names)
    for arguments, wanted in ((["table"], "哪一套标准"), (["table", "xjr", "--format", "pdf"], "只能是")):
        ran = CliRunner().invoke(app, ["criteria", *arguments])
        assert isinstance(ran.exception, BadInput)
        assert wanted in str(ran.exception)


@pytest.mark.parametrize("standard", DRAFTS)
def test_the_tables_in_the_documentation_are_up_to_date(standard: str) -> None:
    """Mended by ``tiaoli criteria table --all -o docs/criteria --format md``."""
    assert (DOCS / f"{standard}.md").read_text("utf-8") == markdown(table(standard))


def test_the_documentation_has_no_table_of_a_standard_that_is_gone() -> None:
    assert {path.stem for path in DOCS.glob("*.md")} == set(DRAFTS)
