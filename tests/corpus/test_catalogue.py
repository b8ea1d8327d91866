"""The catalogue of the compendium of 2021: complete, in order, and the same as what its documents print."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from corpus.load import Corpus
from corpus.models import Document
from corpus.places import COUNTRY, places
from corpus.validity import document_validity
from indexing.metadata import Metadata, metadata
from indexing.pages import lines_of
from indexing.paragraphs import paragraphs_of
from indexing.split import split

PREFIX = "cn/compendium-2021/"
APART = {"宁波市", "厦门市", "青岛市", "深圳市"}
CORPS = "新疆生产建设兵团"
TODAY = date(2026, 11, 21)


def bare(text: str) -> str:
    """Letters, digits and characters only."""
    return re.sub(r"[^\w]", "", text)


@pytest.fixture
def compendium(corpus: Corpus) -> list[Document]:
    """Its entries in the catalogue."""
    return [d for d in corpus.documents.values() if d.id.startswith(PREFIX)]


def test_counts(compendium: list[Document]) -> None:
    assert len(compendium) == 150
    assert sum(d.number is not None for d in compendium) == 86
    assert sum(d.signed is not None for d in compendium) >= 126
    found = {d.place for d in compendium}
    assert sum(d.place == COUNTRY for d in compendium) == 7
    assert found >= {*APART, CORPS}
    assert len(found - {*APART, CORPS, COUNTRY}) == 31


def test_ids_name_the_place_and_run_from_one(compendium: list[Document]) -> None:
    order: Counter[str] = Counter()
    for d in sorted(compendium, key=lambda d: d.id):
        code = places()[d.place].code
        assert code is not None
        order[code] += 1
        assert d.id == f"{PREFIX}{code}-{order[code]:02}"
        assert d.level == ("national" if d.place == COUNTRY else "province")


def test_none_is_held_in_two_entries(corpus: Corpus) -> None:
    titles = Counter(bare(d.title) for d in corpus.documents.values())
    assert [title for title, times in titles.items() if times > 1] == []


ENDS = {
    "sd-04": (2022, 10, 10), "sd-05": (2022, 10, 10), "xz-01": (2022, 12, 31), "nx-01": (2023, 12, 31),
    "xm-06": (2023, 12, 31), "xm-03": (2024, 9, 14), "tj-06": (2025, 12, 31), "cn-02": (2025, 12, 31),
    "cn-07": (2025, 12, 31), "hn-02": (2026, 2, 17), "sc-05": (2026, 5, 6), "sh-03": (2026, 8, 31), "qh-03": (2026, 8, 31),
}  # fmt: skip


@pytest.mark.parametrize(("name", "last"), [(name, date(*day)) for name, day in ENDS.items()])
def test_what_prints_an_end_holds_up_to_that_day(corpus: Corpus, name: str, last: date) -> None:
    entry = corpus.documents[PREFIX + name]
    assert entry.in_force.until == last
    assert document_validity(entry, last, corpus).state == "in_force"
    assert document_validity(entry, date.fromordinal(last.toordinal() + 1), corpus).state == "expired"


def test_none_is_taken_for_current_today(compendium: list[Document], corpus: Corpus) -> None:
    states = {d.id: document_validity(d, TODAY, corpus) for d in compendium}
    assert {s.state for s in states.values()} == {"expired", "superseded", "unknown"}
    assert all("不可断言有效" in s.note for s in states.values() if s.state == "unknown")


def test_notices_of_one_round_end_with_its_year(compendium: list[Document], corpus: Corpus) -> None:
    rounds = [d for d in compendium if d.last_year]
    assert len(rounds) >= 110
    for d in rounds:
        after = document_validity(d, date((d.last_year or 0) + 1, 1, 1), corpus)
        assert after.state == "expired"
        assert f"{d.last_year}年" in after.note


@pytest.mark.parametrize("name", ["he-01", "hi-01", "jx-01", "gz-02", "xjbt-01", "tj-02"])
def test_standards_of_a_province_without_an_end_make_way_for_the_national_ones(corpus: Corpus, name: str) -> None:
    entry = corpus.documents[PREFIX + name]
    assert document_validity(entry, date(2021, 12, 31), corpus).state == "in_force"
    after = document_validity(entry, TODAY, corpus)
    assert after.state == "superseded"
    assert "2026年国家办法" in after.note
    assert "待核对原文" in after.note


def test_what_repeals_older_documents_names_them(compendium: list[Document]) -> None:
    named = {d.id.removeprefix(PREFIX): d.repeals for d in compendium if d.repeals}
    assert set(named) == {"jx-01", "hi-01", "qh-03", "nx-01"}
    assert "赣工信企业字〔2018〕404号" in named["jx-01"][0]


@pytest.fixture(scope="module")
def printed(originals: Path) -> list[Metadata]:
    """What every document of the compendium says of itself."""
    found = []
    for piece in split(lines_of((originals / "compendium-2021.txt").read_text("utf-8"))):
        paragraphs = [p.text for p in paragraphs_of(piece.lines[piece.body :])]
        found.append(metadata(piece.title, [line.text for line in piece.lines], paragraphs))
    return found


def test_entries_say_what_the_documents_print(printed: list[Metadata], compendium: list[Document]) -> None:
    assert len(printed) == 151
    preface, *documents = printed
    assert preface.title == ""
    by_title = {bare(d.title): d for d in compendium}
    assert len(by_title) == 150
    for meta in documents:
        entry = by_title[bare(meta.title)]
        assert (entry.number, entry.signed, entry.place) == (meta.number, meta.signed, meta.place), entry.id
        assert entry.in_force.from_ == meta.in_force_from, entry.id
        assert meta.until in (None, entry.in_force.until), entry.id
        assert len(entry.issuers) >= len(meta.issuers), entry.id
        assert len(entry.repeals) == len(meta.repeals), entry.id


def test_the_order_of_ids_is_that_of_the_compendium(printed: list[Metadata], compendium: list[Document]) -> None:
    by_title = {bare(d.title): d.id for d in compendium}
    order: dict[str, list[str]] = {}
    for meta in printed[1:]:
        order.setdefault(str(meta.place), []).append(by_title[bare(meta.title)])
    assert all(ids == sorted(ids) for ids in order.values())
