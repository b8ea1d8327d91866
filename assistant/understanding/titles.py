"""Which titles of the ladder a text is about. 专精特新“小巨人” is 小巨人, not 专精特新."""

from __future__ import annotations

import re
from functools import lru_cache

PATTERNS = {
    "小巨人": r"(?:专精特新)?[“\"'‘]?小巨人[”\"'’]?(?:企业)?|附件\s*[2二]",
    "创新型": r"创新型(?:中小)?企业|创新型中小|创新型",
    "科技型": r"科技型(?:中小)?企业|科技型中小|科技型|科小",
    "专精特新": r"专精特新(?:中小)?企业|专精特新|附件\s*[1一]",
}
# Other programmes whose names hold one of ours.
OTHERS = re.compile(
    r"科技[“\"]?小巨人|重点[“\"]?小巨人|科技和创新型|专精特新贷|专精特新专板"
    r"|专精特新发展评价(?![^?？。]{0,30}[?？。,，] ?(?:那么?)?(?:专精特新)?[“\"]?小巨人[”\"]?(?:又|的|是|要)*(?:呢|多少|几))"
)
"""The score has the name of a title, which is the title itself where another one is set beside it: ...要几分？小巨人呢？"""

DENIED = re.compile(r"[（(](?:不是|不含|不问|除了?)[^（）()]*[）)]")


SIZE_TITLE = "中小企业划型"
SIZE_ASKED = re.compile(
    r"(?:算不算|是不是|是否|属不属于|算是|算|属于|还是|划(?:成|为|到|在)?)(?:是|个)?[^,，。？?]{0,5}"
    r"(?:中小微?企业|小微企业|(?:中|小|微|大)型(?:企业)?)(?![^,，。？?]{0,4}(?:的条件|标准))|是中小微?企业(?:吗|么|不|伐)|(?:什么|哪种|哪一?)型的?(?:企业|公司)?|划型|(?:什么|哪种|哪一?档)规模"
)


def asks_size(text: str) -> bool:
    """Whether the question is how large a company counts as (大型、中型、小型、微型)."""
    return bool(SIZE_ASKED.search(text)) and not titles_in(text)


def titles_in(text: str) -> list[str]:
    """Short names of the titles that ``text`` names, in the order of the ladder from the top."""
    return list(_titles_in(text))


@lru_cache(maxsize=8192)
def _titles_in(text: str) -> tuple[str, ...]:
    """The wordings beside the clauses are looked at again with every question."""
    rest = OTHERS.sub("　", DENIED.sub("　", text))
    found = []
    for title, pattern in PATTERNS.items():
        rest, n = re.subn(pattern, "　", rest)
        if n:
            found.append(title)
    return tuple(found)


def without_titles(text: str) -> str:
    """``text`` without the names of titles."""
    for pattern in PATTERNS.values():
        text = re.sub(pattern, "", text)
    return text.strip()


def first_named(text: str) -> str | None:
    """The title that ``text`` names first."""
    rest = OTHERS.sub("　", text)
    found = [(m.start(), title) for title, pattern in PATTERNS.items() if (m := re.search(pattern, rest))]
    return min(found)[1] if found else None
