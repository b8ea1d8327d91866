"""What a document says of itself: number, issuers, place, signing date, days of force, what it repeals.

Nothing is guessed: what is not printed stays None.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from corpus.places import COUNTRY, find_places
from indexing.clean import fold_widths

NUMBER = re.compile(r"[\u4e00-\u9fff]{2,14}〔(?:19|20)\d\d〕(?:第)?\d{1,4}号")
BY_ITSELF = re.compile(rf"^[（(]?({NUMBER.pattern})\W*$")
LEADING = re.compile(r"^.*?(?:文件|附件|编号|文号|字号|委员会|公室)(?=[\u4e00-\u9fff]{2,10}〔)")
REFERRED = re.compile(r"根据|按照|依据|落实|贯彻|结合|转发|《")
DAY = re.compile(r"(20\d\d)年(\d{1,2})月(\d{1,2})日")
SIGNED = re.compile(r"^[（(]?(20\d\d)年(\d{1,2})月(\d{1,2})日(?:印发)?[）)]?$")
ISSUER_END = re.compile(r"(?=关于|印发|转发|发布|《)")
ORGAN = re.compile(
    r"[\u4e00-\u9fff]{2,24}?(?:办公[室厅]|领导小组(?!办公)|委员会(?![\u4e00-\u9fff]{2,3}(?:监管|证监)局)|监管局|公司|银行|证监会"
    r"|交易所|(?:[厅局委]|(?<!国务)院|(?<!全|外|内|一)部|国务院(?!办公|促进|国有|国资))(?!员|门|办公|属))"
)
ONE_OF_SEVERAL = re.compile(r"等[一二三四五六七八九十\d]{1,3}(?:个)?部(?:门|委)$")
YEARS = r"(?P<years>[一二两三四五六七八九十]|\d{1,2})"
FROM = re.compile(
    r"自(?:(?P<day>20\d\d年\d{1,2}月\d{1,2}日)|(?P<pub>发布|印发|公布|颁布)之日)起(?:正式)?(?:施行|执行|实施|生效)?"
)
UNTIL = re.compile(
    r"(?:有效期|执行期|实施期|试行期)?(?:至|到|截至|截止到?)(?P<day>20\d\d年\d{1,2}月\d{1,2}日)(?:止|为止)?"
)
PERIOD = re.compile(rf"有效期(?:为|限为?)?{YEARS}年")
PROVISION = re.compile(r"(?:施行|执行|实施|有效期|生效|废止)")
REPEALED = re.compile(r"[^。；]{0,120}(?:同时废止|即行废止|予以废止|自行废止)")
LISTED = re.compile(r"^(?:附件?[:：]|附件|\d{1,2}[.．、]|[（(][一二三四五六七八九十]+[)）])")
HEAD = 14
CHINESE_YEARS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}


@dataclass(frozen=True)
class Metadata:
    """What was found. ``until`` is printed, or worked out from a printed period (``until_counted``)."""

    title: str
    number: str | None = None
    issuers: tuple[str, ...] = ()
    place: str | None = None
    signed: date | None = None
    in_force_from: date | None = None
    until: date | None = None
    until_counted: bool = False
    repeals: tuple[str, ...] = ()


def metadata(title: str, lines: Sequence[str], paragraphs: Sequence[str]) -> Metadata:
    """What one document says of itself: its lines as printed (title and masthead too), and the same as paragraphs.

    ``title`` as printed, or empty. The signing date is the first that stands on a line of its own.
    """
    signed = next((day for text in lines if (day := _day(SIGNED.match(_tight(text))))), None)
    begins, until, counted = _force(paragraphs, signed)
    place = place_of(title)
    return Metadata(
        title=title,
        number=number_of(title, lines, paragraphs),
        issuers=issuers_of(title, place),
        place=place,
        signed=signed,
        in_force_from=begins,
        until=until,
        until_counted=counted,
        repeals=tuple(dict.fromkeys(m[0].strip("，、 ") for text in paragraphs for m in REPEALED.finditer(text))),
    )


def number_of(title: str, lines: Sequence[str], paragraphs: Sequence[str]) -> str | None:
    """The document's own number: on a line of its own under the title, else beside the title or near it; never one
    that a sentence refers to."""
    for text in lines[:HEAD]:
        if alone := BY_ITSELF.match(_tight(text)):
            return LEADING.sub("", alone[1])
    for tight in (_tight(text) for text in (title, *paragraphs[:HEAD]) if not LISTED.match(text)):
        match = NUMBER.search(tight)
        if match and len(tight) <= max(40, len(_tight(title)) + 30) and not REFERRED.search(tight[: match.end()]):
            return LEADING.sub("", match[0])
    return None


def issuers_of(title: str, place: str | None = None) -> tuple[str, ...]:
    """The bodies that a title begins with; ``place`` completes a joint issuer that is named without it (市财政局)."""
    head = ONE_OF_SEVERAL.sub("", ISSUER_END.split(title, maxsplit=1)[0].strip("、，"))
    parts = [_complete(part, place) for chunk in re.split(r"[、，\s]", head) for part in ORGAN.findall(chunk)]
    return tuple(dict.fromkeys(parts)) or ((head,) if 2 <= len(head) <= 30 else ())


def _complete(body: str, place: str | None) -> str:
    if place is None or place == COUNTRY or find_places(body):
        return body
    return place + re.sub(r"^(?:省|市|自治区)", "", body)


def place_of(title: str) -> str | None:
    """The place whose body issued it; the country for a national body; None where the title does not tell."""
    head = ISSUER_END.split(title, maxsplit=1)[0]
    places = [place for place in find_places(head) if place != COUNTRY]
    if places:
        return places[0]
    return COUNTRY if re.match(r"国务院|中共中央|工业和信息化部|财政部|科技部|国家|中国|人民银行", head) else None


def _force(paragraphs: Sequence[str], signed: date | None) -> tuple[date | None, date | None, bool]:
    begins: date | None = None
    until: date | None = None
    counted = False
    for raw in reversed(paragraphs):
        text = _tight(raw)
        if not PROVISION.search(text) or not (match := FROM.search(text)):
            continue
        begins = _day(DAY.search(match["day"])) if match["day"] else signed
        if end := UNTIL.search(text, match.end()):
            until = _day(DAY.search(end["day"]))
        elif (period := PERIOD.search(text)) and begins:
            years = CHINESE_YEARS.get(period["years"]) or int(period["years"])
            until, counted = _last_day(begins, years), True
        break
    return begins, until, counted


def _last_day(begins: date, years: int) -> date:
    """The last day of a period of whole years that begins on ``begins``."""
    try:
        end = begins.replace(year=begins.year + years)
    except ValueError:  # 29 February
        end = date(begins.year + years, 3, 1)
    return date.fromordinal(end.toordinal() - 1)


def _day(match: re.Match[str] | None) -> date | None:
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def _tight(text: str) -> str:
    return re.sub(r"\s", "", fold_widths(text))
