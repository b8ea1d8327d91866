"""How large a company is (中小企业划型): the classes that are still possible, from its trade and figures.

Strong Kleene as everywhere: a figure that is not known leaves open only what it can still change. Where the trade is
not known, what comes out the same in every trade is known all the same. Source: see ``corpus/size_models.py``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from assistant.criteria.exact import NO, UNKNOWN, YES, Trace, evaluate
from assistant.criteria.operands import Known
from assistant.criteria.table import Table, roomy
from assistant.criteria.tree import bind
from assistant.criteria.words import name_of, say
from assistant.facts.values import Problem, Value
from corpus.criteria_tree import Part
from corpus.size_models import CLASSES, LINES, TRADE, Line, SizeClass, Trade, load_size

NAMES: dict[SizeClass, str] = {"large": "大型", "medium": "中型", "small": "小型", "micro": "微型"}


@dataclass(frozen=True)
class Sizing:
    """The ``classes`` still possible, the largest first, and whether the company is an SME (0 no, 1 unknown, 2 yes).

    ``sme_trace`` tells why; ``trade`` is None where it is not known.
    """

    classes: tuple[SizeClass, ...]
    sme: int
    sme_trace: Trace
    trade: Trade | None


@cache
def sme_tree(round_year: int) -> Part:
    """Whether a company is an SME, whatever is known of its trade: a bound tree that any evaluator can use."""
    return bind(load_size().sme(), track="first", round_year=round_year)


@cache
def below_large(trade: str, round_year: int) -> Part:
    """One figure is below the line of the large in this trade, bound."""
    return bind(load_size().below_large(_trades()[trade]), track="first", round_year=round_year)


@cache
def reached(trade: str, line: Line, round_year: int) -> Part:
    """Every figure of a line of this trade, bound."""
    return bind(load_size().reached(_trades()[trade], line), track="first", round_year=round_year)


def trade_of(table: Table) -> Trade | None:
    """The company's trade, where it is known."""
    known = table.get(TRADE.fact)
    if known is None or known.value.choice is None or known.value.flag is False:
        return None
    return _trades()[known.value.choice]


def sizing(table: Table, round_year: int) -> Sizing:
    """The size of a company in the accounting year before the round."""
    trade = trade_of(table)
    trace = evaluate(sme_tree(round_year) if trade is None else below_large(trade.trade, round_year), table)
    possible = {c for t in (_trades() if trade is None else [trade.trade]) for c in _possible(t, table, round_year)}
    if trace.value != UNKNOWN:
        possible = possible - {"large"} if trace.value == YES else {"large"}
    return Sizing(tuple(c for c in CLASSES if c in possible), trace.value, trace, trade)


def _possible(trade: str, table: Table, round_year: int) -> list[SizeClass]:
    """The classes that a company of this trade can still be: its line is not out of reach, the one above not sure."""
    above = NO
    found: list[SizeClass] = []
    for line in LINES:
        value = evaluate(reached(trade, line, round_year), table).value
        if value != NO and above != YES:
            found.append(line)
        above = value
    return found if above == YES else [*found, "micro"]


def settle_size(table: Table, round_year: int) -> None:
    """Put class and SME into the table as far as they follow; a word on them that cannot be is a conflict."""
    staff = load_size().indicators["staff"].at(round_year).key
    if table.get(TRADE.fact) is None and table.get(staff) is None:
        _from_said_class(table)
        return
    found = sizing(table, round_year)
    used = _used(found)
    if found.sme == UNKNOWN:
        table.size_keys = open_keys(found, table)
        if table.get("is_sme") is None and table.get("size_class") is None and _large_somewhere(table, round_year):
            table.blocked["is_sme"] = "hinted"  # "everything else is met" does not say in which trade
    for fact, value, agrees in (
        ("is_sme", None if found.sme == UNKNOWN else Value.yes(found.sme == YES), _sme_agrees),
        ("size_class", Value.one_of(found.classes[0]) if len(found.classes) == 1 else None, _class_agrees),
    ):
        said = table.get(fact)
        if said is None and value is not None and table.blocked.get(fact) != "conflict":
            table.values[fact] = Known(value, used, how="size")
        elif said is not None and not agrees(said.value, found) and not agrees(said.value, _roughly(table, round_year)):
            _conflict(table, fact, found)
    _from_said_class(table)


def _large_somewhere(table: Table, round_year: int) -> bool:
    """Whether the figures told, staff among them, are those of a large company in some trade."""
    staff = load_size().indicators["staff"].at(round_year).key
    traces = (evaluate(below_large(trade, round_year), table) for trade in _trades())
    return any(t.value == NO and any(leaf.known and staff in leaf.known.used for leaf in t.leaves()) for t in traces)


def open_keys(found: Sizing, table: Table) -> tuple[str, ...]:
    """What is worth asking for, each of which may decide: the trade, or the figures of the trade that are open."""
    keys = [TRADE.fact] if found.trade is None else [k for leaf in found.sme_trace.leaves() for k in _open(leaf)]
    return tuple(k for k in dict.fromkeys(keys) if table.blocked.get(k) not in ("uncertain", "conflict", "impossible"))


def _open(leaf: Trace) -> list[str]:
    return [*sorted(leaf.unsaid), *(key for key, _ in leaf.blocked)] if leaf.value == UNKNOWN else []


def _used(found: Sizing) -> tuple[str, ...]:
    """The said facts that it rests on: the trade, and the figures that were looked at."""
    keys = [key for leaf in found.sme_trace.leaves() if leaf.known for key in leaf.known.used]
    return tuple(dict.fromkeys([*([TRADE.fact] if found.trade else []), *keys]))


def _sme_agrees(said: Value, found: Sizing) -> bool:
    return said.flag is None or found.sme == UNKNOWN or said.flag == (found.sme == YES)


def _class_agrees(said: Value, found: Sizing) -> bool:
    return said.choice is None or said.flag is False or said.choice in found.classes


def _roughly(table: Table, round_year: int) -> Sizing:
    """The size with every figure only as precise as it was said: 4亿元 may be a little less."""
    keys = [term.at(round_year).key for term in load_size().indicators.values()]
    wide = {key: replace(table.values[key], value=roomy(table, key).value()) for key in keys if key in table.values}
    return sizing(replace(table, values={**table.values, **wide}), round_year)


def _conflict(table: Table, fact: str, found: Sizing) -> None:
    said, keys = table.values.pop(fact), _used(found)
    figures = "、".join(
        f"{name_of(key, table.dictionary)}{say(table.values[key].value, table.dictionary.of_key(key))}"
        for key in keys
        if key in table.values and key != TRADE.fact
    )
    where = f"{found.trade.trade}的划型标准" if found.trade else "各行业的划型标准"
    result = "或".join(NAMES[c] for c in found.classes) + "企业"
    claim = "是中小企业" if said.value.flag else "不是中小企业"
    if said.value.choice:
        claim = f"是{say(said.value, table.dictionary[fact])}企业"
    sentence = f"您说企业{claim}，但按{where}，{figures}应当是{result}。请核对行业、人数和金额。"
    table.conflicts.append(Problem(kind="conflict", keys=[fact, *keys], sentence=sentence))
    table.blocked[fact] = "conflict"


def _from_said_class(table: Table) -> None:
    """A class that was said tells whether it is an SME."""
    said = table.get("size_class")
    if said is None or said.value.choice is None or said.value.flag is False:
        return
    if table.get("is_sme") is None and table.blocked.get("is_sme") != "conflict":
        table.values["is_sme"] = Known(Value.yes(said.value.choice != "large"), said.used, how="size")


@cache
def _trades() -> dict[str, Trade]:
    return {trade.trade: trade for trade in load_size().trades}
