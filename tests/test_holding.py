"""How long a document holds: the clause that says so of the one that is meant."""

from datetime import date

import pytest

from assistant.policy.holding import clause_that_says
from assistant.policy.question import Question
from corpus.load import load_corpus


@pytest.mark.parametrize(
    ("text", "place", "ref"),
    [
        ("宁夏2021年的认定办法现在还作数吗", "宁夏回族自治区", "nx-01#art_22"),
        ("厦门成长型企业的办法2021年版到什么时候为止", "厦门市", "xm-06#art_19"),
        ("手里是上海2021年12号文，还有效伐", "上海市", "sh-03#art_18"),
        ("西藏2020年的认定办法还当得了依据吗", "西藏自治区", "xz-01#annex_1__art_13"),
    ],
)
def test_the_clause_with_the_term(text: str, place: str, ref: str) -> None:
    found = clause_that_says(Question(text, place, date(2026, 11, 21)), load_corpus())
    assert found is not None
    assert found.target == f"cn/compendium-2021/{ref}"


@pytest.mark.parametrize("text", ["我们的专精特新称号今年还有效吗", "宁夏2021年的办法给示范企业奖多少"])
def test_not_asked(text: str) -> None:
    assert clause_that_says(Question(text, "宁夏回族自治区", date(2026, 11, 21)), load_corpus()) is None
