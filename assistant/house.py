"""What a turn needs from outside it: corpus, search, store, model and clock, opened once."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.errors import StoreUnavailable
from assistant.policy.evidence import Library
from assistant.store import Store
from corpus.load import Corpus, load_corpus
from indexing import build
from indexing.errors import IndexingError
from indexing.originals import load_originals
from indexing.search import Searcher

log = logging.getLogger(__name__)


@dataclass
class House:
    """The resources of the assistant. ``searcher`` is None while the index cannot be used (``why`` says why);
    ``store`` is None when conversations cannot be kept; ``model`` is None without a language model."""

    corpus: Corpus
    library: Library
    searcher: Searcher | None
    store: Store | None
    model: Any | None = None
    today: Callable[[], date] = date.today
    why: str = ""

    def refresh(self) -> None:
        """Switch to a newer generation of the index, where there is one."""
        try:
            generation = build.current()
            if self.searcher is None or self.searcher.generation != generation:
                self.searcher, self.why = Searcher(generation), ""
                self.library = Library(self.corpus, load_originals())
        except IndexingError as error:
            if self.searcher is None:
                self.why = str(error)
            else:
                log.warning("继续用已打开的索引：%s", error)


def open_house(*, today: Callable[[], date] = date.today, keep: bool = True, search: bool = True) -> House:
    """Open everything that can be opened; the index is built first when it is missing or out of date.

    What cannot be opened is left out with a warning, so that the rest still answers. Raises CorpusError when the
    corpus itself cannot be read. ``keep`` false: no conversations are stored; ``search`` false: for looking things up by id alone, the
    index and the model stay closed.
    """
    from assistant.llm import configured_model

    corpus = load_corpus()
    house = House(corpus, Library(corpus, load_originals()), None, _store() if keep else None, today=today)
    if not search:
        return house
    try:
        if not build.is_fresh():
            build.build(corpus=corpus)
    except IndexingError as error:
        log.warning("%s", error)
        house.why = str(error)
    house.refresh()
    house.model = configured_model()
    return house


def _store() -> Store | None:
    try:
        return Store()
    except StoreUnavailable as error:
        log.warning("%s 这次的对话不会保存。", error)
        return None
