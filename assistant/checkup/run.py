"""The check-up's one door: ``checkup(facts, as_of=…, place=…) -> CheckUp``. Rules decide; no model takes part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from assistant.answer import Missing
from assistant.checkup.amounts import work_out
from assistant.checkup.models import STATUSES, BenefitRow, CheckUp, Status
from assistant.checkup.questions import open_questions
from assistant.checkup.reasons import reasons
from assistant.checkup.titles import Case, title_rows
from assistant.criteria.ask import questions
from assistant.criteria.bounds import check_bounds
from assistant.criteria.derive import Table, build
from assistant.criteria.exact import NO, UNKNOWN, YES, Trace, evaluate, is_unsettled, unsettled_words
from assistant.criteria.judge import Judged
from assistant.criteria.tree import bind
from assistant.facts.values import Facts, Problem
from corpus.benefit_models import Benefit, Kind, load_benefits
from corpus.criteria_models import Criterion
from corpus.criteria_tree import Part
from corpus.facts_models import load_dictionary
from corpus.load import Corpus, load_corpus
from corpus.places import chain
from corpus.validity import Validity, chinese_date, validity

DISCLAIMER = (
    "这是按您提供的情况和收录的文件做的体检，不是审批结论；能不能享受、给多少，以主管部门当年的通知和审核为准。"
)
CAPS = "写“最高”的都是上限，不一定拿得到，不同的项也可能不能同时享受，所以不加总。"
LIKELY = "“可能可以享受”是文件写明的条件都对得上，但文件还留了没有写明的地方，先向责任单位确认。"
DISTRICT = "区里另有措施的，要写明在哪个区；现在收录了青浦区的，在青浦请把地区写成青浦区。"
ELSEWHERE = "没有收录{place}自己的扶持措施；上海市和青浦区的措施只给当地企业，所以没有列，下面只看全国统一的称号。"
ONLY_WIDER = "没有收录{place}自己的措施，这里列的是{wider}的。"
NOT_REGISTERED = "您说企业不在上海登记，上海市和青浦区的措施没有列。"
CITY = "上海市"
KINDS: list[Kind] = [
    "grant", "subsidy", "interest", "waiver", "guarantee", "quota", "investment", "priority", "service",
]  # fmt: skip
IN_KIND = {"quota", "investment", "priority", "service"}
NO_MONEY = "不涉及金额"
ENDED = {"expired", "repealed", "superseded"}
UNVERIFIED = "这一条待核对原文"


@cache
def _corpus() -> Corpus:
    return load_corpus()


def checkup(
    facts: Facts,
    *,
    as_of: date,
    place: str,
    company: str = "",
    problems: Sequence[Problem] = (),
    assumed_years: Iterable[str] = (),
    corpus: Corpus | None = None,
) -> CheckUp:
    """Set one company against every benefit of its place and every title of the ladder.

    ``facts`` maps ``fact`` or ``fact@year`` to values (money in 元); ``as_of`` is the day asked about; ``place`` is
    where the company is (上海市, 上海市青浦区, …). ``problems`` are what was found wrong while reading the facts,
    ``assumed_years`` the keys whose year nobody said. ``corpus`` defaults to the shipped one.
    """
    corpus, dictionary, years = corpus or _corpus(), load_dictionary(), list(assumed_years)
    found = [*problems, *(p for p in check_bounds(facts, dictionary, as_of) if p not in problems)]
    table = build(facts, dictionary, problems=found, assumed_years=years, round_year=as_of.year)
    registered = facts.get("place_registered_sh")
    outside = registered is not None and registered.flag is False
    rows = [] if outside else benefit_rows(table, as_of=as_of, place=place, corpus=corpus)
    titles = title_rows(Case(facts, as_of, place, problems, years, corpus))
    return CheckUp(
        company=company,
        place=place,
        as_of=as_of.isoformat(),
        benefits=rows,
        titles=titles,
        questions=open_questions(rows, titles),
        conflicts=list(dict.fromkeys(p.sentence for p in (*found, *table.conflicts))),
        notes=_notes(rows, place, outside=outside),
        disclaimer=DISCLAIMER,
    )


def benefit_rows(table: Table, *, as_of: date, place: str, corpus: Corpus) -> list[BenefitRow]:
    """A row for every benefit of ``place`` and the wider places around it, the best first."""
    here, loaded = chain(place), load_benefits()
    rows = [
        _row(benefit, loaded.tree(benefit), table, as_of, corpus) for benefit in loaded.all if benefit.place in here
    ]
    return sorted(rows, key=_rank)


def _row(benefit: Benefit, tree: Part | None, table: Table, as_of: date, corpus: Corpus) -> BenefitRow:
    trace = None if tree is None else evaluate(bind(tree, track="first", round_year=as_of.year), table)
    held = validity(benefit.ref, as_of, corpus)
    status = _status(benefit, trace, held, as_of)
    open_row = status in ("likely", "needs_info", "entitled")
    worked = work_out(benefit.amount, table, as_of.year)
    missing = _missing(benefit, trace, table) if trace is not None and open_row else []
    if worked.ask and open_row and worked.ask[0] not in {m.fact for m in missing}:
        missing.append(Missing(fact=worked.ask[0], question=worked.ask[1]))
    return BenefitRow(
        id=benefit.id,
        name=benefit.name,
        gives=benefit.gives,
        status=status,
        kind=benefit.kind,
        whom=benefit.whom,
        amount=NO_MONEY if benefit.amount is None and benefit.kind in IN_KIND else worked.words,
        amount_max=None if worked.most is None else int(worked.most),
        limit=benefit.amount is not None and benefit.amount.limit,
        how=worked.how,
        paid=benefit.paid,
        route=benefit.route,
        department=benefit.department,
        place=benefit.place,
        document=corpus.documents[benefit.document].short_title,
        clause=benefit.clause,
        ref=benefit.ref,
        deadline=benefit.until.isoformat() if benefit.until else None,
        undefined=_undefined(benefit, trace),
        find_out=list(benefit.find_out),
        missing=[m.model_copy(update={"criteria": [benefit.id]}) for m in missing],
        reasons=_reasons(benefit, trace, table, held, as_of),
        note=benefit.note,
    )


def _status(benefit: Benefit, trace: Trace | None, held: Validity, as_of: date) -> Status:
    """Expired before all else; entitled only where data decides everything and the document leaves nothing open."""
    if held.state in ENDED or (benefit.until is not None and as_of > benefit.until):
        return "expired"
    value = YES if trace is None else trace.value
    if value == NO or _not_yet(benefit, held, as_of):
        return "no"
    if trace is not None and value == UNKNOWN:
        return "likely" if is_unsettled(trace) else "needs_info"
    sure = held.state == "in_force" and benefit.confidence == "H" and not _undefined(benefit, trace)
    return "entitled" if sure else "likely"


def _not_yet(benefit: Benefit, held: Validity, as_of: date) -> bool:
    return held.state == "not_yet" or (benefit.from_ is not None and as_of < benefit.from_)


def _undefined(benefit: Benefit, trace: Trace | None) -> list[str]:
    """What the document leaves open: as written down, by another reading of its words, by an unsettled condition."""
    found = [*benefit.undefined, *([] if benefit.confidence == "H" else [UNVERIFIED])]
    if trace is not None and trace.value == YES:
        found += trace.notes
    if trace is not None and trace.value == UNKNOWN:
        found += unsettled_words(trace)
    return [text.rstrip("。") for text in dict.fromkeys(found)]


def _missing(benefit: Benefit, trace: Trace, table: Table) -> list[Missing]:
    if trace.value != UNKNOWN:
        return []
    criterion = Criterion(id="benefit", clause=benefit.clause, eid="benefit", label=benefit.name, test=trace.node)
    return questions([Judged(criterion, "first", "unknown", trace)], table)


def _reasons(benefit: Benefit, trace: Trace | None, table: Table, held: Validity, as_of: date) -> list[str]:
    if benefit.until is not None and as_of > benefit.until:
        return [f"✗ 只到{chinese_date(benefit.until)}，已经结束"]
    if held.state in ENDED:
        return [f"✗ 文件{held.label}（{held.note}）"]
    if _not_yet(benefit, held, as_of):
        return [f"✗ 还没有开始（{chinese_date(benefit.from_) + '起' if benefit.from_ else held.note}）"]
    return ["✓ 当地企业都可以，没有别的条件"] if trace is None else reasons(trace, table)


def _rank(row: BenefitRow) -> tuple[int, int, int, int]:
    """By status; inside it money first, the most first, then lines of guarantee, then what has no amount, by kind."""
    sort = 2 if row.amount_max is None else int(row.limit)
    return STATUSES.index(row.status), sort, -(row.amount_max or 0), KINDS.index(row.kind)


def _notes(rows: Sequence[BenefitRow], place: str, *, outside: bool) -> list[str]:
    if outside:
        return [NOT_REGISTERED]
    if not rows:
        return [ELSEWHERE.format(place=place)]
    own = any(row.place == place for row in rows)
    notes = [] if own else [ONLY_WIDER.format(place=place, wider="、".join(dict.fromkeys(row.place for row in rows)))]
    notes += [CAPS] if any(row.amount_max is not None for row in rows) else []
    notes += [LIKELY] if any(row.status == "likely" for row in rows) else []
    return [*notes, *([DISTRICT] if place == CITY else [])]
