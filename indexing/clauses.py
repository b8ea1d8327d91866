"""Paragraphs → clauses with stable ids: 第X条, 一、/（一） sections and numbered annexes with their items.

The smallest clause is an article, a numbered item of an annex, or a numbered measure inside a section; what
follows (款, A./B. lists) belongs to it. Items in an article become clauses of their own as well, inside the article.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from corpus.quantities import number

CHINESE = "[一二三四五六七八九十百零]{1,6}"
ARTICLE = re.compile(rf"^第({CHINESE})条\s*")
CHAPTER = re.compile(rf"^第{CHINESE}[章节]\s*(\S{{0,30}})$")
SECTION = re.compile(rf"^({CHINESE})、\s*")
ITEM = re.compile(rf"^（({CHINESE})）\s*")
ANNEX = re.compile(r"^附件\s*(\d{1,2})\s*$")
SIGNATURE = re.compile(r"印发\s*$|^抄送")


@dataclass
class OriginalClause:
    """A clause of an original: its eId, its label as printed, the headings above it and its paragraphs."""

    eid: str
    label: str
    path: list[str] = field(default_factory=list)
    text: str = ""


def ordinal(words: str) -> int | None:
    """``"十七"`` → 17; None where the signs make no number (百百)."""
    try:
        return int(number(words))
    except ValueError:
        return None


def _numbered(pattern: re.Pattern[str], text: str) -> tuple[re.Match[str], int] | None:
    """The match of a numbered heading with its number."""
    match = pattern.match(text)
    n = ordinal(match[1]) if match else None
    return (match, n) if match and n else None


def clauses_of(paragraphs: list[str]) -> list[OriginalClause]:
    """All clauses, in the order of the text. What stands before the first clause is ``intro``."""
    has_articles = sum(bool(ARTICLE.match(p)) for p in paragraphs) >= 3
    found: list[OriginalClause] = [OriginalClause("intro", "导语")]
    chapter, annex, section = "", 0, 0
    parent: OriginalClause | None = None

    def start(eid: str, label: str, path: list[str]) -> OriginalClause:
        clause = OriginalClause(eid, label, [p for p in path if p])
        found.append(clause)
        return clause

    for text in paragraphs:
        current = found[-1]
        if annexed := ANNEX.match(text):
            annex = int(annexed[1])
            parent = start(f"annex_{annex}", f"附件{annex}", [])
            parent.path = [parent.label]
        elif CHAPTER.match(text) and not annex:
            chapter, parent = text, None
        elif has_articles and not annex and (found_at := _numbered(ARTICLE, text)):
            m, n = found_at
            parent = start(f"art_{n}", f"第{m[1]}条", [chapter])
            parent.text = text[m.end() :]
        elif annex and (found_at := _numbered(ITEM, text)):
            m, n = found_at
            clause = start(f"annex_{annex}__item_{n}", f"附件{annex}（{m[1]}）", [f"附件{annex}"])
            clause.text = text[m.end() :]
        elif not has_articles and not annex and (found_at := _numbered(SECTION, text)):
            m, section = found_at
            chapter = text
            parent = start(f"sec_{section}", m[1], [])
            parent.text = text[m.end() :]
        elif section and (found_at := _numbered(ITEM, text)):
            m, n = found_at
            head = SECTION.match(chapter)
            label = f"{head[1] if head else ''}（{m[1]}）"
            clause = start(f"sec_{section}__item_{n}", label, [chapter])
            clause.text = text[m.end() :]
        elif has_articles and parent and not annex and (found_at := _numbered(ITEM, text)):
            m, n = found_at
            clause = start(f"{parent.eid}__item_{n}", f"{parent.label}（{m[1]}）", [*parent.path, parent.label])
            clause.text = text[m.end() :]
            parent.text += "\n" + text
        elif SIGNATURE.search(text) or re.match(r"^本(措施|办法|细则|方案)自.{4,20}起", text):
            clause = current if current.eid == "closing" else start("closing", "施行日期", [])
            clause.text = f"{clause.text}\n{text}".strip()
        else:
            current.text = f"{current.text}\n{text}".strip()
            if parent and parent is not current and "__item_" in current.eid and not annex and not section:
                parent.text += "\n" + text
    return [c for c in found if c.text or c.eid.startswith("annex")]
