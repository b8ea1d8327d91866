"""What was read of a message, for people and for programs: every fact with its unit, year, span and precision."""

from __future__ import annotations

from typing import Any, Literal

from assistant.facts.describe import describe
from assistant.facts.values import Extraction, Value
from corpus.facts_models import load_dictionary, split_key

Precision = Literal["exact", "range", "at_least", "at_most", "uncertain", "stated"]
BASE_UNITS = {"money": "元", "ratio": "1", "years": "年", "points": "分", "date": "yyyymmdd"}
"""What ``lo`` and ``hi`` of a value are counted in; counts have the unit of their fact."""
TRACKS = {"first": "首次申报", "review": "到期复核"}
SUPPOSED = "（“如果”里说的，不算）"


def precision(value: Value) -> Precision:
    """How closely a value was said; ``stated`` is a yes, a no or a choice."""
    if value.state != "known":
        return "uncertain"
    if value.lo is None and value.hi is None:
        return "stated"
    if value.is_exact:
        return "exact"
    if value.hi is None:
        return "at_least"
    return "range" if value.lo else "at_most"


def details(found: Extraction) -> dict[str, Any]:
    """The extraction as JSON, each statement with ``label``, ``fact``, ``year``, ``unit`` and ``precision``."""
    data = found.model_dump(mode="json")
    for raw, statement in zip(data["statements"], found.statements, strict=True):
        fact, year = split_key(statement.key)
        entry = load_dictionary()[fact]
        raw |= {
            "fact": fact,
            "year": year,
            "label": entry.label,
            "unit": BASE_UNITS.get(entry.type, entry.unit),
            "precision": precision(statement.value),
        }
    return data


def lines(found: Extraction) -> list[str]:
    """The extraction in sentences: the title asked about, the facts, what is open, what has to be settled."""
    said = [f"问的是：{found.title}" + (f"（{TRACKS[found.track]}）" if found.track else "")] if found.title else []
    if found.round:
        said.append(f"申报年份：{found.round}年")
    for one, mark in [*((s, "") for s in found.statements), *((s, SUPPOSED) for s in found.supposed)]:
        shown = describe(one)
        corrected = "（已按更正）" if one.correction else ""
        said.append(f"{shown.label}：{shown.value}{corrected}（您说：{shown.said}）{mark}")
    if found.rest_affirmed:
        said.append(f"其余：您说“{found.rest_affirmed}”")
    said += [f"按达标算：您说“{words}”" for words in dict.fromkeys(found.affirmed.values())]
    open_ = [load_dictionary()[fact].label for fact in found.excluded]
    said += [f"还没有定，要另外说清楚：{'、'.join(dict.fromkeys(open_))}"] if open_ else []
    said += [f"要核实：{problem.sentence}" for problem in found.problems]
    return said or ["这段话里没有读出企业的情况。可以这样说：去年营收3000万，员工120人，研发占4%，有2个发明专利。"]
