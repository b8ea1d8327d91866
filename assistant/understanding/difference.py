"""What two answers of a thread differ in: "两个差多少" after the same was asked of two titles or two levels."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.understanding.followup import content
from assistant.understanding.matters import Matter
from assistant.understanding.titles import titles_in, without_titles
from assistant.understanding.where import without_places
from corpus.places import find_places
from indexing.grams import bigrams

BOTH = r"(?:这|那|它|他|上面|前面|刚才|刚刚|说的)*(?:两|俩|2)?(?:个|者|边|档|种|条|家|级|类|们)?(?:企业|称号|标准|要求|数字?|日子|文件)?"
BETWEEN = r"(?:之间|比起来|相比|比一比|比|放一起|加起来|中间|前后|一共|总共|到底|究竟|具体|又)*"
DIFFER = (
    r"(?:相?差(?:了|着)?(?:多少|多大|多远|多久|几.{1,4}|哪儿?|在哪.{0,2}|什么|啥|别.{0,4})?|(?:有)?(?:什么|啥|哪些|多大)?(?:区别|差别|差距|不同|不一样)(?:在哪里?|大不大|大|多少|是什么|有多大)?"
    r"|(?:哪个|哪边|哪一个|谁|哪种|哪档)(?:更|要|比较|最)*(?:高|低|严格?|松|宽|多|少|早|晚|长|短|难|容易)(?:一?些|一?点)?|一样不一样|一不一样|一样|高多少|低多少|高几.{1,4}|低几.{1,4}|多多少|少多少|晚几.{1,3}|早几.{1,3})"
)
ASKED = re.compile(f"{BOTH}{BETWEEN}{DIFFER}")
OWN = re.compile("我|咱|公司")
LEVEL = re.compile(r"国家(?:级|的|那边)?|部里|全国|市里|省里|区里|市级|省级|区级|细则")
SAME_MATTER = 0.5
"""Share of pairs of characters that the shorter of two questions of one matter has in common with the other."""


def difference(message: str, matters: Sequence[Matter]) -> str:
    """The comparison that ``message`` asks for, of the last matter of a thread and the latest one before it that asks
    the same of another title or another place; empty where the message asks something else, or the thread holds no such
    two."""
    if titles_in(message) or find_places(message) or OWN.search(message) or not matters:
        return ""
    if not ASKED.fullmatch(content(message)):
        return ""
    last = matters[-1]
    for earlier in reversed(matters[:-1]):
        one, two = titles_in(earlier.question), titles_in(last.question)
        if not _same(earlier.question, last.question):
            continue
        if len(one) == len(two) == 1 and one != two:
            return f"{one[0]}和{two[0]}的{without_titles(last.question)}有什么不同"
        if (sides := [_side(m.question) for m in (earlier, last)]) and all(sides) and sides[0] != sides[1]:
            return f"{_bare(last.question)} {sides[0]}和{sides[1]}有什么不同"
    return ""


def _bare(question: str) -> str:
    return LEVEL.sub("", without_places(question)).strip()


def _side(question: str) -> str:
    """The place or level that a question names last."""
    named = [*find_places(question), *LEVEL.findall(question)]
    return re.sub("的$|那边$", "", named[-1]) if named else ""


def _same(one: str, two: str) -> bool:
    a, b = (bigrams(content(_bare(without_titles(text)))) for text in (one, two))
    return bool(a and b) and len(a & b) >= SAME_MATTER * min(len(a), len(b))
