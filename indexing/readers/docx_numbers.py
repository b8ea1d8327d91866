"""The numbers that Word writes before paragraphs by itself (第三条, 一、, （二）, 1.): they stand in no text of the file.

ISO/IEC 29500-1, 17.9 (numbering).
"""

from __future__ import annotations

import re
from typing import Any

from cn2an import an2cn
from docx.oxml.ns import qn

CHINESE = {
    "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
    "taiwaneseCountingThousand", "ideographDigital", "koreanDigital2", "japaneseDigitalTenThousand",
}  # fmt: skip
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
         (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
MOST_LEVELS = 9
MOST_STYLES = 20
LARGEST = 10_000


class Numbers:
    """Counts the numbered paragraphs of one document in their order."""

    def __init__(self, document: Any) -> None:
        self.levels: dict[str, dict[int, Any]] = {}
        self.lists: dict[str, str] = {}
        self.restarts: dict[str, dict[int, int]] = {}
        self.counts: dict[str, list[int | None]] = {}
        self.started: set[str] = set()
        self.styles = {s.get(qn("w:styleId")): s for s in document.styles.element.iter(qn("w:style"))}
        root = _numbering(document)
        if root is not None:
            self._load(root)

    def _load(self, root: Any) -> None:
        for abstract in root.iterchildren(qn("w:abstractNum")):
            self.levels[abstract.get(qn("w:abstractNumId"))] = _levels(abstract)
        for entry in root.iterchildren(qn("w:num")):
            name, based_on = entry.get(qn("w:numId")), entry.find(qn("w:abstractNumId"))
            if based_on is None:
                continue
            self.lists[name] = based_on.get(qn("w:val"))
            self.restarts[name] = {
                _number(o.get(qn("w:ilvl"))): _number(start.get(qn("w:val")), 1)
                for o in entry.iterchildren(qn("w:lvlOverride"))
                if (start := o.find(qn("w:startOverride"))) is not None
            }

    def of(self, paragraph: Any) -> str:
        """What Word prints before this paragraph, blank included; empty where it is not numbered. To be called once for
        every paragraph, in order."""
        name, level = self._place(paragraph)
        abstract = self.lists.get(name or "")
        if not name or abstract is None or level not in self.levels.get(abstract, {}):
            return ""
        counts = self.counts.setdefault(abstract, [None] * MOST_LEVELS)
        if name not in self.started:
            self.started.add(name)
            for at, start in self.restarts[name].items():
                if at < MOST_LEVELS:
                    counts[at] = start - 1
        current = counts[level]
        counts[level] = (self._start(abstract, level) - 1 if current is None else current) + 1
        counts[level + 1 :] = [None] * (MOST_LEVELS - level - 1)
        return self._printed(abstract, level, counts)

    def _place(self, paragraph: Any) -> tuple[str | None, int]:
        """The list and the level of a paragraph, its own or that of its style."""
        properties = paragraph.find(qn("w:pPr"))
        style = None
        for _ in range(MOST_STYLES):
            if properties is not None:
                numbered = properties.find(qn("w:numPr"))
                if numbered is not None and numbered.find(qn("w:numId")) is not None:
                    level = numbered.find(qn("w:ilvl"))
                    at = _number(level.get(qn("w:val"))) if level is not None else 0
                    return numbered.find(qn("w:numId")).get(qn("w:val")), min(max(at, 0), MOST_LEVELS - 1)
                named = properties.find(qn("w:pStyle")) if style is None else None
                style = self.styles.get(named.get(qn("w:val"))) if named is not None else _based_on(style, self.styles)
            else:
                style = _based_on(style, self.styles)
            if style is None:
                return None, 0
            properties = style.find(qn("w:pPr"))
        return None, 0

    def _start(self, abstract: str, level: int) -> int:
        entry = self.levels[abstract].get(level)
        start = entry.find(qn("w:start")) if entry is not None else None
        return _number(start.get(qn("w:val")), 1) if start is not None else 1

    def _printed(self, abstract: str, level: int, counts: list[int | None]) -> str:
        entry = self.levels[abstract][level]
        pattern = entry.find(qn("w:lvlText"))
        if pattern is None or _form(entry) == "bullet":
            return ""
        legal = entry.find(qn("w:isLgl")) is not None

        def one(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            outer = self.levels[abstract].get(at)
            n = counts[at] if counts[at] is not None else self._start(abstract, at)
            return written(n or 0, "decimal" if outer is None or (legal and at < level) else _form(outer))

        text = re.sub(r"%([1-9])", one, pattern.get(qn("w:val")) or "")
        follow = entry.find(qn("w:suff"))
        close = follow is not None and follow.get(qn("w:val")) == "nothing"
        return text + ("" if close or not text or text.endswith(("、", "）", "．")) else " ")


def written(n: int, form: str) -> str:
    """A number in one of Word's forms; ``written(12, "chineseCounting")`` → ``"十二"``."""
    if form == "none":
        return ""
    if not 0 < n < LARGEST:
        return str(n)
    if form in CHINESE:
        return re.sub("^一十", "十", str(an2cn(n)))
    if form == "decimalEnclosedCircle" and n <= 20:
        return chr(0x2460 + n - 1)
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (n - 1) % 26) * ((n - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman"):
        return roman(n).upper() if form == "upperRoman" else roman(n)
    return str(n)


def roman(n: int) -> str:
    """``14`` → ``"xiv"``."""
    text = ""
    for value, sign in ROMAN:
        text += sign * (n // value)
        n %= value
    return text


def _numbering(document: Any) -> Any:
    for rel in document.part.rels.values():
        if rel.reltype.endswith("/numbering"):
            return document.part.numbering_part.element
    return None


def _levels(abstract: Any) -> dict[int, Any]:
    return {_number(level.get(qn("w:ilvl"))): level for level in abstract.iterchildren(qn("w:lvl"))}


def _form(level: Any) -> str:
    form = level.find(qn("w:numFmt"))
    return (form.get(qn("w:val")) if form is not None else None) or "decimal"


def _based_on(style: Any, styles: dict[str, Any]) -> Any:
    base = style.find(qn("w:basedOn")) if style is not None else None
    return styles.get(base.get(qn("w:val"))) if base is not None else None


def _number(text: str | None, otherwise: int = 0) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,6}", text) else otherwise
