"""The small corpus opened as a house of its own, and an invented original of its measure, as text and as PDF."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import small_corpus

if TYPE_CHECKING:
    from assistant.house import House

DAY = date(2026, 11, 21)
FIRST_PAGE = [
    "灯塔管理委员会文件",
    "工信部灯塔〔2025〕1号",
    "企业灯塔帮扶办法",
    "第一条 想评灯塔企业的，上一年营业收入要到1500万元",
    "以上，资产负债率不能超过70%。",
    "第二条 每年6月15日以前把企业信息更新一遍，累计两次",
    "不更新的，撤掉称号。依据见第一条。",
]
SECOND_PAGE = [
    "第三条 2025年度的灯塔水费全免。办理的联系人：王小明，",
    "手机13812345678，邮箱wang.xiaoming@example.com。",
    "灯塔管理委员会",
    "2025年1月10日",
]
TEXT = "\n".join(FIRST_PAGE) + "\f" + "\n".join(SECOND_PAGE) + "\n"
OTHER = (
    "河湾市码头局关于发放缆绳补贴的通知\n河码〔2024〕7号\n各有关单位：\n一、补贴对象\n有船三艘以上的单位。\n"
    "二、补贴标准\n每艘补贴缆绳两根。\n河湾市码头局\n2024年3月2日\n"
)
"""A document that no catalogue holds."""


@contextmanager
def small_house(folder: Path) -> Iterator[House]:
    """The small corpus with its index in a data folder of its own; ``TIAOLI_HOME`` names it meanwhile."""
    from assistant.house import House
    from assistant.policy.evidence import Library
    from corpus.load import load_corpus
    from indexing import build
    from indexing.originals import load_originals
    from indexing.search import Searcher

    root = small_corpus.write(folder / "corpus", small_corpus.files())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TIAOLI_HOME", str(folder / "home"))
        patch.setattr("indexing.build.ROOT", root)
        corpus = load_corpus(root)
        build.build(corpus=corpus)
        yield House(corpus, Library(corpus, load_originals()), Searcher(build.current()), None, today=lambda: DAY)


def as_pdf(target: Path) -> Path:
    """The measure as a PDF of two pages; the test is skipped without reportlab."""
    pytest.importorskip("reportlab", reason="the package reportlab is not installed")
    from eval.set_pdf import set_pdf

    set_pdf([(1, line) for line in FIRST_PAGE] + [(2, line) for line in SECOND_PAGE], target)
    return target
