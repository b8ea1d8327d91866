"""``tiaoli corpus list`` and ``show``: the catalogue by place, and the status of a document with its reason."""

from __future__ import annotations

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from assistant.cli import app
from corpus.load import Corpus


def run(*words: str) -> str:
    result = CliRunner().invoke(app, ["corpus", *words], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def listed(*words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("list", "--json", *words))
    return found


def test_every_entry_is_listed_once_those_with_clauses_first(corpus: Corpus, home: object) -> None:
    found = listed()
    assert sorted(d["id"] for d in found) == sorted(corpus.documents)
    included = [d["included"] for d in found]
    assert included == sorted(included, reverse=True)


@pytest.mark.parametrize(
    ("place", "places"),
    [
        ("天津", {"天津市"}),
        ("上海", {"上海市", "上海市青浦区"}),
        ("青浦", {"上海市青浦区"}),
        ("全国", {"国家"}),
        ("福建", {"福建省"}),
        ("厦门", {"厦门市"}),
        ("台湾", set()),
    ],
)
def test_one_place(home: object, place: str, places: set[str]) -> None:
    assert {d["place"] for d in listed("--place", place)} == places


def test_the_list_is_grouped_and_gives_number_and_status(home: object) -> None:
    lines = run("list", "--place", "天津市", "--as-of", "2026-11-21").splitlines()
    assert "天津市（7 份，有条款）" in lines
    assert lines[-1] == "共 7 份：有条款的 7 份，只有目录的 0 份。"
    plan = next(line for line in lines if "tj-02" in line)
    assert "津工信中小企服〔2021〕1号" in plan
    assert "已被新规定取代" in plan
    assert max(len(line) for line in lines) < 100


def test_the_status_is_that_of_the_asked_day(home: object) -> None:
    states = {
        day: next(d for d in listed("--place", "四川", "--as-of", day) if d["id"].endswith("sc-05"))["validity"]
        for day in ("2021-04-01", "2021-05-07", "2026-05-06", "2026-05-07")
    }
    assert list(states.values()) == ["not_yet", "in_force", "in_force", "expired"]


def test_a_place_without_documents_says_so(home: object) -> None:
    assert run("list", "--place", "台湾").strip() == "目录里没有台湾的文件。"


def test_a_document_of_the_catalogue_alone_shows_its_status_and_what_it_ended(home: object) -> None:
    shown = run("show", "cn/compendium-2021/jx-01", "--as-of", "2026-11-21")
    assert "赣工信企业字〔2020〕400号" in shown
    assert "待核对原文" in shown
    assert "同时废止《江西省专业化小巨人企业认定管理办法（试行）》" in shown
