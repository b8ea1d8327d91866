"""The rule as a small OpenFisca system in its own idiom: variables with formulas, dated parameters, defaults for gaps.

OpenFisca has no unknown: what is not given counts as 0 or no, and the answer is yes or no. Its floats have 32 bits.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from openfisca_core.entities import build_entity
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

ROUND = 2026
RANKED = {"none": 0, "municipal": 1, "provincial": 2, "national": 3}
Company = build_entity(key="company", plural="companies", label="企业", is_person=True)
FLOATS = ("revenue", "main_revenue", "rd_expense", "total_assets", "total_liabilities", "new_equity_l2y",
          "niche_years", "leading_product_share", "development_score")  # fmt: skip
INTEGERS = ("class_1_ip", "award_rank", "award_level_l3y", "rd_institution")
FLAGS = ("holds_base_title", "class_1_ip_in_use", "market_position_strong", "reputation")
LIMITS = {
    "niche_years": 3, "revenue": 15e6, "new_equity": 20e6, "main_share": 0.8, "debt_ratio": 0.8, "rd_expense": 1e6,
    "rd_ratio": 0.03, "class_1_ip": 1, "award_level": 2, "award_rank": 3, "leading_product_share": 0.5, "score": 50,
}  # fmt: skip


DEFAULTS = {"leading_product_share": 1.0, "award_rank": 99}
"""Without a word on the leading product more than half of the revenue is taken for granted; no award has no rank."""


def variable(name: str, kind: type, **more: Any) -> Any:
    """A variable of a company in a year: a fact, or with a ``formula`` a criterion."""
    fields = {"value_type": kind, "entity": Company, "definition_period": DateUnit.YEAR, "label": name, **more}
    return type(name, (Variable,), fields)


def title_and_years(company: Any, period: Any, parameters: Any) -> Any:
    """Criterion (一)."""
    limits = parameters(period).limits
    return company("holds_base_title", period) * (company("niche_years", period.last_year) >= limits.niche_years)


def size_and_solidity(company: Any, period: Any, parameters: Any) -> Any:
    """Criterion (二)."""
    limits, last = parameters(period).limits, period.last_year
    revenue, assets = company("revenue", last), company("total_assets", last)
    large = (revenue >= limits.revenue) + (company("new_equity_l2y", last) >= limits.new_equity)
    focused = _share(company("main_revenue", last), revenue) >= limits.main_share
    return large * focused * (_share(company("total_liabilities", last), assets) <= limits.debt_ratio)


def research(company: Any, period: Any, parameters: Any) -> Any:
    """Criterion (三)."""
    limits, met = parameters(period).limits, True
    for year in (period.last_year, period.last_year.last_year):
        spent = company("rd_expense", year)
        enough = spent >= limits.rd_expense
        met = met * enough * (_share(spent, company("revenue", year)) >= limits.rd_ratio)
    return met


def property_rights(company: Any, period: Any, parameters: Any) -> Any:
    """Criterion (四)."""
    limits = parameters(period).limits
    owned = (company("class_1_ip", period) >= limits.class_1_ip) * company("class_1_ip_in_use", period)
    award = company("award_level_l3y", period) >= limits.award_level
    award = award * (company("award_rank", period) <= limits.award_rank)
    return owned + award + (company("rd_institution", period) >= limits.award_level)


def market(company: Any, period: Any, parameters: Any) -> Any:
    """Criterion (五)."""
    share = company("leading_product_share", period.last_year)
    leads = share > parameters(period).limits.leading_product_share
    return leads * company("market_position_strong", period) * company("reputation", period)


def score(company: Any, period: Any, parameters: Any) -> Any:
    """Criterion (六)."""
    return company("development_score", period) >= parameters(period).limits.score


CRITERIA = (title_and_years, size_and_solidity, research, property_rights, market, score)


def eligible(company: Any, period: Any, parameters: Any) -> Any:
    """All six."""
    met = company(CRITERIA[0].__name__, period)
    for criterion in CRITERIA[1:]:
        met = met * company(criterion.__name__, period)
    return met


def _share(part: Any, whole: Any) -> Any:
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)


def system() -> TaxBenefitSystem:
    """The tax-benefit system."""
    found = TaxBenefitSystem([Company])
    kinds = [(float, FLOATS), (int, INTEGERS), (bool, FLAGS)]
    for kind, names in kinds:
        for name in names:
            given = {"default_value": DEFAULTS[name]} if name in DEFAULTS else {}
            found.add_variable(variable(name, kind, **given))
    for formula in (*CRITERIA, eligible):
        found.add_variable(variable(formula.__name__, bool, formula=formula))
    values = {name: {"values": {"2026-01-01": {"value": value}}} for name, value in LIMITS.items()}
    found.parameters = ParameterNode("", data={"limits": values})
    return found


def inputs(frame: pl.DataFrame) -> list[tuple[str, str, NDArray[np.generic]]]:
    """Variable, year and values; what is not known is the variable's default."""
    found: list[tuple[str, str, NDArray[np.generic]]] = []
    for column, kind in frame.schema.items():
        name, _, year = column.partition("@")
        values = frame[column]
        if isinstance(kind, pl.Enum):
            values = values.replace_strict(RANKED, return_dtype=pl.Int32)
        elif kind == pl.Int64 and year:
            values = values / 100
        filled = values.fill_null(False) if kind == pl.Boolean else values.fill_null(DEFAULTS.get(name, 0))
        found.append((name, year or str(ROUND), filled.to_numpy()))
    return found


def verdicts(
    tax_benefit_system: TaxBenefitSystem, given: list[tuple[str, str, NDArray[np.generic]]]
) -> NDArray[np.int8]:
    """2 eligible, 0 not eligible: there is no third."""
    simulation = SimulationBuilder().build_default_simulation(tax_benefit_system, len(given[0][2]))
    for name, year, values in given:
        simulation.set_input(name, year, values)
    return np.where(simulation.calculate("eligible", str(ROUND)), 2, 0).astype(np.int8)
