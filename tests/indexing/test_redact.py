"""Secrets and personal contacts go; hotlines, amounts, fields of forms and everything else stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from patience import patience

from indexing.redact import MASKS, redact, redact_after


@pytest.mark.parametrize(
    ("text", "expected", "kinds"),
    [
        ("默认密码为：Deng@1234。", "默认密码为：〔密码已隐去〕。", ["password"]),
        ("初始口令 lamp2021，请修改", "初始口令 〔密码已隐去〕，请修改", ["password"]),
        ("账号：admin 密码:Abc-998877", "账号：admin 密码:〔密码已隐去〕", ["password"]),
        ("登录密码统一设为12345678", "登录密码统一设为〔密码已隐去〕", ["password"]),
        ("密码为营业执照号后六位，登录后修改", "密码为〔密码已隐去〕，登录后修改", ["password"]),
        ("发送至deng_ta2021@163.com。", "发送至〔邮箱〕。", ["email"]),
        ("邮箱：li.deng＠lamp．gov.cn", "邮箱：〔邮箱〕", ["email"]),
        ("咨询电话：13812345678。", "咨询电话：〔手机号〕。", ["mobile"]),
        ("手机 138 1234 5678、+86-13912345678", "手机 〔手机号〕、〔手机号〕", ["mobile", "mobile"]),
        ("联系人：封点灯；联系电话：24538803", "联系人：〔联系人〕；联系电话：〔座机〕", ["name", "landline"]),
        (
            "联系人：李明、王小红，0571-56137700",
            "联系人：〔联系人〕、〔联系人〕，〔座机〕",
            ["name", "name", "landline"],
        ),
        ("联系人及电话：张老师 021-23110000", "联系人及电话：〔联系人〕 〔座机〕", ["name", "landline"]),
        ("默认密码 | Deng@1234 | 登录后修改", "默认密码 | 〔密码已隐去〕 | 登录后修改", ["password"]),
        ("联系人 | 李点灯 | 24538803", "联系人 | 〔联系人〕 | 〔座机〕", ["name", "landline"]),
        ("密\u200b码：Deng@1234", "密码：〔密码已隐去〕", ["password"]),
    ],
)
def test_what_is_masked(text: str, expected: str, kinds: list[str]) -> None:
    masked, found = redact(text)
    assert masked == expected
    assert [r.kind for r in found] == kinds
    assert all(masked.startswith(MASKS[r.kind], r.at) for r in found)


@pytest.mark.parametrize(
    "text",
    [
        "咨询热线：12345，投诉举报12315。",
        "技术支持电话：0571-56137700",
        "市中小企业服务中心咨询电话：021-64220000",
        "全国统一客服400-800-8000",
        "联系人：略；联系电话：略",
        "联系人 电话 手机 传真",
        "联系人：（略）",
        "明确专门联系人，建立台账",
        "联系人单位：",
        "联系人 | 电话 | 手机",
        "密码 | 由企业自己设置",
        "联系人方式见附件2",
        "账号、密码由各市管理员分配",
        "用户名、密码，在网页完成注册",
        "账号密码与政务服务网登录账号密码一致",
        "营业收入13812345678元",
        "产量13812345678吨",
        "沪经信〔2021〕13812345678号文",
        "登录www.deng.gov.cn填报",
        "2021年3月15日前报送，逾期不予受理。",
    ],
)
def test_what_stays(text: str) -> None:
    assert redact(text) == (text, [])


PIECES = st.sampled_from(
    [
        "密码为",
        "：",
        "Deng@1234",
        "13812345678",
        "联系人：",
        "李明",
        "，",
        "a_b@163.com",
        "24538803",
        " ",
        "元",
        "热线12345",
        "\u200b",
    ]
)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=12).map("".join)))
def test_twice_is_once_and_nothing_else_changes(text: str) -> None:
    masked, found = redact(text)
    assert redact(masked)[0] == masked
    assert [r.at for r in found] == sorted(r.at for r in found)
    if not found:
        assert masked == text


def test_a_long_hostile_line_is_read_at_once() -> None:
    for piece in ("密码为：", "a.a@a.", "1381234", "联系人：李", "0571-", "@"):
        with patience():
            assert redact(piece * 20000)


@pytest.mark.parametrize(
    ("before", "text", "masked"),
    [
        ("一、账号，默认密码为：", "Deng@1234。", "〔密码已隐去〕。"),
        ("联系人：", "李点灯", "〔联系人〕"),
        ("联系人及电话：", "李点灯 24538803", "〔联系人〕 〔座机〕"),
        ("联系人：", "高度以米计算。", "高度以米计算。"),
        ("咨询电话：", "24538803", "24538803"),
        ("默认密码由各镇分配。", "Deng@1234", "Deng@1234"),
        ("", "手机13812345678", "手机〔手机号〕"),
        ("联系人李明，默认密码为：", "Deng@1234", "〔密码已隐去〕"),
    ],
)
def test_a_paragraph_after_the_word_for_it(before: str, text: str, masked: str) -> None:
    found, redactions = redact_after(redact(before)[0], text)
    assert found == masked
    assert all(found.startswith(MASKS[r.kind], r.at) for r in redactions)
