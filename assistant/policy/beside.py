"""Two or three places side by side: for each matter what the documents of each place say, and what the country says now.

The places have documents of different years and rounds, so nothing is called stricter or looser; every cell is a sentence
of a digest with its clause, and a place without one says so.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from assistant.policy.answerable import answerable
from assistant.policy.conditions import THEMES, Cell, conditions
from assistant.policy.draft import Draft, DraftRow, Sentence
from assistant.policy.evidence import Evidence, Library
from assistant.policy.history import years_named
from assistant.policy.question import Question
from assistant.policy.retrieve import retrieve
from assistant.policy.targets import group
from assistant.understanding.between_places import COMPARES
from assistant.understanding.where import without_places
from corpus.places import COUNTRY
from corpus.validity import LABELS, chinese_date
from indexing.search import Hit, Searcher

ALL_OF = re.compile(r"条件|标准|门槛|要求|怎么(?:认|评)")
NOTHING, NOT_HELD = "没有写这一项", "没有找到"
NEAR = 0.6
"""Of the best score of a place, what a clause needs to be of the matter where no theme says so."""
ROW, NOW, MATTER = "按哪份文件", "现在全国", ""
Columns = Mapping[str, Mapping[str, Cell]]


def beside(question: Question, places: Sequence[str], searcher: Searcher, library: Library) -> Draft | None:
    """The table of ``places`` for a question; None where no place has anything on the matter."""
    themes = [name for name, theme in THEMES.items() if theme.words.search(question.text)]
    themes = themes or (list(THEMES) if ALL_OF.search(question.text) else [])
    if len(set(question.titles)) == 1 and themes:
        title, years = question.titles[0], years_named(question)
        return conditions_beside(title, places, library, as_of=question.as_of, themes=themes, years=years)
    columns = {place: _matter(place, question, searcher, library) for place in places}
    return table(columns, [MATTER], library, question.as_of, title="") if any(columns.values()) else None


def conditions_beside(
    title: str,
    places: Sequence[str],
    library: Library,
    *,
    as_of: date,
    themes: Sequence[str] = tuple(THEMES),
    years: Collection[int] = (),
) -> Draft | None:
    """The conditions of ``places`` for a title, theme by theme, beside those that hold in the country on the day; None where no
    place has any."""
    columns = {place: conditions(place, title, themes, library, as_of=as_of, years=years) for place in places}
    if not any(columns.values()):
        return None
    if now := conditions(COUNTRY, title, themes, library, as_of=as_of):
        columns[NOW] = now
    return table(columns, themes, library, as_of, title)


def table(columns: Columns, themes: Sequence[str], library: Library, as_of: date, title: str) -> Draft:
    """The draft of the columns: which papers they rest on, then a row for every theme that some place states."""
    places = [name for name in columns if name != NOW]
    rows = []
    for theme in themes:
        if any(theme in columns[place] for place in places):
            cells = [column.get(theme) for column in columns.values()]
            texts = [
                cell.text if cell else NOTHING if column else NOT_HELD
                for cell, column in zip(cells, columns.values(), strict=True)
            ]
            refs = dict.fromkeys(ref for cell in cells if cell for ref in cell.refs)
            rows.append(DraftRow((theme or "怎么规定", *texts), tuple(refs)))
    refs = dict.fromkeys(ref for row in rows for ref in row.refs)
    evidence = [e for ref in refs if (e := library.evidence(ref, as_of))]
    lead = Sentence(_lead(columns, places, evidence, title), (), "conclusion", own=True)
    return Draft(sentences=[lead], columns=("", *columns), rows=[_papers(list(columns), evidence), *rows])


def _matter(place: str, question: Question, searcher: Searcher, library: Library) -> dict[str, Cell]:
    """What the best clause of one place says of the matter itself."""
    text = f"{place}{COMPARES.sub('', without_places(question.text))}"
    own = replace(question, text=text, place=place, context="", alone=True)
    ranking = retrieve(own, searcher, library.corpus)
    best = next((h for h in ranking.hits if _of_place(h, place, library)), None)
    if best is None or best.score < NEAR * ranking.hits[0].score or not answerable(own, ranking, library.corpus).yes:
        return {}
    qa = group(library.corpus, best)
    return {MATTER: Cell(qa.answer, (best.target,))} if qa else {}


def _of_place(hit: Hit, place: str, library: Library) -> bool:
    held = hit.kind == "clause" and hit.target in library.corpus.clauses
    return held and library.corpus.document_of(hit.target).place == place


def _papers(columns: Sequence[str], evidence: Sequence[Evidence]) -> DraftRow:
    """Which documents the cells of each column come from, with date and status."""
    cells, used = [], []
    for column in columns:
        of_column = [e for e in evidence if (COUNTRY if column == NOW else column) == e.document.place]
        papers = {e.document.id: e for e in of_column}
        cells.append("；".join(_paper(e) for e in papers.values()) or NOT_HELD)
        used += [e.ref for e in papers.values()]
    return DraftRow((ROW, *cells), tuple(used))


def _paper(evidence: Evidence) -> str:
    of = evidence.document
    day = of.in_force.from_ or of.signed
    when = f"（{chinese_date(day)}）" if day else f"（{of.last_year}年）" if of.last_year else ""
    return f"《{of.short_title}》{when}，{LABELS[evidence.validity.state]}"


def _lead(columns: Columns, places: Sequence[str], evidence: Sequence[Evidence], title: str) -> str:
    """What the table is, said before it."""
    old = [place for place in places if any(e.document.historical for e in evidence if e.document.place == place)]
    without = [place for place in places if not columns[place]]
    said = [f"{'、'.join(old)}一栏是历史文件当时的写法，年份和批次不一定相同。"] if old else []
    what = f"{title}条件" if title else "这方面的规定"
    said += [f"没有找到{'、'.join(without)}的{what}，那一栏空着。"] if without else []
    said += [f"{title}的条件现在全国统一，见“{NOW}”一栏。"] if NOW in columns else []
    return "".join(said) or f"{'、'.join(places)}的规定对照如下。"
