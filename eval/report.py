"""A run as a Markdown page and as JSON. The page is generated; nobody edits it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

from pydantic import BaseModel

from eval.alike import Matter
from eval.baseline_model import BaselineRun
from eval.gate import Gate
from eval.intervals import Mean
from eval.metrics import CHECKS, Judgement
from eval.ranks import CUTS, Retrieval
from eval.summary import Row, Share

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
- **方括号**里是 95% 置信区间：比例用 Wilson，均值用自助法（2000 次，种子固定）。
- 引用准确率、句子有依据、换说法一致、召回和排序怎么算，见 `eval/README.md`。
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
    breakdowns: dict[str, list[Row]] = {}
    rates: dict[str, Share]
    retrieval: Retrieval
    gates: list[Gate]
    matters: list[Matter] = []
    baselines: BaselineRun | None = None
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
        data["gates"] = [{**g.model_dump(), "passed": g.passed, "interval": g.share.interval} for g in self.gates]
        data["questions"] = [{**j.model_dump(), "passed": j.passed} for j in self.questions]
        data["failures"] = [j.id for j in self.failures]
        return json.dumps(data, ensure_ascii=False, indent=2)


def markdown(report: Report) -> str:
    """The page: what was measured, gates, tables, rates, baselines, failures, method."""
    parts = [
        INTRODUCTION,
        setting_line(report),
        "## 门槛\n",
        *_gates(report.gates),
        "\n## 检索\n",
        *_bullets([retrieval_line(report.retrieval)]),
    ]
    if report.baselines is not None:
        parts += ["\n## 和通常的做法比\n", *_baselines(report.baselines)]
    parts += ["\n## 各题集\n", *_table("题集", report.rows)]
    for name, rows in report.breakdowns.items():
        parts += [f"\n## 按{name}\n", *_table(name, rows)]
    parts += ["\n## 跨题集\n", *_bullets(f"{name}：{cell(share)}" for name, share in report.rates.items())]
    if report.matters:
        parts += ["\n## 同一件事换说法\n", *_matters(report.matters)]
    parts += [f"\n## 没答对的题（{len(report.failures)}）\n", *(_failures(report.failures) or ["没有。"])]
    unsupported = [j for j in report.questions if j.cited and j.cited.faults]
    if unsupported:
        parts += [f"\n## 引用撑不住的句子（{len(unsupported)} 题）\n"]
        parts += _bullets(f"**{j.id}** {_inline(fault)}" for j in unsupported if j.cited for fault in j.cited.faults)
    if report.unknown_references:
        parts += ["\n## 语料里没有的引用\n", *_bullets(report.unknown_references)]
    return "\n".join([*parts, "", METHOD.format(day=report.judged_on)])


def setting_line(report: Report) -> str:
    """What was measured, in one sentence."""
    s = report.setting
    originals = f"其中 {s.originals} 条有原文" if s.originals else "未导入原文，全部用摘要"
    model = f"语言模型 {s.model}" if s.model else "不用语言模型"
    return (
        f"{len(report.questions)} 题；语料 {s.documents} 份文件、{s.clauses} 条条款（{originals}）、{s.topics} 个专题；"
        f"索引 {s.entries} 项，向量 {s.embedding or '无'}；{model}。\n"
    )


def retrieval_line(found: Retrieval) -> str:
    """Recall, reciprocal rank and nDCG in one line."""
    recall = "，".join(f"召回@{k} {mean(found.recall[k])}" for k in CUTS)
    return f"{recall}；MRR@10 {mean(found.mrr)}；nDCG@10 {mean(found.ndcg)}（{found.mrr.of} 题）"


def mean(figure: Mean) -> str:
    """``0.93 [0.91, 0.95]``; a dash where nothing was averaged."""
    if figure.value is None or figure.low is None or figure.high is None:
        return "—"
    return f"{figure.value:.3f} [{figure.low:.3f}, {figure.high:.3f}]"


def interval(share: Share) -> str:
    """`` [91%, 97%]``; nothing where nothing was counted."""
    bounds = share.interval
    return f" [{bounds[0]:.1%}, {bounds[1]:.1%}]" if bounds else ""


def _gates(gates: Iterable[Gate]) -> list[str]:
    return _bullets(
        f"{PASSED[g.passed]} · {g.name}：{cell(g.share)}{interval(g.share)}，{g.asked}" + _short_of(g.failing)
        for g in gates
    )


def _short_of(failing: list[str]) -> str:
    return f"；没达到的：{'、'.join(failing)}" if failing else ""


def _baselines(run: BaselineRun) -> list[str]:
    head = ["做法", *(f"召回@{k}" for k in CUTS), "MRR@10", "nDCG@10", "前四段里事实齐全", "无答案的题不作答"]
    lines = [head, ["---", *["---:"] * (len(head) - 1)]]
    for line in run.lines:
        found = line.retrieval
        figures = [*(found.recall[k] for k in CUTS), found.mrr, found.ndcg]
        lines.append([line.name, *map(mean, figures), cell(line.facts), cell(line.abstained)])
    return ["| " + " | ".join(cells) + " |" for cells in lines] + ["", *_bullets(run.notes)]


def _table(name: str, rows: Iterable[Row]) -> list[str]:
    head = [name, "题数", "全对", *CHECKS.values(), "p50 毫秒", "p95 毫秒"]
    lines = [head, ["---", *["---:"] * (len(head) - 1)]]
    for row in rows:
        shares = [cell(row.passed) + interval(row.passed), *(cell(row.checks[name]) for name in CHECKS)]
        lines.append([row.name, str(row.passed.of), *shares, f"{row.latency.p50:.1f}", f"{row.latency.p95:.1f}"])
    return ["| " + " | ".join(cells) + " |" for cells in lines]


def _matters(matters: Iterable[Matter]) -> list[str]:
    lines = [["事", "说法", "一样", "引用全同", "答对", "不一样的"], ["---", "---:", "---:", "---:", "---:", "---"]]
    for m in matters:
        lines.append([m.name, *(str(n) for n in (m.wordings, m.alike, m.same_citations, m.right)), "、".join(m.odd)])
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
