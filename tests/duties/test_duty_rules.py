"""The rules as data: every clause is there and states the figures, and a faulty file is named."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.duties.model import RANK
from corpus.duty_lint import lint_duties
from corpus.duty_models import Duties, DutyRule, load_duties
from corpus.load import ROOT, Corpus, CorpusError

RULES = load_duties().rules


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the rules that a test may damage."""
    shutil.copytree(ROOT / "duties", tmp_path / "duties")
    return tmp_path


def changed(rules: Duties, rule: str, **update: object) -> Duties:
    """The rules with one changed."""
    return rules.model_copy(
        update={"rules": tuple(r.model_copy(update=update) if r.id == rule else r for r in rules.rules)}
    )


def test_the_shipped_rules_are_sound(corpus: Corpus) -> None:
    assert lint_duties(load_duties(), corpus) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_clause_exists(rule: DutyRule, corpus: Corpus) -> None:
    assert rule.refs or rule.confidence == "K"
    assert set(rule.refs) <= set(corpus.clauses)


def test_every_title_has_a_validity_an_upkeep_and_a_review() -> None:
    loaded = load_duties()
    for title in RANK:
        assert [v for v in loaded.validity if title in v.titles]
        kinds = {rule.kind for rule in loaded.rules if title in rule.titles}
        assert "review" in kinds
        assert title == "科技型" or kinds >= {"update", "review", "report", "risk", "ban"}


@pytest.mark.parametrize(
    ("update", "fault"),
    [
        ({"refs": ("cn/miit/2026/2#art_99",)}, "cn/miit/2026/2#art_99 不存在"),
        ({"what": "最迟6月30日更新。"}, "6月30日"),
        ({"missed": "漏三次取消认定。"}, "三次"),
        ({"missed": "漏了就取消"}, "没有以句号结尾"),
        ({"place": "月球"}, "月球"),
        ({"when": {"yearly": "06-30"}}, "6月30日"),
    ],
)
def test_a_fault_is_found(update: dict[str, object], fault: str, corpus: Corpus) -> None:
    rule = next(r for r in RULES if r.id == "update-national")
    made = type(rule.when).model_validate(update["when"]) if "when" in update else None
    found = lint_duties(changed(load_duties(), rule.id, **{**update, **({"when": made} if made else {})}), corpus)
    assert any(fault in line and "update-national" in line for line in found)


def test_a_rule_older_than_its_clause_is_found(corpus: Corpus) -> None:
    rule = next(r for r in RULES if r.id == "update-national")
    early = changed(load_duties(), rule.id, in_force=type(rule.in_force).model_validate({"from": "2022-01-01"}))
    assert any("早于" in line for line in lint_duties(early, corpus))


def double(text: str) -> str:
    head, _, tail = text.partition("duties:\n")
    return f"{head}duties:\n{tail}{tail}"


@pytest.mark.parametrize(
    ("file", "damage", "said"),
    [
        ("tech.yaml", double, "renew-tech 写了两次"),
        ("tech.yaml", lambda text: text.replace("at_expiry: true", "at_expiry: true, months: 3"), "只能写一个"),
        ("national.yaml", lambda text: text.replace("events: [overseas_branch]", "events: [moon]"), "moon"),
        ("shanghai.yaml", lambda text: text.replace("with: update-national", "with: nobody"), "nobody"),
        ("events.yaml", lambda text: text + "- {id: renaming, label: 又更名, group: change}\n", "写了两次"),
        ("tech.yaml", lambda text: text.replace("confidence: K\n", "confidence: H\n"), "没有条款"),
    ],
)
def test_a_damaged_file_is_named(copy: Path, file: str, damage: Callable[[str], str], said: str) -> None:
    path = copy / "duties" / file
    path.write_text(damage(path.read_text("utf-8")), "utf-8")
    with pytest.raises(CorpusError, match=said):
        load_duties(copy)
