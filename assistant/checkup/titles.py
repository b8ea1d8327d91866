"""The titles of the ladder for one company: what the criteria checker says of each, in a row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answer import CriterionResult, Verdict
from assistant.checkup.models import TitleRow
from assistant.criteria import StandardNotFound, check
from assistant.facts.values import Facts, Problem
from corpus.criteria_models import Standard, load_standards
from corpus.load import Corpus
from corpus.models import Title

LADDER: dict[Title, str] = {
    "科技型": "科技型中小企业",
    "创新型": "创新型中小企业",
    "专精特新": "专精特新中小企业",
    "小巨人": "专精特新“小巨人”企业",
}
HELD: dict[Title, str] = {
    "科技型": "holds_tech",
    "创新型": "holds_innovative",
    "专精特新": "holds_zjtx",
    "小巨人": "holds_xjr",
}
HIGHEST_ONLY = "同时有“小巨人”称号的，到期复核只参加最高一级，专精特新不用单独复核。"
HIGHEST_ONLY_REF = "cn/miit/2026/2#annex_3__item_11"
DUTIES = "称号在手，每年更新信息、到期前复核、变化要报告：可以接着问“{name}每年要做什么”。"
BEFORE_EXPIRY = "称号到期以前复核，到期日看认定文件"
NEVER = "没有能等到的轮次，先看不符合的原因"
YEAR = re.compile(r"(\d{4})年")


@dataclass(frozen=True)
class Case:
    """What every title is checked with."""

    facts: Facts
    as_of: date
    place: str
    problems: Sequence[Problem]
    assumed_years: Sequence[str]
    corpus: Corpus


def title_rows(case: Case) -> list[TitleRow]:
    """A row per title, the lowest first; a title whose standard is not encoded says so."""
    return [_row(title, case) for title in LADDER]


def _row(title: Title, case: Case) -> TitleRow:
    facts, as_of = case.facts, case.as_of
    said = facts.get(HELD[title])
    held = said.flag if said is not None else None
    duties = DUTIES.format(name=LADDER[title]) if held else ""
    try:
        verdict = check(
            title, facts, as_of=as_of, place=case.place, problems=case.problems, assumed_years=case.assumed_years
        )
    except StandardNotFound as error:
        return TitleRow(
            title=title, name=LADDER[title], outcome="not_encoded", held=held, notes=[str(error)], duties=duties
        )
    failing = [c for c in verdict.criteria if c.outcome == "not_met"]
    open_ = [c for c in verdict.criteria if c.outcome == "unknown"]
    refs = [c.citation for c in (*failing, *open_)] or [c.citation for c in verdict.criteria[:1]]
    notes = list(verdict.notes)
    giant = facts.get(HELD["小巨人"])
    if title == "专精特新" and giant is not None and giant.flag:
        notes.insert(0, HIGHEST_ONLY)
        refs.append(HIGHEST_ONLY_REF)
    return TitleRow(
        title=title,
        name=LADDER[title],
        outcome=verdict.outcome,
        held=held,
        track=verdict.track,
        standard=verdict.standard,
        document=case.corpus.documents[_standard(verdict.standard).document].short_title,
        failing=[_failing(c) for c in failing],
        failing_clauses=[c.clause for c in failing],
        open=[_open(c) for c in open_],
        actions=[gap.action + (f"（最早{gap.earliest}）" if gap.earliest else "") for gap in verdict.gaps],
        missing=list(verdict.missing),
        next_round=BEFORE_EXPIRY if held and verdict.track == "review" else _next_round(verdict, as_of),
        duties=duties,
        notes=notes,
        refs=[ref for ref in dict.fromkeys(refs) if ref],
    )


def _failing(criterion: CriterionResult) -> str:
    values = "；".join(f"{label}：{value}" for label, value in criterion.values.items())
    return f"{criterion.clause}（{criterion.label}）：{criterion.margin or values or '没有达到'}"


def _open(criterion: CriterionResult) -> str:
    wanted = f"还要知道{'、'.join(criterion.missing)}" if criterion.missing else criterion.note or "还不能判断"
    return f"{criterion.clause}（{criterion.label}）：{wanted.rstrip('。')}"


def _next_round(verdict: Verdict, as_of: date) -> str:
    """The first round that is left, later where a gap needs years of a later one."""
    rounds = _standard(verdict.standard).rounds
    year = verdict.round or as_of.year
    over = rounds is not None and as_of.month > rounds.until_month
    first = year + 1 if over else year
    if any(gap.changeable == "never" for gap in verdict.gaps):
        return NEVER
    needed = [int(found[1]) for gap in verdict.gaps if (found := YEAR.search(gap.earliest))]
    latest = max([first, *needed])
    why = f"，看{latest - 1}年的数据" if latest > year else ""
    return f"{latest}年这一轮{why}"


def _standard(name: str) -> Standard:
    return next(standard for standard in load_standards() if standard.name == name)
