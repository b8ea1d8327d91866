"""How a file's columns were understood, for people: what each became, in which unit and year, what is open."""

from __future__ import annotations

from typing import Any

from assistant.criteria.words import name_of
from assistant.sheets.layout import Column
from assistant.sheets.raw import letter
from assistant.sheets.survey import Part, Survey
from corpus.facts_models import load_dictionary

COLUMN_HEADINGS = ("工作表", "列", "表头", "读作", "单位", "事实", "说明")
ROLES = {
    "name": "企业名称",
    "code": "统一社会信用代码",
    "passed_over": "（不用）",
    "unknown": "（认不出，没有使用）",
    "ambiguous": "（分不清，没有使用）",
}


def column_rows(part: Part) -> list[tuple[str, ...]]:
    """One row per column with a header."""
    rows: list[tuple[str, ...]] = []
    for column in part.layout.columns:
        if column.header or column.role == "fact":
            unit = column.unit.name if column.unit else ""
            rows.append(
                (
                    part.sheet,
                    letter(column.index),
                    column.header,
                    _read_as(column),
                    unit,
                    column.key,
                    "".join(column.notes),
                )
            )
    return rows


def _read_as(column: Column) -> str:
    return name_of(column.key, load_dictionary()) if column.role == "fact" else ROLES[column.role]


def as_dict(survey: Survey) -> dict[str, Any]:
    """For JSON."""
    return {
        "rows": survey.rows,
        "tables": [
            {
                "sheet": part.sheet, "header_rows": [part.layout.first, part.layout.last], "first_row": part.first,
                "last_row": part.last, "columns": [column_dict(column) for column in part.layout.columns if column.header],
            }
            for part in survey.parts
        ],
        "passed_over": [{"sheet": s, "row": row, "why": why} for s, row, why in survey.passed_over],
        "notes": survey.notes,
    }  # fmt: skip


def column_dict(column: Column) -> dict[str, Any]:
    """One column."""
    return {
        "column": letter(column.index), "header": column.header, "role": column.role, "fact": column.key or None,
        "read_as": _read_as(column), "year": column.year, "unit": column.unit.name if column.unit else None,
        "notes": list(column.notes),
    }  # fmt: skip
