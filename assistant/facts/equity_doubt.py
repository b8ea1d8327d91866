"""Whether money counts as new equity is not known: 投资方算不算合格机构没人说得准, 到没到账没讲清, 是股权还是借款搞不清."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from assistant.facts.numbers import Bound
from assistant.facts.reading import Reading
from assistant.facts.scope import asks
from assistant.facts.unknowns import no_figure
from assistant.facts.values import Statement, Value

_PAYER = r"投资[方人者]|投资(?:机构|公司|基金)|资方|出资[方人]|出钱的|掏钱的|投我们的?|投的|投进来的|入股的|股东|机构|基金|那[两三几一]?家"
_WHETHER = r"是不是|算不算|够不够|属不属于|是否|有没有|有无|能不能|合不合|算得?上|是[^，。；]{1,10}还是|什么|啥|哪[种类]|到底|究竟|性质|来头"
_QUALIFIED = r"合格|机构|基金|备案|登记|资质|性质|来头|身份|牌照|个人"
_DOUBT = re.compile(rf"(?=[^，。；]*(?:{_PAYER}))(?=[^，。；]*(?:{_WHETHER}))(?=[^，。；]*(?:{_QUALIFIED}))")
_PAID_IN = re.compile(
    r"(?:到|缴)没(?:有)?(?:到|缴)[账帐位]?|(?:有没有|是否|是不是|有无|算不算|到底)[^，。；]{0,4}(?:到[账帐位]|实缴|打款|进来)|(?:到[账帐位]|实缴|打款)了?没有?(?=$|[^，。；]{0,6}[不没])"
    r"|股权[^，。；]{0,4}还是|还是[^，。；]{0,6}(?:股权|可转债|借款|债)|(?:是不是|算不算|是否)[^，。；]{0,4}(?:股权|新增|增资)"
)
_NEAR = 2


def left_open(reading: Reading) -> bool:
    """Whether a clause leaves open who paid or whether it is paid in, by saying so or by asking."""
    for index, clause in enumerate(reading.clauses):
        words = reading.words(clause)
        if reading.zone(clause.start) or not (_DOUBT.match(words) or _PAID_IN.search(words)):
            continue
        behind = reading.clauses[index : index + _NEAR]
        open_ = [told for told in behind if no_figure(reading.words(told))]
        if open_ or asks(reading.text, clause):
            for told in (clause, *open_):
                reading.hear(told.start, told.end)
            return True
    return False


def not_surely(reading: Reading, bounds: Sequence[Bound], name: str) -> list[Statement]:
    """Anything from nothing to all that was told."""
    amounts = [amount for bound in bounds for amount in bound.amounts]
    ends = [amount.hi for amount in amounts]
    most = None if None in ends else sum((end for end in ends if end is not None), Fraction(0))
    start, end = amounts[0].start, amounts[-1].end
    return [reading.said(name, Value.interval(Fraction(0), most, source=reading.message[start:end]), start, end)]
