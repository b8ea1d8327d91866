"""The configured model as the rest of the assistant sees it. It words what was found; it decides nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assistant.models.exchange import Exchange
from assistant.models.settings import Settings


class ChatModel:
    """One configured endpoint, safe to share between threads: every request is an ``Exchange`` of its own."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.plain = False

    @property
    def name(self) -> str:
        """The model's name."""
        return self.settings.model

    def ask(self, system: str, user: str, schema: dict[str, Any] | None = None) -> Exchange:
        """Begin a request; ``schema`` is the JSON form to ask for, where the endpoint knows how. Close the exchange,
        or use it as a context."""
        return Exchange(self.settings, [("system", system), ("user", user)], schema, plain=self.plain)

    def learn(self, exchange: Exchange) -> None:
        """Keep what an exchange found out about the endpoint, so that the next request is understood at once."""
        self.plain = self.plain or (exchange.plain and exchange.usage.first_ms is not None)

    def stream(self, system: str, user: str) -> Iterator[str]:
        """The answer in pieces. Raises ModelUnavailable for everything that an endpoint can do wrong."""
        with self.ask(system, user) as exchange:
            yield from exchange
        self.learn(exchange)
