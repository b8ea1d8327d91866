"""Words that point to a condition not being met, in a part of a message from which no fact was read.

"Everything else is met" says nothing of a matter that was just spoken of in such words: it has to be asked for.
"""

from __future__ import annotations

import re
from collections.abc import Collection

_TURNS_OF_PHRASE = re.compile(
    r"(?:愁|急|烦|累|忙|气|吓|怕|担心|后悔|郁闷|困|高兴|开心|操心)(?:都|也|快|要)*死(?:我|人|个人)?了?"
    r"|(?:牌子|名头|帽子|这个|这东西|这玩意儿?|报它|评它)(?:也|都|根本|其实)*没(?:有)?(?:什么|啥|多大|任何|半点)*(?:用(?![上到在于过着])|意[思义]|好处|价值)"
    r"|(?:其他|其它|其余|别的|旁的)(?:先|都|就|暂且|咱)*不(?:说|讲|提|论|谈)(?:了|它)?$"
    r"|(?:没有?|无|不是|不成)(?:什么|啥|任何|大|别的)?(?:问题|毛病|变化|变|话说|说的|得说|挑)|不错|没错|不(?:知|晓得?)道?(?=[能行可够]|$)|不好意思"
    r"|差不多|不用说|不在话下|不含糊|不断|不仅|不但|不光|不只|不止|不管|不论|无论|非常|无非|只要|只想|只问|就想|才好|减少麻烦|没关系"
    r"|(?:没有?|不)(?:再)?(?:出过?|发生过?)(?:任何|什么|别的|大)?(?:事|岔子|状况)|没事|没别的(?:处罚|事)?|不是(?:首次|复核|复审|第一次)|没有?任何直通条件"
    r"|(?:申?报|评|拿)不了|不能(?:申)?报|(?:申?报|评|够)不上|没资格|没戏|没指望|没希望|没有?直通条件|烧钱|(?:没有?|无|不(?:涉及|打算|准备|考虑))(?:在|任何|过|去|什么)?(?:境外|海外|上市|合并|重组|贷款|外债|债务|欠款|官司|诉讼|纠纷|负面|不良记录|担保|抵押|计划)[^，。；]{0,10}|(?:不|没)(?:怎么)?(?:懂|明白|清楚)(?:政策|规定|流程)|哦?不对$|还没报过|没报过|从没报过|没申报过|第一次"
)
_ASKED = re.compile(
    r"(?:是不是|会不会|能不能|可不可以|要不要|算不算|够不够|行不行|有没有(?:影响|关系|机会|戏|希望|可能|危险)|影不影响|还能|能否|可否|怎么|为什么|有什么|到底).*$"
    r"|.*(?:吗|么|伐|呢|吧|不|没)$"
)
_TROUBLE = re.compile(
    r"不|没|未|无(?!锡|人机|线|纺|损|菌|尘|源|极|刷)|非(?!织|标|遗)|少|(?<!压|温|时|反)差|低(?!压|温|碳|代码|空|噪)|跌|掉|降(?!噪|温|解|本)|缺|亏|丢|失|罚|死|伤|假|逾期|过期|到期(?!了?(?:复核|复审|要|该|得|$))"
    r"|[着起失]过?了?(?:一?[场次]?)?(?:大|小)?火|火灾|爆炸|炸了|塌|中毒|漏(?!检|斗|电保护|电开关)[^，。；]{0,4}[油气液水酸碱料]|人命|工伤|查封|封条|立案|起诉|被告|举报|投诉|通报(?!表扬|嘉奖|肯定)|曝光|约谈|整改|警告"
    r"|取消|撤|只有|只剩|才[刚有够到\d一二两三四五六七八九十]|仅|暂时|还在(?!有效|期)|正在|在路上|个人|老板|自然人|剔|刨|扣|欠|停产|停工|停业|退市|大型|弱|够呛|勉强|普通|马虎|凑合"
    r"|又(?:被)?(?:进[去了]|列|上了|拉进|挂)|又(?:出|发生|来)(?:了|过)[一两几\d]?[起次回场]|漏[报填交]|忘(?:了|记)?(?:去|按时|及时)?[报交]|难看|个体户|个体工商户|民办非|社会团体|事业单位|办事处|合作社|合伙企业|个人独资|资不抵|抵债|外包|代工|贴牌|挂靠|借来|租来|合同期"
)
_FIGURE = re.compile(
    r"(?<![第十百])[\d一二两三四五六七八九十百千几半]+(?:多|来|余)?(?:万|亿|%|％|个百?分?点|成(?![立本功都长员为])|分(?![公别支钟之析类])|项(?!目)|件(?!事)|名(?!单|气|录))"
    r"|百分之|(?<![\da-zA-Z.第])\d{2,}(?:\.\d+)?(?![\d.年月日号届版期楼路室区层批次强a-zA-Z/-])"
)
_YEAR = re.compile(
    r"(?<![\d.是为到约有共达第])20[12]\d(?![\d.]|[万亿元%％分件项人家个台套])"
    r"|(?<![\d.])[12]\d(?=(?:[、和与及跟/到至~—-](?:20)?[12]\d)+年)"
)
_BUT = re.compile(r"^[\s|]*(?:但|不过|可(?!以|能)|只是|然而|其实|结果|偏偏|谁知)")
_CIRCUMSTANCES: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (re.compile(r"行情|生意|不增反降|往下掉|下坡|难看|不景气"), ("revenue",)),
    (re.compile(r"寄信|收信|没人收|地址|联系不上|年报|^现在(?:也|都|已经)?没有?了?$|干净"), ("abnormal", "dishonest")),
    (re.compile(r"^(?:但|不过)?我们(?:也|都|还)?没有?$"), ("revenue",)),
    (
        re.compile(r"没到.{0,3}(?:重大|较大)|再(?:也)?没(?:有)?|(?:以|之|此|往)后(?:就|都|再|也)?没有?(?:过|了)?"),
        ("safety", "major_", "incident"),
    ),
    (re.compile(r"转[来入让]|买来|受让|i类|I类|一类|Ⅰ类"), ("class_", "ip_")),
    (
        re.compile(
            r"^(?:(?:到|离)?(?:现在|目前|如今|今天)|至今|距今|算下来|算起来|满打满算|也|都|还|才|但|不过|虽然?|确实)*"
            r"(?:不满|没满|未满|不到|没到|没过|不足|没有?)(?:[三3][个整]?年|[三3]年期?|规定的[三3]年)(?:时间|期限|期)?(?:呢|的|了|吧)?$"
        ),
        ("title_cancelled",),
    ),
    (re.compile(r"国内.{0,4}不卖|不做内销|不卖国内"), ("market_",)),
    (re.compile(r"^[\s|]*(?:而)?(?:不是|并非)[^，。]{0,8}(?:%|万|亿|分|成|年)[\s|]*$"), ("",)),
)
"""What may be told beside facts that were read: the reason of a fall in revenue, why a list was entered and left."""


def troubling(words: str, said: Collection[str] = ()) -> bool:
    """Whether ``words``, of which nothing was read, carry a figure or speak ill of the company.

    ``said`` are the keys of the facts read elsewhere in the message: what only surrounds them is no trouble.
    """
    left = _ASKED.sub("", _TURNS_OF_PHRASE.sub("", words.strip()))
    if not (speaks_ill(left) or has_figure(left)):
        return False
    beside = () if _BUT.match(words) else _CIRCUMSTANCES
    return not any(p.search(left) and any(key.startswith(facts) for key in said) for p, facts in beside)


_MADE_UP = re.compile(
    r"[瞎乱现]编|编(?:造|出来的?|材料|数据|合同|一[套份])|(?:材料|数据?|数字|合同|发票|账)[^，。；]{0,4}编(?!号|制|码|写|入|排|程|辑)|虚(?:报|增|开|构|列|假)|造假|作假|假(?:账|发票|合同|数据?)|注水|水分|掺水"
    r"|凑(?:的|出来|上去|数)|不实(?![用际时])|(?:没有?|未)(?:真正|实际)?(?:发货|交货|交付)|走账|过账|刷单|倒签|套取|冒用|包装(?:出来|成(?![型品]))"
    r"|[帮替给](?:我们|咱们?|公司|我|忙)[^，。；]{0,10}(?:做|改|调|弄|搞|包装|写)(?:到|成|高|大|好看|漂亮|低|小|上去|下来)(?!品)|[把将](?:账|数据?|数字|报表|利润|收入|费用|材料)[^，。；]{0,4}(?:改|调|弄|包装|做)(?:高|大|好看|漂亮|低|小|一下)"
    r"|(?:改|调|动)(?:了|过)?(?:一?[下点些])?(?:数据|账|数字)|手脚|调(?:出去?|减|走|高)了?$|挪(?:用|到(?:明年|今年|去年|前年|研发|主营))"
    r"|(?<![没未会别])(?:多|少|重复|错|高)(?:算|记|计|估|列|填)(?:了|的|过|进)"
)
_HELPER = re.compile(r"中介|代理|代办|顾问|专家|咨询|[包保](?:证)?(?:过|通过|拿)|有人|上门|推销")
_AGREED = re.compile(
    r"照办|照做|依了|(?<![没不未])(?:答应|同意)了|听了(?:他|它)|按(?:他|中介)[^，。；]{0,4}(?:办|弄|做)|交了?(?:定金|订金|预付)|签了(?:合同|协议|单)|[合协][同议]也?签了"
)


def made_up(words: str) -> bool:
    """Whether ``words`` sound like figures that were made up, moved, miscounted or not yet earned."""
    return bool(_MADE_UP.search(words))


def agreed(words: str, message: str) -> bool:
    """Whether ``words`` say that a helper of whom ``message`` tells was let have their way."""
    return bool(_AGREED.search(words) and _HELPER.search(message))


def speaks_ill(words: str) -> bool:
    """Whether a word of denial, lack or harm stands in ``words``."""
    return bool(_TROUBLE.search(words))


def has_figure(words: str) -> bool:
    """Whether an amount stands in words of which nothing was read. A year is none, with its 年 (24、25年) or bare."""
    return bool(_FIGURE.search(_YEAR.sub("", words)))
