"""What came out for each company, in words: outcome, failing clauses, missing facts, how far off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import polars as pl

from assistant.batch.columns import FEN
from assistant.criteria.tree import bind
from assistant.criteria.words import name_of
from corpus.criteria_models import Standard, Track
from corpus.criteria_tree import All, AnyOf, Compare, Part, Term
from corpus.facts_models import FactEntry, load_dictionary

OUTCOMES = {"eligible": "符合", "not_eligible": "不符合", "needs_info": "还不能判断", "invalid_input": "数据有误"}
ABOUT = ("sheet", "row", "name", "code")
"""The columns of a result that say which company it is."""
HEADINGS = {"sheet": "工作表", "row": "行号", "name": "企业名称", "code": "统一社会信用代码"}
WORDS = {"failing": "不满足的条款", "missing": "还缺的信息", "gap": "差多少"}


@dataclass(frozen=True)
class Screened:
    """A title as it is screened: its standard, track and round. ``name`` begins the names of its columns."""

    name: str
    standard: Standard
    track: Track | None
    round_year: int

    def column(self, what: str) -> str:
        """``outcome`` → ``zjtx.outcome``."""
        return f"{self.name}.{what}"

    @property
    def clauses(self) -> dict[str, str]:
        """Criterion id → its clause and what it is about."""
        return {c.id: f"{c.clause} {c.label}" for c in self.standard.criteria}


def in_words(frame: pl.DataFrame, screened: list[Screened], *, many_sheets: bool) -> pl.DataFrame:
    """The results as people read them: one row per company, the columns in Chinese."""
    about = [name for name in ABOUT if name != "sheet" or many_sheets]
    columns = [pl.col(name).alias(HEADINGS[name]) for name in about]
    for one in screened:
        title = one.standard.title
        columns += [
            pl.col(one.column("outcome")).replace(OUTCOMES).alias(f"{title}：结论"),
            *(pl.col(one.column(name)).alias(f"{title}：{words}") for name, words in WORDS.items()),
        ]
    return frame.select(columns)


def verdicts(facts: pl.DataFrame, one: Screened, judged: pl.DataFrame) -> pl.DataFrame:
    """The verdict columns of a title under its own names, with what fails and how far off in words.

    ``judged`` is what ``screen_frame`` gave for ``facts``.
    """
    ids = list(one.clauses)
    texts = [pl.col("outcome").cast(pl.String), _failing(judged, one), pl.col("unknown"), pl.col("missing")]
    texts += [_gaps(facts, judged, one), pl.col("exact"), *(pl.col(name).cast(pl.String) for name in ids)]
    return judged.select(texts).rename(one.column)


def _failing(judged: pl.DataFrame, one: Screened) -> pl.Series:
    """The criteria that are not met; every different set is written out once."""
    bits = [(pl.col(i) == "not_met").cast(pl.Int64) * 2**n for n, i in enumerate(one.clauses)]
    sets = judged.select(pl.sum_horizontal(bits)).to_series()
    different = sets.unique()
    words = list(one.clauses.values())
    said = ["；".join(w for n, w in enumerate(words) if found >> n & 1) for found in different]
    return sets.replace_strict(different, said, return_dtype=pl.String).alias("failing")


def _gaps(facts: pl.DataFrame, judged: pl.DataFrame, one: Screened) -> pl.Series:
    """How far figures that were given fall short in criteria that are not met: 营业收入（2025年）为1480万元，差20万元.

    Figures that are only calculated from others are left out.
    """
    short: dict[Compare, list[pl.Expr]] = {}
    for criterion in one.standard.criteria:
        test = bind(criterion.test, round_year=one.round_year, track=one.track or "first")
        for leaf, failing in _leaves(test, pl.col(criterion.id) == "not_met", frozenset(facts.columns)):
            short.setdefault(leaf, []).append(failing & _falls_short(leaf))
    masks = judged.select(pl.any_horizontal(m).fill_null(False).alias(str(n)) for n, m in enumerate(short.values()))
    texts: list[pl.Series] = []
    for leaf, mask in zip(short, masks, strict=True):
        at = mask.arg_true()
        if len(at):
            assert isinstance(leaf.left, Term)
            said = facts.select(pl.col(leaf.left.key).gather(at)).select(_off_by(leaf, leaf.left)).to_series()
            nothing = pl.Series(mask.name, [None], dtype=pl.String).new_from_index(0, judged.height)
            texts.append(nothing.scatter(at, said))
    if not texts:
        return pl.Series("gap", [""]).new_from_index(0, judged.height)
    return (
        pl.DataFrame(texts).select(pl.concat_str(pl.all(), separator="；", ignore_nulls=True)).to_series().alias("gap")
    )


def _leaves(node: Part, failing: pl.Expr, columns: frozenset[str]) -> Iterator[tuple[Compare, pl.Expr]]:
    """The comparisons of given figures that count where ``failing`` holds, each with where it counts."""
    if _given(node, columns):
        assert isinstance(node, Compare)
        yield node, failing
    elif isinstance(node, AnyOf):  # where one alternative holds, the others matter no more
        reached = [~_falls_short(part) for part in node.of if isinstance(part, Compare) and _given(part, columns)]
        open_ = failing & ~pl.any_horizontal(reached).fill_null(False) if reached else failing
        for part in node.of:
            yield from _leaves(part, open_, columns)
    elif isinstance(node, All):
        for part in node.of:
            yield from _leaves(part, failing, columns)


def _given(node: Part, columns: frozenset[str]) -> bool:
    return isinstance(node, Compare) and isinstance(node.left, Term) and node.left.key in columns


def _scale(entry: FactEntry) -> int:
    return FEN if entry.type == "money" else 1


def _falls_short(leaf: Compare) -> pl.Expr:
    assert isinstance(leaf.left, Term)
    column = pl.col(leaf.left.key)
    limit = float(leaf.right.value * _scale(load_dictionary()[leaf.left.fact]))
    return {"ge": column < limit, "gt": column <= limit, "le": column > limit, "lt": column >= limit}[leaf.op]


def _off_by(leaf: Compare, term: Term) -> pl.Expr:
    entry = load_dictionary()[term.fact]
    limit = float(leaf.right.value * _scale(entry))
    gap = (pl.col(term.key) - limit).abs()
    word = "差" if leaf.op in ("ge", "gt") else "高"
    if entry.type == "ratio":
        sizes = _number(gap * 100, "个百分点"), _number(pl.col(term.key) * 100, "%")
    elif entry.type == "money":
        wan = float(Fraction(10_000 * FEN))
        sizes = _number(gap / wan, "万元"), _number(pl.col(term.key) / wan, "万元")
    else:
        sizes = _number(gap, entry.unit), _number(pl.col(term.key), entry.unit)
    name = name_of(term.key, load_dictionary())
    return pl.format(f"{name}为{{}}，{word}{{}}", sizes[1], sizes[0])


def _number(value: pl.Expr, unit: str) -> pl.Expr:
    digits = value.cast(pl.Float64).round(4).cast(pl.String).str.strip_suffix(".0")
    return digits + unit
