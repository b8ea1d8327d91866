"""The Gradio theme: system fonts only, so that nothing is loaded from anywhere."""

from __future__ import annotations

import gradio as gr

FONTS = (
    "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC",
    "system-ui", "sans-serif",
)  # fmt: skip
MONO = ("ui-monospace", "Consolas", "monospace")


def theme() -> gr.themes.Base:
    """A plain theme with our colours; the rest is in style.css."""
    base = gr.themes.Base(
        font=[gr.themes.Font(name) for name in FONTS], font_mono=[gr.themes.Font(name) for name in MONO]
    )
    return base.set(
        body_background_fill="#f5f6f8",
        body_background_fill_dark="#11161d",
        body_text_color="#1a2330",
        body_text_color_dark="#e6ebf2",
        block_background_fill="transparent",
        block_background_fill_dark="transparent",
        block_border_width="0px",
        block_shadow="none",
    )
