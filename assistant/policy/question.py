"""A policy question as the search sees it, and what its words ask for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from corpus.load import Corpus
from corpus.places import COUNTRY, find_places, without_names
from corpus.quantities import fold
from indexing.grams import bigrams, matter_of

COMPARES = re.compile(
    r"两档|两级|分别|各(?:是|要|写|有|多少)|区别|不同|不一样|相比|对比|差在|差别|比较|一样吗|一样不|两样|哪个更|谁更|更严"
)
HOLDS_BOTH = re.compile(r"都有|都是|两个都|既是|已经是|手上|同时(?:有|是|拿)|升|转|再报|想报")
PAIR = re.compile(
    r"(?P<a>[^，,。？?、]{2,12}?)(?:和|与|跟|同|以及)(?P<b>[^，,。？?、]{2,12}?)(?=[，,。？?的要各分一差谁哪两都]|$)"
)
COUNTRY_SIDE = re.compile(r"国家|部里|工信部|全国")
CITY_SIDE = re.compile(r"上海|细则|市里|本市")
SIDES = re.compile(f"{COUNTRY_SIDE.pattern}|{CITY_SIDE.pattern}")
TIERS = re.compile(r"两档|两级|两个档|两个级别|两种企业|两个称号")
ASKS_FIGURE = re.compile(r"多少|(?<!好)几(?!个月内|年内|时)|金额|比例|多大|多高|标准线|分数|什么线")
FIGURE_KINDS = {
    "money": re.compile(r"[几多][少十百千]*个?[万亿]|几[百千]万|多少钱|[万亿]以上还是"),
    "percent": re.compile(r"(?<![号日天早晚午])几个?(?:百分)?点(?![钟前后到开截儿])|百分之几|几成(?!立)|多少个点"),
}
"""What kind of figure a question wants where it says so."""
OPEN_QUESTION = re.compile(r"有没有|有无|要不要|是不是")
SILENT = re.compile(
    r"(?:没有?|未)(?:(?:再|专门|单独|另外?|具体)?写|规定|收录|列(?!入)|说明|给出|明确|提到|公布|载明|印)"
)
SUM = re.compile(
    r"(?:奖|补|给|拿|领|贴|发|资助|补贴|奖励|补助|奖金).{0,8}(?:多少|几万|几个点|几成|金额)|多少(?:钱|万)(?:的)?(?:奖|补)|(?:奖励|补贴|补助|资助|奖金).{0,4}(?:金额|标准|额度|多少)"
)
LABELS = re.compile(r"第[一二三四五六七八九十百]+条|附件[一二三123](?:（[一二三四五六七八九十]+）)?")
NEVER = r"(?!)"
"""What no clause speaks of: the companies by name."""
THINGS = {
    "名单": re.compile(
        r"名单[^,，。？?]{0,6}(?:看看|给我|在哪|发我|有谁|念|报一|报给|列|(?<![检抽核调审])查)|(?:企业|公示|抽查|入选|获批)名单(?!上|里)"
    ),
    NEVER: re.compile(
        r"(?:是|有|都是)哪些(?:企业|公司|厂家?)(?!可以|能|要|需|符)|(?:企业|公司|厂|家)[^，。？的]{0,4}叫(?:啥|什么)名"
        r"|(?:列|给|要|念|发)[个份]?(?:企业)?名单|名单[^，。？]{0,2}(?:念|发[给我]|给我)"
    ),
    "电话": re.compile(
        r"(?<![来打接])(?:电话|座机|手机|号码).{0,4}(?:多少|是几|是什么|报一下|给我(?!们?[发办评授弄])|几号)|多少号|(?:哪个|什么|啥)(?:电话|号码)"
    ),
    r"地址[是为在:：]|\d+号|[路街道].{0,12}(?:号|楼|室)|\d+[楼室层]": re.compile(
        r"几号楼|几[楼室]|[在第到送]几层|哪[栋幢]|门牌|房间号|什么路|哪条路|(?<!网)(?<!平台)地址(?!栏|簿|变)[^，。？]{0,4}(?:是|在|给|多少|哪|什么|啥|发|报|[？?]|$)"
    ),
    "尺寸": re.compile(r"尺寸|多大(?:的)?牌"),
    "模板": re.compile(r"模板|样张|范本"),
    "税率": re.compile(r"税率"),
    "税": re.compile(r"(?:所得|增值|消费|印花|房产)税|个税|税负|退税"),
    "账号|密码": re.compile(r"账号|密码(?=[是忘怎找多重给发错不]|[，。？?]|$)|验证码"),
    "登录": re.compile(r"登录?不[上了进]"),
    "利率": re.compile(r"利率|年化"),
    r"\d ?个?(?:自然日|工作日|天|月)|\d ?日[内前起]|[一二三五七十]个?(?:工作日|天|日内|月)": re.compile(
        r"(?:几|多少)个?(?:工作日|天)"
    ),
    r"[%％成]|百分之|分之": re.compile(
        r"百分之(?:几|多少)|(?<![号日天早晚午])(?:几|多少)个?(?:百分)?点(?![钟前后到开截儿])|几成(?!立)|(?:比例|比重|费率)[^，。？]{0,5}(?:多少|几|多大)"
    ),
    "封顶|最高|超过|高于|上限|以内|以下": re.compile(r"封顶|上限|顶格"),
    r"分值|权重|计分|占分|\d分": re.compile(r"(?:每|各).{0,8}(?:多少|几)分|占(?:多少|几)分|怎么(?:打|计)分|打分表"),
}
"""Things that a clause either speaks of or cannot answer about (a pattern), by the words that ask for them."""
WANTS = {
    "amount": re.compile(
        r"多少钱|补多少|奖多少|给多少|能拿多少|最高|补贴|奖励|补助|报销|额度|几万|多少万|奖金|几个钱|资助"
    ),
    "deadline": re.compile(r"什么时候|几月|几号|哪天|最晚|最迟|截止|多久|期限|几天|几个月|啥时候|到期"),
    "count": re.compile(r"几个|几项|几条|多少个|多少项"),
}
ASKS_VALIDITY = re.compile(
    r"(?:办法|文件|细则|通知|方案|指南|标准|政策|号文?|计划|措施|清单)(?:(?!入库|称号|牌子|资格|企业).){0,10}"
    r"(?:能用|能不能用|有效|作数|算数|过期|废止|作废|失效|管几年|管多久|管到|到哪一?天|到哪一?年|到什么时候|到几时|执行到|哪天开始|啥时候开始|几时起|从哪天|照着)"
    r"|(?:办法|细则|措施|方案|规划|(?<=\d)号文?)(?:(?!入库|称号|牌子|资格|企业|申报|报名|材料).){0,10}(?:截止|到期|终止|失效|废掉)"
)
"""How long a document itself holds, not a title."""
HOLDS = re.compile(
    r"(?:办法|细则|方案|计划|通知|规定|措施|文件|清单|规划|这份)[^。；]{0,16}(?:施行|实施|执行|印发那天|发布那天|有效期|用到|管到|试行)"
    r"|(?:施行|实施|废止)(?:日|本|这)|有效期至|(?:办法|细则|方案)[^。；]{0,6}废止"
)
"""Words of a clause that says how long its document holds."""
QUOTA = re.compile(r"名额|指标|(?:推荐?|报|分|上|给)[^，,。？?]{0,4}(?:几|多少)(?:[家户]|个(?!月))")
SHORTEST_REST = 6
SENTENCE = re.compile(r"[。！？!?；;…\n]+")
ASKS = re.compile(
    r"[吗么呢伐]|多少|几|怎么?|咋|啥|什么|哪|谁|是不是|能不能|可不可以|要不要|行不行|有没有|算不算|会不会|给不给|如何|多[久大高长]"
)
LONG_MESSAGE, LEAST_MATTER = 60, 6
NUMBERED = re.compile(
    r"(?P<head>[\u4e00-\u9fff]{2,8})?\s*(?:[〔\[（(]?(?P<year>20\d\d)[〕\]）)]?年?)?\s*第?(?P<n>\d{1,4})\s*号(?!楼|线|前|之前|以前|那天|机)"
)
"""A document by its number, as people say it: 财建〔2021〕2号, 财建2号, 143号文."""

ISSUER = re.compile(r"[发函规业建办告改财综字服政法联电创融企信科税商展]$|中小$|规范$|园区$|运行$")
"""How what stands before a number ends where it is the short name of an issuer, not any word: 手上是2021年12号文."""
ENTITLED = re.compile(
    r"(?P<name>[\u4e00-\u9fff“”\"]{5,24}?)(?:的?[那这][份个]|的)?(?:指导|若干|实施|工作|管理|暂行)*(?P<kind>意见|规划|方案|通知|计划|指南|办法)"
)
LONGEST_NAME, LEAST_NAME, NEARLY_ALL = 10, 5, 0.7
"""A name of a document: so many characters before what kind it is, at least so many pairs of them, so large a share of these
in its title."""


@dataclass(frozen=True)
class Question:
    """A question as the search sees it: standing alone, for a place and a day, about these titles. ``context`` is
    the previous question where the message leans on it; ``past`` limits the search to what was in
    force on the day; ``alone`` is not set where it may go on with what its thread is about."""

    text: str
    place: str
    as_of: date
    titles: tuple[str, ...] = ()
    context: str = ""
    past: bool = False
    alone: bool = True


def kind_asked(text: str) -> str:
    """The kind of figure that a question wants; empty where it leaves that open, or names two."""
    kinds = [kind for kind, words in FIGURE_KINDS.items() if words.search(text)]
    return kinds[0] if len(kinds) == 1 else ""


def compares(question: Question) -> bool:
    """Whether two things are set side by side."""
    text = question.text
    both_levels = COUNTRY_SIDE.search(text) and CITY_SIDE.search(text)
    two_titles = len(set(question.titles)) > 1 and not HOLDS_BOTH.search(text)
    return two_titles or bool(COMPARES.search(text) or both_levels)


def without_place(text: str, corpus: Corpus) -> str:
    """The question without the names of places that have only historical documents, whose every wording names them: the
    filter takes care of the place. Unless little else is left."""
    rest = without_names(text, corpus.places_then & set(find_places(text)))
    return rest if len(rest) >= SHORTEST_REST else text


def halves(text: str) -> list[tuple[str, str]]:
    """``"买A和买B，比例一样吗"`` → the question with A only and with B only; empty when nothing is joined."""
    match = PAIR.search(text)
    if not match:
        return []
    a, b = match.span("a"), match.span("b")
    return [(text[: a[1]] + text[b[1] :], text[: a[0]] + text[b[0] :])]


@lru_cache(maxsize=512)
def asking_part(text: str) -> str:
    """The end of a message of several sentences that asks: its last sentences, as many as say what it is about. What was
    told before may be anything."""
    sentences = [s for s in SENTENCE.split(text) if s.strip()]
    if len(text) < LONG_MESSAGE or len(sentences) < 2:
        return text
    last = next((n for n in range(len(sentences) - 1, -1, -1) if ASKS.search(sentences[n])), len(sentences) - 1)
    first = last
    while first and len(matter_of("。".join(sentences[first:]))) < LEAST_MATTER:
        first -= 1
    return "。".join(sentences[first:]) if first else text


@lru_cache(maxsize=512)
def documents_named(text: str, corpus: Corpus) -> frozenset[str]:
    """Ids of the documents that a question names by what people call them (``called`` in the catalogue)."""
    named = {d.id for d in corpus.documents.values() if d.called and re.search(d.called, text)}
    return numbered(text, corpus) | named | _entitled(text, corpus)


def _entitled(text: str, corpus: Corpus) -> set[str]:
    """Ids of the one document whose title holds nearly all words of a name in the text: 培育优质企业的那份意见. None where several
    do."""
    of = set(find_places(text)) - {COUNTRY} or {COUNTRY}
    for said in ENTITLED.finditer(text):
        name = bigrams(without_names(said["name"], find_places(said["name"]))[-LONGEST_NAME:])
        if len(name) < LEAST_NAME:
            continue
        found = [
            d.id
            for d in corpus.documents.values()
            if d.place in of and said["kind"] in d.title and len(name & bigrams(d.title)) >= NEARLY_ALL * len(name)
        ]
        if len(found) == 1:
            return set(found)
    return set()


@lru_cache(maxsize=512)
def numbered(text: str, corpus: Corpus) -> frozenset[str]:
    """Ids of the documents whose number the text names, with the issuer's short name (财建2号) or the year."""
    found: set[str] = set()
    named = set(find_places(text)) - {COUNTRY}
    for said in NUMBERED.finditer(fold(text)):
        of_place = set(find_places(said["head"] or "")) - {COUNTRY}
        found |= {
            d.id
            for d in corpus.documents.values()
            if d.number
            and d.place in of_place
            and (own := NUMBERED.fullmatch(fold(d.number)))
            and own["n"] == said["n"]
        }
        if said["head"] or said["year"]:
            by_number = {d.id for d in corpus.documents.values() if d.number and _is_number(d.number, said)}
            found |= {name for name in by_number if corpus.documents[name].place in named} or by_number
    return frozenset(found)


def unknown_number(text: str, corpus: Corpus) -> bool:
    """Whether the text names a document by issuer, year and number that the catalogue does not hold."""
    whole = any(said["head"] and said["year"] for said in NUMBERED.finditer(fold(text)))
    return whole and not numbered(text, corpus)


def _is_number(number: str, said: re.Match[str]) -> bool:
    own = NUMBERED.fullmatch(fold(number))
    if own is None or own["n"] != said["n"] or (said["year"] and said["year"] != own["year"]):
        return False
    head = said["head"] if said["head"] and ISSUER.search(said["head"]) else ""
    return bool(said["year"] and not head) or any(
        head.endswith(own["head"][:k]) for k in range(2, len(own["head"]) + 1)
    )


def without_document(text: str, corpus: Corpus) -> str:
    """The question without the name of the document, which is looked at by itself; unless little else is left."""
    rest = text
    for document in corpus.documents.values():
        rest = re.sub(document.called, "", rest) if document.called else rest
    return rest if len(rest) >= SHORTEST_REST else text
