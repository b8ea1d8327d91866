"""A first walk through a file: how many rows, where a header stands again, and what columns without a unit must be.

A ratio column without a unit is read by all its plain numbers: none above 1 in size, they are fractions; none at or
below 1, they are percentages. A money column without a unit is read by the size of a company: where the usual revenue or
total assets could only be 元, or only 万元. Whatever stays open is named and not used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import polars as pl

from assistant.batch.columns import FEN
from assistant.errors import BadInput
from assistant.sheets.header_cells import meaning
from assistant.sheets.header_words import normal
from assistant.sheets.layout import Column, Context, Layout, find_layout
from assistant.sheets.mapping import Mapping, apply
from assistant.sheets.raw import PERCENT, Piece, Sheet, Source, letter
from assistant.sheets.units import Unit

SIZE = 20_000
SAMPLE = 20_000
ENOUGH = 20
ANCHORS = ("revenue", "total_assets", "main_revenue")
YUAN_FROM, WAN_UNTIL = 3_000_000, 50_000
"""A usual revenue of 300万万元 is no company's here, one of 5万元 hardly any's."""
A_NAME = r"[\p{L}--[零一二两三四五六七八九十百千万亿点半多几约负元整是否有无]]{2}"
"""Two letters in a row that are neither numerals nor yes or no."""


@dataclass
class Seen:
    """What was seen of one column's plain numbers: their range in size, and the first of them."""

    low: float = float("inf")
    high: float = 0.0
    sample: list[float] = field(default_factory=list)

    def add(self, numbers: pl.Series, *, signed: bool) -> None:
        """More plain numbers; zeros say nothing, nor do negative ones where there cannot be any."""
        sizes = numbers.drop_nulls().abs() if signed else numbers.drop_nulls()
        sizes = sizes.filter(sizes > 0)
        if sizes.len():
            self.low, self.high = min(self.low, float(sizes.min())), max(self.high, float(sizes.max()))  # type: ignore[arg-type]
            room = max(0, SAMPLE - len(self.sample))
            self.sample += sizes.head(room).to_list()

    @property
    def usual(self) -> float | None:
        """The median."""
        median = pl.Series(self.sample, dtype=pl.Float64).median()
        return float(median) if isinstance(median, float) else None


@dataclass
class Part:
    """Rows of a sheet (numbers from 1, both included) under one header. ``usual``: see ``clean``."""

    sheet: str
    first: int
    last: int
    layout: Layout
    usual: dict[int, int] = field(default_factory=dict)
    seen: dict[int, Seen] = field(default_factory=dict)


@dataclass
class Survey:
    """The parts of a file, in order; rows that are no companies, with the reason; sentences about the file."""

    parts: list[Part]
    passed_over: list[tuple[str, int, str]]
    notes: list[str]
    rows: int = 0


def survey(
    source: Source, context: Context, mapping: Mapping, tick: Callable[[int], None] = lambda rows: None
) -> Survey:
    """Walk through the file once. ``tick`` is told how many rows were walked through. Raises BadInput where no sheet
    has a header that we understand."""
    result = Survey([], [], [])
    sheets = source.sheets()
    result.notes += source.notes
    wanted = mapping.sheets
    for name in wanted or ():
        if name not in {sheet.name for sheet in sheets}:
            raise BadInput(f"没有叫“{name}”的工作表。有的是：{'、'.join(sheet.name for sheet in sheets)}。")
    for sheet in sheets:
        if wanted and sheet.name not in wanted:
            continue
        layout = find_layout(sheet, context, mapping.rows)
        if layout is None:
            result.notes.append(f"工作表“{sheet.name}”里没有找到表头（至少要有两列认得出），没有读。")
            continue
        _walk(source, sheet, apply(mapping, layout, context), context, result, tick)
    if not result.parts:
        raise BadInput(_no_header(source.path.name, sheets))
    result.notes = list(dict.fromkeys([*result.notes, *source.notes]))
    for part in result.parts:
        part.layout = replace(part.layout, columns=tuple(_settled(part)))
        part.usual = _usual(part)
    return result


def _no_header(name: str, sheets: list[Sheet]) -> str:
    if not sheets:
        return f"{name} 里没有数据。"
    return (
        f"{name} 里没有找到看得懂的表头。请让某一行写着各列的名称，例如“企业名称”“2025年营业收入（万元）”“2025年研发费用（万元）”；"
        "也可以用 --mapping 写明每一列是什么。"
    )


def _walk(
    source: Source, sheet: Sheet, layout: Layout, context: Context, result: Survey, tick: Callable[[int], None]
) -> None:
    part = Part(sheet.name, layout.last + 1, layout.last, layout)
    result.parts.append(part)
    for piece in source.pieces(sheet.name, SIZE):
        start = piece.first
        for row, again in _headers(piece, part.layout, context) if not sheet.named else ():
            _see(piece.rows(max(start, part.first), row - 1), part)
            start, part.last = row + 1, row - 1
            if again is None:
                result.passed_over.append((sheet.name, row, "是重复的表头"))
                part = Part(sheet.name, row + 1, row, part.layout, seen=part.seen)
            else:
                result.notes.append(f"工作表“{sheet.name}”第 {row:,} 行起换了一个表头，后面的行按新表头读。")
                result.passed_over.append((sheet.name, row, "是表头"))
                part = Part(sheet.name, row + 1, row, again)
            result.parts.append(part)
        _see(piece.rows(max(start, part.first), piece.last), part)
        part.last = max(part.last, piece.last)
        tick(piece.cells.height)
    result.rows += sum(max(0, p.last - p.first + 1) for p in result.parts if p.sheet == sheet.name)


def _headers(piece: Piece, layout: Layout, context: Context) -> Iterator[tuple[int, Layout | None]]:
    """Header rows among the data: the row's number, and the layout from there on (None: the same as before)."""
    facts = [c for c in layout.facts if str(c.index) in piece.cells.columns][:40]
    names = [str(c.index) for c in facts if piece.cells[str(c.index)].dtype == pl.String]
    if not names:
        return
    same = pl.sum_horizontal(
        (pl.col(str(c.index)) == c.header.split(" / ")[-1]).fill_null(False).cast(pl.Int32) for c in facts
    )
    known = [pl.col(name).is_in(_header_texts(piece.cells[name])).cast(pl.Int32) for name in names]
    found = piece.cells.lazy().select(same=same, known=pl.sum_horizontal(known).fill_null(0)).collect()
    least = min(2, len(names))
    for at in ((found["same"] >= least) | (found["known"] >= least)).arg_true().to_list():
        row = piece.first + at
        if row <= layout.last:
            continue
        texts = tuple(cell or "" for cell in piece.cells.row(at))
        if found["same"][at] >= max(least, len(names) // 2) or tuple(map(normal, texts)) == layout.texts:
            yield row, None
            continue
        again = find_layout(Sheet(piece.sheet, (texts,)), context)
        if again is not None:
            yield row, replace(again, first=row, last=row)


def _header_texts(series: pl.Series) -> list[str]:
    """The texts of a column that are names of facts."""
    names = series.filter((series.str.len_chars() <= 40) & series.str.contains(A_NAME)).unique().to_list()
    return [text for text in names if meaning((text,)).role in ("fact", "name")]


def _see(piece: Piece, part: Part) -> None:
    for column in part.layout.facts:
        if column.entry.type in ("money", "ratio") and str(column.index) in piece.cells.columns:
            series = piece.cells[str(column.index)]
            if series.dtype == pl.String:
                marked = series.str.contains(PERCENT, literal=True)
                texts = series.filter(~marked.fill_null(True)).str.replace_all(",", "", literal=True)
                series = texts.cast(pl.Float64, strict=False)
            elif series.dtype.is_numeric():
                series = series.cast(pl.Float64).fill_nan(None)
            else:
                continue
            finite = series.filter(series.is_finite().fill_null(False))
            part.seen.setdefault(column.index, Seen()).add(finite, signed=column.entry.bounds[0] != 0)


def _settled(part: Part) -> list[Column]:
    """The columns, those without a unit settled by what stands in them, or named as unsettled."""
    guess, why = _money_unit(part)
    columns: list[Column] = []
    for column in part.layout.columns:
        seen = part.seen.get(column.index, Seen())
        if column.role != "fact" or column.unit is not None or not seen.sample:
            columns.append(column)
        elif column.entry.type == "ratio":
            columns.append(_ratio(column, seen))
        elif column.entry.type == "money" and guess:
            columns.append(replace(column, unit=guess).noted(why))
        elif column.entry.type == "money":
            sentence = "没有写金额单位，分不清是元还是万元，不带单位的数没有使用。请在表头写明单位，或在对照文件里写 money_unit。"
            columns.append(column.noted(sentence))
        else:
            columns.append(column)
    return columns


def _money_unit(part: Part) -> tuple[Unit | None, str]:
    """The unit of the money columns that name none, and the sentence that says so."""
    told = {c.unit for c in part.layout.facts if c.entry.type == "money" and c.unit is not None}
    if len(told) == 1:
        unit = next(iter(told))
        return unit, f"没有写金额单位，别的金额列都是{unit.name}，也按{unit.name}读，请核对。"
    for column in part.layout.facts:
        usual = part.seen.get(column.index, Seen()).usual
        if column.fact not in ANCHORS or column.unit is not None or usual is None:
            continue
        name = "元" if usual >= YUAN_FROM else "万元" if usual <= WAN_UNTIL else None
        if name:
            seen = f"按数的大小看是{name}（{letter(column.index)} 列一般为 {usual:,.0f}）"
            return Unit(name), f"没有写金额单位，{seen}，请核对；不对请在对照文件里写 money_unit。"
    return None, ""


def _ratio(column: Column, seen: Seen) -> Column:
    if seen.high <= 1:
        return replace(column, unit=Unit("小数")).noted("没有写单位，数都不超过 1，按小数读（0.03 就是 3%）。")
    if seen.low > 1:
        return replace(column, unit=Unit("%")).noted("没有写单位，数都大于 1，按百分数读（3.2 就是 3.2%），请核对。")
    return column.noted(
        "没有写单位，有的数大于 1、有的不到 1，分不清是百分数还是小数，不带百分号的数没有使用。请在表头写明（%），或在对照文件里写 unit。"
    )


def _usual(part: Part) -> dict[int, int]:
    """The usual amount of each money column that has enough amounts, in 分."""
    found: dict[int, int] = {}
    for column in part.layout.facts:
        seen, factor = part.seen.get(column.index), column.factor
        if column.entry.type == "money" and seen and factor and len(seen.sample) >= ENOUGH and seen.usual:
            found[column.index] = int(seen.usual * float(factor * FEN))
    return found
