"""The page of a run: charts of what was measured, nothing from outside, nothing of an answer rendered as markup."""

from __future__ import annotations

import re

from lxml import html as markup
from test_eval_summary import judgement, report

from eval.baseline_model import BaselineLine, BaselineRun
from eval.cited import Cited
from eval.ranks import Retrieval
from eval.report_html import histogram, html
from eval.summary import Share


def _page() -> str:
    bad = judgement(
        2, set="b", ranks=[None], checks={"top3": False}, wrong=["缺 <script>alert(1)</script>"], first_line="<b>粗</b>",
        cited=Cited(sentences=1, faults=["没有引用：<i>x</i>"]),
    )  # fmt: skip
    return html(report([judgement(1, ranks=[1], same="甲"), judgement(3, ranks=[2], same="甲"), bad]))


def test_nothing_comes_from_outside_and_nothing_runs() -> None:
    page = _page()
    tree = markup.fromstring(page)
    assert not tree.xpath("//script | //link | //img | //iframe | //*[@src or @href or @onload or @onclick]")
    assert not re.search(r"url\(|@import|https?://", page)
    assert "&lt;script&gt;alert(1)" in page
    assert "<b>粗" not in page
    assert "<i>x" not in page


def test_bars_are_as_long_as_their_shares() -> None:
    tree = markup.fromstring(_page())
    charts = tree.xpath("//h2[contains(., '按题集')]/following-sibling::svg[1]")
    widths = [float(rect.get("width")) for rect in charts[0].xpath(".//rect")]
    assert widths == [420.0, 0.0, 280.0]
    gate = tree.xpath("//h2[contains(., '门槛')]/following-sibling::svg[1]//rect")
    assert {rect.get("class") for rect in gate} == {"good", "bad"}


def test_the_baselines_stand_beside_ours() -> None:
    found = report([judgement(1, ranks=[1])])
    lines = [
        BaselineLine(
            name=name, retrieval=Retrieval.over([ranks]), facts=Share(right=1, of=2), abstained=Share(right=0, of=1)
        )
        for name, ranks in (("条理", [1]), ("别的做法", [None]))
    ]
    found.baselines = BaselineRun(lines=lines, notes=["要知道的事"])
    tree = markup.fromstring(html(found))
    assert [cell.text for cell in tree.xpath("//td[1]")][:2] == ["条理", "别的做法"]
    assert "要知道的事" in tree.text_content()
    assert "别的做法" not in html(report([judgement(1, ranks=[1])]))


def test_histogram() -> None:
    assert histogram([]) == []
    bins = histogram([1.0] * 98 + [50.0, 5000.0])
    assert sum(b.turns for b in bins) == 100
    assert bins[0].height == 1.0
    assert bins[-1].ends < 5000
