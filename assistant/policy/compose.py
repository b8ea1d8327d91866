"""Ranked targets → a draft answer, without a model: the conclusion a specialist would say first, the points it rests
on, what to watch and what to do next. Every sentence carries its clauses."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.policy.answerable import silent
from assistant.policy.draft import Draft, DraftRow, Sentence
from assistant.policy.evidence import Evidence, Library
from assistant.policy.history import standard_now, stands_beside
from assistant.policy.named import another_month, of_other_level, of_other_programme, own_programmes, programmes
from assistant.policy.question import ASKS, QUOTA, Question, compares
from assistant.policy.retrieve import Ranking
from assistant.policy.targets import about, document_of, group, part_title
from assistant.understanding.titles import titles_in, without_titles
from corpus.models import Gap, Point, SeeAlso, Table, TableRow, Topic
from corpus.places import chain
from corpus.support import figures, unsupported
from corpus.validity import LABELS, chinese_date
from indexing.grams import bigrams
from indexing.search import Hit

SENTENCES = re.compile(r"[^。！？]+[。！？]?")
SECOND = 0.80
SECOND_COMPARED = 0.65
SECOND_ASKED = 0.75
"""A further target is used when its score reaches this share of the best."""
SENTENCE_ASKED = re.compile(r"[^。！？!?；;]+[。！？!?；;]?")
LISTS = re.compile(r"哪些|都有|全部|条件|流程|步骤|怎么|如何|要求|标准|分别|各|什么说法|怎么个")
SAME_SAID = 0.78
MOST_POINTS = 8
MOST_CAUTIONS = 2
MOST_DIRECT = 2
SHORT_DIGEST = 3


def compose(question: Question, ranking: Ranking, library: Library) -> Draft:
    """The draft for the best hit, joined by others that are nearly as good; for a comparison, for both sides."""
    hits = ranking.hits
    best = hits[0]
    name = best.target.partition(":")[2]
    if best.kind == "gap":
        return gap_draft(library.corpus.gaps[name], question)
    draft = Draft()
    if ranking.sides:
        for side in ranking.sides:
            _add_clause(draft, side, question, library)
    elif best.kind == "topic":
        _add_topic(draft, library.corpus.topics[name], best, question, library)
    else:
        _add_clause(draft, best, question, library)
    wide = compares(question) and not ranking.sides
    unstated = silent(question, draft)
    for other in hits[1 : 6 if wide else 4]:
        share = SECOND_COMPARED if wide else SECOND_ASKED if _asks_twice(question, other, best, library) else SECOND
        near = other.score >= share * best.score
        beside = wide or stands_beside(other, best, question, library.corpus)
        if near and other.kind == "clause" and beside and (wide or _fits(other, question, library)):
            _add_second(draft, other, question, library, sums=not unstated)
    if standard := standard_now(hits, question, library.corpus):
        _add_second(draft, standard, question, library)
    draft.follow_ups = follow_ups(hits, draft, library)
    return draft


def _asks_twice(question: Question, other: Hit, best: Hit, library: Library) -> bool:
    """Whether the message asks in more than one sentence, and a further clause is of the same document as the best."""
    if document_of(best, library.corpus) is not document_of(other, library.corpus):
        return False
    return sum(bool(ASKS.search(sentence)) for sentence in SENTENCE_ASKED.findall(question.text)) > 1


def gap_draft(gap: Gap, question: Question) -> Draft:
    """Not in the collection: say so, name the nearest clause and whom to ask. A neighbour's sum is not repeated, so
    that nobody takes it for the answer."""
    sentences = [Sentence(gap.answer, (), "conclusion", own=True)]
    kinds = {"money", "percent", *(("count",) if QUOTA.search(question.text) else ())}
    plain = [p for p in gap.nearest if not any(q.kind in kinds for q in figures(p.text))]
    sentences += [Sentence(p.text, tuple(p.refs), "point") for p in plain]
    sentences.append(Sentence(f"可以问：{gap.whom.rstrip('。')}。", (), "next", own=True))
    return Draft(sentences=sentences, reason=gap.reason)


def _add_topic(draft: Draft, topic: Topic, hit: Hit, question: Question, library: Library) -> None:
    found = [library.evidence(r, question.as_of) for r in topic.refs]
    evidence = [e for e in found if e]
    qa = group(library.corpus, hit)
    matter = bigrams(without_titles(question.text))
    rows = _rows_asked(topic.table, matter) if topic.table else []
    direct = compares(question) and 0 < len(rows) <= MOST_DIRECT and topic.table is not None
    if topic.table and direct:
        draft.sentences += [_row_sentence(topic.table, row) for row in rows]
    if qa and not (direct and len(bigrams(qa.answer) & bigrams(rows[0].cells[0])) == 0):
        for sentence in SENTENCES.findall(qa.answer):
            draft.sentences.append(Sentence(sentence, tuple(library.supporting(sentence, evidence)), "conclusion"))
    if topic.table and not direct:
        draft.columns = tuple(topic.table.columns)
        draft.rows = [DraftRow(tuple(r.cells), tuple(r.refs)) for r in rows or topic.table.rows]
    fresh = [p for p in topic.points if not _said(p.text, draft)]
    near = [p for p in fresh if len(bigrams(p.text) & matter) >= 2]
    wanted = fresh if LISTS.search(question.text) or len(fresh) <= SHORT_DIGEST else near or fresh
    if not LISTS.search(question.text):
        wanted = sorted(wanted, key=lambda p: -len(bigrams(p.text) & matter))
    draft.sentences += [_sentence(p, "point") for p in wanted[:MOST_POINTS]]
    draft.sentences += [_sentence(p, "caution") for p in topic.cautions if not _said(p.text, draft)]
    draft.sentences += [_sentence(p, "next") for p in topic.next_steps[:2]]


def _rows_asked(table: Table, matter: frozenset[str]) -> list[TableRow]:
    """The rows whose matter the question names; none where the rows are titles, each of which belongs there."""
    if any(titles_in(row.cells[0]) for row in table.rows):
        return []
    return [row for row in table.rows if bigrams(row.cells[0]) & matter]


def _row_sentence(table: Table, row: TableRow) -> Sentence:
    """A row of a comparison as a sentence: the matter, then each side."""
    sides = "；".join(f"{column}{cell}" for column, cell in zip(table.columns[1:], row.cells[1:], strict=True))
    return Sentence(f"{row.cells[0]}：{sides}。", tuple(row.refs), "conclusion")


def _sentence(point: Point, part: str) -> Sentence:
    return Sentence(point.text, tuple(point.refs), part)  # type: ignore[arg-type]


def _add_clause(draft: Draft, hit: Hit, question: Question, library: Library) -> None:
    evidence = library.evidence(hit.target, question.as_of)
    if evidence is None:  # an imported original of a document without digest
        return
    qa = group(library.corpus, hit)
    asked = bigrams(question.text) | (bigrams(" ".join(qa.ask)) if qa else set())
    if evidence.document.historical:
        draft.sentences.append(_once(evidence))
    if qa:
        draft.sentences.append(Sentence(qa.answer, (hit.target,), "conclusion"))
    digest = [s.strip() for s in SENTENCES.findall(evidence.clause.digest) if s.strip()]
    conditions = evidence.clause.eid.startswith("annex")
    for sentence in digest:
        wanted = conditions or len(digest) <= SHORT_DIGEST or len(bigrams(sentence) & asked) >= 2
        if qa and not conditions and not LISTS.search(question.text):
            wanted = wanted and not _other_figure(sentence, qa.answer)
        if wanted and not _said(sentence, draft):
            draft.sentences.append(Sentence(sentence, (hit.target,), "conclusion" if not qa else "point"))
    draft.sentences += _cautions(evidence, evidence.clause.see_also, question, library)


def _once(evidence: Evidence) -> Sentence:
    """What a historical document is, said before anything that it says."""
    of = evidence.document
    day = of.in_force.from_ or of.signed
    when = f"（{chinese_date(day)}）" if day else f"（{of.last_year}年）" if of.last_year else ""
    state = "" if evidence.validity.state == "in_force" else LABELS[evidence.validity.state] + "，"
    text = f"{of.place}《{of.short_title}》{when}{state}是历史文件，下面是它当时的规定。"
    return Sentence(text, (evidence.ref,), "conclusion", label=True)


def _other_figure(sentence: str, answer: str) -> bool:
    """Whether a sentence states a sum or share that the answer, which states one itself, does not."""
    kinds = {q.kind for q in figures(answer)} & {"money", "percent"}
    return any(q.kind in kinds for q in unsupported(sentence, [answer]))


def _fits(hit: Hit, question: Question, library: Library) -> bool:
    """A further clause must not be about another title, programme or level than the one asked about."""
    own, qa = about(hit, library.corpus), group(library.corpus, hit)
    if of_other_programme(hit, question, library.corpus) or another_month(hit, question, library.corpus):
        return False
    if qa and of_other_level(qa.answer, question):
        return False
    if own_programmes(hit, library.corpus) - programmes(question.text):
        return False
    return not own or not question.titles or bool(own & set(question.titles))


def _add_second(draft: Draft, hit: Hit, question: Question, library: Library, *, sums: bool = True) -> None:
    """A further clause adds its short answer, unless that was said already. ``sums``: also where it states a sum, which
    nobody is to take for the one that the best clause does not state."""
    evidence, qa = library.evidence(hit.target, question.as_of), group(library.corpus, hit)
    if evidence is None or qa is None or _told(evidence, draft) or _said(qa.answer, draft):
        return
    if not sums and any(q.kind in ("money", "percent") for q in figures(qa.answer)):
        return
    where = f"{evidence.document.short_title}{evidence.clause.label}"
    then = f"（历史文件，{LABELS[evidence.validity.state]}）" if evidence.document.historical else ""
    draft.sentences.append(Sentence(f"{where}{then}：{qa.answer}", (hit.target,), "point"))


def _cautions(evidence: Evidence, see_also: Sequence[SeeAlso], question: Question, library: Library) -> list[Sentence]:
    found = []
    if evidence.validity.state != "in_force":
        label = LABELS[evidence.validity.state]
        until, *instead = evidence.validity.note.split("；")
        refs = (evidence.ref, *(d.by for d in evidence.clause.displaced))
        found.append(
            Sentence(f"{evidence.document.short_title}{evidence.clause.label}{label}：{until}。", refs, "caution")
        )
        found += [Sentence(f"{text}。", refs, "caution") for text in instead]
    elif evidence.clause.displaced or evidence.clause.ends:
        refs = (evidence.ref, *(d.by for d in evidence.clause.displaced))
        found.append(Sentence(f"{evidence.clause.label}要留意：{evidence.validity.note}。", refs, "caution"))
    reachable = set(chain(question.place))
    for see in see_also:
        other = library.evidence(see.ref, question.as_of)
        if other is None or other.document.place not in reachable or len(found) >= MOST_CAUTIONS:
            continue
        annex = part_title(see.ref, library.corpus)
        if annex is None or not question.titles or annex in question.titles:
            where = other.document.short_title if other.document.id != evidence.document.id else ""
            text = f"另见{where}{other.clause.label}：{see.why.rstrip('。')}。"
            found.append(Sentence(text, tuple(library.supporting(text, [other, evidence])), "caution"))
    return found


def _told(evidence: Evidence, draft: Draft) -> bool:
    """Whether the draft rests on a clause already. That one should see there tells nothing yet of what is in force."""
    hinted = not evidence.document.historical
    return any(evidence.ref in s.refs for s in draft.sentences if not (hinted and s.part == "caution"))


def _said(text: str, draft: Draft) -> bool:
    """Whether the draft already says nearly all of ``text``."""
    terms = bigrams(text)
    said = bigrams("。".join(s.text for s in draft.sentences))
    return bool(terms) and len(terms & said) / len(terms) >= SAME_SAID


def follow_ups(hits: Sequence[Hit], draft: Draft, library: Library) -> list[str]:
    """Three questions that the same clauses answer and that were not asked: the first wording of each."""
    found: list[str] = []
    for hit in hits[:3]:
        name = hit.target.partition(":")[2]
        groups = (
            library.corpus.topics[name].questions if hit.kind == "topic"
            else library.corpus.clauses[hit.target].questions if hit.target in library.corpus.clauses
            else []
        )  # fmt: skip
        found += [qa.ask[0] for n, qa in enumerate(groups) if n != hit.question]
    return list(dict.fromkeys(found))[:3]
