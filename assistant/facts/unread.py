"""What a message says of the company and nobody understood. A blanket "everything else is met" must not cover it."""

from __future__ import annotations

import re

from assistant.facts.trouble import agreed, has_figure, made_up, troubling
from assistant.facts.values import Extraction

SEGMENT = re.compile(r"[^，,。；;！!？?\n]+")
MATTERS = re.compile(
    r"称号|证书|创新型|科技型|高新|高企|营收|收入|营业额|流水|主营(?!产品|业务是|全部|都是|是|做)|负债|欠|亏|研发|研究|专利|发明|知识产权|软著|获奖|奖"
    r"|机构|中心|实验室"
    r"|占有率|份额|排名|第[一二三四五六七八九十\d]|得分|评分|\d+分|处罚|被罚|罚款|事故|泄露|污染|质量|违法|违规"
    r"|淘汰|限制类|禁止|名录|名单"
    r"|失信|老赖|取消|撤销|摘牌|失效|过期|到期没|造假|虚报|行业|行当|市场|入行|转行|注册|成立|投资|融资|股权|持股"
    r"|\d *(?:万|亿|%|％|个点|成)|[一二三四五六七八九十百千几](?:万|亿|成(?![立本功都长员为]))|百分之"
    r"|合并|重组|上市|境外|海外|受让|买来|转让"
)
ASKING = re.compile(
    r"(?:能|可以|可不可以|能不能|行不行|够不够|算不算|是否|想|准备|打算|要|去|来|直接|再|首次|初次|第一[次回]|头一[次回])*(?:报|申报|申请|申(?=[创专小科国])|评|弄|上"
    r"|(?<![出生有受犯挨被罚查])过|拿|认定|复核|符合|满足|通过)"
    r"[^，,。；;\d]{0,12}(?:吗|么|不|呢|不行|行吗|可以吗|条件|标准)?$"
)
NAMES_TITLE = re.compile(
    r"(?:企业|我们|公司|客户|今年|现在|这样|首次|初次|第一[次回]|头一[次回]|重新|再|在上海|上海的?|能不能|能|可以|可不可以|想|要|去|来|报|申报|申请|申(?=[创专小科国])|评|入|进|走|够|直接|算)*+"
    r"(?:国家级?)?(?:创新型|科技型|专精特新|[“\"]?小巨人[”\"]?)(?:中小企业|企业)?(?:的)?(?:库|称号)?"
    r"(?:能|可以|会|直接|直通|这条路|再|重新|现在|今年|首次|够|不够|够不够|行不行|行|可不可以|报得上|报|申报|评|入得了库|入库|公告|确认|认定|格|条件|卡)*+"
    r"(?:吗|么|伐|呢|不|呀|嘛|够|行|够不够|行不行|可以|报得上|够格|库)"
)
ABSENT = re.compile(
    r"(?:没有?|无|未|不(?:涉及|打算|准备|考虑))(?:在|任何|过|去)?(?:境外|海外|上市|合并|重组)[^，,。；;]{0,10}"
)
WORRY_OF_A_YEAR = re.compile(
    r"(?:担心|担忧|怕|嫌|怀疑|犯嘀咕)[^，。；]{0,8}(?:(?<!\d)2\d年|20\d\d年?|[去前]年)[^，。；]{2}"
)
"""Somebody is worried by something of a year, and what it is was not understood."""
NOTHING = re.compile(
    r"^(?:我们?|公司|企业|客户|他们|这家|你们|请问|问下|麻烦|老师|那|就|也|都|是|的|了|还|有|在|现在|目前|今年|去年"
    r"|首次|第一次|新|材料)*$"
)


def unread(message: str, extraction: Extraction) -> list[str]:
    """The parts of ``message`` that speak of what the criteria look at and gave no fact. Linear in its length."""
    covered = bytearray(len(message))
    for statement in extraction.statements:
        covered[statement.start : statement.end] = b"\1" * (statement.end - statement.start)
    heard = bytearray(covered)
    for start, end in extraction.heard:
        heard[start:end] = b"\1" * (end - start)
    if extraction.rest_affirmed:
        start = message.find(extraction.rest_affirmed)
        if start >= 0:
            covered[start : start + len(extraction.rest_affirmed)] = b"\1" * len(extraction.rest_affirmed)
    said = {statement.key for statement in extraction.statements}
    found = []
    for segment in SEGMENT.finditer(message):
        rest = "".join(ch for at, ch in enumerate(segment[0], segment.start()) if not heard[at])
        if any(covered[segment.start() : segment.end()]):
            left = _uncovered(segment, heard, covered)
            if has_figure(left) or made_up(left):
                found.append(segment[0].strip())
            continue
        left = "" if NAMES_TITLE.fullmatch(rest.strip()) else ASKING.sub("", ABSENT.sub("", rest)).strip()
        plain = not any(heard[segment.start() : segment.end()])
        troubles = (
            troubling(segment[0], said)
            or made_up(segment[0])
            or agreed(segment[0], message)
            or WORRY_OF_A_YEAR.search(segment[0])
        )
        if plain and troubles and not NAMES_TITLE.fullmatch(segment[0].strip()):
            found.append(segment[0].strip())
            continue
        told = not plain and has_figure(left)
        if (told or MATTERS.search(left)) and not NOTHING.match(left):
            found.append(segment[0].strip())
    return found


def _uncovered(segment: re.Match[str], *covers: bytearray) -> str:
    """The words of a segment that no statement and nothing heard covers, apart from each other."""
    return "".join("|" if any(c[at] for c in covers) else ch for at, ch in enumerate(segment[0], segment.start()))


DOUBT = re.compile(
    r"不清楚|不知道|不晓得|不确定|没把握|说不[上准清]|讲不清|记不[得清]|(?:忘了|忘记)(?![讲说提告报]|跟你)|没人记得|没算过|没数过?|没统计|还没[查数算出核]|没提|搞不清|吃不准|拿不准"
)


def doubts(message: str, extraction: Extraction) -> list[str]:
    """The parts of ``message`` in which the asker says that something is not known, and no fact was read as such."""
    known = [s for s in extraction.statements if s.value.state == "uncertain"]
    exact = {(s.start, s.end) for s in extraction.statements if s.value.state == "known" and s.value.is_exact}
    found = []
    for segment in SEGMENT.finditer(message):
        read = any(s.start < segment.end() and segment.start() < s.end for s in known)
        doubt = DOUBT.search(segment[0])
        at = segment.start() + (doubt.start() if doubt else 0)
        weighed = any(start <= at < end and (start, end) not in exact for start, end in extraction.heard)
        if doubt and not read and not weighed and not extraction.excluded:
            found.append(segment[0].strip())
    return found
