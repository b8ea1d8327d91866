"""Masking of personal data: what goes, what stays, and how long it may take."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from patience import patience
from stdnum import luhn
from stdnum.cn import ric, uscc

from assistant.privacy import REPLACEMENTS, mask

MASKED = [
    ("电话13812345678谢谢", "电话〔手机号〕谢谢"),
    ("我是13812345678，请回电", "我是〔手机号〕，请回电"),
    ("手机号是138 1234 5678。", "手机号是〔手机号〕。"),
    ("打138-1234-5678找我", "打〔手机号〕找我"),
    ("+86 138 1234 5678能报专精特新吗", "〔手机号〕能报专精特新吗"),
    ("+86-13812345678", "〔手机号〕"),
    ("（+86）13812345678", "〔手机号〕"),
    ("0086 138-1234-5678", "〔手机号〕"),
    ("8613812345678", "〔手机号〕"),
    ("１３８１２３４５６７８", "〔手机号〕"),
    ("Tel:13812345678,能报吗", "Tel:〔手机号〕,能报吗"),
    ("加微信13812345678", "加微信〔手机号〕"),
    ("13812345678-13912345678", "〔手机号〕-〔手机号〕"),
    ("电话13812345678万一打不通再打13912345678", "电话〔手机号〕万一打不通再打〔手机号〕"),
    ("营收3000万，老板电话13812345678", "营收3000万，老板电话〔手机号〕"),
    ("收入证明找王会计13812345678", "收入证明找王会计〔手机号〕"),
    ("021-63212810", "〔座机〕"),
    ("（021）6321 2810转801谢谢", "〔座机〕谢谢"),
    ("(0571)88123456-8008", "〔座机〕"),
    ("公司座机02163212810", "公司座机〔座机〕"),
    ("+86-21-63212810", "〔座机〕"),
    ("+86 (0)13812345678", "+86 (0)〔手机号〕"),
    ("电话：63212810", "电话：〔座机〕"),
    ("身份证110101199003078515", "身份证〔身份证号〕"),
    ("法人11010519491231002X能当吗", "法人〔身份证号〕能当吗"),
    ("11010519491231002x", "〔身份证号〕"),
    ("110105 19491231 002X", "〔身份证号〕"),
    ("卡号4111 1111 1111 1111", "卡号〔银行卡号〕"),
    ("4111 1111 1111 1111 138 1234 5678", "〔银行卡号〕 〔手机号〕"),
    ("卡号6222 0200 0000 0000 000", "卡号〔银行卡号〕"),
    ("身份证110101900307851", "身份证〔身份证号〕"),
    ("138-1234-5678-021-63212810", "〔手机号〕-〔座机〕"),
    ("打款到6222020000000000000吧", "打款到〔银行卡号〕吧"),
    ("邮箱zhang.san+a@example.com.cn，谢谢", "邮箱〔邮箱〕，谢谢"),
    ("发到13812345678@163.com", "发到〔邮箱〕"),
    ("发到ｗａｎｇ＠ｑｑ．ｃｏｍ", "发到〔邮箱〕"),
]

KEPT = [
    "去年营业额13812345678元",
    "去年营业额13812345678元，能报专精特新吗",
    "营收 13800000000",
    "营业额是13812345678，够不够小巨人",
    "我们2025年营收13812345678，前年13512345678",
    "前年12000000000，去年13812345678",
    "营收13812345678和13912345678",
    "研发费用大概13812345678块",
    "资产总额１３８１２３４５６７８元",
    "13812345678的营收能报吗",
    "¥13812345678",
    "总产量13812345678件",
    "13812345678.50元",
    "注册资本4111111111111111元",
    "研发 180 2000 3000",
    "工信部企业〔2026〕2号",
    "沪经信规范〔2022〕8号和青经发〔2023〕80号",
    "〔2026〕13812345678号",
    "专利号13812345678",
    "ZL202310123456.7",
    "2026-11-21 到 2026年12月31日，20261121",
    "研发占3.15%，负债率45.1381234567%",
    "统一社会信用代码91310115MA1K35J72X",
    "统一社会信用代码：110101199003078515",
    "公司去年做了13812345678，今年13912345678，够不够",
    "营收15012345678，纳税18012345678",
    "税号110101199003078515",
    "拨打12345或12366，021-12345也行",
    "热线400-820-8820、4008208820、800-820-8820",
    "4008-888-888",
    "订单6222021234567890123",
    "110101199003078516",
    "110101209913078515",
    "我@你了，专精特新a@b",
    "第17条 第1381条",
    "1" * 40,
]


@pytest.mark.parametrize(("said", "shown"), MASKED)
def test_personal_data_is_masked(said: str, shown: str) -> None:
    masked = mask(said)
    assert masked.text == shown
    assert [REPLACEMENTS[kind] for kind in masked.found] == re.findall("〔.*?〕", shown)


@pytest.mark.parametrize("said", KEPT)
def test_what_only_looks_like_it_stays(said: str) -> None:
    assert mask(said).text == said
    assert mask(said).found == []


def test_kinds_come_in_the_order_of_the_text() -> None:
    found = mask("a@b.cn，13812345678，021-63212810，11010519491231002X，4111111111111111，c@d.cn").found
    assert found == ["email", "mobile", "landline", "citizen_id", "bank_card", "email"]


@given(st.from_regex(r"(11|31|44|62)0101(19[5-9][0-9])(0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])[0-9]{3}", fullmatch=True))
def test_every_citizen_id_with_its_check_digit_goes(body: str) -> None:
    number = body + ric.calc_check_digit(body + "0")
    assert mask(f"法人{number}，请查").text == "法人〔身份证号〕，请查"
    wrong = body + ("1" if number[-1] == "0" else "0")
    assert mask(f"物料{wrong}，请查").found in ([], ["bank_card"])


@given(st.sampled_from(["62", "4", "51", "2221"]), st.text("0123456789", min_size=14, max_size=14))
def test_every_card_with_its_luhn_digit_goes(issuer: str, rest: str) -> None:
    body = (issuer + rest)[:15]
    number = body + luhn.calc_check_digit(body)
    assert mask(f"打到{number}吧").found == ["bank_card"]
    wrong = body + str((int(number[-1]) + 1) % 10)
    assert mask(f"打到{wrong}吧").found == []


CODE_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@given(st.from_regex(r"91[1-6]10[0-9]{3}", fullmatch=True), st.text(CODE_SIGNS, min_size=9, max_size=9))
def test_no_credit_code_is_taken(region: str, rest: str) -> None:
    code = region + rest + uscc.calc_check_digit(region + rest)
    assert uscc.is_valid(code)
    assert mask(f"我们{code}能报吗").found == []


@given(
    st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
    st.sampled_from(["元", "万元", "万", "亿元", " 元", "块钱", "多元"]),
)
def test_no_amount_with_its_unit_is_taken(number: str, unit: str) -> None:
    assert mask(f"我们去年{number}{unit}行吗").found == []


PIECES = st.sampled_from(
    [
        *(said for said, _ in MASKED),
        *KEPT,
        *(
            "13812345678",
            "110101199003078515",
            "4111111111111111",
            "a@b.com",
            "021-63212810",
            "营收",
            "电话",
            "元",
            "万",
        ),
        *(
            "号",
            "第",
            "卡号",
            "编号",
            "去年",
            "、",
            "，",
            " ",
            "-",
            "+86",
            "(",
            ")",
            "@",
            ".",
            "1",
            "86",
            "〕",
            "〔",
            "x",
        ),
    ]
)


@given(st.lists(PIECES | st.text(max_size=3), max_size=8).map("".join))
def test_masking_twice_is_masking_once(text: str) -> None:
    once = mask(text)
    assert mask(once.text).text == once.text


@given(st.text(st.characters(exclude_categories=["Nd", "Cs"], exclude_characters="@＠")))
def test_text_without_digits_or_at_signs_never_changes(text: str) -> None:
    assert mask(text).text == text
    assert mask(text).found == []


HOSTILE = [
    *("1", "0", "9", "+86", "86", "a@", "@", "a@b.", "a.", "(021)", "(", "([", "((1", "（０２１）", "１", "138 "),
    *("1 ", "6222 ", "62220", "021-", "021-63212810 ", "+86 ", "13812345678，", "营收13812345678，", "13812345678、"),
    *("电话6321281 ", "110101199003078515 ", "4111111111111111 ", "6222021234567890123,", "a@b.cn ", "营收", "400 "),
    *("1.", "转", "〔", "〔2026〕2号", "a" * 64 + "@", "a@" + "b." * 30, "13812345678@", "138-1234-", "身份证"),
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_takes_no_time(piece: str) -> None:
    with patience():
        mask((piece * (100_000 // len(piece) + 1))[:100_000])


def test_a_long_random_mixture_takes_no_time() -> None:
    random.seed(2026)
    text = "".join(random.choices("0123456789+-() @a.营收电话元万号〔〕，", k=100_000))
    with patience():
        mask(text)
