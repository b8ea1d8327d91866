"""The settings of the page as native controls: they speak the browser's language and open the phone's own pickers."""

from __future__ import annotations

from html import escape
from typing import Any

import gradio as gr

from assistant.library import place_names

ON_CHANGE = """
element.addEventListener('change', (event) => {
  props.value = event.target.value;
  trigger('change');
});
"""


class PlaceField(gr.HTML):
    """A select of all known places; its value is the full name."""

    def __init__(self, value: str, **more: Any) -> None:
        super().__init__(value=value, html_template=_places(), js_on_load=ON_CHANGE, apply_default_css=False, **more)
    from collections.abc import Callable, Sequence
    from typing import TYPE_CHECKING, Any, Literal

    from gradio.blocks import Block
    if TYPE_CHECKING:
        from gradio.components import Timer
        from gradio.components.base import Component


class DayField(gr.HTML):
    """A date; its value is ISO (2026-11-21) or empty."""

    def __init__(self, value: Any, **more: Any) -> None:
        template = (
            '<label class="tl-field"><span>按哪天的规定</span>'
            '<input type="date" min="1990-01-01" max="2100-12-31" value="${value || \'\'}"></label>'
        )
        super().__init__(value=value, html_template=template, js_on_load=ON_CHANGE, apply_default_css=False, **more)
    from collections.abc import Callable, Sequence
    from typing import TYPE_CHECKING, Any, Literal

    from gradio.blocks import Block
    if TYPE_CHECKING:
        from gradio.components import Timer
        from gradio.components.base import Component


def _places() -> str:
    """The template: one option per place, in three groups; the chosen one is marked by the value."""
    names = place_names()
    ours = [name for name in names if name.startswith("上海市")]
    rest = [name for name in names if name not in ours and name != "国家"]
    groups = [("上海", ours), ("全国", ["国家"]), ("其他地区", rest)]
    body = "".join(
        f'<optgroup label="{title}">' + "".join(_option(name) for name in group) + "</optgroup>" for title, group in groups
    )
    return f'<label class="tl-field"><span>按哪里的规定</span><select>{body}</select></label>'


def _option(name: str) -> str:
    shown = {"国家": "国家（全国统一规定）"}.get(name, name.removeprefix("上海市") or name)
    chosen = "${value === '" + name + "' ? 'selected' : ''}"
    return f'<option value="{escape(name)}" {chosen}>{escape(shown)}</option>'