"""Question → ranked targets. Place and date filter first; then the titles named in the question, the kind of answer
it wants and the status of the clause move what search found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from assistant.understanding.titles import first_named, titles_in, without_titles
from corpus.load import Corpus
from corpus.models import QA
from corpus.places import COUNTRY, chain, find_places
from corpus.support import figures, unsupported
from corpus.synonyms import formal
from corpus.validity import validity
from indexing.grams import bigrams
from indexing.search import Hit, Searcher

# How much each observation moves a score (0 to about 1); see docs/evaluation.md for the run that chose them.
OTHER_TITLE = -0.12
OTHER_ANNEX = -0.22
SAME_TITLE = 0.02
WANTED_KIND = 0.03
NOT_IN_FORCE = -0.06
NARROWER = 0.02
GIVES_FIGURE, ONLY_SILENT, NAMES_PLACE, NAMES_TITLE = 0.08, -0.15, 0.10, 0.03
KNOWN_GAP = 0.05
OTHER_GAP = 0.0
MONEY_GAP = -0.08
NO_SUM = -0.08
TOPIC = -0.05
COMPARED_TOPIC = 0.05
NAMED_DOCUMENT = 0.08
OTHER_DOCUMENT = -0.05
NAMED_LABEL = 0.30
NAMED_FIGURE = 0.06
NOT_THERE = -0.15
CONTEXT, CONTEXT_GROUP = 0.5, 0.2
"""Share of the ranking that takes the thread's previous question along, for a message that leans on it."""
COMPARES = re.compile(
    r"两档|两级|分别|各(?:是|要|写|有|多少)|区别|不同|不一样|相比|对比|差在|差别|比较|一样吗|一样不|两样|哪个更|谁更|更严"
)
HOLDS_BOTH = re.compile(r"都有|都是|两个都|既是|已经是|手上|同时(?:有|是|拿)|升|转|再报|想报")
PAIR = re.compile(
    r"(?P<a>[^，,。？?、]{2,12}?)(?:和|与|跟|同|以及)(?P<b>[^，,。？?、]{2,12}?)(?=[，,。？?的要各分一差谁哪两都]|$)"
)
COMMON = re.compile(r"要求|条件|标准|规定|企业|什么|有|是|的|和|在|上|方面|这块|哪|谁|多少|请问|一下")
ASKS_FIGURE = re.compile(r"多少|几(?!个月内|年内)|金额|比例|多大|多高|标准线|分数|什么线")
OPEN_QUESTION = re.compile(r"有没有|有无|要不要|是不是")
SILENT = re.compile(r"(?:没有?|未)(?:再?写|规定|收录|列出|说明|给出|明确|提到|公布)")
THINGS = {
    "名单": re.compile(r"名单.{0,6}(?:看看|给我|在哪|发我|有谁|查)|(?:企业|公示|抽查|入选|获批)名单(?!上|里)"),
    "电话": re.compile(r"(?:电话|座机|手机|号码).{0,4}(?:多少|是几|是什么|报一下|给我|几号)|多少号"),
    "尺寸": re.compile(r"尺寸|多大(?:的)?牌"),
    "模板": re.compile(r"模板|样张|范本"),
    "税率": re.compile(r"税率"),
    "利率": re.compile(r"利率|年化"),
}
"""Things that a clause either speaks of or cannot answer about, by the words that ask for them."""
TIERS = re.compile(r"两档|两级|两个档|两个级别|两种企业|两个称号")
COUNTRY_SIDE = re.compile(r"国家|部里|工信部|全国")
CITY_SIDE = re.compile(r"上海|细则|市里|本市")
SIDES = re.compile(f"{COUNTRY_SIDE.pattern}|{CITY_SIDE.pattern}")
TOPIC_AHEAD, SIDE_SHARE, SHORTEST_REST = 0.06, 0.55, 6
LABELS = re.compile(r"第[一二三四五六七八九十百]+条|附件[一二三123](?:（[一二三四五六七八九十]+）)?")
ANNEX_TITLES = {"annex_1": "专精特新", "annex_2": "小巨人"}
WANTS = {
    "amount": re.compile(
        r"多少钱|补多少|奖多少|给多少|能拿多少|最高|补贴|奖励|补助|报销|额度|几万|多少万|奖金|几个钱|资助"
    ),
    "deadline": re.compile(r"什么时候|几月|几号|哪天|最晚|最迟|截止|多久|期限|几天|几个月|啥时候|到期"),
    "count": re.compile(r"几个|几项|几条|多少个|多少项"),
}
SUM = re.compile(
    r"(?:奖|补|给|拿|领|贴|发|资助|补贴|奖励|补助|奖金).{0,8}(?:多少|几万|几个点|几成|金额)|多少(?:钱|万)(?:的)?(?:奖|补)|(?:奖励|补贴|补助|资助|奖金).{0,4}(?:金额|标准|额度|多少)"
)
MEANS = {"amount": {"amount", "ratio"}, "deadline": {"deadline", "period", "date"}, "count": {"count"}}


@dataclass(frozen=True)
class Question:
    """A question as the search sees it: standing alone, for a place and a day, about these titles. ``context`` is
    the previous question where the message leans on it; ``past`` limits the search to what was in
    force on the day."""

    text: str
    place: str
    as_of: date
    titles: tuple[str, ...] = ()
    context: str = ""
    past: bool = False


def group(corpus: Corpus, hit: Hit) -> QA | None:
    """The question group that a hit matched best."""
    if hit.question < 0:
        return None
    name = hit.target.partition(":")[2]
    if hit.kind == "topic":
        return corpus.topics[name].questions[hit.question]
    if hit.kind == "clause" and hit.target in corpus.clauses:
        return corpus.clauses[hit.target].questions[hit.question]
    return None


def _group_asked(hit: Hit, question: Question, corpus: Corpus) -> int:
    """The question group of a hit that fits best: by words and meaning, then by whether it gives the figure asked
    for, and speaks of the place and the titles named."""
    if not hit.groups or hit.kind == "gap":
        return hit.question
    wants_figure = bool(ASKS_FIGURE.search(question.text)) and not OPEN_QUESTION.search(question.text)
    places = [p for p in find_places(question.text) if p != COUNTRY]

    def fit(number: int) -> float:
        qa = group(corpus, replace(hit, question=number))
        if qa is None:
            return hit.groups[number]
        score = hit.groups[number]
        if wants_figure:
            score += GIVES_FIGURE if figures(qa.answer) else 0.0
            score += ONLY_SILENT if SILENT.search(qa.answer) and not figures(qa.answer) else 0.0
        text = " ".join([*qa.ask, qa.answer])
        score += NAMES_PLACE if places and set(find_places(text)) & set(places) else 0.0
        score += NAMES_TITLE if set(titles_in(text)) & set(question.titles) else 0.0
        return score

    return max(hit.groups, key=fit)


@dataclass(frozen=True)
class Ranking:
    """The best targets, best first; for a comparison also the best clause of each side."""

    hits: list[Hit]
    sides: list[Hit] = field(default_factory=list)


def retrieve(question: Question, searcher: Searcher, corpus: Corpus, k: int = 12) -> Ranking:
    """Rank targets for a question; empty when nothing of the place matches."""
    hits = _rank(question, searcher, corpus, k)
    if not compares(question):
        return Ranking(hits)
    found = sides(question, hits, corpus)
    for a, b in [] if found else halves(question.text):
        best = [_first_clause(_rank(_part(question, text), searcher, corpus, k)) for text in (a, b)]
        found = [h for h in best if h and hits and h.score >= SIDE_SHARE * hits[0].score]
        if hits and hits[0].kind == "topic":
            found = []
    if len({h.target for h in found}) < 2 or _topic_ahead(question, hits, found, corpus):
        return Ranking(hits)
    return Ranking(hits, found)


def _part(question: Question, text: str) -> Question:
    return replace(question, text=text, titles=tuple(titles_in(text)), context="")


def _first_clause(hits: Sequence[Hit]) -> Hit | None:
    return next((h for h in hits if h.kind == "clause"), None)


def _topic_ahead(question: Question, hits: Sequence[Hit], found: Sequence[Hit], corpus: Corpus) -> bool:
    """Whether a topic that speaks of all that is compared answers clearly better than the two clauses."""
    wanted = set(question.titles)
    topic = next((h.score for h in hits if h.kind == "topic" and wanted <= about(h, corpus)), 0.0)
    return topic > max(h.score for h in found) + TOPIC_AHEAD


def _of_the_matter(question: Question, clauses: Sequence[Hit], corpus: Corpus) -> list[Hit]:
    """Only clauses that speak of what is compared: of "R&D" in "how do the two differ in R&D"."""
    text = formal(without_document(without_titles(question.text), corpus))
    matter = bigrams(COMMON.sub("", COMPARES.sub("", SIDES.sub("", text))))
    said = {h.target: len(matter & bigrams(_said_by(h, corpus))) for h in clauses}
    most = max(said.values(), default=0)
    return [h for h in clauses if 2 * said[h.target] >= most] if most else list(clauses)


def _said_by(hit: Hit, corpus: Corpus) -> str:
    clause = corpus.clauses[hit.target]
    return f"{clause.heading} {clause.digest} {' '.join(clause.terms)}"


def halves(text: str) -> list[tuple[str, str]]:
    """``"买A和买B，比例一样吗"`` → the question with A only and with B only; empty when nothing is joined."""
    match = PAIR.search(text)
    if not match:
        return []
    a, b = match.span("a"), match.span("b")
    return [(text[: a[1]] + text[b[1] :], text[: a[0]] + text[b[0] :])]


def _rank(question: Question, searcher: Searcher, corpus: Corpus, k: int) -> list[Hit]:
    places, day = chain(question.place), question.as_of if question.past else None
    bare = without_document(question.text, corpus)
    hits = searcher.search(bare, k=40, places=places, as_of=day)
    if (put_formally := formal(bare)) != bare:
        hits = _best_of(hits, searcher.search(put_formally, k=40, places=places, as_of=day))
    if question.context:
        joined = searcher.search(f"{question.context} {question.text}", k=40, places=places, as_of=day)
        hits = _merge(hits, joined)
    possible = [h for h in hits if h.kind != "gap" or _possible_gap(h, question, corpus)]
    chosen = [replace(h, question=_group_asked(h, question, corpus)) for h in possible]
    moved = [replace(h, score=h.score + _move(h, question, corpus)) for h in chosen]
    return sorted(moved, key=lambda h: -h.score)[:k]


def _possible_gap(hit: Hit, question: Question, corpus: Corpus) -> bool:
    """Whether the question has the words, or the place, without which it cannot be about this gap."""
    gap = corpus.gaps[hit.target.partition(":")[2]]
    covered = {d.place for d in corpus.documents.values() if d.included}
    here = question.place == COUNTRY or any(p in covered for p in chain(question.place)[:-1])
    return not (gap.elsewhere and here) and (gap.needs is None or bool(re.search(gap.needs, question.text)))


def _best_of(spoken: Sequence[Hit], written: Sequence[Hit]) -> list[Hit]:
    """The better of two wordings of the same question, for each target."""
    best = {h.target: h for h in spoken}
    for hit in written:
        other = best.get(hit.target, hit)
        groups = {g: max(hit.groups.get(g, 0.0), other.groups.get(g, 0.0)) for g in {*hit.groups, *other.groups}}
        best[hit.target] = replace(max(hit, other, key=lambda h: h.score), groups=groups)
    return sorted(best.values(), key=lambda h: -h.score)


def _merge(alone: Sequence[Hit], joined: Sequence[Hit]) -> list[Hit]:
    """Weighted sum of the ranking of a message and that of the message with its context."""
    by_target = {h.target: h for h in joined}
    found = []
    for hit in alone:
        other = by_target.pop(hit.target, replace(hit, score=0.0, groups={}))
        groups = {g: s + CONTEXT_GROUP * other.groups.get(g, 0.0) for g, s in hit.groups.items()}
        found.append(replace(hit, score=(1 - CONTEXT) * hit.score + CONTEXT * other.score, groups=groups))
    found += [replace(h, score=CONTEXT * h.score) for h in by_target.values()]
    return found


def _move(hit: Hit, question: Question, corpus: Corpus) -> float:
    moves = _title_move(hit, question, corpus) + _named_move(hit, question, corpus)
    if hit.kind == "gap":
        gap = corpus.gaps[hit.target.partition(":")[2]]
        of_money = 2 * sum(bool(SUM.search(ask)) for ask in gap.ask) > len(gap.ask)
        asked_sum = bool(SUM.search(question.text))
        known = (of_money and asked_sum) or any(t in question.text for t in gap.terms)
        moves += MONEY_GAP if of_money and not asked_sum else KNOWN_GAP if known else OTHER_GAP
    elif hit.kind == "topic":
        moves += COMPARED_TOPIC if compares(question) else TOPIC
    elif hit.target in corpus.clauses:
        kinds = {fact.kind for fact in corpus.clauses[hit.target].facts}
        moves += sum(
            WANTED_KIND for want, words in WANTS.items() if words.search(question.text) and kinds & MEANS[want]
        )
        if validity(hit.target, question.as_of, corpus).state != "in_force":
            moves += NOT_IN_FORCE
        if corpus.document_of(hit.target).place not in (COUNTRY, question.place):
            moves += NARROWER
    if hit.kind != "gap" and SUM.search(question.text) and not _states_sum(hit, corpus):
        moves += NO_SUM
    return moves


def _states_sum(hit: Hit, corpus: Corpus) -> bool:
    clause = corpus.clauses.get(hit.target)
    text = clause.digest if clause else _topic_text(hit, corpus)
    return any(q.kind in ("money", "percent") for q in figures(text))


def compares(question: Question) -> bool:
    """Whether two things are set side by side."""
    text = question.text
    both_levels = COUNTRY_SIDE.search(text) and CITY_SIDE.search(text)
    two_titles = len(set(question.titles)) > 1 and not HOLDS_BOTH.search(text)
    return two_titles or bool(COMPARES.search(text) or both_levels)


def about(hit: Hit, corpus: Corpus) -> set[str]:
    """The titles that a hit speaks of: by annex, else by what its question group asks."""
    eid = hit.target.partition("#")[2]
    for annex, title in ANNEX_TITLES.items():
        if eid == annex or eid.startswith(annex + "__"):
            return {title}
    qa = group(corpus, hit)
    if qa is None:
        return set()
    return set(titles_in(" ".join([*qa.ask, qa.answer])))


def first_title(hit: Hit, corpus: Corpus) -> str | None:
    """The title that a clause is about first of all."""
    own = about(hit, corpus)
    if len(own) == 1:
        return next(iter(own))
    qa = group(corpus, hit)
    return first_named(qa.answer) if qa else None


def _title_move(hit: Hit, question: Question, corpus: Corpus) -> float:
    """A question about one title is not answered by what is said of another."""
    own = about(hit, corpus)
    if not question.titles or not own:
        return 0.0
    if own & set(question.titles):
        return SAME_TITLE
    return OTHER_ANNEX if hit.target.partition("#")[2].startswith("annex") else OTHER_TITLE


def _named_move(hit: Hit, question: Question, corpus: Corpus) -> float:
    """What the question names exactly: a document, an article, a figure."""
    if hit.kind == "gap":
        return 0.0
    clause = corpus.clauses.get(hit.target)
    moves = NOT_THERE if lacks_thing(hit, question, corpus) else 0.0
    document = corpus.document_of(hit.target) if clause else None
    named = documents_named(question.text, corpus)
    if document and named:
        moves += NAMED_DOCUMENT if document.id in named else OTHER_DOCUMENT
    labels = LABELS.findall(question.text)
    if clause and clause.label in labels and (not named or (document and document.id in named)):
        moves += NAMED_LABEL
    asked = [q for q in figures(question.text) if q.kind in ("money", "percent", "date", "months", "points")]
    if asked:
        text = clause.digest if clause else _topic_text(hit, corpus)
        missing = unsupported(question.text, [text])
        moves += NAMED_FIGURE * (len(asked) - len([q for q in missing if q.kind == asked[0].kind])) / len(asked)
    return moves


def lacks_thing(hit: Hit, question: Question, corpus: Corpus) -> bool:
    """Whether the question asks for a thing (a list, a telephone number…) that the target does not speak of."""
    clause = corpus.clauses.get(hit.target)
    said = f"{clause.digest} {clause.heading}" if clause else _topic_text(hit, corpus)
    return any(word not in said and asks.search(question.text) for word, asks in THINGS.items())


def _topic_text(hit: Hit, corpus: Corpus) -> str:
    topic = corpus.topics.get(hit.target.partition(":")[2])
    return " ".join([p.text for p in topic.points] + [qa.answer for qa in topic.questions]) if topic else ""


def documents_named(text: str, corpus: Corpus) -> set[str]:
    """Ids of the documents that a question names by what people call them (``called`` in the catalogue)."""
    return {d.id for d in corpus.documents.values() if d.called and re.search(d.called, text)}


def without_document(text: str, corpus: Corpus) -> str:
    """The question without the name of the document, which is looked at by itself; unless little else is left."""
    rest = text
    for document in corpus.documents.values():
        rest = re.sub(document.called, "", rest) if document.called else rest
    return rest if len(rest) >= SHORTEST_REST else text


def sides(question: Question, hits: Sequence[Hit], corpus: Corpus) -> list[Hit]:
    """The best clause of each of the two titles, or of country and city; empty when the question has neither."""
    clauses = [h for h in hits if h.kind == "clause" and h.target in corpus.clauses]
    if len(set(question.titles)) == 2 or (not question.titles and TIERS.search(question.text)):
        titles = sorted(set(question.titles)) or list(ANNEX_TITLES.values())
        clauses = _of_the_matter(question, clauses, corpus)
        found = [next((h for h in clauses if first_title(h, corpus) == title), None) for title in titles]
    elif COUNTRY_SIDE.search(question.text) and CITY_SIDE.search(question.text):
        found = [
            next((h for h in clauses if corpus.document_of(h.target).level == level), None)
            for level in ("national", "province")
        ]
    else:
        return []
    both = [h for h in found if h]
    return both if len(both) == 2 and min(h.score for h in both) >= SIDE_SHARE * hits[0].score else []
