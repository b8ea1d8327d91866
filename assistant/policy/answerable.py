"""Is anything near enough to answer from? Where not, the product says so instead of guessing.

A question is answerable when its best target matches in words and meaning beyond thresholds chosen on gold questions
(docs/evaluation.md), and when the words that carry the question occur in that target at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from assistant.policy.draft import Draft
from assistant.policy.evidence import Library
from assistant.policy.history import asks_of_now, asks_of_then, of_another_round, years_named, years_to_come
from assistant.policy.holding import clause_that_says
from assistant.policy.moves import beside_the_matter
from assistant.policy.named import (
    COUNT_OF_COMPANIES,
    of_money_programme,
    of_other_programme,
    of_other_title,
    other_count,
    programmes,
    unknown_edition,
)
from assistant.policy.question import (
    ASKS_FIGURE,
    ASKS_VALIDITY,
    HOLDS,
    LABELS,
    OPEN_QUESTION,
    QUOTA,
    SILENT,
    SUM,
    Question,
    compares,
    kind_asked,
    numbered,
    unknown_number,
)
from assistant.policy.retrieve import Ranking
from assistant.policy.targets import document_of, lacks_thing, speaks_of_money, topic_text
from corpus.load import Corpus
from corpus.places import COUNTRY, chain
from corpus.support import figures
from indexing.search import WEIGHTS, Hit, uncommon

COVERAGE, DENSE, SCORE = 0.13, 0.45, 0.36

OWN_RULES = re.compile(
    r"(?:区里|区级|本区|该区|自己|本地|当地|市里|省里)?(?:再|另外|另|还会|还给|额外|配套|叠加)(?:加|补|奖|给|配)"
    r"|(?:区里|区级|本区|自己).{0,6}(?:补|奖|给|加).{0,6}(?:多少|几)"
)
ASKS_MONEY = re.compile(r"补|奖|贴息|资助|扶持|多少钱|几万|多少万|资金")
TYPICAL_DENSE = 0.7
AHEAD, MOST_AHEAD = 0.5, 0.04
"""A target that is ahead of the next may score less by this share of its lead, and by so much at most."""
ASKS_DAY = re.compile(r"哪一?天|几号|几月几|哪一?日")
NOTICE = re.compile(r"(?:看|以|按|等)(?:当年|今年|每年|本年)?(?:的)?(?:申报)?通知")


@dataclass(frozen=True)
class Answerable:
    """Whether to answer, why (for the trace), and the best hits."""

    yes: bool
    why: str
    hits: tuple[Hit, ...]
    reason: str = "nothing_near"

    def nearest(self, library: Library, day: date) -> str:
        """What to say instead: nothing found, what is nearest, and whom to ask."""
        lines = ["收录的文件里没有找到能回答这个问题的条款，我不猜。"]
        found = next((e for h in self.hits if (e := library.evidence(h.target, day))), None)
        if found:
            heading = "" if figures(found.clause.heading) else f"“{found.clause.heading}”"
            lines.append(
                f"最接近的是{found.document.short_title}{found.clause.label}{heading}，您可以看看是不是您要的。"
            )
        lines.append("可以换个说法再问一次，或问所在区的中小企业主管部门。")
        return "\n\n".join(lines)


def answerable(question: Question, ranking: Ranking, corpus: Corpus, *, degraded: bool = False) -> Answerable:
    """Judge the best hit of a ranking; ``degraded`` when search went without vectors."""
    hits = ranking.hits
    if not hits:
        return Answerable(False, "没有命中", ())
    best = hits[0]
    if (says := clause_that_says(question, corpus)) is not None and says.target == best.target:
        return Answerable(True, "问的是这份文件管到什么时候", tuple(hits[:1]))
    document = document_of(best, corpus)
    of_there = best.kind == "gap" or (
        document is not None and (document.historical or document.place in chain(question.place)[:-1])
    )
    if not of_there and _other_time_and_place(question, corpus):
        return Answerable(False, "问的是没有收录的地方在过去某年的规定", tuple(hits[:3]))
    its_own = best.kind == "gap" or (document is not None and document.place == question.place)
    if not its_own and _own_rules_elsewhere(question, corpus):
        return Answerable(False, "问的是没有收录的地方自己的规定", tuple(hits[:3]), "place_not_covered")
    if unknown_edition(question, corpus) or (best.kind != "gap" and unknown_number(question.text, corpus)):
        return Answerable(False, "点名的文件没有收录", tuple(hits[:3]), "document_not_imported")
    if of_another_round(best, question, corpus) or _round_to_come(best, question, corpus):
        return Answerable(False, "问的是另一批或另一年", tuple(hits[:3]), "other_round")
    if other_count(best, question, years_named(question), corpus):
        return Answerable(False, "问的是另一年或另一个地方的家数", tuple(hits[:3]))
    if why := _lacks(best, ranking.unknown, question, corpus):
        return Answerable(False, why, tuple(hits[:3]))
    if ranking.sides:
        return Answerable(True, "比较的两边都找到了", tuple(ranking.sides))
    if labelled(question, best, corpus):
        return Answerable(True, "点名问这一条", tuple(hits[:3]))
    if best.kind != "gap" and beside_the_matter(best, question, corpus):
        return Answerable(False, "条款没有提到所问的事", tuple(hits[:3]))
    f = best.features
    ahead = best.score - (hits[1].score if len(hits) > 1 else 0.0)
    least_score = SCORE - min(AHEAD * ahead, MOST_AHEAD)
    failed = [
        f"{name} {value:.2f} < {least}"
        for name, value, least in (
            ("coverage", f.get("coverage", 0), COVERAGE),
            ("dense", f.get("dense", 0), 0.0 if degraded else DENSE),
            (
                "score",
                best.score,
                least_score - (WEIGHTS["dense"] * float(uncommon(TYPICAL_DENSE)) if degraded else 0.0),
            ),
        )
        if value < least
    ]
    return Answerable(not failed, "；".join(failed) or "够近", tuple(hits[:3]))


def _lacks(best: Hit, unknown: str, question: Question, corpus: Corpus) -> str:
    """Why a target does not speak of what the question names, in words for the trace; empty where it may."""
    if best.kind == "gap":
        return ""
    if unknown:
        return f"收录的文件都没有提到“{unknown}”"
    if best.kind == "clause" and programmes(question.text) and of_other_programme(best, question, corpus):
        return "条款说的是另一种称号"
    if of_money_programme(best, question, corpus):
        return "条款说的是贷款、基金的条件，问的是称号的"
    if best.kind == "clause" and not compares(question) and of_other_title(best, question, corpus):
        return "条款说的是另一种称号"
    if SUM.search(question.text) and ASKS_MONEY.search(question.text) and not speaks_of_money(best, corpus):
        return "条款说的不是钱"
    return "条款没有提到所问的东西" if lacks_thing(best, question, corpus) else ""


def _round_to_come(best: Hit, question: Question, corpus: Corpus) -> bool:
    """Whether the question asks for the quota, the number of companies or a day of a year to come that the target does not
    name."""
    text = question.text
    if best.kind == "gap" or not (QUOTA.search(text) or ASKS_DAY.search(text) or COUNT_OF_COMPANIES.search(text)):
        return False
    clause = corpus.clauses.get(best.target)
    said = clause.digest if clause else topic_text(best, corpus)
    years = {year for year in years_to_come(question) if year > question.as_of.year}
    return bool(years) and not any(str(year) in said for year in years)


def _other_time_and_place(question: Question, corpus: Corpus) -> bool:
    """A question about an earlier time of a place without documents in force: national rules of today do not answer it."""
    elsewhere = not any(p in corpus.places_now for p in chain(question.place)[:-1]) and question.place != COUNTRY
    return elsewhere and asks_of_then(question) and not asks_of_now(question)


def _own_rules_elsewhere(question: Question, corpus: Corpus) -> bool:
    """A question about what a place without documents in force adds of its own."""
    return question.place not in corpus.places_now and bool(OWN_RULES.search(question.text))


def silent(question: Question, draft: Draft) -> bool:
    """Whether the draft only says that its clauses do not state the amount asked for. That a document does not say how long
    it holds is an answer."""
    if ASKS_VALIDITY.search(question.text):
        return False
    said = [s.text for s in draft.part("conclusion") if not (s.own or s.label)]
    if ASKS_DAY.search(question.text) and not any(q.kind == "date" for text in said for q in figures(text)):
        return any(SILENT.search(text) or NOTICE.search(text) for text in said)
    asked = ASKS_FIGURE.search(question.text) and not OPEN_QUESTION.search(question.text)
    kind = kind_asked(question.text)
    stated = [q for text in said for q in figures(text) if (q.kind == kind if kind else q.kind not in ("date", "year"))]
    return bool(asked and any(SILENT.search(text) for text in said) and not stated)


def labelled(question: Question, best: Hit, corpus: Corpus) -> bool:
    """Whether the question names the very article that was found, or asks how long a document holds that it names by its
    number, and the article says so."""
    clause = corpus.clauses.get(best.target)
    if clause is None:
        return False
    of_its_time = ASKS_VALIDITY.search(question.text) and HOLDS.search(clause.heading)
    by_number = corpus.document_of(best.target).id in numbered(question.text, corpus)
    return clause.label in LABELS.findall(question.text) or bool(of_its_time and by_number)
