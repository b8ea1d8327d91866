"""A paper as a response to be saved: its bytes, its type, and a Chinese file name (RFC 6266)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from fastapi import Response

if TYPE_CHECKING:
    from assistant.export.paper import Paper
    from assistant.export.write import Format

FILE: dict[str, Any] = {
    "description": "文件",
    "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
}
"""What OpenAPI says of such a response."""


def as_file(paper: Paper, format: Format) -> Response:
    """The response. Raises FontMissing for a PDF where the system has no Chinese font."""
    from assistant.export.write import MEDIA_TYPE, file_name, write

    plain = f"tiaoli-{paper.day.isoformat()}.{format}"  # for clients that know no other names
    name = quote(file_name(paper, format), safe="")
    headers = {
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{name}",
        "Cache-Control": "no-store",
    }
    return Response(write(paper, format), media_type=MEDIA_TYPE[format], headers=headers)
