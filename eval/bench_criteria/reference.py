"""An exact verdict on its own: the rule in plain Python with fractions and three values, sharing nothing with the checker.

Source: 工信部企业〔2026〕2号 annex 1 with annex 3 (三), (五)–(八); what is not known stays open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

NO, OPEN, YES = 0, 1, 2
YUAN = 100
WAN = 10_000
RANKED = {"none": 0, "municipal": 1, "provincial": 2, "national": 3}
Company = Mapping[str, Any]


def verdicts(frame: pl.DataFrame, progress: Callable[[int], None] = lambda done: None) -> NDArray[np.int8]:
    """2 eligible, 0 not eligible, 1 undecided, for every row."""
    found = np.empty(frame.height, np.int8)
    for n, company in enumerate(frame.iter_rows(named=True)):
        found[n] = verdict(company)
        if n % 50_000 == 0:
            progress(n)
    return found


def verdict(company: Company) -> int:
    """The verdict of one company."""
    return min(_criteria(company))


def _criteria(c: Company) -> Iterator[int]:
    yield min(_flag(c["holds_base_title"]), _compared(c["niche_years@2025"], lambda years: Fraction(years) >= 3))
    revenue, equity = _yuan(c["revenue@2025"]), _yuan(c["new_equity_l2y@2025"])
    size = max(_compared(revenue, lambda yuan: yuan >= 1500 * WAN), _compared(equity, lambda yuan: yuan >= 2000 * WAN))
    main = _share(c["main_revenue@2025"], c["revenue@2025"])
    debt = _share(c["total_liabilities@2025"], c["total_assets@2025"])
    eighty = Fraction(80, 100)
    yield min(size, _compared(main, lambda share: share >= eighty), _compared(debt, lambda share: share <= eighty))
    yield min(_research(c, 2025), _research(c, 2024))
    yield _property(c)
    leading = c["leading_product_share@2025"]
    leads = YES if leading is None else _compared(Fraction(str(leading)), lambda share: share > Fraction(1, 2))
    yield min(leads, _flag(c["market_position_strong"]), _flag(c["reputation"]))
    yield _compared(c["development_score@2026"], lambda points: Fraction(points) >= 50)


def _research(c: Company, year: int) -> int:
    spent = _yuan(c[f"rd_expense@{year}"])
    share = _share(c[f"rd_expense@{year}"], c[f"revenue@{year}"])
    enough = _compared(spent, lambda yuan: yuan >= 100 * WAN)
    return min(enough, _compared(share, lambda part: part >= Fraction(3, 100)))


def _property(c: Company) -> int:
    """Own class I rights in use; not examined with an award in the first three places or a recognised institution."""
    owned = min(_compared(c["class_1_ip"], lambda count: count >= 1), _flag(c["class_1_ip_in_use"]))
    award = _compared(c["award_level_l3y"], lambda level: RANKED[level] >= RANKED["provincial"])
    award = min(award, _compared(c["award_rank"], lambda rank: rank <= 3))
    institution = _compared(c["rd_institution"], lambda level: RANKED[level] >= RANKED["provincial"])
    exempt = max(award, institution)
    if YES in (owned, exempt):
        return YES
    return NO if (owned, exempt) == (NO, NO) else OPEN


def _flag(value: bool | None) -> int:
    return OPEN if value is None else (YES if value else NO)


def _compared(value: Any, passes: Callable[[Any], bool]) -> int:
    return OPEN if value is None else (YES if passes(value) else NO)


def _yuan(fen: int | None) -> Fraction | None:
    return None if fen is None else Fraction(fen, YUAN)


def _share(part: int | None, whole: int | None) -> Fraction | None:
    return None if part is None or not whole else Fraction(part, whole)
