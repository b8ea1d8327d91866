"""Numbers of rights that the rule asks for (免四项发明的要求, 4件这条), and rights counted by a measure word that is
used for other things too (一只发明, 三张发明证书)."""

from __future__ import annotations

import re

from assistant.facts.amounts import Amount
from assistant.facts.reading import Reading
from assistant.facts.scope import asks, rule_question
from assistant.facts.text import Clause

_ASKED_FOR = re.compile(
    r"^(?:以上|及以上)?(?:的)?(?:自有|自主)?(?:i类|ⅰ类|一类)?(?:发明(?:专利)?|专利|知识产权|知产)?(?:的|这[一个]?|那[一个]?)*(?:要求|条件|标准|门槛|规定|硬杠|杠杠|指标|这[条项关道]|那[条项关道])"
)
_SPARED = re.compile(
    r"(?:免|抵|顶|代替|替代|替|豁免|不看|不考察|不用看|绕开|绕过)(?:掉|去|了|得了|过)?(?:这|那)?(?:至少|起码)?$"
)
_MEASURE = re.compile(r"[只张本纸枚篇桩]$")
_RIGHT = re.compile(r"^(?:的)?(?:自有|自主|自己的?|授权的?|有效的?)*(?:发明|专利)")
_NAMED_BEFORE = re.compile(
    r"(?:发明|专利)(?:专利)?(?:证书?)?(?:只有|就|才|只|有|得|一共|总共|共|拿了|拿到|倒有|也就|，|：)*+$"
)


def of_the_rule(reading: Reading, clause: Clause, amount: Amount) -> bool:
    """Whether a number of rights is the one that the clause asks to be spared, or the requirement by its name."""
    if rule_question(reading.text, clause, amount.start, amount.end):
        return True
    if _ASKED_FOR.match(reading.text[amount.end : clause.end]):
        return True
    return asks(reading.text, clause) and bool(_SPARED.search(reading.text[clause.start : amount.start]))


def single_sign(reading: Reading, amount: Amount, named: bool) -> bool:
    """Whether an amount with another measure word counts rights: 一只发明专利, 发明就一只."""
    if not named or amount.kind != "other" or not _MEASURE.search(reading.text[amount.at : amount.end]):
        return False
    near = reading.text[max(0, amount.start - 12) : amount.start]
    return bool(_RIGHT.match(reading.text[amount.end :][:10]) or _NAMED_BEFORE.search(near))
