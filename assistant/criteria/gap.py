"""What would have to change: every failing part turned round into what is needed, and the earliest round it can count.

Figures of closed years cannot change; what counts then is the next year that the clause looks at.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from assistant.answer import Gap
from assistant.criteria.derive import Table
from assistant.criteria.exact import NO, Trace
from assistant.criteria.judge import Judged
from assistant.criteria.words import amount, decimal, label_of, name_of, percent
from corpus.criteria_tree import AnyOf, Calculation, ChoiceAtLeast, ChoiceIn, Compare, Flag, ScoreItem, Term
from corpus.facts_models import Changeable, FactEntry

ORDER: list[Changeable] = ["now", "this_year", "next_year", "never"]
MOST_ITEMS = 3
INCIDENT = "发生过的事改不了，要等满三年；先确认主管部门的认定结果"
NO_REVIEW = "这次不能复核；称号到期以后可以按首次重新申报"
PAST = {
    "incidents_l3y": INCIDENT,
    "local_violations_l3y": INCIDENT,
    "violations_2y": "发生过的事改不了，要等上一年和当年都没有这类情况；先确认主管部门的认定结果",
    "title_cancelled": "等取消认定满三年再申报",
    "update_missed": NO_REVIEW,
    "change_unreported": NO_REVIEW,
}
"""Facts of the past, which nobody can undo, and what is left to do."""


@dataclass(frozen=True)
class Way:
    """One way to close a gap."""

    action: str
    changeable: Changeable
    round: int | None
    effort: int


def gaps(judged: Judged, table: Table, round_year: int) -> list[Gap]:
    """The gaps of a criterion that is not met, one for each part that has to change."""
    if judged.outcome != "not_met":
        return []
    found: list[Gap] = []
    exempting = _ways(judged.exemption, table, round_year) if judged.exemption is not None else []
    for part in _failing(judged.test):
        ways = [*_ways(part, table, round_year), *exempting]
        ways.sort(key=lambda w: (w.effort, ORDER.index(w.changeable)))
        if ways:
            found.append(_gap(judged.criterion.id, ways))
    return found


def _gap(criterion: str, ways: list[Way]) -> Gap:
    best = min(ways, key=lambda w: (ORDER.index(w.changeable), w.round or 0))
    actions = list(dict.fromkeys(way.action for way in ways))
    earliest = f"{best.round}年这一轮" if best.round else ""
    return Gap(criterion=criterion, action="；或者".join(actions), changeable=best.changeable, earliest=earliest)


def _failing(trace: Trace) -> list[Trace]:
    """The smallest failing parts that each have to change; alternatives stay together."""
    if trace.value != NO:
        return []
    if not trace.children or isinstance(trace.node, AnyOf | Compare):
        return [trace]
    return [part for child in trace.children for part in _failing(child)]


def _ways(trace: Trace | None, table: Table, round_year: int) -> list[Way]:
    if trace is None or trace.value != NO:
        return []
    if isinstance(trace.node, AnyOf):
        return [way for child in trace.children for way in _ways(child, table, round_year)]
    if isinstance(trace.node, Compare) and trace.children:
        return _score_ways(trace, table, round_year)
    if trace.children:  # every failing part of one alternative together
        parts = [_ways(child, table, round_year) for child in trace.children if child.value == NO]
        firsts = [ways[0] for ways in parts if ways]
        if len(firsts) < len(parts) or not firsts:
            return []
        worst = max(firsts, key=lambda w: ORDER.index(w.changeable))
        action = "，并且".join(way.action for way in firsts)
        latest = max((w.round or 0) for w in firsts) or None
        return [Way(action, worst.changeable, latest, max(w.effort for w in firsts))]
    return _leaf_ways(trace, table, round_year)


def _score_ways(trace: Trace, table: Table, round_year: int) -> list[Way]:
    """Which items can bring the points that are missing: each that is enough alone, or else all of them together."""
    assert isinstance(trace.node, Compare)
    short = trace.node.right.value - (trace.points.hi or Fraction(0))
    alone: list[Way] = []
    together: list[tuple[Fraction, Way]] = []
    for item in trace.children:
        assert isinstance(item.node, ScoreItem)
        steps = _steps(item, item.node, table, round_year)
        enough = next((way for gain, way in steps if gain >= short), None)
        if enough is not None:
            alone.append(enough)
        elif steps:
            together.append(steps[-1])
    if alone:
        return sorted(alone, key=lambda w: (w.effort, ORDER.index(w.changeable)))[:MOST_ITEMS]
    if sum((gain for gain, _ in together), Fraction(0)) < short or not together:
        return []
    together.sort(key=lambda pair: (-pair[0], pair[1].effort))
    worst = max((way for _, way in together), key=lambda w: ORDER.index(w.changeable))
    words = "、".join(way.action for _, way in together[:MOST_ITEMS])
    action = f"{label_of(trace.node)}还差{decimal(short)}分，要几项合起来补：{words}"
    return [Way(action, worst.changeable, max((w.round or 0) for _, w in together) or None, worst.effort)]


def _steps(trace: Trace, item: ScoreItem, table: Table, round_year: int) -> list[tuple[Fraction, Way]]:
    """What raises an item's points, from the smallest gain to the largest."""
    now = trace.points.hi or Fraction(0)
    bands = [] if item.per else list(zip(trace.children, item.bands, strict=False))
    found = []
    for part, band in reversed(bands):
        ways = _ways(part, table, round_year) if part.value == NO else []
        if ways and band.points.value > now:
            words = f"“{item.label}”提高到{band.points.text}（{ways[0].action}）"
            way = Way(words, ways[0].changeable, ways[0].round, ways[0].effort)
            found.append((band.points.value - now, way))
    return found


def _leaf_ways(trace: Trace, table: Table, round_year: int) -> list[Way]:
    match trace.node:
        case Compare(left=Term(fact=fact)):
            return _number_ways(trace, table.dictionary[fact], table, round_year)
        case Flag(term=term, holds=holds):
            return [_flag_way(table.dictionary[term.fact], holds, round_year)]
        case ChoiceAtLeast(term=term, level=level):
            entry = table.dictionary[term.fact]
            words = f"取得{entry.choice_labels.get(level, level)}以上的：{entry.label}"
            return [Way(words, entry.changeable, _next(entry.changeable, round_year), entry.effort)]
        case ChoiceIn():
            return []
    return []


def _flag_way(entry: FactEntry, holds: bool, round_year: int) -> Way:
    if entry.id in PAST:
        return Way(PAST[entry.id], "next_year", None, entry.effort)
    words = f"做到：{entry.label}" if holds else f"解除这种情况：{entry.label}"
    return Way(words, entry.changeable, _next(entry.changeable, round_year), entry.effort)


def _next(changeable: Changeable, round_year: int) -> int | None:
    return {"now": round_year, "this_year": round_year, "next_year": round_year + 1, "never": None}[changeable]


def _number_ways(trace: Trace, entry: FactEntry, table: Table, round_year: int) -> list[Way]:
    node = trace.node
    assert isinstance(node, Compare)
    assert isinstance(node.left, Term)
    limit, year = node.right, node.left.year
    word = {"ge": "达到", "gt": "超过", "le": "不超过", "lt": "低于"}[node.op] + limit.text
    number = None
    if trace.known is not None:
        number = trace.known.value.hi if node.op in ("ge", "gt") else trace.known.value.lo
    if entry.id == "title_cancelled_years_ago":
        return [Way(PAST["title_cancelled"], "next_year", None, entry.effort)]
    if entry.id == "niche_years":
        rounds = ceil(limit.value - number) if number is not None else 1
        return [Way(f"在这个细分市场做{limit.text[:-1]}年以上", "next_year", round_year + max(rounds, 1), entry.effort)]
    if year is None:
        short = ""
        if node.op in ("ge", "gt") and number is not None:
            short = f"，还差{amount(limit.value - number, entry.type, entry.unit)}"
        words = f"{entry.label}{word}{short}"
        return [Way(words, entry.changeable, _next(entry.changeable, round_year), entry.effort)]
    earliest = max(round_year + 1, year + node.window + 1)
    coming = max(earliest - 1 if year < round_year else earliest, year + 1)
    if node.window > 1:
        words = f"{year}年的数已经定了；从{year + 1}年起每年{entry.label}都{word}"
    elif entry.period == "span":
        words = _span_words(node, entry, table, year)
    else:
        words = f"{coming}年{entry.label}{word}"
    ways = [Way(words + _sides(node, entry, table, year), "next_year", earliest, entry.effort)]
    return ways


def _span_words(node: Compare, entry: FactEntry, table: Table, year: int) -> str:
    """For a total over several years: what the coming year has to bring, given the last one."""
    for derivation in table.dictionary.derivations.get(entry.id, []):
        if derivation.from_.op != "sum":
            continue
        part = derivation.from_.of[0]
        assert isinstance(part, Term)
        last = table.get(f"{part.fact}@{year}")
        if last is not None and last.value.is_exact and last.value.lo is not None:
            need = max(node.right.value - last.value.lo, Fraction(0))
            label = table.dictionary[part.fact].label
            return f"{year + 1}年{label}做到{amount(need, entry.type)}，与{year}年合计{node.right.text}"
    label = entry.label.removeprefix("近两年").removeprefix("近三年")
    return f"{year + 2 - entry.span}—{year + 1}年{label}达到{node.right.text}"


def _sides(node: Compare, entry: FactEntry, table: Table, year: int) -> str:
    """Both sides of a failing ratio: what the part would have to be at this whole, and the whole at this part."""
    for derivation in table.dictionary.derivations.get(entry.id, []):
        formula: Calculation = derivation.from_
        if formula.op != "ratio":
            continue
        keys = [part.at(year).key for part in formula.of if isinstance(part, Term)]
        part, whole = (table.get(key) for key in keys)
        if part is None or whole is None or not part.value.is_exact or not whole.value.is_exact:
            return ""
        if part.value.lo is None or whole.value.lo is None or node.right.value == 0:
            return ""
        names = [name_of(key, table.dictionary) for key in keys]
        plain = [table.dictionary.of_key(key).label for key in keys]
        limit, now, total = node.right.value, amount(part.value.lo, "money"), amount(whole.value.lo, "money")
        at_whole, at_part = amount(limit * whole.value.lo, "money"), amount(part.value.lo / limit, "money")
        if node.op in ("ge", "gt"):
            needs, room = f"{plain[0]}要有{at_whole}", f"{plain[1]}最多{at_part}"
        else:
            needs, room = f"{plain[0]}要降到{at_whole}以下", f"{plain[1]}至少要{at_part}"
        return f"（照{names[1]}{total}算，{needs}；照{names[0]}{now}算，{room}才满足{percent(limit)}）"
    return ""
