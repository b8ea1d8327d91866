"""What is said beside the facts and holds none of them: the request itself, a question about what was told, matters
that are called good without a figure. It is noted as heard, so that nobody is asked about it."""

from __future__ import annotations

import re

from assistant.facts.asides import derived
from assistant.facts.lexicon import lexicon
from assistant.facts.reading import Reading
from assistant.facts.values import Statement

_SEGMENT = re.compile(r"[^，。；！？：\n]+")
_REQUEST = re.compile(
    r"(?:我们|我司|公司|企业|客户|今年|现在|这次|想|要|来|去|能|可以|帮|问|例题|某|到期|期满|满三年|了|做|走|拿|评|报|首次|第一次)*"
    r"(?:创新型|科技型|专精特新|[“\"]?小巨人[”\"]?)(?:中小企业|企业|称号)?(?:的|了)?"
    r"(?:首次|初次|首报|首评|第一[次回]|头一[次回]|到期|期满|满|三年|复核|复审|重新|更新|今年|这次|该|要|得|去|来|做|参加|再|评|申报|申请|报|认定|自评|自测|打分|预检|了|的|我们|企业)*"
)
_RULED_OUT = re.compile(
    r"(?:我们|公司|就|都|还|也|那|是不是|说)*(?:报不[了成上]|不能报|不[让给]报|没资格报|没法报|没戏|不用[想报]了?)"
    r"(?:创新型|科技型|专精特新|[“\"]?小巨人[”\"]?)?(?:中小企业|企业|称号)?(?:了|的)*"
)
"""What the asker or somebody else concludes: no fact of the company."""
_COUNTED = re.compile(
    r"[一二三四五六七八九十\d]{1,2}[项条个](?:指标|条件|标准|要求)*(?:[和跟与、加]|以及|加上|连同)+(?=其余|其他|其它|别的|基本)"
)
_HURT = re.compile(r"伤|砸|摔|夹|压|烫|起火|着火|碰")
_ASKS = re.compile(
    r"[吗么伐呢吧]$|怎么|如何|能不能|够不够|行不行|会不会|影响|还能|能报|可以报|担心|就看|就怕|主要看|要紧|算不算|过不过|达不达|符不符|合不合|卡不卡"
)
_ASKING = re.compile(
    r"(?:我们|我|公司|咱|这关|那关|这样|过不过|卡不卡|报不[了上成]|小巨人|要紧|[这那](?:块|条|项|个|方面|一[关块条项])?|方面|数量|只|就|是|的|还|也|都|要|能不能|会不会|能|够不够|不够|不到|不足|够"
    r"|差一?点|差|低|少|没到|一点|怎么|如何|算不算|算|办|吗|么|伐|呢|吧|啊|呀|了|嘛|可以|行不行|不行|行|申报|报|评|过|影响|大|小|会|被|卡|没有|有"
    r"|一定|肯定|必须|非得|难道|真的|凉了?|黄了?|管用|[一二三四五六七八九十两][件项个]|是吧|对吧|专精特新|创新型|企业"
    r"|关系|问题|机会|戏|希望|担心|怕|主要|看|最|到底|究竟|总|来|去|得上|首次|第一次|头[一次回]+|复核|达不达标?|符不符合?|合不合格?|整体|达标|合格|符合|满足)*+"
)
_CALLED_GOOD = re.compile(
    r"(?:我们|公司|企业|的|这些|这几[项样个]|这块|方面|[、和跟与及 ]|还有|以及|都|也|全|均|肯定|应该|侪)*"
    r"(?:照[^，。；]{0,8}标准|按[^，。；]{0,8}标准)?(?:都|也|全|均|样样|项项|侪|是)*"
    r"(?:达标|够(?:了|用|线|格)?|符合(?:要求|标准|条件)?|满足(?:要求|标准|条件)?|没(?:有|啥)?问题|合格|过线|过关|不成问题|达到(?:了|要求|标准)?|到线)(?:的|了|额|呀)*"
)
_SETTLED = re.compile(
    r"(?:补)?(?:税|税款|罚款|滞纳金|补税|罚金)*(?:都|也|全|已经?)*(?:补?[交缴]清?|补[交缴]|结清|了结|处理)(?:完|了|掉|干净)*(?:了|的)?"
)


_CHECKED = re.compile(
    r"(?:[一二三四五六七八九十\d]{1,2}[项条个]|各项|各条|所有|全部|这些|的)*(?:指标|条件|标准|要求)*(?:我们?|我司|公司|会计|财务|中介|街道|老板|自己|对着文件|都|也|已经?|全)*"
    r"(?:逐[条项一个]|一[条项]一?[条项]地?|全|都|替我们)*(?:核|查|对|比|看|审|评|过)(?:对|照|实|查|过|了|完|下来)*(?:一遍)?(?:了|的)?"
    r"|没(?:得|有|啥子?|什么|任何|一点|半点)*(?:问题|毛病|瑕疵)(?:的|了|啦|哈|呀)*"
)
"""That all was gone through, or gives no trouble: said beside "everything else is met"."""
_AWARD = re.compile(
    r"(?:这|那)?(?:个)?奖(?:项)?(?:是|在)?(?:[去今前]年|\d{4}年)?(?:\d{1,2}月份?)?(?:才|刚)?(?:公布|公告|颁发?|发|下来|批|评|拿|得)(?:下来)?(?:的|了)*"
    r"|(?:我们|公司|企业)?(?:也)?(?:在|是|列在)(?:证书|奖状|获奖证书)?(?:上|里)?的?(?:主要)?(?:完成|获奖)单位(?:名单|之一)?(?:里面?|中|上)?"
)
_RECENT = 2
"""Years back from last year in which an award still counts."""


_HARMLESS = re.compile(
    r"(?:我们|公司|目前|现在|还在?|一直|是|个|家|一|虽然?|账面)*(?:亏损|没盈利|未盈利|不赚钱)(?:的|着|中|状态)*(?:初创|小)?(?:公司|企业|团队|厂)?"
    r"|(?:研发|营收|收入|费用|投入)?(?:这块|方面)?一年[少多高低]一年[多少高低]的?|(?:有点|就)?怕(?:被)?(?:卡|刷)(?:住|掉)?(?:了)?|怕不怕"
    r"|(?:上海|本市)?(?:市)?[^，。；！？\d]{0,4}?(?:区)?(?:我们|我家|公司|阿拉)?(?:是)?(?:一家|家)?(?:专门?)?(?:做|生产|搞)(?!了|过|的|代理|贸易|代工|外包|贴牌)[^，。；！？\d代贸包贴不没未淘限禁]{1,12}的(?:厂家?|公司|企业)?"
    r"|市场(?:本来|比较|就是|很|太|蛮|挺)*(?:散|分散|小|细|窄)(?:得很|的)?[嘛呀啊]?"
    r"|(?:都是|全是|全部|我们|也是)*自己(?:研发|开发|研制|搞)的?(?:、|和)?(?:自己)?(?:申请|申报)?的?"
    r"|(?:哦|喔|啊|哎|对了|等等|不好意思|刚才?|我|还)*(?:忘了|漏了|忘记|落了)(?:讲|说|提|告诉你|报|补充)?(?:了)?(?:一?(?:件|个|条|点)?(?:事情?|数|情况)?)"
    r"|(?:我们|公司|企业|首次|第一次|申?报|评|专精特新|[“\"]?小巨人[”\"]?|创新型|中小企业|这样|那|现在|算|就|能|是|复核|到底)*+"
    r"(?:过线|过关|到线|够线|够格|合格|达标|通过)(?:了)?(?:没有?|吗|不|伐|哇|呢|么)?"
    r"|[^，。；！？\d]{0,6}真的假的|(?:你|您|老师|专家)?(?:帮|给)[^，。；！？\d]{0,4}(?:数数|看看|算算|盘盘)"
)
"""A loss (no standard in force looks at profit), figures that only go up and down, the trade, words of courtesy, whether
that is enough."""
_FALL = re.compile(
    r"(?:我们|公司|去年|前年|这两年|的|但|不过|就是)*(?:营收|营业收入|收入|业绩|销售额?)(?:比[去前]年|同比|有点|有所|这块)*"
    r"(?:下滑|下降|掉|跌|少|滑坡|缩水)(?:了|得|的|一?点|些|厉害)*(?:会不会|要不要紧|有没有|怕不怕|影不影响|有影响|不?要紧|影响|没关系|被?[卡刷]|掉|吗|伐|么|呢|关系)*"
)


def read_remarks(reading: Reading, found: list[Statement]) -> None:
    """Notes as heard what such segments of the message hold; ``found`` is everything read so far."""
    said = derived({s.key for s in found} | set(reading.known))
    mild = [
        s
        for s in found
        if s.key == "safety_accident_l3y" and s.value.flag is False and "一般" in s.text + _around(reading, s)
    ]
    taxed = any(s.key == "tax_evasion_l3y" and s.value.flag for s in found)
    for segment in _SEGMENT.finditer(reading.text):
        start, end = segment.span()
        words = segment[0].strip()
        falls = reading.title == "专精特新" and _FALL.fullmatch(words)  # whose standard does not look at growth
        if falls or _HARMLESS.fullmatch(words):
            reading.hear(start, end)
            continue
        if _HURT.search(words) and _long_ago(reading, start, end):
            reading.hear(start, end)
            continue
        if _AWARD.fullmatch(words):
            years = [year for time in reading.times_in(start, end) for year in time.years]
            if not years or min(years) >= reading.as_of.year - 1 - _RECENT:
                reading.hear(start, end)
                continue
        if reading.rest and _CHECKED.fullmatch(words):
            reading.hear(start, end)
            continue
        if counted := _COUNTED.search(reading.text, start, end):
            reading.hear(*counted.span())
        told_of = mild and _HURT.search(words) and _same_sentence(reading, start, mild[0].start) and "死" not in words
        request = reading.title is not None and reading.title in words and _REQUEST.fullmatch(words)
        if request or _RULED_OUT.fullmatch(words) or (taxed and _SETTLED.fullmatch(words)) or told_of:
            reading.hear(start, end)
            continue
        if any(ch.isdigit() for ch in words):
            continue
        asked = reading.text[end : end + 1] == "？" or bool(_ASKS.search(words))
        told, left = _without_matters(reading, start, end, said if asked else None)
        if told and (_ASKING if asked else _CALLED_GOOD).fullmatch(left.strip()):
            reading.hear(start, end)


def _around(reading: Reading, one: Statement) -> str:
    return reading.words(reading.clause(one.start))


def _long_ago(reading: Reading, start: int, end: int) -> bool:
    """五年前: before the three years that any standard looks at."""
    years = [a for a in reading.amounts_in(start, end) if a.kind == "years" and reading.text[a.end : a.end + 1] == "前"]
    return bool(years) and all(a.lo is not None and a.lo > 3 for a in years)


def _same_sentence(reading: Reading, one: int, other: int) -> bool:
    return reading.clause(one).sentence == reading.clause(other).sentence


def _without_matters(reading: Reading, start: int, end: int, only: set[str] | None) -> tuple[int, str]:
    """How many matters the segment names (``only`` such as were told, where given) and its words without these."""
    matters, text, told = lexicon().matters, list(reading.text[start:end]), 0
    for mention in reading.mentions_in(start, end):
        facts = mention.facts or frozenset(matters.get(mention.word, ()))
        if facts and (only is None or facts & only):
            told += 1
            text[mention.start - start : mention.end - start] = [" "] * (mention.end - mention.start)
    return told, "".join(text).replace(" ", "")
