"""A thing that a question names by a name of its own and that no document speaks of: a title, a programme, a fund."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.policy.question import Question
from corpus.frame_words import unframed
from corpus.places import find_places, lies_within, without_names
from indexing.grams import bigrams

KINDS = "计划|工程|行动|走廊|榜单?|称号|基金|专项"
NAME = re.compile(
    rf"[“\"「『](?P<quoted>[\u4e00-\u9fff]{{2,6}})[”\"」』](?:企业|公司|{KINDS})"
    r"|(?P<bare>[\u4e00-\u9fff]{2})企业(?:培育对象|培育库|库)?的?(?:认定|评选|评定|评价|遴选|入选|入库|申报|培育|门槛|条件|标准)"
)
OWN = re.compile(r"我|咱|俺|自己|本公司|本厂")
"""Whose words before a name say that it may be one's own plan or trade."""
CLAUSE = re.compile(r"[，,。；;！!？?]")


def unknown_name(question: Question, knows: Callable[[str], bool]) -> str:
    """The name of a thing that no entry ``knows``; empty where all are known, or a title of the ladder is asked about."""
    if question.titles:
        return ""
    text = without_names(question.text, find_places(question.text))
    for place in lies_within(question.text):
        text = text.replace(place, "")
    for said in NAME.finditer(text):
        before = CLAUSE.split(text[: said.start()])[-1]
        name = said["quoted"] or said["bare"]
        if OWN.search(before) or (said["bare"] and unframed(name) != name):
            continue
        if not all(knows(pair) for pair in bigrams(name)):
            return name
    return ""
