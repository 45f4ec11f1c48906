"""Medicines: real prescriptions under Australia's Pharmaceutical Benefits Scheme, with an invented supply side.

`source` reads what was published, `supply_side` invents plants, lines, bills and suppliers, `company` holds both,
`budget` invents what was promised, `build` hands on the plan.
"""

from sandop_demo.medicines.build import build

__all__ = ["build"]
