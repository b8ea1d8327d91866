"""Chinese words of the page for the contract's values."""

from __future__ import annotations

from assistant.words import CHANGEABLE, OUTCOME, STATUS, TEXT_KIND, TITLES, TRACK, VALIDITY, VERDICT, chinese_day

__all__ = ["CHANGEABLE", "OUTCOME", "STATUS", "TEXT_KIND", "TITLES", "TRACK", "VALIDITY", "VERDICT", "chinese_day"]
