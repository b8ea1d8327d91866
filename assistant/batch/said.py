"""Said values beside the value calculated from other said values: agreeing, replaced by the exact one, or in doubt."""

from __future__ import annotations

from dataclasses import replace

from assistant.batch.agree import agrees
from assistant.batch.calculations import Way
from assistant.batch.forms import Beyond, Decimal, Either, Quotient, Span, Whole, as_float, available
from assistant.batch.known import Known
from assistant.batch.partial import Partial, partial
from assistant.batch.steps import Ref
from corpus.criteria_tree import Calculation
from corpus.facts_models import Derivation


def reconcile(known: Known, derivation: Derivation, key: str, formula: Calculation) -> list[Ref]:
    """Where a said value plainly agrees with its ratio or growth the calculated one counts; the doubts of all others."""
    steps = known.steps
    if key not in known.columns:
        return []
    doubts: list[Ref] = []
    said = known.numbers[key][-1]
    entry = known.dictionary.of_key(key)
    for way in known.calculate(formula):
        both = steps.all([known.said(key), available(steps, way.form)])
        if isinstance(way.form, Span | Either | Beyond):
            doubts.append(both)
            continue
        doubts.append(steps.all([both, steps.negate(agrees(steps, said.form, way.form, entry))]))
        if formula.op in ("ratio", "growth") and isinstance(said.form, Decimal):
            doubts += _replace(known, derivation, key, said, way)
    parts = partial(known, formula) if derivation.partial else None
    if parts is not None:
        doubts.append(steps.all([known.said(key), parts.any_known, steps.negate(_within(known, said, parts))]))
        doubts += [steps.all([known.said(key), doubt]) for doubt in parts.doubts]
    return doubts


def _replace(known: Known, derivation: Derivation, key: str, said: Way, way: Way) -> list[Ref]:
    """The calculated value before the said one; a rounded one cannot be compared exactly."""
    counted = way.form
    if isinstance(counted, Quotient) and counted.degree == 1:
        if known.dictionary.derivations[derivation.fact][0] is not derivation:
            # without a said value another calculation comes first
            way = replace(way, form=replace(counted, only_if=known.said(key)), needs=way.needs | {key})
        known.numbers[key].insert(-1, known.bounded(key, way))
    elif isinstance(counted, Quotient):
        assert isinstance(said.form, Decimal)
        known.numbers[key][-1] = replace(said, form=Either(said.form, counted))
    else:
        return [known.steps.all([known.said(key), available(known.steps, counted)])]
    return []


def _within(known: Known, said: Way, parts: Partial) -> Ref:
    """Whether a said value lies between the ends that the known parts give it."""
    steps, ends = known.steps, parts.ends
    if isinstance(said.form, Whole) and said.form.unit == ends.unit:
        value = said.form.ref
    else:
        assert isinstance(said.form, Whole | Decimal)
        value = as_float(steps, said.form).ref
        if ends.unit is not None:
            return steps.flag(False)
    above = steps.first([steps.compare("ge", value, ends.low), steps.flag(True)])
    below = steps.first([steps.compare("le", value, ends.high), steps.flag(True)])
    return steps.all([above, below])
