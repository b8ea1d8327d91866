"""What is still to be asked, taken from the tree: only what can change an undecided criterion, decisive things first.

Never asked: what was said, and what the asker does not know. Alternatives and exemptions come after the straight way.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from assistant.answer import Missing
from assistant.criteria.derive import Table
from assistant.criteria.exact import NO, UNKNOWN, Trace
from assistant.criteria.judge import Judged
from assistant.criteria.tree import bind_operand
from assistant.criteria.words import question_of
from corpus.criteria_tree import AnyOf, Calculation, Term, Unsettled
from corpus.facts_models import split_key

AT_ONCE = 3
ASKABLE = {"hinted", "straddles", "excluded", "impossible", "estimate"}
PLAIN_WAYS = {"ratio", "growth", "sum", "difference"}  # people know the parts of these better than the result
CLASSES = ["direct", "first", "first_number", "normal", "costly"]
TRACK_QUESTION = "这次是首次申报，还是到期复核？"


@dataclass
class Wish:
    """A key to ask for: the criteria that it serves, and whether only a side way (alternative, exemption) needs it."""

    key: str
    criteria: list[str] = field(default_factory=list)
    aside: bool = True


def open_leaves(judged: Judged) -> list[tuple[Trace, bool]]:
    """The unknown leaves that can still change the criterion; True for those on a side way."""
    if judged.outcome != "unknown":
        return []
    found = _open(judged.test, aside=False)
    if judged.exemption is not None:
        found += _open(judged.exemption, aside=judged.test.value != NO)
    return found


def _open(trace: Trace, *, aside: bool) -> list[tuple[Trace, bool]]:
    if trace.value != UNKNOWN or isinstance(trace.node, Unsettled):
        return []
    if not trace.children:
        return [(trace, aside)]
    found: list[tuple[Trace, bool]] = []
    for child in trace.children:
        below = _open(child, aside=aside or (isinstance(trace.node, AnyOf) and bool(found)))
        found += below
    return found


def questions(judged: Iterable[Judged], table: Table, *, track_differs: Iterable[str] = ()) -> list[Missing]:
    """Every question that still matters, in the order of asking. ``track_differs``: criteria that hang on the track."""
    wishes: dict[str, Wish] = {}
    for one in judged:
        for leaf, aside in open_leaves(one):
            for key in [*sorted(leaf.unsaid), *(key for key, reason in leaf.blocked if reason in ASKABLE)]:
                wish = wishes.setdefault(key, Wish(key))
                wish.aside = wish.aside and aside
                if one.criterion.id not in wish.criteria:
                    wish.criteria.append(one.criterion.id)
    ready = _grouped(_simplified(wishes, table), table)
    order = {wish.key: i for i, wish in enumerate(ready)}
    rank = {key: CLASSES.index(table.dictionary.of_key(key).ask) for key in order}
    ready.sort(key=lambda w: (w.aside, rank[w.key], -len(w.criteria), order[w.key]))
    found = [Missing(fact=w.key, question=question_of(w.key, table.dictionary), criteria=w.criteria) for w in ready]
    hangs = list(track_differs)
    return [*([Missing(fact="track", question=TRACK_QUESTION, criteria=hangs)] if hangs else []), *found]


def next_questions(missing: list[Missing], at_once: int = AT_ONCE) -> list[Missing]:
    """The one to three questions to put now."""
    return missing[:at_once]


def _simplified(wishes: dict[str, Wish], table: Table) -> list[Wish]:
    """Ask for what people know: leave out what will follow from other answers, ask for the one part that is missing."""
    ready: dict[str, Wish] = {}
    for key, wish in wishes.items():
        parts = _missing_parts(key, table)
        if any(set(missing) <= set(wishes) - {key} for missing in parts if missing):
            continue
        single = next((missing[0] for missing in parts if len(missing) == 1), None)
        target = single or key
        if table.blocked.get(target) in ("uncertain", "conflict"):
            continue
        known = ready.setdefault(target, Wish(target))
        known.aside = known.aside and wish.aside
        known.criteria += [c for c in wish.criteria if c not in known.criteria]
    return list(ready.values())


def _missing_parts(key: str, table: Table) -> list[list[str]]:
    """For every way to calculate ``key`` of which something is known: the keys that are missing."""
    fact, year = split_key(key)
    if fact == "is_sme" and table.size_keys:
        return [[one] for one in table.size_keys]
    ways: list[list[str]] = []
    for derivation in table.dictionary.derivations.get(fact, []):
        if derivation.from_.op not in PLAIN_WAYS:
            continue
        formula = derivation.from_ if year is None else bind_operand(derivation.from_, year)
        assert isinstance(formula, Calculation)
        parts = [part.key for part in formula.of if isinstance(part, Term)]
        if formula.op != "difference" or (year is None and table.get(parts[0]) is not None):
            ways.append(parts)
    if fact in table.dictionary.unions:
        ways.append(table.dictionary.unions[fact])
    missing = [[part for part in way if table.get(part) is None] for way in ways]
    return [m for m, way in zip(missing, ways, strict=True) if len(m) < len(way) or len(way) == 2]


def _grouped(wishes: list[Wish], table: Table) -> list[Wish]:
    """One question for facts that share one."""
    groups: dict[str, Wish] = {}
    for wish in wishes:
        group = table.dictionary.of_key(wish.key).group
        together = group is not None and sum(_group(other, table) == group for other in wishes) > 1
        name = group if together and group is not None else wish.key
        target = groups.setdefault(name, Wish(name))
        target.aside = target.aside and wish.aside
        target.criteria += [c for c in wish.criteria if c not in target.criteria]
    return list(groups.values())


def _group(wish: Wish, table: Table) -> str | None:
    return table.dictionary.of_key(wish.key).group
