"""Questions under way: each runs once, in a thread of its own, whatever becomes of the page that asked. Any page may
watch it: the one that asked, the same after a reload, a second tab."""

from __future__ import annotations

import logging
import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator

from assistant.answer import Answer
from assistant.conversation import Emit
from assistant.errors import AssistantError
from assistant.store import new_id
from web.problems import Problem
from web.ui.session import Exchange

log = logging.getLogger(__name__)
Ask = Callable[[Exchange, Emit], Answer]
EVERY = 0.06
"""Seconds between two updates of a page, at least."""
STILL = 10.0
"""Seconds after which a watcher is woken though nothing came, so that a page that went away is noticed."""
KEPT = 400
KEY = re.compile(r"[0-9a-f]{13}-[0-9a-f]{12}")
TROUBLE = "这一步出了问题，您的问题还在输入框里，请再试一次；还不行请联系服务专员。"


class Running:
    """One question on its way to its answer."""

    def __init__(self, thread: str, exchange: Exchange) -> None:
        self.thread, self.exchange = thread, exchange
        self.done = False
        self._changed = threading.Condition()

    def run(self, ask: Ask) -> None:
        """Ask, and tell the watchers what comes."""
        one = self.exchange
        try:
            one.answer = ask(one, self._more)
        except (AssistantError, Problem) as error:
            one.trouble = getattr(error, "detail", "") or str(error)
        except Exception:
            log.exception("an exchange of the page failed")
            one.trouble = TROUBLE
        finally:
            with self._changed:
                self.done = True
                self._changed.notify_all()

    def _more(self, piece: str) -> None:
        with self._changed:
            self.exchange.partial += piece
            self._changed.notify_all()

    def watch(self) -> Iterator[Exchange]:
        """The exchange now, whenever there is more of it, and once it is whole."""
        yield self.exchange
        shown = len(self.exchange.partial)
        while not self.done:
            with self._changed:
                if not self.done and len(self.exchange.partial) == shown:
                    self._changed.wait(STILL)
            if not self.done and len(self.exchange.partial) > shown:
                shown = len(self.exchange.partial)
                yield self.exchange
                time.sleep(EVERY)
        yield self.exchange


class Asked:
    """The questions of the pages of this process that are under way, oldest first. An answered one is forgotten once
    ``is_stored`` says that its turn can be read from the store."""

    def __init__(self, is_stored: Callable[[str], bool]) -> None:
        self._all: OrderedDict[str, Running] = OrderedDict()
        self._guard = threading.Lock()
        self._is_stored = is_stored

    def find(self, thread: str, key: str) -> Running | None:
        """The question with this key, where it was asked in this thread."""
        with self._guard:
            known = self._all.get(key)
            return known if known is not None and known.thread == thread else None

    def of(self, thread: str) -> list[Running]:
        """What was asked in a thread, oldest first."""
        with self._guard:
            return [one for one in self._all.values() if one.thread == thread]

    def start(self, thread: str, key: str, message: str, ask: Ask) -> Running:
        """The question with this key: asked now, or where it was sent before, then. ``key`` becomes the id of its turn."""
        key = key if KEY.fullmatch(key) else new_id()
        with self._guard:
            known = self._all.get(key)
            if known is not None and known.thread == thread:
                return known
            one = self._all[key] = Running(thread, Exchange(message, key=key))
            while len(self._all) > KEPT and next(iter(self._all.values())).done:
                self._all.popitem(last=False)
        threading.Thread(target=self._run, args=(one, ask), daemon=True).start()
        return one

    def _run(self, one: Running, ask: Ask) -> None:
        one.run(ask)
        if one.exchange.answer is not None and self._is_stored(one.exchange.key):
            with self._guard:
                self._all.pop(one.exchange.key, None)
