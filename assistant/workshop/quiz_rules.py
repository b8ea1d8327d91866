"""Questions about the standards: what a threshold is, which version counts on a day, what has changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from random import Random

from assistant.criteria.local import in_place
from assistant.criteria.select import StandardNotFound, select
from assistant.criteria.words import COMPARED, amount
from assistant.criteria_authoring.sets import values
from assistant.workshop.asked import CERTAIN, Asked, Desk, Maker, NotAskable, proven
from assistant.workshop.compare import compare, standard_named
from assistant.workshop.demands import Conjunct, citation_of, conjuncts, theme_of_fact, when
from assistant.workshop.models import CHANGES, Change, Recipe, Row
from corpus.criteria_models import Standard, load_standards
from corpus.criteria_tree import Compare, Constant, Each, Term, parse_constant
from corpus.facts_models import load_dictionary
from corpus.validity import chinese_date

FACTORS = (Fraction(1, 2), Fraction(4, 5), Fraction(3, 2), Fraction(2))
SINCE = date(2022, 11, 11)
"""From here on every title has one standard whose dates are certain."""
OPPOSITES: dict[Change, tuple[Change, ...]] = {
    "stricter": ("looser", "same", "gone"), "looser": ("stricter", "same", "new"), "same": ("stricter", "looser", "gone"),
    "new": ("looser", "same", "gone"), "gone": ("stricter", "same", "new"),
}  # fmt: skip
"""What is certainly wrong beside what is right: that something new is stricter than nothing would not be."""


def threshold_recipes(desk: Desk, seed: int) -> Iterator[Recipe]:
    """Every threshold that has to be reached by itself, in a standard in force."""
    for standard in in_force(desk):
        for part in _single(standard, desk):
            yield desk.recipe("threshold", standard.id, part.facts[0])


def ask_threshold(desk: Desk, recipe: Recipe) -> Asked:
    """What the threshold of a fact is."""
    standard = standard_named(recipe.subject)
    part = next((p for p in _single(standard, desk) if p.facts[0] == recipe.detail), None)
    if part is None:
        raise NotAskable
    leaf, dictionary = part.leaves[0], load_dictionary()
    assert isinstance(leaf, Compare)
    entry, right = dictionary[recipe.detail], COMPARED[leaf.op] + leaf.right.text
    allowed = values(leaf, dictionary)

    def wrong(text: str) -> bool:
        read = _read(text, leaf)
        return read is not None and values(read, dictionary) != allowed

    near = [COMPARED[leaf.op] + amount(number, entry.type, entry.unit) for number in _near(leaf.right)]
    ref = citation_of(part.criterion, standard)
    if not desk.states(ref, leaf.right.text):
        raise NotAskable
    span = "近两年每年的" if isinstance(part.part, Each) else when(leaf, dictionary)
    return Asked(
        stem=f"今年首次申报“{standard.title}”，{span}{entry.label}的门槛是什么？",
        right=right, others=tuple(proven([*_elsewhere(recipe.detail, standard), *near], right, wrong)), wrong=wrong, clause=part.criterion.clause, ref=ref,
        explanation=f"{part.criterion.clause}：{span}{entry.label}{right}。{part.criterion.note}",
    )  # fmt: skip


def _near(limit: Constant) -> list[Fraction]:
    """Round figures beside a threshold; whole ones where people only say whole ones."""
    found = [limit.value * factor for factor in FACTORS]
    if limit.kind in ("years", "points", "count"):
        found = [Fraction(round(number)) for number in found]
    return [number for number in found if number > 0]


def _elsewhere(fact: str, standard: Standard) -> list[str]:
    """What other standards, retired ones too, ask of the same fact or matter: what people remember."""
    theme, kind = theme_of_fact()[fact], load_dictionary()[fact].type
    found = [
        (leaf.left.fact != fact, COMPARED[leaf.op] + leaf.right.text)
        for other in load_standards()
        if other.id != standard.id
        for part in conjuncts(other, "first")
        for leaf in part.leaves
        if isinstance(leaf, Compare) and isinstance(leaf.left, Term) and leaf.right.kind == kind
        and theme_of_fact()[leaf.left.fact] == theme
    ]  # fmt: skip
    return [text for _, text in sorted(found)]


def _read(text: str, like: Compare) -> Compare | None:
    """A threshold as it was written by ``ask_threshold``; None for anything else."""
    for op, words in sorted(COMPARED.items(), key=lambda pair: -len(pair[1])):
        if text.startswith(words):
            try:
                limit: Constant = parse_constant(text.removeprefix(words))
            except ValueError:
                return None
            return like.model_copy(update={"op": op, "right": limit})
    return None


def in_force(desk: Desk) -> list[Standard]:
    """The standards by which a first application of the day is judged, as they hold in the place."""
    found = []
    for title in dict.fromkeys(standard.title for standard in load_standards()):
        try:
            chosen = select(title, "first", as_of=desk.as_of, standards=load_standards())
        except StandardNotFound:
            continue
        found.append(in_place(chosen.standard, desk.place)[0])
    return found


def _single(standard: Standard, desk: Desk) -> list[Conjunct]:
    """The thresholds that have to be reached by themselves, are certain, and are the only ones of their fact."""
    parts = conjuncts(standard, "first")
    return [
        part
        for part in parts
        if part.alone and part.criterion.confidence == CERTAIN and isinstance(part.leaves[0], Compare)
        and isinstance(part.leaves[0].left, Term) and sum(part.facts[0] in other.facts for other in parts) == 1
        and desk.holds(citation_of(part.criterion, standard))
    ]  # fmt: skip


def version_recipes(desk: Desk, seed: int) -> Iterator[Recipe]:
    """Days before and after the change of a standard, for the titles that changed."""
    random = Random(f"version {seed}")
    changed = [one for one in load_standards() if one.supersedes is not None and one.in_force.from_ is not None]
    for standard in changed:
        start = standard.in_force.from_
        assert start is not None
        for day in (
            start - timedelta(days=1),
            start,
            _between(random, SINCE, start),
            _between(random, start, desk.as_of),
        ):
            yield desk.recipe("version", standard.title, day.isoformat())


def _between(random: Random, start: date, end: date) -> date:
    return start + timedelta(days=random.randrange(max((end - start).days, 1)))


def ask_version(desk: Desk, recipe: Recipe) -> Asked:
    """Which standard a first application of a day is judged by."""
    day = date.fromisoformat(recipe.detail)
    standards = load_standards()
    right = select(recipe.subject, "first", as_of=day, started=day, standards=standards).standard
    newest = [one for one in standards if one.title == recipe.subject and one.supersedes is not None][-1]
    ref = f"{newest.document}#art_31"
    start = newest.in_force.from_
    if start is None or day < SINCE or not desk.states(ref, chinese_date(start)):
        raise NotAskable
    names = {one.id: _name(one, desk) for one in standards}

    def wrong(text: str) -> bool:
        return text in names.values() and text != names[right.id]

    same = [names[one.id] for one in reversed(standards) if one.title == recipe.subject]
    rest = [names[one.id] for one in reversed(standards) if one.title != recipe.subject]
    return Asked(
        stem=f"{chinese_date(day)}启动的“{recipe.subject}”首次申报，按哪一份标准核对？",
        right=names[right.id], others=tuple(proven([*same, *rest], names[right.id], wrong)), wrong=wrong, clause="第三十一条", ref=ref,
        explanation=f"新办法从{chinese_date(start)}起实施，旧的认定标准同时作废；{chinese_date(day)}启动的按{names[right.id]}。",
    )  # fmt: skip


def _name(standard: Standard, desk: Desk) -> str:
    document = desk.corpus.documents[standard.document]
    return f"{standard.title}：{document.short_title}（{document.number}）"


def change_recipes(desk: Desk, seed: int) -> Iterator[Recipe]:
    """Every matter whose change follows from the rules, from the standard before to the one in force."""
    for new in in_force(desk):
        old = next((one for one in load_standards() if one.title == new.title and one.document == new.supersedes), None)
        if old is None:
            continue
        pair = f"{old.id}~{new.id}"
        for row in compare(
            [(old.id, desk.place), (new.id, desk.place)], desk.corpus, as_of=desk.as_of, track="first"
        ).rows:
            if _askable(row):
                yield desk.recipe("change", pair, row.theme)


def _askable(row: Row) -> bool:
    demands = [demand for cell in row.cells for demand in cell]
    sure = all(d.confidence == CERTAIN and not d.shared and not d.place and d.basis == "computed" for d in demands)
    return sure and row.differences[0].kind in OPPOSITES and bool(row.cells[1])


def ask_change(desk: Desk, recipe: Recipe) -> Asked:
    """Whether a matter became stricter or looser."""
    names = recipe.subject.split("~")
    old, new = (standard_named(name) for name in names)
    found = compare([(name, recipe.place) for name in names], desk.corpus, as_of=recipe.as_of, track="first")
    row = next((one for one in found.rows if one.theme == recipe.detail and _askable(one)), None)
    if row is None:
        raise NotAskable
    kind, demand = row.differences[0].kind, row.cells[1][0]
    after = "；".join(one.words for one in row.cells[1])
    if not desk.holds(demand.citation) or not all(desk.states(one.citation, one.words) for one in row.cells[1]):
        raise NotAskable
    before = "；".join(one.words for one in row.cells[0]) or ("只在评分表里计分" if row.scored[0] else "没有这一项")
    texts = {change: CHANGES[change] for change in ("stricter", "looser", "same", "new", "gone")}
    certain = {texts[change] for change in OPPOSITES[kind]}
    return Asked(
        stem=f"首次申报“{new.title}”，现在的标准同{_name(old, desk)}相比，“{row.label}”有什么变化？",
        right=CHANGES[kind], others=tuple(sorted(certain)), wrong=lambda text: text in certain,
        clause=demand.clause, ref=demand.citation, explanation=f"原来：{before}。现在：{after}。",
    )  # fmt: skip


def makers() -> dict[str, Maker]:
    """The topics of this module."""
    found: Iterable[tuple[str, Maker]] = [
        ("threshold", Maker(threshold_recipes, ask_threshold, lambda _: 1)),
        ("version", Maker(version_recipes, ask_version, lambda _: 2)),
        ("change", Maker(change_recipes, ask_change, lambda _: 3)),
    ]
    return dict(found)
