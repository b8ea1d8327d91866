""" "Everything else is met": the words that say so, and what they leave out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from assistant.facts.affirmed import predicate, whole
from assistant.facts.lexicon import lexicon
from assistant.facts.reading import Reading
from assistant.facts.scope import Zone


@dataclass(frozen=True)
class Form:
    """A way of saying it: where it can begin (up to ``back`` signs before the anchor) and how it goes on."""

    anchor: re.Pattern[str]
    pattern: re.Pattern[str]
    back: int = 0
    sure: bool = False


_COUNT = r"[一二三四五六七八九十两几\d]{1,2}[项条个样]"
_NOT_OURS = r"(?!的?(?:企业|公司|单位|人家?|同行|厂[家商]?|客户|地方|省|市|区|县|人(?!都?[没无])|同事|员工|股东|材料|资料|钱|款子|年份|年度|发明|专利|软著))"
_HEAD = (
    rf"(?:(?:其他|其它|其余|别的|别个|别样|旁的|余者|剩下|剩余|余下|另外的|除此之外|除此以外)(?:的|那|这)*(?:{_COUNT}(?!不))?"
    rf"|另外?(?:的|那|这)*{_COUNT}){_NOT_OURS}"
)
"""The other ones, or the other five: what is not the company's own is none of them."""
_GOOD = (
    r"(?:达标|满足|符合(?:条件|要求|标准|规定)?|够(?!呛)(?:了|格|标|线)?|没(?:有|啥|什么)?(?:大|任何|啥)?问题|ok|合格"
    r"|够得[上着]|合规|合要求|迈得过|跨得过|吻合|无误|没(?:有)?(?:差错|出入|偏差)|打了?勾|画了?勾|(?:高于|优于|超过|不低于)(?:最低)?(?:标准|要求|门槛|线)"
    r"|在(?:标准|要求|门槛|线)(?:之|以)?上"
    r"|过关|过线|在线|到(?:了)?(?:小巨人|专精特新)?的?(?:标准|线)了?|具备|达到(?:了|要求|标准|条件)?|没毛病"
    r"|可以|行|齐全|齐备|都有|全有"
    r"|硬气|稳(?:的|当|妥)|照旧都?(?:好|达标|符合|够)|[莫没](?:得|有)(?:啥|什么)?(?:问题|话[讲说]|毛病)|全绿|一路绿灯|没(?:有|啥|什么)*好?担心(?:的)?|挑不出刺|无一不(?:符|达标|满足|够|合格)|不(?:成|是|算)问题|不在话下|不愁|不用[愁担]心?|挑不出毛病|没得挑|没话说|对得上|合得上|跟得上|达得到|过得了|绰绰有余|过硬|杠杠的?"
    r"|没说的(?=$|[，。；！？…、 了）\n])"
    r"|一[条项样个]不[缺少差落拉漏](?:都?(?:达到|满足|达标|符合|有))?|(?<![没未])有|不缺|不差|过得去|正常|妥(?:妥的|当|了)?|通过|没得说|好|到位|没短板|无问题|搞定|成立|能过|(?<![核查对看问审评测办报做拿去想试听见有比碰实验证到经说讲问报提聊填交讨用见试])过(?!了?[一两几三]?[遍眼目堂下])|是|完备"
    r"|没有短板|(?<![拿收报送看听找查遇碰轮等])到了|没有?(?:任何|哪)?一?[条项样个](?:拖后腿|掉队|落下|有问题|出问题|卡住|不(?:达标|符合|满足|行|够|合格|过关))的?)"
)
_ALL = (
    r"(?:都|全都?|全部|均|统统|一律|也都?|完全|应该都?|基本都?|肯定都?|我们|公司|已经?|全数|一切|样样|条条|项项|通通"
    r"|侪|皆|俱|悉数|确认|的确|确实|能|自[查评](?:过|了|下来)?|看[了过]|核[对实查]?(?:过|了|完|下来)?|比对(?:过|了|下来)?|对照?(?:过|了|下来)"
    r"|各方面|各项|所有|一概|是)"
)
_BODY = r"(?:（[^（）]{0,60}）|[^，。！？；\n（）0-9]){0,24}?"
_CHECKED = (
    r"[^，。！？；\n]{0,24}?(?:核|查|对过|对照|比对|看过|自评|一遍|逐[条项一]|连同|包括|含)[^，。！？；\n]{0,16}，"
)
_EASE = r"(?:你|您|就|请|都|也)*(?:放一?百?个?心|不用(?:你|您)?[操担]心|别[操担]心)(?:吧|哦|的|啦|好了)*，"
_SAID = r"(?:我们?|他们?|她|老板|客户|会计|财务|企业|公司)?(?:自己)?[说讲]?"
_OTHERS = Form(
    re.compile(r"其他|其它|其余|别的|别个|别样|旁的|余者|剩下|剩余|余下|另|除此"),
    re.compile(
        rf"{_HEAD}(?:的?，)?(?:{_EASE})?(?:{_CHECKED})??{_BODY}(?:，)?{_ALL}{{0,6}}?(?P<good>{_GOOD})(?![不没])"
    ),
)
_HEADED = re.compile(_HEAD)
_NOT_ALL_OF_THEM = r"(?<!基本)(?<!基础)(?<!直通)(?<!直接)(?<!加分)(?<!准入)(?<!共性)(?<!通用)(?<!豁免)"
"""Conditions of one kind: 基本条件都符合 says nothing of the others."""
_GONE_THROUGH = r"(?:(?:我们|公司|自己|会计|都|也|全|逐[条项]|一一|一[条项]一?[条项]地?){0,4}(?:对|核|查|比|看|盘)(?:照|对|实|查|过|了|完|一遍){0,4}，)?"
_EVERYTHING = Form(
    re.compile(
        r"(?:所有|全部|各项|各个|每一?[项条]|[六七]项|条条|样样|件件|项项|统统|通通|各条|整体|各方面)|"
        + _NOT_ALL_OF_THEM
        + r"(?:条件|指标|要求|标准)"
    ),
    re.compile(
        rf"(?:所有|全部|各项|各个|每一?[项条]|[六七]项|条条|样样|各条|整体)?的?(?:硬性|认定|申报)?(?:条件|指标"
        rf"|要求|标准){{1,2}}(?:我们|公司|也|自查)?{_GONE_THROUGH}(?:都|全|全部"
        rf"|全都|均|一一|样样)(?:是|已经?|能)?(?P<good>{_GOOD})"
        rf"|(?:所有|全部|各项|各方面|每一?项|样样|六项|七项)(?:都|全|均|也|侪)(?P<good2>{_GOOD})"
        rf"|[六七]项(?:指标|标准|条件)?{_SAID}(?:{_ALL}){{1,4}}了?，?(?P<good4>{_GOOD})"
        rf"|(?:样样|条条|项项|件件|统统|通通)(?:都|全|均|也|侪)?(?:是|能)?(?P<good3>{_GOOD})"
    ),
)
_BUT_FOR = r"(?<![解移清消拆扣剔删免根铲废排开])除"
"""除了, and not 移除了, 解除了."""
_APART = Form(
    re.compile(_BUT_FOR),
    re.compile(
        rf"除(?:了|去|开|掉)?(?P<what>[^，。！？；]{{1,24}}?)(?:以外|之外|外)(?:，)?(?:其他|其余|其它|别的"
        rf"|剩下)?(?:的)?"
        rf"{_BODY}{_ALL}{{1,6}}(?P<good>{_GOOD})"
    ),
)
_EXCEPT = Form(
    re.compile(_BUT_FOR),
    re.compile(
        rf"除(?:了|去|开|掉)?(?P<what>[^，。！？；]{{1,24}}?)(?:以外|之外|外)?(?:，)?(?:其他|其余|其它|别的"
        rf"|剩下)?(?:的)?{_BODY}{_ALL}{{1,6}}(?P<good>{_GOOD})"
    ),
)
_BESIDES = Form(
    re.compile(r"以外|之外"),
    re.compile(
        rf"(?P<what>[^，。！？；]{{1,16}}?)(?:以外|之外)(?:，)?(?:其他|其余|其它|别的)?{_BODY}{_ALL}{{1,6}}(?P<good>{_GOOD})"
    ),
    16,
)
_NONE_FAILS = Form(
    re.compile(r"没有?|无一?"),
    re.compile(
        r"(?<!有)(?:没有?|无)(?:哪|任何|什么)?(?:一(?=不)|一?(?:条|个|项|样|处))?(?:条件|指标|要求|地方)?是?(?P<good>(?:不|没|未)"
        r"(?:达标|符合|满足|够|行|过关|合格|合|符|达到|到位|过)(?:的|要求|标准|条件)*)"
    ),
    sure=True,
)
_AS_SHOULD = Form(
    re.compile(r"该|要求的|规定的"),
    re.compile(
        rf"(?:应?该(?:有|达到|满足|具备|符合|够|做到|齐)的|要求的|规定的)(?:我们|公司|条件|项目)?(?:也|都|全|均|侪)+(?P<good>{_GOOD}|达到|做到|齐)"
    ),
    sure=True,
)
_LACKS = re.compile(
    r"(?:就差|只差|就缺|只缺|唯独|仅差|差就差在|卡在)(?P<what>[^，。！？；]{1,12})"
    r"|(?:只有|就是|就|除)(?P<what2>[^，。！？；\d]{1,10})(?:还)?(?:没|不|未)(?:有)?(?:达标|够|满足|符合|达到|过)"
    r"|(?:^|(?<=[，。；！？：\n]))(?P<what3>[^，。！？；\d]{1,12}?)(?:这块|这项|方面|这条|还|也|就|确实|暂时)*"
    r"(?<![够行])(?:不够|不达标|没达标|没达到|达不到|欠缺|不满足|不符合|不行|没把握)"
)
_LEFT_OUT = re.compile(
    _BUT_FOR
    + r"(?:了|去|开|掉)?(?P<what>[^，。；！？]{1,16}?)(?:(?:以外|之外|外)，?|(?<=.)，|(?=其他|其它|其余|别的|剩下))"
)
_OF_A_TITLE = re.compile(
    r"(?P<title>专精特新|创新型|科技型)[”\"]?(?:中小)?(?:企业)?(?:那边|这边|这档|的|那|这|几|些|所有|各|全部|[六七两][条项]|[条项])*(?:硬性|认定|申报|基本)?(?:条件|要求|标准|指标|门槛)"
)
_TITLES = ("科技型", "创新型", "专精特新", "小巨人")
_POINTS_BACK = re.compile(r"[这那此]|以上|上面|上述|前面|刚|说|讲|提|报|给|列|已|数")
_WHAT_ENDS = re.compile(r"以外|之外|外|，|其他|其它|其余|别的|剩下|都|全|均|样样|条条|$")
_IF = re.compile(r"如果|假如|要是|只要|假设")
_HEDGED = r"以前|原先|当初|曾经?|以后|将来|快要?$|会(?![计议员])|好像|似乎|可能|也许|估计|大概|大约|说不定|还在|正在|尚待|有待|才(?=[能会])"
_DENIED = re.compile(
    _HEDGED
    + r"|没(?![有\0]?(?:啥|什么|任何|多大|太大|大|多少){0,2}(?:变|改|动|异议|争议|毛病|问题|短板)|得说|什么)"
    + r"|不(?!缺|差|用|过|错)|未|还要|需要|必须|要(?!求)|应该达|差(?!不)"
    r"|是否|有没有|哪些|怎么|什么(?!问题|都|大?变|改|动|异议|争议|毛病)|多少"
)
_ASKED = re.compile(r"^(?:了|的)?(?:吗|的?话|伐|哇|么|才|就(?:行|能|可以)|？|没有?？|怎么|哪|什么|多少)")
_CLOSED = re.compile(r"$|[，。；！？…、 的了哦啊呀呢吧嘛）\n]")
_BRACKETS = re.compile(r"（[^（）]*）")
_PART = re.compile(
    rf"基本$|[一二三四五六七八九几半]成|百分之|一半|多半|差不多|部分|一些|有的|大部分|多数|大多|[里中](?:面|头)?有?{_COUNT}"
)
_BUT = re.compile(
    r"^[^，。；！？]{0,4}[，、]?(?:但是?|不过|可是?|只是|就是|唯独)?(?:也|还|都|又|里头?)?(?:有|差|剩|缺)(?:个别|某|那么)?[一两几二三\d]"
    r"(?:[条项个样]|两[条项])(?!不[缺少差落拉漏])[^，。；！？]{0,8}?(?:不|没|未|差|悬|够呛|难)"
    r"|^(?:了|的)?，?但是?(?:不够|不达标|不符合|没[到达够])|^(?:了|的)?(?:以后|之后)?再(?:说|看|讲|报)|^的?(?:不多|很少|没几|少)"
)
"""What takes the blanket back: 有一条不符合, 符合了再说."""
_WEAK = ("有", "是", "行", "过", "好", "够", "可以", "杠杠", "杠杠的")
_WEAK_ALL = re.compile(r"[都全均也侪皆俱]|样样|条条|项项|统统|通通|一律|一概|悉数")
_UNCHANGED = re.compile(
    r"(?:我们|公司|企业|的|情况|指标|条件|数据|[几各][项条样]|这些|那些|方面|跟|和|与|同|照|按)*"
    r"(?:也|都|还是|基本上?|跟|和|与|同|照|按)*(?:(?:[一二三四两几]年前|去年|上次|上回|以前|之前|原来|当初|认定时)(?:的样子|那时)?)?"
    r"(?:(?:都|也|还是)?(?:一样|差不离|一个样)|没(?:有|什么|啥)*(?:大的?)?(?:变化?|变动|改动|改变|动)过?|不变|未变|照旧|如旧|老样子)(?:的|了)?"
)
"""That nothing changed, which by itself affirms nothing."""
_TRIES = 4


@dataclass(frozen=True)
class Rest:
    """The words of "everything else is met" with their place, and the facts that they leave out."""

    words: str | None
    zone: Zone | None
    excluded: list[str]


def read_rest(reading: Reading) -> Rest:
    """Whether the asker says that all the rest is met. A question or a denial is none."""
    text = reading.text
    excluded: list[str] = []
    found: re.Match[str] | None = None
    for pattern in (_APART, _EXCEPT, _BESIDES):
        found = _asserted(reading, pattern)
        if found:
            start = found.start("what")
            ends = _WHAT_ENDS.search(text, start + 1)
            end = max(found.end("what"), ends.start() if ends else 0)
            excluded = _facts_in(reading, start, end)
            if not excluded and not _POINTS_BACK.search(text[start:end]):
                return Rest(None, None, [])  # what is left out is not understood
            break
    others = _asserted(reading, _OTHERS)
    match = (
        found
        or others
        or next((m for f in (_EVERYTHING, _NONE_FAILS, _AS_SHOULD) if (m := _asserted(reading, f))), None)
    )
    span = match.span() if match else _in_other_words(reading)
    if span is None or _of_a_lower_title(reading, *span):
        return Rest(None, None, [])
    lacks = _LACKS.search(text)
    if lacks:
        group = next(g for g in ("what", "what2", "what3") if lacks[g])
        excluded += _facts_in(reading, lacks.start(group), lacks.end(group))
    for left_out in islice(_LEFT_OUT.finditer(text), 4):  # 除了环保，安全、质量都没出过事，其他都达标
        named = _facts_in(reading, left_out.start("what"), left_out.end("what"))
        if not named and match is None and not _POINTS_BACK.search(left_out["what"]):
            return Rest(None, None, [])
        excluded += named
    start = others.start() if others else found.end("what") if found else span[0]
    zone = Zone(start, span[1], "rest")
    return Rest(reading.message[span[0] : span[1]], zone, list(dict.fromkeys(excluded)))


def _of_a_lower_title(reading: Reading, start: int, end: int) -> bool:
    """专精特新的条件都满足，想报小巨人: what is met is the standard of a title below the one asked about."""
    for named in islice(_OF_A_TITLE.finditer(reading.text), 6):
        higher = _TITLES[_TITLES.index(named["title"]) + 1 :]
        about = reading.title in higher or any(title in reading.text for title in higher)
        if named.start() <= end and start <= named.end() and about:
            return True
    return False


def _in_other_words(reading: Reading) -> tuple[int, int] | None:
    """The first clause that says so in words of its own: 其它项都守住了, 各项数据全都超线."""
    text = reading.text
    for head in islice(_HEADED.finditer(text), 12):
        end = reading.clause(head.end() - 1).end
        if head.end() == end and text[end : end + 1] == "，" and reading.clause_index(end + 1) < len(reading.clauses):
            end = reading.clause(end + 1).end  # 其余的，都守住了
        told = head.end()
        for _ in range(2):  # 别的跟三年前一样，没什么变动，都符合
            stop = reading.clause(told).end
            if stop >= len(text) or not _UNCHANGED.fullmatch(text, told, stop):
                break
            told, end = stop + 1, reading.clause(min(stop + 1, len(text) - 1)).end
            met = predicate(text, told, end)
            if met is not None and _left_standing(text, head.start(), met):
                return head.start(), met
        until = predicate(text, head.end(), end)
        if until is not None and _left_standing(text, head.start(), until):
            return head.start(), until
    for clause in reading.clauses:
        spoken = whole(text, clause.start, clause.end)
        if spoken and not reading.zone(spoken[0]) and _left_standing(text, *spoken):
            return spoken
    return None


def _left_standing(text: str, start: int, end: int) -> bool:
    """Whether nothing around the words takes them back or makes them a condition or a question."""
    after = text[end : end + 30]
    return not (_ASKED.match(after[:6]) or _BUT.match(after) or _IF.search(text[max(0, start - 12) : start]))


def _asserted(reading: Reading, form: Form) -> re.Match[str] | None:
    """The first place where the form says that things are met. Only the first few places are tried."""
    for anchor in islice(form.anchor.finditer(reading.text), 12):
        start = anchor.start()
        if form.back:
            start = max(reading.clause(start).start, start - form.back)
        text = reading.text
        for _ in range(_TRIES):
            match = form.pattern.match(text, start)
            if match is None:
                break
            good = next(g for g in ("good", "good2", "good3", "good4") if g in match.groupdict() and match[g])
            if not _holds(reading.text, match, good, sure=form.sure):
                break
            if form.sure or _strong(reading.text, match, good):
                return match
            text = text[: match.start(good)] + "\0" * len(match[good]) + text[match.end(good) :]  # look further on
    return None


def _holds(text: str, match: re.Match[str], good: str, *, sure: bool) -> bool:
    """Whether the words found do affirm: no denial, no part, no question, no condition, nothing taken back."""
    opened = match.end("what") if "what" in match.groupdict() else match.start()
    body = _BRACKETS.sub("", text[opened : match.start(good)])
    if not sure and (_DENIED.search(body) or _PART.search(body)):
        return False
    return _left_standing(text, match.start(), match.end())


def _strong(text: str, match: re.Match[str], good: str) -> bool:
    """Whether the word found is a verdict of its own, or a weak one that 都 makes one."""
    if match[good] in ("有", "是", "都有", "全有", "好", "行") and not _CLOSED.match(text[match.end() :][:1]):
        return False  # 其余都是外销, 其他都有问题
    return match[good] not in _WEAK or bool(_WEAK_ALL.search(text[match.start() : match.start(good)][-4:]))


def _facts_in(reading: Reading, start: int, end: int) -> list[str]:
    named = {fact for mention in reading.mentions_in(start, end) for fact in mention.facts}
    words = reading.text[start:end]
    return sorted(named.union(*(facts for word, facts in lexicon().matters.items() if word in words)))
