"""A small corpus of invented documents, written to a folder as the real one is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

ORIGINALS = Path(__file__).parents[2] / "shared" / "corpus"
"""The user's documents, where they lie beside the repository."""
HELP = "cn/test/2025/1"
TIANJIN = "cn-tj/test/2024/2"
OLD = "cn/test/2020/9"


def clause(
    eid: str, label: str, heading: str, digest: str, asks: list[str], answer: str, **more: Any
) -> dict[str, Any]:
    """One clause with one question group."""
    questions = [{"ask": asks, "answer": answer}]
    return {"eid": eid, "label": label, "heading": heading, "digest": digest, "questions": questions, **more}


def files() -> dict[str, Any]:
    """Path → content of every file. Fresh on each call, so that a test may change it."""
    catalogue = {
        "id": HELP, "title": "企业灯塔帮扶办法", "short_title": "灯塔办法", "number": "工信部灯塔〔2025〕1号",
        "issuers": ["灯塔管理委员会"], "place": "国家", "level": "national", "kind": "measure", "signed": "2025-01-10",
        "in_force": {"from": "2025-02-01", "until": "2027-01-31"},
        "relations": [{"kind": "supersedes", "target": OLD, "from": "2025-02-01", "whole": True}],
    }  # fmt: skip
    tianjin = {
        "id": TIANJIN, "title": "天津市灯塔企业细则", "short_title": "天津细则", "issuers": ["天津市灯塔局"],
        "place": "天津市", "level": "province", "kind": "rules", "in_force": {"from": "2024-06-01"},
        "relations": [{"kind": "implements", "target": HELP, "scope": "在天津落实"}],
    }  # fmt: skip
    old = {
        "id": OLD, "title": "企业灯塔试行办法", "short_title": "灯塔试行办法", "issuers": ["灯塔管理委员会"],
        "place": "国家", "level": "national", "kind": "measure", "in_force": {"from": "2020-03-01"}, "included": False,
    }  # fmt: skip
    help_clauses = [
        clause("art_1", "第一条", "谁能当灯塔企业", "年营收1500万元以上的企业可以报灯塔企业，资产负债率不得高于70%。",
               ["灯塔企业要多少营收", "负债率多高不行"], "年营收1500万元以上，资产负债率不得高于70%。"),
        clause("art_2", "第二条", "更新信息", "灯塔企业每年6月15日前更新信息，累计两次没更新的取消称号。",
               ["几月更新信息", "忘了更新怎么办"], "每年6月15日前更新；累计两次没更新取消称号。",
               see_also=[{"ref": f"{TIANJIN}#art_1", "why": "天津写的是5月1日。"}]),
        clause("art_3", "第三条", "水费优惠", "灯塔企业免收2025年度的灯塔水费。",
               ["水费能免吗", "灯塔水费交不交"], "免收2025年度的灯塔水费。",
               ends=[{"what": "水费免收", "until": "2025-12-31", "whole": True}]),
    ]  # fmt: skip
    tianjin_clauses = [
        clause("art_1", "第一条", "天津的更新日期", "天津的灯塔企业每年5月1日前更新信息。",
               ["天津几号前更新", "天津灯塔企业更新信息"], "天津是每年5月1日前。",
               displaced=[{"by": f"{HELP}#art_2", "from": "2026-01-01", "scope": "更新日期改按灯塔办法", "whole": True}]),
        clause("art_2", "第二条", "天津奖励", "天津给新评上的灯塔企业一次性奖励20万元。",
               ["天津奖多少钱", "天津灯塔企业奖金"], "一次性奖励20万元。"),
    ]  # fmt: skip
    topics = [{
        "id": "dates", "title": "更新日期对照",
        "questions": [{"ask": ["到底哪天更新", "两个日期听谁的"], "answer": "全国是6月15日，天津写过5月1日。"}],
        "points": [{"text": "全国每年6月15日前更新。", "refs": [f"{HELP}#art_2"]}],
        "table": {"columns": ["哪里", "哪天"], "rows": [{"cells": ["全国", "6月15日"], "refs": [f"{HELP}#art_2"]}]},
        "cautions": [{"text": "天津写过5月1日。", "refs": [f"{TIANJIN}#art_1"]}],
    }]  # fmt: skip
    gaps = [{
        "id": "loans", "reason": "not_in_collection", "ask": ["灯塔贷款利率", "贷款怎么办理", "利息几个点"],
        "answer": "贷款利率没有收录。", "nearest": [{"text": "年营收1500万元以上可以报。", "refs": [f"{HELP}#art_1"]}],
        "whom": "问当地银行。",
    }]  # fmt: skip
    return {
        "catalogue/cn/help.yaml": catalogue,
        "catalogue/cn-tj/rules.yaml": tianjin,
        "catalogue/cn/old.yaml": old,
        "digests/cn/help.yaml": {"document": HELP, "clauses": help_clauses},
        "digests/cn-tj/rules.yaml": {"document": TIANJIN, "clauses": tianjin_clauses},
        "topics/dates.yaml": topics,
        "gaps/money.yaml": gaps,
    }


def write(root: Path, content: dict[str, Any]) -> Path:
    """Write the files under ``root``."""
    for name, data in content.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")
    return root
