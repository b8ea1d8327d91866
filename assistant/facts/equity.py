"""New equity of the last two years, as it counts for the standard: paid in, by qualified institutions.

Money pledged or not yet arrived, from persons or the owners themselves, or before the two years, is none of it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from assistant.facts.equity_doubt import left_open, not_surely
from assistant.facts.equity_later import with_earlier, words_with_years
from assistant.facts.equity_none import denies_equity
from assistant.facts.equity_promised import read_promised
from assistant.facts.numbers import Bound
from assistant.facts.reading import Reading
from assistant.facts.text import Clause
from assistant.facts.values import Statement, Value, key

_WHO = r"(?:投资机构|(?<![发究测介府务设研级支])机构|基金|资本|风投|创投|vc|pe|投资[人方者]|资方|外面?[的人]|外部|别人|人家|谁|人|单位|公司|一家|哪家)"
_NOT_EVER = r"(?:没有?|未|无|从没|从未|不曾|没能|零)"
_EMPTY = r"(?:有|任何|什么|啥|外部|外来|外面|股权|风险|合格|专业|新增|新的|别|其他|一分钱?|一毛钱?|一家|哪家|一笔|过|到|来|的|[家个]|投资)"
_NO_EQUITY = re.compile(
    rf"{_NOT_EVER}(?:有)?(?:去|来|再|也)?(?:拿|融|引进|引入|引|获得?|接受|做|搞|新增|要|进|找|谈|收|吸收|碰|用)?过?{_EMPTY}*"
    r"(?:机构|基金|战略|财务|天使|钱)*(?:的)?(?:战投|战略投资|投资(?!收益|额|国|外|建|设|过[^，。]|项目|理财)|融资(?!租)|资金进来|股权(?:投资|融资)"
    r"|风投|创投|vc|pe(?![a-z])|(?<=融过)资|(?<=融)资|(?<=融到)资|(?<=融到过)资|外部资金|外来资金|机构的?钱|增资(?!扩产))"
    rf"|{_NOT_EVER}(?:有)?(?:过)?{_EMPTY}*{_WHO}+(?:来|给|肯|愿意|想|敢)*(?:我们|咱们?|我司|公司|阿拉)?(?:这里|这边)?"
    r"(?:投(?!诉|标|入研|产|放|保|稿)|入股|注资|领投|给钱|打钱|出资|掏钱|参股|进来|看[上中])"
    rf"|{_WHO}+(?:们|的|么|嘛|呢|这块|方面|投资)*(?:一分钱?|一毛钱?|半毛钱?|一个子儿?|从来|压根|根本|统统|也|都|还|就|真|一直|至今|到现在|这两年|近两年|一家|一个)*"
    r"(?:没有?(?=$|[，。；！])|(?:没有?|未|不曾|不)(?:来|给|人|肯|愿意?|真)?(?:我们|咱们?)?(?:投(?!诉|标|入研|产|放|保|稿)|入股|注资|融|出资|掏钱|参股|进来|给钱|打钱)(?!贷))"
    r"|(?:新增)?(?:股权|机构|风险)?(?:融资|投资)(?:情况|：|么|嘛|呢|也|都|目前|一直|这块|方面|是|额|一分钱?|一毛钱?|一笔|从来|压根|根本|啥的|什么的|近?两年|就|还|，)*"
    r"(?:没有?(?!问题|到账|到位|全)|为零|为0|是零|是0|无|零|没拿过|没搞过|没做过|没融过)"
    r"|(?P<penny>一分钱?|一毛钱?|半毛钱?)(?:的)?(?:外部|机构|股权)*(?:融资|投资)?(?:都|也)?(?:没有?|未)(?:拿|融|要|收|引)?过?(?:机构的?|外面的?|别人的?)?(?:投资|融资|钱)?$"
    rf"|{_NOT_EVER}(?:有)?(?:拿|要|收|用|花|碰)过?(?:任何)?{_WHO}+的?(?:[一半][分毛]钱?|钱)"
    r"|机构投资(?:、[^，。；]{1,12}){1,4}?(?:我们|公司)?(?:都|也|均|全|统统)+没有?(?!问题)"
    r"|零融资|全靠自有资金|全是自有资金|都是自有资金|自有资金滚动|全靠自己(?:的钱|滚|积累|投)|没有?外部股东|没有?新(?:的)?股东"
)
_INVESTED = re.compile(r"机构|基金|资本|投资|融资|股权|风投|创投|外头|外面|外部|别人|人家")
_THREE_YEARS = re.compile(r"[近这][三3]年|最近[三3]年|过去[三3]年|(?<![第满])[三3]年(?:内|里|来|以来|间)")
_ABOUT_LOANS = re.compile(r"贷|银行|债|借|理财|固定资产|技改|设备|境外投资|海外投资|对外|政府|补[助贴]|扶持")
_ASKING = re.compile(r"^(?:过|的)?[吗么？]")
_UNPAID = re.compile(
    r"(?:没|未|还没有?|没有|尚未)(?:全部|完全)?(?:到[账位帐]|实缴|打款|打过来|到|交割|支付|缴)|只签了?(?:协议|合同"
    r"|意向)|口头|在谈|在路上|没打|没进来|没过来|待到账|等到账|(?:刚|才|已)?(?:通过|过会|过了会)(?:了)?(?:要|准备|拟)?投|投委会|尽调|条款清单|框架协议"
)
_WILL = re.compile(
    r"(?:(?<![主重需])要|将|将要|拟|准备|打算|即将|愿意|答应|同意)(?:来|再|去)?(?:投|入股|出资|注资|增资)(?:我们|进来)?$"
)
_PLEDGED = re.compile(r"认缴|签约|签了|签的|签过|承诺|意向|协议|约好|约定|说好|讲好|谈了|谈好|谈妥|谈成|答应|敲定")
_OF_A_PAPER = re.compile(r"(?:的)?(?:投资|增资|入股|股权|融资)*(?:协议|合同|意向|框架|条款)")
_PAID = re.compile(r"实缴|到账|到位|实际|打款|已付|收到")
_UNQUALIFIED = re.compile(
    r"个人|自然人|老板|股东(?!大会)|亲友|亲戚|朋友|员工|自己(?:投|增|掏|出|拿)|家里|创始人|实控人|实际控制人|母公司"
    r"|集团(?:公司)?(?:投|增)|老婆|夫妻|家人|高管|管理层|持股平台|母公司|(?<![给对向投])我(?!们公司|司)(?:们)?(?:几个|自己|俩)?(?:凑|出|掏|拿|投|增|垫|打)"
)
_INSTITUTION = re.compile(r"机构|基金|创投|风投|vc|pe(?![a-z])|资本(?!金|公积)")
_NO_INSTITUTION = re.compile(
    r"(?:不是|并非|没有?|非|无|不算)(?:什么|任何|哪家|一家|合格|外部|外头|专业)?(?:的)?(?:投资)?(?:机构|基金|创投|资本)"
    r"|(?:机构|基金|创投|资本)(?:投资[人者方])?(?:们|的)?[^，。]{0,5}(?:没有?|未|不)(?:投|进|来|出|掏|给|参|有|沾)?"
)
_PERSONS_THEN = re.compile(
    r"^(?:但|不过|可|其实|实际上|实际|说白了|就|那|这些?|笔|出资的?|出钱的?|投资[方人者]|投的?|掏钱的?|钱|资金|款子?|股权|全部|都|全|主要|大部分|也)*+"
    r"(?:都|全|也)?(?:是|由|来自|归|为)[^，。]{0,6}?(?:个人|自然人|老板|我(?!们公司)|自己|亲|朋友|股东|员工|创始人|实控人|实际控制人|家里|家人|母公司|集团|持股平台|高管|管理层)"
)
_DEBT = re.compile(r"可转债|借款|债权|明股实债|贷款")
_DEBT_THEN = re.compile(r"^(?:但|不过|可|其实|实际上?|就|都|全|主要)*(?:是|属于|算)[^，。]{0,6}(?:贷款|借款|债|借的)")
_AGAINST = re.compile(r"不|没|未|非|只|老股|转让|个人|自然人|股东|老板|借|贷|债|其他|其余|别的|发明|专利")
_EQUITY = re.compile(r"新增(?:的)?股权|实缴|增资扩股|到账|到位")
_PART = re.compile(r"其中|里面|里头|当中|内有|含")
_NOT_NEW = re.compile(r"老股|股权转让|转让款|买的股|受让")


def read_equity(reading: Reading, bounds: list[Bound]) -> list[Statement]:
    """New equity of the last two years, as it counts: paid in, by qualified institutions."""
    last = reading.as_of.year - 1
    of_three = [b for b in bounds if b.years == (last - 2, last - 1, last) or _three_years_told(reading, b, last)]
    if bounds and left_open(reading):
        return not_surely(reading, of_three or bounds, key("new_equity_l3y" if of_three else "new_equity_l2y", last))
    if (promised := read_promised(reading)) is not None:
        return promised
    if of_three:
        return [s for b in of_three for s in _in_three_years(reading, b, last)]
    counted: list[tuple[Fraction | None, Fraction | None, bool]] = []
    later: list[Statement] = []
    spans: list[tuple[int, int]] = []
    paid = any(_label(reading, b) == "paid" for b in bounds)
    corrections = any(b.correction for b in bounds)
    going_on = False
    for bound in bounds[-1:] if corrections else bounds:
        clause = reading.clause(bound.amounts[0].at)
        label = _label(reading, bound)
        start, end = bound.amounts[0].start, bound.amounts[-1].end
        spans.append((start, end))
        going_on = label == "paid" or (going_on and not label and not bound.assumed)  # 实缴前年1200万、去年800万
        if label == "pledged" or (paid and label != "paid" and not going_on):
            continue
        void = label == "unpaid" or _unqualified(reading, clause, bound)
        if not void and min(bound.years) > last:
            amount = replace(bound.amounts[0], hi=None)
            later.append(reading.number(key("new_equity_l2y", max(bound.years)), amount, start, end))
            continue
        outside = max(bound.years) < last - 1
        if outside and not void and bound.years == (last - 2,):
            later += [reading.number(key("new_equity", last - 2), a, start, end) for a in bound.amounts[:1]]
        part = _part_unpaid(reading, bound)
        if part is not None:
            counted.append((part, part, True))
            continue
        for amount in bound.amounts:
            zero = Fraction(0)
            counted.append((zero, zero, True) if void or outside else (amount.lo, amount.hi, amount.hi_closed))
    for bound in bounds:
        _hear_behind(reading, bound)
    if counted:
        lo = None if any(c[0] is None for c in counted) else sum((c[0] or Fraction(0) for c in counted), Fraction(0))
        hi = None if any(c[1] is None for c in counted) else sum((c[1] or Fraction(0) for c in counted), Fraction(0))
        start, end = spans[0][0], spans[-1][1]
        words = words_with_years(reading, bounds, start, end)
        value = Value.interval(lo, hi, hi_closed=all(c[2] for c in counted), source=words)
        value = with_earlier(reading, bounds, value, last)
        statement = reading.said(key("new_equity_l2y", last), value, start, end, correction=corrections)
        _hear_around(reading, start)
        never = hi == 0 and reading.title == "创新型" and all(b.assumed for b in bounds)
        zero_of_three = reading.said(key("new_equity_l3y", last), value, start, end)
        return [statement, *later, *([zero_of_three] if never else [])]
    if later or bounds:
        return later
    return _none(reading, last)


def _three_years_told(reading: Reading, bound: Bound, last: int) -> bool:
    """近三年引进机构投资，实缴到账700万: the years are told in the clause before."""
    index = reading.clause_index(bound.amounts[0].at)
    if not bound.assumed or index == 0:
        return False
    before = reading.clauses[index - 1]
    years = [time.years for time in reading.times_in(before.start, before.end)]
    equity = any("new_equity_l2y" in m.facts for m in reading.mentions_in(before.start, before.end))
    return equity and years == [(last - 2, last - 1, last)]


def _in_three_years(reading: Reading, bound: Bound, last: int) -> list[Statement]:
    """近三年机构投了600万: together, so that nothing follows for the last two years; one amount for each year adds up."""
    clause = reading.clause(bound.amounts[0].at)
    start, end = bound.amounts[0].start, bound.amounts[-1].end
    label = _label(reading, bound)
    if label == "pledged":
        return []
    name = key("new_equity_l3y", last)
    if label == "unpaid" or _unqualified(reading, clause, bound):
        return [reading.said(name, Value.exact(0, reading.message[start:end]), start, end)]
    if len(bound.amounts) == 1:
        return [reading.number(name, bound.amounts[0], start, end)]
    pairs = zip(bound.years, bound.amounts, strict=False)
    return [reading.number(key("new_equity", year), amount, start, end) for year, amount in pairs]


def _none(reading: Reading, last: int) -> list[Statement]:
    for clause in reading.clauses:
        words = reading.words(clause)
        match = _NO_EQUITY.search(words) or denies_equity(words)
        if (
            match
            and match.groupdict().get("penny")
            and not _INVESTED.search(reading.text[max(0, clause.start - 30) : clause.end])
        ):
            continue  # 加分项一分没有
        if match and not reading.zone(clause.start + match.start()) and not _questioned(words, match):
            start, end = clause.start + match.start(), clause.start + match.end()
            zero = Value.exact(0, reading.message[start:end])
            none = [reading.said(key("new_equity_l2y", last), zero, start, end, assumed=True)]
            never = not reading.times_in(clause.start, clause.end) and _counts_three_years(reading)
            if _THREE_YEARS.search(words) or never:
                none.append(reading.said(key("new_equity_l3y", last), zero, start, end))
            return none
    return []


def _counts_three_years(reading: Reading) -> bool:
    """Whether the talk is of 创新型, which looks at three years: "no institution ever invested" holds for all three."""
    return reading.title == "创新型" or any(k.startswith(("new_equity@", "new_equity_l3y")) for k in reading.expecting)


def _hear_around(reading: Reading, at: int) -> None:
    """近两年有合格机构投进来，实缴2300万: the clause before tells of the same money."""
    index = reading.clause_index(at)
    for clause in reading.clauses[max(0, index - 1) : index + 2]:
        if any("new_equity_l2y" in m.facts for m in reading.mentions_in(clause.start, clause.end)):
            reading.hear(clause.start, clause.end)


def _hear_behind(reading: Reading, bound: Bound) -> None:
    """都是合格机构的新增股权, told behind the amounts: what they were, where nothing speaks against it."""
    index = reading.clause_index(bound.amounts[-1].at)
    for clause in reading.clauses[index + 1 : index + 4]:
        words = reading.words(clause)
        if reading.amounts_in(clause.start, clause.end) or _AGAINST.search(words):
            continue
        if _INSTITUTION.search(words) or _EQUITY.search(words):
            reading.hear(clause.start, clause.end)


def _questioned(words: str, match: re.Match[str]) -> bool:
    """没有机构投资吗, 是否没有: asked, or of loans rather than of equity."""
    near = words[max(0, match.start() - 4) : match.end() + 4]
    return bool(
        _ABOUT_LOANS.search(near) or re.search(r"是否|有没有|是不是", words) or _ASKING.match(words[match.end() :])
    )


def _part_unpaid(reading: Reading, bound: Bound) -> Fraction | None:
    """2500万，其中1000万还没到账: what has arrived; None where the whole or nothing has."""
    clause = reading.clause(bound.amounts[-1].at)
    index = reading.clause_index(clause.start)
    if index + 1 >= len(reading.clauses):
        return None
    following = reading.clauses[index + 1]
    words = reading.words(following)
    parts = [a for a in reading.amounts_in(following.start, following.end) if a.kind == "money" and a.lo is not None]
    total = bound.amounts[-1].lo
    if not parts or not _PART.search(words) or total is None or parts[0].lo is None or parts[0].lo > total:
        return None
    if _UNPAID.search(words) or _NOT_NEW.search(words) or _UNQUALIFIED.search(words):
        reading.hear(following.start, following.end)
        return total - parts[0].lo
    return parts[0].lo if _PAID.search(words) else None


def _label(reading: Reading, bound: Bound) -> str:
    amount = bound.amounts[0]
    clause = reading.clause(amount.at)
    index = reading.clause_index(clause.start)
    words = reading.words(clause)
    following = reading.words(reading.clauses[index + 1]) if index + 1 < len(reading.clauses) else ""
    tail = reading.text[bound.amounts[-1].end : clause.end]
    lead = reading.text[max(clause.start, amount.start - 10) : amount.start]
    if (
        _UNPAID.search(tail)
        or (_UNPAID.search(following[:14]) and not _PART.search(following))
        or _WILL.search(lead)
        or _UNPAID.search(words[: max(0, amount.start - clause.start)])
    ):
        return "unpaid"
    if _DEBT.search(words) or _DEBT_THEN.match(following):
        return "unpaid"
    if _PAID.search(lead) or _PAID.match(tail):
        return "paid"
    if _PLEDGED.search(lead) or tail.startswith("认缴") or _OF_A_PAPER.match(tail):
        return "pledged"
    return ""


def _unqualified(reading: Reading, clause: Clause, bound: Bound) -> bool:
    """Paid by persons, by the owners or by their own group: in this clause, the one before or the two behind."""
    words = reading.words(clause)
    index = reading.clause_index(clause.start)
    before = reading.words(reading.clauses[index - 1]) if index else ""
    if re.search(r"投资[方人]|出资|股东", before) and not re.search("投资[方人]|出资", words):
        words = before + words
    behind = reading.clauses[index + 1 : index + 3]
    told = [c for c in behind if not any(a.kind == "money" for a in reading.amounts_in(c.start, c.end))]
    for following in told:
        if _PERSONS_THEN.match(reading.words(following)):
            reading.hear(following.start, following.end)
            return True
    later = any(_NO_INSTITUTION.search(reading.words(c)) for c in told)
    institution = _INSTITUTION.search(words) and not _NO_INSTITUTION.search(words)
    return bool(_UNQUALIFIED.search(words)) and (later or not institution)
