"""A small folder in BEIR form: three works, questions in other words than the texts."""

from __future__ import annotations

import json
from pathlib import Path

WORKS = {
    "灯塔法": ["灯塔由港口主管机关设置", "损坏灯塔的，应当赔偿损失", "本法自公布之日起施行"],
    "灯塔法实施条例（试行）": ["依照《灯塔法》第二条赔偿的，应当在三十日内支付", "灯塔的颜色由港口主管机关规定"],
    "渔船规定": ["渔船应当登记", "渔船转让的，应当变更登记；没有变更登记的，不得出海", "渔船着火的，船长应当报告"],
}
NUMBERS = "一二三"
QUERIES = {"q1": "撞坏了灯塔要赔钱吗", "q2": "卖掉渔船以后要不要重新登记", "q3": "灯塔刷成什么颜色谁说了算"}
RELEVANT = {
    "q1": ["灯塔法第二条", "灯塔法实施条例（试行）第一条"],
    "q2": ["渔船规定第二条"],
    "q3": ["灯塔法实施条例（试行）第二条"],
}


def records() -> list[dict[str, str]]:
    return [
        {"_id": f"{title}第{NUMBERS[n]}条", "title": title, "text": text}
        for title, texts in WORKS.items()
        for n, text in enumerate(texts)
    ]


def write_beir(folder: Path, copies: int = 1) -> Path:
    """``copies``: how often every question is asked, each time under an id of its own."""
    (folder / "qrels").mkdir(parents=True)
    asked = {f"{q}-{n}": (text, RELEVANT[q]) for n in range(copies) for q, text in QUERIES.items()}
    _jsonl(folder / "corpus.jsonl", records())
    _jsonl(folder / "queries.jsonl", [{"_id": q, "text": text} for q, (text, _) in asked.items()])
    pairs = [f"{q}\t{text}\t1" for q, (_, good) in asked.items() for text in good]
    (folder / "qrels" / "test.tsv").write_text("\n".join(["query-id\tcorpus-id\tscore", *pairs, ""]), "utf-8")
    return folder


def _jsonl(path: Path, rows: list[dict[str, str]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
