"""The plan for one row at a time, with the value of every leaf kept: a full trace for the price of the verdict.

The steps are written out as one Python function (``source``), in which step 12 is the local ``v12``; its values are
plain ints, floats and flags, and None is unknown. Nothing is skipped, so that every leaf has its value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.answer import Outcome
from assistant.batch.judged import OUTCOMES
from assistant.batch.plan import AT_ONCE, VERDICTS, Plan
from assistant.batch.steps import NEVER_NULL, Ref, Step
from corpus.criteria_tree import Part

Cell = int | float | bool | str | None
COMPARISONS = {"ge": ">=", "gt": ">", "le": "<=", "lt": "<", "eq": "=="}
ARITHMETIC = {"add": "+", "sub": "-", "mul": "*"}
ONE_NUMBER = {"floordiv": "{0} // {1!r}", "mod": "{0} % {1!r}", "float": "float({0})", "abs": "abs({0})",
              "round": "round({0}, {1!r})", "sqrt": "max({0}, 0.0) ** 0.5"}  # fmt: skip


@dataclass(frozen=True)
class Leaf:
    """A leaf of the trace: the criterion, the bound node, whether it holds (None: unknown) and the values looked at."""

    criterion: str
    node: Part
    holds: bool | None
    operands: dict[str, Cell]


@dataclass(frozen=True)
class RowVerdict:
    """What came of one row. ``values`` holds the results, leaves and cells of the plan (see ``watched``).

    Where ``exact`` is true only the exact evaluator can judge the row, and the outcomes here do not count.
    """

    evaluator: RowEvaluator
    values: tuple[Any, ...]

    def value(self, ref: Ref) -> Any:
        """The value of a watched step."""
        return self.values[self.evaluator.place[ref]]

    @property
    def exact(self) -> bool:
        """Whether the exact evaluator has to judge this row."""
        return bool(self.value(self.evaluator.plan.doubt))

    @property
    def outcome(self) -> str:
        """Outcome of the company."""
        return VERDICTS[self.value(self.evaluator.plan.outcome)]

    @property
    def criteria(self) -> dict[str, Outcome]:
        """Outcome of every criterion."""
        return {i: OUTCOMES[self.value(ref)] for i, ref in self.evaluator.plan.criteria.items()}

    @property
    def missing(self) -> list[str]:
        """The keys that are missing and still matter."""
        plan = self.evaluator.plan
        masks = [self.value(ref) for ref in plan.missing]
        return [key for n, key in enumerate(plan.missing_keys) if masks[n // AT_ONCE] >> n % AT_ONCE & 1]

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        """The trace: every leaf of every criterion, in order."""
        return tuple(
            Leaf(leaf.criterion, leaf.node, self.value(leaf.value), self._cells(leaf.value))
            for leaf in self.evaluator.plan.leaves
        )

    def _cells(self, ref: Ref) -> dict[str, Cell]:
        """The cells that a step rests on."""
        steps = self.evaluator.plan.steps
        found: dict[str, Cell] = {}
        seen, waiting = {ref}, [ref]
        while waiting:
            at = waiting.pop()
            if steps[at].op == "col":
                found[steps[at].data] = self.value(at)
            fresh = [arg for arg in dict.fromkeys(steps[at].args) if arg not in seen]
            seen.update(fresh)
            waiting += reversed(fresh)
        return found


class RowEvaluator:
    """Judges rows whose cells are in the order of ``plan.columns``. ``source`` is the Python text that does it."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.place = {ref: n for n, ref in enumerate(watched(plan))}
        self.source = source(plan)
        space: dict[str, Any] = {}
        exec(compile(self.source, "<plan>", "exec"), space)
        self._run: Callable[[Sequence[Cell]], tuple[Any, ...]] = space["run"]

    def __call__(self, row: Sequence[Cell]) -> RowVerdict:
        """The verdict of one row with its trace."""
        return RowVerdict(self, self._run(row))

    def of(self, cells: Mapping[str, Cell]) -> RowVerdict:
        """The verdict of one row given as column → cell."""
        return self([cells.get(column) for column in self.plan.columns])


def watched(plan: Plan) -> list[Ref]:
    """The steps whose values are kept: results, leaves and cells."""
    cells = [ref for ref, step in enumerate(plan.steps) if step.op == "col"]
    return list(dict.fromkeys([*plan.results(), *(leaf.value for leaf in plan.leaves), *cells]))


def source(plan: Plan) -> str:
    """The Python text of the plan."""
    at = {column: n for n, column in enumerate(plan.columns)}
    lines = [f"    v{ref} = {text}" for ref, text in enumerate(expressions(plan.steps, at))]
    kept = "".join(f"v{ref}, " for ref in watched(plan))
    return "\n".join(["def run(row):", *lines, f"    return ({kept})", ""])


def expressions(steps: Sequence[Step], at: Mapping[str, int]) -> list[str]:
    """Every step as a Python expression over ``row`` and the steps before it (``v0``, ``v1`` …)."""
    sure: set[Ref] = set()
    found: list[str] = []
    for ref, step in enumerate(steps):
        found.append(_expression(step, at, sure))
        if _is_sure(step, sure):
            sure.add(ref)
    return found


def _is_sure(step: Step, sure: set[Ref]) -> bool:
    """Whether a step is never null."""
    if step.op == "lit":
        return step.data is not None
    if step.op == "where":
        return step.args[1] in sure and step.args[2] in sure
    if step.op == "coalesce":
        return any(arg in sure for arg in step.args)
    known = step.op not in ("col", "div") and all(arg in sure for arg in step.args)
    return step.op in (*NEVER_NULL, "mask") or known


def _expression(step: Step, at: Mapping[str, int], sure: set[Ref]) -> str:
    args = [f"v{arg}" for arg in step.args]
    match step.op:
        case "col":
            return f"row[{at[step.data]}]"
        case "lit":
            return repr(step.data)
        case "and" | "or":
            return _junction(step, sure)
        case "null":
            return f"{args[0]} is None"
        case "holds" | "fails":
            return f"{args[0]} is {step.op == 'holds'}"
        case "coalesce":
            return " ".join(f"{arg} if {arg} is not None else" for arg in args[:-1]) + f" {args[-1]}"
        case "where":
            return f"{args[1]} if {args[0]} else {args[2]}"
        case "mask":
            return " | ".join(f"({1 << n} if {arg} else 0)" for n, arg in enumerate(args)) or "0"
        case "div":
            return f"None if {args[0]} is None or {args[1]} is None or {args[1]} <= 0 else {args[0]} / {args[1]}"
    gone = " or ".join(f"v{arg} is None" for arg in step.args if arg not in sure)
    done = _sure_expression(step, args)
    return f"None if {gone} else {done}" if gone else done


def _sure_expression(step: Step, args: list[str]) -> str:
    """A step on values that are known."""
    match step.op:
        case "not":
            return f"not {args[0]}"
        case "in":
            return f"{args[0]} in {step.data!r}"
        case "outside":
            return f"not {step.data[0]!r} <= {args[0]} <= {step.data[1]!r}"
    if step.op in ONE_NUMBER:
        return ONE_NUMBER[step.op].format(args[0], step.data)
    return f"{args[0]} {(COMPARISONS | ARITHMETIC)[step.op]} {args[1]}"


def _junction(step: Step, sure: set[Ref]) -> str:
    """Kleene logic: settled by one part, else open while a part is."""
    settled = step.op == "or"
    if all(arg in sure for arg in step.args):
        return f" {step.op} ".join(f"v{arg}" for arg in step.args)
    settles = " or ".join(f"v{arg} is {settled}" for arg in step.args)
    is_open = " or ".join(f"v{arg} is None" for arg in step.args if arg not in sure)
    return f"{settled} if {settles} else None if {is_open} else {not settled}"
