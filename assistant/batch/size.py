"""Size of a company from its trade and figures, as ``assistant.criteria.size`` settles it for one company."""

from __future__ import annotations

from collections.abc import Callable

from assistant.batch.known import Known, Pick
from assistant.batch.steps import Ref
from assistant.criteria.size import below_large, reached, sme_tree
from corpus.criteria_tree import Part
from corpus.size_models import CLASSES, LINES, TRADE, SizeClass, load_size

Compile = Callable[[Part], Ref]


def settle_size(known: Known, round_year: int, compile_: Compile) -> list[Ref]:
    """Put SME and class into ``known`` as far as they follow; the doubts of rows that say otherwise.

    ``compile_`` gives the flag of a bound tree over what is known.
    """
    steps = known.steps
    staff = load_size().indicators["staff"].at(round_year).key
    looked_at = steps.any([known.has(TRADE.fact), known.has(staff)])
    sme = compile_(sme_tree(round_year))
    said = known.flag("is_sme")
    differs = steps.any([steps.all([said, steps.negate(sme)]), steps.all([steps.negate(said), sme])])
    doubts = [steps.all([looked_at, differs])]
    possible = _possible_classes(known, round_year, sme, compile_)
    for one, flag in possible.items():
        doubts.append(steps.all([looked_at, known.is_choice("size_class", [one]), steps.negate(flag)]))
    from_class = steps.negate(known.is_choice("size_class", ["large"]))
    known.flags["is_sme"] = steps.first([said, steps.where(looked_at, sme, steps.unknown), from_class])
    known.uncovered["is_sme"] = _large_somewhere(known, round_year, compile_)
    for one, flag in possible.items():
        alone = [steps.negate(other) for name, other in possible.items() if name != one]
        known.pick("size_class", Pick(steps.all([looked_at, flag, *alone]), one))
    return doubts


def _large_somewhere(known: Known, round_year: int, compile_: Compile) -> Ref:
    """Whether the figures, staff among them, are those of a large company in some trade (never null)."""
    size = load_size()
    by_staff = [trade.trade for trade in size.trades if "staff" in trade.large]
    return known.steps.any(known.steps.fails(compile_(below_large(trade, round_year))) for trade in by_staff)


def _possible_classes(known: Known, round_year: int, sme: Ref, compile_: Compile) -> dict[SizeClass, Ref]:
    """Class → whether it is still possible (never null)."""
    steps = known.steps
    found: dict[SizeClass, list[Ref]] = {one: [] for one in CLASSES}
    for trade in load_size().trades:
        mine = steps.negate(steps.fails(known.is_choice(TRADE.fact, [trade.trade])))
        above = steps.flag(False)
        for line in LINES:
            value = compile_(reached(trade.trade, line, round_year))
            found[line].append(steps.all([mine, steps.negate(steps.fails(value)), steps.negate(above)]))
            above = steps.holds(value)
        found["micro"].append(steps.all([mine, steps.negate(above)]))
    small, large = steps.holds(sme), steps.fails(sme)
    possible: dict[SizeClass, Ref] = {}
    for one, flags in found.items():
        open_ = steps.all([steps.any(flags), steps.negate(small if one == "large" else large)])
        possible[one] = steps.any([open_, large]) if one == "large" else open_
    return possible
