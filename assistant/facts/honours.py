"""Science awards with their level and rank, recognised R&D institutions, and the rank in the market."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from assistant.facts.amounts import Amount
from assistant.facts.lexicon import Mention
from assistant.facts.polarity import UNKNOWN, polarity, unknown
from assistant.facts.reading import Reading
from assistant.facts.scope import asks
from assistant.facts.text import Clause
from assistant.facts.values import Statement, Value

_MUNICIPALITIES = ("上海", "北京", "天津", "重庆")
_ORDER = ["none", "municipal", "provincial", "national"]
_LEVEL = re.compile(
    r"(?P<national>国家|国务院|全国|国防|国奖)|(?P<provincial>省部|部[级里]|省|自治区|教育部|工信部|兵团|上海市?"
    r"|北京市?|天津市?|重庆市?)"
    r"|(?P<municipal>区[级里的县科]|区(?=企业|科|奖|工|技|认|重)|县|镇|园区|开发区|街道|区$)|(?P<city>市[级里的]?)"
)
_ANY_AWARD = re.compile(
    r"(?:没有?|未|无|从没|从未|零)(?:有)?(?:拿|得|获|评|任何|过|到|什么|啥|省部级?|省级|科技|科学技术|政府|相关|一个|一[项次]|奖项"
    r"|以上|及|的)*(?:奖|获奖)(?!金|励政策|补)"
    r"|(?:科技|科学|科学技术|省部级?(?:以上)?|省级(?:以上)?|政府|获)?奖(?:项|(?<=技奖)励|(?<=级奖)励|(?<=上奖)励)?(?:：|情况|我们|公司|也|都|就|还|是|更|啥的|什么的|这块|方面|从来|压根|根本|一个|一项|一次|半个|统统|目前|全)*"
    r"(?:没有?(?:拿|得|评|获|报|沾)?(?!问题|什么用)|未(?:获|得|拿)|空白|为零|是零|无(?!所)|谈不上|与我们无缘)"
    r"|奖项?(?:也好|、|和|跟|与|还有)[^，。；]{1,14}(?:都|也|全|统统)+(?:没有?(?!问题)|无)|(?:没|无)奖|与奖无缘|跟奖(?:项)?(?:无缘|不沾边|没缘)"
)
_ANY_INSTITUTION = re.compile(
    r"(?:没有?|未|无|没建|没设|没搞)(?:过|任何|什么|啥|一个|被认定的?|经认定的?|省部级?|省级|国家级?|及|以上|政府|部门|认定|的|自己)*+(?:研发|技术|科研)(?:机构|中心|平台)"
    r"|(?:研发|技术|科研)(?:机构|中心|平台)(?:：|情况|我们|公司|也|都|就|还|更|啥的|这块|方面|从来|压根|一个|一家|目前|全|统统)*(?:没有?(?!问题)|未(?:建|获|设)|空白|为零|是零|无)"
    r"|(?:没有?|未|无|没建|没设|没搞)(?:过|任何|什么|啥|一个|被认定的?|经认定的?)*省(?:部?级|里)(?:及?以上)?的?(?:机构|中心|平台|实验室)"
    r"|省(?:部?级|里)(?:及?以上)?的?(?:机构|中心|平台|实验室)(?:：|我们|公司|也|都|就|还|一个|一家|全|统统)*(?:没有?(?!问题)|空白|无)"
)
_JUST_BEHIND = 12
"""Signs from the name of an award to the year of it: 省科技奖2021年的."""
_NEVER_GOT = re.compile(
    r"(?:我们|从来|压根|都|也|还)*(?:没有?|未|从没|从未)(?:得|拿|获|评)?(?:到|上)?过?(?:的|呢|啊|呀)?"
)
_UNRECOGNISED = re.compile(
    r"(?:没有?|未|没被|还没|不曾|尚未)(?:被|经|得到|获得|通过|去)?(?:政府|官方|主管部门|部门|省里|市里)?(?:认定"
    r"|认可|评定)|自己建|自建|企业内部|内部的|内设|正在申[报请]"
    r"|在申[报请]|申请中|公示中|准备申报|(?:刚|才)(?:报|递|交)上?去|(?:正在|还在|仍在|在)(?:公示|评审|评|审|走流程|排队|等批|考察)|等(?:批|着批|发文|通知|公布|结果)|(?:没|未)(?:有)?(?:批|发文|公布|挂牌|授牌|下文|评上|通过|拿下来|过(?!期))"
)
"""Not recognised, or not yet."""
_ITS_LEVEL = re.compile(
    r"(?:也|都|就|才|只|不过|顶多|最多|仅|充其量|，|目前|现在|还|是|属于|为|算|够|到|拿的?|由|被|给)*(?P<by>[省市区县部][^，。；、没未不正在想]{0,6}?(?:局|厅|委|里|级|认|批|评|给|挂|发|授|定)|[\u4e00-\u9fff]{2}市(?=[里级认批评给挂发授定]))[^，。；、没未不]{0,5}(?=$|[，。；、])"
)
"""研发中心也就市里认定的, 工程中心是苏州市认定的: its level, told behind it."""
_UPPER_DENIED = re.compile(
    r"(?:国家|省|部)(?:部)?[级里]?(?:重点|的|那个|那边|那档|也|都|还|就)*(?:申(?:请|报)?了?|报了?|评了?)?(?:也|都|还|一直|就|却|但)*(?:没有?|未)(?:评|批|认|拿|选|申|报|过|成|给)?(?:上|成|到|过|下来|准|定|通过|成功|报成功|报过|请过)*(?:的|过|功)*"
)
"""省里的没评上: beside an institution or an award that is of a lower level."""
_RECOGNISED_BY = re.compile(
    r"(?:也|都|就)?(?:是|属于|为|由|被)?(?P<by>[^，。；没未不正在想]{1,8}?(?:局|厅|委|政府))(?:去年|前年)?(?:认定?|批|评|发|建|授)(?:定|准|上)?[的了]?(?P<level>[省市区县]级|国家级)?"
)
"""研发中心是苏州市科技局认的市级: who recognised it, and as what."""
_NO_PROVINCE = re.compile(r"(?:没有?|未|不是|不算)[^，。；]{0,4}省[级里]|省[级里][^，。；]{0,6}(?:没|未|不是)")
_PARTNER = r"(?:高校|大学|学院|研究所|研究院|学校|对方|别人|人家|合作方|合作单位|客户|供应商|兄弟公司|子公司|关联公司)(?:那边|那里|他们|自己)?"
_PARTNER_HAS = re.compile(rf"(?<![和跟与同]){_PARTNER}(?:的|有(?:一?个|一家)?)[^，。；我]{{0,8}}$")
_IS_THE_PARTNERS = re.compile(
    rf"(?:牌子)?(?:其实|都|也|就|不过|但|还|确实)*(?:是|属于|归|挂在|设在|放在|算)(?:他们|那个|我们)?[^，。；我认评批]{{0,8}}?{_PARTNER}(?:的|名下|里|那|所有|$)"
)
_ONLY_TAKES_PART = re.compile(
    r"(?:我们|公司|我司|咱们?)(?:其实|只|就|不过|仅|也)*(?:是|算|属于)(?:个|一个)?(?:合作|参与|协作|成员|协办|配合)(?:方|单位|企业|者)?"
)
_SOCIETY = re.compile(r"协会|学会|商会|行业奖|联合会")
_MARKET = re.compile(r"国内|全国|行业|细分|市场|占有率|市占|份额|同行|业内|全球|世界|国际|赛道")
_ON_A_LIST = re.compile(r"榜单?(?:上面?|里面?)?(?:我们|公司|我司|咱们?|是|排|列|在|为)*$")
_OF_MARKET = re.compile(r"排名|占有率|市占|份额|细分|市场")
_WORLD = re.compile(r"全球|世界|国际")
_LOCAL = re.compile(r"省内|全省|市内|全市|区内|本地|上海市?内?|华东|省里|市里|区里|园区|江苏|浙江|本市|本省")
_RANKED = re.compile(r"排名?(?:在|是|为)?第几|第几(?:完成|名|位)|排多少|排名")
_NOT_AMONG = re.compile(r"(?:没有?|未|不)(?:能)?(?:排|挤)?(?:进入?|在|到|是)$|进不了$|排不进$")
_GIVEN = re.compile(r"奖(?:项|励)?(?:是|在|就|都|我们)*[^，。；]{0,8}(?:公布|公告|颁|发的|授|下来|评的|得的|拿的)")
_NAMED_IN_IT = re.compile(r"(?:在|列在|写在|有)[^，。；]{0,6}(?:完成单位|获奖证书|证书|获奖名单)(?:里|上|中|之列|名单)")
_NOT_NAMED = re.compile(
    r"(?:证书?|名单|完成单位|获奖单位|奖状)(?:里|上|中)?(?:面|头)?(?:都|也|压根|根本|却|并|又)*(?:没有?|不|未)(?:写|列|有|署|含|提|带|包括|包含|见)?(?:到|上|过)?(?:我们|公司|我司|咱们?|企业|本单位)"
)
_MAYBE = re.compile(r"可能|也许|大概|好像|说不定|或许|没准|似乎|估计|或者?")
_UNITS = re.compile(r"(?:完成|获奖|参与|参加|署名|主要)单位|完成人|署名|获奖名单")
_SHARED_IP = re.compile(r"共有|共同(?:拥有|持有|所有|申请)|权利人|专利权人|发明人")
_FIRST_UNIT = re.compile(r"(?:牵头|第一|主要牵头)(?:完成)?单位|我们牵头|独立完成|唯一完成")


def level(reading: Reading, clause: Clause, mention: Mention) -> str | None:
    """The level told nearest to a mention: in it, before it, or after it by "是…级的"."""
    start = max(clause.start, mention.start - 12)
    words = reading.text[start : mention.end]
    found = list(_LEVEL.finditer(words))
    if not found:
        after = re.match(
            r"(?:也|都|，)?(?:是|属于|为|认定为|（)?(.{0,4}级)", reading.text[mention.end : clause.end][:10]
        )
        found = list(_LEVEL.finditer(after[1])) if after else []
    if not found and (behind := _ITS_LEVEL.match(reading.text, mention.end, clause.end)):
        found = [m for m in (_LEVEL.search(behind["by"]),) if m]
        words += behind["by"]
    if not found and (by := _RECOGNISED_BY.match(reading.text, mention.end, clause.end)):
        found = [m for m in (_LEVEL.search(by["level"] or by["by"]),) if m]
        words += by["by"] or ""
    if not found:
        return None
    unnamed = found[-1].lastgroup == "city" and not re.search(r"[\u4e00-\u9fff]{2}市", words)
    if unnamed and reading.place[:2] in _MUNICIPALITIES and _NO_PROVINCE.search(reading.text):
        return None  # who speaks of a province besides is of no municipality
    behind = re.match(r"[^，。；]{0,3}（(?P<city>[\u4e00-\u9fff]{2,4}市)", reading.text[mention.end : clause.end])
    return _place_level(found[-1], reading.place, words + (behind["city"] if behind else ""))


def _place_level(match: re.Match[str], place: str, words: str) -> str:
    group = match.lastgroup or ""
    if group != "city":
        return group
    named = re.search(r"([\u4e00-\u9fff]{2})市", words)
    city = named[1] if named else place[:2]
    if named and city not in _MUNICIPALITIES and not re.search(r"[里级的是有过了定获]$", city):
        return "municipal"
    return "provincial" if (city if city in _MUNICIPALITIES else place[:2]) in _MUNICIPALITIES else "municipal"


def read_honours(reading: Reading) -> list[Statement]:
    """award_level_l3y, award_rank, rd_institution and market_rank."""
    return [*_awards(reading), *_institutions(reading), *_ranks(reading)]


def _best(reading: Reading, fact: str, found: list[tuple[str, int, int]]) -> list[Statement]:
    if not found:
        return []
    name, start, end = max(found, key=lambda item: _ORDER.index(item[0]))
    return [reading.choice(fact, name, start, end)]


def _awards(reading: Reading) -> list[Statement]:
    found: list[tuple[str, int, int]] = []
    for mention, clause in _named(reading, "award_level_l3y"):
        says = polarity(reading.text, clause, mention.start, mention.end)
        told = level(reading, clause, mention)
        if says == "asked" or _SOCIETY.search(reading.text[max(clause.start, mention.start - 8) : mention.start]):
            continue
        if says == "no":
            reading.hear(mention.start, mention.end)
            if told in (None, "provincial") or (told == "national" and reading.title == "小巨人"):
                found.append(("none", mention.start, mention.end))
        elif told and (says == "yes" or _RANKED.search(reading.words(clause))):
            found.append(("none" if _too_old(reading, clause, mention.start) else told, mention.start, mention.end))
    if not found:
        for clause in reading.clauses:
            match = _ANY_AWARD.search(reading.words(clause))
            match = match or _asked_and_denied(reading, clause)
            if match is None or re.search(r"吗$|有没有|是否", reading.words(clause)):
                continue
            before = reading.words(clause)[max(0, match.start() - 4) : match.start()]
            if re.search("国家|国奖", before + match[0]) and reading.title != "小巨人":
                reading.hear(clause.start + match.start(), clause.start + match.end())
            elif not reading.zone(clause.start + match.start()) and not re.search("[市区]级?的?$", before):
                found.append(("none", clause.start + match.start(), clause.start + match.end()))
                break
    return _best(reading, "award_level_l3y", _around_the_award(reading, found))


def _around_the_award(reading: Reading, found: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """奖是去年公布的, 公司在证书完成单位里: when it was given, and that the company is named in it."""
    before = any("award_level_l3y" in m.facts for m in reading.about_mentions) or "award_level_l3y" in reading.known
    if not found and not before:
        return []
    for clause in reading.clauses:
        words = reading.words(clause)
        if _NAMED_IN_IT.search(words) and not re.search("没|未|不", words):
            reading.hear(clause.start, clause.end)
        if (
            _NOT_NAMED.search(words)
            and "专利" not in words
            and not asks(reading.text, clause)
            and not reading.zone(clause.start)
        ):
            return [("none", clause.start, clause.end)]
        given = _GIVEN.search(words)
        years = [y for t in reading.times_in(clause.start, clause.end) for y in t.years]
        if given is None or not years or asks(reading.text, clause) or reading.zone(clause.start):
            continue
        reading.hear(clause.start, clause.end)
        if max(years) < reading.as_of.year - 3:
            return [("none", clause.start, clause.end)]
    return found


def _asked_and_denied(reading: Reading, clause: Clause) -> re.Match[str] | None:
    """国家级的奖？没得过: the asker answers their own question in the clause behind it."""
    index = reading.clause_index(clause.start)
    match = re.search(r"奖项?$", reading.words(clause))
    if match is None or index + 1 >= len(reading.clauses) or reading.text[clause.end : clause.end + 1] not in "？?，：":
        return None
    return match if _NEVER_GOT.fullmatch(reading.words(reading.clauses[index + 1])) else None


def _named(reading: Reading, fact: str) -> list[tuple[Mention, Clause]]:
    named = [m for m in reading.mentions if fact in m.facts and not reading.zone(m.start)]
    return [(m, reading.clause(m.start)) for m in named]


def _too_old(reading: Reading, clause: Clause, at: int) -> bool:
    years = [y for t in reading.times_in(clause.start, at) for y in t.years]
    years = years or [y for t in reading.times_in(at, min(clause.end, at + _JUST_BEHIND)) for y in t.years]
    if years and max(years) < reading.as_of.year - 3:
        return True
    ago = [a for a in reading.amounts_in(clause.start, at) if a.kind == "years" and a.lo is not None and a.lo > 3]
    return bool(ago) and reading.text[ago[0].end : ago[0].end + 2].startswith(("前", "以前"))


def _of_others(words: str, mention: Mention, clause: Clause, following: str) -> bool:
    """Whether an institution is that of a parent or of a partner: 实验室是高校的，我们就是合作方."""
    before, after = words[: mention.start - clause.start], words[mention.end - clause.start :]
    owned = _PARTNER_HAS.search(before) or _IS_THE_PARTNERS.match(after) or _ONLY_TAKES_PART.match(following)
    return bool(owned or re.search(r"集团|母公司|总部|股东", words))


def _institutions(reading: Reading) -> list[Statement]:
    found: list[tuple[str, int, int]] = []
    for mention, clause in _named(reading, "rd_institution"):
        says = polarity(reading.text, clause, mention.start, mention.end)
        told = level(reading, clause, mention)
        index = reading.clause_index(clause.start)
        words = reading.words(clause)
        following = reading.words(reading.clauses[index + 1]) if index + 1 < len(reading.clauses) else ""
        if says in ("asked", "unknown") or _of_others(words, mention, clause, following):
            continue
        if says == "no" or _UNRECOGNISED.search(words):
            found.append(("none", mention.start, mention.end))
        elif told:
            found.append(
                (
                    "none" if re.match(r"(?:但|不过)?(?:还)?(?:没|未)(?:被|有)?(?:认定|批|公布)", following) else told,
                    mention.start,
                    mention.end,
                )
            )
        elif (
            _UNRECOGNISED.search(following)
            and not _LEVEL.search(following)
            and not reading.mentions_in(clause.end, clause.end + len(following))
        ):
            found.append(("none", mention.start, mention.end))
    if not found:
        for clause in reading.clauses:
            match = _ANY_INSTITUTION.search(reading.words(clause))
            if (
                match
                and not reading.zone(clause.start + match.start())
                and not re.search("吗$|有没有", reading.words(clause))
            ):
                found.append(("none", clause.start + match.start(), clause.start + match.end()))
    if any(name in ("none", "municipal") for name, _, _ in found):
        for clause in reading.clauses:
            if _UPPER_DENIED.fullmatch(reading.words(clause)):
                reading.hear(clause.start, clause.end)
    return _best(reading, "rd_institution", found)


def _ranks(reading: Reading) -> list[Statement]:
    found: list[Statement] = []
    awards = [m.end for m, _ in _named(reading, "award_level_l3y")]
    for amount in reading.amounts:
        if amount.kind != "rank" or reading.zone(amount.at) or amount.start < 0:
            continue
        clause = reading.clause(amount.at)
        lead = reading.text[max(clause.start, amount.start - 14) : amount.start]
        tail = reading.text[amount.end : amount.end + 8]
        words = reading.words(clause)
        if _MAYBE.search(reading.text[max(clause.start, amount.start - 5) : amount.start]):
            continue
        if "几" in reading.text[amount.at : amount.end] or re.search(r"吗|才能|必须|要求|倒数", words):
            continue
        fact = _rank_of(reading, amount, clause, tail, awards)
        if fact is None or (fact == "market_rank" and _LOCAL.search(lead)):
            continue
        ranked = amount
        if fact == "market_rank" and _WORLD.search(lead) and not re.search("国内", lead):
            ranked = replace(amount, lo=Fraction(1))
        if _NOT_AMONG.search(lead) and amount.hi is not None:
            ranked = replace(amount, lo=amount.hi + 1, hi=None)
        found.append(reading.number(fact, ranked, amount.start, amount.end))
    if not any(s.key == "market_rank" for s in found):
        found += _rank_unknown(reading, awards)
    if not any(s.key == "award_rank" for s in found):
        found += _award_rank_in_words(reading, awards)
    return found


def _rank_unknown(reading: Reading, awards: list[int]) -> list[Statement]:
    """排名没提, 第几真不晓得, where no award is spoken of."""
    for clause in reading.clauses if not awards else ():
        words = reading.words(clause)
        named = re.search(r"排名|排第几|第几(?!年|次|个|批|轮)|排几|排多少", words)
        if named and unknown(words) and not reading.zone(clause.start) and "award_rank" not in reading.expecting:
            if _SHARED_IP.search(words):
                continue  # 权利人里排第几记不得
            value = Value.uncertain(reading.message[clause.start : clause.end])
            return [reading.said("market_rank", value, clause.start, clause.end)]
    return []


def _rank_of(reading: Reading, amount: Amount, clause: Clause, tail: str, awards: list[int]) -> str | None:
    lead = reading.text[max(clause.start, amount.start - 14) : amount.start]
    if re.match(r"的?(?:是|为)(?:我们的?)?(?:竞争|对手|别|他|同行|另|其他|某)", tail) or _SHARED_IP.search(
        reading.text[max(0, amount.start - 24) : amount.start]
    ):
        return None
    if re.match(r"(?:完成|获奖|署名)(?:单位|人)|作者|权利人", tail):
        return None if tail.startswith("权利人") else "award_rank"
    if _UNITS.search(lead):
        return "award_rank" if awards or "award_rank" in reading.expecting else None
    if _MARKET.search(lead):
        return "market_rank"
    near = [end for end in awards[-8:] if end <= amount.start and amount.start - end < 45]
    if near:
        return "award_rank"
    asked = next((k for k in reading.expecting if k in ("award_rank", "market_rank")), None)
    if asked:
        return asked
    told = re.search(r"我们(?:是|排|公司)*$", lead) and _MARKET.search(
        reading.text[max(0, clause.start - 20) : clause.start]
    )
    told = told or (
        _ON_A_LIST.search(lead) and _OF_MARKET.search(reading.text[max(0, amount.start - 40) : amount.start])
    )
    return "market_rank" if (told or re.search(r"排名?|位居|位列|名列|做到", lead)) and not near else None


def _award_rank_in_words(reading: Reading, awards: list[int]) -> list[Statement]:
    for end in awards[:8]:
        window = reading.text[end : end + 40]
        match = _FIRST_UNIT.search(window)
        if match:
            at = end + match.start(), end + match.end()
            return [reading.said("award_rank", Value.exact(1, match[0]), *at)]
        match = _RANKED.search(window)
        if match and UNKNOWN.search(window):
            clause = reading.clause(end + match.start())
            missing = unknown(reading.words(clause))
            start, stop = clause.start, clause.end
            if missing:
                return [reading.said("award_rank", Value.uncertain(reading.message[start:stop]), start, stop)]
    return []
