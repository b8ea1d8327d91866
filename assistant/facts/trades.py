"""The company's own trade (一家软件公司, 做建材批发的, 制造业) as the size standard names it; not that of its customers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.facts.reading import Reading
from assistant.facts.scope import asks
from assistant.facts.text import Clause
from assistant.facts.values import Statement
from corpus.load import read_yaml
from corpus.models import Model

_VERB = r"(?:做|干|搞|开|办|跑|经营|从事|主营|专营|专做|提供|是|属于|算)"
_OTHERS = re.compile(
    r"(?:给|(?<![作成])为(?![一专])|向|帮|替|对|面向|服务于?|卖给|针对|配套)(?:(?!做|搞|干|提供|开发|生产|经营)[^，。；]){0,8}$"
)
_THEIRS = re.compile(
    r"客户|用户|买家|下游|上游|供应商|合作方|甲方|对象|母公司|集团|子公司|股东|投资方|房东|隔壁|人家|别的|其他|有没有|是不是|哪些|什么"
)
_NOT = re.compile(r"(?:非|不是|不属于|不算|并非|又不是|以前是|原来是|原先是|以前做|原来做|不做|不再做)[^，。；]{0,4}$")
_RULE = re.compile(r"标准|划型|划线|怎么划|口径|规定|政策|指标|条件")
_OURS = re.compile(r"我们|我司|咱|本公司|公司是|企业是|自己")
_ENDS = re.compile(
    r"(?:行业|业务|生意|服务|这一?行|这块|公司|企业|厂家|厂|门店|店|方向|领域)?(?:的|了|吧|呢|哈)*(?:公司|企业|厂家|工厂|厂|店)?"
    r"(?:$|[，。；！、 （\0]|[\d一二两三四五六七八九十]+[多几]?年|也|员工|人数)"
)
_WRONG = re.compile(r"不对|[说写打记搞弄讲报填]错|更正|纠正|口误|改[成为一]")
_OWN_WORK = re.compile(rf"{_VERB}[^，。；]{{0,8}}$")
_MAKES = re.compile(
    r"(?:(?<!安全)(?:生产|制造|加工|研制|量产)|(?<![创营打铸塑构改人])造(?![假成价])|做|搞|干)(?:的是|着|了)?[^，。；不没]{0,10}$"
)
_PLANT = re.compile(r"(?:的|制造|生产|加工)*(?:厂家?|工厂|制造商|生产商|制造企业|生产企业)(?!长|房|区|里|址)")
_PRODUCT = re.compile(
    r"(?:专业?|专门|一直|主要|就|只)?(?:做|生产|制造|加工|造|研制)(?:的是|着|了)?(?P<name>[^，。；：、的不没\d]{1,9}?"
    r"(?:[杆杠丝件阀泵轴膜料板管机器辊轮簧圈垫环钉栓刀具模盘壳罩箱柜桶瓶罐带布线缆头镜灯芯片靶锭粉剂油漆胶酸盐碱酯醇醚酮酶砖瓦钢铁铜铝锌镁钛纸革纱衣鞋帽车船艇桨锁闸槽炉窑釜塔秤尺钳锯钻锥针网屏刷套座架臂爪扣棒]|磁体|晶体|导轨|滑块|基材))"
    r"(?=的?(?:$|[，。；！、 （]|[\d一二两三四五六七八九十]+[多几]?年|也))"
)
"""A plain physical good by the last sign of its name: 专做精密丝杠."""
_SERVICE = re.compile(
    r"服务|软件|平台|系统|贸易|代理|销售|批发|零售|设计|咨询|维修|保养|租|运营|检测|电商|物流|运输|培训|广告|卖|回收|外贸|进出口"
    r"|app|网站|配送|安装|施工|工程|出版|文案|研究|试验|仓|数据|算法|方案|经销|测试|头条|线上|线下|生意|供应|方面|样机|文件|邮件|事件|证件|条件|案件|资料|材料准备|预料|照片|图片|视频|影片"
)
_SELLS = re.compile(r"贸易|代理|销售|批发|零售|卖|经销|电商|租")
MADE = "工业"
SHORT = 6
"""Signs that may stand before the word where the trade was asked for: 软件, 汽车零部件制造."""


class TradeWords(Model):
    """What companies of a trade say of themselves. ``goods``: whoever makes them is of the trade."""

    trade: str
    names: list[str]
    work: list[str]
    goods: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """``text[start:end]`` names a trade."""

    trade: str
    start: int
    end: int


@cache
def trade_words() -> tuple[TradeWords, ...]:
    """The words of every trade. Raises CorpusError where the file cannot be used."""
    return tuple(read_yaml(Path(__file__).with_name("trades.yaml"), list[TradeWords]))


@cache
def _pattern(kind: str) -> tuple[re.Pattern[str], dict[str, str]]:
    table = {word: one.trade for one in trade_words() for word in getattr(one, kind)}
    longest = sorted(table, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest))), table


def read_trade(reading: Reading) -> list[Statement]:
    """The trade that the company says is its own; a later word after 说错了 replaces it, two that differ give none."""
    found: list[tuple[Found, bool]] = []
    for clause in reading.clauses:
        one = _in_clause(reading, clause)
        if one is not None:
            wrong = bool(found and _WRONG.search(reading.text[found[-1][0].end : one.start]))
            found = [(one, True)] if wrong else [*found, (one, False)]
    for one, _ in found:
        reading.hear(one.start, one.end)
    if len({one.trade for one, _ in found}) != 1:
        return []
    first, correction = found[0]
    said = reading.choice("industry", first.trade, first.start, first.end)
    return [said.model_copy(update={"correction": correction})]


def _in_clause(reading: Reading, clause: Clause) -> Found | None:
    words = reading.words(clause)
    if reading.zone(clause.start) or _RULE.search(words):
        return None
    if asks(reading.text, clause) and not _OURS.search(words):
        return None
    candidates = [*_named(reading, clause, words), *_worked(reading, clause, words), *_made(reading, clause, words)]
    return max(candidates, key=lambda one: (one.end, one.end - one.start), default=None)


def _named(reading: Reading, clause: Clause, words: str) -> list[Found]:
    """A name of the company itself: it is no one else's, and not denied."""
    pattern, table = _pattern("names")
    found = []
    for match in pattern.finditer(words):
        lead = words[: match.start()]
        if not (_NOT.search(lead) or _THEIRS.search(lead) or _OTHERS.search(lead)):
            found.append(Found(table[match[0]], clause.start + match.start(), clause.start + match.end()))
    return found


def _worked(reading: Reading, clause: Clause, words: str) -> list[Found]:
    """做…软件的: a verb before it, and nothing of the compound behind it."""
    pattern, table = _pattern("work")
    found = []
    for match in pattern.finditer(words):
        lead = words[: match.start()]
        if _NOT.search(lead) or _THEIRS.search(lead) or _OTHERS.search(lead):
            continue
        end = clause.start + match.end()
        counted = len(lead) <= SHORT and any(
            a.kind == "people" and a.start == end for a in reading.amounts_in(end, end + 1)
        )
        short = (
            counted
            or (match[0] == words.strip() and _sized(reading))
            or ("industry" in reading.expecting and len(lead) <= SHORT)
        )  # 上海工业200人
        if not (_OWN_WORK.search(lead) or short):
            continue
        if counted or _ENDS.match(reading.text, end):
            found.append(Found(table[match[0]], clause.start + match.start(), end))
    return found


def _made(reading: Reading, clause: Clause, words: str) -> list[Found]:
    """做汽车零件的, 电池材料厂: what is made, with a verb before it or the plant behind it, and nothing in between."""
    if not _sized(reading):
        return []
    pattern, table = _pattern("goods")
    found = []
    for match in pattern.finditer(words):
        lead, end = words[: match.start()], clause.start + match.end()
        if _NOT.search(lead) or _THEIRS.search(lead) or _OTHERS.search(lead):
            continue
        plant = _PLANT.match(reading.text, end)
        made = _MAKES.search(lead)
        if plant or (made and not _SELLS.search(made[0]) and _ENDS.match(reading.text, end)):
            found.append(Found(table[match[0]], clause.start + match.start(), plant.end() if plant else end))
    return found or _goods(reading, clause, words)


def _goods(reading: Reading, clause: Clause, words: str) -> list[Found]:
    """专做精密丝杠: a good that no list names, told by the kind of its name."""
    match = _PRODUCT.search(words)
    if match is None or _SERVICE.search(words):
        return []
    lead = words[: match.start()]
    if _NOT.search(lead) or _THEIRS.search(lead) or _OTHERS.search(lead):
        return []
    return [Found(MADE, clause.start + match.start("name"), clause.start + match.end())]


def _sized(reading: Reading) -> bool:
    """Whether the size of the company is spoken of: only there does what it makes say more than its trade name."""
    known = any(name.partition("@")[0] in ("staff", "industry") for name in (*reading.known, *reading.expecting))
    counted = any(amount.kind == "people" for amount in reading.amounts)
    return known or counted or any("staff" in mention.facts for mention in reading.mentions)
