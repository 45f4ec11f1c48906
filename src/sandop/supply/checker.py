"""Checks a supply certificate with numpy alone: no solver, no other part of the product.

A certificate holds a linear program, a plan `x` and prices `y`. For any prices, Lagrange's bound

    constant + sum(y+ row_lower) + sum(y- row_upper) + sum over columns of min(r lower, r upper),  r = cost - A'y

is a cost that no plan can go below. Columns without an upper limit get the one that follows from the plan itself:
a plan no dearer than `x` has x_j <= lower_j + (cost of x - least cost of all other columns) / cost_j.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
TOLERANCE = 1e-6  # largest violation of a limit, as a share of 1 + the limit's size
_EPSILON = 8 * float(np.finfo(np.float64).eps)

ARRAYS = (
    "cost",
    "lower",
    "upper",
    "row_lower",
    "row_upper",
    "starts",
    "rows",
    "values",
    "whole",
    "constant",
    "x",
    "y",
)


@dataclass(frozen=True)
class Checked:
    """What the arithmetic says.

    primal        cost of the plan, currency
    bound         cost that no plan can go below, currency
    gap           (primal - bound) / max(1, size of primal): the plan is at most this far from the best
    violation     largest violation of any limit, in the limit's unit
    relative      largest violation as a share of 1 + the limit's size
    fraction      largest distance of a whole number from being whole
    """

    primal: float
    bound: float
    gap: float
    violation: float
    relative: float
    fraction: float

    def holds(self, *, tolerance: float = TOLERANCE) -> bool:
        """True where every limit is kept within the tolerance."""
        return self.relative <= tolerance and self.fraction <= tolerance


def check_file(path: Path) -> Checked:
    """Check of a stored certificate. Raises ValueError where the file lacks an array or its sizes disagree."""
    with np.load(path, allow_pickle=False) as stored:
        return check({name: stored[name] for name in stored.files})


def check(arrays: Mapping[str, Any]) -> Checked:
    """Check of the arrays named in `ARRAYS`. Raises ValueError where one is missing or sizes disagree."""
    _require_whole(arrays)
    x, y = np.asarray(arrays["x"], dtype=np.float64), np.asarray(arrays["y"], dtype=np.float64)
    constant, cost = float(arrays["constant"]), arrays["cost"]
    column = np.repeat(np.arange(len(cost)), np.diff(arrays["starts"]))
    activity = np.bincount(arrays["rows"], weights=arrays["values"] * x[column], minlength=len(y)).astype(np.float64)
    primal = float(cost @ x) + constant
    bound = constant + _lagrange(arrays, _signed(y, arrays), column, primal - constant)
    violation, relative = _violations(arrays, x, activity)
    whole = np.asarray(arrays["whole"], dtype=bool)
    fraction = float(np.abs(x[whole] - np.round(x[whole])).max(initial=0.0))
    return Checked(primal, bound, (primal - bound) / max(1.0, abs(primal)), violation, relative, fraction)


def _require_whole(arrays: Mapping[str, Any]) -> None:
    missing = [name for name in ARRAYS if name not in arrays]
    if missing:
        raise ValueError(f"the certificate lacks {missing}")
    columns, rows, entries = len(arrays["cost"]), len(arrays["row_lower"]), len(arrays["values"])
    sizes = {
        "lower": columns,
        "upper": columns,
        "x": columns,
        "whole": columns,
        "starts": columns + 1,
        "row_upper": rows,
        "y": rows,
        "rows": entries,
    }
    wrong = {name: len(arrays[name]) for name, size in sizes.items() if len(arrays[name]) != size}
    if wrong or (entries and not 0 <= int(np.min(arrays["rows"])) <= int(np.max(arrays["rows"])) < rows):
        raise ValueError(f"the certificate's sizes disagree: {columns} columns, {rows} rows, {wrong}")
    if not (np.isfinite(arrays["x"]).all() and np.isfinite(arrays["y"]).all()):
        raise ValueError("the certificate holds a plan or prices that are not numbers")


def _signed(y: Numbers, arrays: Mapping[str, Any]) -> Numbers:
    """Prices without those of a limit that does not exist (they are rounding, and any prices give a bound)."""
    y = np.where((y > 0) & ~np.isfinite(arrays["row_lower"]), 0.0, y)
    signed: Numbers = np.where((y < 0) & ~np.isfinite(arrays["row_upper"]), 0.0, y)
    return signed


def _lagrange(arrays: Mapping[str, Any], y: Numbers, column: NDArray[np.int64], spent: float) -> float:
    cost, lower = arrays["cost"], arrays["lower"]
    taken = arrays["values"] * y[arrays["rows"]]
    reduced = cost - np.bincount(column, weights=taken, minlength=len(cost))
    # What is smaller than the rounding of its own sum is not known to differ from zero.
    rounding = _EPSILON * (np.abs(cost) + np.bincount(column, weights=np.abs(taken), minlength=len(cost)))
    reduced = np.where(np.abs(reduced) <= rounding, 0.0, reduced)
    limit = np.where(y > 0, arrays["row_lower"], arrays["row_upper"])
    by_rows = float((y * np.where(y == 0.0, 0.0, limit)).sum())
    at = np.where(reduced > 0, lower, _reach(arrays, spent))
    return by_rows + float((reduced * np.where(reduced == 0.0, 0.0, at)).sum())


def _reach(arrays: Mapping[str, Any], spent: float) -> Numbers:
    """Most of each quantity in any plan that costs no more than `spent`, (column,)."""
    cost, lower, upper = arrays["cost"], arrays["lower"], arrays["upper"]
    at = np.where(cost > 0, lower, np.where(cost < 0, upper, 0.0))
    least = float((cost * at).sum())
    with np.errstate(divide="ignore", invalid="ignore"):
        implied = np.where(cost > 0, lower + (spent - least) / cost, np.inf)
    reach: Numbers = np.minimum(upper, np.where(np.isnan(implied), np.inf, implied))
    return reach


def _violations(arrays: Mapping[str, Any], x: Numbers, activity: Numbers) -> tuple[float, float]:
    worst, relative = 0.0, 0.0
    for value, low, high in (
        (x, arrays["lower"], arrays["upper"]),
        (activity, arrays["row_lower"], arrays["row_upper"]),
    ):
        for limit, over in ((low, low - value), (high, value - high)):
            known = np.isfinite(limit)
            worst = max(worst, float(over[known].max(initial=0.0)))
            relative = max(relative, float((over[known] / (1.0 + np.abs(limit[known]))).max(initial=0.0)))
    return worst, relative
