"""Parts of a message that only ask: 排名没进前三要紧吗, 知识产权那条怎么办, 会不会被摘牌, 就问研发行不行.

They state nothing. On a matter that was told they are a comment; a matter that nobody told is left open by them, so that
no "everything else is met" covers it. A part that carries a figure, a doubt or anything that may be news of the company
(买来的能不能算, 挂在老板名下行不行) is no such part: it stays to be asked about.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from assistant.facts.asides import derived
from assistant.facts.lexicon import lexicon
from assistant.facts.met_by_name import TOPIC, facts_named
from assistant.facts.reading import Reading
from assistant.facts.trouble import has_figure, speaks_ill
from assistant.facts.unknowns import no_figure
from assistant.facts.values import Statement

_SEGMENT = re.compile(r"[^，。；！？：\n]+")
_LONGEST = 32
_TITLE = re.compile(
    r"(?:国家级?)?(?:专精特新)?[“\"]?(?:专精特新|小巨人|创新型|科技型)[”\"]?(?:中小企业|企业)?(?:的?(?:称号|牌子|资格|认定))?"
)
_PROCEDURE = re.compile(
    r"(?:到期|期满|三年)?的?(?:复核|复审)|首次|初次|第一[次回]|头一?[次回]|第[二两][次回]|重新|再次|一步到位|直接|越级|跳级|整体|总体"
)
_FATE = re.compile(
    r"(?:会不会|要不要|会|要|怕不怕|可能)(?:因此|因为[这那]个?|直接|就|还|也|再|要|真的|[在因就][^，]{1,8}?上面?){0,4}(?:被|给|让)?(?:人家?|专家|区里|市里)?"
    r"(?:摘牌?|取消|撤销?掉?|刷|卡|退回?|打回|拒|否决?|踢|淘汰|拉下|收回|降级|扣分|劝退|除名|一票否决|影响|不给过|通不过|过不了|拖后腿)"
    r"(?:住|掉|下来|下去|了?牌子?|了?帽子?|称号|资格|出去|出局|在|到|认定|申报|复核|结果)*(?!过)"
)
_FRAME = re.compile(
    r"(?P<a>[\u4e00-\u9fff])[不没](?P=a)(?:得?[了上过到住起]|以|紧|数|格|标|准|事|合适?|成)*"
    r"|能否|可否|是否|(?:该|要|得|应该)?(?:怎么|咋个?|如何)(?:办|弄|搞|整|报|处理|解决|补救|是好|说)|还?有(?:没有?)?(?:戏|救|希望|机会|可能)(?:吗|没有?|不)?"
    r"|(?:[吗伐哇嘛]|(?<![什那这怎多])么|(?<![都也从并绝说要一])不|(?<=[了过上够成])没有?)(?:[呀啊呢啦老师]*)$"
)
_POINTED = re.compile(
    r"(?:[掉跌降少低高差缩涨多大小])*[这那](?:么|样|点|种|些|块|方面|[个条项块关一]+)的?(?:[多少高低大小差掉跌]|一?点|方面)*|[这那前第][一二两三四五六七\d]+[条项个块点关名]?"
)
_ENOUGH = re.compile(
    r"要紧|打不?打紧|打紧|紧$|碍事|没事|有事|有问题|没问题|不要紧|能过|够得?[上着]|报得[了上]|过得了|够格?|可以|能行|放(?:一马|水)|通融|宽限"
)
_NEWS = re.compile(
    r"买|购[得入置]|转[让来入进行型产]|受让|入[股行]|许可|独占|合作|共有|联合|挂|借|租|代[工加持理]|贴牌|外包|委托|罚|处分|事故|[起着]火|爆|失信|黑名单|异常|名[录单]"
    r"|取消|撤|摘|除名|收回|假|虚|编|凑|水分|注水|境外|海外|国外|香港|外资|上市|合并|重组|并购|收购|分立|拆|迁|搬|改名|更名|变更|过期|到期|失效|届满|[子母分总]公司|集团|控股|关联|大型|个体|个人|名下"
    r"|[老股员别]?[板东工人]的|他人|第三方|停|倒闭|破产|注销|吊销|官司|诉讼|法院|冻结|查|封|投诉|举报|整改|通报|约谈|警告|税|污染|泄|漏|伤|死|限制|禁止|淘汰|贸易|商标|软著|实用新型|外观|逾期|刚|才|只|还在|正在|没开始"
)
_COUNT = re.compile(r"[\d一二两三四五六七八九十百千半几](?:年|个|家|人|块|倍|折|类)|\d")
_SHORT = re.compile(
    r"(?:没有?|不|未|才|只|就|还|也|都|是|的|了|我们?|公司|差|少|低|高|偏|大|小|一?点|有点|稍微?|太|比较|进|到|够|上|满|足|达标?|多|排|在|过|线|来|去|这样|那样|现在|目前|但|不过|可|请问|想问|问|老师|前[三十五]|名)*+"
)
"""How a matter that was told falls short: 没进前三, 不太够, 偏低."""


def read_asked(reading: Reading, found: list[Statement], affirmed: Collection[str] = ()) -> list[str]:
    """Notes as heard the parts that only ask; returns the facts of matters asked about that nobody told where a
    blanket might cover them. ``affirmed`` are facts of matters called met by name."""
    told = derived({s.key for s in found} | set(reading.known)) | set(affirmed)
    open_: list[str] = []
    for segment in _SEGMENT.finditer(reading.text):
        start, end = segment.span()
        if end - start > _LONGEST:
            continue
        left = _left(segment[0].strip(), closed=reading.text[end : end + 1] == "？")
        if left is None or no_figure(segment[0]) or has_figure(left) or _NEWS.search(left) or _COUNT.search(left):
            continue
        named, tells = _named(reading, start, end), any(s.start < end and start < s.end for s in found)
        if speaks_ill(left) and not (named & told and _SHORT.fullmatch(_nameless(reading, start, end, left))):
            continue
        reading.hear(start, end)
        open_ += sorted(named) if reading.rest and not tells and not named & told else []
    return open_


def _left(words: str, *, closed: bool) -> str | None:
    """What a part says besides its question; None where it asks nothing."""
    plain = _PROCEDURE.sub("", _TITLE.sub("", words))
    spared = _FATE.sub("", plain)
    asked = _FRAME.sub("", spared)
    if asked == spared and spared == plain and not closed:
        return None
    if asked == spared and not closed and not _FRAME.search(words) and not re.search(r"会不会|要不要|怕不怕", words):
        return None
    return _ENOUGH.sub("", _POINTED.sub("", asked))


def _named(reading: Reading, start: int, end: int) -> set[str]:
    """The facts of the matters that the part names; titles are what is applied for."""
    words = reading.text[start:end]
    named = {fact for mention in reading.mentions_in(start, end) for fact in mention.facts}
    named |= facts_named(words)
    named |= {fact for word, facts in lexicon().matters.items() if word in words for fact in facts}
    return {fact for fact in named if not fact.startswith(("holds_", "title_"))}


def _nameless(reading: Reading, start: int, end: int, left: str) -> str:
    for mention in reading.mentions_in(start, end):
        left = left.replace(mention.word, "")
    for word in lexicon().matters:
        left = left.replace(word, "")
    return TOPIC.sub("", left).replace(" ", "")
