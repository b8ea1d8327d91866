"""Standing in the market in ordinary words: known in the trade, near the front, a key link of its industry's chain."""

from __future__ import annotations

import re
from itertools import islice

from assistant.facts.polarity import unknown
from assistant.facts.reading import Reading
from assistant.facts.scope import asks
from assistant.facts.values import Statement

_SOMEWHAT = r"(?:也|还|都|算|是|很|蛮|挺|比较|较为?|相当|一直|在[^，。；、]{0,6}|国内|业内|圈[里内子]|行[里内]|确实|总归|倒|真的?){0,4}"
_PEOPLE = r"(?:客户|同行|业内|业界|行业[里内]?|圈(?:子[里内]?|[里内])|行[里内]|市场上|用户|买家|展会上|[^，。；、]{1,4}(?:厂|院|商|企)们?)"
_KNOWN = re.compile(
    rf"{_PEOPLE}(?:的?人)?(?:基本|几乎|提起来?|说起来?|提到我们|现在|大多){{0,2}}(?:都|全|侪|也都)(?:很|蛮|挺|比较)?(?:晓得|知道|认识|听说过|认得|认可|认(?=$|[，。；、]))"
    rf"|{_PEOPLE}(?:也|是|算|还|很|比较|都)?(?:有人认|有人知道|知名|有名(?:气|声|的)?|小有名气|有口碑|认我们|叫得(?:上|响|出))"
    rf"|(?:名声|名头|名气|口碑|牌子|品牌|招牌){_SOMEWHAT}(?:很好|好|响亮?|大|硬|不错|可以|不差|过硬|叫得响|高|有)(?:的|得很)?(?=$|[，。；、！）])"
    rf"|(?:认可度|认知度|知名度|美誉度|认同度|信誉度|辨识度|影响力|{_PEOPLE}(?:评价|反响)){_SOMEWHAT}(?:很好|好|高|大|强|不错|可以|不低|不差|不小)(?:的|得很)?(?=$|[，。；、！）])"
    rf"|{_PEOPLE}(?:都|全|也|一直|很|蛮|挺|比较|们){{0,3}}(?:(?:认可|信赖|信任|信得过|看重)(?:我们|咱们?|我司|阿拉)?|(?:认可|认准|看重|信赖|信任|信得过|认|冲着|奔着|点名要)(?:我们|咱们?|我司|阿拉|公司|家)?(?:这块|这个|的)?(?:牌子|品牌|招牌|产品|质量)(?:来|买)?)(?:的)?(?=$|[，。；、！）])"
    rf"|{_PEOPLE}(?:里|当中|们|的?人)?(?:没有?|没几个|哪有)(?:人|谁|一家)?不(?:知道|晓得|认识|认得|认)(?:我们|咱们?|阿拉)?的?(?=$|[，。；、！）])"
    r"|叫得(?:很)?响|响当当|小有名气|(?<![没无])有(?:点|些|一定|那么点)?(?:名气|名声|牌子|名头|口碑)(?:的)?(?=$|[，。；、！）])|有口皆碑"
)
_FIELD = r"(?:同行|行业|业内|同类(?:产品|厂家|企业)?|细分(?:市场|领域|行业)?|这一?行|圈子?|[省市国]内|[省市]里|全国|本地|华[东南北])(?:里面?|中|当中|之中|内)?"
_AHEAD = re.compile(
    rf"(?:份额|占有率|市占率?|排名|排位|位置|位次|地位){_SOMEWHAT}(?:靠前|前列|领先|居前|数一数二|第一梯队|(?:处于|位居|居于?|位列|名列)前(?:列|茅)|(?:算)?(?:比较|较|蛮|挺|很|相当)高(?=的|$|[，。；、！）])|[排数]得(?:上号?|着|进前)|排?前(?:面|列|头|茅|几(?:名|位|家)?|十(?!几)|五|三))"
    rf"|{_FIELD}{_SOMEWHAT}(?:[排数]得(?:上号?|着)|(?:处于|位居|居于?|位列|名列)前(?:列|茅)|属于?头部|(?:是|属于?|算)第一梯队|(?:领先|拔尖|数一数二|名列前茅|首屈一指)(?:的)?(?=$|[，。；、！）]))"
    r"|没(?:有)?(?:几家|哪家|哪个|谁)比(?:我们|咱们?|阿拉)(?:做得|卖得|份额)?(?:更)?(?:大|多)"
    r"|排(?:得|在|到|进|名)*(?:国内|全国|行业|业内|细分(?:市场|领域)?|同行)?(?:里|中)?(?:的)?前(?:面|列|头|茅|几(?:名|位|家)?|十(?:名|位|强|家)?(?![几一二三四五六七八九\d])|五|三)"
)
_PLACE = re.compile(r"前(?:[三五]|十)")
_OF_SKILL = re.compile(r"(?:技术|工艺|设备|研发|质量|性能|品质|价格|速度|水平|精度)[^，。；、]{0,6}$")
"""技术国内领先 tells nothing of the market."""
_BADGE, _TITLE = re.compile(r"牌子|名头"), re.compile(r"专精特新|小巨人|创新型|科技型|高企|高新")
_BASIC = re.compile(
    r"(?:核心|关键)(?:基础)?(?:零部件|元器件|零件|部件|元件|材料|软件|工艺)|(?:关键|先进)基础(?:材料|工艺)|基础(?:零部件|元器件|材料|工艺|软件)|产业技术基础|工业母机"
    r"|(?:战略性?)?新兴产业|未来产业|重点(?:领域|产业链)|六基|四基"
)
_LINK = re.compile(
    r"(?:产业链|供应链|链条|链)(?:上|里|中)?(?:的)?(?:关键|核心|重要)(?:一环|环节|节点|位置|部位|配套)?|(?:产业链|供应链|链)(?:上)?(?:缺不了|少不了|离不开|绕不开)|关键(?:一环|环节|节点)"
    r"|(?:补|强|固|稳|保)(?:产业链|供应链|链)|供应链(?:的)?短板|卡脖子|国产替代|填补(?:国内)?空白"
)
_DENIED = re.compile(
    r"(?:不(?:是|属于?|算|在|够|怎么|太|大)?|没有?|无|未|非|谈不上|算不上|称不上|还没)[^，。；、]{0,4}$"
)
_PLANNED = re.compile(
    r"争取|希望|打算|计划|准备|想要?|目标|力争|将来|以后|如果|要是|假如|有没有|是不是|是否|算不算|靠不靠|够不够"
)


def read_fame(reading: Reading) -> list[Statement]:
    """reputation, market_position_strong and field_fit by what is said of them without their names."""
    found: dict[str, Statement] = {}
    for clause in reading.clauses:
        words = reading.words(clause)
        if reading.zone(clause.start) or asks(reading.text, clause) or _PLANNED.search(words):
            continue
        doubt = unknown(words)
        for fact, pattern in (("reputation", _KNOWN), ("market_position_strong", _AHEAD)):
            for match in islice(pattern.finditer(words), 2):
                if fact == "market_position_strong" and reading.title != "专精特新" and _PLACE.search(match[0]):
                    continue  # a place counts as itself
                if doubt and not match.start() <= doubt.start() < match.end():
                    continue  # 同行没有不知道我们的 is no doubt
                if fact == "market_position_strong" and _OF_SKILL.search(words[: match.start()]):
                    continue
                if fact == "reputation" and _BADGE.search(match[0]) and _TITLE.search(words):
                    continue  # 专精特新的牌子有
                if not _DENIED.search(words[: match.start()]):
                    at = clause.start + match.start(), clause.start + match.end()
                    found.setdefault(fact, reading.flag(fact, True, *at))
    if reading.title != "创新型" and (key := _key_link(reading)):
        found["field_fit"] = key
    for one in found.values():
        reading.hear(one.start, one.end)
    return list(found.values())


def _key_link(reading: Reading) -> Statement | None:
    """核心基础零部件 together with 产业链关键一环: one word for the field, one for the place in the chain, close together."""
    for basic in islice(_BASIC.finditer(reading.text), 3):
        near = max(0, basic.start() - 24)
        link = _LINK.search(reading.text, basic.end(), basic.end() + 24) or _LINK.search(
            reading.text, near, basic.start()
        )
        if link is None or reading.zone(basic.start()) or reading.zone(link.start()):
            continue
        clauses = [reading.clause(m.start()) for m in (basic, link)]
        told = [reading.text[c.start : m.start()] for c, m in zip(clauses, (basic, link), strict=True)]
        open_ = any(
            asks(reading.text, c) or unknown(reading.words(c)) or _PLANNED.search(reading.words(c)) for c in clauses
        )
        if open_ or any(_DENIED.search(words) for words in told):
            continue
        return reading.flag("field_fit", True, min(basic.start(), link.start()), max(basic.end(), link.end()))
    return None
