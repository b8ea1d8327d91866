"""The curated answer to a question, as a draft that goes on through grounding like any other."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from assistant.errors import StoreUnavailable
from assistant.policy.draft import Draft
from corpus.validity import chinese_date

if TYPE_CHECKING:
    from assistant.desk.curated_models import CuratedAnswer
    from assistant.house import House
    from assistant.policy.question import Question
    from indexing.search import Searcher

log = logging.getLogger(__name__)


def curated_draft(question: Question, searcher: Searcher, house: House) -> tuple[Draft, str] | None:
    """The draft and the id of the curated answer for ``question``; None where there is none that may be shown, where
    the question leans on one before it, or where it is put for another day than today."""
    from assistant.desk.curated import Curated
    from assistant.desk.curated_faults import cited_sentences, faults_of
    from assistant.desk.curated_match import matches

    if house.store is None or question.context or question.past:
        return None
    shelf = Curated(house.store)
    try:
        for name, _ in matches(question, shelf.wordings(question.place, question.as_of), searcher, house.corpus):
            entry = shelf.get(name)
            if why := faults_of(entry, house, question.as_of):
                log.info("curated answer %s is not shown: %s", name, "; ".join(fault.kind for fault in why))
                continue
            return Draft(sentences=cited_sentences(entry, house, question.as_of), notes=[signed(entry)]), name
    except (StoreUnavailable, KeyError) as error:  # deleted since
        log.warning("curated answers cannot be read: %s", error)
    return None


def signed(entry: CuratedAnswer) -> str:
    """Who answers for it, in a sentence."""
    day = chinese_date(entry.reviewed_on) if entry.reviewed_on else ""
    return f"这个回答由服务专员整理，{entry.reviewer_name}{'于' if day else ''}{day}核对过条款。"
