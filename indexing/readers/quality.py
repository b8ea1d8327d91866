"""Is this text, or what a broken font left of it? Measured on the characters alone.

Text of a PDF whose character map is broken looks like text to a program: rare ideographs, letters of unrelated
scripts, private characters. Chinese writing gives itself away by what it uses: nearly all of it lies in the two sets of
common characters (GB 2312 level 1 for simplified, Big5 level 1 for traditional), and some three hundred characters make
up more than a third of any longer official text. Where the usual characters were swapped among themselves, the pairs
that they make tell (``pairs``).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from indexing.readers.pairs import is_swapped

MOST_ODD = 0.3
LEAST_COMMON = 0.8
LEAST_COMMON_IN_LINE = 0.6
LEAST_FREQUENT = 0.25
ENOUGH_TO_COUNT = 40
ENOUGH_TO_JUDGE = 6
FREQUENT = frozenset(
    "的一是在不了有和人这中大为上个国以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学"
    "法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外"
    "企新市专精特中小技术创管资金服务认条申报标准区级省局文件通知办委关单位项目支持展培育公司年元万第附表类及本各与按信息产"
    "業國個來時會過發這產經術專創務單項級報關標準電話請為條資"
)
"""Characters that any longer official text in Chinese is full of."""
PLAIN = re.compile(r"[\x20-\x7e\u3000-\u303f\uff00-\uffef\u2010-\u2027\u2030-\u205e\u2160-\u217f\u2460-\u24ff]")
SIGNS = set("·×÷±°§²³½¼¾←↑→↓∶≥≤≠≈∑√■□▲△●○★☆◆◇▪☐☑✓✔①②③№℃‰％—–…“”‘’　☎㎡㎏㎝㎜㎞¥￥€£™®©")
VOWELS = re.compile(r"[aeiouAEIOU]")
LETTERS = re.compile(r"[A-Za-z]")


@lru_cache(maxsize=65536)
def _kind(character: str) -> str:
    """``common`` and ``rare`` ideographs, ``plain`` (ASCII, punctuation, signs), ``odd`` (all else)."""
    if PLAIN.match(character) or character in SIGNS:
        return "plain"
    folded = unicodedata.normalize("NFKC", character)
    if len(folded) == 1 and "\u4e00" <= folded <= "\u9fff":
        return "common" if _common(folded) else "rare"
    if folded and all(PLAIN.match(c) for c in folded):
        return "plain"
    if "\u0370" <= character <= "\u03ff" or "\u2e80" <= character <= "\u2fdf" or "\u3400" <= character <= "\u4dbf":
        return "rare"
    return "odd"


def _common(character: str) -> bool:
    try:
        code = character.encode("gb2312")
        if 0xB0 <= code[0] <= 0xD7:
            return True
    except UnicodeEncodeError:
        pass
    try:
        return 0xA4 <= character.encode("big5")[0] <= 0xC6
    except UnicodeEncodeError:
        return False


def counts(text: str) -> dict[str, int]:
    """How many characters of each kind, blanks aside."""
    found = {"common": 0, "rare": 0, "plain": 0, "odd": 0}
    for character in text:
        if not character.isspace():
            found[_kind(character)] += 1
    return found


def is_broken(line: str) -> bool:
    """Whether one line is what a broken font leaves. Lines too short to tell count as sound, unless nothing in them
    is a character of any text (replacement signs, private use)."""
    found = counts(line)
    total = sum(found.values())
    if total == 0:
        return False
    if total < ENOUGH_TO_JUDGE:
        return found["odd"] == total
    ideographs = found["common"] + found["rare"]
    rare = ideographs >= ENOUGH_TO_JUDGE and found["common"] / ideographs < LEAST_COMMON_IN_LINE
    return rare or found["odd"] / total > MOST_ODD


def is_broken_page(text: str) -> bool:
    """Whether the text of a page as a whole is of no use, though single lines may look well."""
    found = counts(text)
    total = sum(found.values())
    ideographs = found["common"] + found["rare"]
    if total < ENOUGH_TO_JUDGE:
        return False
    if found["odd"] / total > MOST_ODD:
        return True
    if ideographs >= ENOUGH_TO_COUNT:
        frequent = sum(c in FREQUENT for c in unicodedata.normalize("NFKC", text))
        unusual = found["common"] / ideographs < LEAST_COMMON or frequent / ideographs < LEAST_FREQUENT
        return unusual or is_swapped(text)
    return ideographs == 0 and total >= ENOUGH_TO_COUNT and not _reads_as_words(text)


def _reads_as_words(text: str) -> bool:
    """Whether text without any ideograph is figures or words of a Latin language rather than codes of glyphs."""
    letters = LETTERS.findall(text)
    digits = sum(c.isdigit() for c in text)
    filled = sum(not c.isspace() for c in text)
    if digits >= filled / 3:
        return True
    vowels = len(VOWELS.findall(text))
    return len(letters) >= filled / 2 and 0.2 <= vowels / max(len(letters), 1) <= 0.6
