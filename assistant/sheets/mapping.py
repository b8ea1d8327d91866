"""The mapping file: what a person says of the columns where their headers do not, or say it wrongly.

::

    sheets: [企业]                # only these sheets
    header_rows: [3, 4]           # where the header stands
    money_unit: 万元              # for money columns that name no unit
    year: 2025                    # for columns that name no year
    columns:
      D: {fact: revenue, year: 2025, unit: 万元}
      营业额: 营业收入            # a fact by id, key or label
      F: 不用
      A: 企业名称
"""

from __future__ import annotations

import difflib
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import BadInput
from assistant.sheets.header_words import key_of, normal
from assistant.sheets.layout import Column, Context, Layout
from assistant.sheets.raw import letter
from assistant.sheets.units import Unit, unit_named
from corpus.facts_models import FactEntry, load_dictionary, split_key

NOT_USED = {"不用", "忽略", "ignore", "skip"}
NAME, CODE = {"企业名称", "name"}, {"统一社会信用代码", "code"}


class ColumnMapping(BaseModel):
    """One column as the file has it."""

    model_config = ConfigDict(extra="forbid")

    fact: str
    year: int | None = Field(default=None, ge=1990, le=2100)
    unit: str | None = None


class Mapping(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid")

    sheets: list[str] | None = None
    header_rows: list[int] | None = None
    money_unit: str | None = None
    year: int | None = Field(default=None, ge=1990, le=2100)
    columns: dict[str, str | ColumnMapping] = Field(default_factory=dict)

    @property
    def rows(self) -> tuple[int, int] | None:
        """The first and the last header row, where they are given."""
        return (min(self.header_rows), max(self.header_rows)) if self.header_rows else None


def load_mapping(path: Path | None) -> Mapping:
    """Read a mapping file; none is an empty one. Raises BadInput with a sentence."""
    if path is None:
        return Mapping()
    try:
        data: Any = yaml.safe_load(path.read_text("utf-8"))
        mapping = Mapping.model_validate(data or {})
    except FileNotFoundError as error:
        raise BadInput(f"找不到对照文件 {path}。") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BadInput(f"对照文件 {path.name} 读不懂，请检查是不是 UTF-8 的 YAML。") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = "".join(f"“{part}”" for part in first["loc"][:2])
        raise BadInput(
            f"对照文件 {path.name} 的{where}写得不对。可以写 sheets、header_rows、money_unit、year、columns；"
            "每一列写成“D: {fact: revenue, year: 2025, unit: 万元}”。"
        ) from error
    if mapping.money_unit and (unit := unit_named(mapping.money_unit)) and unit.factor("money") is None:
        raise BadInput(f"对照文件的 money_unit“{mapping.money_unit}”不是金额单位，请写元、万元或亿元。")
    return mapping


def apply(mapping: Mapping, layout: Layout, context: Context) -> Layout:
    """The layout as the file corrects it. Raises BadInput for a column or a fact that is not there."""
    columns = list(layout.columns)
    for name, said in mapping.columns.items():
        for index in _indices(name, columns):
            columns[index] = _column(columns[index], said, mapping, context)
    for index, column in enumerate(columns):
        if column.role != "fact":
            continue
        if mapping.money_unit and column.unit is None and column.entry.type == "money":
            columns[index] = replace(column, unit=_unit(mapping.money_unit, column.entry)).noted("单位取自对照文件。")
        if mapping.year and not column.dated and column.entry.period != "now":
            columns[index] = replace(columns[index], year=mapping.year, dated=True, notes=("年份取自对照文件。",))
    taken = [c.key for c in columns if c.role == "fact"]
    for key in taken:
        if taken.count(key) > 1:
            both = "、".join(f"{letter(c.index)} 列“{c.header}”" for c in columns if c.role == "fact" and c.key == key)
            raise BadInput(f"按对照文件，{both}成了同一项（{key}）。请给其中一列写“不用”。")
    return replace(layout, columns=tuple(columns))


def _indices(name: str, columns: list[Column]) -> list[int]:
    by_header = [c.index for c in columns if normal(c.header) == normal(name)]
    by_letter = [c.index for c in columns if letter(c.index) == name.strip().upper()]
    if found := by_header or by_letter:
        return found
    near = difflib.get_close_matches(name, [c.header for c in columns], 2)
    hint = f"，是不是“{'”或“'.join(near)}”" if near else ""
    raise BadInput(f"对照文件里的列“{name}”在表里找不到{hint}。请写列的字母（如 D）或表头原文。")


def _column(column: Column, said: str | ColumnMapping, mapping: Mapping, context: Context) -> Column:
    told = said if isinstance(said, ColumnMapping) else ColumnMapping(fact=said)
    plain = Column(column.index, column.header, "passed_over", notes=("按对照文件。",))
    if told.fact in NOT_USED:
        return plain
    if told.fact in NAME | CODE:
        return replace(plain, role="name" if told.fact in NAME else "code")
    entry, year = _fact(told.fact)
    year = told.year or year or (column.year if column.dated else None)
    dated = year is not None
    unit = _unit(told.unit, entry) if told.unit else None
    if unit is None and column.unit is not None and column.unit.factor(entry.type) is not None:
        unit = column.unit
    if entry.period == "now":
        year, dated = None, False
    elif year is None:
        year, dated = mapping.year or context.default_year(entry), mapping.year is not None
    return replace(plain, role="fact", fact=entry.id, year=year, dated=dated, unit=unit)


def _fact(text: str) -> tuple[FactEntry, int | None]:
    dictionary = load_dictionary()
    fact, year = split_key(text) if text.partition("@")[2].isdigit() or "@" not in text else (text, None)
    by_label = {entry.label: entry.id for entry in dictionary.entries.values()}
    found = fact if fact in dictionary else by_label.get(fact) or key_of(fact)
    if found is None:
        near = difflib.get_close_matches(fact, [*dictionary.entries, *by_label], 2)
        hint = f"，是不是{'或'.join(near)}" if near else ""
        raise BadInput(f"对照文件里的“{text}”不是事实字典里的项目{hint}。")
    return dictionary[found], year


def _unit(text: str, entry: FactEntry) -> Unit:
    unit = unit_named(text)
    if unit is None or unit.factor(entry.type) is None:
        raise BadInput(f"对照文件里的单位“{text}”不能用在“{entry.label}”上。")
    return unit
