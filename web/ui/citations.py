"""Citations: the list of sources under an answer, and the clause that a chip opens."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

from assistant.answer import Answer, Citation
from web.ui.words import TEXT_KIND, VALIDITY, chinese_day

SHOWN_AT_ONCE = 3


def sources(answer: Answer, turn: str) -> str:
    """The list of sources; folded where it is long. Empty without citations."""
    if not answer.citations:
        return ""
    rows = "".join(f"<li>{_source(c, turn)}</li>" for c in answer.citations)
    state = " open" if len(answer.citations) <= SHOWN_AT_ONCE else ""
    return (
        f'<details class="tl-sources"{state}><summary>依据 {len(answer.citations)} 条</summary>'
        f"<ol>{rows}</ol></details>" + "".join(_clause(c, turn) for c in answer.citations)
    )


def badge(validity: str) -> str:
    """The status of a clause on the asked day."""
    return f'<span class="tl-badge tl-badge-{escape(validity)}">{escape(VALIDITY.get(validity, validity))}</span>'


def _source(c: Citation, turn: str) -> str:
    number = f'<span class="tl-number">{escape(c.number)}</span>' if c.number else ""
    return (
        f'<button type="button" class="tl-source" data-cite="{escape(turn)}-{c.n}" aria-haspopup="dialog">'
        f'<span class="tl-chip" aria-hidden="true">{c.n}</span>'
        f'<span class="tl-source-text"><span class="tl-source-clause">{escape(c.clause)}</span>'
        f'<span class="tl-source-title">《{escape(c.title)}》{number}</span></span>{badge(c.validity)}</button>'
    )


def _clause(c: Citation, turn: str) -> str:
    """The content of the clause panel, hidden until its chip is used."""
    facts = [
        ("文件", f"《{escape(c.title)}》"),
        ("文号", escape(c.number or "未印文号")),
        ("发文", escape(c.issuer)),
        ("适用", escape(c.place)),
        ("起始", escape(chinese_day(c.date))),
        (
            "效力",
            badge(c.validity) + (f'<span class="tl-note">{escape(c.validity_note)}</span>' if c.validity_note else ""),
        ),
    ]
    rows = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in facts if value)
    return (
        f'<div hidden class="tl-clause" id="tl-clause-{escape(turn)}-{c.n}">'
        f'<h2 class="tl-clause-title"><span class="tl-chip" aria-hidden="true">{c.n}</span>{escape(c.clause)}</h2>'
        f'<p class="tl-kind">{escape(TEXT_KIND[c.text_kind])}</p><div class="tl-clause-text">{paragraphs(c.text)}</div>'
        f'{_digest(c)}<dl>{rows}</dl><p class="tl-open"><a href="{escape(_address(c))}">在文件里看这一条</a></p></div>'
    )


def _address(c: Citation) -> str:
    """Where the page 文件 shows the clause."""
    return "/documents?" + urlencode({"id": c.document, "eid": c.eid})


def _digest(c: Citation) -> str:
    if c.text_kind != "original" or not c.digest:
        return ""
    return f'<p class="tl-kind">{TEXT_KIND["digest"]}</p><div class="tl-clause-text tl-digest">{paragraphs(c.digest)}</div>'


def paragraphs(text: str) -> str:
    """Plain text as paragraphs, escaped."""
    return "".join(f"<p>{escape(line.strip())}</p>" for line in text.splitlines() if line.strip())
