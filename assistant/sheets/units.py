"""Units that a table's header, or a line above it, gives for a whole column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

MONEY: dict[str, Fraction] = {
    "亿元": Fraction(10**8), "千万元": Fraction(10**7), "百万元": Fraction(10**6), "十万元": Fraction(10**5),
    "万元": Fraction(10**4), "千元": Fraction(10**3), "元": Fraction(1), "分": Fraction(1, 100),
}  # fmt: skip
RATIO: dict[str, Fraction] = {"%": Fraction(1, 100), "‰": Fraction(1, 1000), "小数": Fraction(1)}
COUNTED = ("人", "名", "项", "个", "件", "家", "位", "篇")
OTHER = ("年", "分", *COUNTED)
ALIASES = {
    "亿": "亿元", "万": "万元", "人民币": "元", "人民币万元": "万元", "万元人民币": "万元", "人民币元": "元", "rmb": "元",
    "w": "万元", "百分比": "%", "百分数": "%", "千分比": "‰", "亿元人民币": "亿元", "元人民币": "元",
}  # fmt: skip
_NAMES = "|".join(sorted((re.escape(n) for n in {*MONEY, *RATIO, *OTHER, *ALIASES}), key=len, reverse=True))
IN_BRACKETS = re.compile(rf"[(\[<{{【〔](?:(?:金额)?(?:计量)?单位[::]?)?({_NAMES})[)\]>}}】〕]")
SAID = re.compile(rf"(?:金额)?(?:计量)?单位[::]?({_NAMES})(?![\u4e00-\u9fff])")
IN_A_LIST = re.compile(rf"[,、;/](?:(?:金额)?(?:计量)?单位[::]?)?({_NAMES})(?=[)\]>}}】〕])")
AT_THE_END = re.compile(rf"(?:[,/_\-:]({_NAMES})|((?:亿|千万|百万|万|千)元|元|%|‰))$")
FOREIGN = re.compile(r"美元|美金|usd|欧元|日元|港币|港元|英镑")


@dataclass(frozen=True)
class Unit:
    """A unit's usual name; what it is worth in base units (元, fraction, pieces) depends on the kind of fact."""

    name: str

    def factor(self, kind: str) -> Fraction | None:
        """How many base units of a fact of ``kind`` one of it is; None where it does not fit the kind."""
        if kind == "money":
            return MONEY.get(self.name)
        if kind == "ratio":
            return RATIO.get(self.name)
        fits = {"count": COUNTED, "years": ("年",), "points": ("分",)}.get(kind, ())
        return Fraction(1) if self.name in fits else None


def unit_named(text: str) -> Unit | None:
    """``"万元"``, ``"人民币万元"``, ``"%"`` → the unit; None where the text is none."""
    name = ALIASES.get(text.lower(), text)
    return Unit(name) if name in MONEY or name in RATIO or name in OTHER else None


def take_unit(text: str) -> tuple[str, Unit | None]:
    """A normalised header without its unit, and the unit."""
    for pattern in (IN_BRACKETS, IN_A_LIST, SAID, AT_THE_END):
        if match := pattern.search(text):
            found = next(group for group in match.groups() if group)
            return text[: match.start()] + text[match.end() :], unit_named(found)
    return text, None
