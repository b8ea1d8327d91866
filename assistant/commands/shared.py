"""What the subcommands share: options, printing, errors as one line."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Annotated, Any

import typer

from assistant.errors import AssistantError, BadInput
from corpus.load import CorpusError
from corpus.places import places, resolve
from indexing.errors import IndexingError

Json = Annotated[bool, typer.Option("--json", help="输出 JSON。")]
Place = Annotated[str | None, typer.Option("--place", help="地区，如 上海市、青浦区。")]
AsOf = Annotated[str | None, typer.Option("--as-of", help="按哪一天的规定，如 2026-11-21。")]


def day(text: str | None) -> date | None:
    """An ISO date. Raises BadInput with a sentence."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadInput(f"日期“{text}”认不得，请写成 2026-11-21 这样。") from error


def place_name(text: str | None) -> str | None:
    """The full name of a place. Raises BadInput with a sentence."""
    if text is None:
        return None
    found = text if text in places() else resolve(text)
    if found is None:
        raise BadInput(f"地区“{text}”认不得，请写省、市或上海的区名，如 上海市、青浦区、天津市。")
    return found


def show(data: Any) -> None:
    """Print data as JSON."""
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2))


@contextmanager
def quit_on_error() -> Iterator[None]:
    """Errors of ours end the command with code 2 and their sentence on stderr."""
    try:
        yield
    except (AssistantError, IndexingError, CorpusError) as error:
        typer.echo(str(error), err=True)
        sys.exit(2)
    except OSError as error:
        typer.echo(f"读写文件时出错：{error.strerror or error}。请检查 TIAOLI_HOME 和磁盘空间。", err=True)
        sys.exit(2)
    except KeyboardInterrupt:
        typer.echo("已中断。", err=True)
        sys.exit(130)
