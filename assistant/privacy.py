"""Personal data out of a message: mobile and landline numbers, citizen ids, bank cards, e-mail addresses.

What only looks like them stays: an amount ("营业额13812345678元"), a date, a document number, a percentage, a
统一社会信用代码, an official hotline (12345, 12366, 400 and 800 numbers). Sources: GB 11643 (citizen ids: birthday and
check digit), ISO/IEC 7812 (cards: issuer beginnings and the Luhn digit), the national numbering plan.

Every pattern is linear in time: repetitions are bounded or possessive, and what surrounds a number is looked at in
a window of fixed length. Masking twice gives what masking once gives.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from stdnum.cn import ric

Kind = Literal["mobile", "landline", "citizen_id", "bank_card", "email"]

REPLACEMENTS: dict[Kind, str] = {
    "mobile": "〔手机号〕",
    "landline": "〔座机〕",
    "citizen_id": "〔身份证号〕",
    "bank_card": "〔银行卡号〕",
    "email": "〔邮箱〕",
}

# Same length on both sides: full-width signs, spaces of all widths, dashes, mathematical digits.
FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
FOLD |= dict.fromkeys((0x09, 0xA0, 0x3000, 0x202F, *range(0x2002, 0x200B)), ord(" "))
FOLD |= dict.fromkeys((*range(0x2010, 0x2016), 0x2212, 0xFE63), ord("-"))
FOLD |= {0x1D7CE + n: ord("0") + n % 10 for n in range(50)}

DOMAIN = r"@(?:[A-Za-z0-9-]{1,63}+\.){1,8}[A-Za-z]{2,24}(?![A-Za-z])"
EMAIL = re.compile(
    rf"[A-Za-z0-9._%+-](?<![A-Za-z0-9._%+-].)[A-Za-z0-9._%+-]{{0,63}}+{DOMAIN}(?:[A-Za-z0-9._%+-]{{1,64}}+{DOMAIN})*+"
)
# Whatever could be a personal number; `_kind_of` decides. Kept hotlines come first so that no part of one is taken.
# The first character is taken before the alternatives look back at it: that way the search skips other text fast.
NUMBER = re.compile(
    r"""[0-9+(\[] (?=[0-9+]) (?<![0-9][0-9]) (?:
      (?P<hotline> (?<=[48]) 00 (?:[ -]?[0-9]){7} (?![0-9]) )
    | (?P<id> (?<=[1-8]) [0-9]{5} [ -]? (?:18|19|20)[0-9]{6} [ -]? [0-9]{3} (?:[0-9](?![0-9]) | [Xx]) (?![A-Za-z]) )
    | (?P<card> (?<=[2-69]) [0-9]{3}
        (?: [0-9]{12,15}
          | [ -][0-9]{4} [ -][0-9]{4} [ -][0-9]{4} (?:(?P<tail>[ -][0-9]{1,3})|[0-9]{1,3})?
          | [0-9]{2}[ -][0-9]{10,13} ) (?![0-9A-Za-z]) )
    | (?P<mobile> (?: (?: (?<=\() \+?86\) | (?<=\+) 86 | (?<=0) 086 | (?<=8) 6 ) [ -]{0,2} 1 | (?<=0) 1 | (?<=1) ) [3-9]
        (?: [0-9]{9}
          | [0-9][ -]{1,2}[0-9]{4}[ -]{1,2}[0-9]{4}
          | [0-9]\.[0-9]{4}\.[0-9]{4}
          | [0-9][ -][0-9]{8} | [0-9]{5}[ -][0-9]{4}
          | [0-9]{2}[ -][0-9]{3}[ -][0-9]{4} | [0-9][ -][0-9]{3}[ -][0-9]{5} ) (?![0-9]) )
    | (?P<landline>
        (?: (?: (?: (?<=\() (?:\+|00)86\) | (?<=\+) 86 | (?<=0) 086 ) [ -]{0,2} [(\[]? 0 | (?<=[(\[]) 0 | (?<=0) )
            (?:10|2[0-9]|[3-9][0-9]{2}) [)\]]? [ -]{0,2}
          | (?: (?<=\() (?:\+|00)86\) | (?<=\+) 86 | (?<=0) 086 ) [ -]{1,2} (?:10|2[0-9]|[3-9][0-9]{2}) [ -]{1,2} )
        [1-9] (?: [0-9]{6,7} | [0-9]{2,3}[ -][0-9]{4} ) (?![0-9])
        (?: [ ]?(?:-|\#|转|ext\.?|分机号?:?)[ ]?[0-9]{1,5} (?![0-9]) )? )
    | (?P<local> (?<=[2-8]) [0-9]{2,3} [ -]? [0-9]{4} (?![0-9]) )
    | (?P<old_id> (?<=[1-8]) [0-9]{14} (?![0-9]) )
    )""",
    re.VERBOSE,
)

SEPARATORS = re.compile("[ -]")
WINDOW = 30
"""How many characters before a number are looked at."""
LINKS = " :-()是为"
PHONE_SAID = (
    *("电话", "手机", "座机", "固话", "传真", "联系方式", "致电", "拨打", "微信"),
    *("tel", "phone", "mobile", "fax"),
)
ID_SAID = ("身份证", "证件")
CARD_SAID = ("银行卡", "卡", "账", "帐", "账户", "帐户")
CODE_SAID = ("信用代码", "税号", "识别号", "机构代码")
NUMBERED = (
    *("专利号", "申请号", "文号", "编号", "注册号", "许可证号", "受理号", "备案号", "登记号", "证书号"),
    *("识别号", "税号", "批号", "订单号", "合同号", "流水号", "发票号", "运单号", "工单号", "快递单号"),
)
MONEY_WORDS = (
    "营业额|营业总额|营业收入|营收|收入|销售额|销售总额|产值|流水|利润|净利|毛利|资产|负债|总额|金额|费用|成本|投入|经费|支出"
    "|研发费|研发|注册资本|实收资本|资本金|实缴|股本|投资额|投资款|融资额|融资|估值|市值|税额|税收|纳税|预算|回款|订单额|合同额"
    "|出口额|交易额|现金流|到账|贷款额|余额"
)
# From a word of money to the number: the same clause, no other number but a year or a month, nobody to call.
MONEY_BEFORE = re.compile(
    rf".*(?:{MONEY_WORDS})(?P<gap>(?:[^0-9〔〕，。；！？,;!?\n]|20[0-9]{{2}}年|[0-9]{{1,2}}月){{0,16}}+)\Z", re.S
)
PEOPLE = re.compile(
    r"电话|手机|座机|微信|号码|联系|找|打|短信|经理|老板|主任|处长|科长|会计|老师|师傅|先生|女士|小姐|专员|客服|我是|证明|人"
)
YEAR_BEFORE = re.compile(r"(?:[去前今上]年|20[0-9]{2}年)(?:度|是|为|约|有|大概|做了|卖了|赚了|挣了| |:){0,3}\Z")
CURRENCY_BEFORE = re.compile(r"(?:[¥￥$€£]|人民币|rmb|cny|usd) {0,2}\Z", re.I)
UNIT_AFTER = re.compile(
    r" {0,2}(?:多|余|左右|上下|整){0,2} {0,2}"
    r"(?:元|圆|块|亿|万(?!一|先生|女士|总|经理|老师|工|主任)|千元|百元|人民币|美元|美金|欧元|港币|日元|rmb|cny|usd|yuan"
    r"|[%‰]|件|台|套|股(?!东)|吨|平方|平米|千瓦|kwh|kg)"
    rf"|\.[0-9]|的(?:{MONEY_WORDS})",
    re.I,
)
NEXT_AMOUNT = re.compile(
    r"(?:元|万|亿)?(?:[、，,;；/~和与及到至 -]){1,3}(?:(?:大?前|去|今|上)年|20[0-9]{2}年)?(?:是|为|约)?"
)

DOUBLED = str.maketrans("0123456789", "0246813579")
ISSUERS = re.compile(
    r"(?:62|60|68|69|65|4|9(?:[048]|5[0-9]|6))[0-9]{14,17}"  # UnionPay, older Chinese cards, Visa
    r"|(?:5[1-5]|2(?:22[1-9]|2[3-9][0-9]|[3-6][0-9]{2}|7[01][0-9]|720)(?=[0-9]{12}$)|35|3[0689])[0-9]{12,14}"
)


@dataclass(frozen=True)
class Masked:
    """``text`` with every personal datum replaced by its name in 〔〕; ``found`` their kinds, in order."""

    text: str
    found: list[Kind]


def mask(text: str) -> Masked:
    """Replace personal data in ``text``. Everything else keeps its characters, widths and order."""
    folded = text.translate(FOLD)
    spans: list[tuple[int, int, Kind]] = []
    if "@" in folded:
        spans = [(m.start(), m.end(), "email") for m in EMAIL.finditer(folded)]
        folded = EMAIL.sub(lambda m: "〔" * len(m[0]), folded)
    floor = amount_end = 0
    at = 0
    while match := NUMBER.search(folded, at):
        start = match.start()
        before = folded[max(floor, start - WINDOW) : start]
        kind, announced, end = _kind_of(match, folded, before)
        at = end
        decimals = start - floor >= 2 and folded[start - 1] == "." and folded[start - 2] in "0123456789"
        if kind is None or decimals:
            continue
        if kind in ("mobile", "bank_card") and not announced and _is_amount(folded, start, end, before, amount_end):
            amount_end = end
            continue
        spans.append((start, end, kind))
        floor = end
    return _replace(text, spans)


def _replace(text: str, spans: list[tuple[int, int, Kind]]) -> Masked:
    parts, found, at = [], [], 0
    for start, end, kind in sorted(spans):
        parts += [text[at:start], REPLACEMENTS[kind]]
        found.append(kind)
        at = end
    return Masked("".join([*parts, text[at:]]), found)


def _kind_of(match: re.Match[str], folded: str, before: str) -> tuple[Kind | None, bool, int]:
    """What the number is by its own digits (None for one that is nobody's), whether the words just before it
    announce it as that, and where it ends."""
    group, end = match.lastgroup, match.end()
    said = before.lower().rstrip(LINKS)
    called = said.removesuffix("码").removesuffix("号")
    numbered = said.removesuffix("码").endswith(NUMBERED)
    if group == "mobile":
        document = before.endswith(("〕", "]", "第")) and folded.startswith("号", end)
        return None if document or numbered else "mobile", called.endswith(PHONE_SAID), end
    if group == "landline":
        return "landline", True, end
    if group == "local":
        announced = called.endswith(PHONE_SAID) and not UNIT_AFTER.match(folded, end) and not _is_day(match[0])
        return "landline" if announced else None, announced, end
    digits = SEPARATORS.sub("", match[0])
    if not said.endswith(CODE_SAID):
        announced = called.endswith(ID_SAID) and len(digits) in (15, 18)
        if announced or (group == "id" and _is_citizen_id(digits)):
            return "citizen_id", announced, end
    if group in ("id", "card") and digits.isdigit():
        announced = called.endswith(CARD_SAID)
        ends = [end, match.start("tail")] if match["tail"] else [end]
        for stop in ends:  # "4111 1111 1111 1111 138 …": the card, then the beginning of a telephone
            if not numbered and _is_card(SEPARATORS.sub("", folded[match.start() : stop])):
                return "bank_card", announced, stop
        return ("bank_card", True, end) if announced else (None, False, ends[-1])
    return None, False, end


def _is_amount(folded: str, start: int, end: int, before: str, amount_end: int) -> bool:
    """Whether the words around a number make it one of money or goods."""
    near = before[-12:]
    if UNIT_AFTER.match(folded, end) or CURRENCY_BEFORE.search(near) or YEAR_BEFORE.search(near):
        return True
    if amount_end and start - amount_end <= 12 and NEXT_AMOUNT.fullmatch(folded, amount_end, start):
        return True
    money = MONEY_BEFORE.match(before)
    return bool(money and not PEOPLE.search(money["gap"]))


def _is_citizen_id(digits: str) -> bool:
    """GB 11643: a province, a birthday in the past and the check digit."""
    if len(digits) != 18 or digits[-1].upper() != ric.calc_check_digit(digits):
        return False
    born = _day(digits[6:14])
    return born is not None and born <= date.today()


def _is_card(digits: str) -> bool:
    """A known issuer and the Luhn digit (written out: stdnum's is too slow for a hostile message of cards)."""
    if not ISSUERS.fullmatch(digits):
        return False
    return sum(map(int, digits[-1::-2] + digits[-2::-2].translate(DOUBLED))) % 10 == 0


def _is_day(digits: str) -> bool:
    return len(digits) == 8 and digits.startswith(("19", "20")) and _day(digits) is not None


def _day(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None
