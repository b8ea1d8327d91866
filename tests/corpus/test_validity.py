"""Status on a day: of documents and clauses, of the shipped corpus and of invented ones."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
import small_corpus
from hypothesis import given
from hypothesis import strategies as st
from small_corpus import HELP, OLD, TIANJIN

from corpus.load import Corpus, load_corpus
from corpus.models import Document, InForce, Relation
from corpus.validity import FAR_FUTURE, LABELS, document_validity, span, validity

NATIONAL, RULES = "cn/miit/2026/2", "cn-sh/jxw/2022/8"
MEASURES = "cn-sh/gov/2025/zjtx-measures"


@pytest.mark.parametrize(
    ("document", "day", "state"),
    [
        (NATIONAL, date(2026, 3, 31), "not_yet"),
        (NATIONAL, date(2026, 4, 1), "in_force"),
        (NATIONAL, date(2030, 1, 1), "in_force"),
        (RULES, date(2022, 11, 10), "not_yet"),
        (RULES, date(2022, 11, 11), "in_force"),
        (RULES, date(2026, 11, 21), "in_force"),
        (RULES, date(2027, 11, 10), "in_force"),
        (RULES, date(2027, 11, 11), "expired"),
        (MEASURES, date(2025, 4, 2), "not_yet"),
        (MEASURES, date(2027, 1, 1), "in_force"),
        ("cn/miit/2022/63", date(2026, 11, 21), "unknown"),
        ("cn/most/2017/115", date(2026, 11, 21), "unknown"),
    ],
)
def test_documents_of_the_corpus(corpus: Corpus, document: str, day: date, state: str) -> None:
    assert document_validity(corpus.documents[document], day, corpus).state == state


def test_a_clause_is_in_force_no_longer_than_its_document(corpus: Corpus) -> None:
    assert validity(f"{RULES}#art_14", date(2027, 11, 10), corpus).state == "in_force"
    assert validity(f"{RULES}#art_14", date(2027, 11, 11), corpus).state == "expired"
    assert validity(f"{NATIONAL}#art_17", date(2026, 3, 31), corpus).state == "not_yet"


def test_shanghai_article_7_makes_way_for_the_national_annexes(corpus: Corpus) -> None:
    ref = f"{RULES}#art_7"
    assert "2026年国家办法" not in validity(ref, date(2026, 3, 31), corpus).note
    after = validity(ref, date(2026, 4, 1), corpus)
    assert after.state == "in_force"
    assert "2026年4月1日起" in after.note
    assert "2026年国家办法" in after.note


def test_a_measure_with_an_end_of_its_own(corpus: Corpus) -> None:
    ref = f"{MEASURES}#sec_3__item_10"
    before, after = validity(ref, date(2026, 12, 31), corpus), validity(ref, date(2027, 1, 1), corpus)
    assert before.state == after.state == "in_force"
    assert "2026年12月31日为止" in before.note
    assert "已于2026年12月31日到期" in after.note


def test_every_clause_has_a_status_on_any_day(corpus: Corpus) -> None:
    for ref in corpus.clauses:
        for day in (date(2020, 1, 1), date(2026, 3, 31), date(2026, 11, 21), date(2027, 11, 11), FAR_FUTURE):
            assert validity(ref, day, corpus).label in LABELS.values()


def test_unknown_references_are_errors(corpus: Corpus) -> None:
    with pytest.raises(KeyError):
        validity("cn/none/1#art_1", date(2026, 1, 1), corpus)


@pytest.fixture
def small(tmp_path: Path) -> Corpus:
    return load_corpus(small_corpus.write(tmp_path, small_corpus.files()))


def test_superseded_as_a_whole(small: Corpus) -> None:
    old = small.documents[OLD]
    assert document_validity(old, date(2025, 1, 31), small).state == "in_force"
    after = document_validity(old, date(2025, 2, 1), small)
    assert (after.state, after.note) == ("superseded", "2025年1月31日止")


def test_a_clause_displaced_as_a_whole(small: Corpus) -> None:
    ref = f"{TIANJIN}#art_1"
    assert validity(ref, date(2025, 12, 31), small).state == "in_force"
    after = validity(ref, date(2026, 1, 1), small)
    assert after.state == "superseded"
    assert "灯塔办法第二条" in after.note
    assert span(small.documents[TIANJIN], small.clauses[ref], small)[1] == date(2025, 12, 31)
    assert validity(f"{TIANJIN}#art_2", date(2026, 1, 1), small).state == "in_force"


def test_a_clause_that_ends_before_its_document(small: Corpus) -> None:
    ref = f"{HELP}#art_3"
    assert validity(ref, date(2025, 12, 31), small).state == "in_force"
    after = validity(ref, date(2026, 1, 1), small)
    assert (after.state, after.note) == ("expired", "水费免收，到2025年12月31日为止")
    assert span(small.documents[HELP], small.clauses[ref], small) == (date(2025, 2, 1), date(2025, 12, 31))
    assert validity(ref, date(2027, 2, 1), small).state == "expired"


def document(name: str, **more: object) -> Document:
    data = {
        "id": name,
        "title": "甲",
        "short_title": "甲",
        "issuers": ["乙"],
        "place": "国家",
        "level": "national",
        "kind": "measure",
    }
    return Document.model_validate({**data, **more})


DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))


@given(start=DAYS, end=DAYS, since=DAYS, day=DAYS, kind=st.sampled_from(["repeals", "supersedes"]))
def test_whatever_comes_first_ends_a_document(start: date, end: date, since: date, day: date, kind: str) -> None:
    first = document("cn/a/1", in_force=InForce(from_=start, until=end))
    second = document("cn/a/2", relations=[Relation(kind=kind, target="cn/a/1", from_=since, whole=True)])  # type: ignore[arg-type]
    corpus = Corpus({d.id: d for d in (first, second)}, {}, {}, {})
    state = document_validity(first, day, corpus).state
    over = {"repeals": "repealed", "supersedes": "superseded"}[kind]
    if day > end and end <= since - timedelta(days=1):
        assert state == "expired"
    elif day >= since and since - timedelta(days=1) < end:
        assert state == over
    else:
        assert state == ("not_yet" if day < start else "in_force")
    begin, last = span(first, None, corpus)
    assert (begin, last) == (start, min(end, since - timedelta(days=1)))


def test_a_partial_repeal_leaves_the_document_in_force() -> None:
    first = document("cn/a/1", in_force=InForce(from_=date(2020, 1, 1)))
    second = document(
        "cn/a/2", relations=[Relation(kind="repeals", target="cn/a/1", from_=date(2021, 1, 1), scope="一部分")]
    )
    corpus = Corpus({d.id: d for d in (first, second)}, {}, {}, {})
    assert document_validity(first, date(2022, 1, 1), corpus).state == "in_force"


def test_a_repeal_without_a_day_counts_from_the_repealing_document() -> None:
    first = document("cn/a/1", in_force=InForce(from_=date(2020, 1, 1)))
    later = InForce(from_=date(2021, 1, 1))
    second = document("cn/a/2", in_force=later, relations=[Relation(kind="repeals", target="cn/a/1", whole=True)])
    corpus = Corpus({d.id: d for d in (first, second)}, {}, {}, {})
    assert document_validity(first, date(2020, 12, 31), corpus).state == "in_force"
    assert document_validity(first, date(2021, 1, 1), corpus).state == "repealed"


def of(*documents: Document) -> Corpus:
    return Corpus({d.id: d for d in documents}, {}, {}, {})


@given(signed=DAYS, year=st.integers(2000, 2041), day=DAYS)
def test_a_notice_of_one_round_says_nothing_after_its_year(signed: date, year: int, day: date) -> None:
    notice = document("cn/a/1", signed=signed, last_year=year, included=False)
    found = document_validity(notice, day, of(notice))
    if day.year > year:
        assert (found.state, str(year) in found.note) == ("expired", True)
    else:
        assert found.state == ("not_yet" if day < signed else "in_force")


@given(day=DAYS)
def test_a_document_that_is_not_at_hand_and_has_no_end_is_never_called_in_force(day: date) -> None:
    one = document("cn/a/1", included=False, in_force=InForce(from_=date(2021, 3, 1)))
    found = document_validity(one, day, of(one))
    assert found.state == ("not_yet" if day < date(2021, 3, 1) else "unknown")
    assert found.state == "not_yet" or "不可断言有效" in found.note


def test_a_document_without_any_date_is_unknown_until_its_round_is_over() -> None:
    notice = document("cn/a/1", last_year=2021, included=False)
    assert document_validity(notice, date(2021, 6, 1), of(notice)).state == "unknown"
    assert document_validity(notice, date(2022, 1, 1), of(notice)).state == "expired"


@pytest.mark.parametrize(("whole", "state"), [(True, "superseded"), (False, "unknown")])
def test_what_has_made_way_names_the_latest_document(whole: bool, state: str) -> None:
    """The second of the later documents is named only once it is there."""
    ways = [Relation(kind="displaced_by", target=f"cn/b/{n}", scope="条件改看新的", whole=whole) for n in (1, 2)]
    old = document("cn/a/1", signed=date(2020, 1, 1), included=False, relations=ways)
    first = document("cn/b/1", short_title="乙", signed=date(2022, 6, 1))
    second = document("cn/b/2", short_title="丙", in_force=InForce(from_=date(2026, 4, 1)))
    corpus = of(old, first, second)
    before = document_validity(old, date(2022, 5, 31), corpus)
    assert before.state == ("in_force" if whole else "unknown")
    assert "乙" not in before.note
    between, after = (document_validity(old, day, corpus) for day in (date(2022, 6, 1), date(2026, 4, 1)))
    assert (between.state, after.state) == (state, state)
    assert "见乙" in between.note
    assert "见丙" in after.note
    assert "见乙" not in after.note
