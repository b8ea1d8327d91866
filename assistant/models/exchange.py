"""One request to a model, held to its limits: connection, first character, whole answer, length, retries."""

from __future__ import annotations

import logging
import queue
import random
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from assistant.errors import ModelUnavailable
from assistant.models.endpoints import load, open_endpoint
from assistant.models.guard import Guard
from assistant.models.settings import Settings
from assistant.models.thoughts import Thoughts

log = logging.getLogger(__name__)
LONGEST_OUTPUT = 6000
AGAIN = {429, 502, 503, 504}
NOT_UNDERSTOOD = {400, 422}
BACKOFF = 0.25
"""Seconds before the first retry, doubled for each further one, with up to half of it added at random."""
END = object()
Message = tuple[Literal["system", "user"], str]


@dataclass
class Usage:
    """What one exchange took. Tokens are the endpoint's own count, or else characters, as ``counted`` says."""

    first_ms: float | None = None
    total_ms: float = 0.0
    retries: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    counted: Literal["endpoint", "characters"] = "characters"
    finish: str | None = None


class Exchange:
    """The answer's text in pieces, once. Read in a thread of its own: a server that keeps the line open without a word
    cannot hold the answer up, which a read timeout alone does not ensure. ``close`` lets go of the server at any time.

    ``plain`` asks without what some endpoints do not know; it becomes true when the endpoint refuses the request with
    it. Raises ModelUnavailable, while iterating, for everything that an endpoint can do wrong.
    """

    def __init__(
        self, settings: Settings, messages: list[Message], schema: dict[str, Any] | None = None, *, plain: bool = False
    ) -> None:
        load(settings.provider)  # a second at the first call, which is not the endpoint's
        self.settings, self.messages, self.schema, self.plain = settings, messages, schema, plain
        self.usage = Usage(prompt_tokens=sum(len(text) for _, text in messages))
        self.started = time.monotonic()
        self.end = self.started + settings.limit
        self.first_by = self.started + min(settings.first, settings.limit)
        self.stopped = threading.Event()
        self.guard = Guard(self.stopped, self.end)
        self._pieces: queue.Queue[Any] = queue.Queue()
        self._close: Any = None
        threading.Thread(target=self._read, name="model-call", daemon=True).start()

    def __enter__(self) -> Exchange:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the endpoint, whatever it is doing. What it still sends ends the reading; before it has sent
        anything, the connection is closed from here."""
        if not self.stopped.is_set():
            self.usage.total_ms = self._ms()
        self.stopped.set()
        if self.guard.status is None and self._close is not None:
            self._close()

    def __iter__(self) -> Iterator[str]:
        size = 0
        while (piece := self._next()) is not END:
            size += len(piece)
            if self.usage.counted == "characters":
                self.usage.completion_tokens = size
            if size > LONGEST_OUTPUT:
                raise ModelUnavailable(f"模型 {self.settings.model} 的输出过长，已停下。")
            yield piece

    def _next(self) -> Any:
        """The next piece of the answer, or END."""
        begun = self.usage.first_ms is not None
        left = (self.end if begun else self.first_by) - time.monotonic()
        try:
            found = self._pieces.get(timeout=left) if left > 0 else self._pieces.get_nowait()
        except queue.Empty as error:
            limit = self.settings.limit if begun else min(self.settings.first, self.settings.limit)
            what = "没有答完" if begun else "没有开始回答"
            raise ModelUnavailable(f"模型 {self.settings.model} 在 {limit:g} 秒内{what}，已停下。") from error
        if isinstance(found, ModelUnavailable):
            raise found
        if found is not END and not begun:
            self.usage.first_ms = self._ms()
        return found

    def _ms(self) -> float:
        return round((time.monotonic() - self.started) * 1000, 1)

    def _read(self) -> None:
        while not self.stopped.is_set():
            sent = 0
            try:
                for text in self._attempt():
                    sent += 1
                    self._pieces.put(text)
            except Exception as error:  # every client and server has its own errors; none may reach the person
                log.info("model %s: %s", self.settings.model, type(error).__name__)
                if self.usage.finish is None:
                    if not sent and self._try_again(error):
                        continue
                    self._pieces.put(self._failure(error))
                    return
            self._pieces.put(END)
            return

    def _attempt(self) -> Iterator[str]:
        """The answer's text as the endpoint sends it, without thoughts."""
        self.guard.status = self.guard.retry_after = None
        endpoint = open_endpoint(self.settings, self.guard, self.schema, plain=self.plain)
        self._close = endpoint.close
        thoughts = Thoughts()
        try:
            for chunk in endpoint.model.stream(self.messages):
                self._note(chunk)
                if isinstance(chunk.content, str) and (text := thoughts.feed(chunk.content)):
                    yield text
            if text := thoughts.rest():
                yield text
        finally:
            endpoint.close()

    def _note(self, chunk: Any) -> None:
        about = chunk.response_metadata
        self.usage.finish = about.get("finish_reason") or about.get("done_reason") or self.usage.finish
        told = chunk.usage_metadata or {}
        prompt, completion = told.get("input_tokens", -1), told.get("output_tokens", -1)
        if prompt >= 0 and completion >= 0:
            self.usage.prompt_tokens, self.usage.completion_tokens = prompt, completion
            self.usage.counted = "endpoint"

    def _try_again(self, error: Exception) -> bool:
        """Whether a failed attempt is worth another one, after the wait that it takes."""
        status = self.guard.status
        if status in NOT_UNDERSTOOD and not self.plain:
            self.plain = True
            return True
        lost = status is None and not self.guard.refused and "timeout" not in _names(error)
        if self.usage.retries >= self.settings.retries or not (status in AGAIN or lost):
            return False
        backoff = BACKOFF * 2**self.usage.retries * (1 + random.random() / 2)
        wait = max(backoff, self.guard.retry_after or 0.0)
        if time.monotonic() + wait >= self.first_by:
            return False
        self.usage.retries += 1
        return not self.stopped.wait(wait)

    def _failure(self, error: Exception) -> ModelUnavailable:
        """What went wrong, with what to do where that is known."""
        told = self.guard.refused or {
            400: "没有看懂请求（400）：请检查模型名和 TIAOLI_LLM_EXTRA",
            401: "不认这个密钥（401）：请检查 TIAOLI_LLM_API_KEY",
            403: "不许用这个密钥（403）：请检查 TIAOLI_LLM_API_KEY 的权限",
            404: "没有这个地址或这个模型（404）：请检查 TIAOLI_LLM_BASE_URL 和 TIAOLI_LLM_MODEL",
            429: "说请求太多（429）：请过一会儿再试，或提高额度",
            None: "连不上：请检查 TIAOLI_LLM_BASE_URL 和那边的服务",
        }.get(self.guard.status, f"没有正常回答（{self.guard.status}，{type(error).__name__}）")
        return ModelUnavailable(f"模型 {self.settings.model} {told}。")


def _names(error: BaseException | None) -> str:
    """The classes of an error and of what caused it, in small letters."""
    names = []
    while error is not None:
        names.append(type(error).__name__.lower())
        error = error.__cause__ or error.__context__
    return " ".join(names)
