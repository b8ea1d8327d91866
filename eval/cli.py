"""``tiaoli eval`` and ``tiaoli bench``. Heavy imports wait until a command runs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from rich.progress import Progress

eval_app = typer.Typer(help="用题库评测回答和预检。", no_args_is_help=True)
bench_app = typer.Typer(help="测速度。", no_args_is_help=True)

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
    as_json: Json = False,
    write: Annotated[Path | None, typer.Option("--write", help="把结果写成这个 Markdown 文件。")] = None,
    fail_under: Annotated[
        float | None, typer.Option("--fail-under", min=0, max=100, help="全对的题低于这个百分比时，以退出码 1 结束。")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="有门槛没通过时，以退出码 1 结束。")] = False,
) -> None:
    """问一遍题库，打印各题集的成绩、门槛和没答对的题。"""
    from eval.report import markdown
    from eval.run import run

    with _sentences(), _progress() as bar:
        task = bar.add_task("提问", total=None)
        report = run(sets or (), progress=lambda done, of: bar.update(task, completed=done, total=of))
    page = markdown(report)
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
    if too_low or (strict and any(gate.passed is False for gate in report.gates)):
        raise typer.Exit(1)


@bench_app.command("ask")
def ask_command(
    as_json: Json = False,
    rounds: Annotated[int, typer.Option("-n", min=1, help="题库问几遍。")] = 3,
    repeats: Annotated[int, typer.Option("--repeats", min=1, help="tiaoli ask 启动几次。")] = 5,
) -> None:
    """热身后一轮的用时、从启动到第一个回答的用时、从零建索引的用时。"""
    from eval.bench import as_text, bench

    with _sentences(), _progress() as bar:
        task = bar.add_task("准备", total=None)

        def show(what: str, done: int, of: int) -> None:
            bar.update(task, description=what, completed=done, total=of)

        result = bench(rounds, repeats, progress=show)
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
    with _sentences(), _progress() as bar:
        task = bar.add_task("准备", total=None)
        processors, ways = bench_index(texts, pdf=pdf, progress=lambda what: bar.update(task, description=what))
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

    with _sentences(), _progress() as bar:
        task = bar.add_task("准备", total=None)

        def show(what: str, done: int, of: int) -> None:
            bar.update(task, description=what, completed=done, total=of)

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


def _fail(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(2)
