"""``tiaoli export``: a conversation as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from assistant.errors import BadInput


def export(
    thread: Annotated[str, typer.Argument(help="对话编号（tiaoli ask --json 里的 thread）。")],
    out: Annotated[Path, typer.Option("--out", "-o", help="写到哪个文件，以 .pdf 或 .docx 结尾。")],
    turn: Annotated[str | None, typer.Option("--turn", help="只要哪一次回答（--json 里的 turn）。")] = None,
) -> None:
    """把一个对话导出成 PDF 或 Word：情况、结论、问答和依据的条文。"""
    format = _format(out)
    from assistant.conversation import Assistant
    from assistant.export.conversation import conversation_paper
    from assistant.export.write import write
    from assistant.house import open_house

    out.write_bytes(write(conversation_paper(Assistant(open_house(search=False)), thread, turn), format))
    typer.echo(f"已写到 {out}。")


def _format(out: Path) -> Literal["pdf", "docx"]:
    """The format that the name asks for. Raises BadInput for another ending or a folder that is missing."""
    if not out.parent.is_dir():
        raise BadInput(f"文件夹 {out.parent} 不存在，请先建好，或者换一个位置。")
    ending = out.suffix.lower()
    if ending == ".pdf":
        return "pdf"
    if ending == ".docx":
        return "docx"
    raise BadInput(f"“{out.name}”的格式认不得，请用 .pdf 或 .docx 结尾。")
