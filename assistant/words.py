"""Chinese words for the contract's values, the same on every page and in every file."""

from __future__ import annotations

VALIDITY = {
    "in_force": "现行有效",
    "expired": "已过有效期",
    "repealed": "已废止",
    "superseded": "已被新规定取代",
    "not_yet": "尚未施行",
    "unknown": "效力待核实",
}
OUTCOME = {
    "met": ("✓", "符合"),
    "not_met": ("✗", "不符合"),
    "unknown": ("?", "待确认"),
    "exempt": ("–", "不考察"),
    "declared": ("◌", "按您说明"),
    "manual": ("◌", "评审判断"),
}
OUTCOME_ORDER = ("not_met", "unknown", "manual", "declared", "met", "exempt")
"""What matters most comes first."""
VERDICT = {
    "eligible": ("✓", "按您说的情况，符合"),
    "not_eligible": ("✗", "按您说的情况，现在还不符合"),
    "needs_info": ("?", "还不能判断"),
    "invalid_input": ("!", "数据对不上，先核实"),
}
TRACK = {"first": "首次申报", "review": "到期复核", "unknown": "首次或复核"}
TITLES = {
    "专精特新": "专精特新中小企业",
    "小巨人": "专精特新“小巨人”企业",
    "创新型": "创新型中小企业",
    "科技型": "科技型中小企业",
}
STATUS = {"needs_info": "还要了解", "not_found": "没有找到依据", "declined": "不能这样做"}
TEXT_KIND = {"original": "原文", "digest": "摘要（条理整理，非原文）"}
CHANGEABLE = {"now": "现在就能补", "this_year": "今年内能做", "next_year": "明年能做", "never": "改不了"}


def chinese_day(iso: str | None) -> str:
    """``"2026-04-01"`` → ``"2026年4月1日"``; empty for nothing."""
    if not iso:
        return ""
    year, month, day = iso.split("-")
    return f"{year}年{int(month)}月{int(day)}日"
