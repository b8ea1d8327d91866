"""What only the lower titles, size and the benefits ask for, read from words."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.facts.describe import words_of
from assistant.facts.extract import extract
from assistant.facts.unread import unread

TODAY = date(2026, 11, 21)


def read(message: str, **more: object) -> dict[str, str]:
    found = extract(message, as_of=TODAY, **more)  # type: ignore[arg-type]
    return {s.key: words_of(s.key, s.value) for s in found.statements}


@pytest.mark.parametrize(
    ("message", "key", "value"),
    [
        ("直接条件一条都没有，创新型够吗", "new_equity_l3y@2025", "不到500万元"),
        ("直接确认的条件都没有，科技型够吗", "award_level_l5y", "不是国家级"),
        ("公司注册地不在上海，创新型能报吗", "place_registered_sh", "否"),
        ("今年3月被认定有科研严重失信行为，科技型行吗", "research_misconduct_2y", "是"),
        ("2023年出过重大安全事故，以后没有了，科技型行吗", "major_safety_accident_2y", "否"),
        ("去年出过较大安全事故，创新型行吗", "major_safety_accident_l3y", "否"),
        ("去年出过重大安全事故，创新型行吗", "major_safety_accident_l3y", "是"),
        ("2022年得过国家技术发明奖，排第三，科技型行吗", "award_rank_l5y", "第3名"),
        ("没进过创客中国", "maker_contest_l3y", "没有进全国500强"),
        ("没有发明，创新型行吗", "ip_transferred_in", "0项"),
        ("没有专利也没有软著，创新型行吗", "class_2_ip_total", "0项"),
        ("3件授权满两年的实用新型，创新型行吗", "class_2_ip", "3项"),
        ("发明1件，是上个月刚从大学买来的，创新型行吗", "ip_transferred_recent", "1项"),
        ("发明就1件，2024年从大学买过来的", "class_1_ip", "0项"),
        ("有高企证书没过期", "high_tech_valid", "是"),
        ("合格机构实缴前年0.12亿、去年800万", "new_equity_l2y@2025", "2000万元"),
        ("近两年主营业务收入平均增长率只有2%", "main_revenue_growth_mean_l2y@2025", "2%"),
        ("市级科技奖（苏州市）我们去年拿过一等奖", "award_level_l3y", "市级"),
        ("我们今年第一次升规", "above_scale", "今年第一次升规"),
        ("我们前几年就是规上了", "above_scale", "以前就是规上"),
        ("我们还没上规", "above_scale", "还不是规上"),
        ("今年买数字化转型服务签了80万的合同", "digital_contract", "80万元"),
        ("没有买过数字化服务", "digital_contract", "0元"),
        ("今年向银行借了500万信用贷款", "credit_loan", "是"),
        ("没有信用贷款", "credit_loan", "否"),
        ("去投600万以上的工程项目", "bids_public_works", "是"),
    ],
)
def test_a_fact_is_read(message: str, key: str, value: str) -> None:
    assert read(message).get(key) == value


@pytest.mark.parametrize(
    ("message", "key"),
    [
        ("自己的发明一件没有，创新型行吗", "ip_transferred_in"),
        ("企业的注册地不在上海", "established_in_china"),
        ("小饭馆一年做300万", "niche_years@2025"),
        ("去年进了严重失信名单", "niche_start"),
        ("我们算中型还是小型", "is_sme"),
        ("科技型入库行不行", "holds_tech"),
        ("上海首次上规模奖多少", "above_scale"),
        ("投了300万的工程款", "bids_public_works"),
        ("近两年没有机构投资，创新型行吗", "new_equity_l3y@2025"),
    ],
)
def test_a_fact_is_not_made_up(message: str, key: str) -> None:
    assert key not in read(message)


def test_a_bare_yes_answers_no_question_among_several() -> None:
    assert read("有", expecting=["high_tech_valid", "tech_demo"]) == {}
    assert read("都有", expecting=["high_tech_valid", "tech_demo"]) == {"high_tech_valid": "是", "tech_demo": "是"}
    assert read("没有", expecting=["title_cancelled", "listed_now"]) == {"title_cancelled": "否", "listed_now": "否"}


@pytest.mark.parametrize(("message", "parts"), [("高企有效，创新型够格伐", []), ("高企有效，其他产值第七名", 1)])
def test_a_question_about_a_title_is_understood(message: str, parts: object) -> None:
    left = unread(message, extract(message, as_of=TODAY))
    assert left == parts if isinstance(parts, list) else len(left) == parts


def test_the_day_of_a_review_needs_no_matter_beside_it() -> None:
    def begun(message: str, track: str | None = None) -> date | None:
        return extract(message, as_of=TODAY, track=track).started

    assert begun("专精特新到期复核，今年2月就在平台上提交了") == date(2026, 2, 1)
    assert begun("是今年3月开始办的", "review") == date(2026, 3, 1)
    assert begun("是今年3月开始办的") is None
    assert begun("准备明年3月开始办专精特新复核") is None
    assert begun("专精特新复核，今年3月开始亏损") is None
