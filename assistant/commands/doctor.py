"""``tiaoli doctor``: what is in use and what is wrong, each with what to do."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from importlib.metadata import version

import typer

from assistant.commands.shared import Json, show
from assistant.errors import AssistantError
from corpus.load import CorpusError
from indexing.errors import IndexingError

PACKAGES = ("langchain-core", "chromadb", "bm25s", "fastapi", "gradio", "pypdf", "SQLAlchemy", "alembic", "argon2-cffi")


def doctor(as_json: Json = False) -> None:
    """检查环境：语料、索引、数据库、语言模型、向量模型。"""
    checks = {
        "语料": _corpus,
        "索引": _index,
        "数据库": _store,
        "语言模型": _model,
        "依赖": _packages,
        "数据文件夹": _home,
    }
    report = []
    for name, check in checks.items():
        ok, text = _run(check)
        report.append({"check": name, "ok": ok, "detail": text})
    if as_json:
        show(report)
    else:
        for row in report:
            typer.echo(f"{'✓' if row['ok'] else '✗'} {row['check']}：{row['detail']}")
    if not all(row["ok"] for row in report):
        raise typer.Exit(1)


def _run(check: Callable[[], str]) -> tuple[bool, str]:
    try:
        return True, check()
    except (AssistantError, IndexingError, CorpusError) as error:
        return False, str(error)
    except OSError as error:
        return False, f"{error.strerror or error}。请检查 TIAOLI_HOME 和磁盘空间。"


def _corpus() -> str:
    from corpus.load import load_corpus

    corpus = load_corpus()
    kept = sum(document.included for document in corpus.documents.values())
    listed = f"{len(corpus.documents)} 份文件（{kept} 份有条款）"
    return f"{listed}，{len(corpus.clauses)} 条条款，{len(corpus.topics)} 个专题"


def _index() -> str:
    from indexing import build
    from indexing.search import Searcher

    searcher = Searcher.open()
    if searcher.degraded:
        raise IndexingError("向量索引用不了，正在只按字面检索。请运行 tiaoli index build --full。")
    state = "最新" if build.is_fresh() else "不是最新，请运行 tiaoli index build"
    return f"{len(searcher.entries)} 条，{state}，向量模型 {searcher.manifest.model}"


def _store() -> str:
    from assistant.store import Store

    store = Store()
    kind, version = store.engine.dialect.name, store.version
    store.close()
    return f"{kind} 可用，结构 {version}"


def _model() -> str:
    from assistant.errors import ModelUnavailable
    from assistant.llm import configured_model

    model = configured_model()
    if model is None:
        return "没有配置，答案由条款直接整理（这样也完整可用）"
    try:
        next(iter(model.stream("只回答：好。", "在吗？")), "")
    except ModelUnavailable as error:
        raise AssistantError(f"{error} 请检查 TIAOLI_LLM_BASE_URL；在此之前答案由条款直接整理。") from error
    return f"{model.name} 有回应"


def _packages() -> str:
    return f"Python {sys.version.split()[0]}，" + "，".join(f"{name} {version(name)}" for name in PACKAGES)


def _home() -> str:
    from indexing.home import home

    folder = home()
    probe = folder / f".probe-{os.getpid()}"
    probe.write_text("ok", "utf-8")
    probe.unlink()
    return str(folder)
