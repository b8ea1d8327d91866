"""The HTML document that Gradio serves, made ours: its language, our style sheet, no marks of elsewhere."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from fastapi import FastAPI, Response

HERE = Path(__file__).parent
STYLE = b"\n".join((HERE / name).read_bytes() for name in ("base.css", "style.css", "answer.css"))
STYLE_PATH = f"style-{hashlib.sha256(STYLE).hexdigest()[:12]}.css"
FOREIGN = re.compile(rb'\s*<meta[^>]*(?:property="og:|name="twitter:)[^>]*>', re.S)
DESCRIPTION = "条理：优质中小企业政策问答与资格预检，每个结论都带条款出处。"
HEAD = (
    f'<meta name="description" content="{DESCRIPTION}"><meta name="color-scheme" content="light dark">'
    f'<link rel="stylesheet" href="./{STYLE_PATH}">'
).encode()


def polish(html: bytes) -> bytes:
    """The page in Chinese for browsers and screen readers, without previews that name other hosts, zoomable.

    Our style sheet is linked here and not handed to Gradio, which would rewrite its selectors.
    """
    html = FOREIGN.sub(b"", html)
    html = re.sub(rb'(<html[^>]*?)lang="en"', rb'\1lang="zh-CN"', html, count=1)
    html = html.replace(b", shrink-to-fit=no", b"")
    return html.replace(b"</head>", HEAD + b"</head>", 1)


def serve_style(app: FastAPI) -> None:
    """Serve the style sheet; its name changes with its content, so that browsers may keep it for good."""

    async def style() -> Response:
        return Response(STYLE, media_type="text/css", headers={"Cache-Control": "public, max-age=31536000, immutable"})

    app.add_api_route(f"/{STYLE_PATH}", style, include_in_schema=False)
