"""Feedback on an answer, from the API and from the page."""

from __future__ import annotations

from typing import Literal

from web.service import Service


def keep(service: Service, turn: str, verdict: Literal["up", "down"], comment: str = "") -> bool:
    """Store a thumb with its words, personal data masked. False when the turn is unknown.

    Raises StoreUnavailable, or a 503 problem, when it cannot be stored.
    """
    from assistant.privacy import mask

    return service.store.feedback(turn, verdict, mask(comment).text if comment else "")
