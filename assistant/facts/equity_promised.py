"""Money promised and what of it has arrived: 签了3000万的投资协议，到现在只进来1500万. Only what is paid in counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from assistant.facts.amounts import Amount
from assistant.facts.reading import Reading
from assistant.facts.scope import asks
from assistant.facts.text import Clause
from assistant.facts.unknowns import no_figure
from assistant.facts.values import Statement, Value, key

_PROMISED = re.compile(
    r"签|协议|合同|约好|约定|说好|讲好|谈(?:了|好|妥|成|定|下)|敲定|答应|承诺|认缴|意向|总额|总共要|额度|计划投|要投|投资款|轮|说要|说投|愿意"
)
_INVESTING = re.compile(
    r"投资|融资|增资|入股|股权|基金|创投|风投|机构|资本|轮|投(?=给?我们|\d|[一二两三四五六七八九十])|融(?=了|\d|[一二两三四五六七八九十])"
)
_ELSEWHERE = re.compile(
    r"贷|借|债|采购|订单|供货|销售|理财|设备|建设|厂房|技改|老股|转让|个人|自然人|老板|股东|员工|母公司|集团"
)
_ARRIVED = re.compile(
    r"到[账帐位手]|到了|到(?=[\d一二两三四五六七八九十])|已到|实缴|缴了|进来|进[了账帐]|打(?:了|进|过来|来|到|款)|收到|拿到|付了|付(?=[\d一二两三四五六七八九十])|给了|来了|入账|落袋|划[了过进]|支付|兑现|[首头第][一1]?[笔期批](?:款|钱)?"
)
_NOT_YET = re.compile(r"(?:没|未|尚|还没)(?:有)?(?:到|打|付|给|来|进|缴|收|拿|划|支|兑)")
_ALL_OF_IT = re.compile(
    r"(?:全部|全额|全数|全都?|都|悉数|足额|一次性|一分不少|如数|早就?)(?:地|都|已经?|给|一次性)*(?:到[账帐位手齐]|到了|打|进来|进了|实缴|付|缴|给|兑现|收到)"
    r"|(?:到[账帐位]|打|付|缴|进来)(?:了)?(?:齐|完|清|足)"
)
_IN_PART = re.compile(
    r"(?:一?部分|一些|有些|点)[^，。；\d]{0,4}(?:到|打|付|进|缴|没)|(?:到|打|付|进|缴)[^，。；\d]{0,3}(?:一?部分|一些|一点)"
)
_REMAINS = re.compile(
    r"(?:其余|剩下|剩余|余下|余款|尾款|后面|后续|后[两几]?[期笔]|第[二三四]|其他|协议|合同|另外)[^，。；]{0,6}?(?:款|期|笔|等|分批|明年|后年|年底|里程碑|进度|业绩|对赌|再[给打付投]|付清|没[打到付给]|未[打到付给]|盖了?章|生效|看)"
    r"|看(?:进度|业绩|情况|里程碑)|分[两三四几\d]+[期笔批次]"
)
_REACH = 5


def read_promised(reading: Reading) -> list[Statement] | None:
    """What has arrived of a sum that was promised; None where no promise is told, or nothing of its coming in."""
    for amount in reading.amounts:
        if amount.kind != "money" or amount.lo is None or amount.hi is None or not _is_promise(reading, amount):
            continue
        told = list(_arrivals(reading, amount))
        if not told:
            continue
        low = sum((one for one, _, _ in told), Fraction(0))
        high = sum((other for _, other, _ in told), Fraction(0))
        value = Value.interval(low, high, source=reading.message[amount.start : told[-1][2]])
        return _statements(reading, amount, value, told[-1][2])
    return None


def _is_promise(reading: Reading, amount: Amount) -> bool:
    clause = reading.clause(amount.at)
    words = reading.words(clause)
    if reading.zone(amount.at) or asks(reading.text, clause) or _ELSEWHERE.search(words):
        return False
    index = reading.clause_index(clause.start)
    before = reading.words(reading.clauses[index - 1]) if index else ""
    return bool(_PROMISED.search(words) and (_INVESTING.search(words) or _INVESTING.search(before)))


def _arrivals(reading: Reading, promised: Amount) -> Iterator[tuple[Fraction, Fraction, int]]:
    """The least and the most of each sum that came in, told behind the promise, and where its clause ends."""
    low, high = promised.lo or Fraction(0), promised.hi or Fraction(0)
    index = reading.clause_index(promised.at)
    for clause in reading.clauses[index : index + _REACH]:
        start = max(clause.start, promised.end)
        words = reading.text[start : clause.end]
        if reading.zone(start) and reading.zone(start) in reading.rest:
            return
        if asks(reading.text, clause):
            continue
        sums = [a for a in reading.amounts_in(start, clause.end) if a.kind in ("money", "percent")]
        arrived = bool(_ARRIVED.search(words))
        if _IN_PART.search(words) or (no_figure(words) and (arrived or _NOT_YET.search(words))):
            yield Fraction(0), high, clause.end
        elif arrived and _ALL_OF_IT.search(words) and not sums and not _NOT_YET.search(words):
            yield low, high, clause.end
        elif arrived and sums and not _NOT_YET.search(words) and not _others(reading, clause):
            yield from ((*came, clause.end) for one in sums for came in _came_in(one, low, high))
        elif not _REMAINS.search(words):
            if clause.start > promised.end and not _NOT_YET.search(words):
                return
            continue
        reading.hear(clause.start, clause.end)


def _others(reading: Reading, clause: Clause) -> bool:
    """Whether a clause names another matter than money that comes in."""
    named = [m for m in reading.mentions_in(clause.start, clause.end) if not m.decoy and not m.whole]
    return any(not m.facts <= {"new_equity_l2y"} and m.word not in ("到账", "收到") for m in named)


def _came_in(one: Amount, low: Fraction, high: Fraction) -> Iterator[tuple[Fraction, Fraction]]:
    if one.lo is None or one.hi is None:
        yield Fraction(0), high
    elif one.kind == "money":
        yield one.lo, one.hi
    elif one.hi <= 1:
        yield low * one.lo, high * one.hi


def _statements(reading: Reading, promised: Amount, value: Value, end: int) -> list[Statement]:
    last = reading.as_of.year - 1
    clause = reading.clause(promised.at)
    for other in reading.clauses[reading.clause_index(clause.start) + 1 :]:
        words = reading.words(other)
        again = [a for a in reading.amounts_in(other.start, other.end) if a.lo == promised.lo]
        if _REMAINS.search(words) or (again and asks(reading.text, other)):
            reading.hear(other.start, other.end)
    reading.hear(clause.start, clause.end)
    names = [key("new_equity_l2y", last)]
    if reading.title == "创新型":
        names.append(key("new_equity_l3y", last))
    return [reading.said(name, value, promised.start, end) for name in names]
