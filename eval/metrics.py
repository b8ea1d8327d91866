"""One answer against its gold question: every check with its result, and in words what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pydantic import BaseModel

from assistant.answer import Answer
from assistant.conversation import DEFAULT_PLACE
from eval.cited import Cited
from eval.free_words import unheld
from eval.listed import NOTHING, Listed, list_checks
from eval.questions_model import Gold, Part
from eval.ranks import ranks_of
from eval.stated import Said
from eval.verdict_checks import verdict_checks

CHECKS = {
    "top1": "首条", "top3": "前三", "top10": "检索前十", "facts": "事实", "words": "要点", "parts": "每一问",
    "forbidden": "无错事实", "route": "路由", "status": "状态",
    "verdict": "预检结论", "failing": "不达标项", "not_failing": "未误判", "missing": "缺项",
    "exact": "不多判", "beside": "另一套标准", "rows": "体检结论", "duties": "期限",
}  # fmt: skip
"""Every check by its id, with its name in tables."""
INFORMATIVE = frozenset({"top1", "top10", "exact"})
"""Measured and shown; an answer is right without them."""
VERDICT_CHECKS = frozenset({"verdict", "failing", "not_failing", "missing", "beside"})
LIST_CHECKS = frozenset({"rows", "duties"})


class Judgement(BaseModel):
    """How one question went. ``checks`` holds only what the question asks for; ``ms`` has one time per turn.

    ``outcome`` is what other wordings of the matter should come to as well; ``cites`` the references cited, ``ranks``
    where retrieval found each group of gold clauses; ``gold_cited`` of these groups are cited, ``cites_gold`` of the
    citations are in one; ``cited`` counts how well the citations support the sentences, where that was measured.
    """

    id: str
    set: str
    question: str
    expected_status: str | None
    answerable: bool
    route: str
    status: str
    reason: str
    checks: dict[str, bool]
    wrong: list[str]
    first_line: str
    ms: list[float] = []
    persona: str = ""
    place: str = ""
    kind: str = ""
    same: str | None = None
    outcome: str = ""
    cites: list[str] = []
    ranks: list[int | None] = []
    gold_cited: int = 0
    cites_gold: int = 0
    cited: Cited | None = None

    @property
    def passed(self) -> bool:
        """Whether every check that counts is met."""
        return all(ok for name, ok in self.checks.items() if name not in INFORMATIVE)

    @property
    def verdict_right(self) -> bool | None:
        """Whether outcome and criteria of a pre-check are right; None for other questions."""
        if "verdict" not in self.checks:
            return None
        return all(ok for name, ok in self.checks.items() if name in VERDICT_CHECKS)

    @property
    def lists_right(self) -> bool | None:
        """Whether a check-up or a list of duties holds what it should; None for other questions."""
        if LIST_CHECKS.isdisjoint(self.checks):
            return None
        return all(ok for name, ok in self.checks.items() if name in LIST_CHECKS)


def judge(
    question: Gold,
    answer: Answer,
    ranking: Sequence[Iterable[str]],
    ms: Sequence[float] = (),
    listed: Listed = NOTHING,
    cited: Cited | None = None,
) -> Judgement:
    """Judge the answer to the last turn.

    ``ranking`` is the retrieval ranking, best first; each rank holds the references that it leads to. ``listed`` is what
    a check-up or a list of duties came to, ``cited`` the counts of the answer's citations.
    """
    checks: dict[str, bool] = {}
    wrong: list[str] = []

    def check(name: str, ok: bool, why: str) -> None:
        checks[name] = ok
        if not ok and why:
            wrong.append(why)

    if question.expected_route:
        same = answer.route == question.expected_route
        check("route", same, f"路由应为 {question.expected_route}，实为 {answer.route}")
    if question.status:
        same = answer.status == question.status
        check("status", same, f"状态应为 {question.status}，实为 {answer.status}（{answer.reason}）")
    cites = [c.ref for c in answer.citations]
    places = ranks_of(question.groups, [[ref] for ref in cites])
    if question.gold:
        check("top1", reached(places, 1), "")
        check("top3", reached(places, 3), f"引用前 3 条里缺 {_lost(question.gold, places, 3)}")
    ranks = ranks_of(question.groups, ranking)
    if question.groups:
        check("top10", reached(ranks, 10), f"检索前 10 名里缺 {_lost(question.groups, ranks, 10)}")
    text = Said(answer.answer)
    if question.facts:
        unsaid = [" / ".join(group) for group in question.facts if not any(text.states(fact) for fact in group)]
        check("facts", not unsaid, f"没有说到 {'；'.join(unsaid)}")
    if question.words:
        left = unheld(question.words, text)
        check("words", not left, f"没有说到 {'；'.join(left)}")
    if question.parts:
        silent = [n for n, part in enumerate(question.parts, 1) if not _answered(part, text, cites)]
        check("parts", not silent, f"没有答全第 {'、'.join(map(str, silent))} 问")
    if question.forbidden:
        everything = Said("\n".join([answer.answer, *answer.notes]))
        said = [fact for fact in question.forbidden if everything.states(fact)]
        check("forbidden", not said, f"出现了不该有的 {'；'.join(said)}")
    if question.verdict:
        for name, ok, why in verdict_checks(question, answer.verdict):
            check(name, ok, why)
    for name, ok, why in list_checks(question, listed):
        check(name, ok, why)
    return Judgement(
        id=question.id, set=question.set, question=" → ".join(question.turns), expected_status=question.status,
        answerable=question.answerable, route=answer.route, status=answer.status, reason=answer.reason, checks=checks,
        wrong=wrong, first_line=first_line(answer.answer), ms=list(ms), persona=question.persona,
        place=question.place or DEFAULT_PLACE, kind=question.kind, same=question.same,
        outcome=_outcome(answer, places), cites=cites, ranks=ranks,
        gold_cited=sum(rank is not None for rank in places), cites_gold=_in_gold(question.groups, cites), cited=cited,
    )  # fmt: skip


def reached(found: Sequence[int | None], k: int) -> bool:
    """Whether every group is found within ``k`` ranks, or ``k`` of them where there are more than ``k``."""
    return sum(rank is not None and rank <= k for rank in found) >= min(k, len(found))


def _lost(groups: Sequence[Sequence[str]], found: Sequence[int | None], k: int) -> str:
    return "、".join(group[0] for group, rank in zip(groups, found, strict=True) if rank is None or rank > k)


def _answered(part: Part, text: Said, cites: Sequence[str]) -> bool:
    """Whether the facts of one of several questions are stated and its clauses cited, wherever in the answer."""
    stated = all(any(text.states(fact) for fact in group) for group in part.facts)
    return stated and None not in ranks_of(part.gold, [[ref] for ref in cites])


def _in_gold(groups: Sequence[Sequence[str]], cites: Sequence[str]) -> int:
    return sum(any(rank is not None for rank in ranks_of(groups, [[ref]])) for ref in cites)


def _outcome(answer: Answer, places: Sequence[int | None]) -> str:
    """What another wording of the same matter has to come to: status, verdict, and the clauses that lead."""
    said = [answer.route, answer.status]
    if answer.verdict is not None:
        verdict = answer.verdict
        failing = sorted(c.id for c in verdict.criteria if c.outcome == "not_met")
        return " ".join([*said, verdict.standard, verdict.outcome, *failing])
    leading = [f"第{n}组" for n, rank in enumerate(places, 1) if rank is not None and rank <= 3]
    return " ".join([*said, *(leading or [c.ref for c in answer.citations[:1]])])


def first_line(text: str, most: int = 90) -> str:
    """The first line with words, cut to ``most`` characters."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return line if len(line) <= most else f"{line[: most - 1]}…"
