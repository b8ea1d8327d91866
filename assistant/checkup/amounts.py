"""How much a benefit comes to: rate × base, capped; a cap alone; the whole base; or nothing that can be worked out."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from assistant.criteria.derive import Table
from assistant.criteria.words import money, name_of, question_of, say
from corpus.benefit_models import Amount

NONE = "文件没有写金额"


@dataclass(frozen=True)
class Worked:
    """``words`` for people, ``most`` in 元 (None: cannot be worked out), ``how`` the calculation, and the key and
    question of the base where it is still to be asked."""

    words: str
    most: Fraction | None = None
    how: str = ""
    ask: tuple[str, str] | None = None


def work_out(amount: Amount | None, table: Table, year: int) -> Worked:
    """The amount for what is known of a company; ``year`` is that of the check-up."""
    if amount is None:
        return Worked(NONE)
    if amount.base is None:
        return _without_base(amount)
    key = amount.base.at(year).key
    known = table.get(key)
    if known is None or known.value.state != "known" or known.value.hi is None:
        ask = (key, question_of(key, table.dictionary)) if table.why_blocked(key) is None and known is None else None
        return Worked(_rule(amount), amount.cap.value if amount.cap else None, ask=ask)
    base = known.value.hi
    counted = base * amount.rate.value if amount.rate else base
    capped = amount.cap is not None and counted > amount.cap.value
    most = amount.cap.value if amount.cap and capped else counted
    upper = amount.at_most or capped or not known.value.is_exact
    said = f"{name_of(key, table.dictionary)}{say(known.value, table.dictionary.of_key(key))}"
    times = f" × {amount.rate.text} = {money(counted)}" if amount.rate else ""
    cap = f"，封顶{amount.cap.text}" if amount.cap and capped else ""
    return Worked(f"{'最高' if upper else ''}{money(most)}", most, f"{said}{times}{cap}")


def _without_base(amount: Amount) -> Worked:
    if amount.cap is None:
        return Worked(_rule(amount))
    if amount.limit:
        return Worked(f"单户额度最高{amount.cap.text}（是担保额度，不是发的钱）", amount.cap.value)
    return Worked(f"最高{amount.cap.text}", amount.cap.value, "文件只写了上限")


def _rule(amount: Amount) -> str:
    """The formula in words."""
    if amount.rate is None:
        return f"免{amount.of}" if amount.base else amount.of
    rate = f"{'最高' if amount.at_most else ''}{amount.of}的{amount.rate.text}"
    if amount.base is None:
        rate = f"{'最高' if amount.at_most else ''}{amount.rate.text}{amount.of}"
    return rate + (f"，最高{amount.cap.text}" if amount.cap else "")
