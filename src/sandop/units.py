"""Units and money: factors between an item's own unit and the plan unit, and the length of a lead time."""

from __future__ import annotations

from typing import overload

import numpy as np
from numpy.typing import NDArray

DAYS_PER_MONTH = 30.4375  # 365.25 / 12
DAYS_PER_WEEK = 7.0


@overload
def days_to_buckets(days: float, *, bucket: str) -> float: ...
@overload
def days_to_buckets(days: NDArray[np.float64], *, bucket: str) -> NDArray[np.float64]: ...
def days_to_buckets(days: float | NDArray[np.float64], *, bucket: str) -> float | NDArray[np.float64]:
    """Lead times `days` in calendar days, one or (row,), as buckets; may be fractional. `bucket`: "month" or "week".

    Raises ValueError for another bucket.
    """
    if bucket not in ("month", "week"):
        raise ValueError(f"bucket must be 'month' or 'week', got {bucket!r}")
    return days / (DAYS_PER_MONTH if bucket == "month" else DAYS_PER_WEEK)
