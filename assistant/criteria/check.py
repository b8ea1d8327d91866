"""The checker's one door: ``check(title, facts, …) -> Verdict``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal

from assistant.answer import CriterionResult, Verdict
from assistant.criteria.ask import questions
from assistant.criteria.bounds import check_bounds
from assistant.criteria.derive import Table, build
from assistant.criteria.exact import NO, UNKNOWN, YES
from assistant.criteria.explain import explain
from assistant.criteria.gap import gaps
from assistant.criteria.judge import Judged, judge_all
from assistant.criteria.local import in_place
from assistant.criteria.select import select, titles
from assistant.criteria.size_check import check_size, is_size
from assistant.criteria.words import name_of
from assistant.facts.values import Facts, Problem
from corpus.criteria_models import Standard, Track, load_standards
from corpus.criteria_tree import terms
from corpus.facts_models import load_dictionary

DISCLAIMER = "这是根据您提供的情况做的预检，不是认定结论；是否通过，以主管部门审核认定为准。"
DIFFERS = "首次申报和到期复核的结果不一样，要先说明是哪一种。"
REVIEW_WITHOUT_TITLE = "复核要在称号到期以前进行；您说现在没有有效的{name}称号，称号已经失效的要重新申报。"
BY_HELD_TITLE = "您现在有有效的{name}称号，所以按到期复核来核对；如果不是复核，请说明。"
ONLY_SCORE = "其他各项都没有问题，只差专精特新发展评价得分：请到培育平台查出得分再判断。"
ROUND = (
    "这里按{round}年这一轮核对，看{last}年的数据。{name}原则上每年第二季度组织，"
    "如果准备报{next}年的一轮，要看{round}年的数据，请说明年份。"
)
Outcome = Literal["eligible", "not_eligible", "needs_info", "invalid_input"]


def check(
    title: str,
    facts: Facts,
    *,
    track: Track | None = None,
    as_of: date,
    round_year: int | None = None,
    rest_affirmed: str | None = None,
    affirmed: Mapping[str, str] | None = None,
    excluded: Sequence[str] = (),
    problems: Sequence[Problem] = (),
    started: date | None = None,
    assumed_years: Iterable[str] = (),
    place: str | None = None,
) -> Verdict:
    """Pre-check one company against the standard of ``title`` that applies; where another may be used instead (a
    review begun before the measure changed), its verdict stands in ``beside``.

    ``facts`` maps ``fact`` or ``fact@year`` to values (see ``facts/values.py``). ``track`` is first, review or None
    (both are tried). ``as_of`` is today; ``round_year`` the year of the round (default: that of ``started`` or ``as_of``), whose last
    accounting year is the year before; ``started`` the day on which the procedure started (default: ``as_of``).
    ``rest_affirmed`` holds the asker's words for "everything else is met", ``affirmed`` the fact ids that were called met
    by name with the words that did, ``excluded`` the fact ids that these words do not cover, ``problems`` what was
    found wrong while reading the message, ``assumed_years`` the keys of which the asker did not say the year: an amount
    worked out from such a share can pass, but never fails the company. ``place`` (default: Shanghai) says whose local
    conditions hold.

    Raises StandardNotFound where no encoded standard applies.
    """
    if is_size(title):
        return check_size(facts, as_of=as_of, round_year=round_year, excluded=excluded, problems=problems)
    standards = load_standards()
    notes: list[str] = []
    if track is None:
        track, notes = _track_by_title(title, facts, standards)
    choice = select(title, track, as_of=as_of, started=started, standards=standards)
    round_ = round_year or (started.year if started else None)

    def against(standard: Standard, said: Sequence[str]) -> Verdict:
        return check_against(
            standard, facts, track=track, as_of=as_of, round_year=round_, rest_affirmed=rest_affirmed,
            affirmed=affirmed, excluded=excluded, problems=problems, assumed_years=assumed_years, notes=said, place=place,
        )  # fmt: skip

    verdict = against(choice.standard, (*notes, *choice.notes))
    return verdict.model_copy(update={"beside": [against(standard, ()) for standard in choice.beside]})


def check_against(
    standard: Standard,
    facts: Facts,
    *,
    track: Track | None,
    as_of: date,
    round_year: int | None = None,
    rest_affirmed: str | None = None,
    affirmed: Mapping[str, str] | None = None,
    excluded: Sequence[str] = (),
    problems: Sequence[Problem] = (),
    assumed_years: Iterable[str] = (),
    notes: Sequence[str] = (),
    place: str | None = None,
) -> Verdict:
    """Pre-check against one standard, whether or not it applies (for comparison); otherwise as ``check``."""
    dictionary, round_ = load_dictionary(), round_year or as_of.year
    standard, elsewhere = in_place(standard, place)
    all_problems = _merged(problems, check_bounds(facts, dictionary, as_of))
    table = build(
        facts, dictionary, problems=all_problems, excluded=excluded, assume=standard.assume,
        assumed_years=assumed_years, round_year=round_,
    )  # fmt: skip
    tracks: list[Track] = [track] if track else ["first", "review"]
    rest = rest_affirmed is not None
    by_name = affirmed or {}
    judged = {
        t: judge_all(standard, table, track=t, round_year=round_, rest=rest, affirmed=by_name.keys()) for t in tracks
    }
    rows, differing = _rows(judged, standard, table, rest_affirmed or "；".join(dict.fromkeys(by_name.values())))
    outcome = _outcome(judged, table, all_problems, rest)
    missing = []
    if outcome == "needs_info":
        pending = [one for results in judged.values() for one in results.values()]
        missing = questions(pending, table, track_differs=differing)
    failing = [one for one in judged[tracks[0]].values() if rows[one.criterion.id].outcome == "not_met"]
    return Verdict(
        title=standard.title,
        standard=standard.name,
        track=track or "unknown",
        outcome=outcome,
        criteria=list(rows.values()),
        missing=missing,
        conflicts=list(dict.fromkeys(p.sentence for p in (*all_problems, *table.conflicts))),
        gaps=[gap for one in failing for gap in gaps(one, table, round_)],
        notes=[
            *notes,
            *elsewhere,
            *_general_notes(standard=standard, track=track, table=table, judged=judged, outcome=outcome, rest=rest),
            *_round_note(standard, as_of, round_year, round_),
        ],
        round=round_,
        disclaimer=DISCLAIMER,
    )


def _track_by_title(title: str, facts: Facts, standards: Sequence[Standard]) -> tuple[Track | None, list[str]]:
    """A company without the title can only apply for the first time; one that holds it comes for review."""
    standard = next((s for s in standards if s.title == titles(standards).get(title)), None)
    held = facts.get(standard.held) if standard else None
    if standard is None or held is None or held.flag is None:
        return None, []
    return ("review", [BY_HELD_TITLE.format(name=standard.title)]) if held.flag else ("first", [])


def _merged(given: Iterable[Problem], found: Iterable[Problem]) -> list[Problem]:
    """Problems of both sources, one for each set of keys."""
    unique: dict[frozenset[str], Problem] = {}
    for problem in (*given, *found):
        unique.setdefault(frozenset(problem.keys), problem)
    return list(unique.values())


def _rows(
    judged: dict[Track, dict[str, Judged]], standard: Standard, table: Table, rest_words: str | None
) -> tuple[dict[str, CriterionResult], list[str]]:
    """A row per criterion; where the tracks differ it is unknown. Also the ids where they differ."""
    results = [{i: explain(one, standard, table, rest_words) for i, one in j.items()} for j in judged.values()]
    rows, differing = dict(results[0]), []
    for other in results[1:]:
        for i, row in other.items():
            if row.outcome != rows[i].outcome:
                differing.append(i)
                missing = list(dict.fromkeys([*rows[i].missing, *row.missing]))
                note = DIFFERS + rows[i].note
                rows[i] = rows[i].model_copy(update={"outcome": "unknown", "missing": missing, "note": note})
    return rows, differing


def _outcome(judged: dict[Track, dict[str, Judged]], table: Table, problems: Sequence[Problem], rest: bool) -> Outcome:
    lowest = [min(one.value for one in results.values()) for results in judged.values()]
    if all(value == NO for value in lowest):
        return "not_eligible"
    impossible = any(problem.kind == "impossible" and len(problem.keys) == 1 for problem in problems)
    nothing_else = not any(known for known in table.values.values() if not known.assumed)
    if impossible and nothing_else and not rest:
        return "invalid_input"
    if problems or table.conflicts:
        return "needs_info"
    return "eligible" if all(value == YES for value in lowest) else "needs_info"


def _general_notes(
    *,
    standard: Standard,
    track: Track | None,
    table: Table,
    judged: dict[Track, dict[str, Judged]],
    outcome: Outcome,
    rest: bool,
) -> list[str]:
    found: list[str] = []
    held = table.get(standard.held)
    if track == "review" and held is not None and held.value.flag is False:
        found.append(REVIEW_WITHOUT_TITLE.format(name=standard.title))
    open_ids = {i for results in judged.values() for i, one in results.items() if one.value == UNKNOWN}
    if outcome == "needs_info" and len(open_ids) == 1 and not table.conflicts and _only_score(judged, *open_ids):
        found.append(ONLY_SCORE)
    unsure = [key for key, why in table.blocked.items() if why == "uncertain" and key in table.said]
    if outcome == "needs_info" and unsure:
        names = "、".join(name_of(key, table.dictionary) for key in unsure)
        found.append(f"您说还不清楚的，要先查清：{names}。")
    looked_at = {
        term.key
        for results in judged.values()
        for one in results.values()
        for leaf in one.leaves
        for term in terms(leaf.node)
    }
    assumed = [note for key, note in table.assumptions if key in looked_at]
    if assumed and not rest and outcome in ("eligible", "needs_info"):
        found.append(f"您没有提到的，先这样处理：{'；'.join(assumed)}。")
    return [*found, *standard.notes]


def _only_score(judged: dict[Track, dict[str, Judged]], criterion: str) -> bool:
    return all("development_score" in results[criterion].criterion.test_facts for results in judged.values())


def _round_note(standard: Standard, as_of: date, asked: int | None, round_: int) -> list[str]:
    rounds = standard.rounds
    if rounds is None or asked is not None or as_of.month <= rounds.until_month:
        return []
    return [ROUND.format(round=round_, last=round_ - 1, next=round_ + 1, name=standard.title)]
