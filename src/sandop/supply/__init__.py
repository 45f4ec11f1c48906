"""Supply: load against capacity, the constrained plan with its proof, shortages, surpluses, stock targets.

`verify_supply` and the checker work where no solver is installed; only planning loads it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandop.supply.certificate import Certificate
from sandop.supply.checker import Checked, check_file
from sandop.supply.targets import lead_time_plus_review, safety_stock
from sandop.supply.verify import Verification, verify_supply

if TYPE_CHECKING:
    from sandop.supply.planning import SupplyPlan, best_plan, plan_supply
    from sandop.supply.shortages import Gain, Shortage, Unserved
    from sandop.supply.supply_model import Limit, SupplyModel
    from sandop.supply.surpluses import Surplus

_WITH_SOLVER = {
    "SupplyPlan": "planning",
    "best_plan": "planning",
    "plan_supply": "planning",
    "Gain": "shortages",
    "Shortage": "shortages",
    "Unserved": "shortages",
    "Limit": "supply_model",
    "SupplyModel": "supply_model",
    "Surplus": "surpluses",
}

__all__ = [
    "Certificate",
    "Checked",
    "Gain",
    "Limit",
    "Shortage",
    "SupplyModel",
    "SupplyPlan",
    "Surplus",
    "Unserved",
    "Verification",
    "best_plan",
    "check_file",
    "lead_time_plus_review",
    "plan_supply",
    "safety_stock",
    "verify_supply",
]


def __getattr__(name: str) -> Any:
    if name in _WITH_SOLVER:
        from importlib import import_module

        return getattr(import_module(f"sandop.supply.{_WITH_SOLVER[name]}"), name)
    raise AttributeError(f"module 'sandop.supply' has no attribute {name!r}")
