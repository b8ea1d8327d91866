"""What keeps a curated answer from being shown: its clauses changed, ended or are gone, its review is due, a sentence is
not borne out. The linter, the review and the conversation all ask here."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from assistant.desk.answering import sentences_of
from assistant.desk.curated_models import CuratedAnswer, Fault
from assistant.policy.draft import Sentence
from assistant.policy.evidence import Evidence
from assistant.policy.ground import VERDICT, faults
from corpus.validity import chinese_date

if TYPE_CHECKING:
    from assistant.house import House

LENGTH = 32


def fingerprint(evidence: Evidence) -> str:
    """A hash of what a clause says: its digest and, where imported, its original."""
    said = f"{evidence.clause.digest}\0{evidence.original or ''}"
    return hashlib.sha256(said.encode()).hexdigest()[:LENGTH]


def fingerprints(house: House, refs: Sequence[str], day: date) -> dict[str, str]:
    """The hashes of these clauses as they stand."""
    found = {ref: house.library.evidence(ref, day) for ref in refs}
    return {ref: fingerprint(e) for ref, e in found.items() if e}


def name_of(evidence: Evidence) -> str:
    """``"上海若干措施一（二）"``."""
    return f"{evidence.document.short_title}{evidence.clause.label}"


def clause_faults(entry: CuratedAnswer, house: House, day: date) -> list[Fault]:
    """Of its clauses: gone, changed since the review, not in force on ``day``."""
    found = [] if entry.refs else [Fault(kind="no_clause", why="没有引用条款。")]
    for ref in entry.refs:
        evidence = house.library.evidence(ref, day)
        if evidence is None:
            found.append(Fault(kind="clause_gone", ref=ref, why=f"{ref} 这一条已经没有了。"))
            continue
        if entry.state == "reviewed" and entry.fingerprints.get(ref) != fingerprint(evidence):
            found.append(Fault(kind="clause_changed", ref=ref, why=f"{name_of(evidence)}的内容在复核以后改过。"))
        if evidence.validity.state != "in_force":
            why = f"{name_of(evidence)}{evidence.validity.label}（{evidence.validity.note}）。"
            found.append(Fault(kind="not_in_force", ref=ref, why=why))
    return found


def text_faults(entry: CuratedAnswer, house: House, day: date) -> list[Fault]:
    """Of its sentences: not borne out by the clauses, or a judgement on a company, which only the pre-check gives."""
    found = []
    for sentence in cited_sentences(entry, house, day):
        evidence = [e for ref in sentence.refs if (e := house.library.evidence(ref, day))]
        found += [
            Fault(kind="not_grounded", sentence=sentence.text, why=f"{why}。")
            for why in faults(sentence.text, evidence, house.library)
        ]
        if VERDICT.search(sentence.text):
            why = "整理好的回答不能替企业下结论，企业行不行要按预检来判断。"
            found.append(Fault(kind="verdict", sentence=sentence.text, why=why))
    return found


def faults_of(entry: CuratedAnswer, house: House, day: date) -> list[Fault]:
    """Everything that keeps it from being shown on ``day``; empty when it may be, once it is reviewed."""
    found = clause_faults(entry, house, day)
    if not found:
        found += text_faults(entry, house, day)
    if entry.state == "reviewed" and entry.next_review is not None and entry.next_review <= day:
        found.append(Fault(kind="review_due", why=f"{chinese_date(entry.next_review)}该复核了。"))
    if day < entry.valid_from or (entry.valid_until is not None and day > entry.valid_until):
        found.append(Fault(kind="not_now", why=f"{chinese_date(day)}不在它的有效期里。"))
    return found


def cited_sentences(entry: CuratedAnswer, house: House, day: date) -> list[Sentence]:
    """Its sentences, each with the clauses that bear it out; the first is the conclusion, and carries what no other
    cites."""
    evidence = [e for ref in entry.refs if (e := house.library.evidence(ref, day))]
    said: list[Sentence] = []
    for text in sentences_of(entry.text):
        refs = house.library.supporting(text, evidence)
        chosen = [e for e in evidence if e.ref in refs]
        if faults(text, chosen, house.library):
            refs = [e.ref for e in evidence]
        said.append(Sentence(text, tuple(refs), "point" if said else "conclusion"))
    if said:
        cited = {ref for sentence in said for ref in sentence.refs}
        left = tuple(e.ref for e in evidence if e.ref not in cited)
        said[0] = Sentence(said[0].text, (*said[0].refs, *left), "conclusion")
    return said
