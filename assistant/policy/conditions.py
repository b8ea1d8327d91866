"""What a place's own documents say of the conditions for a title, matter by matter.

A cell holds sentences of one digest with its clause; all cells of a place come from one document. Long sentences are cut
to the alternatives that state the matter, which stay whole.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.policy.evidence import HEADS, Library
from assistant.policy.named import programmes
from assistant.policy.targets import part_title
from assistant.understanding.titles import OTHERS, titles_in
from corpus.models import Document
from corpus.places import COUNTRY
from corpus.support import figures


@dataclass(frozen=True)
class Theme:
    """What a condition is about: its words, and the kinds of figures that it states (none: it may state no figure)."""

    words: re.Pattern[str]
    kinds: frozenset[str] = frozenset()


THEMES = {
    "营业收入": Theme(re.compile(r"营业?收|营业额|销售额|收入"), frozenset({"money"})),
    "主营占比": Theme(re.compile(r"主营[^，；。]{0,12}占|主营占比|主导产品[^，；。]{0,16}占"), frozenset({"percent"})),
    "增长": Theme(re.compile(r"增长|增速|复合|递增"), frozenset({"percent"})),
    "研发投入": Theme(re.compile(r"研发|研究开发|科技经费|R&D"), frozenset({"percent", "money"})),
    "知识产权": Theme(re.compile(r"知识产权|专利|软著|软件著作"), frozenset({"count"})),
    "资产负债率": Theme(re.compile(r"负债"), frozenset({"percent"})),
    "年限": Theme(re.compile(r"连续经营|从事|专注|成立|注册|运营|深耕|细分(?:市场|领域)"), frozenset({"years"})),
    "市场份额": Theme(re.compile(r"占有率|市场(?:份额|占)|名列前茅|市场[^，；。]{0,8}前[\d一二三四五十]+[名位]")),
}
"""What the conditions for a title are about, by the words of a question or a clause."""
SENTENCES = re.compile(r"[^。]+。?")
ALTERNATIVES = re.compile(r"[^；。]+[；。]?")
STRETCHES = re.compile(r"[^，；。]+[，；。]?")
LEAD = re.compile(r"^[^：。；]{2,40}：")
OF_OTHERS = re.compile(r"专精特新[“”\"]*(?:产品|园区|平台|示范区)|后备|入库|培育库|示范企业|种子|苗圃")
"""Openings of clauses that set conditions for something else than the title."""
MOST_SENTENCES, LONGEST, SHORT = 2, 150, 90
LEAST_THEMES = 3
"""A document that states fewer of them sets no conditions for a title; a fund's rules name one in passing."""


@dataclass(frozen=True)
class Cell:
    """What a place says of a matter, with its clauses."""

    text: str
    refs: tuple[str, ...]


def conditions(
    place: str, title: str, themes: Sequence[str], library: Library, *, as_of: date, years: Collection[int] = ()
) -> dict[str, Cell]:
    """Theme → what the documents of ``place`` say of it for ``title``; what they do not state is left out.

    All from one document: of one of ``years`` where there is one, else the one that says most, else the latest. Of the
    country only what is in force now.
    """
    best, chosen = (False, 0, date.min), dict[str, Cell]()
    for document in library.corpus.documents.values():
        if document.place != place or document.id not in library.corpus.digests:
            continue
        if place == COUNTRY and (document.historical or (document.in_force.from_ or date.max) > as_of):
            continue
        cells = _of_document(document, title, themes, library, as_of)
        day = document.in_force.from_ or document.signed or date(document.last_year or 1, 1, 1)
        rank = (not years or day.year in years or document.last_year in years, len(cells), day)
        if cells and rank > best:
            best, chosen = rank, cells
    return chosen


def _of_document(
    document: Document, title: str, themes: Sequence[str], library: Library, as_of: date
) -> dict[str, Cell]:
    refs = [f"{document.id}#{clause.eid}" for clause in library.corpus.digests[document.id].clauses]
    of_title = [ref for ref in refs if _states_conditions(ref, document, title, library)]
    found = {name: cell for name in THEMES if (cell := _of_theme(THEMES[name], of_title, library, as_of))}
    return {name: found[name] for name in themes if name in found} if len(found) >= LEAST_THEMES else {}


def _states_conditions(ref: str, document: Document, title: str, library: Library) -> bool:
    """Whether a clause speaks of the title and opens with no other programme: 隐形冠军, 千企升级."""
    clause = library.corpus.clauses[ref]
    if HEADS.match(clause.eid) and any(other.startswith(f"{ref}__") for other in library.corpus.clauses):
        return False
    if document.place == COUNTRY:
        return part_title(ref, library.corpus) == title
    opening = " ".join([clause.heading, *SENTENCES.findall(clause.digest)[:1]])
    named = titles_in(opening)
    if programmes(opening) or OTHERS.search(opening) or OF_OTHERS.search(opening):
        return False
    if named:
        return title in named
    return titles_in(document.title) == [title]


def _of_theme(theme: Theme, refs: Sequence[str], library: Library, as_of: date) -> Cell | None:
    """The sentences about a theme of the first clause that states its kind of figure, with what they stand under."""
    for ref in refs:
        evidence = library.evidence(ref, as_of)
        sentences = SENTENCES.findall(evidence.clause.digest) if evidence else []
        said = [text for sentence in sentences if (text := _about(theme, sentence.strip()))]
        if said:
            return Cell(_joined(said), (ref,))
    return None


def _about(theme: Theme, sentence: str) -> str:
    """A sentence about the theme: the whole of a short one, of a long one the alternatives that state it, behind what all
    of them stand under; empty where it states nothing of it."""
    lead = LEAD.match(sentence)
    rest = sentence[lead.end() :] if lead else sentence
    near = [s for s in ALTERNATIVES.findall(rest) if _states(theme, s)]
    if not near or len(sentence) <= SHORT:
        return sentence if near else ""
    return (lead[0] if lead else "") + "".join(near).rstrip("，；。") + "。"


def _states(theme: Theme, text: str) -> bool:
    """Whether a stretch speaks of the theme, with its kind of figure beside it."""
    near = [s for s in STRETCHES.findall(text) if theme.words.search(s)]
    return any(not theme.kinds or {q.kind for q in figures(s)} & theme.kinds for s in near)


def _joined(sentences: Sequence[str]) -> str:
    kept = list(sentences[:1])
    for sentence in sentences[1:MOST_SENTENCES]:
        if len("".join([*kept, sentence])) <= LONGEST:
            kept.append(sentence)
    return "".join(kept).rstrip("；，")
