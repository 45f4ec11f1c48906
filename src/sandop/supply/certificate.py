"""The certificate of a supply plan: the program, the plan, the prices, and what they prove."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sandop.supply.checker import ARRAYS, Checked, check
from sandop.supply.program import Program

Numbers = NDArray[np.float64]
PROVEN_GAP = 1e-6  # a plan within this share of the bound counts as the best


@dataclass(frozen=True, eq=False)
class Certificate:
    """Proof of a plan's cost.

    arrays      program, plan `x` and prices `y`, as the checker reads them
    checked     cost, bound, gap and violations, recomputed after the solver stopped
    claimed     the solver's own bound where numbers are whole (branch and bound leaves no prices that prove it);
                NaN where all numbers are continuous
    """

    arrays: dict[str, Any]
    checked: Checked
    claimed: float

    @staticmethod
    def of(program: Program, *, x: Numbers, y: Numbers, claimed: float = float("nan")) -> Certificate:
        """The certificate of a plan x (column,) at prices y (row,)."""
        arrays: dict[str, Any] = {name: getattr(program, name) for name in ARRAYS[:-2]}
        arrays |= {"constant": np.float64(program.constant), "x": x, "y": y}
        return Certificate(arrays, check(arrays), claimed)

    @property
    def primal(self) -> float:
        """Cost of the plan, currency."""
        return self.checked.primal

    @property
    def bound(self) -> float:
        """Cost that no plan can go below, proven by the prices, currency."""
        return self.checked.bound

    @property
    def gap(self) -> float:
        """Proven distance from the best plan, share of the cost."""
        return self.checked.gap

    @property
    def is_best(self) -> bool:
        """True where the plan is feasible and proven best."""
        return self.checked.holds() and self.gap <= PROVEN_GAP

    def to_bytes(self) -> bytes:
        """All arrays as the content of an .npz file; the same certificate gives the same bytes."""
        content = BytesIO()
        np.savez_compressed(content, **self.arrays, claimed=np.float64(self.claimed))
        return content.getvalue()

    def save(self, path: Path) -> None:
        """Stores all arrays."""
        path.write_bytes(self.to_bytes())

    @staticmethod
    def of_bytes(content: bytes) -> Certificate:
        """A stored certificate, its figures recomputed. Raises ValueError where it is not whole."""
        with np.load(BytesIO(content), allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        claimed = float(arrays.pop("claimed", np.nan))
        return Certificate(arrays, check(arrays), claimed)

    @staticmethod
    def load(path: Path) -> Certificate:
        """The certificate in a file. Raises ValueError where it is not whole."""
        return Certificate.of_bytes(path.read_bytes())

    def as_row(self) -> dict[str, float]:
        """Figures for reports and JSON."""
        return {
            "primal": self.primal,
            "bound": self.bound,
            "gap": self.gap,
            "violation": self.checked.violation,
            "relative_violation": self.checked.relative,
            "claimed_bound": self.claimed,
        }
