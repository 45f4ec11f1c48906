"""Invented budget and latest estimate, by a rule from the published figures.

Budget of a year, made in the October before, with the figures up to September:
  volume  = the same month of the last year known x (1 + growth of the item + ambition), where growth is that of its
            last twelve months over the twelve before, kept between -10 % and +15 %
  revenue = volume x trailing twelve-month price; margin = revenue - volume x standard cost
  stock   = value in the same month of the last year known, 3 % less
Latest estimate: the same rule without ambition; of 2006 made in October (nine months actual), of 2007 in December
with the figures up to November. 2008 has no budget yet.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sandop.calendar import Periods
from sandop.plan import Sheet
from sandop_demo.medicines.company import Company
from sandop_demo.medicines.source import AHEAD, HISTORY
from sandop_demo.sheets import not_nothing

Values = NDArray[np.float64]

YEARS = (HISTORY - 12, HISTORY)  # first months of 2006 and 2007
KNOWN_BEFORE = 3
AMBITION = 0.02
LEANER = 0.97


def budget_sheets(company: Company) -> dict[str, Sheet]:
    """Measure → sheet over history and horizon; blank outside 2006 and 2007."""
    shape = (len(company.source.rows), HISTORY + AHEAD)
    kept = {name: np.full(shape, np.nan) for name in _MEASURES}
    for first in YEARS:
        months = slice(first, first + 12)
        volume, revenue, margin = _year(company, first, first - KNOWN_BEFORE, AMBITION)
        kept["budget_volume"][:, months] = volume
        kept["budget_revenue"][:, months], kept["budget_margin"][:, months] = revenue, margin
        known = first - KNOWN_BEFORE + 9 if first < HISTORY else HISTORY - 1
        _, le_revenue, le_margin = _year(company, first, known, 0.0)
        kept["le_revenue"][:, months], kept["le_margin"][:, months] = le_revenue, le_margin
    first, done = YEARS[0], slice(YEARS[0], YEARS[0] + 9)
    scripts, cost = np.nan_to_num(company.source.scripts[:, done]), np.nan_to_num(company.source.cost[:, done])
    kept["le_revenue"][:, done] = cost
    kept["le_margin"][:, done] = cost - scripts * _unit_costs(company)[:, None]
    sheets = {name: _sheet(company, name, values) for name, values in kept.items()}
    return {**sheets, "budget_stock": _budget_stock(company)}


_MEASURES = ("budget_volume", "budget_revenue", "budget_margin", "le_revenue", "le_margin")


def _sheet(company: Company, name: str, values: Values) -> Sheet:
    return not_nothing(Sheet(name, company.source.rows, _periods(company), values).rounded())


def _periods(company: Company) -> Periods:
    return company.history.then(company.horizon)


def _unit_costs(company: Company) -> Values:
    return np.array([company.costs[item] for item in company.source.rows.column("item")])


def _year(company: Company, first: int, known: int, ambition: float) -> tuple[Values, Values, Values]:
    """Volume, revenue and margin of the year from month `first`, known up to before month `known`, (row, 12)."""
    scripts = np.nan_to_num(company.source.scripts)
    months = np.arange(first, first + 12)
    same_month = np.where(months - 12 < known, months - 12, months - 24)
    volume = np.round(scripts[:, same_month] * (1 + _growth(company, known) + ambition)[:, None])
    price = np.nan_to_num(company.source.price(known))[:, None]
    return volume, volume * price, volume * (price - _unit_costs(company)[:, None])


def _growth(company: Company, known: int) -> Values:
    """Growth of each row's item over the last twelve months known, share, (row,)."""
    year, before = company.dispensed[:, known - 12 : known].sum(axis=1), company.dispensed[:, known - 24 : known - 12]
    past = before.sum(axis=1)
    growth = np.clip(np.where(past > 0, year / np.maximum(past, 1.0) - 1, 0.0), -0.10, 0.15)
    place = [company.items.index(item) for item in company.source.rows.column("item")]
    return np.asarray(growth[place])


def _budget_stock(company: Company) -> Sheet:
    series: dict[tuple[str, ...], list[float]] = {}
    for family, value in _stock_value(company).items():
        planned = np.full(HISTORY + AHEAD, np.nan)
        for first in YEARS:
            known = first - KNOWN_BEFORE
            for month in range(first, first + 12):
                back = month - 12 if month - 12 < known else month - 24
                planned[month] = round(LEANER * value[back], 2)
        series[(family,)] = list(planned)
    return Sheet.of("budget_stock", _periods(company), series)


def _stock_value(company: Company) -> dict[str, Values]:
    """Family → value of what lay at each month's end, AUD, (month,)."""
    value: dict[str, Values] = {}
    for (item, _), units in company.flows[1].items():
        family = family_of(item)
        value[family] = value.get(family, 0.0) + units * company.costs[item]
    return value


def family_of(item: str) -> str:
    """Family of an item: its ATC level 1, or that of bulk and materials."""
    if item.startswith("BULK-"):
        return "BULK"
    return "MAT" if item.startswith(("ACT-", "PACK")) else item[0]
