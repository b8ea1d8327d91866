"""``tiaoli eval`` and ``tiaoli bench``. Heavy imports wait until a command runs."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from rich.progress import Progress

eval_app = typer.Typer(help="用题库评测回答和预检。", no_args_is_help=True)
bench_app = typer.Typer(help="测速度。", no_args_is_help=True)

Show = Callable[[str, int, "int | None"], None]
Json = Annotated[bool, typer.Option("--json", help="输出 JSON。")]


@eval_app.callback()
def _eval() -> None:
    """用题库评测回答和预检。"""


@bench_app.callback()
def _bench() -> None:
    """测速度。"""


@eval_app.command("run")
def run_command(
    sets: Annotated[
        list[str] | None, typer.Option("--set", help="只评这些题集，可重复；写前缀也行，如 eligibility。")
    ] = None,
    questions: Annotated[
        Path | None, typer.Option("--questions", help="您自己的题集文件夹（*.yaml）；不写就用自带的题库。")
    ] = None,
    jsonl: Annotated[
        list[Path] | None,
        typer.Option("--jsonl", help="改评这些 JSONL 文件，一行一题，可重复；写法见 eval/README.md。"),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="全部题集，连同通常做法的对照。")] = False,
    baselines: Annotated[bool, typer.Option("--baselines", help="同一次运行里也测通常的做法。")] = False,
    originals: Annotated[
        Path | None, typer.Option("--originals", help="对照用的原文文件夹（*.txt）；不写就用 ../shared/corpus 或摘要。")
    ] = None,
    minilm: Annotated[
        Path | None, typer.Option("--minilm", help="对照用：Chroma 默认模型 all-MiniLM-L6-v2 的文件夹（要装 models）。")
    ] = None,
    as_json: Json = False,
    report_folder: Annotated[
        Path | None, typer.Option("--report", help="把报告（Markdown、HTML、JSON）写进这个文件夹。")
    ] = None,
    write: Annotated[Path | None, typer.Option("--write", help="把结果写成这个 Markdown 文件。")] = None,
    gate: Annotated[
        Path | None, typer.Option("--gate", help="按这个 YAML 文件的门槛；有一项没过，以退出码 1 结束。")
    ] = None,
    fail_under: Annotated[
        float | None, typer.Option("--fail-under", min=0, max=100, help="全对的题低于这个百分比时，以退出码 1 结束。")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="有门槛没通过时，以退出码 1 结束。")] = False,
) -> None:
    """问一遍题库，打印各题集的成绩、门槛和没答对的题。"""
    from eval.gate import load_gate
    from eval.jsonl import load_jsonl
    from eval.questions_model import ROOT, load_questions
    from eval.report import markdown
    from eval.report_html import write_folder
    from eval.run import ask_all

    if everything and (sets or jsonl):
        _fail("--all 就是全部题集，不和 --set、--jsonl 一起用。")
    with _sentences(), _progress() as bar:
        task = bar.add_task("提问", total=None)
        asked = load_jsonl(jsonl) if jsonl else load_questions(sets or (), questions or ROOT)
        report = ask_all(
            asked,
            thresholds=load_gate(gate) if gate else None,
            progress=lambda done, of: bar.update(task, completed=done, total=of),
        )
        if everything or baselines:
            from eval.baselines import run_baselines

            bar.update(task, description="对照", total=None)
            report.baselines = run_baselines(asked, report, originals, minilm)
        page = markdown(report)
        if report_folder is not None:
            write_folder(report, report_folder, page)
    if write is not None:
        try:
            write.write_text(page, "utf-8")
        except OSError as error:
            _fail(f"结果写不进 {write}：{error.strerror}。请检查路径和磁盘。")
    typer.echo(report.to_json() if as_json else page)
    reached = (report.total.passed.value or 0) * 100
    too_low = fail_under is not None and reached < fail_under
    if too_low:
        typer.echo(f"全对 {reached:.1f}%，低于要求的 {fail_under:g}%。", err=True)
    closed = [g for g in report.gates if g.passed is False] if strict or gate else []
    for shut in closed:
        typer.echo(f"门槛没过：{shut.name}，{shut.share.right}/{shut.share.of}，{shut.asked}。", err=True)
    if too_low or closed:
        raise typer.Exit(1)


@eval_app.command("compare")
def compare_command(
    old: Annotated[Path, typer.Argument(help="以前的 report.json。")],
    new: Annotated[Path, typer.Argument(help="现在的 report.json。")],
    bound: Annotated[
        float, typer.Option("--bound", min=0, max=100, help="全对的比例最多可以掉几个百分点；掉得更多时退出码为 1。")
    ] = 0.5,
    as_json: Json = False,
) -> None:
    """两次评测相比：好了哪些、差了哪些，差别显不显著。"""
    from eval.compare import as_text, compare, load_report

    with _sentences():
        found = compare(load_report(old), load_report(new), bound / 100)
    typer.echo(found.model_dump_json(indent=2) if as_json else as_text(found))
    if found.worse_than_allowed:
        raise typer.Exit(1)


@eval_app.command("retrieval")
def retrieval_command(
    beir: Annotated[Path, typer.Option("--beir", help="BEIR 格式的文件夹：corpus.jsonl、queries.jsonl、qrels/*.tsv。")],
    run: Annotated[
        Path | None, typer.Option("--run", help="把排序（问题、文本、名次，每题前 100）写成这个 TSV 文件。")
    ] = None,
    model: Annotated[
        Path | None, typer.Option("--model", help="换用 tiaoli model train 写出的文件夹；不写就用自带的模型。")
    ] = None,
    as_json: Json = False,
) -> None:
    """在公开的检索题上测各个阶段：BM25、静态向量、融合、重排，和通常的做法在同一次运行里比。"""
    from eval.beir_run import as_text, retrieval

    with _shown() as show:
        result = retrieval(beir, run, model, progress=show)
    typer.echo(result.model_dump_json(indent=2) if as_json else as_text(result))


@bench_app.command("ask")
def ask_command(
    as_json: Json = False,
    rounds: Annotated[int, typer.Option("-n", min=1, help="题库问几遍。")] = 3,
    repeats: Annotated[int, typer.Option("--repeats", min=1, help="tiaoli ask 启动几次。")] = 5,
    concurrency: Annotated[
        str | None, typer.Option("--concurrency", help="改测同时提问：同时几个，逗号隔开，如 1,8,32,128。")
    ] = None,
    questions: Annotated[
        int, typer.Option("--questions", min=1, max=1_000_000, help="同时提问时，每一档问多少题。")
    ] = 2000,
    processes: Annotated[
        int, typer.Option("--processes", min=0, max=64, help="同时提问时用几个进程；0 为处理器的个数。")
    ] = 0,
) -> None:
    """热身后一轮的用时、从启动到第一个回答的用时、从零建索引的用时；加 --concurrency 测同时提问的吞吐、用时和内存。"""
    from eval.bench import as_text, bench

    if concurrency is not None:
        _load(
            _numbers(concurrency, "--concurrency", 1024), questions, processes or os.cpu_count() or 1, as_json=as_json
        )
        return
    with _shown() as show:
        result = bench(rounds, repeats, progress=show)
    typer.echo(json.dumps(result.as_dict(), ensure_ascii=False, indent=2) if as_json else as_text(result))


def _load(levels: list[int], questions: int, processes: int, *, as_json: bool) -> None:
    from eval.bench_load import as_text, bench_load

    with _shown() as show:
        result = bench_load(levels, questions, processes=processes, progress=show)
    typer.echo(json.dumps(result.as_dict(), ensure_ascii=False, indent=2) if as_json else as_text(result))


@bench_app.command("scale")
def scale_command(
    as_json: Json = False,
    sizes: Annotated[str, typer.Option("--sizes", help="各种规模的条款数，逗号隔开。")] = "10000,100000,1000000",
) -> None:
    """同一套检索放到一万、十万、一百万条虚构条款上：建索引的用时和内存，检索的用时。百万条要十几分钟和约 10 GB 内存。"""
    from eval.bench_scale import as_text, bench_scale

    wanted = _numbers(sizes, "--sizes", 10_000_000)
    with _shown() as show:
        result = bench_scale(wanted, progress=show)
    typer.echo(json.dumps(result.as_dict(), ensure_ascii=False, indent=2) if as_json else as_text(result))


def _numbers(text: str, option: str, most: int) -> list[int]:
    """``"1,8,32"`` → the numbers, each from 1 to ``most``."""
    parts = [part.strip() for part in text.replace("，", ",").split(",")]
    if not all(part.isascii() and part.isdigit() and 1 <= int(part) <= most for part in parts):
        _fail(f"{option} 要写 1 到 {most} 的整数，逗号隔开，现在是“{text[:40]}”。")
    return [int(part) for part in parts]


@bench_app.command("desk")
def desk_command(
    as_json: Json = False,
    questions: Annotated[int, typer.Option("--questions", min=1, max=10_000, help="打多少题。")] = 150,
) -> None:
    """坐席边打字边找：题库里的问题一个字一个字地打，每打一个字找一次。"""
    from eval.bench_desk import as_text, bench_desk

    with _shown() as show:
        result = bench_desk(questions, progress=show)
    typer.echo(json.dumps(result.as_dict(), ensure_ascii=False, indent=2) if as_json else as_text(result))


@bench_app.command("index")
def index_command(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="UTF-8 纯文本文件或文件夹；不写就用 ../shared/corpus。")
    ] = None,
    as_json: Json = False,
    pdf: Annotated[bool, typer.Option("--pdf/--no-pdf", help="同样的文本再排成 PDF 测一遍。")] = True,
) -> None:
    """文件变成条款有多快、标准条款有多少保持完整，和通常的切块做法在同一次运行里比。"""
    from eval.bench_index import as_text, bench_index

    folders = paths or [Path("../shared/corpus")]
    inside = [sorted(p for p in path.glob("*.txt")) if path.is_dir() else [path] for path in folders]
    texts = [path for found in inside for path in found]
    if not texts or not all(path.is_file() for path in texts):
        _fail("找不到要测的纯文本文件。请写出文件或文件夹，如 tiaoli bench index 文件夹。")
    with _shown() as show:
        processors, ways = bench_index(texts, pdf=pdf, progress=lambda what: show(what, 0, None))
    shown = {"processors": processors, "ways": [way.as_dict() for way in ways]}
    typer.echo(json.dumps(shown, ensure_ascii=False, indent=2) if as_json else as_text(processors, ways))


@bench_app.command("criteria")
def criteria_command(
    as_json: Json = False,
    rows: Annotated[int, typer.Option("--rows", min=1, max=20_000_000, help="虚构企业的家数。")] = 1_000_000,
    repeats: Annotated[int, typer.Option("--repeats", min=1, help="快的算法各跑几次，取最快的一次。")] = 5,
) -> None:
    """同一批虚构企业、同一条规则：逐行求值、Polars、PySpark、OpenFisca、numpy 的速度和错判数，以及从 Parquet 到结论。"""
    from eval.bench_criteria.run import as_text, bench

    with _shown() as show:
        result = bench(rows, repeats, progress=show)
    typer.echo(json.dumps(result.as_dict(), ensure_ascii=False, indent=2) if as_json else as_text(result))


@contextmanager
def _sentences() -> Iterator[None]:
    """What keeps a run from happening, as one line on stderr and exit code 2."""
    from assistant.errors import AssistantError
    from corpus.load import CorpusError
    from eval.questions_model import QuestionsError
    from indexing.errors import IndexingError

    try:
        yield
    except (AssistantError, CorpusError, IndexingError, QuestionsError) as error:
        _fail(str(error))


@contextmanager
def _progress() -> Iterator[Progress]:
    """A bar on stderr, only where someone watches."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        yield bar


@contextmanager
def _shown() -> Iterator[Show]:
    """What a measurement calls with what it is at, how far it is and of how much; errors as ``_sentences`` shows them."""
    with _sentences(), _progress() as bar:
        task = bar.add_task("准备", total=None)

        def show(what: str, done: int, of: int | None) -> None:
            bar.update(task, description=what, completed=done, total=of)

        yield show


def _fail(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(2)
