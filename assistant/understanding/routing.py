"""Which way a message goes: the table routes.yaml, read from top to bottom."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant.answer import Route
from assistant.facts.values import Extraction
from assistant.understanding.asked import asked, asks_else, asks_outcome
from assistant.understanding.telling import only_tells
from assistant.understanding.titles import OTHERS, PATTERNS, asks_size, titles_in
from corpus.load import read_yaml
from corpus.quantities import fold

TABLE = Path(__file__).with_name("routes.yaml")
COMPUTED = frozenset(
    {
        "facts",
        "tells",
        "several_facts",
        "many_facts",
        "dense",
        "asks_outcome",
        "asks_else",
        "number",
        "several_numbers",
        "rest",
        "title",
        "in_check",
        "bare",
        "answer",
        "short",
        "size_asked",
        "lacks_title",
        "only_tells",
    }
)
"""The features that this module computes; all others are the `words` of the table."""
MANY, ALL = 4, 8
"""Who tells so many things of a company wants it judged; who tells nearly all, whatever else is asked of them."""
NO_FIGURES = ("holds_", "place_registered_sh", "legal_person")
"""What is said of a company's titles, seat and form: whether such a one may apply at all is a question of the rule."""
SHORT = 16
"""A message of so many characters is short."""

REFERENCE = re.compile(r"\{([a-z_]+)\}")
CJK = "\u3400-\u9fff"
SIGNS = f"{CJK}，。、；：？！,;:?!"
GAP = re.compile(rf"(?<=[{SIGNS}])\s{{1,20}}(?=[{SIGNS}0-9])|(?<=[0-9])\s{{1,20}}(?=[{CJK}])")
PUNCTUATION = re.compile(r"[，。、；：？！,.;:?!~…“”\"'‘’（）()\s]")

# What a company makes or is called: no instruction to the assistant, whatever it is named.
TRADE = re.compile(
    r"(?:叫做?|名叫|名字就?叫|名为|品牌是?|商标是?)[“\"「《‘'][^”\"」》’',。?!]{1,16}[”\"」》’']|(?:叫做?|名叫)[^,。;?!你您]{1,20}公司"
    r"|(?:做|搞|开发(?!者)|研发|生产|卖|经营|从事|产品就?是|产品叫|业务就?是|主业就?是)[^,。;?!你您]{1,24}?(?:的(?=[,。;?!]|$)"
    r"|软件|系统(?!提示)|产品|平台|设备|芯片|仪表|仪器|引擎|公司|企业|业务|题材|主题|工程)"
)

# What a bare "我们能报专精特新吗" is made of.
BARE = re.compile(
    "|".join([OTHERS.pattern, *PATTERNS.values()])
    + r"|请问|你好|您好|麻烦|咨询|想问下?|问一?下|看一?[看下]|帮忙?|一下|我司|我们?|咱们?|本公司"
    r"|公司|企业|单位|客户|这家|现在|目前|今年|明年|这次|这样|这种|情况|到底|究竟|还是|已经|那么?"
    r"|能不能|能否|可不可以|可否|可以|是否|能|够不够|够得上|够格|够|符不符合|符合|满不满足|满足|达标|条件|标准|要求|资格|机会|希望|有没有|有戏|有|行不行|行|成|申请|申报|报得上|报"
    r"|评选|评上|评|认定|入选|拿到|拿|通过|过得了|过|升级|升|冲|复核|到期|首次|第一次|保得住|保住|保|称号|资质|头衔|国家级?|省级|市级|省里|市里|上海市?"
    r"|档|级|的|了|吗|么|嘛|呢|吧|啊|呀|哦|不|没|得|就|也|还|再|会|想|要|去|来|上|这个|一个|个|换成?|试试|中小"
)
YES_OR_NO = re.compile(
    r"没有|没|有|不是|是|对|不知道|不清楚|不确定|不了解|不太清楚|说不准|记不清|忘了?|满足|符合|达标|达到|够|都行|跳过|继续|好的?|嗯"
    r"|可以|行|没问题|暂无|无|全部?|否|[0-9一二三四五六七八九十两几]+"
)
ANSWER = re.compile(
    YES_OR_NO.pattern
    + r"|我们?|公司|这个|那个|这项|这些|都|也|应该|大概|好像|可能|目前|现在|暂时|还|先|再|就|的|了|吧|啊|呢|哦"
    r"|不|很|太|清|大约|左右|多|个|项|件|家|人|年|分|万|亿|元|块|%|百分之|点|成|第|名|下一[个项题]|算|拿|过|得到"
)


class Example(BaseModel):
    """A message with what is known around it."""

    model_config = ConfigDict(extra="forbid")

    say: str
    in_check: bool = False
    titles: list[str] = []


class Row(BaseModel):
    """One row of the table; ``reason`` is a key of statuses.yaml where the turn ends here. ``of_asked``: its patterns see
    only the clauses that ask, where there are any; ``beside_trade``: they do not see what a company makes or is called."""

    model_config = ConfigDict(extra="forbid")

    rule: str
    route: Route
    reason: str | None = None
    why: str
    needs: list[str] = []
    of_asked: bool = False
    beside_trade: bool = False
    any: list[str] = []
    unless: list[str] = []
    examples: list[str | Example] = []
    counter_examples: list[str | Example] = []


class Table(BaseModel):
    """``words``: named patterns; ``rows``: the table in order, the last one without conditions."""

    model_config = ConfigDict(extra="forbid")

    words: dict[str, str]
    rows: list[Row]

    def pattern(self, text: str) -> str:
        """``text`` with every ``{name}`` put in; a word's line breaks fall away."""
        return REFERENCE.sub(lambda m: f"(?:{self.words[m[1]].replace(' |', '|')})", text)


@dataclass(frozen=True)
class Routed:
    """Where a message goes, the status that ends the turn there (or None), and the row that decided."""

    route: Route
    reason: str | None
    rule: str


@dataclass(frozen=True)
class _Compiled:
    row: Row
    needs: list[tuple[str, bool]]
    """Features, and whether each must hold."""
    any: list[re.Pattern[str]]
    unless: list[re.Pattern[str]]


@cache
def table() -> Table:
    """The table as written. Raises CorpusError when the file does not hold to its form."""
    return read_yaml(TABLE, Table)  # type: ignore[no-any-return]


@cache
def _compiled() -> tuple[list[_Compiled], dict[str, re.Pattern[str]]]:
    written = table()
    words = {name: re.compile(written.pattern(f"{{{name}}}")) for name in written.words}
    rows = [
        _Compiled(
            row,
            [(need.removeprefix("no_"), not need.startswith("no_")) for need in row.needs],
            [re.compile(written.pattern(p)) for p in row.any],
            [re.compile(written.pattern(p)) for p in row.unless],
        )
        for row in written.rows
    ]
    return rows, words


def plain(text: str) -> str:
    """The form that the patterns see: half width, lower case, no spaces between Chinese characters."""
    return GAP.sub("", fold(text).lower().strip())


def route(text: str, *, extraction: Extraction, in_check: bool = False, titles: Sequence[str] = ()) -> Routed:
    """Where ``text`` goes. ``extraction`` holds the facts found in it, ``in_check`` says that the thread is in a
    pre-check with open questions, ``titles`` the titles that the message or its thread is about."""
    rows, words = _compiled()
    shown = plain(text)
    asking, beside = ",".join(asked(shown)) or shown, TRADE.sub("", shown)
    known: dict[str, bool] = {}

    def holds(name: str) -> bool:
        if name not in known:
            word = words.get(name)
            known[name] = bool(word.search(shown)) if word else FEATURES[name](shown, extraction, in_check, titles)
        return known[name]

    for compiled in rows:
        if any(holds(name) != wanted for name, wanted in compiled.needs):
            continue
        seen = asking if compiled.row.of_asked else beside if compiled.row.beside_trade else shown
        if compiled.any and not any(pattern.search(seen) for pattern in compiled.any):
            continue
        if any(pattern.search(seen) for pattern in compiled.unless):
            continue
        return Routed(compiled.row.route, compiled.row.reason, compiled.row.rule)
    raise LookupError("路由表的最后一行必须没有条件，否则有的消息没有去处。")


def of_own(text: str) -> bool:
    """Whether a message speaks of the asker's own company, or the client's."""
    return bool(_compiled()[1]["own"].search(plain(text)))


Feature = Callable[[str, Extraction, bool, Sequence[str]], bool]


def _facts(extraction: Extraction, *, by_year: bool = True) -> int:
    """How many things are said of the company; the titles that it holds and what it is in law do not count.
    ``by_year``: the same of another year is another one."""
    said = {s.key for s in extraction.statements if not s.key.startswith(NO_FIGURES)}
    return len(said if by_year else {key.partition("@")[0] for key in said})


def _numbers(extraction: Extraction) -> int:
    return len({s.key for s in extraction.statements if s.value.lo is not None or s.value.hi is not None})


def _left(words: re.Pattern[str], text: str) -> str:
    return PUNCTUATION.sub("", words.sub("", text))


FEATURES: dict[str, Feature] = {
    "facts": lambda text, said, in_check, titles: _facts(said) > 0 or said.rest_affirmed is not None,
    "tells": lambda text, said, in_check, titles: bool(said.statements or said.rest_affirmed),
    "several_facts": lambda text, said, in_check, titles: _facts(said) > 1,
    "many_facts": lambda text, said, in_check, titles: _facts(said, by_year=False) >= MANY,
    "dense": lambda text, said, in_check, titles: _facts(said, by_year=False) >= ALL,
    "asks_outcome": lambda text, said, in_check, titles: asks_outcome(text),
    "asks_else": lambda text, said, in_check, titles: asks_else(text),
    "number": lambda text, said, in_check, titles: _numbers(said) > 0,
    "several_numbers": lambda text, said, in_check, titles: _numbers(said) > 1,
    "rest": lambda text, said, in_check, titles: said.rest_affirmed is not None,
    "title": lambda text, said, in_check, titles: bool(titles or said.title or titles_in(text)),
    "in_check": lambda text, said, in_check, titles: in_check,
    "bare": lambda text, said, in_check, titles: len(text) <= 60 and len(titles_in(text)) < 2 and not _left(BARE, text),
    "answer": lambda text, said, in_check, titles: (
        len(text) <= 40 and bool(YES_OR_NO.search(text)) and not _left(ANSWER, text)
    ),
    "size_asked": lambda text, said, in_check, titles: asks_size(text) and not said.title,
    "only_tells": lambda text, said, in_check, titles: only_tells(text, said),
    "short": lambda text, said, in_check, titles: len(text) <= SHORT,
    "lacks_title": lambda text, said, in_check, titles: any(
        s.key.startswith("holds_") and s.value.flag is False for s in said.statements
    ),
}
