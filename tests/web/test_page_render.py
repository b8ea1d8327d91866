"""HTML of answers: nothing that people or documents wrote becomes markup; chips, sources, verdicts."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer, Citation, CriterionResult, Understood, Verdict
from web.ui.markdown import to_html
from web.ui.render import announcement, exchange, plain
from web.ui.session import Exchange
from web.ui.verdict import verdict_table

ALLOWED = {
    "p", "ul", "ol", "li", "strong", "em", "table", "thead", "tbody", "tr", "th", "td", "div", "span", "button", "br",
    "blockquote", "hr", "s", "code",
}  # fmt: skip


class Tags(HTMLParser):
    """Collects tags and attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: set[str | None] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links |= {value for name, value in attrs if name == "href"}


def citation(n: int = 1, **more: object) -> Citation:
    base: dict[str, object] = {
        "n": n, "document": "cn/miit/2026/2", "number": "工信部企业〔2026〕2号", "title": "管理办法", "issuer": "工业和信息化部",
        "place": "国家", "clause": "第十七条", "eid": "art_17", "text": "每年更新信息。", "text_kind": "digest",
        "digest": "每年更新信息。", "validity": "in_force", "validity_note": "", "date": "2026-04-01",
    }  # fmt: skip
    return Citation.model_validate({**base, **more})


def answer(text: str = "结论。[1]", **more: object) -> Answer:
    base: dict[str, object] = {"route": "policy", "status": "answered", "reason": "answered", "answer": text}
    return Answer.model_validate({"place": "上海市", "as_of": "2026-11-21", **base, **more})


TRICKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "![图](http://evil.example/x.png)",
    "[点我](javascript:alert(1))",
    "[点我](http://evil.example)",
    "<http://evil.example>",
    "[1]: http://evil.example\n\n看[1]",
    "[x][1]\n\n[1]: javascript:alert(1)",
    "<style>*{display:none}</style>",
    "```html\n<script>alert(1)</script>\n```",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    '"><svg onload=alert(1)>',
]


@pytest.mark.parametrize("trick", TRICKS)
def test_markdown_tricks_load_and_run_nothing(trick: str) -> None:
    found = Tags(to_html(trick, turn="t", known=[1]))
    assert found.tags <= ALLOWED
    assert not found.attributes & {"src", "href", "onerror", "onload", "style", "srcset"}


@pytest.mark.parametrize("trick", TRICKS)
def test_a_whole_exchange_of_tricks(trick: str) -> None:
    verdict = Verdict(
        title=trick, standard=trick, track="first", outcome="not_eligible", disclaimer=trick,
        criteria=[CriterionResult(id="a", clause=trick, label=trick, outcome="not_met", values={trick: trick}, note=trick, margin=trick)],
    )  # fmt: skip
    whole = answer(
        trick, citations=[citation(text=trick, title=trick, clause=trick, issuer=trick, validity_note=trick, document=trick, eid=trick)], verdict=verdict,
        notes=[trick], follow_ups=[trick], understood=[Understood(fact="a", label=trick, value=trick, said=trick)],
    )  # fmt: skip
    html = exchange(Exchange(trick, "k", answer=whole))
    found = Tags(html)
    assert found.tags <= ALLOWED | {
        "article",
        "section",
        "details",
        "summary",
        "svg",
        "path",
        "dl",
        "dt",
        "dd",
        "h2",
        "caption",
        "b",
        "a",
    }
    assert not found.attributes & {"src", "onerror", "onload", "onclick", "srcset"}
    assert all(str(link).startswith("/documents?id=") for link in found.links)
    assert "<script" not in html
    assert "<script" not in announcement(Exchange(trick, "k", answer=whole))


@given(st.text(alphabet=st.sampled_from("<>[]()!`*_#|-\n\"'&;:/ 1a条"), max_size=80))
def test_no_text_makes_foreign_markup(text: str) -> None:
    found = Tags(to_html(text, turn="t", known=[1]))
    assert found.tags <= ALLOWED
    assert not found.attributes & {"src", "href", "style"}


def test_marks_become_chips_where_the_clause_is_known() -> None:
    html = to_html("结论。[1][3]", turn="abc", known=[1])
    assert 'data-cite="abc-1"' in html
    assert 'data-cite="abc-3"' not in html
    assert re.search(r"<span class=\"tl-chip\">3</span>", html)


def test_chips_stay_on_the_line_of_their_sentence() -> None:
    html = to_html("到期复核。[1][2]", turn="k", known=[1, 2])
    assert re.search(r'到期复核<span class="tl-keep">。<button.*data-cite="k-1".*data-cite="k-2".*</span>', html)


def test_source_opens_the_clause_with_its_facts() -> None:
    html = exchange(
        Exchange("问", key="k", answer=answer(citations=[citation(validity="repealed", validity_note="2025年止")]))
    )
    assert 'id="tl-clause-k-1"' in html
    for fact in (
        "《管理办法》",
        "工信部企业〔2026〕2号",
        "工业和信息化部",
        "第十七条",
        "2026年4月1日",
        "已废止",
        "2025年止",
        "摘要",
    ):
        assert fact in html


def test_an_original_is_shown_beside_its_digest_and_both_are_named() -> None:
    html = exchange(Exchange("问", "k", answer=answer(citations=[citation(text="原来的字句。", text_kind="original")])))
    assert (
        html.index("原文")
        < html.index("原来的字句。")
        < html.index("摘要（条理整理，非原文）")
        < html.rindex("每年更新信息。")
    )


@pytest.mark.parametrize(
    ("outcome", "shown"),
    [("met", "✓</span> 符合"), ("not_met", "✗</span> 不符合"), ("unknown", "?</span> 待确认"), ("exempt", "–</span> 不考察"),
     ("declared", "◌</span> 按您说明"), ("manual", "◌</span> 评审判断")],
)  # fmt: skip
def test_marks_come_with_words(outcome: str, shown: str) -> None:
    verdict = Verdict.model_validate(
        {"title": "专精特新", "standard": "标准", "track": "first", "outcome": "needs_info",
         "criteria": [{"id": "a", "clause": "附件1（二）", "label": "营收", "outcome": outcome, "threshold": "≥1500万元"}]}
    )  # fmt: skip
    html = verdict_table(answer(verdict=verdict), "k")
    assert shown in html
    assert "≥1500万元" in html


def test_the_table_of_a_verdict_follows_its_conclusion_and_is_not_repeated() -> None:
    criterion = CriterionResult(id="item_2", clause="附件1（二）", label="营收", outcome="not_met", citation="x#item_2")
    verdict = Verdict(title="专精特新", standard="标准", track="first", outcome="not_eligible", criteria=[criterion])
    text = "**还不符合。**\n\n- ✗ 附件1（二）没有达到：差20万元。[1]\n\n**下一步**\n\n- 明年再报"
    html = exchange(Exchange("能报吗", "k", answer=answer(text, verdict=verdict)))
    shown = html[: html.index('class="tl-plain"')]
    assert shown.index("还不符合") < shown.index("tl-verdict") < shown.index("下一步") < shown.index("明年再报")
    assert "没有达到" not in shown
    assert "没有达到" in html  # what is copied keeps the reasons


def test_copied_text_keeps_marks_and_sources() -> None:
    text = plain(answer("**结论**。[1]", citations=[citation()]))
    assert text.startswith("结论。[1]")
    assert "[1]《管理办法》（工信部企业〔2026〕2号）第十七条，现行有效" in text
    assert "上海市，2026年11月21日" in text


def test_typed_message_is_shown_as_typed() -> None:
    assert "第一行<br>&lt;b&gt;" in exchange(Exchange("第一行\n<b>", "k"))
