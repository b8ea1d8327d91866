"""Paragraphs → the parts of a file: the main text, documents attached to it, annexes, the signature.

Numbers begin anew in every part, so each has a prefix for its ids: none for the main text, ``annex_2``,
``schedule_1`` (附表), ``att_2`` for a second document inside a notice or an annex.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from indexing.numbers import ARTICLE, ITEM, POINT, SECTION, SUBPOINT
from indexing.paragraphs import STANDS_ALONE, Paragraph

Kind = Literal["text", "form", "annexes", "signature", "closing"]

NUMBER = r"(\d{1,2}(?:-\d{1,2}){0,3})"
ANNEX = re.compile(rf"^(模板)?附([件表录]?)\s*{NUMBER}\s*[:：]?\s*$")
TITLED_ANNEX = re.compile(rf"^(模板)?附([件表录])\s*{NUMBER}\s*[:：]\s*(\S.{{1,90}})$")
ONLY_ANNEX = re.compile(r"^附件\s*[:：]?$")
ANNEX_LIST = re.compile(r"^-?\s*附件\s*(?:（略）|\(略\))?\s*[:：]")
LISTED = re.compile(rf"^(?:-?\s*附件\s*[:：]?\s*(?:（略）)?)?(?:附件)?\s*{NUMBER}\s*[.．、:：]\s*(\S.*)$")
ONE_LISTED = re.compile(r"^-?\s*附件\s*[:：]\s*(\S.{3,})$")
ISSUES = re.compile(
    r"印发(?:的|了)?《([^《》]{4,60}(?:《[^《》]{2,30}》[^《》]{0,20})?)》|印发([^《》，。]{4,40}?)的通知"
    r"|制定了?《([^《》]{4,60})》"
)
SIGNED = re.compile(r"^（?(?:19|20)\d\d年\d{1,2}月\d{1,2}日）?$")
PRINTED = re.compile(r"20\d\d年\d{1,2}月\d{1,2}日\s*印发\s*$|^抄送[:：]")
CLOSING = re.compile(r"^本(措施|办法|细则|方案)自.{4,20}起")
TITLE_END = re.compile(
    r"(?:指南|方案|办法|细则|计划|要点|规程|规划|规定|措施|清单|要求|模板|提纲|意见|标准|说明)(?:（[^（）]{1,12}）)?$"
)
FORM_TITLE = re.compile(
    r"(?:申请书|申报书|申请表|申报表|推荐表|汇总表|登记表|统计表|情况表|目标表|审核意见表|承诺书|承诺函|声明|一览表|名额分配表"
    r"|自评表|测算表|信息表|明细表|意见表|参考表|名单表|封面)"
)
LOOK_BACK = 4
LOOK_AHEAD = 8
LONGEST_TITLE = 80
LEAST_TITLE = 6


@dataclass
class Part:
    """A run of paragraphs whose numbers belong together. ``head`` counts those that are its heading."""

    prefix: str
    label: str
    kind: Kind = "text"
    title: str = ""
    head: int = 0
    paragraphs: list[Paragraph] = field(default_factory=list)


def parts_of(paragraphs: Sequence[Paragraph]) -> list[Part]:
    """All parts in the order of the text; the first is the main text, which may be empty."""
    return _Divider(paragraphs).parts


class _Divider:
    """Walks through the paragraphs and opens a part where one begins."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self.all = paragraphs
        self.parts = [Part("", "")]
        self.listed: dict[str, str] = {}
        self.titles = {bare(next(filter(None, m.groups()))) for p in paragraphs[:30] for m in ISSUES.finditer(p.text)}
        self.sections = self.articles = self.attached = 0
        self.prefixes: dict[str, str] = {"": ""}
        self.numbered: set[str] = set()
        self.names: dict[str, str] = {}
        self.around = self.parts[0]
        self.outer, self.outer_label = "", ""
        for i in range(len(paragraphs)):
            self._take(i)

    def _take(self, i: int) -> None:
        paragraph, part = self.all[i], self.parts[-1]
        opened = self._annex(i) or self._list(i) or self._attachment(i) or self._signature(i) or self._closing(i)
        if not opened and part.kind in ("signature", "closing") and not self._ends(i):
            self._resume()
        if not opened and part.kind == "annexes" and not self._belongs_to_list(i):
            self._resume()
        part = self.parts[-1]
        if part.kind == "annexes":
            self._note(paragraph.text)
        part.paragraphs.append(paragraph)
        if part.kind == "text" and _numbered(paragraph.text):
            self.numbered.add(part.prefix)
        self.sections += bool(SECTION.match(paragraph.text))
        self.articles += bool(ARTICLE.match(paragraph.text))

    def _open(self, part: Part) -> bool:
        self.parts.append(part)
        return True

    def _resume(self) -> None:
        """Text after a list or a signature goes on with the part around it, unless it begins a new document."""
        self.around = Part(self.around.prefix, self.around.label, self.around.kind)
        self.parts.append(self.around)

    def _enter(self, prefix: str, label: str, title: str, kind: Kind, head: int) -> bool:
        self.sections = self.articles = 0
        self.prefixes.setdefault(prefix, label)
        self.around = Part(prefix, label, kind, title, head)
        return self._open(self.around)

    def _annex(self, i: int) -> bool:
        paragraph = self.all[i]
        text, title, kind, number = paragraph.text, "", "", ""
        if match := ANNEX.match(text):
            kind, number = (match[1] or "") + match[2], match[3]
        elif (match := TITLED_ANNEX.match(text)) and self._heads_annex(i, match[3]):
            kind, number, title = (match[1] or "") + match[2], match[3], match[4]
        elif ONLY_ANNEX.match(text) and paragraph.top and i and (self.listed or not self._numbered(i + 1)):
            kind, number = "件", "1"
        elif paragraph.top and (known := self._known_title(text)):
            kind, number, title = "件", known, text
        else:
            return False
        form: Kind = "form" if FORM_TITLE.search(title or self._title_after(i)) else "text"
        if kind.startswith("模板") and self.outer.startswith("annex"):
            prefix, label = f"{self.outer}__annex_{number.replace('-', '_')}", f"{self.outer_label}模板附{number}"
        elif kind == "表":
            prefix, label = f"schedule_{number.replace('-', '_')}", f"附表{number}"
        else:
            prefix, label = f"annex_{number.replace('-', '_')}", f"附件{number}"
            if prefix in self.prefixes and self.outer != prefix:
                return self._enter(f"{self.outer}__{prefix}", f"{self.outer_label}所附{label}", title, form, 1)
            self.outer, self.outer_label = prefix, label
        self.attached = 0
        return self._enter(prefix, label, title, form, 1)

    def _title_after(self, i: int) -> str:
        """The title below the heading of an annex, on one line or two."""
        title = ""
        for paragraph in self.all[i + 1 : i + 3]:
            if _numbered(paragraph.text) or len(paragraph.text) > LONGEST_TITLE:
                break
            title += paragraph.text
        return title

    def _heads_annex(self, i: int, number: str) -> bool:
        """Whether “附件2：…” is the heading of that annex and not a line of the list."""
        if self.all[i].text.endswith("（略）") and self.parts[-1].kind != "annexes":
            return i > 0
        if self.all[i].top:
            return i > 0 and not (self.parts[-1].kind == "annexes" and self._next_listed(i))
        return number in self.listed and self.parts[-1].kind != "annexes"

    def _next_listed(self, i: int) -> bool:
        return i + 1 < len(self.all) and not self.all[i + 1].top and bool(TITLED_ANNEX.match(self.all[i + 1].text))

    def _known_title(self, text: str) -> str | None:
        number = self.names.get(bare(text))
        return number if number and f"annex_{number.replace('-', '_')}" not in self.prefixes else None

    def _numbered(self, i: int) -> bool:
        return i < len(self.all) and bool(LISTED.match(self.all[i].text))

    def _list(self, i: int) -> bool:
        text = self.all[i].text
        if self.parts[-1].kind == "form" or self.parts[-1].kind == "annexes":
            return False
        titled = TITLED_ANNEX.match(text)
        if not (ANNEX_LIST.match(text) or (ONLY_ANNEX.match(text) and self._numbered(i + 1)) or titled):
            return False
        return self._open(Part(self.parts[-1].prefix, self.parts[-1].label, "annexes"))

    def _belongs_to_list(self, i: int) -> bool:
        text = self.all[i].text
        if LISTED.match(text) or ITEM.match(text) or TITLED_ANNEX.match(text):
            return True
        return not (SECTION.match(text) or ARTICLE.match(text) or text.endswith("。") or self._signs(i))

    def _note(self, text: str) -> None:
        """Remember what a list of annexes names."""
        if match := LISTED.match(text):
            self.listed[match[1]] = match[2]
            name = bare(match[2])
            if len(name) >= LEAST_TITLE:
                self.names.setdefault(name, match[1])
        elif match := ONE_LISTED.match(text):
            self.listed.setdefault("1", match[1])

    def _attachment(self, i: int) -> bool:
        """The title of a document that the notice issues, or a document inside that begins its sections anew."""
        if self.parts[-1].kind == "form":
            return False
        used = self._title_lines(i)
        if used and i:
            self.titles.discard(bare("".join(p.text for p in self.all[i : i + used])))
            return self._attach(used)
        return self._begins_anew(i)

    def _title_lines(self, i: int) -> int:
        """How many paragraphs from ``i`` make up a title that the notice names."""
        joined = ""
        for used, paragraph in enumerate(self.all[i : i + 3], start=1):
            joined += bare(paragraph.text)
            if joined in self.titles:
                return used
        return 0

    def _begins_anew(self, i: int) -> bool:
        """A title with “一、” after it, where this part has had sections already."""
        if not self.sections or self.articles or not _may_be_title(self.all[i].text):
            return False
        for paragraph in self.all[i + 1 : i + LOOK_BACK + 1]:
            first = SECTION.match(paragraph.text)
            if first:
                return first[1] == "一" and self._attach(1)
            if ARTICLE.match(paragraph.text) or ITEM.match(paragraph.text) or POINT.match(paragraph.text):
                return False
        return False

    def _attach(self, head: int) -> bool:
        inside = (
            self.parts[-1].prefix.partition("__att_")[0] if self.parts[-1].prefix.startswith(("annex", "sch")) else ""
        )
        started = inside in self.numbered
        self.attached += 1
        name = f"att_{self.attached + 1}" if started or self.attached > 1 else ""
        prefix = "__".join(part for part in (inside, name) if part)
        label = self.prefixes[inside]
        return self._enter(prefix, label, "", "text", head)

    def _signature(self, i: int) -> bool:
        return (
            self.parts[-1].kind in ("text", "annexes")
            and i > 0
            and self._signs(i)
            and self._open(Part(self.parts[-1].prefix, self.parts[-1].label, "signature"))
        )

    def _signs(self, i: int) -> bool:
        """Whether names of bodies and a date, and nothing else, stand from here."""
        for paragraph in self.all[i : i + LOOK_AHEAD]:
            if SIGNED.match(paragraph.text):
                return True
            if not STANDS_ALONE.match(paragraph.text):
                return False
        return False

    def _closing(self, i: int) -> bool:
        text, part = self.all[i].text, self.parts[-1]
        after = self.all[i + 1].text if i + 1 < len(self.all) and STANDS_ALONE.match(text) else ""
        printed = any(PRINTED.search(words) and len(words) < LONGEST_TITLE for words in (text, after))
        if part.kind not in ("text", "signature", "annexes") or not (
            printed or (CLOSING.match(text) and part.kind == "text")
        ):
            return False
        return self._open(Part(part.prefix, part.label, "closing"))

    def _ends(self, i: int) -> bool:
        """Whether a paragraph still belongs to a signature or to the closing words."""
        text = self.all[i].text
        return bool(STANDS_ALONE.match(text) or (PRINTED.search(text) and len(text) < LONGEST_TITLE)) or (
            self.parts[-1].kind == "closing" and not self.all[i].top and not _numbered(text)
        )


def bare(text: str) -> str:
    """Only letters, digits and Chinese characters."""
    return re.sub(r"[^\w\u4e00-\u9fff]", "", text)


def _may_be_title(text: str) -> bool:
    return LEAST_TITLE <= len(text) <= LONGEST_TITLE and bool(TITLE_END.search(text)) and not _numbered(text)


def _numbered(text: str) -> bool:
    return any(pattern.match(text) for pattern in (ARTICLE, SECTION, ITEM, POINT, SUBPOINT))
