"""What the baselines came to, beside ours: the same questions, the same measures."""

from __future__ import annotations

from pydantic import BaseModel

from eval.ranks import Retrieval
from eval.summary import Share


class BaselineLine(BaseModel):
    """One way of searching. ``facts``: questions whose required facts all stand in the first pieces of text, the most
    that any writer could make of them; ``abstained``: unanswerable questions kept unanswered."""

    name: str
    retrieval: Retrieval
    facts: Share
    abstained: Share


class BaselineRun(BaseModel):
    """Ours and the others over the same questions, with what has to be known to read the figures."""

    lines: list[BaselineLine]
    notes: list[str]
