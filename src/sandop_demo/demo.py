"""What a demo company consists of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sandop.plan import Plan, Sheet


@dataclass(frozen=True, eq=False)
class Demo:
    """One company, as it stands when its month begins.

    plan      what the company brings: settings, network, sheets
    aside     what really happens in the planned months: measure → sheet; the plan never reads it
    expected  the generator's own mean of demand in each planned month, units, (item x site x customer, month):
              what a perfect forecast would say; None where the figures are real and nobody knows
    """

    plan: Plan
    aside: Mapping[str, Sheet]
    expected: Sheet | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "aside", MappingProxyType(dict(sorted(self.aside.items()))))
