"""The verdict on a company's size: an SME or not, and the class, with a row for every line that was looked at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Literal

from assistant.answer import CriterionResult, Missing, Verdict
from assistant.criteria.bounds import check_bounds
from assistant.criteria.derive import build
from assistant.criteria.exact import NO, YES
from assistant.criteria.explain import explain
from assistant.criteria.judge import judge
from assistant.criteria.size import NAMES, Sizing, open_keys, sizing
from assistant.criteria.table import Table
from assistant.criteria.words import name_of, question_of
from assistant.facts.values import Facts, Problem
from corpus.criteria_models import Criterion
from corpus.facts_models import load_dictionary
from corpus.size_models import CLASSES, LINES, Line, Trade, load_size

DISCLAIMER = "这是按您提供的数做的划型测算，以统计部门和主管部门的认定为准。"
MARKS = {
    "M": "这一档的数字来自转引，待核对原文。",
    "K": "这一档的数字没有见到原文，待核对原文。",
}
ONLY_CLASS = "这一行只用来分中型、小型和微型，不影响是不是中小企业。"


def is_size(title: str) -> bool:
    """Whether ``title`` asks for the size of a company."""
    return title.strip().lower() in {load_size().title, *load_size().names}


def check_size(
    facts: Facts,
    *,
    as_of: date,
    round_year: int | None = None,
    excluded: Sequence[str] = (),
    problems: Sequence[Problem] = (),
) -> Verdict:
    """Whether a company is an SME by the size standard, and of which class, in the accounting year before the round.

    Parameters as of ``assistant.criteria.check.check``. ``eligible`` is an SME, ``not_eligible`` a large company.
    """
    dictionary, standard, year = load_dictionary(), load_size(), round_year or as_of.year
    wrong = [*problems, *(p for p in check_bounds(facts, dictionary, as_of) if p not in problems)]
    table = build(facts, dictionary, problems=wrong, excluded=excluded, round_year=year)
    found = sizing(table, year)
    outcome = _outcome(found, table, wrong)
    return Verdict(
        title=standard.title,
        standard=standard.name,
        track="unknown",
        outcome=outcome,
        criteria=_rows(found, table, year),
        missing=_missing(found, table, year) if outcome == "needs_info" else [],
        conflicts=list(dict.fromkeys(p.sentence for p in (*wrong, *table.conflicts))),
        notes=[_class_note(found, table, year), *standard.notes],
        round=year,
        disclaimer=DISCLAIMER,
    )


def _outcome(
    found: Sizing, table: Table, wrong: Sequence[Problem]
) -> Literal["eligible", "not_eligible", "needs_info", "invalid_input"]:
    if wrong and not table.values:
        return "invalid_input"
    if wrong or table.conflicts:
        return "needs_info"
    return {NO: "not_eligible", YES: "eligible"}.get(found.sme, "needs_info")  # type: ignore[return-value]


def _rows(found: Sizing, table: Table, year: int) -> list[CriterionResult]:
    standard, trade = load_size(), found.trade
    if trade is None:
        test = Criterion(
            id="industry", clause="第四条", eid="art_4", label="是不是中小企业（行业没有说）", test=standard.sme(),
            words="按所属行业的线，至少有一项低于大型企业的下限", note=_any_trade(found),
        )  # fmt: skip
        return [_row(test, table, year).model_copy(update={"margin": ""})]
    large = Criterion(
        id="large", clause=trade.clause, eid=trade.eid, label=f"是不是中小企业（{trade.trade}）",
        test=standard.below_large(trade), note="至少有一项低于大型企业的下限，就是中小企业。",
    )  # fmt: skip
    return [_row(large, table, year), *(_line(trade, line, table, year) for line in LINES[1:])]


def _row(criterion: Criterion, table: Table, year: int) -> CriterionResult:
    judged = judge(criterion, table, track="first", round_year=year)
    return explain(judged, load_size(), table, None)


def _line(trade: Trade, line: Line, table: Table, year: int) -> CriterionResult:
    """The line of a class; a company that does not reach it is an SME all the same, so that it is never "not met"."""
    criterion = Criterion(
        id=line, clause=trade.clause, eid=trade.eid, label=f"{NAMES[line]}企业的下限（{trade.trade}）",
        test=load_size().reached(trade, line),
    )  # fmt: skip
    row = _row(criterion, table, year)
    said = {"met": "达到了这一档的下限。", "not_met": "没有达到这一档的下限。"}.get(
        row.outcome, "这一档够不够还不能判断。"
    )
    note = said + ONLY_CLASS + MARKS.get(trade.confidence.get(line, ""), "")
    return row.model_copy(update={"outcome": "met" if row.outcome == "met" else "exempt", "note": note})


def _any_trade(found: Sizing) -> str:
    return "不管按哪个行业的线，结论都一样。" if found.sme in (NO, YES) else "各行业的线不一样，要先知道属于哪个行业。"


def _missing(found: Sizing, table: Table, year: int) -> list[Missing]:
    keys = list(open_keys(found, table))
    if found.trade is None:
        figures = [load_size().indicators[name].at(year).key for name in ("staff", "revenue")]
        keys += [key for key in figures if table.get(key) is None and table.blocked.get(key) != "uncertain"]
    return [Missing(fact=k, question=question_of(k, table.dictionary), criteria=["large"]) for k in keys]


def _class_note(found: Sizing, table: Table, year: int) -> str:
    classes = "、".join(NAMES[c] for c in found.classes)
    if len(found.classes) == 1:
        return f"按{year - 1}年的数，划为{classes}企业。" + _marked(found)
    need = "和".join(name_of(key, table.dictionary) for key in _narrowing(found, table, year))
    return f"还可能是{classes}企业" + (f"，要看{need}。" if need else "。") + _marked(found)


def _marked(found: Sizing) -> str:
    """What has to be said where the class hangs on a line that was not read in the original."""
    marks = found.trade.confidence if found.trade else {}
    below = dict(pairwise(CLASSES))
    return "".join(
        f"{NAMES[line]}企业的下限：{MARKS[mark]}"
        for line, mark in marks.items()
        if {line, below[line]} & set(found.classes)
    )


def _narrowing(found: Sizing, table: Table, year: int) -> list[str]:
    """The figures that are not known exactly and tell the class."""
    if found.trade is None:
        return ["industry"]
    keys = [load_size().indicators[name].at(year).key for name in found.trade.large]
    return [key for key in keys if (known := table.get(key)) is None or not known.value.is_exact]
