"""Folders in BEIR form (Thakur et al. 2021): ``corpus.jsonl``, ``queries.jsonl``, ``qrels/*.tsv``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexing.errors import IndexingError

FORM = "要有 corpus.jsonl、queries.jsonl 和 qrels 文件夹（*.tsv：query-id、corpus-id、score）"


class BeirError(IndexingError):
    """A folder that is not in BEIR form."""


@dataclass(frozen=True)
class Beir:
    """Texts with their titles, queries, and for each query the positions of its relevant texts.

    ``unjudged``: queries that no qrels file names, which are left out; ``unknown``: relevance pairs whose text the
    corpus lacks, which nothing can find and which therefore still count as missed.
    """

    ids: list[str]
    titles: list[str]
    texts: list[str]
    query_ids: list[str]
    queries: list[str]
    relevant: list[set[int]]
    unjudged: int
    unknown: int


def read_beir(folder: Path) -> Beir:
    """Read a folder. Raises BeirError with file and line for whatever is wrong."""
    if not folder.is_dir():
        raise BeirError(f"找不到文件夹 {folder}。{FORM}。")
    for name in ("corpus.jsonl", "queries.jsonl"):
        if not (folder / name).is_file():
            raise BeirError(f"文件夹 {folder.name} 里没有 {name}。{FORM}。")
    tables = sorted((folder / "qrels").glob("*.tsv"))
    if not tables:
        raise BeirError(f"文件夹 {folder.name} 的 qrels 里没有 .tsv 文件。{FORM}。")
    corpus = list(_records(folder / "corpus.jsonl"))
    number = {record["_id"]: n for n, record in enumerate(corpus)}
    queries = {record["_id"]: record["text"] for record in _records(folder / "queries.jsonl")}
    if len(number) < len(corpus):
        raise BeirError("corpus.jsonl 里有重复的 _id。请让每段文本的 _id 各不相同。")
    judged: dict[str, set[int]] = {}
    unknown = 0
    for query, text in (pair for table in tables for pair in _pairs(table)):
        if query not in queries:
            raise BeirError(f"qrels 里的问题 {query} 不在 queries.jsonl 里。请检查两个文件是否配套。")
        if text not in number:
            unknown += 1
        judged.setdefault(query, set()).add(number.get(text, -1 - unknown))
    if not judged:
        raise BeirError("qrels 里没有一对相关的问题和文本（score 大于 0）。")
    return Beir(
        [r["_id"] for r in corpus], [r.get("title") or "" for r in corpus], [r["text"] for r in corpus],
        list(judged), [queries[q] for q in judged], list(judged.values()), len(queries) - len(judged), unknown,
    )  # fmt: skip


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8-sig").split("\n")
    except OSError as error:
        raise BeirError(f"{path.name} 读不了：{error.strerror}。请检查权限和磁盘。") from error
    except UnicodeDecodeError as error:
        raise BeirError(f"{path.name} 不是 UTF-8 文本。请转换编码后再试。") from error


def _records(path: Path) -> Iterator[dict[str, Any]]:
    empty = True
    for n, line in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        empty = False
        try:
            record = json.loads(line)
            good = isinstance(record["_id"], str) and isinstance(record["text"], str)
            good = good and isinstance(record.get("title") or "", str)
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise BeirError(f"{path.name} 第 {n} 行认不得。每行要是一个 JSON 对象，有 _id 和 text。") from error
        if not good:
            raise BeirError(f"{path.name} 第 {n} 行的 _id、title、text 要是文字。")
        yield record
    if empty:
        raise BeirError(f"{path.name} 是空的。{FORM}。")


def _pairs(path: Path) -> Iterator[tuple[str, str]]:
    """The relevant pairs; a first line whose score is no number is a heading."""
    for n, line in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        cells = line.rstrip("\r").split("\t")
        try:
            query, text, score = cells[0], cells[1], float(cells[2])
        except (IndexError, ValueError) as error:
            if n == 1:
                continue
            raise BeirError(
                f"{path.name} 第 {n} 行认不得。每行三格，用制表符隔开：query-id、corpus-id、score。"
            ) from error
        if score > 0:
            yield query, text
