"""The chat model, by configuration: any OpenAI-compatible endpoint through LangChain. None is a valid answer.

``TIAOLI_LLM_BASE_URL``, ``TIAOLI_LLM_MODEL``, ``TIAOLI_LLM_API_KEY``; ``TIAOLI_LLM_TIMEOUT`` limits one answer
(seconds, default 20). The model words what was found; it decides nothing.
"""

from __future__ import annotations

import importlib
import logging
import os
import queue
import threading
import time
from collections.abc import Iterator
from typing import Any

from assistant.errors import ModelUnavailable

log = logging.getLogger(__name__)
LONGEST_OUTPUT = 6000
DEFAULT_LIMIT = 20.0
END = object()


class ChatModel:
    """One configured endpoint. LangChain is imported at the first call, so that starting stays fast."""

    def __init__(self, base_url: str, name: str, key: str, limit: float) -> None:
        self.base_url, self.name, self.key, self.limit = base_url, name, key, limit

    def stream(self, system: str, user: str) -> Iterator[str]:
        """The answer in pieces. Ends after the time limit or the longest output, whatever the endpoint does.

        Raises ModelUnavailable for everything that an endpoint can do wrong.
        """
        importlib.import_module("langchain_openai")  # a second at the first call, which is not the endpoint's
        end = time.monotonic() + self.limit
        size = 0
        call = _Call(self, [("system", system), ("user", user)])
        try:
            while (piece := call.next(end - time.monotonic())) is not END:
                size += len(piece)
                if size > LONGEST_OUTPUT:
                    raise ModelUnavailable(f"模型 {self.name} 的输出过长，已停下。")
                yield piece
        except queue.Empty as error:
            raise ModelUnavailable(f"模型 {self.name} 超过了 {self.limit:g} 秒，已停下。") from error
        finally:
            call.stop()


class _Call:
    """One request, read in a thread of its own: a server that keeps the line open without a word cannot hold the
    answer up, which a read timeout alone does not ensure."""

    def __init__(self, model: ChatModel, messages: list[tuple[str, str]]) -> None:
        self.model, self.messages = model, messages
        self.pieces: queue.Queue[Any] = queue.Queue()
        self.stopped = threading.Event()
        self.client: Any = None
        threading.Thread(target=self._read, name="model-call", daemon=True).start()

    def next(self, seconds: float) -> Any:
        """The next piece of text, or END. Raises queue.Empty when none comes in time, ModelUnavailable when the
        endpoint failed."""
        found = self.pieces.get(timeout=max(seconds, 0.0)) if seconds > 0 else self.pieces.get_nowait()
        if isinstance(found, ModelUnavailable):
            raise found
        return found

    def stop(self) -> None:
        """Let go of the endpoint, whatever it is doing."""
        self.stopped.set()
        if self.client is not None:
            self.client.close()

    def _read(self) -> None:
        try:
            for chunk in self._open().stream(self.messages):
                if self.stopped.is_set():
                    return
                if isinstance(chunk.content, str) and chunk.content:
                    self.pieces.put(chunk.content)
            self.pieces.put(END)
        except Exception as error:  # every client and server has its own errors; none may reach the person
            log.info("model %s: %s", self.model.name, type(error).__name__)
            self.pieces.put(ModelUnavailable(f"模型 {self.model.name} 没有正常回答（{type(error).__name__}）。"))
        finally:
            if self.client is not None:
                self.client.close()

    def _open(self) -> Any:
        from langchain_openai import ChatOpenAI
        from openai import DefaultHttpxClient
        from pydantic import SecretStr

        self.client = DefaultHttpxClient(timeout=self.model.limit)
        if self.stopped.is_set():
            self.client.close()
        return ChatOpenAI(
            base_url=self.model.base_url,
            model=self.model.name,
            api_key=SecretStr(self.model.key or "none"),
            temperature=0,
            timeout=self.model.limit,
            max_retries=0,  # the composed answer is there; nobody waits for a second try
            streaming=True,
            stream_usage=False,
            http_client=self.client,
        )


def configured_model() -> ChatModel | None:
    """The model that the environment names; None where it names none."""
    base_url, name = os.environ.get("TIAOLI_LLM_BASE_URL", ""), os.environ.get("TIAOLI_LLM_MODEL", "")
    if not base_url or not name:
        return None
    try:
        limit = float(os.environ.get("TIAOLI_LLM_TIMEOUT", DEFAULT_LIMIT))
    except ValueError:
        limit = 0.0
    if not 0 < limit < float("inf"):
        log.warning("TIAOLI_LLM_TIMEOUT 要写成大于零的秒数，先按 %g 秒算。", DEFAULT_LIMIT)
        limit = DEFAULT_LIMIT
    return ChatModel(base_url, name, os.environ.get("TIAOLI_LLM_API_KEY", ""), limit)
