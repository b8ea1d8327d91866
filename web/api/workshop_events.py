"""Server-sent events of quiz rooms: whoever listens gets the room as it stands, and again whenever it has changed.

The store alone says whether something changed: one task per room and process asks it for the room's version while
somebody listens. An event is the whole state, so that whoever was away for a while has missed nothing.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from pydantic import BaseModel
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.concurrency import run_in_threadpool

from assistant.errors import AssistantError

log = logging.getLogger(__name__)
Stamp = tuple[int, int]
EVERY, AFTER_TROUBLE, RETRY = 0.3, 3.0, 2000
"""Seconds between two looks at the store, after one that failed, and milliseconds before a client comes back."""
VERSION, STAGE = 0, 1
"""What a listener follows: every change, or the trainer's steps only."""


class Watch:
    """The version of one room as the store last gave it, and those who wait for the next one."""

    def __init__(self, stamp: Callable[[], Stamp | None]) -> None:
        self._stamp = stamp
        self._changed = asyncio.Condition()
        self._looked = False
        self.now: Stamp | None = None
        self.listeners = 0

    async def run(self) -> None:
        """Look again and again."""
        while True:
            pause = EVERY
            try:
                found = await asyncio.to_thread(self._stamp)
                if found != self.now or not self._looked:
                    async with self._changed:
                        self.now, self._looked = found, True
                        self._changed.notify_all()
                if found is None:
                    return
            except AssistantError as error:
                log.warning("%s", error)
                pause = AFTER_TROUBLE
            await asyncio.sleep(pause)

    async def next(self, part: int, seen: int | None) -> int | None:
        """Wait until ``part`` of the stamp is no longer ``seen``; None when the room is gone."""
        async with self._changed:
            await self._changed.wait_for(lambda: self._looked and (self.now is None or self.now[part] != seen))
            return None if self.now is None else self.now[part]


class Hub:
    """The watched rooms of one process."""

    def __init__(self) -> None:
        self._watches: dict[tuple[int, str], tuple[Watch, asyncio.Task[None]]] = {}

    @asynccontextmanager
    async def watching(self, code: str, stamp: Callable[[], Stamp | None]) -> AsyncIterator[Watch]:
        """The watch of a room, which runs as long as somebody listens."""
        name = (id(asyncio.get_running_loop()), code)
        if name not in self._watches:
            watch = Watch(stamp)
            self._watches[name] = (watch, asyncio.create_task(watch.run()))
        watch, task = self._watches[name]
        watch.listeners += 1
        try:
            yield watch
        finally:
            watch.listeners -= 1
            if not watch.listeners:
                self._watches.pop(name, None)
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task


def stream(
    hub: Hub, code: str, stamp: Callable[[], Stamp | None], part: int, view: Callable[[], BaseModel]
) -> EventSourceResponse:
    """Events ``room`` with the view as JSON; their id is the version or stage. ``gone`` when the room has been deleted."""

    async def events() -> AsyncIterator[ServerSentEvent]:
        seen: int | None = None
        async with hub.watching(code, stamp) as watch:
            while (number := await watch.next(part, seen)) is not None:
                seen = number
                try:
                    body = await run_in_threadpool(view)
                except AssistantError as error:
                    log.warning("%s", error)
                    break
                yield ServerSentEvent(event="room", id=str(number), data=body.model_dump_json(), retry=RETRY)
            else:
                yield ServerSentEvent(event="gone", data="{}", retry=RETRY)

    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return EventSourceResponse(events(), headers=headers)
