"""Whether a message in the middle of a pre-check only tells of the company, though it has words of a question: it takes up
what was asked and answers it (24年的？没单独立账), or says that something is not known (哪个是真的会计也说不清)."""

from __future__ import annotations

import re

from assistant.facts.polarity import unknown
from assistant.facts.unknowns import no_figure
from assistant.facts.values import Extraction
from assistant.understanding.asked import ASKS, CLAUSE

_TAKES_UP = re.compile(r"(?:[?]|[嘛呢啊]|多少|几[个件项年]|第几)[?]?$")
_ASKS_MORE = re.compile(
    r"怎|如何|咋|为什么|能|可以|可否|行|够|算|要|会|该|影响|什么|啥|谁|哪(?!年)|有效期|多久|材料|流程|补|奖"
)
_UNDECIDED = re.compile(
    r"(?:哪[个一边头种张份本]?|谁|什么|啥|多少|几|要不要|该不该|有没有|是不是|是否|算不算|能不能)[^,。;?]{0,16}"
    r"(?:不(?:知道|晓得|清楚|清|确定|准|明白|下来|出来?)|没(?:人|底|数|定论|准数|说法|搞清|弄清|查到|记|留意|注意|细看|核过|问过))"
)
_WHICH_IS_TRUE = re.compile(
    r"(?:不|没|未)[^,。;?]{0,8}(?:信|听|用|按|以|认)(?:哪|谁)[^,。;?]{0,6}$|(?:不|没|未)[^,。;?]{0,8}(?:哪[个一边头种张份本]?|谁)(?:个|数|边|头|份|账)*(?:的)?(?:是|才|算)*(?:对|真|准|错|正确)"
)
_COUNTS = re.compile(r"[前近这那头早十好]几|几年(?:的|来|前|里|间)")
"""几 that asks nothing: 前几年的账."""
_FIGURE = re.compile(r"[\d一二三四五六七八九十百千两](?:\.\d+)?(?:[万亿%件个项分年名人]|成(?![立本])|个点)|百分之")
_LONGEST_TAKEN_UP = 14


def only_tells(text: str, extraction: Extraction) -> bool:
    """Whether nothing in ``text`` (as the routes see it) is asked of us, and something is told or said not to be known."""
    parts = [m[0].strip() for m in CLAUSE.finditer(text)]
    if len(parts) > 1 and _takes_up(parts[0]):
        parts = parts[1:]
    if any(_asks(part) for part in parts):
        return False
    told = bool(extraction.statements or extraction.problems or extraction.rest_affirmed)
    return told or any(unknown(part) or no_figure(part) or _FIGURE.search(part) for part in parts)


def _takes_up(part: str) -> bool:
    short = len(part) <= _LONGEST_TAKEN_UP
    return short and bool(_TAKES_UP.search(part)) and not _ASKS_MORE.search(part)


def _asks(part: str) -> bool:
    if not ASKS.search(_COUNTS.sub("", part)):
        return False
    return part.endswith("?") or not (_UNDECIDED.search(part) or _WHICH_IS_TRUE.search(part))
