"""Words of debt around an amount (欠的总共, 外债, 背着…的债): all that is owed, or one debt of several."""

from __future__ import annotations

import re

from assistant.facts.amounts import Amount
from assistant.facts.reading import Reading

_ALL = r"总额|总数|合计|一共|总共|共|加起来|加一起|加一块|拢共|统共|全部|总的"
_OWED = re.compile(
    r"(?P<owed>欠(?![税薪账债]|工资|货款|社保)款?|借(?!鉴|助|口|用)款?|(?<![讨要收外欠负])债(?!券|权|务))"
    rf"(?:的|着|了|下|款|账|债|人家|别人|外面|外头|钱|来|也|就|才|都|大概|大约|约|有|是|为|差不多|：| |{_ALL})*$"
)
_SUMMED = re.compile(_ALL)
_OWED_BEHIND = re.compile(r"(?:元|块)?(?:左右|上下)?(?:的)?(?:外债|债务?|欠债|欠款)(?![券权务])")
_PART = re.compile(
    r"银行|贷|供应商|税|工资|其中|里头有|客户|甲方|下游|别人欠|人家欠|欠我|欠咱|欠公司|应收|股东|老板|融资租赁|可转"
)
_IS_BORROWED = re.compile(r"借(?!款)")


def owed(reading: Reading, amount: Amount, start: int) -> bool | None:
    """Whether the amount is all that the company owes; False: some debt of it; None: no word of debt stands by it.

    ``start``: where the clause of the amount begins. All of it is told beside the assets, or summed up by a word.
    """
    text = reading.text
    told = [a.end for a in reading.amounts_in(start, amount.start) if a.end <= amount.start]
    lead = text[max([start, amount.start - 20, *told[-1:]]) : amount.start]
    match = _OWED.search(lead)
    if match is None and not _OWED_BEHIND.match(text, amount.end):
        return None
    if _PART.search(lead):
        return False
    summed = bool(_SUMMED.search(lead))
    if match and _IS_BORROWED.match(match["owed"]):
        return summed and _beside_assets(reading, amount)
    return summed or _beside_assets(reading, amount)


def _beside_assets(reading: Reading, amount: Amount) -> bool:
    """Whether the assets are told near by, or were before."""
    known = any(name.startswith("total_assets@") for name in (*reading.known, *reading.expecting))
    return known or any(
        "total_assets" in m.facts for m in reading.mentions_in(max(0, amount.start - 60), amount.end + 40)
    )
