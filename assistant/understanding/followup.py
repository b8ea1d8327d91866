"""A message within its thread: what "那负债率呢？" is about."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.understanding.titles import titles_in, without_titles
from corpus.places import find_places

OPENERS = re.compile(
    r"^(?:哦|噢|嗯|好的?|那么?|还有|另外|再问下?|顺便|所以|这样|如果|要是|换成|不过|但是?|然后)[，,、 ]*"
)
POINTING = re.compile(
    r"这个|那个|这条|那条|它|上面|刚才|前面|同样|也是|也要|也得|也行|也可以|呢[？?]?$|^(?:为什么|凭什么|怎么办|多久|多少|哪里|在哪|什么时候|谁)"
)
ABOUT_SELF = re.compile(r"^(?:我们?|我司|咱们?|公司|企业)(?:是|属于|算|在|已经|还)")
BARE_QUESTION = re.compile(r"^(?:为什么|凭什么|怎么办|多久|在哪|哪里|谁|什么时候|多少)")
LONGEST_LEANING = 12
SHORTEST_ALONE = 7
SAME_AGAIN = re.compile(r"^(?:这个?|那个?|同样?|一样|数|条|档|要求|标准|多少|怎么样|如何)*$")
FILLER = re.compile(r"[，。？！,.?!\s]|呢|吗|啊|吧|呀|哦|那|请问|我们?|公司|企业|的|了|是|要|就|也|都|还|又|再")


def leans(message: str) -> bool:
    """Whether a message that names no title still speaks of the thread's."""
    return bool(re.search(r"^(?:我们?|那|这|它)|[也呢]|同样", message))


def content(text: str) -> str:
    """What is left of a message without openers and fillers."""
    return FILLER.sub("", OPENERS.sub("", text))


@dataclass(frozen=True)
class Resolved:
    """``question`` is the message with what it takes from the thread by name; ``context`` is the previous question
    where the message leans on it, else empty."""

    question: str
    context: str = ""


def resolve(message: str, previous: str | None, title: str | None) -> Resolved:
    """The message within its thread.

    ``previous`` is the last resolved question of the thread, ``title`` the title it was about. A message that names
    its own matter stands alone; one that adds a circumstance ("我是到期复核的") or leans on the thread ("那负债率呢")
    takes title, track and previous question along.
    """
    if not previous:
        return Resolved(message)
    own = content(message)
    named = titles_in(message)
    if named and SAME_AGAIN.match(without_titles(own)):  # "小巨人呢？": the same question of another title
        return Resolved(f"{without_titles(previous)} {named[0]}")
    asks = re.search(r"[？?]|吗|呢|怎么|多少|能|哪|谁|几|什么", message)
    if (ABOUT_SELF.search(message) and not asks) or len(own) <= 1:
        return Resolved(f"{previous} {message}")
    leaning = bool(OPENERS.match(message) or POINTING.search(message)) and len(own) <= LONGEST_LEANING
    if not leaning and len(own) > SHORTEST_ALONE:
        return Resolved(message)
    bare = OPENERS.sub("", message)
    if len(own) <= SHORTEST_ALONE and (find_places(message) or BARE_QUESTION.search(bare)):
        return Resolved(f"{previous} {bare}")
    carried = [title] if title and not titles_in(message) else []
    track = ["复核"] if "复核" in previous and not re.search(r"复核|首次|第一次", message) else []
    return Resolved(" ".join([*carried, *track, bare]), previous)
