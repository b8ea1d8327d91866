"""What a question names by name: programmes beside the four titles, the rules of a place, the country's own documents, the
time of year of a round, an edition. What a clause says of another one of these is no answer."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.policy.question import Question
from assistant.policy.targets import document_of, group, said_by
from assistant.understanding.titles import titles_in
from corpus.load import Corpus
from corpus.models import Document
from corpus.places import COUNTRY, find_places, places, without_names
from corpus.support import figures
from indexing.search import Hit

KEY_GIANT = "重点小巨人"
PROGRAMMES = {
    KEY_GIANT: re.compile(r"重点[“\"]?小巨人|财建[^，。？]{0,8}2号"),
    "科技小巨人": re.compile(r"科技[“\"]?小巨人"),
    "示范企业": re.compile(r"示范[”\"]?企业"),
    "隐形冠军": re.compile(r"隐形冠军"),
    "成长型": re.compile(r"成长型(?!.{0,6}小巨人)|[“\"]成长[”\"]企业|成长企业"),
    "种子": re.compile(r"种子企业|苗圃"),
    "专板": re.compile(r"专精特新[”\"]?(?:专)?板|专板|股交中心|股权(?:托管)?(?:交易)?(?:中心|市场)"),
    "单项冠军": re.compile(r"单项冠军"),
    "瞪羚": re.compile(r"瞪羚"),
    "独角兽": re.compile(r"独角兽"),
}
"""Programmes and titles of their own beside the four of the ladder."""
PLAN_CITY = "计划单列市"
NATIONAL = re.compile(
    r"(?<![到给向往送报])(?:工信部|财政部|部里)(?!报)|两部门|国务院|国家层面|中央财政"
    r"|国家(?:的|那|这|出的|发的)?[个份]?[^，。？小]{0,6}(?:清单|文件|通知|办法|规定|规划|意见)"
)
LOCAL = re.compile(r"省里|省厅|本省|我省|市里|市局|区里|自治区|兵团|省级|市级")
OWN_PAPER = re.compile(
    r"(?:那[个份]|这[个份]|自己的?|当地的?|省里的?|市里的?|自治区的?|省级?的?|市级?的?)[^，。？]{0,10}(?:办法|通知|文件|细则|指南|方案|计划)"
    r"|(?:认定|评选|培育|管理|暂行)(?:管理|工作|认定)*(?:办法|细则|指南|方案|计划)"
)
LEVEL = re.compile(r"国家级|国家“|国家专|国家第.批|省级|自治区级|市级|兵团级")
OWN_LEVEL = r"省级|自治区级|市级|兵团级|(?:(?<=[年那的上报评是有批届次要个和跟,，、 ])|^)(?:省|市|自治区|兵团)里?的?(?=[“\"]?(?:专精特新|小巨人))"
"""Of a place's own; 省小巨人 is 省级小巨人, 河南省专精特新 may be any."""
LOCAL_TITLE = re.compile(
    rf"{OWN_LEVEL}|种子|苗圃|隐形冠军|入库|培育库|后备|专业化|精细化|特色化|新颖化|(?:共性|专项)条件|[”\"]特征"
    r"|特新[”\"]?(?:企业)?库|[在进]库|库[里内]|出库"
)
"""What only places have or had: titles of their own, and the words of their standards."""
LOCAL_LEVEL = re.compile(OWN_LEVEL)
OF_PLACE = re.compile(rf"(?:{OWN_LEVEL})的?[“\"]?(?:专精特新|小巨人)")
"""A title of a place's own."""
SEASONS = {
    "春": (3, 5), "夏": (6, 8), "秋": (9, 11), "冬": (11, 12), "上半年": (1, 6), "下半年": (7, 12),
    "年初": (1, 4), "年头": (1, 4), "年中": (6, 8), "年底": (10, 12), "年尾": (10, 12),
}  # fmt: skip
OF_ROUND = r"(?=.{0,2}(?:[那这][次回份批轮阵拨]|报的|的?(?:申报|通知|推荐)))"
SEASON = re.compile(
    rf"[开入打]?(春|夏|秋|冬)(?:季|天|[里上末]?{OF_ROUND})|(上半年|下半年)|年?(年[初头中底尾]){OF_ROUND}"
)
MONTH_OF_ROUND = re.compile(
    r"(?<!\d)(1[0-2]|0?[1-9])月(?:份|\d{1,2}[日号])?[^，。？月日号]{0,8}?(?:那[次回份批轮阵拨个]|的?通知|发的|开网|开始?报|截止)"
)
PAPER = re.compile(
    r"若干措施|办实事|清单|培育计划|工作指南|指南|认定(?:管理)?办法|管理办法|实施方案|行动计划|指导意见|细则|规划"
)
EDITION = re.compile(
    r"(20\d\d)年?(?:版|新版|修订|新修订|新出|新发|出台|发布|印发)的?[^，。？\d]{0,8}?(?P<kind>细则|办法|措施|方案|指南|意见|规划|清单)"
)
COUNT_OF_COMPANIES = re.compile(
    r"(?:认定|评|公示|通过|入选|新增|累计|一共|总共|共有)[^，。？]{0,8}?(?:多少|几)[家户个](?!月|工作日|条|项)"
)


COUNT_OF_ROUND = re.compile(
    r"(?:公布|公示|评上|评出|上榜|入选|认定|认|批)[了出过]+(?:[^，。？]{0,6})(?:多少|几)[家户个](?!月|工作日|条|项)"
    r"|(?:后来|最后|最终|末了|结果|到头来|实际上?)[^，。？]{0,10}(?:公布|公示|评|榜|选|认|通过|批|有|是)[^，。？]{0,6}(?:多少|几)[家户个](?!月|工作日|条|项)"
)
"""How many companies a round ended with; what a notice plans or invites for is no answer."""
COUNTED = re.compile(
    r"(?:认定|公布|公示|入选|通过|评出|已(?:有|培育|推荐)|有国家级|名单|成绩|累计)[^。；]{0,40}?\d+ ?[家户]"
)
PLANNED = re.compile(r"计划|目标|力争|争取|打算|拟|要让|每年|预计|安排|名额|不超过|最多|不少于|奖补|左右")
CLAUSES = re.compile(r"[^。；]+")
MONEY_PROGRAMME = re.compile(r"风险补偿|贷款|信贷|股权投资|基金|担保|保险")
MONEY = re.compile(r"贷|补偿|投资|基金|担保|保险|资金|补助|补贴|奖|融资|钱")
FOR_A_TITLE = re.compile(
    r"(?:报(?!告|表)|申报|评|认定|申请|入选|够上|冲)[^，。？]{0,6}(?:专精特新|小巨人)|(?:专精特新|小巨人)[^，。？]{0,8}(?:认定|评选|申报|条件|门槛|标准)"
)


@lru_cache(maxsize=2048)
def programmes(text: str) -> frozenset[str]:
    """Programmes that ``text`` names."""
    return frozenset(name for name, pattern in PROGRAMMES.items() if pattern.search(text))


def own_programmes(hit: Hit, corpus: Corpus) -> frozenset[str]:
    """Programmes that a clause of a historical document is about: by the document's title and the clause's heading."""
    document = document_of(hit, corpus)
    if document is None or not document.historical:
        return frozenset()
    return programmes(f"{document.title} {document.short_title} {corpus.clauses[hit.target].heading}")


def of_other_programme(hit: Hit, question: Question, corpus: Corpus) -> bool:
    """Whether a clause is about another programme than the question: it speaks of none of those named, or it is about
    the key giants alone where a title is asked about."""
    document = document_of(hit, corpus)
    if document is None:
        return False
    asked = programmes(question.text)
    if asked and question.titles and not document.historical:
        return False
    if not asked:
        return bool(question.titles) and own_programmes(hit, corpus) == {KEY_GIANT}
    qa = group(corpus, hit)
    said = f"{document.title} {said_by(hit, corpus)} {' '.join(qa.ask) + qa.answer if qa else ''}"
    return not asked & programmes(said)


def of_other_title(hit: Hit, question: Question, corpus: Corpus) -> bool:
    """Whether a clause of a historical document speaks only of titles that the question does not name, or of the country's
    where that of a place is asked about."""
    document = document_of(hit, corpus)
    if document is None or not document.historical or not question.titles:
        return False
    if of_other_section(hit, question, corpus):
        return True
    of_giants = "小巨人" in question.titles or bool(programmes(question.text))
    if not of_giants and own_programmes(hit, corpus) == {KEY_GIANT}:
        return True
    if document.place == COUNTRY and question.place in corpus.places_then and OF_PLACE.search(question.text):
        return True
    qa = group(corpus, hit)
    if qa and OF_PLACE.search(question.text) and of_other_level(qa.answer, question):
        return True
    said = f"{document.title} {said_by(hit, corpus)} {' '.join(qa.ask) + qa.answer if qa else ''}"
    own = set(titles_in(said))
    return bool(own) and not own & set(question.titles)


def of_money_programme(hit: Hit, question: Question, corpus: Corpus) -> bool:
    """Whether a clause sets the conditions of loans, funds or payments, where those for a title are asked for."""
    document = document_of(hit, corpus)
    if document is None or not document.historical or MONEY.search(question.text):
        return False
    return bool(question.titles and MONEY_PROGRAMME.search(document.title) and FOR_A_TITLE.search(question.text))


def of_other_section(hit: Hit, question: Question, corpus: Corpus) -> bool:
    """Whether a clause of a historical document about two titles is by its heading about the one that is not asked about."""
    document = document_of(hit, corpus)
    if document is None or not document.historical or not question.titles or len(titles_in(document.title)) < 2:
        return False
    own = set(titles_in(corpus.clauses[hit.target].heading))
    return bool(own) and not own & set(question.titles)


def asks_of_country(question: Question) -> bool:
    """Whether the question names a document or a body of the country, and no level or document of a place."""
    text = without_names(question.text, [COUNTRY])
    own = any(
        p != COUNTRY and re.search(rf"{p[:2]}[^，。？]{{0,8}}(?:办法|指南|通知|方案|细则)", text)
        for p in find_places(text)
    )
    return bool(NATIONAL.search(question.text)) and not own and not LOCAL.search(question.text)


def asks_of_own(question: Question, corpus: Corpus) -> bool:
    """Whether the question names the rules of a place that has only historical ones."""
    named = question.place in find_places(question.text) or LOCAL.search(question.text)
    return bool(
        named
        and question.place in corpus.places_then
        and not asks_of_country(question)
        and OWN_PAPER.search(question.text)
    )


def of_place_alone(question: Question, corpus: Corpus) -> bool:
    """Whether the question is about a title, a standard or rules of a place that has only historical ones."""
    local = question.place in corpus.places_then and LOCAL_TITLE.search(question.text)
    return bool(local) or asks_of_own(question, corpus)


def of_paper_named(document: Document, question: Question) -> bool:
    """Whether the question names the kind of a historical document of its place (若干措施, 工作指南)."""
    of_there = document.historical and document.place == (COUNTRY if asks_of_country(question) else question.place)
    return of_there and names_paper(document, question)


def names_paper(document: Document, question: Question) -> bool:
    """Whether the question names the kind of document that a document is by its title."""
    return any(kind in document.title for kind in PAPER.findall(question.text))


def of_other_level(answer: str, question: Question) -> bool:
    """Whether an answer is about the country's title where that of the place is asked about."""
    level = LEVEL.search(answer)
    return bool(
        level and level[0].startswith("国家") and LOCAL_LEVEL.search(question.text) and "国家级" not in question.text
    )


def with_its_province(place: str, text: str) -> list[str]:
    """The province that a city stands apart from, where the question names both."""
    known = places().get(place)
    return [known.apart_from] if known and known.apart_from and known.apart_from in find_places(text) else []


def with_its_standing(text: str, question: Question) -> str:
    """``text`` with what a city is that stands apart from its province, where the question sets it beside the province:
    clauses speak of such cities together."""
    known = places().get(question.place)
    if not (known and known.apart_from and question.place.endswith("市") and "省" in question.text):
        return text
    return f"{text} {PLAN_CITY}"


def months_named(text: str) -> set[int]:
    """Months of the round that ``text`` speaks of: ``3月截止那次``, or else ``秋季``, ``上半年``."""
    months = {int(m[1]) for m in MONTH_OF_ROUND.finditer(text)}
    for m in () if months else SEASON.finditer(text):
        first, last = SEASONS[m[1] or m[2] or m[3]]
        months |= set(range(first, last + 1))
    return months


@lru_cache(maxsize=256)
def months_of(name: str, corpus: Corpus) -> frozenset[int]:
    """Months in which the document of this id was signed and in which its days fall."""
    document = corpus.documents[name]
    said = " ".join(c.digest for c in corpus.digests[name].clauses)
    days = {int(q.value) % 10000 // 100 for q in figures(said) if q.kind == "date"}
    return frozenset(days | ({document.signed.month} if document.signed else set()))


def without_round(text: str) -> str:
    """``text`` without the words that say which round of a year is meant."""
    return SEASON.sub("", MONTH_OF_ROUND.sub("", text))


def another_month(hit: Hit, question: Question, corpus: Corpus) -> bool:
    """Whether the question speaks of a round of another time of the year than a historical document."""
    document, months = document_of(hit, corpus), months_named(question.text)
    return bool(months and document and document.historical and not months & months_of(document.id, corpus))


def unknown_edition(question: Question, corpus: Corpus) -> bool:
    """Whether the question names an edition (2026年版的细则) of a kind of document that the catalogue does not hold."""
    said = EDITION.search(question.text)
    if said is None:
        return False
    year, kind = int(said[1]), said["kind"]
    named = [p for p in find_places(question.text) if p != COUNTRY]
    within = named or [question.place, COUNTRY]
    return not any(
        kind in d.title and d.place in within and (year in _years_of(d) or str(year) in d.title)
        for d in corpus.documents.values()
    )


def other_count(hit: Hit, question: Question, years: set[int], corpus: Corpus) -> bool:
    """Whether the question asks how many companies were recognised in a year or a place that the clause does not count."""
    document = document_of(hit, corpus)
    if document is None or not (COUNT_OF_COMPANIES.search(question.text) or COUNT_OF_ROUND.search(question.text)):
        return False
    said = f"{document.title} {said_by(hit, corpus)}"
    if COUNT_OF_ROUND.search(question.text) and not _counts(corpus.clauses[hit.target].digest, question):
        return True
    if any(year not in _years_of(document) and str(year) not in said for year in years):
        return True
    named = [p for p in find_places(question.text) if p != COUNTRY]
    return bool(named) and document.place not in named and not set(named) & set(find_places(said))


def _counts(digest: str, question: Question) -> bool:
    """Whether a clause says how many companies there were, of the level that the question names."""
    counted = [said for said in CLAUSES.findall(digest) if COUNTED.search(said) and not PLANNED.search(said)]
    return any(not of_other_level(said, question) for said in counted)


def _years_of(document: Document) -> set[int | None]:
    days = (document.signed, document.in_force.from_)
    return {document.last_year, *(day.year for day in days if day)}
