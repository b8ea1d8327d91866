"""The clauses that an answer may rest on, with what they say and whether they hold on the day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from assistant.answer import Citation
from corpus.load import Corpus
from corpus.models import Clause, Document, split_ref
from corpus.quantities import fold
from corpus.support import unsupported
from corpus.validity import Validity, chinese_date, validity
from indexing.grams import bigrams
from indexing.originals import Originals

HEADS = re.compile(r"^(?:annex|sec)_\d+$")
HEAD = 0.2
"""An annex as a whole says what its items say; the item is the better citation."""


@dataclass(frozen=True)
class Evidence:
    """One clause with its document, its wording where imported, and its status on the asked day."""

    ref: str
    clause: Clause
    document: Document
    original: str | None
    validity: Validity

    @cached_property
    def text(self) -> str:
        """Everything that a sentence citing this clause may say: names and dates of the document included."""
        d = self.document
        dates = [chinese_date(x) for x in (d.signed, d.in_force.from_, d.in_force.until) if x]
        ends = [chinese_date(part.until) for part in self.clause.ends]
        since = [chinese_date(x.from_) for x in self.clause.displaced]
        then = [self.validity.label, "历史文件，当时的规定", f"{d.last_year}年"] if d.historical else []
        parts = [
            d.title, d.short_title, d.number or "", " ".join(d.issuers), d.place, self.clause.label,
            " ".join(self.clause.path), self.clause.heading, self.clause.digest, self.original or "",
*then, *dates, *ends, *since, *(qa.answer for qa in self.clause.questions),
        ]  # fmt: skip
        return "\n".join(parts)


class Library:
    """Looks clauses up on one day. Texts are folded once."""

    def __init__(self, corpus: Corpus, originals: Originals) -> None:
        self.corpus, self.originals = corpus, originals
        self._evidence = lru_cache(maxsize=2048)(self._evidence_of)

    def evidence(self, ref: str, day: date) -> Evidence | None:
        """The clause behind a reference; None when the collection does not hold it."""
        return self._evidence(ref, day)

    def _evidence_of(self, ref: str, day: date) -> Evidence | None:
        clause = self.corpus.clauses.get(ref)
        if clause is None:
            return None
        document = self.corpus.documents[split_ref(ref)[0]]
        return Evidence(ref, clause, document, self.originals.text(ref), validity(ref, day, self.corpus))

    def overlap(self, sentence: str, text: str) -> float:
        """Share of the sentence's terms that ``text`` contains, 0 to 1."""
        terms = bigrams(sentence)
        return len(terms & bigrams(text)) / len(terms) if terms else 1.0

    def supporting(self, sentence: str, candidates: Sequence[Evidence], limit: int = 4) -> list[str]:
        """The fewest candidates that together state the sentence: best overlap first, then whatever states a figure
        that is still unsupported."""
        ranked = sorted(
            candidates, key=lambda e: -self.overlap(sentence, e.text) + (HEAD if HEADS.match(e.clause.eid) else 0)
        )
        chosen: list[Evidence] = ranked[:1]
        open_figures = unsupported(sentence, [e.text for e in chosen])
        for other in ranked[1:]:
            if len(chosen) >= limit:
                break
            left = unsupported(sentence, [e.text for e in (*chosen, other)])
            adds_title = other.document.short_title in sentence and all(
                e.document.id != other.document.id for e in chosen
            )
            if len(left) < len(open_figures) or adds_title:
                chosen.append(other)
                open_figures = left
        return [e.ref for e in chosen]


def citation(n: int, evidence: Evidence) -> Citation:
    """The citation of a clause: its wording where it was imported, else our digest, and which of the two it is."""
    document, clause = evidence.document, evidence.clause
    in_force = document.in_force.from_ or document.signed
    return Citation(
        n=n,
        document=document.id,
        number=document.number,
        title=document.title,
        issuer="、".join(document.issuers),
        place=document.place,
        clause=clause.label,
        eid=clause.eid,
        text=evidence.original or clause.digest,
        text_kind="original" if evidence.original else "digest",
        digest=clause.digest,
        validity=evidence.validity.state,
        validity_note=evidence.validity.note,
        date=in_force.isoformat() if in_force else None,
    )


@lru_cache(maxsize=1024)
def folded(text: str) -> str:
    """Width-folded text without spaces, for comparing."""
    return "".join(fold(text).split())
