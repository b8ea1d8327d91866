"""Clauses that tell nothing beyond what the message told elsewhere: what somebody thinks of a figure that was told, what
came of an accident that no standard counts, how a list was entered and left, that there is none of what was told to be
none, a helper's offer that was turned down, the announcement of a doubt that a question then spells out.

Each form is closed: every word of the clause is one that may stand there, so that a word that might bear on a criterion
keeps the clause open. What sounds like made-up figures is never passed over.
"""

from __future__ import annotations

import re

from assistant.facts.asides import AROUND, KILLED, MILD, derived, matters_in
from assistant.facts.reading import Reading
from assistant.facts.trouble import has_figure, speaks_ill
from assistant.facts.values import Statement, Value

_SEGMENT = re.compile(r"[^，。；！？：\n]+")
_LONGEST, _AHEAD = 40, 5
_RANKED = 3
"""The last rank with which an award counts."""

_OPINION = re.compile(
    r"(?:我们?|企业|公司|单位|老板娘?|会计|财务|出纳|客户|股东|合伙人|领导|厂长|经理|[\u4e00-\u9fff]总|家里人?|老婆|爱人|媳妇|老公|爸|妈|总监|主管|科长|主任|助理|老师|他们?|她|大家|同事|员工|顾问|朋友|自己|心里|这边|那边|们"
    r"|也|都|还|就|一直|总|老是?|有点|最|主要|的是|不过|但|可|只是)*+"
    r"(?:生?怕|担心|担忧|嫌|觉得|感觉|认为|说|发?愁|犯愁|纠结|不放心|紧张|操心)(?:的是|着|起来)?"
)
_DEGREE = re.compile(
    r"相?差(?:得|距)?[太很这那么]*[多远大]?|悬殊|不(?:均|平衡|稳)|悬|险|危险|玄|紧张?|够呛|难看|薄|单薄|可怜|寒碜|凑合|勉强|刚|擦边|压线|贴线|踩线|那个|金额|数字|一年|当年|单年"
)

_ACCIDENT = re.compile(r"事故|起火|着火|火灾|爆炸|伤")
_OF_IT = (
    r"当时|后来|最后|已经?|早就?|都|也|就|只|全|我们|公司|厂里|车间|单位|企业|被|给|该|了结|了|过|的|完|好|清|掉|到位|合格|并|且|以后|之后|又|还"
    r"|另外|和|、|相关|有关|大?前年|[去今]年|20\d\d年|\d{1,2}月份?"
)
_DONE_ABOUT_IT = (
    r"(?:处)?罚(?:款|金|单)?|赔(?:偿|付|款|钱)?|停(?:产|工|业|机)?(?:整[顿改])?|[俩仨]个?月?|整改|处[理分]|验收|复[工产查]|责任人?|负责人|撤职|结案|交|缴|付|通过|关停|休整"
    r"|(?:应急|安监|监管|消防|救援|管理|局|部门|大队|政府|街道|上面|那边|专家|调查组)|调查|结论|报告|下来|出来|认定|定性?|判定|鉴定|属于|算|是|为|成"
    r"|一般|轻微|等级|级别?|责任|安全|生产|火灾|(?<!大)事故|事情?|医药费|工伤|走|康复|出院|治"
    r"|没(?:有)?(?:人员?)?(?:伤亡|受伤|伤到?人|死人|人受?伤|处罚|罚款?|被罚)|[\d.一二两三四五六七八九十百千万半几]++(?:多|来)?(?:万|千|百)?(?:元|块|钱|个?月|天|星期|周|次|回)*"
)
_QUIET = (
    r"(?:从此|此后|之后|往后|以后|后来|打那|自那|从那|那|起|一直|至今|到现在|现在|目前|再|也|都|就|没有?|未|出|发生|过|任何|什么|大|小|事故?|问题|岔子|太平|平安|太太平平|平平安安|安安稳稳"
    r"|无事|安全|生产|以|来|了|很|挺|的)*+"
)
_CAME_OF_IT = re.compile(rf"(?:{_OF_IT}|{_DONE_ABOUT_IT})*+")
_QUIET_SINCE = re.compile(_QUIET)

_LISTS = ("abnormal_listed_now", "dishonest_listed_now")
_LEFT_IT = re.compile(r"移出|移除|移走|解除|修复|出来了|摘掉|撤下|撤出|除名|恢复正常")
_SEEN_CLEAN = re.compile(
    r"(?=.*(?:查不到|搜不到|找不到|查无|没有?(?:我们|公司|记录|这条|异常|了$)|干净|干干净净|正常(?!经营)|清白|不在))"
    r"(?:现在|如今|目前|眼下|今天|昨天|今年|已经?|早就?|信用|中国|公示|系统|网站|网页|网|平台|国家|企业|信息|上面?|里面?|中|面|头|查无|查|搜|看|过|都|也|是|了|的|没有?|我们|公司|记录|这条|不到|找|查无"
    r"|干干净净|干净|正常|清白|显示|状态|任何|异常|不在|名单|名录|才|来报|来|报|全部?|再|经营|一切|(?<!不)怎么|，)*+"
)
_NOT_CLEAN = re.compile(r"(?:不|没有?|未)(?:是|太|很|算|完全|恢复)*(?:正常|干净|清白)|不是查不到|没有?查")
_WHY_LISTED = re.compile(
    r"(?:因为|由于|就|是|都|也|我们|公司|厂里|会计|财务|今年|去年|前年|大前年|20\d\d年|上半年|下半年|当时|后来|一时|那年|那次|的|了|过|完|好|没有?|未|忘记?|漏|晚|迟|拖|补|改|变更|更新|搬|换|及时|按时|按期"
    r"|年报|年度报告|地址|注册地址?|住所|经营场所|登记|公示|报送?|交|申报|办|去|来|马上|立马|当月|当天|\d{1,2}月份?|以后|之后|才|给|一[次回下年]|联系不上|电话|找不到|人|收不到|信|寄|函)++"
)
_MATTER_OF_LIST = re.compile(r"年报|年度报告|地址|住所|经营场所|登记|公示")
_ENTERED = re.compile(
    r"(?:就|后来|结果|当时|我们|公司|厂里|一度|还|也|曾经?|都|给|被|因此|因为这个|所以|[一\d]{1,2}月份?|去年|前年|今年)*(?:进|列|上|拉|挂|收|放)(?:进|入|到|上|在|了|过)*(?:经营|工商|严重)?(?:异常|违法失信|失信)(?:经营)?(?:主体)?(?:名录|名单)?(?:里面?|中|了|过|一[次回])*"
)

_NONE_OF_IT = re.compile(
    r"(?=.*(?:没|未|无|零|[全只都光尽]|清一色))"
    r"(?:我们|公司|名下|手里|手上|目前|现在|到现在|至今|发明|专利|授权|i类|一类|知识产权|自己|的|一堆|[一半]?[件个项张]|都|也|还|全部?|是|清一色|只|光|尽|有|就|没有?|未|无|零|下来|到手|批|拿到?|证书?|实用新型|实用|新型"
    r"|外观设计|外观|软著|软件著作权|和|、|跟|与|在审|实审|实质|审查|受理|阶段|申请|交|等|着|中|了|[\d一二两三四五六七八九十几]+|倒是?|可惜|其实|而已|不少|些|多|（|）)++"
)

_OFFER = re.compile(
    r"(?:包|保证?)(?:你|您|我们)?(?:过|通过|拿|批|中|评上|下证)|搞定|摆平|打点|运作|走关系|托关系|有门路|内部名额|帮(?:你|您|我们?|忙)(?:报|办|弄|跑|操作|运作|代办|包装)"
)
_TURNED_DOWN = re.compile(
    r"(?:我们?|老板娘?|公司|会计|财务|他|当然|直接|当场|当即|就|也|都|马上|立马|根本|一概|全|被|给|把|电话|人家?|没敢?)*"
    r"(?:没(?:有)?(?:去|敢)?(?:理|搭理|睬|答应|同意|信|听|上当|给钱?|交钱?|付|找|要|睬|接茬|接|回)|不理|不信|没敢|拒绝|拒|回绝|谢绝|婉拒|推|挂|拉黑|删|骂|轰|赶)"
    r"(?:他们?|她|它|了|的|我们|老板|电话|掉|走|出去|回去|睬|会|这一?套|这个|这种|这事|人|好友)*"
)

_FEE = re.compile(
    r"(?:说|只|就|要|得|收|交|花|给|付|先|开价|报价|要价|他|她|人家)*[\d.一二两三四五六七八九十百千几]+(?:来|多)?[万千百](?:元|块|钱|的|手续费|代办费|服务费|左右|就行)*"
)

_OF_AN_AWARD = re.compile(r"领奖|颁奖|奖状|奖杯|奖牌|获奖|得奖|拿奖")
_GRAVE_OF_AN_AWARD = re.compile(
    r"名|人|单位|大学|学院|高校|院|集团|母公司|总部|个人|老板|取消|撤|收回|年|级|第|排|算|省|市|国|奖金"
)

_ANNOUNCED = re.compile(
    r"(?:我们?|老板|客户|不过|但|就|还|只|唯一|仅|有|[一两]|个|点|件|处|事情?|地方|问题|规定|政策|疑问|搞|弄|想|看|一直|实在|真|最|心里|这|那|是|的|请教|问|总|始终)*"
    r"(?:拿不准|吃不准|不确定|不明白|没把握|没底|不清楚?|不懂|想不通|拎不清|纠结|犯嘀咕)(?:的|了|的是)*"
)
_OF_A_RULE = re.compile(r"问题|地方|[一这那]点|事|处|规定|政策|疑问")
_ASKS = re.compile(
    r"算不算|算(?:是|得上)?[^，。]{0,10}[吗么伐]$|是不是|能不能|会不会|要不要|够不够|行不行|还(?:能)?算|影不影响|[吗么伐]$"
)


def read_told_already(reading: Reading, found: list[Statement]) -> None:
    """Notes such clauses as heard; ``found`` is everything read."""
    told = derived({s.key for s in found} | set(reading.known))
    incident = _Incident(reading, found)
    left = _left_every_list(reading, found)
    values = {s.key: s.value for s in found}
    awarded = {"award_level_l3y", "award_rank"} <= set(values)
    none = _none_or_not_examined(reading, values)
    segments = list(_SEGMENT.finditer(reading.text))
    for number, segment in enumerate(segments):
        words, (start, end) = segment[0].strip(), segment.span()
        of_the_incident = incident.told_by(words, start, end)
        if len(words) > _LONGEST or any(s.start < end and start < s.end for s in found):
            continue
        ahead = [s[0].strip() for s in segments[number + 1 : number + 1 + _AHEAD]]
        if (
            of_the_incident
            or (left and _of_a_list(words))
            or (none and _NONE_OF_IT.fullmatch(words))
            or _opinion(reading, start, end, words, told, found)
            or (awarded and _of_an_award(words))
            or (
                _FEE.fullmatch(words)
                and _turned_down(ahead[:2])
                and _offered(reading, segments[max(0, number - 2) : number])
            )
            or (_TURNED_DOWN.fullmatch(words) and number and _offered(reading, segments[max(0, number - 2) : number]))
            or (_OFFER.search(words) and not reading.mentions_in(start, end) and _turned_down(ahead[:2]))
            or (_ANNOUNCED.fullmatch(words) and _OF_A_RULE.search(words) and _question_on(reading, segment, told))
        ):
            reading.hear(start, end)


def _none_or_not_examined(reading: Reading, values: dict[str, Value]) -> bool:
    """Whether there is no Class-I right at all, or the title asked about does not look at them: nothing said of how they
    are missing can make that worse."""
    if "class_1_ip" in values:
        return values["class_1_ip"].hi == 0
    centre, award, rank = (values.get(key) for key in ("rd_institution", "award_level_l3y", "award_rank"))
    ranked = rank is not None and rank.hi is not None and rank.hi <= _RANKED
    levels = {"专精特新": ("provincial", "national"), "小巨人": ("national",)}.get(reading.title or "", ())
    by_centre = reading.title == "专精特新" and centre is not None and centre.choice in levels
    return by_centre or (ranked and award is not None and award.choice in levels)


def _of_an_award(words: str) -> bool:
    """领奖那天我也去了: beside the award and its rank, and in words that tell of neither."""
    plain = not _GRAVE_OF_AN_AWARD.search(words) and not speaks_ill(words) and not has_figure(words)
    return plain and bool(_OF_AN_AWARD.search(words))


class _Incident:
    """An accident of the lowest grade, or one before the years that count, and what is told right behind it."""

    def __init__(self, reading: Reading, found: list[Statement]) -> None:
        open_ = [s for s in found if s.key.endswith("_l3y") and "award" not in s.key]
        grave = any(s.value.flag is not False for s in open_ if "rd" not in s.key and s.value.choice is None)
        self.reading = reading
        self.mild = not grave and bool(MILD.search(reading.text)) and not KILLED.search(reading.text)
        self.counts = not grave
        self.live = False

    def told_by(self, words: str, start: int, end: int) -> bool:
        """Whether a segment tells only what came of it. To be called for every segment in turn."""
        if not self.counts:
            return False
        years = [year for time in self.reading.times_in(start, end) for year in time.years]
        past = bool(years) and max(years) < self.reading.as_of.year - 3
        if _ACCIDENT.search(words) and (past or self.mild):
            self.live = True
            return bool(self.mild and _CAME_OF_IT.fullmatch(words))
        if years and not past and not self.mild:
            self.live = False
        return self.live and bool(_CAME_OF_IT.fullmatch(words) or _QUIET_SINCE.fullmatch(words))


def _left_every_list(reading: Reading, found: list[Statement]) -> bool:
    """Whether the message tells that the company was on a list, has left it, and is on none."""
    states = [s.value.flag for s in found if s.key in _LISTS]
    return bool(states) and all(flag is False for flag in states) and bool(_LEFT_IT.search(reading.text))


def _of_a_list(words: str) -> bool:
    if _SEEN_CLEAN.fullmatch(words):
        return not _NOT_CLEAN.search(words)
    return bool(_ENTERED.fullmatch(words) or (_MATTER_OF_LIST.search(words) and _WHY_LISTED.fullmatch(words)))


def _opinion(reading: Reading, start: int, end: int, words: str, told: set[str], found: list[Statement]) -> bool:
    """会计觉得110万有点悬, 股东嫌24年太少: of figures and matters that were told, and in words that add none."""
    opened = _OPINION.match(words)
    if opened is None:
        return False
    values = {s.value.lo for s in found}
    amounts = reading.amounts_in(start, end)
    times = reading.times_in(start, end)
    years = {year for time in times for year in time.years}
    of_years = {s.key.rpartition("@")[2] for s in found if "@" in s.key}
    named, _ = matters_in(reading, start, end)
    if not (amounts or years or named) or not named <= told or not {str(year) for year in years} <= of_years:
        return False
    if named and years:
        return False  # 怕前年研发占比不够, where another year was told
    if any(amount.lo not in values for amount in amounts):
        return False
    blank = list(reading.text[:end])
    for at in (*((a.start, a.end) for a in amounts), *((t.start, t.end) for t in times)):
        blank[at[0] : at[1]] = " " * (at[1] - at[0])
    masked = "".join(blank[start + opened.end() :])
    for word in sorted((reading.text[m.start : m.end] for m in reading.mentions_in(start, end)), key=len, reverse=True):
        masked = masked.replace(word, "")
    return not AROUND.sub("", _DEGREE.sub("", masked)).strip()


def _turned_down(ahead: list[str]) -> bool:
    return any(_TURNED_DOWN.fullmatch(words) for words in ahead)


def _offered(reading: Reading, before: list[re.Match[str]]) -> bool:
    return any(_OFFER.search(s[0]) and not reading.mentions_in(*s.span()) for s in before)


def _question_on(reading: Reading, announced: re.Match[str], told: set[str]) -> bool:
    """Whether a question behind the announcement asks about the rule for what was told: 人数过千还算不算中小企业."""
    size = {"is_sme"} if "industry" in told and told & {"staff", "revenue"} else set[str]()
    for number, segment in enumerate(_SEGMENT.finditer(reading.text, announced.end())):
        if number >= _AHEAD:
            break
        if _ASKS.search(segment[0].strip()):
            named, _ = matters_in(reading, *segment.span())
            return bool(named) and named <= told | size
    return False
