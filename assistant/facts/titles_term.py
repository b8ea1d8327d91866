"""Until when a title runs, told right behind its name: 创新型中小企业，2027年到期; 创新型证书（有效期至明年6月）; 还剩两年."""

from __future__ import annotations

import re

from assistant.facts.reading import Reading

_NAME_ENDS = r"(?:中小|企业|公司|称号|证书?|资质|资格|身份|牌子|牌|的|那[个张块本]|[”\"'’])*"
_LEAD = r"(?:[，（： ]|我们|也|都|还|已经?|有了?|在|是|手里|目前|现在|一直|证书?|牌子){0,4}"
_DAY = r"(?P<{0}>今年|明年|后年|大后年|20\d\d年?|\d\d年)(?:的|年)?(?:(?P<{1}>\d{{1,2}})月份?)?(?:\d{{1,2}}[日号])?(?P<{2}>[底末])?"
_ENDS_ON = re.compile(
    rf"{_NAME_ENDS}{_LEAD}(?:"
    rf"(?:有效期?限?|期限|期)(?:是|一直|还|可以|能)*(?:到|至|截至|截止到?){_DAY.format('y1', 'm1', 'e1')}(?:初|中旬|为止|止|才?到期)*"
    rf"|(?:要|得|能|管|用|有效)?到{_DAY.format('y2', 'm2', 'e2')}(?:初|中旬)?(?:才|就|方|会|要|为止)*(?:到期|期满|过期|失效|止|都?有效)"
    rf"|(?:要|得)?(?:到)?{_DAY.format('y3', 'm3', 'e3')}(?:初|中旬)?(?:才|方|会|将|要|就)*(?:到期|期满|过期|失效)(?!了|后|没|以后)"
    r"|(?:离到期)?还[有剩](?P<left>[一两二三半\d][个年][^，。；]{0,4}?)(?:才|就|的)?(?:到期|有效期?|的?期限)"
    r")(?:呢|的|哦|哈|，)?(?=$|[，。；！、）\n 首第申报来])"
)
_AWAY = {"今年": 0, "明年": 1, "后年": 2, "大后年": 3}
_LAST_MONTH = 12


def runs_on(reading: Reading, end: int) -> tuple[int, int] | None:
    """The place behind a title's name at which its term is told that is still running; None where none is told, or where
    it is over."""
    match = _ENDS_ON.match(reading.text, end, end + 40)
    if match is None:
        return None
    if not match["left"]:
        number = next(n for n in "123" if match[f"y{n}"])
        year, month = match[f"y{number}"], match[f"m{number}"]
        now, told = reading.as_of, _year(year, reading.as_of.year)
        last = int(month) if month else _LAST_MONTH if match[f"e{number}"] else None
        if told < now.year or (told == now.year and (last is None or last <= now.month)):
            return None
    return match.span()


def ran_out(reading: Reading, end: int) -> bool:
    """Whether the term told behind a title's name is over: 创新型2025年到期. Whether it was renewed is not told."""
    return _ENDS_ON.match(reading.text, end, end + 40) is not None and runs_on(reading, end) is None


def _year(words: str, now: int) -> int:
    digits = re.sub(r"\D", "", words)
    return now + _AWAY[words] if not digits else int(digits) + (2000 if len(digits) == len("26") else 0)
