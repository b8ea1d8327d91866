"""The language between the criteria and the two back ends: a list of small steps over one row, null for unknown.

A step takes the results of earlier steps. Logic is strong Kleene (null and no is no, null and yes is null), and every
other operation on null is null. Equal steps are kept once, so that what several criteria share is calculated once.

=============================== ====================================================================
operation                       result
=============================== ====================================================================
``col`` name, ``lit`` value     a cell, a constant
``add sub mul``                 of two integers or two floats
``div``                         a float, null where the divisor is not above 0
``floordiv mod``                of an integer by a positive constant
``float abs sqrt``              of one number
``round`` places                a float at so many decimals
``ge gt le lt eq``              comparisons
``and or``                      of any number of flags; ``not`` of one
``null holds fails``            whether it is null, known to be yes, known to be no (never null themselves)
``outside`` lowest, highest     whether a number is below the one or above the other constant, or not a number
``coalesce``                    the first that is not null
``where``                       the second where the first holds, else the third
``in`` names                    whether a choice is one of the names
``mask``                        an integer with bit n set where the n-th flag holds
=============================== ====================================================================
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["int", "float", "bool", "str", "code"]
"""A code is a small integer."""
NEVER_NULL = ("null", "holds", "fails")
SURE = {"and": {"holds": "and", "fails": "or"}, "or": {"holds": "or", "fails": "and"}}
"""Sure flags joined by the first operation → the operation under which their parts are joined instead."""
Ref = int
"""The number of a step."""


@dataclass(frozen=True)
class Step:
    """One operation: what it is, the steps that it takes, its constant, and the kind of its result."""

    op: str
    args: tuple[Ref, ...] = ()
    data: Any = None
    kind: Kind = "bool"


@dataclass
class Steps:
    """A growing list of steps, each kept once; the methods simplify where constants settle a result."""

    steps: list[Step] = field(default_factory=list)
    _index: dict[tuple[str, tuple[Ref, ...], str, Kind], Ref] = field(default_factory=dict)
    _truths: list[tuple[bool, bool]] = field(default_factory=list)

    def put(self, op: str, *args: Ref, data: Any = None, kind: Kind = "bool") -> Ref:
        """The number of this step, old or new."""
        name = (op, args, repr(data), kind)
        if name not in self._index:
            self._index[name] = len(self.steps)
            self.steps.append(Step(op, args, data, kind))
            self._truths.append(self._truth(op, args, data))
        return self._index[name]

    def _truth(self, op: str, args: tuple[Ref, ...], data: Any) -> tuple[bool, bool]:
        """Whether a flag can ever be yes, and whether it can ever be no."""
        can = [self._truths[arg] for arg in args]
        match op:
            case "lit":
                return data is True, data is False
            case "and":
                return all(yes for yes, _ in can), any(no for _, no in can)
            case "or":
                return any(yes for yes, _ in can), all(no for _, no in can)
            case "not":
                return can[0][1], can[0][0]
            case "where":
                return can[1][0] or can[2][0], can[1][1] or can[2][1]
            case "coalesce":
                return any(yes for yes, _ in can), any(no for _, no in can)
        return True, True

    def kind(self, ref: Ref) -> Kind:
        """The kind of a step's result."""
        return self.steps[ref].kind

    def col(self, name: str, kind: Kind) -> Ref:
        """A column of the frame."""
        return self.put("col", data=name, kind=kind)

    def lit(self, value: int | float | bool | None, kind: Kind) -> Ref:
        """A constant; None is unknown."""
        return self.put("lit", data=value, kind=kind)

    @property
    def unknown(self) -> Ref:
        """The unknown flag."""
        return self.lit(None, "bool")

    def flag(self, value: bool) -> Ref:
        """A constant flag."""
        return self.lit(value, "bool")

    def is_lit(self, ref: Ref, value: bool | None) -> bool:
        """Whether a step is this constant flag."""
        step = self.steps[ref]
        return step.op == "lit" and step.kind == "bool" and step.data is value

    def calc(self, op: str, *args: Ref, data: Any = None) -> Ref:
        """An arithmetic step; its kind is that of its first operand, except for ``float``, ``div`` and ``sqrt``."""
        kind: Kind = "float" if op in ("float", "div", "sqrt") else self.kind(args[0])
        return self.put(op, *args, data=data, kind=kind)

    def number(self, value: float, kind: Kind) -> Ref:
        """A numeric constant."""
        return self.lit(value, kind)

    def compare(self, op: str, left: Ref, right: Ref) -> Ref:
        """A comparison of two numbers."""
        return self.put(op, left, right)

    def all(self, parts: Iterable[Ref]) -> Ref:
        """Kleene and."""
        return self._junction("and", parts, settles=False)

    def any(self, parts: Iterable[Ref]) -> Ref:
        """Kleene or."""
        return self._junction("or", parts, settles=True)

    def _junction(self, op: str, parts: Iterable[Ref], *, settles: bool) -> Ref:
        kept = [part for part in dict.fromkeys(parts) if not self.is_lit(part, not settles)]
        for sure, joined in SURE[op].items():  # one is known to be no where the whole is, and so on
            same = [part for part in kept if self.steps[part].op == sure]
            if len(same) > 1:
                whole = self._junction(joined, [self.steps[part].args[0] for part in same], settles=joined == "or")
                kept = [*(part for part in kept if part not in same), self._sure(sure, whole, wanted=sure == "holds")]
        kept = [part for part in kept if not self._absorbed(op, part, kept)]
        if any(self.is_lit(part, settles) for part in kept):
            return self.flag(settles)
        if not kept:
            return self.flag(not settles)
        return kept[0] if len(kept) == 1 else self.put(op, *kept)

    def _absorbed(self, op: str, part: Ref, others: Sequence[Ref]) -> bool:
        """Whether a part adds nothing: x or (x and y) is x, x and (x or y) is x."""
        step = self.steps[part]
        return step.op in ("and", "or") and step.op != op and not set(step.args).isdisjoint(others)

    def negate(self, part: Ref) -> Ref:
        """Kleene not."""
        step = self.steps[part]
        if step.op == "lit":
            return self.lit(None if step.data is None else not step.data, "bool")
        return step.args[0] if step.op == "not" else self.put("not", part)

    def is_null(self, part: Ref) -> Ref:
        """Whether it is unknown."""
        step = self.steps[part]
        return self.flag(step.data is None) if step.op == "lit" else self.put("null", part)

    def is_known(self, part: Ref) -> Ref:
        """Whether it is known."""
        return self.negate(self.is_null(part))

    def holds(self, part: Ref) -> Ref:
        """Whether a flag is known to be yes (never null)."""
        return self._sure("holds", part, wanted=True)

    def fails(self, part: Ref) -> Ref:
        """Whether a flag is known to be no (never null)."""
        return self._sure("fails", part, wanted=False)

    def _sure(self, op: str, part: Ref, *, wanted: bool) -> Ref:
        step = self.steps[part]
        if step.op == "lit":
            return self.flag(step.data is wanted)
        if not self._truths[part][0 if wanted else 1]:
            return self.flag(False)
        if step.op in NEVER_NULL:
            return part if wanted else self.negate(part)
        return self.put(op, part)

    def outside(self, number: Ref, lowest: float, highest: float) -> Ref:
        """Whether a number is below ``lowest`` or above ``highest``; not a number counts as outside."""
        return self.put("outside", number, data=(lowest, highest))

    def first(self, parts: Sequence[Ref]) -> Ref:
        """The first that is known."""
        kept: list[Ref] = []
        flat = [one for part in parts for one in self._alternatives(part)]
        for part in dict.fromkeys(flat):
            step = self.steps[part]
            if step.op == "lit" and step.data is None:
                continue
            kept.append(part)
            if step.op == "lit":
                break
        if not kept:
            return parts[0]
        return kept[0] if len(kept) == 1 else self.put("coalesce", *kept, kind=self.kind(kept[0]))

    def _alternatives(self, part: Ref) -> tuple[Ref, ...]:
        step = self.steps[part]
        return step.args if step.op == "coalesce" else (part,)

    def where(self, condition: Ref, then: Ref, otherwise: Ref) -> Ref:
        """``then`` where the condition is known to hold, else ``otherwise``."""
        sure = self.steps[condition]  # null is as good as no here
        if sure.op in ("holds", "fails"):
            condition = sure.args[0] if sure.op == "holds" else self.negate(sure.args[0])
        inner = self.steps[then]
        if inner.op == "where" and inner.args[0] == condition:
            then = inner.args[1]
        if then == otherwise or self.is_lit(condition, True):
            return then
        if self.is_lit(condition, False) or self.is_lit(condition, None):
            return otherwise
        return self.put("where", condition, then, otherwise, kind=self.kind(then))

    def one_of(self, choice: Ref, names: Iterable[str]) -> Ref:
        """Whether a choice is among ``names``."""
        return self.put("in", choice, data=tuple(sorted(names)))

    def mask(self, flags: Sequence[Ref]) -> Ref:
        """An integer whose bit n says whether flag n is known to hold; at most 62 flags."""
        return self.put("mask", *flags, kind="int")
