"""Two documents clause by clause: which clauses belong together, and which words differ.

Clauses are matched by the pairs of neighbouring signs that they share, so that a clause that moved to another number is
found again. Both sides are compared in the same kind of wording: originals where both were imported, else digests.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel

from assistant.documents.tree import in_order
from assistant.documents.versions import Named, Version, named, versions
from assistant.library import ClauseInfo, document
from corpus.models import split_ref

if TYPE_CHECKING:
    from assistant.house import House

ALIKE = 0.3
"""From this share of common pairs of signs on, two clauses are one that was changed."""
SAME_PLACE = 0.05
"""How much a common number counts where two clauses are about equally alike."""
ISLAND = 3
"""Fewer equal signs than this between two differences belong to the difference: they are there by chance."""
WORDS = re.compile(r"\d[\d.,]*[%‰]?|[A-Za-z]+|\s+|.", re.S)
Kind = Literal["changed", "added", "removed", "same"]
LABELS: dict[Kind, str] = {"changed": "改动", "added": "新增", "removed": "删去", "same": "没有变化"}
BESIDE: dict[Kind, str] = {
    "changed": "对应而不同", "added": "只在后来的有", "removed": "只在先前的有", "same": "一样",
}  # fmt: skip
"""The same where the later document does not replace the earlier one as a whole: what it lacks is not done away with."""
BASES = {
    "original": "两边都按导入的原文比。",
    "digest": "两边都按条理整理的摘要比，不是原文；措辞不同不等于规定不同，以原文为准。",
    "mixed": "一边有原文、一边只有摘要；两边都按摘要比，以原文为准。",
}


class Piece(BaseModel):
    """A run of text that both have, or that only the earlier (``removed``) or the later one (``added``) has."""

    kind: Literal["same", "removed", "added"]
    text: str


class Side(BaseModel):
    """A clause on one side."""

    eid: str
    label: str
    heading: str


class Change(BaseModel):
    """One clause of either document. ``pieces`` put together give both wordings; ``note`` is what the catalogue says of
    the earlier clause: how far it made way for the later document."""

    kind: Kind
    label: str
    earlier: Side | None
    later: Side | None
    note: str = ""
    pieces: list[Piece]


class Changes(BaseModel):
    """Two documents side by side, in the order of the later one. ``basis`` says what was compared; ``why_not`` why
    nothing could be (empty where it could); ``relations`` what the catalogue says of the two."""

    earlier: Named
    later: Named
    relations: list[Version]
    basis: str
    why_not: str
    labels: dict[Kind, str]
    counts: dict[Kind, int]
    changes: list[Change]


@dataclass(frozen=True)
class _Text:
    clause: ClauseInfo
    words: str
    pairs: Counter[str]


def changes(house: House, earlier: str, later: str, as_of: date) -> Changes:
    """What differs between two documents. Raises KeyError when one of them is unknown."""
    one, other = named(house, earlier), named(house, later)
    related = [v for v in versions(house) if {v.earlier.id, v.later.id} == {earlier, later}]
    originals = one.wording == other.wording == "original"
    before, after = (_texts(house, id_, as_of, originals=originals) for id_ in (earlier, later))
    found = _matched(before, after, _made_way(house, earlier, later))
    labels = LABELS if any(version.whole for version in related) else BESIDE
    for change in found:
        change.label = labels[change.kind]
    why_not = "".join(
        f"《{side.title}》没有{'导入原文' if side.wording == 'none' else '摘要'}，不能逐条对照。"
        for side, texts in ((one, before), (other, after))
        if not texts
    )
    if why_not:
        found = []
    basis = "original" if originals else "mixed" if "original" in (one.wording, other.wording) else "digest"
    return Changes(
        earlier=one, later=other, relations=related, basis="" if why_not else BASES[basis], why_not=why_not,
        labels=labels, counts={kind: sum(change.kind == kind for change in found) for kind in LABELS}, changes=found,
    )  # fmt: skip


def pieces(before: str, after: str) -> list[Piece]:
    """The differences of two texts, word by word (a figure or a Latin word is one, else each sign)."""
    a, b = WORDS.findall(before), WORDS.findall(after)
    runs = [
        (tag, "".join(a[i:j]), "".join(b[k:m])) for tag, i, j, k, m in SequenceMatcher(None, a, b, False).get_opcodes()
    ]
    found: list[Piece] = []
    gone, new = "", ""
    for n, (tag, old, fresh) in enumerate(runs):
        inside = 0 < n < len(runs) - 1
        if tag != "equal" or (inside and len(old) < ISLAND):
            gone, new = gone + old, new + fresh
            continue
        found += _difference(gone, new)
        found.append(Piece(kind="same", text=old))
        gone, new = "", ""
    return found + _difference(gone, new)


def _difference(gone: str, new: str) -> list[Piece]:
    found = [Piece(kind="removed", text=gone)] if gone else []
    return [*found, Piece(kind="added", text=new)] if new else found


def _texts(house: House, document_id: str, as_of: date, *, originals: bool) -> list[_Text]:
    found = document(house, document_id, as_of)
    order = house.library.originals.clauses.get(document_id, {})
    clauses = in_order({clause.eid: clause for clause in found.clauses}, list(order))
    texts = ((clause, (clause.text if originals else clause.digest).strip()) for clause in clauses)
    return [_Text(clause, words, _pairs(words)) for clause, words in texts if words]


def _pairs(text: str) -> Counter[str]:
    signs = re.sub(r"[\W_]+", "", text)
    return Counter(a + b for a, b in pairwise(signs)) or Counter([signs])


def _likeness(one: _Text, other: _Text) -> float:
    """Dice's coefficient of the pairs of signs."""
    return 2 * (one.pairs & other.pairs).total() / (one.pairs.total() + other.pairs.total())


def _made_way(house: House, earlier: str, later: str) -> dict[str, tuple[str, str]]:
    """Of the earlier document, the clauses that made way for the later one: eId → eId there, and how far."""
    digest = house.corpus.digests.get(earlier)
    return {
        clause.eid: (split_ref(one.by)[1], one.scope)
        for clause in (digest.clauses if digest else [])
        for one in clause.displaced
        if split_ref(one.by)[0] == later
    }


def _matched(before: Sequence[_Text], after: Sequence[_Text], known: dict[str, tuple[str, str]]) -> list[Change]:
    """Every clause of both: those that the catalogue joins, then the most alike find each other first. Where the catalogue
    joins several with one, that one is shown with each; a removed one stands after its predecessor."""
    scores = []
    for i, one in enumerate(before):
        for j, other in enumerate(after):
            likeness, eid = _likeness(one, other), other.clause.eid
            joined = known.get(one.clause.eid, ("",))[0] == eid
            if joined or likeness >= ALIKE:
                scores.append((joined, likeness + SAME_PLACE * (one.clause.eid == eid), -i, -j))
    of: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, i, j in sorted(scores, reverse=True):
        if -i not in of and -j not in taken:
            of[-i] = -j
            taken.add(-j)
    partner = {j: i for i, j in of.items()}
    found = [(float(j), _change(before[partner[j]] if j in partner else None, text)) for j, text in enumerate(after)]
    last, at = -1.0, {text.clause.eid: j for j, text in enumerate(after)}
    for i, text in enumerate(before):
        also = at.get(known.get(text.clause.eid, ("",))[0])
        if i in of:
            last = float(of[i])
        elif also is not None:
            found.append((also + 0.5, _change(text, after[also])))
        else:
            found.append((last + 0.5, _change(text, None)))
    for _, change in found:
        if change.earlier is not None:
            change.note = known.get(change.earlier.eid, ("", ""))[1]
    return [change for _, change in sorted(found, key=lambda item: item[0])]


def _change(one: _Text | None, other: _Text | None) -> Change:
    old, new = one.words if one else "", other.words if other else ""
    kind: Kind = "added" if one is None else "removed" if other is None else "same" if old == new else "changed"
    return Change(kind=kind, label=LABELS[kind], earlier=_side(one), later=_side(other), pieces=pieces(old, new))


def _side(text: _Text | None) -> Side | None:
    if text is None:
        return None
    return Side(eid=text.clause.eid, label=text.clause.clause, heading=text.clause.heading)
