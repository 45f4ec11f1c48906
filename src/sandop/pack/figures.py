"""Figures of the month as the pages need them: rows of reports, sheets by month and by family."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from sandop.plan import Sheet, by_month, roll_up
from sandop.scenario.month import Month

ReportRow: TypeAlias = Mapping[str, str | float | int | bool | None]
Numbers: TypeAlias = NDArray[np.float64]
NAN = float("nan")


def rows(month: Month, report: str, **wanted: object) -> list[ReportRow]:
    """Rows of a report whose columns hold the wanted values; none where the report is absent."""
    found = month.reports.get(report, ())
    if not wanted:
        return list(found)
    return [row for row in found if all(row.get(name) == value for name, value in wanted.items())]


def number(value: object) -> float:
    """A number of a report; NaN where nobody has said."""
    if isinstance(value, bool) or value is None or value == "":
        return NAN
    if isinstance(value, str):
        try:
            return float(value)
        except ValueError:
            return NAN
    return float(value) if isinstance(value, int | float | np.number) else NAN


def text(value: object) -> str:
    """A text of a report; empty where there is none."""
    return "" if value is None else str(value)


def flag(value: object) -> bool:
    """Yes or no, also as it comes back from a file."""
    return value is True or str(value).lower() in ("true", "yes", "1", "1.0")


def day(value: object) -> dt.date | str | None:
    """A day of a report as a date; text that is no day stays as it is."""
    if value is None or value == "":
        return None
    try:
        return dt.date.fromisoformat(str(value)[:10])
    except ValueError:
        return str(value)


def known(value: float) -> bool:
    """Somebody has said it."""
    return math.isfinite(value)


def less(first: float, second: float) -> float:
    """Difference; blank where one is blank."""
    return first - second


def share(part: float, whole: float) -> float:
    """part / whole; blank where the whole is zero or blank."""
    return part / whole if known(whole) and whole != 0 else NAN


def distinct(found: Sequence[ReportRow], column: str) -> list[str]:
    """Values of a column in the order in which they appear."""
    return list(dict.fromkeys(text(row.get(column)) for row in found))


def sheet(month: Month, name: str) -> Sheet | None:
    """A result sheet by month, or else the input sheet of that name; None where there is neither."""
    if name in month.sheets:
        return by_month(month.sheets[name])
    return by_month(month.plan.sheet(name)) if name in month.plan.sheets else None


def months(month: Month) -> tuple[str, ...]:
    """The planned months."""
    return month.plan.calendar.horizon.month_labels


def fiscal_years(month: Month) -> list[str]:
    """Fiscal years of the plan, the first one first."""
    return list(dict.fromkeys(str(month.plan.calendar.fiscal_year(label)) for label in months(month)))


def by_family(month: Month, name: str, labels: Sequence[str]) -> dict[str, Numbers]:
    """Family → quantity in plan units, or money, in the labelled months, (month,); blanks where the sheet says
    nothing."""
    found = sheet(month, name)
    if found is None or not len(found.rows):
        return {}
    total = roll_up(found, month.plan.network, by=["family"])
    columns = [total.periods.position.get(label, -1) for label in labels]
    values = np.where(np.array(columns) >= 0, total.values[:, columns], NAN)
    return {key[0]: row for key, row in zip(total.rows.keys, values)}


def in_money(month: Month, name: str) -> dict[str, Numbers]:
    """Family → a stock measure at standard cost by planned month, (month,)."""
    found = sheet(month, name)
    if found is None or not len(found.rows):
        return {}
    items = month.plan.network.items
    place = items.places(found.rows.column("item"))
    amounts = found.values * items.value[place][:, None]
    families = items.family[place]
    return {str(key): sum_known(amounts[families == key]) for key in sorted(set(families))}


def sum_known(values: Numbers) -> Numbers:
    """Sum over the rows of what is known of `values` (row, period), (period,); blank where nothing is."""
    said = ~np.isnan(values)
    summed: Numbers = np.where(said.any(axis=0), np.where(said, values, 0.0).sum(axis=0), NAN)
    return summed


def cells(values: Numbers | Sequence[float]) -> tuple[float | None, ...]:
    """Numbers (period,) as cells: a blank of `values` is None."""
    return tuple(map(said, values))


def said(value: object) -> float | None:
    """A number of a report as a cell; None where nobody has said it."""
    found = number(value)
    return found if known(found) else None


def total(values: Numbers) -> float:
    """Sum of what is known of `values` (period,); blank where nothing is."""
    said = ~np.isnan(values)
    return float(values[said].sum()) if said.any() else NAN
