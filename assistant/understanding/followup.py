"""A message within its thread: what "那负债率呢？" is about."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.understanding.changed import asked_again
from assistant.understanding.parts import names_matter
from assistant.understanding.titles import OTHERS, PATTERNS, titles_in, without_titles
from assistant.understanding.when import without_date
from assistant.understanding.where import without_places
from corpus.places import COUNTRY, chain, find_places

OPENERS = re.compile(
    r"^(?:哦|噢|嗯|好的?|那么?(?![份部])|还有|另外|再问下?|顺便|所以|这样|如果|要是|换成|换|不过|但是?|然后|谢谢|多谢)(?:啊|了|哈)?[，,、 ]*"
)
POINTING = re.compile(
    r"这个|那个|这条|那条|它|上面|刚才|前面|同样|也是|也要|也得|也行|也可以|呢[？?]?$|^(?:为什么|凭什么|怎么办|多久|多少|哪里|在哪|什么时候|谁)"
)
ABOUT_SELF = re.compile(r"^(?:我们?|我司|咱们?|公司|企业)(?:是|属于|算|在|已经|还|不是|不算|早就|早已)")
DENIED = re.compile(
    r"^(?:(?:我们?|我司|咱们?|公司|企业|这|又|也|可|倒|并|都)*(?:不是|不算|并非)(?:的|个)?[^，,。;；]{1,10}[，,。;；])(?=.{4})"
)
"""What a company says first that it is not, before it says what it is."""
BARE_QUESTION = re.compile(r"^(?:为什么|凭什么|怎么办|多久|在哪|哪里|谁|什么时候|多少)")
ASPECT = re.compile(
    r"(?:具体|到底|一般|最后|最多|最少|最晚|最早|由|归|该|要|得|能|会|可以|需要|用|去|到|向|跟|找|问|给|被|有|是|在|从|按)*"
    r"(?:哪个|哪些|哪里|哪儿|哪|谁|什么|啥|几个?|多少|多久|怎么|怎样|如何|何时)?"
    r"(?:部门|单位|局|委|地方|人|时候|办法|方式|后果|影响|说法|步骤|流程|材料|天|个?月|年|次|钱|管|负责|主管|办|办理|办公|弄|搞|做|交|报|报名|申请|拿|领|查|定|批|审)*"
    r"(?:怎么办|怎么样|怎样|如何)?"
)
"""Only who, where, when, how of the matter before; no matter of its own."""
WHO, WHO_IS_CALLED = re.compile(r"部门|单位|谁管|谁负责|归谁|主管"), "责任单位"
"""Who is in charge is called so in the documents."""
POLITE = re.compile(
    r"^(?:你好|您好|在吗|[,，。!！、 ])*"
    r"(?:(?:我|我们|在|要|给学员|给客户|给企业)*(?:做|写|备|讲|准备)?(?:一?[个份])?"
    r"(?:培训|讲课|备课|上课|课件|讲稿|讲义|宣讲)(?:用|时|的|课件|材料|ppt|PPT)*[,，:：] ?)?"
    r"(?:(?:麻烦|劳驾|帮|我|客户|企业|老板|想|要|来|再|先|顺便|那|就|[,，、 ])*"
    r"(?:请问|请教|咨询|打听|了解|问(?!题|责|卷|询))(?:一?下|一句|一声|个事|个问题|你|您|[,，:： ])*)?"
)
"""What leads in to a question and says nothing of it."""
IF_NOT = re.compile(
    r"^(?:如果|要是|万一|假如)?(?:不|没|没有|忘|漏|逾期|过期|晚|超时|拖|迟)[^，,？?]{0,6}(?:会|要|有)?"
    r"(?:怎么?样|怎么办|如何|什么后果|啥后果|什么处罚|处罚|取消)"
)
PROGRAMME = re.compile(
    rf"{OTHERS.pattern}|隐形冠军|单项冠军|瞪羚(?:企业)?|独角兽(?:企业)?|示范企业|种子企业|成长型(?:中小)?企业|首台套"
)
"""What a thread may be about beside the four titles."""
VARIANT = re.compile(
    r"[，, ](?:这样|那样|这种|那|也|还|算)?(?:行不行|行不|行吗|行么|行伐|成不成|成不|成吗|可以吗|可以不|可不可以|可以伐"
    r"|算吗|算不算|算不|算数吗|作数吗|认吗|认不认|能算吗|管用吗|中不|中吗)[?？。]?$"
)
"""How a message ends that puts a variant of the matter before it."""
LEVEL = re.compile(r"省里|市里|区里|省级|市级|区级|本地|地方上?|我们这边|这边|国家(?:的|级)?|部里|全国")
NATIONAL = re.compile(r"国家(?:的|级(?!小巨人))?|部里|全国")
OWN_TITLE = re.compile(r"^(?P<of>省|市|自治区|兵团)(?:级|里)?的?(?=[“\"]?(?:专精特新|小巨人))")
"""A title of the place's own, put in the place of the one before: 那省小巨人呢."""
OWN_LEVEL = re.compile(r"(?:省|市|自治区|兵团)级的?(?=[“\"]?(?:专精特新|小巨人))")
OF_A_PLACE = re.compile(rf"20\d\d|第[一二三四五]批|{OWN_LEVEL.pattern}")
"""A matter of an earlier round, or of a place's own title."""
SAME_OR_NOT = re.compile(r"是不是|有没有|一样|不一样|不同|区别|差别|规定|说法|要求|标准|细则|办法|文件|怎么[说写定]|也")
COMPARED = re.compile(r"区别|不同|不一样|差别|对比|相比|一样吗")
LONGEST_LEANING = 12
SHORTEST_ALONE = 7
LONGEST_AGAIN = 40
LONGEST_VARIANT = 30
APPLIES = re.compile(r"报(?!告)|评(?!价)|申请(?!的|人|号)|达标|营收|营业|收入|其他|其余|别的|条件")
"""A message with one of these asks how the company itself would do."""
LONGEST_KEPT = 80
"""A remembered question is not made longer than this by what is added to it."""
SAME_AGAIN = re.compile(
    r"^(?:[低高上下]?一?[档级层类]|[那这]?边|对|按|日子|日期|时间|期限|在|到|去|个|这个?|那个?|同样?|一样|数|条|档|要求|标准|多少|怎么样|如何|情况|时候|换成|换|改成|改|回到|现在|目前)*+$"
)
FILLER = re.compile(r"[，。？！,.?!\s]|呢|吗|啊|吧|呀|哦|那|请问|我们?|公司|企业|的|了|是|要|就|也|都|还|又|再")


def leans(message: str) -> bool:
    """Whether a message that names no title still speaks of the thread's."""
    return bool(re.search(r"^(?:我们?|那|这|它)|[也呢]|同样", message))


def content(text: str) -> str:
    """What is left of a message without openers and fillers."""
    return FILLER.sub("", OPENERS.sub("", text))


@dataclass(frozen=True)
class Resolved:
    """``question`` is the message with what it takes from the thread by name; ``context`` is the previous question
    where the message leans on it, else empty; ``matter`` is what the thread goes on to be about."""

    question: str
    context: str = ""
    matter: str = ""


def resolve(message: str, previous: str | None, title: str | None, place: str = "") -> Resolved:
    """The message within its thread.

    ``previous`` is the last matter of the thread, ``title`` the title it was about, ``place`` where the asker is. A
    message that names its own matter stands alone; one that only changes title, place or day puts the same question
    again; one that asks who, when or how of the matter, or adds a circumstance ("我是到期复核的"), goes with the
    previous question; one that names another side of it ("那负债率呢") takes title, track and context along.
    """
    if not previous:
        return Resolved(message, matter=message)
    if again := _same_again(message, previous, place) or asked_again(message, previous):
        return Resolved(again, matter=again)
    own = content(message)
    bare = OPENERS.sub("", message)
    asks = re.search(r"[？?]|吗|呢|怎么|多少|能|哪|谁|几|什么", message)
    if (ABOUT_SELF.search(message) and not asks) or len(own) <= 1:
        meant = DENIED.sub("", message)
        if meant != message and names_matter(meant):  # what the last answer took for granted is not so
            return Resolved(meant, previous, f"{previous} {meant}")
        return _with(previous, meant)
    if _names_none(message) and is_variant(message):
        return _with(previous, bare)
    if _of_the_same(bare, own):
        return _with(previous, f"{bare} {WHO_IS_CALLED}" if WHO.search(bare) else bare)
    leaning = bool(OPENERS.match(message) or POINTING.search(message)) and len(own) <= LONGEST_LEANING
    if not leaning and len(own) > SHORTEST_ALONE:
        return Resolved(message, matter=message)
    if len(own) <= SHORTEST_ALONE and (find_places(message) or BARE_QUESTION.search(bare)):
        return _with(previous, bare)
    both = titles_in(previous)
    if len(both) > 1 and COMPARED.search(previous) and not titles_in(message):
        question = f"{'和'.join(both)}的{content(bare)}有什么不同"
        return Resolved(question, matter=question)
    other = PROGRAMME.search(previous)
    carried = [title] if title and not titles_in(message) else [other[0]] if other and _names_none(message) else []
    track = ["复核"] if "复核" in previous and not re.search(r"复核|首次|第一次", message) else []
    question = " ".join([*carried, *track, bare])
    return Resolved(question, previous, question)


def _names_none(message: str) -> bool:
    """Whether a message names no title, programme or place of its own."""
    return not (titles_in(message) or PROGRAMME.search(message) or find_places(message))


def is_variant(message: str) -> bool:
    """Whether a message puts a variant of the matter before it: 跟高校一起申请的，排第四，行不."""
    return len(message) <= LONGEST_VARIANT and bool(VARIANT.search(message)) and not APPLIES.search(message)


def _with(previous: str, added: str) -> Resolved:
    """The previous question with a circumstance or an aspect; the thread stays with the previous one when it would
    grow too long."""
    question = f"{previous} {added}"
    return Resolved(question, matter=question if len(question) <= LONGEST_KEPT else previous)


def _of_the_same(bare: str, own: str) -> bool:
    """Whether a message asks only who, where, when or how of the matter before it, or what follows when it is not
    done."""
    return len(own) <= LONGEST_LEANING and bool(
        (len(own) <= SHORTEST_ALONE and ASPECT.fullmatch(own) and not titles_in(bare) and not find_places(bare))
        or IF_NOT.search(bare)
    )


def _same_again(message: str, previous: str, place: str) -> str:
    """The previous question for what the message changes: the title ("小巨人呢？"), the place ("换成天津呢"), the day, or the
    level ("省里的是不是不一样"); empty where the message says more than that."""
    if len(message) > LONGEST_AGAIN:
        return ""
    titles, named = titles_in(message), [p for p in find_places(message) if p != COUNTRY]
    bare = OPENERS.sub("", message)
    own = OWN_TITLE.match(bare) if len(titles) == 1 and OF_A_PLACE.search(previous) else None
    if own:
        bare = bare[own.end() :]
    rest = without_date(without_places(without_titles(bare)))
    national = bool(titles and NATIONAL.search(bare))
    if titles:
        rest = LEVEL.sub("", rest)
    if rest != bare and SAME_AGAIN.match(content(rest)):
        again = without_date(previous)
        if national and find_places(again):
            again = f"{without_places(again).strip()} 国家"
        if named:
            again = f"{_short(named[-1])} {without_places(again).strip()}"
        if own:
            return with_title(OWN_LEVEL.sub("", again), titles[0], f"{own['of']}级{titles[0]}")
        return with_title(again, titles[0]) if titles else again
    level = LEVEL.search(rest)
    if level and not content(SAME_OR_NOT.sub("", LEVEL.sub("", bare))):
        compared = re.search(r"一样|不同|区别|差别", message)
        local = _short(next((p for p in reversed(chain(place)) if p != COUNTRY), place))
        return f"{previous} 国家和{local}一样吗" if compared else f"{previous} {level[0]}"
    return ""


def _short(place: str) -> str:
    """上海市 → 上海: as people say it."""
    return re.sub(r"(?<=..)(?:市|省|(?:壮族|回族|维吾尔)?自治区|特别行政区)$", "", place)


def with_title(question: str, title: str, written: str = "") -> str:
    """The question about another title: in the place of the one that it names, else in front; ``written`` with its level."""
    other = OTHERS if OTHERS.search(question) else PROGRAMME
    if other.search(question) and (other is OTHERS or not titles_in(question)):
        return other.sub(written or title, question, count=1)
    named = titles_in(question)
    if len(named) != 1:
        return f"{written or title} {without_titles(question)}".strip()
    return re.sub(PATTERNS[named[0]], written or title, question)
