"""The document that a message goes on with: 那份办法, 里面, 这个库, a further part of "2021年福建那次"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.understanding.asked import asked, clauses
from assistant.understanding.routing import plain
from assistant.understanding.titles import titles_in, without_titles
from corpus.places import COUNTRY, find_places

KINDS = "办法|通知|方案|细则|文件|计划|措施|规定|意见|指南|公告|规划|清单"
POINTED = re.compile(
    rf"(?:[那这](?:一?[份个部件])|该|上述|同一[份个部])[^,。?那这]{{0,8}}?(?P<kind>{KINDS})|^(?:那|哦|嗯|好|再问,?)?(?:它|这|那)?(?:里面|里头|其中|其中的|{KINDS}里)"
)
OF_IT = re.compile(
    r"(?:这|那|该)(?:个|些|种|项|类|批|笔|档)(?!么|样|里|边|时|会|是|也|就|都|呢|吗|怎|要|能|可|算|有|问题|情况|专精|小巨人|创新型|科技型|[,。?]|$)[\u4e00-\u9fff]"
)
"""Something of which the thread has spoken: 这个库."""
ABOUT_PAPER = re.compile(
    r"文号|发文(?:机关|单位|字号|日期|时间)?|印发(?:日期|时间|单位)?|落款|谁发的|哪个?部门发的|哪家发的|全称|全名"
)
BESIDES = re.compile(
    r"具体|到底|准确|完整|是|在|的|几月几[号日]|几[号月日]|哪一?[年天月]|什么时候|啥时候|几时|多少|什么|啥|叫|报一?下|说一?下|给|一下|下|我|请|也|和|跟|及|以及"
    r"|出台?|发布?|时间|日期|那|它|呢|吗|吧|啊|有|没|写|念|告诉|\W"
)
WHICH_CLAUSE = re.compile(r"第几条|哪一?条|第[一二三四五六七八九十百0-9]{1,4}条")
NOW = re.compile(r"现在|如今|目前|今年|明年|眼下|当前|现行|最新|新办法|新规|国家")
YEAR = re.compile(r"20\d\d|(?<!\d)[12]\d年|当年|那年|那会儿|老的?|旧的?")
ROUND = re.compile(r"年|批|轮|次|办法|通知|方案|号")
BATCH = re.compile(r"第[一二三四五六七八九十]批")
PAPER = re.compile(rf"{KINDS}|\d号|号文")
COMPANY = re.compile(r"我们|我司|咱|俺|成立|注册|营收|研发|拿到|评上|搬")
LONGEST_FRAME = 40


@dataclass(frozen=True)
class Paper:
    """A document of the last answer by the name it is found by."""

    name: str
    title: str
    historical: bool


def paper_meant(message: str, cited: Sequence[Paper]) -> Paper | None:
    """The document of the last answer that a message goes on with. None where it names a place or a time of its own, or
    points at nothing."""
    text = plain(message)
    if not cited or names_own(text) or WHICH_CLAUSE.search(text):
        return None
    if pointed := POINTED.search(text):
        kind = pointed["kind"] or ""
        specific = kind not in ("", "文件", "规定")
        return next((p for p in cited if kind in p.title), None) if specific else cited[0]
    if ABOUT_PAPER.search(text) and not BESIDES.sub("", ABOUT_PAPER.sub("", text)):
        return cited[0]
    return cited[0] if cited[0].historical and OF_IT.search(text) and not NOW.search(text) else None


def names_own(text: str) -> bool:
    """Whether a text names a year, a place or an earlier time of its own."""
    return bool(re.search(r"20\d\d", text)) or any(place != COUNTRY for place in find_places(text))


def frame_of(message: str) -> str:
    """What a message of several questions says before the first of them about the round or the document that all are
    about: 2021年福建省级的那次申报. Empty where it says none."""
    text = plain(message)
    asking = asked(text)
    lead: list[str] = []
    for clause in clauses(text):
        if clause in asking:
            break
        lead.append(clause)
    first = next((n for n, clause in enumerate(lead) if _of_round(clause)), len(lead))
    told = ",".join(clause for clause in lead[first:] if not COMPANY.search(clause))
    return told if len(told) <= LONGEST_FRAME else ""


def _of_round(clause: str) -> bool:
    if BATCH.search(clause) and not COMPANY.search(clause):
        return True
    if COMPANY.search(clause) or not (YEAR.search(clause) and ROUND.search(clause)):
        return False
    return bool(PAPER.search(clause)) or any(place != COUNTRY for place in find_places(clause))


def in_frame(frame: str, question: str) -> str:
    """A further question of a message with what all its questions are about, unless it names that itself."""
    text = plain(question)
    if not frame or names_own(text) or NOW.search(text):
        return question
    return f"{without_titles(frame) if titles_in(text) else frame} {question}"
