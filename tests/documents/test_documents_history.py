"""Timeline, versions, changes clause by clause, and what needs a look."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_corpus import HELP, OLD, TIANJIN, files, write
from small_house import DAY, TEXT

from assistant.documents.care import care
from assistant.documents.changes import changes, pieces
from assistant.documents.timeline import BEGINNINGS, timeline
from assistant.documents.versions import versions
from assistant.house import House
from assistant.policy.evidence import Library
from corpus.load import load_corpus
from indexing.originals import add, load_originals


@pytest.fixture
def small(tmp_path: Path, own_home: Path) -> House:
    """The small corpus without an index; nothing is imported."""
    corpus = load_corpus(write(tmp_path / "corpus", files()))
    return House(corpus, Library(corpus, load_originals()), None, None, today=lambda: DAY)


def test_the_timeline_says_what_was_issued_replaced_and_ended(small: House) -> None:
    found = timeline(small, DAY)
    told = [(str(e.day), e.label, e.document.id, e.other.id if e.other else "", e.clause) for e in found.events]
    assert told == [
        ("2020-03-01", "起施行", OLD, "", ""),
        ("2024-06-01", "起施行", TIANJIN, "", ""),
        ("2025-01-10", "印发", HELP, "", ""),
        ("2025-02-01", "起施行", HELP, "", ""),
        ("2025-02-01", "被替代", OLD, HELP, ""),
        ("2025-12-31", "条款到期", HELP, "", "第三条"),
        ("2026-01-01", "条款被替代", TIANJIN, HELP, "第一条"),
        ("2027-01-31", "到期", HELP, "", ""),
    ]
    assert [e.ahead for e in found.events] == [*[False] * 7, True]
    assert found.undated == []


def test_the_timeline_of_a_place_and_of_endings(small: House) -> None:
    assert {e.document.id for e in timeline(small, DAY, "天津市").events} == {HELP, OLD, TIANJIN}
    assert {e.document.id for e in timeline(small, DAY, "国家").events} == {HELP, OLD}
    assert {e.document.id for e in timeline(small, DAY, "上海市").events} == {HELP, OLD}
    endings = timeline(small, DAY, endings=True).events
    assert len(endings) == 4
    assert not {e.kind for e in endings} & set(BEGINNINGS)


def test_every_end_of_the_collection_is_on_the_timeline(house: House) -> None:
    """What the status calls expired, repealed or superseded has an event that ends it, and nothing else has."""
    today = house.today()
    ended = {
        e.document.id
        for e in timeline(house, today, endings=True).events
        if e.eid is None and e.whole and (e.day < today or (e.kind == "replaced" and e.day <= today))
    }
    groups = {group.kind: group.items for group in care(house, today).groups}
    items = [*groups["ended"], *groups["replaced"]]
    assert {item.document.id for item in items if item.eid is None} == ended
    assert any(item.eid for item in groups["ended"])


def test_versions_are_the_replacing_relations(small: House) -> None:
    found = {(v.earlier.id, v.later.id): v for v in versions(small)}
    assert set(found) == {(OLD, HELP), (TIANJIN, HELP)}
    assert (found[OLD, HELP].label, found[OLD, HELP].whole, found[OLD, HELP].since) == ("取代", True, date(2025, 2, 1))
    assert found[TIANJIN, HELP].by_clauses
    assert found[TIANJIN, HELP].scope == "有1条（款）的内容改看后来这份"


def test_clauses_that_the_catalogue_joins_are_compared(small: House) -> None:
    found = changes(small, TIANJIN, HELP, DAY)
    assert found.counts == {"changed": 1, "added": 2, "removed": 1, "same": 0}
    (changed,) = [c for c in found.changes if c.kind == "changed"]
    assert changed.earlier is not None
    assert changed.later is not None
    assert (changed.earlier.eid, changed.later.eid, changed.note) == ("art_1", "art_2", "更新日期改按灯塔办法")
    assert changed.label == "对应而不同"
    assert [c.later.eid if c.later else "-" for c in found.changes] == ["art_1", "art_2", "-", "art_3"]
    assert "摘要" in found.basis


def test_a_document_without_clauses_cannot_be_compared(small: House) -> None:
    found = changes(small, OLD, HELP, DAY)
    assert "《企业灯塔试行办法》没有导入原文" in found.why_not
    assert found.changes == []
    assert found.labels["removed"] == "删去"
    with pytest.raises(KeyError):
        changes(small, OLD, "cn/nowhere/1/1", DAY)


def test_two_imported_originals_are_compared_by_their_wording(small: House, tmp_path: Path) -> None:
    later = (
        TEXT.replace("工信部灯塔〔2025〕1号", "工信部灯塔〔2026〕9号").replace("企业灯塔帮扶办法", "企业灯塔扶助规则")
        .replace("1500万元", "2000万元").replace("第三条 2025年度的灯塔水费全免。", "第三条 设灯塔专员一名，管码头事务。")
    )  # fmt: skip
    paths = [tmp_path / "一.txt", tmp_path / "二.txt"]
    for path, text in zip(paths, (TEXT, later), strict=True):
        path.write_text(text, "utf-8")
    report = add(paths, small.corpus)
    ids = [document.id for file in report.files for document in file.documents]
    small.library = Library(small.corpus, load_originals())
    found = changes(small, ids[0], ids[1], DAY)
    assert "原文" in found.basis
    by_label = {(c.later or c.earlier).label: c for c in found.changes if c.later or c.earlier}
    assert [(p.kind, p.text) for p in by_label["第一条"].pieces if p.kind != "same"] == [
        ("removed", "1500"),
        ("added", "2000"),
    ]
    assert by_label["第二条"].kind == "same"
    doubts = next(group for group in care(small, DAY).groups if group.kind == "doubts")
    assert {item.document.id for item in doubts.items} <= set(ids)


@given(st.text("第一条企业2025,.%a ", max_size=30), st.text("第一条企业2026,.%b ", max_size=30))
def test_the_pieces_give_both_texts_back(before: str, after: str) -> None:
    found = pieces(before, after)
    assert "".join(p.text for p in found if p.kind != "removed") == after or any(p.kind != "same" for p in found)
    assert "".join(p.text for p in found if p.kind != "added") == before
    assert "".join(p.text for p in found if p.kind != "removed") == after
    if before == after:
        assert all(p.kind == "same" for p in found)


def test_a_figure_is_one_word() -> None:
    assert [(p.kind, p.text) for p in pieces("最高50万元", "最高150万元")] == [
        ("same", "最高"), ("removed", "50"), ("added", "150"), ("same", "万元"),
    ]  # fmt: skip


def test_what_needs_a_look(small: House) -> None:
    found = {group.kind: [(i.document.id, i.eid) for i in group.items] for group in care(small, DAY).groups}
    assert found["ending"] == [(HELP, None)]
    assert found["replaced"] == [(OLD, None)]
    assert found["partly"] == [(TIANJIN, "art_1")]
    assert found["ended"] == [(HELP, "art_3")]
    assert found["no_digest"] == [(OLD, None)]
    assert {document for document, _ in found["no_original"]} == {HELP, TIANJIN, OLD}
    later = {group.kind: group.items for group in care(small, DAY, soon=10).groups}
    assert later["ending"] == []
    aged = {group.kind: group.items for group in care(small, date(2030, 1, 1)).groups}
    assert [item.document.id for item in aged["ended"]] == [HELP]
