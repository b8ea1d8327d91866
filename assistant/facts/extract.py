"""A person's Chinese words → what they say of their company, typed and with its years. Deterministic, no model.

The readers each look for their own kind of fact in one shared :class:`~assistant.facts.reading.Reading`; what they
find is settled into one value per key, and what cannot be is named as a problem.

>>> from datetime import date
>>> found = extract("去年营收4800万，研发占比3%", as_of=date(2026, 11, 21))
>>> sorted(found.facts)
['rd_ratio@2025', 'revenue@2025']
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from assistant.facts.adjusted import adjusted
from assistant.facts.answers import read_answers
from assistant.facts.asides import read_asides
from assistant.facts.asked import read_asked
from assistant.facts.benefits import read_benefits
from assistant.facts.broken_down import read_broken_down
from assistant.facts.cancelled import read_cancelled
from assistant.facts.checks import settle
from assistant.facts.clash import unsettled
from assistant.facts.denied import no_route_left, read_denied
from assistant.facts.disputed import undisputed
from assistant.facts.equity import read_equity
from assistant.facts.fame import read_fame
from assistant.facts.flags import read_flags
from assistant.facts.gate import read_gate
from assistant.facts.graded import read_graded
from assistant.facts.honours import read_honours
from assistant.facts.ip import read_ip
from assistant.facts.ip_lesser import read_foreign, read_lesser_ip
from assistant.facts.listings import read_listings
from assistant.facts.losses import read_losses
from assistant.facts.lower_points import read_lower_points
from assistant.facts.lower_titles import read_lower_titles
from assistant.facts.met_by_name import read_met_by_name
from assistant.facts.niche import read_niche
from assistant.facts.numbers import read_numbers
from assistant.facts.other_income import read_other_income
from assistant.facts.reading import Reading
from assistant.facts.record import read_record
from assistant.facts.remarks import read_remarks
from assistant.facts.rest import Rest, read_rest
from assistant.facts.rounds import not_closed, read_round
from assistant.facts.same_again import read_same_again
from assistant.facts.score_gap import read_gaps
from assistant.facts.scores import without_bonus
from assistant.facts.standing import read_standing
from assistant.facts.started import read_started
from assistant.facts.taxes import read_taxes
from assistant.facts.titles import read_titles
from assistant.facts.told_already import read_told_already
from assistant.facts.trades import read_trade
from assistant.facts.unknowns import read_unknowns
from assistant.facts.unscored import read_unscored
from assistant.facts.values import Extraction, Statement, Value
from assistant.facts.withdrawn import read_withdrawn
from assistant.facts.wordless import read_wordless

LONGEST = 5_000
"""Signs that are read; what is longer is no account of a company (messages over 2,000 are refused before)."""


def extract(
    message: str,
    *,
    as_of: date,
    expecting: Sequence[str] = (),
    title: str | None = None,
    track: str | None = None,
    place: str = "上海市",
    about: str | None = None,
    known: Mapping[str, Value] | None = None,
) -> Extraction:
    """All that ``message`` says of a company, seen on ``as_of``.

    ``expecting`` are the keys just asked for, in order: a bare "4500万" or "没有" answers them. ``title`` and
    ``track`` are those of the conversation so far; the result names them only where the message does. ``place``
    decides what 市级 means: provincial in a municipality such as 上海. ``about`` is the question before this message, so
    that a bare figure can be one of the matter asked about; ``known`` what was said of the company before, so that
    "有1件是买来的", "已经移出来了" and "2024年更正为108万" find what they change. Linear in the message's length; never raises.
    """
    message = message[:LONGEST]
    reading = Reading(
        message=message, as_of=as_of, expecting=list(expecting), place=place or "上海市", title=title, about=about,
        known=known or {},
    )  # fmt: skip
    rest = read_rest(reading)
    if rest.zone:
        reading.rest.append(rest.zone)
    met = read_met_by_name(reading)
    if rest.zone and any(m.start <= rest.zone.start and rest.zone.end <= m.end for m in met):
        rest = Rest(None, None, rest.excluded)  # 研发、专利样样达标
    titles = read_titles(reading)
    reading.title = titles.asked or title
    numbers = read_numbers(reading)
    unknown, open_ = read_unknowns(reading)
    readers = (read_niche, read_ip, read_honours, read_listings, read_flags, read_cancelled, read_trade, read_standing)
    numbers.statements = without_bonus(reading, numbers.statements)
    numbers.statements += read_gaps(reading, [s for s in numbers.statements if s.key.startswith("development_score@")])
    found = [*numbers.statements, *read_equity(reading, numbers.equity), *titles.statements]
    for reader in readers:
        found += reader(reading)
    found += read_other_income(reading, found)
    for by_keys in (read_record, read_taxes):
        found += by_keys(reading, {s.key for s in found})
    denied = [*read_denied(reading), *read_gate(reading)]
    found = [s for s in found if not any(s.key == d.key and d.start <= s.start < d.end for d in denied)]
    found += [d for d in (*denied, *read_fame(reading)) if d.key not in {s.key for s in found}]
    for by_found in (no_route_left, read_withdrawn, read_lesser_ip):
        found += by_found(reading, found)
    for by_keys in (read_losses, read_wordless, read_lower_titles):
        found += by_keys(reading, {s.key for s in found})
    found += read_lower_points(reading)
    for by_keys in (read_benefits, read_same_again):
        found += by_keys(reading, {s.key for s in found})
    graded = read_graded(reading)
    found = [s for s in found if s.key not in {g.key for g in graded}] + graded
    found = adjusted(reading, unsettled(reading, undisputed(reading, found)))
    known_keys = {s.key for s in found}
    found += [s for s in unknown if s.key not in known_keys]
    found += read_unscored(reading, {s.key for s in found})
    found += read_broken_down(reading, found)
    found += read_answers(reading, {s.key for s in found})
    found = [s for s in found if not any(m.start <= s.start and s.end <= m.end for m in met)]
    read_remarks(reading, found)
    read_told_already(reading, found)
    beside = [*read_asides(reading, found), *read_asked(reading, found, [fact for m in met for fact in m.facts])]
    round_year = read_round(reading)
    found += not_closed(reading, round_year, found)
    statements, problems = settle(sorted(found, key=lambda s: s.start), as_of.year)
    said = {s.key.partition("@")[0] for s in statements if s.value.state == "known"}
    uncertain = [s.key.partition("@")[0] for s in statements if s.value.state == "uncertain"]
    excluded_growth = ["revenue_cagr_l2y"] if _one_bad_year(statements) or "revenue_growth" in uncertain else []
    left_open = [*rest.excluded, *open_, *uncertain, *excluded_growth, *beside, *read_foreign(reading)]
    excluded = [f for f in dict.fromkeys(left_open) if f not in said]
    return Extraction(
        statements=statements,
        title=titles.asked,
        track=_track(titles.track),
        rest_affirmed=rest.words,
        affirmed={fact: m.words for m in met for fact in m.facts if fact not in excluded},
        excluded=sorted(excluded),
        problems=problems,
        supposed=numbers.supposed,
        round=round_year,
        started=read_started(reading, review=(titles.track or track) == "review"),
        heard=sorted({*reading.heard, *reading.hearsay(), *numbers.replaced, *((s.start, s.end) for s in found)}),
    )


def _one_bad_year(statements: list[Statement]) -> bool:
    """Growth of one year was told, and it was none: that the growth of both together is enough must be said."""
    growth = [s.value for s in statements if s.key.startswith("revenue_growth@")]
    return len(growth) == 1 and growth[0].hi is not None and growth[0].hi <= 0


def _track(track: str | None) -> Literal["first", "review"] | None:
    return "first" if track == "first" else "review" if track == "review" else None
