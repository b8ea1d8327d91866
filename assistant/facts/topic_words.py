"""The words around an amount that tell which fact it is of."""

from __future__ import annotations

import re

FILL = set("\0是为有达到约也只才则就都均共大概其中的了吧呢应该分别每年平均合计一总累计加起来，：、 （）"
            "准确来讲具体实际上其现在目前而又再另外还最终后占比例重当时可能估计好像全部至少仅营收入额整体"
            "不对说错更正口误写记打搞弄了我意思抱歉改成刚才那个那是应是正审定账上核最终评下来报告口径哦噢啊嗯讲错误今所超过前两那如若假要明细却")  # fmt: skip
NEAR = re.compile(
    r"^(?:另?外?的?一[年次回]|[\0是为有共约大概才只仅就在到达得了：的占比分数个率，均都能拿打出显示里中内 ])*$"
)
LINK = re.compile(
    r"^(?:的|是|元的|用于|用在|用来|投入到?|投到?|花在|来自于?|做|搞|为|都是|左右的|以上的|了|给了|元|都|自主|自己"
    r"|自有)*$"
)
DIFFERENCE = re.compile(r"(?:差了?|还差|缺|少了?|多了|超出|补贴?|奖励?|罚|降低?|从)$")
SHARE = re.compile(r"占比?|比例|比重|强度")
SHARES = {"rd_expense": "rd_ratio", "main_revenue": "main_share", "total_liabilities": "debt_ratio"}
YEARLY = frozenset({"revenue", "rd_expense", "rd_ratio", "main_revenue", "debt_ratio", "development_score"})
SPENT = re.compile(r"(?:我们|公司|一口气|一下子?|猛地?|狠狠?地?)*(?:投入?|砸|花)(?:进去|下去|了)+(?:有)?$")
MOVED = re.compile(
    r"(?:不知道?(?:咋|怎么|为啥|为什么)(?:回事|搞的)?|反而|反倒|却|突然|一下子?|又|稍微|略微?)*"
    r"(?:掉|降|跌|滑|涨|升|冲|做|提高|增加|回升|回落|下滑|下降|跑)(?:到了?|回了?|至|成了?|了|下来|上去)$"
)
MARKET_SHARE = re.compile(
    r"(?:(?P<sure>(?:国内|国际|全国|全球|国外|海外|世界)?(?:的)?细分(?:市场|领域)?(?:里|上|中)?)|(?:国内|国际|全国|全球)(?:的)?(?P<market>市场)?(?:里|上)?)"
    r"(?:我们|大概|也|就|只|能|已经?)*(?P<verb>占|吃下|吃掉|拿下|吃)(?:到|了|有)*$"
)
SALES = re.compile(
    r"出口|外销|内销|收入|营收|销售|客户|订单|采购|销量|业务|员工|人|(?:海外|国外|境外|外国)[占有约是]{0,2}[\d一二两三四五六七八九]"
)
OTHER_USE = re.compile(r"(?:去|来|用来|用于|拿去)?(?:新?建(?!议)|购?买|盖|添置?|扩[建产]|装修|购置|还[贷债])")
REVISED = re.compile(
    r"不对|错|更正|纠正|更新|改[成为一]|修正|订正|口误|重新[算核查]|查到|查[了过]|核[对实]|问[了过到]|看了|确认|准确|实际|应该?是|审计后"
)
STAFF = re.compile(r"[厂店馆]$|公司|我们|咱们?|我司|一共|共有?|总共|全厂|企业|厂里|单位|目前|现在|规模|从业")
ALL_STAFF = re.compile(r"(?:公司|全厂|厂里|单位|企业)?(?:一共|总共|总计|合计|总人数|全公司|全厂|全体)[是有约大概共 ]*$")
HARDLY = " 也就只才大概约差不多是了吧满打算"
IN_RESEARCH = re.compile(
    r"(?:搞|做|从事|负责|专职)研发(?:工作)?(?:的)?(?:人员?|同事|员工)?(?:有|是|就|大概|约|一共|总共|占)*$"
)
OTHER_STAFF = re.compile(
    r"(?:名|位|个)?(?:是|做|搞|从事|在做|在)?(?:的)?(?:销售|管理|生产|技术|行政|财务|客服|外包|兼职|实习|博士|硕士|本科|大专)"
)
A_YEAR = re.compile(r"(?:一年|每年|全年)(?:大概|差不多|也就|有)*$")
GREW_BY = re.compile(
    r"(?:涨|增长?|长(?=了|\d|[一二两三四五六七八九十])|增加|增幅|上升|升|提高|提升|扩大|多|跌|下跌|降|下降|掉|少|缩|减|减少|下滑|滑|萎缩)(?:了)?(?:大概|大约|约|差不多|接近|将近|近|有|也|就|只|才)*$"
)
COMPANY = re.compile(r"我们?|公司|账上?|厂里?|生意|企业|阿拉|咱们?|做")
REMAINDER = re.compile(r"(?:(?<![只就仅才])剩下?|剩余|余下|还剩|尾款|余款)(?:的|还有|有)*$")
ARRIVED = re.compile(
    r"(?:到账|实缴|到位|打款)(?:的话|的|呢|么|嘛|…|，|：)*(?:我们|公司)?(?:去年|前年|今年|20\d\d年)?(?:到了?|有|是|才|只)*$"
)
SUM_OF_MONEY = re.compile(r"(?:金额|绝对额|绝对数|钱数|数额)")
OWN_GOODS = re.compile(r"[^，。；]{0,6}(?:自家|自己|主营|主业|产品|本行)")
BOTH_YEARS = re.compile(r"两年(?:一共|总共|合计|加起来|加一起|下来|共|就|是|有|拢共)*$")
PAID_IN = re.compile(r"到账|到位|实缴|打款|[a-d]轮|天使|融|投资|入股|增资")
LEAST_TURNOVER = 100 * 10**4
"""Less than this many 元, told of a year without a noun, may be anything."""
LEAST_TAKINGS = 100
"""A bare number smaller than this is no turnover: 做了80 says nothing."""
HIRED = re.compile(r"(?:新招|招聘|招|新增|新进|进|离职|走|裁|减少|增加)了?$")
SCORED = re.compile(
    r"(?:自评|测评|评估|评价|评分?|打分?|考|测)(?:了|的|下来|出来|出|到|完|过|得|个|是|有|只有?|才|就|：|大概|差不多)*$"
)
UPPER = ("专精特新", "小巨人")
"""The titles that ask for a score of the evaluation."""
