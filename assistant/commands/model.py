"""``tiaoli model``: train the static model and the reranking stage, and say what the shipped ones are."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.commands.shared import Json, show
from assistant.errors import BadInput

app = typer.Typer(no_args_is_help=True)
STATIC, RANK = "static.npz", "rank.npz"


@app.command("train")
def train_command(
    out: Annotated[Path, typer.Option("--out", "-o", help="模型写进这个文件夹（static.npz、rank.npz）。")],
    beir: Annotated[
        Path | None,
        typer.Option("--beir", help="再用这个 BEIR 格式的文件夹（corpus.jsonl、queries.jsonl、qrels）训练。"),
    ] = None,
    seed: Annotated[int, typer.Option("--seed", min=0, help="随机种子；种子和数据相同，结果就相同。")] = 0,
    as_json: Json = False,
) -> None:
    """训练静态向量模型；给了带相关性标注的文件夹，也训练重排模型，并报出交叉验证的成绩。要先安装 tiaoli[models]。"""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from corpus.load import load_corpus
    from indexing.learned.beir import read_beir
    from indexing.learned.static import save
    from indexing.learned.train import own_pairs, train_models

    columns = TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn()
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("读取", total=None)
        folder = read_beir(beir) if beir else None
        trained = train_models(
            own_pairs(load_corpus()), folder, seed,
            lambda what, done, total: bar.update(task, description=what, completed=done, total=total),
        )  # fmt: skip
    made_of = {"pairs": trained.pairs, "seed": seed, "figures": trained.figures}
    try:
        out.mkdir(parents=True, exist_ok=True)
        save(trained.static, out / STATIC, made_of, trained.asked)
        if trained.rank is not None:
            trained.rank.save(out / RANK)
    except OSError as error:
        raise BadInput(f"模型写不进 {out}：{error.strerror}。请检查路径和磁盘。") from error
    if as_json:
        show(made_of)
        return
    typer.echo(f"静态模型：{len(trained.static.terms)} 个词项，{trained.static.table.shape[1]} 维，写在 {out / STATIC}")
    if trained.rank is None:
        typer.echo("没有给 --beir，重排模型没有训练，照用自带的。")
    for name, (recall, deep, mrr) in trained.figures.items():
        typer.echo(f"{name}：recall@10 {recall:.3f}，recall@100 {deep:.3f}，MRR@10 {mrr:.3f}（交叉验证）")


@app.command("info")
def info(
    folder: Annotated[Path | None, typer.Argument(help="tiaoli model train 写的文件夹；不写就看自带的。")] = None,
    as_json: Json = False,
) -> None:
    """自带的（或某个文件夹里的）模型有多大、用什么训练、成绩如何。"""
    from indexing.learned import static as model_static
    from indexing.learned.rank import SHIPPED, RankModel

    static = folder / STATIC if folder else model_static.SHIPPED
    rank = folder / RANK if folder else SHIPPED
    if not static.is_file():
        raise BadInput(f"找不到 {static}。请写 tiaoli model train 写出的文件夹。")
    model, made_of = model_static.load(static)
    ranker = RankModel.load(rank) if rank.is_file() else None
    data = {
        "terms": len(model.terms), "dimensions": int(model.table.shape[1]), "bytes": static.stat().st_size,
        "rank_features": len(ranker.names) if ranker else 0, "rank_bytes": rank.stat().st_size if ranker else 0, **made_of,
    }  # fmt: skip
    if as_json:
        show(data)
        return
    typer.echo(f"静态模型：{data['terms']} 个词项，{data['dimensions']} 维，{data['bytes'] / 2**20:.1f} MB")
    if ranker:
        typer.echo(f"重排模型：{data['rank_features']} 个特征，{data['rank_bytes'] / 2**10:.0f} KB")
    sources = {"own": "自有语料的问题和条款", "beir": "公开的问题和法条"}
    typer.echo("训练用：" + "，".join(f"{sources.get(k, k)} {n} 对" for k, n in made_of.get("pairs", {}).items()))
    for name, (recall, deep, mrr) in made_of.get("figures", {}).items():
        typer.echo(f"{name}：recall@10 {recall:.3f}，recall@100 {deep:.3f}，MRR@10 {mrr:.3f}（交叉验证）")
