"""Matters called met by name, without a figure: 研发、负债、专利那些都达标; 称号、领域和基本条件都没毛病.

Such a list is a blanket over the facts of these matters alone. A question, a supposition, a doubt, a list that is left
out (除了研发、专利都达标) and one that is but half met affirm nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from assistant.facts.lexicon import lexicon
from assistant.facts.reading import Reading
from assistant.facts.scope import asks

_TOPICS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"(?:营收|营业收入|收入|销售额?)(?:增长率?|增速)|(?:复合)?增长率?|增速", ("revenue_cagr_l2y", "revenue_growth")),
    (r"营收(?:规模)?|营业收入|营业额|年?销售额|收入(?:规模)?", ("revenue",)),
    (r"主营(?:业务)?(?:收入)?(?:的)?(?:占比|比例|比重)?|主业(?:占比|比例)?|占比", ("main_share", "main_revenue")),
    (r"(?:资产)?负债(?:率|情况)?", ("debt_ratio", "total_liabilities", "total_assets")),
    (r"研发(?:费用|投入|支出)?(?:的)?(?:占比|比例|强度|比重)", ("rd_ratio",)),
    (r"研发(?:费用|费|支出|金额)", ("rd_expense", "rd_expense_l2y")),
    (r"研发(?:投入)?", ("rd_expense", "rd_expense_l2y", "rd_ratio")),
    (r"(?:发明|i类)?专利(?:数量?)?|知识产权|知产|发明(?:数量?)?", ("class_1_ip", "class_1_ip_in_use")),
    (r"(?:专精特新)?(?:发展)?(?:评价|评分|测评)(?:得分|分数?|打分)?|得分|打分|分数", ("development_score",)),
    (r"称号|资格", ("holds_base_title", "holds_innovative", "holds_tech", "holds_zjtx")),
    (r"(?:细分)?(?:市场|行业|从业|入行|专注)?年限", ("niche_years",)),
    (r"(?:国内)?(?:市场)?(?:占有率|市占率|份额)|市占率", ("market_share",)),
    (r"(?:市场|国内|行业)?排名", ("market_rank",)),
    (r"市场(?:地位)?", ("market_share", "market_rank", "market_position_strong")),
    (r"(?:品牌)?(?:知名度|名气|影响力|口碑)", ("reputation",)),
    (r"(?:产品|行业|所属)?领域|产业链(?:关键)?(?:环节|位置)?", ("field_fit",)),
    (r"(?:基本|基础|共性|通用)(?:的)?(?:条件|要求)", ("listed_now", "incidents_l3y", "honest_application")),
)
_BASICS = ("基本", "基础", "共性", "通用")
_ANY = "|".join(rf"(?:{words})" for words, _ in _TOPICS)
TOPIC = re.compile(_ANY)
_EACH = [(re.compile(words), facts) for words, facts in _TOPICS]
_BY = r"(?:[、，/ ]|以及|还有|(?:这|那)?(?:块|方面)?(?:[和跟与及、，]))"
_WHERE = r"(?:等等?|这些|那些|[这那]?[几两二三四五六七](?=[项样块条关个者])|者|全部|所有|方面|[项样块条关个]|指标|数据|数字|条件|要求|标准|上面?|的|也|还){0,6}"
_ADVERBS = (
    r"(?:我们?|公司|企业|目前|现在|确实|早就|早都|已经?|是|能|都|也|全部?|均|全都|统统|通通|侪|样样|条条|一律){0,6}?"
)
_EVERY = r"(?:都|全部?|均|统统|通通|侪|皆|俱|样样|条条|一律)"
_MET = (
    r"(?:达标|达到(?:了)?(?:要求|标准)?|合格|符合(?:要求|条件|标准|规定)?|满足(?:要求|条件|标准)?|够(?:了|格|线|用|标准)?|过(?:关|线|得去|硬|(?=了?(?:$|[，。；！])))|在线|没(?:有|啥|什么)*(?:问题|毛病|短板|话说)"
    r"|没得(?:说|挑)|[莫没]得(?:问题|毛病)|不(?:成|是)问题|不在话下|ok|可以|行|妥(?:的|了|当)?|稳(?:的|了|当)?|绰绰有余|到位|齐(?:全|备|的)|具备|杠杠的?)"
)
_LIST = re.compile(
    rf"(?P<list>(?:{_ANY})(?:{_BY}(?:{_ANY})){{1,11}}){_WHERE}{_ADVERBS}(?P<all>{_EVERY}?){_ADVERBS}{_MET}"
    r"(?:的|了|哦|啊|呀|哈|额|嘞|啦){0,2}(?=$|[，。；！）)\n])"
)
_OPENED = re.compile(
    r"^(?:我们?|我司|公司|企业|咱们?|阿拉|客户|他们|这家|另外|还有|而|现在|目前|至于|像|然后|自己|说|的|了|小巨人|专精特新|创新型|首次|复核|[报申，：、 ])*$"
)
_SIGN = re.compile(
    r"(?<![和跟与及、/])(?:[营收销主占负资研发专知评得打称细市份排品领产基i增复]|年限|年销|名气|影响|口碑|国内)"
)
_PLACES = 24


@dataclass(frozen=True)
class Met:
    """``message[start:end]`` calls the matters of ``facts`` met."""

    start: int
    end: int
    words: str
    facts: tuple[str, ...]


def read_met_by_name(reading: Reading) -> list[Met]:
    """The places that call matters met by name."""
    found: list[Met] = []
    at = 0
    for sign in islice(_SIGN.finditer(reading.text), _PLACES):
        if sign.start() < at:
            continue
        match = _LIST.match(reading.text, sign.start())
        if match is None or not _stands(reading, match):
            continue
        at = match.end()
        reading.hear(*match.span())
        words, facts = reading.message[match.start() : match.end()], _facts(match["list"], reading.title)
        found.append(Met(*match.span(), words, facts))
    return found


def facts_named(words: str) -> set[str]:
    """The facts of the matters that a part of a message names."""
    return {fact for topic in islice(TOPIC.finditer(words), 6) for fact in _facts(topic[0], None)}


def _stands(reading: Reading, match: re.Match[str]) -> bool:
    """Whether the list is told of the company, and as a whole."""
    first, last = reading.clause(match.start()), reading.clause(match.end() - 1)
    zone = reading.zone(match.start())
    if (zone and (zone.why != "rest" or zone.start < match.start())) or asks(reading.text, last):
        return False
    return bool(_OPENED.match(reading.text[first.start : match.start()]))


def _facts(names: str, title: str | None) -> tuple[str, ...]:
    found: list[str] = []
    for name in re.split(_BY, names):
        for pattern, facts in _EACH:
            if pattern.fullmatch(name):
                found += facts
                if name.startswith(_BASICS):
                    found += [*lexicon().basics["yes"], *lexicon().basics["no"], *_OF_THE_LOWER.get(title or "", ())]
                break
    return tuple(dict.fromkeys(found))


_OF_THE_LOWER = {"创新型": ("local_violations_l3y",), "科技型": ("violations_2y",)}
"""What the lower titles ask of everyone besides."""
