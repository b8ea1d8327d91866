"""What lies behind a company: years in its market, a cancelled title, repaired credit, equity paid in."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from assistant.facts.amounts import Amount
from assistant.facts.numbers import Bound
from assistant.facts.reading import Reading, as_value
from assistant.facts.scope import rule_question
from assistant.facts.text import Clause
from assistant.facts.values import Statement, Value, key

_WORKED = re.compile(
    r"做|干|从事|深耕|专注|搞|经营|钻研|聚焦|耕耘|扎根|入行|行业|生产|进入|细分|专营|主营|精耕|打磨|沉淀|积累|经验|专攻|专业|坚持|涉足|投身|这行|领域|市场|历史|年头|产品线|研制|制造"
)
_NOT_WORKED = re.compile(r"成立|注册|开办|创办|建厂|建立|有效期|保护期|撤销|取消|摘牌|合作|质保|贷款|租|合同|复核|到期|近|过去|最近|连续|专利|工龄|工作|满三年要|保质")
_SO_FAR = re.compile(r"^(?:多|左右|来)?了")
_THIS_YEAR = re.compile(r"今年(?:刚好|刚|正好|才|是|就|已经|已)*$")
_SOON = re.compile(r"(?:快|将近|马上|接近|就要|即将)(?:有|满|到)?$")
_BEGAN = re.compile(r"^(?:年?)(?:起|开始|就?开始|以来|就|入行|进入|进|转型|转做|转|至今|到现在|涉足|切入|投产|创业|上马|做|下海|到今)")
_SINCE = re.compile(r"(?:从|自|打|始于|起始于|开始于|入行于|进入于|起步于)$")
_FOUNDED = re.compile(r"成立|注册|建厂|创办|创立")
_CANCEL = re.compile(r"(?:被)?(?:取消|撤销|摘牌|摘帽|撤掉|取消认定|收回)(?!异常|限制|名录|合同|订单|了?(?:合同|订单|限制))")
_NEVER = re.compile(r"(?:没有?|未|从没|从未|不曾)(?:被)?(?:取消|撤销|摘)")
_REASONS = {
    "falsification": re.compile(r"造假|弄虚作假|虚假|作假|假材料|虚报"),
    "dishonesty": re.compile(r"失信"),
    "incident": re.compile(r"事故|违法|环保|污染|处罚|泄露|质量问题|违规"),
    "other": re.compile(r"(?:没|未|忘了|漏)(?:有)?(?:及时)?(?:更新|填报|报告|报送|年报)|逾期"),
}
_CREDIT_DONE = re.compile(r"信用修复.{0,4}(?:完成|做完|好了|了|过|通过|成功|完毕)|(?:完成|做完|做了|办完|通过|已经?|办好)(?:了)?信用修复|信用(?:已经?|也)?修复(?:了|好|完)")
_CREDIT_OPEN = re.compile(r"(?:没|未|还没|尚未|没有)(?:做|完成|办|去|能|进行)?(?:信用)?修复|修复(?:中|没|还没|未)|信用修复(?:还|也)?(?:没|未|在)|(?:没|未|还没|尚未|没有)(?:能)?移出.{0,6}失信|失信.{0,8}(?:没|未|还没|没有)(?:能)?(?:移出|解除|出来)")
_CREDIT_OUT = re.compile(r"移出(?:了)?(?:严重)?失信")
_RECTIFIED = re.compile(r"整改.{0,12}(?:认可|验收|通过|同意|合格)|(?:认可|验收|通过)了?.{0,6}整改")
_NOT_RECTIFIED = re.compile(r"(?:没|未|还没|尚未|没有)(?:完成|做|去|有)?整改|整改.{0,6}(?:没|未|还没|不)(?:有)?(?:通过|验收|完成|到位|认可|合格|做)|整改中|正在整改")
_NO_EQUITY = re.compile(
    r"(?:没有?|未|从没|从未|无|零|不曾)(?:有)?(?:拿|融|引进|引入|引|获得?|接受|做|新增|去|到|要)?过?(?:任何|外部|机构|股权|风险|一分钱?|新增|新的|什么|别人的?|的|钱)*(?:投资|融资|资金进来|股权(?:投资|融资)|(?<=融过)资|(?<=融)资)"
    r"|(?:股权)?(?:融资|投资)(?:也|都|目前|一直|这块|方面|是|额)*(?:没有|为零|为0|是零|是0|无|没拿过|没搞过|没做过)"
)
_UNPAID = re.compile(r"(?:没|未|还没有?|没有|尚未)(?:全部|完全)?(?:到[账位帐]|实缴|打款|打过来|到|交割|支付|缴)|只签了?(?:协议|合同|意向)|口头|在谈")
_PLEDGED = re.compile(r"认缴|签约|承诺|意向|协议")
_PAID = re.compile(r"实缴|到账|到位|实际|打款|已付|收到")
_UNQUALIFIED = re.compile(r"个人|自然人|老板|股东(?!大会)|亲友|亲戚|朋友|员工|自己(?:投|增|掏|出|拿)|家里|创始人|实控人|实际控制人|母公司|集团(?:公司)?(?:投|增)")


def read_niche(reading: Reading) -> list[Statement]:
    """niche_years at the end of the last year, niche_start as a packed date (year, month or 0, day 0)."""
    found: list[Statement] = []
    year = reading.as_of.year - 1
    asked = any(k.startswith("niche_years") for k in reading.expecting)
    for amount in reading.amounts:
        if amount.kind != "years" or reading.zone(amount.at):
            continue
        clause = reading.clause(amount.at)
        if not _is_work(reading, clause, amount, asked) or rule_question(reading.text, clause, amount.start, amount.end):
            continue
        amount = _to_year_end(reading, clause, amount)
        found.append(reading.number(key("niche_years", year), amount, amount.start, amount.end))
    return [*found[:3], *_starts(reading)[:2]]


def _is_work(reading: Reading, clause: Clause, amount: Amount, asked: bool) -> bool:
    lead = reading.text[max(clause.start, amount.start - 24) : amount.start]
    tail = reading.text[amount.end : min(clause.end, amount.end + 16)]
    if re.match(r"(?:以?前|后|内|之内)(?!.{0,4}(?:开始|就|入行|进入|起))", tail) or re.search(r"第$", lead):
        return False
    worked = list(_WORKED.finditer(lead))
    other = list(_NOT_WORKED.finditer(lead))
    if other and (not worked or other[-1].start() > worked[-1].start()):
        return False
    if worked:
        return True
    if _WORKED.search(tail) and not _NOT_WORKED.search(tail):
        return True
    return asked and len(lead.strip()) <= 4


def _to_year_end(reading: Reading, clause: Clause, amount: Amount) -> Amount:
    """做了3年 is taken as said; 6年了, 今年刚满3年 and 快3年 are counted as of now, so up to a year less by year-end."""
    lead = reading.text[max(clause.start, amount.at - 12) : amount.at]
    lo, hi = amount.lo, amount.hi
    if lo is None:
        return amount
    if amount.is_exact and (_THIS_YEAR.search(re.sub(r"满$", "", lead)) or re.search(r"今年.{0,3}满$", lead)):
        return replace(amount, lo=lo - 1, hi=lo, hi_closed=False)
    if _SOON.search(lead) and hi is not None:
        return replace(amount, lo=max(hi - 2, Fraction(0)), hi=hi, lo_closed=True, hi_closed=False)
    if _SO_FAR.match(reading.text[amount.end : amount.end + 3]) and lo >= 1:
        return replace(amount, lo=lo - 1, lo_closed=True)
    return amount


def _starts(reading: Reading) -> list[Statement]:
    found: list[Statement] = []
    for time in reading.times:
        if time.kind not in ("year", "date") or reading.zone(time.start) or time.years[0] > reading.as_of.year:
            continue
        clause = reading.clause(time.start)
        lead = reading.text[max(clause.start, time.start - 6) : time.start]
        tail = reading.text[time.end : min(clause.end, time.end + 20)]
        began = _BEGAN.match(tail) or (_SINCE.search(lead) and re.search(r"开始|起|以来|做|一直|至今", tail))
        founded = _FOUNDED.search(lead + tail[:4])
        if founded:
            rest = reading.text[time.end : time.end + 30]
            began = re.search(r"(?:一直|始终|就|从那时起)(?:在)?(?:做|从事|专注|干|搞)", rest)
        if not began or not (_WORKED.search(tail) or re.search("入行|进", tail)):
            continue
        if re.search(r"营收|研发|申报|评|认定|实施|执行|盈利|亏损", tail[:10]):
            continue
        value = Value.exact(time.years[0] * 10000 + (time.month or 0) * 100, reading.message[time.start : time.end])
        found.append(reading.said("niche_start", value, time.start, min(clause.end, time.end + 8)))
    return found


def read_cancelled(reading: Reading) -> list[Statement]:
    """A title that was cancelled: how long ago and why; credit repaired; rectification accepted."""
    found: list[Statement] = []
    for clause in reading.clauses:
        if reading.zone(clause.start):
            continue
        words = reading.words(clause)
        if re.search(r"吗|会不会|是否|多久|怎么|会被", words):
            continue
        found += _repaired(reading, clause, words)
        match = _CANCEL.search(words)
        if not match or re.search(r"(?:异常|限制|处分)", words[: match.start()][-6:]):
            continue
        at = clause.start + match.start(), clause.start + match.end()
        if _NEVER.search(words):
            found.append(reading.flag("title_cancelled", False, *at))
            continue
        found += _cancellation(reading, clause, words, *at)
    return found


def _cancellation(reading: Reading, clause: Clause, words: str, start: int, end: int) -> list[Statement]:
    found: list[Statement] = []
    for amount in reading.amounts_in(clause.start, clause.end):
        if amount.kind == "years":
            found.append(reading.number("title_cancelled_years_ago", amount, *sorted((amount.start, end))))
            break
    told = [t for t in reading.times_in(clause.start, clause.end) if t.kind in ("year", "date")]
    if not found and told:
        value = _since(reading, told[0].years[0], told[0].month, reading.message[told[0].start : told[0].end])
        found.append(reading.said("title_cancelled_years_ago", value, told[0].start, end))
    index = reading.clause_index(clause.start)
    nearby = [words] + [
        reading.words(c)
        for c in reading.clauses[max(0, index - 1) : index + 3]
        if c is not clause and re.search(r"因|由于|原因", reading.words(c))
    ]
    for name, pattern in _REASONS.items():
        if any(pattern.search(part) for part in nearby):
            found.append(reading.choice("cancelled_for", name, start, end))
            break
    return found or [reading.flag("title_cancelled", True, start, end)]


def _since(reading: Reading, year: int, month: int | None, source: str) -> Value:
    now = reading.as_of.year * 12 + reading.as_of.month
    first, last = year * 12 + (month or 1), year * 12 + (month or 12)
    return Value.interval(Fraction(max(0, now - last), 12), Fraction(max(0, now - first), 12), source=source)


def _repaired(reading: Reading, clause: Clause, words: str) -> list[Statement]:
    found: list[Statement] = []
    for fact, yes, no in (
        ("credit_repaired", (_CREDIT_DONE, _CREDIT_OUT), _CREDIT_OPEN),
        ("rectified_accepted", (_RECTIFIED,), _NOT_RECTIFIED),
    ):
        match = no.search(words)
        if match:
            found.append(reading.flag(fact, False, clause.start + match.start(), clause.start + match.end()))
            continue
        match = next((m for p in yes if (m := p.search(words))), None)
        if match:
            found.append(reading.flag(fact, True, clause.start + match.start(), clause.start + match.end()))
    return found


def read_equity(reading: Reading, bounds: list[Bound]) -> tuple[list[Statement], list[Statement]]:
    """New equity of the last two years, as it counts: paid in, by institutions. Asserted, and under "if"."""
    last = reading.as_of.year - 1
    counted: list[tuple[Fraction | None, Fraction | None, bool]] = []
    later: list[Statement] = []
    spans: list[tuple[int, int]] = []
    paid = any(_label(reading, b) == "paid" for b in bounds)
    corrections = any(b.correction for b in bounds)
    for bound in bounds[-1:] if corrections else bounds:
        clause = reading.clause(bound.amounts[0].at)
        label = _label(reading, bound)
        start, end = bound.amounts[0].start, bound.amounts[-1].end
        spans.append((start, end))
        if label == "pledged" or (paid and label != "paid"):
            continue
        void = label in ("unpaid", "unqualified") or _unqualified(reading, clause, bound)
        if not void and min(bound.years) > last:
            amount = replace(bound.amounts[0], hi=None)
            later.append(reading.number(key("new_equity_l2y", max(bound.years)), amount, start, end))
            continue
        outside = max(bound.years) < last - 1
        for amount in bound.amounts:
            zero = Fraction(0)
            counted.append((zero, zero, True) if void or outside else (amount.lo, amount.hi, amount.hi_closed))
    if counted:
        lo = None if any(c[0] is None for c in counted) else sum((c[0] or Fraction(0) for c in counted), Fraction(0))
        hi = None if any(c[1] is None for c in counted) else sum((c[1] or Fraction(0) for c in counted), Fraction(0))
        start, end = spans[0][0], spans[-1][1]
        value = Value.interval(lo, hi, hi_closed=all(c[2] for c in counted), source=reading.message[start:end])
        statement = reading.said(key("new_equity_l2y", last), value, start, end, correction=corrections)
        return [statement, *later], []
    if later or bounds:
        return later, []
    return _none(reading, last), []


def _none(reading: Reading, last: int) -> list[Statement]:
    for clause in reading.clauses:
        words = reading.words(clause)
        match = _NO_EQUITY.search(words)
        if match and not reading.zone(clause.start + match.start()) and not re.search(r"吗|贷款|是否|有没有", words):
            start, end = clause.start + match.start(), clause.start + match.end()
            zero = Value.exact(0, reading.message[start:end])
            return [reading.said(key("new_equity_l2y", last), zero, start, end, assumed=True)]
    return []


def _label(reading: Reading, bound: Bound) -> str:
    amount = bound.amounts[0]
    clause = reading.clause(amount.at)
    index = reading.clause_index(clause.start)
    words = reading.words(clause)
    following = reading.words(reading.clauses[index + 1]) if index + 1 < len(reading.clauses) else ""
    tail = reading.text[bound.amounts[-1].end : clause.end]
    lead = reading.text[max(clause.start, amount.start - 10) : amount.start]
    if _UNPAID.search(tail) or _UNPAID.search(following[:14]) or _UNPAID.search(words[: max(0, amount.start - clause.start)]):
        return "unpaid"
    if _PAID.search(lead) or _PAID.match(tail):
        return "paid"
    if _PLEDGED.search(lead) or tail.startswith("认缴"):
        return "pledged"
    return ""


def _unqualified(reading: Reading, clause: Clause, bound: Bound) -> bool:
    words = reading.words(clause)
    return bool(_UNQUALIFIED.search(words)) and not re.search(r"机构|基金|创投|vc|pe", words)
