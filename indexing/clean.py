"""Repair of plain text: invisible characters, widths, brackets, Markdown marks; which lines begin a paragraph.

The result has the characters that people search with. What stays in the text is never reworded; only its damage is
mended.
"""

from __future__ import annotations

import re
import unicodedata

INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")  # halves of characters included
CJK = "\u3400-\u9fff"
# NFKC would turn Chinese punctuation into ASCII; these signs are put back where they stand beside Chinese.
TO_CHINESE = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", "(": "（", ")": "）"}
QUOTES = str.maketrans({"«": "《", "»": "》", "∶": "：", "﹝": "〔", "﹞": "〕"})
NOT_CIRCLED = re.compile("[^①-⑳]+")  # ① numbers a list; as a bare 1 it would be part of its words
PAGE_NUMBER = re.compile(r"^[—–-]*\s*\d{1,3}\s*[—–-]*$")
MARKDOWN = re.compile(
    rf"^[-*+]\s+(?=[{CJK}“《（*])" + r"|\*\*|^#{1,6}\s*|\\(?=[_*])|(?<=[(（])<|>(?=[)）])",
    re.M,
)
STARTS_PARAGRAPH = re.compile(
    r"^(?:第[一二三四五六七八九十百零]+[条章节]"
    r"|[一二三四五六七八九十]+、|[(（](?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）]|[①-⑳]"
    r"|本(?:办法|规定|细则|措施|方案|意见|通知|指南)自|(?:模板)?附[件表录]?\s*(?:\d{1,2}(?:-\d{1,2}){0,3})?\s*[:：]?\s*$"
    r"|(?:模板)?附[件表录]\s*\d{1,2}(?:-\d{1,2}){0,3}\s*[:：]|-?\s*附件[:：]"
    r"|\d{1,2}[.．、](?:(?!\d)|(?=(?:19|20)\d\d\s*[年—–-]))|[A-Z][.．、]|联系(?:方式|人|电话)|备?注[:：]|特此通知)"
)
SENTENCE_END = tuple("。；！？：")


def strip_invisible(text: str) -> str:
    """Without zero-width, direction and control characters; line breaks and tabs stay."""
    return CONTROL.sub("", INVISIBLE.sub("", text))


def fold_widths(text: str) -> str:
    """Full-width letters and digits to half width, Kangxi radicals to their characters, brackets and colons to
    the Chinese forms beside Chinese text."""
    text = NOT_CIRCLED.sub(lambda m: unicodedata.normalize("NFKC", m[0]), text.translate(QUOTES)).translate(QUOTES)
    text = re.sub(rf"(?<=[{CJK}》”）%])([,;:!?])|([,;:!?])(?=[{CJK}《“（])", lambda m: TO_CHINESE[m[1] or m[2]], text)
    text = re.sub(rf"\((?=[^()]*[{CJK}])([^()]*)\)", r"（\1）", text)
    text = re.sub(rf"(?<=[{CJK}）》”%])\.(?=\s|$|[{CJK}（《])", "。", text)
    return re.sub(r"[\[(（〔](20\d\d)[\])）〕]\s*(\d+)\s*号", r"〔\1〕\2号", text)
