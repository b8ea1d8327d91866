"""The parts of a file → clauses: numbers are read level by level, each level inside the one that is open."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from indexing.clause import OriginalClause
from indexing.containers import Part
from indexing.forms import runs_of
from indexing.numbers import ARTICLE, BARE_POINT, CHAPTER, SECTION, STYLES, ordinal
from indexing.paragraphs import Paragraph

LEAST_ARTICLES = 3
LONGEST_HEADING = 30
RANK = {name: rank for rank, (name, _) in enumerate(STYLES)}
NAMES = {"annexes": "附件目录", "signature": "落款", "closing": "施行日期"}
WHOLE = ("art", "item", "point", "sub", "mark")
"""Clauses whose text holds that of the clauses below them."""


@dataclass
class _Open:
    """A numbered clause that is open, with its style and number."""

    style: str
    number: int
    clause: OriginalClause


@dataclass
class _Room:
    """What is open in one part: the clause around all, the numbered ones, the chapter, the current one."""

    around: OriginalClause
    current: OriginalClause
    prefix: str
    open: list[_Open] = field(default_factory=list)
    chapter: str = ""
    heading: str = ""


class Builder:
    """Makes clauses of parts; several parts may go on in one room."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.found: list[OriginalClause] = []
        self.articles = _in_articles(parts)
        self.rooms: dict[str, _Room] = {}
        self.own: dict[str, list[OriginalClause]] = {}
        self.rows: dict[str, list[str]] = {}
        self.counts: dict[str, int] = {}
        self.named: dict[str, OriginalClause] = {}
        for part in parts:
            self._part(part)

    def clauses(self) -> list[OriginalClause]:
        """Everything found; an article of several paragraphs is followed by each of them (款)."""
        whole: list[OriginalClause] = []
        for clause in self.found:
            own = self.own.get(clause.eid, [])
            whole += [clause, *(own if len(own) > 1 else [])]
        for clause in whole:
            clause.text = "\n".join(row for row in self.rows.get(clause.eid, []) if row).strip()
        return whole

    def _part(self, part: Part) -> None:
        if part.kind in NAMES:
            self._named_part(part)
            return
        known = self.rooms.get(part.prefix)
        room = self.rooms[part.prefix] = known if known and not part.head else self._room(part, known)
        if part.kind == "form":
            room.around.kind = "form"
            for paragraph in part.paragraphs[part.head :]:
                self._put(room.around, paragraph.text, paragraph)
            return
        for kind, run in runs_of(part.paragraphs[part.head :]):
            if kind == "text":
                for i, paragraph in enumerate(run):
                    self._take(room, paragraph, run[i + 1].text if i + 1 < len(run) else "")
            else:
                self._block(room, kind, run)

    def _named_part(self, part: Part) -> None:
        """A list of annexes, a signature, closing words; what comes in two pieces is one clause."""
        eid = "__".join(filter(None, (part.prefix, part.kind)))
        clause = self.named.get(eid) or self._new(eid, NAMES[part.kind], [], part.paragraphs[0])
        self.named[eid] = clause
        clause.parent = part.prefix
        for paragraph in part.paragraphs:
            self._put(clause, paragraph.text, paragraph)

    def _room(self, part: Part, known: _Room | None) -> _Room:
        """A room with the clause that holds what stands before the first number."""
        if known and not part.prefix.rpartition("__")[2].startswith(("annex", "schedule")):
            for paragraph in part.paragraphs[: part.head]:
                self._put(known.around, paragraph.text, paragraph)
            return _Room(known.around, known.around, part.prefix)
        first = part.paragraphs[0] if part.paragraphs else Paragraph("")
        if not part.prefix:
            clause = self._new("intro", "导语", [], first)
        else:
            clause = self._new(part.prefix, part.label, [part.label] if part.label else [], first)
            clause.parent = _around(part.prefix)
            title = part.title
            if part.prefix.rpartition("__")[2].startswith("att_"):
                title = "".join(p.text for p in part.paragraphs[: part.head])
                clause.label, clause.path = part.label or "所附文件", [p for p in (part.label, title) if p]
            self.rows[clause.eid] = [title]
        return _Room(clause, clause, clause.eid if part.prefix else "")

    def _take(self, room: _Room, paragraph: Paragraph, following: str) -> None:
        text = paragraph.text
        articles = room.prefix in self.articles
        chapter = CHAPTER.match(text)
        heading = articles and SECTION.match(text) and len(text) <= LONGEST_HEADING and ARTICLE.match(following)
        if heading or (chapter and articles):
            room.chapter, room.open = text, []
            return
        for style, pattern in STYLES[:1] * articles + STYLES[1 + articles :]:
            match = pattern.match(text)
            n = ordinal(match[1]) if match else None
            if match and n and self._enter(room, style, n, match, paragraph):
                return
        lost = BARE_POINT.match(text)
        if not (
            lost and self._goes_on(room, int(lost[1])) and self._enter(room, "point", int(lost[1]), lost, paragraph)
        ):
            self._add(room, text, paragraph)

    def _goes_on(self, room: _Room, n: int) -> bool:
        return any(o.style == "point" and o.number == n - 1 for o in room.open)

    def _enter(self, room: _Room, style: str, n: int, match: re.Match[str], paragraph: Paragraph) -> bool:
        """Open a numbered clause; False where the number belongs to no list."""
        stack = room.open
        again = next((i for i, o in enumerate(stack) if o.style == style), None)
        nested = style == "point" and n == 1 and again is None and bool(stack) and stack[-1].style == "sub"
        if again is not None:
            last, stack = stack[again].number, stack[:again]
        else:
            last = 0
            stack = stack if nested else [o for o in stack if RANK[o.style] < RANK[style]]
        if again is None and not stack and style in WHOLE[1:] and n != 1 and not room.prefix:
            return False
        parent = stack[-1].clause if stack else None
        base = parent.eid if parent else room.prefix
        if last and n == 1:
            base = self._second_list(base, style)
        elif last and (around := _list_of(room.open[again or 0].clause.eid, base)):
            base = around
        label, path = self._named(room, style, match[1], n, parent)
        clause = self._new("__".join(filter(None, (base, f"{style}_{n}"))), label, path, paragraph)
        clause.parent = parent.eid if parent else (room.prefix if room.prefix else "")
        if style == "sec":
            room.heading = paragraph.text
        rest = paragraph.text[match.end() :]
        self._put(clause, rest, paragraph)
        for outer in stack:
            if outer.style in WHOLE:
                self._put(outer.clause, paragraph.text, paragraph)
        room.open = [*stack, _Open(style, n, clause)]
        room.current = clause
        if style == "art":
            self._paragraph_of(clause, rest, paragraph)
        return True

    def _second_list(self, base: str, style: str) -> str:
        return "__".join(filter(None, (base, f"list_{self._next(f'{base} {style}') + 1}")))

    def _next(self, what: str) -> int:
        """1, 2, 3 … for each of what is counted."""
        self.counts[what] = self.counts.get(what, 0) + 1
        return self.counts[what]

    def _named(
        self, room: _Room, style: str, words: str, n: int, parent: OriginalClause | None
    ) -> tuple[str, list[str]]:
        """Label and path of a numbered clause."""
        outer = "" if not room.prefix or room.prefix.rpartition("__")[2].startswith("att_") else room.around.label
        around = room.around.path[1:] if outer else room.around.path
        if style == "art":
            return f"{outer}第{words}条", [*around, room.chapter]
        if style == "sec":
            return f"{outer}{words}", [*around]
        above = (
            room.heading
            if parent and parent.eid.rpartition("__")[2].startswith("sec_")
            else parent.label
            if parent
            else outer
        )
        number = {
            "item": f"（{words}）",
            "point": f"第{n}项" if outer and not parent else str(n),
            "sub": f"（{n}）",
            "mark": words,
        }[style]
        return f"{parent.label if parent else outer}{number}", [*(parent.path if parent else around), above]

    def _block(self, room: _Room, kind: str, run: Sequence[Paragraph]) -> None:
        """A table or a form amid text: a clause of its own; a table is part of the clause around it too."""
        base = room.current.eid if room.current.eid != "intro" else ""
        k = self._next(f"{base} {kind}")
        name = "表格" if kind == "table" else "表单"
        eid = "__".join(filter(None, (base, f"{kind}_{k}")))
        clause = self._new(eid, f"{room.current.label}{name}{k}", [*room.current.path], run[0])
        clause.kind, clause.parent = kind, base
        for paragraph in run:
            self._put(clause, paragraph.text, paragraph)
            if kind == "table":
                self._add(room, paragraph.text, paragraph)

    def _add(self, room: _Room, text: str, paragraph: Paragraph) -> None:
        """The paragraph belongs to the clause that is open, and to the articles, items and points around it."""
        around = [o.clause for o in room.open if o.style in WHOLE and o.clause is not room.current]
        for clause in (room.current, *around):
            self._put(clause, text, paragraph)
        if room.open and room.open[-1].style == "art":
            self._paragraph_of(room.current, text, paragraph)

    def _paragraph_of(self, article: OriginalClause, text: str, paragraph: Paragraph) -> None:
        """Note a 款 of an article."""
        own = self.own.setdefault(article.eid, [])
        if own and self.rows[own[-1].eid][-1].endswith("："):  # words that lead in are no 款 of their own
            self._put(own[-1], text, paragraph)
            return
        k = len(own) + 1
        label = f"{article.label}第{'零一二三四五六七八九十'[k] if k < 11 else k}款"
        clause = OriginalClause(
            f"{article.eid}__para_{k}", label, [*article.path, article.label], page=paragraph.page, parent=article.eid
        )
        self._put(clause, text, paragraph)
        own.append(clause)

    def _new(self, eid: str, label: str, path: Sequence[str], paragraph: Paragraph) -> OriginalClause:
        """A clause with an id that no other has: one that is used again gets ``~2``."""
        times = self._next(f"id {eid}")
        name = eid if times == 1 else f"{eid}~{times}"
        clause = OriginalClause(
            name, label, [p for p in path if p], page=paragraph.page, lines=(paragraph.first_line, paragraph.last_line)
        )
        self.found.append(clause)
        return clause

    def _put(self, clause: OriginalClause, text: str, paragraph: Paragraph) -> None:
        self.rows.setdefault(clause.eid, []).append(text)
        clause.lines = (clause.lines[0] or paragraph.first_line, max(clause.lines[1], paragraph.last_line))


def _around(prefix: str) -> str:
    """The container that a container stands in, or empty."""
    return prefix.rpartition("__")[0]


def _list_of(eid: str, base: str) -> str | None:
    """The list (``…__list_2``) that a clause below ``base`` stands in."""
    inner = eid.removeprefix(base).removeprefix("__").split("__")
    return "__".join(filter(None, (base, inner[0]))) if inner[0].startswith("list_") else None


def _in_articles(parts: Sequence[Part]) -> set[str]:
    """The prefixes of what is written in articles (at least three of them)."""
    counts: dict[str, int] = {}
    for part in parts:
        if part.kind == "text":
            counts[part.prefix] = counts.get(part.prefix, 0) + sum(bool(ARTICLE.match(p.text)) for p in part.paragraphs)
    return {prefix for prefix, times in counts.items() if times >= LEAST_ARTICLES}
