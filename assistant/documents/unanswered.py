"""Questions of people that the collection could not answer, counted by their wording. No thread and no person is named."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from datetime import date, timedelta
from typing import cast

from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from assistant.desk.ticket_states import OUR_TIME, aware
from assistant.errors import StoreUnavailable
from assistant.privacy import REPLACEMENTS, mask
from assistant.statuses import statuses
from assistant.store import Store, TurnRecord, now

REASONS = (
    "nothing_near",
    "not_in_collection",
    "document_not_imported",
    "place_not_covered",
    "other_round",
    "lost_grounding",
)
"""Ways of not being answered that the collection could mend; what is no matter of policy is none of them."""
MOST_READ = 5000
LONGEST = 120
COMPANY = re.compile(r"[\w（）()·]{2,30}?有限(?:责任)?公司(?:（[^）]{1,10}）)?")
A_COMPANY = "〔企业〕"


class Unanswered(BaseModel):
    """A question that found nothing: how it was put last, how often, for which places, why, and when last."""

    question: str
    times: int
    places: list[str]
    why: list[str]
    last: date


def unanswered(store: Store, days: int = 90, limit: int = 100) -> list[Unanswered]:
    """The questions of the last ``days`` days that found nothing, the most frequent first, then the newest. Raises
    StoreUnavailable."""
    reason = TurnRecord.answer["reason"].as_string()
    query = (
        select(TurnRecord.at, TurnRecord.message, reason, TurnRecord.answer["place"].as_string())
        .where(reason.in_(REASONS), TurnRecord.at >= now() - timedelta(days=days), TurnRecord.message != "")
        .order_by(TurnRecord.at.desc())
        .limit(MOST_READ)
    )
    try:
        with store.sessions() as session:
            rows = session.execute(query).all()
    except SQLAlchemyError as error:
        raise StoreUnavailable.because(error) from error
    found: dict[str, Unanswered] = {}
    for at, message, why, place in rows:
        question = without_personal_data(message)
        key = normal(question)
        if not key:
            continue
        one = found.setdefault(
            key, Unanswered(question=question, times=0, places=[], why=[], last=aware(at).astimezone(OUR_TIME).date())
        )
        one.times += 1
        one.places = list(dict.fromkeys([*one.places, *([place] if place else [])]))
        one.why = list(dict.fromkeys([*one.why, statuses()[cast(str, why)].desk]))
    times = Counter({key: one.times for key, one in found.items()})
    return [found[key] for key, _ in times.most_common(limit)]


def without_personal_data(message: str) -> str:
    """A message as one line, personal data and names of companies masked, not longer than ``LONGEST`` signs."""
    line = COMPANY.sub(A_COMPANY, " ".join(mask(message).text.split()))
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}……"


def normal(question: str) -> str:
    """A question as it is counted: without width, case, punctuation and masks."""
    text = question
    for mark in (*REPLACEMENTS.values(), A_COMPANY):
        text = text.replace(mark, "")
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())
