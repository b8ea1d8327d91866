"""What the clauses of a message ask that ask something: how it turns out for the company, or something else."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.understanding.titles import OTHERS, PATTERNS

CLAUSE = re.compile(r"[^,。;!?:\n]+[?]?")
ASKS = re.compile(
    r"[?]|[吗嘛伐哇](?=[,。?!]|$)|(?:呢|是吧|对吧|好吧)$|(?<![什怎那这要多])么$|怎|如何|咋|(?<!没)(?:什么|啥)(?![都也][没不])|哪|谁|多少|多久|多大|(?<![十好他余的外前近这那早])几[号月天年个条项次种类家成分](?![都全均也])"
    r"|是不是|是否|有没有|有无|要不要|能不能|可不可以|可否|能否|会不会|为什么|受不受|影不影响|碍不碍|算不算|过不过|达不达|合不合"
    r"|行不行|够不够|成不成|符不符|满不满足|需不需要|用不用|对不对|好不好|保不保|值不值|变不变|判一?[下判]|下(?:个)?结论"
    r"|(?:[能可行够过报评成]|得了|得上|达标|符合)[^,。?]{0,6}不$|(?:够|行|过|成|能|稳|可以|达标|符合|合格|问题)了?吧$"
)
"""Signs of a question in one clause."""
OPEN = re.compile(
    r"怎么(?!样|办)|如何(?=[^,。?]{2})|咋(?!样|办|整)|什么(?!问题|戏)|啥(?!问题|戏)|哪|谁|多少|多久|(?<![十好他余的外])几[号月天年个条项次种类家](?![都全均也])|为什么"
)
"""Asks for more than yes or no."""
VERDICT = re.compile(
    r"结论(?:会?是)?(?:什么|啥|怎样)|怎么(?:来|下)?判断?|怎么下结论|能不能|能否|可不可以|可否|可以|是否|行不行|行|够不够格|够格|够不够|够|成不成|成|能|有戏|没戏|悬|稳|妥|保得住|保不住|保住"
    r"|[过报评](?:得|不)(?:了|上|去|到|掉)?|[过评]|算?(?:达标|合格|符合|满足)|希望|机会|资格|咋样|怎么?样|如何|结果|管用|顶用|有门路|门路|作数|够得着|[那这]样?(?:咋|怎么)(?:说|讲|判|看)|凑得?[上够齐]|顶得?上|结论|判断|判|(?:这样|那样|现在)(?=呢)"
    r"|没问题|有问题|影不影响|受不受影响|受影响|影响|碍不碍事|碍事|要紧|妨碍|泡汤|黄|白搭|劝退|取消|拿掉|丢|刷下来|被拒|没收|不了|不上"
)
"""Words that ask how it turns out."""
UNKNOWN = re.compile(r"还?[没未不](?!同)|忘|说不|什么的|啥的|无")
"""A question word in a clause with one of these is no question: 到底多少还没拆出来."""
AROUND = re.compile(
    "|".join([OTHERS.pattern, *PATTERNS.values()])
    + r"|(?:[\d十几二三四五六七八九两百]+来?|[这那]么多)[个件项本张]?(?:专利|证书?|发明|软著|实用新型|知识产权)"
    r"|(?:企业)?规模(?:上|[这那][一]?[块条项]|方面)?|人数(?:上|这块|方面)?"
    r"|这种情况|这个情况|这样子?|那样|那么|那|这批|这次|这回|这件事|这桩事|这事体?|这点|这个|那个|这一?[条项]|这|照这样|照此|按这个?|按这样|就这么|就"
    r"|交上去|递上去|报上去|送上去|交|递|送|直接|直通|马上|现在|目前|如今|今年|明年|这会儿?|眼下|到时候|到底|究竟|还是|还|再|也|都|先|总归|终归|总该|总|应该|肯定|一定|真的?"
    r"|我们?|阿拉|咱们?|俺们?|公司|企业|客户|他们?|她|它|你们?|您|大家|觉得|认为|看看?|说说?|讲讲?|帮忙?|给|请问?|麻烦|一下|下|个"
    r"|变不变|会变|首次|第一次|头一[次回]|继续|自己|种|复核|到期|申报|申请|报名|报|评选|评上|评审|评|认定|公告|入库|入选|入围|升级|升|冲|拿到|拿|走|上|通过|续|保|过关|过审|关"
    r"|牌子|帽子|称号|资格|条件|标准|要求|国家级?|省级|市级|专精|中小"
    r"|会不会|会|是不是|不是|是吧|对吧|是|有没有|有|没有|没|不|要|想|得|能够?|该|算是|被|把|受|对|于|因为|因此|所以|而|去|来|吃|大|怎么看|怎么说|怎么讲|咋说|了|的|着|到|在"
    r"|吗|么|嘛|呢|吧|啊|呀|哦|噢|哈|哇|伐|哎|唉|啦|喽|咯|呗|哟|三年|一起|多大|全部|一律|根本|彻底|从此|以后|后面|接下来"
)
"""What may stand around such a word without asking anything else."""
SIGNS = re.compile(r"[^\w]")


def clauses(text: str) -> list[str]:
    """The clauses of a message as the routes see it."""
    return [m[0].strip() for m in CLAUSE.finditer(text)]


@lru_cache(maxsize=1024)
def asked(text: str) -> tuple[str, ...]:
    """The clauses that ask."""
    return tuple(clause for clause in clauses(text) if ASKS.search(clause))


def asks_outcome(text: str) -> bool:
    """Whether a clause asks how it turns out for the company and nothing else: 这影响报吗, 现在交上去能过吗, 那这样呢."""
    return any(VERDICT.search(clause) and not _left(clause) for clause in asked(text))


def asks_else(text: str) -> bool:
    """Whether the last clause wants an account of something (怎么安排, 多少) and none asks how things turn out."""
    last = clauses(text)[-1:]
    return any(OPEN.search(clause) and not UNKNOWN.search(clause) for clause in last) and not asks_outcome(text)


def _left(clause: str) -> str:
    return SIGNS.sub("", AROUND.sub("", VERDICT.sub("", clause)))
