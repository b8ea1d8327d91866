"""Secrets and personal contacts out of a document, before anything of it is stored or shown.

Masked: passwords and default secrets, mobile numbers, e-mail addresses (a mailbox cannot be told from a person's), the
names of contacts, and the telephone that stands beside such a name. Kept: hotlines and the numbers of offices, fields
of forms, and 11 digits that are an amount. Masking twice gives what masking once gives. Every pattern is bounded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from indexing.clean import strip_invisible

Kind = Literal["password", "email", "mobile", "name", "landline"]
MASKS: dict[Kind, str] = {
    "password": "〔密码已隐去〕", "email": "〔邮箱〕", "mobile": "〔手机号〕", "name": "〔联系人〕", "landline": "〔座机〕",
}  # fmt: skip
SAID = r"(?:密码|口令|密钥|秘钥|[Pp]ass(?:word|code)|PASSWORD|[Tt]oken)"
PASSWORD = re.compile(
    rf"{SAID}(?:统一|默认|初始|均)?(?:设置|设)?(?:为|是|[ :：=|]){{1,4}}[“\"'「]?"
    r"(?P<secret>(?=[!-~]{0,31}\d)[!-~]{4,32}|[A-Za-z][!-~]{5,31}"
    r"|(?<=[为是:：])[^，。；、〔〕]{2,20}后[四六八468]位(?:数字?)?)"
)
EMAIL = re.compile(r"(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,63}[@＠][A-Za-z0-9-]{1,63}(?:[.．][A-Za-z0-9-]{2,63}){1,4}", re.A)
MOBILE = re.compile(
    r"(?<![\d.〕])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d|\.\d)(?!\s{0,2}(?:元|万|亿|号文|件|吨|股|台|套|美元))"
)
LANDLINE = re.compile(r"(?<![\d-])(?:[（(]?0\d{2,3}[）)]?[- ]?)?[2-8]\d{6,7}(?!\d)")
CONTACT = re.compile(
    r"(?:(?:联系|联络|经办|对接)(?:人|员|同志)|咨询人|受理人)(?:员|姓名)?(?:及(?:联系)?(?:电话|方式))?[ ]{0,2}[:：|]?[ ]{0,2}"
)
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾"
    "夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖樊殷施洪翟安颜倪牛温芦季俞章鲁葛伍申尤毕聂焦"
    "柳邢路岳齐梅莘庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边"
    "封滕栾褚娄冼连苟骆宗佟丛芮蓝臧刁冀仇糜鄢沙于晏隆尚荆米"
)
NAME = re.compile(
    rf"(?:欧阳|上官|司马|诸葛|[{SURNAMES}])"
    r"(?:[ ]?[\u4e00-\u9fff]{1,2}?(?=[，,；;、。）)/ :：〔\d(（]|$)|(?:老师|处长|科长|主任|经理|先生|女士|同志|工))"
)
NO_NAME = re.compile(
    r"(?:单位|姓名|电话|手机|传真|方式|职务|职位|地址|名单|邮箱|成员|时间|关于|管理|强化|安排|解释|向|包括|于|万元|任务|石油|金融|华侨)"
)
LEADS_IN = re.compile(rf"(?:{SAID}[^，。；]{{0,8}}|{CONTACT.pattern}[^，。；]{{0,8}})[:：]$")
LONGEST_LEAD = 40
JOINT = re.compile(r"[ ]?[、，,/和]?[ ]?")
NEAR = 30


@dataclass(frozen=True)
class Redaction:
    """One thing that was masked: its kind, and where its mask stands in the resulting text."""

    kind: Kind
    at: int


def redact(text: str) -> tuple[str, list[Redaction]]:
    """``text`` without secrets and personal contacts, and what was masked, in order; the rest keeps its characters
    (invisible ones, which could hide a secret, are dropped where anything is masked)."""
    visible = strip_invisible(text)
    spans = secrets(visible)
    if not spans:
        return text, []
    parts: list[str] = []
    found: list[Redaction] = []
    at = length = 0
    for start, end, kind in spans:
        parts += [visible[at:start], MASKS[kind]]
        length += start - at
        found.append(Redaction(kind, length))
        length += len(MASKS[kind])
        at = end
    return "".join([*parts, visible[at:]]), found


def redact_after(before: str, text: str) -> tuple[str, list[Redaction]]:
    """``redact`` of a paragraph that follows ``before``, which may end with the word for what stands here."""
    lead = before[-LONGEST_LEAD:]
    if not LEADS_IN.search(lead):
        return redact(text)
    masked, found = redact(lead + text)
    if not masked.startswith(lead):  # something is masked in the lead itself
        return redact(text)
    return masked[len(lead) :], [Redaction(r.kind, r.at - len(lead)) for r in found]


def secrets(text: str) -> list[tuple[int, int, Kind]]:
    """What to mask: begin, end and kind of each, without overlaps, in order."""
    spans: list[tuple[int, int, Kind]] = [(*m.span("secret"), "password") for m in PASSWORD.finditer(text)]
    spans += [(*m.span(), "email") for m in EMAIL.finditer(text)]
    spans += [(*m.span(), "mobile") for m in MOBILE.finditer(text)]
    for start, end in _names(text):
        spans.append((start, end, "name"))
        spans += [(*m.span(), "landline") for m in LANDLINE.finditer(text, end, end + NEAR)]
    kept: list[tuple[int, int, Kind]] = []
    for span in sorted(spans, key=lambda s: (s[0], -s[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _names(text: str) -> list[tuple[int, int]]:
    """Where the names of contacts stand: right behind the word for a contact, one after another."""
    found = []
    for contact in CONTACT.finditer(text):
        at = contact.end()
        while (name := NAME.match(text, at)) and not NO_NAME.match(text, at):
            found.append(name.span())
            joint = JOINT.match(text, name.end())
            at = joint.end() if joint else name.end()
    return found
