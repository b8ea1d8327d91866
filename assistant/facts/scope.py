"""What a message does not assert: suppositions, plans, questions about the rule, talk of other companies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assistant.facts.text import Clause

Why = Literal["supposed", "plan", "rule", "other", "rest", "hearsay"]

_TELLS = r"(?!我?(?:再|还|又)?(?:告诉|跟[你您]|同[你您]|补充|加[一上]|添一)[^，。]{0,6})"
"""如果我告诉你…, 如果加一句…: told, and no supposition."""
_IF = re.compile(rf"如果{_TELLS}|要是{_TELLS}|假如|假设|倘若|若是|假定|万一|假使|若(?=[我企公营研今明去能])|只要(?!求)")
_REAL = re.compile(r"但(?:实际|目前|现在|我们|去年)|实际上|事实上|目前(?:是|只|有)|现实是")
_PLAN = re.compile(
    r"(?:预计|预期|计划|打算|目标|争取|有望|将会|明年|后年|准备(?=做|投|把|达)|力争|预估|预测|冲刺|希望(?=做|到|达)"
    r"|下半年要|今年要)"
    r"(?!.{0,6}(?:报|申|复核|复审|冲|评|认定))"
)
_OTHER = re.compile(
    r"同行的?公司|竞争对手|隔壁|(?<!欠)人家|别人家|别的企业|其他企业|其他公司|兄弟公司|他们说"
    r"|(?:邻居|旁边|对面|对门|(?:园区里?|附近|镇上)(?:的|有)?(?:别|另|那|一))(?:的|有|那|一|家|个)*(?:公司|工?厂|企业|单位)(?![房区]|[^，。；]{0,6}(?:我们|咱))"
    r"|(?:朋友|亲戚|同学|熟人|老乡)(?:家)?(?:开)?的(?:公司|工?厂|企业)"
)
_OF_THEM = re.compile(r"(?:但|不过|因为|听说)?(?:他|她|它|人家|那家|对方)(?!说我们|们?说(?:我们|公司))")
"""隔壁老王没评上，他发明只有一件: still of the other company."""
_HEARSAY = re.compile(
    r"听说|听讲|听人家?[说讲]|据说|据称|据讲|网上[说讲看]|有人[说讲]|别人[说讲]|人家[说讲]|中介[说讲]|代理[说讲]|朋友[说讲]"
    r"|群里[说讲]|都说(?=要|得|只|够|满|有|是|\d)|传说|道听途说|说是(?=要|得|只|够|满|有|\d)(?=.{0,12}(?:就?够|就行|即可|就能|就可以))"
)
_OURS = re.compile(r"我们|我司|咱|阿拉|自己|本公司|企业自己")
_NEED = re.compile(
    r"(?:必须|需要|须|要求|规定|应当|应该要|(?<![主重只想快还不])要|得(?=[有达超是够满要])|需|是不是|是否|非得"
    r"|起码要|至少要|最低要|够不够|要不要|还得)"
    r"(?:达到|超过|占比|[有到达超满是做够在占为]|大于|不低于|至少|起码|要|研发|营收|发明|比例|都|每年|需要|得)*+$"
)
_ONLY_THEN = re.compile(
    r"^.{0,8}?(?:就(?:够了?|行)|即可|才(?:行|能|可|算|够|符合|满足|达标|给|有资格|会)|就算达标|算达标|是门槛|是及格|都?(?:放行|给过|让报))"
)
_BAR = re.compile(r"门槛|条件[是为]|标准[是为要]|条件要|底线|及格线|红线|分数线|要求(?!了)|规定|按标准|政策|文件|办法")
_ASKS = re.compile(r"[吗么嘛?？]$|多少|是否|(?P<one>[\u4e00-\u9fff])不(?P=one)")


@dataclass(frozen=True)
class Zone:
    """``text[start:end]`` asserts nothing of the company today."""

    start: int
    end: int
    why: Why


def find_zones(text: str, parts: list[Clause]) -> list[Zone]:
    """Suppositions to the end of their sentence, plans and other companies to the end of their clause."""
    zones: list[Zone] = []
    sentence, began = -1, 0
    for clause in parts:
        words = text[clause.start : clause.end]
        if clause.sentence != sentence:
            sentence, began = clause.sentence, 0
        supposed = _IF.search(words)
        if supposed and not re.match(r"(?:可以|行|能|不行|要|没问题|需要)", words[supposed.end() :]):
            began = clause.start + supposed.start() + 1
        if began and _REAL.match(words):
            began = 0
        if began:
            zones.append(Zone(max(clause.start, began - 1), clause.end, "supposed"))
        elif words.endswith("的话"):
            zones.append(Zone(clause.start, clause.end, "supposed"))
        if _OF_THEM.match(words) and zones and zones[-1].why == "other" and zones[-1].end == clause.start - 1:
            zones.append(Zone(clause.start, clause.end, "other"))
        for pattern, why in ((_PLAN, "plan"), (_OTHER, "other"), (_HEARSAY, "hearsay")):
            match = pattern.search(words)
            if match and not (why == "hearsay" and _OURS.search(words[match.end() :])):
                zones.append(Zone(clause.start + match.start(), clause.end, why))  # type: ignore[arg-type]
    return zones


def rule_question(text: str, clause: Clause, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` is a figure of the rule rather than of the company: 要1500万才行吗, 门槛是…吗."""
    before, after = text[clause.start : start], text[end : clause.end]
    return bool(_NEED.search(before[-14:])) or bool(_BAR.search(before)) or bool(_ONLY_THEN.search(after[:16]))


def asks(text: str, clause: Clause) -> bool:
    """Whether a clause is a question (能报吗, 是不是)."""
    closing = text[clause.end : clause.end + 1] in ("？", "?")
    return closing or bool(_ASKS.search(text[clause.start : clause.end]))
