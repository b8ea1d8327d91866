"""What every route and page shares: the opened house and the assistant in it."""

from __future__ import annotations

import gc
from datetime import date

from assistant.conversation import Assistant
from assistant.documents.importing import Imports
from assistant.house import House, open_house
from assistant.store import Store
from web.problems import Problem


class Service:
    """Opens the house once (an own one may be handed over, which then stays open afterwards)."""

    def __init__(self, house: House | None = None) -> None:
        self._own = house is None
        self._house = house
        self._assistant = Assistant(house) if house else None
        self._imports: Imports | None = None

    def open(self) -> None:
        """Open the house, where none was handed over. Raises CorpusError when the corpus cannot be read."""
        if self._house is None:
            self._house = open_house()
            self._assistant = Assistant(self._house)
            gc.freeze()  # what was loaded stays: the collector of cycles need not look through it again
        if self._imports is None:
            self._imports = Imports(self._house)

    def close(self) -> None:
        """Give back what ``open`` took, once a running import has ended."""
        if self._imports is not None:
            self._imports.close()
            self._imports = None
        if self._own and self._house is not None:
            if self._house.store is not None:
                self._house.store.close()
            self._house, self._assistant = None, None

    def today(self) -> date:
        """Today as the house sees it; the calendar's before it is open."""
        return self._house.today() if self._house else date.today()

    @property
    def house(self) -> House:
        """The open house. Raises a 503 problem before ``open`` and after ``close``."""
        if self._house is None:
            raise Problem("unavailable", "服务正在启动，请过几秒再试。")
        return self._house

    @property
    def assistant(self) -> Assistant:
        """The assistant in the open house. Raises a 503 problem before ``open`` and after ``close``."""
        if self._assistant is None:
            raise Problem("unavailable", "服务正在启动，请过几秒再试。")
        return self._assistant

    @property
    def imports(self) -> Imports:
        """The imports into the open house. Raises a 503 problem before ``open`` and after ``close``."""
        if self._imports is None:
            raise Problem("unavailable", "服务正在启动，请过几秒再试。")
        return self._imports

    @property
    def store(self) -> Store:
        """The conversations. Raises a 503 problem when they cannot be kept."""
        if self.house.store is None:
            raise Problem("unavailable", "对话数据库打不开，暂时不能读写对话。请检查 TIAOLI_HOME 或 TIAOLI_DATABASE。")
        return self.house.store
