"""Documents and articles that a query names: by number (63号, 2026 2号), by title or what people call it, by 第17条."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import cn2an

from assistant.desk.marks import folded
from assistant.searching import OVER
from corpus.models import Document, split_ref
from corpus.places import chain
from corpus.validity import document_validity

if TYPE_CHECKING:
    from assistant.house import House

SERIAL = re.compile(r"(?:(?P<year>(?:19|20)\d\d)\D{0,4})?(?<!\d)(?P<n>\d{1,4})号文?")
YEAR_AND_SERIAL = re.compile(r"[〔\[（(]?(?P<year>(?:19|20)\d\d)[〕\]）)]\s*(?P<n>\d{1,4})(?!\d)号?")
OF_NUMBER = re.compile(r"[〔\[（(]\s*(?P<year>\d{4})\s*[〕\]）)]\s*(?P<n>\d+)\s*号")
ARTICLE = re.compile(r"第?(?P<n>\d{1,3}|[一二三四五六七八九十百]{1,5})条")
ANNEX = re.compile(r"附件(?P<n>\d|[一二三四五])(?:[（(]?(?P<item>[一二三四五六七八九十]{1,3}|\d{1,2})[）)]?)?")
TITLE_LEAST = 4
"""Signs of a title that name it; fewer are in too many of them."""


def named_documents(house: House, query: str, place: str) -> tuple[list[str], str]:
    """The ids of the documents of the place and the wider ones that ``query`` names, whatever their status, the newest
    first; and what of the query is left when the name, and any article, is taken out."""
    wider = chain(place)
    known = [d for d in _all(house) if d.place in wider]
    asked = SERIAL.search(query) or YEAR_AND_SERIAL.search(query)
    if asked:
        found = [d for d in known if _has_number(d, asked["year"], asked["n"])]
        rest = query[: asked.start()] + query[asked.end() :]
        named = [d for d in found if _fits(rest, d)] or found
        for one in named:  # what stands before 〔 in the number is no word of the question
            rest = rest.replace((one.number or "").partition("〔")[0], "") if one.number else rest
    else:
        words = "".join(folded(ARTICLE.sub("", query)).split())
        named = [d for d in known if len(words) >= TITLE_LEAST and words in folded(d.title)]
        rest = ""
    named.sort(key=lambda d: (d.historical, -(d.signed or d.in_force.from_ or date.min).toordinal()))
    return [d.id for d in named], ANNEX.sub("", ARTICLE.sub("", rest)).strip(" 〔〕[]（）()的，,")


def named_labels(house: House, query: str, place: str, day: date, documents: list[str]) -> list[str]:
    """References of the clauses whose number ``query`` names: in ``documents``, else in what holds in the place."""
    labels = _labels(query)
    if not labels:
        return []
    among = documents or [
        d.id
        for d in _all(house)
        if d.place in chain(place) and not d.historical and document_validity(d, day, house.corpus).state not in OVER
    ]
    rank = {name: n for n, name in enumerate(among)}
    found = [ref for ref, one in house.corpus.clauses.items() if one.label in labels and split_ref(ref)[0] in rank]
    return sorted(found, key=lambda ref: rank[split_ref(ref)[0]])


def _all(house: House) -> list[Document]:
    return [*house.corpus.documents.values(), *house.library.originals.documents.values()]


def _has_number(document: Document, year: str | None, n: str) -> bool:
    match = OF_NUMBER.search(document.number or "")
    return bool(match) and int(match["n"]) == int(n) and (year is None or match["year"] == year) if match else False


def _fits(rest: str, document: Document) -> bool:
    """Whether what stands beside the number speaks of this document too: 工信部, 上海, the year."""
    words = [word for word in re.findall(r"[一-鿿]{2,}|\d{4}", rest) if not ARTICLE.search(word)]
    about = f"{document.title}{document.short_title}{document.number or ''}{document.place}{''.join(document.issuers)}"
    return bool(words) and all(word in about for word in words)


def _labels(query: str) -> set[str]:
    """第17条 → {第十七条}; 附件1三 → {附件1（三）}."""
    found = {f"第{_chinese(m['n'])}条" for m in ARTICLE.finditer(query)}
    for match in ANNEX.finditer(query):
        annex = f"附件{_arabic(match['n'])}"
        found.add(f"{annex}（{_chinese(match['item'])}）" if match["item"] else annex)
    return found


def _chinese(number: str) -> str:
    written = str(cn2an.an2cn(number)) if number.isdigit() else number
    return written.removeprefix("一") if written.startswith("一十") else written


def _arabic(number: str) -> int:
    return int(number) if number.isdigit() else int(cn2an.cn2an(number))
