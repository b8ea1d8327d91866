"""Run a bare list of steps on one row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.batch.rows import expressions
from assistant.batch.steps import Ref, Steps


def run(steps: Steps, cells: Mapping[str, object]) -> dict[Ref, Any]:
    """The value of every step."""
    at = {name: n for n, name in enumerate(cells)}
    space: dict[str, Any] = {"row": list(cells.values())}
    for ref, text in enumerate(expressions(steps.steps, at)):
        space[f"v{ref}"] = eval(text, space)
    return {ref: space[f"v{ref}"] for ref in range(len(steps.steps))}
