"""What of a message is an honest question, where a sentence beside it tries to change the assistant or to get at its insides."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.understanding.parts import asks, names_matter
from assistant.understanding.titles import titles_in

SENTENCE = re.compile(r".+?(?:[。！!？?；;\n]+|\.(?!\d)|$|[，,](?=(?:顺便|顺带|另外|对了|还有|请问|再问)))", re.S)
WRITTEN = re.compile(r"[\u3400-\u9fff]")
DROPPED = "消息里有一部分不能照办，这里只答政策问题。"


def honest_part(message: str, declined: Callable[[str], bool]) -> str:
    """The sentences of a message that are not ``declined`` by themselves; empty where they ask nothing of policy, or are no
    less than the whole."""
    sentences = [s for s in SENTENCE.findall(message) if s.strip()]
    kept = [s for s in sentences if WRITTEN.search(s) and not declined(s)]
    rest = "".join(kept).strip(" ，,")
    if not rest or len(kept) == len(sentences) or declined(rest):
        return ""
    return rest if asks(rest) and (titles_in(rest) or names_matter(rest)) else ""
