"""The real part: prescriptions and their cost, as published (see README.md beside this file)."""

from __future__ import annotations

import csv
import gzip
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sandop.calendar import Periods
from sandop.plan import Rows

Values = NDArray[np.float64]

START, HISTORY_START, HISTORY, AHEAD = "2007-01", "2000-01", 84, 18
CENTRE = "DC"  # the invented centre that ships to every segment
NEW_ITEM = "C05"  # without demand in 2006: shown as a new product
FOLDER = Path(__file__).parent


@dataclass(frozen=True, eq=False)
class Prescriptions:
    """Published figures of 2000-01 to 2008-06; a blank was blank in the source.

    rows      (item, site, segment)
    scripts   prescriptions dispensed, (row, month)
    cost      what the government paid for them, AUD, (row, month)
    """

    periods: Periods
    rows: Rows
    scripts: Values
    cost: Values

    @cached_property
    def items(self) -> tuple[str, ...]:
        return tuple(sorted(set(self.rows.column("item"))))

    @cached_property
    def established(self) -> NDArray[np.bool_]:
        """True for the rows that sold before the plan starts; false for the new product, (row,)."""
        return np.asarray(self.rows.column("item") != NEW_ITEM)

    def price(self, until: int) -> Values:
        """Trailing twelve-month cost per prescription before month `until`, AUD, (row,); that of the whole item
        where the segment had none; blank for the new product."""
        year = slice(until - 12, until)
        scripts, cost = (np.nansum(values[:, year], axis=1) for values in (self.scripts, self.cost))
        item = np.array([self.items.index(name) for name in self.rows.column("item")])
        of_item = [np.bincount(item, weights=values, minlength=len(self.items))[item] for values in (scripts, cost)]
        with np.errstate(divide="ignore", invalid="ignore"):
            price = np.where(scripts > 0, cost / scripts, of_item[1] / np.where(of_item[0] > 0, of_item[0], np.nan))
        return np.asarray(price, dtype=np.float64)


def prescriptions() -> Prescriptions:
    """The figures the package ships, complete."""
    with gzip.open(FOLDER / "prescriptions.csv.gz", "rt", encoding="utf-8", newline="") as lines:
        table = list(csv.reader(lines))
    periods = Periods.of_labels(table[0][3:])
    series: dict[tuple[str, ...], list[float]] = {
        (item, CENTRE, segment, figure): [float(cell) if cell else np.nan for cell in cells]
        for item, segment, figure, *cells in table[1:]
    }
    rows = Rows.of(("item", "site", "customer"), [key[:3] for key in series])
    scripts, cost = (np.array([series[(*key, figure)] for key in rows.keys]) for figure in ("scripts", "cost_aud"))
    return Prescriptions(periods, rows, scripts, cost)


def named(file: str) -> list[dict[str, str]]:
    """Rows of one of the small tables beside this file."""
    with (FOLDER / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
