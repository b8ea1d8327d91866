"""One exchange of the conversation as HTML. Everything that people or documents wrote is escaped."""

from __future__ import annotations

from html import escape

from assistant.answer import Answer, Understood
from web.ui.citations import sources
from web.ui.markdown import to_html
from web.ui.session import Exchange
from web.ui.verdict import gaps, open_questions, verdict_table
from web.ui.words import STATUS, VALIDITY, chinese_day

EXAMPLES = (
    "上海第一次上规模，市里能奖多少？",
    "专精特新现在要满足什么条件？",
    "更新信息到底是4月30日还是5月31日？",
    "去年营收1480万，没拿过投资，别的都达标，能报专精特新吗？",
)
CRITERION_LINES = ("- ✗ ", "- ? ", "- ✓ ")
ICONS = {
    "copy": '<path d="M9 9h10v11H9zM5 15V4h10"/>',
    "up": '<path d="M7 11v9H4v-9zM7 11l4-7c1.7 0 2.5 1.2 2.2 2.7L12.6 9H19l-1.5 9.5c-.1.9-.8 1.5-1.7 1.5H7"/>',
    "down": '<path d="M7 13V4H4v9zM7 13l4 7c1.7 0 2.5-1.2 2.2-2.7L12.6 15H19l-1.5-9.5C17.4 4.6 16.7 4 15.8 4H7"/>',
}


def welcome() -> str:
    """What stands before the first message."""
    buttons = "".join(_ask_button(text, "tl-example") for text in EXAMPLES)
    return (
        '<section class="tl-welcome"><h2>想问什么，直接说</h2>'
        "<p>条件、流程、奖补、期限都可以问；把营收、研发、负债率等情况告诉我，我逐条对照标准做预检。"
        f'每个结论都带条款，点编号看条文。</p><div class="tl-examples" role="group" aria-label="可以这样问">{buttons}</div></section>'
    )


def exchange(one: Exchange) -> str:
    """Question and answer; while the answer comes, what is there of it."""
    question = f'<div class="tl-question"><span class="tl-hidden">您问：</span>{_lines(one.message)}</div>'
    body = _answer(one, one.answer) if one.answer else _coming(one)
    return f'<article class="tl-exchange" id="tl-{escape(one.key)}" data-key="{escape(one.key)}">{question}{body}</article>'


def announcement(one: Exchange) -> str:
    """What a screen reader hears when something changed."""
    if one.answer is None:
        return "正在查条款。"
    first = one.answer.answer.split("\n", 1)[0]
    plain = "".join(ch for ch in first if ch not in "*#_`|")
    return f"回答好了。{escape(plain)}"


def _coming(one: Exchange) -> str:
    if one.trouble:
        return f'<div class="tl-answer"><p class="tl-trouble">{escape(one.trouble)}</p></div>'
    text = to_html(one.partial, turn=one.key) if one.partial else ""
    return f'<div class="tl-answer" aria-busy="true">{text}<p class="tl-wait">正在查条款<span class="tl-dots" aria-hidden="true"></span></p></div>'


def _answer(one: Exchange, answer: Answer) -> str:
    known = [c.n for c in answer.citations]
    table = verdict_table(answer, one.key)
    if table:  # conclusion, table, then the rest; the table says each criterion, so the text need not
        conclusion, _, rest = answer.answer.partition("\n\n")
        kept = "\n".join(line for line in rest.split("\n") if not line.startswith(CRITERION_LINES))
        text = to_html(conclusion, turn=one.key, known=known) + table + to_html(kept, turn=one.key, known=known)
    else:
        text = to_html(answer.answer, turn=one.key, known=known)
    parts = [
        _tag(answer),
        f'<div class="tl-text">{text}</div>',
        gaps(answer.verdict, answer.answer),
        open_questions(answer.verdict, answer.answer),
        _understood(answer.understood),
        _notes(answer.notes),
        sources(answer, one.key),
        f'<div hidden class="tl-plain">{escape(plain(answer))}</div>',
        _actions(one),
        _follow_ups(answer.follow_ups),
    ]
    where = f'<p class="tl-where">{escape(answer.place)} · {escape(chinese_day(answer.as_of))}的规定</p>'
    return f'<div class="tl-answer tl-{answer.status}">{where}{"".join(parts)}</div>'


def plain(answer: Answer) -> str:
    """The answer as text to pass on: with its marks, its sources and the day it speaks of."""
    lines = [answer.answer.replace("**", ""), ""]
    for c in answer.citations:
        number = f"（{c.number}）" if c.number else ""
        lines.append(f"[{c.n}]《{c.title}》{number}{c.clause}，{VALIDITY[c.validity]}")
    where = f"{answer.place}，{chinese_day(answer.as_of)}的规定。"
    lines.append(f"（条理整理，{where}{answer.verdict.disclaimer if answer.verdict else ''}）")
    return "\n".join(lines)


def _tag(answer: Answer) -> str:
    words = "" if answer.verdict else STATUS.get(answer.status, "")
    return f'<p class="tl-tag">{words}</p>' if words else ""


def _understood(understood: list[Understood]) -> str:
    if not understood:
        return ""
    chips = "".join(
        f'<li><button type="button" class="tl-fact" data-fill="更正：{escape(u.label, quote=True)}是" '
        f'title="您说：{escape(u.said, quote=True)}">{escape(u.label)} <b>{escape(u.value)}</b></button></li>'
        for u in understood
    )
    return f'<div class="tl-understood"><p>我是这样理解的，不对请点一下更正：</p><ul>{chips}</ul></div>'


def _notes(notes: list[str]) -> str:
    return "".join(f'<p class="tl-notice">{escape(note)}</p>' for note in notes)


def _actions(one: Exchange) -> str:
    rated = {"up": "谢谢，记下了。", "down": "谢谢，记下了，我们会去查这次回答。"}.get(one.rating, "")
    thumbs = "".join(
        f'<button type="button" class="tl-action" data-rate="{verdict}" data-key="{escape(one.key)}" '
        f'aria-pressed="{"true" if one.rating == verdict else "false"}">{_icon(verdict)}{label}</button>'
        for verdict, label in (("up", "有用"), ("down", "没用"))
    )
    return (
        f'<div class="tl-actions"><button type="button" class="tl-action" data-copy="{escape(one.key)}">{_icon("copy")}'
        f'<span>复制</span></button>{thumbs}<span class="tl-rated">{one.rating_trouble or rated}</span></div>'
    )


def _icon(name: str) -> str:
    return f'<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">{ICONS[name]}</svg>'


def _follow_ups(asks: list[str]) -> str:
    if not asks:
        return ""
    buttons = "".join(_ask_button(text, "tl-follow") for text in asks)
    return f'<div class="tl-follows" role="group" aria-label="接着问">{buttons}</div>'


def _ask_button(text: str, kind: str) -> str:
    return f'<button type="button" class="{kind}" data-ask="{escape(text, quote=True)}">{escape(text)}</button>'


def _lines(text: str) -> str:
    return "<br>".join(escape(line) for line in text.strip().splitlines()) or "（空）"
