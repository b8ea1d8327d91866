"""A thread about what held in an earlier year or what a place had of its own: a further question without a time of its own
stays there ("负债率呢" after 2021年省级小巨人)."""

from __future__ import annotations

import re

from assistant.understanding.papers import NOW, names_own
from assistant.understanding.routing import plain
from assistant.understanding.titles import titles_in
from assistant.understanding.where import without_places

TIME = re.compile(
    r"(?<!\d)20[12]\d年?(?![)）]?年?[^,。?]{0,4}(?:认的|认定的|成立|注册|评上的|拿到|获得|通过的))|(?<!\d)[12]\d年(?=[^,。?]{0,8}(?:批|次|轮|报|评|申))"
    r"|第[一二三四五六七八九十]批|当年|那年|那会儿?|当时|那[次批轮]"
)
LEVEL = re.compile(r"(?:省|市|自治区|兵团)级|(?:省|市|自治区|区)里?的?(?=[“\"]?(?:专精特新|小巨人))")
FORMAL = {"省": "省级", "市": "市级", "自": "自治区级", "区": "自治区级", "兵": "兵团级"}
"""How the level of a place's own title is written, by how it begins."""
COMPANY = re.compile(r"我|咱|俺|阿拉|公司|企业|客户|符合|预检")
RENEWED = re.compile(r"复核|新办法|细则")
PRESENT = re.compile(r"现在|如今|眼下|目前|今年|现行|新办法|新标准")
BARE = re.compile(
    r"(?:那|哦|嗯|,)*(?:现在|如今|眼下|目前|今年|现行的?|新办法|新标准)(?:的|又|是|要求|标准|怎么样|怎么说|多少|几|呢|啊|[,?。])*"
)
LONGEST = 24


def of_then(message: str, before: str) -> str:
    """The time and the level of the question before with which a message goes on: 2021年省级. Empty where the message names a
    time, place, title or company of its own, or is more than a short further question."""
    text, last = plain(message), plain(before)
    if len(text) > LONGEST or names_own(text) or NOW.search(text) or COMPANY.search(text) or RENEWED.search(text):
        return ""
    if titles_in(text) or TIME.search(text):
        return ""
    time, level = TIME.search(last), LEVEL.search(last)
    if NOW.search(last):
        return ""
    named = FORMAL[level[0][0]] if level else ""
    return f"{time[0] if time else ''}{named}" if time or level else ""


def without_then(message: str, before: str) -> str:
    """The question before without its time, level and place, where a short message asks for what holds now."""
    text = plain(message)
    if len(text) > LONGEST or not PRESENT.search(text) or COMPANY.search(text) or not TIME.search(before):
        return before
    return without_places(LEVEL.sub("", TIME.sub("", before))).strip()


def asks_only_now(message: str) -> bool:
    """Whether a message says no more than that the present is meant: 那现在呢."""
    return bool(BARE.fullmatch(plain(message)))
