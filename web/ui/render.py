"""One exchange of the conversation as HTML. Everything that people or documents wrote is escaped."""

from __future__ import annotations

from html import escape

from assistant.answer import Answer, Understood
from assistant.desk.turns import SPECIALIST, TO_SPECIALIST
from web.ui.citations import sources
from web.ui.markdown import to_html
from web.ui.session import Exchange
from web.ui.verdict import open_questions, verdict_table, without_gaps
from web.ui.words import STATUS, VALIDITY, chinese_day

CRITERION_LINES = ("- ✗ ", "- ? ", "- ✓ ")
ICONS = {
    "copy": '<path d="M9 9h10v11H9zM5 15V4h10"/>',
    "up": '<path d="M7 11v9H4v-9zM7 11l4-7c1.7 0 2.5 1.2 2.2 2.7L12.6 9H19l-1.5 9.5c-.1.9-.8 1.5-1.7 1.5H7"/>',
    "down": '<path d="M7 13V4H4v9zM7 13l4 7c1.7 0 2.5-1.2 2.2-2.7L12.6 15H19l-1.5-9.5C17.4 4.6 16.7 4 15.8 4H7"/>',
}


def exchange(one: Exchange) -> str:
    """Question and answer; while the answer comes, what is there of it."""
    said = f'<div class="tl-question"><span class="tl-hidden">您说：</span>{_lines(one.message)}</div>'
    question = said if one.message else ""
    if one.answer is None:
        body = _coming(one)
    else:
        body = (
            _by_desk(one, one.answer)
            if one.answer.route == "handoff" and _of_desk(one.answer)
            else _answer(one, one.answer)
        )
    return f'<article class="tl-exchange" id="tl-{escape(one.key)}" data-key="{escape(one.key)}">{question}{body}</article>'


def announcement(one: Exchange) -> str:
    """What a screen reader hears when something changed."""
    if one.answer is None:
        return "正在查条款。"
    first = one.answer.answer.split("\n", 1)[0]
    plain = "".join(ch for ch in first if ch not in "*#_`|")
    return f"回答好了。{escape(plain)}"


def _of_desk(answer: Answer) -> bool:
    return answer.reason in (SPECIALIST, TO_SPECIALIST)


def _by_desk(one: Exchange, answer: Answer) -> str:
    """What goes to a specialist or comes from one: signed by a person, so it is neither rated nor read as a rule's work."""
    if answer.reason == TO_SPECIALIST:
        return f'<div class="tl-answer tl-desk"><p class="tl-where">{escape(answer.answer)}</p></div>'
    known = [c.n for c in answer.citations]
    who = (
        "".join(f'<p class="tl-desk-name">{escape(note)}</p>' for note in answer.notes)
        or '<p class="tl-desk-name">服务专员答复</p>'
    )
    text = f'<div class="tl-text">{to_html(answer.answer, turn=one.key, known=known)}</div>'
    copied = f'<div hidden class="tl-plain">{escape(plain(answer))}</div>'
    actions = f'<div class="tl-actions">{_copy(one)}</div>'
    return f'<div class="tl-answer tl-desk tl-desk-said">{who}{text}{sources(answer, one.key)}{copied}{actions}</div>'


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
        kept = without_gaps(answer.verdict, kept)
        text = to_html(conclusion, turn=one.key, known=known) + table + to_html(kept, turn=one.key, known=known)
    elif answer.route == "checkup":  # the cards say each row, so the list is folded once they are there
        conclusion, _, rest = answer.answer.partition("\n\n")
        folded = f'<details class="tl-as-text" open><summary>文字版</summary>{to_html(rest, turn=one.key, known=known)}</details>'
        text = to_html(conclusion, turn=one.key, known=known) + (folded if rest else "")
    else:
        text = to_html(answer.answer, turn=one.key, known=known)
    parts = [
        _tag(answer),
        f'<div class="tl-text">{text}</div>',
        _cards(one, answer),
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


def _cards(one: Exchange, answer: Answer) -> str:
    """The place where the page's script puts cards."""
    if answer.route not in ("checkup", "duties") or answer.status not in ("answered", "needs_info"):
        return ""
    return f'<div class="tl-cards" data-cards="{answer.route}" data-key="{escape(one.key)}"></div>'


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
        f'<li><button type="button" class="tl-fact" data-edit="{escape(u.fact, quote=True)}" aria-haspopup="dialog" '
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
    return f'<div class="tl-actions">{_copy(one)}{thumbs}<span class="tl-rated" role="status">{rated}</span></div>'


def _copy(one: Exchange) -> str:
    return f'<button type="button" class="tl-action" data-copy="{escape(one.key)}">{_icon("copy")}<span>复制</span></button>'


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
