"""Names in lists: enough to find a call again, not enough to read who it was."""

from __future__ import annotations

import re

from assistant.privacy import mask

HIDDEN = "＊＊"
FORM = re.compile(r"(?:(?:股份)?有限(?:责任)?公司|集团|公司|厂|合伙企业|事务所|工作室)(?:（[^）]*）)?$")
KEPT = 4
"""Signs of a company's name: usually its place and the first of its own two."""
CALLED = re.compile(r"(先生|女士|小姐|总|经理|会计|老师|主任|老板)$")


def name_masked(name: str) -> str:
    """``王小明`` → ``王＊＊``, ``李经理`` → ``李经理``; empty stays empty."""
    name = name.strip()
    if not name:
        return ""
    called = CALLED.search(name)
    return mask(name[0] + (called[0] if called and called.start() else HIDDEN)).text


def company_masked(name: str) -> str:
    """``上海明德传感器有限公司`` → ``上海明德＊＊有限公司``; empty stays empty."""
    name = mask(name.strip()).text
    form = FORM.search(name)
    own = name[: form.start()] if form else name
    if not own:
        return name
    kept = own[: min(KEPT, max(len(own) - 1, 1))]
    return f"{kept}{HIDDEN}{form[0] if form else ''}"
