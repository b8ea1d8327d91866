"""What people write in a cell instead of a value: blanks, "I don't know", yes and no, levels."""

from __future__ import annotations

from assistant.criteria.facts_file import NO, NOT_APPLICABLE, UNSURE, YES

BLANK = {
    "", "-", "--", "---", "—", "——", "–", "/", "//", "\\", "*", ".", "..", "…", "……", "、", "n/a", "na", "nan", "null", "none", "空", "缺",
    "无数据", "未填", "未填写", "暂无", "暂无数据", "暂缺",
}  # fmt: skip
DONT_KNOW = {
    *UNSURE, *NOT_APPLICABLE, "不详", "未知", "待定", "待核", "待核实", "待确认", "待补", "待补充", "待填", "?", "??", "???", "不清", "不明",
    "unknown", "tbd", "忘了", "不记得", "保密",
}  # fmt: skip
IS = {
    *YES,
    "√",
    "✓",
    "✔",
    "☑",
    "■",
    "t",
    "1",
    "1.0",
    "符合",
    "属于",
    "达到",
    "具备",
    "满足",
    "已获得",
    "有效",
    "已有",
    "已取得",
    "在用",
    "是的",
    "已",
}
IS_NOT = {
    *NO,
    "×",
    "✗",
    "✘",
    "☒",
    "x",
    "f",
    "0",
    "0.0",
    "不符合",
    "不属于",
    "未达到",
    "不具备",
    "不满足",
    "未获得",
    "无效",
    "未",
    "未有",
    "没",
    "暂无此项",
}
NOTHING = {"无", "没有", "零", "没", "未有", "否"}
LEVELS = {
    "national": {"国家级", "国家"},
    "provincial": {"省部级", "省级", "部级", "省", "部委级"},
    "municipal": {"市级", "地市级", "地级市"},
}
