"""Titles: the one asked about, those held or lost, and whether it is the first time or a review."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from assistant.facts.reading import Reading
from assistant.facts.scope import asks
from assistant.facts.text import Clause
from assistant.facts.titles_term import ran_out, runs_on
from assistant.facts.titles_track import NOT_REVIEW, RANK, REVIEW, Named, Role, track_of
from assistant.facts.values import Statement, Value

_NAMES = re.compile(
    r"(?P<none>科技[“\"]?小巨人|重点[“\"]?小巨人|专精特新(?:中小企业)?(?:发展)?(?:评价|贷|专板)"
    r"|科技和创新型(?:中小企业)?)"
    r"|(?P<小巨人>(?:国家级?)?(?:专精特新)?[“\"'‘”]?小巨人[”\"'’]?)"
    r"|(?P<专精特新>专精特新)|(?P<创新型>创新型(?!产品|技术|人才|城市|国家|项目))|(?P<科技型>科技型|国科小|科小)"
)
_HOLDS = {"小巨人": "holds_xjr", "专精特新": "holds_zjtx", "创新型": "holds_innovative", "科技型": "holds_tech"}
_AND = re.compile(r"(?:中小企业|企业)?[”\"]?(?:、|和|与|及|或者?|跟|/|以及|还有| ){1,3}")
_TAIL = r"^(?:中小|企业|公司|称号|证书|资质|资格|身份|的|那个|信息库|库|名单|名录|评价|[”\"'’])*"
_QUALIFIERS = (
    r"(?:的|国家级?|省[级里]?|市[级里]?|区级?|上海市?|青浦|有效期内|有效期|在|有效|去年|前年|今年|刚|20\d\d年"
    r"|\d年|了|过|一家|一个|个|家|[“\"'‘]|一下|上|下|为|成|到"
    r"|这个|这|本|第.批|科技和)*+$"
)
_ASKED = re.compile(
    r"(?:申报|申请|报名?|评(?!上|为|过|了)(?!(?<=[年初底末月刚]评)的)|评选|参评|冲刺?|认定(?!为|了|过|成|的)|升级|升到?|晋级|争取|够得?上?"
    r"|符合|复核|复审|想要|想拿|能拿|要拿|达到|问一?[下问]|咨询|成为"
    r"|拿下|算(?:不算|得上)?"
    r"|想做|够不够|能当|当上|能成|能评|可以评|去评)" + _QUALIFIERS
)
_OWN = re.compile(
    r"(?:(?<!不)(?<!算)是|已是|属于|(?<!没)(?<!未)(?<!想)(?<!要)(?<!能)[入进][了的]|(?<!没)有|拥有|持有|拿到|拿了|拿过|挂着|挂了|挂有|顶着|获得|获评|获|评上|评为|评了|评过|被评为"
    r"|认定为|认定了|认定过|入库|取得|作为|入选|当上|从|由|(?<![所可])以|凭|带着|手[里上头](?:的|是|有|只有)*"
    r"|身份|有效期内的?|有效的|(?:认|认定|评上|评|获评|拿到|获得|公告)的)" + _QUALIFIERS
)
_OWN_AFTER = re.compile(
    _TAIL
    + r"(?:我们|都|也|还|已经?|早就|仍然?|目前|现在|是|一直|年年|每年|\d+年|去年|前年|今年|\d{1,2}月份?|[上下]半年|倒|其实"
    r"|就|刚|才|证书?|牌子|名头|帽子|编号|的|入库|登记|公告)*"
    r"(?:在有效期|在有效|在期|在手|在(?=$|[，。；！、])|没过期|没断|没到期|还没过期|未过期|没失效|有效|(?:挂|握|揣|拿|攥)着(?=$|[，。；])"
    r"|[进入](?:的|了)库|[进入](?:上|去|成)了|(?:通过|更新|续上)了(?=$|[，。；])|(?:(?<=[单录])[里中内上]|(?<=库)里)(?!面?.{0,4}(?:没|无|未|不))|有了?(?![效戏希机可没什哪啥多几必资门路指把谱盼得吗么伐])|拿到|拿了|拿下|拿过|(?<=[刚才])(?:拿|评|公告|下来)(?=$|[，。；])|入库|认定了|认定过|评上|取得|持有"
    r"|拿的|评的|认的|认定的|(?<=[年刚])公告(?:的|了|过)?(?=$|[，。；]))"
)
_ENTERING = re.compile(
    r"^(?:中小企业|企业)?的?(?:能|可以)?(?:入库|进库|入得了库|进得了库)(?:呢|行|可以|够|吗|么|伐|要|有(?:戏|希望)|成)"
)
_SUBJECT = re.compile(
    r"^(?:中小企业|企业|公司|称号)+(?:，)?(?:想|要|准备|打算|能不能|能|可以|怎么|如何|升|再|，|申报|申请|报|冲)"
)
_WHEN = (
    r"(?:(?<=[单录库])[里中内上]面?|我们|公司|都|也|就|还|已经?|早|刚|在|于|去年|前年|大前年|今年|上半年|下半年|年初|年底|年末|春节|开春|开年|[春夏秋冬][天季]|上个?月"
    r"|上周|昨天|前[两几]年|[两几三1-9]年前|20\d\d年|\d{1,2}年|\d{1,2}月份?|[一二三四五六七八九十]{1,2}月份?|底|初"
    r"|那[张个本]|证书?|编号|牌子|名头|[发批办评拿认](?:下来)?的|年年|每年|从来|一直|至今|这[两个些]{1,2}|[两俩哪什]个|什么|哪样|啥|全|均|统统|一概|到现在|目前|现在|如今|其实|实际上?"
    r"|压根|根本|一个|一样|一张|是|的|入库|登记|有效期|：|情况|，(?=[两俩全都一])){0,8}"
)
_LOST = re.compile(
    _TAIL
    + _WHEN
    + r"(?:过期|过了(?:有效)?期|失效|到期了|已到期|到期(?:后|以后|就|时|也|了|却|都)*(?:没|未|忘|错过)|作废|没续|没有?了"
    r"|没(?!有?(?:创新型|科技型|专精特新|小巨人|别的|其他)|错|问题|有?问题|过期|失效|到期|毛病|丢|取消|断)|(?<!是)不是(?!创新型|科技型|专精特新|小巨人)|不算|不在(?!话)|不属于|未(?!到期|过期|失效|断)|无(?!论)|正在申|在申|申请中|公示(?!.{0,3}(?:过了|完|结束|通过))|还没(?:下来|批|公布|发证|拿|到手|公告)|还没(?!.{0,2}[过失到])|并没(?!过)"
    r"|(?:被)?(?:注销|收回|拿掉)|(?<=[单录库台统网])[里中内上]?面?(?:[查找搜]不到|查无)|断了|掉了|丢了|没保住|失去|到头了?|泡汤|黄了|空白|零)"
)
_LOST_LATER = re.compile(r"(?<![没未不会])(?:失效|过期|作废|注销|到期没续?|断掉)(?:了|掉|$)(?!吗|没|怎)")
_LAPSED = re.compile(_TAIL + _WHEN + r"到期(?:后|以后|就|时|也|了|却|都|，)*(?:没|未|忘|错过)(?!有?问题)")
_STILL = re.compile(
    _TAIL
    + _WHEN
    + r"(?:没问题|(?:没|未|不会|并没有?|没有)(?:有)?.{0,2}(?:过期|失效|到期|作废|丢|断)|离(?:过期|到期)|有效)"
)
_NOT = re.compile(
    r"(?:没有?|不是|未|无|不属于|不算|没评上|没拿到|没拿|没认定|没评过?|没报上|[没未]能?[进入](?:过|成|到|得了)?|缺|尚未|不具备|没入库|并非|正在申[请报]"
    r"|还在申[请报]|在申[请报])(?:取得|获得|评上|拿到|过|任何)?" + _QUALIFIERS
)
_MONTH = r"(?:[\d一二三四五六七八九十]{1,2}月份?(?:\d{1,2}[日号])?)"
_DUE = (
    rf"(?:(?:下个?月|(?:明年|后年){_MONTH}?|今?年底|\d{{1,2}}月|下半年|20\d\d年)?(?:底|初|才|就|快|就要|要)*+"
    rf"|20\d\d年{_MONTH}(?:底|初)?(?:才|方)(?:要|会)?)到期(?!了)"
)
_DUE_FOR_REVIEW = re.compile(
    _TAIL[1:]
    + r"(?:我们|的)*(?:今年|明年|今年)?(?:"
    + _DUE
    + r"|到期)(?:了|，)?(?:要|得|该|需要?|准备|想)*+(?:去|来|做|参加|申请)*(?:复核|复审)"
)
_NONE_AT_ALL = re.compile(
    r"(?:哪|任何一|一|半)[个样张种](?:称号|资质|头衔|牌子|证书?|荣誉)(?:都|也|还)*(?:没有?|不是|无)|(?<!示范)(?<!优势)(?<!企业)(?<!之类)(?<!这类)(?<!那类)(?<!类的)(?:称号|资质|头衔|牌子)(?:都|也|还|全|什么的|啥的|统统)*(?:没有?(?!有?(?:啥|什么|多大|多少|太大|大|实际)*(?:[问过用变丢断]|意[思义]|好处|价值|作用|到期|失效))|一个没有|空白)"
    r"|(?:没有?|无|未(?:获|得|拿)?)(?:拿|得|评|取得|获得)?过?(?:任何|什么|啥|一个|半个)(?:称号|资质|头衔|牌子)|啥(?:称号|资质|头衔|牌子)?(?:都|也)?没有(?=，|。|$)(?<=号没有|质没有|衔没有|子没有)"
    r"|没有?任何(?:称号|资质|头衔|荣誉称号)|什么(?:称号|资质|头衔)(?:都|也)(?:没有?|不是)|(?:没有?|无)(?:任何)?(?:称号|头衔)(?=[，。；]|$)|(?:称号|资质)一个(?:都"
    r"|也)没有?"
)
_OF_ONE = re.compile(r"(?:专精特新|小巨人|创新型|科技型)[”\"'’]?(?:中小企业|企业)?的?\Z")
_SKIPPED = re.compile(r"(?:跳过|越过|绕过|绕开|略过)" + _QUALIFIERS)
_THAT_ONE = re.compile(
    r"(?:没有?|无|未(?:取得|获得?|拿到?))(?:拿|评|得|取得|获得)?(?:到|过)?(?:那|这|该)(?:一?[个张块]|项)?(?:称号|牌子|资质|头衔|证书?)"
    r"|(?:那|这|该)(?:一?[个张块]|项)?(?:称号|牌子|资质|头衔|证书?)(?:我们|公司|客户|也|都|还|是)*"
    r"(?:没有?|未)(?:拿|评|得|取得|获得)?(?:到|过)?(?=$|[，。；！])"
)
_BOTH_GONE = re.compile(
    r"(?<=[，。；])(?:所以|等于|也就是)?(?:现在|目前|如今|眼下|手里)*(?:两[样个张本]|俩|哪[样个张])(?:证书?|称号|牌子)?(?:现在|目前|如今)*"
    r"(?:都|全|侪|也)(?:没有?|没了|不在了?|失效了?|过期了?)(?:了|的)?(?=$|[，。；！])"
)
_CANCELLED = re.compile(r"取消|撤销|摘牌|摘了|摘帽|收回|(?<!后)(?:被|给)撤|撤了|撤掉|除名")
_NOT_TAKEN = re.compile(
    r"(?:没有?|未|从没|从未|不曾|不会|会不会|免得|以免|高企|高新|优惠|合同|订单|限制|异常)[^，。；]{0,4}(?:取消|撤|摘|收回|除名)"
)
_IN_FORCE = re.compile(r"有效|在期|没过期|[说讲]")


_SHORT, _LONG = 12, 20
_TERM = re.compile(r"三年期|有效期|[批发办评拿认]的|公告|入库")
_DUE_HERE = re.compile(r"(?<!没)(?<!未)到期|期满|满三年")
_OTHER_TITLE = re.compile(r"小巨人|专精特新|创新型|科技型")
_LOST_ALONE = re.compile(
    r"^(?:但|不过|可|可惜|结果)?" + _WHEN[: -len(r"|，(?=[两俩全都一])){0,8}")] + r"){0,8}"
    r"(?:过期了?|失效了?|作废了?|到期了|没续上?|没有了?(?=$|[，。；])|都?没有?拿?到?(?=$|[，。；])|不是(?=$|[，。；])|没了|断了)"
)


@dataclass(frozen=True)
class Titles:
    """The title asked about, the titles held or not, and the procedure."""

    asked: str | None
    track: Literal["first", "review"] | None
    statements: list[Statement]


def read_titles(reading: Reading) -> Titles:
    """Titles of a message. A title that is neither held nor lost is the one asked about."""
    named = _named(reading)
    statements = [
        _old(reading, one) or reading.flag(_HOLDS[one.title], one.role == "held", one.start, one.end)
        for one in named
        if one.role in ("held", "not_held") and not reading.zone(one.start)
    ]
    later = [*_lost_after(reading, named), *_both_gone(reading, named)]
    taken = _taken_away(reading, named)
    statements = [s for s in statements if s.key not in {x.key for x in later}] + later
    statements = [s for s in statements if s.key not in {_HOLDS[t] for t in taken} or s.value.flag is not True]
    statements += [
        reading.flag(_HOLDS[one.title], False, one.start, one.end)
        for one in named
        if one.role == "cancelled"
        and RANK.index(one.title) > RANK.index(_asked(named, ("asked", "named")) or one.title)
    ]
    match = _NONE_AT_ALL.search(reading.text)
    if match and not reading.zone(match.start()) and not _of_one(reading, match):
        statements += [reading.flag(f, False, *match.span()) for f in _none_held(reading)]
    best = _asked(named, ("asked",)) or _asked(named, ("named",))
    statements += _that_one(reading, named, best, {s.key for s in statements})
    statements += _still_valid(reading, named, best, {s.key for s in statements})
    track = track_of(reading, named, best, taken)
    for one in named if track == "review" else ():
        if due := _DUE_FOR_REVIEW.match(reading.text, one.end):
            reading.hear(one.start, due.end())
    if best is None and track == "review":
        held = _asked(named, ("held", "not_held"))
        lower = held is not None and reading.title in RANK and RANK.index(held) > RANK.index(reading.title)
        best = None if lower else held
    return Titles(best or _asked(named, ("cancelled",)), track, statements)


def _taken_away(reading: Reading, named: list[Named]) -> set[str]:
    """以前是专精特新，24年底被取消的: titles once held, whose loss is told in the clause behind the name."""
    found = {n.title for n in named if n.role == "cancelled"}
    for one in named[:20]:
        index = reading.clause_index(one.start)
        here, following = reading.clauses[index], reading.clauses[index + 1 : index + 3]
        if one.role != "held" or any(n.start > one.start and n.start < here.end for n in named):
            continue
        for clause in following:
            if clause.sentence != here.sentence or any(clause.start <= n.start < clause.end for n in named):
                break
            match = _CANCELLED.search(reading.words(clause))
            disputed = _IN_FORCE.search(reading.words(here) + reading.words(clause))
            if (
                match
                and not disputed
                and not _NOT_TAKEN.search(reading.words(clause))
                and not asks(reading.text, clause)
            ):
                found.add(one.title)
    return found


def _still_valid(reading: Reading, named: list[Named], best: str | None, known: set[str]) -> list[Statement]:
    """专精特新复核，科技型也有效: a title below the one asked about that is said to run still is held."""
    found: list[Statement] = []
    for one in named:
        after = reading.text[one.end : min(reading.clause(one.start).end, one.end + 20)]
        lower = best is not None and RANK.index(one.title) > RANK.index(best) and _HOLDS[one.title] not in known
        if one.role != "named" or not lower or not _STILL.match(after) or _LOST.match(after):
            continue
        if not reading.zone(one.start) and not asks(reading.text, reading.clause(one.start)):
            found.append(reading.flag(_HOLDS[one.title], True, one.start, one.end))
    return found


def _that_one(reading: Reading, named: list[Named], best: str | None, known: set[str]) -> list[Statement]:
    """报小巨人，专精特新那个称号没有: of the one title named below the title asked about."""
    match = _THAT_ONE.search(reading.text)
    lower = {n.title for n in named if best and RANK.index(n.title) > RANK.index(best)}
    if match is None or len(lower) != 1 or reading.zone(match.start()):
        return []
    fact = _HOLDS[lower.pop()]
    if fact in known or asks(reading.text, reading.clause(match.start())):
        return []
    return [reading.flag(fact, False, *match.span())]


def _of_one(reading: Reading, match: re.Match[str]) -> bool:
    """专精特新称号没有 denies that one alone."""
    return match[0][:2] in ("称号", "资质", "头衔", "牌子") and bool(_OF_ONE.search(reading.text, 0, match.start()))


def _none_held(reading: Reading) -> list[str]:
    """The titles denied by 什么称号都没有; 小巨人, which no standard asks for, only where benefits are spoken of."""
    facts = ["holds_innovative", "holds_tech", "holds_zjtx"]
    return [*facts, "holds_xjr"] if re.search(r"政策|补贴|奖励|优惠|享受|体检", reading.text) else facts


def _lost_after(reading: Reading, named: list[Named]) -> list[Statement]:
    """专精特新去年到期没复核，已经失效; 创新型和科技型，两个都没有: the loss told in the clause behind the name."""
    found: list[Statement] = []
    for one in named[:20]:
        index = reading.clause_index(one.start)
        if one.role not in ("named", "held") or reading.zone(one.start) or index + 1 >= len(reading.clauses):
            continue
        here, following = reading.clauses[index], reading.clauses[index + 1]
        words = reading.words(following)
        if _DUE_HERE.search(reading.words(here)) and NOT_REVIEW.search(words) and index + 2 < len(reading.clauses):
            reading.hear(here.start, here.end)
            if len(words) <= _SHORT:
                reading.hear(following.start, following.end)
            following = reading.clauses[index + 2]  # 今年8月到期，没去复核，已经失效了
            words = reading.words(following)
        if not (_LOST_ALONE.match(words) or _LAPSED.match(words)) or reading.zone(following.start):
            continue
        last = [n for n in named if here.start <= n.start < here.end]
        told = _strip(reading.text[last[-1].end : here.end])
        if len(told) <= 12 or (len(told) <= _LONG and _TERM.search(told)):
            if len(told) > 12:
                reading.hear(here.start, here.end)
            found += [reading.flag(_HOLDS[n.title], False, following.start, following.end) for n in last]
    return list({s.key: s for s in found}.values())


def _both_gone(reading: Reading, named: list[Named]) -> list[Statement]:
    """创新型…过期了，科技型…没入库，现在两样都没有: said of the two titles that the sentence names before."""
    found: list[Statement] = []
    for match in islice(_BOTH_GONE.finditer(reading.text), 2):
        sentence = reading.clause(match.start()).sentence
        before = {n.title for n in named if n.start < match.start() and reading.clause(n.start).sentence == sentence}
        lower = before & {"创新型", "科技型"}
        if (
            len(lower) == 2
            and not reading.zone(match.start())
            and not asks(reading.text, reading.clause(match.start()))
        ):
            found += [reading.flag(_HOLDS[title], False, *match.span()) for title in sorted(lower)]
    return found


def _old(reading: Reading, one: Named) -> Statement | None:
    """专精特新2021年拿的: valid for three years, so long gone unless it was reviewed, which was not said."""
    clause = reading.clause(one.start)
    years = [y for t in reading.times_in(clause.start, clause.end) for y in t.years]
    if one.role != "held" or not years or max(years) > reading.as_of.year - 4 or one.title == "科技型":
        return None
    if re.search(r"复核|复审|续|有效|没过期|没到期|在期|延", reading.text):
        return None
    value = Value.uncertain(reading.message[one.start : clause.end])
    return reading.said(_HOLDS[one.title], value, one.start, one.end)


def _strip(words: str) -> str:
    return re.sub(_TAIL, "", words)


def _asked(named: list[Named], roles: tuple[Role, ...]) -> str | None:
    return min((n.title for n in named if n.role in roles), key=RANK.index, default=None)


def _named(reading: Reading) -> list[Named]:
    matches = [m for m in islice(_NAMES.finditer(reading.text), 60) if m.lastgroup != "none"]
    groups: list[list[re.Match[str]]] = []
    for match in matches:
        if groups and _AND.fullmatch(reading.text, groups[-1][-1].end(), match.start()):
            groups[-1].append(match)
        else:
            groups.append([match])
    found: list[Named] = []
    for i, group in enumerate(groups):
        clause = reading.clause(group[0].start())
        following = groups[i + 1][0].start() if i + 1 < len(groups) else len(reading.text)
        role = _role(reading, clause, group[0].start(), group[-1].end(), following)
        found += [Named(str(m.lastgroup), m.start(), m.end(), role) for m in group]
    return found


def _role(reading: Reading, clause: Clause, start: int, end: int, following: int) -> Role:
    before = reading.text[max(clause.start, start - 20) : start]
    after = reading.text[end : min(clause.end, end + 20)]
    if _CANCELLED.search(after) or re.search(r"(?:取消|撤销|撤|摘|收回)(?:了|过|的|掉了?)?$", before):
        return "cancelled"
    if re.search(r"除(?:了|去|开)?" + _QUALIFIERS, before) and re.search(r"外|，", reading.text[end : end + 8]):
        return "left_out"
    if re.search(r"(?:是不是|有没有|是否|算不算)" + _QUALIFIERS, before):
        return "named"
    if _NOT.search(before):
        return "not_held"
    if _SKIPPED.search(before) and not asks(reading.text, clause):
        return "not_held"
    if _ASKED.search(before):
        return "asked"
    return _validity(reading, clause, end, following) or _own(before, after, end, following, len(reading.text))


def _validity(reading: Reading, clause: Clause, end: int, following: int) -> Role | None:
    """What is said of the title's term: still running, due, or over."""
    after = reading.text[end : min(clause.end, end + 20)]
    review = REVIEW.search(reading.text)
    name = _NAMES.match(reading.text, end - 3) or _NAMES.match(reading.text, end - 4)
    if name and name.lastgroup in _HOLDS and _below(reading, str(name.lastgroup)) and (term := runs_on(reading, end)):
        reading.hear(*term)
        return "held"
    if ran_out(reading, end) and not review:
        return "named"
    if _STILL.match(after) and not _LOST.match(after):
        other = _OTHER_TITLE.search(reading.text[following : following + 5])
        return "named" if review and not other else "held"
    if _LAPSED.match(after):
        return "not_held"
    due = re.match(_TAIL + r"(?:证|我们|是|要|到|得|快|就|马上|刚好|还有?.{1,4}){0,6}" + _DUE, after)
    upper = reading.text[end - 3 : end] in ("创新型", "科技型") and re.search(
        r"专精特新|小巨人", reading.text[: clause.start]
    )
    if due and (following < len(reading.text) or upper) and not review:
        return "held"
    if review and re.match(_TAIL + r".{0,6}?到期", after):
        return "named"
    lost = _LOST.match(after) and not _STILL.match(after)
    later = _LOST_LATER.search(reading.text[end : min(clause.end, following, end + 24)])
    return "not_held" if lost or later else None


def _below(reading: Reading, title: str) -> bool:
    """Whether a title above this one is what the talk is about, or is named in the message."""
    higher = RANK[: RANK.index(title)]
    return reading.title in higher or any(one in reading.text for one in higher)


def _own(before: str, after: str, end: int, following: int, length: int) -> Role:
    """Whether the company has the title, by the words around it; else it is only named."""
    if _OWN.search(before) and not re.match(r"^(?:中小企业|企业)?(?:的)?(?:条件|标准|要求)", after):
        return "held"
    if _ENTERING.match(after):
        return "asked"
    if _OWN_AFTER.match(after) and not re.match(_TAIL + r"(?:有什么|有哪|有啥|有没|有多|有几)", after):
        return "held"
    if _SUBJECT.match(after) and following < length and following - end < 30:
        return "held"
    if re.match(r"^(?:企业)?(?:升|转|到|再报|晋级)", after) and following - end < 12:
        return "held"
    return "named"
