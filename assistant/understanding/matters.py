"""A matter that a thread has spoken of."""

from __future__ import annotations

from pydantic import BaseModel


class Matter(BaseModel):
    """Its question as it stands alone, the title it was about, the clauses of its answer."""

    question: str
    title: str | None = None
    refs: list[str] = []
