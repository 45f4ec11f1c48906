"""Stock kept at a level: what must come in so that it is there after what goes out."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]


def kept_at(target: Values, taken: Values) -> tuple[Values, Values]:
    """Receipts and closing stock of each period, (period,) each, units.

    target  stock wanted: first before the first period, then at the end of each, (period + 1,)
    taken   what goes out, (period,)

    Stock never falls below the target; it is above it where less goes out than expected.
    """
    stock, received, held = float(target[0]), [], []
    for wanted, out in zip(target[1:], taken):
        got = max(out + wanted - stock, 0.0)
        stock = stock + got - out
        received.append(got)
        held.append(stock)
    return np.array(received), np.array(held)
