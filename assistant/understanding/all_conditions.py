"""Whether a message wants all conditions of a title gone through, however it says so: 要过哪几关, 一条条列给我, 全部过一遍."""

from __future__ import annotations

import re

from corpus.quantities import fold

CLAUSE = re.compile(r"[^,。;:!?、\s]+")
OCCASION = re.compile(
    r"上课|讲课|培训|备课|课件|教材|讲义|宣讲|分享会|开会|汇报|学员|新人|新来|同事|学徒|徒弟|老板(?:要|让|叫)|领导(?:要|让|叫)"
)
"""A clause that says what the list is wanted for."""
CONDITIONS = "条件|要求|标准|门槛|指标|硬?杠杠?|关卡|关口|关|坎|槛"
NAMED = re.compile(CONDITIONS)
LOOKED_AT = re.compile(r"(?:看|卡|查|对照|考察|考核|审)(?:的是?)?(?:哪(?!个|一个|份|年)|什么|啥|几)")
WHICH = re.compile(r"哪(?!个|一个|份|年|部|里|儿)|什么(?!文件|办法|规定|时候)|啥(?!文件|办法|规定|时候)|几")
GONE_THROUGH = (
    "一条一条|一项一项|一样一样|一个一个|一条条|一项项|一个个|一样样|逐条|逐项|逐一|逐个|挨个|全部|全套|全都|所有|整个|完整"
    "|完完整整|统统|通通|从头到尾|一次性?|一口气|罗列|列举|列|过一遍|过一下|捋|讲一遍|说一遍|走一遍|梳理|总结|盘点|清单|说全|讲全|摆"
)
ALL = re.compile(GONE_THROUGH)
OTHER_WORDS = re.compile(
    f"{GONE_THROUGH}|{CONDITIONS}"
    r"|哪几|哪些|哪|几|什么|啥|多少|看|卡|查|对照|考察|考核|审|方面|东西|样|项目?|条款?|点|款|道|根|个|份|张|些|遍|出来|出|来"
    r"|给|帮|请|麻烦|想|打算|要|得|需要|须|必须|到底|究竟|总共|一共|现在|现行|最新|目前|今年|眼下|国家|办法|规定|文件|按照?|照|里面?|里头|中小|中|上"
    r"|申报|申请|报|评定|评选|评上|评|认定|首次|第一次|企业|公司|我们?|咱们?|客户|大家|满足|符合|达到|具备|跨|过|有|是|会|能|把|对|用"
    r"|讲|说|数|理|都|也|全|齐|一|下|的|地|了|吗|呢|吧|啊|呀|才行|才|行|就|先|再"
)


def wants_all_conditions(text: str) -> bool:
    """Whether ``text``, a message without its title, names the conditions or what is looked at, asks which or for all of
    them, and says nothing else but what they are wanted for."""
    clauses = CLAUSE.findall(fold(text))
    said = [c for c in clauses if not OCCASION.search(c)]
    whole = "".join(said)
    if not said or OTHER_WORDS.sub("", whole):
        return False
    return bool((NAMED.search(whole) and (WHICH.search(whole) or ALL.search(whole))) or LOOKED_AT.search(whole))
