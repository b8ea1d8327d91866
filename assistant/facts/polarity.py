"""Whether a clause affirms, denies, asks about or does not know the thing it names."""

from __future__ import annotations

import re
from typing import Literal

from assistant.facts.scope import asks
from assistant.facts.text import Clause

Polarity = Literal["yes", "no", "asked", "unknown"]

_ASKED = re.compile(
    r"有没有|是不是|是否|有无|算不算|属不属于|在不在|会不会|能不能算|需不需要|要不要|要有|需要有|必须|怎么|如何"
    r"|什么是|哪些"
)
_NOT = re.compile(
    r"(?:没有?|无(?!论|法|锡)|未(?!来)|不(?:是|属于?|在|存在|涉及|算|具备|够|太|曾|会有|含|符合|享有|至于|沾|碰)"
    r"|并非|从没|从未|非(?!常)|零(?=事故|处罚|失信|违)|杜绝|谈不上)"
)
_AFTER = re.compile(
    r"^(?:：|的|这类|记录|名单|情况|问题|方面|行为|类|等|称号|证书|资质|资格|企业|里|里面|上|也|都|我们|一次|一个|一直"
    r"|目前|现在|还|均|从来|是|、|事件|事故|处罚|之类|什么|根本|完全|名录)*"
    r"(?:没有?(?!问题|处理|解决|换|改|停|整|完|办|弄|移|消|撤|出来|确认|核实|查|定论|明确|结论|说法|解|摘|销|除|退|结|恢复|修复|清|放)|无(?!论)|不存在|未(?!来)|从未|不是|为零|为0|不高|不行|不够|不大|一般般?|不强|不符合|不达标"
    r"|谈不上|不算|不属于|不在|不涉及|不齐|不全|很低|太低|不靠前|靠后|不突出|过期"
    r"|失效|作废|不沾)"
)
UNKNOWN = re.compile(
    r"(?:忘了?|忘记)(?!了?[讲说提告报]|记|了?跟你)|不清楚|不太清楚|不知道(?!咋回事|怎么回事|怎么搞的|咋搞的|为[啥什])|不晓得|记不[得清起住]|不记得|说不[准清好]|没算过?|没统计|没核算|拿不准"
    r"|不确定|没查过?|(?:还|都)没出(?!过|事|现|问题|任何|什么|重大|较大|严重|岔|纰漏|毛病|大|一|安|质|环|数据)(?:来)?|没出(?:来|数|结果)|没查到"
    r"|(?:要|得|还要|须)等.{0,14}(?:才|再)(?:知道|晓得|有|清楚|能|出|看|算)|(?:没|未)(?:结账|关账|审计|决算|结算|年结|算出来)"
    r"|想不起|没印象|没留意|吃不准|拎不清|不敢说|不掌握|待查|待定|待确认|(?:没|未)(?:有|得到|最终|正式|最后)*(?:确认|核实|明确|定论|定性|个?准信|个?说法)(?!收入)|未知|不详|[没未](?:讲|说|提|给|告诉|透露|提供)(?:我|过|清楚?|明)?$"
    r"|(?:报告|审计|结果|得分|评分|评价|分数|数据?)(?:还|都|也|暂时)*没(?:有)?(?:下来|公布|出)(?!过|事)|(?:评价|测评|自评|自测|评分|打分|评估)(?:分数)?(?:我们|公司|还|都|也|暂时|一直|就|根本)*没(?:有)?(?:去|来)?(?:做|评|弄|搞|填|开始|跑|测|打)|勿晓得|不大清楚|没搞清|没弄(?:清|明白)|没问(?:清|明白|过)|不敢打包票"
    r"|没(?:有)?(?:去|怎么|专门|仔细|认真|具体|做|搞|太|多)*(?:了解|打听|调研|调查|关注)(?:过|$)|没(?:做|搞)过(?:市场)?(?:调研|调查|统计)"
    r"|搞不清|弄不清|讲不[清准上]|不好讲|说不上来?|[没冇]人(?:敢)?(?:记得|知道|晓得|清楚|统计|算过?|拍板|打包票|[说讲]得[清上准定明好]|[搞弄]得[清明])|没提(?!供|交|升|高|出|前|到)|没(?:去)?统计|不了解|没测过?|没记(?:过|住|牢|下)|没评过?(?!上)|没数|待核实|没底|不好说|没审完"
    r"|拿不出(?:数|来|准)?|(?:还|正|仍)在(?:重新)?(?:审|核算|核对|统计|查|算)(?!批|核通过)|没(?:有)?(?:拆|理|算|核|统计|汇总|整理)(?:出来|清楚?|明白)|没(?:有)?截图|(?:登|打)不[上开进]|(?:要|得)(?:等)?(?:到)?(?:下周|下个?月|月底|过几天|过阵子)"
    r"|(?:数|账|表|金额|数据)(?:还|都|也)?(?:没|未)(?:有)?(?:出|定|下)(?:来)?$"
)
_KNOW_HOW = re.compile(
    r"^.{0,6}?(?:能|可以|够|行|怎么|该|符合|什么时候|哪|要多少|要什么|条件|还要|算不算|合不合|达不达|满足)"
)
_TOGETHER = re.compile(
    r"(?:和|与|及|、|或者?|还有|跟|以及|也好|(?:一类)?的?(?:奖项?|机构|名录|名单|称号)?)(?:[^，。；有没不是]{1,30}?(?:也好)?)?"
    r"(?:我们|公司|目前|现在|至今|统统|通通|从来|一个|一项|一样|两样|两个|三样|两者|都|也|全|均|一概|压根|根本)+"
    r"(?:没有?(?:过|拿|得|评|沾|进|上|出|列|犯|碰)?|无|不是|不存在|不沾|未|不在|空白|零)(?!问题|毛病)"
)
_BREAK = re.compile(
    r"(?:但|而是|却|，|。|(?<![没不])有(?!过|重大|严重|较大|任何|什么)|(?<![不只就])是(?!较|重|什么|限|禁|淘|国家))"
)


def unknown(words: str) -> re.Match[str] | None:
    """Where a clause says that its speaker does not know (and not: does not know whether it is enough)."""
    for match in UNKNOWN.finditer(words):
        if not _KNOW_HOW.match(words[match.end() :]):
            return match
    return None


def _either_way(text: str, start: int, end: int) -> bool:
    """有没有名气, 靠不靠前, 名气大不大: the word of the fact, or the one behind it, is put both ways."""
    before, after = text[max(0, start - 2) : start], text[end : end + 3]
    named = len(before) == 2 and before[1] in "没不" and before[0] == text[start : start + 1]
    return named or (len(after) == 3 and after[1] in "没不" and after[0] == after[2])


def polarity(text: str, clause: Clause, start: int, end: int) -> Polarity:
    """Of ``text[start:end]``, named in ``clause``."""
    before = text[max(clause.start, start - 30) : start]
    after = text[end : min(clause.end, end + 16)]
    if _ASKED.search(before[-8:]) or (asks(text, clause) and not _NOT.search(before)):
        return "asked"
    if unknown(text[clause.start : clause.end]):
        return "unknown"
    if _either_way(text, start, end):
        return "asked"
    if _TOGETHER.match(text[end : min(clause.end, end + 40)]):
        return "no"
    denials = list(_NOT.finditer(before))
    if denials and not _BREAK.search(before[denials[-1].end() :]):
        return "no"
    return "no" if _AFTER.match(after) else "yes"
