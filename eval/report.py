"""A run as a Markdown page and as JSON. The page is generated; nobody edits it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

from pydantic import BaseModel

from eval.metrics import CHECKS, Judgement
from eval.summary import Gate, Row, Share

INTRODUCTION = """\
# 评测

本页由 `tiaoli eval run --write docs/evaluation.md` 生成，请不要手改。题目在 `eval/questions/`，与语料和规则分开编写。
"""
METHOD = """\
## 怎么算

- 每题一个新对话；多轮题只看最后一轮。题目都按 {day} 提问。
- **首条 / 前三**：回答的引用按出现次序，每组应引条款都要命中；组数多于名额时，名额要全部命中。
- **检索前十**：同样的算法，看检索的排名；排到的是专题时，算它所依据的条款。
- **事实**：每一条必须在回答正文里说到。文字不分全半角、空格和逗号；数字按数值比。
- **无错事实**：不该出现的说法在正文和提示里都没有。出现在否定句里（“不是50%”）也算出现。
- **不达标项 / 未误判 / 缺项**：预检里应判不达标的判了、不该判的没判、还缺的列出来了。
- **不多判**：除应有的以外没有别的不达标项。
- **全对**：除首条、检索前十、不多判以外，题目要求的各项都对。
- 用时是一轮 `Assistant.ask` 的全部时间，预热以后测。
"""
PASSED = {True: "通过", False: "未通过", None: "没有相应的题"}


class Setting(BaseModel):
    """What was measured: sizes of the corpus and the index, the models in use."""

    documents: int
    clauses: int
    topics: int
    entries: int
    embedding: str
    originals: int
    model: str | None


class Report(BaseModel):
    """The outcome of one run."""

    judged_on: date
    setting: Setting
    rows: list[Row]
    rates: dict[str, Share]
    gates: list[Gate]
    questions: list[Judgement]
    unknown_references: list[str]

    @property
    def total(self) -> Row:
        """The last line of the table."""
        return self.rows[-1]

    @property
    def failures(self) -> list[Judgement]:
        """The questions that went wrong."""
        return [j for j in self.questions if not j.passed]

    def to_json(self) -> str:
        """The whole report, with what is computed from it."""
        data = self.model_dump(mode="json")
        data["gates"] = [{**g.model_dump(), "passed": g.passed} for g in self.gates]
        data["questions"] = [{**j.model_dump(), "passed": j.passed} for j in self.questions]
        data["failures"] = [j.id for j in self.failures]
        return json.dumps(data, ensure_ascii=False, indent=2)


def markdown(report: Report) -> str:
    """The page: what was measured, gates, table, rates, failures, method."""
    parts = [
        INTRODUCTION,
        _setting(report),
        "## 门槛\n",
        *_gates(report.gates),
        "\n## 各题集\n",
        *_table(report.rows),
        "\n## 跨题集\n",
        *_bullets(f"{name}：{cell(share)}" for name, share in report.rates.items()),
        f"\n## 没答对的题（{len(report.failures)}）\n",
        *(_failures(report.failures) or ["没有。"]),
    ]
    if report.unknown_references:
        parts += ["\n## 语料里没有的引用\n", *_bullets(report.unknown_references)]
    return "\n".join([*parts, "", METHOD.format(day=report.judged_on)])


def _setting(report: Report) -> str:
    s = report.setting
    originals = f"其中 {s.originals} 条有原文" if s.originals else "未导入原文，全部用摘要"
    model = f"语言模型 {s.model}" if s.model else "不用语言模型"
    return (
        f"{len(report.questions)} 题；语料 {s.documents} 份文件、{s.clauses} 条条款（{originals}）、{s.topics} 个专题；"
        f"索引 {s.entries} 项，向量 {s.embedding or '无'}；{model}。\n"
    )


def _gates(gates: Iterable[Gate]) -> list[str]:
    return _bullets(
        f"{PASSED[g.passed]} · {g.name}：{cell(g.share)}，要求 {g.needed:.0%}" + _short_of(g.failing) for g in gates
    )


def _short_of(failing: list[str]) -> str:
    return f"；没达到的：{'、'.join(failing)}" if failing else ""


def _table(rows: Iterable[Row]) -> list[str]:
    head = ["题集", "题数", "全对", *CHECKS.values(), "p50 毫秒", "p95 毫秒"]
    lines = [head, ["---", *["---:"] * (len(head) - 1)]]
    for row in rows:
        shares = [cell(row.passed), *(cell(row.checks[name]) for name in CHECKS)]
        lines.append([row.name, str(row.passed.of), *shares, f"{row.latency.p50:.1f}", f"{row.latency.p95:.1f}"])
    return ["| " + " | ".join(cells) + " |" for cells in lines]


def cell(share: Share) -> str:
    """``93%（28/30）``; a dash where nothing was counted. Neither less than all is shown as 100% nor some as 0%."""
    if share.value is None:
        return "—"
    percent = min(round(share.value * 100), share.right * 100 // share.of if share.value > 0.99 else 99)
    return f"{'不到1' if share.right and not percent else percent}%（{share.right}/{share.of}）"


def _failures(failures: Iterable[Judgement]) -> list[str]:
    lines = []
    for j in failures:
        lines += [f"- **{j.id}** {_inline(j.question)}", *(f"  - {_inline(why)}" for why in j.wrong)]
        lines.append(f"  - 回答首行：{_inline(j.first_line) or '（空）'}")
    return lines


def _bullets(items: Iterable[str]) -> list[str]:
    return [f"- {item}" for item in items]


def _inline(text: str) -> str:
    """``text`` on one line, with nothing in it that a page would render."""
    line = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return line.replace("|", "\\|").replace("**", "").replace("`", "ˋ").replace("[", "\\[")
