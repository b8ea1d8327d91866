"""A column of cells → canonical values (see ``columns``), and a line for every cell that was no plain value.

Plain numbers are read all at once and exactly: their digits are shifted as text, never multiplied as floats. What
remains is read once for every different text (``cells.read_cell``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import polars as pl

from assistant.batch.columns import FEN, TYPES, fact_value
from assistant.criteria.bounds import check_bounds
from assistant.criteria.words import amount
from assistant.sheets.cells import Read, read_cell
from assistant.sheets.layout import Column, Layout
from assistant.sheets.raw import PERCENT, Piece, bare, letter
from corpus.facts_models import load_dictionary

LINES = {
    "row": pl.Int64, "column": pl.String, "header": pl.String, "written": pl.String, "kind": pl.String, "note": pl.String,
}  # fmt: skip
"""What is said of single cells. ``kind``: read, vague, wrong, absurd, unit, unsure, extra."""
TIMES_THE_USUAL = 5_000
"""An amount so many times the column's usual one was most likely written in another unit (元 among 万元)."""
LONGEST = 80


@dataclass(frozen=True)
class Cleaned:
    """The rows' canonical columns, and what is to be said of their cells (``LINES``)."""

    facts: pl.DataFrame
    lines: pl.DataFrame


def clean(piece: Piece, layout: Layout, usual: dict[int, int], as_of: date) -> Cleaned:
    """The facts of a piece's rows. ``usual`` is the usual amount of money columns in 分, by column number."""
    facts: list[pl.Series] = []
    lines: list[pl.DataFrame] = []
    blank = pl.Series("", [None], dtype=pl.String).new_from_index(0, piece.cells.height)
    for column in layout.facts:
        name = str(column.index)
        series = piece.cells[name] if name in piece.cells.columns else blank
        values, said = clean_column(series, column, usual.get(column.index), as_of)
        facts.append(values.alias(column.key))
        if said.height:
            lines.append(_line(said, piece, column))
    lines += _beyond(piece, layout)
    frame = pl.DataFrame(facts) if facts else pl.DataFrame(height=piece.cells.height)
    return Cleaned(frame, pl.concat(lines) if lines else pl.DataFrame(schema=LINES))


def clean_column(series: pl.Series, column: Column, usual: int | None, as_of: date) -> tuple[pl.Series, pl.DataFrame]:
    """Canonical values, and for each cell worth a word its position ``at``, ``written``, ``kind`` and ``note``."""
    values = _typed(series, column)
    said: list[pl.DataFrame] = []
    if values is None:
        texts = series.cast(pl.String)
        values = _plain(texts, column)
        rest = texts.is_not_null() & values.is_null()
        if rest.any():
            values, lines = _one_by_one(texts, rest, values, column)
            said.append(lines)
    if usual and column.entry.type == "money":
        values, lines = _too_large(values, series, usual)
        said.append(lines)
    said.append(_absurd(values, series, column, as_of))
    return values, pl.concat(said)


def _typed(series: pl.Series, column: Column) -> pl.Series | None:
    """Numbers and flags that are already typed; None for what has to be read as text."""
    kind, entry, factor = series.dtype, column.entry, column.factor
    if entry.type == "flag" and kind == pl.Boolean:
        return series
    if not kind.is_numeric() or kind.is_decimal() or entry.type in ("flag", "choice", "date"):
        return None
    if entry.type in ("money", "ratio") and factor is None:
        return pl.Series([None], dtype=TYPES[entry.type]).new_from_index(0, series.len())
    if kind.is_float() and bool(series.is_infinite().any()):
        return None
    if entry.type == "money":
        return _money(series, (factor or Fraction(1)) * FEN)
    if entry.type == "ratio" and factor != 1:
        return None
    if kind.is_float():
        if entry.type == "count":
            return None
        exact = series.cast(pl.String).cast(pl.Float64) if kind == pl.Float32 else series.cast(pl.Float64)
        return exact.fill_nan(None)
    return series.cast(TYPES[entry.type], strict=False)


def _money(series: pl.Series, fen: Fraction) -> pl.Series | None:
    """Whole 分; None where a number is too large for them."""
    largest = series.cast(pl.Float64).fill_nan(None).abs().max()
    if fen.denominator != 1 or (isinstance(largest, float) and largest * fen >= 2**62):
        return None
    if series.dtype.is_integer():
        return series.cast(pl.Int64) * int(fen)
    exact = series.cast(pl.String).cast(pl.Float64) if series.dtype == pl.Float32 else series
    return (exact.fill_nan(None) * int(fen)).round().cast(pl.Int64)


def _plain(texts: pl.Series, column: Column) -> pl.Series:
    """The plain numbers among the texts; everything else null."""
    entry, factor = column.entry, column.factor
    kind, nothing = TYPES[entry.type], pl.Series([None], dtype=TYPES[entry.type]).new_from_index(0, texts.len())
    if entry.type in ("flag", "choice", "date"):
        return nothing
    texts = _grouped(texts)
    if entry.type == "ratio":
        shown = _where(texts.str.ends_with(PERCENT), texts.str.strip_suffix(PERCENT))
        written = _where(texts.str.contains(r"^[0-9.\-]+[%％]$"), texts.str.replace(r"[%％]$", ""))
        found = _float(shown, "").fill_null(_float(written, "e-2"))
        if factor is not None:
            found = found.fill_null(_float(texts, {Fraction(1): "", Fraction(1, 100): "e-2"}.get(factor, "e-3")))
        return found
    if entry.type == "money":
        fen = (factor or Fraction(0)) * FEN
        return _shifted(texts, len(str(fen)) - 1) if fen else nothing
    if entry.type == "count":
        return _where(texts.str.contains(r"^-?[0-9]{1,15}(\.0+)?$"), texts.str.extract(r"^(-?[0-9]+)")).cast(kind)
    return _float(texts, "")


def _grouped(texts: pl.Series) -> pl.Series:
    """Commas between thousands taken out where they stand right: 4,800 is 4800 in every table program."""
    right = texts.str.contains(r"^-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?$").fill_null(False)
    return pl.select(pl.when(right).then(texts.str.replace_all(",", "", literal=True)).otherwise(texts)).to_series()


def _where(mask: pl.Series, texts: pl.Series) -> pl.Series:
    return pl.select(pl.when(mask).then(texts)).to_series()


def _float(texts: pl.Series, exponent: str) -> pl.Series:
    plain = texts.str.contains(r"^-?[0-9]{1,15}(\.[0-9]{1,30})?$")
    return (_where(plain, texts) + exponent).cast(pl.Float64)


def _shifted(texts: pl.Series, places: int) -> pl.Series:
    """Decimal numbers times ten to the power of ``places``, digit by digit; null where something would be left."""
    pattern = rf"^-?[0-9]{{1,{17 - places}}}(\.[0-9]{{1,{places}}}0*)?$" if places else r"^-?[0-9]{1,17}(\.0*)?$"
    fits = _where(texts.str.contains(pattern), texts)
    whole = fits.str.extract(r"^(-?[0-9]+)")
    part = fits.str.extract(r"\.([0-9]+)$").fill_null("").str.pad_end(places, "0").str.head(places)
    return (whole + part).cast(pl.Int64)


def _one_by_one(texts: pl.Series, rest: pl.Series, values: pl.Series, column: Column) -> tuple[pl.Series, pl.DataFrame]:
    """Each different text read once, and its result put wherever it stands."""
    at = rest.arg_true()
    written = texts.gather(at)
    unique = written.unique()
    read: list[Read] = [read_cell(text, column) for text in unique.to_list()]
    table = pl.DataFrame(
        {
            "written": unique,
            "value": pl.Series([r.value for r in read], dtype=values.dtype),
            "kind": pl.Series([r.kind for r in read], dtype=pl.String),
            "note": pl.Series([r.note for r in read], dtype=pl.String),
        }
    )
    cells = pl.DataFrame({"at": at, "written": written}).join(table, on="written", how="left", maintain_order="left")
    values = values.scatter(at, cells["value"])
    shown = cells.filter(~pl.col("kind").is_in(["plain", "blank", "unitless"]))
    return values, _said(shown["at"], shown["written"], shown["kind"], shown["note"])


def _said(at: pl.Series, written: pl.Series, kind: pl.Series | str, note: pl.Series | str) -> pl.DataFrame:
    frame = pl.DataFrame({"at": at.cast(pl.UInt32), "written": written.cast(pl.String)})
    return frame.with_columns(
        (pl.lit(kind) if isinstance(kind, str) else kind).alias("kind"),
        (pl.lit(note) if isinstance(note, str) else note).alias("note"),
    )


def _too_large(values: pl.Series, series: pl.Series, usual: int) -> tuple[pl.Series, pl.DataFrame]:
    """Amounts thousands of times the usual one, taken out."""
    at = (values.abs() > usual * TIMES_THE_USUAL).fill_null(False).arg_true()
    if not at.len():
        return values, _said(at, pl.Series([], dtype=pl.String), "unit", "")
    words = amount(Fraction(usual, FEN), "money")
    note = f"是这一列一般数额（{words}）的几千倍，多半单位写错了（如把元写进万元列），没有采用，请核对。"
    written = series.gather(at)
    return values.scatter(at, None), _said(at, written, "unit", note)


def _absurd(values: pl.Series, series: pl.Series, column: Column, as_of: date) -> pl.DataFrame:
    """Values that no company can have. They stay: the checker names them, and calls nobody eligible on them."""
    entry, dictionary = column.entry, load_dictionary()
    least, most = entry.bounds
    scale = FEN if entry.type == "money" else 1
    wrong = pl.Series([False]).new_from_index(0, values.len())
    if entry.type == "date":
        wrong = values.is_not_null()
    if least is not None:
        wrong = wrong | (values < float(least) * scale).fill_null(False)
    if most is not None:
        wrong = wrong | (values > float(most) * scale).fill_null(False)
    at = wrong.arg_true()
    found = values.gather(at)
    notes: dict[object, str] = {}
    for value in found.unique().to_list():
        known = fact_value(value, entry)
        problems = check_bounds({column.key: known}, dictionary, as_of) if known is not None else []
        notes[value] = problems[0].sentence if problems else ""
    note = pl.Series([notes[value] for value in found.to_list()], dtype=pl.String)
    lines = _said(at, series.gather(at), "absurd", note)
    return lines.filter(pl.col("note") != "")


def _line(said: pl.DataFrame, piece: Piece, column: Column) -> pl.DataFrame:
    text = pl.col("written").str.replace(r"\x1f%$", "（百分比格式）").str.replace(r"^\x1f=$", "（公式）")
    return said.select(
        row=pl.col("at").cast(pl.Int64) + piece.first,
        column=pl.lit(letter(column.index)),
        header=pl.lit(column.header),
        written=text.str.replace(r"^\x1f#", "").str.head(LONGEST),
        kind="kind",
        note="note",
    )


def _beyond(piece: Piece, layout: Layout) -> list[pl.DataFrame]:
    """Cells to the right of the last header: nothing is said of what they mean."""
    lines: list[pl.DataFrame] = []
    width = 1 + max((c.index for c in layout.columns if c.header), default=-1)
    for name in piece.cells.columns[width:]:
        series = piece.cells[name].cast(pl.String)
        at = series.is_not_null().arg_true()
        if at.len():
            written = pl.Series([bare(text) for text in series.gather(at).to_list()], dtype=pl.String)
            said = _said(at, written, "extra", "在表头右边，没有列名，没有使用；这一行也许多了一个分隔符，请核对。")
            lines.append(_line(said, piece, Column(int(name), "", "unknown")))
    return lines
