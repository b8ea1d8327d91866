"""Yes and no: the gates of article 11, standing in the market, and whatever else is a plain flag."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from assistant.facts.lexicon import Mention, lexicon
from assistant.facts.polarity import Polarity, polarity, unknown
from assistant.facts.punished import read_punished
from assistant.facts.reading import Reading
from assistant.facts.standing import STRATEGIC
from assistant.facts.text import Clause
from assistant.facts.values import Statement, Value

_INCIDENTS = (
    "safety_accident_l3y",
    "data_incident_l3y",
    "environmental_violation_l3y",
    "quality_problem_l3y",
    "sector_violation_l3y",
)
_KINDS = {
    "safety_accident_l3y": re.compile("安全(?!事件)|生产|工伤"),
    "data_incident_l3y": re.compile("数据|网络|信息"),
    "environmental_violation_l3y": re.compile("环保|环境|污染"),
    "quality_problem_l3y": re.compile("质量"),
    "sector_violation_l3y": re.compile("行业"),
}
_GOOD = ("market_position_strong", "reputation", "field_fit", "established_in_china", "is_sme", "honest_application")
_HAPPENED = re.compile(r"[出有发]生?过|发生|存在|被|因|受到|受过|造成|遇到|摊上|起|次")
_AMONG = re.compile(r"属于|是|涉及|[列划归算放纳]|[被上进落掉踩碰撞沾占]了?|在|为|成|有")
_AMONG_AFTER = re.compile(r"^(?:的|目录|名单|清单|产品|里|里面|项目|工艺)*(?:有|中|上榜|了|之列|之一|占)")
_PAST_THREE = re.compile(r"满(?:了)?三年|三年(?:零|多|出头)|(?:超|过)(?:过|了)?三年")
_GRAVE = re.compile(r"较大|重大|特大|特别重大|严重|死亡|死了|伤亡")
_MILD = re.compile(r"一般|轻微|小(?!企业)")
_LARGE = re.compile(r"大型企业|大企业|大型$|规模以上大")
_WORRIED = re.compile(
    r"怕|担心|担忧|发愁|恐怕|会不会|别人|人家|有人|听说|听人|听讲|传言|据说|以为|还算不算|误当|不会是"
)
_NOT_OF_ITS_SIZE = re.compile(r"(?:不是|不属于|不算|并非|算不上|够不上)[^，。；]{0,12}$")
"""不是中型、小型企业; but what is denied before 没上市、小企业 is another thing."""
_ABROAD = re.compile(r"境外|海外|开曼|维京|bvi|香港|国外|新加坡|美国")
_HOME = re.compile(r"中国|国内|境内|大陆|内地")
_ABROAD_FIRM = re.compile(
    r"(?<![子分孙])(?:公司|企业|主体|我们)(?:是|其实|主体|本身|当初|原来)*在?(?:境外|海外|开曼|维京|bvi|香港|国外|新加坡|美国|英属)(?:群岛|岛|那边|当地)?(?:注册|设立|成立)(?!.{0,4}(?:子公司|分公司|办事处|分支))"
    r"|(?:主体|注册地|注册地址|本部)(?:是|都|就|设|其实)*在(?:境外|海外|开曼|维京|bvi|香港|国外|新加坡|美国|英属)"
)
_HOME_FIRM = re.compile(
    r"在(?:中国|国内|境内|大陆|上海|青浦|浦东|长宁|静安|徐汇|黄浦|普陀|虹口|杨浦|松江|嘉定|闵行|奉贤|金山|宝山|崇明|北京|广州|深圳|杭州|苏州|(?!境|海|国外|香港|美)[^，。；外境港]{1,4}[省市区县镇])"
    r"(?:登记|依法)?(?:注册|设立)(?!商标|资本)|^(?:公司|企业|我们|属于|是|都)*(?:中国)?境内(?:依法)?(?:设立|注册|成立)(?!商标|资本|的)"
)
_GOOD_CREDIT = re.compile(
    r"信用(?:记录)?(?:良好|没问题|正常|干净|很好|一直好)|征信(?:良好|没问题)|无不良(?:信用)?记录|没有不良(?:信用)?记录"
)
_UNTRUE = re.compile(
    r"(?:数据|材料|数字|报表|证明|合同|发票|指标|账|营收|研发)[^，。；\d]{0,8}(?:凑(?!齐)|编(?!号|制)|是假|假的|注水|美化|掺水|做出来|包装|拼凑|改过|不真实|不实|虚报|虚增|水分)"
    r"|(?:材料|佐证|证明)[^，。；]{0,4}(?:不齐|没备齐|没准备齐|缺(?!乏)|不全|没齐|拿不出)"
)
_CLEAN_RECORD = re.compile(
    r"(?:没有?|未|无|从没|从未|没有过|零|不存在|不涉及)(?:[出发受有犯被到]+生?过?)?(?P<which>(?:任何|什么|一次|大"
    r"|重大|行政|相关|各类|过|的|安全|环保|较大|严重|不良|一起|啥"
    r"|生产|质量|环境|数据|网络|信息|行业|污染|事故|（|）|含|方面|等|这类|之类|这些|那些|这方面|、|和|与|及|或|以及){0,20})"
    r"(?P<what>事故|处罚|罚款|违法违规|违法|违规|出事|事儿?(?!业)|问题记录|不良记录|(?<=[全保量境据络息产、])(?:方面|上|这些|之类)?(?:的)?(?:问题|事件|情况|状况|纠纷|麻烦))"
)
_ALL_QUIET = re.compile(
    r"(?:(?:安全生产|安全|网络|数据|信息|环保|环境|质量|行业)(?:事故|管理|规定|方面|上|这块)?[、和与及]?){2,}+(?:等|方面|这些|这几[样块])?"
    r"(?:我们|公司|(?:这|近|最近|过去)?[三3]年(?:来|里|内|间)?|一直|从来){0,3}(?:都|统统|全|均|一概|也){1,2}(?:没有?|未|从没)(?:出|发生|有)过?(?:任何|什么|啥|大)?(?P<what>问题|事儿?(?!业)|状况|毛病|岔子|纰漏)"
)
_KINDS_BEFORE = re.compile(
    r"(?:(?:安全生产|安全|网络|数据|信息|环保|环境|污染|质量|生产|行业)(?:管理|监管|方面|上|这块|问题)?(?:[、和与及跟]|还有|以及)?)++"
    r"(?:等|方面|上|这块|这些|这[几两三四]?[样块]|我们|公司|也|都|统统|全|均|一直|从来|压根|根本|近?[三3]年(?:来|里|内)?)*+$"
)
_ANYTHING = re.compile(r"(?:大|小|什么|啥)?(?:出?事[儿情]?|岔子|纰漏)")
_SECTOR_KEPT = re.compile(
    r"行业(?:管理|监管)?(?:的)?(?:规[定章范矩](?:上|方面)?|上|方面)(?:我们|也|都|从来|一直)*(?:没有?|未|从没)(?:过)?(?:严重|重大)?(?:违反|违背|违规|犯)"
)
_WELL_KNOWN = re.compile(
    r"(?:客户|同行|业内|圈(?:[子内]里?|里)|行业里|行内)(?:的?人)?(?:基本|几乎)?(?:都|全)(?:晓得|知道|认识|听说过|认得)(?:我们|咱们?|阿拉)"
)
_BASICS = re.compile(
    r"(?:基本|基础|门槛|准入|共性|通用|公共|第十一条)(?:的)?(?:条件|要求|门槛|那几条)(?:我们|也|都|全|全部|均|肯定"
    r"|是)*(?:符合|满足|达标|没问题|没有问题|具备|ok|够|过关)"
)

_LOWER_BASICS = {"创新型": ("local_violations_l3y",), "科技型": ("violations_2y",)}
"""What the lower titles ask of everyone besides."""


def read_flags(reading: Reading) -> list[Statement]:
    """Every plain yes or no of the message."""
    found: list[Statement] = []
    for clause in reading.clauses:
        words = reading.words(clause)
        found += _clean(reading, clause, words)
        previous: str | None = None
        for mention in reading.mentions_in(clause.start, clause.end):
            if reading.zone(mention.start) or mention.decoy:
                continue
            statement = _flag(reading, clause, mention, previous)
            if statement:
                found.append(statement)
                previous = "no" if statement.value.flag is False else "yes"
    found += read_punished(reading, {s.key for s in found})
    for one in found:
        reading.hear(one.start, one.end)
    return _settled(found)


def _settled(found: list[Statement]) -> list[Statement]:
    """Without mere repetitions, and without the general where the particular was said."""
    kept: dict[tuple[str, bool | None], Statement] = {}
    for statement in found:
        kept.setdefault((statement.key, statement.value.flag), statement)
    yes = {key for key, flag in kept if flag}
    return [s for (key, flag), s in kept.items() if not (flag is False and key in yes and key in _INCIDENTS)]


def _clean(reading: Reading, clause: Clause, words: str) -> list[Statement]:
    """没出过事故也没受过处罚, 信用良好, 基本条件都符合."""
    found: list[Statement] = []
    quiet = match = _ALL_QUIET.search(words)
    if match and not reading.zone(clause.start + match.start()) and not _asks(words):
        at = clause.start + match.start(), clause.start + match.end()
        found += [reading.flag(fact, False, *at) for fact in _denied(match)]
    match = _WELL_KNOWN.search(words)
    if match and not reading.zone(clause.start + match.start()) and not _asks(words):
        found.append(reading.flag("reputation", True, clause.start + match.start(), clause.start + match.end()))
    match = _BASICS.search(words)
    if match and not reading.zone(clause.start + match.start()) and not _asks(words):
        at = clause.start + match.start(), clause.start + match.end()
        for fact in lexicon().basics["yes"]:
            found.append(reading.flag(fact, True, *at))
        for fact in (*lexicon().basics["no"], *_LOWER_BASICS.get(reading.title or "", ())):
            found.append(reading.flag(fact, False, *at))
    match = _SECTOR_KEPT.search(words)
    if match and not reading.zone(clause.start + match.start()) and not _asks(words):
        at = clause.start + match.start(), clause.start + match.end()
        found.append(reading.flag("sector_violation_l3y", False, *at))
    match = None if quiet else _CLEAN_RECORD.search(words)  # 安全、质量都没出过事 denies these two only
    if match and not reading.zone(clause.start + match.start()) and not _asks(words):
        at = clause.start + match.start(), clause.start + match.end()
        found += [reading.flag(fact, False, *at) for fact in _denied(match)]
    match = _UNTRUE.search(words)
    if match and not _asks(words) and not reading.zone(clause.start) and not re.search(r"取消|撤|摘", words):
        yes = bool(re.search(r"没有?|无|未|不(?:会|存在)|绝不", words[: match.start()][-6:] + match[0][:3]))
        at = clause.start + match.start(), clause.start + match.end()
        found += [] if yes else [reading.flag("honest_application", False, *at)]
    match = _ABROAD_FIRM.search(words)
    if match and not _asks(words) and not reading.zone(clause.start):
        at = clause.start + match.start(), clause.start + match.end()
        found.append(reading.flag("established_in_china", False, *at))
    match = _HOME_FIRM.search(words)
    if match and not _asks(words) and not reading.zone(clause.start):
        at = clause.start + match.start(), clause.start + match.end()
        found.append(reading.flag("established_in_china", True, *at))
    match = _GOOD_CREDIT.search(words)
    if match and not _asks(words):
        found.append(
            reading.flag("dishonest_listed_now", False, clause.start + match.start(), clause.start + match.end())
        )
    return found


def _denied(match: re.Match[str]) -> list[str]:
    """安全、环保事故 denies these two; 事故 or 处罚 alone denies all five."""
    told = match[0]
    if before := _KINDS_BEFORE.search(match.string[: match.start()]):
        told = before[0] + told  # 安全环保没出过事
    named = [fact for fact, pattern in _KINDS.items() if pattern.search(told)]
    return list(_INCIDENTS) if not named or sums_up(named, match["what"]) else named


def sums_up(kinds: Collection[str], noun: str) -> bool:
    """三年没出安全环保质量方面的事: whoever says so plainly, of the three kinds that everybody knows, means that nothing
    happened at all; 安全、环保、质量事故 names just these."""
    plain = {"safety_accident_l3y", "environmental_violation_l3y", "quality_problem_l3y"} <= set(kinds)
    return plain and bool(_ANYTHING.fullmatch(noun))


def _asks(words: str) -> bool:
    return bool(re.search(r"吗|有没有|是否|是不是|会不会|会影响|影响", words))


def _flag(reading: Reading, clause: Clause, mention: Mention, previous: str | None) -> Statement | None:
    words, at = reading.words(clause), (mention.start, mention.end)
    fact = next((f for f in (*_GOOD, *_INCIDENTS, "prohibited_product") if f in mention.facts), None)
    says = _says(reading, clause, mention, fact)
    if fact is None or says == "asked":
        return None
    if says == "unknown":
        return reading.said(fact, Value.uncertain(mention.word), *at)
    if fact in _INCIDENTS:
        return _incident(reading, clause, mention, fact, says=says, previous=previous)
    if fact == "prohibited_product":
        if says == "no":
            return reading.flag(fact, False, *at)
        return (
            reading.flag(fact, True, *at)
            if _AMONG.search(words[: mention.start - clause.start])
            or _AMONG_AFTER.match(words[mention.end - clause.start :])
            else None
        )
    if fact == "is_sme":
        return _size(reading, clause, mention, says)
    if fact == "established_in_china":
        place = reading.text[mention.end : mention.end + 6]
        if says == "no" and not _HOME.search(place + mention.word):
            return None  # 注册地不在上海 is no word on China
        return reading.flag(fact, says == "yes" and not _ABROAD.search(place + mention.word), *at)
    if fact == "field_fit" and mention.word in STRATEGIC and reading.title in ("创新型", "科技型"):
        return None  # read_standing has it
    if fact == "field_fit" and mention.word == "领域":
        return _field(reading, clause, mention, says)
    if mention.word == "知名" and re.match(
        r"机构|高校|大学|客户|企业|投资|院校|专家|车企|厂|公司", reading.text[mention.end :][:4]
    ):
        return None
    if fact == "reputation" and mention.word in ("口碑", "知名") and says == "yes" and re.search(r"差|不好", words):
        says = "no"
    return reading.flag(fact, says == "yes", *at)


def _says(reading: Reading, clause: Clause, mention: Mention, fact: str | None) -> Polarity:
    """What is said of the fact: 排名不靠前 denies it, 有没有名气，从来没了解过 leaves it open."""
    says = polarity(reading.text, clause, mention.start, mention.end)
    if says == "asked" and _not_known(reading, clause):
        return "unknown"
    if says == "yes" and fact in _GOOD and reading.text[mention.start - 1 : mention.start] in ("不", "没"):
        return "no"
    if says == "no" and fact == "is_sme":
        item = reading.text.rfind("、", clause.start, mention.start)
        if item >= 0 and not _NOT_OF_ITS_SIZE.search(reading.text[clause.start : mention.start]):
            return polarity(reading.text, replace(clause, start=item + 1), mention.start, mention.end)
    return says


def _not_known(reading: Reading, clause: Clause) -> bool:
    """有没有名气，从来没了解过: the clause behind says that the answer is not known."""
    following = reading.clauses[reading.clause_index(clause.start) + 1 :][:1]
    return any(c.sentence == clause.sentence and unknown(reading.words(c)) for c in following)


def _field(reading: Reading, clause: Clause, mention: Mention, says: str) -> Statement | None:
    after = reading.text[mention.end : clause.end]
    if re.match(r"(?:也|都|是|完全|肯定)*(?:符合|对口|没问题|属于|对得上)", after):
        return reading.flag("field_fit", True, mention.start, mention.end)
    return (
        reading.flag("field_fit", False, mention.start, mention.end)
        if re.match(r"不(?:符合|对口|属于|在)", after)
        else None
    )


def _size(reading: Reading, clause: Clause, mention: Mention, says: str) -> Statement | None:
    before = reading.text[max(clause.start, mention.start - 8) : mention.start]
    if re.search(r"型$|服务$|支持$|培育$|优质$", before) or mention.word == "划型":
        return None
    if re.search(r"还是.{0,4}型|哪[种一]|什么", reading.words(clause)):
        return None  # 我们算中型还是小型
    if _WORRIED.search(reading.words(clause)):
        reading.hear(clause.start, clause.end)
        return None  # 怕不算中小企业了, 别人说是大型企业
    large = bool(_LARGE.search(mention.word))
    owned = (
        re.search(
            r"属于|是|算|为|作为|符合|一家|境内|注册|设立|国内|本地|民营|内资|小型|中型|微型", before + mention.word
        )
        or not before
    )
    if not owned:
        return None
    if says != "yes" and large:
        return None
    return reading.flag("is_sme", (says == "yes") != large, mention.start, mention.end)


def _incident(
    reading: Reading, clause: Clause, mention: Mention, fact: str, *, says: str, previous: str | None
) -> Statement | None:
    words = reading.words(clause)
    alone = len(words) - len(mention.word) <= 2
    if says == "no" or (alone and previous == "no") or (alone and _denied_before(reading, clause)):
        return reading.flag(fact, False, mention.start, mention.end)
    old = [
        t for t in reading.times_in(clause.start, mention.start) if t.years and max(t.years) < reading.as_of.year - 3
    ]
    years_ago = [a for a in reading.amounts_in(clause.start, mention.start) if a.kind == "years" and a.lo and a.lo > 3]
    three = [a for a in reading.amounts_in(clause.start, mention.start) if a.kind == "years" and a.lo == 3]
    if three and "前" in words:
        index = reading.clause_index(clause.start)
        later = "".join(reading.words(c) for c in reading.clauses[index + 1 : index + 2])
        return reading.flag(fact, False, mention.start, mention.end) if _PAST_THREE.search(later) else None
    if old or (years_ago and "前" in words):
        return reading.flag(fact, False, mention.start, mention.end)
    if not _HAPPENED.search(words) or re.search(r"撤销|取消|摘牌", words):
        return None
    around = words[max(0, mention.start - clause.start - 6) : mention.end - clause.start]
    if _GRAVE.search(around):
        return reading.flag(fact, True, mention.start, mention.end)
    return reading.flag(fact, False, mention.start, mention.end) if _MILD.search(around) else None


def _denied_before(reading: Reading, clause: Clause) -> bool:
    index = reading.clause_index(clause.start)
    if index == 0:
        return False
    before = reading.words(reading.clauses[index - 1])
    return bool(re.search(r"没有?|无|未", before)) and bool(re.search(r"事故|违法|问题|处罚|泄露", before))
