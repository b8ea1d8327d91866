"""A grounded draft as Markdown with numbered citations, and which clause is chosen to support a sentence."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.policy.draft import Draft, DraftRow, Sentence
from assistant.policy.evidence import Evidence, Library, citation
from assistant.policy.render import Numbering, render
from corpus.load import Corpus
from indexing.clauses import OriginalClause
from indexing.originals import Originals

DAY = date(2026, 11, 21)
UPDATE, SHANGHAI, REVIEW = "cn/miit/2026/2#art_17", "cn-sh/jxw/2022/8#art_14", "cn/miit/2026/2#art_16"


@pytest.fixture(scope="module")
def library(corpus: Corpus) -> Library:
    return Library(corpus, Originals())


def look(library: Library, *refs: str) -> dict[str, Evidence]:
    found = {ref: e for ref in refs if (e := library.evidence(ref, DAY))}
    assert len(found) == len(refs)
    return found


def test_numbers_follow_the_first_mention() -> None:
    numbering = Numbering()
    assert numbering.marks(["b", "a"]) == "[1][2]"
    assert numbering.marks(["a"]) == "[2]"
    assert numbering.marks(["c", "b"]) == "[3][1]"
    assert numbering.marks([]) == ""


def test_parts_in_their_order(library: Library) -> None:
    draft = Draft(
        sentences=[
            Sentence("下一步做。", (REVIEW,), "next"),
            Sentence("当心。", (SHANGHAI,), "caution"),
            Sentence("第一点。", (SHANGHAI, UPDATE), "point"),
            Sentence("结论。", (UPDATE,), "conclusion"),
            Sentence("还有。", (), "conclusion", own=True),
        ],
        columns=("甲", "乙"),
        rows=[DraftRow(("一|二", "三\n四"), (REVIEW,))],
    )
    text, citations = render(draft, look(library, UPDATE, SHANGHAI, REVIEW))
    assert text == (
        "结论。[1]还有。\n\n- 第一点。[2][1]\n\n| 甲 | 乙 | 依据 |\n| --- | --- | --- |\n| 一\\|二 | 三 四 | [3] |\n\n"
        "**要留意**\n\n- 当心。[2]\n\n**下一步**\n\n- 下一步做。[3]"
    )
    assert [(c.n, c.ref) for c in citations] == [(1, UPDATE), (2, SHANGHAI), (3, REVIEW)]


def test_nothing_to_say(library: Library) -> None:
    assert render(Draft(), {}) == ("", [])


def test_a_citation_says_where_it_is_from(library: Library) -> None:
    found = citation(4, look(library, SHANGHAI)[SHANGHAI])
    assert (found.n, found.number, found.clause, found.eid) == (4, "沪经信规范〔2022〕8号", "第十四条", "art_14")
    assert (found.text_kind, found.text) == ("digest", found.digest)
    assert (found.validity, found.place, found.date) == ("in_force", "上海市", "2022-11-11")
    assert found.issuer == "上海市经济和信息化委员会"
    assert found.ref == SHANGHAI


def test_a_citation_shows_the_original_once_it_is_there(corpus: Corpus) -> None:
    originals = Originals({"cn/miit/2026/2": {"art_17": OriginalClause("art_17", "第十七条", [], "原来的话。")}})
    library = Library(corpus, originals)
    found = citation(1, look(library, UPDATE)[UPDATE])
    assert (found.text_kind, found.text) == ("original", "原来的话。")
    assert found.digest == corpus.clauses[UPDATE].digest
    assert citation(2, look(library, REVIEW)[REVIEW]).text_kind == "digest"


def test_status_is_that_of_the_asked_day(library: Library) -> None:
    before = library.evidence(UPDATE, date(2026, 3, 31))
    assert before
    assert citation(1, before).validity == "not_yet"
    after = library.evidence(SHANGHAI, date(2027, 11, 11))
    assert after
    assert citation(1, after).validity == "expired"


def test_unknown_references_have_no_evidence(library: Library) -> None:
    assert library.evidence("cn/none/1#art_1", DAY) is None
    assert library.evidence("cn/miit/2026/2#art_99", DAY) is None


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("首次没更新的列入重点监测，累计两次取消认定。", [UPDATE]),
        ("有效期3年，到期前复核，通过后延长3年。", [REVIEW]),
        ("上海细则写的是每年4月30日前更新。", [SHANGHAI]),
        ("国家办法写5月31日前更新，上海细则写4月30日前更新。", [UPDATE, SHANGHAI]),
    ],
)
def test_supporting_takes_the_fewest_clauses_that_state_it(
    library: Library, sentence: str, expected: list[str]
) -> None:
    for order in ((UPDATE, SHANGHAI, REVIEW), (REVIEW, SHANGHAI, UPDATE)):
        found = library.supporting(sentence, list(look(library, *order).values()))
        assert set(expected) <= set(found), found
        assert len(found) <= max(len(expected), 2), found
        assert found[0] in expected


def test_supporting_of_nothing(library: Library) -> None:
    assert library.supporting("每年5月31日前更新信息。", []) == []


def test_overlap(library: Library) -> None:
    assert library.overlap("更新信息", "每年更新信息") == 1.0
    assert library.overlap("更新信息", "水费减免") == 0.0
    assert library.overlap("，。", "水费") == 1.0
