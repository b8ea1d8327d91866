"""The chat model that the environment names; none is a valid answer. Settings: ``docs/models.md``."""

from __future__ import annotations

from assistant.models.chat import ChatModel
from assistant.models.settings import Settings, read_settings

__all__ = ["ChatModel", "Settings", "configured_model"]


def configured_model() -> ChatModel | None:
    """The model that the environment names; None where it names none."""
    settings = read_settings()
    return ChatModel(settings) if settings else None
