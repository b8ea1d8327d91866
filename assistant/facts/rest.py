""" "Everything else is met": the words that say so, and what they leave out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

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


_GOOD = (
    r"(?:达标|满足|符合(?:条件|要求|标准|规定)?|够(?:了|格|标|线)?|没(?:有|啥|什么)?(?:大|任何|啥)?问题|ok|合格"
    r"|过关|过线|在线|到(?:了)?(?:小巨人|专精特新)?的?(?:标准|线)了?|具备|达到(?:了|要求|标准|条件)?|没毛病"
    r"|可以|行|齐全|齐备|都有|全有"
    r"|不(?:成|是|算)问题|不在话下|不愁|不用[愁担]心?|挑不出毛病|没得挑|没话说|没说的|对得上|合得上|跟得上|达得到|过得了|绰绰有余|过硬|杠杠的?"
    r"|一[条项样个]不[缺少差落拉漏](?:都?(?:达到|满足|达标|符合|有))?|有|不缺|不差|过得去|正常|妥(?:妥的|当|了)?|通过|没得说|好|到位|没短板|无问题|搞定|成立|能过|过|是|完备|没有短板|到了|没有?一[条项样个]不(?:达标|符合|满足|行|够|合格|过关)的?)"
)
_ALL = (
    r"(?:都|全都?|全部|均|统统|一律|也都?|完全|应该都?|基本都?|肯定都?|我们|公司|已经?|全数|一切|样样|条条|项项|通通"
    r"|侪|皆|俱|悉数|确认|的确|确实|能|自查|看了|核对过|各方面|各项|所有)"
)
_BODY = r"(?:（[^（）]{0,60}）|[^，。！？；\n（）0-9]){0,24}?"
_OTHERS = Form(
    re.compile(r"其他|其它|其余|别的|别个|别样|旁的|余者|剩下|剩余|余下|另外的|除此"),
    re.compile(
        rf"(?:其他|其它|其余|别的|别个|别样|旁的|余者|剩下|剩余|余下|另外的|除此之外"
        rf"|除此以外){_BODY}(?:，)?{_ALL}*?(?P<good>{_GOOD})(?![不没])"
    ),
)
_EVERYTHING = Form(
    re.compile(
        r"(?:所有|全部|各项|各个|每一?[项条]|[六七]项|条条|样样|件件|项项|统统|通通|各条|整体|各方面)|条件|指标|要求|标准"
    ),
    re.compile(
        rf"(?:所有|全部|各项|各个|每一?[项条]|[六七]项|条条|样样|各条|整体)?的?(?:硬性|认定|申报|基本)?(?:条件|指标"
        rf"|要求|标准){{1,2}}(?:我们|公司|也|自查)?(?:都|全|全部"
        rf"|全都|均|一一|样样)(?:是|已经?|能)?(?P<good>{_GOOD})"
        rf"|(?:所有|全部|各项|各方面|每一?项|样样|六项|七项)(?:都|全|均|也|侪)(?P<good2>{_GOOD})"
        rf"|(?:样样|条条|项项|件件|统统|通通)(?:都|全|均|也|侪)?(?:是|能)?(?P<good3>{_GOOD})"
    ),
)
_APART = Form(
    re.compile(r"除"),
    re.compile(
        rf"除(?:了|去|开|掉)?(?P<what>[^，。！？；]{{1,24}}?)(?:以外|之外|外)(?:，)?(?:其他|其余|其它|别的"
        rf"|剩下)?(?:的)?"
        rf"{_BODY}{_ALL}+(?P<good>{_GOOD})"
    ),
)
_EXCEPT = Form(
    re.compile(r"除"),
    re.compile(
        rf"除(?:了|去|开|掉)?(?P<what>[^，。！？；]{{1,24}}?)(?:以外|之外|外)?(?:，)?(?:其他|其余|其它|别的"
        rf"|剩下)?(?:的)?{_BODY}{_ALL}+(?P<good>{_GOOD})"
    ),
)
_BESIDES = Form(
    re.compile(r"以外|之外"),
    re.compile(
        rf"(?P<what>[^，。！？；]{{1,16}}?)(?:以外|之外)(?:，)?(?:其他|其余|其它|别的)?{_BODY}{_ALL}+(?P<good>{_GOOD})"
    ),
    16,
)
_NONE_FAILS = Form(
    re.compile(r"没有?|无一?"),
    re.compile(
        r"(?<!有)(?:没有?|无)(?:哪|任何|什么)?(?:一?(?:条|个|项|样|处))?(?:条件|指标|要求|地方)?是?(?P<good>(?:不|没|未)"
        r"(?:达标|符合|满足|够|行|过关|合格|达到|到位|过)(?:的|要求|标准|条件)*)"
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
    r"(?:不够|不达标|没达标|没达到|达不到|欠缺|不满足|不符合|不行|没把握)"
)
_IF = re.compile(r"如果|假如|要是|只要|假设")
_DENIED = re.compile(
    r"没(?!有?问题|毛病|得说|啥问题|什么|有?短板)|不(?!缺|差|用|过|错)|未|还要|需要|必须|要(?!求)|应该达|差(?!不)"
    r"|是否|有没有|哪些|怎么|什么(?!问题|都)|多少"
)
_ASKED = re.compile(r"^(?:了|的)?(?:吗|么|才|就(?:行|能|可以)|？|没有?？|怎么|哪|什么|多少)")
_CLOSED = re.compile(r"$|[，。；！？…、 的了哦啊呀呢吧嘛）\n]")
_PART = re.compile(r"部分|一些|有的|大部分|多数|大多")


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
            excluded = _facts_in(reading, found.start("what"), found.end("what"))
            break
    others = _asserted(reading, _OTHERS)
    match = (
        found
        or others
        or next((m for f in (_EVERYTHING, _NONE_FAILS, _AS_SHOULD) if (m := _asserted(reading, f))), None)
    )
    if match is None:
        return Rest(None, None, [])
    lacks = _LACKS.search(text)
    if lacks:
        group = next(g for g in ("what", "what2", "what3") if lacks[g])
        excluded += _facts_in(reading, lacks.start(group), lacks.end(group))
    start = match.end("what") if found else match.start()
    shown = others if others else match
    zone = Zone(shown.start() if others else start, match.end(), "rest")
    return Rest(reading.message[match.start() : match.end()], zone, list(dict.fromkeys(excluded)))


def _asserted(reading: Reading, form: Form) -> re.Match[str] | None:
    """The first place where the form says that things are met. Only the first few places are tried."""
    text = reading.text
    for anchor in islice(form.anchor.finditer(text), 12):
        start = anchor.start()
        if form.back:
            start = max(reading.clause(start).start, start - form.back)
        match = form.pattern.match(text, start)
        if match is None:
            continue
        good = next(g for g in ("good", "good2", "good3") if g in match.groupdict() and match[g])
        opened = match.end("what") if "what" in match.groupdict() else match.start()
        body = re.sub(r"（[^（）]*）", "", text[opened : match.start(good)])
        if (
            (_DENIED.search(body) and not form.sure)
            or (_PART.search(body) and not form.sure)
            or _ASKED.match(text[match.end() : match.end() + 6])
        ):
            continue
        if _IF.search(text[max(0, match.start() - 12) : match.start()]):
            continue
        if not form.sure and match[good] in ("有", "是", "都有", "全有") and not _CLOSED.match(text[match.end() :][:1]):
            continue  # 其余都是外销, 其他都有问题
        if (
            not form.sure
            and match[good] in ("有", "是", "行", "过", "好", "够", "可以")
            and not re.search(r"[都全均也侪]|样样|条条|统统|通通", body[-4:])
        ):
            continue
        return match
    return None


def _facts_in(reading: Reading, start: int, end: int) -> list[str]:
    named = {fact for mention in reading.mentions_in(start, end) for fact in mention.facts}
    words = reading.text[start:end]
    return sorted(named.union(*(facts for word, facts in lexicon().matters.items() if word in words)))
