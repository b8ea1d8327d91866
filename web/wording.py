"""Validation errors in Chinese."""

from __future__ import annotations

from typing import Any

SENTENCES = {
    "missing": "缺少这一项。",
    "extra_forbidden": "不认识这一项，请对照 /openapi.json 检查拼写。",
    "string_type": "应当是文字。",
    "string_too_short": "不能为空。",
    "string_too_long": "太长了，最多 {max_length} 个字。",
    "int_type": "应当是整数。",
    "int_parsing": "应当是整数。",
    "greater_than_equal": "不能小于 {ge}。",
    "less_than_equal": "不能大于 {le}。",
    "literal_error": "只能是其中之一：{expected}。",
    "dict_type": "应当是“名称: 值”的对象。",
    "model_attributes_type": "应当是一个 JSON 对象。",
    "model_type": "应当是一个 JSON 对象。",
    "list_type": "应当是列表。",
    "string_pattern_mismatch": "格式不对。",
}
DATE = "日期要写成 2026-11-21 这样。"


def sentence(error: dict[str, Any]) -> str:
    """One pydantic error as a sentence; what was sent is never repeated."""
    kind = str(error["type"])
    if kind.startswith("date"):
        return DATE
    if kind == "value_error":  # raised by our own validators, whose messages are sentences
        return str(error.get("ctx", {}).get("error", "")) or "不合要求。"
    context = {name: str(value).replace(" or ", " 或 ") for name, value in error.get("ctx", {}).items()}
    return SENTENCES.get(kind, "不合要求，请对照 /openapi.json 检查。").format_map(_Blank(context))


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"
