"""A whole screening: a file of companies in, a file of verdicts out, piece by piece, so that it can be cut off."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

import polars as pl

from assistant.criteria.select import select
from assistant.errors import BadInput
from assistant.sheets.clean import LINES, clean
from assistant.sheets.engines import Engine, Judge
from assistant.sheets.layout import Context, Layout
from assistant.sheets.mapping import Mapping, load_mapping
from assistant.sheets.raw import Piece, Source
from assistant.sheets.results import Screened, verdicts
from assistant.sheets.survey import Part, Survey, survey
from assistant.sheets.tables import check_target, open_source
from assistant.sheets.tally import Tally
from assistant.sheets.workplace import Workplace, fingerprint
from assistant.sheets.write import write
from corpus.criteria_models import Track, load_standards
from corpus.criteria_tree import terms

ROWS = 50_000
MARK = r"\x1f[=%#]"
NO_COMPANY = r"^(?:合\s*计|总\s*计|小\s*计|平均值?|合计数)[:：]?$|^(?:注|备注|说明|填表|制表|审核|填报|单位负责)(?:人|单位|时间|日期)?[:：]"
"""A row that is a sum, or a note below the table."""


@dataclass(frozen=True)
class Settings:
    """How to screen. ``titles`` by any of their names; ``track`` None tries both; ``rows`` at a time."""

    as_of: date
    titles: tuple[str, ...] = ("zjtx", "xjr")
    track: Track | None = None
    round_year: int | None = None
    mapping: Path | None = None
    engine: Engine = "polars"
    master: str | None = None
    resume: bool = True
    rows: int = ROWS

    @property
    def round(self) -> int:
        """The year of the round."""
        return self.round_year or self.as_of.year


class Watcher(Protocol):
    """Is told how far a run has come: the stage, the rows done and, where it is known, of how many."""

    def __call__(self, stage: str, done: int, of: int | None) -> None:
        """One step further."""


def silent(stage: str, done: int, of: int | None) -> None:
    """Nobody watches."""


@dataclass
class Done:
    """A finished run."""

    source: Path
    target: Path
    screened: list[Screened]
    survey: Survey
    tally: Tally
    report: Path | None = None
    notes: list[str] = field(default_factory=list)
    seconds: float = 0.0


def chosen(settings: Settings) -> list[Screened]:
    """The standards of the titles. Raises StandardNotFound where one is not known or not encoded."""
    standards = load_standards()
    found: dict[str, Screened] = {}
    for title in settings.titles:
        standard = select(title, settings.track, as_of=settings.as_of, standards=standards).standard
        name = standard.names[0] if standard.names else standard.id
        found.setdefault(standard.id, Screened(name, standard, settings.track, settings.round))
    return list(found.values())


def context_of(screened: Sequence[Screened], settings: Settings) -> Context:
    """What headers need to know: this year, and the newest year of each fact that the standards look at."""
    newest: dict[str, int] = {}
    offsets = {"THIS": 0, "Y1": -1, "END": -1, "L2Y": -1, "L3Y": -1, "YEAR": -1, "Y2": -2, "Y3": -3, "Y4": -4}
    for one in screened:
        for criterion in one.standard.criteria:
            for term in terms(criterion.test):
                if term.period in offsets:
                    year = settings.as_of.year + offsets[term.period]
                    newest[term.fact] = max(year, newest.get(term.fact, 0))
    return Context(settings.as_of.year, newest)


def look(source_path: Path, settings: Settings, watch: Watcher = silent) -> tuple[Source, Survey]:
    """The file's tables as understood, before anything is screened. Raises BadInput where they cannot be."""
    source = open_source(source_path)
    walked = 0

    def tick(rows: int) -> None:
        nonlocal walked
        walked += rows
        watch("读表", walked, None)

    mapping: Mapping = load_mapping(settings.mapping)
    return source, survey(source, context_of(chosen(settings), settings), mapping, tick)


def run(source_path: Path, target: Path, settings: Settings, watch: Watcher = silent) -> Done:
    """Screen every company of a file. Raises BadInput where the input cannot be read or the output not be written."""
    started = time.perf_counter()
    screened = chosen(settings)
    check_target(target, source_path)
    source, seen = look(source_path, settings, watch)
    work = Workplace(target, fingerprint(source_path, _settings(settings, screened)), resume=settings.resume)
    notes = [work.note] if work.note else []
    judge, finished = Judge(settings.engine, settings.master, settings.as_of), 0
    for number, (part, piece) in enumerate(_pieces(source, seen, settings.rows)):
        if not work.has(number):
            work.keep(number, *_screen(piece, part, screened, judge))
        finished += piece.cells.height
        watch("核对", finished, seen.rows)
    tally = Tally.of(work, screened)
    if not tally.rows:
        work.clear()
        raise BadInput(f"{source_path.name} 的表头下面没有企业，没有可核对的。")
    done = Done(source_path, target, screened, seen, tally, notes=notes)
    done.report = write(done, work, watch)
    work.clear()
    done.seconds = time.perf_counter() - started
    return done


def _settings(settings: Settings, screened: list[Screened]) -> dict[str, object]:
    mapping = settings.mapping.read_text("utf-8") if settings.mapping else ""
    return {
        "standards": [one.standard.id for one in screened], "track": settings.track, "round": settings.round,
        "as_of": settings.as_of, "mapping": mapping, "rows": settings.rows, "version": version("tiaoli"),
    }  # fmt: skip


def _pieces(source: Source, seen: Survey, size: int) -> Iterator[tuple[Part, Piece]]:
    """Every row of every part once, in order."""
    for sheet in dict.fromkeys(part.sheet for part in seen.parts):
        parts = [part for part in seen.parts if part.sheet == sheet]
        for piece in source.pieces(sheet, size):
            for part in parts:
                if part.first <= piece.last and part.last >= piece.first:
                    yield part, piece.rows(part.first, part.last)


def _screen(piece: Piece, part: Part, screened: list[Screened], judge: Judge) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The results of a piece's companies, and the lines about its cells."""
    about = _about(piece, part.layout)
    company = ~(about["blank"] | about["total"])
    cleaned = clean(piece, part.layout, part.usual, judge.as_of)
    sums = about.filter(pl.col("total")).select(
        row="row", column=pl.lit(""), header=pl.lit("企业名称"), written=pl.col("name"), kind=pl.lit("total"),
        note=pl.lit("这一行是合计或说明，不是企业，没有核对。"),
    )  # fmt: skip
    kept = about.filter(company)["row"]
    lines = pl.concat([cleaned.lines.filter(pl.col("row").is_in(kept.implode())), sums.cast(pl.Schema(LINES))]).sort(
        "row"
    )
    facts = cleaned.facts.filter(company)
    result = about.filter(company).drop("blank", "total")
    for one in screened:
        result = result.hstack(verdicts(facts, one, judge.judge(facts, one)))
    return result, lines.insert_column(0, pl.lit(piece.sheet).alias("sheet"))


def _about(piece: Piece, layout: Layout) -> pl.DataFrame:
    """Which company each row is of, and whether it is of one at all."""
    name, code = (layout.one(role) for role in ("name", "code"))
    cells = piece.cells

    def text(index: int | None) -> pl.Expr:
        known = index is not None and str(index) in cells.columns
        if not known:
            return pl.lit(None, dtype=pl.String)
        written = pl.col(str(index)).cast(pl.String)  # without the marks of formulas and percentages
        return written.str.replace(MARK, "").replace("", None)

    frame = cells.select(
        sheet=pl.lit(piece.sheet),
        row=pl.int_range(piece.first, piece.first + pl.len(), dtype=pl.Int64),
        name=text(name.index if name else None),
        code=text(code.index if code else None),
        blank=pl.all_horizontal(pl.all().is_null()) if cells.width else pl.lit(True),
    )
    firsts = [text(index).str.contains(NO_COMPANY) for index in range(min(3, cells.width))]
    total = pl.any_horizontal(firsts).fill_null(False) if firsts else pl.lit(False)
    return frame.hstack([cells.select(total=total).to_series()])
