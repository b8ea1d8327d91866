"""The usual ways of searching, over the same questions in the same run, as far as they can be judged without a writer.

(a) LangChain's usual pipeline: RecursiveCharacterTextSplitter, Chroma, its default embedding, the four nearest pieces.
(b) BM25 over jieba's words. (c) Vectors alone. What depends on a writer – what is said, cited, declined – they have
none of; the facts that stand in their first four pieces are the most that any writer could state.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from assistant.house import open_house
from corpus.load import load_corpus
from eval.baseline_model import BaselineLine, BaselineRun
from eval.baseline_texts import Texts, texts_of
from eval.embeddings import Embedding, chroma_default, static_of
from eval.metrics import Judgement
from eval.questions_model import Gold, QuestionsError
from eval.ranks import Found, Retrieval, ranks_of
from eval.report import Report
from eval.stated import Said
from eval.summary import Share
from eval.usual_way import SplitterMissing

DEPTH, TOP = 10, 4
Search = Callable[[str], list[str]]
"""A question → the ten best pieces of text, best first."""


def run_baselines(
    questions: Sequence[Gold], report: Report, folder: Path | None = None, minilm: Path | None = None
) -> BaselineRun:
    """Measure the baselines over the single-turn questions whose gold clauses stand in the texts, beside ours.

    ``folder`` holds the originals, ``minilm`` the model that Chroma uses by default, where it is not in Chroma's own
    store. Raises QuestionsError where the texts cannot be had.
    """
    corpus = load_corpus()
    try:
        texts = texts_of(corpus, folder)
    except SplitterMissing as error:
        raise QuestionsError(str(error)) from error
    judged = {j.id: j for j in report.questions}
    asked = [q for q in questions if len(q.turns) == 1 and q.gold and all(_standing(g, texts) for g in q.gold)]
    left_out = sum(bool(q.groups) for q in questions) - len(asked)
    unanswerable = [q for q in questions if q.status == "not_found"]
    own = static_of(open_house(keep=False))
    usual, why = chroma_default(minilm)
    notes = [
        f"检索的是{texts.name}：切成 {len(texts.pieces)} 段（1000 字，重叠 200），另按条款分成 {len(texts.clauses)} 条。",
        f"比的是 {len(asked)} 道单轮、写明了应引条款的题；多轮的、一次问几件事的和文中找不到条款的 {left_out} 道不比。",
        "一段里有条款的一大半就算命中这条条款。对照的做法不分地区和日期，也没有写回答的一步：“事实齐全”看前四段文字里有没有，"
        "是任何写法的上限；条理的这一格是回答里真说到的。",
        "对照的做法对每个问题都给出最近的几段，不会说“没有”，所以无答案的题全算没有做到。",
    ]
    if why:
        notes.append(why)
    ways: list[tuple[str, Search]] = []
    embedding = usual or own
    if embedding is not None:
        ways.append((f"LangChain + Chroma（{embedding.name}）", by_chroma(texts.pieces, embedding)))
    if (words := by_words(texts.clauses)) is not None:
        ways.append(("BM25 + jieba（按条款）", words))
    else:
        notes.append("没有安装 jieba，BM25 没有测。")
    if own is not None:
        ways.append((f"只用向量（{own.name}，按条款）", by_vectors(texts.clauses, own)))
    lines = [_ours(asked, judged, unanswerable)]
    lines += [_line(name, search, asked, texts, len(unanswerable)) for name, search in ways]
    return BaselineRun(lines=lines, notes=notes)


def _standing(group: Sequence[str], texts: Texts) -> bool:
    return any(ref in texts.gold for ref in group)


def _ours(asked: Sequence[Gold], judged: dict[str, Judgement], unanswerable: Sequence[Gold]) -> BaselineLine:
    found = [judged[q.id] for q in asked]
    silent = [judged[q.id] for q in unanswerable]
    return BaselineLine(
        name="条理",
        retrieval=Retrieval.over([j.ranks for j in found]),
        facts=Share.among((j for j in found if "facts" in j.checks), lambda j: j.checks["facts"]),
        abstained=Share.among(silent, lambda j: j.status == "not_found"),
    )


def _line(name: str, search: Search, asked: Sequence[Gold], texts: Texts, unanswerable: int) -> BaselineLine:
    places: list[Found] = []
    stated: list[bool] = []
    for question in asked:
        found = search(question.turns[0])
        gold = [[ref for ref in group if ref in texts.gold] for group in question.gold]
        reached = [[ref for group in gold for ref in group if texts.holds(piece, ref)] for piece in found]
        places.append(ranks_of(gold, reached))
        if question.facts:
            top = [_said(piece) for piece in found[:TOP]]
            stated.append(all(any(s.states(fact) for s in top for fact in group) for group in question.facts))
    return BaselineLine(
        name=name,
        retrieval=Retrieval.over(places),
        facts=Share(right=sum(stated), of=len(stated)),
        abstained=Share(right=0, of=unanswerable),
    )


@lru_cache(maxsize=16384)
def _said(piece: str) -> Said:
    """A piece with its figures read once, however many questions find it."""
    return Said(piece)


def by_chroma(pieces: Sequence[str], embedding: Embedding) -> Search:
    """LangChain's Chroma over the pieces, in memory."""
    from chromadb import EphemeralClient
    from chromadb.config import Settings
    from langchain_chroma import Chroma

    store = Chroma(
        collection_name="baseline",
        embedding_function=embedding,
        client=EphemeralClient(Settings(anonymized_telemetry=False)),
    )
    store.reset_collection()
    for begins in range(0, len(pieces), 1000):
        store.add_texts(list(pieces[begins : begins + 1000]))
    return lambda question: [found.page_content for found in store.similarity_search(question, k=DEPTH)]


def by_words(clauses: Sequence[str]) -> Search | None:
    """BM25 over jieba's words; None where jieba is not installed."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # jieba's own source warns of its escapes
            import jieba
    except ImportError:
        return None
    import bm25s

    for name in ("jieba", "bm25s"):  # both announce every index that they build
        logging.getLogger(name).setLevel(logging.WARNING)
    index = bm25s.BM25(method="lucene")
    index.index([jieba.lcut_for_search(text) or [""] for text in clauses], show_progress=False)

    def search(question: str) -> list[str]:
        known = [word for word in jieba.lcut_for_search(question) if word in index.vocab_dict]
        if not known:
            return []
        scores = np.asarray(index.get_scores(known))
        return [clauses[n] for n in np.argsort(-scores, kind="stable")[:DEPTH] if scores[n] > 0]

    return search


def by_vectors(clauses: Sequence[str], embedding: Embedding) -> Search:
    """The nearest clauses by cosine."""
    table = np.asarray(embedding.embed_documents(list(clauses)), np.float32)

    def search(question: str) -> list[str]:
        scores = table @ np.asarray(embedding.embed_query(question), np.float32)
        return [clauses[n] for n in np.argsort(-scores, kind="stable")[:DEPTH]]

    return search
