"""What a clause refers to: other clauses of its document, and papers that the file does not hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indexing.clause import OriginalClause
from indexing.containers import LISTED, ONE_LISTED, bare
from indexing.numbers import CHINESE, ordinal

OF_ARTICLE = rf"(?:第(?P<para>{CHINESE})款)?(?:第?[（(]?(?P<item>{CHINESE})[）)]?项|第?[（(](?P<bare>{CHINESE})[）)])?"
ARTICLE = re.compile(rf"第(?P<art>{CHINESE})条{OF_ARTICLE}")
RANGE = re.compile(rf"第({CHINESE})条?(?:至|到|—|－|-)第?({CHINESE})条")
SEVERAL = re.compile(rf"第({CHINESE})条?(?=[、和及与]第?{CHINESE}条)")
LAST_OF_SEVERAL = re.compile(rf"(?<=[一二三四五六七八九十条][、和及与])({CHINESE})条")
SAME = re.compile(rf"(?:(?<=本条)|(?<!条))第(?P<para>{CHINESE})款(?:第?[（(]?(?P<item>{CHINESE})[）)]?项)?")
SAME_ITEM = re.compile(rf"(?<![条款])第[（(](?P<item>{CHINESE})[）)]项?|(?<![条款])第(?P<word>{CHINESE})项(?![目指资])")
SECTION = re.compile(rf"第({CHINESE})部分")
BEFORE = re.compile(r"前(?P<two>[两二三])?(?P<what>[条款项])(?!件)|上(?P<last>[条款项])(?!件)")
ANNEXES = re.compile(
    r"(附[件表])\s*(\d{1,2}(?:-\d{1,2}){0,3}(?:\s*(?:[、，和及与至到~—]|(?<=\s)-)\s*(?:附[件表])?\s*\d{1,2}(?:-\d{1,2}){0,3})*)(?![\d.])"
)
ONLY_ANNEX = re.compile(
    r"(?:详?见|按照?|依据|根据|填写|所附|列入|参照)(?:本通知|本办法|所列)?附件(?!\s*[\d（(]|目录|清单|材料)"
)
OTHER_PAPER = re.compile(r"(?:》|〕\d+号）?|法|条例|意见|法律)(?:（[^（）]{1,20}）)?(?:中的?|的|里)?$")
OWN = re.compile(r"本(?:办法|细则|规定|条例|措施|意见|通知|方案|指南)(?:中的?|的)?$")
LAW = re.compile(r"(?:(?<!办)法|条例)$")
"""Laws and regulations that anybody can look up: what is left to them is not missing."""
LEFT_OUT = re.compile(r"[（(]略[）)]")
LATER = re.compile(r"另行(?:发布|制定|通知|公布|明确|印发|规定)|[（(]另附[）)]")
HELD = re.compile(
    r"(?:(?:符合|满足|达到|具备|详?见)(?:了)?|(?P<by>按照?|依照|依据|根据|参照|执行))《(?P<paper>[^《》]{4,50})》(?:（[^（）]{2,40}）|\([^()]{2,40}\))?"
    r"(?P<rest>[^，。；：《》]{0,24})"
)
RULES = re.compile(r"(?:办法|细则|指南|标准|规定|方案|计划|通知)(?:（[^）]*）|\([^)]*\))?$")
CONDITIONS = re.compile(r"条件|标准|门槛|要件")
MOST = 30
SHORT = 120


def link(clauses: Sequence[OriginalClause]) -> None:
    """Fill ``refs`` and ``not_included`` of every clause."""
    ids = {clause.eid: clause for clause in clauses}
    here = _names(clauses)
    for clause in clauses:
        gone: list[str] = []
        found: list[str] = []
        if clause.kind != "form":
            found = [*_articles(clause, ids), *_near(clause, ids), *_sections(clause, ids)]
            found += _annexes(clause, ids, gone)
            gone += [f"《{name}》" for name in _papers(clause) if bare(name) not in here]
            gone += [m[0].strip("（）()") for m in LATER.finditer(clause.text)]
        if _last(clause).startswith("annexes"):
            gone = [f"附件{n} {name}" for n, name in _listed(clause) if _is_gone(_annex(clause, ids, n), ids)]
        elif (
            LEFT_OUT.search(clause.text)
            and _last(clause).startswith(("annex_", "schedule_"))
            and len(clause.text) < SHORT
        ):
            gone.append(clause.text)
        clause.refs = [eid for eid in dict.fromkeys(found) if eid != clause.eid]
        clause.not_included = list(dict.fromkeys(gone))


def _names(clauses: Sequence[OriginalClause]) -> str:
    """The titles that the file holds, bare, in one string."""
    return "|".join(
        bare(" ".join([*clause.path, clause.text[:80]]))
        for clause in clauses
        if clause.eid == "intro" or _last(clause).startswith(("att_", "annex_"))
    )


def _last(clause: OriginalClause) -> str:
    return clause.eid.rpartition("__")[2]


def _rooms(eid: str) -> list[str]:
    """The containers that an id stands in, from the innermost: where a reference is looked for."""
    parts = eid.split("__")
    inner = [i for i, part in enumerate(parts) if part.startswith(("annex_", "att_", "schedule_"))]
    return [*("__".join(parts[: i + 1]) + "__" for i in reversed(inner)), ""]


def _find(clause: OriginalClause, ids: dict[str, OriginalClause], names: Sequence[str]) -> str | None:
    """The first of ``names`` that is there, looked for in the clause's own container first."""
    return next((room + name for room in _rooms(clause.eid) for name in names if room + name in ids), None)


def _articles(clause: OriginalClause, ids: dict[str, OriginalClause]) -> Iterator[str]:
    text = clause.text
    for match in RANGE.finditer(text):
        first, last = ordinal(match[1]), ordinal(match[2])
        if first and last and first < last < first + MOST and not _of_other(text, match.start()):
            yield from filter(None, (_find(clause, ids, [f"art_{n}"]) for n in range(first, last + 1)))
    for pattern in (SEVERAL, LAST_OF_SEVERAL):
        for match in pattern.finditer(text):
            found = _find(clause, ids, [f"art_{ordinal(match[1])}"])
            if found and not _of_other(text, match.start()):
                yield found
    for match in ARTICLE.finditer(text):
        if _of_other(text, match.start()):
            continue
        found = _find(
            clause, ids, [*_inside(f"art_{ordinal(match['art'])}", match["para"], match["item"] or match["bare"])]
        )
        if found:
            yield found


def _of_other(text: str, start: int) -> bool:
    before = text[max(0, start - 60) : start]
    return bool(OTHER_PAPER.search(before)) and not OWN.search(before)


def _inside(eid: str, para: str | None, item: str | None) -> Iterator[str]:
    """Ids for “第X条第Y款第（Z）项”, the nearest first."""
    if item:
        yield f"{eid}__item_{ordinal(item)}"
    if para:
        yield f"{eid}__para_{ordinal(para)}"
    yield eid


def _near(clause: OriginalClause, ids: dict[str, OriginalClause]) -> Iterator[str]:
    """“前款”, “前条”, “第二款”, “第（三）项”: counted from where the clause stands."""
    around = next((p for p in _up(clause.eid) if p.rpartition("__")[2].startswith(("art_", "sec_"))), "")
    if not around:
        return
    room, _, own = around.rpartition("__")
    for match in BEFORE.finditer(clause.text):
        what = match["what"] or match["last"]
        if what == "条" and own.startswith("art_") and own[4:].isdigit():
            steps = {"两": 2, "二": 2, "三": 3}.get(match["two"] or "", 1)
            names = ["__".join(filter(None, (room, f"art_{int(own[4:]) - k}"))) for k in range(steps, 0, -1)]
            yield from (name for name in names if name in ids)
        elif what == "款" and (eid := _former_paragraph(clause, around, ids)):
            yield eid
    for match in SAME.finditer(clause.text):
        yield from _first(ids, _inside(around, match["para"], match["item"]), around)
    for match in SAME_ITEM.finditer(clause.text):
        yield from _first(ids, _inside(around, None, match["item"] or match["word"]), around)


def _first(ids: dict[str, OriginalClause], names: Iterator[str], around: str) -> Iterator[str]:
    found = next((name for name in names if name in ids), None)
    if found and found != around:
        yield found


def _up(eid: str) -> Iterator[str]:
    while eid:
        yield eid
        eid = eid.rpartition("__")[0]


def _former_paragraph(clause: OriginalClause, around: str, ids: dict[str, OriginalClause]) -> str | None:
    """The 款 before the one that says “前款”."""
    last = _last(clause)
    if last.startswith("para_"):
        former = f"{around}__para_{int(last[5:]) - 1}"
        return former if former in ids else None
    return None


def _sections(clause: OriginalClause, ids: dict[str, OriginalClause]) -> Iterator[str]:
    for match in SECTION.finditer(clause.text):
        found = _find(clause, ids, [f"sec_{ordinal(match[1])}"])
        if found and not _of_other(clause.text, match.start()):
            yield found


def _papers(clause: OriginalClause) -> Iterator[str]:
    """Other papers that hold the conditions which the clause leaves to them."""
    for match in HELD.finditer(clause.text) if clause.eid != "intro" else ():
        holds = CONDITIONS.search(match["rest"]) or (not match["by"] and RULES.search(match["paper"]))
        if holds and not LAW.search(match["paper"]):
            yield match["paper"]


def _annexes(clause: OriginalClause, ids: dict[str, OriginalClause], gone: list[str]) -> Iterator[str]:
    """Annexes that are named and there; those that are not are added to ``gone``."""
    for match in ANNEXES.finditer(clause.text):
        if _of_other(clause.text, match.start()):
            continue
        word = "schedule" if match[1] == "附表" else "annex"
        for number in _numbers(match[2], word, clause, ids):
            found = _annex(clause, ids, number, word)
            if found and not _is_gone(found, ids):
                yield found
            else:
                gone.append(f"{match[1]}{number}")
    if ONLY_ANNEX.search(clause.text):
        if "annex_1" not in ids:
            gone.append("附件")
        elif "annex_2" not in ids:
            yield "annex_1"


def _annex(clause: OriginalClause, ids: dict[str, OriginalClause], number: str, word: str = "annex") -> str | None:
    """The annex of that number: an annex of annex 1 may be printed as 附件2 and 附件1-2 alike, or begin at 附件1-2-1."""
    own = f"{word}_{number.replace('-', '_')}"
    root = re.match(r"annex_(\d+)", clause.eid)
    inner = f"annex_{root[1]}_{number.replace('-', '_')}" if root else own
    return _find(clause, ids, [inner, f"{inner}_1", own, f"{own}_1"])


def _numbers(words: str, word: str, clause: OriginalClause, ids: dict[str, OriginalClause]) -> list[str]:
    """“1、2和4” → 1, 2, 4; “1至3” and “1-3” → 1, 2, 3 (where no annex is called 1-3)."""
    found: list[str] = []
    for part in re.split(r"\s*[、，和及与]\s*", re.sub(r"附[件表]|\s", "", words)):
        ends = re.split(r"[至到~—]", part)
        if len(ends) == 1 and part.count("-") == 1 and not _annex(clause, ids, part, word):
            ends = part.split("-")
        if len(ends) == 2 and all(e.isdigit() for e in ends) and 0 < int(ends[1]) - int(ends[0]) < MOST:
            found += [str(n) for n in range(int(ends[0]), int(ends[1]) + 1)]
        else:
            found += [end for end in ends if end]
    return found


def _listed(clause: OriginalClause) -> list[tuple[str, str]]:
    """The annexes that a list names: number and title."""
    rows = [(m[1], m[2]) for line in clause.text.split("\n") if (m := LISTED.match(line))]
    one = ONE_LISTED.match(clause.text)
    return rows or ([("1", one[1])] if one else [])


def _is_gone(eid: str | None, ids: dict[str, OriginalClause]) -> bool:
    """An annex that is not there, or of which only “（略）” is."""
    clause = ids.get(eid) if eid else None
    if clause is None:
        return True
    return len(clause.text) < SHORT and bool(LEFT_OUT.search(clause.text))
