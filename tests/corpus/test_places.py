"""Places: names people use, and the chain from district to country."""

from __future__ import annotations

import pytest

from corpus.places import COUNTRY, chain, find_places, places, resolve


def test_chain_runs_from_narrow_to_wide() -> None:
    assert chain("上海市青浦区") == ["上海市青浦区", "上海市", "国家"]
    assert chain("天津市") == ["天津市", "国家"]
    assert chain("国家") == ["国家"]


def test_chain_takes_the_names_people_use() -> None:
    assert chain("青浦") == chain("上海市青浦区")
    assert chain("厦门") == ["厦门市", "国家"]


def test_an_unknown_place_lies_in_the_country() -> None:
    assert chain("火星基地") == ["火星基地", COUNTRY]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("上海第一次上规模", ["上海市"]),
        ("青浦区的企业", ["上海市青浦区"]),
        ("上海市青浦区的企业", ["上海市青浦区"]),
        ("天津和河北哪个多", ["天津市", "河北省"]),
        ("全国都一样吗", ["国家"]),
        ("我们公司", []),
        ("", []),
    ],
)
def test_find_places(text: str, found: list[str]) -> None:
    assert find_places(text) == found


def test_resolve() -> None:
    assert resolve(" 青浦 ") == "上海市青浦区"
    assert resolve("青浦的企业") is None
    assert resolve("") is None


def test_every_place_leads_to_the_country_and_no_name_is_used_twice() -> None:
    names: dict[str, str] = {}
    for full, place in places().items():
        assert chain(full)[-1] == COUNTRY
        for name in (full, *place.names):
            assert names.setdefault(name, full) == full, f"{name}: {names[name]}, {full}"
        assert place.apart_from is None or place.apart_from in places()
