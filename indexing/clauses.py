"""Paragraphs → clauses with stable ids: 第X条, 一、（一）1., annexes and attached documents, forms as forms.

Ids follow Akoma Ntoso: ``art_3``, ``art_3__item_2``, ``sec_1__item_4``, ``annex_2__item_1``; a second document inside
a file that would use an id again stands under ``att_2__``. What follows a clause without a number of its own (款,
A./B. lists) belongs to it; what stands below an article or an item is part of its text and, numbered, a clause too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.quantities import number
from indexing.paragraphs import Paragraph

CHINESE = "[一二三四五六七八九十百零]{1,6}"
ARTICLE = re.compile(rf"^第({CHINESE})条\s*")
CHAPTER = re.compile(rf"^第{CHINESE}[章节]\s*(\S{{0,30}})$")
SECTION = re.compile(rf"^({CHINESE})、\s*")
ITEM = re.compile(rf"^（({CHINESE})）\s*")
POINT = re.compile(r"^(\d{1,2})[.．、]\s*(?!\d)")
ANNEX = re.compile(r"^附件?\s*(\d{1,2}(?:-\d{1,2}){0,3})\s*[:：]?\s*$")
TITLED_ANNEX = re.compile(r"^附件?\s*(\d{1,2}(?:-\d{1,2}){0,3})\s*[:：]\s*(\S.{1,60})$")
ANNEX_LIST = re.compile(r"^-?\s*附件\s*(?:（略）|\(略\))?\s*[:：]")
ISSUES = re.compile(
    r"印发(?:的|了)?《([^《》]{4,60}(?:《[^《》]{2,30}》[^《》]{0,20})?)》|印发([^《》，。]{4,40}?)的通知"
)
SIGNATURE = re.compile(r"印发\s*$|^抄送")
CLOSING = re.compile(r"^本(措施|办法|细则|方案)自.{4,20}起")
LEFT_OUT = re.compile(r"（略）|[（(]另附[）)]|另行(?:发布|制定|通知)")
BOX = re.compile(r"[□☐]")
FORM_WORDS = re.compile(
    r"(?:申请书|申报书|申请表|申报表|推荐表|汇总表|登记表|统计表|情况表|目标表|承诺书|承诺函|一览表|名额分配表|封面)"
)
SHORT = 14
SHORT_SHARE = 0.6
LEAST_FORM = 12
LEAST_ARTICLES = 3


@dataclass
class OriginalClause:
    """A clause of an original: its eId, its label as printed, the headings above it and its paragraphs.

    ``kind``: text, or form (something to fill in, kept whole). ``page`` and ``lines`` tell where it stands in the
    file. ``refs`` are the eIds in the same document that it refers to; ``not_included`` what it leaves to a paper that
    the file does not hold.
    """

    eid: str
    label: str
    path: list[str] = field(default_factory=list)
    text: str = ""
    kind: str = "text"
    page: int = 0
    lines: tuple[int, int] = (0, 0)
    refs: list[str] = field(default_factory=list)
    not_included: list[str] = field(default_factory=list)


def ordinal(words: str) -> int | None:
    """``"十七"`` → 17; None where the signs make no number (百百)."""
    try:
        return int(words) if words.isascii() else int(number(words))
    except ValueError:
        return None


def clauses_of(paragraphs: Sequence[str | Paragraph]) -> list[OriginalClause]:
    """All clauses, in the order of the text. What stands before the first clause is ``intro``."""
    whole = [p if isinstance(p, Paragraph) else Paragraph(p) for p in paragraphs]
    builder = _Builder(whole)
    for i, paragraph in enumerate(whole):
        builder.take(paragraph, whole[i + 1] if i + 1 < len(whole) else None)
    found = [c for c in builder.found if c.text or c.eid.startswith("annex")]
    for clause in found:
        clause.kind = "form" if clause.kind == "form" or _is_form(clause.text) else "text"
        clause.not_included = list(dict.fromkeys(m[0] for m in LEFT_OUT.finditer(clause.text)))
    link(found)
    return found


class _Builder:
    """Reads paragraph after paragraph. ``prefix`` is the container (annex, attached document) that ids stand in."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self.found = [OriginalClause("intro", "导语")]
        self.ids = {"intro"}
        self.articles = _article_containers(paragraphs)
        self.titles = {_bare(m[1] or m[2]) for p in paragraphs[:30] for m in ISSUES.finditer(p.text)}
        self.prefix, self.label, self.attachments = "", "", 0
        self.chapter = ""
        self.open: dict[str, OriginalClause] = {}
        self.section_head = ""
        self.form = False

    def take(self, paragraph: Paragraph, following: Paragraph | None) -> None:
        """Put one paragraph where it belongs."""
        text = paragraph.text
        if self._annex(paragraph, following) or self._attachment(paragraph):
            return
        if self.form:
            self._add(paragraph)
        elif ANNEX_LIST.match(text):
            self._start("annexes", "附件目录", [], paragraph)
            self.open = {}
            self._add(paragraph)
        elif CHAPTER.match(text) and self._has_articles() and not self.open.get("item_only"):
            self.chapter, self.open = text, {}
        elif self._numbered(paragraph):
            return
        elif (SIGNATURE.search(text) and len(text) < 60) or CLOSING.match(text):
            if self.found[-1].eid.removeprefix(self.prefix) != "closing":
                self._start("closing", "施行日期", [], paragraph)
                self.open = {}
            self._add(paragraph)
        else:
            self._add(paragraph)

    def _annex(self, paragraph: Paragraph, following: Paragraph | None) -> bool:
        match, title = ANNEX.match(paragraph.text), ""
        if match is None and paragraph.top and (titled := TITLED_ANNEX.match(paragraph.text)):
            match, title = titled, titled[2]
        if match is None:
            return False
        name = match[1]
        self.prefix, self.label, self.chapter, self.open = f"annex_{name.replace('-', '_')}", f"附件{name}", "", {}
        clause = self._start("", self.label, [], paragraph)
        clause.path, clause.text = [self.label], title
        self.form = bool(FORM_WORDS.search(title or (following.text if following else "")))
        clause.kind = "form" if self.form else "text"
        return True

    def _attachment(self, paragraph: Paragraph) -> bool:
        """The title of the document that a notice issues, on a line of its own."""
        if (
            not self.titles
            or _bare(paragraph.text) not in self.titles
            or (len(self.found) == 1 and not self.found[0].text)
        ):
            return False
        self.attachments += 1
        used = any(eid != "intro" for eid in self.ids)
        self.prefix = f"att_{self.attachments + 1}" if used else ""
        self.chapter, self.open, self.form = "", {}, False
        self.titles.discard(_bare(paragraph.text))
        self._add(paragraph)
        return True

    def _has_articles(self) -> bool:
        return self.prefix in self.articles

    def _numbered(self, paragraph: Paragraph) -> bool:
        text = paragraph.text
        levels = [("art", ARTICLE)] if self._has_articles() else [("sec", SECTION)]
        for kind, pattern in (*levels, ("item", ITEM), ("point", POINT)):
            match = pattern.match(text)
            n = ordinal(match[1]) if match else None
            if match and n and self._enter(kind, n, match, paragraph):
                return True
        return False

    def _enter(self, kind: str, n: int, match: re.Match[str], paragraph: Paragraph) -> bool:
        above = {"art": None, "sec": None, "item": ("art", "sec"), "point": ("item", "art", "sec")}[kind]
        if above is None:
            self.open = {}
            parent = None
        else:
            parent = next((self.open[name] for name in above if name in self.open), None)
            if parent is None and not (kind == "item" and self.prefix):
                return False
            order = ("art", "sec", "item", "point")
            self.open = {k: v for k, v in self.open.items() if order.index(k) < order.index(kind)}
        rest = paragraph.text[match.end() :]
        if kind == "art":
            label, path = f"{self.label}第{match[1]}条", [self.chapter]
        elif kind == "sec":
            label, path = f"{self.label}{match[1]}", []
            self.section_head = paragraph.text
        elif kind == "item":
            label = f"{parent.label if parent else self.label}（{match[1]}）"
            path = [*(parent.path if parent else []), self._heading(parent)]
        else:
            label, path = (
                f"{parent.label if parent else ''}{n}",
                [*(parent.path if parent else []), self._heading(parent)],
            )
        clause = self._start(f"{kind}_{n}", label, [p for p in path if p], paragraph, parent)
        clause.text = rest
        for level, outer in self.open.items():
            if level in ("art", "item"):
                outer.text += "\n" + paragraph.text
        self.open[kind] = clause
        return True

    def _heading(self, parent: OriginalClause | None) -> str:
        if parent is None:
            return self.label
        return self.section_head if parent.eid.rpartition("__")[2].startswith("sec_") else parent.label

    def _start(
        self, eid: str, label: str, path: list[str], paragraph: Paragraph, parent: OriginalClause | None = None
    ) -> OriginalClause:
        full = f"{parent.eid}__{eid}" if parent else "__".join(p for p in (self.prefix, eid) if p)
        again = 2
        while full in self.ids:
            head, _, tail = full.rpartition("__")
            base = re.sub(r"~\d+$", "", tail)
            full = f"{head}__{base}~{again}" if head else f"{base}~{again}"
            again += 1
        self.ids.add(full)
        clause = OriginalClause(
            full, label, [p for p in path if p], page=paragraph.page, lines=(paragraph.first_line, paragraph.last_line)
        )
        self.found.append(clause)
        return clause

    def _add(self, paragraph: Paragraph) -> None:
        """The paragraph belongs to the clause that is open, and to the article or item around it."""
        current = self.found[-1]
        for clause in {id(c): c for c in (current, *self._around(current))}.values():
            clause.text = f"{clause.text}\n{paragraph.text}".strip()
            first = clause.lines[0] or paragraph.first_line
            clause.page, clause.lines = clause.page or paragraph.page, (first, paragraph.last_line)

    def _around(self, current: OriginalClause) -> list[OriginalClause]:
        if current not in self.open.values():
            return []
        return [clause for level, clause in self.open.items() if level in ("art", "item") and clause is not current]


def _article_containers(paragraphs: Sequence[Paragraph]) -> set[str]:
    """The containers that are written in articles (at least three of them)."""
    counts: dict[str, int] = {}
    prefix = ""
    for paragraph in paragraphs:
        if annexed := ANNEX.match(paragraph.text):
            prefix = f"annex_{annexed[1].replace('-', '_')}"
        elif ARTICLE.match(paragraph.text):
            counts[prefix] = counts.get(prefix, 0) + 1
    found = {name for name, times in counts.items() if times >= LEAST_ARTICLES}
    return found | ({f"att_{n}" for n in range(2, 6)} if "" in found else set())


def _is_form(text: str) -> bool:
    parts = [part for part in text.split("\n") if part]
    short = sum(len(part) <= SHORT for part in parts)
    return bool(len(BOX.findall(text)) >= 2 or (len(parts) >= LEAST_FORM and short / len(parts) >= SHORT_SHARE))


def _bare(text: str) -> str:
    return re.sub(r"[^\w\u4e00-\u9fff]", "", text)


REFERENCE = re.compile(
    rf"(?<![》〕号])第(?P<art>{CHINESE})条(?:第{CHINESE}款)?(?:第?[（(](?P<item>{CHINESE})[）)]项?)?"
    r"|附件?\s*(?P<annex>\d{1,2}(?:-\d{1,2}){0,3})(?![\d.])"
)
OTHER_PAPER = re.compile(r"(?:》|〕\d+号）?|法|条例)$")


def link(clauses: Sequence[OriginalClause]) -> None:
    """Fill ``refs``: articles, items and annexes of the same document that a clause names, where they are there."""
    ids = {clause.eid for clause in clauses}
    for clause in clauses:
        found: list[str] = []
        for match in REFERENCE.finditer(clause.text):
            if OTHER_PAPER.search(clause.text[: match.start()]):
                continue
            eid = f"annex_{match['annex'].replace('-', '_')}" if match["annex"] else f"art_{ordinal(match['art'])}"
            item = f"{eid}__item_{ordinal(match['item'])}" if match["item"] else eid
            target = item if item in ids else eid
            if target in ids and target != clause.eid:
                found.append(target)
        clause.refs = list(dict.fromkeys(found))
