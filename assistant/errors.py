"""Errors of this room. Each message says what is wrong and what to do.

AssistantError
├── StoreUnavailable     conversations cannot be read or written
├── ModelUnavailable     the language model does not answer as it should
├── Conflict             what is to be changed was changed elsewhere
└── BadInput             what was handed over cannot be used
"""

from __future__ import annotations


class AssistantError(Exception):
    """Base of all errors of the assistant."""


class StoreUnavailable(AssistantError):
    """Conversations cannot be read or written."""

    @classmethod
    def because(cls, error: Exception) -> StoreUnavailable:
        """A sentence for a full disk, a locked or damaged database, a folder without the right to write."""
        text = str(getattr(error, "orig", None) or error).lower()
        if "full" in text or "no space" in text:
            return cls("磁盘满了，对话没有存下来。请腾出空间。")
        if "malformed" in text or "not a database" in text:
            return cls("对话数据库坏了。请从备份恢复，或把 tiaoli.db 移走后重启。")
        if "readonly" in text or "unable to open" in text or "permission" in text:
            return cls("对话数据库打不开或不可写。请检查 TIAOLI_HOME（或 TIAOLI_DATABASE）的位置和权限。")
        return cls("对话数据库暂时连不上。请检查 TIAOLI_DATABASE 和数据库服务，然后再试。")


class ModelUnavailable(AssistantError):
    """The language model does not answer as it should."""


class Conflict(AssistantError):
    """What is to be changed was changed elsewhere, or is in a state in which it cannot be."""


class BadInput(AssistantError):
    """What was handed over cannot be used."""
