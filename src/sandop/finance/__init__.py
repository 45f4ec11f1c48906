"""The plan in money: projection, bridge, business review, and the service that goes with it."""

from sandop.finance.bridge import Bridge, bridge
from sandop.finance.effects import EFFECTS, Book, Effects, effects
from sandop.finance.projection import FinancialProjection, project
from sandop.finance.review import business_review
from sandop.finance.service import fill_rate, on_time, opening_backlog, past_backlog, served_on_time

__all__ = [
    "EFFECTS",
    "Book",
    "Bridge",
    "Effects",
    "FinancialProjection",
    "bridge",
    "business_review",
    "effects",
    "fill_rate",
    "on_time",
    "opening_backlog",
    "past_backlog",
    "project",
    "served_on_time",
]
