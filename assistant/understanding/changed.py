"""A message that changes the title, the place or the year of the question before it and asks no more than "how much is it
then": 那边要多少, 太高了，我们还是报专精特新，这个要几个点."""

from __future__ import annotations

import re

from assistant.understanding.asked import asked, clauses
from assistant.understanding.parts import names_matter
from assistant.understanding.routing import plain
from assistant.understanding.titles import PATTERNS, titles_in, without_titles
from assistant.understanding.where import without_places
from corpus.frame_words import unframed
from corpus.places import COUNTRY, find_places
from indexing.grams import bigrams

LONGEST = 60
YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年?(?!\d)")
NOT_MEANT = re.compile(
    r"(?:不是|不算|并非|没有?(?:评|拿|报)?|连|不(?:报|评|弄|搞|冲|考虑|做|要|想)了?)(?:的|个)?(?=[“\"]?(?:专精特新|小巨人|创新型|科技型))[^,。]*?(?=是|而|改|,|。|$)"
)
"""A title that is denied or given up: 不是小巨人，是专精特新."""
KINDS = {
    "time": (
        re.compile(r"[几多]少?个?(?:年|月|天|久|长时间)|多久|多长|啥时候|什么时候|几时"),
        re.compile(r"多[久长]|时[候间]|有效|期|几个?[年月天时]|哪[天月年]"),
    ),
    "share": (
        re.compile(r"几个?(?:百分)?点|百分之|几成"),
        re.compile(r"占|率|比|[%％]|几个?点|几成|研发|主营|贴息|增[长速]"),
    ),
    "money": (
        re.compile(r"[多几][少十百千]*个?[万亿]|多少钱|几个钱"),
        re.compile(r"收|营业额|流水|费|钱|投入|奖|补|资|[万亿]"),
    ),
    "score": (re.compile(r"[多几]少?分"), re.compile(r"分")),
}
"""What kind of figure a bare question wants, and what the question before it must then be about."""
MOST_TOLD = 4
"""So many pairs of characters, besides the words with which one asks, may a clause hold that only leads over."""
MOVED = re.compile(r"[搬迁]")
"""What a company does that is now at another place."""
BARE = re.compile(
    r"(?:[年月天日久长时间它他儿成分万亿元块钱号回条样标线数道槛口径怎咋样办呗唉哎喔嗳千百十]|说|看|管|够|达|最|低|高|起码|至少|大概|大约|左右|期|截|止|应|该|换|变|成|归|属|整|搞|弄|办|冲|卡|收|查|底|究竟|请|教|问|告|诉|同|样)*+"
)
"""What may be left of a bare question besides the words with which one asks."""


def asked_again(message: str, previous: str) -> str:
    """The question before with what the message changes of it; empty where the message changes nothing or asks something of
    its own."""
    if len(message) > LONGEST:
        return ""
    text = plain(message)
    asking = [clause for clause in asked(text) if not NOT_MEANT.fullmatch(clause)]
    if not asking or not all(_bare(clause) for clause in asking) or not _same_kind("".join(asking), previous):
        return ""
    told = [clause for clause in clauses(text) if clause not in asking]
    if any(_tells(clause) for clause in told):
        return ""
    title, place, year = last_title(text), _last_place(text), YEAR.findall(text)[-1:]
    again = previous
    if year and YEAR.search(previous):
        again = YEAR.sub(f"{year[0]}年", previous, count=1)
    if place and not titles_in(without_places(place)):
        again = f"{place} {without_places(again).strip()}"
    if title:
        again = _with_title(again, title)
    return again if again != previous else ""


def last_title(text: str) -> str:
    """The title that a message names last and means; empty where it names none."""
    meant = NOT_MEANT.sub("", text)
    found = [(m.start(), title) for title in titles_in(meant) for m in re.finditer(PATTERNS[title], meant)]
    return max(found)[1] if found else ""


def _last_place(text: str) -> str:
    named = [p for p in find_places(re.sub(r"不是?在?[^,。是]{1,8}(?=[,。是])", "", text)) if p != COUNTRY]
    return re.sub(r"(?<=..)(?:市|省|(?:壮族|回族|维吾尔)?自治区|特别行政区)$", "", named[-1]) if named else ""


def _with_title(question: str, title: str) -> str:
    named = titles_in(question)
    if len(named) != 1:
        return f"{title} {without_titles(question)}".strip()
    return re.sub(PATTERNS[named[0]], title, question)


def _tells(clause: str) -> bool:
    """Whether a clause tells more than which title or place is meant now, or how one feels about it."""
    rest = MOVED.sub("", without_places(without_titles(clause)))
    terms = [pair for part in unframed(rest).split() for pair in bigrams(part)]
    return names_matter(rest) or len(terms) > MOST_TOLD


def _bare(clause: str) -> bool:
    """Whether a clause asks without saying of what, besides titles, places and years."""
    rest = YEAR.sub("", without_places(without_titles(clause)))
    return bool(BARE.fullmatch(re.sub(r"\W", "", unframed(rest))))


def _same_kind(asking: str, previous: str) -> bool:
    """Whether the kind of figure that is asked for may be that of the question before."""
    return all(fits.search(previous) for asks, fits in KINDS.values() if asks.search(asking))
