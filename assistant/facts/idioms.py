"""Signs of numbers that count nothing (一口气, 唯一, 四舍五入, 一个没有), and fractions in words (四分之三)."""

from __future__ import annotations

import re

_IDIOMS = re.compile(
    r"零(?=售|部件|配件|件|食)|四舍五入|[上下]半年|[一半][分毛文]钱|加?一块儿|加一[块起道]|一口气|一[眼滴点丢咪]{2}|一丁点儿?|一星半点|一线之差|一步之遥|一塌糊涂|七七八八|乱七八糟|三天两头"
    r"|十有八九|八九不离十|一五一十|(?<![\d一二三四五六七八九十百千几])万一|唯一|统一|一旦|一时|一定|一般|一家人|一等奖|二等奖|三等奖|头一[次回趟]|一[趟回]"
    r"|第一[次回趟手]|第三方|[半一](?:分|毛|块|文)钱?(?=都|也|没|未|不|还|就|的?融|的?投)|半[点个分毛](?=都|也|没)|千万[别要不得]"
    r"|一[个项件条家点样种名位篇笔次回场](?:发明(?:专利)?|专利|奖项?|机构)?(?:都|也|真)+(?:就|还|是)?(?:没|未|无|不)"
    r"|(?<![有中面还另里差])一[个项件条家样种](?=没有?(?:$|[，。；、！？ ]|过|拿|得(?!到授权)|申|发明|专利|奖|机构)|皆?无|不[占沾])"
)
ASKED = re.compile(r"忘|不清楚|不知道|不晓得|记不|说不|没数|不记得|吗|？|不确定|不好说|没底|呢|讲不|没人")
FRACTION = re.compile(r"(?P<d>[二三四五六七八九十])分之(?P<n>[一二两三四五六七八九])")


def hidden(text: str) -> str:
    """``text`` with idioms and fractions made unreadable; the length stays."""
    for pattern in (FRACTION, _IDIOMS):
        text = pattern.sub(lambda m: "\1" * len(m[0]), text)
    return text
