"""The chat model, by configuration: any OpenAI-compatible endpoint through LangChain. None is a valid answer.

``TIAOLI_LLM_BASE_URL``, ``TIAOLI_LLM_MODEL``, ``TIAOLI_LLM_API_KEY``; ``TIAOLI_LLM_TIMEOUT`` limits one answer
(seconds, default 20). The model words what was found; it decides nothing.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from assistant.errors import ModelUnavailable

log = logging.getLogger(__name__)
LONGEST_OUTPUT = 6000


class ChatModel:
    """One configured endpoint. LangChain is imported at the first call, so that starting stays fast."""

    def __init__(self, base_url: str, name: str, key: str, limit: float) -> None:
        self.base_url, self.name, self.key, self.limit = base_url, name, key, limit

    @cached_property
    def _chat(self) -> Any:
        from langchain_openai import ChatOpenAI
        from pydantic import SecretStr

        return ChatOpenAI(
            base_url=self.base_url,
            model=self.name,
            api_key=SecretStr(self.key or "none"),
            temperature=0,
            timeout=self.limit,
            max_retries=1,
            streaming=True,
        )

    def stream(self, system: str, user: str) -> Iterator[str]:
        """The answer in pieces. Ends after the time limit or the longest output, whatever the endpoint does.

        Raises ModelUnavailable for everything that an endpoint can do wrong.
        """
        end = time.monotonic() + self.limit
        size = 0
        try:
            for chunk in self._chat.stream([("system", system), ("user", user)]):
                text = chunk.content if isinstance(chunk.content, str) else ""
                size += len(text)
                if text:
                    yield text
                if time.monotonic() > end or size > LONGEST_OUTPUT:
                    raise ModelUnavailable(f"模型 {self.name} 超过了 {self.limit:.0f} 秒或输出过长，已停下。")
        except ModelUnavailable:
            raise
        except Exception as error:  # every client and server has its own errors; none may reach the person
            raise ModelUnavailable(f"模型 {self.name} 没有正常回答（{type(error).__name__}）。") from error


def configured_model() -> ChatModel | None:
    """The model that the environment names; None where it names none."""
    base_url, name = os.environ.get("TIAOLI_LLM_BASE_URL", ""), os.environ.get("TIAOLI_LLM_MODEL", "")
    if not base_url or not name:
        return None
    try:
        limit = float(os.environ.get("TIAOLI_LLM_TIMEOUT", "20"))
    except ValueError:
        log.warning("TIAOLI_LLM_TIMEOUT 不是数字，按 20 秒算。")
        limit = 20.0
    return ChatModel(base_url, name, os.environ.get("TIAOLI_LLM_API_KEY", ""), limit)
