"""Standards side by side: every direction is checked against companies, by the checker itself."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from assistant.criteria.exact import YES, evaluate
from assistant.criteria.operands import Known
from assistant.criteria.table import Table
from assistant.errors import BadInput
from assistant.facts.values import Value
from assistant.workshop.change import change, let_through
from assistant.workshop.compare import compare, infos, standard_named
from assistant.workshop.demands import conjuncts, theme_of_fact, themes
from assistant.workshop.models import Comparison, Row
from assistant.workshop.scores import compare_sizes, trades
from corpus.criteria_models import load_standards
from corpus.criteria_tree import terms
from corpus.facts_models import load_dictionary
from corpus.load import Corpus

DAY = date(2026, 11, 21)


def side_by_side(corpus: Corpus, *chosen: str, track: str = "first") -> Comparison:
    pairs = [(name.partition("@")[0], name.partition("@")[2] or None) for name in chosen]
    return compare(pairs, corpus, as_of=DAY, track=track)  # type: ignore[arg-type]


def row(found: Comparison, theme: str) -> Row:
    return next(one for one in found.rows if one.theme == theme)


def test_every_fact_of_every_standard_has_one_matter() -> None:
    known = [fact for theme in themes() for fact in theme.facts]
    assert len(set(known)) == len(known)
    used = {
        term.fact
        for standard in load_standards()
        for criterion in standard.criteria
        for part in (criterion.test, criterion.exempt_if)
        if part is not None
        for term in terms(part)
    }
    assert used <= theme_of_fact().keys()


def test_the_new_standard_against_the_old_one(corpus: Corpus) -> None:
    found = side_by_side(corpus, "zjtx-2022", "zjtx-2026")
    kinds = {one.theme: one.differences[0].kind for one in found.rows}
    assert kinds["niche"] == kinds["scale"] == kinds["rd"] == "stricter"
    assert kinds["cancelled"] == "looser"
    assert kinds["size"] == kinds["lists"] == "same"
    assert kinds["debt"] == "new"
    assert row(found, "debt").scored == [True, False]
    assert "计分" in row(found, "debt").differences[0].words
    revenue = next(line for line in row(found, "scale").lines if line.fact == "revenue")
    assert [cell and cell.text for cell in revenue.cells] == ["上年度不低于1000万元", "上年度不低于1500万元"]
    assert revenue.differences[0].kind == "different", "one way among several has no direction of its own"
    research = {line.fact: line for line in row(found, "rd").lines}
    assert research["rd_expense"].differences[0].kind == "stricter"
    assert row(found, "scale").cells[1][0].citation == "cn/miit/2026/2#annex_1__item_2"
    assert sum(found.counts.values()) == len(found.rows)


def test_three_little_giants(corpus: Corpus) -> None:
    found = side_by_side(corpus, "xjr-2021", "xjr-2022", "xjr-2026")
    debt = row(found, "debt")
    assert [(one.of, one.to, one.kind) for one in debt.differences] == [
        (0, 1, "same"),
        (0, 2, "looser"),
        (1, 2, "looser"),
    ]
    assert row(found, "main").differences[1].kind == "stricter"
    growth = row(found, "growth")
    assert growth.differences[2].kind == "unit", "growth is measured otherwise"
    assert row(found, "scale").differences[1].kind == "different", "tiers cannot be ranked against one figure"


def test_a_review_is_not_asked_for_growth(corpus: Corpus) -> None:
    first, review = (side_by_side(corpus, "xjr-2022", "xjr-2026", track=track) for track in ("first", "review"))
    assert row(first, "growth").cells[1]
    assert not row(review, "growth").cells[1]
    assert row(review, "growth").differences[0].kind == "gone"


def test_another_place_has_no_local_conditions_in_the_collection(corpus: Corpus) -> None:
    found = side_by_side(corpus, "cxx-2022@上海市", "cxx-2022@天津市")
    assert found.subjects[1].left_out
    local = row(found, "conduct").differences[0]
    assert local.kind == "different"
    assert "天津市自己的条件没有收录" in local.words
    assert row(found, "score").differences[0].kind == "same"


def test_wrong_choices_are_refused(corpus: Corpus) -> None:
    for chosen in (["zjtx-2026"], ["zjtx-2026", "zjtx-2026"], ["zjtx-2026", "none"]):
        with pytest.raises(BadInput):
            side_by_side(corpus, *chosen)


def test_score_tables_stand_item_by_item(corpus: Corpus) -> None:
    found = side_by_side(corpus, "cxx-2022", "zjtx-2022")
    debt = next(one for one in found.scores if "负债" in one.label)
    old, new = debt.cells
    assert old is not None
    assert new is not None
    assert (old.max, new.max) == ("10分", "5分")
    assert debt.differences[0].kind == "different"
    assert sum(one.cells[1] is not None for one in found.scores) == len(standard_named("zjtx-2022").scores)


def test_sizes() -> None:
    found = compare_sizes(["工业", "建筑业"])
    revenue = next(one for one in found.rows if one.label == "大型企业营业收入")
    assert revenue.cells == ["40000万元及以上", "80000万元及以上"]
    assert len(trades()) == len({*trades()}) > 10
    with pytest.raises(BadInput, match="建筑业"):
        compare_sizes(["养猫业"])


def test_the_list_has_what_is_in_force_first(corpus: Corpus) -> None:
    found = infos(corpus, DAY)
    states = [one.in_force for one in found]
    assert states == sorted(states, reverse=True)
    assert {one.id for one in found if one.in_force} == {"zjtx-2026", "xjr-2026", "cxx-2022", "kjx-2017"}


POINTS = {"money": [0, 1000, 1500, 2000, 5000, 6000, 8000, 10000], "ratio": [0, 3, 5, 10, 50, 70, 75, 80, 90, 100]}


def companies(keys: list[str]) -> list[dict[str, Value]]:
    """Companies on and around the usual thresholds, for the facts of a matter: every one of a few levels each."""
    from itertools import islice, product

    dictionary, columns = load_dictionary(), []
    for key in keys:
        entry = dictionary.of_key(key)
        if entry.type == "flag":
            columns.append([Value.yes(True), Value.yes(False)])
        elif entry.type == "choice":
            columns.append([Value.one_of(choice) for choice in entry.choices])
        elif entry.type in POINTS:
            scale = Fraction(10_000) if entry.type == "money" else Fraction(1, 100)
            columns.append([Value.exact(n * scale) for n in POINTS[entry.type]])
        else:
            columns.append([Value.exact(n) for n in (0, 1, 2, 3, 4, 5, 50, 60)])
    return [dict(zip(keys, values, strict=True)) for values in islice(product(*columns), 4000)]


@pytest.mark.parametrize("pair", [("zjtx-2022", "zjtx-2026"), ("xjr-2022", "xjr-2026"), ("xjr-2021", "xjr-2022")])
def test_directions_hold_for_companies(pair: tuple[str, str]) -> None:
    """Where the new standard is called stricter, no company passes it that failed the old one; and the other way round."""
    dictionary, checked = load_dictionary(), 0
    sides = [conjuncts(standard_named(name), "first") for name in pair]
    for theme in themes():
        old, new = ([p for p in side if theme.id in p.themes and p.examined] for side in sides)
        kind = change(old, new, dictionary)
        if kind not in ("stricter", "looser", "same") or let_through(old, dictionary) is None:
            continue
        keys = sorted({term.key for part in (*old, *new) for term in terms(part.node)})
        outcomes = set()
        for said in companies(keys):
            table = Table(dictionary, {key: Known(value, (key,)) for key, value in said.items()}, said)
            outcomes.add(tuple(all(evaluate(p.node, table).value == YES for p in side) for side in (old, new)))
        if kind in ("stricter", "same"):
            assert (False, True) not in outcomes, theme.label
        if kind in ("looser", "same"):
            assert (True, False) not in outcomes, theme.label
        checked += 1
    assert checked >= 4
