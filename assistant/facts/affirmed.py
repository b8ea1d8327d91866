"""Whether what is said of the remaining conditions affirms them: 都守住了, 都还在线, 样样拿得出手, 都没掉链子.

No list of predicates, but the ways in which Chinese builds one: a verb with 住, a verb with 得 and its complement, what is
kept up, what lies above a line, a word of soundness, or the denial of a flaw. Whatever is put off, asked, told, hoped for
or half true is none of these.
"""

from __future__ import annotations

import re

_EVERY = re.compile(
    r"(?:都|均|侪|皆|俱|尽|(?<![安齐健完双周])全(?![国年市省球员套程面部体数])|全部|全数|全都|悉数|一概|一律|统统|通通|样样|条条|项项|件件)"
)
_ADVERBS = re.compile(
    r"^(?:还|也|已经?|早就|早已|能够?|是|算是|仍然?|依然|依旧|照样|照旧|一直|一路|始终|从来|目前|现在|至今|挺|蛮|很|非常|特别|十分|相当|确实|的确|完完全全|牢牢|稳稳|妥妥|实打实|远远|地|的|都|全|在那)+"
)
_TAIL = re.compile(r"(?:的|了|啦|呀|啊|哦|喔|呢|嘛|哈|额|哩|咯|嘞|着|过(?=了|$))+$")
_VETO = re.compile(
    r"好像|似乎|可能|也许|估计|大概|大约|说不定|差不多|勉强|将就|凑合|马虎|正在|还在[^^线位列手]|才|刚|快|将|会|打算|准备|争取|希望|但愿|努力|尽量|待|等|先|再|以后|将来"
    r"|原来|原先|以前|当初|曾|本来|要(?!求)|想|难|悬|一般|差|(?<!不)低|弱|缺|少|跌|降|亏|危|伪|假|吗|么$|伐|吧|哪|怎|什么|多少|几|谁|是否|未必|不一定|万一|如果|除(?!此)"
)
_KEPT = re.compile(
    r"(?:[^卡套困拖堵停难压绊挂抓钩冻管记拦憋愣瞒捂问惊吓吃说]|保持|维持|坚持|支撑|把握)住"
    r"|(?:保持|维持|保|守|持平|持续)(?:下来|得(?:住|很?好|不错|蛮好|挺好|可以)|良好|稳定|平稳|原样|(?:在|于).{0,8}(?:线|标准|要求|门槛|水平)(?:之?上|以上|上面)?)"
    r"|守(?:着|住)?(?:底?线|标准|红线|门槛)|[跟赶顶补站立够撑托接]上|[够顶撑]着"
)
_ABLE = re.compile(
    r"(?:[^看查找算听见认记写报填办弄管问讲说晓懂觉值舍省显免]|保持|维持|坚持|支撑|说(?=得过去))得(?:住脚?|上号?|着|起(?:查|看|推敲|检验|考验|审)?|过去?|了|到|出手|下来?|牢|稳)"
)
_ABOVE = re.compile(
    r"(?:远?[超高越过够达优胜](?:过|出|于|到|上)?|不低于)(?:最低|规定|及格|合格|达标|认定|申报|小巨人|专精特新|的)*(?:线|门槛|标准|要求|条件|标杆)(?:要求)?(?:一?(?:大截|截|头|大?块)|不少|很多|许多|一点|之?上)?"
    r"|在(?:最低|及格|合格|达标|标准|门槛|红|要求|的)*(?:线|标准|门槛|要求)(?:之?上|以上|上面)|远超"
)
_SOUND = re.compile(
    r"(?:齐|全|足|够|稳|牢|硬|绿|优|强|妥|顺|好|行|成|中|在|有|ok|佳|灵|棒|铁){1,2}"
    r"|齐[备全整]|齐齐整整|稳[当妥固健]|稳稳当当|妥[当帖]|妥妥当当|扎扎?实实?|结结?实实?|牢[靠固]|过硬|硬(?:邦邦|气|朗|扎)|清[爽白楚]清?[爽白]?|干干?净净?|健[康全]|完[整善备好]|漂亮|理想|优[秀良异]|达标|及格|合格|合规|合法|拔尖"
    r"|正常|如常|靠谱|过关|过线|到位|到家|充足|充分|充裕|够[格用数线]|满[足分]|符合|吻合|具备|在[线位列]|成立|有余|富余|没话说"
)
_MUCH = re.compile(r"(?:得很|得来|极|透|着呢|得不得|得不能再.|得没话说)$")
_NO_FLAW = re.compile(
    r"(?:没|不|无|毫无|从没|从不|未)(?:有|任何|出|一点|半点|一个|一条|一项|一样|哪条|过|见|存在|曾|会)*"
    r"(?:问题|毛病|短板|短处|差错|差池|偏差|欠缺|不足|缺[口陷漏失少项]?|漏[洞掉项下]?|硬伤|瑕疵|遗漏|纰漏|岔子|闪失|含糊|虚|怵|松(?:掉|劲|动)?|垮|塌|丢[掉分下]?|落[下空后]?|拉下"
    r"|掉(?:[队线下]|链子|下[来去]|出[来去])|拖(?:后腿|累)|失[分守手]|破[线位]|跌破|跌出|走样|跑偏|动摇|打折扣?|(?:话|可)(?:讲|说|挑剔?)|得[讲说挑])"
    r"|(?:没|无)(?:得|有|啥|什么)?(?:话|可)?(?:讲|说|挑剔?)"
)
_FLAWLESS = re.compile(
    r"(?:(?:经?(?:审核|核对|复核|审计|查验|核查|自查|比对)(?:过|后|下来)?|(?:核|查|看|审|对)(?:过|下来)|也|还|目前|现在|暂|确实|的确|我们|公司|企业)*)"
    r"(?:没(?:有|得)?|[莫冇]得|毫?无|不存在|未见|未发现|查不出|看不出|找不出)(?:任何|什么|啥|半点|一点|一处|明显|大的?|好|可|别的|其他|不(?:符合|达标|合格|满足)的){0,3}"
    r"(?:问题|毛病|短板|差错|偏差|欠缺|不足|缺口|硬伤|瑕疵|遗漏|纰漏|岔子|异议|争议|疑问|疑义|出入|障碍|隐患|破绽|担心|挑剔|指摘|挑|情形|情况|地方)(?:的|了|之处)?"
)
"""A denial strong enough to need no 都 before it: 其余指标没有异议."""
_NEEDS_ITS_KIND = re.compile(r"(?:情形|情况|地方)的?$")
_HOLDS = (_KEPT, _ABLE, _ABOVE, _SOUND, _NO_FLAW)
_LONGEST = 14
_NOUN = (
    r"条件|要求|指标|标准|项目|条款|条目|门槛|硬?杠杠|方面|内容|东西|地方|情况|情形|数据|数字|[项条款样点块]|的"
    r"|那|这|些|该有|应有|[几各和与、]|基本|硬性|认定|申报|评定|复核"
)
_ASIDE = (
    r"我们?|咱们?|阿拉|俺们?|公司|企业|客户|他们?|它们?|自己|老板|目前|现在|如今|至今|到现在|到目前|一直"
    r"|眼下|今年|始终|仍然?|依然|依旧|也|还|自[查评]|[核查比对看][对照实查]?[过了]|下来|为止|确实|的确"
)
_SUBJECT = re.compile(rf"，?(?:{_NOUN}|{_ASIDE})*+")
_WHOLE = re.compile(
    rf"(?:所有|全部|各[项条个]|每一?[项条个]|[六七]项|整体上?|各方面)(?:{_NOUN})*+|(?:条件|指标|要求|标准)(?:{_NOUN})*+"
)
_OPENED = re.compile(rf"(?:{_ASIDE}|的|那|这|些|上面|硬性|认定|申报|评定|复核)*")
_HALF = re.compile(r"基本|个别|部分|大部|多数|大多|一些|有的|半")


def affirms(words: str) -> bool:
    """Whether the predicate ``words``, which stand behind a 都, say that the conditions are met."""
    if not words or len(words) > _LONGEST:
        return False
    left = _MUCH.sub("", _TAIL.sub("", _ADVERBS.sub("", words)))
    if _flawless(left):
        return True
    if _NO_FLAW.fullmatch(left):
        return not _VETO.search(_NO_FLAW.sub("", words))
    return not _VETO.search(words) and any(form.fullmatch(left) for form in _HOLDS)


def predicate(text: str, at: int, end: int) -> int | None:
    """Where the predicate ends whose subject begins at ``at`` in a clause that ends at ``end``: 条件我们都守住了. None
    where no 都 follows the subject or what follows does not affirm."""
    subject = _SUBJECT.match(text, at, end)
    start = subject.end() if subject else at
    every = _EVERY.match(text, start, end)
    if every is None and _flawless(text[start:end]):
        return end
    if every is None or _HALF.search(text[at:start].replace("基本条件", "").replace("基本要求", "")):
        return None
    last = every
    while another := _EVERY.match(text, last.end(), end):
        last = another
    return end if affirms(text[last.end() : end].rstrip()) else None


def _flawless(words: str) -> bool:
    """没有异议, 无可挑剔, 不存在不达标的情形; but 没有情况 says nothing."""
    words = words.strip()
    return bool(_FLAWLESS.fullmatch(words)) and (
        "不符" in words or "不达" in words or "不合" in words or not _NEEDS_ITS_KIND.search(words)
    )


def whole(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where a clause says of all conditions at once that they are met: 指标目前全都守得住, 各项数据都超线."""
    opened = _OPENED.match(text, start, end)
    at = opened.end() if opened else start
    named = _WHOLE.match(text, at, end)
    until = predicate(text, named.end(), end) if named else None
    return (at, until) if until is not None else None
