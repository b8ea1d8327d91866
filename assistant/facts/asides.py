"""Talk beside the facts: the speaker's feelings and circumstances, business in general, the paperwork, premises and
bills, when the company was founded. None of it is looked at by any standard, so it stops no verdict.

A part is taken for such talk where it names such a topic and nothing that a criterion looks at; what merely names
nothing (有一件没用上) stays to be asked about. A worry about a matter and a fall without a figure are heard too; what they
name and nobody told is left open, so that no "everything else is met" covers it.
"""

from __future__ import annotations

import re

from assistant.facts.lexicon import lexicon
from assistant.facts.reading import Reading
from assistant.facts.values import Statement

_SEGMENT = re.compile(r"[^，。；！？：\n]+")
_PEOPLE = (
    r"人手|招[人工]|用工|专职|专人|前任|接手|交接|新来的|文化(?!产业)|年纪|打字|记性|世面|外行|没人(?:管|弄|搞|懂|会|做|负责)|没经验|经验(?:不足|少)|地方(?:小|偏)|人不多"
    r"|(?:老板娘?|领导|会计|财务|厂长|经理|总|家里|合伙人|我)(?:自己|也|都|还|就|有点|一直|其实|终于|总算|好不容易|才)*(?:不|没)?(?:太|大|怎么|是很|很)?(?:懂|会写|会弄|会填|明白|放心|同意|急|愁|催|犹豫|怕|纠结|焦虑|熟|上心|在意)"
)
_TRADE = (
    r"订单|行情|大环境|原材料|涨价|压价|回款|应收|现金流|周转|利润|毛利|亏(?:着|损|本|钱|过|了$)|赚(?:不到|了|到|头|钱)"
    r"|贷款?(?:不|难)|外贸|关税|汇率|竞争|内卷|淡季|旺季|疫情|扩产"
)
_PLACE = r"厂房|厂区|房租|租金|占地|宿舍|食堂|停车|电费|水费|工资|社保|设备(?:老|旧|少|不多|简陋)"
_PAPERS = (
    r"时间(?:不|紧|来不|赶)|来不及|赶不|赶得|截止|错过|没赶上|[这那]一?批|顾[上得不]|抽不出|没空|忙不|(?:写|填|弄|整|准备|整理)(?:申报)?(?:材料|表格?|申报书)"
    r"|(?:材料|申报书|表格?)(?:还|都|也|一个字)*(?:没|不)(?:有)?(?:开始|动手|动笔|动|会)?(?:写|填|弄|整理|准备)?$|中介|代办|街道|园区|弄申报|网上|群里|补贴|奖励|奖补|名声|面子|名额|准话|门道|套路|流程"
    r"|(?:同行|隔壁|别家|人家|附近|园里)[^，。；]{0,8}(?:没?报[上过成]|没?过了?|没?评上|被刷|被退)(?:了|的)?$"
    r"|(?:去年|前年|上次|上回|之前|头年|早先)?(?:也|就|都|曾)*(?:申?报|申请|评)(?:过|了)(?:[一1两]?[次回趟])?(?:但|可|就|都)*(?:没成|没过|没批|没通过|没评上|没选上|没上|被刷|被退|落选|不成)"
)
_FEELINGS = (
    r"心里|夜里|睡不|着急|心急|天天催|催[了得]|笑话|半天(?:也|都|还)?没|急死|急得|慌|发愁|愁死|发怵|忐忑|见怪|担待|嫌我|打扰|白忙|放心|安心|不容易|头[疼大痛]|糊涂|发懵|迷茫|纠结|犹豫|没别的意思|无所谓|随便问|不是非[^，。；]{1,4}不可|不(?:急|好意思)|慢慢"
    r"|(?:不知道?|不晓得|不清楚|搞不懂|弄不懂|勿晓得)(?:该|要|应该|到底|究竟)*(?:怎么|咋|如何|从哪|找谁|哪里)(?:办|弄|搞|填|写|准备|入手|开始|下手|操作|问)"
)
_TOPIC = re.compile("|".join((_PEOPLE, _TRADE, _PLACE, _PAPERS, _FEELINGS)))
_BILL = re.compile(
    r"(?:占地|面积|食堂|宿舍|电费|水费|房租|租金|工资|社保|设备|机器|股东|党员|办公楼|车位)[^，。；\d]{0,8}?(?:[\d.]+|[一二两三四五六七八九十百]+)(?:多|来|余)?(?!个月|年)(?:亩|平方?米?|人|个人?|万元?|千|台套?|套|块|元|名|位|栋|层)"
)
_GRAVE = re.compile(
    r"营收|收入|营业额|流水|主营|负债|欠|研发|研究|专利|发明|知识产权|软著|机构|中心|实验室|占有率|份额|排名|得分|评分|\d分|罚|事故|泄露|污染|质量|违[法规反]|淘汰|限制|禁止|名录|名单|失信|老赖|黑|撤|取消|摘牌|失效|过期|到期"
    r"|假|虚|编的|凑|水分|注水|行业|入行|转[行让型产]|融资|股权|持股|入股|投[了资]|合并|重组|并购|上市|境外|海外|受让|买[来的]|高新|高企|称号|证[书没]|牌子|小巨人|专精特新|创新型|科技型|首次|复核|税|起火|着火|烧|炸|死|伤|查封|停产|封|被[查抓告]|官司|法院|判|破产|注销"
    r"|大型|封|塌|倒闭|中毒|人命|火(?!热)|爆|账|凑|禁|平台|更新|弄丢|丢了|污|排放|接手(?:的|了|过来)?(?:是)?(?:别人|人家|一家)|抵|漏|泄|查出|产权|安全|环保|处分|通报"
    r"|警告|约谈|整改|举报|投诉|被(?![退刷卡拒压])|资不|负的|大企业|中小企业|几个厂|分公司|子公司|母公司|集团|关联"
    r"|\d *(?:万|亿|%|成)|[一二三四五六七八九十百千几](?:万|亿|成(?!立))|百分之|[件项]|法人(?!是)|个体|挂靠|外包|代工|贴牌"
)
_WORRY = re.compile(
    r"^(?:所以|现在|我|我们|老板|他|他们|心里|最|主要|就|也|都|还|有点|一直|总|真|就是|只是|不过|但)*(?:生?怕|担心|发?愁|犯愁|慌|紧张|操心|不放心|纠结|发怵|头[疼大痛]|吃不消)(?!过)"
)
AROUND = re.compile(
    r"所以|现在|我们?|老板|他们?|心里|最|主要|就|也|都|还|有点|一直|总|真|只是|不过|但|是|的|了|这|那|[个条项块关点]|一|会|要|被|给|在|上|下来?|怕|担心|发?愁|犯愁|慌|紧张|操心|不放心|纠结|发怵|头[疼大痛]"
    r"|不够格?|不足|不行|不达标|没达标|达不到|够不[上着到]|过不了|过不去|通不过|不合格|不符合|偏|太|不太|够|低|高|少|小|差|弱|卡住?|刷|掉|拖后腿|出问题|有问题|问题|方面|数|符合|达标|过|线|算不?算?|数|不数|一?点|些|因为|关系|受|影响|报|评|申|吗|呀|啊|哈|呢|哎|唉"
)
_LEVEL = re.compile(
    r"(?:说实话|讲真|老实[说讲]|其实|不过|但|就是|虽然|我们|公司|的|是|也|都|这块|方面|刚刚?好?|正好|恰好)*+"
    r"(?:(?:不算|不太|不是很|偏|有点|有些|比较|蛮|挺|稍微?|略|不|很|太)?(?:高|低|多|少|大|小|紧|好看|难看|理想|宽裕|悬)(?:了|得很)?(?:一?点|一?些)?"
    r"|(?:勉强|刚刚?好?|正好|恰好|堪堪|险险|总算|好歹|擦着|压着|踩着|卡着|贴着|擦|压|踩|卡|贴)++(?:边|线|及格线?|达标|够格?|过关|过线|过)?(?:过(?:的|了)?|上)?|一[分点]不[多少]|不多不少|没富余|没多少余量)(?:的|了|吧|呢)?"
)
"""What is thought of a figure that was told: 勉强过线, 负债率偏高."""
_HURT = re.compile(r"伤|砸|摔|夹|压|烫|碰|撞|割|轧|触电|滑倒|冒烟|起火|着火|失火|小火")
KILLED = re.compile(r"死|亡|人命|重伤|残")
_PAST_HARM = re.compile(r"事故|被?罚|违[法规]")
_OF_STANDING = re.compile(r"失信|名录|名单|取消|撤|摘|税|假|至今|现在|一直|以来|到")
_STILL_RUNS = re.compile(
    r"(?:证书?|称号|牌子|资格|有效期)?(?:现在|目前|都|也|还|离)*(?:没有?|未|没到)(?:到期|过期|失效|断)(?:呢|的|呀)?"
)
_CAME_FROM = re.compile(
    r"从[^，。；]{1,14}?(?=(?:一路|一下子|又|再|直接|慢慢)?[跌掉降滑缩涨升做冲增回](?:回|升|长|落|水)?到)"
)
_FALL = re.compile(
    r"(?:我们|公司|企业|但|不过|可|就是|虽然|只是|去年|今年|前年|这[两几]年|比[去前]年|年年|连年|连着|连续|连(?=[跌降掉])|一路|一直|[一两三]年|都|也|又|还|有|的|在|往下|大|下|整体|确实)*"
    r"(?:营收|营业收入|收入|主营|主营业务|主营收入|业绩|销售额?|销量|生意|增长|增速|规模|盘子)?(?:这块|方面|[去今前]年|也|都|还|又|就|是|在|一直|连着|连年|连续|连(?=[跌降掉])|年年|一路|往下|这[两几]年|两年|比[去前]年|有点|有所|略|稍微?|小幅|大幅|明显)*"
    r"(?:下滑|下降|下跌|下去|掉|跌|降|滑坡|缩水|萎缩|负增长|一年不如一年|大?不如[从以]?前|走下坡路?|不好看|难看|不理想|不行)(?:了|得|的|惨|狠|厉害|凶|多|不少|很多|一?点|一?些|一?截|挺|蛮|这么|那么|下来|下去|[一两二三几]年)*"
    r"(?:会不会|要不要紧|有没有|影不影响|影响|要紧|关系|被?卡|刷|掉|吗|伐|么|呢|啊|呀|嘛)*"
)
_FIGURE = re.compile(r"[\d二两三四五六七八九十百千万亿%]")
_GROWTH = ("revenue_cagr_l2y", "revenue_growth")
_FOUNDED = re.compile(
    r"(?:我们|公司|企业|咱们?|厂里?|俺们?|是|于|在|早在|最早|从)*(?:成立|注册|设立|创办|创立|建厂|开办|开)(?:是|在|于|的|时间|年份)*"
)
_LONGEST, _NEAR = 60, 3
_OLD = 5
"""Years since the founding from which on it says nothing of the years in a market that could fail a standard."""
_UPDATE_MISSED = re.compile(
    r"(?:没|未|忘|漏|错过|耽误|晚|迟|拖)[^，。；]{0,16}更新|更新[^，。；]{0,12}(?:没|未|忘|漏|错过|耽误|晚|迟|拖)"
)
_ONCE = re.compile(r"一[次回年]|去年|前年|20\d\d年|今年")
_OFTEN = re.compile(r"[两二几多][次回年]|三[次回]|每年|年年|一直|从来|从没|都没|连[着续]|[了有]些年")
_THAT_ONCE = re.compile(
    r"(?:就|也|只|才|总共|一共|仅|是|有)*(?:漏|忘|错过|没更新|晚|迟)?(?:了|过)?[那这]?(?:么|有)?一[次回年](?:而已|罢了)?"
)
MILD = re.compile(
    r"(?<!不是)(?<!不算)(?<!不属于)(?:一般(?:等级|级别|级|的)?(?:生产|安全|责任)*事故|(?:认定|定性?|判定|算)(?:的|为|成|是|了|个)*一般)"
)
_MILD_END = re.compile(
    r"(?:应急|安监|监管|管理|局|部门|当时|后来|最后|政府|上面|也|就|给|被|是|都|只|才)*(?:认定|定性?|判定|算|属于|鉴定|是)(?:的|为|成|是|了|个)*一般(?:等级|级别|级|的)?(?:生产|安全|责任)*(?:事故)?(?:的|级)?|"
    r"(?:后来|最后|当时|当场|也|就|只|才|我们|公司|厂里|被|已经?|早就|都|给)*(?:罚|赔)(?:款|偿|付)?(?:了|过)?(?:点|些|一点|几?[一二两三四五六七八九\d]*[百千万]?(?:来|多)?)(?:块|元|钱|款|小钱)*(?:就|也|便|算)*(?:结了?|结案|完了?|了结|了了|了事|没事了?|过去了?|算了?|处理完)?"
    r"|(?:后来|最后|当时|我们|公司|就|已经?|早就|都|也|现在)*(?:整改|处理|了结|结案|赔付|赔偿|医药费|治|康复|出院|结)(?:到位|完|好|掉|过|清|全|付|出)*(?:了|的)?"
)


def read_asides(reading: Reading, found: list[Statement]) -> list[str]:
    """Notes such parts as heard; returns the facts that they leave open. ``found`` is everything read so far."""
    told = derived({s.key for s in found} | set(reading.known))
    grave = any(s.key == "safety_accident_l3y" and s.value.flag is not False for s in found)
    mild = not grave and bool(MILD.search(reading.text)) and not KILLED.search(reading.text)
    once = _one_update_missed(reading)
    open_: list[str] = []
    for segment in _SEGMENT.finditer(reading.text):
        words, (start, end) = segment[0].strip(), segment.span()
        if len(words) > _LONGEST:
            continue
        if any(s.start < end and start < s.end for s in found):
            if before := _CAME_FROM.search(reading.text, start, end):
                reading.hear(*before.span())  # 从4000万跌到1800万
            continue
        worried = _worry(reading, start, end, words, told)
        if worried is not None:
            reading.hear(start, end)
            open_ += worried
        elif _FALL.fullmatch(words):
            reading.hear(start, end)
            open_ += [fact for fact in (*_GROWTH, "revenue") if fact not in told] if _moves(reading) else []
        elif (
            (once and _tells_of_it(words))
            or _beside(words)
            or _comment(reading, start, end, words, told, found)
            or _long_founded(reading, start, end, words, told)
            or _STILL_RUNS.fullmatch(words)
            or _harm_long_past(reading, start, end, words)
            or (mild and (_MILD_END.fullmatch(words) or _HURT.search(words)))
        ):
            reading.hear(start, end)
    return open_


def derived(keys: set[str]) -> set[str]:
    """The facts told, with those that follow from them."""
    told = {key.partition("@")[0] for key in keys}
    years = {fact: sum(key.startswith(f"{fact}@") for key in keys) for fact in ("revenue", "rd_expense")}
    follow = {
        "rd_ratio": years["revenue"] and years["rd_expense"] and years["revenue"] >= years["rd_expense"],
        "revenue_growth": years["revenue"] > 1,
        "revenue_cagr_l2y": years["revenue"] > 2,
        "rd_expense_l2y": years["rd_expense"] > 1,
        "main_share": {"main_revenue", "revenue"} <= told,
        "debt_ratio": {"total_assets", "total_liabilities"} <= told,
        "niche_years": "niche_start" in told,
    }
    return told | {fact for fact, follows in follow.items() if follows}


def _moves(reading: Reading) -> bool:
    """Whether a standard of the title asked about may look at the growth of the revenue: that of 专精特新 does not."""
    return reading.title != "专精特新"


def _one_update_missed(reading: Reading) -> bool:
    """有一年忘了更新信息, 就漏了那一回: one yearly update missed is watched, and costs the two upper titles nothing."""
    if "更新" not in reading.text or reading.title not in ("专精特新", "小巨人"):
        return False
    return not _OFTEN.search(reading.text) and len(_UPDATE_MISSED.findall(reading.text)) == 1


def _tells_of_it(words: str) -> bool:
    return bool(_ONCE.search(words) if _UPDATE_MISSED.search(words) else _THAT_ONCE.fullmatch(words))


def _beside(words: str) -> bool:
    """Whether a part speaks of such a topic and of nothing that a criterion looks at."""
    if _BILL.search(words):
        return not _GRAVE.search(_BILL.sub("", words))
    return bool(_TOPIC.search(words)) and not _GRAVE.search(words)


def matters_in(reading: Reading, start: int, end: int) -> tuple[set[str], str]:
    """The facts of the matters that a part names, and its words without these."""
    matters, text, named = lexicon().matters, list(reading.text[start:end]), set[str]()
    for mention in reading.mentions_in(start, end):
        facts = mention.facts or frozenset(matters.get(mention.word, ()))
        if facts:
            named |= facts
            text[mention.start - start : mention.end - start] = [" "] * (mention.end - mention.start)
    left = "".join(text).replace(" ", "")
    for word in sorted((w for w in matters if w in left), key=len, reverse=True):
        named |= set(matters[word])
        left = left.replace(word, "")
    return named, left


def _worry(reading: Reading, start: int, end: int, words: str, told: set[str]) -> list[str] | None:
    """What a mere worry leaves open; None where the part is none or says more: 就怕研发占比不够."""
    if not _WORRY.match(words) or reading.times_in(start, end) or _FIGURE.search(words):
        return None
    named, left = matters_in(reading, start, end)
    if AROUND.sub("", left):
        return None
    return [] if named & told else sorted(named)


def _comment(reading: Reading, start: int, end: int, words: str, told: set[str], found: list[Statement]) -> bool:
    """What is thought of a figure told in this message: 勉强过线 right behind it, 负债率偏高 of what was told."""
    if _FIGURE.search(words) and not _LEVEL.fullmatch(words):
        return False
    named, left = matters_in(reading, start, end)
    if not _LEVEL.fullmatch(left):
        return False
    return bool(named & told) if named else any(0 <= start - s.end <= _NEAR for s in found)


def _harm_long_past(reading: Reading, start: int, end: int, words: str) -> bool:
    """2022年出过一次事故: before the three years that any standard looks at."""
    years = [year for time in reading.times_in(start, end) for year in time.years]
    harmed = _PAST_HARM.search(words) and not _OF_STANDING.search(words)
    return bool(harmed and years) and max(years) < reading.as_of.year - 3


def _long_founded(reading: Reading, start: int, end: int, words: str, told: set[str]) -> bool:
    """公司2014年成立: so long ago that it bears on nothing, or beside the years in the market, which count instead."""
    years = [year for time in reading.times_in(start, end) for year in time.years]
    if len(years) != 1:
        return False
    time = reading.times_in(start, end)[0]
    around = re.sub(
        r"(?:\d{1,2}月份?|[年的了底初就]|下半年|上半年)",
        "",
        reading.text[start : time.start] + reading.text[time.end : end],
    )
    if not _FOUNDED.fullmatch(around.strip()):
        return False
    return "niche_years" in told or years[0] <= reading.as_of.year - _OLD
