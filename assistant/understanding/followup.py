"""A message within its thread: what "那负债率呢？" is about."""

from __future__ import annotations

import re

from assistant.understanding.titles import titles_in
from corpus.places import find_places

OPENERS = re.compile(r"^(?:哦|噢|嗯|好的?|那么?|还有|另外|再问下?|顺便|所以|这样|如果|要是|换成|不过|但是?|然后)[，,、 ]*")
POINTING = re.compile(r"这个|那个|这条|那条|它|上面|刚才|前面|同样|也是|也要|也得|也行|也可以|呢[？?]?$|^(?:为什么|凭什么|怎么办|多久|多少|哪里|在哪|什么时候|谁)")
ABOUT_SELF = re.compile(r"^(?:我们?|我司|咱们?|公司|企业)(?:是|属于|算|在|已经|还)")
FILLER = re.compile(r"[，。？！,.?!\s]|呢|吗|啊|吧|呀|哦|那|请问|我们?|公司|企业|的|了|是|要|就|也|都|还|又|再")


def content(text: str) -> str:
    """What is left of a message without openers and fillers."""
    return FILLER.sub("", OPENERS.sub("", text))


def resolve(message: str, previous: str | None, title: str | None) -> str:
    """The message as a question that stands alone.

    ``previous`` is the last resolved question of the thread, ``title`` the title it was about. A message that names
    its own matter keeps its words and only gains the title; one that adds a circumstance ("我是到期复核的") joins the
    previous question.
    """
    if not previous:
        return message
    own = content(message)
    about_self = ABOUT_SELF.search(message) and not re.search(r"[？?]|吗|呢|怎么|多少|能", message)
    if about_self or len(own) <= 1:
        return f"{previous} {message}"
    elliptic = bool(OPENERS.match(message) or POINTING.search(message)) or len(own) <= 6
    if not elliptic:
        return message
    carried = [title] if title and not titles_in(message) else []
    if find_places(message) and len(own) <= 8:
        return f"{previous} {message}"
    track = "复核" if "复核" in previous and "首次" not in message else ""
    if len(own) <= 6 and re.search(r"^(?:为什么|凭什么|怎么办|多久|在哪|哪里|谁|什么时候|多少)", OPENERS.sub("", message)):
        return f"{previous} {message}"
    return " ".join([*carried, *([track] if track and track not in message else []), OPENERS.sub("", message)])
