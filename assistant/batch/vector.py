"""The plan as dataframe expressions: Polars on one machine, narwhals over PySpark on a cluster.

The expressions are written once, for the interface that Polars and narwhals share. A step that several others take
becomes a column of its own, in stages, so that nothing is calculated twice; the rest is written into the expressions
that need it. Nulls follow Kleene's logic in every engine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from functools import lru_cache
from operator import add, and_, or_
from types import ModuleType
from typing import Any

import narwhals as nw
import polars as pl

from assistant.batch.columns import LARGEST
from assistant.batch.plan import Plan
from assistant.batch.steps import Ref, Step

TYPES = {"int": "Int64", "float": "Float64", "bool": "Boolean", "str": "String", "code": "Int8"}
Expr = Any
"""A Polars or a narwhals expression."""
Stage = list[tuple[Ref, Expr]]
WIDE = 16
"""What a step of more parts takes becomes columns: engines read one enormous expression slowly."""
PREFIX = "_step_"
SAFE = "_safe_"


def name_of(ref: Ref) -> str:
    """The column that holds a step while the plan runs."""
    return f"{PREFIX}{ref}"


def run(frame: pl.DataFrame, plan: Plan) -> pl.DataFrame:
    """A column for every result of the plan (``name_of``), row by row as in the frame.

    Columns have the types of ``columns.column_type``.
    """
    lazy = frame.lazy()
    for stage in _polars_stages(_Id(plan)):
        lazy = lazy.with_columns(stage)
    lazy = lazy.select(*dict.fromkeys(name_of(ref) for ref in plan.results()))
    return lazy.collect(engine="streaming", optimizations=AS_WRITTEN)


def run_guarded(frame: nw.LazyFrame[Any], plan: Plan) -> nw.LazyFrame[Any]:
    """As ``run`` with the frame's own columns before the results, for engines that stop at an overflow.

    Integers too large to calculate with are kept out of the calculation; their rows are in doubt.
    """
    own = frame.collect_schema().names()
    integers = sorted({step.data for step in plan.steps if step.op == "col" and step.kind == "int"})
    frame = frame.with_columns(
        nw.when(nw.col(name).abs() <= LARGEST).then(nw.col(name)).alias(SAFE + name) for name in integers
    )
    for stage in stages(plan, nw, integers):
        frame = frame.with_columns(*(expression.alias(name_of(ref)) for ref, expression in stage))
    if integers:
        large = [nw.col(SAFE + name).is_null() & ~nw.col(name).is_null() for name in integers]
        doubt = name_of(plan.doubt)
        frame = frame.with_columns((nw.col(doubt) | _joined(or_, large)).alias(doubt))
    return frame.select(*own, *dict.fromkeys(name_of(ref) for ref in plan.results()))


AS_WRITTEN = pl.QueryOptFlags.none()
"""The stages are the optimised order already; on hundreds of columns the optimiser takes longer than the work."""


class _Id:
    """A plan as a key: the same object is the same plan."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Id) and other.plan is self.plan

    def __hash__(self) -> int:
        return id(self.plan)


@lru_cache(maxsize=64)
def _polars_stages(key: _Id) -> list[list[pl.Expr]]:
    return [[expression.alias(name_of(ref)) for ref, expression in stage] for stage in stages(key.plan, pl)]


def stages(plan: Plan, api: ModuleType, guarded: Iterable[str] = ()) -> list[Stage]:
    """The steps that become columns, each stage after what it takes, as expressions of ``api`` (polars or narwhals)."""
    uses = Counter(arg for step in plan.steps for arg in set(step.args))
    kept, safe = set(plan.results()), set(guarded)
    kept.update(arg for step in plan.steps if len(step.args) > WIDE for arg in step.args)
    expressions: dict[Ref, Expr] = {}
    level: dict[Ref, int] = {}
    found: dict[int, Stage] = {}
    for ref, step in enumerate(plan.steps):
        expression = _expression(api, step, [expressions[arg] for arg in step.args], safe)
        level[ref] = max((level[arg] for arg in step.args), default=0)
        if ref in kept or (step.args and uses[ref] > 1):
            found.setdefault(level[ref], []).append((ref, expression))
            level[ref] += 1
            expression = api.col(name_of(ref))
        expressions[ref] = expression
    return [found[n] for n in sorted(found)]


def _mask(api: Any, args: list[Expr]) -> Expr:
    bits = [_where(api, [arg, api.lit(1 << n, api.Int64), api.lit(0, api.Int64)]) for n, arg in enumerate(args)]
    return _joined(add, bits) if bits else api.lit(0, api.Int64)


def _joined(operation: Callable[[Expr, Expr], Expr], parts: list[Expr]) -> Expr:
    """The parts joined two by two: a long chain would take engines longer to read than to run."""
    while len(parts) > 1:
        parts = [operation(*parts[n : n + 2]) if len(parts) > n + 1 else parts[n] for n in range(0, len(parts), 2)]
    return parts[0]


def _where(api: Any, args: list[Expr]) -> Expr:
    return api.when(args[0]).then(args[1]).otherwise(args[2])


def _divide(api: Any, args: list[Expr]) -> Expr:
    return api.when(args[1] > 0).then(args[0] / args[1])


def _root(api: Any, args: list[Expr]) -> Expr:
    nothing = api.when(args[0] <= 0).then(api.lit(0.0))
    return api.when(args[0] > 0).then(args[0].sqrt()).otherwise(nothing)


OPERATIONS: dict[str, Callable[[Any, list[Expr]], Expr]] = {
    "add": lambda api, a: a[0] + a[1],
    "sub": lambda api, a: a[0] - a[1],
    "mul": lambda api, a: a[0] * a[1],
    "div": _divide,
    "float": lambda api, a: a[0].cast(api.Float64),
    "abs": lambda api, a: a[0].abs(),
    "sqrt": _root,
    "ge": lambda api, a: a[0] >= a[1],
    "gt": lambda api, a: a[0] > a[1],
    "le": lambda api, a: a[0] <= a[1],
    "lt": lambda api, a: a[0] < a[1],
    "eq": lambda api, a: a[0] == a[1],
    "and": lambda api, a: _joined(and_, a),
    "or": lambda api, a: _joined(or_, a),
    "not": lambda api, a: ~a[0],
    "null": lambda api, a: a[0].is_null(),
    "holds": lambda api, a: a[0].fill_null(False),
    "fails": lambda api, a: ~a[0].fill_null(True),
    "coalesce": lambda api, a: api.coalesce(*a),
    "where": _where,
    "mask": _mask,
}
WITH_CONSTANT: dict[str, Callable[[Expr, int], Expr]] = {
    "floordiv": lambda a, by: a // by,
    "mod": lambda a, by: a % by,
    "round": lambda a, places: a.round(places),
}


def _outside(api: Any, number: Expr, lowest: float, highest: float) -> Expr:
    if api is pl and lowest == 0 and isinstance(highest, int):
        return number.reinterpret(signed=False) > highest  # a negative integer is a very large one without its sign
    return (number < lowest) | (number > highest)


def _expression(api: Any, step: Step, args: list[Expr], guarded: set[str]) -> Expr:
    match step.op:
        case "col":
            return api.col(SAFE + step.data if step.data in guarded else step.data)
        case "lit":
            return api.lit(step.data, getattr(api, TYPES[step.kind]))
        case "in":
            return _joined(or_, [args[0] == api.lit(name) for name in step.data]) if step.data else args[0] != args[0]
        case "outside":
            return _outside(api, args[0], *step.data)
        case "floordiv" | "mod" | "round":
            return WITH_CONSTANT[step.op](args[0], step.data)
    return OPERATIONS[step.op](api, args)
