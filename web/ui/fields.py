"""The settings of the page as native controls: they speak the browser's language and open the phone's own pickers."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import gradio as gr

from assistant.library import place_names

DAY = (
    '<label class="tl-field"><span>按哪天的规定</span>'
    '<input type="date" min="1990-01-01" max="2100-12-31" value="${value || \'\'}"></label>'
)
ON_CHANGE = """
element.addEventListener('change', (event) => {
  props.value = event.target.value;
  trigger('change');
});
"""


def place_field(value: str, **more: Any) -> gr.HTML:
    """A select of all known places; its value is the full name."""
    return gr.HTML(value, html_template=_places(), js_on_load=ON_CHANGE, apply_default_css=False, **more)


def day_field(value: str | Callable[[], str], **more: Any) -> gr.HTML:
    """A date; its value is ISO (2026-11-21) or empty. A callable is asked anew for every visit of the page."""
    return gr.HTML(value, html_template=DAY, js_on_load=ON_CHANGE, apply_default_css=False, **more)


def _places() -> str:
    """The template: one option per place, in three groups; the chosen one is marked by the value."""
    names = place_names()
    ours = [name for name in names if name.startswith("上海市")]
    rest = [name for name in names if name not in ours and name != "国家"]
    groups = [("上海", ours), ("全国", ["国家"]), ("其他地区", rest)]
    body = "".join(
        f'<optgroup label="{title}">' + "".join(_option(name) for name in group) + "</optgroup>"
        for title, group in groups
    )
    return f'<label class="tl-field"><span>按哪里的规定</span><select>{body}</select></label>'


def _option(name: str) -> str:
    shown = {"国家": "国家（全国统一规定）"}.get(name, name.removeprefix("上海市") or name)
    chosen = "${value === '" + name + "' ? 'selected' : ''}"
    return f'<option value="{escape(name)}" {chosen}>{escape(shown)}</option>'
