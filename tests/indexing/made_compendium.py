"""An invented compendium with the damage that real ones have, and the catalogue entries of its documents."""

from __future__ import annotations

from typing import Any

SHARED = (
    "企业具有持续点灯能力和灯油投入，在灯塔设计、灯芯制造、灯光营销等方面不断创新并取得比较显著的效益，示范作用强。"
)
"""A paragraph that stands in three documents, numbered differently."""
OTHER_FIGURE = "企业上年度灯油投入占营业收入的比重不低于{}，且近两年灯塔数量平均增长率不低于五成，没有发生过熄灯事故。"

PAGES = [
    """灯塔政策汇编
编者的话：收在这里的都是
编出来的。""",
    f"""天津市灯塔局关于开展第一批
天津市灯塔种子企业申报工作的通知
津灯塔〔2021〕7号
各区灯塔局：
有关事项通知如下。
一、申报条件
（一）在天津点灯满两
年，上年度营业收入 300
万元以上。
（二）{SHARED}
（三）{OTHER_FIGURE.format("3%")}
二、报送方式
发送至邮箱：dengta_li@163.com，联系人：李点灯；联系电话：24538803。系统初始密码为：Deng@1234。
咨询热线：12345。
附件1（略）
2021年3月5日""",
    f"""厦门市灯塔局关于印发
《厦门市灯塔企业认定管理办法》的通知
各区灯塔局：
现将《厦门市灯塔企业认定管理办法》印发给你们，请遵照执行。
厦门市灯塔局
2021年9月1日
厦门市灯塔企业认定管理办法
第一条 为了点灯，制定本办法。
第二条 申报企业应当符合下列条件：
（一）{SHARED}
（二）{OTHER_FIGURE.format("6%")}
第三条 本办法自2021年9月15日起施行，有效期三年。""",
    f"""福建省灯塔厅关于组织申报灯塔企业的通知
闽灯塔〔2021〕9号
一、条件
1.{SHARED}
2.成立三年以上。
二、时间
2021年6月30日前。
2021年6月1日""",
]
TEXT = "\f".join(PAGES)
TIANJIN, XIAMEN = "cn/compendium-2021/tj-01", "cn/compendium-2021/xm-01"


def entry(name: str, title: str, place: str, **more: Any) -> dict[str, Any]:
    """A catalogue entry without digests."""
    return {
        "id": name, "title": title, "short_title": title[:12], "issuers": [title[:6]], "place": place, "level": "province",
        "kind": "notice", "included": False, **more,
    }  # fmt: skip


def catalogue() -> dict[str, Any]:
    """Path → entry, for two of the three documents; the third is in no catalogue."""
    return {
        "catalogue/compendium-2021/tj-01.yaml": entry(
            TIANJIN, "天津市灯塔局关于开展第一批天津市灯塔种子企业申报工作的通知", "天津市", number="津灯塔〔2021〕7号",
            signed="2021-03-05", last_year=2021,
        ),
        "catalogue/compendium-2021/xm-01.yaml": entry(
            XIAMEN, "厦门市灯塔局关于印发《厦门市灯塔企业认定管理办法》的通知", "厦门市", signed="2021-09-01",
            in_force={"from": "2021-09-15", "until": "2024-09-14"},
        ),
    }  # fmt: skip
