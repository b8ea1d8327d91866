"""Score tables and size classes side by side."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from assistant.errors import BadInput
from assistant.workshop.demands import in_words, theme_of_fact
from assistant.workshop.models import CHANGES, Change, Difference, ScoreCell, ScoreRow, SizeComparison, SizeRow
from corpus.criteria_models import Standard
from corpus.criteria_tree import ScoreItem, terms
from corpus.facts_models import Dictionary
from corpus.size_models import LINES, Line, load_size

CLASS_WORDS: dict[Line, str] = {"large": "大型", "medium": "中型", "small": "小型"}
INDICATOR_WORDS = {"staff": "从业人员", "revenue": "营业收入", "assets": "资产总额"}


def score_rows(columns: Sequence[Standard], dictionary: Dictionary) -> list[ScoreRow]:
    """The items of every score table, those about the same facts or the same matter in one row."""
    rows: list[list[ScoreItem | None]] = []
    for n, standard in enumerate(columns):
        for item in standard.scores:
            row = _fitting(item, rows, n)
            if row is None:
                row = [None] * len(columns)
                rows.append(row)
            row[n] = item
    return [_row(row, columns, dictionary) for row in rows]


def _fitting(item: ScoreItem, rows: list[list[ScoreItem | None]], column: int) -> list[ScoreItem | None] | None:
    """The row whose items look at the same facts, else the one about the same matter."""
    free = [row for row in rows if row[column] is None]
    for alike in (_facts, _themes):
        for row in free:
            if any(other is not None and alike(other) & alike(item) for other in row):
                return row
    return None


def _facts(item: ScoreItem) -> frozenset[str]:
    return frozenset(term.fact for part in item.conditions for term in terms(part))


def _themes(item: ScoreItem) -> frozenset[str]:
    return frozenset(theme_of_fact()[fact] for fact in _facts(item))


def _row(row: list[ScoreItem | None], columns: Sequence[Standard], dictionary: Dictionary) -> ScoreRow:
    cells = [
        None if item is None else _cell(item, standard, dictionary) for item, standard in zip(row, columns, strict=True)
    ]
    label = next(item.label for item in row if item is not None).partition(" ")
    return ScoreRow(
        label=label[2] or label[0],
        cells=cells,
        differences=[_difference(i, j, cells[i], cells[j]) for i, j in combinations(range(len(row)), 2)],
    )


def _cell(item: ScoreItem, standard: Standard, dictionary: Dictionary) -> ScoreCell:
    if item.per:
        bands = [f"每有一项得{item.per.points.text}：" + "、".join(in_words(part, dictionary) for part in item.per.of)]
    else:
        bands = [f"{band.points.text}：{in_words(band.when, dictionary)}" for band in item.bands]
    if item.otherwise.value:
        bands.append(f"{item.otherwise.text}：其他")
    group = standard.score_labels.get(item.group, item.group)
    return ScoreCell(
        item=item.id, label=item.label, group=group, max=item.max.text, bands=bands, note=item.note,
        confidence=item.confidence,
    )  # fmt: skip


def _difference(i: int, j: int, old: ScoreCell | None, new: ScoreCell | None) -> Difference:
    kind: Change = "different"
    if old is None or new is None:
        kind = "absent" if old is new else "new" if new else "gone"
    elif (old.max, old.bands) == (new.max, new.bands):
        kind = "same"
    return Difference(of=i, to=j, kind=kind, label=CHANGES[kind])


def compare_sizes(trades: Sequence[str]) -> SizeComparison:
    """The size classes of trades side by side. Raises BadInput for an unknown trade or fewer than one."""
    size = load_size()
    known = {trade.trade: trade for trade in size.trades}
    wrong = [name for name in trades if name not in known]
    if wrong or not trades:
        raise BadInput(f"没有“{'、'.join(wrong)}”这个行业。行业要从这些里选：{'、'.join(known)}。")
    chosen = [known[name] for name in dict.fromkeys(trades)]
    rows = [
        SizeRow(
            label=f"{CLASS_WORDS[line]}企业{INDICATOR_WORDS[name]}",
            cells=[f"{floors[name].text}及以上" if name in (floors := trade.floors(line)) else "" for trade in chosen],
        )
        for line in LINES
        for name in size.indicators
        if any(name in trade.floors(line) for trade in chosen)
    ]
    return SizeComparison(
        name=size.name, trades=[trade.trade for trade in chosen], clauses=[trade.clause for trade in chosen],
        rows=rows, notes=["各项指标都达到才算这一档，有一项不到就往下一档。", *size.notes],
    )  # fmt: skip


def trades() -> list[str]:
    """The trades whose size classes can be put side by side."""
    return [trade.trade for trade in load_size().trades]
