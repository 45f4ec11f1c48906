"""The plan in money: projection, bridge, business review, and the service that goes with it."""

from sandop.finance.bridge import Bridge, bridge
from sandop.finance.effects import EFFECTS, Book, Effects, effects
from sandop.finance.margins import (
    MARGIN_EFFECTS,
    Earned,
    MarginEffects,
    earned_on,
    margin_effects,
    rolled_up,
    sold_leaves,
)
from sandop.finance.projection import FinancialProjection, project
from sandop.finance.review import business_review
from sandop.finance.service import fill_rate, on_time, opening_backlog, past_backlog, served_on_time

__all__ = [
    "EFFECTS",
    "MARGIN_EFFECTS",
    "Book",
    "Bridge",
    "Earned",
    "Effects",
    "FinancialProjection",
    "MarginEffects",
    "bridge",
    "business_review",
    "earned_on",
    "effects",
    "fill_rate",
    "margin_effects",
    "on_time",
    "opening_backlog",
    "past_backlog",
    "project",
    "rolled_up",
    "served_on_time",
    "sold_leaves",
]
