"""Standards side by side: matter by matter, with what differs.

What is stricter or looser is worked out from the rules alone: the companies that one condition lets through are all
among those that the other lets through. Where that cannot be shown, the difference has no direction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from assistant.criteria.local import HOME, in_place
from assistant.errors import BadInput
from assistant.workshop.change import change
from assistant.workshop.demands import Conjunct, Theme, citation_of, conjuncts, in_words, themes
from assistant.workshop.lines import lines
from assistant.workshop.models import CHANGES, Change, Comparison, Demand, Difference, Row, StandardInfo, Subject
from assistant.workshop.scores import score_rows
from corpus.criteria_models import Criterion, Standard, Track, load_standards
from corpus.criteria_tree import AnyOf, Part, terms
from corpus.facts_models import Dictionary, load_dictionary
from corpus.load import Corpus

LEAST, MOST = 2, 3


@dataclass(frozen=True)
class Column:
    """A standard as it holds in a place, taken apart."""

    standard: Standard
    place: str
    parts: list[Conjunct]
    left_out: str

    def about(self, theme: str) -> list[Conjunct]:
        """The conditions about a matter, those that are looked at."""
        return [part for part in self.parts if theme in part.themes and part.examined]

    def scores(self, theme: Theme) -> bool:
        """Whether some item of the score table looks at the matter."""
        facts = {fact for item in self.standard.scores for fact in _facts(item.conditions)}
        return not facts.isdisjoint(theme.facts)


def standard_named(name: str) -> Standard:
    """A standard by its id. Raises BadInput naming those that there are."""
    found = next((one for one in load_standards() if one.id == name), None)
    if found is None:
        raise BadInput(f"没有编号为“{name}”的标准。现在有：{'、'.join(one.id for one in load_standards())}。")
    return found


def infos(corpus: Corpus, as_of: date) -> list[StandardInfo]:
    """Every standard, those in force on the day first, in each group by title."""
    found = [info(standard, corpus, as_of) for standard in load_standards()]
    order = {str(title): n for n, title in enumerate(dict.fromkeys(one.title for one in reversed(load_standards())))}
    return sorted(found, key=lambda one: (not one.in_force, order[one.title], -(one.from_ or date.min).toordinal()))


def info(standard: Standard, corpus: Corpus, as_of: date) -> StandardInfo:
    """One standard as the lists and the columns show it."""
    document = corpus.documents[standard.document]
    start, end = standard.in_force.from_, standard.in_force.until
    return StandardInfo(
        id=standard.id, title=standard.title, name=standard.name, document=standard.document,
        document_title=document.title, number=document.number or "", from_=start, until=end,
        in_force=(start or date.min) <= as_of <= (end or date.max), confidence=document.confidence,
        criteria=len(standard.criteria), scores=len(standard.scores), notes=list(standard.notes),
        places=list(dict.fromkeys(c.place for c in standard.criteria if c.place)),
    )  # fmt: skip


def compare(chosen: Sequence[tuple[str, str | None]], corpus: Corpus, *, as_of: date, track: Track) -> Comparison:
    """Two or three standards, each with the place whose local conditions count (None: Shanghai).

    Raises BadInput for another number of them, for an unknown one, and for the same one twice.
    """
    if not LEAST <= len(chosen) <= MOST:
        raise BadInput("一次对照两份或三份标准。")
    named = [(name, place or HOME) for name, place in chosen]
    if len(set(named)) < len(named):
        raise BadInput("同一份标准（同一个地方）选了两次，请换一份。")
    columns = [_column(standard_named(name), place, track) for name, place in named]
    dictionary = load_dictionary()
    rows = [row for theme in themes() if (row := _row(theme, columns, dictionary)) is not None]
    last = [next(one for one in row.differences if (one.of, one.to) == (0, len(columns) - 1)) for row in rows]
    counts = Counter(one.kind for one in last)
    return Comparison(
        subjects=[
            Subject(standard=info(c.standard, corpus, as_of), place=c.place, left_out=c.left_out) for c in columns
        ],
        track=track, rows=rows, scores=score_rows([c.standard for c in columns], dictionary),
        counts={kind: counts[kind] for kind in CHANGES if counts[kind]}, summary=_summary(rows, last),
    )  # fmt: skip


def _column(standard: Standard, place: str, track: Track) -> Column:
    there, left_out = in_place(standard, place)
    return Column(there, place, conjuncts(there, track), "".join(left_out))


def _row(theme: Theme, columns: list[Column], dictionary: Dictionary) -> Row | None:
    found = [column.about(theme.id) for column in columns]
    if not any(found):
        return None
    scored = [column.scores(theme) and not parts for column, parts in zip(columns, found, strict=True)]
    pairs = list(combinations(range(len(columns)), 2))
    unknown = {(i, j): _unknown_there(i, j, columns, found) for i, j in pairs}
    single = lines(theme, found, [column.standard for column in columns], dictionary)
    for line in single:
        line.differences = [unknown[one.of, one.to] or one for one in line.differences]
    return Row(
        theme=theme.id, label=theme.label, scored=scored, lines=single,
        cells=[
            [demand(part, column.standard, dictionary) for part in parts]
            for column, parts in zip(columns, found, strict=True)
        ],
        differences=[
            unknown[i, j] or _difference(i, j, found[i], found[j], (scored[i], scored[j])) for i, j in pairs
        ],
    )  # fmt: skip


def demand(part: Conjunct, standard: Standard, dictionary: Dictionary) -> Demand:
    """One condition as a comparison shows it."""
    criterion: Criterion = part.criterion
    exempt = in_words(criterion.exempt_if, dictionary) if criterion.exempt_if is not None else ""
    whole = criterion.words if isinstance(part.part, AnyOf) and part.part == criterion.test else ""
    return Demand(
        criterion=criterion.id, clause=criterion.clause, label=criterion.label,
        words=whole or in_words(part.part, dictionary), exempt=exempt, citation=citation_of(criterion, standard),
        basis=criterion.basis, confidence=criterion.confidence, place=criterion.place, note=criterion.note,
        shared=len(part.themes) > 1,
    )  # fmt: skip


def _difference(i: int, j: int, old: list[Conjunct], new: list[Conjunct], scored: tuple[bool, bool]) -> Difference:
    kind = change(old, new, load_dictionary())
    words = ""
    if kind == "new" and scored[0]:
        words = "原来只在评分表里计分，现在是必须达到的条件"
    elif kind == "gone" and scored[1]:
        words = "原来必须达到，现在只在评分表里计分"
    elif kind in ("different", "unit"):
        words = "看的东西不一样，不能直接说谁严谁宽" if kind == "unit" else "条件写法不同，不能直接说谁严谁宽"
    return Difference(of=i, to=j, kind=kind, label=CHANGES[kind], words=words)


def _unknown_there(i: int, j: int, columns: list[Column], found: list[list[Conjunct]]) -> Difference | None:
    """Where one place's own conditions are not in the collection, nothing can be said against another's."""
    for empty, other in ((i, j), (j, i)):
        local = all(part.criterion.place for part in found[other])
        if not found[empty] and found[other] and local and columns[empty].left_out:
            words = f"{columns[empty].place}自己的条件没有收录，不能比"
            return Difference(of=i, to=j, kind="different", label="不能比", words=words)
    return None


def _facts(parts: Sequence[Part]) -> set[str]:
    return {term.fact for part in parts for term in terms(part)}


def _summary(rows: list[Row], last: list[Difference]) -> str:
    named: dict[Change, list[str]] = {}
    for row, difference in zip(rows, last, strict=True):
        named.setdefault(difference.kind, []).append(row.label)
    words = {
        "stricter": "更严的有", "looser": "更宽的有", "new": "新增的有", "gone": "取消的有", "unit": "口径换了的有",
        "different": "不能直接比的有", "same": "一样的有",
    }  # fmt: skip
    said = [f"{text}{'、'.join(f'“{name}”' for name in named[kind])}" for kind, text in words.items() if kind in named]
    return "；".join(said) + "。" if said else ""
