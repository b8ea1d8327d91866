"""The order and nesting of clauses, the list's filters, names of uploaded files, boxes on a turned page."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.documents.listing import Filter, listed
from assistant.documents.sources import safe_name
from assistant.documents.tree import Node, tree
from corpus.eids import order, parent
from indexing.pictures import Picture

if TYPE_CHECKING:
    from assistant.house import House

DAY = date(2026, 11, 21)


def test_clauses_are_in_the_order_of_the_text() -> None:
    text = [
        "intro", "art_1", "art_2", "art_2__item_1", "art_2__item_10", "art_10", "annexes", "closing", "att_2", "att_2__art_1",
        "annex_1", "annex_1__item_2", "annex_1__item_2~2", "annex_1_1", "annex_2",
    ]  # fmt: skip
    mixed = text[::2] + text[1::2]
    assert sorted(mixed, key=order) == text
    assert sorted(["sec_2__item_6", "sec_1__item_5", "sec_1"], key=order) == ["sec_1", "sec_1__item_5", "sec_2__item_6"]


@given(st.lists(st.sampled_from(["art", "item", "annex", "point"]), min_size=1, max_size=4), st.integers(1, 40))
def test_a_parent_comes_before_what_it_holds(names: list[str], number: int) -> None:
    eid = "__".join(f"{name}_{number}" for name in names)
    inner = f"{eid}__item_1"
    assert order(eid) < order(inner)
    assert parent(inner, {eid, inner}) == eid


def test_the_nearest_known_clause_is_the_parent() -> None:
    assert parent("annex_1__item_2__point_3", {"annex_1"}) == "annex_1"
    assert parent("sec_1__item_2", {"sec_2"}) is None


def _labels(nodes: list[Node], depth: int = 0) -> list[tuple[int, str]]:
    return [pair for node in nodes for pair in ((depth, node.label), *_labels(node.children, depth + 1))]


def test_the_tree_of_a_digested_document(house: House) -> None:
    found = tree(house, "cn/miit/2026/2", DAY)
    labels = _labels(found.nodes)
    assert labels[0] == (0, "第一章 总则")
    assert labels[1] == (1, "第一条")
    assert labels.index((1, "第二十八条")) < labels.index((1, "第三十二条")) < labels.index((1, "附件1"))
    assert (2, "附件1（二）") in labels
    assert found.total == found.info.clauses == sum(depth > 0 for depth, _ in labels)
    with pytest.raises(KeyError):
        tree(house, "cn/nowhere/1/1", DAY)


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (
            Filter(place="上海市", holding="digest"),
            {"cn-sh/gov/2025/zjtx-measures", "cn-sh/jxw/2022/8", "cn-sh-qp/jw/2023/80"},
        ),
        (Filter(place="国家", holding="digest"), {"cn/miit/2026/2"}),
        (Filter(words="青浦 梯度"), {"cn-sh-qp/jw/2023/80"}),
        (Filter(words="沪经信规范〔2022〕8号"), {"cn-sh/jxw/2022/8"}),
        (
            Filter(holding="digest", signed_from=date(2025, 1, 1), signed_until=date(2025, 12, 31)),
            {"cn-sh/gov/2025/zjtx-measures"},
        ),
        (Filter(holding="digest", validity="not_yet"), set()),
        (Filter(holding="digest", validity="repealed"), set()),
        (Filter(words="没有这样的文件"), set()),
    ],
)
def test_filters(house: House, chosen: Filter, expected: set[str]) -> None:
    current = {info.id for info in listed(house, DAY, chosen) if not house.corpus.documents[info.id].historical}
    assert current == expected


def test_the_filters_hold_for_historical_documents_too(house: House) -> None:
    expired = listed(house, DAY, Filter(place="天津市", holding="digest", validity="expired"))
    assert expired
    assert {(info.place, info.validity) for info in expired} == {("天津市", "expired")}


def test_status_is_that_of_the_asked_day(house: House) -> None:
    early = Filter(words="优质中小企业梯度培育管理办法", holding="digest", place="国家")
    assert [info.validity for info in listed(house, date(2026, 2, 1), early)] == ["not_yet"]
    assert [info.validity for info in listed(house, DAY, early)] == ["in_force"]


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("办法.pdf", "办法.pdf"), ("../../etc/passwd", "passwd"), ("C:\\文件\\办法.pdf", "办法.pdf"), ("..", "文件"), ("", "文件"),
        (".htaccess", "htaccess"), ("a\x00b?.txt", "ab.txt"),
    ],
)  # fmt: skip
def test_names_of_uploads(given_name: str, kept: str) -> None:
    assert safe_name(given_name) == kept


@given(st.text(max_size=300))
def test_any_name_stays_in_its_folder(name: str) -> None:
    safe = safe_name(name)
    assert safe
    assert not safe.startswith(".")
    assert (Path("/a") / safe).parent == Path("/a")
    assert len(safe) < 140


@pytest.mark.parametrize(
    ("turned", "expected"),
    [(0, (0.1, 0.7, 0.2, 0.1)), (90, (0.2, 0.1, 0.1, 0.2)), (180, (0.7, 0.2, 0.2, 0.1)), (270, (0.7, 0.7, 0.1, 0.2))],
)
def test_a_box_on_a_turned_page(turned: int, expected: tuple[float, ...]) -> None:
    size = (200.0, 100.0) if turned % 180 == 0 else (100.0, 200.0)
    drawn = Picture(b"", size, (10.0, 20.0), turned, 0, True)
    assert drawn.fraction((10 + 20, 20 + 20, 10 + 60, 20 + 30)) == pytest.approx(expected)
