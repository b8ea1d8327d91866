"""The HTML document that Gradio serves, made ours: its language, no marks of elsewhere."""

from __future__ import annotations

import re

FOREIGN = re.compile(rb'\s*<meta[^>]*(?:property="og:|name="twitter:)[^>]*>', re.S)
DESCRIPTION = "条理：优质中小企业政策问答与资格预检，每个结论都带条款出处。"
HEAD = f'<meta name="description" content="{DESCRIPTION}"><meta name="color-scheme" content="light dark">'.encode()


def polish(html: bytes) -> bytes:
    """The page in Chinese for browsers and screen readers, without previews that name other hosts, zoomable."""
    html = FOREIGN.sub(b"", html)
    html = re.sub(rb'(<html[^>]*?)lang="en"', rb'\1lang="zh-CN"', html, count=1)
    html = html.replace(b", shrink-to-fit=no", b"")
    return html.replace(b"</head>", HEAD + b"</head>", 1)
