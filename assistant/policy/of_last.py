"""A follow-up with nothing to search for ("一家一个还是几家合用一个"): whether it goes on with the clauses of the last answer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.understanding.matters import Matter
from assistant.understanding.papers import names_own
from assistant.understanding.titles import titles_in
from corpus.load import Corpus
from indexing.grams import matter_of

SAYS_LITTLE = re.compile(r"[一二三四五六七八九十两几多每各全家个位名人次们他她它这那配共合用管给有着是的啊呀呢吗吧]+")
LONGEST, LOOKED_AT, SHARE = 24, 4, 0.5


def of_last(message: str, cited: Sequence[str], corpus: Corpus) -> bool:
    """Whether a short message names no title, place or year, and nothing that the clauses of the last answer do not speak of."""
    if len(message) > LONGEST or not cited or names_own(message) or titles_in(message):
        return False
    matter = {term for term in matter_of(message) if SAYS_LITTLE.sub("", term)}
    if not matter:
        return True
    said = "".join(_said(ref, corpus) for ref in cited[:LOOKED_AT])
    return sum(term in said for term in matter) >= SHARE * len(matter)


def rests_on(target: str, cited: Sequence[str], corpus: Corpus) -> bool:
    """Whether a target is one of these clauses, or a topic about them."""
    topic = corpus.topics.get(target.partition(":")[2])
    return target in cited or (topic is not None and bool(set(topic.refs) & set(cited[:LOOKED_AT])))


def first_of_matter(last: str, matters: Sequence[Matter]) -> str:
    """The question with which the thread came to the clause that its last answer rests on: it names the matter."""
    first, refs = last, matters[-1].refs[:1] if matters else []
    for matter in reversed(matters):
        if not refs or matter.refs[:1] != refs:
            break
        first = matter.question
    return first


def _said(ref: str, corpus: Corpus) -> str:
    clause = corpus.clauses.get(ref)
    return f"{clause.heading}{clause.digest}{''.join(qa.answer for qa in clause.questions)}" if clause else ""
