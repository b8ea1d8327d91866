"""A message made ready to be read: one spelling of signs, the same length, cut into clauses."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.quantities import fold

LONGEST = 160
"""A clause is cut here at the latest, so that a look around stays short whatever is sent."""

_COMMA = re.compile(r",(?!\d{3}(?!\d))|(?<!\d),")
_SIGNS = str.maketrans({";": "；", "?": "？", "!": "！", ":": "：", "(": "（", ")": "）", "[": "（", "]": "）",
                        "萬": "万", "億": "亿", "兩": "两", "冇": "没", "嘅": "的", "哋": "们", "嚟": "来", "攞": "拿", "\t": " ", "\r": "\n"})  # fmt: skip
_FORMAL = re.compile(r"[壹贰叁肆伍陆柒捌玖拾佰仟零万亿]{2,}")
_THOUSANDS = re.compile(r"(?<=\d)[，' ](?=\d{3}(?:[，', ]\d{3}){0,4}(?:\.\d{1,2})? ?元)")
"""Between the groups of an amount in 元: 15，230，000元, 15 230 000 元."""
_FORMAL_ONE = re.compile(r"(?:[壹贰叁肆柒捌玖]|(?<![大登])陆|(?<![队退入])伍)(?=[项个件篇种%成](?!性))")
_PLAIN = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_RMB = re.compile(r"rmb|cny|人民币|[¥￥$]")
_EMPHASIS = re.compile(
    r"(?:肯定|确实|绝对|压根儿?|根本|的确|铁定|实在|(?<!认)真的?|暂时|目前|现在|至今|到现在)(?=(?:都|也|还|是)*(?:没|无|未))"
)
"""Words before a denial that only underline it or say that it holds at present: 奖肯定没有 is read as 奖都没有."""
_ITEM = re.compile(r"(?:(?<=[\n，。；？！ ])|(?<![\s\S]))(?P<n>\d{1,2})(?:[、）)]|\.(?!\d))")
_CIRCLED = frozenset("①②③④⑤⑥⑦⑧⑨⑩")
_HARD = "。！？\n"
_SPLIT = re.compile(
    r"[，。；！？\n…]|(?:(?<!20\d\d)(?<!\d年)|(?!：[\d一二两三四五六七八九]))：(?!(?:均|都)?(?:无|没有?|否|是|有|零|未有?|不是|不涉及)(?:[，。；、\n！]|$))|(?:但是|不过|可是|而且|并且|同时|另外|然后|然而|可我们|可公司|可财务|只是(?=[研营负主]))"
    r"|但(?!凡)"
)


@dataclass(frozen=True)
class Clause:
    """``text[start:end]`` between two boundaries; ``sentence`` counts the full stops before it."""

    start: int
    end: int
    sentence: int


def normalise(message: str) -> str:
    """``message`` with half-width digits, full-width punctuation and lower case; every offset stays valid."""
    folded = fold(message)
    kept = "".join("，" if raw == "，" or raw in _CIRCLED else ch for raw, ch in zip(message, folded, strict=True))
    lowered = "".join(low if len(low := ch.lower()) == 1 else ch for ch in kept)
    text = _unnumbered(_COMMA.sub("，", lowered.translate(_SIGNS)))
    text = _THOUSANDS.sub(",", text)
    text = _FORMAL.sub(lambda m: m[0].translate(_PLAIN) if set(m[0]) & set("拾佰仟万亿") else m[0], text)
    text = _FORMAL_ONE.sub(lambda m: m[0].translate(_PLAIN), text)
    text = _EMPHASIS.sub(lambda m: "都" * len(m[0]), text)
    return _RMB.sub(lambda m: " " * len(m[0]), text)


def _unnumbered(text: str) -> str:
    """The numbers of a list (1. … 2. …) as commas, so that they are not taken for amounts."""
    expected, items = 1, []
    for match in _ITEM.finditer(text):
        if int(match["n"]) == expected:
            items.append(match)
            expected += 1
    if len(items) < 2:
        return text
    parts, at = [], 0
    for match in items:
        parts += [text[at : match.start()], "，" * len(match[0])]
        at = match.end()
    return "".join([*parts, text[at:]])


def clauses(text: str) -> list[Clause]:
    """The clauses of a normalised text, in order. A boundary word (但是) belongs to the clause that it opens."""
    found: list[Clause] = []
    start, sentence = 0, 0
    ends = [(m.start(), m.end(), m[0]) for m in _SPLIT.finditer(text)] + [(len(text), len(text), "")]
    for at, after, sign in ends:
        while start < at:
            end = min(at, start + LONGEST)
            found.append(Clause(start, end, sentence))
            start = end
        if sign and sign in _HARD:
            sentence += 1
        start = after if len(sign) == 1 and sign not in "但" else at
    return found


def clause_at(parts: list[Clause], at: int) -> int:
    """The index of the clause that holds position ``at`` (the last that begins at or before it)."""
    low, high = 0, len(parts) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if parts[middle].start <= at:
            low = middle
        else:
            high = middle - 1
    return low


def in_closed_aside(text: str, start: int, end: int, at: int) -> bool:
    """研发前年115万（营收2210万）去年121万: a noun in brackets that are closed before the amount."""
    opened = text.rfind("（", max(0, start - 40), start)
    return (
        opened >= 0
        and "）" not in text[opened:start]
        and "（" not in text[end:at]
        and "，" not in text[end:at]
        and "）" in text[end + 1 : at]
    )
