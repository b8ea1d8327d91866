"""The flow for eligibility questions: facts of this turn join those of the thread, the checker decides, the answer
says why and what is still needed. No model and no search result has a part in the verdict."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from assistant.answer import CriterionResult, Missing, Understood, Verdict
from assistant.criteria.check import check
from assistant.criteria.explain import POINTS
from assistant.errors import BadInput
from assistant.facts.answers import bare_yes_no
from assistant.facts.describe import describe
from assistant.facts.lexicon import lexicon
from assistant.facts.unread import doubts, unread
from assistant.facts.values import Facts, Value
from assistant.policy.draft import Draft, Sentence
from assistant.statuses import Stop
from assistant.understanding.asked import asks_outcome
from assistant.understanding.routing import plain
from assistant.understanding.titles import SIZE_TITLE, asks_size

if TYPE_CHECKING:
    from datetime import date

    from assistant.conversation import Memory, Turn
    from assistant.house import House

FINE = {"met": "没有问题", "exempt": "不考察", "declared": "按您的说明", "manual": "按您的说明，由专家判断"}
FULL = {
    "专精特新": "专精特新中小企业",
    "小巨人": "专精特新“小巨人”企业",
    "创新型": "创新型中小企业",
    "科技型": "科技型中小企业",
    SIZE_TITLE: "中小企业（划型标准）",
}
TRACKS = {"first": "首次申报", "review": "到期复核", "unknown": "首次或复核"}
YEARLY = {"first": "首次入库", "review": "每年更新", "unknown": "首次入库或每年更新"}
"""The same of 科技型, which is renewed every year."""
HELD = {"专精特新": "holds_zjtx", "小巨人": "holds_xjr", "创新型": "holds_innovative", "科技型": "holds_tech"}
LADDER = ("科技型", "创新型", "专精特新", "小巨人")
UPPER = ("专精特新", "小巨人")
SUPPOSED = re.compile(
    r"(?:那么?|哦|诶|，|,){0,3}(?:如果|要是|假如|万一|假设)(?!我?(?:再|还|又)?(?:告诉|跟|同|补充|加|添))"
)
YES_NO = "是否有没"
BLANKET = "没有说到的部分按您说的"
AS_SAID = re.compile(r"（原话“[^”]*”）")
WHOLLY_OPEN = re.compile(r"0到(\d+)分（满分\1分）")
"""The points of an item of which nothing is known."""
SAYS_REVIEW = re.compile(r"复核|复审|重新认定|换证|续|不是(?:首次|第一次|头一[次回])")
MOST_QUESTIONS = 3
MOST_MISSING = 4
FEW_OPEN = 3


def eligibility(turn: Turn, house: House) -> None:
    """Sets ``turn.draft`` and ``turn.verdict``. Stops to ask which title is meant."""
    memory, extraction = turn.memory, turn.extraction
    if turn.continues and memory.check_title:  # the thread may have spoken of another title meanwhile
        memory.title = memory.check_title
    merge(turn)
    note_open_answer(turn)
    note_supposed(turn)
    title = title_asked(turn)
    merge_bare_titles(title, turn)
    memory.checking = True
    memory.check_title = title or memory.check_title
    memory.title, memory.track = title, track_told(turn)
    remember(turn)
    turn.understood = [describe(statement) for statement in extraction.statements]
    if title is None:
        raise Stop("needs_title", choices=list(HELD))
    try:
        verdict = decide(title, memory, turn.facts, as_of=turn.as_of, place=turn.place)
    except BadInput as error:
        raise Stop("not_in_collection", str(error)) from error
    verdict = not_over_what_was_not_understood(verdict, turn)
    memory.asked = [m.fact for m in verdict.missing[:MOST_QUESTIONS]]
    memory.question = f"{FULL.get(title, title)}的条件"
    turn.verdict = verdict
    turn.draft = draft(verdict, turn)


def decide(title: str, memory: Memory, facts: Facts, *, as_of: date, place: str) -> Verdict:
    """The checker on what a thread knows. Raises BadInput where no encoded standard applies."""
    return check(
        title,
        facts,
        track=track_of(title, memory, facts),
        as_of=as_of,
        round_year=memory.round,
        started=memory.started,
        rest_affirmed=memory.rest_affirmed,
        affirmed=memory.affirmed,
        excluded=[*memory.excluded, *graver_left_open(facts)],
        problems=memory.problems,
        assumed_years=memory.assumed_years,
        place=place,
    )


def title_asked(turn: Turn) -> str | None:
    """The title to check. In the middle of a pre-check a lower title that is merely named ("创新型，做了5年") is one
    that the company holds, not a new question."""
    memory, named = turn.memory, turn.extraction.title
    if asks_size(turn.text) and named is None:
        return SIZE_TITLE
    lower = memory.checking and memory.title in UPPER and named in HELD and named not in UPPER
    if lower and not re.search(rf"(?:报|申请|申报|评|认定)[^，。,;；]{{0,6}}{named}", turn.text):
        turn.facts.setdefault(HELD[str(named)], Value.yes(True, source=str(named)))
        return memory.title
    return named or memory.title or (turn.titles[0] if turn.titles else None)


def merge_bare_titles(asked: str | None, turn: Turn) -> None:
    """A lower title standing alone between commas ("做传感器5年，创新型，去年营收…") is one that the company holds."""
    for part in re.split(r"[，,。；;、：:\s]", turn.text):
        named = re.sub(r"(?:中小)?企业$", "", part.removeprefix("我们").removeprefix("是"))
        if named in HELD and named != asked and LADDER.index(named) < LADDER.index(asked or "小巨人"):
            turn.facts.setdefault(HELD[named], Value.yes(True, source=part))


def not_over_what_was_not_understood(verdict: Verdict, turn: Turn) -> Verdict:
    """A company is not called eligible while part of what was said of it was not understood: the blanket "everything
    else is met" might cover the very thing that fails."""
    left = list(dict.fromkeys([*unread(turn.text, turn.extraction), *doubts(turn.text, turn.extraction)]))
    left = [part for part in left if not asks_outcome(plain(part))]
    turn.memory.unread = left
    if verdict.outcome != "eligible" or not left:
        return verdict
    turn.log("unread", parts=left)
    return open_over(verdict, left)


def open_over(verdict: Verdict, left: list[str]) -> Verdict:
    """The verdict with the question after every part of what was said that was not understood."""
    asked = [Missing(fact="unread", question=f"您说的“{part}”我没有完全听懂，具体是什么情况？") for part in left]
    return verdict.model_copy(update={"outcome": "needs_info", "missing": [*asked, *verdict.missing]})


def merge(turn: Turn) -> None:
    """Facts of this turn replace earlier ones of the same key; a changed one is said aloud."""
    for statement in turn.extraction.statements:
        before = turn.facts.get(statement.key)
        if before is not None and before.state == "known" and _content(before) != _content(statement.value):
            now: Understood = describe(statement)
            turn.notes.append(f"{now.label}改按{now.value}算。")
        turn.facts[statement.key] = statement.value


def graver_left_open(facts: Facts) -> list[str]:
    """An accident was told, and not whether it was of the graver kind that another title looks at."""
    open_ = []
    for graver, general in lexicon().graver.items():
        told = facts.get(general)
        if told is not None and graver not in facts and (told.flag or told.state == "uncertain"):
            open_.append(graver)
    return open_


def note_open_answer(turn: Turn) -> None:
    """A bare 有 after several questions tells none of them; say so before they are put again."""
    if len(turn.memory.asked) > 1 and not turn.extraction.statements and bare_yes_no(turn.text):
        word = turn.text.strip("，。！,.! ")
        turn.notes.append(f"刚才一次问了几件事，听不出“{word}”说的是哪一件，请一件一件说。")


def note_supposed(turn: Turn) -> None:
    """What was only supposed changes nothing; say so beside the verdict."""
    if SUPPOSED.match(turn.text):
        turn.notes.append("“如果”里的情况没有算进去，是按已经说过的实际情况判的；真变了，直接说变了以后的情况就行。")


def _content(value: Value) -> tuple[object, ...]:
    return value.lo, value.hi, value.flag, value.choice


def remember(turn: Turn) -> None:
    """What the thread keeps of this turn besides facts: the blanket affirmation and its exceptions, problems that
    nobody settled, and the facts of which the year was not said."""
    memory, extraction = turn.memory, turn.extraction
    said = {s.key for s in extraction.statements}
    memory.rest_affirmed = extraction.rest_affirmed or memory.rest_affirmed
    memory.affirmed = memory.affirmed | extraction.affirmed
    memory.round = extraction.round or memory.round
    memory.started = extraction.started or memory.started
    memory.excluded = sorted({*memory.excluded, *extraction.excluded} - {key.partition("@")[0] for key in said})
    memory.problems = [p for p in memory.problems if not said & set(p.keys)] + list(extraction.problems)
    assumed = {s.key for s in extraction.statements if s.year_assumed}
    memory.assumed_years = sorted((set(memory.assumed_years) - said) | assumed)


def track_told(turn: Turn) -> Literal["first", "review"] | None:
    """The procedure that the thread is about. One that was named as the first is not changed by a term that merely ends."""
    before, now = turn.memory.track, turn.extraction.track
    if before == "first" and now == "review" and not SAYS_REVIEW.search(turn.text):
        return before
    return now or before


def track_of(title: str, memory: Memory, facts: Facts) -> Literal["first", "review"] | None:
    """First application or review: as said; else first, unless the company already holds the title asked about."""
    if memory.track:
        return memory.track
    held = facts.get(HELD.get(title, ""))
    return None if held is not None and held.flag else "first"


def draft(verdict: Verdict, turn: Turn) -> Draft:
    """The verdict in words: conclusion, what fails, what is open, what to do; all criteria as a table."""
    name = FULL.get(verdict.title, verdict.title)
    if verdict.title != SIZE_TITLE:
        name += f"（{(YEARLY if verdict.title == '科技型' else TRACKS)[verdict.track]}）"
    failing = [c for c in verdict.criteria if c.outcome == "not_met"]
    said = [Sentence(headline(verdict, name, failing), (), "conclusion", own=True)]
    said += [Sentence(reason(c), _refs(c), "point", own=True) for c in failing]
    said += [Sentence(beside(other), (), "caution", own=True) for other in verdict.beside]
    open_ = [c for c in verdict.criteria if c.outcome == "unknown"]
    if turn.facts or len(open_) <= FEW_OPEN:
        said += [Sentence(open_point(c), _refs(c), "point", own=True) for c in open_]
    else:  # nothing said yet: a list of everything unknown would help nobody
        refs = tuple(r for c in open_ for r in _refs(c))
        said.append(
            Sentence("一项一项来，先说您知道的就行，比如营收、研发费用、负债率、专利。", refs, "point", own=True)
        )
    if not any(m.fact == "unread" for m in verdict.missing):
        said += fine_points([c for c in verdict.criteria if c.outcome in FINE])
    said += [Sentence(text, (), "caution", own=True) for text in (*verdict.conflicts, *notes_beside(verdict))]
    if blanket := turn.memory.rest_affirmed or "；".join(dict.fromkeys(turn.memory.affirmed.values())):
        text = f"您说“{blanket}”，没有具体数字的各项先按达标算，请申报前逐项核实。"
        said.append(Sentence(text, (), "caution", own=True))
    said += [
        Sentence(f"{gap.action}" + (f"（最早{gap.earliest}）" if gap.earliest else ""), (), "next", own=True)
        for gap in verdict.gaps[:3]
    ]
    if verdict.outcome == "needs_info":
        said += [Sentence(m.question, (), "next", own=True) for m in verdict.missing[:MOST_QUESTIONS]]
    said.append(Sentence(verdict.disclaimer, (), "next", own=True))
    reason_name = "needs_facts" if verdict.outcome in ("needs_info", "invalid_input") else "verdict_given"
    return Draft(sentences=said, reason=reason_name, follow_ups=follow_ups(verdict))


def notes_beside(verdict: Verdict) -> list[str]:
    """The notes without what the headline has said."""
    decided = verdict.title == SIZE_TITLE and verdict.outcome in ("eligible", "not_eligible")
    return verdict.notes[1:] if decided else verdict.notes


def headline(verdict: Verdict, name: str, failing: list[CriterionResult]) -> str:
    """The conclusion in one sentence."""
    if verdict.title == SIZE_TITLE and verdict.outcome in ("eligible", "not_eligible"):
        return f"**按划型标准{'是' if verdict.outcome == 'eligible' else '不是'}中小企业：{verdict.notes[0].rstrip('。')}。**"
    if verdict.outcome == "eligible":
        return f"**预检结论：按您说的情况，符合{name}的现行标准。**"
    if verdict.outcome == "not_eligible":
        clauses = "、".join(c.clause for c in failing)
        return f"**预检结论：按您说的情况，现在还不符合{name}的现行标准**，没过的是{clauses}。"
    if verdict.outcome == "invalid_input":
        return "**有数据对不上，先核实再判断。**"
    open_ = [c for c in verdict.criteria if c.outcome == "unknown"]
    clash = "有数据互相矛盾，先核实；" if verdict.conflicts else ""
    if not open_:
        return f"**预检结论：现在还不能判断是否符合{name}**。{clash}有的情况我没有听懂，先问清楚。"
    return (
        f"**预检结论：现在还不能判断是否符合{name}**。{clash}还差{len(open_)}项：{'、'.join(c.clause for c in open_)}。"
    )


def beside(verdict: Verdict) -> str:
    """What the other standard that may be used says."""
    clauses = {
        "not_eligible": ("不符合，没过的是", "not_met"),
        "needs_info": ("还不能判断，还差", "unknown"),
        "invalid_input": ("数据对不上，先核实", ""),
        "eligible": ("符合", ""),
    }
    words, which = clauses[verdict.outcome]
    named = "、".join(c.clause for c in verdict.criteria if c.outcome == which)
    return f"按也可以选用的另一套标准（{verdict.standard}）核对：{words}{named}。"


def reason(criterion: CriterionResult) -> str:
    """Why a criterion fails: values, margin, what is required."""
    parts = [_against(criterion), f"要求：{criterion.threshold}" if criterion.threshold else ""]
    return f"✗ {criterion.clause}没有达到：" + "。".join(p for p in parts if p) + "。"


def open_point(criterion: CriterionResult) -> str:
    """What is still open of a criterion."""
    known = _values(criterion)
    wanted = f"还要知道{'、'.join(criterion.missing[:MOST_MISSING])}" if criterion.missing else ""
    more = "等" if len(criterion.missing) > MOST_MISSING else ""
    parts = [p for p in (known, wanted + more, criterion.note.rstrip("。")) if p]
    return f"? {criterion.clause}还不能判断：{'；'.join(parts)}。"


def fine_points(criteria: list[CriterionResult]) -> list[Sentence]:
    """What stands in nobody's way: with values where they were said, the others in one line."""
    said = [c for c in criteria if c.values and c.outcome == "met" and not _taken_for_granted(c)]
    rest = [c for c in criteria if c not in said]
    lines = {f"✓ {c.clause}达到：{_values(c)}。": _refs(c) for c in said}
    points = [Sentence(line, refs, "point", own=True) for line, refs in lines.items()]
    affirmed = [c for c in rest if c.outcome == "met" and BLANKET in c.note]
    kinds = {
        "按您说的算达到": affirmed,
        **{words: [c for c in rest if c.outcome == o and c not in affirmed] for o, words in FINE.items()},
    }
    for words, of_kind in kinds.items():
        if of_kind:
            refs = tuple(dict.fromkeys(r for c in of_kind for r in _refs(c)))
            points.append(Sentence(f"✓ {'、'.join(c.clause for c in of_kind)}：{words}。", refs, "point", own=True))
    return points


def _against(criterion: CriterionResult) -> str:
    """Each value with how far it is from its threshold: 营业收入（2025年）1480万元，差20万元."""
    margins = criterion.margin.split("；") if criterion.margin else []
    said = []
    for value in _values(criterion).split("；"):
        label = next((name for name in criterion.values if value.startswith(name)), None)
        mine = [m for m in margins if label and m.startswith(label)]
        margins = [m for m in margins if m not in mine]
        said.append("，".join([value, *(m.removeprefix(label or "") for m in mine)]))
    return "；".join(part for part in (*said, *margins) if part)


def _taken_for_granted(criterion: CriterionResult) -> bool:
    return all("您没有提到" in value for value in criterion.values.values())


def _values(criterion: CriterionResult) -> str:
    said = {k: AS_SAID.sub("", v) for k, v in criterion.values.items() if "您没有提到" not in v}
    said = {k: v for k, v in said.items() if k.startswith(POINTS)} or said  # a score says what its figures come to
    said = {k: v for k, v in said.items() if not (k.startswith(POINTS) and WHOLLY_OPEN.fullmatch(v))}
    return "；".join(
        f"{label.removeprefix(POINTS)}{'：' if value[:1] in YES_NO else ''}{value}" for label, value in said.items()
    )


def _refs(criterion: CriterionResult) -> tuple[str, ...]:
    return (criterion.citation,) if criterion.citation else ()


def follow_ups(verdict: Verdict) -> list[str]:
    """What people ask next."""
    if verdict.title == SIZE_TITLE:
        return ["创新型中小企业的条件有哪些？", "给我们做个政策体检"]
    full = FULL.get(verdict.title, verdict.title)
    asks = [f"{full}的条件有哪些？", f"{full}怎么申报？"]
    if verdict.outcome == "eligible":
        return [f"{full}材料交到哪里？", "认定后每年要做什么？"]
    return asks
