"""Examples for OpenAPI. Requests are valid as they stand (a test sends each of them)."""

from __future__ import annotations

from typing import Any

ASK_EXAMPLES: dict[str, Any] = {
    "policy": {
        "summary": "政策问题",
        "value": {"message": "上海企业更新信息到底是4月30日还是5月31日？", "place": "上海市", "as_of": "2026-11-21"},
    },
    "eligibility": {
        "summary": "资格问题",
        "value": {"message": "去年营收1480万，没拿过投资，别的都达标，专精特新能报不？"},
    },
    "profile": {
        "summary": "带上已知的企业情况",
        "value": {"message": "我们能报小巨人吗？", "profile": {"revenue": {"2025": "6000万元"}, "main_share": "92%"}},
    },
}
CHECK_EXAMPLES: dict[str, Any] = {
    "first": {
        "summary": "首次申报专精特新，营业收入不够",
        "value": {
            "title": "专精特新",
            "track": "first",
            "as_of": "2026-11-21",
            "facts": {
                "revenue": {"2025": "1480万元"},
                "new_equity_l2y": "0万元",
                "main_share": {"2025": "90%"},
                "debt_ratio": {"2025": "45%"},
                "rd_expense": {"2024": "110万元", "2025": "120万元"},
                "class_1_ip": 2,
                "is_sme": True,
            },
        },
    },
    "review": {
        "summary": "小巨人复核，有的还不清楚",
        "value": {
            "title": "小巨人",
            "track": "review",
            "facts": {"holds_zjtx": True, "development_score": {"2025": "不清楚"}},
        },
    },
}


def ask_answer() -> dict[str, Any]:
    """An answer as the service gives it, cut to one citation."""
    return {
        "route": "policy",
        "status": "answered",
        "reason": "answered",
        "answer": "创新型中小企业每年4月30日前更新信息。[1]",
        "citations": [
            {
                "n": 1,
                "document": "cn-sh/jxw/2022/8",
                "number": "沪经信规范〔2022〕8号",
                "title": "上海市优质中小企业梯度培育管理实施细则",
                "issuer": "上海市经济和信息化委员会",
                "place": "上海市",
                "clause": "第十四条",
                "eid": "art_14",
                "text": "创新型中小企业每年4月30日前更新信息。",
                "text_kind": "digest",
                "digest": "创新型中小企业每年4月30日前更新信息。",
                "validity": "in_force",
                "validity_note": "",
                "date": None,
            }
        ],
        "verdict": None,
        "understood": [],
        "notes": [],
        "follow_ups": ["错过更新时间会怎样？"],
        "place": "上海市",
        "as_of": "2026-11-21",
        "model": None,
        "thread": "019ac1d2f3a40-1f2e3d4c5b6a",
        "turn": "019ac1d2f3a41-6a5b4c3d2e1f",
        "elapsed_ms": 18.4,
    }
