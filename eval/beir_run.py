"""``tiaoli eval retrieval``: the product's retrieval over a folder in BEIR form, stage by stage, beside the baselines."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel

from eval.beir_measures import Measures
from indexing.embed import StaticEmbeddings
from indexing.learned.beir import Beir, BeirError, read_beir
from indexing.learned.features import GROUP, Lexical, best, fuse
from indexing.learned.passages import Passages
from indexing.learned.rank import RankModel
from indexing.learned.static import SHIPPED, load, seen, shipped
from indexing.peak import peak_bytes

DEPTH = 100
Rankings = NDArray[np.int64]
Progress = Callable[[str, int, int], None]


class Stage(BaseModel):
    """One way of ranking. ``ours``: what the product does; otherwise it is there to compare. ``seconds``: what this
    stage took beyond the one before."""

    name: str
    ours: bool
    measures: Measures
    seconds: float


class RetrievalRun(BaseModel):
    """All stages over the same queries, with what has to be known to read the figures."""

    texts: int
    queries: int
    pairs: int
    stages: list[Stage]
    seconds: float
    peak_mb: float
    notes: list[str]


class _Watch:
    """Seconds by the name of what they went into."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def on(self, name: str) -> Iterator[None]:
        started = time.monotonic()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + time.monotonic() - started


def retrieval(
    folder: Path,
    run: Path | None = None,
    model: Path | None = None,
    progress: Progress = lambda what, done, of: None,
) -> RetrievalRun:
    """Rank the texts of a BEIR folder for each of its judged queries and measure every stage.

    ``run``: where the last stage's ranking goes, 100 ranks a query. ``model``: a folder of ``tiaoli model train`` in
    place of the shipped models. Raises BeirError for a folder that cannot be used or a ``run`` that cannot be written,
    IndexBroken for a damaged model.
    """
    started = time.monotonic()
    progress("读取", 0, 1)
    beir = read_beir(folder)
    rank = RankModel.load(model / "rank.npz") if model else RankModel.load()
    table = load(model / "static.npz")[0] if model else shipped()
    watch = _Watch()
    found = _ours(beir, rank, table, watch, progress)
    seconds = {name: watch.seconds.get(name, 0.0) for name in found}
    if find_spec("jieba"):
        progress("结巴分词的 BM25", 0, 1)
        with watch.on(JIEBA):
            found[JIEBA] = _jieba(beir)
        seconds[JIEBA] = watch.seconds[JIEBA]
    relevant = beir.relevant
    stages = [
        Stage(name=name, ours=name in OURS, measures=Measures.over(ranking, relevant), seconds=round(seconds[name], 1))
        for name, ranking in found.items()
    ]
    if run is not None:
        _write(run, beir, found[RERANKED])
    notes = list(_notes(beir, model / "static.npz" if model else SHIPPED))
    return RetrievalRun(
        texts=len(beir.texts), queries=len(beir.queries), pairs=sum(map(len, relevant)), stages=stages,
        seconds=round(time.monotonic() - started, 1), peak_mb=round(peak_bytes() / 2**20, 1), notes=notes,
    )  # fmt: skip


BM25, DENSE, FUSED, RERANKED = "BM25（单字和二元）", "只用静态向量", "BM25 和静态向量融合", "融合后重排"
JIEBA = "BM25（结巴分词）"
OURS = (FUSED, RERANKED)


def _ours(
    beir: Beir, model: RankModel, table: StaticEmbeddings, watch: _Watch, progress: Progress
) -> dict[str, Rankings]:
    """The rankings of every stage, as positions in the folder's corpus."""
    passages, order = Passages.grouped(beir.ids, beir.titles, beir.texts)
    progress("字面索引", 0, 1)
    with watch.on(BM25):
        lexical = Lexical(passages, beir.queries)
    progress("静态向量", 0, 1)
    with watch.on(DENSE):
        vectors = table.embed(f"{title}。{text}" for title, text in zip(passages.titles, passages.texts, strict=True))

    def cosines(queries: list[str]) -> NDArray[np.float32]:
        return np.asarray(table.embed(queries) @ vectors.T, np.float32)

    prior = model.title_prior(passages.names)[passages.work]
    rows: dict[str, list[Rankings]] = {name: [] for name in (BM25, DENSE, FUSED, RERANKED)}
    with watch.on(RERANKED):
        for n, pool in enumerate(lexical.pools(beir.queries, cosines)):
            assert pool.dense is not None
            depth = min(DEPTH, len(beir.texts))
            rows[BM25].append(best(pool.bm25, depth))
            rows[DENSE].append(best(pool.dense, depth))
            rows[FUSED].append(best(fuse(pool.bm25, pool.dense), depth))
            chosen = best(model.score(pool, prior[pool.candidates]), depth)
            rows[RERANKED].append(np.take_along_axis(pool.candidates, chosen, 1))
            progress("检索和重排", min((n + 1) * GROUP, len(beir.queries)), len(beir.queries))
    return {name: order[np.concatenate(parts)] for name, parts in rows.items()}


def _jieba(beir: Beir) -> Rankings:
    """BM25 over the words that jieba finds, as the usual Chinese set-up has it."""
    import bm25s
    import jieba

    jieba.setLogLevel(logging.WARNING)
    logging.getLogger("bm25s").setLevel(logging.WARNING)  # it announces every index it builds
    model = bm25s.BM25(method="lucene")
    texts = [f"{title}。{text}" for title, text in zip(beir.titles, beir.texts, strict=True)]
    model.index([jieba.lcut(text) or [""] for text in texts], show_progress=False)
    rows = []
    for query in beir.queries:
        known = [word for word in jieba.lcut(query) if word in model.vocab_dict]
        scores = model.get_scores(known) if known else np.zeros(len(texts), np.float32)
        rows.append(best(np.asarray(scores, np.float32)[None], min(DEPTH, len(texts)))[0])
    return np.stack(rows)


def _write(path: Path, beir: Beir, rankings: Rankings) -> None:
    """Query, text and rank, separated by tabs, with a heading."""
    lines = ["query-id\tcorpus-id\trank"]
    for query, row in zip(beir.query_ids, rankings, strict=True):
        lines += [f"{query}\t{beir.ids[text]}\t{rank}" for rank, text in enumerate(row, 1)]
    try:
        path.write_text("\n".join(lines) + "\n", "utf-8")
    except OSError as error:
        raise BeirError(f"排序结果写不进 {path}：{error.strerror}。请检查路径和磁盘。") from error


def _notes(beir: Beir, static: Path) -> Iterator[str]:
    if trained_on := seen(static, beir.queries):
        yield f"其中 {trained_on} 个问题是模型训练时用过的，静态向量、融合、重排在它们上面的成绩偏高；没见过的题的成绩见 tiaoli model info。"
    if beir.unjudged:
        yield f"{beir.unjudged} 个问题在 qrels 里没有相关文本，没有参加评测。"
    if beir.unknown:
        yield f"qrels 里有 {beir.unknown} 处文本不在 corpus.jsonl 里，照样算没有找到。"
    if not find_spec("jieba"):
        yield "没有装 jieba，省去分词的 BM25。"


def as_text(run: RetrievalRun) -> str:
    """The figures as a Markdown table."""
    lines = [
        f"{run.texts} 段文本，{run.queries} 个问题，{run.pairs} 对相关；括号里是 95% 区间（按问题自助抽样）。", "",
        "| 做法 | recall@1 | recall@5 | recall@10 | recall@100 | MRR@10 | nDCG@10 | 秒 |",
        "|---|---|---|---|---|---|---|---|",
    ]  # fmt: skip
    for stage in run.stages:
        figures = [*stage.measures.recall.values(), stage.measures.mrr, stage.measures.ndcg]
        cells = " | ".join(f"{m.value:.3f}（{m.low:.3f}–{m.high:.3f}）" for m in figures)
        lines.append(f"| {stage.name}{'' if stage.ours else '（对照）'} | {cells} | {stage.seconds:.1f} |")
    return "\n".join([*lines, "", f"共用 {run.seconds:.1f} 秒，内存最高 {run.peak_mb:.0f} MB。", *run.notes])
