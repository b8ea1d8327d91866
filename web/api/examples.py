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
    """What the service says to “专精特新有效期几年？”, cut to its conclusion and one citation."""
    digest = (
        "专精特新中小企业和小巨人企业的称号，认定后有效期都是3年。 专精特新和小巨人企业每次到期之前，由当初认定的部门组织复核，"
        "复核包括实地抽查。 专精特新和小巨人企业复核通过的，有效期再延长3年。"
    )
    citation = {
        "n": 1,
        "document": "cn/miit/2026/2",
        "number": "工信部企业〔2026〕2号",
        "title": "优质中小企业梯度培育管理办法",
        "issuer": "工业和信息化部",
        "place": "国家",
        "clause": "第十六条",
        "eid": "art_16",
        "text": digest,
        "text_kind": "digest",
        "digest": digest,
        "validity": "in_force",
        "validity_note": "2026年4月1日起施行，没有写截止日期",
        "date": "2026-04-01",
    }
    return {
        "route": "policy",
        "status": "answered",
        "reason": "answered",
        "answer": "专精特新和小巨人有效期3年，每次到期前由认定部门组织复核，通过的再延长3年。[1]",
        "citations": [citation],
        "verdict": None,
        "understood": [],
        "notes": [],
        "follow_ups": ["到期前多久要复核"],
        "place": "上海市",
        "as_of": "2026-11-21",
        "model": None,
        "thread": "001a1fdd316da-599c5815a43b",
        "turn": "001a1fdd316db-53def2142920",
        "elapsed_ms": 15.3,
    }
