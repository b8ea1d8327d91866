"""Two clauses side by side, or one clause on two days, with what differs marked; and what a clause can be laid beside."""

from __future__ import annotations

import re
from datetime import date
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel

from assistant.library import ClauseInfo, clause, entry_of
from corpus.models import split_ref
from corpus.places import chain
from corpus.support import figures, unsupported
from indexing.grams import bigrams

if TYPE_CHECKING:
    from assistant.house import House

TOKEN = re.compile(r"\d[\d,.]*(?:%|[十百千万亿]{0,2}[元年月日分项个]?)|[A-Za-z]+|.", re.S)
ALIKE = 0.4
"""Under this share of common text, marking every sign that differs tells nothing; the figures are marked instead."""
LEAST_COMMON = 2
"""Fewer common signs between two differences are no common text."""
LEAST_OVERLAP = 0.12
MOST_COUNTERPARTS = 8
PieceKind = Literal["same", "differs", "figure"]


class Piece(BaseModel):
    """A stretch of text: found on both sides, on this side alone, or a figure that the other side does not state."""

    text: str
    kind: PieceKind


class Side(BaseModel):
    """One clause on one day, cut into pieces."""

    as_of: date
    clause: ClauseInfo
    short_title: str
    pieces: list[Piece]


class Comparison(BaseModel):
    """Two sides. ``alike``: the share of common text, 0 to 1; ``by_figures``: the texts have too little in common, so only
    figures are marked; ``kinds`` says which wordings are compared; ``differences`` are those beside the text, in sentences."""

    left: Side
    right: Side
    alike: float
    by_figures: bool
    kinds: str
    differences: list[str]


class Counterpart(BaseModel):
    """A clause to lay beside another, and why."""

    ref: str
    title: str
    clause: str
    heading: str
    why: str


def compare(house: House, left: str, right: str, left_day: date, right_day: date) -> Comparison:
    """``left`` as on ``left_day`` beside ``right`` as on ``right_day``: wording with wording where both were imported, else
    digest with digest. Raises KeyError for an unknown clause."""
    a, b = clause(house, left, left_day), clause(house, right, right_day)
    wording = a.text_kind == b.text_kind == "original"
    ours, theirs = (a.text, b.text) if wording else (a.digest or a.text, b.digest or b.text)
    cut: list[list[str]] = [TOKEN.findall(ours), TOKEN.findall(theirs)]
    matcher = SequenceMatcher(None, cut[0], cut[1], autojunk=False)
    alike = round(matcher.ratio(), 2)
    by_figures = alike < ALIKE
    pieces = (_by_figures(ours, theirs), _by_figures(theirs, ours)) if by_figures else _by_text(matcher, cut)
    sides = [
        Side(as_of=day, clause=info, short_title=entry_of(house, info.document).short_title, pieces=cut_up)
        for day, info, cut_up in ((left_day, a, pieces[0]), (right_day, b, pieces[1]))
    ]
    return Comparison(
        left=sides[0], right=sides[1], alike=alike, by_figures=by_figures, kinds="原文" if wording else "摘要",
        differences=_beside(a, b, left_day, right_day),
    )  # fmt: skip


def counterparts(house: House, ref: str, day: date, place: str) -> list[Counterpart]:
    """What stands beside the clause: what it refers to, what stands before it from a day on, and the clauses that speak of
    the same in documents that it replaces, is replaced by, rests on or is carried out by, as far as they hold in ``place``. Raises KeyError when unknown."""
    info = clause(house, ref, day)
    known = house.corpus.clauses.get(ref)
    found = {see.ref: see.why for see in info.see_also}
    for one in known.displaced if known else []:
        found.setdefault(one.by, f"从{one.from_.isoformat()}起优先：{one.scope}")
    text = bigrams(f"{info.heading}{info.digest or info.text}")
    wider = {*chain(place), info.place}
    for document, why in _related(house, info.document).items():
        if entry_of(house, document).place not in wider:
            continue
        mine = {r: c for r, c in house.corpus.clauses.items() if split_ref(r)[0] == document}
        overlap = {r: len(text & bigrams(f"{c.heading}{c.digest}")) / max(len(text), 1) for r, c in mine.items()}
        best = max(overlap, key=lambda r: overlap[r], default=None)
        if best is not None and overlap[best] >= LEAST_OVERLAP:
            found.setdefault(best, why)
    lines: list[Counterpart] = []
    for other, why in found.items():
        try:
            beside = clause(house, other, day)
        except KeyError:  # named, and not in the collection
            continue
        title = entry_of(house, beside.document).short_title
        lines.append(Counterpart(ref=other, title=title, clause=beside.clause, heading=beside.heading, why=why))
    return lines[:MOST_COUNTERPARTS]


WHY = {
    "repeals": ("由它废止的文件", "废止它的文件"),
    "supersedes": ("由它取代的文件", "取代它的文件"),
    "based_on": ("上位文件", "落实它的文件"),
    "implements": ("上位文件", "落实它的文件"),
    "displaces": ("让位于它的文件", "优先于它的文件"),
    "displaced_by": ("优先于它的文件", "让位于它的文件"),
}


def _related(house: House, document_id: str) -> dict[str, str]:
    entry = house.corpus.documents.get(document_id)
    if entry is None:
        return {}
    found = {r.target: WHY[r.kind][0] for r in entry.relations if r.kind in WHY}
    for other, relation in house.corpus.relations_to.get(document_id, []):
        if relation.kind in WHY:
            found.setdefault(other.id, WHY[relation.kind][1])
    return found


def _by_text(matcher: SequenceMatcher[str], cut: list[list[str]]) -> tuple[list[Piece], list[Piece]]:
    sides: tuple[list[Piece], list[Piece]] = ([], [])
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        words = "".join(cut[0][a1:a2]), "".join(cut[1][b1:b2])
        kind: PieceKind = "same" if tag == "equal" and len(words[0].strip("，。；、：")) >= LEAST_COMMON else "differs"
        for pieces, text in zip(sides, words, strict=True):
            _add(pieces, text, kind)
    return sides


def _by_figures(text: str, other: str) -> list[Piece]:
    alone = {(q.start, q.end) for q in figures(text) if any(q.text == u.text for u in unsupported(text, [other]))}
    pieces: list[Piece] = []
    at = 0
    for start, end in sorted(alone):
        _add(pieces, text[at:start], "same")
        _add(pieces, text[start:end], "figure")
        at = end
    _add(pieces, text[at:], "same")
    return pieces


def _add(pieces: list[Piece], text: str, kind: PieceKind) -> None:
    if not text:
        return
    if pieces and pieces[-1].kind == kind:
        pieces[-1] = Piece(text=pieces[-1].text + text, kind=kind)
    else:
        pieces.append(Piece(text=text, kind=kind))


def _beside(a: ClauseInfo, b: ClauseInfo, left_day: date, right_day: date) -> list[str]:
    """What differs apart from the text."""
    found = []
    if (a.validity, a.validity_note) != (b.validity, b.validity_note):
        states = [
            f"{info.validity_label}" + (f"（{info.validity_note}）" if info.validity_note else "") for info in (a, b)
        ]
        found.append(f"效力不同：左边{states[0]}；右边{states[1]}。")
    if a.place != b.place:
        found.append(f"地区不同：左边{a.place or '不明'}，右边{b.place or '不明'}。")
    if a.ref == b.ref and left_day != right_day and not found:
        found.append("同一条，在这两天的文字和效力都一样。")
    return found
