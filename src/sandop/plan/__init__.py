"""Plans as values: sheets, changes, hashes, roll-up and spread."""

from sandop.plan.buckets import to_buckets
from sandop.plan.change import Change, PlanHasMoved, apply_changes
from sandop.plan.plan import Plan, Sheets
from sandop.plan.roll_up import Level, by_month, in_plan_units, level, roll_up, spread
from sandop.plan.settings import Settings
from sandop.plan.sheet import Key, MisalignedSheets, Rows, Sheet, Values, require_aligned
from sandop.plan.version import input_hash, sheet_hash, sheets_hash, table_hash

__all__ = [
    "Change",
    "Key",
    "Level",
    "MisalignedSheets",
    "Plan",
    "PlanHasMoved",
    "Rows",
    "Settings",
    "Sheet",
    "Sheets",
    "Values",
    "apply_changes",
    "by_month",
    "in_plan_units",
    "input_hash",
    "level",
    "require_aligned",
    "roll_up",
    "sheet_hash",
    "sheets_hash",
    "spread",
    "table_hash",
    "to_buckets",
]
