"""Watches one HTTP exchange: where it leads, how much comes, and whether anybody still waits for it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import Any

MOST_BYTES = 4 * 1024 * 1024
"""More than any answer within the output limit needs, with every character in an event of its own."""
SENT = {"Accept-Encoding": "identity"}
"""A compressed answer can be a thousand times its size; text this short needs no compression."""


class Refused(Exception):
    """What came over the line is not an answer; says why, for the log."""


class Guard:
    """``response`` is a response hook of httpx (and httpx2): it runs before the body is read, in the reading thread.

    ``status`` and ``retry_after`` (seconds) are those of the latest response. Reading ends once ``stopped`` is set,
    after ``end`` (monotonic seconds) and after ``MOST_BYTES``, whatever the server sends.
    """

    def __init__(self, stopped: threading.Event, end: float) -> None:
        self.stopped, self.end = stopped, end
        self.status: int | None = None
        self.retry_after: float | None = None
        self.refused = ""
        self.size = 0

    def response(self, response: Any) -> None:
        """Refuse redirects, compressed bodies and pages; count the rest as it is read."""
        self.status = response.status_code
        self.retry_after = seconds_to_wait(response.headers.get("retry-after", ""))
        kind = response.headers.get("content-type", "").lower()
        packed = response.headers.get("content-encoding", "identity").strip().lower()
        if response.is_redirect:
            self._refuse("转到了别的地址")
        if packed not in ("", "identity"):
            self._refuse("压缩了回答")
        if response.is_success and "html" in kind:
            self._refuse("回的是网页")
        response.stream = self._counted(response.stream)

    def _refuse(self, why: str) -> None:
        self.refused = why
        raise Refused(why)

    def _check(self, size: int) -> None:
        self.size += size
        if self.size > MOST_BYTES:
            self._refuse("发来的内容过多")
        if self.stopped.is_set() or time.monotonic() > self.end:
            raise Refused("没有人再等这个回答")

    def _counted(self, stream: Any) -> Any:
        """``stream``, checked at every piece; of the class that its library asks for."""
        guard = self
        base = next(kind for kind in type(stream).__mro__ if kind.__name__ == "SyncByteStream")

        class Counted(base):  # type: ignore[misc, valid-type]
            def __iter__(self) -> Iterator[bytes]:
                for piece in stream:
                    guard._check(len(piece))
                    yield piece

            def close(self) -> None:
                stream.close()

        return Counted()


def seconds_to_wait(text: str) -> float | None:
    """Seconds of a Retry-After header (RFC 9110, 10.2.3: a number or a date); None where it says nothing."""
    text = text.strip()
    if not text:
        return None
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except ValueError:
        return None
