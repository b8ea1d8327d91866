"""A grounded draft → Markdown and citations. Numbers are given in the order of first mention."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Citation
from assistant.policy.draft import Draft
from assistant.policy.evidence import Evidence, citation

HEADINGS = {"caution": "**要留意**", "next": "**下一步**"}


class Numbering:
    """Gives each clause its number, once; the first one is the number ``after`` those given elsewhere."""

    def __init__(self, after: int = 0) -> None:
        self.after = after
        self.numbers: dict[str, int] = {}

    def marks(self, refs: Sequence[str]) -> str:
        """``[1][3]`` for these clauses."""
        return "".join(f"[{self.numbers.setdefault(ref, self.after + len(self.numbers) + 1)}]" for ref in refs)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def render(
    draft: Draft, evidence: dict[str, Evidence], numbering: Numbering | None = None
) -> tuple[str, list[Citation]]:
    """Markdown of the draft, and the citations that it numbers: those that ``numbering``, which goes on from an earlier
    draft, did not hold yet."""
    numbering = numbering or Numbering()
    before = len(numbering.numbers)
    blocks = []
    conclusion = "".join(f"{s.text}{numbering.marks(s.refs)}" for s in draft.part("conclusion"))
    if conclusion:
        blocks.append(conclusion)
    points = [f"- {s.text}{numbering.marks(s.refs)}" for s in draft.part("point")]
    if points:
        blocks.append("\n".join(points))
    if draft.rows:
        head = [*draft.columns, "依据"]
        rows = [[*row.cells, numbering.marks(row.refs)] for row in draft.rows]
        lines = ["| " + " | ".join(map(_cell, cells)) + " |" for cells in [head, ["---"] * len(head), *rows]]
        blocks.append("\n".join(lines))
    for part, heading in HEADINGS.items():
        sentences = draft.part(part)  # type: ignore[arg-type]
        if sentences:
            blocks.append("\n".join([heading, "", *(f"- {s.text}{numbering.marks(s.refs)}" for s in sentences)]))
    citations = [citation(n, evidence[ref]) for ref, n in list(numbering.numbers.items())[before:]]
    return "\n\n".join(blocks), citations
