"""Which messages want all conditions of a title gone through."""

import pytest

from assistant.understanding.all_conditions import wants_all_conditions


@pytest.mark.parametrize(
    "said",
    [
        "到底要过哪几关，一项一项报给我",
        "新人培训用，全部条件过一遍",
        "有哪些硬杠杠",
        "卡哪些东西，一次说全",
        "把门槛逐条列出来",
    ],
)
def test_the_whole_list(said: str) -> None:
    assert wants_all_conditions(said)


@pytest.mark.parametrize(
    "said", ["要几年", "看哪个文件", "标准是什么文件定的", "负债率的要求一条条讲", "怎么申报，逐步讲"]
)
def test_something_else(said: str) -> None:
    assert not wants_all_conditions(said)
