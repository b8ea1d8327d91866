"""That nobody from outside ever put money in, said in any words: 外面没融过一分钱, 没让外人投过, 股权的钱一笔没进来过.

A clause denies it where a source from outside, or equity itself, stands with a denial and with putting money in, and
with nothing else that money could be of.
"""

from __future__ import annotations

import re

_EQUITY = r"(?:股权|外部资本|融资(?!租)|投资[人方者]|战投|风投|创投|天使轮?|投资机构|外部投资|机构投资|新股东|外部股东)"
_OUTSIDE = r"(?:外面|外头|外边|外人|外部|外来|外界|机构|基金|资本|资方|人家|别人|谁)"
_PUT_IN = (
    r"(?:融|投(?![诉标产放保稿入研])|入股|注资|出资|领投|参股|增资|进来|进入|进过|引进|引入|打过来|掏过?钱|给过?钱)"
)
_BY_ANYONE = r"(?:融|投(?![诉标产放保稿入研])|入股|注资|出资|领投|参股|增资|掏过?钱|给过?钱)"
_TAKEN = r"(?:拿|收|要|用|花|碰|引|找|接|见|谈)"
_PENNY = r"(?:[一半][分毛个](?:钱|子儿?)?|[一半]笔|[一半]个|[一半]家|钱|资金)"
_NOT = r"(?:没有?|未|从没|从未|不曾|无|零|0)"
_DENIED = re.compile(
    rf"{_EQUITY}[^，。；]{{0,14}}?{_NOT}|{_NOT}[^，。；]{{0,12}}?{_EQUITY}"
    rf"|{_OUTSIDE}[^，。；]{{0,8}}?{_NOT}[^，。；]{{0,6}}?{_PUT_IN}|{_NOT}[^，。；]{{0,3}}?{_OUTSIDE}[^，。；]{{0,10}}?{_PUT_IN}"
    rf"|没有?(?:任何|什么|啥|一个)?人[^，。；]{{0,10}}?{_BY_ANYONE}"
    rf"|{_NOT}[^，。；]{{0,2}}?{_TAKEN}过?[^，。；]{{0,3}}?{_OUTSIDE}[^，。；]{{0,3}}?{_PENNY}"
)
_SIGN = re.compile(r"股权|融资|投资|战投|[风创]投|天使|外|机构|基金|资本|资方|人家|别人|谁|没人|股东")
_ELSE = re.compile(
    r"\d|贷|银行|债|借|担保|理财|固定资产|技改|设备|厂房|扩产|建|研发|项目|政府|补[助贴]|扶持|奖|专利|客户|订单|货款|回款|欠款|广告|人才"
    r"|到[账位帐]|实缴|打款|交割|认缴|协议|合同|意向|合格|算不算|变[更动化]|转让|质押|冻结|纠纷|代持|退|清[楚晰]|收益|回报|价值|成本|租赁|[境海]外|对外|别的公司|其他公司|子公司"
    r"|需求|计划|打算|压力|困难|渠道|必要|问题|影响|兴趣|知道|晓得|数|记|查|说|讲|定论|统计|全|吗|是否|有没有|是不是|如果|要是|够|达|激励|架构|结构|招|动"
)
LONGEST = 30


def denies_equity(words: str) -> re.Match[str] | None:
    """Where a clause says that no equity came in from outside, whatever the words."""
    if len(words) > LONGEST or not _SIGN.search(words) or _ELSE.search(words):
        return None
    return _DENIED.search(words)
