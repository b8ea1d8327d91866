"""Pages whose usual characters were swapped among themselves are noticed; sound ones are not taken for such."""

from __future__ import annotations

import random
from collections import defaultdict
from pathlib import Path

import pytest
from test_noise import LONG, SECOND

from indexing.pages import lines_of
from indexing.readers.pairs import ENOUGH_PAIRS, is_swapped, known_pairs
from indexing.readers.quality import is_broken, is_broken_page

MORE = (
    "企业按照规定向所在地的主管部门提出申请，由主管部门核对材料，材料不全的一次说清还缺什么。审核通过的企业名单在网站上公布，"
    "公布期间有不同意见的，可以书面提出，主管部门收到以后十个工作日内答复。有效期满以前三个月，企业可以申请复核。"
)
PAGE = f"{LONG}\n{SECOND}\n{MORE}\n{LONG}"


def swapped(text: str, seed: int) -> str:
    """The characters of a text changed for one another, each always for the same one."""
    used = sorted({c for c in text if "\u4e00" <= c <= "\u9fff"})
    other = random.Random(seed).sample(used, len(used))
    return text.translate(str.maketrans("".join(used), "".join(other)))


def test_a_swapped_page_is_noticed_by_its_pairs_alone() -> None:
    damaged = [swapped(PAGE, seed) for seed in range(300)]
    assert sum(map(is_broken_page, damaged)) >= 297
    assert not any(is_broken(line) for text in damaged for line in text.splitlines())


@pytest.mark.parametrize(
    "text",
    [
        PAGE,
        "企業按照規定向所在地的主管部門提出申請，由主管部門核對材料，審核通過的企業名單在網站上公佈，有不同意見的可以書面提出。"
        * 5,
        "张三 李四 王小五 赵六 " * 60,
        "甲乙丙丁戊己庚辛壬癸。" * 9,
        "",
    ],
)
def test_sound_pages_traditional_ones_and_lists_of_names(text: str) -> None:
    assert not is_swapped(text)


def test_too_little_text_is_not_judged() -> None:
    assert not is_swapped(swapped(LONG, 1))
    assert len(LONG) < ENOUGH_PAIRS


def test_the_pairs_come_from_our_own_texts() -> None:
    assert {"企业", "认定", "申请"} <= known_pairs()
    assert len(known_pairs()) > 10_000


def test_pages_of_real_documents(originals: Path) -> None:
    judged = noticed = 0
    for path in originals.glob("*.txt"):
        pages: dict[int, list[str]] = defaultdict(list)
        for line in lines_of(path.read_text("utf-8")):
            pages[line.page].append(line.text)
        for n, rows in enumerate(pages.values()):
            text = "\n".join(rows)
            assert not is_swapped(text), (path.name, n)
            if len(text) >= 3 * ENOUGH_PAIRS:
                judged += 1
                noticed += is_swapped(swapped(text, n))
    assert judged > 500
    assert noticed >= 0.98 * judged
