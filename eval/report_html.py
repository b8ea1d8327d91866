"""A run as one HTML page with charts: styles and drawings are in the page, nothing is loaded from anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from pydantic import BaseModel

from eval.baseline_model import BaselineLine
from eval.gate import Gate
from eval.intervals import Mean
from eval.metrics import CHECKS
from eval.questions_model import QuestionsError
from eval.ranks import CUTS, Retrieval
from eval.report import PASSED, Report, cell, interval, mean, retrieval_line, setting_line
from eval.summary import Row, Share

TEMPLATES = Path(__file__).with_name("templates")
OURS = "条理"
BINS = 24


class Bar(BaseModel):
    """One bar of a chart: its share with interval and, for a gate, where the threshold lies; 0 to 1."""

    label: str
    said: str
    value: float
    low: float
    high: float
    threshold: float | None = None
    state: str = "plain"


class Group(BaseModel):
    """Bars that stand side by side: one measure by several systems."""

    label: str
    bars: list[Bar]


class Bin(BaseModel):
    """Turns between two times, in milliseconds; ``height`` 0 to 1."""

    begins: float
    ends: float
    turns: int
    height: float


def html(report: Report) -> str:
    """The page of a run."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    environment.filters.update(cell=cell, interval=interval, mean=mean)
    times = [ms for j in report.questions for ms in j.ms]
    charts = {"题集": report.rows, **report.breakdowns}
    return environment.get_template("report.html.j2").render(
        report=report,
        setting=setting_line(report),
        retrieval=retrieval_line(report.retrieval),
        gates=[gate_bar(gate) for gate in report.gates if gate.share.of],
        passed=PASSED,
        charts={name: [row_bar(row) for row in rows] for name, rows in charts.items()},
        systems=system_groups(report),
        histogram=histogram(times),
        cuts=CUTS,
        checks=CHECKS,
    )


def gate_bar(gate: Gate) -> Bar:
    """A gate with its threshold."""
    needed = gate.needed.at_least if gate.needed.at_least is not None else gate.needed.at_most
    return bar(gate.name, gate.share).model_copy(
        update={"threshold": needed, "state": "good" if gate.passed else "bad"}
    )


def row_bar(row: Row) -> Bar:
    """The share of right answers of a line of a table."""
    return bar(row.name, row.passed)


def bar(label: str, share: Share) -> Bar:
    """A share as a bar; nothing counted is a bar without length."""
    low, high = share.interval or (0.0, 0.0)
    return Bar(label=label, said=cell(share), value=share.value or 0.0, low=low, high=high)


def system_groups(report: Report) -> list[Group]:
    """Each measure of retrieval by every system: ours alone, or beside the baselines over the same questions."""
    lines: Sequence[tuple[str, Retrieval]] = [(OURS, report.retrieval)]
    if report.baselines is not None:
        lines = [(line.name, line.retrieval) for line in report.baselines.lines]
    groups = []
    for label in [*(f"召回@{k}" for k in CUTS), "MRR@10", "nDCG@10"]:
        means = [(name, _measure(found, label)) for name, found in lines]
        bars = [
            Bar(label=name, said=mean(m), value=m.value, low=m.low or 0.0, high=m.high or 0.0)
            for name, m in means
            if m.value is not None
        ]
        groups.append(Group(label=label, bars=bars))
    if report.baselines is not None:
        groups.append(Group(label="前四段里事实齐全", bars=[_facts(line) for line in report.baselines.lines]))
    return [group for group in groups if group.bars]


def _measure(found: Retrieval, label: str) -> Mean:
    name, _, k = label.partition("@")
    return {"MRR": found.mrr, "nDCG": found.ndcg}.get(name) or found.recall[int(k)]


def _facts(line: BaselineLine) -> Bar:
    return bar(line.name, line.facts)


def histogram(times: Sequence[float]) -> list[Bin]:
    """How many turns took how long; the last bin holds everything beyond the 99th percentile."""
    if not times:
        return []
    longest = max(float(np.percentile(times, 99)), 1.0)
    counts, edges = np.histogram(np.minimum(times, longest), bins=BINS, range=(0.0, longest))
    most = max(int(counts.max()), 1)
    return [
        Bin(begins=float(edges[n]), ends=float(edges[n + 1]), turns=int(count), height=int(count) / most)
        for n, count in enumerate(counts)
    ]


def write_folder(report: Report, folder: Path, page: str) -> None:
    """``report.json``, ``report.md`` and ``report.html`` in ``folder``, which is made where it is missing.

    Raises QuestionsError with a sentence where it cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "report.json").write_text(report.to_json(), "utf-8")
        (folder / "report.md").write_text(page, "utf-8")
        (folder / "report.html").write_text(html(report), "utf-8")
    except OSError as error:
        raise QuestionsError(f"报告写不进 {folder}：{error.strerror}。请检查路径和磁盘。") from error
